"""pyahocorasick: an Aho-Corasick automaton in C over the lower-cased text.

It finds substrings: "the" in "other". The literal piece of an entry with a wildcard is what it
looks for, which for a substring is nearly the same thing. No words, no sentences, no voices.
"""

from collections import Counter

import ahocorasick
import peer


def prepare(entries):
    automaton = ahocorasick.Automaton()
    by_literal: dict[str, list[str]] = {}
    for category, term in entries:
        by_literal.setdefault(peer.stem(term), []).append(category)
    for literal, found in by_literal.items():
        automaton.add_word(literal, found)
    automaton.make_automaton()

    def score(articles):
        for identifier, text in articles:
            matches = automaton.iter(text.lower())
            yield identifier, Counter(category for _, found in matches for category in found)

    return score


peer.measure("pyahocorasick", "pyahocorasick", prepare)
