// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Which trust folder counts, and how one is taken up.

use std::fs;

use libtest_mimic::Trial;
use tests::{World, run, trial::trial};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("trust: named, then the environment, then the user's own", order),
        trial("trust: taken up only by somebody who was asked", asked),
        trial("trust: shows every fingerprint", shows),
        trial("trust: another policy is not mixed in", other_policy),
    ]
}

const NO_TRUST: &str = "error: It is not settled who is trusted.\nhint: Name the trust folder of the Land with “--trust”, \
                        or take it up with “verifier trust add”.\n";

fn order() {
    let world = World::new();
    let check = |trust: Option<&str>, config: &str| {
        let mut verifier = world.command("verifier");
        verifier.args(["check", "--json", "demo/sealed"]).env("XDG_CONFIG_HOME", world.path(config));
        if let Some(trust) = trust {
            verifier.env("SCHULSIEGEL_TRUST", trust);
        }
        run(&mut verifier)
    };
    assert_eq!(check(None, "config").expect(64).err, NO_TRUST);
    assert_eq!(check(Some(""), "config").expect(64).err, NO_TRUST, "an empty variable is none");
    assert_eq!(check(Some("demo/trust"), "config").expect(0).column("verdict"), ["genuine"; 12]);

    let mut add = world.command("verifier");
    add.args(["trust", "add", "demo/trust", "--yes"]).env("XDG_CONFIG_HOME", world.path("config"));
    run(&mut add).quiet();
    let files = ["authorities", "ledgers", "max_age", "policy"];
    assert_eq!(world.names("config/schulsiegel/trust"), files);
    assert_eq!(check(None, "config").expect(0).column("verdict"), ["genuine"; 12]);
    // The environment comes before the user's own, and `--trust` before both.
    assert_eq!(check(Some("nowhere"), "config").expect(64).code, Some(64));
    let mut named = world.command("verifier");
    named.args(["check", "--json", "demo/sealed", "--trust", "demo/trust"]).env("SCHULSIEGEL_TRUST", "nowhere");
    run(&mut named).expect(0);
    // Without XDG_CONFIG_HOME the user's own is in the home.
    world.run("verifier", ["trust", "add", "demo/trust", "--yes"]).quiet();
    assert_eq!(world.names("home/.config/schulsiegel/trust"), files);
    world.run("verifier", ["check", "demo/sealed"]).expect(0);
}

fn asked() {
    let world = World::new();
    let refused = world.run("verifier", ["trust", "add", "demo/trust", "--to", "mine"]).expect(64);
    assert_eq!(
        refused.err,
        "error: There is a question to answer, but nobody is at the terminal: Are these fingerprints the same as those \
         that the ministry makes known?\nhint: “--yes” agrees without asking.\n"
    );
    assert!(!world.path("mine").exists(), "nothing is written");
    world.run("verifier", ["trust", "add", "demo/trust", "--to", "mine", "--yes"]).quiet();
    world.run("verifier", ["check", "demo/sealed", "--trust", "mine"]).expect(0);
    // Again, and authorities alone: nothing changes.
    let before = tests::tree(&world.path("mine"));
    world.run("verifier", ["trust", "add", "demo/trust", "--to", "mine", "--yes"]).quiet();
    world.run("verifier", ["trust", "add", "demo/trust/authorities", "--to", "mine", "--yes"]).quiet();
    assert_eq!(tests::tree(&world.path("mine")), before);
    let alone = world.run("verifier", ["trust", "add", "demo/trust/authorities", "--to", "new", "--yes"]).expect(64);
    assert!(
        alone.err.starts_with("error: “new” does not exist yet, and authorities alone are not enough.\n"),
        "{alone:?}"
    );
    world.run("verifier", ["trust", "add", "nowhere", "--yes"]).expect(64);
}

fn shows() {
    let world = World::new();
    let shown = world.run("verifier", ["trust", "show", "--trust", "demo/trust"]).quiet().out;
    let added = world.run("verifier", ["trust", "add", "demo/trust", "--to", "mine", "--yes"]).quiet().out;
    for key in [
        "Authority, Hesse  demo.schulsiegel/ministerium  ",
        "Ledger            demo.schulsiegel/ledger       ",
        "Witness           demo.schulsiegel/ledger/time  ",
    ] {
        let row = shown.lines().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("{key} in {shown}"));
        let fingerprint = row.strip_prefix(key).expect("a fingerprint");
        assert_eq!(fingerprint.bytes().filter(u8::is_ascii_hexdigit).count(), 64, "the whole of it: {row}");
        assert!(added.contains(fingerprint), "{added}");
    }
    assert!(shown.starts_with("Trust folder: demo/trust\n"), "{shown}");
    assert_eq!(world.run("verifier", ["trust", "show"]).expect(64).err, NO_TRUST);
}

fn other_policy() {
    let world = World::new();
    world.run("verifier", ["trust", "add", "demo/trust", "--to", "mine", "--yes"]).quiet();
    world.run("demo", ["--dir", "another", "--no-serve"]).quiet();
    let refused = world.run("verifier", ["trust", "add", "another/trust", "--to", "mine", "--yes"]).expect(64);
    assert!(refused.err.starts_with("error: “mine” already has another file “policy”.\n"), "{refused:?}");
    let check = world.run("verifier", ["check", "another/sealed", "--trust", "mine", "--json"]).expect(2);
    assert_eq!(check.column("reason"), ["unknown_ledger"; 12]);
    // A broken trust folder is named, file by file.
    fs::write(world.path("mine/authorities"), "nonsense\n").expect("written");
    let broken = world.run("verifier", ["check", "another/sealed", "--trust", "mine"]).expect(64);
    assert!(broken.err.starts_with("error: Line 1 of “mine/authorities” is wrong: "), "{broken:?}");
}
