// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Reading an embedded ledger without being able to write to it: what verifiers do.

use std::{
    fs, io,
    ops::Range,
    path::{Path, PathBuf},
};

use async_trait::async_trait;
use proof::{
    Hash,
    key::Origin,
    statement::LedgerEntry,
    tree::{LeafIndex, Tree, TreeSize},
};
use tempfile::TempDir;
use tokio::sync::Mutex;

use super::{Folder, OpenError, database::Database, read_checkpoint};
use crate::ledger::{Ledger, MAX_ENTRIES_PER_READ, ReadError};

/// An embedded ledger, opened for reading. Needs no key and changes none of the ledger's files.
///
/// Where it may, SQLite puts its two helper files beside the database and leaves them there; whoever closes the ledger
/// after writing takes them away.
pub struct SqliteReader {
    folder: Folder,
    origin: Origin,
    pub(super) state: Mutex<State>,
    /// A copy of the database, where the folder does not let SQLite read the original.
    _copy: Option<TempDir>,
}

pub(super) struct State {
    pub(super) database: Database,
    tree: Tree,
}

impl SqliteReader {
    /// Opens a ledger for reading.
    ///
    /// # Errors
    /// If there is none or it cannot be read.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        let folder = Folder::new(path);
        folder.check()?;
        let (mut database, copy) = open_somehow(&folder.database()).await?;
        let origin = database.origin().await?;
        Ok(Self { folder, origin, state: Mutex::new(State { database, tree: Tree::default() }), _copy: copy })
    }
}

/// SQLite reads a database with a write-ahead log only if it may make a file beside it. In a folder that cannot be
/// written, a database without such a log is read as it is, and one with a log is copied first.
async fn open_somehow(path: &Path) -> Result<(Database, Option<TempDir>), OpenError> {
    let first = match Database::open_read_only(path, false).await {
        Ok(database) => return Ok((database, None)),
        Err(error) => error,
    };
    let log = beside(path, "-wal");
    if fs::metadata(&log).map_or(0, |log| log.len()) == 0 {
        return Database::open_read_only(path, true).await.map(|database| (database, None)).map_err(|_| first.into());
    }
    let copy = tempfile::tempdir().map_err(OpenError::io(path))?;
    let copied = copy.path().join("ledger.db");
    let copy_both = || -> io::Result<()> {
        // Only a crash leaves a log without its companion file, so that nobody is writing now. A copy that is torn all
        // the same does not give the root of the checkpoint.
        fs::copy(&log, beside(&copied, "-wal"))?;
        fs::copy(path, &copied).map(|_| ())
    };
    copy_both().map_err(OpenError::io(path))?;
    Ok((Database::open_read_only(&copied, false).await?, Some(copy)))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

impl State {
    async fn grow_to(&mut self, size: TreeSize) -> Result<(), ReadError> {
        while self.tree.size() < size {
            let from = self.tree.size().0;
            let entries = self.database.entries(from..size.0.min(from + MAX_ENTRIES_PER_READ)).await?;
            if entries.is_empty() {
                return Err(ReadError::OutOfRange { size: from });
            }
            for entry in entries {
                let entry = LedgerEntry::decode(&entry);
                let entry = entry.ok_or_else(|| ReadError::Damaged(format!("the entry {from} is not one")))?;
                self.tree.push(entry.leaf());
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Ledger for SqliteReader {
    fn origin(&self) -> &Origin {
        &self.origin
    }

    async fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        read_checkpoint(&self.folder)
    }

    async fn entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        self.state.lock().await.database.entries(range).await
    }

    async fn inclusion(&self, index: LeafIndex, size: TreeSize) -> Result<Vec<Hash>, ReadError> {
        let mut state = self.state.lock().await;
        state.grow_to(size).await?;
        let tree = &state.tree;
        tree.inclusion_path(index, size).ok_or(ReadError::OutOfRange { size: tree.size().0 })
    }

    async fn consistency(&self, old: TreeSize, new: TreeSize) -> Result<Vec<Hash>, ReadError> {
        let mut state = self.state.lock().await;
        state.grow_to(new).await?;
        let tree = &state.tree;
        tree.consistency_path(old, new).ok_or(ReadError::OutOfRange { size: tree.size().0 })
    }
}
