"""Judgment sheets: what a judge sees (path, criterion, the hit in its context) and what comes back (verdict, why)."""

import csv
import random
import re

COLUMNS = ("key", "path", "criterion", "context", "verdict", "why")
VERDICTS = ("right", "wrong", "unsure")
LONGEST_WHY = 100


class SheetError(Exception):
    """A sheet that cannot be counted, with the file and the lines that are wrong."""


def context_of(left, keyword, right, outlet, opening=""):
    """The hit between [[ ]] in its context on one line, the outlet's name hidden where it stands beside the hit.

    `opening`: for a hit in a title, how the text begins.
    """
    right = f"{right} // {opening}" if opening else right
    if outlet:
        hidden = _name_of(outlet)
        left, right = hidden.sub("[outlet]", left), hidden.sub("[outlet]", right)
    return re.sub(r"\s+", " ", f"… {left} [[{keyword}]] {right} …").strip()


def _name_of(outlet):
    """The outlet as it calls itself: also without The, News, a section in brackets, the ending of its address."""
    short = re.sub(r"^the | \(.*\)| - .*$|( online)? news$|\.(com|org|net|co\.uk)$", "", outlet, flags=re.IGNORECASE)
    names = sorted({outlet, short.strip() or outlet}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(" + "|".join(map(re.escape, names)) + r")(?!\w)", re.IGNORECASE)


def shuffled(rows, seed, turn, mixed=False):
    """The rows in this turn's own order: paths shuffled and hits inside them, or (`mixed`) all hits at once."""
    throw = random.Random(f"{seed}|turn {turn}")
    rows = sorted(rows, key=lambda row: row["key"])
    throw.shuffle(rows)
    if mixed:
        return rows
    paths = sorted({row["path"] for row in rows})
    throw.shuffle(paths)
    return [row for path in paths for row in rows if row["path"] == path]


def write(file, rows):
    """Writes an empty sheet; a criterion is written where its path begins, not again on every line."""
    with open(file, "w", encoding="utf-8", newline="") as out:
        sheet = csv.DictWriter(out, COLUMNS, lineterminator="\n", extrasaction="ignore")
        sheet.writeheader()
        before = None
        for row in rows:
            again = row["path"] == before
            sheet.writerow({"verdict": "", "why": ""} | row | ({"criterion": ""} if again else {}))
            before = row["path"]


def read(file, expected):
    """The verdicts of a filled sheet: {key: (verdict, why)}; every expected key once, every verdict a known one.

    A sheet may have been cut up for judging and joined again: its header line may stand in it several times.
    """
    with open(file, encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row.get("key") != "key"]
    if not rows or not {"key", "verdict"} <= set(rows[0]):
        raise SheetError(f"{file}: needs the columns key and verdict")
    judged, wrong = {}, []
    for number, row in enumerate(rows, 2):
        key, verdict = (row["key"] or "").strip(), (row["verdict"] or "").strip().lower()
        why = re.sub(r"\s+", " ", row.get("why") or "").strip()
        if verdict not in VERDICTS:
            wrong.append(f"row {number} ({key}): verdict {verdict or 'missing'!r}, not one of {', '.join(VERDICTS)}")
        elif len(why) > LONGEST_WHY:
            wrong.append(f"row {number} ({key}): why is over {LONGEST_WHY} characters; a few words, no quotation")
        elif key in judged:
            wrong.append(f"row {number}: {key} stands twice")
        else:
            judged[key] = verdict, why
    wrong += [f"{key} is in no row" for key in sorted(expected - judged.keys())] if not wrong else []
    wrong += [f"{key} is not of this sample" for key in sorted(judged.keys() - expected)]
    if wrong:
        more = f"\n  and {len(wrong) - 10} more" if len(wrong) > 10 else ""
        raise SheetError(f"{file}:\n  " + "\n  ".join(wrong[:10]) + more)
    return judged
