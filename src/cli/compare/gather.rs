//! One pass over the corpus that keeps what comparing needs.

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::{Compiled, EntryWords, FastScratch, Want};
use framescope_core::score::{ArticleScore, Engine as _, MatcherEngine, MatcherScratch};

use super::keeping::Keeping;
use crate::cli::failure::Failure;
use crate::cli::reading::ReadArticle;
use crate::cli::through::{PerArticle, Rows};
use crate::compare::events::{Wording, WordingPart};
use crate::compare::{
    ArticleFacts, Grouping, LOOKED_FOR, Lines, LinesPart, Signature, Signer, Units, UnitsPart, content_hash,
    find_copies,
};
use crate::corpus::detect;
use crate::report::passages::Passages;

/// Articles up to which near copies are looked for. Their signatures are 4 bytes a word; past this, only articles with
/// exactly the same words are found.
const SIGNED: usize = 200_000;

/// The columns that are kept: name and number in the corpus. The column `date` is another, where one was named.
pub(super) fn kept_columns(columns: &[String], asked: &[String], date: Option<&str>) -> Vec<(String, usize)> {
    let mut kept: Vec<(String, usize)> = Vec::new();
    for name in LOOKED_FOR {
        let wanted = date.filter(|_| name == "date").map_or(name, str::trim);
        let exact = columns.iter().position(|column| column == wanted);
        let found = exact.or_else(|| columns.iter().position(|column| column.eq_ignore_ascii_case(wanted)));
        kept.extend(found.map(|number| (name.to_owned(), number)));
    }
    for name in asked {
        let is_new = kept.iter().all(|(known, _)| known != name);
        if let (Some(number), true) = (columns.iter().position(|column| column == name), is_new) {
            kept.push((name.clone(), number));
        }
    }
    kept
}

/// Scores articles and keeps what comparing needs of each.
pub(super) struct Gatherer<'a> {
    pub(super) set: &'a LexiconSet,
    pub(super) engine: MatcherEngine<'a, Compiled>,
    pub(super) grouping: Grouping,
    pub(super) columns: Vec<(String, usize)>,
    /// Where events are asked for: the words of the lexicons, which are no evidence of them.
    pub(super) entry_words: Option<EntryWords>,
    /// Which lines behind the numbers are kept, where they are wanted.
    pub(super) keeping: Option<Keeping>,
}

/// What a worker keeps between articles.
#[derive(Default)]
pub(super) struct GatherState {
    engine: MatcherScratch<FastScratch>,
    score: ArticleScore,
    signer: Signer,
}

/// What is kept of some articles.
#[derive(Default)]
pub(super) struct GatheredPart {
    units: UnitsPart,
    lines: LinesPart,
    signatures: Vec<Signature>,
    wording: WordingPart,
    passages: Option<Passages>,
}

/// What is kept of all articles.
pub(super) struct Gathered {
    pub(super) units: Units,
    pub(super) lines: Lines,
    signatures: Vec<Signature>,
    /// The words of all articles, signatures among them; none where no events are asked for.
    pub(super) wording: Wording,
    /// Whether there were too many articles to look for near copies.
    pub(super) too_many_for_copies: bool,
    /// The lines behind the numbers, where they are wanted.
    pub(super) passages: Option<Passages>,
}

impl PerArticle for Gatherer<'_> {
    type State = GatherState;
    type Rows = GatheredPart;

    fn empty(&self) -> GatheredPart {
        GatheredPart { passages: self.keeping.as_ref().map(Keeping::nothing), ..GatheredPart::default() }
    }

    fn article(&self, read: &ReadArticle<'_>, state: &mut GatherState, rows: &mut GatheredPart) {
        let GatherState { engine, score, signer } = state;
        // Candidates that lost stand up when a word is left out.
        self.engine.score(&read.article, engine, Want { rejected: true, ..Want::default() }, score);
        let language = read.language.unwrap_or_else(|| detect(read.article.text, &score.analysis));
        let columns: Vec<Option<&str>> =
            self.columns.iter().map(|(_, number)| read.values.get(*number).and_then(Option::as_deref)).collect();
        let facts = ArticleFacts {
            id: read.article.id,
            group: self.grouping.group_of(read.values, read.path),
            language,
            columns: &columns,
            content: content_hash(&read.article, score),
        };
        let before = rows.units.articles();
        rows.units.add(&facts, self.set, score);
        if rows.units.articles() > before {
            rows.lines.add(self.set, score);
            match &self.entry_words {
                Some(entry_words) => rows.wording.add(self.set, entry_words, engine.types(), score, signer),
                None => rows.signatures.push(signer.sign(&score.analysis, engine.types())),
            }
        }
        if let (Some(keeping), Some(passages), Some(group)) = (&self.keeping, &mut rows.passages, facts.group) {
            keeping.keep(read, (group, language), score, self.set, passages);
        }
    }

    fn score(state: &GatherState) -> &ArticleScore {
        &state.score
    }
}

impl Gathered {
    pub(super) fn new(units: Units, passages: Option<Passages>) -> Gathered {
        Gathered {
            units,
            lines: Lines::default(),
            signatures: Vec::new(),
            wording: Wording::default(),
            too_many_for_copies: false,
            passages,
        }
    }

    /// Articles that print one text, cluster by cluster.
    pub(super) fn copies(&self) -> Vec<Vec<u32>> {
        if !self.wording.is_empty() {
            return find_copies(&self.wording.signatures().iter().collect::<Vec<_>>()).clusters();
        }
        if !self.too_many_for_copies {
            return find_copies(&self.signatures.iter().collect::<Vec<_>>()).clusters();
        }
        let mut order: Vec<u32> = self.units.articles().filter(|article| self.units.all_words(*article) > 0).collect();
        order.sort_by_key(|article| (self.units.content(*article), *article));
        let same = order.chunk_by(|a, b| self.units.content(*a) == self.units.content(*b));
        let mut clusters: Vec<Vec<u32>> = same.filter(|cluster| cluster.len() > 1).map(<[u32]>::to_vec).collect();
        clusters.sort_unstable();
        clusters
    }
}

impl Rows for Gathered {
    type Rows = GatheredPart;

    fn write(&mut self, rows: GatheredPart) -> Result<(), Failure> {
        self.units.append(rows.units);
        self.lines.append(rows.lines);
        if let (Some(all), Some(more)) = (&mut self.passages, rows.passages) {
            all.append(more);
        }
        self.wording.append(rows.wording);
        if !self.wording.is_empty() {
            return Ok(());
        }
        if self.units.len() > SIGNED {
            self.too_many_for_copies = true;
            self.signatures = Vec::new();
        } else {
            self.signatures.extend(rows.signatures);
        }
        Ok(())
    }
}
