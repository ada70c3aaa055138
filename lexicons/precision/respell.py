#!/usr/bin/env python3
"""Keeps what was measured of a path to which only other spellings of its entries were added since.

    git show HEAD:lexicons/talks.toml > old.toml
    python3 lexicons/precision/respell.py lexicons/talks.toml old.toml

A spelling is British or American (`defence`, `defense`) or with a hyphen (`cease-fire`) and has the conditions of the entry that it spells.
The row in NAME.toml says which were added: their own hits were not judged. What changed otherwise stays changed.
"""

import argparse
import copy
import re
import sys
from pathlib import Path

import lexicon_paths
import publish

HERE = Path(__file__).resolve().parent
SPELLINGS = (
    ("defence", "defense"),
    ("organisation", "organization"),
    ("authoris", "authoriz"),
    ("labour", "labor"),
    ("neighbour", "neighbor"),
    ("judgement", "judgment"),
    ("cease-fire", "ceasefire"),
)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("lexicon", type=Path, help="the lexicon with the spellings")
    parser.add_argument("old", type=Path, help="the same lexicon without them")
    parser.add_argument("-o", "--out", type=Path, default=HERE, help="the folder of NAME.toml (default: this one)")
    options = parser.parse_args(arguments)
    try:
        kept, changed = carry(options)
    except (lexicon_paths.LexiconError, OSError) as error:
        sys.exit(f"respell.py: {error}")
    print(f"{options.lexicon.name}: measurements kept for {len(kept)} paths, {', '.join(kept) or 'none'}")
    if changed:
        print(f"changed otherwise: {', '.join(changed)}")


def carry(options):
    """Writes new fingerprints where spelling is all that changed: (the paths kept, the paths changed otherwise)."""
    new, old = lexicon_paths.table(options.lexicon), lexicon_paths.table(options.old)
    bare, added = without_spellings(new, old)
    now, before, cut = (lexicon_paths.paths_of(table) for table in (new, old, bare))
    file = options.out / f"{new['lexicon']['id']}.toml"
    measured = publish.read(file)
    kept, changed = [], []
    for row in measured["paths"]:
        path = row["path"]
        if path not in now or path not in before or now[path].fingerprint == before[path].fingerprint:
            continue
        if cut[path].fingerprint == before[path].fingerprint == row["fingerprint"]:
            row["fingerprint"] = now[path].fingerprint
            if added.get(path):
                row["respelled"] = sorted({*row.get("respelled", []), *added[path]})
            kept.append(path)
        else:
            changed.append(path)
    file.write_text(publish.toml(measured), encoding="utf-8")
    table = options.out.parent / "PRECISION.md"
    table.write_text(publish.markdown(options.out), encoding="utf-8")
    return kept, changed


def without_spellings(new, old):
    """The new table less the entries that only spell one of the old table otherwise, and those by path."""
    bare, added = copy.deepcopy(new), {}
    had = {path: {key(term) for term in row.get("terms", [])} for path, row in rows(old)}
    for path, row in rows(bare):
        mine = had.get(path, set())
        spelled = [term for term in row.get("terms", []) if key(term) not in mine and twins(key(term)) & mine]
        if spelled:
            row["terms"] = [term for term in row["terms"] if term not in spelled]
            added[path] = [term if isinstance(term, str) else term["term"] for term in spelled]
    return bare, added


def rows(table):
    """Every category and variant of a table, with its path."""
    for category in table.get("category", []):
        yield category["id"], category
    for referent in table.get("referent", []):
        for variant in referent.get("variant", []):
            yield f"{referent['id']}.{variant['id']}", variant


def key(term):
    """A term and its conditions, as something that can be compared."""
    if isinstance(term, str):
        return term, ""
    return term["term"], repr(sorted((name, value) for name, value in term.items() if name != "term"))


def twins(of):
    """The other spellings of a term, under the same conditions."""
    term, under = of
    return {(spelled, under) for spelled in spellings(term)}


def spellings(term):
    """A term as it is spelled otherwise, once for every spelling that stands in it at the beginning of a word."""
    found = set()
    for one, other in SPELLINGS:
        for had, has in ((one, other), (other, one)):
            for old, new in ((had, has), (had.capitalize(), has.capitalize())):
                found.add(re.sub(rf"\b(un|non-)?{old}", rf"\g<1>{new}", term))
    return found - {term}


if __name__ == "__main__":
    main()
