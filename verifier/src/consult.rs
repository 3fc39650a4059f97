// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Asking the ledgers that are pinned, and what is learned of each.

use std::collections::BTreeMap;

use anchor::{
    follow::{self, FollowError, Followed},
    trust::Trust,
};
use proof::{
    Timestamp,
    judge::{Consulted, Judge},
    key::Origin,
    replica::ReplicaError,
    tree::TreeSize,
    verdict::Reason,
};

use crate::memory::Memory;

/// What came of asking each ledger.
#[derive(Debug, Default)]
pub struct Ledgers {
    followed: BTreeMap<Origin, Followed>,
    failed: BTreeMap<Origin, Failed>,
    /// Set if a checkpoint could not be remembered: the next run cannot notice a rollback to before this one.
    pub forgetful: bool,
}

/// Why nothing was learned of a ledger.
#[derive(Debug)]
pub struct Failed {
    /// What a verdict says.
    pub reason: Reason,
    /// What happened, if it is more than that the memory contradicts.
    pub error: Option<FollowError>,
}

impl Ledgers {
    /// Asks no ledger: certificates are judged by their proofs alone.
    pub fn unasked() -> Self {
        Self::default()
    }

    /// Asks every ledger of a trust folder.
    pub async fn ask(trust: &Trust, memory: Option<&Memory>, now: Timestamp) -> Self {
        let mut this = Self { forgetful: memory.is_none(), ..Self::default() };
        for origin in trust.policy.origins() {
            match this.ask_one(trust, memory, origin, now).await {
                Ok(followed) => {
                    this.followed.insert(origin.clone(), followed);
                }
                Err(failed) => {
                    this.failed.insert(origin.clone(), failed);
                }
            }
        }
        this
    }

    async fn ask_one(
        &mut self,
        trust: &Trust,
        memory: Option<&Memory>,
        origin: &Origin,
        now: Timestamp,
    ) -> Result<Followed, Failed> {
        let failed = |error: FollowError| Failed { reason: error.reason(), error: Some(error) };
        let place = trust.ledgers.iter().find(|place| place.origin == *origin);
        let place = place.ok_or(Failed { reason: Reason::LedgerUnreachable, error: None })?;
        let ledger = follow::open(&place.location).await.map_err(|error| failed(error.into()))?;
        if ledger.origin() != origin {
            return Err(failed(FollowError::OtherLedger { got: ledger.origin().clone(), wanted: origin.clone() }));
        }
        let followed = Followed::read(&*ledger, &trust.policy, &trust.authorities, now).await.map_err(failed)?;
        let Some(memory) = memory else { return Ok(followed) };

        let remembered = memory.recall(&trust.policy, origin);
        if let Some(remembered) = &remembered {
            let contradiction = |reason| Err(Failed { reason, error: None });
            match followed.replica().contains(remembered) {
                Ok(()) => {}
                Err(ReplicaError::Missing { .. }) => return contradiction(Reason::LedgerRolledBack),
                Err(_) => return contradiction(Reason::LedgerForked),
            }
        }
        if remembered.map_or(TreeSize(0), |remembered| remembered.size) < followed.size() {
            self.forgetful |= memory.remember(&trust.policy, origin, followed.note()).is_err();
        }
        Ok(followed)
    }

    /// The ledgers of which nothing was learned.
    pub fn failed(&self) -> impl Iterator<Item = (&Origin, &Failed)> {
        self.failed.iter()
    }

    /// A judge who knows what these ledgers say.
    pub fn judge<'a>(&'a self, trust: &'a Trust, now: Timestamp) -> Judge<'a> {
        let read = self.followed.iter().map(|(origin, followed)| {
            let consulted = followed.state().map_or(Consulted::Failed(Reason::LedgerDamaged), Consulted::State);
            (origin.clone(), consulted)
        });
        let failed = self.failed.iter().map(|(origin, failed)| (origin.clone(), Consulted::Failed(failed.reason)));
        Judge {
            policy: &trust.policy,
            authorities: &trust.authorities,
            max_age_s: trust.max_age.seconds(),
            now,
            ledgers: read.chain(failed).collect(),
        }
    }
}
