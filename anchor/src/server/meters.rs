// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Figures for those who run the server. Nothing in them says who asked for what.

use std::time::Duration;

use metrics::{Key, Label, Level, Metadata, Recorder as _, Unit};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

/// The figures of one server.
pub(super) struct Meters {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

const METADATA: Metadata<'static> = Metadata::new("schulsiegel", Level::INFO, None);

const REQUESTS: &str = "schulsiegel_requests_total";
const REQUEST_SECONDS: &str = "schulsiegel_request_seconds";
const STATEMENTS: &str = "schulsiegel_statements_total";
const GROUP: &str = "schulsiegel_group_statements";
const SIZE: &str = "schulsiegel_ledger_entries";
const REFRESHES: &str = "schulsiegel_refreshes_total";

/// Upper ends of the buckets of every histogram, in seconds or statements.
const BUCKETS: [f64; 15] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0, 100.0, 300.0];

impl Meters {
    pub(super) fn new() -> Self {
        let builder = PrometheusBuilder::new().set_buckets(&BUCKETS).expect("there are buckets");
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        recorder.describe_counter(REQUESTS.into(), None, "Requests by what was asked for and the status.".into());
        recorder.describe_histogram(REQUEST_SECONDS.into(), Some(Unit::Seconds), "How long answers took.".into());
        recorder.describe_counter(STATEMENTS.into(), None, "Statements by what became of them.".into());
        recorder.describe_histogram(GROUP.into(), None, "Statements that were committed together.".into());
        recorder.describe_gauge(SIZE.into(), None, "Entries under the published checkpoint.".into());
        recorder.describe_counter(REFRESHES.into(), None, "Times that the checkpoint was cosigned again.".into());
        Self { recorder, handle }
    }

    /// An answer to a request.
    pub(super) fn answered(&self, endpoint: &'static str, status: u16, took: Duration) {
        let labels = vec![Label::from_static_parts("endpoint", endpoint), Label::new("status", status.to_string())];
        self.recorder.register_counter(&Key::from_parts(REQUESTS, labels), &METADATA).increment(1);
        let key = Key::from_parts(REQUEST_SECONDS, vec![Label::from_static_parts("endpoint", endpoint)]);
        self.recorder.register_histogram(&key, &METADATA).record(took.as_secs_f64());
    }

    /// What became of a statement: `accepted`, `known`, or the code of why not.
    pub(super) fn weighed(&self, outcome: &str) {
        let key = Key::from_parts(STATEMENTS, vec![Label::new("outcome", outcome.to_owned())]);
        self.recorder.register_counter(&key, &METADATA).increment(1);
    }

    /// So many statements went to the ledger together.
    pub(super) fn grouped(&self, statements: usize) {
        let statements = u32::try_from(statements).unwrap_or(u32::MAX);
        self.recorder.register_histogram(&Key::from_static_name(GROUP), &METADATA).record(f64::from(statements));
    }

    /// The published checkpoint has so many entries.
    pub(super) fn published(&self, size: u64) {
        // Exact up to 2^32 entries, and close enough above.
        let size = u32::try_from(size).unwrap_or(u32::MAX);
        self.recorder.register_gauge(&Key::from_static_name(SIZE), &METADATA).set(f64::from(size));
    }

    /// The checkpoint was cosigned again, or not.
    pub(super) fn refreshed(&self, done: bool) {
        let outcome = if done { "done" } else { "failed" };
        let key = Key::from_parts(REFRESHES, vec![Label::from_static_parts("outcome", outcome)]);
        self.recorder.register_counter(&key, &METADATA).increment(1);
    }

    /// In the text format of Prometheus.
    pub(super) fn render(&self) -> String {
        self.handle.run_upkeep();
        self.handle.render()
    }

    /// Folds what has gathered, so that it does not grow while nobody asks.
    pub(super) fn tidy(&self) {
        self.handle.run_upkeep();
    }
}
