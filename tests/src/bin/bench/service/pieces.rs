// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Full tiles and bundles, beside the same bytes from memory.

use std::{
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anchor::tiles::{Kind, Piece, WIDTH};
use proof::{checkpoint::Checkpoint, note::Note, tree::TreeSize};
use tokio::task::JoinSet;

use super::{
    Bench, at_least, bare,
    client::{self, Service},
    per_second,
};
use crate::measure::{Line, Result, median};

/// So many clients read at once.
const CLIENTS: usize = 32;

/// Requests of all clients in one run.
const TILES: usize = 40_000;
const BUNDLES: usize = 10_000;

/// So many of the newest bundles are read again and again, as by everybody who follows the ledger.
const NEWEST: u64 = 200;

/// Full tiles and bundles a second.
pub(super) fn measure(bench: &Bench<'_>, ledger: &Path) -> Result<Vec<Line>> {
    let place = ["--ledger".to_owned(), ledger.to_string_lossy().into_owned()];
    let service = Service::start(bench.programs, &place, &bench.dir.join("service-state"), false)?;
    let all = client::runtime()?.block_on(size(&service))?.0 / u64::from(WIDTH);
    let newest = all.saturating_sub(NEWEST);
    let reads = [
        (Kind::Hashes(0), 0, TILES, "full tiles".to_owned()),
        (Kind::Entries, newest, BUNDLES, format!("the newest {} bundles", all - newest)),
        (Kind::Entries, 0, BUNDLES, format!("all {all} full bundles")),
    ];
    let mut lines = Vec::new();
    for (number, (kind, first, requests, name)) in reads.into_iter().enumerate() {
        let pieces = (first..all).filter_map(|index| Piece::new(kind, index, WIDTH));
        let paths: Vec<_> = pieces.map(|piece| format!("/{piece}")).collect();
        let folder = bench.dir.join(format!("bytes-{number}"));
        let bytes = client::runtime()?.block_on(keep(&service, &paths, &folder))?;
        let paths = Arc::new(paths);
        let floor = Service::spawn(&mut bare::command(&folder)?)?;
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..bench.runs {
            for (server, took) in [(&floor, &mut bare), (&service, &mut ours)] {
                took.push(client::runtime()?.block_on(read(server, &paths, requests))?);
            }
        }
        let rates = [&ours, &bare].map(|took| per_second(requests, median(took)));
        lines.push(at_least(format!("{name} ({} MB), requests a second", bytes / 1_000_000), rates, 0.7));
    }
    service.stop()?;
    Ok(lines)
}

async fn size(service: &Service) -> Result<TreeSize> {
    let mut connection = service.connect().await?;
    let note = Note::parse(connection.read("/checkpoint").await?)?;
    Ok(Checkpoint::parse(note.text()).ok_or("a checkpoint")?.size)
}

/// Writes what the service gives into files, and gives how many bytes that are.
async fn keep(service: &Service, paths: &[String], folder: &Path) -> Result<usize> {
    fs::create_dir(folder)?;
    let (mut connection, mut bytes) = (service.connect().await?, 0);
    for path in paths {
        let piece = connection.read(path).await?;
        bytes += piece.len();
        fs::write(folder.join(path.replace('/', "~")), piece)?;
    }
    Ok(bytes)
}

/// Clients read all pieces in turn, each from another place on.
async fn read(server: &Service, paths: &Arc<Vec<String>>, requests: usize) -> Result<Duration> {
    let mut connections = Vec::new();
    for _ in 0..CLIENTS {
        connections.push(server.connect().await?);
    }
    let begun = Instant::now();
    let mut reading = JoinSet::new();
    for (client, mut connection) in connections.into_iter().enumerate() {
        let paths = Arc::clone(paths);
        reading.spawn_local(async move {
            let first = client * paths.len() / CLIENTS;
            for path in paths.iter().cycle().skip(first).take(requests / CLIENTS) {
                connection.read(path).await.map_err(|error| error.to_string())?;
            }
            Ok::<_, String>(())
        });
    }
    while let Some(done) = reading.join_next().await {
        done??;
    }
    Ok(begun.elapsed())
}
