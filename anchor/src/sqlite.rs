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

Whoever opens the ledger to write replays it, from the first entry or from where an earlier replay was kept, and compares it with the published checkpoint. A database that is behind it
was rolled back, one with another root was forked or damaged; both are refused, since going on would show two histories
to those who saw the first. A database that is ahead of it is the trace of a crash between commit and publication, and
is published.
*/

mod append;
pub(crate) mod database;
mod error;
mod folder;
mod fsck;
mod init;
mod reader;

use std::{
    fs::{self, File, TryLockError},
    io,
    path::Path,
};

use async_trait::async_trait;
use tokio::sync::Mutex;

use database::Database;
pub use error::OpenError;
use folder::LedgerKeys;
pub use folder::{Folder, read_origin};
pub use fsck::{Finding, Report, fsck};
pub use init::{init, pin};
use proof::{
    CLOCK_TOLERANCE_S, Hash, Timestamp,
    authority::Authorities,
    checkpoint::Checkpoint,
    key::Origin,
    note::Note,
    policy::Policy,
    replica::Replica,
    statement::LedgerEntry,
    tree::{LeafIndex, Tree, TreeSize},
};
pub use reader::SqliteReader;

use crate::{
    clock::Clock,
    host,
    ledger::{AppendError, Ledger, MAX_ENTRIES_PER_READ, ReadError},
    memory::Memory,
    states::States,
};

/// An embedded ledger that takes statements in.
pub struct SqliteLedger {
    folder: Folder,
    origin: Origin,
    authorities: Authorities,
    keys: LedgerKeys,
    policy: Policy,
    clock: Clock,
    memory: Option<Memory>,
    lock: File,
    state: Mutex<State>,
}

struct State {
    database: Database,
    replica: Replica,
    /// The published checkpoint as it was read last, and its note: what has not changed need not be verified again.
    published: Option<(Vec<u8>, Checkpoint)>,
    /// Set when a write may or may not have reached the disk: nothing is believed or written from then on.
    poisoned: bool,
    /// Set when several statements could not be written at once: until one could, each goes alone.
    one_by_one: bool,
}

impl SqliteLedger {
    /// Opens a ledger to write. With a `memory`, it must go on from the largest checkpoint that this user ever saw of it.
    ///
    /// # Errors
    /// If there is none, it cannot be read, or it is not what was published. Then nothing was changed.
    pub async fn open(path: &Path, clock: Clock, memory: Option<Memory>) -> Result<Self, OpenError> {
        let folder = Folder::new(path);
        folder.check()?;
        let authorities = Authorities::parse(&Folder::read(&folder.authorities())?)?;
        let mut database = Database::open(&folder.database()).await?;
        let origin = database.origin().await?;
        let keys = LedgerKeys::load(&folder, &origin)?;
        let policy = keys.policy();
        let states = States::new(folder.replayed());
        let replica = replayed(&mut database, &states, &origin, &authorities).await?;
        let kept = replica.tree().size();
        let mut state = State { database, replica, published: None, poisoned: false, one_by_one: false };
        // The long part, while others may append.
        state.catch_up().await?;
        let path = folder.lock();
        let lock = File::options().write(true).create(true).truncate(false).open(&path);
        let lock = lock.map_err(OpenError::io(&path))?;
        let this = Self { folder, origin, authorities, keys, policy, clock, memory, lock, state: Mutex::new(state) };
        let mut state = this.state.lock().await;
        let _lock = this.lock_file().await.map_err(OpenError::io(&path))?;
        this.recall(&mut state).await?;
        this.settle(&mut state).await?;
        this.remember(&state);
        // Without it, the next one to open replays more.
        let _ = states.keep(&state.replica, kept.0);
        drop(state);
        Ok(this)
    }

    /// Ends the connection, which folds the write-ahead log into the database.
    pub async fn close(self) {
        self.remember(&*self.state.lock().await);
        self.state.into_inner().database.close().await;
    }

    /// Holds the entries against what this user saw of them before: a folder that was restored as a whole agrees with
    /// itself. Nothing may be published before that.
    async fn recall(&self, state: &mut State) -> Result<(), OpenError> {
        let Some(memory) = &self.memory else { return Ok(()) };
        state.catch_up().await?;
        let held = memory.hold(&self.policy, &state.replica, self.clock.now());
        held.map(|_| ()).map_err(|error| OpenError::of_replica(&error, state.replica.tree().size()))
    }

    /// Remembers the published checkpoint. What could not be written down, a later run cannot be held against.
    fn remember(&self, state: &State) {
        if let (Some(memory), Some((note, published))) = (&self.memory, &state.published) {
            let known = memory.recall(&self.policy, &self.origin, self.clock.now());
            if known.is_none_or(|known| known.checkpoint().size < published.size) {
                let _ = memory.remember(&self.policy, &self.origin, note);
            }
        }
    }

    /// Compares the entries with the published checkpoint, and publishes those that a crash kept from it.
    ///
    /// The caller holds the lock: without it, entries that another one is about to publish look like a crash's.
    async fn settle(&self, state: &mut State) -> Result<(), OpenError> {
        state.catch_up().await?;
        let published = self.published(state)?;
        state.replica.contains(&published).map_err(|error| OpenError::of_replica(&error, published.size))?;
        if state.replica.tree().size() > published.size {
            // Whoever appended them did not live to see them on the disk, or was told that they are not.
            state.database.fold().await?;
            self.publish(state).map_err(OpenError::io(&self.folder.checkpoint()))?;
        }
        Ok(())
    }

    /// The published checkpoint, if it is under this ledger's own key.
    fn published(&self, state: &mut State) -> Result<Checkpoint, OpenError> {
        let bytes = Folder::read(&self.folder.checkpoint())?;
        if let Some((note, checkpoint)) = &state.published
            && *note == bytes
        {
            return Ok(checkpoint.clone());
        }
        let damaged = || OpenError::Damaged("the published checkpoint is not one of this ledger's".to_owned());
        let note = Note::parse(&bytes).map_err(|_| damaged())?;
        let key = self.keys.ledger.verifying_key();
        if !note.signatures().iter().any(|line| line.is_by(key, note.text())) {
            return Err(damaged());
        }
        let checkpoint = Checkpoint::parse(note.text()).ok_or_else(damaged)?;
        state.published = Some((bytes, checkpoint.clone()));
        Ok(checkpoint)
    }

    /// Replaces the published checkpoint. The caller holds the lock, or a later one could be overwritten.
    fn publish(&self, state: &mut State) -> io::Result<Timestamp> {
        let (now, checkpoint) = (self.clock.now(), state.replica.checkpoint());
        let note = self.keys.sign(&checkpoint, now).into_bytes();
        host::replace_file(&self.folder.checkpoint(), &note)?;
        state.published = Some((note, checkpoint));
        Ok(now)
    }

    /// Waits until no other process appends. Tasks of this one wait for `state`, which the caller holds: they share the
    /// lock, so that it cannot tell them apart.
    async fn lock_file(&self) -> io::Result<Locked> {
        let file = self.lock.try_clone()?;
        match file.try_lock() {
            Ok(()) => Ok(Locked(file)),
            Err(TryLockError::Error(error)) => Err(error),
            Err(TryLockError::WouldBlock) => {
                let waiting = tokio::task::spawn_blocking(move || file.lock().map(|()| Locked(file)));
                waiting.await.map_err(io::Error::other)?
            }
        }
    }

    /// Everything that must hold before this ledger may write: not poisoned, caught up, and at least what was published.
    async fn ready(&self, state: &mut State) -> Result<(), AppendError> {
        if state.poisoned {
            return Err(AppendError::Unavailable("an earlier write failed; open the ledger again".to_owned()));
        }
        self.settle(state).await.map_err(|error| match error {
            OpenError::Read(error) => error.into(),
            OpenError::RolledBack { .. } | OpenError::Forked { .. } | OpenError::Damaged(_) => {
                AppendError::Damaged(error.to_string())
            }
            other => AppendError::Unavailable(other.to_string()),
        })
    }

    /// The time for the next entry: the clock's, but never before the last entry's.
    fn admission_time(&self, replica: &Replica) -> Result<Timestamp, AppendError> {
        let (now, last) = (self.clock.now(), replica.last_admitted());
        if last.is_ahead_of(now, CLOCK_TOLERANCE_S) {
            return Err(AppendError::ClockBehind { now, last });
        }
        Ok(now.max(last))
    }
}

/// What was replayed of a ledger and kept, if the database still has it; else nothing of the ledger.
async fn replayed(
    database: &mut Database,
    states: &States,
    origin: &Origin,
    authorities: &Authorities,
) -> Result<Replica, ReadError> {
    match states.load(origin, authorities) {
        Some(kept) if holds_last_of(database, &kept).await? => Ok(kept),
        _ => Ok(Replica::new(origin.clone(), authorities)),
    }
}

/// Whether the database goes at least as far as a replayed state, with the same last entry. What stands before that is
/// not read again: the tree of the state is held against the published checkpoint, and `fsck` reads everything.
async fn holds_last_of(database: &mut Database, kept: &Replica) -> Result<bool, ReadError> {
    let Some(last) = kept.tree().size().0.checked_sub(1) else { return Ok(false) };
    let entries = database.entries(last..last + 1).await?;
    let leaf = entries.first().and_then(|bytes| LedgerEntry::decode(bytes)).map(|entry| entry.leaf());
    Ok(leaf.is_some() && leaf == kept.tree().leaf(LeafIndex(last)))
}

/// The lock on the file `lock`, given back when this is dropped: also when nobody waits for it any more.
struct Locked(File);

impl Drop for Locked {
    fn drop(&mut self) {
        // The system gives it back at the latest when the process ends.
        let _ = self.0.unlock();
    }
}

impl State {
    /// Replays what others appended since the last look.
    async fn catch_up(&mut self) -> Result<(), ReadError> {
        loop {
            let from = self.replica.tree().size().0;
            let entries = self.database.entries(from..from + MAX_ENTRIES_PER_READ).await?;
            for entry in &entries {
                let counted = self.replica.push(entry);
                // What does not count stands in the ledger all the same; it simply has no effect.
                let _ = counted.map_err(|error| ReadError::Damaged(error.to_string()))?;
            }
            if (entries.len() as u64) < MAX_ENTRIES_PER_READ {
                return Ok(());
            }
        }
    }

    /// The tree, with what others appended if it takes that to reach a size.
    async fn tree_of(&mut self, size: TreeSize) -> Result<&Tree, ReadError> {
        if size > self.replica.tree().size() {
            self.catch_up().await?;
        }
        Ok(self.replica.tree())
    }
}

#[async_trait]
impl Ledger for SqliteLedger {
    fn origin(&self) -> &Origin {
        &self.origin
    }

    async fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        read_checkpoint(&self.folder)
    }

    async fn entries(&self, range: std::ops::Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        self.state.lock().await.database.entries(range).await
    }

    async fn inclusion(&self, index: LeafIndex, size: TreeSize) -> Result<Vec<Hash>, ReadError> {
        let mut state = self.state.lock().await;
        let tree = state.tree_of(size).await?;
        tree.inclusion_path(index, size).ok_or(ReadError::OutOfRange { size: tree.size().0 })
    }

    async fn consistency(&self, old: TreeSize, new: TreeSize) -> Result<Vec<Hash>, ReadError> {
        let mut state = self.state.lock().await;
        let tree = state.tree_of(new).await?;
        tree.consistency_path(old, new).ok_or(ReadError::OutOfRange { size: tree.size().0 })
    }
}

fn read_checkpoint(folder: &Folder) -> Result<Vec<u8>, ReadError> {
    let path = folder.checkpoint();
    fs::read(&path).map_err(|error| ReadError::Unavailable(format!("{}: {error}", path.display())))
}
