// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Where a passphrase comes from: an option, the environment, the configuration, a person. The first that is there counts;
a wrong one there is not made up for by a later one.
*/

use std::{
    env,
    ffi::OsString,
    fmt,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::PrivateKeyError;
use crate::host;

/// The environment variable that names a file with the passphrase.
pub const FILE_VARIABLE: &str = "SCHULSIEGEL_PASSPHRASE_FILE";

/// The environment variable that holds the passphrase.
pub const VARIABLE: &str = "SCHULSIEGEL_PASSPHRASE";

/// The fewest characters of a new passphrase. Whoever has a copy of the file may guess without being seen: with twelve
/// characters, and the cost of each guess, that takes longer than a key is used.
pub const MIN_CHARACTERS: usize = 12;

/// The largest file that is read as a passphrase, in bytes.
const MAX_BYTES: usize = 1_024;

/// How often a person is asked.
const TRIES: usize = 3;

/// A passphrase, or the PIN of a token. Wiped from memory when dropped; never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// A passphrase; `None` if it is empty.
    pub fn new(text: impl Into<Zeroizing<String>>) -> Option<Self> {
        let text = text.into();
        (!text.is_empty()).then_some(Self(text))
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// Why there is no passphrase.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PassphraseError {
    /// The file with it cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Others than its owner can read the file with it.
    #[error("{path} can be read by others")]
    NotPrivate {
        /// Which file.
        path: PathBuf,
    },
    /// The file or variable has no passphrase: it is empty, too large, or no text.
    #[error("{place} holds no passphrase")]
    Malformed {
        /// Which file or variable.
        place: String,
    },
    /// The key needs one, no source has it, and nobody can be asked.
    #[error("{key} needs a passphrase, and nobody can be asked for it")]
    Missing {
        /// Which key.
        key: String,
    },
    /// A new key is to get one, no source has it, and nobody can be asked.
    #[error("{key} is to get a passphrase, and nobody can be asked for it")]
    MissingNew {
        /// Which key.
        key: String,
    },
    /// A key is to get another one, no file with it is named, and nobody can be asked.
    #[error("{key} is to get another passphrase, and nobody can be asked for it")]
    MissingChanged {
        /// Which key.
        key: String,
    },
    /// A new one is too short.
    #[error("{got} characters, at least {wanted} are wanted")]
    TooShort {
        /// Characters found.
        got: usize,
        /// Characters needed.
        wanted: usize,
    },
    /// A new one was not typed twice in the same way.
    #[error("the two passphrases differ")]
    Differ,
}

/// Files that may hold a passphrase, beside the environment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// `--passphrase-file`.
    pub option: Option<PathBuf>,
    /// `passphrase_file` of the configuration.
    pub configured: Option<PathBuf>,
}

impl Sources {
    /// The passphrase of the first source that is there.
    ///
    /// # Errors
    /// If that source cannot be used.
    pub fn find(&self) -> Result<Option<Passphrase>, PassphraseError> {
        self.find_with(|name| env::var_os(name))
    }

    fn find_with(&self, variable: impl Fn(&str) -> Option<OsString>) -> Result<Option<Passphrase>, PassphraseError> {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        if let Some(path) = &self.option {
            return read(path).map(Some);
        }
        if let Some(path) = set(FILE_VARIABLE) {
            return read(Path::new(&path)).map(Some);
        }
        if let Some(text) = set(VARIABLE) {
            let malformed = |_| PassphraseError::Malformed { place: VARIABLE.to_owned() };
            return text.into_string().map(Passphrase::new).map_err(malformed);
        }
        self.configured.as_deref().map(read).transpose()
    }
}

/// Reads a file with a passphrase. One line break at its end does not count.
fn read(path: &Path) -> Result<Passphrase, PassphraseError> {
    let unreadable = |source| PassphraseError::Io { path: path.to_owned(), source };
    if !host::is_private(path).map_err(unreadable)? {
        return Err(PassphraseError::NotPrivate { path: path.to_owned() });
    }
    let mut text = Zeroizing::new(String::with_capacity(MAX_BYTES + 1));
    let malformed = || PassphraseError::Malformed { place: path.display().to_string() };
    let read = File::open(path).and_then(|file| file.take(MAX_BYTES as u64 + 1).read_to_string(&mut text));
    match read {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return Err(malformed()),
        Err(error) => return Err(unreadable(error)),
        Ok(length) if length > MAX_BYTES => return Err(malformed()),
        Ok(_) => {}
    }
    let line = text.strip_suffix('\n').unwrap_or(&text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    Passphrase::new(line.to_owned()).ok_or_else(malformed)
}

/// What a person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// The passphrase of a key.
    Passphrase,
    /// The same after a wrong one.
    Again,
    /// The PIN of a token.
    Pin,
    /// A new passphrase of so many characters or more.
    New(usize),
    /// The same after one that was too short.
    NewLonger(usize),
    /// The same after two that differed.
    NewSame,
    /// The new passphrase once more.
    Repeat,
}

/// Who can be asked for a passphrase.
pub trait Person {
    /// The answer; `None` if there is nobody, or they do not answer. `key` says which key it is about.
    fn ask(&self, question: Question, key: &str) -> Option<Passphrase>;
}

/// Nobody sits at the terminal.
#[derive(Debug, Clone, Copy)]
pub struct Nobody;

impl Person for Nobody {
    fn ask(&self, _question: Question, _key: &str) -> Option<Passphrase> {
        None
    }
}

/// Whether a new key gets a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// It gets one.
    Passphrase,
    /// It gets none: whoever can read the file can sign.
    None,
}

/// What becomes of a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<'a> {
    /// There is none any more.
    ToNone,
    /// It is in this file.
    ToFile(&'a Path),
    /// A person is asked.
    Asked,
}

impl<'a> Change<'a> {
    /// What `--no-passphrase` and `--new-passphrase-file` ask for.
    pub fn of(none: bool, file: Option<&'a Path>) -> Self {
        match (none, file) {
            (true, _) => Self::ToNone,
            (false, Some(path)) => Self::ToFile(path),
            (false, None) => Self::Asked,
        }
    }
}

/// Everything by which a passphrase can be had.
#[derive(Clone)]
pub struct Unlock<'a> {
    /// Files.
    pub sources: Sources,
    /// Who is asked if no source is there.
    pub person: &'a dyn Person,
}

impl Unlock<'static> {
    /// Only the environment: nobody is asked.
    pub fn unattended() -> Self {
        Self { sources: Sources::default(), person: &Nobody }
    }
}

impl Unlock<'_> {
    /// The same with the `passphrase_file` of a configuration.
    #[must_use]
    pub fn configured(&self, path: Option<PathBuf>) -> Self {
        Self { sources: Sources { configured: path, ..self.sources.clone() }, ..*self }
    }

    /// Opens a key with the passphrase that is found, or that a person answers `first` with. They may try again.
    ///
    /// # Errors
    /// Whatever `open` says, or that there is no passphrase.
    pub(super) fn open<T>(
        &self,
        key: &str,
        first: Question,
        mut open: impl FnMut(&Passphrase) -> Result<T, PrivateKeyError>,
    ) -> Result<T, PrivateKeyError> {
        if let Some(passphrase) = self.sources.find()? {
            return open(&passphrase);
        }
        let mut outcome = Err(PassphraseError::Missing { key: key.to_owned() }.into());
        for question in [first].into_iter().chain([Question::Again; TRIES - 1]) {
            let Some(passphrase) = self.person.ask(question, key) else { return outcome };
            outcome = open(&passphrase);
            // A token counts: its last try is not used up by the way.
            if !matches!(outcome, Err(PrivateKeyError::WrongPassphrase { left: None, .. })) {
                return outcome;
            }
        }
        outcome
    }

    /// A passphrase for a new key; `None` if it is to have none.
    pub(super) fn new_passphrase(&self, guard: Guard, key: &str) -> Result<Option<Passphrase>, PassphraseError> {
        if guard == Guard::None {
            return Ok(None);
        }
        if let Some(found) = self.sources.find()? {
            return long_enough(found, MIN_CHARACTERS).map(Some);
        }
        let missing = PassphraseError::MissingNew { key: key.to_owned() };
        self.ask_new(key, MIN_CHARACTERS, missing).map(Some)
    }

    /// What a passphrase is to be changed to, with at least so many characters.
    pub(super) fn changed(
        &self,
        change: Change<'_>,
        key: &str,
        characters: usize,
    ) -> Result<Option<Passphrase>, PassphraseError> {
        match change {
            Change::ToNone => Ok(None),
            Change::ToFile(path) => long_enough(read(path)?, characters).map(Some),
            Change::Asked => {
                let missing = PassphraseError::MissingChanged { key: key.to_owned() };
                self.ask_new(key, characters, missing).map(Some)
            }
        }
    }

    fn ask_new(&self, key: &str, characters: usize, missing: PassphraseError) -> Result<Passphrase, PassphraseError> {
        let mut outcome = Err(missing);
        for _ in 0..TRIES {
            let question = match &outcome {
                Err(PassphraseError::TooShort { .. }) => Question::NewLonger(characters),
                Err(PassphraseError::Differ) => Question::NewSame,
                _ => Question::New(characters),
            };
            let Some(passphrase) = self.person.ask(question, key) else { return outcome };
            outcome = match long_enough(passphrase, characters) {
                Ok(passphrase) if self.person.ask(Question::Repeat, key).as_ref() == Some(&passphrase) => {
                    return Ok(passphrase);
                }
                Ok(_) => Err(PassphraseError::Differ),
                Err(short) => Err(short),
            };
        }
        outcome
    }
}

fn long_enough(passphrase: Passphrase, wanted: usize) -> Result<Passphrase, PassphraseError> {
    let got = passphrase.reveal().chars().count();
    if got < wanted { Err(PassphraseError::TooShort { got, wanted }) } else { Ok(passphrase) }
}

#[cfg(test)]
mod tests;
