// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The sheet as other people's readers see it: its text, its places on the page, its fonts.

use std::{path::PathBuf, process::Command};

use anchor::keys::{TokenPlace, TokenSettings};
use proof::{
    key::{Algorithm, KeyName, SigningKey},
    statement::{Kinds, Label, Land, SchoolNumber},
};

use super::*;

/// Not a byte that could be part of anything else.
const SEED: [u8; 32] = *b"this must never be on the sheet!";

fn school(name: &str, place: &str, number: &str, key_name: &str) -> School {
    School {
        key_name: KeyName::parse(key_name).unwrap(),
        name: Label::parse(name).unwrap(),
        number: SchoolNumber::parse(number).unwrap(),
        place: Label::parse(place).unwrap(),
        state: Land::parse("08").unwrap(),
        kinds: Kinds::All,
    }
}

fn usual() -> School {
    school("Gymnasium am Mühlenberg", "Mühlhausen-Süd", "04711", "schule/08/04711")
}

fn sheet_in(school: &School, place: &KeyPlace, made: u64) -> Vec<u8> {
    let key = SigningKey::from_seed(&school.key_name, Algorithm::Ed25519, &SEED);
    let made = Timestamp::from_posix(made).unwrap();
    recovery_sheet(&SheetFacts { school, key: key.verifying_key(), place, made }).unwrap()
}

fn sheet(school: &School) -> Vec<u8> {
    sheet_in(school, &KeyPlace::File("/srv/siegel/school.key".into()), 1_795_452_221)
}

/// Runs a reader of PDFs on the file; its output.
fn read(pdf: &[u8], program: &str, before: &[&str], after: &[&str]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let output = Command::new(program).args(before).arg(file.path()).args(after).output();
    let output = output.unwrap_or_else(|error| panic!("{program} is not there: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The text of one page as it was written, with single blanks.
fn text(pdf: &[u8], page: &str) -> String {
    read(pdf, "pdftotext", &["-raw", "-f", page, "-l", page], &["-"]).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_blanks(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Every word with the corners of its box: left, top, right, bottom.
fn boxes(pdf: &[u8]) -> Vec<([f64; 4], String)> {
    let words = read(pdf, "pdftotext", &["-bbox"], &["-"]);
    let words = words.lines().filter_map(|line| line.trim().strip_prefix("<word "));
    let words = words.map(|word| {
        let side = |name: &str| word.split(name).nth(1).unwrap().split('"').nth(1).unwrap().parse().unwrap();
        (["xMin", "yMin", "xMax", "yMax"].map(side), word.to_owned())
    });
    words.collect()
}

#[track_caller]
fn assert_on_the_page(pdf: &[u8]) {
    let words = boxes(pdf);
    assert!(words.len() > 400, "{} words", words.len());
    for ([left, top, right, bottom], word) in words {
        assert!(left > 50.0 && right < 545.3 && top > 40.0 && bottom < 821.9, "{word}");
    }
    assert!(read(pdf, "pdfinfo", &[], &[]).contains("Pages:           2\n"));
}

#[test]
fn both_pages_name_school_and_key() {
    let school = usual();
    let pdf = sheet(&school);
    let key = SigningKey::from_seed(&school.key_name, Algorithm::Ed25519, &SEED);
    let public = SigningKey::verifying_key(&key);
    for (page, facts) in [
        ("1", ["Schulnummer 04711", "Land Baden-Württemberg", "Stand dieses Blatts 23.11.2026"]),
        ("2", ["School number 04711", "Land Baden-Württemberg", "Date of this sheet 2026-11-23"]),
    ] {
        let text = text(&pdf, page);
        for fact in ["Gymnasium am Mühlenberg", "Mühlhausen-Süd", "schule/08/04711", "/srv/siegel/school.key"] {
            assert!(text.contains(fact), "{fact} is not in {text}");
        }
        for fact in facts {
            assert!(text.contains(fact), "{fact} is not in {text}");
        }
        assert!(text.contains(&public.fingerprint().to_string()), "{text}");
        assert!(without_blanks(&text).contains(&public.to_string()), "{text}");
    }
}

#[test]
fn every_step_is_there_in_both_languages() {
    let pdf = sheet(&usual());
    for (lang, page) in Lang::ALL.into_iter().zip(["1", "2"]) {
        let (words, text) = (Words::new(lang), text(&pdf, page));
        for (part, steps) in PARTS {
            for step in 1..=*steps {
                let id = format!("{part}-{step}");
                let step = words.text(&Message::of_code("sheet", &id));
                assert!(step.contains(' '), "{id} has words");
                assert!(text.contains(&step), "{step} is not in {text}");
            }
            assert_eq!(words.attributes(&format!("sheet-{part}-{}", steps + 1)), None, "no step is forgotten");
        }
        for blank in BY_HAND {
            assert!(text.contains(&words.text(&Message::of_code("sheet-by-hand", blank))), "{blank}");
        }
    }
}

#[test]
fn the_private_key_is_not_on_it() {
    let pdf = sheet(&usual());
    let hex: String = proof::Hash(SEED).to_string();
    let everything =
        [text(&pdf, "1"), text(&pdf, "2"), read(&pdf, "qpdf", &["--qdf", "--object-streams=disable"], &["-"])];
    for text in everything.map(|text| without_blanks(&text)) {
        assert!(!text.contains(&hex) && !text.contains("thismustnever"), "{text}");
    }
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let place = KeyPlace::File("/srv/siegel/school.key".into());
    assert_eq!(sheet_in(&usual(), &place, 7), sheet_in(&usual(), &place, 7));
    assert_ne!(sheet_in(&usual(), &place, 7), sheet_in(&usual(), &place, 8));
}

#[test]
fn it_is_a_sound_tagged_pdf_with_its_fonts() {
    let pdf = sheet(&usual());
    let checked = read(&pdf, "qpdf", &["--check"], &[]);
    assert!(checked.contains("No syntax or stream encoding errors found"), "{checked}");
    let info = read(&pdf, "pdfinfo", &[], &[]);
    for line in
        ["Tagged:          yes", "JavaScript:      no", "Title:           Wiederherstellungsblatt: Gymnasium am"]
    {
        assert!(info.contains(line), "{info}");
    }
    // Name, type, encoding, whether it is embedded, a subset, has a map to Unicode, and two numbers.
    let fonts = read(&pdf, "pdffonts", &[], &[]);
    let fonts: Vec<Vec<&str>> = fonts.lines().skip(2).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(fonts.len(), 3, "{fonts:?}");
    for font in fonts {
        assert_eq!(font[font.len() - 5..font.len() - 2], ["yes", "yes", "yes"], "{font:?}");
    }
}

#[test]
fn a_token_is_named_as_such() {
    let settings = TokenSettings::new(&PathBuf::from("module.so"), "Schule am Hang".to_owned(), "siegel".to_owned());
    let token = TokenPlace::new(&settings, &PathBuf::new()).unwrap();
    let pdf = sheet_in(&usual(), &KeyPlace::Token(token), 0);
    assert!(text(&pdf, "1").contains("Der Schlüssel liegt im Token Schule am Hang/siegel"));
    assert!(text(&pdf, "2").contains("The key is in the token Schule am Hang/siegel"));
}

#[test]
fn the_longest_names_are_whole_and_stay_on_the_page() {
    let word = format!("{}m", "Ü".repeat(99));
    let many = format!("{}x", "ab ".repeat(66));
    let key_name = format!("schule/08/{}", "w".repeat(90));
    for (name, place) in [(&word, &many), (&many, &word), (&"W".repeat(200), &"M".repeat(200))] {
        let school = school(name, place, "1234567890123456", &key_name);
        let path = format!("/{}/school.key", "W".repeat(288));
        let pdf = sheet_in(&school, &KeyPlace::File(path.clone().into()), 0);
        assert_on_the_page(&pdf);
        let text = without_blanks(&text(&pdf, "1"));
        for whole in [name, place, "1234567890123456", &key_name, &path] {
            assert!(text.contains(&without_blanks(whole)), "{whole} is not in {text}");
        }
    }
}

#[test]
fn what_the_fonts_do_not_have_is_a_question_mark() {
    // Chinese; right to left; for private use, which is shown as a number.
    for (name, shown) in [("日本 A", "?? A"), ("שלום A", "???? A"), ("\u{e000}A", r"\u{e000}A")] {
        let pdf = sheet(&school(name, "Mainz", "1", "a"));
        assert_on_the_page(&pdf);
        assert!(text(&pdf, "1").contains(&format!("Schule {shown} Schulnummer")), "{}", text(&pdf, "1"));
    }
    let worst = sheet(&school(&"\u{e000}".repeat(66), &"\u{e000}".repeat(66), "1", "a"));
    assert_on_the_page(&worst);
}

#[test]
fn a_path_without_end_loses_its_middle() {
    let path = format!("/anfang/{}/school.key", "x/".repeat(2_000));
    let pdf = sheet_in(&usual(), &KeyPlace::File(path.into()), 0);
    assert_on_the_page(&pdf);
    let text = without_blanks(&text(&pdf, "1"));
    let ends = ["DerSchlüsselliegtin/anfang/x/x/x/", "x/…/x/", "/x//school.keyStanddiesesBlatts"];
    assert!(ends.iter().all(|end| text.contains(end)), "{text}");
    assert_eq!(shortened(&"ä".repeat(MAX_PATH)), "ä".repeat(MAX_PATH));
    assert_eq!(shortened(&"ä".repeat(MAX_PATH + 1)).chars().count(), MAX_PATH + 3);
}
