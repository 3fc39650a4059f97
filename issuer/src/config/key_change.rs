// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What the configuration says of a change of the key. Comments and everything else in the file stay as they are.

use std::{fs, ops::Range, path::Path};

use anchor::{
    host,
    keys::{KeyPlace, TokenSettings},
};
use serde::Deserialize;
use toml::Spanned;

use super::{ConfigError, Written};

/// What is noted of a change of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyChange {
    /// It has begun.
    Begun,
    /// It did not take place: the key stays.
    TakenBack,
    /// It has taken place: the configuration names the key beside the old one from now on.
    Done,
}

/// Where in the text of `issuer.toml` the values stand that change.
#[derive(Deserialize)]
struct Spans {
    key: Option<Spanned<String>>,
    changing_key: Option<Spanned<bool>>,
    token: Option<TokenSpans>,
}

#[derive(Deserialize)]
struct TokenSpans {
    key: Spanned<String>,
}

impl KeyChange {
    /// Writes it into a configuration, in one step: whoever reads the file sees the old text or the new one, also after a
    /// crash. The new one is durable when this returns.
    ///
    /// # Errors
    /// If the file is not of its form or cannot be written. It is as it was then.
    pub fn write(self, path: &Path) -> Result<(), ConfigError> {
        let io = |source| ConfigError::Io { path: path.to_owned(), source };
        let mut text = fs::read_to_string(path).map_err(io)?;
        let written = Written::parse(path, &text)?;
        let spans: Spans =
            cli::from_toml(&text).map_err(|text| ConfigError::Malformed { path: path.to_owned(), text })?;
        let mut edits = Vec::new();
        if self == Self::Done {
            edits.extend(next_key(&written, &spans));
        }
        match (self, spans.changing_key) {
            (Self::Begun, None) => edits.push((0..0, "changing_key = true\n".to_owned())),
            (Self::Begun, Some(flag)) => edits.push((flag.span(), "true".to_owned())),
            (_, Some(flag)) => edits.push((line_around(&text, flag.span()), String::new())),
            (_, None) => {}
        }
        // From behind, so that places in front stay where they are.
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        for (span, value) in edits {
            text.replace_range(span, &value);
        }
        host::replace_private_file(path, text.as_bytes()).map_err(io)
    }
}

/// Where the name of the key stands, and the name of its successor.
fn next_key(written: &Written, spans: &Spans) -> Option<(Range<usize>, String)> {
    let quoted = |name: String| toml::Value::String(name).to_string();
    if let (Some(token), Some(span)) = (&written.token, &spans.token) {
        return Some((span.key.span(), quoted(TokenSettings::next(token).key)));
    }
    let (file, span) = (written.key.clone()?, spans.key.as_ref()?.span());
    match KeyPlace::File(file).next() {
        KeyPlace::File(next) => Some((span, quoted(next.to_string_lossy().into_owned()))),
        KeyPlace::Token(_) => None,
    }
}

/// The whole line that a place stands in.
fn line_around(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text[..span.start].rfind('\n').map_or(0, |end| end + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |end| span.end + end + 1);
    start..end
}

#[cfg(test)]
mod tests {
    use super::{
        KeyChange::{Begun, Done, TakenBack},
        *,
    };
    use crate::config::Config;

    const TEXT: &str = "# Waldschule\nname = \"schule/07/1\"\nstate = \"07\"\nregister = \"register.db\"\n\
                        request = \"request.note\"\ntrust = \"trust\"\n";

    fn after(text: &str, changes: &[KeyChange]) -> (String, Config) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("issuer.toml");
        fs::write(&path, text).expect("written");
        for change in changes {
            change.write(&path).expect("changed");
        }
        (fs::read_to_string(&path).expect("text"), Config::load(&path).expect("loaded"))
    }

    #[test]
    fn another_key_is_named_and_nothing_else_changes() {
        let token = "[token]\nmodule = \"x.so\"\nlabel = \"t\"\n";
        for (old, new) in [
            (
                "key = 'keys/school.key' # in the safe\n".to_owned(),
                "key = \"keys/school-2.key\" # in the safe\n".to_owned(),
            ),
            ("key=\"school-2.key\"".to_owned(), "key=\"school-3.key\"".to_owned()),
            (format!("{token}key = \"a\"\n"), format!("{token}key = \"a-2\"\n")),
        ] {
            let (old, new) = (format!("{TEXT}{old}"), format!("{TEXT}{new}"));
            let (begun, config) = after(&old, &[Begun]);
            assert_eq!((begun.as_str(), config.changing_key), (format!("changing_key = true\n{old}").as_str(), true));
            assert_eq!(after(&old, &[Begun, Begun]).0, begun);
            assert_eq!(after(&old, &[Begun, TakenBack]).0, old);
            let before = after(&old, &[]).1.key;
            let (done, config) = after(&old, &[Begun, Done]);
            assert_eq!((done, config.changing_key), (new, false));
            let name = |place: KeyPlace| place.to_string().rsplit('/').next().map(str::to_owned);
            assert_eq!(name(config.key), name(before.next()));
        }
    }

    #[test]
    fn the_note_is_found_wherever_it_stands() {
        let key = "key = \"school.key\"\n";
        let noted = format!("{TEXT}changing_key=true   # by hand\n{key}");
        assert_eq!(after(&noted, &[TakenBack]).0, format!("{TEXT}{key}"));
        assert_eq!(after(&noted, &[Done]).0, format!("{TEXT}{}", key.replace("school", "school-2")));
        let denied = format!("{TEXT}{key}changing_key = false");
        assert_eq!(after(&denied, &[Begun]).0, format!("{TEXT}{key}changing_key = true"));
    }

    #[test]
    fn a_file_that_is_not_of_its_form_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("issuer.toml");
        fs::write(&path, "name = 1\n").expect("written");
        assert!(matches!(Begun.write(&path), Err(ConfigError::Malformed { .. })));
        assert_eq!(fs::read(&path).expect("readable"), b"name = 1\n");
    }
}
