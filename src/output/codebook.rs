//! The codebook: every column of a table in words.

use framescope_core::lexicon::{EXPERIMENTAL, Lexicon, LexiconId, Path, PathId};
use framescope_core::score::{AxisMeasure, Denominator, Measure, Part, Value, prefix_of};
use framescope_core::text::{VoiceSet, ZoneSet};

use super::cells::{CellCounts, Cells, Delimited};
use super::column::{Bound, Column, Fixed, Holds};
use super::format::Style;
use super::precision::{PathPrecision, Precision};
use super::table::Table;

/// A row of the codebook.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CodebookRow {
    /// The column's name.
    pub column: String,
    /// What it says.
    pub meaning: String,
    /// In what it is measured.
    pub unit: String,
    /// How it is computed.
    pub formula: String,
    /// What it is divided by: the name of a column, or words.
    pub denominator: String,
    /// When a cell is empty, and what 0 means.
    pub missing: String,
    /// The lexicon, with its version.
    pub lexicon: String,
    /// The path or axis, with dots.
    pub path: String,
    /// What the lexicon says of the path.
    pub definition: String,
    /// An example that counts.
    pub include: String,
    /// An example that does not.
    pub exclude: String,
    /// `validated`, `experimental`, or empty; of an axis: `experimental` if one of its paths is.
    pub status: String,
    /// How often hits of the path's own entries were right, where that was measured: four columns.
    pub precision: Option<Precision>,
    /// Who judged them on which texts, and what speaks against the figure; or why there is none.
    pub precision_note: String,
}

impl CodebookRow {
    /// The columns of a codebook.
    pub const COLUMNS: [&str; 17] = [
        "column",
        "meaning",
        "unit",
        "formula",
        "denominator",
        "missing",
        "lexicon",
        "path",
        "definition",
        "include",
        "exclude",
        "status",
        "precision",
        "precision_low",
        "precision_high",
        "precision_judged",
        "precision_note",
    ];

    /// Whether the column holds names, which say what a row is of.
    pub(super) fn is_name(&self) -> bool {
        matches!(&*self.unit, "" | "id" | "path" | "name" | "text" | "group or all")
    }

    fn put<C: Cells>(&self, cells: &mut C) {
        let texts = [
            &self.column,
            &self.meaning,
            &self.unit,
            &self.formula,
            &self.denominator,
            &self.missing,
            &self.lexicon,
            &self.path,
            &self.definition,
            &self.include,
            &self.exclude,
            &self.status,
        ];
        texts.into_iter().for_each(|text| cells.text(text));
        match self.precision {
            Some(Precision { share, low, high, judged, .. }) => {
                [share, low, high].into_iter().for_each(|share| cells.value(Value::Float(share)));
                cells.int(judged);
            }
            None => cells.repeat(Value::Empty, 4),
        }
        cells.text(&self.precision_note);
        cells.end_row();
    }
}

/// A codebook as a CSV, dressed as a table of this style is.
pub(super) fn csv(rows: impl Iterator<Item = CodebookRow>, style: Style) -> Vec<u8> {
    let style = style.beside();
    let mut out = style.mark().to_vec();
    let mut counts = CellCounts::default();
    let mut cells = Delimited::new(style, &mut out, &mut counts);
    CodebookRow::COLUMNS.iter().for_each(|c| cells.text(c));
    cells.end_row();
    for row in rows {
        row.put(&mut cells);
    }
    out
}

impl Table<'_> {
    /// A row for every column, in order. The column `path` of long tables and of hits has a row
    /// for every path too, with its definition.
    pub fn codebook(&self) -> impl Iterator<Item = CodebookRow> {
        self.columns().iter().flat_map(|column| {
            let is_path = column.holds == Holds::Fixed(Fixed::Path);
            let paths = is_path.then(|| self.every_path()).into_iter().flatten();
            std::iter::once(self.describe(column)).chain(paths)
        })
    }

    /// The codebook as a CSV, dressed as the table is.
    pub fn codebook_csv(&self) -> Vec<u8> {
        csv(self.codebook(), self.style())
    }

    /// The row of a column.
    pub(super) fn describe(&self, column: &Column) -> CodebookRow {
        let mut row = match &column.holds {
            Holds::Fixed(fixed) => {
                let [meaning, unit, missing] = fixed.doc();
                plain(meaning, unit, missing)
            }
            Holds::Meta(name) => plain(
                &format!("metadata, as it stands in the input column {name}"),
                "as in the input",
                "empty where the input has nothing",
            ),
            Holds::Words(denominator) => words(*denominator),
            Holds::CountWords(lexicon) => self.count_words(*lexicon),
            Holds::OtherLanguage(lexicon) => self.other_language(*lexicon),
            Holds::Measure(path, measure, bound) => self.measure(*path, *measure, *bound),
            Holds::Axis(axis, measure, bound) => self.axis(*axis, *measure, *bound),
        };
        row.column.clone_from(&column.name);
        row
    }

    fn count_words(&self, lexicon: Option<LexiconId>) -> CodebookRow {
        let mut row = plain(
            "words of the voices and zones in which hits enter count",
            "words",
            "empty where that is the title and the article has none",
        );
        match lexicon {
            Some(id) => {
                row.meaning = format!("{} ({})", row.meaning, self.limits(id));
                row.lexicon = name_of(self.scoring().set().lexicon(id));
            }
            None => row.meaning.push_str(" for the lexicon of the row"),
        }
        row
    }

    fn other_language(&self, lexicon: Option<LexiconId>) -> CodebookRow {
        let of = |language: &str| {
            plain(
                &format!(
                    "whether the article is in another language than the lexicon{language}: then its zeros say nothing, \
                     and its hits are chance"
                ),
                "1 yes, 0 no",
                "empty where the language of the article or of the lexicon is not known",
            )
        };
        let Some(id) = lexicon else { return of(" of the row") };
        let lexicon = self.scoring().set().lexicon(id);
        CodebookRow { lexicon: name_of(lexicon), ..of(&format!(" ({})", lexicon.about.language)) }
    }

    fn measure(&self, place: Option<(LexiconId, PathId)>, measure: Measure, bound: Option<Bound>) -> CodebookRow {
        let doc = measure.doc();
        let mut row = plain(doc.meaning, doc.unit, doc.missing);
        doc.formula.clone_into(&mut row.formula);
        let lexicon = place.map(|(id, _)| id);
        if measure.is_headline() {
            row.meaning = format!("{}; taken {}", row.meaning, self.headline(lexicon));
        }
        if matches!(measure, Measure::Count | Measure::Per1k)
            && let Some(id) = lexicon
            && !self.scoring().scope(id).is_unlimited()
        {
            row.meaning = format!("{} ({})", row.meaning, self.limits(id));
        }
        if measure == Measure::Present {
            row.formula = format!("1 where hits in the headline voice are at least {}", self.scoring().present_min());
        }
        row.denominator = self.denominator(measure, place);
        if let Some(denominator) = measure.denominator() {
            let numerator = measure.name().trim_end_matches("per_1k").trim_end_matches('_');
            let numerator = if numerator.is_empty() { "count" } else { numerator };
            let divided_by = match denominator {
                Denominator::Counted => row.denominator.as_str(),
                other => other.column(),
            };
            row.formula = format!("1000 * {numerator} / {divided_by}");
        }
        let is_read_from_count = !matches!(measure, Measure::Of(_) | Measure::OfPer1k(_));
        if is_read_from_count && lexicon.is_some_and(|id| self.scoring().scope(id).is_title_only()) {
            row.missing = format!("empty where the article has no title; else {}", row.missing);
        }
        bind(&mut row, bound, measure.interval_formula());
        if let Some((id, path)) = place {
            let lexicon = self.scoring().set().lexicon(id);
            describe_path(&mut row, lexicon, &lexicon.paths[path.0 as usize]);
            self.measured(&mut row, id, path);
        }
        row
    }

    /// What a measure is divided by: a column where there is one.
    fn denominator(&self, measure: Measure, place: Option<(LexiconId, PathId)>) -> String {
        match measure {
            Measure::Per1k | Measure::WeightedPer1k => match place {
                Some((id, _)) => self.count_words_column(id),
                None if self.has_count_words() => "count_words".to_owned(),
                None => "words".to_owned(),
            },
            Measure::OfPer1k(part) => part.denominator().column().to_owned(),
            Measure::MeanWeight => "count".to_owned(),
            Measure::FirstPosition => "words".to_owned(),
            Measure::SentenceDensity => "sentences".to_owned(),
            Measure::Share => {
                let referent = self.referent(place);
                format!("hits of all variants of {referent}, headline voice")
            }
            Measure::Labelled => {
                let referent = self.referent(place);
                format!("hits of all variants and of the bare name of {referent}, headline voice")
            }
            _ => String::new(),
        }
    }

    fn referent(&self, place: Option<(LexiconId, PathId)>) -> &str {
        let Some((id, path)) = place else {
            return "the referent";
        };
        let paths = &self.scoring().set().lexicon(id).paths;
        let path = &paths[path.0 as usize];
        match path.parent {
            Some(parent) => &paths[parent.0 as usize].id,
            None => &path.id,
        }
    }

    fn has_count_words(&self) -> bool {
        let is_it = |c: &Column| matches!(c.holds, Holds::CountWords(_));
        self.columns().iter().any(is_it)
    }

    /// The column of the words in which hits of this lexicon enter `count`.
    fn count_words_column(&self, id: LexiconId) -> String {
        let is_it = |c: &&Column| c.holds == Holds::CountWords(Some(id));
        match self.columns().iter().find(is_it) {
            Some(column) => column.name.clone(),
            None if self.scoring().scope(id).is_unlimited() => "words".to_owned(),
            None => format!("{}{}", prefix_of(self.scoring().set().lexicon(id)), Denominator::Counted.column()),
        }
    }

    fn axis(&self, place: Option<(LexiconId, u32)>, measure: AxisMeasure, bound: Option<Bound>) -> CodebookRow {
        let doc = measure.doc();
        let mut row = plain(doc.meaning, doc.unit, doc.missing);
        row.meaning = format!("{}; taken {}", doc.meaning, self.headline(place.map(|(id, _)| id)));
        doc.formula.clone_into(&mut row.formula);
        row.denominator = match measure {
            AxisMeasure::Score => "positive_count + negative_count".to_owned(),
            AxisMeasure::ScoreSmoothed => "positive_count + negative_count + 1".to_owned(),
            _ => String::new(),
        };
        bind(&mut row, bound, measure.interval_formula());
        if let Some((id, axis)) = place {
            let lexicon = self.scoring().set().lexicon(id);
            let axis = &lexicon.axes[axis as usize];
            let poles = |paths: &[PathId]| {
                let ids = paths.iter().map(|p| lexicon.paths[p.0 as usize].id.as_str());
                ids.collect::<Vec<_>>().join(", ")
            };
            row.lexicon = name_of(lexicon);
            row.path.clone_from(&axis.id);
            row.definition = sentences([
                &axis.definition,
                &format!("positive: {}", poles(&axis.positive)),
                &format!("negative: {}", poles(&axis.negative)),
            ]);
            if lexicon.is_axis_experimental(axis) {
                EXPERIMENTAL.clone_into(&mut row.status);
            }
        }
        row
    }

    /// Adds how often the hits of a path are right.
    fn measured(&self, row: &mut CodebookRow, id: LexiconId, path: PathId) {
        let lexicon = self.scoring().set().lexicon(id);
        if !lexicon.entries.iter().any(|entry| entry.path == path) {
            let note = "no entries of its own: its hits are those of the paths under it";
            row.precision_note = sentences([note, &experimental_under(lexicon, path)]);
            return;
        }
        let known = self.precision(id);
        let found = known.map(|known| known.of(&lexicon.paths[path.0 as usize].id)).unwrap_or_default();
        row.precision_note = match &found {
            PathPrecision::Measured(measured) => {
                row.precision = Some(*measured);
                let own = lexicon.children(path).next().map(|_| "of its own entries, not of paths under it");
                let notes = found.doubts().into_iter().chain(own).chain(known.map(|known| known.judged.as_str()));
                notes.collect::<Vec<_>>().join("; ")
            }
            other => other.to_string(),
        };
        row.precision_note = sentences([&row.precision_note, &experimental_under(lexicon, path)]);
    }

    /// Where headline measures are taken, in words; without a lexicon for all of them.
    fn headline(&self, lexicon: Option<LexiconId>) -> String {
        if let Some(id) = lexicon {
            return voices_in_words(self.scoring().scope(id).headline);
        }
        let set = self.scoring().set();
        let asked = self.scoring().headline().voices();
        let mut said = voices_in_words(asked);
        for (id, lexicon) in set.iter() {
            let own = self.scoring().scope(id).headline;
            if own != asked {
                said = format!("{said} ({}: {})", lexicon.about.id, voices_in_words(own));
            }
        }
        said
    }

    /// The voices and zones that a lexicon allows.
    fn limits(&self, id: LexiconId) -> String {
        let scope = self.scoring().scope(id);
        format!(
            "voices: {}; zones: {}",
            list(scope.voices.is_all(), voice_names(scope.voices)),
            list(scope.zones.is_all(), zone_names(scope.zones)),
        )
    }

    /// A row for every path and axis, with its definition.
    fn every_path(&self) -> Vec<CodebookRow> {
        let mut rows = Vec::new();
        for (id, lexicon) in self.scoring().set().iter() {
            for (number, path) in lexicon.paths.iter().enumerate() {
                let mut row = plain(&label_of(path), "", "");
                Fixed::Path.name().clone_into(&mut row.column);
                describe_path(&mut row, lexicon, path);
                self.measured(&mut row, id, PathId(number as u32));
                rows.push(row);
            }
        }
        rows
    }
}

fn plain(meaning: &str, unit: &str, missing: &str) -> CodebookRow {
    CodebookRow {
        meaning: meaning.to_owned(),
        unit: unit.to_owned(),
        missing: missing.to_owned(),
        ..CodebookRow::default()
    }
}

/// Turns the row of a measure into that of an end of its interval.
fn bind(row: &mut CodebookRow, bound: Option<Bound>, formula: Option<&str>) {
    let Some(bound) = bound else { return };
    let end = match bound {
        Bound::Low => "lower",
        Bound::High => "upper",
    };
    row.meaning = format!(
        "{end} end of the within-text interval of: {}; it treats words as independent and says \
         nothing of other articles",
        row.meaning
    );
    row.formula = format!("{} of {}", formula.unwrap_or_default(), row.formula);
    "empty where the measure is".clone_into(&mut row.missing);
}

fn words(denominator: Denominator) -> CodebookRow {
    let meaning = match denominator {
        Denominator::Words | Denominator::Counted | Denominator::WordsOf(Part::Negated) => {
            "words of the article as cleaned: title, headings and masked words included"
        }
        Denominator::WordsOf(Part::Narrator) => "words outside quotation marks without a cue of attribution",
        Denominator::WordsOf(Part::Attributed) => {
            "words outside quotation marks in a clause with a cue of attribution (best effort)"
        }
        Denominator::WordsOf(Part::Outside) => "words outside quotation marks",
        Denominator::WordsOf(Part::Quoted) => "words inside quotation marks",
        Denominator::WordsOf(Part::QuotedShort) => "words inside quotations of 1 to 3 words",
        Denominator::WordsOf(Part::Title) => "words of the title",
        Denominator::WordsOf(Part::Lead) => "words of the lead: the first paragraph that is no heading",
        Denominator::WordsOf(Part::Heading) => "words of headings",
        Denominator::WordsOf(Part::Body) => "words of the rest, neither title, lead nor heading",
    };
    let missing = match denominator {
        Denominator::WordsOf(Part::Title) => "empty where the article has no title",
        _ => "never empty",
    };
    plain(meaning, "words", missing)
}

fn describe_path(row: &mut CodebookRow, lexicon: &Lexicon, path: &Path) {
    row.lexicon = name_of(lexicon);
    row.path.clone_from(&path.id);
    row.include.clone_from(&path.include);
    row.exclude.clone_from(&path.exclude);
    row.status.clone_from(&path.status);
    let named = |name: &str, text: &str| match text {
        "" => String::new(),
        text => format!("{name}: {text}"),
    };
    row.definition = sentences([
        if path.definition.is_empty() { &path.label } else { &path.definition },
        &named("connotation", &path.connotation),
        &named("according to", &path.according_to),
    ]);
}

/// The experimental paths whose hits are counted under a path too.
fn experimental_under(lexicon: &Lexicon, above: PathId) -> String {
    let is_under = |path: &PathId| *path != above && lexicon.lineage(*path).any(|p| p == above);
    let all = (0..lexicon.paths.len() as u32).map(PathId).filter(is_under).map(|path| &lexicon.paths[path.0 as usize]);
    match all.filter(|path| path.is_experimental()).map(|path| path.id.as_str()).collect::<Vec<_>>() {
        none if none.is_empty() => String::new(),
        some => format!("counts hits of experimental paths: {}", some.join(", ")),
    }
}

fn label_of(path: &Path) -> String {
    match path.label.as_str() {
        "" => format!("the path {}", path.id),
        label => format!("the path {}: {label}", path.id),
    }
}

fn name_of(lexicon: &Lexicon) -> String {
    let about = &lexicon.about;
    format!("{} {}", about.id, about.version).trim_end().to_owned()
}

/// The texts that say something, parted by semicolons.
fn sentences<const N: usize>(texts: [&str; N]) -> String {
    let said: Vec<&str> = texts.into_iter().filter(|t| !t.is_empty()).collect();
    said.join("; ")
}

fn voices_in_words(voices: VoiceSet) -> String {
    if voices.is_all() {
        "inside and outside quotation marks".to_owned()
    } else if voices == VoiceSet::OUTSIDE {
        "outside quotation marks".to_owned()
    } else if voices == VoiceSet::QUOTED {
        "inside quotation marks".to_owned()
    } else {
        format!("in the voices {}", voice_names(voices))
    }
}

fn voice_names(voices: VoiceSet) -> String {
    voices.iter().map(|v| v.name()).collect::<Vec<_>>().join(", ")
}

fn zone_names(zones: ZoneSet) -> String {
    zones.iter().map(|z| z.name()).collect::<Vec<_>>().join(", ")
}

fn list(all: bool, names: String) -> String {
    if all { "all".to_owned() } else { names }
}
