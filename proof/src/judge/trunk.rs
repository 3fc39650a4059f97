// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The part of a proof that a whole batch shares: who issued it, with whose permission, and where the ledger holds it.

use super::{Details, Finding, Judge, proof_fault};
use crate::{
    CLOCK_TOLERANCE_S, Hash, Timestamp,
    batch::BatchRoot,
    checkpoint::{Checkpoint, Cosigned},
    key::{KeyName, VerifyingKey},
    note::Note,
    policy::CheckpointError,
    proof_file::{Proven, RawTrunk, Trunk},
    register::check_scope,
    statement::{Accreditation, Body, LedgerEntry, Token},
    tree::{LeafIndex, verify_inclusion},
    verdict::Reason,
};

/// A trunk that was looked at.
#[derive(Debug)]
pub struct WeighedTrunk {
    /// The batch that it names. Nobody vouches for it yet.
    pub(super) batch: BatchRoot,
    /// Who vouches for it.
    pub(super) issued: Result<Issued, Finding>,
}

/// Evidence: a pinned authority's school signed this batch, and a trusted ledger took it in. Comes only out of
/// [`Judge::weigh`].
#[derive(Debug)]
pub struct Issued {
    pub(super) batch: BatchRoot,
    pub(super) accreditation: Accreditation,
    pub(super) index: LeafIndex,
    pub(super) leaf: Hash,
    pub(super) checkpoint: Checkpoint,
    pub(super) cosigned: Cosigned,
    kind: Token,
    time: Timestamp,
    admitted: Timestamp,
}

impl Issued {
    pub(super) fn details(&self) -> Details {
        Details {
            school: Some((&self.accreditation).into()),
            kind: Some(self.kind.as_str().to_owned()),
            issued: Some(self.time),
            admitted: Some(self.admitted),
            ledger: Some(self.checkpoint.origin.to_string()),
            index: Some(self.index.0),
            ..Details::default()
        }
    }
}

impl Judge<'_> {
    /// Looks at a trunk.
    ///
    /// # Errors
    /// If it is not of the form, or of a later version.
    pub fn weigh(&self, trunk: &RawTrunk<'_>) -> Result<WeighedTrunk, Finding> {
        let trunk = trunk.parse().map_err(proof_fault)?;
        let Body::Batch { kind, size, root } = &trunk.batch.signed.statement().body else {
            return Err(Finding::Contradiction(Reason::MalformedProof));
        };
        let batch = BatchRoot { size: *size, root: *root };
        Ok(WeighedTrunk { batch, issued: self.issued(&trunk, batch, kind) })
    }

    fn issued(&self, trunk: &Trunk, batch: BatchRoot, kind: &Token) -> Result<Issued, Finding> {
        let malformed = Finding::Contradiction(Reason::MalformedProof);
        let text = Note::parse(&trunk.checkpoint).map_err(|_| malformed)?.text();
        let checkpoint = Checkpoint::parse(text).ok_or(malformed)?;
        for proven in trunk.chain.iter().chain([&trunk.batch]) {
            check_origin_and_time(proven, &checkpoint.origin)?;
        }
        let accreditation = check_chain(trunk)?;
        check_scope(accreditation, kind, trunk.batch.admitted)
            .map_err(|_| Finding::Contradiction(Reason::OutOfScope))?;

        // What is missing is told only when nothing contradicts.
        let authority = self.check_authority(&trunk.chain[0], accreditation, &checkpoint);
        if let Err(contradiction @ Finding::Contradiction(_)) = authority {
            return Err(contradiction);
        }
        for proven in trunk.chain.iter().chain([&trunk.batch]) {
            check_inclusion(proven, &checkpoint)?;
        }
        let verified = self.policy.verify(&trunk.checkpoint, self.now).map_err(|error| match error {
            CheckpointError::UnknownLedger { .. } => Finding::Missing(Reason::UnknownLedger),
            _ => Finding::Contradiction(Reason::BadCheckpoint),
        })?;
        if let Cosigned::AsOf(time) = verified.cosigned()
            && trunk.batch.admitted.is_ahead_of(time, CLOCK_TOLERANCE_S)
        {
            return Err(Finding::Contradiction(Reason::TimeAhead));
        }
        authority?;
        Ok(Issued {
            batch,
            accreditation: accreditation.clone(),
            index: trunk.batch.index,
            leaf: entry_of(&trunk.batch).leaf(),
            checkpoint,
            cosigned: verified.cosigned(),
            kind: kind.clone(),
            time: trunk.batch.signed.statement().time,
            admitted: trunk.batch.admitted,
        })
    }

    /// The `accredit` must be by an authority that is pinned for this ledger, in its window and for its Land.
    fn check_authority(
        &self,
        accredit: &Proven,
        accreditation: &Accreditation,
        checkpoint: &Checkpoint,
    ) -> Result<(), Finding> {
        let signed = &accredit.signed;
        let issuer = signed.statement().issuer.as_str();
        let note = Note::parse(signed.note()).map_err(|_| Finding::Contradiction(Reason::MalformedProof))?;
        let mut pinned = self.authorities.iter().filter(|authority| authority.origin == checkpoint.origin);
        let named = |key: &VerifyingKey| key.name() == issuer && note.signatures().iter().any(|line| line.names(key));
        let Some(authority) = pinned.find(|authority| named(&authority.key)) else {
            return Err(Finding::Missing(Reason::UnknownAuthority));
        };
        if !signed.is_signed_by(&[&authority.key]) {
            return Err(Finding::Contradiction(Reason::BadSignature));
        }
        if authority.land != accreditation.state || !authority.covers(accredit.index) {
            return Err(Finding::Contradiction(Reason::NotAccredited));
        }
        Ok(())
    }
}

fn check_origin_and_time(proven: &Proven, origin: &KeyName) -> Result<(), Finding> {
    let statement = proven.signed.statement();
    if statement.ledger != *origin {
        return Err(Finding::Contradiction(Reason::WrongLedger));
    }
    if statement.time.is_ahead_of(proven.admitted, CLOCK_TOLERANCE_S) {
        return Err(Finding::Contradiction(Reason::TimeAhead));
    }
    Ok(())
}

/// The chain must be an `accredit` and then `rotate`s of the same school, the last key signing the batch.
fn check_chain(trunk: &Trunk) -> Result<&Accreditation, Finding> {
    let not_accredited = Finding::Contradiction(Reason::NotAccredited);
    let bad_signature = Finding::Contradiction(Reason::BadSignature);
    let (accredit, rotations) = trunk.chain.split_first().ok_or(not_accredited)?;
    let Body::Accredit(accreditation) = &accredit.signed.statement().body else { return Err(not_accredited) };
    if accreditation.key.name() != accreditation.school.as_str() {
        return Err(not_accredited);
    }
    let mut key = &accreditation.key;
    for rotation in rotations {
        let Body::Rotate { key: next } = &rotation.signed.statement().body else { return Err(not_accredited) };
        if rotation.signed.statement().issuer != accreditation.school || next.name() != key.name() {
            return Err(not_accredited);
        }
        if !rotation.signed.is_signed_by(&[key, next]) {
            return Err(bad_signature);
        }
        key = next;
    }
    if trunk.batch.signed.statement().issuer != accreditation.school {
        return Err(not_accredited);
    }
    if trunk.batch.signed.is_signed_by(&[key]) { Ok(accreditation) } else { Err(bad_signature) }
}

fn check_inclusion(proven: &Proven, checkpoint: &Checkpoint) -> Result<(), Finding> {
    let entry = entry_of(proven).encode();
    let included = verify_inclusion(&entry, proven.index, &proven.path, &checkpoint.root, checkpoint.size);
    if included { Ok(()) } else { Err(Finding::Contradiction(Reason::BadInclusion)) }
}

fn entry_of(proven: &Proven) -> LedgerEntry {
    LedgerEntry { admitted: proven.admitted, note: proven.signed.note().to_vec() }
}
