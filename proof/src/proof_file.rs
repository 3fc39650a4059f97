// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The proof that travels with a certificate: a C2SP `tlog-proof` whose `extra` line leads from the document to the ledger.

It has two parts. The [`LeafProof`] differs from certificate to certificate. The [`Trunk`] (batch statement, accreditation,
checkpoint) is the same for a whole batch, so that a verifier weighs it once and remembers the result by its
[`RawTrunk::id`].
*/

use crate::{
    Hash, Timestamp, batch,
    checkpoint::Checkpoint,
    encoding::{Reader, base64_decode, base64_encode, decimal},
    entry::{ClaimsRoot, DocumentDigest, Entry, Salt},
    note::Note,
    statement::{MAX_PROVEN_NOTE_BYTES, SignedStatement, StatementError},
    tree::{self, LeafIndex},
};

/// The largest proof file that is read or written, in bytes. The usual one has 4,000.
pub const MAX_PROOF_BYTES: usize = 65_536;

/// The most statements that lead from a pinned authority to the batch: an `accredit` and seven `rotate`s.
pub const MAX_CHAIN: usize = 8;

const FORM: &str = "c2sp.org/tlog-proof@v";
const HEADER: &str = "c2sp.org/tlog-proof@v1\n";
const MAGIC: &[u8; 4] = b"SGL1";

/// Why bytes are no proof file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofFileError {
    /// Larger than the cap.
    #[error("{got} bytes, at most {MAX_PROOF_BYTES} are read")]
    TooLarge {
        /// Bytes found.
        got: usize,
    },
    /// Of a later version than this one knows.
    #[error("a later version of the proof format")]
    LaterVersion,
    /// Not of the form.
    #[error("the proof's {part} is not of its form")]
    Malformed {
        /// Which part.
        part: &'static str,
    },
    /// A statement in it is not of its form.
    #[error("a statement in the proof: {0}")]
    Statement(#[from] StatementError),
}

const fn malformed(part: &'static str) -> ProofFileError {
    ProofFileError::Malformed { part }
}

/// A whole proof file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofFile {
    /// From the document to the batch root.
    pub leaf: LeafProof,
    /// From the batch root to the ledger.
    pub trunk: Trunk,
}

/// From the document to the batch root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafProof {
    /// Secret of the certificate's holder.
    pub salt: Salt,
    /// Root of the claims.
    pub claims: ClaimsRoot,
    /// The leaf's place in the batch.
    pub index: LeafIndex,
    /// From the leaf's sibling up to below the root.
    pub path: Vec<Hash>,
}

impl LeafProof {
    /// The entry of a document under this proof.
    pub fn entry(&self, digest: &DocumentDigest) -> Entry {
        Entry::new(digest, &self.salt, &self.claims)
    }
}

/// From the batch root to the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trunk {
    /// The batch statement.
    pub batch: Proven,
    /// The authority's `accredit`, then the school's `rotate`s, by rising index below the batch's.
    pub chain: Vec<Proven>,
    /// The checkpoint's note with its cosignatures, byte by byte.
    pub checkpoint: Vec<u8>,
}

/// A statement with its place in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The ledger index.
    pub index: LeafIndex,
    /// The path under the proof's checkpoint.
    pub path: Vec<Hash>,
    /// When the ledger took it in.
    pub admitted: Timestamp,
    /// The statement.
    pub signed: SignedStatement,
}

/// A trunk that was cut off but not yet read.
#[derive(Debug, Clone, Copy)]
pub struct RawTrunk<'a> {
    /// What follows the leaf proof in the decoded `extra` line, at `extra[leaf_length..]`.
    extra: &'a [u8],
    /// The lines after `extra`.
    lines: &'a str,
}

impl ProofFile {
    /// Reads a proof file.
    ///
    /// # Errors
    /// If the bytes are not exactly what [`ProofFile::encode`] writes.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProofFileError> {
        let split = Split::parse(bytes)?;
        Ok(Self { trunk: split.trunk().parse()?, leaf: split.leaf })
    }

    /// The file's bytes.
    ///
    /// # Panics
    /// If a path, the chain or a note is longer than can be written; [`ProofFile::parse`] gives none that is.
    pub fn encode(&self) -> Vec<u8> {
        let Self { leaf, trunk } = self;
        let mut extra = [MAGIC.as_slice(), &leaf.salt.0, &leaf.claims.0, &leaf.index.0.to_be_bytes()].concat();
        put_path(&mut extra, &leaf.path);
        put_statement(&mut extra, &trunk.batch);
        extra.push(u8::try_from(trunk.chain.len()).expect("a chain has at most 8 statements"));
        for proven in &trunk.chain {
            extra.extend(proven.index.0.to_be_bytes());
            put_path(&mut extra, &proven.path);
            put_statement(&mut extra, proven);
        }
        let mut file = format!("{HEADER}extra {}\nindex {}\n", base64_encode(&extra), trunk.batch.index.0);
        for hash in &trunk.batch.path {
            file += &hash.to_base64();
            file.push('\n');
        }
        file.push('\n');
        [file.as_bytes(), &trunk.checkpoint].concat()
    }
}

fn put_path(out: &mut Vec<u8>, path: &[Hash]) {
    out.push(u8::try_from(path.len()).expect("a path has at most 48 hashes"));
    for hash in path {
        out.extend(hash.0);
    }
}

fn put_statement(out: &mut Vec<u8>, proven: &Proven) {
    let note = proven.signed.note();
    out.extend(proven.admitted.posix().to_be_bytes());
    out.extend(u16::try_from(note.len()).expect("a note in a proof has at most 2,048 bytes").to_be_bytes());
    out.extend(note);
}

/// A proof file of which only the leaf proof was read.
#[derive(Debug)]
pub struct Split<'a> {
    /// From the document to the batch root.
    pub leaf: LeafProof,
    extra: Vec<u8>,
    leaf_length: usize,
    lines: &'a str,
}

impl<'a> Split<'a> {
    /// Reads the leaf proof and finds where the trunk begins.
    ///
    /// # Errors
    /// If the bytes are no proof file, as far as this can be seen without reading the trunk.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, ProofFileError> {
        if bytes.len() > MAX_PROOF_BYTES {
            return Err(ProofFileError::TooLarge { got: bytes.len() });
        }
        let text = str::from_utf8(bytes).map_err(|_| malformed("text"))?;
        let Some(text) = text.strip_prefix(HEADER) else {
            let version = text.strip_prefix(FORM).and_then(|rest| decimal(rest.split_once('\n')?.0));
            let later = version.is_some_and(|version| version > 1);
            return Err(if later { ProofFileError::LaterVersion } else { malformed("first line") });
        };
        let (extra, lines) =
            text.strip_prefix("extra ").and_then(|rest| rest.split_once('\n')).ok_or(malformed("extra"))?;
        let extra = base64_decode(extra).ok_or(malformed("extra"))?;
        let mut reader = Reader::new(&extra);
        match reader.array::<4>() {
            Some(magic) if magic == *MAGIC => {}
            Some([b'S', b'G', b'L', b'2'..=b'9']) => return Err(ProofFileError::LaterVersion),
            _ => return Err(malformed("extra")),
        }
        let leaf = read_leaf(&mut reader).ok_or(malformed("leaf"))?;
        let leaf_length = extra.len() - reader.rest().len();
        Ok(Self { leaf, extra, leaf_length, lines })
    }

    /// The part that is the same for the whole batch.
    pub fn trunk(&self) -> RawTrunk<'_> {
        RawTrunk { extra: &self.extra[self.leaf_length..], lines: self.lines }
    }
}

fn read_leaf(reader: &mut Reader<'_>) -> Option<LeafProof> {
    Some(LeafProof {
        salt: Salt(reader.array()?),
        claims: ClaimsRoot(reader.array()?),
        index: LeafIndex(reader.u64()?),
        path: read_path(reader, batch::MAX_PATH)?,
    })
}

fn read_path(reader: &mut Reader<'_>, most: usize) -> Option<Vec<Hash>> {
    let length = usize::from(reader.u8()?);
    if length > most {
        return None;
    }
    (0..length).map(|_| reader.array().map(Hash)).collect()
}

impl RawTrunk<'_> {
    /// The same for all certificates of a batch that were proven at the same time; different for everything else.
    pub fn id(&self) -> Hash {
        Hash::of(&[&(self.extra.len() as u64).to_be_bytes(), self.extra, self.lines.as_bytes()])
    }

    /// Reads the trunk.
    ///
    /// # Errors
    /// If it is not of its form.
    pub fn parse(&self) -> Result<Trunk, ProofFileError> {
        let (index, lines) = self.lines.split_once('\n').ok_or(malformed("index"))?;
        let index = index.strip_prefix("index ").and_then(decimal).map(LeafIndex).ok_or(malformed("index"))?;
        let (path, checkpoint) = read_lines(lines).ok_or(malformed("path"))?;
        let note = Note::parse(checkpoint.as_bytes()).map_err(|_| malformed("checkpoint"))?;
        Checkpoint::parse(note.text()).ok_or(malformed("checkpoint"))?;

        let mut reader = Reader::new(self.extra);
        let batch = read_statement(&mut reader, index, path)?;
        let count = usize::from(reader.u8().ok_or(malformed("chain"))?);
        if count == 0 || count > MAX_CHAIN {
            return Err(malformed("chain"));
        }
        let mut chain = Vec::with_capacity(count);
        for _ in 0..count {
            let index = reader.u64().map(LeafIndex).ok_or(malformed("chain"))?;
            let path = read_path(&mut reader, tree::MAX_PATH).ok_or(malformed("chain"))?;
            chain.push(read_statement(&mut reader, index, path)?);
        }
        let rising = chain.iter().chain([&batch]).is_sorted_by(|a, b| a.index < b.index);
        if !rising || !reader.is_empty() {
            return Err(malformed("chain"));
        }
        Ok(Trunk { batch, chain, checkpoint: checkpoint.as_bytes().to_vec() })
    }
}

fn read_lines(mut lines: &str) -> Option<(Vec<Hash>, &str)> {
    let mut path = Vec::new();
    loop {
        let (line, rest) = lines.split_once('\n')?;
        if line.is_empty() {
            return Some((path, rest));
        }
        if path.len() == tree::MAX_PATH {
            return None;
        }
        path.push(Hash::from_base64(line)?);
        lines = rest;
    }
}

fn read_statement(reader: &mut Reader<'_>, index: LeafIndex, path: Vec<Hash>) -> Result<Proven, ProofFileError> {
    let admitted = reader.u64().and_then(Timestamp::from_posix).ok_or(malformed("statement"))?;
    let length = usize::from(reader.u16().ok_or(malformed("statement"))?);
    if length > MAX_PROVEN_NOTE_BYTES {
        return Err(malformed("statement"));
    }
    let note = reader.bytes(length).ok_or(malformed("statement"))?;
    Ok(Proven { index, path, admitted, signed: SignedStatement::parse(note.to_vec())? })
}
