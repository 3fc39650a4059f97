// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The commands: what was typed, then what is done.

pub(crate) mod endorse;
mod find;
pub(crate) mod init;
pub(crate) mod issue;
pub(crate) mod list;
pub(crate) mod passphrase;
pub(crate) mod proof;
pub(crate) mod replace;
pub(crate) mod resume;
pub(crate) mod revoke;
pub(crate) mod rotate_key;
pub(crate) mod sheet;
pub(crate) mod show;
pub(crate) mod status;

use std::path::{Path, PathBuf};

use ::proof::{
    entry::DocumentDigest,
    key::Signer,
    sealed_pdf::{self, MAX_FILE_BYTES, Opened},
};
use anchor::{clock::Clock, memory::Memory, wording::private_key_failure};
use cli::{Failure, Message, Terminal};
use issuer::{
    config::Config,
    look_over,
    register::{CertificateRow, Register, StatementState},
    seal::Session,
    view::View,
};
use std::{fs::File, io::Read};

use crate::wording;

/// Opens the school's key, once for each command.
fn open_key(config: &Config, terminal: &Terminal) -> Result<Box<dyn Signer>, Failure> {
    config.open_key(terminal).map_err(|error| private_key_failure(&error))
}

/// Opens everything that sealing needs but the key, and says so if another run has to end first.
async fn open_session(config: Config, terminal: &Terminal) -> Result<Session, Failure> {
    let request = config.request.clone();
    let land = config.land;
    let waiting = || terminal.remark(&Message::new("issue-waiting"));
    let session = Session::open(config, Clock::system(), Memory::of_user(), waiting).await;
    session.map_err(|error| wording::seal_failure(&error, &request, land))
}

/// Reads the ledger, without a key and without waiting for anybody.
pub(crate) async fn open_view(config: &Config) -> Result<View, Failure> {
    View::open(config, Clock::system(), Memory::of_user().as_ref()).await.map_err(|error| wording::view_failure(&error))
}

/// The same where the answer is worth something without it: says so, and goes on.
async fn view_if_there(config: &Config, terminal: &Terminal) -> Option<View> {
    let view = open_view(config).await;
    if let Err(failure) = &view {
        terminal.remark(&Message::new("view-missing").with("reason", failure.message.clone()));
    }
    view.ok()
}

/// Opens the register to read; a school that has sealed nothing has none yet.
async fn open_register(config: &Config) -> Result<Option<Register>, Failure> {
    if !config.register.exists() {
        return Ok(None);
    }
    Register::open_to_read(&config.register).await.map(Some).map_err(|error| wording::register_failure(&error))
}

/// Whether an earlier run has left something to say. The register is closed: whoever writes next is alone with it.
async fn is_unfinished(register: Option<Register>) -> Result<bool, Failure> {
    let Some(mut register) = register else { return Ok(false) };
    let failed = |error| wording::register_failure(&error);
    let statements = register.statements().await.map_err(failed)?;
    let is_open = statements.iter().any(|row| row.state == StatementState::Staged)
        || !register.replacements().await.map_err(failed)?.is_empty();
    register.close().await;
    Ok(is_open)
}

/// Finds one certificate by a file (sealed copy or original) or by the beginning of its id.
async fn find(register: &mut Register, what: &Path) -> Result<CertificateRow, Failure> {
    let name = what.to_string_lossy().into_owned();
    let found = if what.is_file() {
        let digest = digest_of(what)?;
        register.by_digest(&digest).await.map(|mut rows| {
            rows.truncate(1);
            rows
        })
    } else {
        register.by_id(&name.to_lowercase()).await
    };
    let mut found = found.map_err(|error| wording::register_failure(&error))?;
    match (found.pop(), found.is_empty()) {
        (Some(row), true) => Ok(row),
        (Some(_), false) => Err(Failure::refused(Message::new("show-ambiguous").with("what", name))),
        (None, _) => Err(Failure::refused(Message::new("show-unknown").with("what", name))),
    }
}

/// The digest of the original, whether the file is that or a sealed copy of it.
fn digest_of(path: &Path) -> Result<DocumentDigest, Failure> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_FILE_BYTES as u64).read_to_end(&mut bytes));
    read.map_err(|error| Failure::cannot_read(cli::Exit::Usage, path, &error))?;
    Ok(DocumentDigest::of(document_of(&bytes)))
}

/// The original in a file: a part of it if it is sealed, else all of it.
fn document_of(file: &[u8]) -> &[u8] {
    match sealed_pdf::open(file) {
        Opened::Sealed(sealed) | Opened::BytesAfterSeal { sealed, .. } => &file[..sealed.document().len()],
        _ => file,
    }
}

/// Looks files over with a bar.
fn look_over_with_progress(files: &[PathBuf], terminal: &Terminal) -> Result<Vec<look_over::Outcome>, Failure> {
    let progress = terminal.progress(&Message::new("issue-looking"), files.len() as u64);
    let files: Vec<_> = files.iter().map(PathBuf::as_path).collect();
    let outcomes = look_over::look_over(&files, || progress.inc(1));
    progress.finish();
    outcomes.map_err(|error| Failure::refused(Message::new("issue-no-worker").with("reason", error.to_string())))
}
