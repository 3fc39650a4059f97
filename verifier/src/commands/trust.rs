// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `verifier trust`: what is pinned.

use std::path::PathBuf;

use anchor::{trust::Trust, wording};
use clap::{Args, Subcommand};
use cli::{Exit, Failure, Message, Table, Terminal};
use proof::authority::Authorities;
use verifier::trust::{self, AddError, Addition};

#[derive(Debug, Subcommand)]
pub(crate) enum TrustCommand {
    Add(Add),
    Show(Show),
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    #[arg(value_name = "PATH")]
    path: PathBuf,
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    #[arg(long)]
    yes: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    #[arg(long, value_name = "DIR")]
    trust: Option<PathBuf>,
}

impl TrustCommand {
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Failure> {
        match self {
            Self::Add(add) => add.run(terminal),
            Self::Show(show) => show.run(terminal),
        }
    }
}

impl Add {
    fn run(self, terminal: &Terminal) -> Result<Exit, Failure> {
        let to = self.to.or_else(trust::of_user).ok_or(Failure::usage(Message::new("trust-no-folder")))?;
        let addition = Addition::read(&self.path).map_err(|error| failure(&error))?;
        show_keys(
            terminal,
            addition.authorities(),
            if let Addition::Folder(trust) = &addition { Some(trust) } else { None },
        )?;
        let merged = addition.merged_into(&to).map_err(|error| failure(&error))?;
        if !self.yes && !terminal.confirm(&Message::new("trust-question"))? {
            terminal.remark(&Message::new("trust-unchanged"));
            return Ok(Exit::Refused);
        }
        merged.save(&to).map_err(|error| wording::trust_failure(&error))?;
        terminal.say(&Message::new("trust-added").with("path", &to))?;
        Ok(Exit::Ok)
    }
}

impl Show {
    fn run(self, terminal: &Terminal) -> Result<Exit, Failure> {
        let folder = trust::locate(self.trust).ok_or(Failure::usage(Message::new("check-no-trust")))?;
        let trust = Trust::load(&folder).map_err(|error| wording::trust_failure(&error))?;
        terminal.say(&Message::new("trust-folder").with("path", &folder))?;
        show_keys(terminal, &trust.authorities, Some(&trust))?;
        Ok(Exit::Ok)
    }
}

/// Every key with its fingerprint, to be compared with what the ministry says by another way.
fn show_keys(terminal: &Terminal, authorities: &Authorities, trust: Option<&Trust>) -> Result<(), Failure> {
    let headings = [Message::new("trust-role"), Message::new("trust-name"), Message::new("trust-fingerprint")];
    let words = terminal.words();
    let mut table = Table::new(words, &headings);
    for authority in authorities.iter() {
        let role = words.text(&Message::new("trust-authority").with("land", wording::land(authority.land)));
        table.row([role.into(), authority.key.name().into(), authority.key.fingerprint().to_string().into()]);
    }
    for (word, key) in trust.into_iter().flat_map(|trust| trust.policy.keys()) {
        let role =
            words.text(&if word == "log" { Message::new("trust-ledger") } else { Message::new("trust-witness") });
        table.row([role.into(), key.name().into(), key.fingerprint().to_string().into()]);
    }
    terminal.table(&table)
}

fn failure(error: &AddError) -> Failure {
    match error {
        AddError::Trust(error) => wording::trust_failure(error),
        AddError::OtherPolicy(path) => Failure::usage(Message::new("trust-other-policy").with("path", path)),
        AddError::NoFolderYet(path) => Failure::usage(Message::new("trust-no-folder-yet").with("path", path)),
        other => Failure::usage(Message::new("trust-other").with("reason", other.to_string())),
    }
}
