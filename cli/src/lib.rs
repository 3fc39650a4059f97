// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What the programs share when they talk to a person at a terminal.
//!
//! Everything that a person reads is a [`Message`]: an id and its arguments. [`Words`] turns it into German or English,
//! so libraries and binaries never hold sentences, and one test can prove that none is missing. [`run`] is the frame of
//! a binary: it chooses the language, parses the command line, reports what failed and returns the exit code.
//!
//! ```no_run
//! use cli::{Cell, Exit, Failure, Message, Table, Terminal, Tone};
//!
//! #[derive(clap::Parser)]
//! #[command(name = "lister", version)]
//! struct Args {
//!     folder: std::path::PathBuf,
//! }
//!
//! fn list(args: Args, terminal: &Terminal) -> Result<Exit, Failure> {
//!     let entries = std::fs::read_dir(&args.folder)
//!         .map_err(|error| Failure::cannot_read(Exit::Usage, &args.folder, &error))?;
//!     let mut table = Table::new(terminal.words(), &[Message::new("column-file")]);
//!     for entry in entries.flatten() {
//!         table.row([Cell::toned(&entry.file_name().to_string_lossy(), Tone::Good)]);
//!     }
//!     terminal.table(&table)?;
//!     Ok(Exit::Ok)
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     cli::run(list)
//! }
//! ```
//!
//! The crate knows nothing of ledgers, proofs or certificates.

mod clean;
mod failure;
mod files;
mod help;
mod key_options;
mod lang;
mod message;
mod progress;
mod prompt;
mod run;
mod settings;
mod table;
mod terminal;
pub mod testing;
mod usage;
mod words;

pub use clean::clean;
pub use failure::{Exit, Failure, report};
pub use files::{Found, Pdf, find_pdfs};
pub use help::localise;
pub use key_options::KeyOptions;
pub use lang::Lang;
pub use message::{Arg, Message, Time};
pub use progress::Progress;
pub use run::run;
pub use settings::from_toml;
pub use table::{Cell, Table, Tone};
pub use terminal::Terminal;
pub use usage::discreet;
pub use words::Words;
