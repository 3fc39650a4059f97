// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Files of ledgers: what is written is read, and everything else is refused without harm.

use std::io::Cursor;

use proof::key::{Algorithm, KeyName, SigningKey};
use proptest::prelude::*;

use super::*;

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
}

fn name(text: &str) -> Origin {
    KeyName::parse(text).expect("a name")
}

/// A ledger in memory.
struct Fixed {
    origin: Origin,
    note: Vec<u8>,
    entries: Vec<Vec<u8>>,
}

impl Fixed {
    fn new(origin: &str, count: u8) -> Self {
        let entries: Vec<_> = (0..count).map(|number| [&[0; 7][..], &[number, b'n', number]].concat()).collect();
        let tree: Tree = entries.iter().map(|entry| LedgerEntry::decode(entry).expect("an entry").leaf()).collect();
        let checkpoint = Checkpoint { origin: name(origin), size: tree.size(), root: tree.root() };
        let key = SigningKey::from_seed(&name(origin), Algorithm::Ed25519, &[7; 32]);
        Self { origin: name(origin), note: checkpoint.sign(&key).into_bytes(), entries }
    }

    fn tree(&self) -> Tree {
        self.entries.iter().map(|entry| LedgerEntry::decode(entry).expect("an entry").leaf()).collect()
    }
}

#[async_trait]
impl Ledger for Fixed {
    fn origin(&self) -> &Origin {
        &self.origin
    }
    async fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        Ok(self.note.clone())
    }
    async fn entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        Ok((0..)
            .zip(&self.entries)
            .filter(|(index, _)| range.contains(index))
            .map(|(_, entry)| entry.clone())
            .collect())
    }
    async fn inclusion(&self, _: LeafIndex, _: TreeSize) -> Result<Vec<Hash>, ReadError> {
        Err(ReadError::OutOfRange { size: 0 })
    }
    async fn consistency(&self, _: TreeSize, _: TreeSize) -> Result<Vec<Hash>, ReadError> {
        Err(ReadError::OutOfRange { size: 0 })
    }
}

/// The bytes that are written of ledgers, in whatever order they are named.
fn written(ledgers: &[&dyn Ledger]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    run(write(&path, ledgers)).expect("written");
    fs::read(&path).expect("there")
}

fn both() -> Vec<u8> {
    written(&[&Fixed::new("b.example", 3), &Fixed::new("a.example", 5)])
}

fn fault(bytes: &[u8]) -> String {
    match Snapshot::read(Cursor::new(bytes)) {
        Ok(_) => "none".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_is_written_is_read() {
    let bytes = both();
    let snapshot = Snapshot::read(Cursor::new(&bytes)).expect("a snapshot");
    assert_eq!(snapshot.origins().map(Origin::as_str).collect::<Vec<_>>(), ["a.example", "b.example"]);
    for original in [Fixed::new("a.example", 5), Fixed::new("b.example", 3)] {
        let ledger = snapshot.ledger(&original.origin).expect("in it");
        let size = original.entries.len() as u64;
        assert_eq!(run(ledger.checkpoint()), Ok(original.note.clone()));
        for (range, wanted) in [(0..size, 0..size), (2..9, 2..size), (1..2, 1..2), (0..0, 0..0), (9..u64::MAX, 0..0)] {
            assert_eq!(run(ledger.entries(range)), run(original.entries(wanted)));
        }
        let tree = original.tree();
        let (old, new) = (TreeSize(2), TreeSize(size));
        assert_eq!(run(ledger.consistency(old, new)).ok(), tree.consistency_path(old, new));
        assert_eq!(run(ledger.inclusion(LeafIndex(1), new)).ok(), tree.inclusion_path(LeafIndex(1), new));
        let beyond = run(ledger.consistency(old, TreeSize(size + 1)));
        assert_eq!(beyond, Err(ReadError::OutOfRange { size }));
    }
    assert!(snapshot.ledger(&name("c.example")).is_none());
}

#[test]
fn every_file_that_is_cut_off_or_goes_on_is_refused() {
    let bytes = both();
    for length in 0..bytes.len() {
        let wanted = if length < HEADER.len() { "not a snapshot of ledgers" } else { "the snapshot ends too early" };
        assert_eq!(fault(&bytes[..length]), wanted, "{length}");
    }
    assert_eq!(fault(&bytes), "none");
    let longer = [bytes.as_slice(), b"x"].concat();
    assert_eq!(fault(&longer), format!("not of its form at byte {}: something behind the end", bytes.len()));
}

#[test]
fn what_is_not_of_its_form_is_named() {
    let section =
        |ledger: &Fixed| written(&[ledger])[HEADER.len()..].split_last_chunk::<2>().expect("an end").0.to_vec();
    let (a, b) = (section(&Fixed::new("a.example", 1)), section(&Fixed::new("b.example", 1)));
    let file = |sections: &[&[u8]]| [HEADER, &sections.concat(), &[0, 0]].concat();
    assert_eq!(fault(&file(&[&a, &b])), "none");
    assert_eq!(fault(&file(&[])), "none");
    let out_of_order =
        format!("not of its form at byte {}: ledgers do not stand in order", HEADER.len() + a.len() + b.len());
    assert_eq!(fault(&file(&[&b, &a])), out_of_order);
    assert_eq!(fault(&file(&[&a, &a])), out_of_order);
    assert_eq!(
        fault(&file(&[&[0, 3], b"abc"])),
        format!("not of its form at byte {}: not a checkpoint", HEADER.len() + 5)
    );
    assert_eq!(
        fault(&file(&[&[0xff, 0xff], &vec![b'a'; 65_535]])),
        "not of its form at byte 26: a note that is too long"
    );
    let empty_entry = [&a[..a.len() - 12], &[0, 0]].concat();
    let at = HEADER.len() + empty_entry.len();
    assert_eq!(fault(&file(&[&empty_entry])), format!("not of its form at byte {at}: an empty entry"));
    assert_eq!(fault(b"schulsiegel/snapshot/v2\n"), "a snapshot of another version");
    assert_eq!(fault(b"schulsiegel/statement/v1\n"), "not a snapshot of ledgers");
}

/// A size of 2^48 costs as much as the bytes that are there.
#[test]
fn a_size_that_is_not_there_is_refused_at_once() {
    let mut huge = Fixed::new("a.example", 0);
    let key = SigningKey::from_seed(&huge.origin, Algorithm::Ed25519, &[7; 32]);
    let checkpoint = Checkpoint { origin: huge.origin.clone(), size: TreeSize(1 << 48), root: Hash([0; 32]) };
    huge.note = checkpoint.sign(&key).into_bytes();
    let length = u16::try_from(huge.note.len()).expect("short").to_be_bytes();
    assert_eq!(fault(&[HEADER, &length, &huge.note, &[0, 9], &[0; 9]].concat()), "the snapshot ends too early");
}

#[test]
fn nothing_is_overwritten_and_nothing_false_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    let mut other = Fixed::new("a.example", 3);
    other.entries[1][9] ^= 1;
    let error = run(write(&path, &[&other])).expect_err("other entries");
    assert_eq!(error.to_string(), "the ledger is damaged: its entries do not give the root of its checkpoint");
    other.entries.truncate(1);
    assert!(matches!(run(write(&path, &[&other])), Err(WriteError::Read(ReadError::OutOfRange { size: 1 }))));
    assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 0, "no draft is left");
    fs::write(&path, b"x").expect("written");
    let error = run(write(&path, &[&Fixed::new("a.example", 3)])).expect_err("in the way");
    assert!(matches!(error, WriteError::Io(error) if error.kind() == io::ErrorKind::AlreadyExists));
    assert_eq!(fs::read(&path).expect("there"), b"x");
}

/// Reads all that can be read.
fn read_all(bytes: &[u8]) {
    let Ok(snapshot) = Snapshot::read(Cursor::new(bytes)) else { return };
    for origin in snapshot.origins() {
        let ledger = snapshot.ledger(origin).expect("in it");
        let _ = run(ledger.entries(0..u64::MAX));
        let _ = run(ledger.consistency(TreeSize(1), TreeSize(ledger.section.size)));
        let _ = run(ledger.inclusion(LeafIndex(0), TreeSize(ledger.section.size)));
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        read_all(&bytes);
        read_all(&[HEADER, &bytes].concat());
    }

    #[test]
    fn altered_files_do_no_harm(at in 0_usize..4_096, to in any::<u8>(), cut in 0_usize..4_096) {
        let mut bytes = both();
        let length = bytes.len();
        bytes[at % length] = to;
        read_all(&bytes);
        read_all(&bytes[cut % length..]);
        bytes.remove(cut % length);
        read_all(&bytes);
    }
}
