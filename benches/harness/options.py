"""What was asked for on the command line, and what follows from it."""

import argparse
import dataclasses
from pathlib import Path

GROUPS = ("sizes", "inputs", "scripts", "starts", "stream", "peers")

EPILOG = """\
The table's rows come from six groups: `sizes` (framescope and the bare scan over English news by lexicon size, and
two threads against one), `inputs` (CSV and text files against JSONL), `scripts` (words beyond ASCII, Arabic, Russian
against English), `starts` (start-up and compiling of lexicons), `stream` (memory over large corpora from a pipe),
`peers`. Within a group everything runs in alternation, a round at a time, and a ratio is taken within its round.
quanteda is measured where the R on this machine has it.

A full run needs the machine for itself and about ten times its --megabytes of disk under target/. It writes
benches/RESULTS.md and benches/runs/DATE-MACHINE. What takes long and need not be quiet can go before:

    benches/run --prepare     # builds, installs the peers, draws corpora and lexicons, checks outputs
    benches/run --prepared    # measures what was prepared, and refuses if any of it has changed since

A run with --quick or --only prints its report and leaves its records in target/bench/runs; --keep keeps them in
benches/runs all the same.
"""


@dataclasses.dataclass(frozen=True)
class Options:
    """A run's settings."""

    corpus: Path | None
    megabytes: int
    large_megabytes: tuple[int, ...]
    files: int
    repeats: int
    starts: int
    # How many times the usual slice a slow peer gets.
    slice: float
    articles_checked: int
    groups: tuple[str, ...]
    quick: bool
    keep: bool
    # Only get ready; or measure what an earlier run got ready.
    prepare: bool
    prepared: bool
    report: Path | None

    @property
    def complete(self) -> bool:
        """Whether the whole table is measured, at full size."""
        return not self.quick and self.groups == GROUPS


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def parse(arguments: list[str] | None = None) -> Options:
    parser = argparse.ArgumentParser(
        prog="benches/run",
        description="Measure framescope beside a bare scan and its peers.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--corpus", type=Path, help="a real English corpus as JSONL with id, title and text")
    parser.add_argument("--megabytes", type=positive, help="of every generated corpus (default 100; quick 4)")
    parser.add_argument(
        "--large-megabytes",
        type=positive,
        action="append",
        help="of a streamed corpus; may repeat (default 4096)",
    )
    parser.add_argument("--repeats", type=positive, help="rounds of each group (default 5; quick 2)")
    parser.add_argument("--only", choices=GROUPS, action="append", help="only this group; may repeat")
    parser.add_argument("--quick", action="store_true", help="a smoke run of about a minute; its figures mean nothing")
    ready = parser.add_mutually_exclusive_group()
    ready.add_argument("--prepare", action="store_true", help="only get ready: everything but the measuring")
    ready.add_argument("--prepared", action="store_true", help="measure what --prepare, with the same options, got ready")
    parser.add_argument("--keep", action="store_true", help="keep the records of a part in benches/runs")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="only print the report of a kept run")
    typed = parser.parse_args(arguments)
    quick = typed.quick
    chosen = typed.only or [group for group in GROUPS if not (quick and group == "stream")]
    return Options(
        # Names are meant from where they were typed, and commands run in the repository.
        corpus=typed.corpus and typed.corpus.resolve(),
        megabytes=typed.megabytes or (4 if quick else 100),
        large_megabytes=tuple(typed.large_megabytes or [4096]),
        files=1_000 if quick else 20_000,
        repeats=typed.repeats or (2 if quick else 5),
        starts=5 if quick else 20,
        slice=0.1 if quick else 1.0,
        articles_checked=40 if quick else 200,
        groups=tuple(group for group in GROUPS if group in chosen),
        quick=quick,
        keep=typed.keep,
        prepare=typed.prepare,
        prepared=typed.prepared,
        report=typed.report and typed.report.resolve(),
    )
