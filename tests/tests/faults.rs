// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Each call that changes a file fails once, or from then on: the program says honestly what came of it, and the next
//! run makes everything right.

use std::{
    fs::File,
    process::{Command, ExitCode, Stdio},
};

use tests::{
    faults::{Exits, FAULTS, assert_honest},
    run,
    site::{ORIGINALS, Phase, Site},
    strace::{self, Disturbance::Fail, Step, disturb},
    trial::{self, needing, trial},
};

fn main() -> ExitCode {
    let needs = [strace::need()];
    trial::main(vec![
        needing("each_write_of_issue_fails", &needs, each_write_of_issue_fails),
        needing("each_write_of_resume_fails", &needs, || each_write_of_resume_fails(&[])),
        needing("each_write_of_resume_detached_fails", &needs, || each_write_of_resume_fails(&["--detached"])),
        needing("each_write_of_submit_fails", &needs, each_write_of_submit_fails),
        needing("each_write_of_refresh_fails", &needs, each_write_of_refresh_fails),
        needing("what_was_not_made_durable_is_not_published", &needs, what_was_not_made_durable_is_not_published),
        trial("the_answer_cannot_be_written", the_answer_cannot_be_written),
    ])
}

fn each_write_of_issue_fails() {
    let site = Site::new(&[]);
    let mut exits = Exits::default();
    for step in site.steps(&site.issue()).iter().filter(|step| !step.path.contains(".part")) {
        for fault in FAULTS {
            site.bring_back("start");
            let failed = disturb(&site.issue(), step, fault);
            let phase = site.phase();
            assert_honest(&failed, step, fault);
            match failed.code {
                // Whoever reads "sealed" will not look again.
                Some(0) => assert_eq!((phase, site.world().names("out").len()), (Phase::Published, 3), "{step}"),
                Some(2) => {}
                _ => assert_eq!(phase, Phase::Uncommitted, "refused after the commit: {step} {fault:?} {failed:#?}"),
            }
            exits.count(&failed);
            run(&mut site.resume()).expect(0);
            let committed = phase != Phase::Uncommitted;
            site.assert_in_order(if committed { &ORIGINALS } else { &[] }, u64::from(committed));
        }
    }
    println!("issue: {exits:?}");
    exits.assert_each(50);
}

/// A batch is committed and not published when a run dies; the one that finishes it meets the faults.
fn each_write_of_resume_fails(options: &'static [&'static str]) {
    let site = Site::new(options);
    let publication = Step { call: "rename".into(), path: "demo/trust/../ledger/checkpoint.new".into(), nth: 1 };
    site.kill("start", &site.issue(), &publication);
    site.keep("committed");
    let mut exits = Exits::default();
    for step in &site.steps(&site.resume()) {
        for fault in FAULTS {
            site.bring_back("committed");
            let failed = disturb(&site.resume(), step, fault);
            assert_honest(&failed, step, fault);
            if failed.code == Some(0) {
                assert_eq!(site.phase(), Phase::Published, "{step}");
            }
            exits.count(&failed);
            run(&mut site.resume()).expect(0);
            site.assert_in_order(&ORIGINALS, 1);
        }
    }
    println!("resume {options:?}: {exits:?}");
    exits.assert_each(50);
}

fn each_write_of_submit_fails() {
    let site = Site::new(&[]);
    let world = site.world();
    let accredit =
        ["accredit", "demo/request.note", "--authority", "demo/ministry", "--yes", "--out", "demo/again.note"];
    world.run("anchor", accredit).expect(0);
    run(&mut site.resume()).expect(0);
    site.keep("start");
    let submit = || anchor(&site, &["submit", "demo/again.note", "--ledger", "demo/ledger"]);
    let mut exits = Exits::default();
    for step in &site.steps(&submit()) {
        for fault in FAULTS {
            site.bring_back("start");
            let failed = disturb(&submit(), step, fault);
            assert_honest(&failed, step, fault);
            match (failed.code, site.phase()) {
                (Some(0), Phase::Published) | (Some(1), Phase::Uncommitted) | (Some(2), _) => {}
                (_, phase) => panic!("{phase:?} after {step} {fault:?}: {failed:#?}"),
            }
            exits.count(&failed);
            run(&mut submit()).expect(0);
            site.assert_in_order(&[], 1);
        }
    }
    println!("submit: {exits:?}");
    exits.assert_each(20);
}

fn each_write_of_refresh_fails() {
    let site = Site::new(&[]);
    run(&mut site.resume()).expect(0);
    site.keep("start");
    let refresh = || anchor(&site, &["refresh", "--ledger", "demo/ledger"]);
    let mut exits = Exits::default();
    for step in &site.steps(&refresh()) {
        for fault in FAULTS {
            site.bring_back("start");
            let failed = disturb(&refresh(), step, fault);
            assert_honest(&failed, step, fault);
            assert_eq!(site.phase(), Phase::Uncommitted, "a refresh adds nothing");
            exits.count(&failed);
            run(&mut refresh()).expect(0);
            site.assert_in_order(&[], 0);
        }
    }
    println!("refresh: {exits:?}");
    exits.assert_each(5);
}

fn anchor(site: &Site, arguments: &[&str]) -> Command {
    let mut command = site.world().command("anchor");
    command.args(arguments);
    command
}

/// The commit of the ledger is written, but the disk does not take it: nobody is told that it is there, and the run that
/// finds it writes it anew before it publishes it.
fn what_was_not_made_durable_is_not_published() {
    let site = Site::new(&[]);
    let log = site.world().path("demo/ledger/ledger.db-wal").to_string_lossy().into_owned();
    let commit = Step { call: "fsync".into(), path: log, nth: 2 };
    let failed = disturb(&site.issue(), &commit, Fail("EIO")).expect(2);
    assert!(
        failed.err.starts_with("error: It is not known whether the ledger has taken the certificates in."),
        "{failed:#?}"
    );
    assert!(site.checkpoint_is_kept("start"));
    assert_eq!(site.world().names("out"), [""; 0]);

    // The same trace is left by a kill before the call; a failed one may leave none.
    site.kill("start", &site.issue(), &commit);
    assert_eq!(site.phase(), Phase::Committed);
    let (resumed, calls) = strace::trace(&site.resume());
    resumed.expect(0);
    let published =
        calls.iter().find(|call| call.name == "rename" && call.is_on("/checkpoint.new")).expect("published");
    let last = |name: &str| {
        let mut before = calls.iter().filter(|call| call.ended < published.begun && call.succeeded());
        before.rfind(|call| call.name == name && call.is_on("/ledger.db")).expect("done before it is published")
    };
    assert!(last("pwrite64").ended < last("fsync").begun);
    site.assert_in_order(&ORIGINALS, 1);
}

/// Everything is sealed, but whoever asked cannot read that.
fn the_answer_cannot_be_written() {
    let site = Site::new(&[]);
    let full = File::options().write(true).open("/dev/full").expect("a full disk");
    let output = site.issue().stdin(Stdio::null()).stdout(full).stderr(Stdio::piped()).output().expect("started");
    assert_eq!(output.status.code(), Some(2), "{output:#?}");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr).lines().next(),
        Some("error: The output cannot be written: the disk is full")
    );
    site.assert_in_order(&ORIGINALS, 1);
}
