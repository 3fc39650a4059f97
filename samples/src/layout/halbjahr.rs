// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The page of the half-year report.

use paper::{Align, At, Ink, Page, Sheet};

use super::{LEFT, MIDDLE, RIGHT, Subject, key_of_grades, tint};
use crate::Kind;
use crate::report::{Halbjahr, Mark};
use crate::table::{Cell, Table};

pub(super) fn pages<'a>(subject: &'a Subject<'a>) -> Vec<Page<'a>> {
    let report = Halbjahr::draw(subject.seed, subject.index);
    vec![Page::new("Halbjahreszeugnis", move |sheet| {
        page(subject, &report, sheet);
    })]
}

fn page(subject: &Subject<'_>, report: &Halbjahr, sheet: &mut Sheet<'_>) {
    let y = subject.letterhead(sheet, 66.0, 66.0);

    let title = Ink::bold(23.0).tracked(0.12);
    sheet.heading(1, At(MIDDLE, y + 40.0), Align::Centre, title, "HALBJAHRESZEUGNIS");
    let class = format!(
        "Klasse {}{} · Schuljahr {}/{} · 1. Halbjahr",
        report.class,
        report.stream,
        subject.year - 1,
        subject.year
    );
    sheet.line(At(MIDDLE, y + 58.0), Align::Centre, Ink::regular(12.5), &class);

    let born = subject.born(u16::from(report.class) + 7);
    let y = subject.person(sheet, y + 92.0, 24.0, born);

    let y = marks(&report.marks, sheet, At(LEFT, y + 22.0));
    let y = conduct(report, sheet, At(LEFT, y + 12.0));

    let promotion = if report.promotion_at_risk() {
        "Die Versetzung ist nach dem Leistungsstand am Ende des 1. Halbjahres gefährdet."
    } else {
        "Die Versetzung ist nach dem Leistungsstand am Ende des 1. Halbjahres nicht gefährdet."
    };
    let ink = Ink::regular(10.5);
    let y = y + 22.0;
    sheet.line(At(LEFT, y), Align::Left, ink, &format!("Versetzungsvermerk: {promotion}"));
    let remark = format!("Bemerkungen: {}", report.remark);
    sheet.paragraph(At(LEFT, y + 17.0), RIGHT - LEFT, 13.5, ink, &remark);

    let issued = subject.issued(Kind::Halbjahr);
    let signatures = [(subject.staff.head, "Schulleitung"), (subject.staff.teacher, "Klassenleitung")];
    subject.closing(sheet, 652.0, issued, signatures);

    sheet.line(At(LEFT, 756.0), Align::Left, Ink::regular(9.0), "Kenntnis genommen:");
    sheet.rule(At(LEFT + 86.0, 758.0), At(RIGHT, 758.0), 0.5);
    let parent = "Ort, Datum, Unterschrift einer erziehungsberechtigten Person";
    sheet.line(At(RIGHT, 766.5), Align::Right, Ink::small(7.0), parent);
    key_of_grades(sheet, 787.0);
    subject.foot(sheet, "", Kind::Halbjahr);
}

fn marks(marks: &[Mark], sheet: &mut Sheet<'_>, at: At) -> f32 {
    let half = (RIGHT - LEFT) / 2.0;
    let columns = [half - 88.0, 88.0, half - 88.0, 88.0];
    let mut table = Table::new(at, &columns, "Fächer und Noten");
    let left = |text| Cell::new(text, Ink::bold(9.5), Align::Left).column_header();
    let head = [left("Fach"), left("Note"), left("Fach"), left("Note")];
    table.row(sheet, 17.0, Some(tint()), &head);
    let (first, second) = marks.split_at(marks.len().div_ceil(2));
    for (place, one) in first.iter().enumerate() {
        let [name, grade] = cells(Some(one));
        let [other_name, other_grade] = cells(second.get(place));
        table.row(sheet, 18.0, None, &[name, grade, other_name, other_grade]);
    }
    table.finish(sheet)
}

/// Subject and grade, or dashes where the second column has ended.
fn cells(mark: Option<&Mark>) -> [Cell; 2] {
    let (name, grade) = mark.map_or_else(Default::default, |mark| {
        (mark.subject, format!("{} ({})", mark.grade.word(), mark.grade.number()))
    });
    let ink = Ink::regular(10.5);
    [Cell::new(name, ink.fitted(name, 138.0), Align::Left).row_header(), Cell::new(grade, ink, Align::Left)]
}

fn conduct(report: &Halbjahr, sheet: &mut Sheet<'_>, at: At) -> f32 {
    let columns = [130.0, RIGHT - LEFT - 130.0];
    let mut table = Table::new(at, &columns, "Verhalten und Fehlzeiten");
    let days = |days: u8| {
        if days == 1 { "1 Tag".to_owned() } else { format!("{days} Tage") }
    };
    let absent = format!(
        "{} versäumt, davon {} unentschuldigt; {} Mal verspätet",
        days(report.days_absent),
        days(report.days_unexcused),
        report.times_late
    );
    let rows = [("Arbeitsverhalten", report.work), ("Sozialverhalten", report.conduct), ("Fehlzeiten", &absent)];
    for (name, text) in rows {
        let cells = [
            Cell::new(name, Ink::bold(10.0), Align::Left).row_header(),
            Cell::new(text, Ink::regular(10.5), Align::Left),
        ];
        table.row(sheet, 18.0, None, &cells);
    }
    table.finish(sheet)
}
