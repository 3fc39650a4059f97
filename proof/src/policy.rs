// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Which ledgers and witnesses a verifier believes: a C2SP trust policy (`log`, `witness`, `group`, `quorum` lines).
*/

mod merge;

use core::fmt::{self, Write};

use crate::{
    Timestamp,
    checkpoint::{Checkpoint, Cosigned, VerifiedCheckpoint, cosigned_at},
    key::{Algorithm, KeyError, KeyName, Origin, VerifyingKey},
    note::{Note, NoteError},
};

pub use merge::MergeError;

/// The largest policy that is read, in bytes.
pub const MAX_POLICY_BYTES: usize = 65_536;

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<Log>,
    members: Vec<Member>,
    quorum: Quorum,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Log {
    origin: Origin,
    key: VerifyingKey,
    url: Option<String>,
}

/// A witness or a group; groups name earlier members by their position.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Member {
    name: String,
    kind: MemberKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a policy has a few dozen members")]
enum MemberKind {
    Witness { key: VerifyingKey, url: Option<String> },
    Group { threshold: usize, members: Vec<usize> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quorum {
    None,
    Member(usize),
}

/// Why a text is no policy, and in which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct PolicyError {
    /// Line number, from 1; the line after the last when something is missing.
    pub line: usize,
    /// What is wrong with it.
    pub fault: PolicyFault,
}

/// What can be wrong with a line of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyFault {
    /// More than [`MAX_POLICY_BYTES`], or not text.
    #[error("the file is too large or not text")]
    NotText,
    /// Not one of the four kinds of lines, or with too few or too many words.
    #[error("not a log, witness, group or quorum line")]
    UnknownLine,
    /// No verifier key, or none that this version knows.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A log needs a plain Ed25519 key, a witness a cosignature/v1 key.
    #[error("a key of the wrong type for this line")]
    WrongKeyType,
    /// A log's key name is no origin.
    #[error("the log's name is not an origin")]
    BadOrigin,
    /// The same public key twice among logs or among witnesses.
    #[error("this public key stands here twice")]
    DuplicateKey,
    /// A name that is taken, or `none`.
    #[error("this name is already taken")]
    DuplicateName,
    /// A name that no earlier line defines.
    #[error("no earlier line defines this name")]
    UnknownName,
    /// A member of two groups, which would count twice.
    #[error("a member can stand in one group only")]
    MemberTwice,
    /// Not between 1 and the number of members.
    #[error("the threshold is not between 1 and the number of members")]
    BadThreshold,
    /// No quorum line, or two.
    #[error("exactly one quorum line is needed")]
    QuorumCount,
}

/// Why a checkpoint is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// No signed note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// A note, but no checkpoint of three lines.
    #[error("not a checkpoint")]
    Malformed,
    /// Of a ledger, or under a key, that the policy does not name.
    #[error("the ledger `{origin}` is not one that the policy names, or signs with another key")]
    UnknownLedger {
        /// The origin found.
        origin: Origin,
    },
    /// A line of a known key that does not hold.
    #[error("the signature of `{key}` does not hold")]
    BadSignature {
        /// The name of the key.
        key: String,
    },
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// Names the first line that is not of the grammar.
    pub fn parse(text: &[u8]) -> Result<Self, PolicyError> {
        let at = |line| move |fault| PolicyError { line, fault };
        let text = str::from_utf8(text).ok().filter(|text| text.len() <= MAX_POLICY_BYTES);
        let text = text.ok_or(PolicyFault::NotText).map_err(at(1))?;
        let mut draft = Draft::default();
        for (index, line) in text.split('\n').enumerate() {
            draft.line(line).map_err(at(index + 1))?;
        }
        draft.finish().map_err(at(text.split('\n').count()))
    }

    /// Checks who signed a checkpoint. `now` bounds cosignatures from the future.
    ///
    /// # Errors
    /// If it is no checkpoint, not of a ledger of this policy, or a line of a known key does not hold. A quorum that is
    /// not met is no error here but [`Cosigned::BelowQuorum`]: not every caller needs it.
    pub fn verify(&self, note: &[u8], now: Timestamp) -> Result<VerifiedCheckpoint, CheckpointError> {
        let note = Note::parse(note)?;
        let checkpoint = Checkpoint::parse(note.text()).ok_or(CheckpointError::Malformed)?;
        let of_origin = self.logs.iter().filter(|log| log.origin == checkpoint.origin);
        let (mut signed, mut seen) = (false, vec![None; self.members.len()]);
        for log in of_origin {
            for line in note.signatures().iter().filter(|line| line.names(&log.key)) {
                if !line.is_by(&log.key, note.text()) {
                    return Err(CheckpointError::BadSignature { key: line.name.to_owned() });
                }
                signed = true;
            }
        }
        if !signed {
            return Err(CheckpointError::UnknownLedger { origin: checkpoint.origin });
        }
        for (member, seen) in self.members.iter().zip(&mut seen) {
            let MemberKind::Witness { key, .. } = &member.kind else { continue };
            for line in note.signatures().iter().filter(|line| line.names(key)) {
                let seconds = cosigned_at(line, key, note.text());
                let seconds = seconds.ok_or_else(|| CheckpointError::BadSignature { key: line.name.to_owned() })?;
                let time = Timestamp::from_posix(seconds)
                    .filter(|time| *time > Timestamp::EPOCH && !time.is_ahead_of(now, crate::CLOCK_TOLERANCE_S));
                *seen = (*seen).max(time);
            }
        }
        Ok(VerifiedCheckpoint { checkpoint, cosigned: self.weigh(&seen) })
    }

    /// The ledgers of this policy.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        self.logs.iter().map(|log| &log.origin)
    }

    /// Every key that this policy trusts, with the word of its line (`log` or `witness`).
    pub fn keys(&self) -> impl Iterator<Item = (&'static str, &VerifyingKey)> {
        let logs = self.logs.iter().map(|log| ("log", &log.key));
        logs.chain(self.members.iter().filter_map(|member| match &member.kind {
            MemberKind::Witness { key, .. } => Some(("witness", key)),
            MemberKind::Group { .. } => None,
        }))
    }

    /// The greatest time that enough witnesses reach.
    fn weigh(&self, seen: &[Option<Timestamp>]) -> Cosigned {
        let Quorum::Member(quorum) = self.quorum else { return Cosigned::NotRequired };
        let mut times: Vec<_> = seen.iter().flatten().copied().collect();
        times.sort_unstable();
        let reached = times.into_iter().rev().find(|time| self.reaching(seen, *time)[quorum]);
        reached.map_or(Cosigned::BelowQuorum, Cosigned::AsOf)
    }

    /// Which members reach a time. A group stands behind its members, so that one pass is enough at any depth.
    fn reaching(&self, seen: &[Option<Timestamp>], time: Timestamp) -> Vec<bool> {
        let mut reaching = Vec::with_capacity(seen.len());
        for (member, seen) in self.members.iter().zip(seen) {
            reaching.push(match &member.kind {
                MemberKind::Witness { .. } => *seen >= Some(time),
                MemberKind::Group { threshold, members } => {
                    members.iter().filter(|member| reaching[**member]).count() >= *threshold
                }
            });
        }
        reaching
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Log { key, url, .. } in &self.logs {
            writeln!(f, "log {key}{}", with_space(url.as_deref()))?;
        }
        for Member { name, kind } in &self.members {
            match kind {
                MemberKind::Witness { key, url } => writeln!(f, "witness {name} {key}{}", with_space(url.as_deref()))?,
                MemberKind::Group { threshold, members } => {
                    write!(f, "group {name} {threshold}")?;
                    members.iter().try_for_each(|member| write!(f, " {}", self.members[*member].name))?;
                    f.write_char('\n')?;
                }
            }
        }
        match self.quorum {
            Quorum::None => writeln!(f, "quorum none"),
            Quorum::Member(member) => writeln!(f, "quorum {}", self.members[member].name),
        }
    }
}

fn with_space(url: Option<&str>) -> String {
    url.map_or_else(String::new, |url| format!(" {url}"))
}

/// A policy whose lines are still being read.
#[derive(Default)]
struct Draft {
    logs: Vec<Log>,
    members: Vec<Member>,
    grouped: Vec<usize>,
    quorum: Option<Quorum>,
}

impl Draft {
    fn line(&mut self, line: &str) -> Result<(), PolicyFault> {
        if line.contains(|c: char| c.is_ascii_control() && c != '\t') {
            return Err(PolicyFault::NotText);
        }
        let words: Vec<_> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        match words[..] {
            [] => Ok(()),
            [word, ..] if word.starts_with('#') => Ok(()),
            ["log", key] => self.log(key, None),
            ["log", key, url] => self.log(key, Some(url)),
            ["witness", name, key] => self.witness(name, key, None),
            ["witness", name, key, url] => self.witness(name, key, Some(url)),
            ["group", name, threshold, ref members @ ..] => self.group(name, threshold, members),
            ["quorum", name] => self.quorum(name),
            _ => Err(PolicyFault::UnknownLine),
        }
    }

    fn log(&mut self, key: &str, url: Option<&str>) -> Result<(), PolicyFault> {
        let key = key_of_type(key, Algorithm::Ed25519)?;
        if self.logs.iter().any(|log| log.key.raw() == key.raw()) {
            return Err(PolicyFault::DuplicateKey);
        }
        let origin = KeyName::parse(key.name()).ok_or(PolicyFault::BadOrigin)?;
        self.logs.push(Log { origin, key, url: url.map(str::to_owned) });
        Ok(())
    }

    fn witness(&mut self, name: &str, key: &str, url: Option<&str>) -> Result<(), PolicyFault> {
        let key = key_of_type(key, Algorithm::CosignatureV1)?;
        let twice = self.members.iter().any(|member| match &member.kind {
            MemberKind::Witness { key: other, .. } => other.raw() == key.raw(),
            MemberKind::Group { .. } => false,
        });
        if twice {
            return Err(PolicyFault::DuplicateKey);
        }
        self.member(name, MemberKind::Witness { key, url: url.map(str::to_owned) })
    }

    fn group(&mut self, name: &str, threshold: &str, members: &[&str]) -> Result<(), PolicyFault> {
        let members = members.iter().map(|name| self.position(name)).collect::<Result<Vec<_>, _>>()?;
        let threshold = match threshold {
            "all" => members.len(),
            "any" => 1,
            number => {
                let number = crate::encoding::decimal(number).and_then(|number| usize::try_from(number).ok());
                number.ok_or(PolicyFault::BadThreshold)?
            }
        };
        if threshold == 0 || threshold > members.len() {
            return Err(PolicyFault::BadThreshold);
        }
        for member in &members {
            if self.grouped.contains(member) {
                return Err(PolicyFault::MemberTwice);
            }
            self.grouped.push(*member);
        }
        self.member(name, MemberKind::Group { threshold, members })
    }

    fn quorum(&mut self, name: &str) -> Result<(), PolicyFault> {
        let quorum = if name == "none" { Quorum::None } else { Quorum::Member(self.position(name)?) };
        match self.quorum.replace(quorum) {
            None => Ok(()),
            Some(_) => Err(PolicyFault::QuorumCount),
        }
    }

    fn member(&mut self, name: &str, kind: MemberKind) -> Result<(), PolicyFault> {
        if name == "none" || self.position(name).is_ok() {
            return Err(PolicyFault::DuplicateName);
        }
        self.members.push(Member { name: name.to_owned(), kind });
        Ok(())
    }

    fn position(&self, name: &str) -> Result<usize, PolicyFault> {
        self.members.iter().position(|member| member.name == name).ok_or(PolicyFault::UnknownName)
    }

    fn finish(self) -> Result<Policy, PolicyFault> {
        let quorum = self.quorum.ok_or(PolicyFault::QuorumCount)?;
        Ok(Policy { logs: self.logs, members: self.members, quorum })
    }
}

fn key_of_type(text: &str, wanted: Algorithm) -> Result<VerifyingKey, PolicyFault> {
    let key: VerifyingKey = text.parse()?;
    if key.algorithm() == wanted { Ok(key) } else { Err(PolicyFault::WrongKeyType) }
}

#[cfg(test)]
mod tests;
