// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Sealing: from looked-over files to a batch on the ledger and sealed copies in a folder.

| step | what is durable after it | what a crash after it leaves to do |
|---|---|---|
| look over | nothing | nothing |
| stage | the batch in the school's register | the next run discards it, or sends it again (`Session::settle`) |
| **append** | the batch statement on the ledger: the commit point | the next run goes on here |
| commit | that the ledger has it | the next run writes the files |
| write | the copies, first under temporary names | the next run writes what is missing |
| finish | that all copies are there | nothing |

`Session::finish` does everything after staging, for a run that goes through and for one that comes after a crash.
*/

mod error;
mod settle;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anchor::{
    clock::Clock,
    follow::{self, FollowError, Followed},
    host, keys,
    ledger::{Append, AppendError},
    memory::Memory,
    states::States,
    trust::Trust,
};
use proof::{
    batch::{Batch, BatchError},
    entry::{CertificateId, ClaimsRoot, DocumentDigest, Entry, Salt},
    judge::Consulted,
    key::{Signer, VerifyingKey},
    register::Refusal,
    statement::{Body, Land, SignedStatement, Token},
    verdict::Verdict,
};

pub use error::SealError;

use crate::{
    collect::Source,
    config::Config,
    look_over::Looked,
    output::{Outbox, Written},
    prove::{self, ProveError},
    register::{BatchRow, CertificateRow, Register, Replacement, State},
};

/// How far a run is, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many copies will be written.
    Writing(u64),
    /// One more is written.
    Written,
}

/// Tells somebody how far a run is.
pub type Observer<'a> = &'a (dyn Fn(Step) + Sync);

/// A school with its register locked and a checked view of the ledger. What signs takes the school's key; to finish
/// what is signed takes none.
pub struct Session {
    pub(crate) config: Config,
    pub(crate) trust: Trust,
    pub(crate) ledger: Box<dyn Append>,
    pub(crate) followed: Followed,
    pub(crate) register: Register,
    pub(crate) clock: Clock,
    memory: Option<Memory>,
}

/// What a batch is made of.
#[derive(Debug)]
pub struct Order<'a> {
    /// The files and what was seen of them.
    pub files: &'a [(&'a Source, Looked)],
    /// The output folder, absolute and existing.
    pub out: &'a Path,
    /// What the certificates are.
    pub kind: &'a Token,
    /// Whether proofs lie beside the copies instead of in them.
    pub detached: bool,
    /// Which certificates are to be superseded by those of which documents.
    pub replaces: &'a [(CertificateId, DocumentDigest)],
}

/// A batch that is through.
#[derive(Debug)]
pub struct Sealed {
    /// The batch.
    pub batch: BatchRow,
    /// Its certificates, with the names that their copies have.
    pub certificates: Vec<CertificateRow>,
    /// Certificates whose original is no longer there as it was.
    pub lost: Vec<CertificateId>,
}

/// What finishing a batch that an earlier run left came to.
#[derive(Debug)]
pub enum Finished {
    /// It is on the ledger; its copies are written.
    Sealed(Box<Sealed>),
    /// It never got to the ledger and is forgotten.
    Discarded {
        /// How many certificates it had.
        certificates: u64,
    },
}

impl Session {
    /// Opens everything that sealing needs. `waiting` is called if another run has to end first.
    ///
    /// # Errors
    /// If something is missing, unreadable or not believed.
    pub async fn open(
        config: Config,
        clock: Clock,
        memory: Option<Memory>,
        waiting: impl FnOnce(),
    ) -> Result<Self, SealError> {
        let trust = Trust::load(&config.trust)?;
        let register = Register::open(&config.register, waiting).await?;
        let place = config.ledger.as_ref().or(trust.ledgers.first().map(|place| &place.location));
        let ledger = follow::open_to_append(place.ok_or(SealError::NoLedger)?, &clock, memory.clone()).await?;
        let states = States::new(config.states());
        let now = clock.now();
        let followed = Followed::read(&*ledger, &trust.policy, &trust.authorities, now, Some(&states)).await?;
        let this = Self { config, trust, ledger, followed, register, clock, memory };
        this.hold()?;
        Ok(this)
    }

    /// Holds the ledger against what this user saw of it, and remembers it.
    fn hold(&self) -> Result<(), FollowError> {
        let Some(memory) = &self.memory else { return Ok(()) };
        self.followed.hold(memory, &self.trust.policy, self.clock.now())?;
        Ok(())
    }

    /// Ends everything in order.
    pub async fn close(self) {
        // What is not remembered, the next run cannot be held against.
        let _ = self.hold();
        self.register.close().await;
        self.ledger.close().await;
    }

    /// The school's register.
    pub fn register(&mut self) -> &mut Register {
        &mut self.register
    }

    /// What the school sends to its ministry, and in which Land that is.
    pub fn asks(&self) -> (PathBuf, Land) {
        (self.config.request.clone(), self.config.land)
    }

    /// Whether the school may issue certificates of a kind with this key now.
    ///
    /// # Errors
    /// If not, and why.
    pub fn check_may_issue(&self, key: &VerifyingKey, kind: &Token) -> Result<(), SealError> {
        let (register, now) = (self.followed.replica().register(), self.clock.now());
        let record = register.may_issue(self.config.land, key, kind, now);
        record.map(|_| ()).map_err(SealError::MayNotIssue)
    }

    /// Seals files with the school's key.
    ///
    /// # Errors
    /// See [`SealError`] for what was changed in each case.
    pub async fn seal(
        &mut self,
        key: &dyn Signer,
        order: &Order<'_>,
        observer: Observer<'_>,
    ) -> Result<Sealed, SealError> {
        check_space(order)?;
        let (batch, certificates) = plan(order.files)?;
        let signed = self.statement(key, order.kind, &batch)?;
        let replacements = replacements(order.replaces, &certificates);
        let number = self.register.stage(&signed, order.out, order.detached, &certificates, &replacements).await?;
        let signed = self.append(key, number, signed, order.kind, &batch).await?;
        self.catch_up().await.map_err(|error| unfinished(error.into()))?;
        let out = order.out.to_owned();
        let row = BatchRow { number, state: State::Staged, signed, out, detached: order.detached, admitted: None };
        match self.finish(row, certificates, observer).await? {
            Finished::Sealed(sealed) => Ok(*sealed),
            Finished::Discarded { .. } => Err(ProveError::NotCounted.into()),
        }
    }

    /// Finishes what earlier runs left, oldest first.
    ///
    /// # Errors
    /// If one of them cannot be finished now.
    pub async fn resume(&mut self, observer: Observer<'_>) -> Result<Vec<Finished>, SealError> {
        let mut finished = Vec::new();
        for row in self.register.batches().await? {
            if row.state != State::Done {
                let certificates = self.register.certificates(row.number).await?;
                finished.push(self.finish(row, certificates, observer).await?);
            }
        }
        Ok(finished)
    }

    /// Closes batches without the certificates whose originals are gone. Their proofs can still be written.
    ///
    /// # Errors
    /// If the register cannot be written.
    pub async fn close_without(&mut self, sealed: &Sealed) -> Result<(), SealError> {
        Ok(self.register.finish(sealed.batch.number).await?)
    }

    /// The proof file of a certificate, under the ledger's present checkpoint.
    ///
    /// # Errors
    /// If it cannot be proven.
    pub async fn proof(&mut self, certificate: &CertificateRow) -> Result<Vec<u8>, SealError> {
        let batches = self.register.batches().await?;
        let row = batches.into_iter().find(|row| row.number == certificate.batch).ok_or(ProveError::NotCounted)?;
        let trunk = prove::trunk(&*self.ledger, &self.followed, self.config.land, &row.signed).await?;
        Ok(prove::proof_file(&trunk, certificate).encode())
    }

    pub(crate) async fn catch_up(&mut self) -> Result<(), FollowError> {
        self.followed.catch_up(&*self.ledger, &self.trust.policy, self.clock.now()).await
    }

    /// The statement for a batch, as the next of the school's chain.
    fn statement(&self, key: &dyn Signer, kind: &Token, batch: &Batch) -> Result<SignedStatement, SealError> {
        let root = batch.root();
        let body = Body::Batch { kind: kind.clone(), size: root.size, root: root.root };
        let chain = self.chain_for(key, &body)?;
        let statement = self.statement_with(chain, body);
        Ok(statement.sign(&[key])?)
    }

    /// Brings a staged batch to the ledger. Where somebody else continued the school's chain meanwhile, the statement
    /// is made anew behind theirs.
    async fn append(
        &mut self,
        key: &dyn Signer,
        number: i64,
        mut signed: SignedStatement,
        kind: &Token,
        batch: &Batch,
    ) -> Result<SignedStatement, SealError> {
        loop {
            match self.ledger.submit(self.followed.size(), signed.note()).await {
                Ok(_) => return Ok(signed),
                Err(AppendError::Rejected(Refusal::WrongSeq { .. } | Refusal::WrongPrev)) => {
                    self.catch_up().await?;
                    signed = match self.statement(key, kind, batch) {
                        Ok(signed) => signed,
                        Err(unsigned) => {
                            self.register.discard(number).await?;
                            return Err(unsigned);
                        }
                    };
                    self.register.restage(number, &signed).await?;
                }
                Err(unknown @ AppendError::OutcomeUnknown(_)) => return Err(SealError::OutcomeUnknown(unknown)),
                Err(refused) => {
                    self.register.discard(number).await?;
                    return Err(SealError::NotAppended(refused));
                }
            }
        }
    }

    /// Everything after staging: finds the batch on the ledger, writes the copies, marks it done.
    async fn finish(
        &mut self,
        mut batch: BatchRow,
        certificates: Vec<CertificateRow>,
        observer: Observer<'_>,
    ) -> Result<Finished, SealError> {
        if batch.state == State::Staged {
            let Some(place) = self.settle(&batch.signed).await? else {
                self.register.discard(batch.number).await?;
                return Ok(Finished::Discarded { certificates: certificates.len() as u64 });
            };
            batch.admitted = Some(place);
        }
        self.complete(batch, certificates, observer).await.map_err(unfinished)
    }

    /// Everything after a batch was found on the ledger.
    async fn complete(
        &mut self,
        mut batch: BatchRow,
        mut certificates: Vec<CertificateRow>,
        observer: Observer<'_>,
    ) -> Result<Finished, SealError> {
        if let (State::Staged, Some((index, admitted))) = (batch.state, batch.admitted) {
            self.register.commit(batch.number, index, admitted).await?;
            batch.state = State::Committed;
        }
        let trunk = prove::trunk(&*self.ledger, &self.followed, self.config.land, &batch.signed).await?;
        let outbox = Outbox { out: &batch.out, trunk: &trunk, detached: batch.detached };
        self.check_one(&outbox, &certificates)?;
        observer(Step::Writing(certificates.len() as u64));
        let Written { moved, lost } = outbox.write(&certificates, || observer(Step::Written))?;
        for (id, output) in moved {
            self.register.move_output(id, &output).await?;
            certificates.iter_mut().filter(|row| row.id == id).for_each(|row| row.output.clone_from(&output));
        }
        if lost.is_empty() {
            self.register.finish(batch.number).await?;
            batch.state = State::Done;
        }
        Ok(Finished::Sealed(Box::new(Sealed { batch, certificates, lost })))
    }

    /// Judges one certificate as a verifier would, before anything is handed out.
    fn check_one(&self, outbox: &Outbox<'_>, certificates: &[CertificateRow]) -> Result<(), SealError> {
        let unchanged = |row: &CertificateRow| {
            let document = std::fs::read(&row.source).ok()?;
            (DocumentDigest::of(&document) == row.digest).then(|| (document, outbox.proof(row).encode()))
        };
        let Some((document, proof)) = certificates.iter().find_map(unchanged) else { return Ok(()) };
        let state = self.followed.state().map_err(FollowError::from)?;
        let ledgers = BTreeMap::from([(self.ledger.origin().clone(), Consulted::State(state))]);
        let judge = self.trust.judge(self.clock.now(), ledgers);
        let judgement = judge.judge(&document, Some(&proof));
        if judgement.verdict == Verdict::Genuine { Ok(()) } else { Err(SealError::SelfCheck(judgement.reason)) }
    }
}

pub(crate) fn unfinished(error: SealError) -> SealError {
    SealError::Unfinished(Box::new(error))
}

/// Which certificates of a batch are to supersede which others.
fn replacements(wanted: &[(CertificateId, DocumentDigest)], certificates: &[CertificateRow]) -> Vec<Replacement> {
    let of = |digest: &DocumentDigest| certificates.iter().find(|row| row.digest == *digest).map(|row| row.id);
    wanted.iter().filter_map(|(old, new)| Some(Replacement { old: *old, new: of(new)? })).collect()
}

/// Salts, leaves and paths of a batch.
fn plan(files: &[(&Source, Looked)]) -> Result<(Batch, Vec<CertificateRow>), SealError> {
    let mut salts = Vec::with_capacity(files.len());
    for _ in files {
        salts.push(Salt(keys::random().map_err(|_| SealError::NoRandomness)?));
    }
    let entry = |((_, looked), salt): (&(&Source, Looked), &Salt)| Entry::new(&looked.digest, salt, &ClaimsRoot::NONE);
    let entries: Vec<_> = files.iter().zip(&salts).map(entry).collect();
    let mut random_failed = false;
    let batch = Batch::new(&entries, || {
        keys::random().unwrap_or_else(|_| {
            random_failed = true;
            [0; 32]
        })
    });
    if random_failed {
        return Err(SealError::NoRandomness);
    }
    let batch = batch?;
    let row = |(((source, looked), salt), entry): (((&&Source, &Looked), Salt), &Entry)| {
        let (leaf, path) = batch.locate(&entry.id())?;
        Some(CertificateRow {
            id: entry.id(),
            batch: 0,
            source: source.path.clone(),
            output: source.output.clone(),
            digest: looked.digest,
            length: looked.length,
            salt,
            leaf,
            path,
        })
    };
    let files = files.iter().map(|(source, looked)| (source, looked));
    let rows = files.zip(salts).zip(&entries).map(row).collect::<Option<Vec<_>>>();
    let rows = rows.ok_or(BatchError::Duplicate)?;
    Ok((batch, rows))
}

/// Room for the copies, and as much again for the file system's own needs as one tail each takes.
fn check_space(order: &Order<'_>) -> Result<(), SealError> {
    const TAIL_BYTES: u64 = 16_384;
    let needed = order.files.iter().map(|(_, looked)| looked.length + TAIL_BYTES).sum();
    match host::free_space(order.out) {
        Some(free) if free < needed => Err(SealError::NoSpace { needed, free }),
        _ => Ok(()),
    }
}
