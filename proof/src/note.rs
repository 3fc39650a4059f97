// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
C2SP signed notes: a text, a blank line, signature lines.

Parsing says only that the bytes have the form. Which signatures must be there is decided by the caller, since statements
refuse every unknown line ([`crate::statement`]) while checkpoints ignore them ([`crate::checkpoint`]).
*/

use crate::{
    encoding,
    key::{SignError, Signer, VerifyingKey, confirmed_signature, is_note_name},
};

/// The largest note that is read, in bytes. A `revoke` of 1,000 certificates has about 57,000.
pub const MAX_NOTE_BYTES: usize = 65_527;

/// The most signature lines that are read: a quorum of witnesses, each with room for a second key.
pub const MAX_SIGNATURES: usize = 32;

/// Why bytes are no signed note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoteError {
    /// Larger than the cap.
    #[error("{got} bytes, at most {MAX_NOTE_BYTES} are read")]
    TooLarge {
        /// Bytes found.
        got: usize,
    },
    /// Not UTF-8, or with control characters other than the line feed.
    #[error("not plain text")]
    NotText,
    /// No blank line between text and signatures, or nothing before it.
    #[error("no blank line between text and signatures")]
    NoText,
    /// A line after the blank one is not `— name base64`.
    #[error("a signature line is malformed")]
    BadSignatureLine,
    /// No signature line, or too many.
    #[error("{got} signature lines, 1 to {MAX_SIGNATURES} are read")]
    SignatureCount {
        /// Lines found.
        got: usize,
    },
}

/// A parsed note that borrows the bytes it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note<'a> {
    text: &'a str,
    signatures: Vec<SignatureLine<'a>>,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine<'a> {
    /// The name of the key that signed, by its own word.
    pub name: &'a str,
    /// The id of the key that signed: a hint.
    pub key_id: u32,
    /// The signature, of whatever length its type has.
    pub signature: Vec<u8>,
}

impl<'a> Note<'a> {
    /// Reads a note.
    ///
    /// # Errors
    /// If the bytes do not have the form.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLarge { got: bytes.len() });
        }
        let note = str::from_utf8(bytes).map_err(|_| NoteError::NotText)?;
        if note.bytes().any(|byte| byte < b' ' && byte != b'\n') {
            return Err(NoteError::NotText);
        }
        let blank = note.rfind("\n\n").ok_or(NoteError::NoText)?;
        let (text, lines) = (&note[..=blank], &note[blank + 2..]);
        if text == "\n" {
            return Err(NoteError::NoText);
        }
        let lines = lines.strip_suffix('\n').ok_or(NoteError::BadSignatureLine)?;
        let count = lines.split('\n').count();
        if count > MAX_SIGNATURES {
            return Err(NoteError::SignatureCount { got: count });
        }
        let signatures = lines.split('\n').map(SignatureLine::parse).collect::<Option<_>>();
        Ok(Self { text, signatures: signatures.ok_or(NoteError::BadSignatureLine)? })
    }

    /// The signed text with its last line feed.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The signature lines in their order.
    pub fn signatures(&self) -> &[SignatureLine<'a>] {
        &self.signatures
    }

    /// Whether exactly these keys signed, one line each, sorted by name and then by id.
    pub fn is_signed_by_exactly(&self, keys: &[&VerifyingKey]) -> bool {
        let mut keys = keys.to_vec();
        keys.sort_by_key(|key| (key.name(), key.id()));
        self.signatures.len() == keys.len()
            && self.signatures.iter().zip(keys).all(|(line, key)| line.is_by(key, self.text))
    }
}

impl<'a> SignatureLine<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let (name, signature) = line.strip_prefix("— ")?.split_once(' ')?;
        let signature = encoding::base64_decode(signature)?;
        let (id, signature) = signature.split_first_chunk()?;
        let well_formed = is_note_name(name) && !signature.is_empty();
        well_formed.then(|| Self { name, key_id: u32::from_be_bytes(*id), signature: signature.to_vec() })
    }

    /// Whether this line names the key. Says nothing about the signature.
    pub fn names(&self, key: &VerifyingKey) -> bool {
        self.name == key.name() && self.key_id == key.id()
    }

    /// Whether this line is the plain Ed25519 signature of `key` over `text`.
    pub fn is_by(&self, key: &VerifyingKey, text: &str) -> bool {
        let Ok(signature) = self.signature.as_slice().try_into() else { return false };
        self.names(key) && key.verifies(text.as_bytes(), signature)
    }
}

/// A note over `text` signed by each of `keys`, the lines sorted by name and then by id.
///
/// Each signature is verified before it is used: a device that signs wrongly does no harm.
///
/// # Errors
/// If one of the keys does not sign.
///
/// # Panics
/// If `text` does not end in a line feed.
pub fn sign<S: Signer + ?Sized>(text: &str, keys: &[&S]) -> Result<String, SignError> {
    assert!(text.ends_with('\n'), "a note's text ends in a line feed");
    let mut keys = keys.to_vec();
    keys.sort_by_key(|key| (key.verifying_key().name(), key.verifying_key().id()));
    let mut note = format!("{text}\n");
    for key in keys {
        note.push_str(&signature_line(key.verifying_key(), &confirmed_signature(key, text.as_bytes())?));
    }
    Ok(note)
}

pub(crate) fn signature_line(key: &VerifyingKey, signature: &[u8]) -> String {
    let bytes = [&key.id().to_be_bytes(), signature].concat();
    format!("— {} {}\n", key.name(), encoding::base64_encode(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{Algorithm, KeyName, SigningKey};

    const EXAMPLE: &str = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    const EXAMPLE_KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    fn key(name: &str, seed: u8) -> SigningKey {
        SigningKey::from_seed(&KeyName::parse(name).expect("a name"), Algorithm::Ed25519, &[seed; 32])
    }

    #[test]
    fn verifies_the_example_of_the_specification() {
        let key = EXAMPLE_KEY.parse().expect("the example is a key");
        let note = Note::parse(EXAMPLE.as_bytes()).expect("the example is a note");
        assert_eq!(note.text(), "This is an example message.\n");
        assert!(note.is_signed_by_exactly(&[&key]));
    }

    #[test]
    fn lines_are_sorted_by_name_and_exact() {
        let (a, b, c) = (key("a", 1), key("b", 2), key("c", 3));
        let bytes = sign("text\n", &[&b, &a]).expect("signed");
        let note = Note::parse(bytes.as_bytes()).expect("a note");
        assert!(note.is_signed_by_exactly(&[b.verifying_key(), a.verifying_key()]));
        assert!(!note.is_signed_by_exactly(&[a.verifying_key()]), "an extra line");
        assert!(
            !note.is_signed_by_exactly(&[a.verifying_key(), b.verifying_key(), c.verifying_key()]),
            "a missing line"
        );
        let (text, lines) = bytes.split_once("\n\n").expect("a note");
        let lines: Vec<_> = lines.lines().rev().collect();
        let swapped = format!("{text}\n\n{}\n", lines.join("\n"));
        let note = Note::parse(swapped.as_bytes()).expect("a note");
        assert!(!note.is_signed_by_exactly(&[a.verifying_key(), b.verifying_key()]), "reordered lines");
    }

    #[test]
    fn a_changed_byte_of_the_text_is_noticed() {
        let a = key("a", 1);
        let bytes = sign("text\n", &[&a]).expect("signed").replace("text", "test");
        assert!(!Note::parse(bytes.as_bytes()).expect("a note").is_signed_by_exactly(&[a.verifying_key()]));
    }

    #[test]
    fn a_signature_whose_scalar_is_not_reduced_is_refused() {
        let a = key("a", 1);
        let mut signature = a.sign(b"text\n");
        assert!(a.verifying_key().verifies(b"text\n", &signature));
        // s + L is the same scalar in a second spelling.
        let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        let mut carry = 0;
        for (byte, add) in signature[32..].iter_mut().zip(order) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            (*byte, carry) = (sum.to_le_bytes()[0], sum >> 8);
        }
        assert!(!a.verifying_key().verifies(b"text\n", &signature));
    }

    /// A device that signs something else than it was given, or nothing any more.
    #[derive(Debug)]
    struct Faulty(SigningKey, Result<&'static [u8], SignError>);

    impl Signer for Faulty {
        fn verifying_key(&self) -> &VerifyingKey {
            self.0.verifying_key()
        }

        fn sign(&self, _message: &[u8]) -> Result<[u8; 64], SignError> {
            self.1.clone().map(|message| self.0.sign(message))
        }
    }

    #[test]
    fn a_signature_that_is_missing_or_does_not_hold_makes_no_note() {
        let a = key("a", 1);
        let wrong = SignError::NotASignature { key: a.verifying_key().fingerprint() };
        assert_eq!(sign("text\n", &[&Faulty(a.clone(), Ok(b"other\n"))]), Err(wrong));
        let gone = SignError::Gone("removed".to_owned());
        let faulty = Faulty(a.clone(), Err(gone.clone()));
        assert_eq!(sign("text\n", &[&a as &dyn Signer, &faulty]), Err(gone));
        let right = sign("text\n", &[&Faulty(a.clone(), Ok(b"text\n")) as &dyn Signer]);
        assert_eq!(right, sign("text\n", &[&a]));
    }

    fn hex(text: &str) -> Vec<u8> {
        encoding::hex_decode(text.as_bytes()).expect("hex")
    }

    #[test]
    fn refuses_what_is_not_a_note() {
        let cases: [(&[u8], NoteError); 11] = [
            (b"", NoteError::NoText),
            (b"text\n", NoteError::NoText),
            (b"\n\n", NoteError::NoText),
            (b"text\n\n", NoteError::BadSignatureLine),
            ("text\n\n— a AAAAAAA=".as_bytes(), NoteError::BadSignatureLine),
            ("text\n\n- a AAAAAAA=\n".as_bytes(), NoteError::BadSignatureLine),
            ("text\n\n— a AAAA\n".as_bytes(), NoteError::BadSignatureLine),
            ("text\n\n— a+b AAAAAAA=\n".as_bytes(), NoteError::BadSignatureLine),
            ("text\n\n— a AAAAAAB=\n".as_bytes(), NoteError::BadSignatureLine),
            ("te\rxt\n\n— a AAAAAAA=\n".as_bytes(), NoteError::NotText),
            (b"te\xffxt\n\n", NoteError::NotText),
        ];
        for (bytes, error) in cases {
            assert_eq!(Note::parse(bytes), Err(error), "{:?}", String::from_utf8_lossy(bytes));
        }
        let many = format!("text\n\n{}", "— a AAAAAAA=\n".repeat(33));
        assert_eq!(Note::parse(many.as_bytes()), Err(NoteError::SignatureCount { got: 33 }));
        let large = vec![b'a'; MAX_NOTE_BYTES + 1];
        assert_eq!(Note::parse(&large), Err(NoteError::TooLarge { got: MAX_NOTE_BYTES + 1 }));
    }
}
