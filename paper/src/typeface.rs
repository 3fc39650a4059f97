// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The fonts, read once for the whole program: Libertinus Serif (SIL Open Font License 1.1) and `DejaVu` Sans Mono (Bitstream
Vera licence), whose bytes come with the crate `typst-assets`.

Text is set here and not by the PDF library, which would read the font anew for every word.
*/

use std::sync::LazyLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::ttf_parser::name_id;
use rustybuzz::{Direction, Face, ShapePlan, UnicodeBuffer, script};

/// One cut of the typeface.
pub(crate) struct Typeface {
    pub(crate) font: Font,
    face: Face<'static>,
    plan: ShapePlan,
}

/// The cuts that there are.
pub(crate) static REGULAR: LazyLock<Typeface> = LazyLock::new(|| Typeface::load("LibertinusSerif-Regular"));
pub(crate) static BOLD: LazyLock<Typeface> = LazyLock::new(|| Typeface::load("LibertinusSerif-Bold"));
pub(crate) static MONO: LazyLock<Typeface> = LazyLock::new(|| Typeface::load("DejaVuSansMono"));

/// A line of text as glyphs, with lengths in ems.
pub(crate) struct Run {
    pub(crate) glyphs: Vec<KrillaGlyph>,
    pub(crate) width: f32,
}

impl Typeface {
    fn load(post_script_name: &str) -> Self {
        let (bytes, face) = typst_assets::fonts()
            .filter_map(|bytes| Some((bytes, Face::from_slice(bytes, 0)?)))
            .find(|(_, face)| {
                let mut names = face.names().into_iter();
                names.any(|name| {
                    name.name_id == name_id::POST_SCRIPT_NAME && name.to_string().as_deref() == Some(post_script_name)
                })
            })
            .expect("the font comes with the crate");
        let font = Font::new(bytes.into(), 0).expect("the font was read above");
        let plan = ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, &[]);
        Self { font, face, plan }
    }

    /// Sets `text` with kerning, and with `tracking` ems more between letters.
    pub(crate) fn set(&self, text: &str, tracking: f32) -> Run {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(&self.face, &self.plan, buffer);

        let em = self.font.units_per_em();
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let mut width = 0.0;
        let glyphs = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, position)| {
                let start = info.cluster as usize;
                let end = starts.iter().copied().find(|&next| next > start).unwrap_or(text.len());
                let extra = if position.x_advance == 0 { 0.0 } else { tracking };
                let advance = units(position.x_advance) / em + extra;
                width += advance;
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    advance,
                    units(position.x_offset) / em,
                    units(position.y_offset) / em,
                    0.0,
                    start..end,
                    None,
                )
            })
            .collect();
        Run { glyphs, width: (width - tracking).max(0.0) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "font units are far below 2^24")]
fn units(value: i32) -> f32 {
    value as f32
}

/// `text` with `?` for every character that one of the cuts does not have, which leaves Latin, Greek and Cyrillic letters.
pub fn printable(text: &str) -> String {
    let known = |letter: char| [&REGULAR, &BOLD, &MONO].iter().all(|cut| cut.face.glyph_index(letter).is_some());
    text.chars().map(|letter| if known(letter) { letter } else { '?' }).collect()
}
