// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A Land after many years: a ledger of 200,000 statements with a million withdrawals, and the real programs on it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anchor::{
    clock::Clock,
    follow::{self, Followed},
    states::States,
    trust::Trust,
};
use proof::{
    Hash, Timestamp,
    entry::CertificateId,
    key::{Algorithm, KeyName, Origin, SigningKey},
    statement::{
        Accreditation, Body, Kinds, Label, Land, LedgerEntry, SchoolNumber, SignedStatement, Statement, Token,
        WithdrawalReason,
    },
    tree::TreeSize,
};
use sqlx::{ConnectOptions, sqlite::SqliteConnectOptions};

use crate::measure::{Line, Result, median, peak_memory_mb, seconds, time};

/// Certificates that one statement of the large ledger withdraws.
const EACH: u64 = 1_000;

/// Statements of a day.
const DAY: u64 = 1_000;

/// A world whose ledger has grown, beside the one that it was copied from.
pub(crate) struct Grown {
    programs: PathBuf,
    small: PathBuf,
    large: PathBuf,
    speakers: Speakers,
}

impl Grown {
    /// Copies a world and fills its ledger with statements of another Land.
    pub(crate) fn new(dir: &Path, programs: &Path, small: &Path, statements: u64, withdrawals: u64) -> Result<Self> {
        let large = dir.join("large-world");
        time(Command::new("cp").arg("-r").arg(small).arg(&large))?;
        let origin = Trust::load(&large.join("trust"))?.ledgers.first().ok_or("a ledger")?.origin.clone();
        let speakers = Speakers::new(origin, statements / 100)?;
        for file in ["ledger/authorities", "trust/authorities"] {
            fs::write(large.join(file), fs::read_to_string(large.join(file))? + &speakers.pin())?;
        }
        let mut this = Self { programs: programs.to_owned(), small: small.to_owned(), large, speakers };
        this.grow(statements, withdrawals / EACH)?;
        Ok(this)
    }

    /// Puts statements into the database as a ledger would, all at once, and has them published.
    fn grow(&mut self, statements: u64, revokes: u64) -> Result<()> {
        let every = statements.checked_div(revokes).unwrap_or(u64::MAX);
        let path = self.large.join("ledger/ledger.db");
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        runtime.block_on(async {
            let mut connection =
                SqliteConnectOptions::new().filename(path).disable_statement_logging().connect().await?;
            sqlx::raw_sql("BEGIN").execute(&mut connection).await?;
            let next: i64 = sqlx::query_scalar("SELECT count(*) FROM entry").fetch_one(&mut connection).await?;
            for (position, number) in (next..).zip(0..statements) {
                let entry = self.speakers.next(number % every == every - 1)?;
                let insert = sqlx::query("INSERT INTO entry (position, bytes) VALUES (?, ?)");
                insert.bind(position).bind(entry).execute(&mut connection).await?;
            }
            sqlx::raw_sql("COMMIT").execute(&mut connection).await?;
            Ok::<_, Box<dyn std::error::Error>>(())
        })?;
        let mut anchor = Command::new(self.programs.join("anchor"));
        anchor.env("XDG_STATE_HOME", state(&self.large)).arg("refresh").arg("--ledger").arg(self.large.join("ledger"));
        time(&mut anchor).map(|_| ())
    }

    /// Replay, memory, a start, a look-up, and a day's sync.
    pub(crate) fn register(&mut self, sealed: &Path, runs: usize) -> Result<Vec<Line>> {
        let one = fs::read_dir(sealed)?.next().ok_or("a sealed file")??.path();
        let replay = time(self.check(&self.large, &one).arg("--replay"))?;
        let memory = peak_memory_mb(self.check(&self.large, &one).arg("--replay"))?;
        // The first one keeps the state that the others start from.
        time(&mut self.check(&self.large, &one))?;
        let starts: Vec<_> = (0..runs).map(|_| time(&mut self.check(&self.large, &one))).collect::<Result<_>>()?;
        let (look_up, statements) = self.look_up()?;
        time(&mut self.sync())?;
        let mut days = Vec::new();
        for _ in 0..runs {
            self.grow(DAY, 1)?;
            days.push(time(&mut self.sync())?);
        }
        let line = |what: String, took: Duration, bound: &str, limit: Duration| Line {
            what,
            figure: seconds(took),
            bound: Some((bound.to_owned(), took < limit)),
        };
        Ok(vec![
            line(format!("check --replay of {statements} statements"), replay, "20 s", Duration::from_secs(20)),
            Line {
                what: "… peak memory".to_owned(),
                figure: format!("{memory:.0} MB"),
                bound: Some(("400 MB".to_owned(), memory < 400.0)),
            },
            line("check of one file, whole process".to_owned(), median(&starts), "200 ms", Duration::from_millis(200)),
            Line {
                what: "look-up of a withdrawal".to_owned(),
                figure: format!("{:.2} µs", look_up.as_secs_f64() * 1e6),
                bound: Some(("10 µs".to_owned(), look_up < Duration::from_micros(10))),
            },
            line(format!("sync of {DAY} new statements"), median(&days), "1 s", Duration::from_secs(1)),
        ])
    }

    /// `check` of many files under the large ledger beside the same under the small one.
    pub(crate) fn check_many(&self, sealed: &Path, runs: usize) -> Result<Line> {
        for world in [&self.small, &self.large] {
            time(&mut self.check(world, sealed))?;
        }
        let (mut large, mut small) = (Vec::new(), Vec::new());
        for _ in 0..runs {
            small.push(time(&mut self.check(&self.small, sealed))?);
            large.push(time(&mut self.check(&self.large, sealed))?);
        }
        Ok(Line::ratio("check under the large ledger, beside the small", &large, &small, 1.1))
    }

    /// How long it takes to find out whether a certificate is withdrawn, and how many statements there are.
    fn look_up(&self) -> Result<(Duration, u64)> {
        const LOOK_UPS: u32 = 100_000;
        let trust = Trust::load(&self.large.join("trust"))?;
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        let followed = runtime.block_on(async {
            let ledger = follow::open(&trust.ledgers[0].location).await?;
            let (now, states) = (Clock::system().now(), States::new(state(&self.large).join("schulsiegel/registers")));
            Followed::read(&*ledger, &trust.policy, &trust.authorities, now, Some(&states)).await
        })?;
        let register = followed.replica().register();
        let (land, mut found) = (land()?, 0);
        let revokes: Vec<_> = self.speakers.withdrawn.iter().cycle().take(LOOK_UPS as usize).collect();
        let start = Instant::now();
        for (number, (school, seed)) in (0..).zip(revokes) {
            let id = withdrawn(*seed, number % EACH);
            found += u32::from(register.withdrawal(land, school, id).is_some());
        }
        let took = start.elapsed() / LOOK_UPS;
        if found == LOOK_UPS { Ok((took, register.size().0)) } else { Err("not all withdrawals are found".into()) }
    }

    /// The folder of the world.
    pub(crate) fn world(&self) -> &Path {
        &self.large
    }

    fn check(&self, world: &Path, files: &Path) -> Command {
        let mut command = self.verifier("check", world);
        command.arg("--json").arg(files);
        command
    }

    fn sync(&self) -> Command {
        self.verifier("sync", &self.large)
    }

    fn verifier(&self, command: &str, world: &Path) -> Command {
        let mut verifier = Command::new(self.programs.join("verifier"));
        verifier.env("XDG_STATE_HOME", state(world)).arg(command).arg("--trust").arg(world.join("trust"));
        verifier
    }
}

/// Where the verifier of a world remembers. Both have a ledger of the same name and key: to one verifier, the smaller
/// would be the larger one rolled back.
fn state(world: &Path) -> PathBuf {
    world.join("verifier-state")
}

/// Schools of Land 06 and their ministry, with everything that they have to say.
pub(crate) struct Speakers {
    origin: Origin,
    ministry: (SigningKey, u64, Option<Hash>),
    schools: Vec<(SigningKey, u64, Option<Hash>)>,
    said: u64,
    /// Who withdrew, and from which number the ids follow.
    withdrawn: Vec<(KeyName, u64)>,
    now: Timestamp,
}

impl Speakers {
    pub(crate) fn new(origin: Origin, schools: u64) -> Result<Self> {
        let ministry = SigningKey::from_seed(&name("bench/land-06")?, Algorithm::Ed25519, &[6; 32]);
        let now = Clock::system().now();
        let school = |number: u64| {
            let mut seed = [7; 32];
            seed[..8].copy_from_slice(&number.to_be_bytes());
            Ok((SigningKey::from_seed(&name(&format!("bench/school/{number}"))?, Algorithm::Ed25519, &seed), 0, None))
        };
        let schools = (0..schools.max(1)).map(school).collect::<Result<_>>()?;
        Ok(Self { origin, ministry: (ministry, 0, None), schools, said: 0, withdrawn: Vec::new(), now })
    }

    /// The ministry, as a line of the file `authorities`.
    pub(crate) fn pin(&self) -> String {
        format!("06 {} {} 0 -\n", self.ministry.0.verifying_key(), self.origin)
    }

    /// The next entry: first each school's accreditation, then batches and withdrawals of all schools in turn.
    pub(crate) fn next(&mut self, withdraws: bool) -> Result<Vec<u8>> {
        let number = self.said;
        self.said += 1;
        let count = self.schools.len() as u64;
        let which = usize::try_from(number % count)?;
        if number < count {
            let accreditation = accreditation(&self.schools[which].0, self.now)?;
            let signed = say(&mut self.ministry, &self.origin, self.now, Body::Accredit(Box::new(accreditation)))?;
            self.schools[which].2 = Some(signed.text_hash());
            return Ok(self.entry(&signed));
        }
        let body = if withdraws {
            let mut certificates: Vec<_> = (0..EACH).map(|index| withdrawn(number, index)).collect();
            certificates.sort_unstable();
            self.withdrawn.push((name(self.schools[which].0.verifying_key().name())?, number));
            Body::Revoke { reason: WithdrawalReason::Error, certificates }
        } else {
            let kind = Token::parse("abitur").ok_or("a token")?;
            Body::Batch { kind, size: TreeSize(16), root: Hash::of(&[&number.to_be_bytes()]) }
        };
        let signed = say(&mut self.schools[which], &self.origin, self.now, body)?;
        Ok(self.entry(&signed))
    }

    fn entry(&self, signed: &SignedStatement) -> Vec<u8> {
        LedgerEntry { admitted: self.now, note: signed.note().to_vec() }.encode()
    }
}

fn say(
    (key, seq, prev): &mut (SigningKey, u64, Option<Hash>),
    origin: &Origin,
    now: Timestamp,
    body: Body,
) -> Result<SignedStatement> {
    let issuer = name(key.verifying_key().name())?;
    let statement = Statement { ledger: origin.clone(), issuer, seq: *seq, prev: *prev, time: now, body };
    let signed = statement.sign(&[&*key])?;
    (*seq, *prev) = (*seq + 1, Some(signed.text_hash()));
    Ok(signed)
}

fn accreditation(key: &SigningKey, now: Timestamp) -> Result<Accreditation> {
    Ok(Accreditation {
        school: name(key.verifying_key().name())?,
        key: key.verifying_key().clone(),
        name: Label::parse("Gymnasium am Mühlenberg").ok_or("a name")?,
        number: SchoolNumber::parse("12345").ok_or("a number")?,
        place: Label::parse("Musterstadt").ok_or("a place")?,
        state: land()?,
        kinds: Kinds::All,
        from: now,
        until: Timestamp::from_posix(now.posix() + 86_400).ok_or("a time")?,
    })
}

fn withdrawn(seed: u64, index: u64) -> CertificateId {
    CertificateId(Hash::of(&[&seed.to_be_bytes(), &index.to_be_bytes()]))
}

fn land() -> Result<Land> {
    Ok(Land::parse("06").ok_or("a Land")?)
}

fn name(text: &str) -> Result<KeyName> {
    Ok(KeyName::parse(text).ok_or("a name")?)
}
