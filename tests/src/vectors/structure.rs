// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Faults that the bytes of a file show by themselves: attacks 1 to 7.

use proof::{
    encoding::hex_encode,
    entry::Salt,
    verdict::{Reason, Verdict},
};

use super::{
    Vector,
    world::{Certificates, World, document, neighbour, page, seal, tail},
};

pub(super) fn vectors() -> Vec<Vector> {
    let mut vectors = sound();
    vectors.extend(without_seal());
    vectors.extend(added_after());
    vectors.extend(added_before());
    vectors.extend(two_seals());
    vectors.extend(locators());
    vectors.extend(tails());
    vectors.extend(other_proofs());
    vectors
}

fn proof() -> Vec<u8> {
    World::early().good_proof().encode()
}

fn sealed() -> Vec<u8> {
    seal(&document(), &proof())
}

fn sound() -> Vec<Vector> {
    let about = "nothing is wrong";
    let of_neighbour = {
        let mut proof = World::early().good_proof();
        proof.leaf = Certificates::new(1).leaf(&neighbour());
        proof.encode()
    };
    vec![
        Vector::genuine("genuine", about, sealed()),
        Vector::genuine("genuine-neighbour", about, seal(&neighbour(), &of_neighbour)),
        Vector { proof: Some(proof()), ..Vector::genuine("genuine-detached", about, document()) },
        Vector {
            proof: Some(b"no proof".to_vec()),
            ..Vector::genuine("genuine-with-bad-proof-beside", "a file's own seal comes first", sealed())
        },
    ]
}

fn without_seal() -> Vec<Vector> {
    let about = "there is nothing to check";
    let reference = format!("schulsiegel-ref:{}", "0123456789abcdef".repeat(2));
    let with_reference = crate::pdf::plain(&reference);
    vec![
        Vector::no_seal("no-seal", about, Reason::NoLocator, document()),
        Vector::no_seal("no-seal-empty", about, Reason::NoLocator, Vec::new()),
        Vector::no_seal("no-seal-text", about, Reason::NoLocator, b"Zeugnis\n".to_vec()),
        Vector::no_seal("no-seal-resaved", "saved again after sealing", Reason::ResavedCopy, with_reference),
    ]
}

/// An incremental update as an editor writes it: objects, a cross-reference section, a trailer.
fn update(file: &[u8], object: &str) -> Vec<u8> {
    let (start, table) = (file.len() + 1, file.len() + 1 + object.len() + 1);
    let number: usize = object.split(' ').next().and_then(|word| word.parse().ok()).expect("an object");
    format!(
        "\n{object}\nxref\n{number} 1\n{start:010} 00000 n \ntrailer\n<< /Size 9 /Root 1 0 R /Prev 9 >>\nstartxref\n\
         {table}\n%%EOF\n"
    )
    .into_bytes()
}

const ANNOTATION: &str =
    "6 0 obj\n<< /Type /Annot /Subtype /FreeText /Rect [0 0 99 99] /Contents (Note 1,0) >>\nendobj";
const SIGNATURE: &str =
    "7 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 9 19 9] /Contents <00000000> >>\nendobj";
/// Takes the place of the page's contents.
const SHADOW: &str = "4 0 obj\n<< /Length 38 >>\nstream\nBT /F1 12 Tf 8 50 Td (Zeugnis 1,0) Tj ET\nendstream\nendobj";

fn added_after() -> Vec<Vector> {
    let about = "1: added after the seal";
    let after = |name: &str, more: &[u8]| {
        Vector::after_seal(name, about, [sealed().as_slice(), more].concat(), Verdict::Genuine, None)
    };
    let foreign = seal(&page("Zeugnis C"), &proof());
    let foreign = [foreign.as_slice(), &update(&foreign, ANNOTATION)].concat();
    vec![
        after("after-seal-annotation", &update(&sealed(), ANNOTATION)),
        after("after-seal-signature", &update(&sealed(), SIGNATURE)),
        after("after-seal-shadow-replacement", &update(&sealed(), SHADOW)),
        after("after-seal-whole-pdf", &page("Zeugnis C")),
        after("after-seal-line-feed", b"\n"),
        after("after-seal-null-byte", b"\0"),
        Vector::after_seal(
            "after-seal-of-foreign-document",
            about,
            foreign,
            Verdict::NotGenuine,
            Some(Reason::NotInBatch),
        ),
    ]
}

fn added_before() -> Vec<Vector> {
    let updated = |object| [document(), update(&document(), object)].concat();
    let with_old_tail = |object| [updated(object), tail(&document(), &proof())].concat();
    let slipped = "2: slipped in before a genuine tail";
    let recomputed = "3: the same with a recomputed tail";
    let mut flipped = sealed();
    flipped[10] ^= 1;
    vec![
        Vector::not_genuine("before-tail-annotation", slipped, Reason::Altered, with_old_tail(ANNOTATION)),
        Vector::not_genuine("before-tail-shadow-replacement", slipped, Reason::Altered, with_old_tail(SHADOW)),
        Vector::not_genuine(
            "before-tail-line-feed",
            slipped,
            Reason::Altered,
            [&document(), b"\n".as_slice(), &tail(&document(), &proof())].concat(),
        ),
        Vector::not_genuine("in-front-of-all-one-byte", slipped, Reason::Altered, [b"\n".to_vec(), sealed()].concat()),
        Vector::not_genuine(
            "recomputed-tail-annotation",
            recomputed,
            Reason::NotInBatch,
            seal(&updated(ANNOTATION), &proof()),
        ),
        Vector::not_genuine(
            "recomputed-tail-shadow-replacement",
            recomputed,
            Reason::NotInBatch,
            seal(&updated(SHADOW), &proof()),
        ),
        Vector::not_genuine("one-bit-flipped", recomputed, Reason::NotInBatch, flipped),
    ]
}

fn two_seals() -> Vec<Vector> {
    let about = "4: a seal of a seal, the tail twice";
    let ending = |document: &[u8]| {
        // What a sealer without the rule "no marker in P" would write.
        let tail = String::from_utf8(tail(&self::document(), &proof())).expect("text");
        let of = |length: usize| format!("%SCHULSIEGEL-1 {length:012} ");
        tail.replace(&of(self::document().len()), &of(document.len())).into_bytes()
    };
    let tail = tail(&document(), &proof());
    vec![
        Vector::after_seal("seal-of-a-seal", about, [sealed(), ending(&sealed())].concat(), Verdict::Genuine, None),
        Vector::after_seal("tail-twice", about, [sealed(), tail].concat(), Verdict::Genuine, None),
        Vector::not_genuine("locator-in-front", about, Reason::Altered, {
            let mut document = document();
            let locator = format!("%SCHULSIEGEL-1 {:012} {:06}\n", document.len(), proof().len());
            document.splice(9..9, locator.into_bytes());
            seal_over_marker(&document)
        }),
    ]
}

/// A tail for a document that carries a locator already, which sealing refuses.
fn seal_over_marker(document: &[u8]) -> Vec<u8> {
    let tail = String::from_utf8(tail(&self::document(), &proof())).expect("text");
    let length = |length: usize| format!("%SCHULSIEGEL-1 {length:012} ");
    let tail = tail.replace(&length(self::document().len()), &length(document.len()));
    [document, tail.as_bytes()].concat()
}

fn locators() -> Vec<Vector> {
    let about = "5: locator games";
    let (length, proof_length) = (document().len(), proof().len());
    let good = format!("%SCHULSIEGEL-1 {length:012} {proof_length:06}\n");
    let with = |locator: String| {
        let tail = String::from_utf8(tail(&document(), &proof())).expect("text");
        assert!(tail.contains(&good), "the locator is where it should be");
        [document(), tail.replace(&good, &locator).into_bytes()].concat()
    };
    let altered = |name: &str, locator: String| Vector::not_genuine(name, about, Reason::Altered, with(locator));
    let missing = |name: &str, locator: String| Vector::no_seal(name, about, Reason::NoLocator, with(locator));
    let truncated = sealed()[..sealed().len() - good.len() - format!("startxref\n{length}\n%%EOF\n").len()].to_vec();
    vec![
        altered("locator-length-zero", format!("%SCHULSIEGEL-1 {:012} {proof_length:06}\n", 0)),
        altered("locator-length-one-less", format!("%SCHULSIEGEL-1 {:012} {proof_length:06}\n", length - 1)),
        altered("locator-length-one-more", format!("%SCHULSIEGEL-1 {:012} {proof_length:06}\n", length + 1)),
        altered("locator-length-overflow", format!("%SCHULSIEGEL-1 999999999999 {proof_length:06}\n")),
        altered("locator-length-13-digits", format!("%SCHULSIEGEL-1 {length:013} {proof_length:06}\n")),
        altered("locator-length-11-digits", format!("%SCHULSIEGEL-1 {length:011} {proof_length:06}\n")),
        altered("locator-length-with-sign", format!("%SCHULSIEGEL-1 +{length:011} {proof_length:06}\n")),
        altered("locator-length-in-hex", format!("%SCHULSIEGEL-1 {length:012x} {proof_length:06}\n")),
        altered("locator-proof-length-zero", format!("%SCHULSIEGEL-1 {length:012} 000000\n")),
        altered("locator-proof-length-one-less", format!("%SCHULSIEGEL-1 {length:012} {:06}\n", proof_length - 1)),
        altered("locator-proof-length-overflow", format!("%SCHULSIEGEL-1 {length:012} 999999\n")),
        altered("locator-two-spaces", format!("%SCHULSIEGEL-1  {length:012} {proof_length:06}\n")),
        altered("locator-carriage-return", format!("%SCHULSIEGEL-1 {length:012} {proof_length:06}\r\n")),
        altered("locator-cut-off", "%SCHULSIEGEL-1 0000".to_owned()),
        missing("locator-of-version-2", format!("%SCHULSIEGEL-2 {length:012} {proof_length:06}\n")),
        missing("locator-in-small-letters", format!("%schulsiegel-1 {length:012} {proof_length:06}\n")),
        missing("locator-without-space", format!("%SCHULSIEGEL-1{length:012} {proof_length:06}\n")),
        missing("locator-missing", String::new()),
        Vector::no_seal("tail-cut-off-before-locator", about, Reason::NoLocator, truncated),
    ]
}

fn tails() -> Vec<Vector> {
    let about = "6: the tail's own bytes";
    let altered = |name: &str, edit: &dyn Fn(&str) -> String| {
        let tail = String::from_utf8(tail(&document(), &proof())).expect("text");
        let edited = edit(&tail);
        assert_ne!(tail, edited, "{name} changes something");
        Vector::not_genuine(name, about, Reason::Altered, [document(), edited.into_bytes()].concat())
    };
    vec![
        altered("tail-hex-in-capitals", &|tail| {
            let first = tail.split_inclusive('\n').nth(1).expect("a line of hex");
            tail.replacen(first, &first.to_uppercase(), 1)
        }),
        altered("tail-comment-between", &|tail| tail.replacen("\n%", "\n%\n%", 2)),
        altered("tail-lines-of-94", &|tail| {
            let hex = hex_encode(&proof());
            let lines: Vec<_> =
                hex.as_bytes().chunks(94).map(|line| format!("%{}\n", String::from_utf8_lossy(line))).collect();
            format!("\n{}{}", lines.concat(), &tail[tail.find("%SCHULSIEGEL").expect("a locator")..])
        }),
        altered("tail-with-carriage-returns", &|tail| tail.replace('\n', "\r\n")),
        altered("tail-without-first-line-feed", &|tail| tail[1..].to_owned()),
        altered("tail-other-startxref", &|tail| {
            let at = tail.find("startxref\n").expect("an ending") + 10;
            format!("{}1{}", &tail[..at], &tail[at..])
        }),
        altered("tail-without-last-line-feed", &|tail| tail.trim_end().to_owned()),
        altered("tail-cut-off-behind-locator", &|tail| tail[..tail.find("startxref").expect("an ending")].to_owned()),
        altered("tail-letter-that-is-no-hex", &|tail| tail.replacen('0', "g", 1)),
    ]
}

fn other_proofs() -> Vec<Vector> {
    let about = "7: the proof of another certificate";
    let other = seal(&neighbour(), &proof());
    let detached = Vector {
        proof: Some(proof()),
        ..Vector::not_genuine("detached-proof-of-neighbour", about, Reason::NotInBatch, neighbour())
    };
    let edited = |name: &str, edit: fn(&mut proof::proof_file::LeafProof)| {
        let mut proof = World::early().good_proof();
        edit(&mut proof.leaf);
        Vector::not_genuine(name, about, Reason::NotInBatch, seal(&document(), &proof.encode()))
    };
    vec![
        Vector::not_genuine("proof-of-neighbour", about, Reason::NotInBatch, other),
        detached,
        edited("leaf-salt-changed", |leaf| leaf.salt = Salt([0; 16])),
        edited("leaf-index-changed", |leaf| leaf.index.0 ^= 1),
        edited("leaf-index-beyond", |leaf| leaf.index.0 = u64::MAX),
        edited("leaf-path-too-short", |leaf| leaf.path.truncate(3)),
        edited("leaf-path-too-long", |leaf| leaf.path.push(proof::Hash([0; 32]))),
        edited("leaf-claims-invented", |leaf| leaf.claims.0[0] = 1),
    ]
}
