// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Private keys at rest: in files that a passphrase protects ([`mod@file`]), or in a token that never gives them out
([`token`]). Whoever signs sees neither, but a [`Signer`].

A key is opened once for each command, with the passphrase that [`passphrase::Unlock`] finds. A token's PIN is its
passphrase: it comes from the same places.
*/

mod beside;
pub mod file;
pub mod passphrase;
pub mod token;

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use cli::KeyOptions;
use proof::key::{Algorithm, KeyName, Signer};

pub use beside::{Renewed, renew};
pub use file::load;
pub use passphrase::{Change, Guard, Nobody, Passphrase, PassphraseError, Person, Question, Sources, Unlock};
pub use token::{TokenError, TokenPlace, TokenSettings, TriesLeft};

/// Where a private key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyPlace {
    /// In a file.
    File(PathBuf),
    /// In a token.
    Token(TokenPlace),
}

impl fmt::Display for KeyPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Token(place) => place.fmt(f),
        }
    }
}

/// Why a private key cannot be made or opened. Nothing in it is secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PrivateKeyError {
    /// The file cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Others than its owner can read the file.
    #[error("{path} can be read by others")]
    NotPrivate {
        /// Which file.
        path: PathBuf,
    },
    /// No Ed25519 key in PKCS#8 PEM.
    #[error("{path} is not an Ed25519 key in PKCS#8 PEM")]
    NotAKey {
        /// Which file.
        path: PathBuf,
    },
    /// Encrypted in a way that this version does not read.
    #[error("{path} is encrypted in a way that this version does not read")]
    UnknownEncryption {
        /// Which file.
        path: PathBuf,
    },
    /// Deriving the key of this file would take more memory or time than is allowed.
    #[error("opening {path} would take too much memory or time")]
    TooCostly {
        /// Which file.
        path: PathBuf,
    },
    /// The passphrase does not open the key.
    #[error("the passphrase does not open {key}")]
    WrongPassphrase {
        /// Which key.
        key: String,
        /// What a token says of the tries that are left.
        left: Option<TriesLeft>,
    },
    /// The passphrase cannot be had.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The token cannot be used.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes: {0}")]
    NoRandomness(getrandom::Error),
}

impl PrivateKeyError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

/// Fresh random bytes from the operating system.
///
/// # Errors
/// If it has none.
pub fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// How a new key is to be kept.
#[derive(Clone)]
pub struct NewKey<'a> {
    /// The token that is to hold it; else a file does.
    pub token: Option<TokenSettings>,
    /// Whether a file gets a passphrase.
    pub guard: Guard,
    /// The `passphrase_file` that the configuration is to have.
    pub passphrase_file: Option<PathBuf>,
    /// By which the passphrase or PIN can be had.
    pub unlock: Unlock<'a>,
}

impl<'a> NewKey<'a> {
    /// As the options of a command say. In a token, it is called `name` unless they name it.
    pub fn new(options: &KeyOptions, name: &KeyName, unlock: Unlock<'a>) -> Self {
        let token = options.token_module.as_ref().zip(options.token.clone()).map(|(module, label)| {
            let key = options.token_key.clone().unwrap_or_else(|| name.to_string());
            TokenSettings::new(module, label, key)
        });
        let guard = if options.no_passphrase { Guard::None } else { Guard::Passphrase };
        Self { token, guard, passphrase_file: None, unlock }
    }
}

impl NewKey<'static> {
    /// A key in a file without a passphrase.
    pub fn unguarded() -> Self {
        Self { token: None, guard: Guard::None, passphrase_file: None, unlock: Unlock::unattended() }
    }
}

/// Makes a new key that signs notes, where none is yet. With `Guard::None` a file is not encrypted; a token always has
/// its PIN.
///
/// # Errors
/// If there is one already, the passphrase cannot be had or is too short, or the file or token cannot be written.
pub fn create(
    place: &KeyPlace,
    name: &KeyName,
    guard: Guard,
    unlock: &Unlock<'_>,
) -> Result<Box<dyn Signer>, PrivateKeyError> {
    match place {
        KeyPlace::File(path) => {
            let passphrase = unlock.new_passphrase(guard, &place.to_string())?;
            Ok(Box::new(file::create(path, name, Algorithm::Ed25519, passphrase.as_ref())?))
        }
        KeyPlace::Token(token) => unlock.open(&place.to_string(), Question::Pin, |pin| {
            Ok(Box::new(token::create(token, name, pin)?) as Box<dyn Signer>)
        }),
    }
}

/// Opens a key that signs notes.
///
/// # Errors
/// If it is not there, the passphrase is wrong or cannot be had, or others can read the file.
pub fn open(place: &KeyPlace, name: &KeyName, unlock: &Unlock<'_>) -> Result<Box<dyn Signer>, PrivateKeyError> {
    match place {
        KeyPlace::File(path) => Ok(Box::new(load(path, name, Algorithm::Ed25519, unlock)?)),
        KeyPlace::Token(token) => unlock.open(&place.to_string(), Question::Pin, |pin| {
            Ok(Box::new(token::open(token, name, pin)?) as Box<dyn Signer>)
        }),
    }
}

/// Gives a key another passphrase, or a token another PIN. With the wrong old one nothing is changed.
///
/// # Errors
/// If the old or the new one cannot be had, or the file or token cannot be written; a token always has a PIN.
pub fn change_passphrase(place: &KeyPlace, unlock: &Unlock<'_>, change: Change<'_>) -> Result<(), PrivateKeyError> {
    match place {
        KeyPlace::File(path) => file::change_passphrase(path, unlock, change),
        KeyPlace::Token(token) => {
            let key = place.to_string();
            let session = unlock.open(&key, Question::Pin, |pin| token::unlock(token, pin))?;
            let wanted = session.min_pin_characters();
            let new = unlock.changed(change, &key, wanted)?.ok_or(TokenError::NeedsPin)?;
            Ok(session.change_pin(&new)?)
        }
    }
}
