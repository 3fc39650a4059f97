// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Attempts at statements. Numbers choose among a few names, keys, roots, ids and times, so that they meet often; the
//! model tells what would be right, and most of what is tried is right.

use proptest::{collection, prelude::*, sample};

use super::*;

pub(super) const SCHOOLS: [&str; 2] = [SCHOOL, OTHER];

/// How many roots of batches there are.
pub(super) const ROOTS: u8 = 3;

/// How many certificates there are.
pub(super) const IDS: u8 = 5;

/// How often at least each type counts, each effect shows and each refusal is met in a hundred runs.
pub(super) const LEAST: [(&str, u32); 37] = [
    ("counted", 2000),
    ("accredit", 300),
    ("batch", 300),
    ("revoke", 200),
    ("replace", 150),
    ("suspend", 80),
    ("resume", 150),
    ("rotate", 150),
    ("compromise", 100),
    ("uphold", 100),
    ("require", 30),
    ("void batch", 40),
    ("endorsed batch", 6),
    ("void withdrawal", 20),
    ("upheld withdrawal", 20),
    ("void rotation", 10),
    ("wrong_ledger", 15),
    ("time_ahead", 15),
    ("duplicate", 20),
    ("unknown_issuer", 15),
    ("bad_signature", 60),
    ("key_retired", 5),
    ("key_compromised", 50),
    ("suspended", 50),
    ("outside_window", 10),
    ("wrong_land", 10),
    ("wrong_seq", 10),
    ("wrong_prev", 10),
    ("key_of_another_name", 4),
    ("key_used_before", 100),
    ("empty_period", 50),
    ("unknown_school", 30),
    ("unknown_key", 15),
    ("from_index_ahead", 8),
    ("kind_out_of_scope", 20),
    ("before_period", 40),
    ("after_period", 20),
];

/// Two Länder; the key of the second authority of Land 07 follows on the first one's; the last is pinned nowhere.
pub(super) fn authorities() -> [(&'static str, SigningKey, u64, Option<u64>); 4] {
    [
        ("07", signing_key("rlp.example", 1), 0, Some(40)),
        ("07", signing_key("rlp.example", 2), 30, None),
        ("06", signing_key("hessen.example", 3), 1, None),
        ("06", signing_key("nobody.example", 4), u64::MAX, None),
    ]
}

#[derive(Debug, Clone, Copy)]
enum Fault {
    None,
    Ledger,
    Time,
    Seq,
    Prev,
    Signer,
    /// One signature is missing, or there is one too many.
    Signatures,
    Repeat,
    /// With a key that the school had before.
    OldKey,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Accredit,
    Batch,
    RevokeBySchool,
    RevokeByAuthority,
    Replace,
    Suspend,
    Resume,
    Rotate,
    Compromise,
    Uphold,
    Require,
}

/// One attempt.
#[derive(Debug, Clone)]
pub(super) struct Attempt {
    what: What,
    /// What the choices are made with.
    picks: [usize; 6],
    /// Which choices are made without regard for what is right.
    odd: [bool; 4],
    pub(super) wait: u64,
    fault: Fault,
}

/// Usually what is right, so that much of what is tried counts.
fn mostly<T: std::fmt::Debug>(
    weight: u32,
    right: impl Strategy<Value = T>,
    wrong: impl Strategy<Value = T>,
) -> impl Strategy<Value = T> {
    prop_oneof![weight => right, 1 => wrong]
}

fn attempt(what: impl Strategy<Value = What>) -> impl Strategy<Value = Attempt> {
    let faults = {
        use Fault::{Ledger, OldKey, Prev, Repeat, Seq, Signatures, Signer, Time};
        sample::select(vec![Ledger, Time, Seq, Prev, Signer, Signatures, Repeat, OldKey])
    };
    let odd = || mostly(14, Just(false), Just(true));
    let picks = prop::array::uniform6(0..1_000_usize);
    let fault = mostly(8, Just(Fault::None), faults);
    (what, picks, [odd(), odd(), odd(), odd()], 0..150_u64, fault).prop_map(|(what, picks, odd, wait, fault)| Attempt {
        what,
        picks,
        odd,
        wait,
        fault,
    })
}

/// A few accreditations, then anything.
pub(super) fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    use What::{
        Accredit, Batch, Compromise, Replace, Require, Resume, RevokeByAuthority, RevokeBySchool, Rotate, Suspend,
        Uphold,
    };
    let any = prop_oneof![
        9 => Just(Accredit), 14 => Just(Batch), 6 => Just(RevokeBySchool), 1 => Just(RevokeByAuthority), 6 => Just(Replace),
        3 => Just(Suspend), 6 => Just(Resume), 7 => Just(Rotate), 4 => Just(Compromise), 3 => Just(Uphold), 1 => Just(Require),
    ];
    let first = collection::vec(attempt(Just(Accredit)), 3);
    (first, collection::vec(attempt(any), 15..65)).prop_map(|(first, rest)| [first, rest].concat())
}

impl Attempt {
    /// The statement with its fault, and who signs it.
    pub(super) fn statement(&self, model: &Model, index: u64, admitted: u64) -> (Statement, Vec<SigningKey>) {
        let (mut statement, mut signers) = self.good(model, index);
        statement.time = at(admitted);
        match self.fault {
            Fault::None => {}
            Fault::Ledger => statement.ledger = name("other.example"),
            Fault::Time => statement.time = at(admitted + 600 + self.picks[5] as u64 % 3),
            Fault::Seq => statement.seq += 1,
            Fault::Prev => statement.prev = Some(Hash([9; 32])),
            Fault::Signer => signers[0] = signing_key(statement.issuer.as_str(), 77),
            Fault::Signatures if signers.len() > 1 => drop(signers.remove(self.picks[5] % signers.len())),
            Fault::Signatures => signers.push(signing_key(statement.issuer.as_str(), 77)),
            Fault::Repeat => {
                if let Some(counted) = model.counted.last() {
                    statement = counted.statement.clone();
                }
            }
            Fault::OldKey => {
                let recorded = model.recorded();
                let mut own = recorded.iter().filter(|(_, _, owner, _)| *owner == statement.issuer);
                if let Some((.., key)) = own.next() {
                    signers[0] = private(key);
                }
            }
        }
        (statement, signers)
    }

    /// The statement, right but for odd choices.
    fn good(&self, model: &Model, index: u64) -> (Statement, Vec<SigningKey>) {
        let [pick, ..] = self.picks;
        let some = 1 + pick % ((1 << IDS) - 1);
        let ids: Vec<_> = (0..IDS).filter(|number| (some >> number) & 1 == 1).map(id).collect();
        match self.what {
            What::Accredit => self.by_authority(model, index, |land| self.accreditation(model, land)),
            What::Suspend => self.by_authority(model, index, |land| suspend(&self.school_of(model, land))),
            What::Resume => self.by_authority(model, index, |land| resume(&self.school_of(model, land))),
            What::Compromise => self.by_authority(model, index, |land| self.compromise(model, land, index)),
            What::RevokeByAuthority => self.by_authority(model, index, |_| revoke(&ids)),
            What::Uphold => self.by_authority(model, index, |_| Body::Uphold(ids.clone())),
            What::Require => self.by_authority(model, index, |_| Body::Require { version: pick as u64 % 3 }),
            What::Batch => {
                let kind = if self.odd[2] { "promotion" } else { "abitur" };
                let root = Hash([below(ROOTS, pick); 32]);
                self.by_school(model, Body::Batch { kind: token(kind), size: TreeSize(16), root })
            }
            What::RevokeBySchool => self.by_school(model, revoke(&ids)),
            What::Replace => {
                let successor = id(8 + below(2, self.picks[1]));
                self.by_school(model, Body::Replace(ids.iter().map(|old| (*old, successor)).collect()))
            }
            What::Rotate => {
                let (mut statement, mut signers) = self.by_school(model, Body::Uphold(Vec::new()));
                let new = self.key(model, statement.issuer.as_str(), None);
                statement.body = rotate(&new);
                signers.push(new);
                (statement, signers)
            }
        }
    }

    fn school(&self) -> &'static str {
        SCHOOLS[self.picks[1] % SCHOOLS.len()]
    }

    /// A school that the Land has accredited, mostly.
    fn school_of(&self, model: &Model, state: &str) -> String {
        let open = model.open().into_iter().map(|under| model.accreditation(under));
        let own: Vec<_> = open.filter(|a| a.state == land(state)).map(|a| a.school.to_string()).collect();
        let any = self.odd[1] || own.is_empty();
        if any { self.school().to_owned() } else { own[self.picks[1] % own.len()].clone() }
    }

    fn by_authority(&self, model: &Model, index: u64, body: impl Fn(&str) -> Body) -> (Statement, Vec<SigningKey>) {
        let all = authorities();
        let covers = |(_, _, first, end): &&(_, _, u64, Option<u64>)| {
            self.odd[0] || (*first <= index && end.is_none_or(|end| index < end))
        };
        let able: Vec<_> = all.iter().filter(covers).collect();
        let (land, key, ..) = able[self.picks[2] % able.len()];
        let chain = model.chain_of_authority(key.verifying_key());
        (statement(key, chain, body(land)), vec![key.clone()])
    }

    fn by_school(&self, model: &Model, body: Body) -> (Statement, Vec<SigningKey>) {
        let mut able = model.open();
        if !self.odd[0] && able.iter().any(|under| model.may_speak(*under)) {
            able.retain(|under| model.may_speak(*under));
        }
        if able.is_empty() || self.odd[0] && self.odd[1] {
            let nobody = signing_key(self.school(), 78);
            return (statement(&nobody, START, body), vec![nobody]);
        }
        let under = able[self.picks[2] % able.len()];
        let key = private(&model.key_now(under));
        (statement(&key, model.chain_of_school(under), body), vec![key])
    }

    fn accreditation(&self, model: &Model, state: &str) -> Body {
        let barred = SCHOOLS.into_iter().find(|school| {
            let open = model.open_before(u64::MAX, land(state), &name(school));
            open.is_some_and(|under| model.is_void_at(under, u64::MAX))
        });
        let school = barred.filter(|_| !self.odd[2]).unwrap_or(self.school());
        let present = model.open_before(u64::MAX, land(state), &name(school)).map(|under| model.key_now(under));
        let key = self.key(model, school, present.filter(|_| barred.is_none()));
        let periods = [(0, 9_000), (0, 9_000), (0, 9_000), (0, 9_000), (2_000, 9_000), (0, 2_000), (2_000, 2_000)];
        let (from, until) = periods[self.picks[3] % periods.len()];
        let state = if self.odd[1] { ["06", "07"][self.picks[4] % 2] } else { state };
        let said = accreditation(state, &key);
        accredit(&Accreditation { school: name(school), from: at(NOW + from), until: at(NOW + until), ..said })
    }

    /// A new key for a school, mostly: or the present one, or any that there was, or one that nobody may have.
    fn key(&self, model: &Model, school: &str, present: Option<VerifyingKey>) -> SigningKey {
        let recorded = model.recorded();
        let named = if self.odd[3] { self.school() } else { school };
        match self.picks[4] % 12 {
            0 => signing_key(named, 1 + below(3, self.picks[5])),
            1 | 2 if !recorded.is_empty() => {
                let seed = private(&recorded[self.picks[5] % recorded.len()].3);
                seeded_like(&seed, named)
            }
            3..=6 if present.is_some() => private(&present.expect("some")),
            _ => signing_key(named, FRESH + u8::try_from(recorded.len()).expect("few")),
        }
    }

    fn compromise(&self, model: &Model, state: &str, index: u64) -> Body {
        let recorded = model.recorded();
        let own: Vec<_> = recorded.iter().filter(|(_, of, ..)| self.odd[1] || *of == land(state)).collect();
        if own.is_empty() {
            return compromise(&signing_key(self.school(), FRESH), 0);
        }
        let (first, _, _, key) = own[self.picks[0] % own.len()];
        let reach = index - first + 1;
        let early = (self.picks[3] as u64 % reach).min(self.picks[5] as u64 % reach);
        let from = if self.odd[2] { index + 1 } else { first + early };
        compromise(&private(key), from)
    }
}

/// What a pick chooses of so many.
fn below(many: u8, pick: usize) -> u8 {
    u8::try_from(pick % usize::from(many)).expect("below")
}

/// The first seed of new keys.
const FRESH: u8 = 100;

/// The private half of a key of these tests.
fn private(key: &VerifyingKey) -> SigningKey {
    let mut all = (1..4).chain(FRESH..=u8::MAX).map(|seed| signing_key(key.name(), seed));
    all.find(|own| own.verifying_key() == key).expect("one of these tests")
}

/// The same key under another name.
fn seeded_like(key: &SigningKey, named: &str) -> SigningKey {
    let raw = key.verifying_key().raw();
    let mut all = (1..4).chain(FRESH..=u8::MAX).map(|seed| signing_key(named, seed));
    all.find(|own| own.verifying_key().raw() == raw).expect("one of these tests")
}
