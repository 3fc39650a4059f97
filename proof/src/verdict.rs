// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What a verifier says of a file: one of five verdicts, with a reason, and what is known beside it.
*/

use serde::Serialize;

/// The five verdicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Everything that is needed was proven.
    Genuine,
    /// Proven, and later withdrawn.
    Revoked,
    /// Proven, and later superseded.
    Replaced,
    /// Something contradicts it.
    NotGenuine,
    /// There is nothing to check.
    NoSeal,
    /// Something that is needed could not be had. Says nothing against the certificate.
    Undetermined,
}

impl Verdict {
    /// The string of JSON and of the documentation.
    pub fn code(self) -> &'static str {
        match self {
            Self::Genuine => "genuine",
            Self::Revoked => "revoked",
            Self::Replaced => "replaced",
            Self::NotGenuine => "not_genuine",
            Self::NoSeal => "no_seal",
            Self::Undetermined => "undetermined",
        }
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// Why a verdict is not `genuine`. The codes are a contract; `docs/FORMAT.md` lists them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl Reason {
            /// Every reason.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The code: lower-case words joined by `_`.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

reasons! {
    // Contradictions: `not_genuine`.
    /// The tail does not belong to these bytes.
    Altered = "altered",
    /// Something was added behind the seal.
    BytesAfterSeal = "bytes_after_seal",
    /// The proof is not of its form.
    MalformedProof = "malformed_proof",
    /// The document is not in the batch that the proof names.
    NotInBatch = "not_in_batch",
    /// A statement in the proof is not signed by the key that it needs.
    BadSignature = "bad_signature",
    /// The school was not accredited by an authority entitled to do so.
    NotAccredited = "not_accredited",
    /// The accreditation does not cover this kind of certificate at that time.
    OutOfScope = "out_of_scope",
    /// The key that signed the batch was in wrong hands, and nobody has vouched for the batch since.
    BatchVoid = "batch_void",
    /// The school was suspended when it issued the batch.
    IssuerSuspended = "issuer_suspended",
    /// A statement in the proof is meant for another ledger.
    WrongLedger = "wrong_ledger",
    /// A statement is dated ahead of the ledger's clock.
    TimeAhead = "time_ahead",
    /// A statement's path does not lead to the checkpoint's root.
    BadInclusion = "bad_inclusion",
    /// A signature under the checkpoint does not hold.
    BadCheckpoint = "bad_checkpoint",
    /// The ledger does not hold the batch where it should be.
    NotOnLedger = "not_on_ledger",

    // Nothing to check: `no_seal`.
    /// The file carries no seal.
    NoLocator = "no_locator",
    /// The file was saved again after sealing: ask for the original.
    ResavedCopy = "resaved_copy",

    // Missing: `undetermined`.
    /// The register was not looked at.
    RegisterNotConsulted = "register_not_consulted",
    /// The ledger's state is older than the trust folder allows.
    StateTooOld = "state_too_old",
    /// The ledger's state does not reach the batch yet.
    StateBehind = "state_behind",
    /// Nobody vouches for the time of the ledger's state.
    StateWithoutTime = "state_without_time",
    /// Too few witnesses signed.
    QuorumNotMet = "quorum_not_met",
    /// The ledger is not one that is trusted here.
    UnknownLedger = "unknown_ledger",
    /// The authority is not one that is trusted here.
    UnknownAuthority = "unknown_authority",
    /// The ledger could not be read.
    LedgerUnreachable = "ledger_unreachable",
    /// The ledger shows different histories.
    LedgerForked = "ledger_forked",
    /// The ledger shows less than it did before.
    LedgerRolledBack = "ledger_rolled_back",
    /// The ledger's entries do not fit its checkpoint.
    LedgerDamaged = "ledger_damaged",
    /// It was withdrawn with a key that was in wrong hands, and no authority has said whether that was right.
    RevocationVoid = "revocation_void",
    /// A newer verifier is needed.
    VerifierTooOld = "verifier_too_old",
    /// The file could not be read.
    Unreadable = "unreadable",
    /// The file is larger than is read.
    TooLarge = "too_large",
}
