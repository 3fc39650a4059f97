// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Certificates that were taken back: by whom with what effect, and what comes before and after that in a verdict.

use super::*;
use crate::statement::WithdrawalReason;

/// A judgement without its reason's text, for comparing at a glance: verdict, by whom, at what time.
fn told(judgement: &Judgement) -> (Verdict, Option<(&'static str, Option<Timestamp>)>) {
    (judgement.verdict, judgement.withdrawn.as_ref().map(|withdrawal| (withdrawal.by, withdrawal.time)))
}

const GENUINE: (Verdict, Option<Reason>) = (Verdict::Genuine, None);
const REVOKED: (Verdict, Option<Reason>) = (Verdict::Revoked, None);
const REPLACED: (Verdict, Option<Reason>) = (Verdict::Replaced, None);

fn successor() -> CertificateId {
    CertificateId(Hash([0xab; 32]))
}

fn replace(world: &World) -> Body {
    Body::Replace(vec![(world.certificate(), successor())])
}

/// A world in which these say, after the batch, that the certificate is revoked.
fn revoked_by(key: &crate::key::SigningKey) -> World {
    let mut world = World::with_batch();
    world.submit_later(revoke(&[world.certificate()]), key);
    world
}

fn judged(world: &World) -> (Verdict, Option<Reason>) {
    said(&Setting::default().judge(world, &world.file()))
}

#[test]
fn revoked() {
    for reason in WithdrawalReason::ALL {
        for (key, by) in [(school(), "school"), (ministry(), "authority")] {
            let mut world = World::with_batch();
            let genuine = Setting::default().judge(&world, &world.file());
            world.submit_later(Body::Revoke { reason, certificates: vec![world.certificate()] }, &key);
            let details = Details { tree_size: Some(3), ..genuine.details.clone() };
            let withdrawal =
                Withdrawal { by, reason: Some(reason.as_str().to_owned()), time: Some(at(LATER)), successor: None };
            let wanted = Judgement { verdict: Verdict::Revoked, details, withdrawn: Some(withdrawal), ..genuine };
            assert_eq!(Setting::default().judge(&world, &world.file()), wanted);
        }
    }
}

#[test]
fn replaced() {
    let mut world = World::with_batch();
    let genuine = Setting::default().judge(&world, &world.file());
    world.submit_later(replace(&world), &school());
    let details = Details { tree_size: Some(3), ..genuine.details.clone() };
    let withdrawal = Withdrawal { by: "school", reason: None, time: Some(at(LATER)), successor: Some(successor()) };
    let wanted = Judgement { verdict: Verdict::Replaced, details, withdrawn: Some(withdrawal), ..genuine };
    assert_eq!(Setting::default().judge(&world, &world.file()), wanted);
    world.submit_later(revoke(&[world.certificate()]), &school());
    assert_eq!(judged(&world), REVOKED, "revoke outranks replace");
}

#[test]
fn what_was_never_issued_may_be_named_as_successor_and_is_only_a_claim() {
    let mut world = World::with_batch();
    world.submit(Body::Replace(vec![(world.certificate(), world.certificate())]), &school());
    let judgement = Setting::default().judge(&world, &world.file());
    assert_eq!(said(&judgement), REPLACED);
    assert_eq!(judgement.withdrawn.and_then(|withdrawal| withdrawal.successor), Some(world.certificate()));
}

#[test]
fn a_neighbour_of_a_withdrawn_certificate_is_genuine() {
    let world = revoked_by(&school());
    let neighbour = seal(world::NEIGHBOUR, &world.neighbours_proof().encode());
    assert_eq!(said(&Setting::default().judge(&world, &neighbour)), GENUINE);
}

#[test]
fn only_the_school_itself_and_the_authority_of_its_land_take_a_certificate_back() {
    let other = signing_key("schule.example/other", 55);
    let mut world = World::with_batch();
    world.submit(accredit(&accreditation("07", &other)), &ministry());
    world.submit(accredit(&accreditation("06", &signing_key(SCHOOL, 66))), &other_ministry());
    world.submit(revoke(&[world.certificate()]), &other);
    world.submit(replace(&world), &other);
    world.submit(revoke(&[world.certificate()]), &signing_key(SCHOOL, 66));
    world.submit(revoke(&[world.certificate()]), &other_ministry());
    world.submit(revoke(&[world.certificate()]), &signing_key("nobody.example", 77));
    assert_eq!(judged(&world), GENUINE);
    let counted: Vec<_> = (2..9).map(|index| world.replica.register().refusal(LeafIndex(index)).is_none()).collect();
    assert_eq!(counted, [true, true, true, true, true, true, false], "the ledger cannot see it");
    world.submit(revoke(&[world.certificate()]), &ministry());
    assert_eq!(judged(&world), REVOKED);
}

#[test]
fn another_schools_certificate_is_not_withdrawn_by_naming_its_id_and_root() {
    // The other school issues the very same root and withdraws the certificate in it.
    let other = signing_key("schule.example/other", 55);
    let mut world = World::with_batch();
    world.submit(accredit(&accreditation("07", &other)), &ministry());
    let copied = world.submit(world.batch_body(), &other);
    world.submit(revoke(&[world.certificate()]), &other);
    assert_eq!(judged(&world), GENUINE);
    let copy = seal(DOCUMENT, &world.proof_of(&[2], copied).encode());
    let judgement = Setting::default().judge(&world, &copy);
    assert_eq!(said(&judgement), REVOKED, "what it says of its own");
    assert_eq!(judgement.details.school.map(|school| school.key_name).as_deref(), Some("schule.example/other"));
}

#[test]
fn a_withdrawal_may_stand_before_the_batch() {
    let mut world = World::accredited();
    world.submit(revoke(&[world.certificate()]), &school());
    let batch = world.submit(world.batch_body(), &school());
    assert_eq!(verdict(&world, &world.proof_of(&[0], batch)), REVOKED);
}

#[test]
fn revocation_void() {
    let mut world = revoked_by(&school());
    world.submit_later(compromise(&school(), 2), &ministry());
    let judgement = Setting::default().judge(&world, &world.file());
    assert_eq!((said(&judgement), judgement.proven_at_issue), (undetermined(Reason::RevocationVoid), true));
    assert_eq!((judgement.withdrawn, judgement.certificate), (None, Some(world.certificate())));
    assert_eq!((judgement.details.tree_size, judgement.details.as_of), (Some(4), Some(at(NOW))));
    assert_eq!(judgement.details.issuer_status, Some(crate::register::IssuerStatus::Compromised));

    let mut replaced = World::with_batch();
    replaced.submit(replace(&replaced), &school());
    replaced.submit(compromise(&school(), 2), &ministry());
    assert_eq!(judged(&replaced), undetermined(Reason::RevocationVoid), "of a replacement as well");
}

/// Who says what, the verdict after that, who is told to have withdrawn it, and when.
type Settling<'a> = (&'a crate::key::SigningKey, Body, (Verdict, Option<Reason>), &'a str, u64);

#[test]
fn a_void_withdrawal_is_settled_by_an_authority_or_with_the_new_key() {
    let new = signing_key(SCHOOL, 44);
    let certificate = World::with_batch().certificate();
    let again = revoke(&[certificate]);
    let (ministry, other) = (ministry(), other_ministry());
    let cases: [Settling; 5] = [
        (&ministry, Body::Uphold(vec![certificate]), REVOKED, "school", LATER),
        (&ministry, again.clone(), REVOKED, "authority", LATER + 1),
        (&new, again.clone(), REVOKED, "school", LATER + 1),
        (&new, Body::Replace(vec![(certificate, successor())]), REPLACED, "school", LATER + 1),
        (&other, again, undetermined(Reason::RevocationVoid), "", 0),
    ];
    for (key, body, wanted, by, time) in cases {
        let mut world = revoked_by(&school());
        world.submit_later(compromise(&school(), 2), &ministry);
        world.submit_later(accredit(&accreditation("07", &new)), &ministry);
        world.put_at(LATER + 1, world.next(key, body.clone()), &[key]);
        let judgement = Setting::default().judge(&world, &world.file());
        let told_of = (!by.is_empty()).then(|| (by, Some(at(time))));
        assert_eq!((said(&judgement), told(&judgement).1), (wanted, told_of), "{body:?}");
    }
}

#[test]
fn a_withdrawal_is_told_even_by_an_old_state_and_without_a_quorum() {
    let world = revoked_by(&school());
    let old = Setting { now: NOW + 3_600, ..Setting::default() };
    let judgement = old.judge(&world, &world.file());
    assert_eq!((said(&judgement), judgement.details.as_of), (REVOKED, Some(at(NOW))));

    let setting = Setting::default();
    let judgement = setting.judge_with(setting.consult(&world, &[]), &world.file());
    assert_eq!((said(&judgement), judgement.details.as_of), (REVOKED, None), "the ledger alone signed");
    assert_eq!((judgement.details.issuer_status, judgement.details.tree_size), (None, Some(3)));

    let none = Setting { quorum: "none", ..Setting::default() };
    assert_eq!(said(&none.judge(&world, &world.file())), REVOKED);
}

#[test]
fn what_is_void_is_told_only_by_a_present_state() {
    let mut world = revoked_by(&school());
    world.submit_later(compromise(&school(), 2), &ministry());
    let old = Setting { now: NOW + 3_600, ..Setting::default() };
    assert_eq!(said(&old.judge(&world, &world.file())), undetermined(Reason::StateTooOld));
    let setting = Setting::default();
    let bare = setting.judge_with(setting.consult(&world, &[]), &world.file());
    assert_eq!(said(&bare), undetermined(Reason::QuorumNotMet));
}

#[test]
fn a_proof_that_omits_a_withdrawal_is_judged_by_the_register() {
    let before = World::with_batch();
    let (old_file, world) = (before.file(), revoked_by(&school()));
    assert_eq!(said(&Setting::default().judge(&world, &old_file)), REVOKED, "under the checkpoint of its day");
    assert_eq!(said(&Setting::default().judge_alone(&world.file())), undetermined(Reason::RegisterNotConsulted));
    assert_eq!(said(&Setting::default().judge(&before, &old_file)), GENUINE, "as of then");
}

#[test]
fn a_contradiction_wins_over_a_withdrawal() {
    let mut world = revoked_by(&school());
    let other = seal(&[DOCUMENT, DOCUMENT].concat(), &world.proof().encode());
    assert_eq!(said(&Setting::default().judge(&world, &other)), not_genuine(Reason::NotInBatch));
    let longer = Setting::default().judge(&world, &[world.file(), b"x".to_vec()].concat());
    assert_eq!((said(&longer), &longer.withdrawn), (not_genuine(Reason::BytesAfterSeal), &None));
    let part = longer.sealed_part.expect("a sealed part");
    assert_eq!(told(&part), (Verdict::Revoked, Some(("school", Some(at(LATER))))));
    world.submit_later(compromise(&school(), 1), &ministry());
    world.submit_later(revoke(&[world.certificate()]), &ministry());
    assert_eq!(judged(&world), not_genuine(Reason::BatchVoid));
}

#[test]
fn a_withdrawal_wins_over_claims_that_cannot_be_read_and_not_over_rules_that_cannot() {
    let mut world = World { claims: ClaimsRoot([1; 32]), ..World::accredited() };
    world.submit(world.batch_body(), &school());
    assert_eq!(judged(&world), undetermined(Reason::VerifierTooOld));
    world.submit(revoke(&[world.certificate()]), &school());
    assert_eq!(judged(&world), REVOKED);
    world.submit(Body::Require { version: crate::register::RULES_VERSION + 1 }, &ministry());
    assert_eq!(judged(&world), undetermined(Reason::VerifierTooOld));
}
