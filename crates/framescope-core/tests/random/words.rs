//! Tiny vocabularies: a few words that are prefixes, spellings and neighbours of each other, so
//! that patterns, phrases and overlaps meet all the time.

use super::dice::Dice;

/// The words of one script, and the function words of its language.
pub(crate) struct Script {
    pub(crate) language: &'static str,
    pub(crate) words: &'static [&'static str],
    /// Negation cues and their exceptions, contrast, agents, joiners, determiners, numbers.
    pub(crate) function: &'static [&'static str],
    /// What may stand before a word without a space, rightly or not.
    pub(crate) proclitics: &'static [&'static str],
}

pub(crate) const SCRIPTS: [Script; 6] = [
    Script {
        language: "en",
        words: &["a", "b", "c", "ab", "abc", "bc", "war", "warm", "wars", "post", "US", "us", "u.s", "army", "armed"],
        function: &[
            "not", "no", "never", "don't", "only", "doubt", "less", "failed", "to", "lack", "of", "but", "while", "by",
            "and", "or", "the", "two", "3", "1,243", "said",
        ],
        proclitics: &[],
    },
    Script {
        language: "fr",
        words: &["état", "États", "l'état", "e\u{301}tat", "Straße", "strasse", "naïve", "naive", "œuvre", "éta"],
        function: &[
            "ne",
            "pas",
            "jamais",
            "seulement",
            "sans",
            "doute",
            "mais",
            "bien",
            "que",
            "par",
            "et",
            "les",
            "2",
        ],
        proclitics: &[],
    },
    Script {
        language: "ru",
        words: &["мир", "мира", "Мир", "война", "воина", "вой", "Ми", "рая", "ёлка", "е\u{308}лка"],
        function: &["не", "нет", "без", "только", "сомнения", "но", "а", "и", "или", "два", "7"],
        proclitics: &[],
    },
    Script {
        language: "ar",
        words: &["سلام", "السلام", "حرب", "الحرب", "وحرب", "حَرب", "ســـلام", "غزة", "لغة", "دم", "الدم", "د"],
        function: &["لا", "شك", "لم", "غير", "أن", "لكن", "و", "أو", "كل", "٣"],
        proclitics: &["و", "ف", "ب", "ك", "ل", "ال", "لل", "وال", "وبال", "فلل", "وك", "البا", "لال", "بو"],
    },
    Script {
        language: "he",
        words: &["שלום", "השלום", "לום", "כלא", "שר", "השר", "מלחמה", "צה\"ל", "ר", "ולד"],
        function: &["לא", "רק", "אין", "אבל", "או", "כל", "שני", "7"],
        proclitics: &["ו", "ש", "ה", "כ", "ל", "ב", "מ", "וה", "כשה", "לכש", "מה", "בה", "הו"],
    },
    Script {
        language: "",
        words: &["印度", "尼西亚", "印度尼西亚", "战争", "和平", "的", "war", "İstanbul", "istanbul", "平和"],
        function: &["no", "not", "but", "and", "、", "，", "3.5"],
        proclitics: &[],
    },
];

/// The words that one case is made of.
pub(crate) struct Vocabulary {
    pub(crate) script: &'static Script,
    pub(crate) words: Vec<&'static str>,
}

impl Vocabulary {
    pub(crate) fn throw(dice: &mut Dice) -> Vocabulary {
        // Half of all cases are in the first script, where the words are nested most.
        let script = if dice.chance(50) { &SCRIPTS[0] } else { &SCRIPTS[dice.below(SCRIPTS.len())] };
        let mut words: Vec<_> = (0..dice.between(3, 7)).map(|_| dice.pick(script.words)).collect();
        words.sort();
        words.dedup();
        Vocabulary { script, words }
    }

    pub(crate) fn word(&self, dice: &mut Dice) -> &'static str {
        self.words[dice.below(self.words.len())]
    }

    pub(crate) fn function_word(&self, dice: &mut Dice) -> &'static str {
        dice.pick(self.script.function)
    }
}
