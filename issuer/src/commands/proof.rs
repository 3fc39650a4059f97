// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer proof`: writes the proof file of a certificate again.

use std::path::PathBuf;

use anchor::host;
use clap::Args;
use cli::{Exit, Failure, Message, Terminal};
use issuer::{config::Config, output::PROOF_SUFFIX};

use super::{find, open_session};
use crate::wording;

#[derive(Debug, Args)]
pub(crate) struct Proof {
    #[arg(value_name = "ID")]
    what: PathBuf,
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Proof {
    pub(crate) async fn run(self, config: Config, terminal: &Terminal) -> Result<Exit, Failure> {
        let (request, land) = (config.request.clone(), config.land);
        let mut session = open_session(config, terminal).await?;
        let certificate = find(session.register(), &self.what).await?;
        let proof = session.proof(&certificate).await;
        let proof = proof.map_err(|error| wording::seal_failure(&error, &request, land))?;
        session.close().await;
        let path = self.out.unwrap_or_else(|| {
            let mut name = certificate.output.file_name().unwrap_or_default().to_owned();
            name.push(PROOF_SUFFIX);
            name.into()
        });
        let written = host::create_file(&path, &proof, false);
        written.map_err(|error| Failure::cannot_write(Exit::Refused, &path, &error))?;
        terminal.say(&Message::new("proof-written").with("path", &path))?;
        Ok(Exit::Ok)
    }
}
