// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What happens when statements are appended: by one, by two, and while the clock is turned.

use proof::{
    Hash,
    checkpoint::Cosigned,
    register::{Chain, Refusal},
    statement::LedgerEntry,
    tree::{LeafIndex, TreeSize},
};

use super::{
    Site, block_on,
    cast::{NOW, Speaker, Stage, accredit, accreditation, at, batch, origin},
};
use crate::{
    follow::Followed,
    ledger::{AppendError, Appended, Ledger, Proposal},
};

/// A new ledger has a checkpoint over nothing.
pub async fn a_new_ledger_is_empty_and_signed<S: Site>() {
    let stage = Stage::<S>::new().await;
    assert_eq!(*stage.ledger.origin(), origin());
    let verified = stage.checkpoint(&*stage.ledger).await;
    let checkpoint = verified.checkpoint();
    assert_eq!((&checkpoint.origin, checkpoint.size, checkpoint.root), (&origin(), TreeSize(0), Hash::of(&[])));
    assert_eq!(verified.cosigned(), Cosigned::AsOf(at(NOW)));
    assert_eq!(stage.ledger.entries(0..10).await, Ok(vec![]));
}

/// Sent again, whatever size is named, a statement gets the answer of the first time.
pub async fn a_statement_is_taken_in_once<S: Site>() {
    let stage = Stage::<S>::new().await;
    let signed = stage.ministry.sign(accredit(accreditation(&stage.school)));
    let first = stage.ledger.append(TreeSize(0), signed.note()).await.expect("appended");
    assert_eq!((first.index.0, first.admitted), (0, at(NOW)));
    let entry = LedgerEntry { admitted: at(NOW), note: signed.note().to_vec() };
    assert_eq!(stage.ledger.entries(0..10).await, Ok(vec![entry.encode()]));
    let published = stage.checkpoint(&*stage.ledger).await;
    assert_eq!((published.checkpoint().size, published.checkpoint().root), (TreeSize(1), entry.leaf()));

    stage.dial.turn_to(NOW + 5_000);
    let reopened = stage.site.open(&stage.dial.clock()).await;
    for (ledger, at) in [(&stage.ledger, 0), (&stage.ledger, 1), (&reopened, 99)] {
        assert_eq!(ledger.append(TreeSize(at), signed.note()).await, Ok(first));
    }
    assert_eq!(stage.ledger.entries(0..10).await.map(|entries| entries.len()), Ok(1));
}

/// Compare and swap on the size.
pub async fn a_size_that_is_not_the_ledgers_is_a_conflict<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    stage.fill(2).await;
    let before = stage.ledger.checkpoint().await;
    let note = stage.school.sign(batch(9)).note().to_vec();
    for wanted in [0, 1, 3, u64::MAX] {
        let outcome = stage.ledger.append(TreeSize(wanted), &note).await;
        assert_eq!(outcome, Err(AppendError::Conflict { got: 2, wanted }));
    }
    assert_eq!(stage.ledger.checkpoint().await, before);
    assert_eq!(stage.ledger.append(TreeSize(2), &note).await.map(|appended| appended.index.0), Ok(2));
}

/// A clock that runs back a little gives the time of the last entry again.
pub async fn times_never_decrease<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    stage.fill(1).await;
    for (size, (clock, admitted)) in (1..).zip([(NOW - 300, NOW), (NOW - 600, NOW), (NOW + 5, NOW + 5), (NOW, NOW + 5)])
    {
        stage.dial.turn_to(clock);
        let note = stage.school.say(batch(size));
        let appended = stage.ledger.append(TreeSize(size), &note).await.expect("appended");
        assert_eq!(appended.admitted, at(admitted));
        assert_eq!(stage.checkpoint(&*stage.ledger).await.cosigned(), Cosigned::AsOf(at(clock)));
    }
}

/// More than ten minutes back, nothing is appended or cosigned.
pub async fn a_clock_that_is_far_behind_stops_the_ledger<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    stage.fill(1).await;
    let before = stage.ledger.checkpoint().await;
    stage.dial.turn_to(NOW - 601);
    let behind = AppendError::ClockBehind { now: at(NOW - 601), last: at(NOW) };
    let note = stage.school.say(batch(1));
    assert_eq!(stage.ledger.append(TreeSize(1), &note).await, Err(behind.clone()));
    assert_eq!(stage.site.keep(&stage.dial.clock()).await.refresh().await, Err(behind));
    assert_eq!(stage.ledger.checkpoint().await, before);
    stage.dial.turn_to(NOW - 600);
    assert_eq!(stage.ledger.append(TreeSize(1), &note).await.map(|appended| appended.admitted), Ok(at(NOW)));
}

/// A refresh changes the time of the published state and nothing else.
pub async fn a_refresh_gives_a_newer_time_and_no_entry<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    stage.fill(3).await;
    let before = stage.checkpoint(&*stage.ledger).await;
    stage.dial.turn_to(NOW + 86_400);
    assert_eq!(stage.site.keep(&stage.dial.clock()).await.refresh().await, Ok(at(NOW + 86_400)));
    let after = stage.checkpoint(&*stage.ledger).await;
    assert_eq!(after.checkpoint(), before.checkpoint());
    assert_eq!((before.cosigned(), after.cosigned()), (Cosigned::AsOf(at(NOW)), Cosigned::AsOf(at(NOW + 86_400))));
    assert_eq!(stage.ledger.entries(0..10).await.map(|entries| entries.len()), Ok(3));
}

/// Two handles take turns; each answers for what the other appended.
pub async fn what_one_handle_appends_the_other_sees<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    stage.fill(1).await;
    let other = stage.site.open(&stage.dial.clock()).await;
    for size in (1..9).step_by(2) {
        let (first, second) = (stage.school.say(batch(size)), stage.school.say(batch(size + 1)));
        assert_eq!(stage.ledger.append(TreeSize(size), &first).await.map(|a| a.index.0), Ok(size));
        let conflict = AppendError::Conflict { got: size + 1, wanted: size };
        assert_eq!(other.append(TreeSize(size), &second).await, Err(conflict));
        assert_eq!(other.append(TreeSize(size + 1), &second).await.map(|a| a.index.0), Ok(size + 1));

        let published = stage.checkpoint(&*stage.ledger).await.checkpoint().clone();
        assert_eq!(published.size, TreeSize(size + 2));
        let entry = stage.ledger.entries(size + 1..size + 2).await.expect("readable").remove(0);
        let index = LeafIndex(size + 1);
        let path = stage.ledger.inclusion(index, published.size).await.expect("provable");
        assert!(proof::tree::verify_inclusion(&entry, index, &path, &published.root, published.size));
        let path = stage.ledger.consistency(TreeSize(size), published.size).await;
        assert!(path.is_ok(), "{path:?}");
    }
}

/// Two writers, each with its own chain: no gap, no fork, and every answer is true.
pub async fn two_writers_at_once_get_what_they_were_promised<S: Site>() {
    const EACH: u64 = 20;
    let mut stage = Stage::<S>::new().await;
    let mut schools = [Speaker::new("a.example", 11), Speaker::new("b.example", 12)];
    for school in &mut schools {
        stage.accredit(school).await;
    }
    let write = |mut school: Speaker| {
        let (site, clock) = (&stage.site, stage.dial.clock());
        move || {
            block_on(async {
                let ledger = site.open(&clock).await;
                let mut promised = Vec::new();
                for number in 0..EACH {
                    let note = school.say(batch(number));
                    let appended = ledger.submit(TreeSize(0), &note).await.expect("appended");
                    promised.push((appended, note));
                }
                promised
            })
        }
    };
    let promised: Vec<(Appended, Vec<u8>)> = std::thread::scope(|scope| {
        let writers = schools.map(|school| scope.spawn(write(school)));
        writers.into_iter().flat_map(|writer| writer.join().expect("no panic")).collect()
    });

    let entries = stage.ledger.entries(0..1_000).await.expect("readable");
    assert_eq!(entries.len() as u64, 2 + 2 * EACH);
    for (Appended { index, admitted }, note) in promised {
        let index = usize::try_from(index.0).expect("small");
        assert_eq!(entries[index], LedgerEntry { admitted, note }.encode());
    }
    let followed = follow(&stage, &*stage.ledger).await;
    assert_eq!(followed.size().0, 2 + 2 * EACH);
    let register = followed.replica().register();
    assert!((0..2 + 2 * EACH).all(|index| register.refusal(LeafIndex(index)).is_none()));
}

/// The same statement sent by two at once stands on the ledger once.
pub async fn one_statement_sent_by_two_gets_one_answer<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    stage.fill(1).await;
    for number in 1..11 {
        let note = stage.school.say(batch(number));
        let send = || {
            let (site, clock, note) = (&stage.site, stage.dial.clock(), &note);
            move || block_on(async { site.open(&clock).await.submit(TreeSize(0), note).await })
        };
        let answers = std::thread::scope(|scope| {
            let senders = [(); 2].map(|()| scope.spawn(send()));
            senders.map(|sender| sender.join().expect("no panic").expect("appended"))
        });
        assert_eq!(answers.map(|answer| answer.index.0), [number; 2]);
        assert_eq!(answers[0], answers[1]);
    }
}

/// Each of a group gets the answer that it would have got alone, after those before it, under one checkpoint.
pub async fn statements_of_a_group_are_weighed_one_after_the_other<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    let known = stage.fill(2).await;
    let (mut school, mut other) = (stage.school.clone(), Speaker::new("other.example", 21));
    let accredits_other = stage.ministry.sign(accredit(accreditation(&other)));
    other.chain = Chain { seq: 0, prev: Some(accredits_other.text_hash()) };
    let [first, second] = [2, 3].map(|number| school.say(batch(number)));
    let of_other = other.say(batch(4));
    let gap = Speaker { chain: Chain { seq: 9, ..school.chain }, ..school.clone() }.say(batch(5));
    let proposals = [
        (None, first.clone()),
        (Some(3), second.clone()),
        (None, b"no statement".to_vec()),
        (None, first.clone()),
        (None, accredits_other.note().to_vec()),
        (None, of_other.clone()),
        (Some(3), school.sign(batch(6)).note().to_vec()),
        (None, gap),
        (Some(0), known[1].clone()),
    ];
    let proposals = proposals.map(|(at, note)| Proposal { at: at.map(TreeSize), note });
    stage.dial.turn_to(NOW + 60);
    let keeper = stage.site.keep(&stage.dial.clock()).await;
    let answers = keeper.append_all(&proposals).await;

    let appended = |index, time| Ok(Appended { index: LeafIndex(index), admitted: at(time) });
    let wanted = [
        appended(2, NOW + 60),
        appended(3, NOW + 60),
        Err(AppendError::Rejected(Refusal::Malformed)),
        appended(2, NOW + 60),
        appended(4, NOW + 60),
        appended(5, NOW + 60),
        Err(AppendError::Conflict { got: 6, wanted: 3 }),
        Err(AppendError::Rejected(Refusal::WrongSeq { got: 9, wanted: 3 })),
        appended(1, NOW),
    ];
    assert_eq!(answers, wanted);
    let entries = stage.ledger.entries(2..10).await.expect("readable");
    let notes = [first, second, accredits_other.note().to_vec(), of_other];
    let wanted = notes.map(|note| LedgerEntry { admitted: at(NOW + 60), note }.encode());
    assert_eq!(entries, wanted);
    assert_eq!(follow(&stage, &*stage.ledger).await.size(), TreeSize(6));
    let next = school.say(batch(7));
    assert_eq!(stage.ledger.append(TreeSize(6), &next).await.map(|appended| appended.index.0), Ok(6));
}

/// A group of refusals and old answers leaves the published checkpoint alone.
pub async fn a_group_without_anything_new_changes_nothing<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    let known = stage.fill(2).await;
    let before = stage.ledger.checkpoint().await;
    stage.dial.turn_to(NOW + 60);
    let keeper = stage.site.keep(&stage.dial.clock()).await;
    assert_eq!(keeper.append_all(&[]).await, []);
    let proposals = [known[0].clone(), Vec::new()].map(|note| Proposal { at: None, note });
    let first = Ok(Appended { index: LeafIndex(0), admitted: at(NOW) });
    assert_eq!(keeper.append_all(&proposals).await, [first, Err(AppendError::Rejected(Refusal::Malformed))]);
    assert_eq!(stage.ledger.checkpoint().await, before);
}

/// Reads a ledger as a verifier does.
pub(super) async fn follow<S: Site>(stage: &Stage<S>, ledger: &dyn Ledger) -> Followed {
    let pinned = format!("07 {} {} 0 -\n", stage.ministry.key.verifying_key(), origin());
    let authorities = proof::authority::Authorities::parse(pinned.as_bytes()).expect("authorities");
    let now = stage.dial.clock().now();
    Followed::read(ledger, &stage.site.policy(), &authorities, now, None).await.expect("believed")
}
