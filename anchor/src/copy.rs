// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A verified copy of a ledger on this machine, for checking without the ledger.

| file | what it is |
|---|---|
| `ledger.db` | the entries, in the tables of an embedded ledger |
| `checkpoint` | the last verified checkpoint, as it was received |
| `policy`, `authorities` | what was pinned when that was, so that the folder can be looked over like a ledger's |
| `lock` | held while somebody changes the copy |
| `alarm` | the ledger contradicted what it had signed; stays until somebody acknowledges it |
| `evidence/` | checkpoints that contradict each other, and damaged copies that were set aside |

Entries are committed before the checkpoint is replaced. A crash in between leaves more entries than the checkpoint
covers, and readers stop at the checkpoint. Nothing is committed that a signed checkpoint does not cover.

A copy is read as an embedded ledger is ([`CopyPlace::read`]), and believed for the same reasons and no others: whoever
can change these files can make it unreadable or older, and nothing else.
*/

mod alarm;
mod update;

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

pub use alarm::{Alarm, AlarmKind};
pub use update::{Progress, Source, Terms, Update, UpdateError};

use alarm::{Alarms, free_name, in_a_name};
use proof::{
    Timestamp,
    checkpoint::{Checkpoint, VerifiedCheckpoint},
    key::Origin,
    policy::{CheckpointError, Policy},
    replica::ReplicaError,
    statement::LedgerEntry,
    tree::{Tree, TreeSize},
};

use crate::{
    folder::Folder,
    host,
    ledger::{MAX_ENTRIES_PER_READ, ReadError},
    sqlite::{SqliteReader, database::Database},
    store::OpenError,
};

/// Where the copy of a ledger lies, or would lie.
#[derive(Debug, Clone)]
pub struct CopyPlace {
    origin: Origin,
    path: PathBuf,
}

/// Why a copy cannot be used. None of it says anything about the ledger.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CopyError {
    /// Its files are not what was written into them.
    #[error("the copy is damaged: {0}")]
    Damaged(String),
    /// It cannot be opened, read or written at the moment.
    #[error(transparent)]
    Open(OpenError),
    /// There is an alarm about this ledger, and the file that says which cannot be read.
    #[error("{path}: {source}")]
    Alarm {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl From<OpenError> for CopyError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Damaged(text) | OpenError::Read(ReadError::Damaged(text)) => Self::Damaged(text),
            other => Self::Open(other),
        }
    }
}

impl From<ReadError> for CopyError {
    fn from(error: ReadError) -> Self {
        OpenError::Read(error).into()
    }
}

impl CopyError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Open(OpenError::Io { path, source })
    }
}

/// A checkpoint that was verified, and its note as it was received.
#[derive(Debug, Clone)]
pub struct Known {
    verified: VerifiedCheckpoint,
    note: Vec<u8>,
}

impl Known {
    /// Verifies a note.
    ///
    /// # Errors
    /// If the policy does not believe it.
    pub fn verify(policy: &Policy, note: Vec<u8>, now: Timestamp) -> Result<Self, CheckpointError> {
        Ok(Self { verified: policy.verify(&note, now)?, note })
    }

    /// What was signed.
    pub fn checkpoint(&self) -> &Checkpoint {
        self.verified.checkpoint()
    }

    /// Who else saw it.
    pub fn verified(&self) -> &VerifiedCheckpoint {
        &self.verified
    }

    /// The note.
    pub fn note(&self) -> &[u8] {
        &self.note
    }

    fn size(&self) -> TreeSize {
        self.checkpoint().size
    }
}

impl CopyPlace {
    /// The copy of `origin` in this folder, which need not exist.
    pub fn new(path: impl Into<PathBuf>, origin: Origin) -> Self {
        Self { origin, path: path.into() }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there is a copy.
    pub fn holds_copy(&self) -> bool {
        self.folder().checkpoint().is_file()
    }

    /// The alarm about this ledger that nobody has acknowledged yet.
    ///
    /// # Errors
    /// If there is one and it cannot be read. That is no reason to go on.
    pub fn alarm(&self) -> Result<Option<Alarm>, CopyError> {
        self.alarms().pending().map_err(|source| CopyError::Alarm { path: self.path.join("alarm"), source })
    }

    /// Takes the alarm down, and keeps it beside the evidence. Returns whether there was one.
    ///
    /// Nothing else changes: the copy stays what it was, and the ledger is held against it as before.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn acknowledge(&self, now: Timestamp) -> io::Result<bool> {
        self.alarms().acknowledge(now)
    }

    /// Opens the copy as a ledger to read.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub async fn read(&self) -> Result<SqliteReader, OpenError> {
        SqliteReader::open(&self.path).await
    }

    /// Opens the copy to bring it up to date, and makes an empty one if there is none. Waits for others that do so.
    ///
    /// # Errors
    /// If it is damaged, or the folder cannot be used.
    pub async fn open(&self, policy: &Policy, now: Timestamp) -> Result<LedgerCopy, CopyError> {
        let folder = self.folder();
        let lock = self.lock()?;
        let (path, draft) = (folder.database(), self.path.join("ledger.db.new"));
        if !path.is_file() {
            if folder.checkpoint().is_file() {
                return Err(CopyError::Damaged("its entries are gone".to_owned()));
            }
            // Built beside it and renamed: a crash leaves no half of a database.
            for left in ["ledger.db.new", "ledger.db.new-wal", "ledger.db.new-shm", "ledger.db-wal", "ledger.db-shm"] {
                remove(&self.path.join(left))?;
            }
            Database::create(&draft, &self.origin).await?.close().await;
            host::rename_new(&draft, &path).map_err(CopyError::io(&path))?;
            host::sync_folder(&self.path).map_err(CopyError::io(&self.path))?;
        }
        let mut database = Database::open(&path).await?;
        match self.checked(&mut database, policy, now).await {
            Ok((entries, known)) => Ok(LedgerCopy { place: self.clone(), database, entries, known, _lock: lock }),
            Err(error) => {
                // Waited for: a connection that ends later would take the write-ahead log of its successor along.
                database.close().await;
                Err(error)
            }
        }
    }

    /// The entries of a copy and its checkpoint, if they belong together.
    async fn checked(
        &self,
        database: &mut Database,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<(Entries, Option<Known>), CopyError> {
        if database.origin().await? != self.origin {
            return Err(CopyError::Damaged("it is the copy of another ledger".to_owned()));
        }
        let entries = Entries::of(database).await?;
        let known = self.known(policy, now)?;
        if let Some(known) = &known {
            match entries.tree.root_at(known.size()) {
                Some(root) if root == known.checkpoint().root => {}
                Some(_) => return Err(CopyError::Damaged("its entries are not those of its checkpoint".to_owned())),
                None => return Err(CopyError::Damaged("some of its entries are gone".to_owned())),
            }
        }
        Ok((entries, known))
    }

    /// The checkpoint that the copy was brought to last.
    ///
    /// # Errors
    /// If it cannot be read, or is not one that the policy believes.
    pub fn known(&self, policy: &Policy, now: Timestamp) -> Result<Option<Known>, CopyError> {
        let path = self.folder().checkpoint();
        let note = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            outcome => outcome.map_err(CopyError::io(&path))?,
        };
        let known = Known::verify(policy, note, now);
        let known = known.map_err(|error| CopyError::Damaged(format!("its checkpoint: {error}")))?;
        if known.checkpoint().origin != self.origin {
            return Err(CopyError::Damaged("its checkpoint is of another ledger".to_owned()));
        }
        Ok(Some(known))
    }

    /// Moves entries and checkpoint to the evidence, so that the next [`CopyPlace::open`] starts anew. Gives the folder
    /// where they are now.
    ///
    /// # Errors
    /// If they cannot be moved.
    pub fn set_aside(&self, now: Timestamp) -> Result<PathBuf, CopyError> {
        let _lock = self.lock()?;
        let evidence = self.alarms().evidence().to_owned();
        fs::create_dir_all(&evidence).map_err(CopyError::io(&evidence))?;
        let to = free_name(&evidence, &format!("{}-damaged-copy", in_a_name(now)));
        fs::create_dir(&to).map_err(CopyError::io(&to))?;
        // The checkpoint goes last: while it is there without entries, the copy counts as damaged and not as absent.
        for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm", "policy", "authorities", "checkpoint"] {
            match fs::rename(self.path.join(name), to.join(name)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                outcome => outcome.map_err(CopyError::io(&self.path.join(name)))?,
            }
        }
        host::sync_folder(&to).map_err(CopyError::io(&to))?;
        host::sync_folder(&self.path).map_err(CopyError::io(&self.path))?;
        Ok(to)
    }

    fn folder(&self) -> Folder {
        Folder::new(&self.path)
    }

    fn alarms(&self) -> Alarms {
        Alarms::of(&self.path)
    }

    fn lock(&self) -> Result<File, CopyError> {
        fs::create_dir_all(&self.path).map_err(CopyError::io(&self.path))?;
        let folder = self.folder();
        folder.check_local()?;
        let file = File::options().write(true).create(true).truncate(false).open(folder.lock());
        file.and_then(|file| file.lock().map(|()| file)).map_err(CopyError::io(&folder.lock()))
    }
}

fn remove(path: &Path) -> Result<(), CopyError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome.map_err(CopyError::io(path)),
    }
}

/// A copy that nobody else changes meanwhile.
pub struct LedgerCopy {
    place: CopyPlace,
    database: Database,
    entries: Entries,
    known: Option<Known>,
    /// Given back when this is dropped.
    _lock: File,
}

impl LedgerCopy {
    /// The checkpoint that the copy was brought to last.
    pub fn known(&self) -> Option<&Known> {
        self.known.as_ref()
    }

    /// Ends the connection, which folds the write-ahead log into the database.
    pub async fn close(self) {
        self.database.close().await;
    }
}

/// The entries of a ledger without what they say: the tree over them, and their times.
#[derive(Debug, Clone, Default)]
struct Entries {
    tree: Tree,
    last_admitted: Option<Timestamp>,
}

impl Entries {
    /// Those of a database.
    async fn of(database: &mut Database) -> Result<Self, CopyError> {
        let mut this = Self::default();
        loop {
            let from = this.tree.size().0;
            let entries = database.entries(from..from + MAX_ENTRIES_PER_READ).await?;
            for entry in &entries {
                this.push(entry).map_err(|error| CopyError::Damaged(error.to_string()))?;
            }
            if (entries.len() as u64) < MAX_ENTRIES_PER_READ {
                return Ok(this);
            }
        }
    }

    /// Adds the next entry.
    ///
    /// # Errors
    /// If no honest ledger has such an entry at this place.
    fn push(&mut self, entry: &[u8]) -> Result<(), ReplicaError> {
        let bad_time = ReplicaError::BadTime { index: self.tree.size().0 };
        let entry = LedgerEntry::decode(entry).filter(|entry| Some(entry.admitted) >= self.last_admitted);
        let entry = entry.ok_or(bad_time)?;
        self.last_admitted = Some(entry.admitted);
        self.tree.push(entry.leaf());
        Ok(())
    }
}
