// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What goes wrong when a ministry says something to a ledger, or when a ledger is watched.

use cli::{Failure, Message};

use super::{
    append_failure, follow_failure, forked, ministry_failure, open_failure, read_failure, refusal, refusal_advice,
    rolled_back, trust_failure,
};
use crate::{
    ministry::desk::DeskError,
    watch::{Trouble, webhook::DeliveryError},
};

/// A ministry's statement was not made or not taken in: exit code 2 if nobody knows, 1 or 64 otherwise.
pub fn desk_failure(error: &DeskError) -> Failure {
    match error {
        DeskError::Ministry(error) => ministry_failure(error),
        DeskError::Open(error) => open_failure(error),
        DeskError::Pins(error) => trust_failure(error),
        DeskError::NoPins(place) => Failure::usage(Message::new("desk-no-pins").with("place", place)),
        DeskError::Follow(error) => follow_failure(error),
        DeskError::Read(error) => read_failure(error),
        DeskError::StatementsMissing { got, wanted } => {
            Failure::refused(Message::new("desk-statements-missing").with("got", *got).with("wanted", *wanted))
        }
        DeskError::OtherStatement { path } => Failure::refused(Message::new("desk-other-statement").with("path", path)),
        DeskError::Blocked { path, refusal: reason } => Failure::refused(
            Message::new("desk-blocked")
                .with("path", path)
                .with("reason", refusal(*reason))
                .with("code", reason.code()),
        ),
        DeskError::Refused(reason) => Failure::refused(
            Message::new("desk-refused")
                .with("reason", refusal(*reason))
                .with("code", reason.code())
                .with("advice", refusal_advice(*reason)),
        ),
        DeskError::Append { path, source } => {
            append_failure(source).detail(Message::new("desk-kept").with("path", path))
        }
    }
}

/// A watched ledger cannot be believed or read: exit codes as in [`follow_failure`].
pub fn trouble_failure(trouble: &Trouble) -> Failure {
    match trouble {
        Trouble::Follow(error) => follow_failure(error),
        Trouble::RolledBack { got, wanted } => rolled_back(*got, *wanted),
        Trouble::Forked { size, got, wanted } => forked(Message::new("ledger-forked").with("size", *size), got, wanted),
    }
}

/// Why an event was not delivered, as a clause without a full stop.
pub fn delivery_error(error: &DeliveryError) -> Message {
    match error {
        DeliveryError::Status { host, status } => {
            Message::new("webhook-status").with("host", host).with("status", status.to_string())
        }
        DeliveryError::Unreachable { host, why, text } => {
            Message::new("webhook-unreachable").with("host", host).with("why", *why).with("text", text)
        }
    }
}
