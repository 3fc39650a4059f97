// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What became of the school and its keys: suspension, stolen keys, new keys, and how the school stands now.

use super::*;
use crate::{key::SigningKey, register::IssuerStatus};

const GENUINE: (Verdict, Option<Reason>) = (Verdict::Genuine, None);

fn key(number: u8) -> SigningKey {
    signing_key(SCHOOL, number)
}

fn judged(world: &World) -> (Verdict, Option<Reason>) {
    said(&Setting::default().judge(world, &world.file()))
}

/// The end of the chain that this key would continue.
fn chain_of(world: &World, key: &SigningKey) -> crate::register::Chain {
    let next = world.next(key, world.batch_body());
    crate::register::Chain { seq: next.seq, prev: next.prev }
}

/// Verdict and status of the file, by a state that was cosigned at a time.
fn status(world: &World, time: u64) -> (Verdict, Option<IssuerStatus>) {
    let setting = Setting { now: time, ..Setting::default() };
    let judgement = setting.judge_with(setting.consult(world, &[time]), &world.file());
    (judgement.verdict, judgement.details.issuer_status)
}

#[test]
fn batch_void() {
    let mut world = World::with_batch();
    world.submit(compromise(&school(), 1), &ministry());
    let judgement = Setting::default().judge(&world, &world.file());
    assert_eq!(said(&judgement), not_genuine(Reason::BatchVoid));
    assert_eq!((judgement.proven_at_issue, judgement.certificate), (false, Some(world.certificate())));
    assert_eq!(said(&Setting::default().judge_alone(&world.file())), undetermined(Reason::RegisterNotConsulted));

    let mut world = World::with_batch();
    world.submit(compromise(&school(), 2), &ministry());
    assert_eq!(judged(&world), GENUINE, "issued before the theft");
}

#[test]
fn batch_void_is_told_only_by_a_present_state() {
    let mut world = World::with_batch();
    world.submit(compromise(&school(), 1), &ministry());
    let judged = |max_age_s| Setting { now: NOW + 3_600, max_age_s, ..Setting::default() }.judge(&world, &world.file());
    assert_eq!(said(&judged(3_600)), not_genuine(Reason::BatchVoid));
    let old = judged(3_599);
    assert_eq!(
        (said(&old), old.proven_at_issue),
        (undetermined(Reason::StateTooOld), true),
        "it may be endorsed since"
    );
    let setting = Setting::default();
    let bare = setting.judge_with(setting.consult(&world, &[]), &world.file());
    assert_eq!(said(&bare), undetermined(Reason::QuorumNotMet));
}

#[test]
fn batch_void_of_what_a_stolen_key_signs_after_the_notice() {
    let mut world = World::accredited();
    let late = world.next(&school(), world.batch_body());
    world.submit(compromise(&school(), 1), &ministry());
    let batch = world.put(Statement { time: at(NOW - 86_400), ..late }, &[&school()]);
    assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), not_genuine(Reason::BatchVoid));
}

#[test]
fn batch_void_of_what_a_thiefs_rotation_brought_in() {
    let thief = key(99);
    let mut world = World::accredited();
    let rotated = world.rotate(&school(), &thief);
    let batch = world.submit(world.batch_body(), &thief);
    let proof = world.proof_of(&[0, rotated], batch);
    assert_eq!(verdict(&world, &proof), GENUINE, "before anybody noticed");
    world.submit(compromise(&school(), rotated), &ministry());
    assert_eq!(verdict(&world, &world.proof_of(&[0, rotated], batch)), not_genuine(Reason::BatchVoid));
    assert_eq!(verdict(&world, &proof), not_genuine(Reason::BatchVoid), "with the proof of that day");
}

#[test]
fn an_honest_batch_that_became_void_is_genuine_once_it_is_endorsed_again() {
    let mut world = World::with_batch();
    world.submit(compromise(&school(), 1), &ministry());
    let renamed = Accreditation {
        place: crate::statement::Label::parse("Trier").expect("a label"),
        ..accreditation("07", &key(44))
    };
    world.submit_later(accredit(&renamed), &ministry());
    assert_eq!(judged(&world), not_genuine(Reason::BatchVoid));
    let endorsed = world.submit_later(world.batch_body(), &key(44));
    let judgement = Setting::default().judge(&world, &world.file());
    assert_eq!(said(&judgement), GENUINE, "the file is as it was, with its old proof");
    assert_eq!((judgement.details.index, judgement.details.admitted), (Some(endorsed), Some(at(LATER))));
    assert_eq!(judgement.details.school.map(|school| school.place).as_deref(), Some("Trier"));
    assert_eq!(judgement.details.issuer_status, Some(IssuerStatus::Accredited));
    assert_eq!(verdict(&world, &world.proof_of(&[3], endorsed)), GENUINE, "and so is one with a new proof");
}

#[test]
fn nobody_else_endorses_a_void_batch() {
    let other = signing_key("schule.example/other", 55);
    let mut world = World::with_batch();
    world.submit(compromise(&school(), 1), &ministry());
    world.submit(accredit(&accreditation("07", &other)), &ministry());
    world.submit(accredit(&accreditation("06", &key(44))), &other_ministry());
    world.submit(world.batch_body(), &other);
    world.submit(world.batch_body(), &key(44));
    assert_eq!(judged(&world), not_genuine(Reason::BatchVoid));
}

#[test]
fn issuer_suspended() {
    let mut world = World::accredited();
    let batch = world.next(&school(), world.batch_body());
    world.submit(suspend(SCHOOL), &ministry());
    let refused = world.put(batch, &[&school()]);
    let reason = not_genuine(Reason::IssuerSuspended);
    assert_eq!(verdict(&world, &world.proof_of(&[0], refused)), reason);
    world.submit(resume(SCHOOL), &ministry());
    assert_eq!(verdict(&world, &world.proof_of(&[0], refused)), reason, "resuming revives nothing");
    let again = Statement { time: at(NOW - 1), ..world.next(&school(), world.batch_body()) };
    world.put(again, &[&school()]);
    assert_eq!(verdict(&world, &world.proof_of(&[0], refused)), GENUINE, "saying it again does");
}

#[test]
fn issuer_suspended_in_one_of_two_laender() {
    let mut world = World::accredited();
    let second = world.submit(accredit(&accreditation("06", &school())), &other_ministry());
    let batch = world.next(&school(), world.batch_body());
    world.submit(suspend(SCHOOL), &ministry());
    let refused = world.put(batch, &[&school()]);
    let file = seal(DOCUMENT, &world.proof_of(&[0], refused).encode());
    assert_eq!(said(&Setting::default().judge(&world, &file)), not_genuine(Reason::IssuerSuspended));
    let register = world.replica.register();
    let open = register.open_record(crate::fixtures::land("06"), &name(SCHOOL)).expect("a record");
    let there = statement(&school(), register.record(open).chain(), world.batch_body());
    let there = world.put(there, &[&school()]);
    assert_eq!(verdict(&world, &world.proof_of(&[second], there)), GENUINE, "the other Land's stays");
}

#[test]
fn how_the_school_stands_now_takes_nothing_from_what_it_issued() {
    let genuine = |status| (Verdict::Genuine, Some(status));
    let mut world = World::with_batch();
    assert_eq!(status(&world, NOW), genuine(IssuerStatus::Accredited));
    let over = accreditation("07", &school()).until.posix();
    assert_eq!(status(&world, over - 1), genuine(IssuerStatus::Accredited));
    assert_eq!(status(&world, over), genuine(IssuerStatus::Expired));
    world.submit(suspend(SCHOOL), &ministry());
    assert_eq!(status(&world, NOW), genuine(IssuerStatus::Suspended));
    world.submit(resume(SCHOOL), &ministry());
    world.submit(compromise(&school(), 2), &ministry());
    assert_eq!(status(&world, NOW), genuine(IssuerStatus::Compromised));
    let next_year = Accreditation { from: at(NOW + 9), ..accreditation("07", &key(44)) };
    world.submit(accredit(&next_year), &ministry());
    assert_eq!(status(&world, NOW), genuine(IssuerStatus::NotYet));
    assert_eq!(status(&world, NOW + 9), genuine(IssuerStatus::Accredited));
}

#[test]
fn a_batch_under_rotated_keys_needs_every_rotation_in_its_proof() {
    let mut world = World::accredited();
    let first = world.rotate(&school(), &key(10));
    let second = world.rotate(&key(10), &key(11));
    let batch = world.submit(world.batch_body(), &key(11));
    let judged = |chain: &[u64]| verdict(&world, &world.proof_of(chain, batch));
    assert_eq!(judged(&[0, first, second]), GENUINE);
    let bad_signature = not_genuine(Reason::BadSignature);
    assert_eq!(judged(&[0]), bad_signature);
    assert_eq!(judged(&[0, first]), bad_signature);
    assert_eq!(judged(&[0, second]), bad_signature);
    assert_eq!(judged(&[0, second, first]), not_genuine(Reason::MalformedProof), "indices that do not rise");
    assert_eq!(judged(&[first, second]), not_genuine(Reason::NotAccredited));
    let judgement = Setting::default().judge(&world, &seal(DOCUMENT, &world.proof_of(&[0, 1, 2], batch).encode()));
    assert_eq!((judgement.details.index, judgement.details.tree_size), (Some(3), Some(4)));
}

#[test]
fn a_proof_holds_as_many_rotations_as_a_record_may_have() {
    let mut world = World::accredited();
    let keys: Vec<_> = [5].into_iter().chain(10..18).map(key).collect();
    let chain: Vec<_> =
        [0].into_iter().chain(keys.windows(2).take(7).map(|pair| world.rotate(&pair[0], &pair[1]))).collect();
    let batch = world.submit(world.batch_body(), &keys[7]);
    let proof = world.proof_of(&chain, batch);
    assert_eq!((chain.len(), verdict(&world, &proof)), (8, GENUINE));
    assert!(proof.encode().len() < 16_384, "{}", proof.encode().len());

    let eighth = world.rotate(&keys[7], &keys[8]);
    assert!(world.replica.register().refusal(LeafIndex(eighth)).is_some());
    let late = world.submit(world.batch_body(), &keys[8]);
    let longer = [chain, vec![eighth]].concat();
    assert_eq!(verdict(&world, &world.proof_of(&longer, late)), not_genuine(Reason::MalformedProof));
}

#[test]
fn a_rotation_that_does_not_count_brings_nothing_in() {
    let mut world = World::accredited();
    world.submit(suspend(SCHOOL), &ministry());
    let rotated = world.rotate(&school(), &key(10));
    world.submit(resume(SCHOOL), &ministry());
    // Rightly signed, on the ledger, and yet not of the register: the proof alone cannot tell.
    let batch = statement(&key(10), chain_of(&world, &school()), world.batch_body());
    let batch = world.put(batch, &[&key(10)]);
    let proof = world.proof_of(&[0, rotated], batch);
    assert_eq!(verdict(&world, &proof), not_genuine(Reason::BadSignature));
    let alone = Setting::default().judge_alone(&seal(DOCUMENT, &proof.encode()));
    assert_eq!(said(&alone), undetermined(Reason::RegisterNotConsulted));
}

#[test]
fn a_batch_by_a_key_that_was_rotated_away() {
    let mut world = World::accredited();
    let rotated = world.rotate(&school(), &key(10));
    let late = statement(&school(), chain_of(&world, &key(10)), world.batch_body());
    let late = world.put(late, &[&school()]);
    assert_eq!(verdict(&world, &world.proof_of(&[0], late)), not_genuine(Reason::BadSignature));
    assert_eq!(verdict(&world, &world.proof_of(&[0, rotated], late)), not_genuine(Reason::BadSignature));
}
