//! The command line: arguments as typed become settings as meant, settings become a run, and
//! what comes of it becomes a message and an exit status.
//!
//! One file a command. Nothing is scored here and nothing is decided twice: a conflict between
//! arguments is found and named in [`settings`](self), a floor's error is drawn for people in
//! [`failure`](self), and everything said on standard error goes through one place.

mod args;
mod compare;
mod completions;
mod config;
mod dates;
mod describe;
mod draw;
mod failure;
mod files;
mod heap;
mod keyness;
mod kwic;
mod lexicon;
mod lexicons;
mod messages;
mod precision;
mod reading;
mod report;
mod score;
mod settings;
mod shipped;
mod tables;
mod text;
mod through;
mod trend;

use std::ffi::OsString;
use std::io::Write;

use clap::{CommandFactory as _, FromArgMatches as _};

use args::{Arguments, Command};
use failure::Failure;
use messages::Messages;

/// Done.
pub const DONE: u8 = 0;
/// Failed, or checks not passed.
pub const FAILED: u8 = 1;
/// Wrong usage, or a lexicon that cannot be read.
pub const USAGE: u8 = 2;
/// Done, but some articles were skipped.
pub const SKIPPED: u8 = 3;

/// Where a command writes to.
pub struct Streams<'a> {
    /// Tables and whatever was asked for.
    pub stdout: &'a mut (dyn Write + Send),
    /// Whether that is a terminal.
    pub stdout_is_terminal: bool,
    /// Messages.
    pub stderr: &'a mut (dyn Write + Send),
    /// Whether that is a terminal.
    pub stderr_is_terminal: bool,
}

/// Runs the program: `args` as the system gives them, the program's name first. Returns the exit
/// status.
pub fn run(args: impl IntoIterator<Item = OsString>, streams: Streams<'_>) -> u8 {
    let Streams { stdout, stdout_is_terminal, stderr, stderr_is_terminal } = streams;
    let mut messages = Messages::new(stderr, stderr_is_terminal);
    let (arguments, places) = match arguments(args.into_iter().collect(), &mut messages) {
        Ok(read) => read,
        Err(Unread::Arguments(error)) => return answer(&error, stdout, stdout_is_terminal, &messages),
        Err(Unread::Settings(failure)) => return failure.tell(&messages),
    };
    let done = match arguments.command {
        Command::Score(args) => {
            messages.be_quiet(args.run.quiet);
            score::run(&args, stdout, &mut messages)
        }
        Command::Kwic(args) => {
            messages.be_quiet(args.run.quiet);
            kwic::run(&args, stdout, &mut messages)
        }
        Command::Compare(args) => {
            messages.be_quiet(args.run.quiet);
            compare::run(&args, stdout, stdout_is_terminal, &mut messages)
        }
        Command::Describe(args) => {
            messages.be_quiet(args.run.quiet);
            describe::run(&args, stdout, stdout_is_terminal, &mut messages)
        }
        Command::Trend(args) => {
            messages.be_quiet(args.run.quiet);
            trend::run(&args, stdout, stdout_is_terminal, &mut messages)
        }
        Command::Keyness(args) => {
            messages.be_quiet(args.run.quiet);
            keyness::run(&args, stdout, stdout_is_terminal, &mut messages)
        }
        Command::Report(args) => {
            messages.be_quiet(args.comparing.run.quiet);
            report::run(&args, &mut messages)
        }
        Command::Text(args) => {
            messages.be_quiet(args.run.quiet);
            text::run(&args, stdout, &mut messages)
        }
        Command::Config(args) => config::run(&args, stdout),
        Command::Completions(args) => completions::run(&args, stdout),
        Command::Lexicon(command) => lexicon::run(&command, stdout, &messages),
        Command::Man => completions::man(stdout),
    };
    messages.end_progress();
    match done {
        Ok(status) => status,
        Err(Failure::Usage(text)) => Failure::Usage(config::with_place(&text, &places)).tell(&messages),
        Err(failure) => failure.tell(&messages),
    }
}

/// Why there are no arguments to run with.
enum Unread {
    /// What was typed cannot be read, or asks for help.
    Arguments(clap::Error),
    /// The file of settings cannot be read.
    Settings(Failure),
}

/// The arguments as typed, and before them those of the file of settings, with what that says where.
fn arguments(typed: Vec<OsString>, messages: &mut Messages<'_>) -> Result<(Arguments, Vec<config::SaidAt>), Unread> {
    let matches = match command().try_get_matches_from(&typed) {
        // What is missing may stand in the file.
        Err(error) if error.kind() == clap::error::ErrorKind::MissingRequiredArgument => {
            command().ignore_errors(true).try_get_matches_from(&typed)
        }
        read => read,
    };
    let matches = matches.map_err(Unread::Arguments)?;
    let applied = config::apply(&typed, &matches, &command()).map_err(Unread::Settings)?;
    let words = applied.as_ref().map_or(&typed, |applied| &applied.arguments);
    let matches = command().try_get_matches_from(words).map_err(Unread::Arguments)?;
    let mut places = Vec::new();
    if let Some(applied) = applied {
        messages.be_quiet(config::is_quiet(&matches));
        messages.note(applied.note);
        places = applied.places;
    }
    Ok((Arguments::from_arg_matches(&matches).map_err(Unread::Arguments)?, places))
}

/// What clap has to say: help and version on standard output, wrong usage on standard error.
fn answer(
    error: &clap::Error,
    stdout: &mut (dyn Write + Send),
    stdout_is_terminal: bool,
    messages: &Messages<'_>,
) -> u8 {
    let rendered = error.render();
    if error.use_stderr() {
        if messages.has_colour() {
            messages.plain(rendered.ansi());
        } else {
            messages.plain(rendered);
        }
        return USAGE;
    }
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let written = if stdout_is_terminal && !no_colour {
        write!(stdout, "{}", rendered.ansi())
    } else {
        write!(stdout, "{rendered}")
    };
    match written.and_then(|()| stdout.flush()) {
        Ok(()) => DONE,
        Err(error) => Failure::from_stdout(error).tell(messages),
    }
}

/// The whole command line, as clap knows it.
fn command() -> clap::Command {
    Arguments::command()
}
