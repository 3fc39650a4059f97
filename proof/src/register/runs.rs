// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A map from hashes to values that grows fast, is small in memory, and is used as it was saved, without being read in.

A million withdrawals in a hash map take twice the memory and half a second to fill, and every start would have to fill it
again. Here entries lie in sorted runs, each less than half as long as the one before it; a run that grew too long is
merged with its neighbour. What was saved is one more run, searched in the bytes of the saved state. A look-up is one
binary search in each of the few runs.
*/

use bytes::Bytes;

use crate::Hash;

/// A value that is written in a fixed number of bytes.
pub(super) trait Fixed: Copy {
    const WIDTH: usize;

    fn put(&self, out: &mut Vec<u8>);

    /// Reads what [`Fixed::put`] wrote; `bytes` are [`Fixed::WIDTH`] long.
    fn take(bytes: &[u8]) -> Option<Self>;
}

/// Entries with equal hashes are kept, in the order in which they came.
#[derive(Debug, Clone)]
pub(super) struct Runs<V> {
    saved: Bytes,
    grown: Vec<Vec<(Hash, V)>>,
}

/// What can be done with [`Runs`] of any values.
pub(super) trait Saved {
    /// Appends all entries, ascending. The bytes do not tell how the runs grew.
    fn save(&self, out: &mut Vec<u8>);

    /// Goes on from what was saved. The bytes are believed.
    fn resume(&mut self, saved: Bytes);
}

impl<V> Default for Runs<V> {
    fn default() -> Self {
        Self { saved: Bytes::new(), grown: Vec::new() }
    }
}

impl<V: Fixed> Runs<V> {
    const WIDTH: usize = 32 + V::WIDTH;

    pub(super) fn insert(&mut self, hash: Hash, value: V) {
        self.grown.push(vec![(hash, value)]);
        while let [.., longer, last] = self.grown.as_mut_slice()
            && longer.len() <= 2 * last.len()
        {
            *longer = merge(longer, last);
            self.grown.pop();
        }
    }

    /// The values of a hash, oldest first.
    pub(super) fn get(&self, hash: Hash) -> impl Iterator<Item = V> + '_ {
        let grown = self.grown.iter().flat_map(move |run| {
            let start = run.partition_point(|(other, _)| *other < hash);
            run[start..].iter().take_while(move |(other, _)| *other == hash).map(|(_, value)| *value)
        });
        self.saved_from(hash).take_while(move |(other, _)| *other == hash).map(|(_, value)| value).chain(grown)
    }

    /// The saved entries from the first with this hash on.
    fn saved_from(&self, hash: Hash) -> impl Iterator<Item = (Hash, V)> + '_ {
        let bytes = &self.saved;
        let (mut start, mut end) = (0, bytes.len() / Self::WIDTH);
        while start < end {
            let middle = usize::midpoint(start, end);
            if bytes[middle * Self::WIDTH..][..32] < hash.0[..] {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        bytes[start * Self::WIDTH..].chunks_exact(Self::WIDTH).map_while(|entry| {
            let (hash, value) = entry.split_first_chunk()?;
            Some((Hash(*hash), V::take(value)?))
        })
    }
}

impl<V: Fixed> Saved for Runs<V> {
    fn save(&self, out: &mut Vec<u8>) {
        let grown = self.grown.iter().fold(Vec::new(), |merged, run| merge(&merged, run));
        let mut newer = grown.iter().peekable();
        for entry in self.saved.chunks_exact(Self::WIDTH) {
            while let Some((hash, value)) = newer.next_if(|(hash, _)| hash.0[..] < entry[..32]) {
                put(out, hash, value);
            }
            out.extend_from_slice(entry);
        }
        newer.for_each(|(hash, value)| put(out, hash, value));
    }

    fn resume(&mut self, saved: Bytes) {
        *self = Self { saved, grown: Vec::new() };
    }
}

fn put<V: Fixed>(out: &mut Vec<u8>, hash: &Hash, value: &V) {
    out.extend_from_slice(&hash.0);
    value.put(out);
}

/// Entries of `older` come before those of `newer` with the same hash.
fn merge<V: Copy>(older: &[(Hash, V)], newer: &[(Hash, V)]) -> Vec<(Hash, V)> {
    let mut merged = Vec::with_capacity(older.len() + newer.len());
    let mut rest = newer;
    for entry in older {
        let smaller = rest.iter().take_while(|(hash, _)| *hash < entry.0).count();
        merged.extend_from_slice(&rest[..smaller]);
        rest = &rest[smaller..];
        merged.push(*entry);
    }
    merged.extend_from_slice(rest);
    merged
}

impl Fixed for u32 {
    const WIDTH: usize = 4;

    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_be_bytes());
    }

    fn take(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::from_be_bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn hash(number: u8) -> Hash {
        Hash([number; 32])
    }

    fn saved(runs: &Runs<u32>) -> Vec<u8> {
        let mut bytes = Vec::new();
        runs.save(&mut bytes);
        bytes
    }

    fn resumed(bytes: &[u8]) -> Runs<u32> {
        let mut runs = Runs::default();
        runs.resume(Bytes::copy_from_slice(bytes));
        runs
    }

    proptest! {
        #[test]
        fn it_is_a_multimap_that_keeps_the_order(
            entries in proptest::collection::vec((any::<u8>(), any::<u32>()), 0..400),
            stops in proptest::collection::btree_set(0..400_usize, 0..4),
        ) {
            let (mut runs, mut again) = (Runs::default(), Runs::default());
            let mut model = BTreeMap::<u8, Vec<u32>>::new();
            for (index, (number, value)) in entries.iter().enumerate() {
                if stops.contains(&index) {
                    again = resumed(&saved(&again));
                }
                runs.insert(hash(*number), *value);
                again.insert(hash(*number), *value);
                model.entry(*number).or_default().push(*value);
            }
            prop_assert!(runs.grown.windows(2).all(|pair| pair[0].len() > 2 * pair[1].len()), "few runs");
            prop_assert_eq!(saved(&again), saved(&runs), "the bytes do not tell how it grew");
            for number in 0..=255 {
                let wanted = model.get(&number).cloned().unwrap_or_default();
                prop_assert_eq!(runs.get(hash(number)).collect::<Vec<_>>(), wanted.clone());
                prop_assert_eq!(again.get(hash(number)).collect::<Vec<_>>(), wanted);
            }
        }
    }
}
