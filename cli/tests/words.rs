// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! German and English say the same things: the files are well formed and have the same messages, attributes and
//! variables, so that no person meets an id or a gap instead of a sentence.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use cli::{Lang, Words};
use fluent_syntax::{
    ast::{Attribute, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource},
    parser,
};

/// The variables of each `message` and `message.attribute` of one file.
type Outline = BTreeMap<String, BTreeSet<String>>;

fn files(lang: Lang) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("words").join(lang.tag());
    let entries = fs::read_dir(folder).expect("each language has its folder");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("the folder can be listed").path()).collect();
    files.sort();
    files
}

fn outline(path: &Path) -> Outline {
    let source = fs::read_to_string(path).expect("a file of words is text");
    let resource =
        parser::parse(source.as_str()).unwrap_or_else(|(_, faults)| panic!("{}: {faults:?}", path.display()));
    outline_of(&resource).unwrap_or_else(|id| panic!("{}: {id} occurs twice", path.display()))
}

/// The outline, or the id that occurs twice.
fn outline_of(resource: &Resource<&str>) -> Result<Outline, String> {
    let mut outline = Outline::new();
    let mut add = |id: String, pattern: Option<&Pattern<&str>>| {
        let mut variables = BTreeSet::new();
        if let Some(pattern) = pattern {
            collect(pattern, &mut variables);
        }
        match outline.insert(id.clone(), variables) {
            None => Ok(()),
            Some(_) => Err(id),
        }
    };
    for entry in &resource.body {
        let (id, value, attributes): (_, _, &[Attribute<&str>]) = match entry {
            Entry::Message(message) => (message.id.name.to_owned(), message.value.as_ref(), &message.attributes),
            Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
            _ => continue,
        };
        add(id.clone(), value)?;
        for attribute in attributes {
            add(format!("{id}.{}", attribute.id.name), Some(&attribute.value))?;
        }
    }
    Ok(outline)
}

fn collect(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect_expression(expression, variables);
        }
    }
}

fn collect_expression(expression: &Expression<&str>, variables: &mut BTreeSet<String>) {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector, variants } => {
            for variant in variants {
                collect(&variant.value, variables);
            }
            selector
        }
    };
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => collect_expression(expression, variables),
        _ => {}
    }
}

#[test]
fn both_languages_have_the_same_files_messages_attributes_and_variables() {
    let [german, english] = Lang::ALL.map(files);
    assert_eq!(german.len(), english.len());
    for (german, english) in german.iter().zip(&english) {
        assert_eq!(german.file_name(), english.file_name());
        assert_eq!(outline(german), outline(english), "left is {}", german.display());
    }
}

#[test]
fn no_id_occurs_in_two_files() {
    for lang in Lang::ALL {
        let mut seen = BTreeSet::new();
        for file in files(lang) {
            for id in outline(&file).into_keys() {
                assert!(seen.insert(id.clone()), "{}: {id} occurs in another file too", file.display());
            }
        }
    }
}

#[test]
fn every_message_is_compiled_in() {
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for id in files(lang).iter().flat_map(|file| outline(file).into_keys()) {
            let id = id.split('.').next().unwrap();
            assert!(id.starts_with('-') || words.attributes(id).is_some(), "{}: {id}", lang.tag());
        }
    }
}

#[test]
fn every_message_that_the_crate_uses_exists() {
    cli::testing::assert_ids_exist(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
}

#[test]
fn the_outline_sees_differences() {
    let parse = |source: &str| outline_of(&parser::parse(source.to_owned().leak() as &str).unwrap());
    let entry = |id: &str, variables: &[&str]| (id.to_owned(), variables.iter().map(|v| (*v).to_owned()).collect());
    assert_eq!(
        parse("a = { $n ->\n   [one] { $x }\n  *[other] { { $y } }\n }\n    .hint = h\n"),
        Ok(Outline::from([entry("a", &["n", "x", "y"]), entry("a.hint", &[])]))
    );
    assert_eq!(parse("a = 1\na = 2\n"), Err("a".to_owned()));
    assert!(parser::parse("a = { $n\n").is_err());
}
