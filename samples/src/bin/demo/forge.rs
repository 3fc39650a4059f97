// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What somebody can do who wants to be a school: found a ministry, a ledger and a school of their own, and find a helper
who has the folder of the true ledger in hand.

In their own world everything is in order. Each forgery bends a proof of it so that it seems to belong to the true one.
*/

use std::{
    fs,
    path::{Path, PathBuf},
};

use anchor::{
    clock::Clock,
    folder::Folder,
    follow::Followed,
    keys,
    ledger::Append,
    sqlite::{self, SqliteLedger},
    trust::Trust,
};
use anyhow::{Context, Result};
use issuer::prove;
use proof::{
    authority::{Authorities, Authority},
    key::{Algorithm, SigningKey},
    proof_file::{ProofFile, Trunk},
    statement::Statement,
    tree::TreeSize,
};
use samples::{Generator, School};

use crate::{
    alter,
    folders::Folders,
    office::KIND,
    world::{World, land_of},
};

/// The seed of the forger's school and its pupils.
const SEED: u64 = 3;

/// The forger's ministry.
const MINISTRY: &str = "falsches-ministerium";

/// Makes a forger's world, and out of it forgeries: two in the name of a school of the forger's, one in the name of the
/// true school, as if for the given pupil of it.
pub(crate) async fn forge(folders: &Folders, generator: &Generator, pupil: u64, clock: &Clock) -> Result<()> {
    let own = Folders::new(&folders.forger);
    let school = School::invented(SEED);
    let world = World::found(&own, MINISTRY, land_of(&school)?, false, clock).await?;
    let mut office = world.accredit(&school).await?;
    let false_generator = Generator::new(SEED, school);
    samples::write(&own.certificates, &false_generator, 0..2, &[KIND])?;
    samples::write(&own.certificates, generator, pupil..pupil + 1, &[KIND])?;
    office.seal(&own.certificates, &own.sealed).await?;
    office.close().await;

    let genuine = Sealed::read(&first_of(&folders.sealed)?)?.proof.trunk;
    let [first, second] = [0, 1].map(|index| own.sealed.join(false_generator.file_name(index, KIND)));
    let third = own.sealed.join(generator.file_name(pupil, KIND));
    fs::create_dir(&folders.forged)?;
    let forged = |name: &str| folders.forged.join(name);
    Sealed::read(&first)?.under(&genuine).write(&forged("false-ministry.pdf"))?;
    let slipped = Sealed::read(&second)?.slipped_in(folders, &world.pin(), &genuine, clock).await?;
    slipped.write(&forged("slipped-into-the-ledger.pdf"))?;
    Sealed::read(&third)?.in_the_name_of(&genuine)?.write(&forged("in-the-schools-name.pdf"))
}

/// A sealed certificate, taken apart.
struct Sealed {
    document: Vec<u8>,
    proof: ProofFile,
}

impl Sealed {
    fn read(path: &Path) -> Result<Self> {
        let file = fs::read(path)?;
        let sealed = alter::open(&file)?;
        Ok(Self { document: sealed.document().to_vec(), proof: ProofFile::parse(sealed.proof())? })
    }

    fn write(&self, path: &Path) -> Result<()> {
        Ok(fs::write(path, alter::seal(&self.document, &self.proof.encode())?)?)
    }

    /// The false ministry's school, with the true ledger's checkpoint: signed and cosigned, but not over these entries.
    fn under(mut self, genuine: &Trunk) -> Self {
        self.proof.trunk.checkpoint.clone_from(&genuine.checkpoint);
        self
    }

    /// The true school's accreditation, and a batch in its name under another key.
    fn in_the_name_of(mut self, genuine: &Trunk) -> Result<Self> {
        let statement = genuine.batch.signed.statement();
        let key = SigningKey::from_seed(&statement.issuer, Algorithm::Ed25519, &keys::random()?);
        let body = self.proof.trunk.batch.signed.statement().body.clone();
        self.proof.trunk = genuine.clone();
        self.proof.trunk.batch.signed = Statement { body, ..statement.clone() }.sign(&[&key])?;
        Ok(self)
    }

    /// A batch that does stand in the true ledger, with the accreditation of a school that is accredited.
    async fn slipped_in(
        mut self,
        folders: &Folders,
        forger: &Authority,
        genuine: &Trunk,
        clock: &Clock,
    ) -> Result<Self> {
        let own = &self.proof.trunk;
        let ledger = slip_in(&folders.ledger, forger, own, clock).await?;
        let mut trust = Trust::load(&folders.trust)?;
        let true_land = trust.authorities.iter().next().context("an authority")?.land;
        // As the forger would like everybody to see the ledger.
        trust.authorities.merge(&Authorities::parse(forger.to_string().as_bytes())?);
        let seen = Followed::read(&*ledger, &trust.policy, &trust.authorities, clock.now(), None).await?;
        let slipped = prove::trunk(&*ledger, &seen, forger.land, &own.batch.signed).await?;
        let accredited = prove::trunk(&*ledger, &seen, true_land, &genuine.batch.signed).await?;
        ledger.close().await;
        self.proof.trunk = Trunk { chain: accredited.chain, ..slipped };
        Ok(self)
    }
}

/// Has a ledger take in statements past its admission: whoever has its folder in hand names the forger's ministry among
/// those that it listens to, and takes the name away again. Its entries and its signatures are in order afterwards.
async fn slip_in(folder: &Path, forger: &Authority, trunk: &Trunk, clock: &Clock) -> Result<Box<dyn Append>> {
    let listened_to = Folder::new(folder).authorities();
    let before = fs::read(&listened_to)?;
    sqlite::pin(folder, forger)?;
    let ledger: Box<dyn Append> = Box::new(SqliteLedger::open(folder, clock.clone(), None).await?);
    for proven in trunk.chain.iter().chain([&trunk.batch]) {
        ledger.submit(TreeSize(0), proven.signed.note()).await?;
    }
    fs::write(listened_to, before)?;
    Ok(ledger)
}

/// The first file of a folder, by name.
fn first_of(folder: &Path) -> Result<PathBuf> {
    let files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.into_iter().min().context("an empty folder")
}
