// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A service as a process, and a client that costs next to nothing beside it.

use std::{
    io::{BufRead as _, BufReader as StdReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    runtime::{Builder, LocalOptions, LocalRuntime},
};

use crate::measure::Result;

/// All of a client runs on one processor: the service needs the other.
pub(super) fn runtime() -> Result<LocalRuntime> {
    Ok(Builder::new_current_thread().enable_all().build_local(LocalOptions::default())?)
}

/// A server in a process of its own, killed when this is dropped.
pub(super) struct Service {
    child: Child,
    address: String,
    /// Held, so that it can say that it has ended.
    _out: StdReader<ChildStdout>,
}

impl Service {
    /// `anchor serve`, with or without the limits that it has by itself.
    pub(super) fn start(programs: &Path, ledger: &[String], state: &Path, limits: bool) -> Result<Self> {
        let mut command = Command::new(programs.join("anchor"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(ledger).env("XDG_STATE_HOME", state);
        if !limits {
            command.env("SCHULSIEGEL_REQUESTS_PER_MINUTE", "0").env("SCHULSIEGEL_STATEMENTS_PER_MINUTE", "0");
        }
        Self::spawn(&mut command)
    }

    /// Starts a program that says in its first line that it listens at `http://HOST:PORT`.
    pub(super) fn spawn(command: &mut Command) -> Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut out = StdReader::new(child.stdout.take().ok_or("its output")?);
        let mut line = String::new();
        out.read_line(&mut line)?;
        let address = line.split("http://").nth(1).map(|rest| rest.trim_end().trim_end_matches('.').to_owned());
        let service = |address| Self { child, address, _out: out };
        address.map(service).ok_or_else(|| format!("{command:?} does not listen: {line:?}").into())
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends it as a service manager does.
    pub(super) fn stop(mut self) -> Result<()> {
        kill_process(Pid::from_child(&self.child), Signal::TERM)?;
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { Err(format!("the service ended with {status}").into()) }
    }

    pub(super) async fn connect(&self) -> Result<Connection> {
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream: BufReader::with_capacity(65_536, stream), line: String::new(), body: Vec::new() })
    }

    /// How many statements were written so far, and in how many groups.
    pub(super) async fn groups(&self) -> Result<(f64, f64)> {
        let mut connection = self.connect().await?;
        let text = String::from_utf8(connection.read("/metrics").await?.to_vec())?;
        let figure = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            Ok::<f64, Box<dyn std::error::Error>>(line.ok_or("a figure of the service")?.parse()?)
        };
        Ok((figure("schulsiegel_group_statements_sum")?, figure("schulsiegel_group_statements_count")?))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection on which one request follows the other.
pub(super) struct Connection {
    stream: BufReader<TcpStream>,
    line: String,
    body: Vec<u8>,
}

impl Connection {
    /// Sends a statement, which must be taken in.
    pub(super) async fn send(&mut self, note: &[u8]) -> Result<()> {
        let head = format!(
            "POST /statements HTTP/1.1\r\nhost: bench\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n\r\n",
            note.len()
        );
        self.stream.write_all(&[head.as_bytes(), note].concat()).await?;
        self.answer().await
    }

    /// Reads what is at a path.
    pub(super) async fn read(&mut self, path: &str) -> Result<&[u8]> {
        let head = format!("GET {path} HTTP/1.1\r\nhost: bench\r\n\r\n");
        self.stream.write_all(head.as_bytes()).await?;
        self.answer().await?;
        Ok(&self.body)
    }

    async fn answer(&mut self) -> Result<()> {
        let (mut is_good, mut length) = (false, 0);
        loop {
            self.line.clear();
            self.stream.read_line(&mut self.line).await?;
            match self.line.trim_end() {
                "" => break,
                line if line.starts_with("HTTP/1.1 ") => is_good = line.starts_with("HTTP/1.1 200 "),
                line => {
                    let (name, value) = line.split_once(": ").ok_or("a line of a head")?;
                    if name.eq_ignore_ascii_case("content-length") {
                        length = value.parse()?;
                    }
                }
            }
        }
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body).await?;
        if is_good { Ok(()) } else { Err(String::from_utf8_lossy(&self.body).into_owned().into()) }
    }
}
