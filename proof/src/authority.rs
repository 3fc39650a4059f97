// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Which authorities a verifier believes, for which Land, and for which part of which ledger.

One line each: `<Land> <verifier key> <origin> <first index> <end index or ->`. A key that is retired gets an end index
and stays; its successor is a further line.
*/

use core::fmt;

use crate::{
    encoding::decimal,
    key::{Fingerprint, KeyName, Origin, VerifyingKey},
    statement::Land,
    statement::statement_key,
    tree::LeafIndex,
};

/// The largest file of authorities that is read, in bytes: sixteen Länder with a hundred keys each.
pub const MAX_AUTHORITIES_BYTES: usize = 1 << 19;

/// One pinned key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// Where it may act.
    pub land: Land,
    /// The key.
    pub key: VerifyingKey,
    /// The ledger whose indices the window counts.
    pub origin: Origin,
    /// The first ledger index at which it counts.
    pub first: LeafIndex,
    /// The first at which it no longer counts; `None` while it is in use.
    pub end: Option<LeafIndex>,
}

impl Authority {
    /// Whether a statement at this ledger index lies in the window.
    pub fn covers(&self, index: LeafIndex) -> bool {
        self.first <= index && self.end.is_none_or(|end| index < end)
    }
}

/// Why a text is no list of authorities, and in which line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct AuthorityError {
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: AuthorityFault,
}

/// What can be wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthorityFault {
    /// Too large, or not text.
    #[error("the file is too large or not text")]
    NotText,
    /// Not five words.
    #[error("five words are needed: Land, key, ledger, first index, end index or -")]
    WordCount,
    /// Not 01 to 16.
    #[error("the Land is not 01 to 16")]
    BadLand,
    /// No Ed25519 verifier key.
    #[error("not an Ed25519 verifier key")]
    BadKey,
    /// Not an origin.
    #[error("not the name of a ledger")]
    BadOrigin,
    /// Not indices, or an end that is not after the first.
    #[error("not a window of ledger indices")]
    BadWindow,
    /// The same public key twice on one ledger.
    #[error("this public key stands here twice for the same ledger")]
    DuplicateKey,
}

/// The pinned authorities, over all ledgers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Authorities(Vec<Authority>);

impl Authorities {
    /// Reads the file's text. Empty lines and lines that start with `#` are skipped.
    ///
    /// # Errors
    /// Names the first line that is not of the form.
    pub fn parse(text: &[u8]) -> Result<Self, AuthorityError> {
        let text = str::from_utf8(text).ok().filter(|text| text.len() <= MAX_AUTHORITIES_BYTES);
        let text = text.ok_or(AuthorityError { line: 1, fault: AuthorityFault::NotText })?;
        let mut all = Self::default();
        for (index, line) in text.lines().enumerate() {
            all.line(line).map_err(|fault| AuthorityError { line: index + 1, fault })?;
        }
        Ok(all)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Authority> {
        self.0.iter()
    }

    /// Those for one ledger.
    #[must_use]
    pub fn for_origin(&self, origin: &Origin) -> Self {
        Self(self.0.iter().filter(|authority| authority.origin == *origin).cloned().collect())
    }

    /// The authority with this key, if it is pinned for this ledger.
    pub fn find(&self, origin: &Origin, key: Fingerprint) -> Option<&Authority> {
        self.0.iter().find(|authority| authority.origin == *origin && authority.key.fingerprint() == key)
    }

    /// Takes over what the other list says: new keys are added, and of a key that both have the other's line counts, so
    /// that a window can be closed.
    pub fn merge(&mut self, other: &Self) {
        for authority in &other.0 {
            let same =
                |known: &&mut Authority| known.origin == authority.origin && known.key.raw() == authority.key.raw();
            match self.0.iter_mut().find(same) {
                Some(known) => *known = authority.clone(),
                None => self.0.push(authority.clone()),
            }
        }
    }

    fn line(&mut self, line: &str) -> Result<(), AuthorityFault> {
        let words: Vec<_> = line.split_ascii_whitespace().collect();
        let [land, key, origin, first, end] = words[..] else {
            let skipped = words.first().is_none_or(|word| word.starts_with('#'));
            return if skipped { Ok(()) } else { Err(AuthorityFault::WordCount) };
        };
        if land.starts_with('#') {
            return Ok(());
        }
        let land = Land::parse(land).ok_or(AuthorityFault::BadLand)?;
        let key = statement_key(key).ok_or(AuthorityFault::BadKey)?;
        let origin = KeyName::parse(origin).ok_or(AuthorityFault::BadOrigin)?;
        let index = |text| decimal(text).map(LeafIndex).ok_or(AuthorityFault::BadWindow);
        let first = index(first)?;
        let end = if end == "-" { None } else { Some(index(end)?) };
        if end.is_some_and(|end| end <= first) {
            return Err(AuthorityFault::BadWindow);
        }
        if self.0.iter().any(|other| other.origin == origin && other.key.raw() == key.raw()) {
            return Err(AuthorityFault::DuplicateKey);
        }
        self.0.push(Authority { land, key, origin, first, end });
        Ok(())
    }
}

impl fmt::Display for Authorities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|authority| writeln!(f, "{authority}"))
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { land, key, origin, first, end } = self;
        let end = end.map_or_else(|| "-".to_owned(), |end| end.0.to_string());
        write!(f, "{land} {key} {origin} {} {end}", first.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{Algorithm, SigningKey};

    fn key(seed: u8) -> String {
        let name = KeyName::parse("ministry.example").expect("a name");
        SigningKey::from_seed(&name, Algorithm::Ed25519, &[seed; 32]).verifying_key().to_string()
    }

    #[test]
    fn reads_what_it_writes_and_skips_comments() {
        let text = format!("07 {} ledger.example 0 -\n05 {} ledger.example 3 9\n", key(1), key(2));
        let commented = format!("# Ministries\n\n{text}# a b c d\n");
        let all = Authorities::parse(commented.as_bytes()).expect("a list");
        assert_eq!(all.to_string(), text);
        let window: Vec<_> = [2, 3, 8, 9].map(|index| all.0[1].covers(LeafIndex(index))).to_vec();
        assert_eq!(window, [false, true, true, false]);
    }

    #[test]
    fn merging_closes_windows_and_never_doubles_a_key() {
        let list = |text: String| Authorities::parse(text.as_bytes()).expect("a list");
        let mut all = list(format!("07 {} l 0 -\n05 {} l 0 -\n", key(1), key(2)));
        all.merge(&list(format!("07 {} l 0 9\n07 {} l 9 -\n", key(1), key(3))));
        assert_eq!(all.to_string(), format!("07 {} l 0 9\n05 {} l 0 -\n07 {} l 9 -\n", key(1), key(2), key(3)));
        assert_eq!(list(all.to_string()), all);
    }

    #[test]
    fn names_the_line_and_its_fault() {
        let good = key(1);
        let cases = [
            (format!("07 {good} l 0"), AuthorityFault::WordCount),
            (format!("17 {good} l 0 -"), AuthorityFault::BadLand),
            (format!("7 {good} l 0 -"), AuthorityFault::BadLand),
            ("07 nothing l 0 -".to_owned(), AuthorityFault::BadKey),
            (format!("07 {good} L 0 -"), AuthorityFault::BadOrigin),
            (format!("07 {good} l 00 -"), AuthorityFault::BadWindow),
            (format!("07 {good} l 5 5"), AuthorityFault::BadWindow),
            (format!("07 {good} l 0 5\n07 {good} l 5 -"), AuthorityFault::DuplicateKey),
        ];
        for (text, fault) in cases {
            assert_eq!(Authorities::parse(text.as_bytes()).map_err(|error| error.fault), Err(fault), "{text}");
        }
        assert_eq!(Authorities::parse(b"\xff").map_err(|error| error.fault), Err(AuthorityFault::NotText));
        assert_eq!(Authorities::parse(b"# x\nbad").map_err(|error| error.line), Err(2));
    }
}
