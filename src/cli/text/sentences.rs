//! An article as it was understood: sentences behind their zone, voices in brackets.

use std::fmt::Write as _;

use framescope_core::text::{Analysis, Article, Sentence, Token, Voice};

/// Appends the article: a line of counts, then a line a sentence, a blank line between paragraphs.
pub(super) fn write(article: &Article<'_>, analysis: &Analysis, out: &mut String) {
    let quoted = analysis.tokens.iter().filter(|t| t.voice == Voice::Quoted).count();
    let attributed = analysis.tokens.iter().filter(|t| t.voice == Voice::Attributed).count();
    let _ = writeln!(
        out,
        "{}: {} words, {} sentences; {quoted} words quoted, {attributed} attributed",
        article.id,
        analysis.tokens.len(),
        analysis.sentences.len(),
    );
    if analysis.unclosed_quotes > 0 {
        let _ = writeln!(out, "quotation marks that were never closed: {}", analysis.unclosed_quotes);
    }
    let mut paragraph = None;
    for sentence in &analysis.sentences {
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            out.push('\n');
        }
        let _ = write!(out, "{:7} | ", sentence.zone.name());
        write_sentence(article, analysis, sentence, out);
        out.push('\n');
    }
}

fn write_sentence(article: &Article<'_>, analysis: &Analysis, sentence: &Sentence, out: &mut String) {
    let field = analysis.paragraphs[sentence.paragraph as usize].field;
    let source = article.source(field);
    let mut at = sentence.start as usize;
    let tokens = sentence.first_token as usize..sentence.end_token as usize;
    for run in tokens.clone().collect::<Vec<_>>().chunk_by(|a, b| same_voice(analysis, *a, *b)) {
        let (first, last) = (run[0], run[run.len() - 1]);
        let (open, close) = match analysis.tokens[first].voice {
            Voice::Narrator => continue,
            Voice::Quoted => ('[', ']'),
            Voice::Attributed => ('{', '}'),
        };
        let (start, end) = span(analysis, sentence, first, last);
        push(out, &source[at..start.max(at)]);
        out.push(open);
        push(out, &source[start.max(at)..end]);
        out.push(close);
        at = end;
    }
    push(out, &source[at..(sentence.end as usize).max(at)]);
}

/// Whether two tokens in a row belong to one stretch of one voice. Two quotations side by side
/// are two.
fn same_voice(analysis: &Analysis, a: usize, b: usize) -> bool {
    let begins = |t: usize| analysis.quotations.iter().any(|q| q.first_token as usize == t);
    let (one, other): (&Token, &Token) = (&analysis.tokens[a], &analysis.tokens[b]);
    one.voice == other.voice && !(one.voice == Voice::Quoted && begins(b))
}

/// Where a stretch begins and ends, its quotation marks included if they stand in the sentence.
fn span(analysis: &Analysis, sentence: &Sentence, first: usize, last: usize) -> (usize, usize) {
    let (mut start, mut end) = (analysis.tokens[first].start, analysis.tokens[last].end);
    if analysis.tokens[first].voice == Voice::Quoted {
        let here = |q: &&framescope_core::text::Quotation| {
            q.paragraph == sentence.paragraph && q.end_token as usize > first && q.first_token as usize <= last
        };
        for quotation in analysis.quotations.iter().filter(here) {
            if quotation.first_token as usize == first {
                start = start.min(quotation.start.max(sentence.start));
            }
            if quotation.end_token as usize == last + 1 {
                end = end.max(quotation.end.min(sentence.end));
            }
        }
    }
    (start as usize, end as usize)
}

/// Text on one line: white space of any kind is one blank.
fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        match c.is_whitespace() || c.is_control() {
            true if !out.ends_with(' ') => out.push(' '),
            true => {}
            false => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use framescope_core::text::{Field, Paragraph, Quotation, TypeId, VoiceCounts, Zone};

    use super::*;

    fn token(text: &str, word: &str, voice: Voice) -> Token {
        let start = text.find(word).unwrap() as u32;
        Token { start, end: start + word.len() as u32, type_id: TypeId(0), voice, short: false }
    }

    #[test]
    fn marks_stand_inside_the_brackets_and_line_ends_become_blanks() {
        let text = "He said: “We\nwill, always”, according to Kan.";
        let (start, end) = (text.find('“').unwrap() as u32, text.find(", acc").unwrap() as u32);
        let tokens = vec![
            token(text, "He", Voice::Narrator),
            token(text, "said", Voice::Narrator),
            token(text, "We", Voice::Quoted),
            token(text, "will", Voice::Quoted),
            token(text, "always", Voice::Quoted),
            token(text, "according", Voice::Attributed),
            token(text, "to", Voice::Attributed),
            token(text, "Kan", Voice::Attributed),
        ];
        let all = text.len() as u32;
        let analysis = Analysis {
            sentences: vec![Sentence {
                first_token: 0,
                end_token: 8,
                start: 0,
                end: all,
                paragraph: 0,
                zone: Zone::Lead,
                voiced: VoiceCounts { attributed: 3, quoted: 3, short: 0 },
            }],
            paragraphs: vec![Paragraph {
                field: Field::Text,
                first_sentence: 0,
                end_sentence: 1,
                first_token: 0,
                end_token: 8,
                start: 0,
                end: all,
            }],
            quotations: vec![Quotation { paragraph: 0, start, end, first_token: 2, end_token: 5 }],
            tokens,
            ..Analysis::default()
        };
        let article = Article { id: "a", title: None, text, removed: &[] };
        let mut out = String::new();
        write(&article, &analysis, &mut out);
        assert_eq!(
            out,
            "a: 8 words, 1 sentences; 3 words quoted, 3 attributed\n\n\
             lead    | He said: [“We will, always”], {according to Kan}.\n"
        );
    }
}
