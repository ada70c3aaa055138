//! What the commands take, as clap knows it: which options, with which values.

use std::collections::BTreeMap;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::was_typed;

/// What stands behind an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Flag,
    /// Nothing or a value.
    Optional,
    /// A path.
    Path,
    /// A name, or the path of a file: a lexicon, a table of events.
    NameOrPath,
    /// Another value.
    Value,
    /// No option, but the paths that stand alone.
    Inputs,
}

/// An option of a command.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// Its number among the arguments of clap.
    pub(super) id: String,
    /// What stands behind it.
    pub(super) kind: Kind,
    /// Whether it may stand several times.
    pub(super) repeats: bool,
    /// What holds where nothing is said.
    pub(super) default: Option<String>,
}

/// What all commands take that read a corpus.
#[derive(Debug)]
pub(super) struct Commands {
    /// By the words that name the command; the options by their long names, `INPUT` among them.
    pub(super) commands: BTreeMap<String, BTreeMap<String, Known>>,
}

/// The name under which the inputs stand among options.
pub(super) const INPUTS: &str = "INPUT";

/// Options that are about the file itself.
const NOT_SET: [&str; 4] = ["help", "version", "config", "no-config"];

/// The commands that read a corpus.
pub(super) fn known(command: &Command) -> Commands {
    let mut commands = BTreeMap::new();
    collect(command, &mut Vec::new(), &mut commands);
    Commands { commands }
}

fn collect(command: &Command, path: &mut Vec<String>, into: &mut BTreeMap<String, BTreeMap<String, Known>>) {
    for below in command.get_subcommands() {
        path.push(below.get_name().to_owned());
        if reads_a_corpus(below) {
            into.insert(path.join(" "), options(below));
        }
        collect(below, path, into);
        path.pop();
    }
}

fn reads_a_corpus(command: &Command) -> bool {
    command.get_arguments().any(|arg| arg.get_id() == "inputs")
        && command.get_arguments().any(|arg| arg.get_id() == "no_config")
}

fn options(command: &Command) -> BTreeMap<String, Known> {
    let named = |arg: &Arg| match arg.get_id() == "inputs" {
        true => Some(INPUTS.to_owned()),
        false => arg.get_long().filter(|long| !NOT_SET.contains(long)).map(str::to_owned),
    };
    command.get_arguments().filter_map(|arg| Some((named(arg)?, known_option(arg)))).collect()
}

fn known_option(arg: &Arg) -> Known {
    let is_path = arg.get_value_parser().type_id() == ValueParser::path_buf().type_id();
    let takes_none = arg.get_num_args().is_some_and(|range| range.min_values() == 0);
    let kind = match arg.get_action() {
        _ if arg.get_id() == "inputs" => Kind::Inputs,
        ArgAction::Set | ArgAction::Append if matches!(arg.get_long(), Some("lexicon" | "events")) => Kind::NameOrPath,
        ArgAction::Set | ArgAction::Append if is_path => Kind::Path,
        ArgAction::Set | ArgAction::Append if takes_none => Kind::Optional,
        ArgAction::Set | ArgAction::Append => Kind::Value,
        _ => Kind::Flag,
    };
    let defaults: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let is_told = matches!(kind, Kind::Value | Kind::Optional) && !defaults.is_empty();
    Known {
        id: arg.get_id().to_string(),
        kind,
        repeats: matches!(arg.get_action(), ArgAction::Append) || kind == Kind::Inputs,
        default: is_told.then(|| defaults.join(",")),
    }
}

impl Commands {
    /// All options, whichever command takes them, each with the commands that do.
    pub(super) fn all(&self) -> BTreeMap<&str, (&Known, Vec<&str>)> {
        let mut all: BTreeMap<&str, (&Known, Vec<&str>)> = BTreeMap::new();
        for (command, options) in &self.commands {
            for (name, option) in options {
                all.entry(name).or_insert((option, Vec::new())).1.push(command);
            }
        }
        all
    }

    /// Whether a table of `[options]` is for a command of this name, or for those below it.
    pub(super) fn has_command(&self, name: &str) -> bool {
        self.commands.keys().any(|command| is_named(command, name))
    }
}

/// Whether a name means this command: its words, or the first of them.
pub(super) fn is_named(command: &str, name: &str) -> bool {
    command == name || command.split(' ').next() == Some(name)
}

/// The command that was typed.
pub(super) struct Leaf<'m> {
    /// Its names, from the top.
    pub(super) path: Vec<String>,
    /// What was typed of it, where something was.
    pub(super) matches: Option<&'m ArgMatches>,
    options: BTreeMap<String, Known>,
    command: Command,
}

impl<'m> Leaf<'m> {
    /// The command, if it reads a corpus.
    pub(super) fn of(command: &Command, matches: &'m ArgMatches) -> Option<Leaf<'m>> {
        let (mut command, mut matches) = (command, matches);
        let mut path = Vec::new();
        while let Some((name, below)) = matches.subcommand() {
            path.push(name.to_owned());
            command = command.find_subcommand(name)?;
            matches = below;
        }
        reads_a_corpus(command).then(|| Leaf::new(path, command, Some(matches)))
    }

    /// The command of these words, of which nothing was typed.
    pub(super) fn named(root: &Command, words: &str) -> Option<Leaf<'m>> {
        let path: Vec<String> = words.split(' ').map(str::to_owned).collect();
        let command = path.iter().try_fold(root, |command, name| command.find_subcommand(name))?;
        Some(Leaf::new(path.clone(), command, None))
    }

    fn new(path: Vec<String>, command: &Command, matches: Option<&'m ArgMatches>) -> Leaf<'m> {
        Leaf { path, matches, options: options(command), command: command.clone() }
    }

    /// An option of this long name.
    pub(super) fn takes(&self, option: &str) -> Option<&Known> {
        self.options.get(option)
    }

    /// Whether an option was typed.
    pub(super) fn was_typed(&self, option: &str) -> bool {
        let typed = |known: &Known| self.matches.is_some_and(|matches| was_typed(matches, &known.id));
        self.options.get(option).is_some_and(typed)
    }

    /// Whether something was typed that cannot stand beside this option.
    pub(super) fn excludes(&self, option: &str) -> bool {
        let (Some(known), Some(matches)) = (self.options.get(option), self.matches) else { return false };
        let conflicts = |one: &Arg, other: &Arg| {
            self.command.get_arg_conflicts_with(one).iter().any(|arg| arg.get_id() == other.get_id())
        };
        let arguments = || self.command.get_arguments();
        let Some(own) = arguments().find(|arg| *arg.get_id() == known.id) else { return false };
        let mut typed = arguments().filter(|arg| was_typed(matches, arg.get_id().as_str()));
        typed.any(|arg| conflicts(arg, own) || conflicts(own, arg))
    }

    /// What the command has against a word that stands alone behind it.
    pub(super) fn refuses(&self, word: &std::ffi::OsStr) -> Option<String> {
        use clap::error::ErrorKind;
        let words = [self.command.get_name().into(), word.to_owned()];
        let error = self.command.clone().try_get_matches_from(words).err()?;
        // Of what is missing the other settings tell.
        if matches!(error.kind(), ErrorKind::MissingRequiredArgument | ErrorKind::DisplayHelp) {
            return None;
        }
        let text = error.to_string();
        let lines = text.lines().take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
        let joined = lines.map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        Some(joined.trim_start_matches("error: ").to_owned())
    }
}
