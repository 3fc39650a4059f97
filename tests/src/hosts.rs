// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Machines on a network: each is a network namespace of Linux with a cable to a switch, and a folder and a home of its own.

What one machine has, another gets by [`Host::carry`] alone, or over the network. Names carry the id of the test process,
so that what a killed run left disturbs no other; the next run removes it.
*/

mod ledger;

use std::{
    env, fs,
    io::{BufRead, BufReader},
    net::Ipv4Addr,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use rustix::process::{Pid, Signal, geteuid, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    program::{Run, program, run},
    trial::{self, Need},
};

pub use ledger::{Held, Ledger, Service};

/// What the names of all namespaces here begin with.
const PREFIX: &str = "schulsiegel";

/// How long something may take that has to happen.
const DEADLINE: Duration = Duration::from_mins(2);

/// So slow is a slow line: 32 kB a second.
const SLOW: &str = "256kbit";

/// The room of a slow line, in bytes: what comes faster is lost, and has to be sent again.
const ROOM: &str = "4000";

/// Needs root, `ip` and `tc`, and a system that lets root make networks.
pub fn need() -> Need {
    if !geteuid().is_root() {
        return Some("root".to_owned());
    }
    let missing = trial::command("ip").or_else(|| trial::command("tc"));
    missing.or_else(|| {
        let net = Net::empty();
        let tried = net.try_switch().and_then(|()| net.try_host("probe", 1)).and_then(|host| host.try_slow());
        tried.err().map(|error| format!("network namespaces: {}", error.trim()))
    })
}

/// A switch, and what is plugged into it. Removed when this is dropped, with everything that still runs there.
pub struct Net {
    /// `schulsiegel-PROCESS-NUMBER`.
    name: String,
    folder: TempDir,
}

impl Net {
    /// A switch that nothing is plugged into.
    #[track_caller]
    pub fn new() -> Self {
        let net = Self::empty();
        net.try_switch().unwrap_or_else(|error| panic!("{error}"));
        net
    }

    fn empty() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        if number == 0 {
            remove_leftovers();
        }
        let name = format!("{PREFIX}-{}-{number}", std::process::id());
        let folder = tempfile::Builder::new().prefix(&format!("{name}-")).tempdir().expect("a temporary folder");
        Self { name, folder }
    }

    fn switch(&self) -> String {
        format!("{}-switch", self.name)
    }

    fn try_switch(&self) -> Result<(), String> {
        let switch = self.switch();
        try_ip(&format!("netns add {switch}"))?;
        try_ip(&format!("-n {switch} link add switch type bridge"))?;
        try_ip(&format!("-n {switch} link set switch up"))
    }

    /// A machine with the address `10.83.0.NUMBER`.
    #[track_caller]
    pub fn host(&self, name: &'static str, number: u8) -> Host {
        self.try_host(name, number).unwrap_or_else(|error| panic!("{error}"))
    }

    fn try_host(&self, name: &'static str, number: u8) -> Result<Host, String> {
        let (switch, space) = (self.switch(), format!("{}-{name}", self.name));
        let address = Ipv4Addr::new(10, 83, 0, number);
        for line in [
            format!("netns add {space}"),
            format!("-n {switch} link add {name} type veth peer name cable netns {space}"),
            format!("-n {switch} link set {name} master switch up"),
            format!("-n {space} address add {address}/24 dev cable"),
            format!("-n {space} link set lo up"),
            format!("-n {space} link set cable up"),
        ] {
            try_ip(&line)?;
        }
        let folder = self.folder.path().join(name);
        fs::create_dir_all(folder.join("home")).expect("made");
        Ok(Host { name, space, switch, address, folder })
    }
}

impl Default for Net {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        remove_spaces(|name| name.strip_prefix(&self.name).is_some_and(|rest| rest.starts_with('-')));
    }
}

/// A machine.
#[derive(Debug, Clone)]
pub struct Host {
    /// What it is called; its plug in the switch is called the same.
    pub name: &'static str,
    space: String,
    switch: String,
    /// Its address.
    pub address: Ipv4Addr,
    folder: PathBuf,
}

impl Host {
    /// A path on this machine.
    pub fn path(&self, below: impl AsRef<Path>) -> PathBuf {
        self.folder.join(below)
    }

    /// A program of this workspace on this machine: in its folder, in English, with nothing else of the environment.
    /// The line has a blank between two arguments and none in them, and no path in it leads to another machine's folder.
    #[track_caller]
    pub fn command(&self, name: &str, line: &str) -> Command {
        let leads_away = |word: &str| word.starts_with('/') || word.contains("../..");
        assert!(!line.split_whitespace().any(leads_away), "{line}");
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.space]).arg(program(name)).args(line.split_whitespace());
        command.env_clear().current_dir(&self.folder).env("LANG", "en_GB.UTF-8").env("HOME", self.path("home"));
        command.env("PATH", env::var_os("PATH").unwrap_or_default()).env("TMPDIR", env::temp_dir());
        command
    }

    /// Another command on this machine: with its arguments and environment.
    pub fn wrapped(&self, other: &Command) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.space]).arg(other.get_program()).args(other.get_args());
        command.envs(other.get_envs().filter_map(|(name, value)| Some((name, value?))));
        if let Some(folder) = other.get_current_dir() {
            command.current_dir(folder);
        }
        command
    }

    /// Runs a program of this workspace.
    #[track_caller]
    pub fn run(&self, name: &str, line: &str) -> Run {
        run(&mut self.command(name, line))
    }

    /// Runs one while others go on.
    pub fn run_beside(&self, name: &'static str, line: &str) -> JoinHandle<Run> {
        let mut command = self.command(name, line);
        // Before the thread, so that nobody waits for the programs there.
        thread::spawn(move || run(&mut command))
    }

    /// Copies a file or a folder to another machine: by mail, on a stick, or however people do it.
    #[track_caller]
    pub fn carry(&self, what: &str, to: &Self, there: &str) {
        let target = to.path(there);
        fs::create_dir_all(target.parent().expect("below the folder")).expect("made");
        run(Command::new("cp").args(["--archive", "--no-target-directory"]).arg(self.path(what)).arg(target)).quiet();
    }

    /// Pulls the cable out of this machine, which notices.
    #[track_caller]
    pub fn unplug(&self) {
        ip(&format!("-n {} link set cable down", self.space));
    }

    /// Plugs it in again.
    #[track_caller]
    pub fn plug_in(&self) {
        ip(&format!("-n {} link set cable up", self.space));
    }

    /// Lets the switch hand nothing on, from here and to here. Nobody notices but by waiting in vain.
    #[track_caller]
    pub fn cut_off(&self) {
        ip(&format!("-n {} link set {} down", self.switch, self.name));
    }

    /// Lets it hand on again.
    #[track_caller]
    pub fn let_through(&self) {
        ip(&format!("-n {} link set {} up", self.switch, self.name));
    }

    /// Makes the line slow both ways. It loses what comes too fast.
    #[track_caller]
    pub fn slow(&self) {
        self.try_slow().unwrap_or_else(|error| panic!("{error}"));
    }

    fn try_slow(&self) -> Result<(), String> {
        let shape = format!("root tbf rate {SLOW} burst 1600 limit {ROOM}");
        try_run("tc", &format!("-n {} qdisc add dev cable {shape}", self.space))?;
        try_run("tc", &format!("-n {} qdisc add dev {} {shape}", self.switch, self.name))
    }

    /// Makes it fast again. Gives how many packets it has lost.
    #[track_caller]
    pub fn fast(&self) -> u64 {
        [(&self.space, "cable"), (&self.switch, self.name)]
            .map(|(space, device)| {
                let told =
                    run(Command::new("tc").args(["-n", space, "-s", "-j", "qdisc", "show", "dev", device])).quiet();
                run(Command::new("tc").args(["-n", space, "qdisc", "del", "dev", device, "root"])).quiet();
                told.json()[0][0]["drops"].as_u64().expect("a number")
            })
            .iter()
            .sum()
    }
}

/// A program that goes on, with what it has said; killed when this is dropped.
pub struct Running {
    child: Child,
    lines: mpsc::Receiver<String>,
}

impl Running {
    /// Starts it.
    #[track_caller]
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("it starts");
        let out: BufReader<ChildStdout> = BufReader::new(child.stdout.take().expect("piped"));
        let (sender, lines) = mpsc::channel();
        // Nobody may want to know any more.
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines }
    }

    /// The next line that it prints.
    #[track_caller]
    pub fn line(&self) -> String {
        self.lines.recv_timeout(DEADLINE).expect("it prints a line")
    }

    /// The same as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        let line = self.line();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error} in {line:?}"))
    }

    /// Ends it as a service manager does. Gives its exit code, and what it said that nobody has read.
    #[track_caller]
    pub fn stop(mut self) -> (Option<i32>, Vec<String>) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).expect("it runs");
        let code = self.child.wait().expect("it ends").code();
        (code, self.lines.iter().collect())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for something that has to happen.
#[track_caller]
pub fn wait_until(what: &str, mut happened: impl FnMut() -> bool) {
    const PAUSE: Duration = Duration::from_millis(10);
    for _ in 0..DEADLINE.as_millis() / PAUSE.as_millis() {
        if happened() {
            return;
        }
        thread::sleep(PAUSE);
    }
    panic!("{what} does not happen");
}

#[track_caller]
fn ip(line: &str) {
    try_ip(line).unwrap_or_else(|error| panic!("{error}"));
}

fn try_ip(line: &str) -> Result<(), String> {
    // Namespaces of one process are made in several threads.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    try_run("ip", line)
}

fn try_run(name: &str, line: &str) -> Result<(), String> {
    let done = run(Command::new(name).args(line.split(' ')));
    if done.code == Some(0) { Ok(()) } else { Err(format!("{name} {line}: {}", done.err)) }
}

/// Removes what runs left whose process is gone: namespaces, and the folders that belong to them.
fn remove_leftovers() {
    let is_dead = |process: &str| !Path::new("/proc").join(process).exists();
    let removed = remove_spaces(|name| {
        let rest = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_prefix('-'));
        rest.and_then(|rest| rest.split('-').next()).is_some_and(is_dead)
    });
    let nets: Vec<_> = removed.iter().filter_map(|name| name.strip_suffix("switch")).collect();
    for folder in fs::read_dir(env::temp_dir()).into_iter().flatten().flatten() {
        if nets.iter().any(|net| folder.file_name().to_string_lossy().starts_with(net)) {
            let _ = fs::remove_dir_all(folder.path());
        }
    }
}

/// Removes namespaces, ends what runs in them, and gives their names. What cannot be removed is left to the next run.
fn remove_spaces(ours: impl Fn(&str) -> bool) -> Vec<String> {
    let spaces = fs::read_dir("/run/netns").into_iter().flatten().flatten();
    let names = spaces.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| ours(name));
    let names: Vec<_> = names.collect();
    for name in &names {
        for process in run(Command::new("ip").args(["netns", "pids", name])).out.lines() {
            if let Some(process) = process.parse().ok().and_then(Pid::from_raw) {
                let _ = kill_process(process, Signal::KILL);
            }
        }
        let _ = try_ip(&format!("netns delete {name}"));
    }
    names
}
