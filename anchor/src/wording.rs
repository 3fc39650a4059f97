// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What goes wrong with ledgers, in words for people: from an error of this crate to a message in German and English with
a hint what to do.

Here rather than in a binary, because every program meets these errors and should speak of them in one voice. The words
stand in `ledger.ftl` of the crate `cli`.
*/

use cli::{Arg, Exit, Failure, Message, Time};
use proof::{
    Hash, Timestamp,
    authority::{AuthorityError, AuthorityFault},
    key::KeyError,
    policy::{CheckpointError, PolicyError, PolicyFault},
    register::Refusal,
    replica::ReplicaError,
    statement::Land,
};

use crate::{
    follow::FollowError,
    keys::KeyFileError,
    ledger::{AppendError, ReadError},
    ministry::MinistryError,
    sqlite::OpenError,
    trust::TrustError,
};

/// A ledger cannot be made or opened: exit code 64 where the configuration is to blame, 1 where the ledger is.
pub fn open_failure(error: &OpenError) -> Failure {
    match error {
        OpenError::NotFound(folder) => Failure::usage(Message::new("ledger-not-found").with("folder", folder)),
        OpenError::NotEmpty(folder) => Failure::usage(Message::new("ledger-not-empty").with("folder", folder)),
        OpenError::NetworkFileSystem { folder, kind } => {
            Failure::usage(Message::new("ledger-on-network").with("folder", folder).with("kind", kind))
        }
        OpenError::Io { path, source } => {
            Failure::refused(Message::new("ledger-io").with("path", path).with("reason", source))
        }
        OpenError::Key(error) => key_file_failure(error),
        OpenError::Authorities(AuthorityError { line, fault }) => Failure::usage(
            Message::new("ledger-bad-authorities").with("line", *line).with("reason", authority_fault(*fault)),
        ),
        OpenError::Read(error) => read_failure(error),
        OpenError::RolledBack { got, wanted } => rolled_back(*got, *wanted),
        OpenError::Forked { size, got, wanted } => {
            forked(Message::new("ledger-forked").with("size", *size), got, wanted)
        }
        OpenError::Damaged(text) => damaged(text),
    }
}

/// A ledger cannot be read: exit code 1.
pub fn read_failure(error: &ReadError) -> Failure {
    match error {
        ReadError::Unavailable(text) => Failure::refused(Message::new("ledger-unavailable").with("text", text)),
        ReadError::Damaged(text) => damaged(text),
        ReadError::OutOfRange { size } => Failure::refused(Message::new("ledger-too-short").with("size", *size)),
    }
}

/// A statement was not appended: exit code 1; or nobody knows: exit code 2.
pub fn append_failure(error: &AppendError) -> Failure {
    match error {
        AppendError::Rejected(refused) => Failure::refused(
            Message::new("append-rejected")
                .with("reason", refusal(*refused))
                .with("code", refused.code())
                .with("advice", refusal_advice(*refused)),
        ),
        AppendError::Conflict { .. } => Failure::refused(Message::new("append-conflict")),
        AppendError::Unavailable(text) => Failure::refused(Message::new("append-unavailable").with("text", text)),
        AppendError::Damaged(text) => damaged(text),
        AppendError::ClockBehind { now, last } => {
            Failure::refused(Message::new("append-clock-behind").with("now", time(*now)).with("last", time(*last)))
        }
        AppendError::OutcomeUnknown(text) => {
            Failure::undecided(Message::new("append-outcome-unknown").with("text", text))
        }
    }
}

/// A ledger is not believed: exit codes as in [`open_failure`] and [`read_failure`].
pub fn follow_failure(error: &FollowError) -> Failure {
    match error {
        FollowError::Open(error) => open_failure(error),
        FollowError::Read(error) => read_failure(error),
        FollowError::Checkpoint(error) => checkpoint_failure(error),
        // Either may be the larger one: a checkpoint may cover more than there is, or less than it did before.
        FollowError::Replica(ReplicaError::Missing { got, wanted }) => rolled_back(*got.min(wanted), *got.max(wanted)),
        FollowError::Replica(ReplicaError::OtherRoot { got, wanted }) => {
            forked(Message::new("ledger-other-root"), got, wanted)
        }
        FollowError::Replica(error) => damaged(&error.to_string()),
        FollowError::OtherLedger { got, wanted } => {
            Failure::usage(Message::new("ledger-is-another").with("got", got.as_str()).with("wanted", wanted.as_str()))
        }
    }
}

/// A checkpoint is not believed: exit code 64 if the trust folder does not know the ledger, 1 otherwise.
pub fn checkpoint_failure(error: &CheckpointError) -> Failure {
    match error {
        CheckpointError::UnknownLedger { origin } => {
            Failure::usage(Message::new("ledger-not-trusted").with("origin", origin.as_str()))
        }
        other => damaged(&other.to_string()),
    }
}

/// A trust folder cannot be used: exit code 64.
pub fn trust_failure(error: &TrustError) -> Failure {
    Failure::usage(match error {
        TrustError::Io { path, source } => Message::new("trust-io").with("path", path).with("reason", source),
        TrustError::Policy { path, source: PolicyError { line, fault } } => {
            trust_line(path, *line).with("reason", policy_fault(*fault))
        }
        TrustError::Authorities { path, source: AuthorityError { line, fault } } => {
            trust_line(path, *line).with("reason", authority_fault(*fault))
        }
        TrustError::MaxAge { path } => Message::new("trust-bad-max-age").with("path", path),
        TrustError::Ledgers { path, line } => trust_line(path, *line).with("reason", Message::new("trust-bad-ledgers")),
    })
}

fn trust_line(path: &std::path::Path, line: usize) -> Message {
    Message::new("trust-bad-line").with("path", path).with("line", line)
}

/// A key file cannot be used: exit code 64.
pub fn key_file_failure(error: &KeyFileError) -> Failure {
    Failure::usage(match error {
        KeyFileError::Io { path, source } => Message::new("key-io").with("path", path).with("reason", source),
        KeyFileError::NotPrivate { path } => Message::new("key-not-private").with("path", path),
        KeyFileError::NotAKey { path } => Message::new("key-not-a-key").with("path", path),
        KeyFileError::NoRandomness(error) => Message::new("key-no-randomness").with("text", error.to_string()),
    })
}

/// A ministry's folder cannot be used: exit code 64; or it does not sign: exit code 1.
pub fn ministry_failure(error: &MinistryError) -> Failure {
    match error {
        MinistryError::Io { path, source } => {
            Failure::usage(Message::new("ministry-io").with("path", path).with("reason", source))
        }
        MinistryError::Config { path, text } => {
            Failure::usage(Message::new("ministry-bad-config").with("path", path).with("text", text))
        }
        MinistryError::Key(error) => key_file_failure(error),
        MinistryError::BrokenChain { path } => {
            Failure::refused(Message::new("ministry-broken-chain").with("path", path))
        }
        MinistryError::Statement(error) => {
            Failure::refused(Message::new("ministry-bad-statement").with("text", error.to_string()))
        }
        MinistryError::OtherLand { got, wanted } => {
            Failure::refused(Message::new("ministry-other-land").with("got", land(*got)).with("wanted", land(*wanted)))
        }
    }
}

/// Why a statement does not count, as a clause without a full stop.
pub fn refusal(refusal: Refusal) -> Message {
    with_details(Message::of_code("refusal", refusal.code()), refusal)
}

/// What to do about a statement that does not count.
pub fn refusal_advice(refusal: Refusal) -> Message {
    with_details(Message::of_code("refusal-advice", refusal.code()), refusal)
}

fn with_details(message: Message, refusal: Refusal) -> Message {
    match refusal {
        Refusal::NotYetCounted { land: of } => message.with("land", land(of)),
        Refusal::WrongLand { got, wanted } => message.with("got", land(got)).with("wanted", land(wanted)),
        Refusal::WrongSeq { got, wanted } => message.with("got", got).with("wanted", wanted),
        _ => message,
    }
}

/// What is wrong with a line of a file of authorities, as a clause without a full stop.
pub fn authority_fault(fault: AuthorityFault) -> Message {
    match fault {
        AuthorityFault::NotText => Message::new("fault-not-text"),
        AuthorityFault::WordCount => Message::new("fault-word-count"),
        AuthorityFault::BadLand => Message::new("fault-bad-land"),
        AuthorityFault::BadKey => Message::new("fault-bad-key"),
        AuthorityFault::BadOrigin => Message::new("fault-bad-origin"),
        AuthorityFault::BadWindow => Message::new("fault-bad-window"),
        AuthorityFault::DuplicateKey => Message::new("fault-duplicate-key"),
        other => Message::new("fault-other").with("text", other.to_string()),
    }
}

/// What is wrong with a line of a policy, as a clause without a full stop.
pub fn policy_fault(fault: PolicyFault) -> Message {
    match fault {
        PolicyFault::NotText => Message::new("fault-not-text"),
        PolicyFault::UnknownLine => Message::new("fault-unknown-line"),
        PolicyFault::Key(KeyError::UnknownAlgorithm(_)) => Message::new("fault-unknown-algorithm"),
        PolicyFault::Key(_) | PolicyFault::WrongKeyType => Message::new("fault-bad-key"),
        PolicyFault::BadOrigin => Message::new("fault-bad-origin"),
        PolicyFault::DuplicateKey => Message::new("fault-duplicate-key"),
        PolicyFault::DuplicateName => Message::new("fault-duplicate-name"),
        PolicyFault::UnknownName => Message::new("fault-unknown-name"),
        PolicyFault::MemberTwice => Message::new("fault-member-twice"),
        PolicyFault::BadThreshold => Message::new("fault-bad-threshold"),
        PolicyFault::QuorumCount => Message::new("fault-quorum-count"),
        other => Message::new("fault-other").with("text", other.to_string()),
    }
}

/// The name of a Land.
pub fn land(land: Land) -> Message {
    Message::of_code("land", &land.to_string())
}

/// A time of the format as the terminal shows it.
pub fn time(time: Timestamp) -> Time {
    // The format ends with the year 9999.
    Time(i64::try_from(time.posix()).unwrap_or(i64::MAX))
}

fn rolled_back(got: u64, wanted: u64) -> Failure {
    Failure::refused(Message::new("ledger-rolled-back").with("got", got).with("wanted", wanted))
}

fn forked(message: Message, got: &Hash, wanted: &Hash) -> Failure {
    let detail = |id: Message, root: &Hash| id.with("root", Arg::Text(root.to_string()));
    Failure::refused(message)
        .detail(detail(Message::new("ledger-root-wanted"), wanted))
        .detail(detail(Message::new("ledger-root-got"), got))
}

fn damaged(text: &str) -> Failure {
    Failure::new(Exit::Refused, Message::new("ledger-damaged").with("text", text))
}
