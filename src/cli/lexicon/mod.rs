//! `lexicon`: list the shipped ones, show one, check one.

mod check;
mod show;
mod words;

use std::io::Write;

use framescope_core::lexicon::Lexicon;

use super::DONE;
use super::args::{LexiconCommand, ShowArgs};
use super::failure::Failure;
use super::lexicons::{self, Source};
use super::messages::Messages;
use super::precision;
use super::shipped;
use crate::pipeline::{available_threads, each_beside};
use show::Shown;

/// Runs `lexicon …`.
pub(crate) fn run(
    command: &LexiconCommand,
    stdout: &mut (dyn Write + Send),
    messages: &Messages<'_>,
) -> Result<u8, Failure> {
    match command {
        LexiconCommand::List => {
            let lines: Vec<String> = list_lines().iter().map(|line| format!("{line}\n")).collect();
            print(stdout, &lines.concat())
        }
        LexiconCommand::Show(args) => show(args, stdout),
        LexiconCommand::Check(args) => check::run(args, stdout, messages),
    }
}

/// The shipped lexicons, a line each: name, version, language, size, full name.
pub(crate) fn list_lines() -> Vec<String> {
    let sources: Vec<Source> = shipped::all()
        .map(|shipped| Source { name: shipped.name.to_owned(), text: shipped.source.to_owned(), folder: None })
        .collect();
    let rows = each_beside(available_threads(), &sources, |source| match lexicons::read(source) {
        Ok(lexicon) => row(&source.name, &lexicon),
        // A test reads every shipped lexicon, so this is not seen in a release.
        Err(errors) => {
            let wrong = format!("cannot be read: {}", errors.first().map(ToString::to_string).unwrap_or_default());
            [source.name.clone(), String::new(), String::new(), String::new(), wrong]
        }
    });
    let width = |column: usize| rows.iter().map(|r| r[column].chars().count()).max().unwrap_or(0);
    let [name, version, language, size] = [width(0), width(1), width(2), width(3)];
    rows.iter()
        .map(|r| format!("{:name$}  {:version$}  {:language$}  {:>size$}  {}", r[0], r[1], r[2], r[3], r[4]))
        .map(|line| line.trim_end().to_owned())
        .collect()
}

fn row(name: &str, lexicon: &Lexicon) -> [String; 5] {
    let about = &lexicon.about;
    [
        name.to_owned(),
        about.version.clone(),
        about.language.clone(),
        show::counted_entries(lexicon.entries.len()),
        if about.name.is_empty() { about.description.clone() } else { about.name.clone() },
    ]
}

fn show(args: &ShowArgs, stdout: &mut (dyn Write + Send)) -> Result<u8, Failure> {
    let source = lexicons::find(&args.lexicon, None).map_err(Failure::Usage)?;
    if args.source {
        return print(stdout, &source.text);
    }
    let lexicon = lexicons::read(&source).map_err(Failure::Lexicon)?;
    let shown = Shown { lexicon: &lexicon, precision: &precision::of(&source) };
    let Some(path) = &args.path else { return print(stdout, &shown.whole(&args.lexicon)) };
    match lexicon.path(path) {
        Some(id) => print(stdout, &shown.path(id)),
        None => Err(Failure::Usage(no_such_path(&lexicon, path))),
    }
}

fn no_such_path(lexicon: &Lexicon, path: &str) -> String {
    let names = || lexicon.paths.iter().map(|p| p.id.as_str());
    // Who types the last name alone usually means the path that ends in it.
    let by_last_name: Vec<&str> = names().filter(|n| n.rsplit('.').next() == path.rsplit('.').next()).collect();
    let hint = match by_last_name.as_slice() {
        [] => shipped::meant(path, names()).map(|name| format!("did you mean `{name}`?")),
        found => {
            Some(format!("did you mean {}?", found.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" or ")))
        }
    };
    match hint {
        Some(hint) => format!("{} has no path `{path}`; {hint}", lexicon.about.id),
        None => {
            format!("{} has no path `{path}`; its paths: {}", lexicon.about.id, names().collect::<Vec<_>>().join(", "))
        }
    }
}

fn print(stdout: &mut (dyn Write + Send), text: &str) -> Result<u8, Failure> {
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(Failure::from_stdout)?;
    Ok(DONE)
}
