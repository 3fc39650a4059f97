// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Tables: a grid on the page and the same rows and cells in the structure tree.

use std::num::NonZeroU32;

use krilla::color::rgb;
use krilla::tagging::{TableHeaderScope, Tag, TagGroup, TagKind};
use paper::{Align, At, Ink, Sheet};

/// A table that grows downwards.
pub(crate) struct Table {
    at: At,
    columns: Vec<f32>,
    y: f32,
    group: TagGroup,
}

/// One cell.
pub(crate) struct Cell {
    text: String,
    ink: Ink,
    align: Align,
    span: u16,
    header: Option<TableHeaderScope>,
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>, ink: Ink, align: Align) -> Self {
        Self { text: text.into(), ink, align, span: 1, header: None }
    }

    /// Makes it as wide as `columns` columns.
    pub(crate) fn across(self, columns: u16) -> Self {
        Self { span: columns, ..self }
    }

    /// Makes it the header of its column.
    pub(crate) fn column_header(self) -> Self {
        Self { header: Some(TableHeaderScope::Column), ..self }
    }

    /// Makes it the header of its row.
    pub(crate) fn row_header(self) -> Self {
        Self { header: Some(TableHeaderScope::Row), ..self }
    }

    fn tag(&self) -> TagKind {
        let span = NonZeroU32::new(u32::from(self.span)).filter(|span| span.get() > 1);
        match self.header {
            Some(scope) => Tag::TH(scope).with_col_span(span).into(),
            None => Tag::TD.with_col_span(span).into(),
        }
    }
}

impl Table {
    /// An empty table; `columns` are the widths, `summary` says to a screen reader what it is.
    pub(crate) fn new(at: At, columns: &[f32], summary: &str) -> Self {
        let tag = Tag::Table.with_summary(Some(summary.to_owned()));
        Self { at, columns: columns.to_vec(), y: at.1, group: TagGroup::new(tag) }
    }

    /// Adds a row, on `shade` if given, closed by a fine line.
    pub(crate) fn row(&mut self, sheet: &mut Sheet<'_>, height: f32, shade: Option<rgb::Color>, cells: &[Cell]) {
        let width: f32 = self.columns.iter().sum();
        if let Some(colour) = shade {
            sheet.shade(At(self.at.0, self.y), width, height, colour);
        }
        let mut row = TagGroup::new(Tag::TR);
        let mut column = 0;
        let mut x = self.at.0;
        for cell in cells {
            let next = column + usize::from(cell.span);
            let wide: f32 = self.columns[column..next].iter().sum();
            let baseline = self.y + height / 2.0 + cell.ink.size * 0.32;
            let place = match cell.align {
                Align::Left => x + 4.0,
                Align::Centre => x + wide / 2.0,
                Align::Right => x + wide - 5.0,
            };
            let text = if cell.text.is_empty() { "–" } else { &cell.text };
            let identifier = sheet.content(|sheet| sheet.write(At(place, baseline), cell.align, cell.ink, text));
            let mut group = TagGroup::new(cell.tag());
            group.push(identifier);
            row.push(group);
            if column > 0 {
                sheet.rule(At(x, self.y), At(x, self.y + height), 0.35);
            }
            x += wide;
            column = next;
        }
        self.group.push(row);
        self.y += height;
        sheet.rule(At(self.at.0, self.y), At(self.at.0 + width, self.y), 0.35);
    }

    /// Draws the frame and closes the table; returns where it ends.
    pub(crate) fn finish(self, sheet: &mut Sheet<'_>) -> f32 {
        let width: f32 = self.columns.iter().sum();
        sheet.frame(self.at, width, self.y - self.at.1, 0.9);
        sheet.append(self.group);
        self.y
    }
}
