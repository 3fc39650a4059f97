// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
`anchor watch`: follows a ledger and tells every statement, on standard output and to a webhook.

It looks, tells what is new, remembers up to where, and waits. A ledger that cannot be read or believed is told once as
an alarm, and looked at again. Ends with Ctrl-C or the signal by which services are stopped, with exit code 0.
*/

use std::{path::PathBuf, time::Duration};

use anchor::{
    clock::Clock,
    follow,
    watch::{
        Event, Told, Trouble, Watch,
        position::Position,
        webhook::{self, Webhook},
    },
    wording::{self, delivery_error, open_failure, trouble_failure},
};
use cli::{Exit, Failure, Message, Terminal};
use proof::{key::KeyName, tree::LeafIndex};
use tokio::{signal, time};

use super::{
    input::{self, PinnedLedgerArg},
    replay::subject,
};

/// With `--once`, a delivery is given up after so many tries: 15 seconds of pauses.
const TRIES_ONCE: u32 = 5;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    ledger: PinnedLedgerArg,
    #[arg(long, value_name = "NAME", value_parser = input::key_name)]
    school: Option<KeyName>,
    #[arg(long, value_name = "INDEX")]
    since: Option<u64>,
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    #[arg(long, value_name = "URL", value_parser = address, requires = "state")]
    webhook: Option<Address>,
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "60")]
    interval: Duration,
    #[arg(long)]
    once: bool,
    #[arg(long)]
    json: bool,
}

/// The address of a webhook.
#[derive(Debug, Clone)]
struct Address(String);

/// Where events go, and up to where they went.
struct Teller<'a> {
    args: &'a Args,
    terminal: &'a Terminal,
    webhook: Option<Webhook>,
    position: Position,
}

pub(super) async fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    // For the sake of what is said if there is none.
    follow::open(&args.ledger.location()?).await.map_err(|error| open_failure(&error))?;
    let pins = args.ledger.pins().await?;
    let position = position(args)?;
    let webhook = match &args.webhook {
        Some(Address(text)) => {
            let url = webhook::address(text).ok_or_else(|| Failure::usage(Message::new("watch-bad-address")))?;
            let unusable =
                |error| Failure::refused(Message::new("watch-no-tls").with("reason", delivery_error(&error)));
            Some(Webhook::new(url).map_err(unusable)?)
        }
        None => None,
    };
    let mut watch = Watch::new(args.ledger.location()?, pins, args.school.clone(), Some(&position));
    let mut teller = Teller { args, terminal, webhook, position };
    tokio::select! {
        outcome = follow(&mut watch, &mut teller) => outcome,
        // Whatever was told is remembered by now; what was on its way is told again.
        () = stopped() => Ok(Exit::Ok),
    }
}

/// Where to begin: where the last run ended, else at `--since`, else at the first entry.
fn position(args: &Args) -> Result<Position, Failure> {
    let begin = Position { next: LeafIndex(args.since.unwrap_or(0)), seen: None, school: args.school.clone() };
    let Some(path) = &args.state else { return Ok(begin) };
    let loaded = Position::load(path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::InvalidData {
            Failure::usage(Message::new("watch-bad-state").with("path", path))
        } else {
            Failure::cannot_read(Exit::Usage, path, &error)
        }
    })?;
    match loaded {
        Some(position) if position.school != args.school => {
            Err(Failure::usage(Message::new("watch-state-of-another").with("path", path)))
        }
        Some(position) => Ok(position),
        None => Ok(begin),
    }
}

async fn follow(watch: &mut Watch, teller: &mut Teller<'_>) -> Result<Exit, Failure> {
    let clock = Clock::system();
    let mut alarm: Option<&'static str> = None;
    loop {
        match look(watch, teller, &clock, &mut alarm).await? {
            Ok(()) if teller.args.once => return Ok(Exit::Ok),
            Ok(()) => {}
            Err(trouble) => {
                let failure = trouble_failure(&trouble);
                if alarm != Some(trouble.code()) {
                    teller.alarm(&trouble, &failure, &clock).await?;
                    alarm = Some(trouble.code());
                }
                if teller.args.once {
                    return Err(failure);
                }
            }
        }
        time::sleep(teller.args.interval).await;
    }
}

/// Looks once and tells what is new.
async fn look(
    watch: &mut Watch,
    teller: &mut Teller<'_>,
    clock: &Clock,
    alarm: &mut Option<&'static str>,
) -> Result<Result<(), Trouble>, Failure> {
    let seen = match watch.look(clock.now()).await {
        Ok(seen) => seen.clone(),
        Err(trouble) => return Ok(Err(trouble)),
    };
    if alarm.take().is_some() {
        teller.recovered(seen.ledger.as_str(), clock).await?;
    }
    if teller.position.seen.as_ref() != Some(&seen) {
        teller.position.seen = Some(seen);
        teller.remember()?;
    }
    loop {
        let (events, next) = match watch.events(teller.position.next).await {
            Ok((_, next)) if next == teller.position.next => return Ok(Ok(())),
            Ok(found) => found,
            Err(trouble) => return Ok(Err(trouble)),
        };
        for told in events {
            teller.tell(&told).await?;
        }
        teller.position.next = next;
        teller.remember()?;
    }
}

impl Teller<'_> {
    async fn tell(&mut self, told: &Told) -> Result<(), Failure> {
        self.print(&told.event, || line(told))?;
        self.deliver(&told.event).await?;
        self.position.next = LeafIndex(told.index.0 + 1);
        // Without a webhook what was printed at once is remembered at once.
        if self.webhook.is_some() { self.remember() } else { Ok(()) }
    }

    async fn alarm(&mut self, trouble: &Trouble, failure: &Failure, clock: &Clock) -> Result<(), Failure> {
        let ledger = match &self.position.seen {
            Some(seen) => seen.ledger.to_string(),
            None => self.args.ledger.location()?.to_string(),
        };
        let event = Event::Alarm { ledger, code: trouble.code(), time: clock.now().to_string() };
        let message =
            || Message::new("watch-alarm").with("reason", failure.message.clone()).with("code", trouble.code());
        self.print(&event, message)?;
        self.deliver(&event).await
    }

    async fn recovered(&mut self, ledger: &str, clock: &Clock) -> Result<(), Failure> {
        let event = Event::Recovered { ledger: ledger.to_owned(), time: clock.now().to_string() };
        self.print(&event, || Message::new("watch-recovered"))?;
        self.deliver(&event).await
    }

    fn print(&self, event: &Event, words: impl FnOnce() -> Message) -> Result<(), Failure> {
        if self.args.json {
            self.terminal.line(&serde_json::to_string(event).expect("texts and numbers are JSON"))?;
        } else {
            self.terminal.say(&words())?;
        }
        self.terminal.flush()
    }

    /// Sends an event until it has arrived: nothing overtakes it.
    async fn deliver(&self, event: &Event) -> Result<(), Failure> {
        let Some(webhook) = &self.webhook else { return Ok(()) };
        for tries in 1.. {
            let Err(error) = webhook.send(event).await else { break };
            if self.args.once && tries == TRIES_ONCE {
                let message = Message::new("watch-not-delivered").with("reason", delivery_error(&error));
                return Err(Failure::undecided(message));
            }
            let pause = webhook::pause_after(tries);
            let message = Message::new("watch-try-again").with("reason", delivery_error(&error));
            self.terminal.remark(&message.with("seconds", pause.as_secs()));
            time::sleep(pause).await;
        }
        Ok(())
    }

    fn remember(&self) -> Result<(), Failure> {
        let Some(path) = &self.args.state else { return Ok(()) };
        self.position.save(path).map_err(|error| Failure::cannot_write(Exit::Refused, path, &error))
    }
}

/// A statement in one line for people.
fn line(told: &Told) -> Message {
    let counts = match told.refusal {
        None => Message::new("watch-counts"),
        Some(refusal) => {
            Message::new("watch-counts-not").with("reason", wording::refusal(refusal)).with("code", refusal.code())
        }
    };
    let message = Message::new("watch-statement")
        .with("time", wording::time(told.admitted))
        .with("index", told.index.0)
        .with("counts", counts);
    match &told.signed {
        Some(signed) => message
            .with("type", Message::of_code("type", signed.statement().body.name()))
            .with("issuer", signed.statement().issuer.as_str())
            .with("about", subject(signed)),
        None => message.with("type", Message::new("log-unknown-type")).with("issuer", "?").with("about", "?"),
    }
}

/// Waits for Ctrl-C, or for the signal by which services are stopped.
pub(super) async fn stopped() {
    #[cfg(unix)]
    if let Ok(mut terminate) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = signal::ctrl_c().await;
}

fn address(text: &str) -> Result<Address, Failure> {
    let good = webhook::address(text).is_some();
    if good { Ok(Address(text.to_owned())) } else { Err(Failure::usage(Message::new("watch-bad-address"))) }
}

fn seconds(text: &str) -> Result<Duration, Failure> {
    let seconds = text.parse::<u64>().ok().filter(|seconds| (1..=86_400).contains(seconds));
    seconds.map(Duration::from_secs).ok_or_else(|| Failure::usage(Message::new("watch-bad-interval")))
}
