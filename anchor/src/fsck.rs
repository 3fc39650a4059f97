// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Looks a whole embedded ledger over and says everything that is wrong with it, not only the first thing.

use std::{fs, path::Path};

use proof::{
    Hash, Timestamp,
    authority::Authorities,
    checkpoint::{Checkpoint, Cosigned, VerifiedCheckpoint},
    key::Origin,
    policy::Policy,
    register::Refusal,
    replica::{Replica, ReplicaError},
};

use super::{Folder, OpenError, SqliteReader};
use crate::{
    ledger::{Ledger, MAX_ENTRIES_PER_READ, ReadError},
    memory::Memory,
};

/// What [`fsck`] found.
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

/// Looks an embedded ledger over, also for what this user saw of it before. Changes nothing.
///
/// # Errors
/// If it cannot be looked at at all.
pub async fn fsck(path: &Path, now: Timestamp, memory: Option<&Memory>) -> Result<Report, OpenError> {
    let folder = Folder::new(path);
    let reader = SqliteReader::open(path).await?;
    let authorities = Authorities::parse(&Folder::read(&folder.authorities())?)?;
    // Before the entries, or those appended meanwhile would seem to be missing.
    let published = published(&folder, reader.origin(), now);
    let mut replica = Replica::new(reader.origin().clone(), &authorities);
    let mut findings = check_file(&reader).await?;
    let uncounted = replay(&reader, &mut replica, &mut findings).await?;
    match published {
        Some(published) => {
            let seen = check_entries(&replica, published.checkpoint());
            findings.extend(seen.or_else(|| check_memory(&folder, &replica, memory?, now)));
            findings.extend(check_time(published.cosigned()));
            findings.extend(check_unpublished(&folder, &replica, now));
        }
        None => findings.push(Finding::BadCheckpoint),
    }
    Ok(Report { entries: replica.tree().size().0, root: replica.tree().root(), uncounted, findings })
}

async fn check_file(reader: &SqliteReader) -> Result<Vec<Finding>, ReadError> {
    let database = &mut reader.state.lock().await.database;
    let mut findings: Vec<_> = match database.integrity().await {
        Ok(damage) => damage.into_iter().map(Finding::Database).collect(),
        Err(ReadError::Damaged(text)) => vec![Finding::Database(text)],
        Err(other) => return Err(other),
    };
    match database.has_own_schema().await {
        Ok(true) => {}
        Ok(false) | Err(ReadError::Damaged(_)) => findings.push(Finding::Schema),
        Err(other) => return Err(other),
    }
    Ok(findings)
}

/// Replays all entries up to the first that is damaged. Gives those that do not count.
async fn replay(
    reader: &SqliteReader,
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

/// A folder that was restored as a whole agrees with itself. A copy may be older than what was seen; a ledger, which has
/// keys, may not.
fn check_memory(folder: &Folder, replica: &Replica, memory: &Memory, now: Timestamp) -> Option<Finding> {
    let held = memory.hold(&policy(folder)?, replica, now).err().filter(|_| folder.ledger_key().is_file())?;
    Some(match held {
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

/// Looks at the checkpoint once more: what was appended while the entries were read is published by now.
fn check_unpublished(folder: &Folder, replica: &Replica, now: Timestamp) -> Option<Finding> {
    let published = published(folder, replica.register().origin(), now)?.checkpoint().size.0;
    let count = replica.tree().size().0.checked_sub(published).filter(|count| *count > 0);
    count.map(Finding::Unpublished)
}

fn published(folder: &Folder, origin: &Origin, now: Timestamp) -> Option<VerifiedCheckpoint> {
    let verified = policy(folder)?.verify(&fs::read(folder.checkpoint()).ok()?, now).ok()?;
    Some(verified).filter(|verified| verified.checkpoint().origin == *origin)
}

fn policy(folder: &Folder) -> Option<Policy> {
    Policy::parse(&fs::read(folder.policy()).ok()?).ok()
}
