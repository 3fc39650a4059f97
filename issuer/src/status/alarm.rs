// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a school is warned of.

use proof::{Timestamp, statement::SignedStatement, tree::LeafIndex};

use super::Uncounted;

/// Something that the school must look after.
#[derive(Debug)]
pub enum Alarm {
    /// A statement under the school's name that its register does not have.
    UnknownStatement(Stranger),
    /// An accreditation of the school with a key that its register does not know.
    UnknownKey(Stranger),
    /// A batch of the register that the ledger does not have.
    MissingBatch(i64),
    /// A statement of the register that the ledger does not have.
    MissingStatement(&'static str),
    /// A batch of the register that the ledger has and does not count.
    UncountedBatch(i64, Uncounted),
    /// A statement of the register that the ledger has and does not count.
    UncountedStatement(&'static str, Uncounted),
    /// Certificates that others withdrew with a key that was in wrong hands, and nobody has said whether that was right.
    RevocationVoid(u64),
    /// Its own batches or withdrawals are void.
    Void,
    /// The school is suspended.
    Suspended,
    /// The school's key was in wrong hands, and it has no new one.
    Compromised,
}

impl Alarm {
    /// Every code.
    pub const CODES: [&'static str; 10] = [
        "unknown_statement",
        "unknown_key",
        "missing_batch",
        "missing_statement",
        "uncounted_batch",
        "uncounted_statement",
        "revocation_void",
        "void",
        "suspended",
        "compromised",
    ];

    /// The token that JSON has.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownStatement(_) => "unknown_statement",
            Self::UnknownKey(_) => "unknown_key",
            Self::MissingBatch(_) => "missing_batch",
            Self::MissingStatement(_) => "missing_statement",
            Self::UncountedBatch(..) => "uncounted_batch",
            Self::UncountedStatement(..) => "uncounted_statement",
            Self::RevocationVoid(_) => "revocation_void",
            Self::Void => "void",
            Self::Suspended => "suspended",
            Self::Compromised => "compromised",
        }
    }

    /// The statement that it is about.
    pub fn stranger(&self) -> Option<&Stranger> {
        match self {
            Self::UnknownStatement(stranger) | Self::UnknownKey(stranger) => Some(stranger),
            _ => None,
        }
    }

    /// Where on the ledger what it is about does not count.
    pub fn uncounted(&self) -> Option<&Uncounted> {
        match self {
            Self::UncountedBatch(_, uncounted) | Self::UncountedStatement(_, uncounted) => Some(uncounted),
            _ => None,
        }
    }
}

/// A statement on the ledger that the school's register does not have.
#[derive(Debug)]
pub struct Stranger {
    /// Its ledger index.
    pub index: LeafIndex,
    /// When the ledger took it in.
    pub admitted: Timestamp,
    /// The statement.
    pub signed: SignedStatement,
}

impl Stranger {
    /// Its type.
    pub fn kind(&self) -> &'static str {
        self.signed.statement().body.name()
    }
}
