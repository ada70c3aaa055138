"""A lexicon as a page shows it: its paths in file order, and for each what is written, masked, tested and measured.

A path that a category's dots imply and nobody declared has no page part of its own. What a lexicon inherits by `extends` stands on the
page of the lexicon that it extends.
"""

import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEXICONS = ROOT / "lexicons"
sys.path.append(str(LEXICONS / "precision"))

import lexicon_paths  # noqa: E402  (beside the precision scripts: one reading of what a path's fingerprint is)


class PageError(Exception):
    """A file that cannot be shown, with the reason."""


@dataclass
class ShownPath:
    """One path: the table it was written in, its entries, what masks it, what tests it, what was measured of it."""

    id: str
    kind: str
    texts: dict
    entries: list = field(default_factory=list)
    masks: list = field(default_factory=list)
    tests: list = field(default_factory=list)
    measured: dict | None = None
    changed: bool = False

    @property
    def depth(self):
        return self.id.count(".")


@dataclass
class ShownLexicon:
    """One lexicon: its head and match table, paths, masks, abouts, axes, tests, and the head of its measurement."""

    file: str
    head: dict
    match: dict
    paths: list
    masks: list
    abouts: list
    axes: list
    tests: list
    judged: dict | None

    @property
    def id(self):
        return self.head["id"]

    @property
    def language(self):
        return self.head.get("language", "")

    def entries(self):
        return sum(len(path.entries) for path in self.paths)


def read(file, measured=None):
    """Reads a lexicon and, where there is one, its measurement (`measured`, or precision/NAME.toml beside it)."""
    file = Path(file)
    table = _toml(file)
    head = table.get("lexicon", {})
    if "id" not in head:
        raise PageError(f"{file}: no [lexicon] id")
    measured = measured or file.parent / "precision" / f"{head['id']}.toml"
    figures = _toml(measured) if measured.exists() else None
    lexicon = ShownLexicon(
        file=file.name,
        head=head,
        match=table.get("match", {}),
        paths=list(_paths(table)),
        masks=table.get("mask", []),
        abouts=table.get("about", []),
        axes=table.get("axis", []),
        tests=table.get("test", []),
        judged=figures and figures.get("judged", {}),
    )
    for path in lexicon.paths:
        path.masks = [mask for mask in lexicon.masks if _applies(mask, path.id)]
        path.tests = [test for test in lexicon.tests if path.id in test.get("expect", {})]
    if figures:
        _measure(lexicon, figures, file)
    return lexicon


def _toml(file):
    try:
        return tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PageError(f"{file}: {error}") from error


def _paths(table):
    for category in table.get("category", []):
        yield ShownPath(category["id"], "category", category, _entries(category))
    for referent in table.get("referent", []):
        yield ShownPath(referent["id"], "referent", referent)
        if referent.get("name"):
            yield ShownPath(f"{referent['id']}.name", "bare name", {}, list(referent["name"]))
        for variant in referent.get("variant", []):
            yield ShownPath(f"{referent['id']}.{variant['id']}", "variant", variant, _entries(variant))


def _entries(row):
    return [*row.get("terms", []), *row.get("entry", [])]


def _applies(mask, path):
    """Whether a mask is limited to this path or to one above it. One that holds everywhere is shown once, for the whole lexicon."""
    return any(path == one or path.startswith(f"{one}.") for one in mask.get("paths", []))


def _measure(lexicon, figures, file):
    rows = {row["path"]: row for row in figures.get("paths", [])}
    now = lexicon_paths.read(file).paths
    for path in lexicon.paths:
        path.measured = rows.get(path.id)
        if path.measured and "fingerprint" in path.measured:
            path.changed = path.id not in now or now[path.id].fingerprint != path.measured["fingerprint"]
