// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor suspend` and `anchor resume`: a school may make no statements for now, and may again.

use std::path::PathBuf;

use anchor::{
    clock::Clock,
    ministry::desk::{Desk, DeskError},
};
use cli::{Exit, Failure, Message, Terminal};
use proof::{
    key::KeyName,
    register::Refusal,
    statement::{Body, Token},
};

use super::{
    concerned,
    errand::{Errand, ErrandArgs, Reach},
    input,
};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "NAME", value_parser = input::key_name)]
    school: KeyName,
    #[arg(long, value_name = "REASON", value_parser = input::token)]
    reason: Token,
    #[command(flatten)]
    errand: ErrandArgs,
}

/// Stops a school, on every ledger where it has a record.
pub(super) async fn suspend(args: &Args, secret: Option<&PathBuf>, terminal: &Terminal) -> Result<Exit, Failure> {
    let body = Body::Suspend { school: args.school.clone(), reason: args.reason.clone() };
    let errand = Errand::open(&args.errand, secret, Reach::Every, terminal).await?;
    say(args, errand, &body, &Message::new("suspend-question"), terminal).await
}

/// Lets a school go on, where the ministry says so: the reason may be gone on one ledger and not on another.
pub(super) async fn resume(args: &Args, secret: Option<&PathBuf>, terminal: &Terminal) -> Result<Exit, Failure> {
    let body = Body::Resume { school: args.school.clone(), reason: args.reason.clone() };
    let errand = Errand::open(&args.errand, secret, Reach::Named, terminal).await?;
    say(args, errand, &body, &Message::new("resume-question"), terminal).await
}

async fn say(
    args: &Args,
    mut errand: Errand<'_>,
    body: &Body,
    question: &Message,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    // Before it is drafted, since a draft counts already where it is weighed.
    let land = errand.ministry.land();
    let knows = |desk: &&Desk| !desk.has_ledger() || desk.ahead().open_record(land, &args.school).is_some();
    if let Some(desk) = errand.desks.iter().find(knows) {
        concerned::show_school(desk, land, &args.school, Clock::system().now(), terminal)?;
    }
    let is_new = errand.draft(|ministry, desk| {
        if desk.has_ledger() && desk.ahead().open_record(ministry.land(), &args.school).is_none() {
            return Err(DeskError::Refused(Refusal::UnknownSchool));
        }
        Ok(vec![body.clone()])
    })?;
    if !is_new {
        return Ok(Exit::Ok);
    }
    terminal.say(&Message::new("suspend-reason").with("reason", args.reason.as_str()))?;
    errand.confirm(question)?;
    errand.carry_out().await
}
