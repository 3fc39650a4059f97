// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A ledger that takes statements in: weighs them on its own replay, gives each its place, signs the checkpoint.

Whoever opens a ledger to write replays it, from the first entry or from where an earlier replay was kept, and compares
it with the published checkpoint. A store that is behind it was rolled back, one with another root was forked or damaged;
both are refused, since going on would show two histories to those who saw the first.

Several may write to one [`Store`]. Each holds off the others while it weighs and commits, and looks first at what they
did meanwhile, so that no two ever sign different trees of one size.
*/

mod append;

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use proof::{
    CLOCK_TOLERANCE_S, Hash, Timestamp,
    authority::Authorities,
    checkpoint::Checkpoint,
    key::Origin,
    note::Note,
    policy::Policy,
    replica::Replica,
    statement::LedgerEntry,
    tree::{LeafIndex, Tree, TreeSize},
};
use tokio::sync::Mutex;

use crate::{
    clock::Clock,
    folder::LedgerKeys,
    ledger::{AppendError, Ledger, MAX_ENTRIES_PER_READ, ReadError},
    memory::Memory,
    states::States,
    store::{Head, OpenError, Source, Store},
};

/// The largest checkpoint is remembered this often while entries are appended, and when the ledger is closed.
const REMEMBER_EVERY: Duration = Duration::from_secs(10);

/// A ledger in the hands of those who keep it.
pub struct Sequencer<S> {
    origin: Origin,
    keys: LedgerKeys,
    policy: Policy,
    clock: Clock,
    memory: Option<Memory>,
    states: Option<States>,
    state: Mutex<State<S>>,
}

/// What a ledger of a store is opened with.
pub(crate) struct Opening<S> {
    pub(crate) store: S,
    pub(crate) origin: Origin,
    pub(crate) keys: LedgerKeys,
    pub(crate) clock: Clock,
    /// It must go on from the largest checkpoint that is remembered here.
    pub(crate) memory: Option<Memory>,
    pub(crate) states: Option<States>,
    /// The authorities as text.
    pub(crate) authorities: Vec<u8>,
}

struct State<S> {
    store: S,
    replica: Replica,
    /// The authorities of the replica, as text.
    pinned: Vec<u8>,
    /// The published checkpoint as it was read last, and its note: what has not changed need not be verified again.
    published: Option<(Vec<u8>, Checkpoint)>,
    remembered: Instant,
    /// Set when the replica may have what the store has not: it is made anew before anything else.
    is_ahead: bool,
    /// Set when a write may or may not have reached the disk: nothing is believed or written from then on.
    poisoned: bool,
    /// Set when several statements could not be written at once: until one could, each goes alone.
    one_by_one: bool,
}

impl<S: Store> Sequencer<S> {
    /// Opens a ledger to write.
    pub(crate) async fn start(opening: Opening<S>) -> Result<Self, OpenError> {
        let Opening { mut store, origin, keys, clock, memory, states, authorities: pinned } = opening;
        let authorities = Authorities::parse(&pinned)?;
        let replica = replayed(&mut store, states.as_ref(), &origin, &authorities).await?;
        let kept = replica.tree().size();
        let state = State {
            store,
            replica,
            pinned,
            published: None,
            remembered: Instant::now(),
            is_ahead: false,
            poisoned: false,
            one_by_one: false,
        };
        let policy = keys.policy();
        let this = Self { origin, keys, policy, clock, memory, states, state: Mutex::new(state) };
        let mut state = this.state.lock().await;
        // The long part, while others may append.
        state.catch_up().await?;
        this.recall(&state.replica)?;
        let hold = this.settled(&mut state).await?;
        state.store.release(hold).await;
        this.remember(&state);
        if let Some(states) = &this.states {
            // Without it, the next one to open replays more.
            let _ = states.keep(&state.replica, kept.0);
        }
        drop(state);
        Ok(this)
    }

    /// Ends the connection in order.
    pub async fn close(self) {
        self.remember(&*self.state.lock().await);
        self.state.into_inner().store.close().await;
    }

    /// Holds the entries against what this user saw of them before: what was restored as a whole agrees with itself.
    /// Nothing may be published before that.
    fn recall(&self, replica: &Replica) -> Result<(), OpenError> {
        let Some(memory) = &self.memory else { return Ok(()) };
        let held = memory.hold(&self.policy, replica, self.clock.now());
        held.map(|_| ()).map_err(|error| OpenError::of_replica(&error, replica.tree().size()))
    }

    /// Remembers what was published last. Without it less of a later rollback is noticed, and nothing else is lost.
    fn remember(&self, state: &State<S>) {
        if let (Some(memory), Some((note, _))) = (&self.memory, &state.published) {
            let _ = memory.remember(&self.policy, &self.origin, note);
        }
    }

    /// Holds off everybody else, with the entries replayed and exactly those of the published checkpoint. Publishes
    /// entries that a crash kept from it.
    async fn settled(&self, state: &mut State<S>) -> Result<S::Hold, OpenError> {
        loop {
            let (mut hold, head) = state.store.hold().await?;
            if state.is_ahead || head.authorities != state.pinned {
                state.store.release(hold).await;
                self.renew(state, &head).await?;
                continue;
            }
            state.catch_up_held(&mut hold).await?;
            let published = self.published(state, head.checkpoint)?;
            state.replica.contains(&published).map_err(|error| OpenError::of_replica(&error, published.size))?;
            let size = state.replica.tree().size();
            if size == published.size {
                return Ok(hold);
            }
            if !holds_last_of(&mut state.store, &state.replica).await? {
                // A backup that was restored under the eyes of this process.
                return Err(OpenError::RolledBack { got: published.size.0, wanted: size.0 });
            }
            // Whoever appended them did not live to see them on the disk, or was told that they are not.
            state.store.secure(&mut hold).await?;
            let (note, checkpoint) = self.sign(state.replica.checkpoint());
            state.store.publish(hold, &note).await?;
            state.published = Some((note, checkpoint));
        }
    }

    /// Replays the ledger anew.
    async fn renew(&self, state: &mut State<S>, head: &Head) -> Result<(), OpenError> {
        let authorities = Authorities::parse(&head.authorities)?;
        state.replica = replayed(&mut state.store, self.states.as_ref(), &self.origin, &authorities).await?;
        state.pinned.clone_from(&head.authorities);
        state.is_ahead = false;
        Ok(state.catch_up().await?)
    }

    /// The published checkpoint, if it is under this ledger's own key.
    fn published(&self, state: &mut State<S>, bytes: Vec<u8>) -> Result<Checkpoint, OpenError> {
        if let Some((note, checkpoint)) = &state.published
            && *note == bytes
        {
            return Ok(checkpoint.clone());
        }
        let damaged = || OpenError::Damaged("the published checkpoint is not one of this ledger's".to_owned());
        let note = Note::parse(&bytes).map_err(|_| damaged())?;
        let key = self.keys.ledger.verifying_key();
        if !note.signatures().iter().any(|line| line.is_by(key, note.text())) {
            return Err(damaged());
        }
        let checkpoint = Checkpoint::parse(note.text()).ok_or_else(damaged)?;
        state.published = Some((bytes, checkpoint.clone()));
        Ok(checkpoint)
    }

    fn sign(&self, checkpoint: Checkpoint) -> (Vec<u8>, Checkpoint) {
        (self.keys.sign(&checkpoint, self.clock.now()).into_bytes(), checkpoint)
    }

    /// Everything that must hold before this ledger may write: not poisoned, caught up, and what was published.
    async fn ready(&self, state: &mut State<S>) -> Result<S::Hold, AppendError> {
        if state.poisoned {
            return Err(AppendError::Unavailable("an earlier write failed; open the ledger again".to_owned()));
        }
        self.settled(state).await.map_err(|error| match error {
            OpenError::Read(error) => error.into(),
            OpenError::RolledBack { .. } | OpenError::Forked { .. } | OpenError::Damaged(_) => {
                AppendError::Damaged(error.to_string())
            }
            other => AppendError::Unavailable(other.to_string()),
        })
    }

    /// The time for the next entry: the clock's, but never before the last entry's.
    fn admission_time(&self, replica: &Replica) -> Result<Timestamp, AppendError> {
        let (now, last) = (self.clock.now(), replica.last_admitted());
        if last.is_ahead_of(now, CLOCK_TOLERANCE_S) {
            return Err(AppendError::ClockBehind { now, last });
        }
        Ok(now.max(last))
    }
}

/// What was replayed of a ledger and kept, if the store still has it; else nothing of the ledger.
async fn replayed(
    store: &mut impl Source,
    states: Option<&States>,
    origin: &Origin,
    authorities: &Authorities,
) -> Result<Replica, ReadError> {
    match states.and_then(|states| states.load(origin, authorities)) {
        Some(kept) if holds_last_of(store, &kept).await? => Ok(kept),
        _ => Ok(Replica::new(origin.clone(), authorities)),
    }
}

/// Whether the store goes at least as far as a replayed state, with the same last entry. What stands before that is not
/// read again: the tree of the state is held against the published checkpoint, and `fsck` reads everything.
async fn holds_last_of(store: &mut impl Source, kept: &Replica) -> Result<bool, ReadError> {
    let Some(last) = kept.tree().size().0.checked_sub(1) else { return Ok(false) };
    let entries = store.entries(last..last + 1).await?;
    let leaf = entries.first().and_then(|bytes| LedgerEntry::decode(bytes)).map(|entry| entry.leaf());
    Ok(leaf.is_some() && leaf == kept.tree().leaf(LeafIndex(last)))
}

impl<S: Store> State<S> {
    /// Replays what others appended since the last look, as long as nobody else does.
    async fn catch_up_held(&mut self, hold: &mut S::Hold) -> Result<(), ReadError> {
        loop {
            let next = self.next_range();
            let entries = self.store.entries_held(hold, next).await?;
            if self.replay(&entries)? {
                return Ok(());
            }
        }
    }
}

impl<S: Source> State<S> {
    /// Replays what others appended since the last look.
    async fn catch_up(&mut self) -> Result<(), ReadError> {
        loop {
            let next = self.next_range();
            let entries = self.store.entries(next).await?;
            if self.replay(&entries)? {
                return Ok(());
            }
        }
    }

    fn next_range(&self) -> Range<u64> {
        let from = self.replica.tree().size().0;
        from..from + MAX_ENTRIES_PER_READ
    }

    /// Replays entries. Gives whether these were the last.
    fn replay(&mut self, entries: &[Vec<u8>]) -> Result<bool, ReadError> {
        for entry in entries {
            let counted = self.replica.push(entry);
            // What does not count stands in the ledger all the same; it simply has no effect.
            let _ = counted.map_err(|error| ReadError::Damaged(error.to_string()))?;
        }
        Ok((entries.len() as u64) < MAX_ENTRIES_PER_READ)
    }

    /// The tree, with what others appended if it takes that to reach a size.
    async fn tree_of(&mut self, size: TreeSize) -> Result<&Tree, ReadError> {
        if self.is_ahead {
            return Err(ReadError::Unavailable("an earlier write failed".to_owned()));
        }
        if size > self.replica.tree().size() {
            self.catch_up().await?;
        }
        Ok(self.replica.tree())
    }
}

#[async_trait]
impl<S: Store> Ledger for Sequencer<S> {
    fn origin(&self) -> &Origin {
        &self.origin
    }

    async fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        self.state.lock().await.store.checkpoint().await
    }

    async fn entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        self.state.lock().await.store.entries(range).await
    }

    async fn inclusion(&self, index: LeafIndex, size: TreeSize) -> Result<Vec<Hash>, ReadError> {
        let mut state = self.state.lock().await;
        let tree = state.tree_of(size).await?;
        tree.inclusion_path(index, size).ok_or(ReadError::OutOfRange { size: tree.size().0 })
    }

    async fn consistency(&self, old: TreeSize, new: TreeSize) -> Result<Vec<Hash>, ReadError> {
        let mut state = self.state.lock().await;
        let tree = state.tree_of(new).await?;
        tree.consistency_path(old, new).ok_or(ReadError::OutOfRange { size: tree.size().0 })
    }

    async fn close(self: Box<Self>) {
        Self::close(*self).await;
    }
}
