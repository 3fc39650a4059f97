// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What the ledger says of the school, looked at without a key and without a lock.

use std::collections::BTreeMap;

use anchor::{
    clock::Clock,
    follow::{self, FollowError, Followed},
    ledger::{Ledger, ReadError},
    memory::Memory,
    states::States,
    trust::Trust,
};
use proof::{
    entry::CertificateId,
    judge::{Consulted, Judgement},
    key::KeyName,
    register::{Register, Withdrawn},
    statement::{Land, LedgerEntry, SignedStatement},
    tree::LeafIndex,
    verdict::Verdict,
};

use crate::{config::Config, seal::SealError};

/// A checked view of the ledger, for one school.
pub struct View {
    school: KeyName,
    land: Land,
    trust: Trust,
    ledger: Box<dyn Ledger>,
    followed: Followed,
    clock: Clock,
}

/// A certificate of this school that its register does not have, proven by its own file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// Its id.
    pub id: CertificateId,
    /// What it is.
    pub kind: String,
}

impl View {
    /// Reads the ledger.
    ///
    /// # Errors
    /// If the trust folder or the ledger cannot be read, or is not believed. With a `memory`, also if the ledger does not
    /// continue what this user saw of it before.
    pub async fn open(config: &Config, clock: Clock, memory: Option<&Memory>) -> Result<Self, SealError> {
        let trust = Trust::load(&config.trust)?;
        let place = config.ledger.as_ref().or(trust.ledgers.first().map(|place| &place.location));
        let ledger = follow::open(place.ok_or(SealError::NoLedger)?).await?;
        let states = States::new(config.states());
        let now = clock.now();
        let followed = Followed::read(&*ledger, &trust.policy, &trust.authorities, now, Some(&states)).await?;
        if let Some(memory) = memory {
            followed.hold(memory, &trust.policy, now).map_err(FollowError::from)?;
        }
        Ok(Self { school: config.name.clone(), land: config.land, trust, ledger, followed, clock })
    }

    /// The replayed ledger.
    pub fn register(&self) -> &Register {
        self.followed.replica().register()
    }

    /// The followed ledger.
    pub fn followed(&self) -> &Followed {
        &self.followed
    }

    /// The machine's clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What was said against a certificate of this school.
    pub fn withdrawal(&self, id: CertificateId) -> Option<Withdrawn> {
        self.register().withdrawal(self.land, &self.school, id)
    }

    /// The statement at an index that counts, with the time at which the ledger took it in.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub async fn statement(&self, index: LeafIndex) -> Result<(LedgerEntry, SignedStatement), SealError> {
        let damaged = || FollowError::Read(ReadError::Damaged(format!("the entry {} cannot be read back", index.0)));
        let bytes = self.ledger.entries(index.0..index.0 + 1).await.map_err(FollowError::from)?;
        let entry = bytes.first().and_then(|bytes| LedgerEntry::decode(bytes)).ok_or_else(damaged)?;
        if self.followed.replica().tree().leaf(index) != Some(entry.leaf()) {
            return Err(damaged().into());
        }
        let signed = SignedStatement::parse(entry.note.clone()).map_err(|_| damaged())?;
        Ok((entry, signed))
    }

    /// What a sealed file proves of itself, if this school issued it: as any verifier with the school's trust folder
    /// would find. `None` if it proves nothing, or is another school's.
    ///
    /// # Errors
    /// If the ledger's state cannot be used.
    pub fn prove(&self, file: &[u8]) -> Result<Option<Proven>, SealError> {
        let state = self.followed.state().map_err(FollowError::from)?;
        let ledgers = BTreeMap::from([(self.register().origin().clone(), Consulted::State(state))]);
        let judge = self.trust.judge(self.clock.now(), ledgers);
        let Judgement { verdict, proven_at_issue, certificate, details, .. } = judge.judge(file, None);
        let is_proven = matches!(verdict, Verdict::Genuine | Verdict::Revoked | Verdict::Replaced)
            || (verdict == Verdict::Undetermined && proven_at_issue);
        let is_ours = details
            .school
            .is_some_and(|school| school.key_name == self.school.as_str() && school.state == self.land.to_string());
        let proven = certificate.zip(details.kind).map(|(id, kind)| Proven { id, kind });
        Ok(proven.filter(|_| is_proven && is_ours))
    }
}
