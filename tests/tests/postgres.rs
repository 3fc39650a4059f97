// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The ledger in PostgreSQL: what every ledger must do, what its tables refuse, and what becomes of it when its
//! connection, a server or the database itself dies.

#[path = "postgres/connection.rs"]
mod connection;
#[path = "postgres/crash.rs"]
mod crash;
#[path = "postgres/fault.rs"]
mod fault;
#[path = "postgres/program.rs"]
mod program;
#[path = "postgres/relay.rs"]
mod relay;
#[path = "postgres/tables.rs"]
mod tables;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Arc, Mutex},
};

use anchor::{
    clock::Clock,
    conformance::{
        self, Dial, Site, block_on,
        cast::{NOW, Speaker, accredit, accreditation, at, origin},
    },
    home::Home,
    ledger::{Append, Keep},
    postgres::{self as ledger, Address, PgLedger},
    store::OpenError,
};
use async_trait::async_trait;
use libtest_mimic::Trial;
use proof::{authority::Authorities, key::Origin, policy::Policy, register::Chain};
use tempfile::TempDir;
use tests::{
    postgres::{Cluster, need},
    trial,
};

/// The server that all tests share that do not kill theirs.
static CLUSTER: Mutex<Option<Arc<Cluster>>> = Mutex::new(None);

fn cluster() -> Arc<Cluster> {
    Arc::clone(CLUSTER.lock().expect("no panic").as_ref().expect("started"))
}

fn main() -> ExitCode {
    let missing = need();
    // By this thread, since the server ends with the thread that started it.
    *CLUSTER.lock().expect("no panic") = missing.is_none().then(|| Arc::new(Cluster::start()));
    let tls = connection::tls_test(&missing);
    let needs = [missing];
    let trial = |(name, test): (&'static str, fn())| trial::needing(name, &needs, test);
    let suites = [tables::tests(), fault::tests(), crash::tests(), connection::tests(), program::tests()];
    let all = [conformance::suite::<Place>()].into_iter().chain(suites);
    let code = trial::main(all.flatten().map(trial).chain([tls]).collect::<Vec<Trial>>());
    drop(CLUSTER.lock().expect("no panic").take());
    code
}

/// A new ledger in a database of its own.
struct Place {
    cluster: Arc<Cluster>,
    database: String,
    keys: TempDir,
}

impl Place {
    async fn on(cluster: Arc<Cluster>, origin: &Origin, authorities: &Authorities, clock: &Clock) -> Self {
        let keys = tempfile::tempdir().expect("a folder");
        let made = {
            let cluster = Arc::clone(&cluster);
            tokio::task::spawn_blocking(move || cluster.database()).await
        };
        let place = Self { cluster, database: made.expect("made"), keys };
        ledger::init(&place.address(), &place.keys(), origin, authorities, clock).await.expect("made");
        place
    }

    fn address(&self) -> Address {
        Address::parse(&self.url()).expect("an address")
    }

    fn url(&self) -> String {
        self.cluster.url(&self.database)
    }

    fn home(&self) -> Home {
        Home::Postgres(self.address())
    }

    fn keys(&self) -> PathBuf {
        self.keys.path().join("keys")
    }

    async fn ledger(&self, clock: &Clock) -> Result<PgLedger, OpenError> {
        open(&self.address(), &self.keys(), clock).await
    }

    fn sql(&self, statement: &str) -> Result<u64, String> {
        self.cluster.execute(&self.database, statement)
    }

    /// What `fsck` finds, in codes.
    fn findings(&self) -> Vec<&'static str> {
        let report = block_on(self.home().fsck(at(NOW), None)).expect("a report");
        report.findings.iter().map(anchor::fsck::Finding::code).collect()
    }
}

async fn open(address: &Address, keys: &Path, clock: &Clock) -> Result<PgLedger, OpenError> {
    PgLedger::open(address, Some(keys), clock.clone(), None, None).await
}

#[async_trait]
impl Site for Place {
    async fn make(origin: &Origin, authorities: &Authorities, clock: &Clock) -> Self {
        Self::on(cluster(), origin, authorities, clock).await
    }

    async fn open(&self, clock: &Clock) -> Box<dyn Append> {
        Box::new(self.ledger(clock).await.expect("opened"))
    }

    async fn keep(&self, clock: &Clock) -> Box<dyn Keep> {
        Box::new(self.ledger(clock).await.expect("opened"))
    }

    fn policy(&self) -> Policy {
        block_on_thread(self.home()).policy
    }
}

/// The pins of a ledger, asked by a thread of its own: whoever asks may be waiting for another future already.
fn block_on_thread(home: Home) -> anchor::trust::Pins {
    std::thread::spawn(move || block_on(home.pins()).expect("pins")).join().expect("no panic")
}

fn clock() -> Clock {
    Dial::at(at(NOW)).clock()
}

/// A ledger with one pinned ministry, and a school whose accreditation is to be the first entry.
struct Cast {
    place: Place,
    accreditation: Vec<u8>,
    school: Speaker,
    ministry: Speaker,
}

impl Cast {
    fn new() -> Self {
        Self::on(cluster())
    }

    fn on(cluster: Arc<Cluster>) -> Self {
        let (mut ministry, mut school) = (Speaker::new("km.example", 1), Speaker::new("schule.example", 3));
        let pinned = format!("07 {} {} 0 -\n", ministry.key.verifying_key(), origin());
        let authorities = Authorities::parse(pinned.as_bytes()).expect("authorities");
        let place = block_on(Place::on(cluster, &origin(), &authorities, &clock()));
        let signed = ministry.sign(accredit(accreditation(&school)));
        school.chain = Chain { seq: 0, prev: Some(signed.text_hash()) };
        let accreditation = ministry.say(accredit(accreditation(&school)));
        Self { place, accreditation, school, ministry }
    }

    /// The same with so many entries.
    fn with(entries: u64) -> Self {
        let mut cast = Self::new();
        block_on(async {
            let ledger = cast.place.ledger(&clock()).await.expect("opened");
            for number in 0..entries {
                let note = cast.note(number);
                ledger.submit(proof::tree::TreeSize(number), &note).await.expect("appended");
            }
            ledger.close().await;
        });
        cast
    }

    /// What is said as the entry with this number.
    fn note(&mut self, number: u64) -> Vec<u8> {
        match number {
            0 => self.accreditation.clone(),
            number => self.school.say(conformance::cast::batch(number)),
        }
    }
}
