// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Taking certificates back, and putting others in their place.

use proof::{
    entry::CertificateId,
    key::Signer,
    register::Withdrawn,
    statement::{Body, MAX_CERTIFICATES, MAX_PAIRS, WithdrawalReason},
};

use crate::{
    register::{Replacement, State, StatementRow},
    seal::{SealError, Session},
};

impl Session {
    /// What the ledger says against a certificate of this school.
    pub fn withdrawal(&self, id: CertificateId) -> Option<Withdrawn> {
        self.followed.replica().register().withdrawal(self.config.land, &self.config.name, id)
    }

    /// Withdraws certificates, those left out that are withdrawn already. Gives the statements that were made.
    ///
    /// # Errors
    /// See [`SealError`] for what was changed in each case.
    pub async fn revoke(
        &mut self,
        key: &dyn Signer,
        reason: WithdrawalReason,
        certificates: &[CertificateId],
    ) -> Result<Vec<StatementRow>, SealError> {
        let is_revoked = |id: &CertificateId| matches!(self.withdrawal(*id), Some(Withdrawn::Revoked { .. }));
        let mut open: Vec<_> = certificates.iter().copied().filter(|id| !is_revoked(id)).collect();
        open.sort_unstable();
        open.dedup();
        let statement = |ids: &[CertificateId]| Body::Revoke { reason, certificates: ids.to_vec() };
        self.say(key, open.chunks(MAX_CERTIFICATES).map(statement).collect(), &[]).await
    }

    /// Notes that certificates are to be superseded by others that are sealed already.
    ///
    /// # Errors
    /// If the register cannot be written.
    pub async fn plan_replacements(&mut self, replacements: &[Replacement]) -> Result<(), SealError> {
        Ok(self.register.plan_replacements(replacements).await?)
    }

    /// Says what was noted as to be superseded, as far as the new certificates are sealed and written. What somebody has
    /// taken back or replaced meanwhile is left as it is. Gives the statements that were made.
    ///
    /// # Errors
    /// See [`SealError`]; what was not said stays noted.
    pub async fn replace_planned(&mut self, key: &dyn Signer) -> Result<Vec<StatementRow>, SealError> {
        let planned = self.register.replacements().await?;
        if planned.is_empty() {
            return Ok(Vec::new());
        }
        let batches = self.register.batches().await?;
        let is_done = |number| batches.iter().any(|batch| batch.number == number && batch.state == State::Done);
        let mut ready = Vec::new();
        for (replacement, new) in planned {
            match self.withdrawal(replacement.old) {
                Some(Withdrawn::Revoked { .. } | Withdrawn::Replaced { .. }) => {
                    self.register.forget_replacement(replacement.old).await?;
                }
                None | Some(Withdrawn::Void) if is_done(new.batch) => ready.push(replacement),
                None | Some(Withdrawn::Void) => {}
            }
        }
        ready.sort_unstable();
        let statement = |pairs: &[Replacement]| Body::Replace(pairs.iter().map(|pair| (pair.old, pair.new)).collect());
        self.say(key, ready.chunks(MAX_PAIRS).map(statement).collect(), &ready).await
    }

    /// Whether something is noted that only the school's key can finish.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn needs_key(&mut self) -> Result<bool, SealError> {
        Ok(!self.open_statements().await?.is_empty() || !self.register.replacements().await?.is_empty())
    }
}
