// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The commands: each gathers what it needs, calls the library and says what came of it.

mod accredit;
mod add_ledger;
mod compromise;
mod concerned;
mod errand;
mod fsck;
mod init;
mod init_authority;
mod input;
mod log;
mod passphrase;
mod refresh;
mod replay;
mod retract;
mod revoke;
mod schools;
mod serve;
mod submit;
mod suspend;
mod trust;
mod watch;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use cli::{Exit, Failure, Message, Terminal};

#[derive(Parser)]
#[command(name = "anchor", version)]
pub(crate) struct Args {
    #[arg(long, value_name = "FILE", global = true)]
    passphrase_file: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Args),
    InitAuthority(init_authority::Args),
    AddLedger(add_ledger::Args),
    Accredit(accredit::Args),
    Suspend(suspend::Args),
    Resume(suspend::Args),
    Compromise(Box<compromise::Args>),
    Uphold(revoke::UpholdArgs),
    Revoke(revoke::RevokeArgs),
    Retract(retract::Args),
    Schools(schools::Args),
    Serve(serve::Args),
    Watch(watch::Args),
    Passphrase(passphrase::Args),
    Submit(submit::Args),
    Refresh(refresh::Args),
    Log(log::Args),
    Fsck(fsck::Args),
    Trust(trust::Args),
}

#[expect(clippy::needless_pass_by_value, reason = "`cli::run` hands the arguments over")]
pub(crate) fn run(args: Args, terminal: &Terminal) -> Result<Exit, Failure> {
    if let Command::Serve(args) = &args.command {
        return serve::run(args, terminal);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::refused(Message::new("anchor-no-runtime").with("reason", &error)))?;
    let secret = args.passphrase_file.as_ref();
    runtime.block_on(async {
        match &args.command {
            Command::Init(args) => init::run(args, terminal).await,
            Command::InitAuthority(args) => init_authority::run(args, secret, terminal).await,
            Command::AddLedger(args) => add_ledger::run(args, secret, terminal).await,
            Command::Accredit(args) => accredit::run(args, secret, terminal).await,
            Command::Suspend(args) => suspend::suspend(args, secret, terminal).await,
            Command::Resume(args) => suspend::resume(args, secret, terminal).await,
            Command::Compromise(args) => compromise::run(args, secret, terminal).await,
            Command::Uphold(args) => revoke::uphold(args, secret, terminal).await,
            Command::Revoke(args) => revoke::revoke(args, secret, terminal).await,
            Command::Retract(args) => retract::run(args, secret, terminal).await,
            Command::Schools(args) => schools::run(args, terminal).await,
            Command::Serve(_) => unreachable!("it has a runtime of its own"),
            Command::Watch(args) => watch::run(args, terminal).await,
            Command::Passphrase(args) => passphrase::run(args, secret, terminal),
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

    use anchor::fsck::Finding;
    use clap::CommandFactory;
    use proof::{register::IssuerStatus, statement::WithdrawalReason};

    use super::{Args, accredit, log, schools};

    #[test]
    fn every_command_and_argument_has_its_help() {
        cli::testing::assert_help_complete(&Args::command(), "anchor");
    }

    #[test]
    fn every_message_has_its_words() {
        cli::testing::assert_ids_exist(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        cli::testing::assert_codes_exist("finding", Finding::CODES.iter().copied());
        cli::testing::assert_codes_exist("type", super::log::TYPES);
        cli::testing::assert_codes_exist("issuer-status", IssuerStatus::ALL.map(IssuerStatus::code));
        cli::testing::assert_codes_exist("withdrawal-reason", WithdrawalReason::ALL.map(WithdrawalReason::as_str));
        let headings = log::HEADINGS.iter().chain(&schools::HEADINGS).chain(&accredit::HEADINGS);
        cli::testing::assert_codes_exist("column", headings.chain(&accredit::DONE_HEADINGS).copied());
    }
}
