// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What every statement must be, and what a school may issue.

use super::*;

/// One fault.
type Edit<T> = fn(&mut T);

#[test]
fn an_accreditation_and_a_batch_count() {
    let mut play = Play::accredited();
    assert_eq!(play.say(&school(), batch(1)), Ok(()));
    let record = play.record(&school()).expect("a record");
    assert_eq!((record.accredited_at(), record.accredited(), record.chain().seq), (LeafIndex(0), at(NOW), 1));
    assert_eq!((record.land(), record.school(), record.closed_at()), (land("07"), &name(SCHOOL), None));
    assert_eq!(record.accreditation(), &accreditation("07", &school()));
    let batch = play.batch("07", 1).expect("a batch");
    assert_eq!(
        (batch.index, batch.admitted, batch.issued, batch.kind.as_str(), batch.void),
        (LeafIndex(1), at(NOW), at(NOW), "abitur", false)
    );
    assert_eq!(play.register.record(batch.record), record);
    assert_eq!(play.batch("06", 1), None);
    assert_eq!(play.batch("07", 2), None);
    assert_eq!(play.register.batch(land("07"), &name(OTHER), root(1)), None);
    let larger = BatchRoot { size: TreeSize(32), ..root(1) };
    assert_eq!(play.register.batch(land("07"), &name(SCHOOL), larger), None);
    assert_eq!(play.register.size(), TreeSize(2));
    assert_eq!(play.register.origin(), &name(ORIGIN));
}

#[test]
fn the_times_of_a_batch_are_the_ledgers_and_the_schools() {
    let mut play = Play::accredited();
    let said = Statement { time: at(NOW - 7), ..play.next(&school(), batch(1)) };
    assert_eq!(play.put_at(NOW + 5, &said.sign(&[&school()]).expect("signed")), Ok(()));
    let found = play.batch("07", 1).expect("a batch");
    assert_eq!((found.admitted, found.issued), (at(NOW + 5), at(NOW - 7)));
}

#[test]
fn a_schools_chain_starts_at_its_accreditation() {
    let play = Play::accredited();
    assert_eq!(play.chain(&school()), Chain { seq: 0, prev: Some(play.text(0)) });
    assert_eq!(play.chain(&rlp()), Chain { seq: 1, prev: Some(play.text(0)) });
    assert_eq!(play.chain(&hessen()), START);
}

#[test]
fn each_fault_of_a_statement_of_a_school_has_its_refusal() {
    let faults: [(Edit<Statement>, Refusal); 8] = [
        (|s| s.ledger = name("other.example"), Refusal::WrongLedger),
        (|s| s.time = at(NOW + 601), Refusal::TimeAhead),
        (|s| s.issuer = name("schule.example/07/99999"), Refusal::UnknownIssuer),
        (|s| s.seq = 1, Refusal::WrongSeq { got: 1, wanted: 0 }),
        (|s| s.seq = u64::MAX, Refusal::WrongSeq { got: u64::MAX, wanted: 0 }),
        (|s| s.prev = None, Refusal::WrongPrev),
        (|s| s.prev = Some(Hash([0; 32])), Refusal::WrongPrev),
        (|s| s.body = accredit(&accreditation("07", &school())), Refusal::UnknownIssuer),
    ];
    for said in [batch(1), revoke(&[id(1)]), replace(&[(1, 2)]), rotate(&key(10))] {
        let keys = if said.name() == "rotate" { vec![school(), key(10)] } else { vec![school()] };
        for (fault, refusal) in faults {
            let mut play = Play::accredited();
            let mut statement = play.next(&school(), said.clone());
            fault(&mut statement);
            assert_eq!(play.put(statement, &keys.iter().collect::<Vec<_>>()), Err(refusal), "{said:?}");
            let good = play.next(&school(), said.clone());
            assert_eq!(play.put(good, &keys.iter().collect::<Vec<_>>()), Ok(()), "the next good one counts");
        }
        for keys in [&[key(9)][..], &[school(), key(9)], &[rlp()], &[key(9), key(10)]] {
            let mut play = Play::accredited();
            let outcome = play.put(play.next(&school(), said.clone()), &keys.iter().collect::<Vec<_>>());
            assert_eq!(outcome, Err(Refusal::BadSignature), "{said:?} by {keys:?}");
        }
    }
}

#[test]
fn what_only_authorities_may_say_no_school_says() {
    let said = [
        accredit(&accreditation("07", &key(10))),
        suspend(OTHER),
        resume(SCHOOL),
        compromise(&other(), 0),
        uphold(&[1]),
        Body::Require { version: 2 },
    ];
    for body in said {
        let mut play = Play::accredited();
        assert_eq!(play.accredit("07", &other()), Ok(()));
        assert_eq!(play.say(&school(), body.clone()), Err(Refusal::UnknownIssuer), "{body:?}");
        assert!(!play.register.is_beyond(land("07")));
    }
}

#[test]
fn what_only_schools_may_say_no_authority_says() {
    for body in [batch(1), replace(&[(1, 2)])] {
        let mut play = Play::accredited();
        assert_eq!(play.say(&rlp(), body.clone()), Err(Refusal::UnknownIssuer), "{body:?}");
    }
    let mut play = Play::accredited();
    let new = signing_key("rlp.example", 10);
    assert_eq!(play.rotate(&rlp(), &new), Err(Refusal::UnknownIssuer));
}

#[test]
fn nothing_counts_before_the_accreditation() {
    for body in [batch(1), revoke(&[id(1)]), replace(&[(1, 2)])] {
        let mut play = Play::new();
        assert_eq!(play.say(&school(), body.clone()), Err(Refusal::UnknownIssuer), "{body:?}");
        assert_eq!(play.accredit("07", &school()), Ok(()));
        assert_eq!((play.batch("07", 1), play.withdrawal(1)), (None, None), "nor does it afterwards");
        assert_eq!(play.say(&school(), body), Ok(()));
    }
}

#[test]
fn a_school_says_nothing_under_the_name_of_another() {
    let mut play = Play::accredited();
    assert_eq!(play.accredit("07", &other()), Ok(()));
    let chain = play.chain(&school());
    for body in [batch(1), revoke(&[id(1)]), replace(&[(1, 2)])] {
        let posing = Statement { issuer: name(SCHOOL), ..statement(&other(), chain, body) };
        assert_eq!(play.put(posing, &[&other()]), Err(Refusal::BadSignature), "signed with the other's own key");
    }
    let own = statement(&other(), chain, batch(1));
    assert_eq!(play.put(own, &[&other()]), Err(Refusal::WrongPrev), "nor does it continue the other's chain");
}

#[test]
fn the_same_text_counts_once() {
    let mut play = Play::new();
    let said = play.next(&rlp(), accredit(&accreditation("07", &school()))).sign(&[&rlp()]).expect("signed");
    assert_eq!(play.put_at(NOW, &said), Ok(()));
    assert_eq!(play.put_at(NOW + 1, &said), Err(Refusal::Duplicate));
    assert_eq!(play.register.find(said.text_hash()), Some((LeafIndex(0), at(NOW))));
}

#[test]
fn what_was_refused_may_count_later() {
    let mut play = Play::new();
    let said = play.next(&rlp(), accredit(&accreditation("07", &school()))).sign(&[&rlp()]).expect("signed");
    assert_eq!(play.put_at(NOW - 601, &said), Err(Refusal::TimeAhead));
    assert_eq!(play.put_at(NOW - 600, &said), Ok(()));
    assert_eq!(play.record(&school()).map(Record::accredited_at), Some(LeafIndex(1)));
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
fn the_period_is_that_of_the_ledgers_clock_and_limits_batches_only() {
    let said = accreditation("07", &school());
    let (from, until) = (said.from.posix(), said.until.posix());
    let cases = [
        (from - 1, Err(Refusal::BeforePeriod)),
        (from, Ok(())),
        (until - 1, Ok(())),
        (until, Err(Refusal::AfterPeriod)),
    ];
    for (admitted, outcome) in cases {
        let mut play = Play::accredited();
        let mut say = |body: Body, keys: &[&SigningKey]| {
            let statement = Statement { time: at(admitted), ..play.next(&school(), body) };
            play.put_at(admitted, &statement.sign(keys).expect("signed"))
        };
        assert_eq!(say(batch(1), &[&school()]), outcome, "at {admitted}");
        assert_eq!(say(revoke(&[id(1)]), &[&school()]), Ok(()));
        assert_eq!(say(replace(&[(1, 2)]), &[&school()]), Ok(()));
        assert_eq!(say(rotate(&key(10)), &[&school(), &key(10)]), Ok(()));
    }
}

#[test]
fn a_kind_is_in_scope_or_all_are() {
    let anything = Body::Batch { kind: token("promotion"), size: TreeSize(16), root: Hash([1; 32]) };
    let mut play = Play::accredited();
    assert_eq!(play.say(&school(), anything.clone()), Err(Refusal::KindOutOfScope));
    let mut play = Play::new();
    assert_eq!(play.accredit_as(&Accreditation { kinds: Kinds::All, ..accreditation("07", &school()) }), Ok(()));
    assert_eq!(play.say(&school(), anything), Ok(()));
    assert_eq!(play.batch("07", 1).map(|batch| batch.kind), Some(token("promotion")));
    let longest = token(&"x".repeat(32));
    let said = Body::Batch { kind: longest.clone(), size: TreeSize(16), root: Hash([2; 32]) };
    assert_eq!(play.say(&school(), said), Ok(()));
    assert_eq!(play.batch("07", 2).map(|batch| batch.kind), Some(longest));
}

#[test]
fn whether_a_key_may_issue_is_known_beforehand() {
    let play = Play::accredited();
    let said = accreditation("07", &school());
    let accredited_at = |id| play.register.record(id).accredited_at();
    let issue = |of: &str, key: &SigningKey, kind: &str, time: u64| {
        play.register.may_issue(land(of), key.verifying_key(), &token(kind), at(time)).map(accredited_at)
    };
    let (from, until) = (said.from.posix(), said.until.posix());
    assert_eq!(issue("07", &school(), "abitur", from), Ok(LeafIndex(0)));
    assert_eq!(issue("07", &school(), "promotion", from), Err(Refusal::KindOutOfScope));
    assert_eq!(issue("07", &school(), "abitur", from - 1), Err(Refusal::BeforePeriod));
    assert_eq!(issue("07", &school(), "abitur", until), Err(Refusal::AfterPeriod));
    assert_eq!(issue("07", &key(9), "abitur", NOW), Err(Refusal::UnknownIssuer), "a stranger's key");
    assert_eq!(issue("06", &school(), "abitur", NOW), Err(Refusal::UnknownIssuer), "another Land");
    assert_eq!(issue("07", &other(), "abitur", NOW), Err(Refusal::UnknownIssuer), "another school");
}

#[test]
fn of_two_batches_with_one_root_the_first_counts() {
    let mut play = Play::accredited();
    let said = |kind| Body::Batch { kind: token(kind), size: TreeSize(16), root: Hash([1; 32]) };
    play.tell([(school(), said("abitur")), (school(), said("mittlere-reife"))]);
    assert_eq!(play.batches("07", 1), [(1, false), (2, false)]);
    assert_eq!(play.batch("07", 1).map(|batch| (batch.index, batch.kind)), Some((LeafIndex(1), token("abitur"))));
}

#[test]
fn the_history_of_a_name_is_what_counted_under_it_or_about_it() {
    let mut play = Play::accredited();
    assert_eq!(play.accredit("07", &other()), Ok(()), "1");
    play.tell([
        (school(), batch(1)),
        (other(), batch(1)),
        (rlp(), suspend(SCHOOL)),
        (rlp(), resume(SCHOOL)),
        (school(), revoke(&[id(1)])),
        (rlp(), revoke(&[id(1)])),
        (school(), replace(&[(1, 2)])),
    ]);
    assert_eq!(play.say(&school(), Body::Require { version: 1 }), Err(Refusal::UnknownIssuer), "9");
    assert_eq!(play.rotate(&school(), &key(10)), Ok(()), "10");
    assert_eq!(play.accredit("06", &key(11)), Ok(()), "11");
    play.tell([(rlp(), compromise(&school(), 11)), (rlp(), uphold(&[1]))]);
    assert_eq!(play.history(SCHOOL), [0, 2, 4, 5, 6, 8, 10, 11, 12]);
    assert_eq!(play.history(OTHER), [1, 3]);
    assert_eq!(play.history("schule.example/07/99999"), [0_u64; 0]);
}
