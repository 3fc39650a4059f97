// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A ledger from its first entry to its last, with what replay makes of each.

use anchor::{
    clock::Clock,
    follow::{self, FollowError},
    ledger::{Ledger, MAX_ENTRIES_PER_READ},
    trust::Pins,
    wording::{checkpoint_failure, follow_failure, open_failure, read_failure},
};
use cli::{Failure, Message, Terminal};
use proof::{
    Timestamp,
    checkpoint::Checkpoint,
    note::Note,
    register::Refusal,
    replica::Replica,
    statement::{Body, LedgerEntry, SignedStatement},
};

use super::input::PinnedLedgerArg;

/// An entry, and what replay makes of it.
pub(super) struct Replayed {
    pub(super) index: u64,
    pub(super) admitted: Timestamp,
    pub(super) note: Vec<u8>,
    pub(super) outcome: Result<(), Refusal>,
}

/// Replays a ledger, and holds it against its published checkpoint. `each` is given an entry and the ledger up to it.
/// `watched` shows how far it is.
pub(super) async fn replay(
    place: &PinnedLedgerArg,
    watched: Option<&Terminal>,
    mut each: impl FnMut(&Replayed, &Replica) -> Result<(), Failure>,
) -> Result<Replica, Failure> {
    let ledger = follow::open(&place.location()?).await.map_err(|error| open_failure(&error))?;
    let pins = place.pins().await?;
    // Before the entries, or those appended meanwhile would seem to be missing.
    let published = ledger.checkpoint().await.map_err(|error| read_failure(&error))?;
    let progress = watched.map(|terminal| terminal.progress(&Message::new("replay-progress"), size_of(&published)));
    let replica = read_all(&*ledger, &pins, |entry, replica| {
        if let Some(progress) = &progress {
            progress.inc(1);
        }
        each(entry, replica)
    });
    let replica = replica.await?;
    drop(progress);
    let verified = pins.policy.verify(&published, Clock::system().now()).map_err(|error| checkpoint_failure(&error))?;
    replica.contains(verified.checkpoint()).map_err(|error| follow_failure(&FollowError::Replica(error)))?;
    Ok(replica)
}

/// What a checkpoint says of its size, as long as it is only for show.
fn size_of(published: &[u8]) -> u64 {
    let checkpoint = Note::parse(published).ok().and_then(|note| Checkpoint::parse(note.text()));
    checkpoint.map_or(0, |checkpoint| checkpoint.size.0)
}

async fn read_all(
    ledger: &dyn Ledger,
    pins: &Pins,
    mut each: impl FnMut(&Replayed, &Replica) -> Result<(), Failure>,
) -> Result<Replica, Failure> {
    let mut replica = Replica::new(ledger.origin().clone(), &pins.authorities);
    loop {
        let from = replica.tree().size().0;
        let entries = ledger.entries(from..from + MAX_ENTRIES_PER_READ).await.map_err(|error| read_failure(&error))?;
        for (index, bytes) in (from..).zip(&entries) {
            let outcome = replica.push(bytes).map_err(|error| follow_failure(&FollowError::Replica(error)))?;
            // What the replica takes is an entry.
            let Some(LedgerEntry { admitted, note }) = LedgerEntry::decode(bytes) else { continue };
            each(&Replayed { index, admitted, note, outcome }, &replica)?;
        }
        if (entries.len() as u64) < MAX_ENTRIES_PER_READ {
            return Ok(replica);
        }
    }
}

/// What a statement is about, in a few words.
pub(super) fn subject(signed: &SignedStatement) -> String {
    match &signed.statement().body {
        Body::Accredit(accreditation) => format!("{}, {}", accreditation.name, accreditation.place),
        Body::Batch { kind, .. } => kind.to_string(),
        Body::Suspend { school, reason } | Body::Resume { school, reason } => format!("{school} ({reason})"),
        Body::Rotate { key } => key.name().to_owned(),
        Body::Compromise { key, from_index } => format!("{} ≥ {from_index}", key.name()),
        Body::Revoke { certificates, .. } | Body::Uphold(certificates) => format!("× {}", certificates.len()),
        Body::Replace(pairs) => format!("× {}", pairs.len()),
        Body::Require { version } => version.to_string(),
    }
}
