//! Text from anywhere, as a terminal may get it.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// A name or line less what a terminal would obey: a blank stands for every control character.
pub fn plain(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}

/// A text that is `plain`, cut with an ellipsis where it would take more than `width` columns of a terminal.
pub fn fitted(text: &str, width: usize) -> String {
    let text = plain(text);
    if text.width() <= width {
        return text;
    }
    let mut left = width.saturating_sub(1);
    let kept = text.chars().take_while(|c| {
        let wide = c.width().unwrap_or(0);
        let fits = wide <= left;
        left = left.saturating_sub(wide);
        fits
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_a_blank() {
        assert_eq!(plain("a\u{1b}[31mb\r\n\tc é"), "a [31mb   c é");
    }

    #[test]
    fn what_is_too_wide_is_cut_by_columns() {
        for (text, width, fits) in [
            ("Courier", 7, "Courier"),
            ("Courier", 6, "Couri…"),
            ("新闻日报", 5, "新闻…"),
            ("a\u{1b}b", 3, "a b"),
            ("ab", 1, "…"),
        ] {
            assert_eq!(fitted(text, width), fits, "{text} in {width}");
        }
    }
}
