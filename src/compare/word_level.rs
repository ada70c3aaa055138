//! What is compared word by word, put into a comparison: word shifts, word by whom, emphasis, association.

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::Compiled;

use super::association::{Roles, association};
use super::error::CompareError;
use super::facing::Facing;
use super::lines::Lines;
use super::plan::Plan;
use super::resample::Resampler;
use super::result::{Comparison, LeftOut};
use super::sums::Draw;
use super::units::Units;
use super::whom::whom;
use super::words::WordShifts;
use super::zones::zones;
use crate::pipeline::Interrupt;

/// What word-level comparing is made from, beside the comparison. All must be of one run.
#[derive(Debug, Clone, Copy)]
pub struct WordSources<'a> {
    /// The lexicons; none where a stored table came without them.
    pub lexicons: Option<(&'a LexiconSet, &'a Compiled)>,
    /// The articles.
    pub units: &'a Units,
    /// The candidates; none where they are not known.
    pub lines: Option<&'a Lines>,
    /// Which paths are held against which.
    pub roles: &'a Roles,
}

/// Fills the places that a comparison has for words, whom, zones and association, and names what is left out.
///
/// # Errors
/// [`CompareError`]: Ctrl-C, or threads that cannot be started.
pub fn add_word_level(
    comparison: &mut Comparison,
    sources: WordSources<'_>,
    plan: &Plan,
    interrupt: &Interrupt,
) -> Result<(), CompareError> {
    let WordSources { lexicons, units, lines, roles } = sources;
    let groups = units.groups().values().len();
    let sides = &comparison.sides;
    let members = |side: u32| sides[side as usize].groups.as_slice();
    let pairs: Vec<Facing> =
        comparison.pairs.iter().map(|pair| Facing::new(groups, [members(pair.against), members(pair.group)])).collect();
    let resampler = Resampler::new(plan.threads, interrupt)?;
    let draw = Draw::new(units, plan, Some(&resampler));
    let mut left_out = Vec::new();
    let mut leave = |what: &str, why: &str| left_out.push(LeftOut { what: what.to_owned(), why: why.to_owned() });
    match (lexicons, lines) {
        (Some((set, compiled)), Some(lines)) => {
            if !lines.has_losers() {
                leave(
                    "leave-one-out",
                    "it needs the rejected candidates, too (--hits hits.csv --hits rejected.csv, from kwic --rejected)",
                );
            }
            comparison.words = WordShifts::new(set, units, &pairs, Some((compiled, lines))).all();
        }
        _ => leave("word shift and leave-one-out", "they need the lexicon, and the articles or their hits"),
    }
    if units.vocabulary.entries.is_empty() {
        leave("word by whom", "a long table does not say whom hits are about; --hits hits.csv does");
    }
    comparison.whom = whom(units, &pairs, &draw)?;
    comparison.zones = zones(units, &pairs, &draw)?;
    match (lexicons, lines) {
        (Some(_), Some(_)) if roles.actors.is_empty() => {
            leave("association of frames and actors", "no path is an actor (--actors names some)");
        }
        (Some(_), Some(_)) if roles.frames.is_empty() => {
            leave("association of frames and actors", "no path is a frame (--frames names some)");
        }
        (Some((_, compiled)), Some(lines)) if lines.has_sentences() => {
            comparison.association = association(units, compiled, lines, roles, &pairs, &draw)?;
        }
        _ => leave(
            "association of frames and actors",
            "it needs the corpus: sentences without a hit stand in no stored table",
        ),
    }
    comparison.left_out.extend(left_out);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::EventUnits;
    use crate::compare::result::{Pair, Side};
    use crate::compare::small_corpus::{Corpus, Text, draws};
    use std::num::NonZeroUsize;

    const LEXICON: &str = r#"
        [lexicon]
        id = "l"
        language = "en"
        [[category]]
        id = "deaths"
        about = "side"
        terms = ["killed", "dead"]
        [[referent]]
        id = "armed"
          [[referent.variant]]
          id = "rebels"
          terms = ["rebels"]
        [[about]]
        id = "side"
        within = "sentence"
          [about.sides]
          red = ["Reds"]
    "#;

    fn text(group: &str, body: &str) -> Text {
        Text { group: group.to_owned(), title: Some("Reds killed".to_owned()), body: body.to_owned() }
    }

    fn compared(corpus: &Corpus) -> Comparison {
        let groups = corpus.units.groups().values();
        let side = |group: &str| Side {
            name: group.to_owned(),
            groups: groups.iter().position(|name| name == group).map(|group| group as u32).into_iter().collect(),
            ..Side::default()
        };
        let sides = vec![side("a"), side("b")];
        let pairs = vec![Pair { group: 0, against: 1 }];
        let mut comparison = Comparison { sides, pairs, ..Comparison::default() };
        let roles = Roles::guess(&corpus.units.vocabulary);
        let sources = WordSources {
            lexicons: Some((&corpus.set, &corpus.compiled)),
            units: &corpus.units,
            lines: Some(&corpus.lines),
            roles: &roles,
        };
        let plan = Plan::new("outlet", NonZeroUsize::MIN);
        add_word_level(&mut comparison, sources, &plan, &Interrupt::never()).unwrap();
        comparison
    }

    /// Copies that events leave out keep their place among the articles, and count nowhere.
    #[test]
    fn an_article_that_was_left_out_counts_nowhere() {
        let a = "The rebels saw ten Reds killed. Rebels left. Somebody is dead there. A long day.";
        let b = "Two Reds are dead. The rebels ran. All is well in the town.";
        let kept = [text("a", a), text("b", b), text("a", b), text("b", a), text("a", a)];
        let mut all = kept.to_vec();
        all.insert(1, text("b", &a.repeat(3)));
        all.push(text("c", a));
        let expected = compared(&Corpus::new(LEXICON, &kept));
        let mut corpus = Corpus::new(LEXICON, &all);
        corpus.units.leave_out([1, 6]);
        let found = compared(&corpus);
        assert!(!found.words.is_empty() && !found.whom.is_empty() && !found.association.is_empty());
        assert_eq!(found.words, expected.words);
        assert_eq!(found.whom, expected.whom);
        assert_eq!(found.zones, expected.zones);
        assert_eq!(found.association, expected.association);
        assert_eq!(found.left_out, []);
    }

    /// Articles in another language than the lexicon are in no sum, as if they were not there.
    #[test]
    fn an_article_in_another_language_counts_nowhere() {
        let a = "The rebels saw ten Reds killed. Rebels left. Somebody is dead there. A long day.";
        let b = "Two Reds are dead. The rebels ran. All is well in the town.";
        let kept = [text("a", a), text("b", b), text("a", b), text("b", a)];
        let all = [&kept[..], &[text("a", &a.repeat(2)), text("b", a)]].concat();
        let expected = compared(&Corpus::new(LEXICON, &kept));
        let languages = ["en", "en", "en", "en", "ru", "ar"];
        let mut corpus = Corpus::in_languages(LEXICON, &all, &languages);
        corpus.units.leave_out_other_languages();
        let found = compared(&corpus);
        assert!(!found.words.is_empty() && !found.whom.is_empty() && !found.association.is_empty());
        assert_eq!(found.words, expected.words);
        // Six articles give an interval where four do not: what is summed is the same.
        let sums = |comparison: &Comparison| {
            let whom =
                comparison.whom.iter().map(|row| (row.hits, row.words, row.share, row.ratio)).collect::<Vec<_>>();
            let zones = comparison.zones.iter().map(|row| (row.zone_words, row.body_words, row.emphasis));
            (whom, zones.collect::<Vec<_>>())
        };
        assert_eq!(sums(&found), sums(&expected));
        assert_eq!(found.association, expected.association);
    }

    /// Widths of the intervals of whom, emphasis and association, on a scale of logarithms.
    fn widths(corpus: &Corpus, events: Option<EventUnits>) -> Vec<f64> {
        let group = |name: &str| corpus.units.groups().values().iter().position(|group| group == name).unwrap() as u32;
        let side = |name: &str| Side { groups: vec![group(name)], ..Side::default() };
        let pairs = vec![Pair { group: 0, against: 1 }];
        let mut comparison = Comparison { sides: vec![side("a"), side("b")], pairs, ..Comparison::default() };
        let roles = Roles::guess(&corpus.units.vocabulary);
        let lexicons = Some((&corpus.set, &corpus.compiled));
        let sources = WordSources { lexicons, units: &corpus.units, lines: Some(&corpus.lines), roles: &roles };
        let plan = Plan { events, ..Plan::new("outlet", NonZeroUsize::MIN) };
        add_word_level(&mut comparison, sources, &plan, &Interrupt::never()).unwrap();
        let width = |ends: Option<[f64; 2]>| ends.map(|[low, high]| (high / low).ln());
        let whom = comparison.whom.iter().find(|row| row.side == "red").and_then(|row| width(row.ratio_interval));
        let lead = comparison.zones.iter().find(|row| row.path == 0 && row.zone == "lead");
        let beside = comparison.association.first();
        [whom, lead.and_then(|row| width(row.ratio_interval)), beside.and_then(|row| width(row.sides[0].interval))]
            .map(|width| width.expect("an interval"))
            .to_vec()
    }

    /// Every article of an event printed twice says nothing more of the groups: intervals stay as wide where events are
    /// the units, and shrink by √2 where articles are.
    #[test]
    fn copies_of_one_event_do_not_narrow_an_interval() {
        let body = |name: &str, article: u64| {
            let mut draws = draws(name, article);
            let mut sentences = |n: usize| -> String {
                let one = |chance: u32| match chance {
                    0..5 => "The rebels saw two Reds killed in the city today. ",
                    5..8 => "Two Reds were killed in the city today. ",
                    8..11 => "The rebels went on along the river for a day. ",
                    _ => "The talks went on along the river for a day. ",
                };
                (0..n).map(|_| one(draws.below(16))).collect()
            };
            [sentences(4), "\n\n".to_owned(), sentences(8)].concat()
        };
        let texts: Vec<Text> = (0..120).flat_map(|n| [("a", n), ("b", n)]).map(|(g, n)| text(g, &body(g, n))).collect();
        let twice: Vec<Text> = texts.iter().flat_map(|text| [text.clone(), text.clone()]).collect();
        let once = widths(&Corpus::new(LEXICON, &texts), None);
        let corpus = Corpus::new(LEXICON, &twice);
        let of_article = (0..twice.len() as u32).map(|article| article / 2).collect();
        let by_event = widths(&corpus, Some(EventUnits { source: String::new(), of_article }));
        let by_article = widths(&corpus, None);
        for ((once, by_event), by_article) in once.iter().zip(by_event).zip(by_article) {
            assert!((0.85..1.15).contains(&(by_event / once)), "{by_event} {once}");
            assert!((0.6..0.82).contains(&(by_article / once)), "{by_article} {once}");
        }
    }

    #[test]
    fn what_cannot_be_had_is_named() {
        let corpus = Corpus::new(LEXICON, &[text("a", "Rebels."), text("b", "Dead.")]);
        let roles = Roles::default();
        let sources = WordSources { lexicons: None, units: &corpus.units, lines: None, roles: &roles };
        let mut comparison = Comparison::default();
        let plan = Plan::new("outlet", NonZeroUsize::MIN);
        add_word_level(&mut comparison, sources, &plan, &Interrupt::never()).unwrap();
        let names: Vec<&str> = comparison.left_out.iter().map(|left| left.what.as_str()).collect();
        assert_eq!(names, ["word shift and leave-one-out", "association of frames and actors"]);
        let sources =
            WordSources { lexicons: Some((&corpus.set, &corpus.compiled)), lines: Some(&corpus.lines), ..sources };
        comparison.left_out.clear();
        add_word_level(&mut comparison, sources, &plan, &Interrupt::never()).unwrap();
        assert!(comparison.left_out[0].why.contains("--actors"));
    }
}
