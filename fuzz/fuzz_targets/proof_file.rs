// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A proof file that is read is written as the same bytes, and without any pinned key none makes a file genuine.

#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use proof::{Timestamp, authority::Authorities, judge::Judge, policy::Policy, proof_file::ProofFile, verdict::Verdict};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = ProofFile::parse(bytes) {
        assert_eq!(file.encode(), bytes);
    }
    let policy = Policy::parse(b"quorum none\n").expect("a policy");
    let authorities = Authorities::default();
    let ledgers = BTreeMap::new();
    let judge = Judge { policy: &policy, authorities: &authorities, max_age_s: 0, now: Timestamp::EPOCH, ledgers };
    let verdict = judge.judge(b"", Some(bytes)).verdict;
    assert!(matches!(verdict, Verdict::NotGenuine | Verdict::Undetermined));
});
