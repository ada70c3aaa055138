//! Which words make the main differences: what each adds to the difference of two pooled rates, and what is left without
//! it.

use super::figures::{NONE, bracketed, count, counted, number, percent};
use super::{View, cautions, section, voice_words};
use crate::compare::result::{Ends, InVoice};
use crate::compare::{PathShift, WordsOf};
use crate::report::charts::{Chart, ShiftBar, ShiftBars};
use crate::report::markup::{isolated, shortened};
use crate::report::page::{Block, Caution, Figure, Head, Inline, Only, Section, Table, name, words};

/// So many differences have a figure.
const FIGURES: usize = 6;
/// So many words have a bar; the others are one bar together.
const BARS: usize = 12;

/// The figures, of the differences outside quotations that are clearest or largest; nothing where no path has two words.
pub(super) fn section_of(view: &View<'_>) -> Option<Section> {
    let shifts = chosen(view);
    if shifts.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Text(vec![words(
        "A path is many words. Each bar is what one word, all its inflected forms together, adds to the difference of two \
         groups, in hits per 1,000 words outside quotations; all words of a figure sum to its difference exactly. A path \
         whose difference rests on one word says what that word says, and no more.",
    )])];
    blocks.extend(shifts.iter().map(|shift| Block::figure(figure(view, shift))));
    blocks.push(Block::Text(vec![
        words("Words of all paths and pairs: the table of words that "),
        Inline::Code("framescope compare".to_owned()),
        words(" writes."),
    ]));
    Some(section("words", "Which words make the difference", "Words", blocks))
}

/// Paths named before looking, then the clearest differences, then the largest; of a path and those under it one.
fn chosen<'a>(view: &View<'a>) -> Vec<&'a PathShift> {
    let of_one_word = |shift: &PathShift| shift.forms.len() < 2 || shift.difference == 0.0;
    let mut shifts: Vec<&PathShift> =
        view.found.words.iter().filter(|shift| shift.voice == InVoice::Outside && !of_one_word(shift)).collect();
    let is_primary = |shift: &PathShift| view.found.paths.get(shift.path as usize).is_some_and(|path| path.is_primary);
    let contrasts: std::collections::HashMap<(u32, u32), Option<Ends>> = view
        .found
        .contrasts
        .iter()
        .filter(|contrast| contrast.voice == InVoice::Outside)
        .map(|contrast| ((contrast.path, contrast.pair), contrast.rate_ratio.and_then(|ratio| ratio.interval)))
        .collect();
    let is_clear = |shift: &PathShift| {
        let interval = contrasts.get(&(shift.path, shift.pair)).copied().flatten();
        interval.is_some_and(|ends| ends.low > 1.0 || ends.high < 1.0)
    };
    // All that words add, either way: a path whose words pull to both sides tells most.
    let moved = |shift: &PathShift| shift.forms.iter().map(|word| word.contribution.abs()).sum::<f64>();
    shifts.sort_by(|a, b| {
        let before = (is_primary(b), is_clear(b)).cmp(&(is_primary(a), is_clear(a)));
        before.then(moved(b).total_cmp(&moved(a))).then((a.path, a.pair).cmp(&(b.path, b.pair)))
    });
    let mut kept: Vec<&PathShift> = Vec::new();
    for shift in shifts {
        let is_kin = |other: &&PathShift| {
            let above = |one: u32, of: u32| view.vocabulary.lineage(of).any(|path| path == one);
            other.pair == shift.pair && (above(other.path, shift.path) || above(shift.path, other.path))
        };
        if kept.len() < FIGURES && (is_primary(shift) || !kept.iter().any(is_kin)) {
            kept.push(shift);
        }
    }
    kept.sort_by_key(|shift| (shift.path, shift.pair));
    kept
}

fn figure(view: &View<'_>, shift: &PathShift) -> Figure {
    let pair = view.found.pairs[shift.pair as usize];
    let (group, against) = (&view.side(pair.group).name, &view.side(pair.against).name);
    let bar = |word: &WordsOf| ShiftBar {
        label: word.name.clone(),
        value: word.contribution,
        tip: format!(
            "{}: {} in {}, {} in {}",
            word.name,
            count(word.hits[1]),
            isolated(group),
            count(word.hits[0]),
            isolated(against)
        ),
    };
    // One bar for a single word that is left over would say less than its name.
    let most = if shift.forms.len() == BARS + 1 { BARS + 1 } else { BARS };
    let mut bars: Vec<ShiftBar> = shift.forms.iter().take(most).map(bar).collect();
    if let Some(others @ [_, ..]) = shift.forms.get(most..) {
        let label = format!("{} others", others.len());
        bars.push(ShiftBar {
            value: others.iter().map(|word| word.contribution).sum(),
            tip: format!("{label} together"),
            label,
        });
    }
    let path = view.marked_path(shift.path);
    let more_in = |name: &str| format!("more in {}", isolated(&shortened(name, 32)));
    Figure {
        id: format!("words-{}-{}", shift.path, shift.pair + 1),
        title: format!("{path}: {} against {}", isolated(group), isolated(against)),
        description: format!(
            "{} per 1,000 words outside quotations in {} than in {}.",
            more_or_fewer(shift.difference),
            isolated(group),
            isolated(against),
        ),
        chart: Chart::Shift(ShiftBars { left: more_in(against), right: more_in(group), bars }),
        table: table(view, shift),
        more: None,
        is_printed: false,
        cautions: carried(view, shift)
            .into_iter()
            .chain(cautions::of_path(view, shift.path, Some(shift.pair), shift.voice))
            .collect(),
    }
}

/// What carries the difference, if one word does.
fn carried(view: &View<'_>, shift: &PathShift) -> Option<Caution> {
    let word = shift.forms.get(shift.carrier?)?;
    let group = &view.side(view.found.pairs[shift.pair as usize].group).name;
    let text = match word.without {
        Some(without) => format!(
            "“{}” carries this difference: without it {} would have {} per 1,000 words, not {}.",
            word.name,
            isolated(group),
            more_or_fewer(without.difference),
            more_or_fewer(shift.difference)
        ),
        None => format!("“{}” carries this difference: it alone adds more than half of it.", word.name),
    };
    Some(Caution { code: String::new(), text })
}

fn more_or_fewer(difference: f64) -> String {
    match difference {
        0.0 => "as many".to_owned(),
        more if more > 0.0 => format!("{} more", number(more)),
        fewer => format!("{} fewer", number(-fewer)),
    }
}

fn table(view: &View<'_>, shift: &PathShift) -> Table {
    let pair = view.found.pairs[shift.pair as usize];
    let (group, against) = (&view.side(pair.group).name, &view.side(pair.against).name);
    let heads = vec![
        Head::text("word"),
        Head::text("entries"),
        Head::number("hits").over(group),
        Head::number("of the path’s").over(group),
        Head::number("hits").over(against),
        Head::number("of the path’s").over(against),
        Head::number("adds, per 1,000"),
        Head::number("difference without it"),
        Head::number("ratio of rates without it"),
    ];
    let hits = |word: &WordsOf, at: usize, side: u32| match word.hits[at] {
        0 => vec![words("0")],
        n => {
            let entries = word.entries.iter().map(|entry| entry.entry).collect();
            let only = Only::Word(word.name.clone(), entries);
            vec![view.some_lines(count(n), shift.path, (side, shift.voice), only)]
        }
    };
    let part = |word: &WordsOf, at: usize| vec![words(word.part[at].map_or_else(|| NONE.to_owned(), percent))];
    let row = |word: &WordsOf| {
        let terms: Vec<&str> = word.entries.iter().map(|entry| entry.term.as_str()).collect();
        vec![
            vec![name(word.name.clone())],
            vec![name(terms.join(", "))],
            hits(word, 1, pair.group),
            part(word, 1),
            hits(word, 0, pair.against),
            part(word, 0),
            vec![words(number(word.contribution))],
            vec![words(word.without.map_or_else(|| NONE.to_owned(), |without| number(without.difference)))],
            vec![words(word.without.map_or_else(|| NONE.to_owned(), |w| bracketed(w.ratio, w.interval, number)))],
        ]
    };
    let left = shift.forms.len().saturating_sub(ROWS);
    let mut note = format!(
        "All words of the path sum to {} per 1,000 words {}. The last columns are what is left of the difference when the \
         word is struck from the lexicon and shorter terms that it hid stand up; of the words that matter most.",
        number(shift.difference),
        voice_words(shift.voice)
    );
    if left > 0 {
        note.push_str(&format!(
            " {} with smaller parts not in this table.",
            counted(left as u64, "word is", "words are")
        ));
    }
    Table {
        caption: "Words and what they add".to_owned(),
        heads,
        rows: shift.forms.iter().take(ROWS).map(row).collect(),
        note: vec![words(note)],
    }
}

/// So many words are in a table.
const ROWS: usize = 40;
