// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The school's register: every certificate that it ever sealed, with what is needed to prove it again.

A SQLite database, and the only SQL of this program. It holds the salts, so that whoever has it can link ledger and
certificates: it stays at the school. A batch is noted here, durably, before it goes to the ledger.
*/

mod rows;
mod schema;
mod statements;

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

pub use rows::{BatchRow, CertificateRow, State};
use rows::{bad, batch_row, certificate_row};
pub use statements::{Replacement, StatementRow, StatementState};

use anchor::host;
use proof::{
    Hash, Timestamp,
    entry::{CertificateId, DocumentDigest},
    statement::SignedStatement,
    tree::LeafIndex,
};
use sqlx::{
    ConnectOptions, Connection, QueryBuilder, Row, Sqlite, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

/// Why the register cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// A file of it cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database says no.
    #[error("{path}: {source}")]
    Database {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: sqlx::Error,
    },
    /// The file is no register, or one of a later version.
    #[error("{path} is not a school's register of this version")]
    NotARegister {
        /// Which file.
        path: PathBuf,
    },
}

/// The register, open and locked: one run at a time.
pub struct Register {
    path: PathBuf,
    connection: SqliteConnection,
    /// That of the tables: an earlier one if nobody has written since this program came.
    version: i32,
    _lock: Option<File>,
}

impl Register {
    /// Opens the register to write, and makes it if there is none. Waits until no other run has it; `waiting` is called
    /// once if that takes time.
    ///
    /// # Errors
    /// If it cannot be opened, or is no register.
    pub async fn open(path: &Path, waiting: impl FnOnce()) -> Result<Self, RegisterError> {
        let lock = lock(path, waiting)?;
        make_private(path)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let mut this = Self::connect(path, options, Some(lock)).await?;
        // What a run that died has left in the write-ahead log may not be on the disk, and what follows it there would
        // be lost with it.
        this.scalar::<i32>("PRAGMA wal_checkpoint(FULL)").await?;
        this.prepare().await?;
        this.check().await
    }

    /// Opens the register to read, beside a run that may be writing.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub async fn open_to_read(path: &Path) -> Result<Self, RegisterError> {
        fs::metadata(path).map_err(|source| RegisterError::Io { path: path.to_owned(), source })?;
        let options = SqliteConnectOptions::new().filename(path).read_only(true);
        Self::connect(path, options, None).await?.check().await
    }

    async fn connect(path: &Path, options: SqliteConnectOptions, lock: Option<File>) -> Result<Self, RegisterError> {
        let connection = options.disable_statement_logging().connect().await.map_err(failed(path))?;
        Ok(Self { path: path.to_owned(), connection, version: 0, _lock: lock })
    }

    async fn scalar<T>(&mut self, sql: &'static str) -> Result<T, RegisterError>
    where
        T: for<'r> sqlx::Decode<'r, Sqlite> + sqlx::Type<Sqlite> + Send + Unpin,
    {
        sqlx::query_scalar(sql).fetch_one(&mut self.connection).await.map_err(failed(&self.path))
    }

    /// Ends the connection, which folds the write-ahead log into the database.
    pub async fn close(self) {
        // A failure leaves the log behind, which the next connection reads.
        let _ = self.connection.close().await;
    }

    /// Notes a batch before it goes to the ledger, durably, and gives its number; with it, which certificates its own are
    /// to take the place of.
    ///
    /// # Errors
    /// If it cannot be noted; then nothing was.
    pub async fn stage(
        &mut self,
        signed: &SignedStatement,
        out: &Path,
        detached: bool,
        certificates: &[CertificateRow],
        replacements: &[Replacement],
    ) -> Result<i64, RegisterError> {
        /// SQLite takes 32,766 values in one statement; 9 for each row.
        const ROWS_PER_INSERT: usize = 1_000;
        let fail = failed(&self.path);
        let mut transaction = self.connection.begin().await.map_err(&fail)?;
        let number: i64 = sqlx::query_scalar(
            "INSERT INTO batch (state, note, out, detached) VALUES ('staged', ?, ?, ?) RETURNING number",
        )
        .bind(signed.note())
        .bind(host::path_to_bytes(out))
        .bind(detached)
        .fetch_one(&mut *transaction)
        .await
        .map_err(&fail)?;
        for rows in certificates.chunks(ROWS_PER_INSERT) {
            let mut insert = QueryBuilder::new(
                "INSERT INTO certificate (id, batch, source, output, digest, length, salt, leaf, path) ",
            );
            insert.push_values(rows, |mut row, certificate| {
                row.push_bind(certificate.id.0.0.as_slice())
                    .push_bind(number)
                    .push_bind(host::path_to_bytes(&certificate.source))
                    .push_bind(host::path_to_bytes(&certificate.output))
                    .push_bind(certificate.digest.0.0.as_slice())
                    .push_bind(i64::try_from(certificate.length).unwrap_or(i64::MAX))
                    .push_bind(certificate.salt.0.as_slice())
                    .push_bind(i64::try_from(certificate.leaf.0).unwrap_or(i64::MAX))
                    .push_bind(certificate.path.iter().flat_map(|hash| hash.0).collect::<Vec<u8>>());
            });
            insert.build().persistent(false).execute(&mut *transaction).await.map_err(&fail)?;
        }
        statements::plan(&mut transaction, replacements).await.map_err(&fail)?;
        transaction.commit().await.map_err(&fail)?;
        Ok(number)
    }

    /// Puts another statement in the place of a staged one that can no longer be appended.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn restage(&mut self, number: i64, signed: &SignedStatement) -> Result<(), RegisterError> {
        let update = sqlx::query("UPDATE batch SET note = ? WHERE number = ? AND state = 'staged'");
        self.execute(update.bind(signed.note().to_vec()).bind(number)).await
    }

    /// Takes back a staged batch that is certainly not on the ledger.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn discard(&mut self, number: i64) -> Result<(), RegisterError> {
        self.execute(sqlx::query("DELETE FROM batch WHERE number = ? AND state = 'staged'").bind(number)).await
    }

    /// Notes that the ledger has a batch.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn commit(&mut self, number: i64, index: LeafIndex, admitted: Timestamp) -> Result<(), RegisterError> {
        let update = sqlx::query(
            "UPDATE batch SET state = 'committed', ledger_index = ?, admitted = ? WHERE number = ? AND state = 'staged'",
        );
        let (index, admitted) = (i64::try_from(index.0), i64::try_from(admitted.posix()));
        self.execute(update.bind(index.unwrap_or(i64::MAX)).bind(admitted.unwrap_or(i64::MAX)).bind(number)).await
    }

    /// Notes that all files of a batch are written.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn finish(&mut self, number: i64) -> Result<(), RegisterError> {
        self.execute(
            sqlx::query("UPDATE batch SET state = 'done' WHERE number = ? AND state = 'committed'").bind(number),
        )
        .await
    }

    /// Notes that a sealed copy went elsewhere, because its place was taken.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn move_output(&mut self, id: CertificateId, output: &Path) -> Result<(), RegisterError> {
        let update = sqlx::query("UPDATE certificate SET output = ? WHERE id = ?");
        self.execute(update.bind(host::path_to_bytes(output)).bind(id.0.0.to_vec())).await
    }

    async fn execute(
        &mut self,
        query: sqlx::query::Query<'_, Sqlite, sqlx::sqlite::SqliteArguments>,
    ) -> Result<(), RegisterError> {
        query.execute(&mut self.connection).await.map_err(failed(&self.path)).map(|_| ())
    }

    /// All batches, oldest first.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn batches(&mut self) -> Result<Vec<BatchRow>, RegisterError> {
        let rows = sqlx::query("SELECT * FROM batch ORDER BY number").fetch_all(&mut self.connection).await;
        rows.and_then(|rows| rows.iter().map(batch_row).collect()).map_err(failed(&self.path))
    }

    /// How many certificates a batch has.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn count(&mut self, batch: i64) -> Result<u64, RegisterError> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM certificate WHERE batch = ?")
            .bind(batch)
            .fetch_one(&mut self.connection)
            .await
            .map_err(failed(&self.path))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// The certificates of a batch, by output name.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn certificates(&mut self, batch: i64) -> Result<Vec<CertificateRow>, RegisterError> {
        let rows = sqlx::query("SELECT * FROM certificate WHERE batch = ? ORDER BY output")
            .bind(batch)
            .fetch_all(&mut self.connection)
            .await;
        rows.and_then(|rows| rows.iter().map(certificate_row).collect()).map_err(failed(&self.path))
    }

    /// The certificates with an id that begins so, at most two: enough to know that it is ambiguous.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn by_id(&mut self, prefix: &str) -> Result<Vec<CertificateRow>, RegisterError> {
        let bound =
            |digit: &str| Hash::from_hex(&format!("{prefix}{}", digit.repeat(64_usize.saturating_sub(prefix.len()))));
        let (Some(low), Some(high)) = (bound("0"), bound("f")) else { return Ok(Vec::new()) };
        let rows = sqlx::query("SELECT * FROM certificate WHERE id BETWEEN ? AND ? LIMIT 2")
            .bind(low.0.to_vec())
            .bind(high.0.to_vec())
            .fetch_all(&mut self.connection)
            .await;
        rows.and_then(|rows| rows.iter().map(certificate_row).collect()).map_err(failed(&self.path))
    }

    /// The certificates of a document, latest batch first.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn by_digest(&mut self, digest: &DocumentDigest) -> Result<Vec<CertificateRow>, RegisterError> {
        let rows = sqlx::query("SELECT * FROM certificate WHERE digest = ? ORDER BY batch DESC")
            .bind(digest.0.0.to_vec())
            .fetch_all(&mut self.connection)
            .await;
        rows.and_then(|rows| rows.iter().map(certificate_row).collect()).map_err(failed(&self.path))
    }

    /// The certificates whose original or copy bears a name of which `fits` says yes, latest batch first. It is given both
    /// paths, absolute.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn by_name(&mut self, fits: impl Fn(&Path, &Path) -> bool) -> Result<Vec<CertificateRow>, RegisterError> {
        let names = "SELECT id, source, batch.out, output FROM certificate JOIN batch ON batch.number = batch \
                     ORDER BY batch DESC, output";
        let rows = sqlx::query(names).fetch_all(&mut self.connection).await.map_err(failed(&self.path))?;
        let mut found = Vec::new();
        for row in rows {
            let path = |column| row.try_get(column).map(host::path_from_bytes).map_err(failed(&self.path));
            let (source, output) = (path("source")?, path("out")?.join(path("output")?));
            if fits(&source, &output) {
                found.push(row.try_get::<Vec<u8>, _>("id").map_err(failed(&self.path))?);
            }
        }
        let mut certificates = Vec::with_capacity(found.len());
        for id in found {
            let row =
                sqlx::query("SELECT * FROM certificate WHERE id = ?").bind(id).fetch_one(&mut self.connection).await;
            certificates.push(row.and_then(|row| certificate_row(&row)).map_err(failed(&self.path))?);
        }
        Ok(certificates)
    }

    /// The ids of all certificates.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn ids(&mut self) -> Result<Vec<CertificateId>, RegisterError> {
        let ids: Result<Vec<Vec<u8>>, _> =
            sqlx::query_scalar("SELECT id FROM certificate").fetch_all(&mut self.connection).await;
        let id = |bytes: Vec<u8>| Ok(CertificateId(Hash(bytes.try_into().map_err(|_| bad("id"))?)));
        ids.and_then(|ids| ids.into_iter().map(id).collect()).map_err(failed(&self.path))
    }

    /// Whether anything was ever sealed: if not, no digest needs to be looked up.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn is_empty(&mut self) -> Result<bool, RegisterError> {
        let any: i64 = self.scalar("SELECT EXISTS (SELECT 1 FROM certificate)").await?;
        Ok(any == 0)
    }
}

/// Waits for the file beside the register that says "a run is going on".
fn lock(path: &Path, waiting: impl FnOnce()) -> Result<File, RegisterError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    let io = |source| RegisterError::Io { path: name.clone(), source };
    let file = File::options().write(true).create(true).truncate(false).open(&name).map_err(io)?;
    if file.try_lock().is_err() {
        waiting();
        file.lock().map_err(io)?;
    }
    Ok(file)
}

/// Makes an empty file that only its owner can read, for SQLite to fill: it holds the salts.
fn make_private(path: &Path) -> Result<(), RegisterError> {
    match host::create_private(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(RegisterError::Io { path: path.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}

fn failed(path: &Path) -> impl Fn(sqlx::Error) -> RegisterError + use<> {
    let path = path.to_owned();
    move |source| RegisterError::Database { path: path.clone(), source }
}
