// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `verifier sync`, `verifier check --offline` and `verifier snapshot`: the copies of a ledger from outside.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anchor::{clock::Clock, ledger::Keep as _, sqlite::SqliteLedger};
use proof::Timestamp;
use serde_json::{Value, json};
use tests::{
    Run, World, pdf, run,
    serving::Serving,
    strace::{self, Disturbance, disturb},
    tree,
    trial::{self, needing, trial},
};

const ORIGIN: &str = "demo.schulsiegel/ledger";

fn main() -> ExitCode {
    trial::main(vec![
        trial("sync: first, more, nothing", grows),
        trial("sync: words for people in both languages", people),
        trial("sync: a ledger that was forked", forked),
        trial("sync: a ledger that was rolled back", rolled_back),
        trial("sync: a service that shows another history", another_history_over_http),
        trial("sync: a ledger that cannot be reached", unreachable),
        trial("sync: a ledger that is damaged", damaged_ledger),
        trial("sync: a copy that is damaged", damaged_copy),
        trial("sync: wrong usage", wrong_usage),
        needing("sync: killed at every step", &[strace::need()], killed),
        needing("sync: every write fails once", &[strace::need()], failing),
        trial("check --offline: without the ledger", offline),
        trial("check --offline: no copy", no_copy),
        trial("check --offline: a copy that is too old", too_old),
        trial("check --offline: a copy that is only behind", behind),
        trial("check --offline: a copy of another history", other_history),
        trial("snapshot: carried over", carried_over),
        trial("snapshot: cut off, altered, older, in the way", bad_snapshots),
        trial("snapshot: of a ledger that cannot be reached", snapshot_of_copy),
        trial("snapshot: not after an alarm", no_snapshot_after_an_alarm),
    ])
}

fn verifier(world: &World, arguments: &[&str]) -> Run {
    let (command, rest) = arguments.split_first().expect("a command");
    run(world.command("verifier").arg(command).args(["--trust", "demo/trust"]).args(rest))
}

fn sync(world: &World) -> Run {
    verifier(world, &["sync", "--json"])
}

fn check_offline(world: &World, options: &[&str]) -> Run {
    verifier(world, &[&["check", "--offline", "--json", "demo/sealed"], options].concat())
}

/// What a line of `sync --json` says, without the time.
#[track_caller]
fn line(run: &Run) -> (Value, Value, Value, Value) {
    let [line] = &run.json()[..] else { panic!("{run:?}") };
    let keys = ["ledger", "reason", "new_entries", "size", "as_of", "evidence"];
    let positions: Vec<_> = keys.iter().map(|key| run.out.find(&format!("\"{key}\":")).expect(key)).collect();
    assert!(positions.is_sorted() && line.as_object().is_some_and(|object| object.len() == keys.len()), "{run:?}");
    (line["ledger"].clone(), line["reason"].clone(), line["new_entries"].clone(), line["size"].clone())
}

fn told(reason: Option<&str>, new_entries: u64, size: Option<u64>) -> (Value, Value, Value, Value) {
    (json!(ORIGIN), json!(reason), json!(new_entries), json!(size))
}

/// The folder of the copy.
fn copy_of(world: &World) -> PathBuf {
    let copies = world.path("home/.local/state/schulsiegel/copies");
    let mut found: Vec<_> = fs::read_dir(copies).expect("listed").map(|entry| entry.expect("listed").path()).collect();
    assert_eq!(found.len(), 1);
    found.pop().expect("one")
}

/// The files of the copy without those that belong to an alarm.
fn contents(world: &World) -> Vec<(PathBuf, Vec<u8>)> {
    let of_alarm = |path: &Path| path == Path::new("alarm") || path.starts_with("evidence");
    tree(&copy_of(world)).into_iter().filter(|(path, _)| !of_alarm(path)).collect()
}

/// Asserts that the copy is a whole ledger with so many entries.
#[track_caller]
fn assert_whole(world: &World, entries: u64) {
    let report = world.run("anchor", ["fsck", "--json", "--ledger", copy_of(world).to_str().expect("text")]).expect(0);
    assert_eq!((&report.json()[0]["clean"], &report.json()[0]["entries"]), (&json!(true), &json!(entries)));
}

/// Seals one more batch, of a certificate that shows this text.
fn seal(world: &World, text: &str) {
    world.write(format!("{text}.pdf"), pdf::plain(text));
    world.issue(&[&format!("{text}.pdf")], "out", &[]).quiet();
}

/// Puts another folder in the place of the ledger.
fn put(world: &World, folder: &str) {
    fs::remove_dir_all(world.path("demo/ledger")).expect("removed");
    world.copy(folder, "demo/ledger");
}

/// The checkpoint of a ledger in a folder.
fn note(world: &World, folder: &str) -> Vec<u8> {
    fs::read(world.path(folder).join("checkpoint")).expect("a checkpoint")
}

fn grows() {
    let world = World::new();
    assert_eq!(line(&sync(&world).quiet()), told(None, 2, Some(2)));
    assert_whole(&world, 2);
    assert_eq!(line(&sync(&world).quiet()), told(None, 0, Some(2)));
    seal(&world, "a");
    seal(&world, "b");
    let synced = sync(&world).quiet();
    assert_eq!(line(&synced), told(None, 2, Some(4)));
    assert_whole(&world, 4);
    let as_of = &synced.json()[0]["as_of"];
    assert_eq!(check_offline(&world, &["out"]).quiet().column("as_of"), vec![as_of.as_str().expect("a time"); 14]);
    assert_eq!(synced.json()[0]["evidence"], json!([]));
    assert_eq!(fs::read(copy_of(&world).join("checkpoint")).expect("kept"), note(&world, "demo/ledger"));
    // What a sync has seen, a check that asks the ledger remembers.
    put(&world, copy_of(&world).to_str().expect("text"));
    assert_eq!(line(&sync(&world).quiet()), told(None, 0, Some(4)));
}

fn people() {
    let world = World::new();
    for (lang, first, none) in [
        ("de", ": 2 neue Einträge, zusammen 2; Stand vom ", ": kein neuer Eintrag, zusammen 2; Stand vom "),
        ("en", ": 2 new entries, 2 in all; as of ", ": no new entry, 2 in all; as of "),
    ] {
        for words in [first, none] {
            let said = verifier(&world, &["sync", "--copy", lang, "--lang", lang]).quiet().out;
            assert!(said.starts_with(&format!("{ORIGIN}{words}")), "{said}");
        }
    }
    world.copy("demo/ledger", "earlier");
    seal(&world, "a");
    sync(&world).quiet();
    put(&world, "earlier");
    for (lang, alarm, advice) in [
        (
            "de",
            "error: ALARM: Das Register „demo.schulsiegel/ledger“ zeigt weniger als früher (",
            "melden Sie den Fall",
        ),
        (
            "en",
            "error: ALARM: the ledger “demo.schulsiegel/ledger” shows less than before (",
            "report this to the ministry",
        ),
    ] {
        let said = verifier(&world, &["sync", "--lang", lang]).expect(2).err;
        assert!(said.starts_with(alarm) && said.contains(advice), "{said}");
        assert_eq!(said.matches(".checkpoint\n").count(), 2, "{said}");
    }
}

/// Two ledgers with the same keys, each with a statement that the other does not have, as `one` and `two`.
fn two_histories() -> World {
    let world = World::new().forgetful();
    world.copy("demo/ledger", "two");
    seal(&world, "a");
    world.copy("demo/ledger", "one");
    put(&world, "two");
    // The school must have forgotten what it said in the other history.
    fs::remove_file(world.path("demo/register.db")).expect("removed");
    seal(&world, "b");
    seal(&world, "c");
    world.copy("demo/ledger", "two-and-more");
    put(&world, "one");
    world
}

/// Asserts that a sync raises an alarm, keeps both notes, leaves the copy alone, and says so from then on.
#[track_caller]
fn assert_alarm(world: &World, reason: &str, size: u64, known: &[u8]) {
    let before = contents(world);
    let first = sync(world).expect(2);
    assert_eq!(line(&first), told(Some(reason), 0, Some(size)));
    let evidence = first.json()[0]["evidence"].clone();
    let files: Vec<_> = evidence.as_array().expect("a list").iter().map(|path| path.as_str().expect("text")).collect();
    let kept: Vec<_> = files.iter().map(|path| fs::read(path).expect("kept")).collect();
    assert_eq!(kept, [known.to_vec(), note(world, "demo/ledger")]);
    assert!(files.iter().all(|path| path.contains("/evidence/2") && path.contains(reason)), "{files:?}");
    assert!(files.iter().all(|path| first.err.contains(path)), "{}", first.err);
    assert!(contents(world) == before, "the copy was touched");
    assert_eq!(check_offline(world, &[]).expect(2).column("reason"), [reason; 12]);
    // The ledger may say what it likes now.
    put(world, "good");
    let again = sync(world).expect(2);
    assert_eq!((line(&again), &again.json()[0]["evidence"]), (told(Some(reason), 0, Some(size)), &evidence));
    assert_eq!(verifier(world, &["sync"]).expect(2).out, "");
}

fn forked() {
    let world = two_histories();
    world.copy("one", "good");
    assert_eq!(line(&sync(&world).quiet()), told(None, 3, Some(3)));
    put(&world, "two-and-more");
    assert_alarm(&world, "ledger_forked", 3, &note(&world, "one"));
    // Acknowledged, the copy counts again, and the ledger is held against it as before.
    verifier(&world, &["sync", "--acknowledge", ORIGIN]).quiet();
    assert_eq!(check_offline(&world, &[]).quiet().column("verdict"), ["genuine"; 12]);
    assert_eq!(line(&sync(&world).quiet()), told(None, 0, Some(3)));
    put(&world, "two-and-more");
    assert_alarm(&world, "ledger_forked", 3, &note(&world, "one"));
    let nobody = verifier(&world, &["sync", "--acknowledge", "another.example"]).expect(64);
    assert!(nobody.err.contains("another.example"), "{nobody:?}");
}

fn rolled_back() {
    let world = World::new();
    world.copy("demo/ledger", "earlier");
    seal(&world, "a");
    world.copy("demo/ledger", "good");
    sync(&world).quiet();
    put(&world, "earlier");
    assert_alarm(&world, "ledger_rolled_back", 3, &note(&world, "good"));
    verifier(&world, &["sync", "--acknowledge", ORIGIN]).quiet();
    verifier(&world, &["sync", "--acknowledge", ORIGIN]).expect(64);
    // A copy in another place knows no more than the memory, and that is enough.
    put(&world, "earlier");
    let elsewhere = verifier(&world, &["sync", "--json", "--copy", "elsewhere"]).expect(2);
    assert_eq!(line(&elsewhere), told(Some("ledger_rolled_back"), 0, None));
    // Who never saw the later state cannot know.
    let mut stranger = world.command("verifier");
    stranger.env("HOME", world.path("another-home")).args(["sync", "--trust", "demo/trust", "--json"]);
    assert_eq!(line(&run(&mut stranger).quiet()), told(None, 2, Some(2)));
}

/// A ledger as `earlier`, and as `one` when it has a statement more.
fn earlier_and_later() -> World {
    let world = World::new().forgetful();
    world.copy("demo/ledger", "earlier");
    seal(&world, "a");
    world.copy("demo/ledger", "one");
    world
}

/// The ledger in a folder, served, and where the trust folder says it is.
fn serve(world: &World, folder: &str) -> Serving {
    let mut command = world.command("anchor");
    let serving = Serving::start(command.args(["serve", "--ledger", folder, "--listen", "127.0.0.1:0"]));
    let serving = serving.unwrap_or_else(|run| panic!("{run:?}"));
    world.write("demo/trust/ledgers", format!("{ORIGIN} http://{}\n", serving.address()));
    serving
}

fn another_history_over_http() {
    // What a checkpoint says: its note may have been cosigned again meanwhile.
    let said = |note: &[u8]| String::from_utf8_lossy(note).lines().take(3).map(str::to_owned).collect::<Vec<_>>();
    for (reason, later) in [("ledger_forked", "two-and-more"), ("ledger_rolled_back", "earlier")] {
        let world = if later == "earlier" { earlier_and_later() } else { two_histories() };
        let honest = serve(&world, "one");
        assert_eq!(line(&sync(&world).quiet()), told(None, 3, Some(3)));
        drop(honest);
        let kept = contents(&world);
        let lying = serve(&world, later);
        let alarm = sync(&world).expect(2);
        assert_eq!(line(&alarm), told(Some(reason), 0, Some(3)));
        let files = alarm.json()[0]["evidence"].as_array().expect("a list").clone();
        let evidence: Vec<_> = files.iter().map(|path| fs::read(path.as_str().expect("text")).expect("kept")).collect();
        let wanted = ["one", later].map(|folder| said(&note(&world, folder)));
        assert_eq!(evidence.iter().map(|note| said(note)).collect::<Vec<_>>(), wanted);
        assert!(contents(&world) == kept, "the copy was touched");
        assert_eq!(world.check(["demo/sealed"]).expect(2).column("reason"), [reason; 12]);
        assert_eq!(check_offline(&world, &[]).expect(2).column("reason"), [reason; 12]);
        drop(lying);
    }
}

fn unreachable() {
    let world = World::new();
    sync(&world).quiet();
    let before = contents(&world);
    fs::rename(world.path("demo/ledger"), world.path("away")).expect("moved");
    let failed = sync(&world).expect(2);
    assert_eq!(line(&failed), told(Some("ledger_unreachable"), 0, Some(2)));
    assert!(failed.err.contains("stays as it was. There is no ledger in"), "{failed:?}");
    assert!(contents(&world) == before, "the copy was touched");
    // One ledger that cannot be reached holds no other up.
    fs::rename(world.path("away"), world.path("demo/ledger")).expect("moved");
    world.run("anchor", ["init", "--dir", "second", "--origin", "another.example"]).quiet();
    let key = fs::read_to_string(world.path("second/policy")).expect("text");
    let key = key.lines().find(|line| line.starts_with("log ")).expect("a key");
    let policy = fs::read_to_string(world.path("demo/trust/policy")).expect("text");
    world.write("demo/trust/policy", format!("{key}\n{policy}"));
    let both = sync(&world).expect(2);
    assert_eq!(both.column("ledger"), ["another.example", ORIGIN]);
    assert_eq!(both.column("reason"), ["ledger_unreachable", ""]);
}

fn damaged_ledger() {
    let world = World::new();
    sync(&world).quiet();
    let before = contents(&world);
    seal(&world, "a");
    alter(&world.path("demo/ledger/ledger.db"), b"type batch");
    let failed = sync(&world).expect(2);
    assert_eq!(line(&failed), told(Some("ledger_damaged"), 0, Some(2)));
    assert!(contents(&world) == before, "the copy was touched");
    assert!(!copy_of(&world).join("evidence").exists(), "damage is no proof of a fork");
}

/// Changes one byte behind the last place where `word` stands.
fn alter(path: &Path, word: &[u8]) {
    let mut bytes = fs::read(path).expect("readable");
    let place = bytes.windows(word.len()).position(|part| part == word).expect("in it");
    bytes[place + word.len() + 10] ^= 1;
    fs::write(path, bytes).expect("written");
}

fn damaged_copy() {
    let world = World::new();
    sync(&world).quiet();
    alter(&copy_of(&world).join("ledger.db"), b"type batch");
    let failed = sync(&world).expect(2);
    assert_eq!(line(&failed), told(Some("ledger_damaged"), 0, Some(2)));
    assert!(failed.err.contains("The copy of “demo.schulsiegel/ledger” on this machine is damaged"), "{failed:?}");
    // For somebody who has replayed none of it before.
    let mut check = world.command("verifier");
    check.env("HOME", world.path("another-home")).args(["check", "--offline", "--json", "--trust", "demo/trust"]);
    check.args(["--copy", "home/.local/state/schulsiegel/copies", "demo/sealed"]);
    assert_eq!(run(&mut check).expect(2).column("reason"), ["ledger_damaged"; 12]);

    let damaged = fs::read(copy_of(&world).join("ledger.db")).expect("readable");
    let anew = verifier(&world, &["sync", "--anew", "--json"]).expect(0);
    assert_eq!(line(&anew), told(None, 2, Some(2)));
    assert_whole(&world, 2);
    let kept = tree(&copy_of(&world).join("evidence"));
    assert!(kept.values().any(|bytes| *bytes == damaged), "the damaged one is kept");
    assert!(anew.err.contains("was damaged and was made anew"), "{anew:?}");
    // One that is sound is not started anew.
    assert_eq!(line(&verifier(&world, &["sync", "--anew", "--json"]).quiet()), told(None, 0, Some(2)));
    assert_eq!(tree(&copy_of(&world).join("evidence")).len(), kept.len());
}

fn wrong_usage() {
    let world = World::new();
    verifier(&world, &["sync", "--acknowledge", ORIGIN]).expect(64);
    verifier(&world, &["sync", "--acknowledge", ORIGIN, "--anew"]).expect(64);
    verifier(&world, &["check", "--offline", "--no-ledger", "demo/sealed"]).expect(64);
    verifier(&world, &["check", "--copy", "x", "demo/sealed"]).expect(64);
    verifier(&world, &["snapshot"]).expect(64);
    verifier(&world, &["snapshot", "--out", "x", "--origin", "another.example"]).expect(64);
    verifier(&world, &["sync", "--from", "nowhere"]).expect(64);
    world.run("verifier", ["sync", "--trust", "nowhere"]).expect(64);
    assert!(!world.path("x").exists());
}

/// A copy of two entries, a ledger of four; both are kept as `copies` and stay as they are.
fn about_to_grow() -> (World, Command) {
    let world = World::new();
    verifier(&world, &["sync", "--copy", "copies"]).quiet();
    seal(&world, "a");
    seal(&world, "b");
    world.copy("copies", "kept");
    let mut command = world.command("verifier");
    command.args(["sync", "--trust", "demo/trust", "--copy", "copies", "--json"]);
    (world, command)
}

fn start_again(world: &World) {
    fs::remove_dir_all(world.path("copies")).expect("removed");
    world.copy("kept", "copies");
}

/// Every step of a sync in the folder of the copies.
fn steps(world: &World, command: &Command) -> Vec<strace::Step> {
    let (run, calls) = strace::trace(command);
    run.expect(0);
    let in_copies = |step: &strace::Step| step.path.contains("copies");
    // Which thread ends a connection differs from run to run, and with it whose n-th call on the log it is.
    let steps = strace::steps(&calls, world.folder()).into_iter().filter(in_copies);
    steps.filter(|step| !step.path.ends_with("-shm")).collect()
}

fn killed() {
    let (world, command) = about_to_grow();
    for first in [true, false] {
        let start = || {
            start_again(&world);
            if first {
                fs::remove_dir_all(world.path("copies")).expect("removed");
            }
        };
        start();
        let steps = steps(&world, &command);
        let mut dead = Vec::new();
        for step in &steps {
            start();
            if disturb(&command, step, Disturbance::Kill).code != Some(0) {
                dead.push(step.to_string());
            }
            assert_usable(&world, &step.to_string());
            let synced = verifier(&world, &["sync", "--copy", "copies", "--json"]).expect(0);
            assert_eq!(synced.json()[0]["size"], json!(4), "{step}");
            let verdicts = check_offline(&world, &["--copy", "copies", "out"]).expect(0);
            assert_eq!(verdicts.column("verdict"), vec!["genuine"; 14], "{step}");
        }
        println!("sync: killed {} times", dead.len());
        // Before the commit, between commit and checkpoint, and after it.
        for wanted in ["write ledger.db-wal #1", "fsync ledger.db-wal #1", "rename checkpoint.new #1"] {
            let is_it = |step: &String| step.replace("pwrite64", "write") == wanted;
            assert!(dead.iter().any(is_it), "{wanted} in {dead:#?}");
        }
    }
}

/// Whatever happened: the copy is missing, or a state that the ledger has signed. Never anything else.
#[track_caller]
fn assert_usable(world: &World, what: &str) {
    let check = check_offline(world, &["--copy", "copies"]);
    let reasons = check.column("reason");
    let expected = [vec![""; 12], vec!["ledger_unreachable"; 12]];
    assert!(expected.iter().any(|expected| reasons == *expected), "{what}: {check:?}");
}

fn failing() {
    let (world, command) = about_to_grow();
    for step in steps(&world, &command) {
        for fault in [Disturbance::Fail("EIO"), Disturbance::FailFromThenOn("ENOSPC")] {
            start_again(&world);
            let disturbed = disturb(&command, &step, fault);
            assert!(matches!(disturbed.code, Some(0 | 2)), "{step}: {disturbed:?}");
            if disturbed.code == Some(2) {
                assert_eq!(disturbed.column("reason"), ["ledger_unreachable"], "{step}: {disturbed:?}");
            }
            assert_eq!(check_offline(&world, &["--copy", "copies"]).expect(0).column("verdict"), ["genuine"; 12]);
            assert_eq!(verifier(&world, &["sync", "--copy", "copies", "--json"]).expect(0).json()[0]["size"], json!(4));
        }
    }
}

fn offline() {
    let world = World::new();
    let synced = sync(&world).quiet();
    fs::remove_dir_all(world.path("demo/ledger")).expect("removed");
    let check = check_offline(&world, &[]).quiet();
    assert_eq!(check.column("verdict"), ["genuine"; 12]);
    assert_eq!(check.column("as_of"), vec![synced.json()[0]["as_of"].as_str().expect("a time"); 12]);
    let altered = verifier(&world, &["check", "--offline", "--json", "demo/altered"]).expect(1);
    assert_eq!(altered.column("verdict"), ["not_genuine"; 4]);
}

fn no_copy() {
    let world = World::new();
    let check = check_offline(&world, &[]).expect(2);
    assert_eq!(check.column("reason"), ["ledger_unreachable"; 12]);
    assert!(check.err.contains("There is no copy of it on this machine. “verifier sync” makes one."), "{check:?}");
    assert!(!world.path("home/.local/state/schulsiegel/copies").exists(), "a check makes no copy");
}

/// A ledger whose state was confirmed five minutes ago.
fn too_old() {
    let world = World::new();
    world.write("demo/trust/max_age", b"1m\n");
    let earlier = Clock::new(|| Timestamp::from_posix(Clock::system().now().posix() - 300).expect("a time"));
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let ledger = SqliteLedger::open(&world.path("demo/ledger"), earlier, None).await.expect("opened");
        ledger.refresh().await.expect("refreshed");
        ledger.close().await;
    });
    // Sync keeps what is there; whether it is too old is for the check to say.
    let as_of = sync(&world).quiet().json()[0]["as_of"].as_str().expect("a time").to_owned();
    let check = check_offline(&world, &[]).expect(2);
    assert_eq!(check.column("reason"), ["state_too_old"; 12]);
    assert_eq!(check.column("as_of"), vec![as_of; 12]);
    let people = verifier(&world, &["check", "--offline", "demo/sealed"]).expect(2).out;
    assert!(people.contains("“verifier sync” fetches") && people.contains("“anchor refresh”"), "{people}");
    world.run("anchor", ["refresh", "--ledger", "demo/ledger"]).quiet();
    assert_eq!(check_offline(&world, &[]).expect(2).column("reason"), ["state_too_old"; 12]);
    assert_eq!(line(&sync(&world).quiet()), told(None, 0, Some(2)));
    assert_eq!(check_offline(&world, &[]).quiet().column("verdict"), ["genuine"; 12]);
}

/// The copy is behind what a check has seen at the ledger: it is older, and nothing is wrong with it.
fn behind() {
    let world = World::new();
    sync(&world).quiet();
    seal(&world, "a");
    assert_eq!(world.check(["demo/sealed", "out"]).quiet().column("verdict"), ["genuine"; 13]);
    assert_eq!(check_offline(&world, &[]).quiet().column("verdict"), ["genuine"; 12]);
    let newer = verifier(&world, &["check", "--offline", "--json", "out"]).expect(2);
    assert_eq!(newer.column("reason"), ["state_behind"]);
}

/// What the copy holds contradicts what a check has seen at the ledger.
fn other_history() {
    let world = two_histories();
    sync(&world).quiet();
    fs::remove_dir_all(world.path("home/.local/state/schulsiegel/checkpoints")).expect("removed");
    // A check that remembers the other history.
    put(&world, "two-and-more");
    assert_eq!(world.check(["demo/sealed"]).quiet().column("verdict"), ["genuine"; 12]);
    // The copy is smaller: only older, as far as anybody can tell.
    assert_eq!(check_offline(&world, &[]).quiet().column("verdict"), ["genuine"; 12]);
    // With the ledger at hand it can be told.
    assert_eq!(line(&sync(&world).expect(2)), told(Some("ledger_forked"), 0, Some(3)));

    let world = two_histories();
    put(&world, "two-and-more");
    sync(&world).quiet();
    fs::remove_dir_all(world.path("home/.local/state/schulsiegel/checkpoints")).expect("removed");
    put(&world, "one");
    world.check(["demo/sealed"]).quiet();
    assert_eq!(check_offline(&world, &[]).expect(2).column("reason"), ["ledger_forked"; 12]);
}

fn carried_over() {
    let world = World::new();
    let written = verifier(&world, &["snapshot", "--out", "all.snapshot"]).quiet();
    assert_eq!(written.out, "2 entries of one ledger written into “all.snapshot”.\n");
    seal(&world, "a");
    verifier(&world, &["snapshot", "--out", "more.snapshot", "--origin", ORIGIN]).quiet();

    // The other machine has the trust folder and nothing of the ledger.
    let there = World::bare();
    for file in ["all.snapshot", "more.snapshot"] {
        fs::copy(world.path(file), there.path(file)).expect("carried");
    }
    for folder in ["demo/trust", "demo/sealed", "out"] {
        for (name, bytes) in tree(&world.path(folder)) {
            there.write(Path::new(folder).join(name), bytes);
        }
    }
    assert_eq!(check_offline(&there, &[]).expect(2).column("reason"), ["ledger_unreachable"; 12]);
    for (file, new, size) in [("all.snapshot", 2, 2), ("more.snapshot", 1, 3), ("more.snapshot", 0, 3)] {
        let taken = verifier(&there, &["sync", "--from", file, "--json"]).quiet();
        assert_eq!(line(&taken), told(None, new, Some(size)));
    }
    assert_whole(&there, 3);
    assert_eq!(check_offline(&there, &["out"]).quiet().column("verdict"), ["genuine"; 13]);
    assert_eq!(fs::read(copy_of(&there).join("checkpoint")).expect("kept"), note(&world, "demo/ledger"));
    // An older one is no alarm.
    let older = verifier(&there, &["sync", "--from", "all.snapshot", "--json"]).expect(0);
    assert_eq!(line(&older), told(None, 0, Some(3)));
    assert!(older.err.contains("was ahead already"), "{older:?}");
}

fn bad_snapshots() {
    let world = two_histories();
    verifier(&world, &["snapshot", "--out", "good"]).quiet();
    let good = fs::read(world.path("good")).expect("written");
    verifier(&world, &["snapshot", "--out", "good"]).expect(64);
    assert_eq!(fs::read(world.path("good")).expect("written"), good);
    let there = |name: &str, bytes: &[u8]| {
        world.write(name, bytes);
        verifier(&world, &["sync", "--copy", "there", "--from", name, "--json"])
    };
    for length in [0, 23, 24, 25, 300, good.len() - 2, good.len() - 1] {
        let cut = there("cut", &good[..length]).expect(2);
        assert!(cut.out.is_empty() && !world.path("there").exists(), "{cut:?}");
    }
    there("longer", &[good.as_slice(), b"\n"].concat()).expect(2);
    assert!(!world.path("there").exists());
    let mut altered = good.clone();
    let place = altered.windows(10).position(|part| part == b"type batch").expect("in it");
    altered[place + 20] ^= 1;
    assert_eq!(line(&there("altered", &altered).expect(2)), told(Some("ledger_damaged"), 0, None));
    // Somebody else's ledger is passed over.
    let mut stranger = world.command("verifier");
    world.run("anchor", ["init", "--dir", "second", "--origin", "another.example"]).quiet();
    world.run("anchor", ["trust", "--out", "second-trust", "--ledger", "second"]).quiet();
    stranger.args(["sync", "--trust", "second-trust", "--from", "good"]);
    let passed = run(&mut stranger).expect(2);
    assert!(
        passed.err.starts_with("The ledger “demo.schulsiegel/ledger” in the file is not trusted here"),
        "{passed:?}"
    );
    // A fork is one, however it arrives.
    assert_eq!(line(&there("good", &good).expect(0)), told(None, 3, Some(3)));
    put(&world, "two-and-more");
    let mut other = world.command("verifier");
    other.env("HOME", world.path("another-home")).args(["snapshot", "--trust", "demo/trust", "--out", "forked"]);
    run(&mut other).quiet();
    let bytes = fs::read(world.path("forked")).expect("written");
    assert_eq!(line(&there("forked", &bytes).expect(2)), told(Some("ledger_forked"), 0, Some(3)));
}

fn snapshot_of_copy() {
    let world = World::new();
    sync(&world).quiet();
    fs::remove_dir_all(world.path("demo/ledger")).expect("removed");
    let written = verifier(&world, &["snapshot", "--out", "file"]).expect(2);
    assert_eq!(written.out, "2 entries of one ledger written into “file”.\n");
    assert!(written.err.contains("The file gets the last known state of"), "{written:?}");
    assert_eq!(
        line(&verifier(&world, &["sync", "--from", "file", "--copy", "there", "--json"]).quiet()),
        told(None, 2, Some(2))
    );
    let refused = verifier(&world, &["snapshot", "--out", "none", "--copy", "nothing"]).expect(2);
    assert!(!world.path("none").exists() && refused.out.is_empty(), "{refused:?}");
}

fn no_snapshot_after_an_alarm() {
    let world = World::new();
    world.copy("demo/ledger", "earlier");
    seal(&world, "a");
    sync(&world).quiet();
    put(&world, "earlier");
    for _ in 0..2 {
        let refused = verifier(&world, &["snapshot", "--out", "none"]).expect(2);
        assert!(refused.err.starts_with("error: ALARM: ") && !world.path("none").exists(), "{refused:?}");
    }
    assert_whole(&world, 3);
}
