// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A school year of people who have a machine each and nothing in common but a network, and that not always.
//!
//! Who they are and what they have in hand is in `hosts/land.rs`, what they live through in `hosts/year.rs`.

#[path = "hosts/land.rs"]
mod land;
#[path = "hosts/year.rs"]
mod year;

use std::process::ExitCode;

use tests::{hosts, trial};

fn main() -> ExitCode {
    trial::main(vec![trial::needing("a_school_year_on_six_machines", &[hosts::need()], year::school_year)])
}
