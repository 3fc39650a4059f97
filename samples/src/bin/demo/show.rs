// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Everything checked in front of the user's eyes, as `verifier check` does it.

use anchor::{clock::Clock, trust::Trust};
use anyhow::Result;
use cli::{Message, Terminal};
use verifier::{
    check::{Checker, Input},
    consult::Ledgers,
    report::{People, Summary},
};

use crate::folders::Folders;

/// Checks every folder with certificates that carry a seal, as far as it was made.
pub(crate) async fn check_everything(folders: &Folders, terminal: &Terminal) -> Result<()> {
    let trust = Trust::load(&folders.trust)?;
    let now = Clock::system().now();
    let ledgers = Ledgers::ask(&trust, None, None, now).await;
    let checker = Checker::new(ledgers.judge(&trust, now));
    let all =
        [&folders.sealed, &folders.altered, &folders.revoked, &folders.replaced, &folders.successors, &folders.forged];
    for folder in all.into_iter().filter(|folder| folder.is_dir()) {
        terminal.line("")?;
        terminal.say(&Message::new("demo-check").with("folder", folder))?;
        let found = cli::find_pdfs([folder.as_path()]).complete()?;
        let inputs: Vec<_> = found.pdfs.into_iter().map(|pdf| Input::File(pdf.shown)).collect();
        let (mut people, mut summary) = (People::new(terminal.words()), Summary::default());
        checker.check(&inputs, |input, judgement| {
            people.add(&file_name(input), &judgement);
            summary.add(&judgement);
            Ok::<_, anyhow::Error>(())
        })?;
        people.table().map_or(Ok(()), |table| terminal.table(table))?;
        summary.lines(terminal.words()).iter().try_for_each(|line| terminal.line(line))?;
    }
    terminal.line("")?;
    Ok(())
}

fn file_name(input: &Input) -> String {
    let name = input.name();
    name.rsplit(std::path::MAIN_SEPARATOR).next().unwrap_or_default().to_owned()
}
