//! The tables `zones` and `association`: where in the article, and beside whom.

use super::whom::cells;
use super::{lead_columns, names, path_cells, path_columns, status_cell};
use crate::compare::result::Comparison;
use crate::output::{Colour, Datum, Listing, ListingColumn};

const BOOTSTRAP: &str =
    "Percentile interval of the bootstrap, 95 %: articles are drawn, or events where these are the units";
const BOTH: &str = "One of the sides has no interval";

fn ends(name: &str, missing: &str) -> [ListingColumn; 2] {
    [("low", "lower"), ("high", "upper")].map(|(end, which)| {
        ListingColumn::new(format!("{name}_{end}"), format!("The {which} end of the interval of {name}"))
            .unit("ratio")
            .formula(BOOTSTRAP)
            .missing(missing)
    })
}

/// A row a path, pair, voice and zone.
pub(super) fn zones(comparison: &Comparison) -> Listing {
    let no_words = "The zone or the body has no words";
    let few = "Fewer than 5 articles (or events) with words in the zone and in the body, or fewer than 5 hits expected in one";
    let mut columns = path_columns();
    columns.push(ListingColumn::new("zone", "What is held against the body: title or lead (headings are neither)"));
    for (side, of) in [("group", "the group"), ("against", "what it is held against")] {
        let column =
            |name: &str, meaning: &str| ListingColumn::new(format!("{side}_{name}"), format!("{meaning} {of}"));
        columns.extend([
            column("zone_hits", "Hits in the zone, in").unit("hits"),
            column("zone_words", "Words in the zone (an article without a title has none in it), in").unit("words"),
            column("body_hits", "Hits in the body, in").unit("hits"),
            column("body_words", "Words in the body, in").unit("words"),
            column("emphasis", "The pooled rate in the zone over that in the body, ½ added to the hits, in")
                .unit("ratio")
                .missing(no_words),
        ]);
        columns.extend(ends(&format!("{side}_emphasis"), few));
    }
    columns.push(
        ListingColumn::new("emphasis_ratio", "The emphasis in the group over that in the other")
            .unit("ratio of ratios")
            .missing(no_words)
            .coloured(Colour::Ratio),
    );
    columns.extend(ends("emphasis_ratio", BOTH));
    let mut table = Listing::new("zones", columns);
    for found in &comparison.zones {
        let mut row = path_cells(comparison, found.path, found.pair, found.voice);
        row.push(found.zone.into());
        for side in [1, 0] {
            let counts = [found.zone_hits, found.zone_words, found.body_hits, found.body_words];
            row.extend(counts.map(|of_side| Datum::from(of_side[side])));
            row.push(found.emphasis[side].into());
            row.extend(cells(found.emphasis_interval[side]));
        }
        row.push(found.ratio.into());
        row.extend(cells(found.ratio_interval));
        table.push(row);
    }
    table
}

/// A row an actor, a frame, a kind of parts of sentences, and a pair.
pub(super) fn association(comparison: &Comparison) -> Listing {
    let infinite = "It cannot be told, or is 0 or infinite";
    let few = "Fewer than 5 articles (or events) that say something";
    let column = |name: &str, meaning: &str| ListingColumn::new(name, meaning);
    let mut columns = vec![
        column("actor_lexicon", "The lexicon of the actor"),
        column("actor", "The path of the actor (--actors)"),
        column("frame_lexicon", "The lexicon of the frame"),
        column("frame", "The path of the frame (--frames)"),
    ];
    // The pair is named as in all tables; what is outside or inside quotation marks is a part of a sentence here.
    columns.extend(lead_columns("path").into_iter().filter(|column| ["group", "against"].contains(&column.name())));
    columns.push(column(
        "part",
        "Which parts of sentences are looked at: what stands outside quotation marks, or inside (quoted), in lead and body; or \
         titles and headings (heading)",
    ));
    columns.push(
        column("status", "`experimental` where the lexicon calls the actor or the frame so").missing("Neither is"),
    );
    for (side, of) in [("group", "the group"), ("against", "what it is held against")] {
        let column =
            |name: &str, meaning: &str| ListingColumn::new(format!("{side}_{name}"), format!("{meaning} {of}"));
        columns.extend([
            column("both", "Parts of sentences with the actor and the frame, in").unit("parts of sentences"),
            column("actor_only", "Parts with the actor and without the frame, in").unit("parts of sentences"),
            column("frame_only", "Parts with the frame and without the actor, in").unit("parts of sentences"),
            column("neither", "Parts with neither, in").unit("parts of sentences"),
            column("informing", "Articles that have parts of one length with and without each, in").unit("articles"),
            column(
                "odds_ratio",
                "The common odds ratio: above 1 where actor and frame stand together more often than the make-up of each \
                 article gives, in",
            )
            .unit("ratio")
            .formula("Σ(ad/n) / Σ(bc/n) over articles and length classes of parts (Mantel and Haenszel 1959)")
            .missing(infinite),
        ]);
        columns.extend(ends(&format!("{side}_odds_ratio"), few));
    }
    columns.push(
        column("odds_ratio_ratio", "The odds ratio in the group over that in the other")
            .unit("ratio of ratios")
            .missing(infinite)
            .coloured(Colour::Ratio),
    );
    columns.extend(ends("odds_ratio_ratio", BOTH));
    let mut table = Listing::new("association", columns);
    for found in &comparison.association {
        let mut row: Vec<Datum> = Vec::new();
        for path in [found.actor, found.frame] {
            let path = &comparison.paths[path as usize];
            row.extend([comparison.lexicons[path.lexicon as usize].id.as_str().into(), Datum::from(path.id.as_str())]);
        }
        row.extend(names(comparison, comparison.pairs[found.pair as usize]));
        row.push(found.part.into());
        let of = |path: u32| comparison.paths[path as usize].is_experimental;
        row.push(status_cell(of(found.actor) || of(found.frame)));
        for side in [1, 0] {
            let of = &found.sides[side];
            row.extend([of.both, of.actor, of.frame, of.neither, of.articles].map(Datum::from));
            row.push(of.odds_ratio.into());
            row.extend(cells(of.interval));
        }
        row.push(found.ratio.into());
        row.extend(cells(found.ratio_interval));
        table.push(row);
    }
    table
}
