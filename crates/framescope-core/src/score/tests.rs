//! Tests of counting and measuring, against the definitions written out.

use proptest::prelude::*;

use super::fake::{self, Sent};
use super::*;
use crate::lexicon::{Lexicon, LexiconSet, PathId};
use crate::text::{Voice, VoiceSet, Zone, ZoneSet};

fn counted(sentences: &[Sent], has_title: bool, set: &LexiconSet) -> ArticleScore {
    let analysis = fake::read(sentences, has_title);
    let resolution = fake::resolve(&analysis, set);
    let mut score = ArticleScore { analysis, resolution, tally: Tally::default() };
    let mut scratch = TallyScratch::default();
    tally(&score.analysis, set, &score.resolution, &mut scratch, &mut score.tally);
    score
}

/// Words of one voice in one paragraph of their own.
fn sentence(zone: Zone, voice: Voice, words: &[u8]) -> Sent {
    Sent { zone, opens: true, words: words.iter().map(|w| (*w, voice)).collect() }
}

/// Five hostages and one prisoner in the author's voice, three prisoners quoted, two bare names.
fn article() -> Vec<Sent> {
    vec![
        sentence(Zone::Title, Voice::Narrator, &[7, 1]),
        sentence(Zone::Lead, Voice::Narrator, &[1, 7, 2, 7, 9, 1, 7, 4]),
        sentence(Zone::Body, Voice::Attributed, &[7, 1, 3, 4, 6, 7]),
        sentence(Zone::Body, Voice::Quoted, &[3, 3, 7, 3]),
    ]
}

fn set(lexicon: Lexicon) -> LexiconSet {
    LexiconSet::new(vec![lexicon])
}

#[test]
fn every_measure_of_a_small_article() {
    let set = set(fake::lexicon());
    let score = counted(&article(), true, &set);
    let scoring = Scoring::new(&set, Headline::Outside, 1);
    let value = |name: &str, path: u32| {
        let measure = Measure::from_name(name).unwrap();
        scoring.value(measure, path, &score.tally)
    };
    let (hostage, prisoner, child) = (1, 2, 5);
    // 20 words: 2 title, 8 lead, 10 body; 10 narrator, 6 attributed, 4 quoted.
    for (measure, path, expected) in [
        ("count", hostage, Value::Int(5)),
        ("per_1k", hostage, Value::Float(250.0)),
        ("narrator", hostage, Value::Int(4)),
        ("narrator_per_1k", hostage, Value::Float(400.0)),
        ("attributed", hostage, Value::Int(1)),
        ("outside", hostage, Value::Int(5)),
        ("outside_per_1k", hostage, Value::Float(312.5)),
        ("quoted", hostage, Value::Int(0)),
        ("quoted_per_1k", hostage, Value::Float(0.0)),
        ("quoted", prisoner, Value::Int(3)),
        ("quoted_per_1k", prisoner, Value::Float(750.0)),
        ("quoted_short_per_1k", prisoner, Value::Empty),
        ("title", hostage, Value::Int(1)),
        ("title_per_1k", hostage, Value::Float(500.0)),
        ("lead", hostage, Value::Int(3)),
        ("heading", hostage, Value::Int(0)),
        ("heading_per_1k", hostage, Value::Empty),
        ("body", hostage, Value::Int(1)),
        ("negated", hostage, Value::Int(1)),
        ("negated_per_1k", hostage, Value::Float(50.0)),
        ("present", hostage, Value::Int(1)),
        ("present", child, Value::Int(1)),
        ("weighted", prisoner, Value::Float(8.0)),
        ("weighted_per_1k", prisoner, Value::Float(400.0)),
        ("mean_weight", prisoner, Value::Float(2.0)),
        ("mean_weight", child, Value::Float(-0.5)),
        ("share", hostage, Value::Float(5.0 / 6.0)),
        ("share", prisoner, Value::Float(1.0 / 6.0)),
        ("share", 0, Value::Empty),
        ("labelled", 0, Value::Float(6.0 / 8.0)),
        ("labelled", hostage, Value::Float(6.0 / 8.0)),
        ("labelled", child, Value::Empty),
        ("entries", hostage, Value::Int(2)),
        ("first_position", hostage, Value::Float(0.05)),
        ("first_position", prisoner, Value::Float(0.6)),
        ("sentence_density", hostage, Value::Float(0.75)),
    ] {
        assert_eq!(value(measure, path), expected, "{measure} of path {path}");
    }
}

#[test]
fn axes_are_taken_in_the_headline_voice() {
    let set = set(fake::lexicon());
    let score = counted(&article(), true, &set);
    let axis = |headline| {
        let scoring = Scoring::new(&set, headline, 1);
        AxisMeasure::ALL.map(|m| scoring.axis_value(m, 0, &score.tally))
    };
    use Value::{Float, Int};
    assert_eq!(axis(Headline::Outside), [Int(5), Int(1), Float(4.0 / 6.0), Float(4.0 / 7.0)]);
    assert_eq!(axis(Headline::All), [Int(5), Int(4), Float(1.0 / 9.0), Float(0.1)]);
    assert_eq!(axis(Headline::Quoted), [Int(0), Int(3), Float(-1.0), Float(-0.75)]);
    let scoring = Scoring::new(&set, Headline::Outside, 1);
    let interval = scoring.axis_interval(AxisMeasure::Score, 0, &score.tally);
    let wilson = crate::stats::wilson(5, 6, 0.95).unwrap();
    assert_eq!(interval.unwrap().low, 2.0 * wilson.low - 1.0);
    assert_eq!(scoring.axis_interval(AxisMeasure::ScoreSmoothed, 0, &score.tally), None);
}

#[test]
fn present_asks_for_its_minimum_in_the_headline_voice() {
    let set = set(fake::lexicon());
    let score = counted(&article(), true, &set);
    let present = |headline, min, path| Scoring::new(&set, headline, min).value(Measure::Present, path, &score.tally);
    assert_eq!(present(Headline::Outside, 1, 2), Value::Int(1));
    assert_eq!(present(Headline::Outside, 2, 2), Value::Int(0));
    assert_eq!(present(Headline::All, 2, 2), Value::Int(1));
    assert_eq!(present(Headline::Quoted, 1, 1), Value::Int(0));
}

#[test]
fn a_lexicon_of_quotations_counts_and_divides_inside_them() {
    let mut lexicon = fake::lexicon();
    lexicon.rules.voices = VoiceSet::QUOTED;
    let set = set(lexicon);
    let score = counted(&article(), true, &set);
    // Its own voices hold, whatever the headline voice.
    let scoring = Scoring::new(&set, Headline::Outside, 1);
    let value = |m, path| scoring.value(m, path, &score.tally);
    assert_eq!(value(Measure::Count, 2), Value::Int(3));
    assert_eq!(value(Measure::Per1k, 2), Value::Float(750.0));
    assert_eq!(value(Measure::Of(Part::Outside), 2), Value::Int(1));
    assert_eq!(value(Measure::Share, 2), Value::Float(1.0));
    assert_eq!(value(Measure::Count, 1), Value::Int(0));
    assert_eq!(value(Measure::FirstPosition, 1), Value::Empty);
    assert_eq!(scoring.axis_value(AxisMeasure::NegativeCount, 0, &score.tally), Value::Int(3));
    assert!(!scoring.scope(crate::lexicon::LexiconId(0)).is_unlimited());
}

#[test]
fn a_missing_title_is_missing_and_an_empty_article_has_no_rates() {
    let limited = |zones| {
        let mut lexicon = fake::lexicon();
        lexicon.rules.zones = zones;
        set(lexicon)
    };
    let no_title = &article()[1..];
    let free = limited(ZoneSet::ALL);
    let score = counted(no_title, false, &free);
    let scoring = Scoring::new(&free, Headline::Outside, 1);
    let value = |m| scoring.value(m, 1, &score.tally);
    assert_eq!(value(Measure::Of(Part::Title)), Value::Empty);
    assert_eq!(value(Measure::OfPer1k(Part::Title)), Value::Empty);
    assert_eq!(value(Measure::Count), Value::Int(4));
    assert_eq!(Denominator::WordsOf(Part::Title).words(&score.tally), None);

    let titles = limited(ZoneSet::NONE.with(Zone::Title));
    let scoring = Scoring::new(&titles, Headline::Outside, 1);
    let score = counted(no_title, false, &titles);
    for measure in [Measure::Count, Measure::Per1k, Measure::Present] {
        let value = scoring.value(measure, 1, &score.tally);
        assert_eq!(value, Value::Empty, "{measure:?}");
    }
    let score = counted(&article(), true, &titles);
    assert_eq!(scoring.value(Measure::Per1k, 1, &score.tally), Value::Float(500.0));

    let score = counted(&[], true, &free);
    let scoring = Scoring::new(&free, Headline::Outside, 1);
    for measure in Measure::ALL {
        let value = scoring.value(measure, 1, &score.tally);
        let is_count = matches!(
            measure,
            Measure::Count | Measure::Of(_) | Measure::Present | Measure::Entries | Measure::Weighted
        );
        let expected = if is_count { Some(0.0) } else { None };
        assert_eq!(value.number(), expected, "{measure:?}");
        assert_eq!(scoring.interval(measure, 1, &score.tally), None);
    }
}

#[test]
fn intervals_hold_their_value() {
    let set = set(fake::lexicon());
    let score = counted(&article(), true, &set);
    let scoring = Scoring::new(&set, Headline::Outside, 1);
    for measure in Measure::ALL {
        for path in 0..6 {
            let interval = scoring.interval(measure, path, &score.tally);
            let value = scoring.value(measure, path, &score.tally).number();
            assert_eq!(interval.is_some(), measure.has_interval() && value.is_some(), "{measure:?}");
            if let (Some(interval), Some(value)) = (interval, value) {
                assert!(interval.low <= value && value <= interval.high);
            }
        }
    }
}

#[test]
fn a_tally_that_is_filled_again_remembers_nothing() {
    let set = set(fake::lexicon());
    let (full, other) = (article(), article()[2..].to_vec());
    let mut scratch = TallyScratch::default();
    let mut again = Tally::default();
    for sentences in [&full, &other, &Vec::new(), &full] {
        let fresh = counted(sentences, true, &set);
        tally(&fresh.analysis, &set, &fresh.resolution, &mut scratch, &mut again);
        assert_eq!(again, fresh.tally);
    }
}

#[test]
fn names_are_reserved_whichever_table_has_them() {
    for name in ["id", "words", "outside_words", "keep", "segment", "lexicon"] {
        assert!(is_reserved(name), "{name}");
    }
    for name in ["outlet", "title", "captives_hostage", "date", ""] {
        assert!(!is_reserved(name), "{name}");
    }
}

fn any_article() -> impl Strategy<Value = (Vec<Sent>, bool)> {
    let word = (0_u8..10, 0_usize..3).prop_map(|(w, v)| (w, Voice::ALL[v]));
    let sentence = (1_usize..4, any::<bool>(), prop::collection::vec(word, 0..8))
        .prop_map(|(zone, opens, words)| Sent { zone: Zone::ALL[zone], opens, words });
    (prop::collection::vec(sentence, 0..12), any::<bool>()).prop_map(|(mut sentences, titled)| {
        if let (true, Some(first)) = (titled, sentences.first_mut()) {
            first.zone = Zone::Title;
        }
        if let Some(second) = sentences.get_mut(1) {
            second.opens = true;
        }
        (sentences, titled)
    })
}

fn any_set() -> impl Strategy<Value = LexiconSet> {
    (0_u8..8, 0_u8..16).prop_map(|(voices, zones)| {
        let mut limited = fake::lexicon();
        let has = |set: u8, place: usize| set & (1 << place) != 0;
        limited.rules.voices = (0..3).filter(|v| has(voices, *v)).map(|v| Voice::ALL[v]).collect();
        limited.rules.zones = (0..4).filter(|z| has(zones, *z)).map(|z| Zone::ALL[z]).collect();
        LexiconSet::new(vec![fake::lexicon(), limited])
    })
}

proptest! {
    #[test]
    fn zones_and_voices_each_sum_to_words((sentences, titled) in any_article()) {
        let set = set(fake::lexicon());
        let tally = counted(&sentences, titled, &set).tally;
        let words = sentences.iter().map(|s| s.words.len() as u32).sum::<u32>();
        let of = |parts: &[Part]| -> u32 {
            parts.iter().filter_map(|p| Denominator::WordsOf(*p).words(&tally)).sum()
        };
        prop_assert_eq!(Denominator::Words.words(&tally), Some(words));
        prop_assert_eq!(of(&[Part::Title, Part::Lead, Part::Heading, Part::Body]), words);
        prop_assert_eq!(of(&[Part::Narrator, Part::Attributed, Part::Quoted]), words);
        prop_assert_eq!(of(&[Part::Outside, Part::Quoted]), words);
        prop_assert!(tally.quoted_short_words <= of(&[Part::Quoted]));
    }

    /// The tally against its definition, written as filters over the hits.
    #[test]
    fn a_tally_is_what_its_definition_says((sentences, titled) in any_article(), set in any_set()) {
        let ArticleScore { analysis, resolution, tally } = counted(&sentences, titled, &set);
        for (path, row) in tally.paths.iter().enumerate() {
            let all: Vec<_> = resolution.counted.iter().filter(|c| c.path == path as u32)
                .map(|c| resolution.hits[c.hit as usize]).collect();
            let entering: Vec<_> = all.iter().filter(|h| h.counts).collect();
            let mut entries: Vec<_> = entering.iter().map(|h| h.entry).collect();
            entries.sort_unstable();
            entries.dedup();
            let mut met: Vec<_> =
                entering.iter().map(|h| analysis.sentence_of(h.first_token)).collect();
            met.dedup();
            prop_assert_eq!(row.hits_in(VoiceSet::ALL, ZoneSet::ALL), all.len() as u32);
            prop_assert_eq!(row.count(), entering.len() as u32);
            prop_assert_eq!(row.entries, entries.len() as u32);
            prop_assert_eq!(row.sentences, met.len() as u32);
            prop_assert_eq!(row.first, entering.first().map_or(u32::MAX, |h| h.first_token));
            prop_assert_eq!(row.negated, all.iter().filter(|h| h.negated).count() as u32);
            prop_assert_eq!(tally.touched_paths.contains(&(path as u32)), !all.is_empty());
        }
        prop_assert!(tally.touched_paths.is_sorted());
    }

    #[test]
    fn a_parent_counts_no_more_than_its_own_and_its_childrens(
        (sentences, titled) in any_article(), set in any_set(),
    ) {
        let ArticleScore { resolution, tally, .. } = counted(&sentences, titled, &set);
        for (id, lexicon) in set.iter() {
            for parent in (0..lexicon.paths.len() as u32).map(PathId) {
                let count = |p| tally.paths[set.path_number(id, p) as usize].count();
                let own = resolution.hits.iter()
                    .filter(|h| h.lexicon == id && h.path == parent && h.counts).count() as u32;
                let children: u32 = lexicon.children(parent).map(count).sum();
                prop_assert!(count(parent) <= own + children);
            }
        }
    }

    #[test]
    fn segments_sum_to_the_article((sentences, titled) in any_article(), set in any_set()) {
        let score = counted(&sentences, titled, &set);
        let mut scratch = TallyScratch::default();
        for kind in [SegmentKind::Sentence, SegmentKind::Paragraph, SegmentKind::Zone] {
            let mut sum = Tally {
                paths: vec![PathTally::default(); set.path_count()],
                axes: vec![AxisTally::default(); set.axis_count()],
                ..Tally::default()
            };
            let mut last = None;
            each_segment(
                kind, &score.analysis, &set, &score.resolution, &mut scratch,
                |segment, tally| {
                    assert!(last < Some(segment.number));
                    assert!(segment.start < segment.end && tally.all_words() > 0);
                    last = Some(segment.number);
                    add(&mut sum, tally);
                },
            );
            let whole = &score.tally;
            prop_assert_eq!(sum.words, whole.words);
            prop_assert_eq!(sum.sentences, whole.sentences);
            prop_assert_eq!(sum.quoted_short_words, whole.quoted_short_words);
            prop_assert_eq!(&sum.axes, &whole.axes);
            for (sum, whole) in sum.paths.iter().zip(&whole.paths) {
                prop_assert_eq!(&sum.hits, &whole.hits);
                prop_assert_eq!(sum.counted, whole.counted);
                prop_assert_eq!(sum.sentences, whole.sentences);
                prop_assert_eq!((sum.short, sum.negated), (whole.short, whole.negated));
                prop_assert!((sum.weighted - whole.weighted).abs() < 1e-9);
            }
        }
    }

    /// The first hit of a zone, which may lie in pieces, against a count of its words before it.
    #[test]
    fn first_positions_count_in_the_segment((sentences, titled) in any_article()) {
        let set = set(fake::lexicon());
        let ArticleScore { analysis, resolution, .. } = counted(&sentences, titled, &set);
        let zone_of = |token: u32| analysis.sentences[analysis.sentence_of(token) as usize].zone;
        let mut scratch = TallyScratch::default();
        each_segment(SegmentKind::Zone, &analysis, &set, &resolution, &mut scratch, |segment, tally| {
            let zone = segment.zone().unwrap();
            for (path, row) in tally.paths.iter().enumerate() {
                let mut hits = resolution.counted.iter().filter(|c| c.path == path as u32)
                    .map(|c| resolution.hits[c.hit as usize]);
                let first = hits.find(|h| h.zone == zone).map(|h| h.first_token);
                let before = |first| (0..first).filter(|t| zone_of(*t) == zone).count() as u32;
                assert_eq!(row.first, first.map_or(u32::MAX, before));
            }
        });
    }

    #[test]
    fn doubling_what_is_quoted_leaves_outside_rates_alone((sentences, titled) in any_article()) {
        let set = set(fake::lexicon());
        let doubled: Vec<_> = sentences.iter().map(|s| {
            let words = s.words.iter().flat_map(|w| {
                std::iter::repeat_n(*w, if w.1 == Voice::Quoted { 2 } else { 1 })
            });
            Sent { words: words.collect(), ..s.clone() }
        }).collect();
        let scoring = Scoring::new(&set, Headline::Outside, 1);
        let (before, after) =
            (counted(&sentences, titled, &set).tally, counted(&doubled, titled, &set).tally);
        for path in 0..set.path_count() as u32 {
            for measure in [
                Measure::Of(Part::Outside), Measure::OfPer1k(Part::Outside),
                Measure::OfPer1k(Part::Narrator), Measure::Present, Measure::Share,
                Measure::Labelled,
            ] {
                prop_assert_eq!(
                    scoring.value(measure, path, &before), scoring.value(measure, path, &after)
                );
            }
            let quoted = |tally: &Tally| {
                scoring.value(Measure::Of(Part::Quoted), path, tally).number().unwrap_or(0.0)
            };
            prop_assert_eq!(2.0 * quoted(&before), quoted(&after));
        }
    }
}

fn add(sum: &mut Tally, part: &Tally) {
    for (zone, voices) in part.words.iter().enumerate() {
        for (voice, n) in voices.iter().enumerate() {
            sum.words[zone][voice] += n;
        }
    }
    sum.sentences += part.sentences;
    sum.quoted_short_words += part.quoted_short_words;
    for (sum, part) in sum.paths.iter_mut().zip(&part.paths) {
        for (zone, voices) in part.hits.iter().enumerate() {
            for (voice, n) in voices.iter().enumerate() {
                sum.hits[zone][voice] += n;
            }
        }
        for voice in 0..3 {
            sum.counted[voice] += part.counted[voice];
        }
        sum.short += part.short;
        sum.negated += part.negated;
        sum.weighted += part.weighted;
        sum.sentences += part.sentences;
    }
    for (sum, part) in sum.axes.iter_mut().zip(&part.axes) {
        for voice in 0..3 {
            sum.positive[voice] += part.positive[voice];
            sum.negative[voice] += part.negative[voice];
        }
    }
}
