// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Private keys, passphrases and tokens in words.

use cli::{Failure, Message, Terminal};
use proof::key::SignError;

use crate::keys::{Passphrase, PassphraseError, Person, PrivateKeyError, Question, TokenError, TriesLeft};

/// A private key cannot be used: exit code 64; or its passphrase is wrong, or its token gone: exit code 1.
pub fn private_key_failure(error: &PrivateKeyError) -> Failure {
    Failure::usage(match error {
        PrivateKeyError::Io { path, source } => Message::new("key-io").with("path", path).with("reason", source),
        PrivateKeyError::NotPrivate { path } => Message::new("key-not-private").with("path", path),
        PrivateKeyError::NotAKey { path } => Message::new("key-not-a-key").with("path", path),
        PrivateKeyError::UnknownEncryption { path } => Message::new("key-unknown-encryption").with("path", path),
        PrivateKeyError::TooCostly { path } => Message::new("key-too-costly").with("path", path),
        PrivateKeyError::WrongPassphrase { key, left } => return wrong_passphrase(key, *left),
        PrivateKeyError::Passphrase(error) => return passphrase_failure(error),
        PrivateKeyError::Token(error) => return token_failure(error),
        PrivateKeyError::NoRandomness(error) => Message::new("key-no-randomness").with("text", error.to_string()),
    })
}

fn wrong_passphrase(key: &str, left: Option<TriesLeft>) -> Failure {
    let failure = |message: Message| Failure::refused(message.with("key", key));
    match left {
        None => failure(Message::new("key-wrong-passphrase")),
        Some(TriesLeft::Some) => failure(Message::new("token-wrong-pin")).detail(Message::new("token-tries-some")),
        Some(TriesLeft::One) => failure(Message::new("token-wrong-pin")).detail(Message::new("token-tries-one")),
        Some(TriesLeft::None) => failure(Message::new("token-wrong-pin")).detail(Message::new("token-tries-none")),
    }
}

/// A passphrase cannot be had: exit code 64.
pub fn passphrase_failure(error: &PassphraseError) -> Failure {
    Failure::usage(match error {
        PassphraseError::Io { path, source } => Message::new("passphrase-io").with("path", path).with("reason", source),
        PassphraseError::NotPrivate { path } => Message::new("passphrase-not-private").with("path", path),
        PassphraseError::Malformed { place } => Message::new("passphrase-malformed").with("place", place),
        PassphraseError::Missing { key } => Message::new("passphrase-missing").with("key", key),
        PassphraseError::MissingNew { key } => Message::new("passphrase-missing-new").with("key", key),
        PassphraseError::MissingChanged { key } => Message::new("passphrase-missing-changed").with("key", key),
        PassphraseError::TooShort { got, wanted } => {
            Message::new("passphrase-too-short").with("got", *got).with("wanted", *wanted)
        }
        PassphraseError::Differ => Message::new("passphrase-differ"),
    })
}

/// A token cannot be used: exit code 64 where the configuration is to blame, 1 where the token is.
pub fn token_failure(error: &TokenError) -> Failure {
    match error {
        TokenError::Module { module, text } => {
            Failure::usage(Message::new("token-module").with("path", module).with("text", text))
        }
        TokenError::Missing { token } => Failure::refused(Message::new("token-missing").with("token", token)),
        TokenError::Ambiguous { token } => Failure::usage(Message::new("token-ambiguous").with("token", token)),
        TokenError::Gone { token, text } => token_gone(&format!("{token}: {text}")),
        TokenError::Locked { token } => Failure::refused(Message::new("token-locked").with("token", token)),
        TokenError::NoKey { key } => Failure::usage(Message::new("token-no-key").with("key", key)),
        TokenError::KeyExists { key } => Failure::usage(Message::new("token-key-exists").with("key", key)),
        TokenError::NotAKey { key } => Failure::usage(Message::new("token-not-a-key").with("key", key)),
        TokenError::Unsuitable { token } => Failure::usage(Message::new("token-unsuitable").with("token", token)),
        TokenError::NeedsPin => Failure::usage(Message::new("token-needs-pin")),
        TokenError::Refused { token, text } => token_refused(&format!("{token}: {text}")),
    }
}

/// A key was opened, but does not sign: exit code 1. Nothing was signed.
pub fn sign_failure(error: &SignError) -> Failure {
    match error {
        SignError::Gone(text) => token_gone(text),
        SignError::Refused(text) => token_refused(text),
        other => Failure::refused(Message::new("token-wrong-signature").with("text", other.to_string())),
    }
}

fn token_gone(text: &str) -> Failure {
    Failure::refused(Message::new("token-gone").with("text", text))
}

fn token_refused(text: &str) -> Failure {
    Failure::refused(Message::new("token-refused").with("text", text))
}

/// The person at the terminal.
impl Person for Terminal {
    fn ask(&self, question: Question, key: &str) -> Option<Passphrase> {
        let message = match question {
            Question::Passphrase => Message::new("passphrase-question"),
            Question::Again => Message::new("passphrase-question-again"),
            Question::Pin => Message::new("passphrase-question-pin"),
            Question::New(characters) => Message::new("passphrase-question-new").with("wanted", characters),
            Question::NewLonger(characters) => Message::new("passphrase-question-longer").with("wanted", characters),
            Question::NewSame => Message::new("passphrase-question-same"),
            Question::Repeat => Message::new("passphrase-question-repeat"),
        };
        Passphrase::new(self.secret(&message.with("key", key))?)
    }
}

#[cfg(test)]
mod tests {
    use std::{io, path::PathBuf};

    use proof::{Hash, key::Fingerprint};

    use super::*;
    use crate::wording::tests::assert_worded;

    #[test]
    fn every_failure_has_its_exit_code_and_says_all_it_knows() {
        let (path, text) = (|| PathBuf::from("x"), || "x".to_owned());
        let source = || io::Error::from(io::ErrorKind::NotFound);
        let hash = Hash([0; 32]);
        assert_worded(&[
            (64, private_key_failure(&PrivateKeyError::Io { path: path(), source: source() })),
            (64, private_key_failure(&PrivateKeyError::NotAKey { path: path() })),
            (64, private_key_failure(&PrivateKeyError::UnknownEncryption { path: path() })),
            (64, private_key_failure(&PrivateKeyError::TooCostly { path: path() })),
            (1, private_key_failure(&PrivateKeyError::WrongPassphrase { key: text(), left: None })),
            (1, private_key_failure(&PrivateKeyError::WrongPassphrase { key: text(), left: Some(TriesLeft::One) })),
            (64, passphrase_failure(&PassphraseError::Io { path: path(), source: source() })),
            (64, passphrase_failure(&PassphraseError::NotPrivate { path: path() })),
            (64, passphrase_failure(&PassphraseError::Malformed { place: text() })),
            (64, passphrase_failure(&PassphraseError::Missing { key: text() })),
            (64, passphrase_failure(&PassphraseError::MissingNew { key: text() })),
            (64, passphrase_failure(&PassphraseError::MissingChanged { key: text() })),
            (64, passphrase_failure(&PassphraseError::TooShort { got: 3, wanted: 12 })),
            (64, passphrase_failure(&PassphraseError::Differ)),
            (64, token_failure(&TokenError::Module { module: path(), text: text() })),
            (1, token_failure(&TokenError::Missing { token: text() })),
            (64, token_failure(&TokenError::Ambiguous { token: text() })),
            (1, token_failure(&TokenError::Gone { token: text(), text: text() })),
            (1, token_failure(&TokenError::Locked { token: text() })),
            (64, token_failure(&TokenError::NoKey { key: text() })),
            (64, token_failure(&TokenError::KeyExists { key: text() })),
            (64, token_failure(&TokenError::NotAKey { key: text() })),
            (64, token_failure(&TokenError::Unsuitable { token: text() })),
            (64, token_failure(&TokenError::NeedsPin)),
            (1, token_failure(&TokenError::Refused { token: text(), text: text() })),
            (1, sign_failure(&SignError::Gone(text()))),
            (1, sign_failure(&SignError::Refused(text()))),
            (1, sign_failure(&SignError::NotASignature { key: Fingerprint(hash) })),
        ]);
    }
}
