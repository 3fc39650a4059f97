// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer.toml`: who the school is and where its files are. Paths count from the file.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anchor::{host, location::Location};
use proof::{key::KeyName, statement::Land};
use serde::{Deserialize, Serialize};

/// `issuer.toml` as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The name under which the school signs.
    name: String,
    /// Its Land, two digits.
    state: String,
    /// The school's private key.
    key: PathBuf,
    /// The school's register of certificates.
    register: PathBuf,
    /// What the school asked the ministry for.
    request: PathBuf,
    /// The trust folder: which ledger and which authorities the school believes.
    trust: PathBuf,
    /// Where the ledger is; else where the trust folder says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ledger: Option<String>,
}

/// `issuer.toml` as it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The name under which the school signs.
    pub name: KeyName,
    /// Its Land.
    pub land: Land,
    /// The school's private key.
    pub key: PathBuf,
    /// The school's register of certificates.
    pub register: PathBuf,
    /// What the school asked the ministry for.
    pub request: PathBuf,
    /// The trust folder.
    pub trust: PathBuf,
    /// Where the ledger is; else where the trust folder says.
    pub ledger: Option<Location>,
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
        let written: Written = toml::from_str(&text)
            .map_err(|error| ConfigError::Malformed { path: path.to_owned(), text: in_one_line(&error, &text) })?;
        let bad = |field, value: &str| ConfigError::BadValue { path: path.to_owned(), field, value: value.to_owned() };
        let base = path.parent().unwrap_or(Path::new(""));
        let place = |text: &String| Location::parse(text, base).ok_or_else(|| bad("ledger", text));
        Ok(Self {
            name: KeyName::parse(&written.name).ok_or_else(|| bad("name", &written.name))?,
            land: Land::parse(&written.state).ok_or_else(|| bad("state", &written.state))?,
            key: base.join(written.key),
            register: base.join(written.register),
            request: base.join(written.request),
            trust: base.join(written.trust),
            ledger: written.ledger.as_ref().map(place).transpose()?,
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
    ) -> Result<Self, ConfigError> {
        let written = Written {
            name: name.to_string(),
            state: land.to_string(),
            key: "school.key".into(),
            register: "register.db".into(),
            request: "request.note".into(),
            trust: trust.to_owned(),
            ledger,
        };
        let text = toml::to_string(&written).expect("strings are TOML");
        host::create_file(path, text.as_bytes(), false)
            .map_err(|source| ConfigError::Io { path: path.to_owned(), source })?;
        Self::load(path)
    }
}

/// Where and why, without the picture of the place that the library would print over several lines.
fn in_one_line(error: &toml::de::Error, text: &str) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    format!("line {}: {}", before.matches('\n').count() + 1, error.message())
}
