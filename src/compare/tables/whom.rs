//! The table `whom`: hits by the side they are about.

use super::{path_cells, path_columns};
use crate::compare::result::Comparison;
use crate::output::{Colour, Datum, Listing, ListingColumn};

const BOOTSTRAP: &str =
    "Percentile interval of the bootstrap, 95 %: articles are drawn, or events where these are the units";

/// A row a path, pair, voice and side.
pub(super) fn whom(comparison: &Comparison) -> Listing {
    let column = |name: &str, meaning: &str| ListingColumn::new(name, meaning);
    let share = "Both and unclear have no share; no hit names a side";
    let few_named = "Fewer than 5 articles (or events) that name a side";
    let ends = |name: &str, unit: &str, missing: &str| {
        [("low", "lower"), ("high", "upper")].map(|(end, which)| {
            column(&format!("{name}_{end}"), &format!("The {which} end of the interval of {name}"))
                .unit(unit)
                .formula(BOOTSTRAP)
                .missing(missing)
        })
    };
    let mut columns = path_columns();
    columns.extend([
        column(
            "about",
            "The side that hits are about; both: two sides, joined; unclear: no side in reach, or two equally near",
        ),
        column("group_hits", "Hits about it in the group").unit("hits"),
        column("against_hits", "Hits about it in what it is held against").unit("hits"),
        column("group_words", "The words of the group in which hits were counted").unit("words"),
        column("against_words", "The same of what it is held against").unit("words"),
    ]);
    for (side, of) in [("group", "the group"), ("against", "what it is held against")] {
        let name = format!("{side}_share");
        columns.push(
            column(&name, &format!("Hits about the side over hits about any one side, in {of}"))
                .unit("share")
                .missing(share),
        );
        columns.extend(ends(&name, "share", few_named));
    }
    columns.push(
        column("share_difference", "The share in the group less that in the other")
            .unit("difference of shares")
            .missing(share)
            .coloured(Colour::Difference),
    );
    columns.extend(ends("share_difference", "difference of shares", few_named));
    columns.push(
        column(
            "rate_ratio",
            "The pooled rate of hits about it in the group over that in the other, ½ added to the hits",
        )
        .unit("ratio")
        .missing("A side without words")
        .coloured(Colour::Ratio),
    );
    columns.extend(ends(
        "rate_ratio",
        "ratio",
        "Fewer than 5 articles (or events) with words in that voice on a side, or fewer than 5 hits expected on one",
    ));
    let mut table = Listing::new("whom", columns);
    for found in &comparison.whom {
        let mut row = path_cells(comparison, found.path, found.pair, found.voice);
        row.push(found.side.as_str().into());
        row.extend([1, 0].map(|side| Datum::from(found.hits[side])));
        row.extend([1, 0].map(|side| Datum::from(found.words[side])));
        for side in [1, 0] {
            row.push(found.share[side].into());
            row.extend(cells(found.share_interval[side]));
        }
        row.push(found.share_difference.into());
        row.extend(cells(found.share_difference_interval));
        row.push(found.ratio.into());
        row.extend(cells(found.ratio_interval));
        table.push(row);
    }
    table
}

/// The ends of an interval.
pub(super) fn cells(interval: Option<[f64; 2]>) -> [Datum; 2] {
    [0, 1].map(|end| interval.map(|interval| interval[end]).into())
}
