//! Which articles of a pair can be held against each other.
//!
//! Of events, and of the strata of `--within`, both sides must have articles with words: those that one side has alone would
//! move a ratio that nothing is exchanged for. What each group has by itself (counts, rates, prevalence) is of all its
//! articles.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::material::Material;
use super::pairing::Sides;
use super::phrases::counted;
use super::result::{LeftOut, Pair};
use super::units::Units;
use crate::corpus::known_language;

/// The articles of a pair.
pub(super) struct PairArticles {
    pub(super) articles: Vec<u32>,
    /// 1: of the group; 0: of what it is held against.
    pub(super) labels: Vec<u8>,
    /// Events as units.
    pub(super) events: Option<Vec<u32>>,
    /// Within what labels are exchanged.
    pub(super) strata: Option<Vec<u32>>,
    /// The languages of the sides, where these are not the same.
    pub(super) languages: Option<[String; 2]>,
}

impl PairArticles {
    /// Those that a lexicon reads: one that says its language does not read another, and what is left is of one language.
    pub(super) fn read_by(&self, units: &Units, lexicon: u32) -> PairArticles {
        let is_read = |i: &usize| !units.is_left_out_of(self.articles[*i], lexicon);
        let kept: Vec<usize> = (0..self.articles.len()).filter(is_read).collect();
        let languages = self.languages.clone().filter(|_| units.language_of(lexicon).is_none());
        PairArticles { languages, ..self.pick(&kept) }
    }

    fn pick(&self, kept: &[usize]) -> PairArticles {
        let pick = |numbers: &Vec<u32>| kept.iter().map(|&i| numbers[i]).collect::<Vec<u32>>();
        PairArticles {
            articles: pick(&self.articles),
            labels: kept.iter().map(|&i| self.labels[i]).collect(),
            events: self.events.as_ref().map(pick),
            strata: self.strata.as_ref().map(pick),
            languages: self.languages.clone(),
        }
    }

    /// The articles that something can be held against: of events and strata that both sides have words in; all where
    /// there are neither. The others would move a ratio that nothing is exchanged for.
    pub(super) fn comparable(&self, words: &[u64]) -> (PairArticles, Vec<u64>) {
        let mut kept: Vec<usize> = (0..words.len()).collect();
        if self.events.is_some() || self.strata.is_some() {
            let kind = |i: usize| [&self.events, &self.strata].map(|kinds| kinds.as_ref().map(|kinds| kinds[i]));
            let mut order = kept.clone();
            order.sort_by_key(|&i| kind(i));
            let has = |own: &[usize], label: u8| own.iter().any(|&i| self.labels[i] == label && words[i] > 0);
            let shared = order.chunk_by(|&a, &b| kind(a) == kind(b)).filter(|own| has(own, 0) && has(own, 1));
            kept = shared.flatten().copied().collect();
            kept.sort_unstable();
        }
        (self.pick(&kept), kept.iter().map(|&i| words[i]).collect())
    }

    /// Their values, of one value an article of the corpus.
    pub(super) fn hits(&self, of_corpus: &[u32]) -> Vec<u32> {
        self.articles.iter().map(|article| of_corpus[*article as usize]).collect()
    }
}

/// What of a pair nothing can be held against, because its event or stratum has articles of one side only or is not
/// known; none where there is nothing of that kind.
pub(super) fn incomparable(material: &Material<'_>, pair: Pair) -> Option<LeftOut> {
    let own = articles_of(material, pair);
    let words: Vec<u64> = own.articles.iter().map(|article| material.units.all_words(*article)).collect();
    let (all, kept) = (own.articles.len(), own.comparable(&words).0.articles.len());
    let [group, against] = [pair.group, pair.against].map(|side| material.sides.sides[side as usize].name.as_str());
    let mut kinds: Vec<&str> = material.plan.events.iter().map(|_| "event").collect();
    kinds.extend(material.plan.within.iter().map(String::as_str));
    (kept < all).then(|| LeftOut {
        what: format!(
            "{} of {} of {group} and {against} from ratio, interval and p",
            all - kept,
            counted(all as u64, "article")
        ),
        why: format!(
            "their {} is not known or has articles of one of the two only; each group's own counts, rates and \
             prevalence hold them",
            kinds.join(" and ")
        ),
    })
}

/// The articles of a pair that have a group, whatever can be held against them.
pub(super) fn articles_of(material: &Material<'_>, pair: Pair) -> PairArticles {
    let (articles, labels) = material.sides.labelled(pair);
    let events =
        material.plan.events.as_ref().map(|events| articles.iter().map(|a| events.of_article[*a as usize]).collect());
    let strata = strata(material, &articles);
    let languages = languages_apart(material.units, material.sides, pair);
    PairArticles { articles, labels, events, strata, languages }
}

/// A number for each combination of values in the columns of `--within`; an article without a value in one of them has
/// a number of its own, since what nobody knows is not alike.
fn strata(material: &Material<'_>, articles: &[u32]) -> Option<Vec<u32>> {
    let columns: Vec<_> = material.plan.within.iter().filter_map(|name| material.units.column(name)).collect();
    if columns.is_empty() {
        return None;
    }
    let keys: Vec<Vec<Option<u32>>> =
        articles.iter().map(|article| columns.iter().map(|column| column.number(*article)).collect()).collect();
    let mut known = keys.clone();
    known.sort_unstable();
    known.dedup();
    let number = |(article, key): (usize, &Vec<Option<u32>>)| match key.contains(&None) {
        true => (known.len() + article) as u32,
        false => known.partition_point(|k| k < key) as u32,
    };
    Some(keys.iter().enumerate().map(number).collect())
}

/// The languages that most articles of each side are in, where these are not the same; the group's first.
pub(super) fn languages_apart(units: &Units, sides: &Sides, pair: Pair) -> Option<[String; 2]> {
    let main = |side: u32| {
        let articles = &sides.articles[side as usize];
        let mut counts: BTreeMap<Cow<'_, str>, usize> = BTreeMap::new();
        for article in articles {
            if let Some(language) = units.languages().of(*article).and_then(known_language) {
                *counts.entry(language).or_default() += 1;
            }
        }
        let (language, most) = counts.into_iter().max_by_key(|(_, n)| *n)?;
        (2 * most > articles.len()).then(|| language.into_owned())
    };
    let [group, against] = [main(pair.group)?, main(pair.against)?];
    (group != against).then_some([group, against])
}
