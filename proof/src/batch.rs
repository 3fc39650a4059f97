// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The batch tree: the entries of one sealing, padded and sorted, under one root.

Padding to a power of two and sorting by hash make a proof say nothing about how many classmates there are or where a
name stands in the alphabet.
*/

use crate::{
    Hash,
    entry::{CertificateId, Entry},
    tree::{LeafIndex, Tree, TreeSize, verify_inclusion},
};

/// The fewest leaves of a batch.
pub const MIN_SIZE: u64 = 16;

/// The most leaves of a batch.
pub const MAX_SIZE: u64 = 1 << 20;

/// The longest path of a batch, in hashes.
pub const MAX_PATH: usize = 20;

/// What a batch statement commits to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BatchRoot {
    /// Leaves, padding included.
    pub size: TreeSize,
    /// Root over them.
    pub root: Hash,
}

/// Evidence: this entry is in the batch with this root. Comes only out of [`BatchRoot::admit`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Member {
    id: CertificateId,
    batch: BatchRoot,
}

impl Member {
    /// The certificate.
    pub fn id(&self) -> CertificateId {
        self.id
    }

    /// The batch that holds it.
    pub fn batch(&self) -> BatchRoot {
        self.batch
    }
}

impl BatchRoot {
    /// Checks that `entry` is leaf `index` of this batch.
    pub fn admit(&self, entry: &Entry, index: LeafIndex, path: &[Hash]) -> Option<Member> {
        let member = Member { id: entry.id(), batch: *self };
        verify_inclusion(entry.as_bytes(), index, path, &self.root, self.size).then_some(member)
    }
}

/// Why entries make no batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BatchError {
    /// Nothing to seal.
    #[error("a batch needs at least one certificate")]
    Empty,
    /// More than fit.
    #[error("{got} certificates, at most {MAX_SIZE} fit in one batch")]
    TooLarge {
        /// Entries given.
        got: usize,
    },
    /// The same entry twice, which only a broken source of randomness gives.
    #[error("two entries are the same")]
    Duplicate,
}

/// A batch with its whole tree.
#[derive(Debug)]
pub struct Batch {
    ids: Vec<CertificateId>,
    tree: Tree,
}

impl Batch {
    /// Pads, sorts and hashes entries. `random` gives 32 fresh random bytes for each padding entry.
    ///
    /// # Errors
    /// If there are none, too many, or two that are the same.
    pub fn new(entries: &[Entry], mut random: impl FnMut() -> [u8; 32]) -> Result<Self, BatchError> {
        if entries.is_empty() {
            return Err(BatchError::Empty);
        }
        let size = entries.len().next_power_of_two().max(16);
        if size as u64 > MAX_SIZE {
            return Err(BatchError::TooLarge { got: entries.len() });
        }
        let mut ids: Vec<_> = entries.iter().map(Entry::id).collect();
        ids.extend((entries.len()..size).map(|_| Entry::padding(&random()).id()));
        ids.sort_unstable();
        if !ids.is_sorted_by(|a, b| a < b) {
            return Err(BatchError::Duplicate);
        }
        let tree = ids.iter().map(|id| id.0).collect();
        Ok(Self { ids, tree })
    }

    /// What the batch statement commits to.
    pub fn root(&self) -> BatchRoot {
        BatchRoot { size: self.tree.size(), root: self.tree.root() }
    }

    /// Where a certificate stands, and its path to the root.
    pub fn locate(&self, id: &CertificateId) -> Option<(LeafIndex, Vec<Hash>)> {
        let index = LeafIndex(self.ids.binary_search(id).ok()? as u64);
        Some((index, self.tree.inclusion_path(index, self.tree.size())?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{ClaimsRoot, DocumentDigest, Salt};

    fn entry(number: u8) -> Entry {
        Entry::new(&DocumentDigest::of(&[number]), &Salt([number; 16]), &ClaimsRoot::NONE)
    }

    fn counter() -> impl FnMut() -> [u8; 32] {
        let mut next = 0_u64;
        move || {
            next += 1;
            Hash::of(&[&next.to_be_bytes()]).0
        }
    }

    #[test]
    fn sizes_are_padded_to_the_next_power_of_two_from_16() {
        for (count, size) in [(1, 16), (16, 16), (17, 32), (33, 64)] {
            let entries: Vec<_> = (0..count).map(entry).collect();
            let batch = Batch::new(&entries, counter()).expect("a batch");
            assert_eq!(batch.root().size, TreeSize(size), "{count}");
        }
    }

    #[test]
    fn every_entry_is_found_and_no_other() {
        let entries: Vec<_> = (0..20).map(entry).collect();
        let batch = Batch::new(&entries, counter()).expect("a batch");
        for entry in &entries {
            let (index, path) = batch.locate(&entry.id()).expect("sealed");
            let member = batch.root().admit(entry, index, &path).expect("a member");
            assert_eq!((member.id(), member.batch()), (entry.id(), batch.root()));
        }
        assert_eq!(batch.locate(&entry(99).id()), None);
        let (index, path) = batch.locate(&entries[0].id()).expect("sealed");
        assert_eq!(batch.root().admit(&entry(99), index, &path), None);
    }

    #[test]
    fn the_order_of_files_leaves_no_trace() {
        let entries: Vec<_> = (0..20).map(entry).collect();
        let reversed: Vec<_> = entries.iter().rev().copied().collect();
        let root = |entries: &[Entry]| Batch::new(entries, counter()).expect("a batch").root();
        assert_eq!(root(&entries), root(&reversed));
    }

    #[test]
    fn no_batch_of_nothing_or_of_the_same() {
        assert_eq!(Batch::new(&[], counter()).map(|batch| batch.root()), Err(BatchError::Empty));
        assert_eq!(Batch::new(&[entry(1), entry(1)], counter()).map(|batch| batch.root()), Err(BatchError::Duplicate));
        let many = vec![entry(1); (1 << 20) + 1];
        assert_eq!(
            Batch::new(&many, counter()).map(|batch| batch.root()),
            Err(BatchError::TooLarge { got: (1 << 20) + 1 })
        );
    }
}
