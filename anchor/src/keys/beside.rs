// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A new key beside the old one, for whoever changes keys: `school.key`, `school-2.key`, `school-3.key`; in a token the
same with labels.

Who calls changes the configuration last, when the ledger knows the new key. If it does not get so far, the next call
finds the new key again instead of making another.
*/

use std::path::Path;

use proof::key::{Algorithm, KeyName, Signer, SigningKey};

use super::{KeyPlace, PrivateKeyError, Question, TokenSettings, Unlock, file, token};

/// An old key and the new one beside it.
#[derive(Debug)]
pub struct Renewed {
    /// The old key.
    pub old: Box<dyn Signer>,
    /// The new key.
    pub new: Box<dyn Signer>,
    /// Where the new key is. The configuration is to name it from the moment on in which the ledger knows it.
    pub place: KeyPlace,
}

impl KeyPlace {
    /// Where the successor of this key is to be.
    #[must_use]
    pub fn next(&self) -> Self {
        match self {
            Self::File(path) => {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                let end = path.extension().map(|end| format!(".{}", end.to_string_lossy())).unwrap_or_default();
                Self::File(path.with_file_name(format!("{}{end}", successor(&stem))))
            }
            Self::Token(token) => Self::Token(token.with_key(successor_in_token(&token.key()))),
        }
    }
}

impl TokenSettings {
    /// The settings for [`KeyPlace::next`].
    #[must_use]
    pub fn next(&self) -> Self {
        Self { key: successor_in_token(&self.key), ..self.clone() }
    }
}

/// The successor of a key that is named by its id is named by a label: nobody can choose its id beforehand.
fn successor_in_token(key: &str) -> String {
    successor(key.strip_prefix("id:").unwrap_or(key))
}

/// `a`, `a-2`, `a-3`
fn successor(name: &str) -> String {
    let numbered = name.rsplit_once('-').and_then(|(stem, number)| Some((stem, number.parse::<u32>().ok()?)));
    match numbered {
        Some((stem, number @ 2..)) => format!("{stem}-{}", number.saturating_add(1)),
        _ => format!("{name}-2"),
    }
}

/// Opens a key and makes its successor, with the same passphrase; or opens the successor if it is there already. The
/// passphrase is asked for once.
///
/// # Errors
/// If the old key cannot be opened, or the new one cannot be made or opened.
pub fn renew(old: &KeyPlace, name: &KeyName, unlock: &Unlock<'_>) -> Result<Renewed, PrivateKeyError> {
    let place = old.next();
    match (old, &place) {
        (KeyPlace::File(path), KeyPlace::File(next)) => {
            let (seed, passphrase) = file::open(path, unlock)?;
            let old = SigningKey::from_seed(name, Algorithm::Ed25519, &seed);
            let new = if is_there(next)? {
                file::open_with(next, passphrase.as_ref())
                    .map(|seed| SigningKey::from_seed(name, Algorithm::Ed25519, &seed))
            } else {
                file::create(next, name, Algorithm::Ed25519, passphrase.as_ref())
            };
            Ok(Renewed { old: Box::new(old), new: Box::new(new?), place })
        }
        (KeyPlace::Token(token), KeyPlace::Token(next)) => {
            let key = old.to_string();
            unlock.open(&key, Question::Pin, |pin| {
                let old = token::open(token, name, pin)?;
                let new: Box<dyn Signer> = match token::create(next, name, pin) {
                    Err(PrivateKeyError::Token(token::TokenError::KeyExists { .. })) => {
                        Box::new(token::open(next, name, pin)?)
                    }
                    made => Box::new(made?),
                };
                Ok(Renewed { old: Box::new(old), new, place: place.clone() })
            })
        }
        _ => unreachable!("the successor of a file is a file, and that of a token's key is in the token"),
    }
}

fn is_there(path: &Path) -> Result<bool, PrivateKeyError> {
    path.try_exists().map_err(PrivateKeyError::io(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn successors_are_numbered() {
        for (old, new) in [("a", "a-2"), ("a-2", "a-3"), ("a-9", "a-10"), ("a-1", "a-1-2"), ("a-b", "a-b-2")] {
            assert_eq!(successor(old), new);
        }
        let file = KeyPlace::File("folder/school.key".into());
        assert_eq!(file.next(), KeyPlace::File("folder/school-2.key".into()));
        assert_eq!(KeyPlace::File("folder/key".into()).next(), KeyPlace::File("folder/key-2".into()));
        for (old, new) in [("siegel", "siegel-2"), ("id:a1", "a1-2")] {
            let old = TokenSettings { module: "m".into(), label: Some("t".into()), serial: None, key: old.into() };
            let place = |settings| super::super::TokenPlace::new(settings, Path::new("")).expect("a place");
            assert_eq!(old.next().key, new);
            assert_eq!(KeyPlace::Token(place(&old)).next(), KeyPlace::Token(place(&old.next())));
        }
    }
}
