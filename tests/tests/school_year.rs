// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! From the demo's set-up to a verdict, with the real programs: what others script against, test by test.
//!
//! Names, folders and output of `issue` are in `school_year/issue.rs`, what a verifier says in `school_year/check.rs`.

#[path = "school_year/check.rs"]
mod check;
#[path = "school_year/issue.rs"]
mod issue;
#[path = "school_year/set_up.rs"]
mod set_up;
#[path = "school_year/trust.rs"]
mod trust;

use std::process::ExitCode;

fn main() -> ExitCode {
    let trials = [set_up::trials(), issue::trials(), check::trials(), trust::trials()];
    tests::trial::main(trials.into_iter().flatten().collect())
}
