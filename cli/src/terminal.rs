// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Standard output and what is known about the terminal behind it.

use std::{
    env,
    io::{self, BufRead, BufWriter, IsTerminal as _, Stdout, Write as _},
    sync::{Mutex, PoisonError},
};

use terminal_size::{Width, terminal_size_of};
use zeroize::Zeroizing;

use crate::{Exit, Failure, Message, Progress, Table, Words, prompt};

/// What a program has in front of it. Shared by reference; threads may speak through it, a line at a time.
#[derive(Debug)]
pub struct Terminal {
    words: Words,
    /// Buffered, because a check of ten thousand files prints ten thousand lines.
    out: Mutex<BufWriter<Stdout>>,
    interactive: bool,
    colour: bool,
}

impl Terminal {
    pub(crate) fn new(words: Words) -> Self {
        let interactive = io::stdout().is_terminal();
        let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let colour = interactive && !set("NO_COLOR") && env::var_os("TERM").is_none_or(|term| term != "dumb");
        Self { words, out: Mutex::new(BufWriter::new(io::stdout())), interactive, colour }
    }

    /// The words of the person's language.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Whether output may be coloured: standard output is a terminal that can, and `NO_COLOR` is not set.
    pub fn colour(&self) -> bool {
        self.colour
    }

    /// The width in columns, if standard output is a terminal.
    pub fn width(&self) -> Option<usize> {
        terminal_size_of(io::stdout()).map(|(Width(columns), _)| usize::from(columns))
    }

    /// Prints a line on standard output exactly as it is, such as a line of JSON.
    ///
    /// Text from outside belongs into a [`Message`] or a [`Table`], which clean it.
    pub fn line(&self, text: &str) -> Result<(), Failure> {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(out, "{text}")
            .and_then(|()| if self.interactive { out.flush() } else { Ok(()) })
            .map_err(|error| Failure::cannot_print(&error))
    }

    /// Says something on standard output: the answer to what was asked.
    pub fn say(&self, message: &Message) -> Result<(), Failure> {
        self.line(&self.words.text(message))
    }

    /// Prints a table on standard output, as wide as the terminal.
    pub fn table(&self, table: &Table) -> Result<(), Failure> {
        self.line(table.render(self.width(), self.colour).trim_end())
    }

    /// Remarks on something on standard error, where it does not disturb programs that read the answer.
    pub fn remark(&self, message: &Message) {
        let _ = writeln!(io::stderr(), "{}", self.words.text(message));
    }

    /// A bar on standard error while `total` steps are done; see [`Progress`].
    pub fn progress(&self, message: &Message, total: u64) -> Progress {
        Progress::new(&self.words, message, total)
    }

    /// Asks a question that is answered with yes or no. Everything but yes is no.
    ///
    /// # Errors
    ///
    /// Wrong usage, with the hint to use `--yes`, if standard input is not a terminal.
    pub fn confirm(&self, question: &Message) -> Result<bool, Failure> {
        let no_terminal = Message::new("question-no-terminal").with("question", question.clone());
        let mut input = self.person(no_terminal)?;
        Ok(prompt::confirm(&self.words, question, &mut input, &mut io::stderr()))
    }

    /// Asks for a text; an empty answer gives the default, and without a default the question comes again.
    ///
    /// # Errors
    ///
    /// Wrong usage if standard input is not a terminal or ends without an answer.
    pub fn ask(&self, question: &Message, default: Option<&str>) -> Result<String, Failure> {
        let no_terminal = Message::new("question-no-value").with("question", question.clone());
        let mut input = self.person(no_terminal)?;
        prompt::ask(&self.words, question, default, &mut input, &mut io::stderr())
    }

    /// Asks for something that must not be seen, such as a passphrase: what is typed is not shown. `None` if nobody
    /// sits at standard input, or they end it without an answer. The answer is wiped from memory when dropped.
    pub fn secret(&self, question: &Message) -> Option<Zeroizing<String>> {
        if self.flush().is_err() || !io::stdin().is_terminal() {
            return None;
        }
        prompt::secret(&self.words, question, &mut io::stderr(), rpassword::read_password)
    }

    /// Has everything that was printed reach whoever reads it. A program that waits between two lines calls it.
    pub fn flush(&self) -> Result<(), Failure> {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        out.flush().map_err(|error| Failure::cannot_print(&error))
    }

    /// Standard input, if a person can answer there.
    fn person(&self, otherwise: Message) -> Result<impl BufRead + use<>, Failure> {
        self.flush()?;
        let input = io::stdin();
        if input.is_terminal() { Ok(input.lock()) } else { Err(Failure::new(Exit::Usage, otherwise)) }
    }
}
