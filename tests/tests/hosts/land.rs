// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A Land: whoever has a machine in it, what was said on its ledger, and what its certificates are worth.

use std::{collections::BTreeMap, fs, sync::Barrier, thread};

use serde_json::{Value, json};
use tests::{
    Run,
    hosts::{Host, Ledger, Net, Running, Service},
    postgres::Cluster,
    tree,
};

/// The ledger's name.
pub(crate) const ORIGIN: &str = "siegel.example";

/// Whoever speaks on the ledger.
pub(crate) const MINISTRY: &str = "mb.rlp.example";
pub(crate) const GOETHE: &str = "schule/07/31";
pub(crate) const SCHILLER: &str = "schule/07/32";

/// What is sealed by everybody who seals.
pub(crate) const CERTIFICATES: usize = 4;

/// Machines: of those who serve the ledger, and five more.
pub(crate) struct Land {
    pub(crate) ledger: Ledger,
    /// Where the ledger's database is, if it is in one.
    pub(crate) database: Option<Host>,
    pub(crate) ministry: Host,
    /// The one administrator of the Goethe-Gymnasium, and the other.
    pub(crate) goethe: Host,
    pub(crate) colleague: Host,
    pub(crate) schiller: Host,
    pub(crate) university: Host,
    /// What stands on the ledger: who said what.
    said: Vec<(&'static str, &'static str)>,
    /// What applicants have sent to the university, and what each file of it is worth.
    worth: BTreeMap<String, Worth>,
    /// How many entries the university's copy has.
    synced: usize,
    _net: Net,
}

/// Verdict, and who withdrew it.
pub(crate) type Worth = (&'static str, Option<&'static str>);

impl Land {
    /// A ministry with a key, a ledger that believes it and is served, and everybody with a trust folder. The ministry's
    /// machine is on no network.
    pub(crate) fn new() -> Self {
        let net = Net::new();
        let services = vec![Service::new(net.host("ledger", 1), "ledger")];
        Self::with(net, Ledger { services, database: None }, None)
    }

    /// The same where the ledger is in a database on a machine of its own, and two others serve it.
    pub(crate) fn on_database() -> Self {
        let net = Net::new();
        let host = net.host("database", 3);
        let cluster = Cluster::start_on(&host);
        let name = cluster.database();
        let store = cluster.url(&name);
        let services = [net.host("ledger", 1), net.host("second", 4)].map(|host| Service::new(host, &store));
        Self::with(net, Ledger { services: services.into(), database: Some((cluster, name)) }, Some(host))
    }

    fn with(net: Net, mut ledger: Ledger, database: Option<Host>) -> Self {
        let ministry = net.host("ministry", 2);
        let [goethe, colleague] = [net.host("goethe", 11), net.host("colleague", 12)];
        let [schiller, university] = [net.host("schiller", 13), net.host("university", 21)];
        ministry.unplug();
        let init = format!("init-authority --dir ministry --name {MINISTRY} --state 07 --origin {ORIGIN}");
        let told = ministry.run("anchor", &format!("{init} --no-passphrase")).expect(0).out;
        let pin = told.lines().map(str::trim).find(|line| line.ends_with(" 0 -")).expect("a line for the ledger");
        fs::write(ministry.path("pin"), format!("{pin}\n")).expect("written");
        ledger.init(&ministry, &format!("init --dir ledger --origin {ORIGIN} --authorities pin"));
        ledger.start();
        let hosts = [&ministry, &goethe, &colleague, &schiller, &university];
        for (number, host) in hosts.into_iter().enumerate() {
            let keeper = &ledger.services[0].host;
            let (url, out) = (ledger.url(number), format!("trust-{}", host.name));
            let store = ledger.services[0].store();
            keeper.run("anchor", &format!("trust --ledger {store} --place {url} --out {out}")).quiet();
            keeper.carry(&out, host, "trust");
        }
        university.run("verifier", "trust add trust --yes").quiet();
        let (said, worth) = (Vec::new(), BTreeMap::new());
        Self { ledger, database, ministry, goethe, colleague, schiller, university, said, worth, synced: 0, _net: net }
    }

    /// The ledger's address, as the ministry has it.
    pub(crate) fn url(&self) -> String {
        self.ledger.url(0)
    }

    /// `… --authority ministry --ledger URL --trust trust --yes`
    pub(crate) fn authority_line(&self, line: &str) -> String {
        format!("{line} --authority ministry --ledger {} --trust trust --yes", self.url())
    }

    /// `anchor` with this line, at the ministry.
    #[track_caller]
    pub(crate) fn authority(&self, line: &str) -> Run {
        self.ministry.run("anchor", &self.authority_line(line))
    }

    /// Notes what was said, and holds the ledger against all that was: nothing more, nothing less, and all of it counts.
    #[track_caller]
    pub(crate) fn said(&mut self, new: &[(&'static str, &'static str)]) {
        self.said.extend(new);
        let entries = self.ledger.entries();
        let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let got: Vec<_> = entries.iter().map(|entry| (text(entry, "issuer"), text(entry, "type"))).collect();
        let got: Vec<_> = got.iter().map(|(issuer, what)| (issuer.as_str(), what.as_str())).collect();
        assert_eq!(got, self.said);
        assert!(entries.iter().all(|entry| entry["counted"] == json!(true)), "{entries:#?}");
        assert_eq!(self.ledger.size(), self.said.len(), "not published");
    }

    /// How many entries there are.
    pub(crate) fn size(&self) -> usize {
        self.said.len()
    }

    /// Who said what, oldest first.
    pub(crate) fn all_said(&self) -> &[(&'static str, &'static str)] {
        &self.said
    }

    /// What was sealed into a folder of a school goes to the university.
    #[track_caller]
    pub(crate) fn apply(&mut self, school: &Host, folder: &str) {
        let there = format!("applications/{}/{folder}", school.name);
        school.carry(folder, &self.university, &there);
        let files = tree(&self.university.path(&there)).into_keys();
        self.worth.extend(files.map(|name| (format!("{there}/{}", name.display()), ("genuine", None))));
    }

    /// From now on a certificate, by its place at the school, is worth something else.
    #[track_caller]
    pub(crate) fn is_worth(&mut self, school: &Host, file: &str, worth: Worth) {
        *self.worth.get_mut(&format!("applications/{}/{file}", school.name)).expect("it was sent in") = worth;
    }

    /// The university checks all that was sent in, and finds of each what it is worth.
    #[track_caller]
    pub(crate) fn assert_worth(&self, options: &str) -> Vec<Value> {
        self.assert_is_worth(check(&self.university, options))
    }

    /// It has found that.
    #[track_caller]
    pub(crate) fn assert_is_worth(&self, checked: Run) -> Vec<Value> {
        let all_good = self.worth.values().all(|(verdict, _)| *verdict == "genuine");
        let lines = checked.expect(i32::from(!all_good)).json();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let worth = |line: &Value| (text(&line["verdict"]), text(&line["withdrawn"]["by"]));
        let got: BTreeMap<_, _> =
            lines.iter().map(|line| (text(&line["file"]).expect("a file"), worth(line))).collect();
        let owned = |(verdict, by): &Worth| (Some((*verdict).to_owned()), by.map(str::to_owned));
        let wanted: BTreeMap<_, _> = self.worth.iter().map(|(file, worth)| (file.clone(), owned(worth))).collect();
        assert_eq!(got, wanted, "{lines:#?}");
        lines
    }

    /// The university's answer where the ledger cannot be asked: of none it is known, and of none it is denied.
    #[track_caller]
    pub(crate) fn assert_unreachable(&self, checked: Run) {
        let checked = checked.expect(2);
        assert_eq!(checked.column("verdict"), vec!["undetermined"; self.worth.len()]);
        assert_eq!(checked.column("reason"), vec!["ledger_unreachable"; self.worth.len()]);
        let proven = checked.json().iter().all(|line| line["proven_at_issue"] == json!(true));
        assert!(proven, "{checked:#?}");
    }

    /// The university's copy takes in what it has not, and then has all.
    #[track_caller]
    pub(crate) fn sync(&mut self) {
        let new = self.size() - self.synced;
        let synced = self.university.run("verifier", "sync --json").quiet().json().remove(0);
        let got = ["ledger", "reason", "new_entries", "size", "evidence"].map(|key| synced[key].clone());
        assert_eq!(got, [json!(ORIGIN), json!(null), json!(new), json!(self.size()), json!([])]);
        self.synced = self.size();
    }

    /// Nobody but those who serve the ledger has anything of it, or knows where its files lie; and what the services wrote
    /// down names nobody.
    #[track_caller]
    pub(crate) fn assert_apart(&self) {
        let keeper = &self.ledger.services[0].host;
        let place = keeper.path("");
        let place = place.to_str().expect("text").as_bytes();
        let key = fs::read(keeper.path("ledger/ledger.key")).expect("readable");
        for host in [&self.ministry, &self.goethe, &self.colleague, &self.schiller, &self.university] {
            for (name, bytes) in tree(&host.path("")) {
                let holds = |what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
                assert!(!holds(place) && !holds(&key), "{} of {}", name.display(), host.name);
            }
        }
        for service in &self.ledger.services {
            let log = service.log();
            let named = [MINISTRY, GOETHE, SCHILLER, "10.83."].iter().find(|name| log.contains(**name));
            assert_eq!(named, None, "{log}");
        }
    }
}

/// `verifier check --json applications`, at the university.
#[track_caller]
pub(crate) fn check(university: &Host, options: &str) -> Run {
    university.run("verifier", &format!("check --json applications {options}"))
}

/// `issuer --config school/issuer.toml …`
#[track_caller]
pub(crate) fn issuer(school: &Host, line: &str) -> Run {
    school.run("issuer", &format!("--config school/issuer.toml {line}"))
}

/// New certificates in a folder of a school, all different.
#[track_caller]
pub(crate) fn make(school: &Host, folder: &str, seed: u32) {
    let line = format!("make --out {folder} --count {CERTIFICATES} --kind abitur --seed {seed}");
    school.run("samples", &line).quiet();
}

/// How a school seals what lies in a folder.
pub(crate) fn issue_line(folder: &str) -> String {
    format!("--config school/issuer.toml issue {folder} --out sealed/{folder} --kind abitur --json")
}

/// Seals it.
#[track_caller]
pub(crate) fn issue(school: &Host, folder: &str) -> Run {
    school.run("issuer", &issue_line(folder))
}

/// All of a folder was sealed by a run.
#[track_caller]
pub(crate) fn assert_sealed(run: Run) {
    assert_eq!(run.expect(0).column("status"), ["sealed"; CERTIFICATES]);
}

/// All of a folder is sealed; an earlier run had begun with it, and this one has finished that before it began.
#[track_caller]
pub(crate) fn assert_known(run: Run) {
    let run = run.expect(0);
    let finished = format!("From an earlier run: {CERTIFICATES} certificates are finished and lie in");
    assert!(run.err.starts_with(&finished), "{run:?}");
    assert_eq!(run.column("reason"), ["already_sealed"; CERTIFICATES]);
}

/// What `issuer status` finds: a code and an index each. Exit code 1 if there is anything.
#[track_caller]
pub(crate) fn alarms(school: &Host) -> Vec<(String, Option<u64>)> {
    let run = issuer(school, "status --json");
    let status = run.json().remove(0);
    let alarms = status["alarms"].as_array().expect("alarms").iter();
    let alarms: Vec<_> =
        alarms.map(|alarm| (alarm["code"].as_str().expect("a code").to_owned(), alarm["index"].as_u64())).collect();
    assert_eq!(run.code, Some(i32::from(!alarms.is_empty())), "{run:#?}");
    assert_eq!(status["unfinished"], json!([]));
    alarms
}

/// What a colleague has said is an alarm for a register that does not know it; it is looked through and accepted.
#[track_caller]
pub(crate) fn accept_colleague(school: &Host) {
    let said = alarms(school);
    assert!(said.iter().all(|(code, _)| code == "unknown_statement"), "{said:?}");
    let left = (0..said.len()).rev();
    for ((_, index), left) in said.into_iter().zip(left) {
        let line = format!("status --accept {}", index.expect("an index"));
        issuer(school, &line).expect(i32::from(left > 0));
    }
    assert_eq!(alarms(school), []);
}

/// The names of the sealed copies in a folder, in order, with the folder.
#[track_caller]
pub(crate) fn sealed(school: &Host, folder: &str) -> Vec<String> {
    tree(&school.path(folder)).into_keys().map(|name| format!("{folder}/{}", name.display())).collect()
}

/// Has several things done at the same moment.
#[track_caller]
pub(crate) fn at_once<const N: usize>(what: [(&Host, &str, String); N]) -> [Run; N] {
    let start = Barrier::new(N);
    thread::scope(|scope| {
        let started = what.map(|(host, program, line)| {
            let start = &start;
            scope.spawn(move || {
                start.wait();
                host.run(program, &line)
            })
        });
        started.map(|run| run.join().expect("it runs"))
    })
}

/// A watch has told statements, and nothing else in between.
#[track_caller]
pub(crate) fn assert_told(watch: &Running, statements: &[(&'static str, &'static str)]) {
    for (issuer, what) in statements {
        let event = watch.json();
        let got = ["event", "issuer", "type", "counted"].map(|key| event[key].clone());
        assert_eq!(got, [json!("statement"), json!(issuer), json!(what), json!(true)], "{event}");
    }
}

/// It tells that the ledger is out of reach.
#[track_caller]
pub(crate) fn assert_alarm(watch: &Running) {
    let event = watch.json();
    let got = ["event", "ledger", "code"].map(|key| event[key].clone());
    assert_eq!(got, ["alarm", ORIGIN, "ledger_unreachable"].map(|text| json!(text)), "{event}");
}

/// It tells that the ledger is back, and what it has more than before.
#[track_caller]
pub(crate) fn assert_recovered(watch: &Running, statements: &[(&'static str, &'static str)]) {
    let event = watch.json();
    assert_eq!([&event["event"], &event["ledger"]], [&json!("recovered"), &json!(ORIGIN)], "{event}");
    assert_told(watch, statements);
}
