// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A key in wrong hands: what is void, what stays, and how a school goes on.

use super::*;

const COMPROMISED: Result<(), Refusal> = Err(Refusal::KeyCompromised);

#[test]
fn what_stands_from_the_index_on_is_void() {
    for (from, void) in
        [(0, [true; 3]), (1, [true; 3]), (2, [false, true, true]), (3, [false, false, true]), (4, [false; 3])]
    {
        let mut play = Play::accredited();
        play.tell([
            (school(), batch(1)),
            (school(), batch(2)),
            (school(), batch(3)),
            (rlp(), compromise(&school(), from)),
        ]);
        let found = [1, 2, 3].map(|number| play.batches("07", number)[0].1);
        assert_eq!(found, void, "from {from}");
        assert_eq!([1, 2, 3].map(|number| play.batch("07", number).is_none()), void);
        assert_eq!((play.status("07"), play.may_speak("07", &school())), ("compromised", COMPROMISED));
    }
}

#[test]
fn a_stolen_key_dates_nothing_back() {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1))]);
    // The thief's word of the time is worth nothing: the ledger's order decides.
    let early = Statement { time: at(NOW - 86_400), ..play.next(&school(), batch(2)) };
    assert_eq!(play.put(early, &[&school()]), Ok(()), "before anybody noticed");
    let late = Statement { time: at(NOW - 86_400), ..play.next(&school(), batch(3)) };
    play.tell([(rlp(), compromise(&school(), 2))]);
    assert_eq!(play.put(late, &[&school()]), COMPROMISED, "afterwards");
    assert_eq!((play.batches("07", 1), play.batches("07", 2)), (vec![(1, false)], vec![(2, true)]));
    assert_eq!(play.batches("07", 3), []);
}

#[test]
fn nothing_by_the_key_counts_afterwards_wherever_the_index_is() {
    let mut play = Play::accredited();
    play.tell([(rlp(), compromise(&school(), 1))]);
    let said: [(Body, &[&SigningKey]); 4] = [
        (batch(1), &[&school()]),
        (revoke(&[id(1)]), &[&school()]),
        (replace(&[(1, 2)]), &[&school()]),
        (rotate(&key(10)), &[&school(), &key(10)]),
    ];
    for (body, keys) in said {
        assert_eq!(play.put(play.next(&school(), body), keys), COMPROMISED);
    }
}

#[test]
fn void_statements_keep_their_place_in_the_chain() {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1)), (school(), batch(2))]);
    let chain = play.chain(&school());
    play.tell([(rlp(), compromise(&school(), 1))]);
    assert_eq!(play.chain(&school()), chain);
    assert_eq!(play.register.refusal(LeafIndex(1)), None, "it counted");
    assert!(play.register.find(play.text(1)).is_some());
}

#[test]
fn the_lowest_index_counts() {
    let mut play = Play::accredited();
    play.tell((1..6).map(|number| (school(), batch(number))));
    for (from, first_void) in [(4, 4), (5, 4), (2, 2), (3, 2), (0, 1)] {
        play.tell([(rlp(), compromise(&school(), from))]);
        for number in 1..6 {
            let void = u64::from(number) >= first_void;
            assert_eq!(play.batches("07", number), [(u64::from(number), void)], "{number} after {from}");
        }
    }
}

#[test]
fn an_index_ahead_of_the_statement_is_refused() {
    let mut play = Play::accredited();
    let ahead = Err(Refusal::FromIndexAhead { got: 2, wanted: 1 });
    assert_eq!(play.say(&rlp(), compromise(&school(), 2)), ahead, "1");
    assert_eq!(play.say(&rlp(), compromise(&school(), u64::MAX)).map_err(Refusal::code), Err("from_index_ahead"), "2");
    assert_eq!(play.say(&rlp(), compromise(&school(), 3)), Ok(()), "3: its own index");
    assert_eq!(play.may_speak("07", &school()), COMPROMISED);
}

#[test]
fn only_a_key_that_a_school_of_the_land_has_or_had_is_compromised() {
    let mut play = Play::accredited();
    assert_eq!(play.accredit("06", &key(10)), Ok(()));
    for unknown in [key(11), key(10), signing_key(OTHER, 3), rlp()] {
        assert_eq!(play.say(&rlp(), compromise(&unknown, 1)), Err(Refusal::UnknownKey), "{unknown:?}");
    }
    assert_eq!(play.rotate(&school(), &key(12)), Ok(()));
    play.tell([(rlp(), compromise(&school(), 1))]);
    assert_eq!(play.may_speak("07", &key(12)), COMPROMISED, "a former key, and with it the one that it brought in");
}

#[test]
fn a_new_accreditation_frees_the_school() {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1)), (rlp(), compromise(&school(), 1))]);
    let record = play.register.open_record(land("07"), &name(SCHOOL)).expect("a record");
    assert_eq!(play.accredit("07", &key(10)), Ok(()), "3");
    assert_eq!((play.may_speak("07", &key(10)), play.status("07")), (Ok(()), "accredited"));
    assert_eq!(play.register.issuer_status(record, at(NOW)), IssuerStatus::Accredited, "by its latest accreditation");
    play.tell([(key(10), batch(2))]);
    assert_eq!((play.batches("07", 1), play.batches("07", 2)), (vec![(1, true)], vec![(4, false)]));
    assert!(play.say(&school(), batch(3)).is_err(), "the old key stays out");
}

#[test]
fn an_honest_batch_is_endorsed_again_with_the_new_key() {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1)), (school(), batch(2)), (rlp(), compromise(&school(), 1))]);
    assert_eq!((play.batch("07", 1), play.batch("07", 2)), (None, None));
    assert_eq!(play.accredit("07", &key(10)), Ok(()), "4");
    play.tell([(key(10), batch(1))]);
    assert_eq!(play.batches("07", 1), [(1, true), (5, false)]);
    let endorsed = play.batch("07", 1).expect("the new one");
    assert_eq!(endorsed.index, LeafIndex(5));
    assert_eq!(play.register.record(endorsed.record).accredited_at(), LeafIndex(4));
    assert_eq!(play.batch("07", 2), None, "the thief's stays void");
    play.tell([(rlp(), compromise(&key(10), 5))]);
    assert_eq!(play.batches("07", 1), [(1, true), (5, true)], "an endorsement may become void itself");
}

#[test]
fn the_batch_of_another_schools_endorsement_stays_void() {
    let mut play = Play::accredited();
    assert_eq!(play.accredit("07", &other()), Ok(()));
    play.tell([(school(), batch(1)), (rlp(), compromise(&school(), 2)), (other(), batch(1))]);
    assert_eq!(play.batch("07", 1), None);
    assert!(play.register.batch(land("07"), &name(OTHER), root(1)).is_some());
}

/// Accredited at 0; keys 3 → 10 at 2 → 11 at 4 → 12 at 6, with a batch of the then present key at 1, 3, 5 and 7.
fn rotated_three_times() -> Play {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1))]);
    for (number, (old, new)) in (2..).zip([(school(), key(10)), (key(10), key(11)), (key(11), key(12))]) {
        assert_eq!(play.rotate(&old, &new), Ok(()));
        play.tell([(new, batch(number))]);
    }
    play
}

#[test]
fn a_compromise_goes_down_all_the_void_rotations() {
    let cases = [
        (school(), 0, [true, true, true, true]),
        (school(), 2, [false, true, true, true]),
        (school(), 3, [false, false, false, false]),
        (key(10), 0, [false, true, true, true]),
        (key(10), 4, [false, false, true, true]),
        (key(10), 5, [false, false, false, false]),
        (key(11), 6, [false, false, false, true]),
        (key(12), 7, [false, false, false, true]),
        (key(12), 8, [false, false, false, false]),
    ];
    for (stolen, from, void) in cases {
        let mut play = rotated_three_times();
        play.tell([(rlp(), compromise(&stolen, from))]);
        let found = [1, 2, 3, 4].map(|number| play.batches("07", number)[0].1);
        assert_eq!(found, void, "{stolen:?} from {from}");
        let barred = from <= 7 && void[3] || stolen.verifying_key() == key(12).verifying_key();
        assert_eq!(play.may_speak("07", &key(12)), if barred { COMPROMISED } else { Ok(()) }, "{stolen:?} from {from}");
    }
}

#[test]
fn a_rotation_is_void_by_its_old_key_only() {
    for (stolen, void) in [(school(), true), (key(10), false)] {
        let mut play = rotated_three_times();
        play.tell([(rlp(), compromise(&stolen, 2))]);
        let open = play.register.open_record(land("07"), &name(SCHOOL)).expect("a record");
        assert_eq!(
            (play.register.is_void(open, LeafIndex(2)), play.register.is_void(open, LeafIndex(3))),
            (void, true)
        );
    }
}

#[test]
fn what_a_void_rotation_brought_in_is_void_from_there_however_it_was_renewed() {
    let mut play = rotated_three_times();
    assert_eq!(play.accredit("07", &key(12)), Ok(()), "8: the authority does not know yet");
    play.tell([(key(12), batch(5))]);
    assert_eq!(play.rotate(&key(12), &key(13)), Ok(()), "10");
    play.tell([(rlp(), compromise(&key(11), 6))]);
    assert_eq!((play.batches("07", 3), play.batches("07", 5)), (vec![(5, false)], vec![(9, true)]));
    assert_eq!(play.may_speak("07", &key(13)), COMPROMISED, "and so on into the next record");
    assert_eq!(play.accredit("07", &key(13)), Err(Refusal::KeyUsedBefore));
}

#[test]
fn a_later_and_lower_index_goes_down_the_rotations_again() {
    let mut play = rotated_three_times();
    play.tell([(rlp(), compromise(&school(), 5))]);
    assert_eq!(play.batches("07", 4), [(7, false)], "all rotations were honest");
    play.tell([(rlp(), compromise(&key(12), 7)), (rlp(), compromise(&school(), 2))]);
    assert_eq!([1, 2, 3, 4].map(|number| play.batches("07", number)[0].1), [false, true, true, true]);
    let open = play.register.open_record(land("07"), &name(SCHOOL)).expect("a record");
    let void: Vec<_> = (1..8).map(|index| play.register.is_void(open, LeafIndex(index))).collect();
    assert_eq!(void, [false, true, true, true, true, true, true], "the rotations themselves as well");
}

#[test]
fn a_compromise_reaches_as_far_as_its_land() {
    let mut play = Play::accredited_twice();
    for of in ["07", "06"] {
        assert_eq!(play.say_in(of, &school(), batch(1)), Ok(()));
        let turn = play.next_in(of, &school(), rotate(&key(10)));
        assert_eq!(play.put(turn, &[&school(), &key(10)]), Ok(()));
        assert_eq!(play.say_in(of, &key(10), batch(2)), Ok(()));
    }
    play.tell([(rlp(), compromise(&school(), 0))]);
    let found =
        |of| (play.batches(of, 1)[0].1, play.batches(of, 2)[0].1, play.status(of), play.may_speak(of, &key(10)));
    assert_eq!(found("07"), (true, true, "compromised", COMPROMISED));
    assert_eq!(found("06"), (false, false, "accredited", Ok(())));
    play.tell([(hessen(), compromise(&key(10), 7))]);
    assert_eq!([1, 2].map(|number| play.batches("06", number)[0].1), [false, true], "by a word of its own");
    assert_eq!([1, 2].map(|number| play.batches("07", number)[0].1), [true, true], "which leaves the other as it is");
}

#[test]
fn a_rotation_in_one_land_passes_nothing_on_in_another() {
    // Land 07 goes 3 → 10, Land 06 goes 10 → 11.
    let mut play = Play::accredited();
    assert_eq!(play.accredit("06", &key(10)), Ok(()), "1");
    assert_eq!(play.rotate(&school(), &key(10)), Ok(()), "2");
    let turn = play.next_in("06", &key(10), rotate(&key(11)));
    assert_eq!(play.put(turn, &[&key(10), &key(11)]), Ok(()), "3");
    play.tell([(rlp(), compromise(&school(), 1))]);
    assert_eq!((play.may_speak("07", &key(10)), play.may_speak("06", &key(11))), (COMPROMISED, Ok(())));
    assert_eq!(play.say(&rlp(), compromise(&key(11), 1)), Err(Refusal::UnknownKey), "Land 07 never had it");
    assert_eq!(play.accredit("06", &key(11)), Ok(()), "nor is it void there");
}
