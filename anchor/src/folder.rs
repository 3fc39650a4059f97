// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What lies in the folder of an embedded ledger, and the keys in it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proof::{
    Timestamp,
    checkpoint::Checkpoint,
    key::{Algorithm, KeyName, Origin, SigningKey},
    policy::Policy,
};

use super::{OpenError, SqliteReader};
use crate::{
    host,
    keys::{self, PrivateKeyError, Unlock},
    ledger::Ledger,
};

/// The paths of an embedded ledger.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The ledger in this folder; nothing is looked at yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Whether a ledger lies here.
    pub fn holds_ledger(&self) -> bool {
        self.database().is_file()
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.0.join("ledger.db")
    }

    /// The published checkpoint.
    pub fn checkpoint(&self) -> PathBuf {
        self.0.join("checkpoint")
    }

    /// The pinned authorities.
    pub fn authorities(&self) -> PathBuf {
        self.0.join("authorities")
    }

    /// The trust policy that believes this ledger.
    pub fn policy(&self) -> PathBuf {
        self.0.join("policy")
    }

    pub(super) fn ledger_key(&self) -> PathBuf {
        self.0.join("ledger.key")
    }

    pub(super) fn time_key(&self) -> PathBuf {
        self.0.join("time.key")
    }

    /// Where replayed states are kept.
    pub(crate) fn replayed(&self) -> PathBuf {
        self.0.join("replayed")
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.0.join("lock")
    }

    pub(super) fn check(&self) -> Result<(), OpenError> {
        let database = self.database();
        match fs::metadata(&database) {
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => Err(OpenError::io(&database)(error)),
            _ if self.holds_ledger() => self.check_local(),
            _ => Err(OpenError::NotFound(self.0.clone())),
        }
    }

    pub(crate) fn check_local(&self) -> Result<(), OpenError> {
        match host::network_file_system(&self.0) {
            None => Ok(()),
            Some(kind) => Err(OpenError::NetworkFileSystem { folder: self.0.clone(), kind }),
        }
    }

    pub(super) fn read(path: &Path) -> Result<Vec<u8>, OpenError> {
        fs::read(path).map_err(OpenError::io(path))
    }
}

/// The keys that a ledger signs with.
pub(super) struct LedgerKeys {
    /// Signs checkpoints.
    pub(super) ledger: SigningKey,
    /// Cosigns them with a time.
    pub(super) time: SigningKey,
}

impl LedgerKeys {
    /// A ledger signs unattended: if its keys are encrypted, the environment has the passphrase.
    pub(super) fn load(folder: &Folder, origin: &Origin) -> Result<Self, PrivateKeyError> {
        let unlock = Unlock::unattended();
        Ok(Self {
            ledger: keys::load(&folder.ledger_key(), origin, Algorithm::Ed25519, &unlock)?,
            time: keys::load(&folder.time_key(), &time_key_name(origin), Algorithm::CosignatureV1, &unlock)?,
        })
    }

    /// The trust policy that believes a ledger with these keys.
    pub(super) fn policy(&self) -> Policy {
        let (ledger, time) = (self.ledger.verifying_key(), self.time.verifying_key());
        let text = format!("log {ledger}\nwitness time {time}\nquorum time\n");
        Policy::parse(text.as_bytes()).expect("two keys and a quorum are a policy")
    }

    pub(super) fn sign(&self, checkpoint: &Checkpoint, now: Timestamp) -> String {
        checkpoint.sign(&self.ledger) + &checkpoint.cosign(&self.time, now)
    }
}

/// The time key is named after the ledger: its origin with `/time` behind it, cut so that it stays a name.
pub(super) fn time_key_name(origin: &Origin) -> KeyName {
    let stem: String = origin.as_str().chars().take(95).collect();
    KeyName::parse(&format!("{stem}/time")).expect("a name with /time behind it is a name")
}

/// The name of the ledger in a folder.
///
/// # Errors
/// If there is none or it cannot be read.
pub async fn read_origin(folder: &Path) -> Result<Origin, OpenError> {
    Ok(SqliteReader::open(folder).await?.origin().clone())
}
