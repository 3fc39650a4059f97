// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The parent's side: keeps workers busy, and replaces those that die or do not answer.

use std::{
    env, io,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use anchor::host;

use super::{
    Fault, Outcome,
    worker::{ARGUMENT, decode},
};

/// How long one file may take. A real certificate takes a thousandth of it.
const TIME_PER_FILE: Duration = Duration::from_secs(10);

/// No worker can be started.
#[derive(Debug, thiserror::Error)]
#[error("the program cannot start itself a second time: {0}")]
pub struct PoolError(#[from] io::Error);

/// Worker processes, one for each processor.
pub struct Pool(Vec<Worker>);

impl Pool {
    /// Starts the workers.
    ///
    /// # Errors
    /// If one cannot be started.
    pub fn start() -> Result<Self, PoolError> {
        let count = thread::available_parallelism().map_or(1, usize::from);
        Ok(Self((0..count).map(|_| Worker::start()).collect::<io::Result<_>>()?))
    }

    /// Looks all files over and calls `done` after each.
    ///
    /// # Errors
    /// If a worker that died cannot be replaced.
    pub fn run(self, files: &[&Path], done: impl Fn() + Sync) -> Result<Vec<Outcome>, PoolError> {
        let next = AtomicUsize::new(0);
        let outcomes = Mutex::new(vec![Err(Fault::TooComplex); files.len()]);
        let work = |mut worker: Worker| -> io::Result<()> {
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(path) = files.get(index) else { return Ok(()) };
                let outcome = match worker.ask(path) {
                    Some(outcome) => outcome,
                    None => {
                        worker = Worker::start()?;
                        Err(Fault::TooComplex)
                    }
                };
                outcomes.lock().unwrap_or_else(std::sync::PoisonError::into_inner)[index] = outcome;
                done();
            }
        };
        thread::scope(|scope| {
            let threads: Vec<_> = self.0.into_iter().map(|worker| scope.spawn(|| work(worker))).collect();
            threads.into_iter().try_for_each(|thread| thread.join().expect("a thread of the pool does not panic"))
        })?;
        Ok(outcomes.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

struct Worker {
    process: Child,
    input: Option<ChildStdin>,
    answers: mpsc::Receiver<String>,
}

impl Worker {
    fn start() -> io::Result<Self> {
        let mut process = Command::new(env::current_exe()?)
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
    fn ask(&mut self, path: &Path) -> Option<Outcome> {
        let path = host::path_to_bytes(path);
        let length = u32::try_from(path.len()).ok()?.to_be_bytes();
        self.input.as_mut()?.write_all(&[&length, path.as_slice()].concat()).ok()?;
        self.answers.recv_timeout(TIME_PER_FILE).ok().map(|line| decode(&line))
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
