// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What is shipped to run a service with fits the service, and its parts fit each other.

use std::{collections::BTreeSet, fs, path::Path};

use anchor::{
    postgres::KEYS_VARIABLE,
    server::{KEYS, LogFormat, Settings},
};
use proof::note::MAX_NOTE_BYTES;
use tests::{program::root, tree};

fn shipped(below: &str) -> String {
    fs::read_to_string(root().join("deploy").join(below)).expect("shipped")
}

/// What stands behind a word, up to a blank, comma, slash, bracket or semicolon.
fn behind<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    let end = |letter: char| letter.is_whitespace() || ",/]};\"".contains(letter);
    text.split(word).skip(1).map(move |rest| rest.split(end).next().expect("a first part"))
}

#[test]
fn the_sample_settings_are_settings() {
    let settings = Settings::load(Some(&root().join("deploy/systemd/serve.toml")), |_| None).expect("settings");
    assert_eq!((settings.log, settings.listen.as_str()), (LogFormat::Json, "10.84.40.11:8440"));
    assert_eq!(settings.trusted_proxies.len(), 1);
    assert!(anchor::postgres::Address::parse(&settings.ledger).is_some());
}

#[test]
fn every_variable_is_a_setting() {
    let known: BTreeSet<_> = KEYS.iter().map(|(key, _)| format!("SCHULSIEGEL_{}", key.to_uppercase())).collect();
    assert!(known.contains(KEYS_VARIABLE));
    let mut found = BTreeSet::new();
    for (path, bytes) in tree(&root().join("deploy")) {
        if path.starts_with(Path::new("secrets")) {
            continue;
        }
        let text = String::from_utf8(bytes).expect("text");
        let is_name = |letter: &char| letter.is_ascii_uppercase() || *letter == '_';
        let names = text.split("SCHULSIEGEL_").skip(1);
        found.extend(names.map(|rest| format!("SCHULSIEGEL_{}", rest.chars().take_while(is_name).collect::<String>())));
    }
    assert_eq!(found.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(found.len() >= 5, "{found:?}");
}

#[test]
fn the_addresses_are_those_of_the_servers() {
    let compose = shipped("compose.yml");
    let given: Vec<_> = behind(&compose, "ipv4_address: ").collect();
    assert_eq!(given, ["10.84.40.11", "10.84.40.12", "10.84.40.10"]);
    let nginx = shipped("nginx/ledger.conf");
    let asked: Vec<_> = behind(&nginx, "    server ").filter(|word| word.contains(':')).collect();
    assert_eq!(asked, ["10.84.40.11:8440", "10.84.40.12:8440"]);
    assert_eq!(behind(&compose, "SCHULSIEGEL_TRUSTED_PROXIES: ").collect::<Vec<_>>(), ["10.84.40.10"]);
    assert!(shipped("Dockerfile").contains("SCHULSIEGEL_LISTEN=0.0.0.0:8440"));
    // The image of nginx has a server of its own there.
    assert!(compose.contains("- ./nginx/ledger.conf:/etc/nginx/conf.d/default.conf:ro\n"));
}

/// Who waits for whom: a server for a statement, nginx for the server, the service manager for both.
#[test]
fn sizes_and_times_fit_the_settings() {
    let (nginx, settings) = (shipped("nginx/ledger.conf"), Settings::default());
    let number = |text: &str, word: &str| {
        let value = behind(text, word).next().unwrap_or_else(|| panic!("{word}"));
        value.trim_end_matches(['s', 'k']).parse::<u32>().unwrap_or_else(|error| panic!("{word}{value}: {error}"))
    };
    let body = number(&nginx, "client_max_body_size ") as usize * 1024;
    assert!(body > MAX_NOTE_BYTES && body < MAX_NOTE_BYTES + 1024, "{body}");
    assert!(number(&nginx, "proxy_read_timeout ") > settings.request_timeout_s.get());
    let within = settings.shutdown_within_s.get();
    assert!(number(&shipped("systemd/schulsiegel-ledger.service"), "TimeoutStopSec=") > within);
    assert!(number(&shipped("compose.yml"), "stop_grace_period: ") > within);
}

/// No container may do more than it must.
#[test]
fn every_container_is_locked_up() {
    let compose = shipped("compose.yml");
    let (_, services) = compose.split_once("\nservices:\n").expect("services");
    let (services, _) = services.split_once("\nnetworks:\n").expect("networks");
    let locked = ["<<: *hardened", "<<: *ledger", "<<: *anchor"];
    let is_service = |line: &&str| line.starts_with("  ") && !line.starts_with("   ") && !line.starts_with("  #");
    let named = services.lines().filter(is_service).count();
    let kept = services.lines().filter(|line| locked.contains(&line.trim())).count();
    assert_eq!((named, kept), (6, 6));
    for wanted in ["read_only: true", "cap_drop: [ALL]", "security_opt: [\"no-new-privileges:true\"]"] {
        assert!(compose.contains(wanted), "{wanted}");
    }
    for unwanted in ["privileged: ", "cap_add", "network_mode", "docker.sock"] {
        assert!(!compose.contains(unwanted), "{unwanted}");
    }
}
