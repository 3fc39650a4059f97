// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The real programs, as a script sees them: exit code, standard output, standard error.

use std::{
    env,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
    thread,
};

use serde_json::Value;

/// Where a program of this workspace is: `issuer`, `verifier`, `anchor`, `samples` or `demo`.
///
/// `cargo test` builds the programs of another package only if that package has integration tests of its own, and
/// `cargo test -p tests` leaves those of an earlier build as they were. So the programs are built here, once in each
/// test process, into the folder that the test itself comes from; this costs half a second when nothing has changed.
pub fn program(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(build).join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// Builds every program and returns their folder: `TARGET/PROFILE`, for a test is `TARGET/PROFILE/deps/NAME`.
fn build() -> PathBuf {
    let test = env::current_exe().expect("a test knows its own program");
    let folder = test.parent().and_then(Path::parent).expect("tests lie in a folder of the target folder").to_owned();
    let target = folder.parent().expect("a profile's folder lies in the target folder");
    let profile = match folder.file_name().and_then(|name| name.to_str()).expect("a profile") {
        "debug" => "dev",
        other => other,
    };
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "--workspace", "--bins", "--profile", profile, "--target-dir"]).arg(target);
    if in_ci() {
        cargo.arg("--locked");
    }
    let status = cargo.current_dir(root()).stdin(Stdio::null()).status().expect("cargo starts");
    assert!(status.success(), "the programs cannot be built");
    folder
}

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the repository")
}

/// Whether this runs where nothing may be missing.
pub fn in_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty())
}

/// What came of running a program.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// The exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

#[expect(clippy::return_self_not_must_use, reason = "an assertion may be all that is wanted")]
impl Run {
    /// The lines of standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Vec<Value> {
        let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {self:#?}"));
        self.out.lines().map(parse).collect()
    }

    /// The same, if it ended with this exit code.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// The same, if it ended well and had nothing to remark.
    #[track_caller]
    pub fn quiet(self) -> Self {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{self:#?}");
        self
    }

    /// The value of a key in every line of JSON; null becomes an empty text.
    #[track_caller]
    pub fn column(&self, key: &str) -> Vec<String> {
        let text = |value: &Value| value.as_str().map_or_else(String::new, str::to_owned);
        self.json().iter().map(|line| text(&line[key])).collect()
    }
}

/// Runs a program to its end. Standard input is empty.
#[track_caller]
pub fn run(command: &mut Command) -> Run {
    run_with_input(command, b"")
}

/// Runs a program to its end with this standard input.
#[track_caller]
pub fn run_with_input(command: &mut Command, input: &[u8]) -> Run {
    run_seen(command, input, |_| {})
}

/// The same; `started` is told the number of the process.
#[track_caller]
pub fn run_seen(command: &mut Command, input: &[u8], started: impl FnOnce(u32)) -> Run {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    started(child.id());
    let mut stdin = child.stdin.take().expect("standard input is piped");
    let input = input.to_vec();
    // A program that reads nothing closes its end early, which is its right.
    let writer = thread::spawn(move || stdin.write_all(&input).ok());
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer does not panic");
    let text = |bytes| String::from_utf8(bytes).expect("programs print UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}
