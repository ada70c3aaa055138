//! The language of an article that does not name its own.

use std::borrow::Cow;

use framescope_core::text::{Analysis, vote};

/// A library's guess on fewer characters than this is no better than none.
const ENOUGH: usize = 40;

/// The code of the article's language by the vote of its function words; where that is undecided,
/// by a library; else `und`.
pub fn detect(text: &str, analysis: &Analysis) -> &'static str {
    let vote = vote(analysis);
    if let (Some(language), true) = (vote.language, vote.decided) {
        return language;
    }
    if text.len() < ENOUGH {
        return "und";
    }
    // The beginning is enough, and the library is slow.
    let end = (0..=text.len().min(2_000)).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    match whatlang::detect(&text[..end]) {
        Some(info) if info.is_reliable() => iso_639_1(info.lang()).unwrap_or("und"),
        _ => "und",
    }
}

/// A language as two texts may be compared in it: `en` for `en-GB`, `EN`, `eng` and `English`; nothing where it says
/// none that is known (`und`, or anything else).
pub fn known_language(said: &str) -> Option<Cow<'_, str>> {
    let said = said.trim();
    let primary = said.split(['-', '_']).next().unwrap_or_default();
    if !primary.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let code = match primary.bytes().any(|b| b.is_ascii_uppercase()) {
        true => Cow::Owned(primary.to_ascii_lowercase()),
        false => Cow::Borrowed(primary),
    };
    match (&*code, code.len()) {
        ("nb" | "nn" | "nor" | "nob" | "nno", _) => Some("no".into()),
        ("iw", _) => Some("he".into()),
        ("und" | "mul" | "mis" | "zxx", _) => None,
        (_, 2) => Some(code),
        (three, 3) => match whatlang::Lang::from_code(three).and_then(iso_639_1) {
            Some(two) => Some(two.into()),
            None => Some(code),
        },
        _ => {
            let named = |lang: &&whatlang::Lang| lang.eng_name().eq_ignore_ascii_case(said);
            whatlang::Lang::all().iter().find(named).and_then(|lang| iso_639_1(*lang)).map(Cow::Borrowed)
        }
    }
}

fn iso_639_1(language: whatlang::Lang) -> Option<&'static str> {
    use whatlang::Lang;
    Some(match language {
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Ara => "ar",
        Lang::Heb => "he",
        Lang::Tur => "tr",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Pes => "fa",
        Lang::Hin => "hi",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Bul => "bg",
        Lang::Ell => "el",
        Lang::Tha => "th",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Urd => "ur",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_however_it_is_spelled() {
        for (said, known) in [
            ("en", Some("en")),
            ("en-GB", Some("en")),
            ("EN_us", Some("en")),
            ("eng", Some("en")),
            (" English ", Some("en")),
            ("zh-Hant", Some("zh")),
            ("nb", Some("no")),
            ("swa", Some("swa")),
            ("und", None),
            ("", None),
            ("unknown", None),
            ("42", None),
        ] {
            assert_eq!(known_language(said).as_deref(), known, "{said}");
        }
    }
}
