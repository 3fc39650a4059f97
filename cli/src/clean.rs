// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Text from outside (file names, names in certificates, ledger answers) must not steer the terminal.
//!
//! A line break could forge a second line, an escape sequence could move the cursor and rewrite a verdict, and a
//! direction mark could show `exe.pdf` for `fdp.exe`. Such characters are therefore shown as their number.

use std::{borrow::Cow, fmt::Write as _};

use unicode_general_category::{GeneralCategory, get_general_category};

/// Shows every character that is invisible or steers the terminal as `\u{…}` and leaves all others as they are.
///
/// These are the control characters (C0, DEL, C1), the format characters (directions, zero width, tags), the line and
/// paragraph separators, private-use and unassigned characters, and letters that look empty. Combining marks stay, for
/// some systems store `ü` as two characters. Cleaning twice changes nothing more.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_hostile(character) {
            let _ = write!(cleaned, "{}", character.escape_unicode());
        } else {
            cleaned.push(character);
        }
    }
    Cow::Owned(cleaned)
}

fn is_hostile(character: char) -> bool {
    // The fillers are letters by category, yet nothing is drawn for them.
    const FILLERS: [char; 4] = ['\u{115f}', '\u{1160}', '\u{3164}', '\u{ffa0}'];
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    FILLERS.contains(&character)
        || matches!(
            get_general_category(character),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
                | GeneralCategory::PrivateUse
                | GeneralCategory::Unassigned
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_is_borrowed_unchanged() {
        for text in ["Zeugnis Müller.pdf", "u\u{308}", "Łódź – 20 €", "C:\\Schule\\a b.pdf", "日本", ""] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_steers_a_terminal_is_shown_as_a_number() {
        for (hostile, shown) in [
            ("a\nerror: b", r"a\u{a}error: b"),
            ("a\r\tb", r"a\u{d}\u{9}b"),
            ("\u{1b}[2J", r"\u{1b}[2J"),
            ("\u{7f}\u{9b}31m\u{85}", r"\u{7f}\u{9b}31m\u{85}"),
            ("\u{202e}fdp.exe", r"\u{202e}fdp.exe"),
            ("\u{2066}x\u{2069}\u{61c}", r"\u{2066}x\u{2069}\u{61c}"),
            ("a\u{200b}\u{ad}\u{feff}", r"a\u{200b}\u{ad}\u{feff}"),
            ("\u{2028}\u{2029}", r"\u{2028}\u{2029}"),
            ("\u{e0041}\u{e000}\u{3164}", r"\u{e0041}\u{e000}\u{3164}"),
        ] {
            assert_eq!(clean(hostile), shown);
            assert_eq!(clean(shown), shown);
        }
    }
}
