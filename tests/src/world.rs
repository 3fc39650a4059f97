// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A ministry, a school and a ledger in a temporary folder, made by the real `demo`.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::program::{Run, program, run};

/// A temporary folder with the demo in `demo/` and a user's home in `home/`. It is also the working folder.
pub struct World {
    folder: TempDir,
    forgetful: bool,
}

impl World {
    /// A folder where nothing was done yet.
    pub fn bare() -> Self {
        let folder = tempfile::Builder::new().prefix("schulsiegel-").tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("home")).expect("made");
        Self { folder, forgetful: false }
    }

    /// A plain demo: 12 certificates that are sealed, two entries in the ledger. Its keys have no passphrases, which
    /// would take time in every run.
    pub fn new() -> Self {
        let world = Self::bare();
        world.run("demo", ["--dir", "demo", "--no-serve", "--plain", "--no-passphrase"]).quiet();
        world
    }

    /// The same, where `issuer` and `anchor` remember no ledger: for what goes back to an earlier state again and again.
    #[must_use]
    pub fn forgetful(self) -> Self {
        Self { forgetful: true, ..self }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the folder.
    pub fn path(&self, below: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(below)
    }

    /// A program of this workspace: in this folder, in English, with a home of its own and nothing else of the
    /// environment.
    pub fn command(&self, name: &str) -> Command {
        let mut command = Command::new(program(name));
        command.env_clear().current_dir(self.folder()).env("LANG", "en_GB.UTF-8").env("HOME", self.path("home"));
        command.env("TMPDIR", std::env::temp_dir());
        if self.forgetful && name != "verifier" {
            command.env("XDG_STATE_HOME", "/dev/null");
        }
        command
    }

    /// Runs a program of this workspace.
    #[track_caller]
    pub fn run<A: AsRef<OsStr>>(&self, name: &str, arguments: impl IntoIterator<Item = A>) -> Run {
        run(self.command(name).args(arguments))
    }

    /// `issuer --config demo/issuer.toml …`
    #[track_caller]
    pub fn issuer<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        run(self.command("issuer").args(["--config", "demo/issuer.toml"]).args(arguments))
    }

    /// `issuer … issue PATHS --out OUT --kind abitur --json OPTIONS`
    #[track_caller]
    pub fn issue(&self, paths: &[&str], out: &str, options: &[&str]) -> Run {
        let fixed = ["--out", out, "--kind", "abitur", "--json"];
        self.issuer([&["issue"], paths, &fixed, options].concat())
    }

    /// `verifier check --trust demo/trust --json …`
    #[track_caller]
    pub fn check<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        run(self.command("verifier").args(["check", "--trust", "demo/trust", "--json"]).args(arguments))
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, below: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("made");
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        path
    }

    /// The names of the files in a folder, sorted.
    pub fn names(&self, below: &str) -> Vec<String> {
        tree(&self.path(below)).into_keys().map(|path| path.to_string_lossy().into_owned()).collect()
    }

    /// Copies a folder with all that is in it.
    pub fn copy(&self, from: &str, to: &str) {
        for (name, bytes) in tree(&self.path(from)) {
            self.write(Path::new(to).join(name), bytes);
        }
        let keys = tree(&self.path(to)).into_keys().filter(|name| name.extension().is_some_and(|end| end == "key"));
        keys.for_each(|name| fs::set_permissions(self.path(to).join(name), private()).expect("changed"));
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(unix)]
fn private() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o600)
}

/// Every file below a folder with its bytes.
pub fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(&below).unwrap_or_else(|error| panic!("{}: {error}", below.display())) {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below the folder").to_owned();
                files.insert(name, fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
            }
        }
    }
    files
}
