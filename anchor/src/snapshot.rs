// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Ledgers in one file, to carry them to a machine without a network.

The file is the first line, the ledgers by rising origin, and an end:

```text
schulsiegel/snapshot/v1 LF
u16 length ‖ checkpoint's note, then for each entry below its size: u16 length ‖ entry
u16 0
```

Nothing in it is trusted because it stands there: a [`SnapshotLedger`] is a [`Ledger`] like any other, and whoever reads
it checks it. Reading takes memory for a thousand entries and for the tree, whatever the file claims.
*/

use std::{
    collections::BTreeMap,
    fs, io,
    io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    ops::Range,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use proof::{
    Hash,
    checkpoint::Checkpoint,
    key::Origin,
    note::{MAX_NOTE_BYTES, Note},
    statement::LedgerEntry,
    tree::{LeafIndex, Tree, TreeSize},
};
use tempfile::NamedTempFile;

use crate::{
    host,
    ledger::{Ledger, MAX_ENTRIES_PER_READ, ReadError},
};

/// The first line.
const HEADER: &[u8] = b"schulsiegel/snapshot/v1\n";

/// What every version's first line begins with.
const FAMILY: &[u8] = b"schulsiegel/snapshot/v";

/// No file holds more ledgers: a policy of 65,536 bytes cannot name more.
pub const MAX_LEDGERS: usize = 1_000;

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The system does not let it be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is something else.
    #[error("not a snapshot of ledgers")]
    NotASnapshot,
    /// Another version wrote it.
    #[error("a snapshot of another version")]
    OtherVersion,
    /// It ends too early.
    #[error("the snapshot ends too early")]
    Truncated,
    /// It begins like one and is not of its form.
    #[error("not of its form at byte {at}: {what}")]
    Malformed {
        /// Where, in bytes from the start.
        at: u64,
        /// What is wrong there.
        what: &'static str,
    },
}

/// A file of ledgers whose form was checked from the first byte to the last, and nothing else.
pub struct Snapshot<R> {
    input: Mutex<BufReader<R>>,
    ledgers: BTreeMap<Origin, Section>,
}

/// Where a ledger stands in the file.
#[derive(Debug)]
struct Section {
    note: Vec<u8>,
    size: u64,
    /// Where its first entry's length begins.
    start: u64,
}

impl Snapshot<fs::File> {
    /// Opens a file.
    ///
    /// # Errors
    /// If it cannot be read, or is not of its form to its end.
    pub fn open(path: &Path) -> Result<Self, SnapshotError> {
        Self::read(fs::File::open(path)?)
    }
}

impl<R: Read + Seek> Snapshot<R> {
    /// Walks through the whole input once, and keeps the checkpoints.
    ///
    /// # Errors
    /// As [`Snapshot::open`].
    pub fn read(input: R) -> Result<Self, SnapshotError> {
        let mut walk = Walk { input: BufReader::with_capacity(1 << 16, input), at: 0 };
        walk.header()?;
        let mut ledgers = BTreeMap::<Origin, Section>::new();
        while let Some((origin, section)) = walk.section()? {
            let last = ledgers.last_key_value().map(|(origin, _)| origin);
            if last.is_some_and(|last| *last >= origin) {
                return Err(walk.malformed("ledgers do not stand in order"));
            }
            if ledgers.len() == MAX_LEDGERS {
                return Err(walk.malformed("too many ledgers"));
            }
            ledgers.insert(origin, section);
        }
        walk.end()?;
        Ok(Self { input: Mutex::new(walk.input), ledgers })
    }

    /// The ledgers in it, by rising origin.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        self.ledgers.keys()
    }

    /// One of the ledgers in it.
    pub fn ledger(&self, origin: &Origin) -> Option<SnapshotLedger<'_, R>> {
        let (origin, section) = self.ledgers.get_key_value(origin)?;
        let position = Mutex::new(Position { next: 0, offset: section.start });
        Some(SnapshotLedger { input: &self.input, origin, section, position, tree: Mutex::default() })
    }
}

/// Goes through a file from its first byte to its last.
struct Walk<R> {
    input: BufReader<R>,
    at: u64,
}

impl<R: Read + Seek> Walk<R> {
    fn malformed(&self, what: &'static str) -> SnapshotError {
        SnapshotError::Malformed { at: self.at, what }
    }

    fn header(&mut self) -> Result<(), SnapshotError> {
        let mut line = [0; HEADER.len()];
        self.fill(&mut line).map_err(|error| match error {
            SnapshotError::Truncated => SnapshotError::NotASnapshot,
            other => other,
        })?;
        match line.as_slice() {
            HEADER => Ok(()),
            line if line.starts_with(FAMILY) => Err(SnapshotError::OtherVersion),
            _ => Err(SnapshotError::NotASnapshot),
        }
    }

    /// The next ledger; `None` at the end.
    fn section(&mut self) -> Result<Option<(Origin, Section)>, SnapshotError> {
        let length = self.length()?;
        if length == 0 {
            return Ok(None);
        }
        if usize::from(length) > MAX_NOTE_BYTES {
            return Err(self.malformed("a note that is too long"));
        }
        let mut note = vec![0; length.into()];
        self.fill(&mut note)?;
        let checkpoint = Note::parse(&note).ok().and_then(|note| Checkpoint::parse(note.text()));
        let Checkpoint { origin, size, .. } = checkpoint.ok_or(self.malformed("not a checkpoint"))?;
        let section = Section { note, size: size.0, start: self.at };
        for _ in 0..size.0 {
            let length = self.length()?;
            if length == 0 {
                return Err(self.malformed("an empty entry"));
            }
            self.skip(length.into())?;
        }
        Ok(Some((origin, section)))
    }

    fn end(&mut self) -> Result<(), SnapshotError> {
        match self.input.read(&mut [0])? {
            0 => Ok(()),
            _ => Err(self.malformed("something behind the end")),
        }
    }

    fn length(&mut self) -> Result<u16, SnapshotError> {
        let mut bytes = [0; 2];
        self.fill(&mut bytes)?;
        Ok(u16::from_be_bytes(bytes))
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SnapshotError> {
        fill(&mut self.input, bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Reads so many bytes and drops them. Seeking would not notice that the file ends before.
    fn skip(&mut self, bytes: u64) -> Result<(), SnapshotError> {
        if io::copy(&mut self.input.by_ref().take(bytes), &mut io::sink())? < bytes {
            return Err(SnapshotError::Truncated);
        }
        self.at += bytes;
        Ok(())
    }
}

fn fill(input: &mut impl Read, bytes: &mut [u8]) -> Result<(), SnapshotError> {
    input.read_exact(bytes).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => SnapshotError::Truncated,
        _ => SnapshotError::Io(error),
    })
}

/// A ledger in a file. What it says of itself has to be checked as with every other.
pub struct SnapshotLedger<'s, R> {
    input: &'s Mutex<BufReader<R>>,
    origin: &'s Origin,
    section: &'s Section,
    position: Mutex<Position>,
    tree: Mutex<Tree>,
}

/// An entry and where its length begins: entries are read from first to last, and hardly ever twice.
struct Position {
    next: u64,
    offset: u64,
}

impl<R: Read + Seek> SnapshotLedger<'_, R> {
    fn read_entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, SnapshotError> {
        let end = range.end.min(self.section.size).min(range.start.saturating_add(MAX_ENTRIES_PER_READ));
        let (mut position, mut input) = (locked(&self.position), locked(self.input));
        if range.start < position.next {
            *position = Position { next: 0, offset: self.section.start };
        }
        let mut entries = Vec::new();
        input.seek(SeekFrom::Start(position.offset))?;
        while position.next < end {
            let mut length = [0; 2];
            fill(&mut *input, &mut length)?;
            let mut entry = vec![0; u16::from_be_bytes(length).into()];
            fill(&mut *input, &mut entry)?;
            *position = Position { next: position.next + 1, offset: position.offset + 2 + entry.len() as u64 };
            if position.next > range.start {
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    /// The tree over the first entries.
    fn tree(&self, size: TreeSize) -> Result<MutexGuard<'_, Tree>, ReadError> {
        let mut tree = locked(&self.tree);
        while tree.size() < size && tree.size().0 < self.section.size {
            let from = tree.size().0;
            for entry in self.read_entries(from..size.0).map_err(read_error)? {
                let entry = LedgerEntry::decode(&entry);
                let entry =
                    entry.ok_or_else(|| ReadError::Damaged("an entry of the snapshot is not one".to_owned()))?;
                tree.push(entry.leaf());
            }
        }
        Ok(tree)
    }

    fn out_of_range(&self) -> ReadError {
        ReadError::OutOfRange { size: self.section.size }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whoever panicked left nothing half done: a position is replaced as a whole, and a tree grows by whole leaves.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn read_error(error: SnapshotError) -> ReadError {
    // It was read to its end once: what is missing now was taken away meanwhile.
    ReadError::Unavailable(error.to_string())
}

#[async_trait]
impl<R: Read + Seek + Send> Ledger for SnapshotLedger<'_, R> {
    fn origin(&self) -> &Origin {
        self.origin
    }

    async fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        Ok(self.section.note.clone())
    }

    async fn entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        self.read_entries(range).map_err(read_error)
    }

    async fn inclusion(&self, index: LeafIndex, size: TreeSize) -> Result<Vec<Hash>, ReadError> {
        self.tree(size)?.inclusion_path(index, size).ok_or_else(|| self.out_of_range())
    }

    async fn consistency(&self, old: TreeSize, new: TreeSize) -> Result<Vec<Hash>, ReadError> {
        self.tree(new)?.consistency_path(old, new).ok_or_else(|| self.out_of_range())
    }
}

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The system does not let it be written, or there is a file of this name.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A ledger cannot be read, or its entries are not those of its checkpoint.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Writes ledgers into a file that must not exist yet, durably: it appears whole or not at all. Gives the number of
/// entries.
///
/// # Errors
/// If the file cannot be written, a ledger cannot be read, or its entries do not give the root of its checkpoint.
pub async fn write(path: &Path, ledgers: &[&dyn Ledger]) -> Result<u64, WriteError> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::Error::from(io::ErrorKind::AlreadyExists).into());
    }
    let mut draft = tempfile::Builder::new();
    draft.prefix(".draft-");
    #[cfg(unix)]
    // A snapshot is as public as the ledger. Less what the user's mask takes away.
    draft.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut draft = draft.tempfile_in(host::parent(path))?;
    let count = write_into(&mut draft, ledgers).await?;
    draft.as_file().sync_all()?;
    let draft = draft.into_temp_path();
    host::rename_new(&draft, path)?;
    host::sync_folder(host::parent(path))?;
    Ok(count)
}

async fn write_into(draft: &mut NamedTempFile, ledgers: &[&dyn Ledger]) -> Result<u64, WriteError> {
    let mut output = BufWriter::with_capacity(1 << 16, draft);
    output.write_all(HEADER)?;
    let by_origin: BTreeMap<_, _> = ledgers.iter().map(|ledger| (ledger.origin(), ledger)).collect();
    let mut count = 0;
    for ledger in by_origin.into_values() {
        count += write_one(&mut output, *ledger).await?;
    }
    output.write_all(&0_u16.to_be_bytes())?;
    output.flush()?;
    Ok(count)
}

async fn write_one(output: &mut (impl Write + Send), ledger: &dyn Ledger) -> Result<u64, WriteError> {
    let note = ledger.checkpoint().await?;
    let checkpoint = Note::parse(&note).ok().and_then(|note| Checkpoint::parse(note.text()));
    let checkpoint = checkpoint.ok_or_else(|| ReadError::Damaged("its checkpoint is not one".to_owned()))?;
    prefixed(output, &note)?;
    let (mut tree, size) = (Tree::default(), checkpoint.size.0);
    while tree.size().0 < size {
        let from = tree.size().0;
        let entries = ledger.entries(from..size.min(from + MAX_ENTRIES_PER_READ)).await?;
        if entries.is_empty() {
            return Err(ReadError::OutOfRange { size: from }.into());
        }
        for bytes in &entries {
            let entry = LedgerEntry::decode(bytes);
            let entry = entry.ok_or_else(|| ReadError::Damaged("an entry is not one".to_owned()))?;
            tree.push(entry.leaf());
            prefixed(output, bytes)?;
        }
    }
    if tree.root() != checkpoint.root {
        return Err(ReadError::Damaged("its entries do not give the root of its checkpoint".to_owned()).into());
    }
    Ok(size)
}

fn prefixed(output: &mut impl Write, bytes: &[u8]) -> Result<(), WriteError> {
    let length = u16::try_from(bytes.len()).map_err(|_| ReadError::Damaged("an entry is too long".to_owned()))?;
    output.write_all(&length.to_be_bytes())?;
    output.write_all(bytes).map_err(Into::into)
}

#[cfg(test)]
mod tests;
