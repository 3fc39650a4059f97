// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Which PDFs a person means by the paths on a command line.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{Exit, Failure};

/// One PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The path as it was given, or as it was found under a folder that was given.
    pub shown: PathBuf,
    /// The name below the folder that was given; for a single file its name.
    pub below: PathBuf,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The PDFs: as the paths were given, and sorted within a folder.
    pub pdfs: Vec<Pdf>,
    /// Other files in the folders given.
    pub others: u64,
    /// Paths that are not there, and folders that cannot be read.
    pub unreadable: Vec<(PathBuf, io::Error)>,
}

impl Found {
    /// The same, if everything could be read.
    ///
    /// # Errors
    /// Wrong usage, naming the first path that could not be.
    pub fn complete(self) -> Result<Self, Failure> {
        match self.unreadable.first() {
            None => Ok(self),
            Some((path, error)) => Err(Failure::cannot_read(Exit::Usage, path, error)),
        }
    }
}

/// Finds the PDFs that are meant: every file that is named, and the `*.pdf` (any case) under every folder.
///
/// Links in folders are not followed, since they can lead out of the folder that was meant; they count as others.
pub fn find_pdfs<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Found {
    let mut found = Found::default();
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, Path::new(""), &mut found),
            Ok(_) => {
                let below = PathBuf::from(path.file_name().unwrap_or(path.as_os_str()));
                found.pdfs.push(Pdf { shown: path.to_owned(), below });
            }
            Err(error) => found.unreadable.push((path.to_owned(), error)),
        }
    }
    found
}

fn walk(folder: &Path, below: &Path, found: &mut Found) {
    if let Err(error) = walk_readable(folder, below, found) {
        found.unreadable.push((folder.to_owned(), error));
    }
}

fn walk_readable(folder: &Path, below: &Path, found: &mut Found) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (shown, below) = (entry.path(), below.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&shown, &below, found);
        } else if kind.is_file() && is_pdf(&below) {
            found.pdfs.push(Pdf { shown, below });
        } else {
            found.others += 1;
        }
    }
    Ok(())
}

fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("in a folder")).expect("made");
            fs::write(path, b"x").expect("written");
        }
        folder
    }

    fn below(found: &Found) -> Vec<&str> {
        found.pdfs.iter().map(|pdf| pdf.below.to_str().expect("text")).collect()
    }

    #[test]
    fn folders_give_their_pdfs_and_files_themselves() {
        let folder = folder(&["in/b.pdf", "in/10a/Müller \"Änne\".PDF", "in/note.txt", "in/10a/x\ny.pdf", "scan"]);
        let (all, scan) = (folder.path().join("in"), folder.path().join("scan"));
        let found = find_pdfs([scan.as_path(), &all]);
        assert_eq!(below(&found), ["scan", "10a/Müller \"Änne\".PDF", "10a/x\ny.pdf", "b.pdf"]);
        assert_eq!(found.others, 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_folders_are_not_followed() {
        let folder = folder(&["in/a.pdf", "elsewhere/b.pdf"]);
        let at = |name: &str| folder.path().join(name);
        std::os::unix::fs::symlink(at("elsewhere"), at("in/link")).expect("linked");
        std::os::unix::fs::symlink(at("elsewhere/b.pdf"), at("in/b.pdf")).expect("linked");
        let found = find_pdfs([at("in").as_path()]);
        assert_eq!((below(&found), found.others), (vec!["a.pdf"], 2));
    }

    #[test]
    fn what_is_not_there_is_named() {
        let failure = find_pdfs([Path::new("/nowhere/at/all.pdf")]).complete().expect_err("nothing there");
        assert_eq!((failure.exit, failure.message.id()), (Exit::Usage, "cannot-read"));
    }
}
