//! `describe --boilerplate`: lines that a group's articles share, proposed to a person.

use std::io::Write;
use std::path::Path;

use framescope_core::score::ArticleScore;
use framescope_core::text::{TypeTable, analyse};

use super::{going, nothing_read, reading_settings, tell_left_out};
use crate::cli::args::{DescribeArgs, PROPOSE};
use crate::cli::failure::Failure;
use crate::cli::messages::{Messages, counted};
use crate::cli::reading::{ReadArticle, Reading};
use crate::cli::through::{self, PerArticle, Rows};
use crate::cli::{DONE, SKIPPED};
use crate::compare::{CommonLine, GroupId, Grouping, Groups, LineCounts, lines_of};
use crate::output::{OutputFile, plain};
use crate::pipeline::{Ending, Interrupt};

/// Whether a proposal was asked for rather than a description.
pub(super) fn is_wanted(args: &DescribeArgs) -> bool {
    args.reading.boilerplate.as_deref() == Some(Path::new(PROPOSE))
}

/// Proposes lines.
pub(super) fn run(
    args: &DescribeArgs,
    stdout: &mut (dyn Write + Send),
    messages: &mut Messages<'_>,
) -> Result<u8, Failure> {
    let interrupt = Interrupt::listen().map_err(|e| Failure::Failed(format!("cannot listen for Ctrl-C: {e}")))?;
    let output = args.writing.output.as_deref();
    let mut settings = reading_settings(args, output.map(Path::to_path_buf).into_iter().collect())?;
    settings.hash = false;
    let reading = Reading::open(settings, &interrupt, output, messages)?;
    messages.begin_progress(|| reading.total_bytes());
    let messages = &*messages;
    let lines = Lines { grouping: reading.grouping(args.grouping.by.as_deref(), messages)? };
    let file = output.map(|path| OutputFile::create(path, &reading.named_files())).transpose()?;
    let mut counted_lines = Counted::default();
    let gone = through::go(reading, &lines, &mut counted_lines, going(args), &interrupt, messages)?;
    messages.end_progress();
    if gone.ending == Ending::Interrupted {
        return Err(Failure::Interrupted { status: interrupt.exit_status(), target: args.writing.output.clone() });
    }
    nothing_read(&gone, args)?;
    tell_left_out(counted_lines.left_out, lines.grouping.name(), messages);
    let (text, proposed) = counted_lines.proposal();
    let written = match file {
        None => {
            stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(Failure::from_stdout)?;
            String::new()
        }
        Some(mut file) => {
            let name = file.path().display().to_string();
            file.write_all(text.as_bytes()).map_err(|e| Failure::Failed(format!("writing {name} failed: {e}")))?;
            file.commit()?;
            format!("; wrote {name}")
        }
    };
    messages.summary(format_args!(
        "{}, {} proposed, nothing taken out{written}",
        counted(gone.counts.articles, "article"),
        counted(proposed, "line")
    ));
    Ok(if gone.skipped.total > 0 { SKIPPED } else { DONE })
}

/// Takes the lines of articles.
struct Lines {
    grouping: Grouping,
}

#[derive(Default)]
struct State {
    types: TypeTable,
    score: ArticleScore,
}

#[derive(Default)]
struct Taken {
    groups: Groups,
    /// Group, id and lines of each article.
    articles: Vec<(GroupId, String, Vec<String>)>,
    left_out: u64,
}

impl PerArticle for Lines {
    type State = State;
    type Rows = Taken;

    fn empty(&self) -> Taken {
        Taken::default()
    }

    fn article(&self, read: &ReadArticle<'_>, state: &mut State, rows: &mut Taken) {
        analyse(&read.article, &mut state.types, &mut state.score.analysis);
        let Some(group) = self.grouping.group_of(read.values, read.path) else {
            rows.left_out += 1;
            return;
        };
        let lines = lines_of(read.article.text, read.article.removed);
        rows.articles.push((rows.groups.number(group), read.article.id.to_owned(), lines));
    }

    fn score(state: &State) -> &ArticleScore {
        &state.score
    }
}

/// Lines by group.
#[derive(Default)]
struct Counted {
    groups: Groups,
    lines: Vec<LineCounts>,
    left_out: u64,
}

impl Rows for Counted {
    type Rows = Taken;

    fn write(&mut self, rows: Taken) -> Result<(), Failure> {
        let numbers = self.groups.merge(&rows.groups);
        self.lines.resize_with(self.groups.len(), LineCounts::default);
        for (group, id, lines) in rows.articles {
            self.lines[numbers[group.index()].index()].add(&id, lines);
        }
        self.left_out += rows.left_out;
        Ok(())
    }
}

impl Counted {
    /// The file that `--boilerplate FILE` reads, and how many lines it proposes.
    fn proposal(&self) -> (String, u64) {
        let mut text = String::from(
            "# Lines that many articles of one group share, proposed by `framescope describe --boilerplate`.\n\
             # Nothing was taken out. Read them, delete those that are text, and use the rest with --boilerplate FILE.\n\
             # A line that begins with # is a comment; \\# begins a line that does.\n",
        );
        let mut proposed = 0;
        let (sorted, new) = self.groups.sorted();
        for (number, name) in sorted.names().iter().enumerate() {
            let Some(old) = new.iter().position(|id| id.index() == number) else { continue };
            let counts = &self.lines[old];
            for common in counts.common() {
                proposed += 1;
                text.push_str(&comment(name, &common, counts.articles()));
                if common.line.starts_with('#') {
                    text.push('\\');
                }
                text.push_str(&common.line);
                text.push('\n');
            }
        }
        if proposed == 0 {
            text.push_str("# None was found: no line stands in 3 articles and a twentieth of a group's.\n");
        }
        (text, proposed)
    }
}

/// What is said above a line.
fn comment(group: &str, common: &CommonLine, articles: u64) -> String {
    let more = if common.missed > 0 { format!(" or up to {} more", common.missed) } else { String::new() };
    format!(
        "\n# {}: {}{more} of {} ({:.0} %), such as {}\n",
        plain(group),
        common.articles,
        counted(articles, "article"),
        100.0 * common.articles as f64 / articles.max(1) as f64,
        plain(&common.examples.join(", "))
    )
}
