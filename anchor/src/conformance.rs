// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What every ledger must do, whatever keeps its entries: one suite for all implementations of [`Append`].

An implementation says with a [`Site`] how one of its ledgers is made and opened, and calls `conformance!` in its tests.
*/

#![expect(clippy::missing_panics_doc, reason = "a panic is the report of a test")]

pub mod appending;
pub mod cast;
pub mod reading;
pub mod refusing;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use async_trait::async_trait;
use proof::{Timestamp, authority::Authorities, key::Origin, policy::Policy};

use crate::{
    clock::Clock,
    ledger::{Append, Keep},
};

/// Where a ledger of the tests lives. Dropping it removes the ledger.
#[async_trait]
pub trait Site: Send + Sync + Sized {
    /// Makes a new ledger.
    async fn make(origin: &Origin, authorities: &Authorities, clock: &Clock) -> Self;

    /// Opens it once more, as another process would.
    async fn open(&self, clock: &Clock) -> Box<dyn Append>;

    /// Opens it as those who keep it do.
    async fn keep(&self, clock: &Clock) -> Box<dyn Keep>;

    /// The policy that believes it.
    fn policy(&self) -> Policy;
}

/// A clock that the test turns.
#[derive(Clone)]
pub struct Dial(Arc<AtomicU64>);

impl Dial {
    /// A clock that stands still.
    pub fn at(time: Timestamp) -> Self {
        Self(Arc::new(AtomicU64::new(time.posix())))
    }

    /// Turns the clock to so many seconds after 1970.
    pub fn turn_to(&self, posix: u64) {
        self.0.store(posix, Ordering::SeqCst);
    }

    /// The clock for a ledger.
    pub fn clock(&self) -> Clock {
        let seconds = Arc::clone(&self.0);
        Clock::new(move || cast::at(seconds.load(Ordering::SeqCst)))
    }
}

/// Waits for a future, as the body of a test.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

/// Hands the names of the suite to another macro, behind what that is given.
#[doc(hidden)]
#[macro_export]
macro_rules! conformance_suite {
    ($then:ident $given:tt) => {
        $crate::$then! { $given
            appending: [
                a_new_ledger_is_empty_and_signed,
                a_statement_is_taken_in_once,
                a_size_that_is_not_the_ledgers_is_a_conflict,
                times_never_decrease,
                a_clock_that_is_far_behind_stops_the_ledger,
                a_refresh_gives_a_newer_time_and_no_entry,
                what_one_handle_appends_the_other_sees,
                two_writers_at_once_get_what_they_were_promised,
                one_statement_sent_by_two_gets_one_answer,
                statements_of_a_group_are_weighed_one_after_the_other,
                a_group_without_anything_new_changes_nothing,
            ]
            refusing: [
                what_nobody_may_say_is_refused,
                what_a_school_may_not_say_is_refused,
                what_a_ministry_may_not_say_is_refused,
                signatures_are_exact,
            ]
            reading: [
                entries_come_in_ranges,
                at_most_a_thousand_entries_at_once,
                every_proof_up_to_forty_entries_holds,
                what_is_not_there_is_out_of_range,
                followers_catch_up,
            ]
        }
    };
}

/// Writes one test for each function of the suite.
#[macro_export]
macro_rules! conformance {
    ($site:ty) => {
        $crate::conformance_suite!(conformance_tests($site));
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! conformance_tests {
    (($site:ty) $($part:ident: [$($name:ident,)*])*) => {
        $($crate::conformance_tests!(@part $site, $part, $($name)*);)*
    };
    (@part $site:ty, $part:ident, $($name:ident)*) => {
        mod $part {
            use super::*;
            $(
                #[test]
                fn $name() {
                    $crate::conformance::block_on($crate::conformance::$part::$name::<$site>());
                }
            )*
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! conformance_list {
    (($site:ty) $($part:ident: [$($name:ident,)*])*) => {
        [$($crate::conformance_list!(@part $site, $part, $($name)*)),*].concat()
    };
    (@part $site:ty, $part:ident, $($name:ident)*) => {
        vec![$((
            concat!(stringify!($part), "::", stringify!($name)),
            (|| block_on($part::$name::<$site>())) as fn(),
        )),*]
    };
}

/// The suite as functions with their names, for tests that only run where their ledger can be had.
pub fn suite<S: Site>() -> Vec<(&'static str, fn())> {
    conformance_suite!(conformance_list(S))
}
