// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer replace`: seals a certificate and puts it in the place of another one.

mod pairs;

use std::{
    collections::BTreeMap,
    io::{self, IsTerminal as _},
    path::PathBuf,
};

use ::proof::{
    entry::{CertificateId, DocumentDigest},
    key::Signer,
    register::Withdrawn,
    statement::Token,
};
use clap::Args;
use cli::{Exit, Failure, Message, Terminal};
use issuer::{
    collect::{self, Source},
    config::Config,
    look_over::Looked,
    register::Replacement,
    seal::{Order, SealError, Session},
};
use serde::Serialize;

use super::{
    find::Document, is_unfinished, issue, look_over_with_progress, open_key, open_register, open_session, open_view,
    resume, revoke,
};
use crate::wording;

use pairs::{Pair, Planner, Standing};

#[derive(Debug, Args)]
pub(crate) struct Replace {
    #[arg(value_name = "OLD", required_unless_present = "csv", requires = "new")]
    old: Option<PathBuf>,
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[arg(long, value_name = "FILE", conflicts_with = "old")]
    csv: Option<PathBuf>,
    #[arg(long)]
    yes: bool,
    #[arg(long)]
    json: bool,
}

impl Replace {
    pub(crate) async fn run(self, config: Config, terminal: &Terminal) -> Result<Exit, Failure> {
        let wanted = self.wanted()?;
        let view = open_view(&config).await?;
        let mut planner = Planner { view: &view, register: open_register(&config).await? };
        let mut pairs = Vec::with_capacity(wanted.len());
        let mut problems = Vec::new();
        for (old, new) in &wanted {
            match planner.plan(old, new).await? {
                Ok(pair) => pairs.push(pair),
                Err(problem) => problems.push(problem),
            }
        }
        pairs::check_apart(&pairs, &mut problems);
        let looked = look_at_new(&pairs, &mut problems, terminal)?;
        if !problems.is_empty() {
            let failure = Failure::refused(Message::new("replace-refused").with("count", problems.len()));
            return Err(problems.into_iter().fold(failure, Failure::detail));
        }
        let is_done = pairs.iter().all(|pair| matches!(pair.standing, Standing::Done(_)));
        if !is_unfinished(planner.register).await? && is_done {
            return self.report(&pairs, |id| view.withdrawal(id), &BTreeMap::new(), terminal);
        }
        if !self.yes && io::stdin().is_terminal() {
            let olds: Vec<Document> = pairs.iter().map(|pair| pair.old.clone()).collect();
            revoke::documents_table(&olds, |id| view.withdrawal(id), terminal)?;
            if !terminal.confirm(&Message::new("replace-question").with("count", pairs.len()))? {
                return Err(Failure::refused(Message::new("nothing-done")));
            }
        }

        let (request, land) = (config.request.clone(), config.land);
        let failed = |error: SealError| wording::seal_failure(&error, &request, land);
        let key = open_key(&config, terminal)?;
        let mut session = open_session(config, terminal).await?;
        session.check_may_speak(key.verifying_key()).map_err(failed)?;
        resume::finish_earlier(&mut session, Some(&*key), terminal, &request, land).await?;
        let mut copies = BTreeMap::new();
        let replaced = async {
            self.seal(&mut session, &*key, &pairs, &looked, &mut copies, terminal).await?;
            let open = still_open(&mut session, &pairs).await?;
            session.plan_replacements(&open).await.map_err(failed)?;
            session.replace_planned(&*key).await.map_err(failed)
        }
        .await;
        if let Err(failure) = replaced {
            return Err(if copies.is_empty() { failure } else { half_done(failure) });
        }
        let reported = self.report(&pairs, |id| session.withdrawal(id), &copies, terminal);
        session.close().await;
        reported
    }

    fn wanted(&self) -> Result<Vec<(PathBuf, PathBuf)>, Failure> {
        match (&self.old, &self.new, &self.csv) {
            (Some(old), Some(new), _) => Ok(vec![(old.clone(), new.clone())]),
            (_, _, Some(csv)) => pairs::read(csv),
            _ => Err(Failure::usage(Message::new("replace-nothing"))),
        }
    }

    /// Seals what is new and not sealed yet, a batch for each kind. Notes where the copies are.
    async fn seal(
        &self,
        session: &mut Session,
        key: &dyn Signer,
        pairs: &[Pair],
        looked: &BTreeMap<PathBuf, Looked>,
        copies: &mut BTreeMap<DocumentDigest, PathBuf>,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        let (request, land) = session.asks();
        let failed = |error: SealError| wording::seal_failure(&error, &request, land);
        let mut by_kind: BTreeMap<&str, Vec<&Pair>> = BTreeMap::new();
        for pair in pairs.iter().filter(|pair| pair.standing == Standing::ToSeal) {
            // An earlier run may have sealed it, and has just been finished.
            let sealed = session.register().by_digest(&pair.digest).await;
            if sealed.map_err(|error| wording::register_failure(&error))?.is_empty() {
                by_kind.entry(pair.kind.as_str()).or_default().push(pair);
            }
        }
        for pairs in by_kind.values() {
            let Some(kind) = Token::parse(&pairs[0].kind) else { continue };
            session.check_may_issue(key.verifying_key(), &kind).map_err(failed)?;
            let sources = self.sources(pairs)?;
            let files: Vec<_> = sources
                .iter()
                .zip(pairs)
                .filter_map(|(source, pair)| Some((source, *looked.get(&pair.new)?)))
                .collect();
            let out = collect::make_output_folder(&self.out);
            let out = out.map_err(|error| Failure::cannot_write(Exit::Refused, &self.out, &error))?;
            let replaces: Vec<_> =
                pairs.iter().flat_map(|pair| pair.old.ids.iter().map(|id| (*id, pair.digest))).collect();
            let order = Order { files: &files, out: &out, kind: &kind, detached: false, replaces: &replaces };
            let progress = terminal.progress(&Message::new("issue-writing"), files.len() as u64);
            let sealed = session.seal(key, &order, &issue::observe(&progress)).await;
            progress.finish();
            let sealed = sealed.map_err(failed)?;
            let copy = |row: &issuer::register::CertificateRow| (row.digest, self.out.join(&row.output));
            copies.extend(sealed.certificates.iter().map(copy));
            resume::exit_of(&sealed)?;
        }
        Ok(())
    }

    /// Where the copies go. Nothing is overwritten.
    fn sources(&self, pairs: &[&Pair]) -> Result<Vec<Source>, Failure> {
        let pdfs = pairs
            .iter()
            .map(|pair| cli::Pdf { shown: pair.new.clone(), below: pair.new.file_name().unwrap_or_default().into() });
        let sources = collect::place(pdfs.collect());
        let sources = sources.map_err(|error| Failure::cannot_read(Exit::Usage, &pairs[0].new, &error))?;
        match sources.iter().find(|source| std::fs::symlink_metadata(self.out.join(&source.output)).is_ok()) {
            Some(source) => {
                let message = Message::new("replace-taken").with("path", &self.out.join(&source.output));
                Err(Failure::refused(message))
            }
            None => Ok(sources),
        }
    }

    fn report(
        &self,
        pairs: &[Pair],
        withdrawal: impl Fn(CertificateId) -> Option<Withdrawn>,
        copies: &BTreeMap<DocumentDigest, PathBuf>,
        terminal: &Terminal,
    ) -> Result<Exit, Failure> {
        for pair in pairs {
            let replaced = pair.old.ids.iter().find_map(|id| match withdrawal(*id) {
                Some(Withdrawn::Replaced { successor, said }) => Some((successor, said)),
                _ => None,
            });
            let Some((successor, said)) = replaced else {
                // Somebody else took it back in the meantime.
                return Err(Failure::refused(Message::new("replace-overtaken").with("old", &pair.old.name)));
            };
            let is_new = !matches!(pair.standing, Standing::Done(_));
            if self.json {
                let line = Line {
                    old: &pair.old.name,
                    new: pair.new.to_string_lossy().into_owned(),
                    output: copies.get(&pair.digest).map(|path| path.to_string_lossy().into_owned()),
                    replaced: pair.old.ids.iter().map(ToString::to_string).collect(),
                    certificate: successor.to_string(),
                    status: if is_new { "replaced" } else { "already_replaced" },
                    time: said.admitted.to_string(),
                    index: said.index.0,
                };
                terminal.line(&serde_json::to_string(&line).expect("strings and numbers"))?;
                continue;
            }
            let message = if is_new { Message::new("replace-done") } else { Message::new("replace-done-before") };
            terminal.say(
                &message
                    .with("old", &pair.old.name)
                    .with("new", pair.new.as_path())
                    .with("successor", successor.to_string())
                    .with("index", said.index.0.to_string())
                    .with("time", anchor::wording::time(said.admitted)),
            )?;
            if let Some(copy) = copies.get(&pair.digest) {
                terminal.say(&Message::new("replace-copy").with("path", copy.as_path()))?;
            }
        }
        Ok(Exit::Ok)
    }
}

/// New certificates are sealed, and then something failed.
fn half_done(failure: Failure) -> Failure {
    match failure.exit {
        Exit::Refused => Failure::undecided(Message::new("replace-unfinished")).detail(failure.message),
        _ => failure,
    }
}

/// Looks over what is to be sealed; what is not in order is a problem.
fn look_at_new(
    pairs: &[Pair],
    problems: &mut Vec<Message>,
    terminal: &Terminal,
) -> Result<BTreeMap<PathBuf, Looked>, Failure> {
    let to_seal = pairs.iter().filter(|pair| pair.standing == Standing::ToSeal);
    let paths: Vec<_> = to_seal.map(|pair| pair.new.clone()).collect();
    let mut good = BTreeMap::new();
    if paths.is_empty() {
        return Ok(good);
    }
    for (path, looked) in paths.iter().zip(look_over_with_progress(&paths, terminal)?) {
        match looked {
            Ok(looked) => drop(good.insert(path.clone(), looked)),
            Err(fault) => {
                let reason = Message::of_code("fault", fault.code());
                problems.push(Message::new("issue-passed-over").with("file", path.as_path()).with("reason", reason));
            }
        }
    }
    Ok(good)
}

/// What is not yet said of pairs whose new certificate is sealed.
async fn still_open(session: &mut Session, pairs: &[Pair]) -> Result<Vec<Replacement>, Failure> {
    let mut open = Vec::new();
    for pair in pairs {
        let rows = session.register().by_digest(&pair.digest).await;
        let rows = rows.map_err(|error| wording::register_failure(&error))?;
        let Some(new) = rows.first().map(|row| row.id) else { continue };
        for old in &pair.old.ids {
            if matches!(session.withdrawal(*old), None | Some(Withdrawn::Void)) {
                open.push(Replacement { old: *old, new });
            }
        }
    }
    Ok(open)
}

#[derive(Serialize)]
struct Line<'a> {
    old: &'a str,
    new: String,
    output: Option<String>,
    replaced: Vec<String>,
    certificate: String,
    status: &'static str,
    time: String,
    index: u64,
}
