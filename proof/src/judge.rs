// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
From a file to a verdict: sealed bytes → batch root → school's signature → accreditation → ledger inclusion → quorum →
register state.

Each step returns evidence that the next one needs and that nothing else can make; `Genuine` is built from all of it, so
that a check that was left out does not compile. Among faults, the first contradiction wins over everything that is
missing, and that wins over success.

Judging has three steps, so that whoever checks many files does the costly one once per batch: [`Exhibit`] takes a
file apart, [`Judge::weigh`] looks at the trunk, [`Judge::conclude`] puts both together.
*/

mod finding;
mod trunk;

use std::collections::BTreeMap;

pub use finding::{Details, Finding, Judgement, School, Withdrawal};
pub use trunk::{Issued, WeighedTrunk};

use crate::{
    Timestamp,
    authority::Authorities,
    batch::Member,
    checkpoint::Cosigned,
    entry::{CertificateId, ClaimsRoot, DocumentDigest},
    key::Origin,
    policy::Policy,
    proof_file::{LeafProof, ProofFileError, RawTrunk, Split},
    register::{Refusal, Withdrawn},
    replica::LedgerState,
    sealed_pdf::{self, Opened, Sealed},
    statement::StatementError,
    verdict::Reason,
};

/// What a verdict rests on besides the file: what is trusted, what the ledgers say, and what time it is.
#[derive(Debug)]
pub struct Judge<'a> {
    /// Which ledgers and witnesses are believed.
    pub policy: &'a Policy,
    /// Which authorities are believed.
    pub authorities: &'a Authorities,
    /// How old a ledger's state may be, in seconds.
    pub max_age_s: u64,
    /// The time now.
    pub now: Timestamp,
    /// What was learned of each ledger; one that is not here was not asked.
    pub ledgers: BTreeMap<Origin, Consulted<'a>>,
}

/// What came of asking a ledger.
#[derive(Debug)]
pub enum Consulted<'a> {
    /// Its state.
    State(LedgerState<'a>),
    /// Nothing, for this reason.
    Failed(Reason),
}

/// A file taken apart: its digest, where it comes from, and the proof that goes with it.
#[derive(Debug)]
pub struct Exhibit<'a> {
    digest: DocumentDigest,
    proof: Split<'a>,
}

impl<'a> Exhibit<'a> {
    /// From a sealed PDF.
    ///
    /// # Errors
    /// If its proof is not of the form, or of a later version.
    pub fn from_sealed(sealed: &'a Sealed<'_>) -> Result<Self, Finding> {
        Self::detached(sealed.document(), sealed.proof())
    }

    /// From a document and a proof file that lies beside it.
    ///
    /// # Errors
    /// If the proof is not of the form, or of a later version.
    pub fn detached(document: &[u8], proof: &'a [u8]) -> Result<Self, Finding> {
        let proof = Split::parse(proof).map_err(proof_fault)?;
        Ok(Self { digest: DocumentDigest::of(document), proof })
    }

    /// The part of the proof that other files of the batch share.
    pub fn trunk(&self) -> RawTrunk<'_> {
        self.proof.trunk()
    }

    fn leaf(&self) -> &LeafProof {
        &self.proof.leaf
    }
}

fn proof_fault(error: ProofFileError) -> Finding {
    match error {
        ProofFileError::LaterVersion | ProofFileError::Statement(StatementError::UnknownType) => {
            Finding::Missing(Reason::VerifierTooOld)
        }
        _ => Finding::Contradiction(Reason::MalformedProof),
    }
}

/// A proven certificate: built from every piece of evidence, and from nothing less.
#[derive(Debug)]
struct Genuine<'e> {
    member: Member,
    issued: &'e Issued,
    standing: Standing,
}

/// Evidence: a current, cosigned register that counts the batch and holds nothing against the certificate. Comes only
/// out of [`Judge::standing`].
#[derive(Debug)]
struct Standing {
    details: Details,
}

/// Why there is no [`Standing`], with what is known of the certificate all the same.
enum Fallen {
    Contradicted(Reason),
    Missing(Reason, Option<Box<Details>>),
    /// Proven, and taken back later.
    Withdrawn(Withdrawn, Box<Details>),
}

impl Judge<'_> {
    /// Judges a file alone: all three steps at once. `detached` is the proof file beside it, used if the file carries
    /// no seal itself.
    pub fn judge(&self, file: &[u8], detached: Option<&[u8]>) -> Judgement {
        self.judge_with(file, detached, |judge, trunk| std::sync::Arc::new(judge.weigh(trunk)))
    }

    /// Judges a file, with `weigh` standing for [`Judge::weigh`] behind a memory of the caller's.
    pub fn judge_with(
        &self,
        file: &[u8],
        detached: Option<&[u8]>,
        weigh: impl Fn(&Self, &RawTrunk<'_>) -> std::sync::Arc<Result<WeighedTrunk, Finding>>,
    ) -> Judgement {
        let conclude = |exhibit: Result<Exhibit<'_>, Finding>| match exhibit {
            Ok(exhibit) => self.conclude(&exhibit, &weigh(self, &exhibit.trunk())),
            Err(finding) => finding.into(),
        };
        match (sealed_pdf::open(file), detached) {
            (Opened::Sealed(sealed), _) => conclude(Exhibit::from_sealed(&sealed)),
            (Opened::BytesAfterSeal { sealed, .. }, _) => {
                let part = conclude(Exhibit::from_sealed(&sealed));
                Judgement::bytes_after_seal(part)
            }
            (Opened::Altered, _) => Finding::Contradiction(Reason::Altered).into(),
            (Opened::NoSeal { .. }, Some(proof)) => conclude(Exhibit::detached(file, proof)),
            (Opened::NoSeal { has_reference: true }, None) => Judgement::no_seal(Reason::ResavedCopy),
            (Opened::NoSeal { has_reference: false }, None) => Judgement::no_seal(Reason::NoLocator),
        }
    }

    /// Puts a file and the weighed trunk of its proof together.
    pub fn conclude(&self, exhibit: &Exhibit<'_>, trunk: &Result<WeighedTrunk, Finding>) -> Judgement {
        let trunk = match trunk {
            Ok(trunk) => trunk,
            Err(finding) => return (*finding).into(),
        };
        let leaf = exhibit.leaf();
        let entry = leaf.entry(&exhibit.digest);
        let Some(member) = trunk.batch.admit(&entry, leaf.index, &leaf.path) else {
            return Finding::Contradiction(Reason::NotInBatch).into();
        };
        let issued = match &trunk.issued {
            Ok(issued) => issued,
            Err(finding) => return Judgement::from(*finding).with_certificate(member.id()),
        };
        let proven_at_issue = issued.cosigned != Cosigned::BelowQuorum;
        let known = issued.details();
        let id = member.id();
        match self.standing(issued, id) {
            Err(Fallen::Contradicted(reason)) => Judgement::not_genuine(reason).with_certificate(id),
            Err(Fallen::Withdrawn(withdrawal, details)) => {
                Judgement::withdrawn(withdrawal, id, *details, proven_at_issue)
            }
            _ if leaf.claims != ClaimsRoot::NONE => Judgement::open(Reason::VerifierTooOld, id, known, proven_at_issue),
            Ok(standing) => Genuine { member, issued, standing }.into(),
            Err(Fallen::Missing(reason, details)) => {
                Judgement::open(reason, id, details.map_or(known, |details| *details), proven_at_issue)
            }
        }
    }

    /// What the register says of a certificate and its batch.
    fn standing(&self, issued: &Issued, certificate: CertificateId) -> Result<Standing, Fallen> {
        let missing = |reason| Fallen::Missing(reason, None);
        let state = match self.ledgers.get(&issued.checkpoint.origin) {
            Some(Consulted::State(state)) => state,
            Some(Consulted::Failed(reason)) => return Err(missing(*reason)),
            None if issued.cosigned == Cosigned::BelowQuorum => return Err(missing(Reason::QuorumNotMet)),
            None => return Err(missing(Reason::RegisterNotConsulted)),
        };
        let (register, land, school) = (state.register(), issued.accreditation.state, &issued.accreditation.school);
        if register.is_beyond(land) {
            return Err(missing(Reason::VerifierTooOld));
        }
        if state.is_forked_from(&issued.checkpoint) {
            return Err(missing(Reason::LedgerForked));
        }
        if issued.checkpoint.size > state.size() && is_later(state.cosigned(), issued.cosigned) {
            return Err(missing(Reason::LedgerRolledBack));
        }
        if issued.index.0 >= state.size().0 {
            return Err(missing(Reason::StateBehind));
        }
        if state.leaf(issued.index) != Some(issued.leaf) {
            // The ledger signed for both: a fault of the ledger, which must not be laid on the certificate.
            return Err(missing(Reason::LedgerForked));
        }
        let mut batches = register.batches(land, school, issued.batch).peekable();
        if batches.peek().is_none() {
            let refusal = register.refusal(issued.index);
            return Err(Fallen::Contradicted(refusal.map_or(Reason::NotOnLedger, reason_of)));
        }
        let as_of = match state.cosigned() {
            Cosigned::AsOf(time) => Ok(time),
            Cosigned::NotRequired => Err(Reason::StateWithoutTime),
            Cosigned::BelowQuorum => Err(Reason::QuorumNotMet),
        };
        let is_old = |as_of: &Timestamp| self.now.is_ahead_of(*as_of, self.max_age_s);
        let current = as_of.and_then(|as_of| if is_old(&as_of) { Err(Reason::StateTooOld) } else { Ok(()) });
        let Some(batch) = batches.find(|batch| !batch.void) else {
            // An honest batch becomes void with its key. Whether somebody has vouched for it since, an old state cannot say.
            return Err(current.map_or_else(missing, |()| Fallen::Contradicted(Reason::BatchVoid)));
        };

        let mut details = Details::new(register.record(batch.record).accreditation(), &batch, register.origin());
        details.tree_size = Some(state.size().0);
        details.as_of = as_of.ok();
        details.issuer_status = as_of.ok().map(|as_of| register.issuer_status(batch.record, as_of));
        let withdrawal = register.withdrawal(land, school, certificate);
        if let Some(withdrawal @ (Withdrawn::Revoked { .. } | Withdrawn::Replaced { .. })) = withdrawal {
            // What was taken back is not given again by a later time or by more witnesses.
            return Err(Fallen::Withdrawn(withdrawal, Box::new(details)));
        }
        match current {
            Err(reason) => Err(Fallen::Missing(reason, Some(Box::new(details)))),
            Ok(()) if withdrawal.is_some() => Err(Fallen::Missing(Reason::RevocationVoid, Some(Box::new(details)))),
            Ok(()) => Ok(Standing { details }),
        }
    }
}

/// Whether witnesses saw one checkpoint after another.
fn is_later(one: Cosigned, other: Cosigned) -> bool {
    matches!((one, other), (Cosigned::AsOf(one), Cosigned::AsOf(other)) if one > other)
}

/// What a refusal of the register means for a certificate under the refused batch.
fn reason_of(refusal: Refusal) -> Reason {
    match refusal {
        Refusal::KindOutOfScope | Refusal::BeforePeriod | Refusal::AfterPeriod => Reason::OutOfScope,
        Refusal::BadSignature | Refusal::KeyRetired => Reason::BadSignature,
        Refusal::KeyCompromised => Reason::BatchVoid,
        Refusal::Suspended => Reason::IssuerSuspended,
        Refusal::WrongLedger => Reason::WrongLedger,
        Refusal::TimeAhead => Reason::TimeAhead,
        _ => Reason::NotAccredited,
    }
}

impl From<Genuine<'_>> for Judgement {
    fn from(genuine: Genuine<'_>) -> Self {
        debug_assert_eq!(genuine.member.batch(), genuine.issued.batch);
        Self::genuine(genuine.member.id(), genuine.standing.details)
    }
}

#[cfg(test)]
mod tests;
