//! One article as it came, and the small vocabulary in which its parts are named.

use std::ops::Range;

/// One article: its decoded fields, borrowed from whoever read them.
#[derive(Debug, Clone)]
pub struct Article<'a> {
    /// The row's identifier; text everywhere.
    pub id: &'a str,
    /// The title, where there is one. A missing title is missing, never an empty one.
    pub title: Option<Title<'a>>,
    /// The decoded text field, whole.
    pub text: &'a str,
    /// Byte ranges of `text` that cleaning took out, ascending and disjoint: they hold no token
    /// and part paragraphs.
    pub removed: &'a [Range<usize>],
}

/// Where an article's title stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title<'a> {
    /// A field of its own (a column, a JSON key).
    Field(&'a str),
    /// A byte range of `text`: hits in it have field `text` and zone `title`.
    InText(Range<usize>),
}

impl<'a> Article<'a> {
    /// The source text that positions in `field` refer to.
    pub fn source(&self, field: Field) -> &'a str {
        match (field, &self.title) {
            (Field::Text, _) => self.text,
            (Field::Title, Some(Title::Field(title))) => title,
            (Field::Title, _) => "",
        }
    }
}

/// The field that a position counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The title column or key.
    Title,
    /// The text.
    Text,
}

impl Field {
    /// The field's name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Text => "text",
        }
    }
}

macro_rules! closed_vocabulary {
    ($(#[$doc:meta])* $name:ident, $(#[$setdoc:meta])* $set:ident, $count:literal,
     { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of its columns.
            pub const ALL: [$name; $count] = [$($name::$variant),+];

            /// Its name in lexicons and tables.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value of this name, if there is one.
            pub fn from_name(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        $(#[$setdoc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $set(u8);

        impl $set {
            /// The set that limits nothing.
            pub const ALL: $set = $set((1 << $count) - 1);
            /// The set that holds nothing.
            pub const NONE: $set = $set(0);

            /// This set and one more.
            #[must_use]
            pub fn with(self, value: $name) -> $set { $set(self.0 | 1 << value as u8) }

            /// Whether the value is in the set.
            pub fn contains(self, value: $name) -> bool { self.0 & (1 << value as u8) != 0 }

            /// Whether the set limits nothing.
            pub fn is_all(self) -> bool { self == $set::ALL }

            /// The values in the set, in the order of [`
            #[doc = stringify!($name)]
            /// `].
            pub fn iter(self) -> impl Iterator<Item = $name> {
                $name::ALL.into_iter().filter(move |v| self.contains(*v))
            }
        }

        impl FromIterator<$name> for $set {
            fn from_iter<I: IntoIterator<Item = $name>>(values: I) -> $set {
                values.into_iter().fold($set::NONE, $set::with)
            }
        }
    };
}

closed_vocabulary!(
    /// Where in the article a token stands. The zones are disjoint.
    Zone,
    /// A set of zones.
    ZoneSet,
    4,
    {
        /// The title.
        Title = "title",
        /// The first paragraph that is no heading (see [`Sentence`](super::Sentence) for the case of one).
        Lead = "lead",
        /// A short paragraph without a full stop that is not the last.
        Heading = "heading",
        /// The rest.
        Body = "body",
    }
);

closed_vocabulary!(
    /// Whose word a token is, as far as marks and cues can tell. The voices are disjoint;
    /// "outside" is narrator and attributed together.
    Voice,
    /// A set of voices.
    VoiceSet,
    3,
    {
        /// Outside quotation marks and without a cue of attribution.
        Narrator = "narrator",
        /// Outside quotation marks, in a clause with a cue such as "according to".
        Attributed = "attributed",
        /// Inside quotation marks.
        Quoted = "quoted",
    }
);

impl VoiceSet {
    /// Narrator and attributed: everything outside quotation marks.
    pub const OUTSIDE: VoiceSet = VoiceSet(0b011);
    /// Inside quotation marks.
    pub const QUOTED: VoiceSet = VoiceSet(0b100);

    /// Whether the narrator's words and attributed ones are both in the set, or both not.
    pub fn holds_outside_alike(self) -> bool {
        self.contains(Voice::Narrator) == self.contains(Voice::Attributed)
    }
}
