//! `lexicon check`: errors with their place, lints, and the lexicon's own tests.

use std::io::Write;

use super::super::args::CheckArgs;
use super::super::failure::{Failure, tell_lexicon_errors};
use super::super::lexicons;
use super::super::messages::Messages;
use super::super::{DONE, FAILED};

/// Checks every file, says all that is wrong in any of them, and fails if something is.
pub(super) fn run(args: &CheckArgs, stdout: &mut (dyn Write + Send), messages: &Messages<'_>) -> Result<u8, Failure> {
    let mut failed = false;
    for typed in &args.lexicons {
        let source = match lexicons::find(typed, None) {
            Ok(source) => source,
            Err(text) => {
                messages.error(text);
                failed = true;
                continue;
            }
        };
        match lexicons::read(&source) {
            Err(errors) => {
                failed = true;
                tell_lexicon_errors(&errors, messages);
            }
            Ok(lexicon) => {
                let summary = format!("{typed}: {} entries", lexicon.entries.len());
                writeln!(stdout, "{summary}").map_err(Failure::from_stdout)?;
            }
        }
    }
    stdout.flush().map_err(Failure::from_stdout)?;
    Ok(if failed { FAILED } else { DONE })
}
