// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
RFC 6962 trees that grow: roots, inclusion and consistency proofs for today's size and for every earlier one.

Keeps the value of every complete subtree, about two hashes a leaf. A proof for an older size is needed whenever a
certificate carries a checkpoint from the day it was sealed. Proofs are checked with `ct-merkle`; this file only makes
them, and the tests compare it with that crate, with a second implementation and with the RFC's own recursion.
*/

use std::borrow::Cow;

use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};

use crate::hash::Hash;

/// A position among the leaves of a tree, from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
pub struct LeafIndex(pub u64);

/// How many leaves a tree has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct TreeSize(pub u64);

/// The longest path that is read, in hashes: enough for [`MAX_SIZE`].
pub const MAX_PATH: usize = 48;

/// No tree is larger: 2^48 leaves are 280 million million statements.
pub const MAX_SIZE: TreeSize = TreeSize(1 << MAX_PATH);

/// A tree in memory.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// `levels[k][j]` is the root over the leaves `j·2^k .. (j+1)·2^k`.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// Appends a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut carried = leaf;
        for level in 0.. {
            if level == self.levels.len() {
                self.levels.push(Vec::new());
            }
            let nodes = &mut self.levels[level];
            nodes.push(carried);
            let [.., left, right] = nodes.as_slice() else { return };
            if nodes.len() % 2 == 1 {
                return;
            }
            carried = Hash::node(left, right);
        }
    }

    /// How many leaves there are.
    pub fn size(&self) -> TreeSize {
        TreeSize(self.levels.first().map_or(0, Vec::len) as u64)
    }

    /// The hash of one leaf.
    pub fn leaf(&self, index: LeafIndex) -> Option<Hash> {
        self.levels.first()?.get(usize::try_from(index.0).ok()?).copied()
    }

    /// The root over the leaves `index·2^level .. (index+1)·2^level`, if all of them are there.
    pub fn node(&self, level: u32, index: u64) -> Option<Hash> {
        self.levels.get(level as usize)?.get(usize::try_from(index).ok()?).copied()
    }

    /// The root over all leaves.
    pub fn root(&self) -> Hash {
        self.range_root(0, self.size().0)
    }

    /// The root as it was when there were `size` leaves; `None` if there never were.
    pub fn root_at(&self, size: TreeSize) -> Option<Hash> {
        (size <= self.size()).then(|| self.range_root(0, size.0))
    }

    /// The path from leaf `index` to the root of the first `size` leaves, from the leaf's sibling upwards; `None` if
    /// there is no such leaf or no such size.
    pub fn inclusion_path(&self, index: LeafIndex, size: TreeSize) -> Option<Vec<Hash>> {
        if index.0 >= size.0 || size > self.size() {
            return None;
        }
        let (mut start, mut end, mut path) = (0, size.0, Vec::new());
        while end - start > 1 {
            let split = start + largest_power_of_two_below(end - start);
            if index.0 < split {
                path.push(self.range_root(split, end));
                end = split;
            } else {
                path.push(self.range_root(start, split));
                start = split;
            }
        }
        path.reverse();
        Some(path)
    }

    /// The proof that the first `new` leaves continue the first `old`; `None` unless 0 < old ≤ new ≤ size.
    pub fn consistency_path(&self, old: TreeSize, new: TreeSize) -> Option<Vec<Hash>> {
        if old.0 == 0 || old > new || new > self.size() {
            return None;
        }
        let (mut start, mut end, mut path) = (0, new.0, Vec::new());
        while end != old.0 {
            let split = start + largest_power_of_two_below(end - start);
            if old.0 <= split {
                path.push(self.range_root(split, end));
                end = split;
            } else {
                path.push(self.range_root(start, split));
                start = split;
            }
        }
        if start > 0 {
            path.push(self.range_root(start, end));
        }
        path.reverse();
        Some(path)
    }

    /// The root over the leaves `start..end`, where `start` is a multiple of a power of two not below `end - start`.
    fn range_root(&self, start: u64, end: u64) -> Hash {
        let length = end - start;
        if length == 0 {
            return Hash::of(&[]);
        }
        if length.is_power_of_two() {
            let level = length.trailing_zeros();
            let node = usize::try_from(start >> level).expect("a node in memory has a usize index");
            return self.levels[level as usize][node];
        }
        let split = start + largest_power_of_two_below(length);
        Hash::node(&self.range_root(start, split), &self.range_root(split, end))
    }
}

/// As the bytes of all nodes, leaves first: a tree that is read back is not hashed again.
impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let nodes: Vec<u8> = self.levels.iter().flatten().flat_map(|hash| hash.0).collect();
        (self.size().0, Nodes(nodes.into())).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (size, Nodes(nodes)) = <(u64, Nodes<'de>)>::deserialize(deserializer)?;
        let wrong = || de::Error::custom("not the nodes of a tree of this size");
        let (mut nodes, rest) = nodes.as_chunks::<32>();
        if !rest.is_empty() || size > MAX_SIZE.0 {
            return Err(wrong());
        }
        let mut levels = Vec::new();
        for width in (0..).map(|level| size >> level).take_while(|width| *width > 0) {
            let width = usize::try_from(width).map_err(|_| wrong())?;
            let (level, above) = nodes.split_at_checked(width).ok_or_else(wrong)?;
            levels.push(level.iter().map(|hash| Hash(*hash)).collect());
            nodes = above;
        }
        if nodes.is_empty() { Ok(Self { levels }) } else { Err(wrong()) }
    }
}

struct Nodes<'a>(Cow<'a, [u8]>);

impl Serialize for Nodes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Nodes<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&[u8]>::deserialize(deserializer).map(|bytes| Self(bytes.into()))
    }
}

impl FromIterator<Hash> for Tree {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut tree = Self::default();
        leaves.into_iter().for_each(|leaf| tree.push(leaf));
        tree
    }
}

/// Whether `entry` is the leaf `index` of the tree with this root and size.
pub fn verify_inclusion(entry: &[u8], index: LeafIndex, path: &[Hash], root: &Hash, size: TreeSize) -> bool {
    if index.0 >= size.0 || size > MAX_SIZE || path.len() > MAX_PATH {
        return false;
    }
    let Ok(proof) = InclusionProof::<Sha256>::try_from_bytes(joined(path)) else { return false };
    root_hash(root, size).verify_inclusion(&entry, index.0, &proof).is_ok()
}

/// Whether the tree (`new_root`, `new`) continues the tree (`old_root`, `old`).
pub fn verify_consistency(old: TreeSize, old_root: &Hash, new: TreeSize, new_root: &Hash, path: &[Hash]) -> bool {
    if old.0 == 0 || old > new || new > MAX_SIZE || path.len() > MAX_PATH + 1 {
        return false;
    }
    if old == new {
        return path.is_empty() && old_root == new_root;
    }
    let Ok(proof) = ConsistencyProof::<Sha256>::try_from_bytes(joined(path)) else { return false };
    root_hash(new_root, new).verify_consistency(&root_hash(old_root, old), &proof).is_ok()
}

fn joined(path: &[Hash]) -> Vec<u8> {
    path.iter().flat_map(|hash| hash.0).collect()
}

fn root_hash(root: &Hash, size: TreeSize) -> RootHash<Sha256> {
    let mut digest = <Sha256 as Digest>::new().finalize();
    digest.copy_from_slice(&root.0);
    RootHash::new(digest, size.0)
}

fn largest_power_of_two_below(length: u64) -> u64 {
    1 << (length - 1).ilog2()
}

#[cfg(test)]
mod tests;
