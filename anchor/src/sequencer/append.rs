// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Appending: one statement, or several that are committed together.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use proof::{
    Timestamp,
    register::Refusal,
    statement::{LedgerEntry, SignedStatement},
    tree::{LeafIndex, TreeSize},
};

use super::{REMEMBER_EVERY, Sequencer, State};
use crate::{
    ledger::{Append, AppendError, Appended, Keep, Proposal},
    store::{CommitError, Store},
};

/// So long it is tried to find out what became of a write, before nobody knows.
const READ_BACK_WITHIN: Duration = Duration::from_secs(20);

/// The time between two such attempts.
const READ_BACK_EVERY: Duration = Duration::from_millis(200);

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
    /// The entries, which the replica has already.
    entries: Vec<Vec<u8>>,
}

#[async_trait]
impl<S: Store> Append for Sequencer<S> {
    async fn append(&self, at: TreeSize, note: &[u8]) -> Outcome {
        let proposal = Proposal { at: Some(at), note: note.to_vec() };
        self.append_all(&[proposal]).await.pop().expect("an answer for each")
    }
}

#[async_trait]
impl<S: Store> Keep for Sequencer<S> {
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
        let mut outcomes = Vec::with_capacity(parsed.len());
        while let Some(rest) = parsed.get(outcomes.len()..).filter(|rest| !rest.is_empty()) {
            let together = if state.one_by_one { &rest[..1] } else { rest };
            outcomes.extend(self.append_group(&mut state, together).await);
        }
        outcomes
    }

    async fn refresh(&self) -> Result<Timestamp, AppendError> {
        let mut state = self.state.lock().await;
        let hold = self.ready(&mut state).await?;
        if let Err(error) = self.admission_time(&state.replica) {
            state.store.release(hold).await;
            return Err(error);
        }
        let (now, checkpoint) = (self.clock.now(), state.replica.checkpoint());
        let note = self.keys.sign(&checkpoint, now).into_bytes();
        let published = state.store.publish(hold, &note).await;
        published.map_err(|error| AppendError::Unavailable(error.to_string()))?;
        state.published = Some((note, checkpoint));
        Ok(now)
    }

    async fn is_spent(&self) -> bool {
        self.state.lock().await.poisoned
    }
}

impl<S: Store> Sequencer<S> {
    /// Weighs statements one after the other, commits those that count, and publishes a checkpoint over them.
    async fn append_group(&self, state: &mut State<S>, parsed: &[Parsed<'_>]) -> Vec<Outcome> {
        let hold = match self.ready(state).await {
            Ok(hold) => hold,
            Err(error) => {
                let told = |parsed: &Parsed<'_>| parsed.signed.as_ref().err().unwrap_or(&error).clone();
                return parsed.iter().map(|parsed| Err(told(parsed))).collect();
            }
        };
        let mut group = Group {
            first: state.replica.tree().size().0,
            admitted: self.admission_time(&state.replica),
            entries: Vec::new(),
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
            state.store.release(hold).await;
            return outcomes;
        }
        let Err(error) = self.write(state, hold, &group).await else { return outcomes };
        let is_of_group = |outcome: &Outcome| matches!(outcome, Ok(appended) if appended.index.0 >= group.first);
        outcomes.into_iter().map(|outcome| if is_of_group(&outcome) { Err(error.clone()) } else { outcome }).collect()
    }

    async fn write(&self, state: &mut State<S>, hold: S::Hold, group: &Group) -> Result<(), AppendError> {
        let (note, checkpoint) = self.sign(state.replica.checkpoint());
        // Should nobody wait for the answer any more, nobody knows the outcome.
        state.poisoned = !S::READS_BACK;
        let committed = match state.store.commit(hold, group.first, &group.entries, &note).await {
            Err(CommitError::Unknown(text)) if S::READS_BACK => state.read_back_group(group, text).await,
            outcome => outcome,
        };
        match committed {
            Ok(()) => {
                state.published = Some((note, checkpoint));
                (state.poisoned, state.is_ahead, state.one_by_one) = (false, false, false);
                if state.remembered.elapsed() >= REMEMBER_EVERY {
                    self.remember(state);
                    state.remembered = Instant::now();
                }
                Ok(())
            }
            Err(CommitError::Nothing(text)) => {
                state.poisoned = false;
                state.one_by_one |= group.entries.len() > 1;
                Err(AppendError::Unavailable(text))
            }
            Err(CommitError::Unknown(text)) => Err(AppendError::OutcomeUnknown(text)),
        }
    }
}

impl<S: Store> State<S> {
    /// Weighs a statement as the next one, and adds it to the group if it counts.
    async fn stage(&mut self, group: &mut Group, at: Option<TreeSize>, signed: &SignedStatement) -> Outcome {
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
        let entry = self.replica.admit(signed, admitted).map_err(AppendError::Rejected)?;
        // Until the group is committed.
        self.is_ahead = true;
        group.entries.push(entry.encode());
        Ok(Appended { index: LeafIndex(size.0), admitted })
    }

    /// Finds out what became of a group: under a new hold, whoever wrote before has come to an end.
    async fn read_back_group(&mut self, group: &Group, text: String) -> Result<(), CommitError> {
        let until = Instant::now() + READ_BACK_WITHIN;
        let end = group.first + group.entries.len() as u64;
        loop {
            if let Ok((hold, _)) = self.store.hold().await {
                let entries = self.store.entries(group.first..end).await;
                self.store.release(hold).await;
                match entries {
                    Ok(entries) if entries == group.entries => return Ok(()),
                    Ok(_) => return Err(CommitError::Nothing(text)),
                    Err(_) => {}
                }
            }
            if Instant::now() >= until {
                return Err(CommitError::Unknown(text));
            }
            tokio::time::sleep(READ_BACK_EVERY).await;
        }
    }

    /// The answer that a statement got when it was sent the first time.
    async fn read_back(&mut self, index: LeafIndex, note: &[u8]) -> Outcome {
        let damaged = || AppendError::Damaged(format!("the entry {} cannot be read back", index.0));
        let entries = self.store.entries(index.0..index.0 + 1).await?;
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
