// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Writes the test vectors: `cargo run --release --bin vectors`. To be run, and its result looked at, when the format
//! or the list of vectors changes.

fn main() {
    tests::vectors::write(&tests::program::root().join("tests/vectors"));
}
