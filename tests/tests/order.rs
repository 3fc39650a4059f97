// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What must be on the disk before what: proven from the log of the system's calls.

use std::process::ExitCode;

use tests::{
    site::{ORIGINALS, Site},
    strace::{self, Call},
    trial::{self, needing},
};

fn main() -> ExitCode {
    let needs = [strace::need()];
    trial::main(vec![
        needing("issue_keeps_the_order", &needs, || issue_keeps_the_order(&[], 3)),
        needing("issue_detached_keeps_the_order", &needs, || issue_keeps_the_order(&["--detached"], 6)),
    ])
}

fn issue_keeps_the_order(options: &'static [&'static str], files: usize) {
    let site = Site::new(options);
    let (run, calls) = strace::trace(&site.issue());
    run.quiet();
    let log = Log(&calls);
    let register = |call: &&Call| call.is_on("/register.db-wal");
    let ledger = |call: &&Call| call.is_on("/ledger.db-wal");

    // Stage before commit: salts and places are on the disk before the ledger hears of the batch.
    let appended: Vec<_> = log.all("pwrite64", ledger);
    let staged = log.last("pwrite64", |call| register(call) && call.ended < appended[0].begun);
    log.some_between("fsync", staged, appended[0], register);

    // Commit before publication, and the checkpoint appears whole.
    let drafted = log.only("openat", |call| call.is_on("/checkpoint.new"));
    let written = log.only("write", |call| call.is_on("/checkpoint.new"));
    let durable = log.only("fsync", |call| call.is_on("/checkpoint.new"));
    let published = log.only("rename", |call| call.is_on("/checkpoint"));
    let committed = log.last("pwrite64", |call| ledger(call) && call.ended < drafted.begun);
    log.some_between("fsync", committed, drafted, ledger);
    for (earlier, later) in [(drafted, written), (written, durable), (durable, published)] {
        assert!(earlier.ended < later.begun, "{earlier:?}\n{later:?}");
    }
    assert_eq!(log.all("pwrite64", |call| ledger(call) && call.begun > drafted.begun), Vec::<&Call>::new());

    // Publication before the first copy.
    let is_part = |call: &&Call| call.paths[0].contains(".part");
    let copies = log.all("write", is_part);
    assert_eq!(copies.len(), files);
    let made = log.all("openat", is_part);
    assert!(made.iter().all(|call| published.ended < call.begun), "a copy before publication");

    // All copies before the sync, the sync before any name.
    let synced = log.last("syncfs", |call| call.is_on("/out"));
    let named = log.all("renameat2", is_part);
    assert_eq!(named.len(), files);
    assert!(copies.iter().all(|copy| copy.ended < synced.begun), "written after the sync");
    assert!(named.iter().all(|name| synced.ended < name.begun), "named before the sync returned");
    let last_named = named[files - 1];

    // The folders before the register says that the batch is done, and that before anybody is told.
    let done = log.all("pwrite64", |call| register(call) && call.begun > last_named.begun)[0];
    for folder in ["/out", "/out/deep"] {
        log.some_between("fsync", last_named, done, |call| call.is_on(folder));
    }
    let told = log.last("write", |call| call.is_on("]"));
    let done = log.last("pwrite64", register);
    log.some_between("fsync", done, told, register);

    let changes = calls.iter().filter(|call| call.creates || call.name != "openat");
    let is_original = |path: &String| path.starts_with("in/") || path.contains("/in/");
    assert!(!changes.flat_map(|call| &call.paths).any(is_original), "originals are only read");
    site.assert_in_order(&ORIGINALS, 1);
}

/// The calls of a run that did what they should.
struct Log<'a>(&'a [Call]);

impl<'a> Log<'a> {
    fn all(&self, name: &str, is: impl Fn(&&'a Call) -> bool) -> Vec<&'a Call> {
        self.0
            .iter()
            .filter(|call| call.name == name && !call.paths.is_empty() && call.succeeded() && is(call))
            .collect()
    }

    #[track_caller]
    fn only(&self, name: &str, is: impl Fn(&&'a Call) -> bool) -> &'a Call {
        let all = self.all(name, is);
        assert_eq!(all.len(), 1, "{name}: {all:#?}");
        all[0]
    }

    #[track_caller]
    fn last(&self, name: &str, is: impl Fn(&&'a Call) -> bool) -> &'a Call {
        self.all(name, is).pop().unwrap_or_else(|| panic!("no such {name}"))
    }

    /// A call began after the first had returned, and returned before the second began.
    #[track_caller]
    fn some_between(&self, name: &str, first: &Call, second: &Call, is: impl Fn(&&'a Call) -> bool) {
        let between = self.all(name, |call| is(call) && first.ended < call.begun && call.ended < second.begun);
        assert!(!between.is_empty(), "no {name} between\n{first:?}\n{second:?}");
    }
}
