// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Where the sealed copies go: what lay in a folder is mirrored in the output folder, a single file lands there flat.
*/

use std::{
    collections::HashSet,
    fs, io,
    path::{Component, Path, PathBuf},
};

use anchor::host;
use cli::Pdf;

/// One PDF and the place of its sealed copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as the user gave it, or as it was found under a folder that they gave.
    pub shown: PathBuf,
    /// The same, from the root and without links.
    pub path: PathBuf,
    /// Where the copy goes, below the output folder.
    pub output: PathBuf,
}

/// Gives every PDF its place in the output folder; equal names are numbered.
///
/// # Errors
/// If a PDF is no longer there.
pub fn place(pdfs: Vec<Pdf>) -> io::Result<Vec<Source>> {
    let mut taken = HashSet::new();
    let mut placed = |Pdf { shown, below }: Pdf| {
        let output = free_name(&below, |name| taken.contains(name));
        taken.insert(output.clone());
        Ok(Source { path: shown.canonicalize()?, shown, output })
    };
    pdfs.into_iter().map(&mut placed).collect()
}

/// The first of `paths` that contains the output folder, which would then be read by the next run.
///
/// # Errors
/// If a path cannot be resolved.
pub fn folder_around<'a>(out: &Path, paths: &'a [PathBuf]) -> io::Result<Option<&'a Path>> {
    let out = resolve(out)?;
    for path in paths {
        let real = path.canonicalize()?;
        if real.is_dir() && out.starts_with(&real) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// The name itself, or the first of `name (2).pdf`, `name (3).pdf` … that is not taken.
///
/// # Panics
/// If every number is taken.
pub fn free_name(path: &Path, is_taken: impl Fn(&Path) -> bool) -> PathBuf {
    let numbered = |number: u64| {
        let mut name = path.file_stem().unwrap_or_default().to_owned();
        name.push(format!(" ({number})"));
        if let Some(extension) = path.extension() {
            name.push(".");
            name.push(extension);
        }
        path.with_file_name(name)
    };
    let mut names = std::iter::once(path.to_owned()).chain((2..).map(numbered));
    names.find(|name| !is_taken(name)).expect("some number is free")
}

/// A path from the root, without links as far as it exists.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let mut known = path.as_path();
    let real = loop {
        match known.canonicalize() {
            Ok(real) => break real,
            Err(_) => known = known.parent().ok_or(io::ErrorKind::NotFound)?,
        }
    };
    let rest = path.strip_prefix(known).map_err(io::Error::other)?;
    // `..` behind what does not exist leads nowhere.
    if rest.components().any(|part| part == Component::ParentDir) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    Ok(real.join(rest))
}

/// The output folder, from the root, made if it does not exist.
///
/// # Errors
/// If it cannot be made.
pub fn make_output_folder(out: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(out)?;
    host::sync_folder(host::parent(out))?;
    out.canonicalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_numbered() {
        let folder = tempfile::tempdir().expect("a folder");
        let pdf = |(number, below): (usize, &str)| {
            let shown = folder.path().join(number.to_string());
            fs::write(&shown, b"x").expect("written");
            Pdf { shown, below: below.into() }
        };
        let names = ["a.pdf", "a.pdf", "a (2).pdf", "a.pdf", "10a/a.pdf"];
        let placed = place(names.into_iter().enumerate().map(pdf).collect()).expect("placed");
        let outputs: Vec<_> = placed.iter().map(|source| source.output.to_str().expect("text")).collect();
        assert_eq!(outputs, ["a.pdf", "a (2).pdf", "a (2) (2).pdf", "a (3).pdf", "10a/a.pdf"]);
    }

    #[test]
    fn an_output_folder_inside_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("in/deep")).expect("made");
        let paths = [at("in")];
        for out in ["in", "in/out", "in/deep/er", "in/./x", "out/../in/x"] {
            if out.starts_with("out") {
                fs::create_dir_all(at("out")).expect("made");
            }
            let around = folder_around(&at(out), &paths).expect("resolved");
            assert_eq!(around, Some(paths[0].as_path()), "{out}");
        }
        assert_eq!(folder_around(&at("in-out"), &paths).expect("resolved"), None);
    }
}
