// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
`demo`: a ministry, a school, a ledger and certificates in one folder: sealed, withdrawn, replaced, forged and checked.

Everything is done with the libraries of the real programs; afterwards they work in the folder without any question.
*/

mod alter;
mod folders;
mod forge;
mod office;
mod show;
mod steps;
mod withdraw;
mod world;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Parser;
use cli::{Exit, Failure, Message, Terminal};

use folders::Folders;

/// The command line. Its words are in `demo.ftl`.
#[derive(Debug, Parser)]
#[command(name = "demo", version)]
struct Args {
    #[arg(long, value_name = "DIR", default_value = "demo-data")]
    dir: PathBuf,
    #[arg(long)]
    no_serve: bool,
    #[arg(long)]
    plain: bool,
    #[arg(long)]
    no_passphrase: bool,
}

/// Says that a folder was made by this program and may be made anew.
const MARK: &str = ".schulsiegel-demo";

fn main() -> ExitCode {
    issuer::look_over::work_if_asked();
    cli::run(demo)
}

fn demo(Args { dir, no_serve, plain, no_passphrase }: Args, terminal: &Terminal) -> Result<Exit, Failure> {
    make_room(&dir)?;
    let failed = |error: anyhow::Error| {
        let folder = dir.display();
        Failure::refused(Message::new("demo-failed").with("folder", folder).with("text", format!("{error:#}")))
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|error| failed(error.into()))?;
    let folders = Folders::new(&dir);
    runtime.block_on(steps::take(&folders, plain, !no_passphrase, terminal)).map_err(failed)?;
    if !no_serve {
        runtime.block_on(show::check_everything(&folders, terminal)).map_err(failed)?;
        terminal.say(&Message::new("demo-next").with("folder", dir.display()))?;
    }
    Ok(Exit::Ok)
}

/// An empty folder with the mark in it. Only what an earlier demo made is removed.
fn make_room(folder: &Path) -> Result<(), Failure> {
    let unusable = |error| Failure::cannot_write(Exit::Usage, folder, &error);
    if folder.join(MARK).is_file() {
        fs::remove_dir_all(folder).map_err(unusable)?;
    }
    fs::create_dir_all(folder).map_err(unusable)?;
    if fs::read_dir(folder).map_err(unusable)?.next().is_some() {
        return Err(Failure::usage(Message::new("demo-not-empty").with("folder", folder.display())));
    }
    fs::write(folder.join(MARK), b"").map_err(unusable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn no_words_are_missing() {
        cli::testing::assert_help_complete(&Args::command(), "demo");
        cli::testing::assert_ids_exist(concat!(env!("CARGO_MANIFEST_DIR"), "/src/bin/demo"));
    }
}
