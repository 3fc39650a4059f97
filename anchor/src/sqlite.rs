// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The embedded ledger: a folder with a SQLite database, for one machine.

| file | what it is |
|---|---|
| `ledger.db` | the entries. Committing to it is the commit point of everything |
| `checkpoint` | the last published checkpoint, cosigned; written after the commit, and what a restored backup is held against |
| `ledger.key`, `time.key` | sign and cosign checkpoints |
| `policy` | the public halves of these keys, as a trust policy: what verifiers pin |
| `authorities` | whose statements the ledger takes in, in the form of the trust folder's file |
| `lock` | held while somebody appends |
| `replayed/` | the entries as they were replayed last, so that opening replays only what is new; may be deleted |

A database that is ahead of the checkpoint is the trace of a crash between commit and publication, and is published.
*/

pub(crate) mod database;
mod init;
mod source;

use std::{
    fs::{File, TryLockError},
    io,
    ops::Range,
    path::Path,
};

use async_trait::async_trait;
use proof::key::Origin;

use crate::{
    clock::Clock,
    folder::{Folder, LedgerKeys},
    fsck::{self, Report},
    host,
    ledger::{Ledger as _, ReadError},
    memory::Memory,
    reader::Reader,
    sequencer::{Opening, Sequencer},
    states::States,
    store::{CommitError, Head, OpenError, Source, Store},
};
use database::Database;
pub use init::{init, pin};
pub use source::SqliteSource;

/// An embedded ledger that takes statements in.
pub type SqliteLedger = Sequencer<SqliteStore>;

/// An embedded ledger, opened for reading. Needs no key and changes none of the ledger's files.
///
/// Where it may, SQLite puts its two helper files beside the database and leaves them there; whoever closes the ledger
/// after writing takes them away.
pub type SqliteReader = Reader<SqliteSource>;

/// The files of an embedded ledger, opened to write.
pub struct SqliteStore {
    folder: Folder,
    database: Database,
    lock: File,
}

impl SqliteLedger {
    /// Opens a ledger to write. With a `memory`, it must go on from the largest checkpoint that this user ever saw of it.
    ///
    /// # Errors
    /// If there is none, it cannot be read, or it is not what was published. Then nothing was changed.
    pub async fn open(path: &Path, clock: Clock, memory: Option<Memory>) -> Result<Self, OpenError> {
        let folder = Folder::new(path);
        folder.check()?;
        let authorities = Folder::read(&folder.authorities())?;
        let mut database = Database::open(&folder.database()).await?;
        let origin = database.origin().await?;
        let keys = LedgerKeys::load(&folder, &origin)?;
        let lock = File::options().write(true).create(true).truncate(false).open(folder.lock());
        let lock = lock.map_err(OpenError::io(&folder.lock()))?;
        let states = Some(States::new(folder.replayed()));
        let store = SqliteStore { folder, database, lock };
        Self::start(Opening { store, origin, keys, clock, memory, states, authorities }).await
    }
}

impl SqliteReader {
    /// Opens a ledger for reading.
    ///
    /// # Errors
    /// If there is none or it cannot be read.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        let mut source = SqliteSource::open(path).await?;
        let origin = source.origin().await?;
        Ok(Self::new(source, origin))
    }
}

/// The name of the ledger in a folder.
///
/// # Errors
/// If there is none or it cannot be read.
pub async fn read_origin(folder: &Path) -> Result<Origin, OpenError> {
    Ok(SqliteReader::open(folder).await?.origin().clone())
}

/// Looks an embedded ledger over, also for what this user saw of it before. Changes nothing.
///
/// # Errors
/// If it cannot be looked at at all.
pub async fn fsck(path: &Path, now: proof::Timestamp, memory: Option<&Memory>) -> Result<Report, OpenError> {
    fsck::fsck(&SqliteReader::open(path).await?, now, memory).await
}

#[cfg(test)]
impl SqliteStore {
    /// Has the disk seem full from here on, or not any more.
    pub(crate) async fn seem_full(&mut self, full: bool) {
        self.database.seem_full(full).await;
    }
}

#[async_trait]
impl Source for SqliteStore {
    async fn entries(&mut self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        self.database.entries(range).await
    }

    async fn checkpoint(&mut self) -> Result<Vec<u8>, ReadError> {
        source::read_checkpoint(&self.folder)
    }

    /// Folds the write-ahead log into the database.
    async fn close(self) {
        self.database.close().await;
    }
}

#[async_trait]
impl Store for SqliteStore {
    type Hold = Locked;

    const READS_BACK: bool = false;

    /// Waits until no other process appends. Tasks of this one share the lock, so that it cannot tell them apart: they
    /// wait for the sequencer.
    async fn hold(&mut self) -> Result<(Locked, Head), OpenError> {
        let file = self.lock.try_clone();
        let locked = match file {
            Ok(file) => lock(file).await,
            Err(error) => Err(error),
        };
        let locked = locked.map_err(OpenError::io(&self.folder.lock()))?;
        let checkpoint = Folder::read(&self.folder.checkpoint())?;
        Ok((locked, Head { checkpoint, authorities: Folder::read(&self.folder.authorities())? }))
    }

    async fn entries_held(&mut self, _: &mut Locked, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        self.database.entries(range).await
    }

    async fn release(&mut self, hold: Locked) {
        drop(hold);
    }

    async fn secure(&mut self, _: &mut Locked) -> Result<(), ReadError> {
        self.database.fold().await
    }

    async fn commit(&mut self, hold: Locked, first: u64, entries: &[Vec<u8>], note: &[u8]) -> Result<(), CommitError> {
        if let Err(error) = self.database.insert_group(first, entries).await {
            let text = error.to_string();
            return Err(if error.rolled_back { CommitError::Nothing(text) } else { CommitError::Unknown(text) });
        }
        self.publish(hold, note).await.map_err(|error| CommitError::Unknown(error.to_string()))
    }

    /// Replaces the published checkpoint, with the lock held: a later one could be overwritten.
    async fn publish(&mut self, hold: Locked, note: &[u8]) -> Result<(), OpenError> {
        let path = self.folder.checkpoint();
        host::replace_file(&path, note).map_err(OpenError::io(&path))?;
        drop(hold);
        Ok(())
    }
}

async fn lock(file: File) -> io::Result<Locked> {
    match file.try_lock() {
        Ok(()) => Ok(Locked(file)),
        Err(TryLockError::Error(error)) => Err(error),
        Err(TryLockError::WouldBlock) => {
            let waiting = tokio::task::spawn_blocking(move || file.lock().map(|()| Locked(file)));
            waiting.await.map_err(io::Error::other)?
        }
    }
}

/// The lock on the file `lock`, given back when this is dropped: also when nobody waits for it any more.
pub struct Locked(File);

impl Drop for Locked {
    fn drop(&mut self) {
        // The system gives it back at the latest when the process ends.
        let _ = self.0.unlock();
    }
}
