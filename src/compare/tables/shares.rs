//! The tables `shares` (terminology choice), `axes` and `terms`.

use super::{codes, estimate, lead_columns, names, p, status_cell, status_column, voice, with_interval};
use crate::compare::result::{ChoiceCell, Comparison, ReferentResult};
use crate::corpus::known_language;
use crate::output::{Colour, Datum, Listing, ListingColumn};

/// Which names each side chooses for one thing: a row a variant, pair and voice. Those across languages come last.
pub(super) fn shares(comparison: &Comparison) -> Listing {
    let mut table = Listing::new("shares", share_columns());
    let lexicon = |number: u32| &comparison.lexicons[number as usize];
    for referent in &comparison.referents {
        let own = lexicon(comparison.paths[referent.path as usize].lexicon);
        // What a lexicon that says its language reads is in that language.
        let is_across = known_language(&own.language).is_none();
        let is_experimental = |place: usize| comparison.paths[referent.variants[place] as usize].is_experimental;
        rows(comparison, (&own.id, is_across), referent, is_experimental, &mut table);
    }
    for across in &comparison.across {
        let [one, other] = across.lexicons.map(|number| lexicon(number).id.as_str());
        let is_experimental = |place: usize| across.is_experimental[place];
        rows(comparison, (&format!("{one} + {other}"), true), &across.choice, is_experimental, &mut table);
    }
    table
}

fn rows(
    comparison: &Comparison,
    (lexicon, is_across): (&str, bool),
    referent: &ReferentResult,
    is_experimental: impl Fn(usize) -> bool,
    table: &mut Listing,
) {
    for contrast in &referent.pairs {
        let pair = comparison.pairs[contrast.pair as usize];
        let languages = comparison.languages.get(contrast.pair as usize).and_then(Option::as_ref);
        let languages = languages.filter(|_| is_across).map(|[group, against]| format!("{group} / {against}"));
        for (number, variant) in referent.variants.iter().enumerate() {
            let variant = &comparison.paths[*variant as usize];
            let [group, against] = names(comparison, pair);
            let mut row = vec![
                lexicon.into(),
                comparison.paths[referent.path as usize].id.as_str().into(),
                group,
                against,
                voice(referent.voice),
                variant.id.as_str().into(),
                variant.connotation.as_str().into(),
                variant.according_to.as_str().into(),
                status_cell(is_experimental(number)),
            ];
            for side in [pair.group, pair.against] {
                row.extend(choice_cells(referent.sides.iter().find(|cell| cell.side == side), number));
            }
            row.extend(estimate(contrast.differences.get(number).copied().flatten()));
            row.extend(p(referent.omnibus));
            let own = referent.variant_p.get(number).copied().flatten();
            row.push(own.map(|p| p.p).into());
            row.push(referent.withheld.as_str().into());
            row.push(languages.clone().into());
            row.push(codes(comparison, &referent.warnings));
            table.push(row);
        }
    }
}

fn choice_cells(cell: Option<&ChoiceCell>, variant: usize) -> Vec<Datum> {
    let Some(cell) = cell else { return vec![Datum::Empty; 8] };
    let mut row: Vec<Datum> = vec![
        cell.mentions.into(),
        cell.mentioning.into(),
        cell.labelled.into(),
        cell.consistency.into(),
        cell.hits.get(variant).copied().into(),
    ];
    row.extend(estimate(cell.shares.get(variant).copied().flatten()));
    row
}

fn share_columns() -> Vec<ListingColumn> {
    let mut columns = lead_columns("referent");
    columns.extend([
        ListingColumn::new("variant", "The name that is chosen"),
        ListingColumn::new("connotation", "What it carries along, as the lexicon has it").missing("Unsaid"),
        ListingColumn::new("according_to", "Who reads it so; the tool takes no side").missing("Unsaid"),
        status_column(),
    ]);
    for (side, of) in [("group", "the group"), ("against", "what it is held against")] {
        let column = |name: &str, meaning: String| ListingColumn::new(format!("{side}_{name}"), meaning);
        columns.extend([
            column("mentions", format!("Uses of any of the names by {of}")).unit("hits"),
            column("mentioning", format!("Articles of {of} with one")).unit("articles"),
            column("labelled", format!("Names that are labels, of labels and bare names, in {of}"))
                .unit("share")
                .missing("No label and no bare name"),
            column("consistency", format!("1 where {of} uses one name throughout, 0 where it uses all alike"))
                .formula("1 − H / ln V, H the entropy of the shares of V names")
                .missing("No mentions"),
            column("hits", format!("Uses of this name by {of}")).unit("hits"),
        ]);
        columns.extend(with_interval(
            column("share", format!("The share of this name in all mentions of {of}"))
                .unit("share")
                .formula("Σ hits / Σ mentions over articles")
                .over(format!("{side}_mentions"))
                .missing("No mentions"),
            "Bootstrap of articles (of events where these are the units), from 5 articles (events) with a mention; none where \
             all articles agree",
        ));
    }
    columns.extend(with_interval(
        ListingColumn::new("difference", "The share in the group less that in the other")
            .unit("difference of shares")
            .missing("A side has no mentions")
            .coloured(Colour::Difference),
        "Bootstrap of articles (of events where these are the units), from 5 articles (events) with a mention on both \
         sides",
    ));
    let withheld = "Withheld: see `withheld`";
    columns.extend([
        ListingColumn::new(
            "omnibus_p",
            "p that all groups choose alike among all names of the referent, by exchanging labels",
        )
        .unit("probability")
        .missing(withheld),
        ListingColumn::new("omnibus_p_adjusted", "The same adjusted in its family: Holm with the other primary paths where the referent or one of its names is primary, else Benjamini and Hochberg")
            .unit("probability")
            .missing(withheld),
        ListingColumn::new("omnibus_smallest_p", "The smallest p that could have come out")
            .unit("probability")
            .missing(withheld),
        ListingColumn::new("variant_p", "p of this name, over all groups")
            .unit("probability")
            .missing("The omnibus p is above 0.05 or withheld: then single names are not looked at"),
        ListingColumn::new("withheld", "Why there is no test").missing("Nothing is withheld"),
        ListingColumn::new(
            "languages",
            "The languages of the group and of what it is held against, where shares of two languages stand side by side: they \
             depend on the entries of both lexicons (joined by +), or of one that says no language",
        )
        .missing("Both sides are read in one language, or it is not known"),
        ListingColumn::new("warnings", "Codes of the warnings about this referent").missing("None"),
    ]);
    columns
}

/// Where the sides stand on each axis: a row an axis, pair and voice.
pub(super) fn axes(comparison: &Comparison) -> Listing {
    let mut columns = lead_columns("axis");
    columns.push(ListingColumn::new("status", "`experimental` where a path of the axis is").missing("None is"));
    for (side, of) in [("group", "the group"), ("against", "what it is held against")] {
        let column = |name: &str, meaning: String| ListingColumn::new(format!("{side}_{name}"), meaning);
        columns.extend([
            column("positive", format!("Hits of the positive pole in {of}")).unit("hits"),
            column("negative", format!("Hits of the negative pole in {of}")).unit("hits"),
            column("articles", format!("Articles of {of} with either")).unit("articles"),
        ]);
        columns.extend(with_interval(
            column("score", format!("Where {of} stands; 0 is not \"neutral\": it depends on the entries"))
                .unit("−1 to 1")
                .formula("(positive − negative) / (positive + negative), all articles together")
                .missing("No hits of either pole"),
            "Bootstrap of articles (of events where these are the units), from 5 articles (events) with a hit",
        ));
    }
    columns.extend(with_interval(
        ListingColumn::new("difference", "The score of the group less that of the other")
            .unit("−2 to 2")
            .missing("A side has no hits")
            .coloured(Colour::Difference),
        "Bootstrap of articles (of events where these are the units), from 5 articles (events) with a hit on both sides",
    ));
    columns.push(ListingColumn::new("warnings", "Codes of the warnings about this axis").missing("None"));
    let mut table = Listing::new("axes", columns);
    for axis in &comparison.axes {
        for contrast in &axis.pairs {
            let pair = comparison.pairs[contrast.pair as usize];
            let [group, against] = names(comparison, pair);
            let mut row = vec![
                comparison.lexicons[axis.lexicon as usize].id.as_str().into(),
                axis.id.as_str().into(),
                group,
                against,
                voice(axis.voice),
                status_cell(axis.is_experimental),
            ];
            for side in [pair.group, pair.against] {
                match axis.sides.iter().find(|cell| cell.side == side) {
                    Some(cell) => {
                        row.extend([cell.positive.into(), cell.negative.into(), cell.articles.into()]);
                        row.extend(estimate(cell.score));
                    }
                    None => row.extend(vec![Datum::Empty; 6]),
                }
            }
            row.extend(estimate(contrast.difference));
            row.push(codes(comparison, &axis.warnings));
            table.push(row);
        }
    }
    table
}

/// Which entries made the hits: a row an entry, group and voice.
pub(super) fn terms(comparison: &Comparison) -> Listing {
    let columns = vec![
        ListingColumn::new("lexicon", "The lexicon"),
        ListingColumn::new("path", "The path that the entry is written in"),
        ListingColumn::new("term", "The entry as written"),
        ListingColumn::new("group", "The group"),
        ListingColumn::new("voice", "outside quotation marks, or quoted"),
        ListingColumn::new("hits", "Its hits").unit("hits"),
        ListingColumn::new("articles", "Articles with one").unit("articles"),
        status_column(),
        ListingColumn::new("rate", "Its hits per 1,000 words of the group in this voice")
            .unit("per 1,000 words")
            .missing("No words"),
        ListingColumn::new("share", "Its share in the path's hits in this group and voice").unit("share"),
    ];
    let mut table = Listing::new("terms", columns);
    for term in &comparison.terms {
        let path = &comparison.paths[term.path as usize];
        let key = (term.path, term.side, term.voice);
        let found = comparison.cells.binary_search_by_key(&key, |cell| (cell.path, cell.side, cell.voice));
        let cell = found.ok().map(|place| &comparison.cells[place]);
        let over = |below: u64| (below > 0).then(|| term.hits as f64 / below as f64);
        table.push(vec![
            comparison.lexicons[path.lexicon as usize].id.as_str().into(),
            path.id.as_str().into(),
            term.term.as_str().into(),
            comparison.sides[term.side as usize].name.as_str().into(),
            voice(term.voice),
            term.hits.into(),
            term.articles.into(),
            status_cell(path.is_experimental),
            cell.and_then(|cell| over(cell.words)).map(|rate| 1000.0 * rate).into(),
            cell.and_then(|cell| over(cell.hits)).into(),
        ]);
    }
    table
}
