// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Which trust folder counts: `--trust`, else `$SCHULSIEGEL_TRUST`, else the user's own. And how something is added to it.
*/

use std::{
    fs,
    path::{Path, PathBuf},
};

use anchor::trust::{MaxAge, Trust, TrustError};
use etcetera::BaseStrategy;
use proof::authority::Authorities;

/// The environment variable that names a trust folder.
pub const VARIABLE: &str = "SCHULSIEGEL_TRUST";

/// The trust folder that counts; `None` if none is named and the user has none.
pub fn locate(named: Option<PathBuf>) -> Option<PathBuf> {
    let named = named.or_else(|| std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from));
    named.or_else(|| of_user().filter(|folder| folder.is_dir()))
}

/// The user's own trust folder, whether it is there or not.
pub fn of_user() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("schulsiegel/trust"))
}

/// What may be added to a trust folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addition {
    /// A whole trust folder.
    Folder(Box<Trust>),
    /// A file of authorities.
    Authorities(Authorities),
}

/// Why something cannot be added.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AddError {
    /// A trust folder or a file of authorities cannot be read or written, or is not of its form.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// The trust folder has another policy already. Which of two quorums counts is not for a program to decide.
    #[error("{0} has another policy")]
    OtherPolicy(PathBuf),
    /// Authorities alone say nothing about a ledger.
    #[error("{0} does not exist yet")]
    NoFolderYet(PathBuf),
}

impl Addition {
    /// Reads what is to be added.
    ///
    /// # Errors
    /// If it is neither a trust folder nor a file of authorities.
    pub fn read(path: &Path) -> Result<Self, AddError> {
        let io = |source| TrustError::Io { path: path.to_owned(), source };
        if fs::metadata(path).map_err(io)?.is_dir() {
            return Ok(Self::Folder(Box::new(Trust::load(path)?)));
        }
        let bytes = fs::read(path).map_err(io)?;
        let authorities = Authorities::parse(&bytes);
        let authorities = authorities.map_err(|source| TrustError::Authorities { path: path.to_owned(), source })?;
        Ok(Self::Authorities(authorities))
    }

    /// The authorities that it brings.
    pub fn authorities(&self) -> &Authorities {
        match self {
            Self::Folder(trust) => &trust.authorities,
            Self::Authorities(authorities) => authorities,
        }
    }

    /// What the trust folder `to` is when this was added. Nothing is written yet.
    ///
    /// # Errors
    /// If `to` cannot be read, or both have a policy and they differ.
    pub fn merged_into(self, to: &Path) -> Result<Trust, AddError> {
        let there = if to.is_dir() { Some(Trust::load(to)?) } else { None };
        match (there, self) {
            (None, Self::Folder(trust)) => Ok(with_absolute_places(*trust)),
            (None, Self::Authorities(_)) => Err(AddError::NoFolderYet(to.to_owned())),
            (Some(mut there), Self::Authorities(authorities)) => {
                there.authorities.merge(&authorities);
                Ok(there)
            }
            (Some(mut there), Self::Folder(trust)) => {
                if there.policy != trust.policy {
                    return Err(AddError::OtherPolicy(to.to_owned()));
                }
                there.authorities.merge(&trust.authorities);
                there.max_age = stricter(there.max_age, trust.max_age);
                for place in with_absolute_places(*trust).ledgers {
                    if !there.ledgers.iter().any(|known| known.origin == place.origin) {
                        there.ledgers.push(place);
                    }
                }
                Ok(there)
            }
        }
    }
}

fn stricter(a: MaxAge, b: MaxAge) -> MaxAge {
    if a.seconds() <= b.seconds() { a } else { b }
}

/// Places that counted from the folder they came from must be written out before they stand in another.
fn with_absolute_places(mut trust: Trust) -> Trust {
    for place in &mut trust.ledgers {
        let anchor::location::Location::Folder(folder) = &place.location else { continue };
        if let Ok(folder) = folder.canonicalize() {
            place.written = folder.to_string_lossy().into_owned();
        }
    }
    trust
}
