//! Text from anywhere, as a terminal may get it.

/// A name or line less what a terminal would obey: a blank stands for every control character.
pub fn plain(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_a_blank() {
        assert_eq!(plain("a\u{1b}[31mb\r\n\tc é"), "a [31mb   c é");
    }
}
