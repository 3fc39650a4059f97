// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Schools that send statements to a served ledger, and readers that believe nothing: every checkpoint, every inclusion and
every continuation is proven, also while the server dies and comes back at the same address.

A ledger may have several servers. Then each school begins with one of them and goes to the next when it gets no good
answer, and what one server shows or promises is held against all.
*/

mod account;

use std::{
    panic,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use anchor::{
    clock::Clock,
    http::{HttpLedger, Patience},
    ledger::{Append as _, AppendError, Appended, Ledger as _, ReadError},
    location::Location,
};
use proof::{
    policy::Policy,
    tree::{LeafIndex, TreeSize, verify_consistency, verify_inclusion},
};
use tokio::{task::JoinSet, time::sleep};

pub use account::{Account, Counts, Promise};

use crate::cast::{Cast, Speaker};

/// How long to wait before something is tried or looked at again.
const MOMENT: Duration = Duration::from_millis(2);

/// So many readers there are at least; there is one for each server.
const READERS: usize = 2;

/// The hammer, while it works.
pub struct Hammer {
    shared: Arc<Shared>,
    thread: JoinHandle<()>,
}

/// What schools, readers and whoever directs them share.
struct Shared {
    urls: Vec<String>,
    policy: Policy,
    account: Account,
    /// So many schools may send.
    speaking: AtomicUsize,
    /// So many statements have no answer yet.
    under_way: AtomicUsize,
    ended: AtomicBool,
}

impl Hammer {
    /// Readers begin at once; schools wait until they may send. `account` is what is known of the ledger before, and
    /// `addresses` are those of its servers.
    ///
    /// # Panics
    /// If no thread can be had.
    pub fn start(addresses: &[String], cast: &Cast, policy: Policy, account: Account) -> Self {
        let shared = Arc::new(Shared {
            urls: addresses.iter().map(|address| format!("http://{address}")).collect(),
            policy,
            account,
            speaking: AtomicUsize::new(0),
            under_way: AtomicUsize::new(0),
            ended: AtomicBool::new(false),
        });
        let (of_thread, schools) = (Arc::clone(&shared), cast.schools.clone());
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(work(&of_thread, schools));
        });
        Self { shared, thread }
    }

    /// So many schools send from now on, one statement after the other each. One that has sent waits for its answer,
    /// however often it must ask for it.
    pub fn let_speak(&self, schools: usize) {
        self.shared.speaking.store(schools, SeqCst);
    }

    /// What was seen and promised by now.
    pub fn account(&self) -> &Account {
        &self.shared.account
    }

    /// Whether every statement that was sent has its answer.
    pub fn is_quiet(&self) -> bool {
        self.shared.under_way.load(SeqCst) == 0
    }

    /// Whether something was wrong; [`Hammer::end`] says what.
    pub fn has_failed(&self) -> bool {
        self.thread.is_finished()
    }

    /// Waits until every school has its answer. Gives what was seen and promised.
    ///
    /// # Panics
    /// If anything was wrong.
    pub fn end(self) -> Account {
        self.shared.speaking.store(0, SeqCst);
        self.shared.ended.store(true, SeqCst);
        if let Err(wrong) = self.thread.join() {
            panic::resume_unwind(wrong);
        }
        Arc::into_inner(self.shared).expect("the thread has ended").account
    }
}

async fn work(shared: &Arc<Shared>, schools: Vec<Speaker>) {
    let mut tasks = JoinSet::new();
    for (number, school) in schools.into_iter().enumerate() {
        tasks.spawn(speak(Arc::clone(shared), school, number));
    }
    for number in 0..shared.urls.len().max(READERS) {
        tasks.spawn(read(Arc::clone(shared), number));
    }
    while let Some(outcome) = tasks.join_next().await {
        if let Err(wrong) = outcome {
            panic::resume_unwind(wrong.into_panic());
        }
    }
}

async fn speak(shared: Arc<Shared>, mut school: Speaker, number: usize) {
    let mut desk = Desk { server: number, ledgers: shared.urls.iter().map(|_| None).collect() };
    // As early as the readers, who should be there when something is sent.
    let first = number % shared.urls.len();
    desk.ledgers[first] = keep_asking(&shared, &shared.urls[first]).await;
    while !shared.ended.load(SeqCst) {
        if number >= shared.speaking.load(SeqCst) {
            sleep(MOMENT).await;
            continue;
        }
        shared.under_way.fetch_add(1, SeqCst);
        desk.send(&shared, &school.batch()).await;
        shared.under_way.fetch_sub(1, SeqCst);
    }
}

/// What a school has of the servers.
struct Desk {
    /// The one whose turn it is.
    server: usize,
    ledgers: Vec<Option<HttpLedger>>,
}

impl Desk {
    /// Sends a statement to one server after the other, until there is an answer that says where it stands.
    async fn send(&mut self, shared: &Shared, note: &[u8]) {
        loop {
            match self.send_once(shared, note).await {
                Ok(appended) => return shared.account.promised(note, appended),
                Err(AppendError::Unavailable(_)) => shared.account.refused(),
                Err(AppendError::OutcomeUnknown(_)) => shared.account.left_open(),
                Err(other) => panic!("an honest statement is not taken in: {other:?}"),
            }
            self.server += 1;
            sleep(MOMENT).await;
        }
    }

    async fn send_once(&mut self, shared: &Shared, note: &[u8]) -> Result<Appended, AppendError> {
        let number = self.server % shared.urls.len();
        let ledger = match &mut self.ledgers[number] {
            Some(ledger) => ledger,
            empty => empty.insert(connect(&shared.urls[number]).await?),
        };
        ledger.submit(TreeSize(0), note).await
    }
}

/// Asks a server who it is.
///
/// # Errors
/// If there is nobody, or nobody that can be believed.
pub async fn connect(url: &str) -> Result<HttpLedger, ReadError> {
    let Some(Location::Http(url)) = Location::parse(url, "".as_ref()) else { panic!("{url}") };
    HttpLedger::open_with(&url, Patience { pause: MOMENT, ..Patience::default() }).await
}

/// Asks until there is somebody; `None` if everything ends before.
async fn keep_asking(shared: &Shared, url: &str) -> Option<HttpLedger> {
    while !shared.ended.load(SeqCst) {
        match connect(url).await {
            Ok(ledger) => return Some(ledger),
            Err(ReadError::Unavailable(_)) => shared.account.away(),
            Err(other) => panic!("what is read is wrong: {other}"),
        }
    }
    None
}

async fn read(shared: Arc<Shared>, number: usize) {
    let url = &shared.urls[number % shared.urls.len()];
    let Some(ledger) = keep_asking(&shared, url).await else { return };
    let mut round = 0;
    while !shared.ended.load(SeqCst) {
        match check(&shared, &ledger, &mut round).await {
            Ok(()) => {}
            // It is away for a moment.
            Err(ReadError::Unavailable(_)) => shared.account.away(),
            Err(other) => panic!("what is read is wrong: {other}"),
        }
        sleep(MOMENT).await;
    }
}

/// Reads the checkpoint and holds it against everything that was seen and promised before.
async fn check(shared: &Shared, ledger: &HttpLedger, round: &mut usize) -> Result<(), ReadError> {
    let least = shared.account.least();
    let note = ledger.checkpoint().await?;
    let verified = shared.policy.verify(&note, Clock::system().now()).expect("a checkpoint of this ledger");
    let (size, root) = (verified.checkpoint().size, verified.checkpoint().root);
    assert!(size >= least, "{size:?} is shown, {least:?} was seen or promised");
    for (old, old_root) in shared.account.seen(size, root) {
        let path = ledger.consistency(old, size).await?;
        assert!(verify_consistency(old, &old_root, size, &root, &path), "{size:?} does not continue {old:?}");
        shared.account.proven();
    }
    for Promise { index, entry } in shared.account.some_promises(size, round) {
        let path = ledger.inclusion(LeafIndex(index), size).await?;
        assert!(verify_inclusion(&entry, LeafIndex(index), &path, &root, size), "{index} is gone from {size:?}");
        assert_eq!(ledger.entries(index..index + 1).await?, [entry], "{index} is another");
        shared.account.proven();
    }
    Ok(())
}
