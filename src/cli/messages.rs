//! Everything that is said to people while a command runs: warnings, notes, progress, summary.
//!
//! All of it goes to standard error, so that standard output holds the table and nothing else. A
//! progress bar is drawn only on a terminal; while one is there, messages go above it.

use std::fmt::Display;
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What a message is, and so how it begins and who can silence it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Error,
    Warning,
    Note,
}

/// The voice of the program. Shared by the workers of a run.
pub(crate) struct Messages<'a> {
    stderr: Mutex<&'a mut (dyn Write + Send)>,
    /// Whether standard error is a terminal that people look at.
    terminal: bool,
    colour: bool,
    quiet: bool,
    bar: ProgressBar,
    /// How many articles are wanted, if not all; 0 is all.
    articles_wanted: AtomicU64,
    /// Warnings and notes, said or not, for the record of the run.
    said: Mutex<Vec<String>>,
}

impl<'a> Messages<'a> {
    /// Messages to this stream.
    pub(crate) fn new(stderr: &'a mut (dyn Write + Send), terminal: bool) -> Messages<'a> {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Messages {
            stderr: Mutex::new(stderr),
            terminal,
            colour: terminal && !no_colour,
            quiet: false,
            bar: ProgressBar::hidden(),
            articles_wanted: AtomicU64::new(0),
            said: Mutex::new(Vec::new()),
        }
    }

    /// From now on says warnings and errors only.
    pub(crate) fn be_quiet(&mut self, quiet: bool) {
        self.quiet = quiet;
    }

    /// Whether text on standard error may be coloured.
    pub(crate) fn has_colour(&self) -> bool {
        self.colour
    }

    /// Something failed.
    pub(crate) fn error(&self, text: impl Display) {
        self.say(Kind::Error, &text);
    }

    /// Something is probably not as meant.
    pub(crate) fn warning(&self, text: impl Display) {
        self.remember(&text);
        self.say(Kind::Warning, &text);
    }

    /// Something was decided that people may want to know. Not said if quiet.
    pub(crate) fn note(&self, text: impl Display) {
        self.remember(&text);
        if !self.quiet {
            self.say(Kind::Note, &text);
        }
    }

    /// An article was skipped.
    pub(crate) fn skipped(&self, text: impl Display) {
        self.say(Kind::Warning, &format_args!("skipped {text}"));
    }

    /// What was done, at the end. Not said if quiet.
    pub(crate) fn summary(&self, text: impl Display) {
        if !self.quiet {
            self.say(Kind::Note, &text);
        }
    }

    /// The warnings and notes so far, quiet or not.
    pub(crate) fn said(&self) -> Vec<String> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn remember(&self, text: &dyn Display) {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).push(text.to_string());
    }

    /// Text that brings its own form.
    pub(crate) fn plain(&self, text: impl Display) {
        self.bar.suspend(|| {
            let mut stderr = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
            // If standard error is closed there is nobody left to tell.
            let _ = write!(stderr, "{text}");
            let _ = stderr.flush();
        });
    }

    fn say(&self, kind: Kind, text: &dyn Display) {
        let (colour, label) = match kind {
            Kind::Error => ("\x1b[1;31m", "error: "),
            Kind::Warning => ("\x1b[1;33m", "warning: "),
            Kind::Note => ("", ""),
        };
        let text = visible(&text.to_string());
        if self.colour && !colour.is_empty() {
            self.plain(format_args!("framescope: {colour}{label}\x1b[0m{text}\n"));
        } else {
            self.plain(format_args!("framescope: {label}{text}\n"));
        }
    }

    /// Draws progress from now on, if somebody is there to see it. `total` is the bytes of the inputs as
    /// they are stored, where that is known.
    pub(crate) fn begin_progress(&mut self, total: impl FnOnce() -> Option<u64>) {
        if !self.terminal || self.quiet {
            return;
        }
        let total = total();
        let target = ProgressDrawTarget::stderr();
        self.bar = ProgressBar::with_draw_target(total, target).with_style(style(total.is_some()));
    }

    /// From now on progress is that towards so many articles.
    pub(crate) fn progress_up_to(&self, articles: u64) {
        self.articles_wanted.store(articles, Ordering::Relaxed);
        if !self.bar.is_hidden() {
            self.bar.set_length(articles);
            self.bar.set_style(style(true));
        }
    }

    /// So many bytes of the inputs as they are stored, of text as it is read, and articles are done.
    pub(crate) fn progress(&self, stored: u64, read: u64, articles: u64) {
        if self.bar.is_hidden() {
            return;
        }
        let by_articles = self.articles_wanted.load(Ordering::Relaxed) > 0;
        self.bar.set_position(if by_articles { articles } else { stored });
        let speed = read as f64 / 1e6 / self.bar.elapsed().as_secs_f64().max(1e-3);
        self.bar.set_message(format!("{}  {speed:.1} MB/s", counted(articles, "article")));
    }

    /// Takes the bar away.
    pub(crate) fn end_progress(&self) {
        self.bar.finish_and_clear();
    }
}

/// Longer than this no message is any help.
const LONGEST: usize = 4_000;

/// A message as it may be written to a terminal: a name in it (an outlet's, a file's) may hold what a terminal would obey,
/// or turn the line around. Lines after the first are indented, so that each message is seen to be one.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (i, c) in text.chars().enumerate() {
        match c {
            _ if i == LONGEST => {
                shown.push_str(" … [cut]");
                break;
            }
            '\n' => shown.push_str("\n  "),
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                shown.extend(c.escape_unicode());
            }
            c if c.is_control() => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

fn style(total_known: bool) -> ProgressStyle {
    let template =
        if total_known { "{bar:30} {percent:>3}%  {msg}  {eta} left" } else { "{spinner} {bytes} read  {msg}" };
    // A template that does not parse costs the fine bar, not the run.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// A number as people read it: 1,234,567.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How many articles were compared, in how many groups, and how many were not, with the reason: the same in the closing line of
/// every command that compares. `left_out` holds a number and what it says of those articles.
pub(crate) fn compared_articles(articles: u64, groups: Option<u64>, left_out: &[(u64, &str)]) -> String {
    let mut text = counted(articles, "article");
    if let Some(groups) = groups {
        text.push_str(&format!(" in {}", counted(groups, "group")));
    }
    let left_out: Vec<String> =
        left_out.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", grouped(*n))).collect();
    if !left_out.is_empty() {
        text.push_str(&format!(" (left out: {})", left_out.join(", ")));
    }
    text
}

/// A number and its noun: `1 article`, `2,000 articles`.
pub(crate) fn counted(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(counted(1, "article"), "1 article");
        assert_eq!(counted(0, "article"), "0 articles");
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown_and_not_obeyed() {
        let mut said = Vec::new();
        let messages = Messages::new(&mut said, false);
        messages.warning("Outlet \u{1b}[31m\u{1b}]0;x\u{7}\r\u{202e}B");
        messages.warning("x".repeat(2 * LONGEST));
        drop(messages);
        let said = String::from_utf8(said).unwrap();
        let (first, second) = said.split_once('\n').unwrap();
        assert_eq!(first, r"framescope: warning: Outlet \u{1b}[31m\u{1b}]0;x\u{7}\u{d}\u{202e}B");
        assert!(second.ends_with("x … [cut]\n") && second.len() < LONGEST + 50);
    }

    #[test]
    fn quiet_silences_notes_and_nothing_else() {
        let mut said = Vec::new();
        let mut messages = Messages::new(&mut said, false);
        messages.be_quiet(true);
        messages.note("a guess");
        messages.warning("a doubt\nand its reason");
        messages.error("an end");
        assert_eq!(messages.said(), ["a guess", "a doubt\nand its reason"]);
        drop(messages);
        assert_eq!(
            String::from_utf8(said).unwrap(),
            "framescope: warning: a doubt\n  and its reason\nframescope: error: an end\n"
        );
    }
}
