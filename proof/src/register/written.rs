// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A value that is kept as text until somebody asks for it.

A register of forty thousand schools is read back at every start, of which a start needs a few. To read a public key means
to look for a point on a curve; done for all of them, that alone would take longer than everything else.
*/

use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value with one spelling.
pub(super) trait Spelled: Sized {
    fn spell(&self) -> String;

    fn read(text: &str) -> Option<Self>;
}

#[derive(Debug, Clone)]
pub(super) struct Written<T> {
    text: Box<str>,
    value: OnceLock<T>,
}

impl<T: Spelled> Written<T> {
    pub(super) fn new(value: T) -> Self {
        Self { text: value.spell().into(), value: value.into() }
    }

    /// # Panics
    /// If the text is none. Texts come from values, or out of a saved state whose digest was checked.
    pub(super) fn get(&self) -> &T {
        self.value.get_or_init(|| T::read(&self.text).expect("the text of a value"))
    }
}

impl<T> PartialEq for Written<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Written<T> {}

impl<T> Serialize for Written<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Written<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { text: Box::deserialize(deserializer)?, value: OnceLock::new() })
    }
}
