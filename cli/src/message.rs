// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A message: what is to be said, before it is said in a language.

use std::{borrow::Cow, io, path};

/// The id of a Fluent message with its arguments; [`Words`](crate::Words) turns it into text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub(crate) id: Cow<'static, str>,
    pub(crate) args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// A message by its id. Written as a literal, [`assert_ids_exist`](crate::testing::assert_ids_exist) finds it.
    pub const fn new(id: &'static str) -> Self {
        Self { id: Cow::Borrowed(id), args: Vec::new() }
    }

    /// The message `FAMILY-CODE` for a code from elsewhere, with hyphens for underscores.
    ///
    /// [`assert_codes_exist`](crate::testing::assert_codes_exist) proves that every code of a family has its words.
    pub fn of_code(family: &str, code: &str) -> Self {
        Self { id: Cow::Owned(format!("{family}-{code}").replace('_', "-")), args: Vec::new() }
    }

    /// Sets the argument that stands in the text as `{ $name }`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// An argument of a message. It is put into words only when the language is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Text from anywhere; it is [cleaned](crate::clean) before it is shown.
    Text(String),
    /// A count: grouped digits, and it selects singular or plural.
    Number(i64),
    /// A point in time.
    Time(Time),
    /// Another message, such as the reason for this one.
    Message(Box<Message>),
}

/// A point in time in POSIX seconds, shown as date and minute in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(
    /// Seconds since 1970-01-01 00:00 UTC.
    pub i64,
);

impl From<Time> for Arg {
    fn from(time: Time) -> Self {
        Self::Time(time)
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

/// An error of the operating system in the person's language, as far as it is a common one.
impl From<&io::Error> for Arg {
    fn from(error: &io::Error) -> Self {
        use io::ErrorKind;
        let known = match error.kind() {
            ErrorKind::NotFound => Message::new("io-not-found"),
            ErrorKind::PermissionDenied => Message::new("io-permission-denied"),
            ErrorKind::AlreadyExists => Message::new("io-already-exists"),
            ErrorKind::StorageFull => Message::new("io-storage-full"),
            ErrorKind::QuotaExceeded => Message::new("io-quota-exceeded"),
            ErrorKind::ReadOnlyFilesystem => Message::new("io-read-only"),
            ErrorKind::IsADirectory => Message::new("io-is-a-directory"),
            ErrorKind::NotADirectory => Message::new("io-not-a-directory"),
            ErrorKind::DirectoryNotEmpty => Message::new("io-directory-not-empty"),
            _ => Message::new("io-other").with("text", error.to_string()),
        };
        known.into()
    }
}

macro_rules! text_arguments {
    ($($type:ty: $text:expr;)*) => {$(
        impl From<$type> for Arg {
            fn from(value: $type) -> Self {
                let text: fn($type) -> String = $text;
                Self::Text(text(value))
            }
        }
    )*};
}

text_arguments! {
    String: |text| text;
    &String: Clone::clone;
    &str: ToOwned::to_owned;
    Cow<'_, str>: |text| text.into_owned();
    char: String::from;
    &path::Path: |path| path.display().to_string();
    &path::PathBuf: |path| path.display().to_string();
    path::Display<'_>: |path| path.to_string();
}

macro_rules! number_arguments {
    ($($type:ty)*) => {$(
        impl From<$type> for Arg {
            fn from(count: $type) -> Self {
                Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
            }
        }
    )*};
}

number_arguments! { u16 u32 u64 usize i32 i64 }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_ids() {
        assert_eq!(Message::of_code("reason", "bytes_after_seal").id(), "reason-bytes-after-seal");
    }

    #[test]
    fn arguments_keep_their_kind() {
        let message = Message::new("cannot-read")
            .with("path", path::Path::new("a b"))
            .with("count", 3_usize)
            .with("huge", u64::MAX)
            .with("time", Time(0))
            .with("reason", &io::Error::from(io::ErrorKind::NotFound));
        assert_eq!(
            message.args,
            [
                ("path", Arg::Text("a b".into())),
                ("count", Arg::Number(3)),
                ("huge", Arg::Number(i64::MAX)),
                ("time", Arg::Time(Time(0))),
                ("reason", Arg::Message(Box::new(Message::new("io-not-found")))),
            ]
        );
    }
}
