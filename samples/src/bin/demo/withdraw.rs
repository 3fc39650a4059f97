// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Certificates that were issued and did not stay as they were: some are withdrawn, some replaced.

use std::ops::Range;

use anyhow::Result;
use issuer::register::Replacement;
use proof::statement::WithdrawalReason;
use samples::{Generator, School};

use crate::{
    folders::Folders,
    office::{KIND, Office},
};

/// Why certificates are withdrawn: one for each reason.
const REASONS: [WithdrawalReason; 2] = [WithdrawalReason::Error, WithdrawalReason::Withdrawn];

/// Seals the certificates of some pupils and withdraws them.
pub(crate) async fn revoke(
    office: &mut Office,
    folders: &Folders,
    generator: &Generator,
    pupils: Range<u64>,
) -> Result<()> {
    let originals = folders.later.join("revoked");
    samples::write(&originals, generator, pupils, &[KIND])?;
    let certificates = office.seal(&originals, &folders.revoked).await?;
    for (certificate, reason) in certificates.into_iter().zip(REASONS.into_iter().cycle()) {
        office.revoke(certificate, reason).await?;
    }
    Ok(())
}

/// Seals the certificates of some pupils with a misprint, then without, and puts the latter in the place of the former.
pub(crate) async fn replace(
    office: &mut Office,
    folders: &Folders,
    generator: &Generator,
    misprinting: &Generator,
    pupils: Range<u64>,
) -> Result<()> {
    let (wrong, right) = (folders.later.join("replaced"), folders.later.join("successors"));
    samples::write(&wrong, misprinting, pupils.clone(), &[KIND])?;
    samples::write(&right, generator, pupils, &[KIND])?;
    let old = office.seal(&wrong, &folders.replaced).await?;
    let new = office.seal(&right, &folders.successors).await?;
    // The names of the files are the same, and so is their order.
    let pairs: Vec<_> = old.into_iter().zip(new).map(|(old, new)| Replacement { old, new }).collect();
    office.replace(&pairs).await
}

/// The school as a misprint has it: without the last letter of its place.
pub(crate) fn misprinted(school: &School) -> School {
    let mut place = school.place.clone();
    place.pop();
    School { place, ..school.clone() }
}
