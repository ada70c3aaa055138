"""Runs a command under a clock and keeps what was seen, a line of JSON a run.

Wall time is monotonic, from before the start to after the end of the process; processor time and
the peak of resident memory are the kernel's (wait4). A child begins as this process, so no peak
can be seen that is below our own, some 20 MiB.
"""

import dataclasses
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from . import place


class Failed(Exception):
    """A command ended as it should not."""


@dataclasses.dataclass(frozen=True)
class Usage:
    """What a process took."""

    seconds: float
    user: float
    system: float
    peak_kib: int


class Records:
    """The records of a run, in memory and, line by line, in a file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.all: list[dict] = []
        self.file = path.open("w", encoding="utf-8")

    def add(self, case: str, round: int, **facts: object) -> None:
        record = {"case": case, "round": round, **facts}
        self.all.append(record)
        self.file.write(json.dumps(record) + "\n")
        self.file.flush()


def read(path: Path) -> list[dict]:
    """Records that were kept."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def typed(command: Sequence[str | Path]) -> str:
    """The command as one would type it."""
    return " ".join(str(word) for word in command)


def wait(process: subprocess.Popen, started: float, command: Sequence[str | Path]) -> Usage:
    """Waits for the end of a process that must succeed."""
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failed(f"status {process.returncode}: {typed(command)}")
    return Usage(seconds, used.ru_utime, used.ru_stime, used.ru_maxrss)


def run(command: Sequence[str | Path], stdout: Path | None = None) -> Usage:
    """Runs a command with its output in a file, or thrown away."""
    with open(stdout or os.devnull, "wb") as out:
        started = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, cwd=place.REPOSITORY)
        return wait(process, started, command)


def first_row(command: Sequence[str | Path]) -> tuple[float, Usage]:
    """Seconds until a table's first row stands behind its header in a pipe, and the whole usage."""
    started = time.monotonic()
    # What is said of an article in another language than a lexicon's is right, and no news here.
    quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0, cwd=place.REPOSITORY, **quiet)
    assert process.stdout
    lines, first = 0, 0.0
    while piece := process.stdout.read(1 << 16):
        lines += piece.count(b"\n")
        if lines >= 2 and not first:
            first = time.monotonic() - started
    process.stdout.close()
    usage = wait(process, started, command)
    if not first:
        raise Failed(f"no row: {typed(command)}")
    return first, usage


def piped(
    source: Sequence[str | Path], command: Sequence[str | Path], every: float = 0.25
) -> tuple[Usage, list[list[float]]]:
    """Runs `source | command > /dev/null`; also [seconds, resident KiB] of `command` on the way."""
    samples: list[list[float]] = []
    ended = threading.Event()

    def watch(pid: int) -> None:
        while not ended.wait(every):
            if (kib := resident(pid)) is not None:
                samples.append([round(time.monotonic() - started, 2), kib])

    started = time.monotonic()
    first = subprocess.Popen(source, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, cwd=place.REPOSITORY)
    second = subprocess.Popen(command, stdin=first.stdout, stdout=subprocess.DEVNULL, cwd=place.REPOSITORY)
    assert first.stdout
    first.stdout.close()
    watcher = threading.Thread(target=watch, args=(second.pid,))
    watcher.start()
    try:
        usage = wait(second, started, command)
    finally:
        ended.set()
        watcher.join()
    wait(first, started, source)
    return usage, samples


def resident(pid: int) -> int | None:
    """Resident memory of a process in KiB, if it is still there to be asked."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), None)


def output(command: Sequence[str | Path], **options: object) -> str:
    """What a command prints; it must succeed."""
    done = subprocess.run(command, cwd=place.REPOSITORY, stdout=subprocess.PIPE, text=True, **options)
    if done.returncode != 0:
        raise Failed(f"status {done.returncode}: {typed(command)}\n{done.stdout}")
    return done.stdout


def warm(path: Path) -> None:
    """Reads a file, or all files of a folder, so that the page cache has them."""
    for file in files(path):
        read_through(file)


def refill(path: Path) -> None:
    """Has the page cache take a file, or all files of a folder, from the disk in one go: what it kept of them may be in small
    pieces, which are slower to read. Only the second reading leaves them as they stay."""
    for file in files(path):
        if hasattr(os, "posix_fadvise"):
            with file.open("rb") as stream:
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        for _ in range(2):
            read_through(file)


def files(path: Path) -> Iterable[Path]:
    """A file, or all files of a folder."""
    return [path] if path.is_file() else (p for p in path.rglob("*") if p.is_file())


def read_through(file: Path) -> None:
    """Reads a file to its end, for nothing."""
    stream: IO[bytes]
    with file.open("rb", buffering=0) as stream:
        while stream.read(1 << 20):
            pass
