// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `verifier sync`: brings the copies of the pinned ledgers up to date, from the ledgers or from a file.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use anchor::{
    clock::Clock,
    copy::{Alarm, AlarmKind, CopyError, CopyPlace, Known, Source, UpdateError},
    follow::{self, FollowError},
    ledger::Ledger,
    memory::Memory,
    snapshot::{Snapshot, SnapshotError},
    trust::Trust,
    wording,
};
use clap::Args;
use cli::{Exit, Failure, Message, Progress, Terminal};
use proof::{
    Timestamp,
    checkpoint::Cosigned,
    key::{KeyName, Origin},
    verdict::Reason,
};
use serde::Serialize;
use tokio::runtime::Runtime;
use verifier::{
    copies::{Copies, Synced, Syncer},
    trust,
};

#[derive(Debug, Args)]
pub(crate) struct Sync {
    #[arg(long, value_name = "DIR")]
    trust: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    copy: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    #[arg(long)]
    anew: bool,
    #[arg(long, value_name = "ORIGIN", conflicts_with_all = ["from", "anew", "json"])]
    acknowledge: Option<String>,
    #[arg(long)]
    json: bool,
}

impl Sync {
    pub(crate) fn run(self, terminal: &Terminal) -> Result<Exit, Failure> {
        let folder = trust::locate(self.trust.clone()).ok_or(Failure::usage(Message::new("check-no-trust")))?;
        let trust = Trust::load(&folder).map_err(|error| wording::trust_failure(&error))?;
        let copies = copies(self.copy.as_deref())?;
        if let Some(origin) = &self.acknowledge {
            return acknowledge(&copies, &trust, origin, terminal);
        }
        let work = Work { trust: &trust, copies: &copies, anew: self.anew, terminal, now: Clock::system().now() };
        match &self.from {
            None => self.sync_ledgers(&work),
            Some(path) => self.sync_file(&work, path),
        }
    }

    fn sync_ledgers(&self, work: &Work<'_>) -> Result<Exit, Failure> {
        let runtime = runtime()?;
        let mut exit = None;
        for origin in pinned(work.trust) {
            let outcome = runtime.block_on(work.sync_pinned(origin));
            exit = self.told(work, origin, &outcome, exit)?;
        }
        exit.ok_or(Failure::undecided(Message::new("sync-nothing")))
    }

    fn sync_file(&self, work: &Work<'_>, path: &Path) -> Result<Exit, Failure> {
        let runtime = runtime()?;
        let snapshot = Snapshot::open(path).map_err(|error| snapshot_failure(path, &error))?;
        let mut exit = None;
        for origin in snapshot.origins() {
            let Some(ledger) = snapshot.ledger(origin).filter(|_| pinned(work.trust).contains(origin)) else {
                work.terminal.remark(&Message::new("sync-not-pinned").with("ledger", origin.as_str()));
                continue;
            };
            let outcome = runtime.block_on(work.sync(&ledger, Source::Snapshot));
            exit = self.told(work, origin, &outcome, exit)?;
        }
        exit.ok_or(Failure::undecided(Message::new("sync-none-pinned").with("path", path)))
    }

    /// Tells what came of one ledger. Success of all is success.
    fn told(
        &self,
        work: &Work<'_>,
        origin: &Origin,
        outcome: &Result<Synced, SyncFailure>,
        exit: Option<Exit>,
    ) -> Result<Option<Exit>, Failure> {
        work.remark_on(origin, outcome);
        if self.json {
            work.terminal.line(&work.json_line(origin, outcome))?;
        } else if let Ok(synced) = outcome {
            work.terminal.say(&said(origin, synced))?;
        }
        Ok(Some(if outcome.is_ok() && exit.is_none_or(|exit| exit == Exit::Ok) { Exit::Ok } else { Exit::Undecided }))
    }
}

/// Why a copy was not brought up to date.
pub(crate) enum SyncFailure {
    /// The trust folder says no place for the ledger.
    NoPlace,
    /// Something with ledger or copy.
    Update(UpdateError),
}

impl SyncFailure {
    pub(crate) fn reason(&self) -> Reason {
        match self {
            Self::NoPlace => Reason::LedgerUnreachable,
            Self::Update(error) => error.reason(),
        }
    }
}

/// What a run works with.
pub(crate) struct Work<'a> {
    pub(crate) trust: &'a Trust,
    pub(crate) copies: &'a Copies,
    pub(crate) anew: bool,
    pub(crate) terminal: &'a Terminal,
    pub(crate) now: Timestamp,
}

impl Work<'_> {
    /// Brings the copy of one ledger up to date from where the trust folder says that it is.
    pub(crate) async fn sync_pinned(&self, origin: &Origin) -> Result<Synced, SyncFailure> {
        // An alarm is told also where the ledger cannot be reached.
        match self.place(origin).alarm() {
            Ok(None) => {}
            Ok(Some(alarm)) => return Err(SyncFailure::Update(UpdateError::Alarm(alarm))),
            Err(error) => return Err(SyncFailure::Update(error.into())),
        }
        let place = self.trust.ledgers.iter().find(|place| place.origin == *origin).ok_or(SyncFailure::NoPlace)?;
        let failed = |error: FollowError| SyncFailure::Update(error.into());
        let ledger = follow::open(&place.location).await.map_err(|error| failed(error.into()))?;
        if ledger.origin() != origin {
            let (got, wanted) = (ledger.origin().clone(), origin.clone());
            return Err(failed(FollowError::OtherLedger { got, wanted }));
        }
        self.sync(&*ledger, Source::Ledger).await
    }

    async fn sync(&self, ledger: &dyn Ledger, source: Source) -> Result<Synced, SyncFailure> {
        let memory = Memory::of_user();
        let syncer = Syncer { trust: self.trust, memory: memory.as_ref(), anew: self.anew, now: self.now };
        let (mut bar, mut shown): (Option<Progress>, u64) = (None, 0);
        let mut progress = |done: u64, total: u64| {
            let text = Message::new("sync-progress").with("ledger", ledger.origin().as_str());
            let bar = bar.get_or_insert_with(|| self.terminal.progress(&text, total));
            bar.inc(done.saturating_sub(shown));
            shown = done;
        };
        syncer.sync(&self.place(ledger.origin()), ledger, source, &mut progress).await.map_err(SyncFailure::Update)
    }

    pub(crate) fn place(&self, origin: &Origin) -> CopyPlace {
        self.copies.place(&self.trust.policy, origin)
    }

    /// Says on standard error what went wrong, or is worth a remark.
    pub(crate) fn remark_on(&self, origin: &Origin, outcome: &Result<Synced, SyncFailure>) {
        match outcome {
            Err(failure) => cli::report(self.terminal.words(), &self.failure(origin, failure)),
            Ok(synced) => {
                if let Some(path) = &synced.set_aside {
                    let remark = Message::new("sync-set-aside").with("ledger", origin.as_str()).with("path", path);
                    self.terminal.remark(&remark);
                }
                if synced.update.was_ahead {
                    self.terminal.remark(&Message::new("sync-was-ahead").with("ledger", origin.as_str()));
                }
                if synced.forgetful {
                    self.terminal.remark(&Message::new("check-forgetful"));
                }
            }
        }
    }

    fn failure(&self, origin: &Origin, failure: &SyncFailure) -> Failure {
        match failure {
            SyncFailure::NoPlace => failed(origin, Message::new("sync-no-place"), Message::new("sync-advice-place")),
            SyncFailure::Update(UpdateError::Alarm(alarm)) => alarm_failure(origin, alarm),
            SyncFailure::Update(UpdateError::Copy(error)) => copy_failure(error, origin),
            SyncFailure::Update(UpdateError::Ledger(error)) => {
                let message = wording::follow_failure(error).message;
                if error.reason() == Reason::LedgerUnreachable {
                    return failed(origin, message, Message::new("sync-advice-unreachable"));
                }
                let hint = self.terminal.words().hint(&message).unwrap_or_default();
                failed(origin, message, Message::new("sync-advice").with("text", hint))
            }
            SyncFailure::Update(other) => {
                let reason = Message::of_code("reason", other.reason().code());
                let hint = self.terminal.words().hint(&reason).unwrap_or_default();
                failed(origin, reason, Message::new("sync-advice").with("text", hint))
            }
        }
    }

    /// The JSON object of a ledger: every key always there. What failed tells size and time of the copy as it is.
    fn json_line(&self, origin: &Origin, outcome: &Result<Synced, SyncFailure>) -> String {
        let as_it_is = || self.place(origin).known(&self.trust.policy, self.now).ok().flatten();
        let known = outcome.as_ref().map_or_else(|_| as_it_is(), |synced| Some(synced.known.clone()));
        let evidence = match outcome {
            Err(SyncFailure::Update(UpdateError::Alarm(alarm))) => alarm.evidence.as_slice(),
            _ => &[],
        };
        let line = Line {
            ledger: origin.as_str(),
            reason: outcome.as_ref().err().map(|failure| failure.reason().code()),
            new_entries: outcome.as_ref().map_or(0, |synced| synced.update.new_entries),
            size: known.as_ref().map(|known| known.checkpoint().size.0),
            as_of: known.as_ref().and_then(as_of).map(|time| time.to_string()),
            evidence: evidence.iter().map(|path| path.to_string_lossy()).collect(),
        };
        serde_json::to_string(&line).expect("strings, numbers and nulls")
    }
}

/// What `--json` says of a ledger, in this order.
#[derive(Serialize)]
struct Line<'a> {
    ledger: &'a str,
    reason: Option<&'static str>,
    new_entries: u64,
    size: Option<u64>,
    as_of: Option<String>,
    evidence: Vec<Cow<'a, str>>,
}

/// The pinned ledgers, each once.
pub(crate) fn pinned(trust: &Trust) -> BTreeSet<&Origin> {
    trust.policy.origins().collect()
}

/// Takes the alarm about a ledger down.
fn acknowledge(copies: &Copies, trust: &Trust, origin: &str, terminal: &Terminal) -> Result<Exit, Failure> {
    let unknown = || Failure::usage(Message::new("ledger-not-trusted").with("origin", origin));
    let origin = KeyName::parse(origin).filter(|origin| pinned(trust).contains(origin)).ok_or_else(unknown)?;
    let place = copies.place(&trust.policy, &origin);
    let taken = place.acknowledge(Clock::system().now());
    let taken = taken.map_err(|error| Failure::cannot_write(Exit::Undecided, place.path(), &error))?;
    if !taken {
        return Err(Failure::usage(Message::new("sync-no-alarm").with("ledger", origin.as_str())));
    }
    terminal.say(&Message::new("sync-acknowledged").with("ledger", origin.as_str()))?;
    Ok(Exit::Ok)
}

/// The folder of copies that counts.
pub(crate) fn copies(named: Option<&Path>) -> Result<Copies, Failure> {
    let copies = named.map(Copies::new).or_else(Copies::of_user);
    copies.ok_or(Failure::usage(Message::new("sync-no-folder")))
}

pub(crate) fn runtime() -> Result<Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Failure::undecided(Message::new("no-runtime").with("reason", &error)))
}

fn as_of(known: &Known) -> Option<Timestamp> {
    match known.verified().cosigned() {
        Cosigned::AsOf(time) => Some(time),
        Cosigned::NotRequired | Cosigned::BelowQuorum => None,
    }
}

fn said(origin: &Origin, synced: &Synced) -> Message {
    let message = match as_of(&synced.known) {
        Some(time) => Message::new("sync-done").with("time", wording::time(time)),
        None => Message::new("sync-done-without-time"),
    };
    message
        .with("ledger", origin.as_str())
        .with("count", synced.update.new_entries)
        .with("size", synced.known.checkpoint().size.0)
}

fn failed(origin: &Origin, reason: Message, advice: Message) -> Failure {
    let message = Message::new("sync-ledger-failed").with("ledger", origin.as_str()).with("reason", reason);
    Failure::undecided(message.with("advice", advice))
}

fn alarm_failure(origin: &Origin, alarm: &Alarm) -> Failure {
    let message = match alarm.kind {
        AlarmKind::Forked => Message::new("sync-forked"),
        AlarmKind::RolledBack => Message::new("sync-rolled-back"),
    };
    let message = message.with("ledger", origin.as_str()).with("time", wording::time(alarm.time));
    let mut failure = Failure::undecided(message.with("known", alarm.known.0).with("shown", alarm.shown.0));
    for (path, id) in alarm.evidence.iter().zip([Message::new("sync-known"), Message::new("sync-shown")]) {
        failure = failure.detail(id.with("path", path));
    }
    if let Some(text) = &alarm.unkept {
        failure = failure.detail(Message::new("sync-unkept").with("text", text));
    }
    failure
}

/// A copy cannot be used: exit code 2, since it says nothing about any certificate.
pub(crate) fn copy_failure(error: &CopyError, origin: &Origin) -> Failure {
    let message = match error {
        CopyError::Damaged(text) => Message::new("copy-damaged").with("text", text),
        CopyError::Alarm { path, source } => Message::new("copy-bad-alarm").with("path", path).with("reason", source),
        CopyError::Open(error) => Message::new("copy-unusable").with("reason", wording::open_failure(error).message),
        other => Message::new("copy-damaged").with("text", other.to_string()),
    };
    Failure::undecided(message.with("ledger", origin.as_str()))
}

fn snapshot_failure(path: &Path, error: &SnapshotError) -> Failure {
    let message = match error {
        SnapshotError::Io(error) => return Failure::cannot_read(Exit::Usage, path, error),
        SnapshotError::NotASnapshot => Message::new("snapshot-is-none"),
        SnapshotError::OtherVersion => Message::new("snapshot-other-version"),
        SnapshotError::Truncated => Message::new("snapshot-truncated"),
        other => Message::new("snapshot-malformed").with("text", other.to_string()),
    };
    Failure::undecided(message.with("path", path))
}
