// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The words of one language: Fluent files compiled into the program.

use std::{borrow::Cow, fmt, sync::Arc};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use time::OffsetDateTime;
use unic_langid::LanguageIdentifier;

use crate::{Arg, Lang, Message, Time, clean};

macro_rules! files {
    ($lang:literal) => {
        [
            include_str!(concat!("../words/", $lang, "/common.ftl")),
            include_str!(concat!("../words/", $lang, "/help.ftl")),
            include_str!(concat!("../words/", $lang, "/reasons.ftl")),
            include_str!(concat!("../words/", $lang, "/ledger.ftl")),
            include_str!(concat!("../words/", $lang, "/keys.ftl")),
            include_str!(concat!("../words/", $lang, "/anchor.ftl")),
            include_str!(concat!("../words/", $lang, "/ministry.ftl")),
            include_str!(concat!("../words/", $lang, "/issuer.ftl")),
            include_str!(concat!("../words/", $lang, "/verifier.ftl")),
            include_str!(concat!("../words/", $lang, "/demo.ftl")),
        ]
    };
}

/// Speaks one language. Clones share the words, and threads may use them together.
#[derive(Clone)]
pub struct Words {
    lang: Lang,
    bundle: Arc<FluentBundle<FluentResource>>,
}

impl Words {
    /// Loads the words of a language.
    pub fn new(lang: Lang) -> Self {
        match lang {
            Lang::De => Self::from_files(lang, &files!("de")),
            Lang::En => Self::from_files(lang, &files!("en")),
        }
    }

    pub(crate) fn from_files(lang: Lang, files: &[&str]) -> Self {
        let id: LanguageIdentifier = lang.tag().parse().expect("both tags are well formed");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks would be seen on terminals; `clean` keeps arguments from disturbing the text instead.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::De => |value, _| format_number(value, '.'),
            Lang::En => |value, _| format_number(value, ','),
        }));
        for file in files {
            // Faults in the files are found by tests; a person still gets every message that could be read.
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(readable, _)| readable);
            let _ = bundle.add_resource(resource);
        }
        Self { lang, bundle: Arc::new(bundle) }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The text of a message; its id if there are no words for it.
    pub fn text(&self, message: &Message) -> String {
        self.format(message, None).unwrap_or_else(|| message.id().to_owned())
    }

    /// What to do about it: the attribute `.hint` of the same message.
    pub fn hint(&self, message: &Message) -> Option<String> {
        self.format(message, Some("hint"))
    }

    /// The text of any attribute of a message.
    pub fn attribute(&self, message: &Message, name: &str) -> Option<String> {
        self.format(message, Some(name))
    }

    /// The names of a message's attributes; `None` if there is no message with this id.
    pub fn attributes(&self, id: &str) -> Option<Vec<&str>> {
        Some(self.bundle.get_message(id)?.attributes().map(|attribute| attribute.id()).collect())
    }

    /// A count with grouped digits: `12.345` or `12,345`.
    pub fn number(&self, count: u64) -> String {
        let separator = match self.lang {
            Lang::De => '.',
            Lang::En => ',',
        };
        group_digits(&count.to_string(), separator)
    }

    /// Date and minute: `23.11.2026, 16:43 UTC` or `2026-11-23 16:43 UTC`.
    pub fn time(&self, time: Time) -> String {
        calendar(time, |moment| {
            let separator = match self.lang {
                Lang::De => ", ",
                Lang::En => " ",
            };
            format!("{}{separator}{:02}:{:02} UTC", self.day(moment), moment.hour(), moment.minute())
        })
    }

    /// The date alone, in UTC: `23.11.2026` or `2026-11-23`.
    pub fn date(&self, time: Time) -> String {
        calendar(time, |moment| self.day(moment))
    }

    fn day(&self, moment: OffsetDateTime) -> String {
        let (year, month, day) = (moment.year(), u8::from(moment.month()), moment.day());
        match self.lang {
            Lang::De => format!("{day:02}.{month:02}.{year:04}"),
            Lang::En => format!("{year:04}-{month:02}-{day:02}"),
        }
    }

    fn format(&self, message: &Message, attribute: Option<&str>) -> Option<String> {
        let found = self.bundle.get_message(message.id())?;
        let pattern = match attribute {
            None => found.value()?,
            Some(name) => found.get_attribute(name)?.value(),
        };
        let args: FluentArgs = message.args.iter().map(|(name, arg)| (*name, self.value(arg))).collect();
        Some(self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
    }

    fn value<'a>(&self, arg: &'a Arg) -> FluentValue<'a> {
        FluentValue::String(match arg {
            Arg::Number(count) => return FluentValue::from(*count),
            Arg::Text(text) => clean(text),
            Arg::Time(time) => Cow::Owned(self.time(*time)),
            Arg::Message(message) => Cow::Owned(self.text(message)),
        })
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Words").field(&self.lang).finish()
    }
}

fn calendar(time: Time, show: impl Fn(OffsetDateTime) -> String) -> String {
    // Beyond the year 9999 only nonsense or an attack lies: show the seconds as they are.
    OffsetDateTime::from_unix_timestamp(time.0).map_or_else(|_| format!("@{}", time.0), show)
}

fn format_number(value: &FluentValue<'_>, separator: char) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            Some(group_digits(&number.as_string(), separator))
        }
        _ => None,
    }
}

/// Puts a separator between every three digits of an integer.
fn group_digits(number: &str, separator: char) -> String {
    let (sign, digits) = number.split_at(usize::from(number.starts_with('-')));
    let mut grouped = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both() -> [Words; 2] {
        Lang::ALL.map(Words::new)
    }

    #[test]
    fn arguments_are_cleaned_and_not_isolated() {
        let message = Message::new("usage-unknown-option").with("argument", "--a\n\u{1b}[2J").with("command", "issuer");
        let [de, en] = both();
        assert_eq!(de.text(&message), r"Die Option „--a\u{a}\u{1b}[2J“ gibt es nicht.");
        assert_eq!(en.text(&message), r"There is no option “--a\u{a}\u{1b}[2J”.");
        assert_eq!(en.hint(&message).as_deref(), Some("“issuer --help” shows all options."));
    }

    #[test]
    fn numbers_choose_the_plural() {
        let missing = |count: usize| Message::new("usage-missing-argument").with("count", count).with("arguments", "X");
        let [de, en] = both();
        assert_eq!(de.text(&missing(1)), "Es fehlt eine Angabe: X");
        assert_eq!(de.text(&missing(2)), "Es fehlen Angaben: X");
        assert_eq!(en.text(&missing(1)), "Something is missing: X");
        assert_eq!(en.text(&missing(0)), "Some things are missing: X");
    }

    #[test]
    fn numbers_are_grouped_alone_and_inside_messages() {
        let [de, en] = both();
        for (count, german, english) in
            [(0, "0", "0"), (999, "999", "999"), (1000, "1.000", "1,000"), (1_234_567, "1.234.567", "1,234,567")]
        {
            let message = Message::new("help-default").with("default", count);
            assert_eq!(de.number(count), german);
            assert_eq!(en.number(count), english);
            assert_eq!(de.text(&message), format!("[ohne Angabe: {german}]"));
            assert_eq!(en.text(&message), format!("[if not given: {english}]"));
        }
        assert_eq!(group_digits("-1000", '.'), "-1.000");
    }

    #[test]
    fn times_are_shown_as_people_write_them() {
        let [de, en] = both();
        let time = Time(1_795_452_239);
        assert_eq!(de.time(time), "23.11.2026, 16:43 UTC");
        assert_eq!(en.time(time), "2026-11-23 16:43 UTC");
        assert_eq!(de.date(time), "23.11.2026");
        assert_eq!(en.date(time), "2026-11-23");
        assert_eq!(de.time(Time(0)), "01.01.1970, 00:00 UTC");
        assert_eq!(en.time(Time(-1)), "1969-12-31 23:59 UTC");
        assert_eq!(en.time(Time(i64::MAX)), "@9223372036854775807");
        let message = Message::new("help-default").with("default", time);
        assert_eq!(de.text(&message), "[ohne Angabe: 23.11.2026, 16:43 UTC]");
    }

    #[test]
    fn a_message_may_carry_another_one() {
        let error = std::io::Error::from(std::io::ErrorKind::StorageFull);
        let message = Message::new("cannot-write").with("path", "a.pdf").with("reason", &error);
        let [de, en] = both();
        assert_eq!(de.text(&message), "„a.pdf“ lässt sich nicht schreiben: der Datenträger ist voll");
        assert_eq!(en.text(&message), "“a.pdf” cannot be written: the disk is full");
    }

    #[test]
    fn a_missing_message_shows_its_id() {
        let [de, _] = both();
        assert_eq!(de.text(&Message::of_code("nobody", "wrote_this")), "nobody-wrote-this");
        assert_eq!(de.hint(&Message::of_code("nobody", "wrote_this")), None);
        assert_eq!(de.hint(&Message::new("io-not-found")), None);
        assert_eq!(de.attributes("nobody-wrote-this"), None);
        assert_eq!(de.attributes("usage-conflict"), Some(vec!["hint"]));
    }
}
