// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What a ledger is: an append-only list of statements under signed checkpoints.

Every implementation passes the suite of `conformance` (behind the feature of that name).
*/

use std::ops::Range;

use async_trait::async_trait;
use proof::{
    Hash, Timestamp,
    key::Origin,
    register::Refusal,
    tree::{LeafIndex, TreeSize},
};

/// The most entries that are read at once. With notes of at most 65,527 bytes this stays below 64 MiB.
pub const MAX_ENTRIES_PER_READ: u64 = 1_000;

/// A ledger that can be read.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// The name under which it signs.
    fn origin(&self) -> &Origin;

    /// The note of the last published checkpoint with its cosignatures.
    async fn checkpoint(&self) -> Result<Vec<u8>, ReadError>;

    /// The bytes of the entries of a range, at most [`MAX_ENTRIES_PER_READ`] of them. Fewer, if and only if the ledger
    /// ends before.
    async fn entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError>;

    /// The path of a leaf under the root at a size (RFC 6962).
    async fn inclusion(&self, index: LeafIndex, size: TreeSize) -> Result<Vec<Hash>, ReadError>;

    /// The proof that the tree of one size continues that of another (RFC 6962).
    async fn consistency(&self, old: TreeSize, new: TreeSize) -> Result<Vec<Hash>, ReadError>;

    /// Ends the connection in order. Dropping it is safe too, but may leave work for the next one to open.
    async fn close(self: Box<Self>) {}
}

/// A ledger that takes statements in.
#[async_trait]
pub trait Append: Ledger {
    /// Appends the note of a statement, if the ledger still has the size `at` and its replay would count the statement.
    ///
    /// A statement that is on the ledger already is answered as it was the first time, whatever `at` is. When this
    /// returns, the entry is durable and a checkpoint over it is published.
    async fn append(&self, at: TreeSize, note: &[u8]) -> Result<Appended, AppendError>;

    /// Appends a statement to whatever the ledger has become, again and again until nobody comes in between. `at` is
    /// the size that it probably has.
    ///
    /// # Errors
    /// As [`Append::append`], without `Conflict`.
    async fn submit(&self, at: TreeSize, note: &[u8]) -> Result<Appended, AppendError> {
        let mut at = at;
        loop {
            match self.append(at, note).await {
                Err(AppendError::Conflict { got, .. }) => at = TreeSize(got),
                outcome => return outcome,
            }
        }
    }

    /// Whether somebody else writes what is sent: then it may still be taken in when the sender has ended or has given up,
    /// and not to find it proves nothing. Sending it again does, since that is answered as it was the first time.
    fn outlives_sender(&self) -> bool {
        false
    }
}

/// A ledger in the hands of those who keep it.
#[async_trait]
pub trait Keep: Append {
    /// Appends statements as if one after the other, each weighed after those before it, but commits them together and
    /// publishes one checkpoint over them. Gives an answer for each, in their order.
    ///
    /// When this returns, every entry that it answers for is durable and published.
    async fn append_all(&self, proposals: &[Proposal]) -> Vec<Result<Appended, AppendError>>;

    /// Has the published checkpoint cosigned again, for a fresh time.
    async fn refresh(&self) -> Result<Timestamp, AppendError>;

    /// Whether nothing is appended any more until the ledger is opened anew: a write may or may not have reached the
    /// disk.
    async fn is_spent(&self) -> bool;
}

/// A statement that somebody wants to see on a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The size that the ledger must have when its turn comes; `None` if any will do.
    pub at: Option<TreeSize>,
    /// Its signed note.
    pub note: Vec<u8>,
}

/// Where a statement went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Its ledger index.
    pub index: LeafIndex,
    /// When the ledger took it in.
    pub admitted: Timestamp,
}

/// Why a ledger could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It does not answer, or its files cannot be read.
    #[error("the ledger cannot be read: {0}")]
    Unavailable(String),
    /// What it holds contradicts what it has published, or itself.
    #[error("the ledger is damaged: {0}")]
    Damaged(String),
    /// It was asked for something that it does not have.
    #[error("the ledger has {size} entries, which is too few for this question")]
    OutOfRange {
        /// Its size.
        size: u64,
    },
}

/// Why a statement was not appended, or not known to be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError {
    /// It would not count.
    #[error("the statement is refused: {0}")]
    Rejected(Refusal),
    /// The ledger has grown meanwhile. Look again, then try again.
    #[error("the ledger has {got} entries, not {wanted}")]
    Conflict {
        /// Its size.
        got: u64,
        /// The size that was expected.
        wanted: u64,
    },
    /// It was certainly not appended.
    #[error("the statement was not appended: {0}")]
    Unavailable(String),
    /// It was certainly not appended: the ledger is no longer what it published.
    #[error("the statement was not appended, the ledger is damaged: {0}")]
    Damaged(String),
    /// It was certainly not appended: the ledger's clock is more than ten minutes behind its last entry.
    #[error("the statement was not appended: the ledger's clock says {now}, its last entry was taken in at {last}")]
    ClockBehind {
        /// What the clock says.
        now: Timestamp,
        /// When the last entry was taken in.
        last: Timestamp,
    },
    /// It may or may not have been appended. Read back before anything else.
    #[error("it is not known whether the statement was appended: {0}")]
    OutcomeUnknown(String),
}

impl From<ReadError> for AppendError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Damaged(text) => Self::Damaged(text),
            other => Self::Unavailable(other.to_string()),
        }
    }
}
