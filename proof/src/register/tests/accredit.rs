// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Who lets a school in, and what a further accreditation does.

use super::*;

/// One fault.
type Edit<T> = fn(&mut T);

#[test]
fn each_fault_of_an_accreditation_has_its_refusal() {
    let edits: [(Edit<Accreditation>, Refusal); 5] = [
        (|a| a.state = land("06"), Refusal::WrongLand { got: land("06"), wanted: land("07") }),
        (|a| a.school = name("schule.example/07/99999"), Refusal::KeyOfAnotherName),
        (|a| a.until = a.from, Refusal::EmptyPeriod),
        (|a| a.until = at(0), Refusal::EmptyPeriod),
        (|a| a.key = signing_key(SCHOOL, 1).verifying_key().clone(), Refusal::KeyUsedBefore),
    ];
    for (edit, refusal) in edits {
        let mut play = Play::new();
        let mut said = accreditation("07", &school());
        edit(&mut said);
        assert_eq!(play.say(&rlp(), accredit(&said)), Err(refusal));
        assert_eq!(play.accredit("07", &school()), Ok(()), "the next good one counts");
    }
    let mut play = Play::new();
    let said = play.next(&rlp(), accredit(&accreditation("07", &school())));
    for keys in [&[hessen()][..], &[school()], &[rlp(), school()], &[signing_key("rlp.example", 9)]] {
        assert_eq!(play.put(said.clone(), &keys.iter().collect::<Vec<_>>()), Err(Refusal::BadSignature));
    }
    let gap = Statement { seq: 1, ..said.clone() };
    assert_eq!(play.put(gap, &[&rlp()]), Err(Refusal::WrongSeq { got: 1, wanted: 0 }));
    let with_prev = Statement { prev: Some(Hash([0; 32])), ..said.clone() };
    assert_eq!(play.put(with_prev, &[&rlp()]), Err(Refusal::WrongPrev));
    let by_stranger = Statement { issuer: name(OTHER), ..said };
    assert_eq!(play.put(by_stranger, &[&other()]), Err(Refusal::UnknownIssuer));
}

#[test]
fn nobody_accredits_themselves() {
    let mut play = Play::new();
    assert_eq!(play.say(&school(), accredit(&accreditation("07", &school()))), Err(Refusal::UnknownIssuer), "nobody");
    let posing = signing_key("rlp.example", 9);
    assert_eq!(play.say(&posing, accredit(&accreditation("07", &school()))), Err(Refusal::BadSignature), "a like name");
    let mut play = Play::accredited();
    let wider = Accreditation { kinds: Kinds::All, ..accreditation("07", &school()) };
    assert_eq!(play.say(&school(), accredit(&wider)), Err(Refusal::UnknownIssuer), "a school");
    assert_eq!(play.record(&school()).map(Record::accredited_at), Some(LeafIndex(0)));
}

#[test]
fn a_renewal_with_the_same_key_starts_a_new_chain() {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1))]);
    let old = play.next(&school(), batch(2));
    assert_eq!(play.accredit_as(&Accreditation { until: at(NOW + 99), ..accreditation("07", &school()) }), Ok(()));
    assert_eq!(
        play.put(old, &[&school()]),
        Err(Refusal::WrongSeq { got: 1, wanted: 0 }),
        "the earlier record is closed"
    );
    assert_eq!(play.chain(&school()), Chain { seq: 0, prev: Some(play.text(2)) });
    play.tell([(school(), batch(2))]);
    let accredited = |number| play.batch("07", number).map(|batch| play.register.record(batch.record).accredited_at());
    assert_eq!((accredited(1), accredited(2)), (Some(LeafIndex(0)), Some(LeafIndex(2))), "what was counted stays");
}

#[test]
fn a_new_accreditation_may_narrow_the_scope() {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1))]);
    let narrower = Accreditation { kinds: Kinds::parse("promotion").expect("kinds"), ..accreditation("07", &school()) };
    assert_eq!(play.accredit_as(&narrower), Ok(()));
    assert_eq!(play.say(&school(), batch(2)), Err(Refusal::KindOutOfScope));
    assert!(play.batch("07", 1).is_some());
}

#[test]
fn which_record_was_open_when() {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1))]);
    assert_eq!(play.accredit("06", &school()), Ok(()), "2");
    assert_eq!(play.accredit("07", &key(10)), Ok(()), "3");
    play.tell([(key(10), batch(2))]);
    let open = |of: &str, school: &str, index| {
        let id = play.register.record_at(land(of), &name(school), LeafIndex(index))?;
        Some(play.register.record(id).accredited_at().0)
    };
    assert_eq!(
        (0..6).map(|index| open("07", SCHOOL, index)).collect::<Vec<_>>(),
        [None, Some(0), Some(0), Some(0), Some(3), Some(3)]
    );
    assert_eq!((open("06", SCHOOL, 2), open("06", SCHOOL, 3), open("07", OTHER, 3)), (None, Some(2), None));
    let closed: Vec<_> = play.register.content.records.iter().map(Record::closed_at).collect();
    assert_eq!(closed, [Some(LeafIndex(3)), None, None]);
    let open: Vec<_> = play.register.open_records().map(|id| play.register.record(id).accredited_at().0).collect();
    assert_eq!(open, [2, 3]);
}

#[test]
fn two_laender_have_two_schools_of_one_name() {
    let mut play = Play::accredited();
    assert_eq!(play.accredit("06", &key(10)), Ok(()));
    play.tell([(school(), batch(1)), (key(10), batch(2)), (key(10), batch(1))]);
    let found = |state, number| play.batch(state, number).map(|batch| batch.index.0);
    assert_eq!((found("07", 1), found("07", 2)), (Some(2), None));
    assert_eq!((found("06", 1), found("06", 2)), (Some(4), Some(3)));
}

#[test]
fn two_laender_may_accredit_one_key_with_a_chain_each() {
    let mut play = Play::accredited();
    let here = play.next(&school(), batch(1));
    assert_eq!(play.accredit("06", &school()), Ok(()));
    assert_eq!(play.say_in("06", &school(), batch(2)), Ok(()));
    assert_eq!(play.put(here, &[&school()]), Ok(()));
    let found = |state, number| play.batch(state, number).map(|batch| batch.index.0);
    assert_eq!((found("07", 1), found("07", 2), found("06", 1), found("06", 2)), (Some(3), None, None, Some(2)));
}

#[test]
fn how_a_school_stands_follows_its_latest_accreditation() {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1))]);
    let record = play.batch("07", 1).expect("a batch").record;
    let said = accreditation("07", &school());
    let status = |play: &Play, seconds| play.register.issuer_status(record, at(seconds)).code();
    let (from, until) = (said.from.posix(), said.until.posix());
    assert_eq!((status(&play, from - 1), status(&play, from)), ("not_yet", "accredited"));
    assert_eq!((status(&play, until - 1), status(&play, until)), ("accredited", "expired"));
    assert_eq!(play.accredit_as(&Accreditation { until: at(until + 1), ..said }), Ok(()));
    assert_eq!(status(&play, until), "accredited");
    let elsewhere = Accreditation { from: at(0), until: at(1), ..accreditation("06", &key(10)) };
    assert_eq!(play.accredit_as(&elsewhere), Ok(()));
    assert_eq!(status(&play, until), "accredited", "another Land says nothing about it");
}

#[test]
fn every_status_has_a_code_of_its_own() {
    let codes = IssuerStatus::ALL.map(IssuerStatus::code);
    assert_eq!(codes, ["accredited", "suspended", "compromised", "not_yet", "expired"]);
}
