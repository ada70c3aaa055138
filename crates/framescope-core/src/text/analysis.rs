//! What [`analyse`](super::analyse) finds in an article, as ranges: plain rows that every floor
//! above reads and none writes.

use super::article::{Field, Voice, Zone};
use super::vote::Votes;

/// One word *type* as it is spelled in the source (case, apostrophes and all), numbered by the
/// [`TypeTable`](super::TypeTable) that met it. What a type folds to, and which patterns it
/// satisfies, is worked out once and looked up by this number. Where only counts are wanted, words that count nowhere may
/// share one, whose spelling is empty ([`Judge::relevant`](super::Judge::relevant)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(transparent)]
pub struct TypeId(pub u32);

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Token {
    /// First byte in its field (the field is that of the token's paragraph).
    pub start: u32,
    /// One past the last byte. A final 's is no part of the token.
    pub end: u32,
    /// Its spelling.
    pub type_id: TypeId,
    /// Whose word it is.
    pub voice: Voice,
    /// Whether the quotation it stands in has 1 to 3 words.
    pub short: bool,
}

/// One sentence that holds a token. A phrase never crosses its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its first token.
    pub first_token: u32,
    /// One past its last token.
    pub end_token: u32,
    /// First byte in its field.
    pub start: u32,
    /// One past its last byte, closing marks included, white space after it not.
    pub end: u32,
    /// The paragraph it stands in.
    pub paragraph: u32,
    /// Its zone. Zones belong to sentences because an article of one paragraph has its lead cut
    /// by sentences.
    pub zone: Zone,
    /// How many of its tokens are not the narrator's.
    pub voiced: VoiceCounts,
}

/// How many tokens of a sentence have a voice other than the narrator's: so that words are counted by voice without a
/// look at each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VoiceCounts {
    /// Attributed tokens.
    pub attributed: u32,
    /// Quoted tokens.
    pub quoted: u32,
    /// Those of them in quotations of 1 to 3 words.
    pub short: u32,
}

impl VoiceCounts {
    /// Counts tokens one by one.
    pub fn of(tokens: &[Token]) -> VoiceCounts {
        let count = |is: fn(&&Token) -> bool| tokens.iter().filter(is).count() as u32;
        VoiceCounts {
            attributed: count(|token| token.voice == Voice::Attributed),
            quoted: count(|token| token.voice == Voice::Quoted),
            short: count(|token| token.short),
        }
    }
}

impl Sentence {
    /// Whether all its tokens are the narrator's, as in most sentences.
    #[inline]
    pub fn is_narrated(&self) -> bool {
        self.voiced.attributed == 0 && self.voiced.quoted == 0
    }
}

/// One paragraph that holds a token. The title is a paragraph, and comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph {
    /// The field its positions count in.
    pub field: Field,
    /// Its first sentence.
    pub first_sentence: u32,
    /// One past its last sentence.
    pub end_sentence: u32,
    /// Its first token.
    pub first_token: u32,
    /// One past its last token.
    pub end_token: u32,
    /// First byte in its field.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

/// One outermost quotation that was closed, or carried on into the next paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// The paragraph it stands in; a quotation that carries on has one row a paragraph.
    pub paragraph: u32,
    /// First byte of the opening mark, in the paragraph's field.
    pub start: u32,
    /// One past the closing mark (or the paragraph's end where it carries on).
    pub end: u32,
    /// Its first token.
    pub first_token: u32,
    /// One past its last token.
    pub end_token: u32,
}

/// An article read: tokens, sentences, paragraphs, quotations, in reading order, title first.
///
/// Meant to be kept and filled again: [`analyse`](super::analyse) clears it and keeps its memory.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Analysis {
    /// The tokens: title first, then text.
    pub tokens: Vec<Token>,
    /// The sentences, each a run of tokens; together they are all tokens.
    pub sentences: Vec<Sentence>,
    /// The paragraphs, each a run of sentences; together they are all sentences.
    pub paragraphs: Vec<Paragraph>,
    /// The quotations that give tokens the voice `quoted`.
    pub quotations: Vec<Quotation>,
    /// Opening marks that were never closed and so opened nothing.
    pub unclosed_quotes: u32,
    /// Whether the article has a title, with or without a token in it.
    pub has_title: bool,
    /// How its words vote on its language.
    pub votes: Votes,
    /// What the judge said of every token's spelling ([`analyse_judged`](super::analyse_judged)).
    pub judged: Vec<u32>,
    /// The tokens that the judge marked, ascending.
    pub marked: Vec<u32>,
    /// Which judge that was; 0 where none was asked.
    pub judge: u64,
}

impl Analysis {
    /// Forgets the last article and keeps the memory.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.sentences.clear();
        self.paragraphs.clear();
        self.quotations.clear();
        self.unclosed_quotes = 0;
        self.has_title = false;
        self.votes.clear();
        self.judged.clear();
        self.marked.clear();
        self.judge = 0;
    }

    /// The sentence that holds this token.
    ///
    /// # Panics
    /// If there is no such token.
    pub fn sentence_of(&self, token: u32) -> u32 {
        debug_assert!((token as usize) < self.tokens.len());
        (self.sentences.partition_point(|s| s.end_token <= token)) as u32
    }

    /// The paragraph that holds this token.
    pub fn paragraph_of(&self, token: u32) -> u32 {
        self.sentences[self.sentence_of(token) as usize].paragraph
    }

    /// The field that this token's positions count in.
    pub fn field_of(&self, token: u32) -> Field {
        self.paragraphs[self.paragraph_of(token) as usize].field
    }
}
