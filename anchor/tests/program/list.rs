// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Accrediting a whole list of schools.

use std::fs;

use anchor::conformance::cast::Speaker;
use serde_json::json;

use crate::town::{Town, names};

/// Three schools with their requests.
fn town() -> (Town, Vec<Speaker>) {
    let town = Town::new();
    fs::create_dir(town.path("list")).expect("made");
    let schools: Vec<_> = (1_u8..=3).map(|number| Speaker::new(&format!("schule/07/{number}"), number + 10)).collect();
    for (number, school) in (1..).zip(&schools) {
        town.request(&format!("list/{number}.note"), school, &format!("Schule {number}"), "07");
    }
    (town, schools)
}

#[test]
fn a_list_is_accredited_at_once_and_only_once() {
    let (town, schools) = town();
    let list = "\u{feff}Schule;Antrag;Arten;bis\r\nEins;1.note;;31.7.2031\r\nZwei;2.note;*;\r\nDrei;3.note;abitur;\r\n";
    town.write("list/schools.csv", list);
    let said = town.done("accredit --csv list/schools.csv --ledger ledger --from 2026-08-01 --yes");
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 8, "{said}");
    for (line, school) in lines[1..4].iter().chain(&lines[5..8]).zip(schools.iter().chain(&schools)) {
        assert!(line.contains(&school.key.verifying_key().fingerprint().to_string()), "{line}");
    }
    assert!(lines[1].contains("2  Schule 1  12345          Mainz  abitur        2026-08-01  2031-07-31  "), "{said}");
    assert!(lines[2].contains("  all           2026-08-01  2031-08-01  ") && lines[2].ends_with("  new"), "{said}");
    assert!(lines[7].contains("ledger.example  2      km/statements/000002.note"), "{said}");
    assert_eq!(town.json("schools --ledger ledger --json").len(), 3);

    // The same list again, and one with a further school.
    let said = town.done("accredit --csv list/schools.csv --ledger ledger --from 2026-08-01 --yes");
    assert!(said.ends_with("\nAll these schools are accredited like this already. Nothing was signed.\n"), "{said}");
    let further = Speaker::new("schule/07/4", 14);
    town.request("list/4.note", &further, "Schule 4", "07");
    town.write("list/schools.csv", format!("{list};4.note;;\r\n"));
    let said = town.done("accredit --csv list/schools.csv --ledger ledger --from 2026-08-01 --yes");
    assert_eq!((said.matches("accredited already").count(), said.matches("  new\n").count()), (3, 1), "{said}");
    assert_eq!(town.json("log --ledger ledger --json").len(), 4);
}

#[test]
fn every_bad_row_is_told_and_nothing_is_signed() {
    let (town, schools) = town();
    town.request("list/foreign.note", &Speaker::new("schule/05/1", 20), "Schule am Rhein", "05");
    town.request("list/stolen.note", &Speaker::new("schule/07/9", 11), "Schule 9", "07");
    let forged = town.read("list/3.note").replace("Schule 3", "Schule X");
    town.write("list/forged.note", forged);
    let rows = [
        "request,kinds,from,until",
        "1.note,,,",
        "1.note,,,",
        "foreign.note,,,",
        "forged.note,,,",
        "none.note,,,",
        "2.note,Abitur,,",
        "2.note,,2027-01-01,2026-01-01",
        ",abitur,,",
        "3.note,,32.1.2026,",
        "stolen.note,,,",
    ];
    town.write("list/schools.csv", rows.join("\n"));
    town.fails(
        "accredit --csv list/schools.csv --ledger ledger --yes",
        1,
        "error: In “list/schools.csv” 9 lines are wrong. Nothing was signed:\n  \
         line 3: The same school stands in line 2 already.\n  \
         line 4: The request comes from North Rhine-Westphalia, but the ministry acts for Rhineland-Palatinate.\n  \
         line 5: The request “list/forged.note” is not signed with the key that it names.\n  \
         line 6: “list/none.note” cannot be read: file or folder not found\n  \
         line 7: kinds of certificates have small letters, digits and hyphens and are separated by commas\n  \
         line 8: The accreditation would end (2026-01-01 00:00 UTC) before it begins (2027-01-01 00:00 UTC).\n  \
         line 9: The file with the request is not named.\n  \
         line 10: “32.1.2026” is no day; write YYYY-MM-DD or DD.MM.YYYY.\n  \
         line 11: The ledger would not take the statement in: the key was used before (code: key_used_before). Nothing \
         was signed.\n\
         hint: Correct these lines or take them out, and start again.\n",
    );
    assert_eq!((town.kept().len(), town.json("log --ledger ledger --json").len()), (0, 0));
    drop(schools);

    town.write("list/schools.csv", b"antrag;arten\nSch\xfcle.note;\n");
    town.fails(
        "accredit --csv list/schools.csv --ledger ledger --yes",
        64,
        "error: “list/schools.csv” is not saved as UTF-8.\nhint: In Excel: “Save as”, file type “CSV UTF-8 (comma \
         delimited)”.\n",
    );
    town.write("list/schools.csv", "schule;arten\na;b\n");
    town.fails(
        "accredit --csv list/schools.csv --ledger ledger --yes",
        64,
        "error: “list/schools.csv” lacks the column “request”.\nhint: The first line names the columns: \
         request;kinds;from;until. Only “request” must be there.\n",
    );
}

#[test]
fn without_the_ledger_a_list_goes_into_a_folder() {
    let (town, _) = town();
    town.write("list/schools.csv", "antrag\n1.note\n2.note\n3.note\n");
    town.fails(
        "accredit --csv list/schools.csv --out out --yes",
        64,
        "error: There will be 3 statements; “out” is not a folder.\nhint: Make a folder and name it with “--out”.\n",
    );
    assert_eq!(town.kept().len(), 0);
    fs::create_dir(town.path("out")).expect("made");
    town.done("accredit --csv list/schools.csv --out out --yes");
    let written = ["ledger.example-000000.note", "ledger.example-000001.note", "ledger.example-000002.note"];
    assert_eq!(names(&town.path("out")), written);
    let said = town.done("accredit --csv list/schools.csv --out out --yes");
    assert!(said.ends_with("\nAll these schools are accredited like this already. Nothing was signed.\n"), "{said}");
    town.done(&format!("submit --ledger ledger {}", written.map(|name| format!("out/{name}")).join(" ")));
    let numbers: Vec<_> =
        town.json("schools --ledger ledger --json").iter().map(|line| line["index"].clone()).collect();
    assert_eq!(numbers, [json!(0), json!(1), json!(2)]);
}
