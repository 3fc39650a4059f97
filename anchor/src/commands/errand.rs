// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What every command has in common by which a ministry says something: to which ledgers, what is shown before it is
//! asked, and what is told of each ledger.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anchor::{
    clock::Clock,
    host,
    memory::Memory,
    ministry::{
        Ministry,
        desk::{Desk, DeskError, Said},
    },
    wording::{self, desk_failure, ministry_failure},
};
use cli::{Exit, Failure, Message, Terminal};
use proof::{
    key::Origin,
    register::Refusal,
    statement::{Body, SignedStatement},
};

use super::input;

/// Who says it, and to whom.
#[derive(clap::Args)]
pub(super) struct ErrandArgs {
    #[arg(long, value_name = "DIR")]
    pub(super) authority: Option<PathBuf>,
    #[arg(long, value_name = "PLACE")]
    pub(super) ledger: Vec<PathBuf>,
    #[arg(long, value_name = "DIR", conflicts_with = "out")]
    pub(super) trust: Option<PathBuf>,
    #[arg(long, value_name = "FILE", conflicts_with = "ledger")]
    pub(super) out: Option<PathBuf>,
    #[arg(long, value_name = "ORIGIN", value_parser = input::key_name, conflicts_with = "ledger")]
    pub(super) origin: Option<Origin>,
    #[arg(long)]
    pub(super) yes: bool,
}

/// Whether something has to be said on every ledger that the ministry serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// On those that are named.
    Named,
    /// On every one where it concerns somebody. One that is not named counts as failed.
    Every,
}

/// A ministry with its ledgers before it.
pub(super) struct Errand<'a> {
    args: &'a ErrandArgs,
    terminal: &'a Terminal,
    pub(super) ministry: Ministry,
    pub(super) desks: Vec<Desk>,
    failed: Vec<(String, Failure)>,
    /// Ledgers on which it concerns nobody.
    unconcerned: Vec<(String, Failure)>,
    /// Ledgers that have all of it already.
    settled: Vec<String>,
    /// How many ledgers there were at first.
    meant: usize,
}

impl<'a> Errand<'a> {
    /// Opens the ministry, and every ledger that is meant. A ledger that cannot be used is told at the end, so that
    /// the others are not kept waiting for it.
    pub(super) async fn open(
        args: &'a ErrandArgs,
        secret: Option<&PathBuf>,
        reach: Reach,
        terminal: &'a Terminal,
    ) -> Result<Self, Failure> {
        let folder = input::authority(args.authority.as_ref())?;
        let places = if args.out.is_none() { input::ledgers(&args.ledger)? } else { Vec::new() };
        let ministry = Ministry::open(&folder, &input::unlock(secret, terminal));
        let ministry = ministry.map_err(|error| ministry_failure(&error))?;
        let (desks, failed) = (Vec::new(), Vec::new());
        let (unconcerned, settled) = (Vec::new(), Vec::new());
        let mut this = Self { args, terminal, ministry, desks, failed, unconcerned, settled, meant: 0 };
        let clock = Clock::system();
        if args.out.is_some() {
            for origin in this.named(reach)? {
                let desk = Desk::alone(&this.ministry, &origin, &clock);
                this.add(origin.to_string(), desk);
            }
            return Ok(this);
        }
        for place in &places {
            let desk = Desk::before(&this.ministry, place, &clock, Memory::of_user(), args.trust.as_deref()).await;
            this.add(place.to_string(), desk);
        }
        if reach == Reach::Every {
            this.note_absent();
        }
        Ok(this)
    }

    /// The ledgers that are meant where none is at hand.
    fn named(&self, reach: Reach) -> Result<Vec<Origin>, Failure> {
        match self.args.origin {
            None if reach == Reach::Every => Ok(self.ministry.ledgers().to_vec()),
            _ => Ok(vec![input::one_ledger(&self.ministry, self.args.origin.as_ref())?]),
        }
    }

    fn add(&mut self, place: String, desk: Result<Desk, DeskError>) {
        self.meant += 1;
        match desk {
            Ok(desk) if self.desks.iter().any(|other| other.origin() == desk.origin()) => {
                self.failed.push((place, Failure::usage(Message::new("errand-ledger-twice"))));
            }
            Ok(desk) => self.desks.push(desk),
            Err(error) => self.failed.push((place, desk_failure(&error))),
        }
    }

    /// Notes the ledgers that the ministry serves and nobody has named.
    fn note_absent(&mut self) {
        // Of a ledger that could not be opened nobody knows which one it is: it counts as named.
        let unknown = self.failed.len();
        let named: Vec<_> = self.desks.iter().map(Desk::origin).collect();
        let absent: Vec<_> = self.ministry.ledgers().iter().filter(|served| !named.contains(served)).collect();
        for origin in absent.iter().skip(unknown) {
            self.meant += 1;
            self.failed.push((origin.to_string(), Failure::refused(Message::new("errand-not-at-hand"))));
        }
    }

    /// Prepares the same for each ledger. One where that cannot be said is told at the end; one where it concerns
    /// nobody is passed over, if it concerns somebody elsewhere; so is one that has all of it already. Gives whether
    /// anything is to be said; if not, that was told.
    ///
    /// # Errors
    /// If it cannot be said anywhere.
    pub(super) fn draft(
        &mut self,
        mut bodies: impl FnMut(&Ministry, &Desk) -> Result<Vec<Body>, DeskError>,
    ) -> Result<bool, Failure> {
        let land = self.ministry.land();
        for mut desk in std::mem::take(&mut self.desks) {
            let drafted = bodies(&self.ministry, &desk).and_then(|bodies| {
                desk.check_free()?;
                let is_known =
                    |body: &Body| is_said(&desk, body) || (desk.has_ledger() && desk.ahead().is_idle(land, body));
                let bodies = bodies.into_iter().filter(|body| !is_known(body)).collect::<Vec<_>>();
                bodies.into_iter().try_for_each(|body| desk.draft(&self.ministry, body).map(|_| ()))
            });
            let place = desk.origin().to_string();
            match drafted {
                Ok(()) if desk.waiting().len() == 0 => self.settled.push(place),
                Ok(()) => self.desks.push(desk),
                Err(error @ DeskError::Refused(Refusal::UnknownSchool | Refusal::UnknownKey)) => {
                    self.unconcerned.push((place, desk_failure(&error)));
                }
                Err(error) => self.failed.push((place, desk_failure(&error))),
            }
        }
        if !self.desks.is_empty() {
            return Ok(true);
        }
        if !self.settled.is_empty() {
            self.tell_settled()?;
            return self.verdict().map(|_| false);
        }
        if self.failed.is_empty() {
            self.failed.append(&mut self.unconcerned);
        }
        self.verdict().map(|_| false)
    }

    /// Shows what was signed earlier and is not on the ledger yet, and asks.
    ///
    /// # Errors
    /// If the answer is no, or a statement could not be written where it is to go.
    pub(super) fn confirm(&self, question: &Message) -> Result<(), Failure> {
        self.check_out()?;
        for desk in &self.desks {
            for waiting in desk.waiting().filter(|waiting| waiting.kept) {
                let message = Message::new("errand-pending").with("ledger", desk.origin().as_str());
                let path = desk.kept().file(waiting.signed.statement().seq);
                let kind = Message::of_code("type", waiting.signed.statement().body.name());
                self.terminal.say(&message.with("path", &path).with("type", kind))?;
            }
        }
        self.tell_settled()?;
        for (place, _) in &self.unconcerned {
            self.terminal.say(&Message::new("errand-unconcerned").with("ledger", place))?;
        }
        for (place, failure) in &self.failed {
            let message = Message::new("errand-will-fail").with("ledger", place);
            self.terminal.say(&message.with("reason", failure.message.clone()))?;
        }
        if self.args.yes || self.terminal.confirm(question)? {
            return Ok(());
        }
        Err(Failure::refused(Message::new("accredit-declined")))
    }

    fn tell_settled(&self) -> Result<(), Failure> {
        let told = |place: &String| self.terminal.say(&Message::new("errand-settled").with("ledger", place));
        self.settled.iter().try_for_each(told)
    }

    /// Keeps, hands in and tells. What fails on one ledger does not keep the others from going on.
    pub(super) async fn carry_out(mut self) -> Result<Exit, Failure> {
        let (terminal, hands_in) = (self.terminal, self.args.out.is_none());
        self.go_on(
            |origin, said, path| {
                if hands_in { taken_in(origin, said, terminal) } else { handed_out(said, path, terminal) }
            },
        )
        .await?;
        self.verdict()
    }

    /// The same with other words: `tell` is given the ledger, the statement, and the file that was written for it.
    pub(super) async fn go_on(
        &mut self,
        mut tell: impl FnMut(&Origin, &Said, &Path) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for mut desk in std::mem::take(&mut self.desks) {
            loop {
                let said = match desk.go_on().await {
                    Ok(None) => break,
                    Ok(Some(said)) => said,
                    Err(error) => {
                        self.failed.push((desk.origin().to_string(), desk_failure(&error)));
                        break;
                    }
                };
                let path = self.hand_out(desk.origin(), &said)?;
                tell(desk.origin(), &said, &path)?;
            }
            desk.close().await;
        }
        Ok(())
    }

    /// Writes a statement where it is to go, if the ledger is not at hand.
    fn hand_out(&self, origin: &Origin, said: &Said) -> Result<PathBuf, Failure> {
        if said.appended.is_some() {
            return Ok(said.path.clone());
        }
        let path = self.out_file(origin, &said.signed);
        let written = host::create_file(&path, said.signed.note(), false);
        written.map_err(|error| {
            let message = Message::new("accredit-not-written").with("path", &path).with("reason", &error);
            Failure::refused(message.with("kept", &said.path))
        })?;
        Ok(path)
    }

    /// What came of it: with one ledger its own failure, with several all of them.
    pub(super) fn verdict(&mut self) -> Result<Exit, Failure> {
        let failed = std::mem::take(&mut self.failed);
        let exit = match &failed[..] {
            [] => return Ok(Exit::Ok),
            [(_, failure)] if self.meant == 1 => return Err(failure.clone()),
            all if all.iter().any(|(_, failure)| failure.exit == Exit::Undecided) => Exit::Undecided,
            _ => Exit::Refused,
        };
        let message = Message::new("errand-not-everywhere").with("count", failed.len()).with("all", self.meant);
        let detail = |(place, failure): (String, Failure)| {
            Message::new("errand-failed").with("ledger", place).with("reason", failure.message)
        };
        Err(failed.into_iter().map(detail).fold(Failure::new(exit, message), Failure::detail))
    }

    /// Finds out before anything is kept, and not after it, that a file cannot be written under its name.
    fn check_out(&self) -> Result<(), Failure> {
        let Some(out) = &self.args.out else { return Ok(()) };
        let drafts = self.desks.iter().flat_map(|desk| desk.waiting().map(move |waiting| (desk, waiting)));
        let files: Vec<_> = drafts.map(|(desk, waiting)| self.out_file(desk.origin(), &waiting.signed)).collect();
        if files.len() > 1 && !out.is_dir() {
            return Err(Failure::usage(Message::new("errand-out-folder").with("path", out).with("count", files.len())));
        }
        files.iter().try_for_each(|file| check_free(file))
    }

    /// The file of a statement: `--out` itself, or a file in it if it is a folder.
    fn out_file(&self, origin: &Origin, signed: &SignedStatement) -> PathBuf {
        let out = self.args.out.clone().unwrap_or_default();
        if !out.is_dir() {
            return out;
        }
        out.join(format!("{}-{:06}.note", origin.as_str().replace('/', "_"), signed.statement().seq))
    }
}

fn taken_in(origin: &Origin, said: &Said, terminal: &Terminal) -> Result<(), Failure> {
    let message = Message::new("errand-taken-in")
        .with("ledger", origin.as_str())
        .with("type", Message::of_code("type", said.signed.statement().body.name()))
        .with("kept", &said.path);
    let Some(appended) = said.appended else { return Ok(()) };
    terminal.say(&message.with("index", appended.index.0).with("time", wording::time(appended.admitted)))
}

fn handed_out(said: &Said, path: &Path, terminal: &Terminal) -> Result<(), Failure> {
    terminal.say(&Message::new("accredit-done").with("path", path).with("kept", &said.path))
}

fn check_free(out: &Path) -> Result<(), Failure> {
    let cannot_write = |kind: io::ErrorKind| Failure::cannot_write(Exit::Usage, out, &kind.into());
    if fs::symlink_metadata(out).is_ok() {
        return Err(cannot_write(io::ErrorKind::AlreadyExists));
    }
    if host::parent(out).is_dir() { Ok(()) } else { Err(cannot_write(io::ErrorKind::NotFound)) }
}

/// Whether a statement that waits to be handed in says the same: an earlier command was interrupted.
fn is_said(desk: &Desk, body: &Body) -> bool {
    desk.waiting().filter(|waiting| waiting.kept).any(|waiting| match (&waiting.signed.statement().body, body) {
        // The times follow from when the command was given.
        (Body::Accredit(said), Body::Accredit(wanted)) => said.key == wanted.key && said.kinds == wanted.kinds,
        (said, wanted) => said == wanted,
    })
}
