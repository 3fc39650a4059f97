// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor init-authority`: makes a ministry's key and folder.

use std::path::{Path, PathBuf};

use anchor::{
    keys::NewKey,
    ministry::{KEY_FILE, Ministry, authority_line},
    wording::{ministry_failure, open_failure},
};
use cli::{Exit, Failure, KeyOptions, Message, Terminal};
use proof::{
    key::{KeyName, Origin},
    statement::Land,
};

use super::input;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    #[arg(long, value_name = "NAME", value_parser = input::key_name)]
    name: KeyName,
    #[arg(long, value_name = "LAND", value_parser = input::land)]
    state: Land,
    #[arg(long, value_name = "ORIGIN", value_parser = input::key_name)]
    origin: Origin,
    #[arg(long, value_name = "DIR")]
    ledger: Option<PathBuf>,
    #[command(flatten)]
    key: KeyOptions,
}

pub(super) async fn run(args: &Args, passphrase_file: Option<&PathBuf>, terminal: &Terminal) -> Result<Exit, Failure> {
    if let Some(ledger) = &args.ledger {
        check_origin(ledger, &args.origin).await?;
    }
    let key = NewKey::new(&args.key, &args.name, input::unlock(passphrase_file, terminal));
    let ministry = Ministry::create(&args.dir, &args.name, args.state, &args.origin, &key);
    let pin = ministry.map_err(|error| ministry_failure(&error))?.pin();
    if args.key.no_passphrase {
        terminal.remark(&Message::new("key-unguarded").with("key", &args.dir.join(KEY_FILE)));
    }

    let done = Message::new("init-authority-done").with("name", args.name.as_str()).with("folder", &args.dir);
    terminal.say(&done.with("land", anchor::wording::land(args.state)))?;
    terminal.say(&Message::new("key-fingerprint").with("fingerprint", pin.key.fingerprint().to_string()))?;
    terminal.say(&Message::new("init-authority-line"))?;
    terminal.line(&format!("  {}", authority_line(&pin).trim_end()))?;
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

/// A ministry's statements name their ledger, so that a wrong one is to be noticed before there is a key.
pub(super) async fn check_origin(ledger: &Path, wanted: &Origin) -> Result<(), Failure> {
    let home = input::home(ledger)?;
    let got = home.origin().await.map_err(|error| open_failure(&error))?;
    if got == *wanted {
        return Ok(());
    }
    let message = Message::new("init-authority-other-ledger").with("folder", home.to_string());
    Err(Failure::usage(message.with("got", got.as_str()).with("wanted", wanted.as_str())))
}
