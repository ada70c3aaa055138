//! The corpus as commands see it: opened, and read article by article. Everything the command
//! line knows of the corpus floor stands here and in [`settings`](super::settings).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use framescope_core::text::Article;

use super::failure::Failure;
use super::messages::Messages;
use crate::compare::Grouping;
use crate::corpus::{
    Chunk, Corpus, CorpusError, Losses, ReadSettings, RecordPlace, RemovedLine, Source, Values, records,
};
use crate::pipeline::Interrupt;

/// A corpus that was looked at: its columns are known, its articles are still to come.
pub(crate) struct Reading {
    corpus: Arc<Corpus>,
    source: Source,
}

/// An article as it comes out of the corpus.
pub(crate) struct ReadArticle<'a> {
    /// The article.
    pub(crate) article: Article<'a>,
    /// Its metadata, in the order of [`Reading::metadata`].
    pub(crate) meta: &'a [Option<&'a str>],
    /// The language it names, or the one that was said to hold for all.
    pub(crate) language: Option<&'a str>,
    /// All its values, by the numbers of [`Reading::columns`].
    pub(crate) values: &'a Values<'a>,
    /// The path of its file below the deepest folder common to all inputs, without the ending.
    pub(crate) path: &'a str,
    /// Where it stands.
    pub(crate) place: RecordPlace,
    /// What cleaning took out, and why.
    pub(crate) removed_lines: &'a [RemovedLine],
}

impl Reading {
    /// Looks at the corpus, and says what was guessed. `target` is the file that is not written if somebody stops this.
    pub(crate) fn open(
        settings: ReadSettings,
        interrupt: &Interrupt,
        target: Option<&Path>,
        messages: &Messages<'_>,
    ) -> Result<Reading, Failure> {
        let opened = Corpus::open(ReadSettings { stop: interrupt.pipe(), ..settings });
        let (source, corpus) = Source::new(opened.map_err(|error| match error {
            CorpusError::Stopped => {
                Failure::Interrupted { status: interrupt.exit_status(), target: target.map(Path::to_path_buf) }
            }
            error => Failure::from(error),
        })?);
        for note in corpus.notes() {
            messages.note(note);
        }
        Ok(Reading { corpus, source })
    }

    /// The names of the metadata columns.
    pub(crate) fn metadata(&self) -> &[String] {
        self.corpus.metadata()
    }

    /// The names of all columns, whether or not tables show them.
    pub(crate) fn columns(&self) -> &[String] {
        self.corpus.columns()
    }

    /// The number of a column by its name, in capitals or not where no other has it exactly.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        let exact = self.columns().iter().position(|column| column == name);
        exact.or_else(|| self.columns().iter().position(|column| column.eq_ignore_ascii_case(name)))
    }

    /// What decides which group an article is in; what nobody asked for is said.
    pub(crate) fn grouping(&self, by: Option<&str>, messages: &Messages<'_>) -> Result<Grouping, Failure> {
        let grouping = Grouping::choose(by, self.columns(), self.corpus.has_several_folders())
            .map_err(|e| Failure::Usage(e.to_string()))?;
        if let Some(note) = grouping.note() {
            messages.note(note);
        }
        Ok(grouping)
    }

    /// The bytes of the inputs, where they are known.
    pub(crate) fn total_bytes(&self) -> Option<u64> {
        self.corpus.total_bytes()
    }

    /// The inputs that are files and were named outright.
    pub(crate) fn named_files(&self) -> Vec<PathBuf> {
        self.corpus.named_files().map(std::path::Path::to_path_buf).collect()
    }

    /// The corpus, and the chunks that come from it.
    pub(crate) fn parts(self) -> (Arc<Corpus>, Source) {
        (self.corpus, self.source)
    }
}

/// Reads the articles of a chunk; what is lost on the way is added to `losses`, which each article
/// sees as they are when its turn comes.
pub(crate) fn each(
    corpus: &Corpus,
    chunk: &Chunk,
    losses: &mut Losses,
    mut with: impl FnMut(ReadArticle<'_>, &mut Losses),
) {
    records(corpus, chunk, losses, &mut |record, losses| {
        let read = ReadArticle {
            article: Article { id: record.id, title: record.title, text: record.text, removed: record.removed },
            meta: record.metadata,
            language: record.language,
            values: record.values,
            path: record.path,
            place: record.place,
            removed_lines: record.removed_lines,
        };
        with(read, losses);
    });
}
