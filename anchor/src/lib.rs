// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Ledgers: what one is ([`ledger`]), how one takes statements in ([`sequencer`]) and where its entries lie ([`store`]): in
files ([`sqlite`]) or in a database ([`postgres`]); how one is served ([`server`]) and used from afar ([`http`]), how one is
read and believed ([`follow`]), what is pinned to do so ([`trust`]), and how one is kept ([`copy`]) or carried
([`snapshot`]) to where it cannot be reached.

Nothing in here can make a certificate genuine: that takes a school's key and an authority's accreditation, and `proof`
judges both. A ledger can withhold, delay or rewrite, and everything here is about noticing that.

The library speaks to people only through [`wording`], which turns errors into messages of the crate `cli`; command lines
are parsed in `main.rs` and `commands` alone, SQL stands in the two files `database.rs` alone, and HTTP is served by
`server` alone.
*/

mod client;
pub mod clock;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod copy;
pub mod folder;
pub mod follow;
pub mod fsck;
pub mod home;
pub mod host;
pub mod http;
pub mod keys;
pub mod ledger;
pub mod line;
pub mod location;
pub mod memory;
pub mod ministry;
pub mod postgres;
pub mod problem;
pub mod reader;
pub mod reason;
pub mod sequencer;
pub mod server;
pub mod snapshot;
pub mod sqlite;
pub mod states;
pub mod store;
pub mod tiles;
pub mod trust;
pub mod watch;
pub mod wording;
