//! A score does not depend on what was scored before it in the same thread.

use framescope_core::lexicon::{LexiconSet, read};
use framescope_core::matching::{Compiled, Detail, Matcher, Resolution, View, Want};
use framescope_core::score::{ArticleScore, Engine, MatcherEngine};
use framescope_core::text::{Analysis, Article, TypeTable, analyse_judged};

const LEXICON: &str = r#"
[[mask]]
terms = ["hostage affairs"]
[[category]]
id = "captives"
terms = ["hostage*", { term = "prisoner*", near = { any = ["@war", "camp"], within = 3 } }]
[[category]]
id = "war"
terms = ["war", "war crimes"]
"#;

fn article(text: &str) -> Article<'_> {
    Article { id: "a", title: None, text, removed: &[] }
}

/// More spellings than a thread remembers: before the next article it forgets them all, and their
/// numbers go to other words.
#[test]
fn words_are_read_anew_after_the_table_of_words_was_emptied() {
    let set = LexiconSet::new(vec![read(LEXICON, "x.toml", &[], &|_| None).unwrap()]);
    let engine = MatcherEngine::new(&set, Compiled::new(&set));
    let mut scratch = Default::default();
    let mut score = ArticleScore::default();
    let mut score_of = |text: &str, scratch: &mut _| {
        engine.score(&article(text), scratch, Want::default(), &mut score);
        score.resolution.clone()
    };
    let before = "Hostages of a war, prisoners of a war, the camp of prisoners.";
    let after = "Talks on trade began, hostages or not, and the war on prisoners ended.";
    assert_eq!(score_of(before, &mut scratch).hits.len(), 5);
    let many: String = (0..=1 << 20).map(|i| format!("w{i} ")).collect();
    assert_eq!(score_of(&many, &mut scratch).hits.len(), 0);
    let again = score_of(after, &mut scratch);
    assert!(scratch.types().len() < 100, "the table was not emptied: the article in between is too short");
    assert_eq!(again, score_of(after, &mut Default::default()));
    assert_eq!(again.hits.len(), 3);
}

/// What a judge said of a spelling is nothing to another, though both read with one table.
#[test]
fn judges_do_not_hear_each_other() {
    let other = LEXICON.replace("\"war\", \"war crimes\"", "\"of\"");
    let compiled = [LEXICON, &other].map(|source| {
        let lexicon = read(source, "x.toml", &[], &|_| None).unwrap();
        Compiled::new(&LexiconSet::new(vec![lexicon]))
    });
    let text = "Hostages of a war, prisoners of a war, the camp of prisoners.";
    let mut types = TypeTable::default();
    let mut find = |read_by: &Compiled, resolved_by: &Compiled| {
        let (mut reading, mut resolving) = (Default::default(), Default::default());
        let (mut analysis, mut found) = (Analysis::default(), Resolution::default());
        analyse_judged(&article(text), &mut types, &mut read_by.judge(Want::default(), &mut reading), &mut analysis);
        let view = View { article: &article(text), analysis: &analysis, types: &types };
        resolved_by.resolve(view, Want::default(), &mut resolving, &mut found);
        found.hits.len()
    };
    let [first, second] = &compiled;
    assert_eq!(find(first, first), 5);
    assert_eq!(find(second, first), 5);
    assert_eq!(find(second, second), 6);
    assert_eq!(find(first, second), 6);

    // The same scratch for reading and resolving, in turn with another's.
    let mut scratches = [Default::default(), Default::default()];
    for _ in 0..2 {
        for ((compiled, scratch), hits) in compiled.iter().zip(&mut scratches).zip([5, 6]) {
            let (mut analysis, mut found) = (Analysis::default(), Resolution::default());
            analyse_judged(&article(text), &mut types, &mut compiled.judge(Want::default(), scratch), &mut analysis);
            let view = View { article: &article(text), analysis: &analysis, types: &types };
            compiled.resolve(view, Want::default(), scratch, &mut found);
            assert_eq!(found.hits.len(), hits);
        }
    }
}

/// Where only counts are wanted, words that count nowhere share a type: with one table in turn with articles whose words
/// are all told apart, and whichever comes first.
#[test]
fn rows_and_counts_may_be_wanted_in_turn() {
    let lexicon = "[[category]]\nid = \"war\"\nterms = [\"war*\", \"camp\"]\n";
    let set = LexiconSet::new(vec![read(lexicon, "x.toml", &[], &|_| None).unwrap()]);
    let engine = MatcherEngine::new(&set, Compiled::new(&set));
    let text = "Warlike Talks of a war began. Prisoners of Warsaw saw the camp.";
    for counts_first in [false, true] {
        let (mut scratch, mut score) = Default::default();
        let [first, second] = if counts_first { [Detail::Hits, Detail::Rows] } else { [Detail::Rows, Detail::Counts] };
        for detail in [first, second, Detail::Hits, Detail::Counts, first] {
            engine.score(&article(text), &mut scratch, Want { detail, ..Want::default() }, &mut score);
            assert_eq!(score.tally.hits, 4);
            if detail == Detail::Rows {
                let words = score.analysis.tokens.iter().map(|token| scratch.types().folded(token.type_id));
                assert_eq!(
                    words.collect::<Vec<_>>().join(" "),
                    "warlike talks of a war began prisoners of warsaw saw the camp"
                );
            }
        }
    }
}
