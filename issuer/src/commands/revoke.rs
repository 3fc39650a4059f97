// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer revoke`: takes certificates back.

use std::{
    collections::BTreeSet,
    io::{self, IsTerminal as _},
    path::PathBuf,
};

use ::proof::{entry::CertificateId, register::Withdrawn, statement::WithdrawalReason};
use anchor::reason::RevokeReason;
use clap::Args;
use cli::{Exit, Failure, Message, Table, Terminal};
use issuer::{config::Config, register::Register, view::View};
use serde::Serialize;

use super::{
    find::{self, Document},
    is_unfinished, open_key, open_register, open_session, open_view, resume,
};
use crate::wording;

#[derive(Debug, Args)]
pub(crate) struct Revoke {
    #[arg(value_name = "FILE", required_unless_present = "search")]
    what: Vec<PathBuf>,
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    #[arg(long, value_name = "REASON", value_enum)]
    reason: RevokeReason,
    #[arg(long)]
    yes: bool,
    #[arg(long)]
    json: bool,
}

impl Revoke {
    pub(crate) async fn run(self, config: Config, terminal: &Terminal) -> Result<Exit, Failure> {
        let view = open_view(&config).await?;
        let mut register = open_register(&config).await?;
        let documents = self.documents(&mut register, &view).await?;
        let ids: Vec<_> = documents.iter().flat_map(|document| document.ids.iter().copied()).collect();
        let is_revoked = |id: &CertificateId| matches!(view.withdrawal(*id), Some(Withdrawn::Revoked { .. }));
        let before: BTreeSet<_> = ids.iter().copied().filter(is_revoked).collect();
        let all = before.len() == ids.iter().collect::<BTreeSet<_>>().len();
        if !is_unfinished(register).await? && all {
            // Nothing is left to say, and nobody needs to type a passphrase for that.
            return self.report(&documents, &before, |id| view.withdrawal(id), terminal);
        }
        if self.is_to_ask() {
            documents_table(&documents, |id| view.withdrawal(id), terminal)?;
            let reason = reason_words(self.reason.into());
            let open = documents.iter().filter(|document| document.ids.iter().any(|id| !before.contains(id))).count();
            if !terminal.confirm(&Message::new("revoke-question").with("count", open).with("reason", reason))? {
                return Err(Failure::refused(Message::new("nothing-done")));
            }
        }

        let (request, land) = (config.request.clone(), config.land);
        let failed = |error| wording::seal_failure(&error, &request, land);
        let key = open_key(&config, terminal)?;
        let mut session = open_session(config, terminal).await?;
        session.check_may_speak(key.verifying_key()).map_err(failed)?;
        resume::finish_earlier(&mut session, Some(&*key), terminal, &request, land).await?;
        let is_revoked = |id: &CertificateId| matches!(session.withdrawal(*id), Some(Withdrawn::Revoked { .. }));
        let before = ids.iter().copied().filter(is_revoked).collect();
        let progress = terminal.progress(&Message::new("revoke-saying"), 0);
        let revoked = session.revoke(&*key, self.reason.into(), &ids).await;
        progress.finish();
        revoked.map_err(failed)?;
        let reported = self.report(&documents, &before, |id| session.withdrawal(id), terminal);
        session.close().await;
        reported
    }

    /// Whoever names files or ids in a script has decided; a search finds what it finds.
    fn is_to_ask(&self) -> bool {
        !self.yes && (self.search.is_some() || io::stdin().is_terminal())
    }

    async fn documents(&self, register: &mut Option<Register>, view: &View) -> Result<Vec<Document>, Failure> {
        let (mut documents, mut problems): (Vec<Document>, Vec<Message>) = (Vec::new(), Vec::new());
        let mut add = |document: Document| {
            if documents.iter().all(|known| known.ids != document.ids) {
                documents.push(document);
            }
        };
        for what in &self.what {
            match find::document(register, view, what).await? {
                Ok(document) => add(document),
                Err(problem) => problems.push(problem),
            }
        }
        if let Some(text) = &self.search {
            let found = find::search(register, text).await?;
            if found.is_empty() {
                problems.push(Message::new("find-nothing").with("text", text));
            }
            found.into_iter().for_each(add);
        }
        if problems.is_empty() {
            return Ok(documents);
        }
        let failure = Failure::refused(Message::new("revoke-refused").with("count", problems.len()));
        Err(problems.into_iter().fold(failure, Failure::detail))
    }

    fn report(
        &self,
        documents: &[Document],
        before: &BTreeSet<CertificateId>,
        withdrawal: impl Fn(CertificateId) -> Option<Withdrawn>,
        terminal: &Terminal,
    ) -> Result<Exit, Failure> {
        if self.json {
            for (document, id) in certificates(documents) {
                let status = if before.contains(&id) { "already_revoked" } else { "revoked" };
                let line = Line {
                    file: &document.name,
                    certificate: id.to_string(),
                    status,
                    withdrawn: withdrawal(id).as_ref().map(WithdrawnJson::new),
                };
                terminal.line(&serde_json::to_string(&line).expect("strings and nulls"))?;
            }
            return Ok(Exit::Ok);
        }
        documents_table(documents, &withdrawal, terminal)?;
        let done = certificates(documents).filter(|(_, id)| !before.contains(id)).count();
        let message = if done == 0 { Message::new("revoke-nothing-new") } else { Message::new("revoke-done") };
        terminal.say(&message.with("count", done))?;
        Ok(Exit::Ok)
    }
}

fn certificates(documents: &[Document]) -> impl Iterator<Item = (&Document, CertificateId)> {
    documents.iter().flat_map(|document| document.ids.iter().map(move |id| (document, *id)))
}

/// Certificates and what was said against them.
pub(super) fn documents_table(
    documents: &[Document],
    withdrawal: impl Fn(CertificateId) -> Option<Withdrawn>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let words = terminal.words();
    let headings = ["column-file", "column-certificate", "column-standing"].map(Message::new);
    let mut table = Table::new(words, &headings);
    for (document, id) in certificates(documents) {
        let standing = words.text(&standing(withdrawal(id).as_ref()));
        table.row([(&document.name).into(), id.to_string().into(), standing.into()]);
    }
    terminal.table(&table)
}

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    certificate: String,
    status: &'static str,
    withdrawn: Option<WithdrawnJson>,
}

/// What was said against a certificate, for programs.
#[derive(Serialize)]
pub(super) struct WithdrawnJson {
    state: &'static str,
    by: Option<&'static str>,
    reason: Option<&'static str>,
    time: Option<String>,
    index: Option<u64>,
    successor: Option<String>,
}

impl WithdrawnJson {
    pub(super) fn new(withdrawn: &Withdrawn) -> Self {
        let (state, said, reason, successor) = match withdrawn {
            Withdrawn::Revoked { reason, said } => ("revoked", Some(said), Some(reason.as_str()), None),
            Withdrawn::Replaced { successor, said } => ("replaced", Some(said), None, Some(successor.to_string())),
            Withdrawn::Void => ("void", None, None, None),
        };
        Self {
            state,
            by: said.map(|said| if said.by_authority { "authority" } else { "school" }),
            reason,
            time: said.map(|said| said.admitted.to_string()),
            index: said.map(|said| said.index.0),
            successor,
        }
    }
}

fn reason_words(reason: WithdrawalReason) -> Message {
    Message::of_code("withdrawal-reason", reason.as_str())
}

/// How a certificate stands, as a clause without a full stop.
pub(super) fn standing(withdrawn: Option<&Withdrawn>) -> Message {
    let (message, said) = match withdrawn {
        None => return Message::new("standing-valid"),
        Some(Withdrawn::Void) => return Message::new("standing-void"),
        Some(Withdrawn::Revoked { reason, said }) => {
            let message = if said.by_authority {
                Message::new("standing-revoked-by-authority")
            } else {
                Message::new("standing-revoked")
            };
            (message.with("reason", reason_words(*reason)), said)
        }
        Some(Withdrawn::Replaced { successor, said }) => {
            (Message::new("standing-replaced").with("successor", successor.to_string()), said)
        }
    };
    message.with("index", said.index.0.to_string()).with("time", anchor::wording::time(said.admitted))
}
