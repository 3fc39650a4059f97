// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A school that is disturbed while it seals: its folders can be kept and brought back, and after each disturbance
everything must be as [`Site::assert_in_order`] says.
*/

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use proof::entry::DocumentDigest;

use crate::{
    Run, World, run,
    strace::{self, Disturbance, Step, disturb},
    tree,
};

/// The originals, as they lie in the folder `in`.
pub const ORIGINALS: [&str; 3] = ["a.pdf", "b.pdf", "deep/c.pdf"];

/// One more, for the run after the disturbance: it lies beside `in`.
pub const LATER: &str = "later.pdf";

/// How a batch is on its way when the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The ledger does not have it: it does not exist.
    Uncommitted,
    /// The ledger has it, but no published checkpoint says so.
    Committed,
    /// A published checkpoint covers it.
    Published,
}

/// A ministry, a ledger and a school in a folder of their own. The school has sealed nothing yet.
pub struct Site {
    world: World,
    /// `--detached`, or nothing.
    options: &'static [&'static str],
    originals: BTreeMap<PathBuf, String>,
    /// The files of the ledger when nobody is working.
    ledger: Vec<String>,
    /// Entries of the ledger before anything is sealed here.
    base: u64,
}

/// What is kept of a site: everything that a program may change. In the home lies what the verifier remembers.
const FOLDERS: [&str; 4] = ["demo", "home", "in", "out"];

impl Site {
    /// A new site. `options` are those of `issuer issue`.
    #[track_caller]
    pub fn new(options: &'static [&'static str]) -> Self {
        let world = World::new().forgetful();
        let certificates = tree(&world.path("demo/certificates"));
        let places = ORIGINALS.map(|name| PathBuf::from("in").join(name)).into_iter().chain([LATER.into()]);
        for (place, bytes) in places.zip(certificates.into_values()) {
            world.write(place, bytes);
        }
        // These certificates are sealed already; without its register the school does not know.
        for folder in ["certificates", "sealed", "altered"] {
            fs::remove_dir_all(world.path("demo").join(folder)).expect("removed");
        }
        fs::remove_file(world.path("demo/register.db")).expect("removed");
        let (originals, ledger) = (digests(&world.path("in")), world.names("demo/ledger"));
        let mut site = Self { world, options, originals, ledger, base: 0 };
        site.base = site.fsck().entries;
        site.keep("start");
        site
    }

    /// The folder that everything lies in.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// `issuer issue` of a path.
    pub fn issue_of(&self, paths: &[&str]) -> Command {
        let mut command = self.issuer("issue");
        command.args(paths).args(["--out", "out", "--kind", "abitur", "--json"]).args(self.options);
        command
    }

    /// `issuer issue` of the originals.
    pub fn issue(&self) -> Command {
        self.issue_of(&["in"])
    }

    /// `issuer resume`.
    pub fn resume(&self) -> Command {
        self.issuer("resume")
    }

    fn issuer(&self, subcommand: &str) -> Command {
        let mut command = self.world.command("issuer");
        command.args(["--config", "demo/issuer.toml", subcommand]);
        command
    }

    /// Keeps everything as it is under a name.
    #[track_caller]
    pub fn keep(&self, name: &str) {
        let place = self.world.path("kept").join(name);
        remove(&place);
        fs::create_dir_all(&place).expect("made");
        for folder in FOLDERS.iter().filter(|folder| self.world.path(folder).exists()) {
            copy(&self.world.path(folder), &place);
        }
    }

    /// Brings back what was kept.
    #[track_caller]
    pub fn bring_back(&self, name: &str) {
        let place = self.world.path("kept").join(name);
        for folder in FOLDERS {
            remove(&self.world.path(folder));
            if place.join(folder).exists() {
                copy(&place.join(folder), self.world.folder());
            }
        }
    }

    /// The steps of a command that runs undisturbed. What it did stays.
    #[track_caller]
    pub fn steps(&self, command: &Command) -> Vec<Step> {
        let (run, calls) = strace::trace(command);
        run.expect(0);
        strace::steps(&calls, self.world.folder())
    }

    /// Kills a command at a step, in what was kept.
    #[track_caller]
    pub fn kill(&self, kept: &str, command: &Command, step: &Step) {
        // Which of two threads ends the connection to a database differs from run to run, and with it whose n-th call
        // a step is.
        for _ in 0..20 {
            self.bring_back(kept);
            if disturb(command, step, Disturbance::Kill).code.is_none() {
                return;
            }
        }
        panic!("no run comes to {step}");
    }

    /// How far the first batch is, told from a copy, so that looking changes nothing.
    #[track_caller]
    pub fn phase(&self) -> Phase {
        let fsck = self.fsck();
        match (fsck.entries - self.base, fsck.findings.as_slice()) {
            (0, []) => Phase::Uncommitted,
            (1, [finding]) if finding == "unpublished" => Phase::Committed,
            (1, []) => Phase::Published,
            _ => panic!("a ledger with {} entries more and {:?}", fsck.entries - self.base, fsck.findings),
        }
    }

    /// How many entries the ledger has, told from a copy.
    #[track_caller]
    pub fn entries(&self) -> u64 {
        self.fsck().entries
    }

    #[track_caller]
    fn fsck(&self) -> Fsck {
        let probe = self.world.path("probe");
        fs::create_dir_all(&probe).expect("made");
        copy(&self.world.path("demo/ledger"), &probe);
        let report = self.world.run("anchor", ["fsck", "--ledger", "probe/ledger", "--json"]);
        remove(&probe);
        let report = &report.json()[0];
        let findings = report["findings"].as_array().expect("findings").iter();
        let code = |finding: &serde_json::Value| finding["code"].as_str().expect("a code").to_owned();
        assert_eq!(report["uncounted"].as_array().map(Vec::len), Some(0), "{report}");
        Fsck { entries: report["entries"].as_u64().expect("a number"), findings: findings.map(code).collect() }
    }

    /// Whether the published checkpoint is still the one that was kept.
    pub fn checkpoint_is_kept(&self, name: &str) -> bool {
        let read = |folder: PathBuf| fs::read(folder.join("demo/ledger/checkpoint")).expect("a checkpoint");
        read(self.world.folder().to_owned()) == read(self.world.path("kept").join(name))
    }

    /// Asserts that nothing is left of any disturbance: `sealed` lie in `out` and nothing else does, each of them is
    /// genuine, once, and what the register says; the ledger has `batches` more than at the start and is whole; no
    /// original was touched; no temporary file is left; and nobody has anything left to do.
    #[track_caller]
    pub fn assert_in_order(&self, sealed: &[&str], batches: u64) {
        let fsck = self.fsck();
        assert_eq!((fsck.entries, fsck.findings), (self.base + batches, Vec::new()));
        let before = self.digests();
        let idle = run(&mut self.resume()).quiet();
        assert_eq!(idle.out, "Nothing is open.\n");
        assert_eq!(self.digests(), before, "there was nothing to do, and something was done");
        assert_eq!(self.world.names("demo/ledger"), self.ledger);
        self.assert_sealed(sealed);
    }

    fn digests(&self) -> [BTreeMap<PathBuf, String>; 4] {
        FOLDERS.map(|folder| digests(&self.world.path(folder)))
    }

    #[track_caller]
    fn assert_sealed(&self, sealed: &[&str]) {
        let world = &self.world;
        assert_eq!(digests(&world.path("in")), self.originals, "originals were touched");
        if !world.path("out").exists() {
            assert_eq!(sealed.len(), 0, "there is no output folder");
            return;
        }
        let beside = |name: &&str| self.options.contains(&"--detached").then(|| format!("{name}.proof"));
        let files: BTreeSet<_> =
            sealed.iter().map(ToString::to_string).chain(sealed.iter().filter_map(beside)).collect();
        assert_eq!(world.names("out").into_iter().collect::<BTreeSet<_>>(), files);

        let register = self.world.issuer(["list", "--json"]).expect(0);
        let of_register = by_file(&register, "output", "certificate");
        assert_eq!(register.column("state"), vec!["done"; sealed.len()]);
        let out = world.path("out").canonicalize().expect("a folder");
        let place = |name: &&str| out.join(name).to_string_lossy().into_owned();
        assert_eq!(of_register.keys().cloned().collect::<BTreeSet<_>>(), sealed.iter().map(place).collect());

        if !sealed.is_empty() {
            let verdicts = world.check([&out]).expect(0);
            assert_eq!(verdicts.column("verdict"), vec!["genuine"; sealed.len()]);
            assert_eq!(by_file(&verdicts, "file", "certificate"), of_register);
        }
    }
}

/// What `anchor fsck` says.
struct Fsck {
    entries: u64,
    findings: Vec<String>,
}

#[track_caller]
fn by_file(run: &Run, file: &str, value: &str) -> BTreeMap<String, String> {
    run.column(file).into_iter().zip(run.column(value)).collect()
}

/// Every file below a folder with the digest of its bytes, which a failed test can print; none if there is no folder.
fn digests(folder: &Path) -> BTreeMap<PathBuf, String> {
    let files = if folder.exists() { tree(folder) } else { BTreeMap::new() };
    files.into_iter().map(|(name, bytes)| (name, DocumentDigest::of(&bytes).0.to_string())).collect()
}

fn remove(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("removed");
    }
}

#[track_caller]
fn copy(from: &Path, into: &Path) {
    run(Command::new("cp").arg("--archive").arg(from).arg(into)).quiet();
}
