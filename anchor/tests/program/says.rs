// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Suspending, resuming, revoking; with the ledger and without; and the way out when a ledger refuses.

use anchor::conformance::cast::{Speaker, batch};
use serde_json::{Value, json};

use crate::town::{Town, keys};

const SCHOOL: &str = "schule/07/1";

#[test]
fn a_school_is_suspended_and_goes_on() {
    let town = Town::new();
    let mut school = town.school(SCHOOL, 3, "ledger");
    town.says(&mut school, batch(1));
    let said = town.done("suspend schule/07/1 --reason inquiry --ledger ledger --yes");
    for shown in [
        "School concerned\n  School:         Gymnasium am Mühlenberg\n",
        "  Place:          Mainz\n",
        &format!("  Fingerprint:    {}\n", school.key.verifying_key().fingerprint()),
        "  Today:          accredited\n",
        "Reason: inquiry\nledger.example: suspension taken in, place 2, ",
        " (kept as km/statements/000001.note)\n",
    ] {
        assert!(said.contains(shown), "{shown}{said}");
    }
    let line = &town.json("schools --ledger ledger --json")[0];
    assert_eq!((&line["status"], &line["suspended_because"]), (&json!("suspended"), &json!("inquiry")));
    let log = town.json("log --ledger ledger --json");
    assert_eq!(
        (&log[2]["type"], &log[2]["school"], &log[2]["reason"]),
        (&json!("suspend"), &json!(SCHOOL), &json!("inquiry"))
    );

    town.done("resume schule/07/1 --reason cleared --ledger ledger --yes");
    let line = &town.json("schools --ledger ledger --json")[0];
    assert_eq!((&line["status"], &line["suspended"]), (&json!("accredited"), &Value::Null));
    town.says(&mut school, batch(2));
}

#[test]
fn a_slip_of_the_pen_burns_no_number() {
    let town = Town::new();
    town.school(SCHOOL, 3, "ledger");
    let unknown = "error: The ledger would not take the statement in: no school of this name is accredited in this Land \
                   (code: unknown_school). Nothing was signed.\nhint: “anchor schools” shows the names of the \
                   accredited schools.\n";
    town.fails("suspend schule/07/2 --reason x --ledger ledger --yes", 1, unknown);
    town.fails("resume schule/07/2 --reason x --ledger ledger --yes", 1, unknown);
    assert_eq!(town.kept(), ["000000.note"]);
    let nobody = "error: There is a question to answer, but nobody is at the terminal: Suspend this school?\nhint: \
                  “--yes” agrees without asking.\n";
    town.fails("suspend schule/07/1 --reason x --ledger ledger", 64, nobody);
    let where_to = "error: Where is the statement to go?\nhint: Give “--ledger DIR” if the ledger is here, otherwise \
                    “--out FILE”.\n";
    town.fails("suspend schule/07/1 --reason x --yes", 64, where_to);
    let ran = town.run("suspend schule/07/1 --reason X --ledger ledger --yes");
    assert_eq!((ran.code, ran.err.contains("a reason has up to 32 small letters")), (64, true), "{}", ran.err);
    assert_eq!(town.kept(), ["000000.note"]);
}

#[test]
fn a_refused_statement_of_an_offline_ministry_is_set_aside() {
    let town = Town::new();
    let school = Speaker::new(SCHOOL, 3);
    town.request("request", &school, "Schule am See", "07");
    let said = town.done("suspend schule/07/1 --reason x --out suspension --yes");
    assert!(said.starts_with("Nothing is known here of “schule/07/1” but the key name."), "{said}");
    let ran = town.run("submit suspension --ledger ledger");
    assert_eq!((ran.code, ran.err.contains("(code: unknown_school)")), (1, true), "{}", ran.err);

    // What is signed now would be refused as well, since it continues what is not there.
    town.done("accredit request --out accreditation --yes");
    let ran = town.run("submit accreditation --ledger ledger");
    assert_eq!((ran.code, ran.err.contains("(code: wrong_seq)")), (1, true), "{}", ran.err);
    let blocked = "error: An earlier statement is in the way: the ledger does not take “km/statements/000000.note” in, \
                   since no school of this name is accredited in this Land (code: unknown_school).\nhint: “anchor \
                   retract --ledger DIR” sets it aside if nobody needs it any more.\n";
    town.fails("accredit request --ledger ledger --yes", 1, blocked);

    let said = town.done("retract --ledger ledger --yes");
    assert!(said.contains("The ledger refuses: no school of this name"), "{said}");
    assert!(said.contains("km/statements/000001.note: accreditation, "), "{said}");
    assert!(said.ends_with("Set aside: km/statements/000000.retracted\nSet aside: km/statements/000001.retracted\n"));
    assert_eq!(town.kept(), ["000000.retracted", "000001.retracted"]);
    town.done("accredit request --ledger ledger --yes");
    assert_eq!(town.kept(), ["000000.note", "000000.retracted", "000001.retracted"]);
    let on_ledger = "error: All statements of this ministry are on the ledger. What stands there stays.\nhint: There is \
                     nothing to do.\n";
    town.fails("retract --ledger ledger --yes", 1, on_ledger);

    // Without the ledger only the last one, and under a further name.
    town.done("suspend schule/07/1 --reason x --out second --yes");
    town.fails(
        "retract",
        64,
        "error: There is a question to answer, but nobody is at the terminal: Only if the ledger has refused this \
         statement: if it stands there after all, no further one will be taken in. Set aside?\nhint: “--yes” agrees \
         without asking.\n",
    );
    town.done("retract --yes");
    let kept = ["000000.note", "000000.retracted", "000001.retracted", "000001.retracted-2"];
    assert_eq!(town.kept(), kept);
}

#[test]
fn what_was_signed_and_not_handed_in_goes_first() {
    let town = Town::new();
    let school = Speaker::new(SCHOOL, 3);
    town.request("request", &school, "Schule am See", "07");
    town.done("accredit request --out lost --yes");
    // The same again, with the ledger: it is handed in, and not signed twice.
    let said = town.done("accredit request --ledger ledger --yes");
    assert!(
        said.contains(
            "\nFirst goes what is signed already: accreditation, km/statements/000000.note (ledger.example)\n"
        )
    );
    assert_eq!((town.kept().len(), town.json("log --ledger ledger --json").len()), (1, 1));

    town.done("suspend schule/07/1 --reason a --out first --yes");
    town.done("resume schule/07/1 --reason b --ledger ledger --yes");
    let types: Vec<_> = town.json("log --ledger ledger --json").into_iter().map(|line| line["type"].clone()).collect();
    assert_eq!(types, ["accredit", "suspend", "resume"]);

    // An older backup of the folder is noticed before it forks the chain.
    let last = town.path("km/statements/000002.note");
    let note = town.read("km/statements/000002.note");
    std::fs::remove_file(&last).expect("removed");
    let missing = "error: The ledger has 3 statements of this ministry, the folder only 2.\nhint: Bring the folder \
                   “statements” back from the latest backup. If the ministry signed now, the ledger would not take it \
                   in.\n";
    town.fails("suspend schule/07/1 --reason c --ledger ledger --yes", 1, missing);
    town.done("suspend schule/07/1 --reason c --out other --yes");
    let other = "error: “km/statements/000002.note” is not the statement that the ledger has under this number.\nhint: \
                 Perhaps another computer signs with this key as well. Keep one folder only, and bring it back from the \
                 backup.\n";
    town.fails("suspend schule/07/1 --reason c --ledger ledger --yes", 1, other);
    town.write("km/statements/000002.note", note);
    town.done("submit km/statements/000000.note km/statements/000001.note km/statements/000002.note --ledger ledger");
}

#[test]
fn certificates_are_revoked_by_the_thousand() {
    let town = Town::new();
    let id = |number: usize| format!("{number:064x}");
    for (first, reason, token) in [
        (1, "issued-in-error", "error"),
        (3, "qualification-withdrawn", "withdrawn"),
        (5, "document-lost", "lost"),
        (7, "other", "other"),
    ] {
        town.done(&format!("revoke {} {} --reason {reason} --ledger ledger --yes", id(first + 1), id(first)));
        let line = town.json("log --ledger ledger --json").pop().expect("a line");
        assert_eq!((&line["reason"], &line["certificates"]), (&json!(token), &json!([id(first), id(first + 1)])));
    }
    let list: String = (0..2_500).map(|number| id(number % 2_400) + "\r\n").collect();
    town.write("ids", format!("# of 2026\n{list}"));
    let said = town.done("revoke --from-file ids --reason other --ledger ledger --yes");
    assert!(said.starts_with("2,400 certificates are revoked, reason: other reason\n"), "{said}");
    assert!(said.contains("\nand 2,390 more\n"), "{said}");
    let log = town.json("log --ledger ledger --json");
    let counts: Vec<_> = log[4..].iter().map(|line| line["certificates"].as_array().map(Vec::len)).collect();
    assert_eq!(counts, [Some(1_000), Some(1_000), Some(400)]);
    assert!(log.iter().all(|line| line["counted"] == true));

    town.fails(
        "revoke --from-file ids --reason other --out file --yes",
        64,
        "error: There will be 3 statements; “file” is not a folder.\nhint: Make a folder and name it with “--out”.\n",
    );
    std::fs::create_dir(town.path("folder")).expect("made");
    town.done("uphold --from-file ids --out folder --yes");
    let names = ["ledger.example-000007.note", "ledger.example-000008.note", "ledger.example-000009.note"];
    assert_eq!(crate::town::names(&town.path("folder")), names);

    town.write("ids", format!("{}\nnothing\n", id(1)));
    town.fails(
        "uphold --from-file ids --ledger ledger --yes",
        64,
        "error: In “ids” one line is wrong. Nothing was signed.\n  line 2: “nothing” is not an id\nhint: Each line has an \
         id of 64 characters, 0 to 9 and a to f; what follows a # is a remark.\n",
    );
}

#[test]
fn schools_are_listed_with_every_key() {
    let town = Town::new();
    let mut school = town.school(SCHOOL, 3, "ledger");
    assert_eq!(town.done("schools --ledger ledger --land 05"), "No school is accredited here.\n");
    town.says(&mut school, batch(1));
    town.says(&mut school, batch(2));
    town.school(SCHOOL, 4, "ledger");
    let [open] = &town.json("schools --ledger ledger --json")[..] else { panic!("one record") };
    let mut wanted = [
        "state",
        "school",
        "name",
        "number",
        "place",
        "kinds",
        "from",
        "until",
        "index",
        "accredited",
        "closed",
        "status",
        "suspended",
        "suspended_because",
        "key",
        "fingerprint",
        "rotations",
        "batches",
        "void_batches",
    ];
    wanted.sort_unstable();
    assert_eq!(keys(open), wanted);
    assert_eq!((&open["index"], &open["batches"], &open["status"]), (&json!(3), &json!(0), &json!("accredited")));
    assert_eq!((&open["kinds"], &open["until"]), (&json!(["abitur"]), &json!("2100-01-01T00:00:00Z")));
    let all = town.json("schools --ledger ledger --json --all");
    let [closed, same] = &all[..] else { panic!("two records: {all:?}") };
    assert_eq!(same, open);
    assert_eq!((&closed["closed"], &closed["status"], &closed["batches"]), (&json!(3), &Value::Null, &json!(2)));
    assert_eq!(closed["key"], json!(school.key.verifying_key().to_string()));

    let table = town.done("schools --ledger ledger --all");
    let rows: Vec<_> = table.lines().collect();
    assert_eq!(rows.len(), 3, "{table}");
    assert!(rows[1].contains("schule/07/1  abitur") && rows[1].contains("  superseded        2  "), "{table}");
    assert!(rows[2].ends_with(open["fingerprint"].as_str().expect("text")), "{table}");
}
