// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Strict text encodings: each value has one spelling, and every other spelling is refused.

Strictness is what lets "parse, then encode" give the same bytes, so that nobody can dress one statement up as two.
*/

use base64ct::{Base64, Encoding};

/// Standard base64 with padding.
pub fn base64_encode(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// Reads standard base64 with padding; `None` if it is not exactly what [`base64_encode`] writes.
pub fn base64_decode(text: &str) -> Option<Vec<u8>> {
    let bytes = Base64::decode_vec(text).ok()?;
    (base64_encode(&bytes) == text).then_some(bytes)
}

/// Lower-case hex.
pub fn hex_encode(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// Reads lower-case hex; `None` on upper case, an odd length or any other character.
pub fn hex_decode(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

/// Reads a decimal number: digits only, no leading zero, no sign.
pub fn decimal(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let canonical = text.len() == 1 || !text.starts_with('0');
    if text.is_empty() || !digits || !canonical {
        return None;
    }
    text.parse().ok()
}

/// Takes big-endian binary fields off the front of a byte string.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Starts at the front of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next `length` bytes; `None` if there are fewer.
    pub fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(length)?;
        self.0 = tail;
        Some(head)
    }

    /// The next `N` bytes.
    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk()?;
        self.0 = tail;
        Some(*head)
    }

    /// The next byte.
    pub fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// The next two bytes as a number.
    pub fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    /// The next eight bytes as a number.
    pub fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_be_bytes)
    }

    /// What has not been taken yet.
    pub fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// Whether everything was taken.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_has_one_spelling() {
        assert_eq!(base64_decode("AAA="), Some(vec![0, 0]));
        for bad in ["AAB=", "AAA", "AAA=\n", " AAA=", "AA==A", "AA-_", "A"] {
            assert_eq!(base64_decode(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn hex_has_one_spelling() {
        assert_eq!(hex_decode(b"00ff"), Some(vec![0, 255]));
        for bad in ["0", "0F", "0g", "0x00", " 00"] {
            assert_eq!(hex_decode(bad.as_bytes()), None, "{bad:?}");
        }
    }

    #[test]
    fn decimal_has_one_spelling() {
        assert_eq!(decimal("0"), Some(0));
        assert_eq!(decimal("18446744073709551615"), Some(u64::MAX));
        for bad in ["", "00", "01", "+1", "-1", "1 ", "18446744073709551616", "١"] {
            assert_eq!(decimal(bad), None, "{bad:?}");
        }
    }
}
