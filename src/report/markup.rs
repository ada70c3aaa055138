//! Markup that cannot be broken out of: names of elements and attributes are the program's own, everything else is
//! escaped on its way in.
//!
//! Group names, titles, terms and texts come from strangers. There is one way to write each of them, and it escapes;
//! the page's own style and script are the only text that goes in as it is. The same writer makes HTML and SVG, so what
//! it writes is also well-formed XML: characters that XML has no place for are shown as U+FFFD.

use std::fmt::{self, Display, Write as _};

/// Attributes: the program's names, anybody's values.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a dyn Display)];

/// Words up to so many characters stay whole.
const UNBROKEN: usize = 12;

/// A page or picture being written.
#[derive(Debug, Default)]
pub(super) struct Markup {
    out: String,
}

impl Markup {
    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.start(name, attributes);
        self.out.push('>');
    }

    /// Closes the element of this name.
    pub(super) fn close(&mut self, name: &'static str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element that holds nothing.
    pub(super) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.start(name, attributes);
        self.out.push_str("/>");
    }

    /// An element that holds a text.
    pub(super) fn element(&mut self, name: &'static str, attributes: Attributes<'_>, text: impl Display) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// Text.
    pub(super) fn text(&mut self, text: impl Display) {
        // Writing into a String does not fail.
        let _ = write!(Escaping(&mut self.out), "{text}");
    }

    /// A name that may end a line inside itself: behind dots, hyphens, slashes and underlines, where a reader would end
    /// it, and not in the middle of a word. What is copied or searched for is the name as it is.
    pub(super) fn breakable(&mut self, text: &str) {
        for word in text.split_inclusive(char::is_whitespace) {
            if word.chars().count() <= UNBROKEN {
                self.text(word);
                continue;
            }
            let mut from = 0;
            for (at, mark) in word.char_indices().filter(|(_, c)| ['.', '-', '/', '_', '‐', '–'].contains(c)) {
                let end = at + mark.len_utf8();
                let before = word[from..at].chars().next_back();
                let after = word[end..].chars().next();
                // Neither numbers nor dates are names.
                let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let is_name = [before, after].into_iter().flatten().any(char::is_alphabetic);
                if joins(before) && joins(after) && is_name {
                    self.text(&word[from..end]);
                    self.empty("wbr", &[]);
                    from = end;
                }
            }
            self.text(&word[from..]);
        }
    }

    /// What is markup already: the program's own style and script, or another [`Markup`].
    pub(super) fn own(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// A line end, for those who read the source.
    pub(super) fn line(&mut self) {
        self.out.push('\n');
    }

    /// What was written.
    pub(super) fn into_string(self) -> String {
        self.out
    }

    fn start(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            let _ = write!(Escaping(&mut self.out), "{value}");
            self.out.push('"');
        }
    }
}

/// Takes text and appends it escaped.
struct Escaping<'a>(&'a mut String);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\t' | '\n' | '\r' => self.0.push(c),
                '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => self.0.push('\u{fffd}'),
                c => self.0.push(c),
            }
        }
        Ok(())
    }
}

/// A text of other people inside a sentence of ours: isolated, so that a name that is written from right to left leaves
/// the words around it where they are. For places where no element can say `dir="auto"`.
pub(super) fn isolated(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

/// The same of every such name in a sentence that was made elsewhere, where only those written from right to left are
/// looked for: without it, the figures and commas behind one change their places.
pub(super) fn isolated_in(text: &str, names: &[&str]) -> String {
    let mut text = text.to_owned();
    for name in names.iter().filter(|name| name.chars().any(is_right_to_left)) {
        text = text.replace(name, &isolated(name));
    }
    text
}

/// Whether a character is of a script that is written from right to left (the blocks that Unicode keeps for them).
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// At most so many characters, with a mark where some were cut.
pub(super) fn shortened(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(characters.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text_of(text: &str) -> String {
        let mut markup = Markup::default();
        markup.text(text);
        markup.into_string()
    }

    #[test]
    fn hostile_names_stay_text() {
        let mut markup = Markup::default();
        markup.element("a", &[("title", &"\" onclick=\"alert(1)")], "<script>alert('x')</script> & =cmd");
        assert_eq!(
            markup.into_string(),
            "<a title=\"&quot; onclick=&quot;alert(1)\">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; =cmd</a>"
        );
    }

    #[test]
    fn names_from_right_to_left_leave_the_sentence_around_them_in_order() {
        let names = ["Courier", "הארץ"];
        assert_eq!(isolated_in("in הארץ, 84 in Courier", &names), "in \u{2068}הארץ\u{2069}, 84 in Courier");
    }

    #[test]
    fn long_names_end_lines_where_readers_would() {
        let broken = |text: &str| {
            let mut markup = Markup::default();
            markup.breakable(text);
            markup.into_string()
        };
        assert_eq!(broken("hamas.armed_wing <b>"), "hamas.<wbr/>armed_<wbr/>wing &lt;b&gt;");
        assert_eq!(broken("Al-Minbar Review"), "Al-Minbar Review");
        assert_eq!(broken("news/2031-03-04T12.30"), "news/<wbr/>2031-03-04T12.30");
        assert_eq!(broken("a_very_long_name."), "a_<wbr/>very_<wbr/>long_<wbr/>name.");
    }

    #[test]
    fn what_xml_cannot_hold_is_shown_as_unreadable() {
        assert_eq!(text_of("a\0b\x1b[31m\u{ffff}\n"), "a\u{fffd}b\u{fffd}[31m\u{fffd}\n");
    }

    #[test]
    fn short_names_stay_and_long_ones_are_cut_with_a_mark() {
        assert_eq!(shortened("Ledger", 6), "Ledger");
        assert_eq!(shortened("Northgate Ledger", 11), "Northgate…");
        assert_eq!(shortened("طويل جدا", 5), "طويل…");
    }

    proptest! {
        #[test]
        fn nothing_of_a_text_can_open_or_close_anything(text in any::<String>()) {
            let written = text_of(&text);
            prop_assert!(!written.contains(['<', '>', '"', '\'']));
            let ours = |rest: &str| ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|name| rest.starts_with(name));
            prop_assert!(written.split('&').skip(1).all(ours), "{}", written);
        }
    }
}
