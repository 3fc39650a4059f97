// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a ministry says with `anchor`, and what it means for a school and for whoever checks. How the commands themselves
//! behave is tested in `anchor/tests/program`.

use serde_json::{Value, json};
use tests::{Run, World};

/// `anchor … --authority demo/ministry --ledger demo/ledger --yes`
fn anchor(world: &World, line: &str) -> Run {
    let fixed = ["--authority", "demo/ministry", "--ledger", "demo/ledger", "--yes"];
    world.run("anchor", line.split(' ').chain(fixed)).expect(0)
}

/// The key name of the demo's school, as the ledger has it.
fn school(world: &World) -> Value {
    let mut lines = world.run("anchor", ["schools", "--ledger", "demo/ledger", "--json"]).quiet().json();
    lines.remove(0)
}

/// The verdicts on the demo's sealed certificates.
fn sealed(world: &World, code: i32) -> Vec<Value> {
    world.check(["demo/sealed"]).expect(code).json()
}

#[test]
fn a_certificate_that_a_ministry_revokes_is_revoked_at_once() {
    let world = World::new();
    let first = sealed(&world, 0).remove(0);
    let id = first["certificate"].as_str().expect("an id").to_owned();
    anchor(&world, &format!("revoke {id} --reason qualification-withdrawn"));
    let checked = sealed(&world, 1);
    let revoked: Vec<_> = checked.iter().filter(|line| line["verdict"] == "revoked").collect();
    let [line] = &revoked[..] else { panic!("one: {revoked:?}") };
    assert_eq!(line["certificate"], json!(id));
    assert_eq!((&line["withdrawn"]["by"], &line["withdrawn"]["reason"]), (&json!("authority"), &json!("withdrawn")));
    assert!(checked.iter().all(|line| line["verdict"] == "genuine" || line["certificate"] == json!(id)));
}

#[test]
fn a_suspended_school_cannot_issue_and_what_it_issued_stays_genuine() {
    let world = World::new();
    let name = school(&world)["school"].as_str().expect("a name").to_owned();
    anchor(&world, &format!("suspend {name} --reason inquiry"));
    assert_eq!(school(&world)["status"], json!("suspended"));
    let checked = sealed(&world, 0);
    assert!(checked.iter().all(|line| line["issuer_status"] == "suspended"), "{:?}", checked[0]);
    let refused = world.issue(&["demo/certificates"], "out", &["--again"]).expect(1);
    assert!(refused.err.contains("suspended"), "{}", refused.err);

    anchor(&world, &format!("resume {name} --reason cleared-up"));
    assert_eq!(school(&world)["status"], json!("accredited"));
    world.issue(&["demo/certificates"], "out", &["--again"]).expect(0);
}

#[test]
fn what_a_stolen_key_sealed_is_void_and_its_withdrawals_are_doubtful_until_upheld() {
    let world = World::new();
    let name = school(&world)["school"].as_str().expect("a name").to_owned();
    let size = world.run("anchor", ["log", "--ledger", "demo/ledger", "--json"]).quiet().json().len();
    world.issue(&["demo/certificates"], "out", &["--again"]).expect(0);
    anchor(&world, &format!("compromise {name} --from-index {size}"));
    let after = world.check(["out"]).expect(1).json();
    assert!(
        after.iter().all(|line| line["verdict"] == "not_genuine" && line["reason"] == "batch_void"),
        "{:?}",
        after[0]
    );
    // What stands before it is as genuine as it was.
    let before = sealed(&world, 0);
    assert!(before.iter().all(|line| line["issuer_status"] == "compromised"), "{:?}", before[0]);
    let record = school(&world);
    assert_eq!((&record["status"], &record["void_batches"]), (&json!("compromised"), &json!(1)));
}

#[test]
fn a_watching_school_sees_its_own_batches() {
    let world = World::new();
    let name = school(&world)["school"].as_str().expect("a name").to_owned();
    let watch = ["watch", "--ledger", "demo/ledger", "--school", &name, "--state", "state", "--once", "--json"];
    let told = world.run("anchor", watch).quiet().json();
    assert!(told.iter().any(|line| line["type"] == "batch" && line["issuer"] == json!(name)), "{told:?}");
    world.issue(&["demo/certificates"], "out", &["--again"]).expect(0);
    let told = world.run("anchor", watch).quiet().json();
    let [line] = &told[..] else { panic!("one: {told:?}") };
    assert_eq!((&line["type"], &line["counted"]), (&json!("batch"), &json!(true)));
}
