// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
For schools: from a folder of PDFs to sealed certificates.

The way of a batch ([`seal`]): look every file over ([`look_over`]) → note everything in the school's register
([`register`]) → append the batch statement to the ledger, which is the commit point → write the sealed copies → mark the
batch done. A run that dies before the commit leaves nothing behind; one that dies after it is finished by the next run,
through the same function.
*/

pub mod collect;
pub mod config;
pub mod look_over;
pub mod output;
pub mod prove;
pub mod register;
pub mod seal;
pub mod setup;
