//! What is said of the inputs before the first article is read: guesses and the like, each once.

/// Notes in the order they came up; what holds of many files is one note.
#[derive(Debug, Default)]
pub(super) struct Notes(Vec<Note>);

#[derive(Debug)]
struct Note {
    /// The first file it holds of, where it is about files.
    file: Option<String>,
    /// How many more there are.
    more: usize,
    text: String,
}

impl Notes {
    /// Of the whole corpus.
    pub(super) fn add(&mut self, text: String) {
        if !self.0.iter().any(|note| note.file.is_none() && note.text == text) {
            self.0.push(Note { file: None, more: 0, text });
        }
    }

    /// Of one file.
    pub(super) fn of_file(&mut self, file: &str, text: String) {
        match self.0.iter_mut().find(|note| note.file.is_some() && note.text == text) {
            Some(note) => note.more += 1,
            None => self.0.push(Note { file: Some(file.to_owned()), more: 0, text }),
        }
    }

    /// The notes as sentences.
    pub(super) fn sentences(&self) -> Vec<String> {
        let sentence = |note: &Note| match (&note.file, note.more) {
            (None, _) => note.text.clone(),
            (Some(file), 0) => format!("{file}: {}", note.text),
            (Some(file), 1) => format!("{file} and 1 more file: {}", note.text),
            (Some(file), more) => format!("{file} and {more} more files: {}", note.text),
        };
        self.0.iter().map(sentence).collect()
    }
}
