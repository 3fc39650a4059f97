// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A ministry and schools that speak without the programs: for tests that need many statements, and their exact bytes.

use std::path::Path;

use anchor::{
    clock::Clock,
    ledger::{Keep, Proposal},
    postgres::{self, Address, PgLedger},
    sqlite::{self, SqliteLedger},
};
use proof::{
    Hash, Timestamp,
    authority::Authorities,
    key::{Algorithm, KeyName, Origin, SigningKey},
    statement::{Accreditation, Body, Kinds, Label, Land, SchoolNumber, Statement, Token},
    tree::TreeSize,
};

/// So many schools there are.
pub const SCHOOLS: u8 = 4;

/// How long an accreditation is good for, on both sides of now, in seconds.
const A_YEAR: u64 = 31_536_000;

/// Somebody with a key, and the place in their record.
#[derive(Clone)]
pub struct Speaker {
    origin: Origin,
    key: SigningKey,
    seq: u64,
    prev: Option<Hash>,
}

impl Speaker {
    fn new(origin: &Origin, text: &str, seed: u8) -> Self {
        let key = SigningKey::from_seed(&name(text), Algorithm::Ed25519, &[seed; 32]);
        Self { origin: origin.clone(), key, seq: 0, prev: None }
    }

    /// Signs the next statement and goes on.
    ///
    /// # Panics
    /// Never: the bodies here are small.
    pub fn say(&mut self, body: Body) -> Vec<u8> {
        let statement = Statement {
            ledger: self.origin.clone(),
            issuer: name(self.key.verifying_key().name()),
            seq: self.seq,
            prev: self.prev,
            time: Clock::system().now(),
            body,
        };
        let signed = statement.sign(&[&self.key]).expect("small");
        (self.seq, self.prev) = (self.seq + 1, Some(signed.text_hash()));
        signed.note().to_vec()
    }

    /// The next batch of this school: no two are the same.
    pub fn batch(&mut self) -> Vec<u8> {
        let root = Hash::of(&[self.key.verifying_key().name().as_bytes(), &self.seq.to_be_bytes()]);
        self.say(Body::Batch { kind: Token::parse("abitur").expect("a token"), size: TreeSize(16), root })
    }
}

/// Who speaks on a ledger.
#[derive(Clone)]
pub struct Cast {
    /// Whose statements the ledger takes in.
    pub authorities: Authorities,
    /// The schools, as far as they have spoken.
    pub schools: Vec<Speaker>,
}

impl Cast {
    /// A ministry and schools that nobody has heard of yet, and the ministry's statements that accredit the schools.
    ///
    /// # Panics
    /// Never: the statements are small.
    pub fn new(origin: &Origin) -> (Self, Vec<Vec<u8>>) {
        let mut ministry = Speaker::new(origin, "km.example", 200);
        let line = format!("07 {} {origin} 0 -\n", ministry.key.verifying_key());
        let authorities = Authorities::parse(line.as_bytes()).expect("an authority");
        let mut schools: Vec<_> = (0..SCHOOLS).map(|number| Speaker::new(origin, &school(number), number)).collect();
        let accreditations = schools.iter_mut().zip(0..).map(|(school, number)| {
            let note = ministry.say(Body::Accredit(Box::new(accreditation(&school.key, number))));
            school.prev = ministry.prev;
            note
        });
        let accreditations = accreditations.collect();
        (Self { authorities, schools }, accreditations)
    }

    /// Makes a new embedded ledger, with a ministry that has accredited the schools.
    ///
    /// # Panics
    /// If that cannot be done.
    pub async fn on_new_ledger(folder: &Path) -> Self {
        let origin = name("ledger.example");
        let (cast, accreditations) = Self::new(&origin);
        sqlite::init(folder, &origin, &cast.authorities, &Clock::system()).await.expect("a new ledger");
        append(&open(folder).await, accreditations).await;
        cast
    }

    /// The same in an empty database, with its keys in a new folder.
    ///
    /// # Panics
    /// If that cannot be done.
    pub async fn on_new_database(address: &Address, keys: &Path) -> Self {
        let origin = name("ledger.example");
        let (cast, accreditations) = Self::new(&origin);
        postgres::init(address, keys, &origin, &cast.authorities, &Clock::system()).await.expect("a new ledger");
        let ledger = PgLedger::open(address, Some(keys), Clock::system(), None, None).await.expect("a ledger");
        append(&ledger, accreditations).await;
        ledger.close().await;
        cast
    }

    /// The next so many batches, from all schools in turn.
    pub fn batches(&mut self, count: usize) -> Vec<Vec<u8>> {
        (0..count).map(|number| self.schools[number % usize::from(SCHOOLS)].batch()).collect()
    }

    /// Has the schools append batches, all together, until the ledger has so many entries.
    ///
    /// # Panics
    /// If the ledger does not take them in.
    pub async fn fill(&mut self, folder: &Path, entries: usize) {
        let missing = entries - usize::from(SCHOOLS);
        let notes = self.batches(missing);
        let ledger = open(folder).await;
        append(&ledger, notes).await;
        ledger.close().await;
    }

    /// Has a school append a batch.
    ///
    /// # Panics
    /// If the ledger does not take it in.
    pub async fn append_one(&mut self, ledger: &SqliteLedger) {
        append(ledger, vec![self.schools[0].batch()]).await;
    }
}

/// Opens a ledger to append to it.
///
/// # Panics
/// If it cannot be opened.
pub async fn open(folder: &Path) -> SqliteLedger {
    SqliteLedger::open(folder, Clock::system(), None).await.expect("a ledger")
}

/// Has a ledger take statements in, all together.
///
/// # Panics
/// If it does not.
pub async fn append(ledger: &impl Keep, notes: Vec<Vec<u8>>) {
    let proposals: Vec<_> = notes.into_iter().map(|note| Proposal { at: None, note }).collect();
    for outcome in ledger.append_all(&proposals).await {
        outcome.expect("taken in");
    }
}

fn name(text: &str) -> KeyName {
    KeyName::parse(text).expect("a name")
}

fn school(number: u8) -> String {
    format!("schule-{number}.example")
}

fn accreditation(key: &SigningKey, number: u8) -> Accreditation {
    let (key, now) = (key.verifying_key().clone(), Clock::system().now());
    Accreditation {
        school: name(key.name()),
        key,
        name: Label::parse("Gymnasium am Mühlenberg").expect("a label"),
        number: SchoolNumber::parse(&format!("1234{number}")).expect("a number"),
        place: Label::parse("Mainz").expect("a label"),
        state: Land::parse("07").expect("a Land"),
        kinds: Kinds::parse("abitur").expect("kinds"),
        from: Timestamp::from_posix(now.posix() - A_YEAR).expect("a time"),
        until: Timestamp::from_posix(now.posix() + A_YEAR).expect("a time"),
    }
}
