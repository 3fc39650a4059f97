// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A folder with ledgers and a ministry in which the program `anchor` is run, and schools that speak for themselves.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anchor::{
    clock::Clock,
    conformance::{
        block_on,
        cast::{NOW, Speaker, at, land},
    },
    follow,
    location::Location,
};
use proof::{
    register::Chain,
    request::Request,
    statement::{Body, Kinds, Label, SchoolNumber, SignedStatement},
    tree::TreeSize,
};
use serde_json::Value;
use tempfile::TempDir;

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// `ledger.example` in `ledger`, and the ministry `km` of Land 07.
pub(crate) struct Town(TempDir);

impl Town {
    pub(crate) fn new() -> Self {
        let town = Self(tempfile::tempdir().expect("a folder"));
        town.done("init --dir ledger --origin ledger.example");
        town.done(
            "init-authority --dir km --name km.example --state 07 --origin ledger.example --ledger ledger \
             --no-passphrase",
        );
        town
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    pub(crate) fn write(&self, below: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(below), text).expect("written");
    }

    pub(crate) fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap_or_else(|error| panic!("{below}: {error}"))
    }

    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anchor"));
        command.args(line.split_whitespace()).current_dir(self.0.path()).env_clear();
        command.env("LANG", "en_GB.UTF-8").env("SCHULSIEGEL_AUTHORITY", "km").stdin(Stdio::null());
        command.env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR"));
        command
    }

    /// Runs `anchor`. Blanks separate arguments.
    pub(crate) fn run(&self, line: &str) -> Ran {
        let output = self.command(line).output().expect("started");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        Ran { code: output.status.code().expect("not killed"), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs it and expects success. A remark about a key without a passphrase is allowed.
    #[track_caller]
    pub(crate) fn done(&self, line: &str) -> String {
        let ran = self.run(line);
        assert!(ran.code == 0 && (ran.err.is_empty() || line.contains("--no-passphrase")), "{line}\n{ran:#?}");
        ran.out
    }

    /// Runs it and expects exactly this on standard error, and this exit code.
    #[track_caller]
    pub(crate) fn fails(&self, line: &str, code: i32, err: &str) -> String {
        let ran = self.run(line);
        assert_eq!((ran.err.as_str(), ran.code), (err, code), "{line}\n{}", ran.out);
        ran.out
    }

    /// Starts it and does not wait.
    pub(crate) fn start(&self, line: &str) -> Child {
        self.command(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started")
    }

    /// Writes the request of a school.
    pub(crate) fn request(&self, file: &str, school: &Speaker, name: &str, state: &str) {
        let request = Request {
            key: school.key.verifying_key().clone(),
            name: Label::parse(name).expect("a label"),
            number: SchoolNumber::parse("12345").expect("a number"),
            place: Label::parse("Mainz").expect("a label"),
            state: land(state),
            kinds: Kinds::parse("abitur").expect("kinds"),
            time: at(NOW),
        };
        self.write(file, request.sign(&school.key).expect("signed"));
    }

    /// A school that is accredited on a ledger.
    pub(crate) fn school(&self, name: &str, seed: u8, ledger: &str) -> Speaker {
        let mut school = Speaker::new(name, seed);
        self.request("request", &school, "Gymnasium am Mühlenberg", "07");
        self.done(&format!("accredit request --ledger {ledger} --yes --from 2020-01-01 --until 2100-01-01"));
        let last = self.json(&format!("log --json --ledger {ledger}")).pop().expect("the accreditation");
        let note = last["note"].as_str().expect("text").as_bytes().to_vec();
        let signed = SignedStatement::parse(note).expect("a statement");
        school.chain = Chain { seq: 0, prev: Some(signed.text_hash()) };
        school
    }

    /// Has a school say something on `ledger.example`.
    pub(crate) fn says(&self, school: &mut Speaker, body: Body) -> u64 {
        let note = school.say(body);
        block_on(async {
            let place = Location::Folder(self.path("ledger"));
            let ledger = follow::open_to_append(&place, &Clock::system(), None).await.expect("opened");
            let appended = ledger.submit(TreeSize(0), &note).await.expect("appended");
            ledger.close().await;
            appended.index.0
        })
    }

    /// Runs it, expects success, and reads its lines as JSON.
    #[track_caller]
    pub(crate) fn json(&self, line: &str) -> Vec<Value> {
        json(&self.done(line))
    }

    /// The files of the ministry's chain.
    pub(crate) fn kept(&self) -> Vec<String> {
        names(&self.path("km/statements"))
    }
}

pub(crate) fn json(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// The keys of a JSON object, sorted.
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("listed").file_name().into_string().expect("text")).collect();
    names.sort();
    names
}

/// Copies the files of a ledger over another one.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for name in names(from).iter().filter(|name| from.join(name).is_file()) {
        // With their rights: a key must stay private.
        fs::copy(from.join(name), to.join(name)).expect("copied");
    }
}
