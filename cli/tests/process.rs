// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a script sees of a program that is built on `run`: exit code, standard output, standard error.
//!
//! This program is both the test and, when [`CHILD`] is set, the program under test.

use std::{
    env,
    io::{BufRead as _, BufReader},
    process::{Command, ExitCode, Stdio},
    thread,
};

use clap::{Parser, Subcommand};
use cli::{Cell, Exit, Failure, Message, Table, Terminal};
use libtest_mimic::{Arguments, Failed, Trial};

const CHILD: &str = "CONSOLE_TEST_CHILD";

#[derive(Parser)]
#[command(name = "sample", version = "1.2.3")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Good,
    Bad,
    Panic,
    PanicInThread,
    Ask,
    Many,
    Table,
}

#[expect(clippy::needless_pass_by_value, reason = "`run` hands the arguments over")]
fn sample(args: Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let progress = terminal.progress(&Message::new("io-other").with("text", "hidden in a pipe"), 1);
    progress.inc(1);
    progress.finish();
    match args.task {
        Task::Good => terminal.line("{\"a\":1}")?,
        Task::Bad => {
            terminal.line("before")?;
            let failure =
                Failure::refused(Message::new("cannot-read").with("path", "a\u{1b}[2J.pdf").with("reason", "?"));
            return Err(failure.detail(Message::new("io-not-found")));
        }
        Task::Panic => panic!("Erika Mustermann"),
        Task::PanicInThread => {
            thread::spawn(|| panic!("Erika Mustermann")).join().expect("the thread has panicked");
        }
        Task::Ask => {
            let agreed = terminal.confirm(&Message::new("help-option-help"))?;
            return Ok(if agreed { Exit::Ok } else { Exit::Refused });
        }
        Task::Many => {
            for number in 0..1_000_000 {
                terminal.line(&number.to_string())?;
            }
        }
        Task::Table => {
            let mut table = Table::new(terminal.words(), &[Message::new("help-value-file")]);
            table.row([Cell::toned(&"x".repeat(300), cli::Tone::Bad)]);
            terminal.table(&table)?;
            terminal.remark(&Message::new("io-not-found"));
        }
    }
    Ok(Exit::Ok)
}

fn command(line: &str) -> Command {
    let mut command = Command::new(env::current_exe().expect("the test knows its own program"));
    command.env_clear().env(CHILD, "1").env("LANG", "de_DE.UTF-8").args(line.split_whitespace());
    command.stdin(Stdio::null());
    command
}

/// Runs a command line and compares all that comes out of it.
fn check(name: &'static str, line: &'static str, code: i32, out: &'static str, err: &'static str) -> Trial {
    Trial::test(name, move || {
        let output = command(line).output()?;
        let seen = (output.status.code(), String::from_utf8(output.stdout)?, String::from_utf8(output.stderr)?);
        same(&seen, &(Some(code), out.to_owned(), err.to_owned()))
    })
}

fn same<T: PartialEq + std::fmt::Debug>(seen: &T, wanted: &T) -> Result<(), Failed> {
    if seen == wanted { Ok(()) } else { Err(format!("seen   {seen:#?}\nwanted {wanted:#?}").into()) }
}

/// One report without the panic's text and without a backtrace, even where one is asked for.
fn panic_is_reported_once(task: &str) -> Result<(), Failed> {
    let output = command(task).env("RUST_BACKTRACE", "full").output()?;
    let err = String::from_utf8(output.stderr)?;
    let lines: Vec<&str> = err.lines().collect();
    same(&(output.status.code(), lines.len()), &(Some(70), 2))?;
    let place = "error: Das Programm hat einen inneren Fehler und hört auf (Stelle: cli/tests/process.rs:";
    same(&(lines[0].starts_with(place), err.contains("Mustermann")), &(true, false))?;
    let hint = "hint: Bitte melden Sie den Fehler mit dieser Stelle und dem Befehl, den Sie eingegeben haben.";
    same(&lines[1], &hint)
}

/// The reader takes one line and goes, as `head -1` does.
fn reader_goes_away() -> Result<(), Failed> {
    let mut child = command("many").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut first = String::new();
    let mut reader = BufReader::with_capacity(1, child.stdout.take().expect("standard output is piped"));
    reader.read_line(&mut first)?;
    drop(reader);
    let output = child.wait_with_output()?;
    same(&(output.status.code(), first, String::from_utf8(output.stderr)?), &(Some(141), "0\n".into(), String::new()))
}

/// Standard output that takes nothing: the answer is lost, and the exit code must not say that all is well.
#[cfg(target_os = "linux")]
fn output_is_full() -> Result<(), Failed> {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full")?;
    let output = command("good").stdout(full).output()?;
    let err = "error: Die Ausgabe lässt sich nicht schreiben: der Datenträger ist voll\n\
         hint: Prüfen Sie, wohin die Ausgabe geht. Was das Programm tun sollte, kann trotzdem geschehen sein.\n";
    same(&(output.status.code(), String::from_utf8(output.stderr)?), &(Some(2), err.to_owned()))
}

fn trials() -> Vec<Trial> {
    vec![
        check("the answer goes to standard output", "good", 0, "{\"a\":1}\n", ""),
        check("the version", "--version", 0, "sample 1.2.3\n", ""),
        check(
            "a failure comes after what was said before it",
            "bad",
            1,
            "before\n",
            "error: „a\\u{1b}[2J.pdf“ lässt sich nicht lesen: ?\n  Datei oder Ordner nicht gefunden\n\
             hint: Prüfen Sie, ob es da ist und ob Ihr Benutzerkonto es öffnen darf.\n",
        ),
        check(
            "the flag changes the language",
            "bad --lang en",
            1,
            "before\n",
            "error: “a\\u{1b}[2J.pdf” cannot be read: ?\n  file or folder not found\n\
             hint: Check that it is there and that your user account may open it.\n",
        ),
        check(
            "a forgotten command",
            "",
            64,
            "",
            "error: Es fehlt ein Befehl.\nhint: „sample --help“ zeigt alle Befehle.\n",
        ),
        check(
            "an unknown option in English",
            "--lang=en good --frob",
            64,
            "",
            "error: There is no option “--frob”.\nhint: “sample good --help” shows all options.\n",
        ),
        check(
            "an unknown language",
            "--lang fr good",
            64,
            "",
            "error: „fr“ ist kein möglicher Wert für „--lang <SPRACHE>“.\nhint: Möglich sind: de, en\n",
        ),
        check(
            "a question without a person",
            "ask",
            64,
            "",
            "error: Hier wäre eine Frage zu beantworten, aber es sitzt niemand am Terminal: Diese Hilfe zeigen\n\
             hint: Mit „--yes“ wird ohne Rückfrage zugestimmt.\n",
        ),
        check(
            "in a pipe a table is neither wrapped nor coloured",
            "table",
            0,
            concat!(
                "DATEI\n",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
            ),
            "Datei oder Ordner nicht gefunden\n",
        ),
        Trial::test("a panic is reported once", || panic_is_reported_once("panic")),
        Trial::test("a panic in a thread is reported once", || panic_is_reported_once("panic-in-thread")),
        Trial::test("a reader that goes away ends the program quietly", reader_goes_away),
        #[cfg(target_os = "linux")]
        Trial::test("an answer that cannot be written is not a success", output_is_full),
    ]
}

fn main() -> ExitCode {
    if env::var_os(CHILD).is_some() {
        return cli::run(sample);
    }
    libtest_mimic::run(&Arguments::from_args(), trials()).exit_code()
}
