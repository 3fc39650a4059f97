// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Which tiles an inclusion or consistency proof takes, and the proof that they give.

use std::collections::BTreeSet;

use proof::{
    Hash,
    tree::{LeafIndex, TreeSize},
};

use super::{HEIGHT, Kind, Piece, WIDTH};

/// A path through the tree of a size, before its hashes are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    size: TreeSize,
    /// Of each hash of the path the complete subtrees that it is the root over, from left to right.
    hashes: Vec<Vec<Node>>,
}

/// The root over the leaves `index·2^level .. (index+1)·2^level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Node {
    level: u32,
    index: u64,
}

/// The path of a leaf under the root at a size; `None` if there is no such leaf.
pub fn inclusion(index: LeafIndex, size: TreeSize) -> Option<Path> {
    if index.0 >= size.0 {
        return None;
    }
    let (mut start, mut end, mut hashes) = (0, size.0, Vec::new());
    while end - start > 1 {
        let split = start + largest_power_of_two_below(end - start);
        if index.0 < split {
            hashes.push(nodes(split, end));
            end = split;
        } else {
            hashes.push(nodes(start, split));
            start = split;
        }
    }
    hashes.reverse();
    Some(Path { size, hashes })
}

/// The proof that the first `new` leaves continue the first `old`; `None` unless 0 < old ≤ new.
pub fn consistency(old: TreeSize, new: TreeSize) -> Option<Path> {
    if old.0 == 0 || old > new {
        return None;
    }
    let (mut start, mut end, mut hashes) = (0, new.0, Vec::new());
    while end != old.0 {
        let split = start + largest_power_of_two_below(end - start);
        if old.0 <= split {
            hashes.push(nodes(split, end));
            end = split;
        } else {
            hashes.push(nodes(start, split));
            start = split;
        }
    }
    if start > 0 {
        hashes.push(nodes(start, end));
    }
    hashes.reverse();
    Some(Path { size: new, hashes })
}

impl Path {
    /// The tiles that it takes, as the ledger of this size has them.
    pub fn tiles(&self) -> BTreeSet<Piece> {
        self.hashes.iter().flatten().filter_map(|node| node.tile(self.size)).collect()
    }

    /// The hashes of the path. `None` if a tile is not at hand, or too short.
    pub fn hashes<'a>(&self, tile: impl Fn(Piece) -> Option<&'a [Hash]>) -> Option<Vec<Hash>> {
        let read = |node: &Node| {
            let hashes = tile(node.tile(self.size)?)?.get(node.place()..)?.get(..node.breadth())?;
            Some(root_over(hashes))
        };
        let roots = self.hashes.iter().map(|nodes| {
            let roots = nodes.iter().map(read).collect::<Option<Vec<_>>>()?;
            roots.into_iter().rev().reduce(|right, left| Hash::node(&left, &right))
        });
        roots.collect()
    }
}

impl Node {
    /// The tile that has the hashes under it.
    fn tile(self, size: TreeSize) -> Option<Piece> {
        let index = self.first() / u64::from(WIDTH);
        Piece::in_ledger(Kind::Hashes(self.level / HEIGHT), index, size)
    }

    /// Its leftmost hash, on the level of its tile.
    fn first(self) -> u64 {
        self.index << (self.level % HEIGHT)
    }

    /// Where that stands in the tile.
    fn place(self) -> usize {
        usize::try_from(self.first() % u64::from(WIDTH)).expect("below 256")
    }

    /// How many hashes of the tile lie under it.
    fn breadth(self) -> usize {
        1 << (self.level % HEIGHT)
    }
}

/// The complete subtrees over the leaves `start..end`, where `start` is a multiple of a power of two not below
/// `end - start`.
fn nodes(mut start: u64, end: u64) -> Vec<Node> {
    let mut nodes = Vec::new();
    while start < end {
        let level = (end - start).ilog2();
        nodes.push(Node { level, index: start >> level });
        start += 1 << level;
    }
    nodes
}

/// The root over hashes, of which there is a power of two.
fn root_over(hashes: &[Hash]) -> Hash {
    match hashes {
        [hash] => *hash,
        hashes => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            Hash::node(&root_over(left), &root_over(right))
        }
    }
}

fn largest_power_of_two_below(length: u64) -> u64 {
    1 << (length - 1).ilog2()
}
