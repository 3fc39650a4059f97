// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor serve` while it runs, also under `strace`: what it says, and its end.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, ChildStdout, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::Run;

/// A server that listens. It is killed when this is dropped.
pub struct Serving {
    child: Child,
    out: BufReader<ChildStdout>,
    first: String,
    err: Arc<Mutex<String>>,
    listener: Option<JoinHandle<()>>,
}

impl Serving {
    /// Starts it and waits until it listens. `Err` with how it ended if it does not.
    #[track_caller]
    pub fn start(command: &mut Command) -> Result<Self, Run> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let (said, err) = (child.stderr.take().expect("piped"), Arc::new(Mutex::new(String::new())));
        let heard = Arc::clone(&err);
        let listener = thread::spawn(move || {
            for line in BufReader::new(said).lines() {
                let line = line.expect("programs print UTF-8");
                let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
                heard.push_str(&line);
                heard.push('\n');
            }
        });
        let out = BufReader::new(child.stdout.take().expect("piped"));
        let mut this = Self { child, out, first: String::new(), err, listener: Some(listener) };
        this.out.read_line(&mut this.first).expect("a line");
        if this.first.is_empty() { Err(this.end()) } else { Ok(this) }
    }

    /// Where it listens: `HOST:PORT`.
    pub fn address(&self) -> &str {
        let address = self.first.split_once("http://").and_then(|(_, rest)| rest.strip_suffix(".\n"));
        address.unwrap_or_else(|| panic!("{:?}", self.first))
    }

    /// What it has written to standard error by now.
    pub fn err(&self) -> String {
        self.err.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it has ended.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("known").is_some()
    }

    /// Tells it to end, as a service manager does.
    pub fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) {
        // It may have ended in this moment.
        let _ = kill_process(self.process(), signal);
    }

    /// Ends it as a loss of power does.
    #[track_caller]
    pub fn kill(self) -> Run {
        self.signal(Signal::KILL);
        self.end()
    }

    /// The status of its answer at a path; `None` if there is none.
    pub fn status(&self, path: &str) -> Option<u16> {
        let mut stream = TcpStream::connect(self.address()).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address()).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        String::from_utf8_lossy(&answer).split(' ').nth(1)?.parse().ok()
    }

    /// Waits for its end.
    #[track_caller]
    pub fn end(mut self) -> Run {
        wait("the end of a server", || self.has_ended());
        let status = self.child.wait().expect("it has ended");
        let mut out = std::mem::take(&mut self.first);
        self.out.read_to_string(&mut out).expect("programs print UTF-8");
        self.listener.take().expect("once").join().expect("it does not panic");
        Run { code: status.code(), out, err: self.err() }
    }

    /// The program itself: under `strace`, its child.
    fn process(&self) -> Pid {
        let own = Pid::from_child(&self.child);
        let name = fs::read_to_string(format!("/proc/{own}/comm")).unwrap_or_default();
        if name.trim_end() != "strace" {
            return own;
        }
        // strace itself must not be told to end: it would let the program go, which then runs for good. The system may
        // leave a child out of the list now and then.
        let child = || {
            let children = fs::read_to_string(format!("/proc/{own}/task/{own}/children")).ok()?;
            let child = children.trim_end().parse().ok().and_then(Pid::from_raw);
            child.or_else(|| {
                thread::sleep(Duration::from_millis(1));
                None
            })
        };
        (0..100).find_map(|_| child()).unwrap_or(own)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if !self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
            let _ = kill_process(self.process(), Signal::KILL);
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// Waits until something is so.
///
/// # Panics
/// After a minute.
#[track_caller]
pub fn wait(what: &str, mut until: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !until() {
        assert!(begun.elapsed() < Duration::from_mins(1), "in vain: {what}");
        thread::sleep(Duration::from_millis(2));
    }
}
