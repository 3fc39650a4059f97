// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Register replay: which statements of a ledger count, and what follows from them.

A ledger is only a list. Standing in it proves nothing; what counts is decided here, in ledger order, from the
authorities that whoever replays has pinned. The same entries and the same pins give the same register, wherever the
entries came from. A ledger uses the same rules to decide what it takes in ([`Register::weigh`]).

Counted today: `accredit`, `batch`, `require`. The other types of the format are known but not yet counted. A verifier that
meets one made by somebody entitled says "this version is too old" for the Land concerned, rather than overlook it.
*/

mod refusal;

use std::collections::{BTreeSet, HashMap, HashSet};

pub use refusal::Refusal;

use crate::{
    CLOCK_TOLERANCE_S, Hash, Timestamp,
    authority::{Authorities, Authority},
    batch::BatchRoot,
    key::{Fingerprint, KeyName, Origin, VerifyingKey},
    note::Note,
    statement::{Accreditation, Body, Land, LedgerEntry, SignedStatement, Statement, Token},
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
    texts: HashMap<Hash, (LeafIndex, Timestamp)>,
    authority_chains: HashMap<Fingerprint, Chain>,
    records: Vec<Record>,
    /// Open records by the school's name; more than one only if two Länder accredit the same name.
    open: HashMap<KeyName, Vec<RecordId>>,
    keys: Keys,
    batches: HashMap<BatchKey, CountedBatch>,
    refused: HashMap<LeafIndex, Refusal>,
    beyond: BTreeSet<Land>,
}

/// Which record of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordId(usize);

type BatchKey = (Land, KeyName, BatchRoot);

/// Where the chain of statements of a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// The number that the next statement must have.
    pub seq: u64,
    /// What its `prev` must be.
    pub prev: Option<Hash>,
}

impl Chain {
    const START: Self = Self { seq: 0, prev: None };

    fn check(&self, statement: &Statement) -> Result<(), Refusal> {
        if statement.seq != self.seq {
            return Err(Refusal::WrongSeq { got: statement.seq, wanted: self.seq });
        }
        if statement.prev != self.prev {
            return Err(Refusal::WrongPrev);
        }
        Ok(())
    }

    fn after(&self, text: Hash) -> Self {
        Self { seq: self.seq + 1, prev: Some(text) }
    }
}

/// What one accreditation opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What the authority vouched for.
    pub accreditation: Accreditation,
    /// The ledger index of the `accredit`.
    pub accredited_at: LeafIndex,
    /// The chain of the school's statements.
    pub chain: Chain,
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
}

/// How a school stands now. Changes nothing about what it issued before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuerStatus {
    /// It may issue.
    Accredited,
    /// Its period has not begun.
    NotYet,
    /// Its period is over.
    Expired,
}

impl IssuerStatus {
    /// The token that JSON has.
    pub fn code(self) -> &'static str {
        match self {
            Self::Accredited => "accredited",
            Self::NotYet => "not_yet",
            Self::Expired => "expired",
        }
    }
}

/// Everything a key was ever recorded as.
#[derive(Debug, Clone, Default)]
struct Keys {
    owner: HashMap<[u8; 32], KeyName>,
    ids: HashSet<(KeyName, u32)>,
}

/// What a statement does if it counts. Made by [`Register::weigh`], carried out by [`Register::apply`].
#[derive(Debug)]
enum Effect {
    Accredit { authority: Fingerprint, accreditation: Box<Accreditation> },
    Batch { record: RecordId, key: BatchKey, kind: Token },
    Require { authority: Fingerprint, land: Land, version: u64 },
}

/// A statement that [`Register::weigh`] found to count at the register's next index.
#[derive(Debug)]
pub struct Weighed {
    effect: Effect,
    text: Hash,
    admitted: Timestamp,
    issued: Timestamp,
}

impl Register {
    /// The register of an empty ledger.
    pub fn new(origin: Origin, authorities: &Authorities) -> Self {
        let authorities = authorities.for_origin(&origin);
        Self {
            origin,
            authorities,
            size: TreeSize(0),
            texts: HashMap::new(),
            authority_chains: HashMap::new(),
            records: Vec::new(),
            open: HashMap::new(),
            keys: Keys::default(),
            batches: HashMap::new(),
            refused: HashMap::new(),
            beyond: BTreeSet::new(),
        }
    }

    /// Which ledger this is the register of.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// How many entries were replayed.
    pub fn size(&self) -> TreeSize {
        self.size
    }

    /// Replays the next entry. Whatever it is, the register moves on by one.
    ///
    /// # Errors
    /// If it does not count, and why. The register remembers that.
    pub fn apply(&mut self, entry: &LedgerEntry) -> Result<(), Refusal> {
        let outcome = SignedStatement::parse(entry.note.clone())
            .map_err(Refusal::from)
            .and_then(|signed| self.weigh(&signed, entry.admitted));
        let index = LeafIndex(self.size.0);
        self.size.0 += 1;
        match outcome {
            Ok(weighed) => {
                self.carry_out(weighed, index);
                Ok(())
            }
            Err(refusal) => {
                if let Refusal::NotYetCounted { land } = refusal {
                    self.beyond.insert(land);
                }
                self.refused.insert(index, refusal);
                Err(refusal)
            }
        }
    }

    /// Whether a statement would count as the next entry. Changes nothing.
    ///
    /// # Errors
    /// Why it would not.
    pub fn weigh(&self, signed: &SignedStatement, admitted: Timestamp) -> Result<Weighed, Refusal> {
        let statement = signed.statement();
        let text = signed.text_hash();
        if statement.ledger != self.origin {
            return Err(Refusal::WrongLedger);
        }
        if statement.time.is_ahead_of(admitted, CLOCK_TOLERANCE_S) {
            return Err(Refusal::TimeAhead);
        }
        if self.texts.contains_key(&text) {
            return Err(Refusal::Duplicate);
        }
        let effect = match &statement.body {
            Body::Accredit(accreditation) => self.weigh_accredit(signed, accreditation)?,
            Body::Batch { kind, size, root } => {
                self.weigh_batch(signed, admitted, kind, BatchRoot { size: *size, root: *root })?
            }
            Body::Require { version } => {
                let authority = self.speaking_authority(signed)?;
                Effect::Require { authority: authority.key.fingerprint(), land: authority.land, version: *version }
            }
            Body::Suspend { .. } | Body::Resume { .. } | Body::Compromise { .. } | Body::Uphold(_) => {
                return Err(Refusal::NotYetCounted { land: self.speaking_authority(signed)?.land });
            }
            Body::Replace(_) => return Err(self.not_yet_counted(self.speaking_school(signed, &[])?)),
            Body::Rotate { key } => return Err(self.not_yet_counted(self.speaking_school(signed, &[key])?)),
            Body::Revoke { .. } => {
                return Err(match self.speaking_authority(signed) {
                    Ok(authority) => Refusal::NotYetCounted { land: authority.land },
                    Err(_) => self.not_yet_counted(self.speaking_school(signed, &[])?),
                });
            }
        };
        Ok(Weighed { effect, text, admitted, issued: statement.time })
    }

    /// The open record that this key signs for, with its chain.
    pub fn record_of(&self, key: &VerifyingKey) -> Option<&Record> {
        let ids = self.open.get(&KeyName::parse(key.name())?)?;
        ids.iter().map(|id| self.record(*id)).find(|record| record.accreditation.key == *key)
    }

    /// The record under which this key may issue certificates of a kind at a time of the ledger's clock.
    ///
    /// # Errors
    /// Why it may not.
    pub fn may_issue(&self, key: &VerifyingKey, kind: &Token, at: Timestamp) -> Result<&Record, Refusal> {
        let record = self.record_of(key).ok_or(Refusal::UnknownIssuer)?;
        check_scope(&record.accreditation, kind, at).map(|()| record)
    }

    /// Where the chain of an authority's key stands.
    pub fn authority_chain(&self, key: Fingerprint) -> Chain {
        self.authority_chains.get(&key).copied().unwrap_or(Chain::START)
    }

    /// The record with this id.
    pub fn record(&self, id: RecordId) -> &Record {
        &self.records[id.0]
    }

    /// The batch that this school of this Land issued under this root, if that counts.
    pub fn batch(&self, land: Land, school: &KeyName, batch: BatchRoot) -> Option<&CountedBatch> {
        self.batches.get(&(land, school.clone(), batch))
    }

    /// Where a statement that counts stands and when it was admitted, by the hash of its text.
    pub fn find(&self, text: Hash) -> Option<(LeafIndex, Timestamp)> {
        self.texts.get(&text).copied()
    }

    /// Why the entry at an index does not count; `None` if it counts or was not replayed.
    pub fn refusal(&self, index: LeafIndex) -> Option<Refusal> {
        self.refused.get(&index).copied()
    }

    /// Whether this Land uses rules that this version does not know.
    pub fn is_beyond(&self, land: Land) -> bool {
        self.beyond.contains(&land)
    }

    /// How the school of a record stands at a time: by its latest accreditation.
    pub fn issuer_status(&self, id: RecordId, at: Timestamp) -> IssuerStatus {
        let of = &self.record(id).accreditation;
        let latest = self.open.get(&of.school).into_iter().flatten().map(|id| &self.record(*id).accreditation);
        let latest = latest.into_iter().find(|open| open.state == of.state).unwrap_or(of);
        if at < latest.from {
            IssuerStatus::NotYet
        } else if at < latest.until {
            IssuerStatus::Accredited
        } else {
            IssuerStatus::Expired
        }
    }

    fn weigh_accredit(&self, signed: &SignedStatement, accreditation: &Accreditation) -> Result<Effect, Refusal> {
        let authority = self.speaking_authority(signed)?;
        if accreditation.state != authority.land {
            return Err(Refusal::WrongLand { got: accreditation.state, wanted: authority.land });
        }
        if accreditation.key.name() != accreditation.school.as_str() {
            return Err(Refusal::KeyOfAnotherName);
        }
        if accreditation.from >= accreditation.until {
            return Err(Refusal::EmptyPeriod);
        }
        self.check_recordable(&accreditation.school, &accreditation.key)?;
        let authority = authority.key.fingerprint();
        Ok(Effect::Accredit { authority, accreditation: Box::new(accreditation.clone()) })
    }

    fn weigh_batch(
        &self,
        signed: &SignedStatement,
        admitted: Timestamp,
        kind: &Token,
        batch: BatchRoot,
    ) -> Result<Effect, Refusal> {
        let record = self.speaking_school(signed, &[])?;
        let accreditation = &self.record(record).accreditation;
        check_scope(accreditation, kind, admitted)?;
        let key = (accreditation.state, accreditation.school.clone(), batch);
        Ok(Effect::Batch { record, key, kind: kind.clone() })
    }

    /// A key may be recorded for a school if it is in use for it already, or if it is new in every respect.
    fn check_recordable(&self, school: &KeyName, key: &VerifyingKey) -> Result<(), Refusal> {
        if self.record_of(key).is_some() {
            return Ok(());
        }
        let known = self.keys.owner.contains_key(&key.raw());
        let same_id = self.keys.ids.contains(&(school.clone(), key.id()));
        let of_authority = self.authorities.iter().any(|authority| authority.key.raw() == key.raw());
        if known || same_id || of_authority { Err(Refusal::KeyUsedBefore) } else { Ok(()) }
    }

    /// The pinned authority that made a statement: signed, inside its window, and next in its chain.
    fn speaking_authority(&self, signed: &SignedStatement) -> Result<&Authority, Refusal> {
        let statement = signed.statement();
        let mut named =
            self.authorities.iter().filter(|authority| authority.key.name() == statement.issuer.as_str()).peekable();
        if named.peek().is_none() {
            return Err(Refusal::UnknownIssuer);
        }
        let authority = named.find(|authority| signed.is_signed_by(&[&authority.key])).ok_or(Refusal::BadSignature)?;
        if !authority.covers(LeafIndex(self.size.0)) {
            return Err(Refusal::OutsideWindow);
        }
        self.authority_chain(authority.key.fingerprint()).check(statement)?;
        Ok(authority)
    }

    /// The open record under which a school made a statement: signed (with `further` keys, for a rotation), and next in
    /// its chain.
    fn speaking_school(&self, signed: &SignedStatement, further: &[&VerifyingKey]) -> Result<RecordId, Refusal> {
        let open = self.open.get(&signed.statement().issuer).map_or(&[][..], Vec::as_slice);
        let mut refusal = if open.is_empty() { Refusal::UnknownIssuer } else { Refusal::BadSignature };
        let note = Note::parse(signed.note()).map_err(|_| Refusal::Malformed)?;
        for id in open {
            let record = self.record(*id);
            if !note.is_signed_by_exactly(&[&[&record.accreditation.key], further].concat()) {
                continue;
            }
            match record.chain.check(signed.statement()) {
                Ok(()) => return Ok(*id),
                Err(broken) => refusal = broken,
            }
        }
        Err(refusal)
    }

    fn not_yet_counted(&self, record: RecordId) -> Refusal {
        Refusal::NotYetCounted { land: self.record(record).accreditation.state }
    }

    fn carry_out(&mut self, weighed: Weighed, index: LeafIndex) {
        let Weighed { effect, text, admitted, issued } = weighed;
        self.texts.insert(text, (index, admitted));
        match effect {
            Effect::Accredit { authority, accreditation } => {
                self.advance_authority(authority, text);
                self.open_record(*accreditation, text, index);
            }
            Effect::Require { authority, land, version } => {
                self.advance_authority(authority, text);
                if version > RULES_VERSION {
                    self.beyond.insert(land);
                }
            }
            Effect::Batch { record, key, kind } => {
                let chain = &mut self.records[record.0].chain;
                *chain = chain.after(text);
                self.batches.entry(key).or_insert(CountedBatch { index, admitted, issued, kind, record });
            }
        }
    }

    fn advance_authority(&mut self, authority: Fingerprint, text: Hash) {
        let chain = self.authority_chain(authority).after(text);
        self.authority_chains.insert(authority, chain);
    }

    fn open_record(&mut self, accreditation: Accreditation, text: Hash, index: LeafIndex) {
        let (school, key) = (accreditation.school.clone(), accreditation.key.clone());
        self.keys.owner.insert(key.raw(), school.clone());
        self.keys.ids.insert((school.clone(), key.id()));
        let id = RecordId(self.records.len());
        let land = accreditation.state;
        let chain = Chain { seq: 0, prev: Some(text) };
        self.records.push(Record { accreditation, accredited_at: index, chain });
        let (records, open) = (&self.records, self.open.entry(school).or_default());
        open.retain(|other| records[other.0].accreditation.state != land);
        open.push(id);
    }
}

/// Whether an accreditation covers a batch of this kind at this time of the ledger's clock.
pub(crate) fn check_scope(accreditation: &Accreditation, kind: &Token, admitted: Timestamp) -> Result<(), Refusal> {
    if !accreditation.kinds.contains(kind) {
        return Err(Refusal::KindOutOfScope);
    }
    if admitted < accreditation.from {
        return Err(Refusal::BeforePeriod);
    }
    if admitted >= accreditation.until {
        return Err(Refusal::AfterPeriod);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
