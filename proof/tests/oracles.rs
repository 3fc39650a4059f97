// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What others say of the bytes that this crate writes: two further implementations of RFC 6962 trees, one of signed notes,
one of checkpoints, and a reader of transparency proofs that was written from their specification alone.
*/

use base64ct::{Base64, Encoding};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proof::{
    Hash, Timestamp,
    checkpoint::Checkpoint,
    entry::{ClaimsRoot, Salt},
    key::{Algorithm, KeyName, SigningKey},
    note::{self, Note},
    proof_file::{LeafProof, ProofFile, Proven, Trunk},
    statement::{Body, LedgerEntry, SignedStatement, Statement, Token},
    tree::{LeafIndex, Tree, TreeSize, verify_consistency, verify_inclusion},
};
use sha2::Sha256;
use signed_note::{Signer, StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::HashReader;

const LARGEST: u64 = 300;

fn name(text: &str) -> KeyName {
    KeyName::parse(text).expect("a name")
}

fn key(text: &str, seed: u8) -> SigningKey {
    SigningKey::from_seed(&name(text), Algorithm::Ed25519, &[seed; 32])
}

fn leaf(index: u64) -> Vec<u8> {
    format!("leaf {index}").into_bytes()
}

fn tree(size: u64) -> Tree {
    (0..size).map(|index| Hash::leaf(&leaf(index))).collect()
}

fn joined(path: &[Hash]) -> Vec<u8> {
    path.iter().flat_map(|hash| hash.0).collect()
}

/// All hashes of a tree in the order in which `tlog_tiles` stores them.
struct Stored(Vec<tlog_tiles::Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).expect("small")]).collect())
    }
}

fn stored() -> Stored {
    let mut stored = Stored(Vec::new());
    for index in 0..LARGEST {
        let new = tlog_tiles::stored_hashes(index, &leaf(index), &stored).expect("hashes");
        stored.0.extend(new);
    }
    stored
}

#[test]
fn trees_and_their_proofs_are_those_of_tlog_tiles() {
    let (ours, theirs) = (tree(LARGEST), stored());
    let root_at = |size| ours.root_at(TreeSize(size)).expect("a root");
    for size in 0..=LARGEST {
        let root = root_at(size);
        assert_eq!(root.0, tlog_tiles::tree_hash(size, &theirs).expect("a root").0, "root of {size}");
        for index in 0..size {
            let path = ours.inclusion_path(LeafIndex(index), TreeSize(size)).expect("a path");
            let wanted = tlog_tiles::prove_record(size, index, &theirs).expect("a path");
            assert_eq!(joined(&path), wanted.iter().flat_map(|hash| hash.0).collect::<Vec<_>>(), "{index} of {size}");
        }
        for old in 1..=size {
            let path = ours.consistency_path(TreeSize(old), TreeSize(size)).expect("a path");
            let wanted = tlog_tiles::prove_tree(size, old, &theirs).expect("a path");
            assert_eq!(joined(&path), wanted.iter().flat_map(|hash| hash.0).collect::<Vec<_>>(), "{old} to {size}");
        }
    }
}

#[test]
fn trees_and_their_proofs_are_those_of_ct_merkle() {
    let ours = tree(LARGEST);
    let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    for size in 0..=LARGEST {
        let root = ours.root_at(TreeSize(size)).expect("a root");
        assert_eq!(root.0.as_slice(), theirs.root().as_bytes().as_slice(), "root of {size}");
        for index in 0..size {
            let path = ours.inclusion_path(LeafIndex(index), TreeSize(size)).expect("a path");
            let wanted = theirs.prove_inclusion(usize::try_from(index).expect("small"));
            assert_eq!(joined(&path), wanted.as_bytes(), "{index} of {size}");
        }
        for old in 1..=size {
            let path = ours.consistency_path(TreeSize(old), TreeSize(size)).expect("a path");
            let wanted = theirs.prove_consistency(usize::try_from(size - old).expect("small"));
            assert_eq!(joined(&path), wanted.as_bytes(), "{old} to {size}");
        }
        theirs.push(leaf(size));
    }
}

#[test]
fn what_tlog_tiles_accepts_is_what_we_accept() {
    let ours = tree(70);
    let hash = |hash: &Hash| tlog_tiles::Hash(hash.0);
    for size in 1..=70_u64 {
        let root = ours.root_at(TreeSize(size)).expect("a root");
        // One path held against every index and size, of which one is its own.
        let (index, path) = (size / 2, ours.inclusion_path(LeafIndex(size / 2), TreeSize(size)).expect("a path"));
        let theirs: Vec<_> = path.iter().map(hash).collect();
        let record = Hash::leaf(&leaf(index));
        for (other_index, other_size) in (0..=70).flat_map(|index| (0..=70).map(move |size| (index, size))) {
            let we = verify_inclusion(&leaf(index), LeafIndex(other_index), &path, &root, TreeSize(other_size));
            let they = tlog_tiles::check_record(&theirs, other_size, hash(&root), other_index, hash(&record)).is_ok();
            assert_eq!(we, they, "leaf {index} of {size} as {other_index} of {other_size}");
        }
        let old = size.div_ceil(2);
        let old_root = ours.root_at(TreeSize(old)).expect("a root");
        let path = ours.consistency_path(TreeSize(old), TreeSize(size)).expect("a path");
        let theirs: Vec<_> = path.iter().map(hash).collect();
        for (other_old, other_size) in (0..=70).flat_map(|old| (0..=70).map(move |size| (old, size))) {
            let we = verify_consistency(TreeSize(other_old), &old_root, TreeSize(other_size), &root, &path);
            let they = tlog_tiles::check_tree(&theirs, other_size, hash(&root), other_old, hash(&old_root)).is_ok();
            assert_eq!(we, they, "{old} to {size} as {other_old} to {other_size}");
        }
    }
}

#[test]
fn no_size_index_or_length_makes_a_check_panic() {
    let edges =
        [0, 1, 2, 3, 5, 1 << 32, (1 << 48) - 1, 1 << 48, (1 << 48) + 1, 1 << 63, (1 << 63) + 1, u64::MAX - 1, u64::MAX];
    let root = Hash([7; 32]);
    for length in (0..=50).chain([63, 64, 65, 1_000]) {
        let path = vec![root; length];
        for (a, b) in edges.iter().flat_map(|a| edges.iter().map(move |b| (*a, *b))) {
            assert!(!verify_inclusion(b"leaf", LeafIndex(a), &path, &root, TreeSize(b)), "{a} of {b}, {length} hashes");
            let same = a == b && length == 0 && (1..=1 << 48).contains(&a);
            assert_eq!(
                verify_consistency(TreeSize(a), &root, TreeSize(b), &root, &path),
                same,
                "{a} to {b}, {length} hashes"
            );
        }
    }
}

#[test]
fn our_notes_are_verified_by_signed_note() {
    let (a, b) = (key("a.example/x", 1), key("b.example", 2));
    let ours = note::sign("text\n\nwith a blank line\n", &[&b, &a]).expect("signed");
    let theirs = signed_note::Note::from_bytes(ours.as_bytes()).expect("a note");
    assert_eq!(theirs.text(), b"text\n\nwith a blank line\n");
    let verifier = |key: &SigningKey| -> Box<dyn signed_note::Verifier> {
        Box::new(StandardVerifier::new(&key.verifying_key().to_string()).expect("a verifier key"))
    };
    let (known, unknown) = theirs.verify(&VerifierList::new(vec![verifier(&a), verifier(&b)])).expect("verified");
    let names: Vec<_> = known.iter().map(signed_note::Signature::name).collect();
    assert_eq!((names, unknown.len()), (vec!["a.example/x", "b.example"], 0));
    let altered = signed_note::Note::from_bytes(ours.replace("blank", "plain").as_bytes()).expect("a note");
    assert!(altered.verify(&VerifierList::new(vec![verifier(&a)])).is_err());
    assert_eq!(theirs.to_bytes(), ours.as_bytes());
}

#[test]
fn notes_of_signed_note_are_verified_by_us() {
    let key = key("ledger.example", 3);
    let secret = Base64::encode_string(&[[1].as_slice(), &[3; 32]].concat());
    let text = format!("PRIVATE+KEY+ledger.example+{:08x}+{secret}", key.verifying_key().id());
    let signer = StandardSigner::new(&text).expect("a signing key");
    assert_eq!(signer.key_id(), key.verifying_key().id());
    let mut theirs = signed_note::Note::new(b"text\n", &[]).expect("a note");
    theirs.add_sigs(&[&signer]).expect("signed");
    let bytes = theirs.to_bytes();
    let ours = Note::parse(&bytes).expect("a note");
    assert_eq!(ours.text(), "text\n");
    assert!(ours.is_signed_by_exactly(&[key.verifying_key()]));
    assert_eq!(
        bytes,
        note::sign("text\n", &[&key]).expect("signed").as_bytes(),
        "Ed25519 signatures are deterministic"
    );
}

#[test]
fn our_checkpoints_are_those_of_tlog_tiles() {
    let ours = Checkpoint { origin: name("ledger.example/2026"), size: TreeSize(70), root: tree(70).root() };
    let theirs = tlog_tiles::Checkpoint::from_bytes(ours.text().as_bytes()).expect("a checkpoint");
    assert_eq!((theirs.origin(), theirs.size(), theirs.hash().0), ("ledger.example/2026", 70, ours.root.0));
    assert_eq!((theirs.extension(), theirs.to_bytes()), ("", ours.text().into_bytes()));
    assert_eq!(Checkpoint::parse(&ours.text()), Some(ours));
}

/// `c2sp.org/tlog-proof@v1` as its specification has it.
struct TransparencyProof {
    extra: Vec<u8>,
    index: u64,
    path: Vec<[u8; 32]>,
    checkpoint: String,
}

fn read(text: &str) -> TransparencyProof {
    let (head, checkpoint) = text.split_once("\n\n").expect("an empty line before the checkpoint");
    let mut lines = head.split('\n');
    assert_eq!(lines.next(), Some("c2sp.org/tlog-proof@v1"));
    let extra = lines.next().and_then(|line| line.strip_prefix("extra ")).expect("an extra line");
    let index = lines.next().and_then(|line| line.strip_prefix("index ")).expect("an index line");
    let hash = |line| Base64::decode_vec(line).expect("base64").try_into().expect("32 bytes");
    TransparencyProof {
        extra: Base64::decode_vec(extra).expect("base64"),
        index: index.parse().expect("a number"),
        path: lines.map(hash).collect(),
        checkpoint: checkpoint.to_owned(),
    }
}

fn signed(ledger: &str, seq: u64, body: Body, key: &SigningKey) -> SignedStatement {
    let issuer = name(key.verifying_key().name());
    let statement = Statement { ledger: name(ledger), issuer, seq, prev: None, time: Timestamp::EPOCH, body };
    statement.sign(&[key]).expect("small")
}

#[test]
fn our_proof_files_are_transparency_proofs() {
    let (ledger, school) = (key("ledger.example", 1), key("schule.example", 2));
    let root = Hash([9; 32]);
    let batch = Body::Batch { kind: Token::parse("abitur").expect("a token"), size: TreeSize(16), root };
    let rotate = Body::Rotate { key: key("schule.example", 3).verifying_key().clone() };
    let admitted = Timestamp::from_posix(1_795_452_221).expect("a time");
    let entry = |body| LedgerEntry { admitted, note: signed("ledger.example", 0, body, &school).note().to_vec() };
    let entries = [entry(rotate), entry(batch)];
    let tree: Tree = entries.iter().map(LedgerEntry::leaf).chain((0..9).map(|byte| Hash([byte; 32]))).collect();
    let proven = |index: u64| Proven {
        index: LeafIndex(index),
        path: tree.inclusion_path(LeafIndex(index), tree.size()).expect("a path"),
        admitted,
        signed: SignedStatement::parse(entries[usize::from(index > 0)].note.clone()).expect("a statement"),
    };
    let checkpoint = Checkpoint { origin: name("ledger.example"), size: tree.size(), root: tree.root() };
    let file = ProofFile {
        leaf: LeafProof { salt: Salt([5; 16]), claims: ClaimsRoot::NONE, index: LeafIndex(3), path: vec![root; 4] },
        trunk: Trunk { batch: proven(1), chain: vec![proven(0)], checkpoint: checkpoint.sign(&ledger).into_bytes() },
    };
    let bytes = file.encode();
    assert_eq!(ProofFile::parse(&bytes), Ok(file));

    let theirs = read(str::from_utf8(&bytes).expect("text"));
    assert_eq!((theirs.index, theirs.checkpoint), (1, checkpoint.sign(&ledger)));
    let path: Vec<_> = theirs.path.iter().map(|hash| tlog_tiles::Hash(*hash)).collect();
    let leaf = tlog_tiles::record_hash(&entries[1].encode());
    tlog_tiles::check_record(&path, tree.size().0, tlog_tiles::Hash(tree.root().0), 1, leaf).expect("included");

    // The extra data, field by field from the specification's table.
    let mut rest = theirs.extra.as_slice();
    let mut take = |length| {
        let (field, tail) = rest.split_at(length);
        rest = tail;
        field
    };
    let note_length = |entry: &LedgerEntry| u16::try_from(entry.note.len()).expect("small").to_be_bytes();
    assert_eq!(take(4), b"SGL1");
    assert_eq!(take(16), [5; 16], "salt");
    assert_eq!(take(32), [0; 32], "claims root");
    assert_eq!(take(8), 3_u64.to_be_bytes(), "leaf index");
    assert_eq!((take(1), take(4 * 32)), ([4].as_slice(), [9; 4 * 32].as_slice()), "path in the batch");
    assert_eq!(take(8), 1_795_452_221_u64.to_be_bytes(), "admitted");
    assert_eq!(
        (take(2), take(entries[1].note.len())),
        (note_length(&entries[1]).as_slice(), entries[1].note.as_slice())
    );
    assert_eq!(take(1), [1], "count");
    assert_eq!(take(8), [0; 8], "ledger index");
    let path = joined(&proven(0).path);
    assert_eq!((take(1), take(path.len())), ([4].as_slice(), path.as_slice()), "path in the ledger");
    assert_eq!(take(8), 1_795_452_221_u64.to_be_bytes(), "admitted");
    assert_eq!(
        (take(2), take(entries[0].note.len())),
        (note_length(&entries[0]).as_slice(), entries[0].note.as_slice())
    );
    assert_eq!(rest, b"");
}
