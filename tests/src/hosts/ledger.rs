// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The machines of the ledger: those that serve it, and where it is kept.

use std::{
    fs::{self, File},
    process::Stdio,
};

use serde_json::Value;

use super::{Host, Running};

/// The port of every service.
const PORT: u16 = 8_440;

/// One `anchor serve` on a machine of its own.
pub struct Service {
    /// Its machine.
    pub host: Host,
    /// What its `--ledger` is.
    store: &'static str,
    running: Option<Running>,
}

impl Service {
    /// One that is not started.
    pub fn new(host: Host, store: &'static str) -> Self {
        Self { host, store, running: None }
    }

    /// Its address for all others.
    pub fn url(&self) -> String {
        format!("http://{}:{PORT}", self.host.address)
    }

    /// Starts it, and waits until it answers.
    #[track_caller]
    pub fn start(&mut self) {
        let line = format!("serve --ledger {} --listen {}:{PORT}", self.store, self.host.address);
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

/// A ledger that is served: several services over one store are one ledger. Here the store is a folder on the first
/// one's machine.
pub struct Ledger {
    /// Those who serve it.
    pub services: Vec<Service>,
}

impl Ledger {
    /// The address that a client is given, by its number.
    pub fn url(&self, client: usize) -> String {
        self.services[client % self.services.len()].url()
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

    /// As long as this is held, whatever is sent waits in the service and nothing is written.
    #[track_caller]
    pub fn hold(&self) -> File {
        let lock = File::options().write(true).open(self.keeper().host.path(self.keeper().store).join("lock"));
        let lock = lock.expect("opened");
        lock.lock().expect("locked");
        lock
    }

    /// How many entries are published.
    #[track_caller]
    pub fn size(&self) -> usize {
        let note = fs::read_to_string(self.keeper().host.path(self.keeper().store).join("checkpoint"));
        let size = note.expect("text").lines().nth(1).and_then(|line| line.parse().ok());
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
