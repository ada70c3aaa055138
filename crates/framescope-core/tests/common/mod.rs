//! The table of matching cases (`tests/cases/*.toml`) and its runner, for any matcher.
//!
//! How a case is written stands at the head of `cases/overlap.toml`.

mod case;
mod found;

use std::fs;
use std::path::Path;

use framescope_core::lexicon::{LexiconSet, read};
use framescope_core::matching::{Matcher, Resolution, View, Want};
use framescope_core::text::{Analysis, Article, Title, TypeTable, analyse_judged};

use case::Case;
use found::Found;

/// Runs the whole table through a matcher and panics with all cases that come out otherwise.
pub(crate) fn run<M: Matcher>(make: impl Fn(&LexiconSet) -> M) {
    let cases = cases();
    // An empty folder must not pass.
    assert!(cases.len() >= 80, "only {} cases were found", cases.len());
    let mut names: Vec<_> = cases.iter().map(|c| &c.name).collect();
    names.sort();
    names.windows(2).for_each(|w| assert_ne!(w[0], w[1], "two cases of one name"));
    let wrong = wrong(&cases, make);
    assert!(wrong.is_empty(), "{} of {} cases are wrong\n\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// What is wrong with each of the cases that come out otherwise.
pub(crate) fn wrong<M: Matcher>(cases: &[Case], make: impl Fn(&LexiconSet) -> M) -> Vec<String> {
    cases.iter().filter_map(|case| check(case, &make)).collect()
}

/// The whole table.
pub(crate) fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().flat_map(|file| Case::read_all(file)).collect()
}

/// What is wrong with a case, if anything.
fn check<M: Matcher>(case: &Case, make: &impl Fn(&LexiconSet) -> M) -> Option<String> {
    let read_one = |(i, source): (usize, &String)| {
        let name = format!("case{i}.toml");
        read(source, &name, &[], &|_| None).map_err(|errors| errors.iter().map(|e| e.render()).collect::<String>())
    };
    let lexicons: Vec<_> = match case.lexicons.iter().enumerate().map(read_one).collect() {
        Ok(lexicons) => lexicons,
        Err(errors) => return Some(format!("{}\n  {errors}", case.at())),
    };
    let set = LexiconSet::new(lexicons);
    let first_line = case.text.find('\n').unwrap_or(case.text.len());
    let title = match &case.title {
        Some(title) => Some(Title::Field(title.as_str())),
        None => case.title_in_text.then_some(Title::InText(0..first_line)),
    };
    let article = Article { id: "case", title, text: &case.text, removed: &[] };
    let mut types = TypeTable::default();
    let mut analysis = Analysis::default();
    let (matcher, mut scratch) = (make(&set), M::Scratch::default());
    analyse_judged(&article, &mut types, &mut matcher.judge(Want::default(), &mut scratch), &mut analysis);
    let mut resolution = Resolution::default();
    let view = View { article: &article, analysis: &analysis, types: &types };
    matcher.resolve(view, Want { rejected: true, ..Want::default() }, &mut scratch, &mut resolution);
    let found = Found { case, set: &set, view, resolution: &resolution };
    let wrong = found.differences();
    (!wrong.is_empty()).then(|| format!("{}\n{}", case.at(), wrong.join("\n")))
}
