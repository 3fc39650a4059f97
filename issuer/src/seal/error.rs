// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Why sealing did not go through, and what was changed until then.

use anchor::{follow::FollowError, ledger::AppendError, store::OpenError, trust::TrustError};
use proof::{
    batch::BatchError,
    key::SignError,
    register::Refusal,
    statement::{SignStatementError, StatementError},
    verdict::Reason,
};

use crate::{output::OutputError, prove::ProveError, register::RegisterError};

/// Why sealing did not go through.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// The school's key does not sign: its token was pulled out, for example. Nothing was changed.
    #[error(transparent)]
    Sign(SignError),
    /// The trust folder cannot be used.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// Neither the configuration nor the trust folder says where the ledger is.
    #[error("nothing says where the ledger is")]
    NoLedger,
    /// The ledger cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The ledger cannot be read or is not believed.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// The school's register cannot be used.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The school may not issue these certificates. Nothing was changed.
    #[error("the school may not issue: {0}")]
    MayNotIssue(Refusal),
    /// The entries make no batch. Nothing was changed.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// The statement would not be of its form. Nothing was changed.
    #[error(transparent)]
    Statement(#[from] StatementError),
    /// The system gives no random bytes. Nothing was changed.
    #[error("the system gives no random bytes")]
    NoRandomness,
    /// The disk has no room for the copies. Nothing was changed.
    #[error("{needed} bytes are needed, {free} are free")]
    NoSpace {
        /// Bytes needed.
        needed: u64,
        /// Bytes free.
        free: u64,
    },
    /// The ledger did not take the batch. Nothing was changed.
    #[error(transparent)]
    NotAppended(AppendError),
    /// It is not known whether the ledger took the batch: the next run finds out.
    #[error(transparent)]
    OutcomeUnknown(AppendError),
    /// The batch is on the ledger; the next run goes on from there.
    #[error(transparent)]
    Unfinished(Box<SealError>),
    /// A certificate cannot be proven from the ledger.
    #[error(transparent)]
    Prove(#[from] ProveError),
    /// A verifier with the school's own trust folder would not accept the batch.
    #[error("the school's own trust folder does not accept the batch: {0:?}")]
    SelfCheck(Option<Reason>),
    /// Not all copies are written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl From<SignStatementError> for SealError {
    fn from(error: SignStatementError) -> Self {
        match error {
            SignStatementError::Sign(error) => Self::Sign(error),
            SignStatementError::Statement(error) => Self::Statement(error),
        }
    }
}
