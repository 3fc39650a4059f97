// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Register replay: which statements of a ledger count, and what follows from them.

A ledger is only a list. Standing in it proves nothing; what counts is decided here, in ledger order, from the
authorities that whoever replays has pinned. The same entries and the same pins give the same register, wherever the
entries came from. A ledger uses the same rules to decide what it takes in ([`Register::weigh`]).

A statement that counts may become void later, when an authority says since when its key was in wrong hands. It keeps
its place in the chain. Whether something is void is therefore asked when it is looked up, not when it is replayed.
*/

mod idle;
mod keys;
mod places;
mod refusal;
mod replay;
mod runs;
mod saved;
mod weigh;
mod withdrawals;
mod written;

use std::collections::{BTreeMap, BTreeSet};

pub use refusal::Refusal;
pub(crate) use weigh::check_scope;
pub use withdrawals::{Said, Withdrawn};

use keys::{KeyNumber, Keys};
use places::{BatchPlace, Place, batch_key};
use runs::Runs;
use serde::{Deserialize, Serialize};
use withdrawals::Withdrawals;
use written::{Spelled, Written};

use crate::{
    Hash, Timestamp,
    authority::Authorities,
    batch::BatchRoot,
    key::{Fingerprint, KeyName, Origin, VerifyingKey},
    statement::{Accreditation, Land, Token},
    tree::{LeafIndex, TreeSize},
};

/// The version of these rules: what a `require` statement is compared with.
pub const RULES_VERSION: u64 = 1;

/// The state that follows from the first entries of one ledger.
#[derive(Debug, Clone)]
pub struct Register {
    origin: Origin,
    authorities: Authorities,
    size: TreeSize,
    content: Content,
}

/// What was replayed, without that on which it rests.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Content {
    last_admitted: Option<Timestamp>,
    #[serde(skip)]
    texts: Runs<Place>,
    authority_chains: BTreeMap<Fingerprint, Chain>,
    records: Vec<Record>,
    /// By the hash of the name.
    #[serde(skip)]
    school_numbers: Runs<u32>,
    schools: Vec<School>,
    keys: Keys,
    #[serde(skip)]
    batches: Runs<BatchPlace>,
    withdrawals: Withdrawals,
    refused: BTreeMap<LeafIndex, Refusal>,
    beyond: BTreeSet<Land>,
}

/// Which record of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RecordId(u32);

/// Where the chain of statements of a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// The number that the next statement must have.
    pub seq: u64,
    /// What its `prev` must be.
    pub prev: Option<Hash>,
}

impl Chain {
    const START: Self = Self { seq: 0, prev: None };

    fn after(&self, text: Hash) -> Self {
        Self { seq: self.seq + 1, prev: Some(text) }
    }
}

/// What one accreditation opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    land: Land,
    school: SchoolNumber,
    accreditation: Written<Accreditation>,
    accredited_at: LeafIndex,
    accredited: Timestamp,
    closed_at: Option<LeafIndex>,
    chain: Chain,
    first_key: KeyNumber,
    rotations: Vec<(LeafIndex, KeyNumber)>,
}

impl Record {
    /// The Land whose authority opened it.
    pub fn land(&self) -> Land {
        self.land
    }

    /// The name under which the school signs.
    pub fn school(&self) -> &KeyName {
        &self.accreditation().school
    }

    /// What the authority vouched for. Its key is the first one of the record.
    pub fn accreditation(&self) -> &Accreditation {
        self.accreditation.get()
    }

    /// The ledger index of the `accredit`.
    pub fn accredited_at(&self) -> LeafIndex {
        self.accredited_at
    }

    /// When the ledger took the `accredit` in.
    pub fn accredited(&self) -> Timestamp {
        self.accredited
    }

    /// The ledger index of the accreditation that closed it.
    pub fn closed_at(&self) -> Option<LeafIndex> {
        self.closed_at
    }

    /// The chain of the school's statements.
    pub fn chain(&self) -> Chain {
        self.chain
    }

    /// The ledger indices of its `rotate`s, ascending.
    pub fn rotations(&self) -> impl ExactSizeIterator<Item = LeafIndex> + '_ {
        self.rotations.iter().map(|(index, _)| *index)
    }

    fn key(&self) -> KeyNumber {
        self.rotations.last().map_or(self.first_key, |(_, key)| *key)
    }

    /// The key that signed, alone or as the old one, what stands at an index.
    fn key_at(&self, index: LeafIndex) -> KeyNumber {
        let before = self.rotations.partition_point(|(rotated, _)| *rotated < index);
        before.checked_sub(1).map_or(self.first_key, |last| self.rotations[last].1)
    }
}

impl Spelled for Accreditation {
    fn spell(&self) -> String {
        self.lines()
    }

    fn read(text: &str) -> Option<Self> {
        Self::from_lines(text)
    }
}

/// Which name of a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct SchoolNumber(u32);

/// Everything under one school's name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct School {
    /// Oldest first.
    records: Vec<RecordId>,
    /// In which Länder it is suspended, since when and why.
    suspended: Vec<(Land, Suspension)>,
    /// The indices of all that counted under this name or about it.
    history: Vec<LeafIndex>,
}

impl School {
    fn suspension(&self, land: Land) -> Option<&Suspension> {
        self.suspended.iter().find(|(of, _)| *of == land).map(|(_, suspension)| suspension)
    }
}

/// Why a school may make no statements for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// The ledger index of the `suspend`.
    pub index: LeafIndex,
    /// When the ledger took it in.
    pub since: Timestamp,
    /// The reason that the authority gave.
    pub reason: Token,
}

/// A batch that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedBatch {
    /// Its ledger index.
    pub index: LeafIndex,
    /// When the ledger took it in.
    pub admitted: Timestamp,
    /// When the school says that it issued it.
    pub issued: Timestamp,
    /// What the certificates are.
    pub kind: Token,
    /// The record under which it was issued.
    pub record: RecordId,
    /// Whether its key was in wrong hands when it was made.
    pub void: bool,
}

/// How a school stands now. Changes nothing about what it issued before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuerStatus {
    /// It may issue.
    Accredited,
    /// An authority suspended it.
    Suspended,
    /// Its key was in wrong hands, and it has no new one yet.
    Compromised,
    /// Its period has not begun.
    NotYet,
    /// Its period is over.
    Expired,
}

impl IssuerStatus {
    /// Every status.
    pub const ALL: [Self; 5] = [Self::Accredited, Self::Suspended, Self::Compromised, Self::NotYet, Self::Expired];

    /// The token that JSON has.
    pub fn code(self) -> &'static str {
        match self {
            Self::Accredited => "accredited",
            Self::Suspended => "suspended",
            Self::Compromised => "compromised",
            Self::NotYet => "not_yet",
            Self::Expired => "expired",
        }
    }
}

impl Register {
    /// The register of an empty ledger.
    pub fn new(origin: Origin, authorities: &Authorities) -> Self {
        let authorities = authorities.for_origin(&origin);
        Self { origin, authorities, size: TreeSize(0), content: Content::default() }
    }

    /// Which ledger this is the register of.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// How many entries were replayed.
    pub fn size(&self) -> TreeSize {
        self.size
    }

    /// When the last entry was taken in; the epoch if there is none.
    pub fn last_admitted(&self) -> Timestamp {
        self.content.last_admitted.unwrap_or(Timestamp::EPOCH)
    }

    /// The open record that this key signs for in a Land.
    pub fn record_of(&self, land: Land, key: &VerifyingKey) -> Option<RecordId> {
        let open = self.open_record(land, &KeyName::parse(key.name())?)?;
        (self.key_of(open) == key).then_some(open)
    }

    /// The open record of a school in a Land.
    pub fn open_record(&self, land: Land, school: &KeyName) -> Option<RecordId> {
        self.open_records_of(school).find(|id| self.record(*id).land == land)
    }

    /// Every open record, in the order in which they were opened.
    pub fn open_records(&self) -> impl Iterator<Item = RecordId> + '_ {
        self.records().filter(|id| self.record(*id).closed_at.is_none())
    }

    /// Every record, in the order in which they were opened.
    pub fn records(&self) -> impl Iterator<Item = RecordId> + '_ {
        (0..).map(RecordId).zip(&self.content.records).map(|(id, _)| id)
    }

    /// The record with this id.
    pub fn record(&self, id: RecordId) -> &Record {
        &self.content.records[id.0 as usize]
    }

    /// The key that a record has now.
    pub fn key_of(&self, id: RecordId) -> &VerifyingKey {
        self.content.keys.get(self.record(id).key())
    }

    /// Where the chain of an authority's key stands.
    pub fn authority_chain(&self, key: Fingerprint) -> Chain {
        self.content.authority_chains.get(&key).copied().unwrap_or(Chain::START)
    }

    /// The batches with this root that this school of this Land issued and that count, oldest first. There are several
    /// if a school made the same statement with a later key again; one that is not void is enough.
    pub fn batches(&self, land: Land, school: &KeyName, batch: BatchRoot) -> impl Iterator<Item = CountedBatch> + '_ {
        self.content.batches.get(batch_key(land, school, batch)).map(|found| CountedBatch {
            index: found.place.index,
            admitted: found.place.admitted,
            issued: found.issued,
            kind: found.kind(),
            record: found.record,
            void: self.is_void(found.record, found.place.index),
        })
    }

    /// The first of [`Register::batches`] that is not void.
    pub fn batch(&self, land: Land, school: &KeyName, batch: BatchRoot) -> Option<CountedBatch> {
        self.batches(land, school, batch).find(|batch| !batch.void)
    }

    /// Where a statement that counts stands and when it was admitted, by the hash of its text.
    pub fn find(&self, text: Hash) -> Option<(LeafIndex, Timestamp)> {
        self.content.texts.get(text).next().map(|place| (place.index, place.admitted))
    }

    /// Why the entry at an index does not count; `None` if it counts or was not replayed.
    pub fn refusal(&self, index: LeafIndex) -> Option<Refusal> {
        self.content.refused.get(&index).copied()
    }

    /// Whether this Land uses rules that this version does not know.
    pub fn is_beyond(&self, land: Land) -> bool {
        self.content.beyond.contains(&land)
    }

    /// Whether what stands at an index under a record was signed with a key that was in wrong hands by then.
    pub fn is_void(&self, id: RecordId, index: LeafIndex) -> bool {
        let record = self.record(id);
        self.content.keys.is_void(record.land, record.key_at(index), index)
    }

    /// The record of a school of a Land that was open at an index.
    pub fn record_at(&self, land: Land, school: &KeyName, index: LeafIndex) -> Option<RecordId> {
        let records = &self.school(school)?.records;
        let covers = |record: &Record| {
            record.land == land && record.accredited_at < index && record.closed_at.is_none_or(|closed| index <= closed)
        };
        records.iter().copied().find(|id| covers(self.record(*id)))
    }

    /// The ledger indices of all statements that counted and were made under a school's name or are about this school:
    /// its accreditations, suspensions, and what was said of its keys.
    pub fn history(&self, school: &KeyName) -> &[LeafIndex] {
        self.school(school).map_or(&[], |school| &school.history)
    }

    /// Whether and why a school is suspended in a Land.
    pub fn suspension(&self, land: Land, school: &KeyName) -> Option<&Suspension> {
        self.school(school)?.suspension(land)
    }

    /// How the school of a record stands at a time: by its latest accreditation.
    pub fn issuer_status(&self, id: RecordId, at: Timestamp) -> IssuerStatus {
        let record = self.record(id);
        let id = self.open_record(record.land, record.school()).unwrap_or(id);
        let latest = self.record(id).accreditation();
        if self.suspension_of(record).is_some() {
            IssuerStatus::Suspended
        } else if self.is_void(id, LeafIndex(self.size.0)) {
            IssuerStatus::Compromised
        } else if at < latest.from {
            IssuerStatus::NotYet
        } else if at < latest.until {
            IssuerStatus::Accredited
        } else {
            IssuerStatus::Expired
        }
    }

    fn school_number(&self, school: &KeyName) -> Option<SchoolNumber> {
        self.content.school_numbers.get(Hash::of(&[school.as_str().as_bytes()])).next().map(SchoolNumber)
    }

    fn school(&self, school: &KeyName) -> Option<&School> {
        self.school_number(school).map(|number| &self.content.schools[number.0 as usize])
    }

    fn suspension_of(&self, record: &Record) -> Option<&Suspension> {
        self.content.schools[record.school.0 as usize].suspension(record.land)
    }

    fn open_records_of(&self, school: &KeyName) -> impl Iterator<Item = RecordId> + '_ {
        let records = self.school(school).map_or(&[][..], |school| &school.records);
        records.iter().copied().filter(|id| self.record(*id).closed_at.is_none())
    }
}

#[cfg(test)]
mod tests;
