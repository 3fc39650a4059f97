// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Keys at rest, as a person meets them: where a passphrase comes from, what a wrong one says, what the files hold.

#![cfg(unix)]

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use tests::{Run, World, pdf, run};

const GOOD: &str = "drei lange Wörter\n";
const OTHER: &str = "vier andere lange Wörter\n";

/// A school in `school/` on the demo's ledger, accredited, whose key has the passphrase in `good`. `wrong` holds another.
fn world() -> World {
    let world = World::new();
    secret(&world, "good", GOOD);
    secret(&world, "wrong", OTHER);
    let made = init(&world, &["--passphrase-file", "good"]).quiet();
    assert!(made.out.starts_with("The school is set up: school/issuer.toml\n"), "{made:?}");
    let accredit = ["accredit", "school/request.note", "--out", "a.accredit", "--authority", "demo/ministry", "--yes"];
    world.run("anchor", accredit).quiet();
    world.run("anchor", ["submit", "a.accredit", "--ledger", "demo/ledger"]).quiet();
    world.write("a.pdf", pdf::plain("a"));
    world
}

/// `issuer init` of the school in `school/`.
fn init(world: &World, options: &[&str]) -> Run {
    let school = "--config school/issuer.toml init --name Waldschule --number 4711 --place Kassel --state 06";
    let arguments = school.split(' ').chain(["--trust", "../demo/trust"]).chain(options.iter().copied());
    world.run("issuer", arguments)
}

/// A file that only its owner can read.
fn secret(world: &World, name: &str, text: &str) {
    let path = world.write(name, text);
    chmod(&path, 0o600);
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("changed");
}

/// `issuer issue a.pdf`
fn issue(world: &World) -> Command {
    let mut issuer = world.command("issuer");
    issuer.args("--config school/issuer.toml issue a.pdf --out out --kind abitur --json --again".split(' '));
    issuer
}

#[track_caller]
fn assert_sealed(run: Run) {
    assert_eq!(run.quiet().column("status"), ["sealed"]);
}

#[track_caller]
fn assert_refused(world: &World, run: &Run, code: i32, said: &str) {
    assert_eq!((run.code, run.err.as_str()), (Some(code), said));
    assert_eq!(run.out, "");
    assert!(!world.path("out").exists() && !world.path("school/register.db").exists(), "nothing is done");
}

const WRONG: &str = "error: The passphrase does not open the key “school/school.key”.\n\
     hint: Try again; nothing is locked. Mind upper and lower case, and whether the passphrase comes from a file or an \
     environment variable.\n";

#[test]
fn a_passphrase_comes_from_an_option_the_environment_or_the_configuration() {
    let world = world();
    let none = run(&mut issue(&world));
    assert_refused(
        &world,
        &none,
        64,
        "error: The key “school/school.key” needs a passphrase, but nobody sits at the terminal.\n\
         hint: Name a file that holds it with “--passphrase-file”, or set SCHULSIEGEL_PASSPHRASE_FILE.\n",
    );

    let settings = world.path("school/issuer.toml");
    let plain = fs::read_to_string(&settings).expect("text");
    fs::write(&settings, format!("passphrase_file = \"../wrong\"\n{plain}")).expect("written");
    assert_refused(&world, &run(&mut issue(&world)), 1, WRONG);
    let held = GOOD.trim_end();
    let by_variable = run(issue(&world).env("SCHULSIEGEL_PASSPHRASE", OTHER.trim_end()));
    assert_refused(&world, &by_variable, 1, WRONG);
    let by_file = run(issue(&world).env("SCHULSIEGEL_PASSPHRASE_FILE", "wrong").env("SCHULSIEGEL_PASSPHRASE", held));
    assert_refused(&world, &by_file, 1, WRONG);
    let by_option = run(issue(&world).args(["--passphrase-file", "wrong"]).env("SCHULSIEGEL_PASSPHRASE_FILE", "good"));
    assert_refused(&world, &by_option, 1, WRONG);

    let sealed = |command: &mut Command, out: &str| assert_sealed(run(command.args(["--out", out])));
    let fresh = || {
        let mut issuer = world.command("issuer");
        issuer.args("--config school/issuer.toml issue a.pdf --kind abitur --json --again".split(' '));
        issuer
    };
    sealed(fresh().args(["--passphrase-file", "good"]).env("SCHULSIEGEL_PASSPHRASE_FILE", "wrong"), "1");
    sealed(fresh().env("SCHULSIEGEL_PASSPHRASE_FILE", "good").env("SCHULSIEGEL_PASSPHRASE", "x"), "2");
    sealed(fresh().env("SCHULSIEGEL_PASSPHRASE", held), "3");
    fs::write(&settings, format!("passphrase_file = \"../good\"\n{plain}")).expect("written");
    sealed(&mut fresh(), "4");
    world.check(["1", "2", "3", "4"]).expect(0);
}

#[test]
fn a_passphrase_file_is_private_and_holds_one() {
    let world = world();
    let with = |file: &str| run(issue(&world).args(["--passphrase-file", file]));
    chmod(&world.path("good"), 0o644);
    assert_refused(
        &world,
        &with("good"),
        64,
        "error: Other users of this computer can read the file “good” with the passphrase too.\n\
         hint: Take the right away from them (chmod 600 “good”), and give the key a new passphrase.\n",
    );
    secret(&world, "empty", "\n");
    assert_refused(
        &world,
        &with("empty"),
        64,
        "error: There is no passphrase in “empty”.\nhint: It takes one line of text of at most 1024 bytes.\n",
    );
    let missing = with("missing");
    assert!(missing.err.starts_with("error: The file “missing” with the passphrase cannot be read: "), "{missing:?}");
    assert_eq!(missing.code, Some(64));
    chmod(&world.path("school/school.key"), 0o640);
    chmod(&world.path("good"), 0o600);
    let exposed = with("good");
    assert!(exposed.err.starts_with("error: Other users of this computer can read the key file"), "{exposed:?}");
    assert_eq!(exposed.code, Some(64));
}

/// Whoever copies the key file guesses unseen: each guess costs scrypt with these numbers, as `openssl` reads them.
#[test]
fn guessing_a_passphrase_is_slow() {
    let world = world();
    let mut openssl = Command::new("openssl");
    let output = openssl.args(["asn1parse", "-in"]).arg(world.path("school/school.key")).output();
    let Ok(output) = output else { return assert!(!tests::program::in_ci(), "in CI there is openssl") };
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.contains("PBES2") && said.contains(":scrypt"), "{said}");
    let numbers: Vec<_> = said.lines().filter(|line| line.contains("INTEGER")).collect();
    let numbers: Vec<_> = numbers.iter().filter_map(|line| line.rsplit(':').next()).collect();
    assert_eq!(numbers, ["4000", "08", "05"], "2^14, 8 and 5 in hex");
}

#[test]
fn a_new_key_gets_a_passphrase_or_says_that_it_has_none() {
    let world = World::new();
    let none = init(&world, &[]);
    assert_eq!(
        (none.code, none.err.as_str()),
        (
            Some(64),
            "error: The new key “school/school.key” is to get a passphrase, but nobody sits at the terminal.\n\
             hint: Name a file that holds it with “--passphrase-file”; with “--no-passphrase” the file stays \
             unprotected.\n"
        )
    );
    assert!(!world.path("school/issuer.toml").exists(), "another attempt is possible");
    secret(&world, "short", "elf Zeichen\n");
    let short = init(&world, &["--passphrase-file", "short"]);
    assert_eq!(
        (short.code, short.err.as_str()),
        (
            Some(64),
            "error: The new passphrase has 11 characters; it takes at least 12.\n\
             hint: Whoever copies the key file can guess unseen. Four random words are long enough and easy to \
             remember.\n"
        )
    );
    let made = init(&world, &["--no-passphrase"]).expect(0);
    assert_eq!(
        made.err,
        "The key “school/school.key” has no passphrase: whoever can read the file can sign with it.\n"
    );
    let key = world.path("school/school.key");
    assert!(fs::read_to_string(&key).expect("text").starts_with("-----BEGIN PRIVATE KEY-----\n"));
    assert_eq!(fs::metadata(&key).expect("there").permissions().mode() & 0o777, 0o600);
    let both = init(&world, &["--no-passphrase", "--token-module", "x.so", "--token", "t"]);
    assert_eq!(both.code, Some(64));
}

#[test]
fn a_ministry_has_a_passphrase_too() {
    let world = World::bare();
    secret(&world, "good", GOOD);
    secret(&world, "wrong", OTHER);
    let make = "init-authority --dir km --name km.example --state 06 --origin l.example";
    let refused = world.run("anchor", make.split(' ')).expect(64);
    assert!(refused.err.contains("“--no-passphrase”"), "{refused:?}");
    assert!(!world.path("km/authority.toml").exists());
    world.run("anchor", make.split(' ').chain(["--passphrase-file", "good"])).quiet();
    let school = "init --name a --number 1 --place b --state 06 --no-passphrase";
    world.run("issuer", school.split(' ')).expect(0);
    let accredit = "accredit request.note --authority km --yes --out a.note";
    let wrong = world.run("anchor", accredit.split(' ').chain(["--passphrase-file", "wrong"])).expect(1);
    assert!(wrong.err.starts_with("error: The passphrase does not open the key “km/authority.key”.\n"), "{wrong:?}");
    assert_eq!(world.names("km/statements"), [""; 0]);
    world.run("anchor", accredit.split(' ').chain(["--passphrase-file", "good"])).quiet();

    let change = ["passphrase", "--authority", "km", "--passphrase-file", "good"];
    let changed = world.run("anchor", change.into_iter().chain(["--new-passphrase-file", "wrong"])).quiet();
    assert_eq!(changed.out, "The key “km/authority.key” has a new passphrase.\n");
    let again = "accredit request.note --authority km --yes --out b.note --passphrase-file";
    world.run("anchor", again.split(' ').chain(["good"])).expect(1);
    world.run("anchor", again.split(' ').chain(["wrong"])).quiet();
}

#[test]
fn a_passphrase_is_changed_in_one_step() {
    let world = world();
    let change = |options: &str| {
        let base = "--config school/issuer.toml passphrase";
        world.run("issuer", base.split(' ').chain(options.split(' ').filter(|word| !word.is_empty())))
    };
    let before = fs::read(world.path("school/school.key")).expect("there");
    let unasked = change("--passphrase-file good").expect(64);
    assert!(unasked.err.contains("“--new-passphrase-file”"), "{unasked:?}");
    assert_eq!(change("--passphrase-file wrong --new-passphrase-file good").expect(1).err, WRONG);
    assert_eq!(fs::read(world.path("school/school.key")).expect("there"), before);
    let changed = change("--passphrase-file good --new-passphrase-file wrong").quiet();
    assert_eq!(changed.out, "The key “school/school.key” has a new passphrase.\n");
    assert_eq!(run(issue(&world).args(["--passphrase-file", "good"])).expect(1).err, WRONG);
    let removed = change("--passphrase-file wrong --no-passphrase").quiet();
    assert_eq!(
        removed.out,
        "The key “school/school.key” has no passphrase any more: whoever can read the file can sign with it.\n"
    );
    assert_sealed(run(&mut issue(&world)));
    let both = change("--no-passphrase --new-passphrase-file good");
    assert_eq!(both.code, Some(64));
}

#[test]
fn what_is_signed_is_finished_without_the_key() {
    let world = world();
    run(issue(&world).args(["--passphrase-file", "good"])).quiet();
    let sealed = world.run("issuer", ["--config", "school/issuer.toml", "list", "--json"]).quiet();
    let id = sealed.column("certificate").pop().expect("an id");
    fs::remove_file(world.path("school/school.key")).expect("removed");
    world.run("issuer", ["--config", "school/issuer.toml", "resume"]).quiet();
    world.run("issuer", ["--config", "school/issuer.toml", "proof", &id, "--out", "a.proof"]).quiet();
}

#[test]
fn the_demo_works_without_a_question() {
    let world = World::bare();
    world.run("demo", ["--dir", "demo", "--no-serve"]).quiet();
    for key in ["demo/school.key", "demo/ministry/authority.key"] {
        let text = fs::read_to_string(world.path(key)).expect("text");
        assert!(text.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{key}");
    }
    for file in ["demo/school.passphrase", "demo/ministry.passphrase"] {
        assert_eq!(fs::metadata(world.path(file)).expect("there").permissions().mode() & 0o777, 0o600, "{file}");
    }
    world.write("a.pdf", pdf::plain("a"));
    assert_sealed(world.issue(&["a.pdf"], "out", &[]));
    let accredit = ["accredit", "demo/request.note", "--authority", "demo/ministry", "--yes", "--out", "a.note"];
    world.run("anchor", accredit).quiet();
}

#[test]
fn a_ledger_reads_keys_that_somebody_encrypted() {
    let world = world();
    let source = "pass:geheim geheim geheim";
    for key in ["demo/ledger/ledger.key", "demo/ledger/time.key"] {
        let (plain, path) = (world.path("plain"), world.path(key));
        fs::rename(&path, &plain).expect("moved");
        let mut openssl = Command::new("openssl");
        openssl.args(["pkcs8", "-topk8", "-scrypt", "-passout", source, "-in"]).arg(&plain).arg("-out").arg(&path);
        match openssl.status() {
            Ok(status) => assert!(status.success()),
            Err(_) => return assert!(!tests::program::in_ci(), "in CI there is openssl"),
        }
        chmod(&path, 0o600);
    }
    let refresh = || {
        let mut anchor = world.command("anchor");
        anchor.args(["refresh", "--ledger", "demo/ledger"]);
        anchor
    };
    let refused = run(&mut refresh()).expect(64);
    assert!(refused.err.starts_with("error: The key “demo/ledger/ledger.key” needs a passphrase"), "{refused:?}");
    run(refresh().env("SCHULSIEGEL_PASSPHRASE", "geheim geheim geheim")).quiet();
}
