//! Company in sentences, counted by hand.

use super::*;
use crate::compare::small_corpus::{Corpus, Text, draws};
use framescope_core::stats::mantel_haenszel;
use framescope_core::text::Zone;

const LEXICON: &str = r#"
    [lexicon]
    id = "l"
    language = "en"
    [[category]]
    id = "threat"
    terms = ["threat", "danger", "gunmen"]
    [[category]]
    id = "peace"
    terms = ["peace", "gunmen at peace"]
    [[category]]
    id = "source.official"
    terms = ["minister"]
    [[referent]]
    id = "armed"
      [[referent.variant]]
      id = "gunmen"
      terms = ["gunmen"]
      [[referent.variant]]
      id = "rebels"
      terms = ["rebels", "rebel chief"]
"#;

fn names(corpus: &Corpus, paths: &[u32]) -> Vec<String> {
    paths.iter().map(|path| corpus.units.vocabulary.paths[*path as usize].id.clone()).collect()
}

#[test]
fn roles_are_guessed_from_kinds_and_names() {
    let corpus = Corpus::new(LEXICON, &[]);
    let roles = Roles::guess(&corpus.units.vocabulary);
    assert_eq!(names(&corpus, &roles.actors), ["source.official", "armed"]);
    assert_eq!(names(&corpus, &roles.frames), ["threat", "peace"]);
    let named = Roles::named(&corpus.units.vocabulary, &["armed.rebels".to_owned()], &[]).unwrap();
    assert_eq!(names(&corpus, &named.actors), ["armed.rebels"]);
    assert_eq!(named.frames, roles.frames);
    let wrong = Roles::named(&corpus.units.vocabulary, &[], &["peas".to_owned()]).unwrap_err();
    assert!(wrong.to_string().starts_with("--frames peas"));
}

fn rows(corpus: &Corpus) -> Vec<AssociationRow> {
    let roles = Roles::guess(&corpus.units.vocabulary);
    association(&corpus.units, &corpus.compiled, &corpus.lines, &roles, &corpus.pairs(), &Draw::alone(&corpus.units, 1))
        .unwrap()
}

/// The tables of a pair in one group, as a reader would make them: sentence by sentence, from the text.
fn slow_tables(texts: &[Text], group: &str, actor: &[&str], frame: &[&str]) -> Vec<Table> {
    let mut tables = Vec::new();
    for text in texts.iter().filter(|text| text.group == group) {
        let mut by_length: std::collections::BTreeMap<usize, Table> = Default::default();
        for sentence in text.body.split_inclusive(['.', '\n']).filter(|s| s.contains(char::is_alphabetic)) {
            let words: Vec<String> = sentence
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| !w.is_empty())
                .map(str::to_lowercase)
                .collect();
            let holds = |terms: &[&str]| terms.iter().any(|term| words.iter().any(|word| word == term));
            let class = [7, 14, 21, 28, 42].iter().position(|end| words.len() <= *end).unwrap_or(5);
            let table = by_length.entry(class).or_default();
            match (holds(actor), holds(frame)) {
                (true, true) => table.both += 1,
                (true, false) => table.actor += 1,
                (false, true) => table.frame += 1,
                (false, false) => table.neither += 1,
            }
        }
        tables.extend(by_length.into_values());
    }
    tables
}

/// Articles whose sentences are drawn word by word; `together` puts the threat beside the rebels.
fn drawn(group: &str, articles: u64, together: bool) -> Vec<Text> {
    (0..articles)
        .map(|article| {
            let mut draws = draws(group, article);
            let mut body = String::new();
            for sentence in 0..24 {
                let length = 3 + draws.below(40);
                let mut words: Vec<&str> = (0..length)
                    .map(|_| match draws.below(45) {
                        0 => "danger",
                        1 => "rebels",
                        2 => "minister",
                        _ => "river",
                    })
                    .collect();
                if together && words.contains(&"rebels") && draws.below(3) > 0 {
                    words.push("threat");
                }
                words[0] = if sentence % 2 == 0 { "The" } else { "Two" };
                body.push_str(&words.join(" "));
                body.push_str(if sentence % 8 == 7 { ".\n\n" } else { ". " });
            }
            Text { group: group.to_owned(), title: None, body }
        })
        .collect()
}

#[test]
fn tables_are_those_of_the_sentences_and_the_odds_ratio_mantel_and_haenszels() {
    let texts: Vec<Text> = [drawn("a", 12, false), drawn("b", 12, true)].concat();
    let corpus = Corpus::new(LEXICON, &texts);
    let rows = rows(&corpus);
    for (actor, terms) in [("armed", &["rebels"][..]), ("source.official", &["minister"][..])] {
        let is_it = |row: &&AssociationRow| {
            let [a, f] = [row.actor, row.frame].map(|p| corpus.units.vocabulary.paths[p as usize].id.as_str());
            row.part == "outside" && a == actor && f == "threat"
        };
        let row = rows.iter().find(is_it).unwrap();
        for (side, group) in ["a", "b"].into_iter().enumerate() {
            let tables = slow_tables(&texts, group, terms, &["threat", "danger", "gunmen"]);
            let sum = |of: fn(&Table) -> u64| tables.iter().map(of).sum::<u64>();
            let found = &row.sides[side];
            assert_eq!(
                [found.both, found.actor, found.frame, found.neither],
                [sum(|t| t.both), sum(|t| t.actor), sum(|t| t.frame), sum(|t| t.neither)]
            );
            let expected = mantel_haenszel(&tables).unwrap();
            assert!((found.odds_ratio.unwrap() - expected.odds_ratio).abs() < 1e-9);
            let [low, high] = found.interval.unwrap();
            assert!(low < expected.odds_ratio && expected.odds_ratio < high);
        }
    }
}

/// Words that fall independently share long sentences; strata by length undo most of it. Where they are put side by
/// side it is seen, and in the one group only.
#[test]
fn chance_is_no_association_and_company_is() {
    let texts: Vec<Text> = [drawn("a", 150, false), drawn("b", 150, true)].concat();
    let crude = slow_tables(&texts, "a", &["rebels"], &["threat", "danger", "gunmen"]).into_iter().fold(
        Table::default(),
        |a, b| Table {
            both: a.both + b.both,
            actor: a.actor + b.actor,
            frame: a.frame + b.frame,
            neither: a.neither + b.neither,
        },
    );
    let crude = (crude.both * crude.neither) as f64 / (crude.actor * crude.frame) as f64;
    assert!(crude > 1.35, "long sentences hold more of everything: {crude}");
    let corpus = Corpus::new(LEXICON, &texts);
    let found = rows(&corpus);
    let is_it = |row: &&AssociationRow| {
        let [a, f] = [row.actor, row.frame].map(|p| corpus.units.vocabulary.paths[p as usize].id.as_str());
        row.part == "outside" && (a, f) == ("armed", "threat")
    };
    let row = found.iter().find(is_it).unwrap();
    let [chance, company] = row.sides.each_ref().map(|group| group.odds_ratio.unwrap());
    assert!((0.85..1.25).contains(&chance), "{chance}");
    assert!(company > 3.0 && row.ratio_interval.unwrap()[0] > 1.5, "{row:?}");
}

#[test]
fn parts_of_sentences_stand_apart() {
    let body = "Rebels said: \u{201c}there is danger in peace.\u{201d} Rebels saw the danger. A day.\n\nDanger for rebels\n\nThe end of it.";
    let text = |group: &str| Text {
        group: group.to_owned(),
        title: Some("Minister in danger".to_owned()),
        body: body.to_owned(),
    };
    let corpus = Corpus::new(LEXICON, &[text("a"), text("a"), text("b")]);
    let line = |article: u32| corpus.lines.of(article).iter().map(|line| line.part()).collect::<Vec<_>>();
    assert_eq!(
        line(0),
        [
            Part::Heading,
            Part::Heading,
            Part::Outside,
            Part::Quoted,
            Part::Quoted,
            Part::Outside,
            Part::Outside,
            Part::Heading,
            Part::Heading
        ]
    );
    let counts = corpus.lines.part_counts(0).unwrap();
    assert_eq!(counts.map(|classes| classes.iter().sum::<u32>()), [4, 1, 2]);
    assert!(corpus.units.words_in(0, framescope_core::text::VoiceSet::ALL, [Zone::Heading].into_iter().collect()) == 3);
}

/// "gunmen" is the actor and the threat: alone it says nothing of their company, beside a danger it does.
#[test]
fn one_word_in_two_paths_is_not_its_own_company() {
    let body = "The gunmen left. The gunmen are a danger. Danger grows. Nothing at all. ";
    let text = |group: &str| Text { group: group.to_owned(), title: None, body: body.repeat(2) };
    let corpus = Corpus::new(LEXICON, &[text("a"), text("b")]);
    let rows = rows(&corpus);
    let threat = corpus.units.vocabulary.path("threat").unwrap();
    let row = rows.iter().find(|row| row.frame == threat && row.part == "outside").unwrap();
    let found = &row.sides[0];
    assert_eq!([found.both, found.actor, found.frame, found.neither], [2, 2, 2, 2]);
    assert_eq!(found.interval, None, "one article is no group");
}
