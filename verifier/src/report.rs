// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Judgements for people (a table and what to do), for machines (a JSON object a line) and for spreadsheets (CSV).
*/

use std::collections::BTreeMap;

use cli::{Cell, Exit, Message, Table, Time, Tone, Words};
use proof::{
    Timestamp,
    judge::{Judgement, Withdrawal},
    verdict::{Reason, Verdict},
};
use serde::Serialize;

mod csv;

pub use csv::CsvReport;

/// The JSON object of a file: every key always there, null when unknown.
///
/// # Panics
/// Never: everything in it has a form in JSON.
pub fn json_line(file: &str, judgement: &Judgement) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        file: &'a str,
        #[serde(flatten)]
        judgement: &'a Judgement,
    }
    serde_json::to_string(&Line { file, judgement }).expect("strings, numbers and nulls")
}

/// What was found over all files.
#[derive(Debug, Default)]
pub struct Summary {
    verdicts: BTreeMap<Verdict, u64>,
    reasons: BTreeMap<Reason, u64>,
    /// The oldest state that a `genuine` rests on.
    as_of: Option<Timestamp>,
}

impl Summary {
    /// Counts one file.
    pub fn add(&mut self, judgement: &Judgement) {
        *self.verdicts.entry(judgement.verdict).or_default() += 1;
        if let Some(reason) = judgement.reason {
            *self.reasons.entry(reason).or_default() += 1;
        }
        if judgement.verdict == Verdict::Genuine {
            self.as_of = match (self.as_of, judgement.details.as_of) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
    }

    /// How the program ends: a bad verdict outweighs an open one, and that outweighs success. Nothing to check is open.
    pub fn exit(&self) -> Exit {
        let any = |verdicts: &[Verdict]| verdicts.iter().any(|verdict| self.verdicts.contains_key(verdict));
        if any(&[Verdict::Revoked, Verdict::Replaced, Verdict::NotGenuine, Verdict::NoSeal]) {
            Exit::Refused
        } else if any(&[Verdict::Undetermined]) || self.verdicts.is_empty() {
            Exit::Undecided
        } else {
            Exit::Ok
        }
    }

    /// The lines below the table: counts, up to when the register is known, and what to do.
    pub fn lines(&self, words: &Words) -> Vec<String> {
        let total: u64 = self.verdicts.values().sum();
        let count = |(verdict, count): (&Verdict, &u64)| {
            format!("{} {}", words.number(*count), words.text(&Message::of_code("verdict", verdict.code())))
        };
        let counts: Vec<_> = self.verdicts.iter().map(count).collect();
        let mut lines =
            vec![words.text(&Message::new("check-summary").with("count", total).with("counts", counts.join(", ")))];
        if let Some(as_of) = self.as_of {
            lines.push(words.text(&Message::new("check-as-of").with("time", time(as_of))));
        }
        for verdict in [Verdict::Revoked, Verdict::Replaced] {
            if let Some(count) = self.verdicts.get(&verdict) {
                let message = Message::of_code("verdict", verdict.code());
                let advice = words.hint(&message).unwrap_or_default();
                let message = Message::new("check-advice").with("count", *count).with("reason", message);
                lines.push(words.text(&message.with("advice", advice)));
            }
        }
        for (reason, count) in &self.reasons {
            let message = Message::of_code("reason", reason.code());
            let advice = words.hint(&message).unwrap_or_default();
            lines.push(words.text(
                &Message::new("check-advice").with("count", *count).with("reason", message).with("advice", advice),
            ));
        }
        lines
    }
}

/// The table for people.
pub struct People<'w> {
    words: &'w Words,
    table: Table,
}

impl<'w> People<'w> {
    /// An empty table.
    pub fn new(words: &'w Words) -> Self {
        let headings = [
            Message::new("check-file"),
            Message::new("check-verdict"),
            Message::new("check-school"),
            Message::new("check-kind"),
            Message::new("check-date"),
        ];
        Self { words, table: Table::new(words, &headings) }
    }

    /// Adds a file.
    pub fn add(&mut self, file: &str, judgement: &Judgement) {
        let details = &judgement.details;
        let school = details.school.as_ref().map(|school| format!("{}, {}", school.name, school.place));
        let kind = details.kind.as_deref().map(|kind| kind_in_words(self.words, kind));
        let date = details.admitted.map(|admitted| self.words.date(time(admitted)));
        self.table.row([
            Cell::from(file),
            Cell::toned(&self.verdict(judgement), tone(judgement.verdict)),
            Cell::from(school.unwrap_or_default()),
            Cell::from(kind.unwrap_or_default()),
            Cell::from(date.unwrap_or_default()),
        ]);
    }

    /// The table, unless it is empty.
    pub fn table(&self) -> Option<&Table> {
        (!self.table.is_empty()).then_some(&self.table)
    }

    fn verdict(&self, judgement: &Judgement) -> String {
        let verdict = self.words.text(&Message::of_code("verdict", judgement.verdict.code()));
        if let Some(withdrawal) = &judgement.withdrawn {
            return format!("{verdict}: {}", withdrawal_in_words(self.words, withdrawal));
        }
        let Some(reason) = judgement.reason else { return verdict };
        let mut text = format!("{verdict}: {}", self.words.text(&Message::of_code("reason", reason.code())));
        if let Some(part) = &judgement.sealed_part {
            let part = self.words.text(&Message::of_code("verdict", part.verdict.code()));
            text.push(' ');
            text += &self.words.text(&Message::new("check-sealed-part").with("verdict", part));
        }
        text
    }
}

/// So many hexadecimal digits of a certificate's id are shown to people.
const SHOWN_OF_AN_ID: usize = 16;

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Genuine => Tone::Good,
        Verdict::Undetermined => Tone::Doubtful,
        _ => Tone::Bad,
    }
}

/// By whom, when and why a certificate was taken back, and what is said to take its place.
fn withdrawal_in_words(words: &Words, withdrawal: &Withdrawal) -> String {
    let date = withdrawal.time.map(|at| words.date(time(at))).unwrap_or_default();
    let message = match (&withdrawal.reason, withdrawal.successor) {
        (_, Some(successor)) => {
            // Enough to tell it from every other; all of it is in the answers for machines.
            let start: String = successor.to_string().chars().take(SHOWN_OF_AN_ID).collect();
            Message::new("check-replaced").with("successor", start + "…")
        }
        (reason, None) => {
            let reason = Message::of_code("withdrawal-reason", reason.as_deref().unwrap_or("other"));
            Message::new("check-withdrawn").with("by", withdrawal.by).with("reason", reason)
        }
    };
    words.text(&message.with("date", date))
}

/// The name of a kind of certificate; the token itself if it has none.
pub fn kind_in_words(words: &Words, kind: &str) -> String {
    let message = Message::of_code("kind", kind);
    if words.attributes(message.id()).is_some() { words.text(&message) } else { kind.to_owned() }
}

fn time(timestamp: Timestamp) -> Time {
    Time(i64::try_from(timestamp.posix()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests;
