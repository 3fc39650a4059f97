// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A ledger over HTTP: it does what every ledger must do, it stands up to bad clients, and its clients to bad servers.

mod catching_up;
mod common;
mod liar;
mod served;

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    num::NonZeroU32,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use anchor::{
    clock::Clock,
    conformance,
    conformance::{Site, block_on, cast::batch},
    follow::{FollowError, Followed},
    http::HttpLedger,
    ledger::{Append, AppendError, Keep, Ledger as _, ReadError},
    memory::Memory,
    server::Settings,
    sqlite::{self, SqliteLedger},
    store::OpenError,
    trust::Pins,
};
use async_trait::async_trait;
use common::{Home, clock};
use liar::{Liar, Lie, says};
use proof::{
    authority::Authorities,
    checkpoint::Checkpoint,
    key::Origin,
    note::Note,
    policy::Policy,
    register::Refusal,
    replica::ReplicaError,
    tree::{LeafIndex, TreeSize, verify_inclusion},
    verdict::Reason,
};
use reqwest::Url;
use serde_json::{Value, json};
use served::{Served, settings};
use tempfile::TempDir;

/// Every handle speaks to one server; those who keep the ledger open its folder beside it.
struct Remote {
    server: Served,
    folder: TempDir,
}

#[async_trait]
impl Site for Remote {
    async fn make(origin: &Origin, authorities: &Authorities, clock: &Clock) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        sqlite::init(folder.path(), origin, authorities, clock).await.expect("made");
        Self { server: Served::start(folder.path(), clock, settings()), folder }
    }

    async fn open(&self, _: &Clock) -> Box<dyn Append> {
        Box::new(HttpLedger::open(&self.server.url()).await.expect("it answers"))
    }

    async fn keep(&self, clock: &Clock) -> Box<dyn Keep> {
        Box::new(SqliteLedger::open(self.folder.path(), clock.clone(), None).await.expect("opened"))
    }

    fn policy(&self) -> Policy {
        Pins::load(self.folder.path()).expect("the ledger's own policy").policy
    }
}

conformance!(Remote);

/// An answer as it came over the line.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }

    /// Problem details, and nothing but the code is of interest.
    fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.head);
        let json = self.json();
        assert_eq!((&json["type"], &json["status"]), (&json!("about:blank"), &json!(self.status)));
        assert!(json["title"].is_string() && json["detail"].is_string(), "{json}");
        (self.status, json["code"].as_str().expect("a code").to_owned())
    }
}

/// Sends bytes as they are, and reads until the server closes.
fn raw(server: &Served, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(server.address()).expect("it listens");
    // Who is refused early need not read everything.
    let _ = stream.write_all(bytes);
    answer(stream)
}

fn answer(mut stream: TcpStream) -> Answer {
    stream.set_read_timeout(Some(Duration::from_mins(1))).expect("set");
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(bytes[..end].to_vec()).expect("text");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, head, body: bytes[end + 4..].to_vec() }
}

fn get(server: &Served, path: &str) -> Answer {
    raw(server, format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes())
}

fn post_to(server: &Served, path: &str, media_type: &str, body: &[u8]) -> Answer {
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\n\r\n"
    );
    raw(server, &[head.as_bytes(), body].concat())
}

fn post(server: &Served, body: &[u8]) -> Answer {
    post_to(server, "/statements", "text/plain; charset=utf-8", body)
}

/// A ledger with so many entries, served.
fn serve(entries: u64, settings: Settings) -> (Home, Served) {
    static LARGE: LazyLock<Home> = LazyLock::new(|| Home::with(300));
    let home = if entries == 300 { LARGE.copy() } else { Home::with(entries) };
    let server = Served::start(&home.path(), &clock(), settings);
    (home, server)
}

#[test]
fn what_is_read_may_be_kept_for_as_long_as_it_is_true() {
    let (home, server) = serve(300, settings());
    let checkpoint = get(&server, "/checkpoint");
    assert_eq!(checkpoint.body, std::fs::read(home.file("checkpoint")).expect("read"));
    assert_eq!(checkpoint.header("cache-control"), Some("no-cache"));
    assert_eq!(checkpoint.header("content-type"), Some("text/plain; charset=utf-8"));
    let tag = checkpoint.header("etag").expect("a tag");
    let again =
        format!("GET /checkpoint HTTP/1.1\r\nhost: x\r\nconnection: close\r\nif-none-match: \"a\", {tag}\r\n\r\n");
    let again = raw(&server, again.as_bytes());
    assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, Some(tag)));

    for (path, length, keep) in [
        ("/tile/0/000", 8_192, "public, max-age=31536000, immutable"),
        ("/tile/0/000.p/255", 8_160, "public, max-age=3600, immutable"),
        ("/tile/0/001.p/44", 1_408, "public, max-age=3600, immutable"),
        ("/tile/1/000.p/1", 32, "public, max-age=3600, immutable"),
    ] {
        let tile = get(&server, path);
        assert_eq!((tile.status, tile.body.len()), (200, length), "{path}");
        assert_eq!(tile.header("cache-control"), Some(keep), "{path}");
        assert_eq!(tile.header("content-type"), Some("application/octet-stream"), "{path}");
    }
    let bundle = get(&server, "/tile/entries/001.p/44");
    assert_eq!(bundle.status, 200);
    let length = usize::from(u16::from_be_bytes([bundle.body[0], bundle.body[1]]));
    assert_eq!(bundle.body[2 + 8..2 + length].windows(20).next(), Some(&b"schulsiegel/statemen"[..]));
    for path in [
        "/tile/0/001",
        "/tile/0/001.p/45",
        "/tile/entries/001",
        "/tile/entries/002.p/1",
        "/tile/2/000.p/1",
        "/tile/x",
        "/tile/0/000/",
        "/tile/0/..%2f000",
        "/",
        "/checkpoint/",
        "/statement",
        "/tile",
    ] {
        assert_eq!(get(&server, path).problem(), (404, "not_found".to_owned()), "{path}");
    }
}

#[test]
fn a_statement_gets_its_answer_and_the_same_one_again_the_same() {
    let (mut home, server) = serve(3, settings());
    let note = home.school.say(batch(3));
    let first = post(&server, &note);
    assert_eq!((first.status, first.header("content-type")), (200, Some("application/json")));
    assert_eq!(first.json(), json!({"index": 3, "admitted": clock().now().to_string()}));
    assert_eq!(post(&server, &note).json(), first.json());
    let published = get(&server, "/checkpoint").body;
    assert_eq!(String::from_utf8(published).expect("text").lines().nth(1), Some("4"));
    assert_eq!(get(&server, "/tile/entries/000.p/4").status, 200);

    let next = home.school.say(batch(4));
    let conflict = post_to(&server, "/statements?at=3", "text/plain", &next);
    assert_eq!(conflict.problem(), (409, "conflict".to_owned()));
    assert_eq!((&conflict.json()["got"], &conflict.json()["wanted"]), (&json!(4), &json!(3)));
    assert_eq!(post_to(&server, "/statements?at=4", "text/plain", &next).json()["index"], 4);
}

#[test]
fn what_is_no_statement_is_refused_with_its_reason() {
    let (home, server) = serve(3, settings());
    let code = |answer: Answer| answer.problem();
    let is = |status, code: &str| (status, code.to_owned());
    let note = home.school.sign(batch(9)).note().to_vec();
    assert_eq!(code(post(&server, b"")), is(422, "malformed"));
    assert_eq!(code(post(&server, &[0xff; 100])), is(422, "malformed"));
    assert_eq!(code(post(&server, &note[..note.len() - 1])), is(422, "malformed"));
    let text = home.school.would_say(batch(9)).text().replace("type batch", "type verify");
    let unknown = proof::note::sign(&text, &[&home.school.key]).expect("signed");
    assert_eq!(code(post(&server, unknown.as_bytes())), is(422, "unknown_type"));
    let elsewhere = proof::statement::Statement {
        ledger: conformance::cast::name("other.example"),
        ..home.school.would_say(batch(9))
    };
    let elsewhere = elsewhere.sign(&[&home.school.key]).expect("signed");
    assert_eq!(code(post(&server, elsewhere.note())), is(422, "wrong_ledger"));
    let skipped = proof::statement::Statement { seq: 7, ..home.school.would_say(batch(9)) };
    let skipped = post(&server, skipped.sign(&[&home.school.key]).expect("signed").note());
    assert_eq!((&skipped.json()["got"], &skipped.json()["wanted"]), (&json!(7), &json!(2)));
    assert_eq!(code(skipped), is(422, "wrong_seq"));

    assert_eq!(code(post(&server, &vec![b'a'; 65_528])), is(413, "too_large"));
    let chunked = "POST /statements HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: text/plain\r\n\
                   transfer-encoding: chunked\r\n\r\n";
    let chunk = [b"10000\r\n".to_vec(), vec![b'a'; 65_536], b"\r\n0\r\n\r\n".to_vec()].concat();
    assert_eq!(code(raw(&server, &[chunked.as_bytes(), &chunk].concat())), is(413, "too_large"));
    for media_type in ["application/json", "text/html", "text/plain; charset=latin1", "", "text"] {
        assert_eq!(code(post_to(&server, "/statements", media_type, &note)), is(415, "media_type"), "{media_type}");
    }
    for query in ["?", "?at=", "?at=-1", "?at=03", "?at=3&at=3", "?to=3"] {
        let answer = post_to(&server, &format!("/statements{query}"), "text/plain", &note);
        assert_eq!(code(answer), is(400, "bad_request"), "{query}");
    }
    let get_it = get(&server, "/statements");
    assert_eq!((get_it.header("allow"), get_it.problem()), (Some("POST"), is(405, "method_not_allowed")));
    assert_eq!(code(post_to(&server, "/checkpoint", "text/plain", &note)), is(405, "method_not_allowed"));
    assert_eq!(code(post_to(&server, "/tile/0/000.p/1", "text/plain", &note)), is(405, "method_not_allowed"));
    // Nothing of all that left a trace.
    assert_eq!(post_to(&server, "/statements?at=3", "text/plain", &note).json()["index"], 3);
}

#[test]
fn who_sends_byte_by_byte_is_not_waited_for() {
    let (mut home, server) =
        serve(1, Settings { request_timeout_s: const { NonZeroU32::new(1).expect("1") }, ..settings() });
    let mut slow = TcpStream::connect(server.address()).expect("it listens");
    let head = "POST /statements HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 9000\r\n\r\n";
    slow.write_all(head.as_bytes()).expect("sent");
    for _ in 0..20 {
        let _ = slow.write_all(b"a");
        thread::sleep(Duration::from_millis(100));
    }
    // Others are served meanwhile, and afterwards.
    assert_eq!(post(&server, &home.school.say(batch(1))).status, 200);
    assert_eq!(answer(slow).problem(), (408, "too_slow".to_owned()));
    // Cut off in the middle: nothing is taken in, and nobody hears of it.
    let mut cut = TcpStream::connect(server.address()).expect("it listens");
    cut.write_all(head.as_bytes()).expect("sent");
    drop(cut);
    assert_eq!(post(&server, &home.school.say(batch(2))).json()["index"], 2);
}

#[test]
fn one_statement_sent_by_many_at_once_gets_one_answer() {
    let (mut home, server) = serve(1, settings());
    for number in 1..5 {
        let note = home.school.say(batch(number));
        let answers: Vec<_> = thread::scope(|scope| {
            let senders = [(); 8].map(|()| scope.spawn(|| post(&server, &note).json()));
            senders.map(|sender| sender.join().expect("no panic")).into()
        });
        assert_eq!(answers[0]["index"], number);
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    }
}

#[test]
fn shares_are_limited_and_problems_say_when_to_come_back() {
    let (mut home, server) = serve(1, Settings { statements_per_minute: 2, ..settings() });
    let mut send = |number| post(&server, &home.school.say(batch(number)));
    assert_eq!([1, 2, 3].map(|number| send(number).status), [200, 200, 200]);
    let over = send(4);
    assert_eq!(over.problem(), (429, "too_many_requests".to_owned()));
    let wait: u64 = over.header("retry-after").and_then(|wait| wait.parse().ok()).expect("a number");
    assert!((1..=31).contains(&wait), "{wait}");

    let (_home, server) = serve(1, Settings { requests_per_minute: 3, ..settings() });
    let statuses = [(); 4].map(|()| get(&server, "/checkpoint").status);
    assert_eq!(statuses, [200, 200, 200, 429]);
    assert_eq!(get(&server, "/healthz").status, 200, "those who run it are not counted");
}

#[test]
fn those_who_run_it_see_figures_and_nobody_in_them() {
    let (mut home, mut server) = serve(1, settings());
    post(&server, &home.school.say(batch(1)));
    post(&server, b"nothing");
    get(&server, "/secret");
    assert_eq!([get(&server, "/healthz").status, get(&server, "/readyz").status], [200, 200]);
    let text = String::from_utf8(get(&server, "/metrics").body).expect("text");
    for line in [
        "schulsiegel_statements_total{outcome=\"accepted\"} 1",
        "schulsiegel_statements_total{outcome=\"malformed\"} 1",
        "schulsiegel_requests_total{endpoint=\"other\",status=\"404\"} 1",
        "schulsiegel_ledger_entries 2",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    for secret in ["127.0.0.1", "secret", "schule"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert_eq!(server.stop(), Ok(()));
}

#[test]
fn a_ledger_that_was_rolled_back_under_the_server_is_not_shown() {
    let home = Home::with(5);
    let earlier = Home::with(3);
    let server = Served::start(&home.path(), &clock(), settings());
    assert_eq!(get(&server, "/readyz").status, 200);
    // A server that has just started has the checkpoint cosigned again, and would write over the older one.
    while !String::from_utf8_lossy(&get(&server, "/metrics").body).contains("refreshes_total{outcome=\"done\"} 1") {
        thread::sleep(Duration::from_millis(10));
    }
    std::fs::copy(earlier.file("checkpoint"), home.file("checkpoint")).expect("copied");
    assert_eq!(get(&server, "/checkpoint").problem(), (503, "unreadable".to_owned()));
    assert_eq!(get(&server, "/readyz").status, 503);
}

/// A client's view of an address.
fn open(url: &str) -> Result<HttpLedger, ReadError> {
    block_on(HttpLedger::open(&url.parse().expect("an address")))
}

#[test]
fn what_was_not_sent_was_not_taken_in() {
    let (home, mut server) = serve(2, settings());
    let ledger = open(server.url().as_str()).expect("it answers");
    server.stop().expect("in order");
    let note = home.school.sign(batch(9)).note().to_vec();
    let outcome = block_on(ledger.append(TreeSize(2), &note));
    assert!(matches!(outcome, Err(AppendError::Unavailable(_))), "{outcome:?}");
    assert!(matches!(block_on(ledger.checkpoint()), Err(ReadError::Unavailable(_))));
    assert!(matches!(open(server.url().as_str()), Err(ReadError::Unavailable(_))));
    // Before anything is sent, what nobody could take in is known.
    assert_eq!(block_on(ledger.append(TreeSize(2), b"x")), Err(AppendError::Rejected(Refusal::Malformed)));
}

/// A ledger of 300 entries, and somebody before it who changes the answers to what begins with `what`.
fn liar(what: &'static str, change: impl Fn(Vec<u8>) -> Lie + Send + Sync + 'static) -> (Home, Served, Liar) {
    let (home, server) = serve(300, settings());
    let liar =
        Liar::before(
            server.address(),
            move |asked, honest| {
                if asked.starts_with(what) { change(honest()) } else { Lie::Bytes(honest()) }
            },
        );
    (home, server, liar)
}

/// The same with another body of the same answer.
fn rewritten(answer: &[u8], change: impl Fn(&mut Vec<u8>)) -> Lie {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a head") + 4;
    let mut body = answer[end..].to_vec();
    change(&mut body);
    says("200 OK", "", &body)
}

fn follow(home: &Home, url: &Url) -> Result<Followed, FollowError> {
    block_on(async {
        let Pins { policy, authorities } = Pins::load(&home.path()).expect("pins");
        Followed::read(&HttpLedger::open(url).await?, &policy, &authorities, clock().now(), None).await
    })
}

#[test]
fn an_honest_server_is_followed_and_its_tiles_are_asked_for_once() {
    let (home, _server, liar) = liar("nothing", Lie::Bytes);
    assert_eq!(follow(&home, &liar.url()).expect("believed").size(), TreeSize(300));
    let asked =
        ["GET /checkpoint", "GET /tile/entries/000", "GET /tile/entries/001.p/44", "GET "].map(|what| liar.asked(what));
    assert_eq!(asked, [2, 1, 1, 4]);
}

#[test]
fn an_altered_entry_is_not_believed() {
    // The last letter of a signature: still an entry, still of its length.
    let change = |answer: Vec<u8>| {
        rewritten(&answer, |body| {
            let place = body.len() - 3;
            body[place] ^= 1;
        })
    };
    let (home, _server, liar) = liar("GET /tile/entries/001", change);
    let error = follow(&home, &liar.url()).expect_err("not believed");
    assert!(matches!(error, FollowError::Replica(ReplicaError::OtherRoot { .. })), "{error}");
    assert_eq!(error.reason(), Reason::LedgerDamaged);
}

#[test]
fn bundles_and_tiles_of_another_length_are_damage() {
    let changes: [fn(&mut Vec<u8>); 4] =
        [|body| body.truncate(body.len() - 1), |body| body.push(0), |body| body[0] = 0xff, Vec::clear];
    for change in changes {
        let (home, _server, liar) = liar("GET /tile/", move |answer| rewritten(&answer, change));
        let error = follow(&home, &liar.url()).expect_err("not believed");
        assert!(matches!(error, FollowError::Read(ReadError::Damaged(_))), "{error}");
    }
    let (_home, _server, liar) = liar("GET /tile/0/", |answer| rewritten(&answer, |body| body.truncate(32)));
    let ledger = open(liar.url().as_str()).expect("it answers");
    let outcome = block_on(ledger.inclusion(LeafIndex(0), TreeSize(300)));
    assert!(matches!(outcome, Err(ReadError::Damaged(_))), "{outcome:?}");
}

#[test]
fn an_altered_tile_gives_no_proof() {
    let (home, _server, liar) = liar("GET /tile/0/", |answer| rewritten(&answer, |body| body[40] ^= 1));
    let ledger = open(liar.url().as_str()).expect("it answers");
    let honest = block_on(home.open()).expect("opened");
    block_on(async {
        let entry = honest.entries(0..1).await.expect("readable").remove(0);
        let note = honest.checkpoint().await.expect("readable");
        let root = Checkpoint::parse(Note::parse(&note).expect("a note").text()).expect("a checkpoint").root;
        let path = ledger.inclusion(LeafIndex(0), TreeSize(300)).await.expect("a path");
        assert!(!verify_inclusion(&entry, LeafIndex(0), &path, &root, TreeSize(300)));
        let path = honest.inclusion(LeafIndex(0), TreeSize(300)).await.expect("a path");
        assert!(verify_inclusion(&entry, LeafIndex(0), &path, &root, TreeSize(300)));
    });
}

#[test]
fn an_endless_answer_ends() {
    for what in ["GET /checkpoint", "GET /tile/"] {
        let (home, _server, liar) = liar(what, |_| Lie::Endless);
        let error = follow(&home, &liar.url()).expect_err("not believed");
        let is_damage = matches!(
            error,
            FollowError::Read(ReadError::Damaged(_)) | FollowError::Open(OpenError::Read(ReadError::Damaged(_)))
        );
        assert!(is_damage, "{what}: {error}");
    }
    let (home, _server, liar) = liar("POST", |_| Lie::Endless);
    let ledger = open(liar.url().as_str()).expect("it answers");
    // It was handed on before the lie, and is found there.
    let note = home.school.sign(batch(300)).note().to_vec();
    assert_eq!(block_on(ledger.append(TreeSize(300), &note)).map(|appended| appended.index.0), Ok(300));
}

#[test]
fn nobody_is_sent_elsewhere() {
    let (_home, other) = serve(1, settings());
    let elsewhere = Liar::before(other.address(), |_, honest| Lie::Bytes(honest()));
    let location = format!("location: {}checkpoint\r\n", elsewhere.url());
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let location = location.clone();
        let (home, _server, liar) = liar("GET /tile/", move |_| says(status, &location, b""));
        let error = follow(&home, &liar.url()).expect_err("not followed");
        assert!(matches!(error, FollowError::Read(ReadError::Unavailable(_))), "{error}");
    }
    let (home, _server, liar) = liar("POST", move |_| Lie::Nothing);
    let redirecting = Liar::before(other.address(), move |asked, honest| {
        if asked.starts_with("POST") { says("307 Temporary Redirect", &location, b"") } else { Lie::Bytes(honest()) }
    });
    let ledger = open(redirecting.url().as_str()).expect("it answers");
    let outcome = block_on(ledger.append(TreeSize(0), home.school.sign(batch(300)).note()));
    assert!(matches!(outcome, Err(AppendError::Unavailable(_))), "{outcome:?}");
    assert_eq!((elsewhere.asked(""), liar.asked("POST")), (0, 0));
}

#[test]
fn a_lost_answer_is_read_back() {
    let (home, server, liar) = liar("POST", |_| Lie::Nothing);
    let ledger = open(liar.url().as_str()).expect("it answers");
    let note = home.school.sign(batch(300)).note().to_vec();
    let appended = block_on(ledger.submit(TreeSize(0), &note)).expect("found");
    assert_eq!((appended.index.0, liar.asked("POST")), (300, 1));
    assert_eq!(post(&server, &note).json()["index"], 300);
}

#[test]
fn what_cannot_be_read_back_stays_open() {
    for status in ["502 Bad Gateway", "504 Gateway Timeout", "500 Internal Server Error", "200 OK"] {
        let (home, server) = serve(3, settings());
        let liar = Liar::before(server.address(), move |asked, honest| {
            if asked.starts_with("POST") { says(status, "", b"{}") } else { Lie::Bytes(honest()) }
        });
        let ledger = open(liar.url().as_str()).expect("it answers");
        let outcome = block_on(ledger.append(TreeSize(3), home.school.sign(batch(9)).note()));
        assert!(matches!(outcome, Err(AppendError::OutcomeUnknown(_))), "{status}: {outcome:?}");
        assert_eq!(liar.asked("POST"), 1, "{status}: not sent again");
    }
}

#[test]
fn who_is_told_to_come_back_does() {
    let (home, server) = serve(3, settings());
    let count = AtomicUsize::new(0);
    let liar = Liar::before(server.address(), move |asked, honest| {
        let busy = br#"{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"","code":"busy"}"#;
        let turned_away = asked.starts_with("POST") || asked.starts_with("GET /tile/");
        if turned_away && count.fetch_add(1, Ordering::SeqCst) % 3 < 2 {
            says("503 Service Unavailable", "content-type: application/problem+json\r\nretry-after: 0\r\n", busy)
        } else {
            Lie::Bytes(honest())
        }
    });
    let ledger = open(liar.url().as_str()).expect("it answers");
    let appended = block_on(ledger.append(TreeSize(3), home.school.sign(batch(9)).note()));
    assert_eq!((appended.map(|appended| appended.index.0), liar.asked("POST")), (Ok(3), 3));
    assert_eq!(block_on(ledger.entries(0..9)).map(|entries| entries.len()), Ok(4));
    assert_eq!(liar.asked("GET /tile/"), 3);
}

/// The ledger at an address, held against what this user saw of it.
fn hold(home: &Home, server: &Served, memory: &Memory) -> Result<bool, ReplicaError> {
    let policy = Pins::load(&home.path()).expect("pins").policy;
    follow(home, &server.url()).expect("agrees with itself").hold(memory, &policy, clock().now())
}

#[test]
fn a_served_ledger_that_forks_or_forgets_is_found_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let memory = Memory::new(folder.path());
    let mut home = Home::with(4);
    let (mut fork, earlier) = (home.copy(), home.copy());
    home.grow(4, 3);
    // Other statements in the same places, and one more.
    block_on(async {
        let ledger = fork.open().await.expect("opened");
        for (size, number) in (4..8).zip(96..) {
            ledger.append(TreeSize(size), &fork.school.say(batch(number))).await.expect("appended");
        }
        ledger.close().await;
    });
    let [server, shorter, other] =
        [&home, &earlier, &fork].map(|home| Served::start(&home.path(), &clock(), settings()));
    assert_eq!(hold(&home, &server, &memory), Ok(true));
    assert_eq!(hold(&home, &shorter, &memory), Err(ReplicaError::Missing { got: 4, wanted: 7 }));
    let outcome = hold(&home, &other, &memory);
    assert!(matches!(outcome, Err(ReplicaError::OtherRoot { .. })), "{outcome:?}");
    assert_eq!(hold(&home, &server, &memory), Ok(true), "what was seen is not forgotten over it");
}
