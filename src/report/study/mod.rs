//! From what was compared to what stands on the page.
//!
//! A [`Study`] is what a run has in hands at its end; [`Study::page`] puts it in the order of reading. Where each group
//! is one article there is nothing to conclude about outlets, and the page is another: the articles side by side, what
//! each calls whom in whose words, and no test.

mod alone;
mod association;
mod axes;
mod cautions;
mod contrasts;
mod corpus;
mod desks;
mod emphasis;
mod events;
mod figures;
mod methods;
mod naming;
mod other_tests;
mod shift;
mod short;
mod single;
mod split;
mod time;
mod whom;

use std::collections::HashMap;

use super::html::path_name;
use super::markup::isolated_in;
use super::page::{Beside, BesideSet, Block, Inline, LinesOf, LinesVoice, Only, Page, Section, name, words};
use super::passages::Passages;
use crate::compare::events::{Events, Wording};
use crate::compare::result::{Comparison, InVoice, PathCell, Side};
use crate::compare::{Units, Vocabulary};
use crate::corpus::Day;
use figures::counted;

/// What a run has in hands at its end.
#[derive(Debug, Clone)]
pub struct Study<'a> {
    /// What was found.
    pub comparison: &'a Comparison,
    /// What paths are called.
    pub vocabulary: &'a Vocabulary,
    /// The lines.
    pub passages: Passages,
    /// Which articles are of one event, where anything says so.
    pub events: Option<SeenEvents<'a>>,
    /// Where the corpus came from.
    pub inputs: Vec<Input>,
    /// The SHA-256 over all inputs, where they were hashed.
    pub inputs_sha256: Option<String>,
    /// What was said on the way.
    pub said: Vec<String>,
    /// What was typed, as far as it decides what stands on the page.
    pub command: String,
}

/// Events, and what tells of them.
#[derive(Debug, Clone, Copy)]
pub struct SeenEvents<'a> {
    /// The events.
    pub events: &'a Events,
    /// The articles.
    pub units: &'a Units,
    /// The group of each article, copies inside a group too.
    pub groups: &'a [u32],
    /// The words of the articles, where they were kept: without them nobody knows what a desk changed.
    pub wording: Option<&'a Wording>,
}

impl SeenEvents<'_> {
    /// The group of an article.
    fn group(&self, article: u32) -> &str {
        let names = self.units.groups().values();
        self.groups.get(article as usize).and_then(|group| names.get(*group as usize)).map_or("", String::as_str)
    }

    /// The event of an article, as it is called.
    pub fn event_of(&self, article: u32) -> Option<String> {
        Some(self.called(self.events.event_of.get(article as usize).copied().flatten()?))
    }

    /// How an event is called: its name, and where it was matched the first words that its articles share.
    fn called(&self, event: u32) -> String {
        let Some(event) = self.events.events.get(event as usize) else { return String::new() };
        match &event.words[..event.words.len().min(EVENT_WORDS)] {
            [] => event.name.clone(),
            words => format!("{}: {}", event.name, words.join(", ")),
        }
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// As it is shown to people.
    pub path: String,
    /// Its SHA-256, where it was hashed.
    pub sha256: Option<String>,
}

/// How many of its words an event is called by.
const EVENT_WORDS: usize = 3;

/// How many events are set side by side.
const EVENTS_BESIDE: usize = 40;

impl Study<'_> {
    /// The page.
    pub fn page(self) -> Page {
        let view = View::new(&self);
        let single = view.is_single();
        let mut sections = Vec::new();
        if single {
            sections.push(single::what_this_is(&view));
        } else {
            sections.extend(short::section_of(&view));
        }
        sections.push(corpus::section_of(&view));
        sections.extend(naming::section_of(&view));
        if single {
            sections.extend(single::counts(&view));
        } else {
            sections.extend(contrasts::section_of(&view));
            sections.extend(other_tests::section_of(&view));
            sections.extend(shift::section_of(&view));
        }
        sections.extend(axes::section_of(&view));
        sections.extend(whom::section_of(&view));
        if !single {
            sections.extend(emphasis::section_of(&view));
            sections.extend(association::section_of(&view));
        }
        sections.extend(time::section_of(&view));
        let beside = if single { single::beside(&self.passages) } else { beside(&self.passages) };
        sections.extend(events::section_of(&view, &self.passages, &beside));
        sections.extend(split::section_of(&view, self.events.as_ref()));
        let methods = vec![methods::section_of(&view, &self), cautions::list(&view), methods::sources(&view, &self)];
        let written_by = format!("framescope {}", self.comparison.plan.framescope);
        Page {
            title: self.comparison.question.clone().unwrap_or_else(|| default_title(&view, single)),
            lead: lead(&view, single),
            sections,
            desks: desks::desks(self.events.as_ref()),
            beside,
            vocabulary: self.vocabulary.clone(),
            passages: self.passages,
            methods,
            written_by,
        }
    }
}

/// A comparison with what makes it quick to look things up in.
pub(super) struct View<'a> {
    pub(super) found: &'a Comparison,
    pub(super) vocabulary: &'a Vocabulary,
    cells: HashMap<(u32, u32, InVoice), &'a PathCell>,
}

impl<'a> View<'a> {
    fn new(study: &Study<'a>) -> View<'a> {
        let found = study.comparison;
        let cells = found.cells.iter().map(|cell| ((cell.path, cell.side, cell.voice), cell)).collect();
        View { found, vocabulary: study.vocabulary, cells }
    }

    /// Whether no group has more than one article.
    pub(super) fn is_single(&self) -> bool {
        self.groups().all(|(_, side)| side.articles <= 1)
    }

    /// The groups, with their places among the sides.
    pub(super) fn groups(&self) -> impl Iterator<Item = (u32, &'a Side)> {
        (0..).zip(&self.found.sides).filter(|(_, side)| !side.is_rest)
    }

    pub(super) fn side(&self, number: u32) -> &'a Side {
        &self.found.sides[number as usize]
    }

    pub(super) fn cell(&self, path: u32, side: u32, voice: InVoice) -> Option<&'a PathCell> {
        self.cells.get(&(path, side, voice)).copied()
    }

    /// A sentence that was made elsewhere and may name groups.
    pub(super) fn said(&self, text: &str) -> String {
        let names: Vec<&str> = self.found.sides.iter().map(|side| side.name.as_str()).collect();
        isolated_in(text, &names)
    }

    /// How a path is called.
    pub(super) fn path(&self, number: u32) -> String {
        path_name(self.vocabulary, number)
    }

    /// A path's name, with a mark where its lexicon does not vouch for it.
    pub(super) fn marked_path(&self, number: u32) -> String {
        let experimental = self.found.paths.get(number as usize).is_some_and(|path| path.is_experimental);
        format!("{}{}", self.path(number), if experimental { " (experimental)" } else { "" })
    }

    /// The last part of a path's name, for where its referent is named above it.
    pub(super) fn short_path(&self, number: u32) -> String {
        let id = &self.vocabulary.paths[number as usize].id;
        id.rsplit_once('.').map_or(id.as_str(), |(_, last)| last).to_owned()
    }

    /// A number that links to the lines it was counted from; of none there are no lines.
    pub(super) fn lines(&self, text: String, path: u32, side: u32, voice: InVoice) -> Inline {
        self.some_lines(text, path, (side, voice), Only::All)
    }

    /// The same of some of the lines of a path. The number must not be 0.
    pub(super) fn some_lines(&self, text: String, path: u32, (side, voice): (u32, InVoice), only: Only) -> Inline {
        if self.cell(path, side, voice).is_none_or(|cell| cell.hits == 0) {
            return words(text);
        }
        let side = self.side(side);
        // The rest of a group is many groups, and their lines are all lines.
        let group = (!side.is_rest).then(|| side.name.clone());
        let voice = match voice {
            InVoice::Outside => LinesVoice::Outside,
            InVoice::Quoted => LinesVoice::Quoted,
        };
        Inline::Lines(text, LinesOf { path, group, voice, only })
    }

    /// What intervals of word-level comparing are drawn from.
    pub(super) fn drawn(&self) -> &'static str {
        if self.found.plan.events.is_some() { "events" } else { "articles" }
    }

    /// Hits of a path in all groups, in both voices.
    pub(super) fn hits(&self, path: u32) -> u64 {
        let both = InVoice::ALL.into_iter();
        both.flat_map(|voice| self.groups().filter_map(move |(side, _)| self.cell(path, side, voice)))
            .map(|cell| cell.hits)
            .sum()
    }
}

/// What a voice is called.
pub(super) fn voice_words(voice: InVoice) -> &'static str {
    match voice {
        InVoice::Outside => "outside quotations",
        InVoice::Quoted => "inside quotations",
    }
}

/// The head of a column of [`voice_cell`]s.
pub(super) const VOICES: &str = "quotations";

/// The same in a column that says what of.
pub(super) fn voice_cell(voice: InVoice) -> &'static str {
    match voice {
        InVoice::Outside => "outside",
        InVoice::Quoted => "inside",
    }
}

fn default_title(view: &View<'_>, single: bool) -> String {
    let names: Vec<String> = view.groups().map(|(_, side)| side.name.clone()).collect();
    match (single, names.len()) {
        (true, 2) => "Two articles side by side".to_owned(),
        (true, n) => format!("{n} articles side by side"),
        (false, n) if n <= 4 => format!("How {} frame what they report", figures::listed(&names)),
        (false, n) => format!("How {n} groups frame what they report"),
    }
}

fn lead(view: &View<'_>, single: bool) -> Vec<Vec<Inline>> {
    let facts = &view.found.corpus;
    let lexicons: Vec<String> = view.found.lexicons.iter().map(|lexicon| lexicon.id.clone()).collect();
    let mut sentence = vec![words(format!(
        "{}, {}, scored with {} ",
        counted(facts.articles, "article", "articles"),
        counted(facts.words, "word", "words"),
        if lexicons.len() == 1 { "the lexicon" } else { "the lexicons" },
    ))];
    sentence.push(name(figures::listed(&lexicons)));
    if single {
        sentence.push(words(". Every count is a link to its lines."));
    } else {
        sentence.push(words(" and compared by "));
        sentence.push(name(view.found.plan.by.clone()));
        sentence.push(words(". Every count is a link to the lines it was counted from."));
    }
    vec![sentence]
}

/// Articles on the same event, from several groups, side by side: events that most groups cover first.
fn beside(passages: &Passages) -> Beside {
    let mut sets: Vec<(usize, BesideSet)> = Vec::new();
    let mut by_event: HashMap<&str, usize> = HashMap::new();
    for story in passages.stories() {
        let Some(event) = story.cited.event.as_deref() else { continue };
        let at = *by_event.entry(event).or_insert_with(|| {
            sets.push((0, BesideSet { title: event.to_owned(), ..BesideSet::default() }));
            sets.len() - 1
        });
        sets[at].1.articles.push(story.cited.id.clone());
    }
    let dates = earliest_dates(passages);
    let groups: HashMap<&str, &str> =
        passages.stories().map(|story| (story.cited.id.as_str(), story.cited.group.as_str())).collect();
    for (several, set) in &mut sets {
        set.articles.sort_by_key(|id| groups.get(id.as_str()).copied());
        let mut named: Vec<&str> = set.articles.iter().filter_map(|id| groups.get(id.as_str()).copied()).collect();
        named.dedup();
        *several = named.len();
    }
    sets.retain(|(several, _)| *several > 1);
    let date = |set: &BesideSet| {
        dates.get(set.title.as_str()).copied().flatten().map(|(unread, day, text)| (unread, day, text.to_owned()))
    };
    sets.sort_by_cached_key(|(several, set)| (std::cmp::Reverse(*several), date(set), set.title.clone()));
    let all = sets.len();
    sets.truncate(EVENTS_BESIDE);
    let mut lead = vec![vec![words(
        "What each outlet has of the same event. Words found are in the colour of their frame, which is named when you \
         point at them; solid underlines are the narrator's words, dashed ones attributed, dotted ones quoted.",
    )]];
    if all > sets.len() {
        lead.push(vec![words(format!("{} of {all} events are shown.", sets.len()))]);
    }
    Beside { sets: sets.into_iter().map(|(_, set)| set).collect(), lead }
}

/// A date that sorts: those that can be read by their day, then the others as they came.
pub(super) type Dated<'a> = (bool, Option<Day>, &'a str);

/// The earliest date of each event.
pub(super) fn earliest_dates(passages: &Passages) -> HashMap<&str, Option<Dated<'_>>> {
    let mut dates: HashMap<&str, Option<Dated<'_>>> = HashMap::new();
    for story in passages.stories() {
        let Some(event) = story.cited.event.as_deref() else { continue };
        let date = story.cited.date.as_deref().map(|text| (story.cited.day.is_none(), story.cited.day, text));
        let known = dates.entry(event).or_insert(date);
        *known = [*known, date].into_iter().flatten().min();
    }
    dates
}

/// A section of blocks.
pub(super) fn section(id: &str, heading: &str, short: &str, blocks: Vec<Block>) -> Section {
    Section { id: id.to_owned(), heading: heading.to_owned(), short: short.to_owned(), blocks }
}

#[cfg(test)]
mod tests;
