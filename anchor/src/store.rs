// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Where a ledger's entries and its published checkpoint lie: the little that an embedded ledger and one in PostgreSQL have
each of their own. Everything else is the same code: [`Sequencer`](crate::sequencer::Sequencer) writes,
[`Reader`](crate::reader::Reader) reads, [`fsck`](crate::fsck) looks over.
*/

mod error;

use std::ops::Range;

use async_trait::async_trait;

use crate::{fsck::Finding, ledger::ReadError};
pub use error::OpenError;

/// Entries and a checkpoint that can be read.
#[async_trait]
pub trait Source: Send + 'static {
    /// The entries of a range; fewer if the ledger ends before.
    async fn entries(&mut self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError>;

    /// The note of the published checkpoint.
    async fn checkpoint(&mut self) -> Result<Vec<u8>, ReadError>;

    /// Ends the connection in order.
    async fn close(self);
}

/// What can also be looked over as a whole.
#[async_trait]
pub trait Inspect: Source {
    /// What is wrong with what keeps the entries, apart from the entries themselves.
    async fn damage(&mut self) -> Result<Vec<Finding>, ReadError>;

    /// The trust policy that believes this ledger, and the authorities whose statements it takes in, as text.
    async fn pins(&mut self) -> Result<(Vec<u8>, Vec<u8>), OpenError>;

    /// Whether it is a copy, which may be older than what was seen.
    fn is_copy(&self) -> bool;
}

/// Entries and a checkpoint that can be added to.
#[async_trait]
pub trait Store: Source {
    /// Keeps everybody else from appending. Dropping it lets them again, and whatever was not committed is gone.
    type Hold: Send;

    /// Whether [`CommitError::Unknown`] is settled by reading back under a new hold. Not so for files: after a failed
    /// write the system may show what the disk does not have.
    const READS_BACK: bool;

    /// Waits until nobody else appends, and gives what stands there then.
    async fn hold(&mut self) -> Result<(Self::Hold, Head), OpenError>;

    /// The entries of a range, as they are as long as the hold lasts; fails if it has ended.
    async fn entries_held(&mut self, hold: &mut Self::Hold, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError>;

    /// Ends a hold with nothing done.
    async fn release(&mut self, hold: Self::Hold);

    /// Makes entries durable that no checkpoint covers yet: those that a crash has left.
    async fn secure(&mut self, hold: &mut Self::Hold) -> Result<(), ReadError>;

    /// Appends entries from the position `first` on and publishes the checkpoint over them, durably.
    async fn commit(
        &mut self,
        hold: Self::Hold,
        first: u64,
        entries: &[Vec<u8>],
        note: &[u8],
    ) -> Result<(), CommitError>;

    /// Publishes another checkpoint over the entries that are there.
    async fn publish(&mut self, hold: Self::Hold, note: &[u8]) -> Result<(), OpenError>;
}

/// What stands in a store while nobody else appends.
#[derive(Debug, Clone)]
pub struct Head {
    /// The note of the published checkpoint.
    pub checkpoint: Vec<u8>,
    /// The authorities whose statements are taken in, as text.
    pub authorities: Vec<u8>,
}

/// Why entries were not committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommitError {
    /// Certainly nothing was changed.
    Nothing(String),
    /// Nobody knows.
    Unknown(String),
}
