// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Which trust folder counts: `--trust`, else `$SCHULSIEGEL_TRUST`, else the user's own. And how something is added to it.
*/

use std::{
    fs,
    path::{Path, PathBuf},
};

use anchor::{
    location::Location,
    trust::{Place, Trust, TrustError},
};
use etcetera::BaseStrategy;
use proof::{
    authority::Authorities,
    key::Origin,
    policy::{MergeError, Policy},
};

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
    /// The trust folder knows a ledger by another key.
    #[error("the ledger {origin} has another key in {path}")]
    OtherKey {
        /// The trust folder.
        path: PathBuf,
        /// Which ledger.
        origin: Origin,
    },
    /// Others vouch for the ledgers that are to be added. Whether they may vouch for those that are there is not for a
    /// program to decide.
    #[error("{0} asks for other witnesses")]
    OtherQuorum(PathBuf),
    /// No policy says both.
    #[error("the policy of {0} cannot say that as well")]
    Impossible(PathBuf),
    /// Where a ledger is cannot be written from where the trust folder will be.
    #[error("{0} cannot be written into a trust folder")]
    Place(PathBuf),
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

    /// What the trust folder `to` is when this was added. Nothing is written yet. With `either`, whoever vouches for the
    /// ledgers on one side vouches for those on the other from then on, too.
    ///
    /// # Errors
    /// If `to` cannot be read, or what both say cannot be said together.
    pub fn merged_into(self, to: &Path, either: bool) -> Result<Merged, AddError> {
        let before = if to.is_dir() { Some(Trust::load(to)?) } else { None };
        let after = match (before.clone(), self) {
            (None, Self::Folder(mut trust)) => {
                trust.ledgers = with_absolute_places(trust.ledgers)?;
                *trust
            }
            (None, Self::Authorities(_)) => return Err(AddError::NoFolderYet(to.to_owned())),
            (Some(mut there), Self::Authorities(authorities)) => {
                there.authorities.merge(&authorities);
                there
            }
            (Some(mut there), Self::Folder(trust)) => {
                let merge = if either { Policy::merge_either } else { Policy::merge };
                merge(&mut there.policy, &trust.policy).map_err(|error| match error {
                    MergeError::OtherKey { origin } => AddError::OtherKey { path: to.to_owned(), origin },
                    MergeError::OtherQuorum => AddError::OtherQuorum(to.to_owned()),
                    _ => AddError::Impossible(to.to_owned()),
                })?;
                there.authorities.merge(&trust.authorities);
                there.max_age = trust.max_age;
                for place in with_absolute_places(trust.ledgers)? {
                    if !there.ledgers.iter().any(|known| known.origin == place.origin) {
                        there.ledgers.push(place);
                    }
                }
                there
            }
        };
        Ok(Merged { before, after })
    }
}

/// A trust folder before and after something was added to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// As it is; `None` if there is none yet.
    pub before: Option<Trust>,
    /// As it will be.
    pub after: Trust,
}

impl Merged {
    /// Whether everything is there already.
    pub fn is_nothing_new(&self) -> bool {
        self.before.as_ref() == Some(&self.after)
    }
}

/// Places that counted from the folder they came from must be written out before they stand in another.
fn with_absolute_places(mut places: Vec<Place>) -> Result<Vec<Place>, AddError> {
    for place in &mut places {
        let Location::Folder(folder) = &place.location else { continue };
        // A ledger that is not there just now, on a disk that is not connected, keeps its place all the same.
        let whole = folder.canonicalize().or_else(|_| std::path::absolute(folder));
        let whole = whole.map_err(|_| AddError::Place(folder.clone()))?;
        let line = whole.to_str().map(|text| format!("{} {text}", place.origin));
        let written =
            line.filter(|line| !line.contains(['\n', '\r'])).and_then(|line| Place::parse(&line, Path::new("")));
        *place =
            written.filter(|place| place.location == Location::Folder(whole.clone())).ok_or(AddError::Place(whole))?;
    }
    Ok(places)
}
