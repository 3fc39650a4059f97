// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What the school's register has and the ledger does not have or does not count, and what of that still matters: what
//! was sealed or said again has been made good.

use std::collections::BTreeSet;

use proof::{
    Timestamp,
    batch::BatchRoot,
    entry::{CertificateId, DocumentDigest},
    register::{Refusal, Withdrawn},
    statement::{Body, LedgerEntry, SignedStatement},
    tree::LeafIndex,
};

use crate::{
    config::Config,
    register::{BatchRow, Register, StatementRow},
    seal::SealError,
    view::View,
};

/// Where a statement stands on the ledger that does not count there, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uncounted {
    /// Its ledger index.
    pub index: LeafIndex,
    /// Why it does not count.
    pub refusal: Refusal,
}

/// Whether the ledger has a statement at the place where it took it in, and does not count it.
pub(super) fn uncounted(
    view: &View,
    signed: &SignedStatement,
    place: Option<(LeafIndex, Timestamp)>,
) -> Option<Uncounted> {
    let (index, admitted) = place?;
    let leaf = LedgerEntry { admitted, note: signed.note().to_vec() }.leaf();
    let is_there = view.followed().replica().tree().leaf(index) == Some(leaf);
    let refusal = view.register().refusal(index).filter(|_| is_there)?;
    Some(Uncounted { index, refusal })
}

/// The batches of the register that count and are not void.
pub(super) fn valid(config: &Config, view: &View, batches: &[BatchRow]) -> BTreeSet<i64> {
    let counts = |row: &&BatchRow| match row.signed.statement().body {
        Body::Batch { size, root, .. } => {
            view.register().batch(config.land, &config.name, BatchRoot { size, root }).is_some()
        }
        _ => false,
    };
    batches.iter().filter(counts).map(|row| row.number).collect()
}

/// Whether every document of a batch stands in a batch that counts, too.
pub(super) async fn is_sealed_anew(
    view: &View,
    register: &mut Register,
    valid: &BTreeSet<i64>,
    batch: i64,
) -> Result<bool, SealError> {
    for certificate in register.certificates(batch).await? {
        if !has_good(view, register, valid, &certificate.digest).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The certificates whose withdrawal is void, without those that were sealed anew.
pub(super) async fn unsettled(
    view: &View,
    register: &mut Register,
    valid: &BTreeSet<i64>,
    void: &[CertificateId],
) -> Result<u64, SealError> {
    let mut count = 0;
    for id in void {
        let certificate = register.by_id(&id.to_string()).await?.pop();
        let is_good = match certificate {
            Some(certificate) => has_good(view, register, valid, &certificate.digest).await?,
            None => false,
        };
        count += u64::from(!is_good);
    }
    Ok(count)
}

/// Whether a document has a certificate that counts and was not taken back.
async fn has_good(
    view: &View,
    register: &mut Register,
    valid: &BTreeSet<i64>,
    digest: &DocumentDigest,
) -> Result<bool, SealError> {
    let certificates = register.by_digest(digest).await?;
    Ok(certificates.iter().any(|row| valid.contains(&row.batch) && view.withdrawal(row.id).is_none()))
}

/// Whether what a statement was to bring about holds without it.
pub(super) fn is_made_good(config: &Config, view: &View, row: &StatementRow) -> bool {
    let ledger = view.register();
    let is_withdrawn = |id: &CertificateId| view.withdrawal(*id).is_some_and(|said| said != Withdrawn::Void);
    match &row.signed.statement().body {
        Body::Revoke { certificates, .. } => certificates.iter().all(is_withdrawn),
        Body::Replace(pairs) => pairs.iter().all(|(old, _)| is_withdrawn(old)),
        Body::Batch { size, root, .. } => {
            ledger.batch(config.land, &config.name, BatchRoot { size: *size, root: *root }).is_some()
        }
        Body::Rotate { .. } | Body::Accredit(_) => {
            let record = ledger.open_record(config.land, &config.name).map(|id| ledger.record(id));
            record.zip(row.admitted).is_some_and(|(record, (index, _))| record.accredited_at() > index)
        }
        _ => false,
    }
}
