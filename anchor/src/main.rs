// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The program of those who keep a ledger, and of the ministries that say who may issue.

mod commands;

fn main() -> std::process::ExitCode {
    cli::run(commands::run)
}
