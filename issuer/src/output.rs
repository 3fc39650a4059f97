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
};

use anchor::host;
use proof::{
    encoding::hex_encode,
    entry::{CertificateId, DocumentDigest},
    proof_file::{ProofFile, Split, Trunk},
    sealed_pdf::{self, Ending, MAX_DOCUMENT_BYTES, Opened},
};
use rayon::prelude::*;

use crate::{collect::free_name, prove, register::CertificateRow};

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

/// A copy under its temporary names.
struct Draft<'a> {
    certificate: &'a CertificateRow,
    files: Vec<Part>,
}

/// One file of a copy: the PDF, or the proof beside it.
struct Part {
    temporary: PathBuf,
    suffix: &'static str,
}

enum Drafted<'a> {
    There,
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
        let drafted: Vec<_> = certificates
            .par_iter()
            .map_init(Vec::new, |buffer, certificate| {
                let drafted = self.draft(certificate, buffer);
                done();
                drafted
            })
            .collect::<Result<_, _>>()?;

        // Names follow contents: no copy gets its name before all of them are on the disk.
        host::sync_file_system(self.out).map_err(io_error(self.out))?;
        let mut written = Written::default();
        for drafted in drafted {
            match drafted {
                Drafted::There => {}
                Drafted::Lost(id) => written.lost.push(id),
                Drafted::Draft(draft) => written.moved.extend(self.publish(&draft)?),
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
        if self.is_there(certificate) {
            return Ok(Drafted::There);
        }
        if read_original(certificate, buffer).is_none() {
            return Ok(Drafted::Lost(certificate.id));
        }
        let proof = self.proof(certificate).encode();
        let stem = format!(".{}.part", &hex_encode(&certificate.id.0.0)[..24]);
        let temporary = self.folder_of(certificate).join(stem);
        let part = |bytes: &[u8], suffix: &'static str| {
            let temporary = with_suffix(&temporary, suffix);
            let mut file = File::create(&temporary).map_err(io_error(&temporary))?;
            file.write_all(bytes).map_err(io_error(&temporary))?;
            Ok(Part { temporary, suffix })
        };
        let files = if self.detached {
            vec![part(&proof, PROOF_SUFFIX)?, part(buffer, "")?]
        } else {
            let Ok(ending) = Ending::of(buffer) else { return Ok(Drafted::Lost(certificate.id)) };
            let tail = ending.tail(buffer.len(), &proof);
            buffer.extend(tail);
            vec![part(buffer, "")?]
        };
        Ok(Drafted::Draft(Draft { certificate, files }))
    }

    /// Gives a copy its final name; another one if that is taken.
    fn publish(&self, draft: &Draft<'_>) -> Result<Option<(CertificateId, PathBuf)>, OutputError> {
        let planned = &draft.certificate.output;
        let is_taken = |name: &Path| {
            let path = self.out.join(name);
            draft.files.iter().any(|part| fs::symlink_metadata(with_suffix(&path, part.suffix)).is_ok())
        };
        let mut name = planned.clone();
        for part in &draft.files {
            loop {
                let path = with_suffix(&self.out.join(&name), part.suffix);
                match host::rename_new(&part.temporary, &path) {
                    Ok(()) => break,
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => name = free_name(planned, is_taken),
                    Err(error) => return Err(io_error(&path)(error)),
                }
            }
        }
        Ok((name != *planned).then(|| (draft.certificate.id, name)))
    }

    /// Whether the copy of a certificate lies under its name already.
    fn is_there(&self, certificate: &CertificateRow) -> bool {
        let path = self.out.join(&certificate.output);
        let read = |path: &Path| fs::read(path).ok();
        if fs::symlink_metadata(&path).is_err() {
            return false;
        }
        if self.detached {
            let (file, proof) = (read(&path), read(&with_suffix(&path, PROOF_SUFFIX)));
            return file.zip(proof).is_some_and(|(file, proof)| belongs(&file, &proof, certificate));
        }
        read(&path).is_some_and(|file| match sealed_pdf::open(&file) {
            Opened::Sealed(sealed) => belongs(sealed.document(), sealed.proof(), certificate),
            _ => false,
        })
    }
}

/// What a proof beside a copy is called: the copy's name and this.
pub const PROOF_SUFFIX: &str = ".proof";

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn belongs(document: &[u8], proof: &[u8], certificate: &CertificateRow) -> bool {
    let digest = DocumentDigest::of(document);
    Split::parse(proof).is_ok_and(|split| split.leaf.entry(&digest).id() == certificate.id)
}

/// Reads an original into `buffer`; `None` if it is not what was sealed.
fn read_original(certificate: &CertificateRow, buffer: &mut Vec<u8>) -> Option<()> {
    buffer.clear();
    let file = File::open(&certificate.source).ok()?;
    file.take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(buffer).ok()?;
    let same = buffer.len() as u64 == certificate.length && DocumentDigest::of(buffer) == certificate.digest;
    same.then_some(())
}
