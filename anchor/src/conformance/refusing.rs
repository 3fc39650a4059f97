// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What a ledger does not take in: each fault alone, with its exact reason, and nothing is left behind.

use proof::{
    encoding::{base64_decode, base64_encode},
    entry::CertificateId,
    register::Refusal,
    statement::{Accreditation, Body, Kinds, SignedStatement, Statement, Token, WithdrawalReason},
    tree::TreeSize,
};

use super::{
    Site,
    cast::{NOW, Speaker, Stage, accredit, accreditation, at, batch, land, name},
};
use crate::ledger::AppendError;

/// Sends a note to a ledger of so many entries; the refusal must leave no trace.
async fn assert_refused<S: Site>(stage: &Stage<S>, note: &[u8], refusal: Refusal) {
    let before = stage.ledger.checkpoint().await.expect("readable");
    let size = stage.checkpoint(&*stage.ledger).await.checkpoint().size;
    let outcome = stage.ledger.append(size, note).await;
    assert_eq!(outcome, Err(AppendError::Rejected(refusal)), "{}", String::from_utf8_lossy(note));
    assert_eq!(stage.ledger.checkpoint().await.as_deref(), Ok(before.as_slice()));
    assert_eq!(stage.ledger.entries(size.0..size.0 + 1).await, Ok(vec![]));
}

fn signed(speaker: &Speaker, statement: Statement) -> Vec<u8> {
    statement.sign(&[&speaker.key]).expect("small").note().to_vec()
}

/// Bytes that are no statement, and statements of nobody.
pub async fn what_nobody_may_say_is_refused<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    let large = vec![b'a'; 70_000];
    for note in [&b""[..], b"text\n", b"text\n\n\xe2\x80\x94 a AAAAAAA=\n", &[0xff; 100], &large] {
        assert_refused(&stage, note, Refusal::Malformed).await;
    }
    let text = stage.ministry.would_say(batch(0)).text().replace("type batch", "type verify");
    let unknown = proof::note::sign(&text, &[&stage.ministry.key]).expect("signed");
    assert_refused(&stage, unknown.as_bytes(), Refusal::UnknownType).await;

    let stranger = Speaker::new("stranger.example", 9);
    let note = stranger.sign(accredit(accreditation(&stage.school)));
    assert_refused(&stage, note.note(), Refusal::UnknownIssuer).await;
    assert_refused(&stage, stage.school.sign(batch(0)).note(), Refusal::UnknownIssuer).await;

    let mut school = stage.school.clone();
    stage.accredit(&mut school).await;
    let elsewhere = Statement { ledger: name("other.example"), ..school.would_say(batch(0)) };
    assert_refused(&stage, &signed(&school, elsewhere), Refusal::WrongLedger).await;
    let ahead = |seconds| signed(&school, Statement { time: at(NOW + seconds), ..school.would_say(batch(0)) });
    assert_refused(&stage, &ahead(601), Refusal::TimeAhead).await;
    assert_eq!(stage.ledger.append(TreeSize(1), &ahead(600)).await.map(|appended| appended.index.0), Ok(1));
}

/// Chain, scope and period of a school.
pub async fn what_a_school_may_not_say_is_refused<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    stage.fill(3).await;
    let school = stage.school.clone();
    let next = || school.would_say(batch(9));
    let gap = Statement { seq: 3, ..next() };
    assert_refused(&stage, &signed(&school, gap), Refusal::WrongSeq { got: 3, wanted: 2 }).await;
    let reuse = Statement { seq: 1, ..next() };
    assert_refused(&stage, &signed(&school, reuse), Refusal::WrongSeq { got: 1, wanted: 2 }).await;
    let branch = Statement { prev: Some(proof::Hash([7; 32])), ..next() };
    assert_refused(&stage, &signed(&school, branch), Refusal::WrongPrev).await;
    let start = Statement { prev: None, ..next() };
    assert_refused(&stage, &signed(&school, start), Refusal::WrongPrev).await;

    let Body::Batch { size, root, .. } = batch(9) else { unreachable!("a batch") };
    let other_kind = Body::Batch { kind: Token::parse("zeugnis").expect("a token"), size, root };
    assert_refused(&stage, school.sign(other_kind).note(), Refusal::KindOutOfScope).await;
    assert_refused(&stage, school.sign(accredit(accreditation(&school))).note(), Refusal::UnknownIssuer).await;
    let rotate = Body::Rotate { key: Speaker::new("schule.example", 4).key.verifying_key().clone() };
    assert_refused(&stage, school.sign(rotate).note(), Refusal::BadSignature).await;
    let revoke = Body::Revoke { reason: WithdrawalReason::Error, certificates: vec![CertificateId(root)] };
    let stranger = Speaker::new("other.example", 6);
    assert_refused(&stage, stranger.sign(revoke).note(), Refusal::UnknownIssuer).await;

    stage.dial.turn_to(NOW + 31_536_000);
    assert_refused(&stage, school.sign(batch(9)).note(), Refusal::AfterPeriod).await;
    stage.dial.turn_to(NOW + 31_535_999);
    let appended = stage.ledger.append(TreeSize(3), school.sign(batch(9)).note()).await;
    assert_eq!(appended.map(|appended| appended.index.0), Ok(3), "until the last second");
}

/// Land, window, keys and period of what a ministry says.
pub async fn what_a_ministry_may_not_say_is_refused<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    let good = accreditation(&stage.school);
    let changed = |change: &dyn Fn(&mut Accreditation)| {
        let mut bad = good.clone();
        change(&mut bad);
        stage.ministry.sign(accredit(bad)).note().to_vec()
    };
    let land_05 = Refusal::WrongLand { got: land("05"), wanted: land("07") };
    assert_refused(&stage, &changed(&|bad| bad.state = land("05")), land_05).await;
    assert_refused(&stage, &changed(&|bad| bad.school = name("other.example")), Refusal::KeyOfAnotherName).await;
    assert_refused(&stage, &changed(&|bad| bad.until = bad.from), Refusal::EmptyPeriod).await;
    let own_key = Speaker::new("schule.example", 1).key.verifying_key().clone();
    assert_refused(&stage, &changed(&|bad| bad.key = own_key.clone()), Refusal::KeyUsedBefore).await;
    let later = stage.later.sign(accredit(good.clone()));
    assert_refused(&stage, later.note(), Refusal::OutsideWindow).await;
    let impostor = Speaker::new("km.example", 5).sign(accredit(good.clone()));
    assert_refused(&stage, impostor.note(), Refusal::BadSignature).await;

    let begins = Accreditation { from: at(NOW + 60), kinds: Kinds::All, ..good.clone() };
    let note = stage.ministry.sign(accredit(begins.clone()));
    stage.school.chain.prev = Some(note.text_hash());
    let note = stage.ministry.say(accredit(begins));
    assert_eq!(stage.ledger.append(TreeSize(0), &note).await.map(|appended| appended.index.0), Ok(0));
    assert_refused(&stage, stage.school.sign(batch(0)).note(), Refusal::BeforePeriod).await;
    let thief = Speaker::new("thief.example", 3);
    let taken = stage.ministry.sign(accredit(accreditation(&thief)));
    assert_refused(&stage, taken.note(), Refusal::KeyUsedBefore).await;
    let again = Statement { seq: 0, prev: None, ..stage.ministry.would_say(accredit(accreditation(&stage.school))) };
    let wrong = Refusal::WrongSeq { got: 0, wanted: 1 };
    assert_refused(&stage, &signed(&stage.ministry, again), wrong).await;
}

/// Exactly the lines that are needed, in their one encoding.
pub async fn signatures_are_exact<S: Site>() {
    let mut stage = Stage::<S>::new().await;
    stage.fill(2).await;
    let good = stage.school.sign(batch(9));
    let note = String::from_utf8(good.note().to_vec()).expect("text");
    let line = note.lines().last().expect("a signature line").to_owned();
    let stranger = proof::note::sign(good.text(), &[&Speaker::new("a.example", 8).key]).expect("signed");
    let strange = stranger.lines().last().expect("a signature line");
    for bad in [
        format!("{note}{line}\n"),
        format!("{note}{strange}\n"),
        note.replace(&line, &format!("{strange}\n{line}")),
        note.replace(&line, strange),
        note.replace(&line, &with_signature(&line, |signature| signature[0] ^= 1)),
        note.replace(&line, &with_signature(&line, add_group_order)),
        note.replace("— schule.example ", "— schule "),
    ] {
        assert_refused(&stage, bad.as_bytes(), Refusal::BadSignature).await;
    }
    assert_eq!(stage.ledger.append(TreeSize(2), good.note()).await.map(|appended| appended.index.0), Ok(2));
    let twin = note.replace(&line, &with_signature(&line, add_group_order));
    assert!(SignedStatement::parse(twin.clone().into_bytes()).is_ok(), "well-formed");
    assert_refused(&stage, twin.as_bytes(), Refusal::Duplicate).await;
}

/// A signature line whose 64 bytes behind the key id were changed.
fn with_signature(line: &str, change: impl Fn(&mut [u8; 64])) -> String {
    let (head, signature) = line.rsplit_once(' ').expect("three words");
    let mut bytes = base64_decode(signature).expect("base64");
    let signature = bytes[4..].as_mut_array().expect("64 bytes");
    change(signature);
    format!("{head} {}", base64_encode(&bytes))
}

/// Adds the order of the group to S: the same number in a second spelling, which strict verification refuses.
fn add_group_order(signature: &mut [u8; 64]) {
    let order = proof::encoding::hex_decode(b"edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut carry = 0;
    for (byte, add) in signature[32..].iter_mut().zip(order.expect("hex")) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        [*byte, _] = sum.to_le_bytes();
        carry = sum >> 8;
    }
}
