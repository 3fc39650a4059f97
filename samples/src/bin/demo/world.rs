// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A ministry, its ledger, and a school that it has accredited.

use std::{fs, path::Path};

use anchor::{
    clock::Clock,
    folder::Folder,
    host,
    keys::{self, Guard, NewKey, Sources, Unlock},
    ledger::Append,
    ministry::{Ministry, Terms},
    sqlite::{self, SqliteLedger},
    trust::{MaxAge, Place, Trust},
};
use anyhow::{Context, Result, anyhow};
use issuer::setup::{self, set_up};
use proof::{
    Timestamp,
    authority::{Authorities, Authority},
    key::KeyName,
    policy::Policy,
    request::Request,
    statement::{Kinds, Label, Land, SchoolNumber},
    tree::TreeSize,
};
use samples::School;

use crate::{folders::Folders, office::Office};

/// The name of the ledger.
const LEDGER: &str = "demo.schulsiegel/ledger";

/// For how long a school is accredited, in seconds: five years.
const PERIOD_S: u64 = 5 * 365 * 86_400;

/// A ministry and the ledger that takes in what it says.
pub(crate) struct World<'a> {
    folders: &'a Folders,
    ministry: Ministry,
    clock: &'a Clock,
    passphrases: bool,
}

impl<'a> World<'a> {
    /// Makes a ministry for a Land, a ledger, and the folder by which verifiers trust both. With `passphrases`, each
    /// key gets one, in a file beside the folders.
    pub(crate) async fn found(
        folders: &'a Folders,
        ministry: &str,
        land: Land,
        passphrases: bool,
        clock: &'a Clock,
    ) -> Result<Self> {
        let origin = name(LEDGER)?;
        let key = new_key(passphrases, &folders.ministry_passphrase, "../ministry.passphrase")?;
        let ministry = Ministry::create(&folders.ministry, &name(ministry)?, land, &origin, &key)?;
        let authorities = Authorities::parse(ministry.pin().to_string().as_bytes())?;
        sqlite::init(&folders.ledger, &origin, &authorities, clock).await?;
        let policy = fs::read(Folder::new(&folders.ledger).policy())?;
        let trust = Trust {
            policy: Policy::parse(&policy)?,
            authorities,
            max_age: MaxAge::parse("30d").context("an age")?,
            ledgers: vec![Place::parse(&format!("{LEDGER} ../ledger"), &folders.trust).context("a place")?],
        };
        trust.save(&folders.trust)?;
        Ok(Self { folders, ministry, clock, passphrases })
    }

    /// What others would pin to trust this ministry.
    pub(crate) fn pin(&self) -> Authority {
        self.ministry.pin()
    }

    /// A school asks, the ministry accredits, the ledger takes it in.
    pub(crate) async fn accredit(&self, school: &School) -> Result<Office> {
        let land = self.ministry.land();
        let described = setup::School {
            key_name: name(&format!("schule/{land}/{}", school.number.to_lowercase()))?,
            name: Label::parse(&school.name).context("a name")?,
            number: SchoolNumber::parse(&school.number).context("a number")?,
            place: Label::parse(&school.place).context("a place")?,
            state: land,
            kinds: Kinds::All,
        };
        let new = new_key(self.passphrases, &self.folders.school_passphrase, "school.passphrase")?;
        let (config, key) = set_up(&self.folders.config, &described, Path::new("trust"), None, &new, self.clock.now())?;
        let request = Request::parse(&fs::read(&config.request)?)?;
        let from = self.clock.now();
        let until = Timestamp::from_posix(from.posix() + PERIOD_S).context("a time")?;
        let statement = self.ministry.accredit(&request, &Terms { kinds: Kinds::All, from, until }, from)?;

        let ledger: Box<dyn Append> =
            Box::new(SqliteLedger::open(&self.folders.ledger, self.clock.clone(), None).await?);
        ledger.submit(TreeSize(0), statement.note()).await?;
        ledger.close().await;
        Office::open(config, key, self.clock.clone()).await
    }
}

/// The Land of a school.
pub(crate) fn land_of(school: &School) -> Result<Land> {
    Land::parse(&school.state).ok_or_else(|| anyhow!("Land {}", school.state))
}

/// How a key is kept: with an invented passphrase in a file, which the configuration calls `as_configured`.
fn new_key(passphrase: bool, file: &Path, as_configured: &str) -> Result<NewKey<'static>> {
    if !passphrase {
        return Ok(NewKey::unguarded());
    }
    let passphrase = u128::from_be_bytes(keys::random()?);
    host::create_file(file, format!("{passphrase:032x}\n").as_bytes(), true)?;
    Ok(NewKey {
        token: None,
        guard: Guard::Passphrase,
        passphrase_file: Some(as_configured.into()),
        unlock: Unlock { sources: Sources { option: Some(file.to_owned()), configured: None }, ..Unlock::unattended() },
    })
}

fn name(text: &str) -> Result<KeyName> {
    KeyName::parse(text).with_context(|| text.to_owned())
}
