// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The `issuer` program: a school seals certificates, takes them back, and looks after its key.

mod commands;
mod wording;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use cli::{Exit, Failure, Message, Terminal};

use commands::{
    endorse::Endorse, init::Init, issue::Issue, list::List, passphrase::Passphrase, proof::Proof, replace::Replace,
    resume::Resume, revoke::Revoke, rotate_key, rotate_key::RotateKey, sheet::Sheet, show::Show, status::Status,
};
use issuer::{config::Config, look_over, status::Unpinned};

/// The command line. Its words are in `issuer.ftl`.
#[derive(Debug, Parser)]
#[command(name = "issuer", version)]
struct Args {
    #[arg(long, value_name = "FILE", global = true, default_value = "issuer.toml")]
    config: PathBuf,
    #[arg(long, value_name = "FILE", global = true)]
    passphrase_file: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(Init),
    Issue(Issue),
    Resume(Resume),
    List(List),
    Show(Show),
    Proof(Proof),
    Revoke(Revoke),
    Replace(Replace),
    Status(Status),
    RotateKey(RotateKey),
    Endorse(Endorse),
    Passphrase(Passphrase),
    Sheet(Sheet),
}

fn main() -> ExitCode {
    look_over::work_if_asked();
    cli::run(issuer)
}

fn issuer(args: Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::undecided(Message::new("no-runtime").with("reason", &error)))?;
    if let Command::Init(init) = args.command {
        return init.run(&args.config, args.passphrase_file, terminal);
    }
    let mut config = Config::load(&args.config).map_err(|error| wording::config_failure(&error))?;
    config.passphrase.option = args.passphrase_file;
    let looks_only =
        matches!(args.command, Command::List(_) | Command::Show(_) | Command::Status(_) | Command::Sheet(_));
    let settings = config.clone();
    let outcome = runtime.block_on(async {
        if config.changing_key && !looks_only {
            let (settled, is_changed) = rotate_key::settle(&args.config, config, terminal).await?;
            if is_changed && matches!(args.command, Command::RotateKey(_)) {
                // It is the change that was ordered before and is ordered again.
                return Ok(Exit::Ok);
            }
            config = settled;
        }
        match args.command {
            Command::Init(_) => unreachable!("done before there is a configuration"),
            Command::Issue(issue) => issue.run(config, terminal).await,
            Command::Resume(resume) => resume.run(config, terminal).await,
            Command::List(list) => list.run(&config, terminal).await,
            Command::Show(show) => show.run(&config, terminal).await,
            Command::Proof(proof) => proof.run(config, terminal).await,
            Command::Revoke(revoke) => revoke.run(config, terminal).await,
            Command::Replace(replace) => replace.run(config, terminal).await,
            Command::Status(status) => status.run(&config, terminal).await,
            Command::RotateKey(rotate) => Box::pin(rotate.run(&args.config, config, terminal)).await,
            Command::Endorse(endorse) => endorse.run(config, terminal).await,
            Command::Passphrase(passphrase) => passphrase.run(&config, terminal),
            Command::Sheet(sheet) => sheet.run(&args.config, &config, terminal),
        }
    });
    outcome.map_err(|failure| runtime.block_on(explain(failure, &settings)))
}

/// A school that is not accredited may be so by an authority that its trust folder does not know.
async fn explain(failure: Failure, config: &Config) -> Failure {
    if failure.message.id() != "issue-not-accredited" {
        return failure;
    }
    let Ok(view) = commands::open_view(config).await else { return failure };
    match Unpinned::find(config, &view).await {
        Ok(Some(unpinned)) => Failure::refused(wording::unpinned(Message::new("issue-unpinned"), &unpinned, config)),
        _ => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use issuer::{
        look_over::Fault,
        status::{Alarm, BatchStanding},
    };
    use proof::{
        register::{IssuerStatus, Refusal},
        statement::WithdrawalReason,
    };

    #[test]
    fn no_words_are_missing() {
        cli::testing::assert_help_complete(&Args::command(), "issuer");
        cli::testing::assert_ids_exist(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
        cli::testing::assert_codes_exist("fault", Fault::ALL.iter().map(|fault| fault.code()));
        cli::testing::assert_codes_exist("batch-state", ["staged", "committed", "done"]);
        cli::testing::assert_codes_exist("batch-standing", BatchStanding::ALL.map(BatchStanding::code));
        cli::testing::assert_codes_exist("alarm", Alarm::CODES);
        cli::testing::assert_codes_exist("school-standing", IssuerStatus::ALL.map(IssuerStatus::code));
        cli::testing::assert_codes_exist("withdrawal-reason", WithdrawalReason::ALL.map(WithdrawalReason::as_str));
        let refusals = [Refusal::Suspended, Refusal::KeyCompromised, Refusal::KeyRetired, Refusal::TooManyRotations];
        cli::testing::assert_codes_exist("school", refusals.map(Refusal::code));
        let kinds = ["accredit", "batch", "revoke", "replace", "rotate"];
        cli::testing::assert_codes_exist("statement-kind", kinds);
        let lands: Vec<_> = (1..=16).map(|land| format!("{land:02}")).collect();
        cli::testing::assert_codes_exist("ministry", lands.iter().map(String::as_str));
        cli::testing::assert_codes_exist("land", lands.iter().map(String::as_str));
    }
}
