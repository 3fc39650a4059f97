// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer resume`: finishes what earlier runs left.

use std::path::Path;

use clap::Args;
use cli::{Exit, Failure, Message, Terminal};
use issuer::{
    config::Config,
    seal::{Finished, Sealed, Session},
};
use proof::{
    key::Signer,
    statement::{Body, Land},
};

use super::{issue, open_key, open_session};
use crate::wording;

#[derive(Debug, Args)]
pub(crate) struct Resume {
    #[arg(long)]
    without_missing: bool,
}

impl Resume {
    pub(crate) async fn run(self, config: Config, terminal: &Terminal) -> Result<Exit, Failure> {
        let (request, land) = (config.request.clone(), config.land);
        let mut session = open_session(config.clone(), terminal).await?;
        let (finished, mut said) = finish_earlier(&mut session, None, terminal, &request, land).await?;
        let mut outcome = Ok(Exit::Ok);
        for sealed in finished.iter().filter_map(|finished| match finished {
            Finished::Sealed(sealed) => Some(sealed),
            Finished::Discarded { .. } => None,
        }) {
            if self.without_missing && !sealed.lost.is_empty() {
                let closed = session.close_without(sealed).await;
                closed.map_err(|error| wording::seal_failure(&error, &request, land))?;
                terminal.say(&Message::new("resume-without").with("count", sealed.lost.len()))?;
            } else {
                outcome = outcome.and(exit_of(sealed));
            }
        }
        let failed = |error| wording::seal_failure(&error, &request, land);
        if session.needs_key().await.map_err(failed)? {
            let key = open_key(&config, terminal)?;
            said += finish_statements(&mut session, &*key, terminal, &request, land).await?;
        }
        if finished.is_empty() && said == 0 {
            terminal.say(&Message::new("resume-nothing"))?;
        }
        session.close().await;
        outcome
    }
}

/// Finishes what earlier runs left, and says what that was; statements only with the school's key. Gives the batches, and
/// how many statements there were.
pub(super) async fn finish_earlier(
    session: &mut Session,
    key: Option<&dyn Signer>,
    terminal: &Terminal,
    request: &Path,
    land: Land,
) -> Result<(Vec<Finished>, usize), Failure> {
    let progress = terminal.progress(&Message::new("resume-writing"), 0);
    let finished = session.resume(&issue::observe(&progress)).await;
    progress.finish();
    let finished = finished.map_err(|error| wording::seal_failure(&error, request, land))?;
    for finished in &finished {
        match finished {
            Finished::Sealed(sealed) => {
                let count = sealed.certificates.len() - sealed.lost.len();
                terminal.remark(&Message::new("resume-finished").with("count", count).with("out", &sealed.batch.out));
            }
            Finished::Discarded { certificates } => {
                terminal.remark(&Message::new("resume-discarded").with("count", *certificates));
            }
        }
    }
    let said = match key {
        Some(key) => finish_statements(session, key, terminal, request, land).await?,
        None => 0,
    };
    Ok((finished, said))
}

/// Says what earlier runs were to say and did not.
async fn finish_statements(
    session: &mut Session,
    key: &dyn Signer,
    terminal: &Terminal,
    request: &Path,
    land: Land,
) -> Result<usize, Failure> {
    let failed = |error| wording::seal_failure(&error, request, land);
    let mut said = session.deliver(key).await.map_err(failed)?;
    said.extend(session.replace_planned(key).await.map_err(failed)?);
    for row in &said {
        let message = match &row.signed.statement().body {
            Body::Revoke { certificates, .. } => Message::new("resume-revoked").with("count", certificates.len()),
            Body::Replace(pairs) => Message::new("resume-replaced").with("count", pairs.len()),
            _ => Message::new("resume-endorsed"),
        };
        terminal.remark(&message);
    }
    Ok(said.len())
}

/// Success, unless originals were gone before their copies were written.
pub(super) fn exit_of(sealed: &Sealed) -> Result<Exit, Failure> {
    if sealed.lost.is_empty() {
        return Ok(Exit::Ok);
    }
    let lost = sealed.certificates.iter().filter(|row| sealed.lost.contains(&row.id));
    let failure = Failure::undecided(Message::new("resume-missing").with("count", sealed.lost.len()));
    Err(lost
        .fold(failure, |failure, row| failure.detail(Message::new("resume-missing-file").with("path", &row.source))))
}
