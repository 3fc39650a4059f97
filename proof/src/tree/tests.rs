// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `Tree` against the recursion of RFC 6962, written down again as slowly as the RFC has it, and against `ct-merkle`.

use super::*;

fn leaves(count: u64) -> Vec<Vec<u8>> {
    (0..count).map(|index| format!("leaf {index}").into_bytes()).collect()
}

fn tree(count: u64) -> Tree {
    leaves(count).iter().map(|leaf| Hash::leaf(leaf)).collect()
}

/// MTH of RFC 6962, section 2.1.
fn mth(leaves: &[Vec<u8>]) -> Hash {
    match leaves {
        [] => Hash::of(&[]),
        [one] => Hash::leaf(one),
        many => {
            let (left, right) = many.split_at(split(many.len()));
            Hash::node(&mth(left), &mth(right))
        }
    }
}

/// PATH of RFC 6962, section 2.1.1.
fn path(index: usize, leaves: &[Vec<u8>]) -> Vec<Hash> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    if index < left.len() {
        [path(index, left), vec![mth(right)]].concat()
    } else {
        [path(index - left.len(), right), vec![mth(left)]].concat()
    }
}

/// SUBPROOF of RFC 6962, section 2.1.2.
fn subproof(old: usize, leaves: &[Vec<u8>], whole: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if whole { Vec::new() } else { vec![mth(leaves)] };
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    if old <= left.len() {
        [subproof(old, left, whole), vec![mth(right)]].concat()
    } else {
        [subproof(old - left.len(), right, false), vec![mth(left)]].concat()
    }
}

fn split(length: usize) -> usize {
    length.next_power_of_two() / 2
}

#[test]
fn roots_of_sizes_0_to_300_are_those_of_the_rfc() {
    let all = leaves(300);
    let tree = tree(300);
    for size in 0..=300 {
        assert_eq!(tree.root_at(TreeSize(size as u64)), Some(mth(&all[..size])), "size {size}");
    }
    assert_eq!(tree.root_at(TreeSize(301)), None);
    assert_eq!(tree.root(), mth(&all));
}

#[test]
fn the_root_of_nothing_is_the_hash_of_nothing() {
    assert_eq!(Tree::default().root().to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn inclusion_paths_are_those_of_the_rfc_and_hold() {
    let all = leaves(70);
    let tree = tree(70);
    for size in 1..=70_usize {
        let root = mth(&all[..size]);
        for index in 0..size {
            let (at, of) = (LeafIndex(index as u64), TreeSize(size as u64));
            let found = tree.inclusion_path(at, of).expect("in range");
            assert_eq!(found, path(index, &all[..size]), "{index} of {size}");
            assert!(verify_inclusion(&all[index], at, &found, &root, of));
        }
        assert_eq!(tree.inclusion_path(LeafIndex(size as u64), TreeSize(size as u64)), None);
    }
}

#[test]
fn a_path_with_one_fault_does_not_hold() {
    let all = leaves(11);
    let tree = tree(11);
    let (at, of, root) = (LeafIndex(6), TreeSize(11), tree.root());
    let good = tree.inclusion_path(at, of).expect("in range");
    let holds = |entry: &[u8], at, path: &[Hash], of| verify_inclusion(entry, at, path, &root, of);
    assert!(holds(&all[6], at, &good, of));

    let long = [good.clone(), vec![root]].concat();
    let mut swapped = good.clone();
    swapped.swap(0, 1);
    assert!(!holds(&all[7], at, &good, of), "another leaf");
    assert!(!holds(&all[6], LeafIndex(5), &good, of), "another index");
    assert!(!holds(&all[6], LeafIndex(11), &good, of), "index = size");
    assert!(!holds(&all[6], LeafIndex(u64::MAX), &good, of), "huge index");
    assert!(!holds(&all[6], at, &good[1..], of), "too short");
    assert!(!holds(&all[6], at, &long, of), "too long");
    assert!(!holds(&all[6], at, &swapped, of), "reordered");
    assert!(!holds(&all[6], at, &good, TreeSize(0)), "size 0");
    assert!(!holds(&all[6], at, &vec![root; MAX_PATH + 1], of), "longer than any tree");
    assert!(!holds(&all[6], at, &good, TreeSize(u64::MAX)), "larger than any tree");
    let inner = [good[0].0, Hash::leaf(&all[6]).0].concat();
    assert!(!verify_inclusion(&inner, LeafIndex(3), &good[1..], &root, TreeSize(6)), "an inner node as a leaf");
}

#[test]
fn consistency_paths_are_those_of_the_rfc_and_hold() {
    let all = leaves(71);
    let tree = tree(70);
    for new in 1..=70_usize {
        for old in 1..=new {
            let (from, to) = (TreeSize(old as u64), TreeSize(new as u64));
            let found = tree.consistency_path(from, to).expect("in range");
            assert_eq!(found, subproof(old, &all[..new], true), "{old} to {new}");
            assert!(verify_consistency(from, &mth(&all[..old]), to, &mth(&all[..new]), &found));
            assert!(!verify_consistency(from, &mth(&all[1..=old]), to, &mth(&all[..new]), &found));
        }
    }
    assert_eq!(tree.consistency_path(TreeSize(0), TreeSize(5)), None);
    assert_eq!(tree.consistency_path(TreeSize(6), TreeSize(5)), None);
    assert_eq!(tree.consistency_path(TreeSize(5), TreeSize(71)), None);
}

#[test]
fn a_tree_is_read_back_from_its_bytes_and_grows_on() {
    for size in 0..=70 {
        let bytes = postcard::to_allocvec(&tree(size)).expect("bytes");
        let mut again: Tree = postcard::from_bytes(&bytes).expect("its own");
        assert_eq!((again.size(), again.root()), (TreeSize(size), tree(size).root()), "size {size}");
        for (index, leaf) in leaves(71).iter().enumerate().skip(usize::try_from(size).expect("small")) {
            again.push(Hash::leaf(leaf));
            let old = TreeSize(index as u64);
            assert_eq!(again.consistency_path(old, again.size()), tree(71).consistency_path(old, again.size()));
        }
        assert_eq!((again.root(), again.leaf(LeafIndex(70))), (tree(71).root(), Some(Hash::leaf(b"leaf 70"))));
    }
}

#[test]
fn bytes_that_are_not_those_of_a_tree_of_their_size_are_refused() {
    let nodes_of = |size: u64| tree(size).levels.iter().flatten().flat_map(|hash| hash.0).collect::<Vec<_>>();
    let read = |size: u64, nodes: &[u8]| {
        let bytes = postcard::to_allocvec(&(size, Nodes(nodes.into()))).expect("bytes");
        postcard::from_bytes::<Tree>(&bytes).is_ok()
    };
    let nodes = nodes_of(11);
    assert!(read(11, &nodes) && read(0, &[]));
    for size in [0, 10, 12, MAX_SIZE.0, MAX_SIZE.0 + 1, u64::MAX] {
        assert!(!read(size, &nodes), "size {size}");
    }
    assert!(!read(11, &nodes[1..]), "not whole hashes");
    assert!(!read(11, &nodes[32..]), "one too few");
    assert!(!read(11, &[&nodes[..], &[0; 32]].concat()), "one too many");
    assert!(!read(1, &[]) && !read(0, &[0; 32]), "none, and one of none");
}
