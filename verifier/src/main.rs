// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The `verifier` program: `check`, `sync`, `snapshot` and `trust`.

mod commands;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use cli::{Exit, Failure, Terminal};

use commands::{check::Check, snapshot::Snapshot, sync::Sync, trust::TrustCommand};

/// The command line. Its words are in `verifier.ftl`.
#[derive(Debug, Parser)]
#[command(name = "verifier", version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(Check),
    Sync(Sync),
    Snapshot(Snapshot),
    #[command(subcommand)]
    Trust(TrustCommand),
}

fn main() -> ExitCode {
    cli::run(verifier)
}

fn verifier(args: Args, terminal: &Terminal) -> Result<Exit, Failure> {
    match args.command {
        Command::Check(check) => check.run(terminal),
        Command::Sync(sync) => sync.run(terminal),
        Command::Snapshot(snapshot) => snapshot.run(terminal),
        Command::Trust(trust) => trust.run(terminal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use proof::verdict::{Reason, Verdict};

    #[test]
    fn no_words_are_missing() {
        cli::testing::assert_help_complete(&Args::command(), "verifier");
        cli::testing::assert_ids_exist(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
        cli::testing::assert_codes_exist("reason", Reason::ALL.iter().map(|reason| reason.code()));
        let verdicts = ["genuine", "revoked", "replaced", "not_genuine", "no_seal", "undetermined"];
        cli::testing::assert_codes_exist("verdict", verdicts);
        assert_eq!(Verdict::NotGenuine.code(), "not_genuine");
    }
}
