// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor trust`: writes the trust folder that schools and verifiers pin.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use anchor::{
    location::Location,
    trust::{MaxAge, Pins, Place, Trust, TrustError},
    wording::{age, open_failure, trust_failure, window},
};
use cli::{Exit, Failure, Message, Terminal};
use proof::key::VerifyingKey;

use super::input::LedgerArg;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    ledger: LedgerArg,
    #[arg(long, value_name = "PLACE", value_parser = place)]
    place: Option<Location>,
    #[arg(long, value_name = "AGE", value_parser = max_age)]
    max_age: Option<MaxAge>,
}

pub(super) async fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let home = args.ledger.home()?;
    let origin = home.origin().await.map_err(|error| open_failure(&error))?;
    let pins = home.pins().await.map_err(|error| trust_failure(&error))?;
    let earlier = earlier(&args.out, &pins)?;
    let max_age = args.max_age.or(earlier.map(|trust| trust.max_age)).unwrap_or(MaxAge::DEFAULT);

    fs::create_dir_all(&args.out).map_err(|error| Failure::cannot_write(Exit::Usage, &args.out, &error))?;
    let location = args.place.clone().unwrap_or_else(|| home.location());
    let written = match &location {
        Location::Folder(folder) => written_place(&args.out, folder)?,
        other => other.to_string(),
    };
    let place = Place { origin, written, location };
    let trust =
        Trust { policy: pins.policy.clone(), authorities: pins.authorities.clone(), max_age, ledgers: vec![place] };
    trust.save(&args.out).map_err(|error| trust_failure(&error))?;

    terminal.say(&Message::new("trust-done").with("folder", &args.out).with("age", age(max_age)))?;
    show_keys(&pins, terminal)?;
    terminal.say(&Message::new("trust-next").with("folder", &args.out))?;
    Ok(Exit::Ok)
}

/// Lists every key that is trusted, with its fingerprint.
pub(super) fn show_keys(pins: &Pins, terminal: &Terminal) -> Result<(), Failure> {
    let say = |what: Message, key: &VerifyingKey| {
        let message = Message::new("trust-key").with("what", what).with("name", key.name());
        terminal.say(&message.with("fingerprint", key.fingerprint().to_string()))
    };
    pins.policy.keys().try_for_each(|(word, key)| say(Message::of_code("trust-key", word), key))?;
    for authority in pins.authorities.iter() {
        let land = anchor::wording::land(authority.land);
        say(Message::new("trust-key-authority").with("land", land).with("window", window(authority)), &authority.key)?;
    }
    Ok(())
}

/// The trust folder that is there already. One with other ledger keys is not replaced: somebody relies on it.
fn earlier(out: &Path, pins: &Pins) -> Result<Option<Trust>, Failure> {
    match Trust::load(out) {
        Ok(trust) if trust.policy == pins.policy => Ok(Some(trust)),
        Ok(_) => Err(Failure::usage(Message::new("trust-of-another-ledger").with("folder", out))),
        Err(TrustError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(trust_failure(&error)),
    }
}

/// The ledger's place as the file `ledgers` has it: relative, so that both folders can move together.
fn written_place(out: &Path, ledger: &Path) -> Result<String, Failure> {
    let whole = |path: &Path| fs::canonicalize(path).map_err(|error| Failure::cannot_read(Exit::Usage, path, &error));
    let place = relative(&whole(out)?, &whole(ledger)?);
    let text = place.to_str().filter(|text| text.trim() == *text && !text.contains(char::is_control));
    // Read back, since a trust folder that leads elsewhere helps nobody.
    let text = text.filter(|text| Location::parse(text, Path::new("")).is_some());
    let cannot_say = || Failure::usage(Message::new("trust-unwritable-place").with("path", &place));
    text.map(str::to_owned).ok_or_else(cannot_say)
}

/// The way from one absolute folder to another; the other itself where there is none, as between two drives.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return to.to_owned();
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to.components().skip(shared)).collect();
    if way.as_os_str().is_empty() { PathBuf::from(".") } else { way }
}

/// Where others find the ledger: an address, since a folder is found by itself.
fn place(text: &str) -> Result<Location, Failure> {
    let place = Location::parse(text, Path::new("")).filter(|place| !matches!(place, Location::Folder(_)));
    place.ok_or_else(|| Failure::usage(Message::new("trust-bad-address")))
}

fn max_age(text: &str) -> Result<MaxAge, Failure> {
    MaxAge::parse(text).ok_or_else(|| Failure::usage(Message::new("trust-bad-age")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_between_two_folders() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to)).to_str().map(str::to_owned);
        assert_eq!(way("/a/trust", "/a/ledger").as_deref(), Some("../ledger"));
        assert_eq!(way("/a/b/trust", "/a/ledger").as_deref(), Some("../../ledger"));
        assert_eq!(way("/trust", "/a/my ledger").as_deref(), Some("../a/my ledger"));
        assert_eq!(way("/a", "/a/b").as_deref(), Some("b"));
        assert_eq!(way("/a/b", "/a").as_deref(), Some(".."));
        assert_eq!(way("/a", "/a").as_deref(), Some("."));
    }
}
