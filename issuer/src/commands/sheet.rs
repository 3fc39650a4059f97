// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer sheet`: the recovery sheet, once more. `issuer init` writes the first one with the same functions.

use std::path::{self, Path, PathBuf};

use anchor::{clock::Clock, host, keys::KeyPlace, wording::private_key_failure};
use clap::Args;
use cli::{Exit, Failure, Message, Terminal};
use issuer::{
    config::Config,
    setup::School,
    sheet::{SheetFacts, recovery_sheet},
};
use proof::{key::VerifyingKey, request::Request};

#[derive(Debug, Args)]
pub(crate) struct Sheet {
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Sheet {
    pub(crate) fn run(self, settings: &Path, config: &Config, terminal: &Terminal) -> Result<Exit, Failure> {
        let out = self.out.unwrap_or_else(|| beside(settings));
        refuse_existing(&out)?;
        let read = |error| Failure::cannot_read(Exit::Usage, &config.request, &error);
        let request = Request::parse(&std::fs::read(&config.request).map_err(read)?).ok();
        let request = request.filter(|request| request.school() == config.name);
        let request =
            request.ok_or_else(|| Failure::usage(Message::new("sheet-bad-request").with("path", &config.request)))?;
        let school = School {
            key_name: request.school(),
            name: request.name,
            number: request.number,
            place: request.place,
            state: request.state,
            kinds: request.kinds,
        };
        let key = config.open_key(terminal).map_err(|error| private_key_failure(&error))?;
        write(&out, &school, key.verifying_key(), &config.key, terminal)?;
        Ok(Exit::Ok)
    }
}

/// Where the sheet lies if nothing else is said.
pub(super) fn beside(settings: &Path) -> PathBuf {
    host::parent(settings).join("wiederherstellung.pdf")
}

/// Nothing is overwritten. Said before anything is asked or made.
pub(super) fn refuse_existing(out: &Path) -> Result<(), Failure> {
    if out.symlink_metadata().is_ok() {
        return Err(Failure::usage(Message::new("sheet-exists").with("path", out)));
    }
    Ok(())
}

/// Writes the sheet of today, and says so.
pub(super) fn write(
    out: &Path,
    school: &School,
    key: &VerifyingKey,
    place: &KeyPlace,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let place = match place {
        // A path on paper must lead there from wherever one stands.
        KeyPlace::File(file) => KeyPlace::File(path::absolute(file).unwrap_or_else(|_| file.clone())),
        KeyPlace::Token(_) => place.clone(),
    };
    let sheet = recovery_sheet(&SheetFacts { school, key, place: &place, made: Clock::system().now() });
    let sheet =
        sheet.map_err(|error| Failure::refused(Message::new("sheet-failed").with("reason", error.to_string())))?;
    host::create_file(out, &sheet, false).map_err(|error| Failure::cannot_write(Exit::Usage, out, &error))?;
    terminal.say(&Message::new("sheet-written").with("path", out))
}
