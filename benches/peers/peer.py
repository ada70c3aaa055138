"""What the peers' scripts share: the entries, the corpus, the clock and the report.

Every script is called with a JSONL corpus, a lexicon as TOML and a CSV to write, and prints one
line of JSON: peer, version, seconds, bytes, hits. The clock runs while the corpus is read, scored
and written, as it does for framescope; loading the library and the lexicon is outside it, which
framescope is not spared.
"""

import csv
import json
import os
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata


def entries(lexicon: str) -> list[tuple[str, str]]:
    """(category, term) for every entry of the lexicon, in file order."""
    with open(lexicon, "rb") as file:
        categories = tomllib.load(file)["category"]
    return [(category["id"], term) for category in categories for term in category["terms"]]


def categories(entries: list[tuple[str, str]]) -> list[str]:
    """The categories, in file order."""
    return list(dict.fromkeys(category for category, _ in entries))


def stem(term: str) -> str:
    """The term without its wildcard, for peers that have none."""
    return term.rstrip("*")


def articles(corpus: str) -> Iterator[tuple[str, str]]:
    """(id, title and text) of every article."""
    with open(corpus, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["id"], f"{record['title']}\n\n{record['text']}"


Row = tuple[str, dict[str, int]]
Score = Callable[[Iterable[tuple[str, str]]], Iterable[Row]]


def measure(name: str, package: str, prepare: Callable[[list[tuple[str, str]]], Score]) -> None:
    """Prepares the peer, times it over the corpus, and reports.

    `prepare` takes the entries and gives a function from articles to rows of counts by category.
    """
    corpus, lexicon, out = sys.argv[1:]
    loaded = entries(lexicon)
    score = prepare(loaded)
    columns = categories(loaded)
    hits = 0
    started = time.monotonic()
    with open(out, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", *columns])
        for identifier, counts in score(articles(corpus)):
            table.writerow([identifier, *(counts.get(column, 0) for column in columns)])
            hits += sum(counts.values())
    seconds = time.monotonic() - started
    report(name, metadata.version(package), seconds, os.path.getsize(corpus), hits)


def report(name: str, version: str, seconds: float, size: int, hits: int | None) -> None:
    """Prints what was measured."""
    print(json.dumps({"peer": name, "version": version, "seconds": seconds, "bytes": size, "hits": hits}))
