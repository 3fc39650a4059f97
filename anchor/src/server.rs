// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A ledger over HTTP: read as C2SP's *tlog-tiles* has it, written by sending one signed statement.

Nobody logs in. Whether a statement is taken in is for the ledger's replay to say, as it is on one machine; and whoever
reads holds what they read against the checkpoint. The server can be slow, silent or wrong, and cannot make anything
genuine.

| request | answer |
|---|---|
| `GET /checkpoint` | the published checkpoint |
| `GET /tile/…` | tiles and bundles within it, which never change |
| `POST /statements` | where the statement stands, once a checkpoint over it is published; else [`Problem`] details |
| `GET /healthz`, `/readyz`, `/metrics` | for those who run it |
*/

mod limits;
mod listen;
mod meters;
mod queue;
mod read;
mod settings;
mod shelf;
mod watch;
mod write;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use tokio::{net::TcpListener, sync::Semaphore};

use crate::{
    ledger::{Keep, Ledger, ReadError},
    problem::{self, Fault, Problem},
};
use limits::Limits;
use meters::Meters;
use queue::Queue;
pub use settings::{KEYS, LogFormat, Settings, SettingsError};
use shelf::Shelf;

/// What all requests share.
struct Shared {
    settings: Settings,
    shelf: Shelf,
    queue: Queue,
    limits: Limits,
    meters: Arc<Meters>,
    /// As many requests are worked on at once.
    requests: Semaphore,
}

/// Why a server stops by itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The ledger cannot be read at the start, or contradicts itself.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A write may or may not have reached the disk. Whoever opens the ledger next finds out.
    #[error("a write may or may not have reached the disk: {0}")]
    OutcomeUnknown(String),
}

/// Serves a ledger until `stop`. Statements that were taken from the network by then still get their answer.
///
/// `keep` writes, and nobody else of this process; `read` is the same ledger once more, so that those who read need not
/// wait for those who write. Other processes may append meanwhile.
///
/// # Errors
/// If the ledger cannot be read at the start, or nobody knows what became of a write.
pub async fn serve(
    listener: TcpListener,
    keep: Box<dyn Keep>,
    read: Box<dyn Ledger>,
    settings: Settings,
    stop: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    let meters = Arc::new(Meters::new());
    let shelf = Shelf::open(read, u64::from(settings.cache_mib.get()) << 20, Arc::clone(&meters)).await?;
    let (queue, waiting) = Queue::new(settings.max_waiting.get() as usize);
    let (within, limits) = (Duration::from_secs(settings.shutdown_within_s.get().into()), Limits::new(&settings));
    let (connections, requests) = (settings.max_connections, Semaphore::new(settings.max_requests.get() as usize));
    let refresh_every = Duration::from_secs(settings.refresh_every_s.get().into());
    let shared = Arc::new(Shared { settings, shelf, queue, limits, meters, requests });

    let mut writer = tokio::spawn(queue::write(keep, waiting, Arc::clone(&shared), refresh_every));
    let stop = async {
        tokio::select! {
            () = stop => None,
            outcome = &mut writer => Some(outcome),
        }
    };
    let ended = listen::run(&listener, &app(Arc::clone(&shared)), connections, within, stop).await;
    shared.queue.close();
    let outcome = match ended {
        Some(outcome) => outcome,
        None => writer.await,
    };
    let (keep, outcome) = outcome.map_err(|error| ServeError::OutcomeUnknown(error.to_string()))?;
    // Who reads goes first: the last to leave an embedded ledger tidies up, and only who writes can.
    if let Some(shared) = Arc::into_inner(shared) {
        shared.shelf.close().await;
    }
    keep.close().await;
    outcome
}

fn app(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/checkpoint", get(read::checkpoint))
        .route("/tile/{*path}", get(read::piece))
        .route("/statements", post(write::statement))
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .fallback(async || refuse(Fault::NotFound))
        .method_not_allowed_fallback(async || refuse(Fault::MethodNotAllowed))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), watch::watch))
        .with_state(shared)
}

/// 200: the process answers.
async fn healthz() -> StatusCode {
    StatusCode::OK
}

/// 200: the ledger can be read, and takes statements in; else 503.
async fn readyz(State(shared): State<Arc<Shared>>) -> Response {
    if shared.queue.is_open() && shared.shelf.look().await.is_ok() {
        StatusCode::OK.into_response()
    } else {
        refuse(Fault::Unreadable)
    }
}

/// 200: figures in the text format of Prometheus.
async fn metrics(State(shared): State<Arc<Shared>>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], shared.meters.render()).into_response()
}

/// Problem details as an answer.
fn refuse(problem: impl Into<Problem>) -> Response {
    let problem = problem.into();
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(&problem).expect("texts and numbers are JSON");
    let headers = [(header::CONTENT_TYPE, problem::MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")];
    let mut response = (status, headers, body).into_response();
    if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// The same, with the time after which it is worth trying again.
fn refuse_until(problem: impl Into<Problem>, wait: Duration) -> Response {
    let mut response = refuse(problem);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    response
}
