// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! One request and its answer: how long it may take, how large it may be, and when it is tried again.

use std::{net::IpAddr, time::Duration};

use reqwest::{Client, RequestBuilder, Response, StatusCode, Url, header, redirect};
use tokio::time::sleep;

use crate::{
    client::{cause, host},
    ledger::ReadError,
    problem::{self, Answer, Problem},
    tiles::Piece,
};

/// How long it may take to be connected.
const CONNECT: Duration = Duration::from_secs(10);

/// How often something is asked that gets no answer, or a broken one.
const TRIES: u32 = 4;

/// The longest pause between two tries, whatever the server asks for.
const MAX_PAUSE: Duration = Duration::from_secs(10);

/// The largest answer that is not a bundle, in bytes: a checkpoint with 32 signature lines has fewer.
pub(super) const MAX_SMALL: usize = 65_536;

/// How long a server is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How long to wait before something is tried again; before each further try twice as long.
    pub pause: Duration,
    /// How long nothing at all may arrive, and how long an answer of a few kilobytes may take as a whole.
    pub silence: Duration,
    /// How long a bundle may take as a whole.
    pub bundle: Duration,
    /// How long one thing is asked for again while the server says that this client asks for too much (429).
    pub limited: Duration,
    /// How long one thing is asked for again while the server says that it is busy (502 to 504).
    pub busy: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            pause: Duration::from_millis(250),
            silence: Duration::from_secs(45),
            // Eight of 16 MiB at once over 4 Mbit/s, and a little more.
            bundle: Duration::from_mins(5),
            limited: Duration::from_mins(1),
            busy: Duration::from_secs(10),
        }
    }
}

/// What became of a statement that was to be sent.
#[derive(Debug)]
pub(super) enum Sent {
    /// It stands on the ledger.
    Answer(Answer),
    /// The ledger says something else.
    Problem(Problem),
    /// It certainly did not arrive.
    Undelivered(String),
    /// It may have arrived.
    Lost(String),
}

/// A server, by its address.
pub(super) struct Fetch {
    client: Client,
    base: Url,
    patience: Patience,
}

impl Fetch {
    pub(super) fn new(url: &Url, patience: Patience) -> Result<Self, ReadError> {
        let mut base = url.clone();
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", url.path()));
        }
        let builder = Client::builder()
            .user_agent(concat!("schulsiegel-anchor/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .read_timeout(patience.silence)
            .timeout(patience.silence)
            // A ledger is at its own address: whoever answers for it elsewhere is not it.
            .redirect(redirect::Policy::none());
        // A proxy of the environment is for the way out of a network, never for this machine.
        let client = if is_this_machine(url) { builder.no_proxy() } else { builder }.build();
        Ok(Self { client: client.map_err(|error| ReadError::Unavailable(cause(error)))?, base, patience })
    }

    fn url(&self, path: &str) -> Result<Url, ReadError> {
        self.base.join(path).map_err(|error| ReadError::Unavailable(error.to_string()))
    }

    /// Reads a piece; where it is gone because it has grown, the beginning of the full one.
    pub(super) async fn piece<T>(
        &self,
        piece: Piece,
        cap: usize,
        parse: impl Fn(Piece, &[u8]) -> Option<Vec<T>>,
    ) -> Result<Vec<T>, ReadError> {
        for wanted in [piece, piece.full()] {
            let Some(bytes) = self.get(&wanted.to_string(), cap).await? else { continue };
            let parsed = parse(wanted, &bytes);
            let mut parsed = parsed.ok_or_else(|| ReadError::Damaged(format!("{wanted} has not its length")))?;
            parsed.truncate(usize::from(piece.width()));
            return Ok(parsed);
        }
        Err(ReadError::Damaged(format!("{piece} is not there, but the checkpoint covers it")))
    }

    /// What is at a path, at most `cap` bytes; `None` if nothing is.
    pub(super) async fn get(&self, path: &str, cap: usize) -> Result<Option<Vec<u8>>, ReadError> {
        let (url, is_small) = (self.url(path)?, cap <= MAX_SMALL);
        let within = if is_small { self.patience.silence } else { self.patience.bundle };
        let (mut tries, mut waited) = (0, Duration::ZERO);
        loop {
            tries += 1;
            let again = || (tries < TRIES).then(|| self.pause(tries, None));
            let (text, pause) = match self.client.get(url.clone()).timeout(within).send().await {
                Ok(answer) if answer.status() == StatusCode::OK => match read(answer, cap).await {
                    Ok(bytes) => return Ok(Some(bytes)),
                    Err(Unread::TooLarge) => return Err(ReadError::Damaged(format!("{path} is too large"))),
                    Err(Unread::Late(text)) => (text, None),
                    Err(Unread::Broken(text)) => (text, again()),
                },
                Ok(answer) if answer.status() == StatusCode::NOT_FOUND => return Ok(None),
                Ok(answer) => {
                    let (pause, most) = (self.pause(tries, Some(&answer)), self.waits_for(answer.status()));
                    (status_text(answer.status()), (waited + pause <= most).then_some(pause))
                }
                Err(error) => {
                    let again = if error.is_timeout() { None } else { again() };
                    (cause(error), again)
                }
            };
            let Some(pause) = pause else {
                return Err(ReadError::Unavailable(format!("{}: {text}", host(&self.base))));
            };
            waited += pause;
            sleep(pause).await;
        }
    }

    /// How long, in all, something is asked for again that was answered so.
    fn waits_for(&self, status: StatusCode) -> Duration {
        use StatusCode as S;
        match status {
            S::TOO_MANY_REQUESTS => self.patience.limited,
            S::BAD_GATEWAY | S::SERVICE_UNAVAILABLE | S::GATEWAY_TIMEOUT => self.patience.busy,
            _ => Duration::ZERO,
        }
    }

    /// What the server asks for, and at least the pause of its own.
    fn pause(&self, tries: u32, answer: Option<&Response>) -> Duration {
        let asked = answer.and_then(|answer| answer.headers().get(header::RETRY_AFTER)?.to_str().ok());
        let asked = asked.and_then(proof::encoding::decimal).map_or(Duration::ZERO, Duration::from_secs);
        let own = self.patience.pause.saturating_mul(1 << (tries - 1).min(7));
        asked.max(own).min(MAX_PAUSE)
    }

    /// Sends a statement. Again, only if the server certainly has done nothing.
    pub(super) async fn post(&self, path: &str, note: &[u8]) -> Sent {
        let url = match self.url(path) {
            Ok(url) => url,
            Err(error) => return Sent::Undelivered(error.to_string()),
        };
        let mut tries = 0;
        loop {
            tries += 1;
            let request = self.client.post(url.clone()).header(header::CONTENT_TYPE, "text/plain; charset=utf-8");
            match self.post_once(request.body(note.to_vec())).await {
                (Sent::Problem(problem), Some(pause)) if tries < TRIES && is_not_yet(&problem) => sleep(pause).await,
                (sent, _) => return sent,
            }
        }
    }

    /// The answer, and how long to wait before another try.
    async fn post_once(&self, request: RequestBuilder) -> (Sent, Option<Duration>) {
        let text = |text: String| format!("{}: {text}", host(&self.base));
        let answer = match request.send().await {
            Ok(answer) => answer,
            Err(error) if error.is_connect() => return (Sent::Undelivered(text(cause(error))), None),
            Err(error) => return (Sent::Lost(text(cause(error))), None),
        };
        let (status, pause) = (answer.status(), Some(self.pause(1, Some(&answer))));
        let is_problem = is_of_type(&answer, problem::MEDIA_TYPE);
        let bytes = match read(answer, problem::MAX_BYTES).await {
            Ok(bytes) => bytes,
            Err(_) if status.is_redirection() => return (Sent::Undelivered(text(status_text(status))), None),
            Err(Unread::TooLarge) => return (Sent::Lost(text("the answer is too large".to_owned())), None),
            Err(Unread::Late(broken) | Unread::Broken(broken)) => return (Sent::Lost(text(broken)), None),
        };
        if status == StatusCode::OK
            && let Ok(answer) = serde_json::from_slice(&bytes)
        {
            return (Sent::Answer(answer), None);
        }
        if is_problem
            && let Ok(problem) = serde_json::from_slice::<Problem>(&bytes)
            && problem.status == status.as_u16()
        {
            return (Sent::Problem(problem), pause);
        }
        // Somebody between us and the ledger: what they refuse they have not handed on.
        if status.is_redirection() || status.is_client_error() {
            return (Sent::Undelivered(text(status_text(status))), None);
        }
        (Sent::Lost(text(status_text(status))), None)
    }
}

fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Why an answer could not be read.
enum Unread {
    TooLarge,
    Late(String),
    Broken(String),
}

async fn read(mut answer: Response, cap: usize) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(None) => return Ok(bytes),
            Ok(Some(chunk)) if bytes.len() + chunk.len() > cap => return Err(Unread::TooLarge),
            Ok(Some(chunk)) => bytes.extend(chunk),
            Err(error) if error.is_timeout() => return Err(Unread::Late(cause(error))),
            Err(error) => return Err(Unread::Broken(cause(error))),
        }
    }
}

fn is_of_type(answer: &Response, media_type: &str) -> bool {
    let value = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value.split(';').next().is_some_and(|word| word.trim() == media_type))
}

/// Whether a statement was turned away at the door.
fn is_not_yet(problem: &Problem) -> bool {
    matches!((problem.status, problem.code.as_str()), (429, _) | (503, "busy"))
}

fn status_text(status: StatusCode) -> String {
    if status.is_redirection() {
        return format!("the address leads elsewhere ({status}), which is not followed");
    }
    format!("the answer is {status}")
}
