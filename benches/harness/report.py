"""The records of a run as a page to read."""

from collections.abc import Iterator

from .table import Measured, Row, Spread, figure, missing, peak, rows, seconds, speed, text_speed

HOW = """\
MB are millions of bytes, of whole input files unless text is said. Times are wall times of whole processes for
framescope (start, lexicon, reading, language detection, scoring, writing); of the scan alone for the bare scan, whose
text and automaton are in memory before its clock starts; the peers' own clocks run while the corpus is read, scored and
written, and not while they load. A ratio is taken within a round; medians, with the range of the rounds in brackets.
"""


def report(records: list[dict], where: str) -> str:
    """The whole page, in Markdown."""
    measured = Measured(records)
    parts = [heading(measured), HOW, table(measured), *absent(measured), details(measured), material(measured)]
    parts += [checks(measured), commands(measured), f"Raw data: `{where}`. Made by `benches/run`; not edited.\n"]
    return "\n".join(parts)


def heading(measured: Measured) -> str:
    run = measured.one("run")
    assert run, "every run begins with its record"
    machine = run["machine"]
    cpu = f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB, {machine['kernel']}"
    lines = ["# Results", "", f"{run['date']}, `{run['command']}`", ""]
    lines += ["**A quick run: it tries the machinery, and its figures mean nothing.**", ""] if run["quick"] else []
    lines.append(f"- Machine: {cpu}; load {machine['load']} at the start")
    lines += [f"- {name}: {version}" for name, version in run["versions"].items()]
    return "\n".join(lines) + "\n"


def table(measured: Measured) -> str:
    lines = ["## The table", "", "| what | floor | goal | measured | met | |", "|---|---:|---:|---:|---|---|"]
    lines += [line(row) for row in rows(measured)]
    return "\n".join(lines) + "\n"


def line(row: Row) -> str:
    def bound(number: float | None) -> str:
        return "" if number is None else f"{number:g}{row.unit}"

    value = row.measured.text(row.unit) if row.measured else ""
    return f"| {row.what} | {bound(row.floor)} | {bound(row.goal)} | {value} | {row.met()} | {row.note} |"


def absent(measured: Measured) -> Iterator[str]:
    for peer, reason in missing(measured).items():
        yield f"Not measured: {peer}. {reason[0].upper()}{reason[1:]}.\n"


def details(measured: Measured) -> str:
    """Every run of the large corpora in its own units."""
    lines = ["## Runs", "", "| run | seconds | MB/s | MB/s of text | user + sys | peak MiB |", "|---|---:|---:|---:|---:|---:|"]

    def cell(spread: Spread | None) -> str:
        return spread.text() if spread else ""

    for case, runs in measured.cases.items():
        if "seconds" not in runs[0] or case.startswith("start"):
            continue
        known = runs[0]
        by_bytes = measured.spread(case, speed) if "bytes" in known else None
        by_text = measured.spread(case, text_speed) if "text_bytes" in known else None
        spent = measured.spread(case, lambda run: run["user"] + run["system"]) if "user" in known else None
        most = figure(max(peak(run) for run in runs)) if "peak_kib" in known else ""
        cells = [cell(measured.spread(case, seconds)), cell(by_bytes), cell(by_text), cell(spent), most]
        lines.append(f"| {case} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def material(measured: Measured) -> str:
    lines = ["## Corpora and lexicons", ""]
    for case, (fact, *_) in measured.cases.items():
        if case.startswith("corpus "):
            kind = "real" if fact["real"] else "drawn from a frequency model of real words"
            size = f"{fact['bytes'] / 1e6:,.1f} MB, {fact['text_bytes'] / 1e6:,.1f} MB of text"
            lines.append(f"- {case}: {kind}, {fact['articles']:,} articles, {size}")
    for case, drawn in measured.cases.items():
        if case.startswith("lexicon "):
            sample = f"{drawn[0]['sample_words']:,} words of {drawn[0]['sample_types']:,} types"
            sizes = "; ".join(
                f"{of['entries']:,} entries ({of['phrases']:,} phrases, {of['wildcards']:,} with a wildcard)"
                for of in drawn
            )
            lines.append(f"- {case}, 30 categories, drawn from {sample}: {sizes}")
    lines.append("- the bare scan's patterns: the longest literal piece of each entry, phrases with single blanks")
    return "\n".join(lines) + "\n"


def checks(measured: Measured) -> str:
    lines = ["## Checked", ""]
    for check in measured.all("check reference"):
        lines.append(
            f"- {check['what']}: {check['hits']:,} hits in {check['articles']:,} articles and all counts equal those "
            "of the reference engine"
        )
    if names := [check["what"] for check in measured.all("check threads")]:
        lines.append(f"- one and two threads write the same bytes: {', '.join(names)}")
    return "\n".join(lines) + "\n"


def commands(measured: Measured) -> str:
    """Every command once, in the order in which they first ran."""
    typed = [run["command"] for runs in measured.cases.values() for run in runs if "command" in run]
    typed = list(dict.fromkeys(typed))
    return "## Commands\n\n```sh\n" + "\n".join(typed) + "\n```\n"
