// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Going over to a new key.

| step | what is durable after it | what a crash after it leaves to do |
|---|---|---|
| make | the new key, beside the old one | nothing; the next change takes this key |
| announce | in the configuration, that a change has begun | the next command finds nothing sent, and takes it back |
| prepare | the [request](crate::request) for the new key, beside the present one | the same |
| stage | the statement with both signatures in the school's register | the next command sends it |
| **append** | the statement on the ledger: from here on the new key counts | the next command goes on here |
| ask anew | the prepared request in the place of the old one | the next command goes on here |
| adopt | the configuration names the new key | the next command notes that it is done |
| commit | that the ledger has it | nothing |

At every step the key that the ledger knows is the one that the configuration names or the one beside it. The statement
that is staged has both signatures, so that whoever finishes it needs neither key.
*/

use anchor::ledger::AppendError;
use proof::{
    key::{Signer, VerifyingKey},
    proof_file::MAX_CHAIN,
    register::{Record, Refusal},
    request::Request,
    statement::Body,
};

use crate::{
    prove::ProveError,
    register::{StatementRow, StatementState},
    seal::{SealError, Session, unfinished},
};

/// What became of a change of the key.
#[derive(Debug)]
pub enum Rotation {
    /// The ledger has it. The configuration is to be changed, then [`Session::close_rotation`] called.
    Counted(Box<StatementRow>),
    /// It did not get to the ledger, and cannot any more.
    Overtaken(Refusal),
    /// Nothing was sent.
    NotBegun,
}

/// Whether the key of a record may be changed once more: the `accredit` and every `rotate` travel in each proof.
///
/// # Errors
/// If not.
pub fn check_rotations(record: &Record) -> Result<(), Refusal> {
    if record.rotations().len() + 1 < MAX_CHAIN { Ok(()) } else { Err(Refusal::TooManyRotations) }
}

impl Session {
    /// Whether this key may make statements.
    ///
    /// # Errors
    /// Why it may not.
    pub fn check_may_speak(&self, key: &VerifyingKey) -> Result<(), SealError> {
        let record = self.followed.replica().register().may_speak(self.config.land, key);
        record.map(|_| ()).map_err(SealError::MayNotIssue)
    }

    /// Whether the ledger has this key as the school's present one.
    pub fn is_present_key(&self, key: &VerifyingKey) -> bool {
        self.followed.replica().register().record_of(self.config.land, key).is_some()
    }

    /// The request by which the school asks for the same as it is accredited for, with this key.
    ///
    /// # Errors
    /// If it is not accredited.
    pub fn request_with(&self, key: &VerifyingKey) -> Result<Request, SealError> {
        let register = self.followed.replica().register();
        let record = register.open_record(self.config.land, &self.config.name);
        let record = record.ok_or(SealError::MayNotIssue(Refusal::UnknownIssuer))?;
        let accreditation = register.record(record).accreditation();
        Ok(Request {
            key: key.clone(),
            name: accreditation.name.clone(),
            number: accreditation.number.clone(),
            place: accreditation.place.clone(),
            state: accreditation.state,
            kinds: accreditation.kinds.clone(),
            time: self.clock.now(),
        })
    }

    /// Notes that the school goes over from one key to another; [`Session::settle_rotation`] sends it.
    ///
    /// # Errors
    /// If the old key may not speak, or the statement cannot be made or noted.
    pub async fn stage_rotation(&mut self, old: &dyn Signer, new: &dyn Signer) -> Result<(), SealError> {
        for mut row in self.staged_rotations().await? {
            // One that no configuration knows of any more.
            if !self.find(&mut row).await? {
                self.register.discard_statement(row.number).await?;
            }
        }
        let body = Body::Rotate { key: new.verifying_key().clone() };
        let chain = self.chain_for(old, &body)?;
        let signed = self.statement_with(chain, body).sign(&[old, new])?;
        Ok(self.register.stage_statements(&[signed], &[]).await?)
    }

    /// Finds out what became of a change of the key that was noted, and sends it if it was not sent.
    ///
    /// # Errors
    /// If that cannot be found out now. It stays noted.
    pub async fn settle_rotation(&mut self) -> Result<Rotation, SealError> {
        let Some(mut row) = self.staged_rotations().await?.pop() else { return Ok(Rotation::NotBegun) };
        if self.has(&mut row) {
            return Ok(Rotation::Counted(Box::new(row)));
        }
        match self.ledger.submit(self.followed.size(), row.signed.note()).await {
            Ok(_) => {
                self.catch_up().await.map_err(|error| unfinished(error.into()))?;
                let counted = self.has(&mut row);
                if counted {
                    Ok(Rotation::Counted(Box::new(row)))
                } else {
                    Err(unfinished(ProveError::NotCounted.into()))
                }
            }
            Err(AppendError::Rejected(reason)) => {
                self.catch_up().await?;
                if self.has(&mut row) {
                    return Ok(Rotation::Counted(Box::new(row)));
                }
                self.register.discard_statement(row.number).await?;
                Ok(Rotation::Overtaken(reason))
            }
            Err(unknown @ AppendError::OutcomeUnknown(_)) => Err(SealError::OutcomeUnknown(unknown)),
            Err(refused) => Err(SealError::NotAppended(refused)),
        }
    }

    /// Notes that a change of the key is done: after the configuration was changed, so that it is not forgotten before.
    ///
    /// # Errors
    /// If the register cannot be written.
    pub async fn close_rotation(&mut self, row: &StatementRow) -> Result<(), SealError> {
        match row.admitted {
            Some(place) => Ok(self.register.commit_statement(row.number, place).await?),
            None => Ok(()),
        }
    }

    pub(crate) async fn staged_rotations(&mut self) -> Result<Vec<StatementRow>, SealError> {
        let is_rotation = |row: &StatementRow| matches!(row.signed.statement().body, Body::Rotate { .. });
        let rows = self.register.statements().await?.into_iter();
        Ok(rows.filter(|row| row.state == StatementState::Staged && is_rotation(row)).collect())
    }

    fn has(&self, row: &mut StatementRow) -> bool {
        row.admitted = self.followed.replica().register().find(row.signed.text_hash());
        row.admitted.is_some()
    }
}
