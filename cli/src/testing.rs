// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Checks that the tests of the programs call, so that no message and no help text can be missing.
//!
//! They panic with the list of all faults.

use std::{collections::BTreeSet, fs, path::Path};

use clap::Command;
use unicode_width::UnicodeWidthStr as _;

use crate::{
    Lang, Message, Words,
    help::{COMMON_ARGUMENTS, help_attribute, help_message, localise},
};

/// An example is shown without being wrapped, on a terminal of 80 columns, after two blanks.
const MAX_EXAMPLE_WIDTH: usize = 78;

/// Proves that every id written as `Message::new("…")` in the Rust files below a folder has words in both languages.
///
/// # Panics
///
/// With the missing ids, or if there is no such literal at all, which means that the folder is wrong.
pub fn assert_ids_exist(folder: impl AsRef<Path>) {
    let mut ids = BTreeSet::new();
    for_each_rust_file(folder.as_ref(), &mut |source| {
        ids.extend(ids_in(source));
    });
    assert!(!ids.is_empty(), "no message is used below {}", folder.as_ref().display());
    assert_no_faults(&ids.iter().flat_map(|id| missing(id)).collect::<Vec<_>>());
}

/// Proves that every code of a family has words in both languages; see [`Message::of_code`].
///
/// # Panics
///
/// With the missing ids.
pub fn assert_codes_exist<'a>(family: &str, codes: impl IntoIterator<Item = &'a str>) {
    let ids = codes.into_iter().map(|code| Message::of_code(family, code).id().to_owned());
    assert_no_faults(&ids.flat_map(|id| missing(&id)).collect::<Vec<_>>());
}

/// Proves for both languages that every command has a description and an example that can be parsed and is not too
/// wide, that every argument has a help text, and that there is no text for an argument that does not exist.
///
/// # Panics
///
/// With all that is missing.
pub fn assert_help_complete(command: &Command, prefix: &str) {
    let both = Lang::ALL.map(Words::new);
    assert_no_faults(&both.iter().flat_map(|words| help_faults(command, prefix, words)).collect::<Vec<_>>());
}

fn help_faults(command: &Command, prefix: &str, words: &Words) -> Vec<String> {
    let root = localise(command.clone(), words, prefix);
    root.clone().debug_assert();
    let mut faults = Vec::new();
    collect_help_faults(command, prefix, &root, words, &mut faults);
    faults
}

fn collect_help_faults(command: &Command, path: &str, root: &Command, words: &Words, faults: &mut Vec<String>) {
    let tag = words.lang().tag();
    let message = help_message(path);
    let id = message.id();
    let Some(attributes) = words.attributes(id) else {
        faults.push(format!("{tag}: {id}"));
        return;
    };
    if words.text(&message) == id {
        faults.push(format!("{tag}: {id} has no text"));
    }
    let mut wanted: BTreeSet<String> = command.get_arguments().map(help_attribute).collect();
    wanted.retain(|name| !COMMON_ARGUMENTS.contains(&name.as_str()));
    wanted.insert("example".to_owned());
    let written: BTreeSet<String> = attributes.into_iter().map(str::to_owned).collect();
    faults.extend(wanted.difference(&written).map(|name| format!("{tag}: {id}.{name}")));
    faults.extend(written.difference(&wanted).map(|name| format!("{tag}: {id}.{name} explains nothing")));

    for line in words.attribute(&message, "example").unwrap_or_default().lines() {
        if line.width() > MAX_EXAMPLE_WIDTH {
            faults.push(format!("{tag}: {id}.example is wider than {MAX_EXAMPLE_WIDTH}: {line}"));
        }
        // What a shell would do with quotes and pipes is not tried.
        let is_plain = !line.contains(['"', '\'', '|', '>']) && line.split(' ').next() == Some(root.get_name());
        if is_plain && let Err(error) = root.clone().try_get_matches_from(line.split_whitespace()) {
            faults.push(format!("{tag}: {id}.example cannot be parsed: {line}\n{error}"));
        }
    }
    for below in command.get_subcommands() {
        collect_help_faults(below, &format!("{path}-{}", below.get_name()), root, words, faults);
    }
}

fn missing(id: &str) -> Vec<String> {
    let silent = |words: &Words| words.attributes(id).is_none();
    Lang::ALL
        .map(Words::new)
        .iter()
        .filter(|words| silent(words))
        .map(|words| format!("{}: {id}", words.lang().tag()))
        .collect()
}

fn assert_no_faults(faults: &[String]) {
    assert!(faults.is_empty(), "words are missing:\n{}", faults.join("\n"));
}

fn for_each_rust_file(folder: &Path, visit: &mut impl FnMut(&str)) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            for_each_rust_file(&path, visit);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            visit(&fs::read_to_string(&path).expect("a Rust file is readable text"));
        }
    }
}

/// The literals in `Message::new("…")` outside comments; a line break may stand before the literal.
fn ids_in(source: &str) -> Vec<String> {
    const CALL: &str = concat!("Message::", "new(");
    let code: Vec<&str> = source.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
    let code = code.join(" ");
    let calls = code.split(CALL).skip(1);
    calls.filter_map(|after| after.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use clap::Arg;

    use super::*;

    fn faults(sample: &str) -> Vec<String> {
        let issue = Command::new("issue").arg(Arg::new("out_dir").long("out"));
        help_faults(&Command::new("issuer").subcommand(issue), "issuer", &Words::from_files(Lang::En, &[sample]))
    }

    #[test]
    fn complete_help_has_no_faults() {
        let complete = "help-issuer = A\n    .example = issuer issue\n\
            help-issuer-issue = B\n    .out-dir = C\n    .example = issuer issue --out d | x\n";
        assert_eq!(faults(complete), Vec::<String>::new());
    }

    #[test]
    fn every_gap_in_the_help_is_named() {
        assert_eq!(faults(""), ["en: help-issuer"]);
        let gaps = "help-issuer =\n    .example = issuer frob\n    .old = gone\nhelp-issuer-issue = B\n";
        let faults = faults(gaps);
        assert_eq!(faults[0], "en: help-issuer has no text");
        assert_eq!(faults[1], "en: help-issuer.old explains nothing");
        assert!(faults[2].starts_with("en: help-issuer.example cannot be parsed: issuer frob\n"), "{}", faults[2]);
        assert_eq!(faults[3..], ["en: help-issuer-issue.example", "en: help-issuer-issue.out-dir"]);
    }

    #[test]
    fn long_examples_are_found() {
        let (fits, wide) = ("x".repeat(78), "x".repeat(79));
        let sample = format!(
            "help-issuer = A\n    .example =\n        {fits}\n        {wide}\n\
             help-issuer-issue = B\n    .out-dir = C\n    .example = x\n"
        );
        assert_eq!(faults(&sample), [format!("en: help-issuer.example is wider than 78: {wide}")]);
    }

    #[test]
    fn literals_are_found_in_code_only() {
        let call = concat!("Message::", "new(");
        let source =
            format!("a({call}\"one\").with(1)); {call}\n    \"two\",\n) // x\n/// {call}\"three\")\n{call}id)");
        assert_eq!(ids_in(&source), ["one", "two"]);
    }

    #[test]
    fn missing_ids_are_named_for_each_language() {
        assert_eq!(missing("cannot-read"), Vec::<String>::new());
        assert_eq!(missing("nobody-wrote-this"), ["de: nobody-wrote-this", "en: nobody-wrote-this"]);
        assert_codes_exist("io", ["not_found", "storage-full"]);
    }

    #[test]
    #[should_panic(expected = "words are missing:\nde: io-nonsense\nen: io-nonsense")]
    fn a_code_without_words_fails_the_test() {
        assert_codes_exist("io", ["not_found", "nonsense"]);
    }
}
