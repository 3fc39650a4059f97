// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What an authority need not say, since it has said it.

use super::{Register, withdrawals::Speaker};
use crate::{
    entry::CertificateId,
    key::{KeyName, VerifyingKey},
    statement::{Body, Land},
    tree::LeafIndex,
};

impl Register {
    /// Whether a statement by an authority of this Land would count and change nothing, now or later.
    pub fn is_idle(&self, land: Land, body: &Body) -> bool {
        let is_suspended = |school: &KeyName| self.suspension(land, school).is_some();
        match body {
            Body::Suspend { school, .. } => is_suspended(school),
            Body::Resume { school, .. } => self.open_record(land, school).is_some() && !is_suspended(school),
            Body::Compromise { key, from_index } => self.is_declared_void(land, key, LeafIndex(*from_index)),
            Body::Revoke { certificates, .. } => certificates.iter().all(|id| self.is_revoked_by(land, *id)),
            Body::Uphold(certificates) => certificates.iter().all(|id| self.is_upheld_by(land, *id)),
            _ => false,
        }
    }

    /// Whether an authority of this Land has revoked a certificate.
    pub fn is_revoked_by(&self, land: Land, certificate: CertificateId) -> bool {
        let said = &self.content.withdrawals;
        let mut sources = said.revoked.get(certificate.0).map(|number| said.source(number));
        sources.any(|source| source.by == Speaker::Authority(land))
    }

    /// Whether an authority of this Land has upheld all that was said against a certificate.
    fn is_upheld_by(&self, land: Land, certificate: CertificateId) -> bool {
        let said = &self.content.withdrawals;
        let upheld = said.upheld.get(certificate.0).map(|number| said.source(number));
        let last = upheld.filter(|source| source.by == Speaker::Authority(land)).map(|source| source.index).max();
        let revoked = said.revoked.get(certificate.0);
        let replaced = said.replaced.get(certificate.0).map(|successor| successor.statement);
        last.is_some_and(|last| revoked.chain(replaced).all(|number| said.source(number).index < last))
    }

    fn is_declared_void(&self, land: Land, key: &VerifyingKey, from: LeafIndex) -> bool {
        let keys = &self.content.keys;
        keys.find(key, land).is_some_and(|key| keys.is_void(land, key, from))
    }
}
