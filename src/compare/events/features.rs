//! Articles as vectors of what tells events apart: TF-IDF, with names and numbers up-weighted and the words of the
//! lexicons left out.
//!
//! A word that an entry, a mask or a naming variant of a lexicon has is no feature, whether it was a hit or not:
//! otherwise articles would pair by the very words that are to be compared, and outlets that call one thing by two
//! names would never meet. Function words are none either. The weight of a feature in an article is
//!
//!   (1 + ln tf) · (ln((1 + N) / (1 + df)) + 1) · [`NAME_WEIGHT`] for a name or a number
//!
//! (sublinear tf and the smoothed idf of scikit-learn), scaled to length 1. A feature is a name if it is written with a
//! capital in at least half of the places inside sentences where a capital would say so; places are names, and dates
//! are names and numbers. Scripts without capitals have numbers and words only.

use rustc_hash::FxHashMap;

use super::wording::Wording;

/// How much more a name or a number weighs than another word.
pub const NAME_WEIGHT: f64 = 1.5;

/// A feature of an article and its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighted {
    /// Which feature.
    pub(super) feature: u32,
    /// Its weight; those of an article have squares that sum to 1.
    pub(super) weight: f32,
}

/// The vectors of all articles.
#[derive(Debug)]
pub(super) struct Features {
    /// A spelling of each feature, for people.
    spelled: Vec<u32>,
    weights: Vec<Weighted>,
    ends: Vec<usize>,
}

impl Features {
    /// The vectors of `articles` (those that take part: no collapsed copies). `with_lexicon`: as if no lexicon were
    /// there, to see what leaving its words out changes.
    pub(super) fn new(wording: &Wording, articles: &[u32], with_lexicon: bool) -> Features {
        let (feature_of, spelled) = number(wording, with_lexicon);
        let mut counts: Vec<(u32, u32)> = Vec::new();
        let mut rows: Vec<(u32, u32)> = Vec::new();
        let mut ends = Vec::with_capacity(articles.len());
        let mut documents = vec![0_u32; spelled.len()];
        let mut capitals = vec![[0_u32; 2]; spelled.len()];
        let mut found: Vec<u32> = Vec::new();
        for &article in articles {
            found.clear();
            for word in wording.words(article) {
                let Some(feature) = feature_of[word.spelling() as usize] else { continue };
                found.push(feature);
                if word.shows_names() {
                    let is_capitalised = wording.spelling(word).is_capitalised;
                    capitals[feature as usize][usize::from(is_capitalised)] += 1;
                }
            }
            found.sort_unstable();
            counts.clear();
            counts.extend(found.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)));
            counts.iter().for_each(|(feature, _)| documents[*feature as usize] += 1);
            rows.extend_from_slice(&counts);
            ends.push(rows.len());
        }
        let all = articles.len() as f64;
        let weight_of: Vec<f64> = (0..spelled.len())
            .map(|feature| {
                let idf = ((1.0 + all) / (1.0 + f64::from(documents[feature]))).ln() + 1.0;
                let [small, capital] = capitals[feature];
                let is_name = capital > 0 && capital >= small;
                let is_number = wording.spellings()[spelled[feature] as usize].is_number;
                idf * if is_name || is_number { NAME_WEIGHT } else { 1.0 }
            })
            .collect();
        let weights = weigh(&rows, &ends, &weight_of);
        let mut features = Features { spelled, weights, ends };
        features.forget_single(&documents);
        features
    }

    /// Leaves out the features of one article, which no other can share; their weight stays in its length.
    fn forget_single(&mut self, documents: &[u32]) {
        let mut kept = 0;
        let mut start = 0;
        for end in &mut self.ends {
            for at in start..*end {
                if documents[self.weights[at].feature as usize] > 1 {
                    self.weights[kept] = self.weights[at];
                    kept += 1;
                }
            }
            start = *end;
            *end = kept;
        }
        self.weights.truncate(kept);
        self.weights.shrink_to_fit();
    }

    /// How many features there are.
    pub(super) fn len(&self) -> usize {
        self.spelled.len()
    }

    /// The features of an article, by its place among those given, ascending.
    pub(super) fn of(&self, place: u32) -> &[Weighted] {
        let place = place as usize;
        &self.weights[if place == 0 { 0 } else { self.ends[place - 1] }..self.ends[place]]
    }

    /// The cosine of two articles.
    pub(super) fn cosine(&self, one: u32, other: u32) -> f64 {
        self.shared(one, other).map(|(_, product)| product).sum()
    }

    /// The features that two articles share, with what each adds to the cosine.
    pub(super) fn shared(&self, one: u32, other: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let (a, b) = (self.of(one), self.of(other));
        let mut j = 0;
        a.iter().filter_map(move |x| {
            while b.get(j).is_some_and(|y| y.feature < x.feature) {
                j += 1;
            }
            let y = b.get(j).filter(|y| y.feature == x.feature)?;
            Some((x.feature, f64::from(x.weight) * f64::from(y.weight)))
        })
    }

    /// The features that decided that two articles are alike, those that add most first, as people write them.
    pub(super) fn evidence<'w>(&self, wording: &'w Wording, one: u32, other: u32, most: usize) -> Vec<&'w str> {
        let mut shared: Vec<(u32, f64)> = self.shared(one, other).collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        shared.truncate(most);
        shared.into_iter().map(|(feature, _)| self.spelled(wording, feature)).collect()
    }

    /// A feature as people write it.
    pub(super) fn spelled<'w>(&self, wording: &'w Wording, feature: u32) -> &'w str {
        &wording.spellings()[self.spelled[feature as usize] as usize].text
    }
}

/// The feature of each spelling, if it is one, and a spelling of each feature: the one met most often.
fn number(wording: &Wording, with_lexicon: bool) -> (Vec<Option<u32>>, Vec<u32>) {
    let spellings = wording.spellings();
    let mut uses = vec![0_u32; spellings.len()];
    for article in 0..wording.len() as u32 {
        wording.words(article).for_each(|word| uses[word.spelling() as usize] += 1);
    }
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut spelled: Vec<u32> = Vec::new();
    let feature_of = (0_u32..)
        .zip(spellings)
        .map(|(number, spelling)| {
            if spelling.is_function_word || (spelling.is_of_lexicon && !with_lexicon) {
                return None;
            }
            let feature = *numbers.entry(&spelling.folded).or_insert_with(|| {
                spelled.push(number);
                spelled.len() as u32 - 1
            });
            let best = &mut spelled[feature as usize];
            if uses[number as usize] > uses[*best as usize] {
                *best = number;
            }
            Some(feature)
        })
        .collect();
    (feature_of, spelled)
}

/// Counts to weights, each article scaled to length 1.
fn weigh(rows: &[(u32, u32)], ends: &[usize], weight_of: &[f64]) -> Vec<Weighted> {
    let mut weights = Vec::with_capacity(rows.len());
    let mut start = 0;
    for &end in ends {
        let weight = |(feature, times): (u32, u32)| (1.0 + f64::from(times).ln()) * weight_of[feature as usize];
        let length = rows[start..end].iter().map(|&row| weight(row).powi(2)).sum::<f64>().sqrt();
        weights.extend(
            rows[start..end].iter().map(|&row| Weighted { feature: row.0, weight: (weight(row) / length) as f32 }),
        );
        start = end;
    }
    weights
}
