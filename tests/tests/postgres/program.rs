// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

pub(crate) fn tests() -> Vec<(&'static str, fn())> {
    vec![]
}
