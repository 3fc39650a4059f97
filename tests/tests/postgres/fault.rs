// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Every question to the database fails once before it has heard it, and once after it has answered.

use std::time::{Duration, Instant};

use anchor::{
    conformance::{
        block_on,
        cast::{NOW, at},
    },
    ledger::{Append as _, AppendError, Keep as _, Ledger as _, Proposal, ReadError},
    postgres::{Address, PgLedger},
    store::OpenError,
};
use proof::tree::TreeSize;

use super::{
    Cast, clock, open,
    relay::{Cut, Plan, Relay},
};

pub(crate) fn tests() -> Vec<(&'static str, fn())> {
    vec![
        ("fault::every_question_fails_once_before_and_once_after_it_lands", every_question_fails_once),
        ("fault::a_commit_whose_answer_is_lost_is_read_back", a_commit_is_read_back),
        ("fault::a_commit_that_nobody_can_read_back_has_an_unknown_outcome", unknown_outcome),
        ("fault::a_writer_that_falls_silent_keeps_others_waiting_less_than_five_seconds", silent_writer),
        ("fault::a_writer_that_lost_the_lock_while_it_looked_takes_nothing_for_damage", late_writer),
    ]
}

/// A life of a ledger through a relay: opened, one statement, three at once, cosigned again, one more, read. Whatever
/// fails certainly left nothing behind, and works when it is tried again.
fn live(cast: &mut Cast, relay: &Relay) -> Vec<&'static str> {
    let cluster = &cast.place.cluster;
    let address = Address::parse(&relay.instead_of(&cast.place.url(), cluster.port())).expect("an address");
    let notes: Vec<_> = (0..5).map(|number| cast.note(number)).collect();
    let keys = cast.place.keys();
    let mut failed = Vec::new();
    block_on(async {
        let ledger = match open(&address, &keys, &clock()).await {
            Ok(ledger) => ledger,
            Err(error) => {
                assert!(matches!(error, OpenError::Read(ReadError::Unavailable(_))), "{error}");
                failed.push("open");
                open(&address, &keys, &clock()).await.expect("opened")
            }
        };
        append(&ledger, &notes[..1], "append", &mut failed).await;
        append(&ledger, &notes[1..4], "append three", &mut failed).await;
        if let Err(error) = ledger.refresh().await {
            assert!(matches!(error, AppendError::Unavailable(_)), "{error}");
            failed.push("refresh");
            assert_eq!(ledger.refresh().await, Ok(at(NOW)));
        }
        append(&ledger, &notes[4..], "append", &mut failed).await;
        let entries = match ledger.entries(0..9).await {
            Ok(entries) => entries,
            Err(error) => {
                assert!(matches!(error, ReadError::Unavailable(_)), "{error}");
                failed.push("read");
                ledger.entries(0..9).await.expect("readable")
            }
        };
        let stored: Vec<_> = entries.iter().map(|entry| entry[8..].to_vec()).collect();
        assert_eq!(stored, notes);
        ledger.close().await;
    });
    assert_eq!(cast.place.findings(), Vec::<&str>::new());
    failed
}

/// Appends statements, a second time if the first failed.
async fn append(ledger: &PgLedger, notes: &[Vec<u8>], name: &'static str, failed: &mut Vec<&'static str>) {
    let proposals: Vec<_> = notes.iter().map(|note| Proposal { at: None, note: note.clone() }).collect();
    let mut answers = ledger.append_all(&proposals).await;
    if answers.iter().any(Result::is_err) {
        for answer in answers {
            assert!(matches!(answer, Err(AppendError::Unavailable(_))), "all or none: {answer:?}");
        }
        failed.push(name);
        answers = ledger.append_all(&proposals).await;
        if answers.iter().any(Result::is_err) {
            // After a group that failed, the first goes alone.
            answers = ledger.append_all(&proposals).await;
        }
    }
    for (answer, note) in answers.into_iter().zip(notes) {
        let index = answer.expect("appended").index.0;
        let entries = ledger.entries(index..index + 1).await;
        // The cut may fall here.
        let entries = match entries {
            Err(ReadError::Unavailable(_)) => ledger.entries(index..index + 1).await,
            other => other,
        };
        assert_eq!(entries.expect("readable")[0][8..], *note);
    }
}

fn every_question_fails_once() {
    let relay = Relay::to(super::cluster().port());
    assert_eq!(live(&mut Cast::new(), &relay), Vec::<&str>::new());
    let asked = relay.plan().asked.clone();
    assert!(asked.len() > 20, "{asked:#?}");
    let mut failed = Vec::new();
    for number in 0..asked.len() {
        for cut in [Cut::Before, Cut::After] {
            let relay = Relay::to(super::cluster().port());
            relay.plan().cut = Some((number, cut));
            let found = live(&mut Cast::new(), &relay);
            assert!(relay.plan().was_cut, "{number} {cut:?} {:?}", asked.get(number));
            failed.extend(found.into_iter().map(|what| (what, cut)));
        }
    }
    for what in ["open", "append", "append three", "refresh"] {
        for cut in [Cut::Before, Cut::After] {
            assert!(failed.contains(&(what, cut)), "{what} {cut:?}");
        }
    }
}

/// A ledger with two entries, seen through a relay.
struct Afar {
    cast: Cast,
    relay: Relay,
    ledger: PgLedger,
}

impl Afar {
    async fn open(cast: Cast) -> Self {
        let cluster = &cast.place.cluster;
        let relay = Relay::to(cluster.port());
        let address = Address::parse(&relay.instead_of(&cast.place.url(), cluster.port())).expect("an address");
        let ledger = open(&address, &cast.place.keys(), &clock()).await.expect("opened");
        Self { cast, relay, ledger }
    }
}

fn a_commit_is_read_back() {
    for (cut, landed) in [(Cut::After, true), (Cut::Before, false)] {
        let mut cast = Cast::with(2);
        let note = cast.note(2);
        let cast = block_on(async {
            let afar = Afar::open(cast).await;
            afar.relay.plan().cut_next = Some(("COMMIT", cut));
            let outcome = afar.ledger.append(TreeSize(2), &note).await;
            assert!(afar.relay.plan().was_cut);
            match outcome {
                Ok(appended) => assert!(landed && appended.index.0 == 2, "{appended:?}"),
                Err(error) => assert!(!landed && matches!(error, AppendError::Unavailable(_)), "{error}"),
            }
            assert_eq!(afar.ledger.submit(TreeSize(2), &note).await.map(|appended| appended.index.0), Ok(2));
            afar.cast
        });
        assert_eq!(cast.place.findings(), Vec::<&str>::new());
    }
}

fn unknown_outcome() {
    for (cut, landed) in [(Cut::After, true), (Cut::Before, false)] {
        let mut cast = Cast::with(2);
        let notes = [2, 3].map(|number| cast.note(number));
        let cast = block_on(async {
            let afar = Afar::open(cast).await;
            *afar.relay.plan() = Plan { cut_next: Some(("COMMIT", cut)), stays_down: true, ..Plan::default() };
            let proposals = notes.clone().map(|note| Proposal { at: None, note });
            for answer in afar.ledger.append_all(&proposals).await {
                assert!(matches!(answer, Err(AppendError::OutcomeUnknown(_))), "{answer:?}");
            }
            assert!(!afar.ledger.is_spent().await);
            let asked = afar.ledger.append(TreeSize(2), &notes[0]).await;
            assert!(matches!(asked, Err(AppendError::Unavailable(_))), "still cut off: {asked:?}");
            afar.relay.plan().is_down = false;
            let there = afar.cast.place.ledger(&clock()).await.expect("opened").entries(0..9).await.expect("readable");
            assert_eq!(there.len(), if landed { 4 } else { 2 });
            for (note, index) in notes.iter().zip(2..) {
                assert_eq!(afar.ledger.submit(TreeSize(2), note).await.map(|appended| appended.index.0), Ok(index));
            }
            afar.cast
        });
        assert_eq!(cast.place.findings(), Vec::<&str>::new());
    }
}

/// Waits until a writer has asked this.
async fn asked(relay: &Relay, text: &str) {
    while !relay.plan().asked.iter().any(|sql| sql.contains(text)) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn late_writer() {
    let mut cast = Cast::with(2);
    let notes = [2, 3].map(|number| cast.note(number));
    let cast = block_on(async {
        let afar = Afar::open(cast).await;
        afar.relay.plan().asked.clear();
        // It hears that it has the lock when the database has given it to another.
        afar.relay.plan().late_at = Some(("FOR UPDATE", Duration::from_secs(6)));
        let first = afar.ledger.append(TreeSize(2), &notes[0]);
        let second = async {
            asked(&afar.relay, "FOR UPDATE").await;
            let other = afar.cast.place.ledger(&clock()).await.expect("opened");
            assert_eq!(other.append(TreeSize(2), &notes[0]).await.map(|appended| appended.index.0), Ok(2));
        };
        let (first, ()) = tokio::join!(first, second);
        assert!(matches!(first, Err(AppendError::Unavailable(_))), "{first:?}");
        assert_eq!(afar.ledger.append(TreeSize(9), &notes[0]).await.map(|appended| appended.index.0), Ok(2));
        assert_eq!(afar.ledger.append(TreeSize(3), &notes[1]).await.map(|appended| appended.index.0), Ok(3));
        afar.cast
    });
    assert_eq!(cast.place.findings(), Vec::<&str>::new());
}

fn silent_writer() {
    let mut cast = Cast::with(2);
    let notes = [2, 3].map(|number| cast.note(number));
    let cast = block_on(async {
        let afar = Afar::open(cast).await;
        afar.relay.plan().silent_at = Some("INSERT INTO entry");
        let first = afar.ledger.append(TreeSize(2), &notes[0]);
        let second = async {
            asked(&afar.relay, "INSERT INTO entry").await;
            // The first has the lock from here on, and the database hears nothing more of it.
            let (other, begun) = (afar.cast.place.ledger(&clock()).await, Instant::now());
            let outcome = other.expect("opened").append(TreeSize(2), &notes[0]).await;
            assert_eq!(outcome.map(|appended| appended.index.0), Ok(2));
            begun.elapsed()
        };
        let (first, waited) = tokio::join!(first, second);
        assert!(waited < Duration::from_secs(5), "{waited:?}");
        assert!(matches!(first, Err(AppendError::Unavailable(_))), "{first:?}");
        afar.relay.plan().silent_at = None;
        assert_eq!(afar.ledger.append(TreeSize(9), &notes[0]).await.map(|appended| appended.index.0), Ok(2));
        assert_eq!(afar.ledger.append(TreeSize(3), &notes[1]).await.map(|appended| appended.index.0), Ok(3));
        afar.cast
    });
    assert_eq!(cast.place.findings(), Vec::<&str>::new());
}
