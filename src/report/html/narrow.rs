//! Numbers that lead to some of the lines of a path: what such a link says, and what a line says of itself so that the
//! script finds it. A line says only what some link on the page asks for, since there are thousands of lines.

use std::collections::BTreeSet;

use framescope_core::matching::Whom;
use framescope_core::text::Zone;

use super::super::page::{LinesOf, Only, Page};
use super::super::passages::Line;
use crate::compare::{Per, Vocabulary};

/// What links ask for.
#[derive(Debug, Default)]
pub(super) struct Asked {
    entries: BTreeSet<u32>,
    whom: bool,
    zones: bool,
    beside: BTreeSet<u32>,
    per: Option<Per>,
}

impl Asked {
    pub(super) fn by(page: &Page) -> Asked {
        let mut asked = Asked::default();
        for of in page.inlines().filter_map(|piece| piece.lines()) {
            match &of.only {
                Only::All => {}
                Only::Word(_, entries) => asked.entries.extend(entries),
                Only::About(..) => asked.whom = true,
                Only::In(_) => asked.zones = true,
                Only::During(_, per, _) => asked.per = Some(*per),
                Only::Beside(_, path) => {
                    asked.beside.insert(*path);
                }
            }
        }
        asked
    }

    /// What a line says of itself: attributes and their values.
    pub(super) fn of_line(&self, vocabulary: &Vocabulary, line: &Line) -> Vec<(&'static str, String)> {
        let mut said = Vec::new();
        if self.entries.contains(&line.found.entry) {
            said.push(("data-e", line.found.entry.to_string()));
        }
        if let (true, Some(whom)) = (self.whom, line.found.about) {
            said.push(("data-w", whom_value(asks_first(vocabulary, line.found.path), whom)));
        }
        if self.zones {
            said.push(("data-z", zone_letter(line.found.zone).to_owned()));
        }
        if let Some((per, day)) = self.per.zip(line.cited.day) {
            said.push(("data-t", per.of(day).number().to_string()));
        }
        let has = |path: u32, asked: u32| vocabulary.lineage(path).any(|above| above == asked);
        let beside = self.beside.iter().filter(|asked| {
            let mut company = line.company.iter().filter(|companion| has(companion.path, **asked));
            let is_there = company.clone().any(|companion| companion.stands_apart);
            is_there && !company.any(|companion| companion.shares_a_word)
        });
        let beside: Vec<String> = beside.map(u32::to_string).collect();
        if !beside.is_empty() {
            said.push(("data-b", beside.join(" ")));
        }
        said
    }
}

/// What a link says of the lines that it leads to: which of their attributes, its values, and what they are in words; none
/// where it leads to all.
pub(super) fn of_link(of: &LinesOf) -> Option<(&'static str, String, String)> {
    match &of.only {
        Only::All => None,
        Only::Word(name, entries) => {
            Some(("e", entries.iter().map(u32::to_string).collect::<Vec<_>>().join(" "), format!("of “{name}”")))
        }
        Only::About(name, first, whom) => Some(("w", whom_value(*first, *whom), about(name, *whom))),
        Only::In(zone) => Some(("z", zone_letter(*zone).to_owned(), format!("in the {}", zone_name(*zone)))),
        Only::During(name, _, number) => Some(("t", number.to_string(), format!("in {name}"))),
        Only::Beside(name, path) => Some(("b", path.to_string(), format!("beside {name}"))),
    }
}

fn about(name: &str, whom: Whom) -> String {
    match whom {
        Whom::Side(_) => format!("about {name}"),
        Whom::Both => "about both sides".to_owned(),
        Whom::Unclear => "about nobody in particular".to_owned(),
    }
}

/// The first path of its lexicon that is asked about the same sides as this one: sides are numbered alike in those alone.
pub(in super::super) fn asks_first(vocabulary: &Vocabulary, path: u32) -> u32 {
    let own = &vocabulary.paths[path as usize];
    let alike = vocabulary.paths.iter().position(|other| (other.lexicon, &other.sides) == (own.lexicon, &own.sides));
    alike.map_or(path, |first| first as u32)
}

fn whom_value(first: u32, whom: Whom) -> String {
    match whom {
        Whom::Side(side) => format!("{first}-{side}"),
        Whom::Both => format!("{first}-b"),
        Whom::Unclear => format!("{first}-u"),
    }
}

fn zone_letter(zone: Zone) -> &'static str {
    match zone {
        Zone::Title => "t",
        Zone::Heading => "h",
        Zone::Lead => "l",
        Zone::Body => "b",
    }
}

fn zone_name(zone: Zone) -> &'static str {
    match zone {
        Zone::Title => "title",
        Zone::Heading => "heading",
        Zone::Lead => "lead",
        Zone::Body => "body",
    }
}
