// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A register as bytes, so that a later start need not replay everything again.

```text
XXH3-128 of the rest ‖ for each map: u64 length ‖ its entries ‖ the other facts, in postcard
```

The bytes are for the program that wrote them, on the machine where it did. They say on what they rest (the rules, the
ledger, the pins); whoever reads them holds them against that, and the tree among them against a checkpoint. The checksum
finds damage. It cannot find malice, and no other could: who may write these bytes may write the sum, too.
*/

use bytes::{Buf, Bytes};
use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use super::{Content, RULES_VERSION, Register, runs::Saved};
use crate::{Hash, authority::Authorities, key::Origin, tree::Tree};

/// Changes whenever the bytes get another meaning.
const FORM: &str = "schulsiegel/register-state/1";

/// What is written beside the maps, and the same as it is read.
#[derive(Serialize)]
struct Written<'a> {
    basis: Hash,
    content: &'a Content,
    tree: &'a Tree,
}

#[derive(Deserialize)]
struct Read {
    basis: Hash,
    content: Content,
    tree: Tree,
}

impl Register {
    /// The register and the tree of the same entries, as bytes.
    ///
    /// # Panics
    /// Never: what is in memory can be written to memory.
    pub(crate) fn save(&self, tree: &Tree) -> Vec<u8> {
        let mut bytes = vec![0; SUM];
        for map in self.content.maps() {
            let length = bytes.len();
            bytes.extend_from_slice(&[0; 8]);
            map.save(&mut bytes);
            let entries = (bytes.len() - length - 8) as u64;
            bytes[length..length + 8].copy_from_slice(&entries.to_be_bytes());
        }
        let basis = basis(&self.origin, &self.authorities);
        let facts = Written { basis, content: &self.content, tree };
        let mut bytes = postcard::to_extend(&facts, bytes).expect("memory takes every write");
        let sum = XxHash3_128::oneshot(&bytes[SUM..]);
        bytes[..SUM].copy_from_slice(&sum.to_be_bytes());
        bytes
    }

    /// Goes on from what [`Register::save`] wrote for the same ledger, pins and rules; `None` for everything else.
    pub(crate) fn restore(mut bytes: Bytes, origin: &Origin, authorities: &Authorities) -> Option<(Self, Tree)> {
        let (sum, body) = bytes.split_first_chunk()?;
        if XxHash3_128::oneshot(body) != u128::from_be_bytes(*sum) {
            return None;
        }
        bytes.advance(SUM);
        let mut maps = Vec::new();
        for _ in Content::default().maps() {
            let length = bytes.try_get_u64().ok().and_then(|length| usize::try_from(length).ok())?;
            maps.push((length <= bytes.len()).then(|| bytes.split_to(length))?);
        }
        let Read { basis: on, mut content, tree } = postcard::from_bytes(&bytes).ok()?;
        let authorities = authorities.for_origin(origin);
        if on != basis(origin, &authorities) {
            return None;
        }
        content.maps_mut().into_iter().zip(maps).for_each(|(map, saved)| map.resume(saved));
        Some((Self { origin: origin.clone(), authorities, size: tree.size(), content }, tree))
    }
}

/// The length of the checksum.
const SUM: usize = 16;

impl Content {
    /// The maps, in the order in which they are written.
    fn maps(&self) -> [&dyn Saved; 8] {
        let Self { texts, school_numbers, keys, batches, withdrawals, .. } = self;
        [
            texts,
            school_numbers,
            &keys.numbers,
            &keys.ids,
            batches,
            &withdrawals.revoked,
            &withdrawals.replaced,
            &withdrawals.upheld,
        ]
    }

    fn maps_mut(&mut self) -> [&mut dyn Saved; 8] {
        let Self { texts, school_numbers, keys, batches, withdrawals, .. } = self;
        [
            texts,
            school_numbers,
            &mut keys.numbers,
            &mut keys.ids,
            batches,
            &mut withdrawals.revoked,
            &mut withdrawals.replaced,
            &mut withdrawals.upheld,
        ]
    }
}

/// Everything on which a register rests besides the entries.
fn basis(origin: &Origin, authorities: &Authorities) -> Hash {
    let pins: Vec<_> = authorities.iter().map(|authority| format!("{authority:?}\n")).collect();
    let rules = format!("{FORM}\n{}\n{RULES_VERSION}\n{origin}\n", env!("CARGO_PKG_VERSION"));
    Hash::of(&[rules.as_bytes(), pins.concat().as_bytes()])
}
