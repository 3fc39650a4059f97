// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Other people's programs see a sealed file as they saw the original: no complaint, the same pixels, and a signature
//! that was there before still holds.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use libtest_mimic::Trial;
use serde_json::{Value, json};
use tests::{
    Run, World, run, tree,
    trial::{command, named_by, needing, shared},
};

fn main() -> ExitCode {
    let (pilot, no_pilot) = shared("xschule/pilot-certificates");
    let (pyhanko, no_pyhanko) = named_by("SCHULSIEGEL_PYHANKO");
    let programs: Vec<_> = ["qpdf", "mutool", "pdftoppm", "pdfinfo"].into_iter().map(command).collect();
    let with_pilot = [programs.as_slice(), &[no_pilot]].concat();
    tests::trial::main(vec![
        needing("the six real certificates open as before", &with_pilot, move || real_certificates(&pilot)),
        needing("certificates of the generator open as before", &programs, samples),
        signature("a signed file is unmodified after sealing", "sign", pyhanko.clone(), no_pyhanko.clone()),
        signature("a file certified against any change is unmodified after sealing", "certify", pyhanko, no_pyhanko),
    ])
}

fn real_certificates(folder: &Path) {
    let world = World::new();
    for (name, bytes) in tree(folder).into_iter().filter(|(name, _)| name.extension().is_some_and(|end| end == "pdf")) {
        world.write(Path::new("in").join(name), bytes);
    }
    let issued = world.issue(&["in"], "out", &[]).expect(0);
    assert_eq!(issued.column("status"), ["sealed"; 6]);
    assert_eq!(world.check(["out"]).expect(0).column("verdict"), ["genuine"; 6]);
    open_as_before(&world, "in", "out");
}

fn samples() {
    let world = World::new();
    for kind in ["abitur", "realschule", "halbjahr"] {
        let out = format!("in/{kind}");
        world.run("samples", ["make", "--seed", "7", "--count", "1", "--kind", kind, "--out", &out]).expect(0);
    }
    world.issue(&["in"], "out", &[]).quiet();
    assert_eq!(world.check(["out"]).expect(0).column("verdict"), ["genuine"; 3]);
    open_as_before(&world, "in", "out");
}

/// Every sealed copy against its original.
fn open_as_before(world: &World, originals: &str, sealed: &str) {
    let names: Vec<_> = tree(&world.path(originals)).into_keys().filter(|name| name.extension().is_some()).collect();
    assert_eq!(tree(&world.path(sealed)).into_keys().collect::<Vec<_>>(), names);
    for name in names {
        let files = [world.path(originals).join(&name), world.path(sealed).join(&name)];
        let [before, after] = files.each_ref().map(|file| Seen::of(world, file));
        assert_eq!(before.qpdf.code, Some(0), "{} {before:#?}", name.display());
        assert!(!before.pages.is_empty() && before.pages.iter().all(|page| page.len() > 10_000), "pages were rendered");
        assert_eq!(before.page_count, before.pages.len() / 2);
        // Told apart, so that a failure does not print megabytes.
        assert_eq!((&before.qpdf, &before.mutool), (&after.qpdf, &after.mutool));
        assert_eq!((&before.complaints, before.page_count), (&after.complaints, after.page_count));
        assert!(before.pages == after.pages, "{} renders to other pixels", name.display());
    }
}

/// What readers make of a file.
#[derive(Debug)]
struct Seen {
    qpdf: Run,
    mutool: Run,
    /// Those of poppler.
    complaints: String,
    page_count: usize,
    /// Every page as `mutool` draws it, then every page as `pdftoppm` does.
    pages: Vec<Vec<u8>>,
}

impl Seen {
    fn of(world: &World, file: &Path) -> Self {
        let name = file.to_str().expect("plain names");
        // A report that names the file would differ by the name alone.
        let report = |command: &mut Command| {
            let run = run(command);
            let without_name = |text: &str| text.replace(name, "FILE");
            Run { code: run.code, out: without_name(&run.out), err: without_name(&run.err) }
        };
        let mutool = report(Command::new("mutool").arg("info").arg(file)).expect(0);
        let info = report(Command::new("pdfinfo").arg(file)).expect(0);
        let page_count = info.out.lines().find_map(|line| line.strip_prefix("Pages:")).expect("a number of pages");
        Self {
            qpdf: report(Command::new("qpdf").arg("--check").arg(file)),
            mutool,
            complaints: info.err,
            page_count: page_count.trim().parse().expect("a number"),
            pages: [drawn(world, file, mupdf), drawn(world, file, poppler)].concat(),
        }
    }
}

fn drawn(world: &World, file: &Path, draw: fn(&Path, &Path) -> Run) -> Vec<Vec<u8>> {
    let folder = world.path("pages");
    fs::create_dir(&folder).expect("made");
    let run = draw(file, &folder);
    assert_eq!(run.code, Some(0), "{run:?}");
    let pages = tree(&folder).into_values().collect();
    fs::remove_dir_all(&folder).expect("removed");
    pages
}

fn mupdf(file: &Path, folder: &Path) -> Run {
    let pages = folder.join("%04d.ppm");
    run(Command::new("mutool").args(["draw", "-q", "-r", "60", "-F", "ppm", "-o"]).arg(pages).arg(file))
}

fn poppler(file: &Path, folder: &Path) -> Run {
    run(Command::new("pdftoppm").args(["-r", "60"]).arg(file).arg(folder.join("page")))
}

/// pyHanko signs a certificate, it is sealed, and pyHanko judges both. `pyhanko` is its program; Python lies beside it.
fn signature(name: &str, command: &'static str, pyhanko: PathBuf, missing: Option<String>) -> Trial {
    needing(name, &[missing], move || {
        let world = World::new();
        let python = pyhanko.with_file_name("python");
        let script = tests::program::root().join("tests/scripts/signature.py");
        let say = |arguments: [&Path; 3]| run(Command::new(&python).arg(&script).args(arguments)).quiet();
        let original = world.path("demo/certificates").join(&world.names("demo/certificates")[0]);
        let signed = world.path("signed.pdf");
        say([Path::new(command), &original, &signed]);
        world.issue(&["signed.pdf"], "out", &[]).quiet();
        assert_eq!(world.check(["out"]).expect(0).column("verdict"), ["genuine"]);

        let certificate = world.path("signed.pdf.pem");
        let judge = |file: &Path| say([Path::new("validate"), file, &certificate]).json().remove(0);
        let wanted = |coverage: &str| -> Value {
            json!({
                "intact": true, "valid": true, "trusted": true, "bottom_line": true, "docmdp_ok": true,
                "coverage": coverage, "modification_level": "NONE",
            })
        };
        assert_eq!(judge(&signed), wanted("ENTIRE_FILE"));
        // The signature covers the whole document; what follows it is comment and no revision.
        assert_eq!(judge(&world.path("out/signed.pdf")), wanted("ENTIRE_REVISION"));
    })
}
