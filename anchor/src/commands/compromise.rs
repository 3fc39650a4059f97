// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `anchor compromise`: a key was in wrong hands from some point of a ledger on. Shows first what becomes void by that.

use std::path::PathBuf;

use anchor::{
    clock::Clock,
    ministry::{
        Ministry,
        desk::{Desk, DeskError},
    },
    wording::desk_failure,
};
use cli::{Exit, Failure, Message, Terminal};
use proof::{
    Timestamp,
    entry::CertificateId,
    key::{KeyName, VerifyingKey},
    register::{Refusal, Register},
    statement::{Body, Land, SignedStatement},
    tree::LeafIndex,
};

use super::{
    concerned,
    errand::{Errand, ErrandArgs, Reach},
    input,
};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "KEY", value_parser = whose)]
    key: Whose,
    #[arg(long, value_name = "INDEX", required_unless_present = "from")]
    from_index: Option<u64>,
    #[arg(long, value_name = "DATE", value_parser = input::date, conflicts_with = "from_index")]
    from: Option<Timestamp>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "origin"])]
    withdrawals: Option<PathBuf>,
    #[command(flatten)]
    errand: ErrandArgs,
}

/// Which key is meant.
#[derive(Debug, Clone)]
enum Whose {
    Key(Box<VerifyingKey>),
    /// The present key of the school of this name.
    School(KeyName),
}

/// What is about to become void on one ledger.
#[derive(Debug, Default, PartialEq, Eq)]
struct Lost {
    batches: usize,
    rotations: usize,
    withdrawn: Vec<CertificateId>,
    /// Whether the school's present key becomes void, so that it cannot go on with it.
    present_key: bool,
}

pub(super) async fn run(args: &Args, secret: Option<&PathBuf>, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut errand = Errand::open(&args.errand, secret, Reach::Every, terminal).await?;
    if args.from_index.is_some() && args.errand.ledger.len().max(errand.desks.len()) > 1 {
        return Err(Failure::usage(Message::new("compromise-index-of-one")));
    }
    if args.from.is_some() && errand.desks.iter().any(|desk| !desk.has_ledger()) {
        return Err(Failure::usage(Message::new("compromise-date-needs-ledger")));
    }
    let (land, now) = (errand.ministry.land(), Clock::system().now());
    let mut plans = Vec::new();
    for desk in &errand.desks {
        let from_index = match (args.from_index, args.from) {
            (Some(index), _) => index,
            (None, Some(time)) => desk.first_since(time).await.map_err(|error| desk_failure(&error))?.0,
            (None, None) => desk.size().0,
        };
        if let Whose::School(school) = &args.key {
            check_one_key(desk.ahead(), land, school, from_index)?;
        }
        plans.push((desk.origin().clone(), from_index, desk.ahead().clone()));
    }
    let body = |desk: &Desk, ministry: &Ministry| {
        let plan = plans.iter().find(|(origin, ..)| origin == desk.origin());
        let from_index = plan.map_or(desk.size().0, |(_, index, _)| *index);
        let key = args.key.on(desk, ministry.land())?;
        Ok(vec![Body::Compromise { key, from_index }])
    };
    if !errand.draft(|ministry, desk| body(desk, ministry))? {
        return Ok(Exit::Ok);
    }

    let mut withdrawn = Vec::new();
    for desk in &errand.desks {
        let Some((_, from_index, before)) = plans.iter().find(|(origin, ..)| origin == desk.origin()) else { continue };
        let key = args.key.name();
        terminal
            .say(&Message::new("compromise-on").with("ledger", desk.origin().as_str()).with("index", *from_index))?;
        if let Whose::Key(key) = &args.key {
            terminal.say(&Message::new("compromise-key").with("fingerprint", key.fingerprint().to_string()))?;
        }
        match before.open_record(land, &key) {
            Some(record) => concerned::show_record(before, record, now, terminal)?,
            None => terminal.say(&Message::new("concerned-unknown").with("school", key.as_str()))?,
        }
        if desk.has_ledger() {
            let lost = Lost::find(desk, before, land, &key).await.map_err(|error| desk_failure(&error))?;
            show(&lost, terminal)?;
            withdrawn.extend(lost.withdrawn);
        } else {
            terminal.say(&Message::new("compromise-effect-unknown"))?;
        }
    }
    // Before it is asked: whoever says no has the list, and can have withdrawals confirmed first.
    if let Some(path) = &args.withdrawals {
        write_list(path, withdrawn)?;
        terminal.say(&Message::new("compromise-list-written").with("path", path))?;
    }
    errand.confirm(&Message::new("compromise-question"))?;
    errand.carry_out().await
}

impl Whose {
    fn name(&self) -> KeyName {
        match self {
            Self::Key(key) => KeyName::parse(key.name()).expect("checked when it was read"),
            Self::School(school) => school.clone(),
        }
    }

    fn on(&self, desk: &Desk, land: Land) -> Result<VerifyingKey, DeskError> {
        match self {
            Self::Key(key) => Ok(VerifyingKey::clone(key)),
            Self::School(school) => {
                let record =
                    desk.ahead().open_record(land, school).ok_or(DeskError::Refused(Refusal::UnknownSchool))?;
                Ok(desk.ahead().key_of(record).clone())
            }
        }
    }
}

/// A school's name means its present key. If it had another one at that place or since, that one may be meant, and who
/// takes the wrong one makes the new key void: it has to be named.
fn check_one_key(register: &Register, land: Land, school: &KeyName, from_index: u64) -> Result<(), Failure> {
    let (mut keys, mut changed) = (Vec::new(), false);
    for id in register.records() {
        let record = register.record(id);
        let since = |index: LeafIndex| index.0 > from_index;
        if record.land() != land || record.school() != school || !record.closed_at().is_none_or(since) {
            continue;
        }
        changed |= record.closed_at().is_some() || record.rotations().any(since);
        let (first, last) = (&record.accreditation().key, register.key_of(id));
        keys.push((record.accredited_at(), first.clone()));
        if let (Some(index), true) = (record.rotations().last(), first != last) {
            keys.push((index, last.clone()));
        }
    }
    if !changed {
        return Ok(());
    }
    let failure = Failure::usage(Message::new("compromise-which-key").with("index", from_index));
    let detail = |(index, key): (LeafIndex, VerifyingKey)| {
        Message::new("compromise-key-since").with("index", index.0).with("key", key.to_string())
    };
    Err(keys.into_iter().map(detail).fold(failure, Failure::detail))
}

fn whose(text: &str) -> Result<Whose, Failure> {
    let key = text.parse::<VerifyingKey>().ok().filter(|key| KeyName::parse(key.name()).is_some());
    let key = key.map(|key| Whose::Key(Box::new(key)));
    let school = || KeyName::parse(text).map(Whose::School);
    key.or_else(school).ok_or_else(|| Failure::usage(Message::new("compromise-bad-key")))
}

impl Lost {
    /// Compares the register before with the one to come.
    async fn find(desk: &Desk, before: &Register, land: Land, school: &KeyName) -> Result<Self, DeskError> {
        let (mut lost, after) = (Self::default(), desk.ahead());
        for index in before.history(school).iter().copied().filter(|index| index.0 < desk.size().0) {
            let Some(record) = before.record_at(land, school, index) else { continue };
            if before.is_void(record, index) || !after.is_void(record, index) {
                continue;
            }
            if let Some(signed) = desk.counted(index).await? {
                lost.add(&signed, school);
            }
        }
        let end = LeafIndex(after.size().0);
        let void = |register: &Register| {
            register.open_record(land, school).is_some_and(|record| register.is_void(record, end))
        };
        lost.present_key = void(after) && !void(before);
        Ok(lost)
    }

    fn add(&mut self, signed: &SignedStatement, school: &KeyName) {
        let statement = signed.statement();
        if statement.issuer != *school {
            return;
        }
        match &statement.body {
            Body::Batch { .. } => self.batches += 1,
            Body::Rotate { .. } => self.rotations += 1,
            Body::Revoke { certificates, .. } => self.withdrawn.extend(certificates),
            Body::Replace(pairs) => self.withdrawn.extend(pairs.iter().map(|(old, _)| *old)),
            _ => {}
        }
    }
}

fn show(lost: &Lost, terminal: &Terminal) -> Result<(), Failure> {
    let message = Message::new("compromise-effect").with("batches", lost.batches);
    terminal.say(&message.with("withdrawals", lost.withdrawn.len()).with("rotations", lost.rotations))?;
    if lost.present_key {
        terminal.say(&Message::new("compromise-present-key"))?;
    }
    Ok(())
}

/// One id a line, as `anchor uphold --from-file` reads them.
fn write_list(path: &std::path::Path, mut ids: Vec<CertificateId>) -> Result<(), Failure> {
    ids.sort_unstable();
    ids.dedup();
    let text = ids.iter().fold(String::new(), |text, id| text + &id.to_string() + "\n");
    anchor::host::create_file(path, text.as_bytes(), false)
        .map_err(|error| Failure::cannot_write(Exit::Usage, path, &error))
}
