// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer endorse`: says again with a new key what was honest and has become void.

use std::io::{self, IsTerminal as _};

use clap::Args;
use cli::{Exit, Failure, Message, Table, Terminal};
use issuer::{config::Config, endorse::Void, register::Register};

use super::{open_key, open_session, resume};
use crate::wording;

#[derive(Debug, Args)]
pub(crate) struct Endorse {
    #[arg(long)]
    yes: bool,
}

impl Endorse {
    pub(crate) async fn run(self, config: Config, terminal: &Terminal) -> Result<Exit, Failure> {
        let (request, land) = (config.request.clone(), config.land);
        let failed = |error| wording::seal_failure(&error, &request, land);
        let key = open_key(&config, terminal)?;
        let mut session = open_session(config, terminal).await?;
        session.check_may_speak(key.verifying_key()).map_err(failed)?;
        resume::finish_earlier(&mut session, Some(&*key), terminal, &request, land).await?;
        let void = session.void().await.map_err(failed)?;
        if void.is_empty() {
            session.close().await;
            terminal.say(&Message::new("endorse-nothing"))?;
            return Ok(Exit::Ok);
        }
        show(&void, session.register(), terminal).await?;
        let ask = !self.yes && io::stdin().is_terminal();
        if ask && !terminal.confirm(&Message::new("endorse-question"))? {
            return Err(Failure::refused(Message::new("nothing-done")));
        }
        let said = session.endorse(&*key, &void).await.map_err(failed)?;
        session.close().await;
        terminal.say(&Message::new("endorse-done").with("count", said.len()))?;
        Ok(Exit::Ok)
    }
}

async fn show(void: &Void, register: &mut Register, terminal: &Terminal) -> Result<(), Failure> {
    let words = terminal.words();
    if !void.batches.is_empty() {
        let headings = ["list-number", "list-kind", "list-count", "list-date"].map(Message::new);
        let mut table = Table::new(words, &headings).right(0).right(2);
        for batch in &void.batches {
            let count = register.count(batch.number).await.map_err(|error| wording::register_failure(&error))?;
            let date = batch.admitted.map(|(_, admitted)| words.date(anchor::wording::time(admitted)));
            table.row([
                batch.number.to_string().into(),
                batch.kind().into(),
                words.number(count).into(),
                date.unwrap_or_default().into(),
            ]);
        }
        terminal.table(&table)?;
    }
    let withdrawals = void.revoked.len() + void.replaced.len();
    if withdrawals > 0 {
        terminal.say(&Message::new("endorse-withdrawals").with("count", withdrawals))?;
    }
    Ok(())
}
