// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
For schools: from a folder of PDFs to sealed certificates.

The way of a batch ([`seal`]): look every file over ([`look_over`]) → note everything in the school's register
([`register`]) → append the batch statement to the ledger, which is the commit point → write the sealed copies → mark the
batch done. A run that dies before the commit leaves nothing behind; one that dies after it is finished by the next run,
through the same function.

What else the school says to the ledger is noted in its register before it is sent, too: it takes certificates back and
puts others in their place ([`withdraw`]), changes its key ([`rotate`]), and confirms what has become void ([`endorse`]).
So [`status`] can tell what stands on the ledger under the school's name and was not said by it.
*/

pub mod collect;
pub mod config;
pub mod endorse;
pub mod look_over;
pub mod output;
pub mod prove;
pub mod register;
pub mod request;
pub mod rotate;
mod say;
pub mod seal;
pub mod setup;
pub mod sheet;
pub mod status;
pub mod view;
pub mod withdraw;
