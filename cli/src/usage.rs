// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What `clap` finds wrong with a command line, in our words.

use std::{error::Error as _, ffi::OsString};

use clap::{
    Command, Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{Failure, Message};

/// Turns an error of `clap` into a failure with exit code 64.
///
/// A value parser that returns a [`Failure`] has its message shown as the reason.
pub(crate) fn failure(error: &Error, command: &Command, arguments: &[OsString]) -> Failure {
    Failure::usage(message(error).with("command", command_path(command, arguments)))
}

fn message(error: &Error) -> Message {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => unknown_argument(error, &argument),
        ErrorKind::InvalidSubcommand => {
            let argument = context(error, ContextKind::InvalidSubcommand);
            match suggestion(error, ContextKind::SuggestedSubcommand) {
                Some(similar) => {
                    Message::new("usage-similar-command").with("argument", argument).with("similar", similar)
                }
                None => Message::new("usage-unknown-command").with("argument", argument),
            }
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Message::new("usage-missing-command")
        }
        ErrorKind::MissingRequiredArgument => Message::new("usage-missing-argument")
            .with("count", values(error, ContextKind::InvalidArg).len())
            .with("arguments", argument),
        ErrorKind::InvalidValue if value.is_empty() => Message::new("usage-missing-value").with("argument", argument),
        ErrorKind::InvalidValue => Message::new("usage-not-a-choice")
            .with("value", value)
            .with("argument", argument)
            .with("choices", context(error, ContextKind::ValidValue)),
        ErrorKind::ValueValidation => match error.source().and_then(|source| source.downcast_ref::<Failure>()) {
            Some(failure) => Message::new("usage-invalid-value-because").with("reason", failure.message.clone()),
            None => Message::new("usage-invalid-value"),
        }
        .with("value", value)
        .with("argument", argument),
        ErrorKind::ArgumentConflict => {
            let other = context(error, ContextKind::PriorArg);
            if other == argument {
                Message::new("usage-repeated").with("argument", argument)
            } else {
                Message::new("usage-conflict").with("argument", argument).with("other", other)
            }
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            Message::new("usage-value-count").with("argument", argument)
        }
        ErrorKind::InvalidUtf8 => Message::new("usage-not-text"),
        _ => Message::new("usage-other"),
    }
}

fn unknown_argument(error: &Error, argument: &str) -> Message {
    let message = if !argument.starts_with('-') {
        Message::new("usage-unexpected-value")
    } else if let Some(similar) = suggestion(error, ContextKind::SuggestedArg) {
        Message::new("usage-similar-option").with("similar", similar)
    } else {
        Message::new("usage-unknown-option")
    };
    message.with("argument", argument)
}

/// What the error says about a thing; several are joined by commas.
fn context(error: &Error, kind: ContextKind) -> String {
    values(error, kind).join(", ")
}

fn suggestion(error: &Error, kind: ContextKind) -> Option<String> {
    values(error, kind).into_iter().next()
}

fn values(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(value)) => vec![discreet(value)],
        Some(ContextValue::Strings(values)) => values.iter().map(|value| discreet(value)).collect(),
        _ => Vec::new(),
    }
}

/// What was typed, as it may be shown: what is nearly an address (`scheme://…`) may have a password in it, too.
pub fn discreet(typed: &str) -> String {
    match typed.split_once("://") {
        Some((scheme, rest)) if rest.contains(['@', '?']) => format!("{scheme}://…"),
        _ => typed.to_owned(),
    }
}

/// The program and the commands that were typed, for a hint that can be typed: `issuer issue`.
fn command_path(command: &Command, arguments: &[OsString]) -> String {
    let mut path = command.get_name().to_owned();
    let mut here = command;
    for argument in arguments.iter().skip(1) {
        if let Some(below) = here.find_subcommand(argument) {
            path = format!("{path} {}", below.get_name());
            here = below;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction, value_parser};

    use super::*;
    use crate::{Lang, Words};

    fn command() -> Command {
        let check = Command::new("check")
            .arg(Arg::new("path").value_name("PATH").required(true))
            .arg(Arg::new("out").long("out").value_name("DIR").required(true))
            .arg(Arg::new("kind").long("kind").value_parser(["abitur", "mittlere-reife"]))
            .arg(Arg::new("count").long("count").value_parser(value_parser!(u8)))
            .arg(Arg::new("origin").long("origin").value_parser(|_: &str| -> Result<String, Failure> {
                Err(Failure::usage(Message::new("io-not-found")))
            }))
            .arg(Arg::new("pair").long("pair").num_args(2))
            .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).conflicts_with("csv"))
            .arg(Arg::new("csv").long("csv").action(ArgAction::SetTrue));
        Command::new("verifier").subcommand_required(true).subcommand(check)
    }

    fn said(lang: Lang, line: &str) -> (String, String) {
        let words = Words::new(lang);
        let arguments: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        let error = command().try_get_matches_from(&arguments).unwrap_err();
        let failure = failure(&error, &command(), &arguments);
        assert_eq!(failure.exit, crate::Exit::Usage);
        (words.text(&failure.message), words.hint(&failure.message).unwrap())
    }

    #[test]
    fn every_kind_of_wrong_usage_has_its_words() {
        let example = "„verifier check --help“ zeigt ein Beispiel.";
        for (line, text, hint) in [
            ("verifier", "Es fehlt ein Befehl.", "„verifier --help“ zeigt alle Befehle."),
            ("verifier frob", "Den Befehl „frob“ gibt es nicht.", "„verifier --help“ zeigt alle Befehle."),
            ("verifier chekc", "Den Befehl „chekc“ gibt es nicht.", "Meinten Sie „check“?"),
            (
                "verifier check --xyz",
                "Die Option „--xyz“ gibt es nicht.",
                "„verifier check --help“ zeigt alle Optionen.",
            ),
            ("verifier check --kin", "Die Option „--kin“ gibt es nicht.", "Meinten Sie „--kind“?"),
            (
                "verifier check a b --out c",
                "Die Angabe „b“ wird hier nicht erwartet.",
                "„verifier check --help“ zeigt, was möglich ist.",
            ),
            ("verifier check", "Es fehlen Angaben: --out <DIR>, <PATH>", example),
            ("verifier check a", "Es fehlt eine Angabe: --out <DIR>", example),
            ("verifier check a --out", "Zu „--out <DIR>“ fehlt der Wert.", example),
            (
                "verifier check a --out b --kind x",
                "„x“ ist kein möglicher Wert für „--kind <kind>“.",
                "Möglich sind: abitur, mittlere-reife",
            ),
            ("verifier check a --out b --count x", "„x“ passt nicht zu „--count <count>“.", example),
            (
                "verifier check a --out b --origin x",
                "„x“ passt nicht zu „--origin <origin>“: Datei oder Ordner nicht gefunden",
                example,
            ),
            (
                "verifier check a --out b --json --csv",
                "„--json“ und „--csv“ gehen nicht zusammen.",
                "Lassen Sie eines von beiden weg.",
            ),
            (
                "verifier check a --out b --out c",
                "„--out <DIR>“ darf nur einmal vorkommen.",
                "Lassen Sie die Wiederholung weg.",
            ),
            (
                "verifier check a --out b --pair 1",
                "Die Anzahl der Werte zu „--pair <pair> <pair>“ stimmt nicht.",
                example,
            ),
        ] {
            assert_eq!(said(Lang::De, line), (text.to_owned(), hint.to_owned()), "{line}");
        }
    }

    #[test]
    fn english_says_the_same() {
        let (text, hint) = said(Lang::En, "verifier check --kin");
        assert_eq!(text, "There is no option “--kin”.");
        assert_eq!(hint, "Did you mean “--kind”?");
    }

    #[cfg(unix)]
    #[test]
    fn arguments_that_are_not_text_are_refused() {
        use std::os::unix::ffi::OsStringExt as _;
        let arguments: Vec<OsString> =
            vec!["verifier".into(), "check".into(), "--kind".into(), OsString::from_vec(vec![0xff])];
        let error = command().try_get_matches_from(&arguments).unwrap_err();
        assert_eq!(failure(&error, &command(), &arguments).message.id(), "usage-not-text");
    }
}
