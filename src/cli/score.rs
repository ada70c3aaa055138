//! `score`: one row of framing scores per article.

use std::io::Write;

use super::args::ScoreArgs;
use super::failure::Failure;
use super::messages::Messages;
use super::settings::{self, options};
use super::tables::{self, Request};

/// Runs `score`.
pub(crate) fn run(
    args: &ScoreArgs,
    stdout: &mut (dyn Write + Send),
    messages: &mut Messages<'_>,
) -> Result<u8, Failure> {
    let kind = settings::score_table(args)?;
    let target = settings::target(&args.writing)?;
    let request = Request {
        command: "score",
        reading: &args.reading,
        lexicons: &args.lexicons,
        run: &args.run,
        kind,
        headline: settings::headline(args.voice),
        present_min: args.present_min,
        target,
        options: options::of_score(args),
    };
    tables::make(request, stdout, messages)
}
