// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What others rely on: the same bytes for the same seed, files of about 100 kB that any PDF reader
//! opens, and an ending behind which a seal can be put.

use std::collections::HashSet;
use std::fmt::Write as _;

use lopdf::{Document, Object};
use samples::{Certificate, Generator, Kind, School, UnknownKind, WriteError, Written, write};
use sha2::{Digest, Sha256};

fn generator(seed: u64) -> Generator {
    Generator::new(seed, School::invented(seed))
}

fn hex(bytes: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let mut text = String::new();
    for byte in digest {
        write!(text, "{byte:02x}").expect("a string takes text");
    }
    text
}

/// A few certificates of several seeds and every kind.
fn some() -> impl Iterator<Item = (Kind, Certificate)> {
    [1, 2, 7, u64::MAX].into_iter().flat_map(|seed| {
        let generator = generator(seed);
        let indices = [0, 1, 12_345];
        let all = Kind::ALL.into_iter().flat_map(move |kind| indices.map(|index| (kind, index)));
        all.map(move |(kind, index)| (kind, generator.certificate(index, kind)))
    })
}

/// The text of all pages, without spaces: where a reader puts them is its own affair.
fn text(document: &Document) -> String {
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    let text = document.extract_text(&pages).expect("the text has an encoding");
    text.split_whitespace().collect()
}

#[test]
fn a_seed_gives_the_same_bytes() {
    for kind in Kind::ALL {
        assert_eq!(generator(3).certificate(5, kind), generator(3).certificate(5, kind));
    }
    // A change of these means: every certificate made before differs from those made now.
    let made = Kind::ALL.map(|kind| {
        let certificate = generator(1).certificate(0, kind);
        (certificate.file_name, hex(&certificate.pdf))
    });
    let expected = [
        ("De-Rosa_Giosuè_Abitur_0000.pdf", "5ccf03c5be250b2ce270b99bda722e3df0692755915de7a3466c20b555e41c55"),
        (
            "De-Rosa_Giosuè_Realschulabschluss_0000.pdf",
            "94f78ed7309b08ad207da536a96b39482e3e05bb8aadfb8a8626f2915c7c2cc1",
        ),
        (
            "De-Rosa_Giosuè_Halbjahreszeugnis_0000.pdf",
            "825ccaec325c36d6f9b19462ace8c59b492e665fb425d91fce98190379feed01",
        ),
    ];
    assert_eq!(made, expected.map(|(name, hash)| (name.to_owned(), hash.to_owned())));
}

#[test]
fn another_seed_or_index_gives_other_bytes() {
    let generators = [generator(1), generator(2)];
    let mut digests = HashSet::new();
    for generator in &generators {
        for index in 0..4 {
            for kind in Kind::ALL {
                assert!(digests.insert(hex(&generator.certificate(index, kind).pdf)));
            }
        }
    }
    assert_eq!(digests.len(), 24);
}

#[test]
fn file_names_are_those_of_the_certificates_and_unique() {
    let generator = generator(1);
    let mut names = HashSet::new();
    for index in 0..2_000 {
        let name = generator.file_name(index, Kind::Abitur);
        assert!(name.ends_with(&format!("_Abitur_{index:04}.pdf")), "{name}");
        assert!(!name.contains(['/', '\\', ' ']), "{name}");
        assert!(names.insert(name));
    }
    assert_eq!(generator.certificate(9, Kind::Abitur).file_name, generator.file_name(9, Kind::Abitur));
}

#[test]
fn files_have_about_100_kb() {
    for (_, certificate) in some() {
        let size = certificate.pdf.len();
        assert!((90_000..=110_000).contains(&size), "{} has {size} bytes", certificate.file_name);
    }
}

#[test]
fn files_end_with_the_mark_of_the_end() {
    for (_, certificate) in some() {
        let end = String::from_utf8_lossy(&certificate.pdf[certificate.pdf.len() - 40..]);
        let (_, last) = end.rsplit_once("startxref\n").unwrap();
        let (place, mark) = last.split_once('\n').unwrap();
        assert_eq!(mark.trim_end_matches('\n'), "%%EOF");
        let place: usize = place.parse().unwrap();
        assert!(certificate.pdf[place..].starts_with(b"xref\n"));
    }
}

#[test]
fn pdfs_are_tagged_have_embedded_fonts_and_run_nothing() {
    for (kind, certificate) in some() {
        let document = Document::load_mem(&certificate.pdf).unwrap();
        let pages = if kind == Kind::Abitur { 2 } else { 1 };
        assert_eq!(document.get_pages().len(), pages, "{}", certificate.file_name);

        let catalog = document.catalog().unwrap();
        assert!(catalog.has(b"StructTreeRoot"));
        assert!(!catalog.has(b"OpenAction") && !catalog.has(b"AA") && !catalog.has(b"AcroForm"));
        let mut fonts = 0;
        for object in document.objects.values() {
            let dictionary = match object {
                Object::Dictionary(dictionary) => dictionary,
                Object::Stream(stream) => &stream.dict,
                _ => continue,
            };
            assert!(!dictionary.has(b"JS") && !dictionary.has(b"JavaScript"));
            if dictionary.has_type(b"FontDescriptor") {
                assert!(dictionary.has(b"FontFile3"), "a font is not embedded");
                fonts += 1;
            }
        }
        assert_eq!(fonts, 2);

        let xmp = catalog.get_deref(b"Metadata", &document).unwrap().as_stream().unwrap();
        let xmp = String::from_utf8(xmp.get_plain_content().unwrap()).unwrap();
        for mark in ["<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"] {
            assert!(xmp.contains(mark), "{mark}");
        }
    }
}

#[test]
fn the_name_can_be_read_from_the_text() {
    for (_, certificate) in some() {
        let document = Document::load_mem(&certificate.pdf).unwrap();
        let text = text(&document);
        let mut parts = certificate.file_name.split('_');
        let family: String = parts.next().unwrap().replace('-', "");
        let given: String = parts.next().unwrap().replace('-', "");
        let plain = text.replace('-', "");
        assert!(plain.contains(&family), "{family} is not in {text}");
        assert!(plain.contains(&given), "{given} is not in {text}");
        assert!(text.contains("frei erfunden".replace(' ', "").as_str()));
    }
}

#[test]
fn the_printed_average_is_that_of_the_printed_total() {
    let generator = generator(4);
    for index in 0..20 {
        let pdf = generator.certificate(index, Kind::Abitur).pdf;
        let text = text(&Document::load_mem(&pdf).unwrap());
        let number = |label: &str| -> String {
            let (_, rest) = text.split_once(label).unwrap_or_else(|| panic!("{label}: {text}"));
            rest.chars().take_while(|letter| letter.is_ascii_digit() || *letter == ',').collect()
        };
        let total: u32 = number("Gesamtpunktzahl").parse().unwrap();
        assert!((300..=900).contains(&total), "{total}");
        let tenths = ((1020 - total) / 18).max(10);
        assert_eq!(number("Durchschnittsnote"), format!("{},{}", tenths / 10, tenths % 10));
    }
}

#[test]
fn a_school_with_unusual_letters_is_printed() {
    let school = School {
        name: "Schule 学校 \u{7}mit einem Namen, der viel länger ist als die Seite breit ist, weil \
               das vorkommt"
            .to_owned(),
        number: "X-1".to_owned(),
        place: "Łódź am Ödsee".to_owned(),
        state: "17".to_owned(),
    };
    let generator = Generator::new(1, school);
    assert!(generator.school().name.starts_with("Schule ?? ?mit einem"));
    for kind in Kind::ALL {
        let document = Document::load_mem(&generator.certificate(0, kind).pdf).unwrap();
        assert!(text(&document).contains("ŁódźamÖdsee"));
    }
}

#[test]
fn kinds_are_read_from_their_tokens() {
    for kind in Kind::ALL {
        assert_eq!(kind.token().parse(), Ok(kind));
    }
    let error: UnknownKind = "Abitur".parse::<Kind>().unwrap_err();
    assert_eq!(error.to_string(), "\"Abitur\" is no kind of certificate, only abitur, realschule and halbjahr are");
}

#[test]
fn writing_takes_the_kinds_in_turn_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("new");
    let generator = generator(1);
    let written = write(&dir, &generator, 0..6, &Kind::ALL).unwrap();
    let mut bytes = 0;
    for (index, kind) in (0..6).zip(Kind::ALL.into_iter().cycle()) {
        let certificate = generator.certificate(index, kind);
        let file = std::fs::read(dir.join(&certificate.file_name)).unwrap();
        assert_eq!(file, certificate.pdf);
        bytes += u64::try_from(file.len()).unwrap();
    }
    assert_eq!(written, Written { files: 6, bytes });

    let kept = dir.join(generator.file_name(4, Kind::Realschule));
    std::fs::write(&kept, "mine").unwrap();
    let error = write(&dir, &generator, 4..9, &Kind::ALL).unwrap_err();
    assert!(matches!(error, WriteError::Exists { path } if path == kept));
    assert_eq!(std::fs::read(&kept).unwrap(), b"mine");
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 6, "nothing else was written");
}
