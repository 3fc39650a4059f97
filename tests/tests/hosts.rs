// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A school year of people who have a machine each and nothing in common but a network, and that not always.
//!
//! Who they are and what they have in hand is in `hosts/land.rs`, what they live through in `hosts/year.rs`;
//! what comes late to a ledger is in `hosts/late.rs`.

#[path = "hosts/land.rs"]
mod land;
#[path = "hosts/late.rs"]
mod late;
#[path = "hosts/year.rs"]
mod year;

use std::process::ExitCode;

use tests::{
    hosts,
    trial::{self, needing},
};

fn main() -> ExitCode {
    let needs = [hosts::need()];
    trial::main(vec![
        needing("a_school_year_on_six_machines", &needs, year::school_year),
        needing("a_statement_that_outlives_its_sender_is_written_once", &needs, late::written_once),
        needing("what_is_refused_when_it_is_sent_again_is_forgotten", &needs, late::refused_when_sent_again),
    ])
}
