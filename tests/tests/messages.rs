// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What people read when something goes wrong, word for word, in both languages.
//!
//! The transcript is `tests/snapshots/messages.txt`. With `SNAPSHOTS=overwrite` in the environment it is written anew;
//! a change of words is then seen in the review of the change.

use std::{env, fmt::Write, fs};

use tests::{World, pdf, program::root};

/// Command lines, run in this order in the folder of a demo. A line that begins with `#` explains the next ones.
const LINES: &str = "\
# Wrong usage
issuer
issuer frob
issuer isue
issuer issue
issuer issue good.pdf --out out
issuer issue good.pdf --out out --kind Abitur
issuer issue good.pdf --out out --kind abitur --skipbad
issuer issue good.pdf --out out --kind abitur --out out
issuer --lang fr list
issuer list
issuer --config broken.toml list
issuer --config demo/issuer.toml list 99
issuer --config demo/issuer.toml list x
issuer --config demo/issuer.toml init --name A --number 1 --place B --state 06
issuer --config new/issuer.toml init --number 1 --place B --state 06
issuer --config new/issuer.toml init --name A --number 1 --place B --state 17
issuer --config new/issuer.toml init --name A --number 1,2 --place B --state 06
issuer --config new/issuer.toml init --name A --number 1 --place B --state 06 --kinds Abitur
# Nothing to seal, and what must not be sealed
issuer --config demo/issuer.toml issue nowhere.pdf --out out --kind abitur
issuer --config demo/issuer.toml issue empty --out out --kind abitur
issuer --config demo/issuer.toml issue in --out in/out --kind abitur
issuer --config demo/issuer.toml issue in --out out --kind abitur
issuer --config demo/issuer.toml issue in/cut-off.pdf in/text.pdf --out out --kind abitur --skip-bad
issuer --config demo/issuer.toml issue good.pdf --out good.pdf --kind abitur
# What is looked up
issuer --config demo/issuer.toml show nothing
issuer --config demo/issuer.toml show in/good.pdf
issuer --config demo/issuer.toml proof 0000000000
issuer --config demo/issuer.toml resume
# A school that is not accredited
issuer --config school/issuer.toml issue good.pdf --out out --kind abitur
issuer --config school/issuer.toml list
# Checking
verifier
verifier chekc
verifier check
verifier check good.pdf
verifier check good.pdf --trust nowhere
verifier check good.pdf --trust broken-trust
verifier check empty --trust demo/trust
verifier check good.pdf --trust demo/trust
verifier check nowhere.pdf --trust demo/trust
verifier check demo/altered --trust demo/trust
verifier check good.pdf --trust demo/trust --csv no/folder/out.csv
verifier trust
verifier trust add nowhere
verifier trust add broken-trust --yes
verifier trust add demo/trust/authorities --to new --yes
verifier trust add demo/trust/policy --to new --yes
";

#[test]
fn what_people_read_is_what_was_agreed() {
    let path = root().join("tests/snapshots/messages.txt");
    let seen = transcript();
    if env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        fs::write(&path, &seen).expect("written");
    }
    let agreed = fs::read_to_string(&path).expect("a transcript");
    let first = seen.lines().zip(agreed.lines()).position(|(seen, agreed)| seen != agreed);
    let around = |text: &str| {
        let start = first.unwrap_or(0).saturating_sub(4);
        text.lines().skip(start).take(10).collect::<Vec<_>>().join("\n")
    };
    assert!(seen == agreed, "now:\n{}\n\nagreed:\n{}", around(&seen), around(&agreed));
}

fn world() -> World {
    let world = World::new();
    let options = "--number 4711 --place Kassel --state 06 --trust ../demo/trust --no-passphrase";
    let init = ["--config", "school/issuer.toml", "init", "--name", "Schule am Hang"];
    world.run("issuer", init.into_iter().chain(options.split(' '))).expect(0);
    world.write("broken.toml", b"name = \"a\"\nstat = \"06\"\n");
    world.write("good.pdf", pdf::plain("good"));
    world.write("in/good.pdf", pdf::plain("good"));
    world.write("in/text.pdf", b"x");
    world.write("in/cut-off.pdf", b"%PDF-1.7\n");
    world.write("in/\u{202e}fdp.javascript.pdf", pdf::with("/OpenAction << /S /JavaScript /JS (x) >>", "", &[]));
    world.write("in/notes.txt", b"x");
    world.copy("demo/trust", "broken-trust");
    world.write("broken-trust/max_age", b"soon\n");
    fs::create_dir(world.path("empty")).expect("made");
    world
}

fn transcript() -> String {
    let world = world();
    let mut text = "# What people read when something goes wrong. Written by tests/tests/messages.rs.\n".to_owned();
    for line in LINES.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            let _ = write!(text, "\n## {title}\n");
            continue;
        }
        let mut words = line.split(' ');
        let program = words.next().expect("a program");
        for lang in ["de_DE.UTF-8", "en_GB.UTF-8"] {
            let run = tests::run(world.command(program).env("LANG", lang).args(words.clone()));
            let code = run.code.expect("no signal ends it");
            let said = (run.out + &run.err).lines().map(without_fingerprint).collect::<String>();
            let _ = write!(text, "\n$ LANG={lang} {line}\n{said}[{code}]\n");
        }
    }
    assert!(!world.path("out").exists() && !world.path("new").exists(), "nothing of this writes anything");
    text
}

/// The keys of the demo are new each time.
fn without_fingerprint(line: &str) -> String {
    const LENGTH: usize = 16 * 5 - 1;
    let is_one = |tail: &str| tail.bytes().all(|byte| byte == b' ' || byte.is_ascii_hexdigit());
    match line.split_at_checked(line.len().saturating_sub(LENGTH)) {
        Some((head, tail)) if tail.len() == LENGTH && is_one(tail) => format!("{head}FINGERPRINT\n"),
        _ => format!("{line}\n"),
    }
}
