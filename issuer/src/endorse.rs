// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Saying again, with a new key, what was said honestly with one that was in wrong hands.

An authority declares void all that a stolen key said from some point on. What the school itself said in that time is
among it. The school knows what that was: it stands in its register, and nothing else is said again.
*/

use proof::{
    batch::BatchRoot,
    entry::CertificateId,
    key::{KeyName, Signer},
    register::{Register, Withdrawn},
    statement::{Body, Land, WithdrawalReason},
};

use crate::{
    register::{BatchRow, StatementRow},
    seal::{SealError, Session},
};

/// What of the school's own statements has become void, and nobody has said again.
#[derive(Debug, Default)]
pub struct Void {
    /// Batches.
    pub batches: Vec<BatchRow>,
    /// Withdrawals.
    pub revoked: Vec<(CertificateId, WithdrawalReason)>,
    /// Replacements, old and new.
    pub replaced: Vec<(CertificateId, CertificateId)>,
}

impl Void {
    /// Finds it among the batches and statements of a school's register.
    pub fn find(
        ledger: &Register,
        (land, school): (Land, &KeyName),
        batches: &[BatchRow],
        statements: &[StatementRow],
    ) -> Self {
        let batches = batches.iter().filter(|batch| is_void(ledger, land, school, batch)).cloned().collect();
        let is_void = |id: &CertificateId| ledger.withdrawal(land, school, *id) == Some(Withdrawn::Void);
        let mut this = Self { batches, ..Self::default() };
        for statement in statements {
            match &statement.signed.statement().body {
                Body::Revoke { reason, certificates } => {
                    this.revoked.extend(certificates.iter().copied().filter(is_void).map(|id| (id, *reason)));
                }
                Body::Replace(pairs) => this.replaced.extend(pairs.iter().copied().filter(|(old, _)| is_void(old))),
                _ => {}
            }
        }
        // Of several withdrawals of one certificate the first counts, and a withdrawal outranks a replacement.
        this.revoked.sort_by_key(|(id, _)| *id);
        this.revoked.dedup_by_key(|(id, _)| *id);
        this.replaced.retain(|(old, _)| this.revoked.binary_search_by_key(old, |(id, _)| *id).is_err());
        this.replaced.sort_by_key(|(old, _)| *old);
        this.replaced.dedup_by_key(|(old, _)| *old);
        this
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.batches.is_empty() && self.revoked.is_empty() && self.replaced.is_empty()
    }
}

fn is_void(ledger: &Register, land: Land, school: &KeyName, batch: &BatchRow) -> bool {
    let Body::Batch { size, root, .. } = batch.signed.statement().body else { return false };
    let mut counted = ledger.batches(land, school, BatchRoot { size, root }).peekable();
    counted.peek().is_some() && counted.all(|batch| batch.void)
}

impl Session {
    /// What of the school's own statements has become void.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn void(&mut self) -> Result<Void, SealError> {
        let (batches, statements) = (self.register.batches().await?, self.register.statements().await?);
        let school = (self.config.land, &self.config.name);
        Ok(Void::find(self.followed.replica().register(), school, &batches, &statements))
    }

    /// Says it again with this key.
    ///
    /// # Errors
    /// See [`SealError`]. Nothing was said if the first statement is refused.
    pub async fn endorse(&mut self, key: &dyn Signer, void: &Void) -> Result<Vec<StatementRow>, SealError> {
        let mut bodies: Vec<_> = void.batches.iter().map(|batch| batch.signed.statement().body.clone()).collect();
        for reason in WithdrawalReason::ALL {
            let ids: Vec<_> = void.revoked.iter().filter(|(_, of)| *of == reason).map(|(id, _)| *id).collect();
            let statements = ids.chunks(proof::statement::MAX_CERTIFICATES);
            bodies.extend(statements.map(|ids| Body::Revoke { reason, certificates: ids.to_vec() }));
        }
        bodies.extend(void.replaced.chunks(proof::statement::MAX_PAIRS).map(|pairs| Body::Replace(pairs.to_vec())));
        self.say(key, bodies, &[]).await
    }
}
