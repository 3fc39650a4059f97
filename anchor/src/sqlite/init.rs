// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Making an embedded ledger, and saying whose statements it takes in.

use std::{fs::File, path::Path};

use proof::{
    authority::{Authorities, Authority},
    key::Origin,
    replica::Replica,
};

use super::database::Database;
use crate::{
    clock::Clock,
    folder::{self, Folder, LedgerKeys},
    host,
    store::OpenError,
};

/// Makes a new ledger in a folder that does not exist or is empty.
///
/// The folder appears whole or not at all.
///
/// # Errors
/// If the folder holds something, lies on a network disk, or cannot be written.
pub async fn init(path: &Path, origin: &Origin, authorities: &Authorities, clock: &Clock) -> Result<(), OpenError> {
    let draft = folder::draft(path)?;
    let folder = Folder::new(draft.path());
    let keys = LedgerKeys::create(&folder, origin)?;
    folder::write_pins(&folder, &keys, authorities)?;
    host::create_file(&folder.lock(), b"", false).map_err(OpenError::io(&folder.lock()))?;
    Database::create(&folder.database(), origin).await?.close().await;
    let empty = Replica::new(origin.clone(), authorities).checkpoint();
    let note = keys.sign(&empty, clock.now());
    host::create_file(&folder.checkpoint(), note.as_bytes(), false).map_err(OpenError::io(&folder.checkpoint()))?;
    folder::make_readable(draft.path()).map_err(OpenError::io(path))?;
    folder::settle(&draft, path)
}

/// Adds an authority to those whose statements a ledger takes in, durably; whoever has the ledger open knows it from the
/// next statement on. Returns whether it was not there yet.
///
/// # Errors
/// If the file cannot be read or written, or has the same public key with another Land or window.
pub fn pin(path: &Path, authority: &Authority) -> Result<bool, OpenError> {
    let folder = Folder::new(path);
    folder.check()?;
    let lock = File::options().write(true).create(true).truncate(false).open(folder.lock());
    // Held until the end: of two that pin at once, the second adds to what the first wrote.
    let lock = lock.and_then(|file| file.lock().map(|()| file)).map_err(OpenError::io(&folder.lock()))?;
    let file = folder.authorities();
    let Some(text) = folder::with_authority(Folder::read(&file)?, authority)? else { return Ok(false) };
    host::replace_file(&file, &text).map_err(OpenError::io(&file))?;
    host::sync_folder(path).map_err(OpenError::io(path))?;
    drop(lock);
    Ok(true)
}
