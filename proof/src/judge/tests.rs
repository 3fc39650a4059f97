// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A small world in memory, and each reason of a verdict by one fault in it.

mod contradictions;
mod issuer;
mod json;
mod missing;
mod withdrawn;
mod world;

use super::*;
use crate::{
    Hash,
    fixtures::{
        NOW, ORIGIN, SCHOOL, accredit, accreditation, at, compromise, cosigning_key, name, resume, revoke, signing_key,
        statement, suspend, token,
    },
    proof_file::ProofFile,
    statement::{Accreditation, Body, Statement},
    tree::LeafIndex,
    verdict::Verdict,
};
use world::{DOCUMENT, LATER, Setting, World, clock, ledger, ministry, other_ministry, school, seal};

fn said(judgement: &Judgement) -> (Verdict, Option<Reason>) {
    (judgement.verdict, judgement.reason)
}

fn not_genuine(reason: Reason) -> (Verdict, Option<Reason>) {
    (Verdict::NotGenuine, Some(reason))
}

fn undetermined(reason: Reason) -> (Verdict, Option<Reason>) {
    (Verdict::Undetermined, Some(reason))
}

/// The verdict on a proof for [`DOCUMENT`] in its own world.
fn verdict(world: &World, proof: &ProofFile) -> (Verdict, Option<Reason>) {
    said(&Setting::default().judge(world, &seal(DOCUMENT, &proof.encode())))
}

#[test]
fn a_sealed_file_is_genuine() {
    let world = World::with_batch();
    let judgement = Setting::default().judge(&world, &world.file());
    let details = Details {
        school: Some(School {
            key_name: SCHOOL.to_owned(),
            name: "Gymnasium am Mühlenberg".to_owned(),
            number: "12345".to_owned(),
            place: "Mainz".to_owned(),
            state: "07".to_owned(),
        }),
        kind: Some("abitur".to_owned()),
        issued: Some(at(NOW)),
        admitted: Some(at(NOW)),
        ledger: Some(ORIGIN.to_owned()),
        index: Some(1),
        as_of: Some(at(NOW)),
        tree_size: Some(2),
        issuer_status: Some(crate::register::IssuerStatus::Accredited),
    };
    let wanted = Judgement {
        verdict: Verdict::Genuine,
        reason: None,
        proven_at_issue: true,
        certificate: Some(world.certificate()),
        details,
        withdrawn: None,
        sealed_part: None,
    };
    assert_eq!(judgement, wanted);
}

#[test]
fn a_proof_beside_the_file_serves_as_well() {
    let world = World::with_batch();
    let (setting, proof) = (Setting::default(), world.proof().encode());
    let beside = setting.judge_detached(&world, DOCUMENT, Some(&proof));
    assert_eq!(beside, setting.judge(&world, &world.file()));
    let other = [DOCUMENT, b"\n"].concat();
    assert_eq!(said(&setting.judge_detached(&world, &other, Some(&proof))), not_genuine(Reason::NotInBatch));
    assert_eq!(said(&setting.judge_detached(&world, DOCUMENT, Some(b"nothing"))), not_genuine(Reason::MalformedProof));
    let sealed = setting.judge_detached(&world, &world.file(), Some(b"nothing"));
    assert_eq!(said(&sealed), (Verdict::Genuine, None), "a file's own seal comes first");
    let altered = [b"x", world.file().as_slice()].concat();
    assert_eq!(said(&setting.judge_detached(&world, &altered, Some(&proof))), not_genuine(Reason::Altered));
}

#[test]
fn without_a_seal_there_is_nothing_to_check() {
    let (world, setting) = (World::with_batch(), Setting::default());
    let none = |reason| (Verdict::NoSeal, Some(reason));
    assert_eq!(said(&setting.judge(&world, DOCUMENT)), none(Reason::NoLocator));
    assert_eq!(said(&setting.judge(&world, b"")), none(Reason::NoLocator));
    let resaved = [b"schulsiegel-ref:00", DOCUMENT].concat();
    assert_eq!(said(&setting.judge(&world, &resaved)), none(Reason::ResavedCopy));
}

#[test]
fn altered() {
    let world = World::with_batch();
    let file = [b"x", world.file().as_slice()].concat();
    let judgement = Setting::default().judge(&world, &file);
    assert_eq!(said(&judgement), not_genuine(Reason::Altered));
    assert_eq!((judgement.certificate, judgement.details), (None, Details::default()));
}

#[test]
fn bytes_after_the_seal_carry_the_judgement_of_the_sealed_part() {
    let (world, setting) = (World::with_batch(), Setting::default());
    let judgement = setting.judge(&world, &[world.file(), b"x".to_vec()].concat());
    assert_eq!(said(&judgement), not_genuine(Reason::BytesAfterSeal));
    assert_eq!((judgement.certificate, &judgement.details), (None, &Details::default()));
    assert_eq!(judgement.sealed_part.as_deref(), Some(&setting.judge(&world, &world.file())));

    let other = [DOCUMENT, DOCUMENT].concat();
    let forged = [seal(&other, &world.proof().encode()), b"x".to_vec()].concat();
    let part = setting.judge(&world, &forged).sealed_part.expect("a sealed part");
    assert_eq!(said(&part), not_genuine(Reason::NotInBatch));
    let unreadable = setting.judge(&world, &[seal(DOCUMENT, b"nothing"), b"x".to_vec()].concat());
    assert_eq!(said(&unreadable.sealed_part.expect("a sealed part")), not_genuine(Reason::MalformedProof));
}

#[test]
fn the_first_contradiction_wins_over_what_is_missing() {
    let world = World::with_batch();
    let nobody = Setting { pins: vec![], ..Setting::default() };
    let mut not_included = world.proof();
    not_included.trunk.batch.path.clear();
    let file = seal(DOCUMENT, &not_included.encode());
    assert_eq!(said(&nobody.judge(&world, &file)), not_genuine(Reason::BadInclusion), "over unknown_authority");
    let strange = Setting { ledger: signing_key(ORIGIN, 99), ..Setting::default() };
    assert_eq!(said(&strange.judge_alone(&file)), not_genuine(Reason::BadInclusion), "over unknown_ledger");

    let other = seal(&[DOCUMENT, DOCUMENT].concat(), &world.proof().encode());
    assert_eq!(said(&nobody.judge(&world, &other)), not_genuine(Reason::NotInBatch), "over unknown_authority");
    assert_eq!(
        said(&Setting::default().judge_alone(&other)),
        not_genuine(Reason::NotInBatch),
        "over register_not_consulted"
    );
    let mut both = not_included;
    both.leaf.salt.0[0] ^= 1;
    assert_eq!(verdict(&world, &both), not_genuine(Reason::NotInBatch), "the first of two");

    for claims in [[0; 32], [1; 32]] {
        let mut replaced = World { claims: ClaimsRoot(claims), ..World::accredited() };
        let late = replaced.next(&school(), replaced.batch_body());
        replaced.submit(accredit(&accreditation("07", &signing_key(SCHOOL, 44))), &ministry());
        let late = replaced.put(late, &[&school()]);
        let file = seal(DOCUMENT, &replaced.proof_of(&[0], late).encode());
        let stale = Setting { now: NOW + 3_600, max_age_s: 0, ..Setting::default() };
        assert_eq!(
            said(&stale.judge(&replaced, &file)),
            not_genuine(Reason::BadSignature),
            "over state_too_old, claims {claims:?}"
        );
    }
}

#[test]
fn the_ledger_of_another_origin_says_nothing() {
    let (world, setting) = (World::with_batch(), Setting::default());
    let policy = setting.policy();
    let authorities = setting.authorities();
    let ledgers = BTreeMap::from([(name("other.example"), setting.consult(&world, &[NOW]))]);
    let judge = Judge { policy: &policy, authorities: &authorities, max_age_s: 0, now: at(NOW), ledgers };
    assert_eq!(said(&judge.judge(&world.file(), None)), undetermined(Reason::RegisterNotConsulted));
}

#[test]
fn a_remembered_trunk_serves_the_other_files_of_the_batch() {
    let (world, setting) = (World::with_batch(), Setting::default());
    let (policy, authorities) = (setting.policy(), setting.authorities());
    let ledgers = BTreeMap::from([(name(ORIGIN), setting.consult(&world, &[NOW]))]);
    let judge = Judge { policy: &policy, authorities: &authorities, max_age_s: 0, now: at(NOW), ledgers };
    let proof = world.proof().encode();
    let first = Exhibit::detached(DOCUMENT, &proof).expect("a proof");
    let trunk = judge.weigh(&first.trunk());
    assert_eq!(judge.conclude(&first, &trunk), judge.judge(&world.file(), None));
    let second = world.neighbours_proof().encode();
    let second = Exhibit::detached(world::NEIGHBOUR, &second).expect("a proof");
    assert_eq!(first.trunk().id(), second.trunk().id());
    let judgement = judge.conclude(&second, &trunk);
    assert_eq!(said(&judgement), (Verdict::Genuine, None));
    assert_ne!(judgement.certificate, Some(world.certificate()));
}
