"""Draws corpora and lexicons into target/bench, always anew: drawing takes seconds, and a stale
file would be measured without anyone noticing."""

import csv
import dataclasses
import json
import shutil
from pathlib import Path

from . import place
from .measure import Failed, Records, output, run, typed
from .options import Options

SIZES = (100, 1_000, 10_000)
GENERATE = place.RELEASE / "generate"
WORD_LISTS = {
    "english": ["--words", place.WORDS / "en.tsv"],
    "english-long": ["--words", place.WORDS / "en.tsv"],
    "mixed": ["--words", place.WORDS / "en.tsv", "--foreign", place.WORDS / "foreign.tsv"],
    "arabic": ["--words", place.WORDS / "ar.tsv", "--arabic"],
    "russian": ["--words", place.WORDS / "ru.tsv"],
}
# The long corpus is so many times as long: what is done once a run weighs less in it.
LONG = 4
LANGUAGES = {"english": "en", "mixed": "en", "arabic": "ar", "russian": "ru"}


@dataclasses.dataclass(frozen=True)
class Lexicon:
    """A drawn lexicon, and the literals that a bare scan looks for in its place."""

    toml: Path
    literals: Path


@dataclasses.dataclass(frozen=True)
class Corpus:
    """A corpus in one form. `text_bytes` are those of titles and texts alone, in UTF-8."""

    path: Path
    bytes: int
    text_bytes: int
    articles: int


@dataclasses.dataclass
class Material:
    """All that a run reads."""

    corpora: dict[str, Corpus]
    english: dict[int, Lexicon]
    others: dict[str, Lexicon]
    one_article: Path


def stream(megabytes: int) -> list[str | Path]:
    """The command that writes the large corpus into a pipe."""
    return [GENERATE, "corpus", *WORD_LISTS["english"], "--megabytes", str(megabytes), "--seed", "2"]


def draw(options: Options, records: Records) -> Material:
    """Everything that the chosen groups need."""
    place.WORK.mkdir(parents=True, exist_ok=True)
    place.OUT.mkdir(parents=True, exist_ok=True)
    english = place.WORK / "english.jsonl"
    if options.corpus:
        if not options.corpus.is_file() or options.corpus == place.REPOSITORY / english:
            raise Failed(f"--corpus: {options.corpus} is no file, or one that is drawn anew by every run")
        # A link: records name no folder of this machine.
        english.unlink(missing_ok=True)
        english.symlink_to(options.corpus)
    else:
        generated("english", options.megabytes, records)
    corpora = {"english": count(english)}
    lexicons = {size: lexicon("english", size, records) for size in SIZES}
    others = {}
    if "sizes" in options.groups and not options.corpus:
        corpora["english-long"] = count(generated("english-long", LONG * options.megabytes, records))
    if "inputs" in options.groups:
        corpora["csv"] = as_csv(english)
        corpora["files"] = as_files(english, options.files)
    if "scripts" in options.groups:
        for name in ("mixed", "arabic", "russian"):
            corpora[name] = count(generated(name, options.megabytes, records))
            others[name] = lexicon(name, 1_000, records)
    for name, corpus in corpora.items():
        facts = dataclasses.asdict(corpus) | {"path": str(corpus.path)}
        records.add(f"corpus {name}", 0, real=bool(options.corpus) and name in ("english", "csv", "files"), **facts)
    one = place.WORK / "one.jsonl"
    with english.open("rb") as lines:
        one.write_bytes(lines.readline())
    return Material(corpora, lexicons, others, one)


def generated(name: str, megabytes: int, records: Records) -> Path:
    path = place.WORK / f"{name}.jsonl"
    path.unlink(missing_ok=True)
    command = [GENERATE, "corpus", *WORD_LISTS[name], "--megabytes", str(megabytes)]
    run(command, path)
    records.add("generate", 0, command=f"{typed(command)} > {path}")
    return path


def lexicon(corpus: str, entries: int, records: Records) -> Lexicon:
    """Draws a lexicon, and records what it holds."""
    out = place.WORK / f"{corpus}-{entries}"
    jsonl = place.WORK / f"{corpus}.jsonl"
    command = [GENERATE, "lexicon", jsonl, "--entries", str(entries)]
    command += ["--language", LANGUAGES[corpus], "--out", out]
    sample = json.loads(output(command))
    terms = out.with_suffix(".terms").read_text("utf-8").splitlines()
    records.add(
        f"lexicon {corpus}",
        0,
        command=typed(command),
        entries=len(terms),
        phrases=sum(" " in term for term in terms),
        wildcards=sum("*" in term for term in terms),
        **sample,
    )
    return Lexicon(out.with_suffix(".toml"), out.with_suffix(".literals"))


def articles(jsonl: Path):
    """The articles of a corpus; one without what we need is no corpus for this."""
    with jsonl.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            article = json.loads(line)
            if not all(isinstance(article.get(key), str) for key in ("id", "title", "text")):
                raise Failed(f"{jsonl}:{number}: an article needs id, title and text")
            yield article


def count(jsonl: Path) -> Corpus:
    number = text = 0
    for article in articles(jsonl):
        number += 1
        text += len(article["title"].encode()) + len(article["text"].encode())
    return Corpus(jsonl, jsonl.stat().st_size, text, number)


def as_csv(jsonl: Path) -> Corpus:
    """The same articles as CSV, all fields quoted."""
    path = place.WORK / "english.csv"
    number = text = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        columns: list[str] = []
        for article in articles(jsonl):
            if not columns:
                columns = list(article)
                table.writerow(columns)
            table.writerow([article.get(column, "") for column in columns])
            number += 1
            text += len(article["title"].encode()) + len(article["text"].encode())
    return Corpus(path, path.stat().st_size, text, number)


def as_files(jsonl: Path, most: int) -> Corpus:
    """The first articles as text files, without their titles, a thousand a folder."""
    folder = place.WORK / "files"
    shutil.rmtree(folder, ignore_errors=True)
    number = text = 0
    for article in articles(jsonl):
        if number == most:
            break
        inside = folder / f"{number // 1_000:03}"
        inside.mkdir(parents=True, exist_ok=True)
        content = article["text"].encode()
        (inside / f"{number}.txt").write_bytes(content)
        number += 1
        text += len(content)
    return Corpus(folder, text, text, number)


def cut(corpus: Corpus, megabytes: float) -> Path:
    """The first articles of a corpus, about so many megabytes, as JSONL of its own."""
    path = place.WORK / f"first-{megabytes:g}.jsonl"
    left = int(megabytes * 1e6)
    with corpus.path.open("rb") as lines, path.open("wb") as out:
        for line in lines:
            out.write(line)
            left -= len(line)
            if left <= 0:
                break
    return path
