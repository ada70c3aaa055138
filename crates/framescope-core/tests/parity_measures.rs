//! What other tools' own tests say of scores, where a measure of ours says the same, through each
//! engine. docs/parity.md has the rows.

use framescope_core::lexicon::{LexiconId, LexiconSet, read};
use framescope_core::matching::reference::Reference;
use framescope_core::matching::{Compiled, Matcher, Want};
use framescope_core::score::{ArticleScore, AxisMeasure, Engine, Headline, MatcherEngine, Measure, Scoring};
use framescope_core::text::Article;

/// P44 (normalised by what matched) is the score of an axis, and the mean weight of a path whose
/// children weigh 1 and -1; P46 (not normalised) is that path's sum of weights.
const UNIFORM_VALENCE: &str = r#"
[[category]]
id = "valence.positive"
terms = ["good", "great"]
[[category]]
id = "valence.negative"
terms = [{ term = "bad", weight = -1 }, { term = "awful", weight = -1 }]
[[axis]]
id = "polarity"
positive = ["valence.positive"]
negative = ["valence.negative"]
"#;

/// P49: every entry has a weight, and `just okay` hides `okay`.
const WEIGHTED_ENTRIES: &str = r#"
[[category]]
id = "valence.happy"
terms = [{ term = "happy", weight = 1 }, { term = "jubilant", weight = 2 }, { term = "exuberant", weight = 2 }]
[[category]]
id = "valence.sad"
terms = [{ term = "sad", weight = -1 }, { term = "morose", weight = -2 }, { term = "down", weight = -1 }]
[[category]]
id = "valence.okay"
terms = [{ term = "just okay", weight = 0.5 }, { term = "okay", weight = 5 }]
"#;

/// P50: negated phrases as entries of the other pole, longest first in one pool.
const NEGATED_PHRASES: &str = r#"
[match]
scope = "lexicon"
[[category]]
id = "positive"
terms = ["good", "great"]
[[category]]
id = "negative"
terms = ["bad"]
[[category]]
id = "neg_positive"
terms = ["not good"]
[[category]]
id = "neg_negative"
terms = ["not bad"]
[[axis]]
id = "polarity"
positive = ["positive", "neg_negative"]
negative = ["negative", "neg_positive"]
"#;

/// P64, P65 and P71: a rate is of all words.
const SHARES_OF_WORDS: &str = r#"
[[category]]
id = "basketball"
terms = ["hoop", "dunk*", "rebound*", "layup", "basket*", "coach"]
[[category]]
id = "baseball"
terms = ["pitch*", "homer*", "dugout", "inning*", "batter", "coach"]
"#;

/// A cell: of a path (or axis), a measure; `None` is an empty one.
type Cell = (&'static str, &'static str, Option<f64>);

/// The rows: a lexicon, a text, and what stands in which cell.
const ROWS: [(&str, &str, &[Cell]); 16] = [
    (
        UNIFORM_VALENCE,
        "Good good bad other.",
        &[
            ("polarity", "score", Some(1.0 / 3.0)),
            ("valence", "mean_weight", Some(1.0 / 3.0)),
            ("valence", "weighted", Some(1.0)),
        ],
    ),
    (
        UNIFORM_VALENCE,
        "Word word other bad!",
        &[
            ("polarity", "score", Some(-1.0)),
            ("valence", "mean_weight", Some(-1.0)),
            ("valence", "weighted", Some(-1.0)),
        ],
    ),
    (
        UNIFORM_VALENCE,
        "Great awful other £1.",
        &[("polarity", "score", Some(0.0)), ("valence", "mean_weight", Some(0.0)), ("valence", "weighted", Some(0.0))],
    ),
    (WEIGHTED_ENTRIES, "sad word happy word exuberant", &[("valence", "mean_weight", Some(2.0 / 3.0))]),
    (WEIGHTED_ENTRIES, "down sad just okay", &[("valence", "mean_weight", Some(-0.5))]),
    (WEIGHTED_ENTRIES, "sad happy word word", &[("valence", "mean_weight", Some(0.0))]),
    (NEGATED_PHRASES, "good good bad bad good word1 word1 word1 word2 word2", &[("polarity", "score", Some(0.2))]),
    (NEGATED_PHRASES, "good", &[("polarity", "score", Some(1.0))]),
    // Where nothing matched quanteda says 0 and we say nothing: 0 is a finding.
    (NEGATED_PHRASES, "notsentiment", &[("polarity", "score", None)]),
    (NEGATED_PHRASES, "Great! Not bad.", &[("polarity", "score", Some(1.0))]),
    // A phrase is one hit, and its words are words: two of five are `good` by itself.
    (
        NEGATED_PHRASES,
        "good good not good bad",
        &[("polarity", "score", Some(0.0)), ("neg_positive", "count", Some(1.0)), ("positive", "per_1k", Some(400.0))],
    ),
    // liwca's 66.67 percent.
    (
        SHARES_OF_WORDS,
        "hoop and layup",
        &[
            ("basketball", "count", Some(2.0)),
            ("basketball", "per_1k", Some(2000.0 / 3.0)),
            ("baseball", "per_1k", Some(0.0)),
        ],
    ),
    // Without a word there is no rate, where liwca and quanteda say 0.
    (SHARES_OF_WORDS, "", &[("basketball", "count", Some(0.0)), ("basketball", "per_1k", None)]),
    (
        SHARES_OF_WORDS,
        "This is one sentence.",
        &[("basketball", "count", Some(0.0)), ("basketball", "per_1k", Some(0.0))],
    ),
    (SHARES_OF_WORDS, "...", &[("basketball", "count", Some(0.0)), ("basketball", "per_1k", None)]),
    (SHARES_OF_WORDS, ":-)", &[("basketball", "count", Some(0.0)), ("basketball", "per_1k", None)]),
];

fn scores_as_stated<M: Matcher>(make: impl Fn(&LexiconSet) -> M) {
    for (source, text, cells) in ROWS {
        let lexicon = read(source, "parity.toml", &[], &|_| None).unwrap();
        let set = LexiconSet::new(vec![lexicon]);
        let engine = MatcherEngine::new(&set, make(&set));
        let article = Article { id: "parity", title: None, text, removed: &[] };
        let mut score = ArticleScore::default();
        engine.score(&article, &mut Default::default(), Want::default(), &mut score);
        let scoring = Scoring::new(&set, Headline::default(), 1);
        let (id, lexicon) = (LexiconId(0), set.lexicon(LexiconId(0)));
        for (what, measure, expected) in cells {
            let value = match lexicon.path(what) {
                Some(path) => {
                    scoring.value(Measure::from_name(measure).unwrap(), set.path_number(id, path), &score.tally)
                }
                None => {
                    let axis = lexicon.axes.iter().position(|axis| axis.id == *what).unwrap();
                    scoring.axis_value(
                        AxisMeasure::from_name(measure).unwrap(),
                        set.axis_number(id, axis),
                        &score.tally,
                    )
                }
            };
            let same = match (value.number(), expected) {
                (Some(got), Some(expected)) => (got - expected).abs() < 1e-12,
                (got, expected) => got.is_none() && expected.is_none(),
            };
            assert!(same, "{text:?}: {what} {measure} is {value:?}, not {expected:?}");
        }
    }
}

#[test]
fn the_reference_engine_scores_as_stated() {
    scores_as_stated(Reference::new);
}

#[test]
fn the_fast_engine_scores_as_stated() {
    scores_as_stated(Compiled::new);
}
