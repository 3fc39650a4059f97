// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Why a ledger over HTTP says no: problem details (RFC 9457) with a code, written by the server and read by the client.

What they mean stands in `code` and the members beside it; `detail` is for people, in English. It never holds what only
concerns those who run the server: that is in their log.
*/

use proof::{Timestamp, register::Refusal, statement::Land};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ledger::{AppendError, Appended};

/// The media type of problem details.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// The largest ones that are read, in bytes. Ours have a few hundred.
pub const MAX_BYTES: usize = 16_384;

/// Problem details.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Always `about:blank`: the code says what it is.
    pub r#type: String,
    /// What the status means.
    pub title: String,
    /// The status.
    pub status: u16,
    /// What is wrong, for people.
    pub detail: String,
    /// What is wrong, for programs.
    pub code: String,
    /// What was found where something else was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub got: Option<Value>,
    /// What was expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Value>,
    /// `clock_behind`: what the ledger's clock says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// `clock_behind`: when the last entry was taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}

/// The answer to a statement that stands on the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Its ledger index.
    pub index: u64,
    /// When the ledger took it in.
    pub admitted: String,
}

/// What a request is refused for before it comes to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The path names nothing, or nothing that is there yet.
    NotFound,
    /// The path knows another method.
    MethodNotAllowed,
    /// The query or the body cannot be read.
    BadRequest,
    /// The body did not arrive in time.
    TooSlow,
    /// The body is larger than any statement.
    TooLarge,
    /// The body is not said to be text.
    MediaType,
    /// Too many requests of this client, or statements of this school.
    TooMany,
    /// Too many requests of everybody.
    Busy,
    /// The ledger cannot be read.
    Unreadable,
}

impl Fault {
    fn describe(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::NotFound => (404, "not_found", "there is nothing here, or not yet"),
            Self::MethodNotAllowed => (405, "method_not_allowed", "this path knows another method"),
            Self::BadRequest => (400, "bad_request", "the request cannot be read"),
            Self::TooSlow => (408, "too_slow", "the request did not arrive in time"),
            Self::TooLarge => (413, "too_large", "no statement is that large"),
            Self::MediaType => (415, "media_type", "a statement is sent as text/plain in UTF-8"),
            Self::TooMany => (429, "too_many_requests", "too many requests; try again later"),
            Self::Busy => (503, "busy", "the ledger is busy; try again"),
            Self::Unreadable => (503, "unreadable", "the ledger cannot be read at the moment"),
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let (status, code, detail) = fault.describe();
        Self::new(status, code, detail.to_owned())
    }
}

impl From<&AppendError> for Problem {
    fn from(error: &AppendError) -> Self {
        match error {
            AppendError::Rejected(refusal) => {
                let (got, wanted) = values(*refusal);
                Self { got, wanted, ..Self::new(422, refusal.code(), refusal.to_string()) }
            }
            AppendError::Conflict { got, wanted } => {
                let (got, wanted) = (Some((*got).into()), Some((*wanted).into()));
                Self { got, wanted, ..Self::new(409, "conflict", error.to_string()) }
            }
            AppendError::ClockBehind { now, last } => {
                let (now, last) = (Some(now.to_string()), Some(last.to_string()));
                Self { now, last, ..Self::new(503, "clock_behind", error.to_string()) }
            }
            // What the system says of files and disks is not for everybody.
            AppendError::Unavailable(_) => {
                let detail = "the ledger cannot take statements in at the moment; this one was not taken in";
                Self::new(503, "unavailable", detail.to_owned())
            }
            AppendError::Damaged(_) => {
                Self::new(500, "damaged", "the ledger is damaged; the statement was not taken in".to_owned())
            }
            AppendError::OutcomeUnknown(_) => {
                let detail = "it is not known whether the statement was taken in; look before sending it again";
                Self::new(500, "outcome_unknown", detail.to_owned())
            }
        }
    }
}

impl Problem {
    fn new(status: u16, code: &str, detail: String) -> Self {
        let (r#type, title) = ("about:blank".to_owned(), title(status).to_owned());
        Self { r#type, title, status, detail, code: code.to_owned(), got: None, wanted: None, now: None, last: None }
    }

    /// What it means for a statement that was sent. What this version does not know leaves the outcome open, unless the
    /// status says that nothing was done.
    pub fn append_error(&self) -> AppendError {
        let text = || format!("{} ({}): {}", self.status, self.code, self.detail);
        let number = |value: &Option<Value>| value.as_ref().and_then(Value::as_u64);
        match (self.status, self.code.as_str()) {
            (422, code) => match refusal(code, self.got.as_ref(), self.wanted.as_ref()) {
                Some(refusal) => AppendError::Rejected(refusal),
                None => AppendError::Unavailable(text()),
            },
            (409, "conflict") => match (number(&self.got), number(&self.wanted)) {
                (Some(got), Some(wanted)) => AppendError::Conflict { got, wanted },
                _ => AppendError::Unavailable(text()),
            },
            (503, "clock_behind") => match (time(self.now.as_ref()), time(self.last.as_ref())) {
                (Some(now), Some(last)) => AppendError::ClockBehind { now, last },
                _ => AppendError::Unavailable(text()),
            },
            (500, "damaged") => AppendError::Damaged(text()),
            (503, "unavailable" | "busy") | (400..=499, _) => AppendError::Unavailable(text()),
            _ => AppendError::OutcomeUnknown(text()),
        }
    }
}

impl From<Appended> for Answer {
    fn from(appended: Appended) -> Self {
        Self { index: appended.index.0, admitted: appended.admitted.to_string() }
    }
}

impl Answer {
    /// The answer as it is meant; `None` if its time is none.
    pub fn appended(&self) -> Option<Appended> {
        let admitted = Timestamp::parse(&self.admitted)?;
        Some(Appended { index: proof::tree::LeafIndex(self.index), admitted })
    }
}

fn time(text: Option<&String>) -> Option<Timestamp> {
    Timestamp::parse(text?)
}

/// The status as RFC 9110 names it.
fn title(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        _ => "Service Unavailable",
    }
}

/// The members that belong to a refusal.
fn values(refusal: Refusal) -> (Option<Value>, Option<Value>) {
    match refusal {
        Refusal::WrongLand { got, wanted } => (Some(got.to_string().into()), Some(wanted.to_string().into())),
        Refusal::WrongSeq { got, wanted } | Refusal::FromIndexAhead { got, wanted } => {
            (Some(got.into()), Some(wanted.into()))
        }
        _ => (None, None),
    }
}

/// The refusal of a code; `None` for one of a later version.
fn refusal(code: &str, got: Option<&Value>, wanted: Option<&Value>) -> Option<Refusal> {
    let number = |value: Option<&Value>| value?.as_u64();
    let land = |value: Option<&Value>| Land::parse(value?.as_str()?);
    Some(match code {
        "wrong_land" => Refusal::WrongLand { got: land(got)?, wanted: land(wanted)? },
        "wrong_seq" => Refusal::WrongSeq { got: number(got)?, wanted: number(wanted)? },
        "from_index_ahead" => Refusal::FromIndexAhead { got: number(got)?, wanted: number(wanted)? },
        _ => return Refusal::PLAIN.into_iter().find(|refusal| refusal.code() == code),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(error: &AppendError) -> AppendError {
        let bytes = serde_json::to_vec(&Problem::from(error)).expect("JSON");
        assert!(bytes.len() < MAX_BYTES);
        serde_json::from_slice::<Problem>(&bytes).expect("problem details").append_error()
    }

    #[test]
    fn every_refusal_arrives_as_it_was_sent() {
        let land = |text| Land::parse(text).expect("a Land");
        let with_values = [
            Refusal::WrongLand { got: land("05"), wanted: land("07") },
            Refusal::WrongSeq { got: 3, wanted: u64::MAX },
            Refusal::FromIndexAhead { got: 9, wanted: 4 },
        ];
        for refusal in Refusal::PLAIN.into_iter().chain(with_values) {
            let error = AppendError::Rejected(refusal);
            assert_eq!(sent(&error), error);
        }
    }

    #[test]
    fn what_is_not_known_to_be_undone_stays_open() {
        let time = |posix| Timestamp::from_posix(posix).expect("a time");
        let behind = AppendError::ClockBehind { now: time(1_000), last: time(9_000) };
        assert_eq!(sent(&behind), behind);
        let conflict = AppendError::Conflict { got: 3, wanted: 2 };
        assert_eq!(sent(&conflict), conflict);
        assert!(matches!(sent(&AppendError::Damaged("/srv/secret".into())), AppendError::Damaged(_)));
        assert!(matches!(sent(&AppendError::Unavailable("/srv/secret".into())), AppendError::Unavailable(_)));
        assert!(matches!(sent(&AppendError::OutcomeUnknown("disk".into())), AppendError::OutcomeUnknown(_)));
        let says = |status, code: &str| Problem::new(status, code, String::new()).append_error();
        assert!(matches!(says(422, "of_a_later_version"), AppendError::Unavailable(_)));
        assert!(matches!(says(422, "wrong_seq"), AppendError::Unavailable(_)), "without its numbers");
        assert!(matches!(says(429, "too_many_requests"), AppendError::Unavailable(_)));
        for (status, code) in [(500, ""), (502, ""), (503, ""), (504, ""), (500, "later"), (200, "")] {
            assert!(matches!(says(status, code), AppendError::OutcomeUnknown(_)), "{status} {code}");
        }
    }

    #[test]
    fn what_the_system_says_stays_here() {
        for error in [
            AppendError::Unavailable("/srv/secret".into()),
            AppendError::Damaged("/srv/secret".into()),
            AppendError::OutcomeUnknown("/srv/secret".into()),
        ] {
            let text = serde_json::to_string(&Problem::from(&error)).expect("JSON");
            assert!(!text.contains("secret"), "{text}");
        }
    }

    #[test]
    fn problem_details_have_their_members() {
        let problem = Problem::from(&AppendError::Rejected(Refusal::WrongSeq { got: 3, wanted: 2 }));
        let wanted = serde_json::json!({
            "type": "about:blank",
            "title": "Unprocessable Content",
            "status": 422,
            "detail": "the statement has the number 3, the next one is 2",
            "code": "wrong_seq",
            "got": 3,
            "wanted": 2,
        });
        assert_eq!(serde_json::to_value(problem).expect("JSON"), wanted);
    }
}
