//! `text`: what was read, as it was read.

mod cleaning;
mod sentences;
mod tokens;

use std::io::Write;

use framescope_core::score::ArticleScore;
use framescope_core::text::{TypeTable, analyse};

use super::args::TextArgs;
use super::failure::Failure;
use super::messages::Messages;
use super::reading::{ReadArticle, Reading};
use super::settings;
use super::through::{self, Going, PerArticle, Rows};
use super::{DONE, SKIPPED};
use crate::corpus::ReadSettings;
use crate::pipeline::{Ending, Interrupt};

/// Runs `text`.
pub(crate) fn run(
    args: &TextArgs,
    stdout: &mut (dyn Write + Send),
    messages: &mut Messages<'_>,
) -> Result<u8, Failure> {
    let interrupt = Interrupt::listen().map_err(|e| Failure::Failed(format!("cannot listen for Ctrl-C: {e}")))?;
    // Nobody records what was only looked at.
    let settings = ReadSettings { hash: false, ..settings::reading(&args.reading, Vec::new())? };
    let reading = Reading::open(settings, &interrupt, None, messages)?;
    let shown = Shown {
        what: match (args.tokens, args.show_cleaning) {
            (true, _) => What::Tokens,
            (_, true) => What::Cleaning,
            _ => What::Sentences,
        },
        meta: reading.metadata().to_vec(),
    };
    let going = Going {
        threads: args.run.thread_count(),
        strict: args.run.strict,
        limit: args.reading.limit,
        // Looking at articles needs no identifier that is their own.
        id_check: false,
    };
    let is_table = shown.what == What::Tokens;
    let mut printed = Printed { stdout, between: if is_table { "" } else { BETWEEN }, begun: false };
    if is_table {
        printed.print(tokens::HEADER)?;
    }
    let gone = through::go(reading, &shown, &mut printed, going, &interrupt, messages)?;
    printed.stdout.flush().map_err(Failure::from_stdout)?;
    match gone.ending {
        Ending::Interrupted => Err(Failure::Interrupted { status: interrupt.exit_status(), target: None }),
        Ending::Done if gone.skipped.total > 0 => Ok(SKIPPED),
        Ending::Done => Ok(DONE),
    }
}

/// What is shown of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Sentences,
    Tokens,
    Cleaning,
}

struct Shown {
    what: What,
    /// The names of the metadata columns.
    meta: Vec<String>,
}

#[derive(Default)]
struct State {
    types: TypeTable,
    score: ArticleScore,
}

impl PerArticle for Shown {
    type State = State;
    type Rows = String;

    fn empty(&self) -> String {
        String::new()
    }

    fn article(&self, read: &ReadArticle<'_>, state: &mut State, rows: &mut String) {
        let analysis = &mut state.score.analysis;
        analyse(&read.article, &mut state.types, analysis);
        match self.what {
            What::Tokens => tokens::write(&read.article, analysis, &state.types, rows),
            What::Cleaning => {
                part(rows);
                cleaning::write(read, &self.meta, rows);
            }
            What::Sentences => {
                part(rows);
                sentences::write(&read.article, analysis, rows);
            }
        }
    }

    fn score(state: &State) -> &ArticleScore {
        &state.score
    }
}

/// What stands between articles.
const BETWEEN: &str = "\n\n";

fn part(rows: &mut String) {
    if !rows.is_empty() {
        rows.push_str(BETWEEN);
    }
}

struct Printed<'a> {
    stdout: &'a mut (dyn Write + Send),
    /// What stands between the articles of two chunks.
    between: &'static str,
    begun: bool,
}

impl Printed<'_> {
    fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.stdout.write_all(text.as_bytes()).map_err(Failure::from_stdout)
    }
}

impl Rows for Printed<'_> {
    type Rows = String;

    fn write(&mut self, rows: String) -> Result<(), Failure> {
        if self.begun && !rows.is_empty() {
            self.print(self.between)?;
        }
        self.begun |= !rows.is_empty();
        self.print(&rows)
    }
}
