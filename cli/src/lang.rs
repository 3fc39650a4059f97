// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The two languages, and which of them a person gets.

/// A language of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// German.
    De,
    /// English.
    En,
}

impl Lang {
    /// Both languages, German first.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// Chooses by the flag, else by the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is not empty.
    ///
    /// A German locale gives German; every other one, `C` and none at all give English, because scripts and servers
    /// that set no language expect it.
    pub fn from_environment(flag: Option<Self>, env: impl Fn(&str) -> Option<String>) -> Self {
        flag.unwrap_or_else(|| {
            ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .find_map(|name| env(name).filter(|locale| !locale.is_empty()))
                .map_or(Self::En, |locale| Self::of_locale(&locale))
        })
    }

    /// The language tag: `de` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }

    fn of_locale(locale: &str) -> Self {
        match locale.split(['_', '.', '@', '-']).next() {
            Some(language) if language.eq_ignore_ascii_case("de") => Self::De,
            _ => Self::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(flag: Option<Lang>, env: &[(&str, &str)]) -> Lang {
        Lang::from_environment(flag, |name| {
            env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_flag_wins_then_the_first_variable_that_is_set() {
        assert_eq!(chosen(Some(Lang::De), &[("LC_ALL", "en_GB.UTF-8")]), Lang::De);
        assert_eq!(chosen(Some(Lang::En), &[("LC_ALL", "de_DE.UTF-8")]), Lang::En);
        assert_eq!(chosen(None, &[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]), Lang::En);
        assert_eq!(chosen(None, &[("LC_MESSAGES", "de_AT"), ("LANG", "en_US")]), Lang::De);
        assert_eq!(chosen(None, &[("LC_ALL", ""), ("LANG", "de_DE")]), Lang::De);
        assert_eq!(chosen(None, &[]), Lang::En);
    }

    #[test]
    fn only_german_locales_give_german() {
        for german in ["de", "de_DE.UTF-8", "de-CH", "DE", "de.UTF-8", "de@euro"] {
            assert_eq!(chosen(None, &[("LANG", german)]), Lang::De, "{german}");
        }
        for other in ["C", "POSIX", "C.UTF-8", "en_GB", "fr_FR", "den", "dsb_DE"] {
            assert_eq!(chosen(None, &[("LANG", other)]), Lang::En, "{other}");
        }
    }
}
