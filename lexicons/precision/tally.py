#!/usr/bin/env python3
"""Counts two filled judgment sheets into the measured precision of a lexicon.

    python3 lexicons/precision/tally.py OUT/sample.json OUT/first.csv OUT/second.csv --judge "who judged"

writes beside this file NAME.toml (the figures, which programs may read) and NAME.hits.csv (places, verdicts, whys; no
news text), and ../PRECISION.md anew from all NAME.toml. Where the two passes differ, a third look settles it: `--disputes FILE` writes
a sheet of those hits, `--settled FILE` counts it when filled; a dispute without it is half right.
"""

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import estimates
import publish
import sheets

HERE = Path(__file__).parent
LEAST_GROUP = 10
HOLDS, HOLDS_LOW = 0.80, 0.70
HIT_COLUMNS = ("key", "path", "entry", "id", "field", "start", "end", "corpus", "outlet", "voice", "weight")
HIT_COLUMNS += ("first", "second", "settled", "why")


def main(arguments=None):
    options = parse(arguments)
    try:
        make(options)
    except (sheets.SheetError, OSError, json.JSONDecodeError) as error:
        sys.exit(f"tally.py: {error}")


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("sample", type=Path, help="the sample.json that the sheets belong to")
    parser.add_argument("first", type=Path, help="the first sheet, filled")
    parser.add_argument("second", type=Path, help="the second sheet, filled blind to the first")
    parser.add_argument("--judge", required=True, help="who judged, in a few words, as it is to be published")
    parser.add_argument("--human", action="store_true", help="the judge is a person; otherwise it is said that none was")
    parser.add_argument("--date", default=date.today().isoformat(), help="when (default today)")
    parser.add_argument("--settled", type=Path, help="the third look at the disputes, filled")
    parser.add_argument("--disputes", type=Path, help="write a sheet of the hits on which the passes differ")
    parser.add_argument("--update", action="store_true", help="keep the other paths of an existing NAME.toml")
    parser.add_argument("--pool", action="store_true", help="with --update: add to what was judged of unchanged paths before")
    parser.add_argument("-o", "--out", type=Path, default=HERE, help="the folder for NAME.toml (default: this one)")
    return parser.parse_args(arguments)


def make(options):
    sample = json.loads(options.sample.read_text(encoding="utf-8"))
    hits = judged(sample, options)
    if options.disputes:
        write_disputes(options.disputes, options.first, hits)
    measured = {
        "lexicon": sample["lexicon"],
        "judged": provenance(sample, options, hits),
        "corpora": sample["corpora"],
        "paths": [measure(path, sample, hits, options.date) for path in sample["paths"]],
        "groups": groups(hits),
    }
    name = sample["lexicon"]["id"]
    data, places = options.out / f"{name}.toml", options.out / f"{name}.hits.csv"
    if options.update and data.exists():
        earlier = publish.read(data)
        if options.pool:
            measured["paths"], hits = pooled(earlier, measured["paths"], places, hits, sample, options.date)
        measured, hits = joined(earlier, measured, places, hits)
    data.write_text(publish.toml(measured), encoding="utf-8")
    write_hits(places, hits)
    table = options.out.parent / "PRECISION.md"
    table.write_text(publish.markdown(options.out), encoding="utf-8")
    report(measured, data)


def judged(sample, options):
    """The hits of the sample with both verdicts, the settled one, a value from 0 to 1 and a weight."""
    keys = {hit["key"] for hit in sample["hits"]}
    first, second = sheets.read(options.first, keys), sheets.read(options.second, keys)
    disputed = {key for key in keys if first[key][0] != second[key][0]}
    settled = sheets.read(options.settled, disputed) if options.settled else {}
    for hit in sample["hits"]:
        key = hit["key"]
        verdicts = [first[key][0], second[key][0]]
        last = settled.get(key)
        hit["first"], hit["second"], hit["settled"] = *verdicts, last[0] if last else ""
        hit["why"] = (last or ("", ""))[1] or first[key][1] or second[key][1]
        hit["value"] = value(verdicts, hit["settled"])
        hit["weight"] = hit["stands_for"] / hit["chance"]
    return sample["hits"]


def value(verdicts, settled=""):
    """How right a hit is: 1, 0, or a half where the passes differ unsettled; unsure is not right."""
    if settled:
        return float(settled == "right")
    return sum(verdict == "right" for verdict in verdicts) / len(verdicts)


def provenance(sample, options, hits):
    return {
        "by": options.judge,
        "human": options.human,
        "on": options.date,
        "passes": 2,
        "hits": len(hits),
        "self_agreement": agreement(hits),
        "disputes_settled": bool(options.settled),
        "seed": str(sample["settings"]["seed"]),
        "n_per_path": sample["settings"]["n"],
        "spread": sample["settings"]["spread"],
        **({"only": sample["settings"]["only"]} if sample["settings"]["only"] else {}),
    }


def measure(path, sample, hits, on):
    """Everything measured of one path."""
    mine = [hit for hit in hits if hit["path"] == path["path"]]
    row = {"path": path["path"], "fingerprint": path["fingerprint"], "version": sample["lexicon"]["version"]}
    row |= {"on": on, "hits": path["hits"], "articles": path["articles"], "cap": path["cap"]}
    if not mine:
        return row | {"n": 0, "status": "unmeasured"}
    found = estimates.estimate([h["value"] for h in mine], [h["weight"] for h in mine])
    row |= found | {"right_in_both": sum(h["first"] == h["second"] == "right" for h in mine)}
    row |= {"unsure": sum("unsure" in (h["first"], h["second"]) for h in mine), "self_agreement": agreement(mine)}
    row |= {"status": status(found), "errors": errors(mine), "by_corpus": by_group(mine, "corpus")}
    return row | {"by_outlet": by_group(mine, "outlet")}


def status(found):
    """`holds` from .80 with a lower bound from .70, otherwise `below`."""
    return "holds" if found["precision"] >= HOLDS and found["low"] >= HOLDS_LOW else "below"


def agreement(hits):
    """The share of hits with the same verdict in both passes of the one judge: self-agreement, no reliability between coders."""
    return sum(hit["first"] == hit["second"] for hit in hits) / len(hits) if hits else None


def errors(hits, most=5):
    """The entries that are wrong most often in the sample, with the commonest reason given."""
    of_entry = defaultdict(list)
    for hit in hits:
        of_entry[hit["entry"]].append(hit)
    rows = []
    for entry, group in of_entry.items():
        wrong = [hit for hit in group if hit["value"] < 1]
        if wrong:
            whys = Counter(hit["why"] for hit in wrong if hit["why"])
            why = min(whys, key=lambda w: (-whys[w], w)) if whys else ""
            rows.append({"entry": entry, "wrong": sum(1 - hit["value"] for hit in wrong), "n": len(group), "why": why})
    return sorted(rows, key=lambda row: (-row["wrong"], row["entry"]))[:most]


def by_group(hits, column):
    """The same figures for each corpus or outlet that has enough hits of its own."""
    of_group = defaultdict(list)
    for hit in hits:
        if hit[column]:
            of_group[hit[column]].append(hit)
    rows = []
    for name, group in sorted(of_group.items()):
        if len(group) >= LEAST_GROUP:
            found = estimates.estimate([h["value"] for h in group], [h["weight"] for h in group])
            rows.append({"name": name} | {key: found[key] for key in ("n", "precision", "low", "high")})
    return rows


def groups(hits):
    """Corpora and outlets over all paths: unweighted, for weights of different paths are on different scales."""
    equal = [hit | {"weight": 1.0} for hit in hits]
    return {"by_corpus": by_group(equal, "corpus"), "by_outlet": by_group(equal, "outlet")}


def joined(old, new, places, hits):
    """A new round for some paths put into what was measured before; the other paths keep their own round."""
    fresh = {row["path"] for row in new["paths"]}
    kept = [row for row in read_hits(places) if row["path"] not in fresh]
    paths = [row for row in old["paths"] if row["path"] not in fresh]
    corpora = {corpus["name"]: corpus for corpus in old["corpora"] + new["corpora"]}
    hits = kept + hits
    whole = new | {"paths": paths + new["paths"], "corpora": list(corpora.values()), "groups": groups(hits)}
    settled = old["judged"]["disputes_settled"] and new["judged"]["disputes_settled"]
    whole["judged"] |= {"hits": len(hits), "self_agreement": agreement(hits), "disputes_settled": settled}
    return whole, hits


def pooled(earlier, rows, places, hits, sample, on):
    """The rows and hits of a new round with those that were judged before of paths that have not changed since.

    Both rounds' weights stand for hits of corpora that share no article, so together they stand for the hits of both.
    """
    before = {row["path"]: row for row in earlier["paths"] if row["n"]}
    old_hits = read_hits(places)
    joint = []
    for row in rows:
        was = before.get(row["path"])
        if was is None or was["fingerprint"] != row["fingerprint"]:
            joint.append(row)
            continue
        judged = [hit for hit in old_hits if hit["path"] == row["path"]]
        if twice := {hit["key"] for hit in judged} & {hit["key"] for hit in hits}:
            raise sheets.SheetError(f"{row['path']}: hit {min(twice)} was added before; a round is added once (--pool)")
        hits = hits + judged
        sums = {key: was[key] + row[key] for key in ("hits", "articles")}
        joint.append(measure(row | sums, sample, hits, on))
    return joint, hits


def write_hits(file, hits):
    """The judged places as they are committed: no news text."""
    with open(file, "w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, HIT_COLUMNS, lineterminator="\n", extrasaction="ignore")
        rows.writeheader()
        for hit in sorted(hits, key=lambda hit: (hit["path"], hit["key"])):
            rows.writerow(hit | {"weight": f"{hit['weight']:.4f}"})


def read_hits(file):
    """Judged places as written before, with value and weight again as numbers."""
    with open(file, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        row["weight"] = float(row["weight"])
        row["value"] = value([row["first"], row["second"]], row["settled"])
    return rows


def write_disputes(file, first, hits):
    """A sheet of the hits on which the passes differ, without the verdicts given."""
    disputed = {hit["key"] for hit in hits if hit["first"] != hit["second"]}
    with open(first, encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    criteria = {row["path"]: row["criterion"] for row in rows if row["criterion"]}
    rows = [row | {"verdict": "", "why": "", "criterion": criteria.get(row["path"], "")} for row in rows]
    sheets.write(file, [row for row in rows if row["key"] in disputed])


def report(measured, data):
    counted = Counter(row["status"] for row in measured["paths"])
    share = measured["judged"]["self_agreement"]
    print(f"{data}: {', '.join(f'{n} {status}' for status, n in sorted(counted.items()))}; self-agreement {share:.2f}")


if __name__ == "__main__":
    main()
