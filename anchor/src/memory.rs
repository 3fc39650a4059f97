// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The largest checkpoint that was ever seen of each ledger.

A ledger that later shows fewer entries, or others, was rolled back or shows different histories to different people.
Whoever reads a ledger holds it against this, and so does whoever writes: entries that are appended to an older copy of a
ledger would fork it for good. Kept in the user's state folder: not with the ledger, since what is restored with it
notices nothing, nor in the trust folder, which may be shared and read-only.
*/

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;
use proof::{
    Hash, Timestamp,
    key::Origin,
    policy::Policy,
    replica::{Replica, ReplicaError},
    tree::TreeSize,
};
use tempfile::NamedTempFile;

use crate::copy::Known;

/// Where checkpoints are remembered.
#[derive(Debug, Clone)]
pub struct Memory(PathBuf);

/// Where this user's programs keep their state; `None` if the system names no such place.
pub fn state_folder() -> Option<PathBuf> {
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_dir()).join("schulsiegel"))
}

/// What a ledger is known by: the keys that are pinned under its name.
pub fn keys_hash(policy: &Policy, origin: &Origin) -> Hash {
    let keys = policy.keys().filter(|(word, key)| *word == "log" && key.name() == origin.as_str());
    let keys: Vec<_> = keys.map(|(_, key)| key.to_string()).collect();
    Hash::of(&[keys.join("\n").as_bytes()])
}

impl Memory {
    /// Remembers in this folder, which need not exist.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// Remembers where this user's programs keep their state; `None` if the system names no such place.
    pub fn of_user() -> Option<Self> {
        Some(Self::new(state_folder()?.join("checkpoints")))
    }

    /// The checkpoint that is remembered of a ledger under a policy. What is not under the ledger's key is not believed.
    pub fn recall(&self, policy: &Policy, origin: &Origin, now: Timestamp) -> Option<Known> {
        let note = fs::read(self.file(policy, origin)).ok()?;
        Known::verify(policy, note, now).ok().filter(|known| known.checkpoint().origin == *origin)
    }

    /// Holds a replayed ledger against the checkpoint that is remembered, and gives the size of that.
    ///
    /// # Errors
    /// [`ReplicaError::Missing`] if the ledger had more entries before, another one if it had others.
    pub fn hold(&self, policy: &Policy, replica: &Replica, now: Timestamp) -> Result<TreeSize, ReplicaError> {
        let remembered = self.recall(policy, replica.register().origin(), now);
        let Some(remembered) = remembered.as_ref().map(Known::checkpoint) else { return Ok(TreeSize(0)) };
        replica.contains(remembered).map(|()| remembered.size)
    }

    /// Remembers a checkpoint.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn remember(&self, policy: &Policy, origin: &Origin, note: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        // Several runs may remember at once: each writes a file of its own, and the last name wins.
        let mut draft = NamedTempFile::new_in(&self.0)?;
        draft.write_all(note)?;
        draft.as_file().sync_all()?;
        draft.persist(self.file(policy, origin)).map(|_| ()).map_err(|error| error.error)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// One file for each ledger and key, so that a new ledger under an old name is not held against the old one.
    fn file(&self, policy: &Policy, origin: &Origin) -> PathBuf {
        self.0.join(keys_hash(policy, origin).to_string())
    }
}
