// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Connections: as many as are allowed, none for longer than it takes, and an orderly end.

use std::{convert::Infallible, num::NonZeroU32, pin::pin, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::{sleep, timeout},
};
use tower::ServiceExt;

use super::watch::Peer;

/// How long the head of a request may take, and how long a connection may lie idle.
const HEAD: Duration = Duration::from_secs(15);

/// After this long a connection ends with its present request, so that nobody holds one for good by reading slowly.
const LIFETIME: Duration = Duration::from_mins(5);

/// How long that request may still take.
const LAST_REQUEST: Duration = Duration::from_mins(1);

/// How long to wait when the system gives no more connections.
const BREATH: Duration = Duration::from_millis(100);

/// Answers connections until `stop`, then lets those that are under way end. Gives what `stop` gives.
pub(super) async fn run<T>(
    listener: &TcpListener,
    app: &Router,
    most: NonZeroU32,
    within: Duration,
    stop: impl Future<Output = T>,
) -> T {
    let room = Arc::new(Semaphore::new(most.get() as usize));
    let (stopping, stopped) = watch::channel(());
    let accept = async {
        loop {
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { continue };
            match listener.accept().await {
                Ok((stream, peer)) => {
                    let serving = serve(stream, Peer(peer.ip()), app.clone(), stopped.clone());
                    tokio::spawn(async move {
                        serving.await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "no connection");
                    sleep(BREATH).await;
                }
            }
        }
    };
    let outcome = tokio::select! {
        outcome = stop => outcome,
        () = accept => unreachable!("it goes on for good"),
    };
    drop(stopping);
    // All places are free when all connections have ended.
    let _ = timeout(within, room.acquire_many(most.get())).await;
    outcome
}

async fn serve(stream: TcpStream, peer: Peer, app: Router, mut stopped: watch::Receiver<()>) {
    // Answers are small; without this the last bytes of one wait for the client.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        let answer = app.clone().oneshot(request);
        async { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    tokio::select! {
        // What goes wrong with a connection is the client's business.
        _ = connection.as_mut() => return,
        _ = stopped.changed() => {}
        () = sleep(LIFETIME) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(LAST_REQUEST, connection).await;
}
