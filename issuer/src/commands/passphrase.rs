// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer passphrase`: gives the school's key another passphrase, or its token another PIN.

use std::path::PathBuf;

use anchor::{
    keys::{self, Change},
    wording::private_key_failure,
};
use clap::Args;
use cli::{Exit, Failure, Message, Terminal};
use issuer::config::Config;

#[derive(Debug, Args)]
pub(crate) struct Passphrase {
    #[arg(long, value_name = "FILE", conflicts_with = "no_passphrase")]
    new_passphrase_file: Option<PathBuf>,
    #[arg(long)]
    no_passphrase: bool,
}

impl Passphrase {
    pub(crate) fn run(self, config: &Config, terminal: &Terminal) -> Result<Exit, Failure> {
        let change = Change::of(self.no_passphrase, self.new_passphrase_file.as_deref());
        let changed = keys::change_passphrase(&config.key, &config.unlock(terminal), change);
        changed.map_err(|error| private_key_failure(&error))?;
        let done = if self.no_passphrase {
            Message::new("key-passphrase-removed")
        } else {
            Message::new("key-passphrase-changed")
        };
        terminal.say(&done.with("key", config.key.to_string()))?;
        Ok(Exit::Ok)
    }
}
