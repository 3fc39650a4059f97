// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The rules once more, as slowly as the specification has them: every question is answered by looking through
//! everything that ever counted. Shares no code with the register.

use super::*;

/// A statement that counts.
pub(super) struct Counted {
    pub(super) index: u64,
    pub(super) text: Hash,
    pub(super) statement: Statement,
    pub(super) by: By,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum By {
    Authority(Fingerprint),
    /// Under the accreditation at this index.
    School(u64),
}

/// A pinned key: Land, key, first index, end.
pub(super) type Pin = (Land, VerifyingKey, u64, Option<u64>);

pub(super) struct Model {
    pub(super) authorities: Vec<Pin>,
    pub(super) counted: Vec<Counted>,
}

impl Counted {
    pub(super) fn accreditation(&self) -> Option<&Accreditation> {
        if let Body::Accredit(accreditation) = &self.statement.body { Some(accreditation) } else { None }
    }
}

impl Model {
    fn of_type(&self, name: &str) -> impl DoubleEndedIterator<Item = &Counted> {
        self.counted.iter().filter(move |counted| counted.statement.body.name() == name)
    }

    pub(super) fn accreditation(&self, index: u64) -> &Accreditation {
        let found = self.counted.iter().find(|counted| counted.index == index);
        found.and_then(Counted::accreditation).expect("an accreditation")
    }

    /// The Land in which a statement was made.
    fn land(&self, counted: &Counted) -> Land {
        match &counted.by {
            By::Authority(key) => self.authorities.iter().find(|pin| pin.1.fingerprint() == *key).expect("pinned").0,
            By::School(under) => self.accreditation(*under).state,
        }
    }

    // Chains.

    pub(super) fn chain_of_authority(&self, key: &VerifyingKey) -> Chain {
        let own: Vec<_> =
            self.counted.iter().filter(|counted| counted.by == By::Authority(key.fingerprint())).collect();
        Chain { seq: own.len() as u64, prev: own.last().map(|counted| counted.text) }
    }

    pub(super) fn chain_of_school(&self, under: u64) -> Chain {
        let accredit = self.counted.iter().find(|counted| counted.index == under).expect("counted");
        let own: Vec<_> = self.counted.iter().filter(|counted| counted.by == By::School(under)).collect();
        Chain { seq: own.len() as u64, prev: Some(own.last().map_or(accredit.text, |counted| counted.text)) }
    }

    // Records.

    /// The accreditation of a school of a Land that no later one (before `index`) has closed.
    pub(super) fn open_before(&self, index: u64, state: Land, school: &KeyName) -> Option<u64> {
        let of_school = |counted: &&Counted| {
            counted.index < index && counted.accreditation().is_some_and(|a| a.state == state && a.school == *school)
        };
        self.of_type("accredit").rev().find(of_school).map(|counted| counted.index)
    }

    pub(super) fn open(&self) -> Vec<u64> {
        let mut all: Vec<_> = self.of_type("accredit").map(|counted| counted.index).collect();
        all.retain(|index| {
            let a = self.accreditation(*index);
            self.open_before(u64::MAX, a.state, &a.school) == Some(*index)
        });
        all
    }

    /// The key under an accreditation just before `index`.
    pub(super) fn key_before(&self, index: u64, under: u64) -> VerifyingKey {
        let rotations = self.of_type("rotate").rev();
        let mut earlier = rotations.filter(|counted| counted.by == By::School(under) && counted.index < index);
        match earlier.next().map(|counted| &counted.statement.body) {
            Some(Body::Rotate { key }) => key.clone(),
            _ => self.accreditation(under).key.clone(),
        }
    }

    pub(super) fn key_now(&self, under: u64) -> VerifyingKey {
        self.key_before(u64::MAX, under)
    }

    // Keys.

    /// Every key that was recorded: at which index, in which Land, for whom.
    pub(super) fn recorded(&self) -> Vec<(u64, Land, KeyName, VerifyingKey)> {
        let mut all = Vec::new();
        for counted in &self.counted {
            match &counted.statement.body {
                Body::Accredit(a) => all.push((counted.index, a.state, a.school.clone(), a.key.clone())),
                Body::Rotate { key } => {
                    all.push((counted.index, self.land(counted), counted.statement.issuer.clone(), key.clone()));
                }
                _ => {}
            }
        }
        all
    }

    /// Whether a school gave this key up, by `rotate` or because it was accredited with another.
    fn is_retired(&self, key: &VerifyingKey) -> bool {
        let by_rotation = self
            .of_type("rotate")
            .any(|counted| matches!(counted.by, By::School(under) if self.key_before(counted.index, under) == *key));
        let by_accreditation = self.of_type("accredit").any(|counted| {
            let a = counted.accreditation().expect("one");
            let earlier = self.open_before(counted.index, a.state, &a.school);
            a.key != *key && earlier.is_some_and(|under| self.key_before(counted.index, under) == *key)
        });
        by_rotation || by_accreditation
    }

    /// From which index on what this key says in this Land is void.
    fn void_from(&self, state: Land, key: &VerifyingKey) -> Option<u64> {
        let mut lowest = None;
        let mut also = |index: u64| lowest = Some(lowest.map_or(index, |lowest: u64| lowest.min(index)));
        for counted in self.counted.iter().filter(|counted| self.land(counted) == state) {
            match (&counted.statement.body, &counted.by) {
                (Body::Compromise { key: named, from_index }, _) if named == key => also(*from_index),
                (Body::Rotate { key: new }, By::School(under)) if new == key => {
                    let old = self.key_before(counted.index, *under);
                    if self.void_from(state, &old).is_some_and(|from| from <= counted.index) {
                        also(counted.index);
                    }
                }
                _ => {}
            }
        }
        lowest
    }

    fn is_recordable(&self, key: &VerifyingKey, owner: &KeyName) -> bool {
        let of_authority = self.authorities.iter().any(|pin| pin.1.raw() == key.raw());
        let of_another = self.recorded().iter().any(|(_, _, name, other)| other.raw() == key.raw() && name != owner);
        let same_id = |other: &VerifyingKey| other.id() == key.id() && other.raw() != key.raw();
        let id_taken = self.recorded().iter().any(|(_, _, name, other)| name == owner && same_id(other));
        let compromised = ["06", "07"].iter().any(|of| self.void_from(land(of), key).is_some());
        key.name() == owner.as_str() && !(of_authority || of_another || id_taken || compromised || self.is_retired(key))
    }

    /// Whether a statement that counted was made with a key in wrong hands.
    pub(super) fn is_void(&self, counted: &Counted) -> bool {
        let By::School(under) = counted.by else { return false };
        self.is_void_at(under, counted.index)
    }

    pub(super) fn is_void_at(&self, under: u64, index: u64) -> bool {
        let from = self.void_from(self.accreditation(under).state, &self.key_before(index, under));
        from.is_some_and(|from| from <= index)
    }

    // Suspension.

    /// The index of the `suspend` under which a school stands in a Land.
    pub(super) fn suspended_at(&self, state: Land, school: &KeyName) -> Option<u64> {
        let mut since = None;
        for counted in self.counted.iter().filter(|counted| self.land(counted) == state) {
            match &counted.statement.body {
                Body::Suspend { school: named, .. } if named == school => since = since.or(Some(counted.index)),
                Body::Resume { school: named, .. } if named == school => since = None,
                _ => {}
            }
        }
        since
    }

    pub(super) fn may_speak(&self, under: u64) -> bool {
        let a = self.accreditation(under);
        let void = self.void_from(a.state, &self.key_now(under)).is_some();
        self.suspended_at(a.state, &a.school).is_none() && !void
    }

    pub(super) fn may_issue(&self, under: u64, kind: &str, at: u64) -> bool {
        let a = self.accreditation(under);
        let kinds = a.kinds.to_string();
        let covered = kinds == "*" || kinds.split(' ').any(|covered| covered == kind);
        self.may_speak(under) && covered && a.from.posix() <= at && at < a.until.posix()
    }

    pub(super) fn status(&self, state: Land, school: &KeyName, at: u64) -> &'static str {
        let open = self.open_before(u64::MAX, state, school).expect("accredited");
        let a = self.accreditation(open);
        match () {
            () if self.suspended_at(state, school).is_some() => "suspended",
            () if self.void_from(state, &self.key_now(open)).is_some() => "compromised",
            () if at < a.from.posix() => "not_yet",
            () if at >= a.until.posix() => "expired",
            () => "accredited",
        }
    }

    // What counts.

    /// Who made a statement that these keys signed, if it counts at this place.
    pub(super) fn counts(&self, said: &Statement, signers: &[VerifyingKey], index: u64, admitted: u64) -> Option<By> {
        let text = Hash::of(&[said.text().as_bytes()]);
        let new = self.counted.iter().all(|counted| counted.text != text);
        if !new || said.ledger != name(ORIGIN) || said.time.posix() > admitted + 600 {
            return None;
        }
        let by_authority = || self.counts_for_authority(said, signers, index).map(By::Authority);
        let by_school = || self.counts_for_school(said, signers, admitted).map(By::School);
        match &said.body {
            Body::Batch { .. } | Body::Replace(_) | Body::Rotate { .. } => by_school(),
            Body::Revoke { .. } => by_authority().or_else(by_school),
            _ => by_authority(),
        }
    }

    fn counts_for_authority(&self, said: &Statement, signers: &[VerifyingKey], index: u64) -> Option<Fingerprint> {
        let [signer] = signers else { return None };
        let pin = self.authorities.iter().find(|pin| pin.1 == *signer && signer.name() == said.issuer.as_str())?;
        let (state, _, first, end) = pin.clone();
        let chain = self.chain_of_authority(signer);
        let in_turn = (said.seq, said.prev) == (chain.seq, chain.prev);
        let in_window = first <= index && end.is_none_or(|end| index < end);
        let allowed = match &said.body {
            Body::Accredit(a) => a.state == state && a.from < a.until && self.is_recordable(&a.key, &a.school),
            Body::Suspend { school, .. } | Body::Resume { school, .. } => {
                self.open_before(u64::MAX, state, school).is_some()
            }
            Body::Compromise { key, from_index } => {
                *from_index <= index && self.recorded().iter().any(|(_, of, _, other)| *of == state && other == key)
            }
            _ => true,
        };
        (in_turn && in_window && allowed).then(|| signer.fingerprint())
    }

    fn counts_for_school(&self, said: &Statement, signers: &[VerifyingKey], admitted: u64) -> Option<u64> {
        self.open().into_iter().find(|under| {
            let a = self.accreditation(*under);
            let chain = self.chain_of_school(*under);
            let mut needed = vec![self.key_now(*under)];
            let allowed = match &said.body {
                Body::Rotate { key } => {
                    needed.push(key.clone());
                    let rotations = self.of_type("rotate").filter(|counted| counted.by == By::School(*under)).count();
                    rotations < 7 && needed[0] != *key && self.is_recordable(key, &a.school)
                }
                Body::Batch { kind, .. } => self.may_issue(*under, kind.as_str(), admitted),
                _ => true,
            };
            let signed = signers.len() == needed.len() && needed.iter().all(|key| signers.contains(key));
            let in_turn = (said.seq, said.prev) == (chain.seq, chain.prev);
            a.school == said.issuer && signed && in_turn && allowed && self.may_speak(*under)
        })
    }

    // What follows.

    /// Every batch with this root: its index, the accreditation, and whether it is void.
    pub(super) fn batches(&self, state: Land, school: &KeyName, number: u8) -> Vec<(u64, u64, bool)> {
        let mut all = Vec::new();
        for counted in self.of_type("batch") {
            let (Body::Batch { size, root, .. }, By::School(under)) = (&counted.statement.body, &counted.by) else {
                continue;
            };
            let same = size.0 == 16 && root.0 == [number; 32];
            if same && self.land(counted) == state && counted.statement.issuer == *school {
                all.push((counted.index, *under, self.is_void(counted)));
            }
        }
        all
    }

    /// What is said against a certificate: kind, index, successor.
    pub(super) fn withdrawal(&self, state: Land, school: &KeyName, id: CertificateId) -> Option<Said> {
        let concerns = |counted: &&Counted| {
            let by_school = matches!(counted.by, By::School(_)) && counted.statement.issuer != *school;
            self.land(counted) == state && !by_school
        };
        let is_upheld = |index: u64| {
            self.of_type("uphold").any(|counted| {
                let names = matches!(&counted.statement.body, Body::Uphold(ids) if ids.contains(&id));
                names && counted.index > index && self.land(counted) == state
            })
        };
        let (mut revoked, mut replaced, mut void) = (Vec::new(), Vec::new(), false);
        for counted in self.counted.iter().filter(concerns) {
            let said = match &counted.statement.body {
                Body::Revoke { certificates, .. } if certificates.contains(&id) => Said::Revoked(counted.index),
                Body::Replace(pairs) => match pairs.iter().find(|(old, _)| *old == id) {
                    Some((_, new)) => Said::Replaced(counted.index, *new),
                    None => continue,
                },
                _ => continue,
            };
            match said {
                _ if self.is_void(counted) && !is_upheld(counted.index) => void = true,
                Said::Replaced(..) => replaced.push(said),
                _ => revoked.push(said),
            }
        }
        let first = revoked.into_iter().chain(replaced).next();
        first.or(void.then_some(Said::Void))
    }

    /// The indices of all that was said under a school's name or of this school.
    pub(super) fn history(&self, school: &KeyName) -> Vec<u64> {
        let is_about = |counted: &&Counted| match (&counted.by, &counted.statement.body) {
            (By::School(_), _) => counted.statement.issuer == *school,
            (_, Body::Accredit(a)) => a.school == *school,
            (_, Body::Suspend { school: named, .. } | Body::Resume { school: named, .. }) => named == school,
            (_, Body::Compromise { key, .. }) => key.name() == school.as_str(),
            _ => false,
        };
        self.counted.iter().filter(is_about).map(|counted| counted.index).collect()
    }

    pub(super) fn is_beyond(&self, state: Land) -> bool {
        let later = |counted: &Counted| matches!(counted.statement.body, Body::Require { version } if version > 1);
        self.of_type("require").any(|counted| later(counted) && self.land(counted) == state)
    }
}

/// What is said against a certificate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Said {
    Revoked(u64),
    Replaced(u64, CertificateId),
    Void,
}
