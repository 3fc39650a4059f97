// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Several `anchor serve` over one database, each with its own home and keys, and what all of them together are held to.

use std::{path::PathBuf, process::Command};

use anchor::{clock::Clock, conformance::block_on, home::Home, ledger::MAX_ENTRIES_PER_READ, postgres::Address};
use serde_json::json;

use crate::{
    Run, World,
    cast::{Cast, SCHOOLS},
    hammer::{Account, Hammer},
    serving::Serving,
};

/// So many servers there are.
pub const SERVERS: usize = 2;

/// Servers over one database.
pub struct Servers {
    world: World,
    /// Where the ledger is.
    url: String,
    /// Who speaks on it.
    pub cast: Cast,
    addresses: Vec<String>,
    running: Vec<Option<Serving>>,
}

impl Servers {
    /// Makes a ledger in an empty database, and starts servers over it.
    ///
    /// # Panics
    /// If that does not work.
    #[track_caller]
    pub fn start(url: &str) -> Self {
        let world = World::bare();
        let address = Address::parse(url).expect("an address");
        let cast = block_on(Cast::on_new_database(&address, &world.path("keys-0")));
        let (addresses, running) = (Vec::new(), Vec::new());
        let mut this = Self { world, url: url.to_owned(), cast, addresses, running };
        for number in 0..SERVERS {
            if number > 0 {
                this.world.copy("keys-0", &format!("keys-{number}"));
            }
            this.addresses.push("127.0.0.1:0".to_owned());
            this.running.push(None);
            this.start_one(number);
            let listening = this.serving(number).address().to_owned();
            this.addresses[number] = listening;
        }
        this
    }

    /// Starts a server that does not run, at its earlier address.
    ///
    /// # Panics
    /// If it does not listen.
    #[track_caller]
    pub fn start_one(&mut self, number: usize) {
        let serving = Serving::start(&mut self.command(number)).unwrap_or_else(|ended| panic!("{ended:#?}"));
        self.running[number] = Some(serving);
    }

    fn command(&self, number: usize) -> Command {
        let mut command = self.world.command("anchor");
        command.args(["serve", "--ledger", &self.url, "--listen", &self.addresses[number]]);
        command.arg("--keys").arg(self.world.path(format!("keys-{number}"))).env("HOME", self.home(number));
        for limit in ["REQUESTS", "STATEMENTS"] {
            command.env(format!("SCHULSIEGEL_{limit}_PER_MINUTE"), "0");
        }
        command
    }

    fn home(&self, number: usize) -> PathBuf {
        self.world.path(format!("home-{number}"))
    }

    /// A server that runs.
    #[track_caller]
    pub fn serving(&self, number: usize) -> &Serving {
        self.running[number].as_ref().expect("it runs")
    }

    /// Its address for all others.
    pub fn url(&self, number: usize) -> String {
        format!("http://{}", self.addresses[number])
    }

    /// Ends a server as a loss of power does.
    #[track_caller]
    pub fn kill(&mut self, number: usize) -> Run {
        self.running[number].take().expect("it runs").kill()
    }

    /// A hammer on all of them.
    pub fn hammer(&self) -> Hammer {
        let home = Home::Postgres(Address::parse(&self.url).expect("an address"));
        let (policy, published) = block_on(async {
            let policy = home.pins().await.expect("pins").policy;
            let note = home.read().await.expect("opened").checkpoint().await.expect("readable");
            let published = policy.verify(&note, Clock::system().now()).expect("believed").checkpoint().clone();
            (policy, published)
        });
        Hammer::start(&self.addresses, &self.cast, policy, Account::beginning_with(&published))
    }

    /// Ends all servers in order, and asserts that the ledger is whole and has what was promised, each once, and nothing
    /// else.
    ///
    /// # Panics
    /// If that is not so.
    #[track_caller]
    pub fn assert_kept(mut self, account: &Account) {
        for serving in self.running.drain(..) {
            let serving = serving.expect("it runs");
            serving.terminate();
            serving.end().expect(0);
        }
        let entries = self.entries();
        account.assert_kept_by(&entries);
        assert_eq!(entries.len(), usize::from(SCHOOLS) + account.promises());
        let fsck = self.world.run("anchor", ["fsck", "--ledger", &self.url, "--json"]).expect(0).json().remove(0);
        let found = (&fsck["clean"], &fsck["findings"], &fsck["uncounted"], &fsck["entries"]);
        assert_eq!(found, (&json!(true), &json!([]), &json!([]), &json!(entries.len())));
    }

    /// All entries, read without a server.
    pub fn entries(&self) -> Vec<Vec<u8>> {
        let home = Home::Postgres(Address::parse(&self.url).expect("an address"));
        block_on(async {
            let (ledger, mut all) = (home.read().await.expect("opened"), Vec::new());
            loop {
                let from = all.len() as u64;
                let entries = ledger.entries(from..from + MAX_ENTRIES_PER_READ).await.expect("readable");
                if entries.is_empty() {
                    return all;
                }
                all.extend(entries);
            }
        })
    }
}
