// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What is written of a policy, or of a list of authorities, is read as the same again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use proof::{authority::Authorities, policy::Policy};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(policy) = Policy::parse(bytes) {
        let written = policy.to_string();
        let again = Policy::parse(written.as_bytes()).expect("what is written is a policy");
        assert_eq!(again, policy);
        assert_eq!(again.to_string(), written);
    }
    if let Ok(authorities) = Authorities::parse(bytes) {
        let written = authorities.to_string();
        assert_eq!(Authorities::parse(written.as_bytes()), Ok(authorities));
    }
});
