// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A4 pages as PDF/A-3a and PDF/UA-1 (archival and accessible): what everything that Schulsiegel prints has in common.

A [`Page`] is written on a [`Sheet`], which sets text and its place in the structure tree at once, so that nothing is
seen that a screen reader does not read. [`compose`] makes a PDF of the pages. It has no clock and no randomness: the
same pages give the same bytes. The PDF library checks both standards while it writes.
*/

mod document;
mod sheet;
mod typeface;

pub use document::{About, Day, Page, PaperError, compose};
pub use sheet::{Align, At, HEIGHT, Ink, Sheet, WIDTH, broken, hundredths, stroke};
pub use typeface::printable;
