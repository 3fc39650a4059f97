// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What counts and what does not: each refusal by one fault, what follows, and all of it against a slow model of the
//! rules.

mod accredit;
mod authority;
mod batch;
mod compromise;
mod idle;
mod keys;
mod model;
mod property;
mod rotate;
mod saved;
mod suspend;
mod withdraw;

use super::*;
use crate::{
    entry::CertificateId,
    fixtures::{
        NOW, ORIGIN, SCHOOL, START, accredit, accreditation, at, batch, compromise, land, name, pinned, resume, revoke,
        rotate, signing_key, statement, suspend, token,
    },
    key::SigningKey,
    statement::{Body, Kinds, LedgerEntry, SignedStatement, Statement, WithdrawalReason},
};

/// A second school.
const OTHER: &str = "schule.example/07/54321";

/// The authority of Land 07.
fn rlp() -> SigningKey {
    signing_key("rlp.example", 1)
}

/// The authority of Land 06.
fn hessen() -> SigningKey {
    signing_key("hessen.example", 2)
}

/// The first key of [`SCHOOL`].
fn school() -> SigningKey {
    signing_key(SCHOOL, 3)
}

/// The key of [`OTHER`].
fn other() -> SigningKey {
    signing_key(OTHER, 5)
}

/// A further key of [`SCHOOL`], from 10.
fn key(number: u8) -> SigningKey {
    signing_key(SCHOOL, number)
}

fn id(number: u8) -> CertificateId {
    CertificateId(Hash([number; 32]))
}

fn root(number: u8) -> BatchRoot {
    BatchRoot { size: TreeSize(16), root: Hash([number; 32]) }
}

fn replace(pairs: &[(u8, u8)]) -> Body {
    Body::Replace(pairs.iter().map(|(old, new)| (id(*old), id(*new))).collect())
}

fn uphold(certificates: &[u8]) -> Body {
    Body::Uphold(certificates.iter().copied().map(id).collect())
}

/// A register with two Länder, and what was put on its ledger.
struct Play {
    register: Register,
    entries: Vec<LedgerEntry>,
}

impl Play {
    fn new() -> Self {
        Self::with_pins(&pinned(&[("07", &rlp(), "0 -"), ("06", &hessen(), "0 -")]))
    }

    fn with_pins(authorities: &Authorities) -> Self {
        Self { register: Register::new(name(ORIGIN), authorities), entries: Vec::new() }
    }

    /// A play in which Land 07 has accredited the school at index 0.
    fn accredited() -> Self {
        let mut play = Self::new();
        assert_eq!(play.accredit("07", &school()), Ok(()));
        play
    }

    /// A play in which Land 07 has accredited the school at index 0, and Land 06 one of the same name and key at 1.
    fn accredited_twice() -> Self {
        let mut play = Self::accredited();
        assert_eq!(play.accredit("06", &school()), Ok(()));
        play
    }

    /// The open record of this key in Land 07, or else in Land 06.
    fn record(&self, key: &SigningKey) -> Option<&Record> {
        ["07", "06"].into_iter().find_map(|of| self.record_in(of, key))
    }

    fn record_in(&self, state: &str, key: &SigningKey) -> Option<&Record> {
        self.register.record_of(land(state), key.verifying_key()).map(|id| self.register.record(id))
    }

    fn chain(&self, key: &SigningKey) -> Chain {
        let of_authority = || self.register.authority_chain(key.verifying_key().fingerprint());
        self.record(key).map_or_else(of_authority, Record::chain)
    }

    /// The next statement of this key, as yet unsigned.
    fn next(&self, key: &SigningKey, body: Body) -> Statement {
        statement(key, self.chain(key), body)
    }

    /// The same, of a school of one Land.
    fn next_in(&self, state: &str, key: &SigningKey, body: Body) -> Statement {
        statement(key, self.record_in(state, key).expect("an open record").chain(), body)
    }

    /// Puts a statement on the ledger at [`NOW`].
    fn put(&mut self, statement: Statement, keys: &[&SigningKey]) -> Result<(), Refusal> {
        self.put_at(NOW, &statement.sign(keys).expect("signed"))
    }

    fn put_at(&mut self, admitted: u64, signed: &SignedStatement) -> Result<(), Refusal> {
        let weighed = self.register.weigh(signed, at(admitted));
        let entry = LedgerEntry { admitted: at(admitted), note: signed.note().to_vec() };
        let (before, index) = (self.register.clone(), LeafIndex(self.size()));
        let mut admitting = before.clone();
        let taken = admitting.admit(signed, at(admitted));
        let applied = self.register.apply(&entry);
        assert_eq!((weighed, taken), (applied, applied), "weighing, admitting and applying agree");
        let tree = crate::tree::Tree::default();
        let unchanged = if applied.is_ok() { &self.register } else { &before };
        assert_eq!(admitting.save(&tree), unchanged.save(&tree));
        assert_eq!((self.size(), self.register.refusal(index)), (index.0 + 1, applied.err()));
        assert_eq!(self.register.last_admitted(), at(admitted));
        let place = applied.ok().map(|()| (index, at(admitted)));
        assert_eq!(self.register.find(signed.text_hash()), before.find(signed.text_hash()).or(place));
        if applied.is_err() {
            let size = self.size();
            assert_eq!(view(&self.register, size), view(&before, size), "what does not count changes nothing");
        }
        self.entries.push(entry);
        applied
    }

    /// Puts the next statement of a key on the ledger.
    fn say(&mut self, key: &SigningKey, body: Body) -> Result<(), Refusal> {
        self.put(self.next(key, body), &[key])
    }

    /// The same, of a school of one Land.
    fn say_in(&mut self, state: &str, key: &SigningKey, body: Body) -> Result<(), Refusal> {
        self.put(self.next_in(state, key, body), &[key])
    }

    /// Puts all of these on the ledger, and all count.
    fn tell(&mut self, statements: impl IntoIterator<Item = (SigningKey, Body)>) {
        for (key, body) in statements {
            let outcome = self.say(&key, body.clone());
            assert_eq!(outcome, Ok(()), "{body:?}");
        }
    }

    fn accredit(&mut self, state: &str, key: &SigningKey) -> Result<(), Refusal> {
        self.accredit_as(&accreditation(state, key))
    }

    fn accredit_as(&mut self, accreditation: &Accreditation) -> Result<(), Refusal> {
        let authority = if accreditation.state == land("06") { hessen() } else { rlp() };
        self.say(&authority, accredit(accreditation))
    }

    fn rotate(&mut self, old: &SigningKey, new: &SigningKey) -> Result<(), Refusal> {
        self.put(self.next(old, rotate(new)), &[old, new])
    }

    /// The index of the next entry.
    fn size(&self) -> u64 {
        self.register.size().0
    }

    fn batch(&self, state: &str, number: u8) -> Option<CountedBatch> {
        self.register.batch(land(state), &name(SCHOOL), root(number))
    }

    /// Ledger index of each batch that counted, and whether it is void.
    fn batches(&self, state: &str, number: u8) -> Vec<(u64, bool)> {
        let all = self.register.batches(land(state), &name(SCHOOL), root(number));
        all.map(|batch| (batch.index.0, batch.void)).collect()
    }

    fn withdrawal(&self, number: u8) -> Option<Withdrawn> {
        self.register.withdrawal(land("07"), &name(SCHOOL), id(number))
    }

    fn may_speak(&self, state: &str, key: &SigningKey) -> Result<(), Refusal> {
        self.register.may_speak(land(state), key.verifying_key()).map(|_| ())
    }

    fn status(&self, state: &str) -> &'static str {
        let record = self.register.open_record(land(state), &name(SCHOOL)).expect("a record");
        self.register.issuer_status(record, at(NOW)).code()
    }

    fn history(&self, school: &str) -> Vec<u64> {
        self.register.history(&name(school)).iter().map(|index| index.0).collect()
    }

    /// The hash of the text at an index.
    fn text(&self, index: usize) -> Hash {
        SignedStatement::parse(self.entries[index].note.clone()).expect("a statement").text_hash()
    }
}

/// What a register says to every question about the names, roots and ids of these tests and the indices below `size`.
fn view(register: &Register, size: u64) -> Vec<String> {
    let mut lines = vec![
        format!("{:?}", register.content.authority_chains),
        format!("{:?}", ["06", "07"].map(|of| register.is_beyond(land(of)))),
        format!("{:?}", register.open_records().collect::<Vec<_>>()),
    ];
    for id in (0..).map(RecordId).take(register.content.records.len()) {
        let record = register.record(id);
        let (opened, closed) = ((record.accredited_at(), record.accredited()), record.closed_at());
        let rotations: Vec<_> = record.rotations().collect();
        let void: Vec<_> = (0..size).filter(|index| register.is_void(id, LeafIndex(*index))).collect();
        let statuses = [NOW, NOW + 2_500, NOW + 40_000_000].map(|time| register.issuer_status(id, at(time)));
        let (said, key) = (record.accreditation().lines(), register.key_of(id));
        lines.push(format!("{} {} {opened:?} {closed:?} {:?}", record.land(), record.school(), record.chain()));
        lines.push(format!("{said} {key} {rotations:?} {void:?} {statuses:?}"));
    }
    for school in [SCHOOL, OTHER].map(name) {
        lines.push(format!("{:?}", register.history(&school)));
        for of in ["06", "07"].map(land) {
            let batches: Vec<_> = (0..6).map(|n| register.batches(of, &school, root(n)).collect::<Vec<_>>()).collect();
            let withdrawals: Vec<_> = (0..12).map(|n| register.withdrawal(of, &school, id(n))).collect();
            let open: Vec<_> = (0..size).map(|index| register.record_at(of, &school, LeafIndex(index))).collect();
            let present = (register.open_record(of, &school), register.suspension(of, &school));
            lines.push(format!("{batches:?} {withdrawals:?} {open:?} {present:?}"));
        }
    }
    lines
}

#[test]
fn every_refusal_has_a_code_of_its_own() {
    let land = land("07");
    let all = [
        (Refusal::Malformed, "malformed"),
        (Refusal::UnknownType, "unknown_type"),
        (Refusal::WrongLedger, "wrong_ledger"),
        (Refusal::TimeAhead, "time_ahead"),
        (Refusal::Duplicate, "duplicate"),
        (Refusal::UnknownIssuer, "unknown_issuer"),
        (Refusal::BadSignature, "bad_signature"),
        (Refusal::OutsideWindow, "outside_window"),
        (Refusal::WrongLand { got: land, wanted: land }, "wrong_land"),
        (Refusal::WrongSeq { got: 0, wanted: 0 }, "wrong_seq"),
        (Refusal::WrongPrev, "wrong_prev"),
        (Refusal::KeyOfAnotherName, "key_of_another_name"),
        (Refusal::KeyUsedBefore, "key_used_before"),
        (Refusal::EmptyPeriod, "empty_period"),
        (Refusal::KindOutOfScope, "kind_out_of_scope"),
        (Refusal::BeforePeriod, "before_period"),
        (Refusal::AfterPeriod, "after_period"),
        (Refusal::KeyRetired, "key_retired"),
        (Refusal::KeyCompromised, "key_compromised"),
        (Refusal::Suspended, "suspended"),
        (Refusal::TooManyRotations, "too_many_rotations"),
        (Refusal::UnknownSchool, "unknown_school"),
        (Refusal::UnknownKey, "unknown_key"),
        (Refusal::FromIndexAhead { got: 0, wanted: 0 }, "from_index_ahead"),
    ];
    for (refusal, code) in all {
        assert_eq!(refusal.code(), code);
    }
}
