// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A served embedded ledger is killed, or a call of it fails once, at the calls that change its files: while it starts,
cosigns its checkpoint again, takes statements in and ends. Meanwhile schools send and readers check every proof, and go
on with the server that is started after it.
*/

use std::{
    collections::BTreeMap,
    fs,
    process::{Command, ExitCode},
    time::Instant,
};

use anchor::ledger::Ledger as _;
use tests::{
    Run, World,
    cast::{self, Cast, SCHOOLS},
    run,
    stage::{Hit, Load, Phase, Stage, block_on},
    strace::{
        self,
        Disturbance::{self, Fail, Kill},
        Step,
    },
    trial::{self, needing},
};

fn main() -> ExitCode {
    let needs = [strace::need()];
    let trials = WORKLOADS.iter().flat_map(|workload| {
        let trial = |name: &str, disturbance| {
            needing(&format!("{}: {name}", workload.name), &needs, move || disturbed_everywhere(workload, disturbance))
        };
        [trial("killed at every step", Kill), trial("every step fails once", Fail("EIO"))]
    });
    trial::main(trials.collect())
}

/// What is done to a ledger, and where it is disturbed.
struct Workload {
    name: &'static str,
    make: fn(&World) -> Cast,
    load: Load,
    is_point: fn(Phase, &Step) -> bool,
    /// So many points are hit at least, in each phase: by kills, and by errors.
    least: &'static [(Phase, usize)],
}

const WORKLOADS: &[Workload] = &[
    Workload {
        name: "one school",
        make: orderly,
        load: Load { schools: 1, statements: 4 },
        is_point: |_, _| true,
        least: &[(Phase::Start, 12), (Phase::Refresh, 4), (Phase::Append, 36), (Phase::Stop, 5)],
    },
    Workload {
        name: "all schools at once",
        make: orderly,
        load: Load { schools: SCHOOLS as usize, statements: 12 },
        is_point: |phase, step| phase == Phase::Append || phase == Phase::Stop && is_on_database(step),
        least: &[(Phase::Append, 30), (Phase::Stop, 3)],
    },
    Workload {
        name: "after a crash before the publication",
        make: crashed,
        load: Load { schools: 1, statements: 1 },
        is_point: |phase, _| phase == Phase::Start,
        least: &[(Phase::Start, 20)],
    },
    Workload {
        name: "when the write-ahead log is full",
        make: nearly_full_log,
        load: Load { schools: 1, statements: 12 },
        // The pages are written one like the other.
        is_point: |phase, step| {
            phase == Phase::Append && is_on_database(step) && (step.nth < 3 || step.nth.is_multiple_of(16))
        },
        least: &[(Phase::Append, 6)],
    },
];

/// At least 200 points are hit in all.
const _: () = {
    let (mut points, mut index) = (0, 0);
    while index < WORKLOADS.len() {
        let (least, mut phase) = (WORKLOADS[index].least, 0);
        while phase < least.len() {
            points += 2 * least[phase].1;
            phase += 1;
        }
        index += 1;
    }
    assert!(points >= 200);
};

fn is_on_database(step: &Step) -> bool {
    step.path.ends_with("/ledger.db")
}

/// Entries of a ledger whose last tile is about to be full.
const NEARLY_A_TILE: usize = 253;

fn orderly(world: &World) -> Cast {
    block_on(async {
        let folder = world.path("kept/ledger");
        let mut cast = Cast::on_new_ledger(&folder).await;
        cast.fill(&folder, NEARLY_A_TILE).await;
        cast
    })
}

/// A ledger with entries in its write-ahead log, the last of which was not published.
fn crashed(world: &World) -> Cast {
    block_on(async {
        let made = world.path("made/ledger");
        let mut cast = Cast::on_new_ledger(&made).await;
        cast.fill(&made, 300).await;
        let ledger = cast::open(&made).await;
        let mut published = Vec::new();
        for _ in 0..5 {
            published = ledger.checkpoint().await.expect("readable");
            cast.append_one(&ledger).await;
        }
        keep(world);
        world.write("kept/ledger/checkpoint", published);
        fs::remove_dir_all(world.path("kept/ledger/replayed")).expect("the next to open makes it again");
        cast
    })
}

/// A ledger whose write-ahead log has nearly the thousand pages at which SQLite folds it into the database.
fn nearly_full_log(world: &World) -> Cast {
    const PAGE_IN_LOG: u64 = 4_096 + 24;
    block_on(async {
        let made = world.path("made/ledger");
        let mut cast = Cast::on_new_ledger(&made).await;
        cast.fill(&made, NEARLY_A_TILE).await;
        let ledger = cast::open(&made).await;
        while fs::metadata(made.join("ledger.db-wal")).map_or(0, |log| log.len()) < 992 * PAGE_IN_LOG {
            cast.append_one(&ledger).await;
        }
        keep(world);
        cast
    })
}

/// Keeps a ledger as a crash would leave it: whoever has it open goes on with another copy.
fn keep(world: &World) {
    fs::create_dir(world.path("kept")).expect("made");
    run(Command::new("cp").arg("--archive").arg(world.path("made/ledger")).arg(world.path("kept"))).quiet();
}

fn disturbed_everywhere(workload: &Workload, disturbance: Disturbance) {
    let begun = Instant::now();
    let stage = Stage::new(workload.make, workload.load);
    let steps = stage.steps();
    if workload.load.schools > 1 {
        let is_publication = |(phase, step): &&(Phase, Step)| *phase == Phase::Append && step.call == "rename";
        let publications = steps.iter().filter(is_publication).count();
        assert!(publications < workload.load.statements, "no two statements were committed together");
    }
    // Counted on any path, a call of each thread would fail.
    let is_point = |(phase, step): &&(Phase, Step)| {
        (workload.is_point)(*phase, step) && (matches!(disturbance, Kill) || !step.path.is_empty())
    };
    let (mut hits, mut proven, mut left_open, mut lost) = (BTreeMap::new(), 0, 0, 0);
    for (phase, step) in steps.iter().filter(is_point) {
        // Which statements meet in a group differs from run to run, and with it whose n-th call a step is.
        let hit = (0..3).find_map(|_| stage.disturb(*phase, step, disturbance));
        let said = hit.as_ref().map(|hit| (hit.ended.code, hit.ended.err.lines().rfind(|line| line.contains("rror"))));
        println!("{phase:?}: {step} {disturbance:?}: {said:?}");
        let Some(Hit { ended, counts }) = hit else { continue };
        assert_ended(&ended, *phase, step, disturbance);
        *hits.entry(*phase).or_insert(0) += 1;
        lost += usize::from(*phase == Phase::Append && ended.code != Some(0));
        (proven, left_open) = (proven + counts.proven, left_open + counts.left_open);
    }
    let seconds = begun.elapsed().as_secs();
    println!("{}, {disturbance:?}: {hits:?}, {proven} proofs, {left_open} open, {seconds} s", workload.name);
    for (phase, least) in workload.least {
        assert!(hits.get(phase).is_some_and(|hits| hits >= least), "{phase:?} {least}: {hits:?}");
    }
    assert!(lost < 30 || left_open > 0, "nobody was left without an answer");
}

/// A server that was killed could say nothing. One that met an error says that it is not known what became of a
/// statement, or that it cannot start, or goes on where nothing was lost.
#[track_caller]
fn assert_ended(ended: &Run, phase: Phase, step: &Step, disturbance: Disturbance) {
    if matches!(disturbance, Kill) {
        assert_eq!(ended.code, None, "{step}: {ended:#?}");
        return;
    }
    // SQLite passes over its folder when that cannot be synced; what was replayed is kept to save time, no more.
    let is_vain = (step.call == "fsync" && step.path.ends_with("/ledger")) || step.path.contains("/replayed");
    let wanted = match phase {
        Phase::Start if !is_vain => 1,
        // What the log holds need not be in the database yet.
        Phase::Append if !is_vain && !is_on_database(step) => 2,
        _ => 0,
    };
    assert_eq!(ended.code, Some(wanted), "{phase:?} {step}: {ended:#?}");
    let says = |word| ended.err.lines().any(|line| line.starts_with(word));
    assert_eq!((says("error: "), says("hint: ")), (wanted > 0, wanted > 0), "{phase:?} {step}: {ended:#?}");
    let is_told = ended.err.contains(" ERROR checkpoint not cosigned again ");
    assert_eq!(is_told, phase == Phase::Refresh, "{phase:?} {step}: {ended:#?}");
}
