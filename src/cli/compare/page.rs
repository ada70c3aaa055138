//! A comparison for a page: the same, with the lines behind its numbers.

use std::path::Path;

use super::events::Wanted;
use super::{Keeping, Taken, compared, from_corpus, writing};
use crate::cli::args::CompareArgs;
use crate::cli::failure::Failure;
use crate::cli::messages::Messages;
use crate::compare::Vocabulary;
use crate::compare::result::Comparison;
use crate::output::{OutputFile, RunManifest};
use crate::pipeline::Interrupt;
use crate::report::passages::Passages;

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
    /// What paths are called.
    pub(crate) vocabulary: Vocabulary,
    pub(crate) passages: Passages,
    /// The record of the run, but for its options and what was said.
    pub(crate) manifest: RunManifest,
    /// The files, opened and empty.
    pub(crate) page_file: Option<OutputFile>,
    pub(crate) manifest_file: Option<OutputFile>,
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
    let Taken { units, lexicons, inputs, counts, skipped, late_keys, events, passages, .. } = taken;
    let mut passages = passages.unwrap_or(nothing);
    if let Some(found) = &events {
        let event = |article: u64| found.events.event_of.get(article as usize).copied().flatten();
        passages.name_events(|article| Some(found.events.events.get(event(article)? as usize)?.name.clone()));
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
        vocabulary: units.vocabulary,
        passages,
        manifest,
        page_file: files.take("page"),
        manifest_file: files.take("run"),
    })
}
