// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! SHA-256 values, and nothing else that is 32 bytes long by accident.

use core::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::encoding;

/// A SHA-256 value. Shown as lower-case hex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// SHA-256 over the concatenation of `parts`.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// The value of a node above `left` and `right` (RFC 6962, section 2.1).
    pub fn node(left: &Self, right: &Self) -> Self {
        Self::of(&[&[0x01], &left.0, &right.0])
    }

    /// The value of the leaf that holds `entry` (RFC 6962, section 2.1).
    pub fn leaf(entry: &[u8]) -> Self {
        Self::of(&[&[0x00], entry])
    }

    /// Reads standard base64 with padding.
    pub fn from_base64(text: &str) -> Option<Self> {
        encoding::base64_decode(text)?.try_into().ok().map(Self)
    }

    /// Reads 64 lower-case hex digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        encoding::hex_decode(text.as_bytes())?.try_into().ok().map(Self)
    }

    /// Standard base64 with padding: 44 characters.
    pub fn to_base64(&self) -> String {
        encoding::base64_encode(&self.0)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encoding::hex_encode(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl AsRef<[u8]> for Hash {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
