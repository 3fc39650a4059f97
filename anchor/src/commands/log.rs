// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor log`: the statements of a ledger, and which of them count.

use anchor::{line::Line, wording};
use cli::{Cell, Exit, Failure, Message, Table, Terminal, Tone};
use proof::statement::SignedStatement;

use super::{
    input::PinnedLedgerArg,
    replay::{Replayed, replay, subject},
};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    ledger: PinnedLedgerArg,
    #[arg(long)]
    json: bool,
}

/// The columns of the table.
pub(super) const HEADINGS: [&str; 7] = ["index", "admitted", "type", "issuer", "seq", "what", "counts"];

/// Every type of statement, as its `type` line has it.
#[cfg(test)]
pub(super) const TYPES: [&str; 10] =
    ["accredit", "batch", "revoke", "replace", "suspend", "resume", "rotate", "compromise", "uphold", "require"];

pub(super) async fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let headings = HEADINGS.map(|heading| Message::of_code("column", heading));
    let mut table = Table::new(terminal.words(), &headings).right(0).right(4);
    let replayed = replay(&args.ledger, (!args.json).then_some(terminal), |entry, _| {
        if args.json {
            return terminal.line(&line(entry));
        }
        table.row(row(entry, terminal));
        Ok(())
    });
    let replayed = replayed.await;
    match (args.json, table.is_empty(), &replayed) {
        (true, ..) | (_, true, Err(_)) => {}
        (false, true, Ok(_)) => terminal.say(&Message::new("log-empty"))?,
        (false, false, _) => terminal.table(&table)?,
    }
    replayed.map(|_| Exit::Ok)
}

fn line(entry: &Replayed) -> String {
    let line = Line::new(entry.index, entry.admitted, &entry.note, entry.outcome.err());
    serde_json::to_string(&line).expect("texts and numbers are JSON")
}

fn row(entry: &Replayed, terminal: &Terminal) -> [Cell; 7] {
    let words = terminal.words();
    let signed = SignedStatement::parse(entry.note.clone()).ok();
    let statement = signed.as_ref().map(SignedStatement::statement);
    let kind = statement.map(|statement| words.text(&Message::of_code("type", statement.body.name())));
    let counts = match entry.outcome {
        Ok(()) => Cell::toned(&words.text(&Message::new("log-counts")), Tone::Good),
        Err(refusal) => {
            let message = Message::new("log-counts-not").with("reason", wording::refusal(refusal));
            Cell::toned(&words.text(&message), Tone::Bad)
        }
    };
    [
        words.number(entry.index).into(),
        words.time(wording::time(entry.admitted)).into(),
        kind.unwrap_or_else(|| words.text(&Message::new("log-unknown-type"))).into(),
        statement.map_or("", |statement| statement.issuer.as_str()).into(),
        statement.map_or_else(String::new, |statement| words.number(statement.seq)).into(),
        signed.as_ref().map_or_else(String::new, subject).into(),
        counts,
    ]
}
