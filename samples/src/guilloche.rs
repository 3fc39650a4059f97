// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The fine line pattern under the text, as on printed certificates: a rosette in the middle and woven
waves at the edges. Its shape is drawn from the seed, so that certificates differ in it.

Only two curves are in the file; the others are the same two, turned or mirrored.
*/

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Transform};
use krilla::graphic::Graphic;
use krilla::surface::Surface;
use paper::{HEIGHT, WIDTH, hundredths, stroke};

use crate::random::{Purpose, Random};

/// The pattern of one certificate.
pub(crate) struct Guilloche {
    /// One ring of the rosette, around (0, 0).
    ring: Path,
    petals: u8,
    /// One strand of the frame.
    strand: Path,
    hue: rgb::Color,
    pale: rgb::Color,
}

const TAU: f64 = std::f64::consts::TAU;
/// Distance of the frame from the edge of the page.
const FRAME: f64 = 26.0;
const RINGS: u8 = 8;

impl Guilloche {
    /// The pattern of certificate `index` of `seed`.
    pub(crate) fn draw(seed: u64, index: u64) -> Self {
        let random = &mut Random::new(seed, Purpose::Print, index);
        let (hue, pale) = random.pick(&[
            (rgb::Color::new(200, 213, 229), rgb::Color::new(224, 232, 241)),
            (rgb::Color::new(202, 221, 202), rgb::Color::new(226, 237, 225)),
            (rgb::Color::new(230, 211, 195), rgb::Color::new(242, 231, 221)),
        ]);
        let petals = 5 + random.small(4);
        let inner = f64::from(11 + 2 * random.small(3));
        let turn = f64::from(random.below(1000)) / 1000.0 * TAU;
        let ring = closed_curve(120, |angle| {
            let petal = libm::cos(f64::from(petals) * angle + turn);
            let radius = 120.0 + 52.0 * petal + 17.0 * libm::sin(inner * angle);
            let (sin, cos) = libm::sincos(angle);
            (radius * cos, radius * sin)
        });

        // With an odd number of waves, the strand and its three mirror images lie a quarter of a
        // wave apart on every side.
        let waves = f64::from(59 + 2 * random.small(5));
        let width = f64::from(WIDTH) - 2.0 * FRAME;
        let round = 2.0 * (width + f64::from(HEIGHT) - 2.0 * FRAME);
        let shift = TAU / 8.0 - waves * TAU * width / round / 2.0;
        let strand = closed_curve(330, |angle| {
            let (x, y, outwards) = along_the_frame(angle / TAU);
            let swing = 6.5 * libm::sin(waves * angle + shift);
            (x + outwards.0 * swing, y + outwards.1 * swing)
        });
        Self { ring, petals, strand, hue, pale }
    }

    pub(crate) fn print(&self, surface: &mut Surface<'_>) {
        let ring = curve(surface, &self.ring, self.pale, 0.5);
        for number in 0..RINGS {
            let turn = f64::from(number) / f64::from(RINGS * self.petals) * TAU;
            let (sin, cos) = libm::sincos(turn);
            let (sin, cos) = (narrow(sin), narrow(cos));
            let middle = Transform::from_row(cos, sin, -sin, cos, WIDTH / 2.0, 430.0);
            repeat(surface, &ring, &middle);
        }
        let strand = curve(surface, &self.strand, self.hue, 0.45);
        for (x, y) in [(1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)] {
            let left = if x < 0.0 { WIDTH } else { 0.0 };
            let top = if y < 0.0 { HEIGHT } else { 0.0 };
            repeat(surface, &strand, &Transform::from_row(x, 0.0, 0.0, y, left, top));
        }
    }
}

/// A curve that is stored once, however often it is drawn.
fn curve(surface: &mut Surface<'_>, path: &Path, colour: rgb::Color, width: f32) -> Graphic {
    let mut builder = surface.stream_builder();
    let mut inner = builder.surface();
    inner.set_fill(None);
    inner.set_stroke(Some(stroke(colour, width)));
    inner.draw_path(path);
    inner.finish();
    Graphic::new(builder.finish(), false)
}

fn repeat(surface: &mut Surface<'_>, graphic: &Graphic, place: &Transform) {
    surface.push_transform(place);
    surface.draw_graphic(graphic.clone());
    surface.pop();
}

/// The point at `part` (0 to 1) of the way round the page's frame, and the direction outwards.
fn along_the_frame(part: f64) -> (f64, f64, (f64, f64)) {
    let width = f64::from(WIDTH) - 2.0 * FRAME;
    let height = f64::from(HEIGHT) - 2.0 * FRAME;
    let way = part * 2.0 * (width + height);
    if way < width {
        (FRAME + way, FRAME, (0.0, -1.0))
    } else if way < width + height {
        (FRAME + width, FRAME + way - width, (1.0, 0.0))
    } else if way < 2.0 * width + height {
        (FRAME + 2.0 * width + height - way, FRAME + height, (0.0, 1.0))
    } else {
        (FRAME, FRAME + 2.0 * (width + height) - way, (-1.0, 0.0))
    }
}

/// A smooth closed curve through `count` points of `place`, whose argument runs from 0 to 2π.
fn closed_curve(count: u16, place: impl Fn(f64) -> (f64, f64)) -> Path {
    let point = |number: i32| {
        let part = f64::from(number.rem_euclid(i32::from(count))) / f64::from(count);
        place(part * TAU)
    };
    let mut path = PathBuilder::new();
    let start = point(0);
    path.move_to(short(start.0), short(start.1));
    for number in 0..i32::from(count) {
        // Catmull-Rom: the tangent at a point is half the way between its neighbours.
        let [before, from, to, after] = [-1, 0, 1, 2].map(|step| point(number + step));
        path.cubic_to(
            short(from.0 + (to.0 - before.0) / 6.0),
            short(from.1 + (to.1 - before.1) / 6.0),
            short(to.0 - (after.0 - from.0) / 6.0),
            short(to.1 - (after.1 - from.1) / 6.0),
            short(to.0),
            short(to.1),
        );
    }
    path.close();
    path.finish().expect("a curve has points")
}

fn short(length: f64) -> f32 {
    hundredths(narrow(length))
}

#[expect(clippy::cast_possible_truncation, reason = "a length on the page or a part of 1")]
fn narrow(number: f64) -> f32 {
    number as f32
}
