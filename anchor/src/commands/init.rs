// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor init`: makes a ledger.

use std::path::PathBuf;

use anchor::{
    clock::Clock,
    home::Home,
    postgres::{self, Address},
    sqlite,
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
    #[arg(long, value_name = "URL", value_parser = address)]
    ledger: Option<Address>,
    #[arg(long, value_name = "FILE")]
    authorities: Option<PathBuf>,
}

pub(super) async fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    if args.dir.file_name().is_none() {
        // A new folder takes the place of the old one, and whoever stands in that one would stand nowhere.
        return Err(Failure::usage(Message::new("init-unnamed-folder").with("folder", &args.dir)));
    }
    let authorities = read_authorities(args)?;
    let clock = Clock::system();
    let (home, made) = match &args.ledger {
        None => (Home::Folder(args.dir.clone()), sqlite::init(&args.dir, &args.origin, &authorities, &clock).await),
        Some(address) => {
            let made = postgres::init(address, &args.dir, &args.origin, &authorities, &clock).await;
            (Home::Postgres(address.clone()), made)
        }
    };
    made.map_err(|error| open_failure(&error))?;
    let pins = home.pins().await.map_err(|error| trust_failure(&error))?;

    let (done, keep) = match home {
        Home::Folder(_) => ("init-done", "init-keep-keys"),
        _ => ("init-done-database", "init-hand-out-keys"),
    };
    let place = home.to_string();
    let say = |message: &'static str| {
        let message = Message::new(message).with("origin", args.origin.as_str()).with("folder", &args.dir);
        terminal.say(&message.with("place", place.as_str()))
    };
    say(done)?;
    trust::show_keys(&pins, terminal)?;
    say(keep)?;
    if authorities.for_origin(&args.origin).iter().next().is_none() {
        say("init-next-authority")?;
    }
    say("init-next-trust")?;
    Ok(Exit::Ok)
}

fn address(text: &str) -> Result<Address, Failure> {
    Address::parse(text).ok_or_else(|| Failure::usage(Message::new("init-bad-address")))
}

fn read_authorities(args: &Args) -> Result<Authorities, Failure> {
    let Some(path) = &args.authorities else { return Ok(Authorities::default()) };
    Authorities::parse(&input::read(path, MAX_AUTHORITIES_BYTES)?).map_err(|error| {
        let message = Message::new("trust-bad-line").with("path", path).with("line", error.line);
        Failure::usage(message.with("reason", authority_fault(error.fault)))
    })
}
