// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a server writes down and counts says what was asked for, and never who asked or what they wrote.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read as _, Write as _},
    net::TcpStream,
};

use serde_json::Value;
use tests::{
    World,
    cast::Cast,
    serving::{Serving, wait},
    stage::block_on,
};

/// Whatever a client says of itself, and whoever it is. The first is where all requests come from.
const OF_CLIENTS: [&str; 6] = ["127.0.0.1", "203.0.113.77", "203.0.113.78", "agent-mark", "cookie-mark", "method-mark"];

/// What they ask for or send, and what stands in statements.
const OF_REQUESTS: [&str; 8] =
    ["Erika Mustermann", "query-mark", "path-mark", "type-mark", "Gymnasium", "Mühlenberg", "Mainz", "schule-"];

/// Answers in the order of the requests.
const STATUSES: [u16; 16] = [200, 200, 200, 200, 422, 422, 429, 415, 400, 404, 405, 405, 404, 404, 200, 200];

#[test]
fn the_log_as_text_names_nobody() {
    let (log, metrics) = written_down("text");
    let mut said = BTreeMap::new();
    for line in log.lines() {
        let (time, rest) = line.split_once(' ').expect("a time and more");
        assert!(time.ends_with('Z') && time.contains('T'), "{line}");
        let words: Vec<_> = rest.split_whitespace().collect();
        let keys = words.iter().filter_map(|word| Some(word.split_once('=')?.0));
        let message = words[1..].iter().take_while(|word| !word.contains('='));
        let message = message.copied().collect::<Vec<_>>().join(" ");
        *said.entry((words[0].to_owned(), message, keys.collect::<Vec<_>>().join(" "))).or_insert(0) += 1;
    }
    assert_eq!(said, what_happened());
    assert_names_nobody(&log, &metrics);
}

#[test]
fn the_log_as_json_names_nobody() {
    let (log, metrics) = written_down("json");
    let mut said = BTreeMap::new();
    for line in log.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(keys(&line), ["fields", "level", "timestamp"]);
        let (fields, text) = (&line["fields"], |value: &Value| value.as_str().expect("a text").to_owned());
        let keys: Vec<_> = keys(fields).into_iter().filter(|key| key != "message").collect();
        *said.entry((text(&line["level"]), text(&fields["message"]), keys.join(" "))).or_insert(0) += 1;
    }
    assert_eq!(said, what_happened());
    assert_names_nobody(&log, &metrics);
}

/// Level, message and further keys of every line of the log, and how often it is there.
fn what_happened() -> BTreeMap<(String, String, String), usize> {
    let lines = [
        ("checkpoint cosigned again", "time", 1),
        ("statement taken in", "index", 2),
        ("statement not taken in", "error", 1),
    ];
    lines.map(|(message, keys, count)| (("INFO".to_owned(), message.to_owned(), keys.to_owned()), count)).into()
}

#[track_caller]
fn assert_names_nobody(log: &str, metrics: &str) {
    for mark in OF_CLIENTS.iter().chain(&OF_REQUESTS) {
        assert!(!log.contains(mark), "{mark} in {log}");
        assert!(!metrics.contains(mark), "{mark} in {metrics}");
    }
    let mut labels = BTreeMap::<_, BTreeSet<_>>::new();
    for line in metrics.lines().filter(|line| !line.starts_with('#')) {
        let Some((_, rest)) = line.split_once('{') else { continue };
        let (pairs, _) = rest.split_once('}').expect("closed");
        for (label, value) in pairs.split(',').filter_map(|pair| pair.split_once('=')) {
            labels.entry(label).or_default().insert(value.trim_matches('"'));
        }
    }
    assert_eq!(labels.keys().copied().collect::<Vec<_>>(), ["endpoint", "le", "outcome", "status"]);
    let values = |label| labels[label].iter().copied().collect::<Vec<_>>();
    assert_eq!(values("endpoint"), ["checkpoint", "entries", "other", "statements", "tile"]);
    assert_eq!(values("status"), ["200", "400", "404", "405", "415", "422", "429"]);
    assert_eq!(values("outcome"), ["accepted", "done", "known", "malformed", "too_many_requests", "wrong_seq"]);
}

fn keys(object: &Value) -> Vec<String> {
    object.as_object().expect("an object").keys().cloned().collect()
}

/// The log and the figures of a server that was asked for all kinds of things.
fn written_down(format: &str) -> (String, String) {
    let world = World::bare();
    let cast = block_on(Cast::on_new_ledger(&world.path("ledger")));
    let mut command = world.command("anchor");
    command.args(["serve", "--ledger", "ledger", "--listen", "127.0.0.1:0"]);
    command.env("SCHULSIEGEL_LOG", format).env("SCHULSIEGEL_TRUSTED_PROXIES", "127.0.0.0/8");
    command.env("SCHULSIEGEL_STATEMENTS_PER_MINUTE", "1");
    let serving = Serving::start(&mut command).expect("it listens");
    wait("the first refresh", || serving.err().contains("cosigned again"));
    let ask = |method, path, media, body: &[u8]| ask(serving.address(), method, path, media, body);
    let text = "text/plain; charset=utf-8";

    let [mut school, mut other, ..] = <[_; 4]>::try_from(cast.schools).unwrap_or_else(|_| unreachable!("four"));
    let first = school.batch();
    let second = school.batch();
    let third = school.batch();
    other.batch();
    let too_early = other.batch();
    let answers = [
        ask("POST", "/statements?at=4", text, &first),
        ask("POST", "/statements", text, &first),
        ask("POST", "/statements", text, &second),
        ask("GET", "/checkpoint?name=query-mark", text, b""),
        ask("POST", "/statements", text, &too_early),
        ask("POST", "/statements", text, "Erika Mustermann, geboren am 1. April\n".as_bytes()),
        ask("POST", "/statements", text, &third),
        ask("POST", "/statements", "type-mark/plain", &third),
        ask("POST", "/statements?at=query-mark", text, &third),
        ask("GET", "/path-mark/Erika%20Mustermann", text, b""),
        ask("PUT", "/statements?query-mark", text, b"Erika Mustermann"),
        ask("method-mark", "/checkpoint", text, b""),
        ask("GET", "/tile/path-mark", text, b""),
        ask("GET", "/tile/entries/path-mark", text, b""),
        ask("GET", "/tile/entries/000.p/6", text, b""),
        ask("GET", "/tile/0/000.p/6", text, b""),
    ];
    assert_eq!(answers.map(|(status, _)| status), STATUSES);
    let (status, metrics) = ask("GET", "/metrics?query-mark", text, b"");
    assert_eq!(status, 200);
    serving.terminate();
    (serving.end().expect(0).err, metrics)
}

/// Asks as a proxy that names the client. Gives status and body.
fn ask(address: &str, method: &str, path: &str, media: &str, body: &[u8]) -> (u16, String) {
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nx-forwarded-for: 203.0.113.77\r\n\
         forwarded: for=203.0.113.78\r\nuser-agent: agent-mark\r\ncookie: a=cookie-mark\r\ncontent-type: {media}\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.write_all(&[head.as_bytes(), body].concat()).expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    (status.unwrap_or_else(|| panic!("{answer}")), body.unwrap_or_default())
}
