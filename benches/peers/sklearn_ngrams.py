"""scikit-learn: CountVectorizer of 1- to 3-grams with the lexicon as its vocabulary, and the counts
of the entries added up by category.

It has no wildcards: an entry with one is looked for without it, as a whole word, so that it finds
less. Words are its own (two characters or more); phrases cross commas and sentence ends.
"""

import numpy
import peer
from sklearn.feature_extraction.text import CountVectorizer

# Articles a batch: memory stays small, and the price of a call is spread.
BATCH = 500


def prepare(entries):
    categories = peer.categories(entries)
    terms = sorted({peer.stem(term) for _, term in entries})
    column = {term: number for number, term in enumerate(terms)}
    vectorizer = CountVectorizer(ngram_range=(1, 3), vocabulary=column)
    belongs = numpy.zeros((len(terms), len(categories)), dtype=numpy.int64)
    for category, term in entries:
        belongs[column[peer.stem(term)], categories.index(category)] = 1

    def batch(rows):
        counts = vectorizer.transform(text for _, text in rows) @ belongs
        for (identifier, _), row in zip(rows, counts.tolist()):
            yield identifier, dict(zip(categories, row))

    def score(articles):
        rows = []
        for article in articles:
            rows.append(article)
            if len(rows) == BATCH:
                yield from batch(rows)
                rows.clear()
        if rows:
            yield from batch(rows)

    return score


peer.measure("scikit-learn 1-3-grams", "scikit-learn", prepare)
