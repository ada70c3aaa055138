//! The tables `words` and `entries`: what each word, and each entry, adds to each difference.

use super::{path_cells, path_columns};
use crate::compare::PathShift;
use crate::compare::result::Comparison;
use crate::output::{Colour, Datum, Listing, ListingColumn};

const PER_1K: &str = "per 1,000 words";

/// A row a word: the forms of it together.
pub(super) fn words(comparison: &Comparison) -> Listing {
    let column = |name: &str, meaning: &str| ListingColumn::new(name, meaning);
    let left_out = "The word was not left out: only the 5 words of the largest contribution are, and words with more than \
                    half of a side's hits; none without candidates that lost to better ones";
    let no_interval = "Fewer than 5 articles on a side, or fewer than 5 hits expected on one";
    let mut columns = path_columns();
    columns.extend([
        column("rank", "The place of the word, the largest contribution (of either sign) first"),
        column("word", "The word: its inflected forms together, named by the shortest of its terms"),
        column("entries", "Its entries that have hits, the largest contribution first, parted by |"),
        column("group_hits", "Hits of the word in the group").unit("hits"),
        column("against_hits", "Hits of the word in what it is held against").unit("hits"),
        column("group_part", "The part of the path's hits in the group that are hits of the word")
            .unit("share")
            .missing("The path has no hits there"),
        column("against_part", "The same in what it is held against").unit("share").missing("The path has no hits there"),
        column("contribution", "What the word adds to the difference of the pooled rates. All words of a path sum to that \
                                difference, and to that of no other rate")
            .unit(PER_1K)
            .formula("1000 (hits / words of the group − hits / words of the other)")
            .coloured(Colour::Difference),
        column("normalised", "The contribution over the sum of all words' contributions, signs left away").unit("−1 to 1"),
        column("cumulative", "The contributions down to this row, summed").unit(PER_1K),
        column("difference", "The pooled rate of the path in the group less that in the other").unit(PER_1K),
        column(
            "carries",
            "1 if the word carries the difference: of the path's words it adds most to it, and less than half of it is left \
             without the word; else 0",
        ),
        column(
            "without_group_hits",
            "Hits of the path in the group when the word is struck from the lexicon and overlaps are resolved again",
        )
        .unit("hits")
        .missing(left_out),
        column("without_against_hits", "The same in what it is held against").unit("hits").missing(left_out),
        column("without_difference", "The difference of the pooled rates without the word").unit(PER_1K).missing(left_out),
        column("without_ratio", "The ratio of the rates without the word, ½ added to the hits")
            .unit("ratio")
            .missing(left_out)
            .coloured(Colour::Ratio),
        column("without_ratio_low", "The lower end of its 95 % interval")
            .unit("ratio")
            .formula("By leaving out one article at a time, t by Welch")
            .missing(no_interval),
        column("without_ratio_high", "The upper end of its 95 % interval")
            .unit("ratio")
            .formula("By leaving out one article at a time, t by Welch")
            .missing(no_interval),
    ]);
    let mut table = Listing::new("words", columns);
    for shift in &comparison.words {
        for (rank, word) in shift.forms.iter().enumerate() {
            let mut row = lead_cells(comparison, shift);
            let terms: Vec<&str> = word.entries.iter().map(|entry| entry.term.as_str()).collect();
            row.extend([Datum::from(rank + 1), word.name.as_str().into(), terms.join(" | ").into()]);
            row.extend([1, 0].map(|side| Datum::from(word.hits[side])));
            row.extend([1, 0].map(|side| Datum::from(word.part[side])));
            row.extend([word.contribution, word.normalised, word.cumulative, shift.difference].map(Datum::from));
            row.push((shift.carrier == Some(rank)).into());
            let without = word.without.as_ref();
            row.extend([1, 0].map(|side| Datum::from(without.map(|without| without.hits[side]))));
            row.push(without.map(|without| without.difference).into());
            row.push(without.and_then(|without| without.ratio).into());
            let interval = without.and_then(|without| without.interval);
            row.extend([0, 1].map(|end| Datum::from(interval.map(|interval| interval[end]))));
            table.push(row);
        }
    }
    table
}

/// A row an entry.
pub(super) fn entries(comparison: &Comparison) -> Listing {
    let column = |name: &str, meaning: &str| ListingColumn::new(name, meaning);
    let mut columns = path_columns();
    columns.extend([
        column("word", "The word that the entry is a form of, named by the shortest of its terms"),
        column("entry", "The entry as written in the lexicon"),
        column("group_hits", "Hits of the entry in the group").unit("hits"),
        column("against_hits", "Hits of the entry in what it is held against").unit("hits"),
        column(
            "contribution",
            "What the entry adds to the difference of the pooled rates. All entries of a path sum to that \
                                difference, and to that of no other rate",
        )
        .unit(PER_1K)
        .formula("1000 (hits / words of the group − hits / words of the other)")
        .coloured(Colour::Difference),
    ]);
    let mut table = Listing::new("entries", columns);
    for shift in &comparison.words {
        for word in &shift.forms {
            for entry in &word.entries {
                let mut row = lead_cells(comparison, shift);
                row.extend([Datum::from(word.name.as_str()), entry.term.as_str().into()]);
                row.extend([1, 0].map(|side| Datum::from(entry.hits[side])));
                row.push(entry.contribution.into());
                table.push(row);
            }
        }
    }
    table
}

fn lead_cells(comparison: &Comparison, shift: &PathShift) -> Vec<Datum> {
    path_cells(comparison, shift.path, shift.pair, shift.voice)
}
