// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The grammar of policies line by line, and what checkpoints are worth under them.

use proptest::{prelude::*, sample};

use super::*;
use crate::{
    Hash,
    fixtures::{NOW, ORIGIN, at, cosigning_key, name, signing_key},
    key::SigningKey,
    note,
    tree::TreeSize,
};

fn ledger() -> SigningKey {
    signing_key(ORIGIN, 1)
}

/// The witness `number`; its name in policies is `W<number>`.
fn witness(number: u8) -> SigningKey {
    cosigning_key(&format!("w{number}.example"), 100 + number)
}

/// A policy of [`ledger`], five witnesses, and these lines.
fn policy(lines: &str) -> Policy {
    let witnesses = (1..=5).map(|number| format!("witness W{number} {}\n", witness(number).verifying_key()));
    let text = format!("log {}\n{}{lines}\n", ledger().verifying_key(), witnesses.collect::<String>());
    Policy::parse(text.as_bytes()).expect("a policy")
}

fn checkpoint() -> Checkpoint {
    Checkpoint { origin: name(ORIGIN), size: TreeSize(5), root: Hash([7; 32]) }
}

/// Which witness cosigns when.
type Times = &'static [(u8, u64)];

/// A signed checkpoint with the cosignatures of these witnesses at these times.
fn cosigned(times: &[(u8, u64)]) -> String {
    let lines = times.iter().map(|(number, time)| checkpoint().cosign(&witness(*number), at(*time)));
    checkpoint().sign(&ledger()) + &lines.collect::<String>()
}

fn weighed(policy: &Policy, note: &str) -> Result<Cosigned, CheckpointError> {
    policy.verify(note.as_bytes(), at(NOW)).map(|verified| verified.cosigned())
}

/// The example of the specification with keys filled in.
fn example() -> String {
    let key = |number| witness(number).verifying_key().to_string();
    format!(
        "log {}\n\nwitness X1 {}\nwitness X2 {}\nwitness X3 {}\ngroup X-witnesses 2 X1 X2 X3\n\nwitness Y1 {}\nwitness Y2 {}\n\
         witness Y3 {}\ngroup Y-witnesses any Y1 Y2 Y3\n\ngroup X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n",
        ledger().verifying_key(),
        key(1),
        key(2),
        key(3),
        key(4),
        key(5),
        key(6),
    )
}

#[test]
fn reads_the_example_of_the_specification() {
    let policy = Policy::parse(example().as_bytes()).expect("a policy");
    assert_eq!(policy.origins().map(KeyName::as_str).collect::<Vec<_>>(), [ORIGIN]);
    let words: Vec<_> = policy.keys().map(|(word, key)| format!("{word} {}", key.name())).collect();
    let witnesses = (1..=6).map(|number| format!("witness w{number}.example"));
    assert_eq!(words, [vec![format!("log {ORIGIN}")], witnesses.collect()].concat());
    let met = [cosigned(&[(1, 10), (3, 30), (5, 20)]), cosigned(&[(1, 10), (2, 20), (3, 30), (4, 25)])];
    assert_eq!(met.map(|note| weighed(&policy, &note)), [Ok(Cosigned::AsOf(at(10))), Ok(Cosigned::AsOf(at(20)))]);
    for missed in [&[(1, 10), (5, 20)][..], &[(1, 1), (2, 2), (3, 3)], &[(4, 1), (5, 2), (6, 3)], &[]] {
        assert_eq!(weighed(&policy, &cosigned(missed)), Ok(Cosigned::BelowQuorum), "{missed:?}");
    }
}

#[test]
fn space_comments_and_urls_change_nothing() {
    let plain = Policy::parse(example().as_bytes()).expect("a policy");
    let spaced = example().replace(' ', " \t ").replace('\n', " \t\n\t# Verträge, ≠ Zeilen\n  \n#x\n");
    assert_eq!(Policy::parse(spaced.as_bytes()), Ok(plain.clone()));
    assert_eq!(Policy::parse(example().trim_end().as_bytes()), Ok(plain.clone()), "a last line without its line feed");
    let with_url = |text: &str| text.lines().map(|line| line.to_owned() + " https://ä.example/x\n").collect::<String>();
    let (log, rest) = example().split_once("\n\n").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("two parts");
    let addressed = Policy::parse(format!("{}{rest}", with_url(&log)).as_bytes()).expect("a policy");
    assert_ne!(addressed, plain);
    assert!(addressed.to_string().starts_with(&with_url(&log)));
}

#[test]
fn each_fault_is_named_with_its_line() {
    let log = ledger().verifying_key().to_string();
    let (w1, w2) = (witness(1).verifying_key().to_string(), witness(2).verifying_key().to_string());
    let renamed_log = signing_key("other.example", 1).verifying_key().to_string();
    let renamed_witness = cosigning_key("other.example", 101).verifying_key().to_string();
    let material = crate::encoding::base64_decode(log.rsplit('+').next().expect("a key")).expect("base64");
    let Hash([a, b, c, d, ..]) = Hash::of(&[b"Ledger\n", &material]);
    let capital = format!("Ledger+{a:02x}{b:02x}{c:02x}{d:02x}+{}", crate::encoding::base64_encode(&material));
    let head = format!("log {log}\nwitness A {w1}\nwitness B {w2}\n");
    let cases = [
        ("quorum A\x7f".to_owned(), 4, PolicyFault::NotText),
        ("quorum A\r".to_owned(), 4, PolicyFault::NotText),
        ("# \x0b".to_owned(), 4, PolicyFault::NotText),
        ("quorum".to_owned(), 4, PolicyFault::UnknownLine),
        ("quorum A B".to_owned(), 4, PolicyFault::UnknownLine),
        ("Quorum A".to_owned(), 4, PolicyFault::UnknownLine),
        ("monitor A".to_owned(), 4, PolicyFault::UnknownLine),
        ("log".to_owned(), 4, PolicyFault::UnknownLine),
        (format!("log {renamed_log} https://a b"), 4, PolicyFault::UnknownLine),
        ("witness C".to_owned(), 4, PolicyFault::UnknownLine),
        ("group G".to_owned(), 4, PolicyFault::UnknownLine),
        ("log nothing".to_owned(), 4, PolicyFault::Key(KeyError::Malformed)),
        (format!("log {}", renamed_log.replace("other", "order")), 4, PolicyFault::Key(KeyError::WrongId)),
        (format!("log {w1}"), 4, PolicyFault::WrongKeyType),
        (format!("witness C {log}"), 4, PolicyFault::WrongKeyType),
        (format!("log {log}"), 4, PolicyFault::DuplicateKey),
        (format!("log {renamed_log}"), 4, PolicyFault::DuplicateKey),
        (format!("witness C {w1}"), 4, PolicyFault::DuplicateKey),
        (format!("witness C {renamed_witness}"), 4, PolicyFault::DuplicateKey),
        (format!("witness A {}", witness(3).verifying_key()), 4, PolicyFault::DuplicateName),
        (format!("witness none {}", witness(3).verifying_key()), 4, PolicyFault::DuplicateName),
        ("group A 1 B".to_owned(), 4, PolicyFault::DuplicateName),
        ("group none 1 B".to_owned(), 4, PolicyFault::DuplicateName),
        ("group G 1 C".to_owned(), 4, PolicyFault::UnknownName),
        ("group G 1 G".to_owned(), 4, PolicyFault::UnknownName),
        ("group G 1 none".to_owned(), 4, PolicyFault::UnknownName),
        ("quorum C".to_owned(), 4, PolicyFault::UnknownName),
        ("group G 1 A A".to_owned(), 4, PolicyFault::MemberTwice),
        ("group G 1 A\n\ngroup H 1 A".to_owned(), 6, PolicyFault::MemberTwice),
        ("group G 0 A".to_owned(), 4, PolicyFault::BadThreshold),
        ("group G 2 A".to_owned(), 4, PolicyFault::BadThreshold),
        ("group G 01 A".to_owned(), 4, PolicyFault::BadThreshold),
        ("group G +1 A".to_owned(), 4, PolicyFault::BadThreshold),
        ("group G most A".to_owned(), 4, PolicyFault::BadThreshold),
        ("group G any".to_owned(), 4, PolicyFault::BadThreshold),
        ("group G all".to_owned(), 4, PolicyFault::BadThreshold),
        ("group G 18446744073709551615 A".to_owned(), 4, PolicyFault::BadThreshold),
        ("quorum A\nquorum A".to_owned(), 5, PolicyFault::QuorumCount),
        ("quorum A\nquorum none".to_owned(), 5, PolicyFault::QuorumCount),
        ("quorum B\nlog".to_owned(), 5, PolicyFault::UnknownLine),
        (format!("log {capital}"), 4, PolicyFault::DuplicateKey),
        ("group G 1 A".to_owned(), 4, PolicyFault::QuorumCount),
    ];
    for (lines, line, fault) in cases {
        assert_eq!(Policy::parse((head.clone() + &lines).as_bytes()), Err(PolicyError { line, fault }), "{lines:?}");
    }
    let alone = format!("log {capital}\n");
    assert_eq!(Policy::parse(alone.as_bytes()), Err(PolicyError { line: 1, fault: PolicyFault::BadOrigin }));
    assert_eq!(Policy::parse(b"\xff"), Err(PolicyError { line: 1, fault: PolicyFault::NotText }));
    let large = " ".repeat(MAX_POLICY_BYTES - 11) + "quorum none";
    assert!(Policy::parse(large.as_bytes()).is_ok());
    assert_eq!(Policy::parse((large + " ").as_bytes()), Err(PolicyError { line: 1, fault: PolicyFault::NotText }));
}

#[test]
fn a_policy_without_a_quorum_line_is_none() {
    assert_eq!(Policy::parse(b""), Err(PolicyError { line: 1, fault: PolicyFault::QuorumCount }));
    assert_eq!(Policy::parse(b"quorum none").map(|policy| policy.to_string()).as_deref(), Ok("quorum none\n"));
}

#[test]
fn thirty_two_of_each_and_groups_at_any_depth_are_read() {
    let logs = (0..32).map(|n| format!("log {}\n", signing_key(&format!("l{n}.example"), n).verifying_key()));
    let witnesses = (1..=32).map(|n| format!("witness W{n} {}\n", witness(n).verifying_key()));
    let groups = (1..=32).map(|n| format!("group G{n} 1 W{n}\n"));
    let text = logs.chain(witnesses).chain(groups).collect::<String>() + "quorum G32\n";
    assert_eq!(Policy::parse(text.as_bytes()).expect("a policy").to_string(), text);

    let deep: Vec<_> = (1..2_000).map(|n| format!("group G{n} 1 G{}\n", n - 1)).collect();
    let policy = policy(&format!("group G0 1 W1\n{}quorum G1999", deep.concat()));
    assert_eq!(weighed(&policy, &cosigned(&[(1, 9)])), Ok(Cosigned::AsOf(at(9))));
    assert_eq!(weighed(&policy, &cosigned(&[(2, 9)])), Ok(Cosigned::BelowQuorum));
}

#[test]
fn only_a_known_ledger_with_a_good_signature_is_believed() {
    let policy = policy("quorum none");
    let good = checkpoint().sign(&ledger());
    let verified = policy.verify(good.as_bytes(), at(NOW)).expect("signed");
    assert_eq!((verified.checkpoint(), verified.cosigned()), (&checkpoint(), Cosigned::NotRequired));

    let unknown = |origin| Err(CheckpointError::UnknownLedger { origin: name(origin) });
    let elsewhere = Checkpoint { origin: name("other.example"), ..checkpoint() };
    assert_eq!(weighed(&policy, &elsewhere.sign(&ledger())), unknown("other.example"));
    assert_eq!(weighed(&policy, &elsewhere.sign(&signing_key("other.example", 1))), unknown("other.example"));
    assert_eq!(weighed(&policy, &checkpoint().sign(&signing_key(ORIGIN, 2))), unknown(ORIGIN));
    assert_eq!(
        weighed(&policy, &good.replace("\n5\n", "\n6\n")),
        Err(CheckpointError::BadSignature { key: ORIGIN.to_owned() })
    );
    let key_as_cosigner = checkpoint().sign(&cosigning_key(ORIGIN, 1));
    assert_eq!(weighed(&policy, &key_as_cosigner), unknown(ORIGIN));
    assert_eq!(weighed(&policy, "nothing"), Err(CheckpointError::Note(NoteError::NoText)));
    for text in [
        "a\n5\n",
        "ledger.example\n05\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
        &(checkpoint().text() + "extension\n"),
    ] {
        assert_eq!(
            weighed(&policy, &note::sign(text, &[&ledger()]).expect("signed")),
            Err(CheckpointError::Malformed),
            "{text}"
        );
    }
    let huge = Checkpoint { size: TreeSize((1 << 48) + 1), ..checkpoint() };
    assert_eq!(weighed(&policy, &huge.sign(&ledger())), Err(CheckpointError::Malformed));
}

#[test]
fn a_line_of_a_known_key_that_does_not_hold_spoils_all() {
    let policy = policy("quorum W1");
    let good = cosigned(&[(1, 9), (2, 9)]);
    let forged = Checkpoint { size: TreeSize(4), ..checkpoint() };
    for number in [1, 2, 5] {
        let line = forged.cosign(&witness(number), at(9));
        let refused = Err(CheckpointError::BadSignature { key: format!("w{number}.example") });
        assert_eq!(weighed(&policy, &(good.clone() + &line)), refused);
    }
    let second = forged.sign(&ledger()).split_once("\n\n").expect("a note").1.to_owned();
    assert_eq!(
        weighed(&policy, &(good.clone() + &second)),
        Err(CheckpointError::BadSignature { key: ORIGIN.to_owned() })
    );
    let short = note::signature_line(witness(1).verifying_key(), &[0; 71]);
    assert_eq!(weighed(&policy, &(good + &short)), Err(CheckpointError::BadSignature { key: "w1.example".to_owned() }));
}

#[test]
fn lines_of_unknown_keys_are_ignored() {
    let policy = policy("quorum W1");
    let stranger = Checkpoint { size: TreeSize(4), ..checkpoint() }.cosign(&witness(9), at(9));
    let same_name = checkpoint().cosign(&cosigning_key("w1.example", 9), at(NOW));
    let post_quantum = format!("— w1.example {}\n", crate::encoding::base64_encode(&[6; 2_432]));
    let note = cosigned(&[(1, 9)]) + &stranger + &same_name + &post_quantum;
    assert_eq!(weighed(&policy, &note), Ok(Cosigned::AsOf(at(9))));
}

#[test]
fn the_cosigned_time_is_the_latest_that_the_quorum_reaches() {
    let cases: [(&str, Times, Cosigned); 10] = [
        ("quorum W1", &[(1, 9), (2, 99)], Cosigned::AsOf(at(9))),
        ("quorum W1", &[(1, 9), (1, 99), (1, 50)], Cosigned::AsOf(at(99))),
        ("group G any W1 W2\nquorum G", &[(1, 9), (2, 99)], Cosigned::AsOf(at(99))),
        ("group G all W1 W2\nquorum G", &[(1, 9), (2, 99)], Cosigned::AsOf(at(9))),
        ("group G 2 W1 W2 W3\nquorum G", &[(1, 9), (2, 99), (3, 50)], Cosigned::AsOf(at(50))),
        ("group G 2 W1 W2 W3\nquorum G", &[(1, 9), (1, 99), (4, 1), (5, 1)], Cosigned::BelowQuorum),
        ("group G 2 W1 W2\ngroup H any G W3\nquorum H", &[(1, 9), (3, 5)], Cosigned::AsOf(at(5))),
        ("group G 2 W1 W2\ngroup H any G W3\nquorum H", &[(1, 9), (2, 8), (3, 5)], Cosigned::AsOf(at(8))),
        ("group G 2 W1 W2\ngroup H all G W3\nquorum H", &[(1, 9), (2, 8), (3, 5)], Cosigned::AsOf(at(5))),
        ("quorum none", &[(1, 9)], Cosigned::NotRequired),
    ];
    for (lines, times, wanted) in cases {
        assert_eq!(weighed(&policy(lines), &cosigned(times)), Ok(wanted), "{lines}: {times:?}");
    }
}

#[test]
fn times_of_nothing_and_of_the_future_are_ignored() {
    let policy = policy("quorum W1");
    let cases = [
        (0, Cosigned::BelowQuorum),
        (1, Cosigned::AsOf(at(1))),
        (NOW, Cosigned::AsOf(at(NOW))),
        (NOW + 600, Cosigned::AsOf(at(NOW + 600))),
        (NOW + 601, Cosigned::BelowQuorum),
    ];
    for (time, wanted) in cases {
        assert_eq!(weighed(&policy, &cosigned(&[(1, time)])), Ok(wanted), "{time}");
    }
    assert_eq!(weighed(&policy, &cosigned(&[(1, NOW + 601), (1, 9)])), Ok(Cosigned::AsOf(at(9))));
}

#[test]
fn a_time_after_the_year_9999_is_ignored_too() {
    let key = witness(1);
    let message = format!("cosignature/v1\ntime {}\n{}", u64::MAX, checkpoint().text());
    let signature = [u64::MAX.to_be_bytes().as_slice(), &key.sign(message.as_bytes())].concat();
    let line = note::signature_line(key.verifying_key(), &signature);
    assert_eq!(weighed(&policy("quorum W1"), &(cosigned(&[]) + &line)), Ok(Cosigned::BelowQuorum));
}

#[test]
fn a_cosignature_of_one_ledger_does_not_serve_another() {
    let other = Checkpoint { origin: name("other.example"), ..checkpoint() };
    let line = other.cosign(&witness(1), at(9));
    let refused = Err(CheckpointError::BadSignature { key: "w1.example".to_owned() });
    assert_eq!(weighed(&policy("quorum W1"), &(cosigned(&[]) + &line)), refused);
}

fn arbitrary_text() -> impl Strategy<Value = String> {
    let word = sample::select(vec!["A", "B", "C", "none", "1", "2", "any", "all", "log", "group", "#", "ß"]);
    let key = (0..3_u8).prop_map(|number| witness(number).verifying_key().to_string());
    let log_key = (0..3_u8).prop_map(|number| signing_key("l.example", number).verifying_key().to_string());
    let name = sample::select(vec!["A", "B", "C", "D", "E"]);
    let line = prop_oneof![
        log_key.prop_map(|key| format!("log {key} url")),
        (name.clone(), key).prop_map(|(name, key)| format!("witness {name}\t{key}")),
        (name.clone(), 1..3_u8, name.clone(), name.clone())
            .prop_map(|(name, k, a, b)| format!("group {name} {k} {a} {b}")),
        (name.clone(), name.clone()).prop_map(|(name, a)| format!("group {name} all {a}")),
        prop::collection::vec(word, 0..5).prop_map(|words| words.join(" ")),
    ];
    let name = prop_oneof![name, Just("none")];
    (prop::collection::vec(line, 0..6), name).prop_map(|(lines, name)| lines.join("\n") + "\nquorum " + name)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn what_is_written_is_read_as_the_same_policy(text in arbitrary_text()) {
        if let Ok(policy) = Policy::parse(text.as_bytes()) {
            let written = policy.to_string();
            let again = Policy::parse(written.as_bytes()).expect("what is written is a policy");
            prop_assert_eq!(again.to_string(), written);
            prop_assert_eq!(again, policy);
        }
    }
}

/// A policy of one ledger and its own time key, as embedded ledgers have it.
fn embedded(origin: &str, seed: u8) -> Policy {
    let (log, time) = (signing_key(origin, seed), cosigning_key(&format!("{origin}/time"), seed));
    let text = format!("log {}\nwitness time {}\nquorum time\n", log.verifying_key(), time.verifying_key());
    Policy::parse(text.as_bytes()).expect("a policy")
}

#[test]
fn ledgers_are_taken_over_where_the_same_witnesses_vouch() {
    let second = signing_key("second.example", 2);
    let lines = "group G 2 W1 W2 W3\nquorum G";
    let mut own = policy(lines);
    let text = policy("group H 2 W3 W1 W2\nquorum H").to_string();
    let (_, witnesses) = text.split_once('\n').expect("lines");
    let time = cosigning_key("second.example/time", 9);
    let text = format!("log {}\nwitness W9 {}\n{witnesses}", second.verifying_key(), time.verifying_key());
    let other = Policy::parse(text.as_bytes()).expect("a policy");
    own.merge(&other).expect("merged");
    let (head, tail) = (policy(lines).to_string(), format!("witness W9 {}\n", time.verifying_key()));
    let (logs, rest) = head.split_once('\n').expect("lines");
    let (members, quorum) = rest.split_at(rest.find("quorum").expect("a quorum"));
    assert_eq!(own.to_string(), format!("{logs}\nlog {}\n{members}{tail}{quorum}", second.verifying_key()));
    let merged = own.clone();
    own.merge(&other).expect("again");
    assert_eq!(own, merged);
}

#[test]
fn nobody_comes_to_vouch_unasked() {
    let (first, second) = (embedded("first.example", 1), embedded("second.example", 2));
    let mut own = first.clone();
    assert_eq!(own.merge(&second), Err(MergeError::OtherQuorum));
    let none = Policy::parse(second.to_string().replace("quorum time", "quorum none").as_bytes()).expect("a policy");
    assert_eq!(own.merge(&none), Err(MergeError::OtherQuorum));
    assert_eq!(own.merge_either(&none), Err(MergeError::OtherQuorum));
    let other_key = embedded("first.example", 3);
    let refused = MergeError::OtherKey { origin: name("first.example") };
    assert_eq!(own.merge(&other_key), Err(refused.clone()));
    assert_eq!(own.merge_either(&other_key), Err(refused));
    assert_eq!(own, first);

    own.merge_either(&second).expect("merged");
    let key = |seed: u8, origin: &str| signing_key(origin, seed).verifying_key().to_string();
    let time = |seed, origin: &str| cosigning_key(&format!("{origin}/time"), seed).verifying_key().to_string();
    assert_eq!(
        own.to_string(),
        format!(
            "log {}\nlog {}\nwitness time {}\nwitness time2 {}\ngroup either 1 time time2\nquorum either\n",
            key(1, "first.example"),
            key(2, "second.example"),
            time(1, "first.example"),
            time(2, "second.example"),
        )
    );
    // Either of the two again changes nothing, with or without being asked.
    let merged = own.clone();
    for part in [&first, &second] {
        own.merge(part).expect("known");
        own.merge_either(part).expect("known");
    }
    assert_eq!(own, merged);
    own.merge_either(&embedded("third.example", 4)).expect("merged");
    assert_eq!(
        own.quorum().as_deref(),
        Some("either2 (1/2: either (1/2: first.example/time, second.example/time), third.example/time)")
    );
    // A witness that stands in one group already cannot be put into another.
    let mut grouped = policy("group G 2 W1 W2\nquorum G");
    assert_eq!(grouped.merge_either(&policy("group H 2 W2 W3\nquorum H")), Err(MergeError::Impossible));
}
