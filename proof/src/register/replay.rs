// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a statement does that counts.

use super::{
    Chain, KeyName, LeafIndex, RULES_VERSION, Record, RecordId, Refusal, Register, School, SchoolNumber, Suspension,
    places::{BatchPlace, Place, batch_key},
    weigh::Maker,
    withdrawals::Speaker,
    written::Written,
};
use crate::{
    Hash, Timestamp,
    batch::BatchRoot,
    statement::{Accreditation, Body, Land, LedgerEntry, SignedStatement, Token},
};

impl Register {
    /// Replays the next entry. Whatever it is, the register moves on by one.
    ///
    /// # Errors
    /// If it does not count, and why. The register remembers that.
    pub fn apply(&mut self, entry: &LedgerEntry) -> Result<(), Refusal> {
        let signed = SignedStatement::parse(entry.note.clone()).map_err(Refusal::from);
        let outcome = signed.and_then(|signed| self.admit(&signed, entry.admitted));
        if let Err(refusal) = outcome {
            self.content.refused.insert(LeafIndex(self.size.0), refusal);
            self.go_on(entry.admitted);
        }
        outcome
    }

    /// Takes in a statement as the next entry if it counts, as who keeps the ledger does.
    ///
    /// # Errors
    /// Why it would not count. Then nothing has changed.
    pub fn admit(&mut self, signed: &SignedStatement, admitted: Timestamp) -> Result<(), Refusal> {
        let maker = self.maker_of(signed, admitted)?;
        self.carry_out(signed, maker, Place { index: LeafIndex(self.size.0), admitted });
        self.go_on(admitted);
        Ok(())
    }

    fn go_on(&mut self, admitted: Timestamp) {
        self.size.0 += 1;
        self.content.last_admitted = Some(admitted);
    }

    fn carry_out(&mut self, signed: &SignedStatement, maker: Maker, place: Place) {
        let (statement, text) = (signed.statement(), signed.text_hash());
        self.content.texts.insert(text, place);
        self.advance(maker, text);
        match maker {
            Maker::Authority { land, .. } => self.carry_out_for_authority(&statement.body, land, text, place),
            Maker::School(record) => {
                self.remember(self.record(record).school, place.index);
                self.carry_out_for_school(&statement.body, record, statement.time, place);
            }
        }
    }

    fn carry_out_for_authority(&mut self, body: &Body, land: Land, text: Hash, place: Place) {
        let (by, at) = (Speaker::Authority(land), (place.index, place.admitted));
        match body {
            Body::Accredit(accreditation) => self.open(accreditation, text, place),
            Body::Suspend { school, reason } => self.suspend(land, school, reason, place),
            Body::Resume { school, .. } => {
                let number = self.number_of(school);
                self.remember(number, place.index);
                self.content.schools[number.0 as usize].suspended.retain(|(of, _)| *of != land);
            }
            Body::Compromise { key, from_index } => {
                if let Some(known) = self.content.keys.find(key, land) {
                    self.content.keys.void(land, known, LeafIndex(*from_index));
                }
                if let Some(school) = KeyName::parse(key.name()) {
                    let number = self.number_of(&school);
                    self.remember(number, place.index);
                }
            }
            Body::Revoke { reason, certificates } => self.content.withdrawals.revoke(by, at, *reason, certificates),
            Body::Uphold(certificates) => self.content.withdrawals.uphold(by, at, certificates),
            Body::Require { version } => {
                if *version > RULES_VERSION {
                    self.content.beyond.insert(land);
                }
            }
            Body::Batch { .. } | Body::Replace(_) | Body::Rotate { .. } => unreachable!("no authority makes these"),
        }
    }

    fn carry_out_for_school(&mut self, body: &Body, record: RecordId, issued: Timestamp, place: Place) {
        let (by, at) = (Speaker::School(record), (place.index, place.admitted));
        match body {
            Body::Batch { kind, size, root } => {
                let of = self.record(record);
                let key = batch_key(of.land, of.school(), BatchRoot { size: *size, root: *root });
                self.content.batches.insert(key, BatchPlace::new(place, issued, record, kind));
            }
            Body::Revoke { reason, certificates } => self.content.withdrawals.revoke(by, at, *reason, certificates),
            Body::Replace(pairs) => self.content.withdrawals.replace(by, at, pairs),
            Body::Rotate { key } => {
                let (of, keys) = (&mut self.content.records[record.0 as usize], &mut self.content.keys);
                let (old, new) = (of.key(), keys.record(key, of.land));
                keys.rotate(of.land, place.index, old, new);
                of.rotations.push((place.index, new));
            }
            Body::Accredit(_)
            | Body::Suspend { .. }
            | Body::Resume { .. }
            | Body::Compromise { .. }
            | Body::Uphold(_)
            | Body::Require { .. } => unreachable!("no school makes these"),
        }
    }

    /// Moves the chain of whoever made a statement on.
    fn advance(&mut self, maker: Maker, text: Hash) {
        match maker {
            Maker::Authority { key, .. } => {
                let chain = self.content.authority_chains.entry(key).or_insert(Chain::START);
                *chain = chain.after(text);
            }
            Maker::School(record) => {
                let chain = &mut self.content.records[record.0 as usize].chain;
                *chain = chain.after(text);
            }
        }
    }

    fn open(&mut self, accreditation: &Accreditation, text: Hash, place: Place) {
        let (school, land) = (&accreditation.school, accreditation.state);
        let number = self.number_of(school);
        let key = self.content.keys.record(&accreditation.key, land);
        if let Some(earlier) = self.open_record(land, school) {
            let earlier = &mut self.content.records[earlier.0 as usize];
            earlier.closed_at = Some(place.index);
            if earlier.key() != key {
                self.content.keys.retire(earlier.key());
            }
        }
        let id = RecordId(u32::try_from(self.content.records.len()).expect("fewer records than statements in memory"));
        self.content.records.push(Record {
            land,
            school: number,
            accreditation: Written::new(accreditation.clone()),
            accredited_at: place.index,
            accredited: place.admitted,
            closed_at: None,
            chain: Chain { seq: 0, prev: Some(text) },
            first_key: key,
            rotations: Vec::new(),
        });
        self.remember(number, place.index);
        self.content.schools[number.0 as usize].records.push(id);
    }

    fn suspend(&mut self, land: Land, school: &KeyName, reason: &Token, place: Place) {
        let number = self.number_of(school);
        self.remember(number, place.index);
        let school = &mut self.content.schools[number.0 as usize];
        if school.suspension(land).is_none() {
            let Place { index, admitted: since } = place;
            school.suspended.push((land, Suspension { index, since, reason: reason.clone() }));
        }
    }

    fn remember(&mut self, school: SchoolNumber, index: LeafIndex) {
        self.content.schools[school.0 as usize].history.push(index);
    }

    /// The number of a school's name, which gets one if it is new.
    fn number_of(&mut self, school: &KeyName) -> SchoolNumber {
        self.school_number(school).unwrap_or_else(|| {
            let number = u32::try_from(self.content.schools.len()).expect("fewer schools than statements in memory");
            self.content.school_numbers.insert(Hash::of(&[school.as_str().as_bytes()]), number);
            self.content.schools.push(School::default());
            SchoolNumber(number)
        })
    }
}
