// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer show`: one certificate.

use std::path::PathBuf;

use clap::Args;
use cli::{Exit, Failure, Message, Terminal};
use issuer::config::Config;

use super::{find, list, open_register, revoke::standing, view_if_there};
use crate::wording;

#[derive(Debug, Args)]
pub(crate) struct Show {
    #[arg(value_name = "ID")]
    what: PathBuf,
    #[arg(long)]
    json: bool,
}

impl Show {
    pub(crate) async fn run(self, config: &Config, terminal: &Terminal) -> Result<Exit, Failure> {
        let unknown = || Failure::refused(Message::new("show-unknown").with("what", self.what.display()));
        let mut register = open_register(config).await?.ok_or_else(unknown)?;
        let certificate = find(&mut register, &self.what).await?;
        let batches = register.batches().await.map_err(|error| wording::register_failure(&error))?;
        let batch = batches.iter().find(|row| row.number == certificate.batch).ok_or_else(unknown)?;
        let view = view_if_there(config, terminal).await;
        if self.json {
            terminal.line(&list::json(batch, &certificate, view.as_ref()))?;
            return Ok(Exit::Ok);
        }
        terminal.say(&Message::new("show-certificate").with("id", certificate.id.to_string()))?;
        terminal.say(&Message::new("show-copy").with("path", &batch.out.join(&certificate.output)))?;
        terminal.say(&Message::new("show-original").with("path", &certificate.source))?;
        terminal.say(&Message::new("show-digest").with("digest", certificate.digest.0.to_string()))?;
        let state = Message::of_code("batch-state", batch.state.code());
        terminal.say(
            &Message::new("show-batch")
                .with("number", batch.number.to_string())
                .with("kind", batch.kind())
                .with("state", state),
        )?;
        if let Some((index, admitted)) = batch.admitted {
            let time = anchor::wording::time(admitted);
            terminal.say(&Message::new("show-ledger").with("index", index.0.to_string()).with("time", time))?;
        }
        if let Some(view) = view {
            let standing = standing(view.withdrawal(certificate.id).as_ref());
            terminal.say(&Message::new("show-standing").with("standing", standing))?;
        }
        Ok(Exit::Ok)
    }
}
