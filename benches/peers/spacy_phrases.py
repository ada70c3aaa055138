"""spaCy: PhraseMatcher on LOWER behind the tokenizer of a blank English pipeline.

It has no wildcards: an entry with one is looked for without it, as a whole token, so that it finds
less. No tagger, no parser, no sentences: only tokens and the matcher.
"""

from collections import Counter

import peer
import spacy
from spacy.matcher import PhraseMatcher


def prepare(entries):
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for category in peer.categories(entries):
        matcher.add(category, [nlp.make_doc(peer.stem(term)) for of, term in entries if of == category])

    def score(articles):
        pairs = ((text, identifier) for identifier, text in articles)
        for doc, identifier in nlp.pipe(pairs, as_tuples=True):
            yield identifier, Counter(nlp.vocab.strings[match] for match, _, _ in matcher(doc))

    return score


peer.measure("spaCy PhraseMatcher", "spacy", prepare)
