//! Texts made to be slow: the work must stay linear.

use super::read;

#[test]
fn long_and_hostile_texts_are_read_in_linear_time() {
    // Quadratic work would take minutes here.
    let marks = "“a ".repeat(100_000);
    assert_eq!(read(&marks).0.unclosed_quotes, 100_000);
    read(&"'a ".repeat(100_000));
    read(&"\"a\" ".repeat(100_000));
    read(&"a. 1 ".repeat(200_000));
    read(&"wordswithoutend".repeat(300_000));
    assert_eq!(read(&"hostage ".repeat(1_000_000)).0.tokens.len(), 1_000_000);
    read(&"U.S. “x”. 'y' said, a.b, ".repeat(40_000));
    // Pieces that some rule looks ahead or back for, in one chunk, in one line, in a line each.
    for piece in [
        "l'",
        "a.",
        "a.A",
        "Aa.A",
        "a_",
        "a:",
        "a&",
        "a@",
        "@",
        "://",
        "a@b.cc,",
        "a@b,",
        "a://b\"",
        "a://\"",
        "\"www.a",
        "\"www.a@b.c",
        "a@www.b.c<",
        "www.",
        "'",
        "’",
        "s' ",
        "'s ",
        "“",
        "”",
        "„",
        "“ ",
        "('",
        "(",
        "»",
        "«",
        "a. (",
        ". “",
        ".)",
        "5. ",
        "Mr. ",
        "U.S. ",
        "J. ",
        "said ",
        "according to ",
        "according ",
        "印",
        "ไทย",
        "印“",
        "\u{200F}",
        "\u{200F}“",
        "a\u{301}",
        "\u{301}",
        ".\u{301}",
        "\u{64B}",
        "צ\"",
        "צ”",
        "\u{A0}",
        "\n",
        "\r\n",
        "1. a\n",
        "a\n\n",
        "“a\n",
        "\0",
        "1,",
        "1.",
        "#",
        "é",
        "é'",
        "\u{200B}",
        "-a",
        "？",
        "。",
    ] {
        read(&piece.repeat(60_000));
        read(&format!("Aa. {}", piece.repeat(60_000)));
        read(&format!("'a “b {}", piece.repeat(60_000)));
    }
}
