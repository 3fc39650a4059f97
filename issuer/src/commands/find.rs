// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Finding what a person means: a file, an id, a name.

use std::path::Path;

use ::proof::{
    entry::{CertificateId, DocumentDigest},
    sealed_pdf::MAX_FILE_BYTES,
};
use cli::{Failure, Message};
use issuer::{
    register::{CertificateRow, Register},
    view::View,
};
use std::{fs::File, io::Read};

use super::document_of;
use crate::wording;

/// The fewest digits by which a certificate is named.
const MIN_DIGITS: usize = 8;

/// A document of this school with every certificate that it has: more than one if it was sealed more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    /// What it is called.
    pub name: String,
    /// Its certificates, the latest first.
    pub ids: Vec<CertificateId>,
    /// Digest of the original; unknown if only its sealed copy is at hand.
    pub digest: Option<DocumentDigest>,
    /// The batch of the latest certificate, if it stands in the register.
    pub batch: Option<i64>,
    /// What it is, if it does not.
    pub kind: Option<String>,
}

/// What was found, or what to say about that.
pub(super) type Found = Result<Document, Message>;

/// The document that a file, a name or an id means.
pub(super) async fn document(register: &mut Option<Register>, view: &View, what: &Path) -> Result<Found, Failure> {
    let shown = what.to_string_lossy().into_owned();
    if what.is_file() {
        return of_file(register, view, what, shown).await;
    }
    if let Some(digits) = digits(&shown) {
        let rows = match register {
            Some(register) => register.by_id(&digits).await.map_err(|error| wording::register_failure(&error))?,
            None => Vec::new(),
        };
        return match (rows.as_slice(), digits.len()) {
            ([row], _) => of_row(register, row).await.map(Ok),
            ([], 64) => Ok(Err(Message::new("find-unknown-id").with("what", shown))),
            ([], _) => Ok(Err(Message::new("find-unknown").with("what", shown))),
            _ => Ok(Err(Message::new("find-ambiguous-id").with("what", shown))),
        };
    }
    let mut found = of_name(register, |source, output| source.ends_with(what) || output.ends_with(what)).await?;
    Ok(match (found.pop(), found.len()) {
        (Some(document), 0) => Ok(document),
        (Some(_), others) => Err(Message::new("find-ambiguous-name").with("what", shown).with("count", others + 1)),
        (None, _) => Err(Message::new("find-unknown").with("what", shown)),
    })
}

/// The documents with a text in the name of their file, the latest first.
pub(super) async fn search(register: &mut Option<Register>, text: &str) -> Result<Vec<Document>, Failure> {
    let text = text.to_lowercase();
    let has = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase().contains(&text));
    of_name(register, |source, output| has(source) || has(output)).await
}

fn digits(text: &str) -> Option<String> {
    let fits = (MIN_DIGITS..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    fits.then(|| text.to_lowercase())
}

async fn of_file(register: &mut Option<Register>, view: &View, path: &Path, name: String) -> Result<Found, Failure> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_FILE_BYTES as u64).read_to_end(&mut bytes));
    read.map_err(|error| Failure::cannot_read(cli::Exit::Usage, path, &error))?;
    let digest = DocumentDigest::of(document_of(&bytes));
    if let Some(register) = register {
        let rows = register.by_digest(&digest).await.map_err(|error| wording::register_failure(&error))?;
        if let Some(first) = rows.first() {
            let (batch, ids) = (Some(first.batch), rows.iter().map(|row| row.id).collect());
            return Ok(Ok(Document { name, ids, digest: Some(digest), batch, kind: None }));
        }
    }
    let proven = view.prove(&bytes).map_err(|error| wording::view_failure(&error))?;
    Ok(match proven {
        Some(proven) => {
            let kind = Some(proven.kind);
            Ok(Document { name, ids: vec![proven.id], digest: Some(digest), batch: None, kind })
        }
        None => Err(Message::new("find-not-ours").with("what", name)),
    })
}

async fn of_row(register: &mut Option<Register>, row: &CertificateRow) -> Result<Document, Failure> {
    let rows = match register {
        Some(register) => register.by_digest(&row.digest).await.map_err(|error| wording::register_failure(&error))?,
        None => Vec::new(),
    };
    let name = row.output.to_string_lossy().into_owned();
    let ids = rows.iter().map(|row| row.id).collect();
    Ok(Document { name, ids, digest: Some(row.digest), batch: Some(row.batch), kind: None })
}

async fn of_name(
    register: &mut Option<Register>,
    fits: impl Fn(&Path, &Path) -> bool,
) -> Result<Vec<Document>, Failure> {
    let rows = match register {
        Some(register) => register.by_name(fits).await.map_err(|error| wording::register_failure(&error))?,
        None => Vec::new(),
    };
    let mut documents: Vec<Document> = Vec::new();
    for row in rows {
        if documents.iter().all(|document| document.digest != Some(row.digest)) {
            documents.push(of_row(register, &row).await?);
        }
    }
    Ok(documents)
}
