//! p of the listed words, by exchanging whole articles between the sides: words of an article are not independent, articles
//! may be.

use framescope_core::stats::{self, Count, RateTest, SparseHits};

use super::LONGEST;
use super::contrast::Permuting;
use super::found::{Contrast, KeyWord, WordP};
use super::readings::Readings;
use super::sides::Side;
use super::types::ArticleSize;
use crate::compare::CompareError;
use crate::compare::resample::Resampler;

/// Gives the key words of a contrast their p. `postings` are the articles that hold the word in this place of the list.
///
/// The words were chosen from the same articles, so the family is all words compared: those that are not listed enter
/// Benjamini and Hochberg's adjustment with p = 1, which can only make the others larger.
pub(super) fn test<'a>(
    contrast: &mut Contrast,
    sides: [Side; 2],
    (articles, readings): (&[ArticleSize], &Readings),
    postings: impl Fn(usize) -> &'a [(u32, u32)],
    permuting: Permuting,
    resampler: &Resampler<'_>,
) -> Result<(), CompareError> {
    let mut numbers = vec![u32::MAX; articles.len()];
    let mut own: Vec<(&ArticleSize, u8)> = Vec::new();
    for (number, article) in numbers.iter_mut().zip(articles) {
        let side = sides.iter().position(|side| side.holds(article.group)).filter(|_| !article.is_out);
        if let Some(label) = side {
            *number = own.len() as u32;
            own.push((article, label as u8));
        }
    }
    let labels: Vec<u8> = own.iter().map(|(_, label)| *label).collect();
    let mut p: Vec<Option<f64>> = vec![None; contrast.key_words.len()];
    for (set, length) in (0..readings.len()).flat_map(|set| (0..LONGEST).map(move |length| (set, length))) {
        let places = |article: &ArticleSize| match readings.has(set, article) {
            true => u64::from(article.places[length]),
            false => 0,
        };
        let words: Vec<u64> = own.iter().map(|(article, _)| places(article)).collect();
        let units = [0, 1].map(|side| own.iter().filter(|(a, label)| *label == side && places(a) > 0).count());
        let mut tested = Vec::new();
        let is_meant = |word: &KeyWord| word.kind.places() == length && readings.of(word.kind) == set;
        for (at, word) in contrast.key_words.iter_mut().enumerate().filter(|(_, word)| is_meant(word)) {
            let counts = word.sides.map(|side| Count { hits: side.hits, words: side.places });
            if stats::enough_units(units).is_err() {
                word.p = Some(WordP::Withheld("too few articles"));
            } else if stats::enough_hits(counts).is_err() {
                word.p = Some(WordP::Withheld("too few hits"));
            } else {
                tested.push(at);
            }
        }
        if tested.is_empty() {
            continue;
        }
        let hits: Vec<SparseHits> = tested
            .iter()
            .map(|&at| {
                let held = postings(at).iter().map(|&(article, times)| (numbers[article as usize], times));
                let (articles, counts) = held.filter(|(number, _)| *number != u32::MAX).unzip();
                SparseHits { articles, counts }
            })
            .collect();
        match RateTest::new(&words, &labels, None, &hits, permuting.draws, permuting.seed) {
            Ok(test) => {
                let found = test.p(&resampler.tally(test.arrangements().count(), |range| test.tally(range))?);
                tested.into_iter().zip(found).for_each(|(at, found)| p[at] = Some(found.p));
            }
            Err(_) => tested
                .into_iter()
                .for_each(|at| contrast.key_words[at].p = Some(WordP::Withheld("articles cannot be exchanged"))),
        }
    }
    let mut family: Vec<f64> = p.iter().map(|p| p.unwrap_or(1.0)).collect();
    family.resize(contrast.compared.max(family.len()), 1.0);
    let Ok(adjusted) = stats::benjamini_hochberg(&family) else { return Ok(()) };
    for ((word, p), adjusted) in contrast.key_words.iter_mut().zip(p).zip(adjusted) {
        if let Some(p) = p {
            word.p = Some(WordP::Given { p, adjusted });
        }
    }
    Ok(())
}
