// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The ledger alone: appending to disk.

use std::{path::Path, time::Instant};

use anchor::{
    clock::Clock,
    keys::NewKey,
    ledger::Append,
    ministry::{Ministry, Terms},
    sqlite::{self, SqliteLedger},
};
use proof::{
    Hash, Timestamp,
    authority::Authorities,
    key::{Algorithm, KeyName, SigningKey},
    request::Request,
    statement::{Body, Kinds, Label, LedgerEntry, SchoolNumber, SignedStatement, Statement, Token},
    tree::TreeSize,
};
use sqlx::{
    ConnectOptions, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::measure::{Line, Result};

/// How many appends are measured.
const APPENDS: u64 = 200;

/// Appends statements, each beside one insert of the same bytes into a bare database that syncs as the ledger's does.
pub(crate) fn append(dir: &Path) -> Result<Line> {
    tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
        let dir = dir.join("append");
        let school = World::new(&dir)?;
        let clock = Clock::system();
        sqlite::init(&dir.join("ledger"), &school.origin, &school.authorities, &clock).await?;
        let ledger: Box<dyn Append> = Box::new(SqliteLedger::open(&dir.join("ledger"), clock, None).await?);
        let mut bare = bare(&dir.join("bare.db")).await?;
        let (mut ours, mut floor) = (Vec::new(), Vec::new());
        for (at, entry) in (0..).zip(school.entries(APPENDS)?) {
            let note = LedgerEntry::decode(&entry).ok_or("an entry")?.note;
            let start = Instant::now();
            sqlx::query("INSERT INTO entry (bytes) VALUES (?)").bind(&entry).execute(&mut bare).await?;
            floor.push(start.elapsed());
            let start = Instant::now();
            ledger.submit(TreeSize(at), &note).await?;
            ours.push(start.elapsed());
        }
        ledger.close().await;
        Ok(Line::ratio("append, beside a synced SQLite insert", &ours, &floor, 3.0))
    })
}

pub(crate) async fn bare(path: &Path) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let mut connection = options.disable_statement_logging().connect().await?;
    sqlx::raw_sql("CREATE TABLE entry (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
        .execute(&mut connection)
        .await?;
    Ok(connection)
}

/// A ministry and a school that can make as many statements as are wanted.
struct World {
    origin: KeyName,
    authorities: Authorities,
    key: SigningKey,
    accreditation: SignedStatement,
    now: Timestamp,
}

impl World {
    fn new(dir: &Path) -> Result<Self> {
        let name = |text| KeyName::parse(text).ok_or("a name");
        let (origin, now) = (name("bench/ledger")?, Clock::system().now());
        let land = proof::statement::Land::parse("07").ok_or("a Land")?;
        let ministry =
            Ministry::create(&dir.join("ministry"), &name("bench/ministry")?, land, &origin, &NewKey::unguarded())?;
        let key = SigningKey::from_seed(&name("bench/school")?, Algorithm::Ed25519, &[7; 32]);
        let request = Request {
            key: key.verifying_key().clone(),
            name: Label::parse("Schule").ok_or("a name")?,
            number: SchoolNumber::parse("1").ok_or("a number")?,
            place: Label::parse("Ort").ok_or("a place")?,
            state: land,
            kinds: Kinds::All,
            time: now,
        };
        let until = Timestamp::from_posix(now.posix() + 86_400).ok_or("a time")?;
        let accreditation = ministry.accredit(&request, &Terms { kinds: Kinds::All, from: now, until }, now)?;
        let authorities = Authorities::parse(ministry.pin().to_string().as_bytes())?;
        Ok(Self { origin, authorities, key, accreditation, now })
    }

    /// The accreditation, then batches.
    fn entries(&self, count: u64) -> Result<Vec<Vec<u8>>> {
        let entry =
            |signed: &SignedStatement| LedgerEntry { admitted: self.now, note: signed.note().to_vec() }.encode();
        let (mut entries, mut prev) = (vec![entry(&self.accreditation)], self.accreditation.text_hash());
        for seq in 0..count - 1 {
            let kind = Token::parse("abitur").ok_or("a token")?;
            let statement = Statement {
                ledger: self.origin.clone(),
                issuer: KeyName::parse(self.key.verifying_key().name()).ok_or("a name")?,
                seq,
                prev: Some(prev),
                time: self.now,
                body: Body::Batch { kind, size: TreeSize(16), root: Hash::of(&[&seq.to_be_bytes()]) },
            };
            let signed = statement.sign(&[&self.key])?;
            prev = signed.text_hash();
            entries.push(entry(&signed));
        }
        Ok(entries)
    }
}
