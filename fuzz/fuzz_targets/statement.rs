// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A statement that is read is written as the same text, signed or not, and so is a school's request.

#![no_main]

use libfuzzer_sys::fuzz_target;
use proof::{
    request::Request,
    statement::{LedgerEntry, SignedStatement, Statement},
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = str::from_utf8(bytes)
        && let Ok(statement) = Statement::parse(text)
    {
        assert_eq!(statement.text(), text);
    }
    if let Ok(signed) = SignedStatement::parse(bytes.to_vec()) {
        assert_eq!(signed.note(), bytes);
        assert_eq!(signed.statement().text(), signed.text());
    }
    if let Some(entry) = LedgerEntry::decode(bytes) {
        assert_eq!(entry.encode(), bytes);
    }
    if let Ok(request) = Request::parse(bytes) {
        assert_eq!(request.school().as_str(), request.key.name());
    }
});
