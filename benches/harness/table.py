"""Records to rows: what was asked for, what was measured, and whether it is met.

A ratio is taken within a round, between two runs that stood side by side, and the median of the
rounds is what is compared; the range is beside it.
"""

import dataclasses
import statistics
from collections.abc import Callable, Iterator

# How many times as fast as a peer framescope must be, and is meant to be.
PEER_FLOORS = {"pyahocorasick": 3.0, "ripgrep -c -w -i -F": 1.0}
PEER_FLOOR = 15.0
PEER_GOALS = {"quanteda": 100.0}


@dataclasses.dataclass(frozen=True)
class Spread:
    """Figures of several rounds."""

    median: float
    low: float
    high: float
    number: int

    @classmethod
    def of(cls, figures: list[float]) -> "Spread":
        return cls(statistics.median(figures), min(figures), max(figures), len(figures))

    def text(self, unit: str = "") -> str:
        """`1.32 x (1.29 to 1.35)`."""
        if self.number == 1:
            return figure(self.median) + unit
        return f"{figure(self.median)}{unit} ({figure(self.low)} to {figure(self.high)})"


def figure(number: float) -> str:
    """Three digits that mean something."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


@dataclasses.dataclass(frozen=True)
class Row:
    """A line of the table."""

    what: str
    unit: str
    floor: float | None
    goal: float | None
    measured: Spread | None
    larger_is_better: bool = True
    note: str = ""

    def met(self) -> str:
        """In a word or two."""
        if self.measured is None:
            return "not measured"
        if self.goal is not None and self.reaches(self.goal):
            return "goal"
        if self.floor is None:
            return "no" if self.goal is not None else ""
        if self.reaches(self.floor):
            return "floor" if self.goal is not None else "yes"
        return "**no**"

    def reaches(self, bound: float) -> bool:
        assert self.measured
        figure = self.measured.median
        return figure >= bound if self.larger_is_better else figure <= bound


class Measured:
    """The records of a run, by case."""

    def __init__(self, records: list[dict]) -> None:
        self.cases: dict[str, list[dict]] = {}
        for record in records:
            self.cases.setdefault(record["case"], []).append(record)

    def all(self, case: str) -> list[dict]:
        return self.cases.get(case, [])

    def one(self, case: str) -> dict | None:
        """A fact that was recorded once."""
        return next(iter(self.all(case)), None)

    def spread(self, case: str, of: Callable[[dict], float]) -> Spread | None:
        figures = [of(record) for record in self.all(case)]
        return Spread.of(figures) if figures else None

    def ratio(self, above: str, below: str, of: Callable[[dict], float]) -> Spread | None:
        """The quotient of two cases, round by round."""
        rounds = {record["round"]: of(record) for record in self.all(below)}
        pairs = [of(record) / rounds[record["round"]] for record in self.all(above) if record["round"] in rounds]
        return Spread.of(pairs) if pairs else None


def seconds(record: dict) -> float:
    return record["seconds"]


def speed(record: dict) -> float:
    """Millions of bytes of input a second."""
    return record["bytes"] / record["seconds"] / 1e6


def text_speed(record: dict) -> float:
    return record["text_bytes"] / record["seconds"] / 1e6


def peak(record: dict) -> float:
    return record["peak_kib"] / 1024


def rows(measured: Measured) -> Iterator[Row]:
    """The table, in the order in which it was asked for."""
    yield from scoring(measured)
    yield from memory(measured)
    yield from scripts(measured)
    yield from starting(measured)
    yield from peers(measured)


def scoring(measured: Measured) -> Iterator[Row]:
    for size, floor, goal in ((100, 0.8, 1.3), (1_000, 1.5, 2.5), (10_000, 3.0, 5.0)):
        against = measured.ratio(f"bare {size}", f"score {size}", seconds)
        yield Row(f"whole `score`, 1 thread, against the bare scan, {size:,} entries", " x", floor, goal, against)
    cost = measured.ratio("score 10000", "score 100", seconds)
    yield Row("cost at 10,000 entries against 100", " x", 2.3, 1.5, cost, larger_is_better=False)
    for what, of in (("", "score"), (", a corpus four times as long", "score long,")):
        threads = measured.ratio(f"{of} 1 thread", f"{of} 2 threads", seconds)
        yield Row(f"2 threads against 1{what}", " x", 1.85, 1.95, threads)
    busy = measured.spread("score 1000", lambda record: (record["user"] + record["system"]) / record["seconds"])
    note = "one thread does all of it where this is about 1"
    yield Row("`--threads 1`: user + sys against wall", " x", None, None, busy, note=note)
    csv = measured.ratio("score csv", "score beside inputs", text_speed)
    yield Row("CSV input against JSONL input", " x", 0.8, 1.0, csv, note="by bytes of text")
    files = measured.one("corpus files")
    number = files["articles"] if files else 20_000
    ratio = measured.ratio("score files", "score beside inputs", text_speed)
    yield Row(f"{number:,} small .txt files (page cache) against JSONL", " x", 0.5, 0.8, ratio, note="by bytes of text")
    hashing = measured.ratio("score -o", "score 1 thread", seconds)
    note = "hashes of the inputs, codebook, run.json, flush and rename"
    yield Row("time with `-o` against standard output", " x", None, None, hashing, larger_is_better=False, note=note)


def memory(measured: Measured) -> Iterator[Row]:
    def row(what: str, cases: list[str], note: str) -> Row:
        peaks = [peak(record) for case in cases for record in measured.all(case)]
        worst = Spread.of([max(peaks)]) if peaks else None
        return Row(f"peak memory, {what}", " MiB", 200.0, 96.0, worst, larger_is_better=False, note=note)

    english = measured.one("corpus english")
    size = f"{english['bytes'] / 2**20:,.0f} MB" if english else "100 MB"
    yield row(size, ["score 1000", "score 2 threads"], "the most of all rounds, 1 and 2 threads")
    streams = [case for case in measured.cases if case.startswith("stream ")]
    for case in streams or ["stream 4096"]:
        stream = measured.one(case)
        size = f"{int(case.removeprefix('stream ')):,} MB"
        yield row(f"{size} from a pipe", [case], "all cores" + (f"; {flatness(stream)}" if stream else ""))


def flatness(stream: dict) -> str:
    """How resident memory went on the way."""
    resident = [kib / 1024 for _, kib in stream["resident_kib"]]
    if len(resident) < 4:
        return "too short to say how it went on the way"
    quarters = [resident[len(resident) * i // 4] for i in (1, 2, 3)]
    return "resident after each quarter " + ", ".join(figure(q) for q in [*quarters, resident[-1]]) + " MiB"


def scripts(measured: Measured) -> Iterator[Row]:
    names = {"mixed": ("5 % of words non-ASCII", 0.65, 0.9), "arabic": ("all Arabic", 0.35, 0.6)}
    names["russian"] = ("all Russian", 0.25, 0.6)
    for name, (what, floor, goal) in names.items():
        yield Row(f"{what}, against English", " x", floor, goal, measured.ratio(f"score {name}", "score beside scripts", speed))


def starting(measured: Measured) -> Iterator[Row]:
    def first_row(case: str) -> Spread | None:
        return measured.spread(case, lambda record: record["first_row"] * 1e3)

    alone = {case: first_row(case) for case in measured.cases if case.startswith("start lexicon ")}
    slow = max((spread for spread in alone.values() if spread), key=lambda spread: spread.median, default=None)
    note = "; ".join(
        f"{case.removeprefix('start lexicon ')} {figure(spread.median)}" for case, spread in alone.items() if spread
    )
    what = "start to first row, the slowest shipped lexicon"
    yield Row(what, " ms", 40.0, 10.0, slow, larger_is_better=False, note=note)
    together = "start to first row, all shipped lexicons at once"
    yield Row(together, " ms", 40.0, 10.0, first_row("start shipped"), larger_is_better=False)
    whole = measured.spread("start 10000", lambda record: record["seconds"] * 1e3)
    small = measured.spread("start 100", lambda record: record["seconds"] * 1e3)
    note = "the whole process over one article, so at most this"
    if small:
        note += f"; with 100 entries {small.text(' ms')}"
    yield Row("10,000-entry lexicon compiled", " ms", 300.0, 50.0, whole, larger_is_better=False, note=note)


def peers(measured: Measured) -> Iterator[Row]:
    for case in measured.cases:
        peer = case.removeprefix("peer ")
        if peer == case or "missing" in measured.all(case)[0]:
            continue
        against = measured.ratio("score beside peers", case, speed)
        theirs = measured.spread(case, speed)
        note = f"{measured.all(case)[0]['version']}: {theirs.text(' MB/s')}" if theirs else ""
        floor, goal = PEER_FLOORS.get(peer, PEER_FLOOR), PEER_GOALS.get(peer)
        yield Row(f"against {peer}, 1,000 entries", " x", floor, goal, against, note=note)


def missing(measured: Measured) -> dict[str, str]:
    """Peers that cannot be had, with the reason."""
    found = {case.removeprefix("peer "): runs[0].get("missing") for case, runs in measured.cases.items()}
    return {peer: reason for peer, reason in found.items() if reason}
