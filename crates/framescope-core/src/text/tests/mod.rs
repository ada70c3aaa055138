//! The text model as a whole: the rules as tables.

use std::ops::Range;

mod articles;
mod hostile;
mod routes;
mod traps;

use super::*;

fn read(text: &str) -> (Analysis, TypeTable) {
    read_by(Route::Fast, None, text, &[])
}

fn read_by(route: Route, title: Option<Title<'_>>, text: &str, removed: &[Range<usize>]) -> (Analysis, TypeTable) {
    let (mut types, mut analysis) = (TypeTable::default(), Analysis::default());
    analyse_by(route, &Article { id: "a", title, text, removed }, &mut types, &mut analysis);
    (analysis, types)
}

fn words(text: &str) -> String {
    let (analysis, types) = read(text);
    analysis.tokens.iter().map(|t| types.folded(t.type_id)).collect::<Vec<_>>().join(" ")
}

fn sentences(text: &str) -> Vec<String> {
    let (analysis, _) = read(text);
    analysis.sentences.iter().map(|s| text[s.start as usize..s.end as usize].to_owned()).collect()
}

/// The words inside quotation marks.
fn quoted(text: &str) -> String {
    let (analysis, types) = read(text);
    let quoted = analysis.tokens.iter().filter(|t| t.voice == Voice::Quoted);
    quoted.map(|t| types.folded(t.type_id)).collect::<Vec<_>>().join(" ")
}

#[test]
fn tokens_by_rule() {
    for (rule, text, expected) in [
        (
            "a",
            "See https://example.org/war?x=1, or write to war.desk@example.org.",
            "see https://example.org/war?x=1 or write to war.desk@example.org",
        ),
        ("a", "(www.example.org)", "www.example.org"),
        ("b", "#Gaza @IDF war_crimes", "gaza idf war crimes"),
        ("c", "AT&T and Turks&Caicos, A & B", "at&t and turks&caicos a b"),
        ("d", "L'État, c’est moi; aujourd'hui qu'il", "l état c est moi aujourd'hui qu il"),
        ("e", "Israel’s and Trump's, U.S.'s don't, it's TRUMP'S", "israel and trump u.s don't it trump"),
        ("e", "“Hamas”'s", "hamas"),
        ("e", "the hostages' families", "the hostages families"),
        ("f", "in Gaza.The army U.S. and US, U.N.", "in gaza the army u.s and us u.n"),
        ("f", "note:this 3.5 1,243 3bn 9/11 12:30", "note this 3.5 1,243 3bn 9 11 12 30"),
        ("f", "$5 and 50% of J.D.Vance", "5 and 50 of j d vance"),
        ("h", "印度尼西亚", "印度 尼西亚"),
        ("h", "Il a dit: ภาษาไทยภาษา", "il a dit ภาษา ไทย ภาษา"),
        ("-", "far-right far–right far right cease-fire", "far right far right far right cease fire"),
        ("-", "pris\u{AD}oner hos\u{200B}tage الـــحرب", "prisoner hostage الحرب"),
        ("-", "’tis 12\" '90s ... — * &", "tis 12 90s"),
        (
            "a",
            "mailto:müller@bücher.example, http://a.org/b?c=d#e!",
            "mailto müller@bücher.example http://a.org/b?c=d#e",
        ),
        ("a", "@user@a.org user@host", "user@a.org user host"),
        ("b", "_one_two_ ＃Gaza #war_crimes2024", "one two gaza war crimes2024"),
        ("c", "R&D's budget, P&L&M, 3&4, A&1", "r&d budget p&l&m 3 4 a 1"),
        ("d", "dell'Italia l'Égypte s'il qu’elle presqu'île", "dell italia l égypte s il qu elle presqu'île"),
        ("d", "O'Brien rock'n'roll d’Artagnan l'aujourd'hui", "o'brien rock'n'roll d artagnan l aujourd'hui"),
        ("e", "Model T's, the 1970's, Trump’s\u{200B} IDF)’s", "model t the 1970 trump idf"),
        ("e", "children’S s 's", "children s s"),
        ("f", "U.S.A. e.g. 5 p.m. Ph.D É.U. a.b.", "u.s.a e.g 5 p.m ph d é.u a.b"),
        ("f", "2:1 a:b 1.5bn 1;2 1,243.50 £3m i24.news", "2 1 a b 1.5bn 1;2 1,243.50 3m i24 news"),
        ("f", "غزة.الجيش Ａ：Ｂ", "غزة الجيش ａ ｂ"),
        ("h", "2023年10月7日", "2023 年 10 月 7 日"),
        ("h", "ไทย\u{200B}ไทย 東京タワー", "ไทย ไทย 東京 タワー"),
        ("-", "צה״ל צה\"ל צה”ל ג׳ורג' 'שלום'", "צה\"ל צה\"ל צה\"ל ג'ורג שלום"),
        ("-", "Bonjour\u{202F}: 10\u{202F}000 a\u{A0}b\u{3000}c\u{2003}d", "bonjour 10 000 a b c d"),
        ("-", "ـ ـَ \u{64B} \u{AD}", ""),
        ("-", "مُقَاوَمَة المقاومة", "مقاومة المقاومة"),
        ("-", "می\u{200C}خواهم U\u{2060}.S.", "میخواهم u.s"),
        ("-", "i\u{307}stanbul İSTANBUL ISPARTA ısı", "istanbul istanbul isparta ısı"),
        ("-", "Straße STRASSE café cafe\u{301}", "strasse strasse café café"),
        ("-", "", ""),
        ("-", "?! … — “” '", ""),
    ] {
        assert_eq!(words(text), expected, "({rule}) {text}");
    }
}

#[test]
fn a_possessive_is_outside_the_span() {
    let text = "Trump’s envoy";
    let (analysis, _) = read(text);
    assert_eq!(&text[analysis.tokens[0].start as usize..analysis.tokens[0].end as usize], "Trump");
}

#[test]
fn sentences_by_rule() {
    for (text, expected) in [
        ("He left. She stayed.", vec!["He left.", "She stayed."]),
        (
            "Mr. Smith met Gen. Jones of the U.S. Army. They spoke.",
            vec!["Mr. Smith met Gen. Jones of the U.S. Army.", "They spoke."],
        ),
        ("They met in the U.S. The talks failed.", vec!["They met in the U.S.", "The talks failed."]),
        ("Talks in Gaza.The army left.", vec!["Talks in Gaza.", "The army left."]),
        (
            "On Oct. 7 it began. No. 5 fell, he said no. Then it ended.",
            vec!["On Oct. 7 it began.", "No. 5 fell, he said no.", "Then it ended."],
        ),
        ("J. Smith spoke.", vec!["J. Smith spoke."]),
        ("It cost 3.5 million. Why? Because!", vec!["It cost 3.5 million.", "Why?", "Because!"]),
        ("He said “Go. Now.” and left.", vec!["He said “Go.", "Now.” and left."]),
        ("Read https://a.org/b?c=d now. Then go.", vec!["Read https://a.org/b?c=d now.", "Then go."]),
        ("هل انتهت الحرب؟ نعم.", vec!["هل انتهت الحرب؟", "نعم."]),
        ("war... and peace. ...", vec!["war... and peace. ..."]),
        (
            "At 5 p.m. Monday they met. At 6 p.m. The talks ended.",
            vec!["At 5 p.m. Monday they met.", "At 6 p.m.", "The talks ended."],
        ),
        (
            "Acme Inc. Chairman Roe left Acme Inc. The firm fell.",
            vec!["Acme Inc. Chairman Roe left Acme Inc.", "The firm fell."],
        ),
        ("Dr. Ph.D. Roe, M. Le Pen et al. spoke.", vec!["Dr. Ph.D. Roe, M. Le Pen et al. spoke."]),
        ("He and I. They left.", vec!["He and I.", "They left."]),
        (
            "They left in 2024. In 2025 they came back. 1. No.",
            vec!["They left in 2024.", "In 2025 they came back.", "1. No."],
        ),
        ("他走了。她留下！真的？是。", vec!["他走了。", "她留下！", "真的？", "是。"]),
        ("¿Qué? ¡No! Él salió. «Sí.» Fin", vec!["¿Qué?", "¡No!", "Él salió.", "«Sí.»", "Fin"]),
        ("Он ушёл. Она осталась. В 5 тыс. км.", vec!["Он ушёл.", "Она осталась.", "В 5 тыс. км."]),
        ("Line one\ngoes on. And\non.", vec!["Line one\ngoes on.", "And\non."]),
    ] {
        assert_eq!(sentences(text), expected, "{text}");
    }
}

#[test]
fn quotations_by_rule() {
    for (text, expected) in [
        ("He said “we go” and left.", "we go"),
        ("He said \"we go\" and left.", "we go"),
        ("He said «we go» and »so be it« too.", "we go so be it"),
        ("Er sagte „wir gehen“ und ging. „Ja”, sagte er.", "wir gehen ja"),
        ("Han sa ”vi går” och gick.", "vi går"),
        ("He said ‘we go’ and 'so be it'.", "we go so be it"),
        ("他说「我们走」。", "我们 走"),
        ("The hostages' families' pleas", ""),
        ("'The hostages' families,' he said", "the hostages families"),
        ("‘Free the hostages’ they cried", "free the hostages"),
        ("A 12\" gun of the '90s, 'tis said; rock 'n' roll", ""),
        ("Trump's and Israel’s envoys don't talk", ""),
        ("“He said ‘yes’ to us” and left", "he said yes to us"),
        ("\"'We are done,' he told me,\" she said", "we are done he told me"),
        ("“This is final! You are dead!” he wrote. End.", "this is final you are dead"),
        ("in what he called its \"final warning,\" to end", "final warning"),
        ("an open “mark that never closes", ""),
        ("„Er sagte ‚ja‘ dazu“, schrieb sie.", "er sagte ja dazu"),
        ("Elle dit : «\u{A0}Je dis «\u{A0}oui\u{A0}», moi\u{A0}» et sort.", "je dis oui moi"),
        ("Il a dit:«oui».", "oui"),
        ("Han sade »ja» och gick ›nej‹.", "ja nej"),
        ("Er sagte ›ja‹ und »nein«.", "ja nein"),
        ("『二重』と「一重」", "二重 一重"),
        ("He called it 'a 'true' peace' then", "a true peace"),
        ("the '90s and ’90s 'til 'em 'tis the 12' wall's end'", ""),
        ("She saw 'the hostages' families' and 'us'.", "the hostages us"),
        ("\"$5 is fine\" and \"…or so\" and (\"yes\") and -\"no\"-", "5 is fine or so yes no"),
        ("It is 5\"x7\" and he said \"no\".", "no"),
        ("הוא אמר ”צה”ל כאן” והלך", "צה\"ל כאן"),
        ("הוא אמר \"צה\"ל כאן\" והלך", "צה\"ל כאן"),
        ("قال \u{200F}“نعم”\u{200F} ثم", "نعم"),
        ("قال \"\u{200F}نعم\u{200F}\" ثم", "نعم"),
        // Another kind left open does not hide the one that carries on.
        ("“One ‘two.\n\n“Three,” he said.", "one two three"),
        // Carried on into the next paragraph, which opens with the same kind.
        ("“One.\n\n“Two,” he said.", "one two"),
        ("“One.\n\nTwo,” he said.", ""),
    ] {
        assert_eq!(quoted(text), expected, "{text}");
    }
}

#[test]
fn unclosed_marks_are_counted() {
    for (text, expected) in [
        ("“One.\n\nTwo.", 1),
        ("“One “two “three.", 3),
        ("“One” two.", 0),
        ("“One.\n\n“Two.” he said", 0),
        ("“One.", 1),
        ("“One.\n\n***\n\n“Two.” he said", 0),
        ("One.\n\n“\n\nTwo ”.", 1),
        ("“One ‘two.\n\n“Three,” he said.", 1),
        ("“One 'two \"three «four", 4),
    ] {
        assert_eq!(read(text).0.unclosed_quotes, expected, "{text}");
    }
}

#[test]
fn a_quotation_of_three_words_is_short() {
    let (analysis, _) = read("Its “security zone” and “a wide security zone” there.");
    let short: Vec<bool> = analysis.tokens.iter().map(|t| t.short).collect();
    assert_eq!(short, [false, true, true, false, false, false, false, false, false]);
    // The end of a quotation that began in the paragraph before is a part of a long one.
    let (analysis, _) = read("“We will go on until the end.\n\n“We must,” he said.");
    assert!(analysis.tokens.iter().all(|t| !t.short));
}

#[test]
fn attribution_by_rule() {
    for (text, expected) in [
        ("According to i24, the army is leaving.", "according to i24 the army is leaving"),
        ("The army is leaving, according to i24. It is dark.", "the army is leaving according to i24"),
        ("Officials said the militants had left.", "the militants had left"),
        ("The militants had left, officials said.", "the militants had left officials said"),
        ("“We go,” said Mr. Jones, leader of the far right, on Monday.", "mr jones leader of the far right on monday"),
        ("“We go,” Jones, leader of the far right, said.", ""),
        ("The army is leaving.", ""),
    ] {
        let (analysis, types) = read(text);
        let attributed = analysis.tokens.iter().filter(|t| t.voice == Voice::Attributed);
        let attributed: Vec<_> = attributed.map(|t| types.folded(t.type_id)).collect();
        assert_eq!(attributed.join(" "), expected, "{text}");
    }
}

#[test]
fn zones_by_rule() {
    let zones = |text: &str, title: Option<Title<'_>>| {
        let (analysis, types) = read_by(Route::Fast, title, text, &[]);
        let mut out = String::new();
        for s in &analysis.sentences {
            out += &format!("{}:{} ", s.zone.name(), types.folded(analysis.tokens[s.first_token as usize].type_id));
        }
        out
    };
    assert_eq!(
        zones("Context\n\nFirst one.\n\nA heading\n\nSecond.", None),
        "heading:context lead:first heading:a body:second "
    );
    assert_eq!(zones("First one.\n\nNo stop at the end", Some(Title::Field("A title"))), "title:a lead:first body:no ");
    assert_eq!(zones("A title\n\nFirst one.\n\nSecond.", Some(Title::InText(0..7))), "title:a lead:first body:second ");
    // Where there is only one paragraph, the lead is what begins in the first 60 words.
    let long = "Ten words are in this one and no more here. ".repeat(8);
    assert_eq!(zones(&long, None).matches("lead").count(), 6);
    assert_eq!(zones(&long, None).matches("body").count(), 2);
}

#[test]
fn paragraphs_by_rule() {
    let paragraphs = |text: &str| {
        let (analysis, _) = read(text);
        analysis.paragraphs.iter().map(|p| text[p.start as usize..p.end as usize].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paragraphs("One.\nTwo.\nthree"), ["One.", "Two.\nthree"]);
    assert_eq!(paragraphs("One\r\n\r\nTwo\u{2028}Three\rFour"), ["One", "Two", "Three", "Four"]);
    let line = "The talks went on through the night without\nResult and the parties then went home to\n";
    assert_eq!(paragraphs(&line.repeat(4)).len(), 1, "hard-wrapped");
    assert_eq!(words("1- One\n\n2- Two\n\n7- Seven"), "one two 7 seven");
    assert_eq!(words("(a) One\n\n(b) Two\n\nA plan"), "one two a plan");
    assert_eq!(words("1. One\n2) Two\n\n3: Three\n\n2024. Four\n\n4 Five"), "one two three 2024 four 4 five");
    assert_eq!(words("Q: Why?\n\nR: Because."), "q why r because");
    assert_eq!(words("1- One"), "1 one");
    // A page break, no-break and bidi marks.
    assert_eq!(paragraphs("One.\u{C}Two.\u{C}three"), ["One.", "Two.\u{C}three"]);
    assert_eq!(paragraphs("One\u{2029}Two\u{85}\u{200F}three"), ["One", "Two\u{85}\u{200F}three"]);
    assert_eq!(paragraphs("One.\n\n\n \t\n\nTwo."), ["One.", "Two."]);
    let prose = "The talks went on through the night until morning.\n";
    assert_eq!(paragraphs(&prose.repeat(6)).len(), 6, "every line ends a sentence");
    assert_eq!(paragraphs(&line.repeat(2)).len(), 4, "too few lines");
}

#[test]
fn removed_text_holds_no_token_and_parts_paragraphs() {
    let text = "One two Logo three four.";
    let (analysis, types) = read_by(Route::Fast, None, text, std::slice::from_ref(&(8..12)));
    let folded: Vec<_> = analysis.tokens.iter().map(|t| types.folded(t.type_id)).collect();
    assert_eq!(folded, ["one", "two", "three", "four"]);
    assert_eq!(analysis.paragraphs.len(), 2);
}

#[test]
fn what_stands_behind_a_cut_says_nothing_of_what_stands_before() {
    // Were the s still there, the mark before it would be an apostrophe.
    let text = "'Israel's army";
    for route in [Route::Fast, Route::Unicode] {
        let voices = |removed: &[Range<usize>]| {
            let (analysis, _) = read_by(route, None, text, removed);
            analysis.tokens.iter().map(|token| token.voice).collect::<Vec<_>>()
        };
        let s = text.find("s army").unwrap();
        assert_eq!(voices(std::slice::from_ref(&(s..s + 1))), [Voice::Quoted, Voice::Narrator]);
        assert_eq!(voices(&[]), [Voice::Narrator; 2]);
    }
}

#[test]
fn languages_vote() {
    for (text, expected) in [
        ("The talks that were held in the city are over and the army is not there.", Some("en")),
        ("Die Gespräche in der Stadt sind zu Ende und die Armee ist nicht mehr bei den Menschen.", Some("de")),
        ("Les négociations dans la ville sont terminées et les soldats ne sont plus sur la place.", Some("fr")),
        ("Переговоры в городе не были начаты, и они сказали, что после этого его не будет, но это не так.", Some("ru")),
    ] {
        let (analysis, _) = read(text);
        let vote = vote(&analysis);
        assert_eq!((vote.language, vote.decided), (expected, true), "{text}");
    }
    // Words of a neighbour that would pass for German, Dutch, English; Russian, Ukrainian.
    for text in [
        "Forhandlerne mødtes i byen mandag og sagde, at de ville fortsætte samtalerne, indtil alle gidslerne er blevet \
         løsladt af den gruppe, der holder dem, og at de ikke har andet at sige om det.",
        "Преговарящите се срещнаха в понеделник в града и заявиха, че ще продължат разговорите, докато всички заложници \
         не бъдат освободени от групата, която ги държи, а след това ще се върнат на работа.",
    ] {
        let (analysis, _) = read(&[text; 4].join(" "));
        let vote = vote(&analysis);
        assert!(!(vote.decided && vote.language.is_some()), "{vote:?} {text}");
    }
    let (analysis, _) = read("Xyzzy plugh.");
    assert!(!vote(&analysis).decided);
}
