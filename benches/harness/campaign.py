"""What is run, in which order. Everything in a group runs once a round, one after the other, so
that whatever else the machine does falls on all of them."""

import dataclasses
import json
import sys
from pathlib import Path

from . import environment, place
from .corpora import SIZES, Corpus, Lexicon, Material, cut, stream
from .measure import Records, first_row, output, piped, refill, run, typed, warm
from .options import Options

# Peers, and how many megabytes of the corpus each gets; None: all of it. They are compared by MB/s.
PEERS: dict[str, tuple[str, float | None]] = {
    "liwc": ("liwc_categories.py", 10),
    "flashtext": ("flashtext_keywords.py", 10),
    "spaCy PhraseMatcher": ("spacy_phrases.py", 5),
    "scikit-learn 1-3-grams": ("sklearn_ngrams.py", 10),
    "VADER": ("vader_valence.py", 2),
    "pyahocorasick": ("pyahocorasick_substrings.py", 50),
    "ripgrep -c -w -i -F": ("ripgrep_lines.py", None),
}


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def score(corpus: Path | str, lexicons: list[Path | str], *more: str | Path, threads: int = 1) -> list[str | Path]:
    """The command that is measured."""
    chosen = [word for lexicon in lexicons for word in ("-l", lexicon)]
    return [place.FRAMESCOPE, "score", corpus, *chosen, "-q", "--threads", str(threads), *more]


def record_score(
    records: Records, case: str, round: int, corpus: Corpus, lexicon: Lexicon, *more: str | Path, threads: int = 1
) -> None:
    """Runs framescope over a corpus, its table in a file by its standard output or by `-o`."""
    command = score(corpus.path, [lexicon.toml], *more, threads=threads)
    # A guest of another machine may lose what nobody has read for a few seconds.
    warm(place.FRAMESCOPE)
    warm(corpus.path)
    out = None if more else place.OUT / f"{case.replace(' ', '-')}.csv"
    usage = run(command, out)
    shown = typed(command) + (f" > {out}" if out else "")
    sizes = {"bytes": corpus.bytes, "text_bytes": corpus.text_bytes}
    records.add(case, round, command=shown, **sizes, **dataclasses.asdict(usage))


def sizes(options: Options, material: Material, records: Records) -> None:
    """framescope and the bare scan by lexicon size; two threads; what `-o` costs."""
    english, thousand = material.corpora["english"], material.english[1_000]
    for round in range(options.repeats):
        say(f"sizes: round {round + 1} of {options.repeats}")
        for size in SIZES:
            bare(records, f"bare {size}", round, english, material.english[size])
            record_score(records, f"score {size}", round, english, material.english[size])
        # The lexicon of a thousand once more: two threads are held against the run beside them.
        record_score(records, "score 1 thread", round, english, thousand)
        record_score(records, "score 2 threads", round, english, thousand, threads=2)
        if long := material.corpora.get("english-long"):
            record_score(records, "score long, 1 thread", round, long, thousand)
            record_score(records, "score long, 2 threads", round, long, thousand, threads=2)
        record_score(records, "score -o", round, english, thousand, "-o", place.OUT / "scores.csv")


def inputs(options: Options, material: Material, records: Records) -> None:
    """The same articles as JSONL, as CSV and as text files."""
    thousand = material.english[1_000]
    for round in range(options.repeats):
        say(f"inputs: round {round + 1} of {options.repeats}")
        record_score(records, "score beside inputs", round, material.corpora["english"], thousand)
        for form in ("csv", "files"):
            record_score(records, f"score {form}", round, material.corpora[form], thousand)


def scripts(options: Options, material: Material, records: Records) -> None:
    """Corpora of other scripts, each with a lexicon of its own."""
    for round in range(options.repeats):
        say(f"scripts: round {round + 1} of {options.repeats}")
        record_score(records, "score beside scripts", round, material.corpora["english"], material.english[1_000])
        for name, lexicon in material.others.items():
            record_score(records, f"score {name}", round, material.corpora[name], lexicon)


def bare(records: Records, case: str, round: int, corpus: Corpus, lexicon: Lexicon) -> None:
    """The bare scan; what it says of itself is the scan alone, its text in memory."""
    command = [place.RELEASE / "bare-scan", corpus.path, lexicon.literals]
    records.add(case, round, command=typed(command), **json.loads(output(command)))


def starts(options: Options, material: Material, records: Records) -> None:
    """Start-up with the shipped lexicons, all at once and each alone, and what a lexicon costs before the first article."""
    listed = output([place.FRAMESCOPE, "lexicon", "list"])
    shipped = [line.split()[0] for line in listed.splitlines() if line.strip()]
    cases = {"start shipped": shipped} | {f"start lexicon {name}": [name] for name in shipped}
    cases |= {f"start {size}": [material.english[size].toml] for size in (100, 10_000)}
    say(f"starts: {options.starts} rounds")
    for round in range(options.starts):
        for case, lexicons in cases.items():
            command = score(material.one_article, lexicons)
            first, usage = first_row(command)
            records.add(case, round, command=typed(command), first_row=first, **dataclasses.asdict(usage))


def large(options: Options, material: Material, records: Records) -> None:
    """Memory over corpora that are larger than any buffer, from a pipe, with all cores."""
    for megabytes in options.large_megabytes:
        say(f"stream: {megabytes} MB, once")
        source = stream(megabytes)
        command = [place.FRAMESCOPE, "score", "-", "-l", material.english[1_000].toml, "-q"]
        usage, resident = piped(source, command)
        shown = f"{typed(source)} | {typed(command)} > /dev/null"
        facts = {"bytes": megabytes << 20, "resident_kib": resident}
        records.add(f"stream {megabytes}", 0, command=shown, **facts, **dataclasses.asdict(usage))


def peers(options: Options, material: Material, records: Records) -> None:
    """The peers, and framescope with the same entries in every round."""
    english, lexicon = material.corpora["english"], material.english[1_000]
    commands: dict[str, list[str | Path]] = {}
    for peer, (script, megabytes) in PEERS.items():
        part = cut(english, megabytes * options.slice) if megabytes else english.path
        commands[peer] = [place.PYTHON, place.PEERS / script, part, lexicon.toml]
    if missing := environment.why_no_quanteda():
        records.add("peer quanteda", 0, missing=missing)
    else:
        part = cut(english, 10 * options.slice)
        commands["quanteda"] = ["Rscript", place.PEERS / "quanteda_lookup.R", part, lexicon.toml]
    for round in range(options.repeats):
        say(f"peers: round {round + 1} of {options.repeats}")
        record_score(records, "score beside peers", round, english, lexicon)
        for peer, words in commands.items():
            corpus, out = Path(words[2]), place.OUT / f"{Path(words[1]).stem}.csv"
            warm(corpus)
            command = [*words, out]
            records.add(f"peer {peer}", round, command=typed(command), **json.loads(output(command)))


GROUPS = {"sizes": sizes, "inputs": inputs, "scripts": scripts, "starts": starts, "stream": large, "peers": peers}


def measure(options: Options, material: Material, records: Records) -> None:
    """Runs the chosen groups."""
    for corpus in material.corpora.values():
        refill(corpus.path)
    for group in options.groups:
        GROUPS[group](options, material, records)
