// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The commands: what was typed, then what is done.

pub(crate) mod check;
pub(crate) mod snapshot;
pub(crate) mod sync;
pub(crate) mod trust;
