// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Reading a ledger and believing it: its checkpoint, then all its entries, then both against each other.
*/

use std::path::Path;

use proof::{
    Timestamp,
    authority::Authorities,
    checkpoint::VerifiedCheckpoint,
    key::Origin,
    policy::{CheckpointError, Policy},
    replica::{LedgerState, Replica, ReplicaError},
    tree::TreeSize,
    verdict::Reason,
};

use crate::{
    clock::Clock,
    folder::Folder,
    http::HttpLedger,
    ledger::{Append, Ledger, MAX_ENTRIES_PER_READ, ReadError},
    location::Location,
    memory::Memory,
    postgres::{PgLedger, PgReader},
    sqlite::{SqliteLedger, SqliteReader},
    states::States,
    store::OpenError,
};

/// A ledger's state, checked.
#[derive(Debug)]
pub struct Followed {
    replica: Replica,
    checkpoint: VerifiedCheckpoint,
    note: Vec<u8>,
}

/// Why a ledger is not believed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FollowError {
    /// It cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Its checkpoint is not believed.
    #[error("the ledger's checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// Its entries are not those of its checkpoint.
    #[error(transparent)]
    Replica(#[from] ReplicaError),
    /// It is another ledger than the one that should be there.
    #[error("the ledger there is `{got}`, not `{wanted}`")]
    OtherLedger {
        /// The ledger found.
        got: Origin,
        /// The ledger that was to be there.
        wanted: Origin,
    },
}

impl FollowError {
    /// What a verifier says of certificates on this ledger.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Open(OpenError::RolledBack { .. }) | Self::Replica(ReplicaError::Missing { .. }) => {
                Reason::LedgerRolledBack
            }
            Self::Open(OpenError::Forked { .. }) => Reason::LedgerForked,
            Self::Checkpoint(CheckpointError::UnknownLedger { .. }) | Self::OtherLedger { .. } => Reason::UnknownLedger,
            Self::Open(OpenError::Damaged(_) | OpenError::Read(ReadError::Damaged(_)))
            | Self::Read(ReadError::Damaged(_) | ReadError::OutOfRange { .. })
            | Self::Replica(_)
            | Self::Checkpoint(_) => Reason::LedgerDamaged,
            Self::Open(_) | Self::Read(_) => Reason::LedgerUnreachable,
        }
    }
}

/// Opens a ledger to read.
///
/// # Errors
/// If it is not there or cannot be read.
pub async fn open(location: &Location) -> Result<Box<dyn Ledger>, OpenError> {
    Ok(match location {
        Location::Folder(folder) => Box::new(SqliteReader::open(folder).await?),
        Location::Http(url) => Box::new(HttpLedger::open(url).await?),
        Location::Postgres(address) => Box::new(PgReader::open(address).await?),
    })
}

/// Opens a ledger to append. With a `memory`, an embedded one must go on from the largest checkpoint that this user ever
/// saw of it; one that is served is held against that by [`Followed::hold`].
///
/// # Errors
/// If it is not there, cannot be read, or is not what was published or seen.
pub async fn open_to_append(
    location: &Location,
    clock: &Clock,
    memory: Option<Memory>,
) -> Result<Box<dyn Append>, OpenError> {
    Ok(match location {
        Location::Folder(folder) => Box::new(SqliteLedger::open(folder, clock.clone(), memory).await?),
        Location::Http(url) => Box::new(HttpLedger::open(url).await?),
        Location::Postgres(address) => {
            Box::new(PgLedger::open(address, None, clock.clone(), memory, States::of_user()).await?)
        }
    })
}

/// Whether a ledger can be looked for at this place at all.
pub fn holds_ledger(folder: &Path) -> bool {
    Folder::new(folder).holds_ledger()
}

impl Followed {
    /// Reads a ledger to its published checkpoint and replays it: only what is new, if `states` has the rest.
    ///
    /// # Errors
    /// If it cannot be read, or checkpoint and entries do not agree.
    pub async fn read(
        ledger: &dyn Ledger,
        policy: &Policy,
        authorities: &Authorities,
        now: Timestamp,
        states: Option<&States>,
    ) -> Result<Self, FollowError> {
        let note = ledger.checkpoint().await?;
        let checkpoint = policy.verify(&note, now)?;
        let signed = checkpoint.checkpoint();
        if signed.origin != *ledger.origin() {
            return Err(FollowError::OtherLedger { got: signed.origin.clone(), wanted: ledger.origin().clone() });
        }
        let kept = states.and_then(|states| states.load(&signed.origin, authorities));
        if let Some(replica) = kept {
            let from = replica.tree().size().0;
            let mut this = Self { replica, checkpoint: checkpoint.clone(), note: note.clone() };
            // Whatever is wrong, the ledger or what was kept of it: the entries themselves tell.
            if this.grow(ledger).await.is_ok() {
                this.keep(states, from);
                return Ok(this);
            }
        }
        let replica = Replica::new(checkpoint.checkpoint().origin.clone(), authorities);
        let mut this = Self { replica, checkpoint, note };
        this.grow(ledger).await?;
        this.keep(states, 0);
        Ok(this)
    }

    /// Not to be able to keep a state costs the next start some time, and nothing else.
    fn keep(&self, states: Option<&States>, from: u64) {
        if let Some(states) = states {
            let _ = states.keep(&self.replica, from);
        }
    }

    /// Reads what was published since.
    ///
    /// # Errors
    /// As [`Followed::read`]. The state is that of no checkpoint then, and [`Followed::state`] says so.
    pub async fn catch_up(&mut self, ledger: &dyn Ledger, policy: &Policy, now: Timestamp) -> Result<(), FollowError> {
        self.note = ledger.checkpoint().await?;
        self.checkpoint = policy.verify(&self.note, now)?;
        self.grow(ledger).await
    }

    async fn grow(&mut self, ledger: &dyn Ledger) -> Result<(), FollowError> {
        let size = self.checkpoint.checkpoint().size;
        while self.size() < size {
            let from = self.size().0;
            let entries = ledger.entries(from..size.0.min(from + MAX_ENTRIES_PER_READ)).await?;
            if entries.is_empty() {
                return Err(ReplicaError::Missing { got: from, wanted: size.0 }.into());
            }
            for entry in &entries {
                // Whether a statement counts is for the register to know, not for the reading.
                let _ = self.replica.push(entry)?;
            }
        }
        self.state().map(|_| ()).map_err(Into::into)
    }

    /// Holds it against the largest checkpoint that this user ever saw of it, and remembers it if it is larger. Gives
    /// whether that went well: what could not be written down, a later run cannot be held against.
    ///
    /// # Errors
    /// If it has fewer entries than then, or others.
    pub fn hold(&self, memory: &Memory, policy: &Policy, now: Timestamp) -> Result<bool, ReplicaError> {
        let is_known = memory.hold(policy, &self.replica, now)? >= self.size();
        Ok(is_known || memory.remember(policy, self.replica.register().origin(), &self.note).is_ok())
    }

    /// The state that the checkpoint vouches for.
    ///
    /// # Errors
    /// If an attempt to catch up has failed.
    pub fn state(&self) -> Result<LedgerState<'_>, ReplicaError> {
        self.replica.vouched_by(self.checkpoint.clone())
    }

    /// The copy of the ledger.
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// The note of the checkpoint.
    pub fn note(&self) -> &[u8] {
        &self.note
    }

    /// How many entries there are.
    pub fn size(&self) -> TreeSize {
        self.replica.tree().size()
    }
}
