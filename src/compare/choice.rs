//! Terminology choice: which of its names each side uses for one thing, and where each side stands on an axis.
//!
//! Both are ratios of sums over articles ([`RatioGroups`]); their intervals come from resampling articles, or events
//! where these are the units. Of a referent one omnibus test says whether the groups choose alike; its variants are
//! looked at one by one only where it is small.

use framescope_core::stats::{self, BootstrapInterval, PermutationP, RatioGroups, Share, StatsError};

use rustc_hash::FxHashSet;

use super::error::CompareError;
use super::material::Material;
use super::phrases::counted;
use super::resample::Resampler;
use super::result::{
    AxisCell, AxisContrast, AxisResult, ChoiceCell, ChoiceContrast, Ends, Estimate, InVoice, PValue, ReferentResult,
};

/// Articles with a mention (events, where these are drawn) from which a side's share has an interval: with fewer the bootstrap
/// promises too much.
const ARTICLES: usize = stats::MENTIONING_ARTICLES;
/// The omnibus p from which on variants are not looked at.
const OMNIBUS: f64 = 0.05;

/// One thing and its names, as one lexicon lists them, or several that each read articles of their own.
pub(super) struct Naming {
    /// The referent's own path, in the first of the lexicons.
    pub(super) path: u32,
    pub(super) lexicons: Vec<u32>,
    /// For each name that can be chosen its path in every lexicon.
    pub(super) variants: Vec<Vec<u32>>,
    /// The paths of the bare name; empty where it has none.
    pub(super) names: Vec<u32>,
}

/// What each side chooses, without a test, and the hits of each name by article.
pub(super) type Described = (ReferentResult, Vec<Vec<u32>>);

/// What each side chooses for one thing; none where a lexicon counts nothing in the voice, or there are fewer than two names to
/// choose from.
pub(super) fn described(
    material: &Material<'_>,
    resampler: &Resampler<'_>,
    naming: &Naming,
    voice: InVoice,
) -> Result<Option<Described>, CompareError> {
    let together = |paths: &Vec<u32>| -> Option<Vec<u32>> {
        let mut sum = vec![0; material.units.len()];
        for path in paths {
            sum.iter_mut().zip(material.hits(*path, voice)?).for_each(|(sum, hits)| *sum += hits);
        }
        Some(sum)
    };
    let Some(hits) = naming.variants.iter().map(together).collect::<Option<Vec<_>>>() else { return Ok(None) };
    if hits.len() < 2 {
        return Ok(None);
    }
    let bare = if naming.names.is_empty() { None } else { together(&naming.names) };
    let variants = naming.variants.iter().map(|paths| paths[0]).collect();
    let mut result = ReferentResult { path: naming.path, voice, variants, ..ReferentResult::default() };
    let is_read = |article: u32| naming.lexicons.iter().any(|own| !material.units.is_left_out_of(article, *own));
    let ratios = Ratios::of(material, resampler, &hits)?;
    for side in 0..material.sides.sides.len() {
        let articles = &material.sides.articles[side];
        let sum = |hits: &[u32]| articles.iter().map(|a| u64::from(hits[*a as usize])).sum::<u64>();
        let own: Vec<u64> = hits.iter().map(|hits| sum(hits)).collect();
        let mentions: u64 = own.iter().sum();
        let bare = bare.as_deref().map(sum);
        let named = mentions + bare.unwrap_or(0);
        result.sides.push(ChoiceCell {
            side: side as u32,
            articles: articles.iter().filter(|article| is_read(**article)).count() as u64,
            mentions,
            mentioning: articles.iter().filter(|a| hits.iter().any(|h| h[**a as usize] > 0)).count() as u64,
            bare,
            labelled: (named > 0).then(|| mentions as f64 / named as f64),
            shares: ratios.sides[side].clone(),
            consistency: stats::consistency(&own),
            hits: own,
        });
    }
    result.pairs = (0..)
        .zip(&ratios.pairs)
        .map(|(pair, differences)| ChoiceContrast { pair, differences: differences.clone() })
        .collect();
    result.variant_p = vec![None; result.variants.len()];
    Ok(Some((result, hits)))
}

/// Which names each side chooses for a referent, in a voice; none where its lexicon counts nothing there, or it has
/// fewer than two variants.
pub(super) fn referent(
    material: &Material<'_>,
    resampler: &Resampler<'_>,
    referent: usize,
    voice: InVoice,
) -> Result<Option<ReferentResult>, CompareError> {
    let facts = &material.units.vocabulary.referents[referent];
    let naming = Naming {
        path: facts.path,
        lexicons: vec![material.units.vocabulary.paths[facts.path as usize].lexicon],
        variants: facts.variants.iter().map(|path| vec![*path]).collect(),
        names: facts.name.into_iter().collect(),
    };
    let Some((mut result, hits)) = described(material, resampler, &naming, voice)? else { return Ok(None) };
    match omnibus(material, resampler, &hits, naming.lexicons[0])? {
        Ok(p) => {
            let (all, variants) = p.split_first().map_or((None, &[][..]), |(all, rest)| (Some(*all), rest));
            result.omnibus = all;
            if all.is_some_and(|all| all.p <= OMNIBUS) {
                result.variant_p = variants.iter().copied().map(Some).collect();
            }
        }
        Err(why) => result.withheld = why,
    }
    Ok(Some(result))
}

/// Where each side stands on an axis, in a voice; none where its lexicon counts nothing there.
pub(super) fn axis(
    material: &Material<'_>,
    resampler: &Resampler<'_>,
    axis: u32,
    voice: InVoice,
) -> Result<Option<AxisResult>, CompareError> {
    let vocabulary = &material.units.vocabulary;
    let facts = &vocabulary.axes[axis as usize];
    let Some((voices, _)) = vocabulary.axis_scope(axis, voice.headline()) else { return Ok(None) };
    let mut poles = vec![vec![0; material.units.len()]; 2];
    for pole in material.units.poles(axis).filter(|pole| voices.contains(pole.voice)) {
        poles[usize::from(!pole.positive)][pole.article as usize] += pole.hits;
    }
    let ratios = Ratios::of(material, resampler, &poles)?;
    // A share of the positive pole p is the score 2p − 1; a difference of shares is half that of scores.
    let score = |share: Estimate| Estimate {
        value: 2.0 * share.value - 1.0,
        interval: share.interval.map(|Ends { low, high }| Ends { low: 2.0 * low - 1.0, high: 2.0 * high - 1.0 }),
    };
    let twice = |difference: Estimate| Estimate {
        value: 2.0 * difference.value,
        interval: difference.interval.map(|Ends { low, high }| Ends { low: 2.0 * low, high: 2.0 * high }),
    };
    let first = |shares: &[Option<Estimate>]| shares.first().copied().flatten();
    let sides = (0..material.sides.sides.len()).map(|side| {
        let articles = &material.sides.articles[side];
        let sum = |pole: &[u32]| articles.iter().map(|a| u64::from(pole[*a as usize])).sum::<u64>();
        let (positive, negative) = (sum(&poles[0]), sum(&poles[1]));
        AxisCell {
            side: side as u32,
            positive,
            negative,
            articles: articles.iter().filter(|a| poles.iter().any(|pole| pole[**a as usize] > 0)).count() as u64,
            // Of counts, not from the share: the same digits as `score` in a table of articles.
            score: (positive + negative > 0).then(|| Estimate {
                value: (positive as f64 - negative as f64) / (positive + negative) as f64,
                interval: first(&ratios.sides[side]).map(score).and_then(|share| share.interval),
            }),
        }
    });
    let pairs = (0..).zip(&ratios.pairs);
    Ok(Some(AxisResult {
        lexicon: facts.lexicon,
        id: facts.id.clone(),
        label: facts.label.clone(),
        voice,
        is_experimental: facts.is_experimental,
        sides: sides.collect(),
        pairs: pairs.map(|(pair, found)| AxisContrast { pair, difference: first(found).map(twice) }).collect(),
        warnings: Vec::new(),
    }))
}

/// Shares of each side, and their differences for each pair, with intervals.
struct Ratios {
    sides: Vec<Vec<Option<Estimate>>>,
    pairs: Vec<Vec<Option<Estimate>>>,
}

impl Ratios {
    /// `columns` holds the hits of each variant, a value an article of the corpus.
    fn of(material: &Material<'_>, resampler: &Resampler<'_>, columns: &[Vec<u32>]) -> Result<Ratios, CompareError> {
        let sides = material.sides;
        let mut ratios = Ratios { sides: vec![Vec::new(); sides.sides.len()], pairs: Vec::new() };
        // Groups share no article, so they are resampled together; a group and its rest are a corpus of their own.
        let groups: Vec<usize> = (0..sides.groups).collect();
        let has_rests = sides.sides.len() > sides.groups;
        let between: Vec<[usize; 2]> = match has_rests {
            true => Vec::new(),
            false => sides.pairs.iter().map(|pair| [pair.against as usize, pair.group as usize]).collect(),
        };
        let (own, differences) = shares(material, resampler, columns, &groups, &between)?;
        ratios.sides.iter_mut().zip(own).for_each(|(side, shares)| *side = shares);
        ratios.pairs = differences;
        if has_rests {
            for pair in &sides.pairs {
                let both = [pair.against as usize, pair.group as usize];
                let (own, mut differences) = shares(material, resampler, columns, &both, &[[0, 1]])?;
                ratios.sides[pair.against as usize] = own.into_iter().next().unwrap_or_default();
                ratios.pairs.push(differences.pop().unwrap_or_default());
            }
        }
        Ok(ratios)
    }
}

type Shares = Vec<Vec<Option<Estimate>>>;

/// Shares in some disjoint sides, and differences between pairs of them (by place in `sides`). Sides with articles
/// enough are resampled together; the others have shares without intervals.
fn shares(
    material: &Material<'_>,
    resampler: &Resampler<'_>,
    columns: &[Vec<u32>],
    sides: &[usize],
    pairs: &[[usize; 2]],
) -> Result<(Shares, Shares), CompareError> {
    let variants = columns.len();
    let nothing = |rows: usize| vec![vec![None; variants]; rows];
    // The columns are of one length and the labels are places, so nothing can be wrong with them but too few variants.
    let Ok(groups) = ratio_groups(material, columns, sides) else {
        return Ok((nothing(sides.len()), nothing(pairs.len())));
    };
    let mentioning = |place: &usize| units_with_a_mention(material, columns, sides[*place]);
    let enough: Vec<usize> = (0..sides.len()).filter(|place| mentioning(place) >= ARTICLES).collect();
    let place = |group: usize| enough.binary_search(&group).ok();
    let own = (0..sides.len()).map(|group| place(group).map(Of::Side));
    let between = pairs.iter().map(|[a, b]| Some(Of::Pair([place(*a)?, place(*b)?])));
    let resampled: Vec<Option<Of>> = own.chain(between).collect();
    let wanted: Vec<Share> =
        resampled.iter().flatten().flat_map(|of| (0..variants).map(|variant| of.share(variant))).collect();
    let chosen: Vec<usize> = enough.iter().map(|group| sides[*group]).collect();
    let mut intervals = intervals(material, resampler, columns, &chosen, &wanted)?.into_iter();
    let estimates = (0..sides.len()).map(Of::Side).chain(pairs.iter().map(|pair| Of::Pair(*pair)));
    let mut rows: Shares = estimates
        .zip(&resampled)
        .map(|(of, resampled)| {
            let one = |variant| {
                let interval = resampled.and_then(|_| intervals.next().flatten());
                groups.estimate(of.share(variant)).map(|value| Estimate { value, interval })
            };
            (0..variants).map(one).collect()
        })
        .collect();
    let differences = rows.split_off(sides.len());
    Ok((rows, differences))
}

/// Articles of a side with a mention, or the events that these are of where events are the units: what is drawn.
fn units_with_a_mention(material: &Material<'_>, columns: &[Vec<u32>], side: usize) -> usize {
    let articles = material.sides.articles[side].iter().map(|article| *article as usize);
    let mentioning = articles.filter(|article| columns.iter().any(|column| column[*article] > 0));
    match &material.plan.events {
        None => mentioning.count(),
        Some(events) => mentioning.map(|article| events.of_article[article]).collect::<FxHashSet<u32>>().len(),
    }
}

/// What a row of shares is of, by places.
#[derive(Debug, Clone, Copy)]
enum Of {
    Side(usize),
    /// The second less the first.
    Pair([usize; 2]),
}

impl Of {
    fn share(self, variant: usize) -> Share {
        match self {
            Of::Side(group) => Share::Of { group, variant },
            Of::Pair(groups) => Share::Difference { groups, variant },
        }
    }
}

/// The interval of each share, where it has one.
fn intervals(
    material: &Material<'_>,
    resampler: &Resampler<'_>,
    columns: &[Vec<u32>],
    sides: &[usize],
    wanted: &[Share],
) -> Result<Vec<Option<Ends>>, CompareError> {
    let plan = material.plan;
    let groups = ratio_groups(material, columns, sides);
    let Some((groups, bootstrap)) =
        groups.ok().and_then(|groups| groups.bootstrap(plan.replicates, plan.seed).ok().map(|plan| (groups, plan)))
    else {
        return Ok(vec![None; wanted.len()]);
    };
    let parts = resampler.ranges(bootstrap.replicates(), |range| groups.replicates(wanted, &bootstrap, range))?;
    let mut all: Vec<Vec<Option<f64>>> = vec![Vec::new(); wanted.len()];
    for part in parts {
        all.iter_mut().zip(part).for_each(|(all, part)| all.extend(part));
    }
    let enough = |share: &Share| match *share {
        Share::Of { group, .. } => groups.mentioning(group) >= stats::BCA_FROM,
        Share::Difference { groups: both, .. } => both.iter().all(|g| groups.mentioning(*g) >= stats::BCA_FROM),
    };
    let one = |(share, replicates): (&Share, &Vec<Option<f64>>)| {
        let kind = if plan.bca && enough(share) { BootstrapInterval::Bca } else { BootstrapInterval::Percentile };
        groups.interval(*share, &bootstrap, replicates, plan.level, kind).ok().map(Ends::from)
    };
    Ok(wanted.iter().zip(&all).map(one).collect())
}

/// The articles of some disjoint sides, as the core counts shares.
fn ratio_groups(material: &Material<'_>, columns: &[Vec<u32>], sides: &[usize]) -> Result<RatioGroups, StatsError> {
    let mut rows: Vec<(u32, u8)> = Vec::new();
    for (label, side) in (0..).zip(sides) {
        rows.extend(material.sides.articles[*side].iter().map(|article| (*article, label)));
    }
    rows.sort_unstable();
    let labels: Vec<u8> = rows.iter().map(|(_, label)| *label).collect();
    let counts: Vec<u32> =
        rows.iter().flat_map(|(article, _)| columns.iter().map(move |column| column[*article as usize])).collect();
    let events: Option<Vec<u32>> = material
        .plan
        .events
        .as_ref()
        .map(|events| rows.iter().map(|(article, _)| events.of_article[*article as usize]).collect());
    RatioGroups::new(&counts, columns.len(), &labels, sides.len(), events.as_deref())
}

/// The omnibus test that all groups choose alike, and the tests of the variants; or why there is none.
fn omnibus(
    material: &Material<'_>,
    resampler: &Resampler<'_>,
    columns: &[Vec<u32>],
    lexicon: u32,
) -> Result<Result<Vec<PValue>, String>, CompareError> {
    // A group in another language chooses among other words.
    let is_read = |side: &usize| {
        let articles = &material.sides.articles[*side];
        articles.is_empty() || articles.iter().any(|article| !material.units.is_left_out_of(*article, lexicon))
    };
    let sides: Vec<usize> = (0..material.sides.groups).filter(is_read).collect();
    let name = |group: usize| material.sides.sides[sides[group]].name.as_str();
    if sides.len() < 2 && sides.len() < material.sides.groups {
        let facts = &material.units.vocabulary.lexicons[lexicon as usize];
        let who = sides.first().map_or("no group is", |_| "one group is");
        return Ok(Err(format!("{who} in the language of {} ({})", facts.id, facts.language)));
    }
    let test = ratio_groups(material, columns, &sides)
        .and_then(|groups| groups.omnibus(material.plan.permutations, material.plan.seed));
    let test = match test {
        Ok(test) => test,
        Err(StatsError::NoExposure { group }) => return Ok(Err(format!("{} has no mention", name(group)))),
        Err(StatsError::TooFewUnits { group, units, needed }) => {
            let articles = counted(units as u64, "article");
            return Ok(Err(format!("{} has {articles} with a mention, {needed} are needed", name(group))));
        }
        Err(StatsError::NoVariation) => return Ok(Err("all groups use one and the same name".to_owned())),
        Err(StatsError::OneArrangement) => {
            return Ok(Err("no event has a mention in two groups: there is nothing to exchange".to_owned()));
        }
        Err(error) => return Ok(Err(error.to_string())),
    };
    let count = test.arrangements().count();
    let tally = resampler.tally(count, |range| test.tally(range))?;
    let smallest = test.arrangements().smallest_p();
    let value = |p: PermutationP| PValue {
        p: p.p,
        adjusted: None,
        family: None,
        arrangements: p.arrangements,
        exact: p.enumerated,
        smallest,
    };
    Ok(Ok(test.p(&tally).into_iter().map(value).collect()))
}
