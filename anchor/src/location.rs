// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Where a ledger is: what `--ledger` and the trust folder's `ledgers` file say.

use std::{
    fmt,
    path::{Path, PathBuf},
};

/// Where a ledger is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// An embedded ledger in a folder.
    Folder(PathBuf),
}

impl Location {
    /// Reads a location. A relative folder counts from `base`.
    ///
    /// `None` if it has the form of an address (`scheme://…`), which this version cannot read.
    pub fn parse(text: &str, base: &Path) -> Option<Self> {
        if text.is_empty() || text.contains("://") {
            return None;
        }
        Some(Self::Folder(base.join(text)))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Folder(folder) = self;
        folder.display().fmt(f)
    }
}
