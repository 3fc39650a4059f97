// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
C2SP checkpoints: what a ledger says its tree is, and the cosignatures that say since when.

A [`VerifiedCheckpoint`] comes only out of [`crate::policy::Policy::verify`].
*/

use crate::{
    Hash, Timestamp,
    encoding::decimal,
    key::{Algorithm, KeyName, Origin, SigningKey, VerifyingKey},
    note::{SignatureLine, signature_line},
    tree::{MAX_SIZE, TreeSize},
};

/// The head of a ledger's tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which ledger.
    pub origin: Origin,
    /// How many entries it has.
    pub size: TreeSize,
    /// Root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size.0, self.root.to_base64())
    }

    /// Reads a text of exactly three lines.
    pub fn parse(text: &str) -> Option<Self> {
        let [origin, size, root, ""] = text.split('\n').collect::<Vec<_>>()[..] else { return None };
        Some(Self {
            origin: KeyName::parse(origin)?,
            size: decimal(size).map(TreeSize).filter(|size| *size <= MAX_SIZE)?,
            root: Hash::from_base64(root)?,
        })
    }

    /// The checkpoint as a note under the ledger's key.
    pub fn sign(&self, ledger: &SigningKey) -> String {
        let text = self.text();
        let line = signature_line(ledger.verifying_key(), &ledger.sign(text.as_bytes()));
        format!("{text}\n{line}")
    }

    /// A further signature line: `key` saw nothing larger of this ledger at `time`.
    ///
    /// # Panics
    /// If `key` is not a cosigning key.
    pub fn cosign(&self, key: &SigningKey, time: Timestamp) -> String {
        assert_eq!(key.verifying_key().algorithm(), Algorithm::CosignatureV1, "a key signs one kind of message");
        let signature = key.sign(cosigned_message(&self.text(), time.posix()).as_bytes());
        signature_line(key.verifying_key(), &[time.posix().to_be_bytes().as_slice(), &signature].concat())
    }
}

fn cosigned_message(text: &str, seconds: u64) -> String {
    format!("cosignature/v1\ntime {seconds}\n{text}")
}

/// The POSIX seconds of a cosignature line by `key`, if it is one and holds. They may lie beyond the year 9999.
pub(crate) fn cosigned_at(line: &SignatureLine<'_>, key: &VerifyingKey, text: &str) -> Option<u64> {
    let (seconds, signature) = line.signature.split_first_chunk()?;
    let seconds = u64::from_be_bytes(*seconds);
    key.verifies(cosigned_message(text, seconds).as_bytes(), signature.try_into().ok()?).then_some(seconds)
}

/// Whether enough witnesses stand behind a checkpoint, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cosigned {
    /// The quorum saw it at this time or later.
    AsOf(Timestamp),
    /// The policy asks for no witness, so that nobody vouches for a time.
    NotRequired,
    /// The quorum is not met.
    BelowQuorum,
}

/// Evidence: a checkpoint that a trusted ledger signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedCheckpoint {
    pub(crate) checkpoint: Checkpoint,
    pub(crate) cosigned: Cosigned,
}

impl VerifiedCheckpoint {
    /// What was signed.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Who else saw it.
    pub fn cosigned(&self) -> Cosigned {
        self.cosigned
    }
}
