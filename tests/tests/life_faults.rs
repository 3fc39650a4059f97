// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Each call that changes a file fails once, or from then on, while the issuer withdraws, replaces and changes its key:
//! the program says honestly what came of it, and the same command given again makes everything right.

use std::process::ExitCode;

use tests::{
    Run,
    faults::{Exits, FAULTS, assert_honest},
    life::Life,
    site::LATER,
    strace::{self, Step, disturb},
    trial::{self, needing},
};

fn main() -> ExitCode {
    let needs = [strace::need()];
    trial::main(vec![
        needing("each_write_of_revoke_fails", &needs, each_write_of_revoke_fails),
        needing("each_write_of_replace_fails", &needs, each_write_of_replace_fails),
        needing("each_write_of_rotate_key_fails", &needs, each_write_of_rotate_key_fails),
    ])
}

/// Lets each write of a command fail in each way. `then` is told where, and what the command said of it.
fn each_write_fails(life: &Life, command: &[&str], mut then: impl FnMut(&Step, &Run)) -> Exits {
    let mut exits = Exits::default();
    for step in life.steps(command) {
        for fault in FAULTS {
            life.site().bring_back("sealed");
            let failed = disturb(&life.command(command), &step, fault);
            println!("{step} {fault:?}: {:?} {}", failed.code, failed.err.lines().collect::<Vec<_>>().join(" / "));
            assert_honest(&failed, &step, fault);
            exits.count(&failed);
            then(&step, &failed);
        }
    }
    println!("{}: {exits:?}", command[0]);
    exits
}

fn each_write_of_revoke_fails() {
    const REVOKE: [&str; 4] = ["revoke", "out/a.pdf", "--reason", "issued-in-error"];
    let life = Life::new();
    let exits = each_write_fails(&life, &REVOKE, |step, failed| {
        let verdict = life.verdict("out/a.pdf");
        match failed.code {
            Some(0) => assert_eq!(verdict, "revoked", "{step}"),
            Some(2) => {}
            _ => assert_eq!((verdict.as_str(), life.more()), ("genuine", 0), "{step}: {failed:#?}"),
        }
        life.run(&REVOKE).expect(0);
        assert_eq!(life.verdict("out/a.pdf"), "revoked", "{step}");
        life.assert_in_order(1, step);
    });
    exits.assert_each(30);
}

fn each_write_of_replace_fails() {
    const REPLACE: [&str; 5] = ["replace", "out/a.pdf", LATER, "--out", "out"];
    let life = Life::new();
    let world = life.site().world();
    let exits = each_write_fails(&life, &REPLACE, |step, failed| {
        let verdict = life.verdict("out/a.pdf");
        let is_there = world.path("out").join(LATER).exists();
        match failed.code {
            Some(0) => assert_eq!((verdict.as_str(), is_there), ("replaced", true), "{step}"),
            Some(2) => {}
            _ => assert_eq!((verdict.as_str(), is_there, life.more()), ("genuine", false, 0), "{step}: {failed:#?}"),
        }
        life.run(&REPLACE).expect(0);
        assert_eq!(life.verdict("out/a.pdf"), "replaced", "{step}");
        life.assert_in_order(2, step);
        assert_eq!(world.names("out"), ["a.pdf", "b.pdf", "deep/c.pdf", LATER], "{step}");
        assert_eq!(life.verdict("out/later.pdf"), "genuine", "{step}");
        assert_eq!(life.run(&["list", "--json"]).expect(0).json().len(), 4, "it was sealed once: {step}");
    });
    exits.assert_each(50);
}

fn each_write_of_rotate_key_fails() {
    const ROTATE: [&str; 1] = ["rotate-key"];
    let life = Life::new();
    let world = life.site().world();
    let exits = each_write_fails(&life, &ROTATE, |step, failed| {
        match failed.code {
            Some(0) => assert_eq!(life.more(), 1, "{step}"),
            Some(2) => {}
            _ => assert_eq!(life.more(), 0, "{step}: {failed:#?}"),
        }
        if failed.code != Some(0) {
            life.run(&ROTATE).expect(0);
        }
        let rotations = life.status()["record"]["rotations"].as_array().map(Vec::len);
        assert_eq!(rotations, Some(1), "{step}");
        // The key that the configuration names is the one that the ledger knows.
        life.run(&["issue", LATER, "--out", "out", "--kind", "abitur"]).expect(0);
        assert_eq!(world.check(["out"]).expect(0).column("verdict"), ["genuine"; 4], "{step}");
        life.assert_in_order(2, step);
        assert!(world.path("demo/school-2.key").exists() && !world.path("demo/school-3.key").exists(), "{step}");
    });
    exits.assert_each(20);
}
