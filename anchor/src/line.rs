// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! An entry of a ledger as JSON for programs: what `anchor log` and `anchor watch` print, and what a webhook is sent.
//!
//! It holds what stands on the ledger and nothing else: no name of a pupil can be in it.

use proof::{
    Timestamp,
    entry::CertificateId,
    key::KeyName,
    register::Refusal,
    statement::{Accreditation, Body, SignedStatement},
};
use serde::Serialize;

/// An entry. Every key is always there; what does not apply or cannot be read is null.
#[derive(Debug, Clone, Serialize, Default)]
pub struct Line {
    /// Place on the ledger, from 0.
    pub index: u64,
    /// When the ledger took it in, RFC 3339 UTC.
    pub admitted: String,
    /// `accredit`, `batch` and so on.
    pub r#type: Option<&'static str>,
    /// The name of the key that signed.
    pub issuer: Option<String>,
    /// The number in the issuer's chain.
    pub seq: Option<u64>,
    /// When, in the signer's own word, RFC 3339 UTC.
    pub time: Option<String>,
    /// Whether it has an effect.
    pub counted: bool,
    /// The code of why it does not count.
    pub refusal: Option<&'static str>,
    /// `accredit`, `suspend`, `resume`, `compromise`: the school's key name.
    pub school: Option<String>,
    /// `accredit`, `rotate`, `compromise`: a verifier key.
    pub key: Option<String>,
    /// `accredit`: the school's name for people.
    pub name: Option<String>,
    /// `accredit`: the school's official number.
    pub number: Option<String>,
    /// `accredit`: where the school is.
    pub place: Option<String>,
    /// `accredit`: the Land, two digits.
    pub state: Option<String>,
    /// `accredit`: what the school may issue, `["*"]` for everything.
    pub kinds: Option<Vec<String>>,
    /// `accredit`: the period, RFC 3339 UTC.
    pub from: Option<String>,
    /// `accredit`: its end, not included.
    pub until: Option<String>,
    /// `batch`: what the certificates are.
    pub kind: Option<String>,
    /// `batch`: leaves, padding included.
    pub size: Option<u64>,
    /// `batch`: root, hex.
    pub root: Option<String>,
    /// `revoke`, `suspend`, `resume`: the token of the reason.
    pub reason: Option<String>,
    /// `revoke`, `uphold`: ids, hex; `replace`: the ids that are superseded.
    pub certificates: Option<Vec<String>>,
    /// `replace`: by which, in the same order.
    pub successors: Option<Vec<String>>,
    /// `compromise`: the first index that is no longer believed.
    pub from_index: Option<u64>,
    /// `require`: the least version.
    pub version: Option<u64>,
    /// The signed note as it stands on the ledger.
    pub note: Option<String>,
}

impl Line {
    /// The entry at an index, and why it does not count.
    pub fn new(index: u64, admitted: Timestamp, note: &[u8], refusal: Option<Refusal>) -> Self {
        let mut line = Self {
            index,
            admitted: admitted.to_string(),
            counted: refusal.is_none(),
            refusal: refusal.map(Refusal::code),
            note: String::from_utf8(note.to_vec()).ok(),
            ..Self::default()
        };
        if let Ok(signed) = SignedStatement::parse(note.to_vec()) {
            let statement = signed.statement();
            line.r#type = Some(statement.body.name());
            line.issuer = Some(statement.issuer.to_string());
            line.seq = Some(statement.seq);
            line.time = Some(statement.time.to_string());
            line.fill(&statement.body);
        }
        line
    }

    fn fill(&mut self, body: &Body) {
        self.school = about(body).map(|school| school.to_string());
        match body {
            Body::Accredit(accreditation) => self.fill_accreditation(accreditation),
            Body::Batch { kind, size, root } => {
                self.kind = Some(kind.to_string());
                self.size = Some(size.0);
                self.root = Some(root.to_string());
            }
            Body::Suspend { reason, .. } | Body::Resume { reason, .. } => self.reason = Some(reason.to_string()),
            Body::Rotate { key } => self.key = Some(key.to_string()),
            Body::Compromise { key, from_index } => {
                self.key = Some(key.to_string());
                self.from_index = Some(*from_index);
            }
            Body::Revoke { reason, certificates } => {
                self.reason = Some(reason.as_str().to_owned());
                self.certificates = Some(ids(certificates));
            }
            Body::Uphold(certificates) => self.certificates = Some(ids(certificates)),
            Body::Replace(pairs) => {
                self.certificates = Some(ids(pairs.iter().map(|(old, _)| old)));
                self.successors = Some(ids(pairs.iter().map(|(_, new)| new)));
            }
            Body::Require { version } => self.version = Some(*version),
        }
    }

    fn fill_accreditation(&mut self, accreditation: &Accreditation) {
        self.key = Some(accreditation.key.to_string());
        self.name = Some(accreditation.name.to_string());
        self.number = Some(accreditation.number.to_string());
        self.place = Some(accreditation.place.to_string());
        self.state = Some(accreditation.state.to_string());
        self.kinds = Some(accreditation.kinds.to_string().split(' ').map(str::to_owned).collect());
        self.from = Some(accreditation.from.to_string());
        self.until = Some(accreditation.until.to_string());
    }
}

fn ids<'a>(ids: impl IntoIterator<Item = &'a CertificateId>) -> Vec<String> {
    ids.into_iter().map(CertificateId::to_string).collect()
}

/// The school that an authority's statement names.
pub fn about(body: &Body) -> Option<KeyName> {
    match body {
        Body::Accredit(accreditation) => Some(accreditation.school.clone()),
        Body::Suspend { school, .. } | Body::Resume { school, .. } => Some(school.clone()),
        Body::Compromise { key, .. } => KeyName::parse(key.name()),
        Body::Batch { .. }
        | Body::Revoke { .. }
        | Body::Replace(_)
        | Body::Rotate { .. }
        | Body::Uphold(_)
        | Body::Require { .. } => None,
    }
}
