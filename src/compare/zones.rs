//! Emphasis: does a group put a path into titles and leads rather than bodies?
//!
//! The pooled rate in a zone over the pooled rate in the body, ½ added to the hits, with the interval of the article
//! bootstrap; never article by article, since a lead is short and the ratio of one article is biased
//! ([`framescope_core::stats::emphasis`]). Only articles that have both play a part: what an outlet writes without titles may be
//! of another kind altogether, and is no body to hold its titles against. Headings are neither lead nor body.

use framescope_core::stats::{Count, UNITS_A_SIDE, enough_hits};
use framescope_core::text::{VoiceSet, Zone, ZoneSet};
use serde::Serialize;

use super::Units;
use super::error::CompareError;
use super::facing::Facing;
use super::result::InVoice;
use super::sums::{Draw, Drawn, Sums, in_blocks, interval};

/// The zones whose rate is held against that of the body.
const FRONT: [Zone; 2] = [Zone::Title, Zone::Lead];

/// How a path is placed, in two groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ZoneRow {
    /// The path, by running number.
    pub path: u32,
    /// Which pair of groups.
    pub pair: u32,
    /// Where hits and words were counted.
    pub voice: InVoice,
    /// `title` or `lead`.
    pub zone: &'static str,
    /// Hits in that zone.
    pub zone_hits: [u64; 2],
    /// Words in that zone.
    pub zone_words: [u64; 2],
    /// Hits in the body.
    pub body_hits: [u64; 2],
    /// Words in the body.
    pub body_words: [u64; 2],
    /// The rate in the zone over the rate in the body, ½ added to the hits; none where one of them has no words.
    pub emphasis: [Option<f64>; 2],
    /// 95 % intervals; none below 5 articles with words in the zone and in the body, and where zone or body expects fewer than 5 hits.
    pub emphasis_interval: [Option<[f64; 2]>; 2],
    /// The second group's emphasis over the first's.
    pub ratio: Option<f64>,
    /// Its 95 % interval, where both groups have one.
    pub ratio_interval: Option<[f64; 2]>,
}

struct Asked {
    path: u32,
    voice: InVoice,
    zone: Zone,
}

/// Emphasis of all paths that have hits in a zone or in the body; nothing where hits are not known by zone.
pub(super) fn zones(units: &Units, pairs: &[Facing], draw: &Draw<'_>) -> Result<Vec<ZoneRow>, CompareError> {
    if !units.has_zones() {
        return Ok(Vec::new());
    }
    let has_both = FRONT.map(|front| {
        let has = |article, zone| units.words_in(article, VoiceSet::ALL, only(zone)) > 0;
        units.articles().map(|article| has(article, front) && has(article, Zone::Body)).collect::<Vec<bool>>()
    });
    // Of a zone and of the body, in articles that have both.
    let hits = |path: u32, voices: VoiceSet, front: usize| {
        [FRONT[front], Zone::Body].map(|zone| {
            let found = units.hits_in(path, voices, only(zone));
            let of_both = found.articles.into_iter().zip(found.counts.into_iter().map(f64::from));
            of_both.filter(|(article, _)| has_both[front][*article as usize]).collect::<Vec<_>>()
        })
    };
    // Words of a voice and zone are the same for all paths of a lexicon.
    let mut exposures: Vec<Exposure> = Vec::new();
    let mut asked = Vec::new();
    for path in 0..units.vocabulary.paths.len() as u32 {
        let lexicon = units.vocabulary.paths[path as usize].lexicon;
        for voice in InVoice::ALL {
            let Some((voices, zones)) = units.vocabulary.scope(path, voice.headline()) else { continue };
            if !zones.contains(Zone::Body) {
                continue;
            }
            for (front, zone) in FRONT.into_iter().enumerate().filter(|(_, zone)| zones.contains(*zone)) {
                if hits(path, voices, front).iter().all(Vec::is_empty) {
                    continue;
                }
                let key = (lexicon, voices, zone);
                let exposure = match exposures.iter().position(|known| known.of == key) {
                    Some(known) => known,
                    None => {
                        exposures.push(Exposure::new(units, draw, key, &has_both[front])?);
                        exposures.len() - 1
                    }
                };
                asked.push((Asked { path, voice, zone }, exposure, voices, front));
            }
        }
    }
    // Columns are made when they are asked for: all together would be hundreds of megabytes.
    let items = asked.into_iter().map(|(asked, exposure, voices, front)| {
        let columns = hits(asked.path, voices, front).into_iter().flat_map(|hits| draw.columns(hits));
        ((asked, exposure), columns.collect())
    });
    let groups = draw.groups();
    let mut rows = Vec::new();
    in_blocks(draw, items, |(asked, exposure), sums| {
        let (front, body) = sums.split_at(groups);
        let Exposure { words: [front_words, body_words], drawn, .. } = &exposures[exposure];
        for (number, pair) in pairs.iter().enumerate() {
            let four = [front, body, front_words, body_words];
            let [in_zone, in_body] = drawn.each_ref().map(|drawn| drawn.of_sides(pair));
            // Whichever are fewer.
            let drawn = [0, 1].map(|side| in_zone[side].min(in_body[side]));
            let row = of_pair(&asked, (number as u32, pair), four, drawn);
            // Where no article has a title, there is nothing to say of titles.
            rows.extend(Some(row).filter(|row| row.zone_words != [0; 2]));
        }
    })?;
    rows.sort_by_key(|row| (row.path, row.pair));
    Ok(rows)
}

/// What hits in a zone and in the body are held against.
struct Exposure {
    /// Of which lexicon, in which voices, in which zone.
    of: (u32, VoiceSet, Zone),
    /// Words in the zone and in the body, a value a group.
    words: [Vec<Sums>; 2],
    /// The articles (or events) of each group with such words in the zone, and those in the body.
    drawn: [Drawn; 2],
}

impl Exposure {
    fn new(
        units: &Units,
        draw: &Draw<'_>,
        of: (u32, VoiceSet, Zone),
        has_both: &[bool],
    ) -> Result<Exposure, CompareError> {
        let (lexicon, voices, front) = of;
        let mut exposure = Exposure { of, words: Default::default(), drawn: Default::default() };
        for (place, zone) in [front, Zone::Body].into_iter().enumerate() {
            let members = units.articles().filter(|article| has_both[*article as usize]);
            let words = members.map(|article| (article, units.words_for(lexicon, article, voices, only(zone)) as f64));
            let columns = draw.columns(words);
            exposure.drawn[place] = draw.drawn(&columns);
            exposure.words[place] = draw.sums(&columns)?;
        }
        Ok(exposure)
    }
}

fn only(zone: Zone) -> ZoneSet {
    [zone].into_iter().collect()
}

/// `four`: hits in the zone and in the body, words in the zone and in the body, a row of groups each. `drawn`: of
/// each side, the articles or events that have such words.
fn of_pair(asked: &Asked, (number, pair): (u32, &Facing), four: [&[Sums]; 4], drawn: [u64; 2]) -> ZoneRow {
    let of = |side: usize| four.map(|sums| pair.together(sums, side));
    let sides = [of(0), of(1)];
    let emphasis = |[front, body, front_words, body_words]: [f64; 4]| {
        (front_words > 0.0 && body_words > 0.0).then(|| (front + 0.5) / front_words / ((body + 0.5) / body_words))
    };
    let ratio = |all: [f64; 8]| {
        let [a, b, c, d, e, f, g, h] = all;
        Some(emphasis([e, f, g, h])? / emphasis([a, b, c, d])?)
    };
    let observed = sides.each_ref().map(|side| side.each_ref().map(|sums| sums.observed));
    let counts = observed.map(|[front, body, front_words, body_words]| {
        [(body, body_words), (front, front_words)].map(|(hits, words)| Count { hits: hits as u64, words: words as u64 })
    });
    let enough = [0, 1].map(|side| drawn[side] >= UNITS_A_SIDE as u64 && enough_hits(counts[side]).is_ok());
    let whole = |column: usize| observed.map(|side| side[column] as u64);
    let [first, second] = sides.each_ref();
    let [a, b, c, d] = first.each_ref();
    let [e, f, g, h] = second.each_ref();
    ZoneRow {
        path: asked.path,
        pair: number,
        voice: asked.voice,
        zone: asked.zone.name(),
        zone_hits: whole(0),
        zone_words: whole(2),
        body_hits: whole(1),
        body_words: whole(3),
        emphasis: observed.map(emphasis),
        emphasis_interval: [0, 1]
            .map(|side| enough[side].then(|| interval(sides[side].each_ref(), emphasis)).flatten()),
        ratio: ratio([0, 1, 2, 3, 4, 5, 6, 7].map(|i: usize| observed[i / 4][i % 4])),
        ratio_interval: (enough == [true; 2]).then(|| interval([a, b, c, d, e, f, g, h], ratio)).flatten(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::small_corpus::{Corpus, Text, draws};
    use framescope_core::stats::emphasis as emphasis_by_articles;

    const LEXICON: &str = r#"
        [lexicon]
        id = "l"
        language = "en"
        [[category]]
        id = "threat"
        terms = ["threat"]
    "#;

    /// Articles with so many threats in 40 words of the lead, and 2 in 40 of the body.
    fn drawn(group: &str, articles: u64, lead: u32, titled: bool) -> Vec<Text> {
        let words = |draws: &mut framescope_core::stats::Draws, n: usize, rate: u32| {
            let word =
                |draws: &mut framescope_core::stats::Draws| if draws.below(40) < rate { "threat " } else { "river " };
            (0..n).map(|_| word(draws)).collect::<String>() + "end."
        };
        let article = |article: u64| {
            let mut draws = draws(group, article);
            let title = titled.then(|| "A threat to all of us".to_owned());
            let body = format!(
                "{}\n\n{}\n\n{}",
                words(&mut draws, 40, lead),
                words(&mut draws, 150, 2),
                words(&mut draws, 150, 2)
            );
            Text { group: group.to_owned(), title, body }
        };
        (0..articles).map(article).collect()
    }

    #[test]
    fn emphasis_is_seen_where_it_is() {
        let corpus = Corpus::new(LEXICON, &[drawn("a", 30, 8, true), drawn("calm", 30, 2, false)].concat());
        let rows = zones(&corpus.units, &corpus.pairs(), &Draw::alone(&corpus.units, 1)).unwrap();
        assert_eq!(rows.iter().map(|row| row.zone).collect::<Vec<_>>(), ["title", "lead"]);
        let lead = &rows[1];
        let [first, second] = lead.emphasis.map(Option::unwrap);
        assert!(first > 2.5 && (0.5..2.0).contains(&second), "{lead:?}");
        assert!(lead.emphasis_interval[0].unwrap()[0] > 1.5);
        let [low, high] = lead.emphasis_interval[1].unwrap();
        assert!(low < 1.0 && 1.0 < high, "{lead:?}");
        assert!(lead.ratio_interval.unwrap()[1] < 0.8, "{lead:?}");
        // Half the articles have no title: that is missing, and no zero.
        let title = &rows[0];
        assert_eq!((title.zone_words, title.zone_hits), ([180, 0], [30, 0]));
        assert_eq!((title.emphasis[1], title.ratio), (None, None));
        // The estimate is the one of the statistics' own function, the interval near its.
        for (group, emphasis) in [(0, first), (1, second)] {
            let articles: Vec<[Count; 2]> = corpus
                .units
                .articles()
                .filter(|article| corpus.units.group(*article) == group)
                .map(|article| {
                    [Zone::Body, Zone::Lead].map(|zone| {
                        let found = corpus.units.hits_in(0, VoiceSet::OUTSIDE, only(zone));
                        let hits = found.articles.iter().position(|a| *a == article).map_or(0, |i| found.counts[i]);
                        Count {
                            hits: hits.into(),
                            words: corpus.units.words_in(article, VoiceSet::OUTSIDE, only(zone)),
                        }
                    })
                })
                .collect();
            let expected = emphasis_by_articles(&articles).unwrap();
            assert!((emphasis.ln() - expected.estimate).abs() < 1e-12);
            let by_t = expected.interval(0.95).unwrap();
            let [low, high] = lead.emphasis_interval[group as usize].unwrap().map(f64::ln);
            assert!((low - by_t.low).abs() < 0.5 * expected.standard_error, "{low} {by_t:?}");
            assert!((high - by_t.high).abs() < 0.5 * expected.standard_error, "{high} {by_t:?}");
        }
    }

    #[test]
    fn the_body_of_an_article_without_a_title_is_held_against_no_title() {
        let titled = [drawn("a", 10, 8, true), drawn("b", 10, 2, true)].concat();
        let rows_of = |texts: &[Text]| {
            let corpus = Corpus::new(LEXICON, texts);
            zones(&corpus.units, &corpus.pairs(), &Draw::alone(&corpus.units, 1)).unwrap()
        };
        let (alone, mixed) = (rows_of(&titled), rows_of(&[titled.clone(), drawn("a", 10, 30, false)].concat()));
        let body = |rows: &[ZoneRow], zone: &str| rows.iter().find(|row| row.zone == zone).unwrap().body_words;
        assert_eq!(body(&mixed, "title"), body(&alone, "title"));
        assert!(body(&mixed, "lead")[0] > body(&alone, "lead")[0]);
    }

    #[test]
    fn articles_that_quote_nobody_do_not_make_an_interval_inside_quotations() {
        let article = |group: &str, n: u32, quotes: bool| {
            let said = |text: String| if quotes { format!("“{text}” somebody said.") } else { text };
            let lead = said("threat ".repeat(20 + n as usize % 3) + "and river");
            let body = said("threat river ".repeat(60 + n as usize % 7));
            Text { group: group.to_owned(), title: None, body: format!("{lead}\n\n{body}\n\n{}", "river ".repeat(150)) }
        };
        let quoted_rows = |quoting: u32| {
            let texts: Vec<Text> = (0..24).map(|n| article(["a", "b"][n as usize % 2], n, n / 2 < quoting)).collect();
            let corpus = Corpus::new(LEXICON, &texts);
            let rows = zones(&corpus.units, &corpus.pairs(), &Draw::alone(&corpus.units, 1)).unwrap();
            rows.into_iter().find(|row| row.voice == InVoice::Quoted).unwrap()
        };
        assert_eq!(quoted_rows(4).emphasis_interval, [None, None]);
        assert!(quoted_rows(5).emphasis_interval.iter().all(Option::is_some), "{:?}", quoted_rows(5));
    }

    #[test]
    fn few_articles_have_no_interval_and_unknown_zones_no_row() {
        let mut corpus = Corpus::new(LEXICON, &[drawn("a", 4, 8, true), drawn("b", 1, 8, true)].concat());
        let rows = zones(&corpus.units, &corpus.pairs(), &Draw::alone(&corpus.units, 1)).unwrap();
        assert!(rows.iter().all(|row| row.emphasis_interval == [None, None] && row.ratio_interval.is_none()));
        assert!(rows[1].emphasis.iter().all(Option::is_some));
        corpus.units.without_zones();
        assert_eq!(zones(&corpus.units, &corpus.pairs(), &Draw::alone(&corpus.units, 1)).unwrap(), []);
    }
}
