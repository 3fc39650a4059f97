// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The tail that carries a proof inside a PDF.

A sealed file is `P ‖ U`: the original bytes, then comment lines with the proof in hex and a repeat of the original's own
ending. No object and no cross-reference changes, so that every reader, PDF/A and earlier signatures stay as they were.

No PDF parser takes part in opening: the tail is taken apart, built again from what was found, and compared. Whatever
differs by one byte from what sealing writes is not a sealed file.
*/

use memchr::memmem;

use crate::{
    encoding::{hex_decode, hex_encode},
    proof_file::MAX_PROOF_BYTES,
};

/// The largest original that is sealed, in bytes: 64 MiB, far above any certificate, and small enough to hold in memory.
pub const MAX_DOCUMENT_BYTES: usize = 64 << 20;

/// The largest file that is opened, in bytes: the largest original, the largest tail, and as much again that somebody may
/// have put behind it and that is worth naming.
pub const MAX_FILE_BYTES: usize = 2 * MAX_DOCUMENT_BYTES;

const LOCATOR: &[u8] = b"%SCHULSIEGEL-1 ";
const REFERENCE: &[u8] = b"schulsiegel-ref:";
const HEX_PER_LINE: usize = 96;
const MAX_BLANKS: usize = 8;
const MAX_DIGITS: usize = 12;

/// Why a PDF cannot carry a tail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unsealable {
    /// Larger than the cap.
    #[error("{got} bytes, at most {MAX_DOCUMENT_BYTES} can be sealed")]
    TooLarge {
        /// Bytes found.
        got: usize,
    },
    /// It already has a tail, or a part of one.
    #[error("the file already carries a seal")]
    AlreadySealed,
    /// It does not end in `startxref`, a number and `%%EOF`.
    #[error("the file does not end as a PDF should")]
    BadEnding,
}

/// The number behind `startxref` in the original, as it is written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending<'a>(&'a [u8]);

impl<'a> Ending<'a> {
    /// Looks whether a document can be sealed.
    ///
    /// # Errors
    /// If it is too large, already carries a locator, or does not end in the one accepted form.
    pub fn of(document: &'a [u8]) -> Result<Self, Unsealable> {
        if document.len() > MAX_DOCUMENT_BYTES {
            return Err(Unsealable::TooLarge { got: document.len() });
        }
        if memmem::find(document, LOCATOR).is_some() {
            return Err(Unsealable::AlreadySealed);
        }
        Self::read(document).ok_or(Unsealable::BadEnding)
    }

    fn read(document: &'a [u8]) -> Option<Self> {
        let rest = strip_blanks(document, 0)?.strip_suffix(b"%%EOF")?;
        let rest = strip_blanks(rest, 1)?;
        let digits = rest.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits > MAX_DIGITS {
            return None;
        }
        let (rest, number) = rest.split_at(rest.len() - digits);
        strip_blanks(rest, 1)?.ends_with(b"startxref").then_some(Self(number))
    }

    /// The tail for a document of `length` bytes with this ending.
    ///
    /// # Panics
    /// If the proof is larger than [`MAX_PROOF_BYTES`].
    pub fn tail(&self, length: usize, proof: &[u8]) -> Vec<u8> {
        assert!(proof.len() <= MAX_PROOF_BYTES, "a proof file has at most 65,536 bytes");
        let hex = hex_encode(proof);
        let mut tail = Vec::with_capacity(hex.len() + hex.len() / 40 + 128);
        tail.push(b'\n');
        for piece in hex.as_bytes().chunks(HEX_PER_LINE) {
            tail.push(b'%');
            tail.extend(piece);
            tail.push(b'\n');
        }
        tail.extend(LOCATOR);
        tail.extend(format!("{length:012} {:06}\nstartxref\n", proof.len()).as_bytes());
        tail.extend(self.0);
        tail.extend(b"\n%%EOF\n");
        tail
    }
}

/// Takes `least` to 8 of LF, CR and space off the end.
fn strip_blanks(bytes: &[u8], least: usize) -> Option<&[u8]> {
    let blanks = bytes.iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r' | b' ')).count();
    (least..=MAX_BLANKS).contains(&blanks).then(|| &bytes[..bytes.len() - blanks])
}

/// What a file is, by its structure alone.
#[derive(Debug, PartialEq, Eq)]
pub enum Opened<'a> {
    /// Exactly a document and its tail.
    Sealed(Sealed<'a>),
    /// A sealed file with something behind it. Only the sealed part may be shown.
    BytesAfterSeal {
        /// The part that is sealed.
        sealed: Sealed<'a>,
        /// The first so many bytes of the file are that part.
        length: usize,
    },
    /// There is a locator, but the tail is not what sealing would have written.
    Altered,
    /// There is no locator.
    NoSeal {
        /// Whether the file carries a seal reference: a copy that was saved again after sealing.
        has_reference: bool,
    },
}

/// Evidence: a file that is exactly a document and its tail. Comes only out of [`open`].
#[derive(Debug, PartialEq, Eq)]
pub struct Sealed<'a> {
    document: &'a [u8],
    proof: Vec<u8>,
}

impl<'a> Sealed<'a> {
    /// The original bytes.
    pub fn document(&self) -> &'a [u8] {
        self.document
    }

    /// The proof file out of the tail.
    pub fn proof(&self) -> &[u8] {
        &self.proof
    }
}

/// Takes a file apart. The caller caps the size at [`MAX_FILE_BYTES`].
pub fn open(file: &[u8]) -> Opened<'_> {
    let Some(locator) = memmem::find(file, LOCATOR) else {
        return Opened::NoSeal { has_reference: memmem::find(file, REFERENCE).is_some() };
    };
    let Some((sealed, length)) = open_at(file, locator) else { return Opened::Altered };
    if length == file.len() { Opened::Sealed(sealed) } else { Opened::BytesAfterSeal { sealed, length } }
}

/// The sealed part of a file whose first locator is at `locator`, and its length.
fn open_at(file: &[u8], locator: usize) -> Option<(Sealed<'_>, usize)> {
    let numbers = file.get(locator + LOCATOR.len()..)?.get(..20)?;
    let (document_length, rest) = numbers.split_at(12);
    let (space, rest) = rest.split_at(1);
    let (proof_length, line_feed) = rest.split_at(6);
    if space != b" " || line_feed != b"\n" {
        return None;
    }
    let (document_length, proof_length) = (number(document_length)?, number(proof_length)?);
    if proof_length > MAX_PROOF_BYTES || document_length > locator {
        return None;
    }
    let (document, tail) = file.split_at(document_length);
    let proof = read_hex(tail, proof_length)?;
    let rebuilt = Ending::of(document).ok()?.tail(document_length, &proof);
    tail.starts_with(&rebuilt).then(|| (Sealed { document, proof }, document_length + rebuilt.len()))
}

/// The bytes that the hex lines at the front of a tail spell. Their layout is checked by comparison afterwards.
fn read_hex(tail: &[u8], proof_length: usize) -> Option<Vec<u8>> {
    let digits = 2 * proof_length;
    let lines = tail.get(1..1 + digits + 2 * digits.div_ceil(HEX_PER_LINE))?;
    let hex: Vec<u8> =
        lines.chunks(HEX_PER_LINE + 2).filter_map(|line| line.get(1..line.len() - 1)).flatten().copied().collect();
    hex_decode(&hex)
}

fn number(digits: &[u8]) -> Option<usize> {
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests;
