// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Copies of a ledger: what they take over, what they refuse, and what they keep of it.

mod common;

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

use anchor::{
    conformance::{
        block_on,
        cast::{NOW, at, batch, name, origin},
    },
    copy::{AlarmKind, CopyError, CopyPlace, Known, Source, Terms, Update, UpdateError},
    follow::FollowError,
    fsck::Finding,
    ledger::{Append as _, Keep as _, Ledger, ReadError},
    sqlite::{self, SqliteLedger, SqliteReader},
    trust::Pins,
};
use async_trait::async_trait;
use common::{Home, copy_files, names};
use proof::{
    Hash,
    key::{Algorithm, Origin, SigningKey},
    policy::Policy,
    replica::ReplicaError,
    statement::Body,
    tree::{LeafIndex, TreeSize},
    verdict::Reason,
};
use tempfile::TempDir;

/// A copy in a folder of its own.
struct Desk {
    folder: TempDir,
    pins: Pins,
    remembered: Option<Known>,
}

impl Desk {
    fn of(home: &Home) -> Self {
        let pins = Pins::load(&home.path()).expect("pins");
        Self { folder: tempfile::tempdir().expect("a folder"), pins, remembered: None }
    }

    fn place(&self) -> CopyPlace {
        CopyPlace::new(self.folder.path().join("copy"), origin())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.place().path().join(name)
    }

    fn update_from(&self, ledger: &dyn Ledger, source: Source) -> Result<Update, UpdateError> {
        let (now, remembered) = (at(NOW + 60), self.remembered.as_ref());
        let terms = Terms { policy: &self.pins.policy, authorities: &self.pins.authorities, remembered, now };
        block_on(async {
            let mut copy = self.place().open(terms.policy, now).await?;
            let update = copy.update(ledger, source, terms, &mut |_, _| {}).await;
            copy.close().await;
            update
        })
    }

    fn update(&self, home: &Home) -> Result<Update, UpdateError> {
        self.update_from(&reader(home), Source::Ledger)
    }

    /// Asserts that the copy is whole, and gives its size.
    fn size(&self) -> u64 {
        let report = block_on(sqlite::fsck(self.place().path(), at(NOW + 60), None)).expect("a report");
        assert_eq!(report.findings, []);
        report.entries
    }

    /// Every file of the copy but what is kept of an alarm.
    fn contents(&self) -> Vec<(String, Hash)> {
        let names = names(self.place().path()).into_iter().filter(|name| name != "evidence" && name != "alarm");
        names.map(|name| (name.clone(), Hash::of(&[&note(&self.file(&name))]))).collect()
    }

    /// Asserts that an update raises this alarm, keeps both notes, and leaves the copy alone.
    fn assert_alarm(&self, home: &Home, kind: AlarmKind, known: &[u8], sizes: (u64, u64)) {
        let before = self.contents();
        let Err(UpdateError::Alarm(alarm)) = self.update(home) else { panic!("no alarm") };
        assert_eq!((alarm.kind, alarm.known.0, alarm.shown.0, alarm.unkept), (kind, sizes.0, sizes.1, None));
        let kept: Vec<_> = alarm.evidence.iter().map(|path| fs::read(path).expect("kept")).collect();
        assert_eq!(kept, [known.to_vec(), fs::read(home.file("checkpoint")).expect("shown")]);
        assert!(alarm.evidence.iter().all(|path| path.starts_with(self.file("evidence"))));
        assert_eq!(self.contents(), before);
    }
}

fn reader(home: &Home) -> SqliteReader {
    block_on(SqliteReader::open(&home.path())).expect("a ledger")
}

fn note(path: &Path) -> Vec<u8> {
    fs::read(path).expect("a note")
}

/// Appends something to a ledger of `size` entries that stands on no other.
fn diverge(home: &mut Home, size: u64, number: u64) {
    append(home, size, [batch(number)]);
}

/// Appends many batches at once.
fn fill(home: &mut Home, size: u64, count: u64) {
    append(home, size, (size..size + count).map(batch));
}

fn append(home: &mut Home, size: u64, bodies: impl IntoIterator<Item = Body>) {
    block_on(async {
        let ledger = SqliteLedger::open(&home.path(), common::clock(), None).await.expect("opened");
        for (size, body) in (size..).zip(bodies) {
            ledger.append(TreeSize(size), &home.school.say(body)).await.expect("appended");
        }
        ledger.close().await;
    });
}

const fn took(new_entries: u64) -> Update {
    Update { new_entries, was_ahead: false }
}

#[test]
fn a_copy_grows_with_its_ledger() {
    let mut home = Home::with(0);
    let desk = Desk::of(&home);
    assert!(!desk.place().holds_copy());
    assert_eq!(desk.update(&home).expect("empty"), took(0));
    assert_eq!(desk.size(), 0);
    home = Home::with(3);
    let desk = Desk::of(&home);
    for (new, size) in [(3, 3), (0, 3)] {
        assert_eq!(desk.update(&home).expect("taken over"), took(new));
        assert_eq!(desk.size(), size);
    }
    fill(&mut home, 3, 1_200);
    assert_eq!(desk.update(&home).expect("taken over"), took(1_200));
    assert_eq!(desk.size(), 1_203);
    assert_eq!(note(&desk.file("checkpoint")), note(&home.file("checkpoint")));
    let all = |ledger: &dyn Ledger| block_on(ledger.entries(900..1_203)).expect("readable");
    assert_eq!(all(&block_on(desk.place().read()).expect("a copy")), all(&reader(&home)));
}

#[test]
fn a_fresh_time_is_taken_over_and_an_older_one_is_not() {
    let home = Home::with(2);
    let earlier = home.copy();
    let desk = Desk::of(&home);
    desk.update(&home).expect("taken over");
    let dial = anchor::conformance::Dial::at(at(NOW + 30));
    block_on(async {
        let ledger = SqliteLedger::open(&home.path(), dial.clock(), None).await.expect("opened");
        assert_eq!(ledger.refresh().await, Ok(at(NOW + 30)));
        ledger.close().await;
    });
    for shown in [&home, &earlier] {
        assert_eq!(desk.update(shown).expect("the same entries"), took(0));
        assert_eq!(note(&desk.file("checkpoint")), note(&home.file("checkpoint")));
    }
}

#[test]
fn two_histories_are_an_alarm_whatever_their_sizes() {
    for (known, shown) in [(3, 3), (3, 4), (4, 3)] {
        let base = Home::with(2);
        let (mut one, mut two) = (base.copy(), base.copy());
        diverge(&mut one, 2, 90);
        one.grow(3, known - 3);
        diverge(&mut two, 2, 91);
        two.grow(3, shown - 3);
        let desk = Desk::of(&base);
        desk.update(&one).expect("taken over");
        desk.assert_alarm(&two, AlarmKind::Forked, &note(&one.file("checkpoint")), (known, shown));
        assert_eq!(desk.size(), known);
    }
}

#[test]
fn a_ledger_that_shows_less_is_an_alarm_until_it_is_acknowledged() {
    let mut home = Home::with(3);
    let earlier = home.copy();
    home.grow(3, 2);
    let desk = Desk::of(&home);
    desk.update(&home).expect("taken over");
    desk.assert_alarm(&earlier, AlarmKind::RolledBack, &note(&home.file("checkpoint")), (5, 3));
    // It stays, also when the ledger shows everything again, and nothing more is kept.
    let kept = names(&desk.file("evidence"));
    assert_eq!(kept.len(), 2);
    let error = desk.update(&home).expect_err("not acknowledged");
    assert!(matches!(&error, UpdateError::Alarm(alarm) if alarm.kind == AlarmKind::RolledBack && alarm.shown.0 == 3));
    assert_eq!(error.reason(), Reason::LedgerRolledBack);
    assert_eq!(names(&desk.file("evidence")), kept);

    assert!(desk.place().acknowledge(at(NOW + 60)).expect("moved"));
    assert!(!desk.place().acknowledge(at(NOW + 60)).expect("nothing to move"));
    assert_eq!(names(&desk.file("evidence")).len(), 3);
    desk.assert_alarm(&earlier, AlarmKind::RolledBack, &note(&home.file("checkpoint")), (5, 3));
    assert!(desk.place().acknowledge(at(NOW + 60)).expect("moved"));
    assert_eq!(desk.update(&home).expect("whole again"), took(0));
    assert_eq!(names(&desk.file("evidence")).len(), 6);
}

#[test]
fn an_alarm_that_cannot_be_read_is_one() {
    let home = Home::with(1);
    let desk = Desk::of(&home);
    desk.update(&home).expect("taken over");
    fs::write(desk.file("alarm"), b"{}").expect("written");
    let error = desk.update(&home).expect_err("an alarm");
    assert!(matches!(error, UpdateError::Copy(CopyError::Alarm { .. })), "{error}");
    assert_eq!(error.reason(), Reason::LedgerForked);
    assert!(desk.place().acknowledge(at(NOW)).expect("moved"));
    assert_eq!(desk.update(&home).expect("no alarm"), took(0));
}

#[test]
fn an_older_snapshot_is_no_alarm_and_one_that_was_cosigned_later_is() {
    let mut home = Home::with(3);
    let earlier = home.copy();
    home.grow(3, 2);
    let desk = Desk::of(&home);
    desk.update(&home).expect("taken over");
    let before = desk.contents();
    let update = desk.update_from(&reader(&earlier), Source::Snapshot).expect("older");
    assert_eq!(update, Update { new_entries: 0, was_ahead: true });
    assert_eq!(desk.contents(), before);
    let dial = anchor::conformance::Dial::at(at(NOW + 30));
    block_on(async {
        let ledger = SqliteLedger::open(&earlier.path(), dial.clock(), None).await.expect("opened");
        ledger.refresh().await.expect("refreshed");
        ledger.close().await;
    });
    let error = desk.update_from(&reader(&earlier), Source::Snapshot).expect_err("cosigned later");
    assert_eq!(error.reason(), Reason::LedgerRolledBack);
}

#[test]
fn a_checkpoint_that_was_seen_elsewhere_counts_as_well() {
    let base = Home::with(2);
    let (mut one, mut two) = (base.copy(), base.copy());
    diverge(&mut one, 2, 90);
    diverge(&mut two, 2, 91);
    two.grow(3, 2);
    let seen = note(&one.file("checkpoint"));
    let remembering = |home: &Home| {
        let mut desk = Desk::of(home);
        desk.remembered = Known::verify(&desk.pins.policy, seen.clone(), at(NOW)).ok();
        assert!(desk.remembered.is_some());
        desk
    };
    // There is no copy yet: the evidence makes its folder.
    let desk = remembering(&base);
    let Err(UpdateError::Alarm(alarm)) = desk.update(&base) else { panic!("no alarm") };
    assert_eq!((alarm.kind, alarm.known.0, alarm.shown.0), (AlarmKind::RolledBack, 3, 2));
    assert!(!desk.place().holds_copy());

    let desk = remembering(&base);
    let Err(UpdateError::Alarm(alarm)) = desk.update(&two) else { panic!("no alarm") };
    assert_eq!((alarm.kind, alarm.known.0, alarm.shown.0), (AlarmKind::Forked, 3, 5));
    assert!(!desk.place().holds_copy(), "nothing of it was taken over");

    let desk = remembering(&base);
    assert_eq!(desk.update(&one).expect("the same history"), took(3));
}

/// What becomes of entries on their way.
type Alteration = fn(Vec<Vec<u8>>) -> Vec<Vec<u8>>;

/// A ledger that answers well but for one thing.
struct Faulty {
    ledger: SqliteReader,
    entries: Option<Alteration>,
    consistency: Option<Result<Vec<Hash>, ReadError>>,
}

#[async_trait]
impl Ledger for Faulty {
    fn origin(&self) -> &Origin {
        self.ledger.origin()
    }
    async fn checkpoint(&self) -> Result<Vec<u8>, ReadError> {
        self.ledger.checkpoint().await
    }
    async fn entries(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, ReadError> {
        let entries = self.ledger.entries(range).await?;
        Ok(self.entries.map_or_else(|| entries.clone(), |change| change(entries.clone())))
    }
    async fn inclusion(&self, index: LeafIndex, size: TreeSize) -> Result<Vec<Hash>, ReadError> {
        self.ledger.inclusion(index, size).await
    }
    async fn consistency(&self, old: TreeSize, new: TreeSize) -> Result<Vec<Hash>, ReadError> {
        match &self.consistency {
            Some(answer) => answer.clone(),
            None => self.ledger.consistency(old, new).await,
        }
    }
}

/// What is only wrong is no alarm: that takes two histories, each under the ledger's signature.
#[test]
fn a_ledger_that_answers_badly_is_damaged_and_changes_nothing() {
    let mut home = Home::with(3);
    let desk = Desk::of(&home);
    desk.update(&home).expect("taken over");
    home.grow(3, 3);
    let before = desk.contents();
    let faulty = |entries, consistency| Faulty { ledger: reader(&home), entries, consistency };
    let altered: Alteration = |mut entries| {
        for entry in &mut entries {
            *entry.last_mut().expect("not empty") ^= 1;
        }
        entries
    };
    let without_time: Alteration = |_| vec![vec![0; 8], vec![0; 7]];
    let cases = [
        (faulty(None, Some(Ok(vec![Hash([1; 32])]))), Reason::LedgerDamaged),
        (faulty(None, Some(Err(ReadError::OutOfRange { size: 3 }))), Reason::LedgerDamaged),
        (faulty(None, Some(Err(ReadError::Unavailable(String::new())))), Reason::LedgerUnreachable),
        (faulty(Some(altered), None), Reason::LedgerDamaged),
        (faulty(Some(without_time), None), Reason::LedgerDamaged),
        (faulty(Some(|_| Vec::new()), None), Reason::LedgerRolledBack),
    ];
    for (number, (ledger, wanted)) in cases.iter().enumerate() {
        let error = desk.update_from(ledger, Source::Ledger).expect_err("not taken over");
        assert!(matches!(error, UpdateError::Ledger(_)), "{number}: {error}");
        assert_eq!(error.reason(), *wanted, "{number}: {error}");
        assert_eq!(desk.contents(), before, "{number}");
        assert!(!desk.file("evidence").exists(), "{number}");
    }
    assert_eq!(desk.update(&home).expect("taken over"), took(3));
}

#[test]
fn a_ledger_behind_its_own_checkpoint_is_no_proof_of_two_histories() {
    let mut home = Home::with(3);
    let desk = Desk::of(&home);
    desk.update(&home).expect("taken over");
    let earlier = home.copy();
    home.grow(3, 2);
    fs::copy(home.file("checkpoint"), earlier.file("checkpoint")).expect("copied");
    let error = desk.update(&earlier).expect_err("entries are missing");
    let missing = ReplicaError::Missing { got: 3, wanted: 5 };
    assert!(matches!(&error, UpdateError::Ledger(FollowError::Replica(error)) if *error == missing), "{error}");
    assert_eq!(desk.size(), 3);
}

#[test]
fn what_too_few_have_seen_is_not_taken_over() {
    let mut home = Home::with(3);
    let mut desk = Desk::of(&home);
    desk.update(&home).expect("taken over");
    home.grow(3, 1);
    let witness = SigningKey::from_seed(&name("w.example"), Algorithm::CosignatureV1, &[9; 32]);
    let policy = fs::read_to_string(home.file("policy")).expect("text");
    let asking = format!("witness w {}\nquorum w", witness.verifying_key());
    desk.pins.policy = Policy::parse(policy.replace("quorum time", &asking).as_bytes()).expect("a policy");
    let error = desk.update(&home).expect_err("nobody saw it");
    assert_eq!((error.reason(), desk.place().holds_copy()), (Reason::QuorumNotMet, true));
}

/// The trace of a crash between commit and checkpoint: readers stop at the checkpoint, and the next update goes on.
#[test]
fn entries_without_a_checkpoint_are_covered_by_the_next_one() {
    let mut home = Home::with(3);
    let desk = Desk::of(&home);
    desk.update(&home).expect("taken over");
    let checkpoint = note(&desk.file("checkpoint"));
    home.grow(3, 4);
    let between = home.copy();
    home.grow(7, 2);
    for (next, new) in [(&between, 4), (&home, 6)] {
        let torn = Desk { folder: tempfile::tempdir().expect("a folder"), pins: desk.pins.clone(), remembered: None };
        copy_files(desk.place().path(), torn.place().path());
        torn.update(&between).expect("taken over");
        fs::write(torn.file("checkpoint"), &checkpoint).expect("as before");
        let report = block_on(sqlite::fsck(torn.place().path(), at(NOW + 60), None)).expect("a report");
        assert_eq!((report.entries, report.findings), (7, vec![Finding::Unpublished(4)]));
        assert_eq!(torn.update(next).expect("taken over"), took(new));
        assert_eq!(torn.size(), 3 + new);
    }
    // Also where the very first checkpoint is missing.
    fs::remove_file(desk.file("checkpoint")).expect("removed");
    assert_eq!(desk.update(&home).expect("taken over"), took(9));
    assert_eq!(desk.size(), 9);
}

#[test]
fn entries_without_a_checkpoint_that_are_not_the_ledgers_are_damage() {
    let mut home = Home::with(3);
    let mut other = home.copy();
    let desk = Desk::of(&home);
    desk.update(&home).expect("taken over");
    let checkpoint = note(&desk.file("checkpoint"));
    diverge(&mut other, 3, 90);
    desk.update(&other).expect("taken over");
    fs::write(desk.file("checkpoint"), &checkpoint).expect("as before");
    home.grow(3, 1);
    let error = desk.update(&home).expect_err("other entries");
    assert!(matches!(error, UpdateError::Copy(CopyError::Damaged(_))), "{error}");
    assert!(!desk.file("evidence").exists(), "the ledger is not to blame");
}

/// Something that happens to the files of a copy.
type Damage = fn(&Desk);

#[test]
fn a_damaged_copy_is_set_aside_and_started_anew() {
    let home = Home::with(5);
    let faults: [(&str, Damage); 5] = [
        ("its entries are not those of its checkpoint", |desk| alter(&desk.file("ledger.db"), b"type batch", 6)),
        ("its entries are gone", |desk| fs::remove_file(desk.file("ledger.db")).expect("removed")),
        ("the ledger is damaged: ", |desk| fs::write(desk.file("ledger.db"), [7; 9_000]).expect("written")),
        ("its checkpoint: ", |desk| alter(&desk.file("checkpoint"), b"\n5\n", 1)),
        ("some of its entries are gone", |desk| {
            let home = Home::with(2);
            fs::copy(home.file("ledger.db"), desk.file("ledger.db")).expect("copied");
        }),
    ];
    for (wanted, damage) in faults {
        let desk = Desk::of(&home);
        desk.update(&home).expect("taken over");
        damage(&desk);
        let before: Vec<_> = names(desk.place().path()).into_iter().filter(|name| name != "lock").collect();
        let checkpoint = note(&desk.file("checkpoint"));
        let Err(UpdateError::Copy(CopyError::Damaged(text))) = desk.update(&home) else { panic!("{wanted}") };
        let text = format!("the ledger is damaged: {text}");
        assert!(text.contains(wanted), "{text}");
        let aside = desk.place().set_aside(at(NOW)).expect("moved");
        assert_eq!((names(&aside), note(&aside.join("checkpoint"))), (before, checkpoint));
        assert_eq!(names(desk.place().path()), ["evidence", "lock"]);
        assert_eq!(desk.update(&home).expect("taken over"), took(5));
        assert_eq!(desk.size(), 5);
    }
}

/// Changes one byte behind the first place where `word` stands.
fn alter(path: &Path, word: &[u8], offset: usize) {
    let mut bytes = fs::read(path).expect("readable");
    let place = bytes.windows(word.len()).position(|part| part == word).expect("in it");
    bytes[place + offset] ^= 1;
    fs::write(path, bytes).expect("written");
}
