// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor submit`: has a ledger take in a signed statement. The same one again gets the same answer.

use std::path::PathBuf;

use anchor::{
    clock::Clock,
    follow, ledger,
    wording::{self, append_failure, open_failure},
};
use cli::{Exit, Failure, Message, Terminal};
use proof::{note::MAX_NOTE_BYTES, tree::TreeSize};

use super::input::{self, LedgerArg};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArg,
}

pub(super) async fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let note = input::read(&args.file, MAX_NOTE_BYTES)?;
    let ledger = follow::open_to_append(&args.ledger.location()?, &Clock::system()).await;
    let ledger = ledger.map_err(|error| open_failure(&error))?;
    let outcome = ledger::submit(&*ledger, TreeSize(0), &note).await;
    ledger.close().await;
    let appended = outcome.map_err(|error| append_failure(&error))?;
    let message = Message::new("submit-done").with("index", appended.index.0);
    terminal.say(&message.with("time", wording::time(appended.admitted)))?;
    Ok(Exit::Ok)
}
