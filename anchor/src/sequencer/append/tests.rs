// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What is left of a group that could not be written.

use proof::authority::Authorities;
use tempfile::TempDir;

use super::*;
use crate::{
    conformance::{
        Dial, block_on,
        cast::{NOW, Speaker, accredit, accreditation, at, batch, origin},
    },
    ledger::Ledger,
    sqlite::{SqliteLedger, init},
};

async fn ledger() -> (TempDir, SqliteLedger, Vec<Proposal>) {
    let (mut ministry, mut school) = (Speaker::new("km.example", 1), Speaker::new("schule.example", 3));
    let pinned = format!("07 {} {} 0 -\n", ministry.key.verifying_key(), origin());
    let authorities = Authorities::parse(pinned.as_bytes()).expect("authorities");
    let (folder, clock) = (tempfile::tempdir().expect("a folder"), Dial::at(at(NOW)).clock());
    init(folder.path(), &origin(), &authorities, &clock).await.expect("made");
    let accreditation = accredit(accreditation(&school));
    school.chain.prev = Some(ministry.sign(accreditation.clone()).text_hash());
    let first = ministry.say(accreditation);
    // More than fits into the free space of a page.
    let batches = (0..200).map(|number| school.say(batch(number)));
    let proposals = [first].into_iter().chain(batches).map(|note| Proposal { at: None, note }).collect();
    let ledger = SqliteLedger::open(folder.path(), clock, None).await.expect("opened");
    (folder, ledger, proposals)
}

#[test]
fn a_group_that_does_not_fit_leaves_nothing_behind_and_the_ledger_usable() {
    block_on(async {
        let (_folder, ledger, proposals) = ledger().await;
        let before = ledger.checkpoint().await;
        ledger.state.lock().await.store.seem_full(true).await;
        let answers = ledger.append_all(&proposals).await;
        assert_eq!(answers.len(), 201);
        for answer in &answers {
            assert!(matches!(answer, Err(AppendError::Unavailable(_))), "{answer:?}");
        }
        assert_eq!(ledger.entries(0..9).await, Ok(vec![]));
        assert_eq!(ledger.checkpoint().await, before);

        ledger.state.lock().await.store.seem_full(false).await;
        let answers = ledger.append_all(&proposals).await;
        let indices: Vec<_> = answers.into_iter().map(|answer| answer.expect("appended").index.0).collect();
        assert_eq!(indices, (0..201).collect::<Vec<_>>());
        assert!(!ledger.state.lock().await.one_by_one);
    });
}

#[test]
fn after_a_group_that_failed_each_goes_alone_until_one_is_written() {
    block_on(async {
        let (_folder, ledger, proposals) = ledger().await;
        ledger.state.lock().await.store.seem_full(true).await;
        let _ = ledger.append_all(&proposals).await;
        assert!(ledger.state.lock().await.one_by_one);
        // Whatever still fits is taken in, and answered for truly.
        let answers = ledger.append_all(&proposals).await;
        let taken = answers.iter().filter(|answer| answer.is_ok()).count() as u64;
        assert_eq!(ledger.entries(0..1_000).await.map(|entries| entries.len() as u64), Ok(taken));
        ledger.state.lock().await.store.seem_full(false).await;
        assert!(ledger.refresh().await.is_ok());
        assert_eq!(ledger.state.lock().await.replica.tree().size(), TreeSize(taken));
    });
}
