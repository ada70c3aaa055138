//! The language of an article that does not name its own.

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
