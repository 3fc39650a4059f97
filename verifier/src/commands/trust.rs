// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `verifier trust`: what is pinned.

use std::path::PathBuf;

use anchor::{trust::Trust, wording};
use clap::{Args, Subcommand};
use cli::{Exit, Failure, Message, Terminal};
use proof::{
    authority::{Authorities, Authority},
    key::VerifyingKey,
};
use verifier::trust::{self, AddError, Addition, Merged};

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
    either: bool,
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
        let (authorities, added) = (addition.authorities().clone(), folder_of(&addition));
        let merged = addition.merged_into(&to, self.either).map_err(|error| failure(&error))?;
        show_change(&authorities, added.as_ref(), &merged, terminal)?;
        if merged.is_nothing_new() {
            terminal.say(&Message::new("trust-nothing-new").with("path", &to))?;
            return Ok(Exit::Ok);
        }
        if !self.yes && !terminal.confirm(&Message::new("trust-question"))? {
            terminal.remark(&Message::new("trust-unchanged"));
            return Ok(Exit::Refused);
        }
        merged.after.save(&to).map_err(|error| wording::trust_failure(&error))?;
        terminal.say(&Message::new("trust-added").with("path", &to))?;
        Ok(Exit::Ok)
    }
}

impl Show {
    fn run(self, terminal: &Terminal) -> Result<Exit, Failure> {
        let folder = trust::locate(self.trust).ok_or(Failure::usage(Message::new("check-no-trust")))?;
        let trust = Trust::load(&folder).map_err(|error| wording::trust_failure(&error))?;
        terminal.say(&Message::new("trust-folder").with("path", &folder))?;
        for authority in trust.authorities.iter() {
            show_authority(authority, None, terminal)?;
        }
        for (word, key) in trust.policy.keys() {
            show_key(word, key, None, terminal)?;
        }
        terminal.line("")?;
        terminal.say(&quorum(&trust))?;
        terminal.say(&Message::new("trust-age").with("age", wording::age(trust.max_age)))?;
        for place in &trust.ledgers {
            let message = Message::new("trust-place").with("ledger", place.origin.as_str());
            terminal.say(&message.with("place", place.location.to_string()))?;
        }
        Ok(Exit::Ok)
    }
}

fn folder_of(addition: &Addition) -> Option<Trust> {
    if let Addition::Folder(trust) = addition { Some(Trust::clone(trust)) } else { None }
}

/// Every key that is to be added, with what it may do and whether that is new: a window that closes is all that shows of
/// a stolen key. Then whatever else would be another than before.
fn show_change(
    authorities: &Authorities,
    added: Option<&Trust>,
    merged: &Merged,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let before = merged.before.as_ref();
    for authority in authorities.iter() {
        let known = before.and_then(|trust| {
            let same = |known: &&Authority| known.origin == authority.origin && known.key.raw() == authority.key.raw();
            trust.authorities.iter().find(same)
        });
        let change = match known {
            None => Message::new("trust-new"),
            Some(known) if known == authority => Message::new("trust-same"),
            Some(known) => Message::new("trust-changed")
                .with("role", authority_role(known))
                .with("name", known.key.name())
                .with("window", wording::window(known)),
        };
        show_authority(authority, Some(change), terminal)?;
    }
    let Some(added) = added else { return Ok(()) };
    for (word, key) in added.policy.keys() {
        let is_known = before.is_some_and(|trust| trust.policy.keys().any(|known| known == (word, key)));
        let change = if is_known { Message::new("trust-same") } else { Message::new("trust-new") };
        show_key(word, key, Some(change), terminal)?;
    }
    terminal.line("")?;
    let after = &merged.after;
    terminal.say(&quorum(after))?;
    if let Some(before) = before.filter(|before| before.policy.quorum() != after.policy.quorum()) {
        terminal.say(&Message::new("trust-quorum-before").with("before", quorum(before)))?;
    }
    terminal.say(&Message::new("trust-age").with("age", wording::age(after.max_age)))?;
    if let Some(before) = before.filter(|before| before.max_age != after.max_age) {
        terminal.say(&Message::new("trust-age-before").with("age", wording::age(before.max_age)))?;
    }
    for place in &added.ledgers {
        let Some(place) = after.ledgers.iter().find(|kept| kept.origin == place.origin) else { continue };
        let message = Message::new("trust-place").with("ledger", place.origin.as_str());
        terminal.say(&message.with("place", place.location.to_string()))?;
    }
    Ok(())
}

fn show_authority(authority: &Authority, change: Option<Message>, terminal: &Terminal) -> Result<(), Failure> {
    let window = Message::new("trust-window").with("ledger", authority.origin.as_str());
    let window = window.with("window", wording::window(authority));
    show_pin(&authority_role(authority), &authority.key, [Some(window), change], terminal)
}

fn authority_role(authority: &Authority) -> Message {
    Message::new("trust-authority").with("land", wording::land(authority.land))
}

fn show_key(word: &str, key: &VerifyingKey, change: Option<Message>, terminal: &Terminal) -> Result<(), Failure> {
    let role = if word == "log" { Message::new("trust-ledger") } else { Message::new("trust-witness") };
    show_pin(&role, key, [change, None], terminal)
}

/// A key with its fingerprint, to be compared with what the ministry says by another way.
fn show_pin(
    role: &Message,
    key: &VerifyingKey,
    further: [Option<Message>; 2],
    terminal: &Terminal,
) -> Result<(), Failure> {
    terminal.line("")?;
    terminal.say(&Message::new("trust-pin").with("role", role.clone()).with("name", key.name()))?;
    let fingerprint = Message::new("trust-fingerprint").with("fingerprint", key.fingerprint().to_string());
    let lines = std::iter::once(fingerprint).chain(further.into_iter().flatten());
    lines.into_iter().try_for_each(|line| terminal.line(&format!("  {}", terminal.words().text(&line))))
}

fn quorum(trust: &Trust) -> Message {
    match trust.policy.quorum() {
        Some(witnesses) => Message::new("trust-quorum").with("witnesses", witnesses),
        None => Message::new("trust-no-quorum"),
    }
}

fn failure(error: &AddError) -> Failure {
    match error {
        AddError::Trust(error) => wording::trust_failure(error),
        AddError::OtherKey { path, origin } => {
            Failure::usage(Message::new("trust-other-key").with("path", path).with("ledger", origin.as_str()))
        }
        AddError::OtherQuorum(path) => Failure::usage(Message::new("trust-other-quorum").with("path", path)),
        AddError::Impossible(path) => Failure::usage(Message::new("trust-impossible").with("path", path)),
        AddError::Place(path) => Failure::usage(Message::new("trust-bad-place").with("path", path)),
        AddError::NoFolderYet(path) => Failure::usage(Message::new("trust-no-folder-yet").with("path", path)),
        other => Failure::usage(Message::new("trust-other").with("reason", other.to_string())),
    }
}
