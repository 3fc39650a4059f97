// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a ledger has shown and promised, so that it can be held to it.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use anchor::ledger::Appended;
use proof::{
    Hash,
    checkpoint::Checkpoint,
    statement::LedgerEntry,
    tree::{Tree, TreeSize},
};

/// What a ledger has shown and promised.
#[derive(Debug, Default)]
pub struct Account(Mutex<Book>);

/// An entry that was promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Its ledger index.
    pub index: u64,
    /// Its bytes: the statement, and when it was taken in.
    pub entry: Vec<u8>,
}

#[derive(Debug, Default)]
struct Book {
    roots: BTreeMap<TreeSize, Hash>,
    promises: BTreeMap<u64, Vec<u8>>,
    counts: Counts,
}

/// What happened how often.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Statements that were not taken in for now.
    pub refused: usize,
    /// Statements of which nobody knew what had become of them.
    pub left_open: usize,
    /// Times that a reader found nobody.
    pub away: usize,
    /// Proofs that hold.
    pub proven: usize,
}

impl Account {
    /// The account of a ledger that has published this.
    pub fn beginning_with(checkpoint: &Checkpoint) -> Self {
        let roots = BTreeMap::from([(checkpoint.size, checkpoint.root)]);
        Self(Mutex::new(Book { roots, ..Book::default() }))
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// So many entries every checkpoint must have that is asked for from now on.
    pub fn least(&self) -> TreeSize {
        let book = self.book();
        let seen = book.roots.last_key_value().map_or(0, |(size, _)| size.0);
        TreeSize(book.promises.last_key_value().map_or(0, |(index, _)| index + 1).max(seen))
    }

    /// Notes a checkpoint. If its size is new, gives the smaller ones that it must continue.
    ///
    /// # Panics
    /// If another root was seen at its size.
    pub(super) fn seen(&self, size: TreeSize, root: Hash) -> Vec<(TreeSize, Hash)> {
        let mut book = self.book();
        match book.roots.insert(size, root) {
            Some(known) => {
                assert_eq!(known, root, "two roots at {size:?}");
                Vec::new()
            }
            None => book.roots.range(..size).map(|(size, root)| (*size, *root)).collect(),
        }
    }

    /// Notes the answer to a statement.
    ///
    /// # Panics
    /// If the place was promised before.
    pub fn promised(&self, note: &[u8], appended: Appended) {
        let entry = LedgerEntry { admitted: appended.admitted, note: note.to_vec() }.encode();
        let before = self.book().promises.insert(appended.index.0, entry);
        assert_eq!(before, None, "two statements at {}", appended.index.0);
    }

    /// The latest promise that a checkpoint of this size must keep, and another one in turn.
    pub(super) fn some_promises(&self, size: TreeSize, round: &mut usize) -> Vec<Promise> {
        let book = self.book();
        let promises: Vec<_> = book.promises.range(..size.0).collect();
        let Some(last) = promises.last() else { return Vec::new() };
        *round = (*round + 1) % promises.len();
        [*last, promises[*round]].map(|(index, entry)| Promise { index: *index, entry: entry.clone() }).to_vec()
    }

    pub(super) fn refused(&self) {
        self.book().counts.refused += 1;
    }

    pub(super) fn left_open(&self) {
        self.book().counts.left_open += 1;
    }

    pub(super) fn away(&self) {
        self.book().counts.away += 1;
    }

    pub(super) fn proven(&self) {
        self.book().counts.proven += 1;
    }

    /// How many statements were promised a place.
    pub fn promises(&self) -> usize {
        self.book().promises.len()
    }

    /// What happened how often.
    pub fn counts(&self) -> Counts {
        self.book().counts
    }

    /// Asserts that a ledger with these entries has kept every promise, has taken in nothing twice, and gives every root
    /// that was seen.
    ///
    /// # Panics
    /// If it does not.
    #[track_caller]
    pub fn assert_kept_by(&self, entries: &[Vec<u8>]) {
        let book = self.book();
        for (index, entry) in &book.promises {
            let kept = usize::try_from(*index).ok().and_then(|index| entries.get(index));
            assert_eq!(kept, Some(entry), "{index} is not what was promised");
        }
        let mut notes: Vec<_> = entries.iter().map(|entry| &entry[8..]).collect();
        notes.sort_unstable();
        notes.dedup();
        assert_eq!(notes.len(), entries.len(), "a statement stands there twice");
        let leaves = entries.iter().map(|entry| LedgerEntry::decode(entry).expect("an entry").leaf());
        let tree: Tree = leaves.collect();
        for (size, root) in &book.roots {
            assert_eq!(tree.root_at(*size), Some(*root), "another root at {size:?}");
        }
    }
}
