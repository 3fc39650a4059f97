// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Where a database is, told to nobody with its password.

use std::{fmt, str::FromStr};

use reqwest::Url;
use sqlx::postgres::PgConnectOptions;

/// The address of a database: `postgres://user@host:port/database`, with the options that PostgreSQL's own programs know.
///
/// It is shown without its password, so that none gets into a log, a message or a trust folder.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Url);

impl Address {
    /// Reads an address; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "postgres" | "postgresql"))?;
        let is_known = url.fragment().is_none() && PgConnectOptions::from_str(url.as_str()).is_ok();
        is_known.then_some(Self(url))
    }

    /// What a connection is opened with. What the address leaves out comes from the environment and the password file
    /// of PostgreSQL.
    pub(super) fn options(&self) -> PgConnectOptions {
        let options = PgConnectOptions::from_str(self.0.as_str()).expect("parsed before");
        options.application_name("schulsiegel")
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.0.clone();
        // Fails only where there can be no password.
        let _ = url.set_password(None);
        let shown: Vec<_> = self.0.query_pairs().filter(|(key, _)| key != "password").collect();
        url.set_query(None);
        if !shown.is_empty() {
            url.query_pairs_mut().extend_pairs(shown);
        }
        f.write_str(url.as_str())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown() {
        for (text, shown) in [
            ("postgres://ledger@db.example/land", "postgres://ledger@db.example/land"),
            ("postgresql://ledger:secret@db.example:5433/land", "postgresql://ledger@db.example:5433/land"),
            ("postgres:///land?host=/run/postgresql", "postgres:///land?host=%2Frun%2Fpostgresql"),
            (
                "postgres://db.example/land?password=secret&sslmode=verify-full",
                "postgres://db.example/land?sslmode=verify-full",
            ),
        ] {
            let address = Address::parse(text).expect("an address");
            assert_eq!(address.to_string(), shown);
            assert_eq!(format!("{address:?}"), shown);
            assert_eq!(Address::parse(shown).map(|address| address.to_string()).as_deref(), Some(shown));
        }
        for bad in
            ["", "land", "http://db.example/land", "postgres://db.example/land#x", "postgres://x/y?sslmode=maybe"]
        {
            assert_eq!(Address::parse(bad), None, "{bad}");
        }
    }
}
