//! The description as a table: a row per group, and one of all.

use std::collections::BTreeMap;

use super::Description;
use super::facts::{FACTS, Value};
use crate::cli::failure::Failure;
use crate::cli::files::Files;
use crate::cli::messages::Messages;
use crate::cli::settings::Target;
use crate::cli::through::Gone;
use crate::output::{Cell, CodebookRow, ResultTable, RunManifest, TableWriter};

/// The kind of a row that tells of one group, and of the row that tells of all.
const KINDS: [&str; 2] = ["group", "all"];

/// Writes the table, and its codebook and manifest beside it. Returns the names of the files.
pub(super) fn write(
    description: &Description,
    target: &Target,
    mut files: Files<'_>,
    options: BTreeMap<String, serde_json::Value>,
    gone: &Gone,
    messages: &Messages<'_>,
) -> Result<Vec<String>, Failure> {
    let table = ResultTable::new("describe", columns(&description.by), target.style);
    let mut part = table.part();
    let groups = description.groups.iter().map(|(name, facts)| (name.as_str(), KINDS[0], facts));
    for (name, kind, facts) in groups.chain([("all", KINDS[1], &description.all)]) {
        let values: Vec<Value> = FACTS.iter().map(|fact| (fact.value)(facts)).collect();
        let mut cells = vec![Cell::Text(name), Cell::Text(kind)];
        cells.extend(values.iter().map(Value::cell));
        table.row(&cells, &mut part);
    }
    let to = files.table_name();
    let mut writer = TableWriter::of_results(&table, &mut files.table, to)?;
    writer.write(part)?;
    let (_, summary) = writer.finish()?;
    for note in summary.notes(target.companions().is_some()) {
        messages.note(note);
    }
    let mut counts = gone.counts;
    counts.add_cells(summary.cells);
    let manifest = || RunManifest {
        framescope: env!("CARGO_PKG_VERSION").to_owned(),
        command: "describe".to_owned(),
        options,
        lexicons: Vec::new(),
        inputs: gone.inputs.files(),
        counts,
        skipped: gone.skipped.clone(),
        late_keys: gone.late_keys.named().map(|(key, articles)| (key.to_owned(), articles)).collect(),
        warnings: messages.said(),
    };
    files.commit(|| table.codebook_csv(), manifest)
}

/// The columns, each with what it means.
fn columns(by: &str) -> Vec<CodebookRow> {
    let row = |column: &str, meaning: String, unit: &str| CodebookRow {
        column: column.to_owned(),
        meaning,
        unit: unit.to_owned(),
        missing: "never empty".to_owned(),
        ..CodebookRow::default()
    };
    let mut columns = vec![
        row("group", format!("the group: a value of {by}, or all"), "text"),
        row("kind", "whether the row tells of one group or of all articles that are in one".to_owned(), "group or all"),
    ];
    columns.extend(FACTS.iter().map(super::facts::Fact::codebook_row));
    columns
}
