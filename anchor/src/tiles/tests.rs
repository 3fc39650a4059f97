// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Names, contents and proofs, held against the tree in memory and against an implementation by others.

use std::collections::BTreeMap;

use proof::tree::LeafIndex;
use tlog_tiles::{HashReader, TileHashReader, TileReader, prove_record, prove_tree, split_stored_hash_index};

use super::*;

fn tree(size: u64) -> Tree {
    (0..size).map(|number| Hash::of(&[&number.to_be_bytes()])).collect()
}

/// Every tile of a tree, as a server with this tree gives them.
fn tiles(tree: &Tree) -> BTreeMap<Piece, Vec<Hash>> {
    let mut tiles = BTreeMap::new();
    for level in 0..=MAX_LEVEL {
        for index in 0.. {
            let Some(piece) = Piece::in_ledger(Kind::Hashes(level), index, tree.size()) else { break };
            let bytes = piece.hashes_of(tree).expect("within the tree");
            tiles.insert(piece, piece.read_hashes(&bytes).expect("whole"));
        }
    }
    tiles
}

/// The other implementation, reading our tree node by node, or our tiles.
struct Nodes<'a>(&'a Tree);

impl HashReader for Nodes<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        let read = |index: &u64| {
            let (level, index) = split_stored_hash_index(*index);
            tlog_tiles::Hash(self.0.node(u32::from(level), index).expect("a node of the tree").0)
        };
        Ok(indexes.iter().map(read).collect())
    }
}

struct Served<'a>(&'a Tree);

impl TileReader for Served<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        Ok(tiles.iter().map(|tile| ours(tile).hashes_of(self.0).expect("served")).collect())
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

/// The same tile by our name, through its path: theirs says the height, too.
fn ours(tile: &tlog_tiles::Tile) -> Piece {
    let path = tile.path();
    let rest = path.strip_prefix("tile/8/").expect("of height 8");
    Piece::parse(&format!("tile/{}", rest.replacen("data/", "entries/", 1))).expect("a path")
}

#[test]
fn pieces_are_named_as_others_name_them() {
    let indices = [0, 1, 255, 999, 1_000, 1_234_067, 999_999_999, 1_000_000_000, (1 << 40) - 1];
    for (index, width) in indices.into_iter().flat_map(|index| [1, 8, 255, 256].map(|width| (index, width))) {
        for level in [0, 1, 6, 63] {
            let theirs = tlog_tiles::Tile::new(8, level, index, u32::from(width), false);
            assert_eq!(Some(ours(&theirs)), Piece::new(Kind::Hashes(u32::from(level)), index, width));
        }
        let theirs = tlog_tiles::Tile::new(8, 0, index, u32::from(width), true);
        assert_eq!(Some(ours(&theirs)), Piece::new(Kind::Entries, index, width));
    }
    let piece = Piece::new(Kind::Hashes(4), 1_234_067, 1).expect("a piece");
    assert_eq!(piece.to_string(), "tile/4/x001/x234/067.p/1");
    assert_eq!(piece.full().to_string(), "tile/4/x001/x234/067");
    assert_eq!(Piece::parse("tile/entries/x001/000.p/255"), Piece::new(Kind::Entries, 1_000, 255));
}

#[test]
fn every_piece_has_one_name() {
    for bad in [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/00/000",
        "tile/+0/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001",
        "tile/0/x001/",
        "tile/0/X001/002",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/1/",
        "tile/0/000.p/1.p/1",
        "tile/0/000/",
        "/tile/0/000",
        "tile//000",
        "tile/data/000",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/0/ 00",
        "tile/0/٠٠٠",
        "tile/entries/..",
    ] {
        assert_eq!(Piece::parse(bad), None, "{bad}");
    }
    assert_eq!(Piece::new(Kind::Entries, 0, 0), None);
    assert_eq!(Piece::new(Kind::Entries, 0, 257), None);
}

#[test]
fn tiles_hold_what_others_put_into_them() {
    let tree = tree(70_000);
    for (piece, hashes) in tiles(&tree) {
        let Kind::Hashes(level) = piece.kind() else { unreachable!("a tile") };
        let (level, width) = (u8::try_from(level).expect("low"), u32::from(piece.width()));
        let theirs = tlog_tiles::Tile::new(8, level, piece.index, width, false);
        let theirs = theirs.read_data(&Nodes(&tree)).expect("read");
        assert_eq!(hashes.iter().flat_map(|hash| hash.0).collect::<Vec<_>>(), theirs, "{piece}");
    }
    let names: Vec<_> =
        tiles(&tree).into_keys().filter(|piece| !piece.is_full()).map(|piece| piece.to_string()).collect();
    // The specification's own example.
    assert_eq!(names, ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
}

#[test]
fn what_a_ledger_does_not_have_is_no_piece_of_it() {
    let tree = tree(300);
    let has = |path: &str| {
        let piece = Piece::parse(path).expect("a path");
        assert_eq!(piece.is_within(tree.size()), piece.hashes_of(&tree).is_some(), "{path}");
        piece.is_within(tree.size())
    };
    for path in
        ["tile/0/000", "tile/0/000.p/1", "tile/0/000.p/255", "tile/0/001.p/1", "tile/0/001.p/44", "tile/1/000.p/1"]
    {
        assert!(has(path), "{path}");
    }
    for path in ["tile/0/001.p/45", "tile/0/001", "tile/0/002.p/1", "tile/1/000.p/2", "tile/1/000", "tile/2/000.p/1"] {
        assert!(!has(path), "{path}");
    }
    for level in [7, 8, 63] {
        assert!(!has(&format!("tile/{level}/000.p/1")));
    }
    let within = |path: &str| Piece::parse(path).expect("a path").is_within(TreeSize(300));
    assert!(within("tile/entries/000") && within("tile/entries/001.p/44"));
    assert!(!within("tile/entries/001.p/45") && !within("tile/entries/x999/x999/x999/x999/x999/999"));
    assert_eq!(Piece::in_ledger(Kind::Entries, 0, TreeSize(0)), None);
    assert_eq!(Piece::in_ledger(Kind::Entries, u64::MAX, TreeSize(300)), None);
}

/// Every leaf and every older size of every tree up to 300, and the edges of larger ones.
#[test]
fn tiles_give_the_proofs_of_the_tree() {
    let check = |size: u64, tree: &Tree, tiles: &BTreeMap<Piece, Vec<Hash>>, places: &mut dyn Iterator<Item = u64>| {
        let read = |path: Option<Path>| path.and_then(|path| path.hashes(|tile| tiles.get(&tile).map(Vec::as_slice)));
        for place in places {
            let (index, old, size) = (LeafIndex(place), TreeSize(place), TreeSize(size));
            assert_eq!(read(inclusion(index, size)), tree.inclusion_path(index, size), "{place} in {}", size.0);
            assert_eq!(read(consistency(old, size)), tree.consistency_path(old, size), "{place} to {}", size.0);
        }
    };
    for size in 0..300 {
        let tree = tree(size);
        check(size, &tree, &tiles(&tree), &mut (0..size + 2));
    }
    for size in [65_535, 65_536, 65_537, 66_000] {
        let tree = tree(size);
        let edges = [0, 1, 255, 256, 257, 32_767, 32_768, size - 257, size - 256, size - 1, size, size + 1];
        check(size, &tree, &tiles(&tree), &mut edges.into_iter());
    }
}

#[test]
fn others_believe_our_tiles() {
    let tree = tree(1_000);
    let served = Served(&tree);
    let reader = TileHashReader::new(1_000, tlog_tiles::Hash(tree.root().0), &served);
    let plain = |hashes: &[tlog_tiles::Hash]| hashes.iter().map(|hash| Hash(hash.0)).collect::<Vec<_>>();
    for place in [1, 255, 256, 257, 511, 767, 768, 999] {
        let theirs = prove_record(1_000, place, &reader).expect("proven");
        assert_eq!(Some(plain(&theirs)), tree.inclusion_path(LeafIndex(place), TreeSize(1_000)));
        let theirs = prove_tree(1_000, place, &reader).expect("proven");
        assert_eq!(Some(plain(&theirs)), tree.consistency_path(TreeSize(place), TreeSize(1_000)));
    }
}

#[test]
fn a_tile_that_is_too_short_gives_no_proof() {
    let tree = tree(300);
    let all = tiles(&tree);
    let path = inclusion(LeafIndex(299), TreeSize(300)).expect("a leaf");
    assert_eq!(path.tiles().len(), 2);
    for missing in path.tiles() {
        assert_eq!(path.hashes(|tile| if tile == missing { None } else { all.get(&tile).map(Vec::as_slice) }), None);
        assert_eq!(
            path.hashes(|tile| if tile == missing { Some(&[]) } else { all.get(&tile).map(Vec::as_slice) }),
            None
        );
    }
}

#[test]
fn bundles_are_read_as_they_are_written_and_in_no_other_way() {
    let entries = vec![b"one".to_vec(), Vec::new(), vec![7; 65_535]];
    let bytes = bundle(&entries).expect("short enough");
    assert_eq!(bytes[..7], *b"\0\x03one\0\0");
    assert_eq!(bytes.len(), 2 + 3 + 2 + 2 + 65_535);
    let of_width = |width| Piece::new(Kind::Entries, 0, width).expect("a width");
    assert_eq!(of_width(3).read_entries(&bytes), Some(entries));
    assert_eq!(of_width(2).read_entries(&bytes), None, "something is left");
    assert_eq!(of_width(4).read_entries(&bytes), None, "an entry is missing");
    assert_eq!(of_width(3).read_entries(&bytes[..bytes.len() - 1]), None, "cut");
    assert_eq!(of_width(1).read_entries(b"\0"), None, "half a length");
    assert_eq!(bundle(&[vec![0; 65_536]]), None);
}

#[test]
fn a_tile_of_another_length_is_none() {
    let of_width = |width| Piece::new(Kind::Hashes(0), 0, width).expect("a width");
    assert_eq!(of_width(1).read_hashes(&[7; 32]), Some(vec![Hash([7; 32])]));
    for bad in [0, 1, 31, 33, 64] {
        assert_eq!(of_width(1).read_hashes(&vec![7; bad]), None, "{bad}");
    }
}
