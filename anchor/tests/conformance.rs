// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The embedded ledger does what every ledger must do.

use anchor::{
    clock::Clock,
    conformance,
    conformance::Site,
    ledger::{Append, Keep},
    sqlite::{self, SqliteLedger},
    trust::Pins,
};
use async_trait::async_trait;
use proof::{authority::Authorities, key::Origin, policy::Policy};
use tempfile::TempDir;

struct Embedded(TempDir);

#[async_trait]
impl Site for Embedded {
    async fn make(origin: &Origin, authorities: &Authorities, clock: &Clock) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        sqlite::init(folder.path(), origin, authorities, clock).await.expect("made");
        Self(folder)
    }

    async fn open(&self, clock: &Clock) -> Box<dyn Append> {
        Box::new(SqliteLedger::open(self.0.path(), clock.clone(), None).await.expect("opened"))
    }

    async fn keep(&self, clock: &Clock) -> Box<dyn Keep> {
        Box::new(SqliteLedger::open(self.0.path(), clock.clone(), None).await.expect("opened"))
    }

    fn policy(&self) -> Policy {
        Pins::load(self.0.path()).expect("the ledger's own policy").policy
    }
}

conformance!(Embedded);
