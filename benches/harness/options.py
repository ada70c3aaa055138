"""What was asked for on the command line, and what follows from it."""

import argparse
import dataclasses
from pathlib import Path

GROUPS = ("scores", "starts", "stream", "peers")

EPILOG = """\
The table's rows come from four groups: `scores` (framescope and the bare scan over every corpus and
lexicon size), `starts` (start-up and compiling of lexicons), `stream` (memory over a large corpus
from a pipe), `peers`. Within a group everything runs in alternation, a round at a time, and a ratio
is taken within its round. quanteda is measured where the R on this machine has it.

A full run needs the machine for itself and about ten times its --megabytes of disk under target/. It
writes benches/RESULTS.md and benches/runs/DATE-MACHINE. A run with --quick or --only prints its report and
leaves its records in target/bench/runs.
"""


@dataclasses.dataclass(frozen=True)
class Options:
    """A run's settings."""

    corpus: Path | None
    megabytes: int
    large_megabytes: int
    files: int
    repeats: int
    starts: int
    # How many times the usual slice a slow peer gets.
    slice: float
    articles_checked: int
    groups: tuple[str, ...]
    quick: bool
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
    parser.add_argument("--large-megabytes", type=positive, default=4096, help="of the streamed corpus (default 4096)")
    parser.add_argument("--repeats", type=positive, help="rounds of each group (default 5; quick 2)")
    parser.add_argument("--only", choices=GROUPS, action="append", help="only this group; may repeat")
    parser.add_argument("--quick", action="store_true", help="a smoke run of about a minute; its figures mean nothing")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="only print the report of a kept run")
    typed = parser.parse_args(arguments)
    quick = typed.quick
    chosen = typed.only or [group for group in GROUPS if not (quick and group == "stream")]
    return Options(
        # Names are meant from where they were typed, and commands run in the repository.
        corpus=typed.corpus and typed.corpus.resolve(),
        megabytes=typed.megabytes or (4 if quick else 100),
        large_megabytes=typed.large_megabytes,
        files=1_000 if quick else 20_000,
        repeats=typed.repeats or (2 if quick else 5),
        starts=5 if quick else 20,
        slice=0.1 if quick else 1.0,
        articles_checked=40 if quick else 200,
        groups=tuple(group for group in GROUPS if group in chosen),
        quick=quick,
        report=typed.report and typed.report.resolve(),
    )
