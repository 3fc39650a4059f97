// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Replayed ledgers, kept between two starts.

A start reads what was kept and replays only what is new. What is kept is never a reason to believe anything: it counts only
if its tree gives the root of a checkpoint that is verified anew, and whatever is missing, damaged, of other pins or of
another version is replayed from the first entry. A file here is as much trusted as the program itself: it lies where
only whoever may change the program's own memory of ledgers may write.
*/

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use bytes::Bytes;
#[cfg(target_os = "linux")]
use memmap2::Advice;
use memmap2::MmapMut;
use proof::{Hash, authority::Authorities, key::Origin, replica::Replica};
use tempfile::NamedTempFile;

use crate::memory;

/// So many new entries are replayed at each start before they are worth writing down: a tenth of the time that a start
/// may take.
const WORTH_KEEPING: u64 = 256;

/// A folder with replayed ledgers, which need not exist.
#[derive(Debug, Clone)]
pub struct States(PathBuf);

impl States {
    /// Keeps states where this user's programs keep theirs; `None` if the system names no such place.
    pub fn of_user() -> Option<Self> {
        Some(Self::new(memory::state_folder()?.join("registers")))
    }

    /// Keeps states in this folder.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// What was kept of a ledger under these pins.
    pub fn load(&self, origin: &Origin, authorities: &Authorities) -> Option<Replica> {
        Replica::restore(read(&self.file(origin)).ok()?, origin, authorities)
    }

    /// Keeps a ledger that was replayed from `from` entries on, if that is worth it.
    ///
    /// # Errors
    /// If it cannot be written. Whatever was kept before is still there then.
    pub fn keep(&self, replica: &Replica, from: u64) -> io::Result<()> {
        if replica.tree().size().0 < from.saturating_add(WORTH_KEEPING) {
            return Ok(());
        }
        fs::create_dir_all(&self.0)?;
        let mut draft = NamedTempFile::new_in(&self.0)?;
        draft.write_all(&replica.save())?;
        draft.persist(self.file(replica.register().origin())).map(|_| ()).map_err(|error| error.error)
    }

    fn file(&self, origin: &Origin) -> PathBuf {
        self.0.join(format!("{}.state", Hash::of(&[origin.as_str().as_bytes()])))
    }
}

/// A whole file. For one of 80 MB, the system hands out 20,000 small pages one by one, which takes twice as long as the
/// reading: so it is asked for large ones, where it has them.
fn read(path: &Path) -> io::Result<Bytes> {
    let mut file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let mut memory = MmapMut::map_anon(length)?;
    #[cfg(target_os = "linux")]
    let _ = memory.advise(Advice::HugePage);
    file.read_exact(&mut memory)?;
    Ok(Bytes::from_owner(memory))
}
