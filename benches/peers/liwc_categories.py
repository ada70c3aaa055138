"""liwc: words to categories, as its own documentation does it (a regular expression for words).

It has no phrases: those entries (a quarter) are left out, as a .dic file cannot say them. A
wildcard stands at the end of a word. No sentences, no voices, no conditions, no overlap: every
word counts by itself.
"""

import re
import tempfile
from collections import Counter

import liwc
import peer

WORD = re.compile(r"\w+")


def prepare(entries):
    numbers = {category: number for number, category in enumerate(peer.categories(entries), 1)}
    by_word: dict[str, list[int]] = {}
    for category, term in entries:
        if " " not in term:
            by_word.setdefault(term, []).append(numbers[category])
    with tempfile.NamedTemporaryFile("w", suffix=".dic", encoding="utf-8") as dic:
        names = "".join(f"{number}\t{category}\n" for category, number in numbers.items())
        words = "".join("\t".join([word, *map(str, found)]) + "\n" for word, found in by_word.items())
        dic.write(f"%\n{names}%\n{words}")
        dic.flush()
        parse, _ = liwc.load_token_parser(dic.name)

    def score(articles):
        for identifier, text in articles:
            words = WORD.findall(text.lower())
            yield identifier, Counter(category for word in words for category in parse(word))

    return score


peer.measure("liwc", "liwc", prepare)
