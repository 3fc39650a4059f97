// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The statements that a ministry made for one ledger, one file each: its chain, from which every next one continues.

A file is there whole under its final name, or not at all. One that a ledger will never take in is set aside under
another name: the chain goes on from the one before it.
*/

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

use proof::{
    key::{Origin, VerifyingKey},
    register::Chain,
    statement::SignedStatement,
};

use super::MinistryError;
use crate::host;

/// The kept statements for one ledger.
#[derive(Debug, Clone)]
pub struct Kept {
    folder: PathBuf,
    ledger: Origin,
    key: VerifyingKey,
}

impl Kept {
    pub(super) fn new(folder: PathBuf, ledger: Origin, key: VerifyingKey) -> Self {
        Self { folder, ledger, key }
    }

    /// How many there are. Those that were set aside do not count.
    ///
    /// # Errors
    /// If the folder cannot be read, or lacks one of them.
    pub fn count(&self) -> Result<u64, MinistryError> {
        let entries = match fs::read_dir(&self.folder) {
            // A further ledger has none before its first statement.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            outcome => outcome.and_then(Iterator::collect::<io::Result<Vec<_>>>),
        };
        let entries = entries.map_err(MinistryError::io(&self.folder))?;
        let files = entries.iter().filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_dir()));
        let paths = files.map(fs::DirEntry::path);
        let notes: HashSet<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "note")).collect();
        let count = notes.len() as u64;
        match (0..count).map(|seq| self.file(seq)).find(|path| !notes.contains(path)) {
            Some(path) => Err(MinistryError::BrokenChain { path }),
            None => Ok(count),
        }
    }

    /// Number and `prev` of the next one. The last one is looked at, since it is what the next one continues.
    ///
    /// # Errors
    /// If the last one is not there or not what it should be.
    pub fn next(&self) -> Result<Chain, MinistryError> {
        let seq = self.count()?;
        let prev = seq.checked_sub(1).map(|last| self.read(last)).transpose()?;
        Ok(Chain { seq, prev: prev.map(|last| last.text_hash()) })
    }

    /// The statement with this number.
    ///
    /// # Errors
    /// If it is not there, or is another one, or not for this ledger, or not under the ministry's key.
    pub fn read(&self, seq: u64) -> Result<SignedStatement, MinistryError> {
        let path = self.file(seq);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(MinistryError::BrokenChain { path }),
            outcome => outcome.map_err(MinistryError::io(&path))?,
        };
        let signed = SignedStatement::parse(bytes).ok().filter(|signed| {
            let statement = signed.statement();
            statement.seq == seq && statement.ledger == self.ledger && signed.is_signed_by(&[&self.key])
        });
        signed.ok_or(MinistryError::BrokenChain { path })
    }

    /// Every statement from a number on.
    ///
    /// # Errors
    /// As [`Kept::read`].
    pub fn from(&self, seq: u64) -> Result<Vec<SignedStatement>, MinistryError> {
        (seq..self.count()?).map(|seq| self.read(seq)).collect()
    }

    /// Keeps a statement, durably, and says where.
    ///
    /// # Errors
    /// If it is not the next one any more, or cannot be written.
    pub fn keep(&self, signed: &SignedStatement) -> Result<PathBuf, MinistryError> {
        let (seq, prev) = (signed.statement().seq, signed.statement().prev);
        let path = self.file(seq);
        let before = seq.checked_sub(1).map(|before| self.read(before)).transpose();
        if before.ok().is_none_or(|before| before.map(|before| before.text_hash()) != prev) {
            return Err(MinistryError::Overtaken { path });
        }
        fs::create_dir_all(&self.folder).map_err(MinistryError::io(&self.folder))?;
        match host::create_file(&path, signed.note(), false) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(MinistryError::Overtaken { path }),
            outcome => outcome.map_err(MinistryError::io(&path)).map(|()| path),
        }
    }

    /// Sets aside every statement from a number on, and says under which names, the last one first. They are renamed,
    /// not deleted.
    ///
    /// # Errors
    /// If one cannot be renamed. Those after it are set aside then.
    pub fn set_aside(&self, from: u64) -> Result<Vec<PathBuf>, MinistryError> {
        // The last one first: whenever this ends, what is left is a chain.
        let renamed = (from..self.count()?).rev().map(|seq| {
            let path = self.file(seq);
            aside(&path).map_err(MinistryError::io(&path))
        });
        let renamed = renamed.collect::<Result<_, _>>()?;
        host::sync_folder(&self.folder).map_err(MinistryError::io(&self.folder))?;
        Ok(renamed)
    }

    /// Where the statement with this number is kept.
    pub fn file(&self, seq: u64) -> PathBuf {
        file(&self.folder, seq)
    }
}

pub(super) fn file(folder: &Path, seq: u64) -> PathBuf {
    folder.join(format!("{seq:06}.note"))
}

/// Renames `000007.note` to `000007.retracted`, or to `000007.retracted-2` if there is such a one already.
fn aside(path: &Path) -> io::Result<PathBuf> {
    for number in 1_u64.. {
        let to = path.with_extension(if number == 1 { "retracted".to_owned() } else { format!("retracted-{number}") });
        match host::rename_new(path, &to) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            outcome => return outcome.map(|()| to),
        }
    }
    unreachable!("a folder does not hold that many files")
}
