// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A shorter year with the ledger in a database and two services over it, on three machines: one service is cut off
//! with the lock in its hand, one dies, and the database is out of reach for a while.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use serde_json::json;
use tests::hosts::Host;

use super::{
    land::{
        GOETHE, Land, ORIGIN, SCHILLER, accept_colleague, alarms, assert_known, assert_sealed, issue, issue_line,
        issuer, make,
    },
    year::{
        accredited_by_address, accredited_offline, copies_of_the_university, one_school_two_registers,
        three_seal_at_once, wait_for_statement, withdrawn_and_replaced,
    },
};

/// How soon the other service must answer a statement.
const TAKES_OVER_WITHIN: Duration = Duration::from_secs(5);

/// The service that something happens to; the school and the administrator who send to it by the address that they have.
const VICTIM: usize = 1;

pub(crate) fn year_of_two_services() {
    let mut land = Land::on_database();
    accredited_offline(&mut land);
    accredited_by_address(&mut land);
    three_seal_at_once(&mut land);
    one_school_two_registers(&mut land);
    copies_of_the_university(&mut land);
    withdrawn_and_replaced(&mut land);
    cut_off_in_the_middle(&mut land);
    killed_in_the_middle(&mut land);
    database_out_of_reach(&mut land);
    the_end(land);
}

/// A colleague who has the other service seals, as fast as must be.
#[track_caller]
fn colleague_seals(land: &mut Land, folder: &str, seed: u32) -> Duration {
    make(&land.colleague, folder, seed);
    let begun = Instant::now();
    let sealed = issue(&land.colleague, folder);
    let took = begun.elapsed();
    assert_sealed(sealed);
    assert!(took < TAKES_OVER_WITHIN, "{took:?}");
    land.said(&[(GOETHE, "batch")]);
    let colleague = land.colleague.clone();
    land.apply(&colleague, &format!("sealed/{folder}"));
    took
}

/// A service is given the lock in the moment when nothing gets to it any more.
fn cut_off_in_the_middle(land: &mut Land) {
    let schiller = land.schiller.clone();
    make(&schiller, "second", 20);
    let held = land.ledger.hold();
    let hanging = schiller.run_beside("issuer", &issue_line("second"));
    wait_for_statement(&schiller);
    land.ledger.services[VICTIM].host.cut_off();
    drop(held);
    let took = colleague_seals(land, "second", 21);
    assert!(took > Duration::from_secs(1), "nobody had the lock: {took:?}");
    land.ledger.services[VICTIM].host.let_through();

    // The service finds out that it no longer has the lock, and says so, or that nobody knows.
    let told = hanging.join().expect("it runs");
    assert!(matches!(told.code, Some(1 | 2)), "{told:?}");
    land.said(&[]);
    assert_sealed_by_now(&schiller, "second");
    land.said(&[(SCHILLER, "batch")]);
    assert_eq!(alarms(&schiller), []);
    land.apply(&schiller, "sealed/second");
    land.assert_worth("");
}

/// The same command once more seals what is not sealed yet, or finishes what an earlier run began.
#[track_caller]
fn assert_sealed_by_now(school: &Host, folder: &str) {
    let run = issue(school, folder);
    if run.column("reason").contains(&"already_sealed".to_owned()) { assert_known(run) } else { assert_sealed(run) }
}

/// A service dies with a statement in its hand, and the school goes to the other one with it.
fn killed_in_the_middle(land: &mut Land) {
    let goethe = land.goethe.clone();
    make(&goethe, "third", 22);
    let held = land.ledger.hold();
    let hanging = goethe.run_beside("issuer", &issue_line("third"));
    wait_for_statement(&goethe);
    land.ledger.services[VICTIM].kill();
    drop(held);
    colleague_seals(land, "third", 23);
    let told = hanging.join().expect("it runs").expect(2);
    assert!(told.err.contains("It is not known"), "{told:?}");
    assert_eq!(issue(&goethe, "third").expect(1).out, "", "its service is away");

    let ledgers = goethe.path("trust/ledgers");
    let before = fs::read(&ledgers).expect("text");
    fs::write(&ledgers, format!("{ORIGIN} {}\n", land.ledger.url(VICTIM + 1))).expect("written");
    // The colleague has taken the place that this one was signed for: it can never be taken in, and is signed anew.
    let again = issue(&goethe, "third");
    assert_eq!(again.err, "From an earlier run: 4 certificates did not get to the ledger and are dropped.\n");
    assert_sealed(again);
    land.said(&[(GOETHE, "batch")]);
    land.ledger.services[VICTIM].start();
    fs::write(&ledgers, before).expect("written");
    land.apply(&goethe, "sealed/third");
    land.assert_worth("");
}

/// The database cannot be reached for a few seconds. Whoever asks waits, and then gets their answer.
fn database_out_of_reach(land: &mut Land) {
    let (goethe, colleague) = (land.goethe.clone(), land.colleague.clone());
    make(&goethe, "fourth", 24);
    make(&colleague, "fourth", 25);
    let database = land.database.clone().expect("there is one");
    database.cut_off();
    let runs = [&goethe, &colleague].map(|school| school.run_beside("issuer", &issue_line("fourth")));
    thread::sleep(Duration::from_secs(3));
    assert!(runs.iter().all(|run| !run.is_finished()), "nobody can know anything");
    database.let_through();
    for run in runs {
        assert_sealed(run.join().expect("it runs"));
    }
    land.said(&[(GOETHE, "batch"), (GOETHE, "batch")]);
    for school in [&goethe, &colleague] {
        land.apply(school, "sealed/fourth");
    }
}

/// Everybody looks once more, by either service and by a copy, and so does who keeps the database.
fn the_end(mut land: Land) {
    [&land.goethe, &land.colleague].into_iter().for_each(accept_colleague);
    for school in [&land.goethe, &land.colleague, &land.schiller] {
        assert_eq!(issuer(school, "resume").quiet().out, "Nothing is open.\n");
        assert_eq!(alarms(school), []);
    }
    land.assert_worth("");
    land.sync();
    land.university.unplug();
    let lines = land.assert_worth("--offline");
    assert!(lines.iter().all(|line| line["tree_size"] == json!(land.size())), "{lines:#?}");
    land.ledger.stop();
    let fsck = land.ledger.fsck();
    assert_eq!((&fsck["clean"], &fsck["findings"], &fsck["uncounted"]), (&json!(true), &json!([]), &json!([])));
    assert_eq!(fsck["entries"], json!(land.size()));
    land.assert_apart();
}
