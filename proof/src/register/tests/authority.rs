// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Authorities count in their Land, in their window and on their ledger only.

use super::*;

#[test]
fn an_authority_counts_inside_its_window_only() {
    let (first, second) = (signing_key("rlp.example", 1), signing_key("rlp.example", 2));
    let mut play = Play::with_pins(&pinned(&[("07", &first, "1 3"), ("07", &second, "3 -")]));
    let mut put = |key: &SigningKey, number: u8| {
        let school = signing_key(&format!("schule.example/{number}"), 100 + number);
        play.say(key, accredit(&accreditation("07", &school)))
    };
    assert_eq!(put(&first, 0), Err(Refusal::OutsideWindow), "index 0");
    assert_eq!(put(&first, 1), Ok(()), "index 1");
    assert_eq!(put(&first, 2), Ok(()), "index 2");
    assert_eq!(put(&first, 3), Err(Refusal::OutsideWindow), "index 3");
    assert_eq!(put(&second, 4), Ok(()), "index 4, the successor starts a chain of its own");
    assert_eq!(play.chain(&second).seq, 1);
}

/// Everything that an authority may say of the school, besides letting it in.
fn said_of_the_school() -> [Body; 6] {
    let (school, version) = (school(), 2);
    let revoked = revoke(&[id(1)]);
    [suspend(SCHOOL), resume(SCHOOL), compromise(&school, 1), revoked, uphold(&[1]), Body::Require { version }]
}

#[test]
fn nothing_that_an_authority_says_outside_its_window_counts() {
    for body in said_of_the_school() {
        let mut play = Play::with_pins(&pinned(&[("07", &rlp(), "0 2")]));
        assert_eq!(play.accredit("07", &school()), Ok(()));
        play.tell([(school(), batch(1))]);
        assert_eq!(play.say(&rlp(), body.clone()), Err(Refusal::OutsideWindow), "{body:?}");
    }
}

#[test]
fn nothing_that_an_authority_says_in_another_land_has_an_effect() {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1))]);
    for body in [suspend(SCHOOL), resume(SCHOOL)] {
        assert_eq!(play.say(&hessen(), body), Err(Refusal::UnknownSchool));
    }
    assert_eq!(play.say(&hessen(), compromise(&school(), 1)), Err(Refusal::UnknownKey));
    let wrong_land = Refusal::WrongLand { got: land("07"), wanted: land("06") };
    assert_eq!(play.say(&hessen(), accredit(&accreditation("07", &key(10)))), Err(wrong_land));
    play.tell([(hessen(), revoke(&[id(1)])), (hessen(), uphold(&[1])), (hessen(), Body::Require { version: 2 })]);
    assert_eq!((play.withdrawal(1), play.batches("07", 1)), (None, vec![(1, false)]));
    assert_eq!((play.register.is_beyond(land("07")), play.register.is_beyond(land("06"))), (false, true));
    assert_eq!((play.status("07"), play.may_speak("07", &school())), ("accredited", Ok(())));
}

#[test]
fn each_fault_of_what_an_authority_says_has_its_refusal() {
    for body in said_of_the_school() {
        let mut play = Play::accredited();
        play.tell([(school(), batch(1))]);
        let good = play.next(&rlp(), body.clone());
        for keys in [&[hessen()][..], &[school()], &[rlp(), school()]] {
            let outcome = play.put(good.clone(), &keys.iter().collect::<Vec<_>>());
            assert_eq!(outcome, Err(Refusal::BadSignature), "{body:?} by {keys:?}");
        }
        let gap = Statement { seq: 5, ..good.clone() };
        assert_eq!(play.put(gap, &[&rlp()]), Err(Refusal::WrongSeq { got: 5, wanted: 1 }), "{body:?}");
        assert_eq!(play.put(Statement { prev: None, ..good.clone() }, &[&rlp()]), Err(Refusal::WrongPrev), "{body:?}");
        let elsewhere = Statement { ledger: name("other.example"), ..good.clone() };
        assert_eq!(play.put(elsewhere, &[&rlp()]), Err(Refusal::WrongLedger), "{body:?}");
        let ahead = Statement { time: at(NOW + 601), ..good.clone() };
        assert_eq!(play.put(ahead, &[&rlp()]), Err(Refusal::TimeAhead), "{body:?}");
        let stranger = Statement { issuer: name("nobody.example"), ..good.clone() };
        assert_eq!(play.put(stranger, &[&rlp()]), Err(Refusal::UnknownIssuer), "{body:?}");
        assert_eq!(play.put(good.clone(), &[&rlp()]), Ok(()), "{body:?}");
        assert_eq!(play.put(good, &[&rlp()]), Err(Refusal::Duplicate), "{body:?}");
        assert_eq!(play.chain(&rlp()).seq, 2);
    }
}

#[test]
fn an_authority_of_another_ledger_is_nobody_here() {
    let line = format!("07 {} other.example 0 -\n", rlp().verifying_key());
    let mut play = Play::with_pins(&Authorities::parse(line.as_bytes()).expect("authorities"));
    assert_eq!(play.accredit("07", &school()), Err(Refusal::UnknownIssuer));
}

#[test]
fn two_authorities_of_one_name_are_told_apart_by_their_keys() {
    let (here, there) = (signing_key("ministry.example", 1), signing_key("ministry.example", 2));
    let mut play = Play::with_pins(&pinned(&[("07", &here, "0 -"), ("06", &there, "0 -")]));
    play.tell([(here.clone(), accredit(&accreditation("07", &school())))]);
    let wrong_land = Refusal::WrongLand { got: land("07"), wanted: land("06") };
    assert_eq!(play.say(&there, accredit(&accreditation("07", &key(10)))), Err(wrong_land));
    play.tell([(there, accredit(&accreditation("06", &key(10)))), (here, suspend(SCHOOL))]);
    assert_eq!((play.status("07"), play.status("06")), ("suspended", "accredited"));
}

#[test]
fn a_later_version_of_the_rules_is_beyond() {
    for (version, beyond) in [(0, false), (1, false), (2, true), (u64::MAX, true)] {
        let mut play = Play::accredited();
        play.tell([(rlp(), Body::Require { version })]);
        let found = (play.register.is_beyond(land("07")), play.register.is_beyond(land("06")));
        assert_eq!(found, (beyond, false), "version {version}");
        play.tell([(rlp(), Body::Require { version: 1 })]);
        assert_eq!(play.register.is_beyond(land("07")), beyond, "nothing takes it back");
        assert_eq!(play.chain(&rlp()).seq, 3);
    }
}

#[test]
fn an_authority_and_a_school_may_have_one_name() {
    let named_alike = signing_key("rlp.example", 10);
    let mut play = Play::new();
    assert_eq!(play.accredit("07", &named_alike), Ok(()));
    play.tell([(named_alike.clone(), revoke(&[id(1)])), (rlp(), revoke(&[id(2)]))]);
    let said = |number| play.register.withdrawal(land("07"), &name("rlp.example"), id(number));
    assert!(matches!(said(1), Some(Withdrawn::Revoked { said, .. }) if !said.by_authority && said.index.0 == 1));
    assert!(matches!(said(2), Some(Withdrawn::Revoked { said, .. }) if said.by_authority && said.index.0 == 2));
    let neither = play.next(&named_alike, revoke(&[id(3)]));
    assert_eq!(play.put(neither, &[&signing_key("rlp.example", 11)]), Err(Refusal::BadSignature));
}
