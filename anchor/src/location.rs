// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Where a ledger is: what `--ledger` and the trust folder's `ledgers` file say.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use reqwest::Url;

use crate::{home::Home, postgres::Address};

/// Where a ledger is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// An embedded ledger in a folder.
    Folder(PathBuf),
    /// A ledger that is served at an address.
    Http(Url),
    /// A ledger in PostgreSQL.
    Postgres(Address),
}

impl Location {
    /// Reads a location. A relative folder counts from `base`.
    ///
    /// `None` if it has the form of an address (`scheme://…`) that is none of `http`, `https` or `postgres`; also if one
    /// of `http` says more than where something is: a name and password, a query, a fragment.
    pub fn parse(text: &str, base: &Path) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        if !text.contains("://") {
            return Some(Self::Folder(base.join(text)));
        }
        if text.starts_with("postgres") {
            return Address::parse(text).map(Self::Postgres);
        }
        let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let is_plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        (url.host().is_some() && is_plain && url.fragment().is_none()).then_some(Self::Http(url))
    }

    /// The ledger itself, where this is not only the way to it.
    pub fn home(&self) -> Option<Home> {
        match self {
            Self::Folder(folder) => Some(Home::Folder(folder.clone())),
            Self::Postgres(address) => Some(Home::Postgres(address.clone())),
            Self::Http(_) => None,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => folder.display().fmt(f),
            Self::Postgres(address) => address.fmt(f),
            Self::Http(url) => url.as_str().trim_end_matches('/').fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_folder_or_an_address() {
        let place = |text| Location::parse(text, Path::new("/base"));
        let shown = |text| place(text).map(|place| place.to_string());
        assert_eq!(place("../ledger"), Some(Location::Folder("/base/../ledger".into())));
        for (text, wanted) in [
            ("https://ledger.example", "https://ledger.example"),
            ("https://ledger.example/land/07/", "https://ledger.example/land/07"),
            ("http://127.0.0.1:8440", "http://127.0.0.1:8440"),
            ("HTTP://[::1]:80/", "http://[::1]"),
            ("postgres://ledger:secret@db.example/land", "postgres://ledger@db.example/land"),
            ("postgresql:///land?host=/run/postgresql", "postgresql:///land?host=%2Frun%2Fpostgresql"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(wanted));
        }
        for bad in [
            "",
            "gopher://x",
            "postgres://x:99999/land",
            "postgresqlite://x",
            "https://",
            "http://user@x",
            "http://:secret@x",
            "http://x/?a",
            "http://x/#a",
            "://x",
        ] {
            assert_eq!(place(bad), None, "{bad}");
        }
    }
}
