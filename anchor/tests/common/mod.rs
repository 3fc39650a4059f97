// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A small embedded ledger in a folder, and copies of such folders in every bad state.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anchor::{
    clock::Clock,
    conformance::{
        Dial, block_on,
        cast::{NOW, Speaker, accredit, accreditation, at, batch, origin},
    },
    ledger::{Append as _, Appended},
    sqlite::{self, SqliteLedger},
    store::OpenError,
};
use proof::{authority::Authorities, register::Chain, tree::TreeSize};
use tempfile::TempDir;

/// A ledger, and who speaks on it.
pub(crate) struct Home {
    folder: TempDir,
    pub(crate) ministry: Speaker,
    pub(crate) school: Speaker,
}

impl Home {
    /// A ledger with so many entries, closed.
    pub(crate) fn with(entries: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (ministry, school) = (Speaker::new("km.example", 1), Speaker::new("schule.example", 3));
        let pinned = format!("07 {} {} 0 -\n", ministry.key.verifying_key(), origin());
        let authorities = Authorities::parse(pinned.as_bytes()).expect("authorities");
        let mut home = Self { folder, ministry, school };
        block_on(sqlite::init(&home.path(), &origin(), &authorities, &clock())).expect("made");
        if let Some(batches) = entries.checked_sub(1) {
            let signed = home.ministry.sign(accredit(accreditation(&home.school)));
            home.school.chain = Chain { seq: 0, prev: Some(signed.text_hash()) };
            home.append(0, signed.note());
            home.grow(1, batches);
        }
        home
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("ledger")
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Appends batches to a ledger of `size` entries and closes it.
    pub(crate) fn grow(&mut self, size: u64, batches: u64) {
        for number in size..size + batches {
            let note = self.school.say(batch(number));
            self.append(number, &note);
        }
    }

    fn append(&self, size: u64, note: &[u8]) -> Appended {
        block_on(async {
            let ledger = self.open().await.expect("opened");
            let appended = ledger.append(TreeSize(size), note).await.expect("appended");
            ledger.close().await;
            appended
        })
    }

    pub(crate) async fn open(&self) -> Result<SqliteLedger, OpenError> {
        SqliteLedger::open(&self.path(), clock(), None).await
    }

    /// Another folder with the same files.
    pub(crate) fn copy(&self) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy_files(&self.path(), &folder.path().join("ledger"));
        Self { folder, ministry: self.ministry.clone(), school: self.school.clone() }
    }
}

pub(crate) fn clock() -> Clock {
    Dial::at(at(NOW)).clock()
}

pub(crate) fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    // What was replayed lies in a folder of its own and is not needed.
    for name in names(from).into_iter().filter(|name| from.join(name).is_file()) {
        fs::copy(from.join(&name), to.join(&name)).expect("copied");
    }
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("listed").file_name().into_string().expect("text");
    let mut names: Vec<_> = entries.map(name).collect();
    names.sort();
    names
}
