// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The one source of chance: every choice in a certificate is drawn from here, so that a seed and an
index always give the same certificate on every machine.
*/

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream is drawn for. Each purpose has a stream of its own, so that a further question to
/// one of them changes nothing in the others.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    School,
    Pupil,
    Abitur,
    Realschule,
    Halbjahr,
    Print,
}

/// A stream of random choices.
pub(crate) struct Random(ChaCha8Rng);

impl Random {
    /// The stream of `purpose` for the certificate `index` of `seed`.
    pub(crate) fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&index.to_le_bytes());
        key[16] = purpose as u8;
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A number from 0 up to, not including, `end`.
    ///
    /// Drawn by one multiplication: the bias is below `end` / 2³², and the stream does not depend
    /// on how a library rounds.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        let scaled = u64::from(self.0.next_u32()) * u64::from(end);
        u32::try_from(scaled >> 32).expect("a u64 shifted by 32 is a u32")
    }

    /// [`Random::below`] for what is kept in a byte.
    pub(crate) fn small(&mut self, end: u8) -> u8 {
        u8::try_from(self.below(u32::from(end))).expect("below a number that fits a byte")
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of `items`.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        let count = u32::try_from(items.len()).expect("a list in the program is short");
        items[self.below(count) as usize]
    }

    /// A whole number around 0, from `-width` to `width`, the middle the most frequent.
    pub(crate) fn around(&mut self, width: u32) -> i32 {
        let sum = self.below(width + 1) + self.below(width + 1);
        sum.cast_signed() - width.cast_signed()
    }

    /// 64 random bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }
}
