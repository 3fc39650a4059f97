// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `verifier check`: judges files.

use std::{
    fs::{self, File},
    io::{self, BufWriter},
    path::{Path, PathBuf},
};

use anchor::{clock::Clock, host, memory::Memory, states::States, trust::Trust, wording};
use clap::Args;
use cli::{Exit, Failure, Message, Terminal};
use proof::{judge::Judgement, key::Origin};
use verifier::{
    check::{Checker, Input, sealed_part},
    consult::{Cause, Failed, Ledgers},
    report::{CsvReport, People, Summary, json_line},
    trust,
};

use super::sync::{copies, copy_failure, runtime};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Check {
    #[arg(value_name = "PATH", required = true)]
    path: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    trust: Option<PathBuf>,
    #[arg(long)]
    json: bool,
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    #[arg(long)]
    no_ledger: bool,
    #[arg(long, conflicts_with = "no_ledger")]
    offline: bool,
    #[arg(long, value_name = "DIR", requires = "offline")]
    copy: Option<PathBuf>,
    #[arg(long)]
    replay: bool,
    #[arg(long, value_name = "DIR")]
    recover: Option<PathBuf>,
}

impl Check {
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Failure> {
        let folder = trust::locate(self.trust.clone()).ok_or(Failure::usage(Message::new("check-no-trust")))?;
        let trust = Trust::load(&folder).map_err(|error| wording::trust_failure(&error))?;
        let (inputs, others) = self.inputs();
        let mut csv = self.csv_report(terminal)?;
        let now = Clock::system().now();
        let ledgers = if self.no_ledger { Ledgers::unasked() } else { self.ask(&trust, terminal)? };

        let checker = Checker::new(ledgers.judge(&trust, now));
        let progress = terminal.progress(&Message::new("check-progress"), inputs.len() as u64);
        let (mut people, mut summary) = (People::new(terminal.words()), Summary::default());
        checker.check(&inputs, |input, judgement| {
            let name = input.name();
            if let Some(csv) = &mut csv {
                csv.add(&name, &judgement).map_err(|error| self.csv_failure(&error))?;
            }
            if self.json {
                terminal.line(&json_line(&name, &judgement))?;
            } else {
                people.add(&name, &judgement);
            }
            self.recover(input, &judgement, terminal)?;
            summary.add(&judgement);
            progress.inc(1);
            Ok(())
        })?;
        progress.finish();

        if let Some(csv) = csv {
            csv.finish().map_err(|error| self.csv_failure(&error))?;
        }
        if others > 0 {
            terminal.remark(&Message::new("others-passed-over").with("count", others));
        }
        if inputs.is_empty() {
            return Err(Failure::undecided(Message::new("check-nothing")));
        }
        if !self.json {
            people.table().map_or(Ok(()), |table| terminal.table(table))?;
            terminal.line("")?;
            summary.lines(terminal.words()).iter().try_for_each(|line| terminal.line(line))?;
        }
        Ok(summary.exit())
    }

    /// The files that are meant, and how many others lie beside them.
    ///
    /// What cannot be read is judged too: its line says so, and the others are not held up.
    fn inputs(&self) -> (Vec<Input>, u64) {
        let (mut inputs, mut others) = (Vec::new(), 0);
        for path in &self.path {
            if path == Path::new("-") {
                inputs.push(Input::Stdin);
                continue;
            }
            let found = cli::find_pdfs([path.as_path()]);
            inputs.extend(found.pdfs.into_iter().map(|pdf| Input::File(pdf.shown)));
            inputs.extend(found.unreadable.into_iter().map(|(path, _)| Input::File(path)));
            others += found.others;
        }
        (inputs, others)
    }

    fn csv_report<'w>(&self, terminal: &'w Terminal) -> Result<Option<CsvReport<'w, BufWriter<File>>>, Failure> {
        let Some(path) = &self.csv else { return Ok(None) };
        let report = File::create(path).and_then(|file| CsvReport::new(terminal.words(), BufWriter::new(file)));
        report.map(Some).map_err(|error| Failure::cannot_write(Exit::Usage, path, &error))
    }

    fn csv_failure(&self, error: &io::Error) -> Failure {
        Failure::cannot_write(Exit::Undecided, self.csv.as_deref().unwrap_or(Path::new("")), error)
    }

    /// Writes the sealed part of a file that has something behind its seal.
    fn recover(&self, input: &Input, judgement: &Judgement, terminal: &Terminal) -> Result<(), Failure> {
        let (Some(folder), Some(_)) = (&self.recover, &judgement.sealed_part) else { return Ok(()) };
        let Ok(Some(part)) = sealed_part(input) else { return Ok(()) };
        let name = match input {
            Input::File(path) => path.file_name().unwrap_or_default(),
            Input::Stdin => "stdin.pdf".as_ref(),
        };
        let path = folder.join(name);
        let written = fs::create_dir_all(folder).and_then(|()| host::create_file(&path, &part, false));
        written.map_err(|error| Failure::cannot_write(Exit::Undecided, &path, &error))?;
        terminal.remark(&Message::new("check-recovered").with("path", &path));
        Ok(())
    }

    /// Asks the pinned ledgers or their copies, and says so at once if one cannot be believed.
    fn ask(&self, trust: &Trust, terminal: &Terminal) -> Result<Ledgers, Failure> {
        let (memory, now) = (Memory::of_user(), Clock::system().now());
        let memory = memory.as_ref();
        let states = if self.replay { None } else { States::of_user() };
        let states = states.as_ref();
        let runtime = runtime()?;
        let ledgers = if self.offline {
            let copies = copies(self.copy.as_deref())?;
            runtime.block_on(Ledgers::of_copies(trust, &copies, memory, states, now))
        } else {
            runtime.block_on(Ledgers::ask(trust, memory, states, now))
        };
        for (origin, failed) in ledgers.failed() {
            let reason = what_happened(failed, origin);
            terminal
                .remark(&Message::new("check-ledger-failed").with("ledger", origin.as_str()).with("reason", reason));
        }
        if ledgers.forgetful {
            terminal.remark(&Message::new("check-forgetful"));
        }
        Ok(ledgers)
    }
}

fn what_happened(failed: &Failed, origin: &Origin) -> Message {
    match &failed.cause {
        Cause::Ledger(error) => wording::follow_failure(error).message,
        Cause::Copy(error) => copy_failure(error, origin).message,
        Cause::NoCopy => Message::new("check-no-copy"),
        Cause::Alarm(alarm) => Message::new("check-alarm")
            .with("ledger", origin.as_str())
            .with("time", wording::time(alarm.time))
            .with("reason", Message::of_code("reason", failed.reason.code())),
        _ => Message::of_code("reason", failed.reason.code()),
    }
}
