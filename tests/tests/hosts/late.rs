// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Statements that wait in a service when nobody waits for them any more.

use std::{thread, time::Duration};

use tests::hosts::Running;

use super::{
    land::{GOETHE, Land, MINISTRY, alarms, assert_known, assert_sealed, issue, issue_line, issuer},
    year::{accredited_offline, wait_for_statement},
};

/// The power goes at a school while its statement waits, and is back before the service writes: it is written once.
pub(crate) fn written_once() {
    let mut land = Land::new();
    accredited_offline(&mut land);
    let held = land.ledger.hold();
    let first = Running::start(&mut land.goethe.command("issuer", &issue_line("first")));
    wait_for_statement(&land.goethe);
    drop(first);
    let again = land.goethe.run_beside("issuer", &issue_line("first"));
    // Whether it is sent by then or not, it must come to the same.
    thread::sleep(Duration::from_secs(1));
    drop(held);
    assert_known(again.join().expect("it runs"));
    land.said(&[(GOETHE, "batch")]);
    assert_eq!(alarms(&land.goethe), []);
}

/// The service dies before it writes, and meanwhile the school may no longer say what it said: nothing came of it.
pub(crate) fn refused_when_sent_again() {
    let mut land = Land::new();
    accredited_offline(&mut land);
    let held = land.ledger.hold();
    let first = land.goethe.run_beside("issuer", &issue_line("first"));
    wait_for_statement(&land.goethe);
    land.ledger.kill();
    drop(held);
    first.join().expect("it runs").expect(2);

    land.ledger.start();
    land.ministry.plug_in();
    land.authority(&format!("suspend {GOETHE} --reason inquiry")).quiet();
    let dropped = issuer(&land.goethe, "resume").expect(0);
    assert_eq!(dropped.err, "From an earlier run: 4 certificates did not get to the ledger and are dropped.\n");
    land.said(&[(MINISTRY, "suspend")]);
    assert_eq!(alarms(&land.goethe), [("suspended".to_owned(), None)]);
    land.authority(&format!("resume {GOETHE} --reason cleared-up")).quiet();
    assert_sealed(issue(&land.goethe, "first"));
    land.said(&[(MINISTRY, "resume"), (GOETHE, "batch")]);
    assert_eq!(alarms(&land.goethe), []);
}
