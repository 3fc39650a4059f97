// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Looks a whole ledger over and says everything that is wrong with it, not only the first thing.

use proof::{
    Hash, Timestamp,
    authority::Authorities,
    checkpoint::{Checkpoint, Cosigned, VerifiedCheckpoint},
    policy::Policy,
    register::Refusal,
    replica::{Replica, ReplicaError},
};

use crate::{
    ledger::{Ledger, MAX_ENTRIES_PER_READ, ReadError},
    memory::Memory,
    reader::Reader,
    store::{Inspect, OpenError},
};

/// What was found.
#[derive(Debug)]
pub struct Report {
    /// Entries read.
    pub entries: u64,
    /// Root over them.
    pub root: Hash,
    /// Statements that stand in the ledger and do not count, by index. No fault of the ledger's files.
    pub uncounted: Vec<(u64, Refusal)>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// One thing that is wrong with a ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Finding {
    /// SQLite's own check of the file.
    #[error("SQLite: {0}")]
    Database(String),
    /// An entry that no ledger writes.
    #[error("{0}")]
    Entry(String),
    /// The published checkpoint cannot be read, or is not under this ledger's key.
    #[error("the published checkpoint is not one of this ledger's")]
    BadCheckpoint,
    /// The database has fewer entries than were published.
    #[error("the database has {got} entries, {wanted} were published")]
    RolledBack {
        /// Entries in the database.
        got: u64,
        /// Entries published.
        wanted: u64,
    },
    /// This user saw more entries of the ledger. So it is in a backup; a ledger in use would fork.
    #[error("the database has {got} entries, {wanted} were seen before")]
    Older {
        /// Entries in the database.
        got: u64,
        /// Entries seen.
        wanted: u64,
    },
    /// The database has other entries than were published.
    #[error("the entries are not those that were published")]
    Forked,
    /// Entries that no checkpoint covers, the trace of a crash: the next append or refresh publishes them.
    #[error("{0} entries are not published yet")]
    Unpublished(u64),
    /// Somebody changed the tables, or took away the triggers that keep entries from being changed.
    #[error("the tables or triggers of the database are not those of a ledger")]
    Schema,
    /// The published checkpoint lacks the cosignature of the ledger's own clock, or it lies in the future.
    #[error("nobody vouches for the time of the published checkpoint")]
    NoTime,
}

impl Finding {
    /// Every code.
    pub const CODES: &[&str] = &[
        "database",
        "entry",
        "bad_checkpoint",
        "rolled_back",
        "older_than_seen",
        "forked",
        "unpublished",
        "schema",
        "no_time",
    ];

    /// A code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Database(_) => "database",
            Self::Entry(_) => "entry",
            Self::BadCheckpoint => "bad_checkpoint",
            Self::RolledBack { .. } => "rolled_back",
            Self::Older { .. } => "older_than_seen",
            Self::Forked => "forked",
            Self::Unpublished(_) => "unpublished",
            Self::Schema => "schema",
            Self::NoTime => "no_time",
        }
    }
}

/// Looks a ledger over, also for what this user saw of it before. Changes nothing.
pub(crate) async fn fsck<S: Inspect>(
    reader: &Reader<S>,
    now: Timestamp,
    memory: Option<&Memory>,
) -> Result<Report, OpenError> {
    let (policy, authorities) = reader.state.lock().await.source.pins().await?;
    let (policy, authorities) = (Policy::parse(&policy).ok(), Authorities::parse(&authorities)?);
    let is_copy = reader.state.lock().await.source.is_copy();
    // Before the entries, or those appended meanwhile would seem to be missing.
    let published = published(reader, policy.as_ref(), now).await;
    let mut replica = Replica::new(reader.origin().clone(), &authorities);
    let mut findings = reader.state.lock().await.source.damage().await?;
    let uncounted = replay(reader, &mut replica, &mut findings).await?;
    match (published, &policy) {
        (Some(checkpoint), Some(policy)) => {
            let seen = check_entries(&replica, checkpoint.checkpoint());
            let memory = memory.filter(|_| !is_copy);
            findings.extend(seen.or_else(|| check_memory(policy, &replica, memory?, now)));
            findings.extend(check_time(checkpoint.cosigned()));
            // Once more: what was appended while the entries were read is published by now.
            let latest = self::published(reader, Some(policy), now).await;
            findings.extend(latest.and_then(|latest| check_unpublished(&replica, latest.checkpoint())));
        }
        _ => findings.push(Finding::BadCheckpoint),
    }
    Ok(Report { entries: replica.tree().size().0, root: replica.tree().root(), uncounted, findings })
}

/// Replays all entries up to the first that is damaged. Gives those that do not count.
async fn replay(
    reader: &dyn Ledger,
    replica: &mut Replica,
    findings: &mut Vec<Finding>,
) -> Result<Vec<(u64, Refusal)>, ReadError> {
    let mut uncounted = Vec::new();
    loop {
        let from = replica.tree().size().0;
        let entries = match reader.entries(from..from + MAX_ENTRIES_PER_READ).await {
            Ok(entries) => entries,
            Err(ReadError::Damaged(text)) => {
                findings.push(Finding::Entry(text));
                return Ok(uncounted);
            }
            Err(other) => return Err(other),
        };
        for (index, entry) in (from..).zip(&entries) {
            match replica.push(entry) {
                Ok(Ok(())) => {}
                Ok(Err(refusal)) => uncounted.push((index, refusal)),
                Err(error) => {
                    findings.push(Finding::Entry(error.to_string()));
                    return Ok(uncounted);
                }
            }
        }
        if (entries.len() as u64) < MAX_ENTRIES_PER_READ {
            return Ok(uncounted);
        }
    }
}

fn check_entries(replica: &Replica, published: &Checkpoint) -> Option<Finding> {
    match replica.tree().root_at(published.size) {
        None => Some(Finding::RolledBack { got: replica.tree().size().0, wanted: published.size.0 }),
        Some(root) if root != published.root => Some(Finding::Forked),
        Some(_) => None,
    }
}

/// What was restored as a whole agrees with itself.
fn check_memory(policy: &Policy, replica: &Replica, memory: &Memory, now: Timestamp) -> Option<Finding> {
    Some(match memory.hold(policy, replica, now).err()? {
        ReplicaError::Missing { got, wanted } => Finding::Older { got, wanted },
        _ => Finding::Forked,
    })
}

fn check_time(cosigned: Cosigned) -> Option<Finding> {
    match cosigned {
        Cosigned::AsOf(_) => None,
        Cosigned::NotRequired | Cosigned::BelowQuorum => Some(Finding::NoTime),
    }
}

fn check_unpublished(replica: &Replica, published: &Checkpoint) -> Option<Finding> {
    let count = replica.tree().size().0.checked_sub(published.size.0).filter(|count| *count > 0);
    count.map(Finding::Unpublished)
}

async fn published(ledger: &dyn Ledger, policy: Option<&Policy>, now: Timestamp) -> Option<VerifiedCheckpoint> {
    let verified = policy?.verify(&ledger.checkpoint().await.ok()?, now).ok()?;
    Some(verified).filter(|verified| verified.checkpoint().origin == *ledger.origin())
}
