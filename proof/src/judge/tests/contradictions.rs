// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Each reason that speaks against a certificate.

use super::*;

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
        (vec![school(), new.clone()], (Verdict::Genuine, None)),
    ] {
        let mut world = World::accredited();
        let rotated = world.next(&school(), rotate.clone());
        let rotated = world.put(rotated, &keys.iter().collect::<Vec<_>>());
        let batch = world.submit(world.batch_body(), &new);
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

    let (mut world, said) = (World::new(), accredit(&accreditation("07", &school())));
    let elsewhere = Statement { ledger: name("other.example"), ..world.next(&ministry(), said) };
    let at = world.put(elsewhere, &[&ministry()]);
    let batch = world.submit(world.batch_body(), &school());
    assert_eq!(verdict(&world, &world.proof_of(&[at], batch)), not_genuine(Reason::WrongLedger), "the accreditation");
}

#[test]
fn time_ahead() {
    let mut world = World::accredited();
    let early = Statement { time: at(NOW + 601), ..world.next(&school(), world.batch_body()) };
    let batch = world.put(early, &[&school()]);
    assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), not_genuine(Reason::TimeAhead));

    let (mut world, said) = (World::new(), accredit(&accreditation("07", &school())));
    let early = Statement { time: at(NOW + 601), ..world.next(&ministry(), said) };
    let early = world.put(early, &[&ministry()]);
    let batch = world.submit(world.batch_body(), &school());
    assert_eq!(verdict(&world, &world.proof_of(&[early], batch)), not_genuine(Reason::TimeAhead), "the accreditation");
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
fn a_batch_that_is_later_than_the_cosignatures_of_its_checkpoint() {
    let (world, setting) = (World::with_batch(), Setting::default());
    let judged = |time| {
        let trunk = world.trunk_with(&[0], 1, &world.checkpoint(&[time]));
        said(&setting.judge(&world, &seal(DOCUMENT, &ProofFile { trunk, ..world.proof() }.encode())))
    };
    assert_eq!(judged(NOW - 601), not_genuine(Reason::TimeAhead));
    assert_eq!(judged(NOW - 600), (Verdict::Genuine, None));
}
