// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A small world in memory, and each reason of a verdict by one fault in it.

mod world;

use serde_json::Value;

use super::*;
use crate::{
    Hash,
    fixtures::{NOW, ORIGIN, SCHOOL, accredit, accreditation, at, cosigning_key, name, signing_key, statement, token},
    proof_file::ProofFile,
    statement::{Accreditation, Body, Statement},
    tree::LeafIndex,
    verdict::Verdict,
};
use world::{DOCUMENT, Setting, World, clock, ledger, ministry, school, seal};

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
fn malformed_proof() {
    let world = World::with_batch();
    let good = world.proof();
    for bytes in
        [b"".to_vec(), b"nothing".to_vec(), good.encode()[1..].to_vec(), [good.encode(), b"\n".to_vec()].concat()]
    {
        assert_eq!(
            said(&Setting::default().judge(&world, &seal(DOCUMENT, &bytes))),
            not_genuine(Reason::MalformedProof)
        );
    }
    let not_a_batch = world.proof_of(&[0], 0);
    assert_eq!(verdict(&world, &not_a_batch), not_genuine(Reason::MalformedProof), "indices that do not rise");
    let mut world = World::with_batch();
    let again = world.submit(accredit(&accreditation("07", &school())), &ministry());
    assert_eq!(
        verdict(&world, &world.proof_of(&[0], again)),
        not_genuine(Reason::MalformedProof),
        "an accredit for a batch"
    );
}

#[test]
fn not_in_batch() {
    let world = World::with_batch();
    let other = [DOCUMENT, DOCUMENT].concat();
    let judgement = Setting::default().judge(&world, &seal(&other, &world.proof().encode()));
    assert_eq!(said(&judgement), not_genuine(Reason::NotInBatch), "the proof of another certificate");
    assert_eq!((judgement.certificate, judgement.details), (None, Details::default()));
    let edits: [fn(&mut LeafProof); 6] = [
        |leaf| leaf.salt.0[0] ^= 1,
        |leaf| leaf.claims.0[0] ^= 1,
        |leaf| leaf.index.0 ^= 1,
        |leaf| leaf.index.0 = u64::MAX,
        |leaf| leaf.path.clear(),
        |leaf| leaf.path.push(Hash([0; 32])),
    ];
    for edit in edits {
        let mut proof = world.proof();
        edit(&mut proof.leaf);
        assert_eq!(verdict(&world, &proof), not_genuine(Reason::NotInBatch));
    }
}

#[test]
fn bad_signature() {
    let mut world = World::accredited();
    let thief = signing_key(SCHOOL, 99);
    let statement = world.next(&school(), world.batch_body());
    let batch = world.put(statement, &[&thief]);
    assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), not_genuine(Reason::BadSignature), "of the batch");

    let world = World::with_batch();
    let mut forged = world.proof();
    let note = String::from_utf8(forged.trunk.chain[0].signed.note().to_vec()).expect("text");
    let (text, _) = note.rsplit_once("\n\n").expect("a note");
    // The line still names the pinned key; the signature is over another text.
    let line = format!("— {} {}\n", ministry().verifying_key().name(), world::signature_of(&ministry(), "other\n"));
    forged.trunk.chain[0].signed =
        crate::statement::SignedStatement::parse(format!("{text}\n\n{line}").into_bytes()).expect("a note");
    assert_eq!(verdict(&world, &forged), not_genuine(Reason::BadSignature), "of the accreditation");
}

#[test]
fn bad_signature_of_a_key_that_was_replaced() {
    let mut world = World::accredited();
    let late = world.next(&school(), world.batch_body());
    world.submit(accredit(&accreditation("07", &signing_key(SCHOOL, 44))), &ministry());
    let batch = world.put(late, &[&school()]);
    assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), not_genuine(Reason::BadSignature));
}

#[test]
fn bad_signature_of_a_rotation() {
    let new = signing_key(SCHOOL, 44);
    let rotate = Body::Rotate { key: new.verifying_key().clone() };
    for (keys, wanted) in [
        (vec![school()], not_genuine(Reason::BadSignature)),
        (vec![new.clone()], not_genuine(Reason::BadSignature)),
        (vec![school(), new.clone()], undetermined(Reason::VerifierTooOld)),
    ] {
        let mut world = World::accredited();
        let rotated = world.next(&school(), rotate.clone());
        let rotated = world.put(rotated, &keys.iter().collect::<Vec<_>>());
        let batch = statement(&new, crate::fixtures::START, world.batch_body());
        let batch = world.put(batch, &[&new]);
        assert_eq!(verdict(&world, &world.proof_of(&[0, rotated], batch)), wanted, "{keys:?}");
    }
}

#[test]
fn not_accredited() {
    let reason = not_genuine(Reason::NotAccredited);
    let world = World::with_batch();
    let elsewhere = Setting { pins: vec![("06", ministry(), "0 -")], ..Setting::default() };
    assert_eq!(said(&elsewhere.judge(&world, &world.file())), reason, "the authority acts in another Land");
    let later = Setting { pins: vec![("07", ministry(), "1 -")], ..Setting::default() };
    assert_eq!(said(&later.judge(&world, &world.file())), reason, "outside its window");

    let mut world = World::accredited();
    let early = world.submit(world.batch_body(), &school());
    let batch = world.submit(world.batch_body(), &school());
    assert_eq!(verdict(&world, &world.proof_of(&[early], batch)), reason, "a batch for an accreditation");
    assert_eq!(verdict(&world, &world.proof_of(&[0, early], batch)), reason, "a batch for a rotation");

    let mut world = World::accredited();
    let other = signing_key("schule.example/other", 55);
    world.submit(accredit(&accreditation("07", &other)), &ministry());
    let batch = world.submit(world.batch_body(), &other);
    assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), reason, "a school issues for another");

    let mut world = World::new();
    let misnamed = Accreditation { school: name("schule.example/other"), ..accreditation("07", &school()) };
    let at = world.submit(accredit(&misnamed), &ministry());
    let batch = statement(&school(), crate::fixtures::START, world.batch_body());
    let batch = world.put(batch, &[&school()]);
    assert_eq!(verdict(&world, &world.proof_of(&[at], batch)), reason, "a key of another name");

    let mut world = World::accredited();
    let gap = Statement { seq: 1, ..world.next(&school(), world.batch_body()) };
    let batch = world.put(gap, &[&school()]);
    assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), reason, "a gap in the chain");
}

#[test]
fn out_of_scope() {
    let reason = not_genuine(Reason::OutOfScope);
    let mut world = World::accredited();
    let Body::Batch { size, root, .. } = world.batch_body() else { panic!("a batch") };
    let batch = world.submit(Body::Batch { kind: token("promotion"), size, root }, &school());
    assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), reason, "another kind");
    for (from, until) in [(NOW + 1, NOW + 9), (NOW - 9, NOW)] {
        let mut world = World::new();
        let period = Accreditation { from: at(from), until: at(until), ..accreditation("07", &school()) };
        world.submit(accredit(&period), &ministry());
        let batch = world.submit(world.batch_body(), &school());
        assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), reason, "{from} to {until}");
    }
}

#[test]
fn out_of_scope_of_the_accreditation_that_counts() {
    let mut world = World::accredited();
    let narrower = Accreditation {
        kinds: crate::statement::Kinds::parse("promotion").expect("kinds"),
        ..accreditation("07", &school())
    };
    world.submit(accredit(&narrower), &ministry());
    let batch = world.submit(world.batch_body(), &school());
    assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), not_genuine(Reason::OutOfScope));
}

#[test]
fn wrong_ledger() {
    let mut world = World::accredited();
    let elsewhere = Statement { ledger: name("other.example"), ..world.next(&school(), world.batch_body()) };
    let batch = world.put(elsewhere, &[&school()]);
    assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), not_genuine(Reason::WrongLedger));
}

#[test]
fn time_ahead() {
    let mut world = World::accredited();
    let early = Statement { time: at(NOW + 601), ..world.next(&school(), world.batch_body()) };
    let batch = world.put(early, &[&school()]);
    assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), not_genuine(Reason::TimeAhead));
}

#[test]
fn bad_inclusion() {
    let world = World::with_batch();
    let edits: [fn(&mut ProofFile); 6] = [
        |proof| proof.trunk.batch.path[0] = Hash([0; 32]),
        |proof| proof.trunk.batch.path.clear(),
        |proof| proof.trunk.batch.index.0 += 1,
        |proof| proof.trunk.batch.index.0 = u64::MAX,
        |proof| proof.trunk.batch.admitted = at(NOW + 1),
        |proof| proof.trunk.chain[0].path.push(Hash([0; 32])),
    ];
    for edit in edits {
        let mut proof = world.proof();
        edit(&mut proof);
        assert_eq!(verdict(&world, &proof), not_genuine(Reason::BadInclusion));
    }
}

#[test]
fn bad_checkpoint() {
    let world = World::with_batch();
    let other = crate::checkpoint::Checkpoint { size: crate::tree::TreeSize(9), ..world.replica.checkpoint() };
    let by_ledger = format!("— {ORIGIN} {}\n", world::signature_of(&ledger(), &other.text()));
    for line in [by_ledger, other.cosign(&clock(), at(NOW))] {
        let mut proof = world.proof();
        proof.trunk.checkpoint.extend(line.as_bytes());
        assert_eq!(verdict(&world, &proof), not_genuine(Reason::BadCheckpoint), "{line}");
    }
}

#[test]
fn not_on_ledger() {
    let mut world = World::accredited();
    // The batch continues the accreditation of Land 07; the proof claims it for Land 06.
    let batch = world.next(&school(), world.batch_body());
    let elsewhere = world.submit(accredit(&accreditation("06", &school())), &world::other_ministry());
    let batch = world.put(batch, &[&school()]);
    assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), (Verdict::Genuine, None));
    assert_eq!(verdict(&world, &world.proof_of(&[elsewhere], batch)), not_genuine(Reason::NotOnLedger));
}

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

    let mut world = World::with_batch();
    let revoke =
        Body::Revoke { reason: crate::statement::WithdrawalReason::Lost, certificates: vec![world.certificate()] };
    world.submit(revoke, &ministry());
    assert_eq!(verdict(&world, &world.proof()), reason, "a withdrawal that is not counted yet");

    let later = String::from_utf8(world.proof().encode()).expect("text").replace("tlog-proof@v1", "tlog-proof@v2");
    assert_eq!(said(&Setting::default().judge(&world, &seal(DOCUMENT, later.as_bytes()))), reason, "a later proof");
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

const KEYS: [&str; 15] = [
    "verdict",
    "reason",
    "proven_at_issue",
    "certificate",
    "school",
    "kind",
    "issued",
    "admitted",
    "ledger",
    "index",
    "as_of",
    "tree_size",
    "issuer_status",
    "withdrawn",
    "sealed_part",
];

#[test]
fn json_has_every_key_in_order_and_null_for_what_is_unknown() {
    let (world, setting) = (World::with_batch(), Setting::default());
    let genuine = setting.judge(&world, &world.file());
    let wanted = format!(
        "{{\"verdict\":\"genuine\",\"reason\":null,\"proven_at_issue\":true,\"certificate\":\"{}\",\"school\":{{\"key_name\":\
         \"schule.example/07/12345\",\"name\":\"Gymnasium am Mühlenberg\",\"number\":\"12345\",\"place\":\"Mainz\",\"state\":\
         \"07\"}},\"kind\":\"abitur\",\"issued\":\"2026-11-23T16:43:41Z\",\"admitted\":\"2026-11-23T16:43:41Z\",\"ledger\":\
         \"ledger.example\",\"index\":1,\"as_of\":\"2026-11-23T16:43:41Z\",\"tree_size\":2,\"issuer_status\":\"accredited\",\
         \"withdrawn\":null,\"sealed_part\":null}}",
        world.certificate()
    );
    assert_eq!(serde_json::to_string(&genuine).expect("JSON"), wanted);

    let longer = setting.judge(&world, &[world.file(), b"x".to_vec()].concat());
    let with_part = serde_json::to_value(&longer).expect("JSON");
    assert_eq!(with_part["sealed_part"], serde_json::to_value(&genuine).expect("JSON"));

    let mut sorted = KEYS;
    sorted.sort_unstable();
    for (file, reason) in [(DOCUMENT.to_vec(), "no_locator"), (seal(DOCUMENT, b"nothing"), "malformed_proof")] {
        let value = serde_json::to_value(setting.judge(&world, &file)).expect("JSON");
        let object = value.as_object().expect("an object");
        let mut keys: Vec<_> = object.keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, sorted);
        for (key, value) in
            object.iter().filter(|(key, _)| !["verdict", "reason", "proven_at_issue"].contains(&key.as_str()))
        {
            assert_eq!(value, &Value::Null, "{key}");
        }
        assert_eq!((&value["reason"], &value["proven_at_issue"]), (&Value::from(reason), &Value::from(false)));
    }
}

#[test]
fn json_of_a_withdrawal_has_three_keys() {
    let withdrawal = Withdrawal { reason: Some("lost".to_owned()), time: Some(at(NOW)), successor: None };
    let json = serde_json::to_string(&withdrawal).expect("JSON");
    assert_eq!(json, "{\"reason\":\"lost\",\"time\":\"2026-11-23T16:43:41Z\",\"successor\":null}");
}

#[test]
fn codes_and_json_agree() {
    use Verdict::{Genuine, NoSeal, NotGenuine, Replaced, Revoked, Undetermined};
    for reason in Reason::ALL {
        assert_eq!(serde_json::to_value(reason).expect("JSON"), Value::from(reason.code()));
    }
    for verdict in [Genuine, Revoked, Replaced, NotGenuine, NoSeal, Undetermined] {
        assert_eq!(serde_json::to_value(verdict).expect("JSON"), Value::from(verdict.code()));
    }
}
