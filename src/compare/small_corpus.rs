//! Small corpora for the tests of comparing.

use framescope_core::lexicon::{LexiconSet, read};
use framescope_core::matching::{Compiled, Want};
use framescope_core::score::{ArticleScore, Engine as _, Headline, MatcherEngine, Scoring};
use framescope_core::stats::{Draws, Purpose};
use framescope_core::text::{Article, Title};

use super::facing::Facing;
use super::{ArticleFacts, Lines, LinesPart, Units, UnitsPart, Vocabulary};
use crate::output::{ArticleContext, Style, Table, TableKind, TableWriter};

/// An article.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) group: String,
    pub(crate) title: Option<String>,
    pub(crate) body: String,
}

impl Text {
    fn article<'a>(&'a self, id: &'a str) -> Article<'a> {
        Article { id, title: self.title.as_deref().map(Title::Field), text: &self.body, removed: &[] }
    }
}

/// A corpus that was matched.
pub(crate) struct Corpus {
    pub(crate) set: LexiconSet,
    pub(crate) compiled: Compiled,
    pub(crate) units: Units,
    pub(crate) lines: Lines,
}

impl Corpus {
    pub(crate) fn new(lexicon: &str, texts: &[Text]) -> Corpus {
        Corpus::of_set(LexiconSet::new(vec![read(lexicon, "l.toml", &[], &|_| None).expect("a lexicon")]), texts)
    }

    pub(crate) fn of_set(set: LexiconSet, texts: &[Text]) -> Corpus {
        Corpus::read(set, texts, &vec!["en"; texts.len()])
    }

    /// A corpus whose articles are in these languages.
    pub(crate) fn in_languages(lexicon: &str, texts: &[Text], languages: &[&str]) -> Corpus {
        let set = LexiconSet::new(vec![read(lexicon, "l.toml", &[], &|_| None).expect("a lexicon")]);
        Corpus::read(set, texts, languages)
    }

    fn read(set: LexiconSet, texts: &[Text], languages: &[&str]) -> Corpus {
        let mut units = Units::new(Vocabulary::of(&set), &[]);
        let (mut part, mut lines) = (UnitsPart::default(), LinesPart::default());
        let engine = MatcherEngine::new(&set, Compiled::new(&set));
        let (mut scratch, mut score) = (Default::default(), ArticleScore::default());
        for (number, (text, language)) in texts.iter().zip(languages).enumerate() {
            let id = format!("article-{number}");
            let article = text.article(&id);
            engine.score(&article, &mut scratch, Want { rejected: true, ..Want::default() }, &mut score);
            let group = Some(text.group.as_str());
            let facts = ArticleFacts { id: &id, group, language, columns: &[], content: 0 };
            part.add(&facts, &set, &score);
            lines.add(&set, &score);
        }
        units.append(part);
        let mut all = Lines::default();
        all.append(lines);
        Corpus { compiled: Compiled::new(&set), set, units, lines: all }
    }

    /// The table of hits that `kwic` writes, or that of rejected candidates.
    pub(crate) fn kwic(&self, texts: &[Text], rejected: bool) -> Vec<u8> {
        let kind = if rejected { TableKind::Rejected { window: 3 } } else { TableKind::Hits { window: 3 } };
        let scoring = Scoring::new(&self.set, Headline::All, 1);
        let table = Table::new(scoring, &kind, &[], Style::default()).expect("a table");
        let engine = MatcherEngine::new(&self.set, Compiled::new(&self.set));
        let (mut scratch, mut score) = (Default::default(), ArticleScore::default());
        let (mut rows, mut part) = (Default::default(), table.part());
        for (number, text) in texts.iter().enumerate() {
            let id = format!("article-{number}");
            let article = text.article(&id);
            engine.score(&article, &mut scratch, kind.want(), &mut score);
            let context = ArticleContext { article: &article, meta: &[], language: "en", score: &score };
            table.article(&context, &mut rows, &mut part);
        }
        let mut writer = TableWriter::new(&table, Vec::new(), "hits").expect("a header");
        writer.write(part).expect("rows");
        writer.finish().expect("an end").0
    }

    /// Every later group against every earlier one.
    pub(crate) fn pairs(&self) -> Vec<Facing> {
        let groups = self.units.groups().values().len();
        let pairs = (0..groups as u32).flat_map(|a| (a + 1..groups as u32).map(move |b| [a, b]));
        pairs.map(|[a, b]| Facing::new(groups, [&[a], &[b]])).collect()
    }
}

/// Chance for one article of a group.
pub(crate) fn draws(group: &str, article: u64) -> Draws {
    let seed = group.bytes().fold(7, |seed, byte| seed * 31 + u64::from(byte));
    Draws::new(seed, Purpose::Dispersion, article)
}
