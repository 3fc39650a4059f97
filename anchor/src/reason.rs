// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Why a certificate is withdrawn, as it is typed: words that say what they mean, for the short tokens of the format.

use clap::ValueEnum;
use proof::statement::WithdrawalReason;

/// What `--reason` of a withdrawal takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RevokeReason {
    /// It was made in error.
    #[value(alias = "error")]
    IssuedInError,
    /// The qualification was withdrawn.
    #[value(alias = "withdrawn")]
    QualificationWithdrawn,
    /// The document was lost.
    #[value(alias = "lost")]
    DocumentLost,
    /// Anything else.
    Other,
}

impl From<RevokeReason> for WithdrawalReason {
    fn from(reason: RevokeReason) -> Self {
        match reason {
            RevokeReason::IssuedInError => Self::Error,
            RevokeReason::QualificationWithdrawn => Self::Withdrawn,
            RevokeReason::DocumentLost => Self::Lost,
            RevokeReason::Other => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_of_the_format_can_be_typed() {
        let typed = |text| RevokeReason::from_str(text, false).map(|reason| WithdrawalReason::from(reason).as_str());
        assert_eq!(typed("issued-in-error"), Ok("error"));
        assert_eq!(typed("qualification-withdrawn"), Ok("withdrawn"));
        assert_eq!(typed("document-lost"), Ok("lost"));
        assert_eq!(typed("other"), Ok("other"));
        assert_eq!(RevokeReason::value_variants().len(), WithdrawalReason::ALL.len());
        for token in WithdrawalReason::ALL.map(WithdrawalReason::as_str) {
            assert_eq!(typed(token), Ok(token), "the format's own word is taken, too");
        }
        assert!(typed("Error").is_err());
    }
}
