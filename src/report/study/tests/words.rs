//! Word shift, whom, emphasis, association: what is drawn, what is said of it, where its numbers lead.

use framescope_core::matching::Whom;
use framescope_core::text::Zone;

use super::*;
use crate::compare::{Associated, AssociationRow, EntryShift, PathShift, WhomRow, Without, WordsOf, ZoneRow};

/// The path `captives`, and `talks`.
const CAPTIVES: u32 = 0;
const TALKS: u32 = 3;

fn two_papers() -> Fixture {
    fixture(["Courier", "Review"], 12, Shown::Excerpts)
}

/// A word of one entry: hits of Review, then of Courier.
fn word(name: &str, entry: u32, hits: [u64; 2]) -> WordsOf {
    let contribution = (hits[1] as f64 - hits[0] as f64) * 1000.0 / 960.0;
    WordsOf {
        form: entry as usize,
        name: name.to_owned(),
        hits,
        part: [Some(0.5), None],
        contribution,
        normalised: 0.5,
        cumulative: contribution,
        entries: vec![EntryShift { entry, term: format!("{name}*"), hits, contribution }],
        without: None,
    }
}

fn shift(path: u32, forms: Vec<WordsOf>) -> PathShift {
    let sum = |side: usize| forms.iter().map(|word| word.hits[side]).sum();
    PathShift {
        path,
        pair: 0,
        voice: InVoice::Outside,
        hits: [sum(0), sum(1)],
        words: [960, 960],
        difference: forms.iter().map(|word| word.contribution).sum(),
        forms,
        carrier: None,
    }
}

#[test]
fn each_word_has_its_bar_and_leads_to_its_own_lines() {
    let mut fixture = two_papers();
    let mut carrier = word("hostage", 0, [0, 24]);
    carrier.without = Some(Without { hits: [12, 0], difference: -12.5, ratio: None, interval: None });
    fixture.found.warnings[0].place.path = Some(CAPTIVES);
    fixture.found.words =
        vec![PathShift { carrier: Some(0), ..shift(CAPTIVES, vec![carrier, word("prisoner", 1, [12, 0])]) }];
    let html = fixture.html();
    let section = section_of(&html, "<section id=\"words\"");
    assert!(section.contains("captives: \u{2068}Courier\u{2069} against \u{2068}Review\u{2069}"), "{section}");
    assert!(
        section.contains(
            "“hostage” carries this difference: without it \u{2068}Courier\u{2069} would have 12.5 fewer per"
        ),
        "{section}"
    );
    assert!(section.contains("not 12.5 more."), "{section}");
    assert!(section.contains("data-k=\"e\" data-x=\"0\" data-s=\"of “hostage”\">24</a>"), "{section}");
    let lines = section_of(&html, "<section id=\"lines\"");
    assert!(lines.contains("data-e=\"0\"") && lines.contains("data-e=\"1\""), "lines say which word they hold");
    assert!(!lines.contains("data-e=\"2\""), "and no more than is asked for");
    assert!(!lines.contains("data-z") && !lines.contains("data-w"));
    assert!(section.contains("W03"), "what limits a path stands beside it: {section}");
}

#[test]
fn the_bars_that_do_not_fit_are_one_bar_so_that_all_sum_to_the_difference() {
    let fixture = two_papers();
    let with = |words: u32| {
        let mut found = fixture.found.clone();
        found.words = vec![shift(CAPTIVES, (0..words).map(|n| word(&format!("w{n}"), 0, [n.into(), 0])).collect())];
        let view_of = Study { comparison: &found, ..fixture.study() };
        let page = view_of.page();
        let figure = page.figures().find(|figure| figure.id == "words-0-1").expect("a figure").clone();
        let crate::report::charts::Chart::Shift(bars) = figure.chart else { panic!("no word shift") };
        let sum: f64 = bars.bars.iter().map(|bar| bar.value).sum();
        assert!((sum - found.words[0].difference).abs() < 1e-9);
        bars.bars.last().expect("a bar").label.clone()
    };
    assert_eq!([with(12), with(13), with(20)], ["w11", "w12", "8 others"]);
}

#[test]
fn of_a_path_and_those_under_it_one_has_a_figure_and_one_word_has_none() {
    let mut fixture = two_papers();
    let forms = || vec![word("hostage", 0, [0, 24]), word("prisoner", 1, [12, 0])];
    fixture.found.words = vec![
        shift(CAPTIVES, forms()),
        shift(HOSTAGE, forms()[..2].to_vec()),
        shift(TALKS, vec![word("talks", 2, [9, 4])]),
    ];
    let ids = |fixture: &Fixture| {
        fixture
            .page()
            .figures()
            .map(|figure| figure.id.clone())
            .filter(|id| id.starts_with("words"))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&fixture), ["words-1-1"], "its interval is clear of 1");
    fixture.found.paths[CAPTIVES as usize].is_primary = true;
    assert_eq!(ids(&fixture), ["words-0-1"], "what was named before looking comes first");
    fixture.found.words.clear();
    assert!(!fixture.html().contains("id=\"words\""));
}

fn about(side: &str, is_side: bool, hits: [u64; 2], share: [Option<f64>; 2]) -> WhomRow {
    WhomRow {
        path: TALKS,
        pair: 0,
        voice: InVoice::Outside,
        side: side.to_owned(),
        is_side,
        hits,
        words: [960, 960],
        share,
        share_interval: [share[0].map(|share| [share / 2.0, 1.0]), None],
        share_difference: None,
        share_difference_interval: None,
        ratio: Some(2.5),
        ratio_interval: Some([1.25, 5.0]),
    }
}

fn with_whom(articles: usize) -> Fixture {
    let mut fixture = fixture(["Courier", "Review"], articles, Shown::Excerpts);
    fixture.vocabulary.paths[TALKS as usize].sides = vec!["reds".to_owned(), "blues".to_owned()];
    fixture.found.whom = vec![
        about("reds", true, [9, 2], [Some(0.9), Some(1.0)]),
        about("blues", true, [1, 0], [Some(0.1), Some(0.0)]),
        about("both", false, [1, 0], [None, None]),
        about("unclear", false, [0, 1], [None, None]),
    ];
    fixture
}

#[test]
fn whom_hits_are_about_is_drawn_with_ratio_and_interval_beside_it() {
    let html = with_whom(12).html();
    let section = section_of(&html, "<section id=\"whom\"");
    for part in [
        "about reds: 9 of 10",
        "90\u{a0}% [45\u{a0}%, 100\u{a0}%]",
        "2.50 [1.25, 5.00]",
        "<th scope=\"row\" dir=\"auto\"><bdi>reds</bdi></th>",
        "nobody in particular",
        "1 of 2 bars rest on fewer than 5 hits.",
        "data-k=\"w\" data-x=\"3-0\" data-s=\"about reds\">9</a>",
        "data-x=\"3-b\" data-s=\"about both sides\">1</a>",
    ] {
        assert!(section.contains(part), "{part:?} is not in {section}");
    }
    assert!(section.contains("by resampling articles"), "{section}");
    let mut of_events = with_whom(12);
    of_events.found.plan.events = Some("the column event".to_owned());
    assert!(section_of(&of_events.html(), "<section id=\"whom\"").contains("by resampling events"));
    assert!(!two_papers().html().contains("id=\"whom\""), "no path asks");
}

#[test]
fn of_single_articles_whom_is_described_without_a_ratio() {
    let html = with_whom(1).html();
    let section = section_of(&html, "<section id=\"whom\"");
    assert!(section.contains("they say nothing of other articles") && !section.contains("ratio"), "{section}");
}

#[test]
fn sides_are_known_by_the_first_path_that_asks_about_them() {
    let mut vocabulary = two_papers().vocabulary;
    vocabulary.paths[1].sides = vec!["reds".to_owned()];
    vocabulary.paths[2].sides = vec!["reds".to_owned(), "blues".to_owned()];
    vocabulary.paths[3].sides = vec!["reds".to_owned(), "blues".to_owned()];
    let first = |path: u32| crate::report::html::asks_first(&vocabulary, path);
    assert_eq!([first(1), first(2), first(3)], [1, 2, 2]);
    let only = Only::About("reds".to_owned(), 2, Whom::Side(0));
    assert_ne!(only, Only::In(Zone::Title));
}

fn placed(zone: &'static str, interval: Option<[f64; 2]>) -> ZoneRow {
    ZoneRow {
        path: TALKS,
        pair: 0,
        voice: InVoice::Outside,
        zone,
        zone_hits: [12, 6],
        zone_words: [100, 110],
        body_hits: [3, 0],
        body_words: [800, 810],
        emphasis: [Some(4.0), Some(0.5)],
        emphasis_interval: [interval, None],
        ratio: Some(0.125),
        ratio_interval: None,
    }
}

#[test]
fn what_is_put_in_front_is_drawn_where_there_is_an_interval() {
    let mut fixture = two_papers();
    fixture.found.zones = vec![placed("title", None), placed("lead", Some([2.0, 8.0]))];
    let html = fixture.html();
    let section = section_of(&html, "<section id=\"emphasis\"");
    assert!(section.contains("id=\"emphasis-lead\"") && !section.contains("id=\"emphasis-title\""), "{section}");
    assert!(section.contains("4.00 [2.00, 8.00] times as often in the lead as in the body"), "{section}");
    assert!(section.contains("data-k=\"z\" data-x=\"l\" data-s=\"in the lead\">6</a>"), "{section}");
    assert!(section.contains("<bdi>Courier</bdi> over <bdi>Review</bdi>") && section.contains(">0.12<"), "{section}");
    let lines = section_of(&html, "<section id=\"lines\"");
    assert!(lines.contains("data-z=\"t\"") && lines.contains("data-z=\"l\""), "lines say where they stand");
    fixture.found.zones = vec![placed("lead", None)];
    assert!(!fixture.html().contains("id=\"emphasis\""), "nothing has hits enough");
}

#[test]
fn a_frame_beside_an_actor_is_drawn_and_leads_to_the_sentences_with_both() {
    let mut fixture = two_papers();
    let side = |both, interval| Associated {
        both,
        actor: 4,
        frame: 3,
        neither: 90,
        articles: 9,
        odds_ratio: Some(6.0),
        interval,
    };
    let row = |part, interval| AssociationRow {
        part,
        actor: CAPTIVES,
        frame: TALKS,
        pair: 0,
        sides: [side(12, interval), side(11, None)],
        ratio: Some(1.5),
        ratio_interval: None,
    };
    fixture.found.association = vec![row("outside", Some([2.0, 18.0])), row("heading", Some([2.0, 18.0]))];
    let html = fixture.html();
    let section = section_of(&html, "<section id=\"association\"");
    assert!(section.contains("talks beside captives"), "{section}");
    assert!(section.contains("odds ratio 6.00 [2.00, 18.0]"), "{section}");
    assert!(section.contains("data-k=\"b\" data-x=\"0\" data-s=\"beside captives\">12</a>"), "{section}");
    assert_eq!(section.matches(">12</a>").count(), 1, "headings are not drawn");
    let lines = section_of(&html, "<section id=\"lines\"");
    // "The talks on the hostages went on": a hit of the frame with one of the actor's names beside it.
    let of_talks = &lines[lines.find("id=\"k3-Review\"").expect("the lines of talks")..];
    assert!(of_talks[..of_talks.find("</details>").expect("an end")].contains("data-b=\"0\""), "{of_talks}");
    fixture.found.association = vec![row("outside", None)];
    assert!(!fixture.html().contains("id=\"association\""));
}
