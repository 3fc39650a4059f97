// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Calls that fail, and what a program may say of that.

use crate::{
    Run,
    strace::{
        Disturbance::{self, Fail, FailFromThenOn},
        Step,
    },
};

/// The disk is broken for a moment; the disk is full and stays so.
pub const FAULTS: [Disturbance; 2] = [Fail("EIO"), FailFromThenOn("ENOSPC")];

/// It ends with an exit code of the contract, and a failure is named with what to do about it.
#[track_caller]
pub fn assert_honest(run: &Run, step: &Step, fault: Disturbance) {
    let lines: Vec<_> = run.err.lines().collect();
    let named =
        lines.iter().any(|line| line.starts_with("error: ")) && lines.iter().any(|line| line.starts_with("hint: "));
    match run.code {
        // Only SQLite may know another way, or tidy up later; and it passes over its folder when that cannot be synced.
        // What the disk did not take of anything else is not there, whatever a second attempt says.
        Some(0) => {
            let of_database =
                step.path.contains(".db") || ["/demo", "/ledger"].iter().any(|end| step.path.ends_with(end));
            assert!(of_database && !run.err.contains("error:"), "{step} {fault:?}: {run:#?}");
        }
        Some(1 | 2 | 64) => assert!(named, "{step} {fault:?}: {run:#?}"),
        _ => panic!("{step} {fault:?}: {run:#?}"),
    }
}

/// How the disturbed runs ended.
#[derive(Debug, Default)]
pub struct Exits {
    done: usize,
    refused: usize,
    unknown: usize,
    usage: usize,
}

impl Exits {
    /// Counts one.
    pub fn count(&mut self, run: &Run) {
        *match run.code {
            Some(0) => &mut self.done,
            Some(1) => &mut self.refused,
            Some(2) => &mut self.unknown,
            _ => &mut self.usage,
        } += 1;
    }

    /// Faults were met at all, and at least so often.
    #[track_caller]
    pub fn assert_each(&self, faults: usize) {
        assert!(self.refused > 0 && self.refused + self.unknown + self.usage >= faults, "{self:?}");
    }
}
