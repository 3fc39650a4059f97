// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The pages of a certificate on their line pattern, as one PDF.

use std::cell::OnceCell;

use krilla::graphic::Graphic;
use paper::{About, Day, Page};

use crate::date::Date;
use crate::guilloche::Guilloche;

/// What a certificate says about itself.
pub(crate) struct Facts {
    pub(crate) title: String,
    pub(crate) school: String,
    pub(crate) issued: Date,
    /// The same for the same certificate, different for every other.
    pub(crate) id: String,
}

/// Writes `pages` into one PDF, on the line pattern of certificate `index` of `seed`.
pub(crate) fn compose(facts: &Facts, seed: u64, index: u64, pages: Vec<Page<'_>>) -> Vec<u8> {
    let about = About {
        title: facts.title.clone(),
        author: facts.school.clone(),
        description: "Erfundenes Muster eines Schulzeugnisses ohne rechtliche Wirkung".to_owned(),
        creator: "Schulsiegel samples".to_owned(),
        language: "de-DE".to_owned(),
        made: Day { year: facts.issued.year, month: facts.issued.month, day: facts.issued.day },
        id: facts.id.clone(),
    };
    let pattern = &Guilloche::draw(seed, index);
    let printed = &OnceCell::new();
    let on_pattern = pages.into_iter().map(|page| {
        page.over(move |sheet| {
            sheet.decoration(|surface| {
                let graphic: &Graphic = printed.get_or_init(|| {
                    let mut builder = surface.stream_builder();
                    let mut inner = builder.surface();
                    pattern.print(&mut inner);
                    inner.finish();
                    Graphic::new(builder.finish(), false)
                });
                surface.draw_graphic(graphic.clone());
            });
        })
    });
    paper::compose(&about, on_pattern.collect()).expect("the certificate keeps the rules of PDF/A and PDF/UA")
}
