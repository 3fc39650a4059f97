// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The commands: each gathers what it needs, calls the library and says what came of it.

mod accredit;
mod fsck;
mod init;
mod init_authority;
mod input;
mod log;
mod refresh;
mod submit;
mod trust;

use clap::{Parser, Subcommand};
use cli::{Exit, Failure, Message, Terminal};

#[derive(Parser)]
#[command(name = "anchor", version)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Args),
    InitAuthority(init_authority::Args),
    Accredit(accredit::Args),
    Submit(submit::Args),
    Refresh(refresh::Args),
    Log(log::Args),
    Fsck(fsck::Args),
    Trust(trust::Args),
}

#[expect(clippy::needless_pass_by_value, reason = "`cli::run` hands the arguments over")]
pub(crate) fn run(args: Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::refused(Message::new("anchor-no-runtime").with("reason", &error)))?;
    runtime.block_on(async {
        match &args.command {
            Command::Init(args) => init::run(args, terminal).await,
            Command::InitAuthority(args) => init_authority::run(args, terminal).await,
            Command::Accredit(args) => accredit::run(args, terminal),
            Command::Submit(args) => submit::run(args, terminal).await,
            Command::Refresh(args) => refresh::run(args, terminal).await,
            Command::Log(args) => log::run(args, terminal).await,
            Command::Fsck(args) => fsck::run(args, terminal).await,
            Command::Trust(args) => trust::run(args, terminal).await,
        }
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use anchor::sqlite::Finding;
    use clap::CommandFactory;

    use super::Args;

    #[test]
    fn every_command_and_argument_has_its_help() {
        cli::testing::assert_help_complete(&Args::command(), "anchor");
    }

    #[test]
    fn every_message_has_its_words() {
        cli::testing::assert_ids_exist(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        cli::testing::assert_codes_exist("finding", Finding::CODES.iter().copied());
        cli::testing::assert_codes_exist("type", super::log::TYPES);
    }
}
