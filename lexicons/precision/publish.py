#!/usr/bin/env python3
"""Writes what was measured: NAME.toml for programs, ../PRECISION.md for people.

    python3 lexicons/precision/publish.py

makes PRECISION.md anew from every NAME.toml here and says where a lexicon's path changed since it was judged.
"""

import json
import tomllib
from pathlib import Path

import lexicon_paths

HERE = Path(__file__).parent
NOT_MEASURED = ("corpora.toml",)


def read(file):
    """A NAME.toml as written by `toml`."""
    return tomllib.loads(Path(file).read_text(encoding="utf-8"))


def toml(measured):
    """The figures as TOML: [lexicon], [judged], [[corpora]], [[paths]], [groups]."""
    lines = ["# Measured precision. Written by tally.py from judged samples; README.md says how. Do not edit by hand.", ""]
    for name in ("lexicon", "judged"):
        lines += [f"[{name}]", *_pairs(measured[name]), ""]
    for name in ("corpora", "paths"):
        for row in measured[name]:
            lines += [f"[[{name}]]", *_pairs(row), ""]
    lines += ["[groups]", *_pairs(measured["groups"])]
    return "\n".join(lines) + "\n"


def _pairs(table):
    return [f"{key} = {_value(value)}" for key, value in table.items() if value is not None]


def _value(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return "{ " + ", ".join(_pairs(value)) + " }"
    if not value:
        return "[]"
    return "[\n" + "".join(f"  {_value(item)},\n" for item in value) + "]"


def markdown(folder):
    """PRECISION.md: what the figures are, then a section for each lexicon measured."""
    files = [file for file in sorted(Path(folder).glob("*.toml")) if file.name not in NOT_MEASURED]
    known = Path(folder) / "corpora.toml"
    described = {row["name"]: row for row in read(known)["corpora"]} if known.exists() else {}
    parts = [HEAD]
    used = {}
    for file in files:
        measured = read(file)
        parts.append(_section(measured, Path(folder).parent / f"{measured['lexicon']['id']}.toml"))
        used |= {corpus["name"]: corpus for corpus in measured["corpora"]}
    if not files:
        parts.append("No lexicon has been measured yet.\n")
    if used:
        parts.append(_corpora(used, described))
    return "\n".join(parts)


HEAD = """# How often the lexicons' hits are right

Written by `lexicons/precision/publish.py`; `lexicons/precision/README.md` has the procedure.

**Precision** is the share of hits that are what the path's definition says, weighted so that the judged sample stands for
all hits of the path in the corpora named at the end. The interval is Wilson's, 95 %, at the *effective* number of judgments (weights cost
precision); *plain* is the same share unweighted. Precision says nothing of what a path misses, and on other corpora it is another
number: judge a sample of your own before you report results. **Self-agreement** is how often one judge gave the same verdict twice,
blind to the first; it is no agreement between coders. A path *holds* from .80 with a lower bound from .70; below that it is experimental.
"""


def _section(measured, lexicon):
    judged = measured["judged"]
    human = "" if judged["human"] else " **No human coder judged.**"
    only = f" Only articles that match `{judged['only']}` were searched." if "only" in judged else ""
    changed = _changed(measured, lexicon)
    settled = "; disputes were settled by a third look" if judged["disputes_settled"] else ""
    lines = [
        f"## {measured['lexicon']['id']} {measured['lexicon']['version']}",
        "",
        f"{judged['hits']} hits, judged by {judged['by']} ({judged['on']}), twice{settled}; "
        f"self-agreement {_share(judged['self_agreement'])}.{human}{only}",
        "",
        "| path | hits | judged | precision | 95 % | plain | same twice | status |",
        "|---|---:|---:|---:|---|---:|---:|---|",
    ]
    for row in measured["paths"]:
        lines.append(_row(row, row["path"] in changed))
    errors = [line for row in measured["paths"] for line in _errors(row)]
    if errors:
        lines += ["", "Commonest errors left (wrong of judged, in the sample):", "", *errors]
    spelled = [f"- `{row['path']}`: {', '.join(row['respelled'])}" for row in measured["paths"] if row.get("respelled")]
    if spelled:
        lines += ["", "Other spellings of judged entries, added since and not judged themselves:", "", *spelled]
    for title, key in (("corpus", "by_corpus"), ("outlet", "by_outlet")):
        rows = measured["groups"].get(key, [])
        if rows:
            lines += ["", f"By {title}, all paths together, unweighted:", ""]
            lines += [f"| {title} | judged | right | 95 % |", "|---|---:|---:|---|"]
            lines += [f"| {r['name']} | {r['n']} | {_share(r['precision'])} | {_interval(r)} |" for r in rows]
    return "\n".join(lines) + "\n"


def _row(row, changed):
    note = ", changed since" if changed else ""
    if not row["n"]:
        return f"| `{row['path']}` | {row['hits']} | 0 | | | | | unmeasured{note} |"
    few = " (few)" if row["n"] < 20 else ""
    status = ("holds" if row["status"] == "holds" else "experimental") + few + note
    return (
        f"| `{row['path']}` | {row['hits']} | {row['n']} | {_share(row['precision'])} | {_interval(row)} "
        f"| {_share(row['plain'])} | {_share(row['self_agreement'])} | {status} |"
    )


def _errors(row):
    for error in row.get("errors", [])[:3]:
        wrong = f"{error['wrong']:g} of {error['n']}"
        why = f": {error['why']}" if error["why"] else ""
        yield f"- `{row['path']}`, \"{error['entry']}\" {wrong}{why}"


def _changed(measured, lexicon):
    """The paths whose entries, masks or definition are no longer those that were judged."""
    if not lexicon.exists():
        return set()
    now = lexicon_paths.read(lexicon).paths
    return {r["path"] for r in measured["paths"] if r["path"] not in now or now[r["path"]].fingerprint != r["fingerprint"]}


def _corpora(used, described):
    lines = ["## Corpora", "", "None of their text is kept here; each file is named by its hash in the lexicon's `.toml`.", ""]
    lines += ["| corpus | articles searched | what it is | where it is read from |", "|---|---:|---|---|"]
    for name, corpus in sorted(used.items()):
        row = described.get(name, {})
        lines.append(f"| {name} | {corpus['articles']} | {row.get('what', '')} | {row.get('where', '')} |")
    return "\n".join(lines) + "\n"


def _share(share):
    return f"{share:.2f}"


def _interval(row):
    return f"{row['low']:.2f} to {row['high']:.2f}"


def main():
    (HERE.parent / "PRECISION.md").write_text(markdown(HERE), encoding="utf-8")


if __name__ == "__main__":
    main()
