// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A ministry's folder: the chain of its statements survives whatever else lies there, and is never broken silently.

use std::fs;

use anchor::{
    conformance::cast::{NOW, Speaker, at, land, name, origin},
    keys::{NewKey, PrivateKeyError, Unlock},
    ministry::{CONFIG_FILE, Ministry, MinistryError, Terms},
};
use proof::{
    register::Register,
    request::Request,
    statement::{Kinds, Label, LedgerEntry, SchoolNumber, SignedStatement},
};
use tempfile::TempDir;

fn ministry() -> (TempDir, Ministry) {
    let folder = tempfile::tempdir().expect("a folder");
    let ministry = Ministry::create(folder.path(), &name("km.example"), land("07"), &origin(), &NewKey::unguarded())
        .expect("made");
    (folder, ministry)
}

fn request(state: &str) -> Request {
    Request {
        key: Speaker::new("schule.example", 3).key.verifying_key().clone(),
        name: Label::parse("Schule am See").expect("a label"),
        number: SchoolNumber::parse("12345").expect("a number"),
        place: Label::parse("Mainz").expect("a label"),
        state: land(state),
        kinds: Kinds::All,
        time: at(NOW),
    }
}

fn terms() -> Terms {
    Terms { kinds: Kinds::All, from: at(NOW), until: at(NOW + 1) }
}

fn accredit(ministry: &Ministry) -> Result<SignedStatement, MinistryError> {
    ministry.accredit(&request("07"), &terms(), at(NOW))
}

#[test]
fn statements_form_a_chain_that_counts() {
    let (folder, ministry) = ministry();
    let pins = format!("07 {} {} 0 -\n", ministry.pin().key, origin());
    let pins = proof::authority::Authorities::parse(pins.as_bytes()).expect("pins");
    let mut register = Register::new(origin(), &pins);
    for seq in 0..3 {
        // Opened anew each time, and with something else in the folder.
        let ministry = Ministry::open(folder.path(), &Unlock::unattended()).expect("opened");
        fs::write(folder.path().join("statements").join(format!("note {seq}.txt")), "x").expect("written");
        let signed = accredit(&ministry).expect("signed");
        assert_eq!(signed.statement().seq, seq);
        assert_eq!(fs::read(ministry.statement_file(seq)).expect("kept"), signed.note());
        let entry = LedgerEntry { admitted: at(NOW), note: signed.note().to_vec() };
        assert_eq!(register.apply(&entry), Ok(()));
    }
}

#[test]
fn a_broken_chain_is_not_continued() {
    let (_folder, ministry) = ministry();
    for _ in 0..3 {
        accredit(&ministry).expect("signed");
    }
    let [first, second, third] = [0, 1, 2].map(|seq| ministry.statement_file(seq));
    let good = fs::read(&third).expect("kept");
    for bad in [&good[..good.len() - 1], b"", &fs::read(&second).expect("kept")] {
        fs::write(&third, bad).expect("written");
        let Err(MinistryError::BrokenChain { path }) = accredit(&ministry) else { panic!("it signs") };
        assert_eq!(path, third);
    }
    fs::write(&third, good).expect("written");
    fs::remove_file(first).expect("removed");
    assert!(matches!(accredit(&ministry), Err(MinistryError::BrokenChain { .. } | MinistryError::Io { .. })));
}

#[test]
fn only_schools_of_its_own_land() {
    let (_folder, ministry) = ministry();
    let outcome = ministry.accredit(&request("05"), &terms(), at(NOW));
    let Err(MinistryError::OtherLand { got, wanted }) = outcome else { panic!("it signs") };
    assert_eq!((got, wanted), (land("05"), land("07")));
    assert!(!ministry.statement_file(0).exists());
}

#[test]
fn a_key_is_never_overwritten_and_a_bad_configuration_is_named() {
    let (folder, _ministry) = ministry();
    let again = Ministry::create(folder.path(), &name("km.example"), land("07"), &origin(), &NewKey::unguarded());
    assert!(matches!(again, Err(MinistryError::Key(PrivateKeyError::Io { .. }))));
    let config = folder.path().join(CONFIG_FILE);
    let good = fs::read_to_string(&config).expect("readable");
    for bad in ["", "name = 1", &good.replace("07", "17"), &format!("{good}more = 1\n"), &good.replace("km", "KM")] {
        fs::write(&config, bad).expect("written");
        assert!(
            matches!(Ministry::open(folder.path(), &Unlock::unattended()), Err(MinistryError::Config { .. })),
            "{bad}"
        );
    }
    fs::write(&config, good).expect("written");
    assert!(Ministry::open(folder.path(), &Unlock::unattended()).is_ok());
}
