// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A school goes over to a new key.

use super::*;

#[test]
fn the_record_goes_on_with_the_new_key() {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1))]);
    assert_eq!(play.rotate(&school(), &key(10)), Ok(()));
    let record = play.record(&key(10)).expect("the record");
    assert_eq!((record.accredited_at().0, record.chain().seq, record.closed_at()), (0, 2, None));
    assert_eq!(record.rotations().map(|index| index.0).collect::<Vec<_>>(), [2]);
    assert_eq!(record.accreditation().key, *school().verifying_key(), "what the authority vouched for");
    assert_eq!(play.record(&school()), None);
    let open = play.register.open_record(land("07"), &name(SCHOOL)).expect("a record");
    assert_eq!(play.register.key_of(open), key(10).verifying_key());
    assert_eq!((play.may_speak("07", &key(10)), play.may_speak("07", &school())), (Ok(()), Err(Refusal::KeyRetired)));
    play.tell([(key(10), batch(2))]);
    assert_eq!((play.batches("07", 1), play.batches("07", 2)), (vec![(1, false)], vec![(3, false)]));
}

#[test]
fn the_old_key_says_nothing_more() {
    let mut play = Play::accredited();
    let record = play.chain(&school());
    assert_eq!(play.rotate(&school(), &key(10)), Ok(()));
    assert_eq!(play.rotate(&key(10), &key(11)), Ok(()));
    for chain in [play.chain(&key(11)), record] {
        for old in [school(), key(10)] {
            for body in [batch(1), revoke(&[id(1)]), replace(&[(1, 2)])] {
                assert_eq!(play.put(statement(&old, chain, body), &[&old]), Err(Refusal::KeyRetired));
            }
            let turn = statement(&old, chain, rotate(&key(12)));
            assert_eq!(play.put(turn, &[&old, &key(12)]), Err(Refusal::KeyRetired));
        }
    }
    assert_eq!(play.put(statement(&key(12), record, batch(1)), &[&key(12)]), Err(Refusal::BadSignature), "never one");
}

#[test]
fn half_a_rotation_is_none() {
    let (new, thief) = (key(10), key(11));
    let cases: [&[&SigningKey]; 5] =
        [&[&school()], &[&new], &[&school(), &thief], &[&thief, &new], &[&school(), &new, &thief]];
    for keys in cases {
        let mut play = Play::accredited();
        assert_eq!(play.put(play.next(&school(), rotate(&new)), keys), Err(Refusal::BadSignature), "{keys:?}");
        assert_eq!(play.may_speak("07", &school()), Ok(()), "the old key stays");
        assert_eq!(play.rotate(&school(), &new), Ok(()), "and the new one was not used up");
    }
}

#[test]
fn only_a_rotation_has_two_signatures() {
    let mut play = Play::accredited();
    assert_eq!(play.rotate(&school(), &key(10)), Ok(()));
    let said = play.next(&key(10), batch(1));
    assert_eq!(play.put(said, &[&school(), &key(10)]), Err(Refusal::BadSignature));
}

#[test]
fn a_proof_has_room_for_seven_rotations() {
    let mut play = Play::accredited();
    let keys: Vec<_> = [3].into_iter().chain(10..18).map(key).collect();
    for pair in keys.windows(2).take(7) {
        assert_eq!(play.rotate(&pair[0], &pair[1]), Ok(()));
    }
    assert_eq!(play.rotate(&keys[7], &keys[8]), Err(Refusal::TooManyRotations));
    play.tell([(keys[7].clone(), batch(1))]);
    assert_eq!(play.accredit("07", &keys[7]), Ok(()), "a renewal with the present key");
    assert_eq!(play.record(&keys[7]).map(|record| record.rotations().len()), Some(0));
    assert_eq!(play.rotate(&keys[7], &keys[8]), Ok(()), "makes room again");
}

#[test]
fn a_thiefs_rotation_is_undone_by_a_new_accreditation() {
    let (thief, new) = (key(10), key(11));
    let mut play = Play::accredited();
    play.tell([(school(), batch(1))]);
    assert_eq!(play.rotate(&school(), &thief), Ok(()), "2");
    play.tell([(thief.clone(), batch(2))]);
    assert_eq!(play.say(&school(), batch(3)), Err(Refusal::KeyRetired), "4: the school is locked out");
    let late = play.next(&thief, batch(4));
    assert_eq!(play.accredit("07", &new), Ok(()), "5");
    let in_turn = statement(&thief, play.chain(&new), batch(4));
    for said in [late, in_turn] {
        assert!(play.put(said, &[&thief]).is_err());
    }
    assert_eq!(play.may_speak("07", &thief), Err(Refusal::KeyRetired));
    assert_eq!(play.accredit("07", &thief), Err(Refusal::KeyUsedBefore), "it is given up");
    play.tell([(new, batch(3)), (rlp(), compromise(&school(), 2))]);
    let found = [1, 2, 3, 4].map(|number| play.batches("07", number));
    assert_eq!(found, [vec![(1, false)], vec![(3, true)], vec![(9, false)], vec![]]);
}
