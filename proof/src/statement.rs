// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What schools and authorities say to a ledger: the grammar of statements.

A statement is a signed note whose text has one field a line, in a fixed order. Parsing accepts a text if and only if
encoding what was understood gives the same bytes again; what a statement *does* is decided by [`crate::register`].
*/

mod body;
mod fields;

use core::fmt;

pub(crate) use body::statement_key;
pub use body::{Accreditation, Body, MAX_CERTIFICATES, MAX_PAIRS, WithdrawalReason};
pub use fields::{Kinds, Label, Land, SchoolNumber, Token};

pub(crate) use fields::{Lines, Writer};

use crate::{
    Hash, Timestamp,
    key::{KeyName, Origin, SignError, Signer, VerifyingKey},
    note::{self, MAX_NOTE_BYTES, Note, NoteError},
};

const HEADER: &str = "schulsiegel/statement/v1";

/// The largest note of a `batch`, an `accredit` or a `rotate`, in bytes. Up to nine of them travel in every certificate.
pub const MAX_PROVEN_NOTE_BYTES: usize = 2_048;

/// A statement, understood but not yet believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The ledger it is meant for. On another one it does not count.
    pub ledger: Origin,
    /// The name of the key that makes it.
    pub issuer: KeyName,
    /// Its number in the issuer's record: 0, 1, 2 …
    pub seq: u64,
    /// The hash of the text before it in the record; `None` (`-`) for an authority's first.
    pub prev: Option<Hash>,
    /// When, in the signer's own word.
    pub time: Timestamp,
    /// What it says.
    pub body: Body,
}

/// Why bytes are no statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StatementError {
    /// No signed note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// A line is missing, unknown, out of order or not in its one spelling.
    #[error("the line `{line}` is missing or not of its form")]
    BadLine {
        /// The name of the field that was expected.
        line: &'static str,
    },
    /// A type that this version does not know.
    #[error("the type of this statement is not known to this version")]
    UnknownType,
    /// Larger than its type may be.
    #[error("{got} bytes, at most {wanted} for this type")]
    TooLarge {
        /// Bytes found.
        got: usize,
        /// Bytes allowed.
        wanted: usize,
    },
}

/// Why a statement was not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignStatementError {
    /// It would not be of its form.
    #[error(transparent)]
    Statement(#[from] StatementError),
    /// A key does not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}

impl Statement {
    /// The text that is signed.
    pub fn text(&self) -> String {
        let mut lines = Writer::new(HEADER);
        lines.put("ledger", &self.ledger);
        lines.put("type", &self.body.name());
        lines.put("issuer", &self.issuer);
        lines.put("seq", &self.seq);
        lines.put("prev", &self.prev.map_or_else(|| "-".to_owned(), |prev| prev.to_base64()));
        lines.put("time", &self.time);
        self.body.write(&mut lines);
        lines.finish()
    }

    /// Reads a text.
    ///
    /// # Errors
    /// If it is not exactly what [`Statement::text`] writes.
    pub fn parse(text: &str) -> Result<Self, StatementError> {
        let mut lines = Lines::new(text, HEADER)?;
        let ledger = lines.take("ledger", KeyName::parse)?;
        let kind = lines.take("type", Token::parse)?;
        let issuer = lines.take("issuer", KeyName::parse)?;
        let seq = lines.take("seq", crate::encoding::decimal)?;
        let prev =
            lines.take("prev", |value| if value == "-" { Some(None) } else { Hash::from_base64(value).map(Some) })?;
        let time = lines.take("time", Timestamp::parse)?;
        let body = Body::parse(kind.as_str(), &mut lines)?;
        lines.end()?;
        let this = Self { ledger, issuer, seq, prev, time, body };
        debug_assert_eq!(this.text(), text, "every field has one spelling");
        Ok(this)
    }

    /// Signs the statement with each of `keys` (one, or two for a `rotate`).
    ///
    /// # Errors
    /// If the note would be larger than its type may be, or one of the keys does not sign.
    pub fn sign<S: Signer + ?Sized>(self, keys: &[&S]) -> Result<SignedStatement, SignStatementError> {
        Ok(SignedStatement::parse(note::sign(&self.text(), keys)?.into_bytes())?)
    }
}

/// A statement with its signature lines. Whether they hold is a question of [`SignedStatement::is_signed_by`].
#[derive(Clone, PartialEq, Eq)]
pub struct SignedStatement {
    note: Vec<u8>,
    text_length: usize,
    statement: Statement,
}

impl SignedStatement {
    /// Reads a signed statement.
    ///
    /// # Errors
    /// If the bytes are no note, the text is no statement, or the note is larger than its type may be.
    pub fn parse(note: Vec<u8>) -> Result<Self, StatementError> {
        let text = Note::parse(&note)?.text();
        let statement = Statement::parse(text)?;
        let wanted = if statement.body.is_proven() { MAX_PROVEN_NOTE_BYTES } else { MAX_NOTE_BYTES };
        if note.len() > wanted {
            return Err(StatementError::TooLarge { got: note.len(), wanted });
        }
        let text_length = text.len();
        Ok(Self { note, text_length, statement })
    }

    /// What is said.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The note, byte by byte.
    pub fn note(&self) -> &[u8] {
        &self.note
    }

    /// The text that was signed.
    ///
    /// # Panics
    /// Never: a parsed note is UTF-8.
    pub fn text(&self) -> &str {
        str::from_utf8(&self.note[..self.text_length]).expect("a parsed note is UTF-8")
    }

    /// The hash of the text: the `prev` of the next statement of the record, and what statements are deduplicated on.
    pub fn text_hash(&self) -> Hash {
        Hash::of(&[&self.note[..self.text_length]])
    }

    /// Whether exactly these keys signed, and nobody else.
    pub fn is_signed_by(&self, keys: &[&VerifyingKey]) -> bool {
        Note::parse(&self.note).is_ok_and(|note| note.is_signed_by_exactly(keys))
    }
}

impl fmt::Debug for SignedStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.note))
    }
}

/// A statement as a ledger holds it: with the time at which the ledger took it in.
///
/// Encoded as `admitted u64 ‖ note`; its leaf is the hash of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The ledger's own clock.
    pub admitted: Timestamp,
    /// The statement's note, which need not be one that this version understands.
    pub note: Vec<u8>,
}

impl LedgerEntry {
    /// Reads an entry; `None` if the time is missing or out of range.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (admitted, note) = bytes.split_first_chunk()?;
        let admitted = Timestamp::from_posix(u64::from_be_bytes(*admitted))?;
        Some(Self { admitted, note: note.to_vec() })
    }

    /// The bytes of the entry.
    pub fn encode(&self) -> Vec<u8> {
        [self.admitted.posix().to_be_bytes().as_slice(), &self.note].concat()
    }

    /// The hash of the entry as a leaf.
    pub fn leaf(&self) -> Hash {
        Hash::of(&[&[0x00], &self.admitted.posix().to_be_bytes(), &self.note])
    }
}

#[cfg(test)]
mod tests;
