"""Writes the word lists that corpora are drawn from: `word<TAB>frequency`, the most frequent first.

Runs inside benches/.venv, which has wordfreq. usage: export_words.py FOLDER
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import wordfreq

# A word, perhaps with an apostrophe inside; no numbers.
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
MOST = 400_000

# Languages whose names an English newsroom meets.
FOREIGN = ("fr", "es", "de", "tr", "pl", "pt")
MOST_FOREIGN = 60_000


def frequencies(language: str) -> dict[str, float]:
    """The largest list that wordfreq has of the language."""
    large = language in wordfreq.available_languages("large")
    return wordfreq.get_frequency_dict(language, "large" if large else "small")


def write(path: Path, words: list[tuple[float, str]]) -> None:
    words.sort(key=lambda pair: (-pair[0], pair[1]))
    path.write_text("".join(f"{word}\t{frequency:.9g}\n" for frequency, word in words), "utf-8")


def of_language(language: str, keep: Callable[[str], bool]) -> list[tuple[float, str]]:
    words = [(f, w) for w, f in frequencies(language).items() if WORD.fullmatch(w) and keep(w)]
    words.sort(key=lambda pair: (-pair[0], pair[1]))
    return words[:MOST]


def foreign() -> list[tuple[float, str]]:
    """Words beyond ASCII of four letters or more; one in several languages counts as its most used."""
    best: dict[str, float] = {}
    for language in FOREIGN:
        for word, frequency in frequencies(language).items():
            if word.isalpha() and not word.isascii() and len(word) > 3:
                best[word] = max(frequency, best.get(word, 0.0))
    words = sorted(((f, w) for w, f in best.items()), key=lambda pair: (-pair[0], pair[1]))
    return words[:MOST_FOREIGN]


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "en.tsv", of_language("en", str.isascii))
    write(folder / "ru.tsv", of_language("ru", lambda word: not word.isascii()))
    write(folder / "ar.tsv", of_language("ar", lambda word: not word.isascii()))
    write(folder / "foreign.tsv", foreign())


main()
