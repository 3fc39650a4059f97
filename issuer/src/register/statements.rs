// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What the school says to the ledger beside its batches: withdrawals, replacements, new keys, batches said again.

A statement is noted here, durably, before it is sent. So nothing that was ordered is forgotten, and what stands on the
ledger under the school's name and not here was said by somebody else.
*/

use proof::{Hash, Timestamp, entry::CertificateId, statement::SignedStatement, tree::LeafIndex};
use sqlx::{Connection, Row, Sqlite, Transaction, sqlite::SqliteRow};

use super::{
    CertificateRow, Register, RegisterError, failed,
    rows::{admitted, bad, certificate_row, signed},
};

/// How far a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementState {
    /// Noted; it may or may not be on the ledger.
    Staged,
    /// On the ledger.
    Committed,
    /// On the ledger, made elsewhere, and known to be right.
    Accepted,
}

impl StatementState {
    fn code(self) -> &'static str {
        match self {
            Self::Staged => "staged",
            Self::Committed => "committed",
            Self::Accepted => "accepted",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Staged, Self::Committed, Self::Accepted].into_iter().find(|state| state.code() == text)
    }
}

/// A statement as the register has it.
#[derive(Debug, Clone)]
pub struct StatementRow {
    /// Its number in this register, from 1.
    pub number: i64,
    /// How far it is.
    pub state: StatementState,
    /// The statement.
    pub signed: SignedStatement,
    /// Where the ledger has it and since when, once that is known.
    pub admitted: Option<(LeafIndex, Timestamp)>,
}

/// A certificate that another one is to take the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Replacement {
    /// Which is superseded.
    pub old: CertificateId,
    /// By which of this register.
    pub new: CertificateId,
}

/// Notes what is to be replaced by certificates of the register.
pub(super) async fn plan(
    transaction: &mut Transaction<'_, Sqlite>,
    replacements: &[Replacement],
) -> Result<(), sqlx::Error> {
    for Replacement { old, new } in replacements {
        sqlx::query("INSERT OR REPLACE INTO replacement (old, new) VALUES (?, ?)")
            .bind(old.0.0.to_vec())
            .bind(new.0.0.to_vec())
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

impl Register {
    /// All statements beside the batches, oldest first.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn statements(&mut self) -> Result<Vec<StatementRow>, RegisterError> {
        if !self.has_statements() {
            return Ok(Vec::new());
        }
        let rows = sqlx::query("SELECT * FROM statement ORDER BY number").fetch_all(&mut self.connection).await;
        rows.and_then(|rows| rows.iter().map(statement_row).collect()).map_err(failed(&self.path))
    }

    /// Notes statements before they are sent, durably and all at once. A replacement that is in one of them is no longer
    /// merely planned.
    ///
    /// # Errors
    /// If they cannot be noted; then none was.
    pub async fn stage_statements(
        &mut self,
        signed: &[SignedStatement],
        said: &[Replacement],
    ) -> Result<(), RegisterError> {
        let fail = failed(&self.path);
        let mut transaction = self.connection.begin().await.map_err(&fail)?;
        for statement in signed {
            let insert = sqlx::query("INSERT INTO statement (state, note) VALUES ('staged', ?)");
            insert.bind(statement.note().to_vec()).execute(&mut *transaction).await.map_err(&fail)?;
        }
        for Replacement { old, .. } in said {
            let delete = sqlx::query("DELETE FROM replacement WHERE old = ?").bind(old.0.0.to_vec());
            delete.execute(&mut *transaction).await.map_err(&fail)?;
        }
        transaction.commit().await.map_err(&fail)
    }

    /// Puts another statement in the place of a staged one that can no longer be sent.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn restage_statement(&mut self, number: i64, signed: &SignedStatement) -> Result<(), RegisterError> {
        let update = sqlx::query("UPDATE statement SET note = ? WHERE number = ? AND state = 'staged'");
        self.execute(update.bind(signed.note().to_vec()).bind(number)).await
    }

    /// Takes back a staged statement that is certainly not on the ledger.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn discard_statement(&mut self, number: i64) -> Result<(), RegisterError> {
        self.execute(sqlx::query("DELETE FROM statement WHERE number = ? AND state = 'staged'").bind(number)).await
    }

    /// Notes that the ledger has a statement.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn commit_statement(
        &mut self,
        number: i64,
        (index, admitted): (LeafIndex, Timestamp),
    ) -> Result<(), RegisterError> {
        let update = sqlx::query(
            "UPDATE statement SET state = 'committed', ledger_index = ?, admitted = ? \
             WHERE number = ? AND state = 'staged'",
        );
        self.execute(update.bind(signed_integer(index.0)).bind(signed_integer(admitted.posix())).bind(number)).await
    }

    /// Notes a statement that was made elsewhere and is known to be right.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn accept(
        &mut self,
        signed: &SignedStatement,
        (index, admitted): (LeafIndex, Timestamp),
    ) -> Result<(), RegisterError> {
        let insert =
            sqlx::query("INSERT INTO statement (state, note, ledger_index, admitted) VALUES ('accepted', ?, ?, ?)");
        let insert = insert.bind(signed.note().to_vec()).bind(signed_integer(index.0));
        self.execute(insert.bind(signed_integer(admitted.posix()))).await
    }

    /// What is to be replaced and was not sent yet.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn replacements(&mut self) -> Result<Vec<(Replacement, CertificateRow)>, RegisterError> {
        if !self.has_statements() {
            return Ok(Vec::new());
        }
        let planned = "SELECT old, certificate.* FROM replacement JOIN certificate ON id = new ORDER BY old";
        let rows = sqlx::query(planned).fetch_all(&mut self.connection).await;
        let pair = |row: &SqliteRow| {
            let old: Vec<u8> = row.try_get("old")?;
            let old = CertificateId(Hash(old.try_into().map_err(|_| bad("old"))?));
            let new = certificate_row(row)?;
            Ok((Replacement { old, new: new.id }, new))
        };
        rows.and_then(|rows| rows.iter().map(pair).collect()).map_err(failed(&self.path))
    }

    /// Notes what is to be replaced by certificates that are sealed already.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn plan_replacements(&mut self, replacements: &[Replacement]) -> Result<(), RegisterError> {
        let fail = failed(&self.path);
        let mut transaction = self.connection.begin().await.map_err(&fail)?;
        plan(&mut transaction, replacements).await.map_err(&fail)?;
        transaction.commit().await.map_err(&fail)
    }

    /// Forgets a replacement that was planned.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn forget_replacement(&mut self, old: CertificateId) -> Result<(), RegisterError> {
        self.execute(sqlx::query("DELETE FROM replacement WHERE old = ?").bind(old.0.0.to_vec())).await
    }
}

/// SQLite has no numbers without a sign. A ledger that is too long for them is not met.
fn signed_integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn statement_row(row: &SqliteRow) -> Result<StatementRow, sqlx::Error> {
    let state: String = row.try_get("state")?;
    Ok(StatementRow {
        number: row.try_get("number")?,
        state: StatementState::parse(&state).ok_or_else(|| bad("state"))?,
        signed: signed(row)?,
        admitted: admitted(row)?,
    })
}
