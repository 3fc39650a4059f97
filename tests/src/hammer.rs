// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Schools that send statements to a served ledger, and readers that believe nothing: every checkpoint, every inclusion and
every continuation is proven, also while the server dies and comes back at the same address.
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
    http::HttpLedger,
    ledger::{Append as _, AppendError, Ledger as _, ReadError},
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

/// So many readers there are.
const READERS: usize = 2;

/// The hammer, while it works.
pub struct Hammer {
    shared: Arc<Shared>,
    thread: JoinHandle<()>,
}

/// What schools, readers and whoever directs them share.
struct Shared {
    url: String,
    policy: Policy,
    account: Account,
    /// So many schools may send.
    speaking: AtomicUsize,
    /// So many statements have no answer yet.
    under_way: AtomicUsize,
    ended: AtomicBool,
}

impl Hammer {
    /// Readers begin at once; schools wait until they may send. `account` is what is known of the ledger before.
    ///
    /// # Panics
    /// If no thread can be had.
    pub fn start(address: &str, cast: &Cast, policy: Policy, account: Account) -> Self {
        let shared = Arc::new(Shared {
            url: format!("http://{address}"),
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
    for _ in 0..READERS {
        tasks.spawn(read(Arc::clone(shared)));
    }
    while let Some(outcome) = tasks.join_next().await {
        if let Err(wrong) = outcome {
            panic::resume_unwind(wrong.into_panic());
        }
    }
}

async fn speak(shared: Arc<Shared>, mut school: Speaker, number: usize) {
    let Some(ledger) = connect(&shared).await else { return };
    while !shared.ended.load(SeqCst) {
        if number >= shared.speaking.load(SeqCst) {
            sleep(MOMENT).await;
            continue;
        }
        shared.under_way.fetch_add(1, SeqCst);
        send(&shared, &ledger, &school.batch()).await;
        shared.under_way.fetch_sub(1, SeqCst);
    }
}

/// Sends a statement until there is an answer that says where it stands.
async fn send(shared: &Shared, ledger: &HttpLedger, note: &[u8]) {
    loop {
        match ledger.submit(TreeSize(0), note).await {
            Ok(appended) => return shared.account.promised(note, appended),
            Err(AppendError::Unavailable(_)) => shared.account.refused(),
            Err(AppendError::OutcomeUnknown(_)) => shared.account.left_open(),
            Err(other) => panic!("an honest statement is not taken in: {other:?}"),
        }
        sleep(MOMENT).await;
    }
}

/// Asks until there is somebody; `None` if everything ends before.
async fn connect(shared: &Shared) -> Option<HttpLedger> {
    let Some(Location::Http(url)) = Location::parse(&shared.url, "".as_ref()) else { panic!("{}", shared.url) };
    while !shared.ended.load(SeqCst) {
        match HttpLedger::open(&url).await {
            Ok(ledger) => return Some(ledger),
            Err(ReadError::Unavailable(_)) => shared.account.away(),
            Err(other) => panic!("what is read is wrong: {other}"),
        }
    }
    None
}

async fn read(shared: Arc<Shared>) {
    let Some(ledger) = connect(&shared).await else { return };
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
