// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a ministry, and whoever watches a ledger, see of the program `anchor`.

mod again;
mod compromise;
mod list;
mod says;
mod several;
mod town;
mod watching;
