// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! An accreditation that the school's own trust folder does not believe: to a school with an old one it looks as if it
//! were not accredited.

use proof::{
    key::{Fingerprint, KeyName},
    note::Note,
    register::Refusal,
    statement::Body,
    tree::LeafIndex,
};

use crate::{config::Config, seal::SealError, view::View};

/// An accreditation of the school that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpinned {
    /// Its ledger index.
    pub index: LeafIndex,
    /// Which authority says it.
    pub authority: KeyName,
    /// With which key: the first eight digits of its fingerprint. The ledger has no more of it.
    pub key_id: u32,
    /// The key of the school that it names.
    pub school_key: Fingerprint,
    /// Why it does not count.
    pub refusal: Refusal,
}

impl Unpinned {
    /// The latest one, if the school has no record.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub async fn find(config: &Config, view: &View) -> Result<Option<Self>, SealError> {
        let ledger = view.register();
        if ledger.open_record(config.land, &config.name).is_some() {
            return Ok(None);
        }
        for index in (0..view.followed().size().0).rev().map(LeafIndex) {
            let Some(refusal) = ledger.refusal(index) else { continue };
            if !matches!(refusal, Refusal::UnknownIssuer | Refusal::BadSignature | Refusal::OutsideWindow) {
                continue;
            }
            let (_, signed) = view.statement(index).await?;
            let Body::Accredit(accreditation) = &signed.statement().body else { continue };
            if accreditation.school != config.name || accreditation.state != config.land {
                continue;
            }
            let note = Note::parse(signed.note()).ok();
            let Some(key_id) = note.and_then(|note| note.signatures().first().map(|line| line.key_id)) else {
                continue;
            };
            return Ok(Some(Self {
                index,
                authority: signed.statement().issuer.clone(),
                key_id,
                school_key: accreditation.key.fingerprint(),
                refusal,
            }));
        }
        Ok(None)
    }
}
