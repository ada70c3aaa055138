//! A case is one set of lexicons and one article; a round is several articles under the same set,
//! as a thread meets them, with one type table and one scratch.

use std::fmt::Write as _;

use framescope_core::lexicon::{Condition, Lexicon, LexiconSet, Near, NearTerm, PathKind, Term};
use framescope_core::matching::{Matcher, Resolution, View, Want};
use framescope_core::text::{Analysis, TypeTable, analyse_judged};

use super::dice::Dice;
use super::lexicons;
use super::texts::{self, Draft};
use super::words::Vocabulary;

/// How many articles a round has.
pub(crate) const ARTICLES: usize = 4;

/// Lexicons, and articles read one after the other.
#[derive(Debug, Clone)]
pub(crate) struct Round {
    pub(crate) seed: u64,
    pub(crate) lexicons: Vec<Lexicon>,
    pub(crate) articles: Vec<Draft>,
}

impl Round {
    /// The round of this seed: short articles, now and then a long one.
    pub(crate) fn throw(seed: u64) -> Round {
        let mut dice = Dice::new(seed);
        let vocabulary = Vocabulary::throw(&mut dice);
        let lexicons = (0..dice.pick(&[1, 1, 1, 2]))
            .map(|i| lexicons::throw(&mut dice, &vocabulary, &format!("lexicon{i}")))
            .collect();
        let articles = (0..ARTICLES)
            .map(|_| {
                let words = match dice.below(20) {
                    0 => dice.between(100, 200),
                    1..4 => dice.between(40, 80),
                    4 => dice.below(2),
                    _ => dice.between(3, 25),
                };
                texts::throw(&mut dice, &vocabulary, words)
            })
            .collect();
        Round { seed, lexicons, articles }
    }

    /// One article of thousands of words under a lexicon of the same kind.
    pub(crate) fn throw_long(seed: u64) -> Round {
        let mut dice = Dice::new(seed);
        let vocabulary = Vocabulary::throw(&mut dice);
        let lexicons = vec![lexicons::throw(&mut dice, &vocabulary, "long")];
        let words = dice.between(2_000, 4_000);
        Round { seed, lexicons, articles: vec![texts::throw(&mut dice, &vocabulary, words)] }
    }
}

/// What a matcher finds in the articles of a round.
pub(crate) fn resolve<M: Matcher>(make: impl Fn(&LexiconSet) -> M, round: &Round) -> Vec<Resolution> {
    let matcher = make(&LexiconSet::new(round.lexicons.clone()));
    let mut types = TypeTable::default();
    let mut analysis = Analysis::default();
    let mut scratch = M::Scratch::default();
    // Kept and filled again, as a thread does: what one article leaves behind must not matter.
    let mut out = Resolution::default();
    let mut found = Vec::new();
    for draft in &round.articles {
        let written = draft.write();
        let article = written.article();
        analyse_judged(&article, &mut types, &mut matcher.judge(Want::default(), &mut scratch), &mut analysis);
        let view = View { article: &article, analysis: &analysis, types: &types };
        matcher.resolve(view, Want { rejected: true, ..Want::default() }, &mut scratch, &mut out);
        found.push(out.clone());
    }
    found
}

/// The round as a person reads it.
pub(crate) fn describe(round: &Round) -> String {
    let mut out = format!("seed {}\n", round.seed);
    for lexicon in &round.lexicons {
        let r = &lexicon.rules;
        let _ = writeln!(
            out,
            "lexicon {} language {:?} {:?} {:?} voices {:?} zones {:?} clitics {:?}",
            lexicon.about.id, lexicon.about.language, r.overlap, r.scope, r.voices, r.zones, r.clitics
        );
        for (i, path) in lexicon.paths.iter().enumerate() {
            let kind = if path.kind == PathKind::Category { String::new() } else { format!(" {:?}", path.kind) };
            let about = path.about.map_or(String::new(), |a| format!(" about {a}"));
            let _ = writeln!(out, "  path {i} {}{kind}{about}", path.id);
        }
        for (i, entry) in lexicon.entries.iter().enumerate() {
            let path = &lexicon.paths[entry.path.0 as usize].id;
            let _ = writeln!(out, "  entry {i} {path} {:?} {}", entry.negation, term(&entry.term));
        }
        for mask in &lexicon.masks {
            let terms: Vec<_> = mask.terms.iter().map(term).collect();
            let _ = writeln!(out, "  mask {} paths {:?}", terms.join(" | "), mask.paths);
        }
        for about in &lexicon.abouts {
            let _ = writeln!(out, "  about {} {:?}", about.id, about.within);
            for (side, terms) in &about.sides {
                let terms: Vec<_> = terms.iter().map(term).collect();
                let _ = writeln!(out, "    {side}: {}", terms.join(" | "));
            }
        }
        for axis in &lexicon.axes {
            let _ = writeln!(out, "  axis {} + {:?} - {:?}", axis.id, axis.positive, axis.negative);
        }
    }
    for draft in &round.articles {
        let written = draft.write();
        let _ = writeln!(out, "{:?}", written.article());
    }
    out
}

fn term(term: &Term) -> String {
    let tokens: Vec<_> = term
        .tokens
        .iter()
        .map(|t| t.exact.as_ref().map_or(t.folded.to_string(), |exact| format!("{}={exact}", t.folded)))
        .collect();
    let conditions: Vec<_> = term.conditions.iter().map(condition).collect();
    let conditions = if conditions.is_empty() { String::new() } else { format!(" if {}", conditions.join(", ")) };
    format!("`{}` line {}{conditions}", tokens.join(" "), term.place.line)
}

fn condition(condition: &Condition) -> String {
    let list =
        |what: &str, terms: &[Term]| format!("{what}({})", terms.iter().map(term).collect::<Vec<_>>().join(" | "));
    let near = |what: &str, near: &Near| {
        let terms: Vec<_> = near
            .terms
            .iter()
            .map(|t| match t {
                NearTerm::Term(t) => term(t),
                NearTerm::Path(path) => format!("@{}", path.0),
            })
            .collect();
        format!("{what}({:?} {:?} {:?}: {})", near.mode, near.within, near.side, terms.join(" | "))
    };
    match condition {
        Condition::Voice(voices, _) => format!("voice({:?})", voices.iter().collect::<Vec<_>>()),
        Condition::Zone(zones, _) => format!("zone({:?})", zones.iter().collect::<Vec<_>>()),
        Condition::Near(n) => near("near", n),
        Condition::NotNear(n) => near("not_near", n),
        Condition::Before(terms, _) => list("before", terms),
        Condition::After(terms, _) => list("after", terms),
        Condition::NotBefore(terms, _) => list("not_before", terms),
        Condition::NotAfter(terms, _) => list("not_after", terms),
    }
}
