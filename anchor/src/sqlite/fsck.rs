// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Looks a whole embedded ledger over and says everything that is wrong with it, not only the first thing.

use std::{fs, path::Path};

use proof::{
    Hash, Timestamp, authority::Authorities, checkpoint::Checkpoint, policy::Policy, register::Refusal,
    replica::Replica,
};

use super::{Folder, OpenError, SqliteReader};
use crate::ledger::{Ledger, MAX_ENTRIES_PER_READ};

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
    /// The database has other entries than were published.
    #[error("the entries are not those that were published")]
    Forked,
    /// Entries that no checkpoint covers: the next append or refresh publishes them.
    #[error("{0} entries are not published yet")]
    Unpublished(u64),
}

impl Finding {
    /// A code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Database(_) => "database",
            Self::Entry(_) => "entry",
            Self::BadCheckpoint => "bad_checkpoint",
            Self::RolledBack { .. } => "rolled_back",
            Self::Forked => "forked",
            Self::Unpublished(_) => "unpublished",
        }
    }
}

/// Looks an embedded ledger over. Changes nothing.
///
/// # Errors
/// If it cannot be looked at at all.
pub async fn fsck(path: &Path, now: Timestamp) -> Result<Report, OpenError> {
    let folder = Folder::new(path);
    let reader = SqliteReader::open(path).await?;
    let authorities = Authorities::parse(&Folder::read(&folder.authorities())?)?;
    let mut replica = Replica::new(reader.origin().clone(), &authorities);
    let (mut uncounted, mut findings) = (Vec::new(), Vec::new());
    let damage = reader.state.lock().await.database.integrity().await?;
    findings.extend(damage.into_iter().map(Finding::Database));

    'reading: loop {
        let from = replica.tree().size().0;
        let entries = reader.entries(from..from + MAX_ENTRIES_PER_READ).await?;
        for (index, entry) in (from..).zip(&entries) {
            match replica.push(entry) {
                Ok(Ok(())) => {}
                Ok(Err(refusal)) => uncounted.push((index, refusal)),
                Err(error) => {
                    findings.push(Finding::Entry(error.to_string()));
                    break 'reading;
                }
            }
        }
        if (entries.len() as u64) < MAX_ENTRIES_PER_READ {
            break;
        }
    }
    findings.extend(check_published(&folder, &replica, now));
    Ok(Report { entries: replica.tree().size().0, root: replica.tree().root(), uncounted, findings })
}

fn check_published(folder: &Folder, replica: &Replica, now: Timestamp) -> Option<Finding> {
    let Some(published) = published(folder, replica, now) else { return Some(Finding::BadCheckpoint) };
    let (got, wanted) = (replica.tree().size().0, published.size.0);
    match replica.tree().root_at(published.size) {
        None => Some(Finding::RolledBack { got, wanted }),
        Some(root) if root != published.root => Some(Finding::Forked),
        Some(_) if got > wanted => Some(Finding::Unpublished(got - wanted)),
        Some(_) => None,
    }
}

fn published(folder: &Folder, replica: &Replica, now: Timestamp) -> Option<Checkpoint> {
    let policy = Policy::parse(&fs::read(folder.policy()).ok()?).ok()?;
    let verified = policy.verify(&fs::read(folder.checkpoint()).ok()?, now).ok()?;
    Some(verified.checkpoint().clone()).filter(|checkpoint| checkpoint.origin == *replica.register().origin())
}
