// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The grades of the two one-page certificates: the leaving certificate of the Realschule and the
half-year report.
*/

use crate::grade::{Grade, Tenths};
use crate::random::{Purpose, Random};

/// A subject with its grade.
pub(crate) struct Mark {
    pub(crate) subject: &'static str,
    pub(crate) grade: Grade,
    /// Result of the final examination in this subject, where there is one.
    pub(crate) exam: Option<Grade>,
}

/// The grades of a Realschule leaving certificate.
pub(crate) struct Realschule {
    pub(crate) marks: Vec<Mark>,
    pub(crate) project: &'static str,
    pub(crate) project_grade: Grade,
    pub(crate) remark: &'static str,
}

impl Realschule {
    /// The grades of the pupil `index` of `seed`: never one that would be a failure.
    pub(crate) fn draw(seed: u64, index: u64) -> Self {
        let random = &mut Random::new(seed, Purpose::Realschule, index);
        let ability = 2 + random.below(2).cast_signed();
        let belief = random.pick(&BELIEFS);
        let elective = random.pick(&ELECTIVES);
        let subjects = [
            "Deutsch",
            "Englisch",
            "Mathematik",
            "Biologie",
            "Chemie",
            "Physik",
            "Geschichte",
            "Erdkunde",
            "Politik",
            belief,
            "Kunst",
            "Musik",
            "Sport",
            elective,
        ];
        let marks = subjects
            .into_iter()
            .enumerate()
            .map(|(place, subject)| {
                let value = ability + random.around(2);
                let grade = Grade::within(value, 1, 4);
                let exam = (place < 3).then(|| Grade::within(value + random.around(1), 1, 5));
                Mark { subject, grade, exam }
            })
            .collect();
        Self {
            marks,
            project: random.pick(&PROJECTS),
            project_grade: Grade::within(ability + random.around(1), 1, 4),
            remark: random.pick(&REMARKS),
        }
    }

    pub(crate) fn average(&self) -> Tenths {
        Tenths::mean(self.marks.iter().map(|mark| mark.grade))
    }
}

/// The grades and remarks of a half-year report.
pub(crate) struct Halbjahr {
    /// 5 to 10.
    pub(crate) class: u8,
    /// `a` to `d`.
    pub(crate) stream: char,
    pub(crate) marks: Vec<Mark>,
    pub(crate) days_absent: u8,
    /// Of those, the days without an excuse.
    pub(crate) days_unexcused: u8,
    pub(crate) times_late: u8,
    pub(crate) work: &'static str,
    pub(crate) conduct: &'static str,
    pub(crate) remark: &'static str,
}

impl Halbjahr {
    /// The report of the pupil `index` of `seed`.
    pub(crate) fn draw(seed: u64, index: u64) -> Self {
        let random = &mut Random::new(seed, Purpose::Halbjahr, index);
        let class = 5 + random.small(6);
        let ability = 2 + random.below(3).cast_signed();
        let belief = random.pick(&BELIEFS);
        let mut subjects = vec!["Deutsch", "Englisch", "Mathematik", "Geschichte", "Erdkunde"];
        subjects.extend([belief, "Biologie", "Kunst", "Musik", "Sport"]);
        if class >= 7 {
            subjects.extend(["Physik", "Chemie", random.pick(&ELECTIVES)]);
        } else {
            subjects.push("Naturwissenschaftliches Arbeiten");
        }
        let marks = subjects
            .into_iter()
            .map(|subject| {
                let grade = Grade::within(ability + random.around(2), 1, 5);
                Mark { subject, grade, exam: None }
            })
            .collect();
        let days_absent = random.small(16);
        let unexcused = random.below(u32::from(days_absent) / 4 + 1);
        Self {
            class,
            stream: random.pick(&['a', 'b', 'c', 'd']),
            marks,
            days_absent,
            days_unexcused: u8::try_from(unexcused).expect("at most the days absent"),
            times_late: random.small(5),
            work: random.pick(&CONDUCT),
            conduct: random.pick(&CONDUCT),
            remark: random.pick(&REMARKS),
        }
    }

    /// Whether the next class is in danger: two subjects are worse than sufficient.
    pub(crate) fn promotion_at_risk(&self) -> bool {
        self.marks.iter().filter(|mark| mark.grade.number() > 4).count() >= 2
    }
}

const BELIEFS: [&str; 4] = ["Evangelische Religion", "Katholische Religion", "Ethik", "Werte und Normen"];
const ELECTIVES: [&str; 5] = ["Französisch", "Spanisch", "Technik", "Hauswirtschaft", "Informatik"];
const PROJECTS: [&str; 6] = [
    "Wie viel Wasser steckt in einem T-Shirt?",
    "Der Bahnhof unserer Stadt 1925 – 1975 – heute",
    "Bau einer Wetterstation für den Schulhof",
    "Jüdisches Leben im Landkreis: Spuren und Quellen",
    "Fahrräder für alle: ein Verleih an der Schule",
    "Lärm im Klassenraum messen und mindern",
];
const CONDUCT: [&str; 4] = [
    "verdient besondere Anerkennung",
    "entspricht den Erwartungen in vollem Umfang",
    "entspricht den Erwartungen",
    "entspricht den Erwartungen mit Einschränkungen",
];
/// What pupils have done besides.
pub(crate) const REMARKS: [&str; 6] = [
    "Teilnahme an der Arbeitsgemeinschaft „Schulorchester“ mit gutem Erfolg.",
    "Mitarbeit in der Schülervertretung und im Schulsanitätsdienst.",
    "Teilnahme am Landeswettbewerb Mathematik mit einem Mannschaftspreis.",
    "Betriebspraktikum von drei Wochen in einer Tischlerei.",
    "Ausbildung zur Streitschlichtung abgeschlossen; Patenschaft für eine 5. Klasse.",
    "Teilnahme am Austausch mit der Partnerschule in Kolding (Dänemark).",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_average_of_a_realschule_certificate_is_the_mean(seed: u64, index: u64) {
            let grades = Realschule::draw(seed, index);
            prop_assert_eq!(grades.marks.len(), 14);
            let sum: f64 = grades.marks.iter().map(|mark| f64::from(mark.grade.number())).sum();
            let cut = (10.0 * sum / 14.0 + 1e-9).floor() / 10.0;
            prop_assert_eq!(grades.average().to_string(), format!("{cut:.1}").replace('.', ","));
            prop_assert!(grades.marks.iter().all(|mark| mark.grade.number() <= 4));
        }

        #[test]
        fn a_report_is_consistent(seed: u64, index: u64) {
            let report = Halbjahr::draw(seed, index);
            prop_assert!((5..=10).contains(&report.class));
            prop_assert!(report.days_unexcused <= report.days_absent);
            prop_assert_eq!(report.marks.len(), if report.class >= 7 { 13 } else { 11 });
        }
    }
}
