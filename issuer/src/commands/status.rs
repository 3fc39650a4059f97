// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! `issuer status`: what the ledger says of the school, and whether that is what the school knows.

use anchor::wording::{refusal, time};
use clap::Args;
use cli::{Cell, Exit, Failure, Message, Table, Terminal, Tone};
use issuer::{
    config::Config,
    register::Register,
    status::{self, Alarm, Batch, BatchStanding, Record, Status as Found, Stranger, Uncounted},
};
use proof::{statement::Body, tree::LeafIndex};
use serde_json::{Value, json};

use super::{open_register, open_view};
use crate::wording;

#[derive(Debug, Args)]
pub(crate) struct Status {
    #[arg(long, value_name = "NUMBER")]
    accept: Vec<u64>,
    #[arg(long)]
    json: bool,
}

impl Status {
    pub(crate) async fn run(self, config: &Config, terminal: &Terminal) -> Result<Exit, Failure> {
        let failed = |error| wording::view_failure(&error);
        let view = open_view(config).await?;
        let mut register = open_register(config).await?;
        let mut found = Found::find(config, &view, register.as_mut()).await.map_err(failed)?;
        if !self.accept.is_empty() {
            if let Some(register) = register.take() {
                register.close().await;
            }
            self.accept(config, &found, terminal).await?;
            register = open_register(config).await?;
            found = Found::find(config, &view, register.as_mut()).await.map_err(failed)?;
        }
        if self.json {
            terminal.line(&to_json(config, &found).to_string())?;
        } else {
            say(config, &found, terminal)?;
        }
        Ok(if found.alarms.is_empty() { Exit::Ok } else { Exit::Refused })
    }

    /// Notes statements that a colleague made.
    async fn accept(&self, config: &Config, found: &Found, terminal: &Terminal) -> Result<(), Failure> {
        let strangers: Vec<_> = found.alarms.iter().filter_map(Alarm::stranger).collect();
        let mut accepted = Vec::new();
        for index in &self.accept {
            let stranger = strangers.iter().find(|stranger| stranger.index == LeafIndex(*index));
            let unknown = || Failure::refused(Message::new("status-not-an-alarm").with("index", index.to_string()));
            accepted.push(stranger.ok_or_else(unknown)?);
        }
        let waiting = || terminal.remark(&Message::new("issue-waiting"));
        let mut register =
            Register::open(&config.register, waiting).await.map_err(|error| wording::register_failure(&error))?;
        for stranger in accepted {
            let noted = status::accept(&mut register, stranger).await;
            noted.map_err(|error| wording::view_failure(&error))?;
            terminal.remark(&Message::new("status-accepted").with("index", stranger.index.0.to_string()));
        }
        register.close().await;
        Ok(())
    }
}

fn say(config: &Config, found: &Found, terminal: &Terminal) -> Result<(), Failure> {
    match &found.record {
        Some(record) => say_record(record, terminal)?,
        None => terminal.say(&not_accredited(config, found))?,
    }
    if let Some(suspension) = &found.suspension {
        terminal.say(
            &Message::new("status-suspended")
                .with("time", time(suspension.since))
                .with("index", suspension.index.0.to_string())
                .with("reason", suspension.reason.as_str()),
        )?;
    }
    if let Some(as_of) = found.as_of {
        terminal.say(&Message::new("status-as-of").with("size", found.tree_size).with("time", time(as_of)))?;
    }
    if !found.batches.is_empty() {
        terminal.line("")?;
        batches(&found.batches, terminal)?;
    }
    let withdrawals = found.withdrawals;
    for (count, message) in [
        (withdrawals.revoked, Message::new("status-revoked")),
        (withdrawals.by_authority, Message::new("status-revoked-by-authority")),
        (withdrawals.replaced, Message::new("status-replaced")),
        (found.unsettled, Message::new("status-void")),
    ] {
        if count > 0 {
            terminal.say(&message.with("count", count))?;
        }
    }
    if !found.unfinished.is_empty() {
        terminal.say(&Message::new("status-unfinished").with("count", found.unfinished.len()))?;
    }
    terminal.line("")?;
    if found.alarms.is_empty() {
        return terminal.say(&Message::new("status-in-order"));
    }
    alarms(config, found, terminal)
}

fn not_accredited(config: &Config, found: &Found) -> Message {
    match &found.unpinned {
        Some(unpinned) => {
            let message = wording::unpinned(Message::new("status-unpinned"), unpinned, config);
            message.with("name", config.name.as_str())
        }
        None => Message::new("issue-not-accredited-status")
            .with("name", config.name.as_str())
            .with("request", &config.request)
            .with("ministry", Message::of_code("ministry", &config.land.to_string())),
    }
}

fn say_record(record: &Record, terminal: &Terminal) -> Result<(), Failure> {
    let accreditation = &record.accreditation;
    terminal.say(
        &Message::new("status-school")
            .with("name", accreditation.name.as_str())
            .with("place", accreditation.place.as_str())
            .with("number", accreditation.number.as_str())
            .with("key-name", accreditation.school.as_str()),
    )?;
    let standing = Message::of_code("school-standing", record.standing.code());
    terminal.say(&Message::new("status-standing").with("standing", standing))?;
    terminal.say(
        &Message::new("status-accredited")
            .with("from", time(accreditation.from))
            .with("until", time(accreditation.until))
            .with("kinds", anchor::wording::kinds(&accreditation.kinds))
            .with("index", record.index.0.to_string()),
    )?;
    terminal.say(&Message::new("status-key").with("fingerprint", record.key.fingerprint().to_string()))?;
    if let Some(last) = record.rotations.last() {
        let message = Message::new("status-rotations").with("count", record.rotations.len());
        terminal.say(&message.with("index", last.0.to_string()))?;
    }
    Ok(())
}

fn batches(batches: &[Batch], terminal: &Terminal) -> Result<(), Failure> {
    let words = terminal.words();
    let headings =
        ["list-number", "list-kind", "list-count", "list-date", "status-entry", "list-state"].map(Message::new);
    let mut table = Table::new(words, &headings).right(0).right(2).right(4);
    for Batch { row, certificates, standing } in batches {
        let tone = if *standing == BatchStanding::Valid { Tone::Plain } else { Tone::Bad };
        let (index, admitted) = row.admitted.unzip();
        table.row([
            row.number.to_string().into(),
            row.kind().into(),
            words.number(*certificates).into(),
            admitted.map(|admitted| words.date(time(admitted))).unwrap_or_default().into(),
            index.map(|index| index.0.to_string()).unwrap_or_default().into(),
            Cell::toned(&words.text(&Message::of_code("batch-standing", standing.code())), tone),
        ]);
    }
    terminal.table(&table)
}

fn alarms(config: &Config, found: &Found, terminal: &Terminal) -> Result<(), Failure> {
    terminal.say(&Message::new("status-alarms").with("count", found.alarms.len()))?;
    for alarm in &found.alarms {
        let message = Message::of_code("alarm", alarm.code());
        let message = match alarm {
            Alarm::UnknownStatement(stranger) | Alarm::UnknownKey(stranger) => message
                .with("kind", Message::of_code("statement-kind", stranger.kind()))
                .with("index", stranger.index.0.to_string())
                .with("time", time(stranger.admitted)),
            Alarm::MissingBatch(number) => message.with("number", number.to_string()),
            Alarm::MissingStatement(kind) => message.with("kind", Message::of_code("statement-kind", kind)),
            Alarm::UncountedBatch(number, uncounted) => {
                with_refusal(message, uncounted, config).with("number", number.to_string())
            }
            Alarm::UncountedStatement(kind, uncounted) => {
                with_refusal(message, uncounted, config).with("kind", Message::of_code("statement-kind", kind))
            }
            Alarm::RevocationVoid(count) => message.with("count", *count),
            _ => message,
        };
        let advice = terminal.words().hint(&message);
        terminal.say(&message)?;
        if let Some(advice) = advice {
            terminal.line(&format!("  {advice}"))?;
        }
    }
    let first = found.alarms.iter().filter_map(Alarm::stranger).map(|stranger| stranger.index).min();
    if let Some(first) = first {
        let ministry = Message::of_code("ministry", &config.land.to_string());
        let message = Message::new("status-tell-ministry").with("ministry", ministry);
        terminal.say(&message.with("index", first.0.to_string()))?;
    }
    Ok(())
}

fn with_refusal(message: Message, uncounted: &Uncounted, config: &Config) -> Message {
    message
        .with("index", uncounted.index.0.to_string())
        .with("reason", refusal(uncounted.refusal))
        .with("code", uncounted.refusal.code())
        .with("ministry", Message::of_code("ministry", &config.land.to_string()))
}

fn to_json(config: &Config, found: &Found) -> Value {
    let record = found.record.as_ref();
    json!({
        "school": config.name.as_str(),
        "state": config.land.to_string(),
        "status": record.map_or("not_accredited", |record| record.standing.code()),
        "tree_size": found.tree_size,
        "as_of": found.as_of.map(|time| time.to_string()),
        "record": record.map(|record| json!({
            "name": record.accreditation.name.as_str(),
            "number": record.accreditation.number.as_str(),
            "place": record.accreditation.place.as_str(),
            "kinds": record.accreditation.kinds.to_string().split(' ').collect::<Vec<_>>(),
            "from": record.accreditation.from.to_string(),
            "until": record.accreditation.until.to_string(),
            "index": record.index.0,
            "admitted": record.admitted.to_string(),
            "key": record.key.to_string(),
            "fingerprint": record.key.fingerprint().to_string(),
            "rotations": record.rotations.iter().map(|index| index.0).collect::<Vec<_>>(),
        })),
        "suspended": found.suspension.as_ref().map(|suspension| json!({
            "index": suspension.index.0,
            "since": suspension.since.to_string(),
            "reason": suspension.reason.as_str(),
        })),
        "batches": found.batches.iter().map(|batch| json!({
            "number": batch.row.number,
            "kind": batch.row.kind(),
            "certificates": batch.certificates,
            "index": batch.row.admitted.map(|(index, _)| index.0),
            "admitted": batch.row.admitted.map(|(_, admitted)| admitted.to_string()),
            "state": batch.standing.code(),
        })).collect::<Vec<_>>(),
        "withdrawn": {
            "revoked": found.withdrawals.revoked,
            "replaced": found.withdrawals.replaced,
            "by_authority": found.withdrawals.by_authority,
            "void": found.withdrawals.void,
        },
        "unfinished": found.unfinished.iter().map(|unfinished| unfinished.code()).collect::<Vec<_>>(),
        "alarms": found.alarms.iter().map(alarm_json).collect::<Vec<_>>(),
    })
}

fn alarm_json(alarm: &Alarm) -> Value {
    let stranger = alarm.stranger();
    json!({
        "code": alarm.code(),
        "index": stranger.map(|stranger| stranger.index).or(alarm.uncounted().map(|place| place.index)).map(|index| index.0),
        "time": stranger.map(|stranger| stranger.admitted.to_string()),
        "type": match alarm {
            Alarm::MissingStatement(kind) | Alarm::UncountedStatement(kind, _) => Some(*kind),
            _ => stranger.map(Stranger::kind),
        },
        "batch": match alarm {
            Alarm::MissingBatch(number) | Alarm::UncountedBatch(number, _) => Some(number),
            _ => None,
        },
        "refusal": alarm.uncounted().map(|place| place.refusal.code()),
        "certificates": match alarm {
            Alarm::RevocationVoid(count) => Some(*count),
            _ => stranger.and_then(certificates),
        },
    })
}

/// How many certificates a statement names.
fn certificates(stranger: &Stranger) -> Option<u64> {
    match &stranger.signed.statement().body {
        Body::Revoke { certificates, .. } => Some(certificates.len() as u64),
        Body::Replace(pairs) => Some(pairs.len() as u64),
        _ => None,
    }
}
