// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Questions to a person. They go to standard error, so that standard output holds answers only.

use std::io::{self, BufRead, Write};

use zeroize::Zeroizing;

use crate::{Failure, Message, Words};

pub(crate) fn confirm(words: &Words, question: &Message, input: &mut impl BufRead, output: &mut impl Write) -> bool {
    let shown = Message::new("question-yes-no").with("question", question.clone());
    // No answer at all is not a yes.
    let answer = answer(words, &shown, input, output).unwrap_or_default();
    ["j", "ja", "y", "yes"].contains(&answer.to_lowercase().as_str())
}

pub(crate) fn ask(
    words: &Words,
    question: &Message,
    default: Option<&str>,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> Result<String, Failure> {
    let shown = match default {
        Some(default) => Message::new("question-default").with("question", question.clone()).with("default", default),
        None => question.clone(),
    };
    loop {
        let Some(answer) = answer(words, &shown, input, output) else {
            return Err(Failure::usage(Message::new("question-unanswered").with("question", question.clone())));
        };
        match default {
            _ if !answer.is_empty() => return Ok(answer),
            Some(default) => return Ok(default.to_owned()),
            None => {}
        }
    }
}

/// Shows a question and has the answer read by whoever does not show it; `None` if there is no answer.
pub(crate) fn secret(
    words: &Words,
    question: &Message,
    output: &mut impl Write,
    read: impl FnOnce() -> io::Result<String>,
) -> Option<Zeroizing<String>> {
    let _ = write!(output, "{} ", words.text(question)).and_then(|()| output.flush());
    read().ok().map(Zeroizing::new).filter(|answer| !answer.is_empty())
}

/// Shows a question and reads a line; `None` at the end of the input.
fn answer(words: &Words, shown: &Message, input: &mut impl BufRead, output: &mut impl Write) -> Option<String> {
    // If the question cannot be shown, nobody answers it: the input ends.
    let _ = write!(output, "{} ", words.text(shown)).and_then(|()| output.flush());
    let mut line = String::new();
    match input.read_line(&mut line) {
        Ok(1..) => Some(line.trim().to_owned()),
        Ok(0) | Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    const QUESTION: Message = Message::new("io-other");

    fn question() -> Message {
        QUESTION.with("text", "a\nb")
    }

    fn confirmed(lang: Lang, input: &str) -> (bool, String) {
        let mut shown = Vec::new();
        let answer = confirm(&Words::new(lang), &question(), &mut input.as_bytes(), &mut shown);
        (answer, String::from_utf8(shown).unwrap())
    }

    fn asked(default: Option<&str>, input: &str) -> (Result<String, Failure>, String) {
        let mut shown = Vec::new();
        let answer = ask(&Words::new(Lang::En), &question(), default, &mut input.as_bytes(), &mut shown);
        (answer, String::from_utf8(shown).unwrap())
    }

    #[test]
    fn only_a_yes_is_a_yes() {
        for yes in ["j\n", "ja\n", "J\n", "y\n", "YES\r\n", " ja "] {
            assert!(confirmed(Lang::De, yes).0, "{yes:?}");
        }
        for no in ["", "\n", "n\n", "nein\n", "yess\n", "ja bitte\n"] {
            assert!(!confirmed(Lang::En, no).0, "{no:?}");
        }
    }

    #[test]
    fn the_question_shows_how_to_answer() {
        assert_eq!(confirmed(Lang::De, "j\n").1, r"Fehler des Betriebssystems (a\u{a}b) [j/N] ");
        assert_eq!(confirmed(Lang::En, "j\n").1, r"error of the operating system (a\u{a}b) [y/N] ");
    }

    #[test]
    fn a_secret_is_taken_as_it_is_typed_and_not_shown() {
        let mut shown = Vec::new();
        let words = Words::new(Lang::En);
        let answer = secret(&words, &question(), &mut shown, || Ok(" ein Geheimnis ".to_owned()));
        assert_eq!(answer.as_deref().map(String::as_str), Some(" ein Geheimnis "));
        assert_eq!(String::from_utf8(shown).unwrap(), r"error of the operating system (a\u{a}b) ");
        let unanswered = |answer: io::Result<String>| secret(&words, &question(), &mut Vec::new(), || answer);
        assert_eq!(unanswered(Ok(String::new())), None);
        assert_eq!(unanswered(Err(io::ErrorKind::UnexpectedEof.into())), None);
    }

    #[test]
    fn a_text_is_asked_until_there_is_one() {
        let shown = r"error of the operating system (a\u{a}b) ";
        assert_eq!(asked(None, "\n\n Goethe-Schule \n"), (Ok("Goethe-Schule".into()), shown.repeat(3)));
        let shown = r"error of the operating system (a\u{a}b) [Bonn] ";
        assert_eq!(asked(Some("Bonn"), "\n"), (Ok("Bonn".into()), shown.to_owned()));
        assert_eq!(asked(Some("Bonn"), "Kiel\n").0, Ok("Kiel".into()));
        let unanswered = Message::new("question-unanswered").with("question", question());
        assert_eq!(asked(Some("Bonn"), "").0, Err(Failure::usage(unanswered)));
    }
}
