// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The files of an embedded ledger, opened without being able to write to them.

use std::{
    fs, io,
    ops::Range,
    path::{Path, PathBuf},
};

use async_trait::async_trait;
use proof::key::Origin;
use tempfile::TempDir;

use super::database::Database;
use crate::{
    folder::Folder,
    fsck::Finding,
    ledger::ReadError,
    store::{Inspect, OpenError, Source},
};

/// The files of an embedded ledger, opened to read.
pub struct SqliteSource {
    folder: Folder,
    database: Database,
    /// A copy of the database, where the folder does not let SQLite read the original.
    _copy: Option<TempDir>,
}

impl SqliteSource {
    pub(super) async fn open(path: &Path) -> Result<Self, OpenError> {
        let folder = Folder::new(path);
        folder.check()?;
        let (database, copy) = open_somehow(&folder.database()).await?;
        Ok(Self { folder, database, _copy: copy })
    }

    pub(super) async fn origin(&mut self) -> Result<Origin, ReadError> {
        self.database.origin().await
    }
}

#[async_trait]
impl Source for SqliteSource {
    async fn entries(&mut self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        self.database.entries(range).await
    }

    async fn checkpoint(&mut self) -> Result<Vec<u8>, ReadError> {
        read_checkpoint(&self.folder)
    }

    async fn close(self) {
        self.database.close().await;
    }
}

#[async_trait]
impl Inspect for SqliteSource {
    async fn damage(&mut self) -> Result<Vec<Finding>, ReadError> {
        let mut findings: Vec<_> = match self.database.integrity().await {
            Ok(damage) => damage.into_iter().map(Finding::Database).collect(),
            Err(ReadError::Damaged(text)) => vec![Finding::Database(text)],
            Err(other) => return Err(other),
        };
        match self.database.has_own_schema().await {
            Ok(true) => {}
            Ok(false) | Err(ReadError::Damaged(_)) => findings.push(Finding::Schema),
            Err(other) => return Err(other),
        }
        Ok(findings)
    }

    async fn pins(&mut self) -> Result<(Vec<u8>, Vec<u8>), OpenError> {
        // Without a policy no checkpoint is believed, which is a finding; without authorities nothing can be replayed.
        let policy = fs::read(self.folder.policy()).unwrap_or_default();
        Ok((policy, Folder::read(&self.folder.authorities())?))
    }

    fn is_copy(&self) -> bool {
        !self.folder.ledger_key().is_file()
    }
}

pub(super) fn read_checkpoint(folder: &Folder) -> Result<Vec<u8>, ReadError> {
    let path = folder.checkpoint();
    fs::read(&path).map_err(|error| ReadError::Unavailable(format!("{}: {error}", path.display())))
}

/// SQLite reads a database with a write-ahead log only if it may make a file beside it. In a folder that cannot be
/// written, a database without such a log is read as it is, and one with a log is copied first.
async fn open_somehow(path: &Path) -> Result<(Database, Option<TempDir>), OpenError> {
    let first = match Database::open_read_only(path, false).await {
        Ok(database) => return Ok((database, None)),
        Err(error) => error,
    };
    let log = beside(path, "-wal");
    if fs::metadata(&log).map_or(0, |log| log.len()) == 0 {
        return Database::open_read_only(path, true).await.map(|database| (database, None)).map_err(|_| first.into());
    }
    let copy = tempfile::tempdir().map_err(OpenError::io(path))?;
    let copied = copy.path().join("ledger.db");
    let copy_both = || -> io::Result<()> {
        // Only a crash leaves a log without its companion file, so that nobody is writing now. A copy that is torn all
        // the same does not give the root of the checkpoint.
        fs::copy(&log, beside(&copied, "-wal"))?;
        fs::copy(path, &copied).map(|_| ())
    };
    copy_both().map_err(OpenError::io(path))?;
    Ok((Database::open_read_only(&copied, false).await?, Some(copy)))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
