// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Running programs and telling how long they took.

use std::{
    fs,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// One line of the report.
pub(crate) struct Line {
    /// What was measured.
    pub(crate) what: String,
    /// The figure, with its unit.
    pub(crate) figure: String,
    /// What it is held against, and whether it holds; `None` for a figure that only informs.
    pub(crate) bound: Option<(String, bool)>,
}

impl Line {
    pub(crate) fn print(&self) {
        let bound = self.bound.as_ref().map_or_else(String::new, |(bound, met)| {
            format!("   bound {bound}: {}", if *met { "met" } else { "NOT MET" })
        });
        println!("{:<46} {}{bound}", self.what, self.figure);
    }

    /// A ratio of two medians, held against a bound.
    pub(crate) fn ratio(what: &str, ours: &[Duration], floor: &[Duration], bound: f64) -> Self {
        let (ours, floor) = (median(ours), median(floor));
        let ratio = ours.as_secs_f64() / floor.as_secs_f64();
        Self {
            what: what.to_owned(),
            figure: format!("{ratio:.2} × ({} beside {})", seconds(ours), seconds(floor)),
            bound: Some((format!("{bound} ×"), ratio <= bound)),
        }
    }
}

pub(crate) fn seconds(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 1.0 { format!("{:.1} ms", seconds * 1e3) } else { format!("{seconds:.2} s") }
}

pub(crate) fn median(durations: &[Duration]) -> Duration {
    let mut sorted = durations.to_vec();
    sorted.sort_unstable();
    sorted[sorted.len() / 2]
}

/// Runs a command to its end and tells how long it took. Its output is thrown away.
pub(crate) fn time(command: &mut Command) -> Result<Duration> {
    let start = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
    let took = start.elapsed();
    if status.success() { Ok(took) } else { Err(format!("{command:?} ended with {status}").into()) }
}

/// Runs a command and tells the most memory that it and its workers held at once each, summed, in MB.
pub(crate) fn peak_memory_mb(command: &mut Command) -> Result<f64> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let mut peaks = std::collections::BTreeMap::new();
    loop {
        let children = fs::read_to_string(format!("/proc/{0}/task/{0}/children", child.id())).unwrap_or_default();
        let workers = children.split_whitespace().filter_map(|pid| pid.parse().ok());
        for pid in workers.chain([child.id()]) {
            if let Some(peak) = high_water_kb(pid) {
                peaks.insert(pid, peak);
            }
        }
        if let Some(status) = child.try_wait()? {
            let sum: u64 = peaks.values().sum();
            #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
            return if status.success() { Ok(sum as f64 / 1e3) } else { Err(format!("{command:?}: {status}").into()) };
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn high_water_kb(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.parse().ok()
}
