// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A school whose ministry and ledger change under it: what it is told, what it can do, and that an alarm ends when what
//! it is about has been made good.

use std::fs;

use serde_json::{Value, json};
use tests::{Run, World};

/// The demo's school with two certificates of its own.
struct School {
    world: World,
}

impl School {
    fn new() -> Self {
        let world = World::new();
        world.run("samples", ["make", "--out", "made", "--count", "2", "--kind", "abitur", "--seed", "9"]).expect(0);
        world.issue(&["made"], "out", &[]).expect(0);
        Self { world }
    }

    #[track_caller]
    fn issuer(&self, arguments: &[&str]) -> Run {
        self.world.issuer(arguments)
    }

    #[track_caller]
    fn anchor(&self, arguments: &[&str]) -> Run {
        let fixed = ["--authority", "demo/ministry", "--ledger", "demo/ledger", "--yes"];
        self.world.run("anchor", [arguments, &fixed].concat())
    }

    #[track_caller]
    fn status(&self) -> Value {
        let run = self.issuer(&["status", "--json"]);
        let status = run.json().remove(0);
        let alarms = status["alarms"].as_array().expect("alarms");
        assert_eq!(run.code, Some(i32::from(!alarms.is_empty())), "{status}");
        status
    }

    /// The alarms without what is null.
    #[track_caller]
    fn alarms(&self) -> Vec<Value> {
        let status = self.status();
        let alarms = status["alarms"].as_array().expect("alarms").iter().map(|alarm| {
            let keys = alarm.as_object().expect("an object").iter().filter(|(_, value)| !value.is_null());
            keys.map(|(key, value)| (key.clone(), value.clone())).collect()
        });
        alarms.map(Value::Object).collect()
    }

    /// Changes the window of the ministry's key in a file of authorities.
    fn window(&self, file: &str, before: &str, after: &str) {
        let path = self.world.path(file);
        let text = fs::read_to_string(&path).expect("text");
        assert!(text.contains(before), "{text}");
        fs::write(&path, text.replace(before, after)).expect("written");
    }

    fn request(&self) -> String {
        fs::read_to_string(self.world.path("demo/request.note")).expect("text")
    }
}

#[test]
fn a_changed_key_comes_with_a_request_of_its_own() {
    let school = School::new();
    let before = school.request();
    let changed = school.issuer(&["rotate-key"]).quiet();
    assert!(changed.out.contains("“demo/request.note” is a new request with this key."), "{changed:?}");
    let after = school.request();
    let lines = |text: &str| -> Vec<String> {
        let is_same = |line: &&str| !line.starts_with("key ") && !line.starts_with("time ") && !line.starts_with('—');
        text.lines().filter(is_same).map(str::to_owned).collect()
    };
    assert_eq!(lines(&after), lines(&before), "it asks for the same");
    assert_ne!(after, before);
    assert!(!school.world.path("demo/request.note.next").exists());

    // The ministry extends with it, and the count of changes begins anew.
    for _ in 0..6 {
        school.issuer(&["rotate-key"]).quiet();
    }
    let eighth = school.issuer(&["rotate-key"]).expect(1);
    assert!(eighth.err.contains("the request for it is “demo/request.note”."), "{eighth:?}");
    school.anchor(&["accredit", "demo/request.note"]).quiet();
    school.issuer(&["rotate-key"]).quiet();
    assert_eq!(school.alarms(), [] as [Value; 0]);
    assert_eq!(school.status()["record"]["kinds"], json!(["*"]));

    // A change that is refused leaves the request as it was.
    let request = school.request();
    school.anchor(&["suspend", school.status()["school"].as_str().expect("a name"), "--reason", "x"]).quiet();
    school.issuer(&["rotate-key"]).expect(1);
    assert_eq!(school.request(), request);
    assert!(!school.world.path("demo/request.note.next").exists());
}

#[test]
fn what_a_thief_withdrew_is_not_in_order_until_it_is_made_good() {
    let school = School::new();
    for file in ["issuer.toml", "school.key", "request.note", "register.db"] {
        school.world.write(format!("thief/{file}"), fs::read(school.world.path("demo").join(file)).expect("readable"));
    }
    fs::set_permissions(school.world.path("thief/school.key"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .expect("changed");
    let config = fs::read_to_string(school.world.path("thief/issuer.toml")).expect("text");
    school.world.write("thief/issuer.toml", config.replace("trust = \"trust\"", "trust = \"../demo/trust\""));
    let sealed = school.world.names("out");
    let (first, second) = (format!("out/{}", sealed[0]), format!("out/{}", sealed[1]));
    let index = school.status()["tree_size"].as_u64().expect("a number");
    let revoke = ["--config", "thief/issuer.toml", "revoke", &first, &second, "--reason", "other"];
    school.world.run("issuer", revoke).quiet();

    // The school gets a new key and takes its register along.
    school.issuer(&["status"]).expect(1);
    let key = school.request().lines().find_map(|line| line.strip_prefix("key ")).expect("a key").to_owned();
    school.anchor(&["compromise", &key, "--from-index", &index.to_string()]).quiet();
    let alarms = school.alarms();
    assert_eq!(alarms, [json!({"code": "revocation_void", "certificates": 2}), json!({"code": "compromised"})]);
    let said = school.issuer(&["status"]).expect(1).out;
    assert!(said.contains("2 certificates were revoked by somebody with a stolen key."), "{said}");
    assert!(!said.contains("All in order"), "{said}");

    let status = school.status();
    let text = |key: &str| status["record"][key].as_str().expect("text").to_owned();
    let (name, number, place) = (text("name"), text("number"), text("place"));
    let (key_name, state) = (status["school"].as_str().expect("a name"), status["state"].as_str().expect("a Land"));
    let init = ["--config", "new/issuer.toml", "init", "--no-passphrase", "--trust", "../demo/trust"];
    let own = ["--name", &name, "--number", &number, "--place", &place, "--state", state, "--key-name", key_name];
    school.world.run("issuer", [&init[..], &own].concat()).expect(0);
    school.world.write("new/register.db", fs::read(school.world.path("demo/register.db")).expect("readable"));
    school.anchor(&["accredit", "new/request.note"]).quiet();
    let new = |arguments: &[&str]| school.world.run("issuer", [&["--config", "new/issuer.toml"], arguments].concat());
    let codes = || {
        let status = new(&["status", "--json"]).json().remove(0);
        let code = |alarm: &Value| alarm["code"].as_str().expect("a code").to_owned();
        (
            status["alarms"].as_array().expect("alarms").iter().map(code).collect::<Vec<_>>(),
            status["withdrawn"]["void"].clone(),
        )
    };
    assert_eq!(codes(), (vec!["revocation_void".to_owned()], json!(2)));
    // One was right, the other is handed out anew.
    new(&["revoke", &first, "--reason", "other"]).quiet();
    assert_eq!(codes(), (vec!["revocation_void".to_owned()], json!(1)));
    let original = school.world.path("made").join(&sealed[1]).display().to_string();
    new(&["issue", &original, "--out", "again", "--kind", "abitur", "--again"]).expect(0);
    assert_eq!(codes(), (Vec::new(), json!(1)));
    let said = new(&["status"]).quiet().out;
    assert!(said.contains("All in order") && !said.contains("not settled"), "{said}");
}

#[test]
fn an_accreditation_that_the_trust_folder_does_not_accept() {
    let school = School::new();
    school.window("demo/trust/authorities", " 0 -", " 1 -");
    let status = school.status();
    assert_eq!(status["status"], "not_accredited");
    let batches: Vec<_> = status["batches"].as_array().expect("batches").iter().map(|batch| &batch["state"]).collect();
    assert_eq!(batches, ["uncounted"; 2]);
    let uncounted =
        |batch: u64| json!({"code": "uncounted_batch", "batch": batch, "index": batch, "refusal": "unknown_issuer"});
    assert_eq!(school.alarms(), [uncounted(1), uncounted(2)]);
    let said = school.issuer(&["status"]).expect(1).out;
    let ministry = fs::read_to_string(school.world.path("demo/trust/authorities")).expect("text");
    let key_id = ministry.split(['+', ' ']).nth(2).expect("a key id").to_owned();
    let begins = format!("fingerprint of the authority's key begins with {} {}", &key_id[..4], &key_id[4..]);
    for part in [
        "By its trust folder, the school “schule/06/180576” is not accredited.",
        "an accreditation by “demo.schulsiegel/ministerium” (ledger entry 0; ",
        &begins,
        "“verifier trust add DIR --to demo/trust”",
        "Batch 1 is on the ledger (entry 1), but does not count there: nobody of this name may make statements here (code: unknown_issuer).",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(!said.contains("older ledger"), "{said}");
    let original = school.world.path("made").join(&school.world.names("made")[0]).display().to_string();
    let refused = school.issuer(&["issue", &original, "--out", "late", "--kind", "abitur", "--again"]).expect(1);
    assert!(
        refused.err.starts_with("error: An authority has accredited this school, but the trust folder"),
        "{refused:?}"
    );
    assert!(refused.err.contains(&format!("{} {}", &key_id[..4], &key_id[4..])), "{refused:?}");

    // With the right trust folder nothing was ever wrong.
    school.window("demo/trust/authorities", " 1 -", " 0 -");
    assert_eq!(school.alarms(), [] as [Value; 0]);

    // If the ministry has closed its window everywhere, it accredits anew and the school seals anew.
    school.window("demo/trust/authorities", " 0 -", " 1 -");
    school.window("demo/ledger/authorities", " 0 -", " 1 -");
    school.anchor(&["accredit", "demo/request.note"]).quiet();
    assert_eq!(school.status()["status"], "accredited");
    assert_eq!(school.alarms(), [uncounted(1), uncounted(2)]);
    school.issuer(&["issue", "made", "--out", "again", "--kind", "abitur", "--again"]).expect(0);
    assert_eq!(school.alarms(), [uncounted(1)], "what was sealed again is made good");
}
