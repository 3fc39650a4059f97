// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The frame of a binary.

use std::{
    env,
    ffi::OsString,
    panic::{self, AssertUnwindSafe},
    process::ExitCode,
    sync::atomic::{AtomicBool, Ordering},
};

use clap::{Parser, ValueEnum as _, error::ErrorKind};

use crate::{Exit, Failure, Lang, Message, Terminal, Words, localise, report, usage};

/// Runs a program: chooses the language, parses the command line, calls `main`, reports what failed.
///
/// - `--help` and `--version` are answered on standard output with exit code 0, wrong usage with 64.
/// - A panic is reported like any other failure, without a backtrace, with exit code 70.
/// - When the reader of standard output goes away, the program ends without a word.
///
/// The words of the help come from the messages `help-NAME…`, where NAME is the name of the command.
pub fn run<A: Parser>(main: impl FnOnce(A, &Terminal) -> Result<Exit, Failure>) -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    let words = Words::new(Lang::from_environment(lang_flag(&arguments), |name| env::var(name).ok()));
    report_panics(words.clone());
    let terminal = Terminal::new(words);

    let outcome = panic::catch_unwind(AssertUnwindSafe(|| match parse::<A>(&arguments, &terminal)? {
        Some(args) => main(args, &terminal),
        None => Ok(Exit::Ok),
    }));
    let Ok(outcome) = outcome else {
        return Exit::Internal.into();
    };
    // What was said before a failure belongs in front of its report.
    let flushed = terminal.flush();
    match outcome.and_then(|exit| flushed.map(|()| exit)) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            report(terminal.words(), &failure);
            failure.exit.into()
        }
    }
}

/// The arguments, or `None` when help or the version was asked for and has been printed.
fn parse<A: Parser>(arguments: &[OsString], terminal: &Terminal) -> Result<Option<A>, Failure> {
    let command = A::command();
    let prefix = command.get_name().to_owned();
    let command = localise(command, terminal.words(), &prefix);
    let parsed = command.clone().try_get_matches_from(arguments).and_then(|matches| A::from_arg_matches(&matches));
    match parsed {
        Ok(args) => Ok(Some(args)),
        Err(page) if matches!(page.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            let page = page.render();
            let text = if terminal.colour() { page.ansi().to_string() } else { page.to_string() };
            terminal.line(text.trim_end())?;
            Ok(None)
        }
        Err(error) => Err(usage::failure(&error, &command, arguments)),
    }
}

/// The language that `--lang` asks for. It must be known before the command line is parsed, for errors in it.
fn lang_flag(arguments: &[OsString]) -> Option<Lang> {
    let mut arguments = arguments.iter().skip(1).map(|argument| argument.to_string_lossy()).take_while(|a| a != "--");
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.next()?.into_owned(),
            Some(value) => value.strip_prefix('=')?.to_owned(),
            None => continue,
        };
        return Lang::from_str(&value, true).ok();
    }
    None
}

/// Reports the first panic of the process; a panic that travels on to other threads is the same fault.
fn report_panics(words: Words) {
    let reported = AtomicBool::new(false);
    panic::set_hook(Box::new(move |panic| {
        if !reported.swap(true, Ordering::Relaxed) {
            // Only the place: the panic's own text may hold a name from a certificate.
            let place = panic.location().map_or_else(|| "?".to_owned(), ToString::to_string);
            report(&words, &Failure::new(Exit::Internal, Message::new("internal-error").with("place", place)));
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flag(line: &str) -> Option<Lang> {
        lang_flag(&line.split(' ').map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn the_language_flag_is_found_anywhere_before_two_hyphens() {
        assert_eq!(flag("issuer --lang de issue"), Some(Lang::De));
        assert_eq!(flag("issuer issue a --lang=en"), Some(Lang::En));
        assert_eq!(flag("issuer issue -- --lang de"), None);
        assert_eq!(flag("issuer --lang"), None);
        assert_eq!(flag("issuer --lang fr"), None);
        assert_eq!(flag("--lang"), None);
    }
}
