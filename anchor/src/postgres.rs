// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A ledger in PostgreSQL: for one that is served, by one server or by several on one database.

| table | what is in it |
|---|---|
| `entry` | the entries |
| `ledger` | one row: name, policy and authorities, and the published checkpoint |

Entries and the checkpoint over them are committed in one transaction, which begins with a lock on that row: whoever has
it knows what everybody before has done, and that nobody else signs meanwhile. A server that dies loses its connection
and with it the lock; of one that is silent, the database ends the transaction after three seconds. So another one takes
over by itself, and what the first did not commit never was.

The keys are not in the database: each server has them in a folder, as `anchor init` makes it.
*/

mod address;
mod database;
mod init;

use std::{
    env,
    ops::Range,
    path::{Path, PathBuf},
};

use async_trait::async_trait;
use proof::{authority::Authorities, key::Origin, policy::Policy};

use crate::{
    clock::Clock,
    folder::{Folder, LedgerKeys},
    fsck::Finding,
    ledger::ReadError,
    memory::Memory,
    reader::Reader,
    sequencer::{Opening, Sequencer},
    states::States,
    store::{CommitError, Head, Inspect, OpenError, Source, Store},
    trust::Pins,
};
pub use address::Address;
pub use database::Hold;
use database::{Database, Row};
pub use init::{init, pin};

/// The variable of the environment that names the folder with the keys.
pub const KEYS_VARIABLE: &str = "SCHULSIEGEL_KEYS";

/// A ledger in PostgreSQL that takes statements in.
pub type PgLedger = Sequencer<PgStore>;

/// A ledger in PostgreSQL, opened for reading. Needs no key, and no right but to read the two tables.
pub type PgReader = Reader<PgStore>;

/// The tables of a ledger.
pub struct PgStore(Database);

impl PgLedger {
    /// Opens a ledger to write, with the keys of a folder or else of the one that the environment names. With a `memory`,
    /// it must go on from the largest checkpoint that this user ever saw of it; with `states`, it replays only what is
    /// new.
    ///
    /// # Errors
    /// If there is none, it cannot be read, or it is not what was published. Then nothing was changed.
    pub async fn open(
        address: &Address,
        keys: Option<&Path>,
        clock: Clock,
        memory: Option<Memory>,
        states: Option<States>,
    ) -> Result<Self, OpenError> {
        let named = || env::var_os(KEYS_VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
        let folder = keys.map(Path::to_owned).or_else(named).ok_or_else(|| OpenError::NoKeys(address.to_string()))?;
        let mut database = Database::new(address);
        database.check_durability().await?;
        let Row { origin, policy, authorities, .. } = database.row().await?;
        let keys = LedgerKeys::load(&Folder::new(&folder), &origin)?;
        if keys.policy().to_string() != policy {
            return Err(OpenError::OtherKeys { folder, place: address.to_string() });
        }
        let authorities = authorities.into_bytes();
        let store = PgStore(database);
        Self::start(Opening { store, origin, keys, clock, memory, states, authorities }).await
    }
}

impl PgReader {
    /// Opens a ledger for reading.
    ///
    /// # Errors
    /// If there is none or it cannot be read.
    pub async fn open(address: &Address) -> Result<Self, OpenError> {
        let mut database = Database::new(address);
        let origin = database.row().await?.origin;
        Ok(Self::new(PgStore(database), origin))
    }
}

/// The name of the ledger in a database.
///
/// # Errors
/// If there is none or it cannot be read.
pub async fn read_origin(address: &Address) -> Result<Origin, OpenError> {
    Ok(Database::new(address).row().await?.origin)
}

/// Whom to believe about the ledger in a database.
///
/// # Errors
/// If there is none or it cannot be read.
pub async fn pins(address: &Address) -> Result<Pins, OpenError> {
    let Row { policy, authorities, .. } = Database::new(address).row().await?;
    let policy = Policy::parse(policy.as_bytes()).map_err(|error| OpenError::Damaged(error.to_string()))?;
    Ok(Pins { policy, authorities: Authorities::parse(authorities.as_bytes())? })
}

#[async_trait]
impl Source for PgStore {
    async fn entries(&mut self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        self.0.entries(range).await
    }

    async fn checkpoint(&mut self) -> Result<Vec<u8>, ReadError> {
        self.0.checkpoint().await
    }

    async fn close(self) {
        self.0.close().await;
    }
}

#[async_trait]
impl Inspect for PgStore {
    async fn damage(&mut self) -> Result<Vec<Finding>, ReadError> {
        Ok(if self.0.has_own_triggers().await? { Vec::new() } else { vec![Finding::Schema] })
    }

    async fn pins(&mut self) -> Result<(Vec<u8>, Vec<u8>), OpenError> {
        let Row { policy, authorities, .. } = self.0.row().await?;
        Ok((policy.into_bytes(), authorities.into_bytes()))
    }

    fn is_copy(&self) -> bool {
        false
    }
}

#[async_trait]
impl Store for PgStore {
    type Hold = Hold;

    const READS_BACK: bool = true;

    async fn hold(&mut self) -> Result<(Hold, Head), OpenError> {
        Ok(self.0.hold().await?)
    }

    /// Within the transaction: who was stopped for a while and has lost the lock must not take what others committed
    /// since for damage.
    async fn entries_held(&mut self, hold: &mut Hold, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        hold.entries(range).await
    }

    async fn release(&mut self, hold: Hold) {
        self.0.release(hold).await;
    }

    /// Entries and checkpoint are committed together: no crash comes between them.
    async fn secure(&mut self, _: &mut Hold) -> Result<(), ReadError> {
        Err(ReadError::Damaged("the checkpoint does not cover all entries".to_owned()))
    }

    async fn commit(&mut self, hold: Hold, first: u64, entries: &[Vec<u8>], note: &[u8]) -> Result<(), CommitError> {
        self.0.commit(hold, first, entries, note).await
    }

    async fn publish(&mut self, hold: Hold, note: &[u8]) -> Result<(), OpenError> {
        self.0.commit(hold, 0, &[], note).await.map_err(|error| match error {
            CommitError::Nothing(text) | CommitError::Unknown(text) => ReadError::Unavailable(text).into(),
        })
    }
}
