//! The options of a run as its manifest lists them: those that decide what is in the table, with
//! what holds where nothing was said. Not among them: threads, quiet, where the table goes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::cli::args::{
    CompareArgs, Excel, KeynessArgs, KwicArgs, ReadingArgs, ReportArgs, RunArgs, ScoreArgs, TypedFormat, WritingArgs,
};
use crate::output::FileRecord;
use clap::ValueEnum;

/// Those of `score`.
pub(crate) fn of_score(args: &ScoreArgs) -> BTreeMap<String, Value> {
    let mut options = common(&args.reading, &args.run, &args.writing);
    let measures = match args.measures.as_slice() {
        [] => json!("default"),
        names => json!(names),
    };
    let own = [
        ("lexicon", json!(args.lexicons.lexicons)),
        ("long", json!(args.long)),
        ("measures", measures),
        ("voice", name(args.voice)),
        ("segment", args.segment.map_or(Value::Null, name)),
        ("prefix", name(args.prefix)),
        ("intervals", json!(args.intervals)),
        ("present-min", json!(args.present_min)),
    ];
    options.extend(own.map(|(key, value)| (key.to_owned(), value)));
    options
}

/// Those of `kwic`.
pub(crate) fn of_kwic(args: &KwicArgs) -> BTreeMap<String, Value> {
    let mut options = common(&args.reading, &args.run, &args.writing);
    let own = [
        ("lexicon", json!(args.lexicons.lexicons)),
        ("rejected", json!(args.rejected)),
        ("window", json!(args.window)),
    ];
    options.extend(own.map(|(key, value)| (key.to_owned(), value)));
    options
}

/// Those of `compare`.
pub(crate) fn of_compare(args: &CompareArgs) -> BTreeMap<String, Value> {
    let mut options = common(&args.reading, &args.run, &args.writing);
    let file = |path: &Option<std::path::PathBuf>| path.as_ref().map(|p| p.display().to_string());
    let own = [
        ("lexicon", json!(args.lexicons.lexicons)),
        ("by", json!(args.grouping.by)),
        ("vs", args.vs.map_or(json!("each other"), name)),
        ("within", json!(args.within)),
        ("events", json!(args.events)),
        ("event-cosine", json!(args.event_cosine)),
        ("date", json!(args.dates.date)),
        ("date-order", args.dates.date_order.map_or(Value::Null, name)),
        ("question", json!(args.study.question)),
        ("primary", json!(args.study.primary)),
        ("construct", json!(args.study.construct)),
        ("query", json!(args.study.query)),
        ("freeze", json!(args.study.freeze)),
        ("present-min", json!(args.present_min)),
        ("permutations", json!(args.permutations)),
        ("replicates", json!(args.replicates)),
        ("seed", json!(args.seed)),
        ("model", args.model.map_or(json!("studentised"), name)),
        ("cluster", json!(args.cluster)),
        ("bca", json!(args.bca)),
        ("actors", json!(args.actors)),
        ("frames", json!(args.frames)),
        ("from", json!(file(&args.from))),
        ("hits", json!(args.hits.iter().map(|path| path.display().to_string()).collect::<Vec<_>>())),
    ];
    options.extend(own.map(|(key, value)| (key.to_owned(), value)));
    options
}

/// Those of `report`.
pub(crate) fn of_report(args: &ReportArgs) -> BTreeMap<String, Value> {
    let mut options = of_compare(&args.comparing);
    options.insert("show-text".to_owned(), name(args.shown));
    options.insert("figures".to_owned(), json!(args.figures.as_ref().map(|path| path.display().to_string())));
    options
}

/// Those of `keyness`; `by` is what the articles were grouped by.
pub(crate) fn of_keyness(args: &KeynessArgs, by: &str) -> BTreeMap<String, Value> {
    let mut options = common(&args.reading, &args.run, &args.writing);
    let own = [
        ("lexicon", json!(args.lexicons.lexicons)),
        ("by", json!(by)),
        ("vs", args.vs.map_or(json!("each other"), name)),
        ("without-lexicon-words", json!(args.without_lexicon_words)),
        ("without-copies", json!(args.without_copies)),
        ("voice", name(args.voice)),
        ("ngrams", json!([args.ngrams.shortest, args.ngrams.longest])),
        ("function-words", json!(args.function_words)),
        ("min-df", json!(args.min_df)),
        ("min-count", json!(args.min_count)),
        ("top", json!(args.top)),
        ("max-types", json!(args.max_types)),
        ("prior", json!(args.prior.as_ref().map(|p| p.display().to_string()))),
        ("prior-strength", json!(args.prior_strength)),
        ("p", json!(args.p)),
        ("permutations", json!(args.permutations)),
        ("seed", json!(args.seed)),
    ];
    options.extend(own.map(|(key, value)| (key.to_owned(), value)));
    options
}

/// Those that all commands have that read a corpus and write a table.
pub(crate) fn common(reading: &ReadingArgs, run: &RunArgs, writing: &WritingArgs) -> BTreeMap<String, Value> {
    let path = |path: &Option<std::path::PathBuf>| path.as_ref().map(|p| p.display().to_string());
    let clean = match (reading.clean, reading.no_clean) {
        (true, _) => json!(true),
        (_, true) => json!(false),
        _ => json!("text files"),
    };
    let list = |names: &[String], otherwise: &str| match names {
        [] => json!(otherwise),
        names => json!(names),
    };
    [
        ("format", reading.format.map_or(Value::Null, name::<TypedFormat>)),
        ("encoding", json!(reading.encoding)),
        ("text", json!(reading.text)),
        ("title", json!(reading.title)),
        ("id", list(&reading.id, "default")),
        ("id-check", json!(!reading.no_id_check)),
        ("hash", json!(!reading.no_hash)),
        ("meta", list(&reading.meta, "all")),
        ("meta-file", json!(path(&reading.meta_file))),
        ("where", json!(reading.conditions)),
        ("limit", json!(reading.limit)),
        ("language", json!(reading.language)),
        ("clean", clean),
        ("boilerplate", json!(path(&reading.boilerplate))),
        ("strict", json!(run.strict)),
        ("config", run.config.as_deref().map_or(Value::Null, file)),
        ("excel", writing.excel.map_or(Value::Null, name::<Excel>)),
        ("raw-text", json!(writing.raw_text)),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into()
}

/// A file of settings, with its hash; it was read a moment ago.
fn file(path: &std::path::Path) -> Value {
    let record = std::fs::read(path).map(|bytes| FileRecord::of_bytes(path.display().to_string(), &bytes));
    record.map_or_else(|_| json!({ "path": path.display().to_string() }), |record| json!(record))
}

/// The name of a value as it is typed.
pub(crate) fn name<T: ValueEnum>(value: T) -> Value {
    value.to_possible_value().map_or(Value::Null, |v| json!(v.get_name()))
}
