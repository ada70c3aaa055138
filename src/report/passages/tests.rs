//! The same lines for any pieces, windows that show what stands there, stories cut at hits.

use framescope_core::lexicon::{self, LexiconSet};
use framescope_core::matching::{Compiled, Want};
use framescope_core::score::{ArticleScore, Engine as _, MatcherEngine, MatcherScratch};
use framescope_core::text::{Article, Title};
use proptest::prelude::*;

use super::*;

const LEXICON: &str = r#"
[lexicon]
id = "naming"
version = "1"
language = "en"
[[referent]]
id = "captives"
[[referent.variant]]
id = "hostage"
terms = ["hostage*"]
[[referent.variant]]
id = "prisoner"
terms = ["prisoner*"]
[[category]]
id = "people"
terms = ["hostages"]
"#;

fn set() -> LexiconSet {
    LexiconSet::new(vec![lexicon::read(LEXICON, "naming.toml", &[], &|_| None).expect("a lexicon")])
}

/// Passages of these articles: identifier, group, title, text.
fn collected(articles: &[(&str, &str, Option<&str>, &str)], shown: Shown) -> Passages {
    collected_in("en", articles, shown)
}

fn collected_in(language: &str, articles: &[(&str, &str, Option<&str>, &str)], shown: Shown) -> Passages {
    let set = set();
    let engine = MatcherEngine::new(&set, Compiled::new(&set));
    let mut scratch = MatcherScratch::default();
    let mut score = ArticleScore::default();
    let mut passages = Passages::new(1, shown);
    for (id, group, title, text) in articles {
        let article = Article { id, title: title.map(Title::Field), text, removed: &[] };
        engine.score(&article, &mut scratch, Want::default(), &mut score);
        let cited = Cited {
            id: (*id).to_owned(),
            group: (*group).to_owned(),
            title: title.map(str::to_owned),
            ..Cited::default()
        };
        passages.add(ReadStory { cited: &cited, article: &article, language, score: &score }, &set);
    }
    passages
}

#[test]
fn a_window_shows_marks_and_paragraphs_as_they_stand() {
    let text = "He said: “The  hostages,\nall of them, come home.”\n\nNobody else spoke.";
    let passages = collected(&[("a", "g", Some("Two hostages"), text)], Shown::Excerpts);
    let lines: Vec<&Line> = passages.cells.values().flat_map(|cell| &cell.lines).collect();
    let window = lines.iter().find_map(|line| line.window.as_ref().filter(|w| !w.in_title)).expect("a window");
    assert_eq!(window.first, 2, "the title is no context of the text");
    let hit = (5, 6);
    let whole = window.excerpt(hit, window.first, window.end());
    assert_eq!((whole.left, whole.found), ("He said: “The ", "hostages"));
    assert_eq!(whole.right, ", all of them, come home.” Nobody else spoke.");
    assert_eq!(whole.cut, (false, false));
    let some = window.excerpt(hit, 4, 9);
    assert_eq!((some.left, some.found, some.right, some.cut), ("“The ", "hostages", ", all of them,", (true, true)));
    let none = window.excerpt(hit, 5, 6);
    assert_eq!((none.left, none.found, none.right), ("", "hostages", ","));
    let title = lines.iter().find_map(|line| line.window.as_ref().filter(|w| w.in_title)).expect("the title's");
    assert_eq!(
        title.excerpt((1, 2), 0, 2),
        Excerpt { left: "Two ", found: "hostages", right: "", cut: (false, false) }
    );
}

#[test]
fn an_excerpt_with_several_hits_is_cut_at_each() {
    let text = "He said: “The hostage takers, all of them, freed a prisoner.” Nobody else spoke.";
    let passages = collected(&[("a", "g", None, text)], Shown::Excerpts);
    let lines: Vec<&Line> = passages.cells.values().flat_map(|cell| &cell.lines).collect();
    let window = lines[0].window.as_ref().expect("a window");
    // He said The hostage takers all of them freed a prisoner
    let pieces = window.pieces(&[(3, 5), (3, 4), (10, 11)], 2, 11);
    let pieces: Vec<(&str, &[usize])> = pieces.iter().map(|(text, hits)| (text.as_str(), hits.as_slice())).collect();
    let none: &[usize] = &[];
    assert_eq!(
        pieces,
        [
            ("“The ", none),
            ("hostage", &[0, 1]),
            (" takers", &[0]),
            (", all of them, freed a ", none),
            ("prisoner", &[2]),
            (".”", none),
        ]
    );
}

#[test]
fn a_full_story_reads_as_its_text_and_knows_its_hits() {
    let text = "The hostages and “the prisoners” left.\n\nNo hostage stayed.";
    let passages = collected(&[("a", "g", None, text)], Shown::Full);
    let story = passages.stories().next().expect("a story");
    let read = |p: &StoryParagraph| p.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
    assert_eq!(
        story.paragraphs.iter().map(read).collect::<Vec<_>>(),
        ["The hostages and “the prisoners” left.", "No hostage stayed."]
    );
    let marked = story.paragraphs[0].pieces.iter().filter(|p| !p.hits.is_empty());
    let marked: Vec<(&str, usize, Voice)> = marked.map(|p| (p.text.as_str(), p.hits.len(), p.voice)).collect();
    assert_eq!(marked, [("hostages", 2, Voice::Narrator), ("prisoners", 1, Voice::Quoted)]);
}

#[test]
fn without_text_no_text_is_kept() {
    let passages = collected(&[("a", "g", None, "The hostages left.")], Shown::Nothing);
    assert!(passages.cells.values().flat_map(|cell| &cell.lines).all(|line| line.window.is_none()));
}

/// A lexicon counts nothing in an article of another language, so no line of it stands behind a number.
#[test]
fn an_article_in_another_language_has_no_lines() {
    let articles = [("a", "g", None, "The hostages left.")];
    for (language, lines) in [("en-GB", 2), ("und", 2), ("fr", 0)] {
        let passages = collected_in(language, &articles, Shown::Nothing);
        assert_eq!(passages.cells.values().map(|cell| cell.lines.len()).sum::<usize>(), lines, "{language}");
        assert_eq!(passages.cells.values().map(Cell::total).sum::<u64>(), lines as u64, "{language}");
    }
}

#[test]
fn an_article_counts_its_words_without_the_title() {
    let passages = collected(&[("a", "g", Some("Two hostages"), "The hostages left.")], Shown::Excerpts);
    assert_eq!(passages.stories().next().expect("a story").cited.words, 3);
}

#[test]
fn more_hits_than_lines_are_counted_and_drawn() {
    let text = "The hostages left. ".repeat(500);
    let mut passages = collected(&[("a", "g", None, &text)], Shown::Excerpts);
    passages.finish(10);
    for cell in passages.cells.values() {
        assert_eq!((cell.total(), cell.lines.len()), (500, 10));
        let places: Vec<u32> = cell.lines.iter().map(|line| line.found.first_token).collect();
        assert!(places.is_sorted() && places[9] > 500, "drawn from the whole article: {places:?}");
    }
    let kept: Vec<Vec<u32>> =
        passages.cells.values().map(|cell| cell.lines.iter().map(|line| line.found.first_token).collect()).collect();
    assert_eq!(kept[0], kept[1], "two paths that share their hits show the same lines");
}

#[test]
fn what_is_left_out_again_has_no_line_no_hit_and_no_story() {
    let text = "The hostages left. A prisoner stayed. “No hostage,” he said.";
    let mut passages =
        collected(&[("a", "g", None, text), ("b", "g", None, text), ("c", "h", None, "A hostage.")], Shown::Excerpts);
    let once = collected(&[("a", "g", None, text), ("c", "h", None, "A hostage.")], Shown::Excerpts);
    let hits = [(1, Voice::Narrator), (2, Voice::Narrator), (1, Voice::Quoted), (3, Voice::Narrator)];
    passages.leave_out(&[LeftOut { article: 1, group: "g".to_owned(), hits: hits.into() }]);
    assert_eq!(passages.left_out(), 1);
    assert!(!passages.dropped_stories(), "it was not dropped for being one too many");
    let hits = |passages: &Passages| passages.cells.iter().map(|(key, cell)| (*key, cell.hits)).collect::<Vec<_>>();
    assert_eq!(hits(&passages), hits(&once));
    let ids = |passages: &Passages| passages.stories().map(|story| story.cited.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&passages), ids(&once));
    assert!(passages.cells.values().flat_map(|cell| &cell.lines).all(|line| line.cited.id != "b"));
    let hits = [(1, Voice::Narrator)].into();
    passages.leave_out(&[LeftOut { article: 2, group: "h".to_owned(), hits }]);
    assert!(passages.cells.keys().all(|key| key.group == 0), "a cell without a hit is none");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_same_lines_for_any_pieces(
        hits in prop::collection::vec((0_usize..3, 0_usize..40), 1..60),
        cuts in prop::collection::vec(0_usize..60, 0..6),
    ) {
        let articles: Vec<(String, String, String)> = hits.iter().enumerate().map(|(i, (group, hits))| {
            (format!("a{i}"), format!("g{group}"), "The hostages and a prisoner left. ".repeat(*hits))
        }).collect();
        let as_given: Vec<(&str, &str, Option<&str>, &str)> =
            articles.iter().map(|(id, group, text)| (id.as_str(), group.as_str(), None, text.as_str())).collect();
        let mut whole = Passages::new(1, Shown::Excerpts);
        whole.append(collected(&as_given, Shown::Excerpts));
        let mut pieces = Passages::new(1, Shown::Excerpts);
        let mut bounds: Vec<usize> = cuts.into_iter().map(|c| c.min(articles.len())).collect();
        bounds.extend([0, articles.len()]);
        bounds.sort_unstable();
        for pair in bounds.windows(2) {
            pieces.append(collected(&as_given[pair[0]..pair[1]], Shown::Excerpts));
        }
        whole.finish(7);
        pieces.finish(7);
        prop_assert_eq!(&whole.groups, &pieces.groups);
        prop_assert_eq!(&whole.cells, &pieces.cells);
        let stories = |p: &Passages| p.stories().cloned().collect::<Vec<_>>();
        prop_assert_eq!(stories(&whole), stories(&pieces));
    }
}
