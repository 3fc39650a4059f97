// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
A real PostgreSQL for the tests: a cluster of its own in a temporary folder, that ends with the test program.

PostgreSQL does not run as root, so that there it runs as `nobody`.
*/

use std::{
    env, fs,
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::fs::{PermissionsExt as _, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, getuid, kill_process};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::{hosts::Host, program::run, trial::Need};

/// The user and group without rights on every Debian.
const NOBODY: u32 = 65_534;

/// So long a server may take to start or to end.
const PATIENCE: Duration = Duration::from_mins(1);

/// Needs the programs of a PostgreSQL server.
pub fn need() -> Need {
    programs().is_none().then(|| "PostgreSQL's server".to_owned())
}

/// Where `initdb` and `postgres` are.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let of_debian = versions.map(|version| version.path().join("bin"));
    let in_path = env::var_os("PATH").map(|path| env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    of_debian.chain(in_path).find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// A server with its files. Dropping it ends the server and removes them.
pub struct Cluster {
    folder: TempDir,
    /// The machine that it runs on, if it is not this one.
    host: Option<Host>,
    port: u16,
    server: Option<Child>,
    databases: AtomicU32,
}

impl Cluster {
    /// Makes one and starts it.
    ///
    /// # Panics
    /// If that does not work.
    pub fn start() -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = free.local_addr().expect("bound").port();
        drop(free);
        Self::make(None, port)
    }

    /// Makes one on a machine of a network, where others get to it too, and starts it.
    ///
    /// # Panics
    /// If that does not work.
    pub fn start_on(host: &Host) -> Self {
        let cluster = Self::make(Some(host.clone()), 5_432);
        cluster.put("pg_hba.conf", "local all all trust\nhost all all samenet trust\n");
        cluster.reload();
        cluster
    }

    fn make(host: Option<Host>, port: u16) -> Self {
        // Not below the target folder: `nobody` may not be able to get there.
        let folder = tempfile::Builder::new().prefix("schulsiegel-pg-").tempdir().expect("a folder");
        give_away(folder.path());
        let mut initdb = server_program("initdb");
        let made = run(initdb.arg("--pgdata").arg(folder.path().join("data")).args([
            "--username=ledger",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-instructions",
        ]));
        assert_eq!(made.code, Some(0), "{}", made.err);
        let mut cluster = Self { folder, host, port, server: None, databases: AtomicU32::new(0) };
        cluster.up();
        cluster
    }

    /// Starts the server again.
    ///
    /// # Panics
    /// If it does not take connections after a minute.
    pub fn up(&mut self) {
        let mut server = match &self.host {
            None => server_program("postgres"),
            Some(host) => host.wrapped(&server_program("postgres")),
        };
        let listen = format!("listen_addresses={}", self.address());
        server.arg("-D").arg(self.folder.path().join("data")).arg("-p").arg(self.port.to_string());
        server.args(["-c", &listen, "-c", "max_connections=200"]);
        server.arg("-k").arg(self.folder.path());
        let log = fs::File::options().create(true).append(true).open(self.log()).expect("a log");
        server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        self.server = Some(server.spawn().expect("it starts"));
        let until = Instant::now() + PATIENCE;
        while block_on(PgConnection::connect_with(&self.beside("postgres"))).is_err() {
            assert!(Instant::now() < until, "{}", fs::read_to_string(self.log()).unwrap_or_default());
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Kills the server and all that belongs to it, as a loss of power does.
    pub fn kill(&mut self) {
        let mut server = self.server.take().expect("it runs");
        // Its children notice by themselves, but not at once: kill them first.
        let id = server.id().to_string();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        let _ = server.kill();
        for child in children.split_ascii_whitespace().filter_map(|id| Pid::from_raw(id.parse().ok()?)) {
            let _ = kill_process(child, Signal::KILL);
        }
        let _ = server.wait();
        // A new server does not start while one of them still has the memory that they share.
        let has_gone = |id: &str| {
            let state = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            state.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with('Z'))
        };
        let until = Instant::now() + PATIENCE;
        while !children.split_ascii_whitespace().all(has_gone) && Instant::now() < until {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Where its log is.
    pub fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    fn address(&self) -> Ipv4Addr {
        self.host.as_ref().map_or(Ipv4Addr::LOCALHOST, |host| host.address)
    }

    /// The address of one of its databases, for its superuser.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://ledger@{}:{}/{database}?sslmode=disable", self.address(), self.port)
    }

    /// The way to one of its databases that needs no network.
    fn beside(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new().socket(self.folder.path()).port(self.port).username("ledger").database(database)
    }

    /// Puts a file among its own, which nobody else may read.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.folder.path().join("data").join(name);
        fs::write(&path, bytes).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("changed");
        give_away(&path);
    }

    /// Changes settings, and waits until they are in force.
    ///
    /// # Panics
    /// If the server does not take them.
    pub fn set(&self, settings: &[(&str, &str)]) {
        for (name, value) in settings {
            self.execute("postgres", &format!("ALTER SYSTEM SET {name} = '{value}'")).expect("set");
        }
        self.reload();
    }

    /// Has it read its files again, and waits until it has.
    ///
    /// # Panics
    /// If it does not.
    pub fn reload(&self) {
        // Of this connection, which belongs to the server that was told.
        let asked = block_on(async {
            let mut connection = PgConnection::connect_with(&self.beside("postgres")).await?;
            let loaded = "SELECT pg_conf_load_time()::text";
            let before: String = sqlx::query_scalar(loaded).fetch_one(&mut connection).await?;
            sqlx::raw_sql("SELECT pg_reload_conf()").execute(&mut connection).await?;
            let until = Instant::now() + PATIENCE;
            while Instant::now() < until {
                // A server process takes over what the first process has read.
                let mut new = PgConnection::connect_with(&self.beside("postgres")).await?;
                let now: String = sqlx::query_scalar(loaded).fetch_one(&mut new).await?;
                if now != before {
                    return Ok::<_, sqlx::Error>(true);
                }
            }
            Ok(false)
        });
        assert!(asked.expect("answered"), "the settings are not read");
    }

    /// A number that no database of it is named after yet.
    pub fn next(&self) -> u32 {
        self.databases.fetch_add(1, Ordering::SeqCst)
    }

    /// A new, empty database. Gives its name.
    pub fn database(&self) -> String {
        let name = format!("test_{}", self.next());
        self.execute("postgres", &format!("CREATE DATABASE {name}")).expect("made");
        name
    }

    /// Has a database execute something. Gives the number of rows, or what the database says against it.
    ///
    /// # Errors
    /// If the database refuses.
    ///
    /// # Panics
    /// If there is no connection.
    pub fn execute(&self, database: &str, sql: &str) -> Result<u64, String> {
        let way = self.beside(database);
        block_on(async {
            let mut connection = PgConnection::connect_with(&way).await.expect("connected");
            let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await;
            connection.close().await.expect("closed");
            done.map(|done| done.rows_affected()).map_err(|error| error.to_string())
        })
    }
}

/// A transaction that is open until this is dropped.
pub struct Locked {
    _connection: PgConnection,
    _runtime: Runtime,
}

impl Cluster {
    /// Has a database execute something in a transaction that stays open.
    ///
    /// # Panics
    /// If that does not work.
    pub fn lock(&self, database: &str, sql: &str) -> Locked {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let connection = runtime.block_on(async {
            let mut connection = PgConnection::connect_with(&self.beside(database)).await.expect("connected");
            let sql = format!("BEGIN; {sql}");
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.expect("done");
            connection
        });
        Locked { _connection: connection, _runtime: runtime }
    }

    /// Asks a database for one text.
    ///
    /// # Panics
    /// If there is none.
    pub fn text(&self, database: &str, sql: &str) -> String {
        let way = self.beside(database);
        block_on(async {
            let mut connection = PgConnection::connect_with(&way).await.expect("connected");
            sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&mut connection).await.expect("a text")
        })
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let Some(mut server) = self.server.take() else { return };
        if let Some(id) = Pid::from_raw(server.id().cast_signed()) {
            // At once, without folding anything up.
            let _ = kill_process(id, Signal::QUIT);
        }
        let until = Instant::now() + PATIENCE;
        while server.try_wait().is_ok_and(|ended| ended.is_none()) && Instant::now() < until {
            thread::sleep(Duration::from_millis(10));
        }
        let _ = server.kill();
    }
}

fn server_program(name: &str) -> Command {
    unprivileged(&programs().expect("needed").join(name))
}

/// A program as a user who is not root; it ends when the thread does that starts it.
pub fn unprivileged(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if getuid().is_root() {
        let nobody = NOBODY.to_string();
        command.args(["--reuid", &nobody, "--regid", &nobody, "--clear-groups"]);
    }
    command.args(["--pdeathsig", "QUIT"]).arg(program).env("LC_ALL", "C").current_dir(Path::new("/"));
    command
}

/// Gives a file or folder to the user that [`unprivileged`] programs run as.
///
/// # Panics
/// If that cannot be done.
pub fn give_away(path: &Path) {
    if getuid().is_root() {
        chown(path, Some(NOBODY), Some(NOBODY)).expect("given away");
    }
}

/// A port that can be connected to.
pub fn listens(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    anchor::conformance::block_on(future)
}
