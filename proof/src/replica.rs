// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A copy of a ledger that was checked entry by entry, and the state that a signed checkpoint vouches for.
*/

use bytes::Bytes;

use crate::{
    CLOCK_TOLERANCE_S, Hash, Timestamp,
    authority::Authorities,
    checkpoint::{Checkpoint, Cosigned, VerifiedCheckpoint},
    key::Origin,
    register::{Refusal, Register},
    statement::{LedgerEntry, SignedStatement},
    tree::{LeafIndex, Tree, TreeSize},
};

/// Tree and register of one ledger, built from its entries.
#[derive(Debug, Clone)]
pub struct Replica {
    tree: Tree,
    register: Register,
}

/// Why entries are not those of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplicaError {
    /// An entry has no time, or an earlier one than the entry before it.
    #[error("the entry {index} does not carry a time that continues the ledger's")]
    BadTime {
        /// Its index.
        index: u64,
    },
    /// The checkpoint is of another ledger.
    #[error("the checkpoint is of `{got}`, not of `{wanted}`")]
    OtherLedger {
        /// The checkpoint's origin.
        got: Origin,
        /// This ledger's origin.
        wanted: Origin,
    },
    /// The checkpoint covers more entries than there are.
    #[error("the checkpoint covers {wanted} entries, only {got} are there")]
    Missing {
        /// Entries at hand.
        got: u64,
        /// Entries signed for.
        wanted: u64,
    },
    /// The checkpoint has another root at the same size.
    #[error("the entries give the root {got}, the checkpoint says {wanted}")]
    OtherRoot {
        /// The root of the entries.
        got: Hash,
        /// The root signed for.
        wanted: Hash,
    },
    /// The last entry claims to be later than the checkpoint's cosignatures.
    #[error("the last entry is dated more than ten minutes after the checkpoint's cosignatures")]
    AheadOfCosignatures,
}

impl Replica {
    /// The copy of an empty ledger.
    pub fn new(origin: Origin, authorities: &Authorities) -> Self {
        Self { tree: Tree::default(), register: Register::new(origin, authorities) }
    }

    /// This copy as bytes, for [`Replica::restore`].
    pub fn save(&self) -> Vec<u8> {
        self.register.save(&self.tree)
    }

    /// Reads what [`Replica::save`] wrote for the same ledger and pins, by the same version of this program; `None` for
    /// everything else. The copy is to be believed only once a checkpoint vouches for it ([`Replica::vouched_by`]).
    pub fn restore(bytes: Bytes, origin: &Origin, authorities: &Authorities) -> Option<Self> {
        let (register, tree) = Register::restore(bytes, origin, authorities)?;
        Some(Self { tree, register })
    }

    /// Adds the next entry. Whether its statement counts is the inner result.
    ///
    /// # Errors
    /// If no honest ledger has such an entry at this place.
    pub fn push(&mut self, entry: &[u8]) -> Result<Result<(), Refusal>, ReplicaError> {
        let bad_time = ReplicaError::BadTime { index: self.tree.size().0 };
        let entry =
            LedgerEntry::decode(entry).filter(|entry| entry.admitted >= self.last_admitted()).ok_or(bad_time)?;
        self.tree.push(entry.leaf());
        Ok(self.register.apply(&entry))
    }

    /// Takes in a statement as the next entry if it counts, as who keeps the ledger does. Gives the entry.
    ///
    /// # Errors
    /// Why it would not count. Then nothing has changed.
    pub fn admit(&mut self, signed: &SignedStatement, admitted: Timestamp) -> Result<LedgerEntry, Refusal> {
        self.register.admit(signed, admitted)?;
        let entry = LedgerEntry { admitted, note: signed.note().to_vec() };
        self.tree.push(entry.leaf());
        Ok(entry)
    }

    /// The tree over the entries.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// What follows from the entries.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// When the last entry was taken in.
    pub fn last_admitted(&self) -> Timestamp {
        self.register.last_admitted()
    }

    /// The unsigned checkpoint of this copy.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint { origin: self.register.origin().clone(), size: self.tree.size(), root: self.tree.root() }
    }

    /// Whether a checkpoint is one that this ledger had, at its present size or earlier.
    ///
    /// # Errors
    /// If it is of another ledger, larger than this copy, or has another root.
    pub fn contains(&self, checkpoint: &Checkpoint) -> Result<(), ReplicaError> {
        let own = self.register.origin();
        if checkpoint.origin != *own {
            return Err(ReplicaError::OtherLedger { got: checkpoint.origin.clone(), wanted: own.clone() });
        }
        let missing = ReplicaError::Missing { got: self.tree.size().0, wanted: checkpoint.size.0 };
        let got = self.tree.root_at(checkpoint.size).ok_or(missing)?;
        if got == checkpoint.root { Ok(()) } else { Err(ReplicaError::OtherRoot { got, wanted: checkpoint.root }) }
    }

    /// The state of this copy, if a checkpoint vouches for exactly these entries.
    ///
    /// # Errors
    /// If it does not.
    pub fn vouched_by(&self, checkpoint: VerifiedCheckpoint) -> Result<LedgerState<'_>, ReplicaError> {
        let signed = checkpoint.checkpoint();
        self.contains(signed)?;
        if signed.size != self.tree.size() {
            return Err(ReplicaError::Missing { got: self.tree.size().0, wanted: signed.size.0 });
        }
        if let Cosigned::AsOf(time) = checkpoint.cosigned()
            && self.last_admitted().is_ahead_of(time, CLOCK_TOLERANCE_S)
        {
            return Err(ReplicaError::AheadOfCosignatures);
        }
        Ok(LedgerState { replica: self, checkpoint })
    }
}

/// Evidence: a register whose entries a trusted ledger signed for. Comes only out of [`Replica::vouched_by`].
#[derive(Debug, Clone)]
pub struct LedgerState<'a> {
    replica: &'a Replica,
    checkpoint: VerifiedCheckpoint,
}

impl<'a> LedgerState<'a> {
    /// The register.
    pub fn register(&self) -> &'a Register {
        &self.replica.register
    }

    /// Since when nobody has seen anything newer.
    pub fn cosigned(&self) -> Cosigned {
        self.checkpoint.cosigned()
    }

    /// How many entries the state covers.
    pub fn size(&self) -> TreeSize {
        self.replica.tree.size()
    }

    /// The leaf at an index.
    pub fn leaf(&self, index: LeafIndex) -> Option<Hash> {
        self.replica.tree.leaf(index)
    }

    /// Whether another signed checkpoint of this ledger contradicts this state. A larger one does not.
    pub fn is_forked_from(&self, other: &Checkpoint) -> bool {
        matches!(self.replica.contains(other), Err(ReplicaError::OtherRoot { .. }))
    }
}

#[cfg(test)]
mod tests;
