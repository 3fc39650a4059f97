// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A new school: its configuration, its key, and its signed request to the ministry.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anchor::{
    host,
    keys::{self, NewKey, PrivateKeyError},
};
use proof::{
    Timestamp,
    key::{KeyName, SignError, Signer},
    request::Request,
    statement::{Kinds, Label, Land, SchoolNumber},
};

use crate::config::{Config, ConfigError};

/// What a school says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// The name under which it will sign.
    pub key_name: KeyName,
    /// Its name for people.
    pub name: Label,
    /// Its official number.
    pub number: SchoolNumber,
    /// Where it is.
    pub place: Label,
    /// In which Land.
    pub state: Land,
    /// What it wants to issue.
    pub kinds: Kinds,
}

/// Why a school cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The configuration cannot be written.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The key cannot be made.
    #[error(transparent)]
    Key(#[from] PrivateKeyError),
    /// The key was made, but does not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The request cannot be written.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Makes the files of a new school: `issuer.toml` at `config`, key and request beside it. `trust` counts from there.
/// The key comes back open.
///
/// # Errors
/// If there is a school already, or a file cannot be written.
pub fn set_up(
    config: &Path,
    school: &School,
    trust: &Path,
    ledger: Option<String>,
    key: &NewKey<'_>,
    now: Timestamp,
) -> Result<(Config, Box<dyn Signer>), SetupError> {
    let made = Config::create(config, &school.key_name, school.state, trust, ledger, key)?;
    let unlock = key.unlock.configured(made.passphrase.configured.clone());
    let key = keys::create(&made.key, &school.key_name, key.guard, &unlock).inspect_err(|_| {
        // Without a key there is no school: whoever has no passphrase at hand may try again. If this fails too, the
        // next attempt says that there is a configuration.
        let _ = fs::remove_file(config);
    })?;
    let request = Request {
        key: key.verifying_key().clone(),
        name: school.name.clone(),
        number: school.number.clone(),
        place: school.place.clone(),
        state: school.state,
        kinds: school.kinds.clone(),
        time: now,
    };
    let written = host::create_file(&made.request, request.sign(&*key)?.as_bytes(), false);
    written.map_err(|source| SetupError::Io { path: made.request.clone(), source })?;
    Ok((made, key))
}
