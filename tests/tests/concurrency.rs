// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Several programs at once on one register, one ledger and one folder.

use std::{
    fs,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tests::{
    World, run,
    site::{LATER, ORIGINALS, Site},
};

#[test]
fn two_runs_of_one_school() {
    let site = Site::new(&[]);
    for _ in 0..5 {
        site.bring_back("start");
        all_succeed(["in/a.pdf", "in/b.pdf", "in/deep/c.pdf"].map(|path| site.issue_of(&[path])));
        site.assert_in_order(&["a.pdf", "b.pdf", "c.pdf"], 3);
        // The school has sealed once before, in the demo.
        assert_eq!(sequence(site.world(), "schule/"), [0, 1, 2, 3]);
    }
}

/// Whoever comes second has nothing left to do, and says so.
#[test]
fn two_runs_with_the_same_files() {
    let site = Site::new(&[]);
    let outputs = all_succeed([site.issue(), site.issue()]);
    let mut answers =
        outputs.map(|output| (output.matches(r#""sealed""#).count(), output.matches(r#""skipped""#).count()));
    answers.sort_unstable();
    assert_eq!(answers, [(0, 3), (3, 0)]);
    site.assert_in_order(&ORIGINALS, 1);
}

/// One register: withdrawing, changing the key and sealing wait for each other.
#[test]
fn two_runs_that_do_different_things() {
    let site = Site::new(&[]);
    let world = site.world();
    run(&mut site.issue()).expect(0);
    site.keep("sealed");
    let issuer = |arguments: &[&str]| {
        let mut command = world.command("issuer");
        command.args(["--config", "demo/issuer.toml"]).args(arguments);
        command
    };
    for _ in 0..3 {
        site.bring_back("sealed");
        all_succeed([
            site.issue_of(&[LATER]),
            issuer(&["revoke", "out/a.pdf", "--reason", "other"]),
            issuer(&["revoke", "out/b.pdf", "--reason", "other"]),
        ]);
        let verdicts = world.check(["out/a.pdf", "out/b.pdf", "out/deep/c.pdf", "out/later.pdf"]);
        assert_eq!(verdicts.column("verdict"), ["revoked", "revoked", "genuine", "genuine"]);
        assert_eq!(sequence(world, "schule/"), [0, 1, 2, 3, 4]);
        let status = run(&mut issuer(&["status", "--json"])).json();
        assert_eq!(
            status[0]["alarms"].as_array().map(Vec::len),
            Some(1),
            "the batch of the demo, whose register is gone"
        );
    }
}

/// Two registers and one key: who comes second continues the chain of who was first.
#[test]
fn two_administrators_with_registers_of_their_own() {
    let site = Site::new(&[]);
    let world = site.world();
    run(&mut site.issue()).expect(0);
    world.copy("demo", "colleague");
    fs::remove_file(world.path("colleague/register.db")).expect("removed");
    let config = fs::read_to_string(world.path("colleague/issuer.toml")).expect("text");
    world.write("colleague/issuer.toml", config.replace("trust = \"trust\"", "trust = \"../demo/trust\""));
    let issuer = |config: &str, arguments: &[&str]| {
        let mut command = world.command("issuer");
        command.args(["--config", config]).args(arguments);
        command
    };
    let (ours, theirs) = ("demo/issuer.toml", "colleague/issuer.toml");
    let before = sequence(world, "schule/").len();
    for round in 0..3 {
        let out = format!("theirs/{round}");
        let file = ["out/a.pdf", "out/b.pdf", "out/deep/c.pdf"][round];
        all_succeed([
            issuer(theirs, &["issue", LATER, "--out", &out, "--kind", "abitur", "--again"]),
            issuer(ours, &["revoke", file, "--reason", "other"]),
        ]);
        assert_eq!(world.check([&out]).expect(0).column("verdict"), ["genuine"]);
        assert_eq!(world.check([file]).expect(1).column("verdict"), ["revoked"]);
    }
    let sequence = sequence(world, "schule/");
    assert_eq!(sequence, (0..before as u64 + 6).collect::<Vec<_>>());
    // What the one did is news to the other.
    let news = |config| run(&mut issuer(config, &["status", "--json"])).json()[0]["alarms"].as_array().map(Vec::len);
    assert_eq!(news(ours), Some(3 + 1), "and the batch of the demo, whose register is gone");
    assert_eq!(news(theirs), Some(3 + before));
}

#[test]
fn two_schools_on_one_ledger() {
    let site = Site::new(&[]);
    let world = site.world();
    let other = ["--config", "demo/other/issuer.toml"];
    let school = [
        "--name",
        "Waldschule",
        "--number",
        "4711",
        "--place",
        "Fulda",
        "--state",
        "06",
        "--trust",
        "../trust",
        "--no-passphrase",
    ];
    world.run("issuer", [&other[..], &["init"], &school].concat()).expect(0);
    let accredit = ["--authority", "demo/ministry", "--yes", "--out", "other.note"];
    world.run("anchor", [&["accredit", "demo/other/request.note"][..], &accredit].concat()).expect(0);
    world.run("anchor", ["submit", "other.note", "--ledger", "demo/ledger"]).expect(0);
    site.keep("accredited");

    for _ in 0..5 {
        site.bring_back("accredited");
        let mut second = world.command("issuer");
        second.args(other).args(["issue", "in/b.pdf", "--out", "out/other", "--kind", "abitur"]);
        all_succeed([site.issue_of(&["in/a.pdf"]), second]);
        let verdicts = world.check(["out"]).expect(0);
        assert_eq!(verdicts.column("verdict"), ["genuine", "genuine"]);
        assert_eq!(sequence(world, "schule/06/4711"), [0]);
        assert_eq!(
            world.run("anchor", ["fsck", "--ledger", "demo/ledger", "--json"]).expect(0).json()[0]["entries"],
            5
        );
    }
}

#[test]
fn checking_while_sealing() {
    for options in [&[][..], &["--detached"]] {
        let world = World::new();
        world.run("samples", ["make", "--out", "in", "--count", "150", "--kind", "abitur", "--seed", "5"]).expect(0);
        std::fs::create_dir(world.path("out")).expect("made");
        let mut issue = world.command("issuer");
        issue.args(["--config", "demo/issuer.toml", "issue", "in", "--out", "out", "--kind", "abitur"]).args(options);
        let mut issuer = issue.stdout(Stdio::null()).spawn().expect("started");
        let mut rounds = 0;
        let status = loop {
            let checked = world.check(["out"]);
            // While nothing is there yet, that is what the code says; a finished file is genuine at once.
            let verdicts = checked.column("verdict");
            assert_eq!(verdicts, vec!["genuine"; verdicts.len()], "{:?}", checked.err);
            assert_eq!(checked.code, Some(if verdicts.is_empty() { 2 } else { 0 }), "{:?}", checked.err);
            rounds += 1;
            if let Some(status) = issuer.try_wait().expect("a child") {
                break status;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        assert!(status.success());
        assert!(rounds > 3, "{rounds} rounds are no test");
        assert_eq!(world.check(["out"]).expect(0).column("verdict"), vec!["genuine"; 150]);
    }
}

/// Runs programs at once; gives what they print.
#[track_caller]
fn all_succeed<const N: usize>(commands: [Command; N]) -> [String; N] {
    let start = |mut command: Command| -> Child {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started")
    };
    commands.map(start).map(|child| {
        let output = child.wait_with_output().expect("ended");
        assert_eq!(output.status.code(), Some(0), "{output:#?}");
        String::from_utf8(output.stdout).expect("text")
    })
}

/// The numbers in the chain of a school, in the ledger's order.
#[track_caller]
fn sequence(world: &World, school: &str) -> Vec<u64> {
    let log = run(world.command("anchor").args(["log", "--ledger", "demo/ledger", "--json"])).expect(0).json();
    let of_school = log.iter().filter(|line| line["issuer"].as_str().is_some_and(|name| name.starts_with(school)));
    of_school.map(|line| line["seq"].as_u64().expect("a number")).collect()
}
