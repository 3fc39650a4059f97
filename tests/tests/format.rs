// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `docs/FORMAT.md` against the code: its worked example, block by block, and its lists of codes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use issuer::look_over::Fault;
use proof::{
    Hash, Timestamp,
    authority::Authorities,
    batch::Batch,
    encoding::hex_encode,
    entry::{ClaimsRoot, DocumentDigest, Entry, Salt},
    judge::{Consulted, Judge},
    key::{Algorithm, KeyName, SigningKey},
    policy::Policy,
    proof_file::{LeafProof, ProofFile, Proven, Trunk},
    register::Refusal,
    replica::Replica,
    request::Request,
    sealed_pdf::Ending,
    statement::{
        Accreditation, Body, Kinds, Label, Land, LedgerEntry, SchoolNumber, SignedStatement, Statement, Token,
    },
    tree::{LeafIndex, TreeSize},
    verdict::Reason,
};

const DOCUMENT: &[u8] = b"%PDF-1.7\nstartxref\n9\n%%EOF\n";

fn document() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/FORMAT.md")).expect("the specification")
}

/// The blocks behind `<!-- example: NAME -->`, without their last line feed.
fn examples(document: &str) -> BTreeMap<&str, &str> {
    let blocks = document.split("<!-- example: ").skip(1);
    blocks
        .map(|part| {
            let (name, rest) = part.split_once(" -->\n").expect("a name");
            let (_, rest) = rest.split_once("```").and_then(|(_, rest)| rest.split_once('\n')).expect("a fence");
            (name, rest.split_once("\n```").expect("the end of the fence").0)
        })
        .collect()
}

fn name(text: &str) -> KeyName {
    KeyName::parse(text).expect("a name")
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("a time")
}

fn lines<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join("\n")
}

/// The four keys of the example, in the order of its table.
struct Keys {
    ministry: SigningKey,
    school: SigningKey,
    ledger: SigningKey,
    time: SigningKey,
}

impl Keys {
    fn new() -> Self {
        let key = |text, algorithm, seed| SigningKey::from_seed(&name(text), algorithm, &[seed; 32]);
        Self {
            ministry: key("ministerium.example", Algorithm::Ed25519, 1),
            school: key("schule.example/07/12345", Algorithm::Ed25519, 2),
            ledger: key("ledger.example", Algorithm::Ed25519, 3),
            time: key("ledger.example/time", Algorithm::CosignatureV1, 4),
        }
    }

    fn policy(&self) -> String {
        let (ledger, time) = (self.ledger.verifying_key(), self.time.verifying_key());
        format!("log {ledger}\nwitness time {time}\nquorum time")
    }

    fn authorities(&self) -> String {
        format!("07 {} ledger.example 0 -", self.ministry.verifying_key())
    }

    fn request(&self) -> Request {
        Request {
            key: self.school.verifying_key().clone(),
            name: Label::parse("Gymnasium am Mühlenberg").expect("a name"),
            number: SchoolNumber::parse("12345").expect("a number"),
            place: Label::parse("Mainz").expect("a place"),
            state: Land::parse("07").expect("a Land"),
            kinds: Kinds::parse("abitur mittlere-reife").expect("kinds"),
            time: at("2026-05-29T09:00:00Z"),
        }
    }

    fn accreditation(&self) -> SignedStatement {
        let request = self.request();
        let body = Body::Accredit(Box::new(Accreditation {
            school: request.school(),
            key: request.key,
            name: request.name,
            number: request.number,
            place: request.place,
            state: request.state,
            kinds: request.kinds,
            from: at("2026-06-01T00:00:00Z"),
            until: at("2031-08-01T00:00:00Z"),
        }));
        let (ledger, issuer) = (name("ledger.example"), name("ministerium.example"));
        let time = at("2026-06-01T08:00:00Z");
        Statement { ledger, issuer, seq: 0, prev: None, time, body }.sign(&[&self.ministry]).expect("small")
    }
}

fn salt() -> Salt {
    Salt([5; 16])
}

fn entry() -> Entry {
    Entry::new(&DocumentDigest::of(DOCUMENT), &salt(), &ClaimsRoot::NONE)
}

fn batch() -> Batch {
    let mut next = 0;
    let random = || {
        next += 1;
        [next; 32]
    };
    Batch::new(&[entry()], random).expect("a batch")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text").trim_end().to_owned()
}

#[test]
fn keys_pins_and_request() {
    let (document, keys) = (document(), Keys::new());
    let examples = examples(&document);
    let all = [&keys.ministry, &keys.school, &keys.ledger, &keys.time].map(SigningKey::verifying_key);
    assert_eq!(examples["keys"], lines(all));
    assert_eq!(examples["fingerprint"], keys.school.verifying_key().fingerprint().to_string());
    assert_eq!(examples["policy"], keys.policy());
    assert_eq!(examples["authorities"], keys.authorities());
    assert_eq!(examples["request"], text(keys.request().sign(&keys.school).expect("signed").as_bytes()));
    assert_eq!(examples["accredit-statement"], text(keys.accreditation().note()));
}

#[test]
fn the_certificate_and_its_batch() {
    let document = document();
    let examples = examples(&document);
    let (entry, batch) = (entry(), batch());
    assert_eq!(examples["document"], text(DOCUMENT));
    let certificate = [
        format!("D   {}", DocumentDigest::of(DOCUMENT).0),
        format!("C   {}", hex_encode(&entry.as_bytes()[1..33])),
        format!("entry {}", hex_encode(entry.as_bytes())),
        format!("id  {}", entry.id()),
        format!("ref {}", hex_encode(&salt().reference().0)),
    ];
    assert_eq!(examples["certificate"], lines(certificate));

    let mut leaves: Vec<_> =
        (1..=15).map(|number| (Entry::padding(&[number; 32]).id(), format!("padding {number}"))).collect();
    leaves.push((entry.id(), "the certificate".to_owned()));
    leaves.sort();
    let leaves = leaves.iter().enumerate().map(|(index, (id, what))| format!("{index:2} {id} {what}"));
    assert_eq!(examples["leaves"], lines(leaves));

    let (index, path) = batch.locate(&entry.id()).expect("in the batch");
    let root = batch.root();
    let head = [format!("size {}", root.size.0), format!("root {}", root.root), format!("index {}", index.0)];
    let path = path.iter().map(|hash| format!("path {hash}"));
    assert_eq!(examples["batch-tree"], lines(head.into_iter().chain(path)));
}

#[test]
fn the_ledger_the_proof_and_the_verdict() {
    let (document, keys) = (document(), Keys::new());
    let examples = examples(&document);
    let (accreditation, root) = (keys.accreditation(), batch().root());
    let kind = Token::parse("abitur").expect("a token");
    let statement = Statement {
        ledger: name("ledger.example"),
        issuer: name("schule.example/07/12345"),
        seq: 0,
        prev: Some(accreditation.text_hash()),
        time: at("2026-06-19T10:00:00Z"),
        body: Body::Batch { kind, size: root.size, root: root.root },
    };
    let statement = statement.sign(&[&keys.school]).expect("small");
    assert_eq!(examples["batch-statement"], text(statement.note()));

    let authorities = Authorities::parse(keys.authorities().as_bytes()).expect("authorities");
    let mut replica = Replica::new(name("ledger.example"), &authorities);
    let entry = |time, signed: &SignedStatement| LedgerEntry { admitted: at(time), note: signed.note().to_vec() };
    let entries = [entry("2026-06-02T12:00:00Z", &accreditation), entry("2026-06-19T10:00:01Z", &statement)];
    let mut ledger = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        replica.push(&entry.encode()).expect("an entry").expect("counts");
        ledger.push(format!("{index} {} {}", hex_encode(&entry.admitted.posix().to_be_bytes()), entry.leaf()));
    }
    ledger.push(format!("root {}", replica.tree().root()));
    assert_eq!(examples["ledger"], lines(ledger));

    let checkpoint = replica.checkpoint();
    let note = checkpoint.sign(&keys.ledger) + &checkpoint.cosign(&keys.time, at("2026-06-19T10:00:02Z"));
    assert_eq!(examples["checkpoint"], text(note.as_bytes()));

    let proven = |index: usize, signed: &SignedStatement| Proven {
        index: LeafIndex(index as u64),
        path: replica.tree().inclusion_path(LeafIndex(index as u64), TreeSize(2)).expect("on the ledger"),
        admitted: entries[index].admitted,
        signed: signed.clone(),
    };
    let (index, path) = batch().locate(&self::entry().id()).expect("in the batch");
    let leaf = LeafProof { salt: salt(), claims: ClaimsRoot::NONE, index, path };
    let chain = vec![proven(0, &accreditation)];
    let trunk = Trunk { batch: proven(1, &statement), chain, checkpoint: note.clone().into_bytes() };
    let proof = ProofFile { leaf, trunk }.encode();
    assert_eq!(examples["proof-file"], text(&proof));

    let tail = Ending::of(DOCUMENT).expect("sealable").tail(DOCUMENT.len(), &proof);
    let sealed = [DOCUMENT, &tail].concat();
    let shown = text(&sealed);
    let shown: Vec<_> = shown.lines().collect();
    assert_eq!(examples["tail-first"], shown[5]);
    assert_eq!(examples["tail-end"], lines(&shown[shown.len() - 5..]));
    let sum = [
        format!("length of the proof file {}", proof.len()),
        format!("length of the sealed file {}", sealed.len()),
        format!("SHA-256 {}", Hash::of(&[&sealed])),
    ];
    assert_eq!(examples["sealed-sum"], lines(sum));

    let (now, policy) = (at("2026-06-20T07:00:00Z"), Policy::parse(keys.policy().as_bytes()).expect("a policy"));
    let state = replica.vouched_by(policy.verify(note.as_bytes(), now).expect("signed")).expect("the same entries");
    let judge = Judge {
        policy: &policy,
        authorities: &authorities,
        max_age_s: 7 * 86_400,
        now,
        ledgers: BTreeMap::from([(name("ledger.example"), Consulted::State(state))]),
    };
    let json = |judge: &Judge<'_>| serde_json::to_value(judge.judge(&sealed, None)).expect("JSON");
    let shown = |name: &str| serde_json::from_str::<serde_json::Value>(examples[name]).expect("JSON");
    assert_eq!(shown("verdict"), json(&judge));
    assert_eq!(shown("verdict-alone"), json(&Judge { ledgers: BTreeMap::new(), ..judge }));
}

#[test]
fn every_code_is_listed() {
    let document = document();
    let missing = |code: &&str| !document.contains(&format!("`{code}`"));
    let codes = Reason::ALL.iter().map(|reason| reason.code()).chain(Fault::ALL.iter().map(|fault| fault.code()));
    assert_eq!(codes.filter(|code| missing(code)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_refusal_is_listed_and_no_other() {
    let document = document();
    let section = document.split("### Refusal codes\n").nth(1).and_then(|rest| rest.split("\n## ").next());
    let rows = section.expect("a section").lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let with_values = ["wrong_land", "wrong_seq", "from_index_ahead"];
    let codes: BTreeSet<_> = Refusal::PLAIN.iter().map(|refusal| refusal.code()).chain(with_values).collect();
    assert_eq!(codes.len(), Refusal::PLAIN.len() + with_values.len(), "no code twice");
    assert_eq!(rows.collect::<BTreeSet<_>>(), codes);
}
