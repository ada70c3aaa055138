//! Arguments of `keyness`.

use std::path::PathBuf;

use clap::Args;

use super::{GroupingArgs, LexiconArgs, ReadingArgs, RunArgs, TypedVoice, TypedVs, WritingArgs};

/// The words that set groups of articles apart, with or without a lexicon
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:
  framescope keyness articles.jsonl
  framescope keyness news.csv --by outlet --vs rest -o keywords.xlsx
  framescope keyness news.csv --ngrams 1-3 --where language=en -o keywords.csv
  framescope keyness news.csv -l my.toml --without-lexicon-words -o missed.csv",
    after_long_help = "Examples:
  On a terminal, the words of each pair of outlets beside each other:
    framescope keyness articles.jsonl

  Each outlet against all others together, into a workbook:
    framescope keyness news.csv --by outlet --vs rest -o keywords.xlsx

  Words and phrases of up to three words:
    framescope keyness news.csv --ngrams 1-3 --where language=en -o keywords.csv

  What sets the outlets apart that a lexicon does not hold yet:
    framescope keyness news.csv -l my.toml --without-lexicon-words -o missed.csv

What stands in the table:
  A row a pair of groups and word: hits, rates and articles on both sides, log-odds with an
  informative Dirichlet prior and their zeta (by which words are ranked), the log ratio with its
  interval, G2 and chi-squared, dispersion over articles beside what chance alone would give,
  and example articles. These numbers describe and rank: words of an article are not
  independent, so there is no p unless --p asks for one, which comes from permuting articles.

What is counted:
  Words outside quotation marks, title and headings included, in any case (--voice says
  otherwise). A phrase is a run of words in one sentence, all of that voice. Function words of
  the article's language (the commonest 30 to 50, those that tell languages apart) are not
  listed, nor phrases that begin or end with one; they stay in the denominators. With -l each
  entry of the lexicon is listed beside the words, with its path: its hits are those of `kwic`,
  so what a mask or a condition rejects is no hit of an entry. It is still a word. Articles in
  another language than the lexicon are left out, words too, and their number is said; of several
  lexicons each counts in the articles that it reads.
  Copies of one text inside a group are counted as they stand, and said (W06); --without-copies
  counts a text once in each group.

Memory:
  It grows with the distinct words, at most --max-types of them, about 150 bytes each, and with
  some 16 bytes an article. Which words stand in which article, about three bytes a distinct
  word of the article, is kept in memory up to 128 MiB and in a temporary file beyond. What finds
  near copies, 4 bytes a word, is kept up to 128 MiB; beyond, only texts with exactly the same
  words are found, which is said."
)]
pub(crate) struct KeynessArgs {
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) grouping: GroupingArgs,

    /// Compare each group with all others together, instead of with each other one
    #[arg(long, value_name = "rest", help_heading = "Groups")]
    pub(crate) vs: Option<TypedVs>,

    #[command(flatten)]
    pub(crate) lexicons: LexiconArgs,

    /// With -l: leave out the words that stand in a hit or in a masked place of the lexicon
    #[arg(long, help_heading = "Lexicons", requires = "lexicons")]
    pub(crate) without_lexicon_words: bool,

    /// The voice whose words are counted
    #[arg(long, value_name = "VOICE", default_value = "outside", help_heading = "Words")]
    pub(crate) voice: TypedVoice,

    /// How many words a phrase has: a number or a range up to 3, such as 2 or 1-3
    #[arg(long, value_name = "N[-M]", default_value = "1", help_heading = "Words", value_parser = lengths)]
    pub(crate) ngrams: Lengths,

    /// List function words ("the", "of") too
    #[arg(long, help_heading = "Words")]
    pub(crate) function_words: bool,

    /// Count a text once in each group: leave out copies of an earlier article of the same group
    ///
    /// Copies are found by their words (from two fifths of five-word runs in common), titles aside.
    #[arg(long, help_heading = "Words")]
    pub(crate) without_copies: bool,

    /// In how many articles of the side that uses it more a word must stand
    #[arg(long, value_name = "N", default_value = "3", help_heading = "Words",
          value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) min_df: u32,

    /// How many hits a word must have on both sides together
    #[arg(long, value_name = "N", default_value = "1", help_heading = "Words",
          value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) min_count: u64,

    /// How many words of each side of each pair are listed; 0 lists all
    #[arg(long, value_name = "N", default_value = "100", help_heading = "Words")]
    pub(crate) top: usize,

    /// How many distinct words and phrases are kept at most
    ///
    /// Beyond, those in the fewest articles are dropped, and what a listed word may have lost by
    /// that is said and stands in the columns missed_hits and missed_articles.
    #[arg(long, value_name = "N", default_value = "1500000", help_heading = "Words",
          value_parser = max_types)]
    pub(crate) max_types: usize,

    /// How common words are elsewhere: a list of words and their numbers, for the prior
    ///
    /// A word or phrase and its number a line, separated by a tab or comma. Without it the prior
    /// comes from both sides together.
    #[arg(long, value_name = "FILE", help_heading = "Statistics")]
    pub(crate) prior: Option<PathBuf>,

    /// The strength of the prior in words; min(500, half of the smaller side) if not given
    #[arg(long, value_name = "WORDS", help_heading = "Statistics", value_parser = strength)]
    pub(crate) prior_strength: Option<f64>,

    /// Give the listed words a p by permuting articles
    ///
    /// Whole articles change sides: all arrangements where there are at most 20,000, else as many
    /// as --permutations says. Adjusted for all words compared (Benjamini & Hochberg). The articles of the
    /// listed words are kept in memory for it.
    #[arg(long, help_heading = "Statistics")]
    pub(crate) p: bool,

    /// Arrangements that are drawn for --p where there are more than 20,000 to go through
    #[arg(long, value_name = "N", default_value = "9999", help_heading = "Statistics",
          value_parser = clap::value_parser!(u64).range(99..=999_999))]
    pub(crate) permutations: u64,

    /// The seed of the draws for --p
    #[arg(long, value_name = "N", default_value = "1", help_heading = "Statistics")]
    pub(crate) seed: u64,

    #[command(flatten)]
    pub(crate) writing: WritingArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// From how many to how many words a phrase has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lengths {
    pub(crate) shortest: usize,
    pub(crate) longest: usize,
}

fn lengths(typed: &str) -> Result<Lengths, String> {
    let wrong = || "write a number from 1 to 3, or a range such as 1-3".to_owned();
    let (shortest, longest) = typed.split_once('-').unwrap_or((typed, typed));
    let number = |text: &str| text.trim().parse::<usize>().map_err(|_| wrong());
    let lengths = Lengths { shortest: number(shortest)?, longest: number(longest)? };
    match lengths {
        Lengths { shortest: 1.., longest: ..=3 } if lengths.shortest <= lengths.longest => Ok(lengths),
        _ => Err(wrong()),
    }
}

/// Fewer than a chunk of text may hold would be dropped over and over.
const FEWEST_TYPES: usize = 1_000;

fn max_types(typed: &str) -> Result<usize, String> {
    match typed.parse::<usize>() {
        Ok(n) if n >= FEWEST_TYPES && u32::try_from(n).is_ok() => Ok(n),
        _ => Err(format!("write a number of distinct words, {FEWEST_TYPES} or more")),
    }
}

fn strength(typed: &str) -> Result<f64, String> {
    match typed.parse::<f64>() {
        Ok(words) if words > 0.0 && words.is_finite() => Ok(words),
        _ => Err("write a number of words above 0".to_owned()),
    }
}
