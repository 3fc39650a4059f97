// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What happens to every request: its share is counted, its answer is measured and written down, without who asked.

use std::{net::IpAddr, net::Ipv4Addr, sync::Arc, time::Instant};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

use super::{Shared, refuse, refuse_until};
use crate::problem::Fault;

/// From which address a connection comes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

/// Answers a request, or not now.
///
/// 1. Requests of those who run the server pass.
/// 2. 429 if the client has used up its share.
/// 3. 503 if too many are worked on.
pub(super) async fn watch(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (begun, endpoint) = (Instant::now(), endpoint(request.uri().path()));
    let method = request.method().clone();
    let response = if endpoint == "operation" {
        next.run(request).await
    } else {
        let peer = request.extensions().get().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Peer(address)| *address);
        match (shared.limits.request(shared.limits.client(peer, request.headers())), shared.requests.try_acquire()) {
            (Err(wait), _) => refuse_until(Fault::TooMany, wait),
            (Ok(()), Err(_)) => refuse(Fault::Busy),
            (Ok(()), Ok(_working)) => next.run(request).await,
        }
    };
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    shared.meters.answered(endpoint, status, took);
    tracing::debug!(%method, endpoint, status, took_us = took.as_micros(), "answered");
    response
}

/// What is asked for, without anything that a client may choose freely.
fn endpoint(path: &str) -> &'static str {
    match path {
        "/checkpoint" => "checkpoint",
        "/statements" => "statements",
        "/healthz" | "/readyz" | "/metrics" => "operation",
        path if path.starts_with("/tile/entries/") => "entries",
        path if path.starts_with("/tile/") => "tile",
        _ => "other",
    }
}
