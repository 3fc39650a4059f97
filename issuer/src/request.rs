// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The school's request to its ministry, kept for the key that the school has.

A ministry extends an accreditation by signing the school's request. After a change of the key the old request is of no
use, so a new one is signed before the change is sent, while the new key is open, and lies beside the old one until the
ledger has the change. Whoever finishes an interrupted change needs no key for it.
*/

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use anchor::host;
use proof::{key::Signer, request::Request};

use crate::setup::SetupError;

/// Signs a request for a key to come, and keeps it durably beside the present one.
///
/// # Errors
/// If the key does not sign, or the file cannot be written.
pub fn prepare(present: &Path, request: &Request, key: &dyn Signer) -> Result<(), SetupError> {
    let text = request.sign(key)?;
    let next = next(present);
    let written = host::replace_file(&next, text.as_bytes()).and_then(|()| host::sync_folder(host::parent(&next)));
    written.map_err(|source| SetupError::Io { path: next, source })
}

/// Puts the prepared request in the place of the present one, durably. Does nothing if none is prepared, as when an
/// earlier run came this far.
///
/// # Errors
/// Whatever the system says.
pub fn adopt(present: &Path) -> Result<(), SetupError> {
    settle(present, fs::rename(next(present), present))
}

/// Forgets the prepared request.
///
/// # Errors
/// Whatever the system says.
pub fn forget(present: &Path) -> Result<(), SetupError> {
    settle(present, fs::remove_file(next(present)))
}

fn settle(present: &Path, done: io::Result<()>) -> Result<(), SetupError> {
    let done = match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done.and_then(|()| host::sync_folder(host::parent(present))),
    };
    done.map_err(|source| SetupError::Io { path: present.to_owned(), source })
}

/// Where the prepared request lies.
fn next(present: &Path) -> PathBuf {
    let mut name = present.file_name().map_or_else(OsString::new, ToOwned::to_owned);
    name.push(".next");
    present.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use proof::{
        Timestamp,
        key::{Algorithm, KeyName, SigningKey},
        statement::{Kinds, Label, Land, SchoolNumber},
    };

    use super::*;

    #[test]
    fn a_request_takes_its_place_only_when_it_is_adopted() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("request.note");
        let name = KeyName::parse("schule/07/1").expect("a name");
        let key = SigningKey::from_seed(&name, Algorithm::Ed25519, &[2; 32]);
        let request = Request {
            key: key.verifying_key().clone(),
            name: Label::parse("Waldschule").expect("a label"),
            number: SchoolNumber::parse("1").expect("a number"),
            place: Label::parse("Mainz").expect("a label"),
            state: Land::parse("07").expect("a Land"),
            kinds: Kinds::All,
            time: Timestamp::EPOCH,
        };
        fs::write(&path, "old").expect("written");
        adopt(&path).expect("nothing to do");
        prepare(&path, &request, &key).expect("prepared");
        forget(&path).expect("forgotten");
        adopt(&path).expect("nothing to do");
        assert_eq!(fs::read(&path).expect("readable"), b"old");

        for _ in 0..2 {
            prepare(&path, &request, &key).expect("prepared");
        }
        assert_eq!(fs::read(&path).expect("readable"), b"old");
        for _ in 0..2 {
            adopt(&path).expect("adopted");
            assert_eq!(Request::parse(&fs::read(&path).expect("readable")), Ok(request.clone()));
        }
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing else is left");
    }
}
