//! Which paths stand in the same sentences as which actors, more often than the make-up of each article gives.
//!
//! The unit is a part of a sentence: what stands of it outside quotation marks, or inside, or a title or heading. Within each
//! article and length class of parts (long sentences hold more of everything) there is a table of parts with and without the
//! actor, with and without the frame; the common odds ratio over all of them is Mantel and Haenszel's
//! ([`framescope_core::stats::mantel_haenszel`]), its interval the article bootstrap's. Hits are those that enter `count`.
//!
//! One word can be both ("terrorists" names a group and judges it). That says nothing of what stands beside the actor, so
//! a hit of the frame that shares a token with a hit of the actor is no hit of the frame in that pair.
//!
//! Actors are the referents and the paths named so (`actors`, `sources`, ...), frames the categories that have no category
//! under them, unless somebody says otherwise.

use std::collections::{BTreeMap, BTreeSet};

use framescope_core::lexicon::PathKind;
use framescope_core::matching::{Compiled, Counted, SettleScratch};
use framescope_core::stats::{MENTIONING_ARTICLES, Table};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::error::CompareError;
use super::facing::Facing;
use super::lines::{LENGTH_CLASSES, Line, Lines, Part, PartCounts};
use super::sums::{Draw, in_blocks, interval};
use super::{Units, Vocabulary};

/// Names that make a path an actor, wherever they stand between its dots.
const ACTOR_NAMES: [&str; 8] = ["actor", "actors", "source", "sources", "speaker", "speakers", "side", "sides"];

/// Which paths are held against which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles {
    /// The actors, by running number.
    pub actors: Vec<u32>,
    /// The frames, by running number.
    pub frames: Vec<u32>,
}

/// An actor and a frame in one group.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Associated {
    /// Parts of sentences with both.
    pub both: u64,
    /// With the actor only.
    pub actor: u64,
    /// With the frame only.
    pub frame: u64,
    /// With neither.
    pub neither: u64,
    /// Articles in which some length class has parts with and without each, and so says something.
    pub articles: u64,
    /// The common odds ratio; none where it cannot be told or is infinite.
    pub odds_ratio: Option<f64>,
    /// Its 95 % interval; none below 5 articles that say something.
    pub interval: Option<[f64; 2]>,
}

/// An actor and a frame in two groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssociationRow {
    /// Where the parts of sentences stand: `outside`, `quoted` or `heading`.
    pub part: &'static str,
    /// The actor's path, by running number.
    pub actor: u32,
    /// The frame's path, by running number.
    pub frame: u32,
    /// Which pair of groups.
    pub pair: u32,
    /// Both sides.
    pub sides: [Associated; 2],
    /// The second odds ratio over the first.
    pub ratio: Option<f64>,
    /// Its 95 % interval, where both have one.
    pub ratio_interval: Option<[f64; 2]>,
}

/// Why roles cannot be given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RolesError {
    /// A name that is no path.
    #[error("{flag} {name}: no lexicon of the run has this path (of several lexicons, write LEXICON:PATH)")]
    UnknownPath {
        /// The flag that named it.
        flag: &'static str,
        /// The name.
        name: String,
    },
}

impl Roles {
    /// The paths of these names, or what [`Roles::guess`] says where none are given.
    ///
    /// # Errors
    /// [`RolesError`].
    pub fn named(vocabulary: &Vocabulary, actors: &[String], frames: &[String]) -> Result<Roles, RolesError> {
        let guessed = Roles::guess(vocabulary);
        let find = |flag: &'static str, names: &[String], guessed: Vec<u32>| match names {
            [] => Ok(guessed),
            names => names
                .iter()
                .map(|name| vocabulary.path(name).ok_or(RolesError::UnknownPath { flag, name: name.clone() }))
                .collect(),
        };
        Ok(Roles {
            actors: find("--actors", actors, guessed.actors)?,
            frames: find("--frames", frames, guessed.frames)?,
        })
    }

    /// What holds when nobody says anything.
    pub fn guess(vocabulary: &Vocabulary) -> Roles {
        let paths = &vocabulary.paths;
        let is_named_actor = |path: u32| paths[path as usize].id.split('.').any(|name| ACTOR_NAMES.contains(&name));
        let is_category = |path: u32| paths[path as usize].kind == PathKind::Category;
        let numbers = 0..paths.len() as u32;
        let has_category_under =
            |path: u32| numbers.clone().any(|other| paths[other as usize].parent == Some(path) && is_category(other));
        let actors = numbers.clone().filter(|&path| match paths[path as usize].kind {
            PathKind::Referent => true,
            PathKind::Category => is_named_actor(path) && !has_category_under(path),
            _ => false,
        });
        let frames =
            numbers.clone().filter(|&path| is_category(path) && !is_named_actor(path) && !has_category_under(path));
        Roles { actors: actors.collect(), frames: frames.collect() }
    }
}

/// The association of every actor with every frame that stand in the same articles, in every pair of groups; nothing
/// where sentences are not known. `compiled` and `lines` must be those of the lexicons of `units`.
pub(super) fn association(
    units: &Units,
    compiled: &Compiled,
    lines: &Lines,
    roles: &Roles,
    pairs: &[Facing],
    draw: &Draw<'_>,
) -> Result<Vec<AssociationRow>, CompareError> {
    let lexicon_of = |path: &u32| units.vocabulary.paths[*path as usize].lexicon;
    let lexicons = (roles.actors.iter().map(lexicon_of).collect(), roles.frames.iter().map(lexicon_of).collect());
    let mut collected = Collected::new(roles, lexicons, draw.groups());
    let mut reader = Reader::new(units.vocabulary.paths.len(), roles);
    // An article that was left out has no group.
    for article in units.articles().filter(|article| (units.group(*article) as usize) < draw.groups()) {
        let Some(parts) = lines.part_counts(article) else { return Ok(Vec::new()) };
        // A lexicon of another language finds nothing in the article: no part of a sentence there is without a word of it.
        let is_out = |lexicon: u32| units.is_left_out_of(article, lexicon);
        reader.read(compiled, lines.of(article), |path| is_out(lexicon_of(&path)));
        collected.add(article, units.group(article) as usize, parts, &reader, is_out);
    }
    let Collected { odds, totals, lexicons, groups } = collected;
    let mut places: Vec<(Place, Vec<Odds>)> = odds.into_iter().collect();
    places.sort_unstable_by_key(|(place, _)| *place);
    let mut rows = Vec::new();
    let items = places.into_iter().map(|(place, odds)| {
        let mut columns = draw.columns(odds.iter().map(|odds| (odds.article, odds.parts.0)));
        columns.extend(draw.columns(odds.iter().map(|odds| (odds.article, odds.parts.1))));
        let mut articles = vec![0; groups];
        odds.iter().for_each(|odds| articles[units.group(odds.article) as usize] += 1);
        let drawn = draw.units(odds.iter().map(|odds| odds.article));
        ((place, articles, drawn), columns)
    });
    in_blocks(draw, items, |(place, articles, drawn), sums| {
        let (above, below) = sums.split_at(groups);
        for (number, pair) in pairs.iter().enumerate() {
            let of = |side: usize| [pair.together(above, side), pair.together(below, side)];
            let both = [of(0), of(1)];
            let (informing, drawn) = (pair.sum(&articles), drawn.of_sides(pair));
            let ratio = |[above, below]: [f64; 2]| (above > 0.0 && below > 0.0).then(|| above / below);
            let associated = |side: usize| {
                let cells = |of: fn(Table) -> u64| {
                    let of_groups = totals.iter().map(|totals| of(totals.table(place, &lexicons)));
                    pair.sum(&of_groups.collect::<Vec<_>>())[side]
                };
                let [above, below] = &both[side];
                Associated {
                    both: cells(|table| table.both),
                    actor: cells(|table| table.actor),
                    frame: cells(|table| table.frame),
                    neither: cells(|table| table.neither),
                    articles: informing[side],
                    odds_ratio: ratio([above.observed, below.observed]),
                    interval: (drawn[side] >= MENTIONING_ARTICLES as u64)
                        .then(|| interval([above, below], ratio))
                        .flatten(),
                }
            };
            let sides = [associated(0), associated(1)];
            let [[a, b], [c, d]] = both.each_ref().map(|side| side.each_ref());
            let ratio_of = |[a, b, c, d]: [f64; 4]| Some(ratio([c, d])? / ratio([a, b])?);
            rows.push(AssociationRow {
                part: Part::ALL[place.part as usize].name(),
                actor: roles.actors[place.actor as usize],
                frame: roles.frames[place.frame as usize],
                pair: number as u32,
                ratio: ratio_of([a.observed, b.observed, c.observed, d.observed]),
                ratio_interval: sides
                    .iter()
                    .all(|side| side.interval.is_some())
                    .then(|| interval([a, b, c, d], ratio_of))
                    .flatten(),
                sides,
            });
        }
    })?;
    Ok(rows)
}

/// A part of sentences, an actor and a frame, by their places in [`Roles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Place {
    part: u8,
    actor: u32,
    frame: u32,
}

/// What an article adds to both sums of an odds ratio.
struct Odds {
    article: u32,
    parts: (f64, f64),
}

/// The lexicon of each actor, and that of each frame.
type RoleLexicons = (Vec<u32>, Vec<u32>);

/// Parts of sentences of one group.
#[derive(Debug, Clone, Default)]
struct Totals {
    /// By the lexicons of an actor and a frame.
    margins: BTreeMap<(u32, u32), Margins>,
    both: FxHashMap<Place, u64>,
    swallowed: FxHashMap<Place, u64>,
}

/// Parts of sentences of the articles that two lexicons both read.
#[derive(Debug, Clone, Default)]
struct Margins {
    all: [u64; 3],
    actors: [Vec<u64>; 3],
    frames: [Vec<u64>; 3],
}

impl Totals {
    fn table(&self, place: Place, (of_actor, of_frame): &RoleLexicons) -> Table {
        let part = place.part as usize;
        let margins = &self.margins[&(of_actor[place.actor as usize], of_frame[place.frame as usize])];
        let of = |map: &FxHashMap<Place, u64>| map.get(&place).copied().unwrap_or(0);
        let actors = margins.actors[part][place.actor as usize];
        let frames = margins.frames[part][place.frame as usize] - of(&self.swallowed);
        table(of(&self.both), actors, frames, margins.all[part])
    }
}

/// A table from its margins.
fn table(both: u64, actors: u64, frames: u64, all: u64) -> Table {
    Table { both, actor: actors - both, frame: frames - both, neither: (all + both).saturating_sub(actors + frames) }
}

/// What is collected of all articles.
struct Collected {
    odds: FxHashMap<Place, Vec<Odds>>,
    totals: Vec<Totals>,
    lexicons: RoleLexicons,
    groups: usize,
}

impl Collected {
    fn new(roles: &Roles, lexicons: RoleLexicons, groups: usize) -> Collected {
        let margins = Margins {
            all: [0; 3],
            actors: [0; 3].map(|_: u8| vec![0; roles.actors.len()]),
            frames: [0; 3].map(|_: u8| vec![0; roles.frames.len()]),
        };
        let of_actor = |actor: u32| lexicons.1.iter().map(move |frame| (actor, *frame));
        let pairs: BTreeSet<(u32, u32)> = lexicons.0.iter().flat_map(|actor| of_actor(*actor)).collect();
        let margins = pairs.into_iter().map(|pair| (pair, margins.clone())).collect();
        let totals = Totals { margins, ..Totals::default() };
        Collected { odds: FxHashMap::default(), totals: vec![totals; groups], lexicons, groups }
    }

    fn add(&mut self, article: u32, group: usize, parts: &PartCounts, reader: &Reader, is_out: impl Fn(u32) -> bool) {
        let totals = &mut self.totals[group];
        for (_, own) in totals.margins.iter_mut().filter(|((actor, frame), _)| !is_out(*actor) && !is_out(*frame)) {
            own.all.iter_mut().zip(parts).for_each(|(all, classes)| *all += sum(classes));
            for (&(part, actor), classes) in &reader.actors {
                own.actors[part as usize][actor as usize] += sum(classes);
            }
            for (&(part, frame), classes) in &reader.frames {
                own.frames[part as usize][frame as usize] += sum(classes);
            }
        }
        for (&place, classes) in &reader.both {
            *totals.both.entry(place).or_default() += sum(classes);
        }
        for (&place, classes) in &reader.swallowed {
            *totals.swallowed.entry(place).or_default() += sum(classes);
        }
        for (&(part, actor), with_actor) in &reader.actors {
            for (&(_, frame), with_frame) in reader.frames.iter().filter(|((other, _), _)| *other == part) {
                let place = Place { part, actor, frame };
                let none = [0; LENGTH_CLASSES];
                let both = reader.both.get(&place).unwrap_or(&none);
                let swallowed = reader.swallowed.get(&place).unwrap_or(&none);
                let mut sums = (0.0, 0.0);
                for class in 0..LENGTH_CLASSES {
                    let frames = with_frame[class] - swallowed[class];
                    let [b, a, f, n] = [both[class], with_actor[class], frames, parts[part as usize][class]];
                    let (above, below) = table(b.into(), a.into(), f.into(), n.into()).odds_parts();
                    sums = (sums.0 + above, sums.1 + below);
                }
                if sums != (0.0, 0.0) {
                    self.odds.entry(place).or_default().push(Odds { article, parts: sums });
                }
            }
        }
    }
}

fn sum(classes: &[u32; LENGTH_CLASSES]) -> u64 {
    classes.iter().map(|n| u64::from(*n)).sum()
}

/// Counts parts of sentences of one article at a time, by length class.
struct Reader {
    /// The roles of each path, by its number: its places among actors and among frames.
    roles: Vec<(Option<u32>, Option<u32>)>,
    actors: FxHashMap<(u8, u32), [u32; LENGTH_CLASSES]>,
    frames: FxHashMap<(u8, u32), [u32; LENGTH_CLASSES]>,
    both: FxHashMap<Place, [u32; LENGTH_CLASSES]>,
    /// Where all hits of the frame share a token with a hit of the actor.
    swallowed: FxHashMap<Place, [u32; LENGTH_CLASSES]>,
    held: Vec<Held>,
    scratch: SettleScratch,
    counted: Vec<Counted>,
}

/// A hit that a path with a role holds.
#[derive(Debug, Clone, Copy)]
struct Held {
    part: u8,
    sentence: u32,
    class: u8,
    actor: Option<u32>,
    frame: Option<u32>,
    start: u32,
    end: u32,
}

impl Reader {
    fn new(paths: usize, roles: &Roles) -> Reader {
        let mut of_path = vec![(None, None); paths];
        for (place, path) in (0..).zip(&roles.actors) {
            of_path[*path as usize].0 = Some(place);
        }
        for (place, path) in (0..).zip(&roles.frames) {
            of_path[*path as usize].1 = Some(place);
        }
        Reader {
            roles: of_path,
            actors: FxHashMap::default(),
            frames: FxHashMap::default(),
            both: FxHashMap::default(),
            swallowed: FxHashMap::default(),
            held: Vec::new(),
            scratch: SettleScratch::default(),
            counted: Vec::new(),
        }
    }

    /// `is_out` says of which paths hits do not count in this article.
    fn read(&mut self, compiled: &Compiled, lines: &[Line], is_out: impl Fn(u32) -> bool) {
        self.actors.clear();
        self.frames.clear();
        self.both.clear();
        self.swallowed.clear();
        self.held.clear();
        let hits: Vec<&Line> = lines.iter().filter(|line| line.is_hit()).collect();
        let contenders: Vec<_> = hits.iter().map(|line| line.contender()).collect();
        compiled.settle_again(&contenders, &mut self.scratch, &mut self.counted);
        for counted in &self.counted {
            let (line, (actor, frame)) = (hits[counted.hit as usize], self.roles[counted.path as usize]);
            if !line.counts() || (actor.is_none() && frame.is_none()) || is_out(counted.path) {
                continue;
            }
            self.held.push(Held {
                part: line.part() as u8,
                sentence: line.sentence,
                class: line.length_class() as u8,
                actor,
                frame,
                start: line.start,
                end: line.end,
            });
        }
        self.held.sort_unstable_by_key(|held| (held.part, held.sentence));
        let held = std::mem::take(&mut self.held);
        held.chunk_by(|a, b| (a.part, a.sentence) == (b.part, b.sentence)).for_each(|unit| self.unit(unit));
        self.held = held;
    }

    /// Counts one part of a sentence.
    fn unit(&mut self, unit: &[Held]) {
        let (part, class) = (unit[0].part, usize::from(unit[0].class));
        let roles = |role: fn(&Held) -> Option<u32>| {
            let mut found: Vec<u32> = unit.iter().filter_map(role).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let (actors, frames) = (roles(|held| held.actor), roles(|held| held.frame));
        for &frame in &frames {
            self.frames.entry((part, frame)).or_default()[class] += 1;
        }
        for &actor in &actors {
            self.actors.entry((part, actor)).or_default()[class] += 1;
            for &frame in &frames {
                let of_actor = || unit.iter().filter(|held| held.actor == Some(actor));
                let apart = unit
                    .iter()
                    .filter(|held| held.frame == Some(frame))
                    .any(|held| of_actor().all(|other| other.end <= held.start || held.end <= other.start));
                let counts = if apart { &mut self.both } else { &mut self.swallowed };
                counts.entry(Place { part, actor, frame }).or_default()[class] += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests;
