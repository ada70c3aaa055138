//! Hits that are counted as they are met, held to the rows of the reference engine: words with many entries, words in many
//! pairs, phrases that end in `*`.

#[path = "random/dice.rs"]
#[allow(dead_code, reason = "it is that of the random cases, which throw in more ways")]
mod dice;
#[path = "common/less.rs"]
mod less;

use framescope_core::lexicon::{LexiconSet, read};
use framescope_core::matching::reference::Reference;
use framescope_core::matching::{Compiled, Detail, Want};
use framescope_core::score::{ArticleScore, Engine, MatcherEngine};
use framescope_core::text::Article;

use dice::Dice;
use less::without_details;

/// How many hits a lexicon has in a text: rows, counts and hits alone are those of the reference's rows.
fn hits_counted_as_their_rows(lexicon: &str, text: &str) -> u32 {
    let article = Article { id: "a", title: None, text, removed: &[] };
    let set = LexiconSet::new(vec![read(lexicon, "x.toml", &[], &|_| None).unwrap()]);
    let slow = MatcherEngine::new(&set, Reference::new(&set));
    let fast = MatcherEngine::new(&set, Compiled::new(&set));
    let mut with_rows = ArticleScore::default();
    slow.score(&article, &mut Default::default(), Want::default(), &mut with_rows);
    let found = |detail| {
        let mut score = ArticleScore::default();
        fast.score(&article, &mut Default::default(), Want { detail, ..Want::default() }, &mut score);
        score
    };
    assert_eq!(found(Detail::Rows).resolution, with_rows.resolution, "{lexicon}");
    assert_eq!(found(Detail::Counts).tally, with_rows.tally, "{lexicon}");
    assert_eq!(found(Detail::Hits).tally, without_details(&with_rows.tally), "{lexicon}");
    with_rows.tally.hits
}

/// Words with more entries than are kept at hand, or with entries that contend, beside and in phrases.
#[test]
fn crowded_words_are_counted_as_their_rows_are() {
    let text =
        "War crimes of the war. The war, war talks and war war crimes; no war, no war crimes. Talks on war talks.";
    for (categories, rules) in (1..=12).flat_map(|n| ["", "overlap = \"all\"", "scope = \"lexicon\""].map(|r| (n, r))) {
        let mut source = format!("[lexicon]\nid = \"x\"\nname = \"X\"\nlanguage = \"en\"\n[match]\n{rules}\n");
        for n in 0..categories {
            let more = ["\"war crimes\"", "\"war*\"", "\"the war\", \"talks\"", "\"war talks\""][n % 4];
            source +=
                &format!("[[category]]\nid = \"c{n}\"\nterms = [{{ term = \"war\", weight = 0.{} }}, {more}]\n", n + 1);
        }
        assert!(hits_counted_as_their_rows(&source, text) >= 8, "{source}");
    }
}

/// Words that satisfy several patterns with which pairs begin, and several with which they end.
#[test]
fn words_in_many_pairs_are_counted_as_their_rows_are() {
    let text = "War talks and warm tables. The war talks, wars talk; war war talks. Talks war and tall walls talk of war talks.";
    let (firsts, seconds) = (["w*", "*r", "war", "wa*"], ["t*", "*s", "tal*", "talk*", "talks", "ta*"]);
    let mut most = 0;
    for (begin, end) in (1..=firsts.len()).flat_map(|begin| (1..=seconds.len()).map(move |end| (begin, end))) {
        let mut source = "[lexicon]\nid = \"x\"\nname = \"X\"\nlanguage = \"en\"\n".to_owned();
        for (n, first) in firsts[..begin].iter().enumerate() {
            let terms: Vec<_> = seconds[..end].iter().map(|second| format!("\"{first} {second}\"")).collect();
            source += &format!("[[category]]\nid = \"c{n}\"\nterms = [{}, \"walls\"]\n", terms.join(", "));
        }
        most = most.max(hits_counted_as_their_rows(&source, text));
    }
    assert!(most >= 20, "{most} hits");
}

/// Phrases of a word and any behind it reach into the next token, where they may contend with others, of their category and not, at
/// the end of a sentence and elsewhere.
#[test]
fn phrases_that_reach_are_counted_as_their_rows_are() {
    let terms = "war,talks,city,no,w*,ta*,war *,talks *,w* *,city *,the *,no *,war talks,talks war,war war,city w*,talks city war,\
        war * talks,* city,war * *,ta* the";
    let terms: Vec<_> = terms.split(',').collect();
    let mut dice = Dice::new(1);
    let mut hits = 0;
    for round in 0..3_000 {
        let rules = dice.pick(&["", "", "", "overlap = \"all\"", "scope = \"lexicon\""]);
        let mut source = format!("[lexicon]\nid = \"x\"\nname = \"X\"\nlanguage = \"en\"\n[match]\n{rules}\n");
        // What the child of a category has, its parent has, too.
        let ids = ["a", "b", dice.pick(&["c", "a.c", "b.c"])];
        for id in &ids[..dice.between(1, 3)] {
            let chance = dice.between(10, 60);
            let mut chosen: Vec<_> = terms.iter().filter(|_| dice.chance(chance)).collect();
            if chosen.is_empty() {
                chosen.push(&"war *");
            }
            // Sums of weights tell in which order they were added.
            let weighted = |term| format!("{{ term = \"{term}\", weight = 0.{} }}", dice.between(1, 9));
            let chosen: Vec<_> = chosen.into_iter().map(weighted).collect();
            source += &format!("[[category]]\nid = \"{id}\"\nterms = [{}]\n", chosen.join(", "));
        }
        let mut text = String::new();
        for _ in 0..dice.between(1, 60) {
            text += dice.pick(&["war", "War", "talks", "city", "the", "the", "no", "table"]);
            text += dice.pick(&[" ", " ", " ", " ", ", ", ". ", ".\n\n", " \"", "\" "]);
        }
        hits += hits_counted_as_their_rows(&source, &text);
        assert!(round < 2_999 || hits > 50_000, "{hits} hits");
    }
}

/// Weights are added up in the order of entries, whichever pattern of a word an entry is found by: a sum of floats tells it.
#[test]
fn entries_that_reach_from_one_word_are_counted_in_their_order() {
    let source = r#"
        [lexicon]
        id = "x"
        name = "X"
        language = "en"
        [match]
        overlap = "all"
        [[category]]
        id = "c"
        terms = [
            { term = "war b", weight = 1.0 },
            { term = "w* *", weight = 0.1 },
            { term = "war *", weight = 0.2 },
            { term = "zzz", weight = 0.3 },
        ]
    "#;
    assert_eq!(hits_counted_as_their_rows(source, "Zzz war table."), 3);
}
