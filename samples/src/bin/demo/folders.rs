// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Where everything lies.

use std::path::{Path, PathBuf};

/// The folders and files of a demo, and of the forger's world in it.
pub(crate) struct Folders {
    pub(crate) config: PathBuf,
    pub(crate) trust: PathBuf,
    pub(crate) ledger: PathBuf,
    pub(crate) ministry: PathBuf,
    pub(crate) ministry_passphrase: PathBuf,
    pub(crate) school_passphrase: PathBuf,
    /// What is sealed first and stays genuine.
    pub(crate) certificates: PathBuf,
    pub(crate) sealed: PathBuf,
    pub(crate) altered: PathBuf,
    /// What is sealed later: a folder for each of the next three.
    pub(crate) later: PathBuf,
    pub(crate) revoked: PathBuf,
    pub(crate) replaced: PathBuf,
    pub(crate) successors: PathBuf,
    pub(crate) forged: PathBuf,
    /// The forger's own ministry, ledger and school.
    pub(crate) forger: PathBuf,
}

impl Folders {
    pub(crate) fn new(dir: &Path) -> Self {
        Self {
            config: dir.join("issuer.toml"),
            trust: dir.join("trust"),
            ledger: dir.join("ledger"),
            ministry: dir.join("ministry"),
            ministry_passphrase: dir.join("ministry.passphrase"),
            school_passphrase: dir.join("school.passphrase"),
            certificates: dir.join("certificates"),
            sealed: dir.join("sealed"),
            altered: dir.join("altered"),
            later: dir.join("certificates-later"),
            revoked: dir.join("revoked"),
            replaced: dir.join("replaced"),
            successors: dir.join("successors"),
            forged: dir.join("forged"),
            forger: dir.join("forger"),
        }
    }
}
