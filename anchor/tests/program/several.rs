// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A ministry that serves several ledgers: a chain for each, and a report of each.

use std::fs;

use anchor::conformance::cast::Speaker;
use serde_json::json;

use crate::town::{Town, names};

/// `ledger` and `second`, both served.
fn town() -> Town {
    let town = Town::new();
    town.done("init --dir second --origin second.example/a");
    let said = town.done("add-ledger second.example/a --ledger second");
    assert!(
        said.starts_with("The ministry now serves the ledger “second.example/a” too: km\nFingerprint of the key: "),
        "{said}"
    );
    let pin = town.read("second/authorities");
    assert!(pin.ends_with(" second.example/a 0 -\n"), "{pin}");
    let said = town.done("add-ledger second.example/a --ledger second");
    assert!(said.starts_with("The ministry serves the ledger “second.example/a” already: km\n"), "{said}");
    town
}

#[test]
fn each_ledger_has_its_own_chain() {
    let town = town();
    town.school("schule/07/1", 3, "ledger");
    town.school("schule/07/1", 3, "second");
    let said = town.done("suspend schule/07/1 --reason x --ledger ledger --ledger second --yes");
    assert!(said.contains("ledger.example: suspension taken in, place 1, "), "{said}");
    assert!(said.contains("second.example/a: suspension taken in, place 1, "), "{said}");
    assert_eq!(names(&town.path("km/statements")), ["000000.note", "000001.note", "second.example_a"]);
    assert_eq!(names(&town.path("km/statements/second.example_a")), ["000000.note", "000001.note"]);
    for ledger in ["ledger", "second"] {
        let status = town.json(&format!("schools --json --ledger {ledger}"))[0]["status"].clone();
        assert_eq!(status, json!("suspended"), "{ledger}");
    }
    town.fails(
        "resume schule/07/1 --reason x --out file --yes",
        64,
        "error: For which ledger? The ministry serves several: ledger.example, second.example/a\nhint: Give one of them \
         with “--origin”.\n",
    );
    town.done("resume schule/07/1 --reason x --out file --origin second.example/a --yes");
    town.done("submit file --ledger second");
    fs::create_dir(town.path("folder")).expect("made");
    town.done("suspend schule/07/1 --reason y --out folder --yes");
    assert_eq!(names(&town.path("folder")), ["ledger.example-000002.note", "second.example_a-000003.note"]);
}

#[test]
fn one_that_fails_is_told_and_does_not_hold_up_the_others() {
    let town = town();
    for ledger in ["ledger", "second"] {
        town.school("schule/07/1", 3, ledger);
    }
    fs::rename(town.path("second"), town.path("gone")).expect("renamed");
    let report = "error: On 1 of 2 ledgers this was not done:\n  second: There is no ledger in “second”.\nhint: Remove the \
                  cause and repeat the command for these ledgers.\n";
    let said = town.fails("suspend schule/07/1 --reason x --ledger ledger --ledger second --yes", 1, report);
    assert!(said.contains("second: not possible here. There is no ledger in “second”.\n"), "{said}");
    assert!(said.contains("ledger.example: suspension taken in, place 1, "), "{said}");
    fs::rename(town.path("gone"), town.path("second")).expect("renamed");

    // One that was not named is not forgotten.
    let report = "error: On 1 of 2 ledgers this was not done:\n  second.example/a: This ledger was not named; there it \
                  remains to be done.\nhint: Remove the cause and repeat the command for these ledgers.\n";
    town.fails("suspend schule/07/1 --reason x --ledger ledger --yes", 1, report);
    // Lifting a suspension is for the ledgers that are named.
    town.done("resume schule/07/1 --reason x --ledger ledger --yes");
    town.fails(
        "compromise schule/07/1 --from-index 1 --ledger ledger --ledger second --yes",
        64,
        "error: “--from-index” counts on one ledger only.\nhint: Name a day with “--from”, or each ledger with its place by \
         itself.\n",
    );
    let said = town.done("compromise schule/07/1 --from 2020-01-01 --ledger ledger --ledger second --yes");
    assert!(said.contains("ledger.example: key in other hands taken in, place 3, "), "{said}");
    assert!(said.contains("second.example/a: key in other hands taken in, place 1, "), "{said}");
}

#[test]
fn a_ledger_where_it_concerns_nobody_is_passed_over() {
    let town = town();
    town.school("schule/07/1", 3, "ledger");
    let said = town.done("suspend schule/07/1 --reason x --ledger ledger --ledger second --yes");
    assert!(said.contains("second.example/a: nothing to do, the school is not accredited there\n"), "{said}");
    assert_eq!(names(&town.path("km/statements")), ["000000.note", "000001.note"]);
    let ran = town.run("suspend schule/07/9 --reason x --ledger ledger --ledger second --yes");
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with("error: On 2 of 2 ledgers this was not done:\n  ledger.example: The ledger would not"));
    let ran = town.run("suspend schule/07/1 --reason x --ledger ledger --ledger ledger --yes");
    assert!(ran.err.contains("\n  ledger: This ledger is named twice.\n"), "{}", ran.err);
}

#[test]
fn a_ledger_that_is_not_served_is_refused() {
    let town = Town::new();
    town.done("init --dir other --origin other.example");
    let school = Speaker::new("schule/07/1", 3);
    town.request("request", &school, "Schule am See", "07");
    town.fails(
        "accredit request --ledger other --yes",
        1,
        "error: The ministry does not serve the ledger “other.example”.\nhint: “anchor add-ledger” adds it, if that is what \
         is meant.\n",
    );
    town.fails(
        "add-ledger third.example --ledger other",
        64,
        "error: The ledger in “other” is “other.example”, not “third.example”.\nhint: “--origin” must be the name of the \
         ledger that the ministry signs for.\n",
    );
    assert!(!town.read("km/authority.toml").contains("further_ledgers"));
}
