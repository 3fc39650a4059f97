// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The real programs over real files.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anchor::{
    clock::Clock,
    follow::Followed,
    host,
    keys::{self, Guard, KeyPlace, NewKey, Sources, Unlock},
    ledger::Append,
    ministry::{Ministry, Terms},
    sqlite::SqliteLedger,
    trust::Trust,
};
use proof::{judge::Consulted, key::KeyName, request::Request, statement::Kinds, tree::TreeSize};
use samples::{Generator, Kind, School};

use crate::{
    large::Grown,
    measure::{Line, Result, median, peak_memory_mb, seconds, time},
};

/// How many files a second process of the floor gets at once.
const FILES_PER_PROCESS: u64 = 5_000;

/// A school with its certificates, and the programs that are measured.
pub(crate) struct Bench {
    dir: PathBuf,
    programs: PathBuf,
    world: PathBuf,
    certificates: PathBuf,
    count: u64,
}

impl Bench {
    /// Makes a school and its certificates.
    pub(crate) fn new(dir: &Path, count: u64) -> Result<Self> {
        let programs = std::env::current_exe()?.parent().ok_or("no folder of programs")?.to_owned();
        for program in ["anchor", "demo", "issuer", "verifier"] {
            if !programs.join(program).is_file() {
                return Err(format!("{program} is not built: cargo build --release --bins").into());
            }
        }
        let (world, certificates) = (dir.join("world"), dir.join("certificates"));
        let this = Self { dir: dir.to_owned(), programs, world, certificates, count };
        this.demo(&this.world)?;
        samples::write(&this.certificates, &Generator::new(1, School::invented(1)), 0..count, &Kind::ALL)?;
        Ok(this)
    }

    pub(crate) fn mean_kb(&self) -> Result<f64> {
        let mut bytes = 0;
        for entry in fs::read_dir(&self.certificates)? {
            bytes += entry?.metadata()?.len();
        }
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        Ok(bytes as f64 / self.count as f64 / 1e3)
    }

    /// `issue` beside copying, syncing and hashing the same files.
    pub(crate) fn issue(&self, runs: usize) -> Result<Vec<Line>> {
        let (mut ours, mut floor) = (Vec::new(), Vec::new());
        for run in 0..runs {
            let copy = self.dir.join(format!("copy-{run}"));
            let copied = time(Command::new("cp").arg("-r").arg(&self.certificates).arg(&copy))?;
            floor.push(copied + time(Command::new("sync").arg("-f").arg(&copy))? + hash(&self.certificates)?);
            ours.push(time(&mut self.issuer(&self.certificates, &self.sealed(run)))?);
        }
        let per_second = format!("{:.0} a second", self.per_second(&ours));
        Ok(vec![
            Line::ratio("issue, beside cp -r, sync -f and openssl dgst", &ours, &floor, 1.5),
            Line { what: "issue".to_owned(), figure: per_second, bound: None },
        ])
    }

    /// `check` beside hashing the same files.
    pub(crate) fn check(&self, runs: usize) -> Result<Vec<Line>> {
        let sealed = self.sealed(0);
        let (mut ours, mut floor) = (Vec::new(), Vec::new());
        time(&mut self.verifier(&sealed))?;
        for _ in 0..runs {
            floor.push(hash(&sealed)?);
            ours.push(time(&mut self.verifier(&sealed))?);
        }
        let per_second = format!("{:.0} a second", self.per_second(&ours));
        Ok(vec![
            Line::ratio("check, beside openssl dgst", &ours, &floor, 2.0),
            Line { what: "check".to_owned(), figure: per_second, bound: None },
        ])
    }

    /// Peak memory of both, and how it grows from a tenth of the files to all.
    pub(crate) fn memory(&self) -> Result<Vec<Line>> {
        let few = self.dir.join("few");
        fs::create_dir(&few)?;
        for entry in fs::read_dir(&self.certificates)?.take(usize::try_from(self.count / 10)?) {
            let entry = entry?;
            fs::copy(entry.path(), few.join(entry.file_name()))?;
        }
        let (small, large) = (self.dir.join("memory-few"), self.dir.join("memory-all"));
        let issue = (
            peak_memory_mb(&mut self.issuer(&few, &small))?,
            peak_memory_mb(&mut self.issuer(&self.certificates, &large))?,
        );
        let check = (peak_memory_mb(&mut self.verifier(&small))?, peak_memory_mb(&mut self.verifier(&large))?);
        let line = |what: &str, (few, all): (f64, f64)| Line {
            what: format!("{what}, peak memory with its workers"),
            figure: format!("{all:.0} MB, {:.0} MB more than for a tenth", all - few),
            bound: Some(("150 MB, 20 MB more".to_owned(), all < 150.0 && all - few < 20.0)),
        };
        Ok(vec![line("issue", issue), line("check", check)])
    }

    /// Both as whole processes with one certificate.
    pub(crate) fn one_certificate(&self, runs: usize) -> Result<Vec<Line>> {
        let world = self.dir.join("one-world");
        self.demo(&world)?;
        let mut files = fs::read_dir(&self.certificates)?;
        let (mut issue, mut check) = (Vec::new(), Vec::new());
        for run in 0..runs * 4 {
            let file = files.next().ok_or("too few certificates")??.path();
            let out = self.dir.join(format!("one-{run}"));
            let mut issuer = self.program("issuer");
            issuer.arg("--config").arg(world.join("issuer.toml")).arg("issue").arg(&file).arg("--out").arg(&out);
            issue.push(time(issuer.args(["--kind", "abitur", "--json"]))?);
            let mut verifier = self.program("verifier");
            verifier.arg("check").arg("--json").arg("--trust").arg(world.join("trust")).arg(&out);
            check.push(time(&mut verifier)?);
        }
        let line = |what: &str, took: &[Duration]| Line {
            what: format!("{what} of one certificate, whole process"),
            figure: seconds(median(took)),
            bound: Some(("50 ms".to_owned(), median(took) < Duration::from_millis(50))),
        };
        Ok(vec![line("issue", &issue), line("check", &check)])
    }

    /// `check` of 800 files from 300 schools, and what of it the signatures cost.
    pub(crate) fn many_schools(&self, dir: &Path) -> Result<Vec<Line>> {
        const SCHOOLS: usize = 300;
        const FILES: usize = 800;
        let world = dir.join("schools-world");
        self.demo(&world)?;
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        runtime.block_on(accredit(&world, SCHOOLS))?;
        let out = dir.join("schools-sealed");
        let mut files = fs::read_dir(&self.certificates)?.map(|entry| Ok(entry?.path()));
        for school in 0..SCHOOLS {
            let share = FILES * (school + 1) / SCHOOLS - FILES * school / SCHOOLS;
            let mut issuer = self.program("issuer");
            issuer.arg("--config").arg(world.join(format!("school-{school}/issuer.toml"))).arg("issue");
            issuer.args(files.by_ref().take(share).collect::<Result<Vec<_>>>()?);
            time(issuer.arg("--out").arg(out.join(school.to_string())).args(["--kind", "abitur", "--json"]))?;
        }
        let mut verifier = self.program("verifier");
        verifier.arg("check").arg("--json").arg("--trust").arg(world.join("trust")).arg(&out);
        let took: Vec<_> = (0..5).map(|_| time(&mut verifier)).collect::<Result<_>>()?;
        let trunks = runtime.block_on(weigh_trunks(&world, &out))?;
        Ok(vec![
            Line {
                what: format!("check of {FILES} files from {SCHOOLS} schools"),
                figure: seconds(median(&took)),
                bound: None,
            },
            Line {
                what: format!("… of that, signatures of {SCHOOLS} proofs"),
                figure: format!("{} of one processor", seconds(trunks)),
                bound: None,
            },
        ])
    }

    /// A ledger of many years beside the world's own.
    pub(crate) fn grown(&self, statements: u64, withdrawals: u64) -> Result<Grown> {
        Grown::new(&self.dir, &self.programs, &self.world, statements, withdrawals)
    }

    /// The same files, and the register, under a ledger of many years.
    pub(crate) fn large(&self, large: &mut Grown, runs: usize) -> Result<Vec<Line>> {
        let many = large.check_many(&self.sealed(0), runs)?;
        let mut lines = large.register(&self.sealed(0), runs)?;
        lines.push(many);
        Ok(lines)
    }

    /// Seals the certificates without being measured.
    pub(crate) fn seal(&self) -> Result<()> {
        time(&mut self.issuer(&self.certificates, &self.sealed(0))).map(|_| ())
    }

    /// Where the programs are.
    pub(crate) fn programs(&self) -> &Path {
        &self.programs
    }

    /// A folder of sealed certificates.
    pub(crate) fn first_sealed(&self) -> PathBuf {
        self.sealed(0)
    }

    fn per_second(&self, took: &[Duration]) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        let count = self.count as f64;
        count / median(took).as_secs_f64()
    }

    fn sealed(&self, run: usize) -> PathBuf {
        self.dir.join(format!("sealed-{run}"))
    }

    fn issuer(&self, files: &Path, out: &Path) -> Command {
        let mut command = self.program("issuer");
        command.arg("--config").arg(self.world.join("issuer.toml")).arg("issue").arg(files).arg("--out").arg(out);
        command.args(["--kind", "abitur", "--json", "--again"]);
        command
    }

    fn verifier(&self, files: &Path) -> Command {
        let mut command = self.program("verifier");
        command.arg("check").arg("--json").arg("--trust").arg(self.world.join("trust")).arg(files);
        command
    }

    /// A program with a memory below the folder of the bench.
    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.env("XDG_STATE_HOME", self.dir.join("state"));
        command
    }

    fn demo(&self, dir: &Path) -> Result<()> {
        let options = ["--no-serve", "--plain", "--no-passphrase"];
        time(self.program("demo").args(options).arg("--dir").arg(dir)).map(|_| ())
    }
}

/// Opening a key that has a passphrase: once in each command that signs, and in none of the other figures.
pub(crate) fn unlock(dir: &Path, runs: usize) -> Result<Line> {
    let (place, name) = (KeyPlace::File(dir.join("locked.key")), KeyName::parse("bench/school").ok_or("a name")?);
    let secret = dir.join("locked.passphrase");
    host::create_file(&secret, b"four words of a bench", true)?;
    let sources = Sources { option: Some(secret), configured: None };
    let unlock = Unlock { sources, ..Unlock::unattended() };
    keys::create(&place, &name, Guard::Passphrase, &unlock)?;
    let mut took = Vec::new();
    for _ in 0..runs {
        let start = Instant::now();
        keys::open(&place, &name, &unlock)?;
        took.push(start.elapsed());
    }
    Ok(Line { what: "unlocking a key, slow by design".to_owned(), figure: seconds(median(&took)), bound: None })
}

/// Accredits schools in the world of a demo.
async fn accredit(world: &Path, count: usize) -> Result<()> {
    let clock = Clock::system();
    let ministry = Ministry::open(&world.join("ministry"), &Unlock::unattended())?;
    let ledger: Box<dyn Append> = Box::new(SqliteLedger::open(&world.join("ledger"), clock.clone(), None).await?);
    for school in 0..count {
        let folder = world.join(format!("school-{school}"));
        fs::create_dir(&folder)?;
        let request = issuer_setup(&folder, school, &ministry, &clock)?;
        let now = clock.now();
        let until = proof::Timestamp::from_posix(now.posix() + 86_400).ok_or("a time")?;
        let statement = ministry.accredit(&request, &Terms { kinds: Kinds::All, from: now, until }, now)?;
        ledger.submit(TreeSize(0), statement.note()).await?;
    }
    ledger.close().await;
    Ok(())
}

fn issuer_setup(folder: &Path, school: usize, ministry: &Ministry, clock: &Clock) -> Result<Request> {
    use proof::statement::{Label, SchoolNumber};
    let described = issuer::setup::School {
        key_name: KeyName::parse(&format!("schule/bench/{school}")).ok_or("a name")?,
        name: Label::parse(&format!("Schule {school}")).ok_or("a name")?,
        number: SchoolNumber::parse(&school.to_string()).ok_or("a number")?,
        place: Label::parse("Musterstadt").ok_or("a place")?,
        state: ministry.pin().land,
        kinds: Kinds::All,
    };
    let trust = Path::new("../trust");
    let (config, _) =
        issuer::setup::set_up(&folder.join("issuer.toml"), &described, trust, None, &NewKey::unguarded(), clock.now())?;
    Ok(Request::parse(&fs::read(&config.request)?)?)
}

/// How long the signatures of all proofs under a folder take, one file of each school, one after another.
async fn weigh_trunks(world: &Path, sealed: &Path) -> Result<Duration> {
    let trust = Trust::load(&world.join("trust"))?;
    let ledger = anchor::follow::open(&trust.ledgers[0].location).await?;
    let now = Clock::system().now();
    let followed = Followed::read(&*ledger, &trust.policy, &trust.authorities, now, None).await?;
    let ledgers = std::collections::BTreeMap::from([(ledger.origin().clone(), Consulted::State(followed.state()?))]);
    let judge = trust.judge(now, ledgers);
    let mut files = Vec::new();
    for school in fs::read_dir(sealed)? {
        let first = fs::read_dir(school?.path())?.next().ok_or("a school without files")??;
        files.push(fs::read(first.path())?);
    }
    let mut took = Duration::ZERO;
    for file in &files {
        let proof::sealed_pdf::Opened::Sealed(sealed) = proof::sealed_pdf::open(file) else {
            return Err("not sealed".into());
        };
        let split = proof::proof_file::Split::parse(sealed.proof())?;
        let start = Instant::now();
        judge.weigh(&split.trunk()).map_err(|finding| format!("{finding:?}"))?;
        took += start.elapsed();
    }
    Ok(took)
}

/// The floor of both: SHA-256 over all files, two processes.
fn hash(folder: &Path) -> Result<Duration> {
    let script = format!("find \"$0\" -name '*.pdf' -print0 | xargs -0 -P2 -n{FILES_PER_PROCESS} openssl dgst -sha256");
    time(Command::new("sh").args(["-c", &script]).arg(folder))
}
