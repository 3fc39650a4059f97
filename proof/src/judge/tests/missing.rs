// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Each reason for which nothing can be said.

use super::*;

#[test]
fn register_not_consulted() {
    let (world, setting) = (World::with_batch(), Setting::default());
    let alone = setting.judge_alone(&world.file());
    assert_eq!(said(&alone), undetermined(Reason::RegisterNotConsulted));
    let whole = setting.judge(&world, &world.file());
    let known = Details { as_of: None, tree_size: None, issuer_status: None, ..whole.details };
    assert_eq!((alone.proven_at_issue, alone.certificate, alone.details), (true, Some(world.certificate()), known));
}

#[test]
fn what_callers_found_out_of_a_ledger_is_passed_on() {
    let (world, setting) = (World::with_batch(), Setting::default());
    for reason in [Reason::LedgerUnreachable, Reason::LedgerRolledBack, Reason::LedgerDamaged, Reason::LedgerForked] {
        let judgement = setting.judge_with(Consulted::Failed(reason), &world.file());
        assert_eq!((said(&judgement), judgement.proven_at_issue), (undetermined(reason), true));
    }
}

#[test]
fn state_too_old() {
    let world = World::with_batch();
    let judged = |max_age_s| Setting { now: NOW + 3_600, max_age_s, ..Setting::default() }.judge(&world, &world.file());
    assert_eq!(said(&judged(3_600)), (Verdict::Genuine, None));
    let old = judged(3_599);
    assert_eq!((said(&old), old.proven_at_issue), (undetermined(Reason::StateTooOld), true));
    assert_eq!((old.details.as_of, old.details.tree_size), (Some(at(NOW)), Some(2)));
}

#[test]
fn state_behind() {
    let (world, behind) = (World::with_batch(), World::accredited());
    let judgement = Setting::default().judge(&behind, &world.file());
    assert_eq!((said(&judgement), judgement.proven_at_issue), (undetermined(Reason::StateBehind), true));
    let empty = Setting::default().judge(&World::new(), &world.file());
    assert_eq!(said(&empty), undetermined(Reason::StateBehind));
}

#[test]
fn state_without_time() {
    let world = World::with_batch();
    let setting = Setting { quorum: "none", ..Setting::default() };
    let judgement = setting.judge(&world, &world.file());
    assert_eq!((said(&judgement), judgement.details.as_of), (undetermined(Reason::StateWithoutTime), None));
}

#[test]
fn quorum_not_met() {
    let (world, setting) = (World::with_batch(), Setting::default());
    let bare = ProofFile { trunk: world.trunk_with(&[0], 1, &world.checkpoint(&[])), ..world.proof() };
    let file = seal(DOCUMENT, &bare.encode());
    let alone = setting.judge_alone(&file);
    assert_eq!((said(&alone), alone.proven_at_issue), (undetermined(Reason::QuorumNotMet), false));
    assert_eq!(said(&setting.judge(&world, &file)), (Verdict::Genuine, None), "the current checkpoint has the quorum");
    let current = setting.judge_with(setting.consult(&world, &[]), &world.file());
    assert_eq!((said(&current), current.proven_at_issue), (undetermined(Reason::QuorumNotMet), true));
    let future = setting.judge_with(setting.consult(&world, &[NOW + 601]), &world.file());
    assert_eq!(said(&future), undetermined(Reason::QuorumNotMet));
}

#[test]
fn unknown_ledger() {
    let world = World::with_batch();
    let setting = Setting { ledger: signing_key(ORIGIN, 99), ..Setting::default() };
    let judgement = setting.judge_alone(&world.file());
    assert_eq!(said(&judgement), undetermined(Reason::UnknownLedger), "another key of the name");
    assert_eq!((judgement.proven_at_issue, judgement.details), (false, Details::default()));
    let setting = Setting { ledger: signing_key("other.example", 99), ..Setting::default() };
    assert_eq!(said(&setting.judge_alone(&world.file())), undetermined(Reason::UnknownLedger), "another name");
}

#[test]
fn unknown_authority_and_its_school_is_not_named() {
    let world = World::with_batch();
    for pins in
        [vec![], vec![("07", signing_key("ministry.example", 99), "0 -")], vec![("07", signing_key("a", 99), "0 -")]]
    {
        let setting = Setting { pins, ..Setting::default() };
        let judgement = setting.judge(&world, &world.file());
        assert_eq!(said(&judgement), undetermined(Reason::UnknownAuthority));
        assert_eq!((judgement.proven_at_issue, &judgement.details), (false, &Details::default()));
        let json = serde_json::to_string(&judgement).expect("JSON");
        assert!(!json.contains("Mühlenberg") && !json.contains(SCHOOL), "{json}");
    }
}

#[test]
fn an_authority_of_another_ledger_is_unknown_here() {
    let world = World::with_batch();
    let setting = Setting { pinned_for: "other.example", ..Setting::default() };
    assert_eq!(said(&setting.judge(&world, &world.file())), undetermined(Reason::UnknownAuthority));
}

#[test]
fn ledger_forked_by_another_root_at_an_earlier_size() {
    let world = World::with_batch();
    let mut fork = World::with_batch_of(7);
    for further in [0, 1] {
        assert_eq!(fork.replica.tree().size().0, 2 + further);
        let judgement = Setting::default().judge(&fork, &world.file());
        assert_eq!((said(&judgement), judgement.proven_at_issue), (undetermined(Reason::LedgerForked), true));
        fork.submit(Body::Require { version: 1 }, &ministry());
    }
}

#[test]
fn ledger_forked_behind_the_batch() {
    let [mut world, mut fork] = [World::with_batch(), World::with_batch()];
    world.submit(Body::Require { version: 0 }, &ministry());
    fork.submit(Body::Require { version: 1 }, &ministry());
    let judgement = Setting::default().judge(&fork, &world.file());
    assert_eq!((said(&judgement), judgement.proven_at_issue), (undetermined(Reason::LedgerForked), true));
}

#[test]
fn ledger_forked_by_another_entry_under_a_larger_checkpoint() {
    let mut world = World::with_batch();
    world.submit(Body::Require { version: 1 }, &ministry());
    let rolled_back = World::with_batch_of(7);
    let judgement = Setting::default().judge(&rolled_back, &world.file());
    assert_eq!((said(&judgement), judgement.proven_at_issue), (undetermined(Reason::LedgerForked), true));
}

#[test]
fn verifier_too_old() {
    let reason = undetermined(Reason::VerifierTooOld);
    let mut claims = World { claims: ClaimsRoot([1; 32]), ..World::accredited() };
    claims.submit(claims.batch_body(), &school());
    assert_eq!(verdict(&claims, &claims.proof()), reason, "claims");

    let mut world = World::with_batch();
    world.submit(Body::Require { version: 2 }, &ministry());
    let judgement = Setting::default().judge(&world, &world.file());
    assert_eq!((said(&judgement), judgement.proven_at_issue), (reason, true), "required");

    let later = String::from_utf8(world.proof().encode()).expect("text").replace("tlog-proof@v1", "tlog-proof@v2");
    assert_eq!(said(&Setting::default().judge(&world, &seal(DOCUMENT, later.as_bytes()))), reason, "a later proof");
}

#[test]
fn a_state_that_is_later_and_smaller_than_what_a_proof_saw_was_rolled_back() {
    let small = World::with_batch();
    let mut grown = World::with_batch();
    grown.submit(Body::Require { version: 1 }, &ministry());
    let (file, setting) = (grown.file(), Setting { now: NOW + 5, ..Setting::default() });
    let judged = |time| said(&setting.judge_with(setting.consult(&small, &[time]), &file));
    assert_eq!(judged(NOW + 5), undetermined(Reason::LedgerRolledBack));
    assert_eq!(judged(NOW - 5), (Verdict::Genuine, None), "an older copy is no rollback");
}

#[test]
fn a_statement_of_an_unknown_type_in_a_proof_asks_for_a_newer_verifier() {
    let world = World::with_batch();
    let proof = String::from_utf8(world.proof().encode()).expect("text");
    let (head, rest) = proof.split_once("extra ").expect("an extra line");
    let (extra, tail) = rest.split_once('\n').expect("a line");
    let extra = crate::encoding::base64_decode(extra).expect("base64");
    let place = memchr::memmem::find(&extra, b"type accredit").expect("an accreditation");
    let later = [&extra[..place], b"type endorses", &extra[place + 13..]].concat();
    let proof = format!("{head}extra {}\n{tail}", crate::encoding::base64_encode(&later));
    let judgement = Setting::default().judge(&world, &seal(DOCUMENT, proof.as_bytes()));
    assert_eq!(said(&judgement), undetermined(Reason::VerifierTooOld));
}
