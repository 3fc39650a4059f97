// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Making a ledger in PostgreSQL, and saying whose statements it takes in.

use std::path::Path;

use proof::{
    authority::{Authorities, Authority},
    key::Origin,
    replica::Replica,
};

use super::{
    Address,
    database::{Database, Row},
};
use crate::{
    clock::Clock,
    folder::{self, Folder, LedgerKeys},
    host,
    store::OpenError,
};

/// Makes a new ledger: its tables in a database that has none of the kind yet, its keys in a folder that does
/// not exist or is empty.
///
/// # Errors
/// If there is a ledger already, or database or folder cannot be written. Then there is no new folder.
pub async fn init(
    address: &Address,
    path: &Path,
    origin: &Origin,
    authorities: &Authorities,
    clock: &Clock,
) -> Result<(), OpenError> {
    let draft = folder::draft(path)?;
    let keys = LedgerKeys::create(&Folder::new(draft.path()), origin)?;
    let text = folder::authorities_text(authorities);
    let empty = Replica::new(origin.clone(), authorities).checkpoint();
    let note = keys.sign(&empty, clock.now());
    let row = Row { origin: origin.clone(), policy: keys.policy().to_string(), authorities: text };
    // The keys have their name before anything is signed for others to see: a ledger without keys is of no use.
    folder::settle(&draft, path)?;
    let created = Database::new(address).create(&row, note.as_bytes()).await;
    if created.is_err() {
        // Nobody has seen these keys.
        std::fs::remove_dir_all(path).map_err(OpenError::io(path))?;
        host::sync_folder(host::parent(path)).map_err(OpenError::io(path))?;
    }
    created
}

/// Adds an authority to those whose statements a ledger takes in, durably; every server knows it from the next statement
/// on. Returns whether it was not there yet.
///
/// # Errors
/// If the database cannot be read or written, or has the same public key with another Land or window.
pub async fn pin(address: &Address, authority: &Authority) -> Result<bool, OpenError> {
    let mut database = Database::new(address);
    // Tells a database without a ledger from one that cannot be written.
    database.row().await?;
    let (hold, head) = database.hold().await?;
    let Some(text) = folder::with_authority(head.authorities, authority)? else {
        database.release(hold).await;
        return Ok(false);
    };
    let text = String::from_utf8(text).map_err(|_| OpenError::Damaged("the authorities are no text".to_owned()))?;
    database.replace_authorities(hold, &text).await?;
    database.close().await;
    Ok(true)
}
