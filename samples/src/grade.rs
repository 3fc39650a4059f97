// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Grades from 1 (very good) to 6, and averages of them.

use std::fmt;

/// A number with one decimal, printed the German way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tenths(u16);

impl Tenths {
    pub(crate) const fn new(tenths: u16) -> Self {
        Self(tenths)
    }

    /// The mean of `grades`, cut after the first decimal.
    ///
    /// # Panics
    /// If there are no grades.
    pub(crate) fn mean(grades: impl Iterator<Item = Grade>) -> Self {
        let (count, sum) = grades.fold((0, 0), |(count, sum), grade| (count + 1, sum + u16::from(grade.0)));
        Self(10 * sum / count)
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.0 / 10, self.0 % 10)
    }
}

/// A grade, 1 to 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Grade(u8);

impl Grade {
    /// The grade nearest to `value` within `best` to `worst`.
    pub(crate) fn within(value: i32, best: u8, worst: u8) -> Self {
        let grade = value.clamp(i32::from(best), i32::from(worst));
        Self(u8::try_from(grade).expect("clamped to a grade"))
    }

    pub(crate) fn number(self) -> u8 {
        self.0
    }

    /// The word that stands for the grade.
    pub(crate) fn word(self) -> &'static str {
        match self.0 {
            1 => "sehr gut",
            2 => "gut",
            3 => "befriedigend",
            4 => "ausreichend",
            5 => "mangelhaft",
            _ => "ungenügend",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_cut_and_not_rounded() {
        let mean = |grades: &[i32]| Tenths::mean(grades.iter().map(|&grade| Grade::within(grade, 1, 6))).to_string();
        assert_eq!(mean(&[2, 3, 3]), "2,6");
        assert_eq!(mean(&[1, 1, 1]), "1,0");
        assert_eq!(mean(&[1, 2]), "1,5");
    }
}
