// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Which source counts, and what a person is asked.

use std::{cell::RefCell, collections::BTreeMap, fs};

use super::*;

const GOOD: &str = "drei lange Woerter";

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).expect("not empty")
}

/// Somebody who gives these answers, and notes the questions.
#[derive(Default)]
struct Script(RefCell<Vec<&'static str>>, RefCell<Vec<Question>>);

impl Script {
    fn new(answers: &[&'static str]) -> Self {
        Self(RefCell::new(answers.iter().rev().copied().collect()), RefCell::default())
    }

    fn questions(&self) -> Vec<Question> {
        self.1.borrow().clone()
    }
}

impl Person for Script {
    fn ask(&self, question: Question, key: &str) -> Option<Passphrase> {
        assert_eq!(key, "a.key");
        self.1.borrow_mut().push(question);
        self.0.borrow_mut().pop().map(passphrase)
    }
}

fn asking(person: &Script) -> Unlock<'_> {
    Unlock { sources: Sources::default(), person }
}

/// Opens what `GOOD` opens; a token says how many tries are left.
fn open(given: &Passphrase, left: Option<crate::keys::TriesLeft>) -> Result<u8, PrivateKeyError> {
    if given.reveal() == GOOD { Ok(7) } else { Err(PrivateKeyError::WrongPassphrase { key: "a.key".to_owned(), left }) }
}

#[test]
fn the_first_source_that_is_there_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| {
        let path = folder.path().join(name);
        host::create_file(&path, name.as_bytes(), true).expect("written");
        path
    };
    let (option, named, configured) = (file("option"), file("named"), file("configured"));
    let mut sources = Sources { option: Some(option), configured: Some(configured) };
    let mut variables = BTreeMap::from([(FILE_VARIABLE, named.into_os_string()), (VARIABLE, "held".into())]);
    let found = |sources: &Sources, variables: &BTreeMap<&str, OsString>| {
        let found = sources.find_with(|name| variables.get(name).cloned()).expect("usable");
        found.map(|found| found.reveal().to_owned())
    };
    assert_eq!(found(&sources, &variables).as_deref(), Some("option"));
    sources.option = None;
    assert_eq!(found(&sources, &variables).as_deref(), Some("named"));
    variables.insert(FILE_VARIABLE, OsString::new());
    assert_eq!(found(&sources, &variables).as_deref(), Some("held"), "an empty variable is not there");
    variables.clear();
    assert_eq!(found(&sources, &variables).as_deref(), Some("configured"));
    sources.configured = None;
    assert_eq!(found(&sources, &variables), None);
}

#[test]
fn one_line_break_at_the_end_of_a_file_does_not_count() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    let read_back = |bytes: &[u8]| {
        let _ = fs::remove_file(&path);
        host::create_file(&path, bytes, true).expect("written");
        read(&path).ok().map(|read| read.reveal().to_owned())
    };
    for (bytes, text) in
        [("a b", "a b"), ("a b\n", "a b"), ("a b\r\n", "a b"), ("a\n\n", "a\n"), (" a ", " a "), ("ä\n", "ä")]
    {
        assert_eq!(read_back(bytes.as_bytes()).as_deref(), Some(text), "{bytes:?}");
    }
    let large = "a".repeat(1_024);
    assert_eq!(read_back(large.as_bytes()), Some(large.clone()));
    for bad in ["", "\n", "\r\n", &"a".repeat(1_025)] {
        assert_eq!(read_back(bad.as_bytes()), None, "{bad:?}");
        assert!(matches!(read(&path), Err(PassphraseError::Malformed { .. })));
    }
    assert_eq!(read_back(b"\xff\xff"), None);
    assert!(matches!(read(&path), Err(PassphraseError::Malformed { .. })));
    assert!(matches!(read(&folder.path().join("none")), Err(PassphraseError::Io { .. })));
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    host::create_file(&path, b"a", true).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).expect("changed");
    assert!(matches!(read(&path), Err(PassphraseError::NotPrivate { .. })));
}

#[test]
fn a_person_may_try_three_times() {
    use Question::{Again, Passphrase as First};
    let person = Script::new(&["x", "y", GOOD]);
    assert_eq!(asking(&person).open("a.key", First, |given| open(given, None)).expect("opened"), 7);
    assert_eq!(person.questions(), [First, Again, Again]);

    let person = Script::new(&["x", "y", "z", GOOD]);
    let outcome = asking(&person).open("a.key", First, |given| open(given, None));
    assert!(matches!(outcome, Err(PrivateKeyError::WrongPassphrase { .. })), "{outcome:?}");
    assert_eq!(person.questions(), [First, Again, Again]);

    let person = Script::new(&["x"]);
    let outcome = asking(&person).open("a.key", First, |given| open(given, None));
    assert!(matches!(outcome, Err(PrivateKeyError::WrongPassphrase { .. })), "who leaves was wrong: {outcome:?}");

    let outcome = asking(&Script::default()).open("a.key", First, |given| open(given, None));
    let missing = |outcome| matches!(outcome, Err(PrivateKeyError::Passphrase(PassphraseError::Missing { key })) if key == "a.key");
    assert!(missing(outcome));
}

#[test]
fn what_counts_is_not_tried_again_by_the_way() {
    let person = Script::new(&["x", GOOD]);
    let left = Some(crate::keys::TriesLeft::Some);
    let outcome = asking(&person).open("a.key", Question::Pin, |given| open(given, left));
    assert!(matches!(outcome, Err(PrivateKeyError::WrongPassphrase { left: Some(_), .. })), "{outcome:?}");
    assert_eq!(person.questions(), [Question::Pin]);

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    host::create_file(&path, b"wrong", true).expect("written");
    let person = Script::new(&[GOOD]);
    let unlock = Unlock { sources: Sources { option: Some(path), configured: None }, person: &person };
    let outcome = unlock.open("a.key", Question::Passphrase, |given| open(given, None));
    assert!(matches!(outcome, Err(PrivateKeyError::WrongPassphrase { .. })), "{outcome:?}");
    assert_eq!(person.questions(), [], "a source that is wrong is not made up for");
}

#[test]
fn a_new_passphrase_is_long_and_typed_twice() {
    use Question::{New, NewLonger, NewSame, Repeat};
    let person = Script::new(&["elf Zeichen", GOOD, "drei lange", GOOD, GOOD]);
    let new = asking(&person).new_passphrase(Guard::Passphrase, "a.key").expect("chosen");
    assert_eq!(new, Some(passphrase(GOOD)));
    assert_eq!(person.questions(), [New(12), NewLonger(12), Repeat, NewSame, Repeat]);

    let person = Script::new(&["a", "b", "c", GOOD]);
    let refused = asking(&person).new_passphrase(Guard::Passphrase, "a.key");
    assert!(matches!(refused, Err(PassphraseError::TooShort { got: 1, wanted: 12 })), "{refused:?}");
    assert_eq!(person.questions().len(), 3);

    let refused = asking(&Script::default()).new_passphrase(Guard::Passphrase, "a.key");
    assert!(matches!(refused, Err(PassphraseError::MissingNew { .. })), "{refused:?}");
    let person = Script::new(&[GOOD]);
    assert_eq!(asking(&person).new_passphrase(Guard::None, "a.key").expect("none"), None);
    assert_eq!(person.questions(), []);

    // Twelve letters, not twelve bytes.
    let person = Script::new(&["äöüäöüäöüäöü", "äöüäöüäöüäöü"]);
    assert!(asking(&person).new_passphrase(Guard::Passphrase, "a.key").is_ok());
}

#[test]
fn a_new_passphrase_in_a_file_must_be_long_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file");
    host::create_file(&path, b"elf Zeichen\n", true).expect("written");
    let unlock = Unlock { sources: Sources { option: Some(path.clone()), configured: None }, person: &Nobody };
    let refused = unlock.new_passphrase(Guard::Passphrase, "a.key");
    assert!(matches!(refused, Err(PassphraseError::TooShort { got: 11, wanted: 12 })), "{refused:?}");
    let refused = unlock.changed(Change::ToFile(&path), "a.key", MIN_CHARACTERS);
    assert!(matches!(refused, Err(PassphraseError::TooShort { got: 11, wanted: 12 })), "{refused:?}");
    let refused = unlock.changed(Change::Asked, "a.key", MIN_CHARACTERS);
    assert!(matches!(refused, Err(PassphraseError::MissingChanged { .. })), "the old file is not the new passphrase");
    assert_eq!(unlock.changed(Change::ToNone, "a.key", MIN_CHARACTERS).expect("none"), None);
}

#[test]
fn nothing_secret_is_shown() {
    assert_eq!(format!("{:?}", passphrase(GOOD)), "Passphrase");
}
