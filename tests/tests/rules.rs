// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The rules of `docs/ARCHITECTURE.md`: who may know whom, and what stands in no file.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use serde_json::Value;
use tests::{program::root, tree};

/// Dependencies of a package by their kind.
#[derive(Default)]
struct Package {
    normal: BTreeSet<String>,
    dev: BTreeSet<String>,
}

/// The packages of the workspace by name.
fn packages() -> BTreeMap<String, Package> {
    let mut cargo = Command::new(env!("CARGO"));
    let output = cargo.args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(root()).output();
    let metadata: Value = serde_json::from_slice(&output.expect("cargo starts").stdout).expect("JSON");
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let packages = list(&metadata["packages"]).into_iter().map(|package| {
        let mut dependencies = Package::default();
        for dependency in list(&package["dependencies"]) {
            match dependency["kind"].as_str() {
                None => dependencies.normal.insert(text(&dependency["name"])),
                Some("dev") => dependencies.dev.insert(text(&dependency["name"])),
                Some(kind) => panic!("{}: a dependency of the kind {kind}", package["name"]),
            };
        }
        (text(&package["name"]), dependencies)
    });
    packages.collect()
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// The packages that use another one, outside their tests.
fn users_of(dependency: &str) -> BTreeSet<String> {
    let uses = packages().into_iter().filter(|(_, package)| package.normal.contains(dependency));
    uses.map(|(name, _)| name).collect()
}

#[test]
fn everybody_knows_only_whom_they_may() {
    let packages = packages();
    let members: BTreeSet<_> = packages.keys().cloned().collect();
    assert_eq!(members, set(["anchor", "cli", "issuer", "paper", "proof", "samples", "tests", "verifier"]));
    let knows = |name: &str| packages[name].normal.intersection(&members).cloned().collect::<BTreeSet<_>>();
    assert_eq!(knows("proof"), set([]));
    assert_eq!(knows("cli"), set([]));
    assert_eq!(knows("paper"), set([]));
    assert_eq!(knows("anchor"), set(["cli", "proof"]));
    assert_eq!(knows("issuer"), set(["anchor", "cli", "paper", "proof"]));
    assert_eq!(knows("verifier"), set(["anchor", "cli", "proof"]));
    assert_eq!(knows("samples"), set(["anchor", "cli", "issuer", "paper", "proof", "verifier"]));
    assert_eq!(users_of("tests"), set([]));
    // Their tests must not know each other either.
    for (name, stranger) in [("issuer", "verifier"), ("verifier", "issuer"), ("proof", "anchor"), ("anchor", "issuer")]
    {
        assert!(!packages[name].dev.contains(stranger), "{name} knows {stranger}");
    }
}

#[test]
fn what_parses_stores_and_connects_has_its_place() {
    assert_eq!(users_of("lopdf"), set(["issuer", "tests"]));
    assert_eq!(users_of("krilla"), set(["issuer", "paper", "samples"]));
    for font in ["rustybuzz", "typst-assets"] {
        assert_eq!(users_of(font), set(["paper"]), "{font}");
    }
    assert_eq!(users_of("sqlx"), set(["anchor", "issuer", "tests"]));
    assert_eq!(users_of("clap"), set(["anchor", "cli", "issuer", "samples", "verifier"]));
    assert_eq!(users_of("cryptoki"), set(["anchor"]));
    assert_eq!(users_of("pkcs8"), set(["anchor"]));
    assert_eq!(users_of("rpassword"), set(["cli"]));
    assert_eq!(users_of("reqwest"), set(["anchor"]));
    for server in ["governor", "hyper", "metrics-exporter-prometheus"] {
        assert_eq!(users_of(server), set(["anchor"]), "{server}");
    }
    // The bench measures against a bare one.
    assert_eq!(users_of("axum"), set(["anchor", "tests"]));
    assert_eq!(users_of("ureq"), set([]));
}

/// None of them reads a file, a clock, the environment, the network or the system's randomness.
#[test]
fn the_format_depends_on_nothing_that_does_more_than_compute() {
    let allowed = [
        "base64ct",
        "bytes",
        "ct-merkle",
        "ed25519-dalek",
        "memchr",
        "postcard",
        "serde",
        "sha2",
        "thiserror",
        "time",
        "twox-hash",
        "unicode-general-category",
        "unicode-normalization",
    ];
    assert_eq!(packages()["proof"].normal, set(allowed));
}

/// Every Rust file of the repository, by its path with `/`.
fn sources() -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    for folder in ["anchor", "cli", "fuzz", "issuer", "paper", "proof", "samples", "tests", "verifier"] {
        let below = fs::read_dir(root().join(folder)).expect("a folder of the repository");
        for below in below.map(|entry| entry.expect("listed")).filter(|entry| entry.path().is_dir()) {
            let name = below.file_name().into_string().expect("plain names");
            if ["target", "corpus", "vectors", "artifacts"].contains(&name.as_str()) {
                continue;
            }
            let files =
                tree(&below.path()).into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "rs"));
            for (path, bytes) in files {
                let path = format!("{folder}/{name}/{}", path.to_str().expect("plain names").replace('\\', "/"));
                sources.insert(path, String::from_utf8(bytes).expect("text"));
            }
        }
    }
    assert!(sources.len() > 100, "the folders are right");
    sources
}

/// The lines that are code and not comments.
fn code(source: &str) -> impl Iterator<Item = &str> {
    source.lines().map(str::trim).filter(|line| !line.starts_with("//"))
}

/// Only what compiles without tests.
fn without_tests(source: &str) -> &str {
    source.split("#[cfg(test)]").next().expect("a split has a first part")
}

#[test]
fn the_format_takes_time_and_randomness_as_arguments() {
    let banned =
        ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant::now", "getrandom", "println!"];
    for (path, source) in sources() {
        if !path.starts_with("proof/src/") || path.contains("/tests") || path.ends_with("fixtures.rs") {
            continue;
        }
        for line in code(without_tests(&source)) {
            let found: Vec<_> = banned.iter().filter(|word| line.contains(**word)).collect();
            assert_eq!(found, Vec::<&&str>::new(), "{path}: {line}");
        }
    }
}

#[test]
fn every_file_says_whose_it_is_and_why_it_exists() {
    let header = "// SPDX-FileCopyrightText: 2026 The Schulsiegel authors\n// SPDX-License-Identifier: EUPL-1.2\n\n";
    for (path, source) in sources() {
        let body = source.strip_prefix(header).unwrap_or_else(|| panic!("{path} begins in another way"));
        assert!(
            ["//! ", "/*!\n", "#![no_main]\n//! "].iter().any(|start| body.starts_with(start)),
            "{path} has no doc"
        );
    }
}

#[test]
fn no_file_is_too_long_to_read_at_once() {
    let long: Vec<_> =
        sources().into_iter().filter(|(_, source)| source.lines().count() >= 600).map(|(path, _)| path).collect();
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn there_is_no_unsafe_code_and_no_test_is_left_out_silently() {
    let unsafe_block = concat!("unsafe", " ");
    let ignored = concat!("#[", "ignore]");
    for (path, source) in sources() {
        for line in code(&source) {
            assert!(!line.contains(unsafe_block) || line.contains('"'), "{path}: {line}");
            assert!(!line.contains(ignored), "{path}: {line}");
        }
    }
    let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("text");
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    for package in packages().keys() {
        let manifest = fs::read_to_string(root().join(package).join("Cargo.toml")).expect("text");
        assert!(manifest.contains("[lints]\nworkspace = true\n"), "{package} takes the lints of the workspace");
    }
}

#[test]
fn a_server_is_known_only_to_itself_and_to_what_starts_it() {
    for (path, source) in sources() {
        let others = ["tests/src/bin/bench/service/bare.rs", "tests/tests/rules.rs"];
        let is_server = path.starts_with("anchor/src/server") || others.contains(&path.as_str());
        for line in code(without_tests(&source)).filter(|_| !is_server) {
            let words = ["axum", "hyper::", "hyper_util", "governor", "metrics_exporter_prometheus"];
            let found: Vec<_> = words.iter().filter(|word| line.contains(**word)).collect();
            assert_eq!(found, Vec::<&&str>::new(), "{path}: {line}");
        }
    }
}

#[test]
fn sql_stands_only_where_the_table_belongs() {
    let owners = [
        "anchor/src/sqlite/database.rs",
        "anchor/src/postgres/database.rs",
        "issuer/src/register.rs",
        "issuer/src/register/",
    ];
    let words = ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "CREATE TABLE", "PRAGMA "];
    for (path, source) in sources() {
        // Tests and measurements may look into a table from outside.
        if owners.iter().any(|owner| path.starts_with(owner)) || path.contains("tests/") || path.ends_with("tests.rs") {
            continue;
        }
        for line in code(without_tests(&source)) {
            let found: Vec<_> = words.iter().filter(|word| line.contains(**word)).collect();
            assert_eq!(found, Vec::<&&str>::new(), "{path}: {line}");
        }
    }
    assert!(owners[..3].iter().all(|owner| Path::new(root()).join(owner).is_file()), "the owners are there");
}
