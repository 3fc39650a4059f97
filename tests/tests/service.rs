// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The ledger on another machine: everything works by its address, also when it dies in the middle.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Child, ChildStdout, Stdio},
    sync::{Arc, Mutex},
    thread,
};

use rustix::process::{Pid, Signal, kill_process};
use tests::{
    World, run,
    site::{ORIGINALS, Site},
};

/// `anchor serve`, killed when this is dropped.
struct Service {
    child: Child,
    address: String,
    /// Held, so that it can say that it has ended.
    _out: BufReader<ChildStdout>,
}

impl Service {
    fn start(world: &World) -> Self {
        let mut command = world.command("anchor");
        command.args(["serve", "--ledger", "demo/ledger", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        out.read_line(&mut line).expect("a line");
        let address = line.split("http://").nth(1).unwrap_or_else(|| panic!("{line:?}")).trim_end_matches(".\n");
        Self { address: address.to_owned(), child, _out: out }
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends it as a service manager does.
    fn stop(mut self) -> Option<i32> {
        let id = Pid::from_child(&self.child);
        kill_process(id, Signal::TERM).expect("it runs");
        self.child.wait().expect("it ends").code()
    }

    fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Says in the trust folder where the ledger is.
fn place(world: &World, place: &str) {
    fs::write(world.path("demo/trust/ledgers"), format!("demo.schulsiegel/ledger {place}\n")).expect("written");
}

#[test]
fn a_school_a_ministry_and_a_university_work_by_the_address_alone() {
    let site = Site::new(&[]);
    let world = site.world();
    let service = Service::start(world);
    let url = service.url();
    place(world, &url);
    // Nobody but the service looks into the ledger's folder from here on.
    fs::rename(world.path("demo/ledger/policy"), world.path("policy")).expect("moved");

    run(&mut site.issue()).expect(0);
    let verdicts = world.check(["out"]).expect(0);
    assert_eq!(verdicts.column("verdict"), ["genuine"; 3]);
    let log = world.run("anchor", ["log", "--ledger", &url, "--trust", "demo/trust", "--json"]).expect(0);
    assert_eq!(log.column("type").last().map(String::as_str), Some("batch"));
    world.run("verifier", ["sync", "--trust", "demo/trust"]).expect(0);
    fs::rename(world.path("policy"), world.path("demo/ledger/policy")).expect("moved");

    assert_eq!(service.stop(), Some(0));
    let unreachable = world.check(["out"]).expect(2);
    assert_eq!(unreachable.column("reason"), ["ledger_unreachable"; 3]);
    world.check(["out", "--offline"]).expect(0);
    place(world, "../ledger");
    world.run("anchor", ["refresh", "--ledger", "demo/ledger"]).expect(0);
    site.assert_in_order(&ORIGINALS, 1);
}

#[test]
fn what_takes_the_files_says_so_and_what_takes_trust_asks_for_it() {
    let world = World::new();
    let service = Service::start(&world);
    let url = service.url();
    for command in ["fsck", "refresh"] {
        let told = world.run("anchor", [command, "--ledger", &url]).expect(64);
        assert!(told.err.contains("this can only be done at the ledger itself"), "{}", told.err);
    }
    let told = world.run("anchor", ["trust", "--ledger", &url, "--out", "new"]).expect(64);
    assert!(told.err.contains("this can only be done at the ledger itself"), "{}", told.err);
    let told = world.run("anchor", ["serve", "--ledger", &url]).expect(64);
    assert!(told.err.contains("this can only be done at the ledger itself"), "{}", told.err);
    for command in ["log", "schools"] {
        let told = world.run("anchor", [command, "--ledger", &url]).expect(64);
        assert!(told.err.contains("--trust DIR"), "{}", told.err);
    }
    world.run("anchor", ["schools", "--ledger", &url, "--trust", "demo/trust"]).expect(0);
    world.run("anchor", ["trust", "--ledger", "demo/ledger", "--place", &url, "--out", "new"]).expect(0);
    let ledgers = fs::read_to_string(world.path("new/ledgers")).expect("written");
    assert_eq!(ledgers, format!("demo.schulsiegel/ledger {url}\n"));
    let told = world.run("anchor", ["log", "--ledger", "http://127.0.0.1:9", "--trust", "demo/trust"]);
    assert_eq!(told.code, Some(1), "{}", told.err);
}

#[test]
fn settings_that_cannot_be_used_are_told() {
    let world = World::bare();
    world.write("serve.toml", "port = 80\n");
    let told = world.run("anchor", ["serve", "--config", "serve.toml"]).expect(64);
    assert!(told.err.contains("serve.toml: line 1: unknown field `port`, expected"), "{}", told.err);
    world.write("serve.toml", "keys = \"k\"\nledger = \"postgres://ledger:secret@db.example\n");
    let told = world.run("anchor", ["serve", "--config", "serve.toml"]).expect(64);
    assert!(told.err.contains("serve.toml: line 2: ") && !told.err.contains("secret"), "{}", told.err);
    let told = run(world.command("anchor").args(["serve"]).env("SCHULSIEGEL_MAX_WAITING", "0")).expect(64);
    assert!(told.err.contains("“0” is no value for SCHULSIEGEL_MAX_WAITING"), "{}", told.err);
    let printed = world.run("anchor", ["serve", "--print-config", "--listen", "[::1]:1"]).expect(0);
    assert!(printed.out.contains("\nlisten = \"[::1]:1\"\n"), "{}", printed.out);
    world.write("serve.toml", &printed.out);
    let again = world.run("anchor", ["serve", "--print-config", "--config", "serve.toml"]).expect(0);
    assert_eq!(again.out, printed.out);
}

/// When the service dies, seen from the school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Death {
    /// It has the statement and has done nothing yet.
    BeforeTheCommit,
    /// It has answered, and the answer is lost.
    BeforeTheAnswer,
}

/// Stands between the school and the service, which it kills when the first statement comes. Gives its address.
fn relay(service: Arc<Mutex<Service>>, death: Death) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("bound"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let service = Arc::clone(&service);
            thread::spawn(move || hand_on(stream, &service, death));
        }
    });
    url
}

/// One request and its answer.
fn hand_on(mut stream: TcpStream, service: &Mutex<Service>, death: Death) -> Option<()> {
    let request = read_request(&mut stream)?;
    let is_statement = request.starts_with(b"POST");
    let mut service = service.lock().expect("no panic");
    if is_statement && death == Death::BeforeTheCommit {
        service.kill();
        return None;
    }
    let mut to = TcpStream::connect(&service.address).ok()?;
    let end = request.windows(2).position(|window| window == b"\r\n")?;
    to.write_all(&[&request[..end], b"\r\nconnection: close", &request[end..]].concat()).ok()?;
    let mut answer = Vec::new();
    to.read_to_end(&mut answer).ok()?;
    if is_statement {
        service.kill();
        return None;
    }
    stream.write_all(&answer).ok()
}

fn read_request(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    loop {
        let mut chunk = [0; 4_096];
        let count = stream.read(&mut chunk).ok().filter(|count| *count > 0)?;
        request.extend(&chunk[..count]);
        let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        if request.len() >= end + 4 + length.unwrap_or(0_usize) {
            return Some(request);
        }
    }
}

#[test]
fn the_service_is_killed_while_a_school_seals() {
    for death in [Death::BeforeTheCommit, Death::BeforeTheAnswer] {
        let site = Site::new(&[]);
        let world = site.world();
        let service = Arc::new(Mutex::new(Service::start(world)));
        place(world, &relay(Arc::clone(&service), death));
        let told = run(&mut site.issue()).expect(2);
        assert!(told.err.contains("It is not known"), "{death:?}: {}", told.err);
        // As long as the service is away, nothing is decided.
        assert_ne!(run(&mut site.resume()).code, Some(0), "{death:?}");

        let again = Service::start(world);
        place(world, &again.url());
        run(&mut site.resume()).expect(0);
        assert_eq!(again.stop(), Some(0));
        place(world, "../ledger");
        world.run("anchor", ["refresh", "--ledger", "demo/ledger"]).expect(0);
        // The school cannot tell the one from the other, so that it sends again: there is one entry in both cases.
        site.assert_in_order(&ORIGINALS, 1);
    }
}
