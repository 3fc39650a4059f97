// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What an authority need not say again.

use super::*;

fn idle(play: &Play, body: &Body) -> [bool; 2] {
    ["07", "06"].map(|of| play.register.is_idle(land(of), body))
}

#[test]
fn a_suspension_is_said_once() {
    let mut play = Play::accredited_twice();
    assert_eq!([idle(&play, &suspend(SCHOOL)), idle(&play, &resume(SCHOOL))], [[false; 2], [true; 2]]);
    play.tell([(rlp(), suspend(SCHOOL))]);
    assert_eq!([idle(&play, &suspend(SCHOOL)), idle(&play, &resume(SCHOOL))], [[true, false], [false, true]]);
    assert_eq!([idle(&play, &suspend(OTHER)), idle(&play, &resume(OTHER))], [[false; 2]; 2]);
}

#[test]
fn a_key_is_declared_stolen_again_only_from_earlier_on() {
    let mut play = Play::accredited_twice();
    play.tell([(rlp(), resume(SCHOOL)), (rlp(), resume(SCHOOL)), (rlp(), compromise(&school(), 3))]);
    let of = |play: &Play, from| idle(play, &compromise(&school(), from));
    assert_eq!([of(&play, 2), of(&play, 3), of(&play, 4)], [[false; 2], [true, false], [true, false]]);
    assert_eq!(idle(&play, &compromise(&other(), 4)), [false; 2]);
}

#[test]
fn a_revocation_is_said_once_by_each_land() {
    let mut play = Play::accredited();
    play.tell([(school(), revoke(&[id(1)]))]);
    assert_eq!(idle(&play, &revoke(&[id(1)])), [false; 2], "the school's word can become void");
    play.tell([(rlp(), revoke(&[id(1)]))]);
    assert_eq!(idle(&play, &revoke(&[id(1)])), [true, false]);
    assert_eq!(idle(&play, &revoke(&[id(1), id(2)])), [false; 2], "one of them is new");
}

#[test]
fn what_was_upheld_is_upheld_again_only_after_something_new() {
    let mut play = Play::accredited();
    play.tell([(school(), revoke(&[id(1)])), (rlp(), uphold(&[1]))]);
    assert_eq!([idle(&play, &uphold(&[1])), idle(&play, &uphold(&[2]))], [[true, false], [false; 2]]);
    play.tell([(school(), replace(&[(1, 3)]))]);
    assert_eq!(idle(&play, &uphold(&[1])), [false; 2]);
}
