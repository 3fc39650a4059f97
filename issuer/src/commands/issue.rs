// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer issue`: seals files.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use cli::{Cell, Exit, Failure, Message, Progress, Table, Terminal, Tone};
use issuer::{
    collect::{self, Source},
    config::Config,
    look_over::{Fault, Looked},
    seal::{Order, SealError, Sealed, Session, Step},
};
use proof::{
    entry::CertificateId,
    key::Signer,
    statement::{Land, Token},
};
use serde::Serialize;

use super::{look_over_with_progress, open_key, open_session, resume};
use crate::wording;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Issue {
    #[arg(value_name = "PATH", required = true)]
    path: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Token,
    #[arg(long)]
    detached: bool,
    #[arg(long)]
    skip_bad: bool,
    #[arg(long)]
    again: bool,
    #[arg(long)]
    json: bool,
}

fn kind(text: &str) -> Result<Token, Failure> {
    Token::parse(text).ok_or(Failure::usage(Message::new("issue-bad-kind")))
}

/// What became of a file.
enum Fate {
    Seal(Looked),
    Skipped(CertificateId),
    /// The same as an earlier file of this run.
    SameAs(usize),
    Refused(Fault),
}

impl Issue {
    pub(crate) async fn run(self, config: Config, terminal: &Terminal) -> Result<Exit, Failure> {
        let (sources, others) = self.sources()?;
        let (request, land) = (config.request.clone(), config.land);
        let failed = |error: SealError| wording::seal_failure(&error, &request, land);
        // Before the register is locked: a person may be asked, and takes their time.
        let key = open_key(&config, terminal)?;
        let mut session = open_session(config, terminal).await?;
        session.check_may_issue(key.verifying_key(), &self.kind).map_err(failed)?;
        resume::finish_earlier(&mut session, Some(&*key), terminal, &request, land).await?;

        let paths: Vec<_> = sources.iter().map(|source| source.path.clone()).collect();
        let looked = look_over_with_progress(&paths, terminal)?;
        let fates = self.fates(&sources, looked, &mut session).await?;
        let refused = fates.iter().filter(|fate| matches!(fate, Fate::Refused(_))).count();
        let files = sources.iter().zip(&fates).filter_map(|(source, fate)| match fate {
            Fate::Seal(looked) => Some((source, *looked)),
            _ => None,
        });
        let files: Vec<_> = files.collect();
        if others > 0 {
            terminal.remark(&Message::new("others-passed-over").with("count", others));
        }
        if refused > 0 && (!self.skip_bad || files.is_empty()) {
            return self.report_refused(&sources, &fates, refused, terminal);
        }
        let sealed = if files.is_empty() {
            None
        } else {
            Some(self.seal(&mut session, &*key, &files, terminal, &request, land).await?)
        };
        session.close().await;
        self.report(&sources, &fates, sealed.as_ref(), terminal)
    }

    fn sources(&self) -> Result<(Vec<Source>, u64), Failure> {
        let found = cli::find_pdfs(self.path.iter().map(PathBuf::as_path)).complete()?;
        if found.pdfs.is_empty() {
            return Err(Failure::refused(Message::new("issue-nothing")));
        }
        let unusable = |error| Failure::cannot_write(Exit::Usage, &self.out, &error);
        if let Some(path) = collect::folder_around(&self.out, &self.path).map_err(unusable)? {
            let message = Message::new("issue-out-inside").with("out", &self.out).with("path", path);
            return Err(Failure::usage(message));
        }
        let sources = collect::place(found.pdfs);
        Ok((sources.map_err(|error| Failure::cannot_read(Exit::Usage, &self.path[0], &error))?, found.others))
    }

    async fn fates(
        &self,
        sources: &[Source],
        looked: Vec<Result<Looked, Fault>>,
        session: &mut Session,
    ) -> Result<Vec<Fate>, Failure> {
        let register = session.register();
        let failed = |error| wording::register_failure(&error);
        let first_run = register.is_empty().await.map_err(failed)?;
        let mut seen = HashMap::new();
        let mut fates = Vec::with_capacity(sources.len());
        for (index, (source, looked)) in sources.iter().zip(looked).enumerate() {
            let looked = match looked {
                Ok(looked) => looked,
                Err(fault) => {
                    fates.push(Fate::Refused(fault));
                    continue;
                }
            };
            let known = if first_run || self.again {
                None
            } else {
                register.by_digest(&looked.digest).await.map_err(failed)?.into_iter().next()
            };
            fates.push(match (known, seen.get(&looked.digest)) {
                (Some(known), _) => Fate::Skipped(known.id),
                (None, Some(first)) => Fate::SameAs(*first),
                (None, None) if self.is_taken(source) => Fate::Refused(Fault::OutputExists),
                (None, None) => {
                    seen.insert(looked.digest, index);
                    Fate::Seal(looked)
                }
            });
        }
        Ok(fates)
    }

    /// Whether something lies where the copy of a file would go.
    fn is_taken(&self, source: &Source) -> bool {
        fs::symlink_metadata(self.out.join(&source.output)).is_ok()
    }

    async fn seal(
        &self,
        session: &mut Session,
        key: &dyn Signer,
        files: &[(&Source, Looked)],
        terminal: &Terminal,
        request: &Path,
        land: Land,
    ) -> Result<Sealed, Failure> {
        let out = collect::make_output_folder(&self.out);
        let out = out.map_err(|error| Failure::cannot_write(Exit::Refused, &self.out, &error))?;
        let order = Order { files, out: &out, kind: &self.kind, detached: self.detached, replaces: &[] };
        let progress = terminal.progress(&Message::new("issue-writing"), files.len() as u64);
        let sealed = session.seal(key, &order, &observe(&progress)).await;
        progress.finish();
        sealed.map_err(|error| wording::seal_failure(&error, request, land))
    }

    /// Says which files stand in the way; nothing was sealed.
    fn report_refused(
        &self,
        sources: &[Source],
        fates: &[Fate],
        refused: usize,
        terminal: &Terminal,
    ) -> Result<Exit, Failure> {
        let words = terminal.words();
        let mut table = Table::new(words, &[Message::new("column-file"), Message::new("column-reason")]);
        for (source, fate) in sources.iter().zip(fates) {
            if self.json {
                let code = if let Fate::Refused(fault) = fate { fault.code() } else { "batch_refused" };
                terminal.line(&Line::new(source, "refused").with_reason(code).to_json())?;
            } else if let Fate::Refused(fault) = fate {
                let reason = words.text(&Message::of_code("fault", fault.code()));
                table.row([source.shown.to_string_lossy().into(), Cell::toned(&reason, Tone::Bad)]);
            }
        }
        if !self.json {
            terminal.table(&table)?;
        }
        let id = if self.skip_bad { Message::new("issue-all-refused") } else { Message::new("issue-refused") };
        Err(Failure::refused(id.with("count", refused).with("total", sources.len())))
    }

    fn report(
        &self,
        sources: &[Source],
        fates: &[Fate],
        sealed: Option<&Sealed>,
        terminal: &Terminal,
    ) -> Result<Exit, Failure> {
        let rows = sealed.map_or(&[][..], |sealed| &sealed.certificates);
        let by_source: HashMap<_, _> = rows.iter().map(|row| (row.source.as_path(), row)).collect();
        let id_of = |index: usize| match &fates[index] {
            Fate::Skipped(id) => Some(*id),
            _ => by_source.get(sources[index].path.as_path()).map(|row| row.id),
        };
        let (mut skipped, mut refused) = (0_u64, 0_u64);
        for (index, (source, fate)) in sources.iter().zip(fates).enumerate() {
            let line = match fate {
                Fate::Seal(_) => {
                    let row = by_source.get(source.path.as_path());
                    let lost = row.is_some_and(|row| sealed.is_some_and(|sealed| sealed.lost.contains(&row.id)));
                    let output = row.filter(|_| !lost).map(|row| self.out.join(&row.output));
                    let line = Line::new(source, "sealed").with_certificate(id_of(index)).with_output(output);
                    if lost { line.with_reason("original_missing") } else { line }
                }
                Fate::Skipped(_) | Fate::SameAs(_) => {
                    skipped += 1;
                    let first = if let Fate::SameAs(first) = fate { *first } else { index };
                    Line::new(source, "skipped").with_certificate(id_of(first)).with_reason("already_sealed")
                }
                Fate::Refused(fault) => {
                    refused += 1;
                    Line::new(source, "refused").with_reason(fault.code())
                }
            };
            if self.json {
                terminal.line(&line.to_json())?;
            } else if line.status != "sealed" {
                terminal.say(&line.message())?;
            }
        }
        if !self.json {
            if skipped + refused > 0 {
                terminal.say(&Message::new("issue-left-out").with("skipped", skipped).with("refused", refused))?;
            }
            if let Some(sealed) = sealed {
                say_sealed(sealed, &self.out, terminal)?;
            }
        }
        sealed.map_or(Ok(Exit::Ok), resume::exit_of)
    }
}

/// Moves a bar on as copies are written.
pub(super) fn observe(progress: &Progress) -> impl Fn(Step) + Sync + use<'_> {
    |step| {
        if step == Step::Written {
            progress.inc(1);
        }
    }
}

/// Says what was sealed and where it is.
pub(super) fn say_sealed(sealed: &Sealed, out: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let count = sealed.certificates.len() - sealed.lost.len();
    let mut message = Message::new("issue-sealed").with("count", count).with("out", out);
    if let Some((index, admitted)) = sealed.batch.admitted {
        message = message.with("index", index.0.to_string()).with("time", anchor::wording::time(admitted));
    }
    terminal.say(&message)
}

/// A line of `issue --json`.
#[derive(Serialize)]
struct Line {
    file: String,
    output: Option<String>,
    certificate: Option<String>,
    status: &'static str,
    reason: Option<&'static str>,
}

impl Line {
    fn new(source: &Source, status: &'static str) -> Self {
        let file = source.shown.to_string_lossy().into_owned();
        Self { file, output: None, certificate: None, status, reason: None }
    }

    fn with_output(self, output: Option<PathBuf>) -> Self {
        Self { output: output.map(|output| output.to_string_lossy().into_owned()), ..self }
    }

    fn with_certificate(self, id: Option<CertificateId>) -> Self {
        Self { certificate: id.map(|id| id.to_string()), ..self }
    }

    fn with_reason(self, reason: &'static str) -> Self {
        Self { reason: Some(reason), ..self }
    }

    fn to_json(&self) -> String {
        serde_json::to_string(self).expect("strings and nulls")
    }

    /// The same for people, of a file that was not sealed.
    fn message(&self) -> Message {
        if self.status == "skipped" {
            let id = self.certificate.clone().unwrap_or_default();
            Message::new("issue-skipped").with("file", &self.file).with("certificate", id)
        } else {
            let reason = Message::of_code("fault", self.reason.unwrap_or_default());
            Message::new("issue-passed-over").with("file", &self.file).with("reason", reason)
        }
    }
}
