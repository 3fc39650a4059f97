// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Settings as people write them into files.

use serde::de::DeserializeOwned;

/// Reads a file of settings in TOML.
///
/// # Errors
/// Where and why, in one line: the picture of the place that the library would print may have a password in it.
pub fn from_toml<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        format!("line {}: {}", before.matches('\n').count() + 1, error.message())
    })
}
