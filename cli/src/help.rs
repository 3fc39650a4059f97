// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Help pages from the same files as all other words.
//!
//! The words of a command stand in one message named after its path, such as `help-issuer-issue`. Its first paragraph
//! is what the list of commands shows, the rest follows on the command's own page; `.example` holds lines to be typed,
//! and every argument has an attribute with its name, such as `.out`.

use clap::{
    Arg, ArgAction, Command,
    builder::{PossibleValue, Styles},
    value_parser,
};

use crate::{Lang, Message, Words};

/// The arguments that every program has; their words stand in `help.ftl`.
pub(crate) const COMMON_ARGUMENTS: [&str; 3] = ["lang", "help", "version"];

/// Longer lines are hard to read, however wide the terminal is.
const MAX_WIDTH: usize = 100;

/// Puts the words of one language into a whole command tree, and adds `--lang`, `--help` and `--version`.
///
/// `prefix` is the program's name in the ids: `issuer` for `help-issuer`, `help-issuer-issue` and so on.
pub fn localise(command: Command, words: &Words, prefix: &str) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).display_order(1002);
    let lang = Arg::new("lang")
        .long("lang")
        .global(true)
        .value_name("LANG")
        .value_parser(value_parser!(Lang))
        .display_order(1000);
    let command = command
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .max_term_width(MAX_WIDTH)
        .arg(version)
        .arg(lang);
    let command = localise_tree(command, words, prefix);
    let mut built = command.clone();
    built.build();
    localise_usage(command, &mut built, words)
}

/// The help message of a command, by its path from the program on: `issuer-issue`.
pub(crate) fn help_message(path: &str) -> Message {
    Message::of_code("help", path)
}

/// The attribute of an argument in its command's help message.
pub(crate) fn help_attribute(arg: &Arg) -> String {
    arg.get_id().as_str().replace('_', "-")
}

fn localise_tree(command: Command, words: &Words, path: &str) -> Command {
    let message = help_message(path);
    let text = paragraphs(&words.text(&message));
    let about = text.split("\n\n").next().unwrap_or_default().to_owned();
    let heading = |name: &str| {
        let style = Styles::styled();
        let style = style.get_header();
        format!("{style}{}:{style:#}", words.text(&Message::of_code("help-heading", name)))
    };

    let help = Arg::new("help").short('h').long("help").action(ArgAction::HelpShort).display_order(1001);
    let command = command
        .disable_help_flag(true)
        // A forgotten command is an error like any other, not a page of help.
        .arg_required_else_help(false)
        .subcommand_value_name(value_name(words, "COMMAND"))
        .arg(help)
        .mut_args(|arg| localise_arg(arg, words, &message));

    let section = |name: &str, tag: &str| format!("\n\n{}\n{{{tag}}}", heading(name));
    let template = [
        format!("{{before-help}}{} {{usage}}", heading("usage")),
        if command.has_subcommands() { section("commands", "subcommands") } else { String::new() },
        if command.get_positionals().next().is_some() { section("arguments", "positionals") } else { String::new() },
        section("options", "options"),
        "{after-help}".to_owned(),
    ]
    .concat();

    let command = match words.attribute(&message, "example") {
        Some(example) => {
            let lines: Vec<String> = example.lines().map(|line| format!("  {line}")).collect();
            command.after_help(format!("{}\n{}", heading("examples"), lines.join("\n")))
        }
        None => command,
    };
    command.about(about).long_about(None).before_help(text).help_template(template).mut_subcommands(|below| {
        let path = format!("{path}-{}", below.get_name());
        localise_tree(below, words, &path)
    })
}

fn localise_arg(arg: Arg, words: &Words, command: &Message) -> Arg {
    let name = help_attribute(&arg);
    let text = if COMMON_ARGUMENTS.contains(&name.as_str()) {
        words.text(&Message::of_code("help-option", &name))
    } else {
        words.attribute(command, &name).unwrap_or_else(|| format!("{}.{name}", command.id()))
    };
    if !arg.get_action().takes_values() {
        return arg.help(paragraphs(&text)).long_help(None);
    }

    let choices = arg.get_possible_values();
    let choices: Vec<_> = choices.iter().filter(|choice| !choice.is_hide_set()).map(PossibleValue::get_name).collect();
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let mut help = vec![text];
    if !choices.is_empty() {
        help.push(words.text(&Message::new("help-choices").with("choices", choices.join(", "))));
    }
    if !defaults.is_empty() {
        help.push(words.text(&Message::new("help-default").with("default", defaults.join(" "))));
    }
    let names: Vec<String> = match arg.get_value_names() {
        Some(names) => names.iter().map(|name| value_name(words, name)).collect(),
        None => vec![value_name(words, &arg.get_id().as_str().to_uppercase())],
    };
    arg.help(paragraphs(&help.join(" ")))
        .long_help(None)
        .hide_possible_values(true)
        .hide_default_value(true)
        .hide_env(true)
        .value_names(names)
}

/// `clap` writes the line of usage with two English words; `built` is the same tree, where each command knows its path.
fn localise_usage(command: Command, built: &mut Command, words: &Words) -> Command {
    let usage = built.render_usage().to_string();
    let usage =
        usage.trim_start_matches("Usage: ").replace("[OPTIONS]", &format!("[{}]", value_name(words, "OPTIONS")));
    command.override_usage(usage).mut_subcommands(|below| match built.find_subcommand_mut(below.get_name()) {
        Some(built) => localise_usage(below, built, words),
        None => below,
    })
}

/// The placeholder of a value in the person's language; the English one where there is no other.
fn value_name(words: &Words, english: &str) -> String {
    let message = Message::of_code("help-value", &english.to_lowercase());
    if words.attributes(message.id()).is_some() { words.text(&message) } else { english.to_owned() }
}

/// Joins the lines of each paragraph, for they were broken to suit the file and not the terminal.
fn paragraphs(text: &str) -> String {
    let joined: Vec<String> =
        text.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    joined.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DE: &str = "help-issuer = Besiegelt Zeugnisse.
    .example =
        issuer issue zeugnisse/ --out besiegelt --kind abitur
    .config = Datei mit den Einstellungen der Schule
help-issuer-issue =
    Besiegelt einen
    Ordner.

    Die Originale bleiben, wie sie sind.
    .example =
        issuer issue zeugnisse/ --out besiegelt --kind abitur
        issuer issue a.pdf --out besiegelt --kind abitur
    .path = Dateien und Ordner
    .out-dir = Wohin die besiegelten Dateien kommen
    .kind = Art der Zeugnisse
    .level = Stufe
    .skip-bad = Schlechte Dateien auslassen
";

    fn command() -> Command {
        let issue = Command::new("issue")
            .about("a comment in the code")
            .arg(Arg::new("path").value_name("PATH").num_args(1..).required(true).help("a comment"))
            .arg(Arg::new("out_dir").long("out").value_name("DIR").required(true))
            .arg(Arg::new("kind").long("kind").value_parser(["abitur", "zeugnis"]))
            .arg(Arg::new("level").long("level").value_name("XY").default_value("3"))
            .arg(Arg::new("skip_bad").long("skip-bad").action(ArgAction::SetTrue));
        Command::new("issuer")
            .version("1.2.3")
            .term_width(100)
            .arg_required_else_help(true)
            .subcommand_required(true)
            .arg(Arg::new("config").long("config").global(true).value_name("FILE"))
            .subcommand(issue)
    }

    fn page(lang: Lang, sample: &str, line: &str) -> String {
        let common = match lang {
            Lang::De => include_str!("../words/de/help.ftl"),
            Lang::En => include_str!("../words/en/help.ftl"),
        };
        let words = Words::from_files(lang, &[common, sample]);
        let command = localise(command(), &words, "issuer");
        command.try_get_matches_from(line.split(' ')).unwrap_err().to_string()
    }

    #[test]
    fn the_page_of_a_program_lists_its_commands() {
        let expected = "Besiegelt Zeugnisse.

Aufruf: issuer [OPTIONEN] <BEFEHL>

Befehle:
  issue  Besiegelt einen Ordner.

Optionen:
      --config <DATEI>  Datei mit den Einstellungen der Schule
      --lang <SPRACHE>  Sprache der Meldungen; sonst die des Systems [möglich: de, en]
  -h, --help            Diese Hilfe zeigen
  -V, --version         Die Version zeigen

Beispiele:
  issuer issue zeugnisse/ --out besiegelt --kind abitur
";
        assert_eq!(page(Lang::De, DE, "issuer --help"), expected);
        assert_eq!(page(Lang::De, DE, "issuer -h"), expected);
    }

    #[test]
    fn the_page_of_a_command_explains_its_arguments() {
        assert_eq!(
            page(Lang::De, DE, "issuer issue --help"),
            "Besiegelt einen Ordner.

Die Originale bleiben, wie sie sind.

Aufruf: issuer issue [OPTIONEN] --out <ORDNER> <PFAD>...

Argumente:
  <PFAD>...  Dateien und Ordner

Optionen:
      --config <DATEI>  Datei mit den Einstellungen der Schule
      --out <ORDNER>    Wohin die besiegelten Dateien kommen
      --kind <ART>      Art der Zeugnisse [möglich: abitur, zeugnis]
      --level <XY>      Stufe [ohne Angabe: 3]
      --skip-bad        Schlechte Dateien auslassen
      --lang <SPRACHE>  Sprache der Meldungen; sonst die des Systems [möglich: de, en]
  -h, --help            Diese Hilfe zeigen

Beispiele:
  issuer issue zeugnisse/ --out besiegelt --kind abitur
  issuer issue a.pdf --out besiegelt --kind abitur
"
        );
    }

    #[test]
    fn words_that_are_missing_show_their_id() {
        assert_eq!(
            page(Lang::En, "", "issuer issue --help"),
            "help-issuer-issue

Usage: issuer issue [OPTIONS] --out <DIR> <PATH>...

Arguments:
  <PATH>...  help-issuer-issue.path

Options:
      --config <FILE>  help-issuer.config
      --out <DIR>      help-issuer-issue.out-dir
      --kind <KIND>    help-issuer-issue.kind [possible: abitur, zeugnis]
      --level <XY>     help-issuer-issue.level [if not given: 3]
      --skip-bad       help-issuer-issue.skip-bad
      --lang <LANG>    Language of the messages; else that of the system [possible: de, en]
  -h, --help           Show this help
"
        );
    }

    #[test]
    fn the_version_is_one_line() {
        assert_eq!(page(Lang::De, DE, "issuer --version"), "issuer 1.2.3\n");
    }
}
