// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The ledger as a service: `anchor serve` as a process of its own, asked over the loopback interface.

What is sent is prepared before the clock starts, and every figure stands beside a floor that runs in turn with it: plain
inserts by the same driver, the same ledger read from its folder, the same bytes from memory. What a service is started
on, and what its floor is, comes from a [`Store`].
*/

pub(crate) mod bare;
mod client;
mod pieces;
mod store;

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anchor::{clock::Clock, trust::Trust};
use client::Service;
use proof::statement::LedgerEntry;
pub(crate) use store::{Postgres, Sqlite, Store, Table};
use tokio::{
    sync::mpsc,
    task::JoinSet,
    time::{Instant as Moment, sleep_until},
};

use crate::{
    large::{Grown, Speakers},
    measure::{Line, Result, median, seconds, time},
};

/// So many schools send at once.
const SCHOOLS: usize = 64;

/// Statements of each school, sent as fast as they are answered.
const STATEMENTS_EACH: usize = 150;

/// Statements that are sent at an even pace, and how far apart: 200 a second for six seconds.
const PACED: usize = 1_200;
const PACE: Duration = Duration::from_millis(5);

/// What is measured, and where.
pub(crate) struct Bench<'a> {
    pub(crate) dir: &'a Path,
    pub(crate) programs: &'a Path,
    pub(crate) runs: usize,
}

/// What schools will say on a new ledger.
struct Script {
    /// By the ministry, in this order.
    accreditations: Vec<Vec<u8>>,
    /// By the schools in turn.
    batches: Vec<Vec<u8>>,
}

impl Script {
    fn new(speakers: &mut Speakers, batches: usize) -> Result<Self> {
        let mut next = || Ok(LedgerEntry::decode(&speakers.next(false)?).ok_or("an entry")?.note);
        let accreditations = (0..SCHOOLS).map(|_| next()).collect::<Result<_>>()?;
        Ok(Self { accreditations, batches: (0..batches).map(|_| next()).collect::<Result<_>>()? })
    }

    /// What one school says.
    fn of(&self, school: usize) -> Vec<Vec<u8>> {
        self.batches.iter().skip(school).step_by(SCHOOLS).cloned().collect()
    }
}

impl Bench<'_> {
    /// Statements a second while all schools send at once, beside plain inserts in groups of the size that the service
    /// made of them.
    pub(crate) fn appends<S: Store>(&self, store: &S) -> Result<Vec<Line>> {
        let (mut ours, mut floor, mut groups) = (Vec::new(), Vec::new(), Vec::new());
        for run in 0..self.runs {
            let (service, script) = self.ready(store, &format!("at-once-{run}"), SCHOOLS * STATEMENTS_EACH)?;
            let (took, group) = client::runtime()?.block_on(async {
                let before = service.groups().await?;
                let took = all_at_once(&service, &script).await?;
                let after = service.groups().await?;
                Ok::<_, Box<dyn std::error::Error>>((took, (after.0 - before.0) / (after.1 - before.1)))
            })?;
            service.stop()?;
            ours.push(took);
            groups.push(group);
            floor.push(client::runtime()?.block_on(async {
                let mut table = store.table(&self.dir.join(format!("floor-{run}"))).await?;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 256")]
                let group = group.round() as usize;
                let begun = Instant::now();
                for rows in script.batches.chunks(group.max(1)) {
                    table.insert(rows).await?;
                }
                Ok::<_, Box<dyn std::error::Error>>(begun.elapsed())
            })?);
        }
        groups.sort_by(f64::total_cmp);
        let group = groups[groups.len() / 2];
        let rates = [&ours, &floor].map(|took| per_second(SCHOOLS * STATEMENTS_EACH, median(took)));
        let what = format!("{}: {SCHOOLS} schools at once, statements a second", store.name());
        Ok(vec![
            at_least(what, rates, 0.5),
            Line { what: "… statements committed together".to_owned(), figure: format!("{group:.1}"), bound: None },
        ])
    }

    /// How long an accepted statement takes at 200 a second, beside a row that is inserted at the same pace.
    pub(crate) fn latency<S: Store>(&self, store: &S) -> Result<Vec<Line>> {
        let (mut ours, mut floor) = (Vec::new(), Vec::new());
        for run in 0..self.runs {
            let (service, script) = self.ready(store, &format!("paced-{run}"), PACED)?;
            ours.push(quantiles(client::runtime()?.block_on(evenly(&service, &script))?));
            service.stop()?;
            floor.push(quantiles(client::runtime()?.block_on(async {
                let table = store.table(&self.dir.join(format!("floor-paced-{run}"))).await?;
                inserted_evenly(table, script.batches).await
            })?));
        }
        let of = |runs: &[[Duration; 2]], which: usize| runs.iter().map(|run| run[which]).collect::<Vec<_>>();
        let what = |quantile| format!("{}: {quantile} of a statement at 200 a second", store.name());
        let p50 = (median(&of(&ours, 0)), median(&of(&floor, 0)));
        Ok(vec![
            Line {
                what: what("p50"),
                figure: format!("{} beside {} of a plain insert", seconds(p50.0), seconds(p50.1)),
                bound: None,
            },
            Line::ratio(&what("p99"), &of(&ours, 1), &of(&floor, 1), 5.0),
        ])
    }

    /// A verifier that knows nothing yet reads the large ledger: over HTTP with the limits that a service has by itself,
    /// and from the folder.
    pub(crate) fn catch_up(&self, grown: &Grown, sealed: &Path) -> Result<Vec<Line>> {
        let place = ["--ledger".to_owned(), grown.world().join("ledger").to_string_lossy().into_owned()];
        let service = Service::start(self.programs, &place, &self.dir.join("service-state"), true)?;
        let (near, far) = (grown.world().join("trust"), grown.world().join("trust-http"));
        time(Command::new("cp").arg("-r").arg(&near).arg(&far))?;
        let origin = Trust::load(&near)?.ledgers.first().ok_or("a ledger")?.origin.clone();
        std::fs::write(far.join("ledgers"), format!("{origin} {}\n", service.url()))?;
        let one = std::fs::read_dir(sealed)?.next().ok_or("a sealed file")??.path();

        let mut lines = Vec::new();
        for command in ["sync", "check"] {
            let (mut over_http, mut from_folder) = (Vec::new(), Vec::new());
            for run in 0..self.runs {
                for (trust, took) in [(&near, &mut from_folder), (&far, &mut over_http)] {
                    let state = self.dir.join(format!("{command}-{run}-{}", took.len() + usize::from(trust == &far)));
                    let mut verifier = Command::new(self.programs.join("verifier"));
                    verifier.env("XDG_STATE_HOME", state).arg(command).arg("--trust").arg(trust);
                    if command == "check" {
                        verifier.arg(&one);
                    }
                    took.push(time(&mut verifier)?);
                }
            }
            let (took, floor) = (median(&over_http), median(&from_folder));
            lines.push(Line {
                what: format!("{command} from nothing over HTTP"),
                figure: format!("{} beside {} from the folder", seconds(took), seconds(floor)),
                bound: Some(("30 s".to_owned(), took < Duration::from_secs(30))),
            });
        }
        service.stop()?;
        Ok(lines)
    }

    /// Full tiles and bundles a second, beside the same bytes from memory.
    pub(crate) fn pieces(&self, grown: &Grown) -> Result<Vec<Line>> {
        pieces::measure(self, &grown.world().join("ledger"))
    }

    /// A service on a new ledger that knows the schools, and what they will say.
    fn ready<S: Store>(&self, store: &S, name: &str, batches: usize) -> Result<(Service, Script)> {
        let origin = proof::key::KeyName::parse("bench/service").ok_or("a name")?;
        let mut speakers = Speakers::new(origin.clone(), SCHOOLS as u64)?;
        let script = Script::new(&mut speakers, batches)?;
        let authorities = proof::authority::Authorities::parse(speakers.pin().as_bytes())?;
        let clock = Clock::system();
        let place = client::runtime()?.block_on(store.ledger(&self.dir.join(name), &origin, &authorities, &clock))?;
        let service = Service::start(self.programs, &place, &self.dir.join(format!("{name}-state")), false)?;
        client::runtime()?.block_on(async {
            let mut ministry = service.connect().await?;
            for note in &script.accreditations {
                ministry.send(note).await?;
            }
            Ok::<_, Box<dyn std::error::Error>>(())
        })?;
        Ok((service, script))
    }
}

/// Each school sends its next statement when the last one is answered.
async fn all_at_once(service: &Service, script: &Script) -> Result<Duration> {
    let mut schools = Vec::new();
    for school in 0..SCHOOLS {
        schools.push((service.connect().await?, script.of(school)));
    }
    let begun = Instant::now();
    let mut sending = JoinSet::new();
    for (mut connection, notes) in schools {
        sending.spawn_local(async move {
            for note in &notes {
                connection.send(note).await.map_err(|error| error.to_string())?;
            }
            Ok::<_, String>(())
        });
    }
    while let Some(done) = sending.join_next().await {
        done??;
    }
    Ok(begun.elapsed())
}

/// The schools send in turn at an even pace, whatever becomes of what was sent before. Gives how long each statement took
/// from the moment at which it was to be sent.
async fn evenly(service: &Service, script: &Script) -> Result<Vec<Duration>> {
    let mut connections = Vec::new();
    for _ in 0..SCHOOLS {
        connections.push(service.connect().await?);
    }
    let mut sending = JoinSet::new();
    let begun = Moment::now() + PACE;
    for (school, mut connection) in connections.into_iter().enumerate() {
        let notes = script.of(school);
        let turns = (0..).map(move |turn: u32| begun + PACE * turn).skip(school).step_by(SCHOOLS);
        sending.spawn_local(async move {
            let mut took = Vec::with_capacity(notes.len());
            for (at, note) in turns.zip(&notes) {
                sleep_until(at).await;
                connection.send(note).await.map_err(|error| error.to_string())?;
                took.push(at.elapsed());
            }
            Ok::<_, String>(took)
        });
    }
    let mut all = Vec::new();
    while let Some(took) = sending.join_next().await {
        all.extend(took??);
    }
    Ok(all)
}

/// Rows come at the same pace; those that wait are inserted together.
async fn inserted_evenly(mut table: impl Table, rows: Vec<Vec<u8>>) -> Result<Vec<Duration>> {
    let (sender, mut waiting) = mpsc::unbounded_channel();
    let begun = Moment::now() + PACE;
    let pace = tokio::task::spawn_local(async move {
        for (turn, row) in (0..).zip(rows) {
            let at = begun + PACE * turn;
            sleep_until(at).await;
            if sender.send((at, row)).is_err() {
                break;
            }
        }
    });
    let (mut all, mut group) = (Vec::new(), Vec::new());
    while waiting.recv_many(&mut group, 256).await > 0 {
        let (begun, rows): (Vec<_>, Vec<_>) = group.drain(..).unzip();
        table.insert(&rows).await?;
        all.extend(begun.iter().map(Moment::elapsed));
    }
    pace.await?;
    Ok(all)
}

/// The median, and what ninety-nine of a hundred stay below.
fn quantiles(mut took: Vec<Duration>) -> [Duration; 2] {
    took.sort_unstable();
    [took[took.len() / 2], took[took.len() * 99 / 100]]
}

fn per_second(count: usize, took: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let count = count as f64;
    count / took.as_secs_f64()
}

/// Ours and the floor's, a second.
fn at_least(what: String, [ours, floor]: [f64; 2], bound: f64) -> Line {
    let ratio = ours / floor;
    Line {
        what,
        figure: format!("{ratio:.2} × ({ours:.0} beside {floor:.0})"),
        bound: Some((format!("at least {bound} ×"), ratio >= bound)),
    }
}
