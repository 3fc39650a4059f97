// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The two tables of a ledger in PostgreSQL, and the only SQL that touches them.

use std::{
    io,
    ops::Range,
    time::{Duration, Instant},
};

use proof::key::{KeyName, Origin};
use sqlx::{ConnectOptions, Connection, PgConnection, Row as _, postgres::PgConnectOptions};

use super::Address;
use crate::{
    ledger::{MAX_ENTRIES_PER_READ, ReadError},
    store::{CommitError, Head, OpenError},
};

/// The version of the tables.
const VERSION: i32 = 1;

const SCHEMA: &str = "
CREATE TABLE ledger (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version integer NOT NULL,
    origin text NOT NULL,
    policy text NOT NULL,
    authorities text NOT NULL,
    checkpoint bytea NOT NULL
);
CREATE TABLE entry (position bigint PRIMARY KEY, bytes bytea NOT NULL);
CREATE FUNCTION entry_in_order() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    first bigint;
    last bigint;
    number bigint;
BEGIN
    SELECT min(position), max(position), count(*) INTO first, last, number FROM added;
    IF number > 0 AND (first < 0 OR last - first + 1 <> number
        OR last <> (SELECT max(position) FROM entry)
        OR first > 0 AND NOT EXISTS (SELECT FROM entry WHERE position = first - 1))
    THEN
        RAISE 'a ledger has no gaps';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION entry_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE 'a ledger only grows'; END $$;
CREATE FUNCTION ledger_keeps_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE 'a ledger keeps its name'; END $$;
CREATE TRIGGER entry_in_order AFTER INSERT ON entry REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION entry_in_order();
CREATE TRIGGER entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION entry_only_grows();
CREATE TRIGGER ledger_no_removal BEFORE DELETE OR TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_keeps_name();
CREATE TRIGGER ledger_no_update BEFORE UPDATE OF only_row, origin, policy ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_keeps_name();
";

/// The triggers with what they guard against, as PostgreSQL writes that down: before 2, insert 4, delete 8, update 16,
/// truncate 32.
const TRIGGERS: [(&str, i16); 4] =
    [("entry_in_order", 4), ("entry_no_change", 58), ("ledger_no_removal", 42), ("ledger_no_update", 18)];

/// Begins a transaction that waits for the disk whatever the server's settings are, and that the server ends when it
/// hears nothing more of it: so a writer that has gone silent cannot keep the others from writing for long.
const BEGIN: &str = "
BEGIN;
SET LOCAL synchronous_commit = on;
SET LOCAL idle_in_transaction_session_timeout = '3s';
SET LOCAL lock_timeout = '10s';
SELECT checkpoint, authorities FROM ledger FOR UPDATE;
";

/// So long the database may take for an answer. Longer than a writer waits for another.
const ANSWERS_WITHIN: Duration = Duration::from_secs(15);

/// So long a connection is taken to be alive without asking.
const FRESH: Duration = Duration::from_secs(1);

/// A connection that is opened anew when it has broken.
pub(super) struct Database {
    place: String,
    options: PgConnectOptions,
    /// Connections while nobody uses them, and since when. What was under way when its user went away is never used
    /// again: the server takes back what was not committed.
    idle: Vec<(PgConnection, Instant)>,
}

/// As many connections are kept: one for a transaction, one to read beside it.
const MAX_IDLE: usize = 2;

/// A transaction that has the lock.
pub struct Hold(PgConnection);

impl Hold {
    /// The entries of a range; fewer if the ledger ends before.
    pub(super) async fn entries(&mut self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        entries(&mut self.0, range).await
    }
}

/// The one row of the table `ledger`.
pub(super) struct Row {
    pub(super) origin: Origin,
    pub(super) policy: String,
    pub(super) authorities: String,
}

impl Database {
    /// Nothing is connected yet.
    pub(super) fn new(address: &Address) -> Self {
        Self { place: address.to_string(), options: address.options().disable_statement_logging(), idle: Vec::new() }
    }

    /// Makes the tables.
    pub(super) async fn create(&mut self, row: &Row, checkpoint: &[u8]) -> Result<(), OpenError> {
        let mut connection = self.take().await.map_err(unavailable)?;
        let has_tables = |error: sqlx::Error| match code(&error).as_deref() {
            // duplicate_table, duplicate_function
            Some("42P07" | "42723") => OpenError::HasTables(self.place.clone()),
            _ => unavailable(error).into(),
        };
        let mut transaction = within(connection.begin()).await.map_err(unavailable)?;
        within(sqlx::raw_sql(SCHEMA).execute(&mut *transaction)).await.map_err(has_tables)?;
        let insert =
            "INSERT INTO ledger (version, origin, policy, authorities, checkpoint) VALUES ($1, $2, $3, $4, $5)";
        let insert = sqlx::query(insert).bind(VERSION).bind(row.origin.as_str()).bind(&row.policy);
        let insert = insert.bind(&row.authorities).bind(checkpoint);
        within(insert.execute(&mut *transaction)).await.map_err(unavailable)?;
        within(transaction.commit()).await.map_err(unavailable)?;
        Ok(())
    }

    /// Refuses a server that does not wait for the disk.
    pub(super) async fn check_durability(&mut self) -> Result<(), OpenError> {
        let mut connection = self.take().await.map_err(unavailable)?;
        let ask = sqlx::query_scalar("SELECT current_setting('fsync')").fetch_one(&mut connection);
        let fsync: String = within(ask).await.map_err(unavailable)?;
        self.put_back(connection);
        if fsync == "on" { Ok(()) } else { Err(OpenError::NotDurable) }
    }

    pub(super) async fn row(&mut self) -> Result<Row, OpenError> {
        let mut connection = self.take().await.map_err(unavailable)?;
        let ask = sqlx::query("SELECT version, origin, policy, authorities FROM ledger").fetch_one(&mut connection);
        let row = within(ask).await.map_err(|error| match code(&error).as_deref() {
            // undefined_table
            Some("42P01") => OpenError::NoTables(self.place.clone()),
            _ => unavailable(error).into(),
        })?;
        self.put_back(connection);
        let version: i32 = row.try_get(0).map_err(unavailable)?;
        if version != VERSION {
            let text = format!("the database has version {version}, this program knows version {VERSION}");
            return Err(ReadError::Unavailable(text).into());
        }
        let origin: String = row.try_get(1).map_err(unavailable)?;
        let origin =
            KeyName::parse(&origin).ok_or_else(|| ReadError::Damaged("the database has no origin".to_owned()))?;
        let (policy, authorities) = (row.try_get(2).map_err(unavailable)?, row.try_get(3).map_err(unavailable)?);
        Ok(Row { origin, policy, authorities })
    }

    pub(super) async fn checkpoint(&mut self) -> Result<Vec<u8>, ReadError> {
        let mut connection = self.take().await.map_err(unavailable)?;
        let ask = sqlx::query_scalar("SELECT checkpoint FROM ledger").fetch_one(&mut connection);
        let checkpoint = within(ask).await.map_err(unavailable)?;
        self.put_back(connection);
        Ok(checkpoint)
    }

    /// The entries of a range; fewer if the ledger ends before.
    pub(super) async fn entries(&mut self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        let mut connection = self.take().await.map_err(unavailable)?;
        let entries = entries(&mut connection, range).await?;
        self.put_back(connection);
        Ok(entries)
    }

    /// Takes the lock, and gives what stands there then.
    pub(super) async fn hold(&mut self) -> Result<(Hold, Head), ReadError> {
        let mut connection = self.take().await.map_err(unavailable)?;
        let rows = within(sqlx::raw_sql(BEGIN).fetch_all(&mut connection)).await.map_err(unavailable)?;
        let [row] = rows.as_slice() else {
            return Err(ReadError::Damaged("the database has no ledger".to_owned()));
        };
        let checkpoint = row.try_get(0).map_err(unavailable)?;
        let authorities: String = row.try_get(1).map_err(unavailable)?;
        Ok((Hold(connection), Head { checkpoint, authorities: authorities.into_bytes() }))
    }

    /// Ends a transaction as if it had never begun.
    pub(super) async fn release(&mut self, hold: Hold) {
        let Hold(mut connection) = hold;
        // A connection that cannot do so is dropped, which does it too.
        if within(sqlx::raw_sql("ROLLBACK").execute(&mut connection)).await.is_ok() {
            self.put_back(connection);
        }
    }

    /// Appends entries and replaces the checkpoint, durably: both or nothing.
    pub(super) async fn commit(
        &mut self,
        hold: Hold,
        first: u64,
        entries: &[Vec<u8>],
        note: &[u8],
    ) -> Result<(), CommitError> {
        let Hold(mut connection) = hold;
        // Nothing counts before the server has read `COMMIT`.
        let nothing = |error: sqlx::Error| CommitError::Nothing(error.to_string());
        let first = i64::try_from(first).map_err(|error| CommitError::Nothing(error.to_string()))?;
        if !entries.is_empty() {
            let insert = "INSERT INTO entry (position, bytes) \
                SELECT $1 + number - 1, bytes FROM unnest($2::bytea[]) WITH ORDINALITY AS new (bytes, number)";
            within(sqlx::query(insert).bind(first).bind(entries).execute(&mut connection)).await.map_err(nothing)?;
        }
        let update = sqlx::query("UPDATE ledger SET checkpoint = $1").bind(note).execute(&mut connection);
        within(update).await.map_err(nothing)?;
        let commit = within(sqlx::raw_sql("COMMIT").execute(&mut connection)).await;
        commit.map_err(|error| CommitError::Unknown(error.to_string()))?;
        self.put_back(connection);
        Ok(())
    }

    /// Replaces the authorities, with the lock held.
    pub(super) async fn replace_authorities(&mut self, hold: Hold, text: &str) -> Result<(), ReadError> {
        let Hold(mut connection) = hold;
        let update = sqlx::query("UPDATE ledger SET authorities = $1").bind(text).execute(&mut connection);
        within(update).await.map_err(unavailable)?;
        within(sqlx::raw_sql("COMMIT").execute(&mut connection)).await.map_err(unavailable)?;
        self.put_back(connection);
        Ok(())
    }

    /// Whether the triggers are those of a new ledger, and at work: somebody may have taken them away.
    pub(super) async fn has_own_triggers(&mut self) -> Result<bool, ReadError> {
        let mut connection = self.take().await.map_err(unavailable)?;
        let ask = "SELECT t.tgname::text, t.tgtype, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid \
            WHERE t.tgrelid IN ('entry'::regclass, 'ledger'::regclass) AND NOT t.tgisinternal AND t.tgenabled = 'O' \
            ORDER BY t.tgname";
        let found: Vec<(String, i16, String)> =
            within(sqlx::query_as(ask).fetch_all(&mut connection)).await.map_err(unavailable)?;
        self.put_back(connection);
        let are_known = found.iter().zip(TRIGGERS).all(|((name, kind, body), known)| {
            (name.as_str(), *kind) == known && SCHEMA.contains(&format!("$${body}$$"))
        });
        Ok(found.len() == TRIGGERS.len() && are_known)
    }

    pub(super) async fn close(self) {
        for (connection, _) in self.idle {
            // The server notices anyway.
            let _ = within(connection.close()).await;
        }
    }

    async fn take(&mut self) -> Result<PgConnection, sqlx::Error> {
        while let Some((mut connection, since)) = self.idle.pop() {
            if since.elapsed() < FRESH || within(connection.ping()).await.is_ok() {
                return Ok(connection);
            }
        }
        within(self.options.connect()).await
    }

    fn put_back(&mut self, connection: PgConnection) {
        if self.idle.len() < MAX_IDLE {
            self.idle.push((connection, Instant::now()));
        }
    }
}

/// The entries of a range; fewer if the ledger ends before.
async fn entries(connection: &mut PgConnection, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
    let most = range.end.saturating_sub(range.start).min(MAX_ENTRIES_PER_READ);
    // No entry lies behind the largest position that the table has.
    let Some((start, most)) = i64::try_from(range.start).ok().zip(i64::try_from(most).ok()) else {
        return Ok(Vec::new());
    };
    let ask = "SELECT bytes FROM entry WHERE position >= $1 ORDER BY position LIMIT $2";
    let ask = sqlx::query_scalar(ask).bind(start).bind(most).fetch_all(connection);
    within(ask).await.map_err(unavailable)
}

/// Waits for an answer, not for ever: the connection of one that did not come is dropped by its user.
async fn within<T>(answer: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
    let silent = |_| sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, "the database does not answer"));
    tokio::time::timeout(ANSWERS_WITHIN, answer).await.map_err(silent)?
}

/// PostgreSQL's code of an error.
fn code(error: &sqlx::Error) -> Option<String> {
    Some(error.as_database_error()?.code()?.into_owned())
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn unavailable(error: sqlx::Error) -> ReadError {
    match code(&error).as_deref() {
        // data_corrupted, index_corrupted
        Some("XX001" | "XX002") => ReadError::Damaged(error.to_string()),
        _ => ReadError::Unavailable(error.to_string()),
    }
}
