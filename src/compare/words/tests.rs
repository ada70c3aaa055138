//! Word shifts and leave-one-out against the slow and obvious: the sums themselves, and a run with a smaller lexicon.

use framescope_core::lexicon::{LexiconSet, read};
use proptest::prelude::*;

use super::*;
use crate::compare::form_groups;
use crate::compare::result::InVoice;
use crate::compare::small_corpus::{Corpus, Text, draws};

const LEXICON: &str = r#"
    [lexicon]
    id = "l"
    language = "en"
    [[category]]
    id = "pressure"
    terms = ["threat", "threats", "threaten*", "ultimatum", "ultimatums", "deadline", "final warning"]
    [[category]]
    id = "hostage"
    terms = ["hostage", "hostages", "hostage crisis"]
"#;

fn text(group: &str, body: String) -> Text {
    Text { group: group.to_owned(), title: None, body }
}

fn shifts(corpus: &Corpus) -> Vec<PathShift> {
    let lines = Some((&corpus.compiled, &corpus.lines));
    WordShifts::new(&corpus.set, &corpus.units, &corpus.pairs(), lines).all()
}

/// Two outlets that write alike, but for one word: `more` in 100 words of the second are "ultimatum".
fn outlets(articles: u64, more: u32) -> Vec<Text> {
    let article = |group: &str, article: u64, more: u32| {
        let mut draws = draws(group, article);
        let words: Vec<&str> = (0..300)
            .map(|_| match draws.below(100) {
                n if n < more => "ultimatum",
                95 => "threats",
                96 => "deadline",
                97 => "threatened",
                98 => "ultimatum",
                99 => "hostages",
                _ => "river",
            })
            .collect();
        text(group, words.chunks(15).map(|sentence| sentence.join(" ") + ". ").collect())
    };
    (0..articles).flat_map(|n| [article("Alike", n, 0), article("Gazette", n, more)]).collect()
}

/// On a corpus where one outlet uses one entry more, that entry is named first, and carries it.
#[test]
fn the_word_that_one_outlet_uses_more_is_named_first() {
    let corpus = Corpus::new(LEXICON, &outlets(20, 3));
    let shifts = shifts(&corpus);
    let shift = &shifts[0];
    assert_eq!((shift.path, shift.voice), (0, InVoice::Outside));
    assert_eq!(shift.forms[0].name, "ultimatum");
    assert_eq!(corpus.set.lexicons()[0].entries[shift.forms[0].entries[0].entry as usize].term.text, "ultimatum");
    assert_eq!(shift.carrier, Some(0));
    let without = shift.forms[0].without.unwrap();
    assert!(without.difference.abs() < shift.difference / 4.0, "{shift:?}");
    let [low, high] = without.interval.unwrap();
    assert!(low < 1.0 && 1.0 < high, "nothing is left: {low} to {high}");
    // Where the outlets write alike, no word need carry anything, and the hostages do not differ by the ultimatums.
    let hostages = shifts.iter().find(|shift| shift.path == 1).unwrap();
    assert_eq!(hostages.forms.len(), 1);
    assert_eq!(hostages.carrier, None, "the only word of a path is the path");
}

#[test]
fn forms_are_one_word_and_their_entries_are_listed() {
    let a = text("a", "Threats and a threat, he threatened. A river.".to_owned());
    let b = text("b", "The final warning. A deadline for threats.".to_owned());
    let corpus = Corpus::new(LEXICON, &[a, b]);
    let shift = &shifts(&corpus)[0];
    let threat = shift.forms.iter().find(|word| word.name == "threat").unwrap();
    assert_eq!((threat.hits, threat.entries.len()), ([2, 1], 2));
    assert_eq!(threat.part, [Some(2.0 / 3.0), Some(1.0 / 3.0)]);
    let sum: f64 = threat.entries.iter().map(|entry| entry.contribution).sum();
    assert!((sum - threat.contribution).abs() < 1e-12);
    assert_eq!(threat.without.unwrap().hits, [1, 2]);
    assert_eq!(threat.without.unwrap().interval, None, "one article is no outlet");
}

#[test]
fn what_a_longer_term_hid_stands_up() {
    let body = "The hostage crisis goes on. A hostage crisis, two hostages.".to_owned();
    let corpus = Corpus::new(LEXICON, &[text("a", body), text("b", "A hostage of the river, far away.".to_owned())]);
    let found = shifts(&corpus);
    let shift = found.iter().find(|shift| shift.path == 1).unwrap();
    assert_eq!(shift.hits, [3, 1]);
    let without = |name: &str| shift.forms.iter().find(|word| word.name == name).unwrap().without.unwrap().hits;
    assert_eq!(without("hostage crisis"), [3, 1], "two hostages stand up");
    assert_eq!(without("hostage"), [2, 0]);
}

#[test]
fn without_candidates_nothing_is_left_out_and_the_shift_stays() {
    let corpus = Corpus::new(LEXICON, &outlets(6, 3));
    let bare = WordShifts::new(&corpus.set, &corpus.units, &corpus.pairs(), None).all();
    assert!(bare.iter().flat_map(|shift| &shift.forms).all(|word| word.without.is_none()));
    assert_eq!(bare[0].carrier, Some(0));
    let stripped = |mut shifts: Vec<PathShift>| {
        shifts.iter_mut().for_each(|shift| {
            shift.carrier = None;
            shift.forms.iter_mut().for_each(|word| word.without = None);
        });
        shifts
    };
    assert_eq!(stripped(bare), stripped(shifts(&corpus)));
}

/// Small lexicons full of nested phrases, in one pool or many, with a referent, and texts of their words.
pub(crate) fn drawn_lexicon() -> impl Strategy<Value = String> {
    let term = prop::sample::select(vec![
        "a", "as", "a b", "b", "bs", "b*", "b a", "a b c", "c", "c a", "b c a", "ca*", "a * b", "c b",
    ]);
    let terms = prop::collection::btree_set(term, 1..5);
    let parts = (terms.clone(), terms.clone(), terms.clone(), terms);
    (parts, prop::bool::ANY, prop::bool::weighted(0.15), prop::bool::ANY).prop_map(|((p, q, r, s), one, all, quoted)| {
        let list = |terms: std::collections::BTreeSet<&str>| format!("{terms:?}").replace(['{', '}'], "");
        let scope = if one { "lexicon" } else { "category" };
        let overlap = if all { "all" } else { "longest" };
        let voices = if quoted { r#"voices = ["narrator", "quoted"]"# } else { "" };
        format!(
            "[lexicon]\nid = \"l\"\nlanguage = \"en\"\n[match]\nscope = \"{scope}\"\noverlap = \"{overlap}\"\n{voices}\n\
             [[category]]\nid = \"p\"\nterms = [{}]\n[[category]]\nid = \"p.q\"\nterms = [{}]\n\
             [[referent]]\nid = \"r\"\n[[referent.variant]]\nid = \"one\"\nterms = [{}]\n\
             [[referent.variant]]\nid = \"two\"\nterms = [{}]\n",
            list(p),
            list(q),
            list(r),
            list(s)
        )
    })
}

pub(crate) fn drawn_texts() -> impl Strategy<Value = Vec<Text>> {
    let word = prop::sample::select(vec!["a", "b", "c", "as", "bs", "ca", "cat", "x"]);
    let body = prop::collection::vec((word, 0_u8..12), 1..40).prop_map(|words| {
        let mut quoted = false;
        let mut body = String::new();
        for (word, mark) in words {
            body.push_str(match (mark, quoted) {
                (0, false) => " \u{201c}",
                _ => " ",
            });
            quoted |= mark == 0;
            body.push_str(word);
            if mark == 1 && quoted {
                quoted = false;
                body.push('\u{201d}');
            }
            if mark == 2 {
                body.push_str(". The");
            }
        }
        if quoted { body + "\u{201d}." } else { body + "." }
    });
    prop::collection::vec(body, 2..7)
        .prop_map(|bodies| (0..).zip(bodies).map(|(n, body)| text(if n % 2 == 0 { "a" } else { "b" }, body)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The promise of leave-one-out: every path, every word, against a run of the lexicon without the word's entries.
    #[test]
    fn a_word_left_out_is_a_lexicon_without_it(lexicon in drawn_lexicon(), texts in drawn_texts()) {
        let corpus = Corpus::new(&lexicon, &texts);
        let mut leaving = LeavingOut::new(&corpus.set, &corpus.compiled, &corpus.lines);
        for path in 0..corpus.set.path_count() as u32 {
            for group in form_groups(&corpus.set, path) {
                let mut smaller = read(&lexicon, "l.toml", &[], &|_| None).unwrap();
                let mut number = 0;
                smaller.entries.retain(|_| {
                    number += 1;
                    !group.entries.contains(&(number - 1))
                });
                let rerun = Corpus::of_set(LexiconSet::new(vec![smaller]), &texts);
                let by_article = |voiced: Vec<crate::compare::Voiced>| {
                    let mut hits = vec![[0; 3]; texts.len()];
                    voiced.into_iter().for_each(|article| hits[article.article as usize] = article.hits);
                    hits
                };
                let mut found = by_article(corpus.units.by_voice(path));
                for article in leaving.without(path, &group.entries) {
                    found[article.article as usize] = article.hits;
                }
                prop_assert_eq!(&found, &by_article(rerun.units.by_voice(path)), "{} of {}", group.name, path);
            }
        }
    }

    /// Contributions sum to the difference of the pooled rates that the articles give, outside and inside, to 1e-12.
    #[test]
    fn contributions_sum_to_the_difference(lexicon in drawn_lexicon(), texts in drawn_texts()) {
        let corpus = Corpus::new(&lexicon, &texts);
        for shift in shifts(&corpus) {
            let counts = corpus.units.counts(shift.path, shift.voice.headline()).unwrap();
            let rate = |group: u32| {
                let own = corpus.units.articles().filter(|article| corpus.units.group(*article) == group);
                let (hits, words) = own.map(|article| counts[article as usize]).fold((0, 0), |(h, w), c| (h + c.hits, w + c.words));
                hits as f64 / words as f64
            };
            let difference = 1000.0 * (rate(1) - rate(0));
            prop_assert!((shift.difference - difference).abs() < 1e-9);
            let per_word = |contribution: f64| contribution / 1000.0;
            let sum: f64 = shift.forms.iter().map(|word| per_word(word.contribution)).sum();
            prop_assert!((sum - per_word(difference)).abs() < 1e-12);
            let entries: f64 = shift.forms.iter().flat_map(|word| &word.entries).map(|entry| per_word(entry.contribution)).sum();
            prop_assert!((entries - per_word(difference)).abs() < 1e-12);
            prop_assert!((shift.forms.last().unwrap().cumulative - difference).abs() < 1e-9);
            for part in shift.forms.iter().flat_map(|word| word.part).flatten() {
                prop_assert!((0.0..=1.0).contains(&part));
            }
        }
    }
}
