//! The table of `trend`: a row per path, group and period, then the trends and their differences.

use framescope_core::lexicon::PathKind;

use super::NEWEY_WEST_LIMIT;
use crate::cli::failure::Failure;
use crate::cli::files::Files;
use crate::cli::messages::Messages;
use crate::cli::settings::Target;
use crate::compare::{Change, ErrorSource, Point, Trends, Units};
use crate::output::{Cell, CellCounts, CodebookRow, Colour, ResultTable, TableWriter};

/// Writes the table. Returns it, for its codebook, and what happened to cells.
pub(super) fn write(
    found: &Trends,
    units: &Units,
    target: &Target,
    files: &mut Files<'_>,
    messages: &Messages<'_>,
) -> Result<(ResultTable, CellCounts), Failure> {
    let table = ResultTable::new("trend", columns(found), target.style).coloured("change", Colour::Ratio);
    let to = files.table_name();
    let mut writer = TableWriter::of_results(&table, &mut files.table, to)?;
    for path in &found.paths {
        let mut part = table.part();
        let facts = &units.vocabulary.paths[path.path as usize];
        let lexicon = &units.vocabulary.lexicons[facts.lexicon as usize].id;
        let status = if facts.is_experimental { Cell::Text("experimental") } else { Cell::EMPTY };
        let of_path = [Cell::Text(lexicon), Cell::Text(&facts.id), Cell::Text(kind(facts.kind)), status];
        for (group, points) in found.groups.iter().zip(&path.points) {
            for (period, point) in found.periods.iter().zip(points) {
                let head = [Cell::Text("period"), Cell::Text(group), Cell::EMPTY];
                let when = [Cell::Text(&period.name), Cell::Text(&period.first_day)];
                let cells = [&of_path[..], &head, &when, &counts(point), &[Cell::EMPTY; 4]].concat();
                table.row(&cells, &mut part);
            }
        }
        for (group, change) in found.groups.iter().zip(&path.changes) {
            let head = [Cell::Text("trend"), Cell::Text(group), Cell::EMPTY];
            let cells = [&of_path[..], &head, &[Cell::EMPTY; 9], &factor(change, found.errors)].concat();
            table.row(&cells, &mut part);
        }
        for pair in &path.differences {
            let [first, second] = pair.groups.map(|group| found.groups[group].as_str());
            let head = [Cell::Text("difference"), Cell::Text(second), Cell::Text(first)];
            let cells = [&of_path[..], &head, &[Cell::EMPTY; 9], &factor(&pair.change, found.errors)].concat();
            table.row(&cells, &mut part);
        }
        writer.write(part)?;
    }
    let (_, summary) = writer.finish()?;
    for note in summary.notes(target.companions().is_some()) {
        messages.note(note);
    }
    Ok((table, summary.cells))
}

fn kind(kind: PathKind) -> &'static str {
    match kind {
        PathKind::Category => "category",
        PathKind::Referent => "referent",
        PathKind::Variant => "variant",
        PathKind::Name => "name",
    }
}

fn counts(point: &Point) -> [Cell<'static>; 7] {
    let per_1k = |rate: f64| 1_000.0 * rate;
    [
        Cell::count(point.articles),
        Cell::count(u64::from(point.is_thin())),
        Cell::count(point.words),
        Cell::count(point.hits),
        Cell::number(point.rate().map(per_1k)),
        Cell::number(point.interval.map(|[low, _]| per_1k(low))),
        Cell::number(point.interval.map(|[_, high]| per_1k(high))),
    ]
}

fn factor(change: &Change, errors: ErrorSource) -> [Cell<'_>; 4] {
    let end = |i: usize| Cell::number(change.ratio.map(|ratio| ratio[i]));
    let limit = match (errors, change.ratio) {
        (ErrorSource::NeweyWest, Some(_)) => Cell::Text(NEWEY_WEST_LIMIT),
        _ => Cell::EMPTY,
    };
    [end(0), end(1), end(2), change.reason.as_deref().map_or(limit, Cell::Text)]
}

/// The columns, each with what it means.
fn columns(found: &Trends) -> Vec<CodebookRow> {
    let per = found.per.name();
    let season = if found.by_month { ", with a factor of the month of the year that all groups share" } else { "" };
    let errors = match found.errors {
        ErrorSource::Blocks => {
            "by leaving out blocks of {reach} {per}s, t with 2 degrees of freedom fewer than blocks; a block is left out \
             of both groups where two are compared"
        }
        ErrorSource::NeweyWest => {
            "with Newey and West's errors over {reach} {per}s, summed over both groups where two are compared, t with 1.5 \
             times {per}s over {reach} and one degrees of freedom: too narrow, it holds 78 to 90 % (docs/calibration.md)"
        }
    };
    let row = |column: &str, meaning: &str, unit: &str, denominator: &str, missing: &str| CodebookRow {
        column: column.to_owned(),
        meaning: meaning.replace("{per}", per).replace("{reach}", &found.reach.to_string()),
        unit: unit.replace("{per}", per),
        denominator: denominator.to_owned(),
        missing: missing.to_owned(),
        ..CodebookRow::default()
    };
    const OF_PERIODS: &str = "empty in rows other than period";
    const OF_TRENDS: &str = "empty in rows of periods, and where the note says why";
    vec![
        row("lexicon", "the lexicon", "id", "", "never empty"),
        row("path", "the path of the lexicon, with dots", "path", "", "never empty"),
        row("kind", "what the path is: category, referent, variant or name", "name", "", "never empty"),
        row("status", "`experimental` where the lexicon calls the path so", "name", "", "empty where it does not"),
        row(
            "row",
            "what the row tells: period (one group in one {per}), trend (how the rate of a group changes from {per} to \
             {per}) or difference (how much more it does so in `group` than in `against`)",
            "name",
            "",
            "never empty",
        ),
        row("group", "the group", "text", "", "never empty"),
        row("against", "the group that it is held against", "text", "", "empty in rows other than difference"),
        row("period", "the {per}, as ISO 8601 has it", "{per}", "", OF_PERIODS),
        row("period_start", "its first day", "ISO 8601", "", OF_PERIODS),
        row("articles", "articles of the group in the {per}", "articles", "", OF_PERIODS),
        row("few_articles", "whether they are fewer than 5: the rate says little", "1 yes, 0 no", "", OF_PERIODS),
        row("words", "their words in the voice of the run and the zones of the lexicon", "words", "", OF_PERIODS),
        row("hits", "their hits there", "hits", "", OF_PERIODS),
        row(
            "per_1k",
            "hits per 1,000 words, pooled over the articles",
            "hits per 1,000 words",
            "words",
            "empty in other rows and where there are no words",
        ),
        row(
            "per_1k_low",
            "lower end of its 95 % interval; articles are the units",
            "hits per 1,000 words",
            "words",
            "empty where there are fewer than 5 articles or 5 hits",
        ),
        row(
            "per_1k_high",
            "upper end of its 95 % interval",
            "hits per 1,000 words",
            "words",
            "empty where there are fewer than 5 articles or 5 hits",
        ),
        row(
            "change",
            &format!(
                "the factor by which the rate changes from one {{per}} to the next (Poisson regression of the pooled \
                 counts on the number of the {{per}}{season}); in a row difference the factor of `group` over that of \
                 `against`"
            ),
            "factor per {per}",
            "",
            OF_TRENDS,
        ),
        row("change_low", &format!("lower end of its 95 % interval, {errors}"), "factor per {per}", "", OF_TRENDS),
        row("change_high", "upper end of its 95 % interval", "factor per {per}", "", OF_TRENDS),
        row(
            "note",
            "why there is no change to give, or what limits its interval",
            "text",
            "",
            "empty where there is neither",
        ),
    ]
}
