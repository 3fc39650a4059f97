// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Writing the sealed copies of a batch that is on the ledger: temporary names → one sync of the file system → final names →
sync of the folders.

Originals are only read. Nothing is overwritten: where a name is taken by something else, the copy gets another. Running
it again finds what is there already, so that a crash at any point costs only time.
*/

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use anchor::host::{self, FileSystem};
use proof::{
    encoding::hex_encode,
    entry::{CertificateId, DocumentDigest},
    proof_file::{ProofFile, Split, Trunk},
    sealed_pdf::{self, Ending, MAX_DOCUMENT_BYTES, Opened},
};
use rayon::prelude::*;

use crate::{collect::free_name, prove, register::CertificateRow};

/// How long writing goes on between two attempts to get ahead of the disk.
const BETWEEN_SYNCS: Duration = Duration::from_millis(100);

/// What came of writing a batch.
#[derive(Debug, Default)]
pub struct Written {
    /// Copies that lie under another name than was planned, because that was taken.
    pub moved: Vec<(CertificateId, PathBuf)>,
    /// Certificates whose original is no longer there as it was when the batch was sealed.
    pub lost: Vec<CertificateId>,
}

/// Why copies could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct OutputError {
    /// Which file or folder.
    pub path: PathBuf,
    /// What the system says.
    pub source: io::Error,
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.to_owned();
    move |source| OutputError { path, source }
}

/// Where and how the copies of a batch are written.
#[derive(Debug)]
pub struct Outbox<'a> {
    /// The output folder.
    pub out: &'a Path,
    /// What the proofs of the batch share.
    pub trunk: &'a Trunk,
    /// Whether proofs lie beside the copies instead of in them.
    pub detached: bool,
}

/// A copy that is written, and waits for its name.
struct Draft<'a> {
    certificate: &'a CertificateRow,
    /// The name that it is to get.
    name: PathBuf,
    parts: Vec<Part>,
}

/// One file of a copy: the PDF, or the proof beside it.
struct Part {
    /// Where it lies: under a temporary name, or where an earlier run has put it.
    place: PathBuf,
    suffix: &'static str,
}

enum Drafted<'a> {
    Lost(CertificateId),
    Draft(Draft<'a>),
}

impl Outbox<'_> {
    /// Writes all copies and makes them durable. `done` is called after each.
    ///
    /// # Errors
    /// If something cannot be written. What is written already stays, and the next call goes on from there.
    pub fn write(&self, certificates: &[CertificateRow], done: impl Fn() + Sync) -> Result<Written, OutputError> {
        let folders: BTreeSet<_> = certificates.iter().map(|certificate| self.folder_of(certificate)).collect();
        for folder in &folders {
            fs::create_dir_all(folder).map_err(io_error(folder))?;
        }
        let disk = FileSystem::of(self.out).map_err(io_error(self.out))?;
        let (drafted, synced) = while_syncing(&disk, || {
            certificates
                .par_iter()
                .map_init(Vec::new, |buffer, certificate| {
                    let drafted = self.draft(certificate, buffer);
                    done();
                    drafted
                })
                .collect::<Result<Vec<_>, _>>()
        });
        let drafted = drafted?;

        // Names follow contents: no copy gets its name before all of them are on the disk.
        synced.and_then(|()| disk.sync()).map_err(io_error(self.out))?;
        let mut written = Written::default();
        for drafted in drafted {
            match drafted {
                Drafted::Lost(id) => written.lost.push(id),
                Drafted::Draft(draft) => written.moved.extend(self.publish(draft)?),
            }
        }
        for folder in &folders {
            host::sync_folder(folder).map_err(io_error(folder))?;
        }
        Ok(written)
    }

    /// The proof file of a certificate, as it is written.
    pub fn proof(&self, certificate: &CertificateRow) -> ProofFile {
        prove::proof_file(self.trunk, certificate)
    }

    fn folder_of(&self, certificate: &CertificateRow) -> PathBuf {
        host::parent(&self.out.join(&certificate.output)).to_owned()
    }

    fn draft<'c>(&self, certificate: &'c CertificateRow, buffer: &mut Vec<u8>) -> Result<Drafted<'c>, OutputError> {
        let is_foreign = |(path, suffix): (PathBuf, _)| exists(&path) && !self.is_own(&path, suffix, certificate);
        let name = free_name(&certificate.output, |name| self.files(name).any(is_foreign));
        if !exists(&self.out.join(&name)) && read_original(certificate, buffer).is_none() {
            return Ok(Drafted::Lost(certificate.id));
        }
        let stem = format!(".{}.part", &hex_encode(&certificate.id.0.0)[..24]);
        let temporary = self.folder_of(certificate).join(stem);
        let proof = self.proof(certificate).encode();
        let mut parts = Vec::new();
        for (path, suffix) in self.files(&name) {
            if exists(&path) {
                parts.push(Part { place: path, suffix });
                continue;
            }
            let place = with_suffix(&temporary, suffix);
            if suffix == PROOF_SUFFIX {
                write(&place, &proof)?;
            } else {
                if !self.detached {
                    let Ok(ending) = Ending::of(buffer) else { return Ok(Drafted::Lost(certificate.id)) };
                    buffer.extend(ending.tail(buffer.len(), &proof));
                }
                write(&place, buffer)?;
            }
            parts.push(Part { place, suffix });
        }
        Ok(Drafted::Draft(Draft { certificate, name, parts }))
    }

    /// Gives a copy its final name; another one if that is taken, to all of its parts.
    fn publish(&self, mut draft: Draft<'_>) -> Result<Option<(CertificateId, PathBuf)>, OutputError> {
        let planned = &draft.certificate.output;
        let is_taken = |name: &Path| self.files(name).any(|(path, _)| exists(&path));
        'name: loop {
            for part in &mut draft.parts {
                let path = with_suffix(&self.out.join(&draft.name), part.suffix);
                if part.place == path {
                    continue;
                }
                match host::rename_new(&part.place, &path) {
                    Ok(()) => part.place = path,
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                        draft.name = free_name(planned, is_taken);
                        continue 'name;
                    }
                    Err(error) => return Err(io_error(&path)(error)),
                }
            }
            break;
        }
        Ok((draft.name != *planned).then_some((draft.certificate.id, draft.name)))
    }

    /// The files of a copy of this name. The proof comes first: a copy without it would seem to have none.
    fn files(&self, name: &Path) -> impl Iterator<Item = (PathBuf, &'static str)> {
        let path = self.out.join(name);
        let suffixes: &[_] = if self.detached { &[PROOF_SUFFIX, ""] } else { &[""] };
        suffixes.iter().map(move |suffix| (with_suffix(&path, suffix), *suffix))
    }

    /// Whether a file is what an earlier run has made for a certificate.
    fn is_own(&self, path: &Path, suffix: &str, certificate: &CertificateRow) -> bool {
        let is_original = |document: &[u8]| DocumentDigest::of(document) == certificate.digest;
        let is_proof = |proof: &[u8]| {
            Split::parse(proof).is_ok_and(|split| split.leaf.entry(&certificate.digest).id() == certificate.id)
        };
        fs::read(path).is_ok_and(|bytes| match suffix {
            PROOF_SUFFIX => is_proof(&bytes),
            _ if self.detached => is_original(&bytes),
            _ => match sealed_pdf::open(&bytes) {
                Opened::Sealed(sealed) => is_original(sealed.document()) && is_proof(sealed.proof()),
                _ => false,
            },
        })
    }
}

/// Has the system write out what is there already while `work` still adds to it, so that the sync after it is short. Says
/// whether that went well: what fails once is not told again.
fn while_syncing<T>(disk: &FileSystem, work: impl FnOnce() -> T) -> (T, io::Result<()>) {
    let (working, over) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let syncing = scope.spawn(move || {
            while over.recv_timeout(BETWEEN_SYNCS) == Err(RecvTimeoutError::Timeout) {
                disk.sync()?;
            }
            Ok(())
        });
        let result = work();
        drop(working);
        (result, syncing.join().expect("a sync does not panic"))
    })
}

/// What a proof beside a copy is called: the copy's name and this.
pub const PROOF_SUFFIX: &str = ".proof";

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    File::create(path).and_then(|mut file| file.write_all(bytes)).map_err(io_error(path))
}

/// Reads an original into `buffer`; `None` if it is not what was sealed.
fn read_original(certificate: &CertificateRow, buffer: &mut Vec<u8>) -> Option<()> {
    buffer.clear();
    let file = File::open(&certificate.source).ok()?;
    file.take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(buffer).ok()?;
    let same = buffer.len() as u64 == certificate.length && DocumentDigest::of(buffer) == certificate.digest;
    same.then_some(())
}
