//! From a tally to the values of measures.

use std::sync::OnceLock;

use super::measure::{AxisMeasure, Denominator, Measure, Part, Value};
use super::tally::Tally;
use crate::lexicon::{Lexicon, LexiconId, LexiconSet, PathId, PathKind};
use crate::stats::{self, Interval};
use crate::text::{VoiceSet, Zone, ZoneSet};

/// The coverage of all intervals.
const LEVEL: f64 = 0.95;

/// In which voice `present`, `share`, `labelled` and axes are taken, unless the lexicon limits
/// voices itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Headline {
    /// Outside quotation marks.
    #[default]
    Outside,
    /// Inside quotation marks.
    Quoted,
    /// Everywhere.
    All,
}

impl Headline {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Headline::Outside => "outside",
            Headline::Quoted => "quoted",
            Headline::All => "all",
        }
    }

    /// Its voices.
    pub fn voices(self) -> VoiceSet {
        match self {
            Headline::Outside => VoiceSet::OUTSIDE,
            Headline::Quoted => VoiceSet::QUOTED,
            Headline::All => VoiceSet::ALL,
        }
    }
}

/// Which hits of a lexicon enter what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LexiconScope {
    /// The voices whose hits enter `count`.
    pub voices: VoiceSet,
    /// The zones whose hits enter `count`.
    pub zones: ZoneSet,
    /// The voices of `present`, `share`, `labelled` and axes.
    pub headline: VoiceSet,
}

impl LexiconScope {
    fn new(lexicon: &Lexicon, headline: Headline) -> LexiconScope {
        let voices = lexicon.rules.voices;
        LexiconScope {
            voices,
            zones: lexicon.rules.zones,
            headline: if voices.is_all() { headline.voices() } else { voices },
        }
    }

    /// Whether every hit enters `count`, so that `count` is divided by all words.
    pub fn is_unlimited(&self) -> bool {
        self.voices.is_all() && self.zones.is_all()
    }

    /// The words in which hits enter `count`; `None` where that is the title and there is none.
    pub fn count_words(&self, tally: &Tally) -> Option<u32> {
        self.is_measured(tally).then(|| tally.words_in(self.voices, self.zones))
    }

    /// Whether only the title's hits enter `count`.
    pub fn is_title_only(&self) -> bool {
        self.zones == ZoneSet::NONE.with(Zone::Title)
    }

    /// Whether the zones of `count` are there: a lexicon of titles measures nothing in an article
    /// that has none.
    fn is_measured(&self, tally: &Tally) -> bool {
        tally.has_title || !self.is_title_only()
    }
}

/// The names of one thing in the world, by running path number.
#[derive(Debug, Default)]
struct Referent {
    variants: Vec<u32>,
    name: Option<u32>,
}

/// Knows the lexicons of a run and how to read measures from a tally of them.
#[derive(Debug)]
pub struct Scoring<'l> {
    set: &'l LexiconSet,
    scopes: Vec<LexiconScope>,
    headline: Headline,
    present_min: u32,
    /// The lexicon of every path.
    lexicon_of: Vec<LexiconId>,
    /// The referent that every path belongs to.
    referent_of: Vec<Option<u32>>,
    referents: Vec<Referent>,
    /// The lexicon of every axis.
    axis_lexicon: Vec<LexiconId>,
}

impl<'l> Scoring<'l> {
    /// The measures of these lexicons. `present_min` is the number of hits from which a path is
    /// `present`.
    pub fn new(set: &'l LexiconSet, headline: Headline, present_min: u32) -> Scoring<'l> {
        let mut scoring = Scoring {
            set,
            scopes: Vec::new(),
            headline,
            present_min,
            lexicon_of: Vec::with_capacity(set.path_count()),
            referent_of: Vec::with_capacity(set.path_count()),
            referents: Vec::new(),
            axis_lexicon: Vec::with_capacity(set.axis_count()),
        };
        for (id, lexicon) in set.iter() {
            scoring.scopes.push(LexiconScope::new(lexicon, headline));
            for (number, path) in lexicon.paths.iter().enumerate() {
                let own = set.path_number(id, PathId(number as u32));
                let parent = path.parent.map(|p| set.path_number(id, p));
                let referent = scoring.find_referent(own, path.kind, parent);
                scoring.lexicon_of.push(id);
                scoring.referent_of.push(referent);
            }
            scoring.axis_lexicon.extend(lexicon.axes.iter().map(|_| id));
        }
        scoring
    }

    /// The referent of a path, which is added to it; parents come before children.
    fn find_referent(&mut self, path: u32, kind: PathKind, parent: Option<u32>) -> Option<u32> {
        if kind == PathKind::Referent {
            self.referents.push(Referent::default());
            return Some(self.referents.len() as u32 - 1);
        }
        let referent = parent.and_then(|p| self.referent_of[p as usize])?;
        let names = &mut self.referents[referent as usize];
        match kind {
            // A variant under a variant is counted in it already.
            PathKind::Variant if !parent.is_some_and(|p| names.variants.contains(&p)) => {
                names.variants.push(path);
            }
            PathKind::Name => names.name = Some(path),
            _ => {}
        }
        Some(referent)
    }

    /// The lexicons.
    pub fn set(&self) -> &'l LexiconSet {
        self.set
    }

    /// What was asked for as headline voice.
    pub fn headline(&self) -> Headline {
        self.headline
    }

    /// From how many hits a path is `present`.
    pub fn present_min(&self) -> u32 {
        self.present_min
    }

    /// Which hits of a lexicon enter what.
    pub fn scope(&self, lexicon: LexiconId) -> &LexiconScope {
        &self.scopes[lexicon.0 as usize]
    }

    /// The lexicon of a path, by running number.
    pub fn lexicon_of(&self, path: u32) -> LexiconId {
        self.lexicon_of[path as usize]
    }

    /// The lexicon of an axis, by running number.
    pub fn axis_lexicon(&self, axis: u32) -> LexiconId {
        self.axis_lexicon[axis as usize]
    }

    /// The value of a measure of a path, by running number.
    #[inline]
    pub fn value(&self, measure: Measure, path: u32, tally: &Tally) -> Value {
        let row = &tally.paths[path as usize];
        let scope = self.scope(self.lexicon_of(path));
        // The measures that are read from `count`, where the title is all that enters it.
        if !matches!(measure, Measure::Of(_) | Measure::OfPer1k(_)) && !scope.is_measured(tally) {
            return Value::Empty;
        }
        match measure {
            Measure::Count => int(row.count()),
            Measure::Weighted => Value::Float(row.weighted),
            Measure::WeightedPer1k => per_1k(row.weighted, scope.count_words(tally)),
            Measure::MeanWeight => ratio(row.weighted, f64::from(row.count())),
            Measure::Entries => int(row.entries),
            Measure::FirstPosition if row.first == u32::MAX => Value::Empty,
            Measure::FirstPosition => ratio(f64::from(row.first), f64::from(tally.all_words())),
            Measure::SentenceDensity => ratio(f64::from(row.sentences), f64::from(tally.sentences)),
            Measure::Present => int(u32::from(row.counted_in(scope.headline) >= self.present_min)),
            Measure::Of(part) => match self.part_hits(part, path, tally) {
                Some(hits) => int(hits),
                None => Value::Empty,
            },
            Measure::Per1k | Measure::OfPer1k(_) => match self.rate(measure, path, tally) {
                Some((hits, words)) => per_1k(f64::from(hits), Some(words)),
                None => Value::Empty,
            },
            Measure::Share | Measure::Labelled => match self.proportion(measure, path, tally) {
                Some((part, whole)) => ratio(f64::from(part), f64::from(whole)),
                None => Value::Empty,
            },
        }
    }

    /// The interval of a measure of a path; `None` where the measure has none or is empty.
    pub fn interval(&self, measure: Measure, path: u32, tally: &Tally) -> Option<Interval> {
        match measure {
            Measure::Per1k | Measure::OfPer1k(_) => {
                let (hits, words) = self.rate(measure, path, tally)?;
                let Interval { low, high } = poisson(hits);
                (words > 0)
                    .then(|| Interval { low: 1000.0 * low / f64::from(words), high: 1000.0 * high / f64::from(words) })
            }
            Measure::Share | Measure::Labelled => {
                let (part, whole) = self.proportion(measure, path, tally)?;
                stats::wilson(part.into(), whole.into(), LEVEL)
            }
            _ => None,
        }
    }

    /// The value of a measure of an axis, by running number.
    pub fn axis_value(&self, measure: AxisMeasure, axis: u32, tally: &Tally) -> Value {
        let Some((a, b)) = self.poles(axis, tally) else {
            return Value::Empty;
        };
        let difference = f64::from(a) - f64::from(b);
        match measure {
            AxisMeasure::PositiveCount => int(a),
            AxisMeasure::NegativeCount => int(b),
            _ if a + b == 0 => Value::Empty,
            AxisMeasure::Score => ratio(difference, f64::from(a + b)),
            AxisMeasure::ScoreSmoothed => ratio(difference, f64::from(a + b + 1)),
        }
    }

    /// The interval of a measure of an axis; `None` where the measure has none or is empty.
    pub fn axis_interval(&self, measure: AxisMeasure, axis: u32, tally: &Tally) -> Option<Interval> {
        let (a, b) = self.poles(axis, tally)?;
        measure.has_interval().then(|| stats::signed_share(a.into(), b.into(), LEVEL))?
    }

    /// Hits of both poles of an axis in the headline voice.
    fn poles(&self, axis: u32, tally: &Tally) -> Option<(u32, u32)> {
        let scope = self.scope(self.axis_lexicon(axis));
        scope.is_measured(tally).then(|| tally.axes[axis as usize].poles_in(scope.headline))
    }

    /// Hits of a path in a part; `None` in the title of an article without one.
    #[inline]
    fn part_hits(&self, part: Part, path: u32, tally: &Tally) -> Option<u32> {
        let row = &tally.paths[path as usize];
        match part {
            Part::Negated => Some(row.negated),
            Part::QuotedShort => Some(row.short),
            Part::Title if !tally.has_title => None,
            part => Some(row.hits_in(part.voices(), part.zones())),
        }
    }

    /// Numerator and denominator of a rate.
    #[inline]
    fn rate(&self, measure: Measure, path: u32, tally: &Tally) -> Option<(u32, u32)> {
        let hits = match measure {
            Measure::OfPer1k(part) => self.part_hits(part, path, tally)?,
            _ => tally.paths[path as usize].count(),
        };
        let words = match measure.denominator()? {
            Denominator::Counted => self.scope(self.lexicon_of(path)).count_words(tally)?,
            denominator => denominator.words(tally)?,
        };
        Some((hits, words))
    }

    /// Numerator and denominator of `share` and `labelled`; `None` where the path has none.
    fn proportion(&self, measure: Measure, path: u32, tally: &Tally) -> Option<(u32, u32)> {
        let referent = &self.referents[self.referent_of[path as usize]? as usize];
        let headline = self.scope(self.lexicon_of(path)).headline;
        let hits = |path: u32| tally.paths[path as usize].counted_in(headline);
        let labels = referent.variants.iter().map(|v| hits(*v)).sum();
        match measure {
            Measure::Share => self.is_variant(path).then(|| (hits(path), labels)),
            _ => Some((labels, labels + referent.name.map_or(0, hits))),
        }
    }

    fn is_variant(&self, path: u32) -> bool {
        let lexicon = self.lexicon_of(path);
        let first = self.set.path_number(lexicon, PathId(0));
        self.set.lexicon(lexicon).paths[(path - first) as usize].kind == PathKind::Variant
    }
}

fn int(n: u32) -> Value {
    Value::Int(n.into())
}

fn ratio(part: f64, whole: f64) -> Value {
    if whole == 0.0 { Value::Empty } else { Value::Float(part / whole) }
}

fn per_1k(part: f64, words: Option<u32>) -> Value {
    match words {
        None | Some(0) => Value::Empty,
        Some(words) => Value::Float(1000.0 * part / f64::from(words)),
    }
}

/// The interval of a Poisson mean. Nearly every cell of a table has one of a few small counts, and
/// a quantile costs microseconds, so small counts are worked out once.
fn poisson(count: u32) -> Interval {
    static SMALL: OnceLock<Vec<Interval>> = OnceLock::new();
    let small = SMALL.get_or_init(|| (0..256).map(|h| stats::poisson(h, LEVEL)).collect());
    match small.get(count as usize) {
        Some(interval) => *interval,
        None => stats::poisson(count.into(), LEVEL),
    }
}
