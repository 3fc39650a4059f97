// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Telling a web service what stands on a ledger: one POST of JSON for each event.

Whoever answers with a status of success has it; everything else is tried again, also what looks final, since a wrong
setting at the other end gets put right. An event may arrive twice, after an answer was lost: `ledger` and `index` say
that it is the same one.
*/

use std::time::Duration;

use reqwest::{Client, Url, header, redirect};

use super::Event;
use crate::client::{cause, host};

/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The longest pause between two tries.
const MAX_PAUSE: Duration = Duration::from_mins(5);

/// A web service that is told.
#[derive(Debug, Clone)]
pub struct Webhook {
    client: Client,
    url: Url,
}

/// Why an event was not delivered, as far as is known.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeliveryError {
    /// The other end says no.
    #[error("{host} answers with the status {status}")]
    Status {
        /// Who.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// The other end cannot be reached, or does not answer.
    #[error("{host}: {text}")]
    Unreachable {
        /// Who.
        host: String,
        /// `timeout`, `connect`, or `other`.
        why: &'static str,
        /// What the network says.
        text: String,
    },
}

/// The address of a webhook; `None` if it is none of `http` or `https`.
pub fn address(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
}

/// How long to wait after so many failed tries, from 1: a second, twice that, and so on, at most five minutes.
pub fn pause_after(tries: u32) -> Duration {
    let seconds = 1_u64.checked_shl(tries.saturating_sub(1)).unwrap_or(u64::MAX);
    Duration::from_secs(seconds).min(MAX_PAUSE)
}

impl Webhook {
    /// A web service at an address.
    ///
    /// # Errors
    /// If this machine cannot do TLS.
    pub fn new(url: Url) -> Result<Self, DeliveryError> {
        let client = Client::builder()
            .user_agent(concat!("schulsiegel-anchor/", env!("CARGO_PKG_VERSION")))
            .timeout(TIMEOUT)
            // What was sent to one address is not for another.
            .redirect(redirect::Policy::none())
            .build();
        let unusable = |error: reqwest::Error| unreachable(&url, error);
        Ok(Self { client: client.map_err(unusable)?, url })
    }

    /// Where it is, without what may be secret in its address.
    pub fn host(&self) -> String {
        host(&self.url)
    }

    /// Sends an event once.
    ///
    /// # Errors
    /// If it is not known to have arrived.
    ///
    /// # Panics
    /// Never: texts and numbers are JSON.
    pub async fn send(&self, event: &Event) -> Result<(), DeliveryError> {
        let body = serde_json::to_vec(event).expect("texts and numbers are JSON");
        let request = self.client.post(self.url.clone()).header(header::CONTENT_TYPE, "application/json").body(body);
        let answer = request.send().await.map_err(|error| unreachable(&self.url, error))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        Err(DeliveryError::Status { host: self.host(), status: status.as_u16() })
    }
}

fn unreachable(url: &Url, error: reqwest::Error) -> DeliveryError {
    let why = match () {
        () if error.is_timeout() => "timeout",
        () if error.is_connect() => "connect",
        () => "other",
    };
    DeliveryError::Unreachable { host: host(url), why, text: cause(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_five_minutes() {
        let seconds = [1, 2, 3, 9, 10, 64, 65, u32::MAX].map(|tries| pause_after(tries).as_secs());
        assert_eq!(seconds, [1, 2, 4, 256, 300, 300, 300, 300]);
    }

    #[test]
    fn an_address_is_shown_without_its_secrets() {
        let shown = |text| address(text).map(|url| host(&url));
        assert_eq!(shown("https://user:pass@example.org:8443/a?token=x").as_deref(), Some("https://example.org:8443"));
        assert_eq!(shown("http://[::1]/hook").as_deref(), Some("http://[::1]"));
        for bad in ["", "example.org", "ftp://example.org", "https://", "file:///etc"] {
            assert_eq!(shown(bad), None, "{bad}");
        }
    }
}
