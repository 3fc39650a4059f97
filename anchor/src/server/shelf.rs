// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What the server shows: the published checkpoint, and the tree under it.

Before a checkpoint is shown, the entries under it were read and give its root: a server never shows what it cannot
prove, and never fewer entries than before.
*/

use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use proof::{
    Hash,
    checkpoint::Checkpoint,
    note::Note,
    statement::LedgerEntry,
    tree::{Tree, TreeSize},
};
use quick_cache::{
    DefaultHashBuilder, OptionsBuilder, Weighter,
    sync::{Cache, DefaultLifecycle},
};
use tokio::sync::Mutex;

use super::Meters;
use crate::{
    ledger::{Ledger, MAX_ENTRIES_PER_READ, ReadError},
    tiles::{self, Kind, Piece},
};

/// The bytes of a full bundle of usual statements.
const USUAL_BUNDLE: u64 = 128 << 10;

pub(super) struct Shelf {
    ledger: Box<dyn Ledger>,
    meters: Arc<Meters>,
    /// At least the entries of what is shown.
    tree: RwLock<Tree>,
    shown: RwLock<Arc<Shown>>,
    /// Full bundles that were read, by their first entry.
    bundles: Cache<u64, Bytes, Length>,
    /// Held while tree and checkpoint grow.
    growing: Mutex<()>,
}

/// What a bundle weighs: its bytes.
#[derive(Clone)]
struct Length;

impl Weighter<u64, Bytes> for Length {
    fn weight(&self, _: &u64, bundle: &Bytes) -> u64 {
        bundle.len() as u64
    }
}

/// A checkpoint that is shown.
pub(super) struct Shown {
    /// Its note.
    pub(super) note: Bytes,
    /// Changes if and only if the note does.
    pub(super) etag: String,
    /// How many entries it covers.
    pub(super) size: TreeSize,
}

impl Shelf {
    /// Reads the whole ledger. Full bundles of at most so many bytes are kept at hand.
    pub(super) async fn open(ledger: Box<dyn Ledger>, most: u64, meters: Arc<Meters>) -> Result<Self, ReadError> {
        let nothing = Arc::new(Shown { note: Bytes::new(), etag: String::new(), size: TreeSize(0) });
        let (tree, shown, growing) = (RwLock::default(), RwLock::new(nothing), Mutex::default());
        // One shard, so that the largest bundle has room.
        let mut options = OptionsBuilder::new();
        let usually = usize::try_from(most / USUAL_BUNDLE).unwrap_or(usize::MAX);
        options.shards(1).estimated_items_capacity(usually).weight_capacity(most);
        let options = options.build().expect("both capacities are set");
        let bundles = Cache::with_options(options, Length, DefaultHashBuilder::default(), DefaultLifecycle::default());
        let this = Self { ledger, meters, tree, shown, bundles, growing };
        this.look().await?;
        Ok(this)
    }

    /// Ends the connection to the ledger in order.
    pub(super) async fn close(self) {
        self.ledger.close().await;
    }

    /// The checkpoint that is published now.
    pub(super) async fn look(&self) -> Result<Arc<Shown>, ReadError> {
        let (note, shown) = (self.ledger.checkpoint().await?, self.shown());
        if note == shown.note {
            return Ok(shown);
        }
        let _growing = self.growing.lock().await;
        // Read again: what was read before may be older than what another request has shown meanwhile.
        let note = self.ledger.checkpoint().await?;
        let checkpoint = Note::parse(&note).ok().and_then(|note| Checkpoint::parse(note.text()));
        let checkpoint = checkpoint.ok_or_else(|| ReadError::Damaged("the checkpoint is none".to_owned()))?;
        if checkpoint.size < self.shown().size {
            return Err(ReadError::Damaged("the ledger has fewer entries than before".to_owned()));
        }
        self.grow_to(checkpoint.size).await?;
        let root = self.tree.read().unwrap_or_else(PoisonError::into_inner).root_at(checkpoint.size);
        if root != Some(checkpoint.root) {
            return Err(ReadError::Damaged("the entries are not those of the checkpoint".to_owned()));
        }
        self.meters.published(checkpoint.size.0);
        let etag = format!("\"{}\"", &Hash::of(&[&note]).to_string()[..32]);
        let shown = Arc::new(Shown { note: note.into(), etag, size: checkpoint.size });
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&shown);
        Ok(shown)
    }

    /// The checkpoint that was shown last.
    pub(super) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The bytes of a tile or bundle; `None` if the published checkpoint does not cover all of it.
    pub(super) async fn piece(&self, piece: Piece) -> Result<Option<Bytes>, ReadError> {
        if !piece.is_within(self.shown().size) && !piece.is_within(self.look().await?.size) {
            return Ok(None);
        }
        if let Kind::Hashes(_) = piece.kind() {
            let hashes = piece.hashes_of(&self.tree.read().unwrap_or_else(PoisonError::into_inner));
            return Ok(hashes.map(Bytes::from));
        }
        if !piece.is_full() {
            return self.bundle(piece).await.map(Some);
        }
        // Whoever wants the same one waits for it.
        self.bundles.get_or_insert_async(&piece.range().start, self.bundle(piece)).await.map(Some)
    }

    /// Reads a bundle that the published checkpoint covers.
    async fn bundle(&self, piece: Piece) -> Result<Bytes, ReadError> {
        let entries = self.ledger.entries(piece.range()).await?;
        if entries.len() != usize::from(piece.width()) {
            return Err(ReadError::Damaged("entries are gone".to_owned()));
        }
        let bundle = tiles::bundle(&entries).ok_or_else(|| ReadError::Damaged("an entry is too long".to_owned()))?;
        Ok(bundle.into())
    }

    async fn grow_to(&self, size: TreeSize) -> Result<(), ReadError> {
        loop {
            let from = self.tree.read().unwrap_or_else(PoisonError::into_inner).size().0;
            if from >= size.0 {
                return Ok(());
            }
            let entries = self.ledger.entries(from..size.0.min(from + MAX_ENTRIES_PER_READ)).await?;
            if entries.is_empty() {
                return Err(ReadError::Damaged("entries are missing that were published".to_owned()));
            }
            let leaves = entries.iter().map(|entry| LedgerEntry::decode(entry).map(|entry| entry.leaf()));
            let leaves = leaves.collect::<Option<Vec<_>>>();
            let leaves = leaves.ok_or_else(|| ReadError::Damaged("an entry is none".to_owned()))?;
            let mut tree = self.tree.write().unwrap_or_else(PoisonError::into_inner);
            for leaf in leaves {
                tree.push(leaf);
            }
        }
    }
}
