// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor revoke` and `anchor uphold`: what a ministry says about certificates by their ids.
//!
//! Nobody can see from a ledger whose certificate an id belongs to, or whether there is one: what is typed is signed.

use std::path::{Path, PathBuf};

use anchor::reason::RevokeReason;
use cli::{Exit, Failure, Message, Terminal};
use proof::{
    Hash,
    entry::CertificateId,
    statement::{Body, MAX_CERTIFICATES, WithdrawalReason},
};

use super::{
    errand::{Errand, ErrandArgs, Reach},
    input,
};

/// A hundred full statements.
const MAX_LIST_BYTES: usize = 100 * MAX_CERTIFICATES * 80;

/// So many ids are shown before it is asked.
const SHOWN: usize = 10;

#[derive(clap::Args)]
pub(super) struct RevokeArgs {
    #[command(flatten)]
    ids: Ids,
    #[arg(long, value_name = "REASON", value_enum)]
    reason: RevokeReason,
    #[command(flatten)]
    errand: ErrandArgs,
}

#[derive(clap::Args)]
pub(super) struct UpholdArgs {
    #[command(flatten)]
    ids: Ids,
    #[command(flatten)]
    errand: ErrandArgs,
}

#[derive(clap::Args)]
struct Ids {
    #[arg(value_name = "ID", value_parser = certificate, required_unless_present = "from_file")]
    ids: Vec<CertificateId>,
    #[arg(long, value_name = "FILE", conflicts_with = "ids")]
    from_file: Option<PathBuf>,
}

pub(super) async fn revoke(args: &RevokeArgs, secret: Option<&PathBuf>, terminal: &Terminal) -> Result<Exit, Failure> {
    let ids = args.ids.read()?;
    let reason = WithdrawalReason::from(args.reason);
    let shown = Message::new("revoke-shown")
        .with("count", ids.len())
        .with("reason", Message::of_code("withdrawal-reason", reason.as_str()));
    let bodies = ids.chunks(MAX_CERTIFICATES).map(|ids| Body::Revoke { reason, certificates: ids.to_vec() });
    let (bodies, question) = (bodies.collect(), Message::new("revoke-ids-question"));
    say(&args.errand, secret, &ids, (&shown, &question), bodies, terminal).await
}

pub(super) async fn uphold(args: &UpholdArgs, secret: Option<&PathBuf>, terminal: &Terminal) -> Result<Exit, Failure> {
    let ids = args.ids.read()?;
    let shown = Message::new("uphold-shown").with("count", ids.len());
    let bodies = ids.chunks(MAX_CERTIFICATES).map(|ids| Body::Uphold(ids.to_vec())).collect();
    say(&args.errand, secret, &ids, (&shown, &Message::new("uphold-question")), bodies, terminal).await
}

async fn say(
    args: &ErrandArgs,
    secret: Option<&PathBuf>,
    ids: &[CertificateId],
    (shown, question): (&Message, &Message),
    bodies: Vec<Body>,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let mut errand = Errand::open(args, secret, Reach::Named, terminal).await?;
    if !errand.draft(|_, _| Ok(bodies.clone()))? {
        return Ok(Exit::Ok);
    }
    terminal.say(shown)?;
    ids.iter().take(SHOWN).try_for_each(|id| terminal.line(&format!("  {id}")))?;
    if ids.len() > SHOWN {
        terminal.say(&Message::new("revoke-more").with("count", ids.len() - SHOWN))?;
    }
    errand.confirm(question)?;
    errand.carry_out().await
}

impl Ids {
    /// Each id once, ascending, as statements have them.
    fn read(&self) -> Result<Vec<CertificateId>, Failure> {
        let mut ids = match &self.from_file {
            Some(path) => from_file(path)?,
            None => self.ids.clone(),
        };
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }
}

/// One id a line. Empty lines, and what follows a `#`, are passed over.
fn from_file(path: &Path) -> Result<Vec<CertificateId>, Failure> {
    let bytes = input::read(path, MAX_LIST_BYTES)?;
    let text = String::from_utf8_lossy(&bytes);
    let (mut ids, mut bad) = (Vec::new(), Vec::new());
    for (number, line) in (1_usize..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let line = line.split('#').next().unwrap_or_default().trim();
        match parse(line) {
            _ if line.is_empty() => {}
            Some(id) => ids.push(id),
            None => bad.push(Message::new("revoke-bad-line").with("line", number).with("text", line)),
        }
    }
    if bad.is_empty() && ids.is_empty() {
        return Err(Failure::usage(Message::new("revoke-empty-list").with("path", path)));
    }
    if bad.is_empty() {
        return Ok(ids);
    }
    let failure = Failure::usage(Message::new("revoke-bad-list").with("path", path).with("count", bad.len()));
    Err(bad.into_iter().fold(failure, Failure::detail))
}

fn certificate(text: &str) -> Result<CertificateId, Failure> {
    parse(text).ok_or_else(|| Failure::usage(Message::new("revoke-bad-id")))
}

fn parse(text: &str) -> Option<CertificateId> {
    Hash::from_hex(text).map(CertificateId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_one_id_a_line_and_every_bad_line_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ids");
        let [a, b] = [1, 2].map(|byte| CertificateId(Hash([byte; 32])));
        let read = |text: &str| {
            std::fs::write(&path, text).expect("written");
            Ids { ids: Vec::new(), from_file: Some(path.clone()) }.read()
        };
        let good = format!("\u{feff}{b}\r\n\n# a comment\n  {a}  # of 2026\n{b}\n");
        assert_eq!(read(&good), Ok(vec![a, b]));
        let failure = read(&format!("{a}\nabc\n{b}x\n")).expect_err("bad");
        assert_eq!(failure.message.id(), "revoke-bad-list");
        let wanted = [(2_usize, "abc".to_owned()), (3, format!("{b}x"))];
        let wanted = wanted.map(|(line, text)| Message::new("revoke-bad-line").with("line", line).with("text", text));
        assert_eq!(failure.details, wanted);
        assert_eq!(read("# nothing\n").expect_err("empty").message.id(), "revoke-empty-list");
    }
}
