// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor accredit`: a ministry signs a school's request. Needs no ledger.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anchor::{
    clock::Clock,
    host,
    ministry::{CONFIG_FILE, Ministry, MinistryError, Terms},
    wording::{self, ministry_failure},
};
use cli::{Arg, Exit, Failure, Message, Terminal};
use proof::{
    Timestamp,
    note::MAX_NOTE_BYTES,
    request::{Request, RequestError},
    statement::Kinds,
};

use super::input;

/// How long an accreditation is valid if nobody says otherwise.
const YEARS: u32 = 5;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "REQUEST")]
    request: PathBuf,
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[arg(long, value_name = "DIR")]
    authority: Option<PathBuf>,
    #[arg(long, value_name = "LIST", value_parser = input::kinds)]
    kinds: Option<Kinds>,
    #[arg(long, value_name = "DATE", value_parser = input::date)]
    from: Option<Timestamp>,
    #[arg(long, value_name = "DATE", value_parser = input::date)]
    until: Option<Timestamp>,
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let ministry = Ministry::open(&folder(args)?).map_err(|error| ministry_failure(&error))?;
    let request = read_request(&args.request)?;
    let (got, wanted) = (request.state, ministry.pin().land);
    if got != wanted {
        return Err(ministry_failure(&MinistryError::OtherLand { got, wanted }));
    }
    let now = Clock::system().now();
    let terms = terms(args, &request, now)?;
    check_free(&args.out)?;

    show(&request, &terms, terminal)?;
    if !args.yes && !terminal.confirm(&Message::new("accredit-question"))? {
        return Err(Failure::refused(Message::new("accredit-declined")));
    }
    let signed = ministry.accredit(&request, &terms, now).map_err(|error| ministry_failure(&error))?;
    let kept = ministry.statement_file(signed.statement().seq);
    host::create_file(&args.out, signed.note(), false).map_err(|error| {
        let message = Message::new("accredit-not-written").with("path", &args.out).with("reason", &error);
        Failure::refused(message.with("kept", &kept))
    })?;
    terminal.say(&Message::new("accredit-done").with("path", &args.out).with("kept", &kept))?;
    Ok(Exit::Ok)
}

/// `--authority`, else the environment, else the current folder if it is a ministry's.
fn folder(args: &Args) -> Result<PathBuf, Failure> {
    let here = || Path::new(CONFIG_FILE).is_file().then(|| PathBuf::from("."));
    let folder = args.authority.clone().or_else(|| input::from_environment("SCHULSIEGEL_AUTHORITY")).or_else(here);
    folder.ok_or_else(|| Failure::usage(Message::new("accredit-which-authority")))
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

fn terms(args: &Args, request: &Request, now: Timestamp) -> Result<Terms, Failure> {
    let kinds = args.kinds.clone().unwrap_or_else(|| request.kinds.clone());
    let from = args.from.unwrap_or(now);
    let until = args.until.or_else(|| years_after(from, YEARS)).unwrap_or(from);
    if from >= until {
        let message = Message::new("accredit-empty-period");
        return Err(Failure::usage(message.with("from", wording::time(from)).with("until", wording::time(until))));
    }
    Ok(Terms { kinds, from, until })
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

/// Finds out before the signature, not after it, that the file cannot be written under its name.
fn check_free(out: &Path) -> Result<(), Failure> {
    let cannot_write = |kind: io::ErrorKind| Failure::cannot_write(Exit::Usage, out, &kind.into());
    if fs::symlink_metadata(out).is_ok() {
        return Err(cannot_write(io::ErrorKind::AlreadyExists));
    }
    if host::parent(out).is_dir() { Ok(()) } else { Err(cannot_write(io::ErrorKind::NotFound)) }
}

fn show(request: &Request, terms: &Terms, terminal: &Terminal) -> Result<(), Failure> {
    let of = |kinds: &Kinds| match kinds {
        Kinds::All => Arg::from(Message::new("accredit-all-kinds")),
        Kinds::These(_) => kinds.to_string().replace(' ', ", ").into(),
    };
    let summary = Message::new("accredit-request")
        .with("name", request.name.as_str())
        .with("number", request.number.as_str())
        .with("place", request.place.as_str())
        .with("land", wording::land(request.state))
        .with("kinds", of(&terms.kinds))
        .with("from", wording::time(terms.from))
        .with("until", wording::time(terms.until))
        .with("school", request.key.name())
        .with("fingerprint", request.key.fingerprint().to_string())
        .with("time", wording::time(request.time));
    terminal.say(&summary)?;
    if terms.kinds != request.kinds {
        terminal.say(&Message::new("accredit-other-kinds").with("kinds", of(&request.kinds)))?;
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
