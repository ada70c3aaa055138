"""What is fast must be right: the engine that runs says what the reference engine says, and the
number of threads changes no byte."""

import hashlib
import json
from pathlib import Path

from . import place
from .campaign import say, score
from .corpora import Material
from .measure import Failed, Records, output, run, typed
from .options import Options


def check(options: Options, material: Material, records: Records) -> None:
    """Checks all corpora at hand; raises `Failed` where an output is wrong."""
    lexicons = {f"english, {size} entries": ("english", lexicon) for size, lexicon in material.english.items()}
    lexicons |= {f"{name}, 1000 entries": (name, lexicon) for name, lexicon in material.others.items()}
    for what, (name, lexicon) in lexicons.items():
        say(f"checks: the reference engine, {what}")
        command = [place.RELEASE / "check-reference", material.corpora[name].path, lexicon.toml]
        command += ["--articles", str(options.articles_checked)]
        records.add("check reference", 0, what=what, command=typed(command), **json.loads(output(command)))
    say("checks: the number of threads")
    for name in material.corpora:
        lexicon = material.others.get(name, material.english[1_000])
        digests = {}
        for threads in (1, 2):
            out = place.OUT / f"check-{threads}.csv"
            run(score(material.corpora[name].path, [lexicon.toml], threads=threads), out)
            digests[threads] = sha256(out)
        if digests[1] != digests[2]:
            raise Failed(f"{name}: one and two threads do not write the same bytes")
        records.add("check threads", 0, what=name, sha256=digests[1])


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
