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
        trial("trust: what changes is said", changes),
        trial("trust: two ledgers", two_ledgers),
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
         that the ministry makes known, and is every change intended?\nhint: “--yes” agrees without asking.\n"
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
    world.write("demo/trust/max_age", "7d\n");
    let shown = world.run("verifier", ["trust", "show", "--trust", "demo/trust"]).quiet().out;
    let added = world.run("verifier", ["trust", "add", "demo/trust", "--to", "mine", "--yes"]).quiet().out;
    for (key, further) in [
        (
            "Authority, Hesse: demo.schulsiegel/ministerium",
            "  counts on the ledger demo.schulsiegel/ledger for all entries\n",
        ),
        ("Ledger: demo.schulsiegel/ledger", ""),
        ("Witness: demo.schulsiegel/ledger/time", ""),
    ] {
        let key = format!("\n{key}\n  fingerprint: ");
        let (_, rest) = shown.split_once(&key).unwrap_or_else(|| panic!("{key} in {shown}"));
        let (fingerprint, rest) = rest.split_once('\n').expect("a line");
        assert_eq!(fingerprint.bytes().filter(u8::is_ascii_hexdigit).count(), 64, "the whole of it: {fingerprint}");
        assert!(rest.starts_with(&format!("{further}\n")), "{rest}");
        assert!(added.contains(&format!("{key}{fingerprint}\n{further}  NEW\n")), "{added}");
    }
    assert!(shown.starts_with("Trust folder: demo/trust\n"), "{shown}");
    let end = "\nThe state of a ledger has to be witnessed by: demo.schulsiegel/ledger/time\nA state may be 7 days old at \
               most.\nThe ledger demo.schulsiegel/ledger lies in “demo/trust/../ledger”.\n";
    assert!(shown.ends_with(end), "{shown}");
    assert_eq!(world.run("verifier", ["trust", "show"]).expect(64).err, NO_TRUST);
}

fn other_policy() {
    let world = World::new();
    world.run("verifier", ["trust", "add", "demo/trust", "--to", "mine", "--yes"]).quiet();
    world.run("demo", ["--dir", "another", "--no-serve"]).quiet();
    let refused = world.run("verifier", ["trust", "add", "another/trust", "--to", "mine", "--yes"]).expect(64);
    assert!(
        refused.err.starts_with("error: In “mine” the ledger “demo.schulsiegel/ledger” has another key.\n"),
        "{refused:?}"
    );
    let check = world.run("verifier", ["check", "another/sealed", "--trust", "mine", "--json"]).expect(2);
    assert_eq!(check.column("reason"), ["unknown_ledger"; 12]);
    // A broken trust folder is named, file by file.
    fs::write(world.path("mine/authorities"), "nonsense\n").expect("written");
    let broken = world.run("verifier", ["check", "another/sealed", "--trust", "mine"]).expect(64);
    assert!(broken.err.starts_with("error: Line 1 of “mine/authorities” is wrong: "), "{broken:?}");
}

/// What of a trust folder becomes another is said, and so is what a stolen key shows by: a window that closes.
fn changes() {
    let world = World::new();
    world.write("demo/trust/max_age", "7d\n");
    let add = |path: &str, more: &[&str]| {
        world.run("verifier", [&["trust", "add", path, "--to", "mine", "--yes"], more].concat())
    };
    add("demo/trust", &[]).quiet();
    let again = add("demo/trust", &[]).quiet().out;
    assert_eq!(again.matches("  unchanged\n").count(), 3, "{again}");
    assert!(!again.contains("NEW") && !again.contains("CHANGED"), "{again}");
    assert!(again.ends_with("“mine” has all of this already. Nothing was changed.\n"), "{again}");

    let authorities = fs::read_to_string(world.path("demo/trust/authorities")).expect("text");
    world.write("demo/trust/authorities", authorities.replace(" 0 -", " 0 3"));
    world.write("demo/trust/max_age", "30d\n");
    let changed = add("demo/trust", &[]).quiet().out;
    for part in [
        "  counts on the ledger demo.schulsiegel/ledger only from entry 0 on and before entry 3; no longer after that\n  \
         CHANGED; before: Authority, Hesse, “demo.schulsiegel/ministerium”, counts for all entries\n",
        "A state may be 30 days old at most.\nCHANGED. Before: 7 days\n",
    ] {
        assert!(changed.contains(part), "{part}\n{changed}");
    }
    assert_eq!(fs::read_to_string(world.path("mine/max_age")).expect("text"), "30d\n");
}

/// A second ledger with its own time key comes in only when somebody says that its witness may vouch for the first, too.
fn two_ledgers() {
    let world = World::new();
    world.run("anchor", ["init", "--dir", "second", "--origin", "second.example"]).expect(0);
    world.run("anchor", ["trust", "--out", "trust2", "--ledger", "second"]).quiet();
    let pin = fs::read_to_string(world.path("demo/trust/authorities")).expect("text");
    world.write("trust2/authorities", pin.replace("demo.schulsiegel/ledger", "second.example"));
    let add = |path: &str, more: &[&str]| {
        world.run("verifier", [&["trust", "add", path, "--to", "mine", "--yes"], more].concat())
    };
    add("demo/trust", &[]).quiet();
    let before = tests::tree(&world.path("mine"));
    let refused = add("trust2", &[]).expect(64);
    assert!(
        refused
            .err
            .starts_with("error: “mine” asks for other witnesses of the state of ledgers than what is to be added.\n"),
        "{refused:?}"
    );
    assert_eq!(tests::tree(&world.path("mine")), before);
    // Its place is kept although it is not there just now.
    fs::rename(world.path("second"), world.path("away")).expect("renamed");
    let added = add("trust2", &["--either"]).quiet().out;
    for part in [
        "  counts on the ledger second.example for all entries\n  NEW\n",
        "\nThe state of a ledger has to be witnessed by: either (1/2: demo.schulsiegel/ledger/time, second.example/time)\n\
         CHANGED. Before: The state of a ledger has to be witnessed by: demo.schulsiegel/ledger/time\n",
    ] {
        assert!(added.contains(part), "{part}\n{added}");
    }
    fs::rename(world.path("away"), world.path("second")).expect("renamed");
    let shown = world.run("verifier", ["trust", "show", "--trust", "mine"]).quiet().out;
    for ledger in ["demo.schulsiegel/ledger for", "second.example for"] {
        assert_eq!(shown.matches(&format!("  counts on the ledger {ledger} all entries\n")).count(), 1, "{shown}");
    }
    world.run("verifier", ["check", "demo/sealed", "--trust", "mine"]).expect(0);
    world.run("verifier", ["sync", "--trust", "mine", "--copy", "copies"]).expect(0);
    assert!(add("trust2", &[]).quiet().out.ends_with("“mine” has all of this already. Nothing was changed.\n"));
}
