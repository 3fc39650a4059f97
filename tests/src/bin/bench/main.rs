// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
`make bench`: how fast the programs are and how much memory they take, each beside a floor that runs in turn with it.

Machines are shared and noisy: what counts are the ratios, and the medians over runs that alternate. Nothing is deleted
before the end, since file systems treat freshly freed places differently.
*/

mod large;
mod ledger;
mod measure;
mod programs;
mod service;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use measure::Line;

/// What one run of the benchmark is about.
struct Options {
    /// Where everything is written; removed at the end.
    dir: PathBuf,
    /// Certificates in the large batch.
    certificates: u64,
    /// Statements in the large ledger.
    statements: u64,
    /// Withdrawals in it.
    withdrawals: u64,
    /// Alternating runs.
    runs: usize,
    /// What is measured.
    part: Part,
}

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    All,
    /// Everything but the service.
    Programs,
    Service,
}

const HELP: &str = "\
Usage: bench [--dir DIR] [--certificates N] [--statements N] [--withdrawals N] [--runs N]
             [--part all|programs|service]

Example: bench --certificates 1000 --statements 10000 --runs 3";

fn main() -> ExitCode {
    issuer::look_over::work_if_asked();
    service::bare::serve_if_asked();
    match options(std::env::args().skip(1))
        .ok_or_else(|| HELP.to_owned())
        .and_then(|options| run(&options).map_err(|error| format!("error: {error}")))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("{text}");
            ExitCode::from(64)
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Option<Options> {
    let mut options = Options {
        dir: "target/bench".into(),
        certificates: 10_000,
        statements: 200_000,
        withdrawals: 1_000_000,
        runs: 5,
        part: Part::All,
    };
    while let Some(argument) = arguments.next() {
        let value = arguments.next()?;
        match argument.as_str() {
            "--dir" => options.dir = value.into(),
            "--certificates" => options.certificates = value.parse().ok()?,
            "--statements" => options.statements = value.parse().ok()?,
            "--withdrawals" => options.withdrawals = value.parse().ok()?,
            "--runs" => options.runs = value.parse().ok().filter(|runs| *runs > 0)?,
            "--part" => {
                options.part = match value.as_str() {
                    "all" => Part::All,
                    "programs" => Part::Programs,
                    "service" => Part::Service,
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
    Some(options)
}

fn run(options: &Options) -> measure::Result<()> {
    let dir = fresh(&options.dir)?;
    let bench = programs::Bench::new(&dir, options.certificates)?;
    println!("{} certificates, {:.0} kB on average, {} runs", options.certificates, bench.mean_kb()?, options.runs);
    if options.part == Part::Service {
        bench.seal()?;
    } else {
        bench.issue(options.runs)?.iter().for_each(Line::print);
        bench.check(options.runs)?.iter().for_each(Line::print);
        bench.memory()?.iter().for_each(Line::print);
        bench.one_certificate(options.runs)?.iter().for_each(Line::print);
        programs::unlock(&dir, options.runs)?.print();
        bench.many_schools(&dir)?.iter().for_each(Line::print);
    }
    let mut grown = bench.grown(options.statements, options.withdrawals)?;
    if options.part != Part::Service {
        bench.large(&mut grown, options.runs)?.iter().for_each(Line::print);
        ledger::append(&dir)?.print();
    }
    if options.part != Part::Programs {
        let service = service::Bench { dir: &dir, programs: bench.programs(), runs: options.runs };
        service.appends(&service::Sqlite)?.iter().for_each(Line::print);
        service.latency(&service::Sqlite)?.iter().for_each(Line::print);
        match tests::postgres::need() {
            None => {
                let store = service::Postgres(tests::postgres::Cluster::start());
                service.appends(&store)?.iter().for_each(Line::print);
                service.latency(&store)?.iter().for_each(Line::print);
            }
            Some(missing) => println!("PostgreSQL: not measured, needs {missing}"),
        }
        service.catch_up(&grown, &bench.first_sealed())?.iter().for_each(Line::print);
        service.pieces(&grown)?.iter().for_each(Line::print);
    }
    std::fs::remove_dir_all(&dir)?;
    Ok(())
}

/// An empty folder; what an earlier benchmark left is removed, and given time to be forgotten by the file system.
fn fresh(dir: &Path) -> measure::Result<PathBuf> {
    if dir.exists() {
        std::fs::remove_dir_all(dir)?;
    }
    std::fs::create_dir_all(dir)?;
    Ok(dir.canonicalize()?)
}
