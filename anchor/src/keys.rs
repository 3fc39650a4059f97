// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Private keys in files: PKCS#8 in PEM, readable by their owner alone.
*/

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey, spki::der::pem::LineEnding};
use proof::key::{Algorithm, KeyName, SigningKey};
use zeroize::Zeroizing;

use crate::host;

/// Why a key file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyFileError {
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
    /// The system gives no random bytes.
    #[error("the system gives no random bytes: {0}")]
    NoRandomness(getrandom::Error),
}

impl KeyFileError {
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

/// Makes a new key and writes it to a file that must not exist yet.
///
/// # Errors
/// If there are no random bytes, or the file exists or cannot be written.
pub fn create(path: &Path, name: &KeyName, algorithm: Algorithm) -> Result<SigningKey, KeyFileError> {
    let seed = Zeroizing::new(random::<32>().map_err(KeyFileError::NoRandomness)?);
    let key = ed25519_dalek::SigningKey::from_bytes(&seed);
    let not_a_key = |_| KeyFileError::NotAKey { path: path.to_owned() };
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(not_a_key)?;
    host::create_file(path, pem.as_bytes(), true).map_err(KeyFileError::io(path))?;
    Ok(SigningKey::from_seed(name, algorithm, &seed))
}

/// Reads a key.
///
/// # Errors
/// If the file cannot be read, can be read by others, or is no such key.
pub fn load(path: &Path, name: &KeyName, algorithm: Algorithm) -> Result<SigningKey, KeyFileError> {
    if !host::is_private(path).map_err(KeyFileError::io(path))? {
        return Err(KeyFileError::NotPrivate { path: path.to_owned() });
    }
    let pem = Zeroizing::new(fs::read(path).map_err(KeyFileError::io(path))?);
    let key = str::from_utf8(&pem).ok().and_then(|pem| ed25519_dalek::SigningKey::from_pkcs8_pem(pem).ok());
    let key = key.ok_or_else(|| KeyFileError::NotAKey { path: path.to_owned() })?;
    Ok(SigningKey::from_seed(name, algorithm, &Zeroizing::new(key.to_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_as_it_was_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, name) = (folder.path().join("key"), KeyName::parse("a").expect("a name"));
        let key = create(&path, &name, Algorithm::Ed25519).expect("made");
        let back = load(&path, &name, Algorithm::Ed25519).expect("read");
        assert_eq!(back.verifying_key(), key.verifying_key());
        assert!(matches!(create(&path, &name, Algorithm::Ed25519), Err(KeyFileError::Io { .. })), "never overwritten");
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let (path, name) = (folder.path().join("key"), KeyName::parse("a").expect("a name"));
        create(&path, &name, Algorithm::Ed25519).expect("made");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("changed");
        assert!(matches!(load(&path, &name, Algorithm::Ed25519), Err(KeyFileError::NotPrivate { .. })));
    }

    #[test]
    fn what_is_not_a_key_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, name) = (folder.path().join("key"), KeyName::parse("a").expect("a name"));
        host::create_file(&path, b"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", true).expect("written");
        assert!(matches!(load(&path, &name, Algorithm::Ed25519), Err(KeyFileError::NotAKey { .. })));
    }
}
