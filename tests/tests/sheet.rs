// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The recovery sheet that `issuer init` and `issuer sheet` write: it is there, it is right, it overwrites nothing.

use std::{fs, path::Path, process::Command};

use tests::program::{Run, program, run};

const PASSPHRASE: &str = "sieben graue Kraniche im Nebel";
const INIT: [&str; 9] = ["init", "--name", "Schule am Hang", "--number", "4711", "--place", "Kassel", "--state", "06"];

fn issuer(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(program("issuer"));
    command.args(["--config", "school/issuer.toml", "--passphrase-file", "passphrase"]).args(arguments);
    run(command.current_dir(folder).env("LANG", "de_DE.UTF-8"))
}

/// A folder with a passphrase and nothing else.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("made");
    fs::write(folder.path().join("passphrase"), PASSPHRASE).expect("written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder.path().join("passphrase"), fs::Permissions::from_mode(0o600)).expect("set");
    }
    folder
}

fn text(pdf: &Path) -> String {
    let output = Command::new("pdftotext").arg("-raw").arg(pdf).arg("-").output().expect("pdftotext is there");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("text").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn init_writes_a_sheet_for_its_key() {
    let folder = folder();
    let said = issuer(folder.path(), &INIT).quiet().out;
    let sheet = folder.path().join("school/wiederherstellung.pdf");
    assert!(said.contains("Das Wiederherstellungsblatt liegt in „school/wiederherstellung.pdf“."), "{said}");
    let fingerprint = said.lines().find_map(|line| line.strip_prefix("Fingerabdruck des Schlüssels: "));
    let text = text(&sheet);
    assert!(text.contains(fingerprint.expect("init says the fingerprint")), "{text}");
    let key = folder.path().canonicalize().expect("there").join("school/school.key");
    let key = key.to_str().expect("plain names");
    let facts = format!("Name des Schlüssels schule/06/4711 Der Schlüssel liegt in {key} ");
    assert!(text.contains("Schule Schule am Hang Schulnummer 4711 Ort Kassel Land Hessen "), "{text}");
    assert!(text.contains(&facts), "{facts} is not in {text}");
    assert!(!text.contains(PASSPHRASE), "{text}");
    let pem = fs::read_to_string(folder.path().join("school/school.key")).expect("a key file");
    let secret: Vec<_> = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    assert!(!secret.is_empty() && secret.iter().all(|line| !text.contains(line)), "{text}");
}

#[test]
fn nothing_is_overwritten_and_nothing_else_is_made() {
    let folder = folder();
    fs::create_dir(folder.path().join("school")).expect("made");
    let sheet = folder.path().join("school/wiederherstellung.pdf");
    fs::write(&sheet, "another key's").expect("written");
    let refused = issuer(folder.path(), &INIT).expect(64);
    assert!(refused.err.starts_with("error: „school/wiederherstellung.pdf“ gibt es schon"), "{refused:?}");
    assert_eq!(fs::read(&sheet).expect("read"), b"another key's");
    assert_eq!(fs::read_dir(folder.path().join("school")).expect("listed").count(), 1, "no key was made");
}

#[test]
fn the_sheet_can_be_written_again_elsewhere() {
    let folder = folder();
    issuer(folder.path(), &INIT).quiet();
    let first = folder.path().join("school/wiederherstellung.pdf");
    let before = fs::read(&first).expect("read");
    issuer(folder.path(), &["sheet"]).expect(64);
    assert_eq!(fs::read(&first).expect("read"), before);
    issuer(folder.path(), &["sheet", "--out", "again.pdf"]).quiet();
    let without_day = |path: &Path| {
        let text = text(path);
        let (start, rest) = text.split_once("Stand dieses Blatts ").expect("a day");
        (start.to_owned(), rest["23.11.2026".len()..].split("Date of this sheet").next().map(str::to_owned))
    };
    assert_eq!(without_day(&first), without_day(&folder.path().join("again.pdf")));
    fs::remove_file(&first).expect("removed");
    issuer(folder.path(), &["sheet"]).quiet();
    assert!(first.is_file());
}

#[test]
fn the_request_of_another_school_is_not_printed() {
    let folder = folder();
    issuer(folder.path(), &INIT).quiet();
    let settings = folder.path().join("school/issuer.toml");
    let other = fs::read_to_string(&settings).expect("read").replace("schule/06/4711", "schule/06/4712");
    fs::write(&settings, other).expect("written");
    let refused = issuer(folder.path(), &["sheet", "--out", "again.pdf"]).expect(64);
    assert!(refused.err.starts_with("error: „school/request.note“ ist nicht der Antrag dieser Schule."), "{refused:?}");
    assert!(!folder.path().join("again.pdf").exists());
}
