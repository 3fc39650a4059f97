// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What the pinned ledger took in after its first statements, and the vectors that come from it: certificates that were
//! withdrawn or replaced, keys that were stolen or changed, and what is on the ledger without counting.
//!
//! Each proof is under the checkpoint that was published when the batch was new, as a school gives it out: it shows
//! nothing of what was said later.

use proof::{
    entry::CertificateId,
    key::SigningKey,
    proof_file::ProofFile,
    statement::{Body, Statement, WithdrawalReason},
    verdict::{Reason, Verdict},
};

use super::{
    Vector, Withdrawal,
    world::{
        Certificates, NOW, World, accredit, accreditation, admitted, at, document, key, later_ministry, ministry, name,
        other_ministry, school, seal, token, with_one_id,
    },
};

/// The pinned ledger with everything that it holds, and the vectors of its later statements.
pub(super) fn pinned() -> (World, Vec<Vector>) {
    let mut history = History { world: World::early() };
    let vectors = [
        history.withdrawals(),
        history.stolen_key(),
        history.suspension(),
        history.change_of_key(),
        history.same_id(),
        history.later_rules(),
    ];
    let uncounted: Vec<_> = history.world.uncounted().map(|(index, refusal)| (index, refusal.code())).collect();
    assert_eq!(uncounted, UNCOUNTED);
    (history.world, vectors.into_iter().flatten().collect())
}

/// What of the pinned ledger does not count. It was written past admission.
pub const UNCOUNTED: [(u64, &str); 6] = [
    (31, "key_compromised"),
    (37, "suspended"),
    (41, "key_retired"),
    (42, "wrong_seq"),
    (44, "key_used_before"),
    (45, "bad_signature"),
];

struct History {
    world: World,
}

/// A certificate, as the school gave it out.
struct Issued {
    id: CertificateId,
    proof: ProofFile,
}

impl Issued {
    fn file(&self) -> Vec<u8> {
        seal(&document(), &self.proof.encode())
    }
}

/// A statement that withdraws: by whom, and where it stands.
struct Said {
    by: &'static str,
    index: u64,
}

impl Said {
    fn revoked(&self, reason: &'static str) -> Withdrawal {
        Withdrawal { by: self.by, reason: Some(reason), time: at(admitted(self.index)).to_string(), successor: None }
    }

    fn replaced(&self, successor: CertificateId) -> Withdrawal {
        let successor = Some(successor.to_string());
        Withdrawal { by: self.by, reason: None, time: at(admitted(self.index)).to_string(), successor }
    }
}

impl History {
    fn submit(&mut self, body: Body, key: &SigningKey) -> u64 {
        self.put(self.world.next(key, body), &[key])
    }

    fn put(&mut self, statement: Statement, keys: &[&SigningKey]) -> u64 {
        self.world.wait();
        self.world.put(statement, keys)
    }

    fn accredit(&mut self, land: &str, school: &SigningKey, authority: &SigningKey) -> u64 {
        self.submit(accredit(accreditation(land, school)), authority)
    }

    /// A batch by this key, proven by these statements.
    fn issue(&mut self, salt: u8, chain: &[u64], key: &SigningKey) -> Issued {
        let batch = self.world.next(key, Certificates::new(salt).body("abitur"));
        self.issue_as(salt, chain, batch, key)
    }

    fn issue_as(&mut self, salt: u8, chain: &[u64], batch: Statement, key: &SigningKey) -> Issued {
        let (certificates, index) = (Certificates::new(salt), self.put(batch, &[key]));
        Issued { id: certificates.id(), proof: self.world.proof(&certificates, chain, index) }
    }

    fn revoke(&mut self, issued: &[&Issued], reason: WithdrawalReason, key: &SigningKey) -> Said {
        let mut certificates: Vec<_> = issued.iter().map(|issued| issued.id).collect();
        certificates.sort_unstable();
        let by = if key.verifying_key().name().starts_with("ministry") { "authority" } else { "school" };
        Said { by, index: self.submit(Body::Revoke { reason, certificates }, key) }
    }

    fn replace(&mut self, old: &Issued, new: CertificateId, key: &SigningKey) -> Said {
        Said { by: "school", index: self.submit(Body::Replace(vec![(old.id, new)]), key) }
    }

    fn withdrawals(&mut self) -> Vec<Vector> {
        let own = key("schule/07/33333", 30);
        let never_issued = Certificates::new(255).id();
        let chain = [self.accredit("07", &own, &ministry())];
        let [revoked, replaced, successor, replaced_by_nothing, revoked_by_authority, replaced_and_revoked] =
            [10, 11, 12, 13, 14, 15].map(|salt| self.issue(salt, &chain, &own));

        let by_school = self.revoke(&[&revoked], WithdrawalReason::Withdrawn, &own).revoked("withdrawn");
        let replacement = self.replace(&replaced, successor.id, &own).replaced(successor.id);
        let claim = self.replace(&replaced_by_nothing, never_issued, &own).replaced(never_issued);
        let by_authority = self.revoke(&[&revoked_by_authority], WithdrawalReason::Lost, &ministry()).revoked("lost");
        self.replace(&replaced_and_revoked, successor.id, &own);
        let outranking = self.revoke(&[&replaced_and_revoked], WithdrawalReason::Error, &own).revoked("error");
        // It is withdrawn already.
        self.revoke(&[&revoked], WithdrawalReason::Other, &ministry());
        // Neither another school nor another Land's authority has a say.
        self.revoke(&[&successor], WithdrawalReason::Other, &school());
        self.revoke(&[&successor], WithdrawalReason::Other, &other_ministry());

        let withdrawn = "withdrawn after it was issued";
        let superseded = "superseded after it was issued";
        let behind = [revoked.file(), b"\n".to_vec()].concat();
        vec![
            Vector::revoked("revoked-by-school", withdrawn, by_school.clone(), revoked.file()),
            Vector::revoked("revoked-by-authority", withdrawn, by_authority, revoked_by_authority.file()),
            Vector::revoked(
                "revoked-after-replaced",
                "a withdrawal outranks a replacement",
                outranking,
                replaced_and_revoked.file(),
            ),
            Vector::revoked(
                "revoked-in-a-state-too-old",
                "what was taken back is not given again by a later time",
                by_school,
                revoked.file(),
            )
            .under("trust-short-age"),
            Vector::undetermined(
                "revoked-but-register-not-consulted",
                "a proof shows nothing of a later withdrawal",
                Reason::RegisterNotConsulted,
                revoked.file(),
            )
            .without_ledger(),
            Vector::after_seal("after-seal-of-revoked", "1: added after the seal", behind, Verdict::Revoked, None),
            Vector::replaced("replaced", superseded, replacement, replaced.file()),
            Vector::replaced("replaced-by-what-was-never-issued", superseded, claim, replaced_by_nothing.file()),
            Vector::genuine(
                "genuine-successor-that-others-revoked",
                "another school and another Land's authority revoke a certificate: no effect",
                successor.file(),
            ),
        ]
    }

    fn stolen_key(&mut self) -> Vec<Vector> {
        let [stolen, fresh] = [40, 41].map(|seed| key("schule/07/44444", seed));
        let dated_back = |statement: Statement| Statement { time: at(NOW - 86_400), ..statement };
        let chain = [self.accredit("07", &stolen, &ministry())];
        let [doubtful, upheld] = [20, 21].map(|salt| self.issue(salt, &chain, &stolen));
        let theft = self.world.size();
        let forged = dated_back(self.world.next(&stolen, Certificates::new(22).body("abitur")));
        let forged = self.issue_as(22, &chain, forged, &stolen);
        let honest = self.issue(23, &chain, &stolen);
        self.revoke(&[&doubtful], WithdrawalReason::Error, &stolen);
        let confirmed = self.revoke(&[&upheld], WithdrawalReason::Error, &stolen).revoked("error");
        self.submit(Body::Compromise { key: stolen.verifying_key().clone(), from_index: theft }, &ministry());
        self.submit(Body::Uphold(vec![upheld.id]), &ministry());
        let late = dated_back(self.world.next(&stolen, Certificates::new(24).body("abitur")));
        let late = self.issue_as(24, &chain, late, &stolen);
        self.accredit("07", &fresh, &ministry());
        self.submit(Certificates::new(23).body("abitur"), &fresh);

        let about = "a stolen key: dated back";
        vec![
            Vector::not_genuine("batch-by-stolen-key", about, Reason::BatchVoid, forged.file()),
            Vector::not_genuine("batch-by-stolen-key-after-notice", about, Reason::BatchVoid, late.file()),
            Vector::genuine(
                "genuine-endorsed-again",
                "a stolen key: an honest batch between theft and notice, endorsed with the school's new key",
                honest.file(),
            ),
            Vector::undetermined(
                "revoked-by-stolen-key",
                "a stolen key: a withdrawal that may be the thief's",
                Reason::RevocationVoid,
                doubtful.file(),
            ),
            Vector::revoked(
                "revoked-by-stolen-key-and-upheld",
                "a stolen key: an honest withdrawal between theft and notice, upheld by the authority",
                confirmed,
                upheld.file(),
            ),
        ]
    }

    fn suspension(&mut self) -> Vec<Vector> {
        let own = key("schule/07/55555", 50);
        let chain = [self.accredit("07", &own, &ministry())];
        let before = self.issue(30, &chain, &own);
        let suspend = Body::Suspend { school: name("schule/07/55555"), reason: token("inspection") };
        self.submit(suspend, &ministry());
        let under = self.issue(31, &chain, &own);
        vec![
            Vector::genuine("genuine-before-suspension", "issued before the school was suspended", before.file()),
            Vector::not_genuine(
                "batch-under-suspension",
                "issued while the school is suspended",
                Reason::IssuerSuspended,
                under.file(),
            ),
        ]
    }

    fn change_of_key(&mut self) -> Vec<Vector> {
        let [old, new] = [60, 61].map(|seed| key("schule/07/66666", seed));
        let accredited = self.accredit("07", &old, &ministry());
        let statement = self.world.next(&old, Body::Rotate { key: new.verifying_key().clone() });
        let half = {
            let mut world = self.world.clone();
            let rotated = world.put(statement.clone(), &[&old]);
            let certificates = Certificates::new(9);
            let batch = world.put(world.next(&old, certificates.body("abitur")), &[&new]);
            seal(&document(), &world.proof(&certificates, &[accredited, rotated], batch).encode())
        };
        let rotated = self.put(statement, &[&old, &new]);
        let genuine = self.issue(40, &[accredited, rotated], &new);
        let next = |history: &Self, salt| history.world.next(&new, Certificates::new(salt).body("abitur"));
        let given_up = next(self, 41);
        let given_up = self.issue_as(41, &[accredited], given_up, &old);
        let gap = next(self, 42);
        let gap = self.issue_as(42, &[accredited, rotated], Statement { seq: gap.seq + 1, ..gap }, &new);
        let about = "a key that was changed";
        vec![
            Vector::genuine("genuine-after-rotation", about, genuine.file()),
            Vector::not_genuine("batch-by-key-given-up", about, Reason::BadSignature, given_up.file()),
            Vector::not_genuine("rotation-signed-by-half", about, Reason::BadSignature, half),
            Vector::not_genuine(
                "batch-behind-a-gap",
                "a number of the school's chain is left out",
                Reason::NotAccredited,
                gap.file(),
            ),
        ]
    }

    fn same_id(&mut self) -> Vec<Vector> {
        let [own, twin] = with_one_id();
        let accredited = self.accredit("07", &own, &ministry());
        let again = self.accredit("07", &twin, &ministry());
        let forged = self.world.next(&own, Certificates::new(60).body("abitur"));
        let forged = self.issue_as(60, &[again], forged, &twin);
        let under_the_first = self.world.proof(&Certificates::new(60), &[accredited], self.world.size() - 1);
        let genuine = self.issue(61, &[accredited], &own);
        let about = "another key with the same name and key id";
        vec![
            Vector::not_genuine(
                "batch-by-key-of-the-same-id",
                about,
                Reason::BadSignature,
                seal(&document(), &under_the_first.encode()),
            ),
            Vector::not_genuine("accreditation-of-a-key-of-the-same-id", about, Reason::BadSignature, forged.file()),
            Vector::genuine("genuine-beside-a-key-of-the-same-id", about, genuine.file()),
        ]
    }

    fn later_rules(&mut self) -> Vec<Vector> {
        let own = key("schule/05/77777", 70);
        let chain = [self.accredit("05", &own, &later_ministry())];
        let issued = self.issue(50, &chain, &own);
        self.submit(Body::Require { version: 2 }, &later_ministry());
        vec![Vector::undetermined(
            "later-rules",
            "an authority that withdraws by rules of a later version",
            Reason::VerifierTooOld,
            issued.file(),
        )]
    }
}
