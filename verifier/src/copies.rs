// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Copies of the pinned ledgers on this machine: where they lie, and how they are brought up to date.

Every user has copies of their own, since checking trusts nothing that others may write without being noticed; and
`--copy` names another place for those who share one.
*/

use std::path::{Path, PathBuf};

use anchor::{
    copy::{CopyError, CopyPlace, Known, Progress, Source, Terms, Update, UpdateError},
    ledger::Ledger,
    memory::{self, Memory},
    trust::Trust,
};
use proof::{Timestamp, key::Origin, policy::Policy};

/// The folder of all copies.
#[derive(Debug, Clone)]
pub struct Copies(PathBuf);

impl Copies {
    /// Keeps copies in this folder, which need not exist.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// Keeps copies where this user's programs keep their state; `None` if the system names no such place.
    pub fn of_user() -> Option<Self> {
        Some(Self::new(memory::state_folder()?.join("copies")))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// The copy of a ledger. A new ledger under an old name has other keys, and a copy of its own.
    pub fn place(&self, policy: &Policy, origin: &Origin) -> CopyPlace {
        let keys = memory::keys_hash(policy, origin).to_string();
        // `_` stands in no origin, so that no two become one.
        let name = format!("{}-{}", origin.as_str().replace('/', "_"), &keys[..16]);
        CopyPlace::new(self.0.join(name), origin.clone())
    }
}

/// What a sync has done.
#[derive(Debug)]
pub struct Synced {
    /// What is new.
    pub update: Update,
    /// What the copy holds now.
    pub known: Known,
    /// Where a damaged copy was put, if it was started anew.
    pub set_aside: Option<PathBuf>,
    /// Set if the checkpoint could not be remembered.
    pub forgetful: bool,
}

/// Brings copies up to date.
pub struct Syncer<'a> {
    /// What is pinned.
    pub trust: &'a Trust,
    /// What was seen by other ways.
    pub memory: Option<&'a Memory>,
    /// Whether a damaged copy is set aside and started anew.
    pub anew: bool,
    /// The time now.
    pub now: Timestamp,
}

impl Syncer<'_> {
    /// Brings the copy of one ledger up to date, then remembers its checkpoint.
    ///
    /// # Errors
    /// The copy is as it was before; of one that was started anew, nothing is there yet.
    pub async fn sync(
        &self,
        place: &CopyPlace,
        ledger: &dyn Ledger,
        source: Source,
        progress: Progress<'_>,
    ) -> Result<Synced, UpdateError> {
        let remembered = self.memory.and_then(|memory| memory.recall(&self.trust.policy, ledger.origin(), self.now));
        match self.attempt(place, ledger, source, remembered.as_ref(), progress).await {
            Err(UpdateError::Copy(CopyError::Damaged(_))) if self.anew && place.alarm()?.is_none() => {
                // What the damaged copy knew of the ledger is not forgotten with it.
                let known = place.known(&self.trust.policy, self.now).ok().flatten();
                let size = |known: &Known| known.checkpoint().size;
                let remembered = [known, remembered].into_iter().flatten().max_by_key(size);
                let forgetful = remembered.as_ref().is_some_and(|known| !self.remember(ledger.origin(), known));
                let aside = place.set_aside(self.now)?;
                let synced = self.attempt(place, ledger, source, remembered.as_ref(), progress).await?;
                Ok(Synced { set_aside: Some(aside), forgetful: synced.forgetful || forgetful, ..synced })
            }
            outcome => outcome,
        }
    }

    async fn attempt(
        &self,
        place: &CopyPlace,
        ledger: &dyn Ledger,
        source: Source,
        remembered: Option<&Known>,
        progress: Progress<'_>,
    ) -> Result<Synced, UpdateError> {
        let Trust { policy, authorities, .. } = self.trust;
        let mut copy = place.open(policy, self.now).await?;
        let terms = Terms { policy, authorities, remembered, now: self.now };
        let update = copy.update(ledger, source, terms, progress).await;
        let known = copy.known().cloned();
        copy.close().await;
        let update = update?;
        let known = known.ok_or_else(|| CopyError::Damaged("it has no checkpoint".to_owned()))?;
        let is_larger = remembered.is_none_or(|remembered| remembered.checkpoint().size < known.checkpoint().size);
        let forgetful = if is_larger { !self.remember(ledger.origin(), &known) } else { self.memory.is_none() };
        Ok(Synced { update, known, set_aside: None, forgetful })
    }

    /// Whether a checkpoint could be remembered.
    fn remember(&self, origin: &Origin, known: &Known) -> bool {
        self.memory.is_some_and(|memory| memory.remember(&self.trust.policy, origin, known.note()).is_ok())
    }
}
