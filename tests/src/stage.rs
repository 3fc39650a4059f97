// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A served embedded ledger that is disturbed at a step, started again, and held to everything that it has shown and promised
meanwhile; then it is brought back for the next step.
*/

use std::{
    fs,
    process::Command,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
};

use anchor::{
    clock::Clock,
    follow::Followed,
    http::HttpLedger,
    ledger::{Ledger as _, MAX_ENTRIES_PER_READ},
    location::Location,
};
use proof::{checkpoint::Checkpoint, policy::Policy};
use serde_json::json;

use crate::{
    Run, World,
    cast::Cast,
    hammer::{Account, Counts, Hammer},
    run,
    serving::{Serving, wait},
    strace::{self, Disturbance, Step, Traced},
};

/// So much is proven at least of a ledger that goes on after a disturbance.
const PROOFS: usize = 5;

/// What the server does at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// It opens the ledger.
    Start,
    /// It has the checkpoint cosigned again.
    Refresh,
    /// It takes statements in.
    Append,
    /// It was told to end.
    Stop,
}

/// Who sends how much.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// So many schools send at once.
    pub schools: usize,
    /// So many statements they send.
    pub statements: usize,
}

/// What came of a disturbance.
#[derive(Debug)]
pub struct Hit {
    /// How the server ended.
    pub ended: Run,
    /// What the hammer met.
    pub counts: Counts,
}

/// A ledger that can be brought back, and those who use it.
pub struct Stage {
    load: Load,
    world: World,
    cast: Cast,
    policy: Policy,
    published: Checkpoint,
    /// How many entries it has, published or not.
    entries: usize,
    /// The address that the server comes back to.
    address: String,
}

impl Stage {
    /// A stage in a world where `make` has put a ledger at `kept/ledger`.
    pub fn new(make: fn(&World) -> Cast, load: Load) -> Self {
        // Nobody takes the port away while the server is dead: each stage has an address of its own.
        static STAGES: AtomicUsize = AtomicUsize::new(1);
        let world = World::bare();
        let cast = make(&world);
        let policy = Policy::parse(&fs::read(world.path("kept/ledger/policy")).expect("a policy")).expect("a policy");
        let note = fs::read(world.path("kept/ledger/checkpoint")).expect("a checkpoint");
        let published = policy.verify(&note, Clock::system().now()).expect("believed").checkpoint().clone();
        let address = format!("127.77.{}.1:0", STAGES.fetch_add(1, SeqCst));
        let mut this = Self { load, world, cast, policy, published, entries: 0, address };
        this.bring_back();
        let serving = Serving::start(&mut this.serve()).expect("it listens");
        serving.address().clone_into(&mut this.address);
        serving.terminate();
        serving.end().expect(0);
        this.entries = this.entries_in_order();
        this
    }

    fn bring_back(&self) {
        for folder in ["ledger", "home/.local"] {
            if self.world.path(folder).exists() {
                fs::remove_dir_all(self.world.path(folder)).expect("removed");
            }
        }
        run(Command::new("cp").arg("--archive").arg(self.world.path("kept/ledger")).arg(self.world.folder())).quiet();
    }

    fn serve(&self) -> Command {
        let mut command = self.world.command("anchor");
        command.arg("serve").arg("--ledger").arg(self.world.path("ledger")).args(["--listen", &self.address]);
        // One thread does what several would do in turn: so the calls of each thread come in the same order in each run.
        command.env("TOKIO_WORKER_THREADS", "1");
        for limit in ["REQUESTS", "STATEMENTS"] {
            command.env(format!("SCHULSIEGEL_{limit}_PER_MINUTE"), "0");
        }
        command
    }

    fn hammer(&self) -> Hammer {
        let account = Account::beginning_with(&self.published);
        Hammer::start(std::slice::from_ref(&self.address), &self.cast, self.policy.clone(), account)
    }

    /// The steps of a run in which nothing goes wrong.
    ///
    /// # Panics
    /// If something does.
    pub fn steps(&self) -> Vec<(Phase, Step)> {
        self.bring_back();
        let mut traced = Traced::new(&self.serve());
        let mut serving = Serving::start(traced.command()).expect("it listens");
        wait("the first refresh", || is_refreshed(&serving));
        let refreshed = traced.lines();
        let hammer = self.hammer();
        self.have_spoken(&hammer, self.load.statements);
        let appended = traced.lines();
        let account = hammer.end();
        assert!(!serving.has_ended());
        serving.terminate();
        serving.end().expect(0);
        let Counts { refused, left_open, .. } = account.counts();
        assert_eq!((refused, left_open), (0, 0), "nothing went wrong");
        assert_eq!(self.entries_in_order(), self.entries + account.promises());

        let calls = traced.calls();
        let listening = calls.iter().find(|call| call.name == "write" && call.is_on_pipe()).expect("it listens").begun;
        let before = |line| calls.iter().take_while(|call| call.begun < line).count();
        let until = [listening, refreshed, appended, usize::MAX].map(before);
        let phases = [Phase::Start, Phase::Refresh, Phase::Append, Phase::Stop].into_iter().zip(until);
        let folder = self.world.path("ledger");
        let mut steps = Vec::new();
        for (phase, until) in phases {
            let new = strace::steps(&calls[..until], &folder).split_off(steps.len());
            let known =
                |step: Step| if step.path.contains("/.draft-") { strace::on_any_path(&calls, &step) } else { step };
            steps.extend(new.into_iter().map(|step| (phase, known(step))));
        }
        steps
    }

    /// Waits until the schools have been promised so many more places, something was proven, and nobody waits for an answer.
    fn have_spoken(&self, hammer: &Hammer, statements: usize) {
        let account = hammer.account();
        let (promises, proofs) = (account.promises() + statements, account.counts().proven + PROOFS);
        hammer.let_speak(self.load.schools);
        let is_done = || account.promises() >= promises && account.counts().proven >= proofs;
        wait("statements taken in and proven", || is_done() || hammer.has_failed());
        hammer.let_speak(0);
        wait("answers", || hammer.is_quiet() || hammer.has_failed());
    }

    /// Disturbs the server, starts it again, and checks everything. `None` if it did not come to the step.
    ///
    /// # Panics
    /// If the server has broken a promise, contradicts itself, or does not go on.
    pub fn disturb(&self, phase: Phase, step: &Step, disturbance: Disturbance) -> Option<Hit> {
        self.bring_back();
        let mut traced = Traced::disturbed(&self.serve(), step, disturbance);
        let (ended, hammer) = match Serving::start(traced.command()) {
            Ok(serving) => self.play(serving, &traced, phase),
            Err(ended) => (ended, self.hammer()),
        };
        let serving = Serving::start(&mut self.serve()).unwrap_or_else(|ended| panic!("{step}: {ended:#?}"));
        self.have_spoken(&hammer, self.load.schools);
        let account = hammer.end();
        let entries = block_on(self.followed());
        account.assert_kept_by(&entries);
        assert_eq!(entries.len(), self.entries + account.promises(), "{step}");
        serving.terminate();
        let last = serving.end().expect(0);
        assert!(!last.err.contains("ERROR"), "{step}: {last:#?}");
        assert_eq!(self.entries_in_order(), entries.len(), "{step}");

        let is_killed = ended.code.is_none();
        assert!(!is_killed || matches!(disturbance, Disturbance::Kill), "{step}: {ended:#?}");
        (is_killed || traced.has_failed()).then_some(Hit { ended, counts: account.counts() })
    }

    /// Has a server that is to be disturbed do its work to the end.
    fn play(&self, mut serving: Serving, traced: &Traced, phase: Phase) -> (Run, Hammer) {
        let hammer = self.hammer();
        wait("the disturbed server", || is_refreshed(&serving) || serving.has_ended());
        let (enough, most) = (self.load.statements, 5 * self.load.statements);
        hammer.let_speak(self.load.schools);
        wait("the disturbed server", || {
            let promises = hammer.account().promises();
            let is_hit = phase != Phase::Append || traced.has_failed();
            promises >= if is_hit { enough } else { most } || serving.has_ended() || hammer.has_failed()
        });
        hammer.let_speak(0);
        wait("the disturbed server", || hammer.is_quiet() || serving.has_ended() || hammer.has_failed());
        if hammer.has_failed() {
            hammer.end();
            unreachable!("it says what was wrong");
        }
        serving.terminate();
        (serving.end(), hammer)
    }

    /// All entries, as somebody reads them who begins now.
    async fn followed(&self) -> Vec<Vec<u8>> {
        let place = Location::parse(&format!("http://{}", self.address), "".as_ref());
        let Some(Location::Http(url)) = place else { panic!("{}", self.address) };
        let ledger = HttpLedger::open(&url).await.expect("it answers");
        let now = Clock::system().now();
        let followed = Followed::read(&ledger, &self.policy, &self.cast.authorities, now, None).await;
        let size = followed.expect("believed").size().0;
        let mut entries = Vec::new();
        for from in (0..size).step_by(usize::try_from(MAX_ENTRIES_PER_READ).expect("small")) {
            entries.extend(ledger.entries(from..size.min(from + MAX_ENTRIES_PER_READ)).await.expect("readable"));
        }
        entries
    }

    /// How many entries there are, all of which count; nothing is wrong with the ledger, and no draft is left.
    #[track_caller]
    fn entries_in_order(&self) -> usize {
        let names = self.world.names("ledger").into_iter().filter(|name| !name.starts_with("replayed/"));
        assert_eq!(names.collect::<Vec<_>>(), FILES);
        let fsck = self.world.run("anchor", ["fsck", "--ledger", "ledger", "--json"]).expect(0).json().remove(0);
        let found = (&fsck["clean"], &fsck["findings"], &fsck["uncounted"]);
        assert_eq!(found, (&json!(true), &json!([]), &json!([])));
        usize::try_from(fsck["entries"].as_u64().expect("a number")).expect("few")
    }
}

/// The files that make a ledger.
const FILES: [&str; 7] = ["authorities", "checkpoint", "ledger.db", "ledger.key", "lock", "policy", "time.key"];

/// Waits for a future, as a thread that does nothing else.
///
/// # Panics
/// If there can be no runtime.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

fn is_refreshed(serving: &Serving) -> bool {
    serving.err().contains("cosigned again")
}
