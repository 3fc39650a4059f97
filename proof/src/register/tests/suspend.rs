// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A suspended school says nothing until it is resumed; what it said before stays.

use super::*;

/// Tries one statement of each type that a school makes.
fn outcomes(play: &Play, state: &str, key_now: &SigningKey) -> [Result<(), Refusal>; 4] {
    let new = key(20);
    let rotation = rotate(&new);
    let said: [(Body, Vec<&SigningKey>); 4] = [
        (batch(5), vec![key_now]),
        (revoke(&[id(5)]), vec![key_now]),
        (replace(&[(5, 6)]), vec![key_now]),
        (rotation, vec![key_now, &new]),
    ];
    said.map(|(body, keys)| {
        let signed = play.next_in(state, key_now, body).sign(&keys).expect("signed");
        play.register.weigh(&signed, at(NOW))
    })
}

const SUSPENDED: Result<(), Refusal> = Err(Refusal::Suspended);

#[test]
fn a_suspended_school_says_nothing_until_it_is_resumed() {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1)), (school(), revoke(&[id(1)])), (rlp(), suspend(SCHOOL))]);
    assert_eq!(outcomes(&play, "07", &school()), [SUSPENDED; 4]);
    assert_eq!((play.may_speak("07", &school()), play.status("07")), (SUSPENDED, "suspended"));
    let chain = play.chain(&school());
    assert_eq!(play.say(&school(), batch(2)), SUSPENDED, "4");
    assert_eq!(play.chain(&school()), chain, "what does not count moves no chain");
    let found = play.register.suspension(land("07"), &name(SCHOOL)).cloned();
    assert_eq!(found, Some(Suspension { index: LeafIndex(3), since: at(NOW), reason: token("inspection") }));
    assert_eq!(play.batches("07", 1), [(1, false)], "what it issued before stays");
    assert!(matches!(play.withdrawal(1), Some(Withdrawn::Revoked { .. })), "and so does what it withdrew");

    play.tell([(rlp(), resume(SCHOOL))]);
    assert_eq!(outcomes(&play, "07", &school()), [Ok(()); 4]);
    assert_eq!((play.may_speak("07", &school()), play.status("07")), (Ok(()), "accredited"));
    assert_eq!(play.register.suspension(land("07"), &name(SCHOOL)), None);
    assert_eq!(play.batches("07", 2), [], "what was refused is not revived");
    play.tell([(school(), batch(3))]);
}

#[test]
fn a_statement_that_was_refused_may_be_made_again_after_resume() {
    let mut play = Play::accredited();
    let said = play.next(&school(), batch(1));
    play.tell([(rlp(), suspend(SCHOOL))]);
    assert_eq!(play.put(said.clone(), &[&school()]), SUSPENDED);
    play.tell([(rlp(), resume(SCHOOL))]);
    assert_eq!(play.put(said, &[&school()]), Ok(()), "the very same text");
    assert_eq!(play.batches("07", 1), [(4, false)]);
}

#[test]
fn a_suspension_is_of_one_school_in_one_land() {
    let mut play = Play::accredited_twice();
    assert_eq!(play.accredit("07", &other()), Ok(()));
    play.tell([(rlp(), suspend(SCHOOL)), (other(), batch(1))]);
    assert_eq!(outcomes(&play, "06", &school()), [Ok(()); 4]);
    assert_eq!(
        (play.may_speak("06", &school()), play.status("06"), play.status("07")),
        (Ok(()), "accredited", "suspended")
    );
    assert_eq!(play.register.suspension(land("06"), &name(SCHOOL)), None);
    play.tell([(hessen(), resume(SCHOOL))]);
    assert_eq!(play.status("07"), "suspended", "another Land does not resume it");
}

#[test]
fn a_refusal_is_that_of_the_record_that_the_statement_continues() {
    // One name and one key in two Länder: the later record's chain must not hide why the earlier one refuses.
    for state in ["07", "06"] {
        let mut play = Play::accredited_twice();
        let authority = if state == "07" { rlp() } else { hessen() };
        play.tell([(authority.clone(), suspend(SCHOOL))]);
        assert_eq!(outcomes(&play, state, &school()), [SUSPENDED; 4], "Land {state}");
        play.tell([(authority.clone(), resume(SCHOOL)), (authority, compromise(&school(), 4))]);
        assert_eq!(outcomes(&play, state, &school()), [Err(Refusal::KeyCompromised); 4], "Land {state}");
    }
    for states in [["07", "06"], ["06", "07"]] {
        let mut play = Play::new();
        assert_eq!((play.accredit(states[0], &school()), play.accredit(states[1], &key(10))), (Ok(()), Ok(())));
        assert_eq!(play.rotate(&school(), &key(11)), Ok(()));
        assert_eq!(play.say(&school(), batch(1)), Err(Refusal::KeyRetired), "{states:?}");
    }
}

#[test]
fn suspending_and_resuming_twice_counts_and_changes_nothing() {
    let mut play = Play::accredited();
    play.tell([(rlp(), resume(SCHOOL)), (rlp(), suspend(SCHOOL))]);
    let again = Body::Suspend { school: name(SCHOOL), reason: token("another-reason") };
    play.tell([(rlp(), again)]);
    let found = play.register.suspension(land("07"), &name(SCHOOL)).expect("suspended");
    assert_eq!((found.index, &found.reason), (LeafIndex(2), &token("inspection")), "the first one");
    play.tell([(rlp(), resume(SCHOOL)), (rlp(), resume(SCHOOL))]);
    assert_eq!((play.may_speak("07", &school()), play.chain(&rlp()).seq), (Ok(()), 6));
}

#[test]
fn only_a_school_with_a_record_is_suspended() {
    let mut play = Play::accredited();
    for body in [suspend(OTHER), resume(OTHER)] {
        assert_eq!(play.say(&rlp(), body), Err(Refusal::UnknownSchool));
    }
    assert_eq!(play.chain(&rlp()).seq, 1);
    assert_eq!(play.history(OTHER), [0_u64; 0]);
}

#[test]
fn a_suspension_outlives_a_new_accreditation() {
    let mut play = Play::accredited();
    play.tell([(rlp(), suspend(SCHOOL))]);
    assert_eq!(play.accredit("07", &key(10)), Ok(()));
    assert_eq!(outcomes(&play, "07", &key(10)), [SUSPENDED; 4]);
    assert_eq!(play.status("07"), "suspended");
    play.tell([(rlp(), resume(SCHOOL)), (key(10), batch(1))]);
}

#[test]
fn a_suspended_school_may_be_expired_or_compromised_as_well() {
    let mut play = Play::accredited();
    let record = play.register.open_record(land("07"), &name(SCHOOL)).expect("a record");
    play.tell([(rlp(), suspend(SCHOOL)), (rlp(), compromise(&school(), 1))]);
    let over = accreditation("07", &school()).until;
    assert_eq!(play.register.issuer_status(record, over), IssuerStatus::Suspended);
    play.tell([(rlp(), resume(SCHOOL))]);
    assert_eq!(play.register.issuer_status(record, over), IssuerStatus::Compromised);
    assert_eq!(play.accredit("07", &key(10)), Ok(()));
    assert_eq!(play.register.issuer_status(record, over), IssuerStatus::Expired, "by its latest accreditation");
}
