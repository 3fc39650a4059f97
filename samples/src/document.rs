// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The PDF around the pages: PDF/A-3a and PDF/UA-1, as the PDF library checks them while it writes.
*/

use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::graphic::Graphic;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};

use crate::date::Date;
use crate::guilloche::Guilloche;
use crate::sheet::{HEIGHT, Sheet, WIDTH};

/// What a PDF says about itself.
pub(crate) struct Facts {
    pub(crate) title: String,
    pub(crate) school: String,
    pub(crate) issued: Date,
    /// The same for the same certificate, different for every other.
    pub(crate) id: String,
}

/// One page to be written, with its name in the outline.
pub(crate) struct Page<'a> {
    name: &'static str,
    write: Box<dyn FnOnce(&mut Sheet<'_>) + 'a>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(name: &'static str, write: impl FnOnce(&mut Sheet<'_>) + 'a) -> Self {
        Self { name, write: Box::new(write) }
    }
}

/// Writes `pages` into one PDF, on the line pattern of certificate `index` of `seed`.
pub(crate) fn compose(facts: &Facts, seed: u64, index: u64, pages: Vec<Page<'_>>) -> Vec<u8> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .expect("both standards stand on PDF 1.7");
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(metadata(facts));

    let pattern = Guilloche::draw(seed, index);
    let mut printed: Option<Graphic> = None;
    let mut tree = TagTree::new();
    let mut outline = Outline::new();
    for (number, page) in pages.into_iter().enumerate() {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).expect("A4 has a size");
        let mut paper = document.start_page_with(size);
        let mut sheet = Sheet::new(paper.surface());
        sheet.decoration(|surface| {
            let graphic = printed.get_or_insert_with(|| {
                let mut builder = surface.stream_builder();
                let mut inner = builder.surface();
                pattern.print(&mut inner);
                inner.finish();
                Graphic::new(builder.finish(), false)
            });
            surface.draw_graphic(graphic.clone());
        });
        (page.write)(&mut sheet);
        let section = TagGroup::with_children(Tag::Section, sheet.finish());
        tree.push(section);
        paper.finish();
        let top = XyzDestination::new(number, Point::from_xy(0.0, 0.0));
        outline.push_child(OutlineNode::new(page.name.to_owned(), top));
    }
    document.set_outline(outline);
    document.set_tag_tree(tree);
    document.finish().expect("the certificate keeps the rules of PDF/A and PDF/UA")
}

fn metadata(facts: &Facts) -> Metadata {
    let date = DateTime::new(facts.issued.year)
        .month(facts.issued.month)
        .day(facts.issued.day)
        .hour(8)
        .minute(0)
        .second(0)
        .utc_offset_hour(1)
        .utc_offset_minute(0);
    Metadata::new()
        .title(facts.title.clone())
        .authors(vec![facts.school.clone()])
        .description("Erfundenes Muster eines Schulzeugnisses ohne rechtliche Wirkung".to_owned())
        .creator("Schulsiegel samples".to_owned())
        .language("de-DE".to_owned())
        .creation_date(date)
        .document_id(facts.id.clone())
}
