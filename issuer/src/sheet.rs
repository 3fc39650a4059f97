// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The recovery sheet: what a school keeps on paper for the day on which its key is lost or stolen.

It names the key by its public half, has room for what is written by hand, and says what to do, in German and on a second
page in English. Nothing on it is secret. Each page is set as large as it fits: a school's name of 200 bytes makes the
letters smaller, and nothing is left out.
*/

mod layout;

use anchor::keys::KeyPlace;
use cli::{Lang, Message, Words, clean};
use paper::{About, Day, Page, PaperError, printable};
use proof::{Timestamp, key::VerifyingKey};

use crate::setup::School;
use layout::Block;

/// What a sheet is about.
#[derive(Debug, Clone, Copy)]
pub struct SheetFacts<'a> {
    /// Whose key it is.
    pub school: &'a School,
    /// The public half of the key.
    pub key: &'a VerifyingKey,
    /// Where the private half is, as people find it: a file by its whole path.
    pub place: &'a KeyPlace,
    /// The day that the sheet bears.
    pub made: Timestamp,
}

/// Why there is no sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// Even in the smallest letters it would not fit on its page.
    #[error("the text does not fit on the page")]
    TooLong,
    /// It cannot be written as PDF.
    #[error(transparent)]
    Paper(#[from] PaperError),
}

/// The sheet as a PDF of two pages, German and English. The same facts give the same bytes.
///
/// Characters that the fonts do not have are printed as `?`.
///
/// # Errors
/// If a page cannot be set. No school that [`School`] can describe is too long for it.
pub fn recovery_sheet(facts: &SheetFacts<'_>) -> Result<Vec<u8>, SheetError> {
    let [german, english] = Lang::ALL.map(Words::new);
    let about = About {
        title: said(&german, &Message::new("sheet-document").with("school", facts.school.name.as_str())),
        author: printable(facts.school.name.as_str()),
        description: said(&german, &Message::new("sheet-title")),
        creator: "Schulsiegel".to_owned(),
        language: "de-DE".to_owned(),
        made: day(facts.made),
        id: format!("schulsiegel-sheet-{}-{}", facts.key.fingerprint().0, facts.made.posix()),
    };
    let mut pages = Vec::new();
    for (words, other) in [(&german, &english), (&english, &german)] {
        let set = layout::fitted(&blocks(facts, words)).ok_or(SheetError::TooLong)?;
        let note = said(other, &Message::new("sheet-other-page"));
        let name = said(words, &Message::new("sheet-title"));
        let page = Page::new(name, move |sheet| layout::draw(sheet, &set, &note, other.lang().tag()));
        pages.push(page.in_language(words.lang().tag()));
    }
    Ok(paper::compose(&about, pages)?)
}

/// What stands on the page of one language, from top to bottom.
fn blocks(facts: &SheetFacts<'_>, words: &Words) -> Vec<Block> {
    let SheetFacts { school, key, place, made } = facts;
    let say = |id| said(words, &id);
    let field = |label, value: &str| Block::Field { label: say(label), value: printable(&clean(value)) };
    let time = anchor::wording::time(*made);
    let (place_label, place) = match place {
        KeyPlace::File(path) => (Message::new("sheet-key-file"), path.display().to_string()),
        KeyPlace::Token(token) => (Message::new("sheet-key-token"), token.to_string()),
    };
    let mut blocks = vec![
        Block::Title(say(Message::new("sheet-title"))),
        Block::Text(say(Message::new("sheet-about"))),
        field(Message::new("sheet-school"), school.name.as_str()),
        field(Message::new("sheet-number"), school.number.as_str()),
        field(Message::new("sheet-place"), school.place.as_str()),
        field(Message::new("sheet-state"), &words.text(&Message::of_code("land", &school.state.to_string()))),
        field(Message::new("sheet-key-name"), key.name()),
        field(place_label, &shortened(&place)),
        field(Message::new("sheet-made"), &words.date(time)),
        Block::Key { label: say(Message::new("sheet-key")), text: key.to_string() },
        Block::Fingerprint { label: say(Message::new("sheet-fingerprint")), text: key.fingerprint().to_string() },
        Block::Heading(say(Message::new("sheet-by-hand"))),
        Block::Text(say(Message::new("sheet-by-hand-about"))),
    ];
    blocks.extend(BY_HAND.map(|code| Block::Blank(say(Message::of_code("sheet-by-hand", code)))));
    for (part, steps) in PARTS {
        blocks.push(Block::Heading(say(Message::of_code("sheet", part))));
        blocks.push(Block::Text(say(Message::of_code("sheet", &format!("{part}-about")))));
        let steps = (1..=*steps).map(|step| say(Message::of_code("sheet", &format!("{part}-{step}"))));
        blocks.push(Block::Steps(steps.collect()));
    }
    blocks
}

/// What is written by hand.
const BY_HAND: [&str; 5] = ["computer", "envelope", "backup", "ministry", "people"];

/// What can happen, and how many steps it takes.
const PARTS: &[(&str, usize)] = &[("lost", 4), ("stolen", 4), ("yearly", 3)];

fn said(words: &Words, message: &Message) -> String {
    printable(&words.text(message))
}

/// The longest path that is printed whole, in characters.
const MAX_PATH: usize = 300;

/// A path whose beginning and end are kept, if it is too long.
fn shortened(path: &str) -> String {
    let length = path.chars().count();
    if length <= MAX_PATH {
        return path.to_owned();
    }
    let half = MAX_PATH / 2;
    let (start, end) = (path.chars().take(half), path.chars().skip(length - half));
    start.chain(" … ".chars()).chain(end).collect()
}

/// The day of a point in time, in UTC.
fn day(time: Timestamp) -> Day {
    let text = time.to_string();
    let number = |from: usize, to: usize| text[from..to].parse().unwrap_or(0);
    let two = |from: usize| u8::try_from(number(from, from + 2)).unwrap_or(0);
    Day { year: number(0, 4), month: two(5), day: two(8) }
}

#[cfg(test)]
mod tests;
