//! The tables `warnings` and `run`.

use crate::compare::result::Comparison;
use crate::output::{Datum, Listing, ListingColumn};

/// Every warning, with what it is about and the numbers that made it fire.
pub(super) fn warnings(comparison: &Comparison) -> Listing {
    let all = "The whole comparison, or all of them";
    let columns = vec![
        ListingColumn::new("code", "The stable code of the warning, W01 to W21"),
        ListingColumn::new("warning", "What limits what"),
        ListingColumn::new("path", "The path or axis it is about").missing(all),
        ListingColumn::new("group", "The group it is about").missing(all),
        ListingColumn::new("against", "Of a pair: what the group is held against").missing("It is about no pair"),
        ListingColumn::new("voice", "The voice it is about").missing(all),
        ListingColumn::new("numbers", "The numbers that made it fire, as name=value"),
    ];
    let mut table = Listing::new("warnings", columns);
    for warning in &comparison.warnings {
        let side = |side: u32| comparison.sides[side as usize].name.as_str();
        let pair = warning.place.pair.map(|pair| comparison.pairs[pair as usize]);
        let path = warning.place.path.map(|path| comparison.paths[path as usize].id.as_str());
        let axis = warning.place.axis.map(|axis| comparison.axes[axis as usize].id.as_str());
        let group = warning.place.side.or(pair.map(|pair| pair.group)).map(side);
        let numbers: Vec<String> = warning.numbers.iter().map(|(name, x)| format!("{name}={x}")).collect();
        table.push(vec![
            warning.code.into(),
            warning.text.as_str().into(),
            path.or(axis).into(),
            group.into(),
            pair.map(|pair| side(pair.against)).into(),
            warning.place.voice.map(|voice| voice.name()).into(),
            Datum::from(numbers.join("; ")),
        ]);
    }
    table
}

/// The run, key and value: how it was compared, and whatever else is to be said of it.
pub(super) fn run(comparison: &Comparison, facts: &[(String, String)]) -> Listing {
    let columns = vec![ListingColumn::new("key", "What"), ListingColumn::new("value", "Its value")];
    let mut table = Listing::new("run", columns);
    let plan = &comparison.plan;
    let lexicons: Vec<String> = comparison
        .lexicons
        .iter()
        .map(|lexicon| {
            let hash = lexicon.sha256.first().map(|hash| format!(" sha256:{hash}")).unwrap_or_default();
            format!("{} {}{hash}", lexicon.id, lexicon.version)
        })
        .collect();
    let corpus = &comparison.corpus;
    let own: [(&str, Datum); 20] = [
        ("framescope", plan.framescope.as_str().into()),
        ("question", comparison.question.clone().into()),
        ("by", plan.by.as_str().into()),
        ("against", if plan.against_rest { "rest" } else { "each other" }.into()),
        ("within", plan.within.join(", ").into()),
        ("events", plan.events.clone().into()),
        ("primary", plan.primary.join(", ").into()),
        ("present_min", plan.present_min.into()),
        ("level", plan.level.into()),
        ("permutations", plan.permutations.into()),
        ("replicates", plan.replicates.into()),
        ("seed", plan.seed.into()),
        ("model", plan.model.as_str().into()),
        ("bca", if plan.bca { "yes" } else { "no" }.into()),
        ("articles", corpus.articles.into()),
        ("words", corpus.words.into()),
        ("articles_without_group", corpus.without_group.into()),
        ("articles_left_out_as_copies", corpus.copies.into()),
        ("articles_skipped", corpus.skipped.into()),
        ("lexicons", lexicons.join("; ").into()),
    ];
    for (key, value) in own {
        table.push(vec![key.into(), value]);
    }
    for family in &comparison.families {
        let value = format!("{}: {} tests, {}", family.name, family.tests, family.method);
        table.push(vec!["family".into(), value.into()]);
    }
    for left in &comparison.left_out {
        table.push(vec!["left out".into(), format!("{}: {}", left.what, left.why).into()]);
    }
    for (key, value) in facts {
        table.push(vec![key.as_str().into(), value.as_str().into()]);
    }
    table
}
