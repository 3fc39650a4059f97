// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
For everybody who is shown a certificate: is it genuine, who issued it, and was it withdrawn?

A run reads what is pinned ([`trust`]), asks every ledger that is pinned or reads its copy ([`consult`], [`copies`]), and
then judges file by file ([`check`]). What is trusted never comes out of a file, and what could not be found out is never
shown as forged.
*/

pub mod check;
pub mod consult;
pub mod copies;
pub mod report;
pub mod trust;
