// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A stolen key: what becomes void is shown first, and what was right of it is confirmed afterwards.

use anchor::conformance::cast::{Speaker, batch};
use proof::{
    Hash,
    entry::CertificateId,
    statement::{Body, WithdrawalReason},
};
use serde_json::json;

use crate::town::Town;

const SCHOOL: &str = "schule/07/1";

fn revoke(numbers: &[u8]) -> Body {
    let certificates = numbers.iter().map(|number| CertificateId(Hash([*number; 32]))).collect();
    Body::Revoke { reason: WithdrawalReason::Error, certificates }
}

/// A school with a batch at 1, a revocation at 2, a batch at 3 and revocations of two certificates at 4.
fn town() -> (Town, Speaker) {
    let town = Town::new();
    let mut school = town.school(SCHOOL, 3, "ledger");
    for body in [batch(1), revoke(&[1]), batch(2), revoke(&[2, 3])] {
        town.says(&mut school, body);
    }
    (town, school)
}

#[test]
fn what_becomes_void_is_shown_and_told() {
    let (town, _) = town();
    let line = "compromise schule/07/1 --from-index 3 --ledger ledger --withdrawals ids --yes";
    let said = town.done(line);
    for shown in [
        "ledger.example: void from place 3 on\nSchool concerned\n  School:         Gymnasium am Mühlenberg\n",
        "What becomes void: one batch, 2 revocations and no change of key.\n\
         The school's present key becomes void as well: it needs a new one and a new accreditation.\n",
        "ledger.example: key in other hands taken in, place 5, ",
    ] {
        assert!(said.contains(shown), "{shown}{said}");
    }
    let [two, three] = [2, 3].map(|number| Hash([number; 32]).to_string());
    assert_eq!(town.read("ids"), format!("{two}\n{three}\n"));
    let log = town.json("log --ledger ledger --json");
    assert_eq!((&log[5]["from_index"], &log[5]["school"]), (&json!(3), &json!(SCHOOL)));
    let line = &town.json("schools --ledger ledger --json")[0];
    assert_eq!(
        (&line["status"], &line["batches"], &line["void_batches"]),
        (&json!("compromised"), &json!(2), &json!(1))
    );

    town.done("uphold --from-file ids --ledger ledger --yes");
    let last = town.json("log --ledger ledger --json").pop().expect("a line");
    assert_eq!((&last["type"], &last["certificates"]), (&json!("uphold"), &json!([two, three])));
}

#[test]
fn a_key_is_named_by_itself_and_a_place_by_a_day() {
    let (town, school) = town();
    let key = school.key.verifying_key().to_string();
    let said = town.done(&format!("compromise {key} --from 2099-01-01 --ledger ledger --yes"));
    assert!(said.starts_with("ledger.example: void from place 5 on\n"), "{said}");
    let said = town.done(&format!("compromise {key} --from 2020-01-01 --ledger ledger --yes"));
    assert!(said.starts_with("ledger.example: void from place 0 on\nFingerprint of the stolen key: "), "{said}");
    assert!(said.contains("What becomes void: 2 batches, 3 revocations and no change of key.\n"), "{said}");
    // What is void already is not said again.
    let said = town.done(&format!("compromise {key} --from-index 1 --ledger ledger --yes"));
    assert_eq!(said, "ledger.example: nothing to do, this holds there already; nothing was signed\n");
}

#[test]
fn what_cannot_be_meant_is_refused_before_it_is_signed() {
    let (town, _) = town();
    let kept = town.kept();
    town.fails(
        "compromise schule/07/1 --from-index 99 --ledger ledger --yes",
        1,
        "error: The ledger would not take the statement in: it is to apply from entry 99, but itself stands at 5 (code: \
         from_index_ahead). Nothing was signed.\nhint: Name an entry that exists; “anchor log” shows them.\n",
    );
    let stranger = Speaker::new("schule/07/1", 9).key.verifying_key().to_string();
    town.fails(
        &format!("compromise {stranger} --from-index 1 --ledger ledger --yes"),
        1,
        "error: The ledger would not take the statement in: no school of this Land has or had this key (code: \
         unknown_key). Nothing was signed.\nhint: “anchor schools” shows the keys of the accredited schools.\n",
    );
    let ran = town.run("compromise schule/07/1 --from-index 1 --ledger ledger");
    assert_eq!((ran.code, ran.err.contains("This cannot be taken back. State it now?")), (64, true), "{}", ran.err);
    assert!(ran.out.contains("What becomes void: 2 batches, 3 revocations"), "{}", ran.out);
    let ran = town.run("compromise Schule --from-index 1 --ledger ledger");
    assert_eq!((ran.code, ran.err.contains("neither a key nor the key name")), (64, true), "{}", ran.err);
    town.fails(
        "compromise schule/07/1 --from 2026-01-01 --out file --yes",
        64,
        "error: Without the ledger it cannot be said which place belongs to that day.\nhint: Give “--ledger”, or the \
         place with “--from-index”; “anchor log” shows it.\n",
    );
    assert_eq!(town.kept(), kept);

    // Without the ledger the ministry's own statements say which key is meant.
    let said = town.done("compromise schule/07/1 --from-index 3 --out file --yes");
    assert!(said.contains("Without the ledger it cannot be said what becomes void by this"), "{said}");
    town.done("submit file --ledger ledger");
}

/// The ministry accredits the new key first, as it should, and then declares the old one stolen.
#[test]
fn a_name_does_not_void_the_new_key() {
    let (town, old) = town();
    let new = town.school(SCHOOL, 4, "ledger");
    let [old, new] = [old, new].map(|school| school.key.verifying_key().to_string());
    let report = format!(
        "error: Since place 3 the school had more than one key. Which one was in other hands?\n  since place 0: {old}\n  \
         since place 5: {new}\nhint: Name the key in place of the school. If it was changed for another, that change \
         becomes void as well.\n"
    );
    town.fails("compromise schule/07/1 --from-index 3 --ledger ledger --yes", 64, &report);
    let said = town.done(&format!("compromise {old} --from-index 3 --ledger ledger --yes"));
    assert!(
        said.contains("What becomes void: one batch, 2 revocations and no change of key.\nledger.example: "),
        "{said}"
    );
    let lines = town.json("schools --ledger ledger --all --json");
    let stands: Vec<_> = lines.iter().map(|line| (&line["status"], &line["batches"], &line["void_batches"])).collect();
    assert_eq!(stands, [(&json!(null), &json!(2), &json!(1)), (&json!("accredited"), &json!(0), &json!(0))]);
    // Since the new one there is only one.
    let said = town.done("compromise schule/07/1 --from-index 6 --ledger ledger --yes");
    assert!(said.contains("The school's present key becomes void as well"), "{said}");
}
