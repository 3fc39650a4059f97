// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The one table of an embedded ledger, and the only SQL that touches it.

use std::{fmt, ops::Range, path::Path};

use proof::key::{KeyName, Origin};
use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::ledger::{MAX_ENTRIES_PER_READ, ReadError};

/// `SGLL`: tells the file from other SQLite databases.
const APPLICATION_ID: i32 = 0x5347_4c4c;

/// The version of the tables.
const VERSION: i32 = 1;

const SCHEMA: &str = "
CREATE TABLE ledger (origin TEXT NOT NULL) STRICT;
CREATE TABLE entry (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TRIGGER entry_in_order BEFORE INSERT ON entry
    WHEN NEW.position <> (SELECT coalesce(max(position) + 1, 0) FROM entry)
    BEGIN SELECT raise(ABORT, 'a ledger has no gaps'); END;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'a ledger only grows'); END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'a ledger only grows'); END;
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT raise(ABORT, 'a ledger keeps its name'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT raise(ABORT, 'a ledger keeps its name'); END;
";

/// So many rows wait to be taken, at most: those of one read.
const ROW_BUFFER: usize = 1_000;

/// So many entries are inserted by one statement.
const ROWS: usize = 250;

/// A connection to the database of a ledger.
pub(crate) struct Database(SqliteConnection);

/// Why an entry was not inserted.
#[derive(Debug)]
pub(crate) struct InsertError {
    /// Whether it certainly left no trace.
    pub(super) rolled_back: bool,
    source: sqlx::Error,
}

impl fmt::Display for InsertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

impl Database {
    pub(crate) async fn create(path: &Path, origin: &Origin) -> Result<Self, ReadError> {
        let mut connection = connect(writing(path).create_if_missing(true)).await?;
        let statements = ["PRAGMA application_id = 1397181516", "PRAGMA user_version = 1", SCHEMA];
        for statement in statements {
            sqlx::raw_sql(statement).execute(&mut connection).await.map_err(unavailable)?;
        }
        let insert = sqlx::query("INSERT INTO ledger (origin) VALUES (?)").bind(origin.as_str());
        insert.execute(&mut connection).await.map_err(unavailable)?;
        Ok(Self(connection))
    }

    pub(crate) async fn open(path: &Path) -> Result<Self, ReadError> {
        Self::checked(connect(writing(path)).await?).await
    }

    pub(crate) async fn open_read_only(path: &Path, immutable: bool) -> Result<Self, ReadError> {
        let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(immutable);
        Self::checked(connect(options).await?).await
    }

    async fn checked(connection: SqliteConnection) -> Result<Self, ReadError> {
        let mut this = Self(connection);
        match this.check().await {
            Ok(()) => Ok(this),
            Err(error) => {
                this.close().await;
                Err(error)
            }
        }
    }

    async fn check(&mut self) -> Result<(), ReadError> {
        let id: i32 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut self.0).await.map_err(unavailable)?;
        if id != APPLICATION_ID {
            return Err(ReadError::Damaged("the database is not one of a ledger".to_owned()));
        }
        let version: i32 =
            sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut self.0).await.map_err(unavailable)?;
        if version != VERSION {
            let text = format!("the database has version {version}, this program knows version {VERSION}");
            return Err(ReadError::Unavailable(text));
        }
        Ok(())
    }

    pub(crate) async fn origin(&mut self) -> Result<Origin, ReadError> {
        let origin: String =
            sqlx::query_scalar("SELECT origin FROM ledger").fetch_one(&mut self.0).await.map_err(unavailable)?;
        KeyName::parse(&origin).ok_or_else(|| ReadError::Damaged("the database has no origin".to_owned()))
    }

    /// The entries of a range; fewer if the ledger ends before.
    pub(crate) async fn entries(&mut self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        let most = range.end.saturating_sub(range.start).min(MAX_ENTRIES_PER_READ);
        // No entry lies behind the largest position that SQLite has.
        let Some((start, most)) = i64::try_from(range.start).ok().zip(i64::try_from(most).ok()) else {
            return Ok(Vec::new());
        };
        sqlx::query_scalar("SELECT bytes FROM entry WHERE position >= ? ORDER BY position LIMIT ?")
            .bind(start)
            .bind(most)
            .fetch_all(&mut self.0)
            .await
            .map_err(unavailable)
    }

    /// Appends one entry, durably.
    pub(crate) async fn insert(&mut self, position: u64, bytes: &[u8]) -> Result<(), InsertError> {
        let position = i64::try_from(position)
            .map_err(|error| InsertError { rolled_back: true, source: sqlx::Error::Encode(error.into()) })?;
        // One statement is a transaction of its own. Nobody else writes: the caller holds the lock.
        let insert = sqlx::query("INSERT INTO entry (position, bytes) VALUES (?, ?)").bind(position).bind(bytes);
        let inserted = insert.execute(&mut self.0).await;
        inserted.map(|_| ()).map_err(|source| InsertError { rolled_back: is_refused(&source), source })
    }

    /// Appends entries, durably: all of them or none.
    pub(crate) async fn insert_group(&mut self, position: u64, entries: &[Vec<u8>]) -> Result<(), InsertError> {
        if let [entry] = entries {
            return self.insert(position, entry).await;
        }
        let outcome = self.try_insert_group(position, entries).await;
        let Err(source) = outcome else { return Ok(()) };
        // What was refused has not been committed; it is certain only when the transaction is gone.
        let rolled_back = is_refused(&source) && self.roll_back().await.is_ok();
        Err(InsertError { rolled_back, source })
    }

    async fn try_insert_group(&mut self, position: u64, entries: &[Vec<u8>]) -> Result<(), sqlx::Error> {
        self.execute("BEGIN IMMEDIATE").await?;
        self.insert_rows(position, entries).await?;
        self.execute("COMMIT").await
    }

    /// Begins a transaction: what is inserted from here on is there with [`Database::commit`], all of it or nothing.
    pub(crate) async fn begin(&mut self) -> Result<(), ReadError> {
        self.run("BEGIN IMMEDIATE").await
    }

    /// Ends a transaction, durably.
    pub(crate) async fn commit(&mut self) -> Result<(), ReadError> {
        self.run("COMMIT").await
    }

    /// Ends a transaction as if it had never begun.
    pub(crate) async fn roll_back(&mut self) -> Result<(), ReadError> {
        self.run("ROLLBACK").await
    }

    async fn run(&mut self, statement: &'static str) -> Result<(), ReadError> {
        self.execute(statement).await.map_err(unavailable)
    }

    async fn execute(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(statement).execute(&mut self.0).await.map(|_| ())
    }

    /// Appends entries within a transaction.
    pub(crate) async fn insert_all(&mut self, position: u64, entries: &[Vec<u8>]) -> Result<(), ReadError> {
        self.insert_rows(position, entries).await.map_err(unavailable)
    }

    async fn insert_rows(&mut self, position: u64, entries: &[Vec<u8>]) -> Result<(), sqlx::Error> {
        let first = i64::try_from(position).map_err(|error| sqlx::Error::Encode(error.into()))?;
        // SQLite takes 32,766 values in one statement; a few hundred are as fast.
        for (chunk, positions) in entries.chunks(ROWS).zip((first..).step_by(ROWS)) {
            let mut insert = sqlx::QueryBuilder::new("INSERT INTO entry (position, bytes) ");
            insert.push_values((positions..).zip(chunk), |mut row, (position, bytes)| {
                row.push_bind(position).push_bind(bytes);
            });
            insert.build().execute(&mut self.0).await?;
        }
        Ok(())
    }

    /// Has the disk seem full from here on, or not any more.
    #[cfg(test)]
    pub(super) async fn seem_full(&mut self, full: bool) {
        // Below what the file has, SQLite takes the size that it has.
        let statement = if full { "PRAGMA max_page_count = 1" } else { "PRAGMA max_page_count = 1000000" };
        self.execute(statement).await.expect("set");
    }

    /// Writes every entry that lies in the write-ahead log into the file itself, durably.
    pub(crate) async fn fold(&mut self) -> Result<(), ReadError> {
        let (busy, _, _): (i32, i32, i32) =
            sqlx::query_as("PRAGMA wal_checkpoint(FULL)").fetch_one(&mut self.0).await.map_err(unavailable)?;
        if busy == 0 { Ok(()) } else { Err(ReadError::Unavailable("the database is in use".to_owned())) }
    }

    /// What SQLite itself finds wrong with the file.
    pub(crate) async fn integrity(&mut self) -> Result<Vec<String>, ReadError> {
        let lines: Vec<String> =
            sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut self.0).await.map_err(unavailable)?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }

    /// Whether tables and triggers are those of a new ledger: somebody may have taken the triggers away.
    pub(crate) async fn has_own_schema(&mut self) -> Result<bool, ReadError> {
        let statements: Vec<String> = sqlx::query_scalar("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
            .fetch_all(&mut self.0)
            .await
            .map_err(unavailable)?;
        let count = SCHEMA.matches("CREATE ").count();
        Ok(statements.len() == count && statements.iter().all(|statement| SCHEMA.contains(statement.as_str())))
    }

    pub(crate) async fn close(self) {
        // A failure leaves the write-ahead log behind, which the next connection reads.
        let _ = self.0.close().await;
    }
}

fn writing(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(std::time::Duration::from_secs(30))
}

async fn connect(options: SqliteConnectOptions) -> Result<SqliteConnection, ReadError> {
    // Rows come from a thread of their own: with room for a whole read, the two hardly ever wait for each other.
    options.disable_statement_logging().row_buffer_size(ROW_BUFFER).connect().await.map_err(unavailable)
}

/// Whether SQLite has certainly not written: busy, read-only, full, or a trigger's refusal. Of an error of input or
/// output nobody knows how far it got.
fn is_refused(error: &sqlx::Error) -> bool {
    matches!(primary_code(error), Some(5 | 8 | 13 | 19))
}

/// SQLite's result code without its extension.
fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let code: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn unavailable(error: sqlx::Error) -> ReadError {
    // SQLITE_CORRUPT and SQLITE_NOTADB.
    match primary_code(&error) {
        Some(11 | 26) => ReadError::Damaged(error.to_string()),
        _ => ReadError::Unavailable(error.to_string()),
    }
}
