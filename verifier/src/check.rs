// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Judging many files: in parallel, each read once, and each batch's signatures checked once.
*/

use std::{
    collections::HashMap,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use proof::{
    Hash,
    judge::{Finding, Judge, Judgement, WeighedTrunk},
    proof_file::{MAX_PROOF_BYTES, RawTrunk},
    sealed_pdf::{self, MAX_FILE_BYTES, Opened},
    verdict::Reason,
};
use rayon::prelude::*;

/// Where a file to judge comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file, with the proof beside it if there is one.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl Input {
    /// What the file is called in a report.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.to_string_lossy().into_owned(),
            Self::Stdin => "-".to_owned(),
        }
    }
}

/// Judges files.
pub struct Checker<'a> {
    judge: Judge<'a>,
    /// Trunks that were weighed already, by their ids.
    trunks: RwLock<HashMap<Hash, Weighed>>,
}

type Weighed = Arc<Result<WeighedTrunk, Finding>>;

/// So many trunks are remembered; then the memory starts again. One takes about 2 kB.
const MAX_TRUNKS: usize = 10_000;

/// So many files are judged before their results are handed on, in their order.
const CHUNK: usize = 256;

impl<'a> Checker<'a> {
    /// A checker with an empty memory.
    pub fn new(judge: Judge<'a>) -> Self {
        Self { judge, trunks: RwLock::default() }
    }

    /// Judges files in parallel and hands the judgements on in the order of the files.
    ///
    /// # Errors
    /// The first error of `done`, which ends the run.
    pub fn check<E>(
        &self,
        inputs: &[Input],
        mut done: impl FnMut(&Input, Judgement) -> Result<(), E>,
    ) -> Result<(), E> {
        for chunk in inputs.chunks(CHUNK) {
            let judgements: Vec<_> =
                chunk.par_iter().map_init(Vec::new, |buffer, input| self.judge(input, buffer)).collect();
            chunk.iter().zip(judgements).try_for_each(|(input, judgement)| done(input, judgement))?;
        }
        Ok(())
    }

    fn judge(&self, input: &Input, buffer: &mut Vec<u8>) -> Judgement {
        match read(input, buffer) {
            Ok(detached) => self.judge.judge_with(buffer, detached.as_deref(), |judge, trunk| self.weigh(judge, trunk)),
            Err(reason) => Judgement::undetermined(reason),
        }
    }

    fn weigh(&self, judge: &Judge<'_>, trunk: &RawTrunk<'_>) -> Weighed {
        let id = trunk.id();
        if let Some(weighed) = self.trunks.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Arc::clone(weighed);
        }
        let weighed = Arc::new(judge.weigh(trunk));
        let mut trunks = self.trunks.write().unwrap_or_else(PoisonError::into_inner);
        if trunks.len() >= MAX_TRUNKS {
            trunks.clear();
        }
        trunks.insert(id, Arc::clone(&weighed));
        weighed
    }
}

/// Reads a file into `buffer`, and the proof beside it if there is one.
fn read(input: &Input, buffer: &mut Vec<u8>) -> Result<Option<Vec<u8>>, Reason> {
    let unreadable = |_| Reason::Unreadable;
    match input {
        Input::Stdin => read_capped(io::stdin().lock(), buffer, MAX_FILE_BYTES).map(|()| None),
        Input::File(path) => {
            let file = File::open(path).map_err(unreadable)?;
            read_capped(file, buffer, MAX_FILE_BYTES)?;
            let Ok(proof) = File::open(proof_beside(path)) else { return Ok(None) };
            let mut bytes = Vec::new();
            // A proof that is too large is one that is not of its form; the judge says so.
            read_capped(proof, &mut bytes, MAX_PROOF_BYTES + 1).or_else(|reason| match reason {
                Reason::TooLarge => Ok(()),
                other => Err(other),
            })?;
            Ok(Some(bytes))
        }
    }
}

fn read_capped(input: impl Read, buffer: &mut Vec<u8>, cap: usize) -> Result<(), Reason> {
    buffer.clear();
    input.take(cap as u64 + 1).read_to_end(buffer).map_err(|_| Reason::Unreadable)?;
    if buffer.len() > cap { Err(Reason::TooLarge) } else { Ok(()) }
}

/// `NAME.pdf.proof` for `NAME.pdf`.
fn proof_beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".proof");
    name.into()
}

/// The sealed part of a file with something behind its seal.
///
/// # Errors
/// If the file cannot be read.
pub fn sealed_part(input: &Input) -> Result<Option<Vec<u8>>, Reason> {
    let mut buffer = Vec::new();
    read(input, &mut buffer)?;
    let Opened::BytesAfterSeal { length, .. } = sealed_pdf::open(&buffer) else { return Ok(None) };
    buffer.truncate(length);
    Ok(Some(buffer))
}
