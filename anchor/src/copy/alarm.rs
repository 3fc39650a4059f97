// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What is kept when a ledger contradicts what it signed before: both checkpoints, and a mark that stays until somebody
//! has taken note of it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use proof::{Timestamp, tree::TreeSize, verdict::Reason};
use serde::{Deserialize, Serialize};

use super::Known;
use crate::host;

/// A ledger has signed two checkpoints that cannot both be its own history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// How they contradict each other.
    pub kind: AlarmKind,
    /// When that was noticed.
    pub time: Timestamp,
    /// Size of the checkpoint that was known.
    pub known: TreeSize,
    /// Size of the checkpoint that the ledger shows.
    pub shown: TreeSize,
    /// The notes of both as they were received, the known one first. Empty if they could not be kept.
    pub evidence: Vec<PathBuf>,
    /// Why notes and mark could not be kept, if they could not.
    pub unkept: Option<String>,
}

/// How two checkpoints of one ledger contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlarmKind {
    /// They are of two histories.
    Forked,
    /// The ledger shows less than it has signed before.
    RolledBack,
}

impl AlarmKind {
    /// What a verdict says.
    pub fn reason(self) -> Reason {
        match self {
            Self::Forked => Reason::LedgerForked,
            Self::RolledBack => Reason::LedgerRolledBack,
        }
    }
}

/// The file that keeps an alarm up. Names of files count from the folder `evidence`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    reason: String,
    time: String,
    known_size: u64,
    shown_size: u64,
    known: String,
    shown: String,
}

impl Mark {
    fn read(bytes: &[u8], evidence: &Path) -> Option<Alarm> {
        let mark: Self = serde_json::from_slice(bytes).ok()?;
        let kinds = [AlarmKind::Forked, AlarmKind::RolledBack];
        Some(Alarm {
            kind: kinds.into_iter().find(|kind| kind.reason().code() == mark.reason)?,
            time: Timestamp::parse(&mark.time)?,
            known: TreeSize(mark.known_size),
            shown: TreeSize(mark.shown_size),
            evidence: vec![evidence.join(mark.known), evidence.join(mark.shown)],
            unkept: None,
        })
    }
}

/// The alarms of one copy's folder.
#[derive(Debug, Clone)]
pub(super) struct Alarms {
    mark: PathBuf,
    evidence: PathBuf,
}

impl Alarms {
    pub(super) fn of(folder: &Path) -> Self {
        Self { mark: folder.join("alarm"), evidence: folder.join("evidence") }
    }

    /// Where evidence is kept.
    pub(super) fn evidence(&self) -> &Path {
        &self.evidence
    }

    /// The alarm that nobody has acknowledged yet.
    ///
    /// # Errors
    /// If there is one and it cannot be read.
    pub(super) fn pending(&self) -> io::Result<Option<Alarm>> {
        match fs::read(&self.mark) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
            Ok(bytes) => Mark::read(&bytes, &self.evidence).ok_or(io::ErrorKind::InvalidData.into()).map(Some),
        }
    }

    /// Keeps both notes and raises the alarm. That it could not be kept does not make it less of an alarm.
    pub(super) fn raise(&self, kind: AlarmKind, known: &Known, shown: &Known, now: Timestamp) -> Alarm {
        let mut alarm =
            Alarm { kind, time: now, known: known.size(), shown: shown.size(), evidence: Vec::new(), unkept: None };
        match self.keep(&alarm, &known.note, &shown.note) {
            Ok(evidence) => alarm.evidence = evidence,
            Err(error) => alarm.unkept = Some(error.to_string()),
        }
        alarm
    }

    /// The notes first, the mark that names them last.
    fn keep(&self, alarm: &Alarm, known: &[u8], shown: &[u8]) -> io::Result<Vec<PathBuf>> {
        fs::create_dir_all(&self.evidence)?;
        let stem = format!(
            "{}-{}-known-{}-shown-{}",
            in_a_name(alarm.time),
            alarm.kind.reason().code(),
            alarm.known.0,
            alarm.shown.0
        );
        let known = self.create(&format!("{stem}.known.checkpoint"), known)?;
        let shown = self.create(&format!("{stem}.shown.checkpoint"), shown)?;
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mark = Mark {
            reason: alarm.kind.reason().code().to_owned(),
            time: alarm.time.to_string(),
            known_size: alarm.known.0,
            shown_size: alarm.shown.0,
            known: name(&known),
            shown: name(&shown),
        };
        host::create_file(&self.mark, &serde_json::to_vec(&mark)?, false)?;
        Ok(vec![known, shown])
    }

    /// Writes a piece of evidence under a name that is free.
    fn create(&self, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        for number in 1.. {
            let name = if number == 1 { name.to_owned() } else { format!("{number}-{name}") };
            let path = self.evidence.join(name);
            match host::create_file(&path, bytes, false) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                outcome => return outcome.map(|()| path),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Puts the mark beside the evidence, where it says when it was acknowledged and keeps nothing up any more. One that
    /// cannot be read is put there, too. Returns whether there was one.
    ///
    /// # Errors
    /// If it cannot be moved.
    pub(super) fn acknowledge(&self, now: Timestamp) -> io::Result<bool> {
        if fs::symlink_metadata(&self.mark).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return Ok(false);
        }
        fs::create_dir_all(&self.evidence)?;
        let to = free_name(&self.evidence, &format!("{}-acknowledged.alarm", in_a_name(now)));
        host::rename_new(&self.mark, &to)?;
        host::sync_folder(&self.evidence)?;
        host::sync_folder(host::parent(&self.mark))?;
        Ok(true)
    }
}

/// A path in a folder where nothing is yet.
pub(super) fn free_name(folder: &Path, name: &str) -> PathBuf {
    let names = (2_u64..).map(|number| format!("{number}-{name}"));
    let mut paths = std::iter::once(name.to_owned()).chain(names).map(|name| folder.join(name));
    paths.find(|path| fs::symlink_metadata(path).is_err()).unwrap_or_else(|| folder.join(name))
}

/// A time without colons, which not every system takes in the name of a file.
pub(super) fn in_a_name(time: Timestamp) -> String {
    time.to_string().replace(':', "-")
}
