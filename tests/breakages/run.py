#!/usr/bin/env python3
"""Breaks the engine that runs, one rule at a time, and demands that a test notices.

usage: tests/breakages/run.py [WORDS]      only the breakages whose name holds WORDS

breakages.toml has the table. The workspace is copied, so that nobody's files are touched; the copy
and what is built from it stay in target/breakages, so that a breakage costs one crate and not its
dependencies. A breakage is noticed when a test fails, and by nothing else: where the fragment is
gone, or the broken source does not compile, or the tests end by themselves in no time we wait for,
the table is stale and so says this script. First of all the copy must pass as it is. What only other
processors run (`needs`, a flag of /proc/cpuinfo) is left out, counted and named.
"""

import fcntl
import json
import os
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
PLACE = REPOSITORY / "target" / "breakages"
COPY = PLACE / "workspace"
CRATE = "framescope-core"
SOURCE = COPY / "crates" / CRATE / "src"

# All the tests that are run, in the order in which they are tried: quick ones first.
TESTS = ["matching_cases", "random_cases", "neighbours", "lib"]
KEYS = {"name", "why", "file", "find", "replace"}
MORE_KEYS = {"tests", "needs"}
NEEDS = {"avx2", "avx512_vbmi2"}

# How long one test program may run. The slowest takes half a minute as it is.
PATIENCE = 300

# Half the time of a breakage is compiling, so the compiler is asked for less than `cargo test` asks.
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
        known = set(row.get("tests", TESTS)) <= set(TESTS) and row.get("needs", "avx2") in NEEDS
        if missing or unknown or names.count(name) > 1 or not known:
            sys.exit(f"breakages.toml: {name}: missing {missing}, unknown {unknown}, or there twice, or unknown tests or needs")
    return rows


def can_do() -> set[str]:
    """What this processor can do, as Linux names it; nothing where that does not say."""
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return set()
    return {flag for line in re.findall(r"^flags\s*:(.*)", told, re.MULTILINE) for flag in line.split()}


def copy_workspace() -> None:
    """Copies what cargo needs. Every file gets a new time: cargo goes by times, and a source that was
    broken in the last run must not pass for the one that was built."""
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for name in ["Cargo.toml", "Cargo.lock", "build.rs", "crates", "src", "benches", "lexicons"]:
        source = REPOSITORY / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("target")
            shutil.copytree(source, COPY / name, ignore=ignored, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(source, COPY / name)


def build(test: str) -> Path | str:
    """The test program, or what the compiler says against it."""
    which = ["--lib"] if test == "lib" else ["--test", test]
    command = [os.environ.get("CARGO", "cargo"), "test", "--package", CRATE, *which, "--no-run"]
    command += ["--message-format", "json", "--quiet", *PROFILE]
    environment = os.environ | {"CARGO_TARGET_DIR": str(PLACE / "built"), "CARGO_INCREMENTAL": "1"}
    done = subprocess.run(command, cwd=COPY, env=environment, capture_output=True, text=True)
    messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0:
        errors = [m["message"]["rendered"] for m in messages if m.get("message", {}).get("level") == "error"]
        return "\n".join(errors) or done.stderr
    made = [m["executable"] for m in messages if m.get("executable")]
    return Path(made[-1])


def first_failure(program: Path) -> str | None:
    """The name of the first test that fails; the rest is not waited for."""
    process = subprocess.Popen(
        [program], cwd=COPY / "crates" / CRATE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
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
    return None


def noticed_by(tests: list[str]) -> str | None:
    for test in tests:
        program = build(test)
        if isinstance(program, str):
            raise Stale(f"does not compile:\n{program}")
        if failure := first_failure(program):
            return f"{test}: {failure}"
    return None


def break_and_test(row: dict) -> str | None:
    path = SOURCE / row["file"]
    whole = path.read_text("utf-8") if path.is_file() else ""
    if (times := whole.count(row["find"])) != 1:
        raise Stale(f"the fragment stands {times} times in {row['file']}, not once")
    path.write_text(whole.replace(row["find"], row["replace"]), "utf-8")
    try:
        return noticed_by(row.get("tests", TESTS))
    finally:
        path.write_text(whole, "utf-8")


def main() -> int:
    words = " ".join(sys.argv[1:])
    rows = [row for row in table() if words in row["name"]]
    if not rows:
        sys.exit(f"no breakage has {words!r} in its name")
    PLACE.mkdir(parents=True, exist_ok=True)
    with open(PLACE / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return run(rows)


def run(rows: list[dict]) -> int:
    passed = failed = 0
    left_out = []
    flags = can_do()
    began = time.monotonic()

    def report(ok: bool, what: str, since: float) -> None:
        nonlocal passed, failed
        passed, failed = passed + ok, failed + (not ok)
        print(f"{'ok    ' if ok else 'FAILED'} {time.monotonic() - since:4.0f} s  {what}", flush=True)

    copy_workspace()
    try:
        failure = noticed_by(TESTS)
    except Stale as stale:
        failure = str(stale)
    report(failure is None, "nothing broken: " + (f"yet {failure}" if failure else "all tests pass"), began)
    # A copy that fails as it is would notice everything.
    for row in rows if failure is None else []:
        if row.get("needs", "") not in flags | {""}:
            left_out.append(f"{row['name']} (needs {row['needs']})")
            continue
        since = time.monotonic()
        try:
            found = break_and_test(row)
            report(found is not None, f"{row['name']}: {found or 'NOT NOTICED: ' + row['why']}", since)
        except Stale as stale:
            report(False, f"{row['name']}: the table is stale: {stale}", since)
    print(f"in {time.monotonic() - began:.0f} s")
    for row in left_out:
        print(f"left out: {row}")
    print(f"{passed} passed, {failed} failed, {len(left_out)} left out")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
