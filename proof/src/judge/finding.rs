// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What is told of a file: the verdict and everything known beside it. Unknown values are null, never left out.

use serde::{Serialize, Serializer};

use crate::{
    Timestamp,
    entry::CertificateId,
    key::Origin,
    register::{self, CountedBatch, IssuerStatus},
    statement::Accreditation,
    verdict::{Reason, Verdict},
};

/// Why a certificate is not proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Something speaks against it.
    Contradiction(Reason),
    /// Something could not be had.
    Missing(Reason),
}

/// What a verifier says of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, unless it is `genuine`.
    pub reason: Option<Reason>,
    /// Whether the proof alone shows that the certificate was issued, whatever happened since.
    pub proven_at_issue: bool,
    /// The certificate's id.
    #[serde(serialize_with = "as_text")]
    pub certificate: Option<CertificateId>,
    /// What is known beside it.
    #[serde(flatten)]
    pub details: Details,
    /// Who withdrew it and when.
    pub withdrawn: Option<Withdrawal>,
    /// What is to be said of the sealed part alone, when there is more behind it.
    pub sealed_part: Option<Box<Judgement>>,
}

/// What is known of a certificate. Nothing in here comes out of the document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Details {
    /// Who issued it, in the words of the authority.
    pub school: Option<School>,
    /// What it is, e.g. `abitur`.
    pub kind: Option<String>,
    /// When, in the school's word.
    #[serde(serialize_with = "as_text")]
    pub issued: Option<Timestamp>,
    /// When, by the ledger's clock.
    #[serde(serialize_with = "as_text")]
    pub admitted: Option<Timestamp>,
    /// On which ledger.
    pub ledger: Option<String>,
    /// Where on it.
    pub index: Option<u64>,
    /// The time up to which the register is known.
    #[serde(serialize_with = "as_text")]
    pub as_of: Option<Timestamp>,
    /// How many entries the register had then.
    pub tree_size: Option<u64>,
    /// How the school stands now.
    #[serde(serialize_with = "as_code")]
    pub issuer_status: Option<IssuerStatus>,
}

/// A school in the words of the authority that accredited it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct School {
    /// The name of its key.
    pub key_name: String,
    /// Its name.
    pub name: String,
    /// Its official number.
    pub number: String,
    /// Where it is.
    pub place: String,
    /// Its Land, two digits.
    pub state: String,
}

/// A withdrawal of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// By whom: `school` or `authority`.
    pub by: &'static str,
    /// Why, of a certificate that is withdrawn without a successor.
    pub reason: Option<String>,
    /// When, by the ledger's clock.
    #[serde(serialize_with = "as_text")]
    pub time: Option<Timestamp>,
    /// Which certificate takes its place, as claimed.
    #[serde(serialize_with = "as_text")]
    pub successor: Option<CertificateId>,
}

impl Judgement {
    /// Nothing could be said, for this reason.
    pub fn undetermined(reason: Reason) -> Self {
        Self::bare(Verdict::Undetermined, Some(reason))
    }

    pub(super) fn genuine(certificate: CertificateId, details: Details) -> Self {
        let bare = Self::bare(Verdict::Genuine, None);
        Self { proven_at_issue: true, details, ..bare }.with_certificate(certificate)
    }

    pub(super) fn not_genuine(reason: Reason) -> Self {
        Self::bare(Verdict::NotGenuine, Some(reason))
    }

    pub(super) fn no_seal(reason: Reason) -> Self {
        Self::bare(Verdict::NoSeal, Some(reason))
    }

    pub(super) fn bytes_after_seal(sealed_part: Self) -> Self {
        Self { sealed_part: Some(Box::new(sealed_part)), ..Self::not_genuine(Reason::BytesAfterSeal) }
    }

    /// Undetermined, with what is known all the same.
    pub(super) fn open(reason: Reason, certificate: CertificateId, details: Details, proven_at_issue: bool) -> Self {
        Self { proven_at_issue, details, ..Self::undetermined(reason) }.with_certificate(certificate)
    }

    /// Proven, and taken back.
    pub(super) fn withdrawn(
        withdrawal: register::Withdrawn,
        certificate: CertificateId,
        details: Details,
        proven_at_issue: bool,
    ) -> Self {
        let (verdict, withdrawn) = match withdrawal {
            register::Withdrawn::Revoked { reason, said } => {
                (Verdict::Revoked, Withdrawal::new(&said, Some(reason.as_str()), None))
            }
            register::Withdrawn::Replaced { successor, said } => {
                (Verdict::Replaced, Withdrawal::new(&said, None, Some(successor)))
            }
            register::Withdrawn::Void => {
                return Self::open(Reason::RevocationVoid, certificate, details, proven_at_issue);
            }
        };
        let bare = Self::bare(verdict, None);
        Self { proven_at_issue, details, withdrawn: Some(withdrawn), ..bare }.with_certificate(certificate)
    }

    pub(super) fn with_certificate(self, certificate: CertificateId) -> Self {
        Self { certificate: Some(certificate), ..self }
    }

    fn bare(verdict: Verdict, reason: Option<Reason>) -> Self {
        Self {
            verdict,
            reason,
            proven_at_issue: false,
            certificate: None,
            details: Details::default(),
            withdrawn: None,
            sealed_part: None,
        }
    }
}

impl Withdrawal {
    fn new(said: &register::Said, reason: Option<&str>, successor: Option<CertificateId>) -> Self {
        let by = if said.by_authority { "authority" } else { "school" };
        Self { by, reason: reason.map(str::to_owned), time: Some(said.admitted), successor }
    }
}

impl From<Finding> for Judgement {
    fn from(finding: Finding) -> Self {
        match finding {
            Finding::Contradiction(reason) => Self::not_genuine(reason),
            Finding::Missing(reason) => Self::undetermined(reason),
        }
    }
}

impl Details {
    pub(super) fn new(accreditation: &Accreditation, batch: &CountedBatch, origin: &Origin) -> Self {
        Self {
            school: Some(accreditation.into()),
            kind: Some(batch.kind.as_str().to_owned()),
            issued: Some(batch.issued),
            admitted: Some(batch.admitted),
            ledger: Some(origin.to_string()),
            index: Some(batch.index.0),
            ..Self::default()
        }
    }
}

impl From<&Accreditation> for School {
    fn from(accreditation: &Accreditation) -> Self {
        Self {
            key_name: accreditation.school.to_string(),
            name: accreditation.name.to_string(),
            number: accreditation.number.to_string(),
            place: accreditation.place.to_string(),
            state: accreditation.state.to_string(),
        }
    }
}

#[expect(clippy::ref_option, reason = "serde passes fields by reference")]
fn as_text<T: ToString, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().map(ToString::to_string).serialize(serializer)
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn as_code<S: Serializer>(status: &Option<IssuerStatus>, serializer: S) -> Result<S::Ok, S::Error> {
    status.map(IssuerStatus::code).serialize(serializer)
}
