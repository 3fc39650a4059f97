// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `verifier snapshot`: writes the pinned ledgers into one file, for a machine without a network.

use std::path::PathBuf;

use anchor::{
    clock::Clock,
    copy::UpdateError,
    ledger::Ledger,
    snapshot::{self, WriteError},
    sqlite::SqliteReader,
    trust::Trust,
    wording,
};
use clap::Args;
use cli::{Exit, Failure, Message, Terminal};
use proof::key::{KeyName, Origin};
use verifier::trust;

use super::sync::{SyncFailure, Work, copies, copy_failure, pinned, runtime};

#[derive(Debug, Args)]
pub(crate) struct Snapshot {
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[arg(long, value_name = "ORIGIN")]
    origin: Option<String>,
    #[arg(long, value_name = "DIR")]
    trust: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    copy: Option<PathBuf>,
}

impl Snapshot {
    /// 1. Every ledger that is meant is synced. An alarm or a copy that cannot be used ends it here.
    /// 2. What the copies hold is written into the file. It is read once more for that and held against the checkpoint.
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Failure> {
        let folder = trust::locate(self.trust.clone()).ok_or(Failure::usage(Message::new("check-no-trust")))?;
        let trust = Trust::load(&folder).map_err(|error| wording::trust_failure(&error))?;
        let copies = copies(self.copy.as_deref())?;
        if self.out.symlink_metadata().is_ok() {
            return Err(Failure::usage(Message::new("cannot-overwrite").with("path", &self.out)));
        }
        let work = Work { trust: &trust, copies: &copies, anew: false, terminal, now: Clock::system().now() };
        let origins = self.origins(&trust)?;
        runtime()?.block_on(async {
            let mut exit = Exit::Ok;
            for origin in &origins {
                let outcome = work.sync_pinned(origin).await;
                work.remark_on(origin, &outcome);
                if let Err(failure) = outcome {
                    if is_final(&failure) || !work.place(origin).holds_copy() {
                        return Err(Failure::undecided(
                            Message::new("snapshot-refused").with("ledger", origin.as_str()),
                        ));
                    }
                    terminal.remark(&Message::new("snapshot-of-copy").with("ledger", origin.as_str()));
                    exit = Exit::Undecided;
                }
            }
            self.write(&work, &origins).await?;
            Ok(exit)
        })
    }

    fn origins<'t>(&self, trust: &'t Trust) -> Result<Vec<&'t Origin>, Failure> {
        let pinned = pinned(trust);
        let Some(named) = &self.origin else {
            return if pinned.is_empty() {
                Err(Failure::undecided(Message::new("sync-nothing")))
            } else {
                Ok(pinned.into_iter().collect())
            };
        };
        let found = KeyName::parse(named).and_then(|origin| pinned.get(&origin).copied());
        found.map(|origin| vec![origin]).ok_or(Failure::usage(Message::new("ledger-not-trusted").with("origin", named)))
    }

    async fn write(&self, work: &Work<'_>, origins: &[&Origin]) -> Result<(), Failure> {
        let mut readers: Vec<SqliteReader> = Vec::new();
        for origin in origins {
            let reader = work.place(origin).read().await;
            readers.push(reader.map_err(|error| copy_failure(&error.into(), origin))?);
        }
        let ledgers: Vec<_> = readers.iter().map(|reader| reader as &dyn Ledger).collect();
        let written = snapshot::write(&self.out, &ledgers).await;
        let entries = written.map_err(|error| match error {
            WriteError::Io(error) => Failure::cannot_write(Exit::Undecided, &self.out, &error),
            other => Failure::undecided(Message::new("snapshot-unwritten").with("text", other.to_string())),
        })?;
        let said = Message::new("snapshot-written").with("path", &self.out);
        work.terminal.say(&said.with("ledgers", origins.len()).with("entries", entries))
    }
}

/// Whether the copy must not be handed on, either.
fn is_final(failure: &SyncFailure) -> bool {
    matches!(failure, SyncFailure::Update(UpdateError::Alarm(_) | UpdateError::Copy(_)))
}
