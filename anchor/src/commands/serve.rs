// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor serve`: serves a ledger over HTTP.

use std::{
    env,
    future::ready,
    io,
    path::{Path, PathBuf},
    pin::pin,
};

use anchor::{
    clock::Clock,
    memory::Memory,
    server::{self, LogFormat, ServeError, Settings, SettingsError},
    wording::{open_failure, read_failure},
};
use cli::{Exit, Failure, Message, Terminal};
use tokio::net::TcpListener;

use super::{input, watch::stopped};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "PLACE")]
    ledger: Option<String>,
    #[arg(long, value_name = "DIR")]
    keys: Option<String>,
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(long)]
    print_config: bool,
}

pub(super) fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    let settings = settings(args)?;
    if args.print_config {
        settings.to_text().lines().try_for_each(|line| terminal.line(line))?;
        return Ok(Exit::Ok);
    }
    if settings.ledger.is_empty() {
        return Err(Failure::usage(Message::new("anchor-which-ledger")));
    }
    write_log(settings.log);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::refused(Message::new("anchor-no-runtime").with("reason", &error)))?;
    runtime.block_on(serve(settings, terminal))
}

async fn serve(settings: Settings, terminal: &Terminal) -> Result<Exit, Failure> {
    let home = input::home(settings.ledger.as_ref())?;
    let keys = Some(settings.keys.as_str()).filter(|keys| !keys.is_empty()).map(Path::new);
    let keep = home.open(keys, Clock::system(), Memory::of_user()).await.map_err(|error| open_failure(&error))?;
    let read = home.read().await.map_err(|error| open_failure(&error))?;
    let cannot_listen = |error: io::Error| {
        let message = Message::new("serve-cannot-listen").with("address", settings.listen.as_str());
        Failure::usage(message.with("reason", &error))
    };
    let listener = TcpListener::bind(&settings.listen).await.map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    // From here on a signal ends it in order: whoever waits for this line may send one.
    let mut stop = pin!(stopped());
    tokio::select! {
        biased;
        () = &mut stop => return Ok(Exit::Ok),
        () = ready(()) => {}
    }
    let listening = Message::new("serve-listening").with("origin", read.origin().as_str());
    terminal.say(&listening.with("address", format!("http://{address}")))?;
    terminal.flush()?;
    match server::serve(listener, keep, read, settings, stop).await {
        Ok(()) => terminal.say(&Message::new("serve-stopped")).map(|()| Exit::Ok),
        Err(ServeError::Read(error)) => Err(read_failure(&error)),
        Err(error) => Err(Failure::undecided(Message::new("serve-outcome-unknown").with("text", error.to_string()))),
    }
}

fn settings(args: &Args) -> Result<Settings, Failure> {
    let settings = Settings::load(args.config.as_deref(), |name| env::var(name).ok());
    let mut settings = settings.map_err(|error| match error {
        SettingsError::Io { path, source } => Failure::cannot_read(Exit::Usage, &path, &source),
        SettingsError::BadVariable { name, value } => {
            Failure::usage(Message::new("serve-bad-variable").with("name", name).with("value", value))
        }
        other => Failure::usage(Message::new("serve-bad-file").with("text", other.to_string())),
    })?;
    if let Some(ledger) = &args.ledger {
        settings.ledger.clone_from(ledger);
    }
    if let Some(keys) = &args.keys {
        settings.keys.clone_from(keys);
    }
    if let Some(listen) = &args.listen {
        settings.listen.clone_from(listen);
    }
    Ok(settings)
}

/// What happens, to standard error: what somebody asked for, and never who.
fn write_log(format: LogFormat) {
    let log = tracing_subscriber::fmt().with_writer(io::stderr).with_target(false).with_ansi(false);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}
