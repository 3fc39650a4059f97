// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The crest of an invented place, drawn pixel by pixel: a shield with an open book above and a leaf, a
star or waves below, hatched and in relief like an engraving, under a wall crown.

Only IEEE arithmetic and `libm` are used, so that the picture is the same on every machine.
*/

use krilla::image::Image;

use crate::random::{Purpose, Random};

/// Height of a crest, as part of its width.
pub(crate) const PROPORTION: f32 = 1.25;

type Colour = [f64; 3];

/// What a crest looks like.
struct Design {
    chief: Tincture,
    field: Tincture,
    metal: Colour,
    charge: Charge,
}

/// A colour and the direction of the engraver's lines that stand for it.
#[derive(Clone, Copy)]
struct Tincture {
    colour: Colour,
    hatch: (f64, f64),
}

#[derive(Clone, Copy)]
enum Charge {
    Leaf,
    Star,
    Waves,
}

const BLUE: Tincture = Tincture { colour: [0.11, 0.27, 0.53], hatch: (0.0, 1.0) };
const RED: Tincture = Tincture { colour: [0.66, 0.10, 0.13], hatch: (1.0, 0.0) };
const GREEN: Tincture = Tincture { colour: [0.08, 0.42, 0.24], hatch: (0.6, 0.8) };
const GOLD: Colour = [0.87, 0.68, 0.24];
const SILVER: Colour = [0.86, 0.87, 0.90];

/// The crest of the school of `seed`, `width` pixels wide.
pub(crate) fn draw(seed: u64, width: u16) -> Image {
    let random = &mut Random::new(seed, Purpose::School, 2);
    let (chief, field) = random.pick(&[(BLUE, RED), (RED, GREEN), (GREEN, BLUE), (BLUE, GREEN)]);
    let metal = random.pick(&[GOLD, SILVER]);
    let charge = random.pick(&[Charge::Leaf, Charge::Star, Charge::Waves]);
    let design = Design { chief, field, metal, charge };

    let height = width / 4 * 5;
    let mut pixels = Vec::with_capacity(usize::from(width) * usize::from(height) * 4);
    for row in 0..height {
        for column in 0..width {
            pixels.extend(design.pixel(column, row, width));
        }
    }
    Image::from_rgba8(pixels, u32::from(width), u32::from(height))
}

/// Samples along each side of a pixel.
const SAMPLES: u8 = 3;

impl Design {
    /// Red, green, blue and opacity of one pixel.
    fn pixel(&self, column: u16, row: u16, width: u16) -> [u8; 4] {
        let mut sum = [0.0; 3];
        let mut covered = 0.0;
        for sample in 0..SAMPLES * SAMPLES {
            let part = |number: u8| (f64::from(number) + 0.5) / f64::from(SAMPLES);
            let x = f64::from(column) + part(sample % SAMPLES);
            let y = f64::from(row) + part(sample / SAMPLES);
            let scale = 2.0 / f64::from(width);
            if let Some(colour) = self.colour(x * scale - 1.0, y * scale - 1.25) {
                for (channel, value) in sum.iter_mut().zip(colour) {
                    *channel += value;
                }
                covered += 1.0;
            }
        }
        if covered == 0.0 {
            return [255, 255, 255, 0];
        }
        let [red, green, blue] = sum.map(|channel| byte(channel / covered));
        [red, green, blue, byte(covered / f64::from(SAMPLES * SAMPLES))]
    }

    /// The colour at a point, `x` from -1 to 1 and `y` from -1.25 (top) to 1.25; `None` outside.
    fn colour(&self, x: f64, y: f64) -> Option<Colour> {
        if let Some(depth) = crown(x, y) {
            let relief = relief(depth, 0.05) - 0.10 * libm::fabs(x);
            return Some(lit(GOLD, relief, x, y));
        }
        let depth = shield(x, y);
        if depth < 0.0 {
            return None;
        }
        if depth < 0.055 {
            return Some(lit(GOLD, relief(depth.min(0.055 - depth), 0.02), x, y));
        }
        let (tincture, mark) = if y < -0.16 {
            (self.chief, book(x, y + 0.42))
        } else if y < -0.11 {
            return Some(lit(self.metal, 0.0, x, y));
        } else {
            (self.field, self.charge.depth(x, y - 0.38))
        };
        if let Some(depth) = mark {
            return Some(lit(self.metal, relief(depth, 0.045), x, y));
        }
        let line = libm::sin((tincture.hatch.0 * x + tincture.hatch.1 * y) * 150.0);
        let vault = 0.16 - 0.22 * (x * x + y * y) + 0.07 * line;
        Some(lit(tincture.colour, vault, x, y))
    }
}

impl Charge {
    /// How deep a point lies within the charge, whose middle is (0, 0).
    fn depth(self, x: f64, y: f64) -> Option<f64> {
        let depth = match self {
            Self::Star => {
                let angle = libm::atan2(x, -y);
                let ray = libm::cos(angle * 8.0);
                0.33 + 0.10 * ray - libm::sqrt(x * x + y * y)
            }
            Self::Waves => {
                let wave = libm::sin(y * 22.0 + 1.1 * libm::sin(x * 8.0));
                (wave - 0.1) * 0.06
            }
            Self::Leaf => {
                // A heart with its tip down, a vein in the middle and a stalk above.
                let heart = heart(x / 0.36, -y / 0.36) * 0.16;
                let vein = libm::fabs(x) - 0.008;
                let side = libm::fabs(libm::sin((libm::fabs(x) * 0.8 + y) * 22.0)) * 0.05 - 0.006;
                let stalk = (0.018 - libm::fabs(x)).min(0.10 - libm::fabs(y + 0.38));
                heart.min(vein).min(side).max(stalk)
            }
        };
        (depth > 0.0).then_some(depth)
    }
}

/// Positive inside a heart of unit size.
fn heart(x: f64, y: f64) -> f64 {
    let circle = x * x + y * y - 1.0;
    x * x * y * y * y - circle * circle * circle
}

/// How deep a point lies within the shield; negative outside.
fn shield(x: f64, y: f64) -> f64 {
    let top = y + 0.78;
    let half = if y < 0.1 {
        0.86
    } else {
        let part = (y - 0.1) / 1.1;
        if part >= 1.0 { -1.0 } else { 0.86 * libm::sqrt(1.0 - part * part) }
    };
    top.min((half - libm::fabs(x)) * 0.9)
}

/// How deep a point lies within the wall crown above the shield.
fn crown(x: f64, y: f64) -> Option<f64> {
    let across = libm::fabs(x);
    let band = (0.70 - across).min((y + 1.02).min(-0.83 - y));
    let tower = |centre: f64, half: f64, top: f64| {
        let from_middle = libm::fabs(across - centre);
        let battlement = libm::sin((across - centre) * 62.0) > 0.0;
        let top = if battlement { top + 0.045 } else { top };
        (half - from_middle).min((y - top).min(-0.98 - y))
    };
    let gate = (0.045 - across).min(-0.86 - y).min(y + 1.0);
    let depth = band.max(tower(0.0, 0.16, -1.22)).max(tower(0.52, 0.13, -1.17));
    (depth > 0.0 && gate <= 0.0).then_some(depth)
}

/// How deep a point lies within the open book, whose middle is (0, 0).
fn book(x: f64, y: f64) -> Option<f64> {
    let across = libm::fabs(x);
    let sag = 0.07 * libm::sin(across * 5.2);
    let page = (0.53 - across).min(across - 0.012).min(0.20 - libm::fabs(y + sag));
    let line = libm::fabs(libm::sin((y + sag) * 34.0)) - 0.24;
    let printed = across > 0.07 && across < 0.46 && libm::fabs(y + sag) < 0.15;
    (page > 0.0 && !(printed && line < 0.0)).then_some(page)
}

/// Brightness of a raised edge `depth` from its border.
fn relief(depth: f64, width: f64) -> f64 {
    if depth < width { 0.20 - 0.42 * (1.0 - depth / width) } else { 0.20 }
}

/// A colour in light from the upper left, in steps like those of a print with few inks: they also
/// let the picture compress well.
fn lit(colour: Colour, brightness: f64, x: f64, y: f64) -> Colour {
    let light = 1.0 + brightness - 0.10 * (x + y);
    let step = libm::round(light * LIGHT_STEPS) / LIGHT_STEPS;
    colour.map(|channel| (channel * step).clamp(0.0, 1.0))
}

/// Shades between dark and the full colour.
const LIGHT_STEPS: f64 = 20.0;

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of 1 times 255 fits a byte")]
fn byte(part: f64) -> u8 {
    (part * 255.0 + 0.5) as u8
}
