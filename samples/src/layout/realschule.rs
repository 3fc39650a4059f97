// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The page of the Realschule leaving certificate.

use paper::{Align, At, Ink, Page, Sheet};

use super::{LEFT, MIDDLE, RIGHT, Subject, key_of_grades, tint};
use crate::Kind;
use crate::report::{Mark, Realschule};
use crate::table::{Cell, Table};

pub(super) fn pages<'a>(subject: &'a Subject<'a>) -> Vec<Page<'a>> {
    let results = Realschule::draw(subject.seed, subject.index);
    vec![Page::new("Abschlusszeugnis", move |sheet| {
        page(subject, &results, sheet);
    })]
}

fn page(subject: &Subject<'_>, results: &Realschule, sheet: &mut Sheet<'_>) {
    let y = subject.letterhead(sheet, 66.0, 66.0);

    let title = Ink::bold(23.0).tracked(0.12);
    sheet.heading(1, At(MIDDLE, y + 40.0), Align::Centre, title, "ABSCHLUSSZEUGNIS");
    let kind = Ink::regular(12.5).tracked(0.05);
    let name = "Realschulabschluss (Mittlerer Schulabschluss)";
    sheet.line(At(MIDDLE, y + 58.0), Align::Centre, kind, name);

    let y = subject.person(sheet, y + 92.0, 24.0, subject.born(17));
    let statement = format!(
        "hat die Klasse 10 im Schuljahr {}/{} besucht, die Abschlussprüfung bestanden und damit \
         den Realschulabschluss erworben. Die Leistungen wurden wie folgt bewertet:",
        subject.year - 1,
        subject.year
    );
    let y = sheet.paragraph(At(LEFT, y + 26.0), RIGHT - LEFT, 14.5, Ink::regular(11.0), &statement);

    let y = marks(&results.marks, sheet, At(LEFT, y));
    let y = exams(results, sheet, At(LEFT, y + 12.0));

    let average = format!("Durchschnittsnote aller Fächer: {}", results.average());
    sheet.line(At(LEFT, y + 22.0), Align::Left, Ink::bold(11.5), &average);
    let remark = format!("Bemerkungen: {}", results.remark);
    sheet.paragraph(At(LEFT, y + 41.0), RIGHT - LEFT, 13.0, Ink::regular(10.0), &remark);

    let issued = subject.issued(Kind::Realschule);
    let signatures = [(subject.staff.head, "Schulleitung"), (subject.staff.teacher, "Klassenleitung")];
    subject.closing(sheet, 704.0, issued, signatures);
    key_of_grades(sheet, 789.0);
    subject.foot(sheet, "", Kind::Realschule);
}

/// The subjects in two columns side by side.
fn marks(marks: &[Mark], sheet: &mut Sheet<'_>, at: At) -> f32 {
    let half = (RIGHT - LEFT) / 2.0;
    let columns = [half - 88.0, 88.0, half - 88.0, 88.0];
    let mut table = Table::new(at, &columns, "Fächer und Noten");
    let left = |text| Cell::new(text, Ink::bold(9.5), Align::Left).column_header();
    let head = [left("Fach"), left("Note"), left("Fach"), left("Note")];
    table.row(sheet, 17.0, Some(tint()), &head);
    let (first, second) = marks.split_at(marks.len() / 2);
    for (one, two) in first.iter().zip(second) {
        let cells = [subject_cell(one), grade_cell(one), subject_cell(two), grade_cell(two)];
        table.row(sheet, 17.0, None, &cells);
    }
    table.finish(sheet)
}

fn subject_cell(mark: &Mark) -> Cell {
    Cell::new(mark.subject, Ink::regular(10.5), Align::Left).row_header()
}

fn grade_cell(mark: &Mark) -> Cell {
    let grade = format!("{} ({})", mark.grade.word(), mark.grade.number());
    Cell::new(grade, Ink::regular(10.5), Align::Left)
}

fn exams(results: &Realschule, sheet: &mut Sheet<'_>, at: At) -> f32 {
    let columns = [RIGHT - LEFT - 88.0, 88.0];
    let mut table = Table::new(at, &columns, "Ergebnisse der Abschlussprüfung");
    let left = |text| Cell::new(text, Ink::bold(9.5), Align::Left).column_header();
    table.row(sheet, 17.0, Some(tint()), &[left("Abschlussprüfung"), left("Note")]);
    let written = results.marks.iter().filter_map(|mark| Some((mark.subject, mark.exam?)));
    for (subject, grade) in written {
        let name = format!("Schriftliche Prüfung in {subject}");
        let grade = format!("{} ({})", grade.word(), grade.number());
        table.row(sheet, 17.0, None, &row(&name, grade));
    }
    let project = format!("Projektprüfung „{}“", results.project);
    let grade = results.project_grade;
    table.row(sheet, 17.0, None, &row(&project, format!("{} ({})", grade.word(), grade.number())));
    table.finish(sheet)
}

fn row(name: &str, grade: String) -> [Cell; 2] {
    [
        Cell::new(name, Ink::regular(10.0).fitted(name, RIGHT - LEFT - 98.0), Align::Left).row_header(),
        Cell::new(grade, Ink::regular(10.0), Align::Left),
    ]
}
