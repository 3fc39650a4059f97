// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The types of statements and the lines of each.

use serde::{Deserialize, Serialize};

use super::{
    StatementError,
    fields::{Kinds, Label, Land, Lines, SchoolNumber, Token, Writer},
};
use crate::{
    Hash, Timestamp,
    encoding::decimal,
    entry::CertificateId,
    key::{Algorithm, KeyName, VerifyingKey},
    tree::TreeSize,
};

/// The most certificates that one `revoke` or `uphold` names.
pub const MAX_CERTIFICATES: usize = 1_000;

/// The most pairs that one `replace` names.
pub const MAX_PAIRS: usize = 500;

/// What a statement says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// An authority lets a school issue.
    Accredit(Box<Accreditation>),
    /// A school issues the certificates under a batch root.
    Batch {
        /// What they are, e.g. `abitur`.
        kind: Token,
        /// Leaves of the batch, padding included.
        size: TreeSize,
        /// Root of the batch.
        root: Hash,
    },
    /// Certificates are withdrawn.
    Revoke {
        /// Why.
        reason: WithdrawalReason,
        /// Which, ascending.
        certificates: Vec<CertificateId>,
    },
    /// Certificates are superseded: (old, new), ascending by the old one.
    Replace(Vec<(CertificateId, CertificateId)>),
    /// A school may not make statements for now.
    Suspend {
        /// Which school.
        school: KeyName,
        /// Why.
        reason: Token,
    },
    /// A suspended school may make statements again.
    Resume {
        /// Which school.
        school: KeyName,
        /// Why.
        reason: Token,
    },
    /// A school goes over to a new key.
    Rotate {
        /// The new key.
        key: VerifyingKey,
    },
    /// A key was in wrong hands from some point of the ledger on.
    Compromise {
        /// Which key.
        key: VerifyingKey,
        /// The first ledger index that is no longer believed.
        from_index: u64,
    },
    /// Withdrawals by a voided statement that were right, ascending.
    Uphold(Vec<CertificateId>),
    /// Verifiers below this version may not judge certificates of the authority's Land.
    Require {
        /// The least version.
        version: u64,
    },
}

/// What an authority vouches for. The only source of a school's name that a verifier shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accreditation {
    /// The name under which the school signs.
    pub school: KeyName,
    /// The key with which it signs.
    pub key: VerifyingKey,
    /// The school's name for people.
    pub name: Label,
    /// Its official number.
    pub number: SchoolNumber,
    /// Where it is.
    pub place: Label,
    /// In which Land.
    pub state: Land,
    /// What it may issue.
    pub kinds: Kinds,
    /// From when, by the ledger's clock.
    pub from: Timestamp,
    /// Until when (not included), by the ledger's clock.
    pub until: Timestamp,
}

/// Why a certificate is withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WithdrawalReason {
    /// It was made in error.
    Error,
    /// The qualification was withdrawn.
    Withdrawn,
    /// The document was lost.
    Lost,
    /// Anything else.
    Other,
}

impl WithdrawalReason {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Error, Self::Withdrawn, Self::Lost, Self::Other];

    /// The token of the format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Withdrawn => "withdrawn",
            Self::Lost => "lost",
            Self::Other => "other",
        }
    }

    /// Reads the token of the format.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}

impl Body {
    /// The name of the type, as the `type` line has it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Accredit(_) => "accredit",
            Self::Batch { .. } => "batch",
            Self::Revoke { .. } => "revoke",
            Self::Replace(_) => "replace",
            Self::Suspend { .. } => "suspend",
            Self::Resume { .. } => "resume",
            Self::Rotate { .. } => "rotate",
            Self::Compromise { .. } => "compromise",
            Self::Uphold(_) => "uphold",
            Self::Require { .. } => "require",
        }
    }

    /// Whether statements of this type travel in proof files and are therefore kept small.
    pub(super) fn is_proven(&self) -> bool {
        matches!(self, Self::Accredit(_) | Self::Batch { .. } | Self::Rotate { .. })
    }

    pub(super) fn write(&self, lines: &mut Writer) {
        match self {
            Self::Accredit(accreditation) => accreditation.write(lines),
            Self::Batch { kind, size, root } => {
                lines.put("kind", kind);
                lines.put("tree", &TREE);
                lines.put("size", &size.0);
                lines.put("root", &root.to_base64());
            }
            Self::Revoke { reason, certificates } => {
                lines.put("reason", &reason.as_str());
                for id in certificates {
                    lines.put("certificate", &id.0.to_base64());
                }
            }
            Self::Replace(pairs) => {
                for (old, new) in pairs {
                    lines.put("old", &old.0.to_base64());
                    lines.put("new", &new.0.to_base64());
                }
            }
            Self::Suspend { school, reason } | Self::Resume { school, reason } => {
                lines.put("school", school);
                lines.put("reason", reason);
            }
            Self::Rotate { key } => lines.put("key", key),
            Self::Compromise { key, from_index } => {
                lines.put("key", key);
                lines.put("from-index", from_index);
            }
            Self::Uphold(certificates) => {
                for id in certificates {
                    lines.put("certificate", &id.0.to_base64());
                }
            }
            Self::Require { version } => lines.put("version", version),
        }
    }

    pub(super) fn parse(kind: &str, lines: &mut Lines<'_>) -> Result<Self, StatementError> {
        Ok(match kind {
            "accredit" => Self::Accredit(Box::new(Accreditation::parse(lines)?)),
            "batch" => {
                let kind = lines.take("kind", Token::parse)?;
                lines.take("tree", |value| (value == TREE).then_some(()))?;
                let size =
                    lines.take("size", |value| decimal(value).filter(|size| is_batch_size(*size)).map(TreeSize))?;
                Self::Batch { kind, size, root: lines.take("root", Hash::from_base64)? }
            }
            "revoke" => {
                let reason = lines.take("reason", WithdrawalReason::parse)?;
                Self::Revoke { reason, certificates: certificates(lines)? }
            }
            "replace" => {
                let mut pairs = Vec::new();
                while pairs.is_empty() || (pairs.len() < MAX_PAIRS && lines.has("old")) {
                    pairs.push((lines.take("old", certificate)?, lines.take("new", certificate)?));
                }
                ascending(pairs, |(old, _)| *old, "old").map(Self::Replace)?
            }
            "suspend" => Self::Suspend {
                school: lines.take("school", KeyName::parse)?,
                reason: lines.take("reason", Token::parse)?,
            },
            "resume" => Self::Resume {
                school: lines.take("school", KeyName::parse)?,
                reason: lines.take("reason", Token::parse)?,
            },
            "rotate" => Self::Rotate { key: lines.take("key", statement_key)? },
            "compromise" => Self::Compromise {
                key: lines.take("key", statement_key)?,
                from_index: lines.take("from-index", decimal)?,
            },
            "uphold" => Self::Uphold(certificates(lines)?),
            "require" => Self::Require { version: lines.take("version", decimal)? },
            _ => return Err(StatementError::UnknownType),
        })
    }
}

const TREE: &str = "rfc6962-sha256";

fn is_batch_size(size: u64) -> bool {
    size.is_power_of_two() && (crate::batch::MIN_SIZE..=crate::batch::MAX_SIZE).contains(&size)
}

impl Accreditation {
    /// The lines of an `accredit`.
    pub(crate) fn lines(&self) -> String {
        let mut lines = Writer::default();
        self.write(&mut lines);
        lines.finish()
    }

    /// Reads [`Accreditation::lines`].
    pub(crate) fn from_lines(text: &str) -> Option<Self> {
        let mut lines = Lines::headless(text);
        let this = Self::parse(&mut lines).ok()?;
        lines.end().is_ok().then_some(this)
    }

    fn write(&self, lines: &mut Writer) {
        lines.put("school", &self.school);
        lines.put("key", &self.key);
        lines.put("name", &self.name);
        lines.put("number", &self.number);
        lines.put("place", &self.place);
        lines.put("state", &self.state);
        lines.put("kinds", &self.kinds);
        lines.put("from", &self.from);
        lines.put("until", &self.until);
    }

    fn parse(lines: &mut Lines<'_>) -> Result<Self, StatementError> {
        Ok(Self {
            school: lines.take("school", KeyName::parse)?,
            key: lines.take("key", statement_key)?,
            name: lines.take("name", Label::parse)?,
            number: lines.take("number", SchoolNumber::parse)?,
            place: lines.take("place", Label::parse)?,
            state: lines.take("state", Land::parse)?,
            kinds: lines.take("kinds", Kinds::parse)?,
            from: lines.take("from", Timestamp::parse)?,
            until: lines.take("until", Timestamp::parse)?,
        })
    }
}

/// A key that makes statements: plain Ed25519, under a name of the grammar.
pub(crate) fn statement_key(text: &str) -> Option<VerifyingKey> {
    let key: VerifyingKey = text.parse().ok()?;
    (key.algorithm() == Algorithm::Ed25519 && KeyName::parse(key.name()).is_some()).then_some(key)
}

fn certificate(text: &str) -> Option<CertificateId> {
    Hash::from_base64(text).map(CertificateId)
}

fn certificates(lines: &mut Lines<'_>) -> Result<Vec<CertificateId>, StatementError> {
    let mut ids = Vec::new();
    while ids.is_empty() || (ids.len() < MAX_CERTIFICATES && lines.has("certificate")) {
        ids.push(lines.take("certificate", certificate)?);
    }
    ascending(ids, |id| *id, "certificate")
}

fn ascending<T, K: Ord>(items: Vec<T>, key: impl Fn(&T) -> K, line: &'static str) -> Result<Vec<T>, StatementError> {
    if items.is_sorted_by(|a, b| key(a) < key(b)) { Ok(items) } else { Err(StatementError::BadLine { line }) }
}
