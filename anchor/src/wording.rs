// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What goes wrong with ledgers, in words for people: from an error of this crate to a message in German and English with
a hint what to do.

Here rather than in a binary, because every program meets these errors and should speak of them in one voice. The words
stand in `ledger.ftl` of the crate `cli`.
*/

mod desk;
mod keys;

use cli::{Arg, Exit, Failure, Message, Time};
use proof::{
    Hash, Timestamp,
    authority::{Authority, AuthorityError, AuthorityFault},
    key::KeyError,
    policy::{CheckpointError, PolicyError, PolicyFault},
    register::Refusal,
    replica::ReplicaError,
    statement::{Kinds, Land},
};

use crate::{
    follow::FollowError,
    ledger::{AppendError, ReadError},
    ministry::MinistryError,
    store::OpenError,
    trust::{MaxAge, TrustError},
};

pub use desk::{delivery_error, desk_failure, trouble_failure};
pub use keys::{passphrase_failure, private_key_failure, sign_failure, token_failure};

/// A ledger cannot be made or opened: exit code 64 where the configuration is to blame, 1 where the ledger is.
pub fn open_failure(error: &OpenError) -> Failure {
    match error {
        OpenError::NotFound(folder) => Failure::usage(Message::new("ledger-not-found").with("folder", folder)),
        OpenError::NoTables(place) => Failure::usage(Message::new("ledger-no-tables").with("place", place)),
        OpenError::HasTables(place) => Failure::usage(Message::new("ledger-has-tables").with("place", place)),
        OpenError::NoKeys(place) => Failure::usage(Message::new("ledger-no-keys").with("place", place)),
        OpenError::OtherKeys { folder, place } => {
            Failure::usage(Message::new("ledger-other-keys").with("folder", folder).with("place", place))
        }
        OpenError::NotDurable => Failure::usage(Message::new("ledger-not-durable")),
        OpenError::NotEmpty(folder) => Failure::usage(Message::new("ledger-not-empty").with("folder", folder)),
        OpenError::NetworkFileSystem { folder, kind } => {
            Failure::usage(Message::new("ledger-on-network").with("folder", folder).with("kind", kind))
        }
        OpenError::Io { path, source } => {
            Failure::refused(Message::new("ledger-io").with("path", path).with("reason", source))
        }
        OpenError::Key(error) => private_key_failure(error),
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
        TrustError::Ledger(error) => return open_failure(error),
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

/// A ministry's folder cannot be used: exit code 64; or it does not sign: exit code 1.
pub fn ministry_failure(error: &MinistryError) -> Failure {
    match error {
        MinistryError::Io { path, source } => {
            Failure::usage(Message::new("ministry-io").with("path", path).with("reason", source))
        }
        MinistryError::Config { path, text } => {
            Failure::usage(Message::new("ministry-bad-config").with("path", path).with("text", text))
        }
        MinistryError::Key(error) => private_key_failure(error),
        MinistryError::Sign(error) => sign_failure(error),
        MinistryError::BrokenChain { path } => {
            Failure::refused(Message::new("ministry-broken-chain").with("path", path))
        }
        MinistryError::Overtaken { path } => Failure::refused(Message::new("ministry-overtaken").with("path", path)),
        MinistryError::NotServed { ledger } => {
            Failure::refused(Message::new("ministry-not-served").with("ledger", ledger.as_str()))
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
        Refusal::WrongLand { got, wanted } => message.with("got", land(got)).with("wanted", land(wanted)),
        Refusal::WrongSeq { got, wanted } | Refusal::FromIndexAhead { got, wanted } => {
            message.with("got", got).with("wanted", wanted)
        }
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

/// The kinds of an accreditation.
pub fn kinds(kinds: &Kinds) -> Arg {
    match kinds {
        Kinds::All => Message::new("accredit-all-kinds").into(),
        Kinds::These(_) => kinds.to_string().replace(' ', ", ").into(),
    }
}

/// An age, such as 7 days.
pub fn age(age: MaxAge) -> Message {
    let (count, unit) = age.parts();
    Message::of_code("age", unit).with("count", count)
}

/// For which entries of a ledger a pinned key counts.
pub fn window(authority: &Authority) -> Message {
    let (first, message) = (authority.first.0.to_string(), |id| Message::of_code("window", id));
    match (authority.first.0, authority.end) {
        (0, None) => message("all"),
        (_, None) => message("from").with("first", first),
        (_, Some(end)) => message("closed").with("first", first).with("end", end.0.to_string()),
    }
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

#[cfg(test)]
mod tests {
    use std::{io, path::Path};

    use cli::{
        Lang, Words,
        testing::{assert_codes_exist, assert_ids_exist},
    };

    use super::*;
    use crate::keys::PrivateKeyError;

    fn of(text: &str) -> Land {
        Land::parse(text).expect("a Land")
    }

    fn every_refusal() -> Vec<Refusal> {
        let with_values = [
            Refusal::WrongLand { got: of("05"), wanted: of("07") },
            Refusal::WrongSeq { got: 1, wanted: 2 },
            Refusal::FromIndexAhead { got: 3, wanted: 2 },
        ];
        Refusal::PLAIN.into_iter().chain(with_values).collect()
    }

    #[test]
    fn every_message_has_its_words() {
        assert_ids_exist(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        let refusals = every_refusal();
        assert_codes_exist("refusal", refusals.iter().map(|refusal| refusal.code()));
        assert_codes_exist("refusal-advice", refusals.iter().map(|refusal| refusal.code()));
        let keys: Vec<_> = (1..=16).map(|key| format!("{key:02}")).collect();
        assert_codes_exist("land", keys.iter().map(String::as_str));
        assert_codes_exist("age", ["90m", "36h", "7d"].map(|text| MaxAge::parse(text).expect("an age").parts().1));
        assert_codes_exist("window", ["all", "from", "closed"]);
    }

    #[test]
    fn a_refusal_comes_with_its_reason_its_code_and_advice() {
        let failure = append_failure(&AppendError::Rejected(Refusal::WrongLand { got: of("05"), wanted: of("07") }));
        assert_eq!(failure.exit, Exit::Refused);
        let [de, en] = Lang::ALL.map(Words::new);
        assert_eq!(
            en.text(&failure.message),
            "The ledger refuses the statement: it concerns North Rhine-Westphalia, but the ministry acts for \
             Rhineland-Palatinate (code: wrong_land)."
        );
        assert_eq!(
            de.hint(&failure.message).as_deref(),
            Some("Zuständig ist das Ministerium des Landes, in dem die Schule liegt.")
        );
    }

    /// Every failure that people meet says in both languages what to do, and leaves no variable open.
    #[test]
    fn every_failure_has_a_hint_and_its_exit_code() {
        let path = || Path::new("x").to_path_buf();
        let source = || io::Error::from(io::ErrorKind::PermissionDenied);
        let (hash, text) = (Hash([0; 32]), String::new);
        let fault = AuthorityError { line: 1, fault: AuthorityFault::BadKey };
        let origin = || proof::key::KeyName::parse("a").expect("a name");
        let time = Timestamp::EPOCH;
        let failures = [
            (64, open_failure(&OpenError::NotFound(path()))),
            (64, open_failure(&OpenError::NotEmpty(path()))),
            (64, open_failure(&OpenError::NetworkFileSystem { folder: path(), kind: text() })),
            (1, open_failure(&OpenError::Io { path: path(), source: source() })),
            (64, open_failure(&OpenError::Key(PrivateKeyError::NotPrivate { path: path() }))),
            (64, open_failure(&OpenError::Authorities(fault))),
            (1, open_failure(&OpenError::Read(ReadError::OutOfRange { size: 1 }))),
            (1, open_failure(&OpenError::RolledBack { got: 1, wanted: 2 })),
            (1, open_failure(&OpenError::Forked { size: 1, got: hash, wanted: hash })),
            (1, open_failure(&OpenError::Damaged(text()))),
            (1, read_failure(&ReadError::Unavailable(text()))),
            (1, read_failure(&ReadError::Damaged(text()))),
            (1, append_failure(&AppendError::Conflict { got: 1, wanted: 2 })),
            (1, append_failure(&AppendError::Unavailable(text()))),
            (1, append_failure(&AppendError::Damaged(text()))),
            (1, append_failure(&AppendError::ClockBehind { now: time, last: time })),
            (2, append_failure(&AppendError::OutcomeUnknown(text()))),
            (64, follow_failure(&FollowError::Checkpoint(CheckpointError::UnknownLedger { origin: origin() }))),
            (1, follow_failure(&FollowError::Checkpoint(CheckpointError::Malformed))),
            (1, follow_failure(&FollowError::Replica(ReplicaError::Missing { got: 1, wanted: 2 }))),
            (1, follow_failure(&FollowError::Replica(ReplicaError::OtherRoot { got: hash, wanted: hash }))),
            (1, follow_failure(&FollowError::Replica(ReplicaError::AheadOfCosignatures))),
            (64, follow_failure(&FollowError::OtherLedger { got: origin(), wanted: origin() })),
            (64, trust_failure(&TrustError::Io { path: path(), source: source() })),
            (64, trust_failure(&TrustError::Authorities { path: path(), source: fault })),
            (64, trust_failure(&TrustError::MaxAge { path: path() })),
            (64, trust_failure(&TrustError::Ledgers { path: path(), line: 1 })),
            (64, ministry_failure(&MinistryError::Io { path: path(), source: source() })),
            (64, ministry_failure(&MinistryError::Config { path: path(), text: text() })),
            (1, ministry_failure(&MinistryError::BrokenChain { path: path() })),
            (1, ministry_failure(&MinistryError::OtherLand { got: of("05"), wanted: of("07") })),
        ];
        assert_worded(&failures);
    }

    /// Each ends with its exit code and has a text and a hint in both languages, without a gap.
    pub(super) fn assert_worded(failures: &[(u8, Failure)]) {
        for words in Lang::ALL.map(Words::new) {
            for (exit, failure) in failures {
                let id = failure.message.id();
                assert_eq!(failure.exit as u8, *exit, "{id}");
                let hint = words.hint(&failure.message).unwrap_or_else(|| panic!("{id} has no hint"));
                let said = format!("{}{hint}", words.text(&failure.message));
                assert!(!said.contains('{'), "{id}: {said}");
            }
        }
    }

    #[test]
    fn the_smaller_number_is_the_one_that_is_there() {
        let [_, en] = Lang::ALL.map(Words::new);
        for (got, wanted) in [(3, 5), (5, 3)] {
            let failure = follow_failure(&FollowError::Replica(ReplicaError::Missing { got, wanted }));
            assert_eq!(en.text(&failure.message), "The ledger lacks entries: it has 3, 5 were published.");
        }
    }
}
