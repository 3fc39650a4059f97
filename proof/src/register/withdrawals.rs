// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What was said against certificates.

A ledger cannot see to whom a certificate belongs: any school can name any id. So everything that was said is kept, and
whether it has an effect is found out when a certificate with this id, school and Land is judged. Whether a statement is
void is decided then, too, since a `compromise` may come later.
*/

use serde::{Deserialize, Serialize};

use super::{
    RecordId, SchoolNumber,
    runs::{Fixed, Runs},
};
use crate::{
    Hash, Timestamp, entry::CertificateId, key::KeyName, register::Register, statement::Land,
    statement::WithdrawalReason, tree::LeafIndex,
};

/// What a register says against a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withdrawn {
    /// It is withdrawn.
    Revoked {
        /// Why.
        reason: WithdrawalReason,
        /// By whom and when.
        said: Said,
    },
    /// It is superseded.
    Replaced {
        /// By which certificate, as the school claims.
        successor: CertificateId,
        /// By whom and when.
        said: Said,
    },
    /// It was withdrawn or superseded by statements that are void now, and no authority has said whether that was right.
    Void,
}

/// A statement against a certificate that has an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// Its ledger index.
    pub index: LeafIndex,
    /// When the ledger took it in.
    pub admitted: Timestamp,
    /// Whether an authority said it, not the school.
    pub by_authority: bool,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Withdrawals {
    statements: Vec<Source>,
    #[serde(skip)]
    pub(super) revoked: Runs<u32>,
    #[serde(skip)]
    pub(super) replaced: Runs<Successor>,
    #[serde(skip)]
    pub(super) upheld: Runs<u32>,
}

/// A statement about certificates.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Source {
    pub(super) index: LeafIndex,
    admitted: Timestamp,
    pub(super) by: Speaker,
    /// Of a `revoke`.
    reason: Option<WithdrawalReason>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Speaker {
    School(RecordId),
    Authority(Land),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Successor {
    certificate: Hash,
    pub(super) statement: u32,
}

impl Fixed for Successor {
    const WIDTH: usize = 36;

    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.certificate.0);
        self.statement.put(out);
    }

    fn take(bytes: &[u8]) -> Option<Self> {
        let (certificate, statement) = bytes.split_first_chunk()?;
        Some(Self { certificate: Hash(*certificate), statement: u32::take(statement)? })
    }
}

impl Withdrawals {
    pub(super) fn revoke(
        &mut self,
        by: Speaker,
        (index, admitted): (LeafIndex, Timestamp),
        reason: WithdrawalReason,
        certificates: &[CertificateId],
    ) {
        let statement = self.statement(Source { index, admitted, by, reason: Some(reason) });
        for id in certificates {
            self.revoked.insert(id.0, statement);
        }
    }

    pub(super) fn replace(
        &mut self,
        by: Speaker,
        (index, admitted): (LeafIndex, Timestamp),
        pairs: &[(CertificateId, CertificateId)],
    ) {
        let statement = self.statement(Source { index, admitted, by, reason: None });
        for (old, new) in pairs {
            self.replaced.insert(old.0, Successor { certificate: new.0, statement });
        }
    }

    pub(super) fn uphold(
        &mut self,
        by: Speaker,
        (index, admitted): (LeafIndex, Timestamp),
        certificates: &[CertificateId],
    ) {
        let statement = self.statement(Source { index, admitted, by, reason: None });
        for id in certificates {
            self.upheld.insert(id.0, statement);
        }
    }

    fn statement(&mut self, source: Source) -> u32 {
        let number = u32::try_from(self.statements.len()).expect("fewer statements than fit in memory");
        self.statements.push(source);
        number
    }

    pub(super) fn source(&self, number: u32) -> &Source {
        &self.statements[number as usize]
    }
}

impl Register {
    /// What was said against a certificate of this school of this Land, if it has an effect. `revoke` outranks
    /// `replace`; of several, the first that has an effect is told.
    pub fn withdrawal(&self, land: Land, school: &KeyName, certificate: CertificateId) -> Option<Withdrawn> {
        let said = &self.content.withdrawals;
        let school = self.school_number(school)?;
        let mut void = false;
        let mut in_effect = |number: &u32| match self.force_of(said.source(*number), land, school, certificate) {
            Force::None => false,
            Force::Void => {
                void = true;
                false
            }
            Force::Full => true,
        };
        if let Some(source) = said.revoked.get(certificate.0).find(&mut in_effect).map(|number| said.source(number)) {
            let reason = source.reason.unwrap_or(WithdrawalReason::Other);
            return Some(Withdrawn::Revoked { reason, said: source.into() });
        }
        let replaced = said.replaced.get(certificate.0).find(|successor| in_effect(&successor.statement));
        if let Some(Successor { certificate, statement }) = replaced {
            let (successor, said) = (CertificateId(certificate), said.source(statement).into());
            return Some(Withdrawn::Replaced { successor, said });
        }
        void.then_some(Withdrawn::Void)
    }

    fn force_of(&self, source: &Source, land: Land, school: SchoolNumber, certificate: CertificateId) -> Force {
        match source.by {
            Speaker::Authority(of) => {
                if of == land {
                    Force::Full
                } else {
                    Force::None
                }
            }
            Speaker::School(id) => {
                let record = self.record(id);
                if record.land != land || record.school != school {
                    Force::None
                } else if !self.is_void(id, source.index) || self.is_upheld(source, land, certificate) {
                    Force::Full
                } else {
                    Force::Void
                }
            }
        }
    }

    fn is_upheld(&self, source: &Source, land: Land, certificate: CertificateId) -> bool {
        let upheld =
            self.content.withdrawals.upheld.get(certificate.0).map(|number| self.content.withdrawals.source(number));
        upheld.into_iter().any(|uphold| uphold.by == Speaker::Authority(land) && uphold.index > source.index)
    }
}

/// What a statement about a certificate can do to it.
enum Force {
    None,
    Void,
    Full,
}

impl From<&Source> for Said {
    fn from(source: &Source) -> Self {
        let by_authority = matches!(source.by, Speaker::Authority(_));
        Self { index: source.index, admitted: source.admitted, by_authority }
    }
}
