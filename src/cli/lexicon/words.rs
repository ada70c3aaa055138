//! A lexicon's parts in words, as `lexicon show` has them.

use framescope_core::lexicon::{
    Case, Clitics, Condition, Entry, Lexicon, Near, NearMode, NearTerm, Negation, Overlap, PathKind, Scope, Side, Term,
    Within,
};
use framescope_core::text::{VoiceSet, ZoneSet};

/// What kind of path it is.
pub(super) fn kind(kind: PathKind) -> &'static str {
    match kind {
        PathKind::Category => "category",
        PathKind::Referent => "referent",
        PathKind::Variant => "variant",
        PathKind::Name => "bare name",
    }
}

/// `[match]`, where it differs from what holds without it.
pub(super) fn rules(lexicon: &Lexicon) -> Vec<String> {
    let rules = &lexicon.rules;
    let mut words = Vec::new();
    if rules.case == Case::Exact {
        words.push("upper and lower case differ".to_owned());
    }
    if rules.overlap == Overlap::All {
        words.push("overlapping hits all count".to_owned());
    }
    if rules.scope == Scope::Lexicon {
        words.push("overlap is resolved over the whole lexicon".to_owned());
    }
    if !rules.voices.is_all() {
        words.push(format!("only hits that are {} count", voices(rules.voices)));
    }
    if !rules.zones.is_all() {
        words.push(format!("only hits in {} count", zones(rules.zones)));
    }
    if rules.negation == Negation::Drop {
        words.push("negated hits do not count".to_owned());
    }
    match rules.clitics {
        Some(Clitics::Arabic) => words.push("Arabic proclitics may stand before a word".to_owned()),
        Some(Clitics::Hebrew) => words.push("Hebrew proclitics may stand before a word".to_owned()),
        None => {}
    }
    words
}

/// What stands behind an entry's term: when it holds and what it weighs.
pub(super) fn remarks(lexicon: &Lexicon, entry: &Entry) -> Vec<String> {
    let mut remarks = conditions(lexicon, &entry.term);
    if entry.term.tokens.iter().any(|t| t.exact.is_some()) && lexicon.rules.case == Case::Fold {
        remarks.push("in this case only".to_owned());
    }
    if entry.weight != 1.0 {
        remarks.push(format!("weight {}", entry.weight));
    }
    if entry.negation != lexicon.rules.negation {
        remarks.push(match entry.negation {
            Negation::Drop => "not when negated".to_owned(),
            Negation::Report => "also when negated".to_owned(),
        });
    }
    if !entry.note.is_empty() {
        remarks.push(format!("note: {}", entry.note));
    }
    remarks
}

/// A term of a condition, a mask or a side, with its own conditions behind it.
pub(super) fn term(lexicon: &Lexicon, term: &Term) -> String {
    match conditions(lexicon, term).as_slice() {
        [] => term.text.clone(),
        conditions => format!("{} ({})", term.text, conditions.join("; ")),
    }
}

/// Several terms, parted by commas.
pub(super) fn terms(lexicon: &Lexicon, list: &[Term]) -> String {
    list.iter().map(|t| term(lexicon, t)).collect::<Vec<_>>().join(", ")
}

/// How far something looks.
pub(super) fn within(within: Within) -> String {
    match within {
        Within::Tokens(1) => "the next word".to_owned(),
        Within::Tokens(n) => format!("{n} words"),
        Within::Sentence => "the sentence".to_owned(),
        Within::Paragraph => "the paragraph".to_owned(),
    }
}

fn conditions(lexicon: &Lexicon, term: &Term) -> Vec<String> {
    term.conditions.iter().map(|condition| in_words(lexicon, condition)).collect()
}

fn in_words(lexicon: &Lexicon, condition: &Condition) -> String {
    match condition {
        Condition::Voice(set, _) => format!("only {}", voices(*set)),
        Condition::Zone(set, _) => format!("only in {}", zones(*set)),
        Condition::Near(near) => format!("only with {}", near_in_words(lexicon, near)),
        Condition::NotNear(near) => format!("not with {}", near_in_words(lexicon, near)),
        Condition::Before(list, _) => format!("only before {}", terms(lexicon, list)),
        Condition::After(list, _) => format!("only after {}", terms(lexicon, list)),
        Condition::NotBefore(list, _) => format!("not before {}", terms(lexicon, list)),
        Condition::NotAfter(list, _) => format!("not after {}", terms(lexicon, list)),
    }
}

fn near_in_words(lexicon: &Lexicon, near: &Near) -> String {
    let list: Vec<String> = near
        .terms
        .iter()
        .map(|t| match t {
            NearTerm::Term(t) => term(lexicon, t),
            NearTerm::Path(path) => format!("@{}", lexicon.paths[path.0 as usize].id),
        })
        .collect();
    let mode = match (near.mode, list.len()) {
        (_, 1) => "",
        (NearMode::Any, _) => "any of ",
        (NearMode::All, _) => "all of ",
    };
    let side = match near.side {
        Side::Both => "",
        Side::Left => " on its left",
        Side::Right => " on its right",
    };
    format!("{mode}{}{side} within {}", list.join(", "), within(near.within))
}

fn voices(set: VoiceSet) -> String {
    if set == VoiceSet::OUTSIDE {
        return "outside quotation marks".to_owned();
    }
    set.iter().map(|v| v.name()).collect::<Vec<_>>().join(" or ")
}

fn zones(set: ZoneSet) -> String {
    set.iter().map(|z| z.name()).collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use framescope_core::lexicon::{Place, TokenPattern};

    use super::*;

    fn plain(text: &str) -> Term {
        let tokens = text.split(' ').map(|t| TokenPattern { folded: t.into(), exact: None }).collect();
        Term { text: text.to_owned(), tokens, conditions: vec![], place: Place::default() }
    }

    #[test]
    fn conditions_read_as_a_sentence() {
        let lexicon = Lexicon::default();
        let near = Near {
            mode: NearMode::Any,
            terms: [NearTerm::Term(plain("Hamas")), NearTerm::Term(plain("movement"))].into(),
            within: Within::Sentence,
            side: Side::Both,
            place: Place::default(),
        };
        let mut legitimacy = plain("legitimacy");
        legitimacy.conditions =
            vec![Condition::Near(near), Condition::NotAfter([plain("not strengthening the")].into(), Place::default())];
        assert_eq!(
            term(&lexicon, &legitimacy),
            "legitimacy (only with any of Hamas, movement within the sentence; not after not strengthening the)"
        );
    }

    #[test]
    fn rules_that_differ_from_the_default_are_said_and_no_others() {
        let mut lexicon = Lexicon::default();
        assert!(rules(&lexicon).is_empty());
        lexicon.rules.voices = VoiceSet::OUTSIDE;
        lexicon.rules.negation = Negation::Drop;
        assert_eq!(rules(&lexicon), ["only hits that are outside quotation marks count", "negated hits do not count"]);
    }
}
