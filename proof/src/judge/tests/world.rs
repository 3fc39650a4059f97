// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A ministry, a school and a ledger in memory, and what a verifier pins of them. Entries are admitted at [`NOW`] or [`LATER`].

use super::*;
use crate::{
    authority::Authorities,
    batch::Batch,
    entry::{CertificateId, Entry, Salt},
    fixtures::{land, pinned},
    key::SigningKey,
    note,
    proof_file::{Proven, Trunk},
    replica::Replica,
    sealed_pdf::Ending,
    statement::{LedgerEntry, SignedStatement},
};

pub(super) const DOCUMENT: &[u8] = b"%PDF-1.7\nstartxref\n9\n%%EOF\n";
pub(super) const NEIGHBOUR: &[u8] = b"%PDF-1.7\n\nstartxref\n10\n%%EOF\n";

/// Seven seconds after [`NOW`].
pub(super) const LATER: u64 = NOW + 7;

pub(super) fn ledger() -> SigningKey {
    signing_key(ORIGIN, 1)
}

/// The ledger's time key, the only witness.
pub(super) fn clock() -> SigningKey {
    cosigning_key(ORIGIN, 2)
}

/// The authority of Land 07.
pub(super) fn ministry() -> SigningKey {
    signing_key("ministry.example", 3)
}

/// The authority of Land 06.
pub(super) fn other_ministry() -> SigningKey {
    signing_key("other-ministry.example", 4)
}

pub(super) fn school() -> SigningKey {
    signing_key(SCHOOL, 5)
}

/// A document with a proof in its tail.
pub(super) fn seal(document: &[u8], proof: &[u8]) -> Vec<u8> {
    let tail = Ending::of(document).expect("sealable").tail(document.len(), proof);
    [document, &tail].concat()
}

/// The last word of a signature line of `key` over `text`.
pub(super) fn signature_of(key: &SigningKey, text: &str) -> String {
    let note = note::sign(text, &[key]).expect("signed");
    note.trim_end().rsplit(' ').next().expect("a signature").to_owned()
}

/// A ledger, and the batch of [`DOCUMENT`] and [`NEIGHBOUR`] that the school seals.
pub(super) struct World {
    pub(super) replica: Replica,
    pub(super) entries: Vec<LedgerEntry>,
    /// Follows into every salt, and so into the root of the batch.
    pub(super) salt: u8,
    pub(super) claims: ClaimsRoot,
}

impl World {
    /// An empty ledger.
    pub(super) fn new() -> Self {
        let pins = pinned(&[("07", &ministry(), "0 -"), ("06", &other_ministry(), "0 -")]);
        Self { replica: Replica::new(name(ORIGIN), &pins), entries: Vec::new(), salt: 1, claims: ClaimsRoot::NONE }
    }

    /// The school is accredited at index 0.
    pub(super) fn accredited() -> Self {
        let mut world = Self::new();
        world.submit(accredit(&accreditation("07", &school())), &ministry());
        world
    }

    /// The batch is at index 1.
    pub(super) fn with_batch() -> Self {
        Self::with_batch_of(1)
    }

    pub(super) fn with_batch_of(salt: u8) -> Self {
        let mut world = Self { salt, ..Self::accredited() };
        world.submit(world.batch_body(), &school());
        world
    }

    /// The next statement of this key.
    pub(super) fn next(&self, key: &SigningKey, body: Body) -> Statement {
        let (register, key_of) = (self.replica.register(), key.verifying_key());
        let open = ["07", "06"].into_iter().find_map(|of| register.record_of(land(of), key_of));
        let of_school = open.map(|id| register.record(id).chain());
        statement(key, of_school.unwrap_or_else(|| register.authority_chain(key_of.fingerprint())), body)
    }

    /// Puts a statement on the ledger, whether it counts or not, and says where it stands.
    pub(super) fn put(&mut self, statement: Statement, keys: &[&SigningKey]) -> u64 {
        self.put_at(NOW, statement, keys)
    }

    pub(super) fn put_at(&mut self, admitted: u64, statement: Statement, keys: &[&SigningKey]) -> u64 {
        let signed = statement.sign(keys).expect("signed");
        let entry = LedgerEntry { admitted: at(admitted), note: signed.note().to_vec() };
        self.replica.push(&entry.encode()).expect("an entry").ok();
        self.entries.push(entry);
        self.entries.len() as u64 - 1
    }

    pub(super) fn submit(&mut self, body: Body, key: &SigningKey) -> u64 {
        self.put(self.next(key, body), &[key])
    }

    /// The same, a few seconds after everything before it.
    pub(super) fn submit_later(&mut self, body: Body, key: &SigningKey) -> u64 {
        self.put_at(LATER, self.next(key, body), &[key])
    }

    pub(super) fn rotate(&mut self, old: &SigningKey, new: &SigningKey) -> u64 {
        self.put(self.next(old, crate::fixtures::rotate(new)), &[old, new])
    }

    fn leaf(&self, document: &[u8]) -> (Entry, Salt) {
        let salt = Salt([self.salt, document.len().to_le_bytes()[0], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        (Entry::new(&DocumentDigest::of(document), &salt, &self.claims), salt)
    }

    fn batch(&self) -> Batch {
        let mut padding = 0_u8;
        let random = || {
            padding += 1;
            [padding; 32]
        };
        Batch::new(&[self.leaf(DOCUMENT).0, self.leaf(NEIGHBOUR).0], random).expect("a batch")
    }

    pub(super) fn batch_body(&self) -> Body {
        let crate::batch::BatchRoot { size, root } = self.batch().root();
        Body::Batch { kind: token("abitur"), size, root }
    }

    pub(super) fn certificate(&self) -> CertificateId {
        self.leaf(DOCUMENT).0.id()
    }

    /// The ledger's checkpoint, cosigned at these times.
    pub(super) fn checkpoint(&self, times: &[u64]) -> String {
        let checkpoint = self.replica.checkpoint();
        let lines = times.iter().map(|time| checkpoint.cosign(&clock(), at(*time)));
        checkpoint.sign(&ledger()) + &lines.collect::<String>()
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

    pub(super) fn trunk_with(&self, chain: &[u64], batch: u64, checkpoint: &str) -> Trunk {
        let chain = chain.iter().map(|index| self.proven(*index)).collect();
        Trunk { batch: self.proven(batch), chain, checkpoint: checkpoint.as_bytes().to_vec() }
    }

    fn proof_for(&self, document: &[u8], chain: &[u64], batch: u64) -> ProofFile {
        let (entry, salt) = self.leaf(document);
        let (index, path) = self.batch().locate(&entry.id()).expect("in the batch");
        let leaf = LeafProof { salt, claims: self.claims, index, path };
        ProofFile { leaf, trunk: self.trunk_with(chain, batch, &self.checkpoint(&[NOW])) }
    }

    /// A proof for [`DOCUMENT`] from the statements at these indices.
    pub(super) fn proof_of(&self, chain: &[u64], batch: u64) -> ProofFile {
        self.proof_for(DOCUMENT, chain, batch)
    }

    pub(super) fn proof(&self) -> ProofFile {
        self.proof_of(&[0], 1)
    }

    pub(super) fn neighbours_proof(&self) -> ProofFile {
        self.proof_for(NEIGHBOUR, &[0], 1)
    }

    /// [`DOCUMENT`], sealed.
    pub(super) fn file(&self) -> Vec<u8> {
        seal(DOCUMENT, &self.proof().encode())
    }
}

/// What a verifier pins, and its clock.
pub(super) struct Setting {
    pub(super) ledger: SigningKey,
    pub(super) quorum: &'static str,
    /// Land, key, window.
    pub(super) pins: Vec<(&'static str, SigningKey, &'static str)>,
    /// The ledger of the windows.
    pub(super) pinned_for: &'static str,
    pub(super) now: u64,
    pub(super) max_age_s: u64,
}

impl Default for Setting {
    fn default() -> Self {
        let pins = vec![("07", ministry(), "0 -"), ("06", other_ministry(), "0 -")];
        Self { ledger: ledger(), quorum: "clock", pins, pinned_for: ORIGIN, now: NOW, max_age_s: 60 }
    }
}

impl Setting {
    pub(super) fn policy(&self) -> Policy {
        let (ledger, clock) = (self.ledger.verifying_key(), clock());
        let text = format!("log {ledger}\nwitness clock {}\nquorum {}\n", clock.verifying_key(), self.quorum);
        Policy::parse(text.as_bytes()).expect("a policy")
    }

    pub(super) fn authorities(&self) -> Authorities {
        let line = |(land, key, window): &(&str, SigningKey, &str)| {
            format!("{land} {} {} {window}\n", key.verifying_key(), self.pinned_for)
        };
        Authorities::parse(self.pins.iter().map(line).collect::<String>().as_bytes()).expect("authorities")
    }

    /// The state of this world's ledger under a checkpoint that was cosigned at these times.
    pub(super) fn consult<'w>(&self, world: &'w World, times: &[u64]) -> Consulted<'w> {
        let checkpoint = self.policy().verify(world.checkpoint(times).as_bytes(), at(self.now)).expect("signed");
        Consulted::State(world.replica.vouched_by(checkpoint).expect("of this ledger"))
    }

    fn judge_by(&self, ledger: Option<Consulted<'_>>, file: &[u8], detached: Option<&[u8]>) -> Judgement {
        let (policy, authorities) = (self.policy(), self.authorities());
        let ledgers = ledger.into_iter().map(|consulted| (name(ORIGIN), consulted)).collect();
        let judge =
            Judge { policy: &policy, authorities: &authorities, max_age_s: self.max_age_s, now: at(self.now), ledgers };
        judge.judge(file, detached)
    }

    /// Judges by this world's ledger, cosigned at [`NOW`].
    pub(super) fn judge(&self, world: &World, file: &[u8]) -> Judgement {
        self.judge_detached(world, file, None)
    }

    pub(super) fn judge_detached(&self, world: &World, file: &[u8], proof: Option<&[u8]>) -> Judgement {
        self.judge_by(Some(self.consult(world, &[NOW])), file, proof)
    }

    /// Judges by what came of asking the ledger.
    pub(super) fn judge_with(&self, consulted: Consulted<'_>, file: &[u8]) -> Judgement {
        self.judge_by(Some(consulted), file, None)
    }

    /// Judges without a ledger.
    pub(super) fn judge_alone(&self, file: &[u8]) -> Judgement {
        self.judge_by(None, file, None)
    }
}
