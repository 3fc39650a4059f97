// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! From the school's register and a ledger to proof files.

use anchor::{
    follow::{FollowError, Followed},
    ledger::{Ledger, ReadError},
};
use proof::{
    batch::BatchRoot,
    entry::ClaimsRoot,
    proof_file::{LeafProof, ProofFile, Proven, Trunk},
    statement::{Body, Land, LedgerEntry, SignedStatement},
    tree::LeafIndex,
};

use crate::register::CertificateRow;

/// Why nothing can be proven.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProveError {
    /// The ledger cannot be read or is not believed.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// The ledger does not count the batch.
    #[error("the ledger does not hold this batch as a statement that counts")]
    NotCounted,
}

impl From<ReadError> for ProveError {
    fn from(error: ReadError) -> Self {
        Self::Follow(error.into())
    }
}

/// Proves a batch under the ledger's present checkpoint: the part of a proof that all its certificates share.
///
/// # Errors
/// If the ledger does not count the batch, or cannot be read.
pub async fn trunk(
    ledger: &dyn Ledger,
    followed: &Followed,
    land: Land,
    batch: &SignedStatement,
) -> Result<Trunk, ProveError> {
    let Body::Batch { size, root, .. } = batch.statement().body else { return Err(ProveError::NotCounted) };
    let register = followed.replica().register();
    let counted =
        register.batch(land, &batch.statement().issuer, BatchRoot { size, root }).ok_or(ProveError::NotCounted)?;
    let record = register.record(counted.record);
    let mut chain = vec![proven(ledger, followed, record.accredited_at()).await?];
    for rotation in record.rotations().take_while(|rotation| *rotation < counted.index) {
        chain.push(proven(ledger, followed, rotation).await?);
    }
    let batch = proven(ledger, followed, counted.index).await?;
    Ok(Trunk { batch, chain, checkpoint: followed.note().to_vec() })
}

async fn proven(ledger: &dyn Ledger, followed: &Followed, index: LeafIndex) -> Result<Proven, ProveError> {
    let damaged = || ReadError::Damaged(format!("the entry {} cannot be read back", index.0));
    let path = followed.replica().tree().inclusion_path(index, followed.size()).ok_or_else(damaged)?;
    let bytes = ledger.entries(index.0..index.0 + 1).await?;
    let entry = bytes.first().and_then(|bytes| LedgerEntry::decode(bytes)).ok_or_else(damaged)?;
    if followed.replica().tree().leaf(index) != Some(entry.leaf()) {
        return Err(damaged().into());
    }
    let signed = SignedStatement::parse(entry.note).map_err(|_| damaged())?;
    Ok(Proven { index, path, admitted: entry.admitted, signed })
}

/// The proof file of one certificate.
pub fn proof_file(trunk: &Trunk, certificate: &CertificateRow) -> ProofFile {
    let leaf = LeafProof {
        salt: certificate.salt,
        claims: ClaimsRoot::NONE,
        index: certificate.leaf,
        path: certificate.path.clone(),
    };
    ProofFile { leaf, trunk: trunk.clone() }
}
