"""Articles as JSON lines, read, chosen from and described for the record."""

import hashlib
import json
import re
from pathlib import Path


class CorpusError(Exception):
    """An input that is no corpus of articles, with the file and the line."""


def files_of(inputs):
    """The .jsonl files named, or those in the folders named, sorted."""
    found = []
    for given in map(Path, inputs):
        inside = sorted(given.glob("*.jsonl")) if given.is_dir() else [given]
        if not inside or not all(file.is_file() for file in inside):
            raise CorpusError(f"{given}: no .jsonl file there")
        found += inside
    return found


def articles(file):
    """The articles of one file; each needs an id and a text."""
    with open(file, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                article = json.loads(line)
                article["id"], article["text"]
            except (ValueError, KeyError, TypeError) as error:
                raise CorpusError(f"{file}, line {number}: not an article with id and text ({error})") from error
            yield article


def choose(files, out, only=None, leave_out=frozenset()):
    """Writes the articles to be searched to `out` and says of each corpus how many there were: [{name, ...}].

    `only`: a regular expression that title or text must hold; `leave_out`: ids that were judged before.
    """
    wanted = re.compile(only) if only else None
    described = []
    with open(out, "w", encoding="utf-8") as chosen:
        for file in files:
            kept = 0
            for article in articles(file):
                text = f"{article.get('title') or ''}\n{article['text']}"
                if article["id"] in leave_out or (wanted and not wanted.search(text)):
                    continue
                article = {key: article.get(key) for key in ("id", "title", "text", "outlet", "date")}
                chosen.write(json.dumps(article | {"corpus": file.stem}, ensure_ascii=False) + "\n")
                kept += 1
            described.append({"name": file.stem, "articles": kept, "sha256": hash_of(file)})
    return [corpus for corpus in described if corpus["articles"]]


def hash_of(file):
    """SHA-256 of a file, in pieces."""
    digest = hashlib.sha256()
    with open(file, "rb") as data:
        while piece := data.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
