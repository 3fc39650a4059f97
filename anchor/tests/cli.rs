// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What people and scripts see of the program `anchor`: exit codes, standard output, standard error.

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anchor::conformance::cast::{NOW, Speaker, at, batch, land};
use common::{Home, copy_files, names};
use proof::{
    request::Request,
    statement::{Kinds, Label, SchoolNumber},
};
use serde_json::Value;
use tempfile::TempDir;

struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// Runs `anchor` in a folder. Blanks in `line` separate arguments.
fn anchor(folder: &Path, line: &str) -> Ran {
    run(Command::new(env!("CARGO_BIN_EXE_anchor")), folder, line)
}

fn run(mut command: Command, folder: &Path, line: &str) -> Ran {
    let command = command.args(line.split_whitespace()).current_dir(folder);
    for name in ["SCHULSIEGEL_LEDGER", "SCHULSIEGEL_AUTHORITY", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR"));
    let output = command.output().expect("started");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Ran { code: output.status.code().expect("not killed"), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs it and expects success.
fn done(folder: &Path, line: &str) -> String {
    let ran = anchor(folder, line);
    // A key without a passphrase is remarked upon.
    let quiet = ran.err.is_empty() || line.contains("--no-passphrase");
    assert_eq!((ran.code, quiet), (0, true), "{line}\n{}{}", ran.out, ran.err);
    ran.out
}

/// Runs it and expects a failure with this code, whose report begins with this text and has a hint.
fn fails(folder: &Path, line: &str, code: i32, report: &str) -> Ran {
    let ran = anchor(folder, line);
    assert_eq!(ran.code, code, "{line}\n{}{}", ran.out, ran.err);
    assert!(ran.err.starts_with(report), "{line}\n{}", ran.err);
    assert!(ran.err.contains("\nhint: "), "{line}\n{}", ran.err);
    ran
}

fn request(folder: &Path, state: &str) -> Speaker {
    let school = Speaker::new("schule.example/07/12345", 3);
    let request = Request {
        key: school.key.verifying_key().clone(),
        name: Label::parse("Gymnasium am Mühlenberg").expect("a label"),
        number: SchoolNumber::parse("12345").expect("a number"),
        place: Label::parse("Mainz").expect("a label"),
        state: land(state),
        kinds: Kinds::parse("abitur mittlere-reife").expect("kinds"),
        time: at(NOW),
    };
    fs::write(folder.join("request"), request.sign(&school.key).expect("signed")).expect("written");
    school
}

/// A folder with a ledger, a pinned ministry, a school's request and its accreditation on the ledger.
fn set_up() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    done(here, "init --dir ledger --origin ledger.example");
    done(
        here,
        "init-authority --dir km --name km.example --state 07 --origin ledger.example --ledger ledger --no-passphrase",
    );
    request(here, "07");
    done(here, "accredit request --out signed --authority km --yes");
    done(here, "submit signed --ledger ledger");
    folder
}

fn json(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn from_nothing_to_an_accredited_school() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let said = done(here, "init --dir ledger --origin ledger.example");
    assert!(said.starts_with("The ledger “ledger.example” is made: ledger\nLedger: ledger.example, fingerprint "));
    assert!(said.contains("\n  anchor init-authority --dir DIR"), "{said}");

    let line =
        "init-authority --dir km --name km.example --state 07 --origin ledger.example --ledger ledger --no-passphrase";
    let said = done(here, line);
    assert!(said.starts_with("The ministry “km.example” (Rhineland-Palatinate) is set up: km\nFingerprint "), "{said}");
    let pinned = fs::read_to_string(here.join("ledger/authorities")).expect("readable");
    let pin = pinned.lines().last().expect("the pin");
    assert!(pin.starts_with("07 km.example+") && pin.ends_with(" ledger.example 0 -"), "{pin}");
    assert!(said.contains(&format!("\n  {pin}\n")), "{said}");

    let school = request(here, "07");
    let said = done(
        here,
        "accredit request --out signed --authority km --kinds abitur --from 2026-01-01 --until 2100-01-01 --yes",
    );
    for shown in [
        "  School:         Gymnasium am Mühlenberg\n",
        "  School number:  12345\n",
        "  Land:           Rhineland-Palatinate\n",
        "  Certificates:   abitur\n",
        "  Valid from:     2026-01-01 00:00 UTC\n",
        "  Valid until:    2100-01-01 00:00 UTC\n",
        "  Key name:       schule.example/07/12345\n",
        &format!("  Fingerprint:    {}\n", school.key.verifying_key().fingerprint()),
        "Other kinds of certificates were asked for: abitur, mittlere-reife\n",
        "Signed: signed (kept as km/statements/000000.note)\n",
    ] {
        assert!(said.contains(shown), "{shown}{said}");
    }
    assert_eq!(fs::read(here.join("signed")).unwrap(), fs::read(here.join("km/statements/000000.note")).unwrap());

    let said = done(here, "submit signed --ledger ledger");
    assert!(said.starts_with("Taken in: place 0 of the ledger, "), "{said}");
    assert_eq!(done(here, "submit signed --ledger ledger"), said, "the same statement, the same answer");
    assert!(done(here, "refresh --ledger ledger").starts_with("The ledger's state is confirmed: "));
    assert_eq!(names(&here.join("ledger")).len(), 7, "nothing is left open");

    let table = done(here, "log --ledger ledger");
    let (head, row) = table.split_once('\n').expect("two lines");
    assert_eq!(
        head.split_whitespace().collect::<Vec<_>>(),
        ["Place", "Taken", "in", "Type", "By", "Number", "About", "Counts"]
    );
    assert!(row.contains("accreditation  km.example       0  Gymnasium am Mühlenberg, Mainz  yes"), "{row}");
}

#[test]
fn the_log_for_programs_has_every_key() {
    let folder = set_up();
    let lines = json(&done(folder.path(), "log --ledger ledger --json"));
    let [line] = &lines[..] else { panic!("{lines:?}") };
    let keys: Vec<_> = line.as_object().expect("an object").keys().map(String::as_str).collect();
    let mut wanted = [
        "index",
        "admitted",
        "type",
        "issuer",
        "seq",
        "time",
        "counted",
        "refusal",
        "school",
        "key",
        "name",
        "number",
        "place",
        "state",
        "kinds",
        "from",
        "until",
        "kind",
        "size",
        "root",
        "reason",
        "certificates",
        "successors",
        "from_index",
        "version",
        "note",
    ];
    wanted.sort_unstable();
    assert_eq!(keys, wanted);
    assert_eq!(line["type"], "accredit");
    assert_eq!((&line["counted"], &line["refusal"], &line["kind"]), (&Value::Bool(true), &Value::Null, &Value::Null));
    assert_eq!((&line["state"], &line["index"]), (&Value::from("07"), &Value::from(0)));
    assert_eq!(line["kinds"], serde_json::json!(["abitur", "mittlere-reife"]));
    assert_eq!(line["note"].as_str().map(str::as_bytes), fs::read(folder.path().join("signed")).ok().as_deref());
    let (from, until) = (line["from"].as_str().expect("a time"), line["until"].as_str().expect("a time"));
    assert_eq!(until[..4].parse::<u32>().ok(), from[..4].parse::<u32>().ok().map(|year| year + 5));
}

#[test]
fn a_refusal_is_explained_in_both_languages() {
    let folder = set_up();
    let here = folder.path();
    let stranger = Speaker::new("stranger.example", 9);
    fs::write(here.join("bad"), stranger.sign(batch(0)).note()).expect("written");
    let ran =
        fails(here, "submit bad --ledger ledger", 1, "error: The ledger refuses the statement: nobody of this name");
    assert!(ran.err.contains("(code: unknown_issuer)"), "{}", ran.err);
    let ran =
        fails(here, "submit bad --ledger ledger --lang de", 1, "error: Das Register nimmt die Erklärung nicht an: ");
    assert!(ran.err.contains("(Code: unknown_issuer)"), "{}", ran.err);
    fs::write(here.join("bad"), "nothing").expect("written");
    fails(here, "submit bad --ledger ledger", 1, "error: The ledger refuses the statement: it does not have");
    fs::write(here.join("bad"), vec![b'a'; 70_000]).expect("written");
    fails(here, "submit bad --ledger ledger", 64, "error: “bad” is too large: at most 65,527 bytes are read.");
    let ran = anchor(here, "submit none --ledger ledger");
    assert_eq!(ran.code, 64);
    assert_eq!(ran.err.lines().next(), Some("error: “none” cannot be read: file or folder not found"));
    assert_eq!(json(&done(here, "log --ledger ledger --json")).len(), 1);
}

#[test]
fn the_ledger_that_is_meant() {
    let folder = set_up();
    let here = folder.path();
    fails(here, "log", 64, "error: Which ledger is meant?\n");
    fails(here, "log --lang de", 64, "error: Welches Register ist gemeint?\n");
    fails(here, "log --ledger ftp://x", 64, "error: This version cannot use “ftp://x” as the place of a ledger.");
    fails(here, "fsck --ledger km", 64, "error: There is no ledger in “km”.");
    assert_eq!(json(&done(&here.join("ledger"), "log --json")).len(), 1);
    let mut command = Command::new(env!("CARGO_BIN_EXE_anchor"));
    command.args(["log", "--json"]).env("SCHULSIEGEL_LEDGER", here.join("ledger")).current_dir(here);
    assert_eq!(command.output().expect("started").status.code(), Some(0));
    fails(here, "init --dir ledger --origin ledger.example", 64, "error: “ledger” is not empty.");
    fails(here, "init --dir . --origin ledger.example", 64, "error: “.” is no name for a new folder.");
    fails(here, "init --dir new --origin Ledger", 64, "error: “Ledger” does not fit “--origin <ORIGIN>”: up to 100");
}

#[test]
fn what_is_not_signed() {
    let folder = set_up();
    let here = folder.path();
    let kept = || names(&here.join("km/statements"));
    fails(here, "accredit request --out new", 64, "error: Which ministry signs?\n");
    fails(
        here,
        "accredit request --out new --authority ledger",
        64,
        "error: “ledger/authority.toml” in the ministry's",
    );
    let ran = fails(here, "accredit request --out new --authority km", 64, "error: There is a question to answer");
    assert!(ran.out.contains("Gymnasium am Mühlenberg"), "{}", ran.out);
    let ran = anchor(here, "accredit request --out signed --authority km --yes");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (64, "error: “signed” exists already, and nothing is overwritten.\nhint: Give another name.\n")
    );
    let ran = anchor(here, "accredit request --out none/new --authority km --yes");
    assert_eq!(ran.code, 64);
    assert_eq!(ran.err.lines().next(), Some("error: “none/new” cannot be written: file or folder not found"));
    let line = "accredit request --out new --authority km --yes --from 2026-01-02 --until 2026-01-02";
    fails(here, line, 64, "error: The accreditation would end (2026-01-02 00:00 UTC) before it begins");
    let line = "accredit request --out new --authority km --yes --from 23.11.2026";
    fails(here, line, 64, "error: “23.11.2026” does not fit “--from <DATE>”: a day is written as YYYY-MM-DD");
    fails(here, "accredit signed --out new --authority km --yes", 1, "error: “signed” is no request of a school (");
    request(here, "05");
    let line = "accredit request --out new --authority km --yes";
    fails(here, line, 1, "error: The request comes from North Rhine-Westphalia, but the ministry acts for Rhineland-");
    let altered = fs::read_to_string(here.join("request")).unwrap().replace("state 05", "state 07");
    fs::write(here.join("request"), altered).expect("written");
    fails(here, line, 1, "error: The request “request” is not signed with the key that it names.");
    assert_eq!(kept(), ["000000.note"]);
    assert!(!here.join("new").exists());
}

#[test]
fn fsck_tells_damage_from_information() {
    let folder = set_up();
    let here = folder.path();
    assert!(done(here, "fsck --ledger ledger").ends_with("\nThe ledger is in order.\n"));
    let report = &json(&done(here, "fsck --ledger ledger --json"))[0];
    assert_eq!((&report["clean"], &report["entries"]), (&Value::Bool(true), &Value::from(1)));
    fs::write(here.join("ledger/checkpoint"), "gone").expect("written");
    let ran =
        fails(here, "fsck --ledger ledger", 1, "error: The ledger is not in order:\n  The published state (files");
    assert!(ran.out.starts_with("One entry checked, root "), "{}", ran.out);
    fails(
        here,
        "fsck --ledger ledger --lang de",
        1,
        "error: Das Register ist nicht in Ordnung:\n  Der veröffentlichte",
    );
    let ran = anchor(here, "fsck --ledger ledger --json");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert_eq!(json(&ran.out)[0]["findings"][0]["code"], "bad_checkpoint");
    fails(here, "submit signed --ledger ledger", 1, "error: The ledger is damaged (");
    fails(here, "log --ledger ledger", 1, "error: The ledger is damaged (");
}

#[test]
fn a_rolled_back_ledger_is_refused_with_the_way_out() {
    let mut home = Home::with(2);
    let older = home.copy();
    home.grow(2, 2);
    fs::copy(older.file("ledger.db"), home.file("ledger.db")).expect("restored");
    let here = home.path();
    for command in ["refresh", "log"] {
        fails(
            &here,
            command,
            1,
            "error: The ledger lacks entries: it has 2, 4 were published.\nhint: Usually an older",
        );
    }
    fails(
        &here,
        "fsck",
        1,
        "error: The ledger is not in order:\n  Entries are missing: 2 are there, 4 were published.",
    );
    fails(&here, "refresh --lang de", 1, "error: Dem Register fehlen Einträge: Es hat 2, veröffentlicht waren 4.\n");
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_refused_with_the_way_out() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = set_up();
    for key in ["ledger/ledger.key", "km/authority.key"] {
        let path = folder.path().join(key);
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).expect("changed");
    }
    let ran =
        fails(folder.path(), "refresh --ledger ledger", 64, "error: Other users of this computer can read the key");
    assert!(ran.err.contains("chmod 600 “ledger/ledger.key”"), "{}", ran.err);
    let line = "accredit request --out new --authority km --yes";
    fails(folder.path(), line, 64, "error: Other users of this computer can read the key file “km/authority.key”.");
}

#[test]
fn a_trust_folder_moves_with_its_ledger() {
    let folder = set_up();
    let here = folder.path();
    let said = done(here, "trust --out pins/trust --ledger ledger");
    assert!(
        said.starts_with("The trust folder is written: pins/trust (a state may be 7 days old at most)\nLedger: "),
        "{said}"
    );
    assert!(
        said.contains("\nMinistry (Rhineland-Palatinate; counts for all entries): km.example, fingerprint "),
        "{said}"
    );
    assert_eq!(names(&here.join("pins/trust")), ["authorities", "ledgers", "max_age", "policy"]);
    assert_eq!(fs::read_to_string(here.join("pins/trust/ledgers")).unwrap(), "ledger.example ../../ledger\n");
    let moved = here.join("moved");
    fs::create_dir(&moved).expect("made");
    for part in ["pins", "ledger"] {
        fs::rename(here.join(part), moved.join(part)).expect("moved");
    }
    let trust = anchor::trust::Trust::load(&moved.join("pins/trust")).expect("a trust folder");
    assert_eq!(trust.max_age.seconds(), 604_800);
    let place = trust.ledgers[0].location.to_string();
    assert_eq!(fs::canonicalize(PathBuf::from(place)).unwrap(), fs::canonicalize(moved.join("ledger")).unwrap());

    done(&moved, "trust --out pins/trust --ledger ledger --max-age 36h");
    assert!(done(&moved, "trust --out pins/trust --ledger ledger").contains("36 hours"), "an age that was set stays");
    done(here, "init --dir ledger --origin ledger.example");
    let line = "trust --out moved/pins/trust --ledger ledger";
    fails(here, line, 64, "error: “moved/pins/trust” is a trust folder with other keys. It is not overwritten.");
    fails(here, "trust --out new --ledger ledger --max-age 7w", 64, "error: “7w” does not fit “--max-age <AGE>”: ");
}

/// A folder that whoever reads cannot write to, after a clean end, after a crash, and while somebody appends.
#[cfg(unix)]
#[test]
fn a_ledger_is_read_where_nothing_can_be_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut home = Home::with(2);
    let (clean, crashed, outside) = (home.copy(), home.copy(), tempfile::tempdir().expect("a folder"));
    fs::set_permissions(outside.path(), fs::Permissions::from_mode(0o755)).expect("changed");
    anchor::conformance::block_on(async {
        let writer = home.open().await.expect("opened");
        let note = home.school.say(batch(2));
        anchor::ledger::Append::append(&writer, proof::tree::TreeSize(2), &note).await.expect("appended");
        copy_files(&home.path(), &crashed.path());
        fs::remove_file(crashed.file("ledger.db-shm")).expect("there was one");
        assert!(home.file("ledger.db-shm").exists(), "the writer is still there");
        for (home, size) in [(&clean, 2), (&crashed, 3), (&home, 3)] {
            let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("changed");
            let before = names(&home.path());
            for name in before.iter().filter(|name| !name.contains("key")) {
                set(&home.file(name), 0o444);
            }
            set(home.path().parent().expect("a folder"), 0o755);
            set(&home.path(), 0o555);
            for command in ["log --json", "fsck --json"] {
                let ran = run(as_somebody_else(outside.path()), &home.path(), command);
                assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command} of {size} entries\n{}", ran.out);
                let last = &json(&ran.out)[json(&ran.out).len() - 1];
                assert!(last["index"] == size - 1 || last["entries"] == size, "{last}");
            }
            assert_eq!(names(&home.path()), before);
            set(&home.path(), 0o755);
        }
    });
}

/// `anchor` without the right to write everywhere, which the administrator has.
#[cfg(unix)]
fn as_somebody_else(outside: &Path) -> Command {
    let program = env!("CARGO_BIN_EXE_anchor");
    if !rustix::process::geteuid().is_root() {
        return Command::new(program);
    }
    // Others may not be able to enter the folder where it was built.
    let copy = outside.join("anchor");
    if !copy.exists() {
        fs::copy(program, &copy).expect("copied");
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]).arg(copy);
    command
}
