// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! One year, from the first request to the last check.

use std::{
    fs,
    thread::{self, JoinHandle},
    time::Duration,
};

use serde_json::json;
use tests::{
    Run,
    hosts::{Host, Running, wait_until},
    tree,
};

use super::land::{
    GOETHE, Land, MINISTRY, SCHILLER, accept_colleague, alarms, assert_alarm, assert_known, assert_recovered,
    assert_sealed, assert_told, at_once, check, issue, issue_line, issuer, make, sealed,
};

/// What is signed and noted is sent at once; nobody sees from outside when it has been.
const TO_SEND: Duration = Duration::from_secs(2);

pub(crate) fn school_year() {
    let mut land = Land::new();
    accredited_offline(&mut land);
    accredited_by_address(&mut land);
    let line = format!("watch --ledger {} --trust trust --interval 1 --json", land.url());
    let watch = Running::start(&mut land.ministry.command("anchor", &line));
    assert_told(&watch, land.all_said());

    three_seal_at_once(&mut land);
    one_school_two_registers(&mut land);
    copies_of_the_university(&mut land);
    let hanging = an_answer_is_lost(&mut land);
    withdrawn_and_replaced(&mut land);
    slow(&mut land);
    assert_told(&watch, &land.all_said()[2..]);
    stopped_for_a_while(&mut land, &watch);
    killed_in_the_middle(&mut land, &watch);
    cut_off(&mut land, &watch);
    the_answer_is_looked_up(&mut land, hanging);
    a_ministry_by_address(&mut land, &watch);
    the_end(land, watch);
}

/// The request comes by mail, the accreditation goes back on a stick, and whoever has it hands it in.
pub(crate) fn accredited_offline(land: &mut Land) {
    init(&land.goethe, "Goethe-Gymnasium", "31");
    make(&land.goethe, "first", 1);
    let early = issue(&land.goethe, "first").expect(1);
    assert!(early.err.starts_with("error: This school is not accredited yet. Nothing was sealed.\n"), "{early:?}");
    assert!(!land.goethe.path("sealed").exists());

    land.goethe.carry("school/request.note", &land.ministry, "31.note");
    let unreachable = land.authority("accredit 31.note").expect(1);
    assert!(unreachable.err.contains("Network is unreachable"), "{unreachable:?}");
    assert!(kept(&land.ministry).is_empty(), "nothing is signed for a ledger that is not there");
    let line = "accredit 31.note --authority ministry --out accreditation.note --yes";
    land.ministry.run("anchor", line).quiet();
    assert_eq!(kept(&land.ministry).len(), 1);

    // Both administrators have the stick, and both hand in what is on it, at once: neither is answered before both have.
    land.ministry.carry("accreditation.note", &land.goethe, "accreditation.note");
    land.ministry.carry("accreditation.note", &land.colleague, "accreditation.note");
    let held = land.ledger.hold();
    let submit = [1, 2].map(|number| format!("submit accreditation.note --ledger {}", land.ledger.url(number)));
    let runs = [(&land.goethe, &submit[0]), (&land.colleague, &submit[1])];
    let runs = runs.map(|(school, line)| school.run_beside("anchor", line));
    thread::sleep(TO_SEND);
    drop(held);
    let answers = runs.map(|run| run.join().expect("it runs").quiet());
    assert_eq!(answers[0], answers[1]);
    land.said(&[(MINISTRY, "accredit")]);
    // And once more, long after.
    let again = land.goethe.run("anchor", &submit[0]).quiet();
    assert_eq!(again, answers[0]);
    land.said(&[]);
}

/// The ministry is on the network now, and signs for the second school by the ledger's address.
pub(crate) fn accredited_by_address(land: &mut Land) {
    init(&land.schiller, "Schillerschule", "32");
    land.schiller.carry("school/request.note", &land.ministry, "32.note");
    land.ministry.plug_in();
    land.authority("accredit 32.note --kinds abitur").quiet();
    land.said(&[(MINISTRY, "accredit")]);
    let names = |run: Run| (run.column("school"), run.column("status"));
    let line = format!("schools --ledger {} --trust trust --json", land.url());
    let schools = names(land.university.run("anchor", &line).quiet());
    assert_eq!(schools, (vec![GOETHE.to_owned(), SCHILLER.to_owned()], vec!["accredited".to_owned(); 2]));
    make(&land.schiller, "halbjahr", 90);
    let line = "issue halbjahr --out sealed/halbjahr --kind halbjahr";
    let refused = issuer(&land.schiller, line).expect(1);
    assert!(refused.err.contains("(kind_out_of_scope)"), "{refused:?}");
    land.said(&[]);
}

/// Both schools, and both administrators of one, who have its key and a register each.
pub(crate) fn three_seal_at_once(land: &mut Land) {
    for file in ["issuer.toml", "school.key", "request.note"] {
        land.goethe.carry(&format!("school/{file}"), &land.colleague, &format!("school/{file}"));
    }
    make(&land.colleague, "first", 2);
    make(&land.schiller, "first", 3);
    let schools = [&land.goethe, &land.colleague, &land.schiller];
    let runs = at_once(schools.map(|school| (school, "issuer", issue_line("first"))));
    runs.into_iter().for_each(assert_sealed);
    // Who comes when is nobody's to say, but the three are there, and each once.
    let order: Vec<_> = land.ledger.entries()[land.size()..]
        .iter()
        .map(|entry| if entry["issuer"] == json!(GOETHE) { (GOETHE, "batch") } else { (SCHILLER, "batch") })
        .collect();
    assert_eq!(order.iter().filter(|(issuer, _)| *issuer == GOETHE).count(), 2);
    assert_eq!(order.len(), 3);
    land.said(&order);
}

/// What the one has done the other does not know: an alarm, until it is accepted.
pub(crate) fn one_school_two_registers(land: &mut Land) {
    for (own, other) in [(&land.goethe, &land.colleague), (&land.colleague, &land.goethe)] {
        let index = issuer(other, "list --json").quiet().json()[0]["index"].as_u64();
        assert_eq!(alarms(own), [("unknown_statement".to_owned(), index)]);
        accept_colleague(own);
    }
    assert_eq!(alarms(&land.schiller), []);
}

/// The university judges with the ledger, without it, and by its copy.
pub(crate) fn copies_of_the_university(land: &mut Land) {
    for school in [land.goethe.clone(), land.colleague.clone(), land.schiller.clone()] {
        land.apply(&school, "sealed/first");
    }
    land.sync();
    let lines = land.assert_worth("");
    assert!(lines.iter().all(|line| line["tree_size"] == json!(land.size())), "{lines:#?}");
    land.university.unplug();
    land.assert_unreachable(check(&land.university, ""));
    let lines = land.assert_worth("--offline");
    assert!(lines.iter().all(|line| line["tree_size"] == json!(land.size())), "{lines:#?}");
    let failed = land.university.run("verifier", "sync --json").expect(2);
    assert_eq!(failed.column("reason"), ["ledger_unreachable"]);
    land.university.plug_in();
}

/// A school seals, and its cable is pulled when the service has the statement and has not answered yet. It waits for long;
/// the others go on meanwhile.
fn an_answer_is_lost(land: &mut Land) -> JoinHandle<Run> {
    make(&land.schiller, "second", 4);
    let held = land.ledger.hold();
    let hanging = land.schiller.run_beside("issuer", &issue_line("second"));
    wait_for_statement(&land.schiller);
    land.schiller.unplug();
    drop(held);
    let size = land.size();
    wait_until("the entry", || land.ledger.size() > size);
    land.said(&[(SCHILLER, "batch")]);
    assert!(!hanging.is_finished(), "it has no answer");
    hanging
}

/// By its own school, by the colleague who has only the file, and by a better one.
pub(crate) fn withdrawn_and_replaced(land: &mut Land) {
    let (goethe, colleague) = (land.goethe.clone(), land.colleague.clone());
    let [own, of_colleague] = [&goethe, &colleague].map(|school| sealed(school, "sealed/first"));
    issuer(&goethe, &format!("revoke {} --reason issued-in-error --yes", own[0])).quiet();
    goethe.carry(&own[1], &colleague, "mail/withdraw.pdf");
    issuer(&colleague, "revoke mail/withdraw.pdf --reason qualification-withdrawn --yes").quiet();
    make(&colleague, "better", 5);
    let better = &tree(&colleague.path("better")).into_keys().next().expect("a certificate");
    let line = format!("replace {} better/{} --out sealed/better --json --yes", of_colleague[2], better.display());
    assert_eq!(issuer(&colleague, &line).expect(0).column("status"), ["replaced"]);
    land.said(&[(GOETHE, "revoke"), (GOETHE, "revoke"), (GOETHE, "batch"), (GOETHE, "replace")]);

    land.apply(&colleague, "sealed/better");
    land.is_worth(&goethe, &own[0], ("revoked", Some("school")));
    land.is_worth(&goethe, &own[1], ("revoked", Some("school")));
    land.is_worth(&colleague, &of_colleague[2], ("replaced", Some("school")));
    land.assert_worth("");
    land.sync();
    land.assert_worth("--offline");
    // Both look through what the other has said, and accept it.
    [&goethe, &colleague].into_iter().for_each(accept_colleague);
}

/// On a line that is slow and loses what comes too fast, everything takes longer and nothing else is different.
fn slow(land: &mut Land) {
    let (goethe, university) = (land.goethe.clone(), land.university.clone());
    make(&goethe, "second", 6);
    goethe.slow();
    university.slow();
    let [sealed, checked] = at_once([
        (&goethe, "issuer", issue_line("second")),
        (&university, "verifier", "check --json applications --replay".to_owned()),
    ]);
    assert_sealed(sealed);
    land.assert_is_worth(checked);
    land.said(&[(GOETHE, "batch")]);
    assert!(goethe.fast() + university.fast() > 0, "nothing was lost on the way");
    land.apply(&goethe, "sealed/second");
    land.assert_worth("");
}

/// The service is stopped in order. Nothing can be done, nothing is done by halves, and then it goes on.
fn stopped_for_a_while(land: &mut Land, watch: &Running) {
    make(&land.goethe, "third", 7);
    land.ledger.stop();
    let away = issue(&land.goethe, "third").expect(1);
    assert!(away.err.contains("Connection refused"), "{away:?}");
    assert!(!land.goethe.path("sealed/third").exists());
    land.assert_unreachable(check(&land.university, ""));
    let copied = land.university.run("verifier", "check --json applications/colleague/sealed/better --offline");
    assert_eq!(copied.expect(0).column("verdict"), ["genuine"]);
    assert_alarm(watch);
    land.ledger.start();
    assert_sealed(issue(&land.goethe, "third"));
    land.said(&[(GOETHE, "batch")]);
    assert_recovered(watch, &[(GOETHE, "batch")]);
    let goethe = land.goethe.clone();
    land.apply(&goethe, "sealed/third");
    land.assert_worth("");
}

/// The service dies with a statement in its hand that it has not written. The school does not know, and finds out.
fn killed_in_the_middle(land: &mut Land, watch: &Running) {
    make(&land.colleague, "second", 8);
    let held = land.ledger.hold();
    let hanging = land.colleague.run_beside("issuer", &issue_line("second"));
    wait_for_statement(&land.colleague);
    land.ledger.kill();
    drop(held);
    let told = hanging.join().expect("it runs").expect(2);
    assert!(told.err.contains("It is not known"), "{told:?}");
    assert_alarm(watch);
    assert_eq!(issue(&land.colleague, "second").expect(1).out, "", "as long as it is away, nothing is decided");

    land.ledger.start();
    assert_known(issue(&land.colleague, "second"));
    land.said(&[(GOETHE, "batch")]);
    assert_recovered(watch, &[(GOETHE, "batch")]);
    let colleague = land.colleague.clone();
    land.apply(&colleague, "sealed/second");
    land.assert_worth("");
}

/// The service runs, and nobody gets through to it.
fn cut_off(land: &mut Land, watch: &Running) {
    make(&land.goethe, "fourth", 9);
    let before = kept(&land.ministry);
    land.ledger.cut_off();
    let [sealed, checked, suspended] = at_once([
        (&land.goethe, "issuer", issue_line("fourth")),
        (&land.university, "verifier", "check --json applications".to_owned()),
        (&land.ministry, "anchor", land.authority_line(&format!("suspend {GOETHE} --reason inquiry"))),
    ]);
    sealed.expect(1);
    suspended.expect(1);
    land.assert_unreachable(checked);
    assert_alarm(watch);
    land.ledger.let_through();
    assert_eq!(kept(&land.ministry), before, "nothing is signed for a ledger that is not there");
    assert_sealed(issue(&land.goethe, "fourth"));
    land.said(&[(GOETHE, "batch")]);
    assert_recovered(watch, &[(GOETHE, "batch")]);
    let goethe = land.goethe.clone();
    land.apply(&goethe, "sealed/fourth");
}

/// The school that got no answer gives the same command again: what it said is there, and is not said twice.
fn the_answer_is_looked_up(land: &mut Land, hanging: JoinHandle<Run>) {
    let told = hanging.join().expect("it runs").expect(2);
    assert!(told.err.contains("It is not known"), "{told:?}");
    let schiller = land.schiller.clone();
    assert!(!schiller.path("sealed/second").exists() || sealed(&schiller, "sealed/second").is_empty());
    // Still without a network, nothing is decided.
    issue(&schiller, "second").expect(1);
    schiller.plug_in();
    assert_known(issue(&schiller, "second"));
    land.said(&[]);
    assert_eq!(alarms(&schiller), []);
    land.apply(&schiller, "sealed/second");
    land.assert_worth("");
}

/// What a ministry says beside accreditations, with the ledger at an address.
fn a_ministry_by_address(land: &mut Land, watch: &Running) {
    let schiller = land.schiller.clone();
    make(&schiller, "third", 10);
    land.authority(&format!("suspend {SCHILLER} --reason inquiry")).quiet();
    land.said(&[(MINISTRY, "suspend")]);
    let refused = issue(&schiller, "third").expect(1);
    assert!(refused.err.starts_with("error: The ministry has suspended the school."), "{refused:?}");
    assert_eq!(alarms(&schiller), [("suspended".to_owned(), None)]);
    // What it sealed before is what it was, and says so.
    let status = |line: &serde_json::Value| line["issuer_status"].clone();
    let of_schiller = |line: &serde_json::Value| line["school"]["key_name"] == json!(SCHILLER);
    for line in land.assert_worth("") {
        let expected = if of_schiller(&line) { "suspended" } else { "accredited" };
        assert_eq!(status(&line), json!(expected), "{line}");
    }
    // A second time it is not signed.
    land.authority(&format!("suspend {SCHILLER} --reason inquiry")).expect(0);
    land.said(&[]);

    // The service dies while what ends this waits in it: it is signed and kept, and handed in by the same command again.
    assert_told(watch, &[(MINISTRY, "suspend")]);
    let (resume, before) = (format!("resume {SCHILLER} --reason cleared-up"), kept(&land.ministry).len());
    let held = land.ledger.hold();
    let hanging = land.ministry.run_beside("anchor", &land.authority_line(&resume));
    wait_until("signing", || kept(&land.ministry).len() > before);
    thread::sleep(TO_SEND);
    land.ledger.kill();
    drop(held);
    hanging.join().expect("it runs").expect(2);
    assert_alarm(watch);
    land.ledger.start();
    land.said(&[]);
    land.authority(&resume).expect(0);
    assert_eq!(kept(&land.ministry).len(), before + 1, "signed twice");
    land.said(&[(MINISTRY, "resume")]);
    assert_recovered(watch, &[(MINISTRY, "resume")]);
    assert_sealed(issue(&schiller, "third"));
    land.said(&[(SCHILLER, "batch")]);
    land.apply(&schiller, "sealed/third");

    let file = sealed(&schiller, "sealed/third").remove(0);
    let id = issuer(&schiller, &format!("show {file} --json")).quiet().column("certificate").remove(0);
    land.authority(&format!("revoke {id} --reason qualification-withdrawn")).quiet();
    land.said(&[(MINISTRY, "revoke")]);
    land.is_worth(&schiller, &file, ("revoked", Some("authority")));
    land.assert_worth("");
}

/// Everybody looks once more, and the ledger's files say the same.
fn the_end(mut land: Land, watch: Running) {
    assert_told(&watch, &[(SCHILLER, "batch"), (MINISTRY, "revoke")]);
    assert_eq!(watch.stop(), (Some(0), Vec::new()));
    [&land.goethe, &land.colleague].into_iter().for_each(accept_colleague);
    for school in [&land.goethe, &land.colleague, &land.schiller] {
        assert_eq!(issuer(school, "resume").quiet().out, "Nothing is open.\n");
        assert_eq!(alarms(school), []);
    }
    land.sync();
    land.university.unplug();
    let lines = land.assert_worth("--offline");
    assert!(lines.iter().all(|line| line["tree_size"] == json!(land.size())), "{lines:#?}");
    land.university.plug_in();
    land.assert_worth("");

    land.ledger.stop();
    land.assert_unreachable(check(&land.university, ""));
    let fsck = land.ledger.fsck();
    assert_eq!((&fsck["clean"], &fsck["findings"], &fsck["uncounted"]), (&json!(true), &json!([]), &json!([])));
    assert_eq!(fsck["entries"], json!(land.size()));
    assert_eq!(land.size(), 18);
    land.assert_apart();
}

fn init(school: &Host, name: &str, number: &str) {
    let line = format!("init --name {name} --number {number} --place Mainz --state 07 --trust ../trust");
    issuer(school, &format!("{line} --no-passphrase")).expect(0);
}

/// What a ministry has signed.
fn kept(ministry: &Host) -> Vec<String> {
    let folder = ministry.path("ministry/statements");
    if !folder.exists() {
        return Vec::new();
    }
    tree(&folder).into_keys().map(|name| name.display().to_string()).collect()
}

/// Waits until a school has sent a statement: it is the next thing that it does when its register has it.
pub(crate) fn wait_for_statement(school: &Host) {
    let words = b"\ntype batch\n";
    let staged = || fs::read(school.path("school/register.db-wal")).unwrap_or_default();
    wait_until("staging", || staged().windows(words.len()).any(|part| part == words));
    thread::sleep(TO_SEND);
}
