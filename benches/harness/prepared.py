"""What a run gets ready, kept so that measuring it can wait for a quiet hour.

A stale file must never be measured unnoticed: with what was drawn stand its sizes and times, and the hashes of the
programs whose outputs were checked. Where any of it is another by then, measuring is refused.
"""

import dataclasses
import hashlib
import json
from pathlib import Path

from . import place
from .corpora import Corpus, Lexicon, Material
from .measure import Failed, Records
from .options import Options

KEPT = place.WORK / "prepared.json"
PROGRAMS = [place.FRAMESCOPE, place.RELEASE / "bare-scan", place.RELEASE / "generate"]


def save(options: Options, material: Material, records: Records) -> None:
    """Keeps what was drawn, and the records of drawing and checking it."""
    kept = {
        "asked": asked(options),
        "state": state(material),
        "material": {
            "corpora": {name: plain(corpus) for name, corpus in material.corpora.items()},
            "english": {size: plain(lexicon) for size, lexicon in material.english.items()},
            "others": {name: plain(lexicon) for name, lexicon in material.others.items()},
            "one_article": str(material.one_article),
        },
        "records": [record for record in records.all if record["case"] != "run"],
    }
    KEPT.write_text(json.dumps(kept), "utf-8")


def load(options: Options, records: Records) -> Material:
    """What was kept, if it is still what was drawn and checked; its records are added to those of this run."""
    if not KEPT.exists():
        raise Failed("nothing is prepared: run benches/run --prepare, with the same options, first")
    kept = json.loads(KEPT.read_text("utf-8"))
    was, wanted = kept["asked"], asked(options)
    # More may be prepared than is measured now.
    if any(was[key] != wanted[key] and wanted[key] is not False for key in wanted):
        raise Failed(f"prepared was {was}, and asked for is {wanted}: prepare anew")
    found = kept["material"]
    material = Material(
        {name: Corpus(**{**facts, "path": Path(facts["path"])}) for name, facts in found["corpora"].items()},
        {int(size): lexicon(paths) for size, paths in found["english"].items()},
        {name: lexicon(paths) for name, paths in found["others"].items()},
        Path(found["one_article"]),
    )
    now = state(material)
    if changed := [name for name in now if now[name] != kept["state"].get(name)]:
        raise Failed(f"changed since it was prepared: {', '.join(changed)}; prepare anew")
    for record in kept["records"]:
        facts = {key: value for key, value in record.items() if key not in ("case", "round")}
        records.add(record["case"], record["round"], **facts)
    return material


def asked(options: Options) -> dict:
    """The options that decide what is drawn."""
    corpus = str(options.corpus) if options.corpus else None
    return {
        "corpus": corpus,
        "megabytes": options.megabytes,
        "files": options.files,
        "articles_checked": options.articles_checked,
        "inputs": "inputs" in options.groups,
        "scripts": "scripts" in options.groups,
    }


def state(material: Material) -> dict[str, list | str]:
    """By name: what tells that a file, a folder or a program is another."""
    paths = [corpus.path for corpus in material.corpora.values()] + [material.one_article]
    for drawn in [*material.english.values(), *material.others.values()]:
        paths += [drawn.toml, drawn.literals]
    seen: dict[str, list | str] = {str(path): look(path) for path in paths}
    for program in PROGRAMS:
        with program.open("rb") as file:
            seen[str(program)] = hashlib.file_digest(file, "sha256").hexdigest()
    return seen


def look(path: Path) -> list:
    """Size and time of a file; number, bytes and last time of the files in a folder."""
    files = [file.stat() for file in path.rglob("*.txt")] if path.is_dir() else [path.stat()]
    return [len(files), sum(file.st_size for file in files), max((file.st_mtime_ns for file in files), default=0)]


def plain(facts: Corpus | Lexicon) -> dict:
    return {key: str(value) if isinstance(value, Path) else value for key, value in dataclasses.asdict(facts).items()}


def lexicon(paths: dict[str, str]) -> Lexicon:
    return Lexicon(Path(paths["toml"]), Path(paths["literals"]))
