// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Points in time as the format writes them: whole seconds, UTC, years 0000 to 9999.

use core::fmt;

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, PrimitiveDateTime, format_description::BorrowedFormatItem, macros::format_description};

const FORM: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");

/// The last second that has a four-digit year.
const LAST: u64 = 253_402_300_799;

/// POSIX seconds. Shown as RFC 3339 in UTC (`2026-11-23T16:43:41Z`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Timestamp(u64);

impl Timestamp {
    /// The epoch.
    pub const EPOCH: Self = Self(0);

    /// A point in time from POSIX seconds; `None` after the year 9999, which has no spelling here.
    pub const fn from_posix(seconds: u64) -> Option<Self> {
        if seconds <= LAST { Some(Self(seconds)) } else { None }
    }

    /// POSIX seconds.
    pub const fn posix(self) -> u64 {
        self.0
    }

    /// Whether this is more than `seconds` after `other`.
    pub const fn is_ahead_of(self, other: Self, seconds: u64) -> bool {
        self.0 > other.0.saturating_add(seconds)
    }

    /// Reads `YYYY-MM-DDTHH:MM:SSZ`; `None` for every other spelling and for times before 1970.
    pub fn parse(text: &str) -> Option<Self> {
        let seconds = PrimitiveDateTime::parse(text, FORM).ok()?.assume_utc().unix_timestamp();
        let this = Self::from_posix(seconds.try_into().ok()?)?;
        (this.to_string() == text).then_some(this)
    }
}

impl TryFrom<u64> for Timestamp {
    type Error = &'static str;

    fn try_from(seconds: u64) -> Result<Self, Self::Error> {
        Self::from_posix(seconds).ok_or("after the year 9999")
    }
}

impl From<Timestamp> for u64 {
    fn from(time: Timestamp) -> Self {
        time.posix()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = i64::try_from(self.0).map_err(|_| fmt::Error)?;
        let time = OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| fmt::Error)?;
        f.write_str(&time.format(FORM).map_err(|_| fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for seconds in [0, 1, 951_782_400, 1_795_452_221, LAST] {
            let time = Timestamp::from_posix(seconds).expect("in range");
            assert_eq!(Timestamp::parse(&time.to_string()), Some(time));
        }
        assert_eq!(
            Timestamp::from_posix(1_795_452_221).map(|time| time.to_string()).as_deref(),
            Some("2026-11-23T16:43:41Z")
        );
        assert_eq!(Timestamp::from_posix(LAST + 1), None);
    }

    #[test]
    fn refuses_every_other_spelling() {
        for bad in [
            "2026-11-23T16:43:41z",
            "2026-11-23 16:43:41Z",
            "2026-11-23T16:43:41+00:00",
            "2026-11-23T16:43:41.0Z",
            "2026-02-30T00:00:00Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T23:59:60Z",
            "1969-12-31T23:59:59Z",
            "+2026-11-23T16:43:41Z",
            "",
        ] {
            assert_eq!(Timestamp::parse(bad), None, "{bad:?}");
        }
    }
}
