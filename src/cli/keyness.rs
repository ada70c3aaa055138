//! `keyness`: the words that set groups of articles apart.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::time::Instant;

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::{Compiled, FastScratch, Want};
use framescope_core::score::{ArticleScore, Engine as _, MatcherEngine, MatcherScratch};

use super::args::{KeynessArgs, TypedVs};
use super::failure::Failure;
use super::files::Files;
use super::lexicons::{self, Loaded};
use super::messages::{Messages, compared_articles, counted};
use super::reading::{ReadArticle, Reading};
use super::settings::{self, options};
use super::through::{self, Going, Gone, PerArticle, Rows};
use super::{DONE, SKIPPED};
use crate::compare::keyness::{
    ArticleRead, Copied, CountScratch, Counts, FrequencyList, Keyness, KeynessError, KeynessPart, KeynessSettings,
    KeynessTable, KeynessWanted, Permuting, Versus, WhyUnranked, entry_of, listing,
};
use crate::compare::{CompareError, Grouping};
use crate::corpus::{MetaChoice, ReadSettings, detect, known_language};
use crate::output::{RunManifest, TableWriter};
use crate::pipeline::{Ending, Interrupt};

/// Runs `keyness`.
pub(crate) fn run(
    args: &KeynessArgs,
    stdout: &mut (dyn Write + Send),
    stdout_is_terminal: bool,
    messages: &mut Messages<'_>,
) -> Result<u8, Failure> {
    let begun = Instant::now();
    let interrupt = Interrupt::listen().map_err(|e| Failure::Failed(format!("cannot listen for Ctrl-C: {e}")))?;
    let target = settings::target(&args.writing)?;
    let threads = args.run.thread_count();
    let Loaded { set, records, .. } = match args.lexicons.lexicons.as_slice() {
        // Words need no lexicon.
        [] => Loaded { set: LexiconSet::new(Vec::new()), records: Vec::new(), sources: Vec::new() },
        named => lexicons::load(named, threads)?,
    };
    let wanted = KeynessWanted {
        versus: match args.vs {
            Some(TypedVs::Rest) => Versus::Rest,
            None => Versus::Each,
        },
        top: args.top,
        min_articles: args.min_df,
        min_hits: args.min_count,
        prior: args.prior.as_deref().map(FrequencyList::read).transpose()?,
        strength: args.prior_strength,
        permuting: args.p.then_some(Permuting { draws: args.permutations, seed: args.seed, threads }),
    };
    let mut reading_settings = settings::reading(&args.reading, target.files())?;
    reading_settings.needed.extend(args.grouping.needed());
    let reading_settings = ReadSettings {
        // Hashes are for the manifest, and standard output has none beside it. No row shows metadata.
        hash: reading_settings.hash && target.path.is_some(),
        meta: match reading_settings.meta {
            MetaChoice::All => MetaChoice::None,
            named => named,
        },
        ..reading_settings
    };
    let reading = Reading::open(reading_settings, &interrupt, target.path.as_deref(), messages)?;
    let grouping = reading.grouping(args.grouping.by.as_deref(), messages)?;
    messages.begin_progress(|| reading.total_bytes());
    let messages = &*messages;
    let mut files = Files::create(&target, &reading.named_files(), stdout)?;

    let counting = KeynessSettings {
        voices: settings::headline(args.voice).voices(),
        shortest: args.ngrams.shortest,
        longest: args.ngrams.longest,
        function_words: args.function_words,
        without_lexicon_words: args.without_lexicon_words,
        entries: 0,
        lexicons: Vec::new(),
        max_types: args.max_types,
    }
    .with_lexicons(&set);
    let counter = Counter {
        engine: MatcherEngine::new(&set, Compiled::new(&set)),
        set: &set,
        grouping: &grouping,
        settings: &counting,
    };
    let mut counts = Merged(Counts::new(counting.clone()));
    let going =
        Going { threads, strict: args.run.strict, limit: args.reading.limit, id_check: !args.reading.no_id_check };
    let gone = through::go(reading, &counter, &mut counts, going, &interrupt, messages)?;
    messages.end_progress();
    if gone.ending == Ending::Interrupted {
        return Err(Failure::Interrupted { status: interrupt.exit_status(), target: target.path });
    }
    let mut counts = counts.0;
    if gone.counts.articles == 0 && gone.skipped.total == 0 {
        return Err(Failure::Failed(match args.reading.conditions.is_empty() {
            true => "no articles: the inputs hold none".to_owned(),
            false => settings::nobody_fulfils(&args.reading.conditions),
        }));
    }
    tell_articles(&counts, &grouping, &set, messages);
    if counts.compared() == 0 && counts.unread_by_all() > 0 {
        return Err(Failure::Failed(
            "no article is in the language of a lexicon of -l: take others, or say with --language what the articles are in"
                .to_owned(),
        ));
    }
    let copied = counts.copied()?;
    if args.without_copies {
        counts.leave_out(&copied.inside);
    }
    tell_copies(args, &copied, messages);
    let keyness = counts.contrast(&wanted, &interrupt).map_err(|error| match error {
        KeynessError::Permuting(CompareError::Interrupted) => {
            Failure::Interrupted { status: interrupt.exit_status(), target: target.path.clone() }
        }
        error => Failure::from(error),
    })?;
    tell_words(args, &counts, &keyness, messages);
    tell_unranked(&keyness, &set, messages);

    let table = KeynessTable::new(set.entry_count() > 0, args.p, target.style);
    let names = if target.path.is_none() && stdout_is_terminal {
        files
            .table
            .write_all(listing(&keyness, &set).as_bytes())
            .and_then(|()| files.table.flush())
            .map_err(Failure::from_stdout)?;
        Vec::new()
    } else {
        let to = files.table_name();
        let mut writer = TableWriter::of_results(table.table(), &mut files.table, to)?;
        writer.write(table.rows(&keyness, &set))?;
        let (_, summary) = writer.finish()?;
        for note in summary.notes(target.companions().is_some()) {
            messages.note(note);
        }
        let mut run_counts = gone.counts;
        run_counts.add_cells(summary.cells);
        let manifest = || RunManifest {
            framescope: env!("CARGO_PKG_VERSION").to_owned(),
            command: "keyness".to_owned(),
            options: options::of_keyness(args, grouping.name()),
            lexicons: records,
            inputs: gone.inputs.files(),
            counts: run_counts,
            skipped: gone.skipped.clone(),
            late_keys: gone.late_keys.named().map(|(key, articles)| (key.to_owned(), articles)).collect(),
            warnings: messages.said(),
        };
        files.commit(|| table.table().codebook_csv(), manifest)?
    };
    summarise(&gone, &counts, &keyness, begun, &names, messages);
    Ok(if gone.skipped.total > 0 { SKIPPED } else { DONE })
}

/// What people should know of the articles before they read words.
fn tell_articles(counts: &Counts, grouping: &Grouping, set: &LexiconSet, messages: &Messages<'_>) {
    if counts.left_out() > 0 {
        messages.warning(format_args!(
            "{} left out: the column {:?} is empty there",
            counted(counts.left_out(), "article"),
            grouping.name()
        ));
    }
    let all = counts.compared() + counts.unread_by_all();
    for (lexicon, &out) in set.lexicons().iter().zip(counts.unread()).filter(|(_, out)| **out > 0) {
        let are = if out == 1 { "is" } else { "are" };
        // With one lexicon an article that it does not read is not counted at all.
        let what = match set.lexicons().len() {
            1 => {
                "left out, their words and phrases too (--language, or the column `language`, says what an article is in)"
            }
            _ => "left out of all that it counts",
        };
        messages.warning(format_args!(
            "W14: {out} of {} {are} in another language than {} ({}) and {what}",
            counted(all, "article"),
            lexicon.about.id,
            lexicon.about.language
        ));
    }
    if set.lexicons().len() > 1 && counts.unread_by_all() > 0 {
        messages.warning(format_args!(
            "W14: {} in another language than all lexicons and left out, words and phrases too",
            match counts.unread_by_all() {
                1 => "1 article is".to_owned(),
                n => format!("{n} articles are"),
            }
        ));
    }
    let mut languages: BTreeMap<Cow<'_, str>, u64> = BTreeMap::new();
    for (said, n) in counts.languages() {
        if let Some(language) = known_language(said) {
            *languages.entry(language).or_default() += n;
        }
    }
    if languages.len() > 1 {
        let mut list: Vec<(Cow<'_, str>, u64)> = languages.into_iter().collect();
        list.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let list: Vec<String> = list.iter().map(|(language, n)| format!("{n} in {language}")).collect();
        messages.warning(format_args!(
            "the articles are in several languages ({}): the words will tell languages apart, not what groups say; take one \
             with --where",
            list.join(", ")
        ));
    }
}

/// Which articles print one text, and what was done about it.
fn tell_copies(args: &KeynessArgs, copied: &Copied, messages: &Messages<'_>) {
    if copied.is_exact_only {
        messages.note("so many words: only copies with exactly the same words were looked for");
    }
    let inside = copied.inside.len() as u64;
    if args.without_copies {
        if inside > 0 {
            messages.warning(format_args!(
                "{} of an earlier article of the same group {} left out",
                if inside == 1 { "1 copy".to_owned() } else { format!("{inside} copies") },
                if inside == 1 { "is" } else { "are" }
            ));
        }
        return;
    }
    if inside == 0 {
        return;
    }
    let more = if copied.articles > copied.ids.len() as u64 { ", …" } else { "" };
    messages.warning(format_args!(
        "W06: {} print {} ({}{more}), {} of them in more than one group; {inside} {} of an earlier article of the same group, and \
         their words are counted as if each were written anew: --without-copies counts a text once in each group",
        counted(copied.articles, "article"),
        counted(copied.texts, "text"),
        copied.ids.join(", "),
        copied.across,
        if inside == 1 { "is a copy" } else { "are copies" }
    ));
}

/// What people should know of the words.
fn tell_words(args: &KeynessArgs, counts: &Counts, keyness: &Keyness, messages: &Messages<'_>) {
    if !keyness.wordless.is_empty() {
        messages.warning(format_args!(
            "in no contrast, because no article has a word in the voice that is counted: {}",
            keyness.wordless.join(", ")
        ));
    }
    let mut few: Vec<(&str, u32)> = keyness
        .contrasts
        .iter()
        .flat_map(|contrast| contrast.sides.iter().map(String::as_str).zip(contrast.articles))
        .filter(|(_, articles)| *articles < FEW_ARTICLES)
        .collect();
    few.sort_unstable();
    few.dedup();
    if !few.is_empty() {
        let list: Vec<String> =
            few.iter().take(SHOWN).map(|(name, n)| format!("{name} has {}", counted((*n).into(), "article"))).collect();
        let more = match few.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more groups have few"),
        };
        messages.warning(format_args!(
            "fewer than {FEW_ARTICLES} articles in a group: {}{more}; what sets it apart is what those articles are about",
            list.join(", ")
        ));
    }
    let listed: usize = keyness.contrasts.iter().map(|contrast| contrast.key_words.len()).sum();
    let compared: usize = keyness.contrasts.iter().map(|contrast| contrast.compared).sum();
    if compared == 0 {
        messages.warning(format_args!(
            "no word stands in {} of one side or more (--min-df) with {} or more (--min-count): the table has a header and no \
             rows",
            counted(args.min_df.into(), "article"),
            counted(args.min_count, "hit")
        ));
    } else {
        messages.note(format_args!(
            "{} listed of {} compared; a word must stand in {} of the side that uses it more (--min-df); they are ranked by \
             zeta, which tests nothing{}",
            counted(listed as u64, "row"),
            counted(compared as u64, "word"),
            counted(args.min_df.into(), "article"),
            if args.p { "; p is by permuting articles" } else { "" }
        ));
    }
    let lost = counts.dropped_at_most();
    if counts.times_dropped() > 0 {
        let touched = keyness.contrasts.iter().flat_map(|contrast| &contrast.key_words);
        let touched = touched.filter(|word| word.missed.hits > 0).count();
        messages.warning(format_args!(
            "more than {} distinct words and phrases (--max-types): the rarest were dropped {}, so {} may have lost hits (at \
             most those in missed_hits), and a word that stands in at most {} may be missing",
            counted(args.max_types as u64, "type"),
            counted(counts.times_dropped() as u64, "time"),
            counted(touched as u64, "listed word"),
            counted(lost.articles, "article")
        ));
    }
}

/// Which words meet the least numbers and stand in no list, and why.
fn tell_unranked(keyness: &Keyness, set: &LexiconSet, messages: &Messages<'_>) {
    let mut by_reason: BTreeMap<WhyUnranked, BTreeSet<String>> = BTreeMap::new();
    for word in keyness.contrasts.iter().flat_map(|contrast| &contrast.unranked) {
        let name = match entry_of(word.kind, set) {
            Some(entry) => format!("{:?} [{}]", entry.text, entry.path),
            None => format!("{:?}", word.text),
        };
        by_reason.entry(word.why).or_default().insert(name);
    }
    for (why, names) in by_reason {
        let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
        let more = if names.len() > SHOWN { ", …" } else { "" };
        let words = if names.len() == 1 { "word or phrase" } else { "words or phrases" };
        messages.warning(format_args!(
            "in no list of a contrast, though in articles enough: {} {words} ({}{more}), because {}",
            names.len(),
            shown.join(", "),
            match why {
                WhyUnranked::NoPlace => {
                    "one side has no sentence with so many words, or for an entry no article in its language"
                }
                WhyUnranked::Alone => "nothing else was counted",
                WhyUnranked::Drowned => {
                    "the prior is so strong that its hits make no difference: lower --prior-strength"
                }
                WhyUnranked::Turned => {
                    "the prior makes the side that uses it less seem to use it more: lower --prior-strength, or take \
                     another --prior"
                }
            }
        ));
    }
}

/// Fewer articles than this are no sample of a group.
const FEW_ARTICLES: u32 = 5;
/// How many groups a message names.
const SHOWN: usize = 5;

/// Counts the words of articles.
struct Counter<'a> {
    engine: MatcherEngine<'a, Compiled>,
    set: &'a LexiconSet,
    grouping: &'a Grouping,
    settings: &'a KeynessSettings,
}

#[derive(Default)]
struct CounterState {
    engine: MatcherScratch<FastScratch>,
    counting: CountScratch,
    score: ArticleScore,
}

impl PerArticle for Counter<'_> {
    type State = CounterState;
    type Rows = KeynessPart;

    fn empty(&self) -> KeynessPart {
        KeynessPart::default()
    }

    fn article(&self, read: &ReadArticle<'_>, state: &mut CounterState, rows: &mut KeynessPart) {
        let CounterState { engine, counting, score } = state;
        // Which words a mask took from the lexicon is asked for only where it matters.
        let want = Want { rejected: self.settings.without_lexicon_words, ..Want::default() };
        self.engine.score(&read.article, engine, want, score);
        let article = ArticleRead {
            id: read.article.id,
            group: self.grouping.group_of(read.values, read.path),
            language: read.language.unwrap_or_else(|| detect(read.article.text, &score.analysis)),
            analysis: &score.analysis,
            types: engine.types(),
            set: self.set,
            resolution: &score.resolution,
        };
        rows.add(self.settings, &article, counting);
    }

    fn score(state: &CounterState) -> &ArticleScore {
        &state.score
    }
}

struct Merged(Counts);

impl Rows for Merged {
    type Rows = KeynessPart;

    fn write(&mut self, rows: KeynessPart) -> Result<(), Failure> {
        Ok(self.0.add(rows)?)
    }
}

impl From<KeynessError> for Failure {
    fn from(error: KeynessError) -> Failure {
        let text = error.to_string();
        match error {
            KeynessError::PriorLength { .. } => Failure::Usage(text),
            _ => Failure::Failed(text),
        }
    }
}

/// The last line: what was done, how fast, and where it is.
fn summarise(
    gone: &Gone,
    counts: &Counts,
    keyness: &Keyness,
    begun: Instant,
    names: &[String],
    messages: &Messages<'_>,
) {
    let all = gone.counts.articles;
    let copies = all - counts.left_out() - counts.unread_by_all() - counts.compared();
    let left_out = [
        (counts.left_out(), "without a group"),
        (counts.unread_by_all(), "in another language"),
        (copies, "copied from an earlier one"),
    ];
    let mut text = format!(
        "{}, {}, {}, {}",
        compared_articles(counts.compared(), None, &left_out),
        counted(counts.compared_words(), "word"),
        counted(counts.types() as u64, "type"),
        counted(keyness.contrasts.len() as u64, "contrast"),
    );
    if gone.skipped.total > 0 {
        text.push_str(&format!(", {} skipped", counted(gone.skipped.total, "article")));
    }
    text.push_str(&format!(" in {:.1} s", begun.elapsed().as_secs_f64()));
    if !names.is_empty() {
        text.push_str(&format!("; wrote {}", names.join(", ")));
    }
    messages.summary(text);
}
