"""flashtext: whole keywords by a trie over characters, longest first.

It has no wildcards: an entry with one is looked for without it, as a whole word, so that it finds
less. Phrases need the very same white space. No sentences, no voices, no conditions.
"""

from collections import Counter

import peer
from flashtext import KeywordProcessor


def prepare(entries):
    keywords = KeywordProcessor(case_sensitive=False)
    for category, term in entries:
        keywords.add_keyword(peer.stem(term), category)

    def score(articles):
        for identifier, text in articles:
            yield identifier, Counter(keywords.extract_keywords(text))

    return score


peer.measure("flashtext", "flashtext", prepare)
