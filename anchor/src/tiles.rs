// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A ledger in pieces that never change, as C2SP's *tlog-tiles* has them: what they are called, what is in them, and which
of them a proof takes.

A **tile** is up to 256 neighbouring hashes of one level; the levels lie eight apart, so that the hashes of one are the
roots over whole tiles of the one below. A **bundle** is the entries under a tile of level 0. Both grow at the right end
only: a piece of a given width has the same bytes for good.
*/

mod proofs;

use std::{fmt, ops::Range};

pub use proofs::{Path, consistency, inclusion};

use proof::{
    Hash,
    tree::{Tree, TreeSize},
};

/// How many hashes or entries a full piece has.
pub const WIDTH: u16 = 256;

/// So many levels of a tree lie between two levels of tiles: 2^8 is [`WIDTH`].
const HEIGHT: u32 = 8;

/// The highest level that the specification names.
const MAX_LEVEL: u32 = 63;

/// The largest tile, in bytes: 256 hashes of 32.
pub const MAX_TILE_BYTES: usize = 256 * 32;

/// The largest bundle, in bytes: 256 entries of at most 65,535 with two bytes of length each, 16 MiB.
pub const MAX_BUNDLE_BYTES: usize = 256 * (2 + 65_535);

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Hashes of a level of tiles, from 0.
    Hashes(u32),
    /// Entries.
    Entries,
}

/// The name of a tile or bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    kind: Kind,
    index: u64,
    /// 1 to [`WIDTH`].
    width: u16,
}

impl Piece {
    /// A piece of a width from 1 to [`WIDTH`]; `None` for any other, or for a level above 63.
    pub fn new(kind: Kind, index: u64, width: u16) -> Option<Self> {
        let is_named = (1..=WIDTH).contains(&width) && !matches!(kind, Kind::Hashes(level) if level > MAX_LEVEL);
        is_named.then_some(Self { kind, index, width })
    }

    /// The piece of this kind and index as a ledger of `size` entries has it; `None` if nothing of it is there.
    pub fn in_ledger(kind: Kind, index: u64, size: TreeSize) -> Option<Self> {
        let left = count(kind, size).saturating_sub(index.checked_mul(u64::from(WIDTH))?);
        Self::new(kind, index, u16::try_from(left.min(u64::from(WIDTH))).ok()?)
    }

    /// Reads a path such as `tile/0/x001/x234/067.p/8` or `tile/entries/000`. Every piece has one spelling.
    pub fn parse(path: &str) -> Option<Self> {
        let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let kind = match kind {
            "entries" => Kind::Entries,
            level => Kind::Hashes(u32::try_from(proof::encoding::decimal(level)?).ok()?),
        };
        let (index, width) = match rest.split_once(".p/") {
            None => (rest, WIDTH),
            Some((index, width)) => {
                (index, u16::try_from(proof::encoding::decimal(width)?).ok().filter(|width| *width < WIDTH)?)
            }
        };
        let groups: Vec<_> = index.split('/').collect();
        let (last, above) = groups.split_last()?;
        let above = above.iter().map(|group| group.strip_prefix('x')).collect::<Option<Vec<_>>>()?;
        let digits = above.into_iter().chain([*last]);
        let index =
            digits.map(three_digits).try_fold(0_u64, |index, group| index.checked_mul(1_000)?.checked_add(group?))?;
        // Groups that are all zeros in front would be a second spelling.
        Self::new(kind, index, width).filter(|piece| piece.to_string() == path)
    }

    /// What it is made of.
    pub fn kind(self) -> Kind {
        self.kind
    }

    /// How many hashes or entries it has.
    pub fn width(self) -> u16 {
        self.width
    }

    /// Whether it will never grow.
    pub fn is_full(self) -> bool {
        self.width == WIDTH
    }

    /// The full piece at its place.
    #[must_use]
    pub fn full(self) -> Self {
        Self { width: WIDTH, ..self }
    }

    /// Whether a ledger of `size` entries has all of it.
    pub fn is_within(self, size: TreeSize) -> bool {
        let end = self.index.checked_mul(u64::from(WIDTH)).and_then(|start| start.checked_add(u64::from(self.width)));
        end.is_some_and(|end| end <= count(self.kind, size))
    }

    /// The indices of what is in it: of hashes on their level, or of entries.
    pub fn range(self) -> Range<u64> {
        let start = self.index.saturating_mul(u64::from(WIDTH));
        start..start.saturating_add(u64::from(self.width))
    }

    /// The bytes of a tile; `None` if the tree does not have all of it, or if it is a bundle.
    pub fn hashes_of(self, tree: &Tree) -> Option<Vec<u8>> {
        let Kind::Hashes(level) = self.kind else { return None };
        if !self.is_within(tree.size()) {
            return None;
        }
        let hashes = self.range().map(|index| tree.node(level * HEIGHT, index).map(|hash| hash.0));
        Some(hashes.collect::<Option<Vec<_>>>()?.concat())
    }

    /// Reads the hashes of a tile; `None` if it has not exactly its width.
    pub fn read_hashes(self, bytes: &[u8]) -> Option<Vec<Hash>> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        let is_whole = rest.is_empty() && hashes.len() == usize::from(self.width);
        is_whole.then(|| hashes.iter().map(|hash| Hash(*hash)).collect())
    }

    /// Reads the entries of a bundle; `None` if it has not exactly its width, or anything behind it.
    pub fn read_entries(self, mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
        let mut entries = Vec::with_capacity(usize::from(self.width));
        for _ in 0..self.width {
            let (length, rest) = bytes.split_first_chunk()?;
            let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
            entries.push(entry.to_vec());
            bytes = rest;
        }
        bytes.is_empty().then_some(entries)
    }
}

/// The bytes of a bundle: every entry behind its length as a big-endian u16. `None` if one is longer than that can say,
/// which no entry of a ledger is.
pub fn bundle(entries: &[Vec<u8>]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(entries.iter().map(|entry| entry.len() + 2).sum());
    for entry in entries {
        bytes.extend(u16::try_from(entry.len()).ok()?.to_be_bytes());
        bytes.extend(entry);
    }
    Some(bytes)
}

/// How many hashes or entries of a kind there are.
fn count(kind: Kind, size: TreeSize) -> u64 {
    match kind {
        Kind::Entries => size.0,
        Kind::Hashes(level) => size.0.checked_shr(level * HEIGHT).unwrap_or(0),
    }
}

fn three_digits(group: &str) -> Option<u64> {
    let is_group = group.len() == 3 && group.bytes().all(|digit| digit.is_ascii_digit());
    is_group.then(|| group.parse().ok()).flatten()
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Hashes(level) => write!(f, "tile/{level}/")?,
            Kind::Entries => f.write_str("tile/entries/")?,
        }
        let mut above = Vec::new();
        let mut rest = self.index / 1_000;
        while rest > 0 {
            above.push(rest % 1_000);
            rest /= 1_000;
        }
        above.iter().rev().try_for_each(|group| write!(f, "x{group:03}/"))?;
        write!(f, "{:03}", self.index % 1_000)?;
        if self.is_full() { Ok(()) } else { write!(f, ".p/{}", self.width) }
    }
}

#[cfg(test)]
mod tests;
