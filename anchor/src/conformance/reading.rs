// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a ledger answers to those who read it: ranges, proofs, and a state that can be followed.

use proof::{
    Timestamp,
    checkpoint::Cosigned,
    statement::LedgerEntry,
    tree::{LeafIndex, Tree, TreeSize, verify_consistency, verify_inclusion},
};

use super::{
    Site,
    appending::follow,
    cast::{NOW, Stage, at, batch},
};
use crate::ledger::{MAX_ENTRIES_PER_READ, ReadError};

fn entry(note: Vec<u8>, admitted: Timestamp) -> Vec<u8> {
    LedgerEntry { admitted, note }.encode()
}

/// A range gives what is there of it.
pub async fn entries_come_in_ranges<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    let all: Vec<_> = stage.fill(5).await.into_iter().map(|note| entry(note, at(NOW))).collect();
    for (range, wanted) in [
        (0..5, &all[..]),
        (1..3, &all[1..3]),
        (3..100, &all[3..]),
        (0..0, &[]),
        (5..6, &[]),
        (u64::MAX - 1..u64::MAX, &[]),
    ] {
        assert_eq!(stage.ledger.entries(range.clone()).await.as_deref(), Ok(wanted), "{range:?}");
    }
}

/// Whoever asks for more gets the first of them.
pub async fn at_most_a_thousand_entries_at_once<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    stage.fill(MAX_ENTRIES_PER_READ + 2).await;
    let count = async |range| stage.ledger.entries(range).await.map(|entries| entries.len() as u64);
    assert_eq!(count(0..u64::MAX).await, Ok(MAX_ENTRIES_PER_READ));
    assert_eq!(count(1..MAX_ENTRIES_PER_READ + 2).await, Ok(MAX_ENTRIES_PER_READ));
    assert_eq!(count(2..u64::MAX).await, Ok(MAX_ENTRIES_PER_READ));
    assert_eq!(count(3..u64::MAX).await, Ok(MAX_ENTRIES_PER_READ - 1));
    assert_eq!(follow(&stage, &*stage.ledger).await.size(), TreeSize(MAX_ENTRIES_PER_READ + 2));
}

/// Every leaf in every size, and every pair of sizes.
pub async fn every_proof_up_to_forty_entries_holds<S: Site>() {
    const SIZE: u64 = 40;
    let mut stage = Stage::<S>::new().await;
    stage.fill(SIZE).await;
    let entries = stage.ledger.entries(0..SIZE).await.expect("readable");
    let leaves = entries.iter().map(|entry| LedgerEntry::decode(entry).expect("an entry").leaf());
    let tree: Tree = leaves.collect();
    let root = |size: u64| tree.root_at(TreeSize(size)).expect("a size it had");
    assert_eq!(stage.checkpoint(&*stage.ledger).await.checkpoint().root, root(SIZE));
    for new in 1..=SIZE {
        for (index, entry) in (0..new).zip(&entries) {
            let path = stage.ledger.inclusion(LeafIndex(index), TreeSize(new)).await.expect("provable");
            assert!(verify_inclusion(entry, LeafIndex(index), &path, &root(new), TreeSize(new)), "{index} in {new}");
        }
        for old in 1..=new {
            let path = stage.ledger.consistency(TreeSize(old), TreeSize(new)).await.expect("provable");
            assert!(verify_consistency(TreeSize(old), &root(old), TreeSize(new), &root(new), &path), "{old} to {new}");
        }
    }
}

/// What a ledger does not have, it says so.
pub async fn what_is_not_there_is_out_of_range<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    stage.fill(5).await;
    let nothing = Err(ReadError::OutOfRange { size: 5 });
    for (index, size) in [(5, 5), (2, 2), (0, 0), (0, 6), (9, 5), (0, u64::MAX)] {
        assert_eq!(stage.ledger.inclusion(LeafIndex(index), TreeSize(size)).await, nothing, "{index} in {size}");
    }
    for (old, new) in [(0, 5), (0, 0), (4, 3), (5, 6), (1, u64::MAX)] {
        assert_eq!(stage.ledger.consistency(TreeSize(old), TreeSize(new)).await, nothing, "{old} to {new}");
    }
}

/// A reader's state is that of the checkpoint, and grows with it.
pub async fn followers_catch_up<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    stage.fill(3).await;
    let mut followed = follow(&stage, &*stage.ledger).await;
    assert_eq!(followed.size(), TreeSize(3));
    stage.dial.turn_to(NOW + 60);
    for size in 3..6 {
        let note = stage.school.say(batch(size));
        stage.ledger.append(TreeSize(size), &note).await.expect("appended");
    }
    followed.catch_up(&*stage.ledger, &stage.site.policy(), at(NOW + 60)).await.expect("believed");
    let vouched = followed.state().expect("vouched for");
    assert_eq!((vouched.size(), vouched.cosigned()), (TreeSize(6), Cosigned::AsOf(at(NOW + 60))));
}
