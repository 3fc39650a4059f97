// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor schools`: who is accredited, for what, since when, and how they stand.

use std::collections::HashMap;

use anchor::{clock::Clock, wording};
use cli::{Cell, Exit, Failure, Message, Table, Terminal, Tone};
use proof::{
    Timestamp,
    batch::BatchRoot,
    key::KeyName,
    register::{IssuerStatus, RecordId, Register},
    statement::{Body, Land, SignedStatement},
    tree::LeafIndex,
};
use serde::Serialize;

use super::{
    concerned,
    input::{self, PinnedLedgerArg},
    replay::{Replayed, replay},
};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    ledger: PinnedLedgerArg,
    #[arg(long, value_name = "LAND", value_parser = input::land)]
    land: Option<Land>,
    #[arg(long)]
    all: bool,
    #[arg(long)]
    json: bool,
}

/// The columns of the table.
pub(super) const HEADINGS: [&str; 11] =
    ["state", "school", "place", "number", "key-name", "kinds", "since", "until", "status", "batches", "fingerprint"];

/// A line of `--json`. Every key is always there.
#[derive(Serialize)]
struct Line {
    /// The Land, two digits.
    state: String,
    /// The school's key name.
    school: String,
    /// Its name for people.
    name: String,
    /// Its official number.
    number: String,
    /// Where it is.
    place: String,
    /// What it may issue, `["*"]` for everything.
    kinds: Vec<String>,
    /// The period, RFC 3339 UTC.
    from: String,
    /// Its end, not included.
    until: String,
    /// The ledger index of the accreditation.
    index: u64,
    /// When the ledger took it in, RFC 3339 UTC.
    accredited: String,
    /// The index of the accreditation that took its place; null while it is in force.
    closed: Option<u64>,
    /// How the school stands now (`issuer_status`); null for a closed record.
    status: Option<&'static str>,
    /// Since when it is suspended, RFC 3339 UTC.
    suspended: Option<String>,
    /// Why it is suspended, the ministry's token.
    suspended_because: Option<String>,
    /// The verifier key that it has now, or had at last.
    key: String,
    /// The fingerprint of that key.
    fingerprint: String,
    /// How often it changed its key.
    rotations: usize,
    /// Batches that count.
    batches: usize,
    /// How many of them are void.
    void_batches: usize,
}

pub(super) async fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut batches = Batches::default();
    let replica = replay(&args.ledger, Some(terminal), |entry, _| {
        batches.note(entry);
        Ok(())
    });
    let replica = replica.await?;
    let (register, now) = (replica.register(), Clock::system().now());
    let wanted = |id: &RecordId| args.land.is_none_or(|land| register.record(*id).land() == land);
    let mut records: Vec<_> = if args.all {
        register.records().filter(wanted).collect()
    } else {
        register.open_records().filter(wanted).collect()
    };
    // Of one school, the oldest first.
    records.sort_by_key(|id| {
        (register.record(*id).land(), register.record(*id).school(), register.record(*id).accredited_at())
    });

    if args.json {
        for id in records {
            let line = serde_json::to_string(&line(register, id, &batches, now));
            terminal.line(&line.expect("texts and numbers are JSON"))?;
        }
        return Ok(Exit::Ok);
    }
    if records.is_empty() {
        terminal.say(&Message::new("schools-none"))?;
        return Ok(Exit::Ok);
    }
    let headings = HEADINGS.map(|heading| Message::of_code("column", heading));
    let mut table = Table::new(terminal.words(), &headings).right(9);
    for id in records {
        table.row(row(register, id, &batches, now, terminal));
    }
    terminal.table(&table)?;
    Ok(Exit::Ok)
}

/// The batches of each school that count.
#[derive(Default)]
struct Batches(HashMap<KeyName, Vec<(LeafIndex, BatchRoot)>>);

impl Batches {
    fn note(&mut self, entry: &Replayed) {
        let Ok(signed) = SignedStatement::parse(entry.note.clone()) else { return };
        if let (Ok(()), Body::Batch { size, root, .. }) = (entry.outcome, &signed.statement().body) {
            let batch = (LeafIndex(entry.index), BatchRoot { size: *size, root: *root });
            self.0.entry(signed.statement().issuer.clone()).or_default().push(batch);
        }
    }

    /// How many were issued under a record, and how many of them are void.
    fn of(&self, register: &Register, id: RecordId) -> (usize, usize) {
        let record = register.record(id);
        let noted = self.0.get(record.school()).map_or(&[][..], Vec::as_slice);
        let under = noted.iter().filter_map(|(index, root)| {
            let mut same = register.batches(record.land(), record.school(), *root);
            same.find(|batch| batch.index == *index && batch.record == id)
        });
        under.fold((0, 0), |(all, void), batch| (all + 1, void + usize::from(batch.void)))
    }
}

fn line(register: &Register, id: RecordId, batches: &Batches, now: Timestamp) -> Line {
    let record = register.record(id);
    let (accreditation, key) = (record.accreditation(), register.key_of(id));
    let is_open = record.closed_at().is_none();
    let suspension = register.suspension(record.land(), record.school()).filter(|_| is_open);
    let (batches, void_batches) = batches.of(register, id);
    Line {
        state: record.land().to_string(),
        school: record.school().to_string(),
        name: accreditation.name.to_string(),
        number: accreditation.number.to_string(),
        place: accreditation.place.to_string(),
        kinds: accreditation.kinds.to_string().split(' ').map(str::to_owned).collect(),
        from: accreditation.from.to_string(),
        until: accreditation.until.to_string(),
        index: record.accredited_at().0,
        accredited: record.accredited().to_string(),
        closed: record.closed_at().map(|index| index.0),
        status: is_open.then(|| register.issuer_status(id, now).code()),
        suspended: suspension.map(|suspension| suspension.since.to_string()),
        suspended_because: suspension.map(|suspension| suspension.reason.to_string()),
        key: key.to_string(),
        fingerprint: key.fingerprint().to_string(),
        rotations: record.rotations().len(),
        batches,
        void_batches,
    }
}

fn row(register: &Register, id: RecordId, batches: &Batches, now: Timestamp, terminal: &Terminal) -> [Cell; 11] {
    let words = terminal.words();
    let record = register.record(id);
    let accreditation = record.accreditation();
    let status = if record.closed_at().is_some() {
        Cell::from(words.text(&Message::new("schools-closed")))
    } else {
        let status = register.issuer_status(id, now);
        let tone = if status == IssuerStatus::Accredited { Tone::Good } else { Tone::Doubtful };
        Cell::toned(&words.text(&Message::of_code("issuer-status", status.code())), tone)
    };
    let shown = match batches.of(register, id) {
        (all, 0) => words.number(all as u64),
        (all, void) => words.text(&Message::new("schools-batches-void").with("all", all).with("void", void)),
    };
    [
        record.land().to_string().into(),
        accreditation.name.as_str().into(),
        accreditation.place.as_str().into(),
        accreditation.number.as_str().into(),
        record.school().as_str().into(),
        words.text(&Message::new("kinds-shown").with("kinds", concerned::kinds(&accreditation.kinds))).into(),
        words.date(wording::time(record.accredited())).into(),
        words.date(wording::time(accreditation.until)).into(),
        status,
        shown.into(),
        register.key_of(id).fingerprint().to_string().into(),
    ]
}
