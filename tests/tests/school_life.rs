// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A school after its certificates are sealed: what it takes back, replaces and confirms, how it changes its key, and
//! what it learns of others who have it.

use std::{fs, path::Path};

use serde_json::{Value, json};
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use tests::{Run, World};

/// A school with three certificates of its own beside those of the demo.
struct Life {
    world: World,
}

const SEALED: [&str; 3] = ["out/a.pdf", "out/b.pdf", "out/c.pdf"];

impl Life {
    fn new() -> Self {
        let world = World::new();
        world.run("samples", ["make", "--out", "made", "--count", "6", "--kind", "abitur", "--seed", "77"]).expect(0);
        for (name, to) in world.names("made").iter().zip(["in/a", "in/b", "in/c", "d", "e", "f"]) {
            fs::create_dir_all(world.path("in")).expect("made");
            fs::copy(world.path("made").join(name), world.path(format!("{to}.pdf"))).expect("copied");
        }
        world.issue(&["in"], "out", &[]).expect(0);
        Self { world }
    }

    #[track_caller]
    fn issuer(&self, arguments: &[&str]) -> Run {
        self.world.issuer(arguments)
    }

    /// The same for another configuration.
    #[track_caller]
    fn with(&self, config: &str, arguments: &[&str]) -> Run {
        self.world.run("issuer", [&["--config", config], arguments].concat())
    }

    #[track_caller]
    fn anchor(&self, arguments: &[&str]) -> Run {
        let fixed = ["--authority", "demo/ministry", "--ledger", "demo/ledger", "--yes"];
        self.world.run("anchor", [arguments, &fixed].concat())
    }

    #[track_caller]
    fn accredit(&self, request: &str) {
        let arguments = ["accredit", request, "--authority", "demo/ministry", "--yes", "--out", "accredit.note"];
        self.world.run("anchor", arguments).expect(0);
        self.world.run("anchor", ["submit", "accredit.note", "--ledger", "demo/ledger"]).expect(0);
        fs::remove_file(self.world.path("accredit.note")).expect("removed");
    }

    /// What a verifier says of a file.
    #[track_caller]
    fn verdict(&self, file: &str) -> Value {
        self.world.check([file]).json().remove(0)
    }

    #[track_caller]
    fn verdicts(&self, files: &[&str]) -> Vec<String> {
        self.world.check(files).column("verdict")
    }

    /// The status, and whether there is an alarm.
    #[track_caller]
    fn status(&self, config: &str) -> (Option<i32>, Value) {
        let run = self.with(config, &["status", "--json"]);
        (run.code, run.json().remove(0))
    }

    /// The codes and ledger indices of the alarms.
    #[track_caller]
    fn alarms(&self, config: &str) -> Value {
        let (code, status) = self.status(config);
        let alarms = status["alarms"].as_array().expect("alarms");
        assert_eq!(code, Some(i32::from(!alarms.is_empty())), "{status}");
        alarms.iter().map(|alarm| json!([alarm["code"], alarm["index"]])).collect()
    }

    /// How many entries the ledger has.
    #[track_caller]
    fn entries(&self) -> u64 {
        self.status(OWN).1["tree_size"].as_u64().expect("a number")
    }

    /// Somebody with a copy of the key and a register of their own.
    fn copy_of_school(&self, to: &str) -> String {
        for file in ["issuer.toml", "school.key", "request.note"] {
            let target = self.world.path(to).join(file);
            fs::create_dir_all(self.world.path(to)).expect("made");
            fs::copy(self.world.path("demo").join(file), &target).expect("copied");
        }
        let config = format!("{to}/issuer.toml");
        let text = fs::read_to_string(self.world.path(&config)).expect("text");
        self.world.write(&config, text.replace("trust = \"trust\"", "trust = \"../demo/trust\""));
        config
    }

    /// The school gets a new key and a new accreditation, in `fresh/`, and takes its register along.
    fn start_afresh(&self) {
        let (_, status) = self.status(OWN);
        let value = |key: &str| status["record"][key].as_str().expect("text").to_owned();
        let (name, number, place) = (value("name"), value("number"), value("place"));
        let (key_name, state) = (self.school(), status["state"].as_str().expect("a Land").to_owned());
        let school =
            ["--name", &name, "--number", &number, "--place", &place, "--state", &state, "--key-name", &key_name];
        let init = ["init", "--no-passphrase", "--trust", "../demo/trust"];
        self.with("fresh/issuer.toml", &[&init, &school[..]].concat()).expect(0);
        fs::copy(self.world.path("demo/register.db"), self.world.path("fresh/register.db")).expect("copied");
        self.accredit("fresh/request.note");
    }

    fn school(&self) -> String {
        self.status(OWN).1["school"].as_str().expect("a name").to_owned()
    }
}

const OWN: &str = "demo/issuer.toml";

#[test]
fn a_certificate_is_withdrawn_at_once_and_only_once() {
    let life = Life::new();
    assert_eq!(life.verdicts(&SEALED), ["genuine"; 3]);
    let entries = life.entries();
    let done = life.issuer(&["revoke", "out/a.pdf", "--reason", "issued-in-error"]).quiet();
    assert!(done.out.ends_with("One certificate is revoked.\n"), "{done:#?}");
    let verdict = life.verdict("out/a.pdf");
    assert_eq!(verdict["verdict"], "revoked");
    let time = verdict["withdrawn"]["time"].clone();
    assert_eq!(verdict["withdrawn"], json!({"by": "school", "reason": "error", "time": time, "successor": null}));
    assert!(time.as_str().is_some_and(|time| time.len() == 20), "{time}");
    assert_eq!(life.verdicts(&SEALED[1..]), ["genuine"; 2]);
    assert_eq!(life.entries(), entries + 1);

    // The original, the name and the id mean the same certificate.
    let id = verdict["certificate"].as_str().expect("an id");
    for what in ["in/a.pdf", "a.pdf", &id[..8], id] {
        let again = life.issuer(&["revoke", what, "--reason", "other", "--json"]).quiet().json();
        let withdrawn = json!({"state": "revoked", "by": "school", "reason": "error", "time": time, "index": entries, "successor": null});
        assert_eq!(again.len(), 1);
        assert_eq!((&again[0]["status"], &again[0]["withdrawn"]), (&json!("already_revoked"), &withdrawn), "{what}");
    }
    assert_eq!(life.entries(), entries + 1, "nothing is said twice");
    let shown = life.issuer(&["show", "out/a.pdf", "--json"]).quiet().json();
    assert_eq!(shown[0]["withdrawn"]["reason"], "error");
    assert_eq!(life.alarms(OWN), json!([]));
}

#[test]
fn a_document_that_was_sealed_twice_is_withdrawn_in_all_its_copies() {
    let life = Life::new();
    life.world.issue(&["in/a.pdf"], "again", &["--again"]).expect(0);
    let done = life.issuer(&["revoke", "out/a.pdf", "--reason", "document-lost", "--json"]).quiet();
    assert_eq!(done.column("status"), ["revoked"; 2]);
    for file in ["out/a.pdf", "again/a.pdf"] {
        let verdict = life.verdict(file);
        assert_eq!(
            (&verdict["verdict"], &verdict["withdrawn"]["reason"]),
            (&json!("revoked"), &json!("lost")),
            "{file}"
        );
    }
}

#[test]
fn what_is_not_the_schools_is_not_withdrawn() {
    let life = Life::new();
    let entries = life.entries();
    let world = &life.world;
    let school =
        ["--name", "Waldschule", "--number", "4711", "--place", "Fulda", "--state", "06", "--trust", "../demo/trust"];
    life.with("other/issuer.toml", &[&["init", "--no-passphrase"], &school[..]].concat()).expect(0);
    life.accredit("other/request.note");
    life.with("other/issuer.toml", &["issue", "d.pdf", "--out", "other/out", "--kind", "abitur"]).expect(0);
    let id = life.verdict("other/out/d.pdf")["certificate"].as_str().expect("an id").to_owned();
    world.write("stranger.pdf", "not a PDF");
    for (what, message) in [
        ("other/out/d.pdf", "is not a certificate of this school"),
        ("stranger.pdf", "is not a certificate of this school"),
        (&id, "is not in this school's register; to revoke it would have no effect"),
        (&id[..12], "is not in this school's register."),
        ("unknown.pdf", "is not in this school's register."),
        ("abc", "is not in this school's register."),
    ] {
        // One that is wrong refuses all.
        let refused = life.issuer(&["revoke", "out/a.pdf", what, "--reason", "other"]).expect(1);
        assert!(
            refused.err.starts_with("error: Nothing was revoked.") && refused.err.contains(message),
            "{refused:#?}"
        );
    }
    assert_eq!(life.entries(), entries + 2);
    assert_eq!(life.verdicts(&["out/a.pdf", "other/out/d.pdf"]), ["genuine"; 2]);
}

#[test]
fn a_search_finds_names_and_asks() {
    let life = Life::new();
    let search = ["revoke", "--search", "B.PD", "--reason", "qualification-withdrawn"];
    // Nobody is there to be asked.
    let unasked = life.issuer(&search).expect(64);
    assert!(unasked.out.contains("b.pdf"), "{unasked:#?}");
    let nothing = life.issuer(&["revoke", "--search", "nobody", "--reason", "other", "--yes"]).expect(1);
    assert!(nothing.err.contains("“nobody” is in the name of no file."), "{nothing:#?}");
    life.issuer(&[&search[..], &["--yes"]].concat()).quiet();
    assert_eq!(life.verdicts(&SEALED), ["genuine", "revoked", "genuine"]);
    assert_eq!(life.verdict("out/b.pdf")["withdrawn"]["reason"], "withdrawn");
    // Every reason of the format is taken by its own word, too.
    life.issuer(&["revoke", "out/c.pdf", "--reason", "lost"]).quiet();
    life.issuer(&["revoke", "out/a.pdf", "--reason", "stolen"]).expect(64);
}

#[test]
fn a_certificate_is_replaced_by_a_new_one() {
    let life = Life::new();
    let entries = life.entries();
    life.issuer(&["replace", "out/a.pdf", "d.pdf", "--out", "new"]).quiet();
    let (old, new) = (life.verdict("out/a.pdf"), life.verdict("new/d.pdf"));
    let time = old["withdrawn"]["time"].clone();
    assert_eq!(old["verdict"], "replaced");
    let successor = json!({"by": "school", "reason": null, "time": time, "successor": new["certificate"]});
    assert_eq!(old["withdrawn"], successor);
    assert_eq!((&new["verdict"], &new["kind"]), (&json!("genuine"), &json!("abitur")));
    assert_eq!(life.entries(), entries + 2);

    // The same again does nothing, whichever file of the new certificate is named.
    for new in ["d.pdf", "new/d.pdf"] {
        let again = life.issuer(&["replace", "in/a.pdf", new, "--out", "new", "--json"]).quiet();
        assert_eq!(again.column("status"), ["already_replaced"]);
    }
    for (old, new, message) in [
        ("out/a.pdf", "e.pdf", "can no longer be replaced: replaced by"),
        ("out/b.pdf", "in/b.pdf", "the old and the new certificate are the same document"),
        ("out/b.pdf", "out/b.pdf", "the old and the new certificate are the same document"),
        ("out/b.pdf", "out/a.pdf", "cannot replace anything: replaced by"),
        ("unknown.pdf", "e.pdf", "is not in this school's register"),
        ("out/b.pdf", "demo/issuer.toml", "The file is not a PDF"),
    ] {
        let refused = life.issuer(&["replace", old, new, "--out", "new"]).expect(1);
        assert!(refused.err.contains(message), "{message}: {refused:#?}");
    }
    life.issuer(&["revoke", "out/b.pdf", "--reason", "other"]).quiet();
    let refused = life.issuer(&["replace", "out/b.pdf", "e.pdf", "--out", "new"]).expect(1);
    assert!(refused.err.contains("can no longer be replaced: revoked (other reason)"), "{refused:#?}");
    assert_eq!(life.entries(), entries + 3, "what is refused seals nothing");
    // A withdrawal outranks a replacement.
    life.issuer(&["revoke", "out/a.pdf", "--reason", "other"]).quiet();
    assert_eq!(life.verdict("out/a.pdf")["verdict"], "revoked");
    assert_eq!(life.alarms(OWN), json!([]));
}

#[test]
fn many_are_replaced_from_a_list() {
    let life = Life::new();
    life.world.write("pairs.csv", "out/a.pdf,d.pdf\n\"b.pdf\";e.pdf\n");
    let entries = life.entries();
    let done = life.issuer(&["replace", "--csv", "pairs.csv", "--out", "new", "--json"]).quiet();
    assert_eq!(done.column("status"), ["replaced"; 2]);
    assert_eq!(life.entries(), entries + 2, "one batch and one statement");
    assert_eq!(life.verdicts(&SEALED), ["replaced", "replaced", "genuine"]);
    assert_eq!(life.verdicts(&["new/d.pdf", "new/e.pdf"]), ["genuine"; 2]);
    life.world.write("twice.csv", "out/c.pdf,f.pdf\nin/c.pdf,f.pdf\n");
    life.issuer(&["replace", "--csv", "twice.csv", "--out", "new"]).expect(1);
    life.world.write("bad.csv", "out/c.pdf\n");
    life.issuer(&["replace", "--csv", "bad.csv", "--out", "new"]).expect(64);
    assert_eq!(life.entries(), entries + 2);
}

#[test]
fn a_key_is_changed_seven_times() {
    let life = Life::new();
    let config = life.world.path(OWN);
    let text = fs::read_to_string(&config).expect("text");
    fs::write(&config, format!("# ours\n{text}")).expect("written");
    for number in 2..=8 {
        life.issuer(&["rotate-key"]).quiet();
        let key = format!("school-{number}.key");
        let changed = format!("# ours\n{}", text.replace("school.key", &key));
        assert_eq!(fs::read_to_string(&config).expect("text"), changed);
        life.world.issue(&["f.pdf"], &format!("rotated/{number}"), &["--again"]).expect(0);
    }
    assert_eq!(life.verdicts(&["out", "rotated"]), ["genuine"; 10]);
    let eighth = life.issuer(&["rotate-key"]).expect(1);
    assert!(eighth.err.contains("changed seven times"), "{eighth:#?}");
    assert!(!life.world.path("demo/school-9.key").exists(), "no key is made in vain");
    assert_eq!(life.alarms(OWN), json!([]));
    let (_, status) = life.status(OWN);
    assert_eq!(status["record"]["rotations"].as_array().map(Vec::len), Some(7));

    // Whoever still has an old key is told so.
    fs::write(&config, &text).expect("written");
    let retired = life.issuer(&["issue", "f.pdf", "--out", "late", "--kind", "abitur", "--again"]).expect(1);
    assert!(retired.err.starts_with("error: The school has a newer key than this one"), "{retired:#?}");
}

/// An older configuration is put back after a change of the key: the new key lies beside the old one.
#[test]
fn a_new_key_that_is_there_is_taken() {
    let life = Life::new();
    let text = fs::read(life.world.path(OWN)).expect("readable");
    life.issuer(&["rotate-key"]).quiet();
    life.world.write(OWN, text);
    let entries = life.entries();
    let retired = life.issuer(&["revoke", "out/a.pdf", "--reason", "other"]).expect(1);
    assert!(retired.err.contains("“issuer rotate-key” takes it"), "{retired:#?}");
    life.issuer(&["rotate-key"]).quiet();
    assert_eq!(life.entries(), entries);
    life.issuer(&["revoke", "out/a.pdf", "--reason", "other"]).quiet();
}

#[test]
fn a_suspended_school_says_nothing() {
    let life = Life::new();
    life.anchor(&["suspend", &life.school(), "--reason", "audit"]).expect(0);
    let entries = life.entries();
    for arguments in [
        &["issue", "d.pdf", "--out", "new", "--kind", "abitur"][..],
        &["revoke", "out/a.pdf", "--reason", "other"],
        &["replace", "out/a.pdf", "d.pdf", "--out", "new"],
        &["rotate-key"],
        &["endorse"],
    ] {
        let refused = life.issuer(arguments).expect(1);
        assert!(
            refused.err.starts_with("error: The ministry has suspended the school. Nothing was changed."),
            "{refused:#?}"
        );
    }
    assert_eq!(life.entries(), entries);
    assert_eq!(life.alarms(OWN), json!([["suspended", null]]));
    assert_eq!(life.verdict("out/a.pdf")["issuer_status"], "suspended");
    life.anchor(&["resume", &life.school(), "--reason", "audit"]).expect(0);
    life.issuer(&["revoke", "out/a.pdf", "--reason", "other"]).quiet();
    life.issuer(&["rotate-key"]).quiet();
    assert_eq!(life.alarms(OWN), json!([]));
}

#[test]
fn a_colleague_with_a_register_of_their_own() {
    let life = Life::new();
    let theirs = life.copy_of_school("colleague");
    let index = life.entries();
    life.with(&theirs, &["issue", "d.pdf", "--out", "theirs", "--kind", "abitur"]).expect(0);
    assert_eq!(life.alarms(OWN), json!([["unknown_statement", index]]));
    let said = life.issuer(&["status"]).expect(1);
    assert!(said.out.contains(&format!("issuer status --accept {index}")), "{said:#?}");
    assert!(said.out.contains(&format!("anchor compromise --from-index {index}")), "{said:#?}");
    life.issuer(&["status", "--accept", "0"]).expect(1);
    life.issuer(&["status", "--accept", &index.to_string()]).expect(0);
    assert_eq!(life.alarms(OWN), json!([]));
    life.issuer(&["status", "--accept", &index.to_string()]).expect(1);

    // Its file proves that it is the school's; its bare id proves nothing.
    let id = life.verdict("theirs/d.pdf")["certificate"].as_str().expect("an id").to_owned();
    life.issuer(&["revoke", &id, "--reason", "other"]).expect(1);
    life.issuer(&["replace", "theirs/d.pdf", "e.pdf", "--out", "new"]).quiet();
    assert_eq!(life.verdict("theirs/d.pdf")["verdict"], "replaced");
    life.issuer(&["revoke", "theirs/d.pdf", "--reason", "other"]).quiet();
    assert_eq!(life.verdict("theirs/d.pdf")["verdict"], "revoked");
    // The chain goes on for both.
    life.with(&theirs, &["issue", "f.pdf", "--out", "theirs", "--kind", "abitur"]).expect(0);
    assert_eq!(life.verdicts(&["theirs/f.pdf", "new/e.pdf"]), ["genuine"; 2]);
}

/// A thief seals, the school goes on in good faith, the ministry voids the key, the school comes back.
#[test]
fn a_stolen_key() {
    let life = Life::new();
    let thief = life.copy_of_school("thief");
    let first = life.entries();
    life.with(&thief, &["issue", "d.pdf", "--out", "forged", "--kind", "abitur"]).expect(0);
    life.issuer(&["issue", "e.pdf", "--out", "honest", "--kind", "abitur"]).expect(0);
    life.issuer(&["revoke", "out/a.pdf", "--reason", "issued-in-error"]).quiet();
    life.issuer(&["replace", "out/b.pdf", "f.pdf", "--out", "honest"]).quiet();
    assert_eq!(life.alarms(OWN), json!([["unknown_statement", first]]));

    life.anchor(&["compromise", &life.school(), "--from-index", &first.to_string()]).expect(0);
    for file in ["forged/d.pdf", "honest/e.pdf", "honest/f.pdf"] {
        let verdict = life.verdict(file);
        assert_eq!((&verdict["verdict"], &verdict["reason"]), (&json!("not_genuine"), &json!("batch_void")), "{file}");
    }
    for file in ["out/a.pdf", "out/b.pdf"] {
        assert_eq!(life.verdict(file)["reason"], "revocation_void", "{file}");
    }
    assert_eq!(life.alarms(OWN), json!([["void", null], ["compromised", null]]), "the thief is no alarm any more");
    let refused = life.issuer(&["issue", "f.pdf", "--out", "late", "--kind", "abitur", "--again"]).expect(1);
    assert!(refused.err.starts_with("error: The school's key was declared to be in wrong hands."), "{refused:#?}");

    life.start_afresh();
    assert_eq!(life.alarms("fresh/issuer.toml"), json!([["void", null]]));
    let endorsed = life.with("fresh/issuer.toml", &["endorse"]).quiet();
    assert!(endorsed.out.ends_with("Endorsed: 4 statements stand on the ledger again.\n"), "{endorsed:#?}");
    assert_eq!(life.with("fresh/issuer.toml", &["endorse"]).quiet().out, "There is nothing to endorse.\n");

    assert_eq!(life.alarms("fresh/issuer.toml"), json!([]));
    assert_eq!(life.verdicts(&["honest/e.pdf", "honest/f.pdf"]), ["genuine"; 2]);
    assert_eq!(life.verdicts(&SEALED), ["revoked", "replaced", "genuine"]);
    assert_eq!(life.verdict("forged/d.pdf")["reason"], "batch_void");
    // A proof that is written now goes the new way, and the old one still leads to it.
    life.with("fresh/issuer.toml", &["proof", "honest/e.pdf", "--out", "e.pdf.proof"]).quiet();
    assert_eq!(life.verdict("e.pdf")["verdict"], "genuine");
}

/// A thief rotates the key away: the school is locked out, until a new accreditation shuts the thief out.
#[test]
fn a_thief_who_changes_the_key() {
    let life = Life::new();
    let thief = life.copy_of_school("thief");
    let request = fs::read_to_string(life.world.path("demo/request.note")).expect("text");
    let stolen = request.lines().find_map(|line| line.strip_prefix("key ")).expect("a key").to_owned();
    let first = life.entries();
    life.with(&thief, &["rotate-key"]).quiet();
    life.with(&thief, &["issue", "d.pdf", "--out", "forged", "--kind", "abitur"]).expect(0);
    assert_eq!(life.verdict("forged/d.pdf")["verdict"], "genuine", "before anybody has noticed");
    assert_eq!(life.alarms(OWN), json!([["unknown_statement", first], ["unknown_statement", first + 1]]));
    let locked_out = life.issuer(&["revoke", "out/a.pdf", "--reason", "other"]).expect(1);
    assert!(locked_out.err.starts_with("error: The school has a newer key than this one"), "{locked_out:#?}");

    life.start_afresh();
    let retired = life.with(&thief, &["issue", "f.pdf", "--out", "forged", "--kind", "abitur"]).expect(1);
    assert!(retired.err.starts_with("error: The school has a newer key than this one"), "{retired:#?}");
    life.with(&thief, &["rotate-key"]).expect(1);
    life.with("fresh/issuer.toml", &["issue", "e.pdf", "--out", "honest", "--kind", "abitur"]).expect(0);
    life.anchor(&["compromise", &stolen, "--from-index", &first.to_string()]).expect(0);
    let forged = life.verdict("forged/d.pdf");
    assert_eq!((&forged["verdict"], &forged["reason"]), (&json!("not_genuine"), &json!("batch_void")));
    assert_eq!(life.verdicts(&["out/a.pdf", "out/b.pdf", "out/c.pdf", "honest/e.pdf"]), ["genuine"; 4]);
    life.with("fresh/issuer.toml", &["revoke", "out/a.pdf", "--reason", "other"]).quiet();
    assert_eq!(life.verdict("out/a.pdf")["verdict"], "revoked");
}

#[test]
fn more_than_a_thousand_are_withdrawn_in_several_statements() {
    let life = Life::new();
    life.world
        .run("samples", ["make", "--out", "many", "--count", "1001", "--kind", "halbjahr", "--seed", "3"])
        .expect(0);
    life.world.issuer(["issue", "many", "--out", "all", "--kind", "halbjahr"]).expect(0);
    let entries = life.entries();
    let revoke = ["revoke", "--search", "halbjahr", "--reason", "issued-in-error", "--yes", "--json"];
    assert_eq!(life.issuer(&revoke).quiet().column("status"), vec!["revoked"; 1001]);
    assert_eq!(life.entries(), entries + 2);
    assert_eq!(life.verdicts(&["all"]), vec!["revoked"; 1001]);
    assert_eq!(life.issuer(&revoke).quiet().column("status"), vec!["already_revoked"; 1001]);
    let (_, status) = life.status(OWN);
    assert_eq!((&status["withdrawn"]["revoked"], &status["alarms"]), (&json!(1001), &json!([])));
}

/// A register from before there were withdrawals keeps working, and is read before it is changed.
#[test]
fn an_older_register() {
    let life = Life::new();
    let register = life.world.path("demo/register.db");
    alter(&register, "DROP TABLE replacement; DROP TABLE statement; PRAGMA user_version = 1");
    assert_eq!(life.alarms(OWN), json!([]));
    life.issuer(&["list"]).quiet();
    life.issuer(&["revoke", "out/a.pdf", "--reason", "other"]).quiet();
    life.issuer(&["replace", "out/b.pdf", "d.pdf", "--out", "new"]).quiet();
    assert_eq!(life.verdicts(&SEALED), ["revoked", "replaced", "genuine"]);
    assert_eq!(life.alarms(OWN), json!([]));
}

/// Changes a register behind the program's back.
fn alter(register: &Path, sql: &'static str) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let mut connection = SqliteConnectOptions::new().filename(register).connect().await.expect("opened");
        sqlx::raw_sql(sql).execute(&mut connection).await.expect("changed");
        connection.close().await.expect("closed");
    });
}

/// A ledger that has lost what the school said, or a register that was put back.
#[test]
fn a_ledger_or_a_register_that_is_older() {
    let life = Life::new();
    life.world.copy("demo", "before");
    life.issuer(&["revoke", "out/a.pdf", "--reason", "other"]).quiet();
    let index = life.entries() - 1;
    // The register goes back: its own withdrawal is a stranger's then.
    life.world.copy("demo", "after");
    fs::copy(life.world.path("before/register.db"), life.world.path("demo/register.db")).expect("copied");
    assert_eq!(life.alarms(OWN), json!([["unknown_statement", index]]));
    // The ledger goes back: the withdrawal is missing.
    fs::copy(life.world.path("after/register.db"), life.world.path("demo/register.db")).expect("copied");
    for file in ["ledger.db", "checkpoint"] {
        fs::copy(life.world.path("before/ledger").join(file), life.world.path("demo/ledger").join(file))
            .expect("copied");
    }
    let refused = life.world.issuer(["status"]).expect(1);
    assert!(refused.err.starts_with("error: The ledger lacks entries: "), "who saw more is told at once: {refused:?}");
    fs::remove_dir_all(life.world.path("home/.local/state/schulsiegel/checkpoints")).expect("forgotten");
    assert_eq!(life.alarms(OWN), json!([["missing_statement", null]]));
}
