//! Makes a failing round smaller: whatever can be taken out while it still fails is taken out.

use std::sync::Arc;

use framescope_core::lexicon::{Condition, Lexicon, MatchRules, NearTerm, Term};

use super::cases::Round;
use super::texts::{Draft, TitleDraft};

/// The smallest round found that still fails.
pub(crate) fn shrink(mut round: Round, fails: impl Fn(&Round) -> bool) -> Round {
    // Each pass tries every single reduction; it ends when none of them fails any more.
    loop {
        let before = size(&round);
        shrink_articles(&mut round, &fails);
        shrink_lexicons(&mut round, &fails);
        if size(&round) == before {
            return round;
        }
    }
}

fn size(round: &Round) -> usize {
    format!("{round:?}").len()
}

/// Keeps the change if the round still fails.
fn attempt(round: &mut Round, fails: &impl Fn(&Round) -> bool, change: impl FnOnce(&mut Round)) -> bool {
    let mut smaller = round.clone();
    change(&mut smaller);
    let better = fails(&smaller);
    if better {
        *round = smaller;
    }
    better
}

fn shrink_articles(round: &mut Round, fails: &impl Fn(&Round) -> bool) {
    remove_each(round, fails, |r| &mut r.articles);
    for i in 0..round.articles.len() {
        attempt(round, fails, |r| r.articles[i].title = TitleDraft::None);
        let mut width = round.articles[i].pieces.len().next_power_of_two();
        while width > 0 {
            let mut at = 0;
            while at < round.articles[i].pieces.len() {
                let cut = |r: &mut Round| {
                    let Draft { pieces, .. } = &mut r.articles[i];
                    pieces.drain(at..(at + width).min(pieces.len()));
                };
                if !attempt(round, fails, cut) {
                    at += width;
                }
            }
            width /= 2;
        }
        for p in 0..round.articles[i].pieces.len() {
            attempt(round, fails, |r| r.articles[i].pieces[p].removed = false);
            attempt(round, fails, |r| {
                let text = &mut r.articles[i].pieces[p].text;
                *text = format!("{} ", text.trim_end_matches(|c: char| !c.is_alphanumeric()));
            });
        }
    }
}

fn shrink_lexicons(round: &mut Round, fails: &impl Fn(&Round) -> bool) {
    remove_each(round, fails, |r| &mut r.lexicons);
    for i in 0..round.lexicons.len() {
        remove_each(round, fails, |r| &mut r.lexicons[i].entries);
        remove_each(round, fails, |r| &mut r.lexicons[i].masks);
        remove_each(round, fails, |r| &mut r.lexicons[i].axes);
        attempt(round, fails, |r| {
            r.lexicons[i].paths.iter_mut().for_each(|p| p.about = None);
            r.lexicons[i].abouts.clear();
        });
        attempt(round, fails, |r| r.lexicons[i].rules = MatchRules::default());
        attempt(round, fails, |r| r.lexicons[i].about.language = "tlh".to_owned());
        for m in 0..round.lexicons[i].masks.len() {
            remove_each(round, fails, |r| &mut r.lexicons[i].masks[m].terms);
            remove_each(round, fails, |r| &mut r.lexicons[i].masks[m].paths);
        }
        for a in 0..round.lexicons[i].abouts.len() {
            for s in 0..round.lexicons[i].abouts[a].sides.len() {
                remove_each(round, fails, |r| &mut r.lexicons[i].abouts[a].sides[s].1);
            }
        }
        let terms = terms_of(&mut round.lexicons[i]).len();
        for t in 0..terms {
            remove_conditions(round, fails, i, &[t]);
        }
    }
}

/// Takes out the elements of a list one by one.
fn remove_each<T>(round: &mut Round, fails: &impl Fn(&Round) -> bool, list: impl Fn(&mut Round) -> &mut Vec<T>) {
    let mut at = 0;
    while at < list(round).len() {
        let cut = |r: &mut Round| {
            list(r).remove(at);
        };
        if !attempt(round, fails, cut) {
            at += 1;
        }
    }
}

/// The terms that stand in no condition.
fn terms_of(lexicon: &mut Lexicon) -> Vec<&mut Term> {
    let entries = lexicon.entries.iter_mut().map(|e| &mut e.term);
    let masks = lexicon.masks.iter_mut().flat_map(|m| &mut m.terms);
    let sides = lexicon.abouts.iter_mut().flat_map(|a| a.sides.iter_mut().flat_map(|(_, terms)| terms));
    entries.chain(masks).chain(sides).collect()
}

/// The term at the end of a way: a term of the lexicon, then terms inside conditions.
fn term_at<'a>(lexicon: &'a mut Lexicon, way: &[usize]) -> &'a mut Term {
    let mut term = terms_of(lexicon).swap_remove(way[0]);
    for step in &way[1..] {
        term = inner_terms(term).swap_remove(*step);
    }
    term
}

fn inner_terms(term: &mut Term) -> Vec<&mut Term> {
    let mut inner = Vec::new();
    for condition in &mut term.conditions {
        match condition {
            Condition::Voice(..) | Condition::Zone(..) => {}
            Condition::Near(near) | Condition::NotNear(near) => {
                inner.extend(Arc::make_mut(&mut near.terms).iter_mut().filter_map(|t| match t {
                    NearTerm::Term(term) => Some(term),
                    NearTerm::Path(_) => None,
                }));
            }
            Condition::Before(terms, _)
            | Condition::After(terms, _)
            | Condition::NotBefore(terms, _)
            | Condition::NotAfter(terms, _) => inner.extend(Arc::make_mut(terms)),
        }
    }
    inner
}

fn remove<T: Clone>(list: &mut Arc<[T]>, place: usize) {
    let rest = list.iter().enumerate().filter(|(i, _)| *i != place).map(|(_, item)| item.clone());
    *list = rest.collect();
}

fn remove_conditions(round: &mut Round, fails: &impl Fn(&Round) -> bool, lexicon: usize, way: &[usize]) {
    remove_each(round, fails, |r| &mut term_at(&mut r.lexicons[lexicon], way).conditions);
    let conditions = term_at(&mut round.lexicons[lexicon], way).conditions.len();
    for c in 0..conditions {
        for t in (0..4).rev() {
            attempt(round, fails, |r| match &mut term_at(&mut r.lexicons[lexicon], way).conditions[c] {
                Condition::Near(near) | Condition::NotNear(near) if t < near.terms.len() => {
                    remove(&mut near.terms, t);
                }
                Condition::Before(terms, _)
                | Condition::After(terms, _)
                | Condition::NotBefore(terms, _)
                | Condition::NotAfter(terms, _)
                    if t < terms.len() =>
                {
                    remove(terms, t);
                }
                _ => {}
            });
        }
    }
    let inner = inner_terms(term_at(&mut round.lexicons[lexicon], way)).len();
    for step in 0..inner {
        let way: Vec<usize> = way.iter().copied().chain([step]).collect();
        remove_conditions(round, fails, lexicon, &way);
    }
}
