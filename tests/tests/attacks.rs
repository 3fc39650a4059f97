// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a school must not seal: PDFs that are more than paper, and PDFs made to bring the program down. Each is refused
//! by name, and the sound ones beside it are sealed all the same.
//!
//! The attacks on files that are sealed already are vectors, see `vectors.rs`.

use std::{collections::BTreeMap, io::Write};

use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, StringFormat};
use serde_json::json;
use tests::{World, pdf};

/// Issues files together with a sound one, and expects of each the reason for its refusal; `None` is sealed.
fn assert_reasons(world: &World, files: &[(&str, Option<&str>, Vec<u8>)]) -> Option<peaks::Peaks> {
    let mut wanted = BTreeMap::from([("sound", None)]);
    for (name, reason, bytes) in files {
        world.write(format!("in/{name}.pdf"), bytes);
        assert_eq!(wanted.insert(name, *reason), None, "{name} stands here twice");
    }
    world.write("in/sound.pdf", pdf::plain("sound"));
    let line = "--config demo/issuer.toml issue in --out out --kind abitur --json --skip-bad";
    let (issued, peaks) = peaks::run(world.command("issuer").args(line.split(' ')));
    // A worker may have 1 GiB, and the program itself does not grow with what it looks at.
    if let Some(peaks) = &peaks {
        assert!(peaks.workers_mib <= 1_024, "{peaks:?}");
        assert!((1..150).contains(&peaks.program_mib), "{peaks:?}");
    }
    let issued = issued.expect(0).json();
    let mut seen = BTreeMap::new();
    for line in &issued {
        let name = line["file"].as_str().expect("a name").trim_start_matches("in/").trim_end_matches(".pdf");
        let status = if line["reason"].is_null() { "sealed" } else { "refused" };
        assert_eq!(line["status"], json!(status), "{line}");
        seen.insert(name, line["reason"].as_str());
    }
    assert_eq!(seen, wanted);
    let sealed: Vec<_> = wanted.iter().filter(|(_, reason)| reason.is_none()).collect();
    assert_eq!(world.check(["out"]).expect(0).column("verdict"), vec!["genuine"; sealed.len()]);
    peaks
}

#[test]
fn what_is_more_than_paper_is_refused() {
    let javascript = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";
    let launch = "<< /S /Launch /F (calc.exe) >>";
    let external = "/F (http://example.org/grades)";
    let object = |text: &str| pdf::with("", "", &[text.as_bytes()]);
    assert_reasons(
        &World::new(),
        &[
            ("javascript-on-opening", Some("javascript"), pdf::with(&format!("/OpenAction {javascript}"), "", &[])),
            ("javascript-on-page", Some("javascript"), pdf::with("", &format!("/AA << /O {javascript} >>"), &[])),
            (
                "javascript-by-name",
                Some("javascript"),
                pdf::with("/Names << /JavaScript << /Names [(a) 4 0 R] >> >>", "", &[b"null"]),
            ),
            ("javascript-that-nothing-refers-to", Some("javascript"), object(javascript)),
            ("javascript-without-code", Some("javascript"), object("<< /S /JavaScript >>")),
            ("javascript-in-a-list", Some("javascript"), object(&format!("[[ << /Next [ {javascript} ] >> ]]"))),
            ("javascript-with-escaped-name", Some("javascript"), object("<< /S /Java#53cript >>")),
            ("javascript-with-escaped-key", Some("javascript"), object("<< /#4a#53 (app.alert\\(1\\)) >>")),
            (
                "javascript-in-a-stream-dictionary",
                Some("javascript"),
                pdf::with("", "", &[&pdf::stream(&format!("/A {javascript}"), b"x")]),
            ),
            (
                "javascript-in-object-stream",
                Some("javascript"),
                pdf::with_object_stream("/OpenAction 4 0 R", &[javascript]),
            ),
            ("launch", Some("launch"), pdf::with(&format!("/OpenAction {launch}"), "", &[])),
            ("launch-in-object-stream", Some("launch"), pdf::with_object_stream("/OpenAction 4 0 R", &[launch])),
            (
                "xfa",
                Some("xfa"),
                pdf::with("/AcroForm << /Fields [] /XFA 4 0 R >>", "", &[&pdf::stream("", b"<xdp/>")]),
            ),
            ("xfa-in-object-stream", Some("xfa"), pdf::with_object_stream("/AcroForm 4 0 R", &["<< /XFA [] >>"])),
            (
                "external-stream",
                Some("external_stream"),
                pdf::with("", "/Contents 4 0 R", &[&pdf::stream(external, b"")]),
            ),
            (
                "external-stream-as-file-specification",
                Some("external_stream"),
                pdf::with("", "/Contents 4 0 R", &[&pdf::stream("/F << /FS /URL /F (http://example.org) >>", b"")]),
            ),
            // Deeper than lopdf reads: what was not looked at must not be sealed.
            (
                "javascript-100-arrays-deep",
                Some("damaged"),
                object(&format!("{}{javascript}{}", "[".repeat(100), "]".repeat(100))),
            ),
            (
                "javascript-100-arrays-deep-in-object-stream",
                Some("damaged"),
                pdf::with_object_stream("", &[&format!("{}{javascript}{}", "[".repeat(100), "]".repeat(100))]),
            ),
            (
                "javascript-98-arrays-deep",
                Some("javascript"),
                object(&format!("{}{javascript}{}", "[".repeat(98), "]".repeat(98))),
            ),
            ("javascript-in-an-object-that-is-not-closed", Some("damaged"), object(&format!("[ {javascript}"))),
            // A sound one of the same make: neither object streams nor forms are the reason.
            ("object-stream", None, pdf::with_object_stream("/AcroForm 4 0 R", &["<< /Fields [] >>"])),
            // A file inside the file is not content from elsewhere.
            (
                "attachment",
                None,
                pdf::with(
                    "/AF [4 0 R]",
                    "",
                    &[
                        b"<< /Type /Filespec /F (data.xml) /EF << /F 5 0 R >> >>",
                        &pdf::stream("/Type /EmbeddedFile", b"<a/>"),
                    ],
                ),
            ),
        ],
    );
}

/// Encrypted with these passwords.
fn encrypted(owner: &str, user: &str) -> Vec<u8> {
    let mut document = Document::load_mem(&pdf::plain("secret")).expect("a PDF");
    let id = Object::String(vec![7; 16], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: owner,
        user_password: user,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).expect("a state");
    document.encrypt(&state).expect("encrypted");
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("written");
    bytes
}

#[test]
fn what_cannot_be_looked_at_is_refused() {
    let world = World::new();
    let sealed = std::fs::read(world.path("demo/sealed").join(&world.names("demo/sealed")[0])).expect("sealed");
    let good = pdf::plain("good");
    let with_ending = |ending: &str| [&good[..good.len() - b"%%EOF\n".len()], ending.as_bytes()].concat();
    let trimmed = good.strip_suffix(b"\n").expect("ends in a line feed");
    assert_reasons(
        &world,
        &[
            ("encrypted-with-password", Some("encrypted"), encrypted("owner", "user")),
            ("encrypted-with-empty-password", None, encrypted("owner", "")),
            ("empty", Some("not_a_pdf"), Vec::new()),
            ("text", Some("not_a_pdf"), b"Zeugnis".to_vec()),
            ("picture", Some("not_a_pdf"), b"\x89PNG\r\n\x1a\n".to_vec()),
            ("bytes-in-front", Some("not_a_pdf"), [b"\n", good.as_slice()].concat()),
            ("sealed", Some("already_sealed"), sealed.clone()),
            ("part-of-a-seal", Some("already_sealed"), pdf::plain("%SCHULSIEGEL-1 ")),
            ("cut-off", Some("bad_ending"), good[..good.len() - 9].to_vec()),
            ("without-end", Some("bad_ending"), with_ending("")),
            ("text-behind-the-end", Some("bad_ending"), with_ending("%%EOF\nx")),
            ("nine-blanks-behind-the-end", Some("bad_ending"), with_ending("%%EOF         ")),
            ("eight-blanks-behind-the-end", None, with_ending("%%EOF\r\n  \r\n  ")),
            ("nothing-behind-the-end", None, trimmed.to_vec()),
            ("wrong-startxref", Some("damaged"), {
                let text = String::from_utf8_lossy(&good).into_owned();
                let at = text.rfind("startxref\n").expect("an ending");
                [&good[..good.len() - (text.len() - at)], b"startxref\n1\n%%EOF\n"].concat()
            }),
            (
                "no-pages",
                Some("no_pages"),
                pdf::written(
                    &[b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec()],
                    "",
                ),
            ),
        ],
    );
}

/// So many bytes of zeros, deflated. 1 MiB that ends at a byte's border is repeated, which takes no time.
fn zeros(mebibytes: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; 1 << 20]).expect("in memory");
    encoder.flush().expect("in memory");
    let head = encoder.get_ref().len();
    encoder.write_all(&vec![0; 1 << 20]).expect("in memory");
    encoder.flush().expect("in memory");
    let bytes = encoder.get_ref().clone();
    let (first, block) = bytes.split_at(head);
    [first, &block.repeat(mebibytes - 1)].concat()
}

/// An object stream that unpacks to `mebibytes` MiB.
fn object_stream_bomb(mebibytes: usize) -> Vec<u8> {
    let stream = pdf::stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &zeros(mebibytes));
    pdf::with("", "", &[&stream])
}

/// A cross-reference table that names the one before it: at `of(number of this one)`.
fn chain_of_tables(count: usize, previous: impl Fn(usize, &[usize]) -> usize) -> Vec<u8> {
    let mut file = pdf::plain("chain");
    let mut tables = vec![table_of(&file)];
    for number in 1..=count {
        let at = file.len();
        tables.push(at);
        let before = previous(number, &tables);
        file.extend(
            format!("xref\n0 0\ntrailer\n<< /Size 4 /Root 1 0 R /Prev {before} >>\nstartxref\n{at}\n%%EOF\n")
                .into_bytes(),
        );
    }
    file
}

/// Where the cross-reference table of a small file begins.
fn table_of(file: &[u8]) -> usize {
    file.windows(6).rposition(|word| word == b"\nxref\n").expect("a table") + 1
}

#[test]
fn bombs_do_no_harm() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth)).into_bytes();
    let dictionaries = |depth: usize| format!("{}{}", "<< /A ".repeat(depth), ">>".repeat(depth)).into_bytes();
    let contents = pdf::stream("/Filter /FlateDecode", &zeros(4_096));
    let files = [
        ("arrays-200000-deep", Some("damaged"), pdf::with("", "", &[&nested(200_000)])),
        ("dictionaries-200000-deep", Some("damaged"), pdf::with("", "", &[&dictionaries(200_000)])),
        ("objects-100000", None, pdf::with("", "", &vec![b"<< /A 1 >>".as_slice(); 100_000])),
        ("object-stream-of-4-GiB", Some("damaged"), object_stream_bomb(4_096)),
        ("object-stream-of-65-MiB", Some("damaged"), object_stream_bomb(65)),
        // Contents of pages are not unpacked: what they take is for a viewer to bear.
        ("contents-of-4-GiB", None, pdf::with("", "/Contents 4 0 R", &[&contents])),
        ("tables-in-a-circle", Some("damaged"), chain_of_tables(1, |_, tables| tables[1])),
        (
            "tables-in-a-circle-of-two",
            Some("damaged"),
            chain_of_tables(2, |number, tables| if number == 1 { tables[1] + 1 } else { tables[1] }),
        ),
        ("tables-5000", None, chain_of_tables(5_000, |number, tables| tables[number - 1])),
        (
            "pages-in-a-circle",
            Some("no_pages"),
            pdf::written(
                &[b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>".to_vec()],
                "",
            ),
        ),
        (
            "xref-size-of-4-billion",
            Some("no_pages"),
            pdf::written(
                &[
                    b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                    b"<< /Type /Pages /Kids [] /Count 4294967295 >>".to_vec(),
                ],
                "/Size 4294967295",
            ),
        ),
    ];
    let peaks = assert_reasons(&World::new(), &files);
    assert!(!cfg!(target_os = "linux") || peaks.is_some_and(|peaks| peaks.workers_mib > 10), "workers were watched");
}

mod peaks {
    //! How much memory a program and its workers take at most.

    use std::{
        collections::BTreeMap,
        fs,
        process::Command,
        sync::atomic::{AtomicBool, AtomicU32, Ordering},
        thread,
        time::Duration,
    };

    use tests::{Run, program::run_seen};

    #[derive(Debug)]
    pub(super) struct Peaks {
        pub(super) program_mib: u64,
        pub(super) workers_mib: u64,
    }

    /// Runs a program to its end. `None` where the system does not tell what a process takes.
    pub(super) fn run(command: &mut Command) -> (Run, Option<Peaks>) {
        let (id, over) = (AtomicU32::new(0), AtomicBool::new(false));
        thread::scope(|scope| {
            let watcher = scope.spawn(|| {
                let mut peaks = BTreeMap::<u32, u64>::new();
                while !over.load(Ordering::Relaxed) {
                    let program = id.load(Ordering::Relaxed);
                    for process in children(program).into_iter().chain([program]) {
                        // A peak never falls, so that the last look before the end counts.
                        if let Some(peak) = peak_kib(process) {
                            peaks.insert(process, peak);
                        }
                    }
                    thread::sleep(Duration::from_millis(2));
                }
                peaks
            });
            let run = run_seen(command, b"", |child| id.store(child, Ordering::Relaxed));
            over.store(true, Ordering::Relaxed);
            let mut peaks = watcher.join().expect("the watcher does not panic");
            let program = peaks.remove(&id.load(Ordering::Relaxed));
            let peaks = program.map(|program| Peaks {
                program_mib: program / 1_024,
                workers_mib: peaks.into_values().max().unwrap_or(0) / 1_024,
            });
            (run, peaks)
        })
    }

    fn peak_kib(process: u32) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    }

    /// The workers: every thread of a process has its own children.
    fn children(process: u32) -> Vec<u32> {
        let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
        let lists = threads.flatten().filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
        lists.flat_map(|list| list.split(' ').filter_map(|id| id.parse().ok()).collect::<Vec<_>>()).collect()
    }
}

/// A pipe that nobody writes to never ends: the worker that reads it is given up, and so is nothing else.
#[cfg(unix)]
#[test]
fn a_file_that_never_ends_is_given_up_and_the_rest_is_sealed() {
    let world = World::new();
    world.write("sound.pdf", pdf::plain("sound"));
    let made = std::process::Command::new("mkfifo").arg(world.path("endless.pdf")).status().expect("mkfifo starts");
    assert!(made.success(), "{made}");
    let line = "issue endless.pdf sound.pdf --out out --kind abitur --json --skip-bad";
    let issued = world.issuer(line.split(' ')).expect(0);
    assert_eq!(issued.column("reason"), ["too_complex", ""]);
    assert_eq!(issued.column("status"), ["refused", "sealed"]);
}
