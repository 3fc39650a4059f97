// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Which entries a copy takes, which checkpoints vouch for it, and that a saved copy is the same one.

use super::*;
use crate::{
    fixtures::{
        NOW, ORIGIN, SCHOOL, START, accredit, accreditation, at, batch, cosigning_key, land, name, pinned, signing_key,
        statement,
    },
    key::SigningKey,
    policy::Policy,
};

fn ledger() -> SigningKey {
    signing_key(ORIGIN, 1)
}

fn ministry() -> SigningKey {
    signing_key("ministry.example", 3)
}

fn school() -> SigningKey {
    signing_key(SCHOOL, 5)
}

fn pins() -> Authorities {
    pinned(&[("07", &ministry(), "0 -")])
}

/// An `accredit`, a `batch` with this root, and something that is no statement, a second after the other.
fn entries(number: u8) -> [Vec<u8>; 3] {
    let said = accredit(&accreditation("07", &school()));
    let said = statement(&ministry(), START, said).sign(&[&ministry()]).expect("signed");
    let chain = crate::register::Chain { seq: 0, prev: Some(said.text_hash()) };
    let issued = statement(&school(), chain, batch(number)).sign(&[&school()]).expect("signed");
    let notes = [said.note().to_vec(), issued.note().to_vec(), b"nothing".to_vec()];
    let mut time = NOW;
    notes.map(|note| {
        time += 1;
        LedgerEntry { admitted: at(time), note }.encode()
    })
}

fn replica(entries: &[Vec<u8>]) -> Replica {
    let mut replica = Replica::new(name(ORIGIN), &pins());
    for entry in entries {
        replica.push(entry).expect("an entry").ok();
    }
    replica
}

/// The checkpoint of a copy, cosigned at a time.
fn verified(replica: &Replica, time: u64) -> VerifiedCheckpoint {
    let (ledger, clock, checkpoint) = (ledger(), cosigning_key(ORIGIN, 2), replica.checkpoint());
    let (log, witness) = (ledger.verifying_key(), clock.verifying_key());
    let policy = Policy::parse(format!("log {log}\nwitness clock {witness}\nquorum clock\n").as_bytes());
    let note = checkpoint.sign(&ledger) + &checkpoint.cosign(&clock, at(time));
    policy.expect("a policy").verify(note.as_bytes(), at(time)).expect("signed")
}

fn vouched(replica: &Replica, by: &Replica) -> Result<TreeSize, ReplicaError> {
    replica.vouched_by(verified(by, NOW)).map(|state| state.size())
}

#[test]
fn a_copy_takes_entries_whose_time_does_not_go_back() {
    let mut copy = replica(&[]);
    assert_eq!(copy.last_admitted(), Timestamp::EPOCH);
    let [first, second, third] = entries(1);
    assert_eq!(copy.push(&first), Ok(Ok(())));
    assert_eq!(copy.push(&second), Ok(Ok(())));
    assert_eq!(copy.push(&third), Ok(Err(Refusal::Malformed)), "an honest ledger may hold what does not count");
    let before = copy.checkpoint();
    let bad_time = Err(ReplicaError::BadTime { index: 3 });
    assert_eq!(copy.push(&second), bad_time, "earlier than the one before");
    assert_eq!(copy.push(&third[..7]), bad_time, "no time");
    assert_eq!(copy.push(&[u8::MAX; 9]), bad_time, "a time without a spelling");
    assert_eq!((copy.checkpoint(), copy.last_admitted()), (before, at(NOW + 3)), "nothing was taken");
    assert_eq!(copy.push(&third), Ok(Err(Refusal::Malformed)), "the same second");
}

#[test]
fn only_a_checkpoint_over_exactly_these_entries_vouches() {
    let [all, fork] = [entries(1), entries(2)].map(|entries| replica(&entries));
    let short = replica(&entries(1)[..2]);
    assert_eq!(vouched(&all, &all), Ok(TreeSize(3)));
    assert_eq!(vouched(&all, &short), Err(ReplicaError::Missing { got: 3, wanted: 2 }));
    assert_eq!(vouched(&short, &all), Err(ReplicaError::Missing { got: 2, wanted: 3 }));
    let other = ReplicaError::OtherRoot { got: all.tree().root(), wanted: fork.tree().root() };
    assert_eq!(vouched(&all, &fork), Err(other));
    let elsewhere = Replica::new(name("other.example"), &pins());
    let wrong = ReplicaError::OtherLedger { got: name(ORIGIN), wanted: name("other.example") };
    assert_eq!(vouched(&elsewhere, &all), Err(wrong));
    assert_eq!(all.contains(&short.checkpoint()), Ok(()), "an earlier size");
    assert_eq!(all.contains(&replica(&[]).checkpoint()), Ok(()), "the first of all");
}

#[test]
fn entries_are_not_later_than_the_cosignatures() {
    let copy = replica(&entries(1));
    let at_time = |time| copy.vouched_by(verified(&copy, time)).map(|state| state.size());
    assert_eq!(at_time(NOW + 3 - 600), Ok(TreeSize(3)));
    assert_eq!(at_time(NOW + 3 - 601), Err(ReplicaError::AheadOfCosignatures));
}

#[test]
fn a_saved_copy_is_the_same_one_and_grows_on() {
    for cut in 0..=3 {
        let whole = replica(&entries(1));
        let saved = replica(&entries(1)[..cut]).save();
        let mut copy = Replica::restore(saved.into(), &name(ORIGIN), &pins()).expect("its own");
        for (number, entry) in entries(1).iter().enumerate().skip(cut) {
            assert_eq!(copy.push(entry).expect("an entry").is_ok(), number < 2, "entry {number} after {cut}");
        }
        assert_eq!((copy.checkpoint(), copy.last_admitted()), (whole.checkpoint(), whole.last_admitted()));
        assert_eq!(vouched(&copy, &whole), Ok(TreeSize(3)), "cut at {cut}");
        let root = crate::batch::BatchRoot { size: TreeSize(16), root: Hash([1; 32]) };
        let found = |copy: &Replica| copy.register().batch(land("07"), &name(SCHOOL), root);
        assert_eq!(found(&copy), found(&whole));
        assert!(found(&copy).is_some());
        assert_eq!(copy.register().refusal(LeafIndex(2)), Some(Refusal::Malformed));
        assert_eq!(copy.push(&entries(1)[1]), Err(ReplicaError::BadTime { index: 3 }), "the last time is known");
        assert_eq!(copy.tree().leaf(LeafIndex(1)), whole.tree().leaf(LeafIndex(1)));
    }
}

#[test]
fn the_saved_copy_of_another_history_is_not_vouched_for() {
    let (whole, fork) = (replica(&entries(1)), replica(&entries(2)));
    let copy = Replica::restore(fork.save().into(), &name(ORIGIN), &pins()).expect("its own");
    assert!(matches!(vouched(&copy, &whole), Err(ReplicaError::OtherRoot { .. })));
    let behind = Replica::restore(replica(&entries(1)[..2]).save().into(), &name(ORIGIN), &pins()).expect("its own");
    assert!(matches!(vouched(&behind, &whole), Err(ReplicaError::Missing { got: 2, wanted: 3 })), "to be caught up");
}

#[test]
fn a_copy_saved_for_another_ledger_or_other_pins_or_damaged_is_none() {
    let saved = replica(&entries(1)).save();
    let restored = |bytes: &[u8], origin: &str, pins: &Authorities| {
        Replica::restore(bytes.to_vec().into(), &name(origin), pins).is_some()
    };
    assert!(restored(&saved, ORIGIN, &pins()));
    assert!(!restored(&saved, "other.example", &pins()));
    assert!(!restored(&saved, ORIGIN, &pinned(&[("07", &ministry(), "0 9")])));
    for place in 0..saved.len() {
        let mut damaged = saved.clone();
        damaged[place] = damaged[place].wrapping_add(1);
        assert!(!restored(&damaged, ORIGIN, &pins()) && !restored(&saved[..place], ORIGIN, &pins()), "byte {place}");
    }
}
