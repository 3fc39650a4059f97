// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The command `samples` as it is typed.

use std::path::Path;
use std::process::{Command, Output};

fn samples(arguments: &[&str], dir: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samples"));
    command.args(arguments).current_dir(dir).output().expect("the program starts")
}

#[test]
fn files_are_made_and_then_not_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let arguments = ["make", "--out", "out", "--count", "3", "--kind", "halbjahr", "--seed", "5"];
    let first = samples(&arguments, dir.path());
    assert_eq!(first.status.code(), Some(0));
    assert!(first.stderr.is_empty());
    assert_eq!(std::fs::read_dir(dir.path().join("out")).unwrap().count(), 3);

    let second = samples(&arguments, dir.path());
    assert_eq!(second.status.code(), Some(1));
    let told = String::from_utf8(second.stderr).unwrap();
    assert!(told.starts_with("error: ") && told.contains(" exists already\nhint: "), "{told}");
}

#[test]
fn a_wrong_command_line_exits_with_64() {
    let dir = tempfile::tempdir().unwrap();
    for arguments in [
        &["make"][..],
        &["make", "--out", "out", "--kind", "diplom"],
        &["make", "--out", "out", "--count", "many"],
        &[],
    ] {
        let output = samples(arguments, dir.path());
        assert_eq!(output.status.code(), Some(64), "{arguments:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.starts_with("error: ") && told.contains("\nhint: "), "{told}");
        assert!(!dir.path().join("out").exists());
    }
}

#[test]
fn help_shows_an_example() {
    let output = samples(&["make", "--help"], Path::new("."));
    assert_eq!(output.status.code(), Some(0));
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(help.contains("samples make --out certificates --count 12 --kind abitur"));
}
