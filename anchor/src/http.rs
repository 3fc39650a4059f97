// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A ledger that somebody else serves (see [`server`](crate::server)).

Nothing that it answers is believed here: lengths and sizes are checked, and whether entries, tiles and checkpoint belong
together is for those who read a ledger to find out, as with every other. What was asked for is asked for again where that
is safe; what was sent is not, unless the ledger says that it did nothing.
*/

mod bundles;
mod fetch;

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

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
    tiles::{self, MAX_TILE_BYTES, Path, Piece},
};
use bundles::Bundles;
pub use fetch::Patience;
use fetch::{Fetch, Sent};

/// A ledger over HTTP.
pub struct HttpLedger {
    origin: Origin,
    fetch: Arc<Fetch>,
    bundles: Bundles,
    /// The size of the checkpoint that was read last: what may be asked for.
    size: Mutex<TreeSize>,
}

impl HttpLedger {
    /// Asks a ledger for its name.
    ///
    /// # Errors
    /// If it does not answer, or not with a checkpoint.
    pub async fn open(url: &Url) -> Result<Self, ReadError> {
        Self::open_with(url, Patience::default()).await
    }

    /// Asks a ledger for its name, and waits for this and all other answers only so long.
    ///
    /// # Errors
    /// If it does not answer, or not with a checkpoint.
    pub async fn open_with(url: &Url, patience: Patience) -> Result<Self, ReadError> {
        let fetch = Arc::new(Fetch::new(url, patience)?);
        let (_, checkpoint) = read_checkpoint(&fetch).await?;
        let (size, bundles) = (Mutex::new(checkpoint.size), Bundles::new(Arc::clone(&fetch)));
        Ok(Self { origin: checkpoint.origin, fetch, bundles, size })
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

    /// The hashes of a path, from tiles.
    async fn hashes(&self, path: Option<Path>, size: TreeSize, known: TreeSize) -> Result<Vec<Hash>, ReadError> {
        let path = path.filter(|_| size <= known).ok_or(ReadError::OutOfRange { size: known.0 })?;
        let mut tiles = BTreeMap::new();
        for tile in path.tiles() {
            tiles.insert(tile, self.fetch.piece(tile, MAX_TILE_BYTES, Piece::read_hashes).await?);
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
    let note = fetch.get("checkpoint", fetch::MAX_SMALL).await?;
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
        // Who takes as much as there is at once will come for the rest.
        let goes_on = range.end - range.start >= MAX_ENTRIES_PER_READ;
        self.bundles.entries(range.start..end.min(size.0), size, goes_on).await
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
}
