// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Whom a ministry's statement concerns, in words for the question before it is signed.

use anchor::{ministry::desk::Desk, wording};
use cli::{Arg, Failure, Message, Terminal};
use proof::{
    Timestamp,
    key::{KeyName, VerifyingKey},
    register::{RecordId, Register},
    statement::{Accreditation, Kinds, Land},
};

/// Shows the school behind a record: name, place, key and how it stands.
pub(super) fn show_record(
    register: &Register,
    id: RecordId,
    at: Timestamp,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let accreditation = register.record(id).accreditation();
    let status = Message::of_code("issuer-status", register.issuer_status(id, at).code());
    show(accreditation, register.key_of(id), status, terminal)
}

/// Shows a school by its key name, as far as a desk knows it.
pub(super) fn show_school(
    desk: &Desk,
    land: Land,
    school: &KeyName,
    at: Timestamp,
    terminal: &Terminal,
) -> Result<(), Failure> {
    match desk.ahead().open_record(land, school) {
        Some(id) => show_record(desk.ahead(), id, at, terminal),
        None => terminal.say(&Message::new("concerned-unknown").with("school", school.as_str())),
    }
}

fn show(
    accreditation: &Accreditation,
    key: &VerifyingKey,
    status: Message,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let message = Message::new("concerned")
        .with("name", accreditation.name.as_str())
        .with("number", accreditation.number.as_str())
        .with("place", accreditation.place.as_str())
        .with("land", wording::land(accreditation.state))
        .with("kinds", kinds(&accreditation.kinds))
        .with("from", wording::time(accreditation.from))
        .with("until", wording::time(accreditation.until))
        .with("school", accreditation.school.as_str())
        .with("fingerprint", key.fingerprint().to_string())
        .with("status", status);
    terminal.say(&message)
}

/// The kinds of an accreditation in words.
pub(super) fn kinds(kinds: &Kinds) -> Arg {
    wording::kinds(kinds)
}
