//! Articles: a title and paragraphs of sentences with names, commas, numbers and quotations.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use crate::{Random, Vocabulary};

/// One article.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// Its title.
    pub title: String,
    /// Its text: paragraphs parted by blank lines.
    pub text: String,
    /// Who published it.
    pub outlet: &'static str,
}

impl Article {
    /// Appends the article to `out` as a line of JSONL, its number as its id.
    ///
    /// # Errors
    /// None that a vector could give.
    pub fn json_line(&self, number: usize, out: &mut Vec<u8>) -> io::Result<()> {
        write!(out, "{{\"id\":\"a{number}\",\"outlet\":\"{}\",\"title\":", self.outlet)?;
        serde_json::to_writer(&mut *out, &self.title)?;
        out.extend_from_slice(b",\"text\":");
        serde_json::to_writer(&mut *out, &self.text)?;
        out.extend_from_slice(b"}\n");
        Ok(())
    }
}

/// What is beside the words of the vocabulary.
#[derive(Debug, Clone, Default)]
pub struct Mix {
    /// Words of other languages (names, mostly), and how often one stands for a word, in percent.
    pub foreign: Option<(Vocabulary, usize)>,
    /// Whether marks are those of Arabic.
    pub arabic: bool,
}

/// Writes articles.
#[derive(Debug)]
pub struct Writer<'v> {
    vocabulary: &'v Vocabulary,
    mix: Mix,
    random: Random,
    /// The content words of the article in hand: what was written once is likely to be written
    /// again, as in any article that is about something.
    topic: Vec<usize>,
    marks: Marks,
}

/// How a house writes its marks. One in four uses typographic ones.
#[derive(Debug, Clone, Copy)]
struct Marks {
    open: &'static str,
    close: &'static str,
    apostrophe: &'static str,
    dash: &'static str,
    comma: &'static str,
    question: &'static str,
}

const PLAIN: Marks = Marks { open: "\"", close: "\"", apostrophe: "'", dash: " - ", comma: ",", question: "?" };
const TYPOGRAPHIC: Marks =
    Marks { open: "“", close: "”", apostrophe: "’", dash: " — ", comma: ",", question: "?" };

/// Ranks below this are function words, more or less: they do not make a topic.
const CONTENT: usize = 150;

impl<'v> Writer<'v> {
    /// A writer with a vocabulary; the same seed writes the same articles.
    pub fn new(vocabulary: &'v Vocabulary, mix: Mix, seed: u64) -> Writer<'v> {
        Writer { vocabulary, mix, random: Random::new(seed), topic: Vec::new(), marks: PLAIN }
    }

    /// Writes the next article into `out`.
    pub fn article(&mut self, out: &mut Article) {
        let words = 200 + self.random.below(900);
        self.topic.clear();
        self.marks = if self.random.one_in(4) { TYPOGRAPHIC } else { PLAIN };
        if self.mix.arabic {
            (self.marks.comma, self.marks.question) = ("،", "؟");
        }
        out.outlet = ["Courier", "Herald", "Observer"][self.random.below(3)];
        out.title.clear();
        for i in 0..6 + self.random.below(5) {
            if i > 0 {
                out.title.push(' ');
            }
            let capital = i == 0 || self.random.one_in(4);
            self.word(&mut out.title, capital);
        }
        out.text.clear();
        let (mut written, mut in_paragraph) = (0, 0);
        while written < words {
            written += self.sentence(&mut out.text);
            in_paragraph += 1;
            if in_paragraph > 1 && self.random.one_in(3) && written < words {
                out.text.push_str("\n\n");
                in_paragraph = 0;
            }
        }
    }

    /// Appends a sentence and returns how many words it has.
    fn sentence(&mut self, text: &mut String) -> usize {
        let length = 8 + self.random.below(28);
        let quoted = self.random.one_in(6);
        if !(text.is_empty() || text.ends_with('\n')) {
            text.push(' ');
        }
        if quoted {
            text.push_str(self.marks.open);
        }
        for i in 0..length {
            if i > 0 {
                text.push(' ');
            }
            if self.random.one_in(60) {
                let _ = write!(text, "{}", 1 + self.random.below(2_000));
                continue;
            }
            let capital = i == 0 || self.random.one_in(12);
            self.word(text, capital);
            if self.random.one_in(50) {
                text.push_str(self.marks.apostrophe);
                text.push('s');
            }
            if i + 1 < length {
                if self.random.one_in(14) {
                    text.push_str(self.marks.comma);
                } else if self.random.one_in(90) {
                    text.push_str(self.marks.dash.trim_end());
                }
            }
        }
        text.push_str(if self.random.one_in(40) { self.marks.question } else { "." });
        if quoted {
            text.push_str(self.marks.close);
        }
        length
    }

    fn word(&mut self, text: &mut String, capital: bool) {
        if let Some((foreign, percent)) = &self.mix.foreign
            && self.random.below(100) < *percent
        {
            let rank = foreign.draw(&mut self.random);
            return push(text, foreign.word(rank), capital, self.marks);
        }
        let rank = if !self.topic.is_empty() && self.random.one_in(5) {
            self.topic[self.random.below(self.topic.len())]
        } else {
            let rank = self.vocabulary.draw(&mut self.random);
            if rank >= CONTENT {
                self.topic.push(rank);
            }
            rank
        };
        push(text, self.vocabulary.word(rank), capital, self.marks);
    }
}

fn push(text: &mut String, word: &str, capital: bool, marks: Marks) {
    let mut rest = word;
    if capital {
        let mut chars = word.chars();
        text.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        rest = chars.as_str();
    }
    match rest.split_once('\'') {
        Some((before, after)) => text.extend([before, marks.apostrophe, after]),
        None => text.push_str(rest),
    }
}
