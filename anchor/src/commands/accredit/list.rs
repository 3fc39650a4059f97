// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The list of schools for `anchor accredit --csv`, as a spreadsheet saves it.

The first row names the columns, in any order: `antrag` or `request` (the file of the request, counted from the list's
folder), and, where wanted, `arten`/`kinds`, `von`/`from`, `bis`/`until`. Further columns are passed over, so that a list
may hold what the ministry needs besides. Between columns stands `;` or `,`, whichever the first row has. Text is UTF-8,
with or without the mark that Excel puts first.
*/

use std::path::{Path, PathBuf};

use anchor::host;
use cli::{Failure, Message};
use csv::{ReaderBuilder, StringRecord, Trim};
use proof::{Timestamp, statement::Kinds};

use crate::commands::input;

/// Ten thousand schools with a path of a few hundred characters each.
const MAX_BYTES: usize = 8 << 20;

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) request: PathBuf,
    pub(super) kinds: Option<Kinds>,
    pub(super) from: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
}

/// Where the columns are.
struct Columns {
    request: usize,
    kinds: Option<usize>,
    from: Option<usize>,
    until: Option<usize>,
}

/// A row with its line in the file, from 1: what it says, or what is wrong with it.
pub(super) type Line = (u64, Result<Entry, Failure>);

/// Reads every row of a list that is not empty.
pub(super) fn read(path: &Path) -> Result<Vec<Line>, Failure> {
    let bytes = input::read(path, MAX_BYTES)?;
    let text = str::from_utf8(&bytes);
    let text = text.map_err(|_| Failure::usage(Message::new("accredit-csv-not-utf8").with("path", path)))?;
    parse(text, host::parent(path), path)
}

fn parse(text: &str, base: &Path, path: &Path) -> Result<Vec<Line>, Failure> {
    // So that lines are counted as an editor counts them.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let (separator, text, skipped) = separator(&text);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .trim(Trim::All)
        // A row that is too short or too long is told like any other that is wrong.
        .flexible(true)
        .from_reader(text.as_bytes());
    let unreadable = |error: csv::Error| {
        Failure::usage(Message::new("accredit-csv-unreadable").with("path", path).with("text", error.to_string()))
    };
    let columns = Columns::find(reader.headers().map_err(unreadable)?, path)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(0, csv::Position::line) + skipped;
        if record.iter().any(|cell| !cell.is_empty()) {
            rows.push((line, columns.entry(&record, base)));
        }
    }
    if rows.is_empty() {
        return Err(Failure::usage(Message::new("accredit-csv-empty").with("path", path)));
    }
    Ok(rows)
}

/// What separates columns, and the text without the row by which a spreadsheet says it (`sep=;`).
fn separator(text: &str) -> (u8, &str, u64) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) => (*separator, rest, 1),
        _ if first.contains(';') => (b';', text, 0),
        _ => (b',', text, 0),
    }
}

impl Columns {
    fn find(headings: &StringRecord, path: &Path) -> Result<Self, Failure> {
        let place =
            |names: [&str; 2]| headings.iter().position(|heading| names.contains(&heading.to_lowercase().as_str()));
        let request = place(["antrag", "request"]);
        let missing = || Failure::usage(Message::new("accredit-csv-no-column").with("path", path));
        Ok(Self {
            request: request.ok_or_else(missing)?,
            kinds: place(["arten", "kinds"]),
            from: place(["von", "from"]),
            until: place(["bis", "until"]),
        })
    }

    fn entry(&self, record: &StringRecord, base: &Path) -> Result<Entry, Failure> {
        let cell = |column: Option<usize>| column.and_then(|column| record.get(column)).filter(|cell| !cell.is_empty());
        let request = cell(Some(self.request));
        let request = request.ok_or_else(|| Failure::refused(Message::new("accredit-csv-no-request")))?;
        Ok(Entry {
            request: base.join(request),
            kinds: cell(self.kinds).map(input::kinds).transpose()?,
            from: cell(self.from).map(day).transpose()?,
            until: cell(self.until).map(day).transpose()?,
        })
    }
}

/// A day as on the command line, or as German spreadsheets write it: `31.07.2031`.
fn day(text: &str) -> Result<Timestamp, Failure> {
    let parts: Vec<_> = text.split('.').collect();
    match parts[..] {
        [day, month, year] => {
            let day = format!("{year}-{month:0>2}-{day:0>2}");
            input::date(&day).map_err(|_| Failure::usage(Message::new("accredit-csv-bad-date").with("text", text)))
        }
        _ => input::date(text).map_err(|_| Failure::usage(Message::new("accredit-csv-bad-date").with("text", text))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = (u64, Result<Entry, String>);

    fn rows(text: &str) -> Result<Vec<Row>, String> {
        let id = |failure: Failure| failure.message.id().to_owned();
        let rows = parse(text, Path::new("/list"), Path::new("list.csv")).map_err(id)?;
        Ok(rows.into_iter().map(|(line, row)| (line, row.map_err(id))).collect())
    }

    fn entry(request: &str, kinds: Option<&str>, from: Option<&str>, until: Option<&str>) -> Entry {
        let day = |text: Option<&str>| text.map(|text| Timestamp::parse(&format!("{text}T00:00:00Z")).expect("a day"));
        let kinds = kinds.map(|kinds| Kinds::parse(kinds).expect("kinds"));
        Entry { request: Path::new("/list").join(request), kinds, from: day(from), until: day(until) }
    }

    #[test]
    fn a_german_spreadsheet_is_read() {
        let text = "\u{feff}Schule;Antrag;Arten;von;bis\r\n\
                    Goethe;a/goethe.note;abitur, mittlere-reife;1.8.2026;31.07.2031\r\n\
                    ;;;;\r\n\
                    Schiller;\"schill;er.note\";*;;2031-08-01\r\n";
        let wanted = [
            (2, Ok(entry("a/goethe.note", Some("abitur mittlere-reife"), Some("2026-08-01"), Some("2031-07-31")))),
            (4, Ok(entry("schill;er.note", Some("*"), None, Some("2031-08-01")))),
        ];
        assert_eq!(rows(text), Ok(wanted.to_vec()));
    }

    #[test]
    fn other_spreadsheets_are_read() {
        let wanted = Ok(vec![(2, Ok(entry("a.note", Some("abitur fhr"), None, None)))]);
        assert_eq!(rows("request,kinds\na.note,\"abitur,fhr\"\n"), wanted);
        assert_eq!(rows("KINDS , REQUEST\nabitur fhr , a.note"), wanted);
        let wanted = Ok(vec![(3, Ok(entry("a.note", None, None, None)))]);
        assert_eq!(rows("sep=;\r\nantrag;arten\r\na.note\r\n"), wanted);
    }

    #[test]
    fn every_bad_row_says_why() {
        let text = "antrag;arten;von;bis\n;abitur;;\na;Abitur;;\nb;;31.2.2026;\nc;;;bald\nd;;;\n";
        let wanted = [
            (2, Err("accredit-csv-no-request".to_owned())),
            (3, Err("anchor-bad-kinds".to_owned())),
            (4, Err("accredit-csv-bad-date".to_owned())),
            (5, Err("accredit-csv-bad-date".to_owned())),
            (6, Ok(entry("d", None, None, None))),
        ];
        assert_eq!(rows(text), Ok(wanted.to_vec()));
        assert_eq!(rows("antrag;arten\n\n"), Err("accredit-csv-empty".to_owned()));
        assert_eq!(rows("schule;arten\na;b\n"), Err("accredit-csv-no-column".to_owned()));
        assert_eq!(rows(""), Err("accredit-csv-no-column".to_owned()));
    }
}
