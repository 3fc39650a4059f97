// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Following a ledger: every statement that was made under a name, or about it, in order and each at least once.

Nothing is told that a signed checkpoint does not cover, and nothing of a ledger that contradicts what was seen before:
that is told as a [`Trouble`] instead, and the ledger is looked at again, since a wrongly restored database may be put
right. What was told is remembered in a file ([`position`]), so that a restart goes on where the last run ended.
*/

pub mod position;
pub mod webhook;

use proof::{
    Hash, Timestamp,
    key::{KeyName, Origin},
    register::Refusal,
    replica::ReplicaError,
    statement::{LedgerEntry, SignedStatement},
    tree::{LeafIndex, TreeSize},
};
use serde::Serialize;

use crate::{
    follow::{self, FollowError, Followed},
    ledger::{MAX_ENTRIES_PER_READ, ReadError},
    line::{Line, about},
    location::Location,
    trust::Pins,
};
use position::Position;

/// A ledger that is watched.
pub struct Watch {
    place: Location,
    pins: Pins,
    school: Option<KeyName>,
    /// What was verified last; `None` before the first look, and after trouble.
    followed: Option<Followed>,
    /// The largest state that was believed.
    seen: Option<Seen>,
}

/// A state that a checkpoint vouched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Of which ledger.
    pub ledger: Origin,
    /// How many entries.
    pub size: TreeSize,
    /// Their root.
    pub root: Hash,
}

/// What is told: a line on standard output, or the body of a request to a webhook.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// An entry of the ledger.
    Statement {
        /// The ledger's name.
        ledger: String,
        /// The entry.
        #[serde(flatten)]
        line: Box<Line>,
    },
    /// The ledger cannot be believed or read at the moment.
    Alarm {
        /// The ledger's place or name.
        ledger: String,
        /// Why, as a code.
        code: &'static str,
        /// When that was noticed, RFC 3339 UTC.
        time: String,
    },
    /// The ledger is in order again, and continues what was seen before.
    Recovered {
        /// The ledger's name.
        ledger: String,
        /// When that was noticed, RFC 3339 UTC.
        time: String,
    },
}

/// An entry that is to be told.
#[derive(Debug, Clone)]
pub struct Told {
    /// Where it stands.
    pub index: LeafIndex,
    /// When the ledger took it in.
    pub admitted: Timestamp,
    /// Why it does not count.
    pub refusal: Option<Refusal>,
    /// The statement, if it is one.
    pub signed: Option<SignedStatement>,
    /// The same for programs.
    pub event: Event,
}

/// Why nothing new can be told.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Trouble {
    /// It cannot be read or believed.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// It has fewer entries than were seen.
    #[error("the ledger has {got} entries, {wanted} were seen")]
    RolledBack {
        /// Entries now.
        got: u64,
        /// Entries seen.
        wanted: u64,
    },
    /// It has other entries than were seen.
    #[error("the ledger has the root {got} at size {size}, {wanted} was seen")]
    Forked {
        /// At which size.
        size: u64,
        /// The root now.
        got: Hash,
        /// The root seen.
        wanted: Hash,
    },
}

impl Trouble {
    /// The code of an alarm, as verdicts have it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Follow(error) => error.reason().code(),
            Self::RolledBack { .. } => "ledger_rolled_back",
            Self::Forked { .. } => "ledger_forked",
        }
    }
}

impl From<ReadError> for Trouble {
    fn from(error: ReadError) -> Self {
        Self::Follow(error.into())
    }
}

impl Watch {
    /// Watches a ledger: everything, or what is said under a school's name or about it. Goes on from a position.
    pub fn new(place: Location, pins: Pins, school: Option<KeyName>, position: Option<&Position>) -> Self {
        let seen = position.and_then(|position| position.seen.clone());
        Self { place, pins, school, followed: None, seen }
    }

    /// Looks at the ledger. Afterwards [`Watch::events`] has what is on it.
    ///
    /// # Errors
    /// If it cannot be read, or is not what was seen before. Nothing of it is told then.
    pub async fn look(&mut self, now: Timestamp) -> Result<&Seen, Trouble> {
        let outcome = self.catch_up(now).await.and_then(|followed| {
            let seen = self.check(&followed)?;
            Ok((followed, seen))
        });
        // After trouble the replica may hold what nobody vouches for: it is read anew.
        let (followed, seen) = outcome?;
        self.followed = Some(followed);
        Ok(self.seen.insert(seen))
    }

    /// Opened each time: the files may be others than before.
    async fn catch_up(&mut self, now: Timestamp) -> Result<Followed, Trouble> {
        let earlier = self.followed.take();
        let ledger = follow::open(&self.place).await.map_err(FollowError::from)?;
        let Pins { policy, authorities } = &self.pins;
        if let Some(mut followed) = earlier {
            match followed.catch_up(&*ledger, policy, now).await {
                Ok(()) => return Ok(followed),
                Err(FollowError::Replica(ReplicaError::OtherRoot { .. } | ReplicaError::Missing { .. })) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Followed::read(&*ledger, policy, authorities, now, None).await?)
    }

    /// Holds a state against the largest one that was seen.
    fn check(&self, followed: &Followed) -> Result<Seen, Trouble> {
        let (tree, ledger) = (followed.replica().tree(), followed.replica().register().origin().clone());
        if let Some(seen) = &self.seen {
            if seen.ledger != ledger {
                return Err(FollowError::OtherLedger { got: ledger, wanted: seen.ledger.clone() }.into());
            }
            let (got, wanted) = (tree.size().0, seen.size.0);
            match tree.root_at(seen.size) {
                None => return Err(Trouble::RolledBack { got, wanted }),
                Some(root) if root != seen.root => {
                    return Err(Trouble::Forked { size: wanted, got: root, wanted: seen.root });
                }
                Some(_) => {}
            }
        }
        Ok(Seen { ledger, size: tree.size(), root: tree.root() })
    }

    /// What concerns the school, or everything, from an index on: at most a thousand entries at once. Gives the index
    /// to go on from as well.
    ///
    /// # Errors
    /// If the ledger cannot be read, or its entries are others by now.
    pub async fn events(&mut self, from: LeafIndex) -> Result<(Vec<Told>, LeafIndex), Trouble> {
        let outcome = self.read(from).await;
        if outcome.is_err() {
            self.followed = None;
        }
        outcome
    }

    async fn read(&self, from: LeafIndex) -> Result<(Vec<Told>, LeafIndex), Trouble> {
        let Some(followed) = &self.followed else { return Ok((Vec::new(), from)) };
        let end = followed.size().0.min(from.0.saturating_add(MAX_ENTRIES_PER_READ));
        if end <= from.0 {
            return Ok((Vec::new(), from));
        }
        let ledger = follow::open(&self.place).await.map_err(FollowError::from)?;
        let entries = ledger.entries(from.0..end).await?;
        let mut events = Vec::new();
        for (index, bytes) in (from.0..).map(LeafIndex).zip(&entries) {
            let entry =
                LedgerEntry::decode(bytes).filter(|entry| followed.replica().tree().leaf(index) == Some(entry.leaf()));
            let entry =
                entry.ok_or_else(|| ReadError::Damaged("an entry is not the one that was verified".to_owned()))?;
            let signed = SignedStatement::parse(entry.note.clone()).ok();
            if self.concerns(signed.as_ref()) {
                events.push(told(followed, index, &entry, signed));
            }
        }
        if events.is_empty() && entries.is_empty() {
            return Err(ReadError::Damaged("entries are missing that were verified".to_owned()).into());
        }
        Ok((events, LeafIndex(from.0 + entries.len() as u64)))
    }

    /// Whether an entry claims to be by the school, or is about it. What does not count is told as well: that somebody
    /// tried is what the school wants to know.
    fn concerns(&self, signed: Option<&SignedStatement>) -> bool {
        let Some(school) = &self.school else { return true };
        let Some(statement) = signed.map(SignedStatement::statement) else { return false };
        statement.issuer == *school || about(&statement.body).as_ref() == Some(school)
    }
}

fn told(followed: &Followed, index: LeafIndex, entry: &LedgerEntry, signed: Option<SignedStatement>) -> Told {
    let register = followed.replica().register();
    let refusal = register.refusal(index);
    let line = Box::new(Line::new(index.0, entry.admitted, &entry.note, refusal));
    let event = Event::Statement { ledger: register.origin().to_string(), line };
    Told { index, admitted: entry.admitted, refusal, signed, event }
}
