// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor submit`: has a ledger take in signed statements. The same one again gets the same answer.

use std::path::PathBuf;

use anchor::{
    clock::Clock,
    follow,
    ledger::Append,
    memory::Memory,
    wording::{self, append_failure, open_failure},
};
use cli::{Exit, Failure, Message, Terminal};
use proof::{note::MAX_NOTE_BYTES, tree::TreeSize};

use super::input::{self, LedgerArg};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FILE", required = true)]
    file: Vec<PathBuf>,
    #[command(flatten)]
    ledger: LedgerArg,
}

pub(super) async fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let notes = args.file.iter().map(|file| input::read(file, MAX_NOTE_BYTES)).collect::<Result<Vec<_>, _>>()?;
    let ledger = follow::open_to_append(&args.ledger.location()?, &Clock::system(), Memory::of_user()).await;
    let ledger = ledger.map_err(|error| open_failure(&error))?;
    let outcome = submit_all(&*ledger, &notes, args, terminal).await;
    ledger.close().await;
    outcome.map(|()| Exit::Ok)
}

async fn submit_all(ledger: &dyn Append, notes: &[Vec<u8>], args: &Args, terminal: &Terminal) -> Result<(), Failure> {
    let mut size = TreeSize(0);
    for (note, file) in notes.iter().zip(&args.file) {
        let appended = ledger.submit(size, note).await.map_err(|error| {
            let failure = append_failure(&error);
            if notes.len() == 1 { failure } else { failure.detail(Message::new("submit-which").with("path", file)) }
        })?;
        size = size.max(TreeSize(appended.index.0 + 1));
        let message = Message::new("submit-done").with("index", appended.index.0);
        terminal.say(&message.with("time", wording::time(appended.admitted)))?;
    }
    Ok(())
}
