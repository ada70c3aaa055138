//! Characters of two bytes, told without decoding them: most letters beyond ASCII in news.

/// What a character beyond ASCII of two bytes may be.
#[derive(Clone, Copy)]
pub(super) enum Character {
    /// A letter like those of ASCII.
    Letter,
    /// No-break space.
    Space,
    /// « »
    Quote,
    /// Ends sentences: ؟
    Mark,
    /// Parts words, unless between digits: ،
    Number,
    /// Parts words and means nothing more.
    Plain,
    /// U+0085
    LineEnd,
    /// What only the careful path knows.
    Trouble,
}

/// What the character of these two bytes may be.
#[inline]
pub(super) fn two_bytes(lead: u8, second: u8) -> Character {
    TWO_BYTES[usize::from(lead & 0x1F) << 6 | usize::from(second & 0x3F)]
}

/// A bit for each code point: whether it is [a letter](Character::Letter).
#[cfg(target_arch = "x86_64")]
pub(super) static LETTERS: [u8; 0x100] = {
    let mut bits = [0; 0x100];
    let mut c = 0x80;
    while c < 0x800 {
        bits[c / 8] |= (matches!(TWO_BYTES[c], Character::Letter) as u8) << (c % 8);
        c += 1;
    }
    bits
};

/// By code point, from U+0080 on what is known of them.
static TWO_BYTES: [Character; 0x800] = {
    let mut table = [Character::Trouble; 0x800];
    let mut c = 0x80;
    while c < 0x800 {
        table[c] = match c {
            0x85 => Character::LineEnd,
            0xA0 => Character::Space,
            0xAB | 0xBB => Character::Quote,
            // ¡ £ § © ® ° ¿
            0xA1 | 0xA3 | 0xA7 | 0xA9 | 0xAE | 0xB0 | 0xBF => Character::Plain,
            // Latin but for × and ÷; Cyrillic.
            0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x17F | 0x400..=0x47F => Character::Letter,
            // Arabic letters; tatweel and harakat are no part of a word.
            0x620..=0x63F | 0x641..=0x64A | 0x671..=0x6D3 => Character::Letter,
            0x60C => Character::Number,
            0x61F => Character::Mark,
            _ => Character::Trouble,
        };
        c += 1;
    }
    table
};
