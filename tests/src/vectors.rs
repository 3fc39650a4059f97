// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Test vectors: files with one fault each, named after it, with the verdict that every verifier must reach.

They lie in `tests/vectors` for second implementations; `cargo run --bin vectors` writes them and a test makes them anew
and compares. Everything follows from constants: the same bytes each time.

| | |
|---|---|
| `vectors.json` | one object a file: trust folder, whether the ledger is asked, verdict, reason, what of a withdrawal is told, verdict on the sealed part |
| `files/` | the files, and `NAME.proof` beside `NAME` |
| `statements/`, `checkpoint` | what the pinned ledger holds, in order, and what it published. The first six were admitted at 2026-01-05T09:00:00Z, each further one a minute after the one before |
| `trust…/` | trust folders; the ledger is expected in `ledger/` beside them |

The ledger itself is not kept: its database would be bytes that a new version of SQLite writes in another way.
[`build_ledger`] makes it out of the statements with the program's own code, and it must publish the checkpoint that is
kept. The program admits only what counts; the rest ([`UNCOUNTED`]) is written past it, as somebody could who has the
ledger's database.
*/

mod evidence;
mod history;
mod structure;
mod world;

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use anchor::{
    clock::Clock,
    host,
    ledger::{Append as _, AppendError},
    sqlite::{self, SqliteLedger},
};
pub use history::UNCOUNTED;
use proof::{
    authority::Authorities,
    encoding::base64_encode,
    key::KeyName,
    statement::LedgerEntry,
    tree::TreeSize,
    verdict::{Reason, Verdict},
};
use serde::Serialize;
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use world::World;
pub use world::{NOW, ORIGIN, admitted};

/// A file and what is to be said of it.
#[derive(Serialize)]
pub struct Vector {
    /// Its name.
    pub file: String,
    /// The attack in `THREATS`, or what it is an example of.
    pub about: &'static str,
    /// By which trust folder it is judged.
    pub trust: &'static str,
    /// Whether the ledger is asked.
    pub ledger: bool,
    /// The verdict.
    pub verdict: Verdict,
    /// Its reason.
    pub reason: Option<Reason>,
    /// What is told of the withdrawal of one that is revoked or replaced.
    pub withdrawn: Option<Withdrawal>,
    /// What is said of the sealed part, where something follows it.
    pub sealed_part: Option<Part>,
    #[serde(skip)]
    bytes: Vec<u8>,
    #[serde(skip)]
    proof: Option<Vec<u8>>,
}

/// What is told of a withdrawal.
#[derive(Clone, Serialize)]
pub struct Withdrawal {
    /// By whom: `school` or `authority`.
    pub by: &'static str,
    /// Why, of one that is revoked.
    pub reason: Option<&'static str>,
    /// When the ledger took it in.
    pub time: String,
    /// The id of the certificate that takes its place, of one that is replaced.
    pub successor: Option<String>,
}

/// What is said of the sealed part of a file.
#[derive(Serialize)]
pub struct Part {
    /// The verdict.
    pub verdict: Verdict,
    /// Its reason.
    pub reason: Option<Reason>,
}

impl Vector {
    fn new(name: &str, about: &'static str, verdict: Verdict, reason: Option<Reason>, bytes: Vec<u8>) -> Self {
        let file = format!("{name}.pdf");
        Self {
            file,
            about,
            trust: "trust",
            ledger: true,
            verdict,
            reason,
            withdrawn: None,
            sealed_part: None,
            bytes,
            proof: None,
        }
    }

    fn genuine(name: &str, about: &'static str, bytes: Vec<u8>) -> Self {
        Self::new(name, about, Verdict::Genuine, None, bytes)
    }

    fn revoked(name: &str, about: &'static str, withdrawal: Withdrawal, bytes: Vec<u8>) -> Self {
        Self { withdrawn: Some(withdrawal), ..Self::new(name, about, Verdict::Revoked, None, bytes) }
    }

    fn replaced(name: &str, about: &'static str, withdrawal: Withdrawal, bytes: Vec<u8>) -> Self {
        Self { withdrawn: Some(withdrawal), ..Self::new(name, about, Verdict::Replaced, None, bytes) }
    }

    fn not_genuine(name: &str, about: &'static str, reason: Reason, bytes: Vec<u8>) -> Self {
        Self::new(name, about, Verdict::NotGenuine, Some(reason), bytes)
    }

    fn no_seal(name: &str, about: &'static str, reason: Reason, bytes: Vec<u8>) -> Self {
        Self::new(name, about, Verdict::NoSeal, Some(reason), bytes)
    }

    fn undetermined(name: &str, about: &'static str, reason: Reason, bytes: Vec<u8>) -> Self {
        Self::new(name, about, Verdict::Undetermined, Some(reason), bytes)
    }

    fn after_seal(name: &str, about: &'static str, bytes: Vec<u8>, verdict: Verdict, reason: Option<Reason>) -> Self {
        let sealed_part = Some(Part { verdict, reason });
        Self { sealed_part, ..Self::not_genuine(name, about, Reason::BytesAfterSeal, bytes) }
    }

    fn without_ledger(self) -> Self {
        Self { ledger: false, ..self }
    }

    fn under(self, trust: &'static str) -> Self {
        Self { trust, ..self }
    }
}

/// Every vector.
pub fn all() -> Vec<Vector> {
    structure::vectors().into_iter().chain(evidence::vectors()).chain(history::pinned().1).collect()
}

/// Every file of `tests/vectors` with its bytes.
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let vectors = all();
    let lines = vectors.iter().map(|vector| serde_json::to_string(vector).expect("strings"));
    let manifest = format!("[\n{}\n]\n", lines.collect::<Vec<_>>().join(",\n"));
    let mut files = BTreeMap::from([("vectors.json".to_owned(), manifest.into_bytes())]);
    for Vector { file, bytes, proof, .. } in vectors {
        if let Some(proof) = proof {
            files.insert(format!("files/{file}.proof"), proof);
        }
        let earlier = files.insert(format!("files/{file}"), bytes);
        assert_eq!(earlier, None, "two vectors are called {file}");
    }
    let (world, _) = history::pinned();
    files.extend((0..).zip(world.notes()).map(|(index, note)| (format!("statements/{index:06}.note"), note.to_vec())));
    files.insert("checkpoint".to_owned(), world.checkpoint(&[world.now()]).into_bytes());
    for (folder, quorum, max_age, place) in [
        ("trust", "time", "99999d", "../ledger"),
        ("trust-short-age", "time", "1m", "../ledger"),
        ("trust-without-quorum", "none", "99999d", "../ledger"),
        ("trust-without-ledger", "time", "99999d", "../no-ledger-here"),
    ] {
        files.insert(format!("{folder}/policy"), policy(quorum).into_bytes());
        files.insert(format!("{folder}/authorities"), world::authorities().into_bytes());
        files.insert(format!("{folder}/max_age"), format!("{max_age}\n").into_bytes());
        files.insert(format!("{folder}/ledgers"), format!("{ORIGIN} {place}\n").into_bytes());
    }
    files
}

/// Writes `tests/vectors`. Files of earlier vectors stay, and the test that compares names them.
pub fn write(folder: &Path) {
    for (name, bytes) in files() {
        let path = folder.join(name);
        fs::create_dir_all(host::parent(&path)).expect("made");
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

fn policy(quorum: &str) -> String {
    let (ledger, clock) = (world::ledger(), world::clock());
    format!("log {}\nwitness time {}\nquorum {quorum}\n", ledger.verifying_key(), clock.verifying_key())
}

/// Makes the pinned ledger in `folder` out of the notes in `statements`, each taken in at its time.
pub fn build_ledger(statements: &Path, folder: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let authorities = Authorities::parse(world::authorities().as_bytes()).expect("authorities");
        let origin = KeyName::parse(ORIGIN).expect("a name");
        let time = Arc::new(AtomicU64::new(NOW));
        let clock = {
            let time = Arc::clone(&time);
            Clock::new(move || world::at(time.load(Relaxed)))
        };
        sqlite::init(folder, &origin, &authorities, &clock).await.expect("made");
        // A new ledger has keys of its own; this one gets those of the vectors.
        let replace = |name: &str, bytes: &[u8]| host::replace_file(&folder.join(name), bytes).expect("written");
        for (name, seed) in [("ledger.key", world::LEDGER_SEED), ("time.key", world::TIME_SEED)] {
            fs::remove_file(folder.join(name)).expect("removed");
            host::create_file(&folder.join(name), pem(&seed).as_bytes(), true).expect("written");
        }
        replace("policy", policy("time").as_bytes());
        replace("checkpoint", World::empty(world::ledger()).checkpoint(&[NOW]).as_bytes());

        let mut notes: Vec<_> =
            fs::read_dir(statements).expect("statements").map(|entry| entry.expect("listed").path()).collect();
        notes.sort();
        let open = || async { SqliteLedger::open(folder, clock.clone(), None).await.expect("opened") };
        let mut ledger = open().await;
        for (index, note) in (0..).zip(notes) {
            time.store(admitted(index), Relaxed);
            let note = fs::read(&note).expect("read");
            match ledger.submit(TreeSize(0), &note).await {
                Ok(_) => {}
                Err(AppendError::Rejected(_)) => {
                    ledger.close().await;
                    write_past_admission(folder, index, note).await;
                    ledger = open().await;
                }
                Err(other) => panic!("{index}: {other}"),
            }
        }
        ledger.close().await;
    });
}

/// The ledger publishes it when it is opened the next time, as it does with what a crash kept from that.
async fn write_past_admission(folder: &Path, index: u64, note: Vec<u8>) {
    let entry = LedgerEntry { admitted: world::at(admitted(index)), note }.encode();
    let database = SqliteConnectOptions::new().filename(folder.join("ledger.db"));
    let mut connection = database.connect().await.expect("a database");
    let position = i64::try_from(index).expect("small");
    let insert = sqlx::query("INSERT INTO entry (position, bytes) VALUES (?, ?)").bind(position).bind(entry);
    insert.execute(&mut connection).await.expect("written past admission");
    connection.close().await.expect("closed");
}

/// An Ed25519 key as PKCS#8 (RFC 8410).
fn pem(seed: &[u8; 32]) -> String {
    const HEAD: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    let body = base64_encode(&[HEAD.as_slice(), seed].concat());
    format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n")
}
