//! Word by whom: whose deaths, whose weapons. Hits of a path by the side they are about, group against group.
//!
//! Of each side: hits, the pooled rate, and the share among the hits that name one side; hits about both sides or about
//! nobody in particular stand apart and enter no share. Intervals are the article bootstrap's.

use framescope_core::matching::Whom;
use framescope_core::stats::{Count, MENTIONING_ARTICLES, enough_hits, enough_units};
use framescope_core::text::VoiceSet;
use serde::Serialize;

use super::Units;
use super::error::CompareError;
use super::facing::Facing;
use super::result::InVoice;
use super::sums::{Draw, Drawn, SumColumn, Sums, in_blocks, interval};

/// Hits of a path about one side, in two groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhomRow {
    /// The path, by running number.
    pub path: u32,
    /// Which pair of groups.
    pub pair: u32,
    /// Where hits and words were counted.
    pub voice: InVoice,
    /// The side's name; `both` or `unclear` where it is none.
    pub side: String,
    /// Whether it is a side.
    pub is_side: bool,
    /// Hits about it.
    pub hits: [u64; 2],
    /// Words of both groups.
    pub words: [u64; 2],
    /// Hits about it over the hits about any one side; none for `both` and `unclear`, and where there are no such hits.
    pub share: [Option<f64>; 2],
    /// 95 % intervals of the shares; none below 5 articles that name a side.
    pub share_interval: [Option<[f64; 2]>; 2],
    /// The second group's share less the first's.
    pub share_difference: Option<f64>,
    /// Its 95 % interval.
    pub share_difference_interval: Option<[f64; 2]>,
    /// The ratio of the pooled rates, second over first, ½ added to the hits; none where a group has no words.
    pub ratio: Option<f64>,
    /// Its 95 % interval; none where there are too few articles or hits for one.
    pub ratio_interval: Option<[f64; 2]>,
}

/// A path in one voice.
struct Asked {
    path: u32,
    voice: InVoice,
    voices: VoiceSet,
    /// Articles, or events, in which a side is named, by group.
    naming: Drawn,
    /// Which of the exposures.
    exposure: usize,
}

/// What hits of a voice are held against.
struct Exposure {
    /// Of which lexicon, in which voice.
    of: (u32, InVoice),
    /// Words, a value a group.
    words: Vec<Sums>,
    /// The articles, or events, of each group that have such words.
    drawn: Drawn,
}

/// Hits by whom they are about, of all paths that ask: path by path, pair by pair, outside quotations and then inside,
/// side by side, `both` and `unclear` last.
pub(super) fn whom(units: &Units, pairs: &[Facing], draw: &Draw<'_>) -> Result<Vec<WhomRow>, CompareError> {
    let mut exposures: Vec<Exposure> = Vec::new();
    let mut items = Vec::new();
    let vocabulary = &units.vocabulary;
    for (path, facts) in (0..).zip(&vocabulary.paths).filter(|(_, facts)| !facts.sides.is_empty()) {
        for voice in InVoice::ALL {
            let Some((voices, _)) = vocabulary.scope(path, voice.headline()) else { continue };
            if !units.whom(path).any(|count| voices.contains(count.voice)) {
                continue;
            }
            let key = (facts.lexicon, voice);
            let known = exposures.iter().position(|known| known.of == key);
            if known.is_none() {
                let words = units.exposure(path, voice.headline()).unwrap_or_default();
                let columns = draw.columns(units.articles().zip(words.into_iter().map(|words| words as f64)));
                let drawn = draw.drawn(&columns);
                exposures.push(Exposure { of: key, words: draw.sums(&columns)?, drawn });
            }
            let exposure = known.unwrap_or(exposures.len() - 1);
            let of_a_side = units.whom(path).filter(|c| voices.contains(c.voice) && matches!(c.whom, Whom::Side(_)));
            let naming = draw.units(of_a_side.map(|count| count.article));
            let asked = Asked { path, voice, voices, naming, exposure };
            let columns = columns(units, draw, &asked, facts.sides.len());
            items.push((asked, columns));
        }
    }
    let mut rows = Vec::new();
    in_blocks(draw, items, |asked, sums| {
        let exposure = &exposures[asked.exposure];
        for (number, pair) in pairs.iter().enumerate() {
            rows.extend(of_pair(units, draw, &asked, (number as u32, pair), sums, exposure));
        }
    })?;
    rows.sort_by_key(|row| (row.path, row.pair));
    Ok(rows)
}

/// For each side, then `both` and `unclear`: a column a group.
fn columns(units: &Units, draw: &Draw<'_>, asked: &Asked, sides: usize) -> Vec<SumColumn> {
    let about = (0..sides as u32).map(Whom::Side).chain([Whom::Both, Whom::Unclear]);
    about
        .flat_map(|whom| {
            let own = units.whom(asked.path).filter(|count| asked.voices.contains(count.voice) && count.whom == whom);
            draw.columns(own.map(|count| (count.article, f64::from(count.hits))))
        })
        .collect()
}

fn of_pair(
    units: &Units,
    draw: &Draw<'_>,
    asked: &Asked,
    (number, pair): (u32, &Facing),
    sums: &[Sums],
    exposure: &Exposure,
) -> Vec<WhomRow> {
    let names = &units.vocabulary.paths[asked.path as usize].sides;
    let groups = draw.groups();
    let side_of_pair = |columns: &[Sums], side: usize| pair.together(columns, side);
    let words = [0, 1].map(|side| side_of_pair(&exposure.words, side));
    let hits: Vec<[Sums; 2]> =
        sums.chunks_exact(groups).map(|own| [0, 1].map(|side| side_of_pair(own, side))).collect();
    let sided = [0, 1].map(|side| Sums::together(hits[..names.len()].iter().map(|hits| &hits[side])));
    let drawn = exposure.drawn.of_sides(pair);
    let naming = asked.naming.of_sides(pair);
    let enough_naming = naming.map(|drawn| drawn >= MENTIONING_ARTICLES as u64);
    let all_names = names.iter().map(String::as_str).chain(["both", "unclear"]);
    all_names
        .zip(&hits)
        .enumerate()
        .map(|(place, (name, [first, second]))| {
            let is_side = place < names.len();
            let counts = [first, second].map(|sums| sums.observed as u64);
            let both = [
                Count { hits: counts[0], words: words[0].observed as u64 },
                Count { hits: counts[1], words: words[1].observed as u64 },
            ];
            let ratio =
                |[h1, h2, w1, w2]: [f64; 4]| (w1 > 0.0 && w2 > 0.0).then(|| (h2 + 0.5) / w2 / ((h1 + 0.5) / w1));
            let share = |[own, all]: [f64; 2]| (all > 0.0).then(|| own / all);
            let difference = |[a, all_a, b, all_b]: [f64; 4]| Some(share([b, all_b])? - share([a, all_a])?);
            let enough = enough_units(drawn.map(|n| n as usize)).is_ok() && enough_hits(both).is_ok();
            let own = [first, second];
            WhomRow {
                path: asked.path,
                pair: number,
                voice: asked.voice,
                side: name.to_owned(),
                is_side,
                hits: counts,
                words: words.each_ref().map(|sums| sums.observed as u64),
                share: [0, 1].map(|g| share([own[g].observed, sided[g].observed]).filter(|_| is_side)),
                share_interval: [0, 1]
                    .map(|g| (is_side && enough_naming[g]).then(|| interval([own[g], &sided[g]], share)).flatten()),
                share_difference: difference([first.observed, sided[0].observed, second.observed, sided[1].observed])
                    .filter(|_| is_side),
                share_difference_interval: (is_side && enough_naming == [true; 2])
                    .then(|| interval([first, &sided[0], second, &sided[1]], difference))
                    .flatten(),
                ratio: ratio([first.observed, second.observed, words[0].observed, words[1].observed]),
                ratio_interval: enough.then(|| interval([first, second, &words[0], &words[1]], ratio)).flatten(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::small_corpus::{Corpus, Text, draws};

    const LEXICON: &str = r#"
        [lexicon]
        id = "l"
        language = "en"
        [[category]]
        id = "deaths"
        about = "side"
        terms = ["killed", "dead"]
        [[category]]
        id = "deaths.children"
        terms = ["dead children"]
        about = "side"
        [[category]]
        id = "talks"
        terms = ["talks"]
        [[about]]
        id = "side"
        within = "sentence"
          [about.sides]
          red = ["Reds"]
          blue = ["Blues"]
    "#;

    fn text(group: &str, body: &str) -> Text {
        Text { group: group.to_owned(), title: None, body: body.to_owned() }
    }

    #[test]
    fn sides_are_counted_and_both_and_unclear_stand_apart() {
        let a = "Two Reds were killed. Reds and Blues were killed. Somebody was killed there. \u{201c}Blues were killed,\u{201d} he told us.";
        let b = "Two Blues were killed. The Reds have dead children.";
        let corpus = Corpus::new(LEXICON, &[text("a", a), text("b", b)]);
        let rows = whom(&corpus.units, &corpus.pairs(), &Draw::alone(&corpus.units, 1)).unwrap();
        let deaths: Vec<&WhomRow> = rows.iter().filter(|row| row.path == 0 && row.voice == InVoice::Outside).collect();
        let told: Vec<(&str, [u64; 2])> = deaths.iter().map(|row| (row.side.as_str(), row.hits)).collect();
        assert_eq!(told, [("red", [1, 1]), ("blue", [0, 1]), ("both", [1, 0]), ("unclear", [1, 0])]);
        assert_eq!(deaths[0].share, [Some(1.0), Some(0.5)]);
        assert_eq!((deaths[0].share_difference, deaths[2].share), (Some(-0.5), [None, None]));
        assert!(deaths.iter().all(|row| row.ratio_interval.is_none() && row.share_interval == [None, None]));
        let quoted: Vec<&WhomRow> = rows.iter().filter(|row| row.path == 0 && row.voice == InVoice::Quoted).collect();
        assert_eq!(quoted[1].hits, [1, 0]);
        assert_eq!(quoted[1].ratio, None, "the second group quotes nobody");
        assert!(rows.iter().all(|row| row.path != 2), "talks are about nobody");
    }

    fn drawn(group: &str, articles: u64, blue: u32) -> Vec<Text> {
        let body = |article: u64| {
            let mut draws = draws(group, article);
            (0..10)
                .map(|_| match draws.below(20) {
                    n if n < blue => "Two Blues were killed in the city today. ",
                    n if n < 12 => "Two Reds were killed in the city today. ",
                    _ => "The talks go on by the river for a day. ",
                })
                .collect::<String>()
        };
        (0..articles).map(|article| text(group, &body(article))).collect()
    }

    #[test]
    fn a_group_that_counts_one_sides_dead_is_told_from_one_that_counts_both() {
        let corpus = Corpus::new(LEXICON, &[drawn("a", 40, 6), drawn("b", 40, 2), drawn("c", 40, 6)].concat());
        let pairs = corpus.pairs();
        let drawn = |seed: u64| whom(&corpus.units, &pairs, &Draw::alone(&corpus.units, seed)).unwrap();
        let rows = drawn(1);
        let row = |pair: u32, side: &str| {
            rows.iter().find(|row| row.path == 0 && row.pair == pair && row.side == side).unwrap()
        };
        let less = row(0, "blue");
        let [low, high] = less.ratio_interval.unwrap();
        assert!(low < less.ratio.unwrap() && less.ratio.unwrap() < high && high < 0.7, "{less:?}");
        assert!(less.share_difference_interval.unwrap()[1] < -0.1, "{less:?}");
        for group in 0..2 {
            let [low, high] = less.share_interval[group].unwrap();
            assert!(low < less.share[group].unwrap() && less.share[group].unwrap() < high);
        }
        let alike = row(1, "blue");
        let [low, high] = alike.ratio_interval.unwrap();
        assert!(low < 1.0 && 1.0 < high, "{alike:?}");
        assert_eq!(rows, drawn(1), "the same seed, the same interval");
        assert_ne!(rows, drawn(2));
    }
}
