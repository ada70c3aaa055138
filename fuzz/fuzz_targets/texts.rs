//! Any text can be read, and what is read of it does not hang on what was read before.
#![no_main]

use framescope_core::lexicon::{LexiconSet, read};
use framescope_core::matching::{Compiled, Want};
use framescope_core::score::{ArticleScore, Engine, MatcherEngine};
use framescope_core::text::Article;
use libfuzzer_sys::fuzz_target;

const LEXICON: &str = "[[category]]\nid = \"c\"\nterms = [\"a*\", \"the ?\", \"e\", \"и*\", \"ال*\"]\n";

fuzz_target!(|texts: [&str; 2]| {
    let lexicon = read(LEXICON, "fixed", &[], &|_| None).expect("a lexicon");
    let set = LexiconSet::new(vec![lexicon]);
    let engine = MatcherEngine::new(&set, Compiled::new(&set));
    let article = |text| Article { id: "drawn", title: None, text, removed: &[] };
    let (mut used, mut fresh) = Default::default();
    let (mut ours, mut theirs) = (ArticleScore::default(), ArticleScore::default());
    for text in texts {
        engine.score(&article(text), &mut used, Want::default(), &mut ours);
    }
    engine.score(&article(texts[1]), &mut fresh, Want::default(), &mut theirs);
    assert_eq!(ours.resolution, theirs.resolution);
    assert_eq!(ours.tally, theirs.tally);
});
