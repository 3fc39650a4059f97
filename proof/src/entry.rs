// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
From a PDF to its place in a batch: document digest → commitment → entry → certificate id.

The salt lives only in the proof that travels with the certificate. Whoever has the ledger, or a classmate's proof, can
therefore not test a guessed document against what is written there.
*/

use core::fmt;

use sha2::{Digest, Sha256};

use crate::hash::Hash;

/// Length of an encoded entry, in bytes: version, commitment, claims root.
pub const ENTRY_LENGTH: usize = 65;

/// The only version of entries that is written today.
const VERSION: u8 = 0x01;

/// SHA-256 of the whole original file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DocumentDigest(pub Hash);

impl DocumentDigest {
    /// The digest of a document that lies in memory.
    pub fn of(document: &[u8]) -> Self {
        Self(Hash(Sha256::digest(document).into()))
    }
}

/// 16 random bytes, one salt per certificate. Secret to all but the holder of the certificate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 16]);

impl Salt {
    /// A hint that may be printed on the document before it is sealed. It proves nothing.
    pub fn reference(&self) -> SealReference {
        let Hash(digest) = Hash::of(&[b"schulsiegel/ref/v1\n", &self.0]);
        let mut reference = [0; 16];
        reference.copy_from_slice(&digest[..16]);
        SealReference(reference)
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(…)")
    }
}

/// What a document may carry visibly about its coming seal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SealReference(pub [u8; 16]);

/// Root of the disclosable claims of a certificate. Version 1 knows only "none".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClaimsRoot(pub [u8; 32]);

impl ClaimsRoot {
    /// No claims: 32 zero bytes.
    pub const NONE: Self = Self([0; 32]);
}

/// One leaf of a batch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry([u8; ENTRY_LENGTH]);

impl Entry {
    /// The entry of a document: `0x01 ‖ SHA-256(salt ‖ digest) ‖ claims root`.
    pub fn new(digest: &DocumentDigest, salt: &Salt, claims: &ClaimsRoot) -> Self {
        Self::from_commitment(&Hash::of(&[&salt.0, &digest.0.0]).0, claims)
    }

    /// An entry that stands for no document: its commitment is random.
    pub fn padding(random: &[u8; 32]) -> Self {
        Self::from_commitment(random, &ClaimsRoot::NONE)
    }

    fn from_commitment(commitment: &[u8; 32], claims: &ClaimsRoot) -> Self {
        let mut bytes = [VERSION; ENTRY_LENGTH];
        bytes[1..33].copy_from_slice(commitment);
        bytes[33..].copy_from_slice(&claims.0);
        Self(bytes)
    }

    /// The encoded entry.
    pub fn as_bytes(&self) -> &[u8; ENTRY_LENGTH] {
        &self.0
    }

    /// The certificate's id: the leaf hash of this entry.
    pub fn id(&self) -> CertificateId {
        CertificateId(Hash::leaf(&self.0))
    }
}

/// Names a certificate: on the ledger when it is withdrawn, in the school's register always. Shown as hex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CertificateId(pub Hash);

impl fmt::Display for CertificateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
