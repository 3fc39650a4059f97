// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Sets the blocks of a page below each other, in the largest letters with which all of them fit.
//!
//! Lengths are PDF points. Setting and drawing are two steps, so that a page can be tried in several sizes.

use krilla::{
    color::rgb,
    tagging::{ListNumbering, Tag, TagGroup},
};
use paper::{Align, At, HEIGHT, Ink, Sheet, WIDTH, broken};

const LEFT: f32 = 57.0;
const RIGHT: f32 = WIDTH - LEFT;
const TOP: f32 = 50.0;
const BOTTOM: f32 = HEIGHT - 50.0;
/// Where the values of fields begin.
const TAB: f32 = LEFT + 148.0;

/// A part of a page.
pub(super) enum Block {
    Title(String),
    Heading(String),
    Text(String),
    /// A label and its value.
    Field {
        label: String,
        value: String,
    },
    /// A label and a line to write on.
    Blank(String),
    /// The public key.
    Key {
        label: String,
        text: String,
    },
    /// The fingerprint, to be read aloud.
    Fingerprint {
        label: String,
        text: String,
    },
    /// Numbered steps.
    Steps(Vec<String>),
}

/// A page that only has to be drawn.
pub(super) struct Set {
    elements: Vec<Element>,
    rules: Vec<(At, At)>,
    shades: Vec<(At, f32, f32)>,
    end: f32,
}

/// What a screen reader takes as one.
enum Element {
    Heading(u16, Vec<Line>),
    Paragraph(Vec<Line>),
    /// Each a number and its text.
    List(Vec<(Line, Vec<Line>)>),
}

struct Line {
    at: At,
    ink: Ink,
    text: String,
}

/// Sets the blocks; `None` if they do not fit on a page in any size.
pub(super) fn fitted(blocks: &[Block]) -> Option<Set> {
    (12..=25).rev().map(|size: u8| set(blocks, f32::from(size) / 25.0)).find(|set| set.end <= BOTTOM)
}

/// Sets the blocks, with all lengths but the width of the page multiplied by `scale`.
fn set(blocks: &[Block], scale: f32) -> Set {
    let mut setter =
        Setter { scale, page: Set { elements: Vec::new(), rules: Vec::new(), shades: Vec::new(), end: TOP } };
    for block in blocks {
        setter.block(block);
    }
    setter.page
}

struct Setter {
    scale: f32,
    page: Set,
}

impl Setter {
    fn block(&mut self, block: &Block) {
        let scale = self.scale;
        let text = Ink::regular(10.0 * scale);
        match block {
            Block::Title(title) => {
                self.skip(6.0);
                let lines = self.lines(At(LEFT, 0.0), RIGHT, Ink::bold(22.0 * scale), title);
                self.page.elements.push(Element::Heading(1, lines));
                self.skip(3.0);
            }
            Block::Heading(heading) => {
                self.skip(8.0);
                let lines = self.lines(At(LEFT, 0.0), RIGHT, Ink::bold(12.0 * scale), heading);
                self.page.elements.push(Element::Heading(2, lines));
                self.skip(1.0);
            }
            Block::Text(paragraph) => {
                let lines = self.lines(At(LEFT, 0.0), RIGHT, text, paragraph);
                self.page.elements.push(Element::Paragraph(lines));
                self.skip(3.0);
            }
            Block::Field { label, value } => {
                let lines = self.labelled(label, Ink::bold(10.0 * scale), value);
                self.page.elements.push(Element::Paragraph(lines));
                self.skip(1.0);
            }
            Block::Key { label, text } => {
                self.skip(2.0);
                let lines = self.labelled(label, Ink::mono(8.0 * scale), text);
                self.page.elements.push(Element::Paragraph(lines));
            }
            Block::Fingerprint { label, text } => self.fingerprint(label, text),
            Block::Blank(label) => {
                self.skip(7.0);
                let lines = self.lines(At(LEFT, 0.0), TAB + 30.0, text, label);
                self.page.elements.push(Element::Paragraph(lines));
                let y = self.page.end;
                self.page.rules.push((At(TAB + 35.0, y), At(RIGHT, y)));
            }
            Block::Steps(steps) => {
                let items = (1..).zip(steps).map(|(number, step)| {
                    let mut number = self.lines(At(LEFT, 0.0), RIGHT, text, &format!("{number}. "));
                    self.page.end -= leading(text);
                    let lines = self.lines(At(LEFT + 16.0 * scale, 0.0), RIGHT, text, step);
                    self.skip(1.5);
                    (number.remove(0), lines)
                });
                let items = items.collect();
                self.page.elements.push(Element::List(items));
            }
        }
    }

    fn skip(&mut self, length: f32) {
        self.page.end += length * self.scale;
    }

    /// Sets lines from where the page ends, between the left of `at` and `right`.
    fn lines(&mut self, at: At, right: f32, ink: Ink, text: &str) -> Vec<Line> {
        let lines = broken(right - at.0, ink, text).into_iter().map(|text| {
            self.page.end += leading(ink);
            Line { at: At(at.0, self.page.end - 0.3 * ink.size), ink, text }
        });
        lines.collect()
    }

    /// A label, and a value beside it in as many lines as it takes.
    fn labelled(&mut self, label: &str, ink: Ink, value: &str) -> Vec<Line> {
        let start = self.page.end;
        let mut lines = self.lines(At(LEFT, 0.0), TAB - 6.0, Ink::regular(10.0 * self.scale), &format!("{label} "));
        let after_label = self.page.end;
        self.page.end = start;
        lines.extend(self.lines(At(TAB, 0.0), RIGHT, ink, value));
        self.page.end = self.page.end.max(after_label);
        lines
    }

    /// Two lines of eight groups on a shade.
    fn fingerprint(&mut self, label: &str, text: &str) {
        self.skip(5.0);
        let top = self.page.end;
        self.skip(3.0);
        let inner = LEFT + 8.0;
        let mut lines = self.lines(At(inner, 0.0), RIGHT, Ink::small(9.0 * self.scale), &format!("{label} "));
        let ink = Ink::mono(14.5 * self.scale);
        let half_width = ink.measure(&text[..text.len() / 2]) + 1.0;
        lines.extend(self.lines(At(inner, 0.0), inner + half_width, ink, text));
        self.skip(4.0);
        self.page.elements.push(Element::Paragraph(lines));
        self.page.shades.push((At(LEFT, top), RIGHT - LEFT, self.page.end - top));
    }
}

/// From one baseline to the next.
fn leading(ink: Ink) -> f32 {
    ink.size * 1.28
}

/// Draws a page, with a note at its foot in another language.
pub(super) fn draw(sheet: &mut Sheet<'_>, page: &Set, note: &str, language: &str) {
    for (at, width, height) in &page.shades {
        sheet.shade(*at, *width, *height, rgb::Color::new(236, 239, 244));
    }
    for element in &page.elements {
        match element {
            Element::Heading(level, lines) => {
                let title: String = lines.iter().map(|line| line.text.as_str()).collect();
                sheet.heading_with(*level, &title, |sheet| write(sheet, lines));
            }
            Element::Paragraph(lines) => sheet.element(Tag::P.into(), |sheet| write(sheet, lines)),
            Element::List(items) => list(sheet, items),
        }
    }
    for (from, to) in &page.rules {
        sheet.rule(*from, *to, 0.6);
    }
    let foot = Tag::P.with_lang(Some(language.to_owned())).into();
    let at = At(WIDTH / 2.0, HEIGHT - 30.0);
    sheet.element(foot, |sheet| sheet.write(at, Align::Centre, Ink::small(8.0), note));
}

fn list(sheet: &mut Sheet<'_>, items: &[(Line, Vec<Line>)]) {
    let mut list = TagGroup::new(Tag::L(ListNumbering::Decimal));
    for (number, lines) in items {
        let label = sheet.content(|sheet| write(sheet, std::slice::from_ref(number)));
        let body = sheet.content(|sheet| write(sheet, lines));
        let label = TagGroup::with_children(Tag::Lbl, vec![label.into()]);
        let body = TagGroup::with_children(Tag::LBody, vec![body.into()]);
        list.push(TagGroup::with_children(Tag::LI, vec![label.into(), body.into()]));
    }
    sheet.append(list);
}

fn write(sheet: &mut Sheet<'_>, lines: &[Line]) {
    for line in lines {
        sheet.write(line.at, Align::Left, line.ink, &line.text);
    }
}
