// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor retract`: sets kept statements aside that a ledger will never take in, so that the chain can go on without
//! them. Nothing is deleted.

use std::path::PathBuf;

use anchor::{
    clock::Clock,
    memory::Memory,
    ministry::{
        Ministry,
        desk::{Desk, Waiting},
    },
    wording::{self, desk_failure, ministry_failure},
};
use cli::{Exit, Failure, Message, Terminal};
use proof::{
    key::Origin,
    statement::{Body, SignedStatement},
};

use super::input;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "DIR")]
    authority: Option<PathBuf>,
    #[arg(long, value_name = "PLACE")]
    ledger: Option<PathBuf>,
    #[arg(long, value_name = "DIR", requires = "ledger")]
    trust: Option<PathBuf>,
    #[arg(long, value_name = "ORIGIN", value_parser = input::key_name, conflicts_with = "ledger")]
    origin: Option<Origin>,
    #[arg(long)]
    yes: bool,
}

pub(super) async fn run(args: &Args, secret: Option<&PathBuf>, terminal: &Terminal) -> Result<Exit, Failure> {
    let folder = input::authority(args.authority.as_ref())?;
    let ministry = Ministry::open(&folder, &input::unlock(secret, terminal));
    let ministry = ministry.map_err(|error| ministry_failure(&error))?;
    let (kept, from, question) = if let Some(ledger) = &args.ledger {
        let place = input::ledgers(std::slice::from_ref(ledger))?.remove(0);
        let desk = Desk::before(&ministry, &place, &Clock::system(), Memory::of_user(), args.trust.as_deref()).await;
        let desk = desk.map_err(|error| desk_failure(&error))?;
        let kept = desk.kept().clone();
        let chosen = first_to_retract(&desk.waiting().collect::<Vec<_>>(), terminal);
        desk.close().await;
        let (from, question) = chosen?;
        (kept, from, question)
    } else {
        let origin = input::one_ledger(&ministry, args.origin.as_ref())?;
        let kept = ministry.kept(&origin).map_err(|error| ministry_failure(&error))?;
        let last = kept.count().map_err(|error| ministry_failure(&error))?.checked_sub(1);
        let last = last.ok_or_else(|| Failure::refused(Message::new("retract-nothing")))?;
        (kept, last, Message::new("retract-question-unseen"))
    };
    for signed in kept.from(from).map_err(|error| ministry_failure(&error))? {
        show(&kept.file(signed.statement().seq), &signed, terminal)?;
    }
    if !args.yes && !terminal.confirm(&question)? {
        return Err(Failure::refused(Message::new("retract-declined")));
    }
    let renamed = kept.set_aside(from).map_err(|error| ministry_failure(&error))?;
    renamed.iter().rev().try_for_each(|path| terminal.say(&Message::new("retract-done").with("path", path)))?;
    Ok(Exit::Ok)
}

/// From which of the statements that are not on the ledger on: from the first that it refuses. If it refuses none, only
/// the last one, and the question says what that means.
fn first_to_retract(waiting: &[&Waiting], terminal: &Terminal) -> Result<(u64, Message), Failure> {
    let seq = |waiting: &Waiting| waiting.signed.statement().seq;
    let refused = waiting.iter().find_map(|waiting| waiting.refusal.map(|refusal| (seq(waiting), refusal)));
    match (refused, waiting.last()) {
        (Some((seq, refusal)), _) => {
            let message = Message::new("retract-refused").with("reason", wording::refusal(refusal));
            terminal.say(&message.with("code", refusal.code()))?;
            Ok((seq, Message::new("retract-question")))
        }
        (None, Some(last)) => Ok((seq(last), Message::new("retract-question-acceptable"))),
        (None, None) => Err(Failure::refused(Message::new("retract-on-ledger"))),
    }
}

fn show(path: &std::path::Path, signed: &SignedStatement, terminal: &Terminal) -> Result<(), Failure> {
    let statement = signed.statement();
    let message = Message::new("retract-shown")
        .with("path", path)
        .with("type", Message::of_code("type", statement.body.name()))
        .with("time", wording::time(statement.time))
        .with("about", about(&statement.body));
    terminal.say(&message)
}

/// What a ministry's statement is about, in a few words.
fn about(body: &Body) -> String {
    match body {
        Body::Accredit(accreditation) => format!("{}, {}", accreditation.name, accreditation.place),
        Body::Suspend { school, .. } | Body::Resume { school, .. } => school.to_string(),
        Body::Compromise { key, .. } | Body::Rotate { key } => key.name().to_owned(),
        Body::Revoke { certificates, .. } | Body::Uphold(certificates) => certificates.len().to_string(),
        Body::Batch { .. } | Body::Replace(_) | Body::Require { .. } => String::new(),
    }
}
