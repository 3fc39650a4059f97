// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What happens to an embedded ledger whose files are not what they were: backups, forks, damage, crashes, keys.

mod common;

use std::{fs, io};

use anchor::{
    conformance::{
        block_on,
        cast::{NOW, Speaker, accredit, accreditation, at, batch, land, origin},
    },
    follow::{FollowError, Followed},
    fsck::Finding,
    keys::PrivateKeyError,
    ledger::{Append as _, AppendError, Keep as _, Ledger as _, ReadError},
    memory::Memory,
    sqlite::{self, SqliteLedger, SqliteReader},
    store::OpenError,
    trust::Pins,
};
use common::{Home, clock, copy_files, names};
use proof::{
    authority::{Authorities, AuthorityFault},
    replica::ReplicaError,
    statement::LedgerEntry,
    tree::TreeSize,
    verdict::Reason,
};
use sqlx::{ConnectOptions as _, Executor as _, sqlite::SqliteConnectOptions};

fn sql(home: &Home, statement: &'static str) -> Result<u64, String> {
    block_on(async {
        let options = SqliteConnectOptions::new().filename(home.file("ledger.db"));
        let mut connection = options.connect().await.expect("a database");
        let done = connection.execute(statement).await;
        sqlx::Connection::close(connection).await.expect("closed");
        done.map(|done| done.rows_affected()).map_err(|error| error.to_string())
    })
}

/// Why a ledger does not open to write.
fn fault(home: &Home) -> OpenError {
    match block_on(home.open()) {
        Ok(_) => panic!("the ledger opens"),
        Err(error) => error,
    }
}

/// What `fsck` finds, in codes.
fn findings(home: &Home) -> Vec<&'static str> {
    let report = block_on(sqlite::fsck(&home.path(), at(NOW), None)).expect("a report");
    report.findings.iter().map(Finding::code).collect()
}

fn follow(home: &Home) -> Result<Followed, FollowError> {
    block_on(async {
        let Pins { policy, authorities } = Pins::load(&home.path()).expect("pins");
        Followed::read(&SqliteReader::open(&home.path()).await?, &policy, &authorities, at(NOW), None).await
    })
}

#[test]
fn the_database_itself_refuses_to_forget() {
    let home = Home::with(3);
    let cases = [
        ("UPDATE entry SET bytes = x'00' WHERE position = 1", "a ledger only grows"),
        ("UPDATE entry SET position = 3 WHERE position = 2", "a ledger only grows"),
        ("DELETE FROM entry WHERE position = 2", "a ledger only grows"),
        ("DELETE FROM entry", "a ledger only grows"),
        ("INSERT INTO entry VALUES (4, x'00')", "a ledger has no gaps"),
        ("INSERT INTO entry VALUES (-1, x'00')", "a ledger has no gaps"),
        ("INSERT OR REPLACE INTO entry VALUES (2, x'00')", "a ledger has no gaps"),
        ("UPDATE ledger SET origin = 'other.example'", "a ledger keeps its name"),
        ("DELETE FROM ledger", "a ledger keeps its name"),
    ];
    for (statement, message) in cases {
        let refused = sql(&home, statement).expect_err(statement);
        assert!(refused.contains(message), "{statement}: {refused}");
    }
    assert_eq!(findings(&home), Vec::<&str>::new());
}

#[test]
fn an_older_backup_is_refused() {
    let mut home = Home::with(3);
    let older = home.copy();
    home.grow(3, 2);
    fs::copy(older.file("ledger.db"), home.file("ledger.db")).expect("restored");
    let before = fs::read(home.file("checkpoint")).expect("readable");
    assert!(matches!(fault(&home), OpenError::RolledBack { got: 3, wanted: 5 }));
    assert_eq!(findings(&home), ["rolled_back"]);
    let error = follow(&home).expect_err("not believed");
    assert!(matches!(error, FollowError::Replica(ReplicaError::Missing { got: 3, wanted: 5 })), "{error}");
    assert_eq!(error.reason(), Reason::LedgerRolledBack);
    assert_eq!(fs::read(home.file("checkpoint")).expect("readable"), before);
}

#[test]
fn a_folder_restored_as_a_whole_is_refused_to_whoever_saw_more() {
    let mut home = Home::with(3);
    let (older, other) = (home.copy(), home.copy());
    home.grow(3, 2);
    let folder = tempfile::tempdir().expect("a folder");
    let memory = Memory::new(folder.path());
    let open = |home: &Home| block_on(SqliteLedger::open(&home.path(), clock(), Some(memory.clone())));
    let look = |home: &Home| block_on(sqlite::fsck(&home.path(), at(NOW), Some(&memory))).expect("a report");
    assert!(open(&older).is_ok(), "nobody saw more yet");
    assert!(open(&home).is_ok());
    assert!(matches!(open(&older), Err(OpenError::RolledBack { got: 3, wanted: 5 })));
    assert!(matches!(look(&older).findings[..], [Finding::Older { got: 3, wanted: 5 }]));
    assert_eq!(look(&home).findings.len(), 0);

    let mut fork = other;
    let note = fork.school.say(batch(99));
    block_on(async {
        let ledger = fork.open().await.expect("opened");
        ledger.append(TreeSize(3), &note).await.expect("appended");
        ledger.append(TreeSize(4), fork.school.say(batch(98)).as_slice()).await.expect("appended");
        ledger.close().await;
    });
    assert!(matches!(open(&fork), Err(OpenError::Forked { size: 5, .. })));
    assert!(matches!(look(&fork).findings[..], [Finding::Forked]));

    fs::write(older.file("checkpoint"), fs::read(home.file("checkpoint")).expect("readable")).expect("written");
    assert_eq!(findings(&older), ["rolled_back"], "the ledger's own checkpoint is told first");
    // What was appended is remembered when the ledger is closed.
    block_on(async {
        let ledger = SqliteLedger::open(&home.path(), clock(), Some(memory.clone())).await.expect("opened");
        let note = home.school.say(batch(5));
        ledger.append(TreeSize(5), &note).await.expect("appended");
        ledger.close().await;
    });
    assert!(matches!(open(&older), Err(OpenError::RolledBack { got: 3, wanted: 6 })));
}

#[test]
fn a_backup_restored_under_an_open_ledger_stops_it() {
    let mut home = Home::with(2);
    let older = home.copy();
    home.grow(2, 1);
    let newer = fs::read(home.file("checkpoint")).expect("readable");
    fs::copy(older.file("checkpoint"), home.file("checkpoint")).expect("restored");
    fs::copy(older.file("ledger.db"), home.file("ledger.db")).expect("restored");
    block_on(async {
        let ledger = home.open().await.expect("opened");
        fs::write(home.file("checkpoint"), &newer).expect("published by the other one");
        let note = older.school.sign(batch(9)).note().to_vec();
        let outcome = ledger.append(TreeSize(2), &note).await;
        assert!(matches!(outcome, Err(AppendError::Damaged(_))), "{outcome:?}");
        assert!(matches!(ledger.refresh().await, Err(AppendError::Damaged(_))));
        assert_eq!(ledger.entries(0..9).await.map(|entries| entries.len()), Ok(2));
    });
}

#[test]
fn two_histories_of_one_size_are_noticed() {
    let home = Home::with(2);
    let (mut one, mut two) = (home.copy(), home.copy());
    one.grow(2, 1);
    let note = two.school.say(batch(99));
    block_on(async {
        let ledger = two.open().await.expect("opened");
        ledger.append(TreeSize(2), &note).await.expect("appended");
        ledger.close().await;
    });
    fs::copy(two.file("ledger.db"), one.file("ledger.db")).expect("exchanged");
    let OpenError::Forked { size: 3, got, wanted } = fault(&one) else { panic!("{}", fault(&one)) };
    assert_ne!(got, wanted);
    assert_eq!(findings(&one), ["forked"]);
    let error = follow(&one).expect_err("not believed");
    assert!(matches!(error, FollowError::Replica(ReplicaError::OtherRoot { .. })), "{error}");
}

/// Wherever a byte is changed: either somebody says so, or the entries are the same to the last byte.
#[test]
fn no_changed_byte_of_the_database_is_believed() {
    let home = Home::with(4);
    let good = fs::read(home.file("ledger.db")).expect("readable");
    let entries = |home: &Home| {
        block_on(async { SqliteReader::open(&home.path()).await?.entries(0..9).await.map_err(OpenError::from) })
    };
    let sound = entries(&home).expect("sound");
    let (copy, mut noticed) = (home.copy(), 0);
    let needle = b"schulsiegel/statement/v1";
    let mut offsets: Vec<_> = (0..good.len()).step_by(41).collect();
    // Inside the statements every byte matters.
    let inside = good.windows(needle.len()).position(|window| window == needle).expect("a statement");
    offsets.extend((inside..inside + 400).step_by(7));
    let total = offsets.len();
    for offset in offsets {
        let mut bad = good.clone();
        bad[offset] ^= 0x10;
        fs::remove_dir_all(copy.path()).expect("removed");
        copy_files(&home.path(), &copy.path());
        fs::write(copy.file("ledger.db"), &bad).expect("written");
        let reported = match block_on(sqlite::fsck(&copy.path(), at(NOW), None)) {
            Ok(report) => !report.findings.is_empty(),
            Err(_) => true,
        };
        let opened = block_on(copy.open()).is_ok();
        if reported || !opened {
            noticed += 1;
        }
        if opened {
            assert_eq!(entries(&copy).ok().as_ref(), Some(&sound), "byte {offset} changed what is believed");
        }
        let changed = good.get(offset..).is_some_and(|_| offset >= inside && offset < inside + 400);
        assert!(!changed || (reported && !opened), "byte {offset} of a statement");
    }
    assert!(noticed * 4 > total, "{noticed} of {total}");
}

#[test]
fn a_torn_write_ahead_log_is_refused_if_something_published_is_lost() {
    let mut home = Home::with(2);
    let torn = block_on(async {
        let ledger = home.open().await.expect("opened");
        for number in 2..5 {
            ledger.append(TreeSize(number), &home.school.say(batch(number))).await.expect("appended");
        }
        // As after a power failure: nobody has closed it.
        let torn = home.copy();
        ledger.close().await;
        torn
    });
    assert_eq!(names(&torn.path()).iter().filter(|name| name.contains("-wal")).count(), 1);
    let log = fs::read(torn.file("ledger.db-wal")).expect("readable");
    for length in [0, 1, 32, log.len() / 3, log.len() / 2, log.len() - 4_096, log.len() - 1] {
        let copy = torn.copy();
        let _ = fs::remove_file(copy.file("ledger.db-shm"));
        fs::write(copy.file("ledger.db-wal"), &log[..length]).expect("written");
        assert!(matches!(fault(&copy), OpenError::RolledBack { got: 2..5, wanted: 5 }), "{length}");
    }
    let _ = fs::remove_file(torn.file("ledger.db-shm"));
    assert_eq!(findings(&torn), Vec::<&str>::new());
    assert!(block_on(torn.open()).is_ok());
}

#[test]
fn a_checkpoint_that_is_not_the_ledgers_own_is_refused() {
    let home = Home::with(2);
    let stranger = Home::with(2);
    let good = fs::read_to_string(home.file("checkpoint")).expect("readable");
    let foreign = fs::read_to_string(stranger.file("checkpoint")).expect("readable");
    let larger = good.replacen("\n2\n", "\n3\n", 1);
    for bad in ["", "garbage", "ledger.example\n2\n", &foreign, &larger, &good[..good.len() - 30]] {
        fs::write(home.file("checkpoint"), bad).expect("written");
        let said = fault(&home);
        assert!(matches!(said, OpenError::Damaged(_)), "{bad}: {said}");
        assert_eq!(findings(&home), ["bad_checkpoint"], "{bad}");
        assert_eq!(
            follow(&home).expect_err("not believed").reason(),
            match bad {
                _ if bad == foreign => Reason::UnknownLedger,
                _ => Reason::LedgerDamaged,
            }
        );
    }
    fs::remove_file(home.file("checkpoint")).expect("removed");
    let OpenError::Io { path, source } = fault(&home) else { panic!("{}", fault(&home)) };
    assert_eq!((path, source.kind()), (home.file("checkpoint"), io::ErrorKind::NotFound));
    assert_eq!(findings(&home), ["bad_checkpoint"]);
}

#[test]
fn a_checkpoint_without_the_ledgers_time_is_reported() {
    let home = Home::with(2);
    let good = fs::read_to_string(home.file("checkpoint")).expect("readable");
    let (kept, _) = good.trim_end().rsplit_once('\n').expect("two signatures");
    fs::write(home.file("checkpoint"), format!("{kept}\n")).expect("written");
    assert_eq!(findings(&home), ["no_time"]);
}

#[test]
fn what_a_crash_kept_from_publication_is_published() {
    let mut home = Home::with(3);
    let older = fs::read(home.file("checkpoint")).expect("readable");
    home.grow(3, 2);
    let newer = fs::read(home.file("checkpoint")).expect("readable");
    fs::write(home.file("checkpoint"), &older).expect("as before the crash");
    assert_eq!(findings(&home), ["unpublished"]);
    block_on(async { home.open().await.expect("opened").close().await });
    assert_eq!(fs::read(home.file("checkpoint")).expect("readable"), newer);
    assert_eq!(findings(&home), Vec::<&str>::new());
}

/// The other process crashes while this one has the ledger open.
#[test]
fn an_open_ledger_publishes_what_another_one_left() {
    let mut home = Home::with(3);
    block_on(async {
        let older = fs::read(home.file("checkpoint")).expect("readable");
        let (survivor, victim) = (home.open().await.expect("opened"), home.open().await.expect("opened"));
        let note = home.school.say(batch(3));
        let appended = victim.append(TreeSize(3), &note).await.expect("appended");
        let newer = fs::read(home.file("checkpoint")).expect("readable");
        for repeat in ["append", "refresh"] {
            fs::write(home.file("checkpoint"), &older).expect("as before the crash");
            if repeat == "append" {
                assert_eq!(survivor.append(TreeSize(3), &note).await, Ok(appended));
            } else {
                survivor.refresh().await.expect("refreshed");
            }
            assert_eq!(fs::read(home.file("checkpoint")).expect("readable"), newer, "{repeat}");
        }
    });
}

#[test]
fn entries_past_admission_are_information_and_no_fault() {
    let home = Home::with(2);
    let stranger = Speaker::new("stranger.example", 9).sign(batch(1));
    let entry = LedgerEntry { admitted: at(NOW), note: stranger.note().to_vec() }.encode();
    block_on(async {
        let options = SqliteConnectOptions::new().filename(home.file("ledger.db"));
        let mut connection = options.connect().await.expect("a database");
        let insert = sqlx::query("INSERT INTO entry VALUES (2, ?)").bind(entry);
        insert.execute(&mut connection).await.expect("written past admission");
        sqlx::Connection::close(connection).await.expect("closed");
        home.open().await.expect("opened").close().await;
        let report = sqlite::fsck(&home.path(), at(NOW), None).await.expect("a report");
        let codes: Vec<_> = report.uncounted.iter().map(|(index, refusal)| (*index, refusal.code())).collect();
        assert_eq!((codes, report.entries, report.findings), (vec![(2, "unknown_issuer")], 3, vec![]));
    });
}

#[test]
fn changed_tables_and_foreign_versions_are_noticed() {
    let home = Home::with(2);
    sql(&home, "DROP TRIGGER entry_no_update").expect("dropped");
    assert_eq!(findings(&home), ["schema"]);
    sql(&home, "PRAGMA user_version = 2").expect("set");
    let said = fault(&home);
    assert!(matches!(said, OpenError::Read(ReadError::Unavailable(_))), "{said}");
    sql(&home, "PRAGMA application_id = 7").expect("set");
    let said = fault(&home);
    assert!(matches!(said, OpenError::Read(ReadError::Damaged(_))), "{said}");
    fs::write(home.file("ledger.db"), b"not a database at all, but long enough").expect("written");
    let said = fault(&home);
    assert!(matches!(said, OpenError::Read(ReadError::Damaged(_))), "{said}");
}

#[test]
fn keys_must_be_private_and_the_ledgers_own() {
    let home = Home::with(2);
    #[cfg(unix)]
    for key in ["ledger.key", "time.key"] {
        use std::os::unix::fs::PermissionsExt as _;
        let set = |mode| fs::set_permissions(home.file(key), fs::Permissions::from_mode(mode)).expect("changed");
        for mode in [0o640, 0o604, 0o620] {
            set(mode);
            let OpenError::Key(PrivateKeyError::NotPrivate { path }) = fault(&home) else { panic!("{}", fault(&home)) };
            assert_eq!(path, home.file(key));
        }
        set(0o600);
    }
    assert!(block_on(home.open()).is_ok());
    fs::copy(Home::with(0).file("ledger.key"), home.file("ledger.key")).expect("exchanged");
    assert!(matches!(fault(&home), OpenError::Damaged(_)), "{}", fault(&home));
    fs::write(home.file("time.key"), b"\xff\xfe").expect("written");
    assert!(matches!(fault(&home), OpenError::Key(PrivateKeyError::NotAKey { .. })), "{}", fault(&home));
    fs::remove_file(home.file("time.key")).expect("removed");
    assert!(matches!(fault(&home), OpenError::Key(PrivateKeyError::Io { .. })), "{}", fault(&home));
}

#[test]
fn a_new_ledger_is_there_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let make = |path: &std::path::Path| block_on(sqlite::init(path, &origin(), &Authorities::default(), &clock()));
    let path = folder.path().join("a/b/ledger");
    make(&path).expect("made with the folders above it");
    assert_eq!(names(&path), ["authorities", "checkpoint", "ledger.db", "ledger.key", "lock", "policy", "time.key"]);
    assert_eq!(names(&folder.path().join("a/b")), ["ledger"]);
    assert!(matches!(make(&path), Err(OpenError::NotEmpty(_))));
    assert!(matches!(make(&path.join("policy")), Err(OpenError::NotEmpty(_))));
    #[cfg(unix)]
    {
        // The last step fails: a folder cannot take the place of a link.
        std::os::unix::fs::symlink("nowhere", folder.path().join("link")).expect("linked");
        assert!(matches!(make(&folder.path().join("link")), Err(OpenError::Io { .. })));
        assert_eq!(names(folder.path()), ["a", "link"]);
    }
    assert!(matches!(block_on(sqlite::fsck(folder.path(), at(NOW), None)), Err(OpenError::NotFound(_))));
}

#[test]
fn a_ministry_is_pinned_once() {
    let home = Home::with(0);
    let before = fs::read_to_string(home.file("authorities")).expect("readable");
    let key = Speaker::new("later.example", 2).key;
    let line = |land: &str| format!("{land} {} {} 0 -\n", key.verifying_key(), origin());
    let authority = |land: &str| {
        let all = Authorities::parse(line(land).as_bytes()).expect("a line");
        all.iter().next().expect("one").clone()
    };
    assert!(sqlite::pin(&home.path(), &authority("05")).expect("pinned"));
    assert!(!sqlite::pin(&home.path(), &authority("05")).expect("there already"));
    assert_eq!(fs::read_to_string(home.file("authorities")).expect("readable"), before.clone() + &line("05"));
    let twice = sqlite::pin(&home.path(), &authority("06"));
    let Err(OpenError::Authorities(error)) = twice else { panic!("{twice:?}") };
    assert_eq!(error.fault, AuthorityFault::DuplicateKey);
    assert_eq!(fs::read_to_string(home.file("authorities")).expect("readable"), before + &line("05"));
    let school = Speaker::new("schule.example", 3);
    let note = Speaker::new("later.example", 2)
        .sign(accredit(proof::statement::Accreditation { state: land("05"), ..accreditation(&school) }));
    block_on(async {
        let ledger = home.open().await.expect("opened");
        assert_eq!(ledger.append(TreeSize(0), note.note()).await.map(|appended| appended.index.0), Ok(0));
    });
}

#[test]
fn a_bad_line_of_authorities_is_named() {
    let home = Home::with(1);
    fs::write(home.file("authorities"), "# comment\n07 nothing ledger.example 0 -\n").expect("written");
    let OpenError::Authorities(error) = fault(&home) else { panic!("{}", fault(&home)) };
    assert_eq!((error.line, error.fault), (2, AuthorityFault::BadKey));
}

#[test]
fn a_reader_changes_no_file_and_is_in_nobodys_way() {
    let mut home = Home::with(3);
    let contents =
        |names: &[String]| names.iter().map(|name| fs::read(home.file(name)).expect("read")).collect::<Vec<_>>();
    let before = names(&home.path());
    let bytes = contents(&before);
    assert_eq!(follow(&home).expect("believed").size(), TreeSize(3));
    assert_eq!(findings(&home), Vec::<&str>::new());
    assert_eq!(contents(&before), bytes);
    home.grow(3, 1);
    assert_eq!(names(&home.path()), before);
}
