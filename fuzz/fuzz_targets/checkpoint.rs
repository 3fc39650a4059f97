// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A checkpoint that is read is written as the same text, and one that nobody trusted signed is not believed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use proof::{Timestamp, checkpoint::Checkpoint, policy::Policy};

/// Keys whose private halves this program does not have.
const POLICY: &[u8] = b"log example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\nquorum none\n";

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = str::from_utf8(bytes)
        && let Some(checkpoint) = Checkpoint::parse(text)
    {
        assert_eq!(checkpoint.text(), text);
    }
    let policy = Policy::parse(POLICY).expect("a policy");
    assert!(policy.verify(bytes, Timestamp::EPOCH).is_err());
});
