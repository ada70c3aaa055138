#!/usr/bin/env python3
"""Draws hits of a lexicon from a corpus and writes two blind judgment sheets.

    python3 lexicons/precision/sample.py lexicons/talks.toml CORPUS... --framescope target/release/framescope -o OUT

writes into the folder OUT: sample.json (places and weights, no text), first.csv and second.csv (the sheets, which hold
news text and are not committed). README.md beside this file has the procedure, draw.py how hits are drawn.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import corpora
import draw
import lexicon_paths
import sheets

WINDOW = 40


def main(arguments=None):
    options = parse(arguments)
    try:
        make(options)
    except (corpora.CorpusError, lexicon_paths.LexiconError, OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", None)
        sys.exit(f"sample.py: {error}" + (f"\n{said}" if said else ""))


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("lexicon", help="the TOML file of the lexicon")
    parser.add_argument("corpus", nargs="+", help=".jsonl files, or folders of them: id, title, text, outlet, date")
    parser.add_argument("-o", "--out", required=True, type=Path, help="a folder for the sample and its sheets")
    parser.add_argument("--framescope", default="framescope", help="the program that finds the hits")
    parser.add_argument("--n", type=int, default=60, help="hits a path (default 60)")
    parser.add_argument("--cap", type=int, help="most hits of one entry (default: a tenth of n, or 3)")
    parser.add_argument("--spread", type=float, default=0.5, help="1 as the corpora are, 0 all alike (default 0.5)")
    parser.add_argument("--seed", default="1", help="the same seed draws the same sample (default 1)")
    parser.add_argument("--paths", nargs="*", help="only these paths and what is below them")
    parser.add_argument("--only", metavar="REGEX", help="only articles whose title or text holds this")
    parser.add_argument("--unseen", nargs="*", default=[], metavar="SAMPLE", help="no article of these sample.json")
    parser.add_argument("--mixed", action="store_true", help="shuffle all hits, not path by path")
    return parser.parse_args(arguments)


def make(options):
    lexicon = lexicon_paths.read(options.lexicon)
    files = corpora.files_of(options.corpus)
    seen = {hit["id"] for file in options.unseen for hit in json.loads(Path(file).read_text())["hits"]}
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        chosen, found = Path(scratch) / "articles.jsonl", Path(scratch) / "hits.jsonl"
        described = corpora.choose(files, chosen, options.only, seen)
        if not described:
            raise corpora.CorpusError("no article is left to search")
        search(options.framescope, options.lexicon, chosen, found)
        drawn, counts = draw_all(found, lexicon, options)
        rows = sheet_rows(found, drawn, openings(chosen, drawn), lexicon, options.seed)
    record = record_of(lexicon, described, counts, drawn, options)
    (options.out / "sample.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for turn, name in enumerate(("first.csv", "second.csv"), 1):
        sheets.write(options.out / name, sheets.shuffled(rows, options.seed, turn, options.mixed))
    report(counts, drawn)


def search(program, lexicon, articles, found):
    """Runs `framescope kwic` over the chosen articles."""
    command = [program, "kwic", articles, "-l", lexicon, "--meta", "outlet,date,corpus", "--window", str(WINDOW)]
    command += ["--threads", "1", "-o", found]
    subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)


def hits_of(found):
    """The rows that kwic wrote."""
    with open(found, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def candidate(row):
    """A row of kwic as a hit that may be drawn."""
    return draw.Candidate(
        path=row["path"],
        entry=row["entry"],
        id=row["id"],
        field=row["field"],
        start=row["start"],
        end=row["end"],
        corpus=row["corpus"],
        outlet=row["outlet"] or "",
        zone=row["zone"],
        voice=row["voice"],
    )


def draw_all(found, lexicon, options):
    """The drawn hits of all paths and, per path in the lexicon's order, what they were drawn from.

    A hit that [match] leaves out of the count is listed by kwic and no part of the figure that is judged.
    """
    counted = (row for row in hits_of(found) if lexicon.counts(row["voice"], row["zone"]))
    by_path = draw.one_an_article(map(candidate, counted), options.seed)
    drawn, counts = [], []
    for path in lexicon.paths.values():
        if not path.has_entries or not wanted(path.path, options.paths):
            continue
        group = by_path.get(path.path, [])
        mine, cap = draw.draw_path(group, options.n, options.seed, options.cap, options.spread)
        drawn += mine
        counts.append(
            {
                "path": path.path,
                "fingerprint": path.fingerprint,
                "hits": sum(c.stands_for for c in group),
                "articles": len(group),
                "drawn": len(mine),
                "cap": cap,
            }
        )
    return drawn, counts


def wanted(path, chosen):
    return not chosen or any(path == c or path.startswith(f"{c}.") for c in chosen)


def key_of(hit, seed):
    """A name for the hit on the sheets that tells nothing of article or outlet."""
    return f"{draw.dice(seed, 'key', *hit.place):016x}"[:10]


def openings(chosen, drawn):
    """How the texts begin whose title holds a drawn hit: a title alone is often too little to judge by."""
    ids = {hit.id for hit in drawn if hit.field == "title"}
    texts = {article["id"]: article["text"] for article in corpora.articles(chosen) if article["id"] in ids}
    return {id: " ".join(text.split()[:WINDOW]) for id, text in texts.items()}


def sheet_rows(found, drawn, openings, lexicon, seed):
    """The rows of a sheet for the drawn hits, their context fetched from kwic's rows."""
    places = {hit.place: hit for hit in drawn}
    rows = []
    for row in hits_of(found):
        hit = places.get((row["path"], row["id"], row["field"], row["start"]))
        if hit is None:
            continue
        rows.append(
            {
                "key": key_of(hit, seed),
                "path": hit.path,
                "criterion": lexicon.paths[hit.path].criterion(),
                "context": sheets.context_of(
                    row["left"], row["keyword"], row["right"], hit.outlet, openings[hit.id] if hit.field == "title" else ""
                ),
            }
        )
    return rows


def record_of(lexicon, described, counts, drawn, options):
    """What is kept of the sample: everything but text."""
    return {
        "lexicon": {key: getattr(lexicon, key) for key in ("id", "version", "language", "sha256")},
        "settings": {
            "n": options.n,
            "cap": options.cap,
            "spread": options.spread,
            "seed": options.seed,
            "only": options.only,
            "unseen_of": len(options.unseen),
        },
        "corpora": described,
        "paths": counts,
        "hits": [
            {
                "key": key_of(hit, options.seed),
                **{name: getattr(hit, name) for name in ("path", "entry", "id", "field", "start", "end")},
                **{name: getattr(hit, name) for name in ("corpus", "outlet", "zone", "voice", "stands_for")},
                "chance": round(hit.chance, 6),
            }
            for hit in drawn
        ],
    }


def report(counts, drawn):
    for count in counts:
        few = "  FEW" if count["drawn"] < 50 else ""
        print(f"{count['path']:32} {count['hits']:7} hits {count['articles']:6} articles {count['drawn']:4} drawn{few}")
    print(f"{len(drawn)} hits to judge, twice", file=sys.stderr)


if __name__ == "__main__":
    main()
