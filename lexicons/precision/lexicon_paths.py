"""What a judge must know of each path of a lexicon, and a fingerprint that tells whether it changed since.

The program computes the same fingerprints (src/cli/precision/fingerprint.rs); tests/shared.json holds both to it.

A path is written down as in the program: a category's id, a referent's `id.name`, a variant's `id.variant`. A path
that has no definition of its own is judged by the nearest one above it.
"""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

TEXTS = ("label", "definition", "include", "exclude", "connotation")
DECIDING = ("terms", "entry", "name")
OUTSIDE = ("narrator", "attributed")


class LexiconError(Exception):
    """A lexicon that cannot be read for judging, with the file and the reason."""


@dataclass(frozen=True)
class LexiconPath:
    """One path: its kind, its texts (own, else inherited), what it names, the fingerprint of what decides its hits.

    That is its entries, the masks on it, [match], its sides, its texts, and the terms of what its conditions name by "@path".
    """

    path: str
    kind: str
    texts: dict
    names: str
    has_entries: bool
    fingerprint: str

    def criterion(self):
        """The text that a judgment sheet shows."""
        said = self.texts
        label = f"{said['label']}:" if said.get("label") else ""
        parts = [f"A name for: {self.names}." if self.names else "", label, said.get("definition", "")]
        parts += [f"Counts: {said['include']}."] if said.get("include") else []
        parts += [f"Does not count: {said['exclude']}."] if said.get("exclude") else []
        return " ".join(part.strip() for part in parts if part.strip())


@dataclass(frozen=True)
class Lexicon:
    """A lexicon as judged: id, version, language, the hash of its file, its paths in file order, and which hits count.

    `voices` and `zones` are those of [match]; None: all.
    """

    id: str
    version: str
    language: str
    sha256: str
    paths: dict
    voices: tuple | None = None
    zones: tuple | None = None

    def counts(self, voice, zone):
        """Whether a hit in this voice and zone enters the path's count."""
        return (self.voices is None or voice in self.voices) and (self.zones is None or zone in self.zones)


def read(file):
    """Reads a TOML lexicon and, by `extends`, the ones that it builds on in the same folder."""
    file = Path(file)
    written = table(file)
    head = written.get("lexicon", {})
    if "id" not in head:
        raise LexiconError(f"{file}: no [lexicon] id")
    tables = _with_bases(file, written)
    return Lexicon(
        id=head["id"],
        version=str(head.get("version", "")),
        language=head.get("language", ""),
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        paths=_paths(tables),
        voices=_chosen(tables, "voices"),
        zones=_chosen(tables, "zones"),
    )


def _chosen(tables, key):
    """The values of a key of [match] that holds one or several, of the last table that says it; None if none does."""
    said = [table["match"][key] for table in tables if key in table.get("match", {})]
    if not said:
        return None
    values = [said[-1]] if isinstance(said[-1], str) else said[-1]
    return tuple(value for named in values for value in (OUTSIDE if named == "outside" else (named,)))


def table(file):
    """The lexicon's file as it is written, without what it extends."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{file}: {error}") from error


def _with_bases(file, written, seen=()):
    """The tables from the ground up: what is extended first, so that the last one wins."""
    base = written.get("lexicon", {}).get("extends")
    if base is None:
        return [written]
    below = file.parent / (base if base.endswith(".toml") else f"{base}.toml")
    if below in seen or below == file:
        raise LexiconError(f"{file}: extends itself through {below.name}")
    return [*_with_bases(below, table(below), (*seen, file)), written]


def paths_of(written):
    """The paths of one table that extends nothing."""
    return _paths([written])


def _paths(tables):
    masks = [mask for table in tables for mask in table.get("mask", [])]
    removes = [remove for table in tables for remove in table.get("remove", [])]
    match = [table.get("match", {}) for table in tables]
    abouts = {about["id"]: about for table in tables for about in table.get("about", [])}
    written = list(_written(tables))
    candidates = {path: [_finds(row, own) for row in rows] for path, _, rows, own in written}
    found = {}
    for path, kind, rows, own in written:
        texts = _inherited(found, path) | {key: row[key] for row in rows for key in TEXTS if key in row}
        about = next((row["about"] for row in reversed(rows) if "about" in row), None)
        deciding = {
            "own": [{key: row[key] for key in own if key in row} for row in rows],
            "masks": [m["terms"] for m in masks if _limited_to(m, path)],
            "match": match,
            "about": abouts.get(about),
            "texts": texts,
        }
        removed = _removed(removes, path)
        deciding |= {"removed": removed} if removed else {}
        deciding |= _named(deciding, candidates, removes)
        entries = any(row.get(key) for row in rows for key in own)
        found[path] = LexiconPath(path, kind, texts, _referent(found, path, kind), entries, _fingerprint(deciding))
    return found


def _removed(removes, path):
    return [r.get("terms") for r in removes if _is_under(path, r["path"])]


def _named(deciding, candidates, removes):
    """What the conditions of a path find by `"@path"`: {"named": ...}, or nothing where none names one.

    `"@path"` stands for the candidates of that path and of those under it, *before* masks and conditions, so what is
    named matters by its terms and their case alone, and whom its own conditions name does not matter.
    """
    names = sorted({text for key in ("own", "masks", "about") for text in _strings(deciding[key]) if text[:1] == "@"})
    named = {
        name: [[found, _removed(removes, path)] for path, found in candidates.items() if _is_under(path, name[1:])]
        for name in names
    }
    named = {name: found for name, found in named.items() if found}
    return {"named": named} if named else {}


def _finds(row, own):
    """The terms of a row, with their case and nothing else of them."""
    found = []
    for key in own:
        terms = row.get(key, [])
        for term in terms if isinstance(terms, list) else [terms]:
            found.append([term.get("term"), term.get("case")] if isinstance(term, dict) else [term, None])
    return found


def _strings(value):
    """All strings in a value, however deep."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in inner for text in _strings(part)]


def _is_under(path, above):
    return path == above or path.startswith(f"{above}.")


def _written(tables):
    """Every path that is written down, with its rows over all tables: (path, kind, rows, deciding keys)."""
    rows = {}
    for table in tables:
        for category in table.get("category", []):
            _add(rows, category["id"], "category", category)
        for referent in table.get("referent", []):
            _add(rows, referent["id"], "referent", referent)
            if referent.get("name"):
                _add(rows, f"{referent['id']}.name", "name", {"name": referent["name"]})
            for variant in referent.get("variant", []):
                _add(rows, f"{referent['id']}.{variant['id']}", "variant", variant)
    for path, (kind, found) in rows.items():
        yield path, kind, found, DECIDING if kind != "referent" else ()


def _add(rows, path, kind, row):
    rows.setdefault(path, (kind, []))[1].append(row)


def _inherited(found, path):
    while "." in path:
        path = path.rpartition(".")[0]
        if path in found:
            return dict(found[path].texts)
    return {}


def _referent(found, path, kind):
    """What a variant names: its referent's label and definition."""
    if kind != "variant":
        return ""
    said = found[path.rpartition(".")[0]].texts
    parts = (said.get("label", ""), said.get("definition", "").rstrip("."))
    return ". ".join(part for part in parts if part)


def _limited_to(mask, path):
    paths = mask.get("paths")
    return paths is None or any(_is_under(path, p) for p in paths)


def _fingerprint(deciding):
    text = json.dumps(deciding, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
