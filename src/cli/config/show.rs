//! `config`: every setting, its value, and where it comes from.

use std::collections::BTreeMap;
use std::io::Write;

use unicode_width::UnicodeWidthStr as _;

use super::error::line_column;
use super::keys::{CORPUS, Key, STUDY, TOP, place_of};
use super::options::{self, Known, Leaf};
use super::read::Setting;
use super::{Config, find};
use crate::cli::DONE;
use crate::cli::args::ConfigArgs;
use crate::cli::failure::Failure;
use crate::output::{FileRecord, plain};

/// A line: a setting, its value, and where that comes from.
type Line = (String, String, String);

/// Runs `config`.
pub(crate) fn run(args: &ConfigArgs, stdout: &mut (dyn Write + Send)) -> Result<u8, Failure> {
    let command = crate::cli::command();
    let commands = options::known(&command);
    let chosen: Vec<&str> = match args.command.as_deref().map(str::trim) {
        None => commands.commands.keys().map(String::as_str).collect(),
        Some(name) if commands.has_command(name) => {
            commands.commands.keys().map(String::as_str).filter(|known| options::is_named(known, name)).collect()
        }
        Some(name) => {
            let known: Vec<&str> = commands.commands.keys().map(String::as_str).collect();
            return Err(Failure::Usage(format!(
                "no command `{name}` reads a corpus; those that do: {}",
                known.join(", ")
            )));
        }
    };
    let config = find(args.config.as_deref(), &command)?;
    if let Some(config) = &config {
        check(config, &command, &chosen)?;
    }
    let mut taken: BTreeMap<&str, (&Known, Vec<&str>)> = BTreeMap::new();
    for name in &chosen {
        for (option, known) in &commands.commands[*name] {
            taken.entry(option).or_insert((known, Vec::new())).1.push(name);
        }
    }
    let text = draw(config.as_ref(), &taken, &chosen);
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(Failure::from_stdout)?;
    Ok(DONE)
}

/// Fails with all that the commands would have against the file.
fn check(config: &Config, command: &clap::Command, chosen: &[&str]) -> Result<(), Failure> {
    let mut wrong = Vec::new();
    for name in chosen {
        let Some(leaf) = Leaf::named(command, name) else { continue };
        let taken = config.settings_for(&leaf);
        let refused = taken.iter().filter_map(|setting| config.words(setting, &leaf).err());
        wrong.extend(refused.chain(config.unknown_paths(&taken, &leaf)));
    }
    wrong.sort_by_key(super::ConfigError::start);
    wrong.dedup();
    if wrong.is_empty() { Ok(()) } else { Err(config.failure(wrong)) }
}

fn draw(config: Option<&Config>, taken: &BTreeMap<&str, (&Known, Vec<&str>)>, chosen: &[&str]) -> String {
    let mut text = match config {
        Some(config) => {
            let hash = FileRecord::of_bytes(&config.shown, config.text.as_bytes()).sha256.unwrap_or_default();
            format!("settings from {} (sha256:{hash})\n", config.shown)
        }
        None => format!("no {} in this folder or above it: these are the defaults\n", super::NAME),
    };
    for (heading, table, keys) in [("at the top", "", TOP), ("[corpus]", "corpus", CORPUS), ("[study]", "study", STUDY)]
    {
        let lines: Vec<Line> = keys
            .iter()
            .filter(|key| taken.contains_key(key.option))
            .flat_map(|key| lines_of_key(key, table, config, taken, chosen))
            .collect();
        section(heading, &lines, &mut text);
    }
    let others = taken.iter().filter(|(option, _)| place_of(option).is_none() && **option != options::INPUTS);
    let lines: Vec<Line> = others
        .flat_map(|(option, (known, commands))| {
            let mut lines = settings(config, option, chosen);
            let everywhere = config.is_some_and(|config| {
                config.settings.iter().any(|setting| setting.option == **option && setting.command.is_none())
            });
            if !everywhere {
                lines.insert(0, ((*option).to_owned(), default(known), "default".to_owned()));
            }
            if commands.len() < chosen.len() {
                let which = format!("  ({})", commands.join(", "));
                lines.iter_mut().for_each(|line| line.2.push_str(&which));
            }
            lines
        })
        .collect();
    section("[options]", &lines, &mut text);
    text
}

/// The lines of a key that has a table of its own.
fn lines_of_key(
    key: &Key,
    table: &str,
    config: Option<&Config>,
    taken: &BTreeMap<&str, (&Known, Vec<&str>)>,
    chosen: &[&str],
) -> Vec<Line> {
    let mut lines = settings(config, key.option, chosen);
    if let super::keys::Holds::Switch(undo) = key.holds {
        lines.extend(settings(config, undo, chosen));
    }
    // The heading says which table it is.
    for line in &mut lines {
        if let Some(bare) = line.0.strip_prefix(table).and_then(|rest| rest.strip_prefix('.')) {
            line.0 = bare.to_owned();
        }
    }
    if lines.is_empty() {
        let known = taken.get(key.option).map_or_else(String::new, |(known, _)| default(known));
        lines.push((key.name.to_owned(), known, "default".to_owned()));
    }
    lines
}

/// What the file says of an option.
fn settings(config: Option<&Config>, option: &str, chosen: &[&str]) -> Vec<Line> {
    let Some(config) = config else { return Vec::new() };
    let ours = |setting: &&Setting| {
        setting.option == option
            && setting.command.as_deref().is_none_or(|name| chosen.iter().any(|known| options::is_named(known, name)))
    };
    config
        .settings
        .iter()
        .filter(ours)
        .map(|setting| {
            let value = match setting.switch {
                Some(yes) => (yes && !option.starts_with("no-clean")).to_string(),
                None => setting.values.iter().map(|value| plain(&value.text)).collect::<Vec<_>>().join(", "),
            };
            let line = line_column(&config.text, setting.span.start).0;
            let key = setting.key.strip_prefix("options.").unwrap_or(&setting.key);
            (key.to_owned(), value, format!("{}:{line}", config.shown))
        })
        .collect()
}

fn default(known: &Known) -> String {
    match (known.kind, &known.default) {
        (_, Some(default)) => default.clone(),
        (options::Kind::Flag, None) => "false".to_owned(),
        _ => "–".to_owned(),
    }
}

fn section(heading: &str, lines: &[Line], text: &mut String) {
    if lines.is_empty() {
        return;
    }
    let width =
        |of: fn(&Line) -> &String, most: usize| lines.iter().map(|line| of(line).width()).max().unwrap_or(0).min(most);
    let (names, values) = (width(|line| &line.0, 40), width(|line| &line.1, 50));
    text.push_str(&format!("\n{heading}\n"));
    let padded = |cell: &str, width: usize| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width())));
    for (name, value, from) in lines {
        text.push_str(&format!("  {}  {}  {from}\n", padded(name, names), padded(value, values)));
    }
}
