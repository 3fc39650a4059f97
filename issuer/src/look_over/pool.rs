// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The parent's side: keeps workers busy, and replaces those that die or do not answer.

use std::{
    io::{self, BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use anchor::host;

use super::{
    Fault, Outcome,
    worker::{ARGUMENT, decode, encode_question},
};

/// How long one file may take, or as many as are asked about at once. A real certificate takes a thousandth of it.
const TIME_TO_ANSWER: Duration = Duration::from_secs(10);

/// Files that a worker is asked about at once, so that it is not woken up for each.
const FILES_AT_ONCE: usize = 16;

/// No worker can be started.
#[derive(Debug, thiserror::Error)]
#[error("the program cannot start itself a second time: {0}")]
pub struct PoolError(#[from] io::Error);

/// Worker processes, one for each processor.
pub struct Pool(Vec<Worker>);

impl Pool {
    /// Starts the workers for so many files.
    ///
    /// # Errors
    /// If one cannot be started.
    pub fn start(files: usize) -> Result<Self, PoolError> {
        let count = thread::available_parallelism().map_or(1, usize::from).min(files);
        Ok(Self((0..count).map(|_| Worker::start()).collect::<io::Result<_>>()?))
    }

    /// Looks all files over and calls `done` after each.
    ///
    /// # Errors
    /// If a worker that died cannot be replaced.
    ///
    /// # Panics
    /// If `done` does.
    pub fn run(self, files: &[&Path], done: impl Fn() + Sync) -> Result<Vec<Outcome>, PoolError> {
        let chunks = Mutex::new(files.chunks(FILES_AT_ONCE).enumerate());
        let outcomes = Mutex::new(vec![Err(Fault::TooComplex); files.len()]);
        let next = || chunks.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = |mut worker: Worker| -> io::Result<()> {
            while let Some((number, chunk)) = next() {
                let answers = if let Some(answers) = worker.ask(chunk) {
                    answers
                } else {
                    worker = Worker::start()?;
                    one_by_one(&mut worker, chunk)?
                };
                let first = number * FILES_AT_ONCE;
                let mut outcomes = outcomes.lock().unwrap_or_else(PoisonError::into_inner);
                outcomes[first..first + chunk.len()].copy_from_slice(&answers);
                for _ in chunk {
                    done();
                }
            }
            Ok(())
        };
        thread::scope(|scope| {
            let threads: Vec<_> = self.0.into_iter().map(|worker| scope.spawn(|| work(worker))).collect();
            threads.into_iter().try_for_each(|thread| thread.join().expect("a thread of the pool does not panic"))
        })?;
        Ok(outcomes.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Finds out which file of a chunk a worker could not cope with.
fn one_by_one(worker: &mut Worker, files: &[&Path]) -> io::Result<Vec<Outcome>> {
    let ask = |file: &&Path| {
        if let Some(answer) = worker.ask(&[file]) {
            return Ok(answer[0]);
        }
        *worker = Worker::start()?;
        Ok(Err(Fault::TooComplex))
    };
    files.iter().map(ask).collect()
}

struct Worker {
    process: Child,
    input: Option<ChildStdin>,
    answers: mpsc::Receiver<String>,
}

impl Worker {
    fn start() -> io::Result<Self> {
        let mut process = Command::new(host::own_program()?)
            .arg(ARGUMENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        let output = output.ok_or(io::ErrorKind::BrokenPipe)?;
        let (sender, answers) = mpsc::channel();
        // Ends with the worker's output, at the latest when the worker is killed.
        thread::spawn(move || {
            let mut lines = BufReader::new(output).lines();
            while let Some(Ok(line)) = lines.next() {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self { process, input, answers })
    }

    /// `None` if the worker died or did not answer in time; it is of no use then.
    fn ask(&mut self, files: &[&Path]) -> Option<Vec<Outcome>> {
        self.input.as_mut()?.write_all(&encode_question(files)?).ok()?;
        let deadline = Instant::now() + TIME_TO_ANSWER;
        let mut answer = |_| {
            let left = deadline.saturating_duration_since(Instant::now());
            self.answers.recv_timeout(left).ok().map(|line| decode(&line))
        };
        files.iter().map(&mut answer).collect()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Closing the input ends an idle worker; one that hangs is killed.
        drop(self.input.take());
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
