// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Looking PDFs over before they are sealed, so that nothing gets a seal that shows different things to different people.

Files come from anywhere, and parsing a hostile one can eat all memory, never end, or crash. Each file is therefore read
in a worker process ([`work_if_asked`]) under bounds of size, memory and time. A worker that dies or is too slow is
replaced, and its file is refused; the run goes on.
*/

mod inspect;
mod pool;
mod worker;

use std::path::Path;

pub use inspect::Fault;
pub use pool::{Pool, PoolError};
use proof::entry::DocumentDigest;
pub use worker::work_if_asked;

/// What looking a file over gives.
pub type Outcome = Result<Looked, Fault>;

/// A file that can be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// Digest of the bytes that were looked at.
    pub digest: DocumentDigest,
    /// How many there were.
    pub length: u64,
}

/// Looks all files over, several at a time, and calls `done` after each. The outcomes are in the order of the files.
///
/// # Errors
/// If no worker can be started.
pub fn look_over(files: &[&Path], done: impl Fn() + Sync) -> Result<Vec<Outcome>, PoolError> {
    Pool::start(files.len())?.run(files, done)
}
