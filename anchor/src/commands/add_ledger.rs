// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor add-ledger`: a ministry serves a further ledger with the same key.

use std::path::PathBuf;

use anchor::{
    ministry::Ministry,
    wording::{ministry_failure, open_failure},
};
use cli::{Exit, Failure, Message, Terminal};
use proof::key::Origin;

use super::{init_authority::check_origin, input};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "ORIGIN", value_parser = input::key_name)]
    origin: Origin,
    #[arg(long, value_name = "DIR")]
    authority: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    ledger: Option<PathBuf>,
}

pub(super) async fn run(args: &Args, secret: Option<&PathBuf>, terminal: &Terminal) -> Result<Exit, Failure> {
    if let Some(ledger) = &args.ledger {
        check_origin(ledger, &args.origin).await?;
    }
    let folder = input::authority(args.authority.as_ref())?;
    let ministry = Ministry::open(&folder, &input::unlock(secret, terminal));
    let mut ministry = ministry.map_err(|error| ministry_failure(&error))?;
    let new = ministry.serve(&args.origin).map_err(|error| ministry_failure(&error))?;
    let done = if new { Message::new("add-ledger-done") } else { Message::new("add-ledger-known") };
    terminal.say(&done.with("origin", args.origin.as_str()).with("folder", &folder))?;

    let pin = ministry.pin_for(&args.origin);
    terminal.say(&Message::new("key-fingerprint").with("fingerprint", pin.key.fingerprint().to_string()))?;
    terminal.say(&Message::new("init-authority-line"))?;
    terminal.line(&format!("  {pin}"))?;
    match &args.ledger {
        Some(ledger) => {
            let home = input::home(ledger)?;
            let _ = home.pin(&pin).await.map_err(|error| open_failure(&error))?;
            // As it is shown, not as it was typed: that may have a password in it.
            terminal.say(&Message::new("init-authority-pinned").with("folder", home.to_string()))?;
        }
        None => terminal.say(&Message::new("init-authority-hand-over").with("origin", args.origin.as_str()))?,
    }
    Ok(Exit::Ok)
}
