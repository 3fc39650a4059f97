// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Many certificates at once, on all cores, each written as soon as it is made.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::{Generator, Kind};

/// What [`write()`] has written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Number of files.
    pub files: u64,
    /// Their bytes together.
    pub bytes: u64,
}

/// Why [`write()`] has stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A file of that name is there already. Nothing was overwritten.
    #[error("{} exists already", path.display())]
    Exists {
        /// The file in the way.
        path: PathBuf,
    },
    /// The folder or a file in it cannot be written. Files written before it stay.
    #[error("{} cannot be written", path.display())]
    Io {
        /// What was being written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Writes the certificates of `indices` into the folder `dir`, which is made if it is missing. Their
/// kinds are taken from `kinds` in turn, by index: one kind makes them all the same.
///
/// Memory holds one certificate for each core, however many are written.
///
/// # Errors
/// [`WriteError::Exists`] before anything is written if any of the files exists, and when one
/// appears meanwhile; [`WriteError::Io`] if the folder cannot be written.
///
/// # Panics
/// If `kinds` is empty.
pub fn write(dir: &Path, generator: &Generator, indices: Range<u64>, kinds: &[Kind]) -> Result<Written, WriteError> {
    std::fs::create_dir_all(dir).map_err(|source| failed(dir, source))?;
    let kind = |index: u64| {
        let count = u64::try_from(kinds.len()).expect("a list of kinds is short");
        kinds[usize::try_from(index % count).expect("below the length of the list")]
    };
    for index in indices.clone() {
        let path = dir.join(generator.file_name(index, kind(index)));
        if path.symlink_metadata().is_ok() {
            return Err(WriteError::Exists { path });
        }
    }
    indices
        .into_par_iter()
        .map(|index| {
            let certificate = generator.certificate(index, kind(index));
            let path = dir.join(&certificate.file_name);
            create(&path, &certificate.pdf)?;
            let bytes = u64::try_from(certificate.pdf.len()).expect("a file length fits u64");
            Ok(Written { files: 1, bytes })
        })
        .try_reduce(Written::default, |one, other| {
            let files = one.files + other.files;
            Ok(Written { files, bytes: one.bytes + other.bytes })
        })
}

/// Writes a new file; what could be written only in part is removed again.
fn create(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|source| failed(path, source))?;
    file.write_all(bytes).map_err(|source| {
        // The first error is the one to tell.
        let _ = std::fs::remove_file(path);
        failed(path, source)
    })
}

fn failed(path: &Path, source: io::Error) -> WriteError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::AlreadyExists => WriteError::Exists { path },
        _ => WriteError::Io { path, source },
    }
}
