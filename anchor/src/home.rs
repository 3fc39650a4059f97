// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Where those who keep a ledger have it: what can only be done there, whatever it lies in.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use proof::{Timestamp, authority::Authority, key::Origin};

use crate::{
    clock::Clock,
    folder::Folder,
    follow,
    fsck::{self, Report},
    ledger::{Keep, Ledger},
    location::Location,
    memory::Memory,
    postgres::{self, Address, PgLedger, PgReader},
    sqlite::{self, SqliteLedger},
    states::States,
    store::OpenError,
    trust::{Pins, TrustError},
};

/// Where those who keep a ledger have it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Home {
    /// In a folder of this machine.
    Folder(PathBuf),
    /// In PostgreSQL.
    Postgres(Address),
}

impl Home {
    /// The same place as a location.
    pub fn location(&self) -> Location {
        match self {
            Self::Folder(folder) => Location::Folder(folder.clone()),
            Self::Postgres(address) => Location::Postgres(address.clone()),
        }
    }

    /// Opens it to write. The keys of a ledger in a database are in the folder `keys`, else in the one that the
    /// environment names.
    ///
    /// # Errors
    /// If it is not there, cannot be read, or is not what was published or seen.
    pub async fn open(
        &self,
        keys: Option<&Path>,
        clock: Clock,
        memory: Option<Memory>,
    ) -> Result<Box<dyn Keep>, OpenError> {
        Ok(match self {
            Self::Folder(folder) => Box::new(SqliteLedger::open(folder, clock, memory).await?),
            Self::Postgres(address) => Box::new(PgLedger::open(address, keys, clock, memory, States::of_user()).await?),
        })
    }

    /// Opens it to read.
    ///
    /// # Errors
    /// If it is not there or cannot be read.
    pub async fn read(&self) -> Result<Box<dyn Ledger>, OpenError> {
        follow::open(&self.location()).await
    }

    /// The name of the ledger.
    ///
    /// # Errors
    /// If there is none or it cannot be read.
    pub async fn origin(&self) -> Result<Origin, OpenError> {
        match self {
            Self::Folder(folder) => sqlite::read_origin(folder).await,
            Self::Postgres(address) => postgres::read_origin(address).await,
        }
    }

    /// Whom to believe about it.
    ///
    /// # Errors
    /// If there is none or it cannot be read.
    pub async fn pins(&self) -> Result<Pins, TrustError> {
        match self {
            Self::Folder(folder) => {
                // Else it would be the missing pins that are told.
                Folder::new(folder).check()?;
                Pins::load(folder)
            }
            Self::Postgres(address) => Ok(postgres::pins(address).await?),
        }
    }

    /// Adds an authority to those whose statements it takes in, durably. Returns whether it was not there yet.
    ///
    /// # Errors
    /// If it cannot be read or written, or has the same public key with another Land or window.
    pub async fn pin(&self, authority: &Authority) -> Result<bool, OpenError> {
        match self {
            Self::Folder(folder) => sqlite::pin(folder, authority),
            Self::Postgres(address) => postgres::pin(address, authority).await,
        }
    }

    /// Looks it over, also for what this user saw of it before. Changes nothing.
    ///
    /// # Errors
    /// If it cannot be looked at at all.
    pub async fn fsck(&self, now: Timestamp, memory: Option<&Memory>) -> Result<Report, OpenError> {
        match self {
            Self::Folder(folder) => sqlite::fsck(folder, now, memory).await,
            Self::Postgres(address) => fsck::fsck(&PgReader::open(address).await?, now, memory).await,
        }
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.location().fmt(f)
    }
}
