// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer.toml`: who the school is and where its files are. Paths count from the file.

mod key_change;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anchor::{
    host,
    keys::{self, KeyPlace, NewKey, Person, PrivateKeyError, Sources, TokenPlace, TokenSettings, Unlock},
    location::Location,
};
use proof::{
    key::{KeyName, Signer},
    statement::Land,
};
use serde::{Deserialize, Serialize};

pub use key_change::KeyChange;

/// `issuer.toml` as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The name under which the school signs.
    name: String,
    /// Its Land, two digits.
    state: String,
    /// The school's private key, unless a token holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<PathBuf>,
    /// A file with the passphrase of the key, or with the PIN of the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    passphrase_file: Option<PathBuf>,
    /// The school's register of certificates.
    register: PathBuf,
    /// What the school asked the ministry for.
    request: PathBuf,
    /// The trust folder: which ledger and which authorities the school believes.
    trust: PathBuf,
    /// Where the ledger is; else where the trust folder says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ledger: Option<String>,
    /// Written by the program while it goes over to the key beside this one.
    #[serde(default, skip_serializing_if = "is_false")]
    changing_key: bool,
    /// The token that holds the private key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<TokenSettings>,
}

impl Written {
    fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        cli::from_toml(text).map_err(|text| ConfigError::Malformed { path: path.to_owned(), text })
    }
}

/// `issuer.toml` as it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The name under which the school signs.
    pub name: KeyName,
    /// Its Land.
    pub land: Land,
    /// The school's private key.
    pub key: KeyPlace,
    /// Files that may hold its passphrase. `option` is for whoever read the command line.
    pub passphrase: Sources,
    /// The school's register of certificates.
    pub register: PathBuf,
    /// What the school asked the ministry for.
    pub request: PathBuf,
    /// The trust folder.
    pub trust: PathBuf,
    /// Where the ledger is; else where the trust folder says.
    pub ledger: Option<Location>,
    /// Whether going over to another key has begun and not ended.
    pub changing_key: bool,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// It cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is not of its form.
    #[error("{path}: {text}")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        text: String,
    },
    /// A value of it is not of its form.
    #[error("{path}: the value of `{field}` is not of its form: {value}")]
    BadValue {
        /// Which file.
        path: PathBuf,
        /// Which field.
        field: &'static str,
        /// Its value.
        value: String,
    },
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// If it is missing or not of its form; unknown fields are refused.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(path).map_err(|source| ConfigError::Io { path: path.to_owned(), source })?;
        let written = Written::parse(path, &text)?;
        let bad = |field, value: &str| ConfigError::BadValue { path: path.to_owned(), field, value: value.to_owned() };
        let base = path.parent().unwrap_or(Path::new(""));
        let key = match (&written.key, &written.token) {
            (Some(file), None) => KeyPlace::File(base.join(file)),
            (None, Some(token)) => {
                TokenPlace::new(token, base).map(KeyPlace::Token).ok_or_else(|| bad("token", &token.key))?
            }
            (file, _) => return Err(bad("key", &file.as_deref().unwrap_or(Path::new("")).to_string_lossy())),
        };
        let place = |text: &String| Location::parse(text, base).ok_or_else(|| bad("ledger", text));
        Ok(Self {
            name: KeyName::parse(&written.name).ok_or_else(|| bad("name", &written.name))?,
            land: Land::parse(&written.state).ok_or_else(|| bad("state", &written.state))?,
            key,
            passphrase: Sources { option: None, configured: written.passphrase_file.map(|file| base.join(file)) },
            register: base.join(written.register),
            request: base.join(written.request),
            trust: base.join(written.trust),
            ledger: written.ledger.as_ref().map(place).transpose()?,
            changing_key: written.changing_key,
        })
    }

    /// Writes the configuration of a new school, with the usual names for its files beside it.
    ///
    /// # Errors
    /// If there is one already, or it cannot be written.
    ///
    /// # Panics
    /// Never: strings have a form in TOML.
    pub fn create(
        path: &Path,
        name: &KeyName,
        land: Land,
        trust: &Path,
        ledger: Option<String>,
        key: &NewKey<'_>,
    ) -> Result<Self, ConfigError> {
        let written = Written {
            name: name.to_string(),
            state: land.to_string(),
            key: key.token.is_none().then(|| "school.key".into()),
            passphrase_file: key.passphrase_file.clone(),
            register: "register.db".into(),
            request: "request.note".into(),
            trust: trust.to_owned(),
            ledger,
            changing_key: false,
            token: key.token.clone(),
        };
        let text = toml::to_string(&written).expect("strings are TOML");
        host::create_file(path, text.as_bytes(), false)
            .map_err(|source| ConfigError::Io { path: path.to_owned(), source })?;
        Self::load(path)
    }
}

impl Config {
    /// Opens the school's key. `person` is asked if nothing else has the passphrase.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn open_key(&self, person: &dyn Person) -> Result<Box<dyn Signer>, PrivateKeyError> {
        keys::open(&self.key, &self.name, &self.unlock(person))
    }

    /// By which the school's passphrase can be had.
    pub fn unlock<'a>(&self, person: &'a dyn Person) -> Unlock<'a> {
        Unlock { sources: self.passphrase.clone(), person }
    }
}

impl Config {
    /// Where replayed ledgers are kept between two starts.
    pub fn states(&self) -> PathBuf {
        self.register.with_file_name("replayed")
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_in_a_file_or_in_a_token() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("issuer.toml");
        let text = "name = \"schule/07/1\"\nstate = \"07\"\nregister = \"r.db\"\nrequest = \"r.note\"\ntrust = \"t\"\n";
        let (file, token) = ("key = \"a\"\n", "[token]\nmodule = \"x.so\"\nlabel = \"t\"\nkey = \"a\"\n");
        let key = |lines: &str| {
            fs::write(&path, format!("{text}{lines}")).expect("written");
            Config::load(&path).ok().map(|config| config.key)
        };
        assert_eq!(key(file), Some(KeyPlace::File(folder.path().join("a"))));
        assert!(matches!(key(token), Some(KeyPlace::Token(_))));
        for bad in ["", &format!("{file}{token}"), &token.replace("label = \"t\"\n", "")] {
            assert_eq!(key(bad), None, "{bad}");
        }
    }
}
