// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
How a school asks an authority for its accreditation: what it says of itself, signed with the key it wants accredited.

The signature proves only that whoever asks holds the key. Whether they are the school is for the authority to find out.
*/

use crate::{
    Timestamp,
    key::{KeyName, SignError, Signer, VerifyingKey},
    note::{self, Note},
    statement::{Kinds, Label, Land, Lines, SchoolNumber, StatementError, Writer, statement_key},
};

const HEADER: &str = "schulsiegel/request/v1";

/// What a school says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The key that it wants to sign with; its name is the school's key name.
    pub key: VerifyingKey,
    /// Its name for people.
    pub name: Label,
    /// Its official number.
    pub number: SchoolNumber,
    /// Where it is.
    pub place: Label,
    /// In which Land.
    pub state: Land,
    /// What it wants to issue.
    pub kinds: Kinds,
    /// When it asks, in its own word.
    pub time: Timestamp,
}

/// Why bytes are no request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// Not of the form.
    #[error(transparent)]
    Malformed(#[from] StatementError),
    /// Not signed by exactly the key that it names.
    #[error("the request is not signed with the key that it names")]
    BadSignature,
}

impl Request {
    /// The name under which the school signs.
    ///
    /// # Panics
    /// Never: a request's key has a name of the grammar.
    pub fn school(&self) -> KeyName {
        KeyName::parse(self.key.name()).expect("a statement key has a name of the grammar")
    }

    /// The signed request.
    ///
    /// # Errors
    /// If the key does not sign.
    pub fn sign<S: Signer + ?Sized>(&self, key: &S) -> Result<String, SignError> {
        let mut lines = Writer::new(HEADER);
        lines.put("key", &self.key);
        lines.put("name", &self.name);
        lines.put("number", &self.number);
        lines.put("place", &self.place);
        lines.put("state", &self.state);
        lines.put("kinds", &self.kinds);
        lines.put("time", &self.time);
        note::sign(&lines.finish(), &[key])
    }

    /// Reads a signed request and checks its signature.
    ///
    /// # Errors
    /// If it is not of the form, or not signed with the key that it names.
    pub fn parse(bytes: &[u8]) -> Result<Self, RequestError> {
        let note = Note::parse(bytes).map_err(StatementError::Note)?;
        let mut lines = Lines::new(note.text(), HEADER)?;
        let this = Self {
            key: lines.take("key", statement_key)?,
            name: lines.take("name", Label::parse)?,
            number: lines.take("number", SchoolNumber::parse)?,
            place: lines.take("place", Label::parse)?,
            state: lines.take("state", Land::parse)?,
            kinds: lines.take("kinds", Kinds::parse)?,
            time: lines.take("time", Timestamp::parse)?,
        };
        lines.end()?;
        if note.is_signed_by_exactly(&[&this.key]) { Ok(this) } else { Err(RequestError::BadSignature) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{Algorithm, SigningKey};

    #[test]
    fn proves_possession_of_the_key() {
        let name = KeyName::parse("schule/07/12345").expect("a name");
        let key = SigningKey::from_seed(&name, Algorithm::Ed25519, &[1; 32]);
        let other = SigningKey::from_seed(&name, Algorithm::Ed25519, &[2; 32]);
        let request = Request {
            key: key.verifying_key().clone(),
            name: Label::parse("Gymnasium am Mühlenberg").expect("a label"),
            number: SchoolNumber::parse("12345").expect("a number"),
            place: Label::parse("Mainz").expect("a label"),
            state: Land::parse("07").expect("a Land"),
            kinds: Kinds::All,
            time: Timestamp::EPOCH,
        };
        let signed = |key: &SigningKey| request.sign(key).expect("signed");
        assert_eq!(Request::parse(signed(&key).as_bytes()), Ok(request.clone()));
        assert_eq!(Request::parse(signed(&other).as_bytes()), Err(RequestError::BadSignature));
        let renamed = signed(&key).replace("Mainz", "Trier");
        assert_eq!(Request::parse(renamed.as_bytes()), Err(RequestError::BadSignature));
        let short = signed(&key).replace("place Mainz\n", "");
        let missing = RequestError::Malformed(StatementError::BadLine { line: "place" });
        assert_eq!(Request::parse(short.as_bytes()), Err(missing));
    }
}
