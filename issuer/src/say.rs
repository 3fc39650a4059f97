// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What the school says to the ledger beside its batches.

| step | what is durable after it | what a crash after it leaves to do |
|---|---|---|
| stage | the signed statements in the school's register | the next run sends them |
| **append** | each statement on the ledger | the next run goes on with the rest |
| commit | that the ledger has it | nothing |

A batch that did not get to the ledger is forgotten, for nobody has seen its certificates. A withdrawal is not: it was
ordered, and somebody relies on it.
*/

use anchor::ledger::AppendError;
use proof::{
    key::Signer,
    register::{Chain, RecordId, Refusal},
    statement::{Body, SignedStatement, Statement},
};

use crate::{
    prove::ProveError,
    register::{Replacement, StatementRow, StatementState},
    seal::{SealError, Session, unfinished},
};

impl Session {
    /// Says something, in as many statements as there are bodies. `said` are the planned replacements that are in them.
    ///
    /// # Errors
    /// See [`SealError`]. Nothing was said if the first statement is refused.
    pub(crate) async fn say(
        &mut self,
        key: &dyn Signer,
        bodies: Vec<Body>,
        said: &[Replacement],
    ) -> Result<Vec<StatementRow>, SealError> {
        let Some(first) = bodies.first() else { return Ok(Vec::new()) };
        let mut chain = self.chain_for(key, first)?;
        let mut signed = Vec::with_capacity(bodies.len());
        for body in bodies {
            let statement = self.sign(key, chain, body)?;
            chain = Chain { seq: chain.seq + 1, prev: Some(statement.text_hash()) };
            signed.push(statement);
        }
        self.register.stage_statements(&signed, said).await?;
        let delivered = self.deliver(key).await;
        if let Err(SealError::NotAppended(_) | SealError::MayNotIssue(_) | SealError::Sign(_)) = delivered {
            // Whoever ordered it is told that it was refused.
            for row in self.open_statements().await? {
                self.register.discard_statement(row.number).await?;
            }
            self.register.plan_replacements(said).await?;
        }
        delivered
    }

    /// Sends what is noted and not known to be on the ledger, oldest first, and gives what is there now.
    ///
    /// # Errors
    /// If something cannot be sent now. It stays noted.
    pub async fn deliver(&mut self, key: &dyn Signer) -> Result<Vec<StatementRow>, SealError> {
        for mut row in self.staged_rotations().await? {
            // Of a run that died when all but this note was done.
            self.find(&mut row).await?;
        }
        let mut delivered = Vec::new();
        for row in self.open_statements().await? {
            delivered.push(self.deliver_one(key, row).await?);
        }
        Ok(delivered)
    }

    /// What is noted and not known to be on the ledger. A change of the key goes another way.
    ///
    /// # Errors
    /// If the register cannot be read.
    pub async fn open_statements(&mut self) -> Result<Vec<StatementRow>, SealError> {
        let rows = self.register.statements().await?.into_iter();
        let is_open = |row: &StatementRow| {
            row.state == StatementState::Staged && !matches!(row.signed.statement().body, Body::Rotate { .. })
        };
        Ok(rows.filter(is_open).collect())
    }

    async fn deliver_one(&mut self, key: &dyn Signer, mut row: StatementRow) -> Result<StatementRow, SealError> {
        loop {
            if self.find(&mut row).await? {
                return Ok(row);
            }
            match self.ledger.submit(self.followed.size(), row.signed.note()).await {
                Ok(_) => {
                    self.catch_up().await.map_err(|error| unfinished(error.into()))?;
                    let found = self.find(&mut row).await.map_err(unfinished)?;
                    return if found { Ok(row) } else { Err(unfinished(ProveError::NotCounted.into())) };
                }
                Err(AppendError::Rejected(reason)) if is_overtaken(reason) => {
                    self.catch_up().await?;
                    if self.find(&mut row).await? {
                        return Ok(row);
                    }
                    let body = row.signed.statement().body.clone();
                    let chain = self.chain_for(key, &body)?;
                    if is_in_place(&row.signed, chain) && row.signed.is_signed_by(&[key.verifying_key()]) {
                        return Err(SealError::NotAppended(AppendError::Rejected(reason)));
                    }
                    row.signed = self.sign(key, chain, body)?;
                    self.register.restage_statement(row.number, &row.signed).await?;
                }
                Err(unknown @ AppendError::OutcomeUnknown(_)) => return Err(SealError::OutcomeUnknown(unknown)),
                Err(refused) => return Err(SealError::NotAppended(refused)),
            }
        }
    }

    /// Looks for a statement on the ledger, and notes it if it is there.
    pub(crate) async fn find(&mut self, row: &mut StatementRow) -> Result<bool, SealError> {
        let Some(place) = self.followed.replica().register().find(row.signed.text_hash()) else { return Ok(false) };
        self.register.commit_statement(row.number, place).await?;
        (row.state, row.admitted) = (StatementState::Committed, Some(place));
        Ok(true)
    }

    /// Where the school's chain stands, if this key may say this.
    pub(crate) fn chain_for(&self, key: &dyn Signer, body: &Body) -> Result<Chain, SealError> {
        let record = self.speaker(key, body).map_err(SealError::MayNotIssue)?;
        Ok(self.followed.replica().register().record(record).chain())
    }

    fn speaker(&self, key: &dyn Signer, body: &Body) -> Result<RecordId, Refusal> {
        let (register, land, key) = (self.followed.replica().register(), self.config.land, key.verifying_key());
        match body {
            Body::Batch { kind, .. } => register.may_issue(land, key, kind, self.clock.now()),
            _ => register.may_speak(land, key),
        }
    }

    fn sign(&self, key: &dyn Signer, chain: Chain, body: Body) -> Result<SignedStatement, SealError> {
        Ok(self.statement_with(chain, body).sign(&[key])?)
    }

    /// A statement of this school at a place of its chain.
    pub(crate) fn statement_with(&self, Chain { seq, prev }: Chain, body: Body) -> Statement {
        Statement {
            ledger: self.followed.replica().register().origin().clone(),
            issuer: self.config.name.clone(),
            seq,
            prev,
            time: self.clock.now(),
            body,
        }
    }
}

/// Whether a statement is the next of a chain.
fn is_in_place(signed: &SignedStatement, chain: Chain) -> bool {
    (signed.statement().seq, signed.statement().prev) == (chain.seq, chain.prev)
}

/// Whether a statement is refused because others came first: it may be right when it is made anew.
fn is_overtaken(refusal: Refusal) -> bool {
    matches!(
        refusal,
        Refusal::WrongSeq { .. }
            | Refusal::WrongPrev
            | Refusal::BadSignature
            | Refusal::KeyRetired
            | Refusal::KeyCompromised
    )
}
