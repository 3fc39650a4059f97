// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor passphrase`: gives a ministry's key another passphrase, or its token another PIN.

use std::path::PathBuf;

use anchor::{
    keys::{self, Change},
    ministry::Settings,
    wording::{ministry_failure, private_key_failure},
};
use cli::{Exit, Failure, Message, Terminal};

use super::input;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "DIR")]
    authority: Option<PathBuf>,
    #[arg(long, value_name = "FILE", conflicts_with = "no_passphrase")]
    new_passphrase_file: Option<PathBuf>,
    #[arg(long)]
    no_passphrase: bool,
}

pub(super) fn run(args: &Args, passphrase_file: Option<&PathBuf>, terminal: &Terminal) -> Result<Exit, Failure> {
    let settings = Settings::load(&input::authority(args.authority.as_ref())?);
    let settings = settings.map_err(|error| ministry_failure(&error))?;
    let unlock = input::unlock(passphrase_file, terminal).configured(settings.passphrase_file);
    let change = Change::of(args.no_passphrase, args.new_passphrase_file.as_deref());
    keys::change_passphrase(&settings.key, &unlock, change).map_err(|error| private_key_failure(&error))?;
    let done = if args.no_passphrase {
        Message::new("key-passphrase-removed")
    } else {
        Message::new("key-passphrase-changed")
    };
    terminal.say(&done.with("key", settings.key.to_string()))?;
    Ok(Exit::Ok)
}
