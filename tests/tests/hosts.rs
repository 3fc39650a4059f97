// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A school year of people who have a machine each and nothing in common but a network, and that not always.
//!
//! Who they are and what they have in hand is in `hosts/land.rs`, what they live through in `hosts/year.rs`;
//! what comes late to a ledger is in `hosts/late.rs`, a ledger with two services in `hosts/two.rs`.

#[path = "hosts/land.rs"]
mod land;
#[path = "hosts/late.rs"]
mod late;
#[path = "hosts/two.rs"]
mod two;
#[path = "hosts/year.rs"]
mod year;

use std::process::ExitCode;

use tests::{
    hosts, postgres,
    trial::{self, needing},
};

fn main() -> ExitCode {
    let needs = [hosts::need()];
    let of_database = [hosts::need(), postgres::need()];
    trial::main(vec![
        needing("a_school_year_on_six_machines", &needs, year::school_year),
        needing("a_year_with_two_services_over_one_database", &of_database, two::year_of_two_services),
        needing("a_statement_that_outlives_its_sender_is_written_once", &needs, late::written_once),
        needing("what_is_refused_when_it_is_sent_again_is_forgotten", &needs, late::refused_when_sent_again),
    ])
}
