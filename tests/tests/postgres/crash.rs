// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Two servers over one database, and a hammer on both, while a server or the database dies: the other one goes on,
//! and whatever was promised by either stands on the one ledger.

use std::{
    thread,
    time::{Duration, Instant},
};

use anchor::{conformance::block_on, ledger::Append as _};
use proof::tree::TreeSize;
use rustix::process::Signal;
use tests::{
    cast::Speaker,
    hammer::{Account, Hammer, connect},
    postgres::Cluster,
    servers::{SERVERS, Servers},
    serving::wait,
};

use super::cluster;

/// How soon another server must take over.
const TAKES_OVER_WITHIN: Duration = Duration::from_secs(5);

/// So long a server is stopped that is not killed: longer than the database waits for it.
const STOPPED_FOR: Duration = Duration::from_secs(6);

/// So many schools send all the time. One more asks the other server in the moment of a death.
const SENDING: usize = 3;

pub(crate) fn tests() -> Vec<(&'static str, fn())> {
    vec![
        ("crash::a_server_is_killed_and_the_other_goes_on", a_server_is_killed),
        ("crash::a_server_is_stopped_with_the_lock_in_its_hand_and_the_other_goes_on", a_server_is_stopped),
        ("crash::the_database_is_killed_and_the_servers_go_on_by_themselves", the_database_is_killed),
        ("crash::a_statement_that_two_servers_get_at_once_is_written_once", two_servers_at_once),
    ]
}

/// Servers at work.
struct Rush {
    servers: Servers,
    hammer: Hammer,
    /// The school that asks the other server.
    asking: Speaker,
}

impl Rush {
    fn start(url: &str) -> Self {
        let servers = Servers::start(url);
        let (hammer, asking) = (servers.hammer(), servers.cast.schools[SENDING].clone());
        hammer.let_speak(SENDING);
        let this = Self { servers, hammer, asking };
        this.go_on_for(10);
        this
    }

    /// Waits until so many more statements have their answer, and as much was proven.
    #[track_caller]
    fn go_on_for(&self, statements: usize) {
        let account = self.account();
        let (promises, proofs) = (account.promises() + statements, account.counts().proven + statements);
        let is_done = || account.promises() >= promises && account.counts().proven >= proofs;
        wait("statements taken in and proven", || is_done() || self.hammer.has_failed());
    }

    fn account(&self) -> &Account {
        self.hammer.account()
    }

    /// Something happens to one server, and in this moment the other one is sent a statement: it must answer in time.
    fn while_the_other_answers(&mut self, victim: usize, happens: impl FnOnce(&mut Servers, &Hammer)) -> Duration {
        let url = self.servers.url((victim + 1) % SERVERS);
        let note = self.asking.batch();
        happens(&mut self.servers, &self.hammer);
        let begun = Instant::now();
        let answer = block_on(async { connect(&url).await.expect("it answers").submit(TreeSize(0), &note).await });
        let appended = answer.expect("taken in");
        let took = begun.elapsed();
        assert!(took < TAKES_OVER_WITHIN, "{took:?}");
        self.account().promised(&note, appended);
        took
    }

    /// Everybody gets their answer, and what was promised is there.
    fn end(self) {
        self.hammer.let_speak(0);
        wait("answers", || self.hammer.is_quiet() || self.hammer.has_failed());
        let account = self.hammer.end();
        println!("{} statements, {:?}", account.promises(), account.counts());
        self.servers.assert_kept(&account);
    }
}

fn a_server_is_killed() {
    let cluster = cluster();
    let mut rush = Rush::start(&cluster.url(&cluster.database()));
    for round in 0..6 {
        let victim = round % SERVERS;
        let took = rush.while_the_other_answers(victim, |servers, _| assert_eq!(servers.kill(victim).code, None));
        println!("taken over after {took:?}");
        rush.go_on_for(5);
        rush.servers.start_one(victim);
        rush.go_on_for(10);
    }
    rush.end();
}

fn a_server_is_stopped() {
    let cluster = cluster();
    let database = cluster.database();
    let mut rush = Rush::start(&cluster.url(&database));
    for victim in 0..SERVERS {
        let mut since = Instant::now();
        let took = rush.while_the_other_answers(victim, |servers, hammer| {
            wait("the lock in its hand", || {
                servers.serving(victim).signal(Signal::STOP);
                since = Instant::now();
                // What the other one does with the lock takes less time than that.
                let has_lock = [100, 500].into_iter().all(|time| {
                    thread::sleep(Duration::from_millis(time));
                    is_lock_held(&cluster, &database, time)
                });
                if !has_lock {
                    servers.serving(victim).signal(Signal::CONT);
                    thread::sleep(Duration::from_millis(1));
                }
                has_lock || hammer.has_failed()
            });
        });
        println!("taken over after {took:?}");
        assert!(took > Duration::from_secs(1), "nobody had the lock: {took:?}");
        rush.go_on_for(5);
        thread::sleep(STOPPED_FOR.saturating_sub(since.elapsed()));
        rush.servers.serving(victim).signal(Signal::CONT);
        rush.go_on_for(10);
    }
    rush.end();
}

/// Whether a transaction has lain idle for nearly so many milliseconds: the one of a server that is stopped.
fn is_lock_held(cluster: &Cluster, database: &str, time: u64) -> bool {
    let ask = format!(
        "SELECT FROM pg_stat_activity WHERE datname = '{database}' AND state = 'idle in transaction' \
         AND state_change < clock_timestamp() - interval '{} ms'",
        time * 9 / 10
    );
    cluster.execute("postgres", &ask).expect("asked") > 0
}

fn the_database_is_killed() {
    let mut cluster = Cluster::start();
    let rush = Rush::start(&cluster.url(&cluster.database()));
    let is = |status: u16| (0..SERVERS).all(|number| rush.servers.serving(number).status("/readyz") == Some(status));
    for _ in 0..3 {
        assert!(is(200));
        let refused = |rush: &Rush| rush.account().counts().refused + rush.account().counts().left_open;
        let before = refused(&rush);
        cluster.kill();
        wait("servers that are not ready", || is(503));
        assert!((0..SERVERS).all(|number| rush.servers.serving(number).status("/healthz") == Some(200)));
        wait("statements that are not taken in", || refused(&rush) > before || rush.hammer.has_failed());
        cluster.up();
        wait("servers that are ready", || is(200));
        rush.go_on_for(20);
    }
    rush.end();
}

fn two_servers_at_once() {
    let cluster = cluster();
    let servers = Servers::start(&cluster.url(&cluster.database()));
    let hammer = servers.hammer();
    let mut school = servers.cast.schools[0].clone();
    block_on(async {
        let [one, other] = [servers.url(0), servers.url(1)];
        let (one, other) = (connect(&one).await.expect("it answers"), connect(&other).await.expect("it answers"));
        for _ in 0..20 {
            let note = school.batch();
            let answers = tokio::join!(one.submit(TreeSize(0), &note), other.submit(TreeSize(0), &note));
            let appended = answers.0.clone().expect("taken in");
            assert_eq!(answers.0, answers.1);
            hammer.account().promised(&note, appended);
        }
    });
    let account = hammer.end();
    assert_eq!(account.promises(), 20);
    servers.assert_kept(&account);
}
