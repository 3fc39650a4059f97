// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Faults in what a proof says, and things that a verifier cannot know. The seal itself is in order.

use proof::{
    Hash,
    checkpoint::Checkpoint,
    key::SigningKey,
    note,
    proof_file::ProofFile,
    statement::{SignedStatement, Statement},
    tree::TreeSize,
    verdict::Reason,
};

use super::{
    Vector, history,
    world::{
        Certificates, NOW, ORIGIN, World, accredit, accreditation, at, document, earlier_ministry, key, ledger,
        ministry, moving_school, name, other_ministry, school, seal, with_claims,
    },
};

pub(super) fn vectors() -> Vec<Vector> {
    let mut vectors = forms();
    vectors.extend(signatures());
    vectors.extend(accreditations());
    vectors.extend(scopes());
    vectors.extend(ledgers_and_times());
    vectors.extend(inclusions());
    vectors.extend(not_known());
    vectors.extend(other_trust());
    vectors
}

fn sealed(proof: &ProofFile) -> Vec<u8> {
    seal(&document(), &proof.encode())
}

/// A batch that no honest ledger counts, behind the statements of the pinned one.
const FORGED: Certificates = Certificates { salt: 9, claims: proof::entry::ClaimsRoot::NONE };

fn forms() -> Vec<Vector> {
    let about = "a proof that is not of its form";
    let good = World::early().good_proof().encode();
    let malformed =
        |name: &str, proof: &[u8]| Vector::not_genuine(name, about, Reason::MalformedProof, seal(&document(), proof));
    let mut world = World::early();
    let accredit_again = world.submit(accredit(accreditation("07", &school())), &ministry());
    let text = String::from_utf8(good.clone()).expect("text");
    vec![
        malformed("proof-empty", b""),
        malformed("proof-garbage", b"no proof"),
        malformed("proof-cut-off", &good[..good.len() - 1]),
        malformed("proof-with-line-behind", &[good.as_slice(), b"\n"].concat()),
        malformed("proof-with-carriage-returns", text.replace('\n', "\r\n").as_bytes()),
        malformed("proof-index-with-leading-zero", text.replace("\nindex 1\n", "\nindex 01\n").as_bytes()),
        malformed("proof-without-path", &World::early().proof(&Certificates::new(1), &[], 1).encode()),
        malformed("proof-indices-falling", &World::early().proof(&Certificates::new(1), &[3], 1).encode()),
        malformed("proof-accredit-for-batch", &world.proof(&Certificates::new(1), &[0], accredit_again).encode()),
    ]
}

fn signatures() -> Vec<Vector> {
    let about = "a false school: signatures";
    let mut thief = World::early();
    let batch = thief.next(&school(), FORGED.body("abitur"));
    let batch = thief.put(batch, &[&key("schule/07/12345", 99)]);
    let by_thief = thief.proof(&FORGED, &[0], batch);

    // The line names the pinned key; the signature is one that it made over another text.
    let mut replayed = World::early().good_proof();
    let original = replayed.trunk.chain[0].signed.text().to_owned();
    replayed.trunk.chain[0].signed = with_signature_of(&original, &ministry(), "another text\n");

    let mut altered = World::early().good_proof();
    let renamed = altered.trunk.batch.signed.text().replace("kind abitur", "kind halbjahr");
    let original = altered.trunk.batch.signed.text().to_owned();
    altered.trunk.batch.signed = with_signature_of(&renamed, &school(), &original);

    let bad = |name: &str, proof: &ProofFile| Vector::not_genuine(name, about, Reason::BadSignature, sealed(proof));
    vec![
        bad("batch-signed-by-thief", &by_thief),
        bad("batch-altered-after-signing", &altered),
        bad("accreditation-with-replayed-signature", &replayed),
    ]
}

/// A statement with the signature that a key made over another text.
fn with_signature_of(text: &str, key: &SigningKey, signed: &str) -> SignedStatement {
    let note = note::sign(signed, &[key]).expect("signed");
    let lines = note.strip_prefix(signed).expect("a note begins with its text");
    SignedStatement::parse([text, lines].concat().into_bytes()).expect("a statement")
}

fn accreditations() -> Vec<Vector> {
    let about = "a false school: accreditation";
    let vector = |name: &str, proof: &ProofFile| Vector::not_genuine(name, about, Reason::NotAccredited, sealed(proof));
    let accredited_by = |authority: &SigningKey, land: &str| {
        let mut world = World::early();
        let at = world.submit(accredit(accreditation(land, &school())), authority);
        let batch = world.next(&school(), FORGED.body("abitur"));
        let batch = world.put(batch, &[&school()]);
        world.proof(&FORGED, &[at], batch)
    };
    let by_batch = {
        let mut world = World::early();
        let batch = world.submit(FORGED.body("abitur"), &school());
        world.proof(&FORGED, &[1], batch)
    };
    let for_another = {
        let mut world = World::early();
        let batch = world.submit(FORGED.body("abitur"), &moving_school());
        world.proof(&FORGED, &[0], batch)
    };
    let misnamed = {
        let mut world = World::early();
        let mut body = accreditation("07", &school());
        body.school = name("schule/07/11111");
        let at = world.submit(accredit(body), &ministry());
        let batch = world.submit(FORGED.body("abitur"), &school());
        world.proof(&FORGED, &[at], batch)
    };
    vec![
        vector("authority-of-another-land", &accredited_by(&other_ministry(), "07")),
        vector("authority-outside-its-window", &accredited_by(&earlier_ministry(), "07")),
        vector("batch-in-place-of-accreditation", &by_batch),
        vector("school-issues-for-another", &for_another),
        vector("accreditation-for-a-key-of-another-name", &misnamed),
    ]
}

fn scopes() -> Vec<Vector> {
    let about = "outside what the accreditation allows";
    let vector = |name: &str, proof: &ProofFile| Vector::not_genuine(name, about, Reason::OutOfScope, sealed(proof));
    let in_period = |from: u64, until: u64| {
        let newcomer = key("schule/07/22222", 22);
        let mut world = World::early();
        let mut body = accreditation("07", &newcomer);
        (body.from, body.until) = (at(from), at(until));
        let at = world.submit(accredit(body), &ministry());
        let batch = world.submit(FORGED.body("abitur"), &newcomer);
        world.proof(&FORGED, &[at], batch)
    };
    let mut other_kind = World::early();
    let batch = other_kind.submit(FORGED.body("promotion"), &school());
    vec![
        vector("kind-out-of-scope", &other_kind.proof(&FORGED, &[0], batch)),
        vector("batch-before-accreditation-begins", &in_period(NOW + 1, NOW + 9)),
        vector("batch-when-accreditation-ends", &in_period(NOW - 9, NOW)),
    ]
}

fn ledgers_and_times() -> Vec<Vector> {
    let edited = |edit: fn(&mut Statement)| {
        let mut world = World::early();
        let mut batch = world.next(&school(), FORGED.body("abitur"));
        edit(&mut batch);
        let batch = world.put(batch, &[&school()]);
        sealed(&world.proof(&FORGED, &[0], batch))
    };
    vec![
        Vector::not_genuine(
            "statement-of-another-ledger",
            "a statement replayed from another ledger",
            Reason::WrongLedger,
            edited(|batch| batch.ledger = name("other.example")),
        ),
        Vector::not_genuine(
            "statement-ahead-of-its-admission",
            "a statement dated more than 600 s ahead",
            Reason::TimeAhead,
            edited(|batch| batch.time = at(NOW + 601)),
        ),
    ]
}

fn inclusions() -> Vec<Vector> {
    let edited = |name: &str, edit: fn(&mut ProofFile)| {
        let mut proof = World::early().good_proof();
        edit(&mut proof);
        Vector::not_genuine(name, "an inclusion proof that does not hold", Reason::BadInclusion, sealed(&proof))
    };
    let signed = |name: &str, line: String| {
        let mut proof = World::early().good_proof();
        proof.trunk.checkpoint.extend(line.into_bytes());
        Vector::not_genuine(name, "a checkpoint with a bad signature", Reason::BadCheckpoint, sealed(&proof))
    };
    let other = Checkpoint { origin: name(ORIGIN), size: TreeSize(9), root: Hash([0; 32]) };
    let by_ledger = other.sign(&ledger());
    let by_ledger = by_ledger.strip_prefix(&other.text()).expect("a note begins with its text").trim_start();
    let not_on_ledger = World::early().proof(&Certificates::new(3), &[4], 5);
    vec![
        edited("inclusion-other-hash", |proof| proof.trunk.batch.path[0] = Hash([0; 32])),
        edited("inclusion-path-too-short", |proof| proof.trunk.batch.path.clear()),
        edited("inclusion-path-too-long", |proof| proof.trunk.batch.path.push(Hash([0; 32]))),
        edited("inclusion-index-beyond", |proof| proof.trunk.batch.index.0 = u64::MAX),
        edited("inclusion-other-time", |proof| proof.trunk.batch.admitted = at(NOW - 1)),
        edited("inclusion-of-accreditation", |proof| proof.trunk.chain[0].path[0] = Hash([0; 32])),
        signed("checkpoint-signature-over-another-text", by_ledger.to_owned()),
        signed("checkpoint-cosignature-over-another-text", other.cosign(&super::world::clock(), at(NOW))),
        Vector::not_genuine(
            "not-on-ledger-for-this-land",
            "a batch that counts for another Land than the proof claims",
            Reason::NotOnLedger,
            sealed(&not_on_ledger),
        ),
        Vector::genuine(
            "genuine-for-the-land-that-it-continues",
            "the same batch with the accreditation that it continues",
            sealed(&World::early().proof(&Certificates::new(3), &[3], 5)),
        ),
    ]
}

fn not_known() -> Vec<Vector> {
    let longer = |before_s: u64| {
        let (mut world, _) = history::pinned();
        let batch = world.submit(FORGED.body("abitur"), &school());
        sealed(&world.proof_at(&FORGED, &[0], batch, &[world.now() - before_s]))
    };
    let unknown_authority = {
        let stranger = key("stranger.example", 98);
        let mut world = World::early();
        let at = world.submit(accredit(accreditation("07", &school())), &stranger);
        let batch = world.next(&school(), FORGED.body("abitur"));
        let batch = world.put(batch, &[&school()]);
        sealed(&world.proof(&FORGED, &[at], batch))
    };
    let of_ledger = |key: SigningKey| {
        let mut world = World::empty(key);
        world.submit(accredit(accreditation("07", &school())), &ministry());
        let batch = world.next(&school(), FORGED.body("abitur"));
        let batch = world.put(batch, &[&school()]);
        sealed(&world.proof(&FORGED, &[0], batch))
    };
    let later =
        String::from_utf8(World::early().good_proof().encode()).expect("text").replace("proof@v1\n", "proof@v2\n");
    let claims = World::early().proof(&with_claims(), &[0], 2);
    vec![
        Vector::undetermined(
            "authority-unknown",
            "an accreditation by a key that is not pinned",
            Reason::UnknownAuthority,
            unknown_authority,
        ),
        Vector::undetermined(
            "ledger-unknown-name",
            "a ledger that is not pinned",
            Reason::UnknownLedger,
            of_ledger(key("other.example", 97)),
        ),
        Vector::undetermined(
            "ledger-unknown-key",
            "another key under the name of the pinned ledger",
            Reason::UnknownLedger,
            of_ledger(key(ORIGIN, 97)),
        ),
        Vector::undetermined("state-behind", "a batch that is not here yet", Reason::StateBehind, longer(0)),
        Vector::undetermined(
            "ledger-rolled-back",
            "a batch that was cosigned before the present state and is missing in it",
            Reason::LedgerRolledBack,
            longer(10),
        ),
        Vector::undetermined(
            "ledger-forked",
            "another root at the same size",
            Reason::LedgerForked,
            sealed(&World::short(9).proof(&FORGED, &[0], 1)),
        ),
        Vector::undetermined(
            "later-proof-version",
            "a proof of a later version",
            Reason::VerifierTooOld,
            seal(&document(), later.as_bytes()),
        ),
        Vector::undetermined("later-claims", "claims for disclosure", Reason::VerifierTooOld, sealed(&claims)),
        Vector::undetermined(
            "later-statement-type",
            "a statement of a type that is not known",
            Reason::VerifierTooOld,
            later_statement(),
        ),
    ]
}

/// A proof whose batch statement is of a type that this version does not know.
fn later_statement() -> Vec<u8> {
    let good = World::early().good_proof();
    let (text, encoded) = (good.trunk.batch.signed.text(), good.encode());
    let (note, file) = (good.trunk.batch.signed.note(), String::from_utf8(encoded).expect("text"));
    let line = file.lines().nth(1).and_then(|line| line.strip_prefix("extra ")).expect("the second line");
    let extra = proof::encoding::base64_decode(line).expect("base64");
    let at = extra.windows(note.len()).position(|window| window == note).expect("the note is in it");
    // Of the same length, so that no length has to be changed.
    let later = text.replace("type batch", "type bunch");
    let extra = [&extra[..at], later.as_bytes(), &extra[at + later.len()..]].concat();
    seal(&document(), file.replace(line, &proof::encoding::base64_encode(&extra)).as_bytes())
}

fn other_trust() -> Vec<Vector> {
    let (world, good) = (World::early(), sealed(&World::early().good_proof()));
    let without_time = sealed(&world.proof_at(&Certificates::new(1), &[0], 1, &[]));
    let forged = [&good[..10], b"x", &good[11..]].concat();
    vec![
        Vector::undetermined(
            "register-not-consulted",
            "nobody looked whether it was withdrawn",
            Reason::RegisterNotConsulted,
            good.clone(),
        )
        .without_ledger(),
        Vector::not_genuine(
            "contradiction-without-ledger",
            "a contradiction wins over what is missing",
            Reason::NotInBatch,
            forged,
        )
        .without_ledger(),
        Vector::undetermined(
            "quorum-not-met",
            "no witness signed the proof's checkpoint, and the ledger is not asked",
            Reason::QuorumNotMet,
            without_time.clone(),
        )
        .without_ledger(),
        Vector::genuine(
            "quorum-met-by-present-state",
            "no witness signed the proof's checkpoint, but one signed the present one",
            without_time,
        ),
        Vector::undetermined(
            "state-too-old",
            "a state older than the trust folder allows",
            Reason::StateTooOld,
            good.clone(),
        )
        .under("trust-short-age"),
        Vector::undetermined(
            "state-without-time",
            "a policy that asks for no witness",
            Reason::StateWithoutTime,
            good.clone(),
        )
        .under("trust-without-quorum"),
        Vector::undetermined("ledger-unreachable", "a ledger that cannot be read", Reason::LedgerUnreachable, good)
            .under("trust-without-ledger"),
    ]
}
