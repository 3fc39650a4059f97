// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The format and the verdict of Schulsiegel: what a school writes into a certificate, what it says to a ledger, and what
a verifier concludes from both.

This crate does no I/O, reads no clock and draws no randomness. Time, random bytes, ledger answers and trusted keys are
arguments, so that the same bytes give the same verdict on a server, at a command line and in a browser.

`docs/FORMAT.md` is the specification of every byte that is read or written here.
*/

pub mod authority;
pub mod batch;
pub mod checkpoint;
pub mod encoding;
pub mod entry;
pub mod hash;
pub mod judge;
pub mod key;
pub mod note;
pub mod policy;
pub mod proof_file;
pub mod register;
pub mod replica;
pub mod request;
pub mod sealed_pdf;
pub mod statement;
pub mod timestamp;
pub mod tree;
pub mod verdict;

#[cfg(test)]
mod fixtures;

pub use hash::Hash;
pub use timestamp::Timestamp;

/// How far, in seconds, one clock may run ahead of another before what it says is refused.
pub const CLOCK_TOLERANCE_S: u64 = 600;
