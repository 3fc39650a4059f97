// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A ministry's folder: its key, and every statement it ever signed.

It needs no ledger. The chain of an authority's statements continues from the last one in the folder, so that a machine
that is never connected can sign, and the statements travel on a stick. A statement is kept here before it is handed out:
if the machine fails in between, it is handed out again instead of a second one under the same number ([`Kept`]). Where
the ledger is at hand, what is to be said is weighed there before it is kept ([`desk`]).

Each ledger has its own register, and so its own chain. A ministry that serves several has one for each.
*/

pub mod desk;
mod kept;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub use kept::Kept;

use proof::{
    Timestamp,
    authority::Authority,
    key::{KeyName, Origin, SignError, Signer, VerifyingKey},
    register::Chain,
    request::Request,
    statement::{Accreditation, Body, Kinds, Land, SignStatementError, SignedStatement, Statement, StatementError},
    tree::LeafIndex,
};
use serde::{Deserialize, Serialize};

use crate::{
    host,
    keys::{self, KeyPlace, NewKey, PrivateKeyError, TokenPlace, TokenSettings, Unlock},
};

/// The name of the configuration file.
pub const CONFIG_FILE: &str = "authority.toml";

/// The name of the key's file, where no token holds the key.
pub const KEY_FILE: &str = "authority.key";

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
    /// Further ledgers that it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    further_ledgers: Vec<String>,
    /// A file with the passphrase of the key, or with the PIN of the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    passphrase_file: Option<PathBuf>,
    /// The token that holds the key, instead of the file `authority.key`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<TokenSettings>,
}

impl Config {
    fn load(folder: &Path) -> Result<(PathBuf, Self), MinistryError> {
        let path = folder.join(CONFIG_FILE);
        let text = fs::read_to_string(&path).map_err(MinistryError::io(&path))?;
        let config = toml::from_str(&text);
        let config = config.map_err(|error| MinistryError::Config { path: path.clone(), text: error.to_string() })?;
        Ok((path, config))
    }

    /// Where the key is; `None` if `[token]` names no key.
    fn key(&self, folder: &Path) -> Option<KeyPlace> {
        match &self.token {
            Some(token) => TokenPlace::new(token, folder).map(KeyPlace::Token),
            None => Some(KeyPlace::File(folder.join(KEY_FILE))),
        }
    }

    fn passphrase_file(&self, folder: &Path) -> Option<PathBuf> {
        self.passphrase_file.as_ref().map(|path| folder.join(path))
    }
}

/// `authority.toml` as it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The name under which the ministry signs.
    pub name: KeyName,
    /// Its Land.
    pub land: Land,
    /// The ledgers that its statements are for, at least one.
    pub ledgers: Vec<Origin>,
    /// Its private key.
    pub key: KeyPlace,
    /// A file with the passphrase of the key.
    pub passphrase_file: Option<PathBuf>,
}

impl Settings {
    /// Reads the configuration in a ministry's folder. The key is not touched.
    ///
    /// # Errors
    /// If the file is missing or not of its form.
    pub fn load(folder: &Path) -> Result<Self, MinistryError> {
        let (path, config) = Config::load(folder)?;
        let fault = |text: String| MinistryError::Config { path: path.clone(), text };
        let mut ledgers = Vec::new();
        for ledger in [&config.ledger].into_iter().chain(&config.further_ledgers) {
            let origin = KeyName::parse(ledger).filter(|origin| !ledgers.contains(origin));
            ledgers.push(origin.ok_or_else(|| fault(format!("ledger: {ledger}")))?);
        }
        Ok(Self {
            name: KeyName::parse(&config.name).ok_or_else(|| fault(format!("name: {}", config.name)))?,
            land: Land::parse(&config.state).ok_or_else(|| fault(format!("state: {}", config.state)))?,
            ledgers,
            key: config.key(folder).ok_or_else(|| bad_token(&path))?,
            passphrase_file: config.passphrase_file(folder),
        })
    }
}

fn bad_token(path: &Path) -> MinistryError {
    MinistryError::Config { path: path.to_owned(), text: "token".to_owned() }
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
    Key(#[from] PrivateKeyError),
    /// The key was opened, but does not sign. Nothing was signed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// A kept statement is missing or not one of this ministry's.
    #[error("{path} is not the statement that should be there")]
    BrokenChain {
        /// Which file.
        path: PathBuf,
    },
    /// Somebody else has kept a statement in the meantime. Nothing was handed out.
    #[error("another statement was kept as {path} meanwhile")]
    Overtaken {
        /// Its file.
        path: PathBuf,
    },
    /// The ministry makes no statements for this ledger.
    #[error("the ministry does not serve the ledger {ledger}")]
    NotServed {
        /// Which ledger.
        ledger: Origin,
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

impl From<SignStatementError> for MinistryError {
    fn from(error: SignStatementError) -> Self {
        match error {
            SignStatementError::Sign(error) => Self::Sign(error),
            SignStatementError::Statement(error) => Self::Statement(error),
        }
    }
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
    key: Box<dyn Signer>,
    land: Land,
    ledgers: Vec<Origin>,
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
    /// If there is one already, the key cannot be made, or it cannot be written.
    ///
    /// # Panics
    /// Never: strings are TOML.
    pub fn create(
        folder: &Path,
        name: &KeyName,
        land: Land,
        ledger: &Origin,
        key: &NewKey<'_>,
    ) -> Result<Self, MinistryError> {
        let statements = folder.join(STATEMENTS);
        fs::create_dir_all(&statements).map_err(MinistryError::io(&statements))?;
        let config = Config {
            name: name.to_string(),
            state: land.to_string(),
            ledger: ledger.to_string(),
            further_ledgers: Vec::new(),
            passphrase_file: key.passphrase_file.clone(),
            token: key.token.clone(),
        };
        let path = folder.join(CONFIG_FILE);
        let place = config.key(folder).ok_or_else(|| bad_token(&path))?;
        let key = keys::create(&place, name, key.guard, &key.unlock.configured(config.passphrase_file(folder)))?;
        let text = toml::to_string(&config).expect("strings are TOML");
        host::create_file(&path, text.as_bytes(), false).map_err(MinistryError::io(&path))?;
        Ok(Self { folder: folder.to_owned(), key, land, ledgers: vec![ledger.clone()] })
    }

    /// Opens a ministry's folder.
    ///
    /// # Errors
    /// If a file is missing or not of its form, or the key cannot be opened.
    pub fn open(folder: &Path, unlock: &Unlock<'_>) -> Result<Self, MinistryError> {
        let settings = Settings::load(folder)?;
        let key = keys::open(&settings.key, &settings.name, &unlock.configured(settings.passphrase_file))?;
        Ok(Self { folder: folder.to_owned(), key, land: settings.land, ledgers: settings.ledgers })
    }

    /// Has the ministry serve a further ledger. Returns whether it did not yet.
    ///
    /// # Errors
    /// If the configuration cannot be written.
    ///
    /// # Panics
    /// Never: strings are TOML.
    pub fn serve(&mut self, ledger: &Origin) -> Result<bool, MinistryError> {
        if self.ledgers.contains(ledger) {
            return Ok(false);
        }
        let (path, mut config) = Config::load(&self.folder)?;
        config.further_ledgers.push(ledger.to_string());
        let text = toml::to_string(&config).expect("strings are TOML");
        host::replace_file(&path, text.as_bytes()).map_err(MinistryError::io(&path))?;
        host::sync_folder(&self.folder).map_err(MinistryError::io(&self.folder))?;
        self.ledgers.push(ledger.clone());
        Ok(true)
    }

    /// The ledgers that the ministry serves, at least one.
    pub fn ledgers(&self) -> &[Origin] {
        &self.ledgers
    }

    /// The Land for which it acts.
    pub fn land(&self) -> Land {
        self.land
    }

    /// The key with which it signs.
    pub fn key(&self) -> &VerifyingKey {
        self.key.verifying_key()
    }

    /// The line that verifiers and the first ledger pin.
    pub fn pin(&self) -> Authority {
        self.pin_for(&self.ledgers[0])
    }

    /// The line that verifiers and this ledger pin.
    pub fn pin_for(&self, ledger: &Origin) -> Authority {
        Authority {
            land: self.land,
            key: self.key.verifying_key().clone(),
            origin: ledger.clone(),
            first: LeafIndex(0),
            end: None,
        }
    }

    /// What the ministry says when it accredits whoever made a request.
    ///
    /// # Errors
    /// If the request is from another Land.
    pub fn accreditation(&self, request: &Request, terms: &Terms) -> Result<Body, MinistryError> {
        if request.state != self.land {
            return Err(MinistryError::OtherLand { got: request.state, wanted: self.land });
        }
        Ok(Body::Accredit(Box::new(Accreditation {
            school: request.school(),
            key: request.key.clone(),
            name: request.name.clone(),
            number: request.number.clone(),
            place: request.place.clone(),
            state: request.state,
            kinds: terms.kinds.clone(),
            from: terms.from,
            until: terms.until,
        })))
    }

    /// Signs an accreditation for whoever made a request, for the first ledger. It is kept in the folder before this
    /// returns.
    ///
    /// # Errors
    /// If the request is from another Land, or the statement cannot be made or kept.
    pub fn accredit(&self, request: &Request, terms: &Terms, now: Timestamp) -> Result<SignedStatement, MinistryError> {
        let (ledger, body) = (&self.ledgers[0], self.accreditation(request, terms)?);
        let kept = self.kept(ledger)?;
        let signed = self.draft(ledger, kept.next()?, body, now)?;
        kept.keep(&signed)?;
        Ok(signed)
    }

    /// Signs a statement and keeps it nowhere. Whoever hands it out keeps it first ([`Kept::keep`]).
    ///
    /// # Errors
    /// If it would not be of its form, or the key does not sign.
    ///
    /// # Panics
    /// Never: a ministry's key has a name of the grammar.
    pub fn draft(
        &self,
        ledger: &Origin,
        Chain { seq, prev }: Chain,
        body: Body,
        time: Timestamp,
    ) -> Result<SignedStatement, MinistryError> {
        let issuer = KeyName::parse(self.key().name()).expect("a ministry's key has a name of the grammar");
        let statement = Statement { ledger: ledger.clone(), issuer, seq, prev, time, body };
        Ok(statement.sign(&[&*self.key])?)
    }

    /// The statements that it made for a ledger.
    ///
    /// # Errors
    /// If it does not serve this ledger.
    pub fn kept(&self, ledger: &Origin) -> Result<Kept, MinistryError> {
        let statements = self.folder.join(STATEMENTS);
        let place = self.ledgers.iter().position(|served| served == ledger);
        let folder = match place {
            Some(0) => statements,
            // An underscore stands in no name of a ledger.
            Some(_) => statements.join(ledger.as_str().replace('/', "_")),
            None => return Err(MinistryError::NotServed { ledger: ledger.clone() }),
        };
        Ok(Kept::new(folder, ledger.clone(), self.key().clone()))
    }

    /// Where the statement for the first ledger with this number is kept.
    pub fn statement_file(&self, seq: u64) -> PathBuf {
        kept::file(&self.folder.join(STATEMENTS), seq)
    }
}

/// The line of an authority as files of authorities have it, with its line feed.
pub fn authority_line(Authority { land, key, origin, first, end }: &Authority) -> String {
    let end = end.map_or_else(|| "-".to_owned(), |end| end.0.to_string());
    format!("{land} {key} {origin} {} {end}\n", first.0)
}

const STATEMENTS: &str = "statements";
