// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What is common to all certificates: head, place of the seal, signatures, key of grades and foot.
*/

mod abitur;
mod halbjahr;
mod realschule;

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Size};
use krilla::image::Image;
use krilla::paint::StrokeDash;
use paper::{Align, At, Ink, Page, Sheet, WIDTH, stroke};

use crate::Kind;
use crate::date::Date;
use crate::document::Facts;
use crate::pupil::Pupil;
use crate::random::{Purpose, Random};
use crate::school::{School, Staff};
use crate::{crest, document};

const LEFT: f32 = 62.0;
const RIGHT: f32 = WIDTH - LEFT;
const MIDDLE: f32 = WIDTH / 2.0;

/// What one certificate is made from.
pub(crate) struct Subject<'a> {
    pub(crate) seed: u64,
    pub(crate) index: u64,
    pub(crate) school: &'a School,
    pub(crate) staff: &'a Staff,
    /// Year in which the certificates are issued.
    pub(crate) year: u16,
    pub(crate) pupil: Pupil,
    pub(crate) crest: &'a Image,
}

/// Sets the certificate as a PDF.
pub(crate) fn set(subject: &Subject<'_>, kind: Kind) -> Vec<u8> {
    let pages: Vec<Page<'_>> = match kind {
        Kind::Abitur => abitur::pages(subject),
        Kind::Realschule => realschule::pages(subject),
        Kind::Halbjahr => halbjahr::pages(subject),
    };
    let name = subject.pupil.full_name();
    let facts = Facts {
        title: format!("{}: {name}", kind.title()),
        school: subject.school.name.clone(),
        issued: subject.issued(kind),
        id: format!("schulsiegel-sample-{}-{}-{}", subject.seed, kind.token(), subject.index),
    };
    document::compose(&facts, subject.seed, subject.index, pages)
}

impl Subject<'_> {
    fn issued(&self, kind: Kind) -> Date {
        match kind {
            Kind::Abitur => Date::new(self.year, 6, 21),
            Kind::Realschule => Date::new(self.year, 7, 5),
            Kind::Halbjahr => Date::new(self.year, 1, 31),
        }
    }

    /// The pupil's birthday, when `age` is the age on the next birthday of the older ones.
    fn born(&self, age: u16) -> Date {
        let year = self.year - age + u16::from(self.pupil.younger);
        Date::new(year, self.pupil.birth_month, self.pupil.birth_day)
    }

    /// Land, crest and school in the middle of the page's head; `y` is the first baseline.
    fn letterhead(&self, sheet: &mut Sheet<'_>, mut y: f32, crest_width: f32) -> f32 {
        if let Some(land) = self.school.land() {
            sheet.line(At(MIDDLE, y), Align::Centre, Ink::regular(12.0).tracked(0.08), land);
            y += 12.0;
        }
        let size = Size::from_wh(crest_width, crest_width * crest::PROPORTION).expect("a crest has a size");
        let description = format!("Wappen der Schule in {}", self.school.place);
        sheet.picture(At(MIDDLE - crest_width / 2.0, y), size, self.crest, &description);
        y += size.height() + 24.0;
        let name = Ink::bold(15.0).fitted(&self.school.name, RIGHT - LEFT);
        sheet.line(At(MIDDLE, y), Align::Centre, name, &self.school.name);
        let number = format!("Schulnummer {} · {}", self.school.number, self.school.place);
        let small = Ink::small(9.0).fitted(&number, RIGHT - LEFT);
        sheet.line(At(MIDDLE, y + 14.0), Align::Centre, small, &number);
        y + 14.0
    }

    /// Name, birthday and birthplace, home.
    fn person(&self, sheet: &mut Sheet<'_>, mut y: f32, leading: f32, born: Date) -> f32 {
        let name = self.pupil.full_name();
        sheet.field(At(LEFT, y), LEFT + 74.0, RIGHT, "Name", &name);
        y += leading;
        sheet.field(At(LEFT, y), LEFT + 74.0, MIDDLE - 14.0, "geboren am", &born.long());
        sheet.field(At(MIDDLE - 4.0, y), MIDDLE + 14.0, RIGHT, "in", self.pupil.birthplace);
        y += leading;
        sheet.field(At(LEFT, y), LEFT + 74.0, RIGHT, "wohnhaft in", self.pupil.home);
        y
    }

    /// Place and date, the place of the seal and two signatures under lines.
    fn closing(&self, sheet: &mut Sheet<'_>, y: f32, issued: Date, signatures: [(&str, &str); 2]) {
        let place = format!("{}, den {}", self.school.place, issued.long());
        sheet.line(At(LEFT, y), Align::Left, Ink::regular(11.0), &place);

        let seal = At(MIDDLE, y + 26.0);
        sheet.decoration(|surface| {
            let dash = StrokeDash { array: vec![2.0, 2.0], offset: 0.0 };
            let line = stroke(rgb::Color::new(150, 150, 158), 0.6);
            surface.set_fill(None);
            surface.set_stroke(Some(krilla::paint::Stroke { dash: Some(dash), ..line }));
            surface.draw_path(&circle(seal, 36.0));
        });
        sheet.line(At(seal.0, seal.1 - 2.0), Align::Centre, Ink::small(7.5), "Dienstsiegel");
        sheet.line(At(seal.0, seal.1 + 8.0), Align::Centre, Ink::small(7.5), "der Schule");

        let base = y + 52.0;
        let ends = [(LEFT, LEFT + 172.0), (RIGHT - 172.0, RIGHT)];
        for ((from, to), (name, office)) in ends.into_iter().zip(signatures) {
            sheet.rule(At(from, base), At(to, base), 0.5);
            let middle = f32::midpoint(from, to);
            sheet.line(At(middle, base + 10.0), Align::Centre, Ink::regular(8.5), name);
            sheet.line(At(middle, base + 19.5), Align::Centre, Ink::small(7.5), office);
        }
    }

    /// The certificate's number, and that it is a sample.
    fn foot(&self, sheet: &mut Sheet<'_>, page: &str, kind: Kind) {
        let bits = Random::new(self.seed, Purpose::Print, self.index).bits();
        let number = format!(
            "Zeugnis-Nr. {}-{}-{:04}-{:04X}{page}",
            self.school.number,
            self.year,
            self.index,
            (bits ^ kind as u64) & 0xffff,
        );
        let y = 803.0;
        sheet.line(At(LEFT, y), Align::Left, Ink::small(7.0), &number);
        let note = "Muster ohne rechtliche Wirkung: Person und Schule sind frei erfunden.";
        sheet.line(At(RIGHT, y), Align::Right, Ink::small(7.0), note);
    }
}

/// A line that tells what the six grades mean.
fn key_of_grades(sheet: &mut Sheet<'_>, y: f32) {
    let key = "Notenstufen: 1 = sehr gut, 2 = gut, 3 = befriedigend, 4 = ausreichend, \
               5 = mangelhaft, 6 = ungenügend";
    sheet.line(At(LEFT, y), Align::Left, Ink::small(8.0), key);
}

/// Background of table heads.
fn tint() -> rgb::Color {
    rgb::Color::new(226, 230, 238)
}

fn circle(centre: At, radius: f32) -> krilla::geom::Path {
    // The usual length of the handles with which four curves make a circle.
    let handle = radius * 0.5523;
    let At(x, y) = centre;
    let mut path = PathBuilder::new();
    path.move_to(x + radius, y);
    path.cubic_to(x + radius, y + handle, x + handle, y + radius, x, y + radius);
    path.cubic_to(x - handle, y + radius, x - radius, y + handle, x - radius, y);
    path.cubic_to(x - radius, y - handle, x - handle, y - radius, x, y - radius);
    path.cubic_to(x + handle, y - radius, x + radius, y - handle, x + radius, y);
    path.close();
    path.finish().expect("a circle has points")
}
