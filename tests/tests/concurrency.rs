// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Several programs at once on one register, one ledger and one folder.

use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};

use tests::{
    World, run,
    site::{ORIGINALS, Site},
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

#[test]
fn two_schools_on_one_ledger() {
    let site = Site::new(&[]);
    let world = site.world();
    let other = ["--config", "demo/other/issuer.toml"];
    let school =
        ["--name", "Waldschule", "--number", "4711", "--place", "Fulda", "--state", "06", "--trust", "../trust"];
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
