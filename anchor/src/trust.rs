// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The trust folder: what a verifier pins, and where it reads ledgers. Nothing that is trusted comes from anywhere else.

| file | form |
|---|---|
| `policy` | a C2SP trust policy: ledgers, witnesses, quorum |
| `authorities` | `<Land> <key> <ledger> <first index> <end index or ->` |
| `max_age` | how old a ledger's state may be: `90m`, `36h`, `7d` |
| `ledgers` | `<ledger> <place>`; a relative folder counts from here |
*/

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use proof::{
    Timestamp,
    authority::{Authorities, AuthorityError},
    encoding::decimal,
    judge::{Consulted, Judge},
    key::{KeyName, Origin},
    policy::{Policy, PolicyError},
};

use crate::{host, location::Location, store::OpenError};

/// What is pinned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// Which ledgers and witnesses are believed.
    pub policy: Policy,
    /// Which authorities are believed.
    pub authorities: Authorities,
    /// How old a ledger's state may be.
    pub max_age: MaxAge,
    /// Where ledgers are read, as the file has it, and what that means.
    pub ledgers: Vec<Place>,
}

/// Whom to believe, without a word about where a ledger is. An embedded ledger has these two files as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pins {
    /// Which ledgers and witnesses are believed.
    pub policy: Policy,
    /// Which authorities are believed.
    pub authorities: Authorities,
}

/// Where a ledger is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which ledger.
    pub origin: Origin,
    /// The place as it is written.
    pub written: String,
    /// The place as it is meant.
    pub location: Location,
}

/// How old a ledger's state may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MaxAge {
    count: u64,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Minutes,
    Hours,
    Days,
}

impl MaxAge {
    /// A week: an embedded ledger is refreshed by hand or by a daily timer, and neither may miss a few days.
    pub const DEFAULT: Self = Self { count: 7, unit: Unit::Days };

    /// Reads `90m`, `36h` or `7d`; at most 99,999 of a unit.
    pub fn parse(text: &str) -> Option<Self> {
        let unit = match text.bytes().last()? {
            b'm' => Unit::Minutes,
            b'h' => Unit::Hours,
            b'd' => Unit::Days,
            _ => return None,
        };
        let count = decimal(&text[..text.len() - 1]).filter(|count| (1..=99_999).contains(count))?;
        Some(Self { count, unit })
    }

    /// How many, and the plural of what: `minutes`, `hours` or `days`.
    pub fn parts(self) -> (u64, &'static str) {
        let unit = match self.unit {
            Unit::Minutes => "minutes",
            Unit::Hours => "hours",
            Unit::Days => "days",
        };
        (self.count, unit)
    }

    /// In seconds.
    pub fn seconds(self) -> u64 {
        self.count
            * match self.unit {
                Unit::Minutes => 60,
                Unit::Hours => 3_600,
                Unit::Days => 86_400,
            }
    }
}

impl std::fmt::Display for MaxAge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = match self.unit {
            Unit::Minutes => 'm',
            Unit::Hours => 'h',
            Unit::Days => 'd',
        };
        write!(f, "{}{unit}", self.count)
    }
}

/// Why a trust folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrustError {
    /// A file is missing or cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The policy is not of its form.
    #[error("{path}: {source}")]
    Policy {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        source: PolicyError,
    },
    /// The authorities are not of their form.
    #[error("{path}: {source}")]
    Authorities {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        source: AuthorityError,
    },
    /// The age is not of its form.
    #[error("{path}: not an age such as 7d")]
    MaxAge {
        /// Which file.
        path: PathBuf,
    },
    /// A line of `ledgers` is not of its form, or names a place that this version cannot read.
    #[error("{path}, line {line}: not a ledger and its place")]
    Ledgers {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
    },
    /// The ledger that has the pins cannot be read.
    #[error(transparent)]
    Ledger(#[from] OpenError),
}

impl TrustError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

/// The names of the four files.
const POLICY: &str = "policy";
const AUTHORITIES: &str = "authorities";
const MAX_AGE: &str = "max_age";
const LEDGERS: &str = "ledgers";

impl Trust {
    /// Reads a trust folder.
    ///
    /// # Errors
    /// Names the first file that is missing or not of its form.
    pub fn load(folder: &Path) -> Result<Self, TrustError> {
        let Pins { policy, authorities } = Pins::load(folder)?;
        let (path, bytes) = read(folder, MAX_AGE)?;
        let max_age = str::from_utf8(&bytes).ok().and_then(|text| MaxAge::parse(text.trim_ascii()));
        let max_age = max_age.ok_or(TrustError::MaxAge { path })?;
        let (path, bytes) = read(folder, LEDGERS)?;
        let ledgers = Place::parse_all(&String::from_utf8_lossy(&bytes), folder);
        let ledgers = ledgers.map_err(|line| TrustError::Ledgers { path, line })?;
        Ok(Self { policy, authorities, max_age, ledgers })
    }

    /// A judge who believes what is pinned here and knows what these ledgers say.
    pub fn judge<'a>(&'a self, now: Timestamp, ledgers: BTreeMap<Origin, Consulted<'a>>) -> Judge<'a> {
        let Self { policy, authorities, max_age, .. } = self;
        Judge { policy, authorities, max_age_s: max_age.seconds(), now, ledgers }
    }

    /// Writes the four files into a folder, which is made if it is not there. Existing files are replaced, each in one
    /// step.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn save(&self, folder: &Path) -> Result<(), TrustError> {
        fs::create_dir_all(folder).map_err(TrustError::io(folder))?;
        let ledgers: String =
            self.ledgers.iter().flat_map(|place| [place.origin.as_str(), " ", &place.written, "\n"]).collect();
        let files = [
            (POLICY, self.policy.to_string()),
            (AUTHORITIES, self.authorities.to_string()),
            (MAX_AGE, format!("{}\n", self.max_age)),
            (LEDGERS, ledgers),
        ];
        for (name, text) in files {
            let path = folder.join(name);
            host::replace_file(&path, text.as_bytes()).map_err(TrustError::io(&path))?;
        }
        host::sync_folder(folder).map_err(TrustError::io(folder))
    }
}

impl Pins {
    /// Reads the files `policy` and `authorities` of a folder: a trust folder's or an embedded ledger's.
    ///
    /// # Errors
    /// Names the first file that is missing or not of its form.
    pub fn load(folder: &Path) -> Result<Self, TrustError> {
        let (path, bytes) = read(folder, POLICY)?;
        let policy = Policy::parse(&bytes).map_err(|source| TrustError::Policy { path, source })?;
        let (path, bytes) = read(folder, AUTHORITIES)?;
        let authorities = Authorities::parse(&bytes).map_err(|source| TrustError::Authorities { path, source })?;
        Ok(Self { policy, authorities })
    }
}

fn read(folder: &Path, name: &str) -> Result<(PathBuf, Vec<u8>), TrustError> {
    let path = folder.join(name);
    fs::read(&path).map_err(TrustError::io(&path)).map(|bytes| (path, bytes))
}

impl Place {
    /// Reads lines of `<ledger> <place>`. The error is the number of the first bad line.
    fn parse_all(text: &str, base: &Path) -> Result<Vec<Self>, usize> {
        let lines =
            (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        lines.map(|(number, line)| Self::parse(line, base).ok_or(number)).collect()
    }

    /// Reads a line of `ledgers`. A relative folder counts from `base`.
    pub fn parse(line: &str, base: &Path) -> Option<Self> {
        let (origin, written) = line.split_once(' ')?;
        let origin = KeyName::parse(origin)?;
        let location = Location::parse(written.trim(), base)?;
        Some(Self { origin, written: written.trim().to_owned(), location })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_have_units() {
        let seconds = |text| MaxAge::parse(text).map(MaxAge::seconds);
        assert_eq!(seconds("90m"), Some(5_400));
        assert_eq!(seconds("36h"), Some(129_600));
        assert_eq!(seconds("7d"), Some(604_800));
        for bad in ["", "7", "d", "0d", "07d", "-1d", "7w", "100000d", "7 d", "7ä"] {
            assert_eq!(MaxAge::parse(bad), None, "{bad}");
        }
        assert_eq!(MaxAge::parse("7d").map(|age| age.to_string()).as_deref(), Some("7d"));
    }

    #[test]
    fn places_count_from_the_folder() {
        let base = Path::new("/srv/trust");
        let places = Place::parse_all("# where\n\nledger.example ../my ledger\n", base).expect("one place");
        assert_eq!(places[0].location, Location::Folder("/srv/trust/../my ledger".into()));
        assert_eq!(places[0].written, "../my ledger");
        assert_eq!(Place::parse_all("a b\nA b\n", base), Err(2));
        assert_eq!(Place::parse_all("ledger.example\n", base), Err(1));
        assert_eq!(Place::parse_all("ledger.example gopher://x\n", base), Err(1));
    }
}
