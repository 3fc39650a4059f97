// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A ministry's folder: its key, and every statement it ever signed.

It needs no ledger. The chain of an authority's statements continues from the last one in the folder, so that a machine
that is never connected can sign, and the statements travel on a stick. A statement is kept here before it is handed out:
if the machine fails in between, it is handed out again instead of a second one under the same number.
*/

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use proof::{
    Hash, Timestamp,
    authority::Authority,
    key::{Algorithm, KeyName, Origin, SigningKey},
    request::Request,
    statement::{Accreditation, Body, Kinds, Land, SignedStatement, Statement, StatementError},
    tree::LeafIndex,
};
use serde::{Deserialize, Serialize};

use crate::{
    host,
    keys::{self, KeyFileError},
};

/// The name of the configuration file.
pub const CONFIG_FILE: &str = "authority.toml";

/// `authority.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// The name under which the ministry signs.
    name: String,
    /// Its Land, two digits.
    state: String,
    /// The ledger that its statements are for.
    ledger: String,
}

/// Why a ministry's folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MinistryError {
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The configuration is not of its form.
    #[error("{path}: {text}")]
    Config {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        text: String,
    },
    /// The key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// A kept statement is missing or not one of this ministry's.
    #[error("{path} is not the statement that should be there")]
    BrokenChain {
        /// Which file.
        path: PathBuf,
    },
    /// The statement would not be of its form.
    #[error(transparent)]
    Statement(#[from] StatementError),
    /// The request is from another Land.
    #[error("the request is from Land {got}, the ministry acts for {wanted}")]
    OtherLand {
        /// The school's Land.
        got: Land,
        /// The ministry's Land.
        wanted: Land,
    },
}

impl MinistryError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

/// A ministry that can sign.
#[derive(Debug)]
pub struct Ministry {
    folder: PathBuf,
    key: SigningKey,
    land: Land,
    ledger: Origin,
}

/// For what and for how long a school is accredited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// What it may issue.
    pub kinds: Kinds,
    /// From when.
    pub from: Timestamp,
    /// Until when, not included.
    pub until: Timestamp,
}

impl Ministry {
    /// Makes a ministry's folder with a new key.
    ///
    /// # Errors
    /// If there is one already, or it cannot be written.
    ///
    /// # Panics
    /// Never: three strings are TOML.
    pub fn create(folder: &Path, name: &KeyName, land: Land, ledger: &Origin) -> Result<Self, MinistryError> {
        let statements = folder.join(STATEMENTS);
        fs::create_dir_all(&statements).map_err(MinistryError::io(&statements))?;
        let key = keys::create(&folder.join(KEY_FILE), name, Algorithm::Ed25519)?;
        let config = Config { name: name.to_string(), state: land.to_string(), ledger: ledger.to_string() };
        let path = folder.join(CONFIG_FILE);
        let text = toml::to_string(&config).expect("three strings are TOML");
        host::create_file(&path, text.as_bytes(), false).map_err(MinistryError::io(&path))?;
        Ok(Self { folder: folder.to_owned(), key, land, ledger: ledger.clone() })
    }

    /// Opens a ministry's folder.
    ///
    /// # Errors
    /// If a file is missing or not of its form.
    pub fn open(folder: &Path) -> Result<Self, MinistryError> {
        let path = folder.join(CONFIG_FILE);
        let text = fs::read_to_string(&path).map_err(MinistryError::io(&path))?;
        let fault = |text: String| MinistryError::Config { path: path.clone(), text };
        let config: Config = toml::from_str(&text).map_err(|error| fault(error.to_string()))?;
        let name = KeyName::parse(&config.name).ok_or_else(|| fault(format!("name: {}", config.name)))?;
        let land = Land::parse(&config.state).ok_or_else(|| fault(format!("state: {}", config.state)))?;
        let ledger = KeyName::parse(&config.ledger).ok_or_else(|| fault(format!("ledger: {}", config.ledger)))?;
        let key = keys::load(&folder.join(KEY_FILE), &name, Algorithm::Ed25519)?;
        Ok(Self { folder: folder.to_owned(), key, land, ledger })
    }

    /// The line that verifiers and the ledger pin.
    pub fn pin(&self) -> Authority {
        Authority {
            land: self.land,
            key: self.key.verifying_key().clone(),
            origin: self.ledger.clone(),
            first: LeafIndex(0),
            end: None,
        }
    }

    /// Signs an accreditation for whoever made a request. It is kept in the folder before this returns.
    ///
    /// # Errors
    /// If the request is from another Land, or the statement cannot be made or kept.
    pub fn accredit(&self, request: &Request, terms: &Terms, now: Timestamp) -> Result<SignedStatement, MinistryError> {
        if request.state != self.land {
            return Err(MinistryError::OtherLand { got: request.state, wanted: self.land });
        }
        self.sign(
            Body::Accredit(Box::new(Accreditation {
                school: request.school(),
                key: request.key.clone(),
                name: request.name.clone(),
                number: request.number.clone(),
                place: request.place.clone(),
                state: request.state,
                kinds: terms.kinds.clone(),
                from: terms.from,
                until: terms.until,
            })),
            now,
        )
    }

    /// Signs the next statement of the chain and keeps it.
    fn sign(&self, body: Body, time: Timestamp) -> Result<SignedStatement, MinistryError> {
        let (seq, prev) = self.chain()?;
        let issuer =
            KeyName::parse(self.key.verifying_key().name()).expect("a ministry's key has a name of the grammar");
        let statement = Statement { ledger: self.ledger.clone(), issuer, seq, prev, time, body };
        let signed = statement.sign(&[&self.key])?;
        let path = self.statement_file(seq);
        host::create_file(&path, signed.note(), false).map_err(MinistryError::io(&path))?;
        Ok(signed)
    }

    /// Number and `prev` of the next statement.
    ///
    /// Only whole statements are there under their final name, so that counting them is enough.
    fn chain(&self) -> Result<(u64, Option<Hash>), MinistryError> {
        let folder = self.folder.join(STATEMENTS);
        let entries = fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = entries.map_err(MinistryError::io(&folder))?;
        let is_note =
            |entry: &&fs::DirEntry| Path::new(&entry.file_name()).extension().is_some_and(|end| end == "note");
        let count = entries.iter().filter(is_note).count() as u64;
        let Some(last) = count.checked_sub(1) else { return Ok((0, None)) };
        let path = self.statement_file(last);
        let bytes = fs::read(&path).map_err(MinistryError::io(&path))?;
        let signed = SignedStatement::parse(bytes).ok().filter(|signed| signed.statement().seq == last);
        let signed = signed.filter(|signed| signed.is_signed_by(&[self.key.verifying_key()]));
        let signed = signed.ok_or(MinistryError::BrokenChain { path })?;
        Ok((count, Some(signed.text_hash())))
    }

    /// Where the statement with this number is kept.
    pub fn statement_file(&self, seq: u64) -> PathBuf {
        self.folder.join(STATEMENTS).join(format!("{seq:06}.note"))
    }
}

/// The line of an authority as files of authorities have it, with its line feed.
pub fn authority_line(Authority { land, key, origin, first, end }: &Authority) -> String {
    let end = end.map_or_else(|| "-".to_owned(), |end| end.0.to_string());
    format!("{land} {key} {origin} {} {end}\n", first.0)
}

const KEY_FILE: &str = "authority.key";
const STATEMENTS: &str = "statements";
