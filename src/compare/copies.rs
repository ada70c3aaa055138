//! Near copies: which articles print the text of an earlier one.
//!
//! An article is its set of shingles, runs of five folded words, title left out (desks write their own). How much two
//! articles have in common is the Jaccard index of their sets. Comparing all pairs would take years on a large corpus, so
//! MinHash with locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman & Ullman 2020, ch. 3) proposes pairs:
//! 126 minima in 42 bands of 3, which meets a pair of Jaccard .4 with probability .94 and one of .8 always; the exact
//! index then decides. An article signs for itself ([`Signer`], a worker's business); [`find_copies`] comes after.
//!
//! Memory: 4 bytes a word of text and 200 bytes an article; [`find_copies`] takes up to 700 bytes an article more while
//! it works.

use std::hash::{Hash as _, Hasher as _};

use framescope_core::text::{Analysis, TypeTable, Zone};
use rustc_hash::{FxHashMap, FxHasher};

/// From this Jaccard index on an article is a duplicate of another.
pub const DUPLICATE_FROM: f64 = 0.8;
/// From this Jaccard index on two articles print one text (of an agency), each with changes of its own.
pub const SHARED_FROM: f64 = 0.4;

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Bands of [`ROWS`] minima: two articles are compared where all minima of a band are equal.
const BANDS: usize = 42;
const ROWS: usize = 3;

/// What is kept of an article to find its copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// A hash of each band's minima.
    bands: [u32; BANDS],
    /// A hash of all words in their order.
    text: u64,
    /// Hashes of the shingles, ascending and distinct.
    shingles: Box<[u32]>,
}

impl Signature {
    /// Whether the article has no word outside its title; it is then no copy of anything.
    pub fn is_empty(&self) -> bool {
        self.shingles.is_empty()
    }

    /// A hash of all words in their order, titles aside; none without words.
    pub fn text(&self) -> Option<u64> {
        (!self.is_empty()).then_some(self.text)
    }

    /// What it takes in memory.
    pub fn bytes(&self) -> usize {
        size_of::<Signature>() + size_of_val(&*self.shingles)
    }

    /// Shingles that both have, over shingles that either has; 0 where one has none. Shingles are known by 32 bits, so
    /// that an article of 1,000 words may be credited with one that it has not once in 4,000 comparisons.
    pub fn jaccard(&self, other: &Signature) -> f64 {
        if self.is_empty() || other.is_empty() {
            return 0.0;
        }
        let (a, b) = (&self.shingles, &other.shingles);
        let (mut i, mut j, mut both) = (0, 0, 0_usize);
        while i < a.len() && j < b.len() {
            both += usize::from(a[i] == b[j]);
            // Without a branch on which is smaller: that is a coin's toss.
            let (step_a, step_b) = (a[i] <= b[j], b[j] <= a[i]);
            i += usize::from(step_a);
            j += usize::from(step_b);
        }
        both as f64 / (a.len() + b.len() - both) as f64
    }

    /// Whether both have the same words in the same order, their titles aside.
    pub fn is_same_text(&self, other: &Signature) -> bool {
        !self.is_empty() && self.text == other.text && self.shingles == other.shingles
    }
}

/// Signs articles; kept by a worker between them.
#[derive(Debug, Default)]
pub struct Signer {
    words: Vec<u64>,
    shingles: Vec<u32>,
}

impl Signer {
    /// The signature of an article that was read.
    pub fn sign(&mut self, analysis: &Analysis, types: &TypeTable) -> Signature {
        self.words.clear();
        for sentence in analysis.sentences.iter().filter(|sentence| sentence.zone != Zone::Title) {
            let tokens = &analysis.tokens[sentence.first_token as usize..sentence.end_token as usize];
            self.words.extend(tokens.iter().map(|token| word_hash(types.folded(token.type_id))));
        }
        self.sign_words()
    }

    /// The signature of `words`, by their hashes.
    fn sign_words(&mut self) -> Signature {
        let Signer { words, shingles } = self;
        shingles.clear();
        let mut minima = [u32::MAX; BANDS * ROWS];
        // A text of fewer words is one short shingle.
        let size = SHINGLE.min(words.len()).max(1);
        for run in words.windows(size) {
            let shingle = run.iter().fold(0, |hash: u64, &word| mix(hash.rotate_left(7) ^ word));
            shingles.push(shingle as u32);
            for (minimum, seed) in minima.iter_mut().zip(&SEEDS) {
                let value = ((shingle ^ seed).wrapping_mul(ODD) >> 32) as u32;
                *minimum = value.min(*minimum);
            }
        }
        shingles.sort_unstable();
        shingles.dedup();
        let mut bands = [0; BANDS];
        for (band, rows) in bands.iter_mut().zip(minima.chunks_exact(ROWS)) {
            *band = rows.iter().fold(0, |hash: u64, &row| mix(hash ^ u64::from(row))) as u32;
        }
        let text = words.iter().fold(0, |hash: u64, &word| mix(hash.rotate_left(7) ^ word));
        Signature { bands, text, shingles: shingles.as_slice().into() }
    }
}

fn word_hash(folded: &str) -> u64 {
    let mut hasher = FxHasher::default();
    folded.hash(&mut hasher);
    mix(hasher.finish())
}

const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// A seed a minimum. No chance of the day is in them: a corpus has the same copies on every run.
static SEEDS: [u64; BANDS * ROWS] = {
    let mut seeds = [0; BANDS * ROWS];
    let mut i = 0;
    while i < seeds.len() {
        seeds[i] = mix((i as u64 + 1).wrapping_mul(ODD));
        i += 1;
    }
    seeds
};

/// The finaliser of SplitMix64: every bit in reaches every bit out.
const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// How much of an earlier article a copy prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CopyKind {
    /// All words in the same order; titles may differ.
    Exact,
    /// Jaccard index of [`DUPLICATE_FROM`] or more.
    Duplicate,
    /// Jaccard index of [`SHARED_FROM`] or more: one text in two dresses.
    Shared,
}

impl CopyKind {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            CopyKind::Exact => "exact",
            CopyKind::Duplicate => "duplicate",
            CopyKind::Shared => "shared",
        }
    }

    /// What two articles are to each other, if they are copies at all.
    pub fn of(one: &Signature, other: &Signature) -> Option<(CopyKind, f64)> {
        if one.is_same_text(other) {
            return Some((CopyKind::Exact, 1.0));
        }
        let jaccard = one.jaccard(other);
        match jaccard {
            DUPLICATE_FROM.. => Some((CopyKind::Duplicate, jaccard)),
            SHARED_FROM.. => Some((CopyKind::Shared, jaccard)),
            _ => None,
        }
    }
}

/// An article that prints the text of an earlier one. Articles are numbered as they were given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CopyOf {
    /// The article.
    pub article: u32,
    /// The earlier article that it is most like.
    pub of: u32,
    /// How like they are.
    pub jaccard: f64,
    /// Which kind of copy that is.
    pub kind: CopyKind,
}

/// The copies among some articles.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Copies {
    /// By article, ascending.
    copies: Vec<CopyOf>,
    /// Articles for which not all candidates were looked at.
    crowded: u64,
}

impl Copies {
    /// The copies, by article.
    pub fn iter(&self) -> impl Iterator<Item = &CopyOf> {
        self.copies.iter()
    }

    /// How many articles are copies of an earlier one.
    pub fn len(&self) -> usize {
        self.copies.len()
    }

    /// Whether no article is a copy.
    pub fn is_empty(&self) -> bool {
        self.copies.is_empty()
    }

    /// What an article is a copy of, if it is one.
    pub fn of(&self, article: u32) -> Option<&CopyOf> {
        let at = self.copies.binary_search_by_key(&article, |copy| copy.article).ok()?;
        Some(&self.copies[at])
    }

    /// How many articles were like so many others, at less than a duplicate, that only the likeliest were looked at. A
    /// corpus of forms filled in (weather, prices) does that; a copy may then be counted as none.
    pub fn crowded(&self) -> u64 {
        self.crowded
    }

    /// The articles that print one text, earliest first, cluster by cluster in the order of their first; articles
    /// without a copy stand in none. A copy of a copy is in the cluster, so its ends may differ by more than each step.
    pub fn clusters(&self) -> Vec<Vec<u32>> {
        let mut place_of: FxHashMap<u32, usize> = FxHashMap::default();
        let mut clusters: Vec<Vec<u32>> = Vec::new();
        // What a copy copies stands before it, so its cluster is known.
        for copy in &self.copies {
            let place = *place_of.entry(copy.of).or_insert_with(|| {
                clusters.push(vec![copy.of]);
                clusters.len() - 1
            });
            place_of.insert(copy.article, place);
            clusters[place].push(copy.article);
        }
        clusters.sort_unstable_by_key(|cluster| cluster[0]);
        clusters
    }
}

/// At most so many articles of one bucket are candidates for the next.
const BUCKET: usize = 64;
/// At most so many candidates of an article, those with the most bands in common, are compared with it.
const COMPARED: usize = 64;

/// Which of these articles are copies. Give them earliest first: a copy copies what stands before it.
///
/// An exact copy or a duplicate is not held against the articles after it, because what it copies is. So a text that is
/// printed a thousand times costs no more than a thousand look-ups.
pub fn find_copies(signatures: &[&Signature]) -> Copies {
    let mut copies = Copies::default();
    let mut same_text: FxHashMap<u64, u32> = FxHashMap::default();
    let (memberships, buckets) = buckets(signatures);
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); buckets];
    let mut candidates: Vec<u32> = Vec::new();
    let mut of_article = memberships.chunk_by(|a, b| a.0 == b.0).peekable();
    for (article, signature) in (0_u32..).zip(signatures) {
        let mine = of_article.next_if(|run| run[0].0 == article).unwrap_or_default();
        if let Some(&of) = same_text.get(&signature.text).filter(|&&of| signature.is_same_text(signatures[of as usize]))
        {
            copies.copies.push(CopyOf { article, of, jaccard: 1.0, kind: CopyKind::Exact });
            continue;
        }
        same_text.entry(signature.text).or_insert(article);
        candidates.clear();
        let mut is_crowded = false;
        for &(_, bucket) in mine {
            candidates.extend_from_slice(&members[bucket as usize]);
            is_crowded |= members[bucket as usize].len() == BUCKET;
        }
        let likeliest = likeliest(&mut candidates);
        is_crowded |= likeliest.len() > COMPARED;
        let compared = likeliest.iter().take(COMPARED).filter_map(|&(_, of)| {
            let (kind, jaccard) = CopyKind::of(signatures[of as usize], signature)?;
            Some(CopyOf { article, of, jaccard, kind })
        });
        // The most like; of equals the earliest.
        let copy = compared.max_by(|a, b| a.jaccard.total_cmp(&b.jaccard).then(b.of.cmp(&a.of)));
        copies.copies.extend(copy);
        if copy.is_none_or(|copy| copy.kind == CopyKind::Shared) {
            copies.crowded += u64::from(is_crowded);
            for &(_, bucket) in mine {
                let members = &mut members[bucket as usize];
                if members.len() < BUCKET {
                    members.push(article);
                }
            }
        }
    }
    copies
}

/// Which articles stand in which bucket: pairs of article and bucket, ascending, and how many buckets there are. A
/// bucket holds the articles that are equal in one band; those that would hold one article are left out.
fn buckets(signatures: &[&Signature]) -> (Vec<(u32, u32)>, usize) {
    let mut memberships = Vec::new();
    let mut buckets = 0_u32;
    let mut keys: Vec<(u32, u32)> = Vec::with_capacity(signatures.len());
    for band in 0..BANDS {
        keys.clear();
        let signed = (0_u32..).zip(signatures).filter(|(_, signature)| !signature.is_empty());
        keys.extend(signed.map(|(article, signature)| (signature.bands[band], article)));
        keys.sort_unstable();
        for bucket in keys.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1) {
            memberships.extend(bucket.iter().map(|&(_, article)| (article, buckets)));
            buckets += 1;
        }
    }
    memberships.sort_unstable();
    (memberships, buckets as usize)
}

/// How often each candidate was met, and the candidate: most often first, of equals the earliest.
fn likeliest(candidates: &mut [u32]) -> Vec<(u32, u32)> {
    candidates.sort_unstable();
    let mut met: Vec<(u32, u32)> = candidates.chunk_by(|a, b| a == b).map(|run| (run.len() as u32, run[0])).collect();
    met.sort_unstable_by_key(|&(times, article)| (std::cmp::Reverse(times), article));
    met
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use framescope_core::stats::{Draws, Purpose};
    use framescope_core::text::{Article, Title, analyse};
    use proptest::prelude::*;

    use super::*;

    fn sign_numbers(words: &[u32]) -> Signature {
        let words: Vec<u64> = words.iter().map(|&word| mix(u64::from(word) + 1)).collect();
        Signer { words, ..Signer::default() }.sign_words()
    }

    fn sign(title: Option<&str>, text: &str) -> Signature {
        let (mut types, mut analysis) = (TypeTable::default(), Analysis::default());
        let article = Article { id: "a", title: title.map(Title::Field), text, removed: &[] };
        analyse(&article, &mut types, &mut analysis);
        Signer::default().sign(&analysis, &types)
    }

    fn find(signatures: &[Signature]) -> Copies {
        find_copies(&signatures.iter().collect::<Vec<_>>())
    }

    /// The index by its definition.
    fn slow_jaccard(a: &[u32], b: &[u32]) -> f64 {
        let set = |words: &[u32]| -> BTreeSet<Vec<u32>> {
            words.windows(SHINGLE.min(words.len()).max(1)).map(<[u32]>::to_vec).collect()
        };
        let (a, b) = (set(a), set(b));
        let either = a.union(&b).count();
        if a.is_empty() || b.is_empty() { 0.0 } else { a.intersection(&b).count() as f64 / either as f64 }
    }

    /// `words` with about one in `every` replaced.
    fn edited(words: &[u32], every: u32, draws: &mut Draws) -> Vec<u32> {
        words.iter().map(|&word| if draws.below(every) == 0 { draws.below(1 << 30) } else { word }).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn the_index_is_that_of_the_sets(
            a in prop::collection::vec(0_u32..6, 0..60),
            b in prop::collection::vec(0_u32..6, 0..60),
        ) {
            let found = sign_numbers(&a).jaccard(&sign_numbers(&b));
            prop_assert!((found - slow_jaccard(&a, &b)).abs() < 1e-12);
        }

        /// Small sets of texts that are edited from each other: whatever is found is a copy by the exact index, of an
        /// earlier article; every duplicate is found.
        #[test]
        fn what_is_found_is_so_and_no_duplicate_is_missed(seed in 0_u64..1 << 40) {
            let mut draws = Draws::new(seed, Purpose::Bootstrap, 0);
            let mut texts: Vec<Vec<u32>> = Vec::new();
            for i in 0..24_u32 {
                let text = match i % 4 {
                    0 => (0..120).map(|_| draws.below(5_000)).collect(),
                    every => {
                        let from = draws.below(i) as usize;
                        edited(&texts[from].clone(), 12 * (1 + every), &mut draws)
                    }
                };
                texts.push(text);
            }
            let signatures: Vec<Signature> = texts.iter().map(|text| sign_numbers(text)).collect();
            let copies = find(&signatures);
            for copy in copies.iter() {
                let exact = slow_jaccard(&texts[copy.article as usize], &texts[copy.of as usize]);
                prop_assert!(copy.of < copy.article && (exact - copy.jaccard).abs() < 1e-12 && exact >= SHARED_FROM);
            }
            for later in 0..texts.len() {
                let is_duplicate = |earlier: usize| slow_jaccard(&texts[earlier], &texts[later]) >= DUPLICATE_FROM;
                if (0..later).any(is_duplicate) {
                    prop_assert!(copies.of(later as u32).is_some(), "{later} is a duplicate and was missed");
                }
            }
        }
    }

    #[test]
    fn nine_in_ten_of_the_faintest_copies_are_met() {
        let (mut met, mut all) = (0, 0);
        for seed in 0..500 {
            let mut draws = Draws::new(seed, Purpose::Bootstrap, 1);
            let text: Vec<u32> = (0..300).map(|_| draws.below(1 << 30)).collect();
            let other = edited(&text, 9, &mut draws);
            let exact = slow_jaccard(&text, &other);
            if (SHARED_FROM..0.45).contains(&exact) {
                all += 1;
                met += find(&[sign_numbers(&text), sign_numbers(&other)]).len();
            }
        }
        // 1 - (1 - J³)^42 is .94 at J = .4 and .98 at .45.
        assert!(all > 60 && met * 100 >= all * 92, "{met} of {all}");
    }

    #[test]
    fn titles_case_and_marks_do_not_part_copies() {
        let text = "The mediators handed over a list of names on Thursday, and nobody would say who was alive.";
        let shouted = text.to_uppercase();
        let signatures = [
            sign(Some("A list"), text),
            sign(None, "Nothing of the sort was said at the harbour that day."),
            sign(Some("Another title"), &shouted.replace(',', " —")),
        ];
        let copies = find(&signatures);
        assert_eq!(copies.len(), 1);
        assert_eq!(copies.of(2), Some(&CopyOf { article: 2, of: 0, jaccard: 1.0, kind: CopyKind::Exact }));
    }

    #[test]
    fn arabic_copies_are_found() {
        let text = "عاد أربعون أسيراً فلسطينياً إلى بيوتهم مساء الجمعة، بعد أن سلّمت الحركة خمسة من الأسرى إلى فريق طبي، في أول \
                    عملية تبادل منذ بدء المفاوضات في مدينة سارن، كما قالت الوزيرة في بيان قصير";
        let without_harakat = text.replace('ّ', "").replace("فريق", "وفد");
        let copies = find(&[sign(None, text), sign(None, &without_harakat)]);
        assert_eq!(copies.len(), 1, "{copies:?}");
    }

    #[test]
    fn articles_without_words_copy_nothing() {
        let signatures = [sign(Some("Same title"), ""), sign(Some("Same title"), "…"), sign(None, "")];
        assert!(find(&signatures).is_empty() && find(&[]).is_empty());
        assert_eq!(signatures[0].jaccard(&signatures[1]), 0.0);
        // A few words are one shingle.
        assert_eq!(find(&[sign(None, "Watch live"), sign(None, "Watch live"), sign(None, "Watch")]).len(), 1);
    }

    #[test]
    fn a_copy_of_a_copy_is_in_the_cluster() {
        let text: Vec<u32> = (0..200).collect();
        // A quarter is replaced at each step; the ends have a third in common.
        let second: Vec<u32> = text.iter().map(|&w| if w < 50 { w + 1_000 } else { w }).collect();
        let third: Vec<u32> = second.iter().map(|&w| if (50..100).contains(&w) { w + 1_000 } else { w }).collect();
        let unlike: Vec<u32> = (5_000..5_200).collect();
        let signatures = [text, unlike, second, third].map(|words| sign_numbers(&words));
        assert!(signatures[0].jaccard(&signatures[3]) < SHARED_FROM);
        let copies = find(&signatures);
        assert_eq!(copies.clusters(), [vec![0, 2, 3]]);
        assert_eq!(copies.of(3).map(|copy| (copy.of, copy.kind)), Some((2, CopyKind::Shared)));
    }

    #[test]
    fn a_text_printed_many_times_is_one_cluster_and_takes_no_time() {
        let text: Vec<u32> = (0..300).collect();
        let signatures: Vec<Signature> = (0..1_000)
            .map(|i| {
                let mut words = text.clone();
                words[i % 300] = 1_000 + i as u32;
                sign_numbers(&words)
            })
            .collect();
        let copies = find(&signatures);
        assert_eq!(copies.len(), 999);
        assert!(copies.iter().all(|copy| copy.kind == CopyKind::Duplicate));
        assert_eq!((copies.clusters().len(), copies.crowded()), (1, 0));
    }

    #[test]
    fn crowds_are_bounded_and_counted() {
        // Forms filled in: two fifths in common with every other, so that each meets many and copies none.
        let signatures: Vec<Signature> = (0..300_u32)
            .map(|i| sign_numbers(&(0..300).map(|w| if w < 150 { w } else { i * 1_000 + w }).collect::<Vec<_>>()))
            .collect();
        assert!(signatures[0].jaccard(&signatures[1]) < SHARED_FROM);
        let copies = find(&signatures);
        assert!(copies.is_empty() && copies.crowded() > 100, "{}", copies.crowded());
    }
}
