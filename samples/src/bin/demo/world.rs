// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A ministry, a ledger, a school and its sealed certificates.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anchor::{
    clock::Clock,
    host,
    keys::{self, Guard, NewKey, Sources, Unlock},
    ledger::{Append, submit},
    ministry::{Ministry, Terms},
    sqlite::{self, Folder, SqliteLedger},
    trust::{MaxAge, Place, Trust},
};
use anyhow::{Context, Result, anyhow, ensure};
use cli::{Message, Terminal};
use issuer::{
    collect,
    config::Config,
    look_over,
    seal::{Order, Session},
    setup::{self, set_up},
};
use proof::{
    Timestamp,
    authority::Authorities,
    key::{KeyName, Signer},
    policy::Policy,
    request::Request,
    statement::{Kinds, Label, Land, SchoolNumber, Token},
    tree::TreeSize,
};
use samples::{Generator, Kind, School};

/// How many certificates the demo seals.
const CERTIFICATES: u64 = 12;

/// The seed of the school and its pupils.
const SEED: u64 = 2026;

/// For how long the demo's school is accredited, in seconds: five years.
const PERIOD_S: u64 = 5 * 365 * 86_400;

/// Where everything lies.
pub(crate) struct Folders {
    pub(crate) config: PathBuf,
    pub(crate) trust: PathBuf,
    pub(crate) certificates: PathBuf,
    pub(crate) sealed: PathBuf,
    pub(crate) altered: PathBuf,
    ledger: PathBuf,
    ministry: PathBuf,
    school_passphrase: PathBuf,
    ministry_passphrase: PathBuf,
}

impl Folders {
    pub(crate) fn new(dir: &Path) -> Self {
        Self {
            config: dir.join("issuer.toml"),
            trust: dir.join("trust"),
            certificates: dir.join("certificates"),
            sealed: dir.join("sealed"),
            altered: dir.join("altered"),
            ledger: dir.join("ledger"),
            ministry: dir.join("ministry"),
            school_passphrase: dir.join("school.passphrase"),
            ministry_passphrase: dir.join("ministry.passphrase"),
        }
    }
}

/// Builds everything, step by step as people would. Each key gets a passphrase, in a file beside the folders, unless
/// `no_passphrase`.
pub(crate) async fn build(folders: &Folders, no_passphrase: bool, terminal: &Terminal) -> Result<()> {
    let clock = Clock::system();
    let school = School::invented(SEED);
    let land = Land::parse(&school.state).ok_or_else(|| anyhow!("Land {}", school.state))?;
    let origin = name("demo.schulsiegel/ledger")?;

    let key = new_key(no_passphrase, &folders.ministry_passphrase, "../ministry.passphrase")?;
    let ministry = Ministry::create(&folders.ministry, &name("demo.schulsiegel/ministerium")?, land, &origin, &key)?;
    let authorities = Authorities::parse(ministry.pin().to_string().as_bytes())?;
    sqlite::init(&folders.ledger, &origin, &authorities, &clock).await?;
    terminal.say(&Message::new("demo-ledger").with("land", anchor::wording::land(land)))?;

    let policy = fs::read(Folder::new(&folders.ledger).policy())?;
    let trust = Trust {
        policy: Policy::parse(&policy)?,
        authorities,
        max_age: MaxAge::parse("30d").context("an age")?,
        ledgers: vec![Place::parse("demo.schulsiegel/ledger ../ledger", &folders.trust).context("a place")?],
    };
    trust.save(&folders.trust)?;

    let key = new_key(no_passphrase, &folders.school_passphrase, "school.passphrase")?;
    let (config, key) = accredited_school(folders, &school, land, &ministry, &key, &clock).await?;
    terminal.say(&Message::new("demo-school").with("school", &school.name).with("place", &school.place))?;

    let generator = Generator::new(SEED, school);
    samples::write(&folders.certificates, &generator, 0..CERTIFICATES, &[Kind::Abitur])?;
    terminal
        .say(&Message::new("demo-certificates").with("count", CERTIFICATES).with("folder", &folders.certificates))?;
    seal(folders, config, &*key, &clock).await?;
    terminal.say(&Message::new("demo-sealed").with("folder", &folders.sealed))?;
    Ok(())
}

/// The school asks, the ministry accredits, the ledger takes it in.
async fn accredited_school(
    folders: &Folders,
    school: &School,
    land: Land,
    ministry: &Ministry,
    key: &NewKey<'_>,
    clock: &Clock,
) -> Result<(Config, Box<dyn Signer>)> {
    let described = setup::School {
        key_name: name(&format!("schule/{land}/{}", school.number.to_lowercase()))?,
        name: Label::parse(&school.name).context("a name")?,
        number: SchoolNumber::parse(&school.number).context("a number")?,
        place: Label::parse(&school.place).context("a place")?,
        state: land,
        kinds: Kinds::All,
    };
    let (config, key) = set_up(&folders.config, &described, Path::new("trust"), None, key, clock.now())?;
    let request = Request::parse(&fs::read(&config.request)?)?;
    let from = clock.now();
    let until = Timestamp::from_posix(from.posix() + PERIOD_S).context("a time")?;
    let statement = ministry.accredit(&request, &Terms { kinds: Kinds::All, from, until }, from)?;

    let ledger: Box<dyn Append> = Box::new(SqliteLedger::open(&folders.ledger, clock.clone()).await?);
    submit(&*ledger, TreeSize(0), statement.note()).await?;
    ledger.close().await;
    Ok((config, key))
}

async fn seal(folders: &Folders, config: Config, key: &dyn Signer, clock: &Clock) -> Result<()> {
    let found = cli::find_pdfs([folders.certificates.as_path()]).complete()?;
    let sources = collect::place(found.pdfs)?;
    let paths: Vec<_> = sources.iter().map(|source| source.path.as_path()).collect();
    let looked = look_over::look_over(&paths, || {})?;
    let looked: Result<Vec<_>, _> = looked.into_iter().collect();
    let looked = looked.map_err(|fault| anyhow!("{}", fault.code()))?;
    let files: Vec<_> = sources.iter().zip(looked).collect();

    let mut session = Session::open(config, clock.clone(), || {}).await?;
    let out = collect::make_output_folder(&folders.sealed)?;
    let kind = Token::parse(Kind::Abitur.token()).context("a token")?;
    let order = Order { files: &files, out: &out, kind: &kind, detached: false, replaces: &[] };
    let sealed = session.seal(key, &order, &|_| {}).await?;
    session.close().await;
    ensure!(sealed.lost.is_empty(), "originals vanished while they were sealed");
    Ok(())
}

/// How a key is kept: with an invented passphrase in a file, which the configuration calls `as_configured`.
fn new_key(no_passphrase: bool, file: &Path, as_configured: &str) -> Result<NewKey<'static>> {
    if no_passphrase {
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
