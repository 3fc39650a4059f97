// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer issue` and the commands that look back.

use std::{
    fs,
    path::{Path, PathBuf},
};

use libtest_mimic::Trial;
use serde_json::{Value, json};
use tests::{World, pdf, run, tree, trial::trial};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("issue: the keys of a line", keys),
        trial("issue: folders are mirrored, files land flat, equal names are numbered", places),
        trial("issue: only PDFs are taken, the others counted, links not followed", only_pdfs),
        trial("issue: an output folder inside is refused", output_inside),
        trial("issue: one bad file refuses all, unless --skip-bad", bad_files),
        trial("issue: what is sealed already is skipped, unless --again", again),
        trial("issue: two equal files get one seal", equal_files),
        trial("issue: nothing is ever overwritten", never_overwrites),
        trial("issue: names of every kind", names),
        trial("issue: no PDF is a refusal", empty_folder),
        trial("issue: wrong usage", usage),
        trial("issue: 2,000 files", many),
        trial("issue: proofs beside the copies", detached),
        trial("proof: the proof of any certificate, again", proof_again),
        trial("list and show", list_and_show),
        trial("originals stay as they are", originals_stay),
    ]
}

fn names_of(lines: &[Value], key: &str) -> Vec<String> {
    lines.iter().map(|line| line[key].as_str().unwrap_or("-").to_owned()).collect()
}

fn keys() {
    let world = World::new();
    world.write("a.pdf", pdf::plain("a"));
    let issued = world.issue(&["a.pdf"], "out", &[]).quiet();
    let line = &issued.json()[0];
    let id = line["certificate"].as_str().expect("an id");
    assert!(id.len() == 64 && id.bytes().all(|byte| b"0123456789abcdef".contains(&byte)), "{id}");
    let wanted = format!(
        "{{\"file\":\"a.pdf\",\"output\":\"out/a.pdf\",\"certificate\":\"{id}\",\"status\":\"sealed\",\"reason\":null}}\n"
    );
    assert_eq!(issued.out, wanted);
    assert_eq!(world.check(["out"]).expect(0).column("certificate"), [id]);
}

fn places() {
    let world = World::new();
    for (number, name) in
        ["in/z.pdf", "in/10a/a.pdf", "in/10b/a.pdf", "one/z.pdf", "two/z.pdf", "in2/z.PDF"].iter().enumerate()
    {
        world.write(name, pdf::plain(&number.to_string()));
    }
    let issued = world.issue(&["in", "one/z.pdf", "two/z.pdf", "in2"], "out", &[]).quiet();
    assert_eq!(
        issued.column("file"),
        ["in/10a/a.pdf", "in/10b/a.pdf", "in/z.pdf", "one/z.pdf", "two/z.pdf", "in2/z.PDF"]
    );
    let outputs = ["out/10a/a.pdf", "out/10b/a.pdf", "out/z.pdf", "out/z (2).pdf", "out/z (3).pdf", "out/z.PDF"];
    assert_eq!(issued.column("output"), outputs);
    assert_eq!(world.names("out").len(), 6);
    assert_eq!(world.check(["out"]).expect(0).column("verdict"), ["genuine"; 6]);
}

fn only_pdfs() {
    let world = World::new();
    for (name, text) in [("in/a.pdf", "a"), ("in/B.PDF", "b"), ("in/c.Pdf", "c"), ("elsewhere/d.pdf", "d")] {
        world.write(name, pdf::plain(text));
    }
    for name in ["in/notes.txt", "in/pdf", "in/a.pdf.bak", "in/sub/.hidden"] {
        world.write(name, b"x");
    }
    #[cfg(unix)]
    for (from, to) in [
        ("../elsewhere", "in/folder"),
        ("../elsewhere/d.pdf", "in/link.pdf"),
        ("nowhere", "in/broken.pdf"),
        (".", "in/loop"),
    ] {
        std::os::unix::fs::symlink(from, world.path(to)).expect("linked");
    }
    let issued = world.issue(&["in"], "out", &[]).expect(0);
    assert_eq!(issued.column("file"), ["in/B.PDF", "in/a.pdf", "in/c.Pdf"]);
    let others = if cfg!(unix) { 8 } else { 4 };
    assert_eq!(issued.err, format!("{others} other files were passed over.\n"));
}

fn output_inside() {
    let world = World::new();
    world.write("in/a.pdf", pdf::plain("a"));
    fs::create_dir(world.path("in/below")).expect("made");
    for out in ["in", "in/out", "in/below/../out", "./in/x"] {
        let refused = world.issue(&["in"], out, &[]).expect(64);
        assert_eq!(
            refused.err,
            format!(
                "error: The folder “{out}” lies in “in” and would be read the next time.\nhint: Name a folder beside it with “--out”.\n"
            )
        );
    }
    assert_eq!(world.names("in"), ["a.pdf"]);
}

fn bad_files() {
    let world = World::new();
    world.write("in/good.pdf", pdf::plain("good"));
    world.write("in/bad.pdf", b"%PDF-1.7 cut off");
    world.write("in/text.pdf", b"x");
    let refused = world.issue(&["in"], "out", &[]).expect(1);
    assert_eq!(names_of(&refused.json(), "status"), ["refused"; 3]);
    assert_eq!(refused.column("reason"), ["bad_ending", "batch_refused", "not_a_pdf"]);
    assert_eq!(
        refused.err,
        "error: 2 of 3 files cannot be sealed; none was sealed.\nhint: Put them in order, or leave them out with “--skip-bad”.\n"
    );
    assert!(!world.path("out").exists(), "nothing is written");
    assert_eq!(world.issuer(["list", "--json"]).expect(0).json().len(), 12, "nothing is noted");

    let skipped = world.issue(&["in"], "out", &["--skip-bad"]).expect(0);
    assert_eq!(names_of(&skipped.json(), "status"), ["refused", "sealed", "refused"]);
    assert_eq!(names_of(&skipped.json(), "output"), ["-", "out/good.pdf", "-"]);
    assert_eq!(world.names("out"), ["good.pdf"]);
    let all_bad = world.issue(&["in/bad.pdf", "in/text.pdf"], "out", &["--skip-bad"]).expect(1);
    assert_eq!(all_bad.err, "error: None of the 2 files can be sealed.\nhint: Put the files in order.\n");

    let people = world.issuer(["issue", "in", "--out", "out2", "--kind", "abitur", "--lang", "de"]).expect(1);
    assert!(people.out.contains("Die Datei ist kein PDF."), "{people:?}");
}

fn again() {
    let world = World::new();
    world.write("in/a.pdf", pdf::plain("a"));
    let first = world.issue(&["in"], "out", &[]).quiet();
    world.write("in/b.pdf", pdf::plain("b"));
    let second = world.issue(&["in"], "out", &[]).quiet().json();
    assert_eq!(names_of(&second, "status"), ["skipped", "sealed"]);
    assert_eq!(names_of(&second, "reason"), ["already_sealed", "-"]);
    assert_eq!(second[0]["certificate"], first.json()[0]["certificate"], "the id is named");
    assert_eq!(second[0]["output"], Value::Null);
    // Nothing new is a success too.
    assert_eq!(names_of(&world.issue(&["in"], "out", &[]).quiet().json(), "status"), ["skipped"; 2]);

    let anew = world.issue(&["in/a.pdf"], "anew", &["--again"]).quiet().json();
    assert_eq!(names_of(&anew, "status"), ["sealed"]);
    assert_ne!(anew[0]["certificate"], first.json()[0]["certificate"]);
    assert_eq!(world.check(["out", "anew"]).expect(0).column("verdict"), ["genuine"; 3]);
}

fn equal_files() {
    let world = World::new();
    world.write("in/a.pdf", pdf::plain("a"));
    world.write("in/copy of a.pdf", pdf::plain("a"));
    let issued = world.issue(&["in"], "out", &[]).quiet().json();
    assert_eq!(names_of(&issued, "status"), ["sealed", "skipped"]);
    assert_eq!(issued[0]["certificate"], issued[1]["certificate"]);
    assert_eq!(world.names("out"), ["a.pdf"]);
}

fn never_overwrites() {
    let world = World::new();
    world.write("in/a.pdf", pdf::plain("a"));
    world.write("out/a.pdf", b"somebody's");
    let refused = world.issue(&["in"], "out", &[]).expect(1);
    assert_eq!(refused.column("reason"), ["output_exists"]);
    assert_eq!(fs::read(world.path("out/a.pdf")).expect("read"), b"somebody's");

    let issued = world.issue(&["in"], "other", &[]).quiet();
    let id = issued.column("certificate").remove(0);
    world.write("mine.proof", b"somebody's");
    let refused = world.issuer(["proof", &id, "--out", "mine.proof"]).expect(1);
    assert_eq!(refused.err.lines().next(), Some("error: “mine.proof” exists already, and nothing is overwritten."));
    assert_eq!(fs::read(world.path("mine.proof")).expect("read"), b"somebody's");
}

fn names() {
    let world = World::new();
    let long = format!("{}.pdf", "ü".repeat(125) + "x");
    assert_eq!(long.len(), 255);
    let names = [
        "Müller Jürgen.pdf",
        "u\u{308} zerlegt.pdf",
        "O'Neil \"Änne\".pdf",
        "zwei\nZeilen.pdf",
        "\u{202e}fdp.exe.pdf",
        "\u{1b}[2Jrot.pdf",
        "-f.pdf",
        "$(reboot);.pdf",
        "<script>alert(1)<!--.pdf",
        " vorn und hinten .pdf",
        ".pdf.pdf",
        "日本語.pdf",
        long.as_str(),
    ];
    for name in names {
        world.write(Path::new("in").join(name), pdf::plain(name));
    }
    #[cfg(unix)]
    let raw = {
        use std::os::unix::ffi::OsStrExt;
        let raw = PathBuf::from(std::ffi::OsStr::from_bytes(b"kein UTF-8 \xff\xfe.pdf"));
        world.write(Path::new("in").join(&raw), pdf::plain("raw"));
        vec![raw]
    };
    #[cfg(not(unix))]
    let raw = Vec::<PathBuf>::new();

    let issued = world.issue(&["in"], "out", &[]).quiet();
    assert_eq!(issued.column("status"), vec!["sealed"; names.len() + raw.len()]);
    let wanted: std::collections::BTreeSet<_> = names.iter().map(PathBuf::from).chain(raw).collect();
    assert_eq!(tree(&world.path("out")).into_keys().collect::<std::collections::BTreeSet<_>>(), wanted);
    assert_eq!(world.check(["out"]).expect(0).column("verdict"), vec!["genuine"; wanted.len()]);
    // One line each, whatever is in a name, and nothing that steers the terminal.
    let people = run(world.command("verifier").args(["check", "--trust", "demo/trust", "out"])).expect(0).out;
    assert_eq!(people.lines().filter(|line| line.contains("genuine")).count(), wanted.len() + 1, "{people}");
    assert!(!people.contains('\u{202e}') && !people.contains('\u{1b}'), "{people}");
    for shown in ["\\u{202e}fdp.exe.pdf", "zwei\\u{a}Zeilen.pdf", "\\u{1b}[2Jrot.pdf"] {
        assert!(people.contains(shown), "{shown} in {people}");
    }
    let list = world.issuer(["list", "2"]).expect(0).out;
    assert!(!list.contains('\u{202e}') && !list.contains('\u{1b}'), "{list}");
}

fn empty_folder() {
    let world = World::new();
    fs::create_dir(world.path("in")).expect("made");
    let nothing = "error: No PDF file was found.\nhint: In folders, files are sealed whose names end in .pdf.\n";
    let refused = world.issue(&["in"], "out", &[]).expect(1);
    assert_eq!((refused.err.as_str(), refused.out.as_str()), (nothing, ""));
    assert!(!world.path("out").exists());
}

fn usage() {
    let world = World::new();
    world.write("a.pdf", pdf::plain("a"));
    let nowhere = world.issue(&["nowhere.pdf"], "out", &[]).expect(64);
    assert_eq!(nowhere.err.lines().next(), Some("error: “nowhere.pdf” cannot be read: file or folder not found"));
    let kind = world.issuer(["issue", "a.pdf", "--out", "out", "--kind", "Abitur 2026"]).expect(64);
    assert_eq!(
        kind.err,
        "error: “Abitur 2026” does not fit “--kind <KIND>”: kinds have small letters, digits and hyphens, at most 32 \
         characters\nhint: “issuer issue --help” shows an example.\n"
    );
    world.issuer(["issue", "a.pdf", "--kind", "abitur"]).expect(64);
    world.run("issuer", ["issue", "a.pdf", "--out", "out", "--kind", "abitur"]).expect(64);
    world.write("bad.toml", b"name = 'x'\nsurprise = 1\n");
    world.run("issuer", ["--config", "bad.toml", "list"]).expect(64);
    assert!(!world.path("out").exists());
}

fn many() {
    let world = World::new();
    for number in 0..2_000 {
        world.write(format!("in/{:02}/{number}.pdf", number % 20), pdf::plain(&number.to_string()));
    }
    let issued = world.issue(&["in"], "out", &[]).quiet();
    assert_eq!(issued.column("status"), vec!["sealed"; 2_000]);
    let ids: std::collections::BTreeSet<_> = issued.column("certificate").into_iter().collect();
    assert_eq!(ids.len(), 2_000);
    let check = world.check(["out"]).expect(0);
    assert_eq!(check.column("verdict"), vec!["genuine"; 2_000]);
    assert_eq!(check.column("certificate").into_iter().collect::<std::collections::BTreeSet<_>>(), ids);
    let statements = world.run("anchor", ["log", "--json", "--ledger", "demo/ledger"]).expect(0).json();
    assert_eq!(statements.len(), 3, "one statement for all of them");
    assert_eq!(statements[2]["size"], json!(2_048));
}

fn detached() {
    let world = World::new();
    world.write("in/sub/a.pdf", pdf::plain("a"));
    let issued = world.issue(&["in"], "out", &["--detached"]).quiet();
    assert_eq!(issued.column("output"), ["out/sub/a.pdf"]);
    assert_eq!(world.names("out"), ["sub/a.pdf", "sub/a.pdf.proof"]);
    assert_eq!(fs::read(world.path("out/sub/a.pdf")).expect("read"), pdf::plain("a"), "the copy is plain");
    let check = world.check(["out"]).expect(0);
    assert_eq!(
        (check.column("verdict"), check.column("certificate")),
        (vec!["genuine".to_owned()], issued.column("certificate"))
    );
    assert_eq!(check.err, "One other file was passed over.\n");
    fs::rename(world.path("out/sub/a.pdf.proof"), world.path("out/elsewhere")).expect("moved");
    assert_eq!(world.check(["out/sub"]).expect(1).column("reason"), ["no_locator"]);
    world.write("out/sub/a.pdf.proof", b"x".repeat(70_000));
    assert_eq!(world.check(["out/sub/a.pdf"]).expect(1).column("reason"), ["malformed_proof"]);
}

fn proof_again() {
    let world = World::new();
    let original = world.names("demo/certificates").remove(0);
    let id = world.check([format!("demo/sealed/{original}")]).expect(0).column("certificate").remove(0);
    let proof = format!("demo/certificates/{original}.proof");
    world.issuer(["proof", &id, "--out", &proof]).quiet();
    let check = world.check([format!("demo/certificates/{original}")]).expect(0);
    assert_eq!(check.column("certificate"), std::slice::from_ref(&id));
    // By the beginning of the id, by the original, by the sealed copy: each names the same certificate.
    for (number, what) in
        [&id[..12], &format!("demo/certificates/{original}"), &format!("demo/sealed/{original}")].iter().enumerate()
    {
        let out = format!("{number}.proof");
        world.issuer(["proof", what, "--out", &out]).quiet();
        assert_eq!(fs::read(world.path(out)).expect("written"), fs::read(world.path(&proof)).expect("written"));
    }
    let unknown = world.issuer(["proof", "ffff0000ffff"]).expect(1);
    assert!(unknown.err.starts_with("error: “ffff0000ffff” is not in this school's register.\n"), "{unknown:?}");
}

fn list_and_show() {
    let world = World::new();
    world.write("a.pdf", pdf::plain("a"));
    let id = world.issue(&["a.pdf"], "out", &[]).quiet().column("certificate").remove(0);
    let list = world.issuer(["list", "--json"]).quiet().json();
    assert_eq!(list.len(), 13);
    let line = &list[12];
    assert_eq!((&line["certificate"], &line["state"], &line["kind"]), (&json!(id), &json!("done"), &json!("abitur")));
    assert_eq!((&line["batch"], &line["index"], &line["detached"]), (&json!(2), &json!(2), &json!(false)));
    assert_eq!(line["length"], json!(pdf::plain("a").len()));
    assert_eq!(line["salt"], Value::Null, "the salt belongs to the holder");
    assert_eq!(world.issuer(["show", &id, "--json"]).quiet().json(), vec![line.clone()]);
    assert_eq!(world.issuer(["show", "out/a.pdf", "--json"]).quiet().json(), vec![line.clone()]);
    let shown = world.issuer(["show", &id[..16]]).quiet().out;
    assert!(shown.starts_with(&format!("Certificate id: {id}\n")), "{shown}");
    assert!(world.issuer(["list"]).quiet().out.lines().count() == 3, "a heading and two batches");
    world.issuer(["list", "99"]).expect(1);
    world.issuer(["show", "nothing"]).expect(1);
    assert_eq!(world.issuer(["resume"]).quiet().out, "Nothing is open.\n");
}

fn originals_stay() {
    let world = World::new();
    for number in 0..20 {
        world.write(format!("in/{number}.pdf"), pdf::plain(&number.to_string()));
    }
    let before = tree(&world.path("in"));
    let changed = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).expect("a time");
    let times: Vec<_> = before.keys().map(|name| changed(&world.path("in").join(name))).collect();
    world.issue(&["in"], "out", &[]).quiet();
    world.issue(&["in"], "beside", &["--again", "--detached"]).quiet();
    assert_eq!(tree(&world.path("in")), before);
    assert_eq!(before.keys().map(|name| changed(&world.path("in").join(name))).collect::<Vec<_>>(), times);
    for (name, bytes) in before {
        let sealed = fs::read(world.path("out").join(&name)).expect("sealed");
        assert!(sealed.starts_with(&bytes) && sealed.len() > bytes.len(), "{}", name.display());
    }
}
