//! The table `result`: each path, pair and voice.

use super::{codes, ends, estimate, lead_columns, names, p, status_cell, status_column, voice, with_interval};
use crate::compare::result::{Comparison, Contrast, PathCell, RanksResult, WildResult};
use crate::output::{Colour, Datum, Listing, ListingColumn};

/// The table.
pub(super) fn result(comparison: &Comparison) -> Listing {
    let has_events = comparison.plan.events.is_some();
    let has_model = comparison.plan.model != "studentised";
    let mut table = Listing::new("result", columns(has_events, has_model));
    for contrast in &comparison.contrasts {
        let pair = comparison.pairs[contrast.pair as usize];
        let path = &comparison.paths[contrast.path as usize];
        let lexicon = &comparison.lexicons[path.lexicon as usize];
        let [group, against] = names(comparison, pair);
        let mut row = vec![
            lexicon.id.as_str().into(),
            path.id.as_str().into(),
            group,
            against,
            voice(contrast.voice),
            path.kind.into(),
            status_cell(path.is_experimental),
            path.is_primary.into(),
        ];
        for side in [pair.group, pair.against] {
            let found = comparison
                .cells
                .binary_search_by_key(&(contrast.path, side, contrast.voice), |c| (c.path, c.side, c.voice));
            row.extend(side_cells(found.ok().map(|place| &comparison.cells[place])));
        }
        row.extend(contrast_cells(comparison, contrast));
        if has_events {
            row.extend(paired_cells(contrast));
        }
        if has_model {
            row.extend(model_cells(contrast));
        }
        row.push(contrast.withheld.as_str().into());
        row.push(codes(comparison, &contrast.warnings));
        table.push(row);
    }
    table
}

fn side_cells(cell: Option<&PathCell>) -> Vec<Datum> {
    let Some(cell) = cell else { return vec![Datum::Empty; SIDE_COLUMNS] };
    let mut row: Vec<Datum> = vec![cell.articles.into(), cell.present.into()];
    row.extend(estimate(cell.prevalence));
    row.extend([cell.hits.into(), cell.words.into()]);
    row.extend(estimate(cell.rate));
    row.extend([cell.mean_rate.into(), cell.median_rate.into()]);
    row.extend(ends(cell.range));
    row.extend([cell.largest_share.into(), cell.largest_article.clone().into()]);
    row
}

fn contrast_cells(comparison: &Comparison, contrast: &Contrast) -> Vec<Datum> {
    let mut row: Vec<Datum> = Vec::new();
    row.extend(estimate(contrast.risk_difference));
    row.extend(estimate(contrast.rate_ratio));
    row.extend(p(contrast.p));
    let family = contrast.p.and_then(|p| p.family).map(|family| &comparison.families[family as usize]);
    row.push(family.map(|family| family.name.as_str()).into());
    row.push(family.map(|family| family.method).into());
    row.push(family.map(|family| family.tests).into());
    row.push(contrast.p.map(|p| p.arrangements).into());
    row.push(contrast.p.map(|p| p.exact).into());
    row.push(contrast.excludes.as_str().into());
    row.extend(estimate(contrast.cliff_delta));
    row.extend(estimate(contrast.voice_gap));
    row
}

fn paired_cells(contrast: &Contrast) -> Vec<Datum> {
    let paired = contrast.paired;
    let mut row: Vec<Datum> = vec![paired.map(|paired| paired.events).into()];
    row.extend(estimate(paired.map(|paired| paired.mean_difference)));
    row.extend(p(paired.and_then(|paired| paired.p)));
    row.push(paired.map(|paired| paired.is_headline).into());
    row.push(paired.map(|paired| paired.median_difference).into());
    let ranks = paired.and_then(|paired| paired.ranks);
    row.push(ranks.map(|ranks| ranks.p).into());
    row.push(ranks.map(|ranks| how_ranked(&ranks)).into());
    row
}

/// What was ranked and how, in words.
fn how_ranked(ranks: &RanksResult) -> String {
    let mut text = format!("{} of {} events", ranks.ranked, ranks.ranked + ranks.zeros);
    if ranks.zeros > 0 {
        text.push_str(", those without a difference left out");
    }
    if ranks.tied > 0 {
        text.push_str(&format!("; {} share ranks with others", ranks.tied));
    }
    text.push_str(match (ranks.exact, ranks.tied > 0) {
        (true, _) => "; exact",
        (false, true) => "; normal, with its variance for ties",
        (false, false) => "; normal",
    });
    text
}

fn model_cells(contrast: &Contrast) -> Vec<Datum> {
    let model = contrast.model.as_ref();
    let mut row: Vec<Datum> = vec![model.map(|model| model.model).into()];
    row.extend(estimate(model.and_then(|model| model.rate_ratio)));
    row.push(model.and_then(|model| model.p).into());
    row.push(model.map(|model| model.errors).filter(|errors| !errors.is_empty()).into());
    row.push(model.and_then(|model| model.df).into());
    row.push(model.and_then(|model| model.clusters).into());
    let wild = model.and_then(|model| model.wild);
    row.push(wild.map(|wild| wild.p).into());
    row.push(wild.map(|wild| how_weighted(&wild)).into());
    row.push(model.and_then(|model| model.dispersion).into());
    row.push(model.and_then(|model| model.dispersion_p).into());
    row.push(model.map(|model| model.note.as_str()).into());
    row
}

fn how_weighted(wild: &WildResult) -> String {
    match wild.exact {
        true => format!("{} weights, all {} patterns", wild.weights, wild.arrangements),
        false => format!("{} weights, {} draws", wild.weights, wild.arrangements),
    }
}

/// Columns of one side.
const SIDE_COLUMNS: usize = 16;

fn side_columns(side: &'static str) -> Vec<ListingColumn> {
    let of = match side {
        "group" => "the group",
        _ => "what it is held against",
    };
    let column = |name: &str, meaning: String| ListingColumn::new(format!("{side}_{name}"), meaning);
    let mut columns = vec![
        column("articles", format!("Articles of {of} with words in this voice")).unit("articles"),
        column("present", format!("Articles of {of} in which the path is present")).unit("articles"),
    ];
    columns.extend(with_interval(
        column("prevalence", format!("The share of articles of {of} in which the path is present"))
            .unit("share")
            .over(format!("{side}_articles"))
            .missing("No article with words"),
        "Wilson's interval over articles, from 2 articles",
    ));
    columns.push(column("hits", format!("Hits in all articles of {of}")).unit("hits"));
    columns.push(
        column("words", format!("The words of {of} in which hits were counted: those of this voice")).unit("words"),
    );
    columns.extend(with_interval(
        column("rate", format!("Hits per 1,000 words of {of}, all articles together"))
            .unit("per 1,000 words")
            .formula("1000 hits / words")
            .over(format!("{side}_words"))
            .missing("No words"),
        "From 5 articles and 5 hits: of the log rate, by leaving out one article at a time, t. Of one article: exact \
         interval of a Poisson count, within the text, which says nothing of other articles",
    ));
    columns.extend([
        column("mean_rate", format!("The mean of the rates of the articles of {of}")).unit("per 1,000 words"),
        column("median_rate", format!("The median of the rates of the articles of {of}")).unit("per 1,000 words"),
        column("lowest_rate", format!("The lowest rate of an article of {of}")).unit("per 1,000 words"),
        column("highest_rate", format!("The highest rate of an article of {of}")).unit("per 1,000 words"),
        column("largest_share", format!("The share of the hits of {of} that stand in the article with most"))
            .unit("share")
            .over(format!("{side}_hits"))
            .missing("No hits"),
        column("largest_article", "That article".to_owned()).missing("No hits"),
    ]);
    debug_assert_eq!(columns.len(), SIDE_COLUMNS);
    columns
}

fn columns(has_events: bool, has_model: bool) -> Vec<ListingColumn> {
    let withheld = "Withheld: see `withheld`";
    let mut columns = lead_columns("path");
    columns.extend([
        ListingColumn::new("kind", "category, referent, variant (a name of a referent) or name (its bare name)"),
        status_column(),
        ListingColumn::new("primary", "1 if the path was named before looking (--primary), else 0"),
    ]);
    columns.extend(side_columns("group"));
    columns.extend(side_columns("against"));
    columns.extend(with_interval(
        ListingColumn::new("risk_difference", "Prevalence in the group less that in the other")
            .unit("difference of shares")
            .missing("Fewer than 5 articles on a side, or sides in different languages")
            .coloured(Colour::Difference),
        "Newcombe's hybrid score interval (1998, method 10)",
    ));
    columns.extend(with_interval(
        ListingColumn::new("rate_ratio", "The rate of the group over that of the other; with events or --within of articles whose event or stratum both have")
            .unit("ratio")
            .formula(
                "exp(ln((Y+½)/N) of the group less that of the other); with --within the ratio inside strata by maximum \
                 likelihood",
            )
            .missing(withheld)
            .coloured(Colour::Ratio),
        "ratio · exp(± c · standard error): the standard error by leaving out one article (with events one event) at a \
         time, c the value that 5 % of the arrangements exceed, so that the interval excludes 1 where p is at most 0.05",
    ));
    columns.extend([
        ListingColumn::new("p", "Two-sided p of the studentised log ratio by exchanging the labels of articles")
            .unit("probability")
            .formula(
                "Arrangements at least as extreme over all, or (b + 1) / (B + 1) where they are drawn; with events, labels \
                 are exchanged inside events; with --within, inside strata",
            )
            .missing(withheld),
        ListingColumn::new("p_adjusted", "p adjusted in its family").unit("probability").missing(withheld),
        ListingColumn::new("smallest_p", "The smallest p that these counts could have given").unit("probability").missing(withheld),
        ListingColumn::new("family", "What is adjusted together; a path and those under it are never in one family").missing(withheld),
        ListingColumn::new("adjustment", "holm for what was named before looking, else benjamini-hochberg").missing(withheld),
        ListingColumn::new("family_tests", "Tests in the family").unit("tests").missing(withheld),
        ListingColumn::new("arrangements", "Arrangements gone through").unit("arrangements").missing(withheld),
        ListingColumn::new("exact", "1 if these are all there are, 0 if they were drawn").missing(withheld),
        ListingColumn::new("excludes", "What the interval of the ratio excludes").missing("There is no interval"),
    ]);
    columns.extend(with_interval(
        ListingColumn::new(
            "cliff_delta",
            "Of two articles, one a side, the chance that the group's has the higher rate less the chance that it has \
             the lower",
        )
        .unit("−1 to 1")
        .missing("Fewer than 5 articles on a side")
        .coloured(Colour::Difference),
        "By DeLong's variance of placements, mapped by atanh, t",
    ));
    columns.extend(with_interval(
        ListingColumn::new("voice_gap", "The rate ratio outside quotation marks over that inside them")
            .unit("ratio of ratios")
            .formula("exp of the difference of log ratios; an article gives both, so that what they share is taken out")
            .missing(
                "On rows of the voice quoted; fewer than 5 articles or 5 expected hits on a side in one of the voices",
            )
            .coloured(Colour::Ratio),
        "By leaving out one article at a time, t by Welch",
    ));
    if has_events {
        columns.push(ListingColumn::new("paired_events", "Events that both cover").unit("events"));
        columns.extend(with_interval(
            ListingColumn::new(
                "paired_difference",
                "Mean over these events of the mean rate of the group's articles less that of the other's",
            )
            .unit("per 1,000 words")
            .missing("No event is covered by both"),
            "From 6 events: all means that the sign-flip test does not reject; from 15 by t",
        ));
        columns.extend([
            ListingColumn::new("paired_p", "Two-sided sign-flip p that this mean is 0")
                .unit("probability")
                .missing("Fewer than 6 events"),
            ListingColumn::new("paired_p_adjusted", "The same adjusted in its family")
                .unit("probability")
                .missing("Fewer than 6 events"),
            ListingColumn::new("paired_smallest_p", "The smallest p that so many events could have given")
                .unit("probability")
                .missing("Fewer than 6 events"),
            ListingColumn::new("paired_headline", "1 from 10 events, where this is the comparison to report, else 0"),
            ListingColumn::new("paired_median", "Median over these events of the same differences")
                .unit("per 1,000 words")
                .missing("No event is covered by both"),
            ListingColumn::new(
                "paired_wilcoxon_p",
                "Two-sided p of Wilcoxon's signed-rank test that these differences lie about 0, not adjusted; a check of \
                 paired_p that no single event can decide",
            )
            .unit("probability")
            .missing("Fewer than 6 events, or no difference in any"),
            ListingColumn::new(
                "paired_wilcoxon_note",
                "Events that were ranked (those without a difference are left out), ties, and whether the p is exact (up to \
                 50 ranks) or of the normal distribution",
            )
            .missing("There is no such p"),
        ]);
    }
    if has_model {
        columns.push(ListingColumn::new("model", "The regression that was asked for, or fallen back to"));
        columns.extend(with_interval(
            ListingColumn::new("model_ratio", "The rate ratio by that model")
                .unit("ratio")
                .missing("Not fitted, or withheld")
                .coloured(Colour::Ratio),
            "Of the model, t with model_df degrees of freedom; see model_errors",
        ));
        columns.extend([
            ListingColumn::new("model_p", "Its p, not adjusted").unit("probability").missing("Not fitted, or withheld"),
            ListingColumn::new(
                "model_errors",
                "What its standard error is: quasi-Poisson (times √φ, φ at least 1) or maximum likelihood; where articles \
                 come in clusters CR1 from 30 clusters, with fewer CR2 (Bell & McCaffrey)",
            )
            .missing("Not fitted, or withheld"),
            ListingColumn::new(
                "model_df",
                "Degrees of freedom of t: articles less columns, clusters less 1 with CR1, Satterthwaite's with CR2",
            )
            .missing("Not fitted, or withheld"),
            ListingColumn::new("model_clusters", "Clusters: events, or the values of the column of --cluster")
                .unit("clusters")
                .missing("No clusters, not fitted, or withheld"),
            ListingColumn::new(
                "model_bootstrap_p",
                "p by the restricted wild cluster bootstrap (linearised at the fit without the group), not adjusted",
            )
            .unit("probability")
            .missing("No clusters or 30 and more, not fitted, or withheld"),
            ListingColumn::new(
                "model_bootstrap_note",
                "What clusters were weighted by (Webb's six weights below 12 clusters, else signs), and how often",
            )
            .missing("There is no such p"),
            ListingColumn::new("model_dispersion", "φ of quasi-Poisson, α of the negative binomial")
                .missing("Not fitted, or withheld"),
            ListingColumn::new(
                "model_dispersion_p",
                "p that α is 0, by likelihood ratio (half of χ² with 1 degree of freedom)",
            )
            .unit("probability")
            .missing("Not a negative binomial, not fitted, or withheld"),
            ListingColumn::new("model_note", "What happened on the way").missing("Nothing"),
        ]);
    }
    columns.extend([
        ListingColumn::new("withheld", "Why there is no ratio, interval or p").missing("Nothing is withheld"),
        ListingColumn::new(
            "warnings",
            "Codes of the warnings about this row; the table `warnings` says what they mean here",
        )
        .missing("None"),
    ]);
    columns
}
