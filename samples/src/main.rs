// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `samples make`: writes invented certificates into a folder.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};
use samples::{Generator, Kind, School, WriteError, write};

/// Exit code for a wrong command line, as in all programs of this project.
const USAGE: u8 = 64;

/// Makes invented German school certificates as PDF files
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write certificates into a folder; the same options always give the same bytes
    #[command(after_help = "Example:\n  samples make --out certificates --count 12 --kind abitur")]
    Make(Make),
}

#[derive(Args)]
struct Make {
    /// Folder to write to; it is made if it is missing, and no file in it is overwritten
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How many certificates
    #[arg(long, value_name = "N", default_value_t = 12)]
    count: u64,
    /// abitur, realschule or halbjahr; without it, all three in turn
    #[arg(long, value_name = "KIND")]
    kind: Option<Kind>,
    /// Which school, pupils and grades are invented
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(Cli { command: Command::Make(make) }) => run(&make),
        Err(error) => refused(&error),
    }
}

/// Answers a command line that asks for help or cannot be understood.
fn refused(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // A closed standard output leaves nobody to tell.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let told = error.to_string();
    let reason = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "error: no command was given",
        _ => told.split("\n\n").next().unwrap_or(&told),
    };
    eprintln!("{reason}\nhint: `samples make --help` shows what can be given");
    ExitCode::from(USAGE)
}

fn run(make: &Make) -> ExitCode {
    let generator = Generator::new(make.seed, School::invented(make.seed));
    let kinds = make.kind.map_or(Kind::ALL.to_vec(), |kind| vec![kind]);
    match write(&make.out, &generator, 0..make.count, &kinds) {
        Ok(written) => {
            let megabytes = written.bytes / 1_000_000;
            println!("{} certificates, {megabytes} MB, in {}", written.files, make.out.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            let hint = hint(&error);
            eprintln!("error: {:#}\nhint: {hint}", anyhow::Error::from(error));
            ExitCode::FAILURE
        }
    }
}

/// What to try next.
fn hint(error: &WriteError) -> &'static str {
    match error {
        WriteError::Exists { .. } => "give an empty folder with --out, no file is overwritten",
        _ => "see whether the folder may be written to and the disk has room",
    }
}
