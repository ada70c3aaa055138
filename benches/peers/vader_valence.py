"""VADER: the mean compound score of an article's sentences, with our entries as its lexicon.

Sentences are cut at end marks by a regular expression: VADER advises sentences for long texts, and
whole articles take it about five times as long.

It has no categories, wildcards or phrases: entries are words without their wildcard, each with the
valence 1, and the CSV has the compound score alone, so there are no hits to report. It does look
for negation, boosters and "but", which is what costs it.
"""

import csv
import os
import re
import statistics
import sys
import time
from importlib import metadata

import peer
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

SENTENCE_END = re.compile(r"(?<=[.!?])\s+")

corpus, lexicon, out = sys.argv[1:]
analyzer = SentimentIntensityAnalyzer()
analyzer.lexicon = {peer.stem(term): 1.0 for _, term in peer.entries(lexicon) if " " not in term}
started = time.monotonic()
with open(out, "w", encoding="utf-8", newline="") as file:
    table = csv.writer(file)
    table.writerow(["id", "compound"])
    for identifier, text in peer.articles(corpus):
        scores = [analyzer.polarity_scores(sentence)["compound"] for sentence in SENTENCE_END.split(text)]
        table.writerow([identifier, statistics.fmean(scores)])
seconds = time.monotonic() - started
peer.report("VADER", metadata.version("vaderSentiment"), seconds, os.path.getsize(corpus), None)
