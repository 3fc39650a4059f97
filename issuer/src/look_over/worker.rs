// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The worker process: the same program, started with one secret argument.

It reads questions from standard input (`count u32`, then for each file `length u32 ‖ path`) and answers each file with one
line on standard output: `ok`, the digest in hex and the length, or the code of a fault. It ends when its input ends.
*/

use std::{
    env,
    io::{self, Read, Write},
    path::Path,
};

use anchor::host;
use proof::{Hash, entry::DocumentDigest};

use super::{Fault, Looked, Outcome, inspect::inspect};

/// What makes a program a worker.
pub(super) const ARGUMENT: &str = "--look-over-worker";

/// What a worker may take: the largest file, the largest stream unpacked from it, and room for the objects of both.
const MEMORY_BYTES: u64 = 1 << 30;

/// Does a worker's work and ends the process, if it was started as one. Every program that calls
/// [`super::look_over`] calls this first.
pub fn work_if_asked() {
    if env::args_os().nth(1).is_some_and(|argument| argument == ARGUMENT) {
        host::limit_memory(MEMORY_BYTES);
        // The end of the input is the end of the work. What a worker cannot say, its parent sees from its end.
        std::panic::set_hook(Box::new(|_| {}));
        let _ = work(&mut io::stdin().lock(), &mut io::stdout().lock());
        std::process::exit(0);
    }
}

fn work(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    loop {
        let mut answers = String::new();
        for _ in 0..read_u32(input)? {
            let mut path = vec![0; usize::try_from(read_u32(input)?).map_err(io::Error::other)?];
            input.read_exact(&mut path)?;
            answers += &encode(&inspect(&host::path_from_bytes(path)));
        }
        output.write_all(answers.as_bytes())?;
        output.flush()?;
    }
}

fn read_u32(input: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    input.read_exact(&mut bytes)?;
    Ok(u32::from_be_bytes(bytes))
}

/// The bytes that ask a worker about files; `None` if there are more than fit.
pub(super) fn encode_question(files: &[&Path]) -> Option<Vec<u8>> {
    let mut question = u32::try_from(files.len()).ok()?.to_be_bytes().to_vec();
    for file in files {
        let path = host::path_to_bytes(file);
        question.extend(u32::try_from(path.len()).ok()?.to_be_bytes());
        question.extend(path);
    }
    Some(question)
}

fn encode(outcome: &Outcome) -> String {
    match outcome {
        Ok(Looked { digest, length }) => format!("ok {} {length}\n", digest.0),
        Err(fault) => format!("{}\n", fault.code()),
    }
}

/// Reads an answer; whatever is not one counts as a fault of the file.
pub(super) fn decode(line: &str) -> Outcome {
    let words: Vec<_> = line.trim_end().split(' ').collect();
    if let ["ok", digest, length] = words[..] {
        let looked = Hash::from_hex(digest).zip(length.parse().ok());
        return looked
            .map(|(digest, length)| Looked { digest: DocumentDigest(digest), length })
            .ok_or(Fault::TooComplex);
    }
    Err(Fault::ALL.iter().copied().find(|fault| [fault.code()] == words[..]).unwrap_or(Fault::TooComplex))
}
