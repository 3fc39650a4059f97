// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Invented German school certificates as PDF files, to try and to measure Schulsiegel with.

The same seed, index and kind give the same bytes, on every machine and in any order: every choice
comes from a `ChaCha` stream keyed by them, dates and document ids too, and there is no clock. Pupils,
schools and signatures are invented; each page says so.

The files are PDF/A-3a and PDF/UA-1 (archival and accessible), as the PDF library checks them while
it writes, with embedded fonts, a structure tree, a crest and a fine line pattern. They have 90 to
110 kB: about 40 to 60 kB are the crest, a picture of 220 or 415 dots per inch that is compressed
once for all files, 15 kB the two fonts, and the rest text, lines and structure.

```
use samples::{Generator, Kind, School};

let generator = Generator::new(7, School::invented(7));
let certificate = generator.certificate(0, Kind::Abitur);
assert!(certificate.pdf.starts_with(b"%PDF-1.7"));
assert!(certificate.file_name.ends_with("_Abitur_0000.pdf"));
```
*/

mod abitur;
mod crest;
mod date;
mod document;
mod grade;
mod guilloche;
mod layout;
mod pupil;
mod random;
mod report;
mod school;
mod table;
mod write;

use std::fmt;
use std::str::FromStr;

use krilla::image::Image;

use crate::layout::Subject;
use crate::pupil::Pupil;
use crate::random::{Purpose, Random};
pub use crate::school::School;
use crate::school::Staff;
pub use crate::write::{WriteError, Written, write};

/// What kind of certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Zeugnis der Allgemeinen Hochschulreife, two pages.
    Abitur,
    /// Leaving certificate of the Realschule, one page.
    Realschule,
    /// Half-year report, one page.
    Halbjahr,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Abitur, Self::Realschule, Self::Halbjahr];

    /// The kind's name in statements and on the command line.
    pub fn token(self) -> &'static str {
        match self {
            Self::Abitur => "abitur",
            Self::Realschule => "realschule",
            Self::Halbjahr => "halbjahr",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Abitur => "Zeugnis der Allgemeinen Hochschulreife",
            Self::Realschule => "Abschlusszeugnis der Realschule",
            Self::Halbjahr => "Halbjahreszeugnis",
        }
    }

    fn file_part(self) -> &'static str {
        match self {
            Self::Abitur => "Abitur",
            Self::Realschule => "Realschulabschluss",
            Self::Halbjahr => "Halbjahreszeugnis",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.token())
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(token: &str) -> Result<Self, UnknownKind> {
        let found = Self::ALL.into_iter().find(|kind| kind.token() == token);
        found.ok_or_else(|| UnknownKind(token.to_owned()))
    }
}

/// A word that names no [`Kind`].
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0:?} is no kind of certificate, only abitur, realschule and halbjahr are")]
pub struct UnknownKind(String);

/// A certificate that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Name for a file: family name, given name, kind and index, for example
    /// `Müller-Lüdenscheidt_Anna_Abitur_0007.pdf`. No two of a generator are equal.
    pub file_name: String,
    /// The whole PDF.
    pub pdf: Vec<u8>,
}

/// Makes the certificates of one school in one year.
///
/// It holds the crest, already compressed, and is shared by as many threads as one likes.
pub struct Generator {
    seed: u64,
    school: School,
    staff: Staff,
    year: u16,
    /// For one page and for two.
    crests: [Image; 2],
}

impl Generator {
    /// A generator for `school`. Characters in its name, number and place that the font does not
    /// have are printed as `?`.
    pub fn new(seed: u64, school: School) -> Self {
        let random = &mut Random::new(seed, Purpose::School, 3);
        Self {
            seed,
            school: School {
                name: paper::printable(&school.name),
                number: paper::printable(&school.number),
                place: paper::printable(&school.place),
                state: school.state,
            },
            staff: Staff::draw(seed),
            year: 2020 + u16::from(random.small(6)),
            crests: [crest::draw(seed, ONE_PAGE_CREST), crest::draw(seed, TWO_PAGE_CREST)],
        }
    }

    /// The school whose certificates it makes.
    pub fn school(&self) -> &School {
        &self.school
    }

    /// Makes the certificate `index` of `kind`. One index is one pupil, whatever the kind.
    pub fn certificate(&self, index: u64, kind: Kind) -> Certificate {
        let [one_page, two_pages] = &self.crests;
        let subject = Subject {
            seed: self.seed,
            index,
            school: &self.school,
            staff: &self.staff,
            year: self.year,
            pupil: Pupil::draw(self.seed, index),
            crest: if kind == Kind::Abitur { two_pages } else { one_page },
        };
        Certificate { file_name: self.file_name(index, kind), pdf: layout::set(&subject, kind) }
    }

    /// The file name of [`Generator::certificate`], without making the PDF.
    pub fn file_name(&self, index: u64, kind: Kind) -> String {
        let pupil = Pupil::draw(self.seed, index);
        let name = format!("{}_{}", pupil.family, pupil.called).replace(' ', "-");
        format!("{name}_{}_{index:04}.pdf", kind.file_part())
    }
}

/// Widths of the crest in pixels: so fine that a file has about 100 kB.
const ONE_PAGE_CREST: u16 = 380;
const TWO_PAGE_CREST: u16 = 276;
