// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Bringing a copy up to date: nothing is taken over that does not continue what was verified before.

use proof::{
    CLOCK_TOLERANCE_S, Timestamp,
    authority::Authorities,
    checkpoint::Cosigned,
    policy::Policy,
    replica::ReplicaError,
    statement::LedgerEntry,
    tree::{Tree, TreeSize, verify_consistency},
    verdict::Reason,
};

use super::{Alarm, AlarmKind, CopyError, Entries, Known, LedgerCopy};
use crate::{
    follow::FollowError,
    host,
    ledger::{Ledger, MAX_ENTRIES_PER_READ, ReadError},
};

/// Where a checkpoint comes from, which decides what it means that it is smaller than one that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The ledger itself: it shows less than it has signed, which is an alarm whatever time it claims.
    Ledger,
    /// A file that somebody carried here: it may simply be older. An alarm only if it was cosigned later.
    Snapshot,
}

/// What a ledger is held against, and believed by.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    /// Which checkpoints are believed.
    pub policy: &'a Policy,
    /// Whose statements count. Only noted in the copy's folder.
    pub authorities: &'a Authorities,
    /// A checkpoint that was seen by another way, such as a check that asked the ledger.
    pub remembered: Option<&'a Known>,
    /// The time now.
    pub now: Timestamp,
}

/// What an update has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Update {
    /// Entries that were not covered before.
    pub new_entries: u64,
    /// Set if the copy knew more than what it was shown.
    pub was_ahead: bool,
}

/// Why a copy is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UpdateError {
    /// The ledger contradicts what it has signed before.
    #[error("the ledger contradicts itself")]
    Alarm(Alarm),
    /// The ledger cannot be read, or is not believed.
    #[error(transparent)]
    Ledger(#[from] FollowError),
    /// Too few witnesses stand behind the ledger's checkpoint.
    #[error("too few witnesses signed the ledger's checkpoint")]
    BelowQuorum,
    /// The copy cannot be used.
    #[error(transparent)]
    Copy(#[from] CopyError),
}

impl UpdateError {
    /// The reason in the words of a verdict.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Alarm(alarm) => alarm.kind.reason(),
            Self::Ledger(error) => error.reason(),
            Self::BelowQuorum => Reason::QuorumNotMet,
            Self::Copy(error) => error.reason(),
        }
    }
}

impl CopyError {
    /// The reason in the words of a verdict.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Damaged(_) => Reason::LedgerDamaged,
            Self::Open(_) => Reason::LedgerUnreachable,
            // Which of the two is not known; either way the ledger is not to be believed.
            Self::Alarm { .. } => Reason::LedgerForked,
        }
    }
}

impl From<ReadError> for UpdateError {
    fn from(error: ReadError) -> Self {
        Self::Ledger(error.into())
    }
}

impl From<ReplicaError> for UpdateError {
    fn from(error: ReplicaError) -> Self {
        Self::Ledger(error.into())
    }
}

/// Told how many entries were fetched, and of how many.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64);

impl LedgerCopy {
    /// Brings the copy to the ledger's checkpoint.
    ///
    /// 1. An alarm that nobody has acknowledged stops everything.
    /// 2. The checkpoint is verified, and may not be smaller than one that is known, nor another at the same size.
    /// 3. The ledger proves that it continues the copy's checkpoint.
    /// 4. The new entries are fetched; with the old ones they give the checkpoint's root, and the root of a checkpoint
    ///    that was seen by another way. Then they are committed.
    /// 5. The checkpoint is replaced.
    ///
    /// # Errors
    /// The copy is as it was before.
    pub async fn update(
        &mut self,
        ledger: &dyn Ledger,
        source: Source,
        terms: Terms<'_>,
        progress: Progress<'_>,
    ) -> Result<Update, UpdateError> {
        if let Some(alarm) = self.place.alarm()? {
            return Err(UpdateError::Alarm(alarm));
        }
        let shown = self.shown(ledger, terms).await?;
        for known in [self.known.as_ref(), terms.remembered].into_iter().flatten() {
            if let Some(kind) = self.contradiction(known, &shown, source) {
                return Err(self.alarm(kind, known, &shown, terms.now));
            }
        }
        match self.known.as_ref().map(Known::size) {
            Some(size) if size > shown.size() => return Ok(Update { new_entries: 0, was_ahead: true }),
            Some(size) if size == shown.size() => {
                self.check_remembered(&self.entries.tree, &shown, terms)?;
                if self.known.as_ref().is_some_and(|known| is_later(&shown, known)) {
                    self.publish(shown, terms)?;
                }
                return Ok(Update { new_entries: 0, was_ahead: false });
            }
            _ => {}
        }
        self.check_continued(ledger, &shown, terms.now).await?;

        let before = self.known.as_ref().map_or(0, |known| known.size().0);
        self.database.begin().await.map_err(CopyError::from)?;
        match self.grow_to(ledger, &shown, terms, progress).await {
            Ok(entries) => {
                self.database.commit().await.map_err(CopyError::from)?;
                self.entries = entries;
            }
            Err(error) => {
                // If even that fails, the end of the connection does it.
                let _ = self.database.roll_back().await;
                return Err(error);
            }
        }
        let new_entries = shown.size().0 - before;
        self.publish(shown, terms)?;
        Ok(Update { new_entries, was_ahead: false })
    }

    /// The checkpoint that the ledger shows.
    async fn shown(&self, ledger: &dyn Ledger, terms: Terms<'_>) -> Result<Known, UpdateError> {
        let own = &self.place.origin;
        let shown = Known::verify(terms.policy, ledger.checkpoint().await?, terms.now).map_err(FollowError::from)?;
        let got = &shown.checkpoint().origin;
        if got != own {
            return Err(FollowError::OtherLedger { got: got.clone(), wanted: own.clone() }.into());
        }
        if shown.verified().cosigned() == Cosigned::BelowQuorum {
            return Err(UpdateError::BelowQuorum);
        }
        Ok(shown)
    }

    /// Whether two checkpoints contradict each other, as far as it can be said without further entries.
    fn contradiction(&self, known: &Known, shown: &Known, source: Source) -> Option<AlarmKind> {
        if shown.size() > known.size() {
            return None;
        }
        // Below its checkpoint the copy knows every root that the ledger ever had.
        let covered = self.known.as_ref().is_some_and(|own| shown.size() <= own.size());
        let own = if covered { self.entries.tree.root_at(shown.size()) } else { None };
        let same_size = (shown.size() == known.size()).then_some(known.checkpoint().root);
        if [own, same_size].into_iter().flatten().any(|root| root != shown.checkpoint().root) {
            return Some(AlarmKind::Forked);
        }
        let may_be_older = source == Source::Snapshot && !is_later(shown, known);
        (shown.size() < known.size() && !may_be_older).then_some(AlarmKind::RolledBack)
    }

    /// Has the ledger prove that it continues the copy's checkpoint.
    async fn check_continued(&self, ledger: &dyn Ledger, shown: &Known, now: Timestamp) -> Result<(), UpdateError> {
        let Some(known) = self.known.as_ref().filter(|known| known.size() > TreeSize(0)) else { return Ok(()) };
        let (old, new) = (known.checkpoint(), shown.checkpoint());
        match ledger.consistency(old.size, new.size).await {
            Ok(path) if verify_consistency(old.size, &old.root, new.size, &new.root, &path) => Ok(()),
            Err(error @ ReadError::Unavailable(_)) => Err(error.into()),
            Ok(_) | Err(_) => Err(self.diagnose(ledger, shown, now).await),
        }
    }

    /// Inserts the entries that are missing, and checks all of them under the checkpoint.
    async fn grow_to(
        &mut self,
        ledger: &dyn Ledger,
        shown: &Known,
        terms: Terms<'_>,
        progress: Progress<'_>,
    ) -> Result<Entries, UpdateError> {
        // More than the copy's checkpoint covers, if a crash came between the two.
        let (mut entries, start, size) = (self.entries.clone(), self.entries.tree.size().0, shown.size().0);
        while entries.tree.size().0 < size {
            let from = entries.tree.size().0;
            let fetched = fetch(ledger, from, size).await?;
            fetched.iter().try_for_each(|entry| entries.push(entry))?;
            self.database.insert_all(from, &fetched).await.map_err(CopyError::from)?;
            progress(entries.tree.size().0 - start, size - start);
        }
        if entries.tree.root_at(shown.size()) != Some(shown.checkpoint().root) {
            return Err(self.diagnose(ledger, shown, terms.now).await);
        }
        self.check_remembered(&entries.tree, shown, terms)?;
        if let (Cosigned::AsOf(time), Some(last)) = (shown.verified().cosigned(), size.checked_sub(1)) {
            let last = self.database.entries(last..size).await.map_err(CopyError::from)?;
            let last = last.first().and_then(|entry| LedgerEntry::decode(entry));
            if last.is_none_or(|last| last.admitted.is_ahead_of(time, CLOCK_TOLERANCE_S)) {
                return Err(ReplicaError::AheadOfCosignatures.into());
            }
        }
        Ok(entries)
    }

    /// Holds the entries against a checkpoint that was seen by another way.
    fn check_remembered(&self, tree: &Tree, shown: &Known, terms: Terms<'_>) -> Result<(), UpdateError> {
        let Some(remembered) = terms.remembered else { return Ok(()) };
        match tree.root_at(remembered.size()) {
            Some(root) if remembered.size() <= shown.size() && root != remembered.checkpoint().root => {
                Err(self.alarm(AlarmKind::Forked, remembered, shown, terms.now))
            }
            _ => Ok(()),
        }
    }

    /// Finds out why the ledger does not continue the copy. An alarm takes a proof: all entries of the ledger that give
    /// the root that it shows, and not the root that it has signed before.
    async fn diagnose(&self, ledger: &dyn Ledger, shown: &Known, now: Timestamp) -> UpdateError {
        let theirs = match read_all(ledger, shown.size()).await {
            Ok(theirs) => theirs.tree,
            Err(error) => return error,
        };
        let (got, wanted) = (theirs.root(), shown.checkpoint().root);
        if got != wanted {
            return ReplicaError::OtherRoot { got, wanted }.into();
        }
        if let Some(known) = &self.known
            && theirs.root_at(known.size()) != Some(known.checkpoint().root)
        {
            return self.alarm(AlarmKind::Forked, known, shown, now);
        }
        let common = self.entries.tree.size().min(theirs.size());
        if self.entries.tree.root_at(common) != theirs.root_at(common) {
            return CopyError::Damaged("entries behind its checkpoint are not those of the ledger".to_owned()).into();
        }
        ReadError::Damaged("its proof that it continues an earlier checkpoint does not hold".to_owned()).into()
    }

    fn alarm(&self, kind: AlarmKind, known: &Known, shown: &Known, now: Timestamp) -> UpdateError {
        UpdateError::Alarm(self.place.alarms().raise(kind, known, shown, now))
    }

    /// Replaces the checkpoint. The entries that it covers are durable by now.
    fn publish(&mut self, shown: Known, terms: Terms<'_>) -> Result<(), CopyError> {
        let folder = self.place.folder();
        let (policy, authorities) = (terms.policy.to_string(), terms.authorities.to_string());
        let files = [
            (folder.policy(), policy.as_bytes()),
            (folder.authorities(), authorities.as_bytes()),
            (folder.checkpoint(), shown.note()),
        ];
        for (path, bytes) in files {
            host::replace_file(&path, bytes).map_err(CopyError::io(&path))?;
        }
        host::sync_folder(self.place.path()).map_err(CopyError::io(self.place.path()))?;
        self.known = Some(shown);
        Ok(())
    }
}

/// Whether a checkpoint was cosigned later than another one.
fn is_later(one: &Known, other: &Known) -> bool {
    match (one.verified().cosigned(), other.verified().cosigned()) {
        (Cosigned::AsOf(one), Cosigned::AsOf(other)) => one > other,
        (Cosigned::AsOf(_), _) => true,
        _ => false,
    }
}

/// The entries from `from` on, at least one, if the ledger has what it has signed for.
async fn fetch(ledger: &dyn Ledger, from: u64, size: u64) -> Result<Vec<Vec<u8>>, UpdateError> {
    let end = size.min(from + MAX_ENTRIES_PER_READ);
    let mut fetched = ledger.entries(from..end).await?;
    // Nobody is made to give more than was asked for, and nobody is let.
    fetched.truncate(usize::try_from(end - from).unwrap_or(usize::MAX));
    if fetched.is_empty() { Err(ReplicaError::Missing { got: from, wanted: size }.into()) } else { Ok(fetched) }
}

async fn read_all(ledger: &dyn Ledger, size: TreeSize) -> Result<Entries, UpdateError> {
    let mut entries = Entries::default();
    while entries.tree.size() < size {
        let fetched = fetch(ledger, entries.tree.size().0, size.0).await?;
        fetched.iter().try_for_each(|entry| entries.push(entry))?;
    }
    Ok(entries)
}
