//! The search that found the corpus: which entries of the lexicons it asks for.

use framescope_core::lexicon::LexiconSet;
use framescope_core::matching::{Compiled, FastScratch, Want};
use framescope_core::score::{ArticleScore, Engine as _, MatcherEngine, MatcherScratch};
use framescope_core::text::{Article, fold};

/// The entries that a search query holds, as written: it is matched as any text is.
pub(super) fn entries_in(query: &str, set: &LexiconSet, engine: &MatcherEngine<'_, Compiled>) -> Vec<String> {
    let article = Article { id: "query", title: None, text: query, removed: &[] };
    let mut scratch: MatcherScratch<FastScratch> = MatcherScratch::default();
    let mut score = ArticleScore::default();
    engine.score(&article, &mut scratch, Want::default(), &mut score);
    let mut entries: Vec<String> = Vec::new();
    for hit in &score.resolution.hits {
        let term = &set.lexicon(hit.lexicon).entries[hit.entry.0 as usize].term.text;
        if !entries.contains(term) {
            entries.push(term.clone());
        }
    }
    let wild = entries_by_wildcard(query, set).into_iter().filter(|term| !entries.contains(term)).collect::<Vec<_>>();
    entries.extend(wild);
    entries
}

/// The entries that words of a query with wildcards (`strike*`) would find: those of which a token is of that shape.
fn entries_by_wildcard(query: &str, set: &LexiconSet) -> Vec<String> {
    let is_wild = |word: &&str| word.contains(['*', '?']) && word.chars().any(char::is_alphanumeric);
    let is_edge = |c: char| !c.is_alphanumeric() && c != '*' && c != '?';
    let patterns: Vec<Vec<char>> =
        query.split(is_edge).filter(is_wild).map(|word| fold(word).chars().collect()).collect();
    let mut entries: Vec<String> = Vec::new();
    for entry in set.lexicons().iter().flat_map(|lexicon| &lexicon.entries) {
        let term = &entry.term.text;
        let mut tokens = term.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty());
        let found = tokens.any(|token| {
            let token: Vec<char> = fold(token).chars().collect();
            patterns.iter().any(|pattern| is_of_shape(&token, pattern))
        });
        if found && !entries.contains(term) {
            entries.push(term.clone());
        }
    }
    entries
}

/// Whether a token has the shape of a pattern: `*` is any run, `?` one character.
fn is_of_shape(token: &[char], pattern: &[char]) -> bool {
    // Which beginnings of the pattern the token so far fills.
    let mut fills = vec![false; pattern.len() + 1];
    fills[0] = true;
    let pass_stars = |fills: &mut Vec<bool>| {
        for (place, c) in pattern.iter().enumerate() {
            fills[place + 1] |= fills[place] && *c == '*';
        }
    };
    pass_stars(&mut fills);
    for c in token {
        let mut next = vec![false; pattern.len() + 1];
        for (place, wanted) in pattern.iter().enumerate().filter(|(place, _)| fills[*place]) {
            match wanted {
                '*' => next[place] = true,
                '?' => next[place + 1] = true,
                wanted => next[place + 1] |= wanted == c,
            }
        }
        pass_stars(&mut next);
        fills = next;
    }
    fills[pattern.len()]
}
