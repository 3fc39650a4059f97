// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Private keys in files: PKCS#8 in PEM, readable by their owner alone, encrypted with PBES2 (RFC 8018, RFC 7914).

What is written is scrypt and AES-256-CBC, which other programs read as well: a school must get at its key without this
program. What is read may also be derived with PBKDF2, or not be encrypted at all.
*/

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey, KeypairBytes};
use pkcs8::{
    EncryptedPrivateKeyInfoRef, LineEnding, PrivateKeyInfoRef, SecretDocument,
    der::pem::PemLabel,
    pkcs5::{
        self, EncryptionScheme,
        pbes2::{Kdf, Parameters},
        scrypt,
    },
};
use proof::key::{Algorithm, KeyName, SigningKey};
use zeroize::{Zeroize as _, Zeroizing};

use super::{
    Change, Passphrase, PassphraseError, PrivateKeyError, Question, Unlock, passphrase::MIN_CHARACTERS, random,
};
use crate::host;

/// The cost of scrypt: 128 · r · 2^14 = 16 MiB of memory, gone through five times. One of the sets of parameters that
/// the OWASP recommends as of equal strength, and the one of them that OpenSSL reads with its limit of 32 MiB.
const SCRYPT: (u8, u32, u32) = (14, 8, 5);

/// The most memory that scrypt may take for a file that is read: twice what the largest of those sets takes (2^17).
const MAX_SCRYPT_BYTES: u64 = 256 << 20;

/// The most memory that scrypt may go through for it, which is its time: two seconds or so.
const MAX_SCRYPT_WORK_BYTES: u64 = 1 << 30;

/// The most rounds of PBKDF2 for it: sixteen times what is recommended.
const MAX_PBKDF2_ROUNDS: u32 = 10_000_000;

/// The largest file that is read, in bytes. A key has about 400.
const MAX_FILE_BYTES: usize = 16_384;

/// Makes a new key and writes it to a file that must not exist yet; without a passphrase it is not encrypted.
///
/// # Errors
/// If there are no random bytes, or the file exists or cannot be written.
pub fn create(
    path: &Path,
    name: &KeyName,
    algorithm: Algorithm,
    passphrase: Option<&Passphrase>,
) -> Result<SigningKey, PrivateKeyError> {
    let seed = Zeroizing::new(random::<32>().map_err(PrivateKeyError::NoRandomness)?);
    let pem = encode(path, &seed, passphrase)?;
    host::create_file(path, pem.as_bytes(), true).map_err(PrivateKeyError::io(path))?;
    Ok(SigningKey::from_seed(name, algorithm, &seed))
}

/// Reads a key. A passphrase is looked for only if it is encrypted.
///
/// # Errors
/// If the file cannot be read, can be read by others, or is no such key; if there is no passphrase or a wrong one.
pub fn load(
    path: &Path,
    name: &KeyName,
    algorithm: Algorithm,
    unlock: &Unlock<'_>,
) -> Result<SigningKey, PrivateKeyError> {
    let (seed, _) = open(path, unlock)?;
    Ok(SigningKey::from_seed(name, algorithm, &seed))
}

/// Gives a key another passphrase, or none, in one step: after a crash the old file is there or the new one.
///
/// # Errors
/// As for [`load`]; or if the new passphrase cannot be had, or the file cannot be written. The old file is there then.
pub fn change_passphrase(path: &Path, unlock: &Unlock<'_>, change: Change<'_>) -> Result<(), PrivateKeyError> {
    let (seed, _) = open(path, unlock)?;
    let new = unlock.changed(change, &path.display().to_string(), MIN_CHARACTERS)?;
    let pem = encode(path, &seed, new.as_ref())?;
    host::replace_private_file(path, pem.as_bytes()).map_err(PrivateKeyError::io(path))
}

/// The secret of a key, and the passphrase that opened it if it is encrypted.
pub(super) fn open(
    path: &Path,
    unlock: &Unlock<'_>,
) -> Result<(Zeroizing<[u8; 32]>, Option<Passphrase>), PrivateKeyError> {
    let kept = Kept::read(path)?;
    if !kept.is_encrypted {
        return Ok((kept.open(None)?, None));
    }
    unlock.open(&path.display().to_string(), Question::Passphrase, |passphrase| {
        Ok((kept.open(Some(passphrase))?, Some(passphrase.clone())))
    })
}

/// The secret of a key whose passphrase is known, if it has one.
pub(super) fn open_with(path: &Path, passphrase: Option<&Passphrase>) -> Result<Zeroizing<[u8; 32]>, PrivateKeyError> {
    Kept::read(path)?.open(passphrase)
}

/// A key file that was read.
struct Kept<'a> {
    path: &'a Path,
    is_encrypted: bool,
    document: SecretDocument,
}

impl<'a> Kept<'a> {
    fn read(path: &'a Path) -> Result<Self, PrivateKeyError> {
        if !host::is_private(path).map_err(PrivateKeyError::io(path))? {
            return Err(PrivateKeyError::NotPrivate { path: path.to_owned() });
        }
        // As large as it may become: growing would leave copies behind.
        let mut pem = Zeroizing::new(String::with_capacity(MAX_FILE_BYTES));
        let read = File::open(path).and_then(|file| file.take(MAX_FILE_BYTES as u64).read_to_string(&mut pem));
        match read {
            Err(error) if error.kind() == io::ErrorKind::InvalidData => return Err(not_a_key(path)),
            read => read.map_err(PrivateKeyError::io(path))?,
        };
        let (label, document) = SecretDocument::from_pem(&pem).map_err(|_| not_a_key(path))?;
        match label {
            EncryptedPrivateKeyInfoRef::PEM_LABEL => Ok(Self { path, is_encrypted: true, document }),
            PrivateKeyInfoRef::PEM_LABEL => Ok(Self { path, is_encrypted: false, document }),
            _ => Err(not_a_key(path)),
        }
    }

    fn open(&self, passphrase: Option<&Passphrase>) -> Result<Zeroizing<[u8; 32]>, PrivateKeyError> {
        let path = self.path;
        if !self.is_encrypted {
            return seed(self.document.as_bytes()).ok_or_else(|| not_a_key(path));
        }
        let key = || path.display().to_string();
        let passphrase = passphrase.ok_or_else(|| PassphraseError::Missing { key: key() })?;
        let unknown = |_| PrivateKeyError::UnknownEncryption { path: path.to_owned() };
        let encrypted = EncryptedPrivateKeyInfoRef::try_from(self.document.as_bytes()).map_err(unknown)?;
        check_cost(path, &encrypted.encryption_algorithm)?;
        let wrong = || PrivateKeyError::WrongPassphrase { key: key(), left: None };
        let decrypted = encrypted.decrypt(passphrase.reveal()).map_err(|error| match error {
            pkcs8::Error::EncryptedPrivateKey(pkcs5::Error::DecryptFailed) | pkcs8::Error::Asn1(_) => wrong(),
            other => unknown(other),
        })?;
        // One wrong passphrase in 256 decrypts to something, which is no key then.
        seed(decrypted.as_bytes()).ok_or_else(wrong)
    }
}

/// The secret in a PKCS#8 document that is not encrypted.
fn seed(document: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let key = ed25519_dalek::SigningKey::from_pkcs8_der(document).ok()?;
    Some(Zeroizing::new(key.to_bytes()))
}

/// The file of a key.
fn encode(
    path: &Path,
    seed: &Zeroizing<[u8; 32]>,
    passphrase: Option<&Passphrase>,
) -> Result<Zeroizing<String>, PrivateKeyError> {
    // Without the public key, which not every program reads here.
    let mut pair = KeypairBytes { secret_key: **seed, public_key: None };
    let document = pair.to_pkcs8_der();
    pair.secret_key.zeroize();
    let document = document.map_err(|_| not_a_key(path))?;
    let Some(passphrase) = passphrase else {
        return document.to_pem(PrivateKeyInfoRef::PEM_LABEL, LineEnding::LF).map_err(|_| not_a_key(path));
    };
    let (salt, iv) = (random::<16>(), random::<16>());
    let (salt, iv) = (salt.map_err(PrivateKeyError::NoRandomness)?, iv.map_err(PrivateKeyError::NoRandomness)?);
    let encrypted = encrypt(document.as_bytes(), passphrase, &salt, iv);
    let pem =
        encrypted.and_then(|document| Ok(document.to_pem(EncryptedPrivateKeyInfoRef::PEM_LABEL, LineEnding::LF)?));
    pem.map_err(|_| not_a_key(path))
}

fn encrypt(document: &[u8], passphrase: &Passphrase, salt: &[u8], iv: [u8; 16]) -> pkcs8::Result<SecretDocument> {
    let (log_n, r, p) = SCRYPT;
    let cost = scrypt::Params::new(log_n, r, p).expect("2^14, 8, 5 are parameters of scrypt");
    let parameters =
        Parameters::generate_scrypt_aes256cbc(cost, salt, iv).map_err(pkcs8::Error::EncryptedPrivateKey)?;
    PrivateKeyInfoRef::try_from(document)?.encrypt_with_params(parameters, passphrase.reveal())
}

/// Refuses what would take too much memory or time, before any of it is taken.
fn check_cost(path: &Path, scheme: &EncryptionScheme) -> Result<(), PrivateKeyError> {
    let fits = match scheme.pbes2().map(|parameters| &parameters.kdf) {
        Some(Kdf::Scrypt(cost)) => {
            let memory = cost.cost_parameter.saturating_mul(u64::from(cost.block_size)).saturating_mul(128);
            let work = memory.saturating_mul(u64::from(cost.parallelization));
            if !cost.cost_parameter.is_power_of_two() {
                return Err(not_a_key(path));
            }
            memory <= MAX_SCRYPT_BYTES && work <= MAX_SCRYPT_WORK_BYTES
        }
        Some(Kdf::Pbkdf2(cost)) => cost.iteration_count <= MAX_PBKDF2_ROUNDS,
        _ => return Err(PrivateKeyError::UnknownEncryption { path: path.to_owned() }),
    };
    if fits { Ok(()) } else { Err(PrivateKeyError::TooCostly { path: path.to_owned() }) }
}

fn not_a_key(path: &Path) -> PrivateKeyError {
    PrivateKeyError::NotAKey { path: path.to_owned() }
}

#[cfg(test)]
mod tests;
