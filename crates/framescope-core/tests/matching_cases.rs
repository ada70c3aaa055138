//! The table of matching cases, through each engine.

mod common;

use framescope_core::lexicon::{Lexicon, LexiconSet, Negation, Overlap, Scope};
use framescope_core::matching::Compiled;
use framescope_core::matching::reference::Reference;

#[test]
fn the_reference_engine_finds_what_the_table_says() {
    common::run(Reference::new);
}

#[test]
fn the_fast_engine_finds_what_the_table_says() {
    common::run(Compiled::new);
}

/// What breaks an engine, by way of the lexicon it is given.
type Breaking = fn(&mut Lexicon);

/// A table that passes whatever the engine does would be worth nothing.
#[test]
fn a_broken_engine_does_not_pass() {
    let breakings: [(&str, Breaking); 7] = [
        ("a lost boundary", |l| {
            for pattern in l.entries.iter_mut().flat_map(|e| &mut e.term.tokens) {
                pattern.folded = format!("{}*", pattern.folded).into();
            }
        }),
        ("masks ignored", |l| l.masks.clear()),
        ("conditions ignored", |l| l.entries.iter_mut().for_each(|e| e.term.conditions.clear())),
        ("overlap not resolved", |l| l.rules.overlap = Overlap::All),
        ("one pool where there are many", |l| l.rules.scope = Scope::Lexicon),
        ("proclitics left on", |l| l.rules.clitics = None),
        ("negation never drops", |l| l.entries.iter_mut().for_each(|e| e.negation = Negation::Report)),
    ];
    let cases = common::cases();
    for (what, breaking) in breakings {
        let broken = |set: &LexiconSet| {
            let mut lexicons = set.lexicons().to_vec();
            lexicons.iter_mut().for_each(breaking);
            Reference::new(&LexiconSet::new(lexicons))
        };
        assert!(!common::wrong(&cases, broken).is_empty(), "{what}: not noticed");
    }
}
