// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The points of an Abitur and what follows from them.

The arithmetic is that of the Länder's common rules for the upper secondary level: block I weighs
44 half-year results to at most 600 points, block II five examinations to at most 300, and the
average grade is 5 ⅔ − E / 180, cut (not rounded) after the first decimal and never better than 1.0.
*/

use crate::grade::Tenths;
use crate::random::{Purpose, Random};
use crate::report::REMARKS;

/// Everything on the second page of the certificate.
pub(crate) struct Abitur {
    pub(crate) courses: [Course; SUBJECTS],
    pub(crate) exams: [Exam; 5],
    /// The second foreign language, for the list of languages.
    pub(crate) second_language: &'static str,
    pub(crate) remark: &'static str,
}

/// One subject over the four half-years of the qualification phase.
#[derive(Clone, Copy)]
pub(crate) struct Course {
    pub(crate) subject: &'static str,
    pub(crate) field: Field,
    /// Taken at the advanced level: its results count twice.
    pub(crate) advanced: bool,
    /// 0 to 15 for each half-year.
    pub(crate) points: [u8; 4],
    /// Whether the half-year's result goes into block I.
    pub(crate) counted: [bool; 4],
}

/// The fields into which the subjects are sorted (Aufgabenfelder).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Languages,
    Society,
    Science,
    None,
}

/// One of the five examinations.
#[derive(Clone, Copy)]
pub(crate) struct Exam {
    pub(crate) subject: &'static str,
    pub(crate) advanced: bool,
    pub(crate) oral: bool,
    /// 0 to 15.
    pub(crate) points: u8,
}

const SUBJECTS: usize = 11;
/// Half-year results at the basic level that count, each once.
const BASIC_COUNTED: usize = 28;
/// Sum of the weights in block I: 8 results counted twice and 28 counted once.
const WEIGHTS: u16 = 44;

impl Abitur {
    /// The points of the pupil `index` of `seed`: always those of a passed examination.
    pub(crate) fn draw(seed: u64, index: u64) -> Self {
        let random = &mut Random::new(seed, Purpose::Abitur, index);
        let ability = 7 + random.below(7).cast_signed();
        loop {
            let abitur = Self::attempt(random, ability);
            if abitur.passed() {
                return abitur;
            }
        }
    }

    fn attempt(random: &mut Random, ability: i32) -> Self {
        let subjects = subjects(random);
        let exam_subjects = random.pick(&PROFILES);
        let mut leaning = [0; SUBJECTS];
        for value in &mut leaning {
            *value = random.around(3);
        }

        let mut courses = subjects.map(|(subject, field)| Course {
            subject,
            field,
            advanced: false,
            points: [0; 4],
            counted: [false; 4],
        });
        for (course, leaning) in courses.iter_mut().zip(leaning) {
            course.points = [(); 4].map(|()| points(ability + leaning + random.around(2)));
        }
        for &subject in &exam_subjects[..2] {
            courses[subject].advanced = true;
        }
        count_results(&mut courses, &exam_subjects);

        let mut place = 0;
        let exams = exam_subjects.map(|subject| {
            place += 1;
            Exam {
                subject: courses[subject].subject,
                advanced: courses[subject].advanced,
                oral: place > 3,
                points: points(ability + leaning[subject] + random.around(3)),
            }
        });
        Self { courses, exams, second_language: subjects[SECOND_LANGUAGE].0, remark: random.pick(&REMARKS) }
    }

    /// Sum of the counted results, advanced ones twice (P).
    pub(crate) fn point_sum(&self) -> u16 {
        self.courses.iter().map(Course::weighted).sum()
    }

    /// Result of block I: 40 · P / 44, rounded, half up. At most 600.
    pub(crate) fn block_one(&self) -> u16 {
        (80 * self.point_sum() + WEIGHTS) / (2 * WEIGHTS)
    }

    /// Result of block II: every examination four times. At most 300.
    pub(crate) fn block_two(&self) -> u16 {
        self.exams.iter().map(Exam::weighted).sum()
    }

    /// The whole result (Gesamtpunktzahl), 300 to 900 when passed.
    pub(crate) fn total(&self) -> u16 {
        self.block_one() + self.block_two()
    }

    pub(crate) fn average(&self) -> Tenths {
        average(self.total())
    }

    fn passed(&self) -> bool {
        let counted = |course: &Course| {
            let course = *course;
            (0..4).filter(move |&half| course.counted[half]).map(move |half| course.points[half])
        };
        let weak = self.courses.iter().flat_map(counted).filter(|&points| points < 5).count();
        let none = self.courses.iter().flat_map(counted).any(|points| points == 0);
        let good_exams = self.exams.iter().filter(|exam| exam.points >= 5);
        self.block_one() >= 200
            && self.block_two() >= 100
            && weak <= (8 + BASIC_COUNTED) / 5
            && !none
            && self.exams[..2].iter().any(|exam| exam.points >= 5)
            && good_exams.count() >= 3
    }
}

impl Course {
    /// Points that the subject brings into block I.
    pub(crate) fn weighted(&self) -> u16 {
        let counted = self.points.iter().zip(self.counted).filter(|(_, counted)| *counted);
        let sum: u16 = counted.map(|(&points, _)| u16::from(points)).sum();
        if self.advanced { 2 * sum } else { sum }
    }
}

impl Exam {
    /// Points that the examination brings into block II.
    pub(crate) fn weighted(&self) -> u16 {
        4 * u16::from(self.points)
    }
}

/// 5 ⅔ − `total` / 180 in tenths, cut to whole tenths.
fn average(total: u16) -> Tenths {
    Tenths::new(((1020 - total) / 18).max(10))
}

fn points(value: i32) -> u8 {
    u8::try_from(value.clamp(1, 15)).expect("clamped to 15")
}

/// Marks which results count: all of the advanced and examined subjects and of the core, then the
/// best of the others.
fn count_results(courses: &mut [Course; SUBJECTS], exam_subjects: &[usize; 5]) {
    let core = [GERMAN, ENGLISH, HISTORY, MATHEMATICS, BIOLOGY];
    let mut left = BASIC_COUNTED;
    for (number, course) in courses.iter_mut().enumerate() {
        if exam_subjects.contains(&number) || core.contains(&number) {
            course.counted = [true; 4];
            if !course.advanced {
                left -= 4;
            }
        }
    }
    let mut rest: Vec<(usize, usize)> = (0..SUBJECTS)
        .flat_map(|number| (0..4).map(move |half| (number, half)))
        .filter(|&(number, half)| !courses[number].counted[half])
        .collect();
    rest.sort_by_key(|&(number, half)| std::cmp::Reverse(courses[number].points[half]));
    for (number, half) in rest.into_iter().take(left) {
        courses[number].counted[half] = true;
    }
}

const GERMAN: usize = 0;
const ENGLISH: usize = 1;
const SECOND_LANGUAGE: usize = 2;
const ART: usize = 3;
const HISTORY: usize = 4;
const SOCIETY: usize = 5;
const MATHEMATICS: usize = 7;
const BIOLOGY: usize = 8;
const SECOND_SCIENCE: usize = 9;

/// Which subjects are examined: two advanced ones, one more in writing, two orally. Each row
/// covers all three fields and two of German, mathematics and a foreign language.
const PROFILES: [[usize; 5]; 8] = [
    [GERMAN, HISTORY, MATHEMATICS, ENGLISH, BIOLOGY],
    [MATHEMATICS, SECOND_SCIENCE, GERMAN, HISTORY, ENGLISH],
    [ENGLISH, BIOLOGY, MATHEMATICS, SOCIETY, GERMAN],
    [BIOLOGY, SECOND_SCIENCE, GERMAN, SOCIETY, MATHEMATICS],
    [ENGLISH, SECOND_LANGUAGE, MATHEMATICS, HISTORY, GERMAN],
    [GERMAN, ART, MATHEMATICS, SOCIETY, ENGLISH],
    [MATHEMATICS, ENGLISH, BIOLOGY, HISTORY, GERMAN],
    [SOCIETY, ENGLISH, MATHEMATICS, BIOLOGY, GERMAN],
];

/// One subject for each place in the table, ordered by field.
fn subjects(random: &mut Random) -> [(&'static str, Field); SUBJECTS] {
    let languages = ["Französisch", "Latein", "Spanisch", "Russisch"];
    let arts = ["Kunst", "Musik", "Darstellendes Spiel"];
    let society = ["Geographie", "Politik und Wirtschaft", "Sozialkunde"];
    let belief = ["Evangelische Religion", "Katholische Religion", "Ethik", "Philosophie"];
    let science = ["Chemie", "Physik", "Informatik"];
    [
        ("Deutsch", Field::Languages),
        ("Englisch", Field::Languages),
        (random.pick(&languages), Field::Languages),
        (random.pick(&arts), Field::Languages),
        ("Geschichte", Field::Society),
        (random.pick(&society), Field::Society),
        (random.pick(&belief), Field::Society),
        ("Mathematik", Field::Science),
        ("Biologie", Field::Science),
        (random.pick(&science), Field::Science),
        ("Sport", Field::None),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_average_follows_the_official_bands() {
        // Best total of each band as the Länder print it; every band below 1.0 is 18 wide.
        let bands = [(900, 10), (822, 11), (804, 12), (462, 31), (318, 39), (300, 40)];
        for (total, tenths) in bands {
            assert_eq!(average(total), Tenths::new(tenths), "{total}");
        }
        assert_eq!(average(823), Tenths::new(10));
        assert_eq!(average(805), Tenths::new(11));
        assert_eq!(average(301), Tenths::new(39));
    }

    proptest! {
        #[test]
        fn every_drawn_abitur_is_complete_and_its_sums_are_right(seed: u64, index: u64) {
            let abitur = Abitur::draw(seed, index);
            let (mut single, mut double, mut sum) = (0, 0, 0.0);
            for course in &abitur.courses {
                for half in 0..4 {
                    if course.counted[half] {
                        let weight = if course.advanced { 2.0 } else { 1.0 };
                        sum += weight * f64::from(course.points[half]);
                        if course.advanced { double += 1 } else { single += 1 }
                    }
                }
            }
            prop_assert_eq!((single, double), (28, 8));
            let one = (40.0 * sum / 44.0 + 0.5).floor();
            let two: f64 = abitur.exams.iter().map(|exam| 4.0 * f64::from(exam.points)).sum();
            prop_assert_eq!(abitur.total().to_string(), format!("{:.0}", one + two));

            // Ten times 17/3 - E/180; the small addition keeps whole tenths from being cut.
            let tenths = ((170.0 / 3.0 - (one + two) / 18.0) + 1e-9).floor().max(10.0);
            let printed = abitur.average().to_string().replace(',', ".");
            prop_assert_eq!(printed, format!("{:.1}", tenths / 10.0));

            let fields: Vec<Field> = abitur.exams.iter().map(|exam| {
                let of = |course: &&Course| course.subject == exam.subject;
                abitur.courses.iter().find(of).unwrap().field
            }).collect();
            for field in [Field::Languages, Field::Society, Field::Science] {
                prop_assert!(fields.contains(&field));
            }
        }
    }
}
