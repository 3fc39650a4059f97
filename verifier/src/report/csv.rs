// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Judgements for a spreadsheet: UTF-8 with a mark, CRLF, and no cell that a spreadsheet would run.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use cli::{Lang, Message, Words};
use proof::judge::Judgement;

/// Marks the file as UTF-8 for spreadsheets that would guess otherwise.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

const COLUMNS: [Message; 15] = [
    Message::new("csv-file"),
    Message::new("csv-verdict"),
    Message::new("csv-reason"),
    Message::new("csv-explanation"),
    Message::new("csv-school"),
    Message::new("csv-number"),
    Message::new("csv-place"),
    Message::new("csv-state"),
    Message::new("csv-kind"),
    Message::new("csv-issued"),
    Message::new("csv-admitted"),
    Message::new("csv-as-of"),
    Message::new("csv-issuer-status"),
    Message::new("csv-successor"),
    Message::new("csv-certificate"),
];

/// Writes judgements as CSV. Separated by `;` in German, as spreadsheets there expect it, by `,` in English.
pub struct CsvReport<'w, W: Write> {
    words: &'w Words,
    writer: csv::Writer<W>,
}

impl<'w, W: Write> CsvReport<'w, W> {
    /// Starts a report with its headings.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn new(words: &'w Words, mut output: W) -> io::Result<Self> {
        output.write_all(BYTE_ORDER_MARK)?;
        let delimiter = if words.lang() == Lang::De { b';' } else { b',' };
        let writer =
            csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(output);
        let mut this = Self { words, writer };
        let headings: Vec<_> = COLUMNS.iter().map(|column| words.text(column)).collect();
        this.row(&headings)?;
        Ok(this)
    }

    /// Adds a file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add(&mut self, file: &str, judgement: &Judgement) -> io::Result<()> {
        let text = |value: Option<String>| value.unwrap_or_default();
        let details = &judgement.details;
        let school = details.school.clone();
        let of_school = |get: fn(proof::judge::School) -> String| text(school.clone().map(get));
        let reason = judgement.reason.map(proof::verdict::Reason::code);
        let explanation = match (&judgement.withdrawn, reason) {
            (Some(withdrawal), _) => Some(super::withdrawal_in_words(self.words, withdrawal)),
            (None, reason) => reason.map(|reason| self.words.text(&Message::of_code("reason", reason))),
        };
        self.row(&[
            file.to_owned(),
            judgement.verdict.code().to_owned(),
            text(reason.map(str::to_owned)),
            text(explanation),
            of_school(|school| school.name),
            of_school(|school| school.number),
            of_school(|school| school.place),
            of_school(|school| school.state),
            text(details.kind.clone()),
            text(details.issued.map(|time| time.to_string())),
            text(details.admitted.map(|time| time.to_string())),
            text(details.as_of.map(|time| time.to_string())),
            text(details.issuer_status.map(|status| status.code().to_owned())),
            text(judgement.withdrawn.as_ref().and_then(|withdrawal| withdrawal.successor).map(|id| id.to_string())),
            text(judgement.certificate.map(|id| id.to_string())),
        ])
    }

    /// Ends the report.
    ///
    /// # Errors
    /// If not everything could be written.
    pub fn finish(self) -> io::Result<()> {
        self.writer.into_inner().map_err(csv::IntoInnerError::into_error)?.flush()
    }

    fn row(&mut self, cells: &[String]) -> io::Result<()> {
        let cells = cells.iter().map(|cell| defused(cell).into_owned());
        self.writer.write_record(cells).map_err(Into::into)
    }
}

/// A cell that a spreadsheet shows and does not run: formulas start with `=`, `+`, `-` or `@`, in some spreadsheets also
/// behind a control character.
fn defused(cell: &str) -> Cow<'_, str> {
    let first = cell.chars().next();
    if first.is_some_and(|first| "=+-@".contains(first) || first.is_control()) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}
