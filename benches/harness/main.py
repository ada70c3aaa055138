"""One run, from the command line to the page."""

import datetime
import itertools
import os
import re
import sys
from pathlib import Path

from . import campaign, checks, corpora, environment, place, prepared
from .measure import Failed, Records, read
from .options import Options, parse
from .report import report


def main() -> int:
    options = parse()
    os.chdir(place.REPOSITORY)
    try:
        if options.report:
            print(report(read(options.report / "records.jsonl"), os.path.relpath(options.report)))
        else:
            measured(options)
    except Failed as failure:
        print(f"benches/run: {failure}", file=sys.stderr)
        return 1
    return 0


def measured(options: Options) -> None:
    campaign.say("building, and installing the peers")
    environment.build()
    environment.install()
    machine = environment.machine()
    now = datetime.datetime.now(datetime.timezone.utc)
    folder = folder_of(options, f"{now:%Y-%m-%d}-{slug(machine)}")
    records = Records(folder / "records.jsonl")
    records.add(
        "run",
        0,
        date=now.strftime("%Y-%m-%d %H:%M UTC"),
        command=shown(),
        quick=options.quick,
        machine=machine,
        versions=environment.versions(),
    )
    if options.prepared:
        material = prepared.load(options, records)
    else:
        campaign.say("drawing corpora and lexicons")
        material = corpora.draw(options, records)
        checks.check(options, material, records)
    if options.prepare:
        prepared.save(options, material, records)
        campaign.say(f"prepared, in {place.WORK}; benches/run --prepared measures it")
        return
    campaign.measure(options, material, records)
    page = report(records.all, str(folder))
    if options.complete:
        place.RESULTS.write_text(page, "utf-8")
        campaign.say(f"written: {place.RESULTS} and {folder}")
    else:
        print(page)


def folder_of(options: Options, name: str) -> Path:
    """A folder that no kept run has; what is not kept is written over."""
    if options.prepare or not (options.complete or options.keep):
        return place.WORK / "runs" / name
    numbered = (place.RUNS / (name if number == 1 else f"{name}-{number}") for number in itertools.count(1))
    return next(folder for folder in numbered if not folder.exists())


def slug(machine: dict) -> str:
    """The processor and its cores name the machine."""
    cpu = re.sub(r"\(r\)|\(tm\)|cpu|processor|@.*", " ", machine["cpu"].lower())
    return re.sub(r"[^a-z0-9]+", "-", cpu).strip("-") + f"-{machine['cores']}-cores"


def shown() -> str:
    """The command as typed, but for where a real corpus lies."""
    words = list(sys.argv[1:])
    for at, word in enumerate(words):
        if word == "--corpus" and at + 1 < len(words):
            words[at + 1] = Path(words[at + 1]).name
        elif word.startswith("--corpus="):
            words[at] = "--corpus=" + Path(word.removeprefix("--corpus=")).name
    return " ".join(["benches/run", *words])
