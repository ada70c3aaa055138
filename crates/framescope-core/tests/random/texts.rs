//! Random articles over a tiny vocabulary: sentences, paragraphs, headings, quotations, titles.

use std::ops::Range;

use framescope_core::text::{Article, Title};

use super::dice::Dice;
use super::words::Vocabulary;

/// An article as pieces that can be taken out one by one when a failing case is made smaller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) title: TitleDraft,
    pub(crate) pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TitleDraft {
    None,
    Field(String),
    InText(String),
}

/// A word and what stands after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Whether cleaning took it out.
    pub(crate) removed: bool,
}

/// A draft written out.
pub(crate) struct Written {
    pub(crate) text: String,
    removed: Vec<Range<usize>>,
    title: Option<TitleWritten>,
}

enum TitleWritten {
    Field(String),
    InText(Range<usize>),
}

impl Draft {
    pub(crate) fn write(&self) -> Written {
        let mut text = String::new();
        let mut removed: Vec<Range<usize>> = Vec::new();
        let title = match &self.title {
            TitleDraft::None => None,
            TitleDraft::Field(title) => Some(TitleWritten::Field(title.clone())),
            TitleDraft::InText(title) => {
                text.push_str(title);
                let range = 0..text.len();
                text.push_str("\n\n");
                Some(TitleWritten::InText(range))
            }
        };
        for piece in &self.pieces {
            let start = text.len();
            text.push_str(&piece.text);
            if piece.removed {
                match removed.last_mut() {
                    Some(last) if last.end == start => last.end = text.len(),
                    _ => removed.push(start..text.len()),
                }
            }
        }
        Written { text, removed, title }
    }
}

impl Written {
    pub(crate) fn article(&self) -> Article<'_> {
        let title = self.title.as_ref().map(|title| match title {
            TitleWritten::Field(title) => Title::Field(title.as_str()),
            TitleWritten::InText(range) => Title::InText(range.clone()),
        });
        Article { id: "case", title, text: &self.text, removed: &self.removed }
    }
}

/// Throws an article of about so many words.
pub(crate) fn throw(dice: &mut Dice, vocabulary: &Vocabulary, words: usize) -> Draft {
    let mut style = Style::throw(dice);
    if words > 1_000 {
        // The reference engine looks through whole paragraphs again and again.
        style.paragraphs = dice.pick(&[1, 2, 4]);
    }
    let pieces = (0..words).map(|_| piece(dice, vocabulary, &style)).collect();
    let title = match dice.below(10) {
        0..4 => TitleDraft::None,
        4..8 => TitleDraft::Field(title(dice, vocabulary, &style)),
        _ => TitleDraft::InText(title(dice, vocabulary, &style)),
    };
    Draft { title, pieces }
}

/// What an article is full of.
struct Style {
    function_words: usize,
    marks: usize,
    paragraphs: usize,
    removed: usize,
}

impl Style {
    fn throw(dice: &mut Dice) -> Style {
        Style {
            function_words: dice.pick(&[0, 15, 50]),
            marks: dice.pick(&[3, 20, 50]),
            paragraphs: dice.pick(&[0, 2, 6]),
            removed: dice.pick(&[0, 0, 0, 3]),
        }
    }
}

fn title(dice: &mut Dice, vocabulary: &Vocabulary, style: &Style) -> String {
    let words = dice.between(0, 6);
    let title: String = (0..words).map(|_| piece(dice, vocabulary, style).text).collect();
    title.replace('\n', " ").trim().to_owned()
}

fn piece(dice: &mut Dice, vocabulary: &Vocabulary, style: &Style) -> Piece {
    let mut text = if dice.chance(style.function_words) {
        vocabulary.function_word(dice).to_owned()
    } else {
        let word = vocabulary.word(dice);
        let word = spelled(dice, word);
        match vocabulary.script.proclitics {
            [] => word,
            proclitics if dice.chance(50) => format!("{}{word}", dice.pick(proclitics)),
            _ => word,
        }
    };
    text.push_str(if dice.chance(style.paragraphs) {
        dice.pick(&["\n\n", ".\n\n", "\n", ".\n", "?”\n\n", ":\n\n“"])
    } else if dice.chance(style.marks) {
        dice.pick(&[
            ", ",
            ". ",
            "; ",
            ": ",
            " (",
            ") ",
            "-",
            "–",
            " — ",
            "’s ",
            "'s ",
            " “",
            "” ",
            " \"",
            "\" ",
            "! ",
            "/",
            "...",
            "، ",
            "，",
            "、",
            "。",
            "؛ ",
            " #",
            " http://x.y/ab ",
            "\u{200F} ",
            ",",
            "_",
            " & ",
            " x ",
            "  ",
            "\u{AD}",
        ])
    } else {
        " "
    });
    Piece { text, removed: dice.chance(style.removed) }
}

/// A word in one of the spellings that a newspaper may give it.
fn spelled(dice: &mut Dice, word: &str) -> String {
    match dice.below(20) {
        0 => word.to_uppercase(),
        1 => word.to_lowercase(),
        2 => {
            let mut letters = word.chars();
            letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
        }
        // A soft hyphen inside.
        3 => word.chars().flat_map(|c| [c, '\u{AD}']).collect(),
        _ => word.to_owned(),
    }
}
