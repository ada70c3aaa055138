//! Hits that `kwic` wrote, read again: what word-level comparing needs of a corpus that is not at hand.
//!
//! A table of hits has a row for every hit under the path of its entry; which paths above hold it follows from the lexicon, so
//! the lexicon must be the one that made the table. Candidates that lost to better ones stand in `kwic --rejected`; with them,
//! leave-one-out is as exact as from the corpus. Sentences without a hit stand in neither, so association needs the corpus.

use std::collections::BTreeMap;
use std::path::Path;

use framescope_core::lexicon::{EntryId, LexiconId, LexiconSet, PathId};
use framescope_core::matching::{Compiled, Contender, Rule, SettleScratch, Whom};
use framescope_core::text::{Field, Voice, Zone};
use rustc_hash::{FxHashMap, FxHashSet};

use super::error::StoredError;
use super::hits::{WRITER, voice_in};
use super::records::Records;
use crate::compare::lines::{Line, Lines};
use crate::compare::{EntryCount, Units, WhomCount};

/// A candidate of an article, as a table has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StoredHit {
    /// The candidate.
    pub(super) line: Line,
    /// Whom it is about, where its path asks.
    pub(super) whom: Option<Whom>,
}

/// Reads tables of hits and of rejected candidates.
pub(super) struct StoredHits<'a> {
    set: &'a LexiconSet,
    entries: FxHashMap<(LexiconId, &'a str, &'a str), u32>,
    lexicons: FxHashMap<&'a str, LexiconId>,
    articles: FxHashMap<&'a str, u32>,
    found: Vec<Vec<(Field, StoredHit)>>,
    has_losers: bool,
    /// Articles whose hits are passed over.
    without_group: &'a FxHashSet<String>,
}

/// What a candidate can have died of.
const RULES: [Rule; 6] = [Rule::Masked, Rule::Condition, Rule::Voice, Rule::Zone, Rule::Negation, Rule::Overlap];
const COLUMNS: [&str; 10] = ["id", "lexicon", "path", "entry", "field", "start", "end", "sentence", "zone", "voice"];

impl<'a> StoredHits<'a> {
    /// For articles of these ids, in order. Hits of articles `without_group` are passed over; those of others are an error.
    pub(super) fn new(
        set: &'a LexiconSet,
        ids: impl Iterator<Item = &'a str>,
        without_group: &'a FxHashSet<String>,
    ) -> StoredHits<'a> {
        let mut entries = FxHashMap::default();
        let mut lexicons = FxHashMap::default();
        for (id, lexicon) in set.iter() {
            lexicons.insert(lexicon.about.id.as_str(), id);
            for (number, entry) in (0..).zip(&lexicon.entries) {
                let key = (id, lexicon.paths[entry.path.0 as usize].id.as_str(), entry.term.text.as_str());
                // Entries of one spelling differ in conditions only: the first stands for all.
                entries.entry(key).or_insert_with(|| set.entry_number(id, EntryId(number)));
            }
        }
        let articles: FxHashMap<&str, u32> = ids.zip(0..).collect();
        let found = vec![Vec::new(); articles.len()];
        StoredHits { set, entries, lexicons, found, articles, has_losers: false, without_group }
    }

    /// Adds a table: of hits, or, where it has a column `rule`, of rejected candidates, of which those that died of overlap
    /// are kept.
    ///
    /// # Errors
    /// [`StoredError`].
    pub(super) fn read(&mut self, table: &Path) -> Result<(), StoredError> {
        let mut records = Records::open(table)?;
        let mut places = [0; COLUMNS.len()];
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            *place = records.needs(column, "write the table with `framescope kwic`")?;
        }
        let [rule, about, counted] = ["rule", "about", "counted"].map(|column| records.column(column));
        self.has_losers |= rule.is_some();
        while records.next()? {
            if let Some(rule) = rule
                && records.text(rule) != Rule::Overlap.name()
            {
                if RULES.iter().all(|known| known.name() != records.text(rule)) {
                    return Err(records.wrong(rule, format!("one of {}", RULES.map(Rule::name).join(", ")), WRITER));
                }
                continue;
            }
            self.add(&Row { records: &records, places, about, counted }, rule.is_none())?;
        }
        Ok(())
    }

    fn add(&mut self, row: &Row<'_>, won: bool) -> Result<(), StoredError> {
        let [id, lexicon, path, term, field, _, _, _, zone, _] = row.cells();
        let place = || (row.records.path().to_owned(), row.records.line());
        let Some(&article) = self.articles.get(id) else {
            let (path, line) = place();
            return match self.without_group.contains(id) {
                true => Ok(()),
                false => Err(StoredError::UnknownArticle { path, line, id: id.to_owned() }),
            };
        };
        let known = self
            .lexicons
            .get(lexicon)
            .and_then(|lexicon| self.entries.get(&(*lexicon, path, term)).map(|entry| (*lexicon, *entry)));
        let Some((lexicon, entry)) = known else {
            let ((table, line), (term, path)) = (place(), (term.to_owned(), path.to_owned()));
            return Err(StoredError::UnknownEntry { table, line, term, path });
        };
        let lexicon = self.set.lexicon(lexicon);
        let zone = Zone::from_name(zone).ok_or_else(|| row.wrong(8, "one of title, heading, lead, body"))?;
        let voice = voice_in(row.records, row.places[9])?;
        let fields = [Field::Title, Field::Text];
        let field = fields.into_iter().find(|f| f.name() == field).ok_or_else(|| row.wrong(4, "title or text"))?;
        let contender = Contender { entry, start: row.number(5)?, end: row.number(6)? };
        if contender.start >= contender.end {
            return Err(row.wrong(6, "behind `start`"));
        }
        let counts = match row.counted.map(|column| (column, row.records.text(column))) {
            Some((_, "1")) => true,
            Some((_, "0")) => false,
            Some((column, _)) => return Err(row.records.wrong(column, "0 or 1", WRITER)),
            None => lexicon.rules.voices.contains(voice) && lexicon.rules.zones.contains(zone),
        };
        let asked = lexicon.path(path).and_then(|path| lexicon.paths[path.0 as usize].about);
        let sides = asked.and_then(|about| lexicon.abouts.get(about as usize)).map(|about| &about.sides);
        let whom = match sides.zip(row.about).map(|(sides, column)| (sides, column, row.records.text(column))) {
            None => None,
            // A candidate that lost is about nobody.
            Some((.., "")) if !won => None,
            Some((.., "both")) => Some(Whom::Both),
            Some((.., "unclear")) => Some(Whom::Unclear),
            Some((sides, column, name)) => {
                let side = (0..).zip(sides).find(|(_, (side, _))| side == name).map(|(number, _)| Whom::Side(number));
                let sides = || sides.iter().map(|(side, _)| side.as_str()).collect::<Vec<_>>().join(", ");
                let expected = || format!("one of {}, both, unclear", sides());
                Some(side.ok_or_else(|| row.records.wrong(column, expected(), WRITER))?)
            }
        };
        let line = Line::new(contender, row.number(7)?, zone, voice, counts, won);
        self.found[article as usize].push((field, StoredHit { line, whom }));
        Ok(())
    }

    /// Whether a table of rejected candidates was read, so that leave-one-out is exact.
    pub(super) fn has_losers(&self) -> bool {
        self.has_losers
    }

    /// The candidates of every article. Their positions are counted anew, in steps between ends of candidates, title
    /// first: who touches whom, and who stands further left, is all that overlap asks.
    pub(super) fn finish(self) -> Vec<Vec<StoredHit>> {
        let of_article = |hits: Vec<(Field, StoredHit)>| {
            let ends = hits.iter().flat_map(|(field, hit)| [(*field, hit.line.start), (*field, hit.line.end)]);
            let mut ends: Vec<(Field, u32)> = ends.collect();
            ends.sort_unstable();
            ends.dedup();
            let step = |field: Field, at: u32| ends.partition_point(|end| *end < (field, at)) as u32;
            let mut hits: Vec<StoredHit> = hits
                .into_iter()
                .map(|(field, mut hit)| {
                    (hit.line.start, hit.line.end) = (step(field, hit.line.start), step(field, hit.line.end));
                    hit
                })
                .collect();
            hits.sort_by_key(|hit| (hit.line.start, hit.line.end, hit.line.entry));
            hits
        };
        self.found.into_iter().map(of_article).collect()
    }
}

/// Gives `units`, which came from a stored table of scores, their hits by entry and by whom they are about, and returns the
/// candidates for leave-one-out. `compiled` and `hits` must be those of `set`.
pub(super) fn add_stored_hits(
    units: &mut Units,
    set: &LexiconSet,
    compiled: &Compiled,
    hits: Vec<Vec<StoredHit>>,
    has_losers: bool,
) -> Lines {
    let (mut scratch, mut counted) = (SettleScratch::default(), Vec::new());
    for (article, candidates) in (0..).zip(&hits) {
        let won: Vec<&StoredHit> = candidates.iter().filter(|hit| hit.line.is_hit()).collect();
        let contenders: Vec<Contender> = won.iter().map(|hit| hit.line.contender()).collect();
        compiled.settle_again(&contenders, &mut scratch, &mut counted);
        let mut entries: BTreeMap<(u32, u32, Voice), u32> = BTreeMap::new();
        let mut whom: BTreeMap<(u32, Whom, Voice), u32> = BTreeMap::new();
        for counted in &counted {
            let hit = won[counted.hit as usize];
            if !hit.line.counts() {
                continue;
            }
            let (path, entry, voice) = (counted.path, hit.line.entry, hit.line.voice());
            *entries.entry((path, entry, voice)).or_default() += 1;
            // A path above asks about the same sides, or not at all.
            if let Some(about) = hit.whom.filter(|_| asks_alike(set, path, entry)) {
                *whom.entry((path, about, voice)).or_default() += 1;
            }
        }
        for ((path, entry, voice), hits) in entries {
            units.push_entry(path, EntryCount { article, entry, voice, hits });
        }
        for ((path, whom, voice), hits) in whom {
            units.push_whom(path, WhomCount { article, whom, voice, hits });
        }
    }
    Lines::stored(hits.into_iter().map(|hits| hits.into_iter().map(|hit| hit.line).collect()).collect(), has_losers)
}

/// Whether a path asks about the sides that the path of an entry asks about.
fn asks_alike(set: &LexiconSet, path: u32, entry: u32) -> bool {
    set.iter().any(|(id, lexicon)| {
        let asked = |path: usize| lexicon.paths.get(path).map(|path| path.about);
        let own = path.checked_sub(set.path_number(id, PathId(0))).and_then(|path| asked(path as usize));
        let entry = entry.checked_sub(set.entry_number(id, EntryId(0))).and_then(|n| lexicon.entries.get(n as usize));
        own.is_some() && own == entry.and_then(|entry| asked(entry.path.0 as usize))
    })
}

/// A row of a table of hits.
struct Row<'a> {
    records: &'a Records,
    places: [usize; COLUMNS.len()],
    /// The column of the side that the hit is about.
    about: Option<usize>,
    /// The column that says whether it enters `count`.
    counted: Option<usize>,
}

impl<'a> Row<'a> {
    fn cells(&self) -> [&'a str; COLUMNS.len()] {
        self.places.map(|place| self.records.text(place))
    }

    fn number(&self, column: usize) -> Result<u32, StoredError> {
        self.cells()[column].parse().map_err(|_| self.wrong(column, "a whole number from 0"))
    }

    fn wrong(&self, column: usize, expected: &str) -> StoredError {
        self.records.wrong(self.places[column], expected, WRITER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::PathShift;
    use crate::compare::small_corpus::{Corpus, Text};
    use crate::compare::sums::Draw;
    use crate::compare::whom::{WhomRow, whom};
    use crate::compare::words::WordShifts;
    use crate::compare::words::tests::{drawn_lexicon, drawn_texts};
    use proptest::prelude::*;

    /// The units and lines of a corpus, from the tables that `kwic` writes of it.
    fn stored(corpus: &Corpus, texts: &[Text], with_rejected: bool) -> (Units, Lines) {
        let mut units = corpus.units.clone();
        units.forget_words();
        let ids: Vec<String> = units.articles().map(|article| units.id(article).to_owned()).collect();
        let grouped = FxHashSet::default();
        let mut hits = StoredHits::new(&corpus.set, ids.iter().map(String::as_str), &grouped);
        let folder = tempfile::TempDir::new().unwrap();
        for (name, rejected) in [("hits.csv", false), ("rejected.csv", true)] {
            let path = folder.path().join(name);
            std::fs::write(&path, corpus.kwic(texts, rejected)).unwrap();
            if !rejected || with_rejected {
                hits.read(&path).unwrap();
            }
        }
        let has_losers = hits.has_losers();
        let lines = add_stored_hits(&mut units, &corpus.set, &corpus.compiled, hits.finish(), has_losers);
        (units, lines)
    }

    fn shifts(corpus: &Corpus, units: &Units, lines: &Lines) -> Vec<PathShift> {
        WordShifts::new(&corpus.set, units, &corpus.pairs(), Some((&corpus.compiled, lines))).all()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn stored_hits_give_what_the_corpus_gives(lexicon in drawn_lexicon(), texts in drawn_texts()) {
            let texts: Vec<Text> = texts
                .into_iter()
                .enumerate()
                .map(|(n, text)| Text { title: (n % 2 == 0).then(|| "A b c, as b".to_owned()), ..text })
                .collect();
            let corpus = Corpus::new(&lexicon, &texts);
            let fresh = shifts(&corpus, &corpus.units, &corpus.lines);
            let (units, lines) = stored(&corpus, &texts, true);
            prop_assert_eq!(&shifts(&corpus, &units, &lines), &fresh);
            let (units, lines) = stored(&corpus, &texts, false);
            let told = |shifts: &[PathShift]| {
                shifts.iter().flat_map(|s| s.forms.iter().map(|w| (w.name.clone(), w.hits, w.contribution.to_bits()))).collect::<Vec<_>>()
            };
            let found = shifts(&corpus, &units, &lines);
            prop_assert_eq!(told(&found), told(&fresh));
            prop_assert!(found.iter().flat_map(|s| &s.forms).all(|word| word.without.is_none()));
        }
    }

    const ABOUT: &str = r#"
        [lexicon]
        id = "l"
        language = "en"
        [[category]]
        id = "deaths"
        about = "side"
        terms = ["killed"]
        [[category]]
        id = "deaths.many"
        about = "other"
        terms = ["dead", "-dead week"]
        [[about]]
        id = "side"
        within = "sentence"
          [about.sides]
          red = ["Reds"]
        [[about]]
        id = "other"
        within = "sentence"
          [about.sides]
          red = ["Blues"]
    "#;

    fn about_texts() -> Vec<Text> {
        ["The Reds were killed. Blues are dead, two were killed.", "Nobody was killed. The dead Blues. Reds killed."]
            .into_iter()
            .zip(["a", "b"])
            .map(|(body, group)| Text { group: group.to_owned(), title: None, body: body.to_owned() })
            .collect()
    }

    #[test]
    fn whom_hits_are_about_is_read_back() {
        let texts = about_texts();
        let corpus = Corpus::new(ABOUT, &texts);
        let about = |units: &Units| -> Vec<WhomRow> { whom(units, &corpus.pairs(), &Draw::alone(units, 1)).unwrap() };
        let fresh = about(&corpus.units);
        let told: Vec<_> = fresh.iter().map(|row| (row.path, row.side.as_str(), row.hits)).collect();
        assert!(told.contains(&(0, "red", [1, 1])) && told.contains(&(1, "red", [1, 1])), "{told:?}");
        let (units, _) = stored(&corpus, &texts, false);
        assert_eq!(about(&units), fresh);
    }

    fn read(hits: &mut StoredHits<'_>, table: &str) -> Result<(), StoredError> {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("hits.csv");
        std::fs::write(&path, table).unwrap();
        hits.read(&path)
    }

    fn error(table: &str) -> String {
        let corpus = Corpus::new(ABOUT, &about_texts());
        let grouped = FxHashSet::default();
        let mut hits = StoredHits::new(&corpus.set, ["article-0"].into_iter(), &grouped);
        read(&mut hits, table).unwrap_err().to_string()
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let header = "id,lexicon,path,entry,field,start,end,sentence,zone,voice\n";
        let row =
            |cells: &str| error(&format!("{header}article-0,l,deaths,killed,text,4,10,0,body,narrator\n{cells}\n"));
        let missing = error("id,path\n");
        assert!(
            missing.ends_with("hits.csv: there is no column `lexicon`; write the table with `framescope kwic`"),
            "{missing}"
        );
        assert!(
            row("article-9,l,deaths,killed,text,4,10,0,body,narrator")
                .contains("hits.csv:3: there is no article \"article-9\"")
        );
        assert!(
            row("article-0,l,deaths,slain,text,4,10,0,body,narrator").contains("no entry \"slain\" under \"deaths\"")
        );
        assert!(row("article-0,m,deaths,killed,text,4,10,0,body,narrator").contains("no entry"));
        assert!(row("article-0,l,deaths,killed,text,x,10,0,body,narrator").contains("`start` (column 6) is \"x\""));
        assert!(row("article-0,l,deaths,killed,text,9,9,0,body,narrator").contains("`end` (column 7) is \"9\""));
        assert!(
            row("article-0,l,deaths,killed,text,4,10,0,cellar,narrator").contains("`zone` (column 9) is \"cellar\"")
        );
        assert!(row("article-0,l,deaths,killed,text,4,10,0,body,ghost").contains("`voice` (column 10) is \"ghost\""));
        assert!(row("article-0,l,deaths,killed,side,4,10,0,body,narrator").contains("`field` (column 5) is \"side\""));
        assert!(row("article-0,l").contains("line 3") || row("article-0,l").contains("line: 3"));
        // Two more columns that a table may have.
        let header = "rule,about,counted,id,lexicon,path,entry,field,start,end,sentence,zone,voice\n";
        let row =
            |first: &str| error(&format!("{header}{first},article-0,l,deaths,killed,text,4,10,0,body,narrator\n"));
        assert!(
            row("overlapped,red,1")
                .contains("hits.csv:2: `rule` (column 1) is \"overlapped\" and must be one of masked")
        );
        assert!(
            row("overlap,green,1").contains("`about` (column 2) is \"green\" and must be one of red, both, unclear")
        );
        assert!(row("overlap,red,yes").contains("`counted` (column 3) is \"yes\" and must be 0 or 1; mend the cell"));
    }

    /// A position that no text has must cost no memory.
    #[test]
    fn far_positions_are_only_far() {
        let corpus = Corpus::new(ABOUT, &about_texts());
        let grouped = FxHashSet::default();
        let mut hits = StoredHits::new(&corpus.set, ["article-0"].into_iter(), &grouped);
        let table = "id,lexicon,path,entry,field,start,end,sentence,zone,voice\n\
                     article-0,l,deaths.many,'-dead week,text,4294967290,4294967295,0,body,narrator\n";
        read(&mut hits, table).unwrap();
        let found = hits.finish();
        assert_eq!((found[0][0].line.start, found[0][0].line.end), (0, 1));
    }
}
