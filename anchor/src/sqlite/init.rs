// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Making an embedded ledger, and saying whose statements it takes in.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use proof::{
    authority::{Authorities, Authority},
    key::{Algorithm, Origin},
    replica::Replica,
};

use super::{
    Folder, OpenError,
    database::Database,
    folder::{LedgerKeys, time_key_name},
};
use crate::{clock::Clock, host, keys, ministry::authority_line};

/// Makes a new ledger in a folder that does not exist or is empty.
///
/// The folder appears whole or not at all.
///
/// # Errors
/// If the folder holds something, lies on a network disk, or cannot be written.
pub async fn init(path: &Path, origin: &Origin, authorities: &Authorities, clock: &Clock) -> Result<(), OpenError> {
    if fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some()) || path.is_file() {
        return Err(OpenError::NotEmpty(path.to_owned()));
    }
    let above = host::parent(path);
    fs::create_dir_all(above).map_err(OpenError::io(above))?;
    Folder::new(above).check_local()?;
    let draft = tempfile::Builder::new().prefix(".ledger-").tempdir_in(above).map_err(OpenError::io(above))?;
    let folder = Folder::new(draft.path());

    let keys = LedgerKeys {
        ledger: keys::file::create(&folder.ledger_key(), origin, Algorithm::Ed25519, None)?,
        time: keys::file::create(&folder.time_key(), &time_key_name(origin), Algorithm::CosignatureV1, None)?,
    };
    let text = format!("{AUTHORITIES_HEADER}{authorities}");
    host::create_file(&folder.authorities(), text.as_bytes(), false).map_err(OpenError::io(&folder.authorities()))?;
    host::create_file(&folder.policy(), keys.policy().to_string().as_bytes(), false)
        .map_err(OpenError::io(&folder.policy()))?;
    host::create_file(&folder.lock(), b"", false).map_err(OpenError::io(&folder.lock()))?;
    Database::create(&folder.database(), origin).await?.close().await;
    let empty = Replica::new(origin.clone(), authorities).checkpoint();
    let note = keys.sign(&empty, clock.now());
    host::create_file(&folder.checkpoint(), note.as_bytes(), false).map_err(OpenError::io(&folder.checkpoint()))?;

    make_readable(draft.path()).map_err(OpenError::io(path))?;
    fs::rename(draft.path(), path).map_err(OpenError::io(path))?;
    host::sync_folder(above).map_err(OpenError::io(above))
}

const AUTHORITIES_HEADER: &str = "# <Land> <key> <ledger> <first index> <end index or ->\n";

/// A temporary folder is private; a ledger is public but for its keys.
fn make_readable(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Adds an authority to those whose statements a ledger takes in, durably; whoever opens the ledger from then on knows
/// it. Returns whether it was not there yet.
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
    let mut text = Folder::read(&file)?;
    if Authorities::parse(&text)?.iter().any(|pinned| pinned == authority) {
        return Ok(false);
    }
    if !text.is_empty() && !text.ends_with(b"\n") {
        text.push(b'\n');
    }
    text.extend(authority_line(authority).into_bytes());
    Authorities::parse(&text)?;
    host::replace_file(&file, &text).map_err(OpenError::io(&file))?;
    host::sync_folder(path).map_err(OpenError::io(path))?;
    drop(lock);
    Ok(true)
}
