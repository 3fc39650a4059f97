// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Who speaks in the suite: a ministry, schools, and a ledger with a clock. Everything follows from the arguments.

use proof::{
    Hash, Timestamp,
    authority::Authorities,
    checkpoint::VerifiedCheckpoint,
    key::{Algorithm, KeyName, Origin, SigningKey},
    register::Chain,
    statement::{Accreditation, Body, Kinds, Label, Land, SchoolNumber, SignedStatement, Statement, Token},
    tree::TreeSize,
};

use super::{Dial, Site};
use crate::ledger::{Append, Appended, Ledger};

/// 2026-11-23T16:43:41Z, the present of the suite.
pub const NOW: u64 = 1_795_452_221;

/// A point in time.
pub fn at(posix: u64) -> Timestamp {
    Timestamp::from_posix(posix).expect("before the year 10000")
}

/// A name of a key or ledger.
pub fn name(text: &str) -> KeyName {
    KeyName::parse(text).expect("a name")
}

/// A Land.
pub fn land(text: &str) -> Land {
    Land::parse(text).expect("a Land")
}

/// The name of the suite's ledger.
pub fn origin() -> Origin {
    name("ledger.example")
}

/// Somebody with a key and a chain of statements.
#[derive(Clone)]
pub struct Speaker {
    /// The key.
    pub key: SigningKey,
    /// What the next statement must continue.
    pub chain: Chain,
}

impl Speaker {
    /// Somebody who has said nothing yet.
    pub fn new(text: &str, seed: u8) -> Self {
        let key = SigningKey::from_seed(&name(text), Algorithm::Ed25519, &[seed; 32]);
        Self { key, chain: Chain { seq: 0, prev: None } }
    }

    /// What this speaker would say next.
    pub fn would_say(&self, body: Body) -> Statement {
        let issuer = name(self.key.verifying_key().name());
        Statement { ledger: origin(), issuer, seq: self.chain.seq, prev: self.chain.prev, time: at(NOW), body }
    }

    /// Signs the next statement without going on to the one after it.
    pub fn sign(&self, body: Body) -> SignedStatement {
        self.would_say(body).sign(&[&self.key]).expect("small")
    }

    /// Signs the next statement and goes on.
    pub fn say(&mut self, body: Body) -> Vec<u8> {
        let signed = self.sign(body);
        self.chain = Chain { seq: self.chain.seq + 1, prev: Some(signed.text_hash()) };
        signed.note().to_vec()
    }
}

/// A batch of 16 `abitur` certificates whose root follows from a number.
pub fn batch(number: u64) -> Body {
    let root = Hash::of(&[&number.to_be_bytes()]);
    Body::Batch { kind: Token::parse("abitur").expect("a token"), size: TreeSize(16), root }
}

/// What a ministry of Land 07 says of a school: `abitur` only, a year on both sides of now.
pub fn accreditation(school: &Speaker) -> Accreditation {
    let key = school.key.verifying_key().clone();
    Accreditation {
        school: name(key.name()),
        key,
        name: Label::parse("Gymnasium am Mühlenberg").expect("a label"),
        number: SchoolNumber::parse("12345").expect("a number"),
        place: Label::parse("Mainz").expect("a label"),
        state: land("07"),
        kinds: Kinds::parse("abitur").expect("kinds"),
        from: at(NOW - 31_536_000),
        until: at(NOW + 31_536_000),
    }
}

/// An accreditation as a statement's body.
pub fn accredit(accreditation: Accreditation) -> Body {
    Body::Accredit(Box::new(accreditation))
}

/// A new ledger with one pinned ministry.
pub struct Stage<S> {
    /// Where the ledger is.
    pub site: S,
    /// Its clock.
    pub dial: Dial,
    /// One handle on it.
    pub ledger: Box<dyn Append>,
    /// The ministry of Land 07, pinned for the whole ledger.
    pub ministry: Speaker,
    /// A ministry of Land 05 whose key counts from index 1,000 on.
    pub later: Speaker,
    /// A school, not accredited yet.
    pub school: Speaker,
}

impl<S: Site> Stage<S> {
    /// Makes it.
    pub async fn new() -> Self {
        let (ministry, later) = (Speaker::new("km.example", 1), Speaker::new("later.example", 2));
        let line =
            |land, speaker: &Speaker, first| format!("{land} {} {} {first} -\n", speaker.key.verifying_key(), origin());
        let authorities = [line("07", &ministry, 0), line("05", &later, 1_000)].concat();
        let authorities = Authorities::parse(authorities.as_bytes()).expect("authorities");
        let dial = Dial::at(at(NOW));
        let site = S::make(&origin(), &authorities, &dial.clock()).await;
        let ledger = site.open(&dial.clock()).await;
        Self { site, dial, ledger, ministry, later, school: Speaker::new("schule.example", 3) }
    }

    /// Has the ministry accredit a school, whose chain begins there.
    pub async fn accredit(&mut self, school: &mut Speaker) -> Appended {
        let signed = self.ministry.sign(accredit(accreditation(school)));
        school.chain = Chain { seq: 0, prev: Some(signed.text_hash()) };
        let note = self.ministry.say(accredit(accreditation(school)));
        self.ledger.submit(TreeSize(0), &note).await.expect("accredited")
    }

    /// Accredits the school and appends batches until the ledger has so many entries. Gives their notes.
    pub async fn fill(&mut self, entries: u64) -> Vec<Vec<u8>> {
        let mut school = self.school.clone();
        self.accredit(&mut school).await;
        let mut notes = vec![self.ministry_note().await];
        for number in 1..entries {
            let note = school.say(batch(number));
            let appended = self.ledger.append(TreeSize(number), &note).await.expect("appended");
            assert_eq!(appended.index.0, number);
            notes.push(note);
        }
        self.school = school;
        notes
    }

    async fn ministry_note(&self) -> Vec<u8> {
        let entries = self.ledger.entries(0..1).await.expect("readable");
        entries[0][8..].to_vec()
    }

    /// The published checkpoint, which the policy believes.
    pub async fn checkpoint(&self, ledger: &dyn Ledger) -> VerifiedCheckpoint {
        let note = ledger.checkpoint().await.expect("readable");
        self.site.policy().verify(&note, self.dial.clock().now()).expect("believed")
    }
}
