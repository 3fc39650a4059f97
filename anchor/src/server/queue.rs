// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The one task that writes.

Statements that came while others were being written go to the ledger together: the more there are, the fewer writes
each of them costs.
*/

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, sleep_until},
};

use super::{ServeError, Shared};
use crate::ledger::{AppendError, Appended, Keep, Proposal};

/// So many statements are committed together at most: 16 MiB of the largest.
const MAX_GROUP: usize = 256;

/// How often what is forgotten over time is looked after, and a refresh that failed is tried again.
const TICK: Duration = Duration::from_mins(1);

type Outcome = Result<Appended, AppendError>;

/// Statements that wait.
pub(super) struct Queue {
    /// `None` when nothing is taken any more.
    sender: Mutex<Option<mpsc::Sender<Waiting>>>,
}

/// A statement that waits, and who is told.
pub(super) struct Waiting {
    proposal: Proposal,
    answer: oneshot::Sender<Outcome>,
}

impl Queue {
    pub(super) fn new(most: usize) -> (Self, mpsc::Receiver<Waiting>) {
        let (sender, receiver) = mpsc::channel(most);
        (Self { sender: Mutex::new(Some(sender)) }, receiver)
    }

    /// Has a statement wait; `None` if too many do.
    pub(super) fn put(&self, proposal: Proposal) -> Option<oneshot::Receiver<Outcome>> {
        let (answer, outcome) = oneshot::channel();
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner);
        sender.as_ref()?.try_send(Waiting { proposal, answer }).ok().map(|()| outcome)
    }

    /// Whether statements are taken.
    pub(super) fn is_open(&self) -> bool {
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner);
        sender.as_ref().is_some_and(|sender| !sender.is_closed())
    }

    /// Takes no more. Those that wait still go to the ledger.
    pub(super) fn close(&self) {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// Writes until the queue is closed and empty, and keeps the checkpoint fresh. Ends with an error if nobody knows what
/// became of a write and the ledger takes nothing in any more: who still waits is told so. Gives the ledger back, to be closed.
pub(super) async fn write(
    ledger: Box<dyn Keep>,
    mut waiting: mpsc::Receiver<Waiting>,
    shared: Arc<Shared>,
    refresh_every: Duration,
) -> (Box<dyn Keep>, Result<(), ServeError>) {
    let (mut group, mut refresh_at, mut tick) = (Vec::new(), Instant::now(), Instant::now() + TICK);
    let outcome = loop {
        tokio::select! {
            count = waiting.recv_many(&mut group, MAX_GROUP) => {
                if count == 0 {
                    break Ok(());
                }
                match append(&*ledger, &mut group, &shared).await {
                    Ok(true) => refresh_at = Instant::now() + refresh_every,
                    Ok(false) => {}
                    Err(error) => break Err(error),
                }
            }
            () = sleep_until(refresh_at) => {
                let done = refresh(&*ledger, &shared).await;
                refresh_at = Instant::now() + if done { refresh_every } else { TICK.min(refresh_every) };
            }
            () = sleep_until(tick) => {
                shared.limits.tidy();
                shared.meters.tidy();
                tick = Instant::now() + TICK;
            }
        }
    };
    waiting.close();
    while let Some(Waiting { answer, .. }) = waiting.recv().await {
        let _ = answer.send(Err(AppendError::Unavailable("an earlier write failed".to_owned())));
    }
    (ledger, outcome)
}

/// Appends a group and answers. Gives whether a checkpoint was published.
async fn append(ledger: &dyn Keep, group: &mut Vec<Waiting>, shared: &Shared) -> Result<bool, ServeError> {
    let (proposals, answers): (Vec<_>, Vec<_>) =
        group.drain(..).map(|Waiting { proposal, answer }| (proposal, answer)).unzip();
    let size = shared.shelf.shown().size;
    let outcomes = ledger.append_all(&proposals).await;
    shared.meters.grouped(proposals.len());
    // Whoever is told where a statement stands can read it there.
    if let Err(error) = shared.shelf.look().await {
        tracing::error!(%error, "the ledger cannot be read");
    }
    let mut unknown = None;
    let mut published = false;
    for (outcome, answer) in outcomes.into_iter().zip(answers) {
        match &outcome {
            Ok(appended) => published |= appended.index.0 >= size.0,
            Err(AppendError::OutcomeUnknown(text)) => unknown = Some(text.clone()),
            Err(AppendError::Rejected(_) | AppendError::Conflict { .. }) => {}
            Err(error) => tracing::error!(%error, "the ledger takes nothing in"),
        }
        // Who has gone away meanwhile sends it again, and gets the same answer.
        let _ = answer.send(outcome);
    }
    match unknown {
        Some(text) if ledger.is_spent().await => Err(ServeError::OutcomeUnknown(text)),
        _ => Ok(published),
    }
}

async fn refresh(ledger: &dyn Keep, shared: &Shared) -> bool {
    let outcome = ledger.refresh().await;
    shared.meters.refreshed(outcome.is_ok());
    match outcome {
        Ok(time) => tracing::info!(%time, "checkpoint cosigned again"),
        Err(ref error) => tracing::error!(%error, "checkpoint not cosigned again"),
    }
    outcome.is_ok()
}
