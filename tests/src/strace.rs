// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What a program asks of the system, seen through `strace`: to prove an order, to kill the program at one call, or to let
one call fail.

A call is named by what it does to which path for the how-manieth time ([`Step`]), not by its number in the run: threads
come in another order in every run, but each of them does its work in the same order.
*/

use std::{
    collections::{BTreeSet, HashMap},
    env, fmt, fs,
    path::Path,
    process::{Command, Stdio},
};

use tempfile::NamedTempFile;

use crate::{
    program::{Run, run},
    trial::Need,
};

/// Every call that changes files or makes changes durable. `openat` is among them when it creates.
const CALLS: &[&str] = &[
    "fallocate",
    "fdatasync",
    "fsync",
    "ftruncate",
    "link",
    "linkat",
    "mkdir",
    "mkdirat",
    "openat",
    "pwrite64",
    "pwritev",
    "rename",
    "renameat",
    "renameat2",
    "rmdir",
    "sync_file_range",
    "syncfs",
    "unlink",
    "unlinkat",
    "write",
    "writev",
];

/// Needs `strace`, and the right to use it, which some containers do not give.
pub fn need() -> Need {
    let run = Command::new("strace").args(["-qqq", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    (!run.is_ok_and(|status| status.success())).then(|| "strace".to_owned())
}

/// A call of the system by a traced program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Which thread called.
    pub thread: u32,
    /// What it called.
    pub name: String,
    /// The paths that it named, else that of the file behind its first argument.
    pub paths: Vec<String>,
    /// Whether it may create a file.
    pub creates: bool,
    /// What it returned; `None` if the program ended before.
    pub result: Option<i64>,
    /// The line of the log where it began.
    pub begun: usize,
    /// The line of the log where it returned.
    pub ended: usize,
}

impl Call {
    /// Whether it went well.
    pub fn succeeded(&self) -> bool {
        self.result.is_some_and(|result| result >= 0)
    }

    /// Whether it touched a path that ends so.
    pub fn is_on(&self, end: &str) -> bool {
        self.paths.iter().any(|path| path.ends_with(end))
    }

    /// Whether it touched no file, but what connects the program with another one.
    pub fn is_on_pipe(&self) -> bool {
        self.path().starts_with("pipe:[")
    }

    /// Whether it is a step: it changes something in a folder, or makes that durable.
    fn is_step_in(&self, folder: &Path) -> bool {
        let path = self.path();
        let inside = Path::new(path).starts_with(folder) || (Path::new(path).is_relative() && !path.contains(":["));
        inside && (self.name != "openat" || self.creates)
    }

    /// What it is about: of a file that is renamed, the new name, since temporary ones differ from run to run. Of the
    /// plain `rename` strace filters by the old name only.
    fn path(&self) -> &str {
        let path = if self.name == "rename" { self.paths.first() } else { self.paths.last() };
        path.map_or("", String::as_str)
    }
}

/// Reads a log of `strace -f -y`.
///
/// # Panics
/// On a line that is none of it.
pub fn parse(log: &str) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    let mut unfinished = HashMap::new();
    for (number, line) in log.lines().enumerate() {
        let (thread, line) = line.split_once(' ').unwrap_or_else(|| panic!("no thread in {line:?}"));
        let (thread, line) = (thread.parse().expect("the number of a thread"), line.trim_start());
        // What is let go may be in the middle of a call, which then has no name.
        if line.starts_with("+++") || line.starts_with("---") || line.ends_with("<detached ...>") {
            continue;
        }
        if let Some((_, rest)) = line.strip_prefix("<... ").and_then(|line| line.split_once(" resumed>")) {
            let index: usize = unfinished.remove(&thread).expect("what is resumed was begun");
            calls[index].result = result(rest);
            calls[index].ended = number;
            continue;
        }
        let (name, arguments) = line.split_once('(').unwrap_or_else(|| panic!("no call in {line:?}"));
        if line.ends_with("<unfinished ...>") {
            unfinished.insert(thread, calls.len());
        }
        calls.push(Call {
            thread,
            name: name.to_owned(),
            paths: paths(arguments),
            creates: arguments.contains("O_CREAT"),
            result: result(arguments),
            begun: number,
            ended: number,
        });
    }
    calls
}

fn result(rest: &str) -> Option<i64> {
    let (_, result) = rest.rsplit_once(" = ")?;
    result.split([' ', '<']).next()?.parse().ok()
}

/// The texts in quotes, which are paths since the log leaves data out (`-s 0`); else what stands behind the first file.
fn paths(arguments: &str) -> Vec<String> {
    let quoted: Vec<_> = arguments.split('"').skip(1).step_by(2).filter(|text| !text.is_empty()).collect();
    let of_file = || arguments.split_once('<')?.1.split_once('>').map(|(path, _)| path);
    let found = if quoted.is_empty() { of_file().into_iter().collect() } else { quoted };
    found.into_iter().map(str::to_owned).collect()
}

/// One call among those of a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// What is called.
    pub call: String,
    /// On which path; empty for any.
    pub path: String,
    /// For the how-manieth time by one thread, from 1.
    pub nth: usize,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Path::new(&self.path).file_name().unwrap_or_default().to_string_lossy();
        write!(f, "{} {name} #{}", self.call, self.nth)
    }
}

/// The steps of a run that change something in a folder, in their order.
pub fn steps(calls: &[Call], folder: &Path) -> Vec<Step> {
    let mut seen = BTreeSet::new();
    let mut counts = HashMap::new();
    let mut steps = Vec::new();
    for call in calls {
        let nth = counts.entry((call.thread, &call.name, call.path())).or_insert(0);
        *nth += 1;
        let step = Step { call: call.name.clone(), path: call.path().to_owned(), nth: *nth };
        if call.is_step_in(folder) && seen.insert(step.clone()) {
            steps.push(step);
        }
    }
    steps
}

/// The same step, counted among all calls of its name by its thread: for a file whose name is made of random letters, so
/// that it is known in no other run.
///
/// # Panics
/// If it is not among the calls.
pub fn on_any_path(calls: &[Call], step: &Step) -> Step {
    let first = calls.iter().position(|call| call.name == step.call && call.path() == step.path);
    let thread = calls[first.expect("a step of this run")].thread;
    let mut of_thread = calls.iter().filter(|call| (call.thread, &call.name) == (thread, &step.call));
    let nth = of_thread.position(|call| call.path() == step.path).expect("the same call") + step.nth;
    Step { call: step.call.clone(), path: String::new(), nth }
}

/// What is to happen at a step.
#[derive(Debug, Clone, Copy)]
pub enum Disturbance {
    /// The program is killed before the call is carried out.
    Kill,
    /// The call is not carried out and returns an error, such as `ENOSPC`.
    Fail(&'static str),
    /// The call and all further ones of this kind on this path return an error.
    FailFromThenOn(&'static str),
}

/// Runs a program and gives the calls that it made. Processes that it starts are let go; its threads are not.
///
/// The program gets the environment that the command names, and nothing else.
#[track_caller]
pub fn trace(command: &Command) -> (Run, Vec<Call>) {
    let mut traced = Traced::new(command);
    let run = run(traced.command());
    (run, traced.calls())
}

/// Runs a program and disturbs it at a step.
#[track_caller]
pub fn disturb(command: &Command, step: &Step, disturbance: Disturbance) -> Run {
    run(Traced::disturbed(command, step, disturbance).command())
}

/// A program under `strace`, to be started by whoever has something to do while it runs.
pub struct Traced {
    command: Command,
    log: NamedTempFile,
}

impl Traced {
    /// All its calls are seen.
    pub fn new(command: &Command) -> Self {
        Self::with(command, &[])
    }

    /// It is disturbed at a step; calls on other paths are not seen.
    pub fn disturbed(command: &Command, step: &Step, disturbance: Disturbance) -> Self {
        let (call, nth) = (&step.call, step.nth);
        let what = match disturbance {
            Disturbance::Kill => format!("inject={call}:signal=SIGKILL:when={nth}"),
            Disturbance::Fail(error) => format!("inject={call}:error={error}:when={nth}"),
            Disturbance::FailFromThenOn(error) => format!("inject={call}:error={error}:when={nth}+"),
        };
        let path = if step.path.is_empty() { Vec::new() } else { vec!["-P", &step.path] };
        Self::with(command, &[&path[..], &["-e", &what]].concat())
    }

    fn with(command: &Command, options: &[&str]) -> Self {
        let log = NamedTempFile::new().expect("a temporary file");
        let calls: Vec<_> = CALLS.iter().map(|call| format!("?{call}")).collect();
        let mut strace = Command::new("strace");
        strace.args(["-f", "-b", "execve", "-y", "-s", "0", "-qqq", "-e", "signal=none", "-o"]).arg(log.path());
        strace.args(["-e", &format!("trace={}", calls.join(","))]).args(options);
        strace.arg("--").arg(command.get_program()).args(command.get_args()).env_clear();
        strace.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        strace.env("PATH", env::var_os("PATH").unwrap_or_default());
        if let Some(folder) = command.get_current_dir() {
            strace.current_dir(folder);
        }
        Self { command: strace, log }
    }

    /// What starts it.
    pub fn command(&mut self) -> &mut Command {
        &mut self.command
    }

    /// The calls that it made.
    pub fn calls(&self) -> Vec<Call> {
        parse(&self.log())
    }

    /// How many lines the log has by now: calls that begin later stand behind them.
    pub fn lines(&self) -> usize {
        self.log().lines().count()
    }

    /// Whether a call has been made to fail by now.
    pub fn has_failed(&self) -> bool {
        self.log().contains("(INJECTED)")
    }

    fn log(&self) -> String {
        fs::read_to_string(self.log.path()).expect("a log")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = r#"7 openat(AT_FDCWD</w>, "/w/a.new", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0666) = 5</w/a.new>
7 write(5</w/a.new>, ""..., 331)      = 331
8 fsync(6</w/b> <unfinished ...>
7 fsync(5</w/a.new>)                  = -1 EIO (Input/output error) (INJECTED)
7 --- SIGCHLD {si_signo=SIGCHLD} ---
8 <... fsync resumed>)                = 0
7 fsync(5</w/a.new>)                  = 0
7 write(1<pipe:[77]>, ""..., 12)      = 12
7 renameat2(AT_FDCWD</w>, "/w/a.new", AT_FDCWD</w>, "/w/a", RENAME_NOREPLACE) = ?
9 ???( <detached ...>
7 +++ killed by SIGKILL +++
"#;

    #[test]
    fn a_log_is_read() {
        let calls = parse(LOG);
        let names: Vec<_> = calls.iter().map(|call| (call.thread, call.name.as_str(), call.result)).collect();
        assert_eq!(
            names,
            [
                (7, "openat", Some(5)),
                (7, "write", Some(331)),
                (8, "fsync", Some(0)),
                (7, "fsync", Some(-1)),
                (7, "fsync", Some(0)),
                (7, "write", Some(12)),
                (7, "renameat2", None),
            ]
        );
        assert!(calls[0].creates && !calls[1].creates);
        assert_eq!(calls[1].paths, ["/w/a.new"]);
        assert_eq!(calls[6].paths, ["/w/a.new", "/w/a"]);
        assert_eq!((calls[2].begun, calls[2].ended), (2, 5), "what comes between belongs to another thread");
        assert!(calls[4].succeeded() && !calls[3].succeeded() && !calls[6].succeeded());
    }

    #[test]
    fn steps_are_counted_for_each_path() {
        let steps: Vec<_> = steps(&parse(LOG), Path::new("/w")).iter().map(Step::to_string).collect();
        assert_eq!(
            steps,
            ["openat a.new #1", "write a.new #1", "fsync b #1", "fsync a.new #1", "fsync a.new #2", "renameat2 a #1"]
        );
    }

    #[test]
    fn a_step_on_a_temporary_file_is_counted_among_all_of_its_thread() {
        let calls = parse(LOG);
        for (step, of_all) in steps(&calls, Path::new("/w")).iter().zip([1, 1, 1, 1, 2, 1]) {
            let any = Step { call: step.call.clone(), path: String::new(), nth: of_all };
            assert_eq!(on_any_path(&calls, step), any, "{step}");
        }
        let third = Step { call: "write".into(), path: "pipe:[77]".into(), nth: 1 };
        assert_eq!(on_any_path(&calls, &third).nth, 2);
    }

    #[test]
    #[should_panic(expected = "no call in")]
    fn what_is_no_log_is_noticed() {
        parse("7 something else\n");
    }
}
