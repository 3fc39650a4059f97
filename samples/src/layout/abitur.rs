// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The two pages of the Zeugnis der Allgemeinen Hochschulreife.

use krilla::tagging::Tag;
use paper::{Align, At, Ink, Page, Sheet};

use super::{LEFT, MIDDLE, RIGHT, Subject, tint};
use crate::Kind;
use crate::abitur::{Abitur, Course, Field};
use crate::table::{Cell, Table};

pub(super) fn pages<'a>(subject: &'a Subject<'a>) -> Vec<Page<'a>> {
    let results = Abitur::draw(subject.seed, subject.index);
    vec![
        Page::new("Zeugnis", move |sheet| title_page(subject, sheet)),
        Page::new("Leistungen", move |sheet| {
            results_page(subject, &results, sheet);
        }),
    ]
}

fn title_page(subject: &Subject<'_>, sheet: &mut Sheet<'_>) {
    subject.letterhead(sheet, 88.0, 90.0);

    sheet.heading(1, At(MIDDLE, 350.0), Align::Centre, Ink::bold(34.0).tracked(0.22), "ZEUGNIS");
    let line = Ink::regular(14.0).tracked(0.12);
    sheet.line(At(MIDDLE, 380.0), Align::Centre, line, "DER ALLGEMEINEN HOCHSCHULREIFE");

    let y = subject.person(sheet, 452.0, 34.0, subject.born(19));
    let statement = "hat nach dem Besuch der gymnasialen Oberstufe die Abiturprüfung bestanden \
                     und damit die Befähigung zum Studium an einer Hochschule in der \
                     Bundesrepublik Deutschland erworben.";
    sheet.paragraph(At(LEFT, y + 42.0), RIGHT - LEFT, 17.0, Ink::regular(12.5), statement);

    let y = 672.0;
    sheet.line(At(LEFT, y), Align::Left, Ink::bold(9.0), "Dem Zeugnis liegen zugrunde:");
    let land = subject.school.land().map_or_else(String::new, |land| format!(" ({land})"));
    let grounds = [
        "1. die Vereinbarung zur Gestaltung der gymnasialen Oberstufe und der Abiturprüfung \
         (Beschluss der Kultusministerkonferenz vom 07.07.1972 in der jeweils geltenden Fassung),"
            .to_owned(),
        format!(
            "2. die Verordnung über die gymnasiale Oberstufe und die Abiturprüfung{land} in der \
             jeweils geltenden Fassung."
        ),
    ];
    let mut y = y + 16.0;
    for ground in &grounds {
        y = sheet.paragraph(At(LEFT, y), RIGHT - LEFT, 11.5, Ink::regular(9.0), ground) + 3.0;
    }
    subject.foot(sheet, " · Seite 1 von 2", Kind::Abitur);
}

fn results_page(subject: &Subject<'_>, results: &Abitur, sheet: &mut Sheet<'_>) {
    let title = "Zeugnis der Allgemeinen Hochschulreife";
    sheet.heading(2, At(MIDDLE, 66.0), Align::Centre, Ink::bold(15.0), title);
    let person = format!(
        "{}, geboren am {} in {}",
        subject.pupil.full_name(),
        subject.born(19).short(),
        subject.pupil.birthplace
    );
    let ink = Ink::regular(11.0).fitted(&person, RIGHT - LEFT);
    sheet.line(At(MIDDLE, 83.0), Align::Centre, ink, &person);

    sheet.line(At(LEFT, 105.0), Align::Left, Ink::bold(10.5), "I. Leistungen in der Qualifikationsphase");
    let y = qualification(results, sheet, At(LEFT, 111.0));

    let y = y + 21.0;
    sheet.line(At(LEFT, y), Align::Left, Ink::bold(10.5), "II. Leistungen in der Abiturprüfung");
    let end = exams(results, sheet, At(LEFT, y + 6.0));

    let right = At(MIDDLE + 52.0, y);
    sheet.line(right, Align::Left, Ink::bold(10.5), "III. Gesamtqualifikation");
    overall(results, sheet, At(right.0, y + 6.0));

    let y = end + 21.0;
    sheet.line(At(LEFT, y), Align::Left, Ink::bold(10.5), "IV. Fremdsprachen und Bemerkungen");
    let level = match results.second_language {
        "Latein" => "Latein (seit Klasse 6; dieses Zeugnis schließt das Latinum ein)",
        "Russisch" => "Russisch (seit Klasse 7, Niveau B1)",
        "Spanisch" => "Spanisch (seit Klasse 7, Niveau B1/B2)",
        _ => "Französisch (seit Klasse 6, Niveau B1/B2)",
    };
    let languages = format!("Englisch (seit Klasse 3, Niveau B2/C1), {level}.");
    let ink = Ink::regular(9.5);
    let y = sheet.paragraph(At(LEFT, y + 15.0), RIGHT - LEFT, 12.5, ink, &languages);
    sheet.paragraph(At(LEFT, y), RIGHT - LEFT, 12.5, ink, results.remark);

    let issued = subject.issued(Kind::Abitur);
    let signatures = [(subject.staff.chair, "Vorsitz der Prüfungskommission"), (subject.staff.head, "Schulleitung")];
    subject.closing(sheet, 676.0, issued, signatures);
    notes(sheet, 772.0);
    subject.foot(sheet, " · Seite 2 von 2", Kind::Abitur);
}

fn qualification(results: &Abitur, sheet: &mut Sheet<'_>, at: At) -> f32 {
    let columns = [205.0, 46.0, 46.0, 46.0, 46.0, RIGHT - LEFT - 389.0];
    let mut table = Table::new(at, &columns, "Punkte der Kurse in den vier Halbjahren");
    let head = |text| Cell::new(text, Ink::bold(8.5), Align::Centre).column_header();
    let first = Cell::new("Fach", Ink::bold(8.5), Align::Left).column_header();
    let heads = [first, head("Q1"), head("Q2"), head("Q3"), head("Q4"), head("Summe, gewichtet")];
    table.row(sheet, 17.0, Some(tint()), &heads);

    let fields = [
        (Field::Languages, "Sprachlich-literarisch-künstlerisches Aufgabenfeld"),
        (Field::Society, "Gesellschaftswissenschaftliches Aufgabenfeld"),
        (Field::Science, "Mathematisch-naturwissenschaftlich-technisches Aufgabenfeld"),
        (Field::None, "Ohne Zuordnung zu einem Aufgabenfeld"),
    ];
    for (field, title) in fields {
        let title = Cell::new(title, Ink::regular(8.5), Align::Left).across(6).column_header();
        table.row(sheet, 14.0, Some(krilla::color::rgb::Color::new(240, 242, 246)), &[title]);
        for course in results.courses.iter().filter(|course| course.field == field) {
            table.row(sheet, 17.0, None, &course_cells(course));
        }
    }
    let sum = [
        Cell::new("Punktsumme P (36 Ergebnisse, Gewicht 44)", Ink::regular(9.5), Align::Left).across(5).row_header(),
        number(results.point_sum(), Ink::regular(10.0)),
    ];
    table.row(sheet, 16.0, None, &sum);
    let block = [
        Cell::new("Ergebnis Block I = 40 · P / 44 (mindestens 200, höchstens 600 Punkte)", Ink::bold(9.5), Align::Left)
            .across(5)
            .row_header(),
        number(results.block_one(), Ink::bold(10.5)),
    ];
    table.row(sheet, 17.0, Some(tint()), &block);
    table.finish(sheet)
}

fn course_cells(course: &Course) -> [Cell; 6] {
    let (name, ink) = if course.advanced {
        (format!("{} (eA)", course.subject), Ink::bold(10.0))
    } else {
        (course.subject.to_owned(), Ink::regular(10.0))
    };
    let half = |half: usize| {
        let points = course.points[half];
        let text = if course.counted[half] { format!("{points:02}") } else { format!("({points:02})") };
        Cell::new(text, Ink::regular(10.0), Align::Centre)
    };
    [
        Cell::new(name, ink, Align::Left).row_header(),
        half(0),
        half(1),
        half(2),
        half(3),
        number(course.weighted(), Ink::regular(10.0)),
    ]
}

fn exams(results: &Abitur, sheet: &mut Sheet<'_>, at: At) -> f32 {
    let columns = [128.0, 52.0, 40.0, 50.0];
    let mut table = Table::new(at, &columns, "Ergebnisse der fünf Prüfungen");
    let head = |text| Cell::new(text, Ink::bold(8.5), Align::Centre).column_header();
    let first = Cell::new("Prüfungsfach", Ink::bold(8.5), Align::Left).column_header();
    table.row(sheet, 17.0, Some(tint()), &[first, head("Prüfung"), head("Punkte"), head("vierfach")]);
    for (exam, place) in results.exams.iter().zip(1..) {
        let name = format!("{place}. {}{}", exam.subject, if exam.advanced { " (eA)" } else { "" });
        let kind = if exam.oral { "mündlich" } else { "schriftlich" };
        let cells = [
            Cell::new(&name, Ink::regular(9.5).fitted(&name, 120.0), Align::Left).row_header(),
            Cell::new(kind, Ink::regular(9.5), Align::Centre),
            Cell::new(format!("{:02}", exam.points), Ink::regular(10.0), Align::Centre),
            number(exam.weighted(), Ink::regular(10.0)),
        ];
        table.row(sheet, 16.0, None, &cells);
    }
    let block = [
        Cell::new("Ergebnis Block II (100 bis 300 Punkte)", Ink::bold(9.5), Align::Left).across(3).row_header(),
        number(results.block_two(), Ink::bold(10.5)),
    ];
    table.row(sheet, 17.0, Some(tint()), &block);
    table.finish(sheet)
}

fn overall(results: &Abitur, sheet: &mut Sheet<'_>, at: At) {
    let columns = [RIGHT - at.0 - 54.0, 54.0];
    let mut table = Table::new(at, &columns, "Gesamtpunktzahl und Durchschnittsnote");
    let rows = [("Block I", results.block_one()), ("Block II", results.block_two())];
    for (name, points) in rows {
        let name = Cell::new(name, Ink::regular(9.5), Align::Left).row_header();
        table.row(sheet, 17.0, None, &[name, number(points, Ink::regular(10.0))]);
    }
    let total = Cell::new("Gesamtpunktzahl", Ink::bold(9.5), Align::Left).row_header();
    table.row(sheet, 32.0, Some(tint()), &[total, number(results.total(), Ink::bold(13.0))]);
    let name = Cell::new("Durchschnittsnote", Ink::bold(9.5), Align::Left).row_header();
    let average = Cell::new(results.average().to_string(), Ink::bold(13.0), Align::Right);
    table.row(sheet, 32.0, Some(tint()), &[name, average]);
    table.finish(sheet);
}

fn number(points: u16, ink: Ink) -> Cell {
    Cell::new(points.to_string(), ink, Align::Right)
}

fn notes(sheet: &mut Sheet<'_>, y: f32) {
    let notes = [
        "eA: Fach auf erhöhtem Anforderungsniveau, die Ergebnisse zählen doppelt. \
         Eingeklammerte Ergebnisse gehen nicht in die Gesamtqualifikation ein.",
        "Punkte und Noten: 15 – 13 sehr gut, 12 – 10 gut, 09 – 07 befriedigend, \
         06 – 04 ausreichend, 03 – 01 mangelhaft, 00 ungenügend.",
    ];
    for (note, line) in notes.into_iter().zip([0.0, 9.5]) {
        sheet.element(Tag::Note.into(), |sheet| {
            sheet.write(At(LEFT, y + line), Align::Left, Ink::small(7.0), note);
        });
    }
}
