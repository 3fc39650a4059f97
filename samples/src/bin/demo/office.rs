// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A school's office: it seals certificates, withdraws them, and replaces them.

use std::path::Path;

use anchor::clock::Clock;
use anyhow::{Result, anyhow, ensure};
use issuer::{
    collect,
    config::Config,
    look_over,
    register::Replacement,
    seal::{Order, Session},
};
use proof::{
    entry::CertificateId,
    key::Signer,
    statement::{Token, WithdrawalReason},
};
use samples::Kind;

/// What all of the demo's certificates are.
pub(crate) const KIND: Kind = Kind::Abitur;

/// An accredited school with its key and its register open.
pub(crate) struct Office {
    session: Session,
    key: Box<dyn Signer>,
}

impl Office {
    pub(crate) async fn open(config: Config, key: Box<dyn Signer>, clock: Clock) -> Result<Self> {
        Ok(Self { session: Session::open(config, clock, None, || {}).await?, key })
    }

    /// Seals the certificates in a folder as one batch. Gives their ids in the order of their names.
    pub(crate) async fn seal(&mut self, originals: &Path, out: &Path) -> Result<Vec<CertificateId>> {
        let found = cli::find_pdfs([originals]).complete()?;
        let sources = collect::place(found.pdfs)?;
        let paths: Vec<_> = sources.iter().map(|source| source.path.as_path()).collect();
        let looked: Result<Vec<_>, _> = look_over::look_over(&paths, || {})?.into_iter().collect();
        let looked = looked.map_err(|fault| anyhow!("{}", fault.code()))?;
        let files: Vec<_> = sources.iter().zip(looked).collect();

        let out = collect::make_output_folder(out)?;
        let kind = Token::parse(KIND.token()).ok_or_else(|| anyhow!("a token"))?;
        let order = Order { files: &files, out: &out, kind: &kind, detached: false, replaces: &[] };
        let sealed = self.session.seal(&*self.key, &order, &|_| {}).await?;
        ensure!(sealed.lost.is_empty(), "originals vanished while they were sealed");
        Ok(sealed.certificates.iter().map(|certificate| certificate.id).collect())
    }

    pub(crate) async fn revoke(&mut self, certificate: CertificateId, reason: WithdrawalReason) -> Result<()> {
        self.session.revoke(&*self.key, reason, &[certificate]).await?;
        Ok(())
    }

    /// Puts sealed certificates into the place of others.
    pub(crate) async fn replace(&mut self, replacements: &[Replacement]) -> Result<()> {
        self.session.plan_replacements(replacements).await?;
        self.session.replace_planned(&*self.key).await?;
        Ok(())
    }

    pub(crate) async fn close(self) {
        self.session.close().await;
    }
}
