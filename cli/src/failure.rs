// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! How a program ends, and how it says what went wrong.

use std::{
    error, fmt,
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
};

use crate::{Lang, Message, Words};

/// The exit codes. Scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done; everything is in order.
    Ok = 0,
    /// Refused, or something that was checked is not in order.
    Refused = 1,
    /// Undecided, or it is not known what came of it.
    Undecided = 2,
    /// The command line or the configuration is wrong.
    Usage = 64,
    /// A fault in the program itself.
    Internal = 70,
    /// The reader of standard output went away, as in `| head`. Shells give the same number to programs that are ended
    /// by the signal for it; 0 would say that all is in order when not all was said.
    OutputClosed = 141,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a program could not do what it was asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How the program ends.
    pub exit: Exit,
    /// What went wrong; its `.hint` says what to do.
    pub message: Message,
    /// Further lines, such as one for each file that is concerned.
    pub details: Vec<Message>,
}

impl Failure {
    /// A failure without details.
    pub const fn new(exit: Exit, message: Message) -> Self {
        Self { exit, message, details: Vec::new() }
    }

    /// The request is refused: exit code 1.
    pub const fn refused(message: Message) -> Self {
        Self::new(Exit::Refused, message)
    }

    /// It is not known what came of it: exit code 2.
    pub const fn undecided(message: Message) -> Self {
        Self::new(Exit::Undecided, message)
    }

    /// Wrong usage or configuration: exit code 64.
    pub const fn usage(message: Message) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// A file or folder cannot be read.
    pub fn cannot_read(exit: Exit, path: &Path, error: &io::Error) -> Self {
        Self::new(exit, Message::new("cannot-read").with("path", path).with("reason", error))
    }

    /// A file or folder cannot be written.
    pub fn cannot_write(exit: Exit, path: &Path, error: &io::Error) -> Self {
        Self::new(
            exit,
            if error.kind() == io::ErrorKind::AlreadyExists {
                Message::new("cannot-overwrite").with("path", path)
            } else {
                Message::new("cannot-write").with("path", path).with("reason", error)
            },
        )
    }

    /// Adds a line of detail.
    #[must_use]
    pub fn detail(mut self, message: Message) -> Self {
        self.details.push(message);
        self
    }

    /// Standard output cannot be written: whoever asked did not get the answer.
    pub(crate) fn cannot_print(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::new(Exit::OutputClosed, Message::new("output-closed"))
        } else {
            Self::undecided(Message::new("cannot-print").with("reason", error))
        }
    }

    /// The lines that [`report`] prints.
    fn lines(&self, words: &Words) -> String {
        let mut lines = vec![format!("error: {}\n", words.text(&self.message))];
        lines.extend(self.details.iter().map(|detail| format!("  {}\n", words.text(detail))));
        lines.extend(words.hint(&self.message).map(|hint| format!("hint: {hint}\n")));
        lines.concat()
    }
}

/// The English text, for logs and for errors that wrap this one.
impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&Words::new(Lang::En).text(&self.message))
    }
}

impl error::Error for Failure {}

/// Prints a failure on standard error: `error: …`, the details indented, and `hint: …` if there is one.
///
/// The two words are the same in every language, because scripts look for them. A closed standard output is no failure
/// that anybody waits to read about: nothing is printed.
pub fn report(words: &Words, failure: &Failure) {
    if failure.exit != Exit::OutputClosed {
        // Nobody can be told that standard error is closed.
        let _ = io::stderr().write_all(failure.lines(words).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_are_a_contract() {
        let codes = [Exit::Ok, Exit::Refused, Exit::Undecided, Exit::Usage, Exit::Internal, Exit::OutputClosed]
            .map(|e| e as u8);
        assert_eq!(codes, [0, 1, 2, 64, 70, 141]);
    }

    #[test]
    fn a_report_is_error_details_hint() {
        let failure =
            Failure::usage(Message::new("usage-conflict").with("argument", "--a").with("other", "--b\nerror: forged"))
                .detail(Message::new("io-not-found"));
        assert_eq!(
            failure.lines(&Words::new(Lang::De)),
            "error: „--a“ und „--b\\u{a}error: forged“ gehen nicht zusammen.\n  Datei oder Ordner nicht gefunden\n\
             hint: Lassen Sie eines von beiden weg.\n"
        );
        assert_eq!(failure.to_string(), r"“--a” and “--b\u{a}error: forged” do not go together.");
        assert_eq!(
            Failure::refused(Message::new("io-not-found")).lines(&Words::new(Lang::En)),
            "error: file or folder not found\n"
        );
    }

    #[test]
    fn files_that_cannot_be_used_are_named_with_the_reason() {
        let (path, english) = (Path::new("a.pdf"), Words::new(Lang::En));
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        let read = Failure::cannot_read(Exit::Usage, path, &denied);
        assert_eq!(
            (read.exit, read.lines(&english)),
            (
                Exit::Usage,
                "error: “a.pdf” cannot be read: no permission\n\
                 hint: Check that it is there and that your user account may open it.\n"
                    .into()
            )
        );
        let write = Failure::cannot_write(Exit::Refused, path, &denied);
        assert_eq!(
            write.lines(&english),
            "error: “a.pdf” cannot be written: no permission\n\
             hint: Check that there is room, and that your user account may write there; then try again.\n"
        );
    }

    #[test]
    fn a_closed_output_is_told_from_a_full_disk() {
        assert_eq!(Failure::cannot_print(&io::ErrorKind::BrokenPipe.into()).exit, Exit::OutputClosed);
        assert_eq!(Failure::cannot_print(&io::ErrorKind::StorageFull.into()).exit, Exit::Undecided);
    }
}
