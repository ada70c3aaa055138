//! `--from`: what is compared comes from tables that were stored.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use framescope_core::text::{VoiceSet, ZoneSet};

use super::phases::Phases;
use super::{FoundWords, Taken};
use crate::cli::args::CompareArgs;
use crate::cli::failure::Failure;
use crate::cli::lexicons::{self, Loaded};
use crate::cli::messages::Messages;
use crate::compare::{Evidence, Roles, StoredColumns, StoredError, Study, read_stored, read_stored_with};
use crate::output::{InputFiles, RunCounts, SkippedRecords};

/// Units from a stored table.
pub(super) fn from_stored(
    args: &CompareArgs,
    table: &Path,
    study: &Study,
    within: &[String],
    messages: &Messages<'_>,
) -> Result<Taken, Failure> {
    let mut phases = Phases::begin();
    let by = args.grouping.by.as_deref();
    let failed = |error: StoredError| match error {
        StoredError::Read { .. } | StoredError::Csv { .. } => Failure::Failed(error.to_string()),
        _ => Failure::Usage(error.to_string()),
    };
    // Hits that are given with their lexicons are read with them, and hold all that is said word by word.
    // The long table carries the columns that are asked for.
    let asked: Vec<String> = within.iter().cloned().chain(args.cluster_column()).collect();
    let columns = StoredColumns { by, within: &asked, date: args.dates.date.as_deref() };
    let (stored, words) = if args.hits.is_empty() || args.lexicons.lexicons.is_empty() {
        (read_stored(table, args.hits.first().map(PathBuf::as_path), columns).map_err(failed)?, None)
    } else {
        let Loaded { set, .. } = lexicons::load(&args.lexicons.lexicons, args.run.thread_count())?;
        let (stored, lines) = read_stored_with(table, &args.hits, columns, &set).map_err(failed)?;
        let roles = Roles::named(&stored.units.vocabulary, &args.actors, &args.frames)
            .map_err(|e| Failure::Usage(e.to_string()))?;
        (stored, Some(FoundWords { set, lines, roles }))
    };
    phases.end("reading");
    if stored.by_default {
        messages.note(format_args!("articles are grouped by the column {:?} (--by COLUMN says otherwise)", stored.by));
    }
    if stored.units.is_empty() && stored.units.left_out() == 0 {
        return Err(Failure::Failed(format!("{}: there is no row below the header", table.display())));
    }
    let vocabulary = &stored.units.vocabulary;
    let lexicon = |number: u32| vocabulary.lexicons[number as usize].id.as_str();
    let paths = vocabulary.paths.iter().map(|path| (lexicon(path.lexicon), path.id.as_str()));
    let axes = vocabulary.axes.iter().map(|axis| (lexicon(axis.lexicon), axis.id.as_str()));
    let known: Vec<(&str, &str)> = paths.chain(axes).collect();
    study.check_among(&known).map_err(|e| Failure::Usage(e.to_string()))?;
    let units = &stored.units;
    let hits = (0..vocabulary.paths.len() as u32).filter(|path| vocabulary.paths[*path as usize].parent.is_none());
    let hits = hits
        .map(|path| units.hits_in(path, VoiceSet::ALL, ZoneSet::ALL).counts.iter().map(|n| u64::from(*n)).sum::<u64>());
    let counts = RunCounts {
        articles: units.len() as u64,
        words: units.articles().map(|article| units.all_words(article)).sum(),
        sentences: units.articles().map(|article| u64::from(units.sentences(article))).sum(),
        hits: hits.sum(),
        with_title: units.articles().filter(|article| units.has_title(*article)).count() as u64,
        ..RunCounts::default()
    };
    let inputs = InputFiles {
        total: stored.files.len() as u64,
        bytes: stored.files.iter().map(|file| file.bytes).sum(),
        sha256: None,
        first: stored.files,
    };
    Ok(Taken {
        units: stored.units,
        evidence: Evidence::default(),
        by: stored.by,
        left_out: stored.left_out,
        lexicons: Vec::new(),
        inputs,
        counts,
        skipped: SkippedRecords::default(),
        late_keys: BTreeMap::new(),
        events: None,
        words,
        passages: None,
        phases,
    })
}
