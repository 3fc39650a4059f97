// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What `demo` leaves behind, what a new school meets, and the help.

use std::fs;

use libtest_mimic::Trial;
use serde_json::json;
use tests::{World, pdf, run, trial::trial};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("the demo leaves the files that others rely on", demo_leaves_its_files),
        trial("the demo's folder works from anywhere and after moving", demo_can_be_moved),
        trial("the demo run twice works twice", demo_twice),
        trial("the demo does not touch a folder of somebody else", demo_refuses_foreign_folders),
        trial("the demo without --no-serve shows its verdicts", demo_shows),
        trial("a school that is not accredited is told whom to ask", not_accredited),
        trial("a school is set up, accredited and issues", accredited_by_hand),
        trial("every command explains itself in both languages with an example", help),
        trial("no argument makes a program panic", garbage),
    ]
}

fn demo_leaves_its_files() {
    let world = World::new();
    assert!(world.path("demo/issuer.toml").is_file());
    for file in ["policy", "authorities", "max_age", "ledgers"] {
        assert!(world.path("demo/trust").join(file).is_file(), "{file}");
    }
    let originals = world.names("demo/certificates");
    assert_eq!(originals.len(), 12);
    assert_eq!(world.names("demo/sealed"), originals);
    let altered =
        ["added-after-sealing.pdf", "added-before-the-seal.pdf", "one-byte-changed.pdf", "proof-of-a-classmate.pdf"];
    assert_eq!(world.names("demo/altered"), altered);

    let sealed = world.check(["demo/sealed"]).expect(0);
    assert_eq!(sealed.column("verdict"), ["genuine"; 12]);
    let altered = world.check(["demo/altered"]).expect(1);
    assert_eq!(altered.column("verdict"), ["not_genuine"; 4]);
    assert_eq!(altered.column("reason"), ["bytes_after_seal", "altered", "not_in_batch", "not_in_batch"]);
    assert_eq!(altered.json()[0]["sealed_part"]["verdict"], json!("genuine"));
}

fn demo_can_be_moved() {
    let world = World::new();
    fs::create_dir_all(world.path("somewhere/else")).expect("made");
    fs::rename(world.path("demo"), world.path("somewhere/else/Zeugnisse 2026")).expect("moved");
    world.write("new.pdf", pdf::plain("new"));
    let at = |below: &str| world.path("somewhere/else/Zeugnisse 2026").join(below);
    let mut command = world.command("issuer");
    command.current_dir("/").arg("--config").arg(at("issuer.toml")).arg("issue").arg(world.path("new.pdf"));
    let issued = run(command.arg("--out").arg(at("more")).args(["--kind", "abitur", "--json"])).quiet();
    assert_eq!(issued.column("status"), ["sealed"]);
    let mut verifier = world.command("verifier");
    verifier.current_dir("/").args(["check", "--json", "--trust"]).arg(at("trust")).arg(at("sealed")).arg(at("more"));
    assert_eq!(run(&mut verifier).expect(0).column("verdict"), ["genuine"; 13]);
}

fn demo_twice() {
    let world = World::new();
    let first = fs::read(world.path("demo/trust/policy")).expect("read");
    world.write("demo/sealed/left over.pdf", b"x");
    world.run("demo", ["--dir", "demo", "--no-serve"]).quiet();
    assert_ne!(fs::read(world.path("demo/trust/policy")).expect("read"), first, "everything is made anew");
    assert_eq!(world.check(["demo/sealed"]).expect(0).column("verdict"), ["genuine"; 12]);
}

fn demo_refuses_foreign_folders() {
    let world = World::bare();
    world.write("mine/letter.txt", b"dear");
    let refused = world.run("demo", ["--dir", "mine", "--no-serve"]).expect(64);
    assert_eq!(
        refused.err,
        "error: “mine” is not empty and was not made by a demo.\nhint: Name another folder with “--dir”.\n"
    );
    assert_eq!((world.names("mine"), refused.out), (vec!["letter.txt".to_owned()], String::new()));
}

fn demo_shows() {
    let world = World::bare();
    let shown = world.run("demo", ["--dir", "demo"]).quiet().out;
    let rows = |verdict: &str| shown.lines().filter(|line| line.contains(".pdf ") && line.contains(verdict)).count();
    assert_eq!((rows("  genuine  "), rows("  NOT genuine: ")), (14, 7), "{shown}");
    assert!(shown.contains("target/release/verifier check demo/sealed --trust demo/trust\n"), "{shown}");
}

/// A school in `school/` beside the demo, on the demo's ledger.
fn new_school(world: &World) {
    let options = "--number 4711 --place Kassel --state 06 --trust ../demo/trust --no-passphrase";
    let arguments = ["--config", "school/issuer.toml", "init", "--name", "Schule am Hang"];
    world.run("issuer", arguments.into_iter().chain(options.split(' '))).expect(0);
    world.write("a.pdf", pdf::plain("a"));
}

const ISSUE: [&str; 9] =
    ["--config", "school/issuer.toml", "issue", "a.pdf", "--out", "out", "--kind", "abitur", "--json"];

fn not_accredited() {
    let world = World::new();
    new_school(&world);
    let refused = world.run("issuer", ISSUE).expect(1);
    assert_eq!(
        refused.err,
        "error: This school is not accredited yet. Nothing was sealed.\n\
         hint: Send “school/request.note” to the ministry in charge of schools in Hesse. After the accreditation this \
         will work without further ado.\n"
    );
    assert!(!world.path("out").exists(), "nothing is written");
    let again = ["--config", "school/issuer.toml", "init", "--name", "x", "--number", "1", "--place", "y", "--state"];
    let again = world.run("issuer", again.into_iter().chain(["06"])).expect(64);
    assert!(again.err.contains("school/issuer.toml"), "{again:?}");
}

fn accredited_by_hand() {
    let world = World::new();
    new_school(&world);
    let accredit = ["accredit", "school/request.note", "--out", "a.accredit", "--authority", "demo/ministry"];
    world.run("anchor", accredit.into_iter().chain(["--yes", "--kinds", "abitur"])).quiet();
    world.run("anchor", ["submit", "a.accredit", "--ledger", "demo/ledger"]).quiet();
    assert_eq!(world.run("issuer", ISSUE).quiet().column("status"), ["sealed"]);
    let line = &world.check(["out"]).expect(0).json()[0];
    assert_eq!(line["school"]["name"], json!("Schule am Hang"));
    assert_eq!((&line["school"]["state"], &line["school"]["key_name"]), (&json!("06"), &json!("schule/06/4711")));
    let other_kind: Vec<_> = ISSUE.map(|word| if word == "abitur" { "halbjahr" } else { word }).into();
    let refused = world.run("issuer", other_kind).expect(1);
    assert!(refused.err.contains("(kind_out_of_scope)"), "{refused:?}");
}

fn help() {
    let world = World::bare();
    let commands = [
        ("issuer", vec!["", "init", "issue", "resume", "list", "show", "proof", "passphrase"]),
        ("verifier", vec!["", "check", "trust", "trust add", "trust show"]),
        (
            "anchor",
            vec!["", "init", "init-authority", "accredit", "passphrase", "submit", "refresh", "log", "fsck", "trust"],
        ),
        ("demo", vec![""]),
    ];
    for (program, names) in commands {
        for name in names {
            for (lang, heading) in [("de", "Beispiele"), ("en", "Examples")] {
                let arguments = name.split(' ').filter(|word| !word.is_empty()).chain(["--help", "--lang", lang]);
                let page = world.run(program, arguments).quiet().out;
                let examples = page.split(heading).nth(1).unwrap_or_else(|| panic!("{program} {name}: {page}"));
                assert!(
                    examples.contains(&format!("{program} {name}").trim_end().to_owned()),
                    "{program} {name}: {page}"
                );
            }
        }
        let version = world.run(program, ["--version"]).quiet().out;
        assert_eq!(version, format!("{program} {}\n", env!("CARGO_PKG_VERSION")));
    }
}

fn garbage() {
    let world = World::new();
    let words = [
        "",
        "-",
        "--",
        "---",
        "--json=x",
        "--kind",
        "--out",
        "\u{202e}",
        "a\nb",
        "--lang",
        "xx",
        "0",
        "../..",
        "\u{1b}[2J",
    ];
    for program in ["issuer", "verifier", "anchor", "demo"] {
        for command in ["", "check", "issue", "show", "proof", "list", "trust", "log", "submit", "frob"] {
            for word in words {
                let mut started = world.command(program);
                started.env("RUST_BACKTRACE", "full").current_dir(world.path("home"));
                let ended = run(started.args([command, word]));
                let code = ended.code.expect("no signal ends it");
                assert!([0, 1, 2, 64].contains(&code), "{program} {command:?} {word:?}: {ended:?}");
                let lines: Vec<_> = ended.err.lines().collect();
                assert!(code == 0 || lines.first().is_some_and(|line| line.starts_with("error: ")), "{ended:?}");
                assert!(!ended.err.contains("panicked") && !ended.err.contains("RUST_BACKTRACE"), "{ended:?}");
                assert!(!ended.err.contains('\u{1b}') && !ended.err.contains('\u{202e}'), "{ended:?}");
            }
        }
    }
}
