// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The tables of the register, and the way from those of earlier versions.

use sqlx::Connection;

use super::{Register, RegisterError, failed};

/// `SGLR`: tells the file from other SQLite databases.
const APPLICATION_ID: i32 = 0x5347_4c52;

/// The version of the tables that this program writes.
const VERSION: i32 = 2;

/// Version 1: batches and certificates.
const CERTIFICATES: &str = "
CREATE TABLE batch (
    number INTEGER PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('staged', 'committed', 'done')),
    note BLOB NOT NULL,
    out BLOB NOT NULL,
    detached INTEGER NOT NULL,
    ledger_index INTEGER,
    admitted INTEGER
) STRICT;
CREATE TABLE certificate (
    id BLOB PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (number) ON DELETE CASCADE,
    source BLOB NOT NULL,
    output BLOB NOT NULL,
    digest BLOB NOT NULL,
    length INTEGER NOT NULL,
    salt BLOB NOT NULL,
    leaf INTEGER NOT NULL,
    path BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX certificate_by_batch ON certificate (batch);
CREATE INDEX certificate_by_digest ON certificate (digest);
";

/// Version 2 adds what else the school says to the ledger, and what it has promised itself to say.
const STATEMENTS: &str = "
CREATE TABLE statement (
    number INTEGER PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('staged', 'committed', 'accepted')),
    note BLOB NOT NULL,
    ledger_index INTEGER,
    admitted INTEGER
) STRICT;
CREATE TABLE replacement (
    old BLOB PRIMARY KEY,
    new BLOB NOT NULL REFERENCES certificate (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX replacement_by_new ON replacement (new);
";

impl Register {
    /// Makes the tables that are missing: all of them in a new file, some in one of an earlier version.
    pub(super) async fn prepare(&mut self) -> Result<(), RegisterError> {
        let tables: i64 = self.scalar("SELECT count(*) FROM sqlite_schema").await?;
        let id: i32 = self.scalar("PRAGMA application_id").await?;
        let version: i32 = self.scalar("PRAGMA user_version").await?;
        match (tables, id, version) {
            (0, _, 0) => self.make(&[CERTIFICATES, STATEMENTS]).await,
            (_, APPLICATION_ID, 1) => self.make(&[STATEMENTS]).await,
            _ => Ok(()),
        }
    }

    async fn make(&mut self, tables: &[&'static str]) -> Result<(), RegisterError> {
        let fail = failed(&self.path);
        let mut transaction = self.connection.begin().await.map_err(&fail)?;
        for sql in tables.iter().chain(&["PRAGMA application_id = 1397181522; PRAGMA user_version = 2"]) {
            sqlx::raw_sql(*sql).execute(&mut *transaction).await.map_err(&fail)?;
        }
        transaction.commit().await.map_err(&fail)
    }

    /// Whether this is a register that this program can use. Who only reads can use one of an earlier version.
    pub(super) async fn check(mut self) -> Result<Self, RegisterError> {
        let id: i32 = self.scalar("PRAGMA application_id").await?;
        self.version = self.scalar("PRAGMA user_version").await?;
        if id == APPLICATION_ID && (1..=VERSION).contains(&self.version) {
            Ok(self)
        } else {
            Err(RegisterError::NotARegister { path: self.path })
        }
    }

    /// Whether there are the tables of version 2.
    pub(super) fn has_statements(&self) -> bool {
        self.version >= 2
    }
}
