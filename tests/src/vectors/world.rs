// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A ledger in memory with ministries and schools. Keys, times and random bytes follow from constants.
//!
//! Unlike a real ledger it takes in whatever it is given: what a dishonest one could be made to hold.

use proof::{
    Timestamp,
    authority::Authorities,
    batch::Batch,
    entry::{CertificateId, ClaimsRoot, DocumentDigest, Entry, Salt},
    key::{Algorithm, KeyName, SigningKey},
    proof_file::{LeafProof, ProofFile, Proven, Trunk},
    register::Refusal,
    replica::Replica,
    sealed_pdf::Ending,
    statement::{
        Accreditation, Body, Kinds, Label, Land, LedgerEntry, SchoolNumber, SignedStatement, Statement, Token,
    },
    tree::LeafIndex,
};

use crate::pdf;

/// 2026-01-05T09:00:00Z: when the first statements of the pinned ledger are admitted and cosigned, and those of ledgers
/// that are made up. Long past, so that no clock is behind it.
pub const NOW: u64 = 1_767_603_600;

/// How many statements of the pinned ledger were admitted at [`NOW`].
pub(super) const EARLY: u64 = 6;

/// When the pinned ledger admitted a statement: the first ones at [`NOW`], then one a minute.
pub fn admitted(index: u64) -> u64 {
    NOW + 60 * (index + 1).saturating_sub(EARLY)
}

/// The ledger that is pinned.
pub const ORIGIN: &str = "ledger.example";

/// The seeds of the keys that sign for the pinned ledger.
pub(super) const LEDGER_SEED: [u8; 32] = [1; 32];
pub(super) const TIME_SEED: [u8; 32] = [2; 32];

const YEAR_S: u64 = 31_536_000;

/// A file that is sealed; it says so on its page.
pub(super) fn document() -> Vec<u8> {
    page("Zeugnis A")
}

/// Another file of the same batch.
pub(super) fn neighbour() -> Vec<u8> {
    page("Zeugnis B")
}

pub(super) fn page(text: &str) -> Vec<u8> {
    let contents = pdf::stream("", format!("BT /F1 12 Tf 8 50 Td ({text}) Tj ET").as_bytes());
    let font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    pdf::with("", "/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>", &[&contents, font])
}

/// A document with a proof in its tail.
pub(super) fn seal(document: &[u8], proof: &[u8]) -> Vec<u8> {
    [document, &tail(document, proof)].concat()
}

pub(super) fn tail(document: &[u8], proof: &[u8]) -> Vec<u8> {
    Ending::of(document).expect("can be sealed").tail(document.len(), proof)
}

pub(super) fn name(text: &str) -> KeyName {
    KeyName::parse(text).expect("a name")
}

pub(super) fn token(text: &str) -> Token {
    Token::parse(text).expect("a token")
}

pub(super) fn at(seconds: u64) -> Timestamp {
    Timestamp::from_posix(seconds).expect("before the year 10000")
}

pub(super) fn key(text: &str, seed: u8) -> SigningKey {
    SigningKey::from_seed(&name(text), Algorithm::Ed25519, &[seed; 32])
}

/// Two keys of one name that have the same key id: two of the first 54,000.
pub(super) fn with_one_id() -> [SigningKey; 2] {
    let keys = [34_867_u32, 53_652].map(|number| {
        let mut seed = [0; 32];
        seed[..4].copy_from_slice(&number.to_be_bytes());
        SigningKey::from_seed(&name("schule/07/88888"), Algorithm::Ed25519, &seed)
    });
    let [one, other] = keys.each_ref().map(SigningKey::verifying_key);
    assert!(one != other && (one.name(), one.id()) == (other.name(), other.id()));
    keys
}

/// Signs checkpoints of the pinned ledger.
pub(super) fn ledger() -> SigningKey {
    SigningKey::from_seed(&name(ORIGIN), Algorithm::Ed25519, &LEDGER_SEED)
}

/// Cosigns them with a time; the only witness.
pub(super) fn clock() -> SigningKey {
    SigningKey::from_seed(&name(&format!("{ORIGIN}/time")), Algorithm::CosignatureV1, &TIME_SEED)
}

/// The authority of Land 07.
pub(super) fn ministry() -> SigningKey {
    key("ministry-07.example", 3)
}

/// The authority of Land 06.
pub(super) fn other_ministry() -> SigningKey {
    key("ministry-06.example", 4)
}

/// The authority of Land 05, which uses later rules.
pub(super) fn later_ministry() -> SigningKey {
    key("ministry-05.example", 8)
}

/// The authority of Land 07 before; its pin is closed at index 0.
pub(super) fn earlier_ministry() -> SigningKey {
    key("earlier-ministry-07.example", 5)
}

pub(super) fn school() -> SigningKey {
    key("schule/07/12345", 6)
}

/// Accredited in Land 07 and then again in Land 06.
pub(super) fn moving_school() -> SigningKey {
    key("schule/07/67890", 7)
}

/// The file `authorities` of the trust folders.
pub(super) fn authorities() -> String {
    let line =
        |land: &str, key: &SigningKey, window: &str| format!("{land} {} {ORIGIN} {window}\n", key.verifying_key());
    [
        line("05", &later_ministry(), "0 -"),
        line("06", &other_ministry(), "0 -"),
        line("07", &earlier_ministry(), "0 1"),
        line("07", &ministry(), "0 -"),
    ]
    .concat()
}

/// What an authority of a Land says of the owner of a key.
pub(super) fn accreditation(land: &str, school: &SigningKey) -> Accreditation {
    let key = school.verifying_key();
    let number = key.name().rsplit('/').next().and_then(SchoolNumber::parse);
    Accreditation {
        school: name(key.name()),
        key: key.clone(),
        name: Label::parse("Gymnasium am Mühlenberg").expect("a label"),
        number: number.expect("a number"),
        place: Label::parse("Mainz").expect("a label"),
        state: Land::parse(land).expect("a Land"),
        kinds: Kinds::parse("abitur halbjahr").expect("kinds"),
        from: at(NOW - YEAR_S),
        until: at(NOW + YEAR_S),
    }
}

pub(super) fn accredit(accreditation: Accreditation) -> Body {
    Body::Accredit(Box::new(accreditation))
}

/// A batch of [`document`] and [`neighbour`]. Its salts follow from `salt`, and so does its root.
pub(super) struct Certificates {
    pub(super) salt: u8,
    pub(super) claims: ClaimsRoot,
}

impl Certificates {
    pub(super) fn new(salt: u8) -> Self {
        Self { salt, claims: ClaimsRoot::NONE }
    }

    fn entry(&self, document: &[u8]) -> (Entry, Salt) {
        let digest = DocumentDigest::of(document);
        let mut salt = [self.salt; 16];
        salt[0] = digest.0.0[0];
        (Entry::new(&digest, &Salt(salt), &self.claims), Salt(salt))
    }

    /// The id of [`document`] in it.
    pub(super) fn id(&self) -> CertificateId {
        self.entry(&document()).0.id()
    }

    fn batch(&self) -> Batch {
        let mut padding = 0;
        let random = || {
            padding += 1;
            [padding; 32]
        };
        Batch::new(&[self.entry(&document()).0, self.entry(&neighbour()).0], random).expect("a batch")
    }

    pub(super) fn body(&self, kind: &str) -> Body {
        let root = self.batch().root();
        Body::Batch { kind: token(kind), size: root.size, root: root.root }
    }

    pub(super) fn leaf(&self, document: &[u8]) -> LeafProof {
        let (entry, salt) = self.entry(document);
        let (index, path) = self.batch().locate(&entry.id()).expect("in the batch");
        LeafProof { salt, claims: self.claims, index, path }
    }
}

/// A ledger.
#[derive(Clone)]
pub(super) struct World {
    origin: KeyName,
    key: SigningKey,
    replica: Replica,
    entries: Vec<LedgerEntry>,
    now: u64,
}

impl World {
    pub(super) fn empty(key: SigningKey) -> Self {
        let origin = name(key.verifying_key().name());
        let pins = Authorities::parse(authorities().as_bytes()).expect("authorities");
        Self { replica: Replica::new(origin.clone(), &pins), origin, key, entries: Vec::new(), now: NOW }
    }

    /// With the school accredited at index 0 and the batch of these salts at index 1.
    pub(super) fn short(salt: u8) -> Self {
        let mut world = Self::empty(ledger());
        world.submit(accredit(accreditation("07", &school())), &ministry());
        world.submit(Certificates::new(salt).body("abitur"), &school());
        world
    }

    /// The first statements of the pinned ledger; every one counts. A batch with claims is at index 2, that of the school
    /// which moved to Land 06 (index 4) at index 5: it still continues the accreditation by Land 07 (index 3).
    pub(super) fn early() -> Self {
        let mut world = Self::short(1);
        world.submit(with_claims().body("abitur"), &school());
        world.submit(accredit(accreditation("07", &moving_school())), &ministry());
        let batch = world.next(&moving_school(), Certificates::new(3).body("abitur"));
        world.submit(accredit(accreditation("06", &moving_school())), &other_ministry());
        world.put(batch, &[&moving_school()]);
        assert_eq!((world.size(), world.uncounted().next()), (EARLY, None), "all count");
        world
    }

    /// The time of its clock.
    pub(super) fn now(&self) -> u64 {
        self.now
    }

    /// Sets its clock to when the pinned ledger admitted its next statement.
    pub(super) fn wait(&mut self) {
        self.now = admitted(self.size());
    }

    /// How many statements it has.
    pub(super) fn size(&self) -> u64 {
        self.entries.len() as u64
    }

    /// What it holds and does not count.
    pub(super) fn uncounted(&self) -> impl Iterator<Item = (u64, Refusal)> {
        let refusal = |index| self.replica.register().refusal(LeafIndex(index));
        (0..self.size()).filter_map(move |index| Some((index, refusal(index)?)))
    }

    /// The notes of its statements.
    pub(super) fn notes(&self) -> impl Iterator<Item = &[u8]> {
        self.entries.iter().map(|entry| entry.note.as_slice())
    }

    /// The next statement of this key.
    pub(super) fn next(&self, key: &SigningKey, body: Body) -> Statement {
        let register = self.replica.register();
        let open =
            ["07", "06", "05"].into_iter().find_map(|land| register.record_of(Land::parse(land)?, key.verifying_key()));
        let chain = open.map(|id| register.record(id).chain());
        let chain = chain.unwrap_or_else(|| register.authority_chain(key.verifying_key().fingerprint()));
        let issuer = name(key.verifying_key().name());
        Statement { ledger: self.origin.clone(), issuer, seq: chain.seq, prev: chain.prev, time: at(NOW), body }
    }

    /// Puts a statement on the ledger, whether it counts or not, and says where it stands.
    pub(super) fn put(&mut self, statement: Statement, keys: &[&SigningKey]) -> u64 {
        let signed = statement.sign(keys).expect("small");
        let entry = LedgerEntry { admitted: at(self.now), note: signed.note().to_vec() };
        let _ = self.replica.push(&entry.encode()).expect("an entry");
        self.entries.push(entry);
        self.size() - 1
    }

    pub(super) fn submit(&mut self, body: Body, key: &SigningKey) -> u64 {
        self.put(self.next(key, body), &[key])
    }

    /// The checkpoint, cosigned at these times.
    pub(super) fn checkpoint(&self, times: &[u64]) -> String {
        let checkpoint = self.replica.checkpoint();
        let cosigned = times.iter().map(|time| checkpoint.cosign(&clock(), at(*time)));
        checkpoint.sign(&self.key) + &cosigned.collect::<String>()
    }

    fn proven(&self, index: u64) -> Proven {
        let tree = self.replica.tree();
        let LedgerEntry { admitted, note } = self.entries[usize::try_from(index).expect("small")].clone();
        Proven {
            index: LeafIndex(index),
            path: tree.inclusion_path(LeafIndex(index), tree.size()).expect("on the ledger"),
            admitted,
            signed: SignedStatement::parse(note).expect("a statement"),
        }
    }

    /// A proof for [`document`] by these statements, under a checkpoint that was cosigned at these times.
    pub(super) fn proof_at(&self, certificates: &Certificates, chain: &[u64], batch: u64, times: &[u64]) -> ProofFile {
        let chain = chain.iter().map(|index| self.proven(*index)).collect();
        let checkpoint = self.checkpoint(times).into_bytes();
        ProofFile {
            leaf: certificates.leaf(&document()),
            trunk: Trunk { batch: self.proven(batch), chain, checkpoint },
        }
    }

    /// A proof for [`document`] by these statements.
    pub(super) fn proof(&self, certificates: &Certificates, chain: &[u64], batch: u64) -> ProofFile {
        self.proof_at(certificates, chain, batch, &[self.now])
    }

    /// The proof for [`document`] by the first batch.
    pub(super) fn good_proof(&self) -> ProofFile {
        self.proof(&Certificates::new(1), &[0], 1)
    }
}

/// Certificates of a later version of the format, with claims for selective disclosure.
pub(super) fn with_claims() -> Certificates {
    Certificates { salt: 2, claims: ClaimsRoot([1; 32]) }
}
