// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Keys in a token, with `SoftHSM` for one: the same commands, and a token that is away, locked up, or pulled out midway.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use tests::{
    Run, World, pdf, run,
    trial::{self, Need, needing},
};

/// Where Debian puts the module, on every architecture.
const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";

const PIN: &str = "471147";

fn main() -> ExitCode {
    let needs = [softhsm()];
    trial::main(vec![
        needing("a_school_signs_with_a_token", &needs, a_school_signs_with_a_token),
        needing("a_ministry_signs_with_a_token", &needs, a_ministry_signs_with_a_token),
        needing("a_wrong_pin_says_what_is_left", &needs, a_wrong_pin_says_what_is_left),
        needing("a_token_that_is_not_there", &needs, a_token_that_is_not_there),
        needing("a_pin_is_changed", &needs, a_pin_is_changed),
        needing("a_key_is_never_replaced", &needs, a_key_is_never_replaced),
        needing("a_school_changes_its_key", &needs, a_school_changes_its_key),
        needing("pulled_out_in_the_middle", &needs, pulled_out_in_the_middle),
    ])
}

fn softhsm() -> Need {
    trial::command("softhsm2-util").or_else(|| (!Path::new(MODULE).is_file()).then(|| MODULE.to_owned()))
}

/// A demo, and a token of its own beside it.
struct Desk {
    world: World,
}

impl Desk {
    fn new() -> Self {
        let world = World::new();
        fs::create_dir(world.path("tokens")).expect("made");
        let tokens = world.path("tokens");
        world.write("softhsm.conf", format!("directories.tokendir = {}\n", tokens.display()));
        let desk = Self { world };
        desk.softhsm(&["--init-token", "--free", "--label", "Schule", "--so-pin", "12345678", "--pin", PIN]);
        desk.secret("pin", PIN);
        desk.secret("wrong", "000000");
        desk.world.write("a.pdf", pdf::plain("a"));
        desk
    }

    fn softhsm(&self, arguments: &[&str]) {
        let mut softhsm = Command::new("softhsm2-util");
        let output = softhsm.args(arguments).env("SOFTHSM2_CONF", self.world.path("softhsm.conf")).output();
        let output = output.expect("started");
        assert!(output.status.success(), "{output:?}");
    }

    fn secret(&self, name: &str, text: &str) -> PathBuf {
        let path = self.world.write(name, text);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("changed");
        path
    }

    /// A program with the token plugged in; `pin` is the file with the PIN.
    fn command(&self, program: &str, pin: &str, line: &str) -> Command {
        let mut command = self.world.command(program);
        command.env("SOFTHSM2_CONF", self.world.path("softhsm.conf")).env("SCHULSIEGEL_PASSPHRASE_FILE", pin);
        command.args(line.split(' '));
        command
    }

    fn run(&self, program: &str, pin: &str, line: &str) -> Run {
        run(&mut self.command(program, pin, line))
    }

    /// `issuer init` of a school in `school/`, with its key in the token.
    fn init(&self, options: &str) -> Run {
        let line = "--config school/issuer.toml init --name Waldschule --number 4711 --place Kassel --state 06 --trust \
                    ../demo/trust --token-module";
        self.run("issuer", "pin", &format!("{line} {MODULE} --token {options}"))
    }

    /// The same, accredited.
    fn accredited() -> Self {
        let desk = Self::new();
        desk.init("Schule").quiet();
        let accredit = "accredit school/request.note --authority demo/ministry --yes --out a.note";
        desk.world.run("anchor", accredit.split(' ')).quiet();
        desk.world.run("anchor", ["submit", "a.note", "--ledger", "demo/ledger"]).quiet();
        desk
    }
}

const ISSUE: &str = "--config school/issuer.toml issue a.pdf --out out --kind abitur --json";

const ROTATE: &str = "--config school/issuer.toml rotate-key";

/// Every byte below a folder, to look for what must not be there.
fn bytes_below(folder: &Path) -> Vec<u8> {
    tests::tree(folder).into_values().flatten().collect()
}

fn a_school_signs_with_a_token() {
    let desk = Desk::accredited();
    let settings = fs::read_to_string(desk.world.path("school/issuer.toml")).expect("text");
    let token = format!("[token]\nmodule = \"{MODULE}\"\nlabel = \"Schule\"\nkey = \"schule/06/4711\"\n");
    assert!(settings.ends_with(&token), "{settings}");
    assert!(desk.world.names("school").iter().all(|name| !name.contains("key")), "no key lies in a file");
    assert!(!bytes_below(&desk.world.path("school")).windows(PIN.len()).any(|part| part == PIN.as_bytes()));
    assert_eq!(desk.run("issuer", "pin", ISSUE).quiet().column("status"), ["sealed"]);
    desk.world.check(["out"]).expect(0);

    let by_serial = "serial = \"4711\"\nkey = \"schule/06/4711\"\n";
    let by_label = "label = \"Schule\"\nkey = \"schule/06/4711\"\n";
    desk.world.write("school/issuer.toml", settings.replace(by_label, by_serial));
    let missing = desk.run("issuer", "pin", &format!("{ISSUE} --again")).expect(1);
    assert!(missing.err.starts_with("error: The token “4711” is not there.\n"), "{missing:?}");
}

fn a_ministry_signs_with_a_token() {
    let desk = Desk::new();
    let line = "init-authority --dir km --name km.example --state 06 --origin l.example --token Schule --token-key km \
                --token-module";
    desk.run("anchor", "pin", &format!("{line} {MODULE}")).quiet();
    assert_eq!(desk.world.names("km"), ["authority.toml"]);
    let accredit = "accredit demo/request.note --authority km --yes --out a.note";
    let wrong = desk.run("anchor", "wrong", accredit).expect(1);
    assert!(wrong.err.starts_with("error: The PIN does not open the token with the key “Schule/km”.\n"), "{wrong:?}");
    assert_eq!(desk.world.names("km"), ["authority.toml"], "nothing is signed");
    desk.run("anchor", "pin", accredit).quiet();
    assert_eq!(desk.world.names("km"), ["authority.toml", "statements/000000.note"]);
}

fn a_wrong_pin_says_what_is_left() {
    let desk = Desk::accredited();
    let wrong = desk.run("issuer", "wrong", ISSUE).expect(1);
    assert_eq!(
        wrong.err,
        "error: The PIN does not open the token with the key “Schule/schule/06/4711”.\n  More than one try is left.\n\
         hint: The PIN comes from the same sources as a passphrase. Try again only when you are sure: a token locks \
         itself after a few wrong PINs.\n"
    );
    assert!(!desk.world.path("out").exists());
    assert_eq!(desk.run("issuer", "pin", ISSUE).quiet().column("status"), ["sealed"]);
}

fn a_token_that_is_not_there() {
    let desk = Desk::accredited();
    fs::rename(desk.world.path("tokens"), desk.world.path("drawer")).expect("moved");
    fs::create_dir(desk.world.path("tokens")).expect("made");
    let away = desk.run("issuer", "pin", ISSUE).expect(1);
    assert_eq!(
        away.err,
        "error: The token “Schule” is not there.\n\
         hint: Plug it in and try again. Its name or serial number stands under “[token]” in the configuration.\n"
    );
    let settings = fs::read_to_string(desk.world.path("school/issuer.toml")).expect("text");
    desk.world.write("school/issuer.toml", settings.replace(MODULE, "/nowhere/module.so"));
    let module = desk.run("issuer", "pin", ISSUE).expect(64);
    assert!(
        module.err.starts_with("error: The module “/nowhere/module.so” of the token cannot be loaded: "),
        "{module:?}"
    );
    desk.world.write("school/issuer.toml", settings.replace("key = \"schule/06/4711\"", "key = \"other\""));
    fs::remove_dir(desk.world.path("tokens")).expect("removed");
    fs::rename(desk.world.path("drawer"), desk.world.path("tokens")).expect("moved");
    let other = desk.run("issuer", "pin", ISSUE).expect(64);
    assert!(other.err.starts_with("error: The token has no key “Schule/other”.\n"), "{other:?}");
    desk.world.write("school/issuer.toml", settings);
    assert_eq!(desk.run("issuer", "pin", ISSUE).quiet().column("status"), ["sealed"]);
}

fn a_pin_is_changed() {
    let desk = Desk::accredited();
    desk.secret("new", "815815");
    let line = "--config school/issuer.toml passphrase";
    let never = desk.run("issuer", "pin", &format!("{line} --no-passphrase")).expect(64);
    assert!(never.err.starts_with("error: A token is never without a PIN.\n"), "{never:?}");
    let changed = desk.run("issuer", "pin", &format!("{line} --new-passphrase-file new")).quiet();
    assert_eq!(changed.out, "The key “Schule/schule/06/4711” has a new passphrase.\n");
    desk.run("issuer", "pin", ISSUE).expect(1);
    assert_eq!(desk.run("issuer", "new", ISSUE).quiet().column("status"), ["sealed"]);
}

fn a_key_is_never_replaced() {
    let desk = Desk::accredited();
    fs::rename(desk.world.path("school"), desk.world.path("first")).expect("moved");
    let taken = desk.init("Schule").expect(64);
    assert!(taken.err.starts_with("error: The token has a key “Schule/schule/06/4711” already"), "{taken:?}");
    fs::remove_dir_all(desk.world.path("school")).expect("removed");
    desk.init("Schule --token-key second").quiet();
    fs::rename(desk.world.path("first"), desk.world.path("school-1")).expect("moved");
    let first = desk.run("issuer", "pin", &ISSUE.replace("school/", "school-1/")).quiet();
    assert_eq!(first.column("status"), ["sealed"], "the first key is there as before");
}

/// From one key of the token to the next one in it; the old one stays there and counts no more.
fn a_school_changes_its_key() {
    let desk = Desk::accredited();
    desk.run("issuer", "pin", ISSUE).quiet();
    let old = fs::read_to_string(desk.world.path("school/issuer.toml")).expect("text");
    let wrong = desk.run("issuer", "wrong", ROTATE).expect(1);
    assert!(wrong.err.starts_with("error: The PIN does not open the token"), "{wrong:?}");
    assert_eq!(fs::read_to_string(desk.world.path("school/issuer.toml")).expect("text"), old);

    let changed = desk.run("issuer", "pin", ROTATE).quiet();
    let done = "The key is changed. The new one: Schule/schule/06/4711-2. ";
    assert!(changed.out.starts_with(done), "{changed:?}");
    let new = old.replace("key = \"schule/06/4711\"", "key = \"schule/06/4711-2\"");
    assert_eq!(fs::read_to_string(desk.world.path("school/issuer.toml")).expect("text"), new);
    assert!(desk.world.names("school").iter().all(|name| !name.contains("key")), "no key lies in a file");
    let again = format!("{ISSUE} --again").replace("--out out", "--out new");
    assert_eq!(desk.run("issuer", "pin", &again).quiet().column("status"), ["sealed"]);

    // The old configuration: its key is retired, and the change finds the new key where it is.
    desk.world.write("school/issuer.toml", old);
    let retired = desk.run("issuer", "pin", &again).expect(1);
    assert!(retired.err.starts_with("error: The school has a newer key than this one"), "{retired:?}");
    desk.run("issuer", "pin", ROTATE).quiet();
    assert_eq!(fs::read_to_string(desk.world.path("school/issuer.toml")).expect("text"), new);
    let status = desk.run("issuer", "pin", "--config school/issuer.toml status --json").quiet().json();
    assert_eq!(status[0]["record"]["rotations"].as_array().map(Vec::len), Some(1), "{status:?}");
    assert_eq!(desk.world.check(["out", "new"]).expect(0).column("verdict"), ["genuine"; 2]);
    // It withdraws what the old key sealed.
    desk.run("issuer", "pin", "--config school/issuer.toml revoke out/a.pdf --reason other").quiet();
    assert_eq!(desk.world.check(["out", "new"]).expect(1).column("verdict"), ["revoked"; 2]);
}

/// The key is opened before the school's register is locked: while the register is held here, the token goes.
fn pulled_out_in_the_middle() {
    let desk = Desk::accredited();
    let lock =
        File::options().write(true).create(true).truncate(false).open(desk.world.path("school/register.db.lock"));
    let lock = lock.expect("a lock");
    lock.lock().expect("locked");
    let mut issuer = desk.command("issuer", "pin", ISSUE);
    let mut issuer =
        issuer.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started");
    let mut err = BufReader::new(issuer.stderr.take().expect("piped"));
    let mut waiting = String::new();
    err.read_line(&mut waiting).expect("text");
    assert_eq!(waiting, "Another run is not finished yet; waiting for it.\n");
    fs::rename(desk.world.path("tokens"), desk.world.path("drawer")).expect("moved");
    lock.unlock().expect("unlocked");
    let mut said = String::new();
    err.read_to_string(&mut said).expect("text");
    let output = issuer.wait_with_output().expect("ended");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]), "{said}");
    assert!(said.starts_with("error: The token does not answer any more (Schule: "), "{said}");
    let hint = "). Nothing was signed.\nhint: Plug it in again and give the command once more.\n";
    assert!(said.ends_with(hint), "{said}");
    assert_eq!(fs::read_dir(desk.world.path("out")).map_or(0, Iterator::count), 0, "no copy is written");

    let resumed = desk.run("issuer", "pin", "--config school/issuer.toml resume").quiet();
    assert_eq!(resumed.out, "Nothing is open.\n");
    fs::rename(desk.world.path("drawer"), desk.world.path("tokens")).expect("moved");
    assert_eq!(desk.run("issuer", "pin", ISSUE).quiet().column("status"), ["sealed"]);
    desk.world.check(["out"]).expect(0);
}
