// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Names and Ed25519 keys, written as C2SP verifier keys (`name+id+base64`).

The four-byte key id in a signature line is only a hint about which key to try: anybody can make another key with the
same id. Inside the program a key is known by its [`Fingerprint`], the whole hash.
*/

use core::{fmt, str::FromStr};

use ed25519_dalek::{Signature, Signer as _};
use serde::{Deserialize, Serialize};

use crate::{encoding, hash::Hash};

/// The name of a key or of a ledger: `[a-z0-9][a-z0-9./-]{0,99}`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct KeyName(String);

/// The name under which a ledger signs, which is the first line of its checkpoints.
pub type Origin = KeyName;

impl KeyName {
    /// Reads a name; `None` if it is not of the grammar.
    pub fn parse(text: &str) -> Option<Self> {
        let first = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let rest = text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'/' | b'-'));
        (first && rest && text.len() <= 100).then(|| Self(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for KeyName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a name of the grammar")
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The whole hash over name, algorithm and public key. Shown as hex in groups of four, to be read aloud.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Fingerprint(pub Hash);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hex = self.0.to_string();
        for (index, group) in hex.as_bytes().chunks(4).enumerate() {
            let space = if index == 0 { "" } else { " " };
            write!(f, "{space}{}", str::from_utf8(group).map_err(|_| fmt::Error)?)?;
        }
        Ok(())
    }
}

/// What a key signs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Algorithm {
    /// Plain Ed25519 over a note's text (type 0x01).
    Ed25519,
    /// A timestamped cosignature of a checkpoint (cosignature/v1, type 0x04).
    CosignatureV1,
}

impl Algorithm {
    const fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::CosignatureV1 => 0x04,
        }
    }
}

/// Why a text is no verifier key that this version can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Not `name+8 hex digits+base64`.
    #[error("not of the form name+id+key")]
    Malformed,
    /// The id does not follow from name and key.
    #[error("the key id does not belong to this name and key")]
    WrongId,
    /// A signature type that this version does not know.
    #[error("signature type {0:#04x} is not known to this version")]
    UnknownAlgorithm(u8),
    /// Not a point of the curve, not in canonical form, or of small order.
    #[error("the public key is not a usable Ed25519 key")]
    UnusableKey,
}

/// A public key with its name and purpose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyingKey {
    name: String,
    algorithm: Algorithm,
    key: ed25519_dalek::VerifyingKey,
    fingerprint: Fingerprint,
}

impl VerifyingKey {
    fn new(name: &str, algorithm: Algorithm, key: ed25519_dalek::VerifyingKey) -> Self {
        let digest = Hash::of(&[name.as_bytes(), b"\n", &[algorithm.byte()], key.as_bytes()]);
        Self { name: name.to_owned(), algorithm, key, fingerprint: Fingerprint(digest) }
    }

    /// The key with these 32 public bytes, as a device outside the program tells them.
    ///
    /// # Errors
    /// [`KeyError::UnusableKey`] if they are not a point of the curve, not in canonical form, or of small order.
    pub fn from_raw(name: &KeyName, algorithm: Algorithm, raw: &[u8; 32]) -> Result<Self, KeyError> {
        let key = usable_key(raw).ok_or(KeyError::UnusableKey)?;
        Ok(Self::new(name.as_str(), algorithm, key))
    }

    /// The name, as signature lines have it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of the fingerprint: a hint.
    pub fn id(&self) -> u32 {
        let [a, b, c, d, ..] = self.fingerprint.0.0;
        u32::from_be_bytes([a, b, c, d])
    }

    /// The whole hash, by which this key is known.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// What this key signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The 32 bytes of the public key.
    pub fn raw(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Strict Ed25519 verification (no small-order keys, no non-canonical encodings).
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

impl FromStr for VerifyingKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(material)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Malformed);
        };
        let id = encoding::hex_decode(id.as_bytes()).and_then(|id| <[u8; 4]>::try_from(id).ok());
        let (Some(id), Some(material)) = (id, encoding::base64_decode(material)) else {
            return Err(KeyError::Malformed);
        };
        if !is_note_name(name) {
            return Err(KeyError::Malformed);
        }
        let (&byte, key) = material.split_first().ok_or(KeyError::Malformed)?;
        let algorithm = match byte {
            0x01 => Algorithm::Ed25519,
            0x04 => Algorithm::CosignatureV1,
            other => return Err(KeyError::UnknownAlgorithm(other)),
        };
        let key = usable_key(key.try_into().map_err(|_| KeyError::Malformed)?).ok_or(KeyError::UnusableKey)?;
        let this = Self::new(name, algorithm, key);
        if this.id() == u32::from_be_bytes(id) { Ok(this) } else { Err(KeyError::WrongId) }
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let material = [&[self.algorithm.byte()], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{:08x}+{}", self.name, self.id(), encoding::base64_encode(&material))
    }
}

/// Whether a signed note may have this name in a signature line.
pub(crate) fn is_note_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c == '+' || c.is_whitespace() || c.is_control())
}

fn usable_key(bytes: &[u8; 32]) -> Option<ed25519_dalek::VerifyingKey> {
    let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).ok()?;
    let canonical = key.to_edwards().compress().as_bytes() == bytes;
    (canonical && !key.is_weak()).then_some(key)
}

/// Whatever signs with a private key, wherever that is: in memory, or in a device that never gives it out.
pub trait Signer: fmt::Debug + Send + Sync {
    /// The public half.
    fn verifying_key(&self) -> &VerifyingKey;

    /// The Ed25519 signature over a message. Whoever uses it verifies it first, as [`crate::note::sign`] does.
    ///
    /// # Errors
    /// If the key cannot be reached or does not sign. Nothing is signed then.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError>;
}

/// Why there is no signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The device that holds the key is gone or does not answer.
    #[error("the device with the private key is gone or does not answer: {0}")]
    Gone(String),
    /// The device that holds the key answers, but does not sign.
    #[error("the device with the private key does not sign: {0}")]
    Refused(String),
    /// What came back is no signature of this key over this message.
    #[error("what came back is not a signature of the key {key}")]
    NotASignature {
        /// Which key should have signed.
        key: Fingerprint,
    },
}

/// A signature that its public key has confirmed.
pub(crate) fn confirmed_signature<S: Signer + ?Sized>(key: &S, message: &[u8]) -> Result<[u8; 64], SignError> {
    let signature = key.sign(message)?;
    let public = key.verifying_key();
    if public.verifies(message, &signature) {
        Ok(signature)
    } else {
        Err(SignError::NotASignature { key: public.fingerprint() })
    }
}

/// A private key with its name and purpose. Wiped from memory when dropped; never shown.
#[derive(Clone)]
pub struct SigningKey {
    secret: ed25519_dalek::SigningKey,
    public: VerifyingKey,
}

impl SigningKey {
    /// The key that follows from 32 secret bytes.
    pub fn from_seed(name: &KeyName, algorithm: Algorithm, seed: &[u8; 32]) -> Self {
        let secret = ed25519_dalek::SigningKey::from_bytes(seed);
        let public = VerifyingKey::new(name.as_str(), algorithm, secret.verifying_key());
        Self { secret, public }
    }

    /// The public half.
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.public
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.secret.sign(message).to_bytes()
    }
}

impl Signer for SigningKey {
    fn verifying_key(&self) -> &VerifyingKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        Ok(SigningKey::sign(self, message))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the signed-note specification.
    const EXAMPLE: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    fn key_with(material: &[u8]) -> Result<VerifyingKey, KeyError> {
        let Hash([a, b, c, d, ..]) = Hash::of(&[b"x\n", material]);
        format!("x+{a:02x}{b:02x}{c:02x}{d:02x}+{}", encoding::base64_encode(material)).parse()
    }

    #[test]
    fn reads_and_writes_the_example_of_the_specification() {
        let key: VerifyingKey = EXAMPLE.parse().expect("the example is a key");
        assert_eq!(key.to_string(), EXAMPLE);
        assert_eq!((key.name(), key.id()), ("example.com/foo", 0x530d_903a));
    }

    #[test]
    fn refuses_what_is_not_a_key() {
        let bad = |text: String| text.parse::<VerifyingKey>();
        assert_eq!(bad(EXAMPLE.replace("530d903a", "530d903b")), Err(KeyError::WrongId));
        assert_eq!(bad(EXAMPLE.replace("530d903a", "530D903A")), Err(KeyError::Malformed));
        assert_eq!(bad(EXAMPLE.replace("example.com/foo", "example.com/bar")), Err(KeyError::WrongId));
        assert_eq!(bad(EXAMPLE.replace("example.com/foo", "")), Err(KeyError::Malformed));
        assert_eq!(bad(format!("{EXAMPLE}\n")), Err(KeyError::Malformed));
        assert_eq!(key_with(&[0x02; 33]), Err(KeyError::UnknownAlgorithm(2)));
        assert_eq!(key_with(&[0x01; 32]), Err(KeyError::Malformed));
    }

    #[test]
    fn refuses_keys_that_are_weak_or_not_canonical() {
        let material = |y: [u8; 32]| [[0x01].as_slice(), &y].concat();
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(key_with(&material(identity)), Err(KeyError::UnusableKey), "small order");
        // y = p + 3, which is 3 written in a second way.
        let mut above_p = [0xff; 32];
        (above_p[0], above_p[31]) = (0xf0, 0x7f);
        assert_eq!(key_with(&material(above_p)), Err(KeyError::UnusableKey), "not canonical");
    }

    #[test]
    fn public_bytes_make_the_same_key_as_secret_ones() {
        let name = KeyName::parse("a").expect("a name");
        let key = SigningKey::from_seed(&name, Algorithm::Ed25519, &[1; 32]);
        let public = SigningKey::verifying_key(&key);
        assert_eq!(VerifyingKey::from_raw(&name, Algorithm::Ed25519, &public.raw()).as_ref(), Ok(public));
        let weak = VerifyingKey::from_raw(&name, Algorithm::Ed25519, &[0; 32]);
        assert_eq!(weak, Err(KeyError::UnusableKey));
    }

    #[test]
    fn names_follow_the_grammar() {
        for good in ["a", "0", "schule.example/07/12345", &"a".repeat(100)] {
            assert!(KeyName::parse(good).is_some(), "{good}");
        }
        for bad in ["", ".a", "/a", "-a", "A", "a b", "a+b", "ä", "a\n", &"a".repeat(101)] {
            assert!(KeyName::parse(bad).is_none(), "{bad:?}");
        }
    }
}
