// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Every key that a school ever had: whose it is, whether it may be recorded again, and from where on it is void.

use serde::{Deserialize, Serialize};

use super::{
    runs::Runs,
    written::{Spelled, Written},
};
use crate::{Hash, key::VerifyingKey, statement::Land, tree::LeafIndex};

/// Which key of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeyNumber(u32);

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Keys {
    known: Vec<Known>,
    /// By the public key's bytes.
    #[serde(skip)]
    pub(super) numbers: Runs<u32>,
    /// By name and key id.
    #[serde(skip)]
    pub(super) ids: Runs<u32>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Known {
    key: Written<VerifyingKey>,
    /// Given up for another one.
    retired: bool,
    /// Where a record has or had it.
    lands: Vec<Land>,
    /// From which index on its statements are void, in each Land.
    void: Vec<(Land, LeafIndex)>,
    /// The keys that it brought in by `rotate`.
    successors: Vec<(Land, LeafIndex, KeyNumber)>,
}

impl Spelled for VerifyingKey {
    fn spell(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Keys {
    /// Whether a record of this name may get the key: new in every respect, or in use for this name and never given up
    /// or void.
    pub(super) fn may_be_recorded(&self, key: &VerifyingKey) -> bool {
        match self.number(key) {
            Some(number) => {
                let known = self.known(number);
                known.key.get().name() == key.name() && !known.retired && known.void.is_empty()
            }
            None => self.ids.get(name_and_id(key.name(), key.id())).next().is_none(),
        }
    }

    /// Notes that a record in this Land has the key.
    pub(super) fn record(&mut self, key: &VerifyingKey, land: Land) -> KeyNumber {
        let number = self.number(key).unwrap_or_else(|| self.add(key));
        let lands = &mut self.known_mut(number).lands;
        if !lands.contains(&land) {
            lands.push(land);
        }
        number
    }

    pub(super) fn retire(&mut self, key: KeyNumber) {
        self.known_mut(key).retired = true;
    }

    /// Notes that a statement at `index` brought in one key by another.
    pub(super) fn rotate(&mut self, land: Land, index: LeafIndex, from: KeyNumber, to: KeyNumber) {
        self.known_mut(from).successors.push((land, index, to));
        self.retire(from);
    }

    /// Declares void what a key said in a Land from an index on, and what keys said that were brought in by that.
    pub(super) fn void(&mut self, land: Land, key: KeyNumber, from: LeafIndex) {
        if self.is_void(land, key, from) {
            return;
        }
        let known = self.known_mut(key);
        known.void.retain(|(of, _)| *of != land);
        known.void.push((land, from));
        let brought_in = known.successors.iter().filter(|(of, index, _)| *of == land && *index >= from);
        for (_, index, successor) in brought_in.copied().collect::<Vec<_>>() {
            self.void(land, successor, index);
        }
    }

    pub(super) fn is_void(&self, land: Land, key: KeyNumber, index: LeafIndex) -> bool {
        self.known(key).void.iter().any(|(of, from)| *of == land && *from <= index)
    }

    pub(super) fn get(&self, number: KeyNumber) -> &VerifyingKey {
        self.known(number).key.get()
    }

    /// The key with these bytes and this name that a record in this Land has or had.
    pub(super) fn find(&self, key: &VerifyingKey, land: Land) -> Option<KeyNumber> {
        let number = self.number(key)?;
        let known = self.known(number);
        (known.key.get().name() == key.name() && known.lands.contains(&land)).then_some(number)
    }

    fn number(&self, key: &VerifyingKey) -> Option<KeyNumber> {
        self.numbers.get(Hash(key.raw())).next().map(KeyNumber)
    }

    fn add(&mut self, key: &VerifyingKey) -> KeyNumber {
        let number = u32::try_from(self.known.len()).expect("fewer keys than statements in memory");
        self.known.push(Known {
            key: Written::new(key.clone()),
            retired: false,
            lands: Vec::new(),
            void: Vec::new(),
            successors: Vec::new(),
        });
        self.numbers.insert(Hash(key.raw()), number);
        self.ids.insert(name_and_id(key.name(), key.id()), number);
        KeyNumber(number)
    }

    fn known(&self, number: KeyNumber) -> &Known {
        &self.known[number.0 as usize]
    }

    fn known_mut(&mut self, number: KeyNumber) -> &mut Known {
        &mut self.known[number.0 as usize]
    }

    /// Takes a key id of a name, for tests: no two keys are found whose ids collide.
    #[cfg(test)]
    pub(super) fn take_id(&mut self, owner: &str, id: u32) {
        self.ids.insert(name_and_id(owner, id), 0);
    }
}

fn name_and_id(name: &str, id: u32) -> Hash {
    Hash::of(&[name.as_bytes(), b"\n", &id.to_be_bytes()])
}
