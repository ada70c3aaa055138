//! A comparison for a page: the same, with the lines behind its numbers.

use std::path::Path;

use super::events::{Wanted, day_of};
use super::{EVENT, FoundEvents, Keeping, Taken, compared, from_corpus, writing};
use crate::cli::args::CompareArgs;
use crate::cli::failure::Failure;
use crate::cli::messages::Messages;
use crate::compare::events::{Collapsed, Events, Wording};
use crate::compare::result::Comparison;
use crate::compare::{Lines, Units};
use crate::corpus::DateOrder;
use crate::output::{OutputFile, RunManifest};
use crate::pipeline::Interrupt;
use crate::report::SeenEvents;
use crate::report::passages::{LeftOut, Passages};

/// The files of a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) page: &'a Path,
    /// The manifest beside it; none beside a pipe or a device.
    pub(crate) manifest: Option<&'a Path>,
}

/// What a page is made from.
pub(crate) struct ForPage {
    pub(crate) comparison: Comparison,
    /// The articles, and what paths are called.
    pub(crate) units: Units,
    pub(crate) passages: Passages,
    /// Which articles are of one event, where anything says so.
    pub(crate) events: Option<EventsOfPage>,
    /// The record of the run, but for its options and what was said.
    pub(crate) manifest: RunManifest,
    /// The files, opened and empty.
    pub(crate) page_file: Option<OutputFile>,
    pub(crate) manifest_file: Option<OutputFile>,
}

/// Events, and what tells of them.
pub(crate) struct EventsOfPage {
    events: Events,
    groups: Vec<u32>,
    wording: Option<Wording>,
}

impl EventsOfPage {
    /// As the page wants them.
    pub(crate) fn seen<'a>(&'a self, units: &'a Units) -> SeenEvents<'a> {
        SeenEvents { events: &self.events, units, groups: &self.groups, wording: self.wording.as_ref() }
    }
}

/// Goes through the corpus, compares its groups, and keeps the lines.
pub(crate) fn for_page(
    args: &CompareArgs,
    page: Page<'_>,
    keeping: Keeping,
    interrupt: &Interrupt,
    messages: &mut Messages<'_>,
) -> Result<ForPage, Failure> {
    let study = args.study.study().map_err(|e| Failure::Usage(e.to_string()))?;
    let within: Vec<String> = args.within.iter().map(|name| name.trim().to_owned()).collect();
    let wanted = args.events.as_deref().map(Wanted::meant);
    let names = writing::Names::of_page(page.page, page.manifest);
    let nothing = keeping.nothing();
    let asked = (&study, within.as_slice(), wanted.as_ref());
    let (taken, mut files) = from_corpus(args, asked, names, Some(keeping), interrupt, messages)?;
    let (comparison, taken) = compared(args, study, within, taken, interrupt, messages)?;
    let Taken { units, lexicons, inputs, counts, skipped, late_keys, events, passages, words, .. } = taken;
    let mut passages = passages.unwrap_or(nothing);
    if let Some((found, words)) = events.as_ref().zip(words.as_ref()) {
        passages.leave_out(&collapsed(found, &units, &words.lines));
    }
    let was_asked = events.is_some();
    let events = match events {
        Some(FoundEvents { events, wording, groups, .. }) => {
            Some(EventsOfPage { events, groups, wording: Some(wording) })
        }
        None => of_column(&units, args.dates.order()),
    };
    // Without --events articles have the event of their column from the start.
    if let Some(found) = events.as_ref().filter(|_| was_asked) {
        let seen = found.seen(&units);
        passages.name_events(|article| seen.event_of(article as u32));
    }
    let manifest = RunManifest {
        framescope: env!("CARGO_PKG_VERSION").to_owned(),
        command: "report".to_owned(),
        lexicons,
        inputs,
        counts,
        skipped,
        late_keys,
        ..RunManifest::default()
    };
    Ok(ForPage {
        comparison,
        units,
        passages,
        events,
        manifest,
        page_file: files.take("page"),
        manifest_file: files.take("run"),
    })
}

/// The events that the column of this name says, if there is one: nobody asked for them as units, but they are known.
fn of_column(units: &Units, order: Option<DateOrder>) -> Option<EventsOfPage> {
    let column = units.column(EVENT).filter(|column| !column.values().is_empty())?;
    let days: Vec<Option<i32>> = units.articles().map(|article| day_of(units, order, article)).collect();
    Some(EventsOfPage {
        events: Events::of_column(units.articles().map(|article| column.of(article)), &days),
        groups: units.articles().map(|article| units.group(article)).collect(),
        wording: None,
    })
}

/// The copies inside a group, which take no part in the comparison, with what was found in them.
fn collapsed(found: &FoundEvents, units: &Units, lines: &Lines) -> Vec<LeftOut> {
    let one = |copy: &Collapsed| {
        let group =
            found.groups.get(copy.article as usize).and_then(|group| units.groups().values().get(*group as usize));
        let hits = lines.of(copy.article).iter().filter(|line| line.is_hit() && line.counts());
        let hits = hits.map(|line| (units.vocabulary.entries[line.entry as usize].path, line.voice()));
        // Of an article in another language than the lexicon no line was kept.
        let is_read = |path: u32| {
            let lexicon = units.vocabulary.lexicon_id_of(path).0;
            units.is_other_language(copy.article, lexicon) != Some(true)
        };
        LeftOut {
            article: copy.article.into(),
            group: group.cloned().unwrap_or_default(),
            hits: hits.filter(|(path, _)| is_read(*path)).collect(),
        }
    };
    found.events.collapsed.iter().map(one).collect()
}
