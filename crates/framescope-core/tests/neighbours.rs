//! A score does not depend on what was scored before it in the same thread.

use framescope_core::lexicon::{LexiconSet, read};
use framescope_core::matching::{Compiled, Want};
use framescope_core::score::{ArticleScore, Engine, MatcherEngine};
use framescope_core::text::Article;

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
    let generation = scratch.types().generation();
    let again = score_of(after, &mut scratch);
    assert_ne!(
        scratch.types().generation(),
        generation,
        "the table was not emptied: the article in between is too short"
    );
    assert_eq!(again, score_of(after, &mut Default::default()));
    assert_eq!(again.hits.len(), 3);
}
