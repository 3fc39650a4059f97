// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What the register holds, a row each, and how a row is read.

use std::path::PathBuf;

use anchor::host;
use proof::{
    Hash, Timestamp,
    entry::{CertificateId, DocumentDigest, Salt},
    statement::{Body, SignedStatement},
    tree::LeafIndex,
};
use sqlx::{Row, sqlite::SqliteRow};

/// How far a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Noted; it may or may not be on the ledger.
    Staged,
    /// On the ledger; its files may not all be written.
    Committed,
    /// On the ledger, its files written.
    Done,
}

impl State {
    /// The token of the database and of JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Staged => "staged",
            Self::Committed => "committed",
            Self::Done => "done",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Staged, Self::Committed, Self::Done].into_iter().find(|state| state.code() == text)
    }
}

/// A batch as the register has it.
#[derive(Debug, Clone)]
pub struct BatchRow {
    /// Its number in this register, from 1.
    pub number: i64,
    /// How far it is.
    pub state: State,
    /// The signed batch statement.
    pub signed: SignedStatement,
    /// The output folder, absolute.
    pub out: PathBuf,
    /// Whether proofs lie beside the copies instead of in them.
    pub detached: bool,
    /// Where the ledger has it and since when, once that is known.
    pub admitted: Option<(LeafIndex, Timestamp)>,
}

impl BatchRow {
    /// The kind of its certificates.
    pub fn kind(&self) -> &str {
        match &self.signed.statement().body {
            Body::Batch { kind, .. } => kind.as_str(),
            _ => "",
        }
    }
}

/// A certificate as the register has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRow {
    /// Its id.
    pub id: CertificateId,
    /// The batch that holds it.
    pub batch: i64,
    /// Where the original lay, absolute.
    pub source: PathBuf,
    /// Where the sealed copy went, below the batch's output folder.
    pub output: PathBuf,
    /// Digest of the original.
    pub digest: DocumentDigest,
    /// Length of the original in bytes.
    pub length: u64,
    /// Its salt.
    pub salt: Salt,
    /// Its place in the batch tree.
    pub leaf: LeafIndex,
    /// Its path to the batch root.
    pub path: Vec<Hash>,
}

pub(super) fn batch_row(row: &SqliteRow) -> Result<BatchRow, sqlx::Error> {
    let state: String = row.try_get("state")?;
    Ok(BatchRow {
        number: row.try_get("number")?,
        state: State::parse(&state).ok_or_else(|| bad("state"))?,
        signed: signed(row)?,
        out: host::path_from_bytes(row.try_get("out")?),
        detached: row.try_get("detached")?,
        admitted: admitted(row)?,
    })
}

pub(super) fn signed(row: &SqliteRow) -> Result<SignedStatement, sqlx::Error> {
    let note: Vec<u8> = row.try_get("note")?;
    SignedStatement::parse(note).map_err(|error| sqlx::Error::Decode(error.into()))
}

pub(super) fn admitted(row: &SqliteRow) -> Result<Option<(LeafIndex, Timestamp)>, sqlx::Error> {
    let index: Option<i64> = row.try_get("ledger_index")?;
    let admitted: Option<i64> = row.try_get("admitted")?;
    let unsigned = |number: i64| u64::try_from(number).ok();
    Ok(index.and_then(unsigned).map(LeafIndex).zip(admitted.and_then(unsigned).and_then(Timestamp::from_posix)))
}

pub(super) fn certificate_row(row: &SqliteRow) -> Result<CertificateRow, sqlx::Error> {
    let array = |column: &'static str| -> Result<[u8; 32], sqlx::Error> {
        row.try_get::<Vec<u8>, _>(column)?.try_into().map_err(|_| bad(column))
    };
    let unsigned = |column| u64::try_from(row.try_get::<i64, _>(column)?).map_err(|_| bad(column));
    let salt: Vec<u8> = row.try_get("salt")?;
    let path: Vec<u8> = row.try_get("path")?;
    let (hashes, rest) = path.as_chunks();
    if !rest.is_empty() {
        return Err(bad("path"));
    }
    Ok(CertificateRow {
        id: CertificateId(Hash(array("id")?)),
        batch: row.try_get("batch")?,
        source: host::path_from_bytes(row.try_get("source")?),
        output: host::path_from_bytes(row.try_get("output")?),
        digest: DocumentDigest(Hash(array("digest")?)),
        length: unsigned("length")?,
        salt: Salt(salt.try_into().map_err(|_| bad("salt"))?),
        leaf: LeafIndex(unsigned("leaf")?),
        path: hashes.iter().map(|hash| Hash(*hash)).collect(),
    })
}

pub(super) fn bad(column: &'static str) -> sqlx::Error {
    sqlx::Error::Decode(format!("the column {column} is not of its form").into())
}
