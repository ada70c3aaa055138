//! `kwic`: every hit in its context, or every candidate that was none.

use std::io::Write;

use framescope_core::score::Headline;

use super::args::KwicArgs;
use super::failure::Failure;
use super::messages::Messages;
use super::settings::{self, options};
use super::tables::{self, Request};

/// Runs `kwic`.
pub(crate) fn run(
    args: &KwicArgs,
    stdout: &mut (dyn Write + Send),
    messages: &mut Messages<'_>,
) -> Result<u8, Failure> {
    let target = settings::target(&args.writing)?;
    let request = Request {
        command: "kwic",
        reading: &args.reading,
        lexicons: &args.lexicons,
        run: &args.run,
        kind: settings::kwic_table(args),
        // Hits are listed in every voice.
        headline: Headline::All,
        present_min: 1,
        target,
        options: options::of_kwic(args),
    };
    tables::make(request, stdout, messages)
}
