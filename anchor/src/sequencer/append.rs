// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Appending to an embedded ledger: one statement, or several that are committed together.

use async_trait::async_trait;
use proof::{
    Timestamp,
    register::Refusal,
    statement::{LedgerEntry, SignedStatement},
    tree::{LeafIndex, TreeSize},
};

use super::{SqliteLedger, State, replayed};
use crate::{
    ledger::{Append, AppendError, Appended, Keep, Proposal},
    states::States,
};

type Outcome = Result<Appended, AppendError>;

/// A proposal, and the statement in it if it is one.
struct Parsed<'a> {
    proposal: &'a Proposal,
    signed: Result<SignedStatement, AppendError>,
}

/// Statements that were weighed and wait to be written together.
struct Group {
    /// The size of the ledger before them.
    first: u64,
    admitted: Result<Timestamp, AppendError>,
    entries: Vec<Vec<u8>>,
    /// How many of the entries the replica has: all but the last, which follows when it is durable or in the way.
    pushed: usize,
}

#[async_trait]
impl Append for SqliteLedger {
    async fn append(&self, at: TreeSize, note: &[u8]) -> Outcome {
        let proposal = Proposal { at: Some(at), note: note.to_vec() };
        self.append_all(&[proposal]).await.pop().expect("an answer for each")
    }

    async fn close(self: Box<Self>) {
        Self::close(*self).await;
    }
}

#[async_trait]
impl Keep for SqliteLedger {
    async fn append_all(&self, proposals: &[Proposal]) -> Vec<Outcome> {
        let parse = |note: &Vec<u8>| SignedStatement::parse(note.clone());
        let refused = |error| AppendError::Rejected(Refusal::from(error));
        let parsed = proposals
            .iter()
            .map(|proposal| Parsed { proposal, signed: parse(&proposal.note).map_err(refused) })
            .collect::<Vec<_>>();
        if parsed.iter().all(|parsed| parsed.signed.is_err()) {
            return parsed.into_iter().filter_map(|parsed| parsed.signed.err().map(Err)).collect();
        }
        let mut state = self.state.lock().await;
        let lock = self.lock_file().await.map_err(|error| AppendError::Unavailable(error.to_string()));
        let ready = match &lock {
            Ok(_) => self.ready(&mut state).await,
            Err(error) => Err(error.clone()),
        };
        if let Err(error) = ready {
            return parsed
                .into_iter()
                .map(|parsed| Err(parsed.signed.err().unwrap_or_else(|| error.clone())))
                .collect();
        }
        let mut outcomes = Vec::with_capacity(parsed.len());
        while let Some(rest) = parsed.get(outcomes.len()..).filter(|rest| !rest.is_empty()) {
            let together = if state.one_by_one { &rest[..1] } else { rest };
            outcomes.extend(self.append_group(&mut state, together).await);
        }
        outcomes
    }

    async fn refresh(&self) -> Result<Timestamp, AppendError> {
        let mut state = self.state.lock().await;
        let _lock = self.lock_file().await.map_err(|error| AppendError::Unavailable(error.to_string()))?;
        self.ready(&mut state).await?;
        self.admission_time(&state.replica)?;
        self.publish(&mut state).map_err(|error| AppendError::Unavailable(error.to_string()))
    }
}

impl SqliteLedger {
    /// Weighs statements one after the other, commits those that count, and publishes a checkpoint over them.
    async fn append_group(&self, state: &mut State, parsed: &[Parsed<'_>]) -> Vec<Outcome> {
        if state.poisoned {
            let poisoned = || AppendError::Unavailable("an earlier write failed; open the ledger again".to_owned());
            return parsed.iter().map(|parsed| Err(parsed.signed.clone().err().unwrap_or_else(poisoned))).collect();
        }
        let mut group = Group {
            first: state.replica.tree().size().0,
            admitted: self.admission_time(&state.replica),
            entries: Vec::new(),
            pushed: 0,
        };
        let mut outcomes = Vec::with_capacity(parsed.len());
        for Parsed { proposal, signed } in parsed {
            let outcome = match signed {
                Ok(signed) => state.stage(&mut group, proposal.at, signed).await,
                Err(error) => Err(error.clone()),
            };
            outcomes.push(outcome);
        }
        if group.entries.is_empty() {
            return outcomes;
        }
        let Err(error) = self.write(state, &mut group).await else { return outcomes };
        let is_of_group = |outcome: &Outcome| matches!(outcome, Ok(appended) if appended.index.0 >= group.first);
        outcomes.into_iter().map(|outcome| if is_of_group(&outcome) { Err(error.clone()) } else { outcome }).collect()
    }

    async fn write(&self, state: &mut State, group: &mut Group) -> Result<(), AppendError> {
        // From here on the outcome is unknown until everything has succeeded.
        state.poisoned = true;
        if let Err(error) = state.database.insert_group(group.first, &group.entries).await {
            let text = error.to_string();
            if !error.rolled_back {
                return Err(AppendError::OutcomeUnknown(text));
            }
            if group.pushed > 0 {
                // The replica has what the database has not.
                let states = States::new(self.folder.replayed());
                let earlier = replayed(&mut state.database, &states, &self.origin, &self.authorities).await;
                state.replica = earlier.map_err(|error| AppendError::Unavailable(error.to_string()))?;
                state.catch_up().await?;
                state.one_by_one = true;
            }
            state.poisoned = false;
            return Err(AppendError::Unavailable(text));
        }
        state.push_staged(group);
        self.publish(state).map_err(|error| AppendError::OutcomeUnknown(error.to_string()))?;
        (state.poisoned, state.one_by_one) = (false, false);
        Ok(())
    }
}

impl State {
    /// Weighs a statement as the next one, and adds it to the group if it counts.
    async fn stage(&mut self, group: &mut Group, at: Option<TreeSize>, signed: &SignedStatement) -> Outcome {
        self.push_staged(group);
        if let Some((index, admitted)) = self.replica.register().find(signed.text_hash()) {
            let Some(staged) = index.0.checked_sub(group.first) else {
                return self.read_back(index, signed.note()).await;
            };
            let entry = usize::try_from(staged).ok().and_then(|staged| group.entries.get(staged));
            let is_same = entry.is_some_and(|entry| entry[8..] == *signed.note());
            return if is_same {
                Ok(Appended { index, admitted })
            } else {
                Err(AppendError::Rejected(Refusal::Duplicate))
            };
        }
        let size = self.replica.tree().size();
        if let Some(at) = at.filter(|at| *at != size) {
            return Err(AppendError::Conflict { got: size.0, wanted: at.0 });
        }
        let admitted = group.admitted.clone()?;
        self.replica.register().weigh(signed, admitted).map_err(AppendError::Rejected)?;
        group.entries.push(LedgerEntry { admitted, note: signed.note().to_vec() }.encode());
        Ok(Appended { index: LeafIndex(size.0), admitted })
    }

    /// Gives the replica what of the group it has not yet.
    fn push_staged(&mut self, group: &mut Group) {
        for entry in &group.entries[group.pushed..] {
            let counted = self.replica.push(entry);
            debug_assert!(matches!(counted, Ok(Ok(()))), "weigh and apply agree");
        }
        group.pushed = group.entries.len();
    }

    /// The answer that a statement got when it was sent the first time.
    async fn read_back(&mut self, index: LeafIndex, note: &[u8]) -> Outcome {
        let damaged = || AppendError::Damaged(format!("the entry {} cannot be read back", index.0));
        let entries = self.database.entries(index.0..index.0 + 1).await?;
        let entry = entries.first().and_then(|entry| LedgerEntry::decode(entry)).ok_or_else(damaged)?;
        if entry.note != note {
            // The same text under another signature.
            return Err(AppendError::Rejected(Refusal::Duplicate));
        }
        Ok(Appended { index, admitted: entry.admitted })
    }
}

#[cfg(test)]
mod tests;
