// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The machines of the ledger: those that serve it, and where it is kept.

use std::{
    fs::{self, File},
    process::Stdio,
};

use serde_json::Value;

use super::{Host, Running};
use crate::postgres::{Cluster, Locked};

/// The port of every service.
const PORT: u16 = 8_440;

/// One `anchor serve` on a machine of its own.
pub struct Service {
    /// Its machine.
    pub host: Host,
    /// What its `--ledger` is.
    store: String,
    running: Option<Running>,
}

impl Service {
    /// One that is not started. Beside a ledger in a database, its keys are in the folder `ledger`.
    pub fn new(host: Host, store: &str) -> Self {
        Self { host, store: store.to_owned(), running: None }
    }

    /// What its `--ledger` is.
    pub fn store(&self) -> &str {
        &self.store
    }

    /// Its address for all others.
    pub fn url(&self) -> String {
        format!("http://{}:{PORT}", self.host.address)
    }

    /// Starts it, and waits until it answers.
    #[track_caller]
    pub fn start(&mut self) {
        let keys = if self.store.contains("://") { " --keys ledger" } else { "" };
        let line = format!("serve --ledger {} --listen {}:{PORT}{keys}", self.store, self.host.address);
        let log = File::options().create(true).append(true).open(self.host.path("serve.log")).expect("opened");
        let running = Running::start(self.host.command("anchor", &line).stderr(Stdio::from(log)));
        let told = running.line();
        assert!(told.contains(&self.url()), "{told:?}");
        self.running = Some(running);
    }

    /// Ends it as a service manager does.
    #[track_caller]
    pub fn stop(&mut self) {
        let (code, _) = self.running.take().expect("it runs").stop();
        assert_eq!(code, Some(0));
    }

    /// Ends it as a power cut does.
    #[track_caller]
    pub fn kill(&mut self) {
        self.running.take().expect("it runs");
    }

    /// What it wrote down.
    pub fn log(&self) -> String {
        fs::read_to_string(self.host.path("serve.log")).expect("text")
    }
}

/// A ledger that is served: several services over one store are one ledger. The store is a folder on the first one's
/// machine, or a database on a machine of its own.
pub struct Ledger {
    /// Those who serve it.
    pub services: Vec<Service>,
    /// The server of the database, and the database's name.
    pub database: Option<(Cluster, String)>,
}

/// As long as this is held, whatever is sent waits in the services and nothing is written.
pub struct Held {
    _file: Option<File>,
    _lock: Option<Locked>,
}

impl Ledger {
    /// The address that a client is given, by its number.
    pub fn url(&self, client: usize) -> String {
        self.services[client % self.services.len()].url()
    }

    /// Makes it, on the first service's machine, with this line of `anchor`; the file `pin` of another machine is there by
    /// then. The other services get the keys.
    #[track_caller]
    pub fn init(&self, pin: &Host, line: &str) {
        let keeper = self.keeper();
        pin.carry("pin", &keeper.host, "pin");
        let database = if self.database.is_some() { format!(" --ledger {}", keeper.store) } else { String::new() };
        keeper.host.run("anchor", &format!("{line}{database}")).quiet();
        for other in &self.services[1..] {
            keeper.host.carry("ledger", &other.host, "ledger");
        }
    }

    /// Starts all services.
    #[track_caller]
    pub fn start(&mut self) {
        self.services.iter_mut().for_each(Service::start);
    }

    /// Ends all services in order.
    #[track_caller]
    pub fn stop(&mut self) {
        self.services.iter_mut().for_each(Service::stop);
    }

    /// Ends all services at once.
    #[track_caller]
    pub fn kill(&mut self) {
        self.services.iter_mut().for_each(Service::kill);
    }

    /// Cuts all services off.
    #[track_caller]
    pub fn cut_off(&self) {
        self.services.iter().for_each(|service| service.host.cut_off());
    }

    /// Ends that.
    #[track_caller]
    pub fn let_through(&self) {
        self.services.iter().for_each(|service| service.host.let_through());
    }

    fn keeper(&self) -> &Service {
        &self.services[0]
    }

    /// Lets nothing be written.
    #[track_caller]
    pub fn hold(&self) -> Held {
        if let Some((cluster, name)) = &self.database {
            return Held { _file: None, _lock: Some(cluster.lock(name, "SELECT FROM ledger FOR UPDATE")) };
        }
        let lock = File::options().write(true).open(self.keeper().host.path(&self.keeper().store).join("lock"));
        let lock = lock.expect("opened");
        lock.lock().expect("locked");
        Held { _file: Some(lock), _lock: None }
    }

    /// How many entries are published.
    #[track_caller]
    pub fn size(&self) -> usize {
        let note = match &self.database {
            Some((cluster, name)) => cluster.text(name, "SELECT convert_from(checkpoint, 'UTF8') FROM ledger"),
            None => fs::read_to_string(self.keeper().host.path(&self.keeper().store).join("checkpoint")).expect("text"),
        };
        let size = note.lines().nth(1).and_then(|line| line.parse().ok());
        size.expect("a number")
    }

    /// `anchor log --json` beside the store, where no network is in the way.
    #[track_caller]
    pub fn entries(&self) -> Vec<Value> {
        let line = format!("log --ledger {} --json", self.keeper().store);
        self.keeper().host.run("anchor", &line).quiet().json()
    }

    /// `anchor fsck --json`.
    #[track_caller]
    pub fn fsck(&self) -> Value {
        let line = format!("fsck --ledger {} --json", self.keeper().store);
        self.keeper().host.run("anchor", &line).expect(0).json().remove(0)
    }
}
