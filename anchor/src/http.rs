// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A ledger that somebody else serves (see [`server`](crate::server)).

Nothing that it answers is believed here: lengths and sizes are checked, and whether entries, tiles and checkpoint belong
together is for those who read a ledger to find out, as with every other. What was asked for is asked for again where that
is safe; what was sent is not, unless the ledger says that it did nothing.
*/

mod fetch;

use std::{collections::BTreeMap, ops::Range, sync::Mutex, sync::PoisonError};

use async_trait::async_trait;
use proof::{
    Hash,
    checkpoint::Checkpoint,
    key::Origin,
    note::Note,
    register::Refusal,
    statement::{LedgerEntry, SignedStatement},
    tree::{LeafIndex, MAX_SIZE, TreeSize},
};
use reqwest::Url;

use crate::{
    ledger::{Append, AppendError, Appended, Ledger, MAX_ENTRIES_PER_READ, ReadError},
    tiles::{self, Kind, MAX_BUNDLE_BYTES, MAX_TILE_BYTES, Path, Piece, WIDTH},
};
use fetch::{Fetch, Sent};

/// The largest checkpoint that is read, in bytes: a note with 32 signature lines has fewer.
const MAX_CHECKPOINT_BYTES: usize = 65_536;

/// A ledger over HTTP.
pub struct HttpLedger {
    origin: Origin,
    fetch: Fetch,
    /// The size of the checkpoint that was read last: what may be asked for.
    size: Mutex<TreeSize>,
    /// The full bundle that was read last. Reads of a thousand entries begin and end in the middle of one.
    last: Mutex<Option<(Piece, Vec<Vec<u8>>)>>,
}

impl HttpLedger {
    /// Asks a ledger for its name.
    ///
    /// # Errors
    /// If it does not answer, or not with a checkpoint.
    pub async fn open(url: &Url) -> Result<Self, ReadError> {
        let fetch = Fetch::new(url)?;
        let (_, checkpoint) = read_checkpoint(&fetch).await?;
        let (size, last) = (Mutex::new(checkpoint.size), Mutex::default());
        Ok(Self { origin: checkpoint.origin, fetch, size, last })
    }

    /// The size up to which the ledger was read, at least `wanted` if it has that by now.
    async fn size_for(&self, wanted: u64) -> Result<TreeSize, ReadError> {
        let known = *self.size.lock().unwrap_or_else(PoisonError::into_inner);
        if wanted <= known.0 {
            return Ok(known);
        }
        self.look().await.map(|(_, size)| size)
    }

    async fn look(&self) -> Result<(Vec<u8>, TreeSize), ReadError> {
        let (note, checkpoint) = read_checkpoint(&self.fetch).await?;
        *self.size.lock().unwrap_or_else(PoisonError::into_inner) = checkpoint.size;
        Ok((note, checkpoint.size))
    }

    /// The entries of a bundle that the ledger of this size has.
    async fn bundle(&self, piece: Piece) -> Result<Vec<Vec<u8>>, ReadError> {
        {
            let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((known, entries)) = &*last
                && *known == piece
            {
                return Ok(entries.clone());
            }
        }
        let entries = self.read(piece, MAX_BUNDLE_BYTES, Piece::read_entries).await?;
        if piece.is_full() {
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((piece, entries.clone()));
        }
        Ok(entries)
    }

    /// Reads a piece; where it is gone because it has grown, the beginning of the full one.
    async fn read<T>(
        &self,
        piece: Piece,
        cap: usize,
        parse: impl Fn(Piece, &[u8]) -> Option<Vec<T>>,
    ) -> Result<Vec<T>, ReadError> {
        for wanted in [piece, piece.full()] {
            let Some(bytes) = self.fetch.get(&wanted.to_string(), cap).await? else { continue };
            let parsed = parse(wanted, &bytes);
            let mut parsed = parsed.ok_or_else(|| ReadError::Damaged(format!("{wanted} has not its length")))?;
            parsed.truncate(usize::from(piece.width()));
            return Ok(parsed);
        }
        Err(ReadError::Damaged(format!("{piece} is not there, but the checkpoint covers it")))
    }

    /// The hashes of a path, from tiles.
    async fn hashes(&self, path: Option<Path>, size: TreeSize, known: TreeSize) -> Result<Vec<Hash>, ReadError> {
        let path = path.filter(|_| size <= known).ok_or(ReadError::OutOfRange { size: known.0 })?;
        let mut tiles = BTreeMap::new();
        for tile in path.tiles() {
            tiles.insert(tile, self.read(tile, MAX_TILE_BYTES, Piece::read_hashes).await?);
        }
        let hashes = path.hashes(|tile| tiles.get(&tile).map(Vec::as_slice));
        hashes.ok_or_else(|| ReadError::Damaged("tiles are too short".to_owned()))
    }

    /// Looks whether a statement whose answer was lost stands on the ledger, from a size on.
    async fn find(&self, from: TreeSize, note: &[u8]) -> Result<Option<Appended>, ReadError> {
        let (_, size) = self.look().await?;
        let mut from = from.0;
        while from < size.0 {
            let entries = self.entries(from..size.0).await?;
            for (index, entry) in (from..).zip(&entries) {
                if let Some(entry) = LedgerEntry::decode(entry).filter(|entry| entry.note == note) {
                    return Ok(Some(Appended { index: LeafIndex(index), admitted: entry.admitted }));
                }
            }
            if entries.is_empty() {
                break;
            }
            from += entries.len() as u64;
        }
        Ok(None)
    }

    async fn send(&self, at: Option<TreeSize>, note: &[u8]) -> Result<Appended, AppendError> {
        let refused = |error| AppendError::Rejected(Refusal::from(error));
        SignedStatement::parse(note.to_vec()).map_err(refused)?;
        let before = *self.size.lock().unwrap_or_else(PoisonError::into_inner);
        let query = at.map_or_else(String::new, |at| format!("?at={}", at.0));
        match self.fetch.post(&format!("statements{query}"), note).await {
            Sent::Answer(answer) => answer.appended().ok_or_else(|| {
                AppendError::OutcomeUnknown("the answer has no time at which the statement was taken in".to_owned())
            }),
            Sent::Problem(problem) => match problem.append_error() {
                AppendError::OutcomeUnknown(text) => self.read_back(before, note, text).await,
                other => Err(other),
            },
            Sent::Undelivered(text) => Err(AppendError::Unavailable(text)),
            Sent::Lost(text) => self.read_back(before, note, text).await,
        }
    }

    /// What became of a statement that may have arrived. Not to find it proves nothing: it may still be waiting there.
    async fn read_back(&self, from: TreeSize, note: &[u8], text: String) -> Result<Appended, AppendError> {
        self.find(from, note).await.ok().flatten().ok_or(AppendError::OutcomeUnknown(text))
    }
}

async fn read_checkpoint(fetch: &Fetch) -> Result<(Vec<u8>, Checkpoint), ReadError> {
    let note = fetch.get("checkpoint", MAX_CHECKPOINT_BYTES).await?;
    let note = note.ok_or_else(|| ReadError::Unavailable("there is no ledger at this address".to_owned()))?;
    let checkpoint = Note::parse(&note).ok().and_then(|note| Checkpoint::parse(note.text()));
    let checkpoint = checkpoint.filter(|checkpoint| checkpoint.size <= MAX_SIZE);
    let checkpoint = checkpoint
        .ok_or_else(|| ReadError::Unavailable("what is at this address does not answer as a ledger".to_owned()))?;
    Ok((note, checkpoint))
}

#[async_trait]
impl Ledger for HttpLedger {
    fn origin(&self) -> &Origin {
        &self.origin
    }

    async fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        self.look().await.map(|(note, _)| note)
    }

    async fn entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        let end = range.end.min(range.start.saturating_add(MAX_ENTRIES_PER_READ));
        if end <= range.start {
            return Ok(Vec::new());
        }
        let size = self.size_for(end).await?;
        let end = end.min(size.0);
        let (mut entries, mut from) = (Vec::new(), range.start);
        while from < end {
            let (index, skipped) = (from / u64::from(WIDTH), from % u64::from(WIDTH));
            let piece = Piece::in_ledger(Kind::Entries, index, size);
            let piece = piece.ok_or(ReadError::OutOfRange { size: size.0 })?;
            let bundle = self.bundle(piece).await?.into_iter();
            let skipped = usize::try_from(skipped).expect("below 256");
            let wanted = usize::try_from(end - from).unwrap_or(usize::MAX);
            entries.extend(bundle.skip(skipped).take(wanted));
            from = piece.range().end.min(end);
        }
        Ok(entries)
    }

    async fn inclusion(&self, index: LeafIndex, size: TreeSize) -> Result<Vec<Hash>, ReadError> {
        let known = self.size_for(size.0).await?;
        self.hashes(tiles::inclusion(index, size), size, known).await
    }

    async fn consistency(&self, old: TreeSize, new: TreeSize) -> Result<Vec<Hash>, ReadError> {
        let known = self.size_for(new.0).await?;
        self.hashes(tiles::consistency(old, new), new, known).await
    }
}

#[async_trait]
impl Append for HttpLedger {
    async fn append(&self, at: TreeSize, note: &[u8]) -> Result<Appended, AppendError> {
        self.send(Some(at), note).await
    }

    /// The ledger finds the place by itself.
    async fn submit(&self, _: TreeSize, note: &[u8]) -> Result<Appended, AppendError> {
        self.send(None, note).await
    }

    fn outlives_sender(&self) -> bool {
        true
    }

    async fn close(self: Box<Self>) {}
}
