// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Why a statement does not count.

use crate::statement::{Land, StatementError};

/// Why a statement does not count. The codes are a contract: ledgers answer with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// No statement of the grammar.
    #[error("not a statement")]
    Malformed,
    /// A type that this version does not know.
    #[error("the type of the statement is not known to this version")]
    UnknownType,
    /// A type that this version knows but does not count yet.
    #[error("statements of this type are not counted by this version")]
    NotYetCounted {
        /// The Land that it concerns.
        land: Land,
    },
    /// Meant for another ledger.
    #[error("the statement is meant for another ledger")]
    WrongLedger,
    /// Its own time is too far ahead of the ledger's.
    #[error("the statement's time is more than ten minutes ahead of the ledger's")]
    TimeAhead,
    /// The same text is on the ledger already.
    #[error("the same statement is already on the ledger")]
    Duplicate,
    /// Made under a name that no pinned authority and no accredited school has.
    #[error("nobody of this name may make statements")]
    UnknownIssuer,
    /// Not signed by exactly the keys that it needs.
    #[error("the statement is not signed with the key of its issuer")]
    BadSignature,
    /// By an authority, outside its window of ledger indices.
    #[error("the authority's key does not count at this place of the ledger")]
    OutsideWindow,
    /// By an authority, for another Land.
    #[error("the statement concerns Land {got}, the authority acts for {wanted}")]
    WrongLand {
        /// The Land named.
        got: Land,
        /// The authority's Land.
        wanted: Land,
    },
    /// A number is left out or used twice.
    #[error("the statement has the number {got}, the next one is {wanted}")]
    WrongSeq {
        /// The number found.
        got: u64,
        /// The number that would be next.
        wanted: u64,
    },
    /// It does not continue the statement before it.
    #[error("the statement does not continue the one before it")]
    WrongPrev,
    /// A school's key must have the school's name.
    #[error("the key has another name than the school")]
    KeyOfAnotherName,
    /// A key, or a key id of the name, that was recorded before.
    #[error("the key was used before")]
    KeyUsedBefore,
    /// `from` is not before `until`.
    #[error("the accreditation ends before it begins")]
    EmptyPeriod,
    /// A kind of certificate that the accreditation does not name.
    #[error("the school may not issue certificates of this kind")]
    KindOutOfScope,
    /// Before the accreditation's period.
    #[error("the school's accreditation has not begun")]
    BeforePeriod,
    /// After the accreditation's period.
    #[error("the school's accreditation is over")]
    AfterPeriod,
}

impl Refusal {
    /// The code: lower-case words joined by `_`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::UnknownType => "unknown_type",
            Self::NotYetCounted { .. } => "not_yet_counted",
            Self::WrongLedger => "wrong_ledger",
            Self::TimeAhead => "time_ahead",
            Self::Duplicate => "duplicate",
            Self::UnknownIssuer => "unknown_issuer",
            Self::BadSignature => "bad_signature",
            Self::OutsideWindow => "outside_window",
            Self::WrongLand { .. } => "wrong_land",
            Self::WrongSeq { .. } => "wrong_seq",
            Self::WrongPrev => "wrong_prev",
            Self::KeyOfAnotherName => "key_of_another_name",
            Self::KeyUsedBefore => "key_used_before",
            Self::EmptyPeriod => "empty_period",
            Self::KindOutOfScope => "kind_out_of_scope",
            Self::BeforePeriod => "before_period",
            Self::AfterPeriod => "after_period",
        }
    }
}

impl From<StatementError> for Refusal {
    fn from(error: StatementError) -> Self {
        if error == StatementError::UnknownType { Self::UnknownType } else { Self::Malformed }
    }
}
