// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What the ledger says of a school, held against what the school itself knows.

Whatever counts under the school's name and does not stand in its register was made by somebody who has its key. That may
be a colleague with a register of their own; the school says so by [`accept`]. Or it is a thief: then the ministry has to
know, and from which entry on.
*/

mod alarm;
mod loss;
mod unpinned;

use std::{collections::BTreeSet, fs};

use proof::{
    Timestamp,
    checkpoint::Cosigned,
    entry::CertificateId,
    key::VerifyingKey,
    register::{IssuerStatus, Suspension, Withdrawn},
    request::Request,
    statement::{Accreditation, Body, SignedStatement},
    tree::LeafIndex,
};

use crate::{
    config::Config,
    endorse::Void,
    register::{BatchRow, Register, State, StatementRow, StatementState},
    seal::SealError,
    view::View,
};

pub use alarm::{Alarm, Stranger};
pub use loss::Uncounted;
pub use unpinned::Unpinned;

/// Everything that `issuer status` shows.
#[derive(Debug)]
pub struct Status {
    /// The school's open record; `None` before it is accredited.
    pub record: Option<Record>,
    /// Without a record: an accreditation that the school's trust folder does not believe.
    pub unpinned: Option<Unpinned>,
    /// Whether and why the school is suspended.
    pub suspension: Option<Suspension>,
    /// The batches of the register.
    pub batches: Vec<Batch>,
    /// What was said against its certificates.
    pub withdrawals: Withdrawals,
    /// Of how many certificates nobody can say whether they are withdrawn, with no other in their place.
    pub unsettled: u64,
    /// What the school has begun and not finished.
    pub unfinished: Vec<Unfinished>,
    /// What the school must look after.
    pub alarms: Vec<Alarm>,
    /// How many entries the ledger has.
    pub tree_size: u64,
    /// Since when nobody has seen anything newer.
    pub as_of: Option<Timestamp>,
}

/// What the ledger knows of the school.
#[derive(Debug)]
pub struct Record {
    /// What the authority vouched for.
    pub accreditation: Accreditation,
    /// Where.
    pub index: LeafIndex,
    /// When.
    pub admitted: Timestamp,
    /// How the school stands now.
    pub standing: IssuerStatus,
    /// The school's present key.
    pub key: VerifyingKey,
    /// Where it was changed.
    pub rotations: Vec<LeafIndex>,
}

/// A batch of the register.
#[derive(Debug)]
pub struct Batch {
    /// The batch.
    pub row: BatchRow,
    /// How many certificates it has.
    pub certificates: u64,
    /// How it stands.
    pub standing: BatchStanding,
}

/// How a batch of the register stands on the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchStanding {
    /// It counts.
    Valid,
    /// It counts, but its key was in wrong hands.
    Void,
    /// The ledger has it, and does not count it.
    Uncounted,
    /// The ledger does not have it, and should.
    Missing,
    /// It has not got there yet.
    Open,
}

impl BatchStanding {
    /// Every standing.
    pub const ALL: [Self; 5] = [Self::Valid, Self::Void, Self::Uncounted, Self::Missing, Self::Open];

    /// The token that JSON has.
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Void => "void",
            Self::Uncounted => "uncounted",
            Self::Missing => "missing",
            Self::Open => "open",
        }
    }
}

/// How many certificates of the register were taken back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Withdrawals {
    /// Withdrawn by the school.
    pub revoked: u64,
    /// Superseded.
    pub replaced: u64,
    /// Withdrawn by the authority.
    pub by_authority: u64,
    /// Withdrawn by statements that are void now.
    pub void: u64,
}

/// Something that has begun and was not finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfinished {
    /// A batch.
    Batch,
    /// A statement.
    Statement,
    /// A replacement.
    Replacement,
    /// A change of the key.
    KeyChange,
}

impl Unfinished {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Batch, Self::Statement, Self::Replacement, Self::KeyChange];

    /// The token that JSON has.
    pub fn code(self) -> &'static str {
        match self {
            Self::Batch => "batch",
            Self::Statement => "statement",
            Self::Replacement => "replacement",
            Self::KeyChange => "key_change",
        }
    }
}

impl Status {
    /// Holds ledger and register against each other. A school that has sealed nothing has no register yet.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub async fn find(config: &Config, view: &View, register: Option<&mut Register>) -> Result<Self, SealError> {
        let ledger = view.register();
        let (land, school) = (config.land, &config.name);
        let record = ledger.open_record(land, school).map(|id| {
            let record = ledger.record(id);
            Record {
                accreditation: record.accreditation().clone(),
                index: record.accredited_at(),
                admitted: record.accredited(),
                standing: ledger.issuer_status(id, view.clock().now()),
                key: ledger.key_of(id).clone(),
                rotations: record.rotations().collect(),
            }
        });
        let suspension = ledger.suspension(land, school).cloned();
        let state = view.followed().state().map_err(anchor::follow::FollowError::from)?;
        let as_of = if let Cosigned::AsOf(time) = state.cosigned() { Some(time) } else { None };
        let mut this = Self {
            suspension,
            batches: Vec::new(),
            withdrawals: Withdrawals::default(),
            unpinned: Unpinned::find(config, view).await?,
            unsettled: 0,
            unfinished: if config.changing_key { vec![Unfinished::KeyChange] } else { Vec::new() },
            alarms: Vec::new(),
            tree_size: view.followed().size().0,
            as_of,
            record,
        };
        let (mut batches, mut statements) = (Vec::new(), Vec::new());
        if let Some(register) = register {
            (batches, statements) = (register.batches().await?, register.statements().await?);
            let valid = loss::valid(config, view, &batches);
            let undecided = this.own(config, view, register, (&batches, &statements)).await?;
            let void = Void::find(ledger, (land, school), &batches, &statements);
            for batch in &batches {
                let is_void = void.batches.iter().any(|void| void.number == batch.number);
                this.batch(view, register, &valid, batch, is_void).await?;
            }
            let own = void.revoked.iter().map(|(id, _)| id).chain(void.replaced.iter().map(|(old, _)| old));
            let own: BTreeSet<_> = own.collect();
            let strange: Vec<_> = undecided.into_iter().filter(|id| !own.contains(id)).collect();
            this.unsettled = loss::unsettled(view, register, &valid, &strange).await?;
            if this.unsettled > 0 {
                this.alarms.push(Alarm::RevocationVoid(this.unsettled));
            }
            if !void.is_empty() {
                this.alarms.push(Alarm::Void);
            }
        }
        match this.record.as_ref().map(|record| record.standing) {
            Some(IssuerStatus::Suspended) => this.alarms.push(Alarm::Suspended),
            Some(IssuerStatus::Compromised) => this.alarms.push(Alarm::Compromised),
            _ => {}
        }
        this.strangers(config, view, &batches, &statements).await?;
        Ok(this)
    }

    /// What the register has noted and the ledger does not have, and what was said against its certificates. Gives those
    /// whose withdrawal is void.
    async fn own(
        &mut self,
        config: &Config,
        view: &View,
        register: &mut Register,
        (batches, statements): (&[BatchRow], &[StatementRow]),
    ) -> Result<Vec<CertificateId>, SealError> {
        self.unfinished.extend(batches.iter().filter(|row| row.state != State::Done).map(|_| Unfinished::Batch));
        self.unfinished.extend(register.replacements().await?.iter().map(|_| Unfinished::Replacement));
        for row in statements.iter().filter(|row| view.register().find(row.signed.text_hash()).is_none()) {
            let body = &row.signed.statement().body;
            match (row.state, body) {
                (StatementState::Staged, Body::Rotate { .. }) => {}
                (StatementState::Staged, _) => self.unfinished.push(Unfinished::Statement),
                _ if loss::is_made_good(config, view, row) => {}
                _ => self.alarms.push(match loss::uncounted(view, &row.signed, row.admitted) {
                    Some(uncounted) => Alarm::UncountedStatement(body.name(), uncounted),
                    None => Alarm::MissingStatement(body.name()),
                }),
            }
        }
        let mut undecided = Vec::new();
        for id in register.ids().await? {
            match view.withdrawal(id) {
                None => {}
                Some(Withdrawn::Void) => undecided.push(id),
                Some(Withdrawn::Revoked { said, .. }) if said.by_authority => self.withdrawals.by_authority += 1,
                Some(Withdrawn::Revoked { .. }) => self.withdrawals.revoked += 1,
                Some(Withdrawn::Replaced { .. }) => self.withdrawals.replaced += 1,
            }
        }
        self.withdrawals.void = undecided.len() as u64;
        Ok(undecided)
    }

    async fn batch(
        &mut self,
        view: &View,
        register: &mut Register,
        valid: &BTreeSet<i64>,
        row: &BatchRow,
        is_void: bool,
    ) -> Result<(), SealError> {
        let uncounted = loss::uncounted(view, &row.signed, row.admitted);
        let standing = match (view.register().find(row.signed.text_hash()), row.state) {
            (Some(_), _) if is_void => BatchStanding::Void,
            (Some(_), _) => BatchStanding::Valid,
            (None, State::Staged) => BatchStanding::Open,
            (None, _) if valid.contains(&row.number) => BatchStanding::Valid,
            (None, _) => match uncounted {
                Some(_) => BatchStanding::Uncounted,
                None => BatchStanding::Missing,
            },
        };
        let is_lost = matches!(standing, BatchStanding::Uncounted | BatchStanding::Missing);
        if is_lost && !loss::is_sealed_anew(view, register, valid, row.number).await? {
            self.alarms.push(match uncounted {
                Some(uncounted) => Alarm::UncountedBatch(row.number, uncounted),
                None => Alarm::MissingBatch(row.number),
            });
        }
        let certificates = register.count(row.number).await?;
        self.batches.push(Batch { row: row.clone(), certificates, standing });
        Ok(())
    }

    /// What counts under the school's name and was not said by it.
    async fn strangers(
        &mut self,
        config: &Config,
        view: &View,
        batches: &[BatchRow],
        statements: &[StatementRow],
    ) -> Result<(), SealError> {
        let ledger = view.register();
        let own = batches.iter().map(|row| &row.signed).chain(statements.iter().map(|row| &row.signed));
        let own: Vec<_> = own.collect();
        let known: BTreeSet<_> =
            own.iter().filter_map(|signed| ledger.find(signed.text_hash())).map(|at| at.0).collect();
        let request = fs::read(&config.request).ok().and_then(|bytes| Request::parse(&bytes).ok());
        for index in ledger.history(&config.name).iter().copied().filter(|index| !known.contains(index)) {
            let (entry, signed) = view.statement(index).await?;
            let statement = signed.statement();
            let is_void = || {
                let record = ledger.record_at(config.land, &config.name, index);
                record.is_some_and(|record| ledger.is_void(record, index))
            };
            let is_own = |key: &VerifyingKey| {
                request.as_ref().is_some_and(|request| request.key == *key)
                    || own.iter().any(|signed| has_key(signed, key))
            };
            let alarm: fn(Stranger) -> Alarm = match &statement.body {
                Body::Accredit(accreditation) if is_own(&accreditation.key) => continue,
                Body::Accredit(_) => Alarm::UnknownKey,
                _ if statement.issuer != config.name || is_void() => continue,
                _ => Alarm::UnknownStatement,
            };
            self.alarms.push(alarm(Stranger { index, admitted: entry.admitted, signed }));
        }
        Ok(())
    }
}

/// Whether a statement was signed with a key, alone, or brings it in.
fn has_key(signed: &SignedStatement, key: &VerifyingKey) -> bool {
    match &signed.statement().body {
        Body::Rotate { key: new } => new == key || signed.is_signed_by(&[key, new]),
        _ => signed.is_signed_by(&[key]),
    }
}

/// Notes a statement that a colleague made with another register, so that it is no alarm any more.
///
/// # Errors
/// If the register cannot be written.
pub async fn accept(register: &mut Register, stranger: &Stranger) -> Result<(), SealError> {
    Ok(register.accept(&stranger.signed, (stranger.index, stranger.admitted)).await?)
}
