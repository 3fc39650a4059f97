// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor refresh`: has the published state of a ledger cosigned again, so that it does not grow too old.

use std::path::PathBuf;

use anchor::{
    clock::Clock,
    memory::Memory,
    wording::{self, append_failure, open_failure},
};
use cli::{Exit, Failure, Message, Terminal};

use super::input::LedgerArg;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    ledger: LedgerArg,
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
}

pub(super) async fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let ledger = args.ledger.home()?.open(args.keys.as_deref(), Clock::system(), Memory::of_user()).await;
    let ledger = ledger.map_err(|error| open_failure(&error))?;
    let outcome = ledger.refresh().await;
    ledger.close().await;
    let time = outcome.map_err(|error| append_failure(&error))?;
    terminal.say(&Message::new("refresh-done").with("time", wording::time(time)))?;
    Ok(Exit::Ok)
}
