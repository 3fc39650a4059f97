// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Which key may be recorded: one owner, never given up, never in wrong hands, an id of its own.

use super::*;

/// Tries a key as that of a new accreditation of Land 07, of one of Land 06, and by a rotation of [`school`]'s key.
fn outcomes(play: &Play, tried: &SigningKey) -> [Result<(), Refusal>; 3] {
    let again = || Play { register: play.register.clone(), entries: Vec::new() };
    [again().accredit("07", tried), again().accredit("06", tried), again().rotate(&school(), tried)]
}

const USED: Result<(), Refusal> = Err(Refusal::KeyUsedBefore);

#[test]
fn a_key_serves_one_name() {
    let mut play = Play::accredited();
    assert_eq!(play.accredit("07", &other()), Ok(()));
    let taken = signing_key(SCHOOL, 5);
    assert_eq!(taken.verifying_key().raw(), other().verifying_key().raw());
    assert_eq!(outcomes(&play, &taken), [USED; 3]);
    assert_eq!(play.rotate(&other(), &signing_key(OTHER, 10)), Ok(()));
    assert_eq!(outcomes(&play, &taken), [USED; 3], "nor once the other has given it up");
    assert_eq!(outcomes(&play, &signing_key(SCHOOL, 10)), [USED; 3], "nor the other's new one");
    assert_eq!(outcomes(&play, &key(11)), [Ok(()); 3]);
}

#[test]
fn a_key_of_an_authority_of_this_ledger_is_no_schools() {
    let play = Play::accredited();
    for seed in [1, 2] {
        assert_eq!(outcomes(&play, &key(seed)), [USED; 3], "the raw key of an authority");
    }
}

#[test]
fn a_key_has_the_name_of_its_school() {
    let mut play = Play::accredited();
    let misnamed = Err(Refusal::KeyOfAnotherName);
    assert_eq!(play.rotate(&school(), &signing_key(OTHER, 10)), misnamed);
    let said = Accreditation { school: name(SCHOOL), ..accreditation("07", &signing_key(OTHER, 10)) };
    assert_eq!(play.accredit_as(&said), misnamed);
}

#[test]
fn a_key_id_of_a_name_is_used_once() {
    let mut play = Play::accredited();
    let (taken, id) = (key(10), key(10).verifying_key().id());
    play.register.content.keys.take_id(OTHER, id);
    assert_eq!(outcomes(&play, &taken), [Ok(()); 3], "the id is that of another name's key");
    play.register.content.keys.take_id(SCHOOL, id);
    assert_eq!(outcomes(&play, &taken), [USED; 3]);
}

#[test]
fn a_key_that_was_given_up_for_a_new_accreditation_stays_given_up() {
    let mut play = Play::accredited_twice();
    play.tell([(school(), batch(1))]);
    let late = play.next_in("07", &school(), batch(2));
    assert_eq!(play.accredit("07", &key(10)), Ok(()));
    assert_eq!(play.put(late, &[&school()]).map_err(Refusal::code), Err("wrong_seq"), "the record of Land 06 has it");
    assert_eq!((play.accredit("07", &school()), play.accredit("06", &school())), (USED, USED));
    assert_eq!(play.may_speak("06", &school()), Ok(()), "Land 06 has not given it up");
    assert_eq!(play.say_in("06", &school(), batch(2)), Ok(()));
    assert_eq!(play.say_in("07", &key(10), batch(2)), Ok(()));
    assert!(play.batch("07", 1).is_some() && play.batch("07", 2).is_some());
}

#[test]
fn a_key_that_was_rotated_away_stays_given_up() {
    let mut play = Play::accredited_twice();
    let turn = play.next_in("07", &school(), rotate(&key(10)));
    assert_eq!(play.put(turn, &[&school(), &key(10)]), Ok(()));
    assert_eq!((play.accredit("07", &school()), play.accredit("06", &school())), (USED, USED));
    assert_eq!(play.rotate(&key(10), &school()), USED);
    assert_eq!(play.may_speak("06", &school()), Ok(()), "Land 06 has not given it up");
    assert_eq!(play.accredit("07", &key(10)), Ok(()), "the new one is in use and may be confirmed");
    assert_eq!(play.accredit("06", &key(10)), Ok(()), "and taken up in the other Land");
}

#[test]
fn a_key_in_use_is_not_rotated_to_itself() {
    let mut play = Play::accredited();
    assert_eq!(play.say(&school(), rotate(&school())), Err(Refusal::BadSignature), "one line is not two");
    assert_eq!(play.rotate(&school(), &school()), USED);
}

#[test]
fn two_laender_may_go_over_to_one_key() {
    let mut play = Play::accredited_twice();
    for of in ["07", "06"] {
        let turn = play.next_in(of, &school(), rotate(&key(10)));
        assert_eq!(play.put(turn, &[&school(), &key(10)]), Ok(()), "Land {of}");
        assert_eq!(play.may_speak(of, &key(10)), Ok(()));
        assert_eq!(play.may_speak(of, &school()), Err(Refusal::KeyRetired));
    }
}

#[test]
fn a_compromised_key_is_not_recorded_again() {
    let mut play = Play::accredited_twice();
    play.tell([(rlp(), compromise(&school(), 2))]);
    assert_eq!((play.accredit("07", &school()), play.accredit("06", &school())), (USED, USED));
    assert_eq!(play.may_speak("06", &school()), Ok(()), "where nobody said anything, it stays in use");
}
