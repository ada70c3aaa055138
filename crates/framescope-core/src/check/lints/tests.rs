//! Every lint, and what is none; and that lints are right about what an engine finds.

use proptest::prelude::*;

use super::*;
use crate::lexicon::{LexiconSet, read};
use crate::matching::{Compiled, Want};
use crate::score::{ArticleScore, Engine, MatcherEngine};
use crate::text::Article;

/// `line code message` of every lint.
fn lints(source: &str) -> Vec<String> {
    let lexicon = read(source, "x.toml", &[], &|_| None).unwrap();
    lint(&lexicon).iter().map(|lint| format!("{} {} {}", lint.place.line, lint.code(), lint.kind)).collect()
}

/// The lints of one code, without it.
fn of(code: &str, source: &str) -> Vec<String> {
    let marker = format!(" {code} ");
    lints(source).iter().filter_map(|line| line.split_once(&marker)).map(|(n, m)| format!("{n}: {m}")).collect()
}

fn category(terms: &str) -> String {
    format!("[[category]]\nid = \"a\"\nterms = [\n{terms}\n]\n")
}

#[test]
fn a_careful_lexicon_has_none() {
    let source = r#"
[lexicon]
language = "en"
license = "CC0"
version = "1"
[[category]]
id = "hostility"
definition = "d"
[[category]]
id = "hostility.threat"
definition = "d"
include = "i"
exclude = "e"
terms = ["final warning", "liquidat*", { term = "threat", not_after = ["no"] }]
[[referent]]
id = "captives"
definition = "d"
name = ["captives"]
[[referent.variant]]
id = "hostage"
connotation = "victims"
terms = ["hostage", "hostages"]
[[test]]
text = "x"
expect = { "hostility.threat" = 0, "captives.hostage" = 0, "captives.name" = 0 }
"#;
    assert!(lints(source).is_empty(), "{:#?}", lints(source));
}

#[test]
fn what_a_lexicon_should_say_of_itself_and_its_paths() {
    let found = lints(
        "[[category]]\nid = \"a\"\nstatus = \"experimental\"\nterms = [\"xyz\"]\n[[category]]\nid = \"b\"\ndefinition = \"d\"\n[[test]]\ntext = \"x\"\nexpect = { b = 0 }\n",
    );
    assert_eq!(
        found,
        [
            "0 L15 the lexicon does not say its language, which decides what a negation is",
            "0 L16 the lexicon does not say its licence: nobody may use it but its author",
            "0 L17 the lexicon does not say its version: results cannot be traced to it",
            "2 L01 `a` has no definition: nobody can check what it counts",
            "2 L02 `a` has no `include` and no `exclude`: an example that counts and one that does not",
            "2 L03 no [[test]] expects anything of `a`",
            "2 L18 `a` is experimental, as every table that has it says",
            "6 L04 `b` has no entry, nor has anything under it: it is always 0",
        ]
    );
    assert_eq!(of("L03", &category("\"xyz\"")), ["0: the lexicon has no [[test]]"]);
}

#[test]
fn shadowed_entries() {
    let terms = "\"hostage*\",\n\"hostages\",\n{ term = \"hostage\", weight = 2 },\n{ term = \"hostaged*\", not_after = [\"x\"] },\n\"old hostages\",\n\"old hostage*\",\n{ term = \"Hostagers\", case = \"exact\" }";
    assert_eq!(
        of("L06", &category(terms)),
        [
            "5: `hostages` is found by `hostage*` (line 4) as well and changes nothing",
            "7: `hostaged*` is found by `hostage*` (line 4) as well and changes nothing",
            "8: `old hostages` is found by `old hostage*` (line 9) as well and changes nothing",
            "10: `Hostagers` is found by `hostage*` (line 4) as well and changes nothing",
        ]
    );
    // Not shadowed: conditions on the wildcard, another path, exact beside fold, all candidates count.
    let terms = "{ term = \"hostage*\", not_after = [\"x\"] },\n\"hostages\",\n{ term = \"POW*\", case = \"exact\" },\n\"pows\"";
    assert!(of("L06", &category(terms)).is_empty());
    let all = format!("[match]\noverlap = \"all\"\n{}", category("\"hostage*\", \"hostages\""));
    assert!(of("L06", &all).is_empty());
}

#[test]
fn an_entry_is_not_needless_where_a_third_would_be_listed_in_its_stead() {
    // Without `ba`, `*ba` would be listed before `*a`, with twice the weight.
    let terms = "{ term = \"ba\", not_after = [\"a\"] },\n{ term = \"*ba\", weight = 2 },\n\"*a\"";
    assert!(of("L06", &category(terms)).is_empty(), "{:?}", of("L06", &category(terms)));
    // It weighs the same, or stands on other tokens, or elsewhere in the order.
    for third in ["\"*ba\"", "{ term = \"bb\", weight = 2 }", "{ term = \"*ba x\", weight = 2 }"] {
        let terms = format!("\"ba\",\n{third},\n\"*a\"");
        assert_eq!(of("L06", &category(&terms)).iter().filter(|l| l.starts_with("4: `ba`")).count(), 1, "{third}");
    }
    let behind = category("\"ba\",\n\"*a\",\n{ term = \"b*\", weight = 2 }");
    assert_eq!(of("L06", &behind).len(), 1);
    // On another path it takes hits of a variant, and of a category only where all are one pool.
    let variants = "[[referent]]\nid = \"r\"\n[[referent.variant]]\nid = \"v\"\nterms = [\"ba\", \"*a\"]\n[[referent.variant]]\nid = \"w\"\nterms = [\"*ba\"]\n";
    assert!(of("L06", variants).is_empty());
    let categories =
        "[[category]]\nid = \"v\"\nterms = [\"ba\", \"*a\"]\n[[category]]\nid = \"w\"\nterms = [\"*ba\"]\n";
    assert_eq!(of("L06", categories).len(), 1);
    assert!(of("L06", &format!("[match]\nscope = \"lexicon\"\n{categories}")).is_empty());
}

#[test]
fn the_same_term_twice() {
    let terms = "\"hostage\",\n\"Hostage\",\n{ term = \"hostage\", weight = 2 },\n{ term = \"US\", case = \"exact\" },\n{ term = \"us\", case = \"exact\" },\n{ term = \"deal\", near = { any = [\"x\"] }, weight = 2 },\n\"deal\"";
    assert_eq!(
        of("L05", &category(terms)),
        [
            "5: `Hostage` stands on `a` twice; the first is in line 4",
            "6: `hostage` stands on `a` twice; the first is in line 4",
        ]
    );
}

#[test]
fn dead_entries() {
    let mask = "[[mask]]\nterms = [\"special envoy for hostage affairs\", \"oslo accord*\"]\n[[mask]]\npaths = [\"b\"]\nterms = [\"affairs\"]\n";
    let source = format!(
        "{mask}{}[[category]]\nid = \"b\"\nterms = [\"qqq\"]\n",
        category("\"Oslo accords\",\n\"accords\",\n\"the oslo accords\",\n\"affairs\"")
    );
    assert_eq!(of("L07", &source), ["9: `Oslo accords` is always masked by `oslo accord*` (line 2)"]);
    let terms = "\"hostage*\",\n\"far-*right\",\n\"gaza*.strip\",\n\"the U.S*\",\n\"l'Éta*\",\n\"put * on\"";
    assert_eq!(
        of("L08", &category(terms)),
        [
            "6: `gaza*.strip` is read as 2 words, `gaza*` `strip`: a wildcard stands for letters and digits only",
            "7: `the U.S*` is read as 2 words, `u` `s*`: a wildcard stands for letters and digits only",
        ]
    );
}

#[test]
fn conditions_that_never_hold() {
    let terms = r#"{ term = "aaaa", after = ["the old"], not_after = ["old"] },
{ term = "bbbb", before = ["men"], not_before = ["men*"] },
{ term = "cccc", near = { any = ["x", "y"], within = 3 }, not_near = { any = ["x", "y", "z"], within = 3 } },
{ term = "dddd", near = { any = ["x", "y"], within = 3 }, not_near = { any = ["x"] } },
{ term = "eeee", near = { all = ["x", "y"], side = "left" }, not_near = { any = ["x"] } },
{ term = "ffff", near = { any = ["x"], within = "paragraph" }, not_near = { any = ["x"] } },
{ term = "gggg", near = { any = ["@empty"] } },
{ term = "hhhh", voice = "quoted" },
{ term = "iiii", zone = "title" },
{ term = "jjjj", after = ["old"], not_after = ["the old"] },"#;
    let source = format!(
        "{}[match]\nvoices = \"outside\"\nzones = [\"lead\", \"body\"]\n[[category]]\nid = \"empty\"\n",
        category(terms)
    );
    assert_eq!(
        of("L09", &source),
        [
            "4: `aaaa` can never be a hit: `not_after` rules out all that `after` asks for",
            "5: `bbbb` can never be a hit: `not_before` rules out all that `before` asks for",
            "6: `cccc` can never be a hit: `not_near` rules out all that `near` asks for",
            "8: `eeee` can never be a hit: `not_near` rules out all that `near` asks for",
            "10: `gggg` can never be a hit: `near` points to paths without an entry",
            "11: `hhhh` can never be a hit that counts: [match] leaves out its voices",
            "12: `iiii` can never be a hit that counts: [match] leaves out its zones",
        ]
    );
}

#[test]
fn a_label_that_stands_for_two_variants() {
    let source = "[[referent]]\nid = \"r\"\nname = [\"prisoners\"]\n[[referent.variant]]\nid = \"v\"\nterms = [\"prisoner*\", \"inmate\", { term = \"held\", near = { any = [\"x\"] } }]\n[[referent.variant]]\nid = \"w\"\nterms = [\"Prisoner*\", { term = \"held\", near = { any = [\"y\"] } }, \"prisoners\"]\n[[category]]\nid = \"c\"\nterms = [\"inmate\"]\n";
    assert_eq!(
        of("L10", source),
        [
            "9: `Prisoner*` is a name on `r.v` (line 6) and on `r.w`: a text that uses it is counted for the first",
            "9: `prisoners` is a name on `r.name` (line 3) and on `r.w`: a text that uses it is counted for the first",
        ]
    );
}

#[test]
fn greedy_wildcards() {
    let found =
        of("L11", &category("\"war*\",\n\"dead*\",\n\"hostag*\",\n\"war* on\",\n\"*st\",\n\"qz*\",\n\"印度*\""));
    assert!(
        found[0].starts_with("4: `war*` takes more than one may think: ward, warm, warn, warning, warrant"),
        "{found:?}"
    );
    assert!(found[1].starts_with("5: `dead*` takes more than one may think: deadline, deadlock"), "{found:?}");
    assert!(found[2].starts_with("8: `*st` takes"), "{found:?}");
    assert_eq!(found[3], "9: `qz*` is short: it takes any word that begins with `qz`");
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn columns_that_make_trouble() {
    let source = "[[category]]\nid = \"captives.hostagez\"\nterms = [\"xxxx\"]\n[[category]]\nid = \"a.b_c\"\nterms = [\"xxxx\"]\n[[category]]\nid = \"a_b.c\"\nterms = [\"xxxx\"]\n[[category]]\nid = \"words\"\nterms = [\"xxxx\"]\n[[axis]]\nid = \"a_very_long_name_for_an_axis\"\npositive = [\"words\"]\nnegative = [\"a\"]\n";
    assert_eq!(
        of("L12", source),
        [
            "2: columns have names of over 32 characters, of which Stata keeps 32: `captives_hostagez__outside_per_1k`, `a_very_long_name_for_an_axis__positive_count`"
        ]
    );
    assert_eq!(of("L13", source), ["8: the columns of `a_b.c` and of `a.b_c` have the same names: `a_b_c`"]);
    assert_eq!(of("L14", source), ["11: `words` is a column that every table has"]);
}

#[test]
fn a_long_column_is_a_note_and_one_that_stata_would_lose_a_warning() {
    let paths = |ids: &[&str]| {
        ids.iter().map(|id| format!("[[category]]\nid = \"{id}\"\nterms = [\"xxxx\"]\n")).collect::<String>()
    };
    // 17 to 22 characters: long columns, each still itself after 32 characters.
    for id in ["captives.hostagez", "aaaaaaaaaaaaaaaaaaaaaa"] {
        let lexicon = read(&paths(&[id]), "x.toml", &[], &|_| None).unwrap();
        let column_lints: Vec<_> = lint(&lexicon).into_iter().filter(|l| ["L12", "L19"].contains(&l.code())).collect();
        assert_eq!(
            column_lints.iter().map(|l| (l.code(), l.is_warning())).collect::<Vec<_>>(),
            [("L12", false)],
            "{id}"
        );
    }
    // From 23 on, `__outside` and `__outside_per_1k` are cut to the same name.
    assert_eq!(
        of("L19", &paths(&["aaaaaaaaaaaaaaaaaaaaaaa"])),
        [
            "2: `aaaaaaaaaaaaaaaaaaaaaaa__outside` and `aaaaaaaaaaaaaaaaaaaaaaa__outside_per_1k` are the same in their first 32 characters, all that Stata keeps of a name"
        ]
    );
    // And so are two paths that differ only behind the 32nd; one lint a path.
    let long = "a_category_with_a_very_long_name_one";
    let found = of("L19", &paths(&[long, &long.replace("one", "two")]));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].starts_with(&format!("5: `{long}` and `{}`", long.replace("one", "two"))), "{found:?}");
}

#[test]
fn what_the_base_did_is_the_base_s() {
    let base = "[[category]]\nid = \"a\"\nterms = [\"war*\", \"wars\", \"hostages\"]\n";
    let own = "[lexicon]\nextends = \"base\"\nlanguage = \"en\"\nlicense = \"x\"\nversion = \"1\"\n[[category]]\nid = \"a\"\nterms = [\"hostage*\"]\n[[test]]\ntext = \"x\"\nexpect = { a = 0 }\n";
    let resolve = |_: &str| Some(("base".to_owned(), base.to_owned()));
    let lexicon = read(own, "own", &[], &resolve).unwrap();
    let codes: Vec<_> = lint(&lexicon).iter().map(|lint| (lint.code(), lint.place.file, lint.place.line)).collect();
    assert_eq!(codes, [("L01", 0, 7), ("L02", 0, 7), ("L06", 1, 3)]);
}

#[test]
fn forty_thousand_entries_are_linted_in_seconds() {
    let mut terms = String::new();
    for i in 0..20_000 {
        terms.push_str(&format!("\"stem{i}*\", \"stem{i}s\", "));
    }
    let lexicon = read(&category(&terms), "x.toml", &[], &|_| None).unwrap();
    let start = std::time::Instant::now();
    let shadowed = lint(&lexicon).iter().filter(|lint| lint.code() == "L06").count();
    // `stem1*` covers `stem10*`, so most wildcards are shadowed too.
    assert!(shadowed > 20_000, "{shadowed}");
    assert!(start.elapsed() < std::time::Duration::from_secs(60), "{:?}", start.elapsed());
}

/// Words, phrases and wildcards over two letters, A and B, some with a condition.
fn random_terms() -> impl Strategy<Value = Vec<String>> {
    let token = "[AB]{1,3}|[AB]{0,2}\\*|\\*[AB]{1,2}|[AB]\\?[AB]?|[AB]\\*[AB]";
    let term = prop::collection::vec(token, 1..3).prop_map(|tokens| tokens.join(" "));
    let entry = (term.clone(), 0..9, term, 0..3).prop_map(|(term, kind, other, weight)| match kind {
        0 => format!("{{ term = \"{term}\", not_after = [\"{other}\"] }}"),
        1 => format!("{{ term = \"{term}\", weight = {weight} }}"),
        2 => format!("{{ term = \"{term}\", after = [\"{other}\"], not_after = [\"A*\", \"B\"] }}"),
        3 => format!("{{ term = \"{term}\", before = [\"{other}\"], not_before = [\"B*\", \"*A\"] }}"),
        4 => {
            format!("{{ term = \"{term}\", near = {{ any = [\"{other}\"] }}, not_near = {{ any = [\"A*\", \"B\"] }} }}")
        }
        5 => format!("{{ term = \"{term}\", negation = \"drop\" }}"),
        _ => format!("\"{term}\""),
    });
    prop::collection::vec(entry, 1..6)
}

fn counts(lexicon: &Lexicon, texts: &[String]) -> Vec<(u32, f64)> {
    let set = LexiconSet::new(vec![lexicon.clone()]);
    let engine = MatcherEngine::new(&set, Compiled::new(&set));
    let (mut scratch, mut score) = (Default::default(), ArticleScore::default());
    let count = |text: &String| {
        let article = Article { id: "", title: None, text, removed: &[] };
        engine.score(&article, &mut scratch, Want::default(), &mut score);
        (score.tally.paths[0].count(), score.tally.paths[0].weighted)
    };
    texts.iter().map(count).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_said_to_change_nothing_changes_nothing(
        terms in random_terms(),
        masks in prop::collection::vec("[AB]{1,2}\\*?( [AB]\\*?)?", 0..3),
        clitics: bool,
        texts in prop::collection::vec(prop::collection::vec("no|[AB]{1,4}|c", 1..12).prop_map(|words| words.join(" ")), 6),
    ) {
        // The letters are Arabic proclitics where those are taken off.
        let (rules, a, b) = if clitics { ("[match]\nclitics = \"ar\"\n", "ل", "و") } else { ("", "a", "b") };
        let spelled = |text: &String| text.replace('A', a).replace('B', b);
        let (terms, masks, texts) = (
            terms.iter().map(spelled).collect::<Vec<_>>(),
            masks.iter().map(spelled).collect::<Vec<_>>(),
            texts.iter().map(spelled).collect::<Vec<_>>(),
        );
        let masks = masks.iter().map(|mask| format!("[[mask]]\nterms = [\"{mask}\"]\n")).collect::<String>();
        let source = format!("{rules}{masks}{}", category(&terms.join(",\n")));
        // A condition of wildcards alone, for instance, is no lexicon.
        let Ok(lexicon) = read(&source, "x.toml", &[], &|_| None) else { return Ok(()) };
        let all = counts(&lexicon, &texts);
        for lint in lint(&lexicon).iter().filter(|lint| ["L05", "L06", "L07", "L09"].contains(&lint.code())) {
            let mut less = lexicon.clone();
            less.entries.retain(|entry| entry.term.place != lint.place);
            prop_assert_eq!(&counts(&less, &texts), &all, "{} {}\n{}", lint.code(), lint.kind, source);
        }
    }
}
