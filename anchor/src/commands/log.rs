// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor log`: the statements of a ledger, and which of them count.

use anchor::{
    clock::Clock,
    follow::{self, FollowError},
    ledger::{Ledger, MAX_ENTRIES_PER_READ},
    trust::Pins,
    wording::{self, checkpoint_failure, follow_failure, open_failure, read_failure, trust_failure},
};
use cli::{Cell, Exit, Failure, Message, Table, Terminal, Tone};
use proof::{
    Timestamp,
    register::Refusal,
    replica::Replica,
    statement::{Body, LedgerEntry, SignedStatement},
};
use serde::Serialize;

use super::input::LedgerArg;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    ledger: LedgerArg,
    #[arg(long)]
    json: bool,
}

/// Every type of statement, as its `type` line has it.
#[cfg(test)]
pub(super) const TYPES: [&str; 10] =
    ["accredit", "batch", "revoke", "replace", "suspend", "resume", "rotate", "compromise", "uphold", "require"];

pub(super) async fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let pins = Pins::load(&args.ledger.folder()?).map_err(|error| trust_failure(&error))?;
    let ledger = follow::open(&args.ledger.location()?).await.map_err(|error| open_failure(&error))?;
    // Before the entries, or those appended meanwhile would seem to be missing.
    let published = ledger.checkpoint().await.map_err(|error| read_failure(&error))?;

    let headings = ["index", "admitted", "type", "issuer", "seq", "what", "counts"];
    let headings = headings.map(|heading| Message::of_code("column", heading));
    let mut table = Table::new(terminal.words(), &headings).right(0).right(4);
    let replica = replay(&*ledger, &pins, |entry| {
        if args.json {
            return terminal.line(&line(entry));
        }
        table.row(row(entry, terminal));
        Ok(())
    });
    let replica = replica.await?;
    match (args.json, table.is_empty()) {
        (true, _) => {}
        (false, true) => terminal.say(&Message::new("log-empty"))?,
        (false, false) => terminal.table(&table)?,
    }
    let verified = pins.policy.verify(&published, Clock::system().now()).map_err(|error| checkpoint_failure(&error))?;
    replica.contains(verified.checkpoint()).map_err(|error| follow_failure(&FollowError::Replica(error)))?;
    Ok(Exit::Ok)
}

/// An entry, and what replay makes of it.
struct Replayed {
    index: u64,
    admitted: Timestamp,
    note: Vec<u8>,
    outcome: Result<(), Refusal>,
}

async fn replay(
    ledger: &dyn Ledger,
    pins: &Pins,
    mut each: impl FnMut(&Replayed) -> Result<(), Failure>,
) -> Result<Replica, Failure> {
    let mut replica = Replica::new(ledger.origin().clone(), &pins.authorities);
    loop {
        let from = replica.tree().size().0;
        let entries = ledger.entries(from..from + MAX_ENTRIES_PER_READ).await.map_err(|error| read_failure(&error))?;
        for (index, bytes) in (from..).zip(&entries) {
            let outcome = replica.push(bytes).map_err(|error| follow_failure(&FollowError::Replica(error)))?;
            // What the replica takes is an entry.
            let Some(LedgerEntry { admitted, note }) = LedgerEntry::decode(bytes) else { continue };
            each(&Replayed { index, admitted, note, outcome })?;
        }
        if (entries.len() as u64) < MAX_ENTRIES_PER_READ {
            return Ok(replica);
        }
    }
}

/// A line of `--json`. Every key is always there; what does not apply or cannot be read is null.
#[derive(Serialize, Default)]
struct Line {
    /// Place on the ledger, from 0.
    index: u64,
    /// When the ledger took it in, RFC 3339 UTC.
    admitted: String,
    /// `accredit`, `batch` and so on.
    r#type: Option<&'static str>,
    /// The name of the key that signed.
    issuer: Option<String>,
    /// The number in the issuer's chain.
    seq: Option<u64>,
    /// When, in the signer's own word, RFC 3339 UTC.
    time: Option<String>,
    /// Whether it has an effect.
    counted: bool,
    /// The code of why it does not count.
    refusal: Option<&'static str>,
    /// `accredit`, `suspend`, `resume`: the school's key name.
    school: Option<String>,
    /// `accredit`, `rotate`, `compromise`: a verifier key.
    key: Option<String>,
    /// `accredit`: the school's name for people.
    name: Option<String>,
    /// `accredit`: the school's official number.
    number: Option<String>,
    /// `accredit`: where the school is.
    place: Option<String>,
    /// `accredit`: the Land, two digits.
    state: Option<String>,
    /// `accredit`: what the school may issue, `["*"]` for everything.
    kinds: Option<Vec<String>>,
    /// `accredit`: the period, RFC 3339 UTC.
    from: Option<String>,
    /// `accredit`: its end, not included.
    until: Option<String>,
    /// `batch`: what the certificates are.
    kind: Option<String>,
    /// `batch`: leaves, padding included.
    size: Option<u64>,
    /// `batch`: root, hex.
    root: Option<String>,
    /// The signed note as it stands on the ledger.
    note: Option<String>,
}

fn line(entry: &Replayed) -> String {
    let mut line = Line {
        index: entry.index,
        admitted: entry.admitted.to_string(),
        counted: entry.outcome.is_ok(),
        refusal: entry.outcome.err().map(Refusal::code),
        note: String::from_utf8(entry.note.clone()).ok(),
        ..Line::default()
    };
    if let Ok(signed) = SignedStatement::parse(entry.note.clone()) {
        let statement = signed.statement();
        line.r#type = Some(statement.body.name());
        line.issuer = Some(statement.issuer.to_string());
        line.seq = Some(statement.seq);
        line.time = Some(statement.time.to_string());
        line.fill(&statement.body);
    }
    serde_json::to_string(&line).expect("texts and numbers are JSON")
}

impl Line {
    fn fill(&mut self, body: &Body) {
        match body {
            Body::Accredit(accreditation) => {
                self.school = Some(accreditation.school.to_string());
                self.key = Some(accreditation.key.to_string());
                self.name = Some(accreditation.name.to_string());
                self.number = Some(accreditation.number.to_string());
                self.place = Some(accreditation.place.to_string());
                self.state = Some(accreditation.state.to_string());
                self.kinds = Some(accreditation.kinds.to_string().split(' ').map(str::to_owned).collect());
                self.from = Some(accreditation.from.to_string());
                self.until = Some(accreditation.until.to_string());
            }
            Body::Batch { kind, size, root } => {
                self.kind = Some(kind.to_string());
                self.size = Some(size.0);
                self.root = Some(root.to_string());
            }
            Body::Suspend { school, .. } | Body::Resume { school, .. } => self.school = Some(school.to_string()),
            Body::Rotate { key } | Body::Compromise { key, .. } => self.key = Some(key.to_string()),
            Body::Revoke { .. } | Body::Replace(_) | Body::Uphold(_) | Body::Require { .. } => {}
        }
    }
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
        statement.map_or_else(String::new, |statement| subject(&statement.body)).into(),
        counts,
    ]
}

/// What a statement is about, in a few words.
fn subject(body: &Body) -> String {
    match body {
        Body::Accredit(accreditation) => format!("{}, {}", accreditation.name, accreditation.place),
        Body::Batch { kind, .. } => kind.to_string(),
        Body::Suspend { school, .. } | Body::Resume { school, .. } => school.to_string(),
        Body::Rotate { key } | Body::Compromise { key, .. } => key.name().to_owned(),
        Body::Revoke { .. } | Body::Replace(_) | Body::Uphold(_) | Body::Require { .. } => String::new(),
    }
}
