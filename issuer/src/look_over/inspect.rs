// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What is wrong with a PDF, found with lopdf. Runs in a worker process only.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use lopdf::{Dictionary, Document, EncryptionState, LoadOptions, Object, xref::XrefEntry};
use proof::{
    entry::DocumentDigest,
    sealed_pdf::{Ending, MAX_DOCUMENT_BYTES, Unsealable},
};

use super::{Looked, Outcome};

/// One stream may unpack to so much while the file is loaded. Enough for any cross-reference or object stream.
const MAX_STREAM_BYTES: usize = 64 << 20;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// Why a file is not sealed. The codes are a contract.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Fault {
            $($(#[$doc])* $name,)*
        }

        impl Fault {
            /// Every fault.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The code: lower-case words joined by `_`.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

faults! {
    /// The file cannot be read.
    Unreadable = "unreadable",
    /// Larger than can be sealed.
    TooLarge = "too_large",
    /// Not a PDF at all.
    NotAPdf = "not_a_pdf",
    /// It carries a seal, or a part of one.
    AlreadySealed = "already_sealed",
    /// It does not end as a PDF should.
    BadEnding = "bad_ending",
    /// It cannot be loaded without repairing it.
    Damaged = "damaged",
    /// It cannot be read without a password.
    Encrypted = "encrypted",
    /// It has no page.
    NoPages = "no_pages",
    /// It runs JavaScript.
    JavaScript = "javascript",
    /// It starts programs.
    Launch = "launch",
    /// It has an XFA form, which shows other contents than the pages.
    Xfa = "xfa",
    /// It takes contents from other files.
    ExternalStream = "external_stream",
    /// Looking at it took too long, or too much memory.
    TooComplex = "too_complex",
    /// Its place in the output folder is taken.
    OutputExists = "output_exists",
}

/// Reads a file and looks it over.
pub(super) fn inspect(path: &Path) -> Outcome {
    let bytes = read(path).map_err(|_| Fault::Unreadable)??;
    look_at(&bytes)?;
    Ok(Looked { digest: DocumentDigest::of(&bytes), length: bytes.len() as u64 })
}

fn read(path: &Path) -> io::Result<Result<Vec<u8>, Fault>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    if length > MAX_DOCUMENT_BYTES as u64 {
        return Ok(Err(Fault::TooLarge));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(Ok(bytes))
}

fn look_at(bytes: &[u8]) -> Result<(), Fault> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(Fault::NotAPdf);
    }
    Ending::of(bytes).map_err(|unsealable| match unsealable {
        Unsealable::TooLarge { .. } => Fault::TooLarge,
        Unsealable::AlreadySealed => Fault::AlreadySealed,
        _ => Fault::BadEnding,
    })?;
    let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM_BYTES), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Fault::Encrypted,
        _ => Fault::Damaged,
    })?;
    if document.is_encrypted() && document.encryption_state.is_none() {
        return Err(Fault::Encrypted);
    }
    if document.xref_recovery.is_some() || leaves_objects_out(&document) {
        return Err(Fault::Damaged);
    }
    if document.page_iter().next().is_none() {
        return Err(Fault::NoPages);
    }
    document.objects.values().try_for_each(check_object)
}

/// Whether an object that the cross-reference names was not loaded. lopdf passes over what it cannot parse, above all
/// what is nested too deep; a viewer may read it all the same, so nothing that was not looked at is sealed.
fn leaves_objects_out(document: &Document) -> bool {
    let is_named = |entry: &XrefEntry| match entry {
        // Some programs write objects that are not there with the offset 0.
        XrefEntry::Normal { offset, .. } => *offset != 0,
        XrefEntry::Compressed { .. } => true,
        XrefEntry::Free | XrefEntry::UnusableFree => false,
    };
    // lopdf takes the dictionary of the encryption out after it has used it.
    let encryption = document.encryption_state.as_ref().and_then(EncryptionState::encrypt_object_id);
    let encryption = encryption.map(|(number, _)| number);
    let is_loaded = |number: u32| document.objects.range((number, 0)..=(number, u16::MAX)).next().is_some();
    let mut named = document.reference_table.entries.iter().filter(|(_, entry)| is_named(entry));
    named.any(|(number, _)| Some(*number) != encryption && !is_loaded(*number))
}

/// Looks for what makes a PDF more than paper, anywhere in an object.
fn check_object(object: &Object) -> Result<(), Fault> {
    match object {
        Object::Array(items) => items.iter().try_for_each(check_object),
        Object::Dictionary(dictionary) => check_dictionary(dictionary),
        Object::Stream(stream) => {
            if stream.dict.has(b"F") {
                return Err(Fault::ExternalStream);
            }
            check_dictionary(&stream.dict)
        }
        _ => Ok(()),
    }
}

fn check_dictionary(dictionary: &Dictionary) -> Result<(), Fault> {
    for (key, value) in dictionary {
        match (key.as_slice(), value) {
            (b"JS" | b"JavaScript", _) => return Err(Fault::JavaScript),
            (b"S", Object::Name(action)) if action == b"JavaScript" => return Err(Fault::JavaScript),
            (b"S", Object::Name(action)) if action == b"Launch" => return Err(Fault::Launch),
            (b"XFA", _) => return Err(Fault::Xfa),
            (_, value) => check_object(value)?,
        }
    }
    Ok(())
}
