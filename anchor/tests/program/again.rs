// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a ministry sees before it says something again: that nothing would change, or what would.

use anchor::conformance::cast::{Speaker, batch};
use proof::Hash;

use crate::town::Town;

const SCHOOL: &str = "schule/07/1";

#[test]
fn what_is_said_already_is_not_signed_again() {
    let town = Town::new();
    let mut school = town.school(SCHOOL, 3, "ledger");
    town.says(&mut school, batch(1));
    let settled = "ledger.example: nothing to do, this holds there already; nothing was signed\n";
    let key = school.key.verifying_key().to_string();
    let [one, two] = [1, 2].map(|number| Hash([number; 32]).to_string());
    let lines = [
        "resume schule/07/1 --reason x".to_owned(),
        "suspend schule/07/1 --reason x".to_owned(),
        "suspend schule/07/1 --reason y".to_owned(),
        format!("compromise {key} --from-index 2"),
        format!("compromise {key} --from-index 2"),
        format!("compromise {key} --from-index 3"),
        format!("compromise {key} --from-index 1"),
        format!("revoke {one} --reason other"),
        format!("revoke {one} --reason lost"),
        format!("revoke {one} {two} --reason other"),
    ];
    let mut kept = vec![1];
    for line in lines {
        let said = town.done(&format!("{line} --ledger ledger --yes"));
        let now = town.kept().len();
        assert_eq!(said.ends_with(settled), kept.last() == Some(&now), "{line}\n{said}");
        kept.push(now);
    }
    assert_eq!(kept, [1, 1, 2, 2, 3, 3, 3, 4, 5, 5, 6]);
}

#[test]
fn an_accreditation_says_what_it_changes() {
    let town = Town::new();
    let school = Speaker::new(SCHOOL, 3);
    town.request("request", &school, "Schule am See", "07");
    let accredit = |file: &str, more: &str| town.done(&format!("accredit {file} --ledger ledger --yes {more}"));
    let said = accredit("request", "--until 2031-08-01");
    assert!(said.contains("\nNew: ledger.example does not know this school yet.\n"), "{said}");
    let said = accredit("request", "");
    let extension = "\nExtension: on ledger.example the school is accredited with this key until 2031-08-01 00:00 UTC;";
    assert!(said.contains(extension), "{said}");
    assert!(!said.contains("OTHER") && !said.contains("ANOTHER"), "{said}");
    let said = accredit("request", "--kinds *");
    assert!(said.contains("\nOTHER KINDS: abitur until now, all from now on."), "{said}");

    let other = Speaker::new(SCHOOL, 4);
    town.request("other", &other, "Schule am Meer", "07");
    let (fingerprint, listed) = (school.key.verifying_key().fingerprint(), "request;kinds\nother;abitur\n");
    town.write("list.csv", listed);
    let ran = town.run("accredit --csv list.csv --ledger ledger");
    assert!(ran.out.contains(&format!("ANOTHER KEY; until now: {fingerprint}")), "{ran:?}");
    town.write("list.csv", "request;kinds\nrequest;abitur\n");
    let ran = town.run("accredit --csv list.csv --ledger ledger");
    assert!(ran.out.contains("extension, OTHER KINDS; until now: all"), "{ran:?}");
    let said = accredit("other", "--kinds *");
    for part in [
        format!("\nANOTHER KEY: on ledger.example the school has the key with the fingerprint {fingerprint}. It no"),
        "\nOTHER PARTICULARS: until now Schule am See, Mainz, school number 12345.\n".to_owned(),
    ] {
        assert!(said.contains(&part), "{part}\n{said}");
    }
    // Without the ledger it is said what that means.
    let said = town.done("accredit other --out note --yes");
    assert!(said.contains("Without the ledger this follows from the ministry's own statements only;"), "{said}");
}
