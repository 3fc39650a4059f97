// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What is said of judgements, without judging.

use super::*;
use cli::Lang;
use proof::judge::Finding;

fn judgement(verdict: Verdict, reason: Option<Reason>) -> Judgement {
    let open = Judgement::from(Finding::Missing(reason.unwrap_or(Reason::Unreadable)));
    Judgement { verdict, reason, ..open }
}

fn exit(verdicts: &[Verdict]) -> Exit {
    let mut summary = Summary::default();
    for verdict in verdicts {
        summary.add(&judgement(*verdict, None));
    }
    summary.exit()
}

#[test]
fn the_worst_verdict_decides_how_the_program_ends() {
    use Verdict::{Genuine, NoSeal, NotGenuine, Replaced, Revoked, Undetermined};
    assert_eq!(exit(&[Genuine, Genuine]), Exit::Ok);
    assert_eq!(exit(&[]), Exit::Undecided);
    assert_eq!(exit(&[Genuine, Undetermined]), Exit::Undecided);
    for bad in [Revoked, Replaced, NotGenuine, NoSeal] {
        assert_eq!(exit(&[Genuine, Undetermined, bad]), Exit::Refused, "{bad:?}");
    }
}

#[test]
fn a_line_of_json_has_every_key() {
    let line = json_line("a\"b.pdf", &judgement(Verdict::NoSeal, Some(Reason::NoLocator)));
    assert_eq!(
        line,
        "{\"file\":\"a\\\"b.pdf\",\"verdict\":\"no_seal\",\"reason\":\"no_locator\",\"proven_at_issue\":false,\
         \"certificate\":null,\"school\":null,\"kind\":null,\"issued\":null,\"admitted\":null,\"ledger\":null,\
         \"index\":null,\"as_of\":null,\"tree_size\":null,\"issuer_status\":null,\"withdrawn\":null,\"sealed_part\":null}"
    );
}

#[test]
fn cells_of_csv_do_not_run() {
    let words = Words::new(Lang::De);
    let mut bytes = Vec::new();
    let mut report = CsvReport::new(&words, &mut bytes).expect("written");
    for name in ["=1+1.pdf", "+a", "-a", "@a", "\t=a", "\r=a", "a;\"b\".pdf", "Müller.pdf"] {
        report.add(name, &judgement(Verdict::NoSeal, Some(Reason::NoLocator))).expect("written");
    }
    report.finish().expect("written");

    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("starts with a mark");
    assert!(text.ends_with(b"\r\n"));
    let mut reader = ::csv::ReaderBuilder::new().delimiter(b';').from_reader(text);
    assert_eq!(reader.headers().expect("headings").len(), 15);
    let names: Vec<_> = reader.records().map(|row| row.expect("a row")[0].to_owned()).collect();
    assert_eq!(names, ["'=1+1.pdf", "'+a", "'-a", "'@a", "'\t=a", "'\r=a", "a;\"b\".pdf", "Müller.pdf"]);
}

#[test]
fn no_reason_is_without_words_and_advice() {
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for reason in Reason::ALL {
            let message = Message::of_code("reason", reason.code());
            assert!(words.hint(&message).is_some(), "{} in {lang:?}", message.id());
            assert_ne!(words.text(&message), message.id(), "{lang:?}");
        }
    }
}

#[test]
fn kinds_without_words_are_shown_as_they_are() {
    let words = Words::new(Lang::De);
    assert_eq!(kind_in_words(&words, "halbjahr"), "Halbjahreszeugnis");
    assert_eq!(kind_in_words(&words, "meisterbrief"), "meisterbrief");
}
