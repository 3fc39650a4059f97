// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer list`: what was sealed.

use clap::Args;
use cli::{Exit, Failure, Message, Table, Terminal};
use issuer::{
    config::Config,
    register::{BatchRow, CertificateRow, Register},
    view::View,
};
use serde::Serialize;

use super::{
    open_register,
    revoke::{WithdrawnJson, standing},
    view_if_there,
};
use crate::wording;

#[derive(Debug, Args)]
pub(crate) struct List {
    #[arg(value_name = "NUMBER")]
    batch: Option<i64>,
    #[arg(long)]
    json: bool,
}

impl List {
    pub(crate) async fn run(self, config: &Config, terminal: &Terminal) -> Result<Exit, Failure> {
        let Some(mut register) = open_register(config).await? else { return Ok(say_nothing(terminal)) };
        let batches = register.batches().await.map_err(|error| wording::register_failure(&error))?;
        let wanted: Vec<_> =
            batches.iter().filter(|row| self.batch.is_none_or(|number| number == row.number)).collect();
        if wanted.is_empty() {
            return match self.batch {
                Some(number) => Err(Failure::refused(Message::new("list-no-batch").with("number", number.to_string()))),
                None => Ok(say_nothing(terminal)),
            };
        }
        if self.json {
            let view = view_if_there(config, terminal).await;
            for batch in wanted {
                for certificate in certificates(&mut register, batch).await? {
                    terminal.line(&json(batch, &certificate, view.as_ref()))?;
                }
            }
        } else if self.batch.is_some() {
            let view = view_if_there(config, terminal).await;
            for batch in wanted {
                certificate_table(batch, &certificates(&mut register, batch).await?, view.as_ref(), terminal)?;
            }
        } else {
            batch_table(&mut register, &wanted, terminal).await?;
        }
        Ok(Exit::Ok)
    }
}

fn say_nothing(terminal: &Terminal) -> Exit {
    terminal.remark(&Message::new("list-nothing"));
    Exit::Ok
}

async fn certificates(register: &mut Register, batch: &BatchRow) -> Result<Vec<CertificateRow>, Failure> {
    register.certificates(batch.number).await.map_err(|error| wording::register_failure(&error))
}

async fn batch_table(register: &mut Register, batches: &[&BatchRow], terminal: &Terminal) -> Result<(), Failure> {
    let words = terminal.words();
    let headings = [
        Message::new("list-number"),
        Message::new("list-kind"),
        Message::new("list-count"),
        Message::new("list-date"),
        Message::new("list-state"),
        Message::new("list-folder"),
    ];
    let mut table = Table::new(words, &headings).right(0).right(2);
    for batch in batches {
        let count = register.count(batch.number).await.map_err(|error| wording::register_failure(&error))?;
        let date = batch.admitted.map(|(_, admitted)| words.date(anchor::wording::time(admitted)));
        table.row([
            batch.number.to_string().into(),
            batch.kind().into(),
            words.number(count).into(),
            date.unwrap_or_default().into(),
            words.text(&Message::of_code("batch-state", batch.state.code())).into(),
            batch.out.to_string_lossy().into(),
        ]);
    }
    terminal.table(&table)
}

fn certificate_table(
    batch: &BatchRow,
    certificates: &[CertificateRow],
    view: Option<&View>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let words = terminal.words();
    let headings = ["column-file", "column-certificate", "column-standing"].map(Message::new);
    let mut table = Table::new(words, &headings[..if view.is_some() { 3 } else { 2 }]);
    for certificate in certificates {
        let path = batch.out.join(&certificate.output);
        let standing = view.map(|view| words.text(&standing(view.withdrawal(certificate.id).as_ref())));
        table.row([
            path.to_string_lossy().into(),
            certificate.id.to_string().into(),
            standing.unwrap_or_default().into(),
        ]);
    }
    terminal.table(&table)
}

/// A certificate as one JSON object; `withdrawn` is null, too, if the ledger cannot be read. The salt is left out: it belongs to the holder.
pub(super) fn json(batch: &BatchRow, certificate: &CertificateRow, view: Option<&View>) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        certificate: String,
        batch: i64,
        kind: &'a str,
        state: &'a str,
        source: String,
        output: String,
        detached: bool,
        digest: String,
        length: u64,
        leaf: u64,
        index: Option<u64>,
        admitted: Option<String>,
        withdrawn: Option<WithdrawnJson>,
    }
    let line = Line {
        certificate: certificate.id.to_string(),
        batch: batch.number,
        kind: batch.kind(),
        state: batch.state.code(),
        source: certificate.source.to_string_lossy().into_owned(),
        output: batch.out.join(&certificate.output).to_string_lossy().into_owned(),
        detached: batch.detached,
        digest: certificate.digest.0.to_string(),
        length: certificate.length,
        leaf: certificate.leaf.0,
        index: batch.admitted.map(|(index, _)| index.0),
        admitted: batch.admitted.map(|(_, admitted)| admitted.to_string()),
        withdrawn: view.and_then(|view| view.withdrawal(certificate.id)).as_ref().map(WithdrawnJson::new),
    };
    serde_json::to_string(&line).expect("strings and numbers")
}
