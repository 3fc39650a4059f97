// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Which certificate is to take the place of which, and whether that may be.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ::proof::{
    entry::{CertificateId, DocumentDigest},
    register::Withdrawn,
};
use cli::{Exit, Failure, Message};
use issuer::{
    register::{CertificateRow, Register, State},
    view::View,
};

use crate::{
    commands::{
        digest_of,
        find::{self, Document},
        revoke::standing,
    },
    wording,
};

/// An old certificate and the new file for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub old: Document,
    pub new: PathBuf,
    /// Digest of the new file's original.
    pub digest: DocumentDigest,
    /// What the old one is, and the new one is to be.
    pub kind: String,
    pub standing: Standing,
}

/// How far a pair is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The new file is to be sealed first.
    ToSeal,
    /// The new file is sealed already, and does not stand in the place of the old one.
    ToSay,
    /// Everything was done before.
    Done(CertificateId),
}

/// Looks pairs up.
pub(super) struct Planner<'a> {
    pub view: &'a View,
    pub register: Option<Register>,
}

impl Planner<'_> {
    /// A pair, or what is wrong with it.
    pub(super) async fn plan(&mut self, old: &Path, new: &Path) -> Result<Result<Pair, Message>, Failure> {
        let found = match find::document(&mut self.register, self.view, old).await? {
            Ok(found) => found,
            Err(problem) => return Ok(Err(problem)),
        };
        // An original, or the sealed copy of one that is sealed already.
        let digest = digest_of(new)?;
        if found.digest == Some(digest) {
            return Ok(Err(Message::new("replace-same").with("old", &found.name)));
        }
        let sealed = self.sealed(&digest).await?;
        if let Some(withdrawn) = sealed.iter().find_map(|row| self.view.withdrawal(row.id)) {
            let message = Message::new("replace-new-withdrawn").with("new", new);
            return Ok(Err(message.with("standing", standing(Some(&withdrawn)))));
        }
        let mut done = None;
        for id in &found.ids {
            match self.view.withdrawal(*id) {
                None | Some(Withdrawn::Void) => {}
                Some(Withdrawn::Replaced { successor, .. }) if sealed.iter().any(|row| row.id == successor) => {
                    done = Some(successor);
                }
                Some(withdrawn) => {
                    let message = Message::new("replace-withdrawn").with("old", &found.name);
                    return Ok(Err(message.with("standing", standing(Some(&withdrawn)))));
                }
            }
        }
        let is_open = |id: &CertificateId| matches!(self.view.withdrawal(*id), None | Some(Withdrawn::Void));
        let standing = match done {
            Some(successor) if !found.ids.iter().any(is_open) => Standing::Done(successor),
            _ if sealed.is_empty() => Standing::ToSeal,
            _ => Standing::ToSay,
        };
        let kind = self.kind(&found).await?;
        Ok(Ok(Pair { old: found, new: new.to_owned(), digest, kind, standing }))
    }

    /// The certificates of a document, without those of a batch that may never have got to the ledger.
    async fn sealed(&mut self, digest: &DocumentDigest) -> Result<Vec<CertificateRow>, Failure> {
        let Some(register) = &mut self.register else { return Ok(Vec::new()) };
        let failed = |error| wording::register_failure(&error);
        let mut rows = register.by_digest(digest).await.map_err(failed)?;
        let batches = register.batches().await.map_err(failed)?;
        let is_open = |number| batches.iter().any(|batch| batch.number == number && batch.state == State::Staged);
        rows.retain(|row| !is_open(row.batch));
        Ok(rows)
    }

    async fn kind(&mut self, old: &Document) -> Result<String, Failure> {
        let batches = match &mut self.register {
            Some(register) => register.batches().await.map_err(|error| wording::register_failure(&error))?,
            None => Vec::new(),
        };
        let row = batches.iter().find(|row| Some(row.number) == old.batch);
        Ok(row.map(|row| row.kind().to_owned()).or_else(|| old.kind.clone()).unwrap_or_default())
    }
}

/// No certificate is in two pairs.
pub(super) fn check_apart(pairs: &[Pair], problems: &mut Vec<Message>) {
    for (index, pair) in pairs.iter().enumerate() {
        let clashes = |other: &Pair| {
            other.old.ids == pair.old.ids || other.digest == pair.digest || other.old.digest == Some(pair.digest)
        };
        if pairs[..index].iter().any(clashes) {
            problems.push(Message::new("replace-twice").with("old", &pair.old.name).with("new", pair.new.as_path()));
        }
    }
}

/// The pairs of a CSV file (RFC 4180): an old certificate and a new file in each line. Files count from that file.
pub(super) fn read(path: &Path) -> Result<Vec<(PathBuf, PathBuf)>, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::cannot_read(Exit::Usage, path, &error))?;
    let base = path.parent().unwrap_or(Path::new(""));
    let mut pairs = Vec::new();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let fields = fields(line);
        let Some([old, new]) = fields.as_deref() else {
            let message = Message::new("replace-bad-line").with("path", path).with("line", index + 1);
            return Err(Failure::usage(message));
        };
        let beside = |name: &str| {
            let file = base.join(name);
            if file.is_file() { file } else { name.into() }
        };
        pairs.push((beside(old), base.join(new)));
    }
    if pairs.is_empty() { Err(Failure::usage(Message::new("replace-nothing"))) } else { Ok(pairs) }
}

/// The fields of a line, divided by commas or semicolons; `None` if a quote is not closed.
fn fields(line: &str) -> Option<Vec<String>> {
    let mut fields = vec![String::new()];
    let (mut quoted, mut characters) = (false, line.chars().peekable());
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                fields.last_mut()?.push('"');
            }
            '"' => quoted = !quoted,
            ',' | ';' if !quoted => fields.push(String::new()),
            other => fields.last_mut()?.push(other),
        }
    }
    (!quoted).then_some(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_apart() {
        let fields = |line: &str| fields(line).map(|fields| fields.join("|"));
        assert_eq!(fields("a.pdf,b.pdf").as_deref(), Some("a.pdf|b.pdf"));
        assert_eq!(fields("a.pdf;b.pdf").as_deref(), Some("a.pdf|b.pdf"));
        assert_eq!(fields("\"Meyer, A.pdf\",\"b \"\"2\"\".pdf\"").as_deref(), Some("Meyer, A.pdf|b \"2\".pdf"));
        assert_eq!(fields("a,b,c").as_deref(), Some("a|b|c"));
        assert_eq!(fields("\"a,b"), None);
    }
}
