// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The register against the slow model, over ledgers on which much counts and some does not; and a register that is
//! saved and read back in the middle against one that never was.

mod attempt;

use std::collections::BTreeMap;

use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::{
    model::{By, Counted, Model, Said},
    *,
};
use crate::tree::Tree;
use attempt::{Attempt, IDS, ROOTS, SCHOOLS, attempts, authorities};

/// What came of a run.
struct Run {
    register: Register,
    model: Model,
    entries: Vec<LedgerEntry>,
}

fn pins() -> Authorities {
    let [a, b, c, _] = &authorities();
    pinned(&[(a.0, &a.1, "0 40"), (b.0, &b.1, "30 -"), (c.0, &c.1, "1 -")])
}

fn empty() -> Register {
    Register::new(name(ORIGIN), &pins())
}

fn run(attempts: &[Attempt]) -> Run {
    let pin = |(state, key, first, end): &(&str, SigningKey, u64, Option<u64>)| {
        (land(state), key.verifying_key().clone(), *first, *end)
    };
    let mut model = Model { authorities: authorities()[..3].iter().map(pin).collect(), counted: Vec::new() };
    let (mut register, mut entries, mut admitted) = (empty(), Vec::new(), NOW);
    for (index, attempt) in (0..).zip(attempts) {
        admitted += attempt.wait;
        let (statement, signers) = attempt.statement(&model, index, admitted);
        let signed = statement.clone().sign(&signers.iter().collect::<Vec<_>>()).expect("signed");
        let keys: Vec<_> = signers.iter().map(|key| key.verifying_key().clone()).collect();
        let wanted = model.counts(&statement, &keys, index, admitted);
        let weighed = register.weigh(&signed, at(admitted));
        let entry = LedgerEntry { admitted: at(admitted), note: signed.note().to_vec() };
        let applied = register.apply(&entry);
        assert_eq!(weighed, applied);
        assert_eq!(applied.is_ok(), wanted.is_some(), "{index} at {admitted}: {applied:?} by {signed:?}");
        assert_eq!(register.refusal(LeafIndex(index)), applied.err());
        entries.push(entry);
        if let Some(by) = wanted {
            model.counted.push(Counted { index, text: signed.text_hash(), statement, by });
        }
    }
    Run { register, model, entries }
}

/// Every school of every Land.
fn places() -> impl Iterator<Item = (Land, KeyName)> {
    ["06", "07"].into_iter().flat_map(|of| SCHOOLS.map(|school| (land(of), name(school))))
}

fn accredited_at(register: &Register, id: RecordId) -> u64 {
    register.record(id).accredited_at().0
}

/// Every question, asked of both.
fn compare(Run { register, model, entries }: &Run) {
    let index_of = |id: RecordId| accredited_at(register, id);
    let ids = || (0..).map(RecordId).take(register.content.records.len());
    let open: Vec<_> = register.open_records().map(index_of).collect();
    assert_eq!(open, model.open());
    for (_, key, ..) in &model.authorities {
        assert_eq!(register.authority_chain(key.fingerprint()), model.chain_of_authority(key));
    }
    for (at_index, counted) in model.counted.iter().enumerate() {
        let found = register.find(counted.text).map(|(index, _)| index.0);
        assert_eq!(found, Some(counted.index), "statement {at_index}");
        let By::School(under) = counted.by else { continue };
        let id = ids().find(|id| index_of(*id) == under).expect("its record");
        let index = LeafIndex(counted.index);
        assert_eq!(register.is_void(id, index), model.is_void(counted), "whether {} is void", counted.index);
        let record = register.record(id);
        assert_eq!(register.record_at(record.land(), record.school(), index), Some(id));
    }
    for id in ids() {
        let (record, under) = (register.record(id), index_of(id));
        assert_eq!(record.chain(), model.chain_of_school(under));
        assert_eq!(*register.key_of(id), model.key_now(under));
        assert_eq!(record.closed_at().is_none(), open.contains(&under));
        for time in [NOW - 1, NOW + 1_000, NOW + 4_500, NOW + 12_000] {
            let status = register.issuer_status(id, at(time)).code();
            assert_eq!(status, model.status(record.land(), record.school(), time), "record {under} at {time}");
        }
    }
    for (_, _, _, key) in model.recorded() {
        for of in ["06", "07"].map(land) {
            let own = model
                .open()
                .into_iter()
                .find(|under| model.accreditation(*under).state == of && model.key_now(*under) == key);
            assert_eq!(register.record_of(of, &key).map(index_of), own);
            let speaks = own.filter(|under| model.may_speak(*under));
            assert_eq!(register.may_speak(of, &key).ok().map(index_of), speaks);
            for (kind, time) in [("abitur", NOW + 1_000), ("promotion", NOW + 1_000), ("abitur", NOW + 4_500)] {
                let issues = own.filter(|under| model.may_issue(*under, kind, time));
                let found = register.may_issue(of, &key, &token(kind), at(time));
                assert_eq!(found.ok().map(index_of), issues, "{kind} at {time}");
            }
        }
    }
    for (of, school) in places() {
        for number in 0..ROOTS {
            let found = register.batches(of, &school, root(number));
            let found: Vec<_> = found.map(|batch| (batch.index.0, index_of(batch.record), batch.void)).collect();
            assert_eq!(found, model.batches(of, &school, number), "batches {number} of {school} of {of}");
        }
        for number in (0..IDS).filter(|_| model.recorded().iter().any(|(_, _, owner, _)| *owner == school)) {
            let found = register.withdrawal(of, &school, id(number)).map(|withdrawn| match withdrawn {
                Withdrawn::Revoked { said, .. } => Said::Revoked(said.index.0),
                Withdrawn::Replaced { successor, said } => Said::Replaced(said.index.0, successor),
                Withdrawn::Void => Said::Void,
            });
            assert_eq!(found, model.withdrawal(of, &school, id(number)), "certificate {number} of {school} of {of}");
        }
        let found = register.suspension(of, &school).map(|suspension| suspension.index.0);
        assert_eq!(found, model.suspended_at(of, &school));
        let size = entries.len() as u64;
        let open = |index| register.record_at(of, &school, LeafIndex(index)).map(index_of);
        for index in 0..=size {
            assert_eq!(open(index), model.open_before(index, of, &school), "the record of {school} of {of} at {index}");
        }
    }
    for school in SCHOOLS.map(name) {
        let found: Vec<_> = register.history(&school).iter().map(|index| index.0).collect();
        assert_eq!(found, model.history(&school));
    }
    for of in ["06", "07"].map(land) {
        assert_eq!(register.is_beyond(of), model.is_beyond(of));
    }
}

/// Replays entries; after the first `cut`, the register is saved, dropped and read back.
fn replay(entries: &[LedgerEntry], cut: Option<usize>) -> Register {
    let (mut register, mut tree) = (empty(), Tree::default());
    for (number, entry) in entries.iter().enumerate() {
        if cut == Some(number) {
            (register, tree) = Register::restore(register.save(&tree).into(), &name(ORIGIN), &pins()).expect("its own");
        }
        tree.push(entry.leaf());
        register.apply(entry).ok();
    }
    register
}

proptest! {
    #[test]
    fn the_register_says_what_the_model_says(attempts in attempts()) {
        compare(&run(&attempts));
    }

    #[test]
    fn the_same_entries_give_the_same_register_saved_in_between_or_not(attempts in attempts(), cut in 0..60_usize) {
        let Run { register, entries, .. } = run(&attempts);
        let size = register.size().0;
        assert_eq!(view(&replay(&entries, None), size), view(&register, size));
        let cut = cut.min(entries.len() - 1);
        let mended = replay(&entries, Some(cut));
        assert_eq!(view(&mended, size), view(&register, size), "cut at {cut}");
        let refusals = |register: &Register| (0..size).map(|i| register.refusal(LeafIndex(i))).collect::<Vec<_>>();
        assert_eq!(refusals(&mended), refusals(&register));
        assert_eq!(mended.last_admitted(), register.last_admitted());
        let text = |entry: &LedgerEntry| SignedStatement::parse(entry.note.clone()).expect("a statement").text_hash();
        for hash in entries.iter().map(text) {
            assert_eq!(mended.find(hash), register.find(hash));
        }
    }
}

/// A test of what is tested: of each type much counts, and of each effect there is some.
#[test]
fn on_the_ledgers_of_these_tests_much_counts() {
    let mut runner = TestRunner::deterministic();
    let mut found = BTreeMap::<&str, u32>::new();
    for _ in 0..100 {
        let attempts = attempts().new_tree(&mut runner).expect("attempts").current();
        let Run { register, model, .. } = run(&attempts);
        for counted in &model.counted {
            *found.entry(counted.statement.body.name()).or_default() += 1;
        }
        let mut effect = |name, count: usize| *found.entry(name).or_default() += u32::try_from(count).expect("few");
        for (of, school) in places() {
            for batches in (0..ROOTS).map(|number| model.batches(of, &school, number)) {
                effect("void batch", batches.iter().filter(|batch| batch.2).count());
                effect("endorsed batch", usize::from(batches.windows(2).any(|pair| pair[0].2 && !pair[1].2)));
            }
            for number in 0..IDS {
                let withdrawal = model.withdrawal(of, &school, id(number));
                effect("void withdrawal", usize::from(withdrawal == Some(Said::Void)));
                let void = |index| model.counted.iter().any(|counted| counted.index == index && model.is_void(counted));
                let upheld = matches!(withdrawal, Some(Said::Revoked(index) | Said::Replaced(index, _)) if void(index));
                effect("upheld withdrawal", usize::from(upheld));
            }
        }
        let void_rotations = model.counted.iter().filter(|c| c.statement.body.name() == "rotate" && model.is_void(c));
        effect("void rotation", void_rotations.count());
        for index in (0..register.size().0).map(LeafIndex) {
            effect(register.refusal(index).map_or("counted", Refusal::code), 1);
        }
    }
    for (name, least) in attempt::LEAST {
        let count = found.get(name).copied().unwrap_or_default();
        assert!(count >= least, "{name}: {count}, at least {least} wanted; {found:?}");
    }
}
