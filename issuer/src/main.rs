// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The `issuer` program: `init`, `issue`, `resume`, `list`, `show`, `proof`.

mod commands;
mod wording;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use cli::{Exit, Failure, Message, Terminal};

use commands::{init::Init, issue::Issue, list::List, proof::Proof, resume::Resume, show::Show};
use issuer::{config::Config, look_over};

/// The command line. Its words are in `issuer.ftl`.
#[derive(Debug, Parser)]
#[command(name = "issuer", version)]
struct Args {
    #[arg(long, value_name = "FILE", global = true, default_value = "issuer.toml")]
    config: PathBuf,
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
}

fn main() -> ExitCode {
    look_over::work_if_asked();
    cli::run(issuer)
}

fn issuer(args: Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.map_err(|error| Failure::undecided(Message::new("no-runtime").with("reason", &error)))?;
    if let Command::Init(init) = args.command {
        return init.run(&args.config, terminal);
    }
    let config = Config::load(&args.config).map_err(|error| wording::config_failure(&error))?;
    runtime.block_on(async {
        match args.command {
            Command::Init(_) => unreachable!("done before there is a configuration"),
            Command::Issue(issue) => issue.run(config, terminal).await,
            Command::Resume(resume) => resume.run(config, terminal).await,
            Command::List(list) => list.run(&config, terminal).await,
            Command::Show(show) => show.run(&config, terminal).await,
            Command::Proof(proof) => proof.run(config, terminal).await,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use issuer::look_over::Fault;

    #[test]
    fn no_words_are_missing() {
        cli::testing::assert_help_complete(&Args::command(), "issuer");
        cli::testing::assert_ids_exist(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
        cli::testing::assert_codes_exist("fault", Fault::ALL.iter().map(|fault| fault.code()));
        cli::testing::assert_codes_exist("batch-state", ["staged", "committed", "done"]);
        let lands: Vec<_> = (1..=16).map(|land| format!("{land:02}")).collect();
        cli::testing::assert_codes_exist("ministry", lands.iter().map(String::as_str));
    }
}
