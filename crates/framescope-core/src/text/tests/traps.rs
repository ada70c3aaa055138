//! Traps, each answer worked out by hand from the rule: marks that nobody sees, quotations of many
//! countries, lists, addresses, headings.

use super::super::*;
use super::{quoted, read, read_by, sentences, words};

/// Asserts what is read of every text, and tells of all that differ at once.
fn hold<T: PartialEq + std::fmt::Debug>(cases: impl IntoIterator<Item = (String, T)>, read: impl Fn(&str) -> T) {
    let wrong = cases.into_iter().filter_map(|(text, expected)| {
        let got = read(&text);
        (got != expected).then(|| format!("{text:?}\n  got      {got:?}\n  expected {expected:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The text as it is, and with the mark at each place in it.
fn marked(text: &str, mark: char) -> impl Iterator<Item = String> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).map(move |at| {
        let (before, after) = text.split_at(at);
        format!("{before}{mark}{after}")
    })
}

#[test]
fn invisible_marks_change_no_quotation() {
    // A right-to-left mark, a zero-width space and a byte-order mark, wherever one can stand.
    for (text, expected) in [
        ("He said “we go” and left.", "we go"),
        ("He said \"we go\" and left.", "we go"),
        ("He said 'we go' and left.", "we go"),
        ("Er sagte „wir gehen“ und ging.", "wir gehen"),
        ("Er sagte ‚ja‘ und ging.", "ja"),
        ("Er sagte »ja« und ging.", "ja"),
        ("Il dit « oui » et sort.", "oui"),
        ("the '90s and 'til 'em the hostages' families' end", ""),
        ("„Er sagte ‚ja‘“ und ging.", "er sagte ja"),
        ("“One.\n\n“Two,” he said.", "one two"),
    ] {
        let mut texts = vec![text.to_owned()];
        for mark in ['\u{200F}', '\u{200B}', '\u{FEFF}', '\u{AD}'] {
            texts.extend(marked(text, mark));
        }
        hold(texts.into_iter().map(|text| (text, expected.to_owned())), quoted);
    }
}

#[test]
fn invisible_marks_part_no_sentence_and_hide_no_blank_line() {
    for mark in ['\u{200F}', '\u{200B}', '\u{FEFF}', '\u{2060}'] {
        for text in ["Mr. Smith met J. Roe.", "Of the U.S. Army on Oct. 7.", "1. One alone", "See No. 5 in vol. 2."] {
            hold(marked(text, mark).map(|text| (text, 1)), |text| sentences(text).len());
        }
        let line = "The talks went on through the night without\nResult and the parties then went home to\n";
        let text = format!("{}{mark}\n{}", line.repeat(3), line.repeat(3));
        assert_eq!(read(&text).0.paragraphs.len(), 2, "a line of {mark:?} is blank");
        assert_eq!(read(&format!("{mark}\none {mark}\n{mark}\ntwo")).0.paragraphs.len(), 2);
        let list = format!("{mark}1- One\n{mark}2- Two\n{mark}(a) three\n\n({mark}b{mark}){mark} four");
        assert_eq!(words(&list), "one two three four");
    }
}

#[test]
fn quotations_of_many_countries() {
    let cases = [
        // German: the closing mark opens in English.
        ("„Ja“, „nein“ und „vielleicht“.", "ja nein vielleicht"),
        ("„Er sagte: “no” und ging“, so sie.", "er sagte no und ging"),
        ("„Er rief ‚ja‘“.Dann ging er „heim“.", "er rief ja heim"),
        ("„Was heißt \"x\"“, fragte er.", "was heisst x"),
        ("„Wir wollten –“ Er brach ab.", "wir wollten"),
        ("„Ja“-Sager und „Nein“sager", "ja nein"),
        ("„ Ja “, sagte er.", "ja"),
        ("„‚Ja‘, sagte er“, schrieb sie.", "ja sagte er"),
        ("Er las „Die ‚Welt‘ und ‚Zeit‘“ vor.", "die welt und zeit"),
        ("„Eins.\n\n„Zwei“, sagte er.", "eins zwei"),
        ("»Er sagte ›ja‹ dazu«, schrieb sie.", "er sagte ja dazu"),
        // The same kind inside itself.
        ("Han sade ”jag sa ”ja” då” och gick.", "jag sa ja då"),
        ("Er sagte »ich sage »ja« dazu« und ging.", "ich sage ja dazu"),
        ("Il dit «je dis «oui» moi» et sort.", "je dis oui moi"),
        ("Han sade ”ja”, ”nej” och »jo», »nja».", "ja nej jo nja"),
        ("Powiedział „tak” i «nie».", "tak nie"),
        // French, with every space that is written inside the marks.
        ("Il dit «\u{202F}oui\u{202F}» et «\u{A0}non\u{A0}», « si ».", "oui non si"),
        ("«\u{202F}Un.\n\n«\u{202F}Deux\u{202F}», dit-il.", "un deux"),
        ("«\u{202F}Un.\n\n»\u{202F}Deux\u{202F}», dit-il.", "un deux"),
        ("« Un.\n\n» Deux.\n\n» Trois », dit-il. Fin.", "un deux trois"),
        ("”Ett.\n\n”Två”, sade han.", "ett två"),
        ("「一。\n\n「二」と", "一 二"),
        ("\"One.\n\n\"Two,\" he said.", "one two"),
        // An apostrophe that opens the next paragraph carries nothing on.
        ("'One is so.\n\n'Tis not two' he said.", ""),
        ("‘One is so.\n\n’Tis not two, he said.", ""),
        ("'90s music and '90's films of the hostages' time", ""),
        ("the '\u{200F}90s and the hostages' families", ""),
        ("the '67 war and the hostages' families", ""),
        ("'50 hostages,' he said of the '73 war's dead", "50 hostages"),
        ("他说\"我们走\"她说\"不\"。说‘yes’他，中国's", "我们 走 不 yes"),
        ("The '90s 'n' all: 'so be it', he said", "so be it"),
        ("(“yes”) [‘no’] {\"so\"} —\"it\"— “‘is’”", "yes no so it is"),
        ("He said \"—and then,\" but no more.", ""),
        ("Ein 12\"-Rohr und 5\" und \"so\".", "so"),
        ("He\"s odd\" and \"that\"s odd", ""),
        ("قال «نعم» و \"لا\" و “ربما”.", "نعم لا ربما"),
        ("he said 'a'\u{301}b and \"צַ\"ל כאן\"", "צַ\"ל כאן"),
        ("הוא אמר „שלום” ו\"צה\"ל\" הלך", "שלום"),
        ("他说“我们走”，她说‘不’，『是』。", "我们 走 不 是"),
    ];
    hold(cases.map(|(text, expected)| (text.to_owned(), expected.to_owned())), quoted);
}

#[test]
fn tokens_in_traps() {
    let cases = [
        // (a) every address, wherever it stands
        ("a@b.org,c@d.org;e@f.org", "a@b.org c@d.org e@f.org"),
        ("@user:a@b.org", "user a@b.org"),
        ("a@b.org,https://c.org/d,www.e.org", "a@b.org https://c.org/d,www.e.org"),
        ("desk@www.a.org", "desk@www.a.org"),
        ("<https://a.org/><https://b.org/>", "https://a.org/ https://b.org/"),
        ("“https://a.org/x”“https://b.org/y”", "https://a.org/x https://b.org/y"),
        ("见https://a.org/x。他说", "见 https://a.org/x 他 说"),
        ("見www.a.org、次", "見 www.a.org 次"),
        ("https://ru.wikipedia.org/wiki/Война", "https://ru.wikipedia.org/wiki/война"),
        ("war@a.org's", "war@a.org"),
        // (e) (f)
        ("Covid-19's U.K.’s Netanyahu’s\u{200F} it’s", "covid 19 u.k netanyahu it"),
        ("l\u{2BC}État don\u{2BC}t don‘t don＇t don‛t don\u{200B}’t", "l état don't don't don't don't don't"),
        (
            "בית־ספר far‐right far‑right far—right far−right far―right",
            "בית ספר far right far right far right far right far right",
        ),
        ("$1,243.50 €3bn 50% 9/11 7:30 3.5m", "1,243.50 3bn 50 9 11 7 30 3.5m"),
        // a vowel sign is no letter
        ("“a”\u{5B7} „b“ी ( \u{94D}) ि", "a b"),
        // folding
        ("İ I ı i\u{307} ß ẞ ﬁn Σίσυφος ΣΊΣΥΦΟΣ", "i i ı i ss ss fin σίσυφοσ σίσυφοσ"),
        ("São Sa\u{303}o ÅNGSTRÖM A\u{30A}ngstro\u{308}m \u{212B}", "são são ångström ångström å"),
        ("hos\u{200B}tage ไทย\u{200B}คำ hos\u{200D}tage hos\u{2066}tage\u{2069}", "hostage ไทย คำ hostage hostage"),
        ("الحـــرب الحَرْب ٱلْحَرْبُ", "الحرب الحرب ٱلحرب"),
        ("١٬٢٤٣ ٣٫٥", "١٬٢٤٣ ٣٫٥"),
        // (g) also without a space, and in other digits and letters
        ("1-First\n\n2-Second", "first second"),
        ("1.First\n\n2)Second\n\n3. third", "first second third"),
        ("١- أول\n\n٢- ثان\n\n٣. ثالث", "أول ثان ثالث"),
        ("а) один\n\nб) два", "один два"),
        ("א. אחת\n\nב. שתיים", "אחת שתיים"),
        ("3-year-old boy\n\n4-year-old girl", "3 year old boy 4 year old girl"),
        ("1.5 million\n\n2.5 million", "1.5 million 2.5 million"),
        ("A-levels\n\nB-movies", "a levels b movies"),
        ("J.Smith\n\nK.Jones", "j smith k jones"),
    ];
    hold(cases.map(|(text, expected)| (text.to_owned(), expected.to_owned())), words);
}

#[test]
fn every_hyphen_and_dash_between_letters_parts() {
    let dashes = "-\u{58A}\u{5BE}\u{1400}\u{1806}\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{2E17}\u{2E3A}\u{2E3B}\u{FE58}\u{FE63}\u{FF0D}";
    hold(dashes.chars().map(|dash| (format!("far{dash}right"), "far right".to_owned())), words);
    hold(dashes.chars().map(|dash| (format!("דלת{dash}בית"), "דלת בית".to_owned())), words);
}

#[test]
fn sentences_in_traps() {
    let cases = [
        ("He met م. عباس. Then left.", vec!["He met م. عباس.", "Then left."]),
        ("قال د. محمد ذلك. ثم خرج.", vec!["قال د. محمد ذلك.", "ثم خرج."]),
        ("قال أ.\u{200F} محمد ذلك.\u{200F} ثم خرج.", vec!["قال أ.\u{200F} محمد ذلك.\u{200F}", "ثم خرج."]),
        ("Talks in 2024.The army left.", vec!["Talks in 2024.", "The army left."]),
        ("“Talks in Gaza.”The army left.", vec!["“Talks in Gaza.”", "The army left."]),
        ("He left the U.S.", vec!["He left the U.S."]),
        ("It rose 3.5 percent. No. 5 did not.", vec!["It rose 3.5 percent.", "No. 5 did not."]),
        ("Mr.Smith left. Dr.Roe stayed.", vec!["Mr.Smith left.", "Dr.Roe stayed."]),
        ("J.D.Vance and J.D. Vance left. He went.", vec!["J.D.Vance and J.D. Vance left.", "He went."]),
        ("Der 7. Oktober. Am 8. kam er.", vec!["Der 7. Oktober.", "Am 8. kam er."]),
        ("He left!She stayed?They wept.", vec!["He left!", "She stayed?", "They wept."]),
    ];
    let own =
        |(text, sentences): (&str, Vec<&str>)| (text.to_owned(), sentences.into_iter().map(str::to_owned).collect());
    hold(cases.map(own), sentences);
}

#[test]
fn headings_in_traps() {
    let first_zone = |text: &str| read(text).0.sentences[0].zone;
    let heading = ["", "”", " (2024)", "\u{200F}", " –"].map(|end| (end, Zone::Heading));
    let lead =
        [".", "!", "?", "…", ":", ";", ",", ".”", "?)", ".}", "!】", "。》", "؟", "।", "॥", "؛", ".\u{200F}”", "．"];
    let cases = heading.into_iter().chain(lead.map(|end| (end, Zone::Lead)));
    hold(cases.map(|(end, zone)| (format!("A short line{end}\n\nA text.\n\nMore."), zone)), first_zone);
    let twelve = "one two three four five six seven eight nine ten eleven twelve";
    assert_eq!(first_zone(&format!("{twelve}\n\nA text.")), Zone::Heading);
    assert_eq!(first_zone(&format!("{twelve} thirteen\n\nA text.")), Zone::Lead);
    assert_eq!(first_zone("The last one is no heading"), Zone::Lead);
    // One paragraph: the sentence that begins with the 60th word is lead, with the 61st body.
    for (words, zone) in [(59, Zone::Lead), (60, Zone::Body)] {
        let text = format!("{}. Next one.", vec!["Word"; words].join(" "));
        assert_eq!(read(&text).0.sentences[1].zone, zone, "{words}");
    }
}

#[test]
fn positions_of_a_title_in_the_text_count_in_the_text() {
    let text = "  Élan — 🕊 talks \n\nFirst “one” here.";
    let (analysis, types) = read_by(Route::Fast, Some(Title::InText(0..text.find('\n').unwrap())), text, &[]);
    let title: Vec<_> = analysis.tokens.iter().take(2).map(|t| &text[t.start as usize..t.end as usize]).collect();
    assert_eq!(title, ["Élan", "talks"]);
    assert_eq!(analysis.field_of(0), Field::Text);
    assert_eq!(analysis.sentences[0].zone, Zone::Title);
    assert_eq!(types.folded(analysis.tokens[2].type_id), "first");
    assert_eq!(analysis.sentences[1].zone, Zone::Lead);
}
