// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The fields of a statement: each has one spelling, a range, and a type of its own.

use core::fmt::{self, Display};

use serde::{Deserialize, Serialize};
use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::is_nfc;

use super::StatementError;

/// `[a-z0-9-]{1,32}`: the kind of a certificate, or a reason.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Token(String);

impl Token {
    /// Reads a token.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        (allowed && (1..=32).contains(&text.len())).then(|| Self(text.to_owned()))
    }

    /// The token as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Token {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a token")
    }
}

/// The kinds of certificates that a school may issue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kinds {
    /// `*`
    All,
    /// Tokens, ascending and unique, at least one.
    These(Vec<Token>),
}

impl Kinds {
    /// Reads `*`, or tokens in ascending order joined by one space.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::All);
        }
        let tokens = text.split(' ').map(Token::parse).collect::<Option<Vec<_>>>()?;
        tokens.is_sorted_by(|a, b| a < b).then_some(Self::These(tokens))
    }

    /// Whether this kind is among them.
    pub fn contains(&self, kind: &Token) -> bool {
        match self {
            Self::All => true,
            Self::These(tokens) => tokens.binary_search(kind).is_ok(),
        }
    }
}

impl Display for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::These(tokens) => f.write_str(&tokens.iter().map(Token::as_str).collect::<Vec<_>>().join(" ")),
        }
    }
}

/// A school's number, as its Land gives it: `[0-9A-Za-z-]{1,16}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchoolNumber(String);

impl SchoolNumber {
    /// Reads a number.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (allowed && (1..=16).contains(&text.len())).then(|| Self(text.to_owned()))
    }

    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A name for people: NFC, 1 to 200 bytes, one line, no invisible characters, no space at the ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label(String);

impl Label {
    /// Reads a label.
    pub fn parse(text: &str) -> Option<Self> {
        let invisible = |c| {
            use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator};
            matches!(get_general_category(c), Control | Format | LineSeparator | ParagraphSeparator)
        };
        let good = (1..=200).contains(&text.len()) && text.trim() == text && !text.contains(invisible) && is_nfc(text);
        good.then(|| Self(text.to_owned()))
    }

    /// The label as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One of the sixteen German Länder, by its official key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8")]
pub struct Land(u8);

impl Land {
    /// Reads `01` to `16`.
    pub fn parse(text: &str) -> Option<Self> {
        let [tens @ b'0'..=b'1', ones @ b'0'..=b'9'] = text.as_bytes() else { return None };
        Self::try_from((tens - b'0') * 10 + (ones - b'0')).ok()
    }
}

impl TryFrom<u8> for Land {
    type Error = &'static str;

    fn try_from(key: u8) -> Result<Self, Self::Error> {
        if (1..=16).contains(&key) { Ok(Self(key)) } else { Err("not 1 to 16") }
    }
}

impl Display for Land {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

macro_rules! displayed_as_text {
    ($($name:ident),*) => {$(
        impl Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}
displayed_as_text!(Token, SchoolNumber, Label);

/// Writes a text field by field.
#[derive(Default)]
pub(crate) struct Writer(String);

impl Writer {
    pub(crate) fn new(header: &str) -> Self {
        Self(format!("{header}\n"))
    }

    pub(crate) fn put(&mut self, name: &str, value: &dyn Display) {
        use fmt::Write;
        writeln!(self.0, "{name} {value}").expect("a string takes every write");
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// Reads a text field by field.
pub(crate) struct Lines<'a>(&'a str);

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str, header: &'static str) -> Result<Self, StatementError> {
        let rest = text.strip_prefix(header).and_then(|rest| rest.strip_prefix('\n'));
        rest.map(Self).ok_or(StatementError::BadLine { line: header })
    }

    /// Of a text without a header.
    pub(crate) fn headless(text: &'a str) -> Self {
        Self(text)
    }

    /// The value of the next line, which must have this name.
    pub(crate) fn take<T>(
        &mut self,
        line: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StatementError> {
        let bad = StatementError::BadLine { line };
        let (value, rest) = self.next(line).ok_or(bad)?;
        self.0 = rest;
        read(value).ok_or(bad)
    }

    /// Whether the next line has this name.
    pub(crate) fn has(&self, line: &str) -> bool {
        self.next(line).is_some()
    }

    pub(crate) fn end(self) -> Result<(), StatementError> {
        if self.0.is_empty() { Ok(()) } else { Err(StatementError::BadLine { line: "end" }) }
    }

    fn next(&self, line: &str) -> Option<(&'a str, &'a str)> {
        let (current, rest) = self.0.split_once('\n')?;
        let value = current.strip_prefix(line)?.strip_prefix(' ')?;
        Some((value, rest))
    }
}
