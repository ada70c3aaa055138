//! Warnings about the articles: how many, copied, of which events, genres and languages, how short, with what missing.

use std::collections::BTreeSet;

use framescope_core::stats::chi2_upper;
use rustc_hash::FxHashSet;

use super::{ALPHA, Looked, warning};
use crate::compare::phrases::{counted, per, percent};
use crate::compare::result::{AcrossResult, Place, Warning};
use crate::compare::units::Column;
use crate::corpus::{DateOrder, read_date};

/// The number of articles that a lexicon does not read: what it counts is of fewer than the groups have.
pub(crate) const LEFT_OUT: &str = "left_out";
/// The number of lexicons whose rates a pair does not have, because its sides write in different languages.
pub(crate) const NOT_COMPARED: &str = "not_compared";
/// Articles a group needs for an interval and a p (methods 4.10).
const FEW: usize = framescope_core::stats::UNITS_A_SIDE;
/// Days that articles on one event lie apart at most.
const DAYS: i64 = 3;
/// The share of articles that must be comparable (same event, near date, known genre).
const MOST: f64 = 0.5;
/// The share of articles whose genre or date may be unknown.
const UNKNOWN: f64 = 0.1;
/// Words below which an article's rate is a matter of one hit.
const SHORT: u64 = 100;
/// How far mixes of genres may differ, as half the sum of absolute differences of shares.
const MIXED: f64 = 0.2;

/// Fewer than 5 articles.
pub(super) fn w01(looked: &Looked<'_>) -> Vec<Warning> {
    // An article without words says nothing of anybody.
    let worded = |side: u32| looked.articles(side).iter().filter(|a| looked.units.all_words(**a) > 0).count();
    let few = looked.groups().filter(|side| worded(*side) < FEW);
    few.map(|side| {
        let articles = worded(side);
        let text = format!(
            "{} has {} with words: fewer than {FEW} say nothing of the group, only of themselves",
            looked.side(side),
            counted(articles as u64, "article")
        );
        let place = Place { side: Some(side), ..Place::default() };
        warning("W01", place, vec![("articles", articles as f64)], text)
    })
    .collect()
}

/// Copies of one text are counted as if they were several articles.
pub(super) fn w06(looked: &Looked<'_>) -> Vec<Warning> {
    const SHOWN: usize = 4;
    let group = |article: &u32| looked.units.group(*article);
    let mut found = Vec::new();
    let inside: Vec<&Vec<u32>> = looked.evidence.copies.iter().collect();
    if inside.is_empty() {
        return found;
    }
    let articles: usize = inside.iter().map(|cluster| cluster.len()).sum();
    let across =
        inside.iter().filter(|cluster| cluster.iter().any(|article| group(article) != group(&cluster[0]))).count();
    let ids: Vec<&str> =
        inside.iter().flat_map(|cluster| cluster.iter()).take(SHOWN).map(|a| looked.units.id(*a)).collect();
    let more = if articles > SHOWN { ", …" } else { "" };
    let text = format!(
        "{} print {} ({}{more}), {} of them in more than one group: copies are counted as if each were written anew; \
         --events auto takes them together",
        counted(articles as u64, "article"),
        counted(inside.len() as u64, "text"),
        ids.join(", "),
        if across == 0 { "none".to_owned() } else { across.to_string() }
    );
    let numbers = vec![("articles", articles as f64), ("texts", inside.len() as f64), ("across", across as f64)];
    found.push(warning("W06", Place::default(), numbers, text));
    found
}

/// The sides did not write of the same events, or at the same time, or nobody knows.
pub(super) fn w09(looked: &Looked<'_>) -> Vec<Warning> {
    let pairs = (0..).zip(&looked.sides.pairs);
    pairs
        .filter_map(|(number, pair)| {
            let sides = [pair.group, pair.against];
            let names = sides.map(|side| looked.side(side));
            let place = Place { pair: Some(number), ..Place::default() };
            let say = |share: f64, why: String| Some(warning("W09", place, vec![("share", share)], why));
            let articles = sides.map(|side| looked.articles(side));
            if let Some(event) = event_of(looked) {
                let share = share_of_one_event(articles, event);
                return (share < MOST)
                    .then(|| {
                        say(
                            share,
                            format!(
                                "{} and {} cover different events: at least one has {} of its articles on events \
                                 that both cover",
                                names[0],
                                names[1],
                                few(share)
                            ),
                        )
                    })
                    .flatten();
            }
            let Some(dates) = looked.units.column("date").map(|column| days(column, looked.plan.date_order)) else {
                return say(
                    0.0,
                    format!("whether {} and {} wrote of the same events is unknown: no event, no date", names[0], names[1]),
                );
            };
            let date = |article: u32| dates[article as usize];
            let both = articles.concat();
            let unknown = both.iter().filter(|a| date(**a).is_none()).count() as f64 / both.len().max(1) as f64;
            if unknown > UNKNOWN {
                let unread = unread_dates(looked, &dates, articles);
                return say(
                    1.0 - unknown,
                    format!(
                        "{} of the articles of {} and {} have no date that can be read{unread}, so whether they wrote of \
                         the same events is unknown",
                        percent(unknown),
                        names[0],
                        names[1]
                    ),
                );
            }
            let sorted = articles.map(|articles| {
                let mut dates: Vec<i64> = articles.iter().filter_map(|a| date(*a)).collect();
                dates.sort_unstable();
                dates
            });
            let near = |own: &[i64], others: &[i64]| {
                let is_near = |day: &&i64| {
                    let from = others.partition_point(|other| *other < **day - DAYS);
                    others.get(from).is_some_and(|other| *other <= **day + DAYS)
                };
                own.iter().filter(is_near).count() as f64 / own.len().max(1) as f64
            };
            let share = near(&sorted[0], &sorted[1]).min(near(&sorted[1], &sorted[0]));
            (share < MOST)
                .then(|| {
                    say(
                        share,
                        format!(
                            "{} and {} wrote at different times: at least one has {} of its articles within {DAYS} \
                             days of one of the other",
                            names[0],
                            names[1],
                            few(share)
                        ),
                    )
                })
                .flatten()
        })
        .collect()
}

/// A share that is too small.
fn few(share: f64) -> String {
    if share == 0.0 { "none".to_owned() } else { format!("only {}", percent(share)) }
}

/// The first dates that cannot be read, or can be in two ways; nothing where there is none but missing ones.
fn unread_dates(looked: &Looked<'_>, dates: &[Option<i64>], articles: [&[u32]; 2]) -> String {
    const SHOWN: usize = 3;
    const LONGEST: usize = 30;
    let said = |article: u32| looked.units.column("date").and_then(|column| column.of(article));
    let mut unread: Vec<u32> = articles.concat();
    unread.retain(|article| dates[*article as usize].is_none() && said(*article).is_some());
    unread.sort_unstable();
    let named: Vec<String> = unread
        .iter()
        .take(SHOWN)
        .map(|article| {
            let text: String = said(*article).unwrap_or_default().chars().take(LONGEST).collect();
            format!("{text:?} of {}", looked.units.id(*article))
        })
        .collect();
    match named.is_empty() {
        true => String::new(),
        false => format!(" (such as {})", named.join(", ")),
    }
}

/// The event of an article, where events are known: those that are the units, or the column.
fn event_of<'a>(looked: &Looked<'a>) -> Option<Box<dyn Fn(u32) -> Option<u32> + 'a>> {
    if let Some(events) = &looked.plan.events {
        return Some(Box::new(|article| Some(events.of_article[article as usize])));
    }
    let column = looked.units.column("event").filter(|column| !column.values().is_empty())?;
    Some(Box::new(|article| column.number(article)))
}

/// The share of articles on an event that the other side covers too; that of the side with the smaller one.
fn share_of_one_event(sides: [&[u32]; 2], event: impl Fn(u32) -> Option<u32>) -> f64 {
    let covered =
        sides.map(|articles| articles.iter().filter_map(|article| event(*article)).collect::<FxHashSet<u32>>());
    let share = |own: &[u32], others: &FxHashSet<u32>| {
        let on_both = own.iter().filter(|article| event(**article).is_some_and(|event| others.contains(&event)));
        on_both.count() as f64 / own.len().max(1) as f64
    };
    share(sides[0], &covered[1]).min(share(sides[1], &covered[0]))
}

/// Days of dates, as far as they can be read without guessing.
fn days(column: &Column, order: Option<DateOrder>) -> Vec<Option<i64>> {
    let day = |text: &String| read_date(text, order).day().map(|day| day.number());
    let known: Vec<Option<i64>> = column.values().iter().map(day).collect();
    let articles = 0..column.len() as u32;
    articles.map(|article| column.number(article).and_then(|number| known[number as usize])).collect()
}

/// The sides are mixed of other genres, or nobody knows.
pub(super) fn w10(looked: &Looked<'_>) -> Vec<Warning> {
    // Where genres are the groups, that they differ is the question.
    if looked.plan.by.eq_ignore_ascii_case("genre") {
        return Vec::new();
    }
    let pairs = looked.sides.pairs.len();
    let genre = looked.units.column("genre");
    let unknown = |side: u32| {
        let articles = looked.articles(side);
        let without = articles.iter().filter(|a| genre.is_none_or(|column| column.number(**a).is_none())).count();
        without as f64 / articles.len().max(1) as f64
    };
    let one = |(number, pair): (u32, &crate::compare::result::Pair)| {
        let place = Place { pair: Some(number), ..Place::default() };
        let names = [pair.group, pair.against].map(|side| looked.side(side));
        let most = unknown(pair.group).max(unknown(pair.against));
        if most > UNKNOWN {
            let text = format!(
                "the genre of {} of the articles of {} or {} is unknown: news and opinion differ in words of every kind",
                percent(most),
                names[0],
                names[1]
            );
            return Some(warning("W10", place, vec![("unknown", most)], text));
        }
        let column = genre?;
        let mix = [pair.group, pair.against].map(|side| {
            let mut counts = vec![0.0; column.values().len()];
            looked.articles(side).iter().filter_map(|a| column.number(*a)).for_each(|n| counts[n as usize] += 1.0);
            counts
        });
        let (distance, p) = differ(&mix);
        // Of a handful of articles no test could tell; there the mixes are what they are.
        let few = mix.iter().any(|counts| counts.iter().sum::<f64>() < FEW as f64);
        let limit = if few { MOST - 1e-9 } else { MIXED };
        let is_inside = looked.plan.within.iter().any(|name| name.eq_ignore_ascii_case("genre"));
        let advice = match (is_inside, looked.plan.events.is_some()) {
            (true, false) => "ratio, interval and p are inside genres; prevalence and rates of each are not",
            (true, true) => "with events as units the ratio still holds that, --within genre or not",
            (false, _) => "--within genre compares inside genres",
        };
        (distance > limit && (few || p < ALPHA / pairs as f64)).then(|| {
            let text = format!(
                "{} and {} are mixed of other genres: {} of the articles would have to be of another genre to be alike \
                 ({advice})",
                names[0],
                names[1],
                percent(distance)
            );
            warning("W10", place, vec![("distance", distance), ("p", p)], text)
        })
    };
    (0..).zip(&looked.sides.pairs).filter_map(one).collect()
}

/// Half the sum of absolute differences of two mixes, and the p of Pearson's χ² that they are alike.
fn differ(mix: &[Vec<f64>; 2]) -> (f64, f64) {
    let totals = [0, 1].map(|side| mix[side].iter().sum::<f64>());
    let all = totals[0] + totals[1];
    if totals.contains(&0.0) {
        return (0.0, 1.0);
    }
    let (mut distance, mut statistic, mut kinds) = (0.0, 0.0, 0.0);
    for (a, b) in mix[0].iter().zip(&mix[1]) {
        if a + b == 0.0 {
            continue;
        }
        kinds += 1.0;
        distance += (a / totals[0] - b / totals[1]).abs() / 2.0;
        for (observed, total) in [(a, totals[0]), (b, totals[1])] {
            let expected = (a + b) * total / all;
            statistic += (observed - expected).powi(2) / expected;
        }
    }
    (distance, if kinds > 1.0 { chi2_upper(statistic, kinds - 1.0) } else { 1.0 })
}

/// Whether shares across languages are of a pair, and somebody is named there at all.
fn is_of(across: &AcrossResult, pair: u32) -> bool {
    across.choice.pairs.iter().any(|contrast| contrast.pair == pair)
        && across.choice.sides.iter().any(|side| side.mentions > 0)
}

/// Articles in another language than the lexicon, or translated.
pub(super) fn w14(looked: &Looked<'_>) -> Vec<Warning> {
    let units = looked.units;
    let id = |lexicon: u32| units.vocabulary.lexicons[lexicon as usize].id.as_str();
    let mut found = Vec::new();
    for (number, lexicon) in (0..).zip(&units.vocabulary.lexicons) {
        let out = units.left_out_of(number);
        if out > 0 {
            let text = format!(
                "{out} of {} {} in another language than {} ({}) and left out of all that it counts (--language, or the \
                 column `language`, says what an article is in)",
                counted(looked.compared().count() as u64, "article"),
                if out == 1 { "is" } else { "are" },
                lexicon.id,
                lexicon.language
            );
            found.push(warning("W14", Place::default(), vec![(LEFT_OUT, out as f64)], text));
        }
    }
    let says_no = ["", "0", "no", "false", "n", "none", "original"];
    let is_translated = |article: u32| {
        let of = |name: &str| units.column(name).and_then(|column| column.of(article)).map(str::to_ascii_lowercase);
        of("translated").is_some_and(|said| !says_no.contains(&said.trim()))
            || of("origin").is_some_and(|said| said.contains("translat"))
    };
    let translated = looked.compared().filter(|a| is_translated(*a)).count();
    if translated > 0 {
        let text = format!(
            "{translated} of {} {} translated: the words are the translator's",
            counted(looked.compared().count() as u64, "article"),
            if translated == 1 { "is" } else { "are" }
        );
        found.push(warning("W14", Place::default(), vec![("translated", translated as f64)], text));
    }
    // What a lexicon that says its language reads is in that language.
    let of_all = (0..units.vocabulary.lexicons.len() as u32).filter(|lexicon| units.language_of(*lexicon).is_none());
    let of_all: Vec<&str> = of_all.map(id).collect();
    for ((number, pair), languages) in (0..).zip(&looked.sides.pairs).zip(&looked.found.languages) {
        let Some([own, other]) = languages else { continue };
        let place = Place { pair: Some(number), ..Place::default() };
        let [group, against] = [pair.group, pair.against].map(|side| looked.side(side));
        if !of_all.is_empty() {
            let text = format!(
                "{group} writes in {own} and {against} in {other}: their rates by {}, which says no language, are not compared, \
                 only shares",
                of_all.join(", ")
            );
            found.push(warning("W14", place, vec![(NOT_COMPARED, of_all.len() as f64)], text));
        }
        let across: Vec<&AcrossResult> = looked.found.across.iter().filter(|across| is_of(across, number)).collect();
        if across.is_empty() {
            continue;
        }
        let mut referents: Vec<&str> = across.iter().map(|across| looked.path(across.paths[0])).collect();
        referents.dedup();
        let lexicons: BTreeSet<&str> = across.iter().flat_map(|across| across.lexicons).map(id).collect();
        let text = format!(
            "{group} writes in {own} and {against} in {other}: rates are not compared; their shares of names by {} stand side by \
             side, untested ({}): they depend on the entries of each lexicon too",
            lexicons.into_iter().collect::<Vec<_>>().join(" and "),
            referents.join(", ")
        );
        found.push(warning("W14", place, vec![(NOT_COMPARED, 2.0)], text));
    }
    found
}

/// Articles without a title.
pub(super) fn w16(looked: &Looked<'_>) -> Vec<Warning> {
    let without = looked.compared().filter(|article| !looked.units.has_title(*article)).count();
    if without == 0 {
        return Vec::new();
    }
    let by_group: Vec<String> = looked
        .groups()
        .map(|side| (looked.side(side), looked.sides.sides[side as usize].without_title))
        .filter(|(_, without)| *without > 0)
        .map(|(name, without)| format!("{without} of {name}"))
        .collect();
    let text = format!(
        "{} no title ({}): what stands in titles is compared without them",
        if without == 1 { "1 article has".to_owned() } else { format!("{without} articles have") },
        by_group.join(", ")
    );
    vec![warning("W16", Place::default(), vec![("articles", without as f64)], text)]
}

/// Articles so short that one hit makes a rate.
pub(super) fn w19(looked: &Looked<'_>) -> Vec<Warning> {
    let short: Vec<u32> = looked.compared().filter(|a| (1..SHORT).contains(&looked.units.all_words(*a))).collect();
    let Some(first) = short.first() else { return Vec::new() };
    let text = format!(
        "{} fewer than {SHORT} words (such as {}, {}): one hit there is a rate of {} per 1,000 or more",
        if short.len() == 1 { "1 article has".to_owned() } else { format!("{} articles have", short.len()) },
        looked.units.id(*first),
        counted(looked.units.all_words(*first), "word"),
        per(1000.0 / SHORT as f64)
    );
    vec![warning("W19", Place::default(), vec![("articles", short.len() as f64)], text)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixes_are_told_apart() {
        let (distance, p) = differ(&[vec![10.0, 10.0], vec![10.0, 10.0]]);
        assert_eq!((distance, p), (0.0, 1.0));
        let (distance, p) = differ(&[vec![20.0, 0.0], vec![0.0, 20.0]]);
        assert!(distance == 1.0 && p < 1e-6);
        assert_eq!(differ(&[vec![0.0], vec![3.0]]), (0.0, 1.0));
    }
}
