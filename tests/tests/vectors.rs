// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The vectors are what the program in this repository writes, and everybody here says of them what they say.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use anchor::trust::Trust;
use proof::{Timestamp, verdict::Reason};
use serde_json::{Value, json};
use tests::{Run, World, run, tree, vectors};
use verifier::consult::Ledgers;

/// The vectors as they are kept.
fn kept() -> BTreeMap<String, Vec<u8>> {
    let files = tree(&tests::program::root().join("tests/vectors"));
    files.into_iter().map(|(name, bytes)| (name.to_str().expect("plain names").replace('\\', "/"), bytes)).collect()
}

/// A folder with the vectors and the ledger that they are judged by.
fn with_ledger() -> World {
    let world = World::bare();
    for (name, bytes) in kept() {
        world.write(name, bytes);
    }
    for (name, bytes) in LEDGER.get_or_init(ledger) {
        world.write(Path::new("ledger").join(name), bytes);
    }
    world
}

/// The files of the ledger, which is made once for all tests.
static LEDGER: OnceLock<BTreeMap<PathBuf, Vec<u8>>> = OnceLock::new();

fn ledger() -> BTreeMap<PathBuf, Vec<u8>> {
    let world = World::bare();
    vectors::build_ledger(&tests::program::root().join("tests/vectors/statements"), &world.path("ledger"));
    tree(&world.path("ledger"))
}

fn manifest() -> Vec<Value> {
    serde_json::from_slice(&kept()["vectors.json"]).expect("JSON")
}

/// What of a verdict the manifest fixes.
fn said(value: &Value) -> Value {
    let part = &value["sealed_part"];
    let part = if part.is_null() { Value::Null } else { json!([part["verdict"], part["reason"]]) };
    json!([value["verdict"], value["reason"], value["withdrawn"], part])
}

#[test]
fn they_are_what_the_program_writes() {
    let (kept, written) = (kept(), vectors::files());
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&kept), names(&written), "run `cargo run --release --bin vectors`, and look at what changed");
    let changed: Vec<_> = kept.iter().filter(|(name, bytes)| written[*name] != **bytes).map(|(name, _)| name).collect();
    assert_eq!(changed, Vec::<&String>::new(), "run `cargo run --release --bin vectors`, and look at what changed");
}

#[test]
fn the_ledger_publishes_the_checkpoint_that_is_kept() {
    let world = with_ledger();
    let published = fs::read(world.path("ledger/checkpoint")).expect("published");
    assert_eq!(String::from_utf8_lossy(&published), String::from_utf8_lossy(&kept()["checkpoint"]));
    let report = world.run("anchor", ["fsck", "--json", "--ledger", "ledger"]).expect(0).json();
    assert_eq!(
        (&report[0]["clean"], &report[0]["entries"], &report[0]["findings"]),
        (&json!(true), &json!(50), &json!([]))
    );
    let uncounted = report[0]["uncounted"].as_array().expect("a list");
    let uncounted: Vec<_> = uncounted.iter().map(|entry| json!([entry["index"], entry["refusal"]])).collect();
    assert_eq!(json!(uncounted), json!(vectors::UNCOUNTED), "written past admission");
}

#[test]
fn every_reason_that_a_file_can_have_is_among_them() {
    // These come from the machine, not from the file; `school_year` has them.
    let machine = [Reason::Unreadable, Reason::TooLarge, Reason::LedgerDamaged];
    let covered: BTreeSet<_> = vectors::all().iter().filter_map(|vector| vector.reason).collect();
    let missing: Vec<_> =
        Reason::ALL.iter().filter(|reason| !covered.contains(reason) && !machine.contains(reason)).collect();
    assert_eq!(missing, Vec::<&Reason>::new());
    let verdicts: BTreeSet<_> = vectors::all().iter().map(|vector| vector.verdict.code()).collect();
    assert_eq!(
        verdicts.into_iter().collect::<Vec<_>>(),
        ["genuine", "no_seal", "not_genuine", "replaced", "revoked", "undetermined"]
    );
}

#[test]
fn the_library_says_so() {
    let world = with_ledger();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    // A day later, whatever the clock of this machine says.
    let now = Timestamp::from_posix(vectors::NOW + 86_400).expect("a time");
    for vector in manifest() {
        let (file, trust) = (vector["file"].as_str().expect("a name"), vector["trust"].as_str().expect("a name"));
        let trust = Trust::load(&world.path(trust)).expect("a trust folder");
        let asked = vector["ledger"] == json!(true);
        let ledgers = if asked { runtime.block_on(Ledgers::ask(&trust, None, None, now)) } else { Ledgers::unasked() };
        let bytes = fs::read(world.path("files").join(file)).expect("a vector");
        let beside = fs::read(world.path("files").join(format!("{file}.proof"))).ok();
        let judgement = ledgers.judge(&trust, now).judge(&bytes, beside.as_deref());
        let judgement = serde_json::to_value(&judgement).expect("JSON");
        assert_eq!(said(&judgement), said(&vector), "{file}");
    }
}

/// One run of the program for each trust folder, over all files that are judged by it.
#[test]
fn the_program_says_so() {
    let world = with_ledger();
    let mut groups = BTreeMap::<_, Vec<Value>>::new();
    for vector in manifest() {
        let asked = vector["ledger"] == json!(true);
        groups.entry((vector["trust"].to_string(), asked)).or_default().push(vector);
    }
    assert_eq!(groups.len(), 5);
    for ((_, asked), vectors) in groups {
        let check = check(&world, &vectors, asked);
        let lines = check.json();
        assert_eq!(lines.len(), vectors.len());
        for (line, vector) in lines.iter().zip(&vectors) {
            assert_eq!(line["file"], json!(format!("files/{}", vector["file"].as_str().expect("a name"))));
            assert_eq!(said(line), said(vector), "{}", line["file"]);
        }
        let against = ["not_genuine", "no_seal", "revoked", "replaced"];
        let is_against = |vector: &Value| against.iter().any(|verdict| vector["verdict"] == json!(verdict));
        assert_eq!(check.code, Some(if vectors.iter().any(is_against) { 1 } else { 2 }));
    }
}

fn check(world: &World, vectors: &[Value], asked: bool) -> Run {
    let mut command: Command = world.command("verifier");
    command.args(["check", "--json", "--trust", vectors[0]["trust"].as_str().expect("a name")]);
    if !asked {
        command.arg("--no-ledger");
    }
    let names = vectors.iter().map(|vector| Path::new("files").join(vector["file"].as_str().expect("a name")));
    run(command.args(names))
}

/// Each file alone gives the exit code of its verdict.
#[test]
fn one_file_alone_ends_with_the_code_of_its_verdict() {
    let world = with_ledger();
    for (name, code) in [
        ("genuine", 0),
        ("one-bit-flipped", 1),
        ("no-seal", 1),
        ("after-seal-line-feed", 1),
        ("revoked-by-school", 1),
        ("replaced", 1),
        ("state-behind", 2),
    ] {
        let file = format!("files/{name}.pdf");
        world.run("verifier", ["check", "--json", "--trust", "trust", &file]).expect(code);
    }
}

/// Only the sealed part is handed out, and it is exactly what was sealed.
#[test]
fn the_sealed_part_is_recovered() {
    let world = with_ledger();
    for name in ["after-seal-annotation", "after-seal-shadow-replacement", "seal-of-a-seal", "tail-twice"] {
        let file = format!("files/{name}.pdf");
        let check = world.run("verifier", ["check", "--trust", "trust", "--json", "--recover", "out", &file]).expect(1);
        assert_eq!(check.err, format!("The sealed part is in “out/{name}.pdf”.\n"));
        assert_eq!(
            world.path(format!("out/{name}.pdf")).metadata().expect("written").len(),
            kept()["files/genuine.pdf"].len() as u64
        );
        assert_eq!(fs::read(world.path(format!("out/{name}.pdf"))).expect("written"), kept()["files/genuine.pdf"]);
    }
    let recovered = world.run("verifier", ["check", "--trust", "trust", "--json", "out"]).expect(0);
    assert_eq!(recovered.column("verdict"), ["genuine"; 4]);
}
