// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Whether a statement counts: who made it, and whether it may say what it says.

use super::{Chain, RecordId, Refusal, Register, keys::KeyNumber};
use crate::{
    CLOCK_TOLERANCE_S, Timestamp,
    authority::Authority,
    key::{Fingerprint, KeyName, VerifyingKey},
    note::Note,
    proof_file::MAX_CHAIN,
    statement::{Accreditation, Body, Land, SignedStatement, Statement, Token},
    tree::LeafIndex,
};

/// Who made a statement.
#[derive(Debug, Clone, Copy)]
pub(super) enum Maker {
    Authority { key: Fingerprint, land: Land },
    School(RecordId),
}

impl Register {
    /// Whether a statement would count as the next entry. Changes nothing.
    ///
    /// # Errors
    /// Why it would not.
    pub fn weigh(&self, signed: &SignedStatement, admitted: Timestamp) -> Result<(), Refusal> {
        self.maker_of(signed, admitted).map(|_| ())
    }

    /// The record under which this key may issue certificates of a kind at a time of the ledger's clock.
    ///
    /// # Errors
    /// Why it may not.
    pub fn may_issue(&self, land: Land, key: &VerifyingKey, kind: &Token, at: Timestamp) -> Result<RecordId, Refusal> {
        let record = self.may_speak(land, key)?;
        check_scope(self.record(record).accreditation(), kind, at).map(|()| record)
    }

    /// The record under which this key may make statements.
    ///
    /// # Errors
    /// Why it may not.
    pub fn may_speak(&self, land: Land, key: &VerifyingKey) -> Result<RecordId, Refusal> {
        let school = KeyName::parse(key.name()).ok_or(Refusal::UnknownIssuer)?;
        let record = self.open_record(land, &school).ok_or(Refusal::UnknownIssuer)?;
        if self.key_of(record) != key {
            let known = self.content.keys.find(key, land).is_some();
            return Err(if known { Refusal::KeyRetired } else { Refusal::UnknownIssuer });
        }
        self.check_not_barred(record).map(|()| record)
    }

    /// Who made a statement that counts as the next entry.
    pub(super) fn maker_of(&self, signed: &SignedStatement, admitted: Timestamp) -> Result<Maker, Refusal> {
        let statement = signed.statement();
        if statement.ledger != self.origin {
            return Err(Refusal::WrongLedger);
        }
        if statement.time.is_ahead_of(admitted, CLOCK_TOLERANCE_S) {
            return Err(Refusal::TimeAhead);
        }
        if self.find(signed.text_hash()).is_some() {
            return Err(Refusal::Duplicate);
        }
        match &statement.body {
            Body::Accredit(accreditation) => {
                let authority = self.speaking_authority(signed)?;
                self.check_accreditation(authority.land, accreditation)?;
                Ok(authority.into())
            }
            Body::Suspend { school, .. } | Body::Resume { school, .. } => {
                let authority = self.speaking_authority(signed)?;
                self.open_record(authority.land, school).ok_or(Refusal::UnknownSchool)?;
                Ok(authority.into())
            }
            Body::Compromise { key, from_index } => {
                let authority = self.speaking_authority(signed)?;
                self.content.keys.find(key, authority.land).ok_or(Refusal::UnknownKey)?;
                let own = self.size.0;
                let ahead = Refusal::FromIndexAhead { got: *from_index, wanted: own };
                if *from_index <= own { Ok(authority.into()) } else { Err(ahead) }
            }
            Body::Uphold(_) | Body::Require { .. } => self.speaking_authority(signed).map(Maker::from),
            Body::Revoke { .. } => match self.speaking_authority(signed) {
                Err(Refusal::UnknownIssuer) => self.speaking_school(signed, &[]).map(Maker::School),
                Err(Refusal::BadSignature) if self.is_school(&statement.issuer) => {
                    self.speaking_school(signed, &[]).map(Maker::School)
                }
                outcome => outcome.map(Maker::from),
            },
            Body::Replace(_) => self.speaking_school(signed, &[]).map(Maker::School),
            Body::Batch { kind, .. } => {
                let record = self.speaking_school(signed, &[])?;
                check_scope(self.record(record).accreditation(), kind, admitted)?;
                Ok(Maker::School(record))
            }
            Body::Rotate { key } => {
                let record = self.speaking_school(signed, &[key])?;
                self.check_rotation(record, key)?;
                Ok(Maker::School(record))
            }
        }
    }

    /// The pinned authority that made a statement: signed, inside its window, and next in its chain.
    fn speaking_authority(&self, signed: &SignedStatement) -> Result<&Authority, Refusal> {
        let statement = signed.statement();
        let mut named =
            self.authorities.iter().filter(|authority| authority.key.name() == statement.issuer.as_str()).peekable();
        if named.peek().is_none() {
            return Err(Refusal::UnknownIssuer);
        }
        let authority = named.find(|authority| signed.is_signed_by(&[&authority.key])).ok_or(Refusal::BadSignature)?;
        if !authority.covers(LeafIndex(self.size.0)) {
            return Err(Refusal::OutsideWindow);
        }
        self.authority_chain(authority.key.fingerprint()).check(statement)?;
        Ok(authority)
    }

    /// The open record under which a school made a statement: signed (with `further` keys, for a rotation), next in its
    /// chain, and by a school that may speak.
    fn speaking_school(&self, signed: &SignedStatement, further: &[&VerifyingKey]) -> Result<RecordId, Refusal> {
        let school = &signed.statement().issuer;
        let note = Note::parse(signed.note()).map_err(|_| Refusal::Malformed)?;
        let is_by = |key: KeyNumber| {
            let keys = [&[self.content.keys.get(key)], further].concat();
            note.is_signed_by_exactly(&keys)
        };
        let mut refusal = Refusal::UnknownIssuer;
        for id in self.open_records_of(school) {
            let record = self.record(id);
            if !is_by(record.key()) {
                if matches!(refusal, Refusal::UnknownIssuer | Refusal::BadSignature) {
                    let earlier = [record.first_key].into_iter().chain(record.rotations.iter().map(|(_, key)| *key));
                    let retired = earlier.filter(|key| *key != record.key()).any(is_by);
                    refusal = if retired { Refusal::KeyRetired } else { Refusal::BadSignature };
                }
                continue;
            }
            match record.chain.check(signed.statement()) {
                // No two chains have the same end.
                Ok(()) => return self.check_not_barred(id).map(|()| id),
                Err(other) => refusal = other,
            }
        }
        Err(refusal)
    }

    /// A school may speak unless it is suspended or its key was in wrong hands.
    fn check_not_barred(&self, id: RecordId) -> Result<(), Refusal> {
        let record = self.record(id);
        if self.is_void(id, LeafIndex(self.size.0)) {
            return Err(Refusal::KeyCompromised);
        }
        if self.suspension_of(record).is_some() { Err(Refusal::Suspended) } else { Ok(()) }
    }

    fn check_accreditation(&self, land: Land, accreditation: &Accreditation) -> Result<(), Refusal> {
        if accreditation.state != land {
            return Err(Refusal::WrongLand { got: accreditation.state, wanted: land });
        }
        if accreditation.key.name() != accreditation.school.as_str() {
            return Err(Refusal::KeyOfAnotherName);
        }
        if accreditation.from >= accreditation.until {
            return Err(Refusal::EmptyPeriod);
        }
        self.check_recordable(&accreditation.key)
    }

    fn check_rotation(&self, id: RecordId, key: &VerifyingKey) -> Result<(), Refusal> {
        let record = self.record(id);
        if key.name() != record.school().as_str() {
            return Err(Refusal::KeyOfAnotherName);
        }
        // The `accredit` and every `rotate` travel in each proof of the record.
        if record.rotations.len() + 1 >= MAX_CHAIN {
            return Err(Refusal::TooManyRotations);
        }
        if self.key_of(id) == key {
            return Err(Refusal::KeyUsedBefore);
        }
        self.check_recordable(key)
    }

    /// A school's key is no authority's, is or was nobody else's, and was never given up.
    fn check_recordable(&self, key: &VerifyingKey) -> Result<(), Refusal> {
        let of_authority = self.authorities.iter().any(|authority| authority.key.raw() == key.raw());
        let recordable = !of_authority && self.content.keys.may_be_recorded(key);
        if recordable { Ok(()) } else { Err(Refusal::KeyUsedBefore) }
    }

    fn is_school(&self, name: &KeyName) -> bool {
        self.open_records_of(name).next().is_some()
    }
}

impl From<&Authority> for Maker {
    fn from(authority: &Authority) -> Self {
        Self::Authority { key: authority.key.fingerprint(), land: authority.land }
    }
}

impl Chain {
    fn check(&self, statement: &Statement) -> Result<(), Refusal> {
        if statement.seq != self.seq {
            return Err(Refusal::WrongSeq { got: statement.seq, wanted: self.seq });
        }
        if statement.prev != self.prev {
            return Err(Refusal::WrongPrev);
        }
        Ok(())
    }
}

/// Whether an accreditation covers a batch of this kind at this time of the ledger's clock.
pub(crate) fn check_scope(accreditation: &Accreditation, kind: &Token, admitted: Timestamp) -> Result<(), Refusal> {
    if !accreditation.kinds.contains(kind) {
        return Err(Refusal::KindOutOfScope);
    }
    if admitted < accreditation.from {
        return Err(Refusal::BeforePeriod);
    }
    if admitted >= accreditation.until {
        return Err(Refusal::AfterPeriod);
    }
    Ok(())
}
