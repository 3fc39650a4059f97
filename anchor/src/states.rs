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
    time::Duration,
};

use bytes::Bytes;
#[cfg(target_os = "linux")]
use memmap2::Advice;
use memmap2::MmapMut;
use proof::{Hash, authority::Authorities, key::Origin, replica::Replica};

use crate::memory;

/// So many new entries are replayed at each start before they are worth writing down: a tenth of the time that a start
/// may take.
const WORTH_KEEPING: u64 = 256;

/// With this the name of a draft begins.
const DRAFT: &str = ".draft-";

/// Nobody writes so long on a draft.
const ABANDONED: Duration = Duration::from_hours(1);

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
        self.tidy_up();
        let mut draft = tempfile::Builder::new().prefix(DRAFT).tempfile_in(&self.0)?;
        draft.write_all(&replica.save())?;
        draft.persist(self.file(replica.register().origin())).map(|_| ()).map_err(|error| error.error)
    }

    /// Takes away the drafts of programs that did not live to give them a name.
    fn tidy_up(&self) {
        for file in fs::read_dir(&self.0).into_iter().flatten().flatten() {
            let age = file.metadata().and_then(|of| of.modified()).ok().and_then(|at| at.elapsed().ok());
            if file.file_name().to_string_lossy().starts_with(DRAFT) && age.is_some_and(|age| age > ABANDONED) {
                let _ = fs::remove_file(file.path());
            }
        }
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

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn only_abandoned_drafts_are_taken_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let long_ago = SystemTime::now() - 2 * ABANDONED;
        for (name, changed) in [(".draft-old", Some(long_ago)), (".draft-new", None), ("other", Some(long_ago))] {
            let file = File::create(folder.path().join(name)).expect("made");
            if let Some(changed) = changed {
                file.set_modified(changed).expect("changed");
            }
        }
        States::new(folder.path()).tidy_up();
        let there = |name: &str| folder.path().join(name).exists();
        assert_eq!([".draft-old", ".draft-new", "other"].map(there), [false, true, true]);
    }
}
