// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Writes the seeds from which fuzzing starts: one small valid input for each target and type, the same bytes on every run.

Run it in this folder after a change of the format: `cargo run --example seeds`.
*/

use std::{fs, io, path::Path};

use proof::{
    Hash, Timestamp,
    checkpoint::Checkpoint,
    entry::{CertificateId, ClaimsRoot, Salt},
    key::{Algorithm, KeyName, SigningKey},
    proof_file::{LeafProof, ProofFile, Proven, Trunk},
    request::Request,
    sealed_pdf::Ending,
    statement::{
        Accreditation, Body, Kinds, Label, Land, LedgerEntry, SchoolNumber, SignedStatement, Statement, Token,
        WithdrawalReason,
    },
    tree::{LeafIndex, Tree, TreeSize},
};

const DOCUMENT: &[u8] = b"%PDF-1.7\nstartxref\n9\n%%EOF\n";

fn name(text: &str) -> KeyName {
    KeyName::parse(text).expect("a name")
}

fn token(text: &str) -> Token {
    Token::parse(text).expect("a token")
}

fn label(text: &str) -> Label {
    Label::parse(text).expect("a label")
}

fn key(text: &str, algorithm: Algorithm, seed: u8) -> SigningKey {
    SigningKey::from_seed(&name(text), algorithm, &[seed; 32])
}

fn ledger() -> SigningKey {
    key("ledger.example", Algorithm::Ed25519, 1)
}

fn clock() -> SigningKey {
    key("ledger.example", Algorithm::CosignatureV1, 2)
}

fn ministry() -> SigningKey {
    key("ministry.example", Algorithm::Ed25519, 3)
}

fn school() -> SigningKey {
    key("schule.example/07/12345", Algorithm::Ed25519, 4)
}

fn now() -> Timestamp {
    Timestamp::from_posix(1_795_452_221).expect("a time")
}

fn accreditation() -> Accreditation {
    Accreditation {
        school: name(school().verifying_key().name()),
        key: school().verifying_key().clone(),
        name: label("Gymnasium am Mühlenberg"),
        number: SchoolNumber::parse("12345").expect("a number"),
        place: label("Mainz"),
        state: Land::parse("07").expect("a Land"),
        kinds: Kinds::parse("abitur mittlere-reife").expect("kinds"),
        from: Timestamp::EPOCH,
        until: now(),
    }
}

fn signed(key: &SigningKey, body: Body) -> SignedStatement {
    let issuer = name(key.verifying_key().name());
    let statement = Statement { ledger: name("ledger.example"), issuer, seq: 0, prev: None, time: now(), body };
    statement.sign(&[key]).expect("small")
}

fn batch() -> SignedStatement {
    signed(&school(), Body::Batch { kind: token("abitur"), size: TreeSize(16), root: Hash([1; 32]) })
}

fn accredit() -> SignedStatement {
    signed(&ministry(), Body::Accredit(Box::new(accreditation())))
}

fn statements() -> Vec<SignedStatement> {
    let (ids, school_name) =
        ([1, 2].map(|byte| CertificateId(Hash([byte; 32]))), name(school().verifying_key().name()));
    let new = key("schule.example/07/12345", Algorithm::Ed25519, 5).verifying_key().clone();
    vec![
        accredit(),
        batch(),
        signed(&school(), Body::Revoke { reason: WithdrawalReason::Error, certificates: ids.to_vec() }),
        signed(&school(), Body::Replace(vec![(ids[0], ids[1])])),
        signed(&ministry(), Body::Suspend { school: school_name.clone(), reason: token("merger") }),
        signed(&ministry(), Body::Resume { school: school_name, reason: token("merger") }),
        signed(&school(), Body::Rotate { key: new.clone() }),
        signed(&ministry(), Body::Compromise { key: new, from_index: 7 }),
        signed(&ministry(), Body::Uphold(ids.to_vec())),
        signed(&ministry(), Body::Require { version: 2 }),
    ]
}

fn checkpoint(tree: &Tree) -> Checkpoint {
    Checkpoint { origin: name("ledger.example"), size: tree.size(), root: tree.root() }
}

fn proof_file() -> Vec<u8> {
    let entries = [accredit(), batch()].map(|signed| LedgerEntry { admitted: now(), note: signed.note().to_vec() });
    let tree: Tree = entries.iter().map(LedgerEntry::leaf).collect();
    let proven = |index: u64, signed| Proven {
        index: LeafIndex(index),
        path: tree.inclusion_path(LeafIndex(index), tree.size()).expect("a path"),
        admitted: now(),
        signed,
    };
    let checkpoint = checkpoint(&tree);
    let note = checkpoint.sign(&ledger()) + &checkpoint.cosign(&clock(), now());
    let leaf =
        LeafProof { salt: Salt([1; 16]), claims: ClaimsRoot::NONE, index: LeafIndex(3), path: vec![Hash([2; 32]); 4] };
    let trunk = Trunk { batch: proven(1, batch()), chain: vec![proven(0, accredit())], checkpoint: note.into_bytes() };
    ProofFile { leaf, trunk }.encode()
}

fn policy() -> String {
    let witness = |seed| key("witness.example", Algorithm::CosignatureV1, seed).verifying_key().to_string();
    format!(
        "# ledgers\nlog {} https://ledger.example/\nwitness A {}\nwitness B {}\ngroup G 1 A B\nwitness C {}\ngroup H all G C\nquorum H\n",
        ledger().verifying_key(),
        witness(6),
        witness(7),
        clock().verifying_key(),
    )
}

fn request() -> String {
    let Accreditation { key, name, number, place, state, kinds, .. } = accreditation();
    Request { key, name, number, place, state, kinds, time: now() }.sign(&school()).expect("signed")
}

fn put(target: &str, seed: &str, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    let folder = Path::new("corpus").join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(seed), bytes)
}

fn main() -> io::Result<()> {
    for signed in statements() {
        put("statement", signed.statement().body.name(), signed.text())?;
    }
    put("statement", "signed", batch().note())?;
    put("statement", "request", request())?;
    put("note", "one-line", batch().note())?;
    let tree: Tree = (0..5).map(|byte| Hash([byte; 32])).collect();
    let two_lines = checkpoint(&tree).sign(&ledger()) + &checkpoint(&tree).cosign(&clock(), now());
    put("note", "two-lines", &two_lines)?;
    put("checkpoint", "text", checkpoint(&tree).text())?;
    put("checkpoint", "note", &two_lines)?;
    put("policy", "policy", policy())?;
    put("policy", "authorities", format!("07 {} ledger.example 0 -\n", ministry().verifying_key()))?;
    put("proof_file", "short", proof_file())?;
    put("sealed_pdf", "document", DOCUMENT)?;
    let tail = Ending::of(DOCUMENT).expect("sealable").tail(DOCUMENT.len(), &[0xab; 60]);
    put("sealed_pdf", "sealed", [DOCUMENT, &tail].concat())?;
    put("sealed_pdf", "more-behind", [DOCUMENT, &tail, DOCUMENT].concat())
}
