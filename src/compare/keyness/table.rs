//! Key words as a table: a row a contrast and word.

use framescope_core::lexicon::LexiconSet;

use super::found::{Contrast, KeyWord, Keyness, Kind, WordP};
use crate::output::{Cell, CodebookRow, Colour, Part, ResultTable, Style};

/// What the columns mean depends on.
#[derive(Debug)]
pub struct KeynessTable {
    table: ResultTable,
    with_lexicon: bool,
    with_p: bool,
}

/// What a column is called and means: meaning, unit, formula, denominator, when it is empty.
type Doc = [&'static str; 6];

const NAMES: [Doc; 7] = [
    ["first", "the first side of the contrast, a group", "group", "", "", "never empty"],
    ["second", "the second side: a group, or (rest), all other groups together", "group", "", "", "never empty"],
    ["more_in", "the side that uses it more: the sign of the log-odds", "group", "", "", "never empty"],
    [
        "rank",
        "place among the words that the side in more_in uses more, by the size of zeta",
        "number from 1",
        "",
        "",
        "never empty",
    ],
    ["kind", "word, phrase, or entry (hits of an entry of the lexicon)", "name", "", "", "never empty"],
    [
        "text",
        "the word or phrase in its commonest spelling, counted as folded for matching (case and kinds of apostrophes \
         aside); of an entry the term as it is written",
        "text",
        "",
        "",
        "never empty",
    ],
    ["length", "words of the phrase; of an entry, tokens of its term", "words", "", "", "never empty"],
];

const LEXICON: [Doc; 3] = [
    ["lexicon", "the lexicon of the entry", "id", "", "", "empty for words and phrases"],
    ["path", "the path that the entry is written in", "path", "", "", "empty for words and phrases"],
    ["status", "`experimental` where the lexicon calls the path so", "name", "", "", "empty where it does not"],
];

const COUNTS: [Doc; 8] = [
    ["hits_first", "how often it stands in the articles of the first side", "hits", "", "", "never empty"],
    ["hits_second", "the same on the second side", "hits", "", "", "never empty"],
    [
        "places_first",
        "places where it could stand on the first side: words of the voice that is counted, function words and words of the \
         lexicon among them; for a phrase, runs of so many neighbouring words in a sentence; for an entry, words of articles that \
         are not in another language than its lexicon",
        "words",
        "",
        "",
        "never empty",
    ],
    ["places_second", "the same on the second side", "words", "", "", "never empty"],
    [
        "per_1k_first",
        "its rate on the first side, all articles pooled",
        "per 1,000 places",
        "1000 * hits_first / places_first",
        "places_first",
        "never empty",
    ],
    [
        "per_1k_second",
        "the same on the second side",
        "per 1,000 places",
        "1000 * hits_second / places_second",
        "places_second",
        "never empty",
    ],
    [
        "articles_first",
        "articles of the first side that hold it (document frequency)",
        "articles",
        "",
        "",
        "never empty",
    ],
    ["articles_second", "the same on the second side", "articles", "", "", "never empty"],
];

const STATISTICS: [Doc; 9] = [
    [
        "zeta",
        "log-odds over its standard deviation; words are ranked by it. It takes words to be independent, which they are \
         not: it ranks and tests nothing",
        "standard deviations",
        "log_odds / log_odds_sd",
        "",
        "never empty",
    ],
    [
        "log_odds",
        "log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008), above 0 where the first side \
         uses it more",
        "natural logarithm",
        "ln((y1 + a) / (n1 + a0 - y1 - a)) - ln((y2 + a) / (n2 + a0 - y2 - a)); a0 = min(500, half of the smaller n) \
         unless --prior-strength says otherwise, a = a0 times the word's share in both sides together or in --prior",
        "",
        "never empty",
    ],
    [
        "log_odds_sd",
        "its approximate standard deviation",
        "natural logarithm",
        "sqrt(1/(y1 + a) + 1/(y2 + a))",
        "",
        "never empty",
    ],
    [
        "log_ratio",
        "how many times the rate doubles from the second side to the first (Hardie 2014); 1 is twice, -1 half",
        "binary logarithm",
        "log2(per_1k_first / per_1k_second), 0.5 for 0 hits",
        "",
        "never empty",
    ],
    [
        "log_ratio_low",
        "lower end of its 95 % interval, given all hits (Clopper & Pearson); it takes words to be independent and so is \
         too narrow for a word that clumps",
        "binary logarithm",
        "",
        "",
        "empty where the first side has no hit",
    ],
    ["log_ratio_high", "upper end of the same", "binary logarithm", "", "", "empty where the second side has no hit"],
    [
        "log_ratio_conservative",
        "the log ratio nearest to 0 in an interval of coverage 1 - 0.05 / (words compared), 0 where it holds 0 (Evert 2022)",
        "binary logarithm",
        "",
        "",
        "never empty",
    ],
    [
        "g2",
        "G2 of the four cells (the word and all other places, on both sides), without Williams' correction; a measure of \
         surprise, no test",
        "G2",
        "2 * sum(O * ln(O / E))",
        "",
        "empty where there is no other word",
    ],
    [
        "chi2",
        "Pearson's chi-squared of the same cells, without Yates' correction; no test",
        "chi-squared",
        "sum((O - E)^2 / E)",
        "",
        "empty where there is no other word",
    ],
];

const DISPERSION: [Doc; 8] = [
    [
        "dp_first",
        "how unevenly it is spread over the articles of the first side: 0 in step with their length, towards 1 all in few \
         articles (Gries 2008)",
        "share",
        "0.5 * sum |share of hits - share of places| over articles",
        "",
        "empty without a hit, or with fewer than two articles",
    ],
    ["dp_second", "the same on the second side", "share", "", "", "empty as dp_first"],
    [
        "dp_norm_first",
        "the same, stretched so that it can reach 1 (Lijffijt & Gries 2012)",
        "share",
        "dp_first / (1 - smallest share of places)",
        "",
        "empty as dp_first",
    ],
    ["dp_norm_second", "the same on the second side", "share", "", "", "empty as dp_first"],
    [
        "dp_chance_first",
        "the mean DP of so many hits that fall on places by chance: a rare word is never even, so read dp_first beside this",
        "share",
        "mean of binomial deviations, exact",
        "",
        "empty as dp_first",
    ],
    ["dp_chance_second", "the same on the second side", "share", "", "", "empty as dp_first"],
    [
        "largest_share_first",
        "the largest share of its hits on the first side that one article has",
        "share",
        "",
        "hits_first",
        "empty as dp_first",
    ],
    ["largest_share_second", "the same on the second side", "share", "", "hits_second", "empty as dp_first"],
];

const P: [Doc; 3] = [
    [
        "p",
        "two-sided permutation p of the studentised log ratio of rates: whole articles change sides; all arrangements \
         where there are at most 20,000, else as many as --permutations says",
        "probability",
        "",
        "",
        "empty where p_withheld says why",
    ],
    [
        "p_adjusted",
        "the same, adjusted for all words compared in the contrast, listed or not (Benjamini & Hochberg 1995; those not \
         listed enter with 1)",
        "probability",
        "",
        "",
        "empty where p is",
    ],
    [
        "p_withheld",
        "why there is no p: too few articles (fewer than 5 with words on a side) or too few hits (a side expects fewer \
         than 5 at the pooled rate, or has none)",
        "text",
        "",
        "",
        "empty where there is a p",
    ],
];

const LAST: [Doc; 4] = [
    [
        "compared",
        "how many words, phrases and entries were compared in the contrast: those with the least numbers of articles and hits",
        "number",
        "",
        "",
        "never empty",
    ],
    [
        "missed_hits",
        "hits that may be missing at most, because the rarest words were dropped to stay within --max-types before this \
         one came",
        "hits",
        "",
        "",
        "never empty; 0: none",
    ],
    [
        "missed_articles",
        "articles that may be missing at most, for the same reason",
        "articles",
        "",
        "",
        "never empty; 0: none",
    ],
    [
        "examples",
        "articles of the side in more_in with the most hits, at most 3, joined by |",
        "ids",
        "",
        "",
        "never empty",
    ],
];

fn column([name, meaning, unit, formula, denominator, missing]: Doc) -> CodebookRow {
    let text = str::to_owned;
    CodebookRow {
        column: text(name),
        meaning: text(meaning),
        unit: text(unit),
        formula: text(formula),
        denominator: text(denominator),
        missing: text(missing),
        ..CodebookRow::default()
    }
}

impl KeynessTable {
    /// A table with or without the columns of a lexicon and of p.
    pub fn new(with_lexicon: bool, with_p: bool, style: Style) -> KeynessTable {
        let none: &[Doc] = &[];
        let blocks = [
            &NAMES[..],
            if with_lexicon { &LEXICON } else { none },
            &COUNTS,
            &STATISTICS,
            &DISPERSION,
            if with_p { &P } else { none },
            &LAST,
        ];
        let columns = blocks.concat().into_iter().map(column).collect();
        let table = ResultTable::new("keyness", columns, style).coloured("log_ratio", Colour::LogRatio);
        KeynessTable { table, with_lexicon, with_p }
    }

    /// The table, for its writer and its codebook.
    pub fn table(&self) -> &ResultTable {
        &self.table
    }

    /// All rows, contrast by contrast.
    pub fn rows(&self, keyness: &Keyness, set: &LexiconSet) -> Part {
        let mut part = self.table.part();
        for contrast in &keyness.contrasts {
            for word in &contrast.key_words {
                self.row(contrast, word, set, &mut part);
            }
        }
        part
    }

    fn row(&self, contrast: &Contrast, word: &KeyWord, set: &LexiconSet, part: &mut Part) {
        let [first, second] = &word.sides;
        let entry = entry_of(word.kind, set);
        let length = match (word.kind, &entry) {
            (Kind::Phrase(words), _) => words,
            (_, Some(entry)) => entry.length,
            _ => 1,
        };
        let mut cells = vec![
            Cell::Text(&contrast.sides[0]),
            Cell::Text(&contrast.sides[1]),
            Cell::Text(&contrast.sides[word.more]),
            Cell::count(word.rank as u64),
            Cell::Text(word.kind.name()),
            Cell::Text(entry.as_ref().map_or(&word.text, |entry| entry.text)),
            Cell::count(length as u64),
        ];
        if self.with_lexicon {
            cells.push(entry.as_ref().map_or(Cell::EMPTY, |entry| Cell::Text(entry.lexicon)));
            cells.push(entry.as_ref().map_or(Cell::EMPTY, |entry| Cell::Text(entry.path)));
            let is_experimental = entry.as_ref().is_some_and(|entry| entry.is_experimental);
            cells.push(if is_experimental { Cell::Text("experimental") } else { Cell::EMPTY });
        }
        cells.extend([first, second].map(|side| Cell::count(side.hits)));
        cells.extend([first, second].map(|side| Cell::count(side.places)));
        cells.extend([first, second].map(|side| Cell::number(side.per_1k())));
        cells.extend([first, second].map(|side| Cell::count(side.articles.into())));
        let (low, high) = word.log_ratio_ends;
        cells.extend([
            Cell::number(word.log_odds.zeta()),
            Cell::number(word.log_odds.delta),
            Cell::number(word.log_odds.variance.sqrt()),
            Cell::number(word.log_ratio),
            Cell::number(low),
            Cell::number(high),
            Cell::number(word.log_ratio_conservative),
            Cell::number(word.g2),
            Cell::number(word.chi2),
        ]);
        let spreads = [first.spread, second.spread];
        cells.extend(spreads.map(|spread| Cell::number(spread.map(|s| s.dp))));
        cells.extend(spreads.map(|spread| Cell::number(spread.map(|s| s.dp_norm))));
        cells.extend([first, second].map(|side| Cell::number(side.chance_dp)));
        cells.extend(spreads.map(|spread| Cell::number(spread.map(|s| s.largest_share))));
        if self.with_p {
            cells.extend(match word.p {
                Some(WordP::Given { p, adjusted }) => [Cell::number(p), Cell::number(adjusted), Cell::EMPTY],
                Some(WordP::Withheld(why)) => [Cell::EMPTY, Cell::EMPTY, Cell::Text(why)],
                None => [Cell::EMPTY; 3],
            });
        }
        let examples = word.examples.join(" | ");
        cells.extend([
            Cell::count(contrast.compared as u64),
            Cell::count(word.missed.hits),
            Cell::count(word.missed.articles),
            Cell::Text(&examples),
        ]);
        self.table.row(&cells, part);
    }
}

/// An entry, as it is written.
#[derive(Debug, Clone, Copy)]
pub struct WrittenEntry<'a> {
    /// Its term.
    pub text: &'a str,
    /// The path that it is written in.
    pub path: &'a str,
    is_experimental: bool,
    lexicon: &'a str,
    length: usize,
}

/// The entry that a unit is; none for words and phrases.
pub fn entry_of(kind: Kind, set: &LexiconSet) -> Option<WrittenEntry<'_>> {
    let Kind::Entry(mut number) = kind else { return None };
    for lexicon in set.lexicons() {
        if let Some(entry) = lexicon.entries.get(number as usize) {
            return Some(WrittenEntry {
                text: &entry.term.text,
                path: &lexicon.paths[entry.path.0 as usize].id,
                is_experimental: lexicon.paths[entry.path.0 as usize].is_experimental(),
                lexicon: &lexicon.about.id,
                length: entry.term.tokens.len(),
            });
        }
        number -= lexicon.entries.len() as u32;
    }
    None
}
