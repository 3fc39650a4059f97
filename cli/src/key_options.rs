// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! How a command that makes a key asks where to keep it. Schools and ministries are asked alike.

use std::path::PathBuf;

use clap::Args;

/// Where a new key is to be kept: in a file with a passphrase, unless these options say otherwise.
#[derive(Debug, Clone, Args)]
pub struct KeyOptions {
    /// In a file without a passphrase.
    #[arg(long, conflicts_with = "token_module")]
    pub no_passphrase: bool,
    /// The library of a PKCS#11 token.
    #[arg(long, value_name = "FILE", requires = "token")]
    pub token_module: Option<PathBuf>,
    /// The token's label.
    #[arg(long, value_name = "NAME", requires = "token_module")]
    pub token: Option<String>,
    /// What the key is to be called in the token.
    #[arg(long, value_name = "NAME", requires = "token_module")]
    pub token_key: Option<String>,
}
