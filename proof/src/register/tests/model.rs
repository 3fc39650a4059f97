// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The rules for `accredit` and `batch` once more, as slowly as the specification has them: every question is answered by
//! looking through everything that ever counted.

use proptest::{collection, prelude::*, sample};

use super::*;

/// A statement that counts.
struct Counted {
    index: u64,
    text: Hash,
    signer: VerifyingKey,
    statement: Statement,
    /// The index of the accreditation under which it was made; an accreditation's own.
    under: u64,
}

struct Model {
    authorities: Vec<(Land, VerifyingKey, u64, Option<u64>)>,
    counted: Vec<Counted>,
}

impl Model {
    fn accreditations(&self) -> impl DoubleEndedIterator<Item = (&Counted, &Accreditation)> {
        self.counted.iter().filter_map(|counted| match &counted.statement.body {
            Body::Accredit(accreditation) => Some((counted, &**accreditation)),
            _ => None,
        })
    }

    /// The accreditations that no later one of the same Land and school has replaced.
    fn open(&self) -> Vec<(&Counted, &Accreditation)> {
        let replaced = |this: &Counted, of: &Accreditation| {
            let mut later = self.accreditations().filter(|(other, _)| other.index > this.index);
            later.any(|(_, other)| other.school == of.school && other.state == of.state)
        };
        self.accreditations().filter(|(this, of)| !replaced(this, of)).collect()
    }

    fn chain_of_authority(&self, key: &VerifyingKey) -> Chain {
        let own: Vec<_> = self.accreditations().filter(|(counted, _)| counted.signer == *key).collect();
        Chain { seq: own.len() as u64, prev: own.last().map(|(counted, _)| counted.text) }
    }

    fn chain_of_school(&self, accredit: &Counted) -> Chain {
        let own: Vec<_> = self
            .counted
            .iter()
            .filter(|counted| counted.under == accredit.index && counted.index != accredit.index)
            .collect();
        Chain { seq: own.len() as u64, prev: Some(own.last().map_or(accredit.text, |counted| counted.text)) }
    }

    /// The accreditation under which a statement at this place counts, if it does; an accreditation's own index.
    fn counts(&self, signed: &SignedStatement, maker: &VerifyingKey, index: u64, admitted: u64) -> Option<u64> {
        let s = signed.statement();
        let new = self.counted.iter().all(|counted| counted.text != signed.text_hash());
        let general = s.ledger == name(ORIGIN) && s.time.posix() <= admitted + 600 && new;
        let continues = |chain: Chain| s.seq == chain.seq && s.prev == chain.prev;
        if !general || s.issuer.as_str() != maker.name() {
            return None;
        }
        match &s.body {
            Body::Accredit(a) => {
                let entitled = self.authorities.iter().any(|(land, key, first, end)| {
                    key == maker && *land == a.state && *first <= index && end.is_none_or(|end| index < end)
                });
                let in_use = self.open().iter().any(|(_, open)| open.school == a.school && open.key == a.key);
                let seen = self.accreditations().any(|(_, other)| {
                    other.key.raw() == a.key.raw() || (other.school == a.school && other.key.id() == a.key.id())
                });
                let of_authority = self.authorities.iter().any(|(_, key, ..)| key.raw() == a.key.raw());
                let usable = a.key.name() == a.school.as_str() && (in_use || !(seen || of_authority));
                let good = entitled && usable && a.from < a.until && continues(self.chain_of_authority(maker));
                good.then_some(index)
            }
            Body::Batch { kind, .. } => {
                let open = self.open();
                let mut own = open.iter().filter(|(_, of)| of.school == s.issuer && of.key == *maker);
                let (accredit, of) = own.find(|(accredit, _)| continues(self.chain_of_school(accredit)))?;
                let kinds = of.kinds.to_string();
                let covered = kinds == "*" || kinds.split(' ').any(|covered| covered == kind.as_str());
                let in_time = of.from.posix() <= admitted && admitted < of.until.posix();
                (covered && in_time).then_some(accredit.index)
            }
            _ => None,
        }
    }

    /// Where the first counted batch of this Land, school and root stands.
    fn batch(&self, state: Land, school: &KeyName, number: u8) -> Option<u64> {
        let land_of = |index| self.accreditations().find(|(counted, _)| counted.index == index).map(|(_, of)| of.state);
        let found = self.counted.iter().find(|counted| {
            let same = counted.statement.issuer == *school && counted.statement.body == super::batch(number);
            same && land_of(counted.under) == Some(state)
        });
        found.map(|counted| counted.index)
    }
}

#[derive(Debug, Clone, Copy)]
enum Fault {
    None,
    Ledger,
    Time,
    Seq,
    Prev,
    Signer,
    Repeat,
}

/// One attempt. Numbers choose among a few keys, names and times, so that they meet often.
#[derive(Debug, Clone)]
struct Attempt {
    accredit: bool,
    authority: usize,
    school: usize,
    key: usize,
    key_name: usize,
    /// Whether a batch comes from somebody who is accredited.
    known: bool,
    land: usize,
    period: usize,
    kind: bool,
    root: u8,
    wait: u64,
    fault: Fault,
}

/// Nine times out of ten what is right, so that much of what is tried counts.
fn mostly<T: std::fmt::Debug>(
    right: impl Strategy<Value = T>,
    wrong: impl Strategy<Value = T>,
) -> impl Strategy<Value = T> {
    prop_oneof![9 => right, 1 => wrong]
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    use Fault::{Ledger, None, Prev, Repeat, Seq, Signer, Time};
    let fault = mostly(Just(None), sample::select(vec![Ledger, Time, Seq, Prev, Signer, Repeat]));
    let names = (0..2_usize, mostly(1..3_usize, Just(0)), mostly(Just(2_usize), 0..2_usize));
    let who = (mostly(0..3_usize, Just(3)), names, mostly(Just(true), Just(false)));
    let what = (any::<bool>(), mostly(Just(2_usize), 0..2_usize), mostly(Just(0_usize), 1..4_usize));
    let kind = mostly(Just(true), Just(false));
    let attempt =
        (who, what, kind, 0..3_u8, 0..400_u64, fault).prop_map(
            |((authority, (school, key, key_name), known), (accredit, land, period), kind, root, wait, fault)| {
                Attempt { accredit, authority, school, key, key_name, known, land, period, kind, root, wait, fault }
            },
        );
    collection::vec(attempt, 10..50)
}

const SCHOOLS: [&str; 2] = [SCHOOL, "schule.example/07/54321"];

/// Two Länder; the key of the second authority of Land 07 follows on the first one's; the last is pinned nowhere.
fn authorities() -> [(&'static str, SigningKey, u64, Option<u64>); 4] {
    [
        ("07", signing_key("rlp.example", 1), 0, Some(12)),
        ("07", signing_key("rlp.example", 2), 10, None),
        ("06", signing_key("hessen.example", 3), 2, None),
        ("06", signing_key("nobody.example", 4), u64::MAX, None),
    ]
}

impl Attempt {
    /// The statement with its fault, and who signs it.
    fn statement(&self, model: &Model, admitted: u64) -> (Statement, SigningKey) {
        let school = SCHOOLS[self.school];
        let mut signer = signing_key(school, [1, 10, 11][self.key]);
        let mut statement = if self.accredit {
            let (state, authority, ..) = authorities()[self.authority].clone();
            let state = [state, "06", "07"][(self.land + 1) % 3];
            let named = if self.key_name < 2 { SCHOOLS[self.key_name] } else { school };
            let key = signing_key(named, [1, 10, 11][self.key]);
            let (from, until) = [(0, 9_000), (3_000, 4_000), (0, 5_000), (2_000, 2_000)][self.period];
            let (from, until) = (at(NOW + from), at(NOW + until));
            let said = Accreditation { school: name(school), from, until, ..accreditation(state, &key) };
            signer = authority;
            super::statement(&signer, model.chain_of_authority(signer.verifying_key()), accredit(&said))
        } else {
            let open = model.open();
            let accredited = open.get((self.school + self.key) % open.len().max(1)).filter(|_| self.known);
            if let Some((_, of)) = accredited {
                let keys = [1, 10, 11].map(|seed| signing_key(of.school.as_str(), seed));
                signer = keys.into_iter().find(|key| *key.verifying_key() == of.key).expect("one of these");
            }
            let own = open.iter().rev().find(|(_, of)| of.key == *signer.verifying_key());
            let chain = own.map_or(START, |(accredit, _)| model.chain_of_school(accredit));
            super::statement(&signer, chain, batch(self.root))
        };
        statement.time = at(admitted);
        if let Body::Batch { kind, .. } = &mut statement.body
            && !self.kind
        {
            *kind = token("promotion");
        }
        match self.fault {
            Fault::None => {}
            Fault::Ledger => statement.ledger = name("other.example"),
            Fault::Time => statement.time = at(admitted + 600 + u64::from(self.root)),
            Fault::Seq => statement.seq += 1,
            Fault::Prev => statement.prev = Some(Hash([self.root; 32])),
            Fault::Signer => signer = signing_key(statement.issuer.as_str(), 77),
            Fault::Repeat => {
                if let Some(counted) = model.counted.last() {
                    statement = counted.statement.clone();
                }
            }
        }
        (statement, signer)
    }
}

/// What a register says to every question that can be asked about these names.
fn view(register: &Register) -> impl PartialEq + std::fmt::Debug {
    let refusals: Vec<_> = (0..register.size().0).map(|index| register.refusal(LeafIndex(index))).collect();
    let batches = ["06", "07"].iter().flat_map(|state| {
        SCHOOLS.iter().flat_map(move |school| (0..3).map(move |number| (land(state), name(school), root(number))))
    });
    let batches: Vec<_> = batches.map(|(land, school, root)| register.batch(land, &school, root).cloned()).collect();
    let keys = SCHOOLS.iter().flat_map(|school| [1, 10, 11].map(|seed| signing_key(school, seed)));
    let records: Vec<_> = keys.map(|key| register.record_of(key.verifying_key()).cloned()).collect();
    let chains = authorities().map(|(_, key, ..)| register.authority_chain(key.verifying_key().fingerprint()));
    (refusals, batches, records, chains.to_vec())
}

fn empty() -> (Register, Model) {
    let [a, b, c, _] = &authorities();
    let pins = pinned(&[(a.0, &a.1, "0 12"), (b.0, &b.1, "10 -"), (c.0, &c.1, "2 -")]);
    let pin = |(state, key, first, end): &(&str, SigningKey, u64, Option<u64>)| {
        (land(state), key.verifying_key().clone(), *first, *end)
    };
    (Register::new(name(ORIGIN), &pins), Model { authorities: vec![pin(a), pin(b), pin(c)], counted: Vec::new() })
}

proptest! {
    #[test]
    fn the_register_counts_what_the_model_counts(attempts in attempts()) {
        let (mut register, mut model) = empty();
        let (mut entries, mut admitted) = (Vec::new(), NOW);
        for (index, attempt) in (0..).zip(&attempts) {
            admitted += attempt.wait;
            let (statement, signer) = attempt.statement(&model, admitted);
            let signed = statement.clone().sign(&[&signer]).expect("small");
            let wanted = model.counts(&signed, signer.verifying_key(), index, admitted);
            let weighed = register.weigh(&signed, at(admitted)).map(|_| ());
            let entry = LedgerEntry { admitted: at(admitted), note: signed.note().to_vec() };
            let applied = register.apply(&entry);
            prop_assert_eq!(weighed, applied);
            prop_assert_eq!(applied.is_ok(), wanted.is_some(), "{} at {}: {:?} by {:?}", index, admitted, applied, signed);
            entries.push(entry);
            if let Some(under) = wanted {
                let (text, signer) = (signed.text_hash(), signer.verifying_key().clone());
                model.counted.push(Counted { index, text, signer, statement, under });
            }
        }
        for (state, school, number) in ["06", "07"].iter().flat_map(|state| {
            SCHOOLS.iter().flat_map(move |school| (0..3).map(move |number| (land(state), name(school), number)))
        }) {
            let found = register.batch(state, &school, root(number)).map(|batch| batch.index.0);
            prop_assert_eq!(found, model.batch(state, &school, number));
        }

        let (mut again, _) = empty();
        for entry in &entries {
            again.apply(entry).ok();
        }
        prop_assert_eq!(view(&again), view(&register), "the same entries give the same register");
    }
}
