// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Why a statement does not count.

use serde::{Deserialize, Serialize};

use crate::statement::{Land, StatementError};

/// Why a statement does not count. The codes are a contract: ledgers answer with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// No statement of the grammar.
    #[error("not a statement")]
    Malformed,
    /// A type that this version does not know.
    #[error("the type of the statement is not known to this version")]
    UnknownType,
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
    /// Signed with a key that the school has given up for another one.
    #[error("the school has a newer key")]
    KeyRetired,
    /// Signed with a key that an authority declared to be in wrong hands.
    #[error("the key was declared to be in wrong hands")]
    KeyCompromised,
    /// By a school that an authority has suspended.
    #[error("the school is suspended")]
    Suspended,
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
    /// One `rotate` more than fits into proofs.
    #[error("the key was changed too often since the school was accredited")]
    TooManyRotations,
    /// About a school that is not accredited in the authority's Land.
    #[error("no school of this name is accredited in this Land")]
    UnknownSchool,
    /// About a key that no school of the authority's Land has or had.
    #[error("no school of this Land has or had this key")]
    UnknownKey,
    /// A `compromise` that reaches into the future.
    #[error("from-index is {got}, the statement itself stands at {wanted}")]
    FromIndexAhead {
        /// The index named.
        got: u64,
        /// The index of the statement.
        wanted: u64,
    },
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
    /// Every one that is told by its code alone. The others have values: [`Refusal::WrongLand`], [`Refusal::WrongSeq`]
    /// and [`Refusal::FromIndexAhead`].
    pub const PLAIN: [Self; 21] = [
        Self::Malformed,
        Self::UnknownType,
        Self::WrongLedger,
        Self::TimeAhead,
        Self::Duplicate,
        Self::UnknownIssuer,
        Self::BadSignature,
        Self::KeyRetired,
        Self::KeyCompromised,
        Self::Suspended,
        Self::OutsideWindow,
        Self::WrongPrev,
        Self::KeyOfAnotherName,
        Self::KeyUsedBefore,
        Self::TooManyRotations,
        Self::UnknownSchool,
        Self::UnknownKey,
        Self::EmptyPeriod,
        Self::KindOutOfScope,
        Self::BeforePeriod,
        Self::AfterPeriod,
    ];

    /// The code: lower-case words joined by `_`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::UnknownType => "unknown_type",
            Self::WrongLedger => "wrong_ledger",
            Self::TimeAhead => "time_ahead",
            Self::Duplicate => "duplicate",
            Self::UnknownIssuer => "unknown_issuer",
            Self::BadSignature => "bad_signature",
            Self::KeyRetired => "key_retired",
            Self::KeyCompromised => "key_compromised",
            Self::Suspended => "suspended",
            Self::OutsideWindow => "outside_window",
            Self::WrongLand { .. } => "wrong_land",
            Self::WrongSeq { .. } => "wrong_seq",
            Self::WrongPrev => "wrong_prev",
            Self::KeyOfAnotherName => "key_of_another_name",
            Self::KeyUsedBefore => "key_used_before",
            Self::TooManyRotations => "too_many_rotations",
            Self::UnknownSchool => "unknown_school",
            Self::UnknownKey => "unknown_key",
            Self::FromIndexAhead { .. } => "from_index_ahead",
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
