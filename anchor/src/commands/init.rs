// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor init`: makes a ledger.

use std::path::PathBuf;

use anchor::{
    clock::Clock,
    sqlite,
    trust::Pins,
    wording::{authority_fault, open_failure, trust_failure},
};
use cli::{Exit, Failure, Message, Terminal};
use proof::{
    authority::{Authorities, MAX_AUTHORITIES_BYTES},
    key::Origin,
};

use super::{input, trust};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    #[arg(long, value_name = "ORIGIN", value_parser = input::key_name)]
    origin: Origin,
    #[arg(long, value_name = "FILE")]
    authorities: Option<PathBuf>,
}

pub(super) async fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    if args.dir.file_name().is_none() {
        // A new folder takes the place of the old one, and whoever stands in that one would stand nowhere.
        return Err(Failure::usage(Message::new("init-unnamed-folder").with("folder", &args.dir)));
    }
    let authorities = read_authorities(args)?;
    sqlite::init(&args.dir, &args.origin, &authorities, &Clock::system())
        .await
        .map_err(|error| open_failure(&error))?;
    let pins = Pins::load(&args.dir).map_err(|error| trust_failure(&error))?;

    terminal.say(&Message::new("init-done").with("origin", args.origin.as_str()).with("folder", &args.dir))?;
    trust::show_keys(&pins, terminal)?;
    terminal.say(&Message::new("init-keep-keys"))?;
    if authorities.for_origin(&args.origin).iter().next().is_none() {
        let next = Message::new("init-next-authority");
        terminal.say(&next.with("origin", args.origin.as_str()).with("folder", &args.dir))?;
    }
    terminal.say(&Message::new("init-next-trust").with("folder", &args.dir))?;
    Ok(Exit::Ok)
}

fn read_authorities(args: &Args) -> Result<Authorities, Failure> {
    let Some(path) = &args.authorities else { return Ok(Authorities::default()) };
    Authorities::parse(&input::read(path, MAX_AUTHORITIES_BYTES)?).map_err(|error| {
        let message = Message::new("trust-bad-line").with("path", path).with("line", error.line);
        Failure::usage(message.with("reason", authority_fault(error.fault)))
    })
}
