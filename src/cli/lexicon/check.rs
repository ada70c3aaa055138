//! `lexicon check`: errors with their place, lints, and the lexicon's own tests.

use std::io::Write;

use framescope_core::check::{Evidence, Failure as TestFailure, Lint, TestOutcome, lint, run_tests};
use framescope_core::lexicon::{Lexicon, LexiconId, LexiconSet, Place};
use framescope_core::matching::Compiled;
use framescope_core::score::MatcherEngine;

use crate::cli::args::CheckArgs;
use crate::cli::draw::Finding;
use crate::cli::failure::{Failure, tell_lexicon_errors};
use crate::cli::lexicons::{self, Source};
use crate::cli::messages::{Messages, counted};
use crate::cli::{DONE, FAILED};

/// Checks every lexicon, says all that is wrong in any of them, and fails if something is.
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
                let checked = Checked::new(&source, lexicon);
                checked.tell(messages);
                if !args.quiet {
                    writeln!(stdout, "{}", checked.line()).map_err(Failure::from_stdout)?;
                }
                failed |= checked.fails(args.strict);
            }
        }
    }
    stdout.flush().map_err(Failure::from_stdout)?;
    Ok(if failed { FAILED } else { DONE })
}

/// A lexicon that can be read, and what is to be said of it.
struct Checked<'s> {
    source: &'s Source,
    set: LexiconSet,
    lints: Vec<Lint>,
    tests: Vec<TestOutcome>,
}

impl<'s> Checked<'s> {
    fn new(source: &'s Source, lexicon: Lexicon) -> Checked<'s> {
        let lints = lint(&lexicon);
        let set = LexiconSet::new(vec![lexicon]);
        let engine = MatcherEngine::new(&set, Compiled::new(&set));
        let tests = run_tests(&set, LexiconId(0), &engine);
        Checked { source, set, lints, tests }
    }

    fn lexicon(&self) -> &Lexicon {
        self.set.lexicon(LexiconId(0))
    }

    fn failed_tests(&self) -> usize {
        self.tests.iter().filter(|test| !test.passed()).count()
    }

    fn warnings(&self) -> usize {
        self.lints.iter().filter(|lint| lint.is_warning()).count()
    }

    fn fails(&self, strict: bool) -> bool {
        self.failed_tests() > 0 || strict && self.warnings() > 0
    }

    /// Everything that is wrong, each with its place.
    fn tell(&self, messages: &Messages<'_>) {
        for lint in &self.lints {
            let mut hint = String::new();
            if let Some(other) = lint.other {
                hint = format!("the other line is {}", self.lexicon().place(other));
            }
            let message = format!("{} [{}]", lint.kind, lint.code());
            let severity = if lint.is_warning() { "warning" } else { "note" };
            self.draw(severity, &message, lint.place, &hint, messages);
        }
        for test in &self.tests {
            for failure in &test.failures {
                let message = format!("test failed: {failure}\n  in \"{}\"", test.excerpt);
                self.draw("error", &message, failure.place, "", messages);
                messages.plain(self.evidence(failure));
            }
        }
    }

    fn draw(&self, severity: &str, message: &str, place: Place, hint: &str, messages: &Messages<'_>) {
        let finding = Finding {
            severity,
            message,
            file: self.lexicon().files.get(place.file as usize).map_or("", String::as_str),
            // The text of what it extends is not at hand.
            source: (place.file == 0).then_some(self.source.text.as_str()),
            line: place.line as usize,
            column: place.column as usize,
            hint,
        };
        messages.plain(finding.draw(messages.has_colour()));
    }

    /// What stood in the text instead: hits, and what died of what.
    fn evidence(&self, failure: &TestFailure) -> String {
        if failure.evidence.is_empty() {
            return "    nothing in the text looked like it\n".to_owned();
        }
        failure.evidence.iter().map(|evidence| self.one(evidence)).collect()
    }

    fn one(&self, Evidence { keyword, path, entry, voice, zone, negated, died, .. }: &Evidence) -> String {
        let entry = self.lexicon().place(*entry);
        let negated = if *negated { ", negated" } else { "" };
        let place = format!("{}, {}{negated}", zone.name(), voice.name());
        match died {
            None => format!("    hit \"{keyword}\" on {path} by {entry} ({place})\n"),
            Some((rule, by)) => {
                let by = self.lexicon().place(*by);
                format!("    no hit \"{keyword}\" on {path} by {entry} ({place}): {} by {by}\n", rule.name())
            }
        }
    }

    /// A line for what was checked.
    fn line(&self) -> String {
        let (lexicon, failed) = (self.lexicon(), self.failed_tests());
        let mut line = format!("{}: {}", self.source.name, super::show::counted_entries(lexicon.entries.len()));
        line.push_str(&match (self.tests.len(), failed) {
            (0, _) => ", no tests".to_owned(),
            (all, 0) => format!(", {} passed", counted(all as u64, "test")),
            (all, failed) => format!(", {failed} of {} failed", counted(all as u64, "test")),
        });
        let warnings = self.warnings();
        for (number, noun) in [(warnings, "warning"), (self.lints.len() - warnings, "note")] {
            if number > 0 {
                line.push_str(&format!(", {}", counted(number as u64, noun)));
            }
        }
        line
    }
}
