// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The PDF around the pages, and the two standards that it keeps.

use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};

use crate::sheet::{HEIGHT, Sheet, WIDTH};

/// What a PDF says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Shown in the title bar.
    pub title: String,
    /// Who answers for the content.
    pub author: String,
    /// In one sentence.
    pub description: String,
    /// The program that made it.
    pub creator: String,
    /// The language of the first page, as a tag (`de-DE`).
    pub language: String,
    /// When it was made. There is no clock here.
    pub made: Day,
    /// The same for the same document, different for every other.
    pub id: String,
}

/// A day of the Gregorian calendar. The PDF says eight o'clock in the morning, an hour ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// 0 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// One page to be written, with its name in the outline.
pub struct Page<'a> {
    name: String,
    language: Option<String>,
    write: Box<dyn FnOnce(&mut Sheet<'_>) + 'a>,
}

impl<'a> Page<'a> {
    /// A page in the language of the document.
    pub fn new(name: impl Into<String>, write: impl FnOnce(&mut Sheet<'_>) + 'a) -> Self {
        Self { name: name.into(), language: None, write: Box::new(write) }
    }

    /// Says that this page is in a language of its own, so that it is read aloud in that.
    #[must_use]
    pub fn in_language(self, tag: impl Into<String>) -> Self {
        Self { language: Some(tag.into()), ..self }
    }

    /// Writes something else first, as a printed form is there before it is filled in.
    #[must_use]
    pub fn over(self, first: impl FnOnce(&mut Sheet<'_>) + 'a) -> Self {
        let write = self.write;
        let both = |sheet: &mut Sheet<'_>| {
            first(sheet);
            write(sheet);
        };
        Self { write: Box::new(both), ..self }
    }
}

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// The pages do not keep the rules of PDF/A or PDF/UA: for example, the fonts do not have one of the characters.
    #[error("the pages do not keep the rules of PDF/A and PDF/UA: {0}")]
    AgainstTheRules(String),
}

/// Writes `pages` into one PDF.
///
/// # Errors
/// If the pages do not keep the rules. What went through [`crate::printable`] has no character that could be missing.
///
/// # Panics
/// Never: the two standards go together, and A4 has a size.
pub fn compose(about: &About, pages: Vec<Page<'_>>) -> Result<Vec<u8>, PaperError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .expect("both standards stand on PDF 1.7");
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(metadata(about));

    let mut tree = TagTree::new();
    let mut outline = Outline::new();
    for (number, page) in pages.into_iter().enumerate() {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).expect("A4 has a size");
        let mut paper = document.start_page_with(size);
        let mut sheet = Sheet::new(paper.surface());
        (page.write)(&mut sheet);
        tree.push(TagGroup::with_children(Tag::Section.with_lang(page.language), sheet.finish()));
        paper.finish();
        let top = XyzDestination::new(number, Point::from_xy(0.0, 0.0));
        outline.push_child(OutlineNode::new(page.name, top));
    }
    document.set_outline(outline);
    document.set_tag_tree(tree);
    document.finish().map_err(|error| PaperError::AgainstTheRules(format!("{error:?}")))
}

fn metadata(about: &About) -> Metadata {
    let date = DateTime::new(about.made.year)
        .month(about.made.month)
        .day(about.made.day)
        .hour(8)
        .minute(0)
        .second(0)
        .utc_offset_hour(1)
        .utc_offset_minute(0);
    Metadata::new()
        .title(about.title.clone())
        .authors(vec![about.author.clone()])
        .description(about.description.clone())
        .creator(about.creator.clone())
        .language(about.language.clone())
        .creation_date(date)
        .document_id(about.id.clone())
}
