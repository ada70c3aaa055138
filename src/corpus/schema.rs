//! What the columns of the corpus are, fixed before the first article is read.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::bytes::{self, Opened};
use super::cleaning;
use super::error::{CorpusError, meant};
use super::filter::Filter;
use super::inputs::Inputs;
use super::json;
use super::layout::{HEAD_BYTES, Layout};
use super::metafile::MetaFile;
use super::notes::Notes;
use super::object::keys_of;
use super::peek::{PEEKED_BYTES, Peek};
use super::settings::{Format, MetaChoice, ReadSettings};
use super::walk::{InputFile, Walk};

/// The columns of JSONL are the keys of so many first records.
const PEEKED_RECORDS: usize = 1_000;
/// And a text file's front matter is looked for in so many first files.
const PEEKED_FILES: usize = 1_000;

/// A corpus that was looked at and can be read.
pub struct Corpus {
    pub(super) settings: ReadSettings,
    pub(super) inputs: Arc<Inputs>,
    /// Inputs that cannot be opened twice, with all that was looked at put back.
    pub(super) kept: Mutex<HashMap<PathBuf, Opened>>,
    pub(super) columns: Vec<String>,
    pub(super) filters: Vec<Filter>,
    pub(super) meta_file: MetaFile,
    /// Columns that every article is asked for, looked up once.
    pub(super) title_column: Option<usize>,
    pub(super) language_column: Option<usize>,
    /// Layouts of the JSONL files that were looked at.
    jsonl: HashMap<PathBuf, Arc<Layout>>,
    /// The layout of those that were not.
    other_jsonl: Arc<Layout>,
    /// Whether there are keys of JSONL that nobody has seen yet.
    unseen_keys: bool,
    shown: Vec<usize>,
    shown_names: Vec<String>,
    /// Whether files lie in more than one folder.
    several_folders: bool,
    /// Columns that were asked for by name and that no record had so far.
    hoped_for: Vec<usize>,
    notes: Vec<String>,
}

/// What is known while the inputs are looked at.
#[derive(Default)]
struct Look {
    records: usize,
    text_files: usize,
    jsonl: Vec<(PathBuf, Layout)>,
    notes: Notes,
    /// The names that hold text, ids and languages, which are no metadata.
    hidden: Vec<String>,
    /// The names of the columns of text.
    texts: Vec<String>,
}

impl Corpus {
    /// Looks at every input and fixes the columns.
    ///
    /// # Errors
    /// If an input is missing or unreadable, has no text, nothing is there to read, or the run is to stop.
    pub fn open(settings: ReadSettings) -> Result<Corpus, CorpusError> {
        let inputs = Arc::new(Inputs::resolve(&settings)?);
        let mut corpus = Corpus {
            inputs: Arc::clone(&inputs),
            settings,
            kept: Mutex::default(),
            columns: Vec::new(),
            filters: Vec::new(),
            meta_file: MetaFile::default(),
            title_column: None,
            language_column: None,
            jsonl: HashMap::new(),
            other_jsonl: Arc::default(),
            unseen_keys: false,
            shown: Vec::new(),
            shown_names: Vec::new(),
            several_folders: false,
            hoped_for: Vec::new(),
            notes: Vec::new(),
        };
        let mut look = Look::default();
        let mut walk = Walk::new(inputs);
        let mut files = 0_usize;
        let mut first_folder: Option<String> = None;
        for file in walk.by_ref() {
            files += 1;
            let folder = file.shown.rsplit_once('/').map_or("", |(folder, _)| folder);
            corpus.several_folders |= first_folder.get_or_insert_with(|| folder.to_owned()) != folder;
            match file.format {
                Format::Csv | Format::Tsv => corpus.look_at_table(&file, &mut look)?,
                Format::Jsonl => corpus.look_at_jsonl(&file, &mut look)?,
                Format::Text => corpus.look_at_text(&file, &mut look)?,
            }
        }
        if let Some(pattern) = walk.unmatched {
            return Err(CorpusError::Empty { inputs: pattern, reason: "no file matches the pattern".to_owned() });
        }
        let passed = walk.passed.note();
        if files == 0 {
            let reason = passed.unwrap_or_else(|| "there is no file to read".to_owned());
            return Err(CorpusError::Empty { inputs: corpus.settings.inputs.join(", "), reason });
        }
        corpus.notes = passed.into_iter().chain(look.notes.sentences()).collect();
        if let Some(path) = corpus.settings.meta_file.clone() {
            corpus.meta_file = MetaFile::read(&path, corpus.settings.stop.as_ref())?;
            for name in corpus.meta_file.columns.clone() {
                corpus.column(&name);
            }
        }
        for condition in corpus.settings.filters.clone() {
            let filter = Filter::parse(&condition, |name| corpus.known_or_hoped_for(name));
            let bad = || CorpusError::Filter { condition: condition.clone(), columns: corpus.columns.join(", ") };
            let filter = filter.ok_or_else(bad)?;
            corpus.filters.push(filter);
        }
        for (option, name) in corpus.settings.needed.clone() {
            corpus.needed(option, &name)?;
            look.is_kept(option, &name)?;
        }
        if let MetaChoice::Only(names) = &corpus.settings.meta {
            names.iter().try_for_each(|name| look.is_kept("--meta", name))?;
        }
        corpus.choose_columns(&look.hidden)?;
        corpus.number_jsonl(look.jsonl);
        corpus.title_column = corpus.number_of("title");
        corpus.language_column = corpus.number_of("language");
        Ok(corpus)
    }

    /// The names of the metadata columns, as tables show them.
    pub fn metadata(&self) -> &[String] {
        &self.shown_names
    }

    /// The names of all columns, whatever they hold and whether or not tables show them.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Whether the files lie in more than one folder.
    pub fn has_several_folders(&self) -> bool {
        self.several_folders
    }

    /// Which of a record's values those columns are.
    pub(super) fn shown(&self) -> &[usize] {
        &self.shown
    }

    /// What a person should know of how the inputs were read.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The inputs that are files and were named outright.
    pub fn named_files(&self) -> impl Iterator<Item = &Path> {
        self.inputs.named()
    }

    /// A place for people by record: `file, record n`. This walks the inputs once more.
    pub fn record_place(&self, file: u32, record: u64) -> String {
        let found = Walk::new(Arc::clone(&self.inputs)).nth(file as usize);
        found.map_or_else(|| format!("record {record}"), |file| format!("{}, record {record}", file.shown))
    }

    /// What the first row of the metadata file is joined on.
    pub fn first_of_meta_file(&self) -> Option<&str> {
        self.meta_file.first.as_deref()
    }

    /// How many bytes all files have, as they are stored, if all inputs are files. This walks the inputs
    /// once more.
    pub fn total_bytes(&self) -> Option<u64> {
        let size = |f: InputFile| std::fs::metadata(&f.path).ok().filter(|_| f.regular).map(|m| m.len());
        Walk::new(Arc::clone(&self.inputs)).map(size).sum()
    }

    /// Columns that were asked for by name and that no record had, given those that were met.
    pub fn never_met(&self, met: &BTreeSet<usize>) -> impl Iterator<Item = &str> {
        let unmet = self.hoped_for.iter().filter(move |column| !met.contains(column));
        unmet.map(|&column| self.columns[column].as_str())
    }

    pub(super) fn hoped_for(&self) -> &[usize] {
        &self.hoped_for
    }

    /// The number of a column, made if new.
    fn column(&mut self, name: &str) -> usize {
        self.number_of(name).unwrap_or_else(|| {
            self.columns.push(name.to_owned());
            self.columns.len() - 1
        })
    }

    /// The number of a column that somebody named. While there may be keys that nobody has seen,
    /// any name can be one of them.
    fn known_or_hoped_for(&mut self, name: &str) -> Option<usize> {
        if self.number_of(name).is_none() && self.unseen_keys {
            let column = self.column(name);
            self.hoped_for.push(column);
        }
        self.number_of(name)
    }

    /// The number of a column that an option names.
    fn needed(&mut self, option: &str, name: &str) -> Result<usize, CorpusError> {
        self.known_or_hoped_for(name).ok_or_else(|| CorpusError::NoColumn {
            file: option.to_owned(),
            name: name.to_owned(),
            meant: meant(name, &self.columns),
            columns: self.columns.join(", "),
        })
    }

    /// The number of a column.
    pub(super) fn number_of(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == name)
    }

    /// The encoding that a file is read in, unless its mark says otherwise; `None` is detected. JSONL is
    /// UTF-8, so that one bad line is a bad line and the others are not misread.
    fn encoding(&self, format: Format) -> Option<&'static encoding_rs::Encoding> {
        let standard = (format == Format::Jsonl).then_some(encoding_rs::UTF_8);
        self.settings.encoding.or(standard)
    }

    /// Opens a file that is to be read.
    pub(super) fn open_file(&self, file: &InputFile) -> std::io::Result<Opened> {
        self.open_hashed(file, self.settings.hash)
    }

    fn open_hashed(&self, file: &InputFile, hash: bool) -> std::io::Result<Opened> {
        // A regular file keeps nobody waiting, and of small ones there may be millions.
        let stop = self.settings.stop.as_ref().filter(|_| !file.regular);
        bytes::open(&file.path, self.encoding(file.format), hash, stop)
    }

    /// Opens a file to look at its start; one that is opened again is hashed then.
    fn peeked(&self, file: &InputFile, notes: &mut Notes) -> Result<Opened, CorpusError> {
        let opened = self.open_hashed(file, self.settings.hash && !file.regular);
        let opened = opened.map_err(|source| CorpusError::of_read(&file.path, source))?;
        if let Some((encoding, guessed)) = opened.encoding {
            let how = if guessed { "guessed; --encoding NAME says otherwise" } else { "by its mark or --encoding" };
            notes.of_file(&file.shown, format!("read as {} ({how})", encoding.name()));
        }
        Ok(opened)
    }

    /// Looks at the first bytes of a file; what cannot be opened twice is kept.
    fn peek(&mut self, file: &InputFile, wanted: usize, notes: &mut Notes) -> Result<Vec<u8>, CorpusError> {
        let mut opened = self.peeked(file, notes)?;
        let most = if file.regular { wanted } else { PEEKED_BYTES };
        let mut head = Vec::new();
        opened.take(most, &mut head).map_err(|source| CorpusError::of_read(&file.path, source))?;
        if !file.regular {
            opened.put_back(head.clone());
            self.keep(file, opened);
        }
        Ok(head)
    }

    /// Keeps a file that cannot be opened twice.
    fn keep(&mut self, file: &InputFile, opened: Opened) {
        self.kept.get_mut().unwrap_or_else(PoisonError::into_inner).insert(file.path.clone(), opened);
    }

    fn look_at_table(&mut self, file: &InputFile, look: &mut Look) -> Result<(), CorpusError> {
        let head = self.peek(file, HEAD_BYTES, &mut look.notes)?;
        let layout = Layout::of_table(&file.shown, file.format, &head, &self.settings, &mut look.notes)?;
        for field in &layout.fields {
            self.column(field);
        }
        if self.settings.clean == Some(true) {
            for name in cleaning::COLUMNS {
                self.column(name);
            }
        }
        look.hide(&layout);
        Ok(())
    }

    fn look_at_jsonl(&mut self, file: &InputFile, look: &mut Look) -> Result<(), CorpusError> {
        if look.records >= PEEKED_RECORDS && file.regular {
            self.unseen_keys = true;
            return Ok(());
        }
        let unreadable = |source| CorpusError::of_read(&file.path, source);
        let mut peek = Peek::new(self.peeked(file, &mut look.notes)?, !file.regular);
        let mut keys: Vec<String> = Vec::new();
        let mut walk = json::Walk::default();
        while look.records < PEEKED_RECORDS
            && let Some(line) = peek.line().map_err(unreadable)?
        {
            // What cannot be read is reported when its turn comes.
            if let Some(found) = keys_of(line, &mut walk) {
                look.records += 1;
                for key in found {
                    if !keys.contains(&key) {
                        keys.push(key);
                    }
                }
            }
        }
        self.unseen_keys |= peek.has_more().map_err(unreadable)?;
        let is_blank = peek.is_blank();
        if !file.regular {
            self.keep(file, peek.put_back());
        }
        if keys.is_empty() {
            // An empty file among others is none of its own kind.
            if !is_blank && look.jsonl.is_empty() {
                let reason =
                    "no line of it is a JSON object, and JSONL has one a line (a list in brackets becomes that with \
                              jq -c '.[]')"
                        .to_owned();
                return Err(CorpusError::Empty { inputs: file.shown.clone(), reason });
            }
            return Ok(());
        }
        let layout = Layout::with_roles(&file.shown, &keys, &self.settings, &mut look.notes)?;
        look.hide(&layout);
        for key in keys {
            self.column(&key);
        }
        look.jsonl.push((file.path.clone(), layout));
        Ok(())
    }

    fn look_at_text(&mut self, file: &InputFile, look: &mut Look) -> Result<(), CorpusError> {
        if look.text_files == 0 {
            for name in cleaning::COLUMNS {
                self.column(name);
            }
        }
        look.text_files += 1;
        if look.text_files > PEEKED_FILES && file.regular {
            self.unseen_keys = true;
            return Ok(());
        }
        // Of encodings of texts is told when they are read, all together.
        let head = self.peek(file, 1 << 16, &mut Notes::default())?;
        for (key, _) in cleaning::front_matter(&String::from_utf8_lossy(&head)).pairs {
            self.column(&key);
        }
        Ok(())
    }

    /// The layout of a table, now that all columns are known and its turn has come.
    pub(super) fn table_layout(&self, file: &InputFile, head: &[u8]) -> Result<Layout, CorpusError> {
        let mut layout = Layout::of_table(&file.shown, file.format, head, &self.settings, &mut Notes::default())?;
        let changed = || CorpusError::Changed { file: file.shown.clone() };
        let numbers = layout.fields.iter().map(|field| self.number_of(field).ok_or_else(changed));
        layout.of_field = numbers.collect::<Result<_, _>>()?;
        self.number_roles(&mut layout);
        Ok(layout)
    }

    /// The layout of a JSONL file.
    pub(super) fn jsonl_layout(&self, file: &InputFile) -> Arc<Layout> {
        Arc::clone(self.jsonl.get(&file.path).unwrap_or(&self.other_jsonl))
    }

    /// Turns the names of roles into numbers.
    fn number_roles(&self, layout: &mut Layout) {
        layout.id_columns = layout.id.iter().filter_map(|name| self.number_of(name)).collect();
        layout.language_column = layout.language.as_ref().and_then(|name| self.number_of(name));
    }

    /// Fixes the layouts of JSONL files; one that was not looked at is read as the last that was.
    fn number_jsonl(&mut self, layouts: Vec<(PathBuf, Layout)>) {
        for (path, mut layout) in layouts {
            self.number_roles(&mut layout);
            layout.of_key = self.columns.iter().enumerate().map(|(i, name)| (name.clone(), i)).collect();
            let layout = Arc::new(layout);
            self.other_jsonl = Arc::clone(&layout);
            self.jsonl.insert(path, layout);
        }
    }

    /// Fixes which columns tables show, and under which names.
    fn choose_columns(&mut self, hidden: &[String]) -> Result<(), CorpusError> {
        let shown: Vec<usize> = match self.settings.meta.clone() {
            MetaChoice::None => Vec::new(),
            MetaChoice::All => (0..self.columns.len()).filter(|&i| !hidden.contains(&self.columns[i])).collect(),
            MetaChoice::Only(names) => {
                names.iter().map(|name| self.needed("--meta", name)).collect::<Result<_, _>>()?
            }
        };
        self.shown_names = shown.iter().map(|&i| self.columns[i].clone()).collect();
        self.shown = shown;
        Ok(())
    }
}

impl Look {
    /// Whether a column has values: the text is read and not kept beside, so as a value it would be empty everywhere.
    fn is_kept(&self, option: &str, name: &str) -> Result<(), CorpusError> {
        match !self.texts.is_empty() && self.texts.iter().all(|text| text == name) {
            false => Ok(()),
            true => Err(CorpusError::TextAsValue { option: option.to_owned(), name: name.to_owned() }),
        }
    }

    /// Notes which columns are no metadata.
    fn hide(&mut self, layout: &Layout) {
        if !self.texts.contains(&layout.text) {
            self.texts.push(layout.text.clone());
        }
        let id = layout.id.iter().filter(|_| layout.id.len() == 1);
        for name in std::iter::once(&layout.text).chain(id).chain(&layout.language) {
            if !self.hidden.contains(name) {
                self.hidden.push(name.clone());
            }
        }
    }
}
