// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor accredit`: a ministry signs a school's request, or those of a whole list of schools.

mod list;
mod standing;

use std::path::{Path, PathBuf};

use anchor::{
    clock::Clock,
    ministry::{
        Ministry, Terms,
        desk::{Desk, DeskError},
    },
    wording::{self, desk_failure, ministry_failure},
};
use cli::{Cell, Exit, Failure, Message, Table, Terminal, Tone};
use proof::{
    Timestamp,
    note::MAX_NOTE_BYTES,
    request::{Request, RequestError},
    statement::{Body, Kinds},
};

use standing::Standing;

use super::{
    concerned,
    errand::{Errand, ErrandArgs, Reach},
    input,
};

/// The columns of what would be signed.
pub(super) const HEADINGS: [&str; 9] =
    ["row", "school", "number", "place", "kinds", "from", "until", "fingerprint", "plan"];

/// The columns of what was signed.
pub(super) const DONE_HEADINGS: [&str; 6] = ["school", "place", "fingerprint", "ledger", "index", "file"];

/// How long an accreditation is valid if nobody says otherwise.
const YEARS: u32 = 5;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "REQUEST", required_unless_present = "csv")]
    request: Option<PathBuf>,
    #[arg(long, value_name = "FILE", conflicts_with = "request")]
    csv: Option<PathBuf>,
    #[arg(long, value_name = "LIST", value_parser = input::kinds)]
    kinds: Option<Kinds>,
    #[arg(long, value_name = "DATE", value_parser = input::date)]
    from: Option<Timestamp>,
    #[arg(long, value_name = "DATE", value_parser = input::date)]
    until: Option<Timestamp>,
    #[command(flatten)]
    errand: ErrandArgs,
}

/// What is wanted for a school; what is not given follows from the request and the time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Wish {
    kinds: Option<Kinds>,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

/// A school of the list, looked over.
struct Row {
    /// Its line in the file, from 1.
    line: u64,
    request: Request,
    terms: Terms,
    /// Whether the period was given, so that it has to be this one.
    given: Wish,
    /// Whether it is accredited like this already, on every ledger that is meant.
    done: bool,
    /// How it stands before; of several ledgers, where most would change.
    standing: Standing,
}

pub(super) async fn run(args: &Args, secret: Option<&PathBuf>, terminal: &Terminal) -> Result<Exit, Failure> {
    let wish = Wish { kinds: args.kinds.clone(), from: args.from, until: args.until };
    match (&args.request, &args.csv) {
        (Some(request), _) => accredit_one(request, &wish, args, secret, terminal).await,
        (None, Some(csv)) => accredit_all(csv, &wish, args, secret, terminal).await,
        (None, None) => Err(Failure::usage(Message::new("accredit-no-argument"))),
    }
}

async fn accredit_one(
    path: &Path,
    wish: &Wish,
    args: &Args,
    secret: Option<&PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let mut errand = Errand::open(&args.errand, secret, Reach::Named, terminal).await?;
    let request = read_request(path)?;
    let terms = wish.terms(&request, Clock::system().now())?;
    let body = errand.ministry.accreditation(&request, &terms).map_err(|error| ministry_failure(&error))?;
    show(&request, &terms, terminal)?;
    for desk in &errand.desks {
        Standing::find(desk, &request, &terms).tell(desk, &terms, terminal)?;
    }
    if !errand.draft(|_, _| Ok(vec![body.clone()]))? {
        return Ok(Exit::Ok);
    }
    errand.confirm(&Message::new("accredit-question"))?;
    errand.carry_out().await
}

/// Accredits every school of a list: all rows are looked over before the first is signed.
async fn accredit_all(
    path: &Path,
    wish: &Wish,
    args: &Args,
    secret: Option<&PathBuf>,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let lines = list::read(path)?;
    let mut errand = Errand::open(&args.errand, secret, Reach::Named, terminal).await?;
    if errand.desks.is_empty() {
        return errand.verdict();
    }
    let now = Clock::system().now();
    let (mut rows, mut bad) = (Vec::<Row>::new(), Vec::new());
    for (line, entry) in lines {
        let row = entry.and_then(|entry| look_over(line, &entry, wish, &rows, &errand.ministry, now));
        match row {
            Ok(row) => rows.push(row),
            Err(failure) => bad.push((line, failure)),
        }
    }
    for desk in &mut errand.desks {
        desk.check_free().map_err(|error| desk_failure(&error))?;
        for row in &mut rows {
            match draft(desk, &errand.ministry, row, now) {
                Ok(()) => {}
                Err(error @ DeskError::Refused(_)) => bad.push((row.line, desk_failure(&error))),
                Err(error) => return Err(desk_failure(&error)),
            }
        }
    }
    if !bad.is_empty() {
        return Err(bad_rows(path, bad));
    }
    plan(&rows, terminal)?;
    if rows.iter().all(|row| row.done) {
        terminal.say(&Message::new("accredit-csv-nothing"))?;
        return errand.verdict();
    }
    errand
        .confirm(&Message::new("accredit-csv-question").with("count", rows.iter().filter(|row| !row.done).count()))?;

    let mut table = Table::new(terminal.words(), &DONE_HEADINGS.map(|heading| Message::of_code("column", heading)));
    let went = errand
        .go_on(|origin, said, file| {
            let Body::Accredit(accreditation) = &said.signed.statement().body else { return Ok(()) };
            let index = said.appended.map_or_else(String::new, |done| terminal.words().number(done.index.0));
            table.row([
                accreditation.name.as_str().into(),
                accreditation.place.as_str().into(),
                accreditation.key.fingerprint().to_string().into(),
                origin.as_str().into(),
                index.into(),
                file.display().to_string().into(),
            ]);
            Ok(())
        })
        .await;
    if !table.is_empty() {
        terminal.table(&table)?;
    }
    went?;
    errand.verdict()
}

/// Signs a school of the list, unless it is accredited like this already.
fn draft(desk: &mut Desk, ministry: &Ministry, row: &mut Row, now: Timestamp) -> Result<(), DeskError> {
    if row.is_done(desk, now) {
        return Ok(());
    }
    row.done = false;
    row.standing = Standing::find(desk, &row.request, &row.terms).max(row.standing.clone());
    let body = ministry.accreditation(&row.request, &row.terms)?;
    desk.draft(ministry, body).map(|_| ())
}

/// Everything about a school that can be found out without a ledger.
fn look_over(
    line: u64,
    entry: &list::Entry,
    wish: &Wish,
    earlier: &[Row],
    ministry: &Ministry,
    now: Timestamp,
) -> Result<Row, Failure> {
    let request = read_request(&entry.request)?;
    let given = Wish {
        kinds: entry.kinds.clone().or_else(|| wish.kinds.clone()),
        from: entry.from.or(wish.from),
        until: entry.until.or(wish.until),
    };
    let terms = given.terms(&request, now)?;
    // For what it says about the Land.
    ministry.accreditation(&request, &terms).map_err(|error| ministry_failure(&error))?;
    if let Some(same) = earlier.iter().find(|row| row.request.school() == request.school()) {
        return Err(Failure::refused(Message::new("accredit-csv-twice").with("line", same.line)));
    }
    Ok(Row { line, request, terms, given, done: true, standing: Standing::New })
}

fn bad_rows(path: &Path, mut bad: Vec<(u64, Failure)>) -> Failure {
    bad.sort_by_key(|(line, _)| *line);
    let failure = Failure::refused(Message::new("accredit-csv-bad").with("path", path).with("count", bad.len()));
    let detail = |(line, failure): (u64, Failure)| {
        Message::new("accredit-csv-bad-row").with("line", line).with("reason", failure.message)
    };
    bad.into_iter().map(detail).fold(failure, Failure::detail)
}

/// Shows what would be signed.
fn plan(rows: &[Row], terminal: &Terminal) -> Result<(), Failure> {
    let words = terminal.words();
    let headings = HEADINGS.map(|heading| Message::of_code("column", heading));
    let mut table = Table::new(words, &headings).right(0);
    for row in rows {
        let plan = if row.done {
            Cell::toned(&words.text(&Message::new("accredit-csv-done")), Tone::Good)
        } else {
            row.standing.cell(words)
        };
        table.row([
            words.number(row.line).into(),
            row.request.name.as_str().into(),
            row.request.number.as_str().into(),
            row.request.place.as_str().into(),
            words.text(&Message::new("kinds-shown").with("kinds", concerned::kinds(&row.terms.kinds))).into(),
            words.date(wording::time(row.terms.from)).into(),
            words.date(wording::time(row.terms.until)).into(),
            row.request.key.fingerprint().to_string().into(),
            plan,
        ]);
    }
    terminal.table(&table)
}

impl Row {
    /// Whether the school is accredited with this key for this already, as after a list that was broken off.
    fn is_done(&self, desk: &Desk, now: Timestamp) -> bool {
        let register = desk.ahead();
        let Some(record) = register.open_record(self.request.state, &self.request.school()) else { return false };
        let accreditation = register.record(record).accreditation();
        *register.key_of(record) == self.request.key
            && accreditation.kinds == self.terms.kinds
            && self.given.from.is_none_or(|from| from == accreditation.from)
            && self.given.until.map_or(now < accreditation.until, |until| until == accreditation.until)
    }
}

impl Wish {
    fn terms(&self, request: &Request, now: Timestamp) -> Result<Terms, Failure> {
        let kinds = self.kinds.clone().unwrap_or_else(|| request.kinds.clone());
        let from = self.from.unwrap_or(now);
        let until = self.until.or_else(|| years_after(from, YEARS)).unwrap_or(from);
        if from >= until {
            let message = Message::new("accredit-empty-period");
            return Err(Failure::usage(message.with("from", wording::time(from)).with("until", wording::time(until))));
        }
        Ok(Terms { kinds, from, until })
    }
}

fn read_request(path: &Path) -> Result<Request, Failure> {
    let parsed = Request::parse(&input::read(path, MAX_NOTE_BYTES)?);
    parsed.map_err(|error| match error {
        RequestError::BadSignature => Failure::refused(Message::new("accredit-request-forged").with("path", path)),
        error => {
            Failure::refused(Message::new("accredit-no-request").with("path", path).with("text", error.to_string()))
        }
    })
}

/// The same day and time some years later; `None` after the year 9999.
fn years_after(time: Timestamp, years: u32) -> Option<Timestamp> {
    let text = time.to_string();
    let (year, rest) = text.split_at(4);
    let year = year.parse::<u32>().ok()? + years;
    let same_day = Timestamp::parse(&format!("{year}{rest}"));
    // Most years have no 29 February.
    same_day.or_else(|| Timestamp::parse(&format!("{year}-03-01{}", rest.get(6..)?)))
}

fn show(request: &Request, terms: &Terms, terminal: &Terminal) -> Result<(), Failure> {
    let summary = Message::new("accredit-request")
        .with("name", request.name.as_str())
        .with("number", request.number.as_str())
        .with("place", request.place.as_str())
        .with("land", wording::land(request.state))
        .with("kinds", concerned::kinds(&terms.kinds))
        .with("from", wording::time(terms.from))
        .with("until", wording::time(terms.until))
        .with("school", request.key.name())
        .with("fingerprint", request.key.fingerprint().to_string())
        .with("time", wording::time(request.time));
    terminal.say(&summary)?;
    if terms.kinds != request.kinds {
        terminal.say(&Message::new("accredit-other-kinds").with("kinds", concerned::kinds(&request.kinds)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_years_later_is_the_same_day() {
        let after = |text| years_after(Timestamp::parse(text)?, 5).map(|time| time.to_string());
        assert_eq!(after("2026-11-23T16:43:41Z").as_deref(), Some("2031-11-23T16:43:41Z"));
        assert_eq!(after("2028-02-29T23:59:59Z").as_deref(), Some("2033-03-01T23:59:59Z"));
        assert_eq!(after("9999-01-01T00:00:00Z"), None);
    }
}
