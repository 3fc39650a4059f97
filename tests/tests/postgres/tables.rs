// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What the tables refuse, what is found out about them, and who may do what with them.

use anchor::{
    conformance::{
        block_on,
        cast::{NOW, Speaker, at, batch, land, origin},
    },
    fsck::Finding,
    ledger::{Append as _, AppendError, Keep as _, Ledger as _, ReadError},
    memory::Memory,
    postgres::{self, Address, PgLedger},
    store::OpenError,
};
use proof::{
    authority::{Authorities, Authority},
    register::Refusal,
    statement::Land,
    tree::{LeafIndex, TreeSize},
};

use super::{Cast, clock, open};

pub(crate) fn tests() -> Vec<(&'static str, fn())> {
    vec![
        ("tables::refuse_to_forget", refuse_to_forget),
        ("tables::what_is_wrong_with_them_is_found", what_is_wrong_is_found),
        ("tables::an_older_backup_is_refused_to_whoever_saw_more", an_older_backup_is_refused),
        ("tables::a_backup_restored_under_an_open_ledger_stops_it", a_backup_under_an_open_ledger),
        ("tables::a_writer_needs_few_rights_and_a_reader_fewer", few_rights),
        ("tables::are_made_once_and_opened_with_their_own_keys", made_once),
        ("tables::an_authority_counts_from_the_next_statement_on", an_authority_counts),
    ]
}

fn refuse_to_forget() {
    let cast = Cast::with(3);
    let cases = [
        ("UPDATE entry SET bytes = '' WHERE position = 1", "a ledger only grows"),
        ("DELETE FROM entry WHERE position = 2", "a ledger only grows"),
        ("DELETE FROM entry", "a ledger only grows"),
        ("TRUNCATE entry", "a ledger only grows"),
        ("INSERT INTO entry VALUES (4, '')", "a ledger has no gaps"),
        ("INSERT INTO entry VALUES (-1, '')", "a ledger has no gaps"),
        ("INSERT INTO entry VALUES (3, ''), (5, '')", "a ledger has no gaps"),
        ("INSERT INTO entry VALUES (2, '')", "duplicate key"),
        ("UPDATE ledger SET origin = 'other.example'", "a ledger keeps its name"),
        ("UPDATE ledger SET policy = ''", "a ledger keeps its name"),
        ("DELETE FROM ledger", "a ledger keeps its name"),
        ("TRUNCATE ledger", "a ledger keeps its name"),
        (
            "INSERT INTO ledger SELECT true, version, origin, policy, authorities, checkpoint FROM ledger",
            "duplicate key",
        ),
        ("INSERT INTO ledger SELECT false, version, origin, policy, authorities, checkpoint FROM ledger", "check"),
    ];
    for (statement, message) in cases {
        let refused = cast.place.sql(statement).expect_err(statement);
        assert!(refused.contains(message), "{statement}: {refused}");
    }
    assert_eq!(cast.place.findings(), Vec::<&str>::new());
}

fn what_is_wrong_is_found() {
    let unguarded = "ALTER TABLE entry DISABLE TRIGGER ALL; ALTER TABLE ledger DISABLE TRIGGER ALL;";
    let guarded = "ALTER TABLE entry ENABLE TRIGGER ALL; ALTER TABLE ledger ENABLE TRIGGER ALL;";
    let forged = "UPDATE entry SET bytes = (SELECT substr(bytes, 1, 7) || substr(e.bytes, 8, 1) || substr(e.bytes, 9) \
        FROM entry e WHERE e.position = 1) WHERE position = 2;";
    let cases: [(String, &[&str]); 7] = [
        (unguarded.to_owned(), &["schema"]),
        ("DROP TRIGGER entry_no_change ON entry".to_owned(), &["schema"]),
        (
            "CREATE OR REPLACE FUNCTION entry_only_grows() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
                .to_owned(),
            &["schema"],
        ),
        (format!("{unguarded} DELETE FROM entry WHERE position = 2; {guarded}"), &["rolled_back"]),
        (format!("{unguarded} {forged} {guarded}"), &["forked"]),
        (
            format!("{unguarded} INSERT INTO entry SELECT 3, bytes FROM entry WHERE position = 2; {guarded}"),
            &["unpublished"],
        ),
        ("UPDATE ledger SET checkpoint = 'none'".to_owned(), &["bad_checkpoint"]),
    ];
    for (statement, findings) in cases {
        let cast = Cast::with(3);
        cast.place.sql(&statement).expect(&statement);
        assert_eq!(cast.place.findings(), findings, "{statement}");
        let opened = block_on(cast.place.ledger(&clock()));
        let is_wanted = match findings {
            ["schema"] => opened.is_ok(),
            ["rolled_back"] => matches!(opened, Err(OpenError::RolledBack { got: 2, wanted: 3 })),
            ["forked"] => matches!(opened, Err(OpenError::Forked { size: 3, .. })),
            ["unpublished"] => matches!(opened, Err(OpenError::Read(ReadError::Damaged(_)))),
            _ => matches!(opened, Err(OpenError::Damaged(_))),
        };
        assert!(is_wanted, "{statement}: {:?}", opened.err());
    }
}

/// Another database with the same tables, as a backup has them.
fn backup(cast: &Cast) -> Address {
    let (cluster, name) = (&cast.place.cluster, format!("{}_backup", cast.place.database));
    let copy = format!("CREATE DATABASE {name} TEMPLATE {}", cast.place.database);
    cluster.execute("postgres", &copy).expect("copied");
    Address::parse(&cluster.url(&name)).expect("an address")
}

fn an_older_backup_is_refused() {
    let mut cast = Cast::with(3);
    let older = backup(&cast);
    let folder = tempfile::tempdir().expect("a folder");
    let memory = Memory::new(folder.path());
    let remembering =
        || block_on(PgLedger::open(&older, Some(&cast.place.keys()), clock(), Some(memory.clone()), None)).err();
    assert!(remembering().is_none(), "nobody saw more yet");
    let note = cast.school.say(batch(3));
    block_on(async {
        let (address, keys) = (cast.place.address(), cast.place.keys());
        let ledger = PgLedger::open(&address, Some(&keys), clock(), Some(memory.clone()), None).await.expect("opened");
        ledger.append(TreeSize(3), &note).await.expect("appended");
        ledger.close().await;
    });
    let refused = remembering();
    assert!(matches!(refused, Some(OpenError::RolledBack { got: 3, wanted: 4 })), "{refused:?}");
    let report = block_on(anchor::home::Home::Postgres(older).fsck(at(NOW), Some(&memory))).expect("a report");
    assert!(matches!(report.findings[..], [Finding::Older { got: 3, wanted: 4 }]), "{:?}", report.findings);
    let report = block_on(cast.place.home().fsck(at(NOW), Some(&memory))).expect("a report");
    assert_eq!(report.findings, []);
}

fn a_backup_under_an_open_ledger() {
    let mut cast = Cast::with(2);
    let (cluster, database) = (cast.place.cluster.clone(), cast.place.database.clone());
    let _ = backup(&cast);
    let notes = [2, 3].map(|number| cast.note(number));
    let restore = move || {
        cluster.execute("postgres", &format!("DROP DATABASE {database} WITH (FORCE)")).expect("gone");
        let restore = format!("ALTER DATABASE {database}_backup RENAME TO {database}");
        cluster.execute("postgres", &restore).expect("restored");
    };
    block_on(async {
        let ledger = cast.place.ledger(&clock()).await.expect("opened");
        assert_eq!(ledger.append(TreeSize(2), &notes[0]).await.map(|appended| appended.index.0), Ok(2));
        tokio::task::spawn_blocking(restore).await.expect("restored");
        // The first may still meet the connection that has gone with the database.
        let first = ledger.append(TreeSize(3), &notes[1]).await;
        assert!(matches!(first, Err(AppendError::Unavailable(_) | AppendError::Damaged(_))), "{first:?}");
        let second = ledger.append(TreeSize(3), &notes[1]).await;
        assert!(matches!(second, Err(AppendError::Damaged(_))), "{second:?}");
        let refreshed = ledger.refresh().await;
        assert!(matches!(refreshed, Err(AppendError::Damaged(_))), "{refreshed:?}");
        assert_eq!(ledger.entries(0..9).await.map(|entries| entries.len()), Ok(2));
    });
}

fn few_rights() {
    let mut cast = Cast::with(2);
    let (cluster, database) = (cast.place.cluster.clone(), cast.place.database.clone());
    let (writer, reader) = (format!("writer_of_{database}"), format!("reader_of_{database}"));
    for statement in [
        format!("CREATE ROLE {writer} LOGIN"),
        format!("CREATE ROLE {reader} LOGIN"),
        format!("GRANT SELECT ON ledger, entry TO {writer}, {reader}"),
        format!("GRANT INSERT ON entry TO {writer}"),
        format!("GRANT UPDATE (checkpoint) ON ledger TO {writer}"),
    ] {
        cast.place.sql(&statement).expect(&statement);
    }
    let of = |role: &str| {
        Address::parse(&cluster.url(&database).replace("//ledger@", &format!("//{role}@"))).expect("an address")
    };
    let note = cast.note(2);
    block_on(async {
        let ledger = open(&of(&writer), &cast.place.keys(), &clock()).await.expect("opened");
        assert_eq!(ledger.append(TreeSize(2), &note).await.map(|appended| appended.index.0), Ok(2));
        assert!(ledger.refresh().await.is_ok());
        let read = anchor::home::Home::Postgres(of(&reader)).read().await.expect("opened");
        assert_eq!(read.entries(0..9).await.map(|entries| entries.len()), Ok(3));
        assert!(read.inclusion(LeafIndex(2), TreeSize(3)).await.is_ok());
        let refused = open(&of(&reader), &cast.place.keys(), &clock()).await.err();
        assert!(matches!(refused, Some(OpenError::Read(ReadError::Unavailable(_)))), "{refused:?}");
        let refused = postgres::pin(&of(&writer), &authority(&cast)).await;
        assert!(matches!(refused, Err(OpenError::Read(ReadError::Unavailable(_)))), "{refused:?}");
    });
    assert_eq!(cast.place.findings(), Vec::<&str>::new());
}

/// The ministry of another Land.
fn authority(cast: &Cast) -> Authority {
    let other = Speaker::new("other.example", 31);
    let line = format!("05 {} {} 0 -\n", other.key.verifying_key(), origin());
    let pinned = Authorities::parse(line.as_bytes()).expect("authorities");
    assert_ne!(other.key.verifying_key(), cast.ministry.key.verifying_key());
    pinned.iter().next().expect("one").clone()
}

fn made_once() {
    let cast = Cast::with(1);
    let again = tempfile::tempdir().expect("a folder");
    let keys = again.path().join("keys");
    let make =
        |address: Address| block_on(postgres::init(&address, &keys, &origin(), &Authorities::default(), &clock()));
    assert!(matches!(make(cast.place.address()), Err(OpenError::HasTables(_))));
    assert!(!keys.exists(), "no keys without a ledger");
    let empty = cast.place.cluster.database();
    let empty = Address::parse(&cast.place.cluster.url(&empty)).expect("an address");
    let opened = block_on(open(&empty, &cast.place.keys(), &clock())).err();
    assert!(matches!(opened, Some(OpenError::NoTables(_))), "{opened:?}");
    make(empty.clone()).expect("made");
    assert!(matches!(make(empty.clone()), Err(OpenError::NotEmpty(_))));
    let opened = block_on(open(&empty, &cast.place.keys(), &clock())).err();
    assert!(matches!(opened, Some(OpenError::OtherKeys { .. })), "{opened:?}");
    let nowhere = Address::parse(&cast.place.cluster.url("nowhere")).expect("an address");
    assert!(matches!(make(nowhere.clone()), Err(OpenError::NotEmpty(_))));
    let opened = block_on(open(&nowhere, &keys, &clock())).err();
    assert!(matches!(opened, Some(OpenError::Read(ReadError::Unavailable(_)))), "{opened:?}");
    let opened = block_on(PgLedger::open(&empty, None, clock(), None, None)).err();
    assert!(matches!(opened, Some(OpenError::NoKeys(_))), "{opened:?}");
}

fn an_authority_counts() {
    let cast = Cast::with(2);
    let (mut other, school) = (Speaker::new("other.example", 31), Speaker::new("elsewhere.example", 32));
    let mut accreditation = anchor::conformance::cast::accreditation(&school);
    accreditation.state = Land::parse("05").expect("a Land");
    assert_ne!(accreditation.state, land("07"));
    let note = other.say(anchor::conformance::cast::accredit(accreditation));
    block_on(async {
        let ledger = cast.place.ledger(&clock()).await.expect("opened");
        let refused = ledger.append(TreeSize(2), &note).await;
        assert_eq!(refused, Err(AppendError::Rejected(Refusal::UnknownIssuer)));
        assert!(postgres::pin(&cast.place.address(), &authority(&cast)).await.expect("pinned"));
        assert!(!postgres::pin(&cast.place.address(), &authority(&cast)).await.expect("there already"));
        assert_eq!(ledger.append(TreeSize(2), &note).await.map(|appended| appended.index.0), Ok(2));
    });
    assert_eq!(cast.place.findings(), Vec::<&str>::new());
}
