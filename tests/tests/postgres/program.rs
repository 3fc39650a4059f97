// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The programs where the ledger is in a database: by its address, wherever a folder could be named.

use std::{fs, os::unix::fs::PermissionsExt as _};

use serde_json::json;
use tests::{Run, World, pdf, run};

use super::cluster;

const ORIGIN: &str = "land.example/ledger";

/// Part of an address, and nowhere to be read again.
const SECRET: &str = "Ge-heim.4711";

pub(crate) fn tests() -> Vec<(&'static str, fn())> {
    vec![
        ("program::a_land_lives_by_the_address_of_its_database", a_land),
        ("program::one_verifier_judges_by_a_folder_and_by_a_database", both_kinds),
        ("program::what_cannot_be_done_is_told", refused),
        ("program::settings_are_printed_without_the_password", settings),
    ]
}

/// A folder to work in, and an empty database.
struct Office {
    world: World,
    database: String,
}

impl Office {
    fn new() -> Self {
        Self { world: World::bare(), database: cluster().database() }
    }

    /// The address as somebody may type it who has no password file.
    fn url(&self) -> String {
        self.shown().replace("ledger@", &format!("ledger:{SECRET}@"))
    }

    /// The same as it may be shown.
    fn shown(&self) -> String {
        cluster().url(&self.database)
    }

    /// Runs a program. `URL` in the line becomes the address. The password is in nothing that it says.
    #[track_caller]
    fn run(&self, name: &str, line: &str) -> Run {
        self.run_with(name, line, &[])
    }

    #[track_caller]
    fn run_with(&self, name: &str, line: &str, variables: &[(&str, &str)]) -> Run {
        let url = self.url();
        let mut command = self.world.command(name);
        command.args(line.split(' ').map(|word| if word == "URL" { url.as_str() } else { word }));
        let told = run(command.envs(variables.iter().copied()));
        assert!(!told.out.contains(SECRET) && !told.err.contains(SECRET), "{told:#?}");
        told
    }

    /// A ministry and a ledger that believes it, a trust folder, and a school that is accredited and may seal.
    #[track_caller]
    fn with_land() -> Self {
        let office = Self::new();
        office.run("anchor", &format!("init --dir keys --origin {ORIGIN} --ledger URL")).quiet();
        let line = format!("init-authority --dir ministry --name km.example --state 07 --origin {ORIGIN} --ledger URL");
        office.run("anchor", &format!("{line} --no-passphrase")).expect(0);
        office.run("anchor", "trust --ledger URL --out trust").quiet();
        let line = "--config school/issuer.toml init --name Goethe --number 31 --place Mainz --state 07";
        office.run("issuer", &format!("{line} --trust ../trust --no-passphrase")).expect(0);
        let line = "accredit school/request.note --authority ministry --ledger URL --yes";
        office.run_with("anchor", line, &[("SCHULSIEGEL_KEYS", "keys")]).quiet();
        office
    }

    /// The school seals a certificate of this name into the folder `sealed`, with the keys at hand.
    #[track_caller]
    fn seal(&self, name: &str) -> Run {
        self.world.write(format!("{name}.pdf"), pdf::plain(name));
        let line = format!("--config school/issuer.toml issue {name}.pdf --out sealed --kind abitur --json");
        self.run_with("issuer", &line, &[("SCHULSIEGEL_KEYS", "keys")])
    }
}

fn a_land() {
    let office = Office::with_land();
    assert_eq!(office.world.names("keys"), ["ledger.key", "time.key"]);
    for (path, mode) in [("keys", 0o700), ("keys/ledger.key", 0o600), ("keys/time.key", 0o600)] {
        let metadata = fs::metadata(office.world.path(path)).expect("there");
        assert_eq!(metadata.permissions().mode() & 0o777, mode, "{path}");
    }
    let ledgers = fs::read_to_string(office.world.path("trust/ledgers")).expect("written");
    assert_eq!(ledgers, format!("{ORIGIN} {}\n", office.shown()));

    // By the trust folder, and by the school's own setting.
    assert_eq!(office.seal("first").expect(0).column("status"), ["sealed"]);
    let config = office.world.path("school/issuer.toml");
    let text = fs::read_to_string(&config).expect("text");
    fs::write(&config, format!("ledger = \"{}\"\n{text}", office.url())).expect("written");
    assert_eq!(office.seal("second").expect(0).column("status"), ["sealed"]);

    let log = office.run("anchor", "log --ledger URL --json").quiet();
    assert_eq!(log.column("type"), ["accredit", "batch", "batch"]);
    let schools = office.run("anchor", "schools --ledger URL --json").quiet();
    assert_eq!(schools.column("status"), ["accredited"]);
    let fsck = office.run("anchor", "fsck --ledger URL").quiet().out;
    assert!(fsck.contains("3 entries") && fsck.ends_with("The ledger is in order.\n"), "{fsck}");
    let fsck = office.run("anchor", "fsck --ledger URL --json").quiet().json().remove(0);
    let found = (&fsck["clean"], &fsck["entries"], &fsck["findings"], &fsck["uncounted"]);
    assert_eq!(found, (&json!(true), &json!(3), &json!([]), &json!([])));
    office.run("anchor", "refresh --ledger URL --keys keys").quiet();

    let checked = office.run("verifier", "check sealed --trust trust --json").expect(0);
    assert_eq!(checked.column("verdict"), ["genuine"; 2]);
    let synced = office.run("verifier", "sync --trust trust --json").quiet().json().remove(0);
    assert_eq!((&synced["size"], &synced["reason"]), (&json!(3), &json!(null)));
    let checked = office.run("verifier", "check sealed --trust trust --json --offline").expect(0);
    assert_eq!(checked.column("verdict"), ["genuine"; 2]);
}

fn both_kinds() {
    let office = Office::with_land();
    office.seal("new").expect(0);
    office.world.run("demo", ["--dir", "demo", "--no-serve", "--plain", "--no-passphrase"]).quiet();
    // Each of the two ledgers witnesses its own time, so that the folder asks for either.
    for trust in ["demo/trust", "trust"] {
        office.run("verifier", &format!("trust add {trust} --either --yes")).quiet();
    }
    let checked = office.run("verifier", "check demo/sealed sealed demo/altered --json").expect(1);
    let verdicts = checked.column("verdict");
    assert_eq!(verdicts, [["genuine"; 13].as_slice(), &["not_genuine"; 4]].concat());
    let synced = office.run("verifier", "sync --json").quiet();
    let mut ledgers = synced.column("ledger");
    ledgers.sort_unstable();
    assert_eq!(ledgers, ["demo.schulsiegel/ledger", ORIGIN]);
    let offline = office.run("verifier", "check demo/sealed sealed demo/altered --json --offline").expect(1);
    assert_eq!(offline.column("verdict"), verdicts);
}

fn refused() {
    let office = Office::new();
    let shown = office.shown();
    let told = |line: &str, code: i32, error: &str, hint: &str| {
        let told = office.run("anchor", line).expect(code);
        assert_eq!((told.out.as_str(), told.err), ("", format!("error: {error}\nhint: {hint}\n")), "{line}");
    };
    let no_tables = format!("There is no ledger in the database “{shown}”.");
    let no_tables_hint = format!(
        "Check the database's name and machine. “anchor init --ledger {shown} --dir FOLDER” makes a new ledger."
    );
    for command in
        ["fsck", "log", "schools", "refresh --keys keys", "serve --keys keys --listen 127.0.0.1:0", "trust --out trust"]
    {
        told(&format!("{command} --ledger URL"), 64, &no_tables, &no_tables_hint);
    }
    let german = office.run("anchor", "fsck --ledger URL --lang de").expect(64);
    assert_eq!(
        german.err,
        format!(
            "error: In der Datenbank „{shown}“ liegt kein Register.\nhint: Prüfen Sie Name und Rechner der \
             Datenbank. Ein neues Register legt „anchor init --ledger {shown} --dir ORDNER“ an.\n"
        )
    );

    office.run("anchor", &format!("init --dir keys --origin {ORIGIN} --ledger URL")).quiet();
    told(
        &format!("init --dir more --origin {ORIGIN} --ledger URL"),
        64,
        &format!("There is a ledger in the database “{shown}” already."),
        "Use an empty database of its own for a new ledger.",
    );
    assert!(!office.world.path("more").exists(), "no keys without a ledger");
    told(
        "refresh --ledger URL",
        64,
        &format!("No folder with keys is named for the ledger in “{shown}”."),
        "Name the folder that “anchor init” made: with “--keys FOLDER”, in the setting “keys” or in SCHULSIEGEL_KEYS. \
         Who only hands in entries had better name the service's address (https://…).",
    );
    let other = format!("init --dir other --origin {ORIGIN} --ledger {}", cluster().url(&cluster().database()));
    office.run("anchor", &other).quiet();
    told(
        "refresh --ledger URL --keys other",
        64,
        &format!("The keys in “other” are not those of the ledger in “{shown}”."),
        "Name the folder that was made with this ledger.",
    );
    let line = "init-authority --dir ministry --name km.example --state 07 --origin elsewhere.example --ledger URL";
    let another = office.run("anchor", &format!("{line} --no-passphrase")).expect(64);
    let wanted = format!("error: The ledger in “{shown}” is “{ORIGIN}”, not “elsewhere.example”.\n");
    assert!(another.err.starts_with(&wanted), "{another:?}");
    assert!(!office.world.path("ministry").exists());

    // Nobody listens at the lowest port.
    let away = format!("fsck --ledger postgres://ledger:{SECRET}@127.0.0.1:1/ledger");
    told(
        &away,
        1,
        "The ledger cannot be read (error communicating with database: Connection refused (os error 111)).",
        "Check that its disk, its database or its service can be reached, then try again.",
    );
    for bad in [format!("postgres://ledger:{SECRET}@db.example:port/x"), format!("postgres://x/y?password={SECRET}#z")]
    {
        told(
            &format!("fsck --ledger {bad}"),
            64,
            "This version cannot use “postgres://…” as the place of a ledger.",
            "Name the folder that holds the ledger, or an address: https://…, http://… or postgres://…",
        );
        told(
            &format!("init --dir new --origin {ORIGIN} --ledger {bad}"),
            64,
            "“postgres://…” does not fit “--ledger <URL>”: This is not the address of a database.",
            "“anchor init --help” shows an example.",
        );
    }
}

fn settings() {
    let office = Office::new();
    let wanted = format!("\nledger = \"{}\"\n", office.shown());
    let printed = office.run("anchor", "serve --print-config --ledger URL --keys keys").quiet().out;
    assert!(printed.contains(&wanted) && printed.contains("\nkeys = \"keys\"\n"), "{printed}");
    let url = office.url();
    let printed = office.run_with("anchor", "serve --print-config", &[("SCHULSIEGEL_LEDGER", &url)]).quiet().out;
    assert!(printed.contains(&wanted), "{printed}");
    office.world.write("serve.toml", format!("ledger = \"{url}\"\n"));
    let printed = office.run("anchor", "serve --print-config --config serve.toml").quiet().out;
    assert!(printed.contains(&wanted), "{printed}");

    // Nearly an address may have a password in it, too.
    let bad = format!("postgres://ledger:{SECRET}@db.example:port/x");
    let printed = office.run_with("anchor", "serve --print-config", &[("SCHULSIEGEL_LEDGER", &bad)]).quiet().out;
    assert!(printed.contains("\nledger = \"postgres://…\"\n"), "{printed}");
    let line = "--config school/issuer.toml init --name Goethe --number 31 --place Mainz --state 07";
    office.run("issuer", &format!("{line} --trust ../trust --no-passphrase")).expect(0);
    let config = fs::read_to_string(office.world.path("school/issuer.toml")).expect("text");
    office.world.write("school/issuer.toml", format!("ledger = \"{bad}\"\n{config}"));
    let refused = office.run("issuer", "--config school/issuer.toml status").expect(64);
    assert!(refused.err.contains("the value of “ledger” does not fit: postgres://…\n"), "{refused:?}");
}
