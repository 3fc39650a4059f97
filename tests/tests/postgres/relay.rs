// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Stands between a ledger and its database, counts what is asked, and cuts the line at one question: before the database
//! has heard it, or after it has answered.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

/// When a line is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The database never hears the question.
    Before,
    /// The database has answered, and nobody hears it.
    After,
}

/// What the relay is to do, and what it has done.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Every question so far: what SQL it carries.
    pub(crate) asked: Vec<String>,
    /// The question at which the line is cut, by its number.
    pub(crate) cut: Option<(usize, Cut)>,
    /// The next question that carries this SQL, at which the line is cut.
    pub(crate) cut_next: Option<(&'static str, Cut)>,
    /// Whether no line is laid any more after a cut.
    pub(crate) stays_down: bool,
    /// Whether that has happened.
    pub(crate) was_cut: bool,
    /// No new line is laid while this is set.
    pub(crate) is_down: bool,
    /// The next answer to a question that carries this SQL is handed on after so long.
    pub(crate) late_at: Option<(&'static str, Duration)>,
    /// A question that carries this SQL goes no further, and the line stays: the other side hears nothing more.
    pub(crate) silent_at: Option<&'static str>,
}

/// A relay. It goes on until the test program ends.
pub(crate) struct Relay {
    port: u16,
    plan: Arc<Mutex<Plan>>,
}

impl Relay {
    /// Before the server at a port.
    pub(crate) fn to(server: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let plan = Arc::new(Mutex::new(Plan::default()));
        let shared = Arc::clone(&plan);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let plan = Arc::clone(&shared);
                if !lock(&plan).is_down {
                    // An error is the end of a line, as it is to those who use it.
                    thread::spawn(move || {
                        TcpStream::connect((Ipv4Addr::LOCALHOST, server)).map(|to| carry(client, to, &plan))
                    });
                }
            }
        });
        Self { port, plan }
    }

    pub(crate) fn plan(&self) -> MutexGuard<'_, Plan> {
        lock(&self.plan)
    }

    /// An address of the server, led through here.
    pub(crate) fn instead_of(&self, url: &str, server: u16) -> String {
        url.replace(&format!(":{server}/"), &format!(":{}/", self.port))
    }
}

fn lock(plan: &Mutex<Plan>) -> MutexGuard<'_, Plan> {
    plan.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Carries questions and answers until one side goes or the line is cut.
fn carry(mut client: TcpStream, mut server: TcpStream, plan: &Mutex<Plan>) -> io::Result<()> {
    let (_, mut question) = read_message(&mut client, false)?;
    let mut sql = "connect".to_owned();
    loop {
        let (cut, late, is_silent) = {
            let mut plan = lock(plan);
            let number = plan.asked.len();
            plan.asked.push(sql.clone());
            let by_number = plan.cut.filter(|(at, _)| *at == number).map(|(_, cut)| cut);
            let cut = by_number.or_else(|| plan.cut_next.take_if(|(text, _)| sql.contains(*text)).map(|(_, cut)| cut));
            plan.was_cut |= cut.is_some();
            plan.is_down |= cut.is_some() && plan.stays_down;
            let late = plan.late_at.take_if(|(text, _)| sql.contains(*text)).map(|(_, time)| time);
            (cut, late, plan.silent_at.is_some_and(|text| sql.contains(text)))
        };
        if is_silent {
            // Until the other side gives up.
            return client.read_to_end(&mut Vec::new()).map(|_| ());
        }
        if cut == Some(Cut::Before) {
            return Ok(());
        }
        server.write_all(&question)?;
        let mut answer = Vec::new();
        loop {
            let (kind, bytes) = read_message(&mut server, true)?;
            answer.extend(bytes);
            if kind == b'Z' {
                break;
            }
        }
        if cut == Some(Cut::After) {
            return Ok(());
        }
        thread::sleep(late.unwrap_or_default());
        client.write_all(&answer)?;
        question.clear();
        sql.clear();
        loop {
            let (kind, bytes) = read_message(&mut client, true)?;
            match kind {
                b'Q' => sql = text(&bytes[5..]),
                // The name of the prepared statement, then its text.
                b'P' => sql = text(&bytes[5..]).split_once('\0').map_or_else(String::new, |(_, sql)| sql.to_owned()),
                b'X' => return server.write_all(&bytes),
                _ => {}
            }
            question.extend(bytes);
            // The database answers a query or a sync.
            if matches!(kind, b'Q' | b'S') {
                break;
            }
        }
    }
}

/// A message with its kind; the first one of a client has none.
fn read_message(from: &mut TcpStream, has_kind: bool) -> io::Result<(u8, Vec<u8>)> {
    let mut head = vec![0; if has_kind { 5 } else { 4 }];
    from.read_exact(&mut head)?;
    let length = u32::from_be_bytes(head[head.len() - 4..].try_into().expect("four bytes"));
    let mut bytes = head.clone();
    bytes.resize(head.len() + length as usize - 4, 0);
    from.read_exact(&mut bytes[head.len()..])?;
    Ok((if has_kind { head[0] } else { 0 }, bytes))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches('\0').to_owned()
}
