//! `[[test]]`: a lexicon tests itself.
//!
//! A failed expectation comes with its evidence: the hits that were counted on the path, and the
//! candidates that died, with the rule and the line that killed them. So the answer to "why is
//! this 1 and not 0" stands beside the question.

use std::fmt;

use rustc_hash::FxHashMap;

use crate::lexicon::{Expectation, Lexicon, LexiconId, LexiconSet, LexiconTest, PathId, Place};
use crate::matching::{Rule, Want};
use crate::score::{ArticleScore, AxisMeasure, Engine, Headline, Measure, Scoring, Value};
use crate::text::{Analysis, Article, Title, Voice, Zone};

/// Counts are compared exactly; what is divided, to the third decimal, so that a test may say
/// 0.333.
const TOLERANCE: f64 = 0.0005;

/// How many characters of a test's text are shown.
const SHOWN: usize = 60;

/// What came of one `[[test]]`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TestOutcome {
    /// Which of [`Lexicon::tests`].
    pub test: usize,
    /// Where it is written.
    pub place: Place,
    /// The beginning of its text (of its title, where it has no text).
    pub excerpt: String,
    /// How many expectations it has.
    pub expected: usize,
    /// Those that were not met.
    pub failures: Vec<Failure>,
}

impl TestOutcome {
    /// Whether all came out as expected.
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }
}

/// An expectation that was not met.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Failure {
    /// The path or axis.
    pub path: String,
    /// The measure.
    pub measure: String,
    /// What was expected; `None` is an empty cell.
    pub expected: Option<f64>,
    /// What came out; `None` is an empty cell.
    pub got: Option<f64>,
    /// Where the expectation is written.
    pub place: Place,
    /// Hits and dead candidates of the path and the paths under it, in reading order; of an axis,
    /// of both its poles.
    pub evidence: Vec<Evidence>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: Option<f64>| value.map_or_else(|| "an empty cell".to_owned(), |value| value.to_string());
        let (expected, got) = (shown(self.expected), shown(self.got));
        write!(f, "{} {}: expected {expected}, got {got}", self.path, self.measure)
    }
}

/// A hit, or a candidate that died.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Evidence {
    /// The words of the text.
    pub keyword: String,
    /// The path of its entry.
    pub path: String,
    /// Where its entry is written.
    pub entry: Place,
    /// Its voice.
    pub voice: Voice,
    /// Its zone.
    pub zone: Zone,
    /// Whether it is negated; unknown of the dead.
    pub negated: bool,
    /// What it died of, and the line that did it; `None`: it is a hit.
    pub died: Option<(Rule, Place)>,
}

/// Runs the tests of one lexicon of a set. `engine` must have been made from that set.
///
/// `present`, `share`, `labelled` and axes are taken outside quotations, whatever a run's options
/// say, so that a lexicon's tests mean the same everywhere.
pub fn run_tests<E: Engine>(set: &LexiconSet, id: LexiconId, engine: &E) -> Vec<TestOutcome> {
    let lexicon = set.lexicon(id);
    let scoring = Scoring::new(set, Headline::default(), 1);
    let paths: FxHashMap<&str, PathId> =
        lexicon.paths.iter().enumerate().map(|(number, path)| (path.id.as_str(), PathId(number as u32))).collect();
    let axes: FxHashMap<&str, usize> =
        lexicon.axes.iter().enumerate().map(|(number, axis)| (axis.id.as_str(), number)).collect();
    let mut run = Run { lexicon, set, id, scoring, paths, axes, score: ArticleScore::default() };
    let mut scratch = E::Scratch::default();
    let tests = lexicon.tests.iter().enumerate();
    tests.map(|(number, test)| run.test(number, test, engine, &mut scratch)).collect()
}

struct Run<'l> {
    lexicon: &'l Lexicon,
    set: &'l LexiconSet,
    id: LexiconId,
    scoring: Scoring<'l>,
    paths: FxHashMap<&'l str, PathId>,
    axes: FxHashMap<&'l str, usize>,
    score: ArticleScore,
}

impl Run<'_> {
    fn test<E: Engine>(
        &mut self,
        number: usize,
        test: &LexiconTest,
        engine: &E,
        scratch: &mut E::Scratch,
    ) -> TestOutcome {
        let title = test.title.as_deref().map(Title::Field);
        let article = Article { id: "test", title, text: &test.text, removed: &[] };
        engine.score(&article, scratch, Want { rejected: true, ..Want::default() }, &mut self.score);
        let failures = test.expect.iter().filter_map(|expect| self.failure(expect, &article)).collect();
        let shown = if test.text.trim().is_empty() { test.title.as_deref().unwrap_or_default() } else { &test.text };
        let expected = test.expect.len();
        TestOutcome { test: number, place: test.place, excerpt: beginning(shown), expected, failures }
    }

    fn failure(&self, expect: &Expectation, article: &Article<'_>) -> Option<Failure> {
        let expected = (!expect.value.is_nan()).then_some(expect.value);
        let got = self.value(expect).number();
        let met = match (expected, got) {
            (Some(expected), Some(got)) => (expected - got).abs() <= TOLERANCE,
            (expected, got) => expected == got,
        };
        (!met).then(|| Failure {
            path: expect.path.clone(),
            measure: expect.measure.clone(),
            expected,
            got,
            place: expect.place,
            evidence: self.evidence(expect, article),
        })
    }

    fn value(&self, expect: &Expectation) -> Value {
        let tally = &self.score.tally;
        let path = self.paths.get(expect.path.as_str()).zip(Measure::from_name(&expect.measure));
        if let Some((path, measure)) = path {
            return self.scoring.value(measure, self.set.path_number(self.id, *path), tally);
        }
        let axis = self.axes.get(expect.path.as_str()).zip(AxisMeasure::from_name(&expect.measure));
        match axis {
            Some((axis, measure)) => self.scoring.axis_value(measure, self.set.axis_number(self.id, *axis), tally),
            // The reader lets no other expectation pass.
            None => Value::Empty,
        }
    }

    fn evidence(&self, expect: &Expectation, article: &Article<'_>) -> Vec<Evidence> {
        let roots: Vec<PathId> = match (self.paths.get(expect.path.as_str()), self.axes.get(expect.path.as_str())) {
            (Some(path), _) => vec![*path],
            (None, Some(axis)) => {
                let axis = &self.lexicon.axes[*axis];
                axis.positive.iter().chain(&axis.negative).copied().collect()
            }
            (None, None) => Vec::new(),
        };
        let under = |path: PathId| self.lexicon.lineage(path).any(|path| roots.contains(&path));
        let resolution = &self.score.resolution;
        let analysis = &self.score.analysis;
        let at = |token: u32| (analysis.tokens[token as usize].voice, zone_of(analysis, token));
        let hits = resolution.hits.iter().filter(|hit| hit.lexicon == self.id && under(hit.path)).map(|hit| {
            let place = (hit.first_token, hit.end_token);
            (place, hit.path, hit.entry, hit.negated, None)
        });
        let dead = resolution.rejected.iter().filter(|dead| dead.lexicon == self.id && under(dead.path)).map(|dead| {
            let place = (dead.first_token, dead.end_token);
            (place, dead.path, dead.entry, false, Some((dead.rule, dead.by)))
        });
        let mut found: Vec<_> = hits.chain(dead).collect();
        found.sort_by_key(|(place, _, entry, ..)| (*place, *entry));
        found
            .into_iter()
            .map(|((first, end), path, entry, negated, died)| {
                let (voice, zone) = at(first);
                Evidence {
                    keyword: words(analysis, article, first, end),
                    path: self.lexicon.paths[path.0 as usize].id.clone(),
                    entry: self.lexicon.entries[entry.0 as usize].term.place,
                    voice,
                    zone,
                    negated,
                    died,
                }
            })
            .collect()
    }
}

fn zone_of(analysis: &Analysis, token: u32) -> Zone {
    analysis.sentences[analysis.sentence_of(token) as usize].zone
}

/// The source from one token's start to another's end.
fn words(analysis: &Analysis, article: &Article<'_>, first: u32, end: u32) -> String {
    let source = article.source(analysis.field_of(first));
    let (from, to) = (analysis.tokens[first as usize].start, analysis.tokens[end as usize - 1].end);
    source.get(from as usize..to as usize).unwrap_or_default().to_owned()
}

/// The beginning of a text on one line.
fn beginning(text: &str) -> String {
    let mut shown = String::new();
    for word in text.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
        if shown.chars().count() > SHOWN {
            let cut: String = shown.chars().take(SHOWN).collect();
            return cut.trim_end().to_owned() + "…";
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{measures_in_tests, read};
    use crate::matching::Compiled;
    use crate::score::MatcherEngine;

    fn outcomes(source: &str) -> Vec<TestOutcome> {
        let lexicon = read(source, "x.toml", &[], &|_| None).unwrap();
        let set = LexiconSet::new(vec![lexicon]);
        let engine = MatcherEngine::new(&set, Compiled::new(&set));
        run_tests(&set, LexiconId(0), &engine)
    }

    const LEXICON: &str = r#"
[[mask]]
terms = ["hostage affairs"]
[[referent]]
id = "captives"
name = ["captives"]
  [[referent.variant]]
  id = "hostage"
  terms = ["hostage*"]
  [[referent.variant]]
  id = "prisoner"
  terms = [{ term = "prisoner*", not_after = ["Palestinian"] }]
[[axis]]
id = "naming"
positive = ["captives.hostage"]
negative = ["captives.prisoner"]
"#;

    #[test]
    fn what_comes_out_as_expected_passes() {
        let tests = r#"
[[test]]
title = "Hostages home"
text = 'The envoy for hostage affairs said the hostages and two prisoners were "hostages" once.'
expect = { "captives.hostage" = { count = 3, quoted = 1, outside = 2, title = 1, lead = 2 }, "captives.prisoner" = 1, captives = { labelled = 1, count = 4, present = true }, "captives.name" = 0, naming = 0.333 }
[[test]]
text = "Nothing here."
expect = { "captives.hostage" = { count = 0, title = "empty", share = "empty" }, naming = "empty" }
"#;
        let outcomes = outcomes(&format!("{LEXICON}{tests}"));
        assert_eq!(outcomes.len(), 2);
        for outcome in outcomes {
            assert!(outcome.passed(), "{outcome:#?}");
        }
    }

    #[test]
    fn what_does_not_comes_with_its_evidence() {
        let tests = "[[test]]\ntext = \"Palestinian prisoners were met by the envoy for hostage affairs, said prisoners of a kind that is long to tell.\"\nexpect = { \"captives.prisoner\" = 2, \"captives.hostage\" = { count = 0, quoted = 1 } }\n";
        let outcomes = outcomes(&format!("{LEXICON}{tests}"));
        let [outcome] = outcomes.as_slice() else { panic!("{outcomes:?}") };
        assert_eq!(outcome.excerpt, "Palestinian prisoners were met by the envoy for hostage affa…");
        assert_eq!(outcome.expected, 3);
        let [prisoner, hostage] = outcome.failures.as_slice() else { panic!("{outcome:?}") };
        assert_eq!(prisoner.to_string(), "captives.prisoner count: expected 2, got 1");
        assert_eq!(prisoner.place.line, 19);
        assert_eq!(hostage.to_string(), "captives.hostage quoted: expected 1, got 0");
        let died: Vec<_> =
            prisoner.evidence.iter().map(|e| (e.keyword.as_str(), e.died.map(|(rule, _)| rule))).collect();
        assert_eq!(died, [("prisoners", Some(Rule::Condition)), ("prisoners", None)]);
        assert_eq!(prisoner.evidence[0].died.unwrap().1.line, 12);
        let [masked] = hostage.evidence.as_slice() else { panic!("{hostage:?}") };
        assert_eq!((masked.keyword.as_str(), masked.died.unwrap().0), ("hostage", Rule::Masked));
    }

    #[test]
    fn a_shown_text_is_one_short_line() {
        assert_eq!(beginning("  a\n b  "), "a b");
        assert_eq!(beginning(&"é".repeat(100)), format!("{}…", "é".repeat(60)));
    }

    #[test]
    fn what_a_test_may_expect_is_what_there_is_to_measure() {
        let (paths, axes) = measures_in_tests();
        assert!(paths.iter().all(|name| Measure::from_name(name).is_some()));
        assert_eq!(axes, AxisMeasure::ALL.map(AxisMeasure::name));
    }
}
