//! Pages of a comparison made by hand: what must stand on them, and what must not.

use framescope_core::lexicon::{self, LexiconSet};
use framescope_core::matching::{Compiled, EntryWords, Want};
use framescope_core::score::{ArticleScore, Engine as _, MatcherEngine, MatcherScratch};
use framescope_core::text::{Article, Title, Voice};

use super::*;
use crate::compare::events::{Event, Events, Origin, Pair as EventPair, Status, Wording, WordingPart};
use crate::compare::result::{
    ChoiceCell, Contrast, CorpusFacts, Ends, Estimate, LexiconNote, PValue, Pair, PathNote, PlanFacts, ReferentResult,
    Warning,
};
use crate::compare::{ArticleFacts, Signer, Units, UnitsPart};
use crate::report::passages::{Cited, ReadStory, Shown};

mod desks;
mod tables;
mod time;
mod words;

const LEXICON: &str = r#"
[lexicon]
id = "naming"
version = "1"
language = "en"
[[referent]]
id = "captives"
label = "people held"
[[referent.variant]]
id = "hostage"
connotation = "victims of a crime"
terms = ["hostage*"]
[[referent.variant]]
id = "prisoner"
terms = ["prisoner*"]
[[category]]
id = "talks"
terms = ["talks"]
"#;

/// The paths of the lexicon, by running number.
const HOSTAGE: u32 = 1;
const PRISONER: u32 = 2;

/// A corpus of two groups, and what a comparison might say of it.
struct Fixture {
    set: LexiconSet,
    vocabulary: Vocabulary,
    passages: Passages,
    found: Comparison,
    units: Units,
    wording: Wording,
}

fn fixture(groups: [&str; 2], articles_a_group: usize, shown: Shown) -> Fixture {
    let set = LexiconSet::new(vec![lexicon::read(LEXICON, "naming.toml", &[], &|_| None).expect("a lexicon")]);
    let engine = MatcherEngine::new(&set, Compiled::new(&set));
    let (mut scratch, mut score) = (MatcherScratch::default(), ArticleScore::default());
    let mut passages = Passages::new(1, shown);
    let (mut part, mut wording_part) = (UnitsPart::default(), WordingPart::default());
    let (entry_words, mut signer) = (EntryWords::new(&set), Signer::default());
    for i in 0..articles_a_group {
        for (group, word) in groups.into_iter().zip(["hostages", "prisoners"]) {
            let text = format!(
                "The talks on the {word} went on in the port. {} “No {word} will be forgotten, we said that on the first \
                 day and say it on this one,” a minister told the crowd that had come to the harbour wall.\n\n{}",
                "Nothing else was said on the day that followed and on the one after it. ".repeat(8),
                "The weather held. ".repeat(i % 7),
            );
            let id = format!("{}{i}", word.chars().next().unwrap_or_default());
            let title = format!("Day {i} of the talks");
            let article = Article { id: &id, title: Some(Title::Field(&title)), text: &text, removed: &[] };
            engine.score(&article, &mut scratch, Want::default(), &mut score);
            let cited = Cited {
                id: id.clone(),
                title: Some(title.clone()),
                group: group.to_owned(),
                event: Some(format!("event {i}")),
                ..Cited::default()
            };
            passages.add(ReadStory { cited: &cited, article: &article, language: "en", score: &score }, &set);
            let facts = ArticleFacts { id: &id, group: Some(group), language: "en", columns: &[], content: 0 };
            part.add(&facts, &set, &score);
            wording_part.add(&set, &entry_words, scratch.types(), &score, &mut signer);
        }
    }
    let vocabulary = Vocabulary::of(&set);
    let found = comparison(groups, &passages, &vocabulary);
    let (mut units, mut wording) = (Units::new(vocabulary.clone(), &[]), Wording::default());
    units.append(part);
    wording.append(wording_part);
    Fixture { set, vocabulary, passages, found, units, wording }
}

/// Counts as they are, and made-up ratios.
fn comparison(groups: [&str; 2], passages: &Passages, vocabulary: &Vocabulary) -> Comparison {
    let articles = passages.articles / 2;
    let side = |name: &str| Side {
        name: name.to_owned(),
        groups: vec![groups.iter().position(|group| *group == name).expect("a group") as u32],
        articles,
        words: 100 * articles,
        words_quoted: 20 * articles,
        words_outside: 80 * articles,
        median_words: Some(100.0),
        ..Side::default()
    };
    let number = |name: &str| passages.groups.names().iter().position(|n| n == name).expect("the group") as u32;
    let hits = |path: u32, side: u32, voice: InVoice| {
        let key = |path| crate::report::passages::CellKey { path, group: number(groups[side as usize]) };
        let [narrator, attributed, quoted] = match path {
            0 => [1, 2]
                .map(|path| passages.cells.get(&key(path)).map_or([0; 3], |cell| cell.hits))
                .into_iter()
                .fold([0; 3], |sum, hits| [sum[0] + hits[0], sum[1] + hits[1], sum[2] + hits[2]]),
            path => passages.cells.get(&key(path)).map_or([0; 3], |cell| cell.hits),
        };
        if voice == InVoice::Outside { narrator + attributed } else { quoted }
    };
    let paths = 0..vocabulary.paths.len() as u32;
    let enough = articles >= 5;
    let mut found = Comparison {
        question: None,
        plan: PlanFacts {
            framescope: "0.1.0".to_owned(),
            by: "outlet".to_owned(),
            present_min: 1,
            level: 0.95,
            permutations: 9_999,
            replicates: 1_999,
            seed: 1,
            model: "studentised".to_owned(),
            ..PlanFacts::default()
        },
        corpus: CorpusFacts { articles: passages.articles, words: 200 * articles, ..CorpusFacts::default() },
        lexicons: vec![LexiconNote {
            id: "naming".to_owned(),
            version: "1".to_owned(),
            language: "en".to_owned(),
            sha256: vec!["0123456789abcdef".repeat(4)],
        }],
        sides: groups.map(side).into(),
        pairs: vec![Pair { group: 0, against: 1 }],
        ..Comparison::default()
    };
    for path in paths {
        found.paths.push(PathNote { id: vocabulary.paths[path as usize].id.clone(), ..PathNote::default() });
        for side in 0..2 {
            for voice in InVoice::ALL {
                let hits = hits(path, side, voice);
                found.cells.push(PathCell {
                    path,
                    side,
                    voice,
                    articles,
                    present: articles.min(hits),
                    hits,
                    words: 80 * articles,
                    rate: Some(Estimate { value: hits as f64 * 1000.0 / (80 * articles) as f64, interval: None }),
                    ..PathCell::default()
                });
            }
        }
        for voice in InVoice::ALL {
            let ratio = (hits(path, 0, voice) as f64 + 0.5) / (hits(path, 1, voice) as f64 + 0.5);
            let interval = enough.then_some(Ends { low: ratio / 1.5, high: ratio * 1.5 });
            let p = PValue { p: 0.002, adjusted: Some(0.004), smallest: 0.0001, ..PValue::default() };
            found.contrasts.push(Contrast {
                path,
                pair: 0,
                voice,
                rate_ratio: Some(Estimate { value: ratio, interval }),
                p: enough.then_some(p),
                warnings: if path == HOSTAGE { vec![0] } else { vec![] },
                ..Contrast::default()
            });
        }
    }
    for voice in InVoice::ALL {
        let side = |side: u32| {
            let hits = vec![hits(HOSTAGE, side, voice), hits(PRISONER, side, voice)];
            let mentions: u64 = hits.iter().sum();
            let shares = hits
                .iter()
                .map(|h| (mentions > 0).then(|| Estimate { value: *h as f64 / mentions as f64, interval: None }));
            ChoiceCell {
                side,
                articles,
                mentions,
                mentioning: articles,
                shares: shares.collect(),
                hits,
                ..ChoiceCell::default()
            }
        };
        found.referents.push(ReferentResult {
            path: 0,
            voice,
            variants: vec![HOSTAGE, PRISONER],
            sides: vec![side(0), side(1)],
            variant_p: vec![None, None],
            ..ReferentResult::default()
        });
    }
    found.warnings.push(Warning {
        code: "W03",
        text: "hostage* makes up all of it".to_owned(),
        place: crate::compare::result::Place { path: Some(HOSTAGE), ..Default::default() },
        ..Warning::default()
    });
    found
}

impl Fixture {
    fn study(&self) -> Study<'_> {
        Study {
            comparison: &self.found,
            vocabulary: &self.vocabulary,
            passages: self.passages.clone(),
            events: None,
            inputs: vec![Input { path: "news.jsonl".to_owned(), sha256: Some("ab".repeat(32)) }],
            inputs_sha256: None,
            said: vec!["articles are grouped by the column \"outlet\"".to_owned()],
            command: "framescope report news.jsonl -l naming.toml".to_owned(),
        }
    }

    fn page(&self) -> Page {
        self.study().page()
    }

    fn html(&self) -> String {
        self.page().html()
    }

    /// The events of the fixture: two articles a day, which print one text.
    fn events(&self) -> Events {
        let articles = self.units.len() as u32;
        let event = |day: u32| Event {
            name: format!("e{day}"),
            articles: vec![2 * day, 2 * day + 1],
            words: vec!["Sarn".to_owned(), "482".to_owned()],
            ..Event::default()
        };
        let pair = |day: u32| EventPair {
            one: 2 * day,
            other: 2 * day + 1,
            days_apart: Some(0),
            cosine: None,
            jaccard: Some(0.9),
            status: Status::Copy,
            reason: None,
            words: Vec::new(),
        };
        Events {
            origin: Origin::Pairs,
            event_of: (0..articles).map(|article| Some(article / 2)).collect(),
            events: (0..articles / 2).map(event).collect(),
            pairs: (0..articles / 2).map(pair).collect(),
            collapsed: Vec::new(),
            crowded: 0,
        }
    }

    /// The page where these events are known.
    fn page_with(&self, events: &Events) -> Page {
        let groups: Vec<u32> = self.units.articles().map(|article| self.units.group(article)).collect();
        let seen = SeenEvents { events, units: &self.units, groups: &groups, wording: Some(&self.wording) };
        Study { events: Some(seen), ..self.study() }.page()
    }
}

/// The part of a page that begins with this, up to the end of its section.
fn section_of<'a>(html: &'a str, start: &str) -> &'a str {
    let from = &html[html.find(start).unwrap_or_else(|| panic!("{start} is not there"))..];
    &from[..from.find("</section>").expect("its end")]
}

/// The text between tags.
fn text_of(html: &str) -> String {
    let body = &html[html.find("<body").expect("a body")..html.find("<script>").expect("the script")];
    body.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect()
}

#[test]
fn the_page_says_who_says_what_and_links_it() {
    let html = fixture(["Courier", "Review"], 12, Shown::Excerpts).html();
    let text = text_of(&html);
    for part in [
        "How Courier and Review frame what they report",
        "people held: Courier says hostage (12 of 12)",
        "Review says prisoner",
    ] {
        assert!(text.contains(part), "{part:?} is not in {text}");
    }
    assert!(
        html.contains("href=\"#k1-Courier\" data-p=\"1\" data-g=\"Courier\" data-v=\"o\""),
        "a number links to its lines"
    );
    assert!(html.contains("id=\"k1-Courier\""), "and the lines are there");
}

#[test]
fn a_warning_stands_beside_its_figure_and_in_the_list() {
    let html = fixture(["Courier", "Review"], 12, Shown::Excerpts).html();
    let figure = &html[html.find("<figure id=\"contrast-1\"").expect("the figure")..];
    let figure = &figure[..figure.find("</figure>").expect("its end")];
    assert!(figure.contains("<b>W03</b> hostage* makes up all of it"), "{figure}");
    assert!(figure.contains("href=\"#w0\">W03</a>"), "{figure}");
    assert!(html.contains("<span id=\"w0\">"));
}

#[test]
fn one_article_a_group_is_described_and_not_tested() {
    let fixture = fixture(["a.txt", "b.txt"], 1, Shown::Excerpts);
    let text = text_of(&fixture.html());
    assert!(text.contains("Two articles side by side"), "{text}");
    assert!(text.contains("It says nothing about the outlets they come from"), "{text}");
    for claim in ["p, adjusted", "Main contrasts", "In short", "permut"] {
        assert!(!text.contains(claim), "{claim:?} is a claim: {text}");
    }
}

#[test]
fn the_page_never_says_significant() {
    for articles in [1, 3, 12] {
        for shown in [Shown::Excerpts, Shown::Nothing, Shown::Full] {
            let html = fixture(["Courier", "Review"], articles, shown).html().to_lowercase();
            assert!(!html.contains("significan"));
            assert!(!html.contains("nan<") && !html.contains(">inf"));
        }
    }
}

#[test]
fn at_most_a_tenth_of_an_article_is_on_the_page() {
    let fixture = fixture(["Courier", "Review"], 12, Shown::Excerpts);
    let html = fixture.html();
    let shown: std::collections::HashSet<&str> = html
        .split("<q dir=\"auto\">")
        .skip(1)
        .filter_map(|line| line.split_once("</q>").map(|(line, _)| line))
        .filter(|line| line.contains("Nothing else was said"))
        .collect();
    assert!(shown.is_empty(), "words far from any hit are shown: {shown:?}");
    for story in fixture.passages.stories() {
        assert!(story.cited.words > 100, "{}", story.cited.words);
    }
    assert!(text_of(&html).contains("a tenth of its words is shown"));
    assert!(html.contains("class=\"vn c1\">hostages</mark>"), "something is shown");
}

#[test]
fn without_text_no_words_of_the_articles_are_on_the_page() {
    let html = fixture(["Courier", "Review"], 12, Shown::Nothing).html();
    for words in ["forgotten", "harbour wall", "went on"] {
        assert!(!html.contains(words), "{words:?} is on the page");
    }
    assert!(html.contains("No text of the articles is shown"));
    let full = fixture(["Courier", "Review"], 12, Shown::Full).html();
    assert!(full.contains("harbour wall"), "the words looked for are the articles'");
}

#[test]
fn names_of_groups_are_text_and_nothing_else() {
    let hostile = "<script>alert(1)</script>";
    let html = fixture([hostile, "\"><img src=x onerror=alert(1)>"], 6, Shown::Full).html();
    assert!(!html.contains(hostile) && !html.contains("<img"), "a name became markup");
    assert_eq!(html.matches("<script").count(), 1, "there is one script, the page's own");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn a_page_that_grows_too_large_shows_fewer_lines_and_says_so() {
    let fixture = fixture(["Courier", "Review"], 60, Shown::Full);
    let page = fixture.page();
    let whole = page.html();
    let limit = whole.len() * 2 / 3;
    let small = crate::report::html::write_within(&page, limit);
    assert!(small.len() <= limit, "{} {}", whole.len(), small.len());
    assert!(whole.contains("240 of 480 hits") && small.contains("of 480 hits: of each path and outlet at most"));
    assert!(small.contains("drawn by chance with the seed 1"));
}

#[test]
fn every_link_leads_somewhere_and_no_name_is_given_twice() {
    for articles in [1, 12] {
        let html = fixture(["Courier", "Al-Minbar «Review»"], articles, Shown::Excerpts).html();
        let mut ids = std::collections::HashSet::new();
        for id in html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.insert(id), "{id} twice");
        }
        for target in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(target), "nothing has the name {target}");
        }
    }
}

#[test]
fn figures_are_files_too() {
    let fixture = fixture(["Courier", "Review"], 12, Shown::Excerpts);
    let page = fixture.page();
    let names: Vec<&str> = page.figures().map(|figure| figure.id.as_str()).collect();
    assert_eq!(names, ["naming-0", "contrast-1", "coverage"]);
    for figure in page.figures() {
        assert!(figure.svg().starts_with("<svg xmlns="));
    }
}

#[test]
fn the_voices_of_the_fixture_are_what_the_tests_take_them_for() {
    let fixture = fixture(["Courier", "Review"], 1, Shown::Excerpts);
    assert_eq!(fixture.set.path_count(), 4);
    let hits = |voice: Voice| fixture.passages.cells.values().map(|cell| cell.hits[voice as usize]).sum::<u64>();
    assert!(hits(Voice::Quoted) == 2 && hits(Voice::Narrator) > 2);
}

/// For eyes: `FRAMESCOPE_PAGE=/tmp/page.html cargo test --lib page_to_look_at`.
#[test]
fn page_to_look_at() {
    if let Some(path) = std::env::var_os("FRAMESCOPE_PAGE") {
        std::fs::write(path, fixture(["Harbour Courier", "صحيفة المنبر"], 12, Shown::Excerpts).html())
            .expect("written");
    }
}
