// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Every type of the grammar, and texts with exactly one fault each.

use proptest::{collection, option, prelude::*, sample};
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::{
    entry::CertificateId,
    fixtures::{SCHOOL, signing_key},
    key::{Algorithm, SigningKey},
    tree::TreeSize,
};

const HEAD: &str = "schulsiegel/statement/v1\nledger ledger.example\ntype TYPE\nissuer schule.example/07/12345\nseq 7\n\
    prev AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 2026-11-23T16:43:41Z\n";
const KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const ID: [&str; 4] = [
    "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
    "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=",
    "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=",
    "BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ=",
];

fn text_of(kind: &str) -> String {
    let [a, b, c, d] = ID;
    let lines = match kind {
        "accredit" => format!(
            "school example.com/foo\nkey {KEY}\nname Gymnasium am Mühlenberg\nnumber 12-345a\nplace Mainz\nstate 07\n\
             kinds abitur mittlere-reife\nfrom 2026-01-01T00:00:00Z\nuntil 2031-01-01T00:00:00Z\n"
        ),
        "batch" => format!("kind abitur\ntree rfc6962-sha256\nsize 64\nroot {a}\n"),
        "revoke" => format!("reason error\ncertificate {a}\ncertificate {b}\n"),
        "replace" => format!("old {a}\nnew {d}\nold {b}\nnew {c}\n"),
        "suspend" | "resume" => "school schule.example/07/12345\nreason merger-2026\n".to_owned(),
        "rotate" => format!("key {KEY}\n"),
        "compromise" => format!("key {KEY}\nfrom-index 0\n"),
        "uphold" => format!("certificate {a}\ncertificate {c}\n"),
        "require" => "version 2\n".to_owned(),
        _ => String::new(),
    };
    HEAD.replace("TYPE", kind) + &lines
}

const TYPES: [&str; 10] =
    ["accredit", "batch", "revoke", "replace", "suspend", "resume", "rotate", "compromise", "uphold", "require"];

/// The key of [`KEY`] under another name or for another use, with the id that follows.
fn key_under(name: &str, algorithm: u8) -> String {
    let mut material = crate::encoding::base64_decode(&KEY[25..]).expect("base64");
    material[0] = algorithm;
    let Hash([a, b, c, d, ..]) = Hash::of(&[name.as_bytes(), b"\n", &material]);
    format!("{name}+{a:02x}{b:02x}{c:02x}{d:02x}+{}", crate::encoding::base64_encode(&material))
}

fn bad(line: &'static str) -> StatementError {
    StatementError::BadLine { line }
}

#[test]
fn every_type_is_read_and_written_again() {
    for kind in TYPES {
        let text = text_of(kind);
        let statement = Statement::parse(&text).expect(kind);
        assert_eq!((statement.body.name(), statement.text()), (kind, text));
    }
}

#[test]
fn the_fields_of_every_statement_are_what_the_lines_say() {
    let statement = Statement::parse(&text_of("require")).expect("a statement");
    let wanted = Statement {
        ledger: KeyName::parse("ledger.example").expect("a name"),
        issuer: KeyName::parse(SCHOOL).expect("a name"),
        seq: 7,
        prev: Some(Hash([0; 32])),
        time: Timestamp::from_posix(1_795_452_221).expect("a time"),
        body: Body::Require { version: 2 },
    };
    assert_eq!(statement, wanted);
    let first = text_of("require").replace(&format!("prev {}", Hash([0; 32]).to_base64()), "prev -");
    assert_eq!(Statement::parse(&first), Ok(Statement { prev: None, ..wanted }));
}

#[test]
fn every_line_is_needed_once_in_its_place_and_closed_by_one_line_feed() {
    for kind in TYPES {
        let text = text_of(kind);
        assert_eq!(Statement::parse(text.trim_end()), Err(last_line_fault(&text)), "{kind}: no last line feed");
        assert_eq!(Statement::parse(&format!("{text}\n")), Err(bad("end")), "{kind}: an empty line");
        assert_eq!(Statement::parse(&format!("{text}note x\n")), Err(bad("end")), "{kind}: an extra line");
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        for index in 0..lines.len() - 1 {
            let mut swapped = lines.clone();
            swapped.swap(index, index + 1);
            assert!(Statement::parse(&swapped.concat()).is_err(), "{kind}: lines {index} and {} swapped", index + 1);
        }
        for (index, line) in lines.iter().enumerate() {
            let [front, back] = [lines[..index].concat(), lines[index + 1..].concat()];
            let twice = Statement::parse(&format!("{front}{line}{line}{back}"));
            assert!(twice.is_err(), "{kind}: line {index} twice");
            let missing = Statement::parse(&format!("{front}{back}"));
            let optional = matches!(*line, l if l.starts_with("certificate "));
            assert_eq!(missing.is_err(), !optional, "{kind}: without line {index}");
            let carriage_return = Statement::parse(&format!("{front}{}\r\n{back}", line.trim_end()));
            assert!(carriage_return.is_err(), "{kind}: CRLF in line {index}");
        }
    }
}

/// Which line lacks its end when the last line feed is missing: repeated lines are then taken for something else.
fn last_line_fault(text: &str) -> StatementError {
    let name = text.lines().last().and_then(|line| line.split_once(' ')).map_or("", |(name, _)| name);
    match name {
        "certificate" => bad("end"),
        "new" => bad("new"),
        "until" => bad("until"),
        "root" => bad("root"),
        "reason" => bad("reason"),
        "key" => bad("key"),
        "from-index" => bad("from-index"),
        "version" => bad("version"),
        other => panic!("no type ends in {other}"),
    }
}

#[test]
fn one_fault_is_named_by_its_line() {
    let [a, b, ..] = ID;
    let long = "ä".repeat(100) + "a";
    let [cosigner, capital] = [key_under("example.com/foo", 4), key_under("Example.com/foo", 1)];
    let cases: &[(&str, &str, &str, &'static str)] = &[
        ("batch", "statement/v1", "statement/v2", "schulsiegel/statement/v1"),
        ("batch", "ledger ledger.example\n", "", "ledger"),
        ("batch", "ledger ledger.example", "ledger Ledger.example", "ledger"),
        ("batch", "ledger ledger.example", "origin ledger.example", "ledger"),
        ("batch", "type batch", "type Batch", "type"),
        ("batch", "type batch", "type batch ", "type"),
        ("batch", "type batch", "type", "type"),
        ("batch", "issuer schule", "issuer Schule", "issuer"),
        ("batch", "issuer schule", "issuer +schule", "issuer"),
        ("batch", "seq 7", "seq 07", "seq"),
        ("batch", "seq 7", "seq +7", "seq"),
        ("batch", "seq 7", "seq -7", "seq"),
        ("batch", "seq 7", "seq 7 ", "seq"),
        ("batch", "seq 7", "seq  7", "seq"),
        ("batch", "seq 7", "seq\t7", "seq"),
        ("batch", "seq 7", "seq 18446744073709551616", "seq"),
        ("batch", "seq 7", " seq 7", "seq"),
        ("batch", "prev AAAA", "prev AAA", "prev"),
        ("batch", "AAA=\ntime", "AAB=\ntime", "prev"),
        ("batch", "AAA=\ntime", "AAA\ntime", "prev"),
        ("batch", "AAA=\ntime", "AA_=\ntime", "prev"),
        ("batch", "16:43:41Z", "16:43:41z", "time"),
        ("batch", "2026-11-23T", "2026-11-31T", "time"),
        ("batch", "kind abitur", "kind Abitur", "kind"),
        ("batch", "kind abitur", "kind abitur-und-noch-ein-sehr-langes-wort", "kind"),
        ("batch", "kind abitur", "kind *", "kind"),
        ("batch", "rfc6962-sha256", "rfc6962-sha512", "tree"),
        ("batch", "size 64", "size 63", "size"),
        ("batch", "size 64", "size 8", "size"),
        ("batch", "size 64", "size 0", "size"),
        ("batch", "size 64", "size 2097152", "size"),
        ("batch", "size 64", "size 064", "size"),
        ("batch", "root AQEB", "root AQEBAQEB", "root"),
        ("accredit", "school example.com/foo", "school example.com/foo ", "school"),
        ("accredit", "530d903a", "530D903A", "key"),
        ("accredit", "530d903a", "530d903b", "key"),
        ("accredit", KEY, &cosigner, "key"),
        ("accredit", "Mühlenberg", "Mu\u{308}hlenberg", "name"),
        ("accredit", "Mühlenberg", "\u{202e}Mühlenberg", "name"),
        ("accredit", "Mühlenberg", "Mühl\u{ad}enberg", "name"),
        ("accredit", "Mühlenberg", "Mühl\u{2028}enberg", "name"),
        ("accredit", "Mühlenberg", "Mühl\u{85}enberg", "name"),
        ("accredit", "Mühlenberg", "Mühl\u{200b}enberg", "name"),
        ("accredit", "Mühlenberg", "Mühlenberg ", "name"),
        ("accredit", "Mühlenberg", "Mühlenberg\u{a0}", "name"),
        ("accredit", "name Gymnasium", "name  Gymnasium", "name"),
        ("accredit", "Gymnasium am Mühlenberg", &long, "name"),
        ("accredit", "Gymnasium am Mühlenberg", "", "name"),
        ("accredit", "number 12-345a", "number 12 345", "number"),
        ("accredit", "number 12-345a", "number 12345678901234567", "number"),
        ("accredit", "number 12-345a", "number ", "number"),
        ("accredit", "place Mainz", "place ", "place"),
        ("accredit", "place Mainz", "place Ma\u{1b}inz", "place"),
        ("accredit", "state 07", "state 7", "state"),
        ("accredit", "state 07", "state 00", "state"),
        ("accredit", "state 07", "state 17", "state"),
        ("accredit", "abitur mittlere-reife", "mittlere-reife abitur", "kinds"),
        ("accredit", "abitur mittlere-reife", "abitur abitur", "kinds"),
        ("accredit", "abitur mittlere-reife", "abitur  mittlere-reife", "kinds"),
        ("accredit", "abitur mittlere-reife", "* abitur", "kinds"),
        ("accredit", "abitur mittlere-reife", "", "kinds"),
        ("accredit", "from 2026-01-01", "from 2026-1-1", "from"),
        ("accredit", "until 2031-01-01T00:00:00Z", "until 2031-01-01T00:00:00+00:00", "until"),
        ("revoke", "reason error", "reason mistake", "reason"),
        ("revoke", b, a, "certificate"),
        ("revoke", a, &a[4..], "certificate"),
        ("uphold", "certificate AQ", "certificates AQ", "certificate"),
        ("replace", b, a, "old"),
        ("replace", "new BAQE", "nev BAQE", "new"),
        ("suspend", "reason merger-2026", "reason Merger", "reason"),
        ("resume", "school schule", "school Schule", "school"),
        ("rotate", "530d903a", "530d903a0", "key"),
        ("rotate", KEY, &capital, "key"),
        ("compromise", "from-index 0", "from-index 00", "from-index"),
        ("compromise", "from-index 0", "from-index -", "from-index"),
        ("require", "version 2", "version two", "version"),
    ];
    for (kind, from, to, line) in cases {
        let good = text_of(kind);
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from:?} is not in {kind}");
        assert_eq!(Statement::parse(&text), Err(bad(line)), "{kind}: {from:?} became {to:?}");
    }
}

#[test]
fn limits_are_met_and_not_passed() {
    let fits = |kind, from: &str, to: &str| Statement::parse(&text_of(kind).replacen(from, to, 1)).is_ok();
    assert!(fits("accredit", "Gymnasium am Mühlenberg", &"ä".repeat(100)));
    assert!(fits("accredit", "number 12-345a", "number 1234567890123456"));
    assert!(fits("accredit", "abitur mittlere-reife", "*"));
    assert!(fits("rotate", KEY, &key_under("example.com/foo", 1)));
    assert!(fits("batch", "size 64", "size 16"));
    assert!(fits("batch", "size 64", "size 1048576"));
    assert!(fits("batch", "kind abitur", "kind 12345678901234567890123456789012"));
    assert!(fits("require", "seq 7", "seq 18446744073709551615"));
}

#[test]
fn an_unknown_type_is_told_from_a_malformed_one() {
    assert_eq!(Statement::parse(&text_of("accuse")), Err(StatementError::UnknownType));
    assert_eq!(
        Statement::parse(&text_of("batch").replace("type batch", "type batch2")),
        Err(StatementError::UnknownType)
    );
    let early = text_of("accuse").replace("seq 7", "seq x");
    assert_eq!(Statement::parse(&early), Err(bad("seq")), "what comes before the type's lines is checked first");
}

#[test]
fn at_most_1_000_certificates_and_500_pairs() {
    let id = |number: usize| CertificateId(Hash::of(&[&number.to_be_bytes()]));
    let mut ids: Vec<_> = (0..=MAX_CERTIFICATES).map(id).collect();
    ids.sort_unstable();
    let with = |body| Statement::parse(&text_of("require")).map(|statement| Statement { body, ..statement }.text());
    let revoke = |count: usize| Body::Revoke { reason: WithdrawalReason::Lost, certificates: ids[..count].to_vec() };
    let replace = |count: usize| Body::Replace(ids[..count].iter().map(|id| (*id, *id)).collect());
    let read = |body| Statement::parse(&with(body).expect("a text")).map(|_| ());
    assert_eq!(read(revoke(1_000)), Ok(()));
    assert_eq!(read(revoke(1_001)), Err(bad("end")));
    assert_eq!(read(revoke(0)), Err(bad("certificate")));
    assert_eq!(read(Body::Uphold(ids[..1_000].to_vec())), Ok(()));
    assert_eq!(read(Body::Uphold(ids[..1_001].to_vec())), Err(bad("end")));
    assert_eq!(read(replace(500)), Ok(()));
    assert_eq!(read(replace(501)), Err(bad("end")));
    assert_eq!(read(replace(0)), Err(bad("old")));
}

/// A note over `text` of exactly `length` bytes. The form of a note has no cap on a name of its own.
fn note_of(text: &str, length: usize) -> Vec<u8> {
    let rest = "\n—  AAAAAAA=\n";
    let name = "a".repeat(length - text.len() - rest.len());
    format!("{text}\n— {name} AAAAAAA=\n").into_bytes()
}

#[test]
fn what_travels_in_a_proof_has_2_048_bytes_at_most() {
    for kind in TYPES {
        let small = matches!(kind, "accredit" | "batch" | "rotate");
        let cap = if small { 2_048 } else { 65_527 };
        let text = text_of(kind);
        let fits = SignedStatement::parse(note_of(&text, cap)).expect("at the cap");
        assert_eq!((fits.note().len(), fits.text()), (cap, text.as_str()));
        let wanted = if small {
            StatementError::TooLarge { got: 2_049, wanted: 2_048 }
        } else {
            StatementError::Note(NoteError::TooLarge { got: 65_528 })
        };
        assert_eq!(SignedStatement::parse(note_of(&text, cap + 1)), Err(wanted), "{kind}");
    }
}

#[test]
fn signing_keeps_text_and_hash() {
    let (old, new) = (signing_key("example.com/foo", 1), signing_key("example.com/foo", 2));
    let text = text_of("rotate");
    let signed = Statement::parse(&text).expect("a statement").sign(&[&old, &new]).expect("small");
    assert_eq!(signed.text(), text);
    assert_eq!(signed.text_hash(), Hash::of(&[text.as_bytes()]));
    assert!(signed.is_signed_by(&[old.verifying_key(), new.verifying_key()]));
    assert!(!signed.is_signed_by(&[old.verifying_key()]));
    assert_eq!(SignedStatement::parse(signed.note().to_vec()), Ok(signed));
    assert_eq!(SignedStatement::parse(text.clone().into_bytes()), Err(StatementError::Note(NoteError::NoText)));
}

#[test]
fn a_ledger_entry_is_a_time_and_a_note() {
    let entry = LedgerEntry { admitted: Timestamp::from_posix(0x0102).expect("a time"), note: b"note".to_vec() };
    let bytes = b"\0\0\0\0\0\0\x01\x02note";
    assert_eq!((entry.encode(), entry.leaf()), (bytes.to_vec(), Hash::leaf(bytes)));
    assert_eq!(LedgerEntry::decode(bytes), Some(entry));
    assert_eq!(LedgerEntry::decode(&bytes[..7]), None);
    assert_eq!(LedgerEntry::decode(&[0xff; 8]), None, "after the year 9999");
}

fn arbitrary_hash() -> impl Strategy<Value = Hash> {
    any::<[u8; 32]>().prop_map(Hash)
}

fn arbitrary_name() -> impl Strategy<Value = KeyName> {
    "[a-z0-9][a-z0-9./-]{0,99}".prop_map(|text| KeyName::parse(&text).expect("of the grammar"))
}

fn arbitrary_key() -> impl Strategy<Value = VerifyingKey> {
    (arbitrary_name(), any::<[u8; 32]>())
        .prop_map(|(name, seed)| SigningKey::from_seed(&name, Algorithm::Ed25519, &seed).verifying_key().clone())
}

fn arbitrary_time() -> impl Strategy<Value = Timestamp> {
    (0..=253_402_300_799_u64).prop_map(|seconds| Timestamp::from_posix(seconds).expect("in range"))
}

fn arbitrary_token() -> impl Strategy<Value = Token> {
    "[a-z0-9-]{1,32}".prop_map(|text| Token::parse(&text).expect("of the grammar"))
}

fn arbitrary_label() -> impl Strategy<Value = Label> {
    "\\PC{1,60}".prop_filter_map("of the grammar", |text| Label::parse(text.nfc().collect::<String>().trim()))
}

fn arbitrary_kinds() -> impl Strategy<Value = Kinds> {
    let these =
        collection::btree_set(arbitrary_token(), 1..4).prop_map(|tokens| Kinds::These(tokens.into_iter().collect()));
    prop_oneof![Just(Kinds::All), these]
}

fn arbitrary_ids() -> impl Strategy<Value = Vec<CertificateId>> {
    collection::btree_set(arbitrary_hash().prop_map(CertificateId), 1..5).prop_map(|ids| ids.into_iter().collect())
}

fn arbitrary_accreditation() -> impl Strategy<Value = Accreditation> {
    let names = (arbitrary_name(), arbitrary_key(), arbitrary_label(), arbitrary_label());
    let rest = ("[0-9A-Za-z-]{1,16}", 1..=16_u8, arbitrary_kinds(), arbitrary_time(), arbitrary_time());
    (names, rest).prop_map(|((school, key, name, place), (number, land, kinds, from, until))| Accreditation {
        school,
        key,
        name,
        number: SchoolNumber::parse(&number).expect("of the grammar"),
        place,
        state: Land::parse(&format!("{land:02}")).expect("of the grammar"),
        kinds,
        from,
        until,
    })
}

fn arbitrary_body() -> impl Strategy<Value = Body> {
    let reasons = sample::select(&WithdrawalReason::ALL[..]);
    let pairs = collection::btree_map(arbitrary_hash(), arbitrary_hash(), 1..5);
    prop_oneof![
        arbitrary_accreditation().prop_map(|accreditation| Body::Accredit(Box::new(accreditation))),
        (arbitrary_token(), 4..=20_u32, arbitrary_hash()).prop_map(|(kind, log, root)| Body::Batch {
            kind,
            size: TreeSize(1 << log),
            root
        }),
        (reasons, arbitrary_ids()).prop_map(|(reason, certificates)| Body::Revoke { reason, certificates }),
        pairs.prop_map(|pairs| {
            Body::Replace(pairs.into_iter().map(|(old, new)| (CertificateId(old), CertificateId(new))).collect())
        }),
        (arbitrary_name(), arbitrary_token()).prop_map(|(school, reason)| Body::Suspend { school, reason }),
        (arbitrary_name(), arbitrary_token()).prop_map(|(school, reason)| Body::Resume { school, reason }),
        arbitrary_key().prop_map(|key| Body::Rotate { key }),
        (arbitrary_key(), any::<u64>()).prop_map(|(key, from_index)| Body::Compromise { key, from_index }),
        arbitrary_ids().prop_map(Body::Uphold),
        any::<u64>().prop_map(|version| Body::Require { version }),
    ]
}

fn arbitrary_statement() -> impl Strategy<Value = Statement> {
    let head = (arbitrary_name(), arbitrary_name(), any::<u64>(), option::of(arbitrary_hash()), arbitrary_time());
    (head, arbitrary_body()).prop_map(|((ledger, issuer, seq, prev, time), body)| Statement {
        ledger,
        issuer,
        seq,
        prev,
        time,
        body,
    })
}

proptest! {
    #[test]
    fn every_statement_survives_its_text(statement in arbitrary_statement()) {
        prop_assert_eq!(Statement::parse(&statement.text()), Ok(statement));
    }

    /// Whatever is accepted is what would be written: no statement has two spellings.
    #[test]
    fn a_changed_text_is_refused_or_means_something_else(
        statement in arbitrary_statement(),
        at in any::<sample::Index>(),
        with in "[\\x00-\\x7f]|[0-9a-zA-Z+/= \\n-]|ä|\u{308}",
        replace in any::<bool>(),
    ) {
        let text = statement.text();
        let marks: Vec<_> = text.char_indices().map(|(index, _)| index).collect();
        let from = marks[at.index(marks.len())];
        let skipped = if replace { text[from..].chars().next().map_or(0, char::len_utf8) } else { 0 };
        let changed = format!("{}{with}{}", &text[..from], &text[from + skipped..]);
        if let Ok(other) = Statement::parse(&changed) {
            prop_assert_eq!(other.text(), changed);
        }
    }
}
