// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer rotate-key`: goes over to a new key.

use std::{
    io::{self, IsTerminal as _},
    path::Path,
};

use anchor::{
    keys::{self, KeyPlace},
    wording::private_key_failure,
};
use clap::Args;
use cli::{Exit, Failure, Message, Terminal};
use issuer::{
    config::{Config, KeyChange},
    register::StatementState,
    request,
    rotate::{Rotation, check_rotations},
    seal::{SealError, Session},
    view::View,
};
use proof::{key::VerifyingKey, statement::Body};

use super::{open_key, open_register, open_session, open_view, resume};
use crate::wording;

#[derive(Debug, Args)]
pub(crate) struct RotateKey {
    #[arg(long)]
    yes: bool,
}

impl RotateKey {
    pub(crate) async fn run(self, path: &Path, config: Config, terminal: &Terminal) -> Result<Exit, Failure> {
        let (request, land) = (config.request.clone(), config.land);
        let failed = |error: SealError| wording::seal_failure(&error, &request, land);
        if check_before(&config, terminal).await? == Before::Changed {
            return say_done(path, terminal);
        }
        let ask = !self.yes && io::stdin().is_terminal();
        if ask && !terminal.confirm(&Message::new("rotate-question"))? {
            return Err(Failure::refused(Message::new("nothing-done")));
        }
        let renewed = keys::renew(&config.key, &config.name, &config.unlock(terminal));
        let renewed = renewed.map_err(|error| private_key_failure(&error))?;
        let mut session = open_session(config, terminal).await?;
        let asked = session.request_with(renewed.new.verifying_key()).map_err(failed)?;
        let prepare =
            || request::prepare(&request, &asked, &*renewed.new).map_err(|error| wording::setup_failure(&error));
        if session.is_present_key(renewed.new.verifying_key()) {
            // Whoever put an older configuration back has the new key already.
            prepare()?;
            adopt(path, &request)?;
            session.close().await;
            return say_done(path, terminal);
        }
        session.check_may_speak(renewed.old.verifying_key()).map_err(failed)?;
        resume::finish_earlier(&mut session, Some(&*renewed.old), terminal, &request, land).await?;

        write(KeyChange::Begun, path)?;
        let mut staged = prepare();
        if staged.is_ok() {
            staged = session.stage_rotation(&*renewed.old, &*renewed.new).await.map_err(failed);
        }
        if let Err(failure) = staged {
            take_back(path, &request)?;
            return Err(failure);
        }
        let concluded = conclude(&mut session, path).await?;
        session.close().await;
        match concluded {
            Concluded::Done => say_done(path, terminal),
            Concluded::TakenBack(message) => Err(Failure::refused(message)),
        }
    }
}

/// Whether there is a key to be changed.
#[derive(PartialEq, Eq)]
enum Before {
    Unchanged,
    /// An earlier run has changed it and did not live to note that, or could not: it said that it was not known.
    Changed,
}

/// What can be known before a new key is made: it is not made in vain.
async fn check_before(config: &Config, terminal: &Terminal) -> Result<Before, Failure> {
    let failed = |error: SealError| wording::seal_failure(&error, &config.request, config.land);
    let view = open_view(config).await?;
    if let Some(key) = unnoted_change(config, &view).await?
        && *open_key(config, terminal)?.verifying_key() == key
    {
        let mut session = open_session(config.clone(), terminal).await?;
        if let Rotation::Counted(row) = session.settle_rotation().await.map_err(failed)? {
            session.close_rotation(&row).await.map_err(failed)?;
        }
        session.close().await;
        return Ok(Before::Changed);
    }
    let Some(record) = view.register().open_record(config.land, &config.name) else { return Ok(Before::Unchanged) };
    check_rotations(view.register().record(record)).map_err(SealError::MayNotIssue).map_err(failed)?;
    Ok(Before::Unchanged)
}

/// The new key of a change that the ledger has and the school's register has not yet.
async fn unnoted_change(config: &Config, view: &View) -> Result<Option<VerifyingKey>, Failure> {
    let Some(mut register) = open_register(config).await? else { return Ok(None) };
    let statements = register.statements().await.map_err(|error| wording::register_failure(&error))?;
    register.close().await;
    let unnoted = statements.iter().filter(|row| row.state == StatementState::Staged);
    let mut changed = unnoted.filter(|row| view.register().find(row.signed.text_hash()).is_some());
    Ok(changed.find_map(|row| match &row.signed.statement().body {
        Body::Rotate { key } => Some(key.clone()),
        _ => None,
    }))
}

/// Finishes a change of the key that an earlier run has begun. Gives the configuration as it is then, and whether the key
/// is another one.
pub(crate) async fn settle(path: &Path, config: Config, terminal: &Terminal) -> Result<(Config, bool), Failure> {
    let option = config.passphrase.option.clone();
    let mut session = open_session(config, terminal).await?;
    let concluded = conclude(&mut session, path).await?;
    session.close().await;
    let mut config = load(path)?;
    config.passphrase.option = option;
    let is_changed = matches!(concluded, Concluded::Done);
    terminal.remark(&match concluded {
        Concluded::Done => done(Message::new("rotate-adopted"), &config),
        Concluded::TakenBack(message) => message,
    });
    Ok((config, is_changed))
}

/// How a change of the key has ended.
enum Concluded {
    Done,
    /// The old key goes on, and this is why.
    TakenBack(Message),
}

/// Everything after the statement was noted, for a run that goes through and for one that comes after a crash.
async fn conclude(session: &mut Session, path: &Path) -> Result<Concluded, Failure> {
    let (request, land) = session.asks();
    let failed = |error: SealError| wording::seal_failure(&error, &request, land);
    let open = |failure: Failure| failure.detail(Message::new("rotate-open"));
    let unfinished = |failure: Failure| Failure::undecided(Message::new("rotate-open")).detail(failure.message);
    match session.settle_rotation().await.map_err(|error| open(failed(error)))? {
        Rotation::Counted(row) => {
            adopt(path, &request).map_err(unfinished)?;
            // All that matters is done; the next run notes that.
            let _ = session.close_rotation(&row).await;
            Ok(Concluded::Done)
        }
        Rotation::Overtaken(reason) => {
            take_back(path, &request)?;
            let reason = anchor::wording::refusal(reason);
            Ok(Concluded::TakenBack(Message::new("rotate-taken-back").with("reason", reason)))
        }
        Rotation::NotBegun => {
            take_back(path, &request)?;
            Ok(Concluded::TakenBack(Message::new("rotate-not-begun")))
        }
    }
}

fn load(path: &Path) -> Result<Config, Failure> {
    Config::load(path).map_err(|error| wording::config_failure(&error))
}

fn write(change: KeyChange, path: &Path) -> Result<(), Failure> {
    change.write(path).map_err(|error| wording::config_failure(&error))
}

/// The request first: while the configuration still says that a change has begun, the next command does all of this.
fn adopt(path: &Path, request: &Path) -> Result<(), Failure> {
    request::adopt(request).map_err(|error| wording::setup_failure(&error))?;
    write(KeyChange::Done, path)
}

fn take_back(path: &Path, request: &Path) -> Result<(), Failure> {
    request::forget(request).map_err(|error| wording::setup_failure(&error))?;
    write(KeyChange::TakenBack, path)
}

fn say_done(path: &Path, terminal: &Terminal) -> Result<Exit, Failure> {
    terminal.say(&done(Message::new("rotate-done"), &load(path)?))?;
    Ok(Exit::Ok)
}

fn done(message: Message, config: &Config) -> Message {
    let message = message.with("key", config.key.to_string()).with("place", place(&config.key));
    message.with("request", &config.request)
}

/// Where a key is, for words about its backup: one in a token has none.
pub(super) fn place(key: &KeyPlace) -> &'static str {
    match key {
        KeyPlace::File(_) => "file",
        KeyPlace::Token(_) => "token",
    }
}
