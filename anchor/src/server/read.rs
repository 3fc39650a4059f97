// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What is read: the checkpoint, tiles and bundles.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

use super::{Shared, refuse};
use crate::{ledger::ReadError, problem::Fault, tiles::Piece};

/// A full piece is the same for good.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// So is one that is not full, but nobody asks for it for long.
const AN_HOUR: &str = "public, max-age=3600, immutable";

/// The published checkpoint.
///
/// 1. Look at what is published: 503 if it cannot be read or proven.
/// 2. 304 if the client has it, else 200.
pub(super) async fn checkpoint(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let shown = match shared.shelf.look().await {
        Ok(shown) => shown,
        Err(error) => return unreadable(&error),
    };
    let validators = [(header::CACHE_CONTROL, "no-cache"), (header::ETAG, shown.etag.as_str())];
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    if known.flat_map(|list| list.split(',')).any(|tag| tag.trim() == shown.etag) {
        return (StatusCode::NOT_MODIFIED, validators).into_response();
    }
    (validators, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], shown.note.clone()).into_response()
}

/// A tile or bundle.
///
/// 1. 404 if the path names none, or one that the published checkpoint does not cover.
/// 2. 503 if its entries cannot be read, else 200.
pub(super) async fn piece(State(shared): State<Arc<Shared>>, uri: Uri) -> Response {
    let Some(piece) = uri.path().strip_prefix('/').and_then(Piece::parse) else { return refuse(Fault::NotFound) };
    match shared.shelf.piece(piece).await {
        Ok(Some(bytes)) => {
            let keep = if piece.is_full() { FOREVER } else { AN_HOUR };
            let headers = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, keep)];
            (headers, bytes).into_response()
        }
        Ok(None) => refuse(Fault::NotFound),
        Err(error) => unreadable(&error),
    }
}

fn unreadable(error: &ReadError) -> Response {
    tracing::error!(%error, "the ledger cannot be read");
    refuse(Fault::Unreadable)
}
