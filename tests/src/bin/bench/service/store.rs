// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a service writes to, and the same without a ledger: the floor.

use std::path::Path;

use anchor::{
    clock::Clock,
    postgres::{self, Address},
    sqlite,
};
use proof::{authority::Authorities, key::Origin};
use sqlx::{Connection, PgConnection, SqliteConnection};
use tests::postgres::Cluster;

use crate::{ledger::bare, measure::Result};

/// What `anchor serve` writes to.
pub(crate) trait Store {
    type Table: Table;

    /// What it is called in the report.
    fn name(&self) -> &'static str;

    /// Makes a ledger, and gives the options of `anchor serve` that name it. `place` is a path where nothing is yet.
    async fn ledger(
        &self,
        place: &Path,
        origin: &Origin,
        authorities: &Authorities,
        clock: &Clock,
    ) -> Result<Vec<String>>;

    /// Makes a table with the columns of a ledger's, by the same driver and as durable. `place` as above.
    async fn table(&self, place: &Path) -> Result<Self::Table>;
}

/// A table without a ledger.
pub(crate) trait Table {
    /// Inserts rows in a transaction of their own, and returns when they are durable.
    async fn insert(&mut self, rows: &[Vec<u8>]) -> Result<()>;
}

/// The embedded ledger.
pub(crate) struct Sqlite;

impl Store for Sqlite {
    type Table = SqliteConnection;

    fn name(&self) -> &'static str {
        "SQLite"
    }

    async fn ledger(
        &self,
        place: &Path,
        origin: &Origin,
        authorities: &Authorities,
        clock: &Clock,
    ) -> Result<Vec<String>> {
        sqlite::init(place, origin, authorities, clock).await?;
        Ok(vec!["--ledger".to_owned(), place.to_string_lossy().into_owned()])
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

/// A ledger in PostgreSQL: a server of its own, as it is after its installation.
pub(crate) struct Postgres(pub(crate) Cluster);

impl Store for Postgres {
    type Table = PgConnection;

    fn name(&self) -> &'static str {
        "PostgreSQL"
    }

    async fn ledger(
        &self,
        place: &Path,
        origin: &Origin,
        authorities: &Authorities,
        clock: &Clock,
    ) -> Result<Vec<String>> {
        let url = self.0.url(&database(&self.0).await?);
        postgres::init(&Address::parse(&url).ok_or("an address")?, place, origin, authorities, clock).await?;
        Ok(vec!["--ledger".to_owned(), url, "--keys".to_owned(), place.to_string_lossy().into_owned()])
    }

    async fn table(&self, _: &Path) -> Result<Self::Table> {
        let mut connection = PgConnection::connect(&self.0.url(&database(&self.0).await?)).await?;
        let create = "CREATE TABLE entry (position bigserial PRIMARY KEY, bytes bytea NOT NULL)";
        sqlx::query(create).execute(&mut connection).await?;
        Ok(connection)
    }
}

/// A new database.
async fn database(cluster: &Cluster) -> Result<String> {
    let name = format!("bench_{}", cluster.next());
    let mut connection = PgConnection::connect(&cluster.url("postgres")).await?;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await?;
    Ok(name)
}

impl Table for PgConnection {
    async fn insert(&mut self, rows: &[Vec<u8>]) -> Result<()> {
        // One question for all rows: one for each would be slower, and no fair floor.
        let mut transaction = self.begin().await?;
        let insert = "INSERT INTO entry (bytes) SELECT bytes FROM unnest($1::bytea[]) AS new (bytes)";
        sqlx::query(insert).bind(rows).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }
}
