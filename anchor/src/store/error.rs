// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Why a ledger cannot be used.

use std::{
    io,
    path::{Path, PathBuf},
};

use proof::{Hash, authority::AuthorityError, replica::ReplicaError, tree::TreeSize};

use crate::{keys::PrivateKeyError, ledger::ReadError};

/// Why a ledger cannot be made or opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is no ledger in the folder.
    #[error("there is no ledger in {0}")]
    NotFound(PathBuf),
    /// There is no ledger in the database.
    #[error("there is no ledger in {0}")]
    NoTables(String),
    /// There is a ledger in the database already.
    #[error("there is a ledger in {0} already")]
    HasTables(String),
    /// Nobody says where the keys of a ledger in a database are.
    #[error("the keys of the ledger in {0} are in no folder that is named")]
    NoKeys(String),
    /// The keys are not those of the ledger.
    #[error("the keys in {folder} are not those of the ledger in {place}")]
    OtherKeys {
        /// Where the keys are.
        folder: PathBuf,
        /// Where the ledger is.
        place: String,
    },
    /// The database does not wait for the disk, so that what was published could be lost.
    #[error("the database has `fsync` switched off")]
    NotDurable,
    /// The folder of a new ledger holds something already.
    #[error("{0} is not empty")]
    NotEmpty(PathBuf),
    /// The folder lies on another machine's disk.
    #[error("{folder} is on a network file system ({kind})")]
    NetworkFileSystem {
        /// The folder.
        folder: PathBuf,
        /// The type of its file system.
        kind: String,
    },
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A key cannot be used.
    #[error(transparent)]
    Key(#[from] PrivateKeyError),
    /// The file `authorities` is not of its form.
    #[error("authorities: {0}")]
    Authorities(#[from] AuthorityError),
    /// The database cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The database has fewer entries than were published.
    #[error("the database has {got} entries, {wanted} were published")]
    RolledBack {
        /// Entries in the database.
        got: u64,
        /// Entries under the published checkpoint.
        wanted: u64,
    },
    /// The database has other entries than were published.
    #[error("the database has the root {got} at size {size}, {wanted} was published")]
    Forked {
        /// The size of the published checkpoint.
        size: u64,
        /// The root of the database at that size.
        got: Hash,
        /// The root that was published.
        wanted: Hash,
    },
    /// Entries or checkpoint are not what a ledger writes.
    #[error("the ledger is damaged: {0}")]
    Damaged(String),
}

impl OpenError {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    pub(crate) fn of_replica(error: &ReplicaError, size: TreeSize) -> Self {
        match *error {
            ReplicaError::Missing { got, wanted } => Self::RolledBack { got, wanted },
            ReplicaError::OtherRoot { got, wanted } => Self::Forked { size: size.0, got, wanted },
            ref other => Self::Damaged(other.to_string()),
        }
    }
}
