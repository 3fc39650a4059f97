// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The whole demo, as a user runs it: what each of its folders comes to, and what the real programs say of its school
//! and its ledger afterwards.

use std::{fs, process::Stdio};

use serde_json::{Value, json};
use tests::World;

const FORGED: [(&str, &str); 3] = [
    ("false-ministry.pdf", "bad_inclusion"),
    ("in-the-schools-name.pdf", "bad_signature"),
    ("slipped-into-the-ledger.pdf", "not_accredited"),
];

/// A demo with all that belongs to it.
fn whole() -> World {
    let world = World::bare();
    world.run("demo", ["--dir", "demo", "--no-serve"]).quiet();
    world
}

/// Verdict and reason of each file in a folder of the demo, by its name; `trust` is a trust folder.
fn verdicts(world: &World, trust: &str, folder: &str) -> Vec<(String, Value, Value)> {
    let checked = world.run("verifier", ["check", "--trust", trust, "--json", folder]);
    let named = |line: Value| {
        let file = line["file"].as_str().expect("a name").rsplit('/').next().expect("a last part").to_owned();
        (file, line["verdict"].clone(), line["reason"].clone())
    };
    checked.json().into_iter().map(named).collect()
}

fn assert_all(world: &World, folder: &str, count: usize, verdict: &str) {
    let found = verdicts(world, "demo/trust", &format!("demo/{folder}"));
    let said: Vec<_> = found.iter().map(|(_, verdict, reason)| (verdict.clone(), reason.clone())).collect();
    assert_eq!(said, vec![(json!(verdict), Value::Null); count], "{folder}");
}

fn assert_folders(world: &World) {
    assert_all(world, "sealed", 12, "genuine");
    assert_all(world, "successors", 2, "genuine");
    assert_all(world, "revoked", 2, "revoked");
    assert_all(world, "replaced", 2, "replaced");
    let forged = FORGED.map(|(file, reason)| (file.to_owned(), json!("not_genuine"), json!(reason)));
    assert_eq!(verdicts(world, "demo/trust", "demo/forged"), forged);
}

#[test]
fn every_folder_holds_what_its_name_says() {
    let world = whole();
    assert_folders(&world);
    assert_eq!(verdicts(&world, "demo/trust", "demo/altered").len(), 4);
    assert_eq!((world.names("demo/certificates").len(), world.names("demo/replaced")), {
        (12, world.names("demo/successors"))
    });

    let reasons = world.check(["demo/revoked"]).expect(1).json();
    let mut reasons: Vec<_> = reasons.iter().map(|line| &line["withdrawn"]["reason"]).collect();
    reasons.sort_by_key(ToString::to_string);
    assert_eq!(reasons, ["error", "withdrawn"]);
    let replaced = world.check(["demo/replaced"]).expect(1).json();
    let successors = world.check(["demo/successors"]).expect(0).json();
    let named: Vec<_> = replaced.iter().map(|line| &line["withdrawn"]["successor"]).collect();
    assert_eq!(named, successors.iter().map(|line| &line["certificate"]).collect::<Vec<_>>());
}

#[test]
fn the_school_knows_what_it_withdrew() {
    let world = whole();
    let status = world.issuer(["status", "--json"]).expect(0).json().remove(0);
    assert_eq!(
        (&status["alarms"], &status["unfinished"], &status["withdrawn"]["revoked"], &status["withdrawn"]["replaced"]),
        (&json!([]), &json!([]), &json!(2), &json!(2))
    );
    let batches = status["batches"].as_array().expect("a list");
    let batches: Vec<_> = batches.iter().map(|batch| (batch["certificates"].clone(), batch["state"].clone())).collect();
    assert_eq!(batches, [12, 2, 2, 2].map(|count| (json!(count), json!("valid"))));

    // What the hints at its end say goes on from there.
    let file = format!("demo/sealed/{}", world.names("demo/sealed")[0]);
    world.issuer(["revoke", &file, "--reason", "issued-in-error"]).expect(0);
    assert_eq!(world.check([&file]).expect(1).column("verdict"), ["revoked"]);
}

#[test]
fn the_ledger_is_sound_and_names_what_does_not_count() {
    let world = whole();
    let fsck = world.run("anchor", ["fsck", "--ledger", "demo/ledger", "--json"]).expect(0).json().remove(0);
    let unknown = |index: u64| json!({"index": index, "refusal": "unknown_issuer"});
    assert_eq!((&fsck["clean"], &fsck["entries"], &fsck["findings"]), (&json!(true), &json!(10), &json!([])));
    assert_eq!(fsck["uncounted"], json!([unknown(8), unknown(9)]));
    let log = world.run("anchor", ["log", "--ledger", "demo/ledger", "--json"]).quiet().column("type");
    let own = ["accredit", "batch", "batch", "revoke", "revoke", "batch", "batch", "replace"];
    assert_eq!(log, [&own[..], &["accredit", "batch"]].concat());
    let schools = world.run("anchor", ["schools", "--ledger", "demo/ledger", "--json"]).quiet().json();
    assert_eq!(schools.len(), 1, "the false school is none");
}

/// In the forger's own world all is well, and nobody outside believes it.
#[test]
fn a_ministry_that_nobody_pinned_convinces_only_itself() {
    let world = whole();
    let said = |trust: &str| {
        let found = verdicts(&world, trust, "demo/forger/sealed");
        found.into_iter().map(|(_, verdict, reason)| (verdict, reason)).collect::<Vec<_>>()
    };
    assert_eq!(said("demo/forger/trust"), vec![(json!("genuine"), Value::Null); 3]);
    assert_eq!(said("demo/trust"), vec![(json!("undetermined"), json!("unknown_ledger")); 3]);
}

#[test]
fn it_asks_nothing_and_is_made_anew_over_an_earlier_one() {
    let world = World::new();
    for arguments in [&["--dir", "demo", "--no-serve"][..], &["--dir", "demo", "--no-serve", "--no-passphrase"]] {
        let mut demo = world.command("demo");
        let ended = demo.args(arguments).stdin(Stdio::null()).output().expect("the program ends");
        assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));
        assert_folders(&world);
    }
    world.run("demo", ["--dir", "demo", "--no-serve", "--plain"]).quiet();
    let ledger = world.run("anchor", ["log", "--ledger", "demo/ledger", "--json"]).quiet().json();
    assert_eq!(ledger.len(), 2);
    let gone = ["revoked", "replaced", "successors", "forged", "forger", "certificates-later"];
    assert_eq!(gone.map(|folder| fs::exists(world.path("demo").join(folder)).expect("looked")), [false; 6]);
}

#[test]
fn it_shows_a_table_of_each_folder_and_how_to_go_on() {
    let world = World::bare();
    for (lang, check, verdicts) in [
        ("de", "\nPrüfung von ", ["echt", "NICHT echt", "zurückgezogen", "ersetzt", "echt", "NICHT echt"]),
        ("en", "\nChecking ", ["genuine", "NOT genuine", "revoked", "replaced", "genuine", "NOT genuine"]),
    ] {
        let shown = world.run("demo", ["--dir", "demo", "--no-passphrase", "--lang", lang]).quiet().out;
        let mut parts = shown.split(check);
        let steps = parts.next().expect("a first part");
        let numbers: Vec<_> = steps.lines().filter_map(|line| line.split_once(". ")?.0.parse::<u8>().ok()).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8], "{shown}");
        let tables: Vec<_> = parts.collect();
        let folders = ["sealed", "altered", "revoked", "replaced", "successors", "forged"];
        assert_eq!(tables.len(), folders.len(), "{shown}");
        for (((table, folder), verdict), count) in tables.iter().zip(folders).zip(verdicts).zip([12, 4, 2, 2, 2, 3]) {
            assert!(table.lines().next().is_some_and(|line| line.contains(&format!("demo/{folder}"))), "{table}");
            let is_row = |line: &&str| line.contains(".pdf ") && line.contains(&format!("  {verdict}"));
            assert_eq!(table.lines().filter(is_row).count(), count, "{table}");
        }
        let next = "target/release/issuer --config demo/issuer.toml revoke demo/sealed/";
        assert!(shown.contains(next) && shown.contains("--reason issued-in-error\n"), "{shown}");
    }
}
