// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What an accreditation changes for its school: whoever signs has to see whether it is new, goes on, or gets another key
//! or other kinds.

use anchor::{
    ministry::{Terms, desk::Desk},
    wording,
};
use cli::{Cell, Failure, Message, Terminal, Tone, Words};
use proof::{
    Timestamp,
    key::Fingerprint,
    request::Request,
    statement::{Accreditation, Kinds},
};

/// How a school stands before it is accredited, in the order of what there is to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is not accredited.
    New,
    /// It is accredited with this key.
    Same(Box<Before>),
    /// It is accredited with another key.
    OtherKey(Box<Before>),
}

/// What the accreditation says whose place is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Before {
    key: Fingerprint,
    until: Timestamp,
    /// If they are others.
    kinds: Option<Kinds>,
    /// Name, number and place, if one of them is another.
    school: Option<[String; 3]>,
}

impl Standing {
    /// How the school stands by what this desk knows, before it is drafted there.
    pub(super) fn find(desk: &Desk, request: &Request, terms: &Terms) -> Self {
        let register = desk.ahead();
        let Some(id) = register.open_record(request.state, &request.school()) else { return Self::New };
        let (present, key) = (register.record(id).accreditation(), register.key_of(id));
        let Accreditation { name, number, place, .. } = present;
        let is_same = (name, number, place) == (&request.name, &request.number, &request.place);
        let school = [name.as_str(), number.as_str(), place.as_str()].map(str::to_owned);
        let before = Box::new(Before {
            key: key.fingerprint(),
            until: present.until,
            kinds: (present.kinds != terms.kinds).then(|| present.kinds.clone()),
            school: (!is_same).then_some(school),
        });
        if *key == request.key { Self::Same(before) } else { Self::OtherKey(before) }
    }

    /// Of two, where more changes.
    pub(super) fn max(self, other: Self) -> Self {
        if self.weight() < other.weight() { other } else { self }
    }

    fn weight(&self) -> u8 {
        match self {
            Self::New => 0,
            Self::Same(before) => 1 + u8::from(before.kinds.is_some()),
            Self::OtherKey(_) => 3,
        }
    }

    /// Says it before it is asked.
    pub(super) fn tell(&self, desk: &Desk, terms: &Terms, terminal: &Terminal) -> Result<(), Failure> {
        let ledger = desk.origin().as_str();
        let before = match self {
            Self::New => {
                terminal.say(&Message::new("accredit-is-new").with("ledger", ledger))?;
                None
            }
            Self::Same(before) => {
                let message = Message::new("accredit-extends").with("ledger", ledger);
                terminal.say(&message.with("until", wording::time(before.until)))?;
                Some(before)
            }
            Self::OtherKey(before) => {
                let message = Message::new("accredit-other-key").with("ledger", ledger);
                terminal.say(&message.with("fingerprint", before.key.to_string()))?;
                Some(before)
            }
        };
        if let Some(kinds) = before.and_then(|before| before.kinds.as_ref()) {
            let message = Message::new("accredit-changes-kinds").with("before", wording::kinds(kinds));
            terminal.say(&message.with("after", wording::kinds(&terms.kinds)))?;
        }
        if let Some([name, number, place]) = before.and_then(|before| before.school.as_ref()) {
            let message = Message::new("accredit-changes-school").with("name", name);
            terminal.say(&message.with("number", number).with("place", place))?;
        }
        if desk.has_ledger() { Ok(()) } else { terminal.say(&Message::new("accredit-unseen")) }
    }

    /// The same in a cell of the list.
    pub(super) fn cell(&self, words: &Words) -> Cell {
        let toned = |message: &Message, tone| Cell::toned(&words.text(message), tone);
        match self {
            Self::New => toned(&Message::new("accredit-csv-new"), Tone::Plain),
            Self::Same(before) => match &before.kinds {
                None => toned(&Message::new("accredit-csv-extends"), Tone::Plain),
                Some(kinds) => {
                    let message = Message::new("accredit-csv-kinds").with("before", wording::kinds(kinds));
                    toned(&message, Tone::Doubtful)
                }
            },
            Self::OtherKey(before) => {
                let message = Message::new("accredit-csv-other-key").with("fingerprint", before.key.to_string());
                toned(&message, Tone::Doubtful)
            }
        }
    }
}
