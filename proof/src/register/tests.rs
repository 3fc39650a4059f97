// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What counts and what does not: each refusal by one fault, and the rules against a slow model of them.

mod model;

use super::*;
use crate::{
    fixtures::{
        NOW, ORIGIN, SCHOOL, START, accredit, accreditation, at, batch, land, name, pinned, signing_key, statement,
        token,
    },
    key::SigningKey,
    statement::{Kinds, WithdrawalReason},
};

/// A register with two Länder, and the keys of the play.
struct Play {
    register: Register,
    entries: Vec<LedgerEntry>,
    rlp: SigningKey,
    hessen: SigningKey,
    school: SigningKey,
}

impl Play {
    fn new() -> Self {
        let (rlp, hessen) = (signing_key("rlp.example", 1), signing_key("hessen.example", 2));
        let authorities = pinned(&[("07", &rlp, "0 -"), ("06", &hessen, "0 -")]);
        let register = Register::new(name(ORIGIN), &authorities);
        Self { register, entries: Vec::new(), rlp, hessen, school: signing_key(SCHOOL, 3) }
    }

    /// A play in which Land 07 has accredited the school at index 0.
    fn accredited() -> Self {
        let mut play = Self::new();
        assert_eq!(play.accredit(&accreditation("07", &play.school)), Ok(()));
        play
    }

    fn chain(&self, key: &SigningKey) -> Chain {
        let key = key.verifying_key();
        self.register
            .record_of(key)
            .map_or_else(|| self.register.authority_chain(key.fingerprint()), |record| record.chain)
    }

    fn next(&self, key: &SigningKey, body: Body) -> Statement {
        statement(key, self.chain(key), body)
    }

    /// Puts a statement on the ledger at [`NOW`].
    fn put(&mut self, statement: Statement, keys: &[&SigningKey]) -> Result<(), Refusal> {
        self.put_at(NOW, &statement.sign(keys).expect("small"))
    }

    fn put_at(&mut self, admitted: u64, signed: &SignedStatement) -> Result<(), Refusal> {
        let weighed = self.register.weigh(signed, at(admitted)).map(|_| ());
        let entry = LedgerEntry { admitted: at(admitted), note: signed.note().to_vec() };
        let (before, index) = (self.register.clone(), LeafIndex(self.register.size().0));
        let applied = self.register.apply(&entry);
        assert_eq!(weighed, applied, "weighing and applying agree");
        assert_eq!((self.register.size().0, self.register.refusal(index)), (index.0 + 1, applied.err()));
        let place = applied.ok().map(|()| (index, at(admitted)));
        assert_eq!(self.register.find(signed.text_hash()), before.find(signed.text_hash()).or(place));
        if applied.is_err() {
            assert_eq!(chains(&self.register), chains(&before), "what does not count moves no chain");
        }
        self.entries.push(entry);
        applied
    }

    fn accredit(&mut self, accreditation: &Accreditation) -> Result<(), Refusal> {
        let authority = if accreditation.state == land("06") { self.hessen.clone() } else { self.rlp.clone() };
        let statement = self.next(&authority, accredit(accreditation));
        self.put(statement, &[&authority])
    }

    fn issue(&mut self, key: &SigningKey, number: u8) -> Result<(), Refusal> {
        let statement = self.next(key, batch(number));
        self.put(statement, &[key])
    }

    fn batch(&self, state: &str, number: u8) -> Option<&CountedBatch> {
        self.register.batch(land(state), &name(SCHOOL), root(number))
    }
}

/// One fault.
type Edit<T> = fn(&mut T);

fn root(number: u8) -> BatchRoot {
    BatchRoot { size: TreeSize(16), root: Hash([number; 32]) }
}

/// All chains of a register, in an order.
fn chains(register: &Register) -> (BTreeSet<String>, Vec<Chain>) {
    let authorities = register.authority_chains.iter().map(|chain| format!("{chain:?}")).collect();
    (authorities, register.records.iter().map(|record| record.chain).collect())
}

#[test]
fn an_accreditation_and_a_batch_count() {
    let mut play = Play::accredited();
    assert_eq!(play.issue(&play.school.clone(), 1), Ok(()));
    let record = play.register.record_of(play.school.verifying_key()).expect("a record").clone();
    assert_eq!((record.accredited_at, record.chain.seq), (LeafIndex(0), 1));
    assert_eq!(record.accreditation, accreditation("07", &play.school));
    let batch = play.batch("07", 1).expect("a batch").clone();
    assert_eq!(
        (batch.index, batch.admitted, batch.issued, batch.kind.as_str()),
        (LeafIndex(1), at(NOW), at(NOW), "abitur")
    );
    assert_eq!(play.register.record(batch.record), &record);
    assert_eq!(play.batch("06", 1), None);
    assert_eq!(play.batch("07", 2), None);
    assert_eq!(play.register.batch(land("07"), &name("other"), root(1)), None);
    assert_eq!(play.register.size(), TreeSize(2));
    assert_eq!(play.register.origin(), &name(ORIGIN));
}

#[test]
fn a_schools_chain_starts_at_its_accreditation() {
    let play = Play::accredited();
    let text = SignedStatement::parse(play.entries[0].note.clone()).expect("a statement").text_hash();
    assert_eq!(play.chain(&play.school), Chain { seq: 0, prev: Some(text) });
    assert_eq!(play.chain(&play.rlp), Chain { seq: 1, prev: Some(text) });
    assert_eq!(play.chain(&play.hessen), START);
}

#[test]
fn each_fault_of_a_batch_has_its_refusal() {
    let school = signing_key(SCHOOL, 3);
    let thief = signing_key(SCHOOL, 9);
    let cases: [(Edit<Statement>, Refusal); 9] = [
        (|s| s.ledger = name("other.example"), Refusal::WrongLedger),
        (|s| s.time = at(NOW + 601), Refusal::TimeAhead),
        (|s| s.issuer = name("schule.example/07/99999"), Refusal::UnknownIssuer),
        (|s| s.seq = 1, Refusal::WrongSeq { got: 1, wanted: 0 }),
        (|s| s.seq = u64::MAX, Refusal::WrongSeq { got: u64::MAX, wanted: 0 }),
        (|s| s.prev = None, Refusal::WrongPrev),
        (|s| s.prev = Some(Hash([0; 32])), Refusal::WrongPrev),
        (
            |s| s.body = Body::Batch { kind: token("promotion"), size: TreeSize(16), root: Hash([1; 32]) },
            Refusal::KindOutOfScope,
        ),
        (|s| s.body = accredit(&accreditation("07", &signing_key(SCHOOL, 3))), Refusal::UnknownIssuer),
    ];
    for (fault, refusal) in cases {
        let mut play = Play::accredited();
        let mut statement = play.next(&school, batch(1));
        fault(&mut statement);
        assert_eq!(play.put(statement, &[&school]), Err(refusal));
        assert_eq!(play.batch("07", 1), None);
        assert_eq!(play.issue(&school, 1), Ok(()), "the next good one counts");
    }
    for keys in [&[&thief][..], &[&school, &thief], &[&Play::new().rlp]] {
        let mut play = Play::accredited();
        assert_eq!(play.put(play.next(&school, batch(1)), keys), Err(Refusal::BadSignature), "{keys:?}");
    }
}

#[test]
fn each_fault_of_an_accreditation_has_its_refusal() {
    let other = signing_key("schule.example/other", 8);
    let edits: [(Edit<Accreditation>, Refusal); 4] = [
        (|a| a.state = land("06"), Refusal::WrongLand { got: land("06"), wanted: land("07") }),
        (|a| a.school = name("schule.example/07/99999"), Refusal::KeyOfAnotherName),
        (|a| a.until = a.from, Refusal::EmptyPeriod),
        (|a| a.key = signing_key(SCHOOL, 1).verifying_key().clone(), Refusal::KeyUsedBefore),
    ];
    for (edit, refusal) in edits {
        let mut play = Play::new();
        let mut said = accreditation("07", &play.school);
        edit(&mut said);
        let statement = play.next(&play.rlp, accredit(&said));
        assert_eq!(play.put(statement, &[&play.rlp.clone()]), Err(refusal));
        assert_eq!(play.accredit(&accreditation("07", &play.school)), Ok(()), "the next good one counts");
    }
    let mut play = Play::new();
    let said = play.next(&play.rlp, accredit(&accreditation("07", &play.school)));
    assert_eq!(play.put(said.clone(), &[&play.hessen.clone()]), Err(Refusal::BadSignature));
    assert_eq!(play.put(said.clone(), &[&play.school.clone()]), Err(Refusal::BadSignature));
    assert_eq!(
        play.put(Statement { seq: 1, ..said.clone() }, &[&play.rlp.clone()]),
        Err(Refusal::WrongSeq { got: 1, wanted: 0 })
    );
    let with_prev = Statement { prev: Some(Hash([0; 32])), ..said.clone() };
    assert_eq!(play.put(with_prev, &[&play.rlp.clone()]), Err(Refusal::WrongPrev));
    let by_stranger = Statement { issuer: name("schule.example/other"), ..said };
    assert_eq!(play.put(by_stranger, &[&other]), Err(Refusal::UnknownIssuer));
}

#[test]
fn the_same_text_counts_once() {
    let mut play = Play::new();
    let said = play.next(&play.rlp, accredit(&accreditation("07", &play.school))).sign(&[&play.rlp]).expect("small");
    assert_eq!(play.put_at(NOW, &said), Ok(()));
    assert_eq!(play.put_at(NOW + 1, &said), Err(Refusal::Duplicate));
    assert_eq!(play.register.find(said.text_hash()), Some((LeafIndex(0), at(NOW))));
}

#[test]
fn what_was_refused_may_count_later() {
    let mut play = Play::new();
    let school = play.school.clone();
    let said = play.next(&play.rlp, accredit(&accreditation("07", &school))).sign(&[&play.rlp]).expect("small");
    assert_eq!(play.put_at(NOW - 601, &said), Err(Refusal::TimeAhead));
    assert_eq!(play.put_at(NOW - 600, &said), Ok(()));
    assert_eq!(play.register.record_of(school.verifying_key()).map(|record| record.accredited_at), Some(LeafIndex(1)));
}

#[test]
fn an_entry_that_is_no_statement_is_refused_and_counted() {
    let mut play = Play::accredited();
    let unknown =
        String::from_utf8(play.entries[0].note.clone()).expect("text").replace("type accredit", "type accuse");
    for (note, refusal) in [(b"nothing".to_vec(), Refusal::Malformed), (unknown.into_bytes(), Refusal::UnknownType)] {
        let index = LeafIndex(play.register.size().0);
        assert_eq!(play.register.apply(&LedgerEntry { admitted: at(NOW), note }), Err(refusal));
        assert_eq!(play.register.refusal(index), Some(refusal));
    }
    assert_eq!(play.register.size(), TreeSize(3));
    assert!(!play.register.is_beyond(land("07")), "anybody could have written these");
}

#[test]
fn the_period_is_that_of_the_ledgers_clock() {
    let school = signing_key(SCHOOL, 3);
    let said = accreditation("07", &school);
    let (from, until) = (said.from.posix(), said.until.posix());
    let cases = [
        (from - 1, Err(Refusal::BeforePeriod)),
        (from, Ok(())),
        (until - 1, Ok(())),
        (until, Err(Refusal::AfterPeriod)),
    ];
    for (admitted, outcome) in cases {
        let mut play = Play::accredited();
        let statement = Statement { time: at(admitted), ..play.next(&school, batch(1)) };
        assert_eq!(play.put_at(admitted, &statement.sign(&[&school]).expect("small")), outcome, "at {admitted}");
    }
}

#[test]
fn a_kind_is_in_scope_or_all_are() {
    let mut play = Play::new();
    let school = play.school.clone();
    let said = Accreditation { kinds: Kinds::All, ..accreditation("07", &school) };
    assert_eq!(play.accredit(&said), Ok(()));
    let anything = Body::Batch { kind: token("promotion"), size: TreeSize(16), root: Hash([1; 32]) };
    assert_eq!(play.put(play.next(&school, anything), &[&school]), Ok(()));
    assert_eq!(play.batch("07", 1).map(|batch| batch.kind.as_str()), Some("promotion"));
}

#[test]
fn whether_a_key_may_issue_is_known_beforehand() {
    let play = Play::accredited();
    let (key, said) = (play.school.verifying_key(), accreditation("07", &play.school));
    let may = |kind, time| play.register.may_issue(key, &token(kind), time).map(|record| record.accredited_at);
    assert_eq!(may("abitur", said.from), Ok(LeafIndex(0)));
    assert_eq!(may("promotion", said.from), Err(Refusal::KindOutOfScope));
    assert_eq!(may("abitur", at(said.from.posix() - 1)), Err(Refusal::BeforePeriod));
    assert_eq!(may("abitur", said.until), Err(Refusal::AfterPeriod));
    let stranger = signing_key(SCHOOL, 9);
    let outcome = play.register.may_issue(stranger.verifying_key(), &token("abitur"), at(NOW)).map(|_| ());
    assert_eq!(outcome, Err(Refusal::UnknownIssuer));
}

#[test]
fn an_authority_counts_inside_its_window_only() {
    let (first, second) = (signing_key("rlp.example", 1), signing_key("rlp.example", 2));
    let authorities = pinned(&[("07", &first, "1 3"), ("07", &second, "3 -")]);
    let mut play = Play { register: Register::new(name(ORIGIN), &authorities), ..Play::new() };
    let said =
        |number: u8| accredit(&accreditation("07", &signing_key(&format!("schule.example/{number}"), 100 + number)));
    let put = |play: &mut Play, key: &SigningKey, number| {
        let statement = play.next(key, said(number));
        play.put(statement, &[key])
    };
    assert_eq!(put(&mut play, &first, 0), Err(Refusal::OutsideWindow), "index 0");
    assert_eq!(put(&mut play, &first, 1), Ok(()), "index 1");
    assert_eq!(put(&mut play, &first, 2), Ok(()), "index 2");
    assert_eq!(put(&mut play, &first, 3), Err(Refusal::OutsideWindow), "index 3");
    assert_eq!(put(&mut play, &second, 4), Ok(()), "index 4, the successor starts a chain of its own");
    assert_eq!(play.chain(&second).seq, 1);
}

#[test]
fn an_authority_of_another_ledger_is_nobody_here() {
    let key = signing_key("rlp.example", 1);
    let line = format!("07 {} other.example 0 -\n", key.verifying_key());
    let authorities = Authorities::parse(line.as_bytes()).expect("authorities");
    let mut play = Play { register: Register::new(name(ORIGIN), &authorities), ..Play::new() };
    assert_eq!(play.accredit(&accreditation("07", &play.school)), Err(Refusal::UnknownIssuer));
}

#[test]
fn a_renewal_with_the_same_key_starts_a_new_chain() {
    let mut play = Play::accredited();
    let school = play.school.clone();
    assert_eq!(play.issue(&school, 1), Ok(()));
    let old = play.next(&school, batch(2));
    let renewed = Accreditation { until: at(NOW + 99), ..accreditation("07", &school) };
    assert_eq!(play.accredit(&renewed), Ok(()));
    assert_eq!(play.put(old, &[&school]), Err(Refusal::WrongSeq { got: 1, wanted: 0 }), "the earlier record is closed");
    let text = SignedStatement::parse(play.entries[2].note.clone()).expect("a statement").text_hash();
    assert_eq!(play.chain(&school), Chain { seq: 0, prev: Some(text) });
    assert_eq!(play.issue(&school, 2), Ok(()));
    let accredited = |number| play.batch("07", number).map(|batch| play.register.record(batch.record).accredited_at);
    assert_eq!((accredited(1), accredited(2)), (Some(LeafIndex(0)), Some(LeafIndex(2))), "what was counted stays");
}

#[test]
fn a_new_key_closes_the_old_one_for_good() {
    let mut play = Play::accredited();
    let (old, new) = (play.school.clone(), signing_key(SCHOOL, 4));
    assert_eq!(play.issue(&old, 1), Ok(()));
    let late = play.next(&old, batch(2));
    assert_eq!(play.accredit(&accreditation("07", &new)), Ok(()));
    assert_eq!(play.put(late, &[&old]), Err(Refusal::BadSignature));
    assert_eq!(play.register.record_of(old.verifying_key()), None);
    assert_eq!(play.accredit(&accreditation("07", &old)), Err(Refusal::KeyUsedBefore), "a retired key stays retired");
    assert_eq!(play.issue(&new, 2), Ok(()));
    assert!(play.batch("07", 1).is_some() && play.batch("07", 2).is_some());
}

#[test]
fn a_key_serves_one_name() {
    let mut play = Play::accredited();
    let taken = signing_key("schule.example/07/99999", 3);
    assert_eq!(taken.verifying_key().raw(), play.school.verifying_key().raw());
    assert_eq!(play.accredit(&accreditation("07", &taken)), Err(Refusal::KeyUsedBefore));
    assert_eq!(play.accredit(&accreditation("06", &taken)), Err(Refusal::KeyUsedBefore), "nor in another Land");
}

#[test]
fn a_key_id_of_a_name_is_used_once() {
    let mut play = Play::accredited();
    let new = signing_key(SCHOOL, 4);
    play.register.keys.ids.insert((name(SCHOOL), new.verifying_key().id()));
    assert_eq!(play.accredit(&accreditation("07", &new)), Err(Refusal::KeyUsedBefore));
}

#[test]
fn two_laender_have_two_schools_of_one_name() {
    let mut play = Play::accredited();
    let (here, there) = (play.school.clone(), signing_key(SCHOOL, 4));
    assert_eq!(play.accredit(&accreditation("06", &there)), Ok(()));
    assert_eq!(play.issue(&here, 1), Ok(()));
    assert_eq!(play.issue(&there, 2), Ok(()));
    assert_eq!(play.issue(&there, 1), Ok(()), "the same root in another Land");
    let found = |state, number| play.batch(state, number).map(|batch| batch.index.0);
    assert_eq!((found("07", 1), found("07", 2)), (Some(2), None));
    assert_eq!((found("06", 1), found("06", 2)), (Some(4), Some(3)));
}

#[test]
fn two_laender_may_accredit_one_key_with_a_chain_each() {
    let mut play = Play::accredited();
    let school = play.school.clone();
    let here = play.next(&school, batch(1));
    assert_eq!(play.accredit(&accreditation("06", &school)), Ok(()));
    let text = SignedStatement::parse(play.entries[1].note.clone()).expect("a statement").text_hash();
    let there = statement(&school, Chain { seq: 0, prev: Some(text) }, batch(2));
    assert_eq!(play.put(there, &[&school]), Ok(()));
    assert_eq!(play.put(here, &[&school]), Ok(()));
    let found = |state, number| play.batch(state, number).map(|batch| batch.index.0);
    assert_eq!((found("07", 1), found("07", 2), found("06", 1), found("06", 2)), (Some(3), None, None, Some(2)));
}

#[test]
fn the_first_batch_of_a_root_counts_for_it() {
    let mut play = Play::accredited();
    let school = play.school.clone();
    assert_eq!((play.issue(&school, 1), play.issue(&school, 1)), (Ok(()), Ok(())));
    assert_eq!(play.batch("07", 1).map(|batch| batch.index), Some(LeafIndex(1)));
}

#[test]
fn how_a_school_stands_follows_its_latest_accreditation() {
    let mut play = Play::accredited();
    let school = play.school.clone();
    assert_eq!(play.issue(&school, 1), Ok(()));
    let record = play.batch("07", 1).expect("a batch").record;
    let said = accreditation("07", &school);
    let status = |play: &Play, seconds| play.register.issuer_status(record, at(seconds)).code();
    let (from, until) = (said.from.posix(), said.until.posix());
    assert_eq!((status(&play, from - 1), status(&play, from)), ("not_yet", "accredited"));
    assert_eq!((status(&play, until - 1), status(&play, until)), ("accredited", "expired"));
    assert_eq!(play.accredit(&Accreditation { until: at(until + 1), ..said }), Ok(()));
    assert_eq!(status(&play, until), "accredited");
    let elsewhere = Accreditation { from: at(0), until: at(1), ..accreditation("06", &signing_key(SCHOOL, 4)) };
    assert_eq!(play.accredit(&elsewhere), Ok(()));
    assert_eq!(status(&play, until), "accredited", "another Land says nothing about it");
}

#[test]
fn a_later_version_of_the_rules_is_beyond() {
    for (version, beyond) in [(0, false), (1, false), (2, true), (u64::MAX, true)] {
        let mut play = Play::accredited();
        assert_eq!(play.put(play.next(&play.rlp, Body::Require { version }), &[&play.rlp.clone()]), Ok(()));
        let found = (play.register.is_beyond(land("07")), play.register.is_beyond(land("06")));
        assert_eq!(found, (beyond, false), "version {version}");
        assert_eq!(play.chain(&play.rlp).seq, 2);
    }
    let mut play = Play::accredited();
    let school = play.school.clone();
    assert_eq!(play.put(play.next(&school, Body::Require { version: 2 }), &[&school]), Err(Refusal::UnknownIssuer));
    assert!(!play.register.is_beyond(land("07")), "a school requires nothing");
}

/// The types that are known but not counted yet, and who may make them.
fn not_yet_counted() -> Vec<(Body, bool, bool)> {
    let (id, key) = (crate::entry::CertificateId(Hash([1; 32])), signing_key(SCHOOL, 4).verifying_key().clone());
    let (school, reason) = (name(SCHOOL), token("merger"));
    vec![
        (Body::Revoke { reason: WithdrawalReason::Lost, certificates: vec![id] }, true, true),
        (Body::Replace(vec![(id, id)]), false, true),
        (Body::Suspend { school: school.clone(), reason: reason.clone() }, true, false),
        (Body::Resume { school, reason }, true, false),
        (Body::Rotate { key: key.clone() }, false, true),
        (Body::Compromise { key, from_index: 0 }, true, false),
        (Body::Uphold(vec![id]), true, false),
    ]
}

#[test]
fn what_is_not_counted_yet_puts_the_land_beyond_if_its_maker_is_entitled() {
    let (new, stranger) = (signing_key(SCHOOL, 4), signing_key("stranger.example", 5));
    for (body, by_authority, by_school) in not_yet_counted() {
        let kind = body.name();
        let keys = |key: &SigningKey| if kind == "rotate" { vec![key.clone(), new.clone()] } else { vec![key.clone()] };
        let outcome = |key: &SigningKey, damage: fn(&mut Statement)| {
            let mut play = Play::accredited();
            let mut statement = play.next(key, body.clone());
            damage(&mut statement);
            let outcome = play.put(statement, &keys(key).iter().collect::<Vec<_>>());
            let beyond = ["06", "07"].map(|state| play.register.is_beyond(land(state)));
            (outcome, beyond)
        };
        let play = Play::new();
        let marked = (Err(Refusal::NotYetCounted { land: land("07") }), [false, true]);
        let ignored = (Err(Refusal::UnknownIssuer), [false, false]);
        assert_eq!(outcome(&play.rlp, |_| {}), if by_authority { marked } else { ignored }, "{kind} by the authority");
        assert_eq!(outcome(&play.school, |_| {}), if by_school { marked } else { ignored }, "{kind} by the school");
        assert_eq!(outcome(&stranger, |_| {}), ignored, "{kind} by a stranger");
        let maker = if by_authority { &play.rlp } else { &play.school };
        assert_eq!(outcome(maker, |s| s.seq += 1).1, [false, false], "{kind} out of its chain");
        assert_eq!(outcome(&signing_key(maker.verifying_key().name(), 99), |_| {}).1, [false, false], "{kind} forged");
    }
}

#[test]
fn a_rotation_needs_both_signatures() {
    let mut play = Play::accredited();
    let (old, new) = (play.school.clone(), signing_key(SCHOOL, 4));
    let rotate = play.next(&old, Body::Rotate { key: new.verifying_key().clone() });
    for keys in [vec![&old], vec![&new], vec![&old, &old]] {
        assert_eq!(play.put(rotate.clone(), &keys), Err(Refusal::BadSignature));
        assert!(!play.register.is_beyond(land("07")));
    }
    assert_eq!(play.put(rotate, &[&new, &old]), Err(Refusal::NotYetCounted { land: land("07") }));
}

#[test]
fn every_refusal_has_a_code_of_its_own() {
    let land = land("07");
    let all = [
        (Refusal::Malformed, "malformed"),
        (Refusal::UnknownType, "unknown_type"),
        (Refusal::NotYetCounted { land }, "not_yet_counted"),
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
    ];
    for (refusal, code) in all {
        assert_eq!(refusal.code(), code);
    }
}
