// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor fsck`: looks a whole ledger over and changes nothing.

use anchor::{
    clock::Clock,
    fsck::{Finding, Report},
    memory::Memory,
    wording::{self, open_failure},
};
use cli::{Exit, Failure, Message, Terminal};
use serde_json::json;

use super::input::LedgerArg;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    ledger: LedgerArg,
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let report = args.ledger.home()?.fsck(Clock::system().now(), Memory::of_user().as_ref()).await;
    let report = report.map_err(|error| open_failure(&error))?;
    if args.json {
        terminal.line(&line(&report))?;
        return Ok(if report.findings.is_empty() { Exit::Ok } else { Exit::Refused });
    }
    let entries = Message::new("fsck-entries").with("count", report.entries);
    terminal.say(&entries.with("root", report.root.to_string()))?;
    for (index, refusal) in &report.uncounted {
        let message = Message::new("fsck-uncounted").with("index", *index);
        terminal.say(&message.with("reason", wording::refusal(*refusal)).with("code", refusal.code()))?;
    }
    if report.findings.is_empty() {
        terminal.say(&Message::new("fsck-clean"))?;
        return Ok(Exit::Ok);
    }
    let failure = Failure::refused(Message::new("fsck-not-clean").with("count", report.findings.len()));
    Err(report.findings.iter().map(describe).fold(failure, Failure::detail))
}

/// The answer of `--json`: one object with all keys.
fn line(report: &Report) -> String {
    let uncounted = report.uncounted.iter().map(|(index, refusal)| json!({"index": index, "refusal": refusal.code()}));
    let findings = report.findings.iter().map(|finding| json!({"code": finding.code(), "text": finding.to_string()}));
    json!({
        "clean": report.findings.is_empty(),
        "entries": report.entries,
        "root": report.root.to_string(),
        "uncounted": uncounted.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
    })
    .to_string()
}

fn describe(finding: &Finding) -> Message {
    let message = Message::of_code("finding", finding.code());
    match finding {
        Finding::Database(text) | Finding::Entry(text) => message.with("text", text),
        Finding::RolledBack { got, wanted } | Finding::Older { got, wanted } => {
            message.with("got", *got).with("wanted", *wanted)
        }
        Finding::Unpublished(count) => message.with("count", *count),
        _ => message,
    }
}
