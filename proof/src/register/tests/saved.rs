// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A register that is written down is read back as it was, or not at all.

use proptest::{collection, prelude::*};
use twox_hash::XxHash3_128;

use super::*;
use crate::tree::Tree;

fn pins() -> Authorities {
    pinned(&[("07", &rlp(), "0 -"), ("06", &hessen(), "0 -")])
}

/// A ledger with every type of statement, and some that do not count.
fn eventful() -> Play {
    let mut play = Play::accredited_twice();
    assert_eq!(play.say_in("07", &school(), batch(1)), Ok(()));
    assert_eq!(play.say_in("06", &school(), revoke(&[id(1), id(2)])), Ok(()));
    assert_eq!(play.say_in("07", &school(), replace(&[(3, 4)])), Ok(()));
    let turn = play.next_in("07", &school(), rotate(&key(10)));
    assert_eq!(play.put(turn, &[&school(), &key(10)]), Ok(()));
    play.tell([
        (key(10), batch(2)),
        (rlp(), suspend(SCHOOL)),
        (rlp(), resume(SCHOOL)),
        (hessen(), suspend(SCHOOL)),
        (rlp(), compromise(&school(), 4)),
        (rlp(), uphold(&[3])),
        (hessen(), Body::Require { version: 2 }),
    ]);
    assert_eq!(play.say(&key(10), batch(3)), Err(Refusal::KeyCompromised));
    play
}

fn tree(play: &Play) -> Tree {
    play.entries.iter().map(LedgerEntry::leaf).collect()
}

fn saved(play: &Play) -> Vec<u8> {
    play.register.save(&tree(play))
}

#[test]
fn what_was_saved_is_read_back() {
    for play in [Play::new(), eventful()] {
        let (register, tree_again) = Register::restore(saved(&play).into(), &name(ORIGIN), &pins()).expect("its own");
        assert_eq!(view(&register, play.size()), view(&play.register, play.size()));
        assert_eq!((register.origin(), register.size()), (play.register.origin(), play.register.size()));
        assert_eq!(register.last_admitted(), play.register.last_admitted());
        assert_eq!((tree_again.size(), tree_again.root()), (tree(&play).size(), tree(&play).root()));
        let again = register.save(&tree_again);
        assert!(Register::restore(again.into(), &name(ORIGIN), &pins()).is_some(), "and may be saved once more");
    }
}

#[test]
fn a_register_that_was_read_back_refuses_what_it_refused_before() {
    let mut play = eventful();
    let said = play.next(&rlp(), suspend(SCHOOL)).sign(&[&rlp()]).expect("signed");
    assert_eq!(play.put_at(NOW, &said), Ok(()));
    let (register, _) = Register::restore(saved(&play).into(), &name(ORIGIN), &pins()).expect("its own");
    let mut mended = Play { register, entries: play.entries.clone() };
    assert_eq!(mended.put_at(NOW, &said), Err(Refusal::Duplicate));
    assert_eq!(mended.may_speak("07", &school()), Err(Refusal::KeyRetired));
    assert_eq!(mended.accredit("06", &school()), Err(Refusal::KeyUsedBefore));
    assert_eq!(mended.accredit("07", &signing_key(SCHOOL, 10)), Err(Refusal::KeyUsedBefore), "void");
    assert_eq!(mended.accredit("07", &signing_key(OTHER, 3)), Err(Refusal::KeyUsedBefore), "of another name");
    assert_eq!(mended.accredit("07", &key(11)), Ok(()));
}

#[test]
fn a_key_id_is_still_taken_after_reading() {
    let mut play = eventful();
    let (taken, free) = (key(11).verifying_key().id(), key(12).verifying_key().id());
    play.register.content.keys.take_id(SCHOOL, taken);
    play.register.content.keys.take_id(OTHER, free);
    let (register, _) = Register::restore(saved(&play).into(), &name(ORIGIN), &pins()).expect("its own");
    let mut mended = Play { register, entries: play.entries.clone() };
    assert_eq!(mended.accredit("07", &key(11)), Err(Refusal::KeyUsedBefore));
    assert_eq!(mended.accredit("07", &key(12)), Ok(()), "the id of another name's key");
}

#[test]
fn what_was_saved_is_only_for_the_same_ledger_and_pins() {
    let bytes = saved(&eventful());
    let restored =
        |origin: &str, pins: &Authorities| Register::restore(bytes.clone().into(), &name(origin), pins).is_some();
    assert!(restored(ORIGIN, &pins()));
    let elsewhere = format!("07 {} other.example 0 -\n", signing_key("x.example", 9).verifying_key());
    let further = Authorities::parse(format!("{}{elsewhere}", pins()).as_bytes()).expect("authorities");
    assert!(restored(ORIGIN, &further), "another ledger's authorities do not matter");
    assert!(!restored("other.example", &pins()));
    let others = [
        pinned(&[]),
        pinned(&[("07", &rlp(), "0 -")]),
        pinned(&[("07", &rlp(), "0 -"), ("06", &hessen(), "0 9")]),
        pinned(&[("07", &rlp(), "0 -"), ("06", &hessen(), "1 -")]),
        pinned(&[("07", &rlp(), "0 -"), ("05", &hessen(), "0 -")]),
        pinned(&[("07", &rlp(), "0 -"), ("06", &signing_key("hessen.example", 9), "0 -")]),
        pinned(&[("07", &rlp(), "0 -"), ("06", &signing_key("hesse.example", 2), "0 -")]),
        pinned(&[("07", &rlp(), "0 -"), ("06", &hessen(), "0 -"), ("06", &key(9), "0 -")]),
    ];
    for other in others {
        assert!(!restored(ORIGIN, &other), "{other}");
    }
}

#[test]
fn a_changed_missing_or_further_byte_is_noticed() {
    let bytes = saved(&eventful());
    let restored = |bytes: &[u8]| Register::restore(bytes.to_vec().into(), &name(ORIGIN), &pins()).is_some();
    assert!(restored(&bytes));
    for place in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[place] ^= 1 << (place % 8);
        assert!(!restored(&altered), "byte {place}");
        assert!(!restored(&bytes[..place]), "cut at {place}");
    }
    assert!(!restored(&[&bytes[..], &[0]].concat()));
    assert!(!restored(&[&bytes[..], &bytes[..]].concat()));
}

/// The same bytes with a checksum that fits: what whoever writes the file on purpose can do.
fn with_sum(body: &[u8]) -> Vec<u8> {
    [&XxHash3_128::oneshot(body).to_be_bytes()[..], body].concat()
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in collection::vec(any::<u8>(), 0..400), good in 0..9_usize) {
        prop_assert!(Register::restore(bytes.clone().into(), &name(ORIGIN), &pins()).is_none());
        let body = &saved(&Play::accredited())[16..];
        let mixed = [&body[..good * 8], &bytes].concat();
        prop_assert!(Register::restore(with_sum(&mixed).into(), &name(ORIGIN), &pins()).is_none());
    }

    #[test]
    fn altered_bytes_with_a_fitting_sum_are_read_without_a_panic(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut body = saved(&eventful())[16..].to_vec();
        let place = place.index(body.len());
        body[place] = byte;
        drop(Register::restore(with_sum(&body).into(), &name(ORIGIN), &pins()));
        prop_assert!(Register::restore(with_sum(&body[..place]).into(), &name(ORIGIN), &pins()).is_none());
    }
}
