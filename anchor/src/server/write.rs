// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What is sent: one signed statement.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{self, Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use proof::{encoding::decimal, note::MAX_NOTE_BYTES, register::Refusal, statement::SignedStatement, tree::TreeSize};
use tokio::time::timeout;

use super::{Shared, refuse, refuse_until};
use crate::{
    ledger::{AppendError, Proposal},
    problem::{Answer, Fault, Problem},
};

/// Takes in a statement, or says why not. The same one again gets the same answer.
///
/// 1. 415 if it is not sent as text, 400 if the query is not `at=<size>` or nothing.
/// 2. Read the body: 413 if it is larger than any statement, 408 if it does not arrive in time, 400 if it is cut off.
/// 3. 422 if it is no statement; 429 if its issuer has used up their share.
/// 4. Queue it: 503 if too many wait.
/// 5. 200 when it is published; 422 with the refusal's code if it would not count, 409 if the ledger has another size
///    than `at`, 503 or 500 if it was not taken in, 500 with `outcome_unknown` if nobody knows.
pub(super) async fn statement(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let within = Duration::from_secs(shared.settings.request_timeout_s.get().into());
    match take_in(&shared, request, within).await {
        Ok(answer) => {
            let body = serde_json::to_vec(&answer).expect("texts and numbers are JSON");
            let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
            (StatusCode::OK, headers, body).into_response()
        }
        Err(Refused { problem, wait: None }) => refuse(problem),
        Err(Refused { problem, wait: Some(wait) }) => refuse_until(problem, wait),
    }
}

/// Why not, and after which time it is worth trying again.
struct Refused {
    problem: Problem,
    wait: Option<Duration>,
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self { problem: fault.into(), wait: None }
    }
}

async fn take_in(shared: &Shared, request: Request, within: Duration) -> Result<Answer, Refused> {
    let (parts, body) = request.into_parts();
    if !is_text(&parts.headers) {
        return Err(Fault::MediaType.into());
    }
    let at = match parts.uri.query() {
        None => None,
        Some(query) => {
            let at = query.strip_prefix("at=").and_then(decimal);
            Some(TreeSize(at.ok_or(Fault::BadRequest)?))
        }
    };
    let note = read(&parts.headers, body, within).await?.to_vec();

    let weighed = |error: &AppendError| {
        let problem = Problem::from(error);
        shared.meters.weighed(&problem.code);
        Refused { problem, wait: None }
    };
    let signed = SignedStatement::parse(note.clone());
    let signed = signed.map_err(|error| weighed(&AppendError::Rejected(Refusal::from(error))))?;
    let issuer = &signed.statement().issuer;
    let too_many = |wait| {
        shared.meters.weighed("too_many_requests");
        Refused { problem: Fault::TooMany.into(), wait: Some(wait) }
    };
    shared.limits.may_speak(issuer).map_err(too_many)?;

    let size = shared.shelf.shown().size;
    let busy = || {
        shared.meters.weighed("busy");
        Refused::from(Fault::Busy)
    };
    let outcome = shared.queue.put(Proposal { at, note }).ok_or_else(busy)?;
    let unknown = |text: &str| Err(AppendError::OutcomeUnknown(text.to_owned()));
    let outcome = match timeout(within, outcome).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => unknown("the writing task ended"),
        Err(_) => unknown("no answer in time"),
    };
    let appended = outcome.map_err(|error| {
        tracing::info!(%error, "statement not taken in");
        weighed(&error)
    })?;
    // One that stood there before costs nothing.
    if appended.index.0 >= size.0 {
        shared.limits.spoke(issuer);
        tracing::info!(index = appended.index.0, "statement taken in");
        shared.meters.weighed("accepted");
    } else {
        shared.meters.weighed("known");
    }
    Ok(appended.into())
}

/// `text/plain`, with no other charset than UTF-8.
fn is_text(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let mut words = value.split(';').map(|word| word.trim().to_ascii_lowercase());
    words.next().as_deref() == Some("text/plain")
        && words.all(|word| matches!(word.as_str(), "charset=utf-8" | "charset=\"utf-8\""))
}

async fn read(headers: &HeaderMap, body: Body, within: Duration) -> Result<Bytes, Fault> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(decimal);
    if length.is_some_and(|length| length > MAX_NOTE_BYTES as u64) {
        return Err(Fault::TooLarge);
    }
    // One byte more tells what is too large from what is cut off.
    let whole = timeout(within, body::to_bytes(body, MAX_NOTE_BYTES)).await.map_err(|_| Fault::TooSlow)?;
    whole.map_err(|error| if is_too_large(&error) { Fault::TooLarge } else { Fault::BadRequest })
}

fn is_too_large(error: &axum::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if cause.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        source = cause.source();
    }
    false
}
