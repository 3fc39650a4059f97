// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Where statements and batches stand that count, as the maps of a register hold them.

use super::{RecordId, runs::Fixed};
use crate::{
    Hash, Timestamp,
    batch::BatchRoot,
    key::KeyName,
    statement::{Land, Token},
    tree::LeafIndex,
};

/// Where a statement stands that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) index: LeafIndex,
    pub(super) admitted: Timestamp,
}

/// Where a batch stands that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct BatchPlace {
    pub(super) place: Place,
    pub(super) issued: Timestamp,
    pub(super) record: RecordId,
    /// The kind, filled up with zeros.
    kind: [u8; 32],
}

/// Under which hash a batch is found.
pub(super) fn batch_key(land: Land, school: &KeyName, BatchRoot { size, root }: BatchRoot) -> Hash {
    Hash::of(&[land.to_string().as_bytes(), school.as_str().as_bytes(), b"\n", &size.0.to_be_bytes(), &root.0])
}

impl BatchPlace {
    pub(super) fn new(place: Place, issued: Timestamp, record: RecordId, kind: &Token) -> Self {
        let mut padded = [0; 32];
        padded[..kind.as_str().len()].copy_from_slice(kind.as_str().as_bytes());
        Self { place, issued, record, kind: padded }
    }

    pub(super) fn kind(&self) -> Token {
        let length = self.kind.iter().position(|byte| *byte == 0).unwrap_or(self.kind.len());
        let kind = str::from_utf8(&self.kind[..length]).ok().and_then(Token::parse);
        kind.expect("a token, filled up with zeros")
    }
}

impl Fixed for Place {
    const WIDTH: usize = 16;

    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.index.0.to_be_bytes());
        out.extend_from_slice(&self.admitted.posix().to_be_bytes());
    }

    fn take(bytes: &[u8]) -> Option<Self> {
        let (index, admitted) = bytes.split_first_chunk()?;
        let admitted = Timestamp::from_posix(u64::from_be_bytes(admitted.try_into().ok()?))?;
        Some(Self { index: LeafIndex(u64::from_be_bytes(*index)), admitted })
    }
}

impl Fixed for BatchPlace {
    const WIDTH: usize = 60;

    fn put(&self, out: &mut Vec<u8>) {
        self.place.put(out);
        out.extend_from_slice(&self.issued.posix().to_be_bytes());
        self.record.0.put(out);
        out.extend_from_slice(&self.kind);
    }

    fn take(bytes: &[u8]) -> Option<Self> {
        let (place, rest) = bytes.split_at_checked(Place::WIDTH)?;
        let (issued, rest) = rest.split_first_chunk()?;
        let (record, kind) = rest.split_at_checked(u32::WIDTH)?;
        Some(Self {
            place: Place::take(place)?,
            issued: Timestamp::from_posix(u64::from_be_bytes(*issued))?,
            record: RecordId(u32::take(record)?),
            kind: kind.try_into().ok()?,
        })
    }
}
