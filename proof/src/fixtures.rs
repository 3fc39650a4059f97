// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Keys, times and statements for the tests of this crate. Everything follows from the arguments.

use crate::{
    Hash, Timestamp,
    authority::Authorities,
    entry::CertificateId,
    key::{Algorithm, KeyName, SigningKey},
    register::Chain,
    statement::{Accreditation, Body, Kinds, Label, Land, SchoolNumber, Statement, Token, WithdrawalReason},
    tree::TreeSize,
};

/// 2026-11-23T16:43:41Z, the present of the tests.
pub(crate) const NOW: u64 = 1_795_452_221;

/// The ledger of the tests.
pub(crate) const ORIGIN: &str = "ledger.example";

/// The school of the tests.
pub(crate) const SCHOOL: &str = "schule.example/07/12345";

/// Where an authority's chain begins.
pub(crate) const START: Chain = Chain { seq: 0, prev: None };

pub(crate) fn name(text: &str) -> KeyName {
    KeyName::parse(text).expect("a name")
}

pub(crate) fn at(seconds: u64) -> Timestamp {
    Timestamp::from_posix(seconds).expect("before the year 10000")
}

pub(crate) fn land(text: &str) -> Land {
    Land::parse(text).expect("a Land")
}

pub(crate) fn token(text: &str) -> Token {
    Token::parse(text).expect("a token")
}

pub(crate) fn signing_key(text: &str, seed: u8) -> SigningKey {
    SigningKey::from_seed(&name(text), Algorithm::Ed25519, &[seed; 32])
}

pub(crate) fn cosigning_key(text: &str, seed: u8) -> SigningKey {
    SigningKey::from_seed(&name(text), Algorithm::CosignatureV1, &[seed; 32])
}

/// Authorities for [`ORIGIN`]: Land, key, window.
pub(crate) fn pinned(lines: &[(&str, &SigningKey, &str)]) -> Authorities {
    let line =
        |(land, key, window): &(&str, &SigningKey, &str)| format!("{land} {} {ORIGIN} {window}\n", key.verifying_key());
    Authorities::parse(lines.iter().map(line).collect::<String>().as_bytes()).expect("authorities")
}

/// What an authority of this Land says of the owner of `key`: `abitur` and `mittlere-reife`, a year on both sides of now.
pub(crate) fn accreditation(state: &str, key: &SigningKey) -> Accreditation {
    Accreditation {
        school: name(key.verifying_key().name()),
        key: key.verifying_key().clone(),
        name: Label::parse("Gymnasium am Mühlenberg").expect("a label"),
        number: SchoolNumber::parse("12345").expect("a number"),
        place: Label::parse("Mainz").expect("a label"),
        state: land(state),
        kinds: Kinds::parse("abitur mittlere-reife").expect("kinds"),
        from: at(NOW - 31_536_000),
        until: at(NOW + 31_536_000),
    }
}

pub(crate) fn accredit(accreditation: &Accreditation) -> Body {
    Body::Accredit(Box::new(accreditation.clone()))
}

/// A batch of 16 `abitur` certificates whose root follows from `number`.
pub(crate) fn batch(number: u8) -> Body {
    Body::Batch { kind: token("abitur"), size: TreeSize(16), root: Hash([number; 32]) }
}

pub(crate) fn revoke(certificates: &[CertificateId]) -> Body {
    Body::Revoke { reason: WithdrawalReason::Error, certificates: certificates.to_vec() }
}

pub(crate) fn suspend(school: &str) -> Body {
    Body::Suspend { school: name(school), reason: token("inspection") }
}

pub(crate) fn resume(school: &str) -> Body {
    Body::Resume { school: name(school), reason: token("inspection-over") }
}

pub(crate) fn rotate(key: &SigningKey) -> Body {
    Body::Rotate { key: key.verifying_key().clone() }
}

pub(crate) fn compromise(key: &SigningKey, from_index: u64) -> Body {
    Body::Compromise { key: key.verifying_key().clone(), from_index }
}

pub(crate) fn statement(issuer: &SigningKey, Chain { seq, prev }: Chain, body: Body) -> Statement {
    let (ledger, issuer) = (name(ORIGIN), name(issuer.verifying_key().name()));
    Statement { ledger, issuer, seq, prev, time: at(NOW), body }
}
