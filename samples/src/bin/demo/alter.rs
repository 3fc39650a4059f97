// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What people do to certificates that are not theirs to change.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use proof::sealed_pdf::{self, Ending, Opened, Sealed};

/// A way to alter a sealed file: what the copy is called, and how it comes out of a certificate and a classmate's.
type Alteration = (&'static str, fn(&Sealed<'_>, &Sealed<'_>) -> Result<Vec<u8>>);

const ALTERATIONS: [Alteration; 4] = [
    ("one-byte-changed.pdf", one_byte_changed),
    ("added-after-sealing.pdf", added_after_sealing),
    ("added-before-the-seal.pdf", added_before_the_seal),
    ("proof-of-a-classmate.pdf", proof_of_a_classmate),
];

/// Makes altered copies of the first two sealed certificates.
pub(crate) fn alter(sealed: &Path, altered: &Path) -> Result<()> {
    fs::create_dir_all(altered)?;
    let mut files = fs::read_dir(sealed)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    let (victim, classmate) = (fs::read(&files[0])?, fs::read(&files[1])?);
    for (name, alteration) in ALTERATIONS {
        fs::write(altered.join(name), alteration(&open(&victim)?, &open(&classmate)?)?)?;
    }
    Ok(())
}

/// Takes a sealed file apart.
pub(crate) fn open(file: &[u8]) -> Result<Sealed<'_>> {
    match sealed_pdf::open(file) {
        Opened::Sealed(sealed) => Ok(sealed),
        other => Err(anyhow::anyhow!("not a sealed file: {other:?}")),
    }
}

/// Puts a sealed file together, whether or not the proof is one of this document.
pub(crate) fn seal(document: &[u8], proof: &[u8]) -> Result<Vec<u8>> {
    let tail = Ending::of(document)?.tail(document.len(), proof);
    Ok([document, &tail].concat())
}

/// Somewhere in the middle of the pages, the seal made to fit again.
fn one_byte_changed(victim: &Sealed<'_>, _: &Sealed<'_>) -> Result<Vec<u8>> {
    let mut document = victim.document().to_vec();
    let middle = document.len() / 2;
    document[middle] ^= 1;
    seal(&document, victim.proof())
}

/// As an editor does it: a new object, and a cross-reference section that points to it.
fn update(document: &[u8]) -> Vec<u8> {
    let start = document.len();
    format!("\n9000 0 obj\n<< /Type /Annot /Contents (Note 1,0) >>\nendobj\nxref\n9000 1\n{:010} 00000 n \ntrailer\n<< /Size 9001 >>\nstartxref\n{start}\n%%EOF\n", start + 1)
        .into_bytes()
}

fn added_after_sealing(victim: &Sealed<'_>, _: &Sealed<'_>) -> Result<Vec<u8>> {
    let sealed = seal(victim.document(), victim.proof())?;
    Ok([sealed.as_slice(), &update(&sealed)].concat())
}

fn added_before_the_seal(victim: &Sealed<'_>, _: &Sealed<'_>) -> Result<Vec<u8>> {
    let tail = Ending::of(victim.document())?.tail(victim.document().len(), victim.proof());
    Ok([victim.document(), &update(victim.document()), &tail].concat())
}

fn proof_of_a_classmate(victim: &Sealed<'_>, classmate: &Sealed<'_>) -> Result<Vec<u8>> {
    seal(victim.document(), classmate.proof()).context("the classmate's proof fits every file")
}
