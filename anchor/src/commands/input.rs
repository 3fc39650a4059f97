// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What the commands have in common: the ledger that is meant, values that are typed, files that are read.

use std::{
    env,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use anchor::{
    follow,
    home::Home,
    keys::{Sources, Unlock},
    location::Location,
    ministry::{CONFIG_FILE, Ministry, desk::DeskError},
    trust::Pins,
    wording::{desk_failure, trust_failure},
};
use cli::{Exit, Failure, Message, Terminal};
use proof::{
    Timestamp,
    key::{KeyName, Origin},
    statement::{Kinds, Land, Token},
};

/// `--ledger`, else the environment, else the current folder if a ledger lies there.
#[derive(clap::Args)]
pub(super) struct LedgerArg {
    #[arg(long, value_name = "PLACE")]
    ledger: Option<PathBuf>,
}

/// A ledger that is read, and whom to believe about it.
#[derive(clap::Args)]
pub(super) struct PinnedLedgerArg {
    #[command(flatten)]
    ledger: LedgerArg,
    #[arg(long, value_name = "DIR")]
    trust: Option<PathBuf>,
}

impl PinnedLedgerArg {
    /// Where the ledger is.
    pub(super) fn location(&self) -> Result<Location, Failure> {
        self.ledger.location()
    }

    /// Whom to believe: the trust folder, else what stands beside the files of an embedded ledger.
    pub(super) async fn pins(&self) -> Result<Pins, Failure> {
        let place = self.location()?;
        let pins = match (&self.trust, place.home()) {
            (Some(folder), _) => Pins::load(folder),
            (None, Some(home)) => home.pins().await,
            (None, None) => return Err(desk_failure(&DeskError::NoPins(place.to_string()))),
        };
        pins.map_err(|error| trust_failure(&error))
    }
}

impl LedgerArg {
    /// Where the ledger is.
    pub(super) fn location(&self) -> Result<Location, Failure> {
        let here = || follow::holds_ledger(Path::new(".")).then(|| PathBuf::from("."));
        let place = self.ledger.clone().or_else(|| from_environment("SCHULSIEGEL_LEDGER")).or_else(here);
        location(&place.ok_or_else(|| Failure::usage(Message::new("anchor-which-ledger")))?)
    }

    /// The ledger itself, for what can only be done there.
    pub(super) fn home(&self) -> Result<Home, Failure> {
        only_home(&self.location()?)
    }
}

/// The ledger itself, where the way to it will not do.
pub(super) fn home(place: &Path) -> Result<Home, Failure> {
    only_home(&location(place)?)
}

fn only_home(place: &Location) -> Result<Home, Failure> {
    place.home().ok_or_else(|| Failure::usage(Message::new("anchor-only-folder").with("place", place.to_string())))
}

/// The one ledger that is meant where a ministry serves several and none is at hand.
pub(super) fn one_ledger(ministry: &Ministry, named: Option<&Origin>) -> Result<Origin, Failure> {
    match (named, ministry.ledgers()) {
        (Some(origin), _) | (None, [origin]) => Ok(origin.clone()),
        (None, all) => {
            let served: Vec<_> = all.iter().map(Origin::as_str).collect();
            Err(Failure::usage(Message::new("errand-which-origin").with("names", served.join(", "))))
        }
    }
}

/// The ledgers of a ministry's command: those that are named, else the one of the environment.
pub(super) fn ledgers(named: &[PathBuf]) -> Result<Vec<Location>, Failure> {
    let places = match named {
        [] => from_environment("SCHULSIEGEL_LEDGER").into_iter().collect(),
        named => named.to_vec(),
    };
    if places.is_empty() {
        return Err(Failure::usage(Message::new("errand-where")));
    }
    places.iter().map(|place| location(place)).collect()
}

pub(super) fn location(place: &Path) -> Result<Location, Failure> {
    match place.to_str() {
        Some(text) => Location::parse(text, Path::new("")).ok_or_else(|| unknown_place(place)),
        None => Ok(Location::Folder(place.to_owned())),
    }
}

fn unknown_place(place: &Path) -> Failure {
    let shown = cli::discreet(&place.to_string_lossy());
    Failure::usage(Message::new("anchor-unknown-place").with("place", shown))
}

/// `--authority`, else the environment, else the current folder if it is a ministry's.
pub(super) fn authority(option: Option<&PathBuf>) -> Result<PathBuf, Failure> {
    let here = || Path::new(CONFIG_FILE).is_file().then(|| PathBuf::from("."));
    let folder = option.cloned().or_else(|| from_environment("SCHULSIEGEL_AUTHORITY")).or_else(here);
    folder.ok_or_else(|| Failure::usage(Message::new("accredit-which-authority")))
}

/// By which a passphrase can be had: the global option, and whatever needs no option.
pub(super) fn unlock<'a>(passphrase_file: Option<&PathBuf>, terminal: &'a Terminal) -> Unlock<'a> {
    Unlock { sources: Sources { option: passphrase_file.cloned(), configured: None }, person: terminal }
}

/// A path from the environment; an empty one is none.
pub(super) fn from_environment(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Reads a file that somebody handed over, unless it is larger than `cap` bytes.
pub(super) fn read(path: &Path, cap: usize) -> Result<Vec<u8>, Failure> {
    let unreadable = |error| Failure::cannot_read(Exit::Usage, path, &error);
    let (mut bytes, file) = (Vec::new(), File::open(path).map_err(unreadable)?);
    file.take(cap as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > cap {
        return Err(Failure::usage(Message::new("anchor-file-too-large").with("path", path).with("cap", cap)));
    }
    Ok(bytes)
}

/// The name of a key or ledger, as it is typed.
pub(super) fn key_name(text: &str) -> Result<KeyName, Failure> {
    KeyName::parse(text).ok_or_else(|| Failure::usage(Message::new("anchor-bad-name")))
}

/// A Land by its key, as it is typed.
pub(super) fn land(text: &str) -> Result<Land, Failure> {
    Land::parse(text).ok_or_else(|| Failure::usage(Message::new("anchor-bad-land")))
}

/// `*`, or kinds of certificates in any order with commas or spaces between them.
pub(super) fn kinds(text: &str) -> Result<Kinds, Failure> {
    let mut tokens: Vec<_> = text.split([',', ' ']).filter(|token| !token.is_empty()).collect();
    tokens.sort_unstable();
    tokens.dedup();
    Kinds::parse(&tokens.join(" ")).ok_or_else(|| Failure::usage(Message::new("anchor-bad-kinds")))
}

/// A word for a reason, as it is typed.
pub(super) fn token(text: &str) -> Result<Token, Failure> {
    Token::parse(text).ok_or_else(|| Failure::usage(Message::new("anchor-bad-token")))
}

/// A day, which begins at midnight UTC, or a time to the second.
pub(super) fn date(text: &str) -> Result<Timestamp, Failure> {
    let time = Timestamp::parse(&format!("{text}T00:00:00Z")).or_else(|| Timestamp::parse(text));
    time.ok_or_else(|| Failure::usage(Message::new("anchor-bad-date")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_put_in_order() {
        let read = |text| kinds(text).map(|kinds| kinds.to_string()).ok();
        assert_eq!(read("mittlere-reife,abitur").as_deref(), Some("abitur mittlere-reife"));
        assert_eq!(read(" b, a b ").as_deref(), Some("a b"));
        assert_eq!(read("*").as_deref(), Some("*"));
        for bad in ["", ",", "Abitur", "*,abitur"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight() {
        let read = |text| date(text).map(|date| date.to_string()).ok();
        assert_eq!(read("2026-11-23").as_deref(), Some("2026-11-23T00:00:00Z"));
        assert_eq!(read("2026-11-23T16:43:41Z").as_deref(), Some("2026-11-23T16:43:41Z"));
        for bad in ["", "23.11.2026", "2026-11-31", "2026-11-23T16:43"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_file_is_read_up_to_its_cap() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        std::fs::write(&path, [b'a'; 4]).expect("written");
        assert_eq!(read(&path, 4).expect("read").len(), 4);
        assert_eq!(read(&path, 3).expect_err("too large").message.id(), "anchor-file-too-large");
        assert_eq!(read(&folder.path().join("none"), 3).expect_err("not there").message.id(), "cannot-read");
    }
}
