// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What is said against certificates, by whom, and whether it has an effect.

use super::*;

fn revoked(index: u64) -> Withdrawn {
    Withdrawn::Revoked { reason: WithdrawalReason::Error, said: said(index) }
}

fn revoked_by_authority(index: u64) -> Withdrawn {
    Withdrawn::Revoked { reason: WithdrawalReason::Error, said: Said { by_authority: true, ..said(index) } }
}

fn replaced(index: u64, successor: u8) -> Withdrawn {
    Withdrawn::Replaced { successor: id(successor), said: said(index) }
}

fn said(index: u64) -> Said {
    Said { index: LeafIndex(index), admitted: at(NOW), by_authority: false }
}

const VOID: Option<Withdrawn> = Some(Withdrawn::Void);

#[test]
fn a_school_revokes_and_replaces_its_own() {
    let mut play = Play::accredited();
    play.tell([(school(), batch(1)), (school(), revoke(&[id(1), id(2)])), (school(), replace(&[(3, 4), (5, 6)]))]);
    let found = [1, 2, 3, 4, 5, 6, 7].map(|number| play.withdrawal(number));
    assert_eq!(
        found,
        [Some(revoked(2)), Some(revoked(2)), Some(replaced(3, 4)), None, Some(replaced(3, 6)), None, None]
    );
}

#[test]
fn every_reason_is_told() {
    for reason in WithdrawalReason::ALL {
        let mut play = Play::accredited();
        play.tell([(school(), Body::Revoke { reason, certificates: vec![id(1)] })]);
        let said = Said { index: LeafIndex(1), admitted: at(NOW), by_authority: false };
        assert_eq!(play.withdrawal(1), Some(Withdrawn::Revoked { reason, said }));
    }
}

#[test]
fn nobody_withdraws_the_certificates_of_another() {
    let mut play = Play::accredited_twice();
    assert_eq!(play.accredit("07", &other()), Ok(()), "2");
    play.tell([(other(), revoke(&[id(1)])), (other(), replace(&[(2, 9)]))]);
    assert_eq!(play.say_in("06", &school(), revoke(&[id(1)])), Ok(()), "5");
    play.tell([(hessen(), revoke(&[id(1)]))]);
    let found = |of, school, number| play.register.withdrawal(land(of), &name(school), id(number));
    assert_eq!(
        (found("07", SCHOOL, 1), found("07", SCHOOL, 2)),
        (None, None),
        "neither another school nor another Land"
    );
    assert_eq!(
        (found("07", OTHER, 1), found("07", OTHER, 2)),
        (Some(revoked(3)), Some(replaced(4, 9))),
        "only its own"
    );
    assert_eq!((found("06", SCHOOL, 1), found("06", OTHER, 1)), (Some(revoked(5)), Some(revoked_by_authority(6))));
}

#[test]
fn an_authority_withdraws_in_its_land_whichever_the_school() {
    let mut play = Play::accredited_twice();
    assert_eq!(play.accredit("07", &other()), Ok(()), "2");
    play.tell([(rlp(), revoke(&[id(1)]))]);
    let found = |of, school| play.register.withdrawal(land(of), &name(school), id(1));
    assert_eq!(
        (found("07", SCHOOL), found("07", OTHER)),
        (Some(revoked_by_authority(3)), Some(revoked_by_authority(3)))
    );
    assert_eq!((found("06", SCHOOL), found("06", OTHER)), (None, None));
}

#[test]
fn revoking_twice_changes_nothing() {
    let mut play = Play::accredited();
    play.tell([(school(), revoke(&[id(1)])), (school(), revoke(&[id(1)])), (rlp(), revoke(&[id(1)]))]);
    assert_eq!(play.withdrawal(1), Some(revoked(1)), "the first is told");
}

#[test]
fn revoke_outranks_replace_and_the_first_replace_counts() {
    let mut play = Play::accredited();
    play.tell([(school(), replace(&[(1, 2)])), (school(), replace(&[(1, 3)]))]);
    assert_eq!(play.withdrawal(1), Some(replaced(1, 2)));
    play.tell([(school(), revoke(&[id(1)]))]);
    assert_eq!(play.withdrawal(1), Some(revoked(3)));
    play.tell([(school(), replace(&[(1, 4)]))]);
    assert_eq!(play.withdrawal(1), Some(revoked(3)));
}

#[test]
fn what_was_withdrawn_stays_so_after_rotation_and_new_accreditation() {
    let mut play = Play::accredited();
    play.tell([(school(), revoke(&[id(1)]))]);
    assert_eq!(play.rotate(&school(), &key(10)), Ok(()), "2");
    play.tell([(key(10), replace(&[(2, 3)]))]);
    assert_eq!(play.accredit("07", &key(11)), Ok(()), "4");
    play.tell([(key(11), revoke(&[id(4)]))]);
    assert_eq!(
        [1, 2, 4].map(|number| play.withdrawal(number)),
        [Some(revoked(1)), Some(replaced(3, 3)), Some(revoked(5))]
    );
}

#[test]
fn a_withdrawal_with_a_stolen_key_is_void_and_one_before_the_theft_is_not() {
    let mut play = Play::accredited();
    play.tell([(school(), revoke(&[id(1)])), (school(), revoke(&[id(2)])), (school(), replace(&[(3, 4)]))]);
    play.tell([(rlp(), compromise(&school(), 2))]);
    assert_eq!([1, 2, 3].map(|number| play.withdrawal(number)), [Some(revoked(1)), VOID, VOID]);
}

#[test]
fn a_void_withdrawal_is_upheld_by_an_authority_of_the_land() {
    let mut play = Play::accredited();
    play.tell([(school(), revoke(&[id(1), id(2)])), (school(), replace(&[(3, 4), (5, 6)]))]);
    play.tell([(rlp(), compromise(&school(), 1)), (hessen(), uphold(&[1, 3]))]);
    assert_eq!([1, 2, 3, 5].map(|number| play.withdrawal(number)), [VOID; 4], "another Land's word");
    play.tell([(rlp(), uphold(&[1, 3]))]);
    assert_eq!(
        [1, 2, 3, 5].map(|number| play.withdrawal(number)),
        [Some(revoked(1)), VOID, Some(replaced(2, 4)), VOID]
    );
}

#[test]
fn an_uphold_confirms_what_stands_before_it_even_if_it_becomes_void_later() {
    let mut play = Play::accredited();
    play.tell([(school(), revoke(&[id(1)])), (rlp(), uphold(&[1, 2])), (school(), revoke(&[id(2)]))]);
    play.tell([(rlp(), compromise(&school(), 1))]);
    assert_eq!((play.withdrawal(1), play.withdrawal(2)), (Some(revoked(1)), VOID), "not what comes after it");
}

#[test]
fn an_uphold_withdraws_nothing_by_itself() {
    let mut play = Play::accredited();
    assert_eq!(play.accredit("07", &other()), Ok(()));
    play.tell([(other(), revoke(&[id(1)])), (rlp(), compromise(&other(), 2)), (rlp(), uphold(&[1, 2]))]);
    assert_eq!((play.withdrawal(1), play.withdrawal(2)), (None, None), "nor what another school withdrew");
    assert_eq!(play.register.withdrawal(land("07"), &name(OTHER), id(1)), Some(revoked(2)));
}

#[test]
fn a_void_withdrawal_is_repeated_by_the_authority_or_with_the_new_key() {
    let mut play = Play::accredited();
    play.tell([(school(), revoke(&[id(1), id(2)])), (school(), replace(&[(3, 4), (5, 6)]))]);
    play.tell([(rlp(), compromise(&school(), 1)), (rlp(), revoke(&[id(1), id(3)]))]);
    assert_eq!(play.accredit("07", &key(10)), Ok(()), "5");
    play.tell([(key(10), revoke(&[id(2)])), (key(10), replace(&[(5, 7)]))]);
    let found = [1, 2, 3, 5].map(|number| play.withdrawal(number));
    assert_eq!(
        found,
        [Some(revoked_by_authority(4)), Some(revoked(6)), Some(revoked_by_authority(4)), Some(replaced(7, 7))],
        "not the thief's successor"
    );
}

#[test]
fn what_is_certain_outranks_what_is_void() {
    let mut play = Play::accredited();
    play.tell([(school(), replace(&[(1, 2)])), (school(), revoke(&[id(1)])), (rlp(), compromise(&school(), 2))]);
    assert_eq!(play.withdrawal(1), Some(replaced(1, 2)), "superseded for certain, revoked perhaps");
    play.tell([(rlp(), uphold(&[1]))]);
    assert_eq!(play.withdrawal(1), Some(revoked(2)));
}

#[test]
fn a_withdrawal_by_a_key_that_a_thief_brought_in_is_void() {
    let mut play = Play::accredited();
    assert_eq!(play.rotate(&school(), &key(10)), Ok(()), "1");
    play.tell([(key(10), revoke(&[id(1)])), (rlp(), compromise(&school(), 1))]);
    assert_eq!(play.withdrawal(1), VOID);
}

#[test]
fn a_statement_names_up_to_a_thousand_certificates() {
    let ids: Vec<_> = (0..1_000_u32).map(|number| CertificateId(Hash::of(&[&number.to_be_bytes()]))).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    let mut play = Play::accredited();
    play.tell([(school(), revoke(&sorted))]);
    assert!(ids.iter().all(|id| play.register.withdrawal(land("07"), &name(SCHOOL), *id) == Some(revoked(1))));
}
