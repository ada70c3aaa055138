#!/usr/bin/env python3
"""Writes keyness_corpus.json: a small random corpus, and what scipy and numpy say of its words.

usage: python3 -m venv V; V/bin/pip install -r requirements.txt; V/bin/python keyness_corpus.py

tests/cli_keyness.rs runs the binary on the articles and holds its table against the rows, so that cargo test needs no
Python. Words are counted here by str.split on whole articles, and dispersion is summed over all of them.
"""

import itertools
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import stats

rng = np.random.default_rng(20261126)
OUTLETS = ["Herald", "Courier", "Mirror"]
VOCABULARY = ["".join(p) for p in itertools.product("kmrt", "aou", "dlnv", "ai")]


def draw():
    base = 1 / np.arange(2, 2 + len(VOCABULARY)) ** 1.1
    articles = []
    for outlet in OUTLETS:
        own = base * rng.lognormal(0, 0.7, len(VOCABULARY))
        for number in range(int(rng.integers(6, 12))):
            rates = own * rng.gamma(0.6, 1, len(VOCABULARY))
            length = int(rng.lognormal(4.5, 0.6))
            words = rng.choice(VOCABULARY, length, p=rates / rates.sum())
            articles.append({"id": f"{outlet}-{number}", "outlet": outlet, "text": " ".join(words)})
    return articles


def dispersion(word, texts):
    hits = np.array([text.count(word) for text in texts], float)
    sizes = np.array([len(text) for text in texts], float)
    dp = np.abs(hits / hits.sum() - sizes / sizes.sum()).sum() / 2
    # By chance each article's hits are binomial; summed over all outcomes.
    total = int(hits.sum())
    k = np.arange(total + 1)
    chance = sum(np.abs(k / total - s) @ stats.binom.pmf(k, total, s) for s in sizes / sizes.sum()) / 2
    return {"dp": dp, "norm": dp / (1 - sizes.min() / sizes.sum()), "chance": chance,
            "largest": hits.max() / hits.sum(), "articles": int((hits > 0).sum())}


def row(word, first, second):
    texts = first, second
    a, b = (sum(text.count(word) for text in side) for side in texts)
    n1, n2 = (sum(map(len, side)) for side in texts)
    table = [[a, b], [n1 - a, n2 - b]]
    strength = min(500, min(n1, n2) / 2)
    alpha = strength * (a + b) / (n1 + n2)
    logit = lambda y, n: np.log((y + alpha) / (n + strength - y - alpha))
    delta, sd = logit(a, n1) - logit(b, n2), np.sqrt(1 / (a + alpha) + 1 / (b + alpha))
    low, high = stats.binomtest(a, a + b).proportion_ci(0.95, method="exact")
    odds = lambda p: np.log2(p / (1 - p) * n2 / n1) if 0 < p < 1 else None
    return {
        "text": word, "hits": [a, b], "places": [n1, n2], "log_odds": delta, "log_odds_sd": sd, "zeta": delta / sd,
        "log_ratio": np.log2((a or 0.5) / n1 / ((b or 0.5) / n2)), "low": odds(low), "high": odds(high),
        "g2": stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic,
        "chi2": stats.chi2_contingency(table, correction=False).statistic,
        "spread": [dispersion(word, side) if hits else None for side, hits in zip(texts, (a, b))]}


def rounded(value):
    """To nine digits: the test asks for six."""
    if isinstance(value, dict):
        return {key: rounded(v) for key, v in value.items()}
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value


articles = draw()
sides = {outlet: [a["text"].split() for a in articles if a["outlet"] == outlet] for outlet in OUTLETS}
rows = []
for first, second in itertools.combinations(sorted(OUTLETS), 2):
    met = Counter(itertools.chain.from_iterable(sides[first] + sides[second]))
    rows += [{"first": first, "second": second, **row(word, sides[first], sides[second])} for word in sorted(met)]
text = json.dumps({"articles": articles, "rows": rounded(rows)}).replace(", {", ",\n{")
Path(__file__).with_suffix(".json").write_text(text + "\n", "utf-8")
print(len(articles), "articles,", len(rows), "rows")
