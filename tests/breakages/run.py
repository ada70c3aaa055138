#!/usr/bin/env python3
"""Breaks the engine that runs, one rule at a time, and demands that a test notices.

usage: tests/breakages/run.py [--search] [WORDS]      only the breakages whose name holds WORDS

breakages.toml has the table. The workspace is copied, so that nobody's files are touched; the copies
and what is built from them stay in target/breakages, so that a breakage costs one crate and not its
dependencies. There are two copies, if there are two processors, and each takes the next breakage that
nobody has taken.

A breakage is noticed when the test that the table names fails, and passes while nothing is broken, and
by nothing else: where the fragment is gone, or the broken source does not compile, or the test ends by
itself in no time we wait for, the table is stale and so says this script. With `--search`, and where a
row names no test, all of them are tried until one fails; which one is said, to be written into the table. What
only other processors run (`needs`, a flag of /proc/cpuinfo) is left out, counted and named. So is what has not
begun after BREAKAGES_MINUTES, where the environment has that; the order is another each day, so that it is not always the same.
"""

import fcntl
import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("tests/breakages/run.py needs Python 3.11 or later, which can read TOML")
import tomllib

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
HOME = REPOSITORY / "target" / "breakages"
CRATE = "framescope-core"

# The test programs, in the order in which they are searched: quick ones first.
PROGRAMS = ["matching_cases", "random_cases", "counted_without_rows", "neighbours", "lib"]
# Which tests of a program are searched, where not all: the statistics take two minutes and hear nothing of matching.
SEARCHED = {"lib": ["lexicon::", "matching::", "score::", "sieve::", "text::"]}
KEYS = {"name", "why", "file", "find", "replace"}
MORE_KEYS = {"noticed_by", "needs"}
NEEDS = {"avx2", "avx512_vbmi2"}

# What random tests throw unless the caller says: the same as under `make`.
DICE = "20261125"

# How long one run of a test program may take, in seconds. The slowest takes a minute as it is.
PATIENCE = 300

# Nearly all the time of a breakage is compiling, so the compiler is asked for less than `cargo test` asks.
PROFILE = ["--config", f"profile.dev.package.{CRATE}.opt-level=1", "--config", "profile.dev.debug=0"]


class Stale(Exception):
    """The table does not fit the source."""


def table() -> list[dict]:
    rows = tomllib.loads((HERE / "breakages.toml").read_text("utf-8"))["breakage"]
    names = [row.get("name") for row in rows]
    for row in rows:
        name = row.get("name", "a breakage without a name")
        missing = KEYS - row.keys()
        unknown = row.keys() - KEYS - MORE_KEYS
        known = row.get("noticed_by", "lib").partition(": ")[0] in PROGRAMS and row.get("needs", "avx2") in NEEDS
        if missing or unknown or names.count(name) > 1 or not known:
            odd = f"missing {missing}, unknown {unknown}, or there twice, or unknown noticed_by or needs"
            sys.exit(f"breakages.toml: {name}: {odd}")
    return rows


def asked_for(row: dict) -> tuple[str, list[str]]:
    """The program that is to notice a breakage, and which of its tests are run."""
    program, _, test = row["noticed_by"].partition(": ")
    if not test:
        return program, SEARCHED.get(program, [])
    return program, [test] if test.endswith("::") else ["--exact", test]


def can_do() -> set[str]:
    """What this processor can do, as Linux names it; nothing where that does not say."""
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return set()
    return {flag for line in re.findall(r"^flags\s*:(.*)", told, re.MULTILINE) for flag in line.split()}


def processors() -> int:
    """How many of them are for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Place:
    """A copy of the workspace in which things are broken, and what was built from it."""

    def __init__(self, name: str) -> None:
        self.copy = HOME / name / "workspace"
        self.built = HOME / name / "built"
        self.crate = self.copy / "crates" / CRATE
        # Tests that pass here while nothing is broken, and what is wrong with programs of which one does not.
        self.sound: set[tuple[str, str]] = set()
        self.unsound: dict[str, Stale] = {}

    def copy_workspace(self) -> None:
        """Copies what cargo needs. Every file gets a new time: cargo goes by times, and a source that was
        broken in the last run must not pass for the one that was built."""
        shutil.rmtree(self.copy, ignore_errors=True)
        self.copy.mkdir(parents=True)
        for name in ["Cargo.toml", "Cargo.lock", "build.rs", "crates", "src", "benches", "lexicons"]:
            source = REPOSITORY / name
            if source.is_dir():
                ignored = shutil.ignore_patterns("target")
                shutil.copytree(source, self.copy / name, ignore=ignored, copy_function=shutil.copyfile)
            else:
                shutil.copyfile(source, self.copy / name)

    def build(self, program: str) -> Path:
        """The test program of the source as it is now."""
        which = ["--lib"] if program == "lib" else ["--test", program]
        command = [os.environ.get("CARGO", "cargo"), "test", "--package", CRATE, *which, "--no-run"]
        command += ["--message-format", "json", "--quiet", *PROFILE]
        environment = os.environ | {"CARGO_TARGET_DIR": str(self.built), "CARGO_INCREMENTAL": "1"}
        done = subprocess.run(command, cwd=self.copy, env=environment, capture_output=True, text=True)
        messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode != 0:
            errors = [m["message"]["rendered"] for m in messages if m.get("message", {}).get("level") == "error"]
            raise Stale("does not compile:\n" + ("\n".join(errors) or done.stderr))
        return Path([m["executable"] for m in messages if m.get("executable")][-1])

    def first_failure(self, program: str, which: list[str]) -> str | None:
        """The first of the program's tests that fails; the rest is not waited for."""
        built = self.build(program)
        # That a test fails is all that is wanted, not the smallest case of it.
        environment = {"PROPTEST_RNG_SEED": DICE} | os.environ | {"PROPTEST_MAX_SHRINK_ITERS": "0"}
        process = subprocess.Popen(
            [built, *which],
            cwd=self.crate,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        out_of_patience = threading.Event()
        watch = threading.Timer(PATIENCE, lambda: (out_of_patience.set(), process.kill()))
        watch.start()
        last = []
        try:
            for line in process.stdout:
                last = [*last[-20:], line]
                if found := re.match(r"test (\S+) \.\.\. FAILED", line):
                    return found[1]
            status = process.wait()
        finally:
            watch.cancel()
            process.kill()
            process.wait()
        if out_of_patience.is_set():
            raise Stale(f"the tests did not end in {PATIENCE} s")
        if status != 0:
            raise Stale(f"the tests ended with {status} and name none that failed:\n{''.join(last)}")
        if not re.search(r"^test result: ok\. [1-9]", "".join(last), re.MULTILINE):
            raise Stale(f"{program} has no test {' '.join(which)}")
        return None

    def see_that_it_passes(self, program: str, tests: set[str]) -> None:
        """While nothing is broken: a test that fails as it is would notice everything."""
        tests = {test for test in tests if (program, test) not in self.sound}
        if tests:
            if failure := self.first_failure(program, ["--exact", *sorted(tests)]):
                raise Stale(f"{program}: {failure} fails while nothing is broken")
            self.sound |= {(program, test) for test in tests}

    def check(self, program: str, tests: set[str]) -> None:
        """The same of all that the table names, once."""
        if program not in self.unsound:
            try:
                self.see_that_it_passes(program, tests)
            except Stale as stale:
                self.unsound[program] = stale
        if program in self.unsound:
            raise self.unsound[program]

    def forget_failures(self) -> None:
        """A random test that fails writes down its case and begins with it from then on: another breakage
        would be noticed by it without a throw."""
        seeds = Path("crates") / CRATE / "proptest-regressions"
        shutil.rmtree(self.copy / seeds, ignore_errors=True)
        shutil.copytree(REPOSITORY / seeds, self.copy / seeds)

    def search(self) -> tuple[str, str] | None:
        for program in PROGRAMS:
            if failure := self.first_failure(program, SEARCHED.get(program, [])):
                return program, failure
        return None

    def break_and_test(self, row: dict, search: bool) -> str | None:
        """What notices the breakage, if anything does."""
        path = self.crate / "src" / row["file"]
        whole = path.read_text("utf-8") if path.is_file() else ""
        if (times := whole.count(row["find"])) != 1:
            raise Stale(f"the fragment stands {times} times in {row['file']}, not once")
        path.write_text(whole.replace(row["find"], row["replace"]), "utf-8")
        try:
            if search or "noticed_by" not in row:
                found = self.search()
            else:
                program, tests = asked_for(row)
                failure = self.first_failure(program, tests)
                found = failure and (program, failure)
        finally:
            path.write_text(whole, "utf-8")
            self.forget_failures()
        if found is None:
            return None
        self.see_that_it_passes(found[0], {found[1]})
        return ": ".join(found)


class Run:
    """The breakages that are still to be tried, and what became of the others."""

    def __init__(self, rows: list[dict], search: bool) -> None:
        flags = can_do()
        rows = [(row, row.get("needs", "") in flags | {""}) for row in rows]
        self.left_out = [f"{row['name']} (needs {row['needs']})" for row, fits in rows if not fits]
        self.rows = [row for row, fits in rows if fits]
        # One program after the other, so that each place builds few of them.
        random.Random(int(time.time()) // 86_400).shuffle(self.rows)
        self.rows.sort(key=self.program)
        minutes = os.environ.get("BREAKAGES_MINUTES")
        self.end = time.monotonic() + 60 * float(minutes) if minutes else None
        self.tried = len(self.rows)
        self.search = search
        # By program, the tests that the table names: each must pass while nothing is broken.
        self.named: dict[str, set[str]] = {}
        for row in self.rows if not search else []:
            match asked_for(row) if "noticed_by" in row else None:
                case program, ["--exact", test]:
                    self.named.setdefault(program, set()).add(test)
        self.passed = self.failed = 0
        self.lock = threading.Lock()

    @staticmethod
    def program(row: dict) -> str:
        return row.get("noticed_by", "").partition(": ")[0]

    def report(self, ok: bool, what: str, since: float) -> None:
        with self.lock:
            self.passed, self.failed = self.passed + ok, self.failed + (not ok)
            print(f"{'ok    ' if ok else 'FAILED'} {time.monotonic() - since:4.0f} s  {what}", flush=True)

    def take(self, end: int) -> dict | None:
        with self.lock:
            if self.end is not None and time.monotonic() > self.end:
                self.left_out += [f"{row['name']} (no time was left)" for row in self.rows]
                self.tried -= len(self.rows)
                self.rows.clear()
            return self.rows.pop(end) if self.rows else None

    def work(self, place: Place, end: int) -> None:
        """Takes breakages from one end of the list until there are none."""
        place.copy_workspace()
        while row := self.take(end):
            since = time.monotonic()
            try:
                program = self.program(row)
                place.check(program, self.named.get(program, set()))
                found = place.break_and_test(row, self.search)
                asked = "any test" if self.search else row.get("noticed_by", "any test")
                missed = f"NOT NOTICED by {asked}: {row['why']}"
                self.report(found is not None, f"{row['name']}: {found or missed}", since)
            except Stale as stale:
                self.report(False, f"{row['name']}: the table is stale: {stale}", since)

    def all(self) -> int:
        began = time.monotonic()
        # The first from the front, the second from the back: so they meet in one program only.
        ends = {"first": 0, "second": -1}
        workers = [
            threading.Thread(target=self.work, args=(Place(name), end), daemon=True)
            for name, end in list(ends.items())[: min(processors(), len(self.rows))]
        ]
        try:
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
        except KeyboardInterrupt:
            # What is at work ends, and nothing new begins.
            with self.lock:
                self.rows.clear()
            for worker in workers:
                worker.join()
            raise
        print(f"in {time.monotonic() - began:.0f} s")
        for row in self.left_out:
            print(f"left out: {row}")
        print(f"{self.passed} passed, {self.failed} failed, {len(self.left_out)} left out")
        # A worker that ends by a fault of this script has its rows in no count.
        return 0 if self.passed == self.tried else 1


def main() -> int:
    words = [argument for argument in sys.argv[1:] if argument != "--search"]
    rows = [row for row in table() if " ".join(words) in row["name"]]
    if not rows:
        sys.exit(f"no breakage has {' '.join(words)!r} in its name")
    HOME.mkdir(parents=True, exist_ok=True)
    with open(HOME / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return Run(rows, "--search" in sys.argv[1:]).all()


if __name__ == "__main__":
    sys.exit(main())
