// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Tables for people: aligned columns without lines.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::{Message, Words, clean};

const GAP: usize = 2;
/// A narrower column is unreadable; the terminal may then wrap the line instead.
const MIN_COLUMN: usize = 8;

/// What a cell means, shown as its colour. The text must say it too, for not everybody sees colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// In order: green.
    Good,
    /// To be looked at: yellow.
    Doubtful,
    /// Not in order: red.
    Bad,
}

/// A cell of a table; its text is [cleaned](crate::clean).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    text: String,
    tone: Tone,
}

impl Cell {
    /// A cell whose colour underlines its meaning.
    pub fn toned(text: &str, tone: Tone) -> Self {
        Self { text: clean(text).into_owned(), tone }
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::toned(text.as_ref(), Tone::Plain)
    }
}

/// A table with a heading for each column.
#[derive(Clone, Debug)]
pub struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<Cell>>,
    right: Vec<usize>,
}

impl Table {
    /// An empty table with these columns.
    pub fn new(words: &Words, headings: &[Message]) -> Self {
        let headings = headings.iter().map(|heading| words.text(heading)).collect();
        Self { headings, rows: Vec::new(), right: Vec::new() }
    }

    /// Aligns a column to the right, as numbers are. Columns count from 0.
    #[must_use]
    pub fn right(mut self, column: usize) -> Self {
        self.right.push(column);
        self
    }

    /// Adds a row. Missing cells are empty, and cells without a heading are not shown.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().take(self.headings.len()).collect());
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as text, each line with its line feed.
    ///
    /// With a width, cells are wrapped so that the lines fit, unless there are too many columns for it.
    pub fn render(&self, width: Option<usize>, colour: bool) -> String {
        let widths = self.widths(width);
        let headings = self.headings.iter().map(|heading| (heading.as_str(), if colour { "1" } else { "" }));
        let mut text = String::new();
        self.render_row(&mut text, &widths, headings.collect());
        for row in &self.rows {
            let cells = row.iter().map(|cell| (cell.text.as_str(), if colour { ansi(cell.tone) } else { "" }));
            self.render_row(&mut text, &widths, cells.collect());
        }
        text
    }

    fn widths(&self, limit: Option<usize>) -> Vec<usize> {
        let mut widths: Vec<usize> = self.headings.iter().map(|heading| heading.width()).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.text.width());
            }
        }
        let Some(limit) = limit else { return widths };
        let gaps = GAP * widths.len().saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > limit {
            match widths.iter_mut().max() {
                Some(widest) if *widest > MIN_COLUMN => *widest -= 1,
                _ => break,
            }
        }
        widths
    }

    /// Writes the cells (text and colour code) of one row, as many lines as the highest cell needs.
    fn render_row(&self, text: &mut String, widths: &[usize], cells: Vec<(&str, &str)>) {
        let wrapped: Vec<(Vec<&str>, &str)> =
            cells.into_iter().zip(widths).map(|((cell, code), width)| (wrap(cell, *width), code)).collect();
        let height = wrapped.iter().map(|(lines, _)| lines.len()).max().unwrap_or(1);
        for index in 0..height {
            let mut line = String::new();
            let mut blanks = 0;
            for (column, ((lines, code), width)) in wrapped.iter().zip(widths).enumerate() {
                let piece = lines.get(index).copied().unwrap_or_default();
                let free = width.saturating_sub(piece.width());
                let (before, after) = if self.right.contains(&column) { (free, 0) } else { (0, free) };
                blanks += before;
                if !piece.is_empty() {
                    // Blanks are written only when something follows, so that no line ends with them.
                    line.push_str(&" ".repeat(blanks));
                    blanks = 0;
                    if code.is_empty() {
                        line.push_str(piece);
                    } else {
                        let _ = write!(line, "\u{1b}[{code}m{piece}\u{1b}[0m");
                    }
                }
                blanks += after + GAP;
            }
            text.push_str(&line);
            text.push('\n');
        }
    }
}

/// The parameter of the escape sequence for a colour.
fn ansi(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Good => "32",
        Tone::Doubtful => "33",
        Tone::Bad => "31",
    }
}

/// Breaks a text into lines of at most `width` columns, at blanks where there are any.
fn wrap(text: &str, width: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while rest.width() > width {
        let mut columns = 0;
        let mut fitting = rest.len();
        for (index, character) in rest.char_indices() {
            columns += character.width().unwrap_or(0);
            // A line holds at least one character, however wide, so that there is an end.
            if columns > width && index > 0 {
                fitting = index;
                break;
            }
        }
        if fitting == rest.len() {
            break;
        }
        let (line, after) = match rest[..fitting].rfind(' ') {
            _ if rest[fitting..].starts_with(' ') => (&rest[..fitting], &rest[fitting + 1..]),
            Some(blank) if blank > 0 => (&rest[..blank], &rest[blank + 1..]),
            _ => rest.split_at(fitting),
        };
        lines.push(line);
        rest = after;
    }
    lines.push(rest);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    fn table() -> Table {
        let words = Words::new(Lang::En);
        let headings = ["help-value-file", "help-value-number", "help-value-reason"].map(Message::new);
        let mut table = Table::new(&words, &headings).right(1);
        table.row(["Müller.pdf".into(), "7".into(), Cell::toned("genuine", Tone::Good)]);
        table.row(["日本.pdf".into(), "1,234".into(), Cell::toned("altered\n\u{1b}[32mgenuine", Tone::Bad)]);
        table.row(["u\u{308}.pdf".into()]);
        table
    }

    #[test]
    fn columns_are_aligned_by_what_is_seen() {
        assert_eq!(
            table().render(None, false),
            "FILE        NUMBER  REASON\n\
             Müller.pdf       7  genuine\n\
             日本.pdf     1,234  altered\\u{a}\\u{1b}[32mgenuine\n\
             u\u{308}.pdf\n"
        );
    }

    #[test]
    fn colours_are_added_to_the_same_text() {
        let coloured = table().render(None, true);
        assert_eq!(
            coloured.lines().next(),
            Some("\u{1b}[1mFILE\u{1b}[0m        \u{1b}[1mNUMBER\u{1b}[0m  \u{1b}[1mREASON\u{1b}[0m")
        );
        assert_eq!(coloured.lines().nth(1), Some("Müller.pdf       7  \u{1b}[32mgenuine\u{1b}[0m"));
        assert_eq!(
            coloured.lines().nth(2),
            Some("日本.pdf     1,234  \u{1b}[31maltered\\u{a}\\u{1b}[32mgenuine\u{1b}[0m")
        );
    }

    #[test]
    fn a_narrow_terminal_wraps_the_widest_column() {
        assert_eq!(
            table().render(Some(36), false),
            "FILE        NUMBER  REASON\n\
             Müller.pdf       7  genuine\n\
             日本.pdf     1,234  altered\\u{a}\\u{1\n\
             \u{20}                   b}[32mgenuine\n\
             u\u{308}.pdf\n"
        );
        assert!(table().render(Some(36), false).lines().all(|line| line.width() <= 36));
        assert_eq!(table().render(Some(0), false).lines().nth(1), Some("Müller.p       7  genuine"));
    }

    #[test]
    fn text_is_wrapped_at_blanks_and_never_lost() {
        assert_eq!(wrap("Schule am See in Kiel", 10), ["Schule am", "See in", "Kiel"]);
        assert_eq!(wrap("exactly ten", 7), ["exactly", "ten"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("日本", 1), ["日", "本"]);
        assert_eq!(wrap("日本語", 3), ["日", "本", "語"]);
        assert_eq!(wrap("a  b", 4), ["a  b"]);
        assert_eq!(wrap("", 4), [""]);
    }
}
