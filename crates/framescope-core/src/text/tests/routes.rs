//! The two routes against each other on any text, and what must hold of any analysis.

use std::ops::Range;

use proptest::prelude::*;

use super::super::*;

/// What must hold of any text.
fn check_invariants(article: &Article<'_>, analysis: &Analysis) {
    let mut token = 0;
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        assert_eq!(sentence.first_token, token, "sentences are all tokens, in order");
        assert!(sentence.end_token > token);
        let tokens = &analysis.tokens[token as usize..sentence.end_token as usize];
        assert_eq!(sentence.voiced, VoiceCounts::of(tokens));
        token = sentence.end_token;
        let paragraph = &analysis.paragraphs[sentence.paragraph as usize];
        assert!((paragraph.first_sentence..paragraph.end_sentence).contains(&(number as u32)));
        let source = article.source(paragraph.field);
        assert!(source.is_char_boundary(sentence.start as usize) && source.is_char_boundary(sentence.end as usize));
        let mut last = sentence.start.max(paragraph.start);
        for t in &analysis.tokens[sentence.first_token as usize..sentence.end_token as usize] {
            assert!(t.start >= last && t.start < t.end && t.end <= sentence.end, "tokens ascend inside their sentence");
            last = t.end;
            let surface = &source[t.start as usize..t.end as usize];
            assert!(surface.contains(char::is_alphanumeric), "{surface:?}");
            if paragraph.field == Field::Text {
                assert!(
                    article
                        .removed
                        .iter()
                        .filter(|r| !r.is_empty())
                        .all(|r| t.end as usize <= r.start || t.start as usize >= r.end)
                );
            }
        }
    }
    assert_eq!(token as usize, analysis.tokens.len());
    for q in &analysis.quotations {
        let inside = &analysis.tokens[q.first_token as usize..q.end_token as usize];
        assert!(inside.iter().all(|t| t.voice == Voice::Quoted && t.start >= q.start && t.end <= q.end));
    }
}

pub(super) fn routes_agree(text: &str, removed: &[Range<usize>]) {
    let article = Article { id: "a", title: None, text, removed };
    let (mut fast_types, mut fast) = (TypeTable::default(), Analysis::default());
    analyse_by(Route::Fast, &article, &mut fast_types, &mut fast);
    let (mut slow_types, mut slow) = (TypeTable::default(), Analysis::default());
    analyse_by(Route::Unicode, &article, &mut slow_types, &mut slow);
    assert_eq!(fast_types.len(), slow_types.len());
    for t in &fast.tokens {
        let surface = &text[t.start as usize..t.end as usize];
        assert_eq!(fast_types.folded(t.type_id), fold(surface));
        assert_eq!(slow_types.raw(t.type_id), surface);
    }
    if fast != slow {
        let show = |a: &Analysis| {
            let tokens: Vec<_> = a.tokens.iter().map(|t| (&text[t.start as usize..t.end as usize], t.voice)).collect();
            let ends: Vec<_> = a.sentences.iter().map(|s| &text[s.start as usize..s.end as usize]).collect();
            format!("{tokens:?} {ends:?} {:?} {}", a.quotations, a.unclosed_quotes)
        };
        panic!("{text:?}\nfast: {}\nslow: {}", show(&fast), show(&slow));
    }
    check_invariants(&article, &fast);
}

/// Pieces of news, glued at random: marks meet marks.
fn news() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z]{1,9}",
        2 => "[A-Z][a-z]{1,8}",
        1 => "[А-Яа-яґء-يé]{1,18}",
        3 => Just(" ".to_owned()),
        1 => "[.!?,;:'\"()\\[\\]/&@#_$%*-]{1,3}",
        1 => "[“”‘’–—…«»„ é]{1,2}",
        1 => prop::sample::select(TRAPS).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// What some rule looks at twice.
const TRAPS: &[&str] = &[
    ". ",
    "? ",
    "! ",
    ".\n",
    "\n\n",
    "\n",
    "\r\n",
    "U.S.",
    "U.S.'s",
    "Mr.",
    "Oct. 7",
    "No. 5",
    "’s ",
    "'s",
    "s' ",
    "S’",
    "l'",
    "L’",
    "qu'",
    "1,243",
    "1,234,567.5",
    "3.5",
    "v2.0",
    "1.2bn",
    "4:30",
    "4:30pm",
    "1;2",
    "p.m",
    "U.S.A1",
    "'90s",
    "'90's",
    "'67 ",
    "12\"",
    "'til",
    "https://a.org/x?y=1",
    "a@b.org",
    "www.a.b",
    "According to ",
    "said ",
    "said that ",
    " “",
    "” ",
    "\"",
    " '",
    "AT&T",
    "1- ",
    "(a) ",
    "2. ",
    "1-A",
    "Gaza.The",
    "e.g.",
    "5 p.m.",
    "J.D.Vance",
    "état",
    "Ärzte",
    "война",
    "Война. Он",
    "الحرب؟ ",
    "مُحَمَّد",
    "印度尼西亚",
    "東京タワー",
    "한국",
    "ประเทศไทย",
    "हिन्दी।",
    "צה\"ל",
    "צה”ל",
    "Σίσυφος",
    "İI",
    "ŉ",
    "ſ",
    "\u{200B}",
    "\u{200F}",
    "\u{AD}",
    "\u{2060}",
    "\u{FEFF}",
    "\u{640}",
    "\u{64B}",
    "\u{A0}",
    "\u{202F}",
    "\u{3000}",
    "\u{85}",
    "e\u{301}",
    "\u{2028}",
    "\t",
    "\u{C}",
    "\0",
    "\u{7F}",
    "。",
    "i\u{307}",
    "ß",
    "½",
    "²",
    "ª",
    "×",
    "÷",
    "·",
    "µ",
    "€",
    "£",
    "‰",
    "™",
    "😀",
    "\u{FE0F}",
    "＇",
    "‛",
    "ʼ",
    "′",
    "･",
    "don't",
    "don’t",
    "rock'n'roll",
    "7. Oktober",
    "„ja“",
    "‚ja‘",
    "»ja«",
    "「二」",
    "_",
    "://",
    "&",
    "@",
    "#",
    "--",
];

/// Single characters from weighted alphabets, without any sense: every class beside every other.
fn dense() -> impl Strategy<Value = String> {
    let alphabet = |characters: &'static str| prop::sample::select(characters.chars().collect::<Vec<_>>());
    let character = prop_oneof![
        8 => alphabet("abdelmnsStTAX"),
        3 => alphabet("'’‘\"“”„‚‟‛«»‹›「」『』＇ʼ′`"),
        3 => alphabet(" \n\t\u{A0}\u{202F}\u{2003}\u{3000}\u{85}\u{2028}\r\u{B}"),
        3 => alphabet(".,:;!?…()[]{}-–—‐‑/&@#_%*$€£§¡¿·•|~+=<>^`\\"),
        2 => alphabet("0123456789²½٣٤"),
        2 => alphabet("éÉßœŒşŞıİÀÿ×÷ŁłžŽſŉÃ"),
        2 => alphabet("жЖяЯёіїґҐѢѿҀ"),
        1 => alphabet("σςΣάΩ"),
        1 => alphabet("السّلَاـ\u{64B}\u{670}؟،؛۔گ"),
        1 => alphabet("צהל״׳םְַ־"),
        1 => alphabet("印度他说。、！カタひ々〇한글"),
        1 => alphabet("ไทยລາວမြန်ខ្មែรहिन्दी।"),
        2 => alphabet("\u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\u{AD}\u{2060}\u{202A}\u{2069}\u{FEFF}\u{61C}\u{180E}"),
        1 => alphabet("\u{301}\u{307}\u{308}\u{FE0F}\u{20E3}😀𝐀𐐀\0\u{7F}\u{80}\u{FFFD}"),
    ];
    prop::collection::vec(character, 0..60).prop_map(String::from_iter)
}

/// Pieces that are long: words and quotations over many blocks of 64 bytes.
fn long() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{40,150}",
        "[а-яё]{20,80}",
        "[a-zé'’]{30,90}",
        "[\"“”„'‘’«»]{1,70}",
        " {1,130}",
        "[.!?)\"]{1,70}",
        "[0-9.,]{20,80}",
        "“([a-z]{1,9} ){5,20}[a-z]{1,9}”",
        "'([a-z]{1,9} ){5,20}[a-z]{1,9}s' ",
        dense(),
        prop::sample::select(TRAPS).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// What may stand before a text, of any length in bytes, so that it begins anywhere in a block.
const FILLERS: [&str; 6] = [" ", "a", "a ", "\"", "é", "“a” "];

fn behind(filler: &str, len: usize, text: &str) -> String {
    let mut padded = filler.repeat(len / filler.len());
    padded.extend(std::iter::repeat_n(' ', len - padded.len()));
    padded + text
}

/// Both routes, with the text at several places of a block.
fn routes_agree_anywhere(text: &str, places: &[(usize, usize)]) {
    routes_agree(text, &[]);
    for &(filler, len) in places {
        routes_agree(&behind(FILLERS[filler], len, text), &[]);
    }
}

fn places() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..FILLERS.len(), 0_usize..=130), 3)
}

#[test]
fn both_routes_read_every_trap_alike_at_every_place_of_a_block() {
    for trap in TRAPS {
        for len in (0..=130).chain(AT_EIGHT) {
            routes_agree(&behind(FILLERS[len % FILLERS.len()], len, &format!("{trap} a{trap}b “{trap}” c")), &[]);
        }
    }
}

/// So many bytes before a text move it over the end of eight blocks.
const AT_EIGHT: std::ops::RangeInclusive<usize> = 480..=514;

/// A final s goes with its apostrophe whatever stands behind it, unless that makes one word of both.
#[test]
fn both_routes_read_a_final_s_with_more_behind_it_alike() {
    for apostrophe in ["'", "’"] {
        for more in
            [":", ": a", ":a", "_", "_a", "#", "@a", "&a", "/a", "\\", "$", "é", ".", ".a", ",a", "1", "'", "’a", "—a"]
        {
            for len in (0..=66).chain(AT_EIGHT) {
                routes_agree(&behind(" ", len, &format!("hostage{apostrophe}s{more}")), &[]);
            }
        }
    }
}

/// What random texts found once.
#[test]
fn both_routes_read_texts_alike_that_they_did_not_always() {
    for text in [
        "a.A 0",
        "᠀𑤌𑤕00𑰀 𑊈ව𞹝𞺡a 0𑃰🌀  00A𐠷aׯ𰀀￼00aצּ",
        "a5 p.m.",
        "Σ𞺥𐽰0aa",
        "“https://a.org/x?y=1”a",
        "„}“ी",
        "“a a a a a a”\u{5B7}",
        "'a'\u{301}a",
        "‚a'׳a",
        "Ž‛ʼS",
        "׳'s'",
    ] {
        for len in 0..=66 {
            routes_agree(&behind(" ", len, text), &[]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]
    #[test]
    fn both_routes_read_news_alike(text in news(), places in places()) {
        routes_agree_anywhere(&text, &places);
    }

    #[test]
    fn both_routes_read_dense_texts_alike(text in dense(), places in places()) {
        routes_agree_anywhere(&text, &places);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]
    #[test]
    fn both_routes_read_long_pieces_alike(text in long(), places in places()) {
        routes_agree_anywhere(&text, &places);
    }

    #[test]
    fn both_routes_read_ascii_alike(text in "[ -~\\n]{0,120}", places in places()) {
        routes_agree_anywhere(&text, &places);
    }

    #[test]
    fn both_routes_read_figures_and_initialisms_alike(text in "([a-cUS0-2][.,:;]|[0-9]{1,3}|[AbU]\\.|[a-z]{1,3}|['’:/@_\"\u{301}é-]| ){0,24}", places in places()) {
        routes_agree_anywhere(&text, &places);
    }

    #[test]
    fn both_routes_read_anything_alike(text in "\\PC{0,60}", cut in (0_usize..60, 0_usize..20)) {
        let boundary = |i: usize| (0..=i.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
        let (start, end) = (boundary(cut.0), boundary(cut.0 + cut.1));
        routes_agree(&text, std::slice::from_ref(&(start..end)));
    }

    #[test]
    fn both_routes_read_news_around_a_hole_alike(text in news(), cut in (0_usize..90, 0_usize..20)) {
        let boundary = |i: usize| (0..=i.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
        let (start, end) = (boundary(cut.0), boundary(cut.0 + cut.1));
        routes_agree(&text, std::slice::from_ref(&(start..end)));
    }
}
