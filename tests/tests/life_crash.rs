// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The issuer is killed at every call that changes a file while it withdraws, replaces and changes its key, and the next
//! run makes everything right.

use std::{collections::BTreeMap, process::ExitCode};

use tests::{
    life::Life,
    site::LATER,
    strace,
    trial::{self, needing},
};

fn main() -> ExitCode {
    let needs = [strace::need()];
    trial::main(vec![
        needing("revoke_is_killed_at_every_step", &needs, revoke_is_killed_at_every_step),
        needing("replace_is_killed_at_every_step", &needs, replace_is_killed_at_every_step),
        needing("rotate_key_is_killed_at_every_step", &needs, rotate_key_is_killed_at_every_step),
    ])
}

fn revoke_is_killed_at_every_step() {
    const REVOKE: [&str; 4] = ["revoke", "out/a.pdf", "--reason", "issued-in-error"];
    let life = Life::new();
    let mut ends = BTreeMap::new();
    for step in life.steps(&REVOKE) {
        life.site().kill("sealed", &life.command(&REVOKE), &step);
        life.site().keep("killed");
        life.run(&["resume"]).expect(0);
        let verdict = life.verdict("out/a.pdf");
        life.assert_in_order(u64::from(verdict == "revoked"), &step);
        *ends.entry(verdict).or_insert(0) += 1;

        life.site().bring_back("killed");
        life.run(&REVOKE).expect(0);
        assert_eq!(life.verdict("out/a.pdf"), "revoked");
        life.assert_in_order(1, &step);
    }
    println!("revoke: after resume {ends:?}");
    // What was noted is said; before that it was never ordered.
    assert!(ends["genuine"] >= 3 && ends["revoked"] >= 10, "{ends:?}");
}

fn replace_is_killed_at_every_step() {
    const REPLACE: [&str; 5] = ["replace", "out/a.pdf", LATER, "--out", "out"];
    let life = Life::new();
    let world = life.site().world();
    let mut ends = BTreeMap::new();
    for step in life.steps(&REPLACE) {
        life.site().kill("sealed", &life.command(&REPLACE), &step);
        life.site().keep("killed");
        life.run(&["resume"]).expect(0);
        let verdict = life.verdict("out/a.pdf");
        let is_replaced = verdict == "replaced";
        life.assert_in_order(if is_replaced { 2 } else { 0 }, &step);
        // The new one is there exactly if the old one is superseded.
        assert_eq!(world.path("out").join(LATER).exists(), is_replaced, "{step}");
        *ends.entry(verdict).or_insert(0) += 1;

        life.site().bring_back("killed");
        life.run(&REPLACE).expect(0);
        assert_eq!(life.verdict("out/a.pdf"), "replaced", "{step}");
        life.assert_in_order(2, &step);
        assert_eq!(world.names("out"), ["a.pdf", "b.pdf", "deep/c.pdf", LATER], "{step}");
        assert_eq!(life.verdict("out/later.pdf"), "genuine", "{step}");
        let listed = life.run(&["list", "--json"]).expect(0);
        assert_eq!(listed.json().len(), 4, "it was sealed once: {step}");
    }
    println!("replace: after resume {ends:?}");
    assert!(ends["genuine"] >= 3 && ends["replaced"] >= 20, "{ends:?}");
}

fn rotate_key_is_killed_at_every_step() {
    const ROTATE: [&str; 1] = ["rotate-key"];
    let life = Life::new();
    let world = life.site().world();
    let key = || life.status()["record"]["fingerprint"].as_str().expect("text").to_owned();
    let assert_asks = |step: &dyn std::fmt::Display| {
        let request = std::fs::read_to_string(world.path("demo/request.note")).expect("text");
        let key = life.status()["record"]["key"].as_str().expect("text").to_owned();
        assert!(request.contains(&format!("\nkey {key}\n")), "{step}: {request}");
        assert!(!world.path("demo/request.note.next").exists(), "{step}");
    };
    let old = key();
    life.site().bring_back("sealed");
    let mut ends = BTreeMap::new();
    for step in life.steps(&ROTATE) {
        life.site().kill("sealed", &life.command(&ROTATE), &step);
        life.site().keep("killed");
        // Whatever comes next, the school has the key that the ledger knows.
        life.run(&["issue", LATER, "--out", "out", "--kind", "abitur"]).expect(0);
        let is_new = key() != old;
        life.assert_in_order(1 + u64::from(is_new), &step);
        assert_asks(&step);
        assert_eq!(world.check(["out"]).expect(0).column("verdict"), ["genuine"; 4], "{step}");
        *ends.entry(is_new).or_insert(0) += 1;

        // The same command again changes it once, or once more if it was changed.
        life.site().bring_back("killed");
        life.run(&ROTATE).expect(0);
        assert_ne!(key(), old, "{step}");
        life.run(&["revoke", "out/a.pdf", "--reason", "other"]).expect(0);
        assert_eq!(life.verdict("out/a.pdf"), "revoked", "{step}");
        let rotations = life.status()["record"]["rotations"].as_array().map_or(0, Vec::len);
        assert!((1..=2).contains(&rotations), "{step}");
        life.assert_in_order(1 + rotations as u64, &step);
        assert_asks(&step);
    }
    println!("rotate-key: the new key counts {ends:?}");
    assert!(ends[&false] >= 3 && ends[&true] >= 10, "{ends:?}");
}
