// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Taking over the ledgers of another policy. A policy has one quorum for all of its ledgers, so this is where somebody
//! could come to vouch for a ledger who did not before: that is never done unasked.

use super::{Member, MemberKind, Policy, Quorum};
use crate::key::Origin;

/// Why two policies are not made one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// A ledger that both name signs with another key in each.
    #[error("the policies name different keys for the ledger `{origin}`")]
    OtherKey {
        /// Which ledger.
        origin: Origin,
    },
    /// Others vouch for the ledgers of the one than for those of the other.
    #[error("the policies ask for different witnesses")]
    OtherQuorum,
    /// There is no policy that says both.
    #[error("no policy can say what both say")]
    Impossible,
}

/// Who vouches, whatever the names are.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Witness([u8; 32]),
    Group(usize, Vec<Form>),
}

impl Form {
    /// Whether those who meet the other quorum always meet this one, as far as it shows at once.
    fn admits(&self, other: &Self) -> bool {
        let any = |members: &Vec<Self>| members.iter().any(|member| member.admits(other));
        self == other || matches!(self, Self::Group(1, members) if any(members))
    }
}

impl Policy {
    /// Takes over the ledgers and witnesses of another policy. Who vouches for a ledger stays the same for each.
    ///
    /// # Errors
    /// If it would not, or if both know a ledger by different keys. Nothing is changed then.
    pub fn merge(&mut self, other: &Self) -> Result<(), MergeError> {
        self.check_keys(other)?;
        if self.has(other) {
            return Ok(());
        }
        if self.quorum_form() != other.quorum_form() {
            return Err(MergeError::OtherQuorum);
        }
        let mut merged = self.clone();
        for member in &other.members {
            merged.witness_of(member);
        }
        self.accept(merged, other)
    }

    /// The same, and from then on whoever vouches for the ledgers of one of the two vouches for those of the other, too.
    ///
    /// # Errors
    /// If no policy can say that, or if both know a ledger by different keys. Nothing is changed then.
    pub fn merge_either(&mut self, other: &Self) -> Result<(), MergeError> {
        self.check_keys(other)?;
        let (Quorum::Member(own), Quorum::Member(theirs)) = (self.quorum, other.quorum) else {
            return self.merge(other);
        };
        if self.has(other) || self.form(own) == other.form(theirs) {
            return self.merge(other);
        }
        let mut merged = self.clone();
        let mut places = Vec::with_capacity(other.members.len());
        for member in &other.members {
            let place = match &member.kind {
                MemberKind::Witness { .. } => merged.witness_of(member),
                MemberKind::Group { threshold, members } => {
                    let members = members.iter().filter_map(|member| places.get(*member).copied()).collect();
                    merged.push(&member.name, MemberKind::Group { threshold: *threshold, members })
                }
            };
            places.push(place);
        }
        let either = MemberKind::Group { threshold: 1, members: vec![own, places[theirs]] };
        merged.quorum = Quorum::Member(merged.push("either", either));
        self.accept(merged, other)
    }

    /// The witnesses that can vouch, as a policy names them; `None` if nobody has to.
    pub fn quorum(&self) -> Option<String> {
        let Quorum::Member(quorum) = self.quorum else { return None };
        Some(self.spell(quorum))
    }

    fn spell(&self, member: usize) -> String {
        let Member { name, kind } = &self.members[member];
        match kind {
            MemberKind::Witness { key, .. } => key.name().to_owned(),
            MemberKind::Group { threshold, members } => {
                let members: Vec<_> = members.iter().map(|member| self.spell(*member)).collect();
                format!("{name} ({threshold}/{}: {})", members.len(), members.join(", "))
            }
        }
    }

    /// Whether this policy was made of another one before, so that nothing is to be taken over again.
    fn has(&self, other: &Self) -> bool {
        let knows = |log: &super::Log| self.logs.iter().any(|known| known.key == log.key);
        let (Some(own), Some(theirs)) = (self.quorum_form(), other.quorum_form()) else { return false };
        other.logs.iter().all(knows) && own.admits(&theirs)
    }

    fn check_keys(&self, other: &Self) -> Result<(), MergeError> {
        for log in &other.logs {
            let same = |policy: &Self| {
                let mut keys: Vec<_> =
                    policy.logs.iter().filter(|known| known.origin == log.origin).map(|log| log.key.raw()).collect();
                keys.sort_unstable();
                keys
            };
            let own = same(self);
            if !own.is_empty() && own != same(other) {
                return Err(MergeError::OtherKey { origin: log.origin.clone() });
            }
        }
        Ok(())
    }

    /// Where a witness of another policy stands in this one; it is added if it does not.
    fn witness_of(&mut self, member: &Member) -> usize {
        let MemberKind::Witness { key, .. } = &member.kind else { return self.members.len() };
        let same = |known: &Member| matches!(&known.kind, MemberKind::Witness { key: own, .. } if own == key);
        match self.members.iter().position(same) {
            Some(place) => place,
            None => self.push(&member.name, member.kind.clone()),
        }
    }

    /// Adds a member under its name, or one made from it if that is taken.
    fn push(&mut self, name: &str, kind: MemberKind) -> usize {
        let is_free = |name: &str| name != "none" && self.members.iter().all(|member| member.name != name);
        let numbered = (2_usize..).map(|number| format!("{name}{number}"));
        let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| is_free(name));
        self.members.push(Member { name: free.unwrap_or_default(), kind });
        self.members.len() - 1
    }

    /// Takes a draft over if it can be written down and read again.
    fn accept(&mut self, mut merged: Self, other: &Self) -> Result<(), MergeError> {
        for log in &other.logs {
            if !merged.logs.contains(log) && merged.logs.iter().all(|known| known.key.raw() != log.key.raw()) {
                merged.logs.push(log.clone());
            }
        }
        let read = Self::parse(merged.to_string().as_bytes());
        *self = read.map_err(|_| MergeError::Impossible)?;
        Ok(())
    }

    fn quorum_form(&self) -> Option<Form> {
        let Quorum::Member(quorum) = self.quorum else { return None };
        Some(self.form(quorum))
    }

    fn form(&self, member: usize) -> Form {
        match &self.members[member].kind {
            MemberKind::Witness { key, .. } => Form::Witness(key.raw()),
            MemberKind::Group { threshold, members } => {
                let mut members: Vec<_> = members.iter().map(|member| self.form(*member)).collect();
                members.sort();
                Form::Group(*threshold, members)
            }
        }
    }
}
