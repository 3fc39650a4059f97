// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Reading a long ledger: several bundles under way at once, given in order, and no trouble that lasts for good.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anchor::{
    conformance::{block_on, cast::batch},
    follow::FollowError,
    http::{HttpLedger, Patience},
    ledger::{Keep as _, Ledger as _, Proposal, ReadError},
};
use proof::tree::TreeSize;

use crate::{
    common::{Home, clock},
    follow,
    liar::{Liar, Lie, says},
    served::{Served, settings},
};

/// Nine full bundles and one that is not.
const ENTRIES: u64 = 9 * 256 + 44;

/// A ledger of that many entries, and somebody before it who is told what is asked.
fn long(lie: impl Fn(&str, &dyn Fn() -> Vec<u8>) -> Lie + Send + Sync + 'static) -> (Home, Served, Liar) {
    let mut home = Home::with(1);
    let notes = (1..ENTRIES).map(|number| home.school.say(batch(number)));
    let proposals: Vec<_> = notes.map(|note| Proposal { at: None, note }).collect();
    block_on(async {
        let ledger = home.open().await.expect("opened");
        assert!(ledger.append_all(&proposals).await.iter().all(Result::is_ok));
        ledger.close().await;
    });
    let server = Served::start(&home.path(), &clock(), settings());
    let liar = Liar::before(server.address(), lie);
    (home, server, liar)
}

/// The number of the bundle that is asked for.
fn bundle(asked: &str) -> Option<usize> {
    asked.strip_prefix("GET /tile/entries/")?.split('.').next()?.parse().ok()
}

/// Everything, as a reader takes it that is in no hurry.
async fn read(ledger: &HttpLedger) -> Result<Vec<Vec<u8>>, ReadError> {
    let mut entries = Vec::new();
    while (entries.len() as u64) < ENTRIES {
        entries.extend(ledger.entries(entries.len() as u64..ENTRIES).await?);
    }
    Ok(entries)
}

#[test]
fn bundles_are_asked_for_eight_at_once_and_given_in_order() {
    // None of the first eight is answered before all are asked for, and the first one last.
    let (asked, changed) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Condvar::new()));
    let seen = Arc::clone(&asked);
    let (home, _server, liar) = long(move |what, honest| {
        if let Some(index) = bundle(what) {
            let mut asked = asked.lock().expect("no panic");
            asked.push(index);
            changed.notify_all();
            if index < 8 {
                let all = |asked: &mut Vec<usize>| asked.len() < 8;
                drop(changed.wait_timeout_while(asked, Duration::from_secs(20), all).expect("no panic"));
            }
            if index == 0 {
                // The others have their answers by now.
                std::thread::sleep(Duration::from_millis(200));
            }
        }
        Lie::Bytes(honest())
    });
    assert_eq!(follow(&home, &liar.url()).expect("believed").size(), TreeSize(ENTRIES));
    let mut asked = seen.lock().expect("no panic").clone();
    assert_eq!(asked.len(), 10, "each once: {asked:?}");
    asked[..8].sort_unstable();
    assert_eq!(asked[..8], [0, 1, 2, 3, 4, 5, 6, 7], "the others are not asked for before one is taken");
}

#[test]
fn a_bundle_that_fails_fails_the_read_and_not_the_next_one() {
    for status in ["500 Internal Server Error", "404 Not Found", "403 Forbidden"] {
        let failed = AtomicUsize::new(0);
        let (home, _server, liar) = long(move |what, honest| {
            if bundle(what) == Some(6) && failed.fetch_add(1, Ordering::SeqCst) == 0 {
                return says(status, "", b"");
            }
            Lie::Bytes(honest())
        });
        block_on(async {
            let ledger = HttpLedger::open(&liar.url()).await.expect("it answers");
            assert_eq!(ledger.entries(0..1_000).await.map(|entries| entries.len()), Ok(1_000), "{status}");
            // A full bundle that is not there is asked for once more, as what has grown meanwhile.
            let outcome = ledger.entries(1_000..2_000).await;
            assert_eq!(outcome.is_err(), !status.starts_with("404"), "{status}: {outcome:?}");
            let entries = read(&ledger).await.expect("read");
            let local = home.open().await.expect("opened");
            for from in (0..ENTRIES).step_by(1_000) {
                let wanted = local.entries(from..from + 1_000).await.expect("read");
                assert_eq!(entries[usize::try_from(from).expect("small")..][..wanted.len()], wanted, "{status}");
            }
        });
    }
}

#[test]
fn who_asks_for_too_much_waits_and_goes_on() {
    let times = Mutex::new(BTreeMap::new());
    let (home, _server, liar) = long(move |what, honest| {
        let Some(index) = bundle(what) else { return Lie::Bytes(honest()) };
        let mut times = times.lock().expect("no panic");
        let time: &mut u32 = times.entry(index).or_default();
        *time += 1;
        match *time {
            1 => says("429 Too Many Requests", "retry-after: 0\r\n", b""),
            2 if index == 3 => says("503 Service Unavailable", "retry-after: 0\r\n", b""),
            _ => Lie::Bytes(honest()),
        }
    });
    assert_eq!(follow(&home, &liar.url()).expect("believed").size(), TreeSize(ENTRIES));
    assert_eq!(liar.asked("GET /tile/entries/"), 21);
}

#[test]
fn nobody_is_waited_for_for_good() {
    type Lying = fn(&str) -> Lie;
    let patience = Patience {
        pause: Duration::from_millis(250),
        silence: Duration::from_millis(500),
        bundle: Duration::from_secs(20),
        limited: Duration::from_secs(1),
        busy: Duration::from_millis(500),
    };
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n";
    let lies: [(Lying, &str, usize); 4] = [
        (|_| Lie::Stalling(Vec::new()), "", 1),
        (|head| Lie::Stalling([head.as_bytes(), b"\0\x01a"].concat()), "", 1),
        // A quarter of a second, a half; a second more would be too long.
        (|_| says("429 Too Many Requests", "retry-after: 0\r\n", b""), "429", 3),
        // A second would be too long already.
        (|_| says("503 Service Unavailable", "retry-after: 1\r\n", b""), "503", 1),
    ];
    for (number, (lie, told, times)) in lies.into_iter().enumerate() {
        let lying = move |what: &str, honest: &dyn Fn() -> Vec<u8>| match bundle(what) {
            Some(2) => lie(head),
            _ => Lie::Bytes(honest()),
        };
        let (_home, _server, liar) = long(lying);
        block_on(async {
            let ledger = HttpLedger::open_with(&liar.url(), patience).await.expect("it answers");
            let Err(ReadError::Unavailable(text)) = read(&ledger).await else { panic!("{number}: it is read") };
            assert!(text.contains(told), "{number}: {text}");
            assert_eq!(liar.asked("GET /tile/entries/002"), times, "{number}: {text}");
        });
    }
}

#[test]
fn a_ledger_that_grows_is_read_on() {
    let (mut home, _server, liar) = long(|_, honest| Lie::Bytes(honest()));
    block_on(async {
        let ledger = HttpLedger::open(&liar.url()).await.expect("it answers");
        let entries = read(&ledger).await.expect("read");
        let next = home.school.say(batch(ENTRIES));
        let local = home.open().await.expect("opened");
        let note = Proposal { at: None, note: next };
        assert!(local.append_all(&[note]).await.iter().all(Result::is_ok));
        let range = ENTRIES - 1..ENTRIES + 1;
        let more = ledger.entries(range.clone()).await.expect("read");
        assert_eq!(more[0], entries[entries.len() - 1]);
        assert_eq!(Ok(more), local.entries(range).await);
        assert_eq!(liar.asked("GET /tile/entries/009.p/45"), 1);
    });
}

#[test]
fn a_bundle_of_another_length_among_many_is_damage() {
    // The head is taken for a part of it.
    let longer = |what: &str, honest: &dyn Fn() -> Vec<u8>| match bundle(what) {
        Some(5) => says("200 OK", "", &honest()),
        _ => Lie::Bytes(honest()),
    };
    let (home, _server, liar) = long(longer);
    let error = follow(&home, &liar.url()).expect_err("not believed");
    assert!(matches!(error, FollowError::Read(ReadError::Damaged(_))), "{error}");
}
