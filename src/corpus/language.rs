//! The language of an article that does not name its own.

use std::borrow::Cow;

use framescope_core::text::{Analysis, vote};

/// A library's guess on fewer characters than this is no better than none.
const ENOUGH: usize = 40;

/// The code of the article's language by the vote of its function words; where that is undecided,
/// by a library, which need not be sure of it where the few votes say the same; else `und`.
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
        Some(info) => match iso_639_1(info.lang()) {
            Some(language) if info.is_reliable() || vote.language == Some(language) => language,
            _ => "und",
        },
        None => "und",
    }
}

/// Whether a text is in another language than a lexicon says it is for; none where one of them is not known.
pub fn is_other_language(lexicon: &str, text: &str) -> Option<bool> {
    let own = known_language(lexicon)?;
    Some(known_language(text)? != own)
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
    use framescope_core::text::Article;

    #[test]
    fn a_sentence_is_enough_where_votes_and_library_agree() {
        let of = |text: &str| {
            let (mut types, mut analysis) = Default::default();
            framescope_core::text::analyse(
                &Article { id: "a", title: None, text, removed: &[] },
                &mut types,
                &mut analysis,
            );
            detect(text, &analysis)
        };
        for (text, language) in [
            ("Боевики освободили пленных, но оккупанты снова обстреляли город и окрестные сёла.", "ru"),
            ("Солдаты вошли в город ночью, жители покинули дома, мост разрушен.", "ru"),
            ("The rebels freed two captives near the river on Monday, officials said.", "en"),
            ("أفرج المقاتلون عن الأسرى في المدينة يوم الاثنين بعد مفاوضات طويلة.", "ar"),
            // Names alone are no language.
            ("Gaza Haifa Beirut Damaskus Kairo Amman Riad Doha Sanaa Bagdad", "und"),
        ] {
            assert_eq!(of(text), language, "{text}");
        }
    }

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
