// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The issuer is killed at every call that changes a file, and the next run makes everything right.

use std::{fs, process::ExitCode};

use tests::{
    run,
    site::{LATER, ORIGINALS, Phase, Site},
    strace::{self, Step},
    trial::{self, needing},
};

fn main() -> ExitCode {
    let needs = [strace::need()];
    trial::main(vec![
        needing("issue_is_killed_at_every_step", &needs, issue_is_killed_at_every_step),
        needing("resume_is_killed_at_every_step", &needs, || resume_is_killed_at_every_step(&[])),
        needing("resume_is_killed_with_a_file_in_the_way", &needs, || resume_is_killed_with_a_file_in_the_way(&[])),
        needing("resume_detached_is_killed_with_a_file_in_the_way", &needs, || {
            resume_is_killed_with_a_file_in_the_way(&["--detached"]);
        }),
        needing("resume_detached_is_killed_at_every_step", &needs, || resume_is_killed_at_every_step(&["--detached"])),
    ])
}

/// After each kill `resume` puts things right, and so does the same command given again with one more file.
fn issue_is_killed_at_every_step() {
    let site = Site::new(&[]);
    let mut points: Vec<(Phase, Step)> = Vec::new();
    for step in site.steps(&site.issue()) {
        // Temporary names are made of random ids: they are known in advance only where a batch is finished, see below.
        if step.path.contains(".part") {
            continue;
        }
        site.kill("start", &site.issue(), &step);
        let phase = site.phase();
        site.keep("killed");

        run(&mut site.resume()).expect(0);
        let committed = phase != Phase::Uncommitted;
        site.assert_in_order(if committed { &ORIGINALS } else { &[] }, u64::from(committed));

        site.bring_back("killed");
        run(&mut site.issue_of(&["in", LATER])).expect(0);
        site.assert_in_order(&[&ORIGINALS[..], &[LATER]].concat(), if committed { 2 } else { 1 });
        points.push((phase, step));
    }

    let at = |phase| points.iter().filter(move |(of, _)| *of == phase);
    let count = |phase| at(phase).count();
    let [before, between, after] = [Phase::Uncommitted, Phase::Committed, Phase::Published].map(count);
    println!("issue: killed {before} times before the commit, {between} before publication, {after} after");
    let between: Vec<_> = at(Phase::Committed).map(|(_, step)| step.to_string()).collect();
    assert_eq!(
        between,
        [
            "fsync ledger.db-wal #2",
            "openat checkpoint.new #1",
            "write checkpoint.new #1",
            "fsync checkpoint.new #1",
            "rename checkpoint.new #1"
        ]
    );
    assert!(points.len() >= 50, "{} points", points.len());
}

/// A batch is committed and not published when the first run dies; then the run that finishes it dies, at every step.
fn resume_is_killed_at_every_step(options: &'static [&'static str]) {
    let site = committed(options);
    let steps = site.steps(&site.resume());
    for step in &steps {
        site.kill("committed", &site.resume(), step);
        run(&mut site.resume()).expect(0);
        site.assert_in_order(&ORIGINALS, 1);
    }
    println!("resume {options:?}: killed {} times", steps.len());
    let parts = steps.iter().filter(|step| step.call == "write" && step.path.contains(".part")).count();
    assert_eq!(parts, if options.is_empty() { 3 } else { 6 }, "every copy is written under a temporary name");
}

/// The same, when somebody has put a file where a copy was to go: it stays, and the copy is there once all the same.
fn resume_is_killed_with_a_file_in_the_way(options: &'static [&'static str]) {
    let site = committed(options);
    let stranger = site.world().write("out/a.pdf", "a stranger's");
    site.keep("in the way");
    let steps = site.steps(&site.resume());
    for step in steps.iter().skip_while(|step| !step.path.contains(".part")) {
        site.kill("in the way", &site.resume(), step);
        run(&mut site.resume()).expect(0);
        assert_eq!(fs::read(&stranger).expect("readable"), b"a stranger's");
        fs::remove_file(&stranger).expect("removed");
        site.assert_in_order(&["a (2).pdf", "b.pdf", "deep/c.pdf"], 1);
    }
}

/// A site where a run was killed between commit and publication, kept as `committed`.
fn committed(options: &'static [&'static str]) -> Site {
    let site = Site::new(options);
    let publication = Step { call: "rename".into(), path: "demo/trust/../ledger/checkpoint.new".into(), nth: 1 };
    site.kill("start", &site.issue(), &publication);
    assert_eq!(site.phase(), Phase::Committed);
    site.keep("committed");
    site
}
