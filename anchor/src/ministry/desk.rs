// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Where a ministry prepares what it says to one ledger.

With the ledger at hand, every statement is weighed by the ledger's own rules before it is kept: a slip of the pen is
refused while it is still nothing, and takes no number of the chain. Statements that were kept earlier and are not on the
ledger yet go first, since the new ones continue them. Without the ledger, statements are only signed and kept.

Nothing is written and nothing is handed in before [`Desk::go_on`].
*/

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
};

use proof::{
    Timestamp,
    authority::Authorities,
    key::Origin,
    register::{Chain, Refusal, Register},
    statement::{Body, LedgerEntry, SignedStatement},
    tree::{LeafIndex, TreeSize},
};

use super::{Kept, Ministry, MinistryError};
use crate::{
    clock::Clock,
    folder::Folder,
    follow::{self, FollowError, Followed},
    ledger::{Append, AppendError, Appended, ReadError},
    location::Location,
    memory::Memory,
    states::States,
    store::OpenError,
    trust::{Pins, TrustError},
};

/// What a ministry is about to say to one ledger.
pub struct Desk {
    origin: Origin,
    /// The ledger and what is on it; `None` without it.
    at_hand: Option<AtHand>,
    kept: Kept,
    /// The register as it will be after all that waits.
    ahead: Register,
    /// What the next statement continues.
    next: Chain,
    now: Timestamp,
    /// By which time statements are weighed.
    admitted: Timestamp,
    waiting: VecDeque<Waiting>,
}

struct AtHand {
    ledger: Box<dyn Append>,
    followed: Followed,
    size: TreeSize,
}

/// A statement that is not on the ledger yet.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The statement.
    pub signed: SignedStatement,
    /// Whether it was kept by an earlier command.
    pub kept: bool,
    /// Why the ledger will not take it in; only of kept ones.
    pub refusal: Option<Refusal>,
}

/// A statement that was kept, and handed in if the ledger is at hand.
#[derive(Debug, Clone)]
pub struct Said {
    /// The statement.
    pub signed: SignedStatement,
    /// Where it is kept.
    pub path: PathBuf,
    /// Whether an earlier command had kept it.
    pub earlier: bool,
    /// Where it stands on the ledger.
    pub appended: Option<Appended>,
}

/// Why a ministry cannot say something to a ledger.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeskError {
    /// The ministry's folder or key.
    #[error(transparent)]
    Ministry(#[from] MinistryError),
    /// The ledger cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The files beside the ledger that say whom it believes.
    #[error(transparent)]
    Pins(#[from] TrustError),
    /// Beside a ledger at an address there are no such files.
    #[error("whom to believe about {0} is not pinned")]
    NoPins(String),
    /// The ledger is not believed.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// An entry of the ledger cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The ledger has more statements of the ministry than the folder.
    #[error("the ledger has {wanted} statements of this key, the folder has {got}")]
    StatementsMissing {
        /// Statements in the folder.
        got: u64,
        /// Statements on the ledger.
        wanted: u64,
    },
    /// The folder has another statement under a number than the ledger.
    #[error("{path} is not the statement that the ledger has")]
    OtherStatement {
        /// The file.
        path: PathBuf,
    },
    /// A kept statement will never be taken in, and whatever continues it neither.
    #[error("{path} is refused: {refusal}")]
    Blocked {
        /// The file.
        path: PathBuf,
        /// Why.
        refusal: Refusal,
    },
    /// The statement would not count. It was not kept.
    #[error("the statement would be refused: {0}")]
    Refused(Refusal),
    /// A kept statement was not appended, or nobody knows.
    #[error("{path}: {source}")]
    Append {
        /// The file.
        path: PathBuf,
        /// What the ledger says.
        source: AppendError,
    },
}

impl Desk {
    /// Before a ledger: reads it, and finds out what of the ministry's statements is not on it. Whom to believe stands in
    /// the folder `trust`; without one, beside the files of an embedded ledger.
    ///
    /// # Errors
    /// If the ledger cannot be read or believed, or its statements of this ministry are not those of the folder.
    pub async fn before(
        ministry: &Ministry,
        location: &Location,
        clock: &Clock,
        memory: Option<Memory>,
        trust: Option<&Path>,
    ) -> Result<Self, DeskError> {
        let states = match location {
            Location::Folder(folder) => Some(States::new(Folder::new(folder).replayed())),
            _ => States::of_user(),
        };
        let home = location.home();
        let pins = match (trust, home) {
            (Some(folder), _) => Pins::load(folder)?,
            (None, Some(home)) => home.pins().await?,
            (None, None) => return Err(DeskError::NoPins(location.to_string())),
        };
        let ledger = follow::open_to_append(location, clock, memory.clone()).await?;
        let origin = ledger.origin().clone();
        let kept = ministry.kept(&origin)?;
        let now = clock.now();
        let followed = Followed::read(&*ledger, &pins.policy, &pins.authorities, now, states.as_ref()).await?;
        if let Some(memory) = &memory {
            followed.hold(memory, &pins.policy, now).map_err(FollowError::from)?;
        }

        let register = followed.replica().register();
        let chain = register.authority_chain(ministry.key().fingerprint());
        let (got, wanted) = (kept.count()?, chain.seq);
        if got < wanted {
            return Err(DeskError::StatementsMissing { got, wanted });
        }
        if let Some(last) = wanted.checked_sub(1)
            && Some(kept.read(last)?.text_hash()) != chain.prev
        {
            return Err(DeskError::OtherStatement { path: kept.file(last) });
        }
        let pending = kept.from(wanted)?;
        let (ahead, size) = (register.clone(), followed.size());
        let admitted = now.max(followed.replica().last_admitted());
        let at_hand = Some(AtHand { ledger, followed, size });
        let mut this = Self { origin, at_hand, kept, ahead, next: chain, now, admitted, waiting: VecDeque::new() };
        for signed in pending {
            let refusal = this.put(&signed).err();
            this.waiting.push_back(Waiting { signed, kept: true, refusal });
        }
        Ok(this)
    }

    /// Without the ledger. What is known of schools is what the ministry's own statements say.
    ///
    /// # Errors
    /// If a kept statement is not what it should be.
    ///
    /// # Panics
    /// Never: a pin is a line of authorities.
    pub fn alone(ministry: &Ministry, origin: &Origin, clock: &Clock) -> Result<Self, DeskError> {
        let kept = ministry.kept(origin)?;
        let own = Authorities::parse(ministry.pin_for(origin).to_string().as_bytes()).expect("a pin is a line");
        let mut ahead = Register::new(origin.clone(), &own);
        for signed in kept.from(0)? {
            let entry = LedgerEntry { admitted: signed.statement().time, note: signed.note().to_vec() };
            // The ledger decides whether it counts; here it is only about names.
            let _ = ahead.apply(&entry);
        }
        let next = kept.next()?;
        let (origin, now, waiting) = (origin.clone(), clock.now(), VecDeque::new());
        Ok(Self { origin, at_hand: None, kept, ahead, next, now, admitted: now, waiting })
    }

    /// For which ledger.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether the ledger is at hand.
    pub fn has_ledger(&self) -> bool {
        self.at_hand.is_some()
    }

    /// The register as it will be after all that waits.
    pub fn ahead(&self) -> &Register {
        &self.ahead
    }

    /// How many entries the ledger has; 0 without it.
    pub fn size(&self) -> TreeSize {
        self.at_hand.as_ref().map_or(TreeSize(0), |at_hand| at_hand.followed.size())
    }

    /// What is not on the ledger yet, in order.
    pub fn waiting(&self) -> impl ExactSizeIterator<Item = &Waiting> {
        self.waiting.iter()
    }

    /// The kept statements.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// The statement at an index of the ledger, if it is one and counts.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub async fn counted(&self, index: LeafIndex) -> Result<Option<SignedStatement>, DeskError> {
        let Some(AtHand { ledger, followed, .. }) = &self.at_hand else { return Ok(None) };
        let Some(leaf) = followed.replica().tree().leaf(index) else { return Ok(None) };
        let entries = ledger.entries(index.0..index.0 + 1).await?;
        let entry = entries.first().and_then(|bytes| LedgerEntry::decode(bytes)).filter(|entry| entry.leaf() == leaf);
        let entry =
            entry.ok_or_else(|| ReadError::Damaged("an entry is not the one that was read before".to_owned()))?;
        let counts = followed.replica().register().refusal(index).is_none();
        Ok(SignedStatement::parse(entry.note).ok().filter(|_| counts))
    }

    /// The first index of the ledger that was taken in at a time or after it.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub async fn first_since(&self, time: Timestamp) -> Result<LeafIndex, DeskError> {
        let Some(AtHand { ledger, followed, .. }) = &self.at_hand else { return Ok(LeafIndex(0)) };
        // Times never decrease along a ledger.
        let (mut low, mut high) = (0, followed.size().0);
        while low < high {
            let middle = low + (high - low) / 2;
            let entries = ledger.entries(middle..middle + 1).await?;
            let entry = entries.first().and_then(|bytes| LedgerEntry::decode(bytes));
            let entry = entry.ok_or_else(|| ReadError::Damaged("an entry cannot be read again".to_owned()))?;
            if entry.admitted < time { low = middle + 1 } else { high = middle }
        }
        Ok(LeafIndex(low))
    }

    /// Signs what is to be said next, and has the ledger's rules weigh it. Nothing is kept.
    ///
    /// # Errors
    /// If it would not count, if an earlier statement is in its way, or if it cannot be signed.
    pub fn draft(&mut self, ministry: &Ministry, body: Body) -> Result<&SignedStatement, DeskError> {
        self.check_free()?;
        let signed = ministry.draft(&self.origin, self.next, body, self.now)?;
        let outcome = self.put(&signed);
        if self.at_hand.is_some() {
            outcome.map_err(DeskError::Refused)?;
        }
        self.waiting.push_back(Waiting { signed, kept: false, refusal: None });
        Ok(&self.waiting[self.waiting.len() - 1].signed)
    }

    /// Whether no kept statement is in the way of further ones.
    ///
    /// # Errors
    /// The first one that is.
    pub fn check_free(&self) -> Result<(), DeskError> {
        let blocked = self.waiting.iter().find_map(|waiting| waiting.refusal.map(|refusal| (waiting, refusal)));
        let Some((waiting, refusal)) = blocked else { return Ok(()) };
        Err(DeskError::Blocked { path: self.kept.file(waiting.signed.statement().seq), refusal })
    }

    /// Adds a statement to the register, if it counts. It takes its number in any case where nobody can weigh it.
    fn put(&mut self, signed: &SignedStatement) -> Result<(), Refusal> {
        let weighed = self.ahead.weigh(signed, self.admitted);
        if weighed.is_ok() || self.at_hand.is_none() {
            let _ = self.ahead.apply(&LedgerEntry { admitted: self.admitted, note: signed.note().to_vec() });
            self.next = Chain { seq: signed.statement().seq + 1, prev: Some(signed.text_hash()) };
        }
        weighed
    }

    /// Keeps the next statement that waits, and hands it in if the ledger is at hand. `None` if nothing waits.
    ///
    /// # Errors
    /// If it cannot be kept, or was not appended. It is the next one again then.
    pub async fn go_on(&mut self) -> Result<Option<Said>, DeskError> {
        self.check_free()?;
        let Some(Waiting { signed, kept: earlier, .. }) = self.waiting.front().cloned() else { return Ok(None) };
        let path = if earlier { self.kept.file(signed.statement().seq) } else { self.kept.keep(&signed)? };
        if let Some(waiting) = self.waiting.front_mut() {
            waiting.kept = true;
        }
        let mut appended = None;
        if let Some(AtHand { ledger, size, .. }) = &mut self.at_hand {
            let outcome = ledger.submit(*size, signed.note()).await;
            let done = outcome.map_err(|source| DeskError::Append { path: path.clone(), source })?;
            *size = TreeSize(done.index.0 + 1);
            appended = Some(done);
        }
        self.waiting.pop_front();
        Ok(Some(Said { signed, path, earlier, appended }))
    }

    /// Ends the connection to the ledger in order.
    pub async fn close(self) {
        if let Some(AtHand { ledger, .. }) = self.at_hand {
            ledger.close().await;
        }
    }
}
