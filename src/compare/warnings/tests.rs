//! Each warning has a corpus that fires it, and a near twin that does not.

use std::collections::BTreeMap;

use framescope_core::lexicon::PathKind;
use framescope_core::stats::{Draws, Purpose};
use framescope_core::text::Voice;

use super::CODES;
use crate::compare::plan::{EventUnits, Model};
use crate::compare::result::Comparison;
use crate::compare::sketch::Sketch;
use crate::compare::vocabulary::AxisFacts;

fn fires(code: &str, sketch: &Sketch) {
    let comparison = sketch.compared().unwrap();
    let found: Vec<_> = comparison.warnings.iter().filter(|warning| warning.code == code).collect();
    assert!(!found.is_empty(), "{code} is silent; there are {:?}", sketch.codes());
    for warning in found {
        assert!(!warning.text.is_empty() && !warning.text.contains("NaN"), "{}", warning.text);
        assert!(warning.numbers.iter().all(|(_, x)| x.is_finite()), "{:?}", warning.numbers);
    }
}

fn silent(code: &str, sketch: &Sketch) {
    let comparison = sketch.compared().unwrap();
    let found: Vec<_> = comparison.warnings.iter().filter(|warning| warning.code == code).collect();
    assert!(found.is_empty(), "{code} fires: {found:?}");
}

#[test]
fn a_plain_corpus_is_silent() {
    assert_eq!(Sketch::plain(30).codes(), Vec::<&str>::new());
    assert_eq!(Sketch::plain(12).codes(), Vec::<&str>::new());
}

#[test]
fn w01_few_articles() {
    silent("W01", &Sketch::plain(5));
    fires("W01", &Sketch::plain(4));
    // Articles without words are none.
    let mut empty = Sketch::plain(8);
    empty.of("Herald").take(4).for_each(|article| (article.words, article.paths) = ([0; 3], Vec::new()));
    fires("W01", &empty);
    silent("W19", &empty);
}

#[test]
fn w02_no_hit_in_a_cell() {
    let mut sketch = Sketch::plain(12);
    sketch.of("Herald").for_each(|article| article.paths.clear());
    fires("W02", &sketch);
    let bound = sketch.compared().unwrap().warnings[0].numbers.iter().find(|(name, _)| *name == "bound").unwrap().1;
    assert_eq!(bound, 0.25);
    // One hit, or none on either side, is no zero against something.
    sketch.of("Herald").take(1).for_each(|article| article.paths = vec![(0, [1, 0, 0], 0, 0)]);
    silent("W02", &sketch);
    sketch.articles.iter_mut().for_each(|article| article.paths.clear());
    silent("W02", &sketch);
}

/// Thirty hits of one article each: `most` of them of the first entry.
fn with_entries(most: u32) -> Sketch {
    let mut sketch = Sketch::plain(30);
    for article in 0..60 {
        sketch.articles[article as usize].paths = vec![(0, [1, 0, 0], 0, 0)];
        let entry = if article % 30 < most { 0 } else { 1 + article % 5 };
        sketch.hits.push((article, 0, entry, Voice::Narrator, None));
    }
    let groups = (0..6).map(|n| (format!("word{n}"), vec![n])).collect();
    sketch.evidence.forms = vec![groups];
    sketch
}

#[test]
fn w03_one_word_makes_the_score() {
    fires("W03", &with_entries(16));
    silent("W03", &with_entries(15));
    // Of four words one may well make most.
    let mut few = with_entries(16);
    few.evidence.forms[0].truncate(4);
    silent("W03", &few);
}

#[test]
fn w04_one_article_has_the_hits() {
    let mut sketch = Sketch::plain(12);
    sketch.of("Herald").next().unwrap().paths = vec![(0, [60, 0, 0], 0, 0)];
    fires("W04", &sketch);
    // Clumped in a third of the articles, none with most of it.
    let mut clumped = Sketch::plain(30);
    let herald = clumped.of("Herald").enumerate();
    herald.for_each(|(n, article)| article.paths = vec![(0, [if n % 3 == 0 { 10 } else { 0 }, 0, 0], 0, 0)]);
    fires("W04", &clumped);
    silent("W04", &Sketch::plain(30));
}

/// Few articles with few hits by chance: one often has half of them, and that is no warning.
#[test]
fn w04_is_silent_by_chance_in_small_corpora() {
    let fired = (0..40).filter(|run| {
        let mut sketch = by_chance(*run, 5, 6);
        (sketch.plan.permutations, sketch.plan.replicates) = (99, 199);
        sketch.codes().contains(&"W04")
    });
    let fired = fired.count();
    // 5 % of 40 runs, and twice the standard error.
    assert!(fired <= 4, "W04 fired in {fired} of 40 corpora with nothing wrong");
}

/// A referent with two names, in `covered` of the articles of each outlet.
fn with_referent(articles: u32, covered: u32) -> Sketch {
    let mut sketch = Sketch::plain(articles);
    let captives = sketch.add_path("captives", PathKind::Referent, None);
    let hostage = sketch.add_path("captives.hostage", PathKind::Variant, Some(captives));
    let prisoner = sketch.add_path("captives.prisoner", PathKind::Variant, Some(captives));
    for n in 0..2 * articles {
        if n % articles < covered {
            let variant = if n % 2 == 0 { hostage } else { prisoner };
            let rows = [(captives, [1, 0, 0], 0, 0), (variant, [1, 0, 0], 0, 0)];
            sketch.articles[n as usize].paths.extend(rows);
        }
    }
    sketch
}

#[test]
fn w05_low_coverage() {
    fires("W05", &with_referent(30, 8));
    silent("W05", &with_referent(30, 9));
    fires("W05", &with_referent(8, 4));
}

#[test]
fn w06_copies() {
    let mut sketch = Sketch::plain(12);
    silent("W06", &sketch);
    sketch.evidence.copies = vec![vec![0, 3], vec![4, 14]];
    fires("W06", &sketch);
    let comparison = sketch.compared().unwrap();
    assert!(comparison.warnings[0].text.contains("Courier-3"), "{}", comparison.warnings[0].text);
}

#[test]
fn w07_overdispersed_and_poisson_asked() {
    let mut sketch = Sketch::plain(30);
    let spread = |(n, article): (usize, &mut crate::compare::units::StoredArticle)| {
        article.paths = vec![(0, [if n % 4 == 0 { 20 } else { 1 }, 0, 0], 0, 0)];
    };
    sketch.articles.iter_mut().enumerate().for_each(spread);
    silent("W07", &sketch);
    sketch.plan.model = Model::QuasiPoisson;
    fires("W07", &sketch);
    let mut even = Sketch::plain(30);
    even.plan.model = Model::QuasiPoisson;
    silent("W07", &even);
}

/// Two articles in each of twelve strata leave 11 degrees of freedom to judge the spread by, not 22: a φ of 1.75 is chance
/// in more than one of twenty then.
#[test]
fn w07_strata_take_degrees_of_freedom() {
    let mut sketch = Sketch::plain(12);
    sketch.plan.model = Model::QuasiPoisson;
    sketch.plan.within = vec!["genre".to_owned()];
    for (n, article) in sketch.articles.iter_mut().enumerate() {
        article.words = [600, 0, 0];
        article.columns[0] = format!("genre {}", n % 12);
        article.paths = vec![(0, [[3, 7][(n + n / 12) % 2], 0, 0], 0, 0)];
    }
    let model = sketch.compared().unwrap().contrasts[0].model.clone().unwrap();
    assert_eq!(model.dispersion_df, Some(11.0));
    assert!((1.7..1.8).contains(&model.dispersion.unwrap()), "{model:?}");
    silent("W07", &sketch);
}

#[test]
fn w08_longer_articles_have_another_rate() {
    let with = |hits: fn(u32) -> u32| {
        let mut sketch = Sketch::plain(40);
        for (n, article) in (0_u32..).zip(&mut sketch.articles) {
            let times = 1 + n % 8;
            article.words = [200 * times, 0, 0];
            article.paths = vec![(0, [hits(times) + n % 2, 0, 0], 0, 0)];
        }
        sketch
    };
    fires("W08", &with(|_| 4));
    silent("W08", &with(|times| 2 * times));
}

#[test]
fn w09_other_events() {
    let mut sketch = Sketch::plain(12);
    let other = |(n, article): (usize, &mut crate::compare::units::StoredArticle)| {
        article.columns[2] = format!("h{n}");
    };
    sketch.of("Herald").take(6).enumerate().for_each(other);
    silent("W09", &sketch);
    sketch.of("Herald").take(7).enumerate().for_each(other);
    fires("W09", &sketch);
    // Without events, dates: near, far, and none.
    let mut dated = Sketch::plain(12);
    dated.articles.iter_mut().for_each(|article| article.columns[2].clear());
    silent("W09", &dated);
    dated.of("Herald").for_each(|article| article.columns[1] = article.columns[1].replace("2031-03", "2031-09"));
    fires("W09", &dated);
    let in_words = |(n, article): (usize, &mut crate::compare::units::StoredArticle)| {
        article.columns[1] = format!("{} March 2031", 1 + n);
    };
    dated.of("Herald").enumerate().for_each(in_words);
    silent("W09", &dated);
    dated.of("Herald").for_each(|article| article.columns[1] = "a Monday".to_owned());
    fires("W09", &dated);
}

#[test]
fn w10_other_genres() {
    let mut sketch = Sketch::plain(30);
    silent("W10", &sketch);
    sketch.of("Herald").for_each(|article| article.columns[0] = "opinion".to_owned());
    fires("W10", &sketch);
    sketch.articles.iter_mut().for_each(|article| article.columns[0].clear());
    fires("W10", &sketch);
    // Who compares inside genres is not told to.
    let told = |within: &[&str], has_events: bool| {
        let mut sketch = Sketch::plain(30);
        sketch.of("Herald").skip(6).for_each(|article| article.columns[0] = "opinion".to_owned());
        sketch.plan.within = within.iter().map(|name| (*name).to_owned()).collect();
        if has_events {
            sketch.plan.events = EventUnits::of_column(&sketch.units(), "event");
        }
        let comparison = sketch.compared().unwrap();
        let warning = comparison.warnings.iter().find(|warning| warning.code == "W10").unwrap().text.clone();
        (warning, comparison.left_out.iter().any(|left| left.what == "taking the mix of genre out of ratios"))
    };
    assert!(matches!(told(&[], false), (text, false) if text.contains("(--within genre compares inside genres)")));
    assert!(
        matches!(told(&["genre"], false), (text, false) if text.contains("ratio, interval and p are inside genres"))
    );
    assert!(matches!(told(&["genre"], true), (text, true) if text.contains("the ratio still holds that")));
    // Where genres are the groups, they differ by what was asked.
    let mut by_genre = Sketch::plain(30);
    by_genre.plan.by = "genre".to_owned();
    by_genre.articles.iter_mut().for_each(|article| article.columns[0].clone_from(&article.group));
    silent("W10", &by_genre);
    // One article of another genre is no other mix.
    let mut nearly = Sketch::plain(30);
    nearly.of("Herald").nth(1).unwrap().columns[0] = "opinion".to_owned();
    silent("W10", &nearly);
}

#[test]
fn w11_hits_inside_quotations() {
    let with = |quoted: u32| {
        let mut sketch = Sketch::plain(12);
        sketch.articles.iter_mut().for_each(|article| article.paths = vec![(0, [3, 0, quoted], 0, 0)]);
        sketch
    };
    fires("W11", &with(3));
    silent("W11", &with(2));
}

#[test]
fn w12_one_construct_tested_twice() {
    let mut sketch = Sketch::plain(12);
    let safety = sketch.add_path("safety", PathKind::Category, None);
    sketch.articles.iter_mut().for_each(|article| article.paths.push((safety, [2, 0, 0], 0, 0)));
    silent("W12", &sketch);
    sketch.plan.study.add_construct("money=cost,safety").unwrap();
    fires("W12", &sketch);
    // Which path it is about was said; that both are tested stands.
    sketch.plan.study.primary = vec!["cost".to_owned()];
    let comparison = sketch.compared().unwrap();
    let told = comparison.warnings.iter().find(|warning| warning.code == "W12").unwrap();
    assert!(told.text.contains("cost was named before looking") && !told.text.contains("--primary"), "{}", told.text);
    sketch.articles.iter_mut().for_each(|article| article.paths.truncate(1));
    silent("W12", &sketch);
}

#[test]
fn w13_not_validated() {
    let mut sketch = Sketch::plain(12);
    silent("W13", &sketch);
    sketch.vocabulary.lexicons[0].validated.clear();
    fires("W13", &sketch);
    sketch.vocabulary.lexicons[0].validated = "on news".to_owned();
    sketch.vocabulary.paths[0].is_experimental = true;
    fires("W13", &sketch);
}

#[test]
fn w14_other_languages_and_translations() {
    let mut sketch = Sketch::plain(12);
    sketch.articles[0].language = "en-GB".to_owned();
    silent("W14", &sketch);
    sketch.articles[0].language = "fr".to_owned();
    fires("W14", &sketch);
    let mut translated = Sketch::plain(12);
    translated.articles[0].columns[3] = "no".to_owned();
    silent("W14", &translated);
    translated.articles[0].columns[3] = "from Arabic".to_owned();
    fires("W14", &translated);
}

/// A few articles in another language than the lexicon are in no rate, test, prevalence or share of it, hits and all;
/// their number is said.
#[test]
fn articles_in_another_language_are_left_out() {
    let mut sketch = with_referent(12, 12);
    let before = sketch.compared().unwrap();
    for n in 0..4 {
        let mut other = sketch.articles[n].clone();
        other.id = format!("other-{n}");
        other.language = "ar".to_owned();
        other.paths = vec![(0, [0, 0, 0], 0, 0), (1, [2, 0, 0], 0, 0), (2, [2, 0, 0], 0, 0)];
        sketch.articles.push(other);
    }
    let found = sketch.compared().unwrap();
    let bare = |comparison: &Comparison| {
        let mut comparison = comparison.clone();
        comparison.cells.iter_mut().for_each(|cell| cell.warnings.clear());
        comparison.contrasts.iter_mut().for_each(|contrast| contrast.warnings.clear());
        comparison.referents.iter_mut().for_each(|referent| referent.warnings.clear());
        (comparison.cells, comparison.contrasts, comparison.referents)
    };
    assert_eq!(bare(&found), bare(&before));
    let told = found.warnings.iter().find(|w| w.code == "W14").unwrap();
    assert!(told.text.starts_with("4 of 28 articles are in another language than test (en)"), "{}", told.text);
    assert_eq!(told.numbers, [("left_out", 4.0)]);
}

/// A group that the lexicon does not read at all has no rate, and no zero either.
#[test]
fn a_group_in_another_language_is_not_compared() {
    let mut sketch = with_referent(12, 12);
    sketch.of("Herald").for_each(|article| article.language = "fr".to_owned());
    let comparison = sketch.compared().unwrap();
    let withheld = "no article of Herald is in the language of test (en)";
    assert!(comparison.contrasts.iter().all(|c| c.p.is_none() && c.rate_ratio.is_none() && c.withheld == withheld));
    let herald = comparison.cells.iter().filter(|cell| cell.side == 1);
    assert!(herald.clone().count() > 0);
    for cell in herald {
        assert_eq!((cell.articles, cell.words, cell.rate, cell.prevalence), (0, 0, None, None));
    }
    assert!(!comparison.warnings.iter().any(|w| w.code == "W02"));
}

/// Rates are never compared across languages, by a lexicon that says none either; its shares stand, and the pair is marked.
#[test]
fn rates_are_not_compared_across_languages() {
    let mut sketch = with_referent(12, 12);
    sketch.vocabulary.lexicons[0].language.clear();
    sketch.of("Herald").for_each(|article| article.language = "fr".to_owned());
    let comparison = sketch.compared().unwrap();
    assert!(comparison.contrasts.iter().all(|c| c.p.is_none() && c.rate_ratio.is_none()));
    assert!(comparison.contrasts.iter().all(|c| c.withheld.contains("across languages")));
    assert!(comparison.referents[0].sides.iter().all(|side| side.shares.iter().all(Option::is_some)));
    assert!(comparison.warnings.iter().any(|w| w.code == "W14" && w.place.pair == Some(0)));
}

#[test]
fn w15_negated_hits() {
    let with = |negated: u32| {
        let mut sketch = Sketch::plain(12);
        sketch.articles.iter_mut().for_each(|article| article.paths = vec![(0, [5, 0, 0], 0, negated)]);
        sketch
    };
    silent("W15", &with(0));
    fires("W15", &with(1));
}

#[test]
fn w16_missing_titles() {
    let mut sketch = Sketch::plain(12);
    sketch.articles[3].has_title = false;
    fires("W16", &sketch);
    sketch.articles[3].has_title = true;
    silent("W16", &sketch);
}

#[test]
fn w17_few_clusters() {
    let with = |events: u32| {
        let mut sketch = Sketch::plain(events);
        sketch.plan.model = Model::QuasiPoisson;
        let of_article = (0..2 * events).map(|article| article % events).collect();
        sketch.plan.events = Some(EventUnits { source: "test".to_owned(), of_article });
        sketch
    };
    fires("W17", &with(29));
    silent("W17", &with(30));
    // Clusters that were named stand before events, whatever the model.
    let mut named = with(30);
    named.plan.model = Model::NegativeBinomial;
    silent("W17", &named);
    let of_article = (0..60).map(|article| article % 29).collect();
    named.plan.clusters = Some(EventUnits { source: "test".to_owned(), of_article });
    fires("W17", &named);
    let mut without = with(29);
    without.plan.model = Model::Studentised;
    silent("W17", &without);
}

#[test]
fn w18_shares_of_few_matches() {
    fires("W18", &with_referent(30, 19));
    silent("W18", &with_referent(30, 20));
    let with_axis = |hits: u32| {
        let mut sketch = Sketch::plain(12);
        sketch.vocabulary.axes.push(AxisFacts {
            lexicon: 0,
            id: "naming".to_owned(),
            label: String::new(),
            definition: String::new(),
            is_experimental: false,
            positive: vec![0],
            negative: vec![0],
        });
        sketch.articles.iter_mut().for_each(|article| article.poles = vec![(0, hits, 1)]);
        sketch
    };
    fires("W18", &with_axis(0));
    silent("W18", &with_axis(1));
}

#[test]
fn w19_short_articles() {
    let mut sketch = Sketch::plain(12);
    sketch.articles[0].words = [99, 0, 0];
    fires("W19", &sketch);
    sketch.articles[0].words = [100, 0, 0];
    silent("W19", &sketch);
}

#[test]
fn w20_written_from_these_texts() {
    let mut sketch = Sketch::plain(12);
    sketch.evidence.inputs = vec!["cd".to_owned()];
    silent("W20", &sketch);
    sketch.evidence.inputs = vec!["ab".to_owned()];
    fires("W20", &sketch);
    let mut frozen = Sketch::plain(12);
    frozen.evidence.lexicons = vec![vec!["12".to_owned()]];
    silent("W20", &frozen);
    frozen.plan.study.freeze = vec!["sha256:12".to_owned()];
    silent("W20", &frozen);
    frozen.plan.study.freeze = vec!["sha256:34".to_owned()];
    fires("W20", &frozen);
}

#[test]
fn w21_searched_by_its_own_words() {
    let mut sketch = Sketch::plain(12);
    silent("W21", &sketch);
    sketch.evidence.query_entries = vec!["word1".to_owned()];
    fires("W21", &sketch);
}

#[test]
fn every_code_has_a_test() {
    let source = include_str!("tests.rs");
    for code in CODES {
        assert!(source.contains(&format!("fn {}_", code.to_lowercase())), "{code} has no test");
    }
}

/// A plain corpus by chance: Poisson hits at one rate for both outlets, log-normal lengths, events that both cover,
/// one in three articles opinion. `paths` paths of which the last two are names of one referent.
fn by_chance(run: u64, articles: u32, paths: u32) -> Sketch {
    let mut sketch = Sketch::plain(articles);
    let mut draws = Draws::new(run, Purpose::Dispersion, 77);
    for path in 1..paths - 2 {
        sketch.add_path(&format!("path{path}"), PathKind::Category, None);
    }
    let referent = sketch.add_path("named", PathKind::Referent, None);
    let variants = ["a", "b"].map(|name| sketch.add_path(&format!("named.{name}"), PathKind::Variant, Some(referent)));
    let normal =
        |draws: &mut Draws| (-2.0 * (1.0 - draws.unit()).ln()).sqrt() * (std::f64::consts::TAU * draws.unit()).cos();
    let poisson = |mean: f64, draws: &mut Draws| {
        let (mut n, mut product, limit) = (0, draws.unit(), (-mean).exp());
        while product > limit {
            n += 1;
            product *= draws.unit();
        }
        n
    };
    for (n, article) in (0_u32..).zip(&mut sketch.articles) {
        let words = (6.4 + 0.5 * normal(&mut draws)).exp().clamp(120.0, 6000.0);
        article.words = [(0.65 * words) as u32, (0.15 * words) as u32, (0.2 * words) as u32];
        article.columns[0] = if draws.below(3) == 0 { "opinion" } else { "news" }.to_owned();
        article.columns[2] = format!("e{}", draws.below(articles / 2));
        let _ = n;
        article.paths.clear();
        let mut named = [0; 3];
        for path in (0..referent).chain(variants) {
            let rate = 0.004;
            let hits = [0, 1, 2].map(|voice| poisson(rate * f64::from(article.words[voice]), &mut draws));
            let negated = (0..hits.iter().sum()).filter(|_| draws.below(20) == 0).count() as u32;
            if variants.contains(&path) {
                named.iter_mut().zip(hits).for_each(|(sum, n)| *sum += n);
            }
            article.paths.push((path, hits, 0, negated));
        }
        article.paths.push((referent, named, 0, 0));
    }
    sketch
}

/// Each warning is silent in at least 95 % of plain null corpora. By hand:
/// `cargo test --release --lib plain_null_corpora -- --ignored --nocapture`.
#[test]
#[ignore = "minutes"]
fn plain_null_corpora_are_silent() {
    for (articles, paths) in [(30, 12), (60, 30)] {
        const RUNS: u64 = 200;
        let mut fired: BTreeMap<&str, u64> = BTreeMap::new();
        for run in 0..RUNS {
            let mut sketch = by_chance(run, articles, paths);
            sketch.plan.permutations = 99;
            sketch.plan.replicates = 199;
            sketch.plan.model = Model::QuasiPoisson;
            for code in sketch.codes() {
                *fired.entry(code).or_default() += 1;
            }
        }
        println!("{articles} articles a side, {paths} paths, {RUNS} runs: {fired:?}");
        for (code, n) in fired {
            // 5 %, and twice the standard error of 200 runs.
            assert!(n as f64 / RUNS as f64 <= 0.05 + 2.0 * (0.05_f64 * 0.95 / RUNS as f64).sqrt(), "{code}: {n}");
        }
    }
}

/// Copies that were taken out of their group are counted in no warning.
#[test]
fn what_was_left_out_is_in_no_warning() {
    let mut sketch = Sketch::plain(12);
    let mut copy = sketch.articles[0].clone();
    copy.id = "copy".to_owned();
    (copy.has_title, copy.words, copy.language) = (false, [50, 0, 0], "ru".to_owned());
    copy.columns[3] = "yes".to_owned();
    sketch.articles.push(copy);
    ["W14", "W16", "W19"].iter().for_each(|code| fires(code, &sketch));
    let mut units = sketch.units();
    units.leave_out([24]);
    let never = crate::pipeline::Interrupt::never();
    let found = crate::compare::compare(&units, &sketch.plan, &sketch.evidence, &never).unwrap();
    assert!(found.warnings.is_empty(), "{:?}", found.warnings);
}
