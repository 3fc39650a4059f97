// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What the tests across packages share: the real programs ([`program`]), a demo's folder to run them in ([`World`]), and
tests that may be left out honestly ([`trial`]).
*/

#![expect(clippy::missing_panics_doc, reason = "everything in here ends a test by a panic when something is amiss")]

pub mod cast;
pub mod certificates;
pub mod faults;
pub mod hammer;
pub mod hosts;
pub mod life;
pub mod pdf;
pub mod postgres;
pub mod program;
pub mod servers;
pub mod serving;
pub mod site;
pub mod stage;
pub mod strace;
pub mod trial;
pub mod vectors;
mod world;

pub use program::{Run, run};
pub use world::{World, tree};
