// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a service writes to, and the same without a ledger: the floor.

use std::path::Path;

use anchor::{clock::Clock, sqlite};
use proof::{authority::Authorities, key::Origin};
use sqlx::{Connection, SqliteConnection};

use crate::{ledger::bare, measure::Result};

/// What `anchor serve` writes to.
pub(crate) trait Store {
    type Table: Table;

    /// What it is called in the report.
    fn name(&self) -> &'static str;

    /// Makes a ledger, and gives what `--ledger` says. `place` is a path where nothing is yet.
    async fn ledger(&self, place: &Path, origin: &Origin, authorities: &Authorities, clock: &Clock) -> Result<String>;

    /// Makes a table with the columns of a ledger's, by the same driver and as durable. `place` as above.
    async fn table(&self, place: &Path) -> Result<Self::Table>;
}

/// A table without a ledger.
pub(crate) trait Table {
    /// Inserts rows one by one in a transaction of their own, and returns when they are durable.
    async fn insert(&mut self, rows: &[Vec<u8>]) -> Result<()>;
}

/// The embedded ledger.
pub(crate) struct Sqlite;

impl Store for Sqlite {
    type Table = SqliteConnection;

    fn name(&self) -> &'static str {
        "SQLite"
    }

    async fn ledger(&self, place: &Path, origin: &Origin, authorities: &Authorities, clock: &Clock) -> Result<String> {
        sqlite::init(place, origin, authorities, clock).await?;
        Ok(place.to_string_lossy().into_owned())
    }

    async fn table(&self, place: &Path) -> Result<Self::Table> {
        bare(&place.with_extension("db")).await
    }
}

impl Table for SqliteConnection {
    async fn insert(&mut self, rows: &[Vec<u8>]) -> Result<()> {
        let mut transaction = self.begin().await?;
        for row in rows {
            sqlx::query("INSERT INTO entry (bytes) VALUES (?)").bind(row).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
