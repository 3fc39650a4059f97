// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `verifier check`: lines, exit codes, tables, and ledgers that are not what they were.

use std::{fs, process::Command};

use anchor::{
    clock::Clock,
    keys::{self, Unlock},
};
use libtest_mimic::Trial;
use proof::{
    Timestamp,
    checkpoint::Checkpoint,
    key::{Algorithm, KeyName},
};
use serde_json::{Value, json};
use tests::{
    World, pdf,
    program::{program, run_with_input},
    run,
    trial::{needing, trial},
};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("check: the keys of a line", keys),
        trial("check: exit codes", exit_codes),
        trial("check: standard input", standard_input),
        trial("check: what cannot be read", unreadable),
        trial("check: a file that is too large", too_large),
        trial("check: without the ledger", without_ledger),
        trial("check: CSV is read back", csv_read_back),
        trial("check: a table for people in both languages", people),
        needing("check: folders that cannot be written to", &[no_nobody()], read_only),
        trial("check: a state that is too old", too_old),
        trial("check: a ledger that was rolled back", rolled_back),
        trial(
            "check: a ledger that was restored as a whole",
            nobody_goes_on_from_a_ledger_that_was_restored_as_a_whole,
        ),
        trial("check: a ledger that was forked", forked),
        trial("check: a ledger that is missing", missing),
        trial("check: a ledger that is damaged", damaged),
    ]
}

fn keys() {
    let world = World::new();
    let file = format!("demo/sealed/{}", world.names("demo/sealed")[0]);
    let check = world.check([&file]).quiet();
    let line = &check.json()[0];
    let wanted = [
        "file",
        "verdict",
        "reason",
        "proven_at_issue",
        "certificate",
        "school",
        "kind",
        "issued",
        "admitted",
        "ledger",
        "index",
        "as_of",
        "tree_size",
        "issuer_status",
        "withdrawn",
        "sealed_part",
    ];
    // In this order, always.
    let positions: Vec<_> = wanted.iter().map(|key| check.out.find(&format!("\"{key}\":")).expect(key)).collect();
    assert!(positions.is_sorted(), "{}", check.out);
    assert_eq!(line.as_object().expect("an object").len(), wanted.len());
    let school = line["school"].as_object().expect("an object");
    let of_school: Vec<_> = school.keys().map(String::as_str).collect();
    assert_eq!(of_school, ["key_name", "name", "number", "place", "state"]);
    assert_eq!((&line["file"], &line["verdict"], &line["reason"]), (&json!(file), &json!("genuine"), &Value::Null));
    assert_eq!((&line["school"]["state"], &line["kind"]), (&json!("06"), &json!("abitur")));
    assert_eq!((&line["ledger"], &line["index"]), (&json!("demo.schulsiegel/ledger"), &json!(1)));
    assert_eq!((&line["tree_size"], &line["issuer_status"]), (&json!(2), &json!("accredited")));
    assert_eq!((&line["withdrawn"], &line["sealed_part"]), (&Value::Null, &Value::Null));
    for time in ["issued", "admitted", "as_of"] {
        let text = line[time].as_str().expect(time);
        assert!(text.len() == 20 && text.ends_with('Z') && &text[10..11] == "T", "{text}");
    }
    let nothing = world.check(["demo/certificates"]).expect(1);
    for line in nothing.json() {
        assert_eq!(line.as_object().expect("an object").len(), wanted.len());
        let nulls = line.as_object().expect("an object").values().filter(|value| value.is_null()).count();
        assert_eq!((nulls, &line["verdict"]), (12, &json!("no_seal")), "{line}");
    }
}

fn exit_codes() {
    let world = World::new();
    fs::create_dir(world.path("empty")).expect("made");
    world.check(["demo/sealed"]).expect(0);
    world.check(["demo/sealed", "demo/altered"]).expect(1);
    world.check(["demo/sealed", "demo/certificates"]).expect(1);
    world.check(["demo/sealed", "nowhere.pdf"]).expect(2);
    world.check(["demo/altered", "nowhere.pdf"]).expect(1);
    let empty = world.check(["empty"]).expect(2);
    assert_eq!((empty.out.as_str(), empty.err.lines().next()), ("", Some("error: No PDF file was found.")));
    world.run("verifier", ["check", "demo/sealed", "--trust", "nowhere"]).expect(64);
    world.run("verifier", ["check", "--trust", "demo/trust"]).expect(64);
    world.run("verifier", ["check", "demo/sealed", "--frob"]).expect(64);
}

fn standard_input() {
    let world = World::new();
    let sealed = fs::read(world.path("demo/sealed").join(&world.names("demo/sealed")[0])).expect("read");
    let check = |input: &[u8]| {
        let mut verifier = world.command("verifier");
        run_with_input(verifier.args(["check", "--trust", "demo/trust", "--json", "-"]), input)
    };
    let genuine = check(&sealed).expect(0);
    assert_eq!((genuine.column("file"), genuine.column("verdict")), (vec!["-".to_owned()], vec!["genuine".to_owned()]));
    assert_eq!(check(b"").expect(1).column("reason"), ["no_locator"]);
    assert_eq!(check(&sealed[1..]).expect(1).column("reason"), ["altered"]);
    assert_eq!(check(&[sealed.as_slice(), b"x"].concat()).expect(1).column("reason"), ["bytes_after_seal"]);
}

fn unreadable() {
    let world = World::new();
    let lines = world.check(["nowhere.pdf", "demo/sealed", "home/no/folder"]).expect(2).json();
    assert_eq!(lines.len(), 14, "the others are not held up");
    for place in [0, 13] {
        assert_eq!((&lines[place]["verdict"], &lines[place]["reason"]), (&json!("undetermined"), &json!("unreadable")));
    }
}

fn too_large() {
    let world = World::new();
    // Holes take no room on the disk.
    let file = fs::File::create(world.path("large.pdf")).expect("made");
    file.set_len((128 << 20) + 1).expect("sized");
    let check = world.check(["large.pdf"]).expect(2);
    assert_eq!(
        (check.column("verdict"), check.column("reason")),
        (vec!["undetermined".to_owned()], vec!["too_large".to_owned()])
    );
    file.set_len(128 << 20).expect("sized");
    assert_eq!(world.check(["large.pdf"]).expect(1).column("reason"), ["no_locator"]);
    let file = fs::File::create(world.path("huge.pdf")).expect("made");
    file.set_len((64 << 20) + 1).expect("sized");
    assert_eq!(world.issue(&["huge.pdf"], "out", &[]).expect(1).column("reason"), ["too_large"]);
}

fn without_ledger() {
    let world = World::new();
    fs::rename(world.path("demo/ledger"), world.path("ledger-elsewhere")).expect("moved");
    let check = world.check(["--no-ledger", "demo/sealed"]).expect(2);
    assert_eq!(check.column("reason"), ["register_not_consulted"; 12]);
    let line = &check.json()[0];
    assert_eq!((&line["verdict"], &line["proven_at_issue"]), (&json!("undetermined"), &json!(true)));
    assert_eq!((&line["as_of"], &line["issuer_status"]), (&Value::Null, &Value::Null));
    assert_eq!(line["school"]["state"], json!("06"), "who issued it is proven");
    assert_eq!(world.check(["--no-ledger", "demo/altered"]).expect(1).column("verdict"), ["not_genuine"; 4]);
    for (lang, words) in [
        ("en", "The certificate was issued like this. Whether it was revoked later was not checked."),
        ("de", "Das Zeugnis wurde so ausgestellt. Ob es später zurückgezogen wurde, ist nicht geprüft."),
    ] {
        let arguments = ["check", "--trust", "demo/trust", "--no-ledger", "demo/sealed", "--lang", lang];
        let people = world.run("verifier", arguments).expect(2);
        assert!(people.out.contains(words), "{people:?}");
    }
}

fn csv_read_back() {
    let world = World::new();
    world.write("named/=1+1.pdf", pdf::plain("a"));
    world.write("named/a;\"b\"\n.pdf", pdf::plain("b"));
    let sealed = world.names("demo/sealed");
    for (lang, delimiter) in [("de", b';'), ("en", b',')] {
        let mut verifier = world.command("verifier");
        verifier.current_dir(world.path("named")).args(["check", "--trust", "../demo/trust", "--lang", lang]);
        run(verifier.args(["--csv", "../out.csv", "=1+1.pdf", "a;\"b\"\n.pdf", "../demo/sealed"])).expect(1);
        let bytes = fs::read(world.path("out.csv")).expect("written");
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a mark");
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text);
        let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), 14);
        assert!(rows.iter().all(|row| row.len() == 15));
        assert_eq!((&rows[0][0], &rows[1][0]), ("'=1+1.pdf", "a;\"b\"\n.pdf"));
        assert_eq!((&rows[0][1], &rows[0][2]), ("no_seal", "no_locator"));
        let names: Vec<_> =
            rows[2..].iter().map(|row| row[0].trim_start_matches("../demo/sealed/").to_owned()).collect();
        assert_eq!(names, sealed);
        assert!(rows[2..].iter().all(|row| &row[1] == "genuine" && &row[7] == "06" && row[14].len() == 64));
        let ends = String::from_utf8_lossy(text).matches("\r\n").count();
        assert_eq!(ends, 15, "every row ends in CRLF");
    }
    world.check(["demo/sealed", "--csv", "no/folder/out.csv"]).expect(64);
}

fn people() {
    let world = World::new();
    for (lang, good, bad, summary) in
        [("de", "echt", "NICHT echt: ", "16 Dateien: "), ("en", "genuine", "NOT genuine: ", "16 files: ")]
    {
        let arguments = ["check", "--trust", "demo/trust", "demo/sealed", "demo/altered", "--lang", lang];
        let shown = world.run("verifier", arguments).expect(1).out;
        let rows = |verdict: &str| shown.lines().filter(|line| line.contains(&format!(".pdf  {verdict}"))).count();
        let genuine = shown.lines().filter(|line| line.starts_with("demo/sealed/") && line.contains(good)).count();
        assert_eq!(genuine, 12, "{shown}");
        assert!(rows(bad) <= 4 && shown.matches(bad).count() == 4, "{shown}");
        assert!(shown.contains(summary), "{shown}");
        assert!(shown.contains("Neuwiesen"), "the place of the school: {shown}");
    }
}

/// To run as somebody who may not write, root has to become somebody else.
fn no_nobody() -> Option<String> {
    if !cfg!(unix) {
        return Some("a Unix".to_owned());
    }
    #[cfg(unix)]
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    tests::trial::command("setpriv")
}

#[cfg(not(unix))]
fn read_only() {}

/// Neither the certificates nor the ledger nor the trust folder is the user's own, and the home is not there.
#[cfg(unix)]
fn read_only() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    // Root would be let in everywhere; nobody is not let into a temporary folder of root's either.
    let set = |below: &str, mode: u32| {
        fs::set_permissions(world.path(below), fs::Permissions::from_mode(mode)).expect("changed");
    };
    let folders = ["demo", "demo/sealed", "demo/ledger", "demo/trust"];
    for folder in folders {
        set(folder, 0o555);
    }
    set("", 0o755);
    let is_root = rustix::process::geteuid().is_root();
    // Nobody may perhaps not enter the folder of the build.
    let copy = world.path("verifier");
    fs::copy(program("verifier"), &copy).expect("copied");
    let mut command = if is_root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&copy);
        command
    } else {
        Command::new(&copy)
    };
    command.env_clear().env("HOME", "/nonexistent").env("LANG", "en_GB.UTF-8").current_dir(world.folder());
    let check = run(command.args(["check", "--trust", "demo/trust", "--json", "demo/sealed"]));
    for folder in folders {
        set(folder, 0o755);
    }
    assert_eq!(check.code, Some(0), "{check:?}");
    assert_eq!(check.column("verdict"), ["genuine"; 12]);
    let forgetful = "The ledger's state could not be remembered; if it were set back later, nobody would notice.\n";
    assert_eq!(check.err, forgetful);
}

/// A ledger whose state was confirmed five minutes ago. `anchor refresh` helps.
fn too_old() {
    let world = World::new();
    world.write("demo/trust/max_age", b"1m\n");
    assert_eq!(world.check(["demo/sealed"]).expect(0).column("verdict"), ["genuine"; 12]);

    let path = world.path("demo/ledger/checkpoint");
    let note = fs::read_to_string(&path).expect("a checkpoint");
    let (text, _) = note.split_once("\n\n").expect("a note");
    let checkpoint = Checkpoint::parse(&format!("{text}\n")).expect("a checkpoint");
    let key = |file: &str, name: &str, algorithm| {
        let name = KeyName::parse(name).expect("a name");
        keys::load(&world.path("demo/ledger").join(file), &name, algorithm, &Unlock::unattended()).expect("a key")
    };
    let origin = checkpoint.origin.as_str();
    let ledger = key("ledger.key", origin, Algorithm::Ed25519);
    let time = key("time.key", &format!("{origin}/time"), Algorithm::CosignatureV1);
    let then = Timestamp::from_posix(Clock::system().now().posix() - 300).expect("a time");
    fs::write(&path, checkpoint.sign(&ledger) + &checkpoint.cosign(&time, then)).expect("written");
    let check = world.check(["demo/sealed"]).expect(2);
    assert_eq!(check.column("reason"), ["state_too_old"; 12]);
    assert_eq!(check.column("as_of"), vec![then.to_string(); 12]);

    world.run("anchor", ["refresh", "--ledger", "demo/ledger"]).quiet();
    assert_eq!(world.check(["demo/sealed"]).expect(0).column("verdict"), ["genuine"; 12]);
    world.write("demo/trust/max_age", b"soon\n");
    world.check(["demo/sealed"]).expect(64);
}

/// A copy of the ledger from before a further batch, and one file of that batch.
fn grown() -> World {
    let world = World::new();
    world.copy("demo/ledger", "earlier");
    world.write("a.pdf", pdf::plain("a"));
    world.issue(&["a.pdf"], "out", &[]).quiet();
    assert_eq!(world.check(["out", "demo/sealed"]).expect(0).column("verdict"), ["genuine"; 13]);
    world
}

fn bring_back(world: &World, copy: &str) {
    fs::rename(world.path("demo/ledger"), world.path(format!("instead of {copy}"))).expect("moved");
    world.copy(copy, "demo/ledger");
}

fn rolled_back() {
    let world = grown();
    bring_back(&world, "earlier");
    let check = world.check(["out", "demo/sealed"]).expect(2);
    assert_eq!(check.column("reason"), ["ledger_rolled_back"; 13]);
    assert_eq!(
        check.err.lines().next(),
        Some(
            "The ledger “demo.schulsiegel/ledger” is of no help here: The ledger shows less than before. This says \
             nothing against the certificate, but the ledger cannot be trusted."
        )
    );
    // Who never saw the later state cannot know.
    let mut stranger = world.command("verifier");
    stranger.env("HOME", world.path("another-home")).args(["check", "--trust", "demo/trust", "--json", "demo/sealed"]);
    assert_eq!(run(&mut stranger).expect(0).column("verdict"), ["genuine"; 12]);
    // A database behind its own published checkpoint is refused by the ledger itself.
    fs::copy(world.path("instead of earlier/checkpoint"), world.path("demo/ledger/checkpoint")).expect("copied");
    let fsck = world.run("anchor", ["fsck", "--ledger", "demo/ledger"]).expect(1);
    assert!(fsck.err.contains("Entries are missing: 2 are there, 3 were published."), "{fsck:?}");
    world.write("b.pdf", pdf::plain("b"));
    let refused = world.issue(&["b.pdf"], "out", &[]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(!world.path("out/b.pdf").exists());
}

/// Database and checkpoint agree: only who saw more can tell.
fn nobody_goes_on_from_a_ledger_that_was_restored_as_a_whole() {
    let world = grown();
    bring_back(&world, "earlier");
    world.write("b.pdf", pdf::plain("b"));
    world.write("request.note", fs::read(world.path("demo/request.note")).expect("a request"));
    let before = fs::read(world.path("demo/ledger/checkpoint")).expect("readable");
    let lacks = "error: The ledger lacks entries: it has 2, 3 were published.\n";
    let issue = ["--config", "demo/issuer.toml", "issue", "b.pdf", "--out", "out", "--kind", "abitur"];
    let accredit = ["accredit", "request.note", "--authority", "demo/ministry", "--ledger", "demo/ledger", "--yes"];
    let refusals = [
        world.run("issuer", issue),
        world.issuer(["resume"]),
        world.issuer(["status"]),
        world.run("anchor", ["refresh", "--ledger", "demo/ledger"]),
        world.run("anchor", ["submit", "demo/ministry/statements/000000.note", "--ledger", "demo/ledger"]),
        world.run("anchor", accredit),
    ];
    for refused in refusals {
        assert_eq!((refused.code, refused.err.starts_with(lacks)), (Some(1), true), "{refused:?}");
    }
    let fsck = world.run("anchor", ["fsck", "--ledger", "demo/ledger", "--json"]).expect(1);
    assert_eq!(fsck.json()[0]["findings"][0]["code"], "older_than_seen");
    assert_eq!(fs::read(world.path("demo/ledger/checkpoint")).expect("readable"), before, "nothing was signed");
    assert!(!world.path("out/b.pdf").exists());

    fs::remove_dir_all(world.path("demo/ledger")).expect("removed");
    fs::rename(world.path("instead of earlier"), world.path("demo/ledger")).expect("brought back");
    world.issue(&["b.pdf"], "out", &[]).expect(0);
    assert_eq!(world.check(["out", "demo/sealed"]).expect(0).column("verdict"), ["genuine"; 14]);
}

fn forked() {
    let world = grown();
    // The same ledger goes on in another way from where the copy was made.
    bring_back(&world, "earlier");
    fs::rename(world.path("demo/register.db"), world.path("register.db")).expect("moved");
    world.write("b.pdf", pdf::plain("b"));
    // By somebody who never saw the other way.
    let mut stranger = world.command("issuer");
    stranger.env("HOME", world.path("another-home")).args(["--config", "demo/issuer.toml", "issue", "b.pdf"]);
    run(stranger.args(["--out", "fork", "--kind", "abitur"])).expect(0);
    let check = world.check(["out", "fork", "demo/sealed"]).expect(2);
    assert_eq!(check.column("reason"), ["ledger_forked"; 14]);
    assert_eq!(check.column("verdict"), ["undetermined"; 14]);
    assert!(check.json().iter().all(|line| line["proven_at_issue"] == json!(true)), "never shown as forged");
    // The memory is one of the user: the state is kept where the system says.
    let mut other = world.command("verifier");
    other.env("XDG_STATE_HOME", world.path("state")).args(["check", "--trust", "demo/trust", "--json", "fork"]);
    assert_eq!(run(&mut other).expect(0).column("verdict"), ["genuine"]);
    assert_eq!(world.names("state").len(), 1);
    bring_back(&world, "instead of earlier");
    let mut other = world.command("verifier");
    other.env("XDG_STATE_HOME", world.path("state")).args(["check", "--trust", "demo/trust", "--json", "out"]);
    assert_eq!(run(&mut other).expect(2).column("reason"), ["ledger_forked"]);
}

fn missing() {
    let world = World::new();
    fs::rename(world.path("demo/ledger"), world.path("elsewhere")).expect("moved");
    let check = world.check(["demo/sealed"]).expect(2);
    assert_eq!(check.column("reason"), ["ledger_unreachable"; 12]);
    assert!(check.json().iter().all(|line| line["proven_at_issue"] == json!(true)));
    world.write("demo/trust/ledgers", b"");
    assert_eq!(world.check(["demo/sealed"]).expect(2).column("reason"), ["ledger_unreachable"; 12]);
    world.write("demo/trust/ledgers", b"demo.schulsiegel/ledger ftp://ledger.example\n");
    world.check(["demo/sealed"]).expect(64);
}

fn damaged() {
    let world = World::new();
    let checkpoint = fs::read_to_string(world.path("demo/ledger/checkpoint")).expect("text");
    let garbled = checkpoint.replacen("\n2\n", "\n3\n", 1);
    assert_ne!(garbled, checkpoint);
    world.write("demo/ledger/checkpoint", garbled);
    assert_eq!(world.check(["demo/sealed"]).expect(2).column("reason"), ["ledger_damaged"; 12]);
    world.write("demo/ledger/checkpoint", checkpoint);
    world.check(["demo/sealed"]).expect(0);
    world.write("demo/ledger/ledger.db", b"no database at all");
    let check = world.check(["demo/sealed"]).expect(2);
    assert_eq!(check.column("verdict"), ["undetermined"; 12]);
}
