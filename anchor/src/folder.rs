// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What lies in the folder of a ledger, and the keys in it. Of a ledger in PostgreSQL only the keys and pins lie in one.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use proof::{
    Timestamp,
    authority::{Authorities, Authority},
    checkpoint::Checkpoint,
    key::{Algorithm, KeyName, Origin, SigningKey},
    policy::Policy,
};
use tempfile::TempDir;

use crate::{
    host,
    keys::{self, PrivateKeyError, Unlock},
    ministry::authority_line,
    store::OpenError,
};

/// The paths of a ledger.
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

    pub(crate) fn ledger_key(&self) -> PathBuf {
        self.0.join("ledger.key")
    }

    pub(crate) fn time_key(&self) -> PathBuf {
        self.0.join("time.key")
    }

    /// Where replayed states are kept.
    pub(crate) fn replayed(&self) -> PathBuf {
        self.0.join("replayed")
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.0.join("lock")
    }

    pub(crate) fn check(&self) -> Result<(), OpenError> {
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

    pub(crate) fn read(path: &Path) -> Result<Vec<u8>, OpenError> {
        fs::read(path).map_err(OpenError::io(path))
    }
}

/// The keys that a ledger signs with.
pub(crate) struct LedgerKeys {
    /// Signs checkpoints.
    pub(crate) ledger: SigningKey,
    /// Cosigns them with a time.
    pub(crate) time: SigningKey,
}

impl LedgerKeys {
    /// A ledger signs unattended: if its keys are encrypted, the environment has the passphrase.
    pub(crate) fn load(folder: &Folder, origin: &Origin) -> Result<Self, PrivateKeyError> {
        let unlock = Unlock::unattended();
        Ok(Self {
            ledger: keys::load(&folder.ledger_key(), origin, Algorithm::Ed25519, &unlock)?,
            time: keys::load(&folder.time_key(), &time_key_name(origin), Algorithm::CosignatureV1, &unlock)?,
        })
    }

    /// Makes the keys of a new ledger.
    pub(crate) fn create(folder: &Folder, origin: &Origin) -> Result<Self, PrivateKeyError> {
        Ok(Self {
            ledger: keys::file::create(&folder.ledger_key(), origin, Algorithm::Ed25519, None)?,
            time: keys::file::create(&folder.time_key(), &time_key_name(origin), Algorithm::CosignatureV1, None)?,
        })
    }

    /// The trust policy that believes a ledger with these keys.
    pub(crate) fn policy(&self) -> Policy {
        let (ledger, time) = (self.ledger.verifying_key(), self.time.verifying_key());
        let text = format!("log {ledger}\nwitness time {time}\nquorum time\n");
        Policy::parse(text.as_bytes()).expect("two keys and a quorum are a policy")
    }

    pub(crate) fn sign(&self, checkpoint: &Checkpoint, now: Timestamp) -> String {
        checkpoint.sign(&self.ledger) + &checkpoint.cosign(&self.time, now)
    }
}

/// The time key is named after the ledger: its origin with `/time` behind it, cut so that it stays a name.
fn time_key_name(origin: &Origin) -> KeyName {
    let stem: String = origin.as_str().chars().take(95).collect();
    KeyName::parse(&format!("{stem}/time")).expect("a name with /time behind it is a name")
}

const AUTHORITIES_HEADER: &str = "# <Land> <key> <ledger> <first index> <end index or ->\n";

/// The file of authorities of a new ledger.
pub(crate) fn authorities_text(authorities: &Authorities) -> String {
    format!("{AUTHORITIES_HEADER}{authorities}")
}

/// The text of a file of authorities with one more; `None` if it is there already.
pub(crate) fn with_authority(mut text: Vec<u8>, authority: &Authority) -> Result<Option<Vec<u8>>, OpenError> {
    if Authorities::parse(&text)?.iter().any(|pinned| pinned == authority) {
        return Ok(None);
    }
    if !text.is_empty() && !text.ends_with(b"\n") {
        text.push(b'\n');
    }
    text.extend(authority_line(authority).into_bytes());
    Authorities::parse(&text)?;
    Ok(Some(text))
}

/// A folder beside the one of a new ledger, private until it is filled and named.
pub(crate) fn draft(path: &Path) -> Result<TempDir, OpenError> {
    if fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some()) || path.is_file() {
        return Err(OpenError::NotEmpty(path.to_owned()));
    }
    let above = host::parent(path);
    fs::create_dir_all(above).map_err(OpenError::io(above))?;
    Folder::new(above).check_local()?;
    let mut draft = tempfile::Builder::new();
    draft.prefix(".ledger-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        draft.permissions(fs::Permissions::from_mode(0o700));
    }
    draft.tempdir_in(above).map_err(OpenError::io(above))
}

/// Writes policy and authorities of a new ledger.
pub(crate) fn write_pins(folder: &Folder, keys: &LedgerKeys, authorities: &Authorities) -> Result<(), OpenError> {
    let write =
        |path: PathBuf, text: String| host::create_file(&path, text.as_bytes(), false).map_err(OpenError::io(&path));
    write(folder.authorities(), authorities_text(authorities))?;
    write(folder.policy(), keys.policy().to_string())
}

/// Gives a draft its name, durably.
pub(crate) fn settle(draft: &TempDir, path: &Path) -> Result<(), OpenError> {
    fs::rename(draft.path(), path).map_err(OpenError::io(path))?;
    host::sync_folder(host::parent(path)).map_err(OpenError::io(path))
}

/// Lets everybody read a draft, which is private: a ledger is public but for its keys.
pub(crate) fn make_readable(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
