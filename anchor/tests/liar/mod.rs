// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Somebody between a client and a ledger, who answers as the test wants.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use reqwest::Url;

/// An answer.
pub(crate) enum Lie {
    /// These bytes, head and all.
    Bytes(Vec<u8>),
    /// A head, and then more and more.
    Endless,
    /// The connection ends.
    Nothing,
    /// These bytes, and then nothing more, for as long as the other side stays.
    Stalling(Vec<u8>),
}

/// What to answer to `GET /checkpoint` and the like, given whom to ask for the true answer.
type Lying = dyn Fn(&str, &dyn Fn() -> Vec<u8>) -> Lie;

/// What was asked of whom, in order: `GET /checkpoint` and so on.
pub(crate) struct Liar {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Liar {
    /// Stands before an honest server. `lie` is given what is asked, and whom to ask for the true answer.
    pub(crate) fn before(
        honest: SocketAddr,
        lie: impl Fn(&str, &dyn Fn() -> Vec<u8>) -> Lie + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let (address, asked) = (listener.local_addr().expect("bound"), Arc::new(Mutex::new(Vec::new())));
        let (log, lie) = (Arc::clone(&asked), Arc::new(lie));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, lie) = (Arc::clone(&log), Arc::clone(&lie));
                thread::spawn(move || answer(stream, honest, &log, &*lie));
            }
        });
        Self { address, asked }
    }

    pub(crate) fn url(&self) -> Url {
        format!("http://{}", self.address).parse().expect("an address")
    }

    /// How often something was asked.
    pub(crate) fn asked(&self, what: &str) -> usize {
        self.asked.lock().expect("no panic").iter().filter(|asked| asked.starts_with(what)).count()
    }
}

fn answer(mut stream: TcpStream, honest: SocketAddr, log: &Mutex<Vec<String>>, lie: &Lying) {
    let Some((head, body)) = read(&mut stream) else { return };
    let asked = head.split(" HTTP").next().expect("a first part").to_owned();
    log.lock().expect("no panic").push(asked.clone());
    let ask = || {
        let mut to = TcpStream::connect(honest).expect("it listens");
        let request = head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
        to.write_all(&[request.as_bytes(), b"\r\n\r\n", &body].concat()).expect("sent");
        let mut bytes = Vec::new();
        to.read_to_end(&mut bytes).expect("answered");
        bytes
    };
    match lie(&asked, &ask) {
        Lie::Bytes(bytes) => drop(stream.write_all(&bytes)),
        Lie::Nothing => {}
        Lie::Stalling(bytes) => {
            let _ = stream.write_all(&bytes);
            let _ = stream.read(&mut [0]);
        }
        Lie::Endless => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
            while stream.write_all(&[b'a'; 4_096]).is_ok() {}
        }
    }
}

/// A request: its head without the empty line, and its body.
fn read(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        let mut chunk = [0; 4_096];
        let count = stream.read(&mut chunk).ok().filter(|count| *count > 0)?;
        bytes.extend(&chunk[..count]);
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
        let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if bytes.len() >= end + 4 + length.unwrap_or(0_usize) {
            return Some((head, bytes[end + 4..].to_vec()));
        }
    }
}

/// An answer with a status and further lines of its head.
pub(crate) fn says(status: &str, head: &str, body: &[u8]) -> Lie {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{head}\r\n");
    Lie::Bytes([head.as_bytes(), body].concat())
}
