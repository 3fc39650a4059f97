// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer init`: a new school, with its key and its request to the ministry.

use std::path::{Path, PathBuf};

use anchor::{
    clock::Clock,
    host,
    keys::{NewKey, Sources, Unlock},
};
use clap::Args;
use cli::{Exit, Failure, KeyOptions, Message, Terminal};
use issuer::setup::{School, set_up};
use proof::{
    key::KeyName,
    statement::{Kinds, Label, Land, SchoolNumber},
};

use super::{rotate_key, sheet};
use crate::wording;

#[derive(Debug, Args)]
pub(crate) struct Init {
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    #[arg(long, value_name = "LAND")]
    state: Option<String>,
    #[arg(long, value_name = "KIND", default_value = "*")]
    kinds: String,
    #[arg(long, value_name = "NAME")]
    key_name: Option<String>,
    #[arg(long, value_name = "DIR", default_value = "trust")]
    trust: PathBuf,
    #[arg(long, value_name = "DIR")]
    ledger: Option<String>,
    #[command(flatten)]
    key: KeyOptions,
}

impl Init {
    pub(crate) fn run(
        self,
        config: &Path,
        passphrase_file: Option<PathBuf>,
        terminal: &Terminal,
    ) -> Result<Exit, Failure> {
        if config.exists() {
            return Err(Failure::usage(Message::new("config-exists").with("path", config)));
        }
        let sheet = sheet::beside(config);
        sheet::refuse_existing(&sheet)?;
        let name =
            given(terminal, self.name, &Message::new("setup-name"), Label::parse, Message::new("setup-bad-name"))?;
        let number = given(
            terminal,
            self.number,
            &Message::new("setup-number"),
            SchoolNumber::parse,
            Message::new("setup-bad-number"),
        )?;
        let place =
            given(terminal, self.place, &Message::new("setup-place"), Label::parse, Message::new("setup-bad-name"))?;
        let state =
            given(terminal, self.state, &Message::new("setup-state"), Land::parse, Message::new("setup-bad-state"))?;
        let kinds = Kinds::parse(&self.kinds).ok_or(Failure::usage(Message::new("setup-bad-kinds")))?;
        let default = format!("schule/{state}/{}", number.as_str().to_lowercase());
        let key_name = KeyName::parse(self.key_name.as_deref().unwrap_or(&default));
        let key_name = key_name.ok_or(Failure::usage(Message::new("setup-bad-key-name")))?;
        let school = School { key_name, name, number, place, state, kinds };

        let unlock = Unlock { sources: Sources { option: passphrase_file, configured: None }, person: terminal };
        let new_key = NewKey::new(&self.key, &school.key_name, unlock);
        let folder = host::parent(config);
        std::fs::create_dir_all(folder).map_err(|error| Failure::cannot_write(Exit::Usage, folder, &error))?;
        let made = set_up(config, &school, &self.trust, self.ledger, &new_key, Clock::system().now());
        let (made, key) = made.map_err(|error| wording::setup_failure(&error))?;
        terminal.say(&Message::new("setup-done").with("path", config))?;
        if self.key.no_passphrase {
            terminal.remark(&Message::new("key-unguarded").with("key", made.key.to_string()));
        }
        terminal.say(
            &Message::new("setup-fingerprint").with("fingerprint", key.verifying_key().fingerprint().to_string()),
        )?;
        let ministry = Message::of_code("ministry", &state.to_string());
        let next = Message::new("setup-next").with("place", rotate_key::place(&made.key));
        terminal.say(&next.with("request", &made.request).with("ministry", ministry))?;
        sheet::write(&sheet, &school, key.verifying_key(), &made.key, terminal)?;
        Ok(Exit::Ok)
    }
}

/// What was given as an option, or is asked for. A bad answer is asked for again, a bad option is an error.
fn given<T>(
    terminal: &Terminal,
    option: Option<String>,
    question: &Message,
    parse: impl Fn(&str) -> Option<T>,
    bad: Message,
) -> Result<T, Failure> {
    if let Some(text) = option {
        return parse(&text).ok_or(Failure::usage(bad));
    }
    loop {
        match parse(terminal.ask(question, None)?.trim()) {
            Some(value) => return Ok(value),
            None => terminal.remark(&bad),
        }
    }
}
