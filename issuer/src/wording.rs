// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What goes wrong while sealing, in words.

use std::path::Path;

use anchor::{
    follow::FollowError,
    store::OpenError,
    wording::{
        append_failure, follow_failure, open_failure, private_key_failure, refusal, sign_failure, trust_failure,
    },
};
use cli::{Exit, Failure, Message};
use issuer::{
    config::{Config, ConfigError},
    prove::ProveError,
    register::RegisterError,
    seal::SealError,
    setup::SetupError,
    status::Unpinned,
};
use proof::{batch::BatchError, register::Refusal, statement::Land};

pub(crate) fn config_failure(error: &ConfigError) -> Failure {
    Failure::usage(match error {
        ConfigError::Io { path, source } if source.kind() == std::io::ErrorKind::NotFound => {
            Message::new("config-missing").with("path", path)
        }
        ConfigError::Io { path, source } if source.kind() == std::io::ErrorKind::AlreadyExists => {
            Message::new("config-exists").with("path", path)
        }
        ConfigError::Io { path, source } => Message::new("cannot-read").with("path", path).with("reason", source),
        ConfigError::Malformed { path, text } => Message::new("config-malformed").with("path", path).with("text", text),
        ConfigError::BadValue { path, field, value } => Message::new("config-bad-value")
            .with("path", path)
            .with("field", *field)
            .with("value", cli::discreet(value)),
        other => Message::new("config-other").with("text", other.to_string()),
    })
}

pub(crate) fn setup_failure(error: &SetupError) -> Failure {
    match error {
        SetupError::Config(error) => config_failure(error),
        SetupError::Key(error) => private_key_failure(error),
        SetupError::Sign(error) => sign_failure(error),
        SetupError::Io { path, source } => Failure::cannot_write(Exit::Usage, path, source),
    }
}

pub(crate) fn register_failure(error: &RegisterError) -> Failure {
    Failure::refused(match error {
        RegisterError::Io { path, source } => Message::new("cannot-read").with("path", path).with("reason", source),
        RegisterError::Database { path, source } => {
            Message::new("register-failed").with("path", path).with("text", source.to_string())
        }
        RegisterError::NotARegister { path } => Message::new("register-not-one").with("path", path),
        other => Message::new("config-other").with("text", other.to_string()),
    })
}

/// What can go wrong when the ledger is only looked at.
pub(crate) fn view_failure(error: &SealError) -> Failure {
    match error {
        SealError::Trust(error) => trust_failure(error),
        SealError::Open(error) => no_ledger_there(error).unwrap_or_else(|| open_failure(error)),
        SealError::NoLedger => Failure::usage(Message::new("issue-no-ledger")),
        SealError::Follow(FollowError::Open(error)) => no_ledger_there(error).unwrap_or_else(|| open_failure(error)),
        SealError::Follow(error) => follow_failure(error),
        SealError::Register(error) => register_failure(error),
        other => internal(&other.to_string()),
    }
}

/// `request` is what the school sends to its ministry, if that is what is missing.
pub(crate) fn seal_failure(error: &SealError, request: &Path, of: Land) -> Failure {
    match error {
        SealError::Sign(error) => sign_failure(error),
        SealError::Trust(error) => trust_failure(error),
        SealError::Open(error) => no_ledger_there(error).unwrap_or_else(|| open_failure(error)),
        SealError::NoLedger => Failure::usage(Message::new("issue-no-ledger")),
        SealError::Follow(FollowError::Open(error)) => no_ledger_there(error).unwrap_or_else(|| open_failure(error)),
        SealError::Follow(error) | SealError::Prove(ProveError::Follow(error)) => follow_failure(error),
        SealError::Register(error) => register_failure(error),
        SealError::MayNotIssue(Refusal::UnknownIssuer) => Failure::refused(
            Message::new("issue-not-accredited")
                .with("request", request)
                .with("ministry", Message::of_code("ministry", &of.to_string())),
        ),
        SealError::MayNotIssue(
            reason @ (Refusal::Suspended | Refusal::KeyCompromised | Refusal::KeyRetired | Refusal::TooManyRotations),
        ) => Failure::refused(
            Message::of_code("school", reason.code())
                .with("ministry", Message::of_code("ministry", &of.to_string()))
                .with("request", request),
        ),
        SealError::MayNotIssue(reason) => Failure::refused(
            Message::new("issue-may-not")
                .with("reason", refusal(*reason))
                .with("code", reason.code())
                .with("ministry", Message::of_code("ministry", &of.to_string())),
        ),
        SealError::Batch(BatchError::TooLarge { got }) => {
            Failure::refused(Message::new("issue-too-many").with("count", *got))
        }
        SealError::Batch(error) => internal(&error.to_string()),
        SealError::Statement(error) => internal(&error.to_string()),
        SealError::NoRandomness => Failure::refused(Message::new("issue-no-randomness")),
        SealError::NoSpace { needed, free } => Failure::refused(
            Message::new("issue-no-space").with("needed", needed.div_ceil(1_000_000)).with("free", free / 1_000_000),
        ),
        SealError::NotAppended(error) => append_failure(error),
        SealError::OutcomeUnknown(error) => {
            Failure::undecided(Message::new("issue-outcome-unknown")).detail(append_failure(error).message)
        }
        SealError::Unfinished(error) => {
            Failure::undecided(Message::new("issue-unfinished")).detail(seal_failure(error, request, of).message)
        }
        SealError::Prove(error) => Failure::refused(Message::new("issue-not-provable").with("text", error.to_string())),
        SealError::SelfCheck(reason) => {
            let reason = reason.map_or("", proof::verdict::Reason::code);
            Failure::refused(Message::new("issue-self-check").with("reason", Message::of_code("reason", reason)))
        }
        SealError::Output(error) => Failure::cannot_write(Exit::Refused, &error.path, &error.source),
        other => internal(&other.to_string()),
    }
}

/// What an accreditation says that the school's trust folder does not believe. A key shows on the ledger by the first
/// digits of its fingerprint only.
pub(crate) fn unpinned(message: Message, unpinned: &Unpinned, config: &Config) -> Message {
    let key_id = format!("{:08x}", unpinned.key_id);
    let (first, last) = key_id.split_at(4);
    message
        .with("authority", unpinned.authority.as_str())
        .with("fingerprint", format!("{first} {last}"))
        .with("index", unpinned.index.0.to_string())
        .with("reason", refusal(unpinned.refusal))
        .with("key", unpinned.school_key.to_string())
        .with("trust", &config.trust)
        .with("ministry", Message::of_code("ministry", &config.land.to_string()))
}

/// A ledger that is not where the school looks for it. What `anchor` advises, an option, `issuer` does not have.
fn no_ledger_there(error: &OpenError) -> Option<Failure> {
    let OpenError::NotFound(folder) = error else { return None };
    Some(Failure::usage(Message::new("issue-ledger-missing").with("folder", folder)))
}

fn internal(text: &str) -> Failure {
    Failure::new(Exit::Internal, Message::new("config-other").with("text", text))
}
