//! What word-level comparing keeps beside [`Units`](super::Units): every candidate that passed masks and conditions, with
//! the sentence it stands in.
//!
//! Leave-one-out needs the candidates that lost to better ones, for they stand up when the better one goes, and where
//! all of them stand; association needs to know which hits share a sentence. Both are a few rows an article: 20 bytes a
//! candidate and 72 an article, so 100,000 articles with 30 hits each are 70 MB. Tables of every pair of paths
//! by sentence would be larger, because pairs are many and hits are few.
//!
//! A *part* of a sentence is what stands of it outside quotation marks, or inside; titles and headings are parts of
//! their own kind, whoever speaks.

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::{Contender, Rule};
use framescope_core::score::ArticleScore;
use framescope_core::text::{Analysis, Voice, Zone};

/// Where a part of a sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Lead or body, outside quotation marks.
    Outside,
    /// Lead or body, inside quotation marks.
    Quoted,
    /// Title or heading.
    Heading,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 3] = [Part::Outside, Part::Quoted, Part::Heading];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Part::Outside => "outside",
            Part::Quoted => "quoted",
            Part::Heading => "heading",
        }
    }

    fn of(zone: Zone, voice: Voice) -> Part {
        match (zone, voice) {
            (Zone::Title | Zone::Heading, _) => Part::Heading,
            (_, Voice::Quoted) => Part::Quoted,
            _ => Part::Outside,
        }
    }
}

/// The last number of words of every length class of parts but the last class, which is open.
const CLASS_ENDS: [u32; 5] = [7, 14, 21, 28, 42];
/// Length classes of parts of sentences.
pub const LENGTH_CLASSES: usize = CLASS_ENDS.len() + 1;

fn length_class(words: u32) -> usize {
    CLASS_ENDS.iter().filter(|end| words > **end).count()
}

/// Parts of sentences of one article, by part and length class.
pub type PartCounts = [[u32; LENGTH_CLASSES]; 3];

/// A candidate that passed masks and conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Number of its entry through the whole set.
    pub entry: u32,
    /// Its first token; from a stored table, its first character, behind those of the title.
    pub start: u32,
    /// One past its end, counted likewise.
    pub end: u32,
    /// The sentence it stands in, from 0 in every article.
    pub sentence: u32,
    flags: u16,
}

const WON: u16 = 1 << 2;
const COUNTS: u16 = 1 << 3;
const PART: u32 = 4;
const CLASS: u32 = 6;

impl Line {
    /// A candidate. `counts` says whether its lexicon counts in its voice and zone, `won` whether it is a hit.
    pub fn new(contender: Contender, sentence: u32, zone: Zone, voice: Voice, counts: bool, won: bool) -> Line {
        let Contender { entry, start, end } = contender;
        let flags = voice as u16
            | if won { WON } else { 0 }
            | if counts { COUNTS } else { 0 }
            | (Part::of(zone, voice) as u16) << PART;
        Line { entry, start, end, sentence, flags }
    }

    /// Its voice.
    pub fn voice(self) -> Voice {
        Voice::ALL[usize::from(self.flags & 3) % 3]
    }

    /// Whether it is a hit: a candidate that lost to a better one of its pool is none.
    pub fn is_hit(self) -> bool {
        self.flags & WON != 0
    }

    /// Whether its lexicon counts in its voice and zone.
    pub fn counts(self) -> bool {
        self.flags & COUNTS != 0
    }

    /// The part of its sentence that it stands in.
    pub fn part(self) -> Part {
        Part::ALL[usize::from(self.flags >> PART & 3) % 3]
    }

    /// The length class of that part.
    pub fn length_class(self) -> usize {
        usize::from(self.flags >> CLASS)
    }

    /// What it is to the rules of overlap.
    pub fn contender(self) -> Contender {
        Contender { entry: self.entry, start: self.start, end: self.end }
    }
}

/// The candidates of all articles, in the order of the input.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    rows: Vec<Line>,
    ends: Vec<usize>,
    parts: Vec<PartCounts>,
    lacks_losers: bool,
}

/// The candidates of some articles, as a worker makes them.
#[derive(Debug, Default)]
pub struct LinesPart {
    rows: Vec<Line>,
    ends: Vec<usize>,
    parts: Vec<PartCounts>,
}

impl LinesPart {
    /// Adds an article that `set` was matched in and whose rejected candidates were asked for.
    pub fn add(&mut self, set: &LexiconSet, score: &ArticleScore) {
        let analysis = &score.analysis;
        let lengths: Vec<[u32; 3]> = (0..analysis.sentences.len()).map(|s| part_lengths(analysis, s)).collect();
        let mut counts = PartCounts::default();
        for length in &lengths {
            for (part, &words) in length.iter().enumerate().filter(|(_, words)| **words > 0) {
                counts[part][length_class(words)] += 1;
            }
        }
        let mut push = |contender: Contender, voice: Voice, counts: bool, won: bool| {
            let sentence = analysis.sentence_of(contender.start);
            let zone = analysis.sentences[sentence as usize].zone;
            let mut line = Line::new(contender, sentence, zone, voice, counts, won);
            let class = length_class(lengths[sentence as usize][line.part() as usize]);
            line.flags |= (class as u16) << CLASS;
            self.rows.push(line);
        };
        for hit in &score.resolution.hits {
            let entry = set.entry_number(hit.lexicon, hit.entry);
            push(Contender { entry, start: hit.first_token, end: hit.end_token }, hit.voice, hit.counts, true);
        }
        for lost in score.resolution.rejected.iter().filter(|rejected| rejected.rule == Rule::Overlap) {
            let entry = set.entry_number(lost.lexicon, lost.entry);
            let rules = &set.lexicon(lost.lexicon).rules;
            let voice = analysis.tokens[lost.first_token as usize].voice;
            let zone = analysis.sentences[analysis.sentence_of(lost.first_token) as usize].zone;
            let counts = rules.voices.contains(voice) && rules.zones.contains(zone);
            push(Contender { entry, start: lost.first_token, end: lost.end_token }, voice, counts, false);
        }
        self.ends.push(self.rows.len());
        self.parts.push(counts);
    }
}

/// Words of each part of a sentence.
fn part_lengths(analysis: &Analysis, sentence: usize) -> [u32; 3] {
    let sentence = &analysis.sentences[sentence];
    let mut lengths = [0; 3];
    for token in &analysis.tokens[sentence.first_token as usize..sentence.end_token as usize] {
        lengths[Part::of(sentence.zone, token.voice) as usize] += 1;
    }
    lengths
}

impl Lines {
    /// Adds the articles of a part behind those there are.
    pub fn append(&mut self, part: LinesPart) {
        let before = self.rows.len();
        self.rows.extend(part.rows);
        self.ends.extend(part.ends.into_iter().map(|end| before + end));
        self.parts.extend(part.parts);
    }

    /// From a stored table of hits: the candidates of every article. Sentences without a hit are not known, and
    /// candidates that lost only where `has_losers`.
    pub fn stored(articles: Vec<Vec<Line>>, has_losers: bool) -> Lines {
        let mut lines = Lines { lacks_losers: !has_losers, ..Lines::default() };
        for article in articles {
            lines.rows.extend(article);
            lines.ends.push(lines.rows.len());
        }
        lines
    }

    /// How many articles.
    pub fn articles(&self) -> usize {
        self.ends.len()
    }

    /// The candidates of an article.
    pub fn of(&self, article: u32) -> &[Line] {
        let end = self.ends[article as usize];
        let start = if article == 0 { 0 } else { self.ends[article as usize - 1] };
        &self.rows[start..end]
    }

    /// Parts of sentences of an article, where sentences are known.
    pub fn part_counts(&self, article: u32) -> Option<&PartCounts> {
        self.parts.get(article as usize)
    }

    /// Whether sentences are known, those without a hit too.
    pub fn has_sentences(&self) -> bool {
        self.parts.len() == self.ends.len()
    }

    /// Whether the candidates that lost are there.
    pub fn has_losers(&self) -> bool {
        !self.lacks_losers
    }

    /// The articles in which each of `entries` entries is a hit, ascending, each once.
    pub fn articles_by_entry(&self, entries: usize) -> ArticlesByEntry {
        let mut starts = vec![0_usize; entries + 1];
        let each = |take: &mut dyn FnMut(u32, u32)| {
            let mut last = vec![u32::MAX; entries];
            for article in 0..self.ends.len() as u32 {
                for line in self.of(article).iter().filter(|line| line.is_hit()) {
                    if std::mem::replace(&mut last[line.entry as usize], article) != article {
                        take(line.entry, article);
                    }
                }
            }
        };
        each(&mut |entry, _| starts[entry as usize + 1] += 1);
        for entry in 0..entries {
            starts[entry + 1] += starts[entry];
        }
        let mut next = starts.clone();
        let mut articles = vec![0; starts[entries]];
        each(&mut |entry, article| {
            articles[next[entry as usize]] = article;
            next[entry as usize] += 1;
        });
        ArticlesByEntry { starts, articles }
    }
}

/// Which articles hold an entry.
#[derive(Debug)]
pub struct ArticlesByEntry {
    starts: Vec<usize>,
    articles: Vec<u32>,
}

impl ArticlesByEntry {
    /// The articles in which an entry is a hit.
    pub fn of(&self, entry: u32) -> &[u32] {
        &self.articles[self.starts[entry as usize]..self.starts[entry as usize + 1]]
    }
}
