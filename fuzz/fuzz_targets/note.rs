// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A note that is read is written as the same bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use proof::{encoding::base64_encode, note::Note};

fuzz_target!(|bytes: &[u8]| {
    let Ok(note) = Note::parse(bytes) else { return };
    let mut written = format!("{}\n", note.text());
    for line in note.signatures() {
        let signature = [&line.key_id.to_be_bytes(), line.signature.as_slice()].concat();
        written += &format!("— {} {}\n", line.name, base64_encode(&signature));
    }
    assert_eq!(written.as_bytes(), bytes);
});
