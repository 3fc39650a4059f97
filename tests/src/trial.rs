// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Tests that need something which is not everywhere: left out at the desk, and failed in CI, where all must be there.

use std::{
    env,
    path::PathBuf,
    process::{Command, ExitCode, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use libtest_mimic::{Arguments, Trial};

use crate::program::in_ci;

/// Whoever waits longer for a test is told its name.
const LONG: Duration = Duration::from_mins(1);

/// Something that a test needs: what it is, if it is missing.
pub type Need = Option<String>;

/// A test that is left out if something is missing. In CI it fails then.
pub fn needing(name: &str, needs: &[Need], test: impl FnOnce() + Send + 'static) -> Trial {
    let missing: Vec<_> = needs.iter().flatten().cloned().collect();
    if missing.is_empty() {
        return trial(name, test);
    }
    let missing = missing.join(", ");
    if in_ci() {
        Trial::test(name, move || Err(format!("in CI nothing may be missing: {missing}").into()))
    } else {
        Trial::test(format!("{name} (needs {missing})"), || Ok(())).with_ignored_flag(true)
    }
}

/// A test that a panic fails. One that takes long is named meanwhile, as in a program of the standard test harness.
pub fn trial(name: &str, test: impl FnOnce() + Send + 'static) -> Trial {
    let owned = name.to_owned();
    Trial::test(name, move || {
        let (running, ended) = mpsc::channel::<()>();
        thread::spawn(move || {
            if ended.recv_timeout(LONG) == Err(RecvTimeoutError::Timeout) {
                eprintln!("test {owned} has been running for over {} seconds", LONG.as_secs());
            }
        });
        test();
        drop(running);
        Ok(())
    })
}

/// Runs the tests of a test program as `cargo test` expects it.
pub fn main(trials: Vec<Trial>) -> ExitCode {
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Needs a program in the search path.
pub fn command(name: &str) -> Need {
    let mut command = Command::new(name);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().err().map(|_| name.to_owned())
}

/// Needs the folder of public material beside the repository.
pub fn shared(below: &str) -> (PathBuf, Need) {
    let folder = crate::program::root().join("../shared").join(below);
    let need = (!folder.is_dir()).then(|| format!("../shared/{below}"));
    (folder, need)
}

/// Needs an environment variable that names a file.
pub fn named_by(variable: &str) -> (PathBuf, Need) {
    let path = env::var_os(variable).map(PathBuf::from).unwrap_or_default();
    let need = (!path.is_file()).then(|| format!("${variable}"));
    (path, need)
}
