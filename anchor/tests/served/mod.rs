// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A ledger that is served on this machine while a test runs.

use std::{net::SocketAddr, path::Path, sync::mpsc, thread::JoinHandle};

use anchor::{
    clock::Clock,
    server::{self, ServeError, Settings},
    sqlite::{SqliteLedger, SqliteReader},
};
use reqwest::Url;
use tokio::{net::TcpListener, sync::oneshot};

/// A server in a thread of its own. Dropping it stops it.
pub(crate) struct Served {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

/// Settings that are in nobody's way.
pub(crate) fn settings() -> Settings {
    Settings { requests_per_minute: 0, statements_per_minute: 0, ..Settings::default() }
}

impl Served {
    /// Serves the ledger in a folder.
    pub(crate) fn start(folder: &Path, clock: &Clock, settings: Settings) -> Self {
        let (folder, clock) = (folder.to_owned(), clock.clone());
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let keep = SqliteLedger::open(&folder, clock, None).await.expect("opened");
                let read = SqliteReader::open(&folder).await.expect("opened");
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                tell.send(listener.local_addr().expect("bound")).expect("somebody waits");
                let stop = async { stopped.await.unwrap_or(()) };
                server::serve(listener, Box::new(keep), Box::new(read), settings, stop).await
            })
        });
        let address = told.recv().expect("it starts");
        Self { address, stop: Some(stop), thread: Some(thread) }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The ledger's address.
    pub(crate) fn url(&self) -> Url {
        format!("http://{}", self.address).parse().expect("an address")
    }

    /// Stops it, and gives how it ended.
    pub(crate) fn stop(&mut self) -> Result<(), ServeError> {
        drop(self.stop.take());
        self.thread.take().expect("stopped once").join().expect("no panic")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
