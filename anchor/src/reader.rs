// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Reading a ledger without being able to write to it: what verifiers do.

use std::ops::Range;

use async_trait::async_trait;
use proof::{
    Hash,
    key::Origin,
    statement::LedgerEntry,
    tree::{LeafIndex, Tree, TreeSize},
};
use tokio::sync::Mutex;

use crate::{
    ledger::{Ledger, MAX_ENTRIES_PER_READ, ReadError},
    store::Source,
};

/// A ledger that is read where it lies.
pub struct Reader<S> {
    origin: Origin,
    pub(crate) state: Mutex<State<S>>,
}

pub(crate) struct State<S> {
    pub(crate) source: S,
    tree: Tree,
}

impl<S: Source> Reader<S> {
    pub(crate) fn new(source: S, origin: Origin) -> Self {
        Self { origin, state: Mutex::new(State { source, tree: Tree::default() }) }
    }
}

impl<S: Source> State<S> {
    async fn grow_to(&mut self, size: TreeSize) -> Result<(), ReadError> {
        while self.tree.size() < size {
            let from = self.tree.size().0;
            let entries = self.source.entries(from..size.0.min(from + MAX_ENTRIES_PER_READ)).await?;
            if entries.is_empty() {
                return Err(ReadError::OutOfRange { size: from });
            }
            for entry in entries {
                let entry = LedgerEntry::decode(&entry);
                let entry = entry.ok_or_else(|| ReadError::Damaged(format!("the entry {from} is not one")))?;
                self.tree.push(entry.leaf());
            }
        }
        Ok(())
    }
}

#[async_trait]
impl<S: Source> Ledger for Reader<S> {
    fn origin(&self) -> &Origin {
        &self.origin
    }

    async fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        self.state.lock().await.source.checkpoint().await
    }

    async fn entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        self.state.lock().await.source.entries(range).await
    }

    async fn inclusion(&self, index: LeafIndex, size: TreeSize) -> Result<Vec<Hash>, ReadError> {
        let mut state = self.state.lock().await;
        state.grow_to(size).await?;
        let tree = &state.tree;
        tree.inclusion_path(index, size).ok_or(ReadError::OutOfRange { size: tree.size().0 })
    }

    async fn consistency(&self, old: TreeSize, new: TreeSize) -> Result<Vec<Hash>, ReadError> {
        let mut state = self.state.lock().await;
        state.grow_to(new).await?;
        let tree = &state.tree;
        tree.consistency_path(old, new).ok_or(ReadError::OutOfRange { size: tree.size().0 })
    }

    async fn close(self: Box<Self>) {
        self.state.into_inner().source.close().await;
    }
}
