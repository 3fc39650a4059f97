// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `deploy/nginx` as it is shipped, in front of two real servers over PostgreSQL: what it keeps, what it refuses, and
//! what becomes of a statement whose server dies.

use std::{
    env, fs,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, ExitCode, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use anchor::{
    clock::Clock,
    conformance::block_on,
    http::HttpLedger,
    ledger::Ledger,
    postgres::{self as ledger, Address, PgLedger},
};
use proof::{key::KeyName, statement::LedgerEntry};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{
    World,
    cast::{self, Cast, SCHOOLS},
    postgres::{Cluster, give_away, listens, need, unprivileged},
    program::root,
    run,
    serving::{Serving, wait},
    trial::{self, Need, needing},
};
use tokio::net::TcpSocket;

/// So many entries the ledger has at first: a full tile and a part of one.
const ENTRIES: usize = 300;

/// The database that all tests share.
static CLUSTER: Mutex<Option<Arc<Cluster>>> = Mutex::new(None);

fn main() -> ExitCode {
    let needs: [Need; 2] = [need(), nginx().is_none().then(|| "nginx".to_owned())];
    // By this thread, since the database ends with the thread that started it.
    *CLUSTER.lock().expect("no panic") = needs.iter().all(Option::is_none).then(|| Arc::new(cluster()));
    let code = trial::main(vec![
        needing("the_ledger_is_read_through_it", &needs, the_ledger_is_read_through_it),
        needing("what_never_changes_is_kept_and_nothing_else", &needs, what_never_changes_is_kept_and_nothing_else),
        needing("a_statement_whose_server_dies_is_answered", &needs, a_statement_whose_server_dies_is_answered),
        needing("without_any_server_the_answer_is_plain", &needs, without_any_server_the_answer_is_plain),
        needing("too_much_and_too_slow", &needs, too_much_and_too_slow),
        needing("each_client_has_a_share_of_its_own", &needs, each_client_has_a_share_of_its_own),
        needing("every_figure_of_the_alarms_is_there", &needs, every_figure_of_the_alarms_is_there),
    ]);
    drop(CLUSTER.lock().expect("no panic").take());
    code
}

/// A database server with the roles that are shipped.
fn cluster() -> Cluster {
    let cluster = Cluster::start();
    // One by one, as psql does.
    for statement in shipped("postgres/roles.sql").split_inclusive(";\n") {
        cluster.execute("postgres", statement).expect("done");
    }
    cluster
}

/// A file of `deploy`.
fn shipped(below: &str) -> String {
    fs::read_to_string(root().join("deploy").join(below)).expect("shipped")
}

/// Debian has it where only root looks.
fn nginx() -> Option<PathBuf> {
    let in_path = env::var_os("PATH").map(|path| env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let places = in_path.into_iter().chain(["/usr/sbin".into()]);
    places.map(|folder| folder.join("nginx")).find(|program| program.is_file())
}

/// Two servers of one ledger, and nginx in front of them.
struct Front {
    world: World,
    servers: Vec<Serving>,
    cast: Cast,
    nginx: Nginx,
}

impl Front {
    /// The same with what the servers are told by their environment.
    fn with(settings: &[(&str, &str)]) -> Self {
        let cluster = Arc::clone(CLUSTER.lock().expect("no panic").as_ref().expect("started"));
        let name = cluster.database();
        let database = cluster.url(&name);
        let world = World::bare();
        let origin = KeyName::parse("ledger.example").expect("a name");
        let (mut cast, accreditations) = Cast::new(&origin);
        let notes = [accreditations, cast.batches(ENTRIES - usize::from(SCHOOLS))].concat();
        block_on(async {
            let (address, keys) = (Address::parse(&database).expect("an address"), world.path("keys"));
            ledger::init(&address, &keys, &origin, &cast.authorities, &Clock::system()).await.expect("made");
            let ledger = PgLedger::open(&address, Some(&keys), Clock::system(), None, None).await.expect("opened");
            cast::append(&ledger, notes).await;
            ledger.close().await;
        });
        cluster.execute(&name, &shipped("postgres/rights.sql")).expect("granted");
        let as_role = |role: &str| database.replace("//ledger@", &format!("//{role}@"));
        let servers: Vec<_> = (0..2)
            .map(|_| {
                let mut command = world.command("anchor");
                command.args([
                    "serve",
                    "--ledger",
                    &as_role("ledger_writer"),
                    "--keys",
                    "keys",
                    "--listen",
                    "127.0.0.1:0",
                ]);
                command.env("SCHULSIEGEL_TRUSTED_PROXIES", "127.0.0.1/32").envs(settings.iter().copied());
                Serving::start(&mut command).expect("it listens")
            })
            .collect();
        let nginx = Nginx::start(&[servers[0].address(), servers[1].address()]);
        let reader = as_role("ledger_reader");
        world.run("anchor", ["fsck", "--ledger", &reader]).quiet();
        world.run("anchor", ["trust", "--ledger", &reader, "--place", &nginx.url(), "--out", "trust"]).quiet();
        Self { world, servers, cast, nginx }
    }

    fn new() -> Self {
        Self::with(&[])
    }

    async fn ledger(&self) -> HttpLedger {
        HttpLedger::open(&self.nginx.url().parse().expect("a URL")).await.expect("it answers")
    }

    /// Every statement on the ledger.
    fn notes(&self) -> Vec<Vec<u8>> {
        block_on(async {
            let (ledger, mut notes) = (self.ledger().await, Vec::new());
            loop {
                let from = notes.len() as u64;
                let entries = ledger.entries(from..from + 1_000).await.expect("read");
                if entries.is_empty() {
                    return notes;
                }
                notes.extend(entries.iter().map(|entry| LedgerEntry::decode(entry).expect("an entry").note));
            }
        })
    }
}

/// nginx as it is configured in `deploy/nginx`, but for addresses, folders, and how long it waits for who is slow.
struct Nginx {
    child: Child,
    folder: TempDir,
    port: u16,
}

impl Nginx {
    fn start(servers: &[&str; 2]) -> Self {
        // Not below the target folder: who runs it may not be able to get there.
        let folder = tempfile::Builder::new().prefix("schulsiegel-nginx-").tempdir().expect("a folder");
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = free.local_addr().expect("bound").port();
        drop(free);
        let here = |below: &str| format!("{}{below}", folder.path().display());
        let (listen, cache, logs) = (format!("listen 127.0.0.1:{port};"), here("/cache"), here("/logs/"));
        let (tmp, parts) = (here("/tmp/"), here("/ledger.conf"));
        let ledger = [
            ("10.84.40.11:8440", servers[0]),
            ("10.84.40.12:8440", servers[1]),
            ("listen 8080;", &listen),
            ("/var/cache/nginx/ledger", &cache),
            ("/var/log/nginx/", &logs),
            ("client_body_timeout 15s;", "client_body_timeout 1s;"),
        ];
        let main = [("/tmp/", tmp.as_str()), ("/var/log/nginx/", &logs), ("/etc/nginx/conf.d/*.conf", &parts)];
        let changed = |name: &str, changes: &[(&str, &str)]| {
            changes.iter().fold(shipped(&format!("nginx/{name}")), |text, (from, to)| {
                assert!(text.contains(from), "{from} in {name}");
                text.replace(from, to)
            })
        };
        fs::write(&parts, changed("ledger.conf", &ledger)).expect("written");
        fs::write(here("/nginx.conf"), changed("nginx.conf", &main)).expect("written");
        for name in ["", "/cache", "/logs", "/tmp"] {
            let below = here(name);
            fs::create_dir_all(&below).expect("made");
            give_away(below.as_ref());
        }
        let mut command = unprivileged(&nginx().expect("needed"));
        command.args(["-c", &here("/nginx.conf"), "-p", &here(""), "-e", "stderr", "-g", "daemon off;"]);
        let child = command.stdin(Stdio::null()).spawn().expect("it starts");
        let mut this = Self { child, folder, port };
        wait("nginx listens", || {
            assert!(this.child.try_wait().expect("known").is_none(), "nginx does not start");
            listens(port)
        });
        this
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("logs/access.log")).expect("a log")
    }

    /// A line of the log, counted from 1. It is written when the answer has been sent.
    fn line(&self, number: usize) -> String {
        wait("it is written down", || self.log().lines().count() >= number && self.log().ends_with('\n'));
        self.log().lines().nth(number - 1).expect("there").to_owned()
    }

    /// Sends bytes from an address of this machine, and gives all that comes back.
    fn send(&self, from: [u8; 4], bytes: &[u8]) -> Answer {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let stream = runtime.block_on(async {
            let socket = TcpSocket::new_v4().expect("a socket");
            socket.bind(SocketAddr::from((from, 0))).expect("an address of this machine");
            let to = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
            socket.connect(to).await.expect("connected").into_std().expect("a stream")
        });
        let mut stream = stream;
        stream.set_nonblocking(false).expect("set");
        // Who is refused early may be cut off before all was sent.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Answer(answer)
    }

    fn get(&self, path: &str) -> Answer {
        self.send([127, 0, 0, 1], format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes())
    }

    fn post(&self, note: &[u8]) -> Answer {
        self.send([127, 0, 0, 1], &[post_of(note.len()).as_bytes(), note].concat())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // It takes its workers with it.
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
        let _ = self.child.wait();
    }
}

fn post_of(length: usize) -> String {
    format!(
        "POST /statements HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\n\
         Content-Length: {length}\r\n\r\n"
    )
}

/// What came back.
struct Answer(Vec<u8>);

impl Answer {
    fn head(&self) -> String {
        let end = self.0.windows(4).position(|end| end == b"\r\n\r\n").unwrap_or(self.0.len());
        String::from_utf8_lossy(&self.0[..end]).into_owned()
    }

    #[track_caller]
    fn status(&self) -> u16 {
        let head = self.head();
        head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("{head:?}"))
    }

    fn header(&self, name: &str) -> Option<String> {
        let head = self.head();
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    }

    fn body(&self) -> &[u8] {
        self.0.get(self.head().len() + 4..).unwrap_or_default()
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_slice(self.body()).unwrap_or_else(|error| panic!("{error} in {}", self.head()))
    }

    /// The code of problem details whose status is that of the answer.
    #[track_caller]
    fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type").as_deref(), Some("application/problem+json"), "{}", self.head());
        let problem: anchor::problem::Problem = serde_json::from_slice(self.body()).expect("problem details");
        assert_eq!(problem.status, self.status());
        (problem.status, problem.code)
    }
}

fn the_ledger_is_read_through_it() {
    let mut front = Front::new();
    assert_eq!(front.notes().len(), ENTRIES);
    let of_health_check = b"GET /checkpoint HTTP/1.0\r\n\r\n";
    assert_eq!(front.nginx.send([127, 0, 0, 1], of_health_check).status(), 200);
    let sync = |front: &Front| {
        let mut command = front.world.command("verifier");
        let synced = run(command.args(["sync", "--trust", "trust", "--copy", "copies", "--json"])).expect(0);
        let line = synced.json()[0].clone();
        (line["new_entries"].clone(), line["size"].clone())
    };
    assert_eq!(sync(&front), (json!(300), json!(300)));
    let note = front.cast.schools[0].batch();
    assert_eq!(front.nginx.post(&note).json()["index"], json!(300));
    assert_eq!(sync(&front), (json!(1), json!(301)));
    // Both have worked, and nothing says for whom.
    for server in &front.servers {
        let word = format!("servers=\"{}\"", server.address());
        wait("it is written down", || front.nginx.log().contains(&word));
    }
    let log = front.nginx.log();
    assert!(!log.contains(" 127.0.0.1 ") && !log.contains("schulsiegel-"), "{log}");
}

fn what_never_changes_is_kept_and_nothing_else() {
    let mut front = Front::new();
    let kept = |answer: &Answer| answer.header("x-cache-status");
    for (path, how_long) in [
        ("/tile/0/000", "public, max-age=31536000, immutable"),
        ("/tile/entries/000", "public, max-age=31536000, immutable"),
        ("/tile/0/001.p/44", "public, max-age=3600, immutable"),
    ] {
        let first = front.nginx.get(path);
        assert_eq!((first.status(), kept(&first).as_deref()), (200, Some("MISS")), "{path}");
        for again in [path.to_owned(), format!("{path}?x=1")] {
            let second = front.nginx.get(&again);
            assert_eq!((second.status(), kept(&second).as_deref()), (200, Some("HIT")), "{again}");
            assert_eq!(second.header("cache-control").as_deref(), Some(how_long), "{again}");
            assert_eq!(second.body(), first.body(), "{again}");
        }
    }
    // What is not there yet may be there in a moment.
    let soon = "/tile/0/001.p/45";
    assert_eq!(front.nginx.get(soon).problem(), (404, "not_found".to_owned()));
    let before = front.nginx.get("/checkpoint");
    assert_eq!((before.status(), kept(&before)), (200, None));
    assert_eq!(before.header("cache-control").as_deref(), Some("no-cache"));

    let note = front.cast.schools[0].batch();
    let first = front.nginx.post(&note);
    assert_eq!((first.status(), kept(&first)), (200, None));
    let size = |answer: &Answer| String::from_utf8_lossy(answer.body()).lines().nth(1).map(str::to_owned);
    assert_eq!(size(&before).as_deref(), Some("300"));
    // Whichever server is asked.
    for _ in 0..4 {
        assert_eq!(size(&front.nginx.get("/checkpoint")).as_deref(), Some("301"));
        assert_eq!(front.nginx.post(&note).json(), first.json());
    }
    assert_eq!(front.nginx.get(soon).status(), 200);
    for path in ["/", "/metrics", "/healthz", "/readyz", "/statements/"] {
        assert_eq!(front.nginx.get(path).problem(), (404, "not_found".to_owned()), "{path}");
    }
    assert_eq!(front.nginx.get("/statements").problem(), (405, "method_not_allowed".to_owned()));
}

/// One server takes nothing from its connections any more, and then dies: what was sent to it is sent to the other.
fn a_statement_whose_server_dies_is_answered() {
    let mut front = Front::new();
    let stopped = front.servers.remove(0);
    stopped.signal(Signal::STOP);
    let notes: Vec<_> = front.cast.schools.iter_mut().map(cast::Speaker::batch).collect();
    thread::scope(|scope| {
        let (told, heard) = mpsc::channel();
        for note in &notes {
            let (nginx, told) = (&front.nginx, told.clone());
            scope.spawn(move || told.send(nginx.post(note)).expect("somebody listens"));
        }
        // They go to the two in turn.
        let whole = Duration::from_mins(1);
        for _ in 0..2 {
            assert_eq!(heard.recv_timeout(whole).expect("from the other one").status(), 200);
        }
        assert!(heard.try_recv().is_err(), "two wait for the one that is stopped");
        drop(stopped);
        for _ in 0..2 {
            assert_eq!(heard.recv_timeout(whole).expect("from the other one, too").status(), 200);
        }
    });
    let standing = front.notes();
    assert_eq!(standing.len(), ENTRIES + notes.len());
    for note in &notes {
        assert_eq!(standing.iter().filter(|standing| *standing == note).count(), 1);
    }
    let sent_again = |line: &&str| line.contains(" 200 POST /statements ") && line.contains("said=\"502, 200\"");
    wait("two were sent again", || front.nginx.log().lines().filter(sent_again).count() == 2);
}

fn without_any_server_the_answer_is_plain() {
    let mut front = Front::new();
    let note = front.cast.schools[0].batch();
    assert_eq!(front.nginx.get("/tile/0/000").status(), 200);
    front.servers.clear();
    for answer in [front.nginx.post(&note), front.nginx.get("/checkpoint")] {
        assert_eq!(answer.problem(), (502, "no_server".to_owned()));
        assert_eq!(answer.header("retry-after").as_deref(), Some("1"));
    }
    // What is kept is still there.
    assert_eq!(front.nginx.get("/tile/0/000").status(), 200);
}

fn too_much_and_too_slow() {
    let front = Front::new();
    for (number, (length, by_a_server)) in
        (1..).zip([(65_528, true), (65_536, true), (65_537, false), (1 << 30, false)])
    {
        let bytes = [post_of(length).as_bytes(), &vec![b'x'; length.min(70_000)]].concat();
        let answer = front.nginx.send([127, 0, 0, 1], &bytes);
        assert_eq!(answer.problem(), (413, "too_large".to_owned()), "{length}");
        let last = front.nginx.line(number);
        assert_eq!(last.contains("said=\"413\""), by_a_server, "{length}: {last}");
    }
    assert_eq!(front.nginx.post("x".repeat(65_527).as_bytes()).status(), 422, "large, and no statement");
    // Nobody is told anything who does not go on speaking; no server hears of them.
    let answer = front.nginx.send([127, 0, 0, 1], &[post_of(100).as_bytes(), b"text"].concat());
    assert!(answer.0.is_empty(), "{}", answer.head());
    let last = front.nginx.line(6);
    assert!(last.contains(" 408 POST ") && last.contains("servers=\"-\""), "{last}");
}

fn each_client_has_a_share_of_its_own() {
    let front = Front::with(&[("SCHULSIEGEL_REQUESTS_PER_MINUTE", "2")]);
    let ask = |from: u8, more: &str| {
        let request = format!("GET /checkpoint HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{more}\r\n");
        front.nginx.send([127, 0, 0, from], request.as_bytes())
    };
    // Two servers, two requests each; they ask in turn.
    let statuses = |from| (0..8).map(|_| ask(from, "").status()).collect::<Vec<_>>();
    let first = statuses(2);
    assert_eq!(first, [[200; 4], [429; 4]].concat());
    assert_eq!(ask(2, "X-Forwarded-For: 198.51.100.7\r\n").problem(), (429, "too_many_requests".to_owned()));
    assert_eq!(statuses(3), first, "another client has the same");
}

/// What the alarms look at is what the servers tell.
fn every_figure_of_the_alarms_is_there() {
    let mut front = Front::new();
    let note = front.cast.schools[0].batch();
    assert_eq!(front.nginx.post(&note).status(), 200);
    let figures: Vec<_> = front.servers.iter().map(|server| metrics(server.address())).collect();
    let rules = shipped("prometheus/ledger.rules.yml");
    let words = rules.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let named: Vec<_> = words.filter(|word| word.starts_with("schulsiegel_")).collect();
    assert!(named.len() > 10, "{named:?}");
    for name in named {
        assert!(figures.iter().any(|text| text.lines().any(|line| line.starts_with(name))), "{name}");
    }
}

fn metrics(server: &str) -> String {
    let mut stream = std::net::TcpStream::connect(server).expect("it listens");
    stream.write_all(b"GET /metrics HTTP/1.0\r\n\r\n").expect("sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("text");
    text
}
