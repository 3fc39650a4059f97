// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Up to where a ledger was told: a small JSON file, replaced in one step.

use std::{fs, io, path::Path};

use proof::{
    Hash,
    key::KeyName,
    tree::{LeafIndex, TreeSize},
};
use serde::{Deserialize, Serialize};

use super::Seen;
use crate::host;

/// Up to where a ledger was told, and what was seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The first index that was not told yet.
    pub next: LeafIndex,
    /// The largest state that was believed.
    pub seen: Option<Seen>,
    /// Whose statements are told; `None` for all.
    pub school: Option<KeyName>,
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ledger: Option<String>,
    school: Option<String>,
    next: u64,
    size: u64,
    root: Option<String>,
}

impl Position {
    /// Reads a file; `None` if there is none.
    ///
    /// # Errors
    /// If it cannot be read; [`io::ErrorKind::InvalidData`] if it is not of its form.
    pub fn load(path: &Path) -> io::Result<Option<Self>> {
        let bytes = match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            outcome => outcome?,
        };
        let file = serde_json::from_slice::<File>(&bytes).ok();
        file.and_then(File::meant).map(Some).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// Replaces the file, durably.
    ///
    /// # Errors
    /// If it cannot be written.
    ///
    /// # Panics
    /// Never: texts and numbers are JSON.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let file = File {
            ledger: self.seen.as_ref().map(|seen| seen.ledger.to_string()),
            school: self.school.as_ref().map(KeyName::to_string),
            next: self.next.0,
            size: self.seen.as_ref().map_or(0, |seen| seen.size.0),
            root: self.seen.as_ref().map(|seen| seen.root.to_string()),
        };
        let text = serde_json::to_string(&file).expect("texts and numbers are JSON");
        host::replace_file(path, (text + "\n").as_bytes())?;
        host::sync_folder(host::parent(path))
    }
}

impl File {
    fn meant(self) -> Option<Position> {
        let name = |text: Option<String>| text.map(|text| KeyName::parse(&text).ok_or(())).transpose().ok();
        let seen = match (name(self.ledger)?, self.root) {
            (Some(ledger), Some(root)) => {
                Some(Seen { ledger, size: TreeSize(self.size), root: Hash::from_hex(&root)? })
            }
            (None, None) => None,
            _ => return None,
        };
        Some(Position { next: LeafIndex(self.next), seen, school: name(self.school)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_read_again_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state");
        assert_eq!(Position::load(&path).expect("readable"), None);
        let name = |text| KeyName::parse(text).expect("a name");
        let seen = Seen { ledger: name("ledger.example"), size: TreeSize(7), root: Hash([9; 32]) };
        let whole = Position { next: LeafIndex(5), seen: Some(seen), school: Some(name("schule")) };
        for position in [whole, Position { next: LeafIndex(0), seen: None, school: None }] {
            position.save(&path).expect("saved");
            assert_eq!(Position::load(&path).expect("readable"), Some(position));
        }
        let good = fs::read_to_string(&path).expect("readable");
        assert_eq!(good, "{\"ledger\":null,\"school\":null,\"next\":0,\"size\":0,\"root\":null}\n");
        for bad in ["", "{}", &good.replace("null}", "\"x\"}"), &good.replace('}', ",\"more\":1}")] {
            fs::write(&path, bad).expect("written");
            assert_eq!(Position::load(&path).expect_err("bad").kind(), io::ErrorKind::InvalidData, "{bad}");
        }
    }
}
