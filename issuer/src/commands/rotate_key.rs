// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer rotate-key`: goes over to a new key.

use std::{
    io::{self, IsTerminal as _},
    path::Path,
};

use anchor::{keys, wording::private_key_failure};
use clap::Args;
use cli::{Exit, Failure, Message, Terminal};
use issuer::{
    config::{Config, KeyChange},
    rotate::{Rotation, check_rotations},
    seal::{SealError, Session},
};

use super::{open_session, open_view, resume};
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
        check_before(&config).await?;
        let ask = !self.yes && io::stdin().is_terminal();
        if ask && !terminal.confirm(&Message::new("rotate-question"))? {
            return Err(Failure::refused(Message::new("nothing-done")));
        }
        let renewed = keys::renew(&config.key, &config.name, &config.unlock(terminal));
        let renewed = renewed.map_err(|error| private_key_failure(&error))?;
        let mut session = open_session(config, terminal).await?;
        if session.is_present_key(renewed.new.verifying_key()) {
            // Whoever put an older configuration back has the new key already.
            write(KeyChange::Done, path)?;
            session.close().await;
            return say_done(path, terminal);
        }
        session.check_may_speak(renewed.old.verifying_key()).map_err(failed)?;
        resume::finish_earlier(&mut session, Some(&*renewed.old), terminal, &request, land).await?;

        write(KeyChange::Begun, path)?;
        if let Err(error) = session.stage_rotation(&*renewed.old, &*renewed.new).await {
            write(KeyChange::TakenBack, path)?;
            return Err(failed(error));
        }
        let concluded = conclude(&mut session, path).await?;
        session.close().await;
        match concluded {
            Concluded::Done => say_done(path, terminal),
            Concluded::TakenBack(message) => Err(Failure::refused(message)),
        }
    }
}

/// What can be known without a key: a new one is not made in vain.
async fn check_before(config: &Config) -> Result<(), Failure> {
    let view = open_view(config).await?;
    let Some(record) = view.register().open_record(config.land, &config.name) else { return Ok(()) };
    let checked = check_rotations(view.register().record(record)).map_err(SealError::MayNotIssue);
    checked.map_err(|error| wording::seal_failure(&error, &config.request, config.land))
}

/// Finishes a change of the key that an earlier run has begun, and gives the configuration as it is then.
pub(crate) async fn settle(path: &Path, config: Config, terminal: &Terminal) -> Result<Config, Failure> {
    let option = config.passphrase.option.clone();
    let mut session = open_session(config, terminal).await?;
    let concluded = conclude(&mut session, path).await?;
    session.close().await;
    let mut config = load(path)?;
    config.passphrase.option = option;
    terminal.remark(&match concluded {
        Concluded::Done => Message::new("rotate-adopted").with("key", config.key.to_string()),
        Concluded::TakenBack(message) => message,
    });
    Ok(config)
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
    match session.settle_rotation().await.map_err(|error| open(failed(error)))? {
        Rotation::Counted(row) => {
            write(KeyChange::Done, path).map_err(open)?;
            session.close_rotation(&row).await.map_err(failed)?;
            Ok(Concluded::Done)
        }
        Rotation::Overtaken(reason) => {
            write(KeyChange::TakenBack, path)?;
            let reason = anchor::wording::refusal(reason);
            Ok(Concluded::TakenBack(Message::new("rotate-taken-back").with("reason", reason)))
        }
        Rotation::NotBegun => {
            write(KeyChange::TakenBack, path)?;
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

fn say_done(path: &Path, terminal: &Terminal) -> Result<Exit, Failure> {
    terminal.say(&Message::new("rotate-done").with("key", load(path)?.key.to_string()))?;
    Ok(Exit::Ok)
}
