// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What is learned of the ledgers that are pinned: by asking them, or out of the copies on this machine.

Both are believed for the same reasons. They differ in what it means that they hold less than was seen before: a ledger
that does was rolled back; a copy is just older, and is judged by its age.
*/

use std::collections::BTreeMap;

use anchor::{
    copy::{Alarm, CopyError, CopyPlace},
    follow::{self, FollowError, Followed},
    ledger::{Ledger, ReadError},
    memory::Memory,
    states::States,
    store::OpenError,
    trust::Trust,
};
use proof::{
    Timestamp,
    judge::{Consulted, Judge},
    key::Origin,
    replica::ReplicaError,
    verdict::Reason,
};

use crate::copies::Copies;

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
    /// What happened.
    pub cause: Cause,
}

/// What happened.
#[derive(Debug)]
#[non_exhaustive]
pub enum Cause {
    /// The trust folder says no place for it.
    NoPlace,
    /// It contradicts a checkpoint that is remembered.
    Contradiction,
    /// It cannot be read, or is not believed.
    Ledger(FollowError),
    /// There is no copy of it on this machine.
    NoCopy,
    /// Its copy cannot be used.
    Copy(CopyError),
    /// A sync found that it contradicts itself, and nobody has acknowledged that yet.
    Alarm(Alarm),
}

impl From<FollowError> for Failed {
    fn from(error: FollowError) -> Self {
        Self { reason: error.reason(), cause: Cause::Ledger(error) }
    }
}

impl From<CopyError> for Failed {
    fn from(error: CopyError) -> Self {
        Self { reason: error.reason(), cause: Cause::Copy(error) }
    }
}

/// Whose state it is that is held against the memory.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Ledger,
    Copy,
}

impl Ledgers {
    /// Asks no ledger: certificates are judged by their proofs alone.
    pub fn unasked() -> Self {
        Self::default()
    }

    /// Asks every ledger of a trust folder. With `states`, only what is new is replayed.
    pub async fn ask(trust: &Trust, memory: Option<&Memory>, states: Option<&States>, now: Timestamp) -> Self {
        let mut this = Self { forgetful: memory.is_none(), ..Self::default() };
        for origin in trust.policy.origins() {
            let followed = ask_one(trust, origin, now, states).await;
            this.add(trust, memory, origin, followed, Of::Ledger, now);
        }
        this
    }

    /// Asks no ledger, and reads the copies instead.
    pub async fn of_copies(
        trust: &Trust,
        copies: &Copies,
        memory: Option<&Memory>,
        states: Option<&States>,
        now: Timestamp,
    ) -> Self {
        let mut this = Self { forgetful: memory.is_none(), ..Self::default() };
        for origin in trust.policy.origins() {
            let followed = read_copy(trust, &copies.place(&trust.policy, origin), origin, now, states).await;
            this.add(trust, memory, origin, followed, Of::Copy, now);
        }
        this
    }

    fn add(
        &mut self,
        trust: &Trust,
        memory: Option<&Memory>,
        origin: &Origin,
        followed: Result<Followed, Failed>,
        of: Of,
        now: Timestamp,
    ) {
        let followed = followed.and_then(|followed| {
            let Some(memory) = memory else { return Ok(followed) };
            self.forgetful |= !hold_against(memory, trust, &followed, of, now)?;
            Ok(followed)
        });
        match followed {
            Ok(followed) => {
                self.followed.insert(origin.clone(), followed);
            }
            Err(failed) => {
                self.failed.insert(origin.clone(), failed);
            }
        }
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
        trust.judge(now, read.chain(failed).collect())
    }
}

async fn ask_one(trust: &Trust, origin: &Origin, now: Timestamp, states: Option<&States>) -> Result<Followed, Failed> {
    let place = trust.ledgers.iter().find(|place| place.origin == *origin);
    let place = place.ok_or(Failed { reason: Reason::LedgerUnreachable, cause: Cause::NoPlace })?;
    let ledger = follow::open(&place.location).await.map_err(FollowError::from)?;
    read(trust, &*ledger, origin, now, states).await.map_err(Failed::from)
}

async fn read_copy(
    trust: &Trust,
    place: &CopyPlace,
    origin: &Origin,
    now: Timestamp,
    states: Option<&States>,
) -> Result<Followed, Failed> {
    if let Some(alarm) = place.alarm()? {
        return Err(Failed { reason: alarm.kind.reason(), cause: Cause::Alarm(alarm) });
    }
    if !place.holds_copy() {
        return Err(Failed { reason: Reason::LedgerUnreachable, cause: Cause::NoCopy });
    }
    // A checkpoint without a database: the copy is not missing, its entries are.
    let ledger = place.read().await.map_err(|error| match error {
        OpenError::NotFound(_) => CopyError::Damaged("its entries are gone".to_owned()),
        other => other.into(),
    })?;
    let followed = read(trust, &ledger, origin, now, states).await;
    followed.map_err(|error| of_copy(error).into())
}

/// What was verified when it was stored can only have been changed since.
fn of_copy(error: FollowError) -> CopyError {
    match error {
        FollowError::Open(error) => error.into(),
        FollowError::Read(error @ ReadError::Unavailable(_)) => error.into(),
        other => CopyError::Damaged(other.to_string()),
    }
}

async fn read(
    trust: &Trust,
    ledger: &dyn Ledger,
    origin: &Origin,
    now: Timestamp,
    states: Option<&States>,
) -> Result<Followed, FollowError> {
    if ledger.origin() != origin {
        return Err(FollowError::OtherLedger { got: ledger.origin().clone(), wanted: origin.clone() });
    }
    Followed::read(ledger, &trust.policy, &trust.authorities, now, states).await
}

/// Holds a state against the largest checkpoint that was ever seen, and remembers it if it is larger. Gives whether that
/// went well.
fn hold_against(memory: &Memory, trust: &Trust, followed: &Followed, of: Of, now: Timestamp) -> Result<bool, Failed> {
    let contradiction = |reason| Err(Failed { reason, cause: Cause::Contradiction });
    match followed.hold(memory, &trust.policy, now) {
        Ok(remembered) => Ok(remembered),
        Err(ReplicaError::Missing { .. }) if of == Of::Copy => Ok(true),
        Err(ReplicaError::Missing { .. }) => contradiction(Reason::LedgerRolledBack),
        Err(_) => contradiction(Reason::LedgerForked),
    }
}
