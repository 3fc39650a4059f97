// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A page that is being written: text with its place in the structure tree, and rules.

All lengths are PDF points (1/72 inch), measured from the top left corner of an A4 page.
*/

use std::num::NonZeroU16;

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node, Tag, TagGroup, TagKind};

use crate::typeface::{BOLD, MONO, REGULAR, Typeface};

/// Width of a page.
pub const WIDTH: f32 = 595.28;
/// Height of a page.
pub const HEIGHT: f32 = 841.89;

/// How a piece of text looks.
#[derive(Clone, Copy)]
pub struct Ink {
    cut: Cut,
    /// Height of the letters, in points.
    pub size: f32,
    /// Space between letters, in ems.
    tracking: f32,
    colour: rgb::Color,
}

#[derive(Clone, Copy)]
enum Cut {
    Regular,
    Bold,
    Mono,
}

/// Which part of a line stands at its place.
#[derive(Clone, Copy)]
pub enum Align {
    /// Its beginning.
    Left,
    /// Its middle.
    Centre,
    /// Its end.
    Right,
}

/// A place on the page: from the left, from the top.
#[derive(Clone, Copy)]
pub struct At(pub f32, pub f32);

fn black() -> rgb::Color {
    rgb::Color::new(24, 24, 28)
}

fn grey() -> rgb::Color {
    rgb::Color::new(92, 92, 98)
}

impl Ink {
    /// For running text.
    pub fn regular(size: f32) -> Self {
        Self { cut: Cut::Regular, size, tracking: 0.0, colour: black() }
    }

    /// For what is to be seen first.
    pub fn bold(size: f32) -> Self {
        Self { cut: Cut::Bold, ..Self::regular(size) }
    }

    /// For what is typed or compared letter by letter: all letters are as wide as each other, and none looks like another.
    pub fn mono(size: f32) -> Self {
        Self { cut: Cut::Mono, ..Self::regular(size) }
    }

    /// For captions under lines and for notes.
    pub fn small(size: f32) -> Self {
        Self { colour: grey(), ..Self::regular(size) }
    }

    /// With `tracking` ems more between letters.
    #[must_use]
    pub fn tracked(self, tracking: f32) -> Self {
        Self { tracking, ..self }
    }

    /// The same in another size.
    #[must_use]
    pub fn sized(self, size: f32) -> Self {
        Self { size, ..self }
    }

    /// A smaller size, if `text` would be wider than `width` points.
    #[must_use]
    pub fn fitted(self, text: &str, width: f32) -> Self {
        let natural = self.measure(text);
        if natural <= width {
            return self;
        }
        Self { size: hundredths(self.size * width / natural), ..self }
    }

    fn typeface(self) -> &'static Typeface {
        match self.cut {
            Cut::Regular => &REGULAR,
            Cut::Bold => &BOLD,
            Cut::Mono => &MONO,
        }
    }

    /// Width of `text` in points.
    pub fn measure(self, text: &str) -> f32 {
        self.typeface().set(text, self.tracking).width * self.size
    }
}

/// One page.
pub struct Sheet<'a> {
    surface: Surface<'a>,
    nodes: Vec<Node>,
    rules: Vec<(f32, Path)>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(surface: Surface<'a>) -> Self {
        Self { surface, nodes: Vec::new(), rules: Vec::new() }
    }

    /// Draws the rules and gives back the page's part of the structure tree.
    pub(crate) fn finish(mut self) -> Vec<Node> {
        let rules = std::mem::take(&mut self.rules);
        self.decoration(|surface| {
            surface.set_fill(None);
            for (width, path) in &rules {
                surface.set_stroke(Some(stroke(black(), *width)));
                surface.draw_path(path);
            }
        });
        self.surface.finish();
        self.nodes
    }

    /// Draws what a screen reader passes over.
    pub fn decoration(&mut self, draw: impl FnOnce(&mut Surface<'a>)) {
        let artifact = Artifact::with_kind(ArtifactType::Layout);
        self.surface.start_tagged(ContentTag::Artifact(artifact));
        draw(&mut self.surface);
        self.surface.end_tagged();
    }

    /// Appends a finished part to the structure tree.
    pub fn append(&mut self, group: TagGroup) {
        self.nodes.push(group.into());
    }

    /// Marks what `write` writes as one piece of content.
    pub fn content(&mut self, write: impl FnOnce(&mut Self)) -> Identifier {
        let identifier = self.surface.start_tagged(ContentTag::Other);
        write(self);
        self.surface.end_tagged();
        identifier
    }

    /// Writes one line as an element of its own.
    pub fn line(&mut self, at: At, align: Align, ink: Ink, text: &str) {
        self.element(Tag::P.into(), |sheet| sheet.write(at, align, ink, text));
    }

    /// A heading of level 1 or more.
    ///
    /// # Panics
    /// If the level is 0.
    pub fn heading(&mut self, level: u16, at: At, align: Align, ink: Ink, text: &str) {
        self.heading_with(level, text, |sheet| sheet.write(at, align, ink, text));
    }

    /// The same for a heading that `write` writes, in more than one line for example.
    ///
    /// # Panics
    /// If the level is 0.
    pub fn heading_with(&mut self, level: u16, title: &str, write: impl FnOnce(&mut Self)) {
        let level = NonZeroU16::new(level).expect("headings start at 1");
        self.element(Tag::Hn(level, Some(title.to_owned())).into(), write);
    }

    /// One element of the structure with what `write` writes.
    pub fn element(&mut self, tag: TagKind, write: impl FnOnce(&mut Self)) {
        let identifier = self.content(write);
        let mut group = TagGroup::new(tag);
        group.push(identifier);
        self.append(group);
    }

    /// Writes `text` inside a piece of content.
    pub fn write(&mut self, at: At, align: Align, ink: Ink, text: &str) {
        let face = ink.typeface();
        let run = face.set(text, ink.tracking);
        let width = run.width * ink.size;
        let x = match align {
            Align::Left => at.0,
            Align::Centre => at.0 - width / 2.0,
            Align::Right => at.0 - width,
        };
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill { paint: ink.colour.into(), ..Fill::default() }));
        let start = Point::from_xy(hundredths(x), hundredths(at.1));
        self.surface.draw_glyphs(start, &run.glyphs, face.font.clone(), text, ink.size, false);
    }

    /// Writes a paragraph in lines of at most `width`; returns the baseline after the last one.
    pub fn paragraph(&mut self, at: At, width: f32, leading: f32, ink: Ink, text: &str) -> f32 {
        let mut y = at.1;
        self.element(Tag::P.into(), |sheet| {
            for line in broken(width, ink, text) {
                sheet.write(At(at.0, y), Align::Left, ink, &line);
                y += leading;
            }
        });
        y
    }

    /// A label and, on a fine line, what is filled in.
    pub fn field(&mut self, at: At, tab: f32, end: f32, label: &str, value: &str) {
        self.element(Tag::P.into(), |sheet| {
            sheet.write(at, Align::Left, Ink::regular(11.0), &format!("{label} "));
            let ink = Ink::bold(12.0).fitted(value, end - tab - 5.0);
            sheet.write(At(tab + 5.0, at.1), Align::Left, ink, value);
        });
        self.rule(At(tab, at.1 + 4.0), At(end, at.1 + 4.0), 0.5);
    }

    /// A straight line of `width`.
    ///
    /// # Panics
    /// If a coordinate is not a number.
    pub fn rule(&mut self, from: At, to: At, width: f32) {
        let mut path = PathBuilder::new();
        path.move_to(hundredths(from.0), hundredths(from.1));
        path.line_to(hundredths(to.0), hundredths(to.1));
        let path = path.finish().expect("a line has two ends");
        self.rules.push((width, path));
    }

    /// The outline of a rectangle.
    pub fn frame(&mut self, at: At, width: f32, height: f32, line: f32) {
        self.rules.push((line, rectangle(at, width, height)));
    }

    /// A filled rectangle.
    pub fn shade(&mut self, at: At, width: f32, height: f32, colour: rgb::Color) {
        self.decoration(|surface| {
            surface.set_stroke(None);
            surface.set_fill(Some(Fill { paint: colour.into(), ..Fill::default() }));
            surface.draw_path(&rectangle(at, width, height));
        });
    }

    /// A picture with a description for those who cannot see it.
    pub fn picture(&mut self, at: At, size: Size, image: &Image, description: &str) {
        let tag = Tag::Figure(Some(description.to_owned())).into();
        self.element(tag, |sheet| {
            sheet.surface.push_transform(&Transform::from_translate(at.0, at.1));
            sheet.surface.draw_image(image.clone(), size);
            sheet.surface.pop();
        });
    }
}

/// A line in `colour`, `width` points wide.
pub fn stroke(colour: rgb::Color, width: f32) -> Stroke {
    Stroke { paint: colour.into(), width, ..Stroke::default() }
}

/// Rounds to 1/100 point, finer than any printer, so that numbers in the file stay short.
pub fn hundredths(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}

fn rectangle(at: At, width: f32, height: f32) -> Path {
    let mut path = PathBuilder::new();
    let corner = (hundredths(at.0), hundredths(at.1));
    let rect = Rect::from_xywh(corner.0, corner.1, width, height).expect("a rectangle has an area");
    path.push_rect(rect);
    path.finish().expect("a rectangle has four sides")
}

/// Breaks `text` into lines of at most `width` points: at spaces, and inside a word only if that alone is too wide. Every
/// line but the last keeps its space, for readers of the text.
///
/// # Panics
/// Never: there is always a line.
pub fn broken(width: f32, ink: Ink, text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_inclusive(' ').flat_map(|word| pieces(width, ink, word)) {
        let line = lines.last_mut().expect("there is always a line");
        let candidate = format!("{line}{word}");
        if line.is_empty() || ink.measure(candidate.trim_end()) <= width {
            *line = candidate;
        } else {
            lines.push(word);
        }
    }
    lines
}

/// The word itself, or parts of it of which each fits into `width`.
fn pieces(width: f32, ink: Ink, word: &str) -> Vec<String> {
    if ink.measure(word.trim_end()) <= width {
        return vec![word.to_owned()];
    }
    let mut pieces = vec![String::new()];
    for letter in word.chars() {
        let piece = pieces.last_mut().expect("there is always a piece");
        piece.push(letter);
        if piece.len() > letter.len_utf8() && ink.measure(piece.trim_end()) > width {
            piece.pop();
            pieces.push(letter.to_string());
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_keep_them() {
        let ink = Ink::mono(10.0);
        let ten_letters = ink.measure("abcdefghij");
        assert_eq!(broken(ten_letters, ink, "abc defghi jkl"), ["abc defghi ", "jkl"]);
        assert_eq!(broken(ten_letters, ink, ""), [""]);
    }

    #[test]
    fn a_word_that_is_too_wide_is_broken_and_nothing_else() {
        let ink = Ink::mono(10.0);
        let ten_letters = ink.measure("abcdefghij");
        let lines = broken(ten_letters, ink, "ab cdefghijklmnopqrstuvwxyzäöü a");
        assert_eq!(lines, ["ab ", "cdefghijkl", "mnopqrstuv", "wxyzäöü a"]);
        let nothing_fits = broken(0.0, ink, "äö");
        assert_eq!(nothing_fits, ["ä", "ö"]);
    }
}
