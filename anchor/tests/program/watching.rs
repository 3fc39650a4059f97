// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Following a ledger: what is told, to whom, how often, and what happens when the ledger or the web service is not
//! what it should be.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::Child,
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use anchor::conformance::cast::batch;
use serde_json::{Value, json};

use crate::town::{self, Town, keys};

const SCHOOL: &str = "schule/07/1";

/// Long enough for a machine that is busy; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_mins(1);

fn indices(lines: &[Value]) -> Vec<u64> {
    lines.iter().map(|line| line["index"].as_u64().expect("an index")).collect()
}

#[test]
fn a_school_sees_what_is_said_as_its_own_and_about_it() {
    let town = Town::new();
    let mut school = town.school(SCHOOL, 3, "ledger");
    let mut other = town.school("schule/07/2", 4, "ledger");
    town.says(&mut school, batch(1));
    town.says(&mut other, batch(2));
    town.done("suspend schule/07/1 --reason x --ledger ledger --yes");
    let all = town.json("watch --ledger ledger --once --json");
    assert_eq!(indices(&all), [0, 1, 2, 3, 4]);
    assert_eq!(indices(&town.json("watch --ledger ledger --once --json --since 3")), [3, 4]);
    let own = town.json("watch --ledger ledger --once --json --school schule/07/1");
    assert_eq!(indices(&own), [0, 2, 4]);
    let log = town.json("log --ledger ledger --json");
    let mut wanted: Vec<_> = keys(&log[2]).into_iter().chain(["event", "ledger"]).collect();
    wanted.sort_unstable();
    assert_eq!(keys(&own[1]), wanted);
    assert_eq!((&own[1]["event"], &own[1]["ledger"]), (&json!("statement"), &json!("ledger.example")));
    assert_eq!(own[1]["note"], log[2]["note"]);

    let said = town.done("watch --ledger ledger --once --school schule/07/2");
    let lines: Vec<_> = said.lines().collect();
    assert!(
        lines[0].ends_with("  place 1: accreditation by km.example, Gymnasium am Mühlenberg, Mainz – counts"),
        "{said}"
    );
    assert!(lines[1].ends_with("  place 3: batch by schule/07/2, abitur – counts"), "{said}");
    assert_eq!(lines.len(), 2);
}

#[test]
fn what_does_not_count_is_told_with_its_reason() {
    let town = Town::new();
    town.school(SCHOOL, 3, "ledger");
    town.done("suspend schule/07/1 --reason x --ledger ledger --yes");
    let pins = town.read("ledger/authorities").replace(" 0 -\n", " 0 1\n");
    town.write("ledger/authorities", pins);
    let told = &town.json("watch --ledger ledger --once --json --school schule/07/1")[1];
    assert_eq!((&told["counted"], &told["refusal"]), (&json!(false), &json!("outside_window")));
    let said = town.done("watch --ledger ledger --once --since 1");
    let end = "suspension by km.example, schule/07/1 (x) – DOES NOT COUNT, since the ministry's key does not count at this \
               place of the ledger (code: outside_window)\n";
    assert!(said.ends_with(end), "{said}");
}

#[test]
fn a_state_goes_on_where_the_last_run_ended() {
    let town = Town::new();
    let mut school = town.school(SCHOOL, 3, "ledger");
    let line = "watch --ledger ledger --once --json --state state";
    assert_eq!(indices(&town.json(line)), [0]);
    assert_eq!(town.done(line), "");
    town.says(&mut school, batch(1));
    // What a service's file says is no reason to begin again.
    assert_eq!(indices(&town.json(&format!("{line} --since 0"))), [1]);
    let state: Value = serde_json::from_str(&town.read("state")).expect("JSON");
    assert_eq!((&state["next"], &state["size"], &state["ledger"]), (&json!(2), &json!(2), &json!("ledger.example")));

    town.fails(
        "watch --ledger ledger --once --state state --school schule/07/1",
        64,
        "error: “state” belongs to a watch with another “--school”.\nhint: Each watch needs a file of its own.\n",
    );
    town.write("state", "{}");
    town.fails(
        "watch --ledger ledger --once --state state",
        64,
        "error: “state” is no remembered state.\nhint: Name another file. Without a state everything is told from the \
         beginning.\n",
    );
    let ran = town.run("watch --ledger ledger --webhook ftp://x --state s");
    assert_eq!((ran.code, ran.err.contains("http:// or https://")), (64, true), "{}", ran.err);
    let ran = town.run("watch --ledger ledger --webhook http://x");
    assert_eq!((ran.code, ran.err.contains("--state")), (64, true), "{}", ran.err);
    let ran = town.run("watch --ledger ledger --interval 0");
    assert_eq!((ran.code, ran.err.contains("1 to 86400 seconds")), (64, true), "{}", ran.err);
}

#[test]
fn a_ledger_that_shows_something_else_is_an_alarm() {
    let town = Town::new();
    let mut school = town.school(SCHOOL, 3, "ledger");
    town::copy(&town.path("ledger"), &town.path("older"));
    let mut elsewhere = school.clone();
    town.says(&mut school, batch(1));
    let line = "watch --ledger ledger --once --json --state state";
    assert_eq!(indices(&town.json(line)), [0, 1]);
    town::copy(&town.path("ledger"), &town.path("good"));

    // An older backup with its own checkpoint.
    let swap = |with: &str| {
        fs::remove_dir_all(town.path("ledger")).expect("removed");
        town::copy(&town.path(with), &town.path("ledger"));
    };
    swap("older");
    let alarm = |code: &str| {
        let ran = town.run(line);
        assert_eq!(ran.code, 1, "{ran:#?}");
        let [told] = &town::json(&ran.out)[..] else { panic!("{ran:#?}") };
        assert_eq!(keys(told), ["code", "event", "ledger", "time"]);
        assert_eq!((&told["event"], &told["code"]), (&json!("alarm"), &json!(code)));
        assert_eq!(told["ledger"], json!("ledger.example"));
        ran.err
    };
    let report = alarm("ledger_rolled_back");
    assert!(report.starts_with("error: The ledger lacks entries: it has 1, 2 were published.\n"), "{report}");
    // Another history of the same length, and a longer one.
    town.says(&mut elsewhere, batch(7));
    let report = alarm("ledger_forked");
    assert!(report.starts_with("error: The ledger has other entries than it has published (among the first 2).\n"));
    town.says(&mut elsewhere, batch(8));
    alarm("ledger_forked");
    fs::remove_dir_all(town.path("ledger")).expect("removed");
    let ran = town.run(line);
    assert_eq!((ran.code, ran.err.starts_with("error: ")), (64, true), "{ran:#?}");
    town::copy(&town.path("good"), &town.path("ledger"));
    town.says(&mut school, batch(2));
    assert_eq!(indices(&town.json(line)), [2], "nothing of the other histories was remembered");
}

/// The lines that a program prints, as they come.
fn lines(child: &mut Child) -> Receiver<String> {
    let (send, receive) = channel();
    let out = BufReader::new(child.stdout.take().expect("piped"));
    thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
    receive
}

#[cfg(unix)]
fn stop(mut child: Child, signal: rustix::process::Signal) {
    let id = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(id, signal).expect("sent");
    let status = child.wait().expect("ended");
    assert_eq!(status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn it_keeps_watching_through_trouble_and_ends_cleanly() {
    let town = Town::new();
    let mut school = town.school(SCHOOL, 3, "ledger");
    let mut child = town.start("watch --ledger ledger --json --interval 1");
    let said = lines(&mut child);
    let next = || serde_json::from_str::<Value>(&said.recv_timeout(PATIENCE).expect("a line")).expect("JSON");
    assert_eq!(next()["index"], json!(0));
    town.says(&mut school, batch(1));
    assert_eq!(next()["index"], json!(1));
    fs::rename(town.path("ledger"), town.path("away")).expect("renamed");
    let told = next();
    assert_eq!((&told["event"], &told["code"]), (&json!("alarm"), &json!("ledger_unreachable")));
    fs::rename(town.path("away"), town.path("ledger")).expect("renamed");
    assert_eq!(next()["event"], json!("recovered"));
    town.says(&mut school, batch(2));
    assert_eq!(next()["index"], json!(2));
    stop(child, rustix::process::Signal::INT);
    let mut child = town.start("watch --ledger ledger --json");
    let said = lines(&mut child);
    said.recv_timeout(PATIENCE).expect("a line");
    stop(child, rustix::process::Signal::TERM);
}

/// A web service that answers as it is told, once for each request, and gives the bodies.
fn service(answers: Vec<Option<u16>>) -> (String, Receiver<(String, Value)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/hook?token=secret", listener.local_addr().expect("bound"));
    let (send, receive) = channel();
    thread::spawn(move || {
        for answer in answers {
            let (stream, _) = listener.accept().expect("a request");
            let request = take(&stream);
            if let Some(status) = answer {
                let _ = (&stream).write_all(
                    format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes(),
                );
            }
            let _ = send.send(request);
        }
    });
    (address, receive)
}

/// The head and the body of a request.
fn take(stream: &TcpStream) -> (String, Value) {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).expect("a line"), 0, "{head}");
    }
    let head = head.to_lowercase();
    let length = head.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
    let mut body = vec![0; length.expect("a length").parse().expect("a number")];
    reader.read_exact(&mut body).expect("the body");
    (head, serde_json::from_slice(&body).expect("JSON"))
}

#[test]
fn a_webhook_gets_everything_in_order_at_least_once() {
    let town = Town::new();
    let mut school = town.school(SCHOOL, 3, "ledger");
    for number in 1..4 {
        town.says(&mut school, batch(number));
    }
    // The first is refused, the answer to the second is lost, and redirects are not followed.
    let answers = [Some(200), Some(500), Some(204), None, Some(200), Some(302), Some(200)];
    let (address, bodies) = service(answers.to_vec());
    let ran = town.run(&format!("watch --ledger ledger --once --json --state state --webhook {address}"));
    assert_eq!(ran.code, 0, "{ran:#?}");
    let bodies: Vec<_> = bodies.try_iter().collect();
    let posted: Vec<_> = bodies.iter().map(|(_, body)| body.clone()).collect();
    assert_eq!(indices(&posted), [0, 1, 1, 2, 2, 3, 3]);
    let printed = town::json(&ran.out);
    assert_eq!(indices(&printed), [0, 1, 2, 3]);
    assert_eq!(printed[0], posted[0], "what is sent is what is printed");
    let head = &bodies[0].0;
    assert!(head.starts_with("post /hook?token=secret http/1.1\r\n"), "{head}");
    assert!(
        head.contains("\r\ncontent-type: application/json\r\n") && head.contains("\r\nuser-agent: schulsiegel-anchor/")
    );
    assert!(ran.err.contains("The web service did not accept: http://127.0.0.1:"), "{}", ran.err);
    assert!(ran.err.contains(" answers with the status 500. Trying again in one second.\n"), "{}", ran.err);
    assert!(!ran.err.contains("secret"), "{}", ran.err);
}

#[test]
fn a_webhook_that_does_not_answer_is_told_from_the_same_place_again() {
    let town = Town::new();
    let mut school = town.school(SCHOOL, 3, "ledger");
    town.says(&mut school, batch(1));
    let (address, bodies) = service(vec![Some(200), Some(503), Some(503), Some(503), Some(503), Some(503)]);
    let line = "watch --ledger ledger --once --state state --webhook";
    let ran = town.run(&format!("{line} {address}"));
    assert_eq!(ran.code, 2, "{ran:#?}");
    assert!(ran.err.contains("error: The web service did not accept something: http://127.0.0.1:"), "{}", ran.err);
    assert_eq!(bodies.try_iter().count(), 6);
    let state: Value = serde_json::from_str(&town.read("state")).expect("JSON");
    assert_eq!(state["next"], json!(1));

    let (address, bodies) = service(vec![Some(200)]);
    assert_eq!(town.run(&format!("{line} {address}")).code, 0);
    let posted: Vec<_> = bodies.try_iter().map(|(_, body)| body).collect();
    assert_eq!(indices(&posted), [1]);
}

#[test]
fn an_alarm_is_sent_as_well() {
    let town = Town::new();
    town.school(SCHOOL, 3, "ledger");
    town.done("watch --ledger ledger --once --state state");
    fs::remove_dir_all(town.path("ledger")).expect("removed");
    town.done("init --dir ledger --origin ledger.example");
    let (address, bodies) = service(vec![Some(200)]);
    let ran = town.run(&format!("watch --ledger ledger --once --state state --webhook {address}"));
    assert_eq!(ran.code, 1, "{ran:#?}");
    let (_, body) = bodies.recv_timeout(PATIENCE).expect("an alarm");
    assert_eq!((&body["event"], &body["code"]), (&json!("alarm"), &json!("ledger_rolled_back")));
}
