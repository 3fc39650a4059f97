// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What is done, step by step as people would, each step said when it is done.

use std::ops::Range;

use anchor::clock::Clock;
use anyhow::Result;
use cli::{Message, Terminal};
use samples::{Generator, School};

use crate::{
    alter,
    folders::Folders,
    forge,
    office::KIND,
    withdraw,
    world::{World, land_of},
};

/// The seed of the school and its pupils.
const SEED: u64 = 2026;

/// The pupils whose certificates stay genuine.
const GENUINE: Range<u64> = 0..12;

/// The pupils whose certificates are withdrawn.
const REVOKED: Range<u64> = 12..14;

/// The pupils whose certificates are replaced.
const REPLACED: Range<u64> = 14..16;

/// The pupil for whom somebody else makes a certificate in the school's name.
const FORGED: u64 = 16;

/// Takes every step. A `plain` demo is over when the first certificates are sealed and altered.
pub(crate) async fn take(folders: &Folders, plain: bool, passphrases: bool, terminal: &Terminal) -> Result<()> {
    let clock = Clock::system();
    let school = School::invented(SEED);
    let land = land_of(&school)?;
    let world = World::found(folders, "demo.schulsiegel/ministerium", land, passphrases, &clock).await?;
    terminal.say(&Message::new("demo-ledger").with("land", anchor::wording::land(land)))?;

    let mut office = world.accredit(&school).await?;
    terminal.say(&Message::new("demo-school").with("school", &school.name).with("place", &school.place))?;

    let generator = Generator::new(SEED, school);
    samples::write(&folders.certificates, &generator, GENUINE, &[KIND])?;
    let made = Message::new("demo-certificates").with("count", GENUINE.end);
    terminal.say(&made.with("folder", &folders.certificates))?;
    office.seal(&folders.certificates, &folders.sealed).await?;
    terminal.say(&Message::new("demo-sealed").with("folder", &folders.sealed))?;
    alter::alter(&folders.sealed, &folders.altered)?;
    terminal.say(&Message::new("demo-altered").with("folder", &folders.altered))?;
    if plain {
        office.close().await;
        return Ok(());
    }

    withdraw::revoke(&mut office, folders, &generator, REVOKED).await?;
    terminal.say(&Message::new("demo-revoked").with("folder", &folders.revoked))?;
    let misprinting = Generator::new(SEED, withdraw::misprinted(generator.school()));
    withdraw::replace(&mut office, folders, &generator, &misprinting, REPLACED).await?;
    office.close().await;
    let replaced = Message::new("demo-replaced").with("folder", &folders.replaced);
    terminal.say(&replaced.with("successors", &folders.successors))?;
    forge::forge(folders, &generator, FORGED, &clock).await?;
    terminal.say(&Message::new("demo-forged").with("folder", &folders.forged))?;
    Ok(())
}
